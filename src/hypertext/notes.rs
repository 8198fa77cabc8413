//! Which links of a page are markers, and what of the page is the note that each leads to.
//!
//! A page says it by itself, in many ways; none is known by the name of what made it. A link within the page whose words
//! are a label is a marker if what it leads to is a note: if one of both says so (`role="doc-noteref"`), if the note
//! leads back to where the marker stands, or if the note begins with the very label and the link is raised or in
//! brackets. In doubt a link stays a link.
//!
//! 1. [`Target`]s: what links within the page lead to
//! 2. [`Notes::find`]: for each link that may be a marker, [`extent`] of what it leads to, and the evidence
//! 3. labels: as printed; where they begin again, each with its part before it

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::extent;
use super::tape::{Index, Page};
use crate::parse::UNLABELLED;

/// A note of the page.
#[derive(Clone, Debug)]
pub struct Note {
    /// What it is made of: neighbours.
    pub range: Range<Index>,
    /// What it is called, each by another name.
    pub name: String,
    /// The label as printed.
    pub label: String,
}

/// All markers and notes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// The notes in the order of the page.
    pub notes: Vec<Note>,
    /// The note that begins with an element or a text.
    pub at: HashMap<Index, usize>,
    /// The note that a link marks.
    pub markers: HashMap<Index, usize>,
    /// Links from notes back to their markers.
    pub back: BTreeSet<Index>,
    /// How much of a text is the printed label of the note that begins there.
    pub labels: HashMap<Index, usize>,
}

/// A link within the page.
#[derive(Clone, Debug)]
struct Link {
    /// The link.
    at: Index,
    /// What it leads to.
    to: Index,
    /// Its words.
    words: String,
}

/// Roles and types of markers.
const MARKER: [&str; 3] = ["doc-noteref", "noteref", "footnote"];
/// Roles and types of notes.
const NOTE: [&str; 8] =
    ["doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note", "footnotes", "doc-endnotes"];
/// Roles and types of ways back.
const BACK: [&str; 3] = ["doc-backlink", "backlink", "referrer"];
/// Markers of one note: what more links lead to is no note.
const MOST_MARKERS: usize = 500;
/// What says such a thing.
const SAYS: [&str; 3] = ["role", "epub:type", "rel"];

impl Notes {
    /// Finds them. `fragment` gives the place within the page that an address leads to.
    pub fn find<'p>(page: &'p Page, fragment: &dyn Fn(&'p str) -> Option<&'p str>) -> Notes {
        let places = places(page);
        let mut links = Vec::new();
        for at in (0..page.len()).filter(|&i| page.name(i) == "a") {
            let Some(place) = page.attribute(at, "href").and_then(fragment) else { continue };
            let Some(&to) = places.get(place).or_else(|| places.get(decoded(place).as_str())) else {
                continue;
            };
            links.push(Link { at, to, words: words_of_link(page, at) });
        }
        let says = |link: &Link| page.lists(link.at, &SAYS, &MARKER);
        let may_mark = |link: &&Link| says(link) || is_label(&link.words);
        let targets: BTreeSet<Index> = links.iter().filter(may_mark).map(|l| l.to).collect();
        // Links by where they stand, so that those within a stretch are found at once.
        let within = |range: &Range<Index>| {
            let from = links.partition_point(|l| l.at < range.start);
            links[from..].iter().take_while(|l| l.at < range.end).collect::<Vec<_>>()
        };
        let mut taken: Vec<(&Link, Range<Index>)> = Vec::new();
        let mut back: BTreeSet<Index> = BTreeSet::new();
        let mut extents: HashMap<Index, (usize, Option<Range<Index>>)> = HashMap::new();
        for link in links.iter().filter(may_mark) {
            let says = says(link);
            if back.contains(&link.at) || page.lists(link.at, &SAYS, &BACK) {
                continue;
            }
            let known = extents.entry(link.to).or_insert_with(|| (0, extent::of(page, link.to, &targets)));
            known.0 += 1;
            let range = known.1.clone().filter(|r| known.0 <= MOST_MARKERS && !r.contains(&link.at));
            let Some(range) = range else { continue };
            let leads_back: Vec<&Link> =
                within(&range).into_iter().filter(|b| is_near(page, b.to, link.at)).collect();
            let is_note = range_says(page, &range, link.to);
            let is_way_back = |b: &Link| {
                page.lists(b.at, &SAYS, &BACK)
                    || says
                    || is_sign(&b.words)
                    || !is_sign(&link.words) && b.words.chars().count() > link.words.chars().count() + 2
                    || match (begins_block(page, b.at, &range), begins_block(page, link.at, &(0..0))) {
                        (true, false) => true,
                        (false, true) => false,
                        _ => link.at < b.at,
                    }
            };
            let mutual = !leads_back.is_empty() && leads_back.iter().any(|b| is_way_back(b));
            let printed = extent::printed_label(page, &range);
            let same = printed.as_deref() == Some(bare(&link.words));
            let looks = is_raised(page, link.at) || is_bracketed(page, link.at, &link.words);
            if !(says || mutual || is_note && looks || same && looks && leads_back.is_empty()) {
                continue;
            }
            back.extend(leads_back.iter().map(|b| b.at));
            taken.push((link, range));
        }
        let beside = beside(page);
        taken.extend(beside.iter().map(|link| (link, link.to..page.end(link.to))));
        let mut found = Notes::default();
        let mut ranges: Vec<Range<Index>> = taken.iter().map(|t| t.1.clone()).collect();
        ranges.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        ranges.dedup();
        // A note within a note is a part of it.
        let mut end = 0;
        ranges.retain(|r| {
            let apart = r.start >= end;
            end = end.max(r.end);
            apart
        });
        let last_marker = taken.iter().map(|t| t.0.at).max().unwrap_or(0);
        extent::go_on(page, &mut ranges, last_marker);
        let note_of = |i: Index| ranges.partition_point(|r| r.start <= i).checked_sub(1);
        let mut labels: Vec<Option<String>> = vec![None; ranges.len()];
        for (link, range) in &taken {
            let Some(note) = note_of(range.start) else { continue };
            // A marker within its own note would be no way to it.
            if ranges[note].contains(&link.at) {
                continue;
            }
            found.markers.insert(link.at, note);
            let label = bare(&link.words);
            if labels[note].is_none() && is_label(&link.words) && !label.is_empty() {
                labels[note] = Some(label.to_owned());
            }
        }
        for (i, range) in ranges.iter().enumerate() {
            let label = labels[i].clone().or_else(|| extent::printed_label(page, range));
            let label = label.unwrap_or_else(|| format!("{UNLABELLED}{}", i + 1));
            extent::cut_label(page, range, &label, &back, &mut found.labels);
            found.at.insert(range.start, i);
            found.notes.push(Note { range: range.clone(), name: String::new(), label });
        }
        // What leads to a marker from a note is a way back, whichever of its markers it is.
        let stands: BTreeSet<Index> = found.markers.keys().copied().collect();
        for link in links.iter().filter(|l| !found.markers.contains_key(&l.at)) {
            let in_note = note_of(link.at).is_some_and(|n| ranges[n].contains(&link.at));
            let leads = stands
                .range(link.to..)
                .next()
                .is_some_and(|&m| m < page.end(link.to) || is_near(page, link.to, m))
                || stands.range(..=link.to).next_back().is_some_and(|&m| is_near(page, link.to, m));
            if in_note && leads && link.words.chars().count() <= 30 {
                back.insert(link.at);
            }
        }
        // A sign that leads back is one even where its place got lost.
        let signs = |i: &Index| page.name(*i) == "a" && is_sign(&words_of_link(page, *i));
        back.extend(ranges.iter().flat_map(|r| r.clone().filter(signs)));
        back.retain(|b| !found.markers.contains_key(b));
        found.back = back;
        found.name();
        found
    }

