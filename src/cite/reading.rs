//! One citation, read at a place where one may begin.
//!
//! 1. [`stand_in`]: *ibid.*, *id.*, *a. a. O.* without a name
//! 2. [`named`]: names, and behind them *op. cit.*, a year, a title or a page
//! 3. [`titled`]: a title without names; [`edited`]: one that only its editors show
//!
//! Nothing is resolved here: a [`Reading`] says what stands there, and how sure it is that this is a citation at all.

use std::ops::Range;

use super::locator;
use super::model::{Description, Locator, Manner};
use super::name::{self, Names, Order};
use super::rest;
use super::token::{Kind, Token, Tokens};
use super::unread;
use super::vocabulary::{
    EDITORS, IBID, IDEM, OF, OP_CIT, PAGES, PUBLICATIONS, SIGNALS, TRANSLATORS, VOLUMES, WITHIN_NAMES, has,
};
use crate::layout::works::FIRMS;
use crate::quotes;

/// What stands for a citation, before it is known what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Bytes of the stretch's text.
    pub range: Range<usize>,
    /// How it says what it means.
    pub manner: Manner,
    /// What it says of the work.
    pub work: Description,
    /// The place in it.
    pub locator: Option<Locator>,
    /// A number that is a year if the work is of that year, and a page otherwise.
    pub year_or_page: Option<String>,
    /// The label of the note that it refers to (`supra note 12`).
    pub note: Option<String>,
    /// The author is that of the work before.
    pub same_author: bool,
    /// How much the words themselves show that they are a citation.
    pub strength: Strength,
}

/// How much the words themselves show that they are a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A citation only if a work is known that it fits.
    IfKnown,
    /// Certainly one, though it does not say by itself which work.
    Refers,
    /// It says which work: if none is known that fits, this is a new one.
    Defines,
}

/// Where a reading looks for its words.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The first token.
    pub start: usize,
    /// The token behind the sentence, clause or block that it may not leave.
    pub limit: usize,
    /// In a list of works: the citation is the whole block, its parts end with stops.
    pub list: bool,
}

/// Reads the citation that begins here, with the token behind it.
pub fn read(tokens: &Tokens, place: Place) -> Option<(Reading, usize)> {
    stand_in(tokens, place)
        .or_else(|| edited(tokens, place))
        .or_else(|| named(tokens, place))
        .or_else(|| titled(tokens, place))
}

fn blank(tokens: &Tokens, start: usize, end: usize, manner: Manner) -> Reading {
    let at = tokens.get(start).map_or(0, |t| t.start);
    Reading {
        range: at..end,
        manner,
        work: Description::default(),
        locator: None,
        year_or_page: None,
        note: None,
        same_author: false,
        strength: Strength::Refers,
    }
}

/// *Ibid.* and its like, where no name stands before it.
fn stand_in(tokens: &Tokens, place: Place) -> Option<(Reading, usize)> {
    let Place { start, limit, .. } = place;
    let word = tokens.lower(start);
    let behind = if has(IBID, &word) || word == "там" && matches!(tokens.lower(start + 1).as_ref(), "же")
    {
        start + 1 + usize::from(word == "там")
    } else if let Some(behind) = op_cit(tokens, start, limit).filter(|_| tokens.lower(start) != "art") {
        // `E. B. Orme et al. (eds), op. cit.`: whoever stands before it is meant, and not the work before.
        if authored(tokens, start) {
            return Some(with_place(tokens, start, behind, limit, Manner::OpCit));
        }
        behind
    } else if has(IDEM, &word) {
        return idem(tokens, place);
    } else {
        return None;
    };
    Some(with_place(tokens, start, behind, limit, Manner::Ibid))
}

/// True behind a comma that parts a stand-in from words of its own clause which are no signal.
fn authored(tokens: &Tokens, start: usize) -> bool {
    let comma = start > 1 && tokens.sign(start - 1, ',');
    comma && !has(SIGNALS, &tokens.lower(start - 2))
}

