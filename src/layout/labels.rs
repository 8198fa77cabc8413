//! Labels that text extraction moved away from their notes.
//!
//! A label at the foot of a page is raised and small, so it stands on a base line of its own: a program that reads a
//! page by its lines puts some labels before the notes and some behind them.
//!
//! ```text
//! 11
//!
//! A miller of the upper valley.
//! The weir is not on any map.
//! 13
//! Now a barn.
//! 12
//! ```
//!
//! Where a block has as many labels as notes and the labels count on, the notes have them in their order. Only labels
//! that markers above the block call are believed: the first column of a table has none.

use super::prose::closes_sentence;
use super::{Kind, Line};
use crate::model::OmissionReason;
use crate::quotes;
use crate::roman;
use crate::source::Source;

/// Signs that label the notes of a page, in their order.
const SYMBOLS: [&str; 5] = ["*", "†", "‡", "§", "¶"];

/// Lines of the longest block.
const LONGEST: usize = 80;

/// Lines of a page above its block of notes, in which the markers stand.
const PAGE: usize = 120;

/// A note whose label stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// The line it begins on.
    pub line: usize,
    /// Its label.
    pub label: String,
}

/// Finds the notes whose labels stand elsewhere, and sets these labels aside.
pub fn mark(source: &Source, lines: &mut [Line]) -> Vec<Parted> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let first = label(source, lines, at).or_else(|| glued(source, lines, at));
        let block = first.map(|first| Block::read(source, lines, first));
        at += 1;
        let Some((parted, end)) = block.and_then(|block| block.parted(source, lines)) else { continue };
        at = end;
        for &(_, line) in &parted {
            lines[line].kind = Kind::Furniture(OmissionReason::NoteLabel);
        }
        out.extend(parted.into_iter().map(|p| p.0));
    }
    out
}

/// A label, by its place among others first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Label {
    rank: u32,
    line: usize,
    text: String,
}

impl Label {
    fn new(text: &str, line: usize) -> Option<Label> {
        let rank = number(bare(text)).or_else(|| symbol(text)).or_else(|| numeral(text))?;
        Some(Label { rank, line, text: text.to_owned() })
    }

    fn style(&self) -> Style {
        match self.text.chars().next_back() {
            Some(close @ (')' | ']')) => Style::Closed(close),
            _ if numeral(&self.text).is_some() => Style::Numeral,
            _ => Style::Unadorned,
        }
    }
}

/// How a label is written; all of a page are written alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Unadorned,
    Closed(char),
    Numeral,
}

/// The number that a label is.
pub(super) fn number(text: &str) -> Option<u32> {
    let is_number = text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    is_number.then(|| text.parse().ok()).flatten()
}

/// A label without what closes it: `2)`, `[2]`.
fn bare(text: &str) -> &str {
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    inner.or_else(|| text.strip_suffix(')')).unwrap_or(text)
}

/// The value of the Roman numeral that a label is.
fn numeral(text: &str) -> Option<u32> {
    let small = text.bytes().all(|b| b"ivxl".contains(&b));
    small.then(|| roman::value(text)).flatten()
}

/// The rank of the sign that a label is.
pub(super) fn symbol(text: &str) -> Option<u32> {
    let sign = if text == "∗" { "*" } else { text };
    SYMBOLS.iter().position(|s| *s == sign).map(|i| i as u32 + 1)
}

/// The label that stands alone on a line; a page's number looks the same.
fn label(source: &Source, lines: &[Line], line: usize) -> Option<Label> {
    let kind = lines[line].kind;
    let possible = matches!(kind, Kind::Text | Kind::Furniture(OmissionReason::PageNumber));
    possible.then(|| Label::new(lines[line].text(source), line)).flatten()
}

/// The label that is glued to a word cut at the end of the page's last line.
fn glued(source: &Source, lines: &[Line], line: usize) -> Option<Label> {
    let text = lines[line].text(source);
    if lines[line].kind != Kind::Text || !lines.get(line + 1).is_some_and(Line::is_blank) {
        return None;
    }
    let word = text.trim_end_matches(|c: char| !c.is_alphabetic());
    let cut = word.ends_with(char::is_lowercase) && word.len() < text.len();
    cut.then(|| Label::new(&text[word.len()..], line)).flatten()
}

