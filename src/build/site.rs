//! Documents → everything the site is made of.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::conversation::{self, Talk};
use super::links::{Places, escaped};
use super::names;
use super::progress::{Clock, Stage};
use super::readers::Annotated;
use super::search;
use super::state::State;
use super::works::Listed;
use super::{Entry, Report};
use crate::annotations::page::Shown;
use crate::cite::Description;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Failure, Warned};
use crate::discover::Asset;
use crate::facts::Publish;
use crate::index::related::{self, Feature, Related};
use crate::index::search::file::Script;
use crate::index::search::item::Item;
use crate::model::{Document, block_text};
use crate::names::Index;
use crate::printed;
use crate::publish::{Content, Output};
use crate::render::assets::Assets;
use crate::render::context::{DocumentCard, Fitting, SourceFile, TocEntry};
use crate::render::conversation::{Conversation, NameHere, RelatedDocument, Shared};
use crate::render::facsimile;
use crate::render::html::{self, Article, Overlay, OverlayKind, Surroundings};
use crate::render::slug::{self, Slugs};
use crate::render::templates::Templates;
use crate::render::{
    self, Around, NoteCounts, Page, Record, RenderError, RenderedDocument, SiteFacts, SiteModel, TagEntry,
    Unmarked, Unresolved, bibliography, highlight, wording,
};
use crate::source::Source;
use crate::strings::Strings;

/// Related documents that a page names.
const RELATED: usize = 4;

/// Reasons that it gives for each.
const REASONS: usize = 5;

/// What a shared work says of two texts, where a shared tag says 1.
const WORK_WEIGHT: f64 = 4.0;

/// What the names of the files begin with that only search needs.
const SEARCH: &str = "static/search";

/// Takes a file of the site, from any thread.
pub type Sink<'s> = dyn Fn(Output) -> Result<(), Failure> + Sync + 's;

/// An archive ready to be rendered.
pub struct Site<'a> {
    config: &'a Config,
    strings: &'a Strings,
    entries: &'a [Entry],
    places: Places,
    tags: Vec<TagEntry>,
    works: Listed,
    annotated: &'a Annotated,
    names: &'a Index,
    talk: Talk,
}

/// What others say of a document.
struct Said<'m> {
    /// Its readers.
    annotations: &'m [Shown],
    /// The other documents.
    conversation: Conversation<'m>,
}

impl<'a> Site<'a> {
    /// Brings the documents together.
    pub fn new(
        config: &'a Config,
        strings: &'a Strings,
        assets: &[Asset],
        entries: &'a [Entry],
        works: &[Description],
        annotated: &'a Annotated,
        names: &'a Index,
    ) -> Self {
        let documents = entries.iter().map(|e| (e.document.found.relative.as_str(), e.slug.as_str()));
        let places = Places::new(documents, assets);
        let talk = Talk::of(entries, &places);
        Site {
            config,
            strings,
            entries,
            places,
            tags: tags(entries),
            works: Listed::new(entries, works),
            annotated,
            names,
            talk,
        }
    }

