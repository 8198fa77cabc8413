//! Statements of where a text was found or first appeared and of what may be done with it, and the title page that some
//! sources print again behind their text.

use crate::fixes::Fixes;
use crate::fold::key;
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Role, plain_text};
use crate::parse::metadata::said;
use crate::source::Span;

/// Marks the statements near the beginning and the end of a text. Lines of one that stand in one paragraph with others
/// become a paragraph.
pub(super) fn mark(blocks: &mut Vec<Block>) {
    /// Blocks where an imprint stands, from either end.
    const EDGE: usize = 24;
    let count = blocks.len();
    let mut out = Vec::with_capacity(count);
    for (i, block) in blocks.drain(..).enumerate() {
        match i < EDGE || i + EDGE >= count {
            true => out.extend(parted(block)),
            false => out.push(block),
        }
    }
    *blocks = out;
}

/// A block, or what it falls into where some of its lines are an imprint.
fn parted(block: Block) -> Vec<Block> {
    let (lines, is_verse) = match &block.kind {
        BlockKind::Paragraph(content) => {
            let is_break = |i: &Inline| matches!(i.kind, InlineKind::HardBreak);
            (content.split(is_break).map(<[Inline]>::to_vec).collect::<Vec<_>>(), false)
        }
        BlockKind::Verse(lines) => (lines.clone(), true),
        _ => return vec![block],
    };
    let whole = lines.iter().map(|line| plain_text(line)).collect::<Vec<_>>().join(" ");
    if is_statement(&whole) {
        return vec![Block { span: block.span, kind: BlockKind::Aside(Role::Imprint, joined(lines)) }];
    }
    let stated: Vec<bool> = lines.iter().map(|line| is_statement(&plain_text(line))).collect();
    if !stated.contains(&true) {
        return vec![block];
    }
    let mut lines = lines.into_iter();
    let runs = stated.chunk_by(|a, b| a == b).map(|run| (run[0], lines.by_ref().take(run.len()).collect()));
    let piece = |(is_stated, lines): (bool, Vec<Vec<Inline>>)| {
        let spans = || lines.iter().flatten().map(|inline| inline.span);
        let (start, end) = (spans().map(|s| s.start).min()?, spans().map(|s| s.end).max()?);
        let kind = match (is_stated, is_verse) {
            (true, _) => BlockKind::Aside(Role::Imprint, joined(lines)),
            (false, true) if lines.len() > 1 => BlockKind::Verse(lines),
            (false, _) => BlockKind::Paragraph(joined(lines)),
        };
        Some(Block { span: Span::new(start as usize, end as usize), kind })
    };
    runs.filter_map(piece).collect()
}

/// Lines as running text that breaks between them.
fn joined(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for line in lines {
        if let Some(last) = out.last() {
            let end = last.span.end as usize;
            out.push(Inline { span: Span::new(end, end), kind: InlineKind::HardBreak });
        }
        out.extend(line);
    }
    out
}

/// Sets apart what a document ends with where that is its own title once more, with what a title page and an imprint say.
/// Returns the place of its first block.
pub(super) fn settle(document: &mut Document, fixes: &Fixes) -> usize {
    /// Blocks of the shortest title page.
    const FEWEST: usize = 3;
    /// … and of the longest.
    const NEAR: usize = 60;
    let body = &document.body;
    let is_aside = |b: &Block| matches!(b.kind, BlockKind::Aside(Role::Imprint | Role::Date(_), _));
    let run: Vec<Vec<String>> = (body.iter().rev().take(NEAR))
        .map_while(|block| match &block.kind {
            BlockKind::Rule => Some(Vec::new()),
            BlockKind::Aside(_, content) if is_aside(block) => Some(said::lines(content)),
            _ => said::lines_of_title_page(block),
        })
        .collect();
    let title = key(&document.meta.title);
    let (mut count, mut known, mut titled, mut length) = (0, 0, false, 0);
    for (i, is_known) in said::known(&run, &document.meta).into_iter().enumerate() {
        count += usize::from(!run[i].is_empty());
        titled |= run[i].iter().any(|line| !title.is_empty() && key(line) == title);
        if is_known || is_aside(&body[body.len() - 1 - i]) {
            known += usize::from(!run[i].is_empty());
            if titled && known >= FEWEST && 3 * known >= 2 * count {
                length = i + 1;
            }
        }
    }
    // A text that is nothing but its title page is one; and what the owner says of it holds.
    let run = &body[body.len() - length..];
    let is_fixed = |b: &Block| {
        fixes.keep_within(b.span) || fixes.iter().any(|fix| b.span.contains(fix.span.start as usize))
    };
    if length == body.len() || run.iter().any(is_fixed) {
        return body.len();
    }
    let first = body.len() - length;
    for block in &mut document.body[first..] {
        let content = match &mut block.kind {
            BlockKind::Verse(lines) => joined(std::mem::take(lines)),
            BlockKind::Paragraph(content)
            | BlockKind::Heading { content, .. }
            | BlockKind::Aside(_, content) => std::mem::take(content),
            _ => continue,
        };
        block.kind = BlockKind::Aside(Role::Imprint, content);
    }
    first
}

