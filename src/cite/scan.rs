//! A stretch of text → the readings in it.
//!
//! 1. [`note`]: in a note a citation may begin wherever a clause does
//! 2. [`prose`]: in the running text only parentheses hold them, and full citations that say where they were published
//! 3. [`entry`]: in a list of works each block is one

use std::ops::Range;

use super::model::Manner;
use super::name::{self, Order};
use super::reading::{Place, Reading, Strength, editors_end, looks_like_a_start, may_begin, read};
use super::rest;
use super::text::{Line, LineKind, Text};
use super::token::{Kind, Tokens};
use super::unread;
use super::vocabulary::{ABBREVIATIONS, EDITORS, PAGES, SIGNALS, TRANSLATORS, VOLUMES, has};
use crate::months;
use crate::quotes;

/// Tokens that one citation may have: what is longer is prose, and the search stays short.
const LONGEST: usize = 160;

/// References that are read in the prose of one document, and as many in its notes; a list of works may be any length.
pub const MOST: usize = 12_000;

/// A reading with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Scanned {
    /// What stands there.
    pub reading: Reading,
    /// The group that it belongs to (a note, a parenthesis, an entry): what *ibid.* looks back to.
    pub group: u32,
    /// The line of the stretch.
    pub line: u32,
    /// True for an entry of a list of works.
    pub listed: bool,
    /// Its words.
    pub words: String,
    /// The sentence that it belongs to.
    pub sentence: String,
}

impl Scanned {
    fn of(text: &str, reading: Reading, group: u32, line: usize) -> Self {
        let words = text[reading.range.clone()].to_owned();
        Scanned { reading, group, line: line as u32, listed: false, words, sentence: String::new() }
    }
}

/// The readings of a note, at most so many, and where in it sources stand that are no works here.
pub fn note(text: &Text, most: usize) -> (Vec<Scanned>, Vec<usize>) {
    let mut out = Vec::new();
    let mut unread = Vec::new();
    for (n, line) in text.lines.iter().enumerate().filter(|l| l.1.kind != LineKind::Other) {
        for piece in pieces(&text.text, line.range.clone()) {
            if out.len() == most {
                return (out, unread);
            }
            let tokens = Tokens::of(&text.text, piece, &text.emphasis);
            let mut readings = clauses(&tokens, 0, tokens.all.len());
            readings.retain(|reading| !unread::is_call_number(&tokens, reading));
            unread.extend(unread::sources(&tokens, &readings));
            readings.truncate(most - out.len());
            out.extend(readings.into_iter().map(|reading| Scanned::of(&text.text, reading, 0, n)));
        }
    }
    (out, unread)
}

/// The readings of the running text and of the lists in it.
pub fn body(text: &Text) -> Vec<Scanned> {
    let mut out = Vec::new();
    let mut group = 0;
    let mut left = MOST;
    // Whether an entry has named its author; a dash before it is only a bullet.
    let mut named = false;
    for (n, line) in text.lines.iter().enumerate() {
        match line.kind {
            LineKind::Other => {}
            LineKind::Entry => {
                group += 1;
                let listed = |reading| Scanned { listed: true, ..Scanned::of(&text.text, reading, group, n) };
                out.extend(entry(text, line, &mut named).map(listed));
            }
            LineKind::Prose => {
                if left == 0 || !may_cite(&text.text[line.range.clone()]) {
                    continue;
                }
                for piece in pieces(&text.text, line.range.clone()) {
                    let tokens = Tokens::of(&text.text, piece.clone(), &text.emphasis);
                    for (reading, new) in prose(&tokens).into_iter().take(left) {
                        left -= 1;
                        group += u32::from(new);
                        let sentence = sentence(&text.text[..], piece.clone(), reading.range.clone());
                        out.push(Scanned { sentence, ..Scanned::of(&text.text, reading, group, n) });
                    }
                }
            }
        }
    }
    out
}

/// A line in pieces that are not longer than a long chapter, cut at spaces: a whole book in one line would be taken
/// apart into words all at once.
fn pieces(text: &str, line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    const LONGEST: usize = 1 << 18;
    let mut at = line.start;
    std::iter::from_fn(move || {
        let start = at;
        let end = text.floor_char_boundary(line.end.min(start + LONGEST));
        at = if end < line.end { text[start..end].rfind(' ').map_or(end, |i| start + i + 1) } else { end };
        (start < line.end).then_some(start..at)
    })
}

