//! The works that the documents cite: their addresses, what is laid over the texts, and what their pages show.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Entry;
use super::cites::Cited;
use super::conversation::page_id;
use crate::cite::{Citation, Description, Found, Locator, Manner, Why, spoken};
use crate::index::works::{Citing, Work, Works, collect};
use crate::model::Stretch;
use crate::render::ReferenceCounts;
use crate::render::context::{DocumentCard, NoWork};
use crate::render::html::{Anchors, Overlay, OverlayKind};
use crate::render::slug::Slugs;
use crate::render::works::{Place, Places, WorkCard, WorkLine, WorkPage};
use crate::strings::Strings;

/// Words of a title that an address keeps.
const WORDS: usize = 6;

/// The works of the archive with their addresses.
pub struct Listed {
    /// They.
    pub works: Works,
    /// Their slugs, which are their ids.
    pub slugs: Vec<String>,
    /// How listings show them.
    pub cards: Arc<[WorkCard]>,
}

impl Listed {
    /// Brings together what the documents cite and what the owner says.
    pub fn new(entries: &[Entry], given: &[Description]) -> Self {
        let cited: Vec<Vec<Description>> = entries.iter().map(|e| e.gist.cites.works()).collect();
        let documents: Vec<Citing> = entries
            .iter()
            .zip(&cited)
            .map(|(Entry { gist, .. }, works)| Citing {
                title: &gist.meta.title,
                authors: &gist.meta.authors,
                works,
                meant: &gist.cites.meant,
            })
            .collect();
        let works = collect(&documents, given);
        let slugs = slugs(&works.works);
        let cards = works.works.iter().zip(&slugs).map(|(work, slug)| card(work, slug)).collect();
        Listed { works, slugs, cards }
    }

    fn of(&self, document: usize, own: usize) -> Option<usize> {
        self.works.of_document.get(document)?.get(own).copied()
    }

    /// What the citations of a document put over its text.
    pub fn overlays(&self, document: usize, entries: &[Entry]) -> Vec<Overlay> {
        let mut out = Vec::new();
        for Cited { citation, .. } in entries[document].gist.cites.iter() {
            let passage = || citation.passage.clone();
            let meant = citation.work.map(|&own| self.of(document, own));
            let mut here = None;
            if let Found::One(Some(work)) = meant {
                let id = self.slugs[work].clone();
                let href = ["../works/", &id, ".html"].concat();
                out.push(Overlay { passage: passage(), kind: OverlayKind::Work { id, href } });
                let text = self.works.works[work].document.filter(|&text| text != document);
                here = text.map(|text| self.address(text, citation.locator.as_ref(), entries));
            }
            let gloss = match citation.manner {
                Manner::Full => here.is_some().then(|| "(here)".to_owned()),
                _ => self.gloss(&meant, citation.locator.as_ref()),
            };
            if let Some(text) = gloss {
                out.push(Overlay { passage: passage(), kind: OverlayKind::Gloss { text, href: here } });
            }
        }
        out
    }

    /// The page of a work that is a text of the archive: at the printed page that is cited, if the text has it.
    fn address(&self, text: usize, place: Option<&Locator>, entries: &[Entry]) -> String {
        let page = [&entries[text].slug, ".html"].concat();
        let number = place.and_then(|p| p.page).map(|p| p.to_string());
        match number.filter(|n| entries[text].gist.printed.contains(n)) {
            Some(number) => [&page, "#", &page_id(&number)].concat(),
            None => page,
        }
    }

    /// What a citation stands for: `= Grafton 1997, p. 45`; a doubt with what may be meant.
    fn gloss(&self, meant: &Found<Option<usize>>, place: Option<&Locator>) -> Option<String> {
        /// Candidates that are named.
        const NAMED: usize = 3;
        let mut candidates: Vec<usize> = meant.all().iter().copied().flatten().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let told = |&work: &usize| self.works.works[work].description.reminder();
        let what = match (meant, candidates.as_slice()) {
            (_, []) => return None,
            (Found::One(_), [one]) => ["= ", &told(one)].concat(),
            (_, all) => {
                let mut names: Vec<String> = all.iter().take(NAMED).map(told).collect();
                if all.len() > NAMED {
                    names.push("…".into());
                }
                ["= perhaps ", &names.join(" or ")].concat()
            }
        };
        Some(match place {
            Some(place) => [&what, ", ", &place.shown].concat(),
            None => what,
        })
    }