/// True for a statement of where a text was found or first appeared, or of what may be done with it.
fn is_statement(text: &str) -> bool {
    /// Characters of the longest statement.
    const LONGEST: usize = 320;
    const OPENINGS: [&str; 55] = [
        "first published ",
        "first appeared ",
        "first printed ",
        "originally published",
        "originally appeared",
        "originally posted",
        "originally printed",
        "previously published",
        "reprinted ",
        "retrieved from ",
        "retrieved on ",
        "downloaded from ",
        "archived from ",
        "all rights reserved",
        "some rights reserved",
        "©",
        "copyright ©",
        "copyright, 1",
        "copyright, 2",
        "copyright 1",
        "copyright 2",
        "copyright (c)",
        "(c) ",
        "licensed under ",
        "released under ",
        "creative commons",
        "anti-copyright",
        "no copyright",
        "published under ",
        "this work is licensed",
        "this text is licensed",
        "this work is in the public domain",
        "zuerst erschienen ",
        "zuerst veröffentlicht ",
        "abgerufen am ",
        "alle rechte vorbehalten",
        "publié initialement ",
        "publié à l’origine ",
        "paru initialement ",
        "tous droits réservés",
        "consulté le ",
        "publicado originalmente ",
        "publicado por primera vez ",
        "recuperado de ",
        "todos los derechos reservados",
        "впервые опубликовано",
        "все права защищены",
        "pubblicato originariamente ",
        "permission is granted to ",
        "isbn ",
        "isbn:",
        "issn ",
        "底本：",
        "初出：",
        "入力：",
    ];
    const TEXTS: [&str; 28] = [
        "article",
        "book",
        "booklet",
        "chapter",
        "document",
        "ebook",
        "edition",
        "essay",
        "guide",
        "interview",
        "lecture",
        "license",
        "manual",
        "pamphlet",
        "piece",
        "post",
        "publication",
        "review",
        "standard",
        "story",
        "talk",
        "text",
        "translation",
        "work",
        "zine",
        "buch",
        "dokument",
        "handbuch",
    ];
    /// What says that a statement about a text is one about what may be done with it.
    const LICENCES: [&str; 7] =
        ["license", "licence", "lizenz", "copyright", "public domain", "free software", "freie software"];
    let text = text.trim().trim_start_matches(['*', '_', '[', '(']);
    if text.chars().take(LONGEST + 1).count() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    let of_text = || {
        let mut words = lower.split_whitespace();
        let this = words.next().is_some_and(|w| ["this", "ce", "dieses", "dieser", "este"].contains(&w));
        let is_text =
            this && words.next().is_some_and(|w| TEXTS.contains(&w) || w == "texte" || w == "documento");
        let rest = words.collect::<Vec<_>>().join(" ");
        let rest = rest.trim_start_matches("was ");
        let appeared = ["first ", "originally "].iter().any(|o| rest.starts_with(o));
        is_text && (appeared || LICENCES.iter().any(|l| rest.contains(l)))
    };
    let accessed = || lower.starts_with("accessed ") && lower.contains(|c: char| c.is_ascii_digit());
    let found = || {
        let named =
            ["source: ", "quelle: ", "fuente: ", "источник: ", "url: "].iter().any(|n| lower.starts_with(n));
        named && (lower.contains("://") || lower.contains("www."))
    };
    OPENINGS.iter().any(|o| lower.starts_with(o)) || of_text() || accessed() || found()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements() {
        for text in [
            "Retrieved from https://mills.example",
            "This essay first appeared in The Weir.",
            "Zuerst erschienen in „Das Wehr“.",
            "© 2015 Ada Weaver",
            "This manual may be copied under the terms of the Weir License.",
            "Dieses Handbuch ist freie Software.",
            "Permission is granted to copy this page.",
        ] {
            assert!(is_statement(text), "{text}");
        }
        for text in [
            "Source: the parish register",
            "This essay is about mills.",
            "Accessed by a stair, the loft is dry.",
            "Permission was granted to the miller.",
        ] {
            assert!(!is_statement(text), "{text}");
        }
    }
}
