//! What the archive keeps in mind of a document and seldom needs: it is packed, read when somebody
//! asks for it, and opened for a page or a sentence.

use serde::{Deserialize, Serialize};

use super::names::place_id;
use super::works;
use crate::cache::{Packed, Series};
use crate::cite::Citations;
use crate::model::{Document, Stretch};
use crate::names;
use crate::render::html::Anchors;

/// What is large of a document and asked for by few.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Detail {
    /// Where its parts are on its page.
    pub anchors: Packed<Anchors>,
    /// The names in it.
    pub names: Packed<names::Record>,
    /// How it mentions each of them.
    pub spoken: Series<Spoken>,
}

/// A name as a document mentions it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Spoken {
    /// As written there.
    pub form: String,
    /// Of each mention the index of its sentence, and the id of its paragraph.
    pub mentions: Vec<(u32, Option<String>)>,
}

/// How a document mentions each name of its record.
pub fn spoken(names: &names::Record, anchors: &Anchors) -> Series<Spoken> {
    let mention = |m: &names::Mention| (m.sentence, place_id(anchors, &m.passage).map(str::to_owned));
    let spoken = |c: &names::Candidate| Spoken {
        form: c.form.clone(),
        mentions: c.mentions.iter().map(mention).collect(),
    };
    Series::of(names.names.iter().map(spoken))
}

/// Where a citation stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CitedAt {
    /// The id of its note or paragraph.
    pub id: Option<Box<str>>,
    /// The label of its note; before it the part that the label counts in, where there are several.
    pub note: Option<(Option<u32>, Box<str>)>,
}

/// Where each citation of a document stands.
pub fn cited_at(citations: &Citations, document: &Document, anchors: &Anchors) -> Vec<CitedAt> {
    let parts = document.notes.last().is_some_and(|note| note.part > 1);
    let label = |stretch| match stretch {
        Stretch::Note(note) => {
            let note = document.notes.get(note.0 as usize)?;
            Some((parts.then_some(note.part), note.label.as_str().into()))
        }
        Stretch::Body => None,
    };
    let at = |citation| CitedAt {
        id: works::place_id(anchors, citation).map(Box::from),
        note: label(citation.passage.stretch),
    };
    citations.citations.iter().map(at).collect()
}
