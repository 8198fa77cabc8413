//! Tables: cells beyond the last column are kept.

use std::ops::Range;

use crate::model::{Align, BlockKind, Inline};

/// A table while its rows come in.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub align: Vec<Align>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
    pub current: Vec<Vec<Inline>>,
    /// Where the last cell of the current row ended.
    pub last_cell: usize,
}

impl Rows {
    /// Every row as wide as the widest: GFM drops cells that have no heading, but their words are the source's.
    pub fn finish(mut self) -> BlockKind {
        let width = self.rows.iter().chain([&self.head]).map(Vec::len).max().unwrap_or(0);
        self.align.resize(width, Align::None);
        self.head.resize_with(width, Vec::new);
        for row in &mut self.rows {
            row.resize_with(width, Vec::new);
        }
        BlockKind::Table { align: self.align, head: self.head, rows: self.rows }
    }
}

/// The cells that a row of the source has beyond those the parser gave out: where their texts stand.
pub(super) fn surplus(text: &str, row: Range<usize>, last_cell: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = last_cell.max(row.start);
    let line = text[start..row.end].find('\n').map_or(row.end, |i| start + i);
    let mut push = |range: Range<usize>| {
        let piece = &text[range.clone()];
        let from = range.start + piece.len() - piece.trim_start().len();
        if !piece.trim().is_empty() {
            out.push(from..from + piece.trim().len());
        }
    };
    for (at, _) in text[start..line].match_indices('|').map(|(i, s)| (last_cell.max(row.start) + i, s)) {
        push(start..at);
        start = at + 1;
    }
    push(start..line);
    out
}
