//! Documents → everything the site is made of.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::conversation::{self, Talk};
use super::links::{Places, escaped};
use super::names::{self, Names};
use super::progress::{Clock, Stage};
use super::readers::Annotated;
use super::rows;
use super::search;
use super::shared::{self, Borne};
use super::state::State;
use super::works::Listed;
use super::{Archive, Entry, Reading, Report};
use crate::annotations;
use crate::annotations::page::Shown;
use crate::cache::{Folder, Lost, kept, renewed};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Failure, Warned};
use crate::digest;
use crate::facts::Publish;
use crate::index::related::{Feature, Related, Relations};
use crate::index::search::file::Script;
use crate::index::search::item::Item;
use crate::names::merge::Mentions;
use crate::names::owner;
use crate::publish::{Content, Output};
use crate::render::assets::Assets;
use crate::render::context::{DocumentCard, Fitting, SourceFile, TocEntry};
use crate::render::conversation::{Conversation, Headed, NameDocument, RelatedDocument, Shared};
use crate::render::facsimile;
use crate::render::html::{self, Anchors, Article, LinkTarget, Overlay, Surroundings};
use crate::render::slug::{self, Slugs};
use crate::render::templates::Templates;
use crate::render::{
    self, Around, Lists, Page, Record, RenderedDocument, SiteFacts, SiteModel, TagEntry, bibliography,
    catalogue, highlight, wording,
};
use crate::strings::Strings;

/// Related documents that a page names.
const RELATED: usize = 4;

/// Reasons that it gives for each.
const REASONS: usize = 5;

/// What the names of the files begin with that only search needs.
const SEARCH: &str = "static/search";

/// Takes a file of the site, from any thread.
pub type Sink<'s> = dyn Fn(Output) -> Result<(), Failure> + Sync + 's;

/// An archive ready to be rendered.
pub struct Site<'a> {
    config: &'a Config,
    strings: &'a Strings,
    assets: &'a Assets,
    entries: &'a [Entry],
    places: Places,
    tags: Vec<TagEntry>,
    works: Listed,
    annotated: &'a Annotated,
    talk: Talk,
    cache: Option<&'a Folder>,
}

/// The names of the documents, the digest of what they follow from, and why the cache was of no use, if so.
pub type Named = (Names, String, Option<Lost>);

/// For each document which are related to it, and which names its page lists.
type Ties = (Vec<Vec<Related>>, Vec<names::Listed>);

/// Where the relative addresses of a document lead.
type Resolved<'a> = BTreeMap<&'a str, LinkTarget>;

/// What others say of a document.
struct Said<'m> {
    /// The files and the other documents that it refers to.
    resolved: &'m Resolved<'m>,
    /// Its readers.
    annotations: &'m [Shown],
    /// The other documents.
    conversation: Conversation<'m>,
    /// The names that its page lists, and what tells each name of the archive, as a page lists it, from what it was.
    names: (&'m names::Listed, &'m [u64]),
    /// Stands for what every page of a document shows of the site.
    site: u64,
}

impl<'a> Site<'a> {
    /// Brings the documents together. What is found between them is kept in the cache, if there is one.
    pub fn new(archive: &'a Archive, cache: Option<&'a Folder>) -> Result<(Self, Named), Failure> {
        let entries = &archive.entries;
        let documents = entries.iter().map(|e| (e.gist.found.relative.as_str(), e.slug.as_str()));
        let places = Places::new(documents, &archive.beside);
        let said = archive.shaped_by.get(owner::FILE);
        let (talk, known) =
            rayon::join(|| Talk::of(entries, &places, cache), || Names::known(entries, said, cache));
        let named = Names::of(known, entries, &archive.names_owner, cache)?;
        let site = Site {
            config: &archive.config,
            strings: &archive.strings,
            assets: &archive.assets,
            entries,
            places,
            tags: tags(entries),
            works: Listed::new(entries, &archive.works),
            annotated: &archive.annotated,
            talk: talk?,
            cache,
        };
        Ok((site, named))
    }

