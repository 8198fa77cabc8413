//! Items → one segment of the index.
//!
//! A segment is an index by itself over some of the items, so that a changed document changes the files of its
//! segment only, and no more than one segment is in memory while the index is built. Which items share one depends on
//! their addresses alone: a document that is added moves no other.
//!
//! # The files
//!
//! Words are sorted by stem and then form and cut into shards of about [`TERMS`] bytes. A shard has two files. The
//! first holds its dictionary, a line a stem, then the postings of each form in turn:
//!
//! ```text
//! found foundation 1f 4k 9a founded 3 7 c      form, passages, bytes of postings, bytes of places (base 36)
//! =children child                              the form `children` is listed under the stem `child`, elsewhere
//! ```
//!
//! A posting is a variable-length number: the distance to the passage before it, four times, plus 0, 1 or 2 for so
//! many further occurrences, or 3 with the number of further ones behind it. The second file holds, in the same
//! order, the places of every occurrence within its item, as distances; only quoted phrases need it.
//!
//! The words of the passages, for results, are in files of their own: [`TEXT`] bytes each, of whole items.

use std::collections::BTreeMap;

use super::count::{Counted, Map};
use super::file::{Packed, Script, number36, varint};
use super::item::Item;
use super::passage::Passage;
use crate::hash::Fnv;

/// Texts in a segment, at most about. A query loads a file a word and segment, a change rewrites one segment: between
/// 1,000 and 2,000 both are small.
const TEXTS: usize = 1500;

/// Bytes of dictionary and postings of a shard. A first keystroke loads one shard of each segment.
const TERMS: usize = 32 * 1024;

/// Bytes of the places of a shard.
const PLACES: usize = 128 * 1024;

/// Bytes of text of a file of passages, and the same in an archive of several segments, where the number of files
/// matters more.
const TEXT: [usize; 2] = [24 * 1024, 64 * 1024];

/// One item in so many begins a new file of passages whatever its size, so that files further on keep their bytes.
const ANEW: u64 = 8;

/// How many segments an index of so many texts has.
pub fn segments(texts: usize) -> usize {
    texts.div_ceil(TEXTS).next_power_of_two()
}

/// The segment that an address belongs to.
pub fn segment_of(url: &str, segments: usize) -> usize {
    (address_hash(url) % segments.max(1) as u64) as usize
}

fn address_hash(url: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.update(url.as_bytes());
    // The lowest bits of FNV are its weakest.
    let value = hash.value();
    value ^ (value >> 32)
}

/// What the list of segments says of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// How many items it has.
    pub items: usize,
    /// How many passages.
    pub passages: u32,
    /// The first stem or form of each shard.
    pub shards: Vec<String>,
    /// Of each item in order: kind, words of its title, headings, passages of text and of notes, year + 1 (0 for
    /// none), and whether it begins a new file of passages. Numbers of variable length, in base 64.
    pub table: String,
}

/// A segment while items are added to it.
#[derive(Default)]
pub struct Segment {
    name: usize,
    text: usize,
    terms: Map<Box<str>, usize>,
    lists: Vec<List>,
    passages: u32,
    items: usize,
    table: Vec<u8>,
    /// Items whose passages are not yet in a file.
    waiting: Vec<(Item, Vec<Passage>)>,
    waiting_size: usize,
    files: usize,
}

/// The occurrences of a form of a word.
#[derive(Default)]
struct List {
    passages: u32,
    /// One more than the last passage.
    next: u32,
    postings: Vec<u8>,
    places: Vec<u8>,
}

impl Segment {
    /// An empty one, the `name`th of `segments`.
    pub fn new(name: usize, segments: usize) -> Segment {
        Segment { name, text: TEXT[usize::from(segments > 1)], ..Segment::default() }
    }

    /// Adds an item, in the order of addresses; a file of passages if one is full.
    pub fn add(&mut self, counted: Counted) -> Option<Packed> {
        let Counted { item, passages, counts, title_words, terms } = counted;
        for counts in terms {
            let next = self.lists.len();
            let i = match self.terms.get(counts.term.as_str()) {
                Some(&i) => i,
                None => {
                    self.terms.insert(counts.term.into_boxed_str(), next);
                    self.lists.push(List::default());
                    next
                }
            };
            self.lists[i].add(self.passages, &counts.places);
        }
        let size = passages.iter().flat_map(|p| &p.pieces).map(|p| p.text.len()).sum::<usize>();
        let full = self.waiting_size > 0 && self.waiting_size + size > self.text;
        let anew = full || (self.waiting_size > 0 && (address_hash(&item.url) >> 10).is_multiple_of(ANEW));
        let file = if anew { self.passages_file() } else { None };
        for number in [
            u32::from(item.kind.number()),
            title_words,
            counts[0],
            counts[1],
            counts[2],
            year(&item),
            anew.into(),
        ] {
            varint(&mut self.table, number);
        }
        self.items += 1;
        self.passages += passages.len() as u32;
        self.waiting_size += size;
        self.waiting.push((item, passages));
        file
    }

    fn passages_file(&mut self) -> Option<Packed> {
        let items = std::mem::take(&mut self.waiting);
        self.waiting_size = 0;
        if items.is_empty() {
            return None;
        }
        let shown: Vec<serde_json::Value> = items
            .into_iter()
            .map(|(item, passages)| {
                let passage = |p: Passage| -> Vec<(String, String, u8)> {
                    p.pieces.into_iter().map(|p| (p.id, p.text, u8::from(p.goes_on))).collect()
                };
                let passages: Vec<_> = passages.into_iter().map(passage).collect();
                serde_json::json!([item.url, item.title, item.authors, item.date, item.lang, passages])
            })
            .collect();
        let bytes = serde_json::to_vec(&shown).unwrap_or_default();
        let name = format!("{}/x{}", self.name, self.files);
        self.files += 1;
        Some(Packed { name, bytes })
    }

