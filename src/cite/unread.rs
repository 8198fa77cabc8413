//! Sources of a note that are no works here: a call number of an archive, a letter, an interview, the issue of a newspaper.
//!
//! Nothing is made of them, but an *ibid.* behind one means it, and not the work that was read before it.

use super::rest;
use super::scan::clause_end;
use super::token::{Kind, Tokens};
use super::vocabulary::{SIGNALS, WITHIN, has};
use crate::cite::reading::Reading;

/// Tokens of the longest: what has more is a remark.
const LONGEST: usize = 40;

/// What one person says to another.
const MESSAGES: &[&str] = &[
    "interview",
    "interviews",
    "letter",
    "letters",
    "email",
    "e-mail",
    "conversation",
    "telegram",
    "correspondence",
    "gespräch",
    "brief",
    "schreiben",
    "telegramm",
    "lettre",
    "entretien",
    "courriel",
    "lettera",
    "intervista",
    "carta",
    "entrevista",
    "письмо",
    "интервью",
    "беседа",
];

/// Before the number under which an archive keeps something.
const HOLDINGS: &[&str] = &["box", "folder", "ms", "mss", "carton", "reel", "карт", "оп", "ф", "д"];

/// Before a leaf of it; books have leaves, too.
const LEAVES: &[&str] = &["fol", "fols", "folio", "bl"];

/// Words that only a sentence has.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "does", "did", "do", "can", "could",
    "may", "might", "must", "will", "would", "should", "says", "said", "ist", "sind", "war", "waren", "hat",
    "hatte", "wird", "wurde", "est", "sont", "était", "ont", "fut", "è", "sono", "es", "fue",
];

/// The first bytes of the sources that stand outside of these readings.
pub fn sources(tokens: &Tokens, readings: &[Reading]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut readings = readings.iter().map(|r| &r.range).peekable();
    let mut i = 0;
    while i < tokens.all.len() {
        let end = clause_end(tokens, i, tokens.all.len()).max(i + 1);
        let mut from = i;
        // What stands before, between and behind the readings of the clause.
        while let Some(range) =
            readings.next_if(|r| tokens.all.get(end - 1).is_some_and(|last| r.start < last.end))
        {
            let first = from + tokens.all[from..end].partition_point(|t| t.end <= range.start);
            let leads_in = first > from && is_within(tokens, first - 1);
            if !leads_in && is_source(tokens, from, first) {
                out.push(tokens.all[from].start);
            }
            from = first.max(from + tokens.all[from..end].partition_point(|t| t.start < range.end));
        }
        let goes_on = from > i && !has(SIGNALS, &tokens.lower(from + usize::from(tokens.sign(from, ','))));
        if !goes_on && is_source(tokens, from, end) {
            out.push(tokens.all[from].start);
        }
        i = end + usize::from(tokens.get(end).is_some_and(|t| matches!(t.kind, Kind::Sign(_))));
    }
    out
}

/// True for a reading that took a call number for a name and a page.
pub fn is_call_number(tokens: &Tokens, reading: &Reading) -> bool {
    let range = &reading.range;
    let (from, to) = (
        tokens.all.partition_point(|t| t.start < range.start),
        tokens.all.partition_point(|t| t.start < range.end),
    );
    !reading.work.is_published() && (from..to).any(|k| holding(tokens, k, to))
}

/// `quoted in`, `zit. nach`: what stands before is in the work behind.
fn is_within(tokens: &Tokens, i: usize) -> bool {
    let word = tokens.lower(i);
    has(WITHIN, &word) || matches!(word.as_ref(), "nach" | "par" | "по" | "da" | "por" | "from" | "by")
}

/// True for the tokens of a source: no sentence, and named by what only such sources have.
fn is_source(tokens: &Tokens, from: usize, to: usize) -> bool {
    let short = from < to && to - from <= LONGEST;
    short && !(from..to).any(|k| has(VERBS, tokens.get(k).map_or("", |t| t.text))) && {
        let dated = (from..to).any(|k| day(tokens, k, to));
        let message = (from..to).any(|k| has(MESSAGES, &tokens.lower(k)));
        let named =
            tokens.get(from).is_some_and(|t| t.capital || t.emphasis > 0 || tokens.quotation(from).is_some());
        let to_the_author =
            (from + 1..to).any(|k| tokens.lower(k - 1) == "the" && tokens.lower(k) == "author");
        (from..to).any(|k| holding(tokens, k, to) || leaf(tokens, k, to))
            || message && (dated || to_the_author)
            || dated && named
    }
}

/// `, 4 May 1871`, `of May 4, 1871`, `vom 4. Mai 1871`, with no more than a page behind it.
pub fn day(tokens: &Tokens, k: usize, to: usize) -> bool {
    /// Tokens of a page behind it.
    const PAGE: usize = 6;
    let parted = k > 0
        && ([',', '(', ':'].iter().any(|s| tokens.sign(k - 1, *s))
            || matches!(tokens.lower(k - 1).as_ref(), "of" | "on" | "vom" | "du" | "del"));
    if !parted || to > k + 6 + PAGE {
        return false;
    }
    let figure = |k: usize| tokens.get(k).is_some_and(|t| t.kind == Kind::Number && t.text.len() <= 2);
    let month = |k: usize| rest::is_month(&tokens.lower(k));
    let year = |k: usize| k < to && tokens.year(k).is_some();
    let stop = |k: usize| k + usize::from(tokens.sign(k, '.'));
    if figure(k) {
        let of = |k: usize| k + usize::from(matches!(tokens.lower(k).as_ref(), "de" | "di" | "of"));
        let m = of(stop(k + 1));
        return month(m) && year(of(stop(m + 1)));
    }
    month(k) && figure(stop(k + 1)) && tokens.sign(stop(k + 1) + 1, ',') && year(stop(k + 1) + 2)
}

/// `HO 45/264`, `F7 4412`, `Box 4`
fn holding(tokens: &Tokens, k: usize, to: usize) -> bool {
    let Some(token) = tokens.get(k).filter(|t| t.kind == Kind::Word) else { return false };
    if numbered(tokens, k, to, HOLDINGS) {
        return true;
    }
    let number = |k: usize| tokens.get(k).filter(|t| k < to && t.kind == Kind::Number);
    let capitals = token.text.chars().count() <= 5 && token.text.chars().all(char::is_uppercase);
    let numeral = token.text.len() > 2 && token.text.chars().all(|c| "IVXLCDM".contains(c));
    let Some(first) = number(k + 1).filter(|_| capitals && !numeral) else { return false };
    let slash = tokens.sign(k + 2, '/') && number(k + 3).is_some();
    let class = !first.gap && number(k + 2).is_some_and(|t| t.gap);
    slash || class
}

/// `fol. 3`
fn leaf(tokens: &Tokens, k: usize, to: usize) -> bool {
    numbered(tokens, k, to, LEAVES)
}

/// One of these words, and a number behind it.
fn numbered(tokens: &Tokens, k: usize, to: usize, words: &[&str]) -> bool {
    let behind = k + 1 + usize::from(tokens.sign(k + 1, '.'));
    has(words, &tokens.lower(k)) && tokens.get(behind).is_some_and(|t| behind < to && t.kind == Kind::Number)
}
