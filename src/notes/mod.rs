//! Text → markers and notes.
//!
//! 1. [`marker`] finds every sign that could point to a note, each with a weight for how much it looks like one
//! 2. [`head`] finds every line that could open a note
//! 3. [`pair`] alone decides: for each way of writing markers and notes it solves the whole document at
//!    once, and takes the ways that explain it; [`doubt`] says which of them to leave
//! 4. [`leftover`] finds what stays single: a second marker of a note, a note whose marker was lost, a marker
//!    whose note is missing
//! 5. [`lone`]: the one note of a text that has no other
//! 6. [`extent`] says where each note ends
//! 7. [`given`]: what the owner says of them, before and after the solving
//!
//! Notes written in Markdown's own way (`[^name]`) are not found here but by `parse::markdown`.

mod candidate;
mod convention;
mod doubt;
mod extent;
mod given;
mod head;
mod label;
mod leftover;
mod link;
mod listing;
mod lone;
mod marker;
mod pair;
mod refused;
mod several;
mod sign;

pub use convention::Convention;
pub use head::titles_notes;
pub use label::Label;
pub use refused::{Refused, refused};
pub use sign::Sign;

use crate::fixes::Fixes;
use crate::layout::Layout;
use crate::model::{Form, Marker, NoteId};
use crate::source::{Source, Span};

/// True unless both labels stand in brackets, but of different kinds: `{1}` does not point to `[1]`.
fn same_bracket(marker: &marker::Candidate, head: &head::Candidate) -> bool {
    (marker.sign, head.sign) != (Sign::Bracket, Sign::Bracket)
        || sign::bracket(&marker.shown) == sign::bracket(&head.shown)
}

/// A note as it stands in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundNote {
    /// The label.
    pub label: Label,
    /// The label as readers see it at the head of the note.
    pub shown: String,
    /// From the label's first byte to where the text begins.
    pub head: Span,
    /// The text, in one piece or several (continued behind a page break).
    pub pieces: Vec<Span>,
    /// The part its label counts in, from 1.
    pub part: u32,
}

/// Everything that was found.
#[derive(Clone, Debug, Default)]
pub struct Apparatus {
    /// Markers in source order.
    pub markers: Vec<Marker>,
    /// Notes in source order.
    pub notes: Vec<FoundNote>,
    /// How the document writes them.
    pub conventions: Vec<Convention>,
    /// Markers that their owner wants elsewhere than where they are printed: which, and the place in the source.
    pub moved: Vec<(usize, usize)>,
    /// Signs that say where notes stood, and are no part of the text.
    pub signs: Vec<Span>,
}

/// What could be markers and notes, before any is taken for one.
struct Candidates {
    markers: Vec<marker::Candidate>,
    heads: Vec<head::Candidate>,
    feet: head::Feet,
}

impl Candidates {
    fn read(source: &Source, layout: &Layout, form: Form) -> Candidates {
        let defined = form.is_markdown() && marker::defines_notes(source, layout);
        let feet = head::Feet::read(source, layout, form, defined);
        let mut markers = marker::candidates(source, layout, form);
        markers.retain(|m| !feet.labels(m.span));
        let mut heads = head::candidates(source, layout, form, defined, &markers, &feet);
        in_roman(&mut markers, &mut heads);
        in_stars(&mut markers, &mut heads);
        in_pages(&mut markers, &mut heads);
        Candidates { markers, heads, feet }
    }
}

/// Finds the markers and notes of a document and ties them.
pub fn find(source: &Source, layout: &Layout, form: Form, fixes: &Fixes) -> Apparatus {
    let Candidates { mut markers, mut heads, mut feet } = Candidates::read(source, layout, form);
    let mut given = given::prepare(source, layout, fixes, &mut markers, &mut heads);
    given.extend(feet.heads().map(|h| h.span.start));
    let mut solution = pair::Solution::default();
    if !says_its_notes(source, form) {
        solution = pair::solve(&pair::Problem { layout, markers: &markers, heads: &heads });
        leftover::complete(layout, &markers, &heads, &mut solution);
        lone::find(source, layout, &markers, &heads, &mut solution);
    }
    given::notes(&heads, &given, &mut solution);
    let mut notes = extent::notes(source, layout, &markers, &heads, &solution);
    feet.settle(source, layout, &mut notes);
    let found = solution
        .markers
        .iter()
        .map(|m| {
            let candidate = &markers[m.candidate];
            Marker {
                label: candidate.label.to_string(),
                shown: candidate.shown.clone(),
                span: candidate.span,
                note: m.note.map(|n| NoteId(n as u32)),
                evidence: m.evidence.clone(),
            }
        })
        .collect();
    let mut apparatus = Apparatus {
        markers: found,
        notes,
        conventions: solution.conventions,
        moved: Vec::new(),
        signs: feet.signs,
    };
    given::markers(source, layout, fixes, &markers, &mut apparatus);
    apparatus
}

/// True for a page whose links tie markers to notes: what else is numbered there is no note, or its author would have
/// made it one.
fn says_its_notes(source: &Source, form: Form) -> bool {
    form == Form::Html && source.text[source.body_start..].contains("\n[^")
}

/// Where notes are labelled `{17a}`, `{17b}`, the numbers in such brackets are pages.
fn in_pages(markers: &mut [marker::Candidate], heads: &mut [head::Candidate]) {
    let brace = |shown: &str| sign::bracket(shown) == '{';
    if heads.iter().filter(|h| h.label.is_page() && brace(&h.shown)).count() > 1 {
        markers.iter_mut().filter(|m| brace(&m.shown)).for_each(|m| m.label.in_pages());
        heads.iter_mut().filter(|h| brace(&h.shown)).for_each(|h| h.label.in_pages());
    }
}

/// Where `**` follows `*` and no other symbol is used, stars are counted.
fn in_stars(markers: &mut [marker::Candidate], heads: &mut [head::Candidate]) {
    let symbols = |h: &&head::Candidate| h.sign == Sign::Symbol;
    let starred = heads.iter().any(|h| h.label.is_stars(2)) && markers.iter().any(|m| m.label.is_stars(2));
    if starred && heads.iter().filter(symbols).all(|h| h.label.is_stars(1)) {
        markers.iter_mut().for_each(|m| m.label.in_stars());
        heads.iter_mut().for_each(|h| h.label.in_stars());
    }
}

/// Where notes are counted `ii`, `iii`, a lone `i`, `v` or `x` is a numeral as well.
fn in_roman(markers: &mut [marker::Candidate], heads: &mut [head::Candidate]) {
    let counted = |rank: u32| heads.iter().any(|h| h.label.is_roman() && h.label.rank() == Some(rank));
    if counted(2) && counted(3) {
        markers.iter_mut().for_each(|m| m.label.in_roman());
        heads.iter_mut().for_each(|h| h.label.in_roman());
    }
}
