//! How far a note reaches that a link leads into, and the label that is printed at its head.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::element::is_heading;
use super::tape::{Index, Page};

/// Words of the longest note; what is longer is a part of the text.
const LONGEST: usize = 3_000;

/// Roles and types of one note.
const SAYS_NOTE: [&str; 5] = ["doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"];

/// Elements and texts that are looked through for what stands before something: more than a note or a line has.
pub const NEAR: usize = 400;

/// Elements and texts of the longest note that does not say that it is one.
const MOST: usize = 4_000;

/// The note at a place, as neighbours, if there can be one. `targets` are all places that markers may lead to.
pub fn of(page: &Page, place: Index, targets: &BTreeSet<Index>) -> Option<Range<Index>> {
    let range = whole(page, place, targets)?;
    // What says that it is a note may be as long as it likes, and have headings.
    if page.lists(place, &["role", "epub:type"], &SAYS_NOTE) {
        return says_something(page, &range).then_some(range);
    }
    let range = Some(range).filter(|r| r.len() <= MOST)?;
    let has_heading = range.clone().any(|i| is_heading(page.name(i)));
    let words = page.words(range.clone());
    let signs = |c: char| !c.is_alphanumeric();
    let is_label = printed_label(page, &range).is_some_and(|l| l == words.trim_matches(signs));
    let bounded = words.split(' ').count() <= LONGEST;
    (!has_heading && bounded && !is_label && says_something(page, &range)).then_some(range)
}

/// True if a stretch has words that are no links within the page: what has only such is an index.
fn says_something(page: &Page, range: &Range<Index>) -> bool {
    let mut i = range.start;
    while i < range.end {
        if page.attribute(i, "href").is_some_and(|h| h.starts_with('#')) {
            i = page.end(i);
            continue;
        }
        if page.text(i).is_some_and(|t| t.contains(char::is_alphanumeric)) {
            return true;
        }
        i += 1;
    }
    false
}

/// Elements that hold parts of a page: whoever leads to one leads to no note.
fn is_part(name: &str) -> bool {
    matches!(name, "html" | "body" | "main" | "article" | "table" | "tbody" | "ul" | "ol" | "dl" | "form")
}

fn whole(page: &Page, place: Index, targets: &BTreeSet<Index>) -> Option<Range<Index>> {
    let of = |i: Index| i..page.end(i);
    let name = page.name(place);
    if is_heading(name) || is_part(name) {
        return None;
    }
    if page.is_block(place) {
        return climbed(page, place, targets);
    }
    // A note of its own within the line (`<span id="n1">…</span>`), if it is more than an anchor or a label.
    let own_words = page.words(of(place));
    if name != "a" && name != "sup" && own_words.split(' ').count() > 2 {
        return Some(of(place));
    }
    let block = page.ancestors(place).find(|&a| page.is_block(a))?;
    if is_heading(page.name(block)) {
        return None;
    }
    // The child of the block that holds the anchor.
    let child =
        std::iter::once(place).chain(page.ancestors(place)).find(|&a| page.parent(a) == Some(block))?;
    let others = |range: Range<Index>| targets.range(range).any(|t| *t != place);
    let mut children = page.children(block);
    let holds_blocks = children.by_ref().take(NEAR).any(|c| page.is_block(c)) || children.next().is_some();
    // A division of its own (`<div><a id="n1">1</a><div>…</div></div>`) is one note, too.
    let is_own = || page.end(block) - block <= NEAR && !page.has_text(block + 1..child);
    if (!holds_blocks || is_own()) && !others(of(block)) && !is_part(page.name(block)) {
        return climbed(page, block, targets);
    }
    // Up to the next anchor, or to the block that follows; a block alone behind a bare anchor is the note.
    let mut end = page.end(child);
    let mut siblings = page.siblings(end..page.end(block)).peekable();
    if !page.has_text(of(child)) {
        while siblings.peek().is_some_and(|&s| !page.has_text(of(s)) && !others(of(s))) {
            end = siblings.next().map_or(end, |s| page.end(s));
        }
        if let Some(&next) = siblings.peek()
            && page.is_block(next)
        {
            let is_note = !is_heading(page.name(next)) && !is_part(page.name(next)) && !others(of(next));
            return is_note.then(|| child..page.end(next));
        }
    }
    for sibling in siblings.take(MOST) {
        if page.is_block(sibling) || others(of(sibling)) {
            break;
        }
        end = page.end(sibling);
    }
    Some(child..end)
}

/// A block that is a note, or what of the elements around it belongs to it.
fn climbed(page: &Page, block: Index, targets: &BTreeSet<Index>) -> Option<Range<Index>> {
    let mut note = block;
    while let Some(parent) = page.parent(note) {
        let name = page.name(parent);
        let lone = targets.range(parent..page.end(parent)).nth(1).is_none()
            || !targets.range(parent..page.end(parent)).any(|t| !(note..page.end(note)).contains(t));
        let first = note - parent <= NEAR && !page.has_text(parent + 1..note);
        let holds = match name {
            "li" | "dd" | "aside" => first,
            "tr" => true,
            // A division that is called something is one thing.
            "div" => first && page.attribute(parent, "id").is_some() && page.end(parent) - parent <= NEAR,
            _ => false,
        };
        if !(holds && lone) {
            break;
        }
        note = parent;
    }
    if matches!(page.name(note), "td" | "th") {
        return None;
    }
    let mut end = page.end(note);
    if page.name(note) == "dt" {
        let parent = page.parent(note)?;
        for next in page.siblings(end..page.end(parent)) {
            if page.name(next) == "dt" {
                break;
            }
            end = page.end(next);
        }
    }
    Some(note..end)
}