/// The sentence of a line around some of its bytes, shortened from the left.
pub fn sentence(text: &str, line: Range<usize>, within: Range<usize>) -> String {
    /// Bytes of a sentence that a list of places shows: enough to see what is spoken of.
    const LONGEST: usize = 320;
    // Further off than that no end of a sentence is looked for: what is longer is cut in any case.
    let near = text.floor_char_boundary(within.start.saturating_sub(LONGEST).max(line.start));
    let far = text.floor_char_boundary((within.end + LONGEST + 1).min(line.end)).max(within.end);
    let stop = |(i, _): &(usize, char), text: &str| {
        text[*i + 1..].starts_with(' ')
            && text[*i + 1..].trim_start().starts_with(|c: char| !c.is_lowercase())
    };
    let marks = ['.', '?', '!'];
    let head = &text[near..within.start];
    let ends = head.char_indices().filter(|c| marks.contains(&c.1));
    // The stop that the marker stands behind is this sentence's own.
    let mut start = ends
        .rev()
        .find(|c| stop(c, head) && !head[c.0 + 1..].trim().is_empty())
        .map_or(line.start, |c| near + c.0 + 1);
    let tail = &text[within.end..far];
    let end = tail
        .char_indices()
        .find(|c| matches!(c.1, '.' | '?' | '!') && stop(c, tail))
        .map_or(line.end, |c| within.end + c.0 + 1);
    let end = if within.is_empty() { within.end } else { end.min(within.end + LONGEST) };
    let end = text.ceil_char_boundary(end);
    let mut cut = false;
    if end - start > LONGEST {
        start = text.ceil_char_boundary(end - LONGEST);
        cut = true;
        start += text[start..end].find(' ').unwrap_or(0);
    }
    let words = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    if cut { ["… ", &words].concat() } else { words }
}

/// A citation in the running text stands in a parenthesis, or its year does.
fn may_cite(line: &str) -> bool {
    line.contains(['(', '['])
        && (line.bytes().any(|b| b.is_ascii_digit())
            || ["bid", "bíd", "ebd", "там"].iter().any(|w| line.contains(w)))
}

/// All readings between two tokens, each where a citation may begin.
fn clauses(tokens: &Tokens, from: usize, to: usize) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut i = from;
    // Parentheses that are open at `i`: no citation leaves one.
    let mut inside: Vec<usize> = Vec::new();
    let mut clause: Option<Range<usize>> = None;
    while i < to {
        inside.retain(|&shut| shut > i);
        if let Some(shut) = tokens.parenthesis(i) {
            inside.push(shut);
            clause = None;
        }
        if looks_like_a_start(tokens, i) {
            let limit = match clause.as_ref().filter(|c| c.contains(&i)) {
                Some(clause) => clause.end,
                None => {
                    let end = clause_end(tokens, i, to);
                    clause = Some(i..end);
                    end
                }
            };
            // The stop behind a name that has its surname first ends no sentence.
            let limit =
                name::surname_first(tokens, i, to).map_or(limit, |n| clause_end(tokens, n.next + 1, to));
            // As an entry of a list has it, whose parts end with stops.
            let list =
                may_begin(tokens, i) && inside.is_empty() && name::dated(tokens, i, to.min(i + LONGEST));
            let limit = if list { entry_end(tokens, i, to) } else { limit };
            let limit = inside.last().map_or(limit, |&shut| limit.min(shut));
            let place = Place { start: i, limit, list };
            let found = read(tokens, place).and_then(|(r, next)| Some((accepted(tokens, i, r)?, next)));
            if let Some((reading, next)) = found {
                out.push(reading);
                i = next.max(i + 1);
                clause = None;
                continue;
            }
            if let Some(end) = editors_end(tokens, i, limit) {
                i = end.max(i + 1);
                continue;
            }
        }
        i += 1;
    }
    out
}

