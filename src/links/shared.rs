//! The same passage in two documents, exactly or nearly, and documents that are nearly the same.
//!
//! 1. a document's words, hashed without case, accents and punctuation
//! 2. *winnowing* (Schleimer, Wilkerson and Aiken, “Winnowing: Local Algorithms for Document Fingerprinting”, SIGMOD
//!    2003): of every [`WINDOW`] runs of [`RUN`] words the one with the smallest hash is kept, so that two documents with
//!    `RUN + WINDOW - 1` words in common surely share a fingerprint
//! 3. those fingerprints of all documents that come again are sorted ([`Again`]); those of very many documents are boilerplate and dropped, so the work
//!    grows with the text and not with its square
//! 4. seeds of two documents on nearly one diagonal are chained, extended and aligned; what agrees enough and is no
//!    reference to a book is a shared passage
//! 5. near-duplicates by *MinHash* (Broder, “On the Resemblance and Containment of Documents”, 1997): the smallest
//!    fingerprints under [`HASHES`] permutations, compared in bands
//!
//! A document's [`Prints`] are all that the archive needs to find candidates; only their words are read again.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::{Deref, Range};

use serde::{Deserialize, Serialize};

use super::again::Again;
use crate::digest::{self, Bytes};
use crate::fold::{bare, folded};
use crate::quotes;
use crate::stored;

/// Words of a fingerprint.
const RUN: usize = 4;

/// Fingerprints of which one is kept.
const WINDOW: usize = 4;

/// Words by which two seeds of one passage may lie apart, in either document.
const GAP: u32 = 24;

/// Words by which their distances may differ: words put in or left out.
const SHIFT: i64 = 6;

/// Words that must agree.
const LEAST_SAME: usize = 14;

/// Seeds of a passage. Any two long texts of one language have four words in common by chance; where fourteen agree,
/// one of them may be changed, and each run of seven on either side of it has its own seed.
const LEAST_SEEDS: usize = 2;

/// Words of the longest passage that is aligned; a longer one is taken in pieces.
const LONGEST: usize = 400;

/// Permutations, and how many of them make a band.
const HASHES: usize = 32;
const BAND: usize = 4;

/// How many of the smallest fingerprints must agree for two documents to be nearly the same.
const NEAR: usize = 24;

/// A word at its place. A text of millions of words has as many of these at a time, so they are small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its letters, hashed.
    pub hash: u64,
    range: Range<u32>,
    /// It has a capital or is a number, as the words of references are.
    pub proper: bool,
}

impl Word {
    /// Its first byte in the text.
    pub fn start(&self) -> usize {
        self.range.start as usize
    }

    /// The byte behind its last.
    pub fn end(&self) -> usize {
        self.range.end as usize
    }
}

/// What the archive needs to know of a document's passages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prints {
    /// Fingerprints, in the order of the text.
    #[serde(with = "stored::numbers")]
    pub(super) hashes: Vec<u64>,
    /// For each of them how many words after the one before it its first word comes: [`WINDOW`] at most.
    #[serde(with = "stored::bytes")]
    steps: Vec<u8>,
}

/// What is known of a document's fingerprints without reading them again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// How many there are.
    pub(super) prints: usize,
    /// The smallest one under each permutation.
    #[serde(with = "stored::numbers")]
    smallest: Vec<u64>,
}

impl Prints {
    /// Each fingerprint with the index of its first word.
    pub(super) fn places(&self) -> impl Iterator<Item = (u64, u32)> {
        let steps = self.steps.iter().scan(0, |at, &step| {
            *at += u32::from(step);
            Some(*at)
        });
        self.hashes.iter().copied().zip(steps)
    }

    /// What shows how much there is, and whether two documents are nearly the same.
    pub fn sketch(&self) -> Sketch {
        let smallest = |i: u64| {
            let salt = mixed(i.wrapping_add(0x9e37_79b9_7f4a_7c15));
            self.hashes.iter().map(|hash| mixed(hash ^ salt)).min()
        };
        let smallest = (0..HASHES as u64).filter_map(smallest).collect();
        Sketch { prints: self.hashes.len(), smallest }
    }
}

/// A passage that two documents share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The two documents.
    pub documents: [usize; 2],
    /// Words of each.
    pub words: [Range<usize>; 2],
    /// Pairs of words that agree, by their indices.
    pub same: Vec<[usize; 2]>,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let is_inner = |c| c == '\u{ad}' || quotes::is_apostrophe(c);
    crate::words::words(text, is_inner).map(|range| word(text, range)).collect()
}

fn word(text: &str, range: Range<usize>) -> Word {
    let written = &text[range.clone()];
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut take = |letter: char| {
        hash = (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3);
    };
    if written.is_ascii() {
        let letters = written.bytes().filter(u8::is_ascii_alphanumeric);
        letters.for_each(|b| take(char::from(b.to_ascii_lowercase())));
    } else {
        bare(&folded(written)).chars().filter(|c| c.is_alphanumeric()).for_each(take);
    }
    let proper = written.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    // A source has less than 4 GiB.
    Word { hash: mixed(hash), range: range.start as u32..range.end as u32, proper }
}

