//! From the archive's index of names to what the pages show of it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Entry;
use super::detail::Spoken;
use crate::cache::{Folder, Kept, Lost};
use crate::diagnostic::Failure;
use crate::digest;
use crate::model::{Passage, Stretch};
use crate::names::merge::{Mentions, Occurrences};
use crate::names::{Corpus, Kind, Name, Owner, Record, merge};
use crate::render::conversation::{NameDocuments, NameEntry, NameHere, Quote};
use crate::render::html::Anchors;
use crate::render::slug::Slugs;

/// Sentences of one document that the page of a name shows.
const QUOTES: usize = 12;

/// Names that a document's page lists.
const LISTED: usize = 30;

/// Where on a document's page a passage of it is read: the address of its paragraph.
pub fn place(anchors: &Anchors, slug: &str, passage: &Passage) -> String {
    address_of(slug, place_id(anchors, passage))
}

fn address_of(slug: &str, id: Option<&str>) -> String {
    match id {
        Some(id) => ["texts/", slug, ".html#", id].concat(),
        None => ["texts/", slug, ".html"].concat(),
    }
}

/// The id of the paragraph that a passage is read in.
pub fn place_id<'a>(anchors: &'a Anchors, passage: &Passage) -> Option<&'a str> {
    let key = (passage.stretch, passage.range.start);
    let behind = anchors.blocks.partition_point(|b| (b.passage.stretch, b.passage.range.start) <= key);
    let block = anchors.blocks[..behind].last().filter(|b| b.passage.stretch == passage.stretch);
    block.and_then(|b| b.id.as_deref()).or_else(|| match passage.stretch {
        Stretch::Note(note) => anchors.note_ids.get(note.0 as usize).map(String::as_str),
        Stretch::Body => None,
    })
}

/// The names of an archive.
#[derive(Serialize, Deserialize)]
pub struct Names {
    /// What pages show of them.
    pub entries: Vec<NameEntry>,
    /// For each of them where it stands in the records of documents.
    pub mentions: Vec<Mentions>,
    /// For each document the digest of the places that were looked up in it.
    places: Vec<String>,
}

impl Names {
    /// The names that an earlier build brought together of the same. `said` is the digest of what the owner says of names.
    pub fn known(documents: &[Entry], said: Option<&String>, cache: Option<&Folder>) -> Kept<Names> {
        let all: Vec<_> = documents.iter().map(|d| (&d.slug, &d.gist.names_say)).collect();
        // Texts can always be written.
        let follow_from = digest::of_data("names", &(said, &all)).unwrap_or_default();
        Kept::of(cache, "names", follow_from)
    }

    /// Brings together the names of the documents, unless they are known: then only the places are looked up that have
    /// moved since. With them, the digest of all that they follow from but the places, and why the cache was of no use, if
    /// so.
    pub fn of(
        known: Kept<Names>,
        documents: &[Entry],
        owner: &Owner,
        cache: Option<&Folder>,
    ) -> Result<(Names, String, Option<Lost>), Failure> {
        let follow_from = known.condition.clone();
        let (mut names, lost) = known.or_try_make(cache, || Names::merged(documents, owner))?;
        let moved: Vec<bool> =
            documents.iter().zip(&names.places).map(|(d, then)| d.gist.names_at != *then).collect();
        if moved.contains(&true) {
            names.entries.par_iter_mut().zip(&names.mentions).try_for_each(|(entry, mentions)| {
                if entry.documents.iter().any(|shown| moved[shown.document()]) {
                    let before = std::mem::take(&mut entry.documents);
                    for (shown, occurrences) in before.iter().zip(mentions.by_document()) {
                        let known = || Ok(before.place(shown).map(Box::from));
                        let place = match moved[shown.document()] {
                            true => first_place(occurrences, &documents[shown.document()]),
                            false => known(),
                        };
                        entry.documents.push(shown.document(), shown.mentions(), place?.as_deref());
                    }
                    entry.url = address(entry, documents);
                }
                Ok::<_, Failure>(())
            })?;
        }
        Ok((names, follow_from, lost))
    }

    fn merged(documents: &[Entry], owner: &Owner) -> Result<Names, Failure> {
        /// Records that are opened together: they are large.
        const TOGETHER: usize = 256;
        let mut corpus = Corpus::default();
        for some in documents.chunks(TOGETHER) {
            let records = some.par_iter().map(Entry::names).collect::<Result<Vec<Record>, Failure>>()?;
            records.iter().for_each(|record| corpus.add(record));
        }
        let index = merge(corpus, owner);
        let mut slugs = Slugs::new(&["index"]);
        // A slug depends on those before it, and on nothing else.
        let slug = |name: &Name| (name.mentions.count() > 1).then(|| slugs.of_name(&name.form, "name"));
        let slugs: Vec<Option<String>> = index.names.iter().map(slug).collect();
        let names = index.names.into_par_iter().zip(slugs);
        let all = names.map(|(name, slug)| entry(name, slug, documents));
        let all = all.collect::<Result<Vec<(NameEntry, Mentions)>, Failure>>()?;
        let (entries, mentions) = all.into_iter().unzip();
        Ok(Names { entries, mentions, places: documents.iter().map(|d| d.gist.names_at.clone()).collect() })
    }
}

