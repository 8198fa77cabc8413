//! Where pages could begin.
//!
//! A [`Gap`] is a place between two lines of running text that a page could end and begin at: where blank
//! lines, notes, a rule, a form feed, a page number or a running head stand between them. That most gaps
//! are none is for the search to find out.

use super::contents::{self, Contents};
use super::edges::{self, Edge};
use crate::layout::{Kind, Layout};
use crate::notes::Apparatus;
use crate::restore::body::Rest;
use crate::source::Source;

/// A place that a page could begin at.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The first line of the page that would begin here.
    pub line: usize,
    /// How much it looks like one, in units of evidence (natural logarithms of odds, by eye).
    pub prior: f32,
    /// What passing over it costs.
    pub passed: f32,
    /// The line of running text before it: an index into `rests`, one past it.
    pub before: usize,
    /// Bytes of text before it.
    pub at: usize,
}

/// A label of a note, or of a marker where its page has no notes.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its line.
    pub line: usize,
    /// Its rank among labels.
    pub rank: u32,
    /// True for a note, false for a marker.
    pub note: bool,
}

/// The text as the search sees it.
#[derive(Debug)]
pub struct Printed {
    /// The gaps in file order; the first is the text's beginning, the last its end.
    pub gaps: Vec<Gap>,
    /// Labels in file order.
    pub marks: Vec<Mark>,
    /// Candidates for page numbers and running heads, in file order.
    pub edges: Vec<Edge>,
    /// What the table of contents says.
    pub contents: Contents,
    /// For every line, whether it is none of the running text: of a note, or perhaps of a page's edge.
    pub is_apart: Vec<bool>,
}

// How much a gap looks like the edge of a page. Picked on the practice documents: double blank lines,
// notes and rules stand inside pages too, form feeds never do.
const PLAIN: f32 = -1.0;
const WIDE: f32 = 2.0;
const BEHIND_NOTES: f32 = 1.5;
const BEHIND_RULE: f32 = 0.5;
const AT_EDGE: f32 = 2.5;
const FEED: f32 = 4.0;
/// A heading does not end a page, unless it is the title page's.
const BEHIND_HEADING: f32 = -1.5;

impl Printed {
    /// Finds the gaps, labels and edges.
    pub fn read(source: &Source, layout: &Layout, apparatus: &Apparatus, rests: &[Rest]) -> Printed {
        let (is_note, stray) = note_lines(source, layout, apparatus);
        let edges = edges::find(source, layout, &is_note);
        let mut is_edge = vec![false; layout.lines.len()];
        edges.iter().for_each(|e| is_edge[e.line] = true);
        let body: Vec<usize> =
            (0..rests.len()).filter(|&i| !is_edge[rests[i].line] && !is_note[rests[i].line]).collect();
        let mut gaps = Vec::new();
        let start = layout.lines.first().map_or(0, |l| l.start);
        gaps.push(Gap { line: 0, prior: 0.0, passed: 0.0, before: 0, at: 0 });
        for pair in body.windows(2) {
            between(source, layout, rests, pair[0], pair[1], &is_note, &is_edge, &mut gaps);
        }
        let end = layout.lines.last().map_or(start, |l| l.end);
        gaps.push(Gap {
            line: layout.lines.len(),
            prior: 0.0,
            passed: 0.0,
            before: rests.len(),
            at: end - start,
        });
        let is_apart = is_note.iter().zip(&is_edge).map(|(a, b)| a | b).collect();
        Printed {
            gaps,
            is_apart,
            marks: marks(layout, apparatus, stray),
            edges,
            contents: contents::read(source, layout),
        }
    }

    /// The labels between two gaps: those of notes, or where there are none those of markers.
    pub fn labels(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let marks = between_lines(&self.marks, self.gaps[from].line, self.gaps[to].line, |m| m.line);
        let of = |note: bool| {
            let first = marks.iter().find(|m| m.note == note)?;
            let last = marks.iter().rev().find(|m| m.note == note)?;
            Some((first.rank, last.rank))
        };
        of(true).or_else(|| of(false))
    }

