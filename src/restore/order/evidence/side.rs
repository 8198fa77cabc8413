//! How the text on one side of a gap ends or begins, by its signs alone.

use crate::layout::looks_like_heading;
use crate::layout::prose::{closes_sentence, is_set_apart};
use crate::quotes::{self, Part, Shape};

/// How a page's text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// With a word cut by a hyphen.
    Hyphen,
    /// Within a sentence.
    Open,
    /// With a colon or semicolon.
    Half,
    /// With a sentence's end.
    Closed,
    /// With a heading, a verse, a line of a title.
    Short,
}

/// How a page's text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// With a heading or an item.
    Apart,
    /// With the heading of the highest order.
    Title,
    /// With a figure or a letter without case.
    Other,
}

/// Kinds of signs that open and close: round and square brackets; curly, angled and corner marks.
pub(super) const SIGNS: usize = 5;

/// The last line of a text that is not blank.
pub(super) fn last_line(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap_or_default()
}

/// How a text ends whose full lines have this width.
pub(super) fn tail_of(text: &str, width: usize) -> Tail {
    let line = without_label(last_line(text).trim());
    let bare = line.trim_end_matches(['*', '_']);
    let cut = bare.strip_suffix(['-', '\u{ad}', '‐', '¬']);
    if cut.is_some_and(|c| c.ends_with(char::is_alphabetic)) {
        return Tail::Hyphen;
    }
    if line.starts_with('#')
        || line.is_empty()
        || line.ends_with('|')
        || line.ends_with(')') && line.starts_with('!')
    {
        return Tail::Short;
    }
    if closes_sentence(line) {
        let end = bare.trim_end_matches(|c: char| {
            c.is_ascii_digit() || quotes::closes(c) || c.is_whitespace() || ")]".contains(c)
        });
        return if end.ends_with([':', ';']) { Tail::Half } else { Tail::Closed };
    }
    let is_short = |line: &str| line.trim().chars().count() * 2 < width.min(80);
    let alone = !text.trim().contains('\n');
    // A short line under full ones is where a paragraph was cut.
    let above = text.trim_end().rsplit('\n').nth(1);
    let short = is_short(line) && above.is_none_or(is_short);
    if short || alone && looks_like_heading(line) && line.chars().count() < 60 {
        Tail::Short
    } else {
        Tail::Open
    }
}

/// The line without a label at its end that may be a marker which was not recognised: `[12]`, `¹²`.
fn without_label(line: &str) -> &str {
    let line = line.trim_end_matches(|c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
    let line = line.strip_suffix("</sup>").and_then(|l| Some(&l[..l.rfind("<sup>")?])).unwrap_or(line);
    let inner =
        line.strip_suffix([']', ')']).map(|l| l.trim_end_matches(|c: char| c.is_ascii_digit() || c == '*'));
    inner
        .and_then(|l| l.strip_suffix(['[', '(']))
        .filter(|l| l.len() + 2 < line.len())
        .unwrap_or(line)
        .trim_end()
}

/// How a text begins.
pub(super) fn head_of(text: &str) -> Head {
    let first = text.lines().next().unwrap_or_default();
    if first.starts_with("# ") {
        return Head::Title;
    }
    // `(a)`, `(iv)`, `b)`
    let item = first.trim_start().trim_start_matches('(').split_once(')');
    let is_item =
        item.is_some_and(|(i, _)| (1..=4).contains(&i.len()) && i.bytes().all(|b| b.is_ascii_alphanumeric()));
    if is_item || is_set_apart(first) || first.trim_start().starts_with("![") {
        return Head::Apart;
    }
    let start =
        first.trim_start_matches(|c: char| c.is_whitespace() || quotes::opens(c) || "([_*¿¡—–…".contains(c));
    match start.chars().next() {
        Some(c) if c.is_lowercase() => Head::Lower,
        Some(c) if c.is_uppercase() => Head::Upper,
        _ => Head::Other,
    }
}

/// For each kind of sign, whether a text leaves one open.
pub(super) fn unclosed(text: &str) -> [bool; SIGNS] {
    let mut depth = [0usize; SIGNS];
    for (kind, part) in signs(text) {
        depth[kind] = match part {
            Part::Opens => depth[kind] + 1,
            Part::Closes => depth[kind].saturating_sub(1),
        };
    }
    depth.map(|d| d > 0)
}

/// For each kind of sign, whether the first of a text closes what it does not open.
pub(super) fn unopened(text: &str) -> [bool; SIGNS] {
    let mut first = [None; SIGNS];
    for (kind, part) in signs(text) {
        first[kind].get_or_insert(part);
    }
    first.map(|part| part == Some(Part::Closes))
}

/// The signs of a text that open and close, each kind in order.
fn signs(text: &str) -> impl Iterator<Item = (usize, Part)> {
    let brackets = text.chars().filter_map(|c| match c {
        '(' => Some((0, Part::Opens)),
        ')' => Some((0, Part::Closes)),
        '[' => Some((1, Part::Opens)),
        ']' => Some((1, Part::Closes)),
        _ => None,
    });
    let marks = quotes::marks(text).filter_map(|mark| match mark.shape {
        Shape::Curly => Some((2, mark.part)),
        Shape::Angled => Some((3, mark.part)),
        Shape::Corner => Some((4, mark.part)),
        // What may be an apostrophe or a sign of inches says nothing.
        Shape::Single | Shape::StraightSingle | Shape::Straight => None,
    });
    brackets.chain(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_left_open_is_closed_on_the_next_page_whatever_its_marks() {
        const CURLY: usize = 2;
        const ANGLED: usize = 3;
        for (before, behind, kind) in [
            ("The miller said, “it turns", "and turns.” Then", CURLY),
            ("Der Müller sagte: „sie mahlt", "und mahlt.“ Dann", CURLY),
            ("Der Müller sagte: »sie mahlt", "und mahlt.« Dann", ANGLED),
            ("Le meunier dit : « elle tourne", "et tourne. » Puis", ANGLED),
            ("Mjölnaren sade: ”hon mal", "och mal.” Sedan", CURLY),
        ] {
            assert!(unclosed(before)[kind] && unopened(behind)[kind], "{before} | {behind}");
            assert!(!unopened(before)[kind] && !unclosed(behind)[kind], "{before} | {behind}");
            let whole = [before, " ", behind].concat();
            assert_eq!((unclosed(&whole), unopened(&whole)), ([false; SIGNS], [false; SIGNS]), "{whole}");
        }
    }

    #[test]
    fn a_page_may_end_with_a_german_quotation() {
        assert_eq!(
            tail_of("Der Müller sagte, das Rad habe sich noch gedreht, „bis zum Abend.“", 60),
            Tail::Closed
        );
        assert_eq!(head_of("»und dann«, sagte er"), Head::Lower);
    }
}
