//! Paragraphs that stand beside the running text: captions, heads of posts, dates of pieces, imprints.
//!
//! Each is told by its own words. What only may be one stays a paragraph.

use crate::fixes::{Action, Fixes, Placed};
use crate::layout::post;
use crate::model::{Block, BlockKind, Form, Inline, InlineKind, Repair, RepairKind, Role, plain_text};
use crate::parse::{imprint, metadata};
use crate::said::said;
use crate::source::{Source, Span};

/// Says of the paragraphs that stand beside the text what they are.
pub(super) fn mark(blocks: &mut Vec<Block>, form: Form) {
    imprint::mark(blocks);
    let words = |block: &Block| match &block.kind {
        BlockKind::Paragraph(content) => plain_text(content),
        _ => String::new(),
    };
    let heads = blocks.iter().filter(|b| post::is_head(&words(b))).take(post::FEWEST).count();
    let has_heads = heads == post::FEWEST;
    let is_thread = has_heads || form == Form::Thread;
    mark_captions(blocks);
    if has_heads {
        mark_subjects(blocks);
    }
    for block in blocks.iter_mut() {
        let BlockKind::Paragraph(content) = &mut block.kind else { continue };
        let text = plain_text(content);
        let role = if is_caption(&text) {
            Some(Role::Caption)
        } else if has_heads && post::is_head(&text) {
            Some(Role::PostHead)
        } else if is_thread && post::is_deleted(&text) {
            Some(Role::Deleted)
        } else {
            date(content).map(Role::Date)
        };
        if let Some(role) = role {
            block.kind = BlockKind::Aside(role, std::mem::take(content));
        }
    }
}

/// Marks the lines above the heads of posts that say what is answered: they belong to the heads.
fn mark_subjects(blocks: &mut [Block]) {
    /// What stands before the subject of an answer.
    const SIGNS: [&str; 6] = ["Re: ", "RE: ", "AW: ", "Aw: ", "Fwd: ", "WG: "];
    // The first block is the title of them all.
    for i in 2..blocks.len() {
        let (above, below) = blocks.split_at_mut(i);
        let (Some(subject), Some(head)) = (above.last_mut(), below.first()) else { continue };
        let (BlockKind::Paragraph(content), BlockKind::Paragraph(by)) = (&mut subject.kind, &head.kind)
        else {
            continue;
        };
        let answers = SIGNS.iter().any(|sign| plain_text(content).starts_with(sign));
        if answers && post::is_head(&plain_text(by)) {
            subject.kind = BlockKind::Aside(Role::PostHead, std::mem::take(content));
        }
    }
}

/// Marks the captions in italics below images, and parts from its image the one that stands in the same paragraph.
pub(super) fn mark_captions(blocks: &mut Vec<Block>) {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        if let BlockKind::Paragraph(content) = &mut block.kind {
            let is_break = |i: &Inline| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
            if let Some(at) = content.iter().position(is_break).filter(|&at| is_image(&content[..at]))
                && is_emphasised(&content[at + 1..])
            {
                let caption = content.split_off(at + 1);
                content.pop();
                let start = caption.first().map_or(block.span.start, |i| i.span.start);
                let image = Span { end: start, ..block.span };
                let span = Span { start, ..block.span };
                out.push(Block { span: image, kind: block.kind });
                out.push(Block { span, kind: BlockKind::Aside(Role::Caption, caption) });
                continue;
            }
            let below =
                matches!(out.last(), Some(Block { kind: BlockKind::Paragraph(c), .. }) if is_image(c));
            if below && is_emphasised(content) {
                block.kind = BlockKind::Aside(Role::Caption, std::mem::take(content));
            }
        }
        out.push(block);
    }
    *blocks = out;
}

