//! The numbers that parts of a text are called by.

use crate::fold::folded;
use crate::roman;

/// No part of a text is counted so far in Roman numerals; with `c` and `d` too many words would be some.
const LARGEST: u32 = 90;

/// The value of `12`, `XII`, `three`.
pub(super) fn of(written: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    // Nearly every word ends here, at its first letter.
    if written.bytes().next().is_none_or(|b| !begins(b)) {
        return None;
    }
    if !written.is_ascii() {
        // `Ⅷ`
        let plain = folded(written);
        return if plain.is_ascii() { of(&plain) } else { None };
    }
    if let Some(figures) = of_figures(written) {
        return Some(figures);
    }
    if let Some(i) = WORDS.iter().position(|w| w.eq_ignore_ascii_case(written)) {
        return Some(i as u32 + 1);
    }
    roman::value(written).filter(|value| *value < LARGEST)
}

/// True for the first byte of a figure, of a numeral and of a number's word, and of what is none of ASCII.
fn begins(byte: u8) -> bool {
    !byte.is_ascii() || byte.is_ascii_digit() || b"ivxlotfsen".contains(&byte.to_ascii_lowercase())
}

/// The value of `12`.
pub(super) fn of_figures(written: &str) -> Option<u32> {
    let is_figures = (1..=4).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_digit());
    is_figures.then(|| written.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        let values = ["IV", "ix", "XIV", "12", "three", "mix", "", "Ⅷ"].map(of);
        assert_eq!(values, [Some(4), Some(9), Some(14), Some(12), Some(3), None, None, Some(8)]);
    }
}
