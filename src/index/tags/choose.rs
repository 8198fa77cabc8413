//! Counts → terms: what is too rare, no noun, or only a piece of a phrase is left out.

use std::collections::{BTreeMap, HashMap};

use super::Term;
use super::count::{Count, Counts, Forms};
use super::language::{Language, Nouns, russian_nominative};
use crate::hash::Fast;
use crate::names::is_given_name;

/// Turns counts into terms; leaves out what is too rare or no noun, and words that are only pieces of a phrase.
pub(super) fn choose(counts: &Counts, language: &Language) -> Vec<Term> {
    /// Occurrences of a word that no heading holds.
    const LEAST_WORD: u32 = 4;
    /// Share of its occurrences in which a word must stand as a noun.
    const NOUN: f64 = 0.2;
    /// The same of a name: an adjective such as *Roman* has it less often.
    const NAME_NOUN: f64 = 0.4;
    /// Share of capitals from which a word counts as a name.
    const PROPER: f64 = 0.8;
    let share = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    let proper =
        |c: &Count| language.nouns != Nouns::Capital && c.told >= 2 && share(c.capital, c.told) >= PROPER;
    // Of each word: the weightiest phrase it is a piece of.
    let mut pieces: HashMap<u64, u32, Fast> = HashMap::default();
    let is_phrase = |c: &Count| share(c.noun, c.count) >= 0.4 || proper(c);
    for (words, c) in counts.phrases.iter().filter(|(_, c)| is_phrase(c)) {
        for &word in words {
            let most = pieces.entry(word).or_default();
            *most = (*most).max(c.count);
        }
    }
    let words = counts.words.iter().map(|&(word, ref c)| ((word, None), c));
    let phrases = counts.phrases.iter().map(|&([a, b], ref c)| ((a, Some(b)), c));
    let mut out = Vec::new();
    for (key, c) in words.chain(phrases) {
        let name = proper(c);
        match key {
            (word, None) => {
                let noun = match language.nouns {
                    Nouns::Capital => share(c.capital, c.told) >= PROPER,
                    _ => share(c.noun, c.count) >= if name { NAME_NOUN } else { NOUN },
                };
                // `Karl` of `Karl Somebody`, `commonplace` of `commonplace book`.
                let piece = share(pieces.get(&word).copied().unwrap_or(0), c.count) >= 0.6;
                // A first name never stands alone.
                let fragment = name && share(c.in_name, c.told) >= 0.6;
                let fragment = fragment || name && lone_first_name(c);
                if !noun || piece || fragment || (c.count < LEAST_WORD && !c.heading) {
                    continue;
                }
            }
            (a, Some(b)) => {
                if !is_phrase(c) {
                    continue;
                }
                // A phrase is a term of its own only if it is a good share of what its words do.
                let whole = counts.word(a).max(counts.word(b));
                if whole > 0 && share(c.count, whole) < if name { 0.15 } else { 0.08 } {
                    continue;
                }
            }
        }
        let form = shown(&c.forms, name, language);
        out.push(Term {
            key: c.forms.key(language),
            form,
            count: c.count,
            parts: c.parts,
            heading: c.heading,
            proper: name,
            // Which words it has is asked of few.
            titled: false,
        });
    }
    out
}

/// True for a first name that stands alone, and for a scrap of two or three letters that is no acronym.
fn lone_first_name(c: &Count) -> bool {
    c.forms.iter().all(|(f, _)| {
        is_given_name(&f.to_lowercase()) || (f.chars().count() < 4 && f.chars().any(char::is_lowercase))
    })
}

/// The form in capitals alone, of a term that a good part of its writers writes so: an acronym, which others hurry over.
fn acronym(forms: &Forms) -> Option<String> {
    /// One in so many.
    const PART: u32 = 3;
    let is_acronym =
        |form: &str| form.len() > 1 && form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let all: u32 = forms.iter().map(|form| form.1).sum();
    let (form, times) = forms
        .iter()
        .filter(|form| is_acronym(&form.0))
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
    (times * PART >= all).then_some(form)
}

/// The form to show: the commonest, in small letters unless it is a name.
pub(super) fn shown(forms: &Forms, name: bool, language: &Language) -> String {
    if let Some(acronym) = acronym(forms) {
        return acronym;
    }
    let keep = name || language.nouns == Nouns::Capital;
    let mut merged: BTreeMap<String, u32> = BTreeMap::new();
    for (form, n) in forms.iter() {
        let form = if keep { form } else { form.to_lowercase() };
        *merged.entry(form).or_default() += n;
    }
    let most = merged.values().copied().max().unwrap_or(0);
    let rank = |form: &str, n: u32| -> (u32, usize) {
        match language.nouns {
            // Inflected languages: a common enough form in the nominative, or the shortest.
            Nouns::Russian if n * 5 >= most => (russian_nominative(form), usize::MAX - form.len()),
            Nouns::Capital if n * 3 >= most => (1, usize::MAX - form.len()),
            _ => (0, n as usize),
        }
    };
    let best = merged.iter().max_by(|a, b| {
        let (x, y) = (rank(a.0, *a.1), rank(b.0, *b.1));
        x.cmp(&y).then(a.1.cmp(b.1)).then_with(|| b.0.cmp(a.0))
    });
    best.map_or(String::new(), |b| b.0.clone())
}
