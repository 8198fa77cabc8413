//! Citations: what the notes, the lists of works and the running text of one document refer to.
//!
//! 1. `text`: blocks → the text of each stretch, with its emphasis, lists and markers
//! 2. `token`: text → words, numbers, signs; quotations and parentheses matched
//! 3. `scan`: where a citation may begin, and where its clause ends
//! 4. `reading` (with `name`, `rest`, `locator`): one citation, by weighed evidence; nothing is resolved yet. `unread`:
//!    the letters and call numbers between them, which an *ibid.* may mean
//! 5. `resolve` (with `known`, `title`, `near`): what each stands for, in reading order, or that it is not certain
//!
//! All of it is a pure function of the document and yields a small record, [`Citations`]. That works of two documents are
//! one is for the archive to say ([`index::works`](crate::index)).
//!
//! A wrong reference is worse than a missing one: what is doubtful is kept as a doubt, with its candidates.

mod known;
mod locator;
mod model;
mod name;
mod near;
mod reading;
mod resolve;
mod rest;
mod scan;
mod text;
mod title;
mod token;
mod unread;
mod vocabulary;
mod why;

pub use known::same_person;
pub use model::{Citation, Citations, Description, Found, Kind, Locator, Manner, Name};
pub use title::{TitleKey, arabic, spoken};
pub use why::{Before, Why};

use std::collections::BTreeMap;

use crate::model::{Document, Note, NoteId, Stretch};
use resolve::Unit;

/// Reads and resolves the citations of a document.
pub fn read(document: &Document) -> Citations {
    let body = text::of(&document.body, Stretch::Body);
    let mut scanned = scan::body(&body).into_iter().peekable();
    let mut units = Vec::new();
    // Notes come where their first marker stands; one that no marker points to stays behind the one before it.
    let mut places: Vec<Option<usize>> = vec![None; document.notes.len()];
    for &(at, marker) in &body.markers {
        let note = document.markers.get(marker.0 as usize).and_then(|m| m.note);
        if let Some(place) = note.and_then(|n| places.get_mut(n.0 as usize)) {
            place.get_or_insert(at);
        }
    }
    let marks: BTreeMap<usize, usize> =
        places.iter().enumerate().filter_map(|(i, place)| Some((i, (*place)?))).collect();
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    let mut last = 0;
    for (i, place) in places.into_iter().enumerate() {
        last = place.unwrap_or(last);
        order.push((last, i));
    }
    order.sort_unstable();
    let mut left = scan::MOST;
    for (at, i) in order {
        let mut before = Vec::new();
        while let Some(next) = scanned.next_if(|s| s.reading.range.start < at) {
            before.push(next);
        }
        if !before.is_empty() {
            units.push(Unit::body(before));
        }
        let marked = marks.get(&i).map(|&at| sentence_before(&body, at)).unwrap_or_default();
        if left > 0 {
            let unit = unit(&document.notes[i], NoteId(i as u32), &marked, left);
            left = left.saturating_sub(unit.readings.len());
            units.push(unit);
        }
    }
    units.push(Unit::body(scanned.collect()));
    resolve::resolve(&units)
}

/// The sentence that ends where a marker stands.
fn sentence_before(body: &text::Text, at: usize) -> String {
    let line = body.lines.partition_point(|l| l.range.end < at);
    let Some(line) = body.lines.get(line).filter(|l| l.range.start <= at) else { return String::new() };
    scan::sentence(&body.text, line.range.clone(), at..at)
}

fn unit(note: &Note, id: NoteId, sentence: &str, most: usize) -> Unit {
    let stretch = Stretch::Note(id);
    let (mut readings, unread) = scan::note(&text::of(&note.blocks, stretch), most);
    for scanned in &mut readings {
        sentence.clone_into(&mut scanned.sentence);
    }
    Unit { stretch, label: Some((note.part, note.label.clone())), readings, unread }
}