    /// Gives the sink all files of the site, each as soon as it is ready, and says what there is to tell. `diagnostics`
    /// are those of no published document; `slugs` knows the addresses that are taken.
    pub fn render(
        &self,
        assets: &Assets,
        templates: &Templates,
        diagnostics: Vec<Diagnostic>,
        slugs: &mut Slugs,
        clock: &mut Clock,
        sink: &Sink,
    ) -> Result<Report, Failure> {
        let count = self.entries.len();
        let listener = clock.listener();
        clock.begins(Stage::Write, count);
        let mut articles: Vec<Warned<Article>> =
            (0..count).into_par_iter().map(|i| self.article(i)).inspect(|_| listener.step()).collect();
        let record = |(i, article): (usize, &Warned<Article>)| {
            let mut record = self.record(i, &self.entries[i], article);
            record.diagnostics.extend(self.talk.diagnostics[i].iter().cloned());
            record
        };
        let records = articles.iter().enumerate().map(record).collect();
        let written: Vec<&Article> = articles.iter().map(|a| &a.value).collect();
        let names = names::entries(self.names, self.entries, &written);
        let model = SiteModel {
            facts: self.facts(),
            records,
            tags: self.tags.clone(),
            works: self.works.cards.clone(),
            wanted: self.works.wanted(),
            twins: self.talk.twins.clone(),
            stray_annotations: self.annotated.stray_count(),
            names,
            diagnostics,
        };
        let order = Order::of(&model);
        let conversations = self.conversations(&written, &model);
        let resolve = |name: &str| self.named(name);
        let notes: Vec<Vec<Shown>> = self
            .entries
            .par_iter()
            .enumerate()
            .map(|(i, e)| self.annotated.shown(i, e, "../", &resolve))
            .collect();

        clock.begins(Stage::Pages, count);
        articles.par_iter_mut().zip(conversations).enumerate().try_for_each(
            |(i, (article, conversation))| {
                let said = Said { annotations: &notes[i], conversation };
                for page in self.document(i, &article.value, said, &model, &order, templates)? {
                    sink(output(page))?;
                }
                // What others ask of it from here on is where its parts are.
                article.value.html = String::new();
                listener.step();
                Ok::<_, Failure>(())
            },
        )?;
        model.names.par_iter().try_for_each(|name| {
            let page = render::conversation::name_page(&model, name, templates)?;
            page.map_or(Ok(()), |page| sink(output(page)))
        })?;
        let mut files: Vec<Output> = Vec::new();
        files.extend(render::pages(&model, templates)?.into_iter().map(output));
        self.work_pages(&articles, &model, templates, sink)?;
        files.extend(self.annotations(&model, &notes, &order.places, templates)?);
        for (entry, record) in self.entries.iter().zip(&model.records) {
            for alias in &entry.document.facts.aliases {
                let (old, taken) = slugs.take(&slug::of_text(alias), &entry.document.found.shown);
                if taken.is_none() && !old.is_empty() {
                    files.push(output(render::alias(&model.facts, &old, &record.card, templates)?));
                }
            }
        }
        files
            .extend(assets.pages().filter(|p| self.config.search || !p.path.starts_with(SEARCH)).map(output));
        let css = [
            highlight::light_css(),
            "@media (prefers-color-scheme: dark) {\n".into(),
            highlight::dark_css(),
            "}\n".into(),
        ];
        files.push(Output::new("static/highlight.css", css.concat()));
        let said = ["postilMarkStrings = ", &self.strings.json("mark-"), "\n"].concat();
        files.push(Output::new("static/annotate-strings.js", said));
        if let Some(look) = &self.config.look {
            files.push(Output::new("static/look.css", look.css()));
        }
        files.extend(self.files(&articles));
        files.into_par_iter().try_for_each(sink)?;
        if self.config.search {
            clock.begins(Stage::Search, 0);
            sink(output(render::search(&model, templates)?))?;
            let said = ["postilSearchStrings = ", &self.strings.json("search-"), "\n"].concat();
            sink(Output::new([SEARCH, "-strings.js"].concat(), said))?;
            self.search(&articles, &model, |file| sink(Output::new(file.path, file.bytes)))?;
        }

        let state = State::of(&model);
        let mut diagnostics = model.diagnostics;
        diagnostics.extend(model.records.iter().flat_map(|r| r.diagnostics.iter().cloned()));
        diagnostics.sort();
        let documents = self.entries.iter().map(|e| &e.document.document);
        let report = Report {
            documents: self.entries.len(),
            words: documents.clone().map(|d| d.words).sum(),
            notes: documents.map(|d| d.notes.len()).sum(),
            links: self.links(),
            diagnostics,
            state,
            ..Report::default()
        };
        Ok(report)
    }

    /// Citations tied to their work, and links between documents and within them.
    fn links(&self) -> usize {
        let cited = self.entries.iter().flat_map(|e| &e.document.citations.citations);
        let inside: usize = self.entries.iter().map(|e| e.document.inside.len()).sum();
        cited.filter(|c| c.work.one().is_some()).count() + self.talk.links() + inside
    }