    /// The rest of its files, and what the list of segments says of it.
    pub fn finish(mut self) -> (Vec<Packed>, Summary) {
        let mut files: Vec<Packed> = self.passages_file().into_iter().collect();
        let shards = self.shards(&mut files);
        let table = super::file::base64(&self.table);
        (files, Summary { items: self.items, passages: self.passages, shards, table })
    }

    fn shards(&mut self, files: &mut Vec<Packed>) -> Vec<String> {
        let mut lists: Vec<Option<List>> = std::mem::take(&mut self.lists).into_iter().map(Some).collect();
        let mut terms: Vec<(Box<str>, usize)> = std::mem::take(&mut self.terms).into_iter().collect();
        // A space is less than any letter: stems in order, then forms.
        terms.sort_unstable();
        let mut shards = vec![Shard::default()];
        for run in terms.chunk_by(|a, b| stem_of(&a.0) == stem_of(&b.0)) {
            let full = shards.last().is_some_and(Shard::is_full);
            if full {
                shards.push(Shard { first: stem_of(&run[0].0).to_owned(), ..Shard::default() });
            }
            let Some(shard) = shards.last_mut() else { continue };
            shard.add(run, &mut lists);
        }
        // Who looks for a form looks where it would stand if it were its own stem.
        let firsts: Vec<String> = shards.iter().map(|s| s.first.clone()).collect();
        let shard_of = |word: &str| firsts.partition_point(|f| f.as_str() <= word).saturating_sub(1);
        for (stem, form) in terms.iter().filter_map(|t| t.0.split_once(' ')) {
            let at = shard_of(form);
            if at != shard_of(stem) {
                shards[at].elsewhere.entry(form.to_owned()).or_default().push(stem.to_owned());
            }
        }
        for (i, shard) in shards.into_iter().enumerate() {
            let (terms, places) = shard.bytes();
            files.push(Packed { name: format!("{}/t{i}", self.name), bytes: terms });
            files.push(Packed { name: format!("{}/p{i}", self.name), bytes: places });
        }
        firsts
    }
}

fn stem_of(term: &str) -> &str {
    term.split(' ').next().unwrap_or(term)
}

/// The year of an item's date, plus one.
fn year(item: &Item) -> u32 {
    let year = item.date.as_deref().and_then(|d| d.split('-').next()?.parse::<u32>().ok());
    year.filter(|y| *y < 9999).map_or(0, |y| y + 1)
}

impl List {
    fn add(&mut self, base: u32, places: &[(u32, u32)]) {
        let mut before = 0;
        for run in places.chunk_by(|a, b| a.0 == b.0) {
            let passage = base + run[0].0;
            let further = run.len() as u32 - 1;
            varint(&mut self.postings, (passage - self.next) << 2 | further.min(3));
            if further >= 3 {
                varint(&mut self.postings, further - 3);
            }
            self.next = passage;
            self.passages += 1;
            for &(_, place) in run {
                varint(&mut self.places, place - before);
                before = place;
            }
        }
    }
}

/// A shard while words are added to it.
#[derive(Default)]
struct Shard {
    first: String,
    dictionary: String,
    /// Forms that are looked for here and listed elsewhere, with their stems.
    elsewhere: BTreeMap<String, Vec<String>>,
    postings: Vec<u8>,
    places: Vec<u8>,
}

impl Shard {
    fn is_full(&self) -> bool {
        self.dictionary.len() + self.postings.len() >= TERMS || self.places.len() >= PLACES
    }

    /// Adds all forms of one stem.
    fn add(&mut self, forms: &[(Box<str>, usize)], lists: &mut [Option<List>]) {
        self.dictionary.push_str(forms.first().map_or("", |f| stem_of(&f.0)));
        for (term, list) in forms {
            let Some(list) = lists.get_mut(*list).and_then(Option::take) else { continue };
            let form = term.split(' ').nth(1).unwrap_or_default();
            let sizes = [list.passages as usize, list.postings.len(), list.places.len()].map(number36);
            for field in [form, &sizes[0], &sizes[1], &sizes[2]] {
                self.dictionary.push(' ');
                self.dictionary.push_str(field);
            }
            self.postings.extend_from_slice(&list.postings);
            self.places.extend_from_slice(&list.places);
        }
        self.dictionary.push('\n');
    }

    fn bytes(mut self) -> (Vec<u8>, Vec<u8>) {
        for (form, mut stems) in self.elsewhere {
            stems.dedup();
            let line = ["=", &form, " ", &stems.join(" "), "\n"].concat();
            self.dictionary.push_str(&line);
        }
        let mut out = Vec::with_capacity(self.dictionary.len() + self.postings.len() + 4);
        varint(&mut out, self.dictionary.len() as u32);
        out.extend_from_slice(self.dictionary.as_bytes());
        out.extend_from_slice(&self.postings);
        (out, self.places)
    }
}

/// The list of segments: the one file that every query loads.
pub fn list(summaries: &[Summary]) -> Script {
    let json = serde_json::json!({ "version": 1, "segments": summaries });
    Script::plain("index", &json.to_string())
}