    /// The works that a document cites, as its page lists them: by author, each with how often.
    pub fn lines(&self, document: usize, entry: &Entry) -> Vec<WorkLine<'_>> {
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        for work in entry.gist.cites.meant.iter().filter_map(|meant| self.of(document, *meant.one()?)) {
            *count.entry(work).or_default() += 1;
        }
        count.into_iter().map(|(w, count)| WorkLine { work: &self.cards[w], count }).collect()
    }

    /// What became of a document's references to works.
    pub fn references(&self, document: usize, entry: &Entry, words: &Strings) -> ReferenceCounts {
        let meant = &entry.gist.cites.meant;
        let untied = (0..meant.len()).filter(|&c| meant[c].one().is_none());
        let untied = untied.filter_map(|c| entry.gist.cites.get(c)).map(|Cited { citation, id, .. }| {
            let meant = citation.work.map(|&own| self.of(document, own));
            let mut candidates: Vec<usize> = meant.all().iter().copied().flatten().collect();
            candidates.sort_unstable();
            candidates.dedup();
            NoWork {
                words: citation.words,
                id,
                candidates: candidates.iter().map(|&w| self.works.works[w].description.reminder()).collect(),
                why: Why::all_said(&citation.evidence, words),
            }
        });
        ReferenceCounts { all: meant.len(), untied: untied.collect() }
    }

    /// The works that are cited and are no documents of the archive, those that most documents cite first.
    pub fn wanted(&self) -> Vec<usize> {
        let mut out: Vec<usize> =
            (0..self.cards.len()).filter(|&w| self.works.works[w].document.is_none()).collect();
        out.retain(|&w| self.cards[w].citations > 0);
        out.sort_by_key(|&w| Reverse((self.cards[w].documents, self.cards[w].citations)));
        out
    }

    /// The works that a document cites, in order.
    pub fn cited_by(&self, document: usize) -> Vec<usize> {
        let mut all = self.works.of_document.get(document).cloned().unwrap_or_default();
        all.sort_unstable();
        all.dedup();
        let cites = |&w: &usize| self.works.works[w].cited.binary_search_by_key(&document, |c| c.0).is_ok();
        all.retain(cites);
        all
    }

    /// What the page of a work shows.
    pub fn page<'p>(
        &'p self,
        work: usize,
        entries: &[Entry],
        cards: &[&'p DocumentCard],
        words: &Strings,
    ) -> WorkPage<'p> {
        let found = &self.works.works[work];
        let places = |all: &[(usize, usize)]| {
            let mut out: Vec<Places<'p>> = Vec::new();
            for &(d, c) in all {
                let Some(place) = self.place(&entries[d], c, words) else { continue };
                if out.last().is_none_or(|last| last.document.slug != cards[d].slug) {
                    out.push(Places { document: cards[d], places: Vec::new() });
                }
                if let Some(last) = out.last_mut() {
                    last.places.push(place);
                }
            }
            out
        };
        let card = |&w: &usize| &self.cards[w];
        WorkPage {
            work: &self.cards[work],
            description: &found.description,
            cited: places(&found.cited),
            perhaps: places(&found.perhaps),
            editions: found.editions.iter().map(card).collect(),
            siblings: found.siblings.iter().map(card).collect(),
            pieces: found.pieces.iter().map(card).collect(),
            container: found.container.as_ref().map(card),
            document: found.document.map(|d| cards[d]),
        }
    }

    fn place(&self, entry: &Entry, citation: usize, words: &Strings) -> Option<Place> {
        let Cited { citation, id, note } = entry.gist.cites.get(citation)?;
        let label = note.map(|(part, label)| match part {
            Some(part) => {
                let said = words.say("note-of-part").replace("{part}", &part.to_string());
                said.replace("{label}", &label)
            }
            None => words.say("note-of-label").replace("{label}", &label),
        });
        let why = Why::all_said(&citation.evidence, words);
        Some(Place {
            label,
            id,
            sentence: citation.sentence,
            words: citation.words,
            locator: citation.locator.map(|l| l.shown),
            why,
        })
    }
}

/// The id of the note, or of the block of the body, that a citation stands in.
pub fn place_id<'a>(anchors: &'a Anchors, citation: &Citation) -> Option<&'a str> {
    match citation.passage.stretch {
        Stretch::Note(note) => anchors.note_ids.get(note.0 as usize).map(String::as_str),
        Stretch::Body => block_id(anchors, citation.passage.range.start),
    }
}

/// The id of the block of the body that holds this byte.
fn block_id(anchors: &Anchors, at: usize) -> Option<&str> {
    let body = anchors.blocks.partition_point(|b| b.passage.stretch == Stretch::Body);
    let blocks = &anchors.blocks[..body];
    let first = blocks.partition_point(|b| b.passage.range.end < at);
    blocks.get(first).filter(|b| b.passage.range.start <= at).and_then(|b| b.id.as_deref())
}

fn card(work: &Work, slug: &str) -> WorkCard {
    let d = &work.description;
    let mut documents: Vec<usize> = work.cited.iter().map(|c| c.0).collect();
    documents.dedup();
    let makers: Vec<String> = d
        .makers()
        .iter()
        .enumerate()
        .map(|(i, name)| if i == 0 { name.sorted() } else { name.shown() })
        .collect();
    let mut author = makers.join(", ");
    if d.et_al && !author.is_empty() {
        author.push_str(" et al.");
    }
    if d.authors.is_empty() && !author.is_empty() {
        author.push_str(if d.editors.len() > 1 { ", eds." } else { ", ed." });
    }
    WorkCard {
        id: slug.to_owned(),
        url: ["works/", slug, ".html"].concat(),
        author,
        title: d.title.clone(),
        quoted: d.kind != crate::cite::Kind::Book,
        container: d.container.clone(),
        year: d.year.clone(),
        citations: work.cited.len(),
        documents: documents.len(),
    }
}

/// An address for each work, made of its author and title; where several have one, the year tells them apart.
fn slugs(works: &[Work]) -> Vec<String> {
    let name = |d: &Description| {
        let who = d.makers().first().map_or("", |n| n.family.as_str());
        let title = spoken(&d.title);
        let words: Vec<&str> = title.split_whitespace().take(WORDS).collect();
        [who, " ", &words.join(" ")].concat()
    };
    let names: Vec<String> = works.iter().map(|w| name(&w.description)).collect();
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *shared.entry(name).or_default() += 1;
    }
    let mut slugs = Slugs::new(&["index"]);
    names
        .iter()
        .zip(works)
        .map(|(name, work)| match &work.description.year {
            Some(year) if shared[name.as_str()] > 1 => slugs.of_name(&[name, " ", year].concat(), "work"),
            _ => slugs.of_name(name, "work"),
        })
        .collect()
}