    /// The search index: texts, then what is found only because the archive concluded it.
    fn search(
        &self,
        articles: &[Warned<Article>],
        model: &SiteModel,
        sink: impl Fn(Script) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let document = |i: usize| &self.entries[i].document.document;
        let page = |i: usize| model.records[i].card.url.as_str();
        let texts = self.entries.len();
        let written = (0..texts)
            .filter_map(|i| search::annotations(document(i), self.annotated.texts(i, page(i)).collect()));
        let others: Vec<Item> = (model.works.iter().map(search::work))
            .chain(model.names.iter().map(search::name))
            .chain(written)
            .collect();
        let urls: Vec<String> = (0..texts)
            .map(page)
            .chain(others.iter().map(|o| o.card.url.as_str()))
            .map(str::to_owned)
            .collect();
        let item = |i: usize| match i.checked_sub(texts) {
            Some(other) => others[other].clone(),
            None => search::item(document(i), &articles[i].value, urls[i].clone()),
        };
        let mut done = Ok(());
        search::build(
            &urls,
            texts,
            |i, counter| counter.count(item(i)),
            |file| {
                if done.is_ok() {
                    done = sink(file);
                }
            },
        );
        done
    }

    fn facts(&self) -> SiteFacts {
        let config = self.config;
        let title = config.title.clone().unwrap_or_else(|| self.strings.say("default-title").to_owned());
        let facts = SiteFacts {
            description: config.description.clone(),
            base_url: config.base_url.clone(),
            search: config.search,
            has_own_look: config.look.is_some(),
            ..SiteFacts::new(title, self.strings.clone())
        };
        facts.with_navigation(config.navigation.as_deref())
    }

    fn article(&self, index: usize) -> Warned<Article> {
        let entry = &self.entries[index];
        let from = &entry.document.found.relative;
        let write = |overlays: &[Overlay]| {
            let around = Surroundings {
                slug: slug::of_text,
                resolve: &|address| self.places.resolve(from, address),
                reserved: &[],
                overlays,
                strings: self.strings,
            };
            html::article(&entry.document.document, &entry.document.source, &around)
        };
        let pages = printed::pages(&entry.document.source, &entry.document.document);
        let printed = pages.iter().map(|page| Overlay {
            passage: page.passage.clone(),
            kind: OverlayKind::Place {
                id: conversation::page_id(&page.number),
                shown: Some(page.number.clone()),
            },
        });
        let cited = self.works.overlays(index, self.entries);
        let said = self.annotated.overlays(index);
        let talked = self.talk.overlays(index, self.entries);
        let mut overlays: Vec<Overlay> = printed.chain(cited).chain(said).chain(talked).collect();
        let inside = &entry.document.inside;
        if !inside.is_empty() {
            // What a place is called is known when the page has been written once.
            let first = write(&overlays);
            let pages = pages.iter().map(|p| p.number.as_str()).collect();
            overlays.extend(conversation::inside(inside, &pages, &first.value));
        }
        write(&overlays)
    }

    fn record(&self, index: usize, entry: &Entry, article: &Warned<Article>) -> Record {
        let read = &entry.document;
        let document = &read.document;
        let tag_url =
            |name: &str| self.tags.iter().find(|t| t.name == name).map_or(String::new(), TagEntry::url);
        let mut diagnostics = read.diagnostics.clone();
        diagnostics.extend(article.diagnostics.iter().cloned());
        Record {
            source: read.found.shown.clone(),
            card: DocumentCard::new(
                &entry.slug,
                &document.meta,
                document.form,
                document.words,
                document.notes.len(),
                self.strings,
                tag_url,
            ),
            notes: counts(document, &read.source, &article.value),
            omissions: document.omissions.len(),
            repairs: document.repairs.len(),
            works: self.works.cited_by(index).into_iter().map(|w| self.works.slugs[w].clone()).collect(),
            references: self.works.references(index, entry, &article.value),
            annotations: self.annotated.fitting(index),
            fixes: Fitting {
                all: read.facts.fixes.len(),
                lost: diagnostics
                    .iter()
                    .filter(|d| matches!(d.code, Code::FixMisfit | Code::FixUnused))
                    .count(),
            },
            diagnostics,
        }
    }

