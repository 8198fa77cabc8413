//! The table of contents of a plain text: its entries say which lines are headings.

use std::collections::HashMap;

use super::lines::Group;

/// Fewest entries of a table: one line with dots may be anything.
const FEWEST: usize = 5;
/// Characters of the longest title that is looked for.
const LONGEST: usize = 120;

/// The titles of the entries that dots lead to a page number, folded, with the level each has by its number.
pub(super) fn entries(text: &str, groups: &[Group]) -> HashMap<String, u8> {
    let lines = groups.iter().flat_map(|g| &g.lines).map(|l| text[l.clone()].trim());
    let found: Vec<(String, u8)> = lines.filter_map(entry).collect();
    if found.len() < FEWEST { HashMap::new() } else { found.into_iter().collect() }
}

/// Where the dots of an entry begin.
pub(super) fn dots(line: &str) -> Option<usize> {
    [". . .", "....", "… …"].iter().filter_map(|dots| line.find(dots)).min()
}

/// `2.1 Of Mills . . . . . 12`: the title and its level.
fn entry(line: &str) -> Option<(String, u8)> {
    let end = dots(line)?;
    let title = line[..end].trim();
    let behind = line[end..].trim_matches(|c: char| ". …\t".contains(c));
    let page = behind.chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c));
    let number = title.split(' ').next().filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let level = number.map_or(3, |n| n.trim_end_matches('.').split('.').count() as u8 + 1);
    let folded = folded(title);
    (page && folded.chars().count() >= 4).then_some((folded, level.min(6)))
}

/// The letters of a title in lower case, without the number before it: a heading may have it on another line.
pub(super) fn folded(line: &str) -> String {
    if line.chars().take(LONGEST + 1).count() > LONGEST {
        return String::new();
    }
    let title = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_dots_and_a_page() {
        for (line, expected) in [
            ("2.1 Of Mills . . . . . . . 12", Some(("ofmills", 3))),
            ("Of Mills ............ xii", Some(("ofmills", 3))),
            ("4 Of Mills . . . . . .", Some(("ofmills", 2))),
            ("He paused . . . and then he went on", None),
            ("Of Mills 12", None),
        ] {
            assert_eq!(entry(line), expected.map(|(t, l)| (t.to_owned(), l)), "{line}");
        }
        assert_eq!(folded("2.1.\u{a0}Of  Mills"), "ofmills");
    }
}
