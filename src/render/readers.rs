//! `annotations.html`: what readers marked and wrote, by text, by subject and by date.

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::{DocumentCard, Head, Site};
use super::model::SiteModel;
use super::page::{Page, RenderError, filled, site};
use super::templates::{Context, Templates};
use crate::annotations::page::Shown;

/// Annotations that the page shows in full; a text with many shows them all on its own page.
pub const SHOWN: usize = 400;

/// Annotations named under one subject or month.
const NAMED: usize = 60;

/// `annotations.html`.
#[derive(Clone, Debug, Serialize)]
pub struct AnnotationsPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// `12 annotations in 3 texts`
    pub totals: String,
    /// The texts that are annotated, by title.
    pub documents: Vec<AnnotatedText<'a>>,
    /// By subject.
    pub tags: Vec<Gathered<'a>>,
    /// By month, the latest first.
    pub dates: Vec<Gathered<'a>>,
    /// Those whose text is not in the archive.
    pub strays: &'a [Shown],
    /// How many of those are not shown.
    pub more_strays: usize,
}

/// A text with what was marked in it.
#[derive(Clone, Debug, Serialize)]
pub struct AnnotatedText<'a> {
    /// The text.
    pub document: &'a DocumentCard,
    /// Its annotations.
    pub annotations: &'a [Shown],
    /// How many more its own page shows.
    pub more: usize,
    /// How many have lost their passage.
    pub orphans: usize,
}

/// Annotations that have something in common.
#[derive(Clone, Debug, Serialize)]
pub struct Gathered<'a> {
    /// What.
    pub label: String,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub items: Vec<Item<'a>>,
}

/// An annotation in a group.
#[derive(Clone, Debug, Serialize)]
pub struct Item<'a> {
    /// The text's page.
    pub url: &'a str,
    /// The annotation's place on it.
    pub id: &'a str,
    /// The text's title.
    pub title: &'a str,
    /// The words that are marked.
    pub quote: Option<&'a str>,
}

impl Context for AnnotationsPage<'_> {
    const TEMPLATE: &'static str = "annotations.html";
}

/// Makes the page. `by_document` are the annotations of each record, and `at_root` the first [`SHOWN`] of them as this page
/// shows them; `order` is that of the titles.
pub fn page(
    model: &SiteModel,
    by_document: &[Vec<Shown>],
    at_root: &[Vec<Shown>],
    order: &[usize],
    strays: &[Shown],
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = "annotations.html";
    let mut documents = Vec::new();
    let mut tags: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    let mut dates: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for &i in order.iter().filter(|&&i| by_document.get(i).is_some_and(|d| !d.is_empty())) {
        let all = &by_document[i];
        let card = &model.records[i].card;
        for one in all {
            let item =
                || Item { url: &card.url, id: &one.id, title: &card.title, quote: one.quote.as_deref() };
            for tag in &one.tags {
                tags.entry(tag).or_default().push(item());
            }
            if let Some(month) = one.date.as_deref().map(|d| d.get(..7).unwrap_or(d)) {
                dates.entry(month).or_default().push(item());
            }
        }
        let annotations = at_root.get(i).map_or(&[][..], Vec::as_slice);
        let orphans = all.iter().filter(|a| a.orphan.is_some()).count();
        documents.push(AnnotatedText {
            document: card,
            annotations,
            more: all.len() - annotations.len(),
            orphans,
        });
    }
    let count = by_document.iter().map(Vec::len).sum::<usize>() + strays.len();
    let strings = &model.facts.strings;
    let texts = strings.count("texts", documents.len());
    let totals = strings.count("annotations-in", count).replace("{texts}", &texts);
    let context = AnnotationsPage {
        site: site(&model.facts, ""),
        page: Head {
            title: model.facts.strings.say("annotations"),
            description: None,
            section: "annotations",
            url,
        },
        totals,
        documents,
        tags: tags.into_iter().map(|(tag, items)| gathered(tag.to_owned(), items)).collect(),
        dates: dates
            .into_iter()
            .rev()
            .map(|(month, items)| gathered(model.facts.strings.date(month), items))
            .collect(),
        strays: &strays[..strays.len().min(SHOWN)],
        more_strays: strays.len().saturating_sub(SHOWN),
    };
    filled(url, &context, templates)
}

fn gathered(label: String, mut items: Vec<Item>) -> Gathered {
    let count = items.len();
    items.truncate(NAMED);
    Gathered { label, count, items }
}
