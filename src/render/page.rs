//! From what is known of documents to the contexts of their pages, and to the pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::context::{
    AliasPage, Apparatus, AuthorEntry, AuthorsPage, Column, DocumentCard, DocumentPage, FacsimileHalves,
    FacsimilePage, Fitting, Group, Head, IndexPage, IndexRow, LineItem, Link, MapPage, NoWork, NoteTally,
    Offered, Scope, SearchPage, Site, SourceFile, TagCount, TagLetter, TagPage, TagsPage, TimelinePage,
    TocEntry, UnmarkedNote, UnresolvedMarker,
};
use super::conversation::{self, Conversation, NameEntry};
use super::facsimile::Facsimile;
use super::html::Anchors;
use super::nav::{self, NavEntry, Wanted};
use super::order::{Order, author_key, title_key};
use super::templates::{Context, Html, Ready, TemplateError, Templates};
use super::works::{WorkCard, WorkLine, exports};
use super::{catalogue, cite, feed, figure, status, wording};
use crate::annotations::page::Shown;
use crate::diagnostic::Diagnostic;
use crate::fixes::offer::Offers;
use crate::model::{Document, Omission, OmissionReason, Repair, RepairKind, block_text};
use crate::source::Source;
use crate::strings::Strings;

/// Items of one kind that a page shows before it refers to the data file for the rest. A scanned book has a
/// thousand closed hyphens; whoever reads the page wants to see what they look like.
const ITEMS_SHOWN: usize = 25;

/// Markers without a note, and notes without a marker, that a page lists; `archive.json` has all of them.
const DOUBTS_SHOWN: usize = 1_000;

/// Characters shown of an omitted text or of an unmarked note; the data file has them whole.
const CHARACTERS_SHOWN: usize = 140;

/// Tags, names and works that the page of the search offers, of each so many and the commonest first.
const OFFERED: usize = 60;

/// Name and version, for `<meta name="generator">`.
const GENERATOR: &str = concat!("postil ", env!("CARGO_PKG_VERSION"));

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it goes, relative to the root of the site, with `/`.
    pub path: String,
    /// Its content; `None` if it stands there already, made from the same.
    pub bytes: Option<Vec<u8>>,
    /// The digest of what it was made from, of a page whose making may be spared.
    pub inputs: Option<String>,
}

impl Page {
    /// A file of these bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Page {
        Page { path: path.into(), bytes: Some(bytes.into()), inputs: None }
    }
}

/// Why pages could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenderError {
    /// A template that cannot be filled.
    Template(TemplateError),
    /// Data that cannot be written as JSON.
    Json {
        /// The file of the site.
        path: String,
        /// What is the matter.
        message: String,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenderError::Template(error) => error.fmt(f),
            RenderError::Json { path, message } => write!(f, "{path}: error: {message}"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<TemplateError> for RenderError {
    fn from(error: TemplateError) -> Self {
        RenderError::Template(error)
    }
}

/// What the owner says of the archive.
#[derive(Clone, Debug)]
pub struct SiteFacts {
    /// Its title.
    pub title: String,
    /// What it is.
    pub description: Option<String>,
    /// The language of its pages.
    pub lang: String,
    /// True if it can be searched.
    pub search: bool,
    /// The words of its pages.
    pub strings: Strings,
    /// Where the site will stand, without a final `/`.
    pub base_url: Option<String>,
    /// True if the owner gave colours or fonts.
    pub has_own_look: bool,
    /// The navigation.
    pub nav: Ready<Vec<NavEntry>>,
    /// The views of the index.
    pub views: Ready<Vec<NavEntry>>,
}

impl SiteFacts {
    /// A site of this title, without anything that an owner may say further.
    pub fn new(title: String, strings: Strings) -> Self {
        let facts = SiteFacts {
            title,
            description: None,
            lang: strings.lang().to_owned(),
            strings,
            base_url: None,
            search: false,
            has_own_look: false,
            nav: Ready::of(Vec::new()),
            views: Ready::of(Vec::new()),
        };
        facts.with_navigation(None)
    }

    /// The same with a navigation to what there is of it, or to what its owner wants.
    pub fn with_navigation(mut self, wanted: Option<&[Wanted]>) -> Self {
        self.nav = Ready::of(nav::navigation(&self, wanted));
        self.views = Ready::of(nav::views(&self));
        self
    }
}

/// A note that no marker points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmarked {
    /// Its label.
    pub label: String,
    /// The part of the document that the label counts in, from 1.
    pub part: u32,
    /// Its text.
    pub text: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// Its id on the document's page.
    pub id: Option<String>,
}

/// A marker whose note is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unresolved {
    /// Its label.
    pub label: String,
    /// The words before it.
    pub before: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// Its id on the document's page.
    pub id: Option<String>,
}

