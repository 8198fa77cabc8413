//! Documents that share works, names and tags: which are related most, and why.
//!
//! What two documents share counts for more the fewer others have it, so what is common to many is not looked at:
//! the work is bounded by the number of entries times [`COMMON`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Documents that may bear something for it to relate two of them.
const COMMON: usize = 50;

/// Something that documents may share, with the documents that have it, in order.
#[derive(Clone, Debug)]
pub struct Feature<'a> {
    /// The documents.
    pub documents: Vec<usize>,
    /// How much it says, compared with others that as few documents have.
    pub weight: f64,
    /// What stands for it, handed back in [`Related::shared`].
    pub label: &'a str,
}

/// A related document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// The other document.
    pub document: usize,
    /// The features that both have, the weightiest first.
    pub shared: Vec<usize>,
}

/// What the documents of an archive have in common.
pub struct Relations<'f> {
    features: &'f [Feature<'f>],
    /// For each document the features by which it may be related to others.
    of: Vec<Vec<usize>>,
}

impl<'f> Relations<'f> {
    /// Of so many documents.
    pub fn of(documents: usize, features: &'f [Feature]) -> Relations<'f> {
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); documents];
        let usable = |f: &Feature| (2..=COMMON.max(documents.min(8))).contains(&f.documents.len());
        for (i, feature) in features.iter().enumerate().filter(|(_, f)| usable(f)) {
            for &document in &feature.documents {
                of[document].push(i);
            }
        }
        Relations { features, of }
    }

    /// The documents that are related to one, at most `most`, each with at most `reasons` reasons.
    pub fn of_document(&self, document: usize, most: usize, reasons: usize) -> Vec<Related> {
        let weight = |f: usize| self.features[f].weight / self.features[f].documents.len() as f64;
        let mut shared: BTreeMap<usize, (f64, Vec<usize>)> = BTreeMap::new();
        for &f in &self.of[document] {
            for &other in self.features[f].documents.iter().filter(|&&o| o != document) {
                let entry = shared.entry(other).or_default();
                entry.0 += weight(f);
                entry.1.push(f);
            }
        }
        let mut ranked: Vec<(usize, (f64, Vec<usize>))> = shared.into_iter().collect();
        ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        ranked.truncate(most);
        let why = |(document, (_, mut shared)): (usize, (f64, Vec<usize>))| {
            let label = |f: usize| self.features[f].label;
            shared.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(label(a).cmp(label(b))));
            shared.truncate(reasons);
            Related { document, shared }
        };
        ranked.into_iter().map(why).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn related(documents: usize, features: &[Feature], most: usize, reasons: usize) -> Vec<Vec<Related>> {
        let relations = Relations::of(documents, features);
        (0..documents).map(|document| relations.of_document(document, most, reasons)).collect()
    }

    fn feature(label: &str, documents: impl IntoIterator<Item = usize>) -> Feature<'_> {
        Feature { documents: documents.into_iter().collect(), weight: 1.0, label }
    }

    #[test]
    fn what_is_rarer_says_more() {
        let features = [feature("common", 0..5), feature("rare", [0, 3]), feature("lonely", [1])];
        let related = related(5, &features, 2, 3);
        assert_eq!(related[0][0], Related { document: 3, shared: vec![1, 0] });
        assert_eq!(related[0].len(), 2);
        assert_eq!(related[3][0].document, 0);
    }

    #[test]
    fn what_everybody_has_relates_nobody() {
        let related = related(10_000, &[feature("everywhere", 0..10_000)], 4, 3);
        assert!(related.iter().all(Vec::is_empty));
    }
}
