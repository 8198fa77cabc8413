//! What `postil check` tells of an archive besides its diagnostics: what is tied in each document, and what is not.

use serde::{Deserialize, Serialize};

use crate::render::context::Fitting;
use crate::render::{SiteModel, status};

/// Works that the reading list names.
const WANTED: usize = 10;

/// The archive's state.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// Each document, by source path.
    pub documents: Vec<DocumentState>,
    /// Works that are cited and are not in the archive, those of most documents first.
    pub reading_list: Vec<WantedWork>,
    /// Sources that are nearly the same, in pairs.
    pub near_duplicates: Vec<[String; 2]>,
}

/// What is tied in a document, and what is not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DocumentState {
    /// Its source.
    pub source: String,
    /// Markers; those lost have no note.
    pub markers: Fitting,
    /// Notes; those lost have no marker.
    pub notes: Fitting,
    /// References to works; of those lost it is not certain which work they mean.
    pub references: Fitting,
    /// Annotations of readers; those lost have no place.
    pub annotations: Fitting,
    /// Fixes of the owner; those lost fit nothing, or change nothing.
    pub fixes: Fitting,
    /// Links that lead nowhere.
    pub links_astray: usize,
}

impl DocumentState {
    /// Its counts, each with the noun and what is to be said of those that are lost.
    pub fn counts(&self) -> [(Fitting, &'static str, &'static str); 5] {
        [
            (self.markers, "marker", "without a note"),
            (self.notes, "note", "without a marker"),
            (self.references, "reference", "without a work"),
            (self.annotations, "annotation", "without a place"),
            (self.fixes, "fix", "that do not fit"),
        ]
    }
}

/// A work that is cited and is not in the archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WantedWork {
    /// `Arendt, Hannah`; empty if nobody is named.
    pub author: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub year: Option<String>,
    /// Documents that cite it.
    pub documents: usize,
    /// How often they do.
    pub citations: usize,
}

impl State {
    /// The state of what pages are made from.
    pub fn of(model: &SiteModel) -> State {
        let documents = model.records.iter().map(|record| {
            let references = status::tied(record);
            let notes = &record.notes;
            DocumentState {
                source: record.source.clone(),
                markers: Fitting { all: notes.markers, lost: notes.unresolved.len() },
                notes: Fitting { all: notes.notes, lost: notes.unmarked.len() },
                references: Fitting { all: references.all, lost: references.all - references.tied },
                annotations: record.annotations,
                fixes: record.fixes,
                links_astray: record.diagnostics.iter().filter(|d| status::leads_nowhere(d)).count(),
            }
        });
        let reading_list =
            model.wanted.iter().take(WANTED).map(|&w| &model.works[w]).map(|work| WantedWork {
                author: work.author.clone(),
                title: work.title.clone(),
                year: work.year.clone(),
                documents: work.documents,
                citations: work.citations,
            });
        let source = |document: usize| model.records[document].source.clone();
        State {
            documents: documents.collect(),
            reading_list: reading_list.collect(),
            near_duplicates: model.twins.iter().map(|pair| pair.map(source)).collect(),
        }
    }
}
