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
    /// The same for each [`Side`].
    lines: [usize; 3],
    /// The line of running text before it: an index into `rests`, one past it.
    pub before: usize,
    /// The room that all before it takes on pages: characters, and what is left empty at ends of paragraphs. Of the
    /// running text, and of the notes with it.
    pub at: [f32; 2],
    /// What stands there.
    pub signs: Signs,
}

/// What stands between two lines of running text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The most blank lines in a row.
    pub blanks: u8,
    /// Notes, or a rule.
    pub foot: Foot,
    /// A page number, or a running head.
    pub edge: EdgeKind,
    /// Form feeds.
    pub feeds: u8,
}

/// What can stand at a page's foot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foot {
    /// Nothing.
    #[default]
    Bare,
    /// A rule.
    Rule,
    /// Notes.
    Notes,
}

/// What can stand at a page's edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EdgeKind {
    /// Nothing.
    #[default]
    Bare,
    /// A running head.
    Head,
    /// A page number.
    Number,
}

/// On which side of the text page numbers and running heads stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// All above it.
    Above,
    /// All below it.
    Below,
    /// The numbers below it, the heads above.
    Parted,
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
    /// The numbers that sections and items of lists begin with, with their lines, in file order.
    pub ordinals: Vec<(usize, u32)>,
    /// Candidates for page numbers and running heads, in file order.
    pub edges: Vec<Edge>,
    /// What the table of contents says.
    pub contents: Contents,
    /// The lines of running text, as the gaps count them.
    body: Vec<usize>,
    /// For every line, whether it is none of the running text: of a note, or perhaps of a page's edge.
    pub is_apart: Vec<bool>,
}

/// What the end of a paragraph leaves empty on a page, in characters: half a line and the indentation of the next, or
/// a blank line.
const PARAGRAPH: f32 = 40.0;

impl Printed {
    /// Finds the gaps, labels and edges.
    pub fn read(source: &Source, layout: &Layout, apparatus: &Apparatus, rests: &[Rest]) -> Printed {
        let (is_note, stray) = note_lines(source, layout, apparatus);
        let edges = edges::find(source, layout, &is_note);
        let mut is_edge = vec![false; layout.lines.len()];
        edges.iter().for_each(|e| is_edge[e.line] = true);
        let body: Vec<usize> =
            (0..rests.len()).filter(|&i| !is_edge[rests[i].line] && !is_note[rests[i].line]).collect();
        let mut gaps = vec![Gap { line: 0, lines: [0; 3], before: 0, at: [0.0; 2], signs: Signs::default() }];
        let mut room = Room { next: 0, at: [0.0; 2] };
        let kinds = Lines { source, layout, is_note: &is_note, edges: &edges, is_edge: &is_edge };
        for pair in body.windows(2) {
            let (from, to) = (rests[pair[0]].line, rests[pair[1]].line);
            let Some((lines, signs)) = kinds.between(from, to) else { continue };
            room.pass(&kinds, from + 1);
            let mut at = room.at;
            at[1] += kinds.notes(from + 1, to);
            gaps.push(Gap { line: lines[0], lines, before: pair[0] + 1, at, signs });
            room.at.iter_mut().for_each(|at| *at += PARAGRAPH);
        }
        let line = layout.lines.len();
        room.pass(&kinds, line);
        gaps.push(Gap { line, lines: [line; 3], before: rests.len(), at: room.at, signs: Signs::default() });
        let is_apart = is_note.iter().zip(&is_edge).map(|(a, b)| a | b).collect();
        // A line that is apart counts as the next one of the text.
        let mut lines: Vec<usize> = Vec::with_capacity(rests.len());
        let mut next = layout.lines.len();
        for rest in rests.iter().rev() {
            next = if is_edge[rest.line] || is_note[rest.line] { next } else { rest.line };
            lines.push(next);
        }
        lines.reverse();
        Printed {
            gaps,
            body: lines,
            is_apart,
            marks: marks(layout, apparatus, stray),
            ordinals: body.iter().filter_map(|&i| ordinal(source, &rests[i])).collect(),
            edges,
            contents: contents::read(source, layout),
        }
    }

    /// The sides on which numbers and heads may stand, as far as it makes a difference.
    pub fn sides(&self) -> Vec<Side> {
        let mut sides: Vec<Side> = Vec::new();
        for side in [Side::Above, Side::Parted, Side::Below] {
            let same =
                |other: &Side| self.gaps.iter().all(|g| g.lines[side as usize] == g.lines[*other as usize]);
            if !sides.iter().any(same) {
                sides.push(side);
            }
        }
        sides
    }