/// What became of a document's markers and notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteCounts {
    /// Markers.
    pub markers: usize,
    /// Notes.
    pub notes: usize,
    /// Markers tied to their note.
    pub paired: usize,
    /// Notes that no marker points to.
    pub unmarked: Vec<Unmarked>,
    /// Markers whose note is missing.
    pub unresolved: Vec<Unresolved>,
}

/// What became of a document's references to works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceCounts {
    /// References.
    pub all: usize,
    /// Those that are tied to no work, in the order of the text.
    pub untied: Vec<NoWork>,
}

impl NoteCounts {
    /// What is tied in a document, and what is not.
    pub fn of(document: &Document, source: &Source, anchors: &Anchors) -> NoteCounts {
        let mut marked = vec![false; document.notes.len()];
        for note in document.markers.iter().filter_map(|m| m.note) {
            if let Some(marked) = marked.get_mut(note.0 as usize) {
                *marked = true;
            }
        }
        let unmarked = document.notes.iter().enumerate().filter(|&(i, _)| !marked[i]);
        let unmarked = unmarked.map(|(i, note)| Unmarked {
            label: note.label.clone(),
            part: note.part,
            text: block_text(&note.blocks).split_whitespace().collect::<Vec<_>>().join(" "),
            line: source.line_of(note.span.start as usize),
            id: anchors.note_ids.get(i).cloned(),
        });
        let unresolved = document.markers.iter().enumerate().filter(|(_, m)| m.note.is_none());
        let unresolved = unresolved.map(|(i, marker)| Unresolved {
            label: marker.label.clone(),
            before: before(source, marker.span.start as usize),
            line: source.line_of(marker.span.start as usize),
            id: anchors.marker_ids.get(i).cloned(),
        });
        NoteCounts {
            markers: document.markers.len(),
            notes: document.notes.len(),
            paired: document.markers.iter().filter(|m| m.note.is_some()).count(),
            unmarked: unmarked.collect(),
            unresolved: unresolved.collect(),
        }
    }

    pub(super) fn tally(&self) -> NoteTally {
        NoteTally {
            markers: self.markers,
            notes: self.notes,
            paired: self.paired,
            unmarked: self.unmarked.len(),
            unresolved: self.unresolved.len(),
        }
    }

    pub(super) fn unmarked_shown(&self) -> Vec<UnmarkedNote<'_>> {
        let shown = |n: &'_ Unmarked| wording::shortened(&n.text, CHARACTERS_SHOWN);
        self.unmarked
            .iter()
            .take(DOUBTS_SHOWN)
            .map(|n| UnmarkedNote {
                label: &n.label,
                part: n.part,
                text: shown(n),
                line: n.line,
                id: n.id.as_deref(),
            })
            .collect()
    }

    pub(super) fn unresolved_shown(&self) -> Vec<UnresolvedMarker<'_>> {
        self.unresolved
            .iter()
            .take(DOUBTS_SHOWN)
            .map(|m| UnresolvedMarker {
                label: &m.label,
                before: &m.before,
                line: m.line,
                id: m.id.as_deref(),
            })
            .collect()
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

/// What the rest of the site knows of a document.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it is in the archive: `seeds/essay.txt`.
    pub source: String,
    /// How listings show it.
    pub card: DocumentCard,
    /// Markers and notes.
    pub notes: NoteCounts,
    /// Pieces of the source that the page leaves out.
    pub omissions: usize,
    /// Changes made by restoring.
    pub repairs: usize,
    /// The ids of the works that it cites.
    pub works: Vec<String>,
    /// References to them.
    pub references: ReferenceCounts,
    /// Annotations of readers.
    pub annotations: Fitting,
    /// Fixes of the owner.
    pub fixes: Fitting,
    /// What there was to say about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a document's own page alone shows. It borrows from the document as it was read.
