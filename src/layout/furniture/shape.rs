//! What a line looks like that may be a running head or a page number: its words, and the numbers among them.

use crate::roman;

/// A line with its digits (and a lone roman number) replaced by `#`, and the numbers taken out.
pub(super) struct Shape {
    pub(super) key: String,
    pub(super) numbers: Vec<u32>,
}

/// The shape of a line. At the edges of pages a Roman numeral between a word and a page number counts too:
/// `BOOK II   21`.
pub(super) fn shape(text: &str, at_edge: bool) -> Shape {
    let capitals = |w: &str| roman(&w.to_lowercase()).is_some() && !w.contains(char::is_lowercase);
    let counts = at_edge
        && text.contains(|c: char| c.is_ascii_digit())
        && text
            .split_whitespace()
            .any(|w| w.len() >= 3 && w.chars().all(char::is_alphabetic) && !capitals(w));
    let mut key = String::with_capacity(text.len());
    let mut numbers = Vec::new();
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        if counts && capitals(word) {
            key.push('#');
            continue;
        }
        if let Some(n) = roman(word) {
            numbers.push(n);
            key.push('#');
            continue;
        }
        let mut number: Option<u32> = None;
        for c in word.chars() {
            if let Some(d) = c.to_digit(10) {
                number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(d));
            } else {
                if let Some(n) = number.take() {
                    numbers.push(n);
                    key.push('#');
                }
                key.extend(c.to_lowercase());
            }
        }
        if let Some(n) = number {
            numbers.push(n);
            key.push('#');
        }
    }
    Shape { key, numbers }
}

/// The value of a lower-case roman number of the size that front matter has.
fn roman(word: &str) -> Option<u32> {
    roman::value(word).filter(|v| *v < 90 && word.starts_with(|c: char| c.is_lowercase()))
}

/// True for what a note may look like as often as a running head does: `5) Ibid., p. 12.`, `¹ Ibid.`
pub(super) fn looks_like_note(key: &str) -> bool {
    let label = key.trim_start_matches(|c| "[({$^<*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰".contains(c)).trim_start_matches("sup>");
    let raised = label.len() < key.len();
    let behind = label.strip_prefix('#');
    let closed = behind.is_some_and(|b| b.starts_with([')', ']', '.']));
    let sentence = behind.is_some_and(|b| b.starts_with(' ')) && key.ends_with('.');
    raised || closed || sentence
}

/// True for words before or behind one number, as in a running head with the number of its page.
pub(super) fn is_head(shape: &Shape) -> bool {
    shape.numbers.len() == 1
        && !looks_like_note(&shape.key)
        && (shape.key.starts_with("# ") || shape.key.ends_with(" #"))
        && shape.key.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// What a line says that may be a running head with the number of its page, and this number.
pub fn head_with_number(text: &str) -> Option<(String, u32)> {
    let shape = shape(text, false);
    is_head(&shape).then(|| (shape.key, shape.numbers[0]))
}

/// True for what a page number alone on its line looks like: `12`, `– 12 –`, `[12]`, `Page 12`, `1 / 57`.
pub(super) fn is_number_only(key: &str) -> bool {
    let letters: String = key.chars().filter(|c| c.is_alphabetic()).collect();
    let numbers = key.matches('#').count();
    (numbers == 1 || numbers == 2 && (key.contains('/') || key.contains(" of ")))
        && (letters.is_empty()
            || matches!(letters.as_str(), "page" | "p" | "seite" | "of" | "pageof" | "с" | "стр"))
        && key.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "#-–—[]()./|".contains(c))
}