/// *Id.*: the same work, or, where a title follows, the same author.
fn idem(tokens: &Tokens, place: Place) -> Option<(Reading, usize)> {
    let Place { start, limit, .. } = place;
    let stop = tokens.sign(start + 1, '.');
    let mut at = start + 1 + usize::from(stop);
    if tokens.sign(at, ',') && at < limit {
        at += 1;
    }
    if let Some((title, behind)) = marked_title(tokens, at, limit) {
        let names = Names { next: at, ..Names::default() };
        let (mut reading, next) = rest::full(tokens, place, names, title, behind)?;
        reading.same_author = true;
        return Some((reading, next));
    }
    // `id` alone is a word of other languages and of programs.
    let worded = tokens.get(start)?.text.chars().count() > 2;
    if !stop && !worded {
        return None;
    }
    let (reading, next) = with_place(tokens, start, start + 1, limit, Manner::Ibid);
    let ends = next >= limit || tokens.get(next).is_none_or(|t| matches!(t.kind, Kind::Sign(_)));
    (reading.locator.is_some() || ends).then_some((reading, next))
}

/// A stand-in or an *op. cit.* up to `behind`, with the place in the work that follows.
fn with_place(
    tokens: &Tokens,
    start: usize,
    behind: usize,
    limit: usize,
    manner: Manner,
) -> (Reading, usize) {
    let mut next = behind;
    let end = tokens.get(behind - 1).map_or(0, |t| t.end);
    let mut reading = blank(tokens, start, end, manner);
    if tokens.sign(next, '.') {
        next += 1;
        // Where it ends its sentence the stop stays outside; within, it belongs to the abbreviation.
        reading.range.end = tokens.get(next - 1).map_or(end, |t| t.end);
    }
    let mut at = next;
    if let Some((note, behind)) = pointer(tokens, at, limit) {
        reading.note = Some(note);
        reading.range.end = tokens.get(behind - 1).map_or(end, |t| t.end);
        next = behind;
        at = behind;
    }
    if let Some(place) = locator::read(tokens, at, limit.max(at)) {
        reading.range.end = place.end;
        reading.locator = Some(place.locator);
        next = place.next;
    }
    (reading, next)
}

/// *op. cit.*, *a. a. O.*, *указ. соч.*: the token behind it, its last stop aside.
pub fn op_cit(tokens: &Tokens, i: usize, limit: usize) -> Option<usize> {
    let stop = |at: usize| at + usize::from(tokens.sign(at, '.'));
    let first = tokens.lower(i);
    let second = stop(i + 1);
    if OP_CIT.iter().any(|o| o.0 == first && o.1 == tokens.lower(second)) && second < limit {
        return Some(second + 1);
    }
    if first == "a" && tokens.lower(second) == "a" && second < limit {
        let third = stop(second + 1);
        return (tokens.lower(third) == "o" && third < limit).then_some(third + 1);
    }
    matches!(first.as_ref(), "aao").then_some(i + 1)
}

/// `(n. 1)`, `(wie Anm. 4)`, `supra note 12`, `see note 3 above`: the label, and the token behind it.
fn pointer(tokens: &Tokens, i: usize, limit: usize) -> Option<(String, usize)> {
    let mut at = i;
    if tokens.sign(at, ',') {
        at += 1;
    }
    let open = tokens.sign(at, '(');
    at += usize::from(open);
    let mut said = false;
    for _ in 0..4 {
        let word = tokens.lower(at);
        match word.as_ref() {
            "supra" | "as" | "in" | "wie" | "above" | "cited" | "siehe" | "oben" | "see" => {}
            "note" | "n" | "nn" | "fn" | "anm" | "fußn" | "fn." | "nota" | "прим" | "сноска" => {
                said = true
            }
            _ => break,
        }
        at += 1;
        at += usize::from(tokens.sign(at, '.'));
    }
    let label = tokens.get(at).filter(|t| said && t.kind == Kind::Number && at < limit)?;
    at += 1;
    if open {
        return tokens.sign(at, ')').then(|| (label.text.to_owned(), at + 1));
    }
    Some((label.text.to_owned(), at))
}

