//! What documents share: tags, names and works; and which share most.

use std::borrow::Cow;

use super::names;
use super::works::Listed;
use crate::cache::{Folder, Lost, kept};
use crate::digest;
use crate::render::SiteModel;
use crate::render::conversation::{NameDocument, NameEntry};
use crate::render::figure::{self, Bond, Group};

/// What a shared work says of two texts, where a shared tag says 1.
const WORK_WEIGHT: f64 = 4.0;

/// Something that documents may share: a tag, a name, a work.
pub struct Borne<'m> {
    /// `tag`, `name` or `work`.
    pub kind: &'static str,
    /// What it is called.
    pub name: &'m str,
    /// What it is called on a picture.
    drawn: Cow<'m, str>,
    /// Where it is described.
    pub url: Cow<'m, str>,
    /// How much it says.
    pub weight: f64,
    by: By<'m>,
}

/// The documents that have something.
enum By<'m> {
    These(Cow<'m, [usize]>),
    Name(&'m NameEntry),
}

impl<'m> Borne<'m> {
    /// The documents that have it.
    pub fn documents(&self) -> Cow<'_, [usize]> {
        match &self.by {
            By::These(documents) => Cow::from(documents.as_ref()),
            By::Name(name) => name.documents.iter().map(NameDocument::document).collect(),
        }
    }

    fn group(&self) -> Group<'_> {
        let (name, url) = (self.drawn.as_ref().into(), self.url.as_ref().into());
        Group { name, kind: self.kind, url, members: self.documents() }
    }
}

/// All that so many documents may share: tags, names, works.
pub fn borne<'m>(model: &'m SiteModel, works: &Listed, documents: usize) -> Vec<Borne<'m>> {
    let mut out: Vec<Borne> = Vec::new();
    for tag in &model.tags {
        let (name, by) = (tag.name.as_str(), By::These(Cow::from(&tag.documents)));
        out.push(Borne { kind: "tag", name, drawn: name.into(), url: tag.url().into(), weight: 1.0, by });
    }
    for name in model.names.iter().filter(|n| n.documents.len() > 1) {
        // What is mentioned often is what a text speaks of.
        let often = name.mentions() as f64 / name.documents.len() as f64;
        let weight = names::weight(name.kind) * often.sqrt();
        let (form, url) = (name.form.as_str(), name.url.as_str().into());
        out.push(Borne { kind: "name", name: form, drawn: form.into(), url, weight, by: By::Name(name) });
    }
    // Two texts that cite one work speak of the same thing; no name says so much.
    let mut citing: Vec<Vec<usize>> = vec![Vec::new(); model.works.len()];
    for d in 0..documents {
        works.cited_by(d).into_iter().for_each(|w| citing[w].push(d));
    }
    for (work, documents) in model.works.iter().zip(citing).filter(|(_, d)| d.len() > 1) {
        let drawn = match work.author.split(',').next() {
            Some(author) if !author.is_empty() => [author, ", ", &work.title].concat().into(),
            _ => Cow::from(&work.title),
        };
        let (name, url) = (work.title.as_str(), work.url.as_str().into());
        let by = By::These(documents.into());
        out.push(Borne { kind: "work", name, drawn, url, weight: WORK_WEIGHT, by });
    }
    out
}

/// The digest of what all that is shared follows from.
pub fn follow_from(model: &SiteModel, borne: &[Borne], documents: usize) -> String {
    let others = borne.iter().filter(|b| b.kind != "name").map(|b| (b.name, &b.drawn, &b.url, b.documents()));
    let others: Vec<_> = others.collect();
    // Texts can always be written.
    digest::of_data(&model.names_follow_from, &(documents, others)).unwrap_or_default()
}

/// The documents that share most, and why the cache was of no use, if so.
pub fn bonds(
    borne: &[Borne],
    documents: usize,
    follow_from: &str,
    cache: Option<&Folder>,
) -> (Vec<Bond>, Option<Lost>) {
    kept(cache, "bonds", follow_from, || {
        let of = |kind: &'static str| borne.iter().filter(move |b| b.kind == kind);
        let groups: Vec<Group> = of("work").chain(of("name")).chain(of("tag")).map(Borne::group).collect();
        figure::bonds(documents, &groups)
    })
}