    /// Lets the pages begin where they do if numbers and heads stand on that side.
    pub fn turn(&mut self, side: Side) {
        self.gaps.iter_mut().for_each(|gap| gap.line = gap.lines[side as usize]);
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

    /// The first and last number of a section or item between two gaps.
    pub fn ordinals(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let own = between_lines(&self.ordinals, self.gaps[from].line, self.gaps[to].line, |o| o.0);
        Some((own.first()?.1, own.last()?.1))
    }

    /// The last such number before a gap.
    pub fn ordinal_before(&self, gap: usize) -> Option<u32> {
        let end = self.ordinals.partition_point(|o| o.0 < self.gaps[gap].line);
        end.checked_sub(1).map(|i| self.ordinals[i].1)
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

    /// True if running text stands above the page number between two gaps.
    pub fn number_is_below(&self, from: usize, to: usize) -> bool {
        let edges = between_lines(&self.edges, self.gaps[from].line, self.gaps[to].line, |e| e.line);
        let line = edges.iter().find(|e| e.number.is_some()).map_or(0, |e| e.line);
        self.body[self.gaps[from].before..].first().is_some_and(|&first| first < line)
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

/// The room that lines take.
struct Room {
    next: usize,
    at: [f32; 2],
}

impl Room {
    /// Adds the lines up to one.
    fn pass(&mut self, kinds: &Lines, end: usize) {
        for i in self.next..end {
            let length = kinds.length(i);
            if kinds.is_note[i] {
                self.at[1] += length;
            } else if !kinds.edge(i) {
                self.at[0] += length;
                self.at[1] += length;
            }
        }
        self.next = self.next.max(end);
    }
}

/// The lines, and what is known of each.
struct Lines<'a> {
    source: &'a Source,
    layout: &'a Layout,
    is_note: &'a [bool],
    edges: &'a [Edge],
    is_edge: &'a [bool],
}

impl Lines<'_> {
    fn edge(&self, line: usize) -> bool {
        self.is_edge[line] || self.layout.lines[line].is_furniture()
    }

    fn length(&self, line: usize) -> f32 {
        self.layout.text(self.source, line).chars().count() as f32
    }

    /// The characters of the notes between two lines.
    fn notes(&self, from: usize, to: usize) -> f32 {
        (from..to).filter(|&i| self.is_note[i]).map(|i| self.length(i)).sum()
    }

    fn number_at(&self, line: usize) -> bool {
        let at = self.edges.partition_point(|e| e.line < line);
        self.edges.get(at).is_some_and(|e| e.line == line && e.number.is_some())
    }

    /// Where a page could begin between two neighbouring lines of running text, by the side that numbers and heads
    /// stand on, and what is seen there.
    fn between(&self, from: usize, to: usize) -> Option<([usize; 3], Signs)> {
        let lines = &self.layout.lines;
        let inside = from + 1..to;
        let mut feeds = (from + 1..=to).filter(|&i| lines[i].feed);
        let feed = feeds.next();
        // Fenced code is not torn apart, whatever stands in it.
        if lines[from].kind == Kind::Code && lines[to].kind == Kind::Code
            || inside.is_empty() && feed.is_none()
        {
            return None;
        }
        let notes = inside.clone().rfind(|&i| self.is_note[i]);
        let (mut run, mut widest) = (0, 0);
        for i in inside.clone() {
            run = if lines[i].is_blank() { run + 1 } else { 0 };
            widest = widest.max(run);
        }
        let edges: Vec<usize> = inside.clone().filter(|&i| self.edge(i)).collect();
        let foot = if notes.is_some() {
            Foot::Notes
        } else if inside.clone().any(|i| lines[i].kind == Kind::Rule) {
            Foot::Rule
        } else {
            Foot::Bare
        };
        let edge = if edges.iter().any(|&i| self.number_at(i)) {
            EdgeKind::Number
        } else if edges.is_empty() {
            EdgeKind::Bare
        } else {
            EdgeKind::Head
        };
        let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        let feeds = count(usize::from(feed.is_some()) + feeds.count());
        let signs = Signs { blanks: count(widest), foot, edge, feeds };
        if let Some(feed) = feed.filter(|_| self.layout.feeds) {
            return Some(([feed; 3], signs));
        }
        // Notes belong to the page before; a page number or running head may belong to either.
        let behind: Vec<usize> = edges.into_iter().filter(|&i| notes.is_none_or(|n| i > n)).collect();
        let last_number = behind.iter().rposition(|&i| self.number_at(i));
        let parted = behind.get(last_number.map_or(0, |n| n + 1)).copied();
        Some(([behind.first().copied().unwrap_or(to), to, parted.unwrap_or(to)], signs))
    }
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

/// The number that a paragraph begins with: `12. `, `## 3) `.
fn ordinal(source: &Source, rest: &Rest) -> Option<(usize, u32)> {
    let text =
        rest.ranges.first().map(|&(s, e)| &source.text[s..e]).filter(|_| rest.blanks > 0 || rest.cut)?;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "#*_".contains(c));
    let (number, _) = text.split_once(". ").or_else(|| text.split_once(") "))?;
    let rank = number.parse().ok().filter(|_| number.len() <= 3)?;
    Some((rest.line, rank))
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

#[cfg(test)]
mod made {
    use super::{Gap, Signs};

    impl Gap {
        /// A gap behind so many lines and so much text.
        pub fn at_room(line: usize, room: f32, signs: Signs) -> Gap {
            Gap { line, lines: [line; 3], before: line, at: [room; 2], signs }
        }
    }
}
