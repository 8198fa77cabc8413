//! The pairs that are worth looking at, and what each weighs by itself.
//!
//! The weights were picked on practice documents of every convention, watching precision first.

use std::collections::HashMap;

use super::{Free, Pair, Problem, SOLID};
use crate::notes::{Label, Sign, same_bracket};

/// For each note, this many of the nearest signs before it with its label are looked at, and as many of
/// those that look most like markers.
const NEAREST: usize = 24;

/// What a pair must weigh before it gains anything: the marker's weight and the note's together.
const PRICE: f32 = 2.2;
/// Gain where form feeds show that marker and note share a page.
const SAME_PAGE: f32 = 0.8;
/// … and for a symbol in the paragraph right above its note.
const NEXT_BLOCK: f32 = 0.9;
/// … and for figures that marker and note close alike, `1)`.
const CLOSED_ALIKE: f32 = 0.6;
/// … and for bare figures that both stand on lines of their own, on one page or the next.
const ALONE_ALIKE: f32 = 0.4;
/// What such a figure weighs at least that stands between the words of a text.
const BETWEEN_WORDS: f32 = 1.2;
/// … and for bare figures on another page than the note.
const OTHER_PAGE: f32 = -0.6;
/// … and for signs that stand among the notes.
const AMONG_NOTES: f32 = -1.5;
/// Lines of a page.
const PAGE: usize = 60;

/// A pair worth looking at; a text of many alike has fifty times as many as notes, so it is small.
pub(super) struct Possible {
    pub(super) marker: u32,
    pub(super) head: u32,
    gain: f32,
}

impl Possible {
    /// `None` beyond what the numbers hold: no document that is read has so many candidates.
    fn new(marker: usize, head: usize, gain: f32) -> Option<Possible> {
        Some(Possible { marker: marker.try_into().ok()?, head: head.try_into().ok()?, gain })
    }

    pub(super) fn pair(&self) -> Pair {
        Pair { marker: self.marker as usize, head: self.head as usize, gain: self.gain }
    }
}

/// All pairs worth looking at: at most 2 × [`NEAREST`] a note.
pub(super) fn possible(problem: &Problem, free: &Free) -> Vec<Possible> {
    let Problem { layout, markers, heads } = *problem;
    let mut by_label: HashMap<&Label, Vec<usize>> = HashMap::new();
    for &m in &free.markers {
        by_label.entry(&markers[m].label).or_default().push(m);
    }
    let mut strong: HashMap<&Label, Vec<usize>> = HashMap::new();
    for (&label, list) in &by_label {
        if list.len() > NEAREST {
            let mut list = list.clone();
            list.sort_by(|&a, &b| markers[b].weight.total_cmp(&markers[a].weight).then(a.cmp(&b)));
            list.truncate(NEAREST);
            strong.insert(label, list);
        }
    }
    let mut heads_of: HashMap<&Label, Vec<u32>> = HashMap::new();
    for &h in &free.heads {
        heads_of.entry(&heads[h].label).or_default().push(heads[h].span.start);
    }
    // Runs of lines without a blank between them, and the first head in each.
    let run = layout.runs();
    let mut first_head: HashMap<u32, u32> = HashMap::new();
    for &h in free.heads.iter().filter(|&&h| heads[h].weight >= SOLID) {
        first_head.entry(run[heads[h].line]).or_insert(heads[h].span.start);
    }
    let page = layout.pages();
    let mut pairs = Vec::new();
    for &h in &free.heads {
        let head = &heads[h];
        let Some(list) = by_label.get(&head.label) else { continue };
        // Heads with the same label, which may be passed over.
        let alike = &heads_of[&head.label];
        let above = &alike[..alike.partition_point(|&at| at < head.span.start)];
        let before = list.partition_point(|&m| markers[m].span.end <= head.span.start);
        let nearest = &list[before.saturating_sub(NEAREST)..before];
        // … and none behind the head
        let first = nearest.first().copied().unwrap_or(0);
        let far = strong.get(&head.label).into_iter().flatten().copied().filter(|&m| m < first);
        for m in nearest.iter().copied().chain(far).filter(|&m| same_bracket(&markers[m], head)) {
            let marker = &markers[m];
            let lines = head.line.saturating_sub(marker.line) as f32;
            // The nearest is the likeliest.
            let passed = above.iter().rev().take(2).filter(|&&at| at >= marker.span.end).count();
            let mut gain =
                marker.weight + head.weight - PRICE - 0.12 * (1.0 + lines / 30.0).ln() - 0.25 * passed as f32;
            if layout.feeds && page[marker.line] == page[head.line] {
                gain += SAME_PAGE;
            } else if layout.feeds && marker.sign == Sign::Bare {
                gain += OTHER_PAGE;
            }
            let closed = |shown: &str| shown.ends_with(')');
            if marker.sign == Sign::Bare && closed(&marker.shown) && closed(&head.shown) {
                gain += CLOSED_ALIKE;
            }
            let near = head.line - marker.line.min(head.line) <= PAGE;
            if marker.traits.alone && marker.weight >= BETWEEN_WORDS && head.traits.own_line && near {
                gain += ALONE_ALIKE;
            }
            if marker.sign == Sign::Symbol && run[marker.line] + 1 == run[head.line] {
                gain += NEXT_BLOCK;
            }
            // A sign within the block of notes that the note itself stands in is a word of another note.
            let among_notes = run[marker.line] == run[head.line]
                && first_head.get(&run[head.line]).is_some_and(|&first| first < marker.span.start);
            if among_notes {
                gain += AMONG_NOTES;
            }
            pairs.extend(Possible::new(m, h, gain));
        }
    }
    pairs
}