    /// Gives the sink all files of the site, each as soon as it is ready, and says what there is to tell. `diagnostics`
    /// are those of no published document; `slugs` knows the addresses that are taken.
    pub fn render(
        &self,
        named: Named,
        templates: &Templates,
        diagnostics: Vec<Diagnostic>,
        slugs: &mut Slugs,
        clock: &mut Clock,
        sink: &Sink,
    ) -> Result<Report, Failure> {
        let count = self.entries.len();
        let resolved: Vec<Resolved> = (0..count).into_par_iter().map(|i| self.resolved(i)).collect();
        let mut records = (0..count)
            .into_par_iter()
            .map(|i| self.record(i, self.astray(i, &resolved[i])?))
            .collect::<Result<Vec<Record>, Failure>>()?;
        if !templates.are_built_in() {
            // Who knows what the owner's show.
            records.iter_mut().for_each(|record| record.card.show_all());
        }
        let cards: Vec<&DocumentCard> = records.iter().map(|r| &r.card).collect();
        let title_places = render::order::title_places(&cards);
        let (names, names_follow_from, unnamed) = named;
        let mut model = SiteModel {
            facts: self.facts(),
            records,
            title_places,
            tags: self.tags.clone(),
            works: Arc::clone(&self.works.cards),
            wanted: self.works.wanted(),
            twins: self.talk.twins.clone(),
            stray_annotations: self.annotated.stray_count(),
            names: names.entries,
            names_follow_from,
            names_at: self.entries.iter().map(|e| e.gist.names_at.clone()).collect(),
            diagnostics,
        };
        let order = Order::of(&model.title_places);
        let borne = shared::borne(&model, &self.works, count);
        let follow_from = shared::follow_from(&model, &borne, count);
        let (bonds, unbound) = shared::bonds(&borne, count, &follow_from, self.cache);
        let (ties, unrelated) = self.ties(&model, &borne, &follow_from);
        let mut conversations = vec![Conversation::default(); count];
        self.talk.tell(self.entries, &model, &mut conversations)?;
        let resolve = |name: &str| self.named(name);
        let page = annotations::page::Page { root: "../", resolve: &resolve, strings: self.strings };
        let notes = self
            .entries
            .par_iter()
            .enumerate()
            .map(|(i, e)| self.annotated.shown(i, e, &page))
            .collect::<Result<Vec<Vec<Shown>>, Failure>>()?;

        let numbers = names::numbers(&model.names);
        let site = render::site_inputs(&model.facts, "");

        clock.begins(Stage::Pages, count);
        let listener = clock.listener();
        conversations.into_par_iter().enumerate().try_for_each(|(i, conversation)| {
            let conversation = Self::tied(i, conversation, &ties, &model, &borne);
            let names = (&ties.1[i], numbers.as_slice());
            let said = Said { resolved: &resolved[i], annotations: &notes[i], conversation, names, site };
            self.document(i, said, &model, &order, templates, sink)?;
            listener.step();
            Ok::<_, Failure>(())
        })?;
        self.name_pages(&names.mentions, &model, templates, sink)?;
        // The lists need the room.
        drop(names.mentions);
        drop((borne, ties));
        let mut files: Vec<Output> = Vec::new();
        let lists = Lists::of(&model, &bonds);
        let (rows, rowless) =
            renewed(self.cache, "rows", |before| rows::renewed(before, &lists.parts(), templates))?;
        let lists = lists.with_rows(rows.unwrap_or_default());
        // They are large: each is given away before the next is made.
        let made = Lists::ALL.into_par_iter().map(|list| {
            let pages = list(&lists, templates)?;
            let paths: Vec<String> = pages.iter().map(|page| page.path.clone()).collect();
            pages.into_iter().map(output).try_for_each(sink)?;
            Ok(paths)
        });
        let made: Vec<String> = made.collect::<Result<Vec<_>, Failure>>()?.concat();
        files.extend(lists.feeds(&made)?.into_iter().map(output));
        self.work_pages(&model, templates, sink)?;
        files.extend(self.annotations(&model, &notes, &order.places, templates)?);
        for (entry, record) in self.entries.iter().zip(&model.records) {
            for alias in &entry.gist.facts.aliases {
                let (old, taken) = slugs.take(&slug::of_text(alias), &entry.gist.found.shown);
                if taken.is_none() && !old.is_empty() {
                    files.push(output(render::alias(&model.facts, &old, &record.card, templates)?));
                }
            }
        }
        files.extend(
            self.assets.pages().filter(|p| self.config.search || !p.path.starts_with(SEARCH)).map(output),
        );
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
        files.extend(self.files(&resolved));
        files.into_par_iter().try_for_each(sink)?;
        if self.config.search {
            clock.begins(Stage::Search, 0);
            sink(output(render::search(&model, templates)?))?;
            let said = ["postilSearchStrings = ", &self.strings.json("search-"), "\n"].concat();
            sink(Output::new([SEARCH, "-strings.js"].concat(), said))?;
            self.search(&model, |file| sink(Output::new(file.path, file.bytes)))?;
        }

        let state = State::of(&model);
        let mut diagnostics = std::mem::take(&mut model.diagnostics);
        diagnostics.extend(model.records.iter().flat_map(|r| r.diagnostics.iter().cloned()));
        diagnostics.sort();
        let gists = self.entries.iter().map(|e| &e.gist);
        let report = Report {
            documents: self.entries.len(),
            words: gists.clone().map(|g| g.words).sum(),
            notes: gists.map(|g| g.counts.notes).sum(),
            links: self.links(),
            diagnostics,
            state,
            cache: self.talk.lost.or(unnamed).or(unbound).or(unrelated).or(rowless),
            ..Report::default()
        };
        super::let_go(model);
        Ok(report)
    }

