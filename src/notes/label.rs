//! Labels: what a marker and its note have in common.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::roman;

/// A label without the signs around it. Two labels are the same if their folded texts are: `１` and `①` are `1`,
/// `∗` is `*`, `*1` is `1`, `+` and `++` are a typewriter's `†` and `‡`; `01` is not `1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    text: String,
    number: Option<u32>,
    /// True where a lone `i`, `v` or `x` counts as a Roman numeral rather than as a letter.
    roman: bool,
    /// True where stars are counted: `**` is the second.
    counted: bool,
    /// True where labels are the pages of a print (`17a`, `17b`, `18`), which do not count.
    page: bool,
}

impl Label {
    /// A label from the text between the signs.
    pub fn new(text: &str) -> Label {
        let text: String =
            text.trim().nfkc().flat_map(char::to_lowercase).map(|c| if c == '∗' { '*' } else { c }).collect();
        let text = match text.as_str() {
            "+" => "†".to_owned(),
            "++" => "‡".to_owned(),
            _ => text,
        };
        let starred = text.strip_prefix('*').filter(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        let text = starred.map(str::to_owned).unwrap_or(text);
        let number = if text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().ok()
        } else {
            han_number(&text)
        };
        Label { text, number, roman: false, counted: false, page: false }
    }

    /// Counts a lone `i`, `v` or `x` as the Roman numeral it is where the labels around it are.
    pub fn in_roman(&mut self) {
        self.roman = roman(&self.text).is_some();
    }

    /// True for a page's number and a letter.
    pub fn is_page(&self) -> bool {
        let figures = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let letter = self.text[figures..].bytes();
        (1..=3).contains(&figures)
            && letter.len() == 1
            && self.text.ends_with(|c: char| c.is_ascii_lowercase())
    }

    /// Takes a number for a page's, as the labels around it are.
    pub fn in_pages(&mut self) {
        self.page = self.number.is_some() || self.is_page();
    }

    /// True for a label that names its note, and has no place in a series.
    pub fn is_name(&self) -> bool {
        self.page
    }

    /// True for stars, at least so many.
    pub fn is_stars(&self, least: usize) -> bool {
        self.text.len() >= least && self.text.bytes().all(|b| b == b'*')
    }

    /// Counts the stars of a label that has no other signs.
    pub fn in_stars(&mut self) {
        self.counted = self.is_stars(1);
    }

    /// Its value, if it is a number of at most four digits.
    pub fn number(&self) -> Option<u32> {
        self.number
    }

    /// True for a number padded with a zero (`01`).
    pub fn is_padded(&self) -> bool {
        self.number.is_some() && self.text.len() > 1 && self.text.starts_with('0')
    }

    /// True for a number of one digit.
    pub fn is_single_digit(&self) -> bool {
        self.number.is_some() && self.text.len() == 1
    }

    /// True for a lone letter.
    pub fn is_letter(&self) -> bool {
        letter(&self.text).is_some()
    }

    /// True for a Roman numeral of several letters.
    pub fn is_roman(&self) -> bool {
        self.text.len() > 1 && roman(&self.text).is_some()
    }

    /// Where the label stands in its series: numbers by value, letters from 1, the classic symbols
    /// `* † ‡ § ‖ ¶` in their order (doubled ones behind); `None` for names.
    pub fn rank(&self) -> Option<u32> {
        if let Some(n) = self.number {
            return Some(n);
        }
        if self.page {
            return None;
        }
        if self.counted {
            return u32::try_from(self.text.len()).ok();
        }
        if self.roman || self.is_roman() {
            return roman(&self.text);
        }
        if let Some(place) = letter(&self.text) {
            return Some(place);
        }
        let first = self.text.chars().next()?;
        let count = self.text.chars().count() as u32;
        let place = SYMBOLS.iter().position(|&s| s == first)? as u32;
        self.text.chars().all(|c| c == first).then_some(place + 1 + (count - 1) * SYMBOLS.len() as u32)
    }
}

/// The value of a Chinese numeral below a hundred: `三`, `十二`, `二十`.
pub fn han_number(text: &str) -> Option<u32> {
    const DIGITS: &str = "一二三四五六七八九";
    let digit = |text: &str| {
        let mut chars = text.chars();
        let (only, None) = (chars.next()?, chars.next()) else { return None };
        u32::try_from(DIGITS.chars().position(|c| c == only)? + 1).ok()
    };
    let part = |text: &str, empty: u32| if text.is_empty() { Some(empty) } else { digit(text) };
    match text.split_once('十') {
        Some((tens, ones)) => Some(part(tens, 1)? * 10 + part(ones, 0)?),
        None => digit(text),
    }
}

/// The place of a lone letter in its alphabet, from 1.
fn letter(text: &str) -> Option<u32> {
    const ALPHABETS: [&str; 3] =
        ["abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψω", "абвгдежзиклмнопрстуфхцчшщэюя"];
    let mut letters = text.chars();
    let (only, None) = (letters.next()?, letters.next()) else { return None };
    let place = ALPHABETS.iter().find_map(|a| a.chars().position(|c| c == only))?;
    u32::try_from(place + 1).ok()
}

/// The value of a Roman numeral in lower case of the size that notes are counted with (i … xxxix).
fn roman(text: &str) -> Option<u32> {
    // Old printers’ `iiii` counts chapters, but no notes.
    let usual = text.starts_with(|c: char| c.is_lowercase()) && !text.contains("iiii");
    roman::value(text).filter(|v| *v < 40 && usual)
}

/// Signs that serve as labels, in their traditional order (Chicago Manual of Style, 14.25).
pub const SYMBOLS: [char; 6] = ['*', '†', '‡', '§', '‖', '¶'];

/// True if `c` can be a symbol label.
pub fn is_symbol(c: char) -> bool {
    SYMBOLS.contains(&c) || c == '∗'
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_a_place_in_their_series() {
        for (text, rank) in [
            ("7", Some(7)),
            ("１２", Some(12)),
            ("⑫", Some(12)),
            ("*3", Some(3)),
            ("c", Some(3)),
            ("C", Some(3)),
            ("в", Some(3)),
            ("三", Some(3)),
            ("十", Some(10)),
            ("二十一", Some(21)),
            ("十十", None),
            ("γ", Some(3)),
            ("xiv", Some(14)),
            ("iiii", None),
            ("‡", Some(3)),
            ("++", Some(3)),
            ("**", Some(7)),
            ("smith", None),
            ("", None),
        ] {
            assert_eq!(Label::new(text).rank(), rank, "{text}");
        }
        let mut x = Label::new("x");
        assert_eq!(x.rank(), Some(24));
        x.in_roman();
        assert_eq!(x.rank(), Some(10));
    }
}
