//! The running text: the lines that are left when the notes are taken out, joined where they were torn.

use std::ops::Range;

use super::cut::Cut;
use super::prose::{closes_sentence, is_set_apart, torn};
use crate::layout::{Kind, Layout};
use crate::model::{Flow, Form, Marker, MarkerId, Repair, RepairKind};
use crate::source::{Source, Span};

/// What is left of a line.
#[derive(Debug)]
pub struct Rest {
    /// The line.
    pub line: usize,
    /// Ranges of the source, in order.
    pub ranges: Vec<(usize, usize)>,
    /// Blank lines before it.
    pub blanks: usize,
    /// True if something was cut between it and the line before.
    pub cut: bool,
}

/// The running text as one flow.
pub fn flow(
    source: &Source,
    layout: &Layout,
    form: Form,
    cuts: &[Cut],
    pages: &[Range<usize>],
    markers: &[Marker],
    repairs: &mut Vec<Repair>,
) -> Flow {
    let mut flow = Flow::default();
    let mut last: Option<Rest> = None;
    let mut copier = Copier { source, markers, next: 0 };
    let width = usual_width(layout);
    for rest in in_order(remaining(source, layout, cuts), pages) {
        if last.as_ref().is_some_and(|before| before.line > rest.line) {
            copier.next = 0;
        }
        if let Some(before) = &last {
            let above = text_of(source, before);
            let below = text_of(source, &rest);
            let join = between(form, &above, &below, &rest, layout.lines[before.line].kind == Kind::Code, width);
            match join {
                Join::Line => flow.glue("\n"),
                Join::Break => {
                    let blanks = if form.is_markdown() && !rest.cut { rest.blanks.clamp(1, 20) } else { 1 };
                    flow.glue(&"\n".repeat(blanks + 1));
                }
                Join::Sentence => {
                    flow.glue(" ");
                    let from = before.ranges.last().map_or(0, |r| r.1);
                    let to = rest.ranges[0].0;
                    repairs.push(Repair {
                        kind: RepairKind::Joined,
                        span: Span::new(from.min(to), to),
                        line: source.line_of(to),
                        detail: "a sentence torn by a page or paragraph break was joined".into(),
                    });
                }
            }
        }
        for &(start, end) in &rest.ranges {
            copier.copy(&mut flow, start, end);
        }
        last = Some(rest);
    }
    flow
}

/// How two lines stand to each other.
enum Join {
    /// The next line of the same block.
    Line,
    /// A new block.
    Break,
    /// One sentence, torn.
    Sentence,
}

fn between(form: Form, above: &str, below: &str, rest: &Rest, code: bool, width: usize) -> Join {
    if code {
        return if rest.blanks > 0 { Join::Break } else { Join::Line };
    }
    let tears = if rest.cut {
        // Notes and page edges tear sentences as they fall.
        torn(above, below) || (unfinished(above) && !is_set_apart(below))
    } else {
        rest.blanks > 0 && form != Form::Markdown && form != Form::Thread && torn(above, below)
    };
    if tears {
        return Join::Sentence;
    }
    if rest.blanks > 0 {
        return Join::Break;
    }
    // No blank line, but a page's edge: a short line that closes a sentence closes the paragraph.
    let short = above.trim_end().chars().count() * 5 < width * 4;
    if rest.cut && (short && closes_sentence(above) || is_set_apart(below)) { Join::Break } else { Join::Line }
}

/// True for a long line that stops at a word no sentence stops at: a small word in lower case.
fn unfinished(text: &str) -> bool {
    const SMALL: usize = 3;
    let text = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || "*_".contains(c)).trim_end();
    let last = text.rsplit(' ').next().unwrap_or("");
    text.chars().count() >= 40
        && !is_set_apart(text)
        && (text.ends_with(',') || (1..=SMALL).contains(&last.chars().count()) && last.chars().all(char::is_lowercase))
}

