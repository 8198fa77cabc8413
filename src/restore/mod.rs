//! Text + notes → flows in reading order.
//!
//! 1. [`overrun`]: what a note took of the running text is given back
//! 2. [`cut`]: what is taken out of the running text: notes, the rules above them, page furniture, site chrome
//! 3. [`order`]: the pages in the order in which they are read, if they were printed in another
//! 4. [`float`]: markers that stand at the end of their line go back to the words they belong to
//! 5. [`body`]: the lines that remain; [`join`] says how each stands to the next ([`entries`], in a list
//!    of works), [`hyphen`] what becomes of a word
//!    that a line end cut; [`thread`] sees quotations and lists in threads
//! 6. [`note`]: the text of each note, from its pieces
//!
//! Everything that is changed is recorded as a [`Repair`] or an [`Omission`]; words are only ever copied
//! from the source, so none is lost and none made up.

mod body;
mod copy;
mod cut;
mod entries;
mod float;
mod hyphen;
mod join;
mod note;
pub mod order;
mod overrule;
mod overrun;
mod thread;

use std::borrow::Cow;

use copy::Copier;
use hyphen::Hyphens;

use crate::diagnostic::Diagnostic;
use crate::fixes::Fixes;
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

impl Restored {
    /// A text that needs no restoring.
    pub fn as_it_stands(source: &Source) -> Restored {
        let mut body = Flow::default();
        body.copy(&source.text, source.body_start..source.text.len());
        Restored { body, ..Restored::default() }
    }
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

/// What body and notes are put together with.
struct Tools<'a> {
    source: &'a Source,
    fixes: &'a Fixes,
    copier: Copier<'a>,
    hyphens: Hyphens,
}

/// Restores a document. `pages` is the reading order its owner gives, `fixes` what else its owner overrules.
pub fn restore(
    source: &Source,
    layout: &Layout,
    form: Form,
    mut apparatus: Apparatus,
    pages: Option<&str>,
    fixes: &Fixes,
) -> Restored {
    overrun::give_back(source, layout, &mut apparatus);
    let mut cuts = cut::cuts(source, layout, form, &apparatus, fixes);
    let rests = body::remaining(source, layout, &cuts);
    let ordered = order::order(source, layout, form, &apparatus, &rests, pages);
    order::rearrange(layout, &ordered, &mut apparatus);
    let mut layout = Cow::Borrowed(layout);
    if !ordered.furniture.is_empty() {
        for &(line, reason) in &ordered.furniture {
            let at = layout.lines[line];
            if !fixes.keep_within(Span::new(at.start, at.end)) {
                layout.to_mut().lines[line].kind = Kind::Furniture(reason);
            }
        }
        cuts = cut::cuts(source, &layout, form, &apparatus, fixes);
    }
    let mut repairs: Vec<Repair> = ordered.repair.into_iter().collect();
    let floats = float::floats(source, &layout, &apparatus, fixes);
    let tools = Tools {
        source,
        fixes,
        copier: Copier::new(source, &apparatus.markers, &floats),
        hyphens: Hyphens::of(source, &layout),
    };
    let body = body::flow(&tools, &layout, form, &cuts, &ordered.pages, &mut repairs);
    let notes = note::restored(&tools, form, &apparatus.notes, &mut repairs);
    repairs.extend(floats.into_iter().map(|f| f.repair));
    repairs.sort_by_key(|r| (r.line, r.span));
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
