//! The table of contents: which heading stands on which page.

use std::collections::HashMap;

use crate::layout::{Kind, Layout};
use crate::source::Source;

/// A heading with the page number that the table of contents gives for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The heading's line.
    pub line: usize,
    /// The page number.
    pub number: u32,
}

/// What the contents say.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Headings that were found in the text, in file order.
    pub entries: Vec<Entry>,
    /// The lines of the table itself.
    pub table: Vec<usize>,
}

/// Entries that a table of contents has at least.
const FEWEST: usize = 3;
/// Lines between two entries of one table at most.
const NEAR: usize = 4;
/// Letters of the shortest title that is looked for.
const SHORTEST: usize = 4;
/// Letters of a title that must agree: headings may go on over a second line.
const AGREE: usize = 40;

/// Reads the first table of contents, if there is one.
pub fn read(source: &Source, layout: &Layout) -> Contents {
    let Some(table) = table(source, layout) else { return Contents::default() };
    let lines: Vec<usize> = table.iter().map(|t| t.0).collect();
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    // Every title must be that of exactly one line outside the table.
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, line) in layout.lines.iter().enumerate() {
        if line.kind == Kind::Text && !(first..=last).contains(&i) && line.end - line.start < 400 {
            let key = letters(line.text(source));
            if key.chars().count() >= SHORTEST {
                places.entry(key.chars().take(AGREE).collect()).or_default().push(i);
            }
        }
    }
    let mut entries: Vec<Entry> = table
        .iter()
        .filter_map(|(_, title, number)| {
            let key: String = letters(title).chars().take(AGREE).collect();
            match places.get(&key).map(Vec::as_slice) {
                Some(&[line]) => Some(Entry { line, number: *number }),
                _ => None,
            }
        })
        .collect();
    entries.sort_by_key(|e| e.line);
    entries.dedup_by_key(|e| e.line);
    Contents { entries, table: lines }
}

/// The first run of lines that end in page numbers which do not fall.
fn table(source: &Source, layout: &Layout) -> Option<Vec<(usize, String, u32)>> {
    let mut run: Vec<(usize, String, u32)> = Vec::new();
    for (i, line) in layout.lines.iter().enumerate() {
        if line.kind != Kind::Text || line.end - line.start > 400 {
            continue;
        }
        let Some((title, number)) = entry(line.text(source)) else { continue };
        if run.last().is_some_and(|r| i - r.0 > NEAR || number < r.2) {
            if run.len() >= FEWEST {
                break;
            }
            run.clear();
        }
        run.push((i, title, number));
    }
    (run.len() >= FEWEST).then_some(run)
}

/// `Title . . . . 12`, `| Title | 12 |`.
fn entry(text: &str) -> Option<(String, u32)> {
    let plain = strip_tags(text);
    let end = plain.trim_end_matches(|c: char| c.is_whitespace() || "|*_".contains(c));
    let digits = end.bytes().rev().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let (title, number) = end.split_at(end.len() - digits);
    let led = title.contains("..")
        || title.contains(". .")
        || title.contains('…')
        || title.contains('|')
        || title.contains("   ");
    let title = title.trim_matches(|c: char| c.is_whitespace() || "|*_.…·#".contains(c));
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    (led && letters >= SHORTEST).then(|| Some((title.to_owned(), number.parse().ok()?))).flatten()
}

fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        match rest[at..].find('>') {
            // A line break stands for a space, and a hyphen before it for nothing.
            Some(close) => {
                if rest[at..at + close].starts_with("<br") && !out.ends_with('-') {
                    out.push(' ');
                }
                rest = &rest[at + close + 1..];
            }
            None => {
                out.push_str(&rest[at..]);
                rest = "";
            }
        }
    }
    out.push_str(rest);
    out
}

/// The letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_many_kinds() {
        let of = |t: &str| entry(t);
        assert_eq!(of("The Sheet . . . . 12"), Some(("The Sheet".into(), 12)));
        assert_eq!(of("| <b>The<br/>Sheet</b> | <b>3</b> |"), Some(("The Sheet".into(), 3)));
        assert_eq!(of("It was written in 1984"), None);
        assert_eq!(of("…… 7"), None);
    }
}
