//! What each template gets: one struct a template. Every field is there for every page of its kind, so that
//! a template need not ask whether a variable is defined; what a document does not have is `none`, an empty
//! list or an empty text.
//!
//! Addresses (`url`) are relative to the root of the site; a template writes `{{ site.root }}{{ url }}`.

use std::collections::BTreeMap;

use serde::Serialize;

mod status;

pub use status::{DiagnosticLine, Fitting, NoWork, ReferenceTally, StatusPage, StatusRow, TotalTally, Twins};

use super::conversation::Conversation;
use super::figure::{Map, Timeline};
use super::nav::NavEntry;
use super::templates::{Context, Face, Html, Ready};
use super::wording;
use super::works::{Export, WorkLine};
use crate::annotations::page::Shown;
use crate::model::{Form, Meta};
use crate::strings::Strings;

/// The site, as every page sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Site<'a> {
    /// The archive's title.
    pub title: &'a str,
    /// What the archive is, in a sentence or two.
    pub description: Option<&'a str>,
    /// The language of the pages.
    pub lang: &'a str,
    /// Name and version of the program, for `<meta name="generator">`.
    pub generator: &'static str,
    /// The way from the page to the root of the site: empty, or `../`.
    pub root: &'a str,
    /// True if it can be searched.
    pub search: bool,
    /// Where the site will stand, without a final `/`, where its owner says so.
    pub base_url: Option<&'a str>,
    /// The direction that the language of the pages runs in: `ltr` or `rtl`.
    pub dir: &'static str,
    /// True if `static/look.css` is there: the owner's colours and fonts.
    pub has_own_look: bool,
    /// The navigation.
    pub nav: &'a Ready<Vec<NavEntry>>,
    /// The views of the index.
    pub views: &'a Ready<Vec<NavEntry>>,
}

/// What the head and the navigation of any page need.
#[derive(Clone, Debug, Serialize)]
pub struct Head<'a> {
    /// The page's title, without the archive's.
    pub title: &'a str,
    /// For `<meta name="description">`.
    pub description: Option<&'a str>,
    /// Which part of the site it belongs to: `index`, `tags`, `works`, `names`, `annotations`, `status` or `text`.
    pub section: &'static str,
    /// The page's own address.
    pub url: &'a str,
}

/// A link with its text.
#[derive(Clone, Debug, Serialize)]
pub struct Link<'a> {
    /// Where to.
    pub url: &'a str,
    /// Its text.
    pub title: &'a str,
}

/// A document's tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagLink {
    /// As shown.
    pub name: String,
    /// The tag's page.
    pub url: String,
    /// True if the program derived it from the archive, false if the owner gave it.
    pub derived: bool,
}

/// A document as listings show it, ready for all of them.
pub type DocumentCard = Ready<Card>;

/// A document on a page that shows no number of its words.
pub type Listed<'a> = Face<'a, Card>;

/// A document as listings show it, and as its own page shows it at its head.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The slug.
    pub slug: String,
    /// Its page.
    pub url: String,
    /// Title.
    pub title: String,
    /// Authors in order.
    pub authors: Vec<String>,
    /// ISO 8601, with the precision it has.
    pub date: Option<String>,
    /// The date as a reader says it: `November 2018`.
    pub date_shown: Option<String>,
    /// `42 min, 10,000 words`
    pub length: String,
    /// `42 min`
    pub reading_time: String,
    /// Number of words.
    pub words: usize,
    /// Number of notes.
    pub notes: usize,
    /// The form's name, as in front matter.
    pub form: &'static str,
    /// What the form is called on a page.
    pub form_shown: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Tags, given ones first.
    pub tags: Vec<TagLink>,
    /// Collection.
    pub collection: Option<String>,
    /// Language of the text.
    pub lang: Option<String>,
    /// The language's name.
    pub lang_shown: Option<String>,
    /// Direction of the language's script: `ltr` or `rtl`.
    pub dir: &'static str,
}

