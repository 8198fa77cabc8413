//! What became of a document's markers, notes and references, counted.

use serde::{Deserialize, Serialize};

use super::context::{NoWork, NoteTally, UnmarkedNote, UnresolvedMarker};
use super::html::Anchors;
use super::wording;
use crate::model::{Document, block_text};
use crate::source::Source;

/// Markers without a note, and notes without a marker, that a page lists; `archive.json` has all of them.
const DOUBTS_SHOWN: usize = 1_000;

/// A note that no marker points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmarked {
    /// Its label.
    pub label: String,
    /// The part of the document that the label counts in, from 1.
    pub part: u32,
    /// Its text.
    pub text: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// Its id on the document's page.
    pub id: Option<String>,
}

/// A marker whose note is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unresolved {
    /// Its label.
    pub label: String,
    /// The words before it.
    pub before: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// Its id on the document's page.
    pub id: Option<String>,
}

/// What became of a document's markers and notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteCounts {
    /// Markers.
    pub markers: usize,
    /// Notes.
    pub notes: usize,
    /// Markers tied to their note.
    pub paired: usize,
    /// Notes that no marker points to.
    pub unmarked: Vec<Unmarked>,
    /// Markers whose note is missing.
    pub unresolved: Vec<Unresolved>,
}

/// What became of a document's references to works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceCounts {
    /// References.
    pub all: usize,
    /// Those that are tied to no work, in the order of the text.
    pub untied: Vec<NoWork>,
}

impl NoteCounts {
    /// What is tied in a document, and what is not.
    pub fn of(document: &Document, source: &Source, anchors: &Anchors) -> NoteCounts {
        let mut marked = vec![false; document.notes.len()];
        for note in document.markers.iter().filter_map(|m| m.note) {
            if let Some(marked) = marked.get_mut(note.0 as usize) {
                *marked = true;
            }
        }
        let unmarked = document.notes.iter().enumerate().filter(|&(i, _)| !marked[i]);
        let unmarked = unmarked.map(|(i, note)| Unmarked {
            label: note.label.clone(),
            part: note.part,
            text: block_text(&note.blocks).split_whitespace().collect::<Vec<_>>().join(" "),
            line: source.line_of(note.span.start as usize),
            id: anchors.note_ids.get(i).cloned(),
        });
        let unresolved = document.markers.iter().enumerate().filter(|(_, m)| m.note.is_none());
        let unresolved = unresolved.map(|(i, marker)| Unresolved {
            label: marker.label.clone(),
            before: before(source, marker.span.start as usize),
            line: source.line_of(marker.span.start as usize),
            id: anchors.marker_ids.get(i).cloned(),
        });
        NoteCounts {
            markers: document.markers.len(),
            notes: document.notes.len(),
            paired: document.markers.iter().filter(|m| m.note.is_some()).count(),
            unmarked: unmarked.collect(),
            unresolved: unresolved.collect(),
        }
    }

    pub(super) fn tally(&self) -> NoteTally {
        NoteTally {
            markers: self.markers,
            notes: self.notes,
            paired: self.paired,
            unmarked: self.unmarked.len(),
            unresolved: self.unresolved.len(),
        }
    }

    pub(super) fn unmarked_shown(&self) -> Vec<UnmarkedNote<'_>> {
        let shown = |n: &'_ Unmarked| wording::shortened(&n.text, wording::CHARACTERS_SHOWN);
        self.unmarked
            .iter()
            .take(DOUBTS_SHOWN)
            .map(|n| UnmarkedNote {
                label: &n.label,
                part: n.part,
                text: shown(n),
                line: n.line,
                id: n.id.as_deref(),
            })
            .collect()
    }

    pub(super) fn unresolved_shown(&self) -> Vec<UnresolvedMarker<'_>> {
        self.unresolved
            .iter()
            .take(DOUBTS_SHOWN)
            .map(|m| UnresolvedMarker {
                label: &m.label,
                before: &m.before,
                line: m.line,
                id: m.id.as_deref(),
            })
            .collect()
    }
}

/// The words before a place of the source.
fn before(source: &Source, at: usize) -> String {
    /// Characters shown.
    const LONGEST: usize = 60;
    let text: String = source.text[..at].chars().rev().take(LONGEST).collect();
    let text: String = text.chars().rev().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
