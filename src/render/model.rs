//! What pages are made from: what the owner says of the archive, what the rest of the site knows of a document, what
//! its own page alone shows, and all that the pages of the whole archive speak of.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{DocumentCard, Fitting, SourceFile, TocEntry};
use super::conversation::{Conversation, NameEntry};
use super::counts::{NoteCounts, ReferenceCounts};
use super::nav::{self, NavEntry, Wanted};
use super::templates::Ready;
use super::works::{WorkCard, WorkLine};
use crate::annotations::page::Shown;
use crate::diagnostic::Diagnostic;
use crate::model::{Omission, Repair};
use crate::source::Source;
use crate::strings::Strings;

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
    pub works: Arc<[WorkCard]>,
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
