//! A document and what was found in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Block, Inline, Stretch, block_text};
use crate::said::Said;
use crate::source::Span;

/// The form a text was saved in; it decides how its lines are read. Recognised from evidence (see
/// `recognise`), or said by its owner with `form:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Markdown written as such.
    Markdown,
    /// Plain text, nothing known of its origin. Also the form of what was not recognised.
    Plain,
    /// Text taken from a PDF: hard-wrapped lines, page-bottom notes, false paragraph breaks.
    PdfText,
    /// Markdown made by OCR of pages: raised markers, notes under rules at page bottoms.
    OcrMarkdown,
    /// A web page clipped as text: a line a paragraph, digits glued to words, site chrome.
    Clipped,
    /// Text with superscript digits and a list of notes.
    Superscript,
    /// A thread of posts.
    Thread,
    /// A page in HTML, read as Markdown (`hypertext`).
    Html,
    /// CommonMark that `postil restore` printed: nothing is looked for in it that is not written as Markdown.
    Restored,
}

impl Form {
    /// The name used in front matter, `archive.json` and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Form::Markdown => "markdown",
            Form::Plain => "plain",
            Form::PdfText => "pdf-text",
            Form::OcrMarkdown => "ocr-markdown",
            Form::Clipped => "clipped",
            Form::Superscript => "superscript",
            Form::Thread => "thread",
            Form::Html => "html",
            Form::Restored => "restored",
        }
    }

    /// True if the text says by signs or elements what its parts are, and nothing of that needs to be guessed.
    pub fn is_marked_up(self) -> bool {
        matches!(self, Form::Markdown | Form::Html | Form::Restored)
    }

    /// True if the text is to be read as Markdown.
    pub fn is_markdown(self) -> bool {
        matches!(self, Form::Markdown | Form::OcrMarkdown | Form::Html | Form::Restored)
    }
}

/// Index of a [`Marker`] in [`Document::markers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MarkerId(pub u32);

/// Index of a [`Note`] in [`Document::notes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteId(pub u32);

/// A sign in the text that points to a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marker {
    /// The label, without brackets (`1`, `*`, `smith`).
    pub label: String,
    /// The label with whatever the source has around it that readers see (`[1]`, `(1)`, `1`).
    pub shown: String,
    /// Where the whole sign stands in the source (`<sup>1</sup>`, `[1]`).
    pub span: Span,
    /// The note it belongs to; `None` where the source has no such note.
    pub note: Option<NoteId>,
    /// Why it was taken for what it is, for `explain`.
    pub evidence: String,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The label, without brackets.
    pub label: String,
    /// The label as the source shows it at the head of the note (`1.`, `[1]`); empty if it has none.
    pub shown: String,
    /// The part of the document that the label counts in, from 1.
    pub part: u32,
    /// Where the note begins and (its first piece) ends in the source.
    pub span: Span,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A change that restoring made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// What kind of change.
    pub kind: RepairKind,
    /// Where.
    pub span: Span,
    /// Line of the source, from 1.
    pub line: u32,
    /// What was done.
    pub detail: Said,
    /// How it is printed; empty where that cannot be shown in a line.
    pub before: String,
    /// What was made of it.
    pub after: String,
    /// The place of the source that a fix which undoes it has to touch.
    pub at: u32,
}

/// The kinds of repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// Pages put into reading order.
    PageOrder,
    /// Two columns that stood side by side put one below the other.
    Columns,
    /// Lines or paragraphs joined.
    Joined,
    /// A hyphen at a line end closed.
    Hyphen,
    /// A marker put back where it belongs.
    Marker,
    /// A heading recognised in a plain line.
    Heading,
    /// A quotation recognised in paragraphs without a sign.
    Quotation,
    /// A caption, a post's head, a date or an imprint recognised in a paragraph.
    Aside,
}

/// Words of the source that the page leaves out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Omission {
    /// The words, verbatim.
    pub text: String,
    /// Why.
    pub reason: OmissionReason,
    /// Where.
    pub span: Span,
    /// Line of the source, from 1.
    pub line: u32,
}

/// Why words are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OmissionReason {
    /// Navigation, newsletters, lists of other articles around a clipped page.
    SiteChrome,
    /// A running head or foot.
    RunningHead,
    /// A printed page number.
    PageNumber,
    /// The label of a note that stood apart from it; the note is shown with its number.
    NoteLabel,
    /// The heading of a list of notes that now stands at the end of the page.
    NotesHeading,
    /// A link from a note back to its marker; the page has its own.
    WayBack,
    /// Markup that may not run in a reader's browser.
    UnsafeMarkup,
    /// The owner of the document said so.
    ByOwner,
    /// The page that the text was read out of hides it.
    Hidden,
}

/// What a document says of itself, given or found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Title; never empty (the first sentence, or the file's name, where there is none).
    pub title: String,
    /// Authors in order.
    pub authors: Vec<String>,
    /// ISO 8601 with the precision it has: `2018`, `2018-11`, `2018-11-03`.
    pub date: Option<String>,
    /// What its owner wrote for a date that is none of a calendar: `about 1450`.
    pub date_words: Option<String>,
    /// Address it was found at.
    pub source: Option<String>,
    /// BCP 47 primary language tag.
    pub lang: Option<String>,
    /// Tags, given ones first.
    pub tags: Vec<Tag>,
    /// One or two sentences for lists.
    pub summary: Option<String>,
    /// Collection (folder or `collection:`).
    pub collection: Option<String>,
    /// Rights statement.
    pub rights: Option<String>,
    /// Keys the program does not know, for templates.
    #[serde(with = "crate::stored::json")]
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// A subject of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    /// As shown.
    pub name: String,
    /// True if the program derived it from the archive.
    pub derived: bool,
}

/// A document, read and restored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Its form.
    pub form: Form,
    /// What it says of itself.
    pub meta: Meta,
    /// The text.
    pub body: Vec<Block>,
    /// Markers in reading order; [`MarkerId`] indexes them.
    pub markers: Vec<Marker>,
    /// Notes in the order they are listed; [`NoteId`] indexes them.
    pub notes: Vec<Note>,
    /// The source's own heading of the list of notes, where it has one.
    pub notes_heading: Option<Vec<Inline>>,
    /// What restoring changed, in source order.
    pub repairs: Vec<Repair>,
    /// What the page leaves out, in source order.
    pub omissions: Vec<Omission>,
    /// Number of words (runs of letters and digits) shown.
    pub words: usize,
}

impl Document {
    /// The text of a stretch: what [`Passage`](super::Passage)s point into. Empty for a note that is not there.
    pub fn text(&self, stretch: Stretch) -> String {
        match stretch {
            Stretch::Body => block_text(&self.body),
            Stretch::Note(id) => {
                self.notes.get(id.0 as usize).map_or(String::new(), |note| block_text(&note.blocks))
            }
        }
    }

    /// Its stretches in the order in which they are shown.
    pub fn stretches(&self) -> impl Iterator<Item = Stretch> {
        let notes = (0..self.notes.len() as u32).map(|i| Stretch::Note(NoteId(i)));
        std::iter::once(Stretch::Body).chain(notes)
    }
}
