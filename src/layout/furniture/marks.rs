//! Lines that a program put where pages meet.

use super::{LONGEST, RECURS};
use crate::layout::{Kind, Line};
use crate::model::OmissionReason;
use crate::source::Source;

/// Marks the lines that say where pages meet, and lets a page begin behind each that does not end one.
pub fn page_marks(source: &Source, lines: &mut [Line]) {
    let said =
        |line: &Line| (line.end - line.start <= LONGEST).then(|| page_mark(line.text(source))).flatten();
    let mut marks: Vec<(usize, PageMark)> = (0..lines.len())
        .filter(|&i| lines[i].kind == Kind::Text)
        .filter_map(|i| Some((i, said(&lines[i])?)))
        .collect();
    marks.extend(titled_pages(source, lines).into_iter().map(|line| (line, PageMark::Begins)));
    if marks.len() < 2 {
        return;
    }
    for (i, mark) in marks {
        lines[i].kind = Kind::Furniture(OmissionReason::PageNumber);
        if let Some(next) = lines.get_mut(i + 1).filter(|_| mark == PageMark::Begins) {
            next.feed = true;
        }
    }
}

/// The lines `Page 3: The Title` that viewers of documents print before each page: the numbers count on from 1, and the
/// title is always the same.
fn titled_pages(source: &Source, lines: &[Line]) -> Vec<usize> {
    let titled = |line: &Line| -> Option<(u32, &str)> {
        let (number, title) = line.text(source).strip_prefix("Page ")?.split_once(": ")?;
        Some((number.parse().ok()?, title))
    };
    let found: Vec<(usize, u32, &str)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.kind == Kind::Text)
        .filter_map(|(i, line)| titled(line).map(|(number, title)| (i, number, title)))
        .collect();
    let same = found.windows(2).all(|w| w[0].2 == w[1].2);
    let counts = found.iter().zip(1..).all(|(f, n)| f.1 == n);
    if found.len() < RECURS || !same || !counts {
        return Vec::new();
    }
    found.into_iter().map(|f| f.0).collect()
}

/// What a line says that a program put where pages meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMark {
    /// `--- Page 12 ---`, `=== PAGE 3 of 9 ===`, `<<PAGE_BREAK>>`
    Begins,
    /// `--- END PAGE 12 ---`
    Ends,
}

/// Reads a line as such a mark.
pub fn page_mark(text: &str) -> Option<PageMark> {
    const SIGNS: [(&str, &str); 8] = [
        ("--", "--"),
        ("==", "=="),
        ("**", "**"),
        ("##", "##"),
        ("__", "__"),
        ("~~", "~~"),
        ("<<", ">>"),
        ("[", "]"),
    ];
    if !SIGNS.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close)) {
        return None;
    }
    let inner = text.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace()).to_lowercase();
    let words: Vec<&str> = inner.split([' ', '\t', '_', '-']).filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let bracket = text.starts_with('[');
    match words[..] {
        ["page", "break"] | ["pagebreak"] => Some(PageMark::Begins),
        _ if bracket => None,
        ["page" | "seite", n] | ["page" | "seite", n, "of" | "von" | "/", _] if number(n) => {
            Some(PageMark::Begins)
        }
        ["end", "page", n] | ["end", "of", "page", n] if number(n) => Some(PageMark::Ends),
        _ => None,
    }
}