/// What was read at `i`, if it may stand there.
fn accepted(tokens: &Tokens, i: usize, reading: Reading) -> Option<Reading> {
    if is_stressed(&reading) || editors_end(tokens, i, tokens.all.len()).is_some() {
        return None;
    }
    if may_begin(tokens, i) {
        return Some(reading);
    }
    // In the middle of a sentence: only what cannot be anything else, and not from the middle of a name.
    let before = i.checked_sub(1).and_then(|b| tokens.get(b));
    let after_capital = before.is_some_and(|t| t.kind == Kind::Word && t.capital || t.is('.') && !t.gap);
    let work = &reading.work;
    let person = work.authors.iter().any(|n| !n.given.is_empty());
    if reading.strength == Strength::Defines && person && work.is_published() && !after_capital {
        return Some(reading);
    }
    // `criticising Orme, Weirs, 12`: if a work of this name and title is known.
    let after_word = before.is_some_and(|t| t.kind == Kind::Word && !t.capital && t.emphasis == 0);
    let named = reading.manner == Manner::Full && !work.authors.is_empty() && !work.title.is_empty();
    (after_word && named).then_some(Reading { strength: Strength::IfKnown, ..reading })
}

/// True where the title is one word without a capital and nothing says when or where it appeared: the author stresses
/// a word (“Italy *must* pay”).
fn is_stressed(reading: &Reading) -> bool {
    let work = &reading.work;
    let plain = |c: char| c.is_lowercase() || c.is_ascii_digit();
    let word = !work.title.is_empty() && work.title.chars().all(plain);
    word && reading.manner == Manner::Full && !work.is_published() && work.url.is_none()
}

/// The token that ends the clause which `i` lies in: a semicolon, the stop of a sentence, the end of the line.
pub fn clause_end(tokens: &Tokens, i: usize, to: usize) -> usize {
    let mut k = i;
    let cyrillic = tokens
        .get(i)
        .and_then(|t| t.text.chars().next())
        .is_some_and(|c| ('\u{400}'..'\u{530}').contains(&c));
    let most = to.min(i + LONGEST);
    while k < most {
        let Some(token) = tokens.get(k) else { break };
        if let Some(shut) = tokens.parenthesis(k).filter(|&s| s < most) {
            k = shut + 1;
            continue;
        }
        if let Some(close) = tokens.quotation(k).filter(|&c| c < most) {
            // “… of printing.” See …
            let stopped =
                tokens.get(close - 1).is_some_and(|t| matches!(t.kind, Kind::Sign('.' | '?' | '!')));
            let next = tokens.get(close + 1);
            let new = next.is_some_and(|t| t.kind == Kind::Word && t.capital && t.emphasis == 0 && t.gap)
                && !has(super::vocabulary::WITHIN, &tokens.lower(close + 1));
            k = close + 1;
            if stopped && new && !cyrillic {
                return k;
            }
            continue;
        }
        match token.kind {
            Kind::Sign('\n') => return k,
            Kind::Sign(';') if !cities(tokens, k) => return k,
            Kind::Sign(')' | ']') => return k,
            Kind::Sign('.' | '?' | '!' | '…') if ends_a_sentence(tokens, k, cyrillic) => return k,
            _ => {}
        }
        k += 1;
    }
    most
}

/// The semicolon or the line end behind an entry.
fn entry_end(tokens: &Tokens, i: usize, to: usize) -> usize {
    let most = to.min(i + LONGEST);
    let behind = name::several(tokens, i, most, Order::Inverted).map_or(i, |names| names.next);
    (behind..most).find(|&k| tokens.sign(k, ';') || tokens.sign(k, '\n')).unwrap_or(most)
}

/// `М.; Л.`: two places of publication.
fn cities(tokens: &Tokens, k: usize) -> bool {
    let short = |t: Option<&super::token::Token>| {
        t.is_some_and(|t| t.kind == Kind::Word && t.text.chars().count() <= 3)
    };
    tokens.sign(k.saturating_sub(1), '.')
        && k >= 2
        && short(tokens.get(k - 2))
        && short(tokens.get(k + 1))
        && tokens.sign(k + 2, '.')
}

