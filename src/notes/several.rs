//! Several labels in one pair of signs: `<sup>1,2</sup>`, `[1, 2]`, `[3, p. 14]`.

use super::Label;
use super::sign::is_label;

/// Most labels that one pair of signs holds.
const MOST: usize = 8;

/// Where each label stands in a list of at least two that count upwards: start and end in bytes.
pub fn labels(inner: &str) -> Option<Vec<(usize, usize)>> {
    let mut found = Vec::new();
    let mut last = 0;
    for part in inner.split([',', ';']) {
        let label = part.trim();
        let number = Label::new(label).number().filter(|_| is_label(label) && !label.starts_with('0'))?;
        if number <= last {
            return None;
        }
        last = number;
        let start = label.as_ptr() as usize - inner.as_ptr() as usize;
        found.push((start, start + label.len()));
    }
    (2..=MOST).contains(&found.len()).then_some(found)
}

/// The label of a work that a place in it follows: `3` of `3, p. 14`.
pub fn with_place(inner: &str) -> Option<&str> {
    let (label, place) = inner.split_once(", ")?;
    let number = Label::new(label).number()?;
    let worded =
        place.chars().filter(|c| c.is_alphabetic()).count() < 16 && place.starts_with(char::is_alphabetic);
    (number > 0 && is_label(label) && worded && place.contains(|c: char| c.is_ascii_digit())).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_upwards() {
        assert_eq!(labels("1, 12"), Some(vec![(0, 1), (3, 5)]));
        for none in ["1", "2,1", "0,1", "1,000", "a,b", "1, x"] {
            assert_eq!(labels(none), None, "{none}");
        }
    }

    #[test]
    fn a_place_follows_a_work() {
        assert_eq!(with_place("3, p. 14"), Some("3"));
        assert_eq!(with_place("1, Section 3"), Some("1"));
        for none in ["1, 2", "Smith, p. 3", "2, and so on", "3"] {
            assert_eq!(with_place(none), None, "{none}");
        }
    }
}
