//! Names for notes that are unique in the whole document.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Document;

/// The names of notes and of the markers that point to them.
pub struct Labels {
    /// By [`NoteId`](crate::model::NoteId).
    pub notes: Vec<String>,
    /// By [`MarkerId`](crate::model::MarkerId).
    pub markers: Vec<String>,
}

/// Names for all notes and markers of a document.
pub fn labels(document: &Document) -> Labels {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for note in &document.notes {
        *counts.entry(safe(&note.label).to_lowercase()).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut unique = |wanted: String| {
        let mut name = wanted.clone();
        let mut n = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{wanted}.{n}");
            n += 1;
        }
        name
    };
    let mut notes = Vec::with_capacity(document.notes.len());
    for note in &document.notes {
        let label = safe(&note.label);
        let several = counts.get(&label.to_lowercase()).copied().unwrap_or(0) > 1;
        let several = several || note.part > 1;
        notes.push(unique(if several { format!("{}-{label}", note.part) } else { label }));
    }
    let mut markers = Vec::with_capacity(document.markers.len());
    for marker in &document.markers {
        let name = marker.note.and_then(|n| notes.get(n.0 as usize)).cloned();
        // A marker whose note is missing must not fall to another note.
        markers.push(name.unwrap_or_else(|| unique(safe(&marker.label))));
    }
    Labels { notes, markers }
}

/// A label made of what labels may hold.
fn safe(label: &str) -> String {
    let signs: String = label
        .chars()
        .map(|c| match c {
            '*' | '†' | '‡' | '§' | '#' => c,
            c if c.is_alphanumeric() || "-_.+".contains(c) => c,
            _ => '-',
        })
        .collect();
    if signs.is_empty() { "note".to_owned() } else { signs }
}
