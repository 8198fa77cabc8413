//! Text + notes → flows in reading order.

use crate::model::{Flow, Marker, Omission, Repair};
use crate::source::Span;

/// What restoring hands to `parse`.
#[derive(Clone, Debug, Default)]
pub struct Restored {
    /// The running text, with a mark for every marker in it.
    pub body: Flow,
    /// The notes, by [`NoteId`](crate::model::NoteId).
    pub notes: Vec<RestoredNote>,
    /// The markers, by [`MarkerId`](crate::model::MarkerId).
    pub markers: Vec<Marker>,
    /// What was changed.
    pub repairs: Vec<Repair>,
    /// What was left out.
    pub omissions: Vec<Omission>,
}

/// A note whose text is still to be parsed.
#[derive(Clone, Debug, Default)]
pub struct RestoredNote {
    /// The label, without brackets.
    pub label: String,
    /// The label as the source shows it.
    pub shown: String,
    /// The part the label counts in, from 1.
    pub part: u32,
    /// Where its first piece stands.
    pub span: Span,
    /// Its text, without the label.
    pub text: Flow,
}
