//! What the archive keeps in mind of a document's citations.
//!
//! A document may have thousands, and all that is ever asked of all of them is which work each stands for: the rest is
//! packed, and opened for a page.

use serde::{Deserialize, Serialize};

use super::works;
use crate::cache::{Packed, Series};
use crate::cite::{Citation, Citations, Description, Found};
use crate::model::{Document, Stretch};
use crate::render::html::Anchors;

/// The citations of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Cites {
    works: Packed<Vec<Description>>,
    /// Of each citation the work that it stands for, as an index of these.
    pub meant: Box<[Found<usize>]>,
    all: Series<Cited>,
}

/// A citation, and where it is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cited {
    /// What is concluded of it.
    pub citation: Citation,
    /// The id of its note or paragraph.
    pub id: Option<String>,
    /// The label of its note; before it the part that the label counts in, where there are several.
    pub note: Option<(Option<u32>, String)>,
}

impl Cites {
    /// Packs what a document cites.
    pub fn of(citations: Citations, document: &Document, anchors: &Anchors) -> Cites {
        let parts = document.notes.last().is_some_and(|note| note.part > 1);
        let label = |stretch| match stretch {
            Stretch::Note(note) => {
                let note = document.notes.get(note.0 as usize)?;
                Some((parts.then_some(note.part), note.label.clone()))
            }
            Stretch::Body => None,
        };
        let cited = |citation: Citation| Cited {
            id: works::place_id(anchors, &citation).map(str::to_owned),
            note: label(citation.passage.stretch),
            citation,
        };
        Cites {
            works: Packed::of(&citations.works),
            meant: citations.citations.iter().map(|c| c.work.clone()).collect(),
            all: Series::of(citations.citations.into_iter().map(cited)),
        }
    }

    /// The works that it cites, in the order in which it first does.
    pub fn works(&self) -> Vec<Description> {
        self.works.open()
    }

    /// One of its citations.
    pub fn get(&self, index: usize) -> Option<Cited> {
        self.all.open(index)
    }

    /// Its citations, in the order of the text: the body, then the notes.
    pub fn iter(&self) -> impl Iterator<Item = Cited> {
        (0..self.meant.len()).filter_map(|index| self.get(index))
    }
}
