//! Words and the phrases of two that end with them, counted as a reader sees them: as nouns, with capitals, in headings.

use std::collections::HashMap;

use super::known::{Known, SHORTEST};
use super::language::{Language, Nouns};
use crate::hash::Fast;

/// A word as it is counted.
pub(super) struct Seen<'a> {
    /// As written, without a possessive or an elided article.
    pub(super) text: &'a str,
    pub(super) known: Known,
    pub(super) first: bool,
    pub(super) apart: bool,
    pub(super) heading: bool,
    pub(super) shouted: bool,
    pub(super) part: u8,
}

impl Seen<'_> {
    /// True where a capital tells something.
    fn tells(&self) -> bool {
        !self.first && !self.shouted && !self.heading
    }
}

/// A word or a phrase of two, as written, and whether the line is in capitals; a phrase's words are apart by a space.
type Written<'a> = ([&'a str; 2], bool);

/// What is counted of the terms of a text that are often enough, in the order of their hashes.
pub(super) struct Counts<'a> {
    pub(super) words: Vec<(u64, Count<'a>)>,
    pub(super) phrases: Vec<([u64; 2], Count<'a>)>,
}

impl Counts<'_> {
    /// How often a word is there, if often enough.
    pub(super) fn word(&self, stem: u64) -> u32 {
        self.words.binary_search_by_key(&stem, |word| word.0).map_or(0, |at| self.words[at].1.count)
    }
}

/// What is counted of a term.
#[derive(Default)]
pub(super) struct Count<'a> {
    pub(super) forms: Forms<'a>,
    pub(super) count: u32,
    pub(super) parts: u8,
    pub(super) heading: bool,
    /// Times where a capital would tell, and times there was one.
    pub(super) told: u32,
    pub(super) capital: u32,
    /// Times it stands as a noun does.
    pub(super) noun: u32,
    /// For a single word: times the word before or after it is capitalised as well.
    pub(super) in_name: u32,
}

/// The forms of a term with their weights. Most have one, for which no table is made.
#[derive(Default)]
pub(super) struct Forms<'a> {
    first: Option<(Written<'a>, u32)>,
    others: HashMap<Written<'a>, u32, Fast>,
}

impl<'a> Forms<'a> {
    fn add(&mut self, form: Written<'a>, weight: u32) {
        match &mut self.first {
            None => self.first = Some((form, weight)),
            Some((first, sum)) if *first == form => *sum += weight,
            Some(_) => *self.others.entry(form).or_default() += weight,
        }
    }

    /// What the term is compared by: the stems of its words, without what only leads a name.
    pub(super) fn key(&self, language: &Language) -> String {
        let words = self.first.iter().flat_map(|((words, _), _)| words);
        let words = words.filter(|word| word.chars().count() >= SHORTEST);
        let stems: Vec<String> =
            words.map(|word| language.stemmer.stem(&word.to_lowercase()).into_owned()).collect();
        stems.join(" ")
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (String, u32)> {
        let others = self.others.iter().map(|(form, n)| (form, *n));
        let all = self.first.iter().map(|(form, n)| (form, *n)).chain(others);
        all.map(|(([first, second], shouted), n)| {
            let form = if second.is_empty() { (*first).to_owned() } else { [first, " ", second].concat() };
            (if *shouted { form.to_lowercase() } else { form }, n)
        })
    }
}

/// Occurrences a term has at least; a phrase needs no more than a word, since chance rarely repeats it.
const LEAST: usize = 3;

/// Counts words, and the phrases that end with them. Most are there once: of these nothing is counted.
pub(super) fn count<'a>(seen: &[Seen<'a>], language: &Language) -> Counts<'a> {
    let words = seen.iter().enumerate().filter(|(_, word)| word.known.own);
    let words = words.filter_map(|(i, word)| Some((word.known.stem?.get(), i))).collect();
    let add_word = |entry: &mut Count<'a>, i: usize| {
        let (before, after) = around(seen, i);
        count_word(entry, before, &seen[i], after, language);
    };
    let add_phrase = |entry: &mut Count<'a>, i: usize| {
        count_phrase(entry, &seen[i - 1], &seen[i], around(seen, i).1, language);
    };
    // One behind the other: of each there are nearly as many as words of the text.
    let words = frequent(words, add_word);
    let phrases = (0..seen.len()).filter_map(|i| Some((phrase(seen, i)?, i))).collect();
    Counts { words, phrases: frequent(phrases, add_phrase) }
}

