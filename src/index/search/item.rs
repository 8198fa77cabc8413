//! What can be found: texts, and whatever else has a page of its own.

use serde::{Deserialize, Serialize};

/// What something is, where it is and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it is.
    pub kind: Kind,
    /// Its page, from the root of the site.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// ISO 8601, with the precision it has.
    pub date: Option<String>,
    /// The language of its words.
    pub lang: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// Something with an address that a query can lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub card: Card,
    /// Its headings, paragraphs and notes, each sort in the order of the page.
    pub blocks: Vec<Block>,
}

/// The kinds of item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A document.
    #[default]
    Text,
    /// A work that documents cite.
    Work,
    /// A name or subject.
    Name,
    /// What readers wrote into a document. Its title is the document's, and is not looked into a second time.
    Annotation,
}

impl Kind {
    /// The number it goes by in the index.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// A stretch of words with one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub part: Part,
    /// Its words.
    pub text: String,
    /// Its id on the page; empty where it has none.
    pub id: String,
}

/// The parts of an item, in the order in which the index has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A heading.
    Heading,
    /// A piece of the text.
    Body,
    /// A note, or a piece of one.
    Note,
}
