//! How the documents of the archive refer to each other and to themselves, and what their pages say of it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::links::Places;
use super::names::place;
use super::{Entry, Gist, Reading};
use crate::cache::{Folder, Lost, Table, renewed};
use crate::diagnostic::{Code, Diagnostic, Failure, Findings, Severity};
use crate::links::again::Again;
use crate::links::between::{Astray, Reference, Target, Targets, Why};
use crate::links::inside::Place;
use crate::links::shared::{self, Compared, Match, Word};
use crate::model::{Passage, Stretch};
use crate::printed::PrintedPage;
use crate::render::SiteModel;
use crate::render::conversation::{Conversation, LinkedFrom, Piece, Quote, SharedPassage};
use crate::render::html::{Anchors, LinkTarget, Overlay, OverlayKind};
use crate::render::slug;
use crate::said::said;
use crate::source::{Source, Span};
use crate::stored;

/// Documents that a page names as linking to it, and sentences of each.
const LINKING: usize = 50;
const QUOTES: usize = 3;

/// Shared passages that a page shows, and words of each.
const PASSAGES: usize = 12;
const WORDS: usize = 90;

/// What a document says of others, as it follows from its text and from all that it may mean.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Said {
    /// What it refers to, each with the words around it.
    references: Vec<(Reference, Quote)>,
    /// What there is to tell of it.
    #[serde(with = "stored::diagnostics")]
    diagnostics: Vec<Diagnostic>,
}

/// What was found between the documents and within them.
pub struct Talk {
    targets: Targets,
    said: Vec<Said>,
    matches: Vec<Match>,
    /// Documents that are nearly the same, in pairs.
    pub twins: Vec<[usize; 2]>,
    /// Why what an earlier build found was of no use, if so.
    pub lost: Option<Lost>,
}

impl Talk {
    /// Looks through the documents, or through those alone of which it is not known what they say.
    pub fn of(entries: &[Entry], places: &Places, cache: Option<&Folder>) -> Result<Talk, Failure> {
        let documents: Vec<Target> = entries.iter().map(target).collect();
        let targets = Targets::new(&documents);
        let by_page: HashMap<&str, usize> =
            entries.iter().enumerate().map(|(i, e)| (e.slug.as_str(), i)).collect();
        let known = Table::<Said>::of(cache, "links", &(&documents, places));
        let said = |(i, entry): (usize, &Entry)| {
            if let Some(said) = known.get(&entry.gist.key) {
                return Ok(said.clone());
            }
            let relative = |href: &str| match places.resolve(&entry.gist.found.relative, href) {
                LinkTarget::Page(page) => {
                    let (page, place) =
                        page.split_once('#').map_or((page.as_str(), None), |p| (p.0, Some(p.1)));
                    let to = by_page.get(page.strip_suffix(".html")?)?;
                    Some((*to, place.map(str::to_owned)))
                }
                _ => None,
            };
            let reading = entry.reading()?;
            let (references, astray) = targets.of(i, reading.text(), relative);
            let anchors = entry.detail()?.anchors.open();
            let quoted = |r: Reference| {
                let quote = quote(entry, &anchors, &reading, &r.passage);
                (r, quote)
            };
            let references = references.into_iter().map(quoted).collect();
            let mut findings = Findings::default();
            for astray in &astray {
                findings.add(Code::LinkAstray, || told(astray, &reading.source, entries));
            }
            Ok(Said { references, diagnostics: findings.finish(&reading.source.path) })
        };
        let mut said = entries.par_iter().enumerate().map(said).collect::<Result<Vec<Said>, Failure>>()?;
        let lost = known.keep(entries.iter().map(|e| &e.gist.key).zip(&said));
        let sketches: Vec<&shared::Sketch> = entries.iter().map(|e| &e.gist.sketch).collect();
        let twins = shared::near_duplicates(&sketches);
        let (again, unkept) = again(entries, &sketches, cache)?;
        let mut matches = Vec::new();
        let compare = |before: Option<&Compared>| {
            let none = Compared::default();
            let (found, compared) = shared::matches::<Arc<shared::Prints>, _, _>(
                &again,
                before.unwrap_or(&none),
                |i| entries[i].prints(),
                |i| entries[i].reading(),
                &twins,
            )?;
            matches = found;
            Ok::<_, Failure>((before != Some(&compared)).then_some(compared))
        };
        let (_, forgotten) = renewed(cache, "passages", compare)?;
        for &[first, other] in &twins {
            let message = said!("nearly the same text as `{}`", entries[first].gist.found.shown);
            let path = entries[other].gist.found.shown.clone();
            let diagnostic = Diagnostic::file(Severity::Note, Code::NearDuplicate, path, message);
            said[other]
                .diagnostics
                .push(diagnostic.hint(said!("`publish: false` keeps one of them out of the site")));
        }
        Ok(Talk { targets, said, matches, twins, lost: lost.or(unkept).or(forgotten) })
    }

