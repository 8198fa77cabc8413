//! Which fingerprints come more than once in an archive, and where.
//!
//! They are few among all, and follow from one document after the other: where some documents have changed, what is
//! known of the others is kept ([`Again::renewed`]), and no more is looked for in them than what the new ones have.

use std::borrow::Borrow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::shared::{Prints, Sketch};
use crate::hash::Fast;
use crate::stored;

/// Places that may have a fingerprint; what more have is boilerplate.
const MOST: usize = 16;

/// Documents whose fingerprints are read together.
const TOGETHER: usize = 256;

/// A fingerprint at its place: `(fingerprint, document, place)`.
type Place = (u64, u32, u32);

/// Two places with one fingerprint: `(document a, document b, place in a, place in b)`.
pub(super) type Seed = (usize, usize, u32, u32);

/// The fingerprints that come more than once, with all their places, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The keys of the documents: of two with one key the fingerprints are the same. One without a key is as new.
    keys: Vec<String>,
    #[serde(with = "stored::numbers")]
    prints: Vec<u64>,
    /// Of each its document, and below that its place there.
    #[serde(with = "stored::numbers")]
    places: Vec<u64>,
}

impl Again {
    /// Those of documents with these keys. `prints` reads the fingerprints of some documents.
    pub fn of<P: Borrow<Prints>, E>(
        keys: Vec<String>,
        sketches: &[&Sketch],
        prints: impl Fn(&[usize]) -> Result<Vec<P>, E>,
    ) -> Result<Again, E> {
        let documents: Vec<usize> = (0..sketches.len()).collect();
        let mut repeated = Repeated::among(sketches.iter().map(|s| s.prints).sum());
        each(&documents, &prints, |_, prints| prints.hashes.iter().for_each(|&print| repeated.add(print)))?;
        repeated.once = Vec::new();
        let mut all = Vec::new();
        each(&documents, &prints, |document, prints| {
            let here = prints.places().filter(|&(print, _)| repeated.may_be(print));
            all.extend(here.map(|(print, place)| (print, document as u32, place)));
        })?;
        drop(repeated);
        Ok(Again::sorted(keys, all))
    }

    /// The same, from what was known of other documents, most of which are still there; `None` if they are not.
    pub fn renewed<P: Borrow<Prints>, E>(
        &self,
        keys: Vec<String>,
        prints: impl Fn(&[usize]) -> Result<Vec<P>, E>,
    ) -> Result<Option<Again>, E> {
        /// One document of so many may be new: more are as quickly looked through all together.
        const NEW: usize = 8;
        let by_key: HashMap<&str, usize, Fast> =
            (0..).zip(&keys).filter(|(_, k)| !k.is_empty()).map(|(i, k)| (k.as_str(), i)).collect();
        let now: Vec<Option<usize>> = self.keys.iter().map(|key| by_key.get(key.as_str()).copied()).collect();
        let mut is_known = vec![false; keys.len()];
        now.iter().flatten().for_each(|&document| is_known[document] = true);
        let (known, new): (Vec<usize>, Vec<usize>) = (0..keys.len()).partition(|&i| is_known[i]);
        if new.len() * NEW > keys.len() {
            return Ok(None);
        }
        let still = self.all().filter_map(|(print, document, place)| {
            Some((print, now.get(document as usize).copied().flatten()? as u32, place))
        });
        let mut all: Vec<Place> = still.collect();
        let kept = all.len();
        each(&new, &prints, |document, prints| {
            all.extend(prints.places().map(|(print, place)| (print, document as u32, place)));
        })?;
        // What came more than once is known with all its places; what came once may come again now.
        let once = all[kept..].iter().map(|place| place.0);
        let mut once: Vec<u64> = once.filter(|print| self.prints.binary_search(print).is_err()).collect();
        once.sort_unstable();
        once.dedup();
        // Each of them is to be found where it comes at all.
        /// Room for so many times as many, for hardly one to be taken for another.
        const SPARSE: usize = 16;
        let mut likely = Repeated::among(once.len() * SPARSE);
        (0..2).for_each(|_| once.iter().for_each(|&print| likely.add(print)));
        if !once.is_empty() {
            let is_wanted = |print: u64| likely.may_be(print) && once.binary_search(&print).is_ok();
            each(&known, &prints, |document, prints| {
                // Hardly any document has one.
                if prints.hashes.iter().any(|&print| is_wanted(print)) {
                    let here = prints.places().filter(|place| is_wanted(place.0));
                    all.extend(here.map(|(print, place)| (print, document as u32, place)));
                }
            })?;
        }
        Ok(Some(Again::sorted(keys, all)))
    }