/// What stands together at the foot of a page.
struct Block {
    labels: Vec<Label>,
    /// The first lines of notes.
    notes: Vec<usize>,
    /// The line behind it.
    end: usize,
}

impl Block {
    /// The block that begins with a label.
    fn read(source: &Source, lines: &[Line], first: Label) -> Block {
        let begin = first.line + 1;
        let mut block = Block { labels: vec![first], notes: Vec::new(), end: begin };
        let mut text: Vec<usize> = Vec::new();
        for i in begin..lines.len().min(begin + LONGEST) {
            if lines[i].feed || lines[i].column {
                break;
            }
            match label(source, lines, i) {
                Some(label) if label.style() == block.labels[0].style() => block.labels.push(label),
                // Behind labels that stand above all their notes, or above the last one.
                None if lines[i].is_blank() && text.is_empty() => {}
                None if lines[i].kind == Kind::Text => text.push(i),
                Some(_) | None => break,
            }
            block.end = i + 1;
        }
        block.last_label(source, lines);
        // A line that fills its measure may end a note as well; it is asked where there are more labels than notes.
        let measure = text.iter().map(|&i| lines[i].end - lines[i].start).max().unwrap_or(0).max(40) * 9 / 10;
        for longest in [measure, usize::MAX] {
            let ends = |line: &Line| line.end - line.start < longest && closes_sentence(line.text(source));
            let begins = |k: usize, i: usize| {
                let above = k.checked_sub(1).map(|k| text[k]).filter(|&above| above + 1 == i);
                above.is_none_or(|above| ends(&lines[above]) && opens(source, &lines[i]))
            };
            block.notes = text.iter().enumerate().filter(|&(k, &i)| begins(k, i)).map(|(_, &i)| i).collect();
            if block.notes.len() >= block.labels.len() {
                break;
            }
        }
        block
    }

    /// A label may stand behind the block, where another number, the page's, stands behind it.
    fn last_label(&mut self, source: &Source, lines: &[Line]) {
        // Behind a blank line, or what a program made of it that doubles them.
        let next = (self.end..lines.len().min(self.end + 4)).find(|&i| !lines[i].is_blank());
        let Some(next) = next.filter(|&n| !lines[n].feed) else { return };
        let alone = lines.get(next + 1).is_none_or(Line::is_blank);
        let highest = self.labels.iter().map(|l| l.rank).max();
        let style = self.labels.first().map(Label::style);
        let follows = |l: &Label| highest.is_some_and(|h| l.rank == h + 1) && Some(l.style()) == style;
        let found = label(source, lines, next).filter(|l| alone && follows(l));
        self.end = if found.is_some() { next + 1 } else { self.end };
        self.labels.extend(found);
    }

    /// The notes that do not stand below their labels, each with the line of its label; and the line behind the block.
    fn parted(mut self, source: &Source, lines: &[Line]) -> Option<(Vec<(Parted, usize)>, usize)> {
        let first = self.labels.first()?.line;
        let count = self.labels.len();
        let fits = count >= 2 && count == self.notes.len();
        self.labels.sort_unstable();
        if !fits || self.labels.windows(2).any(|pair| pair[0].rank + 1 != pair[1].rank) {
            return None;
        }
        let called =
            |l: &Label| (first.saturating_sub(PAGE)..=first).any(|i| calls(lines[i].text(source), &l.text));
        if !self.labels.iter().all(called) {
            return None;
        }
        let pairs = self.labels.into_iter().zip(self.notes);
        let apart = pairs.filter(|(label, note)| {
            label.line > *note || lines[label.line + 1..*note].iter().any(|line| !line.is_blank())
        });
        let apart: Vec<_> = apart.map(|(l, line)| (Parted { line, label: l.text }, l.line)).collect();
        // What is glued to a word is no line that can be set aside.
        apart.iter().all(|p| label(source, lines, p.1).is_some()).then_some((apart, self.end))
    }
}