#[derive(Clone, Debug)]
pub struct RenderedDocument<'a> {
    /// What stands inside `<article>`: HTML.
    pub article: &'a str,
    /// Table of contents.
    pub toc: Vec<TocEntry>,
    /// The level of the outermost headings below the title.
    pub top_level: u8,
    /// The heading that the text begins with, its own title, as HTML; empty if it does not.
    pub own_title: String,
    /// The summary that its owner gave.
    pub summary: Option<&'a str>,
    /// Why the form was taken for what it is.
    pub evidence: Vec<String>,
    /// What restoring changed.
    pub repairs: &'a [Repair],
    /// What the page leaves out.
    pub omissions: &'a [Omission],
    /// The source, to offer fixes for what was done to it.
    pub source: &'a Source,
    /// True if a page shows the source beside the text.
    pub has_facsimile: bool,
    /// Rights statement.
    pub rights: Option<&'a str>,
    /// Address it was found at.
    pub address: Option<&'a str>,
    /// The untouched source, where it is published.
    pub file: Option<SourceFile>,
    /// The works that it cites.
    pub works: Vec<WorkLine<'a>>,
    /// What readers marked and wrote.
    pub annotations: &'a [Shown],
    /// What tells its source from all others.
    pub fingerprint: &'a str,
    /// Keys of the owner that the program does not know.
    pub extra: &'a BTreeMap<String, serde_json::Value>,
}

/// The documents around a document.
#[derive(Clone, Debug, Default)]
pub struct Around<'a> {
    /// The one before it.
    pub previous: Option<&'a DocumentCard>,
    /// The one after it.
    pub next: Option<&'a DocumentCard>,
    /// What ties it to others.
    pub conversation: Conversation<'a>,
}

/// A tag and the documents that bear it.
#[derive(Clone, Debug)]
pub struct TagEntry {
    /// As shown.
    pub name: String,
    /// Its file's name.
    pub slug: String,
    /// True if no document was given it by its owner.
    pub derived: bool,
    /// Places of its documents in [`SiteModel::records`].
    pub documents: Vec<usize>,
}

impl TagEntry {
    /// The tag's page.
    pub fn url(&self) -> String {
        ["tags/", &self.slug, ".html"].concat()
    }
}

/// All that the pages which speak of the whole archive are made from.
#[derive(Clone, Debug)]
pub struct SiteModel {
    /// What the owner says of the archive.
    pub facts: SiteFacts,
    /// The published documents, by source path.
    pub records: Vec<Record>,
    /// The place of each in the order of titles.
    pub title_places: Vec<usize>,
    /// The tags, in any order.
    pub tags: Vec<TagEntry>,
    /// The works, by author and title.
    pub works: Vec<WorkCard>,
    /// Which of them are not in the archive, those that most documents cite first.
    pub wanted: Vec<usize>,
    /// Documents that are nearly the same, in pairs.
    pub twins: Vec<[usize; 2]>,
    /// Annotations of no document.
    pub stray_annotations: usize,
    /// The names, as the index lists them.
    pub names: Vec<NameEntry>,
    /// The digest of all that they follow from but the places where they are read.
    pub names_follow_from: String,
    /// For each document the digest of the places where they are read first.
    pub names_at: Vec<String>,
    /// Diagnostics that belong to no published document.
    pub diagnostics: Vec<Diagnostic>,
}

/// The digest of what the page of a document and its data file follow from, if somebody asks for that.
pub fn document_inputs(templates: &Templates, facts: &SiteFacts, all: &impl Serialize) -> Option<String> {
    templates.inputs::<DocumentPage>(&(site(facts, ""), all))
}

/// The digest of what every page of a folder shows of the site.
pub fn site_inputs(facts: &SiteFacts, root: &str) -> String {
    // Texts can always be written.
    crate::digest::of_data("site", &site(facts, root)).unwrap_or_default()
}