/// Spreads the bits of a hash (the finaliser of SplitMix64).
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The fingerprints of a document's words.
pub fn prints(words: &[Word]) -> Prints {
    let (mut hashes, mut steps) = (Vec::new(), Vec::new());
    let mut last = None;
    let mut window: VecDeque<u64> = VecDeque::with_capacity(WINDOW);
    // The smallest one of the window, with its place: the rightmost of equal ones, as the paper has it.
    let mut least = None;
    for (end, run) in words.windows(RUN).enumerate() {
        if window.len() == WINDOW {
            window.pop_front();
        }
        let new = run.iter().fold(0u64, |h, w| mixed(h.rotate_left(7) ^ w.hash));
        window.push_back(new);
        let start = end + 1 - window.len();
        let (place, hash) = match least {
            Some((place, hash)) if place >= start && hash < new => (place, hash),
            Some((place, _)) if place < start => {
                let all = window.iter().enumerate().rev().map(|(at, hash)| (start + at, *hash));
                all.min_by_key(|(_, hash)| *hash).unwrap_or((end, new))
            }
            _ => (end, new),
        };
        least = Some((place, hash));
        if window.len() == WINDOW && last != Some(place) {
            hashes.push(hash);
            steps.push((place - last.unwrap_or(0)) as u8);
            last = Some(place);
        }
    }
    hashes.shrink_to_fit();
    steps.shrink_to_fit();
    Prints { hashes, steps }
}

/// Pairs of documents that are nearly the same: each with the first that it resembles.
pub fn near_duplicates(sketches: &[&Sketch]) -> Vec<[usize; 2]> {
    let mut buckets: Vec<(usize, &[u64], usize)> = Vec::new();
    for (document, sketch) in sketches.iter().enumerate() {
        buckets.extend(sketch.smallest.chunks(BAND).enumerate().map(|(band, rows)| (band, rows, document)));
    }
    buckets.sort_unstable();
    let mut out = BTreeMap::new();
    for bucket in buckets.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let first = bucket[0].2;
        for &(_, _, other) in &bucket[1..] {
            let agree =
                sketches[first].smallest.iter().zip(&sketches[other].smallest).filter(|(a, b)| a == b);
            if agree.count() >= NEAR {
                out.entry(other).or_insert(first);
            }
        }
    }
    out.into_iter().map(|(other, first)| [first, other]).collect()
}

/// A passage of two documents: words of each, and pairs of words that agree.
type Passage = ([Range<usize>; 2], Vec<[usize; 2]>);

/// What was found in pairs of documents, by the digest of all that it follows from: hardly any of those that have some
/// words in common share a passage, and one after the other would have to be read to see that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared(BTreeMap<Bytes, Vec<Passage>>);

/// The passages that documents share, of which some fingerprints come `again`, and all that was compared for it. `keys` say
/// of two documents that they are the same; `known` was compared before. `prints` and `words` read more of a document again;
/// `same` are pairs of documents that are nearly the same, of which nothing is to be said in detail.
pub fn matches<P: Borrow<Prints>, W: Deref<Target: AsRef<[Word]>>, E>(
    again: &Again,
    known: &Compared,
    prints: impl Fn(usize) -> Result<P, E>,
    words: impl Fn(usize) -> Result<W, E>,
    same: &[[usize; 2]],
) -> Result<(Vec<Match>, Compared), E> {
    let mut out = Vec::new();
    let mut compared = Compared::default();
    let same: BTreeSet<&[usize; 2]> = same.iter().collect();
    let (seeds, boilerplate) = again.seeds();
    // What surrounds boilerplate may be rare, and leads into it.
    let is_boilerplate = |found: &Match, prints: &Prints| {
        let words = &found.words[0];
        let prints = prints.places();
        let inside: Vec<u64> = prints.filter(|p| words.contains(&(p.1 as usize))).map(|p| p.0).collect();
        let known = inside.iter().filter(|print| boilerplate.binary_search(print).is_ok());
        known.count() * 2 > inside.len()
    };
    // Pairs come by their first document, so that its words are asked for once.
    let mut first: Option<(usize, W)> = None;
    for pair in seeds.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (a, b) = (pair[0].0, pair[0].1);
        if same.contains(&[a, b]) {
            continue;
        }
        let places: Vec<(u32, u32)> = pair.iter().map(|s| (s.2, s.3)).collect();
        let mut chains = chains(&places);
        chains.retain(|chain| chain.len() >= LEAST_SEEDS);
        if chains.is_empty() {
            continue;
        }
        // Of a document without a key nobody knows whether it is the same.
        let keys = [a, b].map(|document| again.key(document));
        let pair = keys.iter().all(|key| !key.is_empty()).then_some((keys, &places));
        let pair = pair.and_then(|pair| digest::bytes_of_data("pair", &pair));
        let found = match pair.as_ref().and_then(|pair| known.0.get(pair)) {
            Some(found) => found.clone(),
            None => {
                let one = match first.take() {
                    Some((document, words)) if document == a => words,
                    _ => words(a)?,
                };
                let other = words(b)?;
                let both = [one.as_ref(), other.as_ref()];
                let found = chains.iter().filter_map(|chain| aligned(both, chain)).collect();
                first = Some((a, one));
                found
            }
        };
        if let Some(pair) = pair {
            compared.0.insert(pair, found.clone());
        }
        if !found.is_empty() {
            let prints = prints(a)?;
            let all = found.into_iter().map(|(words, same)| Match { documents: [a, b], words, same });
            out.extend(all.filter(|m| !is_boilerplate(m, prints.borrow())));
        }
    }
    Ok((out, compared))
}