    /// The last label before a gap.
    pub fn label_before(&self, gap: usize) -> Option<u32> {
        let end = self.marks.partition_point(|m| m.line < self.gaps[gap].line);
        // A page's notes stand behind its markers, so what comes last is a note if there is any near.
        end.checked_sub(1).map(|i| self.marks[i].rank)
    }

    /// The page number between two gaps, if exactly one stands there or the outer ones agree with it.
    pub fn number(&self, from: usize, to: usize) -> Option<u32> {
        let edges = between_lines(&self.edges, self.gaps[from].line, self.gaps[to].line, |e| e.line);
        let mut numbers = edges.iter().filter_map(|e| e.number);
        let first = numbers.next()?;
        numbers.all(|n| n == first).then_some(first)
    }

    /// The page number that the contents give for the headings between two gaps; false where they do not
    /// agree.
    pub fn entry(&self, from: usize, to: usize) -> (Option<u32>, bool) {
        let entries =
            between_lines(&self.contents.entries, self.gaps[from].line, self.gaps[to].line, |e| e.line);
        let first = entries.first().map(|e| e.number);
        (first, entries.iter().all(|e| Some(e.number) == first))
    }

    /// The last page number before a gap that the contents give for a heading.
    pub fn entry_before(&self, gap: usize) -> Option<u32> {
        let end = self.contents.entries.partition_point(|e| e.line < self.gaps[gap].line);
        end.checked_sub(1).map(|i| self.contents.entries[i].number)
    }

    /// True if the table of contents begins between two gaps.
    pub fn has_contents(&self, from: usize, to: usize) -> bool {
        self.contents.table.first().is_some_and(|&l| (self.gaps[from].line..self.gaps[to].line).contains(&l))
    }

    /// True if more page numbers than one stand between two gaps.
    pub fn has_several_numbers(&self, from: usize, to: usize) -> bool {
        let edges = between_lines(&self.edges, self.gaps[from].line, self.gaps[to].line, |e| e.line);
        edges.iter().filter(|e| e.number.is_some()).count() > 1 && self.number(from, to).is_none()
    }

    /// The last page number before a gap.
    pub fn number_before(&self, gap: usize) -> Option<u32> {
        let end = self.edges.partition_point(|e| e.line < self.gaps[gap].line);
        self.edges[..end].iter().rev().find_map(|e| e.number)
    }
}

fn between_lines<T>(items: &[T], from: usize, to: usize, line: impl Fn(&T) -> usize) -> &[T] {
    let start = items.partition_point(|i| line(i) < from);
    let end = items.partition_point(|i| line(i) < to);
    &items[start..end]
}