/// Makes paragraphs again of what the owner wants to keep as it is printed: a `keep:` quotes its beginning.
pub(super) fn keep(source: &Source, blocks: &mut Vec<Block>, fixes: &Fixes) {
    /// Bytes of the sign that a quotation may begin with, which a fix need not quote.
    const SIGN: usize = 4;
    if fixes.is_empty() {
        return;
    }
    let kept = |span: Span| {
        let printed = source.text.get(span.start as usize..).unwrap_or_default();
        let start = span.start as usize + printed.len() - printed.trim_start().len();
        let begins = |fix: &&Placed| (start..=start + SIGN).contains(&(fix.span.start as usize));
        let fix = fixes.iter().filter(|f| f.action == Action::Keep).find(begins);
        fix.inspect(|f| f.mark_used()).is_some()
    };
    let mut out = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        match block.kind {
            BlockKind::Quote(inner) if !is_signed(source, block.span) && kept(block.span) => {
                out.extend(inner);
                continue;
            }
            BlockKind::Aside(role, content) => {
                block.kind = if kept(block.span) {
                    BlockKind::Paragraph(content)
                } else {
                    BlockKind::Aside(role, content)
                };
            }
            kind => block.kind = kind,
        }
        out.push(block);
    }
    *blocks = out;
}

/// True for a block that is listed among the repairs by [`recognised`].
pub(super) fn repaired(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quote(_) | BlockKind::Aside(..))
}

/// True for a quotation with a sign of the source's own. A block's end may lie within a character: only its beginning is
/// looked at.
fn is_signed(source: &Source, span: Span) -> bool {
    source.text.get(span.start as usize..).unwrap_or_default().trim_start().starts_with('>')
}

/// The blocks that were made of paragraphs without a sign: quotations, and what stands beside the text.
pub(super) fn recognised(source: &Source, body: &[Block]) -> Vec<Repair> {
    /// Characters of the words that are shown.
    const SHOWN: usize = 60;
    let repair = |block: &Block| {
        let shown = crate::model::block_text(std::slice::from_ref(block));
        let shown: String =
            shown.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        let (kind, detail, after) = match &block.kind {
            // A sign of the source's own is no repair.
            BlockKind::Quote(_) if !is_signed(source, block.span) => {
                (RepairKind::Quotation, said!("“{}” stands as a quotation does", shown), format!("> {shown}"))
            }
            BlockKind::Aside(role, _) => {
                let detail = match role {
                    Role::Caption => said!("“{}” reads as a caption", shown),
                    Role::PostHead => said!("“{}” reads as the head of a post", shown),
                    Role::Deleted => said!("“{}” stands for a post that is gone", shown),
                    Role::Imprint => {
                        said!("“{}” says where the text comes from, or what may be done with it", shown)
                    }
                    Role::Date(_) => said!("“{}” is a date and nothing else", shown),
                };
                (RepairKind::Aside, detail, format!("<!-- {} --> {shown}", role.name()))
            }
            _ => return None,
        };
        let line = source.line_of(block.span.start as usize);
        let at = block.span.end;
        Some(Repair { kind, span: block.span, line, detail, before: shown, after, at })
    };
    body.iter().filter_map(repair).collect()
}

