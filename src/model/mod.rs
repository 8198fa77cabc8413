//! The nouns: what a document is, once it has been read.
//!
//! A [`Document`] says what the source says. It is a tree of [`Block`]s and [`Inline`]s, and beside it,
//! in arenas, the [`Marker`]s and [`Note`]s that were found in it; the tree refers to a marker by its
//! [`MarkerId`]. Every piece carries the [`Span`](crate::source::Span) of the source it came from.
//!
//! What is *concluded* from a document is kept apart from it and refers to its text by [`Passage`]s.

mod block;
mod document;
mod flow;
mod marked;
mod passage;
mod pieces;

pub use block::{Align, Block, BlockKind, HtmlPart, Inline, InlineKind, Item, Role, block_text, plain_text};
pub use document::{
    Document, Form, Marker, MarkerId, Meta, Note, NoteId, Omission, OmissionReason, Repair, RepairKind, Tag,
};
pub use flow::{Flow, MARK, Piece};
pub use marked::{Marked, marked};
pub use passage::{Passage, Stretch};
pub use pieces::pieces;
