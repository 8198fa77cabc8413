//! The lines of a text.

use crate::model::{Form, OmissionReason};
use crate::source::Source;

/// A line without its line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// First byte in the source (behind a form feed).
    pub start: usize,
    /// One past the last byte, without the line end.
    pub end: usize,
    /// Columns of white space before the text (a tab counts to the next multiple of 4).
    pub indent: u16,
    /// True if a form feed stands before it: a page begins here.
    pub feed: bool,
    /// True if the column before it ends here: a column of a page begins, which was unfolded.
    pub column: bool,
    /// What it is.
    pub kind: Kind,
}

/// What a line is, as far as its looks tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of the document.
    Text,
    /// Nothing but white space.
    Blank,
    /// Fenced code in Markdown, the fences included.
    Code,
    /// A rule: only dashes, underscores, asterisks or the like.
    Rule,
    /// A page number or running head.
    Furniture(OmissionReason),
}

impl Line {
    /// The text without the white space around it.
    pub fn text<'s>(&self, source: &'s Source) -> &'s str {
        source.text[self.start..self.end].trim()
    }

    /// Offset of the first character that is not white space.
    pub fn text_start(&self, source: &Source) -> usize {
        let raw = &source.text[self.start..self.end];
        self.start + (raw.len() - raw.trim_start().len())
    }

    /// True if it carries text of the document (prose, headings, code; not blank, rule or furniture).
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Code)
    }

    /// True if it is blank.
    pub fn is_blank(&self) -> bool {
        self.kind == Kind::Blank
    }

    /// True if it is a page number or running head.
    pub fn is_furniture(&self) -> bool {
        matches!(self.kind, Kind::Furniture(_))
    }
}

/// Splits the source's own text into lines.
pub fn split(source: &Source, form: Form) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = source.body_start;
    let mut fence: Option<(u8, usize)> = None;
    for raw in source.text[at..].split_inclusive('\n').flat_map(by_page) {
        let mut start = at;
        let end = at + raw.trim_end_matches('\n').len();
        at += raw.len();
        let breaks = page_breaks(raw);
        let feed = begins_page(raw);
        start += breaks;
        let text = &source.text[start..end];
        let body = text.trim();
        let kind = if let Some((mark, width)) = fence {
            let run = body.bytes().take_while(|&b| b == mark).count();
            if run >= width && body.len() == run {
                fence = None;
            }
            Kind::Code
        } else if body.is_empty() {
            Kind::Blank
        } else if form.is_markdown() && fence_opens(body).is_some() {
            fence = fence_opens(body);
            Kind::Code
        } else if is_rule(body) {
            Kind::Rule
        } else {
            Kind::Text
        };
        lines.push(Line { start, end, indent: indent(text), feed, column: breaks > 0 && !feed, kind });
    }
    lines
}

/// Bytes of the form feeds and column breaks that a line begins with, and of the spaces before them.
fn page_breaks(line: &str) -> usize {
    let is_break = |b: &u8| matches!(b, b'\x0c' | b'\x0b');
    let lead = line.bytes().take_while(|b| is_break(b) || matches!(b, b' ' | b'\t'));
    let breaks = lead.zip(1..).filter(|(b, _)| is_break(b)).last();
    breaks.map_or(0, |(_, bytes)| bytes)
}

/// True for a line that form feeds let begin on a new page.
pub fn begins_page(line: &str) -> bool {
    line[..page_breaks(line)].contains('\x0c')
}

/// A line in pieces that lie on one page each: programs that join pages by form feeds may end no line there.
pub fn by_page(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let lead = page_breaks(rest);
        let end = rest[lead..].find('\x0c').map_or(rest.len(), |i| lead + i);
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

fn fence_opens(body: &str) -> Option<(u8, usize)> {
    let mark = *body.as_bytes().first()?;
    let width = body.bytes().take_while(|&b| b == mark).count();
    let is_fence =
        (mark == b'`' && width >= 3 && !body[width..].contains('`')) || (mark == b'~' && width >= 3);
    is_fence.then_some((mark, width))
}

/// A line of at least three dashes, underscores, asterisks, equals signs or their Unicode kin, with
/// nothing else but spaces.
fn is_rule(body: &str) -> bool {
    let mut count = 0;
    for c in body.chars() {
        match c {
            '-' | '_' | '*' | '=' | '—' | '–' | '―' | '─' | '━' | '⸺' | '⸻' | '·' | '•' | '~' => {
                count += 1
            }
            ' ' | '\t' | '\u{a0}' => {}
            _ => return false,
        }
    }
    count >= 3
}

fn indent(text: &str) -> u16 {
    let mut column = 0u16;
    for c in text.chars() {
        match c {
            '\t' => column = (column / 4 + 1) * 4,
            c if c.is_whitespace() => column += 1,
            _ => break,
        }
        if column >= 1_000 {
            break;
        }
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_feed_begins_a_page_wherever_it_stands() {
        let feeds = |text: &str| -> Vec<(String, bool)> {
            let source = Source::new("a.txt", text.to_owned());
            let line = |l: &Line| (l.text(&source).to_owned(), l.feed);
            split(&source, Form::PdfText).iter().map(line).collect()
        };
        let wanted = [("one".to_owned(), false), ("two".to_owned(), true)];
        for text in ["one\n\u{c}two\n", "one\u{c}two", "one \n  \u{c} two", "one\n\u{b}\u{c}\u{c}two"] {
            assert_eq!(feeds(text), wanted, "{text:?}");
        }
        assert_eq!(feeds("one\u{c}\ntwo")[1..], [(String::new(), true), ("two".to_owned(), false)]);
    }
}
