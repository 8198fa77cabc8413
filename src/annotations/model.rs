//! An annotation, whatever it was read from.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A mark at a passage, or a remark on a whole document, or an answer to another annotation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Its name among all annotations of all archives.
    pub id: String,
    /// What it is about.
    pub target: Target,
    /// The words that were marked.
    pub quote: Option<Quote>,
    /// Where they stood: characters of the text of the body and of the notes behind it.
    pub position: Option<Range<usize>>,
    /// The colour of the mark.
    pub colour: Colour,
    /// What was written beside it, in Markdown.
    pub note: String,
    /// Its subjects.
    pub tags: Vec<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// When it was made, as written.
    pub created: Option<String>,
    /// When it was changed last, as written.
    pub modified: Option<String>,
    /// True if it was taken back: what is left is that there was one.
    pub deleted: bool,
    /// Every member as it was read, those that mean nothing here among them: what is written again.
    #[serde(with = "crate::stored::json")]
    pub raw: Map<String, Value>,
}

/// What an annotation is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// A document's path or address, or the id of the annotation that is answered.
    pub source: String,
    /// The fingerprint of the source that was read ([`Source`](crate::source::Source) text, by `hash::hex`).
    pub fingerprint: Option<String>,
    /// The document's title, where it is all that is known of it.
    pub title: Option<String>,
}

/// Words with what stands around them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words themselves.
    pub exact: String,
    /// What stood before them.
    pub prefix: String,
    /// What stood behind them.
    pub suffix: String,
}

/// The colours a passage can be marked in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Colour {
    /// The usual one.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Red.
    Red,
}

impl Colour {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Colour; 4] = [Colour::Yellow, Colour::Green, Colour::Blue, Colour::Red];

    /// Its name in files and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Colour::Yellow => "yellow",
            Colour::Green => "green",
            Colour::Blue => "blue",
            Colour::Red => "red",
        }
    }

    /// The colour of a name; the nearest of the four for the names that other programs use.
    pub fn named(name: &str) -> Option<Colour> {
        match name.trim().to_lowercase().as_str() {
            "yellow" | "orange" => Some(Colour::Yellow),
            "green" => Some(Colour::Green),
            "blue" | "purple" => Some(Colour::Blue),
            "red" | "pink" | "magenta" => Some(Colour::Red),
            _ => None,
        }
    }
}

impl Annotation {
    /// When it was changed last or, if never, made.
    pub fn date(&self) -> Option<&str> {
        self.modified.as_deref().or(self.created.as_deref())
    }

    /// What its place on a page is called: letters and digits made from its id.
    pub fn key(&self) -> String {
        key(&self.id)
    }

    /// All that it says, member by member. The context says only how the members are to be read.
    pub fn members(&self) -> String {
        let mut raw = self.raw.clone();
        raw.remove("@context");
        Value::Object(raw).to_string()
    }

    /// True if it says the same.
    pub fn says_the_same(&self, other: &Annotation) -> bool {
        self.members() == other.members()
    }
}

/// What the place of the annotation with this id is called on a page.
pub fn key(id: &str) -> String {
    crate::hash::hex(id.as_bytes())[..12].to_owned()
}