    fn sorted(keys: Vec<String>, mut all: Vec<Place>) -> Again {
        all.sort_unstable();
        let groups = all.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
        let places = groups
            .flatten()
            .map(|&(print, document, place)| (print, u64::from(document) << u32::BITS | u64::from(place)));
        let (prints, places) = places.unzip();
        Again { keys, prints, places }
    }

    fn all(&self) -> impl Iterator<Item = Place> {
        let split = |place: u64| ((place >> u32::BITS) as u32, place as u32);
        self.prints.iter().zip(&self.places).map(move |(&print, &at)| (print, split(at).0, split(at).1))
    }

    /// True if they are those of documents with these keys.
    pub fn are_of(&self, keys: &[String]) -> bool {
        self.keys == keys && keys.iter().all(|key| !key.is_empty())
    }

    /// The key of a document.
    pub(super) fn key(&self, document: usize) -> &str {
        self.keys.get(document).map_or("", String::as_str)
    }

    /// Pairs of equal fingerprints, by documents and then places; and, in order, the fingerprints of boilerplate.
    pub(super) fn seeds(&self) -> (Vec<Seed>, Vec<u64>) {
        let mut out = Vec::new();
        let mut boilerplate = Vec::new();
        let all: Vec<Place> = self.all().collect();
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            if group.len() > MOST {
                boilerplate.push(group[0].0);
                continue;
            }
            for (i, a) in group.iter().enumerate() {
                for b in group[i + 1..].iter().filter(|b| b.1 != a.1) {
                    out.push((a.1 as usize, b.1 as usize, a.2, b.2));
                }
            }
        }
        out.sort_unstable();
        (out, boilerplate)
    }
}

/// Reads the fingerprints of documents, some together.
fn each<P: Borrow<Prints>, E>(
    documents: &[usize],
    prints: impl Fn(&[usize]) -> Result<Vec<P>, E>,
    mut take: impl FnMut(usize, &Prints),
) -> Result<(), E> {
    for some in documents.chunks(TOGETHER) {
        some.iter().zip(prints(some)?).for_each(|(&document, prints)| take(document, prints.borrow()));
    }
    Ok(())
}

/// Which fingerprints may come twice: nearly all come once, and need not be sorted to be seen as single.
struct Repeated {
    /// By the last bits of a fingerprint: it has come, and it has come again.
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Repeated {
    /// Nothing yet of so many fingerprints.
    fn among(fingerprints: usize) -> Repeated {
        /// Bits for each fingerprint: one in eight is taken for repeated that is not.
        const BITS: usize = 8;
        let words = (fingerprints * BITS / 64).next_power_of_two();
        Repeated { once: vec![0; words], again: vec![0; words] }
    }

    fn add(&mut self, print: u64) {
        let (word, bit) = self.place(print);
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    fn place(&self, print: u64) -> (usize, u64) {
        // There is a power of two of words.
        ((print >> 6) as usize & (self.again.len() - 1), 1 << (print & 63))
    }

    fn may_be(&self, print: u64) -> bool {
        let (word, bit) = self.place(print);
        self.again[word] & bit != 0
    }
}
