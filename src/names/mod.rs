//! The people, organisations, places, titles and subjects that the archive talks of: an index as a book has it.
//!
//! No model is consulted: what a name is shows in how the document itself writes its words.
//!
//! 1. [`token`]: text → words with what a reader sees of each, and sentences
//! 2. [`scan()`]: one document → a [`Record`] of candidates, all that others need of it, and their sentences; pure
//! 3. [`merge()`]: the records of all documents, as a [`Corpus`], → an [`Index`] in which the variants of a name are one entry
//! 4. [`owner`]: `names.yaml`, in which the archive's owner corrects the index
//!
//! [`vocabulary`] holds the words that are no names, and the given names, titles and kinds that show what one is.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::digest;
use crate::model::{Passage, Stretch};

mod corpus;
pub mod merge;
pub mod owner;
mod people;
mod person;
pub mod scan;
mod spellings;
pub mod token;
mod variant;
mod vocabulary;

pub use corpus::Corpus;
pub use merge::{Index, Name, merge};
pub use owner::Owner;
pub use scan::scan;
pub use vocabulary::given as is_given_name;

/// What a name is a name of. Where two readings compete, the later one has the better evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something that has a name.
    #[default]
    Subject,
    /// A teaching or movement.
    Doctrine,
    /// A place.
    Place,
    /// An event or period.
    Event,
    /// An organisation.
    Organisation,
    /// A book, a paper, a film.
    Title,
    /// A person.
    Person,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [
        Kind::Subject,
        Kind::Doctrine,
        Kind::Place,
        Kind::Event,
        Kind::Organisation,
        Kind::Title,
        Kind::Person,
    ];

    /// Its name in `names.yaml` and `archive.json`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Subject => "subject",
            Kind::Doctrine => "doctrine",
            Kind::Place => "place",
            Kind::Event => "event",
            Kind::Organisation => "organisation",
            Kind::Title => "title",
            Kind::Person => "person",
        }
    }
}

/// What the archive needs to know of one document's names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// By form.
    pub names: Vec<Candidate>,
}

impl Record {
    /// The digest of all that an archive's index says of these names. Where they stand is nothing to it, but in which
    /// order they do.
    pub fn digest(&self) -> String {
        let order = self.order();
        let mentions = |c: &Candidate| c.mentions.iter().map(|m| order.rank(m)).collect::<Vec<_>>();
        let said: Vec<_> =
            self.names.iter().map(|c| (&c.form, c.kind, c.person, &c.expansion, mentions(c))).collect();
        // Texts can always be written.
        digest::of_data("names", &said).unwrap_or_default()
    }

    /// The order of the mentions.
    fn order(&self) -> Order {
        let mentions = self.names.iter().flat_map(|c| &c.mentions);
        let mut all: Vec<_> = mentions.map(|m| m.passage.order()).collect();
        all.sort_unstable();
        all.dedup();
        Order(all)
    }
}

/// The order of a document's mentions in its text.
struct Order(Vec<(Stretch, usize, Reverse<usize>)>);

impl Order {
    /// How many places with mentions come before that of one.
    fn rank(&self, mention: &Mention) -> u32 {
        self.0.binary_search(&mention.passage.order()).unwrap_or_default() as u32
    }
}

/// What was found in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The names.
    pub record: Record,
    /// The sentences that hold them, each once.
    pub sentences: Vec<Sentence>,
}

/// A form of a name, as one document writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// As written, without possessive and honours.
    pub form: String,
    /// The best guess.
    pub kind: Kind,
    /// True if a given name, initials or an honour show that it is a person's.
    pub person: bool,
    /// Where.
    pub mentions: Vec<Mention>,
    /// The form it is short for.
    pub expansion: Option<String>,
}

/// A name at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The name's words.
    pub passage: Passage,
    /// Index of its sentence in [`Found::sentences`].
    pub sentence: u32,
}

/// A sentence that holds a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where.
    pub passage: Passage,
    /// Its words, shortened if it is long.
    pub text: String,
}
