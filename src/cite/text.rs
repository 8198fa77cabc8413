//! The text of a document's stretches, with what typography says of it: emphasis, blocks, lists of works, markers.

use std::ops::Range;

use crate::layout::works;
use crate::model::{Block, BlockKind, HtmlPart, Inline, InlineKind, MarkerId, Stretch};

/// The text of a stretch: the [`block_text`](crate::model::block_text) of its blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The words.
    pub text: String,
    /// Stretches of emphasis, ascending.
    pub emphasis: Vec<Range<usize>>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Where markers stand, ascending.
    pub markers: Vec<(usize, MarkerId)>,
}

/// A line of the text: a block, or a piece of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes, without the line end.
    pub range: Range<usize>,
    /// What kind.
    pub kind: LineKind,
}

/// Kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Text to be read.
    Prose,
    /// An entry of a list of works.
    Entry,
    /// A heading, code: nothing to look for.
    Other,
}

/// The text of the body or of a note.
pub fn of(blocks: &[Block], stretch: Stretch) -> Text {
    let mut walk = Walk { out: Text::default(), listed: None, body: stretch == Stretch::Body };
    walk.blocks(blocks);
    walk.out
}

struct Walk {
    out: Text,
    /// The level of the heading that a list of works stands under.
    listed: Option<u8>,
    body: bool,
}

impl Walk {
    fn line(&mut self, inlines: &[Inline], kind: LineKind) {
        let start = self.out.text.len();
        self.inlines(inlines, false);
        self.end(start, kind);
    }

    fn end(&mut self, start: usize, kind: LineKind) {
        self.out.lines.push(Line { range: start..self.out.text.len(), kind });
        self.out.text.push('\n');
    }

    fn kind(&self) -> LineKind {
        if self.listed.is_some() && self.body { LineKind::Entry } else { LineKind::Prose }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, content } => {
                    let start = self.out.text.len();
                    self.line(content, LineKind::Other);
                    let heads = works::heads(&self.out.text[start..]);
                    if heads {
                        self.listed = Some(*level);
                    } else if self.listed.is_some_and(|l| *level <= l) {
                        self.listed = None;
                    }
                }
                BlockKind::Paragraph(c) => {
                    let start = self.out.text.len();
                    let kind = self.kind();
                    self.line(c, kind);
                    // A heading that was not recognised as one.
                    if works::heads(&self.out.text[start..]) {
                        self.listed = Some(6);
                    }
                }
                BlockKind::Preformatted(c) | BlockKind::Aside(_, c) => {
                    let kind = self.kind();
                    self.line(c, kind);
                }
                BlockKind::Quote(blocks) => self.blocks(blocks),
                BlockKind::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks)),
                BlockKind::Code { text, .. } => {
                    let start = self.out.text.len();
                    self.out.text.push_str(text);
                    self.end(start, LineKind::Other);
                }
                BlockKind::Verse(lines) => lines.iter().for_each(|l| self.line(l, LineKind::Other)),
                BlockKind::Table { head, rows, .. } => {
                    std::iter::once(head)
                        .chain(rows)
                        .flatten()
                        .for_each(|cell| self.line(cell, LineKind::Other));
                }
                BlockKind::Rule => {}
                BlockKind::Html(parts) => self.html(parts),
            }
        }
    }

    fn html(&mut self, parts: &[HtmlPart]) {
        let start = self.out.text.len();
        for part in parts {
            match part {
                HtmlPart::Text(t) => self.out.text.push_str(t),
                HtmlPart::Open { .. } | HtmlPart::Close(_) => self.out.text.push(' '),
                HtmlPart::Marker(id) => self.out.markers.push((self.out.text.len(), *id)),
            }
        }
        self.end(start, LineKind::Other);
    }

    fn inlines(&mut self, inlines: &[Inline], emphasised: bool) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(t) | InlineKind::Code(t) => self.out.text.push_str(t),
                InlineKind::Image { alt, .. } => self.out.text.push_str(alt),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.out.text.push(' '),
                InlineKind::Marker(id) => self.out.markers.push((self.out.text.len(), *id)),
                InlineKind::Anchor(_) => {}
                InlineKind::Emphasis(c) | InlineKind::Element("cite", c) if !emphasised => {
                    let start = self.out.text.len();
                    self.inlines(c, true);
                    self.emphasise(start);
                }
                other => self.inlines(other.content().unwrap_or_default(), emphasised),
            }
        }
    }

    /// Two pieces that only a space or a line end parts are one.
    fn emphasise(&mut self, start: usize) {
        let end = self.out.text.len();
        let gap = |last: &Range<usize>| self.out.text[last.end..start].trim().is_empty() && last.end <= start;
        match self
            .out
            .emphasis
            .last()
            .filter(|last| gap(last) && !self.out.text[last.end..start].contains('\n'))
        {
            Some(_) => {
                if let Some(last) = self.out.emphasis.last_mut() {
                    last.end = end;
                }
            }
            None if start < end => self.out.emphasis.push(start..end),
            None => {}
        }
    }
}
