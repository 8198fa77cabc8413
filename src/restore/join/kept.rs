//! Lines whose ends are meant.

use super::Seen;
use super::looks::{begins_with_capital, is_leader, is_section_number};
use super::measure::Measure;
use crate::layout::code::{self, Listing};
use crate::layout::prose::closes_sentence;

/// Which lines keep their ends: tables, listings, verse, tables of contents.
pub(super) fn kept(lines: &[Seen], measure: Option<&Measure>) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let Some(measure) = measure else { return out };
    let mut start = 0;
    while start < lines.len() {
        let more = lines[start + 1..].iter().take_while(|l| l.blanks == 0).count();
        let end = start + 1 + more;
        let block = &lines[start..end];
        let columns = block.iter().filter(|l| has_columns(&l.text)).count();
        let listing = code::listing(block.iter().map(|l| l.text.as_str()));
        let table = listing == Listing::Whole || columns >= 2 && columns * 3 >= block.len();
        for (k, line) in block.iter().enumerate() {
            let code = listing == Listing::Mixed && code::is_of_listing(&line.text);
            out[start + k] = table || code || is_leader(&line.text);
        }
        if !table {
            verse(block, measure, &mut out[start..end]);
        }
        start = end;
    }
    out
}

/// Spaces that set columns apart.
pub(super) fn has_columns(text: &str) -> bool {
    text.contains("   ") || text.contains('\t')
}

/// Marks runs of lines of verse: each begins with a capital, and most end before the line is full.
fn verse(block: &[Seen], measure: &Measure, out: &mut [bool]) {
    /// Shorter runs come about by chance in prose, unless they are all there is between two blank lines.
    const RUN: usize = 4;
    const STANZA: usize = 3;
    /// Runs this long do not come about in prose, however full the lines are.
    const LONG: usize = 6;
    let capital =
        |line: &Seen| begins_with_capital(&line.text) && !line.code && !is_section_number(&line.text);
    let mut start = 0;
    while start < block.len() {
        let end = start + block[start..].iter().take_while(|l| capital(l)).count();
        let run = &block[start..end];
        let short = run.windows(2).filter(|w| !measure.is_filled(&w[0], &w[1])).count();
        let open = run.iter().filter(|l| !closes_sentence(&l.text)).count();
        let enough = run.len() >= RUN || run.len() == STANZA && run.len() == block.len();
        let open = open * 3 >= run.len();
        if open && (run.len() >= LONG || enough && short * 2 >= run.len() - 1) {
            out[start..end].fill(true);
        }
        start = end.max(start + 1);
    }
}
