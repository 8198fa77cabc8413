//! Quotations that are set in and announced by a colon.
//!
//! Paragraphs begin where most of them begin. What begins further in behind a colon, reads as sentences do and is followed by
//! a paragraph at the usual place, was set in by whoever quoted it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::heading::Heading;
use super::lines::{Group, Shape};
use crate::quotes;

/// Characters of the shortest: what is shorter may be what somebody is told to type.
const SHORTEST: usize = 80;
/// Columns that it is set in by.
const DEEPER: usize = 2;
/// Groups of the longest.
const LONGEST: usize = 6;

/// The runs of groups that are quotations.
pub(super) fn quotations(
    text: &str,
    groups: &[Group],
    shapes: &[Shape],
    headings: &[Option<Heading>],
) -> Vec<Range<usize>> {
    let indents: Vec<usize> = groups.iter().map(|g| indent(&text[g.range()])).collect();
    let is_prose = |i: usize| shapes[i] == Shape::Prose && headings[i].is_none();
    let long = |i: usize| text[groups[i].range()].trim().chars().take(SHORTEST).count() == SHORTEST;
    let mut begun: BTreeMap<usize, usize> = BTreeMap::new();
    for i in (0..groups.len()).filter(|&i| is_prose(i) && long(i)) {
        *begun.entry(indents[i]).or_default() += 1;
    }
    let Some(usual) =
        begun.iter().max_by_key(|(indent, count)| (**count, usize::MAX - **indent)).map(|b| *b.0)
    else {
        return Vec::new();
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut i = 1;
    while i < groups.len() {
        let is_set_in = |k: usize| indents[k] >= usual + DEEPER && (is_prose(k) || shapes[k] == Shape::Verse);
        let announced = is_prose(i - 1) && indents[i - 1] <= usual && announces(&text[groups[i - 1].range()]);
        let more = (i..groups.len()).take(LONGEST + 1).take_while(|&k| is_set_in(k)).count();
        if announced
            && (1..=LONGEST).contains(&more)
            && is_prose(i)
            && long(i)
            && speaks(&text[groups[i].range()])
        {
            out.push(i..i + more);
        }
        i += more.max(1);
    }
    out
}

fn indent(text: &str) -> usize {
    text.chars().take_while(|c| *c == ' ').count()
}

fn announces(text: &str) -> bool {
    let bare: String = text.chars().filter(|&c| c != crate::model::MARK).collect();
    [":", ":--", ":—", ": --"].iter().any(|sign| bare.trim_end().ends_with(sign))
}

/// True for sentences rather than something to type.
fn speaks(text: &str) -> bool {
    let text = text.trim();
    let words = || text.split_whitespace();
    let plain = words()
        .filter(|w| {
            w.chars().all(|c| c.is_alphabetic() || quotes::shape(c).is_some() || ".,;:!?()—-".contains(c))
        })
        .count();
    // Items are counted, and definitions named.
    let first = words().next().unwrap_or_default();
    let begins = first.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() || quotes::opens(c));
    begins && !first.contains('_') && !first.ends_with(':') && plain * 10 >= words().count() * 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::plain::{heading, lines};

    fn found(text: &str) -> Vec<Range<usize>> {
        let groups = lines::groups(text);
        let shapes: Vec<Shape> = groups.iter().map(|g| lines::shape(text, g)).collect();
        quotations(text, &groups, &shapes, &heading::headings(text, &groups, &shapes))
    }

    #[test]
    fn quotations_are_set_in_behind_a_colon() {
        const LONG: &str = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit.";
        let text = format!("{LONG}\n\nOf this she writes:\n\n    {LONG}\n\n    {LONG}\n\n{LONG}");
        assert_eq!(found(&text).pop(), Some(2..4));
        assert!(found(&text.replace("writes:", "writes.")).is_empty(), "nothing announces it");
        assert!(found(&text.replace("    ", "")).is_empty(), "it is not set in");
        for other in ["    (a) The", "    Weir: the", "    low_weir is the"] {
            assert!(found(&text.replace("    The", other)).is_empty(), "{other}");
        }
        let typed = "    $ grind --corn=/srv/corn --into=/srv/flour --stones=2 --from=/srv/old --to=/srv/new --weir=low_1";
        assert!(found(&format!("{LONG}\n\nThen type:\n\n{typed}\n\n{LONG}")).is_empty());
    }
}
