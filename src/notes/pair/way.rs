//! The ways of writing that are tried: which signs of markers go with which of notes' heads.
//!
//! Trust and needs were picked on practice documents of every convention, watching precision first.

use crate::notes::{Sign, head, marker};

/// A way of writing: the signs of markers and the signs of notes' heads that go with them.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Signs of the markers.
    pub markers: &'static [Sign],
    /// Signs of the notes' heads.
    pub heads: &'static [Sign],
    /// How far it can be trusted against others that explain as much: explanations by signs that are
    /// seldom anything else count for more.
    pub(super) trust: f32,
    /// What its pairs must weigh together.
    pub(super) needs: f32,
}

impl Way {
    /// True for a marker that is written so.
    pub fn marks(&self, marker: &marker::Candidate) -> bool {
        self.markers.contains(&marker.sign)
    }

    /// True for a note's head that is written so.
    pub fn heads(&self, head: &head::Candidate) -> bool {
        self.heads.contains(&head.sign)
    }
}

/// A mixture of signs is preferred by this factor where it explains a quarter more than any single sign.
pub(super) const MIXED: f32 = 1.8;

/// All ways of writing that are tried; the mixtures last.
pub(super) const WAYS: &[Way] = {
    use Sign::*;
    const fn way(markers: &'static [Sign], heads: &'static [Sign], trust: f32, needs: f32) -> Way {
        Way { markers, heads, trust, needs }
    }
    &[
        way(&[Raised], &[Raised], 2.0, 1.5),
        way(&[Raised], &[Worded], 2.0, 1.5),
        way(&[Raised], &[Bracket], 1.6, 1.5),
        way(&[Raised], &[Dotted], 1.6, 3.0),
        way(&[Raised], &[Bare], 1.6, 3.0),
        way(&[Raised], &[Paren], 1.4, 3.0),
        way(&[Raised], &[Symbol], 1.4, 3.0),
        way(&[Bracket], &[Bracket], 2.0, 1.5),
        way(&[Bracket], &[Worded], 2.0, 1.5),
        way(&[Bracket], &[Dotted], 1.4, 3.0),
        way(&[Bracket], &[Raised], 1.4, 3.0),
        way(&[Bracket], &[Bare], 1.2, 3.0),
        way(&[Bracket], &[Paren], 1.0, 4.5),
        way(&[Paren], &[Paren], 1.4, 6.0),
        way(&[Paren], &[Worded], 1.6, 2.5),
        way(&[Paren], &[Bracket], 1.4, 4.5),
        way(&[Paren], &[Raised], 1.2, 4.5),
        way(&[Paren], &[Dotted], 1.0, 6.0),
        way(&[Worded], &[Worded], 1.6, 2.5),
        way(&[Symbol], &[Symbol], 1.4, 2.5),
        way(&[Bare], &[Bare], 1.0, 3.6),
        way(&[Bare], &[Raised], 1.0, 3.6),
        way(&[Bare], &[Worded], 1.0, 3.6),
        way(&[Bare], &[Bracket], 0.9, 3.6),
        way(&[Bare], &[Dotted], 0.8, 6.0),
        // Extraction may keep only some of the raised figures raised.
        way(&[Raised, Bare], &[Raised], 1.2, 4.5),
        way(&[Raised, Bare], &[Raised, Bare], 0.9, 4.5),
        way(&[Raised, Bare], &[Dotted], 0.8, 6.0),
    ]
};