/// The page of one document, and its data file.
pub fn document(
    facts: &SiteFacts,
    record: &Record,
    rendered: &RenderedDocument,
    around: &Around,
    templates: &Templates,
) -> Result<[Page; 2], RenderError> {
    let card = &record.card;
    let data = catalogue::detail_path(&card.slug);
    let stem = super::bibliography::stem(&card.slug);
    let status = ["status.html#", &status::row_id(&card.slug)].concat();
    let root = root_of(&card.url);
    let done = !rendered.repairs.is_empty() || !rendered.omissions.is_empty();
    let offers = done.then(|| Offers::new(rendered.source));
    let facsimile = rendered.has_facsimile.then(|| facsimile_url(&card.slug));
    let context = DocumentPage {
        site: site(facts, &root),
        page: Head {
            title: &card.title,
            description: card.summary.as_deref(),
            section: "text",
            url: &card.url,
        },
        document: card,
        own_title: &rendered.own_title,
        summary: rendered.summary,
        rights: rendered.rights,
        address: rendered.address,
        address_is_link: rendered.address.is_some_and(is_web_address),
        file: rendered.file.as_ref(),
        facsimile: facsimile.clone(),
        toc: &rendered.toc,
        top_level: rendered.top_level,
        article: Html::new(rendered.article),
        apparatus: Apparatus {
            evidence: &rendered.evidence,
            notes: record.notes.tally(),
            repairs: repair_groups(rendered.repairs, offers.as_ref(), &facts.strings),
            omissions: omission_groups(rendered.omissions, offers.as_ref()),
            unresolved: record.notes.unresolved_shown(),
            unmarked: record.notes.unmarked_shown(),
            data: &data,
            status: &status,
        },
        previous: around.previous.map(link),
        next: around.next.map(link),
        works: &rendered.works,
        work_files: if rendered.works.is_empty() { Vec::new() } else { exports(&stem).into() },
        annotations: rendered.annotations,
        source: &record.source,
        fingerprint: rendered.fingerprint,
        conversation: &around.conversation,
        extra: rendered.extra,
        linked_data: cite::linked_data(facts, card, rendered.address, rendered.rights),
        coins: cite::coins(card, rendered.address),
    };
    let page = Page::new(&card.url, templates.render(&context)?);
    Ok([page, catalogue::detail(&card.slug, rendered.omissions, rendered.repairs)?])
}

/// Tags that some texts of the archive bear and others do not, the commonest first.
fn common_tags(model: &SiteModel) -> Vec<&str> {
    /// Tags offered.
    const MOST: usize = 12;
    let texts = model.records.len();
    let mut tags: Vec<&TagEntry> =
        model.tags.iter().filter(|t| (2..texts).contains(&t.documents.len())).collect();
    tags.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then_with(|| a.name.cmp(&b.name)));
    tags.iter().take(MOST).map(|t| t.name.as_str()).collect()
}

/// Where the facsimile of a document is.
pub fn facsimile_url(slug: &str) -> String {
    ["texts/", slug, ".facsimile.html"].concat()
}

/// The page that shows the source of a document beside its text.
pub fn facsimile_page(
    facts: &SiteFacts,
    card: &DocumentCard,
    file: &SourceFile,
    halves: &Facsimile,
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = facsimile_url(&card.slug);
    let root = root_of(&url);
    let context = FacsimilePage {
        site: site(facts, &root),
        page: Head { title: &card.title, description: None, section: "text", url: &url },
        document: card,
        page_url: &[card.slug.as_str(), ".html"].concat(),
        file,
        facsimile: FacsimileHalves { source: Html::new(&halves.source), text: Html::new(&halves.text) },
    };
    Ok(Page::new(url.as_str(), templates.render(&context)?))
}

/// The page at an old slug of a document, which leads to it.
pub fn alias(
    facts: &SiteFacts,
    old_slug: &str,
    card: &DocumentCard,
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = ["texts/", old_slug, ".html"].concat();
    let root = root_of(&url);
    let page = Head { title: &card.title, description: None, section: "text", url: &url };
    filled(&url, &AliasPage { site: site(facts, &root), page, target: link(card) }, templates)
}

/// The pages that speak of the whole archive: the index in its orders, tags, the index of names, the archive's state,
/// `archive.json` and feeds. The pages of single names are many, and made one by one
/// ([`name_page`](conversation::name_page)).
pub struct Lists<'m> {
    model: &'m SiteModel,
    cards: Vec<&'m DocumentCard>,
    /// The documents in the orders of the index.
    orders: [Vec<usize>; 4],
    /// The rank of each document in each order.
    ranks: Vec<[usize; 4]>,
    /// The documents that share most.
    bonds: &'m [figure::Bond],
}

/// Makes some of the pages that speak of the whole archive.
type List = fn(&Lists, &Templates) -> Result<Vec<Page>, RenderError>;

