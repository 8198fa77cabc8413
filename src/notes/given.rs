//! What the owner says of markers and notes (`marker:`, `note:`): evidence that overrules.
//!
//! What is no marker or no note is not even a candidate. A note that is given is one whatever the search says, and
//! a marker that is given is tied when the search is done.

use std::collections::BTreeSet;

use super::pair::{ChosenNote, Solution};
use super::{Apparatus, Label, Sign, head, marker};
use crate::fixes::{Action, Fixes};
use crate::layout::Layout;
use crate::model::{Marker, NoteId};
use crate::source::{Source, Span};

/// Weight of a head that is given: that of one which is hardly anything else.
const PLAIN: f32 = 3.0;

/// Takes out what is no marker and no note, and puts in the notes that are given; their places.
pub fn prepare(
    source: &Source,
    layout: &Layout,
    fixes: &Fixes,
    markers: &mut Vec<marker::Candidate>,
    heads: &mut Vec<head::Candidate>,
) -> Vec<u32> {
    let mut given = Vec::new();
    for fix in fixes.iter() {
        let start = fix.span.start;
        match &fix.action {
            Action::Marker(None) => retain(markers, fix, |m| {
                fix.touches(m.span.start as usize) || behind(source, fix.span, m.span.start)
            }),
            Action::Note(None) => {
                retain(heads, fix, |h| {
                    fix.touches(h.span.start as usize) || fix.touches(h.span.end as usize)
                });
            }
            Action::Note(Some(label)) => {
                let wanted = Label::new(label);
                let here = |h: &head::Candidate| h.span.start == start || h.span.end == start;
                let same = heads.iter_mut().find(|h| h.label == wanted && here(h));
                match same {
                    Some(head) => {
                        head.weight = PLAIN;
                        given.push(head.span.start);
                    }
                    None => {
                        let line = layout.line_at(start as usize);
                        let sign = usual(heads);
                        let span = Span { start, end: start };
                        heads.push(head::Candidate::new(span, label, String::new(), sign, PLAIN, line));
                        given.push(start);
                    }
                }
                fix.mark_used();
            }
            _ => {}
        }
    }
    if !given.is_empty() {
        heads.sort_by_key(|h| (h.span.start, h.span.end));
    }
    given
}

fn retain<T>(candidates: &mut Vec<T>, fix: &crate::fixes::Placed, is_meant: impl Fn(&T) -> bool) {
    let before = candidates.len();
    candidates.retain(|c| !is_meant(c));
    if candidates.len() < before {
        fix.mark_used();
    }
}

/// True for a place behind the words with nothing but spaces between.
fn behind(source: &Source, words: Span, at: u32) -> bool {
    words.end <= at && source.text[words.end as usize..at as usize].bytes().all(|b| b == b' ')
}

/// The sign that most notes seem to be written with.
fn usual(heads: &[head::Candidate]) -> Sign {
    let mut counts: std::collections::BTreeMap<Sign, usize> = std::collections::BTreeMap::new();
    heads.iter().for_each(|h| *counts.entry(h.sign).or_default() += 1);
    counts.into_iter().max_by_key(|c| c.1).map_or(Sign::Dotted, |c| c.0)
}

/// Adds the given notes that the search did not take.
pub fn notes(heads: &[head::Candidate], given: &[u32], solution: &mut Solution) {
    let first_at = |&start: &u32| {
        let candidate = heads.partition_point(|h| h.span.start < start);
        heads.get(candidate).is_some_and(|h| h.span.start == start).then_some(candidate)
    };
    let wanted: BTreeSet<usize> = given.iter().filter_map(first_at).collect();
    let mut wanted = wanted.into_iter().peekable();
    let taken = std::mem::take(&mut solution.notes);
    let mut places = Vec::with_capacity(taken.len());
    for note in taken {
        while let Some(candidate) = wanted.next_if(|&candidate| candidate < note.candidate) {
            add(&mut solution.notes, candidate);
        }
        wanted.next_if_eq(&note.candidate);
        places.push(solution.notes.len());
        solution.notes.push(note);
    }
    wanted.for_each(|candidate| add(&mut solution.notes, candidate));
    for marker in &mut solution.markers {
        marker.note = marker.note.and_then(|n| places.get(n).copied());
    }
}

/// Adds a note to the part of the one before it.
fn add(notes: &mut Vec<ChosenNote>, candidate: usize) {
    let part = notes.last().map_or(1, |n| n.part);
    notes.push(ChosenNote { candidate, part });
}

/// Ties the given markers.
pub fn markers(
    source: &Source,
    layout: &Layout,
    fixes: &Fixes,
    candidates: &[marker::Candidate],
    apparatus: &mut Apparatus,
) {
    /// A marker within this many lines of the words is the one that is meant, printed in the wrong place.
    const NEAR: usize = 2;
    for fix in fixes.iter() {
        let Action::Marker(Some(label)) = &fix.action else { continue };
        let label = Label::new(label);
        let end = fix.span.end;
        let Some(note) = nearest(apparatus, &label, end) else { continue };
        fix.mark_used();
        let printed = candidates.iter().find(|c| {
            c.label == label
                && (behind(source, fix.span, c.span.start)
                    || c.span.end == end && c.span.start >= fix.span.start)
        });
        let (span, shown) = match printed {
            Some(candidate) => (candidate.span, candidate.shown.clone()),
            None => {
                let line = layout.line_at(end as usize);
                let near = apparatus.markers.iter().position(|m| {
                    m.note == Some(note) && layout.line_at(m.span.start as usize).abs_diff(line) <= NEAR
                });
                if let Some(marker) = near {
                    apparatus.moved.push((marker, end as usize));
                    continue;
                }
                (Span { start: end, end }, String::new())
            }
        };
        // Where a sign was taken for another note's, it is this one's now.
        let mut kept = apparatus.markers.len();
        apparatus.markers.retain(|m| {
            m.span.end <= span.start || span.end <= m.span.start || m.span == span && span.start == span.end
        });
        kept -= apparatus.markers.len();
        let at = apparatus.markers.partition_point(|m| m.span.start < span.start);
        let evidence = "given by the document's owner".to_owned();
        let label = label.to_string();
        apparatus.markers.insert(at, Marker { label, shown, span, note: Some(note), evidence });
        for (marker, _) in &mut apparatus.moved {
            // Markers before it keep their places.
            if *marker >= at {
                *marker = (*marker + 1).saturating_sub(kept);
            }
        }
    }
}

/// The note with a label that a marker at `at` belongs to: the next one, or the last one before.
fn nearest(apparatus: &Apparatus, label: &Label, at: u32) -> Option<NoteId> {
    let same = || apparatus.notes.iter().enumerate().filter(|(_, n)| n.label == *label);
    let next = same().find(|(_, n)| n.head.start >= at);
    next.or_else(|| same().next_back()).map(|(i, _)| NoteId(i as u32))
}
