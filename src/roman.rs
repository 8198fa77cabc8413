//! Roman numerals.

/// The figures of a place, with the one that is half of the next place's and that next place's own.
const PLACES: [(u8, u8, u8, u32); 3] =
    [(b'c', b'd', b'm', 100), (b'x', b'l', b'c', 10), (b'i', b'v', b'x', 1)];

/// The value of a numeral in small letters or in capitals. Its places stand in their order: `xiv` and old printers’
/// `xiiii`, but neither `mill` nor `did` nor `civil`.
pub fn value(text: &str) -> Option<u32> {
    /// Letters of the longest (`mmmdccclxxxviii`).
    const LONGEST: usize = 15;
    // Nearly every word ends here, within its first letters.
    let small = |b: u8| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm');
    let capital = |b: u8| b.is_ascii_uppercase() && small(b.to_ascii_lowercase());
    if text.is_empty() || text.len() > LONGEST || !(text.bytes().all(small) || text.bytes().all(capital)) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_bytes();
    let mut value = 1000 * take(&mut rest, b'm', 3);
    for (one, five, ten, worth) in PLACES {
        if rest.starts_with(&[one, ten]) {
            value += 9 * worth;
            rest = &rest[2..];
        } else if rest.starts_with(&[one, five]) {
            value += 4 * worth;
            rest = &rest[2..];
        } else {
            value += worth * (5 * take(&mut rest, five, 1) + take(&mut rest, one, 4));
        }
    }
    rest.is_empty().then_some(value)
}

/// Takes a letter from the head of `rest`, at most so often.
fn take(rest: &mut &[u8], letter: u8, most: usize) -> u32 {
    let count = rest.iter().take(most).take_while(|b| **b == letter).count();
    *rest = &rest[count..];
    count as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_their_places_in_order() {
        for (text, expected) in [
            ("i", Some(1)),
            ("xiv", Some(14)),
            ("xiiii", Some(14)),
            ("XCIX", Some(99)),
            ("MCMLXXXIV", Some(1984)),
            ("mmmdccclxxxviii", Some(3888)),
            ("Xiv", None),
            ("", None),
            ("iiiii", None),
            ("vv", None),
            ("ic", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
        for word in ["ill", "mill", "mild", "did", "dim", "mid", "civil", "livid", "vivid"] {
            assert_eq!(value(word), None, "{word}");
        }
    }
}
