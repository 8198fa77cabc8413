//! Lists of works whose entries follow one another without a blank line, wrapped or not.

use super::join::Seen;
use crate::layout::{looks_like_heading, works};

/// What a line is to an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// It is of no list, or this cannot be told.
    #[default]
    Unknown,
    /// It begins one, behind another.
    Begins,
    /// It goes on with the one above it.
    GoesOn,
}

/// What each line is.
pub fn parts(lines: &[Seen]) -> Vec<Part> {
    let mut out = vec![Part::Unknown; lines.len()];
    let mut listed = false;
    let mut start = 0;
    while start < lines.len() {
        let more = lines[start + 1..].iter().take_while(|l| l.blanks == 0).count();
        let mut end = start + 1 + more;
        let text = lines[start].text.trim_matches(['#', '*', '_', ' ']);
        let heads = works::heads(text);
        if heads {
            // The list may follow right below.
            listed = true;
            end = start + 1;
        } else if more == 0
            && !works::begins(text)
            && (looks_like_heading(text) || lines[start].text.starts_with('#'))
        {
            listed = false;
        }
        let block = &lines[start..end];
        if !heads && block.iter().all(|l| !l.code) {
            entries(block, listed, &mut out[start..end]);
        }
        start = end;
    }
    out
}

/// Tells the entries of lines with no blank line between them.
fn entries(block: &[Seen], listed: bool, out: &mut [Part]) {
    /// Entries that need no heading to say so.
    const FEWEST: usize = 3;
    if !listed {
        if block.len() >= FEWEST && block.iter().all(|l| works::is_entry(&l.text)) {
            out[1..].fill(Part::Begins);
        }
        return;
    }
    if hang(block) {
        for (line, part) in block.iter().zip(out).skip(1) {
            *part = if line.indent == block[0].indent { Part::Begins } else { Part::GoesOn };
        }
    } else if works::begins(&block[0].text) {
        for (pair, part) in block.windows(2).zip(&mut out[1..]) {
            if works::ends(&pair[0].text) && works::begins(&pair[1].text) {
                *part = Part::Begins;
            }
        }
    }
}

/// True if every line but the first of each entry is set in.
fn hang(block: &[Seen]) -> bool {
    /// Columns that the other lines are set in by at least.
    const INDENT: usize = 2;
    let edge = block[0].indent;
    let first = |l: &Seen| l.indent == edge;
    let fits = |l: &Seen| first(l) || l.indent >= edge + INDENT;
    let begun = block.windows(2).filter(|w| first(&w[1]));
    block.iter().all(fits)
        && !block.iter().all(first)
        && block.windows(2).any(|w| first(&w[1]))
        && begun.into_iter().all(|w| works::ends(&w[0].text))
}
