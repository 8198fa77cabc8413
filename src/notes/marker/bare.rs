//! How much bare figures look like a marker where they stand: afloat, glued to a word, on a line of their own.

use super::Scan;
use super::counted::counts_what_precedes;
use crate::layout::Line;
use crate::layout::prose::closes_sentence;
use crate::quotes;

impl Scan<'_> {
    /// How much bare digits look like a marker where they stand.
    pub(super) fn bare_weight(&self, at: usize, len: usize) -> f32 {
        let next = self.after(at + len);
        let rest = &self.source.text[at + len..self.end];
        let alone = at == self.first
            && at + len >= self.end - (self.end - at - len - rest.trim_end().len()).min(self.end - at - len)
            && rest.trim().is_empty();
        if alone {
            return self.own_line_weight();
        }
        if next.is_some_and(|n| n.is_alphabetic() || "%°$€£/′″²³½¼¾+=_".contains(n)) {
            return 0.0;
        }
        let Some(previous) = self.before(at).filter(|_| at > self.first) else {
            return if rest.starts_with(' ') { 0.3 } else { 0.0 }; // afloat at the beginning of a line
        };
        if "$€£#№+=<>/_@&*×~".contains(previous) || previous.is_numeric() {
            return 0.0;
        }
        let ends = next.is_none_or(|n| n.is_whitespace() || quotes::closes(n) || ".,;:!?)]—–…".contains(n));
        // `step1 = 15`
        if rest.trim_start().starts_with(['=', '←']) {
            return 0.1;
        }
        if !previous.is_whitespace() {
            let closes = next.is_some_and(quotes::closes);
            return if ends { self.glued_weight(at, closes) } else { 0.2 };
        }
        // afloat: a space before, nothing or a space behind
        if next.is_some_and(|n| !n.is_whitespace() && !matches!(n, '”' | '’') && !".,;:!?)—–".contains(n))
        {
            return 0.0;
        }
        let before = self.source.text[..at].trim_end();
        if self.is_enumerated(before, rest) || before.ends_with(['=', '×', '+', '·', '≤', '≥', '∈', '←'])
        {
            return 0.1;
        }
        let gap = at - before.len();
        let sentence =
            before.ends_with(['.', '!', '?', ':', ';', ',', ')', '—', '…']) || quotes::ends_quotation(before);
        let at_end = rest.trim().is_empty();
        // Extraction moves a raised figure to the end of its line, leaves a gap where it stood, and takes
        // the displaced figure for a line of its own, with a blank line behind.
        let displaced = at_end && (self.line_has_gap(at) || self.tears_sentence());
        if counts_what_precedes(before) {
            return if displaced { 0.9 } else { 0.05 };
        }
        let base = match (sentence, at_end) {
            (true, true) => 1.8,
            (true, false) => 1.5,
            (false, true) => 0.9,
            (false, false) => 0.6,
        };
        if displaced {
            return base + 0.4;
        }
        // "— 1", "word   2": a gap where the raised figure stood
        if gap > 1 && !at_end { base * 0.6 } else { base }
    }

    /// True for a figure among others: `1, 2, 3`.
    fn is_enumerated(&self, before: &str, rest: &str) -> bool {
        /// Figures of a year, behind which a comma and a marker may stand.
        const YEAR: usize = 4;
        let figures = |t: &str| t.bytes().rev().take_while(u8::is_ascii_digit).count();
        let led = before.strip_suffix(',').map(|b| figures(b.trim_end()));
        let follows = rest.trim_start().strip_prefix(',').map(str::trim_start);
        led.is_some_and(|n| (1..YEAR).contains(&n))
            && follows.is_none_or(|f| f.starts_with(|c: char| c.is_ascii_digit()))
            || follows.is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// True if a space stands before a comma or the like, or two spaces between words, earlier on the line.
    fn line_has_gap(&self, at: usize) -> bool {
        let first = || {
            let text = &self.source.text[self.first..self.end];
            let gaps = [" ,", " .", " ;", " :", " )", " ”"].into_iter();
            let ends = gaps.filter_map(|gap| Some(text.find(gap)? + gap.len()));
            let wide = text.match_indices("  ").find(|&(i, _)| i > 0).map(|(i, gap)| i + gap.len());
            ends.chain(wide).min().map(|end| self.first + end)
        };
        let words = self.source.text[self.first..at].trim_end().len();
        self.gap.get_or_init(first).is_some_and(|end| end <= self.first + words)
    }

    /// True if a blank line follows, and then the sentence goes on.
    fn tears_sentence(&self) -> bool {
        let lines = &self.layout.lines;
        let blank = lines.get(self.line + 1).is_some_and(|l| l.is_blank());
        let next = lines.get(self.line + 2).filter(|l| l.is_text());
        blank && next.is_some_and(|l| l.text(self.source).chars().next().is_some_and(char::is_lowercase))
    }

    fn glued_weight(&self, at: usize, closes: bool) -> f32 {
        /// Characters of a name of a file, a version or the like that are looked at.
        const LONGEST_NAME: usize = 60;
        let before = &self.source.text[..at];
        let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).collect();
        let letters = word.chars().count();
        if letters == 0 {
            let mut tail = before.chars().rev();
            let (last, second) = (tail.next(), tail.next());
            return match last {
                // 3.5 and 1904.1 were read as numbers before; here stands "word.1" or "(2004).1"
                Some('.' | ',' | ';' | ':' | '!' | '?') if second.is_some_and(|c| c.is_ascii_digit()) => 1.6,
                Some('.') if second.is_some_and(|c| c.is_uppercase()) => 1.0, // p.1, No.1, initials
                // "1 ,2": no sentence is set so
                Some(',') if second.is_some_and(char::is_whitespace) => 0.2,
                // it opens: a figure is quoted
                Some('"' | '\'' | '’' | '”')
                    if second.is_none_or(|c| c.is_whitespace() || "([".contains(c)) =>
                {
                    0.2
                }
                Some('.' | ',' | ';' | ':' | '!' | '?' | '”' | '"' | '’' | ')' | ']' | '»' | '…' | '\'') => {
                    3.0
                }
                Some('—' | '–') => 0.8,
                _ => 0.2,
            };
        }
        if is_in_address(before) {
            return 0.0;
        }
        // "amd64", "1.5+nmu1": the figure is of what is quoted
        let mut token = before.chars().rev().take(LONGEST_NAME).take_while(|c| !c.is_whitespace());
        if token.next().is_some() && closes && token.last().is_some_and(quotes::opens) {
            return 0.2;
        }
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        match letters {
            1 => 0.2,                     // F2, p1
            2 if upper > 0 => 0.4,        // CO2, T5
            2 => 1.6,                     // it2
            _ if upper == letters => 1.2, // UTF8, but also THE ENCHIRIDION1
            _ => 3.0,
        }
    }

    /// A line of digits only: a raised figure that stands in the middle of a sentence looks so in text from a PDF.
    fn own_line_weight(&self) -> f32 {
        let lines = &self.layout.lines;
        let above = self.line.checked_sub(1).map(|i| lines[i]);
        let below = lines.get(self.line + 1);
        let above_text = above.is_some_and(|l| l.is_text());
        let below_text = below.is_some_and(|l| l.is_text());
        match (above_text, below_text) {
            (true, true) => {
                // numbers on lines running number a listing
                let number = |l: &Line| l.text(self.source).bytes().all(|b| b.is_ascii_digit());
                if above.as_ref().is_some_and(number) || below.is_some_and(number) { 0.1 } else { 1.6 }
            }
            // a raised figure behind the last word of a paragraph
            (true, false) if above.is_some_and(|l| ends_in_words(l.text(self.source))) => 1.2,
            (true, false) => 0.6,
            (false, true) => 0.3,
            (false, false) => 0.1,
        }
    }
}

/// True if an address of the web goes on where a text ends: `https://mills.example/weir#ref`.
fn is_in_address(before: &str) -> bool {
    /// Bytes of an address that are looked at.
    const LONGEST: usize = 300;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.rsplit_once("://")
        .is_some_and(|(_, address)| !address.contains(|c: char| quotes::is_mark(c) || ")]>".contains(c)))
}

/// True for a line that closes a sentence with a word, not with a letter as `Appendix A.` does.
fn ends_in_words(line: &str) -> bool {
    let words = line.trim_end().trim_end_matches(|c: char| !c.is_alphanumeric());
    closes_sentence(line.trim_end()) && words.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_an_address_are_none_of_a_note() {
        assert!(is_in_address("[↩](https://mills.example/weir#ref"));
        assert!(!is_in_address("(https://mills.example/weir) says"));
        assert!(!is_in_address("the weir (see https://mills.example)word"));
        assert!(!is_in_address("the weir"));
    }
}
