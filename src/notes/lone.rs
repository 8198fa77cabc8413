//! A text with a single note.
//!
//! [`pair`](super::pair) believes a series: one `*` or one figure behind a word is as well a wildcard, an exponent or
//! what a scanner made of a speck. Where the whole text holds one such sign, though, and its last lines, or the last of
//! the page, open with the same sign, nothing else explains both. Books and journals set their one note so: by an
//! author's name, below a poem, under a preface; journals also beside notes that count, with a star.

use std::collections::HashSet;

use super::leftover::insert;
use super::pair::{Chosen, ChosenNote, Solution};
use super::{Sign, head, marker};
use crate::layout::prose::closes_sentence;
use crate::layout::{Kind, Layout, post};
use crate::quotes;
use crate::source::Source;

/// What a sign weighs that hangs at the end of a word or of a sentence.
const GLUED: f32 = 2.4;
/// What a sign weighs that could be a marker at all: a second of these makes a series, or an accident of the first.
const POSSIBLE: f32 = 0.9;
/// What a line weighs that opens as a note does: its words begin with a capital or a quotation mark.
const OPENS: f32 = 0.8;
/// Lines of the longest note that stands alone.
const LONGEST: usize = 12;

/// Ties the one sign and the one note of a text that has nothing else of the kind.
pub fn find(
    source: &Source,
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    solution: &mut Solution,
) {
    let opens: HashSet<usize> = solution.notes.iter().map(|n| heads[n.candidate].line).collect();
    let single = |sign| alone(source, layout, markers, heads, &opens, sign);
    let found = if solution.markers.is_empty() && solution.notes.is_empty() {
        let signs = [Sign::Symbol, Sign::Bare].into_iter().map(single);
        let told = [linked(source, layout, markers, heads), worded(source, layout, markers, heads)];
        let mut found = signs.chain(told).flatten();
        found.next().filter(|_| found.next().is_none())
    } else {
        // Beside notes that count, an author's or a title's has a star.
        let starred = solution.notes.iter().any(|n| heads[n.candidate].sign == Sign::Symbol);
        Some(Sign::Symbol).filter(|_| !starred).and_then(single)
    };
    let Some((candidate, note)) = found else { return };
    let shown = &markers[candidate].shown;
    let evidence = format!("“{shown}” is the only sign of its kind, and one note below has the same");
    insert(solution, vec![ChosenNote { candidate: note, part: 1 }]);
    let note = solution.notes.iter().position(|n| n.candidate == note);
    solution.markers.push(Chosen { candidate, note, evidence });
    solution.markers.sort_by_key(|m| m.candidate);
}

/// The only marker and the only note that are written with these signs.
fn alone(
    source: &Source,
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    opens: &HashSet<usize>,
    sign: Sign,
) -> Option<(usize, usize)> {
    let mut last =
        (0..heads.len()).filter(|&i| heads[i].sign == sign && stands_last(source, layout, &heads[i], opens));
    let (note, None) = (last.next()?, last.next()) else { return None };
    let head = &heads[note];
    // a sign at the end of a line might open the next line's note: that is what is asked here
    let opening: HashSet<u32> = heads.iter().filter(|h| !h.traits.own_line).map(|h| h.span.start).collect();
    let is_sign =
        |m: &marker::Candidate| m.sign == sign && m.weight >= POSSIBLE && !opening.contains(&m.span.start);
    let mut signs = (0..markers.len()).filter(|&i| is_sign(&markers[i]));
    let (candidate, None) = (signs.next()?, signs.next()) else { return None };
    let marker = &markers[candidate];
    // A list has several lines like the note's; stars are its bullets.
    let alike = |h: &&head::Candidate| h.sign == sign && (sign == Sign::Symbol || h.weight >= OPENS / 2.0);
    let alike = heads.iter().filter(alike).filter(|h| !h.traits.own_line).count();
    let same_page = || {
        let pages = layout.pages();
        pages[marker.line] == pages[head.line]
    };
    let holds = marker.weight >= GLUED
        && marker.label == head.label
        && (sign == Sign::Symbol || marker.label.rank() == Some(1))
        && ends_word(source, marker)
        && marker.span.end <= head.span.start
        && (layout.runs()[marker.line] != layout.runs()[head.line] || opens.contains(&(head.line + 1)))
        && alike == 1
        && (!layout.feeds || same_page());
    holds.then_some((candidate, note))
}

