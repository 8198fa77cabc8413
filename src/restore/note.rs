//! The text of each note, from its pieces: its lines without the indentation of the note, joined as the body's are.

use super::body::{self, Rest};
use super::join::{self, Join, Seen};
use super::{RestoredNote, Tools, overrule};
use crate::layout::prose::closes_sentence;
use crate::model::{Flow, Form, Repair};
use crate::notes::FoundNote;

/// A line of a note.
struct Line {
    /// Where its text begins, behind the indentation that all lines of the note share.
    start: usize,
    end: usize,
    /// Columns of what is left of the indentation.
    indent: usize,
    /// Blank lines before it.
    blanks: usize,
    /// True if a piece of the note begins here that is not the first: a page's edge lies before it.
    piece: bool,
}

impl Line {
    /// As what is left of a line, whose place among the lines nobody asks for.
    fn rest(&self) -> Rest {
        Rest { line: 0, ranges: vec![(self.start, self.end)], blanks: self.blanks, cut: self.piece }
    }
}

/// The texts of all notes; what is joined in them is written down with the other repairs.
pub(super) fn restored(
    tools: &Tools,
    form: Form,
    notes: &[FoundNote],
    repairs: &mut Vec<Repair>,
) -> Vec<RestoredNote> {
    let mut all: Vec<Line> = Vec::new();
    let mut ends = Vec::with_capacity(notes.len());
    for note in notes {
        lines(tools, note, &mut all);
        ends.push(all.len());
    }
    // Together, since a single note is too short to say how wide its lines are.
    let mut seen: Vec<Seen> = all.iter().map(|line| seen(tools, line)).collect();
    for &end in &ends {
        if let Some(first) = seen.get_mut(end) {
            first.blanks = first.blanks.max(1);
        }
    }
    let mut joins = join::joins(form, &seen, &tools.hyphens);
    let ends_note: Vec<bool> = (1..=joins.len()).map(|next| ends.binary_search(&next).is_ok()).collect();
    for (i, join) in joins.iter_mut().enumerate().filter(|(i, _)| !ends_note[*i]) {
        *join = settled(*join, form, &all[i + 1], &seen[i]);
    }
    let rests: Vec<Rest> = all.iter().map(Line::rest).collect();
    overrule::joins(tools.source, tools.fixes, &rests, &mut joins);
    for (i, &join) in joins.iter().enumerate().filter(|(i, _)| !ends_note[*i]) {
        repairs.extend(body::repair(tools.source, join, &rests[i], &rests[i + 1]));
    }
    let mut start = 0;
    let mut out = Vec::with_capacity(notes.len());
    for (note, end) in notes.iter().zip(ends) {
        let mut text = Flow::default();
        for (i, line) in (start..).zip(&all[start..end]) {
            let join = if i + 1 < end { joins.get(i).copied() } else { None };
            match join {
                Some(Join::Whole { dropped: true }) => {
                    tools.copier.copy_without_hyphen(&mut text, line.start, line.end);
                }
                _ => tools.copier.copy(&mut text, line.start, line.end),
            }
            text.glue(match join {
                None | Some(Join::Whole { .. }) => "",
                Some(Join::Line) => "\n",
                Some(Join::Wrapped | Join::Torn) => " ",
                Some(Join::Break) => "\n\n",
            });
        }
        start = end;
        let span = note.pieces.first().map_or(note.head, |p| note.head.to(*p));
        let (label, shown) = (note.label.to_string(), note.shown.clone());
        out.push(RestoredNote { label, shown, part: note.part, span, text });
    }
    out
}

/// How a line of a note stands to the next: a note that was put together from pieces goes on unless a sentence ends.
fn settled(join: Join, form: Form, next: &Line, above: &Seen) -> Join {
    match join {
        Join::Whole { .. } => join,
        _ if next.piece && closes_sentence(&above.text) => Join::Break,
        _ if next.piece => Join::Torn,
        Join::Torn if form.is_markdown() => Join::Break,
        Join::Break if next.blanks == 0 && form.is_markdown() => Join::Line,
        _ => join,
    }
}

/// The lines of a note that hold text.
fn lines(tools: &Tools, note: &FoundNote, out: &mut Vec<Line>) {
    let first = out.len();
    for piece in &note.pieces {
        let text = tools.source.slice(*piece);
        let indent = |l: &str| l.len() - l.trim_start_matches([' ', '\t']).len();
        let shared = text.lines().skip(1).filter(|l| !l.trim().is_empty()).map(indent).min().unwrap_or(0);
        let mut at = piece.start as usize;
        let mut blanks = 0;
        let mut begins = true;
        for (i, raw) in text.split_inclusive('\n').enumerate() {
            let line = raw.trim_end();
            if line.trim().is_empty() {
                blanks += 1;
            } else {
                let own = line.len() - line.trim_start().len();
                let skip = if i == 0 { own } else { shared.min(line.len()) };
                let piece = std::mem::take(&mut begins) && out.len() > first;
                let line = Line {
                    start: at + skip,
                    end: at + line.len(),
                    indent: own - skip.min(own),
                    blanks,
                    piece,
                };
                out.push(line);
                blanks = 0;
            }
            at += raw.len();
        }
    }
}

/// What can be seen of a line.
fn seen(tools: &Tools, line: &Line) -> Seen {
    let printed = &tools.source.text[line.start..line.end];
    let text = tools.copier.words(line.start, line.end);
    let text = text.trim();
    Seen {
        text: text.to_owned(),
        indent: line.indent,
        width: text.chars().count(),
        blanks: line.blanks,
        cut: line.piece,
        code: false,
        opens: false,
        marked: !text.ends_with(|c| printed.ends_with(c)),
    }
}
