//! What the page of the archive's state gets.

use serde::{Deserialize, Serialize};

use super::{DocumentCard, Head, Listed, NoteTally, Site, UnmarkedNote, UnresolvedMarker};
use crate::render::templates::Context;
use crate::render::works::WorkCard;

/// References to works, and those of which it is not certain which work they mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReferenceTally {
    /// All.
    pub all: usize,
    /// Those that are tied to one work.
    pub tied: usize,
}

/// What was made for a text and may not fit it any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fitting {
    /// All.
    pub all: usize,
    /// Those that fit nothing, or several places.
    pub lost: usize,
}

/// A reference that is tied to no work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoWork {
    /// Its words.
    pub words: String,
    /// Its place on the document's page.
    pub id: Option<String>,
    /// The works that it may mean; empty if none is known.
    pub candidates: Vec<String>,
    /// Why none of them is taken.
    pub why: String,
}

/// A document on the page of the archive's state.
#[derive(Clone, Debug, Serialize)]
pub struct StatusRow<'a> {
    /// The document.
    pub document: Listed<'a>,
    /// Where it is in the archive: `seeds/essay.txt`.
    pub source: &'a str,
    /// Markers and notes.
    pub notes: NoteTally,
    /// References to works.
    pub references: ReferenceTally,
    /// Annotations of readers.
    pub annotations: Fitting,
    /// Fixes of the owner.
    pub fixes: Fitting,
    /// Markers whose note is missing.
    pub unresolved: Vec<UnresolvedMarker<'a>>,
    /// Notes that no marker points to.
    pub unmarked: Vec<UnmarkedNote<'a>>,
    /// References that are tied to no work.
    pub no_work: &'a [NoWork],
    /// How many more of those there are.
    pub more_no_work: usize,
    /// Links that lead nowhere.
    pub astray: Vec<DiagnosticLine<'a>>,
    /// Pieces of the source that the page leaves out.
    pub omissions: usize,
    /// Changes made by restoring.
    pub repairs: usize,
    /// What else there was to say.
    pub diagnostics: Vec<DiagnosticLine<'a>>,
    /// How many more diagnostics there are.
    pub more_diagnostics: usize,
    /// The id of its row; that of its section of doubts is this with `_doubts` behind it.
    pub status_id: String,
}

/// A diagnostic on the page of the archive's state.
#[derive(Clone, Debug, Serialize)]
pub struct DiagnosticLine<'a> {
    /// `note`, `warning` or `error`.
    pub severity: crate::diagnostic::Severity,
    /// The file.
    pub path: &'a str,
    /// Line, 0 where the whole file is meant.
    pub line: u32,
    /// What is the matter.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Two documents that are nearly the same.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Twins<'a> {
    /// The first of them.
    pub first: &'a DocumentCard,
    /// The other.
    pub other: &'a DocumentCard,
}

/// What is tied in the whole archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TotalTally {
    /// Markers and notes.
    pub notes: NoteTally,
    /// References to works.
    pub references: ReferenceTally,
    /// Annotations of readers, those of no document among them.
    pub annotations: Fitting,
    /// Fixes of the owner.
    pub fixes: Fitting,
    /// Links that lead nowhere.
    pub astray: usize,
}

/// `status.html`: the archive's state.
#[derive(Clone, Debug, Serialize)]
pub struct StatusPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The documents by title.
    pub rows: Vec<StatusRow<'a>>,
    /// The whole archive.
    pub total: TotalTally,
    /// Number of documents.
    pub documents: usize,
    /// Works that are cited and are not in the archive, those of most documents first.
    pub wanted: Vec<&'a WorkCard>,
    /// How many more of those there are.
    pub more_wanted: usize,
    /// Documents that are nearly the same.
    pub twins: Vec<Twins<'a>>,
    /// Diagnostics that belong to no document shown.
    pub diagnostics: Vec<DiagnosticLine<'a>>,
}

impl Context for StatusPage<'_> {
    const TEMPLATE: &'static str = "status.html";
}
