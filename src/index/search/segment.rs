//! Items → one segment of the index.
//!
//! A segment is an index by itself over some of the items, so that a changed document changes the files of its
//! segment only, and no more than one segment is in memory while the index is built. Which items share one depends on
//! their addresses alone: a document that is added moves no other.
//!
//! What is shown of the items is in files `x0`, `x1` …: lists in JSON, of about [`TEXT`] bytes. An item of more
//! passages than [`TOGETHER`] has files of its own. The file `w` says of each passage how many places there are from
//! its beginning to that of the next, so that all places of the segment can be numbered through; only quotations need
//! it. Words are in [`shards`](super::shard).

use super::count::{Counted, Occurrences, TOGETHER, number, posting};
use super::file::{Packed, Script, varint};
use super::item::Card;
use super::shard;
use super::terms::Terms;
use crate::hash::Fnv;

/// Texts in a segment, at most about. A query loads a file a word and segment, a change rewrites the words of one
/// segment: between 1,250 and 2,500 texts both are small.
const TEXTS: usize = 2500;

/// Bytes of a file of passages.
const TEXT: usize = 80 * 1024;

/// One item in so many ends a file of passages that is no longer small, so that files further on keep their bytes.
const ANEW: u64 = 16;

/// Bytes of a file that is no longer small.
const SMALL: usize = TEXT / 5;

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
    pub passages: usize,
    /// The first stem or form of each shard.
    pub shards: Vec<String>,
    /// Of each item in order: kind, words of its title, headings, passages of text and of notes, year + 1 (0 for
    /// none), and whether it begins a new file of passages. Numbers of variable length.
    #[serde(skip)]
    pub table: Vec<u8>,
}

/// A segment while items are added to it.
#[derive(Default)]
pub struct Segment {
    name: usize,
    terms: Terms,
    /// Of each term, where it occurs.
    lists: Vec<List>,
    steps: Vec<u8>,
    items: usize,
    table: Vec<u8>,
    /// What is shown of items and is not yet in a file.
    waiting: Vec<String>,
    files: usize,
    /// True if the next item begins a new file.
    closed: bool,
}

/// The occurrences of a form of a word.
#[derive(Default)]
pub struct List {
    /// One more than the last passage.
    next: u32,
    /// Of each item that has it: bytes of its postings, bytes of its places, postings, places. Most words are in one
    /// item, so both have one piece of heap.
    bytes: Vec<u8>,
}

impl Segment {
    /// An empty one.
    pub fn new(name: usize) -> Segment {
        Segment { name, ..Segment::default() }
    }

    /// Adds an item, in the order of addresses; the files of passages that are full.
    pub fn add(&mut self, counted: Counted) -> Vec<Packed> {
        let Counted { card, counts, title_words, steps, mut shown, terms, occurrences } = counted;
        let base = self.steps.len() as u32;
        let mut rest = occurrences.as_slice();
        for term in terms.lines() {
            let Some(occurrences) = Occurrences::next(&mut rest) else { break };
            self.list(term).add(base, &occurrences);
        }
        let size: usize = shown.iter().map(String::len).sum();
        let waiting: usize = self.waiting.iter().map(String::len).sum();
        let full = waiting + size > TEXT || shown.len() > 1;
        let ends = waiting >= SMALL && (address_hash(&card.url) >> 10).is_multiple_of(ANEW);
        let anew = self.closed || (waiting > 0 && (full || ends));
        let mut files = Vec::new();
        if anew {
            files.extend(self.passages_file());
        }
        let year = year(&card);
        let numbers = [card.kind.number().into(), title_words, counts[0], counts[1], counts[2], year];
        for number in numbers.into_iter().chain([anew.into()]) {
            varint(&mut self.table, number);
        }
        self.items += 1;
        self.steps.extend_from_slice(&steps);
        let further = shown.split_off(1.min(shown.len()));
        self.waiting.append(&mut shown);
        self.closed = !further.is_empty();
        if self.closed {
            files.extend(self.passages_file());
            files.extend(further.into_iter().map(|part| self.file(part.into_bytes())));
        }
        files
    }

    fn list(&mut self, term: &str) -> &mut List {
        let i = self.terms.find(term).unwrap_or_else(|| {
            self.lists.push(List::default());
            self.terms.push(term)
        });
        &mut self.lists[i]
    }

    fn passages_file(&mut self) -> Option<Packed> {
        let items = std::mem::take(&mut self.waiting);
        let json = ["[", &items.join(","), "]"].concat();
        (!items.is_empty()).then(|| self.file(json.into_bytes()))
    }

    fn file(&mut self, bytes: Vec<u8>) -> Packed {
        self.files += 1;
        Packed { name: format!("{}/x{}", self.name, self.files - 1), bytes, deflate: true }
    }

    /// The rest of its files, and what the list of segments says of it.
    pub fn finish(mut self) -> (Vec<Packed>, Summary) {
        let mut files: Vec<Packed> = self.passages_file().into_iter().collect();
        let passages = self.steps.len();
        files.push(Packed { name: format!("{}/w", self.name), bytes: self.steps, deflate: true });
        let shards = shard::files(self.name, &self.terms, &self.lists, &mut files);
        (files, Summary { items: self.items, passages, shards, table: self.table })
    }
}

impl List {
    fn add(&mut self, base: u32, new: &Occurrences) {
        let mut first = Vec::with_capacity(10);
        posting(&mut first, base + new.first - self.next, new.further);
        for size in [first.len() + new.postings.len(), new.places.len()] {
            varint(&mut self.bytes, size as u32);
        }
        for part in [&first, new.postings, new.places] {
            self.bytes.extend_from_slice(part);
        }
        self.next = base + new.last + 1;
    }

    /// Its passages, to be read with [`posting`]'s rule, and the places in them, in the same order.
    pub fn parts(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut postings, mut places) = (Vec::new(), Vec::new());
        let mut rest = self.bytes.as_slice();
        while let (Some(size), Some(placed)) = (number(&mut rest), number(&mut rest)) {
            let (of_item, behind) = rest.split_at(size as usize);
            postings.extend_from_slice(of_item);
            let (of_item, behind) = behind.split_at(placed as usize);
            places.extend_from_slice(of_item);
            rest = behind;
        }
        (postings, places)
    }
}

/// The year of an item's date, plus one.
fn year(card: &Card) -> u32 {
    let year = card.date.as_deref().and_then(|d| d.split('-').next()?.parse::<u32>().ok());
    year.filter(|y| *y < 9999).map_or(0, |y| y + 1)
}

/// The list of segments: the one file that every query loads. JSON with its length before it, then the tables.
pub fn list(summaries: &[Summary]) -> Script {
    #[derive(serde::Serialize)]
    struct List<'a> {
        segments: &'a [Summary],
        /// Passages in a file, of an item that has more.
        together: usize,
    }
    let json = serde_json::to_vec(&List { segments: summaries, together: TOGETHER }).unwrap_or_default();
    let mut bytes = Vec::with_capacity(json.len() + 5);
    varint(&mut bytes, json.len() as u32);
    bytes.extend_from_slice(&json);
    summaries.iter().for_each(|summary| bytes.extend_from_slice(&summary.table));
    Packed { name: "index".into(), bytes, deflate: true }.file()
}