/// True for a line that a note can begin with.
fn opens(source: &Source, line: &Line) -> bool {
    line.text(source).starts_with(|c: char| c.is_uppercase() || quotes::opens(c))
}

/// True if a line has the label behind a word or a stop.
fn calls(text: &str, label: &str) -> bool {
    text.match_indices(label).any(|(at, _)| {
        let before = text[..at].trim_end_matches(' ');
        let glued = before.len() == at && numeral(label).is_none();
        let behind = text[at + label.len()..].chars().next();
        behind.is_none_or(|c| !c.is_alphanumeric())
            && (quotes::ends_quotation(before)
                || before.ends_with(|c: char| ".,;:!?)]".contains(c) || glued && c.is_alphabetic()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Layout;
    use super::*;
    use crate::model::Form;

    fn read(text: &str) -> (Vec<(usize, String)>, usize) {
        let source = crate::source::Source::new("case.txt", text.to_owned());
        let layout = Layout::read(&source, Form::PdfText);
        let aside = |l: &&Line| l.kind == Kind::Furniture(OmissionReason::NoteLabel);
        let parted = layout.parted.iter().map(|p| (p.line, p.label.clone())).collect();
        (parted, layout.lines.iter().filter(aside).count())
    }

    const PAGE: &str = "A mill,1 a weir,2 a barn.3\n\n";

    #[test]
    fn a_label_behind_its_note_is_told_by_the_count() {
        let notes = "1\n\nA mill of wood.\nThe weir is of stone.\n3\nNow a dwelling.\n2\n\n17\n";
        assert_eq!(read(&[PAGE, notes].concat()), (vec![(5, "2".into())], 1));
    }

    #[test]
    fn labels_with_signs_and_numerals_are_dealt_out_as_well() {
        let page = "A mill,1) a weir,2) a barn.3)\n\n";
        let notes = "1)\n2)\n3)\n\nA mill of wood.\nThe weir is of stone.\nNow a dwelling.\n\n9\n";
        assert_eq!(read(&[page, notes].concat()).0, [(6, "1)".into()), (7, "2)".into()), (8, "3)".into())]);
        let page = "A mill,ii a weir,iii a barn.iv\n\n";
        let notes = "ii\n\nA mill of wood.\nThe weir is of stone.\niv\nNow a dwelling.\niii\n\n9\n";
        assert_eq!(read(&[page, notes].concat()), (vec![(5, "iii".into())], 1));
    }

    #[test]
    fn labels_above_all_their_notes_are_dealt_out() {
        let notes = "1\n2\n3\n\nA mill of wood.\nThe weir is of stone.\nNow a dwelling.\n";
        assert_eq!(read(&[PAGE, notes].concat()).0, [(6, "1".into()), (7, "2".into()), (8, "3".into())]);
    }

    #[test]
    fn a_note_may_end_with_a_full_line() {
        let notes = "1\n\nA mill of wood that was moved to the lower bridge.\nThe weir is of stone, and older than the mill is.\n\n2\n\n17\n";
        assert_eq!(read(&[PAGE, notes].concat()), (vec![(5, "2".into())], 1));
    }

    #[test]
    fn labels_above_their_notes_are_left_alone() {
        let notes = "1\nA mill of wood.\n2\nThe weir is of stone.\n3\nNow a dwelling.\n";
        assert_eq!(read(&[PAGE, notes].concat()), (vec![], 0));
    }

    #[test]
    fn a_column_of_numbers_that_nothing_calls_is_text() {
        assert_eq!(read("Sorts of corn\n\n1\n2\n3\n\nRye.\nOats.\nWheat.\n"), (vec![], 0));
        let unlike = "1\n\nA mill of wood.\n2\n";
        assert_eq!(read(&[PAGE, unlike].concat()), (vec![], 0), "two labels, one note");
    }
}
