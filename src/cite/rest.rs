//! What follows a title: who edited it, where it stands, when and where it was published, and the place in it.
//!
//! The parts are taken as they come, each told by its own look; the first word that is none of them ends the citation.

use std::ops::Range;

use super::locator;
use super::model::{Description, Kind as WorkKind, Manner};
use super::name::{self, Names, Order};
use super::reading::{Place, Reading, Strength, Title, joined, marked_title};
use super::token::{Kind, Token, Tokens};
use super::vocabulary::{
    ACCESSED, AND, EDITION, EDITORS, ISSUES, NO_NAME, OF, ORDINALS, PAGES, PARTS, SIGNALS, TRANSLATORS,
    VOLUMES, WITHIN, WITHIN_NAMES, has,
};
use crate::months;

/// The parts read so far.
struct Rest<'t, 'a> {
    tokens: &'t Tokens<'a>,
    limit: usize,
    list: bool,
    at: usize,
    /// The byte behind the last part.
    end: usize,
    work: Description,
    locator: Option<super::model::Locator>,
    /// Words between commas that may be a place and a publisher.
    loose: Vec<String>,
}

/// A citation with a title: what follows the title, from `at` on.
pub fn full(
    tokens: &Tokens,
    place: Place,
    names: Names,
    title: Title,
    at: usize,
) -> Option<(Reading, usize)> {
    let start = tokens.get(place.start)?.start;
    let mut rest = Rest {
        tokens,
        limit: place.limit,
        list: place.list,
        at,
        end: tokens.get(at.checked_sub(1)?)?.end,
        work: Description::default(),
        locator: None,
        loose: Vec::new(),
    };
    if title.quoted {
        rest.work.kind = WorkKind::Article;
    }
    rest.read();
    if place.list && rest.work.year.is_none() {
        rest.work.year = last_year(tokens, rest.at, place.limit);
    }
    rest.publish();
    let Rest { at: next, end, mut work, locator, .. } = rest;
    work.title = title.text;
    if title.quoted && work.container.is_none() && work.url.is_some() {
        work.kind = WorkKind::WebPage;
    } else if title.quoted && work.container.is_none() && locator.is_none() {
        work.kind = if work.editors.is_empty() { WorkKind::Article } else { WorkKind::Book };
    } else if title.quoted && work.container.is_none() && !work.editors.is_empty() {
        work.kind = WorkKind::Book;
    }
    work.et_al = names.et_al;
    if names.editors {
        work.editors = names.names;
    } else {
        work.authors = names.names;
    }
    for name in &mut work.authors {
        for suffix in ["’s", "'s"] {
            if let Some(bare) = name.family.strip_suffix(suffix) {
                name.family = bare.to_owned();
            }
        }
    }
    let strength = if title.marked { Strength::Defines } else { Strength::IfKnown };
    let reading = Reading {
        range: start..end,
        manner: Manner::Full,
        work,
        locator,
        year_or_page: None,
        note: None,
        same_author: false,
        strength,
    };
    Some((reading, next))
}