    /// What there is to tell of a document.
    pub fn diagnostics(&self, document: usize) -> &[Diagnostic] {
        &self.said[document].diagnostics
    }

    /// The page, in the folder of texts, that a name in double brackets stands for.
    pub fn named(&self, written: &str, entries: &[Entry]) -> Option<String> {
        match self.targets.named(written) {
            (&[to], place) => Some(address(&entries[to], place)),
            _ => None,
        }
    }

    /// How many links there are between documents.
    pub fn links(&self) -> usize {
        self.said.iter().map(|said| said.references.len()).sum()
    }

    /// What lies over a document's text for its links to others.
    pub fn overlays(&self, document: usize, entries: &[Entry]) -> Vec<Overlay> {
        let overlay = |(reference, _): &(Reference, Quote)| {
            let to = &entries[reference.to];
            let href = address(to, reference.place.as_deref());
            let kind = match reference.why {
                Why::Wiki | Why::Title => {
                    let title = Some(to.gist.meta.title.clone());
                    OverlayKind::Link { href, title }
                }
                // The source's own link stays as it is.
                Why::Address => OverlayKind::Gloss { text: "(here)".to_owned(), href: Some(href) },
                Why::Relative => return None,
            };
            Some(Overlay { passage: reference.passage.clone(), kind })
        };
        self.said[document].references.iter().filter_map(overlay).collect()
    }

    /// Says on the pages what was found.
    pub fn tell<'m>(
        &self,
        entries: &[Entry],
        model: &'m SiteModel,
        pages: &mut [Conversation<'m>],
    ) -> Result<(), Failure> {
        for (from, said) in self.said.iter().enumerate() {
            let mut by_target: BTreeMap<usize, Vec<&Quote>> = BTreeMap::new();
            for (reference, quote) in &said.references {
                by_target.entry(reference.to).or_default().push(quote);
            }
            for (to, found) in by_target {
                if pages[to].linked_from.len() == LINKING {
                    continue;
                }
                let quotes: Vec<Quote> = found.iter().copied().take(QUOTES).cloned().collect();
                let more = found.len() - quotes.len();
                pages[to].linked_from.push(LinkedFrom { document: &model.records[from].card, quotes, more });
            }
        }
        for &[a, b] in &self.twins {
            pages[a].twins.push(&model.records[b].card);
            pages[b].twins.push(&model.records[a].card);
        }
        for found in &self.matches {
            let mut read = None;
            for (here, there) in [(0, 1), (1, 0)] {
                let page = &mut pages[found.documents[here]];
                if page.passages.len() == PASSAGES {
                    page.more_passages += 1;
                    continue;
                }
                let readings = match &read {
                    Some(readings) => readings,
                    None => {
                        let [one, other] = found.documents.map(|d| entries[d].reading());
                        read.insert([one?, other?])
                    }
                };
                page.passages.push(passage(found, here, there, entries, readings, model)?);
            }
        }
        Ok(())
    }
}

