//! A document's stretches as text, with what the markup says of their parts.

use std::ops::Range;

use super::{Block, BlockKind, Document, HtmlPart, Inline, InlineKind, NoteId, Stretch};

/// One stretch: its [`block_text`](super::block_text), and where in it something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Its words.
    pub text: String,
    /// What is emphasised (a book's title, mostly).
    pub emphasis: Vec<Range<usize>>,
    /// The headings.
    pub headings: Vec<Range<usize>>,
    /// Code and listings, which say nothing.
    pub code: Vec<Range<usize>>,
    /// The block quotations, an inner one before that which holds it.
    pub quotes: Vec<Range<usize>>,
    /// Links, with their addresses as the source writes them.
    pub links: Vec<(Range<usize>, String)>,
}

/// The stretches of a document, the body first.
pub fn marked(document: &Document) -> Vec<(Stretch, Marked)> {
    let notes = document.notes.iter().enumerate();
    let notes = notes.map(|(i, note)| (Stretch::Note(NoteId(i as u32)), Marked::of(&note.blocks)));
    std::iter::once((Stretch::Body, Marked::of(&document.body))).chain(notes).collect()
}

impl Marked {
    /// Reads blocks, as `block_text` does.
    pub fn of(blocks: &[Block]) -> Marked {
        let mut out = Marked::default();
        out.blocks(blocks);
        out
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let from = self.text.len();
            match &block.kind {
                BlockKind::Heading { content, .. } => {
                    self.line(content);
                    self.headings.push(from..self.text.len() - 1);
                }
                BlockKind::Paragraph(content)
                | BlockKind::Aside(_, content)
                | BlockKind::Preformatted(content) => self.line(content),
                BlockKind::Quote(blocks) => {
                    self.blocks(blocks);
                    self.quotes.push(from..self.text.len());
                }
                BlockKind::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks)),
                BlockKind::Code { text, .. } => {
                    self.text.push_str(text);
                    self.code.push(from..self.text.len());
                    self.text.push('\n');
                }
                BlockKind::Verse(lines) => lines.iter().for_each(|l| self.line(l)),
                BlockKind::Table { head, rows, .. } => {
                    std::iter::once(head).chain(rows).flatten().for_each(|cell| self.line(cell));
                }
                BlockKind::Rule => {}
                BlockKind::Html(parts) => {
                    for part in parts {
                        match part {
                            HtmlPart::Text(t) => self.text.push_str(t),
                            HtmlPart::Open { .. } | HtmlPart::Close(_) => self.text.push(' '),
                            HtmlPart::Marker(_) => {}
                        }
                    }
                    self.text.push('\n');
                }
            }
        }
    }

    fn line(&mut self, inlines: &[Inline]) {
        self.inlines(inlines);
        self.text.push('\n');
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let from = self.text.len();
            match &inline.kind {
                InlineKind::Text(t) => self.text.push_str(t),
                InlineKind::Code(t) => {
                    self.text.push_str(t);
                    self.code.push(from..self.text.len());
                }
                InlineKind::Image { alt, .. } => self.text.push_str(alt),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
                InlineKind::Anchor(_) | InlineKind::Marker(_) => {}
                InlineKind::Emphasis(c) | InlineKind::Element("cite" | "i", c) => {
                    self.inlines(c);
                    self.emphasis.push(from..self.text.len());
                }
                InlineKind::Link { href, content, .. } => {
                    self.inlines(content);
                    self.links.push((from..self.text.len(), href.clone()));
                }
                other => self.inlines(other.content().unwrap_or_default()),
            }
        }
    }
}
