//! Lines between blank lines, and what their shape says.

use std::ops::Range;

use super::list;
use super::verse::is_verse;
use crate::layout::code::{self, Listing};
use crate::parse::metadata;

/// Lines with no blank line between them.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Each line, without its line end.
    pub lines: Vec<Range<usize>>,
}

impl Group {
    pub fn range(&self) -> Range<usize> {
        let (first, last) = (self.lines.first(), self.lines.last());
        first.map_or(0, |l| l.start)..last.map_or(0, |l| l.end)
    }

    /// The range without space at its ends.
    pub fn trimmed(&self, text: &str) -> Range<usize> {
        trim(text, self.range())
    }
}

pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// What a group's lines look like, each taken by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line of signs only.
    Rule,
    /// Every line begins with `>`.
    Quote,
    /// It begins like an item of a list.
    Items,
    /// Breaks and runs of spaces are meant: a table, a listing.
    Preformatted,
    /// Breaks are meant, and the lines are set as verse is.
    Verse,
    /// Lines that are each something for itself: an address, the head of a letter, a cast, a list of works.
    Entries,
    /// Running text.
    Prose,
}

/// Cuts a text at blank lines, where a quotation begins or ends, and around the line drawn under a title.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut out = Vec::new();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let range = at..at + line.len();
        at += line.len() + 1;
        let quoted = line.trim_start().starts_with('>');
        let turns = lines
            .last()
            .is_some_and(|l: &Range<usize>| text[l.clone()].trim_start().starts_with('>') != quoted);
        if !line.trim().is_empty() {
            let underlined = lines.len() == 1
                && lines.first().is_some_and(|l| underline(&text[l.clone()], line).is_some());
            if turns || underlined {
                out.push(Group { lines: std::mem::take(&mut lines) });
            }
            lines.push(range);
            if underlined {
                out.push(Group { lines: std::mem::take(&mut lines) });
            }
        } else if !lines.is_empty() {
            out.push(Group { lines: std::mem::take(&mut lines) });
        }
    }
    if !lines.is_empty() {
        out.push(Group { lines });
    }
    // what a note leaves of a quotation when it is taken to the others
    let says = |line: &Range<usize>| text[line.clone()].contains(|c: char| c != '>' && !c.is_whitespace());
    out.retain(|group| group.lines.iter().any(says));
    out
}

pub(super) fn shape(text: &str, group: &Group) -> Shape {
    let lines: Vec<&str> = group.lines.iter().map(|l| &text[l.clone()]).collect();
    if lines.len() == 1 && is_rule(lines[0]) {
        Shape::Rule
    } else if lines.iter().all(|l| l.trim_start().starts_with('>')) {
        Shape::Quote
    } else if list::bullet(lines[0]).is_some() {
        Shape::Items
    } else if lines.len() < 2 {
        Shape::Prose
    } else if is_preformatted(&lines) {
        Shape::Preformatted
    } else if is_imprint(&lines) || code::listing(lines.iter().copied()) == Listing::Mixed {
        Shape::Entries
    } else if is_short(&lines) {
        if is_verse(&lines) { Shape::Verse } else { Shape::Entries }
    } else if is_entries(&lines) {
        Shape::Entries
    } else {
        Shape::Prose
    }
}

/// The sign of a line that is drawn under a title: as wide as it, or nearly.
pub(super) fn underline(title: &str, rule: &str) -> Option<char> {
    /// Signs of the shortest; a shorter one parts a signature.
    const SHORTEST: usize = 4;
    /// Characters of the longest title.
    const LONGEST: usize = 90;
    /// Characters by which the two may differ.
    const NEARLY: usize = 2;
    let (title, rule) = (title.trim(), rule.trim());
    let sign = rule.chars().next().filter(|c| "=-~".contains(*c))?;
    let length = rule.chars().count();
    let width = title.chars().take(LONGEST + 1).count();
    let drawn = rule.chars().all(|c| c == sign) && length >= SHORTEST && length.abs_diff(width) <= NEARLY;
    let names = title.contains(char::is_alphabetic)
        && !title.starts_with(|c: char| c.is_lowercase() || "|+>-*=".contains(c))
        && !title.ends_with(['.', ',', ';', '|'])
        && !title.contains("   ");
    (drawn && names && width <= LONGEST).then_some(sign)
}

/// A line of nothing but signs that part sections, or a hyphen alone (between the posts of a thread).
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let signs = line.chars().filter(|c| !c.is_whitespace()).count();
    let parting = line.chars().all(|c| c.is_whitespace() || "*-_=~•·⁂⸻—–#+".contains(c));
    line == "-" || line == "⁂" || (parting && signs >= 3)
}