impl<'m> Lists<'m> {
    /// All of them, none of which needs another: they can be made in parallel.
    pub const ALL: [List; 11] = [
        |lists, templates| one(index_page(lists, Order::Title, templates)),
        |lists, templates| one(index_page(lists, Order::Author, templates)),
        |lists, templates| one(index_page(lists, Order::Date, templates)),
        |lists, templates| one(index_page(lists, Order::Length, templates)),
        |lists, templates| tag_pages(lists.model, &lists.cards, templates),
        |lists, templates| one(authors_page(lists.model, &lists.cards, &lists.orders[0], templates)),
        |lists, templates| one(timeline_page(lists.model, &lists.cards, &lists.orders[2], templates)),
        |lists, templates| one(map_page(lists, &lists.orders[0], templates)),
        |lists, templates| one(conversation::index(lists.model, templates)),
        |lists, templates| one(status::page(lists.model, &lists.orders[0], templates)),
        |lists, _| one(catalogue::archive(lists.model)),
    ];

    /// What they have in common.
    pub fn of(model: &'m SiteModel, bonds: &'m [figure::Bond]) -> Lists<'m> {
        let cards: Vec<&DocumentCard> = model.records.iter().map(|r| &r.card).collect();
        let orders = Order::ALL.map(|order| order.sorted(&cards));
        let mut ranks = vec![[0; 4]; cards.len()];
        for (column, order) in orders.iter().enumerate() {
            order.iter().enumerate().for_each(|(rank, &i)| ranks[i][column] = rank);
        }
        Lists { model, cards, orders, ranks, bonds }
    }

    /// The feeds, and the map of a site that has lists at these paths.
    pub fn feeds(&self, lists: &[String]) -> Result<Vec<Page>, RenderError> {
        let lists = lists.iter().map(String::as_str).filter(|path| path.ends_with(".html"));
        let names = self.model.names.iter().filter_map(NameEntry::page);
        let paths: Vec<&str> = lists.chain(names).chain(self.cards.iter().map(|c| c.url.as_str())).collect();
        feed::pages(self.model, &paths)
    }
}

fn one(page: Result<Page, RenderError>) -> Result<Vec<Page>, RenderError> {
    Ok(vec![page?])
}

/// The page that searches the archive; without JavaScript it offers the commonest subjects, names and works.
pub fn search(model: &SiteModel, templates: &Templates) -> Result<Page, RenderError> {
    let mut tags: Vec<(&TagEntry, String)> = model.tags.iter().map(|tag| (tag, tag.url())).collect();
    tags.sort_by_cached_key(|(tag, _)| {
        (Reverse(tag.documents.len()), title_key(&tag.name), tag.slug.clone())
    });
    tags.truncate(OFFERED);
    let url = "search.html";
    let context = SearchPage {
        site: site(&model.facts, ""),
        page: Head { title: model.facts.strings.say("search"), description: None, section: "search", url },
        scopes: scopes(model),
        tags: tags.iter().map(|(tag, url)| tag_count(tag, url)).collect(),
        names: offered(model.names.iter().map(|n| Offered {
            name: &n.form,
            url: &n.url,
            count: n.mentions(),
        })),
        works: offered(model.works.iter().map(|w| Offered {
            name: &w.title,
            url: &w.url,
            count: w.citations,
        })),
    };
    filled(url, &context, templates)
}

/// Only what the archive has is offered.
fn scopes(model: &SiteModel) -> Vec<Scope> {
    let total = status::total(model);
    let beside = [
        ("notes", "search-notes", total.notes.notes > 0),
        ("work", "search-work", !model.works.is_empty()),
        ("name", "search-name", !model.names.is_empty()),
        ("annotation", "search-annotation", total.annotations.all > 0),
    ];
    let beside: Vec<Scope> =
        beside.into_iter().filter(|b| b.2).map(|(value, key, _)| Scope { value, key }).collect();
    if beside.is_empty() {
        return Vec::new();
    }
    let texts = [("all", "search-any-word"), ("text", "search-text")];
    texts.map(|(value, key)| Scope { value, key }).into_iter().chain(beside).collect()
}

fn offered<'a>(all: impl Iterator<Item = Offered<'a>>) -> Vec<Offered<'a>> {
    let mut all: Vec<Offered> = all.collect();
    all.sort_by_cached_key(|o| (Reverse(o.count), title_key(o.name), o.url));
    all.truncate(OFFERED);
    all
}

