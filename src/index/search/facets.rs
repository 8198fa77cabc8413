//! Items → what results can be narrowed to: tags and authors, with the items that have them.
//!
//! Those of texts: what a work is by is a fact of the work. A file of its own, loaded when a reader opens the filters. Years are in the list of segments.

use std::collections::BTreeMap;

use super::file::{Packed, Script};
use super::item::{Card, Kind};

/// Names of one kind, with the numbers of their items. Items are numbered through all segments.
type Names = BTreeMap<String, Vec<u32>>;

/// Tags and authors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    tags: Names,
    authors: Names,
    items: u32,
}

impl Facets {
    /// Adds the next item.
    pub fn add(&mut self, card: &Card) {
        if card.kind == Kind::Text {
            for (names, map) in [(&card.tags, &mut self.tags), (&card.authors, &mut self.authors)] {
                for name in names {
                    map.entry(name.clone()).or_default().push(self.items);
                }
            }
        }
        self.items += 1;
    }

    /// The file: of each name, its items as distances.
    pub fn file(&self) -> Script {
        let names = |names: &Names| -> Vec<(String, Vec<u32>)> {
            let distances = |items: &[u32]| {
                let mut before = 0;
                items.iter().map(|&i| i - std::mem::replace(&mut before, i)).collect()
            };
            names.iter().map(|(name, items)| (name.clone(), distances(items))).collect()
        };
        let json = serde_json::json!({ "tags": names(&self.tags), "authors": names(&self.authors) });
        Packed { name: "facets".into(), bytes: json.to_string().into_bytes(), deflate: true }.file()
    }
}