    /// Gives every note a name of its own: its label, and where labels begin again, that of its part before it.
    fn name(&mut self) {
        let mut seen = BTreeSet::new();
        let mut parts = Vec::with_capacity(self.notes.len());
        let mut part = 1;
        for note in &self.notes {
            if !seen.insert(note.label.to_lowercase()) {
                part += 1;
                seen.clear();
                seen.insert(note.label.to_lowercase());
            }
            parts.push(part);
        }
        for (note, own) in self.notes.iter_mut().zip(parts) {
            let label: String =
                note.label.chars().map(|c| if "[]^\\- \t\n".contains(c) { '.' } else { c }).collect();
            note.name = if part == 1 { label } else { format!("{own}-{label}") };
        }
    }
}

/// Notes beside the text, which a box that can be ticked shows and hides: a label, its box, and behind it the note.
fn beside(page: &Page) -> Vec<Link> {
    let boxes = (1..page.len()).filter(|&i| {
        page.name(i) == "input"
            && page.attribute(i, "type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox"))
    });
    let note = |input: Index| {
        let id = page.attribute(input, "id").filter(|id| !id.is_empty())?;
        let parent = page.parent(input)?;
        let blank = |i: Index| page.text(i).is_some_and(|t| t.trim().is_empty());
        let to = page.siblings(page.end(input)..page.end(parent)).find(|&i| !blank(i))?;
        // The label stands right before its box.
        let near = (parent + 1..input).rev().take(8);
        let at = near.filter(|&i| page.name(i) == "label").find(|&i| page.attribute(i, "for") == Some(id))?;
        let is_note = matches!(page.name(to), "span" | "small" | "aside") && page.has_text(to..page.end(to));
        let has_words = page.words(at..page.end(at)).contains(char::is_alphabetic);
        (is_note && !has_words).then(|| Link { at, to, words: page.words(at..page.end(at)) })
    };
    boxes.filter_map(note).collect()
}

/// What links may lead to, by name. Of two of one name the first counts, as in browsers.
fn places(page: &Page) -> BTreeMap<&str, Index> {
    let mut out = BTreeMap::new();
    for i in 0..page.len() {
        let named = if page.name(i) == "a" { page.attribute(i, "name") } else { None };
        for name in page.attribute(i, "id").into_iter().chain(named).filter(|n| !n.is_empty()) {
            out.entry(name).or_insert(i);
        }
    }
    out
}