fn ends_a_sentence(tokens: &Tokens, k: usize, cyrillic: bool) -> bool {
    let Some(next) = tokens.get(k + 1) else { return true };
    let same_emphasis = tokens.get(k).is_some_and(|t| t.emphasis > 0 && t.emphasis == next.emphasis);
    if next.is('\n') {
        return true;
    }
    // *Reformism or Revolution?* 3rd ed. (…): the title’s own mark.
    let titles_own = tokens.get(k).is_some_and(|t| t.emphasis > 0) && !tokens.sign(k, '.') && !next.capital;
    if !next.gap || same_emphasis || titles_own {
        return false;
    }
    let lower = tokens.lower(k + 1);
    let before = k.checked_sub(1).and_then(|b| tokens.get(b));
    // `am 3. März 2019`
    let day = before.is_some_and(|t| t.kind == Kind::Number && t.text.len() <= 2);
    if day && months::number(&lower).is_some() {
        return false;
    }
    if cyrillic {
        let signal = matches!(lower.as_ref(), "см" | "ср" | "цит" | "там");
        let person = next.kind == Kind::Word
            && next.capital
            && tokens.get(k + 2).is_some_and(|t| t.is_initial())
            && tokens.sign(k + 3, '.');
        let number = before.is_some_and(|t| t.kind == Kind::Number);
        return number && (signal || person);
    }
    if let Some(word) = before.filter(|t| t.kind == Kind::Word) {
        let lower = word.text.to_lowercase();
        if tokens.sign(k, '.') && (word.text.chars().count() == 1 || has(ABBREVIATIONS, &lower)) {
            return false;
        }
    }
    // What goes on after a stop: `Vol. 2`, `In: …`, `Translated by …`, `p. 3`.
    let goes_on = (has(PAGES, &lower) || has(VOLUMES, &lower)) && tokens.sign(k + 2, '.')
        || has(super::vocabulary::WITHIN, &lower) && tokens.sign(k + 2, ':')
        || (has(TRANSLATORS, &lower) || has(EDITORS, &lower))
            && (tokens.sign(k + 2, '.') || has(super::vocabulary::OF, &tokens.lower(k + 2)));
    if goes_on {
        return false;
    }
    match next.kind {
        Kind::Word => next.capital || next.emphasis > 0,
        Kind::Number | Kind::Address => true,
        Kind::Sign(c) => matches!(c, '(' | '[') || quotes::opens(c),
    }
}

/// What the running text cites, each with whether it begins a new group.
fn prose(tokens: &Tokens) -> Vec<(Reading, bool)> {
    let mut out = Vec::new();
    let mut i = 0;
    // Behind this token nothing has been read yet.
    let mut done = 0;
    while i < tokens.all.len() {
        let Some(shut) = tokens.parenthesis(i) else {
            i += 1;
            continue;
        };
        if shut - i <= LONGEST {
            if let Some(reading) = narrative(tokens, i, shut, done) {
                out.push((reading, true));
                done = shut + 1;
            } else {
                let inside = parenthesis(tokens, i, shut);
                if inside.is_empty() {
                    if let Some((reading, next)) = published(tokens, i, shut, done) {
                        out.push((reading, true));
                        done = next;
                        i = next.max(shut + 1);
                        continue;
                    }
                } else {
                    out.extend(inside.into_iter().enumerate().map(|(n, r)| (r, n == 0)));
                    done = shut + 1;
                }
            }
        }
        i = shut + 1;
    }
    out
}

/// `Grafton (1997, p. 3)`: the names stand before the parenthesis.
fn narrative(tokens: &Tokens, open: usize, shut: usize, done: usize) -> Option<Reading> {
    tokens.year(open + 1)?;
    let mut start = open;
    while start > done && open - start < 8 {
        let token = tokens.get(start - 1)?;
        let fits = match token.kind {
            Kind::Word => {
                token.emphasis == 0
                    && (token.capital
                        || has(super::vocabulary::PARTICLES, &tokens.lower(start - 1))
                        || has(super::vocabulary::AND, &tokens.lower(start - 1)))
            }
            Kind::Sign('.') => tokens.get(start.checked_sub(2)?).is_some_and(|t| t.is_initial()),
            Kind::Sign('&') => true,
            _ => false,
        };
        if !fits {
            break;
        }
        start -= 1;
    }
    (start..open).find_map(|at| {
        let names = name::several(tokens, at, open, Order::Natural).filter(|n| n.next == open)?;
        let place = Place { start: at, limit: shut + 1, list: false };
        rest::dated(tokens, place, &names).map(|d| d.0).filter(|r| r.manner == Manner::Short)
    })
}

