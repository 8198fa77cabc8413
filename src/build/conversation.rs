//! How the documents of the archive refer to each other and to themselves, and what their pages say of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use super::Entry;
use super::links::Places;
use super::names::place;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::links::between::{Astray, Reference, Target, Targets, Why};
use crate::links::inside::Place;
use crate::links::shared::{self, Match, Word};
use crate::model::{Passage, Stretch};
use crate::render::SiteModel;
use crate::render::conversation::{Conversation, LinkedFrom, Piece, Quote, SharedPassage};
use crate::render::html::{Article, LinkTarget, Overlay, OverlayKind};
use crate::render::slug;
use crate::source::{Source, Span};

/// Documents that a page names as linking to it, and sentences of each.
const LINKING: usize = 50;
const QUOTES: usize = 3;

/// Shared passages that a page shows, and words of each.
const PASSAGES: usize = 12;
const WORDS: usize = 90;

/// What was found between the documents and within them.
pub struct Talk {
    targets: Targets,
    references: Vec<Vec<Reference>>,
    matches: Vec<Match>,
    /// Documents that are nearly the same, in pairs.
    pub twins: Vec<[usize; 2]>,
    /// What there is to tell of each document.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

impl Talk {
    /// Looks through the documents.
    pub fn of(entries: &[Entry], places: &Places) -> Talk {
        let documents: Vec<Target> = entries.iter().map(target).collect();
        let targets = Targets::new(&documents);
        let by_page: BTreeMap<&str, usize> =
            entries.iter().enumerate().map(|(i, e)| (e.slug.as_str(), i)).collect();
        let found: Vec<(Vec<Reference>, Vec<Astray>)> = entries
            .par_iter()
            .enumerate()
            .map(|(i, entry)| {
                let relative = |href: &str| match places.resolve(&entry.document.found.relative, href) {
                    LinkTarget::Page(page) => {
                        let (page, place) =
                            page.split_once('#').map_or((page.as_str(), None), |p| (p.0, Some(p.1)));
                        let to = by_page.get(page.strip_suffix(".html")?)?;
                        Some((*to, place.map(str::to_owned)))
                    }
                    _ => None,
                };
                targets.of(i, &entry.document.text, relative)
            })
            .collect();
        let prints: Vec<&shared::Prints> = entries.iter().map(|e| &e.document.prints).collect();
        let twins = shared::near_duplicates(&prints);
        let matches = shared::matches(&prints, |i| entries[i].document.words(), &twins);
        let mut diagnostics: Vec<Vec<Diagnostic>> = found
            .iter()
            .zip(entries)
            .map(|((_, astray), entry)| {
                let mut findings = Findings::default();
                astray.iter().for_each(|a| {
                    findings.add(Code::LinkAstray, || told(a, &entry.document.source, entries));
                });
                findings.finish(&entry.document.source.path)
            })
            .collect();
        for &[first, other] in &twins {
            let message = format!("nearly the same text as `{}`", entries[first].document.found.shown);
            let path = entries[other].document.found.shown.clone();
            let diagnostic = Diagnostic::file(Severity::Note, Code::NearDuplicate, path, message);
            diagnostics[other].push(diagnostic.hint("`publish: false` keeps one of them out of the site"));
        }
        let references = found.into_iter().map(|f| f.0).collect();
        Talk { targets, references, matches, twins, diagnostics }
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
        self.references.iter().map(Vec::len).sum()
    }

    /// What lies over a document's text for its links to others.
    pub fn overlays(&self, document: usize, entries: &[Entry]) -> Vec<Overlay> {
        let overlay = |reference: &Reference| {
            let to = &entries[reference.to];
            let href = address(to, reference.place.as_deref());
            let kind = match reference.why {
                Why::Wiki | Why::Title => {
                    let title = Some(to.document.document.meta.title.clone());
                    OverlayKind::Link { href, title }
                }
                // The source's own link stays as it is.
                Why::Address => OverlayKind::Gloss { text: "(here)".to_owned(), href: Some(href) },
                Why::Relative => return None,
            };
            Some(Overlay { passage: reference.passage.clone(), kind })
        };
        self.references[document].iter().filter_map(overlay).collect()
    }

