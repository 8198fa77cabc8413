//! Signs in brackets: `[1]`, `(1)`, `{1}`, `<1>`, `/1/`, `［１］`.

use super::Scan;
use crate::notes::sign::{self, LONGEST, behind_word, floor, is_label, is_label_in_brackets};
use crate::notes::{Label, Sign, listing, several};
use crate::quotes;

/// What a label in parentheses weighs that is as likely one of an enumeration.
const APART: f32 = 0.8;
/// What one weighs that closes a sentence or a clause.
const CLOSING: f32 = 1.5;

impl Scan<'_> {
    /// `[1]`, `^[1]`, `\[1\]`, `[a]`, `[*]`, `[1](#place)`; in plain text `[^1]`.
    pub(super) fn bracket(&mut self, at: usize, rest: &str) -> usize {
        let caret = usize::from(rest.starts_with('^'));
        let open = if rest[caret..].starts_with("\\[") { 2 } else { 1 };
        if !rest[caret..].starts_with('[') && open == 1 {
            let taken = self.raised_parenthesis(at, rest);
            return if caret == 1 && taken == 0 { self.caret_digits(at, rest) } else { taken };
        }
        if self.form.is_markdown() && caret == 0 && open == 1 && self.before(at) != Some('!') {
            let taken = self.linked(at, rest);
            if taken > 0 {
                return taken;
            }
        }
        let window = floor(rest, LONGEST * 2);
        // [[1]]
        let doubled = usize::from(rest[caret + open..].starts_with('['));
        let inner_at = caret + open + doubled;
        if inner_at >= window.len() {
            return 0;
        }
        let Some(close) = window[inner_at..].find(']').map(|i| i + inner_at) else { return 0 };
        let mut inner = window[inner_at..close].trim_end_matches('\\');
        if let Some(named) = inner.strip_prefix('^') {
            if self.form.is_markdown() && self.defined {
                return 0; // Markdown's own notes belong to parse::markdown
            }
            inner = named;
        }
        if doubled == 1 && !window[close + 1..].starts_with(']') {
            return 0;
        }
        let label = if is_label_in_brackets(inner.trim()) {
            inner.trim()
        } else if let Some(label) = behind_word(inner.trim()) {
            label // [note 1], [註1]
        } else if caret + doubled == 0 && open == 1 {
            return self.in_brackets(at, rest, inner);
        } else {
            return 0;
        };
        let mut len = close + 1 + doubled;
        if rest[len..].starts_with('_')
            && !rest[len + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            len += 1; // reStructuredText: [1]_
        }
        let follows = &rest[len.min(rest.len())..];
        if follows.starts_with('(') && self.form.is_markdown() {
            // a link that leads elsewhere
            return floor(follows, 200).find(')').map_or(0, |end| len + end);
        }
        if follows.starts_with(':') && at == self.first || &self.source.text[self.first..at] == ".. " {
            return 0; // a definition
        }
        if self.form.is_markdown() && self.is_within_label(at) {
            return 0; // `[^1[4] …`
        }
        let number = Label::new(label).number().is_some();
        let glued = self.before(at).is_some_and(|c| !c.is_whitespace());
        let mut weight = match (number, caret == 1) {
            (_, true) => 3.0,
            (true, false) => {
                if glued {
                    2.6
                } else {
                    2.0
                }
            }
            (false, false) => {
                if glued {
                    1.5
                } else {
                    0.6
                }
            }
        };
        if follows.starts_with(|c: char| c.is_lowercase() || c.is_uppercase()) {
            weight *= 0.3; // [s]ocieties
        }
        let answered = || at == self.first && listing::answers(self.source, self.layout, self.line);
        if self.is_argument(at, follows) || self.is_of_range(at, follows) || answered() {
            weight *= 0.05;
        }
        let shown = &rest[..len];
        let shown = shown.replace('\\', "");
        self.push(at, len, Sign::Bracket, label, &shown, weight)
    }

    /// `[1, 2]`, `[3, p. 14]`: references to works.
    pub(super) fn in_brackets(&mut self, at: usize, rest: &str, inner: &str) -> usize {
        /// Intervals are written so too, but seldom between the numbers of two works.
        const WEIGHT: f32 = 2.0;
        let len = inner.len() + 2;
        let index = self.before(at).is_some_and(char::is_alphanumeric);
        if index || rest[len..].starts_with(['(', ':', '[']) || self.is_argument(at, &rest[len..]) {
            return 0;
        }
        if let Some(labels) = several::labels(inner) {
            return self.several(at, (1, len), &labels, Sign::Bracket, WEIGHT);
        }
        let Some(label) = several::with_place(inner) else { return 0 };
        let label = label.to_owned();
        self.push(at, 1 + label.len(), Sign::Bracket, &label, &rest[..1 + label.len()], WEIGHT)
    }

    /// True for one of two labels that a text says of its notes: `represented as [1] through [15]`.
    fn is_of_range(&self, at: usize, follows: &str) -> bool {
        const WORDS: [&str; 5] = ["through", "thru", "to", "bis", "à"];
        let opens = WORDS.iter().any(|w| {
            let behind = follows.strip_prefix(' ').and_then(|f| f.strip_prefix(w));
            behind.is_some_and(|b| b.starts_with(" [") && !b.starts_with(" [^"))
        });
        let before = &self.source.text[self.first..at];
        let closes = WORDS.iter().any(|w| {
            let said = before.strip_suffix(' ').and_then(|b| b.strip_suffix(w));
            said.is_some_and(|s| s.ends_with("] "))
        });
        opens || closes
    }

    /// True for a number in brackets that belongs to code: `\\name[2]`, `{name}[2]`, `name[2][]`, `name[2] = 0`.
    pub(super) fn is_argument(&self, at: usize, follows: &str) -> bool {
        let before = &self.source.text[self.first..at];
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        word.ends_with('}')
            || word.contains('\\') && !word.ends_with(']')
            || follows.starts_with("[]")
            || follows.starts_with(['{', '%', '='])
            || follows.starts_with(" =")
    }

    /// True within the label of a note, whose line begins with it. As a marker, it would be gone from there.
    fn is_within_label(&self, at: usize) -> bool {
        let led = self.source.text.get(self.first..at.min(self.first + LONGEST)).unwrap_or_default();
        led.starts_with("[^") && !led.contains(']')
    }

    /// `［１］`, `〔一〕`.
    pub(super) fn wide_bracket(&mut self, at: usize, rest: &str) -> usize {
        let Some((label, len)) = sign::wide_bracket(rest) else { return 0 };
        let weight = if self.before(at).is_some_and(|c| !c.is_whitespace()) { 2.4 } else { 1.2 };
        self.push(at, len, Sign::Bracket, label, &rest[..len], weight)
    }

    /// `{1}`, `<1>`, `/1/`.
    pub(super) fn enclosed(&mut self, at: usize, rest: &str, close: char) -> usize {
        let Some(label) = sign::enclosed(rest, close) else { return 0 };
        let len = label.len() + 2;
        if close == '/' && self.around(at, len) {
            return 0; // a date, an address
        }
        let glued = self.before(at).is_some_and(|c| !c.is_whitespace() && !"$%{<".contains(c));
        let page = Label::new(label).is_page();
        let mut weight = match (glued, close) {
            (true, _) => 2.2,
            _ if page => 2.0,
            (false, '}') => 1.4,
            _ => 1.0,
        };
        if close == '}' && self.is_argument(at, &rest[len..]) {
            weight *= 0.05;
        }
        self.push(at, len, Sign::Bracket, label, &rest[..len], weight)
    }

    /// True if figures, or signs of an address, touch a sign on either side.
    fn around(&self, at: usize, len: usize) -> bool {
        let joins = |c: char| c.is_ascii_digit() || "/:_-".contains(c);
        self.before(at).is_some_and(joins)
            || self.after(at + len).is_some_and(|c| joins(c) || c.is_alphabetic())
    }

    /// `(1)`, `（註１）`.
    pub(super) fn paren(&mut self, at: usize, rest: &str) -> usize {
        let window = floor(rest, LONGEST);
        let open = window.chars().next().map_or(1, char::len_utf8);
        let Some(close) = window.find([')', '）']) else { return 0 };
        let close_len = window[close..].chars().next().map_or(1, char::len_utf8);
        let inner = window[open..close].trim();
        let noted = behind_word(inner).unwrap_or(inner).trim_start_matches(['註', '注', '※']);
        if !is_label(noted) {
            return 0;
        }
        let label = noted;
        let len = close + close_len;
        let before = self.before(at).filter(|c| !c.is_whitespace());
        let number = Label::new(label).number();
        let letters = label.chars().all(char::is_alphabetic);
        let next = self.after(at + len);
        // `§ 2(a)`, `(a) the mill, (b) the weir`
        if letters && (before.is_none_or(char::is_numeric) || next.is_some_and(char::is_alphanumeric)) {
            return 0;
        }
        let weight = match number {
            _ if noted.len() < inner.len() => 3.0,
            _ if letters && before.is_some_and(char::is_alphabetic) => 1.2, // `word(a)`, but also `word(s)`
            Some(n) if n >= 1_000 => 0.1,                                   // a year
            _ if before.is_some_and(char::is_alphanumeric) => 2.0,          // word(1), but also ls(1)
            _ if before.is_some_and(|c| "—–".contains(c)) => APART,         // it opens what follows
            _ if before.is_some() => 2.4,
            _ if next.is_some_and(|c| ".,;".contains(c)) => CLOSING, // what it would count cannot begin so
            _ => self.apart_weight(at),
        };
        self.push(at, len, Sign::Paren, label, &window[..len], weight)
    }

    /// How much a label in parentheses with a space before it looks like a marker: `the weir. (1)` closes a sentence,
    /// `two things: (1) the weir; and (2) the mill` counts what follows.
    fn apart_weight(&self, at: usize) -> f32 {
        let before = self.source.text[..at].trim_end();
        let opens =
            at == self.first && self.line.checked_sub(1).is_none_or(|i| !self.layout.lines[i].is_text());
        let sentence =
            before.trim_end_matches(|c| quotes::closes(c) || c == ')').ends_with(['.', '!', '?', '…']);
        let counts = before.ends_with([':', ';', '—']) || [" and", " or"].iter().any(|w| before.ends_with(w));
        match (opens || counts, sentence) {
            (true, _) => 0.3,
            (_, true) => CLOSING,
            _ => APART,
        }
    }
}
