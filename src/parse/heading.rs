//! The two headings that a plain text does not mark as such: its title, and that of its notes; and the levels of
//! the others.

use crate::model::{Block, BlockKind, Document, Form, HtmlPart, Repair, RepairKind, pieces, plain_text};
use crate::notes::titles_notes;
use crate::parse::metadata;
use crate::said::said;
use crate::source::Source;

/// Makes the title's own line a heading of the first level, and hands the heading of the list of notes over to
/// the notes.
pub(super) fn settle(document: &mut Document) {
    /// The title is among this many first blocks.
    const NEAR: usize = 8;
    let wanted = folded(&document.meta.title);
    let mut title = None;
    for (i, block) in document.body.iter_mut().enumerate().take(NEAR) {
        let (BlockKind::Paragraph(content) | BlockKind::Heading { content, .. }) = &mut block.kind else {
            continue;
        };
        if !wanted.is_empty() && folded(&plain_text(content)) == wanted {
            block.kind = BlockKind::Heading { level: 1, content: std::mem::take(content) };
            title = Some(i);
            break;
        }
    }
    below_the_series(&mut document.body);
    let contents = document.form == Form::OcrMarkdown;
    below_the_title(document, title, contents);
    if document.notes.is_empty() {
        return;
    }
    // What stands behind the list of notes in the source (where it was first printed, a signature) comes before it on
    // the page, so their heading may not be the last block.
    /// Blocks that may follow the notes.
    const BEHIND: usize = 4;
    let listed = document.notes.iter().map(|n| n.span.start).max().unwrap_or(0);
    for (behind, i) in (0..document.body.len()).rev().take(BEHIND + 1).enumerate() {
        let block = &mut document.body[i];
        if let BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } = &mut block.kind
            && titles_notes(&plain_text(content))
        {
            if behind == 0 || block.span.start < listed {
                document.notes_heading = Some(std::mem::take(content));
                document.body.remove(i);
            }
            return;
        }
        if block.span.start < listed {
            return;
        }
    }
}

/// A page has one heading of the first level: the title's, in the text or above it. What is below it stands below it
/// here too, whatever level it was given (OCR and many a Markdown file put all chapters on the first), and no level is
/// left out: who listens to a page finds the way by them.
///
/// Where levels follow the size of letters (`contents_stand_alone`), the heading of a table of contents holds no section:
/// those below it are of the rank that they would have without it.
fn below_the_title(document: &mut Document, title: Option<usize>, contents_stand_alone: bool) {
    let (before, rest) = document.body.split_at_mut(title.unwrap_or(0));
    let rest = &mut rest[usize::from(title.is_some())..];
    let mut others: Vec<&mut [Block]> = vec![before, rest];
    others.extend(document.notes.iter_mut().map(|note| note.blocks.as_mut_slice()));
    // The headings that the next may stand below: as written and as shown.
    let mut open: Vec<(u8, u8)> = Vec::new();
    let mut settled = |level: &mut u8, text: &str| {
        let written = *level;
        open.retain(|o| o.0 < written);
        *level = LOWEST.min(open.last().map_or(1, |o| o.1) + 1);
        if !(contents_stand_alone && metadata::titles_contents(text)) {
            open.push((written, *level));
        }
    };
    others.iter_mut().for_each(|blocks| levels(blocks, &mut settled));
}

/// Among dated pieces, a heading with nothing below it but a piece is the title of a series: the pieces behind it stand
/// below it.
fn below_the_series(body: &mut [Block]) {
    let pieces = pieces(body);
    let mut series = None;
    for i in 0..body.len() {
        let is_piece = pieces.iter().any(|p| p.start == i);
        let next = body.get(i + 1).map(|b| &b.kind);
        let BlockKind::Heading { level, .. } = &body[i].kind else { continue };
        let (here, opens) = (*level, pieces.iter().any(|p| p.start == i + 1));
        if opens && matches!(next, Some(BlockKind::Heading { level, .. }) if *level == here) {
            series = Some(here);
        } else if is_piece
            && series == Some(here)
            && let BlockKind::Heading { level, .. } = &mut body[i].kind
        {
            *level = LOWEST.min(here + 1);
        }
    }
}

/// The headings below the title that were recognised in lines of plain text.
pub(super) fn recognised(source: &Source, body: &[Block]) -> Vec<Repair> {
    let heading = |block: &Block| match &block.kind {
        BlockKind::Heading { level, content } if *level > 1 => {
            let text = plain_text(content);
            Some(Repair {
                kind: RepairKind::Heading,
                span: block.span,
                line: source.line_of(block.span.start as usize),
                detail: said!("“{}” stands like a heading", text.trim()),
                before: text.trim().to_owned(),
                after: format!("{} {}", "#".repeat(usize::from(*level)), text.trim()),
                at: content.iter().map(|i| i.span.end).max().unwrap_or(block.span.end),
            })
        }
        _ => None,
    };
    body.iter().filter_map(heading).collect()
}

/// The lowest level of a heading.
const LOWEST: u8 = 6;

/// Shows the level and the words of every heading in blocks to `visit`, which may change it.
fn levels(blocks: &mut [Block], visit: &mut impl FnMut(&mut u8, &str)) {
    const NAMES: [&str; LOWEST as usize] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { level, content } => visit(level, plain_text(content).trim()),
            BlockKind::Quote(inner) => levels(inner, visit),
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|item| levels(&mut item.blocks, visit))
            }
            BlockKind::Html(parts) => {
                for part in parts {
                    let (HtmlPart::Open { name, .. } | HtmlPart::Close(name)) = part else { continue };
                    let Some(place) = NAMES.iter().position(|n| n == name) else { continue };
                    let mut level = place as u8 + 1;
                    visit(&mut level, "");
                    *name = NAMES[usize::from(level) - 1];
                }
            }
            _ => {}
        }
    }
}

/// The letters and digits of a text, in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