impl DocumentCard {
    /// The card of a document, in the words of `strings`. `tag_url` knows the page of a tag by the tag's name.
    pub fn new(
        slug: &str,
        meta: &Meta,
        form: Form,
        words: usize,
        notes: usize,
        strings: &Strings,
        tag_url: impl Fn(&str) -> String,
    ) -> Self {
        let tag = |tag: &crate::model::Tag| TagLink {
            name: tag.name.clone(),
            url: tag_url(&tag.name),
            derived: tag.derived,
        };
        let length = [&strings.time(wording::minutes(words)), ", ", &strings.count("words", words)].concat();
        let card = Card {
            slug: slug.to_owned(),
            url: ["texts/", slug, ".html"].concat(),
            title: meta.title.clone(),
            authors: meta.authors.clone(),
            date: meta.date.clone(),
            date_shown: meta.date.as_deref().map(|d| strings.date(d)).or_else(|| meta.date_words.clone()),
            length: String::new(),
            reading_time: strings.time(wording::minutes(words)),
            words: 0,
            notes,
            form: form.name(),
            form_shown: strings.say(&["form-", form.name()].concat()).to_owned(),
            summary: meta.summary.clone(),
            tags: meta.tags.iter().map(tag).collect(),
            collection: meta.collection.clone(),
            lang: meta.lang.clone(),
            lang_shown: meta.lang.as_deref().map(|l| wording::language(l, strings)),
            dir: meta.lang.as_deref().map_or("ltr", wording::direction),
        };
        Ready::of(card).with_more((length, words), |card, more| (card.length, card.words) = more)
    }
}

/// One of the index's sortable columns.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// What it is called: `title`, `author`, `date` or `length`, the key of its heading.
    pub name: &'static str,
    /// The page sorted by it.
    pub url: &'static str,
    /// The value of `aria-sort` on the page that is sorted by it.
    pub sorted: Option<&'static str>,
}

/// `timeline.html`: the texts in time.
#[derive(Clone, Debug, Serialize)]
pub struct TimelinePage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The picture.
    pub timeline: Timeline<'a>,
    /// All texts, the newest first.
    pub documents: Vec<Listed<'a>>,
}

/// `map.html`: what ties the texts.
#[derive(Clone, Debug, Serialize)]
pub struct MapPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The picture.
    pub map: Map<'a>,
}

/// A line of the index.
#[derive(Clone, Debug, Serialize)]
pub struct IndexRow<'a> {
    /// The document.
    pub document: Listed<'a>,
    /// Its place in each order, in the order of the columns, so that a script sorts exactly as the pages do.
    pub ranks: [usize; 4],
    /// How many annotations it has.
    pub annotations: usize,
}

/// `parts/index-row.html`: a line of the index.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPart<'a> {
    /// The site.
    pub site: PartSite<'a>,
    /// The line.
    pub row: IndexRow<'a>,
}

/// The site, as a line of a list sees it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PartSite<'a> {
    /// The language of the pages.
    pub lang: &'a str,
    /// The way from the page to the root of the site: empty, or `../`.
    pub root: &'a str,
}

/// `index.html`: the index of the archive, and the same in other orders.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The sortable columns.
    pub columns: [Column; 4],
    /// The documents in this page's order, as HTML, to be printed with `safe` and by no other filter: each is
    /// made by `parts/index-row.html`.
    pub lines: Html<'a>,
    /// The same one by one; empty but for a template of the owner's.
    pub rows: Vec<IndexRow<'a>>,
    /// Tags that some texts have and others lack, the commonest first, to narrow the list by.
    pub common_tags: Vec<&'a str>,
    /// Number of texts.
    pub texts: usize,
    /// Their words.
    pub words: usize,
    /// Their notes.
    pub notes: usize,
}

/// An author with the texts.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorEntry<'a> {
    /// The name; `none` for texts without an author, which come last.
    pub name: Option<&'a str>,
    /// An id on the page of authors.
    pub id: String,
    /// The texts by title.
    pub documents: Vec<Listed<'a>>,
}

/// `authors.html`: the authors of the archive.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorsPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// By family name.
    pub authors: Vec<AuthorEntry<'a>>,
}

/// An entry of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    /// The heading's id.
    pub id: String,
    /// Its text.
    pub title: String,
    /// How deep it lies: 1 for the outermost headings listed.
    pub depth: u8,
}

/// The untouched source, beside the site.
#[derive(Clone, Debug, Serialize)]
pub struct SourceFile {
    /// Where it is: `files/essay.txt`.
    pub url: String,
    /// Its name as the owner knows it: `essay.txt`.
    pub name: String,
    /// Its size as a reader is told of it: `84 KB`.
    pub size: String,
}

/// Things of one kind that were done to the text, with their lines.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// What kind: the key of what it is called, such as `omission-running-head`.
    pub label: &'static str,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub items: Vec<LineItem>,
    /// How many are not shown.
    pub more: usize,
}

