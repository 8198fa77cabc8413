//! Markers and notes in reading order.

use crate::model::{Block, BlockKind, HtmlPart, Inline, InlineKind, Marker, MarkerId, Note, NoteId};

/// A document's trees and arenas, numbered anew.
pub(super) struct Ordered {
    pub body: Vec<Block>,
    pub markers: Vec<Marker>,
    pub notes: Vec<Note>,
}

/// Numbers markers by where they stand: the body's, then each note's. The first `labelled` notes came with their
/// labels and keep their order, as the source lists them; those after (`[^name]`, `^[…]`) are listed by their first
/// marker, those without a marker last.
pub(super) fn order(
    mut body: Vec<Block>,
    markers: Vec<Marker>,
    notes: Vec<Note>,
    labelled: usize,
) -> Ordered {
    let mut reached: Vec<MarkerId> = Vec::with_capacity(markers.len());
    visit(&mut body, &mut |id| reached.push(*id));
    let mut listing = Listing {
        number: vec![None; notes.len()],
        waiting: notes.into_iter().map(Some).collect(),
        listed: Vec::new(),
    };
    for i in 0..labelled {
        listing.list(i, &mut reached);
    }
    // `reached` grows while it is read: notes may refer to notes.
    let mut next = 0;
    while let Some(id) = reached.get(next) {
        next += 1;
        if let Some(note) = markers.get(id.0 as usize).and_then(|m| m.note) {
            listing.list(note.0 as usize, &mut reached);
        }
    }
    for i in labelled..listing.waiting.len() {
        listing.list(i, &mut reached);
    }
    let Listing { number, listed: mut notes, .. } = listing;

    let mut sequence: Vec<Option<u32>> = vec![None; markers.len()];
    let mut ordered: Vec<Marker> = Vec::with_capacity(markers.len());
    let mut add = |id: MarkerId, sequence: &mut [Option<u32>]| {
        let slot = &mut sequence[id.0 as usize];
        if slot.is_none() {
            *slot = Some(ordered.len() as u32);
            let mut marker = markers[id.0 as usize].clone();
            marker.note = marker.note.and_then(|n| number.get(n.0 as usize).copied().flatten());
            ordered.push(marker);
        }
    };
    let mut renumber = |id: &mut MarkerId| {
        add(*id, &mut sequence);
        *id = MarkerId(sequence[id.0 as usize].unwrap_or(id.0));
    };
    visit(&mut body, &mut renumber);
    notes.iter_mut().for_each(|n| visit(&mut n.blocks, &mut renumber));
    for id in 0..markers.len() as u32 {
        add(MarkerId(id), &mut sequence);
    }
    Ordered { body, markers: ordered, notes }
}

/// Notes on their way into the order in which they are listed.
struct Listing {
    waiting: Vec<Option<Note>>,
    listed: Vec<Note>,
    number: Vec<Option<NoteId>>,
}

impl Listing {
    /// Lists a note unless it is listed, and adds the markers in it to those reached.
    fn list(&mut self, i: usize, reached: &mut Vec<MarkerId>) {
        let Some(mut note) = self.waiting.get_mut(i).and_then(Option::take) else { return };
        self.number[i] = Some(NoteId(self.listed.len() as u32));
        visit(&mut note.blocks, &mut |id| reached.push(*id));
        self.listed.push(note);
    }
}

/// Calls `f` for every marker, in reading order.
pub(super) fn visit(blocks: &mut [Block], f: &mut dyn FnMut(&mut MarkerId)) {
    fn inlines(content: &mut [Inline], f: &mut dyn FnMut(&mut MarkerId)) {
        for inline in content {
            if let InlineKind::Marker(id) = &mut inline.kind {
                f(id);
            } else if let Some(inner) = inline.kind.content_mut() {
                inlines(inner, f);
            }
        }
    }
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Aside(_, content)
            | BlockKind::Preformatted(content) => {
                inlines(content, f);
            }
            BlockKind::Quote(blocks) => visit(blocks, f),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|i| visit(&mut i.blocks, f)),
            BlockKind::Verse(lines) => lines.iter_mut().for_each(|l| inlines(l, f)),
            BlockKind::Table { head, rows, .. } => {
                std::iter::once(head).chain(rows).flatten().for_each(|cell| inlines(cell, f));
            }
            BlockKind::Html(parts) => {
                for part in parts {
                    if let HtmlPart::Marker(id) = part {
                        f(id);
                    }
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}
