//! Labels: what a marker and its note have in common.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// A label without the signs around it. Two labels are the same if their folded texts are: `１` is `1`,
/// `∗` is `*`; `01` is not `1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    text: String,
    number: Option<u32>,
}

impl Label {
    /// A label from the text between the signs.
    pub fn new(text: &str) -> Label {
        let text: String =
            text.trim().nfkc().flat_map(char::to_lowercase).map(|c| if c == '∗' { '*' } else { c }).collect();
        let number = if text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().ok()
        } else {
            None
        };
        Label { text, number }
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
        self.text.len() == 1 && self.text.as_bytes()[0].is_ascii_alphabetic()
    }

    /// Where the label stands in its series: numbers by value, letters from 1, the classic symbols
    /// `* † ‡ § ‖ ¶` in their order (doubled ones behind); `None` for names.
    pub fn rank(&self) -> Option<u32> {
        if let Some(n) = self.number {
            return Some(n);
        }
        if self.is_letter() {
            return Some(u32::from(self.text.as_bytes()[0] - b'a') + 1);
        }
        let first = self.text.chars().next()?;
        let count = self.text.chars().count() as u32;
        let place = SYMBOLS.iter().position(|&s| s == first)? as u32;
        self.text.chars().all(|c| c == first).then_some(place + 1 + (count - 1) * SYMBOLS.len() as u32)
    }
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