    fn document(
        &self,
        index: usize,
        article: &Article,
        said: Said,
        model: &SiteModel,
        order: &Order,
        templates: &Templates,
    ) -> Result<Vec<Page>, RenderError> {
        let entry = &self.entries[index].document;
        let document = &entry.document;
        let meta = &document.meta;
        let rendered = RenderedDocument {
            article: article.html[article.title_len..].to_owned(),
            toc: contents(article),
            top_level: top_level(article),
            own_title: article.html[..article.title_len].to_owned(),
            summary: entry.facts.summary.as_deref(),
            evidence: entry.evidence.clone(),
            repairs: &document.repairs,
            omissions: &document.omissions,
            source: &entry.source,
            has_facsimile: self.has_facsimile(index),
            rights: meta.rights.as_deref(),
            address: meta.source.as_deref(),
            file: (entry.facts.publish == Publish::All).then(|| self.source_file(index)),
            works: self.works.lines(index, &self.entries[index]),
            annotations: said.annotations,
            fingerprint: self.annotated.fingerprint(index),
            extra: &meta.extra,
        };
        let card = |i: usize| &model.records[i].card;
        let (previous, next) = order.around(index);
        let around =
            Around { previous: previous.map(card), next: next.map(card), conversation: said.conversation };
        let record = &model.records[index];
        let mut pages = Vec::from(render::document(&model.facts, record, &rendered, &around, templates)?);
        if let Some(file) = rendered.file.as_ref().filter(|_| rendered.has_facsimile) {
            let printed = printed::pages(&entry.source, document);
            let there = [record.card.slug.as_str(), ".html"].concat();
            let halves =
                facsimile::facsimile(&entry.source, document, article, &printed, &there, self.strings);
            pages.push(render::facsimile_page(&model.facts, &record.card, file, &halves, templates)?);
        }
        Ok(pages)
    }

    /// True if the source is shown beside the text: it is published, and something was done to it.
    fn has_facsimile(&self, index: usize) -> bool {
        let read = &self.entries[index].document;
        let document = &read.document;
        let done = !document.repairs.is_empty() || !document.omissions.is_empty();
        read.facts.publish == Publish::All
            && (done || !document.form.is_markdown())
            && read.source.text.len() <= facsimile::LARGEST
    }

    /// The pages of works, and their lists for other programs.
    fn work_pages(
        &self,
        articles: &[Warned<Article>],
        model: &SiteModel,
        templates: &Templates,
        sink: &Sink,
    ) -> Result<(), Failure> {
        let cards: Vec<&DocumentCard> = model.records.iter().map(|r| &r.card).collect();
        let articles: Vec<&Article> = articles.iter().map(|a| &a.value).collect();
        let works = &self.works;
        (0..works.cards.len()).into_par_iter().try_for_each(|w| {
            let page = works.page(w, self.entries, &articles, &cards);
            sink(output(render::works::one(&model.facts, &page, templates)?))
        })?;
        sink(output(render::works::index(&model.facts, &works.cards, templates)?))?;
        let entry = |w: usize| (works.slugs[w].as_str(), &works.works.works[w].description);
        let all: Vec<_> = (0..works.slugs.len()).map(entry).collect();
        for page in bibliography::files("works/works", &all)? {
            sink(output(page))?;
        }
        cards.par_iter().enumerate().try_for_each(|(d, card)| {
            let cited: Vec<_> = works.cited_by(d).into_iter().map(entry).collect();
            if cited.is_empty() {
                return Ok(());
            }
            let files = bibliography::files(&bibliography::stem(&card.slug), &cited)?;
            files.into_iter().map(output).try_for_each(sink)
        })
    }

    /// The page of all annotations, and the files that hold them for other programs.
    fn annotations(
        &self,
        model: &SiteModel,
        notes: &[Vec<Shown>],
        order: &[usize],
        templates: &Templates,
    ) -> Result<Vec<Output>, RenderError> {
        let resolve = |name: &str| self.named(name);
        // The page lies at the root, so that what a note links to is one folder nearer; it shows the first ones only.
        let mut left = render::readers::SHOWN;
        let mut at_root: Vec<Vec<Shown>> = vec![Vec::new(); notes.len()];
        for &i in order.iter().filter(|&&i| !notes[i].is_empty()) {
            if left == 0 {
                break;
            }
            at_root[i] = self.annotated.shown(i, &self.entries[i], "", &resolve);
            at_root[i].truncate(left);
            left -= at_root[i].len();
        }
        let strays = self.annotated.strays(&resolve);
        let mut out = vec![output(render::readers::page(model, notes, &at_root, order, &strays, templates)?)];
        if !self.annotated.is_empty() {
            let files = self.annotated.exports(&model.facts.title, self.entries);
            out.extend(files.into_iter().map(|(path, bytes)| Output::new(path, bytes)));
        }
        Ok(out)
    }