fn entry(name: Name, slug: Option<String>, documents: &[Entry]) -> Result<(NameEntry, Mentions), Failure> {
    let mut shown = NameDocuments::default();
    for occurrences in name.mentions.by_document() {
        let document = occurrences.document();
        let place = first_place(occurrences, &documents[document])?;
        shown.push(document, occurrences.count(), place.as_deref());
    }
    let follows_from = (name.kind, &name.variants, &name.mentions);
    let mut entry = NameEntry {
        follows_from: digest::number_of_data(&name.form, &follows_from),
        kind: name.kind.name(),
        url: String::new(),
        slug,
        documents: shown,
        form: name.form,
        listed: name.listed,
        variants: name.variants,
    };
    entry.url = address(&entry, documents);
    Ok((entry, name.mentions))
}

/// The place of a name's first mention in a document.
fn first_place(occurrences: Occurrences, document: &Entry) -> Result<Option<Box<str>>, Failure> {
    let Some((candidate, mention)) = occurrences.iter().next() else { return Ok(None) };
    let mut spoken = document.detail()?.spoken.open(candidate as usize);
    let at = spoken.as_mut().and_then(|spoken| spoken.mentions.get_mut(mention as usize));
    Ok(at.and_then(|at| at.1.take()).map(String::into_boxed_str))
}

/// A name's page, or the one place where it is mentioned.
fn address(name: &NameEntry, documents: &[Entry]) -> String {
    match (&name.slug, name.documents.first()) {
        (Some(slug), _) => ["names/", slug, ".html"].concat(),
        (None, Some(at)) => {
            name.documents.address(at, &["texts/", &documents[at.document()].slug, ".html"].concat())
        }
        (None, None) => String::new(),
    }
}

/// The sentences of one document that hold a name, each once, and how many more there are than are shown.
pub fn quotes(found: Occurrences, document: &Entry) -> Result<(Vec<Quote>, usize), Failure> {
    let detail = document.detail()?;
    let spoken: BTreeMap<u32, Spoken> =
        found.candidates().into_iter().filter_map(|c| Some((c as u32, detail.spoken.open(c)?))).collect();
    let mention = |(candidate, mention): (u32, u32)| {
        let spoken = spoken.get(&candidate)?;
        Some((&spoken.form, spoken.mentions.get(mention as usize)?))
    };
    let mut all: Vec<(&String, &(u32, Option<String>))> = found.iter().filter_map(mention).collect();
    all.dedup_by_key(|(_, mention)| mention.0);
    let more = all.len().saturating_sub(QUOTES);
    all.truncate(QUOTES);
    let wanted: Vec<u32> = all.iter().map(|(_, mention)| mention.0).collect();
    let quotes = all.into_iter().zip(document.sentences(&wanted)?).map(|((form, (_, id)), sentence)| {
        Quote::around(&sentence, form, address_of(&document.slug, id.as_deref()))
    });
    let quotes = quotes.collect();
    Ok((quotes, more))
}

/// The names that a document's page lists.
#[derive(Serialize, Deserialize)]
pub struct Listed {
    /// The places of the names among the archive's, each with how often the document mentions it.
    names: Vec<(usize, usize)>,
    /// How many others it leaves to the index.
    pub more: usize,
}

/// For each name a number for all that a page shows of it that lists it. (The names that a page lists are hashed for each
/// page; they themselves once.)
pub fn numbers(names: &[NameEntry]) -> Vec<u64> {
    let number =
        |name: &NameEntry| digest::number_of_data(&name.form, &(name.kind, &name.url, name.documents.len()));
    names.par_iter().map(number).collect()
}

impl Listed {
    /// What tells all that the page shows of them from what it was. `numbers` are those of the names.
    pub fn follow_from(&self, numbers: &[u64]) -> (Vec<(u64, usize)>, usize) {
        (self.names.iter().map(|&(name, mentions)| (numbers[name], mentions)).collect(), self.more)
    }

    /// As the page shows them.
    pub fn shown<'m>(&self, names: &'m [NameEntry]) -> Vec<NameHere<'m>> {
        let shown = |&(name, mentions): &(usize, usize)| {
            let name = &names[name];
            NameHere {
                form: &name.form,
                kind: name.kind,
                url: &name.url,
                mentions,
                documents: name.documents.len(),
            }
        };
        self.names.iter().map(shown).collect()
    }
}

/// For each document the names that its page lists: those that say most of the document, often in it and in few others.
pub fn by_document(names: &[NameEntry], documents: usize) -> Vec<Listed> {
    let mut of: Vec<Vec<(usize, usize)>> = vec![Vec::new(); documents];
    for (i, name) in names.iter().enumerate() {
        for d in name.documents.iter() {
            of[d.document()].push((i, d.mentions()));
        }
    }
    let listed = |mut here: Vec<(usize, usize)>| {
        let all = here.len();
        here.sort_by(|a, b| {
            let rank = |x: &(usize, usize)| (x.1, names[x.0].documents.len());
            rank(b).cmp(&rank(a)).then_with(|| names[a.0].listed.cmp(&names[b.0].listed))
        });
        here.truncate(LISTED);
        here.sort_by_cached_key(|&(name, _)| crate::render::order::title_key(&names[name].listed));
        Listed { more: all - here.len(), names: here }
    };
    of.into_par_iter().map(listed).collect()
}

/// How much it says that two documents speak of one name of this kind: a person or a book more than a country.
pub fn weight(kind: &str) -> f64 {
    if kind == Kind::Place.name() { 0.5 } else { 1.0 }
}
