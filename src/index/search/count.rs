//! An item → its words with their places: what one document yields, by itself.
//!
//! [`Counted`] is all that the index needs of a document. It depends on nothing but the document, and can be kept
//! from one build to the next.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::file::varint;
use super::item::{Card, Item};
use super::passage::{self, GAP, Passage, Piece};
use super::terms::Terms;
use super::words::{each_raw, fold, is_one_run, is_spaceless};

use crate::hash::Fast;
use crate::index::stem::{Stemmer, stemmer};

/// Words of a language that a counter remembers, some more than a language has that are common in any archive: names and
/// figures, of which one book may have as many, must not fill the memory.
const REMEMBERED: usize = 60_000;

/// Different words of an item that can be found: several times as many as a long book in a language of many forms has.
const DISTINCT: usize = 250_000;

/// Passages in a file, of an item that has more: a book need not be loaded whole to show a place in it.
pub const TOGETHER: usize = 64;

/// What is counted of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What it is and is called.
    pub card: Card,
    /// How many of its passages are headings, text and notes; the title and the authors come before these.
    pub counts: [u32; 3],
    /// Words of its title.
    pub title_words: u32,
    /// Of each passage, the places from its beginning to that of the next.
    pub steps: Vec<u8>,
    /// What a result shows, as JSON: the card with the first passages, then the others, [`TOGETHER`] at a time.
    pub shown: Vec<String>,
    /// Its distinct words, each with a line break behind it: what the word shares with its other forms, a space, and
    /// the form itself (`found!en foundation`). The stem bears its language: to a reader of English the German `Note`,
    /// of the stem `not`, is no form of *not*.
    pub terms: String,
    /// Of each word in turn, its occurrences. [`Occurrences::next`] reads what [`Occurrences::write`] wrote.
    pub occurrences: Vec<u8>,
}

/// The occurrences of a word in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrences<'a> {
    /// The first passage that has it.
    pub first: u32,
    /// The last one.
    pub last: u32,
    /// How often the first one has it, less one.
    pub further: u32,
    /// The other passages, as postings.
    pub postings: &'a [u8],
    /// The places, each in its passage.
    pub places: &'a [u8],
}

impl<'a> Occurrences<'a> {
    /// Reads the next ones off `bytes`; `None` behind the last.
    pub fn next(bytes: &mut &'a [u8]) -> Option<Occurrences<'a>> {
        let [first, last, further] = [number(bytes)?, number(bytes)?, number(bytes)?];
        let [postings, places] = [number(bytes)? as usize, number(bytes)? as usize];
        let (postings, rest) = bytes.split_at_checked(postings)?;
        let (places, rest) = rest.split_at_checked(places)?;
        *bytes = rest;
        Some(Occurrences { first, last, further, postings, places })
    }

    fn write(out: &mut Vec<u8>, places: &[(u32, u8)], postings: &mut Vec<u8>) {
        postings.clear();
        let mut runs = places.chunk_by(|a, b| a.0 == b.0);
        let Some(first) = runs.next() else { return };
        let mut next = first[0].0 + 1;
        for run in runs {
            posting(postings, run[0].0 - next, run.len() as u32 - 1);
            next = run[0].0 + 1;
        }
        let sizes = [postings.len(), places.len()].map(|size| size as u32);
        for n in [first[0].0, next - 1, first.len() as u32 - 1, sizes[0], sizes[1]] {
            varint(out, n);
        }
        out.extend_from_slice(postings);
        out.extend(places.iter().map(|p| p.1));
    }
}

/// The distance to the passage behind the one before, and how many further occurrences it has: two bits for those,
/// and a number of its own where they do not suffice.
pub fn posting(out: &mut Vec<u8>, distance: u32, further: u32) {
    varint(out, distance << 2 | further.min(3));
    if further >= 3 {
        varint(out, further - 3);
    }
}

/// Reads a number of variable length off `bytes`.
pub fn number(bytes: &mut &[u8]) -> Option<u32> {
    let mut out = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        out |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(out);
        }
    }
    None
}

/// Counts items one after another, and remembers words.
#[derive(Default)]
pub struct Counter {
    languages: HashMap<String, Language, Fast>,
}

/// The words of an item in the order of its text. A book has very many: they are not kept for the next item.
#[derive(Default)]
struct Met {
    /// Of each distinct word, how often it was met.
    sizes: Vec<u32>,
    /// Number among the distinct words, passage, place.
    occurrences: Vec<(u32, u32, u8)>,
}

