//! The pages that a text was printed on, as places in it.
//!
//! 1. the numbers: page numbers and running heads that restoring set aside say which page they stood on
//! 2. where each page begins in the file: at its form feed; else at its number where numbers stand at the head of a
//!    page, or behind the number before it where they stand at its foot
//! 3. where that is in the restored text: the first words that come from there

use crate::model::{Block, BlockKind, Document, HtmlPart, Inline, InlineKind, OmissionReason, Passage};
use crate::roman;
use crate::source::{Source, Span};

/// The beginning of a printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedPage {
    /// Its number, as printed.
    pub number: String,
    /// Where its first words stand in the text.
    pub passage: Passage,
    /// Where it begins in the source.
    pub from: u32,
}

/// Words of the body with their place in the source.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    /// Where they come from.
    pub span: Span,
    /// Where they begin in the text of the body.
    pub at: usize,
    /// The block of the body they stand in.
    pub block: usize,
}

/// The printed pages of a document in reading order.
pub fn pages(source: &Source, document: &Document) -> Vec<PrintedPage> {
    let numbers = numbers(document);
    if numbers.is_empty() {
        return Vec::new();
    }
    let in_order = leaves(&document.body);
    let mut by_place = in_order.clone();
    by_place.sort_by_key(|l| (l.span.start, l.at));
    let mut out: Vec<PrintedPage> = Vec::new();
    for (from, to, number) in starts(source, numbers, &by_place) {
        let first = by_place.partition_point(|l| l.span.start < from);
        let Some(leaf) = by_place.get(first).filter(|l| l.span.start < to) else { continue };
        if out.iter().all(|p| p.number != number) {
            out.push(PrintedPage { number, passage: Passage::in_body(leaf.at..leaf.at), from });
        }
    }
    out.sort_by_key(|p| p.passage.range.start);
    out
}

/// The numbers that were set aside, in file order.
fn numbers(document: &Document) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    for omission in &document.omissions {
        let is_number = |w: &&str| w.len() <= 4 && !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
        let is_roman =
            |w: &&str| roman::value(w).is_some_and(|v| v < 400) && w.starts_with(char::is_lowercase);
        let words = || omission.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let number = match omission.reason {
            OmissionReason::PageNumber => words().find(is_number).or_else(|| words().find(is_roman)),
            OmissionReason::RunningHead => {
                words().next().filter(is_number).or_else(|| words().next_back().filter(is_number))
            }
            _ => None,
        };
        out.extend(number.map(|n| (omission.span.start, n.to_owned())));
    }
    out.sort();
    out
}

/// Where each numbered page begins and ends in the file.
fn starts(source: &Source, numbers: Vec<(u32, String)>, words: &[Leaf]) -> Vec<(u32, u32, String)> {
    let end = source.text.len() as u32;
    let feeds: Vec<u32> = source.text.match_indices('\u{c}').map(|(i, _)| i as u32).collect();
    if feeds.len() >= 2 {
        let page = |(at, number): (u32, String)| {
            let next = feeds.partition_point(|f| *f <= at);
            let from = next.checked_sub(1).map_or(source.body_start as u32, |i| feeds[i]);
            (from, feeds.get(next).copied().unwrap_or(end), number)
        };
        return numbers.into_iter().map(page).collect();
    }
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let before = words.partition_point(|l| l.span.start < first.0);
    let behind = words.len() - words.partition_point(|l| l.span.start < last.0);
    let places: Vec<u32> = numbers.iter().map(|n| n.0).collect();
    let at_head = before < behind;
    let page = |(i, (at, number)): (usize, (u32, String))| {
        if at_head {
            (at, places.get(i + 1).copied().unwrap_or(end), number)
        } else {
            let from = i.checked_sub(1).map_or(source.body_start as u32, |i| places[i]);
            (from, at, number)
        }
    };
    numbers.into_iter().enumerate().map(page).collect()
}

/// The words of the body in reading order.
pub fn leaves(body: &[Block]) -> Vec<Leaf> {
    let mut walk = Walk { out: Vec::new(), at: 0, block: 0 };
    for (i, block) in body.iter().enumerate() {
        walk.block = i;
        walk.blocks(std::slice::from_ref(block));
    }
    walk.out
}

/// Counts along with [`block_text`](crate::model::block_text).
struct Walk {
    out: Vec<Leaf>,
    at: usize,
    block: usize,
}

impl Walk {
    fn leaf(&mut self, span: Span, length: usize) {
        if length > 0 {
            self.out.push(Leaf { span, at: self.at, block: self.block });
        }
        self.at += length;
    }

    fn line(&mut self, content: &[Inline]) {
        self.inlines(content);
        self.at += 1;
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => self.leaf(inline.span, text.len()),
                InlineKind::Image { alt, .. } => self.leaf(inline.span, alt.len()),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.at += 1,
                InlineKind::Anchor(_) | InlineKind::Marker(_) => {}
                kind => self.inlines(kind.content().unwrap_or_default()),
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. }
                | BlockKind::Paragraph(content)
                | BlockKind::Aside(_, content)
                | BlockKind::Preformatted(content) => self.line(content),
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks)),
                BlockKind::Code { text, .. } => {
                    self.leaf(block.span, text.len());
                    self.at += 1;
                }
                BlockKind::Verse(lines) => lines.iter().for_each(|l| self.line(l)),
                BlockKind::Table { head, rows, .. } => {
                    std::iter::once(head).chain(rows).flatten().for_each(|cell| self.line(cell));
                }
                BlockKind::Rule => {}
                BlockKind::Html(parts) => {
                    let length: usize = parts
                        .iter()
                        .map(|part| match part {
                            HtmlPart::Text(text) => text.len(),
                            HtmlPart::Open { .. } | HtmlPart::Close(_) => 1,
                            HtmlPart::Marker(_) => 0,
                        })
                        .sum();
                    self.leaf(block.span, length);
                    self.at += 1;
                }
            }
        }
    }
}
