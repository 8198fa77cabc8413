//! What programs fetch to follow the archive: `feed.xml` (Atom), `feed.json` (JSON Feed), and, where the owner says
//! where the site will stand, `sitemap.xml` and `robots.txt`.
//!
//! Dates are those of the texts: a build leaves no trace of when it was made. A text without a date comes last, and its
//! feed entry bears the earliest day that Atom can say.

use serde_json::{Value, json};

use super::context::DocumentCard;
use super::{Page, RenderError, SiteModel};
use crate::hash;
use crate::render::html::Writer;
use crate::render::order::Order;

/// Texts in a feed: the newest by their date.
const ENTRIES: usize = 100;

/// The day of a text without a date.
const NO_DAY: &str = "0001-01-01";

/// The feeds; with `base_url`, the map of the site and the word to robots. `paths` are the pages of the site.
pub fn pages(model: &SiteModel, paths: &[&str]) -> Result<Vec<Page>, RenderError> {
    let cards: Vec<&DocumentCard> = model.records.iter().map(|r| &r.card).collect();
    let newest: Vec<&DocumentCard> =
        Order::Date.sorted(&cards, &model.title_places).into_iter().take(ENTRIES).map(|i| cards[i]).collect();
    let mut out = vec![atom(model, &newest), json_feed(model, &newest)?];
    if let Some(base) = &model.facts.base_url {
        out.push(sitemap(base, paths));
        let robots = ["User-agent: *\nAllow: /\n\nSitemap: ", base, "/sitemap.xml\n"].concat();
        out.push(Page::new("robots.txt", robots));
    }
    Ok(out)
}

/// The address of a page: in full where that can be, else from the root, where the feeds lie.
fn address(model: &SiteModel, url: &str) -> String {
    match &model.facts.base_url {
        Some(base) => [base, "/", url].concat(),
        None => url.to_owned(),
    }
}

/// A name for ever, made of what does not change: the archive's title and the text's address.
fn urn(model: &SiteModel, url: &str) -> String {
    ["urn:postil:", &hash::hex([&model.facts.title, "\n", url].concat().as_bytes())].concat()
}

/// The day of a date of any precision.
fn day(card: &DocumentCard) -> String {
    match card.date.as_deref() {
        Some(date) if date.len() == 4 => [date, "-01-01"].concat(),
        Some(date) if date.len() == 7 => [date, "-01"].concat(),
        Some(date) if date.len() == 10 => date.to_owned(),
        _ => NO_DAY.to_owned(),
    }
}

fn atom(model: &SiteModel, cards: &[&DocumentCard]) -> Page {
    let mut w = Writer::default();
    let line = |w: &mut Writer, name: &'static str, text: &str| {
        w.open(name);
        w.text(text).close(name).line();
    };
    w.open("feed").attr("xmlns", "http://www.w3.org/2005/Atom").attr("xml:lang", &model.facts.lang);
    w.line();
    line(&mut w, "title", &model.facts.title);
    if let Some(description) = &model.facts.description {
        line(&mut w, "subtitle", description);
    }
    line(&mut w, "id", &urn(model, ""));
    let newest = cards.first().map_or(NO_DAY.to_owned(), |c| day(c));
    line(&mut w, "updated", &[&newest, "T00:00:00Z"].concat());
    w.open("link").attr("rel", "self").attr("href", &address(model, "feed.xml"));
    w.close("link").line();
    w.open("link")
        .attr("rel", "alternate")
        .attr("type", "text/html")
        .attr("href", &address(model, "index.html"));
    w.close("link").line();
    w.open("author");
    line(&mut w, "name", &model.facts.title);
    w.close("author").line();
    for card in cards {
        w.open("entry");
        w.line();
        line(&mut w, "title", &card.title);
        line(&mut w, "id", &urn(model, &card.url));
        line(&mut w, "updated", &[&day(card), "T00:00:00Z"].concat());
        w.open("link")
            .attr("rel", "alternate")
            .attr("type", "text/html")
            .attr("href", &address(model, &card.url));
        w.close("link").line();
        for author in &card.authors {
            w.open("author");
            line(&mut w, "name", author);
            w.close("author").line();
        }
        for tag in &card.tags {
            w.open("category").attr("term", &tag.name);
            w.close("category").line();
        }
        if let Some(summary) = &card.summary {
            line(&mut w, "summary", summary);
        }
        w.close("entry").line();
    }
    w.close("feed").line();
    xml("feed.xml", &w.finish())
}

fn json_feed(model: &SiteModel, cards: &[&DocumentCard]) -> Result<Page, RenderError> {
    let item = |card: &&DocumentCard| {
        let authors: Vec<Value> = card.authors.iter().map(|a| json!({ "name": a })).collect();
        let tags: Vec<&str> = card.tags.iter().map(|t| t.name.as_str()).collect();
        let mut item = json!({
            "id": urn(model, &card.url),
            "url": address(model, &card.url),
            "title": card.title,
            "content_text": card.summary.as_deref().unwrap_or(&card.title),
            "authors": authors,
            "tags": tags,
        });
        if card.date.is_some() {
            item["date_published"] = json!([&day(card), "T00:00:00Z"].concat());
        }
        if let Some(lang) = &card.lang {
            item["language"] = json!(lang);
        }
        item
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": model.facts.title,
        "description": model.facts.description.as_deref().unwrap_or_default(),
        "language": model.facts.lang,
        "home_page_url": address(model, "index.html"),
        "feed_url": address(model, "feed.json"),
        "items": cards.iter().map(item).collect::<Vec<_>>(),
    });
    super::catalogue::json("feed.json".to_owned(), &feed)
}

fn sitemap(base: &str, paths: &[&str]) -> Page {
    let mut w = Writer::default();
    w.open("urlset").attr("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    w.line();
    for path in paths {
        w.open("url");
        w.open("loc");
        w.text(&[base, "/", path].concat()).close("loc").close("url").line();
    }
    w.close("urlset").line();
    xml("sitemap.xml", &w.finish())
}

fn xml(path: &str, text: &str) -> Page {
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    Page::new(path, [head, text].concat())
}