/// The words of a language that were met.
#[derive(Default)]
struct Language {
    stemmer: Option<Stemmer>,
    /// What stands behind its stems: `!`, which is less than any letter, so that stems keep the order of words, and
    /// its primary tag.
    mark: String,
    /// As they stand in texts.
    known: Terms,
    /// Of each, the number of its term.
    meant: Vec<usize>,
    terms: Terms,
    /// Of each term, where it was seen last.
    seen: Vec<Seen>,
    /// The item that is being counted.
    item: u32,
    /// Terms that were known when it began.
    before: usize,
}

/// The last item that had a term, and its number among the words of that.
#[derive(Clone, Copy, Default)]
struct Seen {
    item: u32,
    slot: u32,
}

impl Language {
    fn new(lang: &str) -> Language {
        let primary = lang.split('-').next().unwrap_or(lang);
        Language { stemmer: stemmer(lang), mark: ["!", primary].concat(), ..Language::default() }
    }

    /// The number of the term of a word as it stands in the text; `None` if nothing of it is left when it is folded.
    fn number(&mut self, word: &str) -> Option<usize> {
        if let Some(known) = self.known.find(word) {
            return Some(self.meant[known]);
        }
        let mut form = String::new();
        fold(word, &mut form);
        if form.is_empty() {
            return None;
        }
        let mut stem = String::new();
        if let Some(stemmer) = self.stemmer.as_ref().filter(|_| !form.starts_with(is_spaceless)) {
            // Snowball wants the accents that folding takes away.
            fold(&stemmer.stem(&word.to_lowercase()), &mut stem);
        }
        let (stem, mark) = if stem.is_empty() { (&form, "") } else { (&stem, self.mark.as_str()) };
        let term = [stem, mark, " ", &form].concat();
        let number = match self.terms.find(&term) {
            Some(number) => number,
            None if self.terms.len() - self.before >= DISTINCT => return None,
            None => {
                self.seen.push(Seen::default());
                self.terms.push(&term)
            }
        };
        self.known.push(word);
        self.meant.push(number);
        Some(number)
    }

    /// Begins an item.
    fn begin(&mut self) {
        self.before = self.terms.len();
        self.item = self.item.wrapping_add(1);
    }

    /// Ends an item: what was learnt of it is forgotten before the index takes it, if it is too much to be kept.
    fn end(&mut self) {
        if self.known.len() >= REMEMBERED {
            (self.known, self.terms) = Default::default();
            (self.meant, self.seen) = Default::default();
        }
    }
}

impl Counter {
    /// Counts an item.
    pub fn count(&mut self, item: Item) -> Counted {
        let (card, passages, counts) = passage::of_item(item);
        let lang = card.lang.clone().unwrap_or_default();
        let language = self.languages.entry(lang).or_insert_with_key(|lang| Language::new(lang));
        language.begin();
        let mut counted = Counted { counts, ..Counted::default() };
        let mut met = Met::default();
        for (number, passage) in passages.iter().enumerate() {
            let mut place = 0;
            let next = passages.get(number + 1).map(|p| &p.pieces[0]).filter(|piece| piece.goes_on);
            for (i, piece) in passage.pieces.iter().enumerate() {
                if i > 0 && !piece.goes_on {
                    place += GAP;
                }
                let text = match next {
                    Some(next) if i + 1 == passage.pieces.len() => with_next_sign(piece, next),
                    _ => piece.text.as_str().into(),
                };
                each_raw(&text, |word, own| {
                    // Of the next passage.
                    if own.start >= piece.text.len() {
                        return;
                    }
                    // Only a title, or a list of authors, can be longer.
                    let Ok(at) = u8::try_from(place) else { return };
                    let Some(term) = language.number(word) else { return };
                    let seen = &mut language.seen[term];
                    if seen.item != language.item {
                        *seen = Seen { item: language.item, slot: met.sizes.len() as u32 };
                        met.sizes.push(0);
                        counted.terms.push_str(language.terms.get(term));
                        counted.terms.push('\n');
                    }
                    met.sizes[seen.slot as usize] += 1;
                    met.occurrences.push((seen.slot, number as u32, at));
                    place += 1;
                });
            }
            if number == 0 {
                counted.title_words = place as u32;
            }
            let step = if next.is_some() { place } else { place + GAP };
            counted.steps.push(u8::try_from(step).unwrap_or(u8::MAX));
        }
        language.end();
        counted.occurrences = met.by_word();
        counted.shown = shown(&card, &passages);
        counted.card = card;
        counted
    }
}

