//! Raised signs: `<sup>1</sup>`, `¹`, `①`, `$^{1}$`, `^1`.

use super::Scan;
use crate::notes::sign::{self, LONGEST, floor, is_label, opens_in_tag, raised_run, strip_markup};
use crate::notes::{Sign, several};

impl Scan<'_> {
    /// `①` behind a word; at the head of a phrase it counts what is listed.
    pub(super) fn circled(&mut self, at: usize, rest: &str, c: char) -> usize {
        let len = c.len_utf8();
        let ends = self.after(at + len).is_none_or(|n| !n.is_alphanumeric());
        let glued = self.before(at).is_some_and(|b| !b.is_whitespace());
        let weight = match (glued, ends) {
            (true, true) => 2.4,
            (true, false) => 1.4,
            _ => 0.4,
        };
        self.push(at, len, Sign::Raised, &rest[..len], &rest[..len], weight)
    }

    /// `<sup>1</sup>`, also with a link or brackets inside. Letters are ordinals (`10<sup>th</sup>`) unless
    /// there is but one.
    pub(super) fn raised_tag(&mut self, at: usize, rest: &str) -> usize {
        let open = rest.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("<sup>"));
        if !open {
            return 0;
        }
        let window = floor(rest, LONGEST * 6);
        let Some(close) = window.find("</sup>").or_else(|| window.find("</SUP>")) else { return 0 };
        if opens_in_tag(&window[5..close]) {
            return 0;
        }
        let inner = strip_markup(&window[5..close]);
        let label = inner.trim().trim_matches(|c: char| "[]().,".contains(c));
        let len = close + 6;
        if inner == window[5..close]
            && let Some(labels) = several::labels(&inner)
        {
            return self.several(at, (5, len), &labels, Sign::Raised, 3.0);
        }
        if label.len() > LONGEST || !is_label(label) {
            return len;
        }
        let weight = if self.is_exponent(at) && label.len() == 1 { 0.6 } else { 3.0 };
        self.push(at, len, Sign::Raised, label, &inner, weight)
    }

    /// `${ }^{1}$`, `$^{1}$`, `$^1$`: LaTeX with nothing that is raised upon.
    pub(super) fn raised_math(&mut self, at: usize, rest: &str) -> usize {
        let window = floor(rest, LONGEST * 2);
        let Some(close) = window[1..].find('$').map(|i| i + 1) else { return 0 };
        let inner: String = window[1..close].chars().filter(|c| !c.is_whitespace()).collect();
        let Some(label) = sign::raised_math(&inner) else { return 0 };
        if let Some(labels) = several::labels(label)
            && let Some(start) = window[..close].find(label)
        {
            return self.several(at, (start, close + 1), &labels, Sign::Raised, 3.0);
        }
        if !is_label(label) {
            return 0;
        }
        self.push(at, close + 1, Sign::Raised, label, label, 3.0)
    }

    /// `¹`, `¹²`, and `1⁴` from fonts that raise only some figures.
    pub(super) fn raised_digits(&mut self, at: usize, rest: &str) -> usize {
        let (len, label) = raised_run(rest);
        let weight = if self.is_exponent(at) { 0.3 } else { 3.0 };
        self.push(at, len, Sign::Raised, &label, &rest[..len], weight)
    }

    /// `^(1)`, `^([1])`: what is raised in a text without markup. Letters are rather exponents and endings.
    pub(super) fn raised_parenthesis(&mut self, at: usize, rest: &str) -> usize {
        let Some((label, len)) = sign::raised_parenthesis(rest) else { return 0 };
        if self.is_exponent(at) || self.is_power(at, len) {
            return 0;
        }
        let weight = if label.bytes().all(|b| b.is_ascii_digit()) { 3.0 } else { 1.0 };
        self.push(at, len, Sign::Raised, label, label, weight)
    }

    /// `^1`, `^12^` behind a word.
    pub(super) fn caret_digits(&mut self, at: usize, rest: &str) -> usize {
        let digits: String = rest[1..].chars().take_while(char::is_ascii_digit).collect();
        if digits.is_empty() || digits.len() > 3 || self.is_exponent(at) || self.before(at) == Some('[') {
            return 0;
        }
        let len = 1 + digits.len() + usize::from(rest[1 + digits.len()..].starts_with('^'));
        if self.after(at + len).is_some_and(char::is_alphanumeric) || self.is_power(at, len) {
            return 0;
        }
        self.push(at, len, Sign::Raised, &digits, &digits, 2.0)
    }

    /// True if what stands before is a unit or a number, so that a raised digit counts or squares it.
    pub(super) fn is_exponent(&self, at: usize) -> bool {
        /// Units that are squared or cubed in running text.
        const UNITS: [&str; 12] = ["m", "km", "cm", "mm", "dm", "ft", "in", "yd", "mi", "s", "nm", "µm"];
        let text = &self.source.text[..at];
        let word_start = text
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let word = &text[word_start..];
        if word.is_empty() {
            return false;
        }
        let starts_numeric = word.chars().all(|c| c.is_ascii_digit());
        let led_by_number = text[..word_start].trim_end().ends_with(|c: char| c.is_ascii_digit());
        (starts_numeric && word.len() != 4)
            || (UNITS.contains(&word) && (led_by_number || word != "in"))
            || (word.chars().count() == 1
                && !matches!(word, "a" | "I" | "O" | "y" | "à")
                && word.is_ascii()
                && !led_by_number
                && text[..word_start].ends_with(['=', '+', '(', '−']))
    }

    /// True for `x^2` and `(x-5)^2-1`.
    fn is_power(&self, at: usize, len: usize) -> bool {
        let mut before = self.source.text[..at].chars().rev();
        let variable = before.next().is_some_and(|c| c.is_ascii_lowercase() && c != 'a')
            && before.next().is_none_or(|c| !c.is_alphanumeric() && c != '\'');
        let mut behind = self.source.text[at + len..].chars();
        let operator = behind.next().is_some_and(|c| "+-*/=".contains(c));
        variable || operator && behind.next().is_some_and(|c| c.is_alphanumeric() || "(\\".contains(c))
    }
}