/// Names, and what follows them.
fn named(tokens: &Tokens, place: Place) -> Option<(Reading, usize)> {
    let Place { start, limit, list } = place;
    let first = tokens.get(start)?;
    if first.kind != Kind::Word || first.emphasis > 0 {
        return None;
    }
    let order = if list { Order::Inverted } else { Order::Natural };
    let names = name::surname_first(tokens, start, limit)
        .or_else(|| name::several(tokens, start, limit, order))
        .or_else(|| same_author(tokens, start, limit))?;
    // `Film Review: “…”`
    if names.names.iter().any(|n| has(PUBLICATIONS, &n.family.to_lowercase())) {
        return None;
    }
    let after = names.next;
    let sign = tokens.get(after).filter(|t| after < limit && matches!(t.kind, Kind::Sign(',' | ':' | '.')));
    let behind = after + usize::from(sign.is_some());

    if let Some(cit) = op_cit(tokens, behind, limit) {
        return Some(said_before(tokens, place, &names, cit));
    }
    if let Some((note, next)) = pointer(tokens, after, limit.max(after)) {
        let (mut reading, next) = with_place(tokens, start, next, limit, Manner::OpCit);
        reading.note = Some(note);
        return Some((by(reading, &names), next));
    }
    // Лотман Ю. М. Указ. соч.
    if let Some(cit) = op_cit(tokens, after, limit) {
        return Some(said_before(tokens, place, &names, cit));
    }
    if let Some((reading, next)) = rest::dated(tokens, place, &names) {
        return Some((reading, next));
    }
    if let Some((title, next)) =
        marked_title(tokens, behind, limit).or_else(|| possessed(tokens, &names, limit))
    {
        return rest::full(tokens, place, names, title, next);
    }
    if let Some(found) = plain(tokens, place, &names, behind) {
        return Some(found);
    }
    short(tokens, place, &names)
}

fn by(mut reading: Reading, names: &Names) -> Reading {
    reading.work.authors.clone_from(&names.names);
    reading.work.et_al = names.et_al;
    if names.editors {
        reading.work.editors = std::mem::take(&mut reading.work.authors);
    }
    reading.same_author = names.names.is_empty();
    reading
}

/// `Ders.`, `Idem` in the place of a name.
fn same_author(tokens: &Tokens, i: usize, limit: usize) -> Option<Names> {
    let word = tokens.lower(i);
    let next = i + 1 + usize::from(tokens.sign(i + 1, '.'));
    (has(IDEM, &word) && next < limit).then(|| Names { next, ..Names::default() })
}

fn said_before(tokens: &Tokens, place: Place, names: &Names, behind: usize) -> (Reading, usize) {
    let (reading, next) = with_place(tokens, place.start, behind, place.limit, Manner::OpCit);
    (by(reading, names), next)
}

/// A title set in italics or in quotation marks, with the token behind it.
pub fn marked_title(tokens: &Tokens, i: usize, limit: usize) -> Option<(Title, usize)> {
    let token = tokens.get(i).filter(|_| i < limit)?;
    if let Some(close) = tokens.quotation(i).filter(|&c| c < limit) {
        let text = joined(tokens, i + 1, close);
        // Lines of verse are quoted, too; and marks with space inside say `ditto`.
        let ditto = token.is('"')
            && tokens.get(i + 1).is_some_and(|t| t.gap)
            && tokens.get(close).is_some_and(|t| t.gap);
        let titled = !text.is_empty() && !text.contains(" / ") && !ditto;
        return titled.then_some((Title { text, quoted: true, marked: true }, close + 1));
    }
    let end = tokens.emphasis(i)?.min(limit);
    if token.kind == Kind::Number && end == i + 1 {
        return None;
    }
    let text = joined(tokens, i, end);
    (text.chars().any(char::is_alphabetic)).then_some((Title { text, quoted: false, marked: true }, end))
}

