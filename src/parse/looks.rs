//! What OCR writes as Markdown says how a page looked, not what it meant: emphasis ends where a line did, headings are
//! bold as well, and their levels follow the size of their letters.

use crate::model::{Block, BlockKind, Inline, InlineKind, plain_text};

/// Makes of the looks what they stand for.
pub(super) fn settle(blocks: &mut [Block]) {
    for block in blocks.iter_mut() {
        in_block(block);
    }
    level_the_numbered(blocks);
}

fn in_block(block: &mut Block) {
    match &mut block.kind {
        BlockKind::Heading { content, .. } => {
            joined(content);
            unwrapped(content);
        }
        BlockKind::Paragraph(content) => joined(content),
        BlockKind::Quote(blocks) => blocks.iter_mut().for_each(in_block),
        BlockKind::List { items, .. } => items.iter_mut().flat_map(|i| &mut i.blocks).for_each(in_block),
        _ => {}
    }
}

/// Emphasis that ends and begins again behind nothing but a space is one.
fn joined(content: &mut Vec<Inline>) {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content.drain(..) {
        let space = out.len().checked_sub(1).filter(|&i| i > 0 && is_space(&out[i]));
        let goes_on = space.is_some_and(|i| {
            matches!(
                (&out[i - 1].kind, &inline.kind),
                (InlineKind::Emphasis(_), InlineKind::Emphasis(_))
                    | (InlineKind::Strong(_), InlineKind::Strong(_))
            )
        });
        if !goes_on {
            out.push(inline);
            continue;
        }
        let space = out.pop();
        let (Some(last), Some(more)) = (out.last_mut(), inline.kind.content()) else { continue };
        if let Some(inner) = last.kind.content_mut() {
            inner.extend(space);
            inner.extend_from_slice(more);
        }
    }
    *content = out;
}

fn is_space(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::SoftBreak => true,
        InlineKind::Text(text) => !text.is_empty() && text.trim().is_empty(),
        _ => false,
    }
}

/// A heading that is stressed as a whole is a heading.
fn unwrapped(content: &mut Vec<Inline>) {
    while let [Inline { kind: InlineKind::Strong(inner) | InlineKind::Emphasis(inner), .. }] =
        content.as_mut_slice()
    {
        let inner = std::mem::take(inner);
        *content = inner;
    }
}

/// Headings that count `1.`, `2.`, `3.` are of one level: that of most of them.
fn level_the_numbered(blocks: &mut [Block]) {
    /// Fewest headings that count.
    const FEWEST: usize = 3;
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut last: Option<u32> = None;
    for (i, block) in blocks.iter().enumerate() {
        let BlockKind::Heading { content, .. } = &block.kind else { continue };
        let Some(number) = number(&plain_text(content)) else { continue };
        match runs.last_mut().filter(|_| last.is_some_and(|n| n + 1 == number)) {
            Some(run) => run.push(i),
            None => runs.push(vec![i]),
        }
        last = Some(number);
    }
    for run in runs.into_iter().filter(|run| run.len() >= FEWEST) {
        let of = |i: &usize| match &blocks[*i].kind {
            BlockKind::Heading { level, .. } => *level,
            _ => 0,
        };
        let levels: Vec<u8> = run.iter().map(of).collect();
        let count = |level: u8| levels.iter().filter(|l| **l == level).count();
        let Some(&most) = levels.iter().max_by_key(|l| (count(**l), u8::MAX - **l)) else { continue };
        if count(most) * 2 <= levels.len() {
            continue;
        }
        for i in run {
            if let BlockKind::Heading { level, .. } = &mut blocks[i].kind {
                *level = most;
            }
        }
    }
}

/// The number that a heading begins with: `3. Of Mills`.
fn number(title: &str) -> Option<u32> {
    let (number, title) = title.trim().split_once(['.', ')'])?;
    number.parse().ok().filter(|_| number.len() <= 2 && title.starts_with(' '))
}