    /// Citations tied to their work, and links between documents and within them.
    fn links(&self) -> usize {
        let cited = self.entries.iter().flat_map(|e| &e.gist.cites.meant);
        let inside: usize = self.entries.iter().map(|e| e.gist.inside).sum();
        cited.filter(|meant| meant.one().is_some()).count() + self.talk.links() + inside
    }

    /// The search index: texts, then what is found only because the archive concluded it.
    fn search(&self, model: &SiteModel, sink: impl Fn(Script) -> Result<(), Failure>) -> Result<(), Failure> {
        let page = |i: usize| model.records[i].card.url.as_str();
        let texts = self.entries.len();
        let written: Vec<Item> = (0..texts)
            .filter_map(|i| {
                search::annotations(&self.entries[i].gist.meta, self.annotated.texts(i, page(i)).collect())
            })
            .collect();
        let urls: Vec<String> = (0..texts)
            .map(page)
            .chain(model.works.iter().map(|work| work.url.as_str()))
            .chain(model.names.iter().map(|name| name.url.as_str()))
            .chain(written.iter().map(|item| item.card.url.as_str()))
            .map(str::to_owned)
            .collect();
        // Made when it is their turn: of works and names there may be many times as many as of texts.
        let item = |i: usize| -> Result<Item, Failure> {
            let Some(work) = i.checked_sub(texts) else {
                let entry = &self.entries[i];
                let (anchors, reading) = (entry.detail()?.anchors.open(), entry.reading()?);
                return Ok(search::item(&entry.gist, &anchors, &reading, urls[i].clone()));
            };
            let Some(name) = work.checked_sub(model.works.len()) else {
                return Ok(search::work(&model.works[work]));
            };
            let Some(of_readers) = name.checked_sub(model.names.len()) else {
                return Ok(search::name(&model.names[name]));
            };
            Ok(written[of_readers].clone())
        };
        let mut done = Ok(());
        search::build(
            &urls,
            texts,
            |i, counter| item(i).map(|item| counter.count(item)),
            |file| {
                if done.is_ok() {
                    done = sink(file);
                }
            },
        )?;
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

    /// Where the relative addresses of a document lead.
    fn resolved(&self, index: usize) -> Resolved<'a> {
        let gist = &self.entries[index].gist;
        let place =
            |address: &'a String| (address.as_str(), self.places.resolve(&gist.found.relative, address));
        gist.addresses.iter().map(place).collect()
    }

    /// What lies over a document's text and comes from the other documents and from readers.
    fn overlays(&self, index: usize) -> Vec<Overlay> {
        let cited = self.works.overlays(index, self.entries);
        let said = self.annotated.overlays(index);
        let talked = self.talk.overlays(index, self.entries);
        cited.into_iter().chain(said).chain(talked).collect()
    }

    /// A document as HTML. `overlays` come from the others; its own are its printed pages and the links within it.
    fn article(
        &self,
        index: usize,
        reading: &Reading,
        anchors: &Anchors,
        overlays: Vec<Overlay>,
    ) -> Warned<Article> {
        let gist = &self.entries[index].gist;
        let mut all = conversation::printed(&reading.printed());
        all.extend(overlays);
        all.extend(conversation::inside(&reading.inside, gist, anchors));
        let around = Surroundings {
            slug: slug::of_text,
            resolve: &|address| self.places.resolve(&gist.found.relative, address),
            reserved: &[],
            overlays: &all,
            strings: self.strings,
        };
        html::article(&reading.document, &reading.source, &around)
    }