    /// The page that a name in double brackets stands for in a reader's note.
    fn named(&self, name: &str) -> Option<String> {
        Some(["texts/", &self.talk.named(name, self.entries)?].concat())
    }

    fn source_file(&self, index: usize) -> SourceFile {
        let found = &self.entries[index].document.found;
        let size = found.path.metadata().map_or(0, |m| m.len());
        let name = found.relative.rsplit('/').next().unwrap_or(&found.relative).to_owned();
        SourceFile { url: escaped(&self.places.copy(&found.relative)), name, size: wording::file_size(size) }
    }

    /// What ties each document to the others.
    fn conversations<'m>(&self, articles: &[&Article], model: &'m SiteModel) -> Vec<Conversation<'m>> {
        let mut shared: Vec<Shared> = Vec::new();
        let mut bearers: Vec<(Vec<usize>, f64)> = Vec::new();
        for tag in &model.tags {
            shared.push(Shared { kind: "tag", name: tag.name.clone(), url: tag.url() });
            bearers.push((tag.documents.clone(), 1.0));
        }
        for name in model.names.iter().filter(|n| n.documents.len() > 1) {
            shared.push(Shared { kind: "name", name: name.form.clone(), url: name.url.clone() });
            let documents = name.documents.iter().map(|d| d.document).collect();
            // What is mentioned often is what a text speaks of.
            let often = name.mentions() as f64 / name.documents.len() as f64;
            bearers.push((documents, names::weight(name.kind) * often.sqrt()));
        }
        // Two texts that cite one work speak of the same thing; no name says so much.
        let mut citing: Vec<Vec<usize>> = vec![Vec::new(); model.works.len()];
        for d in 0..self.entries.len() {
            self.works.cited_by(d).into_iter().for_each(|w| citing[w].push(d));
        }
        for (work, documents) in model.works.iter().zip(citing).filter(|(_, d)| d.len() > 1) {
            shared.push(Shared { kind: "work", name: work.title.clone(), url: work.url.clone() });
            bearers.push((documents, WORK_WEIGHT));
        }
        let features: Vec<Feature> = bearers
            .into_iter()
            .zip(&shared)
            .map(|((documents, weight), s)| Feature { documents, weight, label: &s.name })
            .collect();
        let related = related::related(self.entries.len(), &features, RELATED, REASONS);
        let names = names::by_document(&model.names, self.entries.len());
        let conversation = |(related, (names, more_names)): (Vec<Related>, (Vec<NameHere>, usize))| {
            let related = related.into_iter().map(|r| RelatedDocument {
                document: &model.records[r.document].card,
                shared: r.shared.iter().map(|&f| shared[f].clone()).collect(),
            });
            Conversation { names, more_names, related: related.collect(), ..Conversation::default() }
        };
        let mut out: Vec<Conversation> = related.into_iter().zip(names).map(conversation).collect();
        self.talk.tell(self.entries, articles, model, &mut out);
        out
    }

    /// The untouched sources, and the files that the articles show.
    fn files(&self, articles: &[Warned<Article>]) -> Vec<Output> {
        let mut out: BTreeMap<String, Output> = BTreeMap::new();
        for entry in self.entries.iter().filter(|e| e.document.facts.publish == Publish::All) {
            let found = &entry.document.found;
            let path = self.places.copy(&found.relative);
            out.insert(path.clone(), Output::copy(path, &found.path, Some(&entry.document.digest)));
        }
        let used: BTreeSet<&String> = articles.iter().flat_map(|a| &a.value.files).collect();
        for address in used {
            if let Some((path, from)) = self.places.file(address) {
                out.insert(path.clone(), Output::copy(path, from, None));
            }
        }
        out.into_values().collect()
    }
}