impl Met {
    /// The occurrences of each word together, as they are kept.
    fn by_word(self) -> Vec<u8> {
        let mut ends: Vec<usize> = Vec::with_capacity(self.sizes.len());
        let mut total = 0;
        for &size in &self.sizes {
            ends.push(total);
            total += size as usize;
        }
        let mut places = vec![(0, 0); total];
        for (slot, passage, place) in self.occurrences {
            let end = &mut ends[slot as usize];
            places[*end] = (passage, place);
            *end += 1;
        }
        let (mut out, mut postings) = (Vec::new(), Vec::new());
        for (end, size) in ends.into_iter().zip(self.sizes) {
            Occurrences::write(&mut out, &places[end - size as usize..end], &mut postings);
        }
        out
    }
}

/// The text of a piece that was cut between two signs of a script without spaces, with signs from behind the cut: the
/// last one is half of a pair.
fn with_next_sign<'a>(piece: &'a Piece, next: &Piece) -> Cow<'a, str> {
    /// A sign with all its marks has fewer characters.
    const SIGN: usize = 12;
    if !is_one_run(&piece.text, &next.text) {
        return piece.text.as_str().into();
    }
    piece.text.chars().chain(next.text.chars().take(SIGN)).collect::<String>().into()
}

/// What is shown of an item.
fn shown(card: &Card, passages: &[Passage]) -> Vec<String> {
    let passages: Vec<Vec<(&str, &str, u8)>> = passages
        .iter()
        .map(|p| p.pieces.iter().map(|p| (p.id.as_str(), p.text.as_str(), u8::from(p.goes_on))).collect())
        .collect();
    let mut parts = passages.chunks(TOGETHER);
    let first = parts.next().unwrap_or_default();
    let head = (&card.url, &card.title, &card.authors, &card.date, &card.lang, first);
    // Writing strings to a string does not fail.
    let mut out = vec![serde_json::to_string(&head).unwrap_or_default()];
    out.extend(parts.map(|part| serde_json::to_string(part).unwrap_or_default()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::search::item::{Block, Part};

    #[test]
    fn the_places_of_a_word_are_those_of_the_text() {
        let block = |text: &str| Block { part: Part::Body, text: text.into(), id: "p".into() };
        let card = Card { title: "Mills".into(), lang: Some("en".into()), ..Card::default() };
        let counted = Counter::default()
            .count(Item { card, blocks: vec![block("A mill, two mills."), block("Mill!")] });
        let terms: Vec<&str> = counted.terms.lines().collect();
        assert_eq!(terms, ["mill!en mills", "a!en a", "mill!en mill", "two!en two"]);
        let mut bytes = counted.occurrences.as_slice();
        let read: Vec<Occurrences> = std::iter::from_fn(|| Occurrences::next(&mut bytes)).collect();
        assert_eq!((read[0].first, read[0].last, read[0].places), (0, 2, &[0, 3][..]));
        assert_eq!((read[2].first, read[2].further, read[2].places), (2, 1, &[1, 6][..]));
        assert_eq!((counted.title_words, counted.steps), (1, vec![3, 2, 9]));
    }

    #[test]
    fn a_pair_of_signs_outlives_a_cut_between_them() {
        let signs: String = ('一'..='龠').take(400).collect();
        let block = Block { part: Part::Body, text: signs.clone(), id: String::new() };
        let counted = Counter::default().count(Item { blocks: vec![block], ..Item::default() });
        assert!(counted.steps.len() > 3);
        let signs: Vec<char> = signs.chars().collect();
        for pair in signs.windows(2) {
            let pair: String = pair.iter().collect();
            assert!(counted.terms.lines().any(|term| term == format!("{pair} {pair}")));
        }
        assert_eq!(counted.terms.lines().count(), 400);
    }

    #[test]
    fn what_was_learnt_of_other_items_changes_nothing() {
        let text = Block { part: Part::Body, text: "Found, founded: 東京都.".into(), id: String::new() };
        let item = Item { blocks: vec![text], ..Item::default() };
        let mut counter = Counter::default();
        let first = counter.count(item.clone());
        let other = Item { card: Card { title: "都 founded".into(), ..Card::default() }, ..Item::default() };
        counter.count(other);
        assert_eq!(counter.count(item), first);
    }
}
