//! Tables of contents.

use std::collections::BTreeMap;
use std::ops::Range;

use super::heading::{Headings, key, without_figures};
use crate::model::Marked;

/// Bytes of a line of a table of contents.
const LONGEST: usize = 300;

/// Lines between two of them that have no heading's words.
const GAP: usize = 30;

/// A line with the words of a heading.
struct Line {
    number: usize,
    range: Range<usize>,
    heading: usize,
}

/// Lines that have the words of one heading further down, each with where that begins. They stand together, each has
/// another heading, and those come in the same order: a name under every letter is no table of contents.
pub(super) fn lines(body: &Marked, headings: &Headings) -> Vec<(Range<usize>, usize)> {
    let all = candidates(body, headings);
    let mut out = Vec::new();
    for group in all.chunk_by(|a, b| b.number - a.number <= GAP) {
        let Some(last) = group.last() else { continue };
        let mut lines_of: BTreeMap<usize, usize> = BTreeMap::new();
        for line in group {
            *lines_of.entry(line.heading).or_default() += 1;
        }
        let mut before = last.range.end;
        let mut kept = Vec::new();
        for line in group.iter().filter(|line| lines_of[&line.heading] == 1) {
            if line.heading >= before {
                before = line.heading;
                kept.push((line.range.clone(), line.heading));
            }
        }
        if kept.len() > 1 {
            out.extend(kept);
        }
    }
    out
}

fn candidates(body: &Marked, headings: &Headings) -> Vec<Line> {
    let mut out = Vec::new();
    let mut at = 0;
    for (number, line) in body.text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        if headings.holds(start) || line.len() > LONGEST {
            continue;
        }
        // The page, and what leads to it.
        let leader = |c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '…' | '·' | '_' | '–' | '—' | '-')
        };
        let titled = line.trim_end_matches(leader);
        let begins = start + titled.len() - titled.trim_start().len();
        // A word may be cut where a narrow column ends.
        let whole = || titled.contains("- ").then(|| titled.replace("- ", ""));
        let named = |title: &str| {
            headings.titled(&key(title)).or_else(|| headings.titled(&key(without_figures(title))))
        };
        let meant = || named(titled).or_else(|| named(&whole()?));
        if !titled.trim().is_empty()
            && let Some(heading) = meant().filter(|&heading| heading > start)
        {
            out.push(Line { number, range: begins..start + titled.len(), heading });
        }
    }
    out
}
