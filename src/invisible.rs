//! Signs that nobody sees: those that turn the direction of a text, and those without any width.
//!
//! A sign that turns the direction can make `gpj.exe` of `exe.jpg` and one statement of a program of another. On a
//! page such a sign is shown as what it is. Signs without a width stay (a joiner is spelling in Persian), and both are
//! reported.

use crate::said::{Said, said};

/// True for a control that must not reach a browser as such: one that turns the direction of the text around it, or
/// one that no HTML may hold.
pub fn is_control(c: char) -> bool {
    turns(c) || (c.is_control() && !matches!(c, '\t' | '\n' | '\u{C}')) || is_no_character(c)
}

/// The first control of a text, and where it stands. Of most texts only the bytes are looked at.
pub fn control(text: &str) -> Option<(usize, char)> {
    let plain = |b: &u8| matches!(b, b' '..=b'~' | b'\t' | b'\n' | b'\x0C');
    let mut at = 0;
    loop {
        at += text.as_bytes()[at..].iter().take_while(|b| plain(b)).count();
        let c = text[at..].chars().next()?;
        if is_control(c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// True for the code points that Unicode keeps from ever being characters.
pub fn is_no_character(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || c as u32 & 0xFFFE == 0xFFFE
}

/// True for a sign that turns the direction of the text around it. The marks U+200E, U+200F and U+061C stand for
/// themselves only, and right-to-left texts need them.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// True for a sign that has no width and no place in spelling.
fn hides(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}' | '\u{E0000}'..='\u{E007F}')
}

/// What a control is called.
pub fn name(c: char) -> Said {
    let kind = match c {
        '\u{202A}' => said!("left-to-right embedding"),
        '\u{202B}' => said!("right-to-left embedding"),
        '\u{202C}' => said!("end of an embedding"),
        '\u{202D}' => said!("left-to-right override"),
        '\u{202E}' => said!("right-to-left override"),
        '\u{2066}' => said!("left-to-right isolate"),
        '\u{2067}' => said!("right-to-left isolate"),
        '\u{2068}' => said!("isolate"),
        '\u{2069}' => said!("end of an isolate"),
        '\u{200B}' => said!("zero-width space"),
        '\u{2060}' => said!("word joiner"),
        '\u{FEFF}' => said!("zero-width no-break space"),
        '\u{E0000}'..='\u{E007F}' => said!("tag"),
        c if c.is_control() => said!("control character"),
        c if is_no_character(c) => said!("no character"),
        _ => said!("invisible sign"),
    };
    said!("{}, {}", code(c), kind)
}

/// How Unicode numbers it, which needs no language: `U+202E`.
pub fn code(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

/// What stands in the place of a control where it can only be text.
pub const INSTEAD: char = '\u{FFFD}';

/// A text as it may stand in an attribute or in a template.
pub fn without_controls(text: &str) -> std::borrow::Cow<'_, str> {
    if control(text).is_none() {
        return text.into();
    }
    text.chars().map(|c| if is_control(c) { INSTEAD } else { c }).collect::<String>().into()
}

/// The first sign of a kind and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The first one.
    pub sign: char,
    /// Where it stands.
    pub at: usize,
    /// How many of its kind there are.
    pub count: usize,
}

/// Looks for signs that turn the direction, and for those without a width. A first mark of byte order is neither.
pub fn find(text: &str) -> [Option<Found>; 2] {
    let mut found = [None; 2];
    /// Bytes that are looked at together: most pieces of most texts are ASCII.
    const PIECE: usize = 32;
    // All of them begin with one of these bytes; most texts hold few of them.
    let leads = |b: &u8| matches!(b, 0xE1 | 0xE2 | 0xEF | 0xF3);
    let pieces = text.as_bytes().chunks(PIECE).enumerate().filter(|(_, piece)| !piece.is_ascii());
    let all = pieces.flat_map(|(i, piece)| (i * PIECE..).zip(piece));
    for (at, _) in all.filter(|(_, b)| leads(b)) {
        let Some(sign) = text[at..].chars().next() else { continue };
        let kind = if turns(sign) {
            0
        } else if hides(sign) {
            1
        } else {
            continue;
        };
        found[kind].get_or_insert(Found { sign, at, count: 0 }).count += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_and_named() {
        let text = "plain – “text” \u{202E}gpj\u{202C} and\u{200B} more";
        let [turning, hiding] = find(text);
        let turning = turning.unwrap();
        assert_eq!(
            (turning.sign, turning.count, text[turning.at..].starts_with(turning.sign)),
            ('\u{202E}', 2, true)
        );
        assert_eq!(hiding.map(|h| (h.sign, h.count)), Some(('\u{200B}', 1)));
        assert_eq!(name('\u{202E}').to_string(), "U+202E, right-to-left override");
        // Spelling and right-to-left texts.
        assert_eq!(find("می\u{200C}خواهم \u{200F}שלום\u{200F} 👩\u{200D}👩"), [None, None]);
        assert_eq!(without_controls("a\u{202E}b\u{1}c\n"), "a\u{FFFD}b\u{FFFD}c\n");
    }
}
