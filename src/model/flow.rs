//! Restored text and the way back to the source.

use std::ops::Range;

use super::MarkerId;
use crate::source::Span;

/// The character that stands in restored text where a marker was. It is inert in Markdown. A source may
/// hold it too: only the offsets in [`Flow::marks`] say which ones are markers.
pub const MARK: char = '\u{FFFC}';

/// A stretch of restored text: the document's body, or one note.
///
/// It is made of [`Piece`]s copied from the source in reading order, with a little glue (a space where two
/// lines were joined) between them, and one [`MARK`] for each marker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// The restored text.
    pub text: String,
    /// Where it came from, by ascending `at`; the first begins at 0 unless the text is empty.
    pub pieces: Vec<Piece>,
    /// Offsets of the [`MARK`]s that are markers, ascending.
    pub marks: Vec<(u32, MarkerId)>,
}

/// `text[at..next.at]` of a [`Flow`] is a verbatim copy of the source from `from` on, or was put there by
/// the program (`None`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Offset in the flow.
    pub at: u32,
    /// Offset in the source.
    pub from: Option<u32>,
}

impl Flow {
    /// Copies `span` of the source `text` to the end.
    pub fn copy(&mut self, text: &str, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let continues =
            self.pieces.last().is_some_and(|p| p.from.is_some_and(|f| f + (at - p.at) == span.start as u32));
        if !continues {
            self.pieces.push(Piece { at, from: Some(span.start as u32) });
        }
        self.text.push_str(&text[span]);
    }

    /// Adds text that is not the source's (a space or a line end between joined pieces).
    pub fn glue(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.pieces.last().is_none_or(|p| p.from.is_some()) {
            self.pieces.push(Piece { at: self.text.len() as u32, from: None });
        }
        self.text.push_str(text);
    }

    /// Adds a marker.
    pub fn mark(&mut self, marker: MarkerId) {
        self.marks.push((self.text.len() as u32, marker));
        self.pieces.push(Piece { at: self.text.len() as u32, from: None });
        self.text.push(MARK);
    }

    /// The marker at this offset of the flow, if one stands there.
    pub fn marker_at(&self, at: usize) -> Option<MarkerId> {
        self.marks.binary_search_by_key(&(at as u32), |m| m.0).ok().map(|i| self.marks[i].1)
    }

    /// The source offset of an offset of the flow; for glue, the end of the piece before it.
    pub fn source_offset(&self, at: usize) -> usize {
        let i = self.pieces.partition_point(|p| p.at as usize <= at);
        for (k, piece) in self.pieces[..i].iter().enumerate().rev() {
            if let Some(from) = piece.from {
                let len =
                    self.pieces.get(k + 1).map_or(self.text.len(), |n| n.at as usize) - piece.at as usize;
                return from as usize + (at - piece.at as usize).min(len);
            }
        }
        self.pieces.iter().find_map(|p| p.from).unwrap_or(0) as usize
    }

    /// The span of the source that a range of the flow came from (from its first to its last place; where
    /// pages were moved it may enclose other text).
    pub fn source_span(&self, range: Range<usize>) -> Span {
        let start = self.source_offset(range.start);
        let end = if range.is_empty() { start } else { self.source_offset(range.end - 1) + 1 };
        Span::new(start.min(end), start.max(end))
    }

    /// Adds a stretch of another flow to the end, with its markers and its way back to the source.
    pub fn append(&mut self, other: &Flow, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let shift = |at: u32| (self.text.len() + at as usize - range.start) as u32;
        let first = other.pieces.partition_point(|p| p.at as usize <= range.start).saturating_sub(1);
        let mut added = Vec::new();
        for piece in other.pieces[first..].iter().take_while(|p| (p.at as usize) < range.end) {
            let skipped = (range.start as u32).saturating_sub(piece.at);
            added.push(Piece { at: shift(piece.at + skipped), from: piece.from.map(|f| f + skipped) });
        }
        let mark = other.marks.partition_point(|m| (m.0 as usize) < range.start);
        let marks = other.marks[mark..].iter().take_while(|m| (m.0 as usize) < range.end);
        self.marks.extend(marks.map(|&(at, id)| (shift(at), id)));
        // A stretch that goes on where the last one ended needs no piece of its own.
        if let (Some(last), Some(next)) = (self.pieces.last(), added.first()) {
            let continues = match (last.from, next.from) {
                (Some(a), Some(b)) => a + (next.at - last.at) == b,
                _ => false,
            };
            added.drain(..usize::from(continues));
        }
        self.pieces.extend(added);
        self.text.push_str(&other.text[range]);
    }

    /// A stretch of the flow as a flow of its own.
    pub fn cut(&self, range: Range<usize>) -> Flow {
        let mut out = Flow::default();
        out.append(self, range);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_keeps_markers_and_the_way_back() {
        let source = "alpha beta gamma";
        let mut flow = Flow::default();
        flow.copy(source, 0..5);
        flow.mark(MarkerId(7));
        flow.glue(" ");
        flow.copy(source, 11..16);
        let cut = flow.cut(2..flow.text.len() - 2);
        assert_eq!(cut.text, "pha\u{FFFC} gam");
        assert_eq!(cut.marker_at(3), Some(MarkerId(7)));
        assert_eq!(cut.source_offset(0), 2);
        assert_eq!(cut.source_offset(7), 11);
        let mut whole = flow.cut(0..3);
        whole.append(&flow, 3..flow.text.len());
        assert_eq!(whole, flow);
    }
}
