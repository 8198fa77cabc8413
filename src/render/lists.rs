//! The pages that speak of the whole archive.

use std::collections::BTreeMap;

use super::context::{
    AuthorEntry, AuthorsPage, Column, DocumentCard, Head, IndexPage, IndexPart, IndexRow, Listed, MapPage,
    PartSite, TagCount, TagLetter, TagPage, TagsPage, TimelinePage,
};
use super::conversation::{self, NameEntry};
use super::model::{SiteModel, TagEntry};
use super::order::{Order, author_key, title_key};
use super::page::{Page, RenderError, filled, site};
use super::rows::Rows;
use super::templates::{Context, Face, Html, Templates};
use super::{catalogue, feed, figure, status};

/// The pages that speak of the whole archive: the index in its orders, tags, the index of names, the archive's state,
/// `archive.json` and feeds. The pages of single names are many, and made one by one
/// ([`name_page`](conversation::name_page)).
pub struct Lists<'m> {
    model: &'m SiteModel,
    cards: Vec<&'m DocumentCard>,
    /// The documents in the orders of the index.
    orders: [Vec<usize>; 4],
    /// The rank of each document in each order.
    ranks: Vec<[usize; 4]>,
    /// The documents that share most.
    bonds: &'m [figure::Bond],
    /// The documents as lines of the index.
    rows: Rows,
}

/// Makes some of the pages that speak of the whole archive.
type List = fn(&Lists, &Templates) -> Result<Vec<Page>, RenderError>;

impl<'m> Lists<'m> {
    /// All of them, none of which needs another: they can be made in parallel.
    pub const ALL: [List; 11] = [
        |lists, templates| one(index_page(lists, Order::Title, templates)),
        |lists, templates| one(index_page(lists, Order::Author, templates)),
        |lists, templates| one(index_page(lists, Order::Date, templates)),
        |lists, templates| one(index_page(lists, Order::Length, templates)),
        |lists, templates| tag_pages(lists.model, &lists.cards, templates),
        |lists, templates| one(authors_page(lists.model, &lists.cards, &lists.orders[0], templates)),
        |lists, templates| one(timeline_page(lists.model, &lists.cards, &lists.orders[2], templates)),
        |lists, templates| one(map_page(lists, &lists.orders[0], templates)),
        |lists, templates| one(conversation::index(lists.model, templates)),
        |lists, templates| one(status::page(lists.model, &lists.orders[0], templates)),
        |lists, _| one(catalogue::archive(lists.model)),
    ];

    /// What they have in common.
    pub fn of(model: &'m SiteModel, bonds: &'m [figure::Bond]) -> Lists<'m> {
        let cards: Vec<&DocumentCard> = model.records.iter().map(|r| &r.card).collect();
        let orders = Order::ALL.map(|order| order.sorted(&cards, &model.title_places));
        let mut ranks = vec![[0; 4]; cards.len()];
        for (column, order) in orders.iter().enumerate() {
            order.iter().enumerate().for_each(|(rank, &i)| ranks[i][column] = rank);
        }
        Lists { model, cards, orders, ranks, bonds, rows: Rows::default() }
    }

    /// What each line of the index is made from.
    pub fn parts(&self) -> Vec<IndexPart<'m>> {
        let site = PartSite { lang: &self.model.facts.lang, root: "" };
        (0..self.cards.len()).map(|i| IndexPart { site, row: self.row(i) }).collect()
    }

    /// The same lists with the lines of their index.
    pub fn with_rows(self, rows: Rows) -> Lists<'m> {
        Lists { rows, ..self }
    }

    fn row(&self, document: usize) -> IndexRow<'m> {
        IndexRow {
            document: Face(self.cards[document]),
            ranks: self.ranks[document],
            annotations: self.model.records[document].annotations.all,
        }
    }

    /// The feeds, and the map of a site that has lists at these paths.
    pub fn feeds(&self, lists: &[String]) -> Result<Vec<Page>, RenderError> {
        let lists = lists.iter().map(String::as_str).filter(|path| path.ends_with(".html"));
        let names = self.model.names.iter().filter_map(NameEntry::page);
        let paths: Vec<&str> = lists.chain(names).chain(self.cards.iter().map(|c| c.url.as_str())).collect();
        feed::pages(self.model, &paths)
    }
}

fn one(page: Result<Page, RenderError>) -> Result<Vec<Page>, RenderError> {
    Ok(vec![page?])
}

fn index_page(lists: &Lists, order: Order, templates: &Templates) -> Result<Page, RenderError> {
    let Lists { model, cards, .. } = lists;
    let words = cards.iter().map(|c| c.words).sum();
    let notes = cards.iter().map(|c| c.notes).sum();
    let title = match order {
        Order::Title => "index",
        Order::Author => "index-by-author",
        Order::Date => "index-by-date",
        Order::Length => "index-by-length",
    };
    let places = &lists.orders[order as usize];
    let lines = lists.rows.in_order(places);
    let is_owners = templates.is_owners(IndexPage::TEMPLATE);
    let context = IndexPage {
        site: site(&model.facts, ""),
        page: Head {
            title: model.facts.strings.say(title),
            description: model.facts.description.as_deref(),
            section: "index",
            url: order.url(),
        },
        columns: Order::ALL.map(|column| Column {
            name: column.name(),
            url: column.url(),
            sorted: (column == order).then(|| column.direction()),
        }),
        lines: Html::new(&lines),
        rows: if is_owners { places.iter().map(|&i| lists.row(i)).collect() } else { Vec::new() },
        common_tags: common_tags(model),
        texts: cards.len(),
        words,
        notes,
    };
    filled(order.url(), &context, templates)
}

