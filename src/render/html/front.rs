//! What stands before a text and says over again what its page says: the source's title page, and its own table of
//! contents. Both stay where they are, word for word, but folded away; a line or two of that kind are only set small.

use std::collections::HashMap;
use std::ops::Range;

use crate::fold::key;
use crate::model::{Block, BlockKind, Inline, Meta, block_text, plain_text};
use crate::parse::metadata::said;

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

/// Blocks of the shortest title page.
const FEWEST: usize = 3;
/// Blocks among which a title page and a table of contents are looked for.
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
    let lead: Vec<Vec<String>> = blocks.iter().take(NEAR).map_while(said::lines_of_title_page).collect();
    let (mut end, mut known) = (0, 0);
    for (i, _) in said::known(&lead, meta).into_iter().enumerate().filter(|(_, is_known)| *is_known) {
        known += 1;
        if known == i + 1 || (known >= FEWEST && 3 * known >= 2 * (i + 1)) {
            end = i + 1;
        }
    }
    end
}

/// The table of contents that begins at this block or a little further down, with the heading above it.
fn contents(blocks: &[Block], from: usize) -> Option<Range<usize>> {
    // Of each heading, the last place where it stands: a line of the contents stands above it.
    let headings: HashMap<String, usize> =
        blocks.iter().enumerate().filter_map(|(i, block)| Some((heading_key(block)?, i))).collect();
    let longest = headings.keys().map(|key| key.chars().count()).max()?;
    let place = |line: &String| {
        // Running text is not even compared.
        if line.chars().filter(|c| c.is_alphabetic()).nth(longest).is_some() {
            return None;
        }
        let titled = line.trim_end_matches(|c: char| !c.is_alphabetic());
        let bare = titled.trim_start_matches(|c: char| !c.is_alphabetic());
        [titled, bare, line].into_iter().filter_map(|text| headings.get(&key(text)).copied()).max()
    };
    // Every block is looked at once, and none behind those that a table may begin at but what goes on with one.
    let mut listed: Vec<Listed> = Vec::new();
    for block in &blocks[from..] {
        let lines: Option<Listed> = entry_lines(block).map(|lines| lines.iter().map(place).collect());
        let goes_on = lines.as_ref().is_some_and(|lines| has_enough(named(lines, 0), lines.len()));
        listed.push(lines.filter(|_| goes_on).unwrap_or_else(|| vec![None]));
        if listed.len() > NEAR && !goes_on {
            break;
        }
    }
    (from..blocks.len().min(from + NEAR)).find_map(|start| {
        let headed = usize::from(is_heading_of_contents(&blocks[start]));
        (start..=start + headed).find_map(|first| {
            let entries = entries(listed.get(first - from..)?, first);
            (entries > 0).then_some(start..first + entries)
        })
    })
}

fn is_heading_of_contents(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Heading { content, .. } | BlockKind::Paragraph(content)
        if plain_text(content).split_whitespace().nth(HEADING).is_none())
}

fn heading_key(block: &Block) -> Option<String> {
    let BlockKind::Heading { content, .. } = &block.kind else { return None };
    Some(key(&plain_text(content))).filter(|key| !key.is_empty())
}

/// For each line of a block the last place of the heading that it names.
type Listed = Vec<Option<usize>>;

/// How many of these blocks are lines of a table of contents: a table or a list, or paragraphs that each are one, which
/// name headings further down than `first`, where the first of them stands.
fn entries(blocks: &[Listed], first: usize) -> usize {
    let (mut end, mut all, mut found) = (0, 0, 0);
    for (i, lines) in blocks.iter().enumerate() {
        let here = named(lines, first);
        if !has_enough(here, lines.len()) {
            break;
        }
        (end, all, found) = (i + 1, all + lines.len(), found + here);
    }
    if found >= LINES && has_enough(found, all) { end } else { 0 }
}

/// How many lines name a heading from a place on.
fn named(lines: &Listed, first: usize) -> usize {
    lines.iter().flatten().filter(|&&last| last >= first).count()
}

fn has_enough(found: usize, all: usize) -> bool {
    found * 10 >= all * IN_TEN
}