/// A year behind the names: `Grafton 1997, 72`, `Grafton (1997, p. 3)`, `Luhmann, Niklas (1981): Kommunikation`.
pub fn dated(tokens: &Tokens, place: Place, names: &Names) -> Option<(Reading, usize)> {
    let Place { start, limit, list } = place;
    let mut at = names.next;
    if at < limit && (tokens.sign(at, ',') || list && tokens.sign(at, '.')) {
        at += 1;
    }
    let open = tokens.sign(at, '(') || tokens.sign(at, '[');
    let year_at = at + usize::from(open);
    if year_at >= limit || tokens.year(year_at).is_none() {
        return None;
    }
    let (year, mut next) = year(tokens, year_at, limit)?;
    let shut = if open { Some(tokens.parenthesis(at).filter(|&s| s < limit)?) } else { None };
    let from = tokens.get(start)?.start;
    if list {
        // A list of authors and dates: the title follows.
        let mut behind = shut.map_or(next, |s| s + 1);
        while behind < limit && matches!(tokens.get(behind)?.kind, Kind::Sign('.' | ':' | ',')) {
            behind += 1;
        }
        let (title, after) = marked_title(tokens, behind, limit).or_else(|| {
            let end = (behind..limit)
                .find(|&k| tokens.sign(k, '.') && !tokens.get(k - 1).is_some_and(|t| t.is_initial()))?;
            let text = joined(tokens, behind, end);
            let worthy = tokens.get(behind).is_some_and(|t| t.capital) && text.len() > 2;
            worthy.then_some((Title { text, quoted: false, marked: true }, end))
        })?;
        let (mut reading, next) = full(tokens, place, names.clone(), title, after)?;
        reading.work.year = Some(year);
        return Some((reading, next));
    }
    let mut end = tokens.get(next - 1)?.end;
    let inside = shut.unwrap_or(limit);
    let place_in = locator::read(tokens, next, inside);
    let bare = tokens.sign(next, ',') || tokens.sign(next, ':');
    let mut reading = Reading {
        range: from..end,
        manner: Manner::Short,
        work: Description {
            authors: names.names.clone(),
            et_al: names.et_al,
            year: Some(year.clone()),
            ..Description::default()
        },
        locator: None,
        year_or_page: None,
        note: None,
        same_author: names.names.is_empty(),
        strength: Strength::IfKnown,
    };
    match place_in {
        Some(found) if bare => {
            next = found.next;
            end = found.end;
            reading.locator = Some(found.locator);
        }
        _ => {
            // A number of four figures with nothing behind it may be a page after all.
            if !open && year.bytes().all(|b| b.is_ascii_digit()) {
                reading.year_or_page = Some(year);
                reading.work.year = None;
            }
        }
    }
    if let Some(shut) = shut {
        if next != shut {
            return None;
        }
        next = shut + 1;
        end = tokens.get(shut)?.end;
        // `Marshall (1993): 67`
        let behind = tokens.sign(next, ':') || tokens.sign(next, ',');
        if let Some(found) =
            locator::read(tokens, next, limit).filter(|_| behind && reading.locator.is_none())
        {
            next = found.next;
            end = found.end;
            reading.locator = Some(found.locator);
        }
    }
    if names.editors {
        reading.work.editors = std::mem::take(&mut reading.work.authors);
    }
    // `May 1968 was`: the sentence goes on.
    let goes_on = tokens.get(next).filter(|_| next < limit).is_some_and(|t| t.kind == Kind::Word && !open);
    if goes_on {
        return None;
    }
    reading.range.end = end;
    Some((reading, next))
}

/// A year with the letter that tells two apart, or the years of an edition; and the token behind.
fn year(tokens: &Tokens, i: usize, limit: usize) -> Option<(String, usize)> {
    tokens.year(i)?;
    let mut text = tokens.get(i)?.text.to_owned();
    let mut next = i + 1;
    let letter =
        tokens.get(next).filter(|t| next < limit && t.kind == Kind::Word && !t.gap && t.text.len() == 1);
    if let Some(letter) = letter {
        text.push_str(letter.text);
        next += 1;
    }
    Some((text, next))
}

/// The year that an entry of a list ends with, whatever stands between (`arXiv preprint arXiv:1512.03385, 2015.`): behind
/// a comma or in parentheses, and no page.
fn last_year(tokens: &Tokens, from: usize, limit: usize) -> Option<String> {
    (from.max(1)..limit).rev().find_map(|i| {
        let (text, next) = year(tokens, i, limit)?;
        let parted =
            tokens.sign(i - 1, ',') || tokens.sign(i - 1, '(') || tokens.get(i - 1).is_some_and(is_of_date);
        let ends = next >= limit || ['.', ',', ')', ';'].iter().any(|s| tokens.sign(next, *s));
        (parted && ends && tokens.get(i)?.gap || tokens.sign(i - 1, '(')).then_some(text)
    })
}

/// A month, or the day of one.
fn is_of_date(token: &Token) -> bool {
    is_month(&token.text.to_lowercase())
}

impl Rest<'_, '_> {
    fn done(&mut self, next: usize) {
        self.at = next;
        if let Some(last) = next.checked_sub(1).and_then(|l| self.tokens.get(l)) {
            self.end = last.end;
        }
    }

    fn read(&mut self) {
        while self.at < self.limit {
            let at = self.at;
            if !self.part() {
                break;
            }
            if self.at <= at {
                break;
            }
        }
    }

