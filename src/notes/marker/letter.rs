//! Letters and Roman numerals that hang at a sentence's or a clause's end, as in an edition that labels its notes so.

use super::Scan;
use crate::notes::{Label, Sign};
use crate::quotes;

/// What a raised letter weighs that print has put behind a stop.
const WEIGHT: f32 = 2.4;

impl Scan<'_> {
    /// A letter that hangs at a sentence's or a clause's end: `the weir.a`
    pub(super) fn letters(&mut self) {
        let text = &self.source.text[self.first..self.end];
        let places: Vec<usize> =
            text.match_indices(|c: char| c.is_ascii_lowercase()).map(|(i, _)| i).collect();
        for i in places {
            let mut before = text[..i].chars().rev();
            let stop = before.next().is_some_and(|c| quotes::closes(c) || ".,;:!?)".contains(c));
            let word = before
                .find(|c| !quotes::closes(*c) && *c != ')')
                .is_some_and(|c| c.is_alphanumeric() || ".,!?".contains(c));
            let ends = text[i + 1..].chars().next().is_none_or(char::is_whitespace);
            let abbreviated = text[..i].ends_with('.')
                && text[..i].trim_end_matches('.').chars().rev().nth(1).is_none_or(|c| !c.is_alphabetic());
            if stop && word && ends && !abbreviated {
                self.push(self.first + i, 1, Sign::Bare, &text[i..=i], &text[i..=i], WEIGHT);
            }
        }
    }

    /// A Roman numeral that hangs at a sentence's or a clause's end: `the weir.iv`
    pub(super) fn numerals(&mut self) {
        let text = &self.source.text[self.first..self.end];
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let end = at + word.trim_end().len();
            let start = text[..end].trim_end_matches(['i', 'v', 'x']).len().max(at);
            let label = Label::new(&text[start..end]);
            let stop = text[at..start].ends_with(|c| quotes::closes(c) || ".,;:!?)".contains(c));
            let word_before = text[at..start].contains(char::is_alphabetic);
            if stop && word_before && (label.is_roman() || matches!(&text[start..end], "i" | "v" | "x")) {
                let shown = text[start..end].to_owned();
                self.push(self.first + start, end - start, Sign::Bare, &shown, &shown, WEIGHT);
            }
            at += word.len();
        }
    }
}
