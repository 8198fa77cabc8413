//! Quotations of a source → their places in it.
//!
//! A quotation may come from the source or from the page: white space, typographic quotation marks, dashes, emphasis,
//! and hyphens that the page closed make no difference. Failing that, letters and digits alone are compared. It begins
//! and ends where words do.

use crate::quotes::{self, Shape};
use crate::said::{Said, said};
use crate::source::{Source, Span};

/// Places named in a message.
const NAMED: usize = 5;

/// What of a text counts when a quotation is looked for, with the way back.
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    /// For every byte of `text`, where its character stands in the source.
    at: Vec<u32>,
}

/// Why a quotation has no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It stands nowhere.
    Nowhere,
    /// It stands on these lines, or not that often.
    TooOften(Vec<u32>),
}

impl Misfit {
    /// Why, to be put into words.
    pub fn said(&self) -> Said {
        match self {
            Misfit::Nowhere => said!("the words of this fix stand nowhere in the source"),
            Misfit::TooOften(lines) => {
                let named: Vec<String> = lines.iter().take(NAMED).map(u32::to_string).collect();
                let more = if lines.len() > NAMED { ", …" } else { "" };
                let (count, named) = (lines.len(), [&named.join(", "), more].concat());
                said!("the words of this fix stand at {} places, on lines {}", count, named)
            }
        }
    }
}

/// How much of a text is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// Letters, digits and signs.
    Signs,
    /// Letters and digits.
    Words,
}

impl Grain {
    /// What a character counts as; `None` if it does not count.
    fn fold(self, c: char) -> Option<char> {
        match c {
            c if c.is_alphanumeric() => Some(c),
            _ if self == Grain::Words || c.is_whitespace() => None,
            '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '¬' | '*' | '_' | '`' | '\\' => None,
            '–' | '—' | '―' => Some('–'),
            'ʼ' | '‹' | '›' => Some('\''),
            c if c.is_control() => None,
            c => Some(match quotes::shape(c) {
                Some(Shape::Single | Shape::StraightSingle) => '\'',
                Some(Shape::Curly | Shape::Angled | Shape::Straight) => '"',
                Some(Shape::Corner) | None => c,
            }),
        }
    }
}

impl Folded {
    /// Folds a source's own text.
    pub fn of(source: &Source) -> Folded {
        Folded::by(&source.text, source.body_start, Grain::Signs)
    }

    fn by(text: &str, from: usize, grain: Grain) -> Folded {
        let mut out = Folded { text: String::new(), at: Vec::new() };
        for (i, c) in text[from..].char_indices() {
            if let Some(c) = grain.fold(c) {
                out.text.push(c);
                out.at.resize(out.text.len(), (from + i) as u32);
            }
        }
        out
    }

    /// The one place of a quotation.
    pub fn only(&self, source: &Source, quote: &str, nth: Option<usize>) -> Result<Span, Misfit> {
        let mut found = self.places(source, quote);
        if found.is_empty() {
            found =
                Folded::by(&source.text, source.body_start, Grain::Words).find(source, quote, Grain::Words);
        }
        match (nth, found.as_slice()) {
            (_, []) => Err(Misfit::Nowhere),
            (None, [span]) => Ok(*span),
            (Some(n), all) if n.checked_sub(1).is_some_and(|i| i < all.len()) => Ok(all[n - 1]),
            (_, all) => Err(Misfit::TooOften(all.iter().map(|s| source.line_of(s.start as usize)).collect())),
        }
    }

    /// All places of a quotation, as it stands but for white space, hyphens and the kinds of quotation marks.
    pub fn places(&self, source: &Source, quote: &str) -> Vec<Span> {
        self.find(source, quote, Grain::Signs)
    }

    fn find(&self, source: &Source, quote: &str, grain: Grain) -> Vec<Span> {
        let wanted: String = quote.chars().filter_map(|c| grain.fold(c)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(found) = self.text.get(from..).and_then(|t| t.find(&wanted)) {
            let (first, end) = (from + found, from + found + wanted.len());
            // Places do not overlap, but a word's end that fits must not hide the word behind it.
            from = first + wanted.chars().next().map_or(1, char::len_utf8);
            let start = self.at[first] as usize;
            let last = self.at[end - 1] as usize;
            let stop = last + source.text[last..].chars().next().map_or(1, char::len_utf8);
            if begins_word(&source.text, start) && begins_word(&source.text, stop) {
                out.push(Span::new(start, over_silent(&source.text, stop)));
                from = end;
            }
        }
        out
    }
}

/// True if no word goes on over a place: two letters side by side, or two digits. Scripts without spaces between words
/// have their words anywhere.
fn begins_word(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
        return true;
    };
    let unspaced = |c: char| matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff);
    let one = before.is_alphabetic() && after.is_alphabetic() || before.is_numeric() && after.is_numeric();
    !one || unspaced(before) || unspaced(after)
}

/// The end of the signs behind a place that do not count: the hyphen of a word that the line end cuts.
fn over_silent(text: &str, at: usize) -> usize {
    let silent = |c: &char| !c.is_whitespace() && !c.is_alphanumeric() && Grain::Signs.fold(*c).is_none();
    at + text[at..].chars().take_while(silent).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, quote: &str) -> Vec<String> {
        let source = Source::new("a.txt", text.to_owned());
        let spans = match Folded::of(&source).only(&source, quote, None) {
            Ok(span) => vec![span],
            Err(Misfit::Nowhere) => Vec::new(),
            Err(Misfit::TooOften(lines)) => return lines.iter().map(u32::to_string).collect(),
        };
        spans.into_iter().map(|s| source.slice(s).to_owned()).collect()
    }

    #[test]
    fn white_space_marks_and_hyphens_make_no_difference() {
        let text = "The mill was, he wrote, “a great\n  wheel of mis-\nfortune” and *no more*.";
        assert_eq!(found(text, "\"a great wheel of misfortune\""), ["“a great\n  wheel of mis-\nfortune”"]);
        assert_eq!(found(text, "and no more."), ["and *no more*."]);
        assert_eq!(found(text, "great wheel of mis"), ["great\n  wheel of mis-"]);
        assert_eq!(found(text, "he wrote a great"), ["he wrote, “a great"]);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(found("A mill, a miller, a windmill.", "mill"), ["mill"]);
        assert_eq!(found("The miller3 went.", "The miller"), ["The miller"]);
        assert_eq!(found("水車は川の中にある。", "川の中"), ["川の中"]);
        assert!(found("A miller.", "mill").is_empty());
    }

    #[test]
    fn several_places_are_told() {
        let text = "A mill.\nA weir.\nA mill.\n";
        assert_eq!(found(text, "A mill"), ["1", "3"]);
        let source = Source::new("a.txt", text.to_owned());
        let second = Folded::of(&source).only(&source, "A mill", Some(2)).unwrap();
        assert_eq!(second.start, 16);
        assert!(Folded::of(&source).only(&source, "A mill", Some(3)).is_err());
    }
}
