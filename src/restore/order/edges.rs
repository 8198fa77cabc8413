//! Lines that could be page numbers or running heads.
//!
//! `layout::furniture` asks that page numbers count on through the file. Where pages are out of order they do
//! not, so here a line is a candidate by its looks; whether its number fits is for the search to say.

use std::collections::HashMap;

use crate::layout::prose::resumes;
use crate::layout::{Kind, Layout};
use crate::source::Source;

/// A line that could be a page number or a running head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Its line.
    pub line: usize,
    /// The page number on it.
    pub number: Option<u32>,
    /// True for a number alone.
    pub bare: bool,
}

/// Characters of the longest line that can be a running head.
const LONGEST: usize = 80;
/// A line must come back this often to be a running head. Fewer may be a repeated heading.
const RECURS: usize = 4;
/// This many bare numbers, all different, are needed before any is looked at.
const NUMBERS: usize = 4;

/// All candidates, in file order. What belongs to a note is none.
pub fn find(source: &Source, layout: &Layout, is_note: &[bool]) -> Vec<Edge> {
    let mut bare: Vec<Edge> = Vec::new();
    let mut heads: HashMap<String, Vec<Edge>> = HashMap::new();
    for (line, l) in layout.lines.iter().enumerate() {
        if is_note[line]
            || !matches!(l.kind, Kind::Text | Kind::Furniture(_))
            || l.end - l.start > LONGEST * 4
            || !stands_at_edge(layout, line)
        {
            continue;
        }
        let text = l.text(source);
        if text.chars().count() > LONGEST {
            continue;
        }
        if let Some(number) = number_alone(text) {
            bare.push(Edge { line, number: Some(number), bare: true });
            continue;
        }
        let (key, numbers) = shape(text);
        if key.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
            let number = match numbers[..] {
                // What goes on with a sentence is the last line of a paragraph, however often it comes back.
                [] if resumes(text) && goes_on(layout, line) => continue,
                [] => None,
                [n] if key.starts_with("# ") || key.ends_with(" #") => Some(n),
                _ => continue,
            };
            heads.entry(key).or_default().push(Edge { line, number, bare: false });
        }
    }
    let mut different: Vec<u32> = bare.iter().filter_map(|e| e.number).collect();
    different.sort_unstable();
    different.dedup();
    let mut edges =
        if different.len() >= NUMBERS && different.len() * 4 >= bare.len() * 3 { bare } else { Vec::new() };
    edges.extend(heads.into_values().filter(|g| g.len() >= RECURS).flatten());
    edges.sort_unstable_by_key(|e| e.line);
    edges
}

/// True for a line at a form feed or beside a blank line, as the first and last lines of pages are.
fn stands_at_edge(layout: &Layout, line: usize) -> bool {
    let lines = &layout.lines;
    let quiet = |i: usize| lines[i].is_blank() || lines[i].is_furniture();
    lines[line].feed
        || line == 0
        || quiet(line - 1)
        || lines.get(line + 1).is_none_or(|l| l.feed || l.is_blank() || l.is_furniture())
}

/// True for a line right below another line of text.
fn goes_on(layout: &Layout, line: usize) -> bool {
    line > 0 && !layout.lines[line].feed && layout.lines[line - 1].is_text()
}

/// The number of a line that holds nothing else: `12`, `- 12 -`, `[12]`.
fn number_alone(text: &str) -> Option<u32> {
    let inner = text.trim_matches(|c: char| c.is_whitespace() || "-–—[]|·".contains(c));
    (1..=4)
        .contains(&inner.len())
        .then(|| inner.parse().ok())
        .flatten()
        .filter(|_| inner.bytes().all(|b| b.is_ascii_digit()))
}

/// A line with its runs of digits replaced by `#`, and the numbers.
fn shape(text: &str) -> (String, Vec<u32>) {
    let mut key = String::with_capacity(text.len());
    let mut numbers = Vec::new();
    let mut number: Option<u32> = None;
    for c in text.chars().chain(std::iter::once(' ')) {
        if let Some(d) = c.to_digit(10) {
            if number.is_none() {
                key.push('#');
            }
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(d));
            continue;
        }
        numbers.extend(number.take());
        if !(c.is_whitespace() && key.ends_with(' ')) {
            key.extend(c.to_lowercase());
        }
    }
    (key.trim().to_owned(), numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Form;

    #[test]
    fn numbers_alone() {
        assert_eq!(number_alone("12"), Some(12));
        assert_eq!(number_alone("- 7 -"), Some(7));
        assert_eq!(number_alone("1984x"), None);
        assert_eq!(number_alone("12345"), None);
        assert_eq!(number_alone("--"), None);
    }

    #[test]
    fn shapes_hold_their_numbers() {
        assert_eq!(shape("12   On Sheets"), ("# on sheets".to_owned(), vec![12]));
        assert_eq!(shape("1 of 30"), ("# of #".to_owned(), vec![1, 30]));
    }

    #[test]
    fn the_last_line_of_a_paragraph_is_no_running_head() {
        let found = |parted: &str| {
            let openings = ["At first", "In spring", "By noon", "After that", "In the end"];
            let lines = openings
                .map(|o| format!("{o} the binder counted all{parted}of the sheets that were left.\n\n"));
            let source = Source::new("text.txt", lines.concat());
            let layout = Layout::read(&source, Form::Plain);
            find(&source, &layout, &vec![false; layout.lines.len()]).len()
        };
        assert_eq!([found("\n"), found("\n\n")], [0, 5]);
    }
}
