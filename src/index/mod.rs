//! What only the archive knows, made of small records of its documents.
//!
//! 1. [`Record`]: all that other documents need of one, so that a change to one document costs one parse
//!    and a merge of records
//! 2. [`tags`]: subjects for the documents whose owner gave none
//! 3. [`search`]: where every word stands
//! 4. [`works`]: what is cited, and where
//! 5. [`related`]: documents that share works, names and tags

mod general;
pub mod related;
pub mod search;
pub mod stem;
pub mod tags;
pub mod works;

pub use tags::{Term, Terms};

/// What the archive needs to know of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its address inside the archive.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its authors, in order.
    pub authors: Vec<String>,
    /// ISO 8601 with the precision it has.
    pub date: Option<String>,
    /// BCP 47 primary language tag.
    pub lang: Option<String>,
    /// Words shown.
    pub words: usize,
    /// Tags that its owner gave.
    pub given: Vec<String>,
    /// What it speaks of (see [`tags::terms`]).
    pub terms: Terms,
}