    /// Takes one part; false if none is here.
    fn part(&mut self) -> bool {
        let tokens = self.tokens;
        let i = self.at;
        let Some(token) = tokens.get(i) else { return false };
        if let Kind::Sign(sign) = token.kind {
            return match sign {
                ',' | ':' | '.' | '/' | '-' | '–' | '—' | '&' | ';' => {
                    self.at = i + 1;
                    true
                }
                '(' | '[' => self.parenthesis(i),
                _ => self.piece(i),
            };
        }
        if token.emphasis > 0 && tokens.emphasis(i).is_some() {
            return self.piece(i);
        }
        if token.kind == Kind::Address {
            self.work.url = Some(token.text.to_owned());
            self.done(i + 1);
            return true;
        }
        let word = tokens.lower(i);
        if (has(TRANSLATORS, &word) || has(EDITORS, &word)) && self.people(i, has(TRANSLATORS, &word)) {
            return true;
        }
        if has(WITHIN, &word) && self.container(i + 1) {
            return true;
        }
        if self.volume(i, &word) {
            return true;
        }
        if self.access(i, &word) {
            return true;
        }
        if token.kind == Kind::Number {
            return self.number(i);
        }
        if self.undated(i, &word) {
            return true;
        }
        if self.place(i) {
            return true;
        }
        self.words(i)
    }

    /// `n. d.`, `o. J.`
    fn undated(&mut self, i: usize, word: &str) -> bool {
        let tokens = self.tokens;
        let said = matches!((word, tokens.lower(i + 2).as_ref()), ("n", "d") | ("o", "j"));
        if !said || !tokens.sign(i + 1, '.') || i + 2 >= self.limit {
            return false;
        }
        self.work.year.get_or_insert_with(|| "n.d.".into());
        let next = i + 3;
        self.done(next + usize::from(next < self.limit && tokens.sign(next, '.')));
        true
    }

