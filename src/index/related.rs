//! Documents that share works, names and tags: which are related most, and why.
//!
//! What two documents share counts for more the fewer others have it, so what is common to many is not looked at:
//! the work is bounded by the number of entries times [`COMMON`].

use std::collections::BTreeMap;

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
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The other document.
    pub document: usize,
    /// The features that both have, the weightiest first.
    pub shared: Vec<usize>,
}

/// For each of `documents` documents the related ones, at most `most`, each with at most `reasons` reasons.
pub fn related(documents: usize, features: &[Feature], most: usize, reasons: usize) -> Vec<Vec<Related>> {
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); documents];
    let usable = |f: &Feature| (2..=COMMON.max(documents.min(8))).contains(&f.documents.len());
    for (i, feature) in features.iter().enumerate().filter(|(_, f)| usable(f)) {
        for &document in &feature.documents {
            of[document].push(i);
        }
    }
    let weight = |f: usize| features[f].weight / features[f].documents.len() as f64;
    let of_one = |(document, mine): (usize, &Vec<usize>)| {
        let mut shared: BTreeMap<usize, (f64, Vec<usize>)> = BTreeMap::new();
        for &f in mine {
            for &other in features[f].documents.iter().filter(|&&o| o != document) {
                let entry = shared.entry(other).or_default();
                entry.0 += weight(f);
                entry.1.push(f);
            }
        }
        let mut ranked: Vec<(usize, (f64, Vec<usize>))> = shared.into_iter().collect();
        ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        ranked.truncate(most);
        let why = |(document, (_, mut shared)): (usize, (f64, Vec<usize>))| {
            shared.sort_by(|&a, &b| {
                weight(b).total_cmp(&weight(a)).then(features[a].label.cmp(features[b].label))
            });
            shared.truncate(reasons);
            Related { document, shared }
        };
        ranked.into_iter().map(why).collect()
    };
    of.iter().enumerate().map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
