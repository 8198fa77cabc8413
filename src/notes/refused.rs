//! Why signs that look like markers were not taken for any.
//!
//! Nothing is decided here: the candidates are looked at again beside what was decided.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Candidates;
use crate::fixes::Fixes;
use crate::layout::Layout;
use crate::model::{Document, Form};
use crate::source::{Source, Span};

/// A sign that was refused, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Line of the file.
    pub line: u32,
    /// What readers see of it.
    pub shown: String,
    /// The words before it.
    pub behind: String,
    /// How much it looks like a marker, 0 to 3.
    pub weight: f32,
    /// Why it was refused.
    pub why: String,
}

/// A sign that weighs less looks like hardly anything.
const WORTH_A_WORD: f32 = 0.5;

/// The signs that were refused, in the order of the file.
pub fn refused(
    source: &Source,
    layout: &Layout,
    form: Form,
    fixes: &Fixes,
    document: &Document,
) -> Vec<Refused> {
    let Candidates { mut markers, mut heads, .. } = Candidates::read(source, layout, form);
    super::given::prepare(source, layout, fixes, &mut markers, &mut heads);
    let taken: Vec<Span> = document.markers.iter().map(|m| m.span).collect();
    // The label of each note, with the lines where its markers stand.
    let mut tied: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for note in &document.notes {
        tied.entry(&note.label).or_default();
    }
    for marker in &document.markers {
        if let Some(note) = marker.note.and_then(|n| document.notes.get(n.0 as usize)) {
            tied.entry(&note.label).or_default().push(source.line_of(marker.span.start as usize));
        }
    }
    let opens: Vec<Span> = document.notes.iter().map(|n| n.span).collect();
    let mut out = Vec::new();
    for candidate in markers.iter().filter(|c| c.weight >= WORTH_A_WORD) {
        let (start, end) = (candidate.span.start, candidate.span.end);
        if taken.iter().any(|t| t.start < end && start < t.end) {
            continue;
        }
        let label = candidate.label.to_string();
        let why = match tied.get(label.as_str()) {
            _ if opens.iter().any(|o| o.start == start) => continue, // it is the note's own label
            None => format!("no note is labelled {label}"),
            Some(lines) if lines.is_empty() => {
                format!("out of order among the markers, although note {label} has none")
            }
            Some(lines) => {
                let near = lines.iter().min_by_key(|l| l.abs_diff(source.line_of(start as usize)));
                let near = near.copied().unwrap_or_default();
                format!("note {label} goes better with the marker on line {near}")
            }
        };
        out.push(Refused {
            line: source.line_of(start as usize),
            shown: candidate.shown.clone(),
            behind: behind(source, start as usize),
            weight: candidate.weight,
            why,
        });
    }
    out
}

fn behind(source: &Source, at: usize) -> String {
    /// Characters shown.
    const LONGEST: usize = 32;
    let start = source.text[..at].char_indices().rev().take(LONGEST).last().map_or(0, |(i, _)| i);
    source.text[start..at].split_whitespace().collect::<Vec<_>>().join(" ")
}
