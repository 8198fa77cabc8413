//! Ways back from notes to their markers: every page has its own.
//!
//! What makes Markdown of a web page keeps those of the page: `**[^](/essay#cite_ref-1)** Text`, `^ [a](#cite_ref-2)
//! [b](#cite_ref-3) Text`, `Text [↩](#fnref1)`. They lead to places that are on no page any more, beside ours, which work.

use std::ops::Range;

use crate::fixes::Fixes;
use crate::model::{Block, BlockKind, Inline, InlineKind, Note, Omission, OmissionReason, plain_text};
use crate::source::{Source, Span};

/// Signs that mean a way back without a link, at the end of a note; the last two say that a sign is no picture.
const SIGNS: [char; 7] = ['↩', '↵', '⏎', '⤴', '⮐', '\u{fe0e}', '\u{fe0f}'];

/// What the places of markers are called by MediaWiki, by what reads Markdown, and by word processors.
const PLACES: [&str; 7] = ["cite_ref", "fnref", "ftnref", "ednref", "noteref", "note-ref", "footnote-anchor"];

/// Characters of the longest way back: `Jump back to the text`.
const LONGEST: usize = 24;

/// Takes the ways back off the beginnings and ends of notes, and declares those that have words.
pub(super) fn set_aside(source: &Source, notes: &mut [Note], fixes: &Fixes) -> Vec<Omission> {
    let mut omissions = Vec::new();
    for note in notes {
        for end in [End::First, End::Last] {
            let Some(taken) = take(&mut note.blocks, end, fixes) else { continue };
            let text = plain_text(&taken).trim().to_owned();
            let Some(span) = around(&taken).filter(|_| text.contains(char::is_alphanumeric)) else {
                continue;
            };
            let line = source.line_of(span.start as usize);
            omissions.push(Omission { text, reason: OmissionReason::WayBack, span, line });
        }
    }
    omissions
}

/// An end of a note.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// Takes the ways back off one end; a note that would have no words left keeps them.
fn take(blocks: &mut Vec<Block>, end: End, fixes: &Fixes) -> Option<Vec<Inline>> {
    let alone = blocks.len() == 1;
    let block = if end == End::First { blocks.first_mut() } else { blocks.last_mut() };
    let BlockKind::Paragraph(content) = &mut block?.kind else { return None };
    let range = match end {
        End::First => 0..ways(content.iter()),
        End::Last => content.len() - ways(content.iter().rev())..content.len(),
    };
    let rest = [&content[..range.start], &content[range.end..]].map(has_words).contains(&true);
    if !rest && alone || around(&content[range.clone()]).is_some_and(|span| fixes.keep_within(span)) {
        return None;
    }
    let taken = remove(content, range);
    match end {
        End::First if rest && !taken.is_empty() => begin_with_words(content),
        End::Last if rest => end_with_words(content),
        _ => {}
    }
    if content.is_empty() && !taken.is_empty() {
        blocks.remove(if end == End::First { 0 } else { blocks.len() - 1 });
    }
    Some(taken)
}

/// Takes out all but the places that links lead to.
fn remove(content: &mut Vec<Inline>, range: Range<usize>) -> Vec<Inline> {
    let is_place = |inline: &Inline| matches!(inline.kind, InlineKind::Anchor(_));
    let (places, taken): (Vec<Inline>, _) = content.drain(range.clone()).partition(is_place);
    content.splice(range.start..range.start, places);
    taken
}

/// How many inlines the ways back are, with what stands between them.
fn ways<'a>(content: impl Iterator<Item = &'a Inline>) -> usize {
    let mut count = 0;
    for (i, inline) in content.enumerate() {
        if is_way_back(inline) {
            count = i + 1;
        } else if !is_between(inline) {
            break;
        }
    }
    count
}

fn is_way_back(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Link { href, content, .. } => {
            let Some((_, place)) = href.split_once('#') else { return false };
            let shown = plain_text(content);
            let (shown, length) = (shown.trim(), shown.trim().chars().count());
            let sign = !shown.contains(char::is_alphanumeric) && (1..=4).contains(&length);
            let place = place.to_ascii_lowercase();
            sign || length <= LONGEST && PLACES.iter().any(|of_marker| place.contains(of_marker))
        }
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Superscript(inner)
        | InlineKind::Element(_, inner) => {
            inner.iter().any(is_way_back) && inner.iter().all(|i| is_way_back(i) || is_between(i))
        }
        _ => false,
    }
}

fn is_between(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => {
            text.chars().all(|c| c.is_whitespace() || "^↑[],".contains(c) || SIGNS.contains(&c))
        }
        InlineKind::Anchor(_) | InlineKind::SoftBreak => true,
        _ => false,
    }
}

/// Takes white space off the beginning.
fn begin_with_words(content: &mut [Inline]) {
    let first = content.iter_mut().find(|i| !matches!(i.kind, InlineKind::Anchor(_)));
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = first {
        *text = text.trim_start().to_owned();
    }
}

/// Takes white space and bare signs off the end.
fn end_with_words(content: &mut Vec<Inline>) {
    while let Some(Inline { kind, .. }) = content.last_mut() {
        match kind {
            InlineKind::Text(text) => {
                text.truncate(text.trim_end_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c)).len());
                if !text.is_empty() {
                    break;
                }
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => {}
            _ => break,
        }
        content.pop();
    }
}

fn has_words(content: &[Inline]) -> bool {
    plain_text(content).contains(char::is_alphanumeric)
}

fn around(content: &[Inline]) -> Option<Span> {
    let start = content.iter().map(|i| i.span.start).min()?;
    let end = content.iter().map(|i| i.span.end).max()?;
    Some(Span::new(start as usize, end as usize))
}
