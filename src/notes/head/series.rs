//! What heads make of one another: a list that counts on, a block at a page's foot, the bullets of a list.

use std::collections::{BTreeMap, HashSet};

use super::{Candidate, titles_notes};
use crate::layout::{Kind, Layout};
use crate::notes::{Sign, marker};
use crate::source::Source;

/// Stars that follow one another are the bullets of a list, not notes: notes of one page count on
/// (`*`, `†`, …).
pub fn bullets(layout: &Layout, markers: &[marker::Candidate], heads: &mut [Candidate]) {
    /// Lines of the longest list item that this looks over.
    const ITEM: usize = 6;
    let star = |h: &Candidate| h.sign == Sign::Symbol && matches!(h.shown.as_str(), "*" | "∗");
    let stars: Vec<usize> = (0..heads.len()).filter(|&i| star(&heads[i])).collect();
    let mut bullet = vec![false; stars.len()];
    // … but not where a star behind a word stands between them.
    let marks: Vec<usize> =
        markers.iter().filter(|m| m.sign == Sign::Symbol && m.weight >= 0.7).map(|m| m.line).collect();
    for k in 1..stars.len() {
        let (above, below) = (&heads[stars[k - 1]], &heads[stars[k]]);
        let same_indent = layout.lines[above.line].indent == layout.lines[below.line].indent;
        let marked = marks.get(marks.partition_point(|&l| l <= above.line)).is_some_and(|&l| l < below.line);
        if below.line - above.line <= ITEM && same_indent && !marked {
            (bullet[k - 1], bullet[k]) = (true, true);
        }
    }
    for (k, &i) in stars.iter().enumerate() {
        if bullet[k] {
            heads[i].weight *= 0.1;
        }
    }
}

/// Heads that count on for long are rather the notes than a short list in the text; so are those under
/// a heading that says so.
pub fn runs(source: &Source, layout: &Layout, heads: &mut [Candidate]) {
    let mut by_sign: BTreeMap<Sign, Vec<usize>> = BTreeMap::new();
    for (i, head) in heads.iter().enumerate() {
        by_sign.entry(head.sign).or_default().push(i);
    }
    for indices in by_sign.values() {
        let mut start = 0;
        while start < indices.len() {
            let mut end = start + 1;
            let rank = |k: usize| heads[indices[k]].label.rank();
            while end < indices.len() && rank(end).is_some() && rank(end) == rank(end - 1).map(|r| r + 1) {
                end += 1;
            }
            let titled = layout
                .text_before(heads[indices[start]].line)
                .is_some_and(|l| titles_notes(layout.text(source, l)));
            let bonus = (0.15 * ((end - start) as f32).log2()).min(0.9) + if titled { 0.6 } else { 0.0 };
            for &i in &indices[start..end] {
                heads[i].weight += bonus;
                heads[i].traits.titled = titled;
            }
            start = end;
        }
    }
}

/// Lines `(1)`, `(2)` that head sections rather than notes: notes whose markers all stand before them follow one another,
/// and these are parted by further text.
pub fn sections(layout: &Layout, markers: &[marker::Candidate], heads: &mut [Candidate]) {
    /// Paragraphs from one note to the next, on average, at most.
    const NOTE: u32 = 2;
    let run = layout.runs();
    let called: HashSet<u32> = heads.iter().map(|h| h.span.start).collect();
    let called: Vec<&marker::Candidate> =
        markers.iter().filter(|m| m.sign == Sign::Paren && !called.contains(&m.span.start)).collect();
    let listed: Vec<usize> = (0..heads.len()).filter(|&i| heads[i].sign == Sign::Paren).collect();
    let counts_on = |a: &usize, b: &usize| {
        let rank = |i: usize| heads[i].label.rank();
        rank(*b).is_some() && rank(*b) == rank(*a).map(|r| r + 1)
    };
    let mut scattered = Vec::new();
    for list in listed.chunk_by(counts_on) {
        let mut distances = Vec::new();
        for w in list.windows(2) {
            let (above, below) = (&heads[w[0]], &heads[w[1]]);
            let first = called.partition_point(|m| m.span.start < above.span.end);
            let mut between = called[first..].iter().take_while(|m| m.span.start < below.span.start);
            if !between.any(|m| m.label == below.label) {
                distances.push(run[below.line] - run[above.line]);
            }
        }
        if distances.iter().sum::<u32>() > NOTE * distances.len() as u32 {
            scattered.extend_from_slice(list);
        }
    }
    scattered.into_iter().for_each(|i| heads[i].weight *= 0.2);
}

/// A block that reaches down to where a page ends is rather notes than a list.
pub fn feet(layout: &Layout, heads: &mut [Candidate]) {
    let lines = &layout.lines;
    // for every line, whether the text from there on reaches the page's end without a blank line
    let mut reaches = vec![false; lines.len() + 1];
    for i in (0..lines.len()).rev() {
        let ends_here = |k: usize| {
            let next = (k..lines.len()).find(|&n| !lines[n].is_blank());
            next.is_some_and(|n| lines[n].is_furniture() || lines[k..=n].iter().any(|l| l.feed || l.column))
        };
        reaches[i] = lines[i].is_text()
            && (reaches[i + 1] || (!lines.get(i + 1).is_some_and(|l| l.is_text()) && ends_here(i + 1)));
        if lines.get(i + 1).is_some_and(|l| l.feed || l.column) {
            reaches[i] = lines[i].is_text();
        }
    }
    for head in heads {
        let above =
            head.line.checked_sub(1).is_none_or(|a| lines[a].is_blank() || lines[a].kind == Kind::Rule);
        if reaches[head.line] && above && !head.traits.own_line {
            head.weight += 0.4;
        }
    }
}