/// `(Grafton 1997, 72; Jackson 2001)`, `(ibid., 14)`: citations fill the parenthesis.
fn parenthesis(tokens: &Tokens, open: usize, shut: usize) -> Vec<Reading> {
    let readings = clauses(tokens, open + 1, shut);
    let certain = readings.iter().any(|r| r.strength == Strength::Defines && r.work.is_published());
    if certain {
        return readings
            .into_iter()
            .filter(|r| r.strength == Strength::Defines || r.manner != Manner::Full)
            .collect();
    }
    // Words that are no citation and no signal: the parenthesis speaks of something else.
    let strange = (open + 1..shut).filter_map(|k| tokens.get(k)).any(|t| {
        t.kind == Kind::Word
            && !readings.iter().any(|r| r.range.start <= t.start && t.end <= r.range.end)
            && !has(SIGNALS, &t.text.to_lowercase())
            && !t.capital
    });
    if strange { Vec::new() } else { readings }
}

/// Hannah Arendt, *The Origins of Totalitarianism* (New York: Harcourt, 1951): the parenthesis says where it was published.
fn published(tokens: &Tokens, open: usize, shut: usize, done: usize) -> Option<(Reading, usize)> {
    let year = (open + 1..shut).any(|k| tokens.year(k).is_some());
    let imprint = (open + 1..shut).any(|k| tokens.sign(k, ':') || tokens.sign(k, ','));
    let before = open.checked_sub(1).and_then(|b| tokens.get(b))?;
    let title = before.emphasis > 0 || matches!(before.kind, Kind::Sign(c) if quotes::closes(c));
    if !(year && imprint && title) {
        return None;
    }
    let from = (done..open)
        .rev()
        .take(LONGEST / 2)
        .find(|&k| {
            tokens.get(k).is_some_and(|t| matches!(t.kind, Kind::Sign('.' | ';' | '(')) && t.emphasis == 0)
                && !tokens.get(k.saturating_sub(1)).is_some_and(|t| t.is_initial())
        })
        .map_or(done, |k| k + 1);
    let to = clause_end(tokens, shut + 1, tokens.all.len()).max(shut + 1);
    (from..open).filter(|&k| looks_like_a_start(tokens, k)).find_map(|start| {
        let place = Place { start, limit: to, list: false };
        let (reading, next) = read(tokens, place)?;
        let fits = reading.strength == Strength::Defines
            && reading.work.year.is_some()
            && next > shut
            && !reading.work.authors.is_empty();
        let reading = fits.then(|| accepted(tokens, start, reading)).flatten()?;
        Some((reading, next))
    })
}

/// An entry of a list of works. `named` says whether one of those before it begins with a name.
fn entry(text: &Text, line: &Line, named: &mut bool) -> Option<Reading> {
    let tokens = Tokens::of(&text.text, line.range.clone(), &text.emphasis);
    let mut start = 0;
    // `———. *Title*`, `— *Title*`: by the author of the entry before.
    let dashes =
        tokens.all.iter().take_while(|t| matches!(t.kind, Kind::Sign('—' | '–' | '-' | '_' | '―'))).count();
    let stopped = tokens.sign(dashes, '.') || tokens.sign(dashes, ',');
    let alone = *named && matches!(tokens.get(0)?.kind, Kind::Sign('—' | '―')) && !stopped;
    let repeated = dashes >= 1 && (stopped || alone);
    *named |= dashes == 0;
    if repeated {
        start = dashes + usize::from(stopped);
    } else {
        while start < tokens.all.len().min(3)
            && matches!(tokens.get(start)?.kind, Kind::Sign('-' | '*' | '•' | '–' | '—'))
        {
            start += 1;
        }
    }
    let limit = tokens.all.len();
    if start >= limit || limit - start > 2 * LONGEST {
        return None;
    }
    let (mut reading, _) = read(&tokens, Place { start, limit, list: true })?;
    if reading.manner != Manner::Full {
        return None;
    }
    if repeated {
        reading.same_author = true;
        reading.work.authors.clear();
    }
    let whole = reading.work.authors.is_empty() && !repeated && !reading.work.is_published();
    let titled = reading.work.title.chars().filter(|c| c.is_alphabetic()).count() > 2;
    if !titled || whole && reading.strength < Strength::IfKnown {
        return None;
    }
    reading.strength = Strength::Defines;
    // Pages of an entry are where the piece stands, not what is cited.
    reading.locator = None;
    Some(reading)
}
