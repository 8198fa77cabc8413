//! What stands before a text and says over again what its page says: the source's title page, and its own table of
//! contents. Both stay where they are, word for word, but folded away; a line or two of that kind are only set small.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::fold::key;
use crate::model::{Block, BlockKind, Inline, InlineKind, Meta, block_text, plain_text};

/// A run of blocks before the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Front {
    /// Which blocks, counted from the first behind the title.
    pub blocks: Range<usize>,
    /// What they are.
    pub kind: FrontKind,
}

/// What a run of blocks before the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrontKind {
    /// A line or two with the author, the date or the address.
    Said,
    /// A page of such lines.
    TitlePage,
    /// A table of contents.
    Contents,
}

/// Words of a block of a title page.
const LONGEST: usize = 25;
/// Blocks of the shortest title page.
const FEWEST: usize = 3;
/// Letters of what stands on a title page twice.
const SHORTEST_TWICE: usize = 9;
/// Blocks among which a table of contents is looked for.
const NEAR: usize = 60;
/// Words of the heading of a table of contents.
const HEADING: usize = 5;
/// Lines of the shortest table of contents, and in ten lines of one those that are headings further down.
const LINES: usize = 3;
const IN_TEN: usize = 6;

/// What stands before the text in the blocks behind its title, in order.
pub(super) fn fronts(blocks: &[Block], meta: &Meta) -> Vec<Front> {
    let title = title_page(blocks, meta);
    let kind = if title < FEWEST { FrontKind::Said } else { FrontKind::TitlePage };
    let contents = contents(blocks, title).unwrap_or(title..title);
    [Front { blocks: 0..title, kind }, Front { blocks: contents, kind: FrontKind::Contents }]
        .into_iter()
        .filter(|front| !front.blocks.is_empty())
        .collect()
}

/// How many of the first blocks say what is known of the text, or what stands there twice. Of three on a title page, two
/// must.
fn title_page(blocks: &[Block], meta: &Meta) -> usize {
    let lead: Vec<Vec<String>> = blocks.iter().map_while(title_lines).collect();
    let whole: Vec<String> = lead.iter().map(|lines| key(&lines.concat())).collect();
    let is_twice = |i: usize, said: &str| {
        said.len() >= SHORTEST_TWICE
            && whole.iter().enumerate().any(|(j, other)| j != i && other.contains(said))
    };
    let (mut end, mut known) = (0, 0);
    for (i, lines) in lead.iter().enumerate() {
        if is_twice(i, &whole[i]) || lines.iter().all(|line| is_known(line, meta) || is_twice(i, &key(line)))
        {
            known += 1;
            if known == i + 1 || (known >= FEWEST && 3 * known >= 2 * (i + 1)) {
                end = i + 1;
            }
        }
    }
    end
}

/// The lines of a block that may stand on a title page: a few words without a note or a picture.
fn title_lines(block: &Block) -> Option<Vec<String>> {
    let (BlockKind::Paragraph(content) | BlockKind::Heading { content, .. }) = &block.kind else {
        return None;
    };
    let words = plain_text(content).split_whitespace().count();
    (words > 0 && words <= LONGEST && !has_more_than_words(content)).then(|| lines(content))
}

fn has_more_than_words(content: &[Inline]) -> bool {
    content.iter().any(|inline| match &inline.kind {
        InlineKind::Marker(_) | InlineKind::Image { .. } => true,
        other => other.content().is_some_and(has_more_than_words),
    })
}

/// True if a line says what the page says: the title, the authors, the date, where it was found.
fn is_known(line: &str, meta: &Meta) -> bool {
    let said = key(line);
    let words = line.split_whitespace().count();
    let is_title = || said.len() >= FEWEST && key(&meta.title).contains(&said);
    let is_author = || {
        let rest = meta.authors.iter().fold(said.clone(), |rest, author| rest.replace(&key(author), ""));
        rest.len() < said.len() && rest.len() <= "translatedby".len() && words <= LONGEST
    };
    let is_date =
        || words <= 4 && meta.date.as_ref().is_some_and(|date| said.contains(&date[..date.len().min(4)]));
    let is_address = || {
        let host = meta.source.as_deref().and_then(host);
        host.is_some_and(|host| line.contains(host)) || (words == 1 && host_like(line))
    };
    is_title() || is_author() || is_date() || is_address()
}

/// The name of an address's server.
fn host(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split('/').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// True for one word such as `example.org`.
fn host_like(word: &str) -> bool {
    let word = word.trim_end_matches('/');
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() > 1
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && parts.last().is_some_and(|last| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The table of contents that begins at this block or a little further down.
fn contents(blocks: &[Block], from: usize) -> Option<Range<usize>> {
    (from..blocks.len().min(from + NEAR)).find_map(|start| {
        let headed = is_heading_of_contents(&blocks[start]);
        let first = start + usize::from(headed);
        let headings: BTreeSet<String> = blocks.get(first..)?.iter().filter_map(heading_key).collect();
        let end = first + entries(&blocks[first..], &headings);
        (end > first).then_some(start..end)
    })
}

fn is_heading_of_contents(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Heading { content, .. } | BlockKind::Paragraph(content)
        if plain_text(content).split_whitespace().count() <= HEADING)
}

fn heading_key(block: &Block) -> Option<String> {
    let BlockKind::Heading { content, .. } = &block.kind else { return None };
    Some(key(&plain_text(content))).filter(|key| !key.is_empty())
}

/// How many of these blocks are lines of a table of contents: a table or a list, or paragraphs that each are one.
fn entries(blocks: &[Block], headings: &BTreeSet<String>) -> usize {
    let is_entry = |line: &String| {
        let titled = line.trim_end_matches(|c: char| !c.is_alphabetic());
        let bare = titled.trim_start_matches(|c: char| !c.is_alphabetic());
        [titled, bare, line].into_iter().any(|text| headings.contains(&key(text)))
    };
    let (mut end, mut all, mut found) = (0, 0, 0);
    for (i, block) in blocks.iter().enumerate() {
        let lines = match &block.kind {
            BlockKind::Table { head, rows, .. } => {
                let row = |cells: &Vec<Vec<Inline>>| {
                    cells.iter().map(|c| plain_text(c)).collect::<Vec<_>>().join(" ")
                };
                std::iter::once(head).chain(rows).map(row).filter(|row| !row.trim().is_empty()).collect()
            }
            BlockKind::List { .. } | BlockKind::Verse(_) => {
                block_text(std::slice::from_ref(block)).lines().map(str::to_owned).collect()
            }
            BlockKind::Preformatted(content) => plain_text(content).lines().map(str::to_owned).collect(),
            BlockKind::Paragraph(content) => lines(content),
            _ => break,
        };
        let here = lines.iter().filter(|line| is_entry(line)).count();
        if here * 10 < lines.len() * IN_TEN {
            break;
        }
        (end, all, found) = (i + 1, all + lines.len(), found + here);
    }
    if found >= LINES && found * 10 >= all * IN_TEN { end } else { 0 }
}

/// The lines of running text, as its breaks part them.
fn lines(content: &[Inline]) -> Vec<String> {
    content
        .split(|inline| matches!(inline.kind, InlineKind::HardBreak | InlineKind::SoftBreak))
        .map(plain_text)
        .filter(|line| !line.trim().is_empty())
        .collect()
}