/// Lets notes go on over the blocks that stand between them, where all notes stand together behind the text.
pub fn go_on(page: &Page, ranges: &mut [Range<Index>], last_marker: Index) {
    let Some(first) = ranges.first().map(|r| r.start) else { return };
    let parent = page.parent(first);
    if first < last_marker || ranges.iter().any(|r| page.parent(r.start) != parent) {
        return;
    }
    for i in 1..ranges.len() {
        let gap = ranges[i - 1].end..ranges[i].start;
        let goes_on = |s: Index| {
            matches!(page.name(s), "p" | "blockquote" | "pre" | "ul" | "ol") || !page.has_text(s..page.end(s))
        };
        let is_paragraph = matches!(page.name(ranges[i - 1].start), "p" | "div" | "a");
        if is_paragraph && !gap.is_empty() && page.siblings(gap.clone()).all(goes_on) {
            ranges[i - 1].end = gap.end;
        }
    }
}

/// The first signs of a stretch, each with its text and its place in it.
fn head(page: &Page, range: &Range<Index>) -> Vec<(char, Index, usize)> {
    /// As many as a label has with what stands around it.
    const SIGNS: usize = 24;
    let texts = range.clone().take(200).filter_map(|i| page.text(i).map(|t| (i, t)));
    texts
        .flat_map(|(i, t)| t.char_indices().map(move |(at, c)| (c, i, at + c.len_utf8())))
        .take(SIGNS * 4)
        .collect()
}

/// Signs that stand before a label, and behind it.
const BEFORE: &str = "[({^↑";
const BEHIND: &str = "])}.:–—-";

/// The label that a note begins with: its number in a list, or what is printed.
pub fn printed_label(page: &Page, range: &Range<Index>) -> Option<String> {
    let head: String = head(page, range).iter().map(|h| h.0).collect();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || BEFORE.contains(c));
    let end = head.find(|c: char| !c.is_alphanumeric() && !"*†‡§¶".contains(c)).unwrap_or(head.len());
    let label = &head[..end];
    let behind = head[end..].chars().next();
    let is_number =
        !label.is_empty() && label.chars().count() <= 4 && label.chars().all(|c| c.is_ascii_digit());
    let is_sign = !label.is_empty() && label.chars().count() <= 4 && !label.contains(char::is_alphanumeric);
    let is_letter = label.chars().count() <= 2 && behind.is_some_and(|c| BEHIND.contains(c));
    if is_number || is_sign || is_letter && !label.is_empty() {
        return Some(label.to_owned());
    }
    if page.name(range.start) != "li" {
        return None;
    }
    let list = page.parent(range.start).filter(|&l| page.name(l) == "ol")?;
    // What is no number is no label either: it would name the note, as long and with whatever signs it likes.
    let number = |i: Index, name: &str| page.attribute(i, name).and_then(|v| v.trim().parse::<u32>().ok());
    if let Some(value) = number(range.start, "value") {
        return Some(value.to_string());
    }
    let first = number(list, "start").unwrap_or(1);
    /// Items before it that are counted.
    const MOST: usize = 2_000;
    let before = page.siblings(list + 1..range.start).take(MOST).filter(|&i| page.name(i) == "li").count();
    Some(first.saturating_add(before as u32).to_string())
}

/// Notes how much of the texts at the head of a note is its label.
pub fn cut_label(
    page: &Page,
    range: &Range<Index>,
    label: &str,
    back: &BTreeSet<Index>,
    cuts: &mut HashMap<Index, usize>,
) {
    let head = head(page, range);
    let space = |c: char| c.is_whitespace();
    let mut at = head.iter().take_while(|h| space(h.0) || BEFORE.contains(h.0)).count();
    let signs: Vec<char> = label.chars().collect();
    let same =
        head.get(at..at + signs.len()).is_some_and(|own| own.iter().map(|h| h.0).eq(signs.iter().copied()));
    let next = head.get(at + signs.len()).map(|h| h.0);
    let is_whole = next.is_none_or(|c| !c.is_alphanumeric())
        || at.checked_add(signs.len()).is_some_and(|e| e > 0 && head[e - 1].1 != head[e].1);
    if !(same && is_whole && !signs.is_empty()) {
        // A sign alone before the ways back: `^ a b`.
        let lone = head.iter().take_while(|h| space(h.0) || "^↑".contains(h.0)).count();
        let has_sign = head[..lone].iter().any(|h| !space(h.0));
        let leads = |i: Index| {
            page.ancestors(i).take(6).any(|a| back.contains(&a)) || back.range(range.clone()).next().is_some()
        };
        if has_sign && head.get(lone).is_some_and(|h| leads(h.1)) {
            head[..lone].iter().for_each(|h| {
                cuts.insert(h.1, h.2);
            });
        }
        return;
    }
    at += signs.len();
    while head.get(at).is_some_and(|h| space(h.0) || BEHIND.contains(h.0)) {
        at += 1;
    }
    // An opening bracket belongs to the words.
    head[..at].iter().for_each(|h| {
        cuts.insert(h.1, h.2);
    });
}