/// The lines of a block that may be part of a table of contents.
fn entry_lines(block: &Block) -> Option<Vec<String>> {
    let split = |text: String| text.lines().map(str::to_owned).collect();
    Some(match &block.kind {
        BlockKind::Table { head, rows, .. } => {
            let row =
                |cells: &Vec<Vec<Inline>>| cells.iter().map(|c| plain_text(c)).collect::<Vec<_>>().join(" ");
            std::iter::once(head).chain(rows).map(row).filter(|row| !row.trim().is_empty()).collect()
        }
        BlockKind::List { .. } | BlockKind::Verse(_) => split(block_text(std::slice::from_ref(block))),
        BlockKind::Preformatted(content) => split(plain_text(content)),
        BlockKind::Paragraph(content) => said::lines(content),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InlineKind;
    use crate::source::Span;

    fn block(kind: BlockKind) -> Block {
        Block { span: Span { start: 0, end: 0 }, kind }
    }

    /// A text's words; `/` is a line's end.
    fn inlines(text: &str) -> Vec<Inline> {
        let inline = |kind| Inline { span: Span { start: 0, end: 0 }, kind };
        let mut out = Vec::new();
        for (i, line) in text.split('/').enumerate() {
            if i > 0 {
                out.push(inline(InlineKind::HardBreak));
            }
            out.push(inline(InlineKind::Text(line.trim().to_owned())));
        }
        out
    }

    /// `# ` makes a heading, `- ` lines of a list.
    fn blocks(texts: &[&str]) -> Vec<Block> {
        let heading = |text| block(BlockKind::Heading { level: 2, content: inlines(text) });
        texts
            .iter()
            .map(|text| match (text.strip_prefix("# "), text.strip_prefix("- ")) {
                (Some(text), _) => heading(text),
                (_, Some(lines)) => block(BlockKind::Verse(lines.split('/').map(inlines).collect())),
                _ => block(BlockKind::Paragraph(inlines(text))),
            })
            .collect()
    }

    fn found(texts: &[&str]) -> Vec<(Range<usize>, FrontKind)> {
        let meta = Meta {
            title: "Of Wells".into(),
            authors: vec!["Ada Example".into()],
            date: Some("1907-03".into()),
            source: Some("https://www.wells.example.org/of-wells".into()),
            ..Meta::default()
        };
        fronts(&blocks(texts), &meta).into_iter().map(|f| (f.blocks, f.kind)).collect()
    }

    #[test]
    fn a_title_page_says_what_is_known_or_what_stands_there_twice() {
        let page = [
            "How They Are Dug",
            "Ada Example",
            "Of Wells / How They Are Dug / March 1907",
            "A well is a hole.",
        ];
        assert_eq!(found(&page), [(0..3, FrontKind::TitlePage)]);
        let page =
            ["Ada Example", "Read on 3 May at wells.example.org", "More than one word", "1907", "A well."];
        assert_eq!(found(&page), [(0..4, FrontKind::TitlePage)]);
    }

    #[test]
    fn a_line_or_two_are_no_page_and_a_sentence_is_not_known() {
        assert_eq!(found(&["By Ada Example", "A well is a hole."]), [(0..1, FrontKind::Said)]);
        assert_eq!(found(&["In 1907 nobody dug, says Ada Example, and she knew why.", "A well."]), []);
        assert_eq!(found(&["A well is a hole.", "Ada Example"]), []);
    }

    #[test]
    fn a_table_of_contents_names_the_headings_below_it() {
        let lines = "- Digging . . . 3/2. Drawing 5/Drinking 7";
        let text = ["# Contents", lines, "Words.", "# Digging", "x", "# Drawing", "x", "# Drinking"];
        assert_eq!(found(&text), [(0..2, FrontKind::Contents)]);
        assert_eq!(found(&["# Contents", lines, "# Digging", "x"]), [], "two of three are no headings");
        let paragraphs =
            ["Digging 3", "Drawing 5", "Drinking 7", "Words.", "# Digging", "# Drawing", "# Drinking"];
        assert_eq!(found(&paragraphs), [(0..3, FrontKind::Contents)]);
    }
}