/// Something at a line of the source.
#[derive(Clone, Debug, Serialize)]
pub struct LineItem {
    /// Line of the source, from 1.
    pub line: u32,
    /// What.
    pub text: String,
    /// How it is printed; empty where that cannot be shown in a line.
    pub before: String,
    /// What was made of it.
    pub after: String,
    /// The line of the owner's facts that undoes it.
    pub fix: Option<String>,
}

/// A note that no marker points to.
#[derive(Clone, Debug, Serialize)]
pub struct UnmarkedNote<'a> {
    /// Its label.
    pub label: &'a str,
    /// The part of the document that the label counts in, from 1.
    pub part: u32,
    /// How it begins.
    pub text: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// Its id on the document's page, without `#`.
    pub id: Option<&'a str>,
}

/// A marker whose note is missing.
#[derive(Clone, Debug, Serialize)]
pub struct UnresolvedMarker<'a> {
    /// Its label.
    pub label: &'a str,
    /// The words before it.
    pub before: &'a str,
    /// Line of the source, from 1.
    pub line: u32,
    /// Its id on the document's page, without `#`.
    pub id: Option<&'a str>,
}

/// How many markers and notes a document has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoteTally {
    /// Markers.
    pub markers: usize,
    /// Notes.
    pub notes: usize,
    /// Markers tied to their note.
    pub paired: usize,
    /// Notes that no marker points to.
    pub unmarked: usize,
    /// Markers whose note is missing.
    pub unresolved: usize,
}

/// What was concluded and changed on the way from the source to the page.
#[derive(Clone, Debug, Serialize)]
pub struct Apparatus<'a> {
    /// Why the form was taken for what it is.
    pub evidence: &'a [String],
    /// Markers and notes.
    pub notes: NoteTally,
    /// Changes, by kind.
    pub repairs: Vec<Group>,
    /// What the page leaves out, by reason.
    pub omissions: Vec<Group>,
    /// Markers whose note is missing.
    pub unresolved: Vec<UnresolvedMarker<'a>>,
    /// Notes that no marker points to.
    pub unmarked: Vec<UnmarkedNote<'a>>,
    /// Where all of it can be had for programs: `data/SLUG.json`.
    pub data: &'a str,
    /// The document's place on the page of the archive's state.
    pub status: &'a str,
}

/// `texts/SLUG.html`: a document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The document's card.
    pub document: &'a DocumentCard,
    /// The heading that the text begins with, its own title, as HTML; empty if it does not, so that the page
    /// prints one above it.
    pub own_title: &'a str,
    /// The summary that its owner gave.
    pub summary: Option<&'a str>,
    /// Rights statement.
    pub rights: Option<&'a str>,
    /// Address it was found at.
    pub address: Option<&'a str>,
    /// True if `address` may be a link (`http` or `https`).
    pub address_is_link: bool,
    /// The untouched source, where it is published.
    pub file: Option<&'a SourceFile>,
    /// The page that shows the source beside the text, where there is one.
    pub facsimile: Option<String>,
    /// Table of contents; empty where it would say nothing.
    pub toc: &'a [TocEntry],
    /// The level of the outermost headings below the title, 1 to 6.
    pub top_level: u8,
    /// What stands inside `<article>`: HTML, to be printed with `safe` and by no other filter.
    pub article: Html<'a>,
    /// What was concluded and changed.
    pub apparatus: Apparatus<'a>,
    /// The document before it in the index.
    pub previous: Option<Link<'a>>,
    /// The document after it in the index.
    pub next: Option<Link<'a>>,
    /// The works that it cites.
    pub works: &'a [WorkLine<'a>],
    /// They as files for other programs.
    pub work_files: Vec<Export>,
    /// What readers marked and wrote.
    pub annotations: &'a [Shown],
    /// Where it is in the archive, as annotations name it.
    pub source: &'a str,
    /// What tells its source from all others, as annotations name it.
    pub fingerprint: &'a str,
    /// What ties it to the other documents.
    pub conversation: &'a Conversation<'a>,
    /// Keys of the owner that the program does not know.
    pub extra: &'a BTreeMap<String, serde_json::Value>,
    /// What the text is in the words of schema.org: JSON that may stand in a page as it is.
    pub linked_data: String,
    /// The same as an OpenURL context object (COinS).
    pub coins: String,
}