/// The fingerprints that come more than once, and why the cache was of no use, if so.
fn again(
    entries: &[Entry],
    sketches: &[&shared::Sketch],
    cache: Option<&Folder>,
) -> Result<(Again, Option<Lost>), Failure> {
    let keys = || entries.iter().map(|e| e.gist.key.clone()).collect::<Vec<String>>();
    let prints =
        |some: &[usize]| some.par_iter().map(|&i| entries[i].prints()).collect::<Result<Vec<_>, Failure>>();
    let renew = |before: Option<&Again>| {
        if before.is_some_and(|before| before.are_of(&keys())) {
            return Ok(None);
        }
        match before.map_or(Ok(None), |before| before.renewed(keys(), prints))? {
            Some(renewed) => Ok(Some(renewed)),
            None => Again::of(keys(), sketches, prints).map(Some),
        }
    };
    let (again, lost) = renewed(cache, "again", renew)?;
    Ok((again.unwrap_or_default(), lost))
}

/// The printed pages of a document as places in it.
pub fn printed(pages: &[PrintedPage]) -> Vec<Overlay> {
    let place = |page: &PrintedPage| Overlay {
        passage: page.passage.clone(),
        kind: OverlayKind::Place { id: page_id(&page.number), shown: Some(page.number.clone()) },
    };
    pages.iter().map(place).collect()
}

fn target(entry: &Entry) -> Target {
    let mut slugs = vec![entry.slug.clone(), entry.gist.found.stem.clone()];
    slugs.extend(entry.gist.facts.aliases.iter().cloned());
    let meta = &entry.gist.meta;
    Target { title: meta.title.clone(), slugs, address: meta.source.clone() }
}

/// A document's page, and the place on it if there is a heading of that name.
fn address(to: &Entry, place: Option<&str>) -> String {
    match place.map(slug::of_text).filter(|place| to.gist.headings.open().contains(place)) {
        Some(place) => [&to.slug, ".html#", &place].concat(),
        None => [&to.slug, ".html"].concat(),
    }
}

fn told(astray: &Astray, source: &Source, entries: &[Entry]) -> Diagnostic {
    let at = source.text.find(&["[[", &astray.target].concat()).unwrap_or(source.body_start);
    let span = Span::new(at, at);
    if astray.candidates.is_empty() {
        let message = said!("`[[{}]]` names no document of the archive", astray.target);
        return Diagnostic::at(Severity::Warning, Code::LinkAstray, source, span, message)
            .hint(said!("write a document's title or slug"));
    }
    let slugs: Vec<&str> = astray.candidates.iter().map(|&c| entries[c].slug.as_str()).collect();
    let message = said!("`[[{}]]` names {} documents", astray.target, slugs.len());
    Diagnostic::at(Severity::Warning, Code::LinkAstray, source, span, message)
        .hint(said!("write the slug of the one that is meant: {}", slugs.join(", ")))
}

/// Links to places of the document's own.
pub fn inside(found: &[(Passage, Place)], gist: &Gist, anchors: &Anchors) -> Vec<Overlay> {
    let headings: BTreeMap<usize, &str> = anchors
        .blocks
        .iter()
        .filter(|b| b.heading.is_some() && b.passage.stretch == Stretch::Body)
        .filter_map(|b| Some((b.passage.range.start, b.id.as_deref()?)))
        .collect();
    let paragraph = |at: usize| {
        let mut blocks = anchors.blocks.iter().filter(|b| b.passage.stretch == Stretch::Body);
        blocks.find(|b| b.passage.range.contains(&at))?.id.clone()
    };
    let overlay = |(passage, place): &(Passage, Place)| {
        let id = match place {
            Place::Said(at) => {
                // A whole quotation is no link: the way is behind it.
                let href = Some(["#", &paragraph(*at)?].concat());
                let kind = OverlayKind::Gloss { text: "↑".to_owned(), href };
                return Some(Overlay { passage: passage.clone(), kind });
            }
            Place::Heading(at) => (*headings.get(at)?).to_owned(),
            Place::Note(note) => anchors.note_ids.get(note.0 as usize)?.clone(),
            Place::Page(number) => page_id(gist.printed.get(number)?),
        };
        let kind = OverlayKind::Link { href: ["#", &id].concat(), title: None };
        Some(Overlay { passage: passage.clone(), kind })
    };
    found.iter().filter_map(overlay).collect()
}