/// The only marker that is a link to its note, and the only numbered note that has a link back. A list within the text
/// may be numbered too, but nothing leads back from it.
fn linked(
    source: &Source,
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
) -> Option<(usize, usize)> {
    let is_link = |m: &marker::Candidate| {
        let sign = &source.text[m.span.start as usize..m.span.end as usize];
        m.sign == Sign::Raised && m.weight >= GLUED && sign.contains("(#")
    };
    let leads_back = |h: &head::Candidate| {
        let end = last_line(layout, h.line + usize::from(h.traits.own_line));
        let text = &source.text[h.span.start as usize..layout.lines[end].end];
        let arrow = ["[↩", "[↑", "[^]", "[\\^]"].iter().any(|way| text.contains(way));
        h.sign == Sign::Dotted && arrow && text.contains("(#")
    };
    let mut backs = (0..heads.len()).filter(|&i| leads_back(&heads[i]));
    let (note, None) = (backs.next()?, backs.next()) else { return None };
    let before = |m: &marker::Candidate| m.span.end <= heads[note].span.start;
    let mut signs = (0..markers.len()).filter(|&i| is_link(&markers[i]) && before(&markers[i]));
    let (candidate, None) = (signs.next()?, signs.next()) else { return None };
    (markers[candidate].label == heads[note].label).then_some((candidate, note))
}

/// The only note that says it is one (`Footnote 1: …`), and the only figure glued to the paragraph above that has its
/// number.
fn worded(
    source: &Source,
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
) -> Option<(usize, usize)> {
    let mut worded = (0..heads.len()).filter(|&i| heads[i].sign == Sign::Worded && !heads[i].traits.own_line);
    let (note, None) = (worded.next()?, worded.next()) else { return None };
    let runs = layout.runs();
    let above = runs[layout.text_before(heads[note].line)?];
    let glued = |m: &marker::Candidate| {
        let before = source.text[..m.span.start as usize].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit()) && ends_word(source, m)
    };
    let is_sign = |m: &marker::Candidate| {
        m.label == heads[note].label && runs[m.line] == above && m.line < heads[note].line && glued(m)
    };
    let mut signs = (0..markers.len()).filter(|&i| is_sign(&markers[i]));
    let (candidate, None) = (signs.next()?, signs.next()) else { return None };
    Some((candidate, note))
}

/// The last line of the next few that follow a note's first without a gap.
fn last_line(layout: &Layout, first: usize) -> usize {
    let lines = layout.lines.iter().enumerate().skip(first + 1).take(LONGEST);
    lines.take_while(|(_, l)| l.is_text()).last().map_or(first.min(layout.lines.len() - 1), |(i, _)| i)
}

/// True if the word ends behind the sign: `*.txt` goes on.
fn ends_word(source: &Source, marker: &marker::Candidate) -> bool {
    let behind = &source.text[marker.span.end as usize..];
    let behind = behind.trim_start_matches(|c| quotes::closes(c) || ".,;:!?)]".contains(c));
    behind.chars().next().is_none_or(|c| c.is_whitespace() || "—–-…".contains(c))
}

/// True for lines that open as a note does, below a gap or a note, and end the text, its page or its post, or stand
/// above another note.
/// `opens` are the lines that open notes.
fn stands_last(source: &Source, layout: &Layout, head: &head::Candidate, opens: &HashSet<usize>) -> bool {
    let lines = &layout.lines;
    let below_gap = head.line.checked_sub(1).is_some_and(|above| {
        lines[above].is_blank() || matches!(lines[above].kind, Kind::Rule) || lines[head.line].feed
    });
    let ends = |i: usize| !lines[i].is_text() || opens.contains(&i);
    let end = (head.line + 1..lines.len()).find(|&i| ends(i)).unwrap_or(lines.len());
    let next = layout.text_from(end);
    // … or the post that it stands in
    let post_ends = |next: usize| {
        let line = layout.text(source, next);
        post::is_button(line) || post::is_head(line)
    };
    let below_note = head.line.checked_sub(1).is_some_and(|above| opens.contains(&above));
    let page_ends = |next: usize| layout.feeds && lines[end..=next].iter().any(|l| l.feed);
    head.weight >= OPENS
        && !head.traits.own_line
        && (below_gap || below_note || opens.contains(&end))
        && end - head.line <= LONGEST
        && says_something(source.text[head.span.end as usize..lines[end - 1].end].trim())
        && next.is_none_or(|n| opens.contains(&n) || page_ends(n) || post_ends(n))
}

/// True for several words, or one that is a sentence.
fn says_something(text: &str) -> bool {
    text.contains(' ') || text.contains(char::is_alphabetic) && closes_sentence(text)
}
