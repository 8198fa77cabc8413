//! What could be a marker or a note's head, before any is taken for one.

use super::{Label, Sign};
use crate::source::Span;

/// A sign or a line, with what only its kind has as `traits`.
#[derive(Clone, Debug)]
pub struct Candidate<T> {
    /// Of a marker the whole sign; of a head, from the label's first byte to where the text begins.
    pub span: Span,
    /// Its label.
    pub label: Label,
    /// What readers see of it.
    pub shown: String,
    /// How it is written.
    pub sign: Sign,
    /// How much it looks like what it could be, 0 to 3.
    pub weight: f32,
    /// Its line in the layout.
    pub line: usize,
    /// The rest.
    pub traits: T,
}

impl<T: Default> Candidate<T> {
    /// One with nothing special about it.
    pub fn new(span: Span, label: &str, shown: String, sign: Sign, weight: f32, line: usize) -> Self {
        Candidate { span, label: Label::new(label), shown, sign, weight, line, traits: T::default() }
    }
}
