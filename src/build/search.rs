//! Documents → the search index, a segment after the other and each in parallel.

use std::sync::Mutex;

use rayon::prelude::*;

use super::{Gist, Reading};
use crate::index::search::count::{Counted, Counter};
use crate::index::search::facets::Facets;
use crate::index::search::file::{Packed, Script};
use crate::index::search::item::{Block, Card, Item, Kind, Part};
use crate::index::search::segment::{Segment, list, segment_of, segments};
use crate::model::{Meta, Stretch};
use crate::render::conversation::NameEntry;
use crate::render::html::Anchors;
use crate::render::works::WorkCard;

/// Items counted at a time: enough to keep all processors busy, few enough to be held in memory.
const AT_A_TIME: usize = 64;

/// Bytes of data that can be searched: what is no text may have as many different words as it has lines.
const SEARCHED_DATA: usize = 1 << 20;

/// A document as something to be found.
pub fn item(gist: &Gist, anchors: &Anchors, reading: &Reading, url: String) -> Item {
    let meta = &gist.meta;
    let mut blocks = Vec::with_capacity(anchors.blocks.len());
    let mut left = if gist.is_data { SEARCHED_DATA } else { usize::MAX };
    let mut id = String::new();
    for place in &anchors.blocks {
        let stretch = place.passage.stretch;
        // What has no id of its own is found near what stands before it; a note has one address.
        let (part, own) = match stretch {
            Stretch::Body if place.heading.is_some() => (Part::Heading, place.id.as_ref()),
            Stretch::Body => (Part::Body, place.id.as_ref()),
            Stretch::Note(note) => (Part::Note, anchors.note_ids.get(note.0 as usize)),
        };
        if let Some(own) = own {
            id.clone_from(own);
        }
        let words = reading.stretch(stretch).get(place.passage.range.clone()).unwrap_or_default();
        let Some(still) = left.checked_sub(words.len()) else { break };
        left = still;
        blocks.push(Block { part, text: words.to_owned(), id: id.clone() });
    }
    let card = Card {
        kind: Kind::Text,
        url,
        title: meta.title.clone(),
        authors: meta.authors.clone(),
        date: meta.date.clone(),
        lang: meta.lang.clone(),
        tags: meta.tags.iter().map(|t| t.name.clone()).collect(),
    };
    Item { card, blocks }
}

/// A work that documents cite.
pub fn work(work: &WorkCard) -> Item {
    let card = Card {
        kind: Kind::Work,
        url: work.url.clone(),
        title: work.title.clone(),
        authors: Some(&work.author).filter(|author| !author.is_empty()).cloned().into_iter().collect(),
        date: work.year.clone(),
        ..Card::default()
    };
    Item { card, blocks: work.container.iter().map(body).collect() }
}

/// A name of the archive's index.
pub fn name(name: &NameEntry) -> Item {
    let card = Card { kind: Kind::Name, url: name.url.clone(), title: name.form.clone(), ..Card::default() };
    Item { card, blocks: name.variants.iter().map(body).collect() }
}

fn body(text: impl AsRef<str>) -> Block {
    Block { part: Part::Body, text: text.as_ref().to_owned(), id: String::new() }
}

/// What readers wrote into a document: of each note the text and its address in the site.
pub fn annotations(meta: &Meta, notes: Vec<(String, String)>) -> Option<Item> {
    let url = notes.first()?.1.split('#').next().unwrap_or_default().to_owned();
    let card = Card {
        kind: Kind::Annotation,
        url,
        title: meta.title.clone(),
        lang: meta.lang.clone(),
        ..Card::default()
    };
    let block = |(text, address): (String, String)| {
        let id = address.split_once('#').map(|(_, id)| id.to_owned()).unwrap_or_default();
        Block { part: Part::Body, text, id }
    };
    Some(Item { card, blocks: notes.into_iter().map(block).collect() })
}

/// The index of the items at `urls`, file by file to `sink`. `texts` of them are documents. `count` counts an item, by
/// its place, or remembers what an earlier build counted of it.
pub fn build<E: Send>(
    urls: &[String],
    texts: usize,
    count: impl Fn(usize, &mut Counter) -> Result<Counted, E> + Sync,
    mut sink: impl FnMut(Script),
) -> Result<(), E> {
    let segments = segments(texts);
    let mut members = vec![Vec::new(); segments];
    for (i, url) in urls.iter().enumerate() {
        members[segment_of(url, segments)].push(i);
    }
    let counters = Mutex::new(Vec::new());
    let mut facets = Facets::default();
    let mut summaries = Vec::with_capacity(segments);
    for (name, mut items) in members.into_iter().enumerate() {
        items.sort_by(|&a, &b| urls[a].cmp(&urls[b]));
        let mut segment = Segment::new(name);
        for some in items.chunks(AT_A_TIME) {
            let counted: Vec<Counted> = some
                .par_iter()
                .map(|&i| with_counter(&counters, |counter| count(i, counter)))
                .collect::<Result<_, E>>()?;
            let mut packed = Vec::new();
            for counted in counted {
                facets.add(&counted.card);
                packed.extend(segment.add(counted));
            }
            write(packed, &mut sink);
        }
        // The files of the last one need the room.
        if name + 1 == segments
            && let Ok(mut counters) = counters.lock()
        {
            counters.clear();
        }
        let (packed, summary) = segment.finish();
        write(packed, &mut sink);
        summaries.push(summary);
    }
    sink(facets.file());
    sink(list(&summaries));
    Ok(())
}

/// Counts with whichever counter is free: what one has learnt of words serves the next item.
fn with_counter<T>(counters: &Mutex<Vec<Counter>>, count: impl FnOnce(&mut Counter) -> T) -> T {
    let free = || counters.lock().ok()?.pop();
    let mut counter = free().unwrap_or_default();
    let counted = count(&mut counter);
    if let Ok(mut counters) = counters.lock() {
        counters.push(counter);
    }
    counted
}

fn write(packed: Vec<Packed>, sink: &mut impl FnMut(Script)) {
    let files: Vec<Script> = packed.into_par_iter().map(Packed::file).collect();
    files.into_iter().for_each(sink);
}
