//! The two headings that a plain text does not mark as such: its title, and that of its notes.

use crate::model::{BlockKind, Document, plain_text};
use crate::notes::titles_notes;

/// Makes the title's own line a heading of the first level, and hands the heading of the list of notes over to
/// the notes.
pub(super) fn settle(document: &mut Document) {
    /// The title is among this many first blocks.
    const NEAR: usize = 8;
    let wanted = folded(&document.meta.title);
    for block in document.body.iter_mut().take(NEAR) {
        let (BlockKind::Paragraph(content) | BlockKind::Heading { content, .. }) = &mut block.kind else {
            continue;
        };
        if !wanted.is_empty() && folded(&plain_text(content)) == wanted {
            block.kind = BlockKind::Heading { level: 1, content: std::mem::take(content) };
            break;
        }
    }
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

/// The letters and digits of a text, in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