/// The id of the place where a printed page begins.
pub fn page_id(number: &str) -> String {
    ["p", number].concat()
}

/// The words around a passage, with the address of its paragraph.
fn quote(entry: &Entry, anchors: &Anchors, reading: &Reading, passage: &Passage) -> Quote {
    /// Bytes before and behind.
    const AROUND: usize = 220;
    let text = reading.stretch(passage.stretch);
    let Range { start, end } = passage.range;
    let line = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let mut before = &text[line..start];
    let behind = text[end..].find('\n').map_or(text.len(), |i| end + i);
    let mut after = &text[end..behind];
    // The sentence, as far as its ends are plain to see.
    if let Some(stop) = [". ", "! ", "? "].iter().filter_map(|s| before.rfind(s)).max() {
        before = &before[stop + 2..];
    }
    if let Some(stop) = after.find(". ") {
        after = &after[..=stop];
    }
    let mut cut = (String::new(), String::new());
    if before.len() > AROUND {
        let from = (before.len() - AROUND..before.len()).find(|&i| before.as_bytes()[i] == b' ');
        cut.0 = "… ".to_owned();
        before = before[from.unwrap_or(before.len())..].trim_start();
    }
    if after.len() > AROUND {
        let to = (0..AROUND).rev().find(|&i| after.as_bytes()[i] == b' ');
        cut.1 = " …".to_owned();
        after = &after[..to.unwrap_or(0)];
    }
    let url = place(anchors, &entry.slug, passage);
    let words = text[start..end].to_owned();
    Quote { before: [&cut.0, before].concat(), words, after: [after, &cut.1].concat(), url }
}

fn passage<'m>(
    found: &Match,
    here: usize,
    there: usize,
    entries: &[Entry],
    readings: &[Arc<Reading>; 2],
    model: &'m SiteModel,
) -> Result<SharedPassage<'m>, Failure> {
    let side = |side: usize| {
        let document = found.documents[side];
        let entry = &entries[document];
        let words = readings[side].words();
        let first = &words[found.words[side].start];
        let anchors = entry.detail()?.anchors.open();
        let url = place(&anchors, &entry.slug, &Passage::in_body(first.start()..first.end()));
        let same: Vec<usize> = found.same.iter().map(|s| s[side]).collect();
        Ok::<_, Failure>((
            pieces(&readings[side].text()[0].1.text, words, found.words[side].clone(), &same),
            url,
        ))
    };
    let ((mine, my_url), (theirs, url)) = (side(here)?, side(there)?);
    let exact = mine.iter().chain(&theirs).all(|p| !p.differs);
    let here_url = my_url.find('#').map_or(String::new(), |i| my_url[i..].to_owned());
    Ok(SharedPassage {
        document: &model.records[found.documents[there]].card,
        url,
        here_url,
        here: mine,
        there: if exact { Vec::new() } else { theirs },
        cut: found.words[here].len() > WORDS,
    })
}

/// A passage's words, those together that agree with the other document's or do not.
fn pieces(text: &str, words: &[Word], passage: Range<usize>, same: &[usize]) -> Vec<Piece> {
    let end = passage.end.min(passage.start + WORDS);
    let mut out: Vec<Piece> = Vec::new();
    let mut from = words[passage.start].start();
    for (i, word) in words.iter().enumerate().take(end).skip(passage.start) {
        let differs = same.binary_search(&i).is_err();
        let written = &text[from..word.end()];
        from = word.end();
        let written = written.replace('\n', " ");
        match out.last_mut() {
            Some(last) if last.differs == differs => last.text.push_str(&written),
            _ => {
                // The space belongs to what agrees, so that a mark begins with a letter.
                let bare = written.trim_start();
                let space = &written[..written.len() - bare.len()];
                match out.last_mut() {
                    Some(last) if differs && !last.differs => {
                        last.text.push_str(space);
                        out.push(Piece { text: bare.to_owned(), differs });
                    }
                    _ => out.push(Piece { text: written, differs }),
                }
            }
        }
    }
    out
}