/// Columns: runs of spaces within several lines; or a listing, a drawing.
fn is_preformatted(lines: &[&str]) -> bool {
    let columns = lines.iter().filter(|l| l.trim().contains("   ") || l.trim().contains('\t')).count();
    let indented = lines.iter().all(|l| l.starts_with("    ") || l.starts_with('\t'));
    let statements = lines.iter().filter(|l| l.trim_end().ends_with(['{', '}', ';'])).count();
    columns >= 2 && columns * 3 >= lines.len()
        || indented && statements * 2 > lines.len()
        || code::listing(lines.iter().copied()) == Listing::Whole
}

/// A few short lines of which one is a date or an address: where and when a text was written or found.
fn is_imprint(lines: &[&str]) -> bool {
    const MOST: usize = 4;
    const LONGEST: usize = 64;
    lines.len() <= MOST
        && !lines.iter().any(|l| l.starts_with("    ")) // code is set in
        && lines.iter().all(|l| l.trim().chars().take(LONGEST + 1).count() <= LONGEST)
        && lines.iter().any(|l| metadata::is_lone_date(l.trim()) || metadata::is_lone_address(l.trim()))
}

/// Short lines that no hard wrap made: a wrapped paragraph fills every line but its last.
fn is_short(lines: &[&str]) -> bool {
    /// Lines of verse and of addresses are shorter; a wrapped line is mostly 65 to 80 characters long.
    const LONGEST: usize = 64;
    /// A wrap leaves no line much shorter than the longest, since the next word would have fitted.
    const FILLED: f64 = 0.75;
    let lengths: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let filled = |n: &usize| *n as f64 >= longest as f64 * FILLED;
    let wrapped = longest >= 45 && lengths[..lengths.len() - 1].iter().all(filled);
    longest <= LONGEST && !wrapped
}

/// Lines that each begin like an entry and fill no common width.
fn is_entries(lines: &[&str]) -> bool {
    /// Two lines may be anything.
    const FEWEST: usize = 3;
    /// Share of the lines, but the last, that a wrap would have filled.
    const FILLED: f64 = 0.6;
    let begins = |l: &&&str| {
        !l.trim().trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase)
    };
    let leads = |l: &&&str| l.contains(". . . .") || l.contains(".....");
    let count = lines.len();
    if count < FEWEST || lines.iter().filter(begins).count() * 10 < count * 9 {
        return false;
    }
    let lengths: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0) as f64;
    let filled = lengths[..count - 1].iter().filter(|n| **n as f64 >= longest * 0.75).count();
    lines.iter().filter(leads).count() * 2 > count || (filled as f64) < FILLED * (count - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(text: &str) -> Shape {
        shape(text, &groups(text)[0])
    }

    #[test]
    fn titles_that_are_underlined() {
        assert_eq!(underline("Of Mills", "--------"), Some('-'));
        assert_eq!(underline("  Of Mills", "========="), Some('='));
        for (title, rule) in [
            ("Of Mills", "---"),
            ("Of Mills", "--------------------"),
            ("They lay.", "---------"),
            ("Mill   Men", "----------"),
        ] {
            assert_eq!(underline(title, rule), None, "{title}");
        }
        assert_eq!(groups("Of Mills\n--------\nThey stood.\nThey lay.").len(), 3);
    }

    #[test]
    fn shapes() {
        assert_eq!(shape_of("* * *"), Shape::Rule);
        assert_eq!(shape_of("-"), Shape::Rule);
        assert_eq!(shape_of("> a\n> b"), Shape::Quote);
        assert_eq!(shape_of("Year    Men   Women\n1901    12    14\n1902    15    16"), Shape::Preformatted);
        assert_eq!(
            shape_of("The mill stands still,\nthe wheel is dry,\nand no one will\nremember why."),
            Shape::Verse
        );
        assert_eq!(shape_of("3rd May 1911\nwww.mills.example/weir"), Shape::Entries);
        let works = "A. Miller, The Mill and the Weir, and Other Tales of the Valley\nB. Smith, Iron\nC. Baker, The Bread of \
                     Our Fathers: A History of Wheat in the Lower Valley";
        assert_eq!(shape_of(works), Shape::Entries);
        let wrapped = "This is a paragraph that some program wrapped at a fixed\nwidth, so that all of its lines but the \
                       last are about\nas long.";
        assert_eq!(shape_of(wrapped), Shape::Prose);
    }
}