    /// What there is to tell of addresses that lead nowhere. An image may lead to nowhere where a link would not, so that
    /// all but files are looked at.
    fn astray(&self, index: usize, resolved: &Resolved) -> Result<Vec<Diagnostic>, Failure> {
        if resolved.values().all(|to| matches!(to, LinkTarget::File(_))) {
            return Ok(Vec::new());
        }
        let reading = self.entries[index].reading()?;
        let anchors = self.entries[index].detail()?.anchors.open();
        Ok(self.article(index, &reading, &anchors, Vec::new()).diagnostics)
    }

    fn record(&self, index: usize, astray: Vec<Diagnostic>) -> Result<Record, Failure> {
        let entry = &self.entries[index];
        let gist = &entry.gist;
        // They are in the order of their names.
        let tag_url = |name: &str| {
            let place = self.tags.binary_search_by(|t| t.name.as_str().cmp(name));
            place.map_or(String::new(), |i| self.tags[i].url())
        };
        let mut diagnostics = gist.diagnostics.clone();
        diagnostics.extend(astray);
        let fixes = Fitting {
            all: gist.facts.fixes.len(),
            lost: diagnostics.iter().filter(|d| matches!(d.code, Code::FixMisfit | Code::FixUnused)).count(),
        };
        diagnostics.extend(self.talk.diagnostics(index).iter().cloned());
        Ok(Record {
            source: gist.found.shown.clone(),
            card: DocumentCard::new(
                &entry.slug,
                &gist.meta,
                gist.form,
                gist.words,
                gist.counts.notes,
                self.strings,
                tag_url,
            ),
            notes: gist.counts.clone(),
            omissions: gist.omissions,
            repairs: gist.repairs,
            works: self.works.cited_by(index).into_iter().map(|w| self.works.slugs[w].clone()).collect(),
            references: self.works.references(index, entry, self.strings),
            annotations: self.annotated.fitting(index),
            fixes,
            diagnostics,
        })
    }

    /// The pages of a document: with its text, with its source beside it, and its data file. Where they stand already,
    /// made from the same, the document is not even read.
    fn document(
        &self,
        index: usize,
        said: Said,
        model: &SiteModel,
        order: &Order,
        templates: &Templates,
        sink: &Sink,
    ) -> Result<(), Failure> {
        let entry = &self.entries[index];
        let (gist, record) = (&entry.gist, &model.records[index]);
        let overlays = self.overlays(index);
        let works = self.works.lines(index, entry);
        let file = (gist.facts.publish == Publish::All).then(|| self.source_file(index));
        let card = |i: usize| &model.records[i].card;
        let (previous, next) = order.around(index);
        let (listed, numbers) = said.names;
        let mut around =
            Around { previous: previous.map(card), next: next.map(card), conversation: said.conversation };
        let has_facsimile = self.has_facsimile(index);
        let follows_from = (
            (&gist.key, said.resolved, &overlays, &record.card, &works, &file),
            (said.annotations, around.previous, around.next, &around.conversation),
            listed.follow_from(numbers),
        );
        let inputs = match gist.key.is_empty() {
            true => None,
            false => render::document_inputs(templates, said.site, &follows_from),
        };
        let mut paths = vec![record.card.url.clone(), catalogue::detail_path(&record.card.slug)];
        paths.extend(has_facsimile.then(|| render::facsimile_url(&record.card.slug)));
        if let Some(inputs) = &inputs
            && paths.iter().all(|path| templates.stands(path, inputs))
        {
            let page = |path| Page { path, bytes: None, inputs: Some(*inputs) };
            return paths.into_iter().try_for_each(|path| sink(output(page(path))));
        }
        around.conversation.names = listed.shown(&model.names);
        around.conversation.more_names = listed.more;
        // Each is given away before the next is made.
        let give = |page: Page| sink(output(Page { inputs, ..page }));
        let reading = entry.reading()?;
        let document = &reading.document;
        let anchors = entry.detail()?.anchors.open();
        let article = self.article(index, &reading, &anchors, overlays).value;
        let meta = &gist.meta;
        let rendered = RenderedDocument {
            article: &article.html[article.title_len..],
            toc: contents(&article.anchors),
            top_level: top_level(&article.anchors),
            own_title: article.html[..article.title_len].to_owned(),
            summary: gist.facts.summary.as_deref(),
            evidence: grounds(&reading, self.strings),
            repairs: &document.repairs,
            omissions: &document.omissions,
            source: &reading.source,
            has_facsimile,
            rights: meta.rights.as_deref(),
            address: meta.source.as_deref(),
            file,
            works,
            annotations: said.annotations,
            fingerprint: &gist.fingerprint,
            extra: &meta.extra,
        };
        render::document(&model.facts, record, &rendered, &around, templates)?
            .into_iter()
            .try_for_each(give)?;
        let Some(file) = rendered.file.filter(|_| has_facsimile) else { return Ok(()) };
        drop(article);
        let there = [record.card.slug.as_str(), ".html"].concat();
        let printed = reading.printed();
        let halves =
            facsimile::facsimile(&reading.source, document, &anchors, &printed, &there, self.strings);
        give(render::facsimile_page(&model.facts, &record.card, &file, &halves, templates)?)
    }

