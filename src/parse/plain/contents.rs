//! The table of contents of a plain text: its entries say which lines are headings.

use std::collections::{HashMap, HashSet};

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

/// The groups that bear the title of a section of the first level. Extraction tears these entries out of their table, for
/// no dots lead to their page: what is left are lines with a number before the last entry that has dots. The first line
/// below the table that says the title is the heading; pages that repeat it at their head come later.
pub(super) fn sections(text: &str, groups: &[Group]) -> HashSet<usize> {
    let lines = |group: &Group| group.lines.iter().map(|l| text[l.clone()].trim()).collect::<Vec<_>>();
    let listed = |group: &Group| lines(group).into_iter().filter_map(entry).count();
    let Some(last) = groups.iter().rposition(|g| listed(g) > 0) else { return HashSet::new() };
    if groups.iter().map(listed).sum::<usize>() < FEWEST {
        return HashSet::new();
    }
    let mut announced: HashSet<String> =
        groups[..=last].iter().flat_map(lines).filter_map(announces).collect();
    let mut out = HashSet::new();
    for (i, group) in groups.iter().enumerate().skip(last + 1) {
        if let [line] = lines(group)[..]
            && announced.remove(&folded(line))
        {
            out.insert(i);
        }
    }
    out
}

/// `4` or `4.` with nothing beside it.
pub(super) fn is_lone_number(line: &str) -> bool {
    let digits = line.strip_suffix('.').unwrap_or(line);
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `4 Of Mills`, `4. Of Mills`: the title, folded.
fn announces(line: &str) -> Option<String> {
    let (number, title) = line.split_once(' ')?;
    let folded = folded(title);
    let named = title.trim_start().starts_with(char::is_uppercase) && folded.chars().count() >= 4;
    (is_lone_number(number) && named && dots(line).is_none()).then_some(folded)
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
    fn a_section_begins_where_its_title_is_said_first() {
        let text = "1 Of Mills\n\n2\n\n2 Of Weirs\n2.1 High . . . . 3\n2.2 Lower . . . . 4\n2.3 Older . . . . 5\n\n\
                    2.4 Newer . . . . 6\n2.5 Dry ones . . . . 7\n\n1\n\nOf Mills\n\nThey stood.\n\n2 Of Weirs\n\n\
                    They lay.\n\n4\n\nOf Weirs\n\nThey broke.";
        let groups = crate::parse::plain::lines::groups(text);
        let titles = |text: &str| {
            let mut found: Vec<usize> = sections(text, &groups).into_iter().collect();
            found.sort_unstable();
            found.iter().map(|&i| text[groups[i].range()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(titles(text), ["Of Mills", "2 Of Weirs"]);
        assert!(
            titles(&text.replace(". . . .", ",,,,,,,")).is_empty(),
            "without a table numbers say nothing"
        );
    }

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
        assert_eq!(announces("4 Of Mills"), Some("ofmills".to_owned()));
        for line in ["4", "Of Mills", "4 of them", "1904 Of Mills", "4 Of Mills . . . . . 12"] {
            assert_eq!(announces(line), None, "{line}");
        }
    }
}
