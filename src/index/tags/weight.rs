//! How much a term says of its document, and from where on it is strong.

use std::collections::BTreeSet;

use super::language::Language;
use super::word::words_of_line;
use super::{PARTS, Term, Terms};

/// How much a term says of its document: its share of the text, and its spread over it.
pub(super) fn weight(term: &Term, total: u32) -> f64 {
    let frequency = f64::from(term.count) * 1_000.0 / f64::from(total.max(200));
    let parts = term.parts.count_ones();
    let spread = f64::from(parts) / f64::from((PARTS as u32).min(term.count));
    // Only at the very end, where lists of works and a site's other pages stand.
    let tail = if term.parts & 0b0011_1111 == 0 { 0.3 } else { 1.0 };
    // A phrase says more than a word that occurs as often, a name is more surely a subject.
    let phrase = if term.key.contains(' ') { 1.5 } else { 1.0 };
    let heading = if term.heading { 1.2 } else { 1.0 };
    frequency.sqrt() * (0.3 + 0.7 * spread.min(1.0)) * tail * phrase * heading
}

/// Terms by weight, the title's words counted.
pub(super) fn weigh(terms: &Terms) -> Vec<(f64, &Term)> {
    /// What it is worth to be named in the title.
    const TITLE: f64 = 1.6;
    let weight = |t: &Term| weight(t, terms.total) * if t.titled { TITLE } else { 1.0 };
    let mut list: Vec<(f64, &Term)> = terms.list.iter().map(|t| (weight(t), t)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    list
}

/// The stems of a line.
pub(super) fn stems(line: &str, language: &Language) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    words_of_line(line, |w| {
        let lower = w.text.to_lowercase().replace("’s", "").replace("'s", "");
        out.insert(language.stemmer.stem(&lower).into_owned());
    });
    out
}

/// Share of the third weightiest term's weight from which a term is strong. Not of the first one's: a text
/// on one person names that person ten times as often as anything else it is about.
const STRONG: f64 = 0.7;

/// Weight below which nothing is strong: about four times in two thousand content words, in half of the text.
const WEAK: f64 = 1.0;

/// The strong terms of a document.
pub(super) fn strong<'a>(terms: &'a [(f64, &'a Term)]) -> impl Iterator<Item = (f64, &'a Term)> {
    let third = terms.get(2).or(terms.last()).map_or(0.0, |t| t.0);
    terms.iter().copied().take_while(move |t| t.0 >= WEAK && t.0 >= STRONG * third)
}