    /// `(Boston: Houghton Mifflin, 2004)`, `(1961)`, `(Hg.)`, `(July 1945)`, a remark.
    fn parenthesis(&mut self, i: usize) -> bool {
        let tokens = self.tokens;
        let Some(shut) = tokens.parenthesis(i).filter(|&s| s < self.limit) else { return false };
        // `129 (1990), 30–78 (p. 40)`: the pages of the whole, and the one that is meant.
        if let Some(found) = locator::read(tokens, i + 1, shut).filter(|f| f.said && f.next == shut) {
            self.locator = Some(found.locator);
            self.done(shut + 1);
            return true;
        }
        let year_at = (i + 1..shut).rev().find(|&k| tokens.year(k).is_some());
        let undated = (i + 1..shut).any(|k| {
            let word = tokens.lower(k);
            matches!(word.as_ref(), "forthcoming" | "nd" | "undated")
                || word == "n" && tokens.lower(k + 2) == "d"
        });
        let published = year_at.is_some() || undated || (i + 1..shut).any(|k| tokens.sign(k, ':'));
        // Where a colon and a year frame it, it may be called as it likes (`Society of Germans from Russia`).
        let framed = year_at == Some(shut - 1) && (i + 1..shut).any(|k| tokens.sign(k, ':')) && shut - i < 24;
        let prose = !framed
            && (i + 1..shut).any(|k| {
                tokens.get(k).is_some_and(|t| t.kind == Kind::Word && !t.capital) && {
                    let word = tokens.lower(k);
                    !has(WITHIN_NAMES, &word)
                        && !has(EDITION, &word)
                        && !has(EDITORS, &word)
                        && !has(ISSUES, &word)
                        && !matches!(
                            word.as_ref(),
                            "forthcoming"
                                | "n"
                                | "d"
                                | "orig"
                                | "originally"
                                | "published"
                                | "repr"
                                | "reprint"
                                | "s"
                                | "l"
                                | "rev"
                        )
                }
            });
        if !published
            || prose
            || self.work.year.is_some() && year_at.is_some() && self.work.publisher.is_some()
        {
            // `(Calif.)`, `(1)`: short and no prose, it may be part of what is said; a remark is not.
            if self.list && !prose {
                self.at = shut + 1;
                return true;
            }
            let issue = shut == i + 2
                && tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number)
                && self.work.volume.is_some();
            if issue {
                self.work.issue = tokens.get(i + 1).map(|t| t.text.to_owned());
                self.done(shut + 1);
                return true;
            }
            return false;
        }
        if let Some(k) = year_at {
            self.work.year = year(tokens, k, shut).map(|y| y.0);
        } else if undated {
            let forthcoming = (i + 1..shut).any(|k| tokens.lower(k) == "forthcoming");
            self.work.year = Some(if forthcoming { "forthcoming" } else { "n.d." }.to_owned());
        }
        let end = year_at.unwrap_or(shut);
        self.imprint(i + 1, end);
        self.done(shut + 1);
        true
    }

    /// `Boston: Houghton Mifflin,` between two tokens.
    fn imprint(&mut self, from: usize, to: usize) {
        let tokens = self.tokens;
        let colon = (from..to).find(|&k| tokens.sign(k, ':'));
        let comma = (from..to).find(|&k| tokens.sign(k, ',') && k + 1 < to);
        let alone = colon.is_none() && comma.is_none();
        let (place, publisher) = match colon.or(comma) {
            Some(k) => (from..k, k + 1..to),
            None => (from..from, from..to),
        };
        let usable = |part: Range<usize>| {
            let text = joined(tokens, part.start, part.end);
            (text.chars().any(char::is_alphabetic) && !is_date(tokens, part)).then_some(text)
        };
        if self.work.place.is_none() {
            self.work.place = usable(place);
        }
        if self.work.publisher.is_none() {
            self.work.publisher = usable(publisher).filter(|p| {
                !(alone && p.split_whitespace().count() > 5) && !p.eq_ignore_ascii_case("forthcoming")
            });
        }
    }

    /// A second title: what the first stands in, or a part of it.
    fn piece(&mut self, i: usize) -> bool {
        let Some((title, next)) = marked_title(self.tokens, i, self.limit) else { return false };
        if self.work.kind == WorkKind::Article && !title.quoted && self.work.container.is_none() {
            self.work.container = Some(title.text);
            self.done(next);
            return true;
        }
        if title.quoted
            && self.work.kind == WorkKind::Book
            && self.locator.is_none()
            && self.work.container.is_none()
        {
            // *Capital*, “Chapter 31”: a part of the book.
            self.locator =
                Some(super::model::Locator { shown: ["“", &title.text, "”"].concat(), page: None });
            self.done(next);
            return true;
        }
        false
    }

    /// `ed. Hannah Arendt`, `trans. John and Anne Tedeschi`, `hrsg. von Martin Warnke`
    fn people(&mut self, i: usize, translators: bool) -> bool {
        let tokens = self.tokens;
        let mut at = i + 1;
        let mut both = false;
        for _ in 0..5 {
            let word = tokens.lower(at);
            let of = has(OF, &word) && !tokens.get(at).is_some_and(|t| t.capital);
            if tokens.sign(at, '.') || of {
                at += 1;
            } else if has(TRANSLATORS, &word) || has(EDITORS, &word) {
                both = true;
                at += 1;
            } else {
                break;
            }
        }
        let Some(names) = name::several(tokens, at, self.limit, Order::Natural) else { return false };
        if translators || both {
            self.work.translators.clone_from(&names.names);
        }
        if !translators || both {
            self.work.editors = names.names;
        }
        self.done(names.next);
        self.group();
        true
    }

    /// `Friends of Aron Baron`: a group whose name goes on.
    fn group(&mut self) {
        let tokens = self.tokens;
        let (from, mut at) = (self.at, self.at);
        if !matches!(tokens.lower(at).as_ref(), "of" | "for" | "de" | "der" | "des" | "du")
            || at >= self.limit
        {
            return;
        }
        while at < self.limit
            && at - from < 10
            && tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.emphasis == 0)
        {
            at += 1;
        }
        let rest = joined(tokens, from, at);
        for names in [&mut self.work.editors, &mut self.work.translators] {
            if let [one] = names.as_mut_slice() {
                let whole = [&one.shown(), " ", &rest].concat();
                *one = super::model::Name { given: String::new(), family: whole };
            }
        }
        self.done(at);
    }

    /// `in *Illuminations*`, `In: Baier, Horst u. a. (Hrsg.): *Öffentliche Meinung*`
    fn container(&mut self, from: usize) -> bool {
        let tokens = self.tokens;
        let mut at = from;
        while at < self.limit && matches!(tokens.get(at).map(|t| t.kind), Some(Kind::Sign(':' | '.'))) {
            at += 1;
        }
        let mut editors = Vec::new();
        let title = marked_title(tokens, at, self.limit).or_else(|| {
            let names = name::several(tokens, at, self.limit, Order::Inverted)
                .filter(|n| n.editors)
                .or_else(|| name::several(tokens, at, self.limit, Order::Natural))?;
            let mut behind = names.next;
            while behind < self.limit && matches!(tokens.get(behind)?.kind, Kind::Sign(',' | ':')) {
                behind += 1;
            }
            let plain = names.editors;
            editors = names.names;
            marked_title(tokens, behind, self.limit).or_else(|| self.plain_book(behind).filter(|_| plain))
        });
        let title = title.or_else(|| {
            editors.clear();
            self.plain_book(at).filter(|_| self.work.kind == WorkKind::Article)
        });
        let Some((title, next)) = title else { return false };
        self.work.kind = WorkKind::Chapter;
        self.work.container = Some(title.text);
        if !editors.is_empty() {
            self.work.editors = editors;
        }
        self.done(next);
        true
    }

    /// The title of a book without any mark, told by what follows it: its editor, where it was published, pages.
    fn plain_book(&self, from: usize) -> Option<(Title, usize)> {
        /// Words of the longest.
        const LONGEST: usize = 16;
        let tokens = self.tokens;
        let ends = |k: usize| ['(', ',', '.', ';'].iter().any(|s| tokens.sign(k, *s));
        let end = (from..self.limit.min(from + LONGEST)).find(|&k| ends(k))?;
        let words = tokens.all.get(from..end)?;
        let plain = words.iter().all(|t| t.emphasis == 0 && t.kind != Kind::Address);
        if !plain || !words.first().is_some_and(|t| t.kind == Kind::Word && t.capital) {
            return None;
        }
        let next = tokens.lower(end + 1);
        let said = if tokens.sign(end, '(') {
            let shut = tokens.parenthesis(end).filter(|&s| s < self.limit)?;
            tokens.year(shut - 1).is_some()
        } else {
            let worded = has(EDITORS, &next) || has(TRANSLATORS, &next) || has(VOLUMES, &next);
            tokens.sign(end, ',') && (worded || has(PAGES, &next) && tokens.sign(end + 2, '.'))
        };
        let text = joined(tokens, from, end);
        said.then_some((Title { text, quoted: false, marked: true }, end))
    }

    /// `vol. 2`, `no. 1`, `nos. 2–4`, `3rd ed.`, `1934 edition`
    fn volume(&mut self, i: usize, word: &str) -> bool {
        let tokens = self.tokens;
        let mut at = i + 1;
        at += usize::from(tokens.sign(at, '.'));
        let figure = |at: usize| {
            let token = tokens.get(at).filter(|_| at < self.limit)?;
            let roman = token.kind == Kind::Word && locator::is_roman(&token.text.to_lowercase());
            if token.kind != Kind::Number && !roman {
                return None;
            }
            let ranged =
                tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–')) && !t.gap)
                    && tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Number && at + 2 < self.limit);
            Some((joined(tokens, at, at + if ranged { 3 } else { 1 }), at + if ranged { 3 } else { 1 }))
        };
        if has(VOLUMES, word)
            && let Some((text, next)) = figure(at)
        {
            self.work.volume.get_or_insert(text);
            self.done(next);
            return true;
        }
        if has(ISSUES, word)
            && (self.work.container.is_some() || self.work.volume.is_some())
            && let Some((text, next)) = figure(at)
        {
            self.work.issue.get_or_insert(text);
            self.done(next);
            return true;
        }
        // `3rd ed.`, `2. Aufl.`
        if tokens.get(i).is_some_and(|t| t.kind == Kind::Number) {
            let mut behind = i + 1;
            if tokens.get(behind).is_some_and(|t| t.kind == Kind::Word && !t.gap && t.text.len() <= 2) {
                behind += 1;
            }
            behind += usize::from(tokens.sign(behind, '.'));
            if has(EDITION, &tokens.lower(behind)) && behind < self.limit {
                if tokens.year(i).is_some() {
                    self.work.year = tokens.get(i).map(|t| t.text.to_owned());
                } else {
                    self.work.edition = Some(joined(tokens, i, i + 1));
                }
                self.done(behind + 1);
                return true;
            }
        }
        false
    }

    /// `accessed 4 May 2019`, `March 1989`
    fn access(&mut self, i: usize, word: &str) -> bool {
        let tokens = self.tokens;
        let accessed = has(ACCESSED, word);
        let month = is_month(word);
        if !accessed && !month {
            return false;
        }
        let mut at = i + 1;
        while at < self.limit && at < i + 7 {
            let w = tokens.lower(at);
            let token = match tokens.get(at) {
                Some(t) => *t,
                None => break,
            };
            let dated = token.kind == Kind::Number
                || is_month(&w)
                || matches!(w.as_ref(), "on" | "am" | "le" | "el" | "de");
            let sign = matches!(token.kind, Kind::Sign(',' | '.' | '-' | '/'));
            if !(dated || sign) {
                break;
            }
            if let (Some(_), false) = (tokens.year(at), accessed) {
                self.work.year.get_or_insert(token.text.to_owned());
            }
            at += 1;
            if tokens.year(at - 1).is_some() {
                break;
            }
        }
        if at == i + 1 {
            return false;
        }
        while tokens.get(at - 1).is_some_and(|t| matches!(t.kind, Kind::Sign(_))) {
            at -= 1;
        }
        self.done(at);
        true
    }

    /// A number: a year, the volume of a journal, or the place.
    fn number(&mut self, i: usize) -> bool {
        let tokens = self.tokens;
        if let Some((text, next)) = year(tokens, i, self.limit) {
            let ranged = tokens.get(next).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–')) && !t.gap);
            let free = self.work.year.is_none() && self.locator.is_none();
            if free && !ranged {
                self.work.year = Some(text);
                self.done(next);
                return true;
            }
        }
        // “…”, Critical Inquiry 3 (1977)
        let article = self.work.kind == WorkKind::Article && self.work.container.is_none();
        if article && self.is_volume(i) && self.locator.is_none() {
            self.work.container = self.loose.pop();
        }
        // *Critical Inquiry* 31 (1): 85–107; *The Classical Quarterly* 47.1 (1997)
        let journal = self.work.kind == WorkKind::Article
            && self.work.container.is_some()
            && self.work.volume.is_none();
        if journal {
            let mut next = i + 1;
            self.work.volume = tokens.get(i).map(|t| t.text.to_owned());
            let dotted = tokens.sign(next, '.')
                && tokens.get(next + 1).is_some_and(|t| t.kind == Kind::Number && !t.gap);
            if dotted && next + 1 < self.limit {
                self.work.issue = tokens.get(next + 1).map(|t| t.text.to_owned());
                next += 2;
            }
            self.done(next);
            return true;
        }
        self.place(i)
    }

    /// True for a number between the name of a journal and its year.
    fn is_volume(&self, i: usize) -> bool {
        let tokens = self.tokens;
        let word = |k: Option<usize>| k.and_then(|k| tokens.get(k)).is_some_and(|t| t.kind == Kind::Word);
        let right_behind = word(i.checked_sub(1));
        let named = right_behind || tokens.sign(i.saturating_sub(1), ',') && word(i.checked_sub(2));
        // `Mill Studies 3, 1977`, `RFC 5321, October 2008`
        let year = |k: usize| tokens.year(k).is_some() && k < self.limit;
        let month = is_month(&tokens.lower(i + 2)) && year(i + 3);
        if right_behind && tokens.sign(i + 1, ',') && (year(i + 2) || month) {
            return true;
        }
        let shut = tokens.parenthesis(i + 1).filter(|&s| s < self.limit && tokens.sign(i + 1, '('));
        let Some(shut) = shut else { return false };
        named && year(shut - 1) && (shut == i + 3 || is_date(tokens, i + 2..shut - 1))
    }

    /// The place in the work.
    fn place(&mut self, i: usize) -> bool {
        if self.locator.as_ref().is_some_and(|l| !l.shown.starts_with('“')) {
            return false;
        }
        let tokens = self.tokens;
        let word = tokens.lower(i);
        let worded = has(PAGES, &word)
            || PARTS.iter().any(|p| p.0 == word)
            || matches!(word.as_ref(), "esp" | "especially");
        let roman =
            locator::is_roman(tokens.get(i).map_or("", |t| t.text)) && tokens.sign(i.saturating_sub(1), ',');
        let number = tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
        if !(worded || roman || number) {
            return false;
        }
        let Some(found) = locator::read(tokens, i, self.limit) else { return false };
        if number && !found.said {
            // `1750 letters`: a number that counts something.
            let next = tokens.get(found.next).filter(|_| found.next < self.limit);
            if next.is_some_and(|t| t.kind == Kind::Word && t.gap && !has(SIGNALS, &t.text.to_lowercase()))
                && !next.is_some_and(|t| t.capital)
            {
                return false;
            }
        }
        self.locator = Some(found.locator);
        self.at = found.next;
        self.end = found.end;
        true
    }

    /// Words of a place or a publisher, up to the next comma or colon.
    fn words(&mut self, i: usize) -> bool {
        let tokens = self.tokens;
        let Some(first) = tokens.get(i) else { return false };
        let opens = first.capital && !(i > 0 && tokens.get(i - 1).is_some_and(|t| t.kind == Kind::Word));
        if !opens
            || first.emphasis > 0
            || self.locator.as_ref().is_some_and(|l| !l.shown.starts_with('“')) && !self.list
        {
            return false;
        }
        // Behind a title a sentence may begin; a publisher is not `See`.
        if has(NO_NAME, &first.text.to_lowercase()) && !first.is_initial() {
            return false;
        }
        let cyrillic = name::is_cyrillic(first.text);
        let mut at = i;
        while at < self.limit && at - i < 12 {
            let Some(token) = tokens.get(at) else { break };
            let fits = match token.kind {
                Kind::Word if cyrillic => token.emphasis == 0,
                Kind::Word => {
                    token.emphasis == 0 && (token.capital || has(WITHIN_NAMES, &token.text.to_lowercase()))
                }
                Kind::Sign('&' | '-' | '’' | '\'') => true,
                // `J. Cape`, `D.F.`, `Univ. Press`
                Kind::Sign('.') => {
                    tokens.get(at - 1).is_some_and(|t| t.text.chars().count() <= 4) && at + 1 < self.limit
                }
                Kind::Sign('/') => true,
                _ => false,
            };
            if !fits {
                break;
            }
            at += 1;
        }
        // Prose goes on behind it.
        let prose = tokens
            .get(at)
            .filter(|_| at < self.limit)
            .is_some_and(|t| t.kind == Kind::Word && t.emphasis == 0 && !t.capital);
        let text = joined(tokens, i, at);
        if prose || text.is_empty() || self.loose.len() >= 4 {
            return false;
        }
        self.loose.push(text);
        // Only a year behind them shows that they belong to the work.
        self.at = at;
        true
    }

    /// The loose words are a place and a publisher if a year or a colon shows it.
    fn publish(&mut self) {
        let known = self.work.year.is_some() || self.list;
        if !known || self.work.publisher.is_some() {
            return;
        }
        match self.loose.as_slice() {
            [one] if self.work.container.is_none() => self.work.publisher = Some(one.clone()),
            [place, publisher, ..] => {
                self.work.place.get_or_insert_with(|| place.clone());
                self.work.publisher = Some(publisher.clone());
            }
            _ => {}
        }
    }
}