    /// True if the source is shown beside the text: it is published, and something was done to it.
    fn has_facsimile(&self, index: usize) -> bool {
        let gist = &self.entries[index].gist;
        gist.facts.publish == Publish::All
            && (gist.repairs > 0
                || gist.omissions > 0
                || !gist.form.is_markdown()
                || gist.form == crate::model::Form::Html)
            && gist.length <= facsimile::LARGEST
            && gist.rows <= facsimile::MOST_ROWS
    }

    /// The pages of names.
    fn name_pages(
        &self,
        mentions: &[Mentions],
        model: &SiteModel,
        templates: &Templates,
        sink: &Sink,
    ) -> Result<(), Failure> {
        let site = render::site_inputs(&model.facts, "../");
        // A document heads what is quoted of it on hundreds of pages: what it is headed by is hashed once.
        let head = |record: &Record| digest::number_of_data("head", &Headed::of(&record.card, templates));
        let heads: Vec<u64> = model.records.par_iter().map(head).collect();
        mentions.par_iter().zip(&model.names).try_for_each(|(mentions, shown)| {
            // Which number is of what is said by what the name itself follows from.
            let mut numbers = Vec::new();
            for found in mentions.by_document() {
                let quotes = &self.entries[found.document()].gist.quotes;
                numbers.push(heads[found.document()]);
                numbers.extend(found.candidates().into_iter().filter_map(|c| quotes.get(c)));
            }
            let follows_from = (site, numbers);
            let quoted = |d: &NameDocument| {
                names::quotes(mentions.in_document(d.document()), &self.entries[d.document()])
            };
            match render::conversation::name_page(model, shown, follows_from, quoted, templates)? {
                Some(page) => sink(output(page)),
                None => Ok(()),
            }
        })
    }

