//! From the archive's index of names to what the pages show of it.

use rayon::prelude::*;

use super::Entry;
use crate::diagnostic::Failure;
use crate::model::{Passage, Stretch};
use crate::names::merge::Occurrences;
use crate::names::{Index, Kind, Mention, Name};
use crate::render::conversation::{NameDocument, NameEntry, NameHere, Quote};
use crate::render::html::Anchors;
use crate::render::slug::Slugs;

/// Sentences of one document that the page of a name shows.
const QUOTES: usize = 12;

/// Names that a document's page lists.
const LISTED: usize = 30;

/// Where on a document's page a passage of it is read: the address of its paragraph.
pub fn place(anchors: &Anchors, slug: &str, passage: &Passage) -> String {
    let page = ["texts/", slug, ".html"].concat();
    let key = (passage.stretch, passage.range.start);
    let behind = anchors.blocks.partition_point(|b| (b.passage.stretch, b.passage.range.start) <= key);
    let block = anchors.blocks[..behind].last().filter(|b| b.passage.stretch == passage.stretch);
    let id = block.and_then(|b| b.id.as_deref()).or_else(|| match passage.stretch {
        Stretch::Note(note) => anchors.note_ids.get(note.0 as usize).map(String::as_str),
        Stretch::Body => None,
    });
    match id {
        Some(id) => [&page, "#", id].concat(),
        None => page,
    }
}

/// The names with their addresses.
pub fn entries(index: &Index, documents: &[Entry]) -> Vec<NameEntry> {
    let mut slugs = Slugs::new(&["index"]);
    // A slug depends on those before it, and on nothing else.
    let slug = |name: &Name| (name.mentions() > 1).then(|| slugs.of_name(&name.form, "name"));
    let slugs: Vec<Option<String>> = index.names.iter().map(slug).collect();
    let names = index.names.par_iter().zip(slugs);
    names.map(|(name, slug)| entry(name, slug, documents)).collect()
}

fn entry(name: &Name, slug: Option<String>, documents: &[Entry]) -> NameEntry {
    let shown: Vec<NameDocument> = name
        .documents
        .iter()
        .map(|occurrences| {
            let document = &documents[occurrences.document];
            let first = occurrences.mentions.first().map(|at| mention(document, at));
            let url = first.map(|m| place(&document.gist.anchors, &document.slug, &m.passage));
            NameDocument {
                document: occurrences.document,
                mentions: occurrences.mentions.len(),
                url: url.unwrap_or_default(),
            }
        })
        .collect();
    let url = match &slug {
        Some(slug) => ["names/", slug, ".html"].concat(),
        None => shown.first().map_or_else(String::new, |d| d.url.clone()),
    };
    NameEntry {
        form: name.form.clone(),
        listed: name.listed.clone(),
        kind: name.kind.name(),
        url,
        slug,
        variants: name.variants.clone(),
        documents: shown,
    }
}

/// The mention that an index's entry points to.
fn mention<'e>(document: &'e Entry, &(candidate, mention): &(u32, u32)) -> &'e Mention {
    &document.gist.names.names[candidate as usize].mentions[mention as usize]
}

/// The sentences of one document that hold a name, each once, and how many more there are than are shown.
pub fn quotes(found: &Occurrences, document: &Entry) -> Result<(Vec<Quote>, usize), Failure> {
    let mut all: Vec<(u32, &Mention)> =
        found.mentions.iter().map(|at| (at.0, mention(document, at))).collect();
    all.dedup_by_key(|(_, mention)| mention.sentence);
    let more = all.len().saturating_sub(QUOTES);
    all.truncate(QUOTES);
    let wanted: Vec<u32> = all.iter().map(|(_, mention)| mention.sentence).collect();
    let quote = |((candidate, mention), sentence): ((u32, &Mention), String)| {
        let form = &document.gist.names.names[candidate as usize].form;
        let url = place(&document.gist.anchors, &document.slug, &mention.passage);
        Quote::around(&sentence, form, url)
    };
    let quotes = all.into_iter().zip(document.sentences(&wanted)?).map(quote).collect();
    Ok((quotes, more))
}

/// For each document the names that its page lists, and how many it leaves to the index: those that say most of the
/// document, often in it and in few others.
pub fn by_document(names: &[NameEntry], documents: usize) -> Vec<(Vec<NameHere>, usize)> {
    let mut of: Vec<Vec<(&NameEntry, usize)>> = vec![Vec::new(); documents];
    for name in names {
        for d in &name.documents {
            of[d.document].push((name, d.mentions));
        }
    }
    let listed = |mut here: Vec<(&NameEntry, usize)>| {
        let all = here.len();
        here.sort_by(|a, b| {
            let rank = |x: &(&NameEntry, usize)| (x.1, x.0.documents.len());
            rank(b).cmp(&rank(a)).then_with(|| a.0.listed.cmp(&b.0.listed))
        });
        here.truncate(LISTED);
        here.sort_by_cached_key(|(name, _)| crate::render::order::title_key(&name.listed));
        let shown = here.into_iter().map(|(name, mentions)| NameHere {
            form: name.form.clone(),
            kind: name.kind,
            url: name.url.clone(),
            mentions,
            documents: name.documents.len(),
        });
        let shown: Vec<NameHere> = shown.collect();
        let more = all - shown.len();
        (shown, more)
    };
    of.into_iter().map(listed).collect()
}

/// How much it says that two documents speak of one name of this kind: a person or a book more than a country.
pub fn weight(kind: &str) -> f64 {
    if kind == Kind::Place.name() { 0.5 } else { 1.0 }
}
