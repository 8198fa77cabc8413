//! Tables of contents.

use std::ops::Range;

use super::heading::{Headings, key, without_figures};
use crate::model::Marked;

/// Bytes of a line of a table of contents.
const LONGEST: usize = 300;

/// Lines that have the words of one heading further down, each with where that begins. Two at least, or it is no table of
/// contents.
pub(super) fn lines(body: &Marked, headings: &Headings) -> Vec<(Range<usize>, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in body.text.split_inclusive('\n') {
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
        let heading =
            || headings.titled(&key(titled)).or_else(|| headings.titled(&key(without_figures(titled))));
        if !titled.trim().is_empty()
            && let Some(heading) = heading().filter(|&heading| heading > start)
        {
            out.push((start..start + titled.len(), heading));
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}
