//! A source document's text and the places in it.
//!
//! Everything the program says about a document (a diagnostic, a repair, a marker) points into the
//! decoded text by a [`Span`], so a reader can always be shown the line it came from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::OmissionReason;

/// A half-open range of bytes in [`Source::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Path as shown to people and written to the catalogue: relative to the archive, with `/`.
    pub path: String,
    /// The decoded text.
    pub text: String,
    /// Where the document's own text begins: behind the front matter, if it has any.
    pub body_start: usize,
    line_starts: Vec<u32>,
    /// What of the text is no part of it, as the page says that it was read out of; in the order of the text.
    pub set_aside: Vec<SetAside>,
    /// Where `text` was rearranged (columns unfolded) or read out of a page: the text of the file, so that places are
    /// told in it.
    file: Option<Box<Rearranged>>,
}

/// A stretch of a text that is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: OmissionReason,
}

/// The text of the file, and where each piece of the rearranged text stands in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Rearranged {
    source: Source,
    /// Offset in the rearranged text → offset in the file, ascending by the first.
    pieces: Vec<(u32, u32)>,
    /// True if the text was read out of the file's (`hypertext`). Its lines are then its own: a page may be one line.
    is_read_out: bool,
}

impl Source {
    /// Takes a decoded text. `path` is shown in diagnostics.
    pub fn new(path: impl Into<String>, text: String) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(i, _)| i as u32 + 1));
        Source { path: path.into(), text, body_start: 0, line_starts, set_aside: Vec::new(), file: None }
    }

    /// The same document with its text in another order. `pieces` are the ranges of the old text, in the new
    /// order, each with the text that follows it there (a line end); places are still told as in the file.
    pub fn rearranged(self, pieces: &[(Range<usize>, &'static str)]) -> Self {
        let mut text = String::with_capacity(self.text.len() + pieces.len());
        let mut map = Vec::with_capacity(pieces.len());
        for (range, end) in pieces {
            map.push((text.len() as u32, range.start as u32));
            text.push_str(&self.text[range.clone()]);
            text.push_str(end);
        }
        let mut new = Source::new(self.path.clone(), text);
        new.body_start = self.body_start;
        new.file = Some(Box::new(Rearranged { source: self, pieces: map, is_read_out: false }));
        new
    }

    /// The text that was read out of this one, a page. `pieces` say where in the file stands what the text has at a
    /// place. Findings are told in lines of the file; everything else counts the lines of the text, which a facsimile
    /// shows.
    pub fn read_out(self, text: String, pieces: Vec<(u32, u32)>, set_aside: Vec<SetAside>) -> Self {
        let mut new = Source::new(self.path.clone(), text);
        new.set_aside = set_aside;
        new.file = Some(Box::new(Rearranged { source: self, pieces, is_read_out: true }));
        new
    }

    /// True if the text is in another order than in the file.
    pub fn is_rearranged(&self) -> bool {
        self.file.as_ref().is_some_and(|file| !file.is_read_out)
    }

    /// True if the text was read out of a page.
    pub fn is_read_out(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.is_read_out)
    }

    /// The text whose lines a place is told in.
    fn rearranged_file(&self) -> Option<&Source> {
        self.file.as_deref().filter(|file| !file.is_read_out).map(|file| &file.source)
    }

    /// The document as it is in the file, and the offset there of one here. What stands before the first piece (the front
    /// matter of a page, the sign of a link that it begins with) is where that is.
    fn in_file(&self, offset: usize) -> Option<(&Source, usize)> {
        let file = self.file.as_deref()?;
        let i = file.pieces.partition_point(|p| p.0 as usize <= offset).saturating_sub(1);
        let (here, there) = file.pieces.get(i).copied().unwrap_or_default();
        let there = (there as usize + offset.saturating_sub(here as usize)).min(file.source.text.len());
        Some((&file.source, file.source.text.floor_char_boundary(there)))
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Line number (from 1) in the file of a byte offset; of a page, in the text that was read out of it.
    pub fn line_of(&self, offset: usize) -> u32 {
        if self.is_rearranged()
            && let Some((file, offset)) = self.in_file(offset)
        {
            return file.line_of(offset);
        }
        self.line_starts.partition_point(|&s| s as usize <= offset) as u32
    }

    /// Line and column in the file of a byte offset. The column counts at most the first 4,000 characters of the
    /// line, so that a file of one endless line costs no more than others.
    pub fn position(&self, offset: usize) -> Position {
        if let Some((file, offset)) = self.in_file(offset) {
            return file.position(offset);
        }
        let line = self.line_of(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        let column = self.text[start..offset.min(self.text.len())].chars().take(4_000).count() as u32 + 1;
        Position { line, column }
    }

    /// The line (from 1) of the file itself, as [`position`](Self::position) tells it.
    pub fn line_of_file(&self, line: u32) -> &str {
        self.file.as_ref().map_or(self, |file| &file.source).line(line)
    }

    /// Lines of the file itself.
    pub fn lines_of_file(&self) -> u32 {
        self.file.as_ref().map_or(self, |file| &file.source).line_count()
    }

    /// Lines of the file; of a page, of the text that was read out of it.
    pub fn line_count(&self) -> u32 {
        match self.rearranged_file() {
            Some(file) => file.line_count(),
            None if self.text.ends_with('\n') => self.line_starts.len() as u32 - 1,
            None => self.line_starts.len() as u32,
        }
    }

    /// The text of a line of the file (from 1), without its line end.
    pub fn line(&self, line: u32) -> &str {
        if let Some(file) = self.rearranged_file() {
            return file.line(line);
        }
        let i = line as usize - 1;
        let start = self.line_starts[i] as usize;
        let end = self.line_starts.get(i + 1).map_or(self.text.len(), |&e| e as usize - 1);
        &self.text[start..end]
    }
}
