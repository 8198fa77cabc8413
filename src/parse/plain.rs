//! A flow of the plain family → blocks.
//!
//! Restoring has put every paragraph it was sure of on one line, with a blank line between blocks. So what stands
//! between two blank lines ([`lines`]) is one block, and its lines say which: list, quotation, verse, preformatted
//! text, paragraph. Only whether a short line is a heading needs its surroundings ([`heading`]).

use std::ops::Range;

use super::reading::Reading;
use super::text::{LineEnd, Looking, Run};
use crate::model::{Block, BlockKind, Flow, Form, Inline, Item};
use crate::source::Span;

mod contents;
mod heading;
mod indented;
mod lines;
mod list;
mod series;
mod verse;

use heading::Second;
use lines::{Group, Shape};

/// Quotations within quotations that are told apart: each is a copy of its text. Letters quote letters that quote
/// letters, but nobody follows a dozen.
const DEEPEST: usize = 12;

/// Reads a flow.
pub(super) fn blocks(form: Form, flow: &Flow, reading: &mut Reading) -> Vec<Block> {
    read(form, flow, 0, reading)
}

fn read(form: Form, flow: &Flow, depth: usize, reading: &mut Reading) -> Vec<Block> {
    let groups = lines::groups(&flow.text);
    let shapes: Vec<Shape> = groups.iter().map(|g| lines::shape(&flow.text, g)).collect();
    // Posts have no headings: what stands alone in a thread is somebody's remark.
    let headings = match form {
        Form::Thread => vec![None; groups.len()],
        _ => heading::headings(&flow.text, &groups, &shapes),
    };
    let quotations = match form {
        Form::Thread => Vec::new(),
        _ => indented::quotations(&flow.text, &groups, &shapes, &headings),
    };
    let mut quotations = quotations.into_iter().peekable();
    let mut reader = Reader { form, flow, depth, reading };
    let mut out: Vec<Block> = Vec::new();
    let mut i = 0;
    while i < groups.len() {
        if let Some(range) = quotations.next_if(|range| range.start == i) {
            out.push(reader.set_in(&groups[range.clone()], &shapes[range.clone()]));
            i = range.end;
            continue;
        }
        if let Shape::Items = shapes[i] {
            let (block, next) = reader.list(&groups, &shapes, i);
            if let Some(block) = block {
                out.push(block);
                i = next;
                continue;
            }
        }
        let group = &groups[i];
        if let Some(heading) = headings[i] {
            let last = if heading.second == Second::Text { i } else { i + 1 };
            let titled = if heading.second == Second::Title { last } else { i };
            let content = reader.title(&groups[i..=titled]);
            let span = flow.source_span(group.range().start..groups[last].range().end);
            out.push(Block { span, kind: BlockKind::Heading { level: heading.level, content } });
            i = last + 1;
            continue;
        }
        let kind = match &shapes[i] {
            Shape::Rule => BlockKind::Rule,
            Shape::Quote if depth < DEEPEST => BlockKind::Quote(reader.quote(group)),
            Shape::Quote => {
                reader.reading.too_deep(flow.source_span(group.range()));
                reader.paragraph(group)
            }
            Shape::Preformatted => BlockKind::Preformatted(reader.inlines(group.range(), LineEnd::Kept)),
            Shape::Verse => reader.verse(group),
            Shape::Entries => BlockKind::Paragraph(reader.inlines(group.trimmed(&flow.text), LineEnd::Break)),
            Shape::Items | Shape::Prose => reader.paragraph(group),
        };
        out.push(Block { span: flow.source_span(group.range()), kind });
        i += 1;
    }
    out
}

/// What parts the number of a chapter from the title below it: `I. Of Mills`, `Chapter 3. Of Mills`, but `1.3 Of Mills`.
fn parting(number: &str) -> &'static str {
    let spelled = number.contains(|c: char| c.is_ascii_alphabetic());
    if spelled && number.ends_with(|c: char| c.is_ascii_alphanumeric()) { ". " } else { " " }
}

/// Reads groups of one flow.
struct Reader<'f, 'r, 'a> {
    form: Form,
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
        let mut out = run.take(self.flow, looking, self.reading);
        // A list begins with room for four, and most hold one.
        out.shrink_to_fit();
        out
    }

    /// The words of a heading that stands in one group, or in two.
    fn title(&mut self, groups: &[Group]) -> Vec<Inline> {
        let looking = Looking { addresses: true, carets: false, emphasis: true, line_end: LineEnd::Space };
        let mut run = Run::default();
        let mut end: Option<usize> = None;
        for group in groups {
            let range = group.trimmed(&self.flow.text);
            if let Some(end) = end {
                run.push(parting(&run.text), end..range.start);
            }
            end = Some(range.end);
            run.push(&self.flow.text[range.clone()], range);
        }
        run.take(self.flow, looking, self.reading)
    }

    fn verse(&mut self, group: &Group) -> BlockKind {
        let lines = group.lines.iter();
        BlockKind::Verse(lines.map(|l| self.inlines(l.clone(), LineEnd::Space)).collect())
    }

    /// A quotation of paragraphs and verse that are set in.
    fn set_in(&mut self, groups: &[Group], shapes: &[Shape]) -> Block {
        let block = |(group, shape): (&Group, &Shape)| {
            let kind = if *shape == Shape::Verse { self.verse(group) } else { self.paragraph(group) };
            Block { span: self.flow.source_span(group.range()), kind }
        };
        let quoted: Vec<Block> = groups.iter().zip(shapes).map(block).collect();
        let first = quoted.first().map_or(Span::new(0, 0), |b| b.span);
        // Where pages were moved, what comes next may stand before.
        let last = quoted.last().map_or(first, |b| b.span);
        let span =
            if last.end >= first.start { Span::new(first.start as usize, last.end as usize) } else { first };
        Block { span, kind: BlockKind::Quote(quoted) }
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
        read(self.form, &inner, self.depth + 1, self.reading)
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
