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
use crate::notes::Apparatus;
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
    // For every line, the place of its page in reading order.
    let mut page_of = vec![0; layout.lines.len()];
    for (number, page) in ordered.pages.iter().enumerate() {
        for line in page.clone() {
            page_of[line] = number;
        }
    }
    let mut sequence: Vec<usize> = (0..apparatus.notes.len()).collect();
    sequence.sort_by_key(|&i| {
        let start = apparatus.notes[i].head.start as usize;
        (page_of.get(layout.line_at(start)).copied().unwrap_or(0), start)
    });
    let mut place = vec![0; sequence.len()];
    for (new, &old) in sequence.iter().enumerate() {
        place[old] = new;
    }
    let mut notes: Vec<_> = sequence.iter().map(|&i| apparatus.notes[i].clone()).collect();
    let (mut part, mut last) = (1, 0);
    for note in &mut notes {
        let rank = note.label.rank().unwrap_or(0);
        if rank > 0 && rank <= last {
            part += 1;
        }
        if rank > 0 {
            last = rank;
        }
        note.part = part;
    }
    apparatus.notes = notes;
    for marker in &mut apparatus.markers {
        marker.note = marker.note.and_then(|n| place.get(n.0 as usize).map(|&p| NoteId(p as u32)));
    }
}