    /// The pages of works, and their lists for other programs.
    fn work_pages(&self, model: &SiteModel, templates: &Templates, sink: &Sink) -> Result<(), Failure> {
        let cards: Vec<&DocumentCard> = model.records.iter().map(|r| &r.card).collect();
        let works = &self.works;
        (0..works.cards.len()).into_par_iter().try_for_each(|w| {
            let page = works.page(w, self.entries, &cards, self.strings);
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
    ) -> Result<Vec<Output>, Failure> {
        let resolve = |name: &str| self.named(name);
        let page = annotations::page::Page { root: "", resolve: &resolve, strings: self.strings };
        // The page lies at the root, so that what a note links to is one folder nearer; it shows the first ones only.
        let mut left = render::readers::SHOWN;
        let mut at_root: Vec<Vec<Shown>> = vec![Vec::new(); notes.len()];
        for &i in order.iter().filter(|&&i| !notes[i].is_empty()) {
            if left == 0 {
                break;
            }
            at_root[i] = self.annotated.shown(i, &self.entries[i], &page)?;
            at_root[i].truncate(left);
            left -= at_root[i].len();
        }
        let strays = self.annotated.strays(&page);
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
        let found = &self.entries[index].gist.found;
        let size = self.entries[index].gist.size;
        let name = found.relative.rsplit('/').next().unwrap_or(&found.relative).to_owned();
        SourceFile {
            url: escaped(&self.places.copy(&found.relative)),
            name,
            size: wording::file_size(size, self.strings),
        }
    }

    /// For each document which are related to it and which names its page lists.
    fn ties(&self, model: &SiteModel, borne: &[Borne], follow_from: &str) -> (Ties, Option<Lost>) {
        kept(self.cache, "related", follow_from, || {
            let features: Vec<Feature> = borne
                .iter()
                .map(|b| Feature { documents: b.documents().into_owned(), weight: b.weight, label: b.name })
                .collect();
            let relations = Relations::of(self.entries.len(), &features);
            let of = |document: usize| relations.of_document(document, RELATED, REASONS);
            let related: Vec<Vec<Related>> = (0..self.entries.len()).into_par_iter().map(of).collect();
            (related, names::by_document(&model.names, self.entries.len()))
        })
    }

    /// What ties a document to the others, besides what they say and the names that its page lists.
    fn tied<'m>(
        document: usize,
        said: Conversation<'m>,
        (related, _): &Ties,
        model: &'m SiteModel,
        borne: &'m [Borne<'m>],
    ) -> Conversation<'m> {
        let shared = |&f: &usize| {
            let Borne { kind, name, url, .. } = &borne[f];
            Shared { kind, name: Cow::from(*name), url: Cow::from(url.as_ref()) }
        };
        let related = related[document].iter().map(|r| RelatedDocument {
            document: &model.records[r.document].card,
            shared: r.shared.iter().map(shared).collect(),
        });
        Conversation { related: related.collect(), ..said }
    }

    /// The untouched sources, and the files that the articles show.
    fn files(&self, resolved: &[Resolved]) -> Vec<Output> {
        let mut out: BTreeMap<String, Output> = BTreeMap::new();
        for entry in self.entries.iter().filter(|e| e.gist.facts.publish == Publish::All) {
            let found = &entry.gist.found;
            let path = self.places.copy(&found.relative);
            out.insert(path.clone(), Output::copy(path, &found.path, Some(&entry.gist.digest)));
        }
        let file = |to: &'_ LinkTarget| match to {
            LinkTarget::File(address) => Some(address.clone()),
            _ => None,
        };
        let used: BTreeSet<String> = resolved.iter().flat_map(|r| r.values().filter_map(file)).collect();
        for address in &used {
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
    fn of(place_of: &[usize]) -> Order {
        let mut places = vec![0; place_of.len()];
        place_of.iter().enumerate().for_each(|(document, &place)| places[place] = document);
        Order { places, place_of: place_of.to_vec() }
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
        for tag in &entry.gist.meta.tags {
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

/// The level of the outermost headings below the title.
fn top_level(anchors: &Anchors) -> u8 {
    anchors.toc.iter().map(|e| e.level).filter(|&level| level > 1).min().unwrap_or(1)
}

/// The table of contents: the headings below the title, the outermost at depth 1.
fn contents(anchors: &Anchors) -> Vec<TocEntry> {
    /// Headings of a table of contents that says something.
    const FEWEST: usize = 2;
    /// Headings that a reader would look through; of more, only the outer ones are listed.
    const MOST: usize = 3_000;
    let listed: Vec<_> = anchors.toc.iter().filter(|e| e.level > 1).collect();
    let mut listed = if listed.len() < FEWEST { anchors.toc.iter().collect() } else { listed };
    if listed.len() < FEWEST {
        return Vec::new();
    }
    if listed.len() > MOST {
        let innermost = |level: &u8| listed.iter().filter(|e| e.level <= *level).count() <= MOST;
        let level = (1..=6).rev().find(innermost).unwrap_or(1);
        listed.retain(|e| e.level <= level);
        listed.truncate(MOST);
    }
    let top = listed.iter().map(|e| e.level).min().unwrap_or(1);
    let entry =
        |e: &&html::TocEntry| TocEntry { id: e.id.clone(), title: e.text.clone(), depth: e.level - top + 1 };
    listed.iter().map(entry).collect()
}

/// Why a document's form was taken for what it is and how its notes are written, in the words of the pages.
fn grounds(reading: &Reading, words: &Strings) -> Vec<String> {
    let form = reading.evidence.iter().map(|reason| words.said(reason));
    form.chain(reading.conventions.iter().map(|c| c.said(words))).collect()
}