    /// Says on the pages what was found.
    pub fn tell<'m>(
        &self,
        entries: &[Entry],
        articles: &[&Article],
        model: &'m SiteModel,
        pages: &mut [Conversation<'m>],
    ) {
        for (from, references) in self.references.iter().enumerate() {
            let mut by_target: BTreeMap<usize, Vec<&Reference>> = BTreeMap::new();
            for reference in references {
                by_target.entry(reference.to).or_default().push(reference);
            }
            for (to, references) in by_target {
                if pages[to].linked_from.len() == LINKING {
                    continue;
                }
                let quote = |r: &&Reference| quote(&entries[from], articles[from], &r.passage);
                let quotes: Vec<Quote> = references.iter().take(QUOTES).map(quote).collect();
                let more = references.len() - quotes.len();
                pages[to].linked_from.push(LinkedFrom { document: &model.records[from].card, quotes, more });
            }
        }
        for &[a, b] in &self.twins {
            pages[a].twins.push(&model.records[b].card);
            pages[b].twins.push(&model.records[a].card);
        }
        for found in &self.matches {
            for (here, there) in [(0, 1), (1, 0)] {
                let page = &mut pages[found.documents[here]];
                if page.passages.len() == PASSAGES {
                    page.more_passages += 1;
                    continue;
                }
                page.passages.push(passage(found, here, there, entries, articles, model));
            }
        }
    }
}

fn target(entry: &Entry) -> Target {
    let mut slugs = vec![entry.slug.clone(), entry.document.found.stem.clone()];
    slugs.extend(entry.document.facts.aliases.iter().cloned());
    let meta = &entry.document.document.meta;
    Target { title: meta.title.clone(), slugs, address: meta.source.clone() }
}

/// A document's page, and the place on it if there is a heading of that name.
fn address(to: &Entry, place: Option<&str>) -> String {
    match place.map(slug::of_text).filter(|place| has_heading(to, place)) {
        Some(place) => [&to.slug, ".html#", &place].concat(),
        None => [&to.slug, ".html"].concat(),
    }
}

fn has_heading(entry: &Entry, place: &str) -> bool {
    let body = &entry.document.text[0].1;
    body.headings.iter().any(|h| slug::of_text(&body.text[h.clone()]) == place)
}

fn told(astray: &Astray, source: &Source, entries: &[Entry]) -> Diagnostic {
    let at = source.text.find(&["[[", &astray.target].concat()).unwrap_or(source.body_start);
    let span = Span::new(at, at);
    if astray.candidates.is_empty() {
        let message = format!("`[[{}]]` names no document of the archive", astray.target);
        return Diagnostic::at(Severity::Warning, Code::LinkAstray, source, span, message)
            .hint("write a document's title or slug");
    }
    let slugs: Vec<&str> = astray.candidates.iter().map(|&c| entries[c].slug.as_str()).collect();
    let message = format!("`[[{}]]` names {} documents", astray.target, slugs.len());
    Diagnostic::at(Severity::Warning, Code::LinkAstray, source, span, message)
        .hint(format!("write the slug of the one that is meant: {}", slugs.join(", ")))
}

/// Links to places of the document's own, now that they have addresses. `pages` are the printed pages that it has.
pub fn inside(found: &[(Passage, Place)], pages: &BTreeSet<&str>, article: &Article) -> Vec<Overlay> {
    let headings: BTreeMap<usize, &str> = article
        .blocks
        .iter()
        .filter(|b| b.heading.is_some() && b.passage.stretch == Stretch::Body)
        .filter_map(|b| Some((b.passage.range.start, b.id.as_deref()?)))
        .collect();
    let overlay = |(passage, place): &(Passage, Place)| {
        let id = match place {
            Place::Heading(at) => (*headings.get(at)?).to_owned(),
            Place::Note(note) => article.note_ids.get(note.0 as usize)?.clone(),
            Place::Page(number) => page_id(pages.get(number.as_str())?),
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
fn quote(entry: &Entry, article: &Article, passage: &Passage) -> Quote {
    /// Bytes before and behind.
    const AROUND: usize = 220;
    // The body comes first, and the notes in their order.
    let stretch = match passage.stretch {
        Stretch::Body => 0,
        Stretch::Note(note) => note.0 as usize + 1,
    };
    let text = entry.document.text.get(stretch).map_or("", |(_, marked)| marked.text.as_str());
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
    let url = place(article, &entry.slug, passage);
    let words = text[start..end].to_owned();
    Quote { before: [&cut.0, before].concat(), words, after: [after, &cut.1].concat(), url }
}

fn passage<'m>(
    found: &Match,
    here: usize,
    there: usize,
    entries: &[Entry],
    articles: &[&Article],
    model: &'m SiteModel,
) -> SharedPassage<'m> {
    let side = |side: usize| {
        let document = found.documents[side];
        let entry = &entries[document];
        let words = entry.document.words();
        let first = &words[found.words[side].start].range;
        let url = place(articles[document], &entry.slug, &Passage::in_body(first.clone()));
        let same: Vec<usize> = found.same.iter().map(|s| s[side]).collect();
        (pieces(&entry.document.text[0].1.text, words, found.words[side].clone(), &same), url)
    };
    let ((mine, my_url), (theirs, url)) = (side(here), side(there));
    let exact = mine.iter().chain(&theirs).all(|p| !p.differs);
    let here_url = my_url.find('#').map_or(String::new(), |i| my_url[i..].to_owned());
    SharedPassage {
        document: &model.records[found.documents[there]].card,
        url,
        here_url,
        here: mine,
        there: if exact { Vec::new() } else { theirs },
        cut: found.words[here].len() > WORDS,
    }
}

/// A passage's words, those together that agree with the other document's or do not.
fn pieces(text: &str, words: &[Word], passage: Range<usize>, same: &[usize]) -> Vec<Piece> {
    let end = passage.end.min(passage.start + WORDS);
    let mut out: Vec<Piece> = Vec::new();
    let mut from = words[passage.start].range.start;
    for (i, word) in words.iter().enumerate().take(end).skip(passage.start) {
        let differs = same.binary_search(&i).is_err();
        let written = &text[from..word.range.end];
        from = word.range.end;
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
