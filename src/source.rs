//! A source document's text and the places in it.
//!
//! Everything the program says about a document (a diagnostic, a repair, a marker) points into the
//! decoded text by a [`Span`], so a reader can always be shown the line it came from.

use std::ops::Range;

use serde::Serialize;

/// A half-open range of bytes in [`Source::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a byte range of a text below 4 GiB (larger files never become a [`Source`]).
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span { start: start as u32, end: end as u32 }
    }

    /// The span as a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True if `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place as a person counts it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// One decoded source document.
///
/// The text is UTF-8 with `\n` line ends, without a byte-order mark; a NUL or a Unicode
/// non-character of the file stands as U+FFFD (see `decode`). Lines keep the numbers they have in the file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path as shown to people and written to the catalogue: relative to the archive, with `/`.
    pub path: String,
    /// The decoded text.
    pub text: String,
    /// Where the document's own text begins: behind the front matter, if it has any.
    pub body_start: usize,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes a decoded text. `path` is shown in diagnostics.
    pub fn new(path: impl Into<String>, text: String) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i as u32 + 1));
        Source { path: path.into(), text, body_start: 0, line_starts }
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Line number (from 1) of a byte offset.
    pub fn line_of(&self, offset: usize) -> u32 {
        self.line_starts.partition_point(|&s| s as usize <= offset) as u32
    }

    /// Line and column of a byte offset. The column counts at most the first 4,000 characters of the
    /// line, so that a file of one endless line costs no more than others.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        let column = self.text[start..offset.min(self.text.len())].chars().take(4_000).count() as u32 + 1;
        Position { line, column }
    }

    /// The text of a line (from 1), without its line end.
    pub fn line(&self, line: u32) -> &str {
        let i = line as usize - 1;
        let start = self.line_starts[i] as usize;
        let end = self.line_starts.get(i + 1).map_or(self.text.len(), |&e| e as usize - 1);
        &self.text[start..end]
    }
}
