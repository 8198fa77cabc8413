//! Places in the text of a document, as what was concluded of it refers to them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::NoteId;

/// What is read in one go: the body, or one note. Its text is the [`block_text`](super::block_text) of its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stretch {
    /// The document's body.
    Body,
    /// A note.
    Note(NoteId),
}

/// A place in a document's text.
///
/// It says nothing of blocks and markup, so a name or a citation may begin inside an emphasis and end behind it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The stretch it lies in.
    pub stretch: Stretch,
    /// Bytes of the stretch's text.
    pub range: Range<usize>,
}

impl Passage {
    /// A place in the body.
    pub fn in_body(range: Range<usize>) -> Passage {
        Passage { stretch: Stretch::Body, range }
    }

    /// A place in a note.
    pub fn in_note(note: NoteId, range: Range<usize>) -> Passage {
        Passage { stretch: Stretch::Note(note), range }
    }

    /// The order in the text: the body before the notes, an outer passage before those inside it.
    pub fn order(&self) -> (Stretch, usize, std::cmp::Reverse<usize>) {
        (self.stretch, self.range.start, std::cmp::Reverse(self.range.end))
    }
}