fn index_page(lists: &Lists, order: Order, templates: &Templates) -> Result<Page, RenderError> {
    let Lists { model, cards, orders, ranks, .. } = lists;
    let words = cards.iter().map(|c| c.words).sum();
    let notes = cards.iter().map(|c| c.notes).sum();
    let title = match order {
        Order::Title => "index",
        Order::Author => "index-by-author",
        Order::Date => "index-by-date",
        Order::Length => "index-by-length",
    };
    let context = IndexPage {
        site: site(&model.facts, ""),
        page: Head {
            title: model.facts.strings.say(title),
            description: model.facts.description.as_deref(),
            section: "index",
            url: order.url(),
        },
        columns: Order::ALL.map(|column| Column {
            name: column.name(),
            url: column.url(),
            sorted: (column == order).then(|| column.direction()),
        }),
        rows: orders[order as usize]
            .iter()
            .map(|&i| IndexRow {
                document: cards[i],
                ranks: ranks[i],
                annotations: model.records[i].annotations.all,
            })
            .collect(),
        common_tags: common_tags(model),
        texts: cards.len(),
        words,
        notes,
    };
    filled(order.url(), &context, templates)
}

/// The texts by their authors; a text of two stands under both.
fn authors_page(
    model: &SiteModel,
    cards: &[&DocumentCard],
    by_title: &[usize],
    templates: &Templates,
) -> Result<Page, RenderError> {
    let mut by_author: BTreeMap<(bool, String, Option<&str>), Vec<&DocumentCard>> = BTreeMap::new();
    for card in by_title.iter().map(|&i| cards[i]) {
        if card.authors.is_empty() {
            by_author.entry((true, String::new(), None)).or_default().push(card);
        }
        for author in &card.authors {
            by_author.entry((false, author_key(author), Some(author))).or_default().push(card);
        }
    }
    let authors = by_author
        .into_iter()
        .enumerate()
        .map(|(i, ((_, _, name), documents))| AuthorEntry {
            name,
            id: format!("_author-{}", i + 1),
            documents,
        })
        .collect();
    let url = "authors.html";
    let page = Head { title: model.facts.strings.say("authors"), description: None, section: "index", url };
    filled(url, &AuthorsPage { site: site(&model.facts, ""), page, authors }, templates)
}

fn timeline_page(
    model: &SiteModel,
    cards: &[&DocumentCard],
    by_date: &[usize],
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = "timeline.html";
    let context = TimelinePage {
        site: site(&model.facts, ""),
        page: Head { title: model.facts.strings.say("timeline"), description: None, section: "index", url },
        timeline: figure::timeline(cards, &model.works),
        documents: by_date.iter().map(|&i| cards[i]).collect(),
    };
    filled(url, &context, templates)
}

fn map_page(lists: &Lists, by_title: &[usize], templates: &Templates) -> Result<Page, RenderError> {
    let Lists { model, cards, bonds, .. } = lists;
    let url = "map.html";
    let map = figure::map(cards, by_title, bonds);
    let page = Head { title: model.facts.strings.say("map"), description: None, section: "index", url };
    filled(url, &MapPage { site: site(&model.facts, ""), page, map }, templates)
}

fn tag_pages(
    model: &SiteModel,
    cards: &[&DocumentCard],
    templates: &Templates,
) -> Result<Vec<Page>, RenderError> {
    let urls: Vec<String> = model.tags.iter().map(TagEntry::url).collect();
    let mut tags: Vec<(&TagEntry, &str)> =
        model.tags.iter().zip(&urls).map(|(tag, url)| (tag, url.as_str())).collect();
    tags.sort_by_cached_key(|(tag, _)| (title_key(&tag.name), tag.slug.clone()));
    let mut letters: Vec<TagLetter> = Vec::new();
    for &(tag, url) in &tags {
        let initial = title_key(&tag.name).chars().next().filter(|c| c.is_alphabetic());
        let letter = initial.map_or("#".to_owned(), |c| c.to_uppercase().collect());
        let entry = tag_count(tag, url);
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.tags.push(entry),
            _ => letters.push(TagLetter { letter, tags: vec![entry] }),
        }
    }
    let url = "tags/index.html";
    let context = TagsPage {
        site: site(&model.facts, "../"),
        page: Head { title: model.facts.strings.say("tags"), description: None, section: "tags", url },
        letters,
        count: tags.len(),
        any_derived: tags.iter().any(|(tag, _)| tag.derived),
    };
    let mut out = vec![filled(url, &context, templates)?];
    for (tag, url) in tags {
        let mut places: Vec<usize> = tag.documents.iter().copied().filter(|&i| i < cards.len()).collect();
        places.sort_by_key(|&i| model.title_places[i]);
        let context = TagPage {
            site: site(&model.facts, "../"),
            page: Head { title: &tag.name, description: None, section: "tags", url },
            tag: tag_count(tag, url),
            documents: places.iter().map(|&i| cards[i]).collect(),
        };
        out.push(filled(url, &context, templates)?);
    }
    Ok(out)
}

