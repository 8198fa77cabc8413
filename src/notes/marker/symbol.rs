//! Symbols: `*`, `**`, `†` … behind a word or a title.

use super::Scan;
use crate::notes::Sign;
use crate::notes::label::is_symbol;
use crate::notes::sign::escaped_stars;
use crate::quotes;

impl Scan<'_> {
    /// `\*` behind a word, in Markdown.
    pub(super) fn escaped_star(&mut self, at: usize, rest: &str) -> usize {
        let stars = escaped_stars(rest);
        let len = 2 * stars;
        let glued = self.before(at).is_some_and(|b| !b.is_whitespace() && !is_symbol(b));
        let ends = self
            .after(at + len)
            .is_none_or(|n| n.is_whitespace() || quotes::closes(n) || ".,;:!?)]".contains(n));
        if !(self.form.is_markdown() && glued && ends && (1..=4).contains(&stars)) {
            return len.max(1);
        }
        let label = "*".repeat(stars);
        self.push(at, len, Sign::Symbol, &label, &label, 2.4)
    }

    /// `*`, `**`, `†` … behind a word.
    pub(super) fn symbol(&mut self, at: usize, rest: &str, c: char) -> usize {
        let run: String = rest.chars().take_while(|&d| d == c).collect();
        let len = run.len();
        let count = run.chars().count();
        let star = c == '*' || c == '∗';
        if count > 4 || (star && self.form.is_markdown()) {
            return len;
        }
        let next = self.after(at + len);
        let glued = self.before(at).is_some_and(|b| !b.is_whitespace() && !is_symbol(b));
        let ends = next.is_none_or(|n| n.is_whitespace() || quotes::closes(n) || ".,;:!?)]—–-…".contains(n));
        // a section's sign, unless it hangs at a word
        if c == '§' && (!glued || !ends) && next.is_some_and(|n| n.is_ascii_digit() || n == ' ' || n == '§')
        {
            return len;
        }
        let alone = at == self.first && at + len >= self.end;
        let weight = match (glued, ends) {
            (true, true) if star && self.closes_emphasis(at, c) => 0.1,
            (true, true) => 2.4,
            (false, true) if self.ends_title(at, at + len) => 2.4,
            _ if alone => 0.8,
            (false, true) if star && at > self.first => 0.7,
            (false, true) if star => 0.3,
            (false, true) => 1.2,
            _ => return len,
        };
        self.push(at, len, Sign::Symbol, &run, &run, weight)
    }

    /// True for what is set apart at the end of one of the text's first lines, its title or an author's name.
    fn ends_title(&self, at: usize, end: usize) -> bool {
        /// Lines of the longest title.
        const LINES: usize = 4;
        let first = self.layout.text_from(0).unwrap_or(self.line);
        let worded = self.source.text[self.first..at].trim_end().ends_with(char::is_alphanumeric);
        worded
            && self.source.text[end..self.end].trim().is_empty()
            && self.line < first + LINES
            && self.layout.lines[first..=self.line].iter().all(|l| l.is_text())
    }

    /// True if a star opened an emphasis shortly before: `*so*`.
    fn closes_emphasis(&self, at: usize, star: char) -> bool {
        /// Bytes of the longest emphasis that this looks back over.
        const REACH: usize = 240;
        let mut from = at.saturating_sub(REACH);
        while !self.source.text.is_char_boundary(from) {
            from += 1;
        }
        let window = &self.source.text[from..at];
        let window = &window[window.rfind("\n\n").map_or(0, |i| i + 2)..];
        let mut open = false;
        let mut previous = ' ';
        for (i, c) in window.char_indices() {
            if c == star {
                let next = window[i + c.len_utf8()..].chars().next();
                let opens = !previous.is_alphanumeric() && next.is_some_and(|n| !n.is_whitespace());
                open = opens || (open && previous.is_whitespace());
            }
            previous = c;
        }
        open
    }
}