/// A place as it is called where an address wrote its signs as `%C3%A4`.
pub fn decoded(place: &str) -> String {
    let bytes = place.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let code = (bytes[i] == b'%').then(|| place.get(i + 1..i + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The words of a link, as many as tell whether it is a marker.
fn words_of_link(page: &Page, at: Index) -> String {
    /// Elements and texts of a marker.
    const MOST: usize = 12;
    page.words(at..page.end(at).min(at + MOST))
}

/// A label without what stands around it.
pub fn bare(words: &str) -> &str {
    let words = words.trim_matches(|c: char| c.is_whitespace() || "[](){}.:".contains(c));
    words.strip_suffix(['\u{fe0e}', '\u{fe0f}']).unwrap_or(words)
}

/// True for words that can be the label of a note.
fn is_label(words: &str) -> bool {
    /// Characters of the longest: `xxxviii`, `[123]`.
    const LONGEST: usize = 9;
    let label = bare(words);
    let count = label.chars().count();
    let digits = label.chars().filter(|c| c.is_numeric()).count();
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let roman = label.chars().all(|c| "ivxlcIVXLC".contains(c));
    (1..=LONGEST).contains(&words.chars().count())
        && !is_way(label)
        && !label.contains(char::is_whitespace)
        && (digits == count && count <= 4
            || digits > 0 && digits <= 4 && letters <= 2 && digits + letters == count
            || letters == count && (count <= 2 || roman)
            || letters + digits == 0 && label.chars().all(|c| "*†‡§¶‖#⁂☞※".contains(c)))
}

/// True for signs that mean a way back.
fn is_way(label: &str) -> bool {
    label.chars().any(|c| "^↑↩↵⏎⤴⮐⇧⬆←⇑".contains(c))
}

/// True for words that are none: `↩`, `^`.
fn is_sign(words: &str) -> bool {
    !words.contains(char::is_alphanumeric) && is_way(words)
}

/// True if a place is where a link stands: it holds it or is within it, or lies within a few signs of it in one block.
fn is_near(page: &Page, place: Index, link: Index) -> bool {
    /// Elements and texts between an anchor and the marker beside it.
    const NEAR: usize = 8;
    if (place..page.end(place)).contains(&link) {
        // A whole page would hold any link: what holds it is a line, a paragraph, an item.
        return !matches!(
            page.name(place),
            "html" | "body" | "main" | "article" | "section" | "table" | "ul" | "ol"
        );
    }
    if (link..page.end(link)).contains(&place) {
        return true;
    }
    let block = |i: Index| page.ancestors(i).find(|&a| page.is_block(a));
    place.abs_diff(link) <= NEAR && !page.is_block(place) && block(place) == block(link)
}

/// True if what is taken for a note says that it is one, or a list of such.
fn range_says(page: &Page, range: &Range<Index>, to: Index) -> bool {
    let says = |i: Index| page.lists(i, &["role", "epub:type"], &NOTE);
    says(range.start) || says(to) || page.ancestors(range.start).take(3).any(says)
}

fn is_raised(page: &Page, link: Index) -> bool {
    let above = page.ancestors(link).take_while(|&a| !page.is_block(a)).any(|a| page.name(a) == "sup");
    let within = (link..page.end(link)).any(|i| page.name(i) == "sup");
    let style = |i: Index| page.attribute(i, "style").is_some_and(|s| s.contains("super"));
    above || within || style(link) || page.parent(link).is_some_and(style)
}

fn is_bracketed(page: &Page, link: Index, words: &str) -> bool {
    let own = words.starts_with(['[', '(', '{']) && words.ends_with([']', ')', '}']);
    let before = link.checked_sub(1).and_then(|i| page.text(i)).is_some_and(|t| t.ends_with(['[', '(']));
    let after = page.end(link);
    let after = after < page.len() && page.text(after).is_some_and(|t| t.starts_with([']', ')']));
    own || before && after || !bare(words).contains(char::is_alphanumeric)
}

/// True if nothing is before a link in its block, or in the stretch that begins there.
fn begins_block(page: &Page, link: Index, range: &Range<Index>) -> bool {
    let block = page.ancestors(link).find(|&a| page.is_block(a)).unwrap_or(0);
    let from = if range.contains(&link) { range.start.max(block) } else { block };
    if link - from > extent::NEAR {
        return false;
    }
    let signs = |i: Index| page.text(i).is_some_and(|t| t.contains(char::is_alphanumeric));
    !(from..link).any(signs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_no_words() {
        for label in ["1", "[12]", "(3)", "*", "†", "a", "xiv", "n1", "12a", "4."] {
            assert!(is_label(label), "{label}");
        }
        for none in ["", "↩", "^", "the weir", "2018-11", "12345", "Chapter", "1.2", "mill", "↑ 3", "note 7"]
        {
            assert!(!is_label(none), "{none}");
        }
        assert_eq!((bare("[12]"), bare(" 7."), bare("(a)")), ("12", "7", "a"));
        assert_eq!(decoded("caf%C3%A9-%zz"), "café-%zz");
    }
}
