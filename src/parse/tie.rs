//! The notes that a grammar found get their markers.
//!
//! This is not guessing, as `notes` must: `[^label]` and `[^label]: …` say by their label that they belong together.

use std::collections::BTreeMap;

use super::reading::Found;
use crate::model::{Marker, MarkerId, Note, NoteId};

/// Adds the found notes to `notes` and ties every reference to its definition.
pub(super) fn tie(
    markers: &mut [Marker],
    references: &[(MarkerId, String)],
    found: Vec<Found>,
    notes: &mut Vec<Note>,
) {
    let mut definitions: BTreeMap<String, Vec<(u32, NoteId)>> = BTreeMap::new();
    let mut inline = 0;
    for note in found {
        let id = NoteId(notes.len() as u32);
        let part;
        let label = match note.label {
            Some(label) => {
                let same = definitions.entry(label.to_lowercase()).or_default();
                same.push((note.span.start, id));
                part = same.len() as u32;
                label
            }
            None => {
                inline += 1;
                part = 1;
                format!("inline-{inline}")
            }
        };
        if let Some(marker) = note.marker {
            let marker = &mut markers[marker.0 as usize];
            marker.note = Some(id);
            marker.label.clone_from(&label);
        }
        notes.push(Note { label, shown: String::new(), part, span: note.span, blocks: note.blocks });
    }
    let mut by_label: BTreeMap<String, Vec<(u32, MarkerId)>> = BTreeMap::new();
    for (id, label) in references {
        by_label.entry(label.to_lowercase()).or_default().push((markers[id.0 as usize].span.start, *id));
    }
    for (label, mut references) in by_label {
        let Some(definitions) = definitions.get_mut(&label) else { continue };
        definitions.sort_unstable();
        references.sort_unstable();
        let own = in_turns(&references, definitions);
        for (at, id) in references {
            // In GFM the first definition of a label is the label's.
            let next = definitions.partition_point(|d| d.0 < at);
            let note = definitions[if own { next } else { 0 }].1;
            let marker = &mut markers[id.0 as usize];
            marker.note = Some(note);
            if own {
                marker
                    .evidence
                    .push_str("; its label is defined again for each part of the text, this is the next");
            }
        }
    }
}

/// True if a label is used and defined, used and defined again, …: chapters with their own notes put into one file.
fn in_turns(references: &[(u32, MarkerId)], definitions: &[(u32, NoteId)]) -> bool {
    let mut from = 0;
    let each = definitions.iter().all(|d| {
        let to = references.partition_point(|r| r.0 < d.0);
        let some = to > from;
        from = to;
        some
    });
    definitions.len() > 1 && each && from == references.len()
}

/// Gives markers and notes of a page the labels that it prints. What it has without one is counted like any other
/// named note.
pub(super) fn show_labels(markers: &mut [Marker], notes: &mut [Note]) {
    let label = |label: &str| if label.starts_with(UNLABELLED) { String::new() } else { label.to_owned() };
    notes.iter_mut().filter(|n| n.shown.is_empty()).for_each(|n| n.shown = label(&n.label));
    let tied = markers.iter_mut().filter(|m| m.shown.is_empty() && m.note.is_some());
    tied.for_each(|m| m.shown = label(&m.label));
}

/// What the names of notes begin with that a page prints no label for.
pub const UNLABELLED: &str = "note.";

/// Reads the names that a print gives to notes whose labels begin again in each part: `2-3` is note 3 of part 2.
pub(super) fn name_parts(markers: &mut [Marker], notes: &mut [Note]) {
    for note in notes.iter_mut() {
        let named = note.label.split_once('-').and_then(|(part, label)| Some((part.parse().ok()?, label)));
        if let Some((part, label)) = named.filter(|(part, label)| *part > 0 && !label.is_empty()) {
            (note.part, note.label) = (part, label.to_owned());
        }
    }
    for marker in markers {
        if let Some(note) = marker.note.and_then(|n| notes.get(n.0 as usize)) {
            marker.label.clone_from(&note.label);
        }
    }
}
