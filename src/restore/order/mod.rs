//! The pages in reading order.
//!
//! A file may hold its pages as they were printed: a booklet's in the order of its sheets, a stack of scans
//! upside down. This is undone where the text itself shows it beyond doubt; everything else stays as printed.
//!
//! 1. [`edges`]: lines that could be page numbers or running heads, which in the wrong order keep no step
//! 2. [`pages`]: the places where a page could begin, and what stands before and behind each
//! 3. [`contents`]: which heading stands on which page
//! 4. [`evidence`]: how well what ends at one place goes on at another
//! 5. [`looks`]: how much each place looks like the edge of a page, and how long pages are, learnt from the text
//! 6. [`imposition`]: the orders that are thought of, as streams of pages
//! 7. [`search`]: for each of them, the best way to cut the text into such pages
//! 8. [`decide`]: the best of all, if it is better than the printed order beyond doubt
//! 9. [`given`]: what `pages:` says, which overrules everything

mod contents;
mod decide;
mod edges;
mod evidence;
mod given;
mod imposition;
mod looks;
mod pages;
mod search;

use std::ops::Range;

use super::body::Rest;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::layout::Layout;
use crate::model::{Form, NoteId, OmissionReason, Repair, RepairKind};
use crate::notes::{Apparatus, FoundNote};
use crate::said::{Said, said};
use crate::source::{Source, Span};

/// The reading order of a document.
#[derive(Clone, Debug, Default)]
pub struct Ordered {
    /// Ranges of lines in reading order; together they hold every line once. One range: as printed.
    pub pages: Vec<Range<usize>>,
    /// Lines that are page numbers and running heads in this order.
    pub furniture: Vec<(usize, OmissionReason)>,
    /// What was changed, if anything.
    pub repair: Option<Repair>,
    /// What is to be said about it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Ordered {
    /// The order in which the file has it.
    fn as_printed(layout: &Layout) -> Ordered {
        Ordered { pages: std::iter::once(0..layout.lines.len()).collect(), ..Ordered::default() }
    }

    /// True if nothing was moved.
    pub fn is_as_printed(&self) -> bool {
        self.pages.windows(2).all(|w| w[0].end <= w[1].start)
    }
}

/// Finds the reading order. `rests` are the lines that carry running text; `given` is the owner's word.
pub fn order(
    source: &Source,
    layout: &Layout,
    form: Form,
    apparatus: &Apparatus,
    rests: &[Rest],
    given: Option<&str>,
) -> Ordered {
    let mut ordered = Ordered::as_printed(layout);
    let place = layout.lines.first().map_or(0, |l| l.start);
    let at = Span::new(place, place);
    if let Some(given) = given {
        match given::pages(source, layout, apparatus, rests, given) {
            Ok(pages) => {
                ordered.pages = pages;
                if !ordered.is_as_printed() {
                    ordered.repair =
                        Some(repair(source, at, said!("pages in the order that `pages:` gives: {}", given)));
                }
            }
            Err(message) => {
                let finding = Diagnostic::at(Severity::Warning, Code::BadFact, source, at, message);
                ordered
                    .diagnostics
                    .push(finding.hint(said!("write page numbers and ranges in file order: `5-18, 20, 19`")));
            }
        }
        return ordered;
    }
    // A clipped page or a thread never was on paper.
    if matches!(form, Form::Clipped | Form::Thread | Form::Html) {
        return ordered;
    }
    match decide::decide(source, layout, apparatus, rests) {
        decide::Decision::AsPrinted => {}
        decide::Decision::Doubt(message) => {
            let finding = Diagnostic::at(Severity::Warning, Code::UncertainOrder, source, at, message);
            ordered.diagnostics.push(
                finding.hint(said!("if the order is wrong, give the right one as `pages: 5-18, 20, 19`")),
            );
        }
        decide::Decision::Moved(moved) => {
            ordered.repair = Some(repair(source, at, moved.detail));
            ordered.pages = moved.pages;
            ordered.furniture = moved.furniture;
        }
    }
    ordered
}

fn repair(source: &Source, span: Span, detail: Said) -> Repair {
    let (before, after) = (String::new(), String::new());
    let line = source.line_of(span.start as usize);
    Repair { kind: RepairKind::PageOrder, span, line, detail, before, after, at: span.start }
}

/// Puts the notes of an apparatus into reading order and counts their parts anew: a label that begins
/// again begins a part where it is read, not where it was printed.
pub fn rearrange(layout: &Layout, ordered: &Ordered, apparatus: &mut Apparatus) {
    if ordered.is_as_printed() {
        return;
    }
    let sequence = in_reading_order(layout, ordered, &apparatus.notes);
    let mut place = vec![0; sequence.len()];
    for (new, &old) in sequence.iter().enumerate() {
        place[old] = new;
    }
    apparatus.notes = sequence.iter().map(|&old| apparatus.notes[old].clone()).collect();
    count_parts(&mut apparatus.notes);
    for marker in &mut apparatus.markers {
        marker.note = marker.note.and_then(|n| place.get(n.0 as usize).map(|&p| NoteId(p as u32)));
    }
}

/// The notes by number, as they are read.
fn in_reading_order(layout: &Layout, ordered: &Ordered, notes: &[FoundNote]) -> Vec<usize> {
    let mut page_of = vec![0; layout.lines.len()];
    for (number, page) in ordered.pages.iter().enumerate() {
        page_of[page.clone()].fill(number);
    }
    let mut sequence: Vec<usize> = (0..notes.len()).collect();
    sequence.sort_by_key(|&i| {
        let start = notes[i].head.start as usize;
        (page_of.get(layout.line_at(start)).copied().unwrap_or(0), start)
    });
    sequence
}

/// Gives each note the part that its label counts in; names do not count.
fn count_parts(notes: &mut [FoundNote]) {
    let (mut part, mut last) = (1, 0);
    for note in notes {
        if let Some(rank) = note.label.rank().filter(|&rank| rank > 0) {
            part += u32::from(rank <= last);
            last = rank;
        }
        note.part = part;
    }
}
