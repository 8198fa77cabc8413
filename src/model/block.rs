//! Blocks and inlines: the tree of a document's text.

use serde::{Deserialize, Serialize};

use crate::model::MarkerId;
use crate::source::Span;
use crate::stored;

/// The name of an element or attribute: one of those that are allowed.
type Name = &'static str;

/// A block with its place in the source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in the source.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 is the outermost.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A paragraph that stands beside the running text, and what it is there.
    Aside(Role, Vec<Inline>),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// The first number of an ordered one.
        start: Option<u64>,
        /// True if its items are no paragraphs.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// A code block, verbatim. Markers are never looked for in it.
    Code {
        /// What its fence says it is.
        language: Option<String>,
        /// Its lines.
        text: String,
    },
    /// Lines whose breaks and spaces are meant (a table or listing in plain text, an address).
    Preformatted(Vec<Inline>),
    /// Verse: lines kept as lines, set as text.
    Verse(Vec<Vec<Inline>>),
    /// A table. Every row has as many cells as `align`.
    Table {
        /// How each column is aligned.
        align: Vec<Align>,
        /// The cells of the head.
        head: Vec<Vec<Inline>>,
        /// The rows of cells below it.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A thematic break.
    Rule,
    /// Raw HTML, sanitised and taken apart (`parse::html`): elements, attributes and nesting are all allowed by
    /// name, and every opened element is closed.
    Html(Vec<HtmlPart>),
}

/// What a paragraph is that stands beside the running text. Its words are the source's; only what they are is said here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What stands below a picture: its caption, or who made it.
    Caption,
    /// Who wrote the post below, and when.
    PostHead,
    /// What a site shows in the place of a post that is gone.
    Deleted,
    /// Where a text was found or first appeared, and what may be done with it.
    Imprint,
    /// The date of a piece, as ISO 8601.
    Date(String),
}

impl Role {
    /// The name used for styles, and in a print; a date's is followed by the date.
    pub fn name(&self) -> &'static str {
        match self {
            Role::Caption => "caption",
            Role::PostHead => "post-head",
            Role::Deleted => "deleted",
            Role::Imprint => "imprint",
            Role::Date(_) => "date",
        }
    }
}

/// A piece of sanitised HTML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HtmlPart {
    /// The start of an element. Void elements (`br`, `hr`, `img`, `wbr`, `col`) have no end.
    Open {
        /// The element.
        #[serde(with = "stored::word")]
        name: Name,
        /// Its attributes with their values, decoded.
        #[serde(with = "stored::pairs")]
        attributes: Vec<(Name, String)>,
    },
    /// The end of an element.
    Close(#[serde(with = "stored::word")] Name),
    /// Text, entities decoded.
    Text(String),
    /// A note's marker.
    Marker(MarkerId),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// `Some(done)` for a task-list item.
    pub task: Option<bool>,
    /// The number the source gives it, where that is not one more than the number before.
    pub number: Option<u64>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// Alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// As the text runs.
    None,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// A piece of running text with its place in the source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// Where it stands in the source.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum InlineKind {
    /// Text, as it is to be read (entities and escapes decoded).
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck through.
    Strike(Vec<Inline>),
    /// Raised text that is no marker (`10<sup>th</sup>`).
    Superscript(Vec<Inline>),
    /// Lowered text.
    Subscript(Vec<Inline>),
    /// An allowed HTML element without a meaning of its own here (`kbd`, `mark`, `cite`, …): its name.
    Element(#[serde(with = "stored::word")] Name, Vec<Inline>),
    /// A code span.
    Code(String),
    /// A link.
    Link {
        /// Where it leads. It has been checked: an allowed scheme, or relative.
        href: String,
        /// What is shown when the pointer rests on it.
        title: String,
        /// What is shown of it.
        content: Vec<Inline>,
    },
    /// An image.
    Image {
        /// Its address, checked.
        src: String,
        /// What is shown when the pointer rests on it.
        title: String,
        /// The text that stands for it.
        alt: String,
    },
    /// A place that a link of the same document leads to.
    Anchor(String),
    /// A note's marker.
    Marker(MarkerId),
    /// A line end of the source that is only a space.
    SoftBreak,
    /// A line end that is meant.
    HardBreak,
}

impl InlineKind {
    /// The inlines inside, if this kind holds any.
    pub fn content(&self) -> Option<&[Inline]> {
        match self {
            InlineKind::Emphasis(c)
            | InlineKind::Strong(c)
            | InlineKind::Strike(c)
            | InlineKind::Superscript(c)
            | InlineKind::Subscript(c)
            | InlineKind::Element(_, c)
            | InlineKind::Link { content: c, .. } => Some(c),
            _ => None,
        }
    }

    /// As [`content`](Self::content), to change it.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            InlineKind::Emphasis(c)
            | InlineKind::Strong(c)
            | InlineKind::Strike(c)
            | InlineKind::Superscript(c)
            | InlineKind::Subscript(c)
            | InlineKind::Element(_, c)
            | InlineKind::Link { content: c, .. } => Some(c),
            _ => None,
        }
    }
}

/// The words of blocks as plain text, a line a block. [`Passage`](crate::model::Passage)s are bytes of it, and
/// `render::html` counts along as it writes: what changes here changes there.
pub fn block_text(blocks: &[Block]) -> String {
    fn line(inlines: &[Inline], out: &mut String) {
        out.push_str(&plain_text(inlines));
        out.push('\n');
    }
    fn go(blocks: &[Block], out: &mut String) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content: c, .. }
                | BlockKind::Paragraph(c)
                | BlockKind::Aside(_, c)
                | BlockKind::Preformatted(c) => {
                    line(c, out);
                }
                BlockKind::Quote(blocks) => go(blocks, out),
                BlockKind::List { items, .. } => items.iter().for_each(|i| go(&i.blocks, out)),
                BlockKind::Code { text, .. } => {
                    out.push_str(text);
                    out.push('\n');
                }
                BlockKind::Verse(lines) => lines.iter().for_each(|l| line(l, out)),
                BlockKind::Table { head, rows, .. } => {
                    std::iter::once(head).chain(rows).flatten().for_each(|cell| line(cell, out));
                }
                BlockKind::Rule => {}
                BlockKind::Html(parts) => {
                    for part in parts {
                        match part {
                            HtmlPart::Text(t) => out.push_str(t),
                            HtmlPart::Open { .. } | HtmlPart::Close(_) => out.push(' '),
                            HtmlPart::Marker(_) => {}
                        }
                    }
                    out.push('\n');
                }
            }
        }
    }
    let mut out = String::new();
    go(blocks, &mut out);
    out
}

/// The words of inlines as plain text: no markup, no markers, line breaks as spaces.
pub fn plain_text(inlines: &[Inline]) -> String {
    fn go(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(t) | InlineKind::Code(t) => out.push_str(t),
                InlineKind::Image { alt, .. } => out.push_str(alt),
                InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
                InlineKind::Anchor(_) | InlineKind::Marker(_) => {}
                other => go(other.content().unwrap_or_default(), out),
            }
        }
    }
    let mut out = String::new();
    go(inlines, &mut out);
    out
}
