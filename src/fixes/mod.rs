//! What the owner of a document overrules: `fixes:` in its front matter or sidecar.
//!
//! 1. [`given`]: the list as it is written → [`Fix`]es, each with its place in the file for what is to be said of it
//! 2. [`quote`]: a fix names its place by quoting the text, not by a line number, so that it survives a changed source
//! 3. [`Fixes`]: the fixes at their places. The stages ask it where they decide: `layout` and `restore::cut` what is
//!    left out, `notes` what is a marker or a note, `restore::body` what is joined, [`blocks`] what a block is
//! 4. [`offer`]: the other way round, the line that would undo what a stage did
//!
//! A fix that fits nothing, or several places, does nothing and is reported.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::OmissionReason;
use crate::said::{Said, said};
use crate::source::{Source, Span};

pub mod blocks;
pub mod given;
pub mod offer;
mod quote;

pub use quote::Folded;

/// One correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// Words of the source.
    pub quote: String,
    /// Which of the places where they stand is meant, from 1.
    pub occurrence: Option<usize>,
    /// What is to be done there.
    pub action: Action,
    /// A finding at the place where the fix is written, still to be worded.
    #[serde(with = "crate::stored::diagnostic")]
    pub origin: Box<Diagnostic>,
}

/// What a fix does. The set is closed: what cannot be said with it is to be written into a restored copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// `marker: "3"`: the words are followed by the marker of note 3. `marker: false`: the sign there is no marker.
    Marker(Option<String>),
    /// `note: "3"`: note 3 begins with the words. `note: false`: no note begins there.
    Note(Option<String>),
    /// `heading: 2`: the words are a heading of that level. `heading: false`: they are a paragraph.
    Heading(Option<u8>),
    /// `omit: running-head`: the words are left out for that reason.
    Omit(OmissionReason),
    /// `keep: true`: what was left out, joined, closed or moved there stays as it is printed.
    Keep,
    /// `join: true`: the break within the words, or right behind them, tears a sentence.
    Join,
    /// `split: true`: a paragraph begins with the words.
    Split,
    /// `as: verse`: what the words are.
    As(Shape),
}

/// What the words of an `as:` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Running text.
    Paragraph,
    /// A quotation that is set apart.
    Quotation,
    /// Lines that are meant.
    Verse,
}

/// A fix at its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The words in the source.
    pub span: Span,
    /// What is to be done there.
    pub action: Action,
    used: Cell<bool>,
    origin: Box<Diagnostic>,
}

impl Placed {
    /// True if a place of the source lies within the words or at their edge.
    pub fn touches(&self, at: usize) -> bool {
        self.span.start as usize <= at && at <= self.span.end as usize
    }

    /// Says that the fix made a difference.
    pub fn mark_used(&self) {
        self.used.set(true);
    }
}

/// The fixes of a document at their places.
#[derive(Clone, Debug, Default)]
pub struct Fixes {
    placed: Vec<Placed>,
}

impl Fixes {
    /// No fixes.
    pub fn none() -> Fixes {
        Fixes::default()
    }

    /// Finds the places of fixes. What cannot be placed is reported.
    pub fn place(source: &Source, fixes: &[Fix], diagnostics: &mut Vec<Diagnostic>) -> Fixes {
        if fixes.is_empty() {
            return Fixes::none();
        }
        let folded = Folded::of(source);
        let mut placed = Vec::with_capacity(fixes.len());
        for fix in fixes {
            match folded.only(source, &fix.quote, fix.occurrence) {
                Ok(span) => placed.push(Placed {
                    span,
                    action: fix.action.clone(),
                    used: Cell::new(false),
                    origin: fix.origin.clone(),
                }),
                Err(message) => {
                    let hint = match &message {
                        quote::Misfit::Nowhere => {
                            said!("quote words as the source has them, or take the fix away")
                        }
                        quote::Misfit::TooOften(_) => {
                            said!("quote more of the words around the place, or add `occurrence: 1`, `2`, …")
                        }
                    };
                    diagnostics.push(told(&fix.origin, Code::FixMisfit, message.said()).hint(hint));
                }
            }
        }
        Fixes { placed }
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Placed> {
        self.placed.iter()
    }

    /// True if the place is to stay as it is printed.
    pub fn keep(&self, at: usize) -> bool {
        self.use_any(|p| p.action == Action::Keep && p.touches(at))
    }

    /// True if some of the words of a stretch are to be kept.
    pub fn keep_within(&self, span: Span) -> bool {
        self.use_any(|p| p.action == Action::Keep && p.span.start < span.end && span.start < p.span.end)
    }

    fn use_any(&self, fits: impl Fn(&Placed) -> bool) -> bool {
        let mut any = false;
        for placed in self.placed.iter().filter(|p| fits(p)) {
            placed.mark_used();
            any = true;
        }
        any
    }

    /// Reports the fixes that made no difference.
    pub fn report_unused(&self, diagnostics: &mut Vec<Diagnostic>) {
        for placed in self.placed.iter().filter(|p| !p.used.get()) {
            let message = match &placed.action {
                Action::Marker(Some(label)) => said!("there is no note `{}` for this marker", label),
                Action::Keep => said!("nothing was left out, joined or moved at these words"),
                _ => said!("this fix changes nothing at these words"),
            };
            let hint = said!("take the fix away if the program reads the text rightly now");
            diagnostics.push(told(&placed.origin, Code::FixUnused, message).hint(hint));
        }
    }
}

fn told(origin: &Diagnostic, code: Code, message: Said) -> Diagnostic {
    Diagnostic { code, message, ..origin.clone() }
}