/// `texts/SLUG.facsimile.html`: the source of a document beside its text. No slug has a full stop in it.
#[derive(Clone, Debug, Serialize)]
pub struct FacsimilePage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The document's card.
    pub document: &'a DocumentCard,
    /// The document's page, as seen from here.
    pub page_url: &'a str,
    /// The untouched source.
    pub file: &'a SourceFile,
    /// The two halves, as HTML, each to be printed with `safe` and by no other filter.
    pub facsimile: FacsimileHalves<'a>,
}

/// The halves of a facsimile.
#[derive(Clone, Debug, Serialize)]
pub struct FacsimileHalves<'a> {
    /// The lines of the source.
    pub source: Html<'a>,
    /// The paragraphs of the text.
    pub text: Html<'a>,
}

/// `texts/OLD-SLUG.html`: leads from an old address to the document.
#[derive(Clone, Debug, Serialize)]
pub struct AliasPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// Where it leads.
    pub target: Link<'a>,
}

/// A tag with the number of its documents.
#[derive(Clone, Debug, Serialize)]
pub struct TagCount<'a> {
    /// As shown.
    pub name: &'a str,
    /// Its page.
    pub url: &'a str,
    /// Documents that bear it.
    pub count: usize,
    /// True if no document was given it by its owner.
    pub derived: bool,
}

/// Tags with one initial letter.
#[derive(Clone, Debug, Serialize)]
pub struct TagLetter<'a> {
    /// The letter; `#` for what begins with none.
    pub letter: String,
    /// Its tags, alphabetically.
    pub tags: Vec<TagCount<'a>>,
}

/// `tags/index.html`: all tags.
#[derive(Clone, Debug, Serialize)]
pub struct TagsPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The tags by initial letter.
    pub letters: Vec<TagLetter<'a>>,
    /// Number of tags.
    pub count: usize,
    /// True if at least one tag was derived by the program.
    pub any_derived: bool,
}

/// `search.html`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// Where it can look, everywhere first; none where the archive has texts alone.
    pub scopes: Vec<Scope>,
    /// The commonest tags.
    pub tags: Vec<TagCount<'a>>,
    /// The names that are mentioned most.
    pub names: Vec<Offered<'a>>,
    /// The works that are cited most.
    pub works: Vec<Offered<'a>>,
}

/// Where a search can look.
#[derive(Clone, Debug, Serialize)]
pub struct Scope {
    /// What it is called in the address: `in=notes`.
    pub value: &'static str,
    /// The key of its name.
    pub key: &'static str,
}

/// What leads to texts without a search.
#[derive(Clone, Debug, Serialize)]
pub struct Offered<'a> {
    /// As shown.
    pub name: &'a str,
    /// Its page.
    pub url: &'a str,
    /// How often texts mention or cite it.
    pub count: usize,
}

/// `tags/SLUG.html`: the documents that bear a tag.
#[derive(Clone, Debug, Serialize)]
pub struct TagPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The tag.
    pub tag: TagCount<'a>,
    /// Its documents by title.
    pub documents: Vec<&'a DocumentCard>,
}

impl Context for IndexPart<'_> {
    const TEMPLATE: &'static str = "parts/index-row.html";
}
impl Context for IndexPage<'_> {
    const TEMPLATE: &'static str = "index.html";

    fn html(&self) -> Vec<&Html<'_>> {
        vec![&self.lines]
    }
}
impl Context for TimelinePage<'_> {
    const TEMPLATE: &'static str = "timeline.html";
}
impl Context for MapPage<'_> {
    const TEMPLATE: &'static str = "map.html";
}
impl Context for AuthorsPage<'_> {
    const TEMPLATE: &'static str = "authors.html";
}
impl Context for DocumentPage<'_> {
    const TEMPLATE: &'static str = "document.html";

    fn html(&self) -> Vec<&Html<'_>> {
        vec![&self.article]
    }
}
impl Context for FacsimilePage<'_> {
    const TEMPLATE: &'static str = "facsimile.html";

    fn html(&self) -> Vec<&Html<'_>> {
        vec![&self.facsimile.source, &self.facsimile.text]
    }
}
impl Context for AliasPage<'_> {
    const TEMPLATE: &'static str = "alias.html";
}
impl Context for TagsPage<'_> {
    const TEMPLATE: &'static str = "tags.html";
}
impl Context for SearchPage<'_> {
    const TEMPLATE: &'static str = "search.html";
}
impl Context for TagPage<'_> {
    const TEMPLATE: &'static str = "tag.html";
}
