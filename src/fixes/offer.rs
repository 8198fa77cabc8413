//! The fix that would undo something: ready to be copied into `fixes:`.

use super::Folded;
use crate::model::{Omission, OmissionReason, Repair, RepairKind};
use crate::source::{Source, Span};

/// Words of a quotation: as few as name one place.
const WORDS: [usize; 4] = [4, 7, 11, 16];

/// Writes fixes for one document.
pub struct Offers<'a> {
    source: &'a Source,
    folded: Folded,
}

impl<'a> Offers<'a> {
    /// Prepares to quote from a source.
    pub fn new(source: &'a Source) -> Offers<'a> {
        Offers { source, folded: Folded::of(source) }
    }

    /// The line that undoes a repair.
    pub fn repair(&self, repair: &Repair) -> Option<String> {
        let action = match repair.kind {
            // The order of the pages is no matter of one place.
            RepairKind::PageOrder => return Some("pages: 1".to_owned()),
            RepairKind::Columns => return Some("columns: false".to_owned()),
            RepairKind::Heading => {
                let (start, end) = (repair.span.start as usize, repair.at as usize);
                return self.line(start, end.max(start), "heading: false");
            }
            RepairKind::Quotation | RepairKind::Aside => {
                return self.beginning(repair.span, "keep: true");
            }
            RepairKind::Joined | RepairKind::Hyphen | RepairKind::Marker => "keep: true",
        };
        self.ending_at(repair.at as usize, action)
    }

    /// The line that puts back what was left out.
    pub fn omission(&self, omission: &Omission) -> Option<String> {
        if omission.reason == OmissionReason::UnsafeMarkup {
            return None; // no fix brings a program onto a page
        }
        self.beginning(omission.span, "keep: true")
    }

    /// A fix that quotes the first words of a stretch.
    fn beginning(&self, span: Span, action: &str) -> Option<String> {
        let (from, to) = self.whole(span.start as usize, span.end as usize);
        let text = self.source.text.get(from..to)?;
        let start = from + (text.len() - text.trim_start().len());
        let last = WORDS[WORDS.len() - 1];
        let mut end = start;
        for (count, word) in self.source.text[start..to].split_inclusive(char::is_whitespace).enumerate() {
            if count >= last {
                break;
            }
            end += word.len();
        }
        let end = start + self.source.text[start..end].trim_end().len();
        self.line(start, end, action)
    }

    /// A fix whose quotation ends at a place.
    fn ending_at(&self, at: usize, action: &str) -> Option<String> {
        let at = self.source.text.ceil_char_boundary(at);
        let text = self.source.text.get(self.source.body_start..at)?.trim_end();
        let end = self.source.body_start + text.len();
        let mut best = None;
        for count in WORDS {
            let start = start_of_words(&self.source.text, self.source.body_start, end, count);
            let quote = &self.source.text[start..end];
            match self.folded.places(self.source, quote).len() {
                0 => {}
                1 => return Some(line(quote, None, action)),
                _ => best = Some(start),
            }
        }
        best.and_then(|start| self.line(start, end, action))
    }

    /// The places of whole characters: the span of a block may end within one.
    fn whole(&self, start: usize, end: usize) -> (usize, usize) {
        (self.source.text.floor_char_boundary(start), self.source.text.ceil_char_boundary(end))
    }

    fn line(&self, start: usize, end: usize, action: &str) -> Option<String> {
        let (start, end) = self.whole(start, end);
        let quote = self.source.text.get(start..end)?;
        let places = self.folded.places(self.source, quote);
        // The signs behind the last word do not count, so that a place ends before them.
        let end = start + quote.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let nth = places.iter().position(|p| p.start as usize <= end && end <= p.end as usize)?;
        Some(line(quote, (places.len() > 1).then_some(nth + 1), action))
    }
}

/// Where the last `count` words before `end` begin.
fn start_of_words(text: &str, from: usize, end: usize, count: usize) -> usize {
    let mut start = end;
    for _ in 0..count {
        let before = text[from..start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
        if word.is_empty() {
            break;
        }
        start = from + before.len() - word.len();
    }
    start
}

fn line(quote: &str, nth: Option<usize>, action: &str) -> String {
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    // JSON's strings are YAML's, too.
    let quote = serde_json::Value::String(quote).to_string();
    match nth {
        Some(n) => format!("{{ quote: {quote}, occurrence: {n}, {action} }}"),
        None => format!("{{ quote: {quote}, {action} }}"),
    }
}