/// Tolstoy’s *Resurrection*
fn possessed(tokens: &Tokens, names: &Names, limit: usize) -> Option<(Title, usize)> {
    let last = names.names.last()?;
    quotes::possessor(&last.family)?;
    marked_title(tokens, names.next, limit)
}

/// A title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its words.
    pub text: String,
    /// In quotation marks: a piece of something.
    pub quoted: bool,
    /// Set off from the words around.
    pub marked: bool,
}

/// The text of tokens as it stands, trimmed of signs that part it from what follows.
pub fn joined(tokens: &Tokens, from: usize, to: usize) -> String {
    let mut out = String::new();
    for (k, token) in tokens.all.get(from..to).unwrap_or_default().iter().enumerate() {
        if k > 0 && token.gap {
            out.push(' ');
        }
        out.push_str(token.text);
    }
    let trimmed = out.trim_end_matches([',', '.', ';', ':', ' ']).trim_start_matches([',', ' ']);
    // A title's own abbreviation keeps its stop (`et al.`, `1789 ff.`) only inside.
    trimmed.to_owned()
}

/// A title without any mark, told by what follows it.
fn plain(tokens: &Tokens, place: Place, names: &Names, i: usize) -> Option<(Reading, usize)> {
    let Place { limit, list, .. } = place;
    let first =
        tokens.get(i).filter(|t| i < limit && t.kind == Kind::Word && t.capital && t.emphasis == 0)?;
    let dotted = list || name::is_cyrillic(first.text);
    let with_sign = i > names.next || dotted;
    let word = tokens.lower(i);
    let stopped = tokens.sign(i + 1, '.') && i + 1 < limit;
    // `p. 3`, `Bd. 9`, `Mill & Weir, Inc.`: no titles.
    let counted = tokens.get(i + 1 + usize::from(stopped)).is_some_and(|t| t.kind == Kind::Number);
    let of_work = has(PAGES, &word) && stopped || has(VOLUMES, &word) && counted;
    if !with_sign || of_work || has(FIRMS, &word) {
        return None;
    }
    let end = title_end(tokens, i, limit, dotted)?;
    let title = Title { text: joined(tokens, i, end), quoted: false, marked: false };
    // A lone letter is cut from something.
    if title.text.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let (mut reading, next) = rest::full(tokens, place, names.clone(), title, end)?;
    // `Thomas Pooley, Bodmin Assizes, July 31, 1857` is a day; `New York: Press, 1965` an imprint.
    let figure = |k: usize| tokens.get(k).is_some_and(|t| t.kind == Kind::Number);
    let dated = (i..end).any(|k| {
        // A lone month, or one with its day; *The Ides of March* is a title.
        let beside = k == i || figure(k - 1) || figure(k + 1) && k + 1 < end;
        beside && rest::is_month(&tokens.lower(k))
    });
    // `…, Leeds, 4 May 1999`: where and when somebody said something.
    let said = end - i <= 3 && unread::day(tokens, end + 1, limit);
    let work = &reading.work;
    let imprint = work.publisher.is_some() || work.place.is_some();
    // `Ann Orme: Of Weirs, Leeds 1904` is neither `New York: Weir, 1904` nor `Orme Weirs: A History, Leeds, Weir, 1904`.
    let place_and_year = || {
        (end + 1..next)
            .any(|k| tokens.year(k).is_some() && tokens.get(k - 1).is_some_and(|t| t.kind == Kind::Word))
    };
    let colon = !dotted && tokens.sign(names.next, ':') && !(imprint && place_and_year());
    if dated || said || colon {
        return None;
    }
    let undated = work.year.as_deref().is_some_and(|y| !y.starts_with(|c: char| c.is_ascii_digit()));
    let published =
        imprint || undated || work.year.is_some() && reading.locator.is_some() || work.url.is_some();
    let person = names.names.iter().any(|n| !n.given.is_empty()) || names.names.is_empty();
    // Who edited it shows that a surname alone is an author, too (`Lessing, Schriften, hg. v. …`).
    let edited = work.year.is_some() && !(work.editors.is_empty() && work.translators.is_empty());
    let defines = person && (published || list) || edited;
    // `Genette, Paratexts, p. 320`: certainly one, if the author is known.
    let paged = reading.locator.as_ref().is_some_and(|l| l.page.is_some())
        && (end..next).any(|k| has(PAGES, &tokens.lower(k)) && tokens.sign(k + 1, '.'));
    reading.strength = match (defines, paged && whole(tokens, place, next)) {
        (true, _) => Strength::Defines,
        (false, true) => Strength::Refers,
        (false, false) => Strength::IfKnown,
    };
    Some((reading, next))
}

