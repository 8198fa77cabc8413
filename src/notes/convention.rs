//! A convention of writing markers and notes that a document was found to keep.

use serde::{Deserialize, Serialize};

use super::Sign;
use crate::strings::Strings;

/// One convention: how it writes markers, how the notes they belong to, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convention {
    /// Markers that were tied by it.
    pub count: usize,
    /// How a marker is written.
    pub markers: Sign,
    /// How a note's label is.
    pub notes: Sign,
}

impl Convention {
    /// In words of a language.
    pub fn said(&self, words: &Strings) -> String {
        let sign = |sign: Sign| {
            words.say(match sign {
                Sign::Raised => "sign-raised",
                Sign::Bracket => "sign-bracket",
                Sign::Paren => "sign-paren",
                Sign::Symbol => "sign-symbol",
                Sign::Bare => "sign-bare",
                Sign::Dotted => "sign-dotted",
                Sign::Worded => "sign-worded",
            })
        };
        let pattern = words.count("convention", self.count);
        pattern.replace("{markers}", sign(self.markers)).replace("{notes}", sign(self.notes))
    }
}
