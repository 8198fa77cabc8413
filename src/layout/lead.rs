//! Page numbers before a page's first words, on the same line.
//!
//! Some programs print a page's number first, then its text, and an empty line between pages:
//!
//! ```text
//! 4 Ilves, p. 12.
//!
//! 163  of the mill, which was never rebuilt.
//! ```
//!
//! Sections and paragraphs are numbered so as well. But a page begins in the middle of a sentence as often as not.

use super::furniture::longest_count;
use super::{Kind, Line};
use crate::model::OmissionReason;
use crate::source::Source;

/// Fewest pages.
const PAGES: usize = 4;
/// Lines of the shortest page.
const SHORTEST: usize = 6;
/// One page in so many begins with a small letter at least.
const SMALL: usize = 4;

/// Parts the number of each page from the line that it stands on, and lets the page begin there.
pub fn pages(source: &Source, lines: &mut Vec<Line>) {
    if lines.iter().any(|l| l.feed) {
        return;
    }
    let begins =
        |&i: &usize| lines[i].kind == Kind::Text && i.checked_sub(1).is_none_or(|k| lines[k].is_blank());
    let led: Vec<(usize, u32, usize)> = (0..lines.len())
        .filter(begins)
        .filter_map(|i| number(lines[i].text(source)).map(|(n, len)| (i, n, len)))
        .collect();
    let numbers: Vec<(usize, u32)> = led.iter().map(|l| (l.0, l.1)).collect();
    let chain = longest_count(&numbers, SHORTEST);
    let small = |&&k: &&usize| lines[led[k].0].text(source)[led[k].2..].starts_with(char::is_lowercase);
    let small = chain.iter().filter(small).count();
    if chain.len() < PAGES || chain.len() < led.len() || small < 2 || small * SMALL < chain.len() {
        return;
    }
    let mut parted = Vec::with_capacity(lines.len() + led.len());
    let mut next = led.iter().peekable();
    for (i, line) in lines.iter().enumerate() {
        match next.next_if(|l| l.0 == i) {
            None => parted.push(*line),
            Some(&(_, _, len)) => {
                let middle = line.text_start(source) + len;
                let kind = Kind::Furniture(OmissionReason::PageNumber);
                parted.push(Line { end: middle, feed: true, kind, ..*line });
                parted.push(Line { start: middle, indent: 0, ..*line });
            }
        }
    }
    *lines = parted;
}

/// The number that a line begins with, and where the words begin behind at least two spaces.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let words = text[digits..].trim_start_matches(' ');
    let gap = text.len() - words.len() - digits;
    let fits = (1..=4).contains(&digits) && gap >= 2 && words.starts_with(char::is_alphabetic);
    fits.then(|| Some((text[..digits].parse().ok()?, digits + gap))).flatten()
}

#[cfg(test)]
mod tests {
    use crate::layout::Layout;
    use crate::model::Form;
    use crate::source::Source;

    /// How many pages begin in a text whose pages begin so.
    fn begun(openings: [&str; 5]) -> usize {
        let page = |(i, words): (usize, &str)| format!("{}  {words}\n{}\n", i + 41, "and so on.\n".repeat(7));
        let text: String = openings.into_iter().enumerate().map(page).collect();
        let source = Source::new("a.txt", text);
        Layout::read(&source, Form::Plain).lines.iter().filter(|l| l.feed).count()
    }

    #[test]
    fn a_number_before_a_sentence_that_goes_on_is_a_page_s() {
        assert_eq!(begun(["of the mill", "Ilves wrote", "and of the weir", "The wheel", "was mended"]), 5);
        assert_eq!(
            begun(["Of the mill", "Ilves wrote", "Of the weir", "The wheel", "was mended"]),
            0,
            "sections"
        );
    }
}
