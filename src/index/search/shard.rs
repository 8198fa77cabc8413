//! The words of a segment → shards.
//!
//! Words are sorted by stem and then form, and cut into shards of about [`TERMS`] bytes, each a file `t0`, `t1` …
//! Such a file holds its dictionary, a line a stem, then the postings of each form in turn:
//!
//! ```text
//! found!en foundation 4k 9a founded 7 c        form, bytes of postings, of places (base 36)
//! =children child!en                           the form `children` is listed under this stem, elsewhere
//! ```
//!
//! Before it stand three numbers: the bytes of the dictionary, the file of places, and where in it the shard begins.
//! The places of all occurrences, a byte each, are in files `p0`, `p1` … of about [`PLACES`] bytes, in the order of the
//! postings; only quotations need them. They are next to random, and deflating would save a hundredth.

use std::collections::BTreeMap;

use super::file::{Packed, number36, varint};
use super::segment::List;
use super::terms::Terms;

/// Bytes of dictionary and postings of a shard. A first keystroke loads one shard of each segment.
const TERMS: usize = 48 * 1024;

/// Bytes of a file of places.
const PLACES: usize = 192 * 1024;

/// A word with its occurrences.
type Term<'a> = (&'a str, &'a List);

/// Adds the files of a segment's words to `files`; the first stem or form of each shard.
pub fn files(segment: usize, terms: &Terms, lists: &[List], files: &mut Vec<Packed>) -> Vec<String> {
    let mut terms: Vec<Term> = lists.iter().enumerate().map(|(i, list)| (terms.get(i), list)).collect();
    // A space is less than any letter: stems in order, then forms.
    terms.sort_unstable_by_key(|term| term.0);
    let mut shards = vec![Shard::default()];
    let mut places = vec![Vec::new()];
    for run in terms.chunk_by(|a, b| stem_of(a.0) == stem_of(b.0)) {
        if shards.last().is_some_and(Shard::is_full) {
            if places.last().is_some_and(|p| p.len() >= PLACES) {
                places.push(Vec::new());
            }
            let at = (places.len() - 1, places.last().map_or(0, Vec::len));
            shards.push(Shard { first: stem_of(run[0].0).to_owned(), places: at, ..Shard::default() });
        }
        let (Some(shard), Some(places)) = (shards.last_mut(), places.last_mut()) else { continue };
        shard.add(run, places);
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
        files.push(Packed { name: format!("{segment}/t{i}"), bytes: shard.bytes(), deflate: true });
    }
    for (i, bytes) in places.into_iter().enumerate() {
        files.push(Packed { name: format!("{segment}/p{i}"), bytes, deflate: false });
    }
    firsts
}

fn stem_of(term: &str) -> &str {
    term.split(' ').next().unwrap_or(term)
}

/// A shard while words are added to it.
#[derive(Default)]
struct Shard {
    first: String,
    /// The file of its places, and where in it they begin.
    places: (usize, usize),
    dictionary: String,
    /// Forms that are looked for here and listed elsewhere, with their stems.
    elsewhere: BTreeMap<String, Vec<String>>,
    postings: Vec<u8>,
}

impl Shard {
    fn is_full(&self) -> bool {
        self.dictionary.len() + self.postings.len() >= TERMS
    }

    /// Adds all forms of one stem.
    fn add(&mut self, forms: &[Term], places: &mut Vec<u8>) {
        self.dictionary.push_str(forms.first().map_or("", |f| stem_of(f.0)));
        for (term, list) in forms {
            let (postings, of_list) = list.parts();
            let form = term.split(' ').nth(1).unwrap_or_default();
            let sizes = [postings.len(), of_list.len()].map(number36);
            for field in [form, &sizes[0], &sizes[1]] {
                self.dictionary.push(' ');
                self.dictionary.push_str(field);
            }
            self.postings.extend_from_slice(&postings);
            places.extend_from_slice(&of_list);
        }
        self.dictionary.push('\n');
    }

    fn bytes(mut self) -> Vec<u8> {
        for (form, mut stems) in self.elsewhere {
            stems.dedup();
            let line = ["=", &form, " ", &stems.join(" "), "\n"].concat();
            self.dictionary.push_str(&line);
        }
        let mut out = Vec::with_capacity(self.dictionary.len() + self.postings.len() + 12);
        for number in [self.dictionary.len(), self.places.0, self.places.1] {
            varint(&mut out, number as u32);
        }
        out.extend_from_slice(self.dictionary.as_bytes());
        out.extend_from_slice(&self.postings);
        out
    }
}
