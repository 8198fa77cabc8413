//! Fixes that say what a block is: applied when the text has been read into blocks.

use super::{Action, Fixes, Placed, Shape};
use crate::model::{Block, BlockKind, HtmlPart, Inline, InlineKind};

/// Applies `heading:` and `as:` to blocks.
pub fn apply(blocks: &mut Vec<Block>, fixes: &Fixes) {
    for fix in fixes.iter() {
        match fix.action {
            Action::Heading(_) | Action::As(_) => {
                within(blocks, fix);
            }
            _ => {}
        }
    }
}

/// Applies a fix to the block that holds its words; true if there is one.
fn within(blocks: &mut Vec<Block>, fix: &Placed) -> bool {
    let Some(i) = blocks.iter().position(|b| holds(b, fix.span.start)) else { return false };
    // What is inside a quotation may be meant by itself, but for taking it out of the quotation.
    if let BlockKind::Quote(inner) = &mut blocks[i].kind {
        if fix.action == Action::As(Shape::Paragraph) {
            let inner = std::mem::take(inner);
            blocks.splice(i..=i, inner);
            fix.mark_used();
            return true;
        }
        return within(inner, fix);
    }
    let block = &mut blocks[i];
    let kind = std::mem::replace(&mut block.kind, BlockKind::Rule);
    let (kind, changed) = changed(kind, block.span, &fix.action);
    block.kind = kind;
    if changed {
        fix.mark_used();
    }
    true
}

fn changed(kind: BlockKind, span: crate::source::Span, action: &Action) -> (BlockKind, bool) {
    match (action, kind) {
        (Action::Heading(Some(level)), BlockKind::Heading { level: had, content }) => {
            (BlockKind::Heading { level: *level, content }, had != *level)
        }
        (
            Action::Heading(Some(level)),
            BlockKind::Paragraph(content) | BlockKind::Aside(_, content) | BlockKind::Preformatted(content),
        ) => (BlockKind::Heading { level: *level, content }, true),
        (Action::Heading(None) | Action::As(Shape::Paragraph), BlockKind::Heading { content, .. }) => {
            (BlockKind::Paragraph(content), true)
        }
        (Action::As(Shape::Paragraph), BlockKind::Preformatted(content) | BlockKind::Aside(_, content)) => {
            (BlockKind::Paragraph(content), true)
        }
        (Action::As(Shape::Paragraph), BlockKind::Verse(lines)) => {
            let mut content: Vec<Inline> = Vec::new();
            for line in lines {
                if let Some(last) = content.last() {
                    content.push(Inline { span: last.span, kind: InlineKind::SoftBreak });
                }
                content.extend(line);
            }
            (BlockKind::Paragraph(content), true)
        }
        (Action::As(Shape::Verse), BlockKind::Paragraph(content)) => {
            let ends = |i: &Inline| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
            let lines = content.split(ends).filter(|l| !l.is_empty()).map(<[Inline]>::to_vec).collect();
            (BlockKind::Verse(lines), true)
        }
        (Action::As(Shape::Quotation), kind) => (BlockKind::Quote(vec![Block { span, kind }]), true),
        (_, kind) => (kind, false),
    }
}

/// True if a block holds the words at a place of the source.
fn holds(block: &Block, at: u32) -> bool {
    let inlines = |content: &[Inline]| content.iter().any(|i| i.span.start <= at && at < i.span.end);
    match &block.kind {
        BlockKind::Heading { content: c, .. }
        | BlockKind::Paragraph(c)
        | BlockKind::Aside(_, c)
        | BlockKind::Preformatted(c) => inlines(c),
        BlockKind::Verse(lines) => lines.iter().any(|l| inlines(l)),
        BlockKind::Quote(blocks) => blocks.iter().any(|b| holds(b, at)),
        BlockKind::List { items, .. } => items.iter().flat_map(|i| &i.blocks).any(|b| holds(b, at)),
        BlockKind::Table { head, rows, .. } => {
            std::iter::once(head).chain(rows).flatten().any(|c| inlines(c))
        }
        BlockKind::Code { .. } => block.span.start <= at && at < block.span.end,
        BlockKind::Html(parts) => {
            parts.iter().any(|p| matches!(p, HtmlPart::Text(_)))
                && block.span.start <= at
                && at < block.span.end
        }
        BlockKind::Rule => false,
    }
}
