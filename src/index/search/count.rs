//! An item → its words with their places: what one document yields, by itself.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::item::Item;
use super::passage::{self, Passage};
use super::words::{each_word, fold, is_spaceless};
use crate::hash::Fnv;
use crate::index::stem::{Stemmer, stemmer};

/// Places between the last word of a block and the first of the next: no phrase runs over the gap.
const GAP: u32 = 2;

/// Words whose stems a worker remembers; an archive of many languages and names must not fill the memory.
const REMEMBERED: usize = 200_000;

/// A map of the program's own words.
pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// What is counted of an item.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The item without its blocks.
    pub item: Item,
    /// Its passages.
    pub passages: Vec<Passage>,
    /// How many of them are headings, text and notes; the title and the authors come before these.
    pub counts: [u32; 3],
    /// Words of its title.
    pub title_words: u32,
    /// Its distinct words.
    pub terms: Vec<Counts>,
}

/// A word of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// What it shares with its other forms, a space, and the form itself: `found foundation`.
    pub term: String,
    /// Where it stands: passage of the item, place in the item. Ascending.
    pub places: Vec<(u32, u32)>,
}

/// Counts items one after another, and remembers the stems of words.
#[derive(Default)]
pub struct Counter {
    languages: Map<String, Language>,
}

#[derive(Default)]
struct Language {
    stemmer: Option<Stemmer>,
    known: Map<String, Arc<str>>,
}

impl Language {
    fn new(lang: &str) -> Language {
        Language { stemmer: stemmer(lang), known: Map::default() }
    }

    /// The term of a word as it stands in the text; `folded` is that word folded.
    fn term(&mut self, word: &str, folded: &str) -> Arc<str> {
        if folded.starts_with(is_spaceless) {
            return [folded, " ", folded].concat().into();
        }
        if let Some(term) = self.known.get(word) {
            return Arc::clone(term);
        }
        let stem = match &self.stemmer {
            // Snowball wants the accents that folding takes away.
            Some(stemmer) => {
                let lower = word.to_lowercase();
                let mut stem = String::new();
                fold(&stemmer.stem(&lower), &mut stem);
                stem
            }
            None => String::new(),
        };
        let stem = if stem.is_empty() { folded } else { &stem };
        let term: Arc<str> = [stem, " ", folded].concat().into();
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(word.to_owned(), Arc::clone(&term));
        term
    }
}

impl Counter {
    /// Counts an item.
    pub fn count(&mut self, item: Item) -> Counted {
        let (passages, counts) = passage::of_item(&item);
        let lang = item.lang.clone().unwrap_or_default();
        let language = self.languages.entry(lang).or_insert_with_key(|lang| Language::new(lang));
        let mut by_term: Map<Arc<str>, usize> = Map::default();
        let mut terms: Vec<Counts> = Vec::new();
        let mut place = 0;
        let mut title_words = 0;
        for (number, passage) in passages.iter().enumerate() {
            for piece in &passage.pieces {
                if !piece.goes_on {
                    place += GAP;
                }
                each_word(&piece.text, |folded, range| {
                    let term = language.term(&piece.text[range], folded);
                    let next = terms.len();
                    let i = *by_term.entry(Arc::clone(&term)).or_insert(next);
                    if i == next {
                        terms.push(Counts { term: term.to_string(), places: Vec::new() });
                    }
                    terms[i].places.push((number as u32, place));
                    place += 1;
                });
            }
            if number == 0 {
                title_words = place.saturating_sub(GAP);
            }
        }
        let item = Item { blocks: Vec::new(), ..item };
        Counted { item, passages, counts, title_words, terms }
    }
}
