//! What the words of one line look like.

use super::Seen;
use crate::layout::looks_like_heading;
use crate::layout::prose::{closes_sentence, is_item, resumes};
use crate::quotes;

/// True for an item of a list, numbered or not.
pub fn is_listed(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    is_item(text) || (1..=3).contains(&digits) && text[digits..].starts_with(['.', ')'])
}

/// True if a quotation stays open in a text.
pub fn opens_quotation(text: &str) -> bool {
    quotes::balance(text) > 0
}

/// True if a text ends a quotation that it does not begin.
pub fn closes_quotation(text: &str) -> bool {
    quotes::balance(text) < 0
}

/// True for a line that stops at a word no sentence stops at: a small word in lower case, or behind a comma.
pub(super) fn stops_short(text: &str) -> bool {
    const SMALL: usize = 3;
    let text = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || "*_".contains(c)).trim_end();
    let last = text.rsplit(' ').next().unwrap_or("");
    text.ends_with(',') || (1..=SMALL).contains(&last.chars().count()) && last.chars().all(char::is_lowercase)
}

/// True if a line could begin a sentence.
pub(super) fn begins(text: &str) -> bool {
    !resumes(text) && !text.starts_with([',', ';', ')', '.'])
}

/// True for a line whose first letter is a capital.
pub(super) fn begins_with_capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// True for a line that could be a heading, even if somebody put a full stop behind it.
pub(super) fn titles(text: &str) -> bool {
    /// Words of the longest heading that ends in a full stop.
    const LONGEST: usize = 8;
    let Some(bare) = text.strip_suffix('.') else { return looks_like_heading(text) || names_section(text) };
    let mut words = bare.split_whitespace();
    let capital = |w: &str| !w.starts_with(|c: char| c.is_lowercase());
    bare.split_whitespace().count() <= LONGEST
        && !bare.contains(". ")
        && words.all(capital)
        && looks_like_heading(bare)
}

/// True for `2.1 Of mills and weirs`: a number and what is no sentence, though it is written as one.
fn names_section(text: &str) -> bool {
    /// Characters of the longest.
    const LONGEST: usize = 80;
    let Some((number, title)) = text.split_once(' ') else { return false };
    let figures =
        number.split('.').all(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    figures
        && title.starts_with(char::is_uppercase)
        && text.chars().count() <= LONGEST
        && !text.ends_with([',', ';', ':', '-'])
        && !closes_sentence(text)
}

/// True for `2.1 Of Mills`, `IV`, `Chapter 3. Of Mills`: a heading that counts.
pub(super) fn is_counted(text: &str) -> bool {
    let number = |w: &str| {
        let bare = w.trim_end_matches(['.', ':', ')']);
        let figures = bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
        let short = bare.len() <= 8;
        short && (figures || !bare.is_empty() && bare.chars().all(|c| "IVXLC".contains(c)))
    };
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    number(first) || second.is_some_and(number) && first.chars().all(char::is_alphabetic)
}

/// True if a title names all that is in the next one: a part, and the first of its chapters.
pub(super) fn holds(part: &str, chapter: &str) -> bool {
    let words = |t: &str| -> Vec<String> {
        t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let named = words(part);
    words(chapter).iter().all(|w| named.contains(w))
}

/// True if a line ends as a sentence or a speech does in Chinese and Japanese.
pub(super) fn closes_han(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '…', '）', '―', '—']) || quotes::ends_quotation(text)
}

/// True for a line of nothing but a figure: the number of a page, of a verse, of a paragraph.
pub(super) fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// True for a line of nothing but a capital or a Roman numeral between two sentences: what numbers a section.
pub(super) fn numbers_section(lines: &[Seen], i: usize) -> bool {
    let counts = |line: &Seen| is_section_number(&line.text);
    let above = i.checked_sub(1).map(|k| &lines[k]);
    let ended = above.is_none_or(|l| closes_sentence(&l.text) || counts(l) || lines[i].blanks > 0);
    counts(&lines[i]) && ended && lines.get(i + 1).is_some_and(|l| counts(l) || begins_with_capital(&l.text))
}

/// True for nothing but a capital or a Roman numeral.
pub(super) fn is_section_number(text: &str) -> bool {
    /// Letters of the longest numeral.
    const LONGEST: usize = 5;
    let text = text.as_bytes();
    matches!(text, [b'A'..=b'Z'])
        || (1..=LONGEST).contains(&text.len()) && text.iter().all(|b| b"IVX".contains(b))
}

/// True for a line of dashes.
pub(super) fn is_rule(text: &str) -> bool {
    text.chars().count() >= 3 && text.chars().all(|c| "-_—–―*=".contains(c) || c.is_whitespace())
}

/// True for a line of a table of contents: dots lead to a number.
pub(super) fn is_leader(text: &str) -> bool {
    text.contains(". . . .") || text.contains(".....")
}