/// The phrase that a word ends, if there is one.
fn phrase(seen: &[Seen], i: usize) -> Option<[u64; 2]> {
    let (before, word) = (around(seen, i).0?, &seen[i]);
    let (first, second) = (before.known.stem?.get(), word.known.stem?.get());
    // One of the two must say something by itself: not `last year`.
    ((word.known.own || before.known.own) && first != second).then_some([first, second])
}

/// Counts what is often enough; the places of each come in order.
fn frequent<'a, K: Copy + Ord>(
    mut places: Vec<(K, usize)>,
    add: impl Fn(&mut Count<'a>, usize),
) -> Vec<(K, Count<'a>)> {
    places.sort_unstable();
    let often = places.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() >= LEAST);
    let counted = |same: &[(K, usize)]| {
        let mut entry = Count::default();
        same.iter().for_each(|&(_, i)| add(&mut entry, i));
        (same[0].0, entry)
    };
    often.map(counted).collect()
}

/// The words before and after a word, apart from it by a space alone.
fn around<'s, 'a>(seen: &'s [Seen<'a>], i: usize) -> (Option<&'s Seen<'a>>, Option<&'s Seen<'a>>) {
    let before = i.checked_sub(1).map(|before| &seen[before]).filter(|_| !seen[i].apart);
    (before, seen.get(i + 1).filter(|after| !after.apart))
}

fn count_word<'a>(
    entry: &mut Count<'a>,
    before: Option<&Seen<'a>>,
    word: &Seen<'a>,
    after: Option<&Seen>,
    language: &Language,
) {
    let elided = word.known.elided > 0;
    // `les utiliser`: before an infinitive the article is a pronoun.
    let infinitive = language.nouns == Nouns::BeforeAdjective
        && word.known.verbal
        && (elided || before.is_some_and(|b| b.known.article));
    let opened = (elided || before.is_some_and(|b| b.known.opening)) && !infinitive;
    let capital = word.known.capital;
    let tells = word.tells();
    let noun = match language.nouns {
        // A name has no article, but is no noun either where it stands before one (`Roman press`).
        Nouns::AfterArticle => is_last(after) && (opened || tells && capital),
        Nouns::BeforeAdjective => opened || tells && capital,
        Nouns::Capital => tells && capital,
        Nouns::Russian => !word.known.verbal,
        Nouns::Unknown => true,
    };
    let neighbour = |n: Option<&Seen>| {
        n.is_some_and(|n| n.known.capital && !n.first && !n.shouted && n.known.stem.is_some())
    };
    let form = match before.filter(|before| capital && leads_name(before)) {
        Some(before) => [before.text, word.text],
        None => [word.text, ""],
    };
    add(entry, word, form, tells, capital, noun);
    entry.in_name += u32::from(tells && capital && (neighbour(before) || neighbour(after)));
}

/// True for a short word that says nothing by itself and has a capital in the middle of a sentence: `Ó`, `Van`, `El`. With
/// the name behind it, it is one name.
fn leads_name(word: &Seen) -> bool {
    // In bytes: the pronoun `I` and an initial are no such words.
    let short = (2..=3).contains(&word.text.len());
    short && word.known.capital && word.known.stem.is_none() && word.tells()
}

fn count_phrase<'a>(
    entry: &mut Count<'a>,
    before: &Seen<'a>,
    word: &Seen<'a>,
    after: Option<&Seen>,
    language: &Language,
) {
    let capital = before.known.capital && word.known.capital;
    let noun = match language.nouns {
        Nouns::AfterArticle => is_last(after),
        Nouns::Capital => capital,
        _ => true,
    };
    // The first word's capital tells nothing where it begins a sentence; the second one's always does.
    add(entry, word, [before.text, word.text], !word.shouted && !word.heading, capital, noun);
}

/// True if no other content word follows.
fn is_last(after: Option<&Seen>) -> bool {
    after.is_none_or(|after| after.known.stem.is_none())
}

/// Adds one occurrence.
fn add<'a>(entry: &mut Count<'a>, word: &Seen, form: [&'a str; 2], tells: bool, capital: bool, noun: bool) {
    // The form it has as a noun is the one to show (`industry`, not `industrial`).
    entry.forms.add((form, word.shouted), if noun { 4 } else { 1 });
    entry.count += 1;
    entry.parts |= 1 << word.part;
    entry.heading |= word.heading;
    entry.told += u32::from(tells);
    entry.capital += u32::from(tells && capital);
    entry.noun += u32::from(noun);
}
