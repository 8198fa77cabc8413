//! The page that searches the archive.

use std::cmp::Reverse;

use super::context::{Head, Offered, Scope, SearchPage};
use super::lists::tag_count;
use super::model::{SiteModel, TagEntry};
use super::order::title_key;
use super::page::{Page, RenderError, filled, site};
use super::status;
use super::templates::Templates;

/// Tags, names and works that the page of the search offers, of each so many and the commonest first.
const OFFERED: usize = 60;

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