/// True for a month or a season and no more than the days of it: `March 3`, `July/August`, `Spring`.
fn is_date(tokens: &Tokens, part: Range<usize>) -> bool {
    let named = |word: &str| is_month(word) || months::SEASONS.contains(&word);
    let fits = |k: usize| {
        tokens.get(k).is_some_and(|t| match t.kind {
            Kind::Word => {
                named(&tokens.lower(k)) || has(AND, &tokens.lower(k)) || has(ORDINALS, t.text) && !t.gap
            }
            Kind::Number => t.text.len() <= 2,
            Kind::Sign(_) => true,
            Kind::Address => false,
        })
    };
    part.clone().all(fits) && part.into_iter().any(|k| named(&tokens.lower(k)))
}

/// True for the name of a month.
pub fn is_month(word: &str) -> bool {
    months::number(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::reading::read;
    use super::*;

    /// What is read of a citation whose title stands in quotation marks or nothing marks.
    fn work(text: &str) -> (Description, String) {
        let tokens = Tokens::of(text, 0..text.len(), &[]);
        let place = Place { start: 0, limit: tokens.all.len(), list: false };
        let (reading, _) = read(&tokens, place).unwrap_or_else(|| panic!("{text}"));
        (reading.work, text[reading.range].to_owned())
    }

    #[test]
    fn a_publisher_is_no_month() {
        for (imprint, place, publisher) in [
            ("Berlin: Springer, 2004", Some("Berlin"), Some("Springer")),
            ("Marburg: Weir, 2004", Some("Marburg"), Some("Weir")),
            ("Boston: Mariner Books, 2004", Some("Boston"), Some("Mariner Books")),
            ("Fall River: Junius, 2004", Some("Fall River"), Some("Junius")),
            ("London, March 1904", Some("London"), None),
            ("March 3rd, 1904", None, None),
            ("Spring 1904", None, None),
            ("July/August 1904", None, None),
            ("Mai 1904", None, None),
        ] {
            let (work, _) = work(&["Ann Orme, Of Weirs (", imprint, "), 7"].concat());
            assert_eq!((work.place.as_deref(), work.publisher.as_deref()), (place, publisher), "{imprint}");
        }
    }

    #[test]
    fn a_page_was_looked_at_on_a_day() {
        let text = "Ann Orme, “Of Weirs”, https://weirs.example/1, abgerufen am 3. März 2019";
        let (work, words) = work(text);
        assert_eq!((words.as_str(), work.year), (text, None));
        let text = "Anne Orme, « Des moulins », https://weirs.example/1, consulté le 3 août 2019";
        assert_eq!(self::work(text).1, text);
    }

    #[test]
    fn a_journal_has_its_volume_before_the_year() {
        for text in [
            "Ann Orme, “Of Weirs,” Mill Studies 3 (1977): 609–55",
            "Ann Orme, “Of Weirs”, Mill Studies, 3 (1977), 609–55",
            "Ann Orme, “Of Weirs,” Mill Studies 3 (Spring 1977): 609–55",
            "Ann Orme, “Of Weirs,” Mill Studies 3, 1977, 609–55",
            "Ann Orme, “Of Weirs,” Mill Studies 3, March 1977, 609–55",
            "Orme, A., “Of Weirs,” Mill Studies 3, March 1977, 609–55",
        ] {
            let (work, words) = work(text);
            let said = (work.container.as_deref(), work.volume.as_deref(), work.year.as_deref());
            assert_eq!(said, (Some("Mill Studies"), Some("3"), Some("1977")), "{text}");
            assert_eq!(words, text);
        }
    }

    #[test]
    fn a_book_that_holds_a_piece_needs_no_mark() {
        for text in [
            "Ann Orme, “Of Weirs”, in The New Mill, ed. Eva Varn (Leeds: Weir, 1989), pp. 15–17, at 16",
            "Ann Orme, “Of Weirs”, in The New Mill (Leeds: Weir, 1989), p. 16",
            "Ann Orme, “Of Weirs”, in Eva Varn (ed.), The New Mill (Leeds: Weir, 1989), p. 16",
        ] {
            let (work, words) = work(text);
            assert_eq!(
                (work.container.as_deref(), work.year.as_deref()),
                (Some("The New Mill"), Some("1989")),
                "{text}"
            );
            assert_eq!(words, text);
        }
        assert_eq!(work("Ann Orme, “Of Weirs”, in Leeds").0.container, None);
    }

    #[test]
    fn what_has_a_year_is_not_undated() {
        assert_eq!(work("Ann Orme, Of Weirs (Leeds: Weir, 1904), n. d.").0.year.as_deref(), Some("1904"));
        assert_eq!(work("Ann Orme, “Of Weirs”, Leeds, n. d.").0.year.as_deref(), Some("n.d."));
    }
}