/// The token behind a title without marks.
fn title_end(tokens: &Tokens, i: usize, limit: usize, dotted: bool) -> Option<usize> {
    /// Words that a title may have; a longer one is a sentence.
    const LONGEST: usize = 24;
    let mut end = i;
    while end < limit && end - i <= LONGEST {
        let token = tokens.get(end)?;
        match token.kind {
            Kind::Sign(',') if years(tokens, end + 1, limit) => {
                end += 4;
                continue;
            }
            Kind::Sign(',' | ';' | '(' | '[' | '\n') => break,
            Kind::Sign(c) if quotes::opens(c) && quotes::is_mark(c) => break,
            Kind::Sign('.') if dotted || end + 1 >= limit => break,
            // `… of a model? arXiv preprint …`
            Kind::Sign('?' | '!')
                if dotted
                    && tokens.get(end + 1).is_some_and(|t| t.gap && t.kind == Kind::Word && !t.capital) =>
            {
                end += 1;
                break;
            }
            Kind::Sign('/') if tokens.sign(end + 1, '/') => break,
            // `Title: Place 1950` has no colon that can be told from a subtitle's; the words behind decide.
            Kind::Number if end + 1 >= limit && token.gap => break,
            Kind::Word
                if end > i
                    && has(PAGES, &token.text.to_lowercase())
                    && tokens.sign(end + 1, '.')
                    && !token.is_initial() =>
            {
                break;
            }
            Kind::Address => break,
            _ => {}
        }
        if token.emphasis > 0 {
            break;
        }
        end += 1;
    }
    (end > i && end - i <= LONGEST).then_some(end)
}

/// `The Weirs of Leeds, 1580–1712 (Leeds: …)`: the years that a title ends with, where its imprint or a page follows.
fn years(tokens: &Tokens, i: usize, limit: usize) -> bool {
    let year = |k: usize| {
        let token = tokens.get(k).filter(|t| t.kind == Kind::Number && t.text.len() == 4 && k < limit)?;
        token.text.parse::<u32>().ok().filter(|y| *y < 2100)
    };
    let dash = tokens.get(i + 1).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–' | '—')) && !t.gap);
    let ordered = matches!((year(i), year(i + 2)), (Some(first), Some(last)) if first < last);
    let imprint = tokens.sign(i + 3, '(')
        || (tokens.sign(i + 3, '.') || tokens.sign(i + 3, ','))
            && (tokens.get(i + 4).is_some_and(|t| t.kind == Kind::Word && t.capital)
                || has(PAGES, &tokens.lower(i + 4)) && tokens.sign(i + 5, '.'));
    dash && ordered && imprint && i + 4 < limit
}