/// Tags that some texts of the archive bear and others do not, the commonest first.
fn common_tags(model: &SiteModel) -> Vec<&str> {
    /// Tags offered.
    const MOST: usize = 12;
    let texts = model.records.len();
    let mut tags: Vec<&TagEntry> =
        model.tags.iter().filter(|t| (2..texts).contains(&t.documents.len())).collect();
    tags.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then_with(|| a.name.cmp(&b.name)));
    tags.iter().take(MOST).map(|t| t.name.as_str()).collect()
}

/// The texts by their authors; a text of two stands under both.
fn authors_page(
    model: &SiteModel,
    cards: &[&DocumentCard],
    by_title: &[usize],
    templates: &Templates,
) -> Result<Page, RenderError> {
    let mut by_author: BTreeMap<(bool, String, Option<&str>), Vec<Listed>> = BTreeMap::new();
    for card in by_title.iter().map(|&i| cards[i]) {
        if card.authors.is_empty() {
            by_author.entry((true, String::new(), None)).or_default().push(Face(card));
        }
        for author in &card.authors {
            by_author.entry((false, author_key(author), Some(author))).or_default().push(Face(card));
        }
    }
    let authors = by_author
        .into_iter()
        .enumerate()
        .map(|(i, ((_, _, name), documents))| AuthorEntry {
            name,
            id: format!("_author-{}", i + 1),
            documents,
        })
        .collect();
    let url = "authors.html";
    let page = Head { title: model.facts.strings.say("authors"), description: None, section: "index", url };
    filled(url, &AuthorsPage { site: site(&model.facts, ""), page, authors }, templates)
}

fn timeline_page(
    model: &SiteModel,
    cards: &[&DocumentCard],
    by_date: &[usize],
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = "timeline.html";
    let context = TimelinePage {
        site: site(&model.facts, ""),
        page: Head { title: model.facts.strings.say("timeline"), description: None, section: "index", url },
        timeline: figure::timeline(cards, &model.works),
        documents: by_date.iter().map(|&i| Face(cards[i])).collect(),
    };
    filled(url, &context, templates)
}

fn map_page(lists: &Lists, by_title: &[usize], templates: &Templates) -> Result<Page, RenderError> {
    let Lists { model, cards, bonds, .. } = lists;
    let url = "map.html";
    let map = figure::map(cards, by_title, bonds);
    let page = Head { title: model.facts.strings.say("map"), description: None, section: "index", url };
    filled(url, &MapPage { site: site(&model.facts, ""), page, map }, templates)
}

fn tag_pages(
    model: &SiteModel,
    cards: &[&DocumentCard],
    templates: &Templates,
) -> Result<Vec<Page>, RenderError> {
    let urls: Vec<String> = model.tags.iter().map(TagEntry::url).collect();
    let mut tags: Vec<(&TagEntry, &str)> =
        model.tags.iter().zip(&urls).map(|(tag, url)| (tag, url.as_str())).collect();
    tags.sort_by_cached_key(|(tag, _)| (title_key(&tag.name), tag.slug.clone()));
    let mut letters: Vec<TagLetter> = Vec::new();
    for &(tag, url) in &tags {
        let initial = title_key(&tag.name).chars().next().filter(|c| c.is_alphabetic());
        let letter = initial.map_or("#".to_owned(), |c| c.to_uppercase().collect());
        let entry = tag_count(tag, url);
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.tags.push(entry),
            _ => letters.push(TagLetter { letter, tags: vec![entry] }),
        }
    }
    let url = "tags/index.html";
    let context = TagsPage {
        site: site(&model.facts, "../"),
        page: Head { title: model.facts.strings.say("tags"), description: None, section: "tags", url },
        letters,
        count: tags.len(),
        any_derived: tags.iter().any(|(tag, _)| tag.derived),
    };
    let mut out = vec![filled(url, &context, templates)?];
    for (tag, url) in tags {
        let mut places: Vec<usize> = tag.documents.iter().copied().filter(|&i| i < cards.len()).collect();
        places.sort_by_key(|&i| model.title_places[i]);
        let context = TagPage {
            site: site(&model.facts, "../"),
            page: Head { title: &tag.name, description: None, section: "tags", url },
            tag: tag_count(tag, url),
            documents: places.iter().map(|&i| cards[i]).collect(),
        };
        out.push(filled(url, &context, templates)?);
    }
    Ok(out)
}

pub(super) fn tag_count<'a>(tag: &'a TagEntry, url: &'a str) -> TagCount<'a> {
    TagCount { name: &tag.name, url, count: tag.documents.len(), derived: tag.derived }
}

#[cfg(test)]
mod tests {
    use crate::render::assets::Assets;

    #[test]
    fn lists_show_no_more_of_a_document_than_they_are_made_from() {
        let templates = Assets::embedded().templates;
        for name in ["parts/index-row.html", "index.html", "status.html", "timeline.html", "authors.html"] {
            let text = String::from_utf8_lossy(&templates[name].bytes).into_owned();
            for field in ["d.words", "d.length", "document.words", "document.length", "byline.html"] {
                assert!(!text.contains(field), "{name}: {field}");
            }
        }
    }
}
