//! A flow of the plain family → blocks.
//!
//! Restoring has put every paragraph it was sure of on one line, with a blank line between blocks. So what stands
//! between two blank lines ([`lines`]) is one block, and its lines say which: list, quotation, verse, preformatted
//! text, paragraph. Only whether a short line is a heading needs its surroundings ([`heading`]).

use std::ops::Range;

use super::reading::{MAX_DEPTH, Reading};
use super::text::{LineEnd, Looking, Run};
use crate::model::{Block, BlockKind, Flow, Inline, Item, MARK};

mod heading;
mod lines;
mod list;

use lines::{Group, Shape};

/// Reads a flow.
pub(super) fn blocks(flow: &Flow, reading: &mut Reading) -> Vec<Block> {
    read(flow, 0, reading)
}

fn read(flow: &Flow, depth: usize, reading: &mut Reading) -> Vec<Block> {
    let groups = lines::groups(&flow.text);
    let shapes: Vec<Shape> = groups.iter().map(|g| lines::shape(&flow.text, g)).collect();
    let headings = heading::levels(&flow.text, &groups, &shapes);
    let mut reader = Reader { flow, depth, reading };
    let mut out = Vec::new();
    let mut i = 0;
    while i < groups.len() {
        if let Shape::Items = shapes[i] {
            let (block, next) = reader.list(&groups, &shapes, i);
            if let Some(block) = block {
                out.push(block);
                i = next;
                continue;
            }
        }
        let group = &groups[i];
        let kind = match (&shapes[i], headings[i]) {
            (_, Some(level)) => BlockKind::Heading {
                level,
                content: reader.inlines(group.trimmed(&flow.text), LineEnd::Space),
            },
            (Shape::Rule, _) => BlockKind::Rule,
            (Shape::Quote, _) if depth < MAX_DEPTH => BlockKind::Quote(reader.quote(group)),
            (Shape::Quote, _) => {
                reader.reading.too_deep(flow.source_span(group.range()));
                reader.paragraph(group)
            }
            (Shape::Preformatted, _) => BlockKind::Preformatted(reader.inlines(group.range(), LineEnd::Kept)),
            (Shape::Verse, _) => BlockKind::Verse(
                group.lines.iter().map(|l| reader.inlines(l.clone(), LineEnd::Space)).collect(),
            ),
            (Shape::Entries, _) => {
                BlockKind::Paragraph(reader.inlines(group.trimmed(&flow.text), LineEnd::Break))
            }
            (Shape::Prose, _)
                if announced(&out, &flow.text[..group.range().start]) && reader.has_source(group) =>
            {
                let kind = reader.paragraph(group);
                BlockKind::Quote(vec![Block { span: flow.source_span(group.range()), kind }])
            }
            (Shape::Items | Shape::Prose, _) => reader.paragraph(group),
        };
        out.push(Block { span: flow.source_span(group.range()), kind });
        i += 1;
    }
    out
}

/// True if what was read last is a paragraph that ends in a colon.
fn announced(read: &[Block], text: &str) -> bool {
    matches!(read.last(), Some(Block { kind: BlockKind::Paragraph(_), .. })) && text.trim_end().ends_with(':')
}

/// Reads groups of one flow.
struct Reader<'f, 'r, 'a> {
    flow: &'f Flow,
    depth: usize,
    reading: &'r mut Reading<'a>,
}

impl Reader<'_, '_, '_> {
    fn inlines(&mut self, range: Range<usize>, line_end: LineEnd) -> Vec<Inline> {
        let looking =
            Looking { addresses: true, carets: false, emphasis: line_end != LineEnd::Kept, line_end };
        let mut run = Run::default();
        run.push(&self.flow.text[range.clone()], range);
        run.take(self.flow, looking, self.reading)
    }

    /// True for a longer paragraph whose one marker stands at its end: that of a quotation's source.
    fn has_source(&self, group: &Group) -> bool {
        /// Fewest characters of a quotation that is set apart.
        const SHORTEST: usize = 100;
        let range = group.trimmed(&self.flow.text);
        let text = &self.flow.text[range.clone()];
        let first = self.flow.marks.partition_point(|m| (m.0 as usize) < range.start);
        let marks = self.flow.marks[first..].iter().take_while(|m| (m.0 as usize) < range.end).take(2);
        let ends = |at: u32| {
            let behind = self.flow.text[at as usize..range.end].trim_start_matches(MARK);
            behind.trim_matches(|c: char| "”’\"'»*_)".contains(c)).is_empty()
        };
        let marks: Vec<u32> = marks.map(|m| m.0).collect();
        let long = text.chars().take(SHORTEST).count() == SHORTEST;
        long && !text.starts_with(char::is_lowercase) && matches!(marks[..], [at] if ends(at))
    }

    fn paragraph(&mut self, group: &Group) -> BlockKind {
        // Numbered lines that a list would number anew keep their lines.
        let text = &self.flow.text;
        let listed = group.lines.iter().all(|l| list::bullet(&text[l.clone()]).is_some());
        let line_end = if listed { LineEnd::Break } else { LineEnd::Space };
        BlockKind::Paragraph(self.inlines(group.trimmed(&self.flow.text), line_end))
    }

    /// The lines of a quotation without their `>` are a text of their own.
    fn quote(&mut self, group: &Group) -> Vec<Block> {
        let mut inner = Flow::default();
        for line in &group.lines {
            let text = &self.flow.text[line.clone()];
            let start = text.find('>').map_or(0, |i| i + 1);
            let start = start + usize::from(text[start..].starts_with(' '));
            inner.append(self.flow, line.start + start..line.end);
            inner.glue("\n");
        }
        read(&inner, self.depth + 1, self.reading)
    }

    /// A list that begins at group `i`, and the group after it; `None` if it is none after all.
    fn list(&mut self, groups: &[Group], shapes: &[Shape], i: usize) -> (Option<Block>, usize) {
        let Some(found) = list::find(&self.flow.text, groups, shapes, i) else { return (None, i) };
        let items = found.items.iter().map(|range| {
            let kind = BlockKind::Paragraph(self.inlines(range.clone(), LineEnd::Space));
            let span = self.flow.source_span(range.clone());
            Item { task: None, number: None, blocks: vec![Block { span, kind }] }
        });
        let items = items.collect();
        let span = self.flow.source_span(groups[i].range().start..groups[found.next - 1].range().end);
        let kind = BlockKind::List { start: found.start, tight: found.tight, items };
        (Some(Block { span, kind }), found.next)
    }
}