/// Seeds that lie on nearly one diagonal and near each other: `(place in a, place in b)` in order of `a`.
fn chains(places: &[(u32, u32)]) -> Vec<Vec<(u32, u32)>> {
    let mut open: Vec<Vec<(u32, u32)>> = Vec::new();
    let mut done: Vec<Vec<(u32, u32)>> = Vec::new();
    for &(a, b) in places {
        let (near, far): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|c| c.last().is_some_and(|l| a - l.0 <= GAP));
        done.extend(far);
        open = near;
        let fits = open.iter_mut().find(|c| {
            c.last().is_some_and(|&(la, lb)| {
                let shift = (i64::from(b) - i64::from(a)) - (i64::from(lb) - i64::from(la));
                b >= lb && b - lb <= GAP && shift.abs() <= SHIFT
            })
        });
        match fits {
            Some(chain) => chain.push((a, b)),
            None => open.push(vec![(a, b)]),
        }
    }
    done.extend(open);
    done.sort_unstable();
    done
}

/// The passage of a chain of seeds, if it agrees enough.
fn aligned(words: [&[Word]; 2], chain: &[(u32, u32)]) -> Option<Passage> {
    let (first, last) = (chain.first()?, chain.last()?);
    let mut a = first.0 as usize..(last.0 as usize + RUN).min(words[0].len());
    let mut b = first.1 as usize..(last.1 as usize + RUN).min(words[1].len());
    let hash = |side: usize, at: usize| words[side][at].hash;
    // Outwards as long as the words agree, over a few that do not where others follow that do.
    while let Some(step) = (1..=4).find(|&s| {
        a.start >= s + 2
            && b.start >= s + 2
            && (0..=2).all(|i| hash(0, a.start - s - i) == hash(1, b.start - s - i))
            || (s == 1 && a.start >= 1 && b.start >= 1 && hash(0, a.start - 1) == hash(1, b.start - 1))
    }) {
        a.start -= step;
        b.start -= step;
    }
    while let Some(step) = (1..=4).find(|&s| {
        let fits = |i: usize| {
            a.end + i < words[0].len()
                && b.end + i < words[1].len()
                && hash(0, a.end + i) == hash(1, b.end + i)
        };
        (s == 1 && fits(0)) || (fits(s - 1) && fits(s) && fits(s + 1))
    }) {
        a.end += step;
        b.end += step;
    }
    if a.len() < LEAST_SAME || b.len() < LEAST_SAME {
        return None;
    }
    let same = alignment(&words[0][a.clone()], &words[1][b.clone()]);
    let same: Vec<[usize; 2]> = same.into_iter().map(|[x, y]| [x + a.start, y + b.start]).collect();
    let proper = same.iter().filter(|s| words[0][s[0]].proper).count();
    // Two thirds must agree, and half of what agrees must be words of a sentence rather than of a reference.
    let enough = same.len() >= LEAST_SAME && same.len() * 3 >= a.len().max(b.len()) * 2;
    (enough && proper * 2 < same.len()).then_some(([a, b], same))
}

/// The longest common subsequence of two runs of words, piece by piece.
fn alignment(a: &[Word], b: &[Word]) -> Vec<[usize; 2]> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (&a[i..a.len().min(i + LONGEST)], &b[j..b.len().min(j + LONGEST)]);
        let width = y.len() + 1;
        let mut best = vec![0u16; (x.len() + 1) * width];
        for p in (0..x.len()).rev() {
            for q in (0..y.len()).rev() {
                best[p * width + q] = if x[p].hash == y[q].hash {
                    best[(p + 1) * width + q + 1] + 1
                } else {
                    best[(p + 1) * width + q].max(best[p * width + q + 1])
                };
            }
        }
        let (mut p, mut q) = (0, 0);
        while p < x.len() && q < y.len() {
            if x[p].hash == y[q].hash {
                out.push([i + p, j + q]);
                p += 1;
                q += 1;
            } else if best[(p + 1) * width + q] >= best[p * width + q + 1] {
                p += 1;
            } else {
                q += 1;
            }
        }
        // The next piece begins where this one was read to the end of either side.
        i += p.max(1);
        j += q.max(1);
    }
    out
}
