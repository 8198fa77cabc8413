//! Where the words of a text are: nearly every stage asks for them.

use std::ops::Range;

/// The words of a text: runs of letters and digits, and behind the first of them of what `is_inner` lets stand in a word.
pub fn words(text: &str, is_inner: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = run(text, at, |c| !c.is_alphanumeric());
        at = run(text, start, |c| c.is_alphanumeric() || is_inner(c));
        (at > start).then_some(start..at)
    })
}

/// Where the signs end that begin at a place and are all of one kind. Of most texts only the bytes are looked at.
fn run(text: &str, mut at: usize, is_one: impl Fn(char) -> bool) -> usize {
    while let Some(&byte) = text.as_bytes().get(at) {
        let sign = match byte.is_ascii() {
            true => char::from(byte),
            false => text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        if !is_one(sign) {
            break;
        }
        at += sign.len_utf8();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_and_what_may_stand_in_them() {
        let text = "  L’été, 12 ’tis «fin» 山";
        let found = |is_inner: fn(char) -> bool| -> Vec<&str> {
            words(text, is_inner).map(|range| &text[range]).collect()
        };
        assert_eq!(found(|_| false), ["L", "été", "12", "tis", "fin", "山"]);
        assert_eq!(found(|c| c == '’'), ["L’été", "12", "tis", "fin", "山"]);
        assert_eq!(words("", |_| true).count() + words("…", |_| false).count(), 0);
    }
}