/// The gaps between two neighbouring lines of running text.
#[allow(clippy::too_many_arguments)]
fn between(
    source: &Source,
    layout: &Layout,
    rests: &[Rest],
    above: usize,
    below: usize,
    is_note: &[bool],
    is_edge: &[bool],
    gaps: &mut Vec<Gap>,
) {
    let (from, to) = (rests[above].line, rests[below].line);
    let lines = &layout.lines;
    let inside = from + 1..to;
    let feed = (from + 1..=to).find(|&i| lines[i].feed);
    let edge = |i: usize| is_edge[i] || lines[i].is_furniture();
    // Fenced code is not torn apart, whatever stands in it.
    if lines[from].kind == Kind::Code && lines[to].kind == Kind::Code {
        return;
    }
    let notes = inside.clone().rfind(|&i| is_note[i]);
    let first_edge = inside.clone().find(|&i| edge(i));
    if inside.is_empty() && feed.is_none() && notes.is_none() {
        return;
    }
    let mut run = 0;
    let mut widest = 0;
    for i in inside.clone() {
        run = if lines[i].is_blank() { run + 1 } else { 0 };
        widest = widest.max(run);
    }
    let mut prior = PLAIN;
    if notes.is_some() || is_note[from] {
        prior += BEHIND_NOTES - PLAIN;
    } else if inside.clone().any(|i| lines[i].kind == Kind::Rule) {
        prior += BEHIND_RULE - PLAIN;
    }
    if widest >= 2 {
        prior += WIDE;
    }
    if layout.text(source, from).starts_with('#') {
        prior += BEHIND_HEADING;
    }
    if first_edge.is_some() {
        prior += AT_EDGE;
    }
    if layout.feeds {
        prior = if feed.is_some() { FEED } else { -FEED };
    }
    let mut push = |line: usize| {
        if gaps.last().is_some_and(|g| g.line >= line) {
            return;
        }
        let at = lines[line].start - lines[0].start;
        let passed = match feed {
            Some(feed) if feed == line && layout.feeds => -FEED,
            _ if first_edge.is_some() && line == to => -AT_EDGE,
            _ => 0.0,
        };
        gaps.push(Gap { line, prior, passed, before: above + 1, at });
    };
    if let Some(line) = feed.filter(|_| layout.feeds) {
        push(line);
        return;
    }
    // Notes belong to the page before; a page number or running head may belong to either.
    let behind = notes.map_or(from + 1, |n| n + 1);
    (behind..to).filter(|&i| edge(i)).for_each(&mut push);
    push(to);
}

/// For every line, whether a note stands on it; and the notes that stay without a marker in the printed
/// order, where markers and notes cross.
fn note_lines(source: &Source, layout: &Layout, apparatus: &Apparatus) -> (Vec<bool>, Vec<Mark>) {
    let mut is_note = vec![false; layout.lines.len()];
    for piece in apparatus.notes.iter().flat_map(|n| std::iter::once(&n.head).chain(&n.pieces)) {
        if piece.start == piece.end {
            continue;
        }
        let (first, last) = (layout.line_at(piece.start as usize), layout.line_at(piece.end as usize - 1));
        is_note[first..=last].fill(true);
    }
    let mut stray = Vec::new();
    let mut line = 0;
    while line < layout.lines.len() {
        let opens = layout.lines[line].kind == Kind::Text
            && !is_note[line]
            && (line == 0
                || !layout.lines[line - 1].is_text()
                || is_note[line - 1]
                || layout.lines[line].feed);
        if let Some(rank) = opens.then(|| raised(layout.text(source, line))).flatten() {
            stray.push(Mark { line, rank, note: true });
            is_note[line] = true;
            while layout.lines.get(line + 1).is_some_and(|l| l.kind == Kind::Text && !l.feed) {
                line += 1;
                is_note[line] = true;
            }
        }
        line += 1;
    }
    (is_note, stray)
}

/// The number of a raised label that a paragraph begins with: nothing but a note does.
fn raised(text: &str) -> Option<u32> {
    if let Some(rest) = text.strip_prefix("<sup>") {
        return rest.split_once("</sup>").and_then(|(label, _)| label.trim().parse().ok());
    }
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c);
    let digits: Vec<usize> = text.chars().map_while(digit).take(5).collect();
    (1..=4).contains(&digits.len()).then(|| digits.iter().fold(0, |n, &d| n * 10 + d as u32))
}

fn marks(layout: &Layout, apparatus: &Apparatus, stray: Vec<Mark>) -> Vec<Mark> {
    let notes = apparatus.notes.iter().filter_map(|n| {
        Some(Mark { line: layout.line_at(n.head.start as usize), rank: n.label.rank()?, note: true })
    });
    let markers = apparatus.markers.iter().filter_map(|m| {
        Some(Mark { line: layout.line_at(m.span.start as usize), rank: m.label.parse().ok()?, note: false })
    });
    let mut marks: Vec<Mark> = notes.chain(markers).chain(stray).filter(|m| m.rank > 0).collect();
    marks.sort_by_key(|m| (m.line, m.note));
    marks
}