/// True for `Fig. 3. The mill` and `Photo: Ada Weaver`.
pub(super) fn is_caption(text: &str) -> bool {
    /// Characters of the longest caption, and of the longest credit.
    const CAPTION: usize = 400;
    const CREDIT: usize = 160;
    /// Words of the longest `Photo by Ada Weaver for the Valley Museum`.
    const BY: usize = 9;
    const FIGURES: [&str; 14] = [
        "fig",
        "figs",
        "figure",
        "plate",
        "illustration",
        "photo",
        "image",
        "abb",
        "abbildung",
        "bild",
        "рис",
        "foto",
        "planche",
        "figura",
    ];
    const CREDITS: [&str; 24] = [
        "photo",
        "photos",
        "photograph",
        "photography",
        "photo credit",
        "photo courtesy",
        "image",
        "image credit",
        "images",
        "illustration",
        "illustrations",
        "art",
        "artwork",
        "art credit",
        "cover art",
        "cover image",
        "credit",
        "picture",
        "foto",
        "bild",
        "bildnachweis",
        "crédit photo",
        "fotografía",
        "фото",
    ];
    let text = text.trim();
    let length = text.chars().take(CAPTION + 1).count();
    if length > CAPTION {
        return false;
    }
    let mut words = text.split_whitespace();
    let label = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    if text.starts_with(char::is_uppercase)
        && FIGURES.contains(&label.as_str())
        && let Some(number) = words.next()
    {
        let bare = number.trim_end_matches(['.', ':', '—', '–']);
        let counted = bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.len() <= 6
            && bare.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        let parted = bare.len() < number.len() || matches!(words.clone().next(), Some("—" | "–" | "|"));
        return counted && parted && words.next().is_some();
    }
    if length > CREDIT {
        return false;
    }
    let credited = |word: &str| CREDITS.contains(&word.trim().to_lowercase().as_str());
    if let Some((what, whom)) = text.split_once(':') {
        return credited(what) && whom.contains(char::is_alphabetic) && whom.matches(". ").count() < 2;
    }
    let Some((what, whom)) = text.split_once(" by ").or_else(|| text.split_once(" © ")) else {
        return false;
    };
    let count = whom.split_whitespace().count();
    let named = whom.split_whitespace().take(2).all(|w| w.starts_with(char::is_uppercase));
    // `art by ada weaver`: small letters throughout, and no sentence.
    let bare = count <= 3 && text == text.to_lowercase() && text.ends_with(char::is_alphabetic);
    credited(what)
        && (1..=BY).contains(&count)
        && (named || bare)
        && !whom.trim_end_matches('.').contains(". ")
        && !whom
            .split_whitespace()
            .any(|w| matches!(w, "was" | "were" | "is" | "are" | "shows" | "show" | "has"))
}

/// The date of a paragraph that is a date, with the address where the piece stands perhaps.
fn date(content: &[Inline]) -> Option<String> {
    /// Lines of such a paragraph.
    const LINES: usize = 3;
    let mut lines = vec![String::new()];
    for inline in content {
        match (&inline.kind, lines.last_mut()) {
            (InlineKind::HardBreak | InlineKind::SoftBreak, _) => lines.push(String::new()),
            (InlineKind::Marker(_), _) => return None,
            (_, Some(line)) => line.push_str(&plain_text(std::slice::from_ref(inline))),
            _ => {}
        }
    }
    if lines.len() > LINES {
        return None;
    }
    let mut dates = lines.iter().filter_map(|l| metadata::lone_date(l.trim()));
    let date = dates.next().filter(|d| d.len() > "2015".len())?;
    let rest = lines.iter().filter(|l| metadata::lone_date(l.trim()).is_none());
    (dates.next().is_none() && rest.into_iter().all(|l| metadata::is_lone_address(l.trim()))).then_some(date)
}

/// True for a paragraph of images and nothing else.
pub fn is_image(content: &[Inline]) -> bool {
    let image = |i: &Inline| matches!(i.kind, InlineKind::Image { .. });
    content.iter().any(image)
        && content.iter().all(|i| image(i) || plain_text(std::slice::from_ref(i)).trim().is_empty())
}

/// True for a paragraph in italics that is no longer than a caption.
fn is_emphasised(content: &[Inline]) -> bool {
    const LONGEST: usize = 400;
    let stressed = |i: &Inline| matches!(i.kind, InlineKind::Emphasis(_) | InlineKind::Marker(_));
    content.iter().any(|i| matches!(i.kind, InlineKind::Emphasis(_)))
        && content.iter().all(|i| stressed(i) || plain_text(std::slice::from_ref(i)).trim().is_empty())
        && plain_text(content).chars().take(LONGEST + 1).count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions() {
        for text in [
            "Fig. 3. The mill in winter",
            "Figure 2: Flow",
            "Photo: Ada Weaver",
            "Art by Ada Weaver",
            "art by ada weaver",
        ] {
            assert!(is_caption(text), "{text}");
        }
        for text in [
            "Figure 2 shows the mill.",
            "Photographs by Ada were lost.",
            "Art by Ada Weaver was shown in the hall.",
            "Source: the parish register",
            "Figs are sweet.",
        ] {
            assert!(!is_caption(text), "{text}");
        }
    }
}
