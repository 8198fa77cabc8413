//! Figures with nothing around them, and what else figures are: numbers, dates, years with a label glued to them.

use super::Scan;
use super::glued::{behind_stop, behind_thousands, behind_year, misread};
use crate::notes::Sign;
use crate::notes::sign::{is_label, raised_run, superscript};
use crate::quotes;

/// The weight of a sign that is hardly anything else.
const SURE: f32 = 3.0;

impl Scan<'_> {
    /// Digits with nothing around them.
    pub(super) fn digits(&mut self, at: usize, rest: &str) -> usize {
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        // … but the figure of "F2¹" belongs to its word
        let of_word = self.source.text[..at].chars().rev().take(2).filter(|c| c.is_alphabetic()).count() == 1;
        if run <= 2 && !of_word && rest[run..].chars().next().is_some_and(|c| superscript(c).is_some()) {
            let (len, label) = raised_run(rest);
            let power = self.before(at).is_some_and(char::is_whitespace) && run > 1;
            return self.push(at, len, Sign::Raised, &label, &rest[..len], if power { 0.3 } else { 2.0 });
        }
        if let Some(word) = self.lettered_n(at, run) {
            let shown = &self.source.text[word..at + run];
            return self.push(word, at + run - word, Sign::Worded, &rest[..run], shown, 1.6) - (at - word);
        }
        if rest[run..].starts_with(')') && is_label(&rest[..run]) && !self.in_parentheses(at) {
            let glued = self.before(at).is_some_and(|c| !c.is_whitespace());
            let weight = match (at == self.first, glued) {
                (true, _) => 0.2,
                (_, true) => 2.2,
                _ => 1.2,
            };
            return self.push(at, run + 1, Sign::Bare, &rest[..run], &rest[..run + 1], weight);
        }
        // a number goes on: 1,000  3.5  10:30  12/3
        let mut whole = run;
        while let Some(sep) = rest[whole..].chars().next() {
            let more = rest[whole + sep.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
            if more == 0 || !(quotes::is_apostrophe(sep) || ",.:/-–\u{a0}".contains(sep)) {
                break;
            }
            whole += sep.len_utf8() + more;
        }
        // "1909–1913.5" may be a year, a full stop and a marker
        let year = rest[..whole].rsplit(['-', '–', ' ']).next().and_then(|last| last.split_once('.'));
        if let Some((_, label)) = year.filter(|(y, l)| {
            y.len() == 4 && (y.starts_with('1') || y.starts_with("20")) && is_label(l) && !l.starts_with('0')
        }) {
            let ends = rest[whole..].chars().next().is_none_or(char::is_whitespace);
            if ends {
                self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, 1.4);
            }
            return whole;
        }
        if let Some((label, weight)) = behind_stop(&rest[..whole]).filter(|_| at > self.first) {
            let behind = &rest[whole..];
            let begins = |c: char| c.is_uppercase() || c == '(' || quotes::opens(c);
            let closed = rest[..whole - label.len()].ends_with(',')
                || behind.trim_start().chars().next().is_none_or(begins);
            if closed && behind.chars().next().is_none_or(char::is_whitespace) {
                self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, weight);
            }
            return whole;
        }
        if let Some(label) = misread(&self.source.text[self.first..at], &rest[..run]).filter(|_| whole == run)
        {
            let shown = &self.source.text[at - 1..at + run];
            self.push(at - 1, run + 1, Sign::Bare, &label, shown, 1.4);
            return run;
        }
        if let Some(label) = behind_thousands(&rest[..whole]) {
            self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, 1.4);
            return whole;
        }
        if let Some(label) = behind_year(&rest[..whole]) {
            self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, 1.2);
            return whole;
        }
        let label = &rest[..run];
        if whole > run || run > 3 || label.starts_with('0') {
            return whole.max(run);
        }
        let mut weight = self.bare_weight(at, run);
        // what hangs at a sentence's end is no figure of code that the line quotes
        if weight < SURE && self.is_listed() || self.layout.leads_to_page(self.source, self.line) {
            weight *= 0.1;
        }
        if weight > 0.0 {
            self.push(at, run, Sign::Bare, label, label, weight);
        }
        run
    }

    /// Where `n12` begins, as databases of law write a marker: a word of its own.
    fn lettered_n(&self, at: usize, run: usize) -> Option<usize> {
        let word =
            at.checked_sub(1).filter(|&w| w >= self.first && self.source.text.as_bytes()[w] == b'n')?;
        let parts = |c: char| c.is_whitespace() || quotes::closes(c) || ".,;:!?)]".contains(c);
        let behind = self.after(at + run).is_none_or(parts);
        let before = self.before(word).is_none_or(parts);
        (behind && before && is_label(&self.source.text[at..at + run])).then_some(word)
    }

    /// True if a parenthesis is open before a place in its paragraph.
    fn in_parentheses(&self, at: usize) -> bool {
        /// Bytes that are looked back over.
        const REACH: usize = 300;
        let mut from = at.saturating_sub(REACH);
        while !self.source.text.is_char_boundary(from) {
            from += 1;
        }
        let window = &self.source.text[from..at];
        let window = &window[window.rfind("\n\n").map_or(0, |i| i + 2)..];
        window.rfind('(') > window.rfind(')')
    }
}
