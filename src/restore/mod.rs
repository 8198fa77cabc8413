//! Text + notes → flows in reading order.
//!
//! 1. [`cut`]: what is taken out of the running text: notes, the rules above them, page furniture, site chrome
//! 2. [`order`]: the pages in the order in which they are read, if they were printed in another
//! 3. [`body`]: the lines that remain, joined where a page or a false break tore a sentence
//! 4. [`note`]: the text of each note, from its pieces
//!
//! Everything that is changed is recorded as a [`Repair`] or an [`Omission`]; words are only ever copied
//! from the source, so none is lost and none made up.

mod body;
mod cut;
mod note;
pub mod order;
mod prose;

use crate::diagnostic::Diagnostic;
use crate::layout::{Kind, Layout};
use crate::model::{Flow, Form, Marker, Omission, Repair};
use crate::notes::Apparatus;
use crate::source::{Source, Span};

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
    /// What there is to say about it.
    pub diagnostics: Vec<Diagnostic>,
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

/// Restores a document. `pages` is the reading order its owner gives.
pub fn restore(
    source: &Source,
    layout: &Layout,
    form: Form,
    mut apparatus: Apparatus,
    pages: Option<&str>,
) -> Restored {
    let mut cuts = cut::cuts(source, layout, form, &apparatus);
    let rests = body::remaining(source, layout, &cuts);
    let ordered = order::order(source, layout, form, &apparatus, &rests, pages);
    order::rearrange(layout, &ordered, &mut apparatus);
    let mut layout = std::borrow::Cow::Borrowed(layout);
    if !ordered.furniture.is_empty() {
        for &(line, reason) in &ordered.furniture {
            layout.to_mut().lines[line].kind = Kind::Furniture(reason);
        }
        cuts = cut::cuts(source, &layout, form, &apparatus);
    }
    let mut repairs: Vec<Repair> = ordered.repair.into_iter().collect();
    let body = body::flow(source, &layout, form, &cuts, &ordered.pages, &apparatus.markers, &mut repairs);
    let notes = apparatus.notes.iter().map(|n| note::restored(source, n, &apparatus.markers)).collect();
    let omissions = cuts
        .iter()
        .filter_map(|cut| {
            let text = source.slice(cut.span).trim();
            let reason = cut.omission?;
            (!text.is_empty()).then(|| Omission {
                text: text.to_string(),
                reason,
                span: cut.span,
                line: source.line_of(cut.span.start as usize),
            })
        })
        .collect();
    Restored { body, notes, markers: apparatus.markers, repairs, omissions, diagnostics: ordered.diagnostics }
}