/// A surname and a place: `Grafton 72`, `Roberts and Skeat 45`, `Genette, p. 293`.
fn short(tokens: &Tokens, place: Place, names: &Names) -> Option<(Reading, usize)> {
    let limit = place.limit;
    let at = names.next;
    // `IV, 7, 30`: the number of a book, and nobody.
    let numeral =
        |family: &str| family.chars().all(char::is_uppercase) && locator::is_roman(&family.to_lowercase());
    if matches!(names.names.as_slice(), [one] if one.given.is_empty() && numeral(&one.family)) {
        return None;
    }
    let found = locator::read(tokens, at, limit)?;
    // The sentence goes on: `Long 45 was its number`.
    let next = tokens.get(found.next).filter(|_| found.next < limit);
    let goes_on = next.is_some_and(|t| t.kind == Kind::Word && !has(SIGNALS, &t.text.to_lowercase()));
    if goes_on
        || next.is_some_and(|t| matches!(t.kind, Kind::Sign('%' | '/' | '°' | '$' | '€' | '=' | '+' | '*')))
    {
        return None;
    }
    let start = tokens.get(place.start)?.start;
    let mut reading = blank(tokens, place.start, found.end, Manner::Short);
    reading.range = start..found.end;
    let bare = tokens.get(at).filter(|t| t.kind == Kind::Number).is_some();
    if bare && tokens.year(at).is_some() {
        reading.year_or_page = Some(tokens.get(at)?.text.to_owned());
    }
    // `in May 12`: a day of a month, unless nothing else stands there.
    let month = names.names.len() == 1
        && names.names[0].given.is_empty()
        && rest::is_month(&tokens.lower(place.start));
    if month && !whole(tokens, place, found.next) {
        return None;
    }
    reading.locator = Some(found.locator);
    // `Matthew 5:17`: a verse, unless somebody of this name is known.
    let verse =
        bare && tokens.sign(at + 1, ':') && tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Number);
    let refers = whole(tokens, place, found.next) && !verse;
    reading.strength = if refers { Strength::Refers } else { Strength::IfKnown };
    Some((by(reading, names), found.next))
}

/// True if a citation from `place.start` to `next` is all that its clause says, a remark in parentheses aside.
fn whole(tokens: &Tokens, place: Place, next: usize) -> bool {
    let begins = place.start == 0
        || tokens.get(place.start - 1).is_some_and(|t| matches!(t.kind, Kind::Sign(';' | '\n' | '(')));
    let ends = next >= place.limit
        || tokens.get(next).is_none_or(|t| matches!(t.kind, Kind::Sign(';' | '.' | '(' | ')' | '\n')));
    begins && ends
}

/// A title without names and without a mark, at the head of a clause: `The New Mill, ed. Eva Varn (Leeds: Weir, 1989)`.
fn edited(tokens: &Tokens, place: Place) -> Option<(Reading, usize)> {
    let Place { start, limit, .. } = place;
    let head = |k: usize| k == 0 || [';', '\n'].iter().any(|s| tokens.sign(k - 1, *s));
    let signal = |k: usize| has(SIGNALS, &tokens.lower(k));
    let begins = head(start) || start > 0 && signal(start - 1) && head(start - 1);
    let opens = tokens.get(start).is_some_and(|t| t.kind == Kind::Word && t.capital && t.emphasis == 0);
    if !begins || !opens || signal(start) {
        return None;
    }
    let end = title_end(tokens, start, limit, false).filter(|&e| e - start > 1 && tokens.sign(e, ','))?;
    let word = tokens.lower(end + 1);
    if !has(EDITORS, &word) && !has(TRANSLATORS, &word) {
        return None;
    }
    // A sentence has more words in small letters than a title.
    let title_words = (start..end).all(|k| {
        tokens.get(k).is_some_and(|t| t.kind != Kind::Word || t.capital || has(WITHIN_NAMES, t.text))
    });
    let names = Names { next: start, ..Names::default() };
    let title = Title { text: joined(tokens, start, end), quoted: false, marked: true };
    let (reading, next) = rest::full(tokens, place, names, title, end).filter(|_| title_words)?;
    let work = &reading.work;
    let described = !(work.editors.is_empty() && work.translators.is_empty())
        && work.year.is_some()
        && (work.publisher.is_some() || work.place.is_some());
    described.then_some((reading, next))
}

