//! The text of a note from its pieces.

use super::prose::closes_sentence;
use super::{RestoredNote, Tools};
use crate::model::Flow;
use crate::notes::FoundNote;

/// A note's text as a flow: its lines without the indentation of the note, its pieces joined.
pub(super) fn restored(tools: &Tools, note: &FoundNote) -> RestoredNote {
    let (source, copier) = (tools.source, &tools.copier);
    let mut flow = Flow::default();
    for piece in &note.pieces {
        let text = source.slice(*piece);
        if text.trim().is_empty() {
            continue;
        }
        if !flow.text.is_empty() {
            flow.glue(if closes_sentence(&flow.text) { "\n\n" } else { " " });
        }
        let indent = text
            .lines()
            .skip(1)
            .filter(|l| !l.trim().is_empty())
            .map(|l| l.len() - l.trim_start_matches([' ', '\t']).len())
            .min()
            .unwrap_or(0);
        let mut at = piece.start as usize;
        let mut blanks = 0;
        for (i, raw) in text.split_inclusive('\n').enumerate() {
            let line = raw.trim_end_matches('\n').trim_end();
            if line.trim().is_empty() {
                blanks += 1;
            } else {
                if i > 0 && !flow.text.is_empty() {
                    flow.glue(if blanks > 0 { "\n\n" } else { "\n" });
                }
                let skip = if i == 0 { line.len() - line.trim_start().len() } else { indent.min(line.len()) };
                copier.copy(&mut flow, at + skip, at + line.len());
                blanks = 0;
            }
            at += raw.len();
        }
    }
    let span = note.pieces.first().map_or(note.head, |p| note.head.to(*p));
    RestoredNote {
        label: note.label.to_string(),
        shown: note.shown.clone(),
        part: note.part,
        span,
        text: flow,
    }
}
