//! The words that a document's page shows.

use crate::model::{Block, BlockKind, Document, HtmlPart, Inline, InlineKind};

/// All that is shown and is the source's: the text, the markers and the labels that it has itself, the notes.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.body, &mut out);
    for marker in &document.markers {
        out.extend(["\n", &marker.shown]);
    }
    out.push('\n');
    inlines(document.notes_heading.as_deref().unwrap_or_default(), &mut out);
    for note in &document.notes {
        out.extend(["\n", &note.shown, "\n"]);
        blocks(&note.blocks, &mut out);
    }
    out
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match &block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Aside(_, content)
            | BlockKind::Preformatted(content) => inlines(content, out),
            BlockKind::Quote(inner) => blocks(inner, out),
            BlockKind::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, out)),
            BlockKind::Code { text, .. } => out.push_str(text),
            BlockKind::Verse(lines) => lines.iter().for_each(|line| apart(line, out)),
            BlockKind::Table { head, rows, .. } => {
                std::iter::once(head).chain(rows).flatten().for_each(|cell| apart(cell, out));
            }
            BlockKind::Rule => {}
            BlockKind::Html(parts) => parts.iter().for_each(|part| match part {
                HtmlPart::Text(text) => out.push_str(text),
                HtmlPart::Open { attributes, .. } => {
                    let texts = attributes.iter().filter(|a| a.0 == "alt").map(|a| a.1.as_str());
                    out.extend(texts.flat_map(|text| [" ", text]));
                    out.push(' ');
                }
                HtmlPart::Close(_) | HtmlPart::Marker(_) => out.push(' '),
            }),
        }
        out.push('\n');
    }
}

fn apart(content: &[Inline], out: &mut String) {
    out.push(' ');
    inlines(content, out);
    out.push(' ');
}

/// What is raised or lowered is a word of its own, and so is what stands behind a marker.
fn inlines(content: &[Inline], out: &mut String) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Image { alt, .. } => out.extend([" ", alt, " "]),
            InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::Marker(_) => out.push(' '),
            InlineKind::Superscript(inner) | InlineKind::Subscript(inner) => apart(inner, out),
            InlineKind::Anchor(_) => {}
            other => inlines(other.content().unwrap_or_default(), out),
        }
    }
}

/// The numerals of the ordered lists, which a browser prints and no text holds.
pub fn numerals(document: &Document) -> Vec<u64> {
    let mut out = Vec::new();
    of_lists(&document.body, &mut out);
    document.notes.iter().for_each(|note| of_lists(&note.blocks, &mut out));
    out
}

fn of_lists(blocks: &[Block], out: &mut Vec<u64>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Quote(blocks) => of_lists(blocks, out),
            BlockKind::List { start, items, .. } => {
                let mut number = *start;
                for item in items {
                    number = number.map(|n| item.number.unwrap_or(n));
                    out.extend(number);
                    number = number.map(|n| n.saturating_add(1));
                    of_lists(&item.blocks, out);
                }
            }
            _ => {}
        }
    }
}