/// The token behind those who are named at `i`, where they edited or translated something: no author begins among them.
pub fn editors_end(tokens: &Tokens, i: usize, limit: usize) -> Option<usize> {
    behind_editor(tokens, i)
        .then(|| name::several(tokens, i, limit, Order::Natural).map(|n| n.next))
        .flatten()
}

/// True behind `ed.`, `hg. v.`, `translated by`.
fn behind_editor(tokens: &Tokens, i: usize) -> bool {
    let mut at = i;
    for _ in 0..4 {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = tokens.lower(before);
        if has(EDITORS, &word) || has(TRANSLATORS, &word) {
            return true;
        }
        if !(tokens.sign(before, '.') || has(OF, &word)) {
            return false;
        }
        at = before;
    }
    false
}

/// A title without names: `“Molotov Remembers,” ed. …`, *Spain Betrayed*, ed. …
fn titled(tokens: &Tokens, place: Place) -> Option<(Reading, usize)> {
    let (title, behind) = marked_title(tokens, place.start, place.limit)?;
    // One small word in italics is stress.
    let worthy = title.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if !worthy {
        return None;
    }
    let names = Names { next: place.start, ..Names::default() };
    let (mut reading, next) = rest::full(tokens, place, names, title, behind)?;
    let described = !reading.work.editors.is_empty()
        || reading.work.publisher.is_some()
        || reading.work.url.is_some()
        || reading.work.container.is_some() && reading.work.volume.is_some()
        || reading.work.year.is_some() && (reading.locator.is_some() || reading.work.container.is_some());
    reading.strength = if described { Strength::Defines } else { Strength::IfKnown };
    if !described && reading.locator.is_none() && !whole(tokens, place, next) {
        return None;
    }
    Some((reading, next))
}

/// True if a citation may begin at `i`, by what stands before it.
pub fn may_begin(tokens: &Tokens, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).and_then(|b| tokens.get(b)) else { return true };
    match before.kind {
        Kind::Sign(';' | '\n' | '(' | '[' | '—' | '–' | '•' | ')' | ']') => true,
        Kind::Sign(c) if quotes::closes(c) => true,
        Kind::Sign('.') => true,
        Kind::Sign(',' | ':') => match i.checked_sub(2).and_then(|b| tokens.get(b)) {
            Some(t) => has(SIGNALS, &t.text.to_lowercase()) || t.is('.') || t.is(')') || before.is(':'),
            None => true,
        },
        Kind::Word => has(SIGNALS, &before.text.to_lowercase()),
        _ => false,
    }
}

/// True if this token could be the first of a citation.
pub fn looks_like_a_start(tokens: &Tokens, i: usize) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    let opens = |t: &Token| tokens.quotation(i).is_some() || t.emphasis > 0 && tokens.emphasis(i).is_some();
    // `z. B. Ada Weir`
    let example = i > 1 && tokens.sign(i - 1, '.') && tokens.lower(i - 2) == "z" && token.text == "B";
    match token.kind {
        _ if example => false,
        Kind::Word => {
            let lower = tokens.lower(i);
            token.capital
                || has(IBID, &lower)
                || has(IDEM, &lower)
                || lower == "там"
                || lower == "a"
                || lower == "op"
                || lower == "loc"
                || opens(token)
        }
        Kind::Sign(_) | Kind::Number => opens(token),
        Kind::Address => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_citation(text: &str) -> bool {
        let tokens = Tokens::of(text, 0..text.len(), &[]);
        read(&tokens, Place { start: 0, limit: tokens.all.len(), list: false }).is_some()
    }

    #[test]
    fn the_number_of_a_book_is_nobodys_name() {
        assert!(is_citation("Orme, 7, 30"));
        assert!(is_citation("Li 30"));
        assert!(!is_citation("IV, 7, 30"));
        assert!(!is_citation("Under §2"));
    }
}
