//! What the archive keeps in mind of a document and seldom needs: it is packed, read when somebody
//! asks for it, and opened for a page or a sentence.

use serde::{Deserialize, Serialize};

use super::names::place_id;
use crate::cache::{Packed, Series};
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