/// The width that most lines of the text reach, in characters.
fn usual_width(layout: &Layout) -> usize {
    let mut widths: Vec<usize> = layout.lines.iter().filter(|l| l.is_text()).map(|l| l.end - l.start).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
}

fn text_of(source: &Source, rest: &Rest) -> String {
    rest.ranges.iter().map(|&(s, e)| &source.text[s..e]).collect()
}

/// What is left of the lines, page by page in reading order.
fn in_order(rests: Vec<Rest>, pages: &[Range<usize>]) -> Vec<Rest> {
    if pages.len() < 2 {
        return rests;
    }
    let mut rests: Vec<Option<Rest>> = rests.into_iter().map(Some).collect();
    let place = |line: usize, rests: &[Option<Rest>]| rests.partition_point(|r| r.as_ref().is_some_and(|r| r.line < line));
    let bounds: Vec<Range<usize>> = pages.iter().map(|p| place(p.start, &rests)..place(p.end, &rests)).collect();
    let mut out: Vec<Rest> = Vec::with_capacity(rests.len());
    for (page, bounds) in pages.iter().zip(bounds) {
        let mut first = true;
        for slot in &mut rests[bounds] {
            let Some(mut rest) = slot.take() else { continue };
            // Where pages meet that did not in the file, their edge lies between.
            if std::mem::take(&mut first) && out.last().is_some_and(|o| o.line + 1 != page.start) {
                (rest.cut, rest.blanks) = (true, rest.blanks.max(1));
            }
            out.push(rest);
        }
    }
    // No line is lost, whatever the pages say.
    out.extend(rests.into_iter().flatten());
    out
}

/// The lines minus the cuts.
pub fn remaining(source: &Source, layout: &Layout, cuts: &[Cut]) -> Vec<Rest> {
    let mut out = Vec::new();
    let mut next = 0;
    let (mut blanks, mut cut) = (0, false);
    for (index, line) in layout.lines.iter().enumerate() {
        if line.is_blank() {
            blanks += 1;
            continue;
        }
        while cuts.get(next).is_some_and(|c| c.span.end as usize <= line.start) {
            next += 1;
        }
        let mut ranges = Vec::new();
        let mut at = line.start;
        let mut k = next;
        while let Some(c) = cuts.get(k).filter(|c| (c.span.start as usize) < line.end) {
            if c.span.start as usize > at {
                ranges.push((at, c.span.start as usize));
            }
            at = at.max(c.span.end as usize);
            k += 1;
        }
        if at < line.end {
            ranges.push((at, line.end));
        }
        ranges.retain(|&(s, e)| !source.text[s..e].trim().is_empty());
        let touched = k > next;
        if ranges.is_empty() {
            cut = true;
            continue;
        }
        out.push(Rest { line: index, ranges, blanks, cut });
        (blanks, cut) = (0, touched && cuts[k - 1].span.end as usize >= line.end);
    }
    out
}

/// Copies stretches of the source, with marks for the markers in them.
pub struct Copier<'a> {
    /// The source.
    pub source: &'a Source,
    /// All markers, in source order.
    pub markers: &'a [Marker],
    /// The first marker that may still come.
    pub next: usize,
}

impl Copier<'_> {
    /// Copies `start..end`.
    pub fn copy(&mut self, flow: &mut Flow, start: usize, end: usize) {
        let text = &self.source.text;
        let mut at = start;
        self.next += self.markers[self.next..].partition_point(|m| (m.span.start as usize) < start);
        while let Some(marker) = self.markers.get(self.next).filter(|m| m.span.end as usize <= end) {
            let mut stop = marker.span.start as usize;
            let floats = marker.shown.chars().all(|c| c.is_ascii_digit());
            if floats {
                // A figure afloat belongs to the word before it.
                stop = at + text[at..stop].trim_end_matches(' ').len();
            }
            flow.copy(text, at..stop);
            if floats && stop == at {
                flow.trim_glue();
            }
            flow.mark(MarkerId(self.next as u32));
            at = marker.span.end as usize;
            self.next += 1;
        }
        flow.copy(text, at..end.max(at));
    }
}