fn tag_count<'a>(tag: &'a TagEntry, url: &'a str) -> TagCount<'a> {
    TagCount { name: &tag.name, url, count: tag.documents.len(), derived: tag.derived }
}

fn repair_groups(repairs: &[Repair], offers: Option<&Offers>, words: &Strings) -> Vec<Group> {
    let mut kinds: BTreeMap<RepairKind, Vec<&Repair>> = BTreeMap::new();
    repairs.iter().for_each(|r| kinds.entry(r.kind).or_default().push(r));
    let item = |r: &&Repair| LineItem {
        line: r.line,
        // Where it shows what was made of what, that says it.
        text: if r.before.is_empty() {
            wording::shortened(&words.said(&r.detail), CHARACTERS_SHOWN)
        } else {
            String::new()
        },
        before: r.before.clone(),
        after: r.after.clone(),
        fix: offers.and_then(|o| o.repair(r)),
    };
    kinds.into_iter().map(|(kind, all)| group(wording::repair(kind), &all, item)).collect()
}

fn omission_groups(omissions: &[Omission], offers: Option<&Offers>) -> Vec<Group> {
    let mut reasons: BTreeMap<OmissionReason, Vec<&Omission>> = BTreeMap::new();
    omissions.iter().for_each(|o| reasons.entry(o.reason).or_default().push(o));
    let item = |o: &&Omission| LineItem {
        line: o.line,
        text: wording::shortened(&o.text, CHARACTERS_SHOWN),
        before: String::new(),
        after: String::new(),
        fix: offers.and_then(|offers| offers.omission(o)),
    };
    reasons.into_iter().map(|(reason, all)| group(wording::omission(reason), &all, item)).collect()
}

/// Only what is shown is made ready: each fix has to be found unambiguous in the whole text.
fn group<T>(label: &'static str, all: &[T], item: impl Fn(&T) -> LineItem) -> Group {
    let items: Vec<LineItem> = all.iter().take(ITEMS_SHOWN).map(item).collect();
    Group { label, count: all.len(), more: all.len() - items.len(), items }
}

pub(super) fn filled<C: Context>(
    path: &str,
    context: &C,
    templates: &Templates,
) -> Result<Page, RenderError> {
    let (bytes, inputs) = templates.page(path, context)?;
    Ok(Page { path: path.to_owned(), bytes, inputs })
}

/// As [`filled`], of a page that is much more work to put together than what it follows from.
pub(super) fn filled_from<C: Context>(
    path: &str,
    follows_from: &impl Serialize,
    templates: &Templates,
    fill: impl FnOnce() -> Result<Vec<u8>, TemplateError>,
) -> Result<Page, RenderError> {
    let inputs = templates.inputs::<C>(follows_from);
    let stands = inputs.as_deref().is_some_and(|inputs| templates.stands(path, inputs));
    let bytes = if stands { None } else { Some(fill()?) };
    Ok(Page { path: path.to_owned(), bytes, inputs })
}

pub(super) fn site<'a>(facts: &'a SiteFacts, root: &'a str) -> Site<'a> {
    Site {
        title: &facts.title,
        description: facts.description.as_deref(),
        lang: &facts.lang,
        generator: GENERATOR,
        root,
        search: facts.search,
        base_url: facts.base_url.as_deref(),
        dir: wording::direction(&facts.lang),
        has_own_look: facts.has_own_look,
        nav: &facts.nav,
        views: &facts.views,
    }
}

fn link(card: &DocumentCard) -> Link<'_> {
    Link { url: &card.url, title: &card.title }
}

/// The way from a page back to the root of the site.
pub(super) fn root_of(url: &str) -> String {
    "../".repeat(url.matches('/').count())
}

/// True if a browser would follow it as a web address.
pub(super) fn is_web_address(address: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}