fn output(page: Page) -> Output {
    let content = page.bytes.map_or(Content::AsItStands, Content::Bytes);
    Output { path: page.path, content, inputs: page.inputs }
}

/// The documents in the order of the index.
struct Order {
    /// The documents in this order.
    places: Vec<usize>,
    /// For each document its place.
    place_of: Vec<usize>,
}

impl Order {
    fn of(model: &SiteModel) -> Order {
        let cards: Vec<&DocumentCard> = model.records.iter().map(|r| &r.card).collect();
        let places = render::order::Order::ALL[0].sorted(&cards);
        let mut place_of = vec![0; places.len()];
        places.iter().enumerate().for_each(|(place, &document)| place_of[document] = place);
        Order { places, place_of }
    }

    /// The documents before and after a document.
    fn around(&self, document: usize) -> (Option<usize>, Option<usize>) {
        let place = self.place_of[document];
        let at = |place: usize| self.places.get(place).copied();
        (place.checked_sub(1).and_then(at), at(place + 1))
    }
}

/// Every tag with its documents.
fn tags(entries: &[Entry]) -> Vec<TagEntry> {
    let mut by_name: BTreeMap<&str, (bool, Vec<usize>)> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for tag in &entry.document.document.meta.tags {
            let known = by_name.entry(&tag.name).or_insert((true, Vec::new()));
            known.0 &= tag.derived;
            if known.1.last() != Some(&i) {
                known.1.push(i);
            }
        }
    }
    let mut slugs = Slugs::new(&["index"]);
    by_name
        .into_iter()
        .map(|(name, (derived, documents))| TagEntry {
            name: name.to_owned(),
            slug: slugs.of_name(name, "tag"),
            derived,
            documents,
        })
        .collect()
}

/// What is tied and what is not.
fn counts(document: &Document, source: &Source, article: &Article) -> NoteCounts {
    let mut marked = vec![false; document.notes.len()];
    for note in document.markers.iter().filter_map(|m| m.note) {
        if let Some(marked) = marked.get_mut(note.0 as usize) {
            *marked = true;
        }
    }
    let unmarked = document.notes.iter().enumerate().filter(|&(i, _)| !marked[i]).map(|(i, note)| Unmarked {
        label: note.label.clone(),
        part: note.part,
        text: block_text(&note.blocks).split_whitespace().collect::<Vec<_>>().join(" "),
        line: source.line_of(note.span.start as usize),
        id: article.note_ids.get(i).cloned(),
    });
    let unresolved =
        document.markers.iter().enumerate().filter(|(_, m)| m.note.is_none()).map(|(i, marker)| Unresolved {
            label: marker.label.clone(),
            before: before(source, marker.span.start as usize),
            line: source.line_of(marker.span.start as usize),
            id: article.marker_ids.get(i).cloned(),
        });
    NoteCounts {
        markers: document.markers.len(),
        notes: document.notes.len(),
        paired: document.markers.iter().filter(|m| m.note.is_some()).count(),
        unmarked: unmarked.collect(),
        unresolved: unresolved.collect(),
    }
}

/// The words before a place of the source.
fn before(source: &Source, at: usize) -> String {
    /// Characters shown.
    const LONGEST: usize = 60;
    let text: String = source.text[..at].chars().rev().take(LONGEST).collect();
    let text: String = text.chars().rev().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The level of the outermost headings below the title.
fn top_level(article: &Article) -> u8 {
    article.toc.iter().map(|e| e.level).filter(|&level| level > 1).min().unwrap_or(1)
}

/// The table of contents: the headings below the title, the outermost at depth 1.
fn contents(article: &Article) -> Vec<TocEntry> {
    /// Headings of a table of contents that says something.
    const FEWEST: usize = 2;
    let listed: Vec<_> = article.toc.iter().filter(|e| e.level > 1).collect();
    let listed = if listed.len() < FEWEST { article.toc.iter().collect() } else { listed };
    if listed.len() < FEWEST {
        return Vec::new();
    }
    let top = listed.iter().map(|e| e.level).min().unwrap_or(1);
    let entry =
        |e: &&html::TocEntry| TocEntry { id: e.id.clone(), title: e.text.clone(), depth: e.level - top + 1 };
    listed.iter().map(entry).collect()
}
