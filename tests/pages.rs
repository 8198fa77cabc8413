//! The pages of the sample archive: every template filled, the HTML well nested, every link leading
//! somewhere inside the site.

use std::collections::{BTreeMap, BTreeSet};

mod sample;

/// Elements that have no end tag; in an image (`<circle/>`) those without one end with a slash.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// Bytes before compression (a third of them after it) that a page of a text may load before its fonts.
const MOST_CSS: usize = 54_000;
const MOST_SCRIPT: usize = 26_000;

/// A start tag: its name and its attributes as written.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of a page. Panics where tags are not nested; enough of HTML for pages of our own.
fn tags(path: &str, html: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("{path}: `<` without `>`"));
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{path}: </{name}> closes something else");
            continue;
        }
        let (name, mut attributes_text) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        while let Some((name, after)) = attributes_text.split_once('=') {
            let value = after.strip_prefix('"').and_then(|v| v.split_once('"'));
            let (value, after) = value.unwrap_or_else(|| panic!("{path}: unquoted value in <{inside}>"));
            let name = name.split_whitespace().last().unwrap_or_default();
            attributes.push((name.to_owned(), value.to_owned()));
            attributes_text = after;
        }
        if !VOID.contains(&name) && !inside.ends_with('/') {
            open.push(name.to_owned());
        }
        out.push(Tag { name: name.to_owned(), attributes });
    }
    assert!(open.is_empty(), "{path}: never closed: {open:?}");
    out
}

/// Where a relative link leads, from the page it stands on.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leads out of the site"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn site() -> BTreeMap<String, Vec<u8>> {
    let pages = sample::site().unwrap();
    let count = pages.len();
    let site: BTreeMap<_, _> =
        pages.into_iter().map(|page| (page.path, page.bytes.unwrap_or_default())).collect();
    assert_eq!(site.len(), count, "two pages have one address");
    site
}

#[test]
fn pages_are_well_nested_and_every_link_leads_somewhere_in_the_site() {
    let site = site();
    let pages: BTreeMap<&str, Vec<Tag>> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), tags(path, std::str::from_utf8(bytes).unwrap())))
        .collect();
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, tags) in &pages {
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.entry(path).or_default().insert(id), "{path}: id {id} is there twice");
        }
    }
    for (path, tags) in &pages {
        for tag in tags {
            assert!(tag.get("style").is_none(), "{path}: style attributes are against the page's own policy");
            for (name, link) in tag.attributes.iter().filter(|(name, _)| name == "href" || name == "src") {
                let external = link.starts_with("https://") || link.starts_with("http://");
                if external {
                    assert_eq!((tag.name.as_str(), name.as_str()), ("a", "href"), "{path}: loads {link}");
                    continue;
                }
                assert!(!link.starts_with('/') && !link.ends_with('/'), "{path}: {link}");
                let (file, fragment) =
                    link.split_once('#').map_or((link.as_str(), None), |(a, b)| (a, Some(b)));
                let target = if file.is_empty() { (*path).to_owned() } else { resolved(path, file) };
                assert!(site.contains_key(&target), "{path}: {link} leads to {target}, which is not there");
                if let Some(fragment) = fragment {
                    let there = ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment));
                    assert!(there, "{path}: {link} leads to no id");
                }
            }
        }
    }
}

#[test]
fn what_is_not_the_sources_own_stands_outside_the_article_or_is_marked() {
    for (path, bytes) in site().iter().filter(|(path, _)| path.starts_with("texts/")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let Some((before, rest)) = html.split_once("<article") else {
            assert!(html.contains("http-equiv=\"refresh\""), "{path} has no article");
            continue;
        };
        let (_, after) = rest.split_once("</article>").unwrap();
        assert!(!after.contains("<article"), "{path}: one article a page");
        assert!(after.contains("<div class=\"after\" data-generated>"));
        let heads = before.matches("<h1").count() + rest.matches("<h1").count();
        assert_eq!(heads, 1, "{path}: one first heading a page");
    }
}

#[test]
fn values_are_escaped_and_articles_are_not() {
    let site = site();
    let page = String::from_utf8(site["texts/on-the-use-of-margins.html"].clone()).unwrap();
    assert!(page.contains("no `&lt;sup&gt;` &amp; no"));
    assert!(page.contains("<em>us</em>"));
}

#[test]
fn each_order_of_the_index_is_a_page_and_the_rows_know_all_orders() {
    let site = site();
    for (column, path) in
        ["index.html", "by-author.html", "by-date.html", "by-length.html"].iter().enumerate()
    {
        let tags = tags(path, std::str::from_utf8(&site[*path]).unwrap());
        let places: Vec<usize> = tags
            .iter()
            .filter_map(|tag| tag.get("data-ranks"))
            .map(|ranks| ranks.split(' ').nth(column).unwrap().parse().unwrap())
            .collect();
        assert_eq!(places, (0..5).collect::<Vec<_>>(), "{path}");
        let sorted: Vec<_> = tags.iter().filter(|t| t.get("aria-sort").is_some()).collect();
        assert_eq!(sorted.len(), 1, "{path}");
    }
}

#[test]
fn the_catalogue_says_what_the_contract_says() {
    let site = site();
    let catalogue: serde_json::Value = serde_json::from_slice(&site["archive.json"]).unwrap();
    assert_eq!(catalogue["version"], 1);
    let document = &catalogue["documents"][0];
    assert_eq!(document["source"], "seeds/on-the-use-of-margins.txt");
    assert_eq!(document["url"], "texts/on-the-use-of-margins.html");
    assert_eq!(document["date"], "2018-11");
    assert_eq!(document["form"], "pdf-text");
    assert_eq!(document["notes"]["unmarked"][0]["part"], 1);
    assert_eq!(document["notes"]["unresolved"][0]["line"], 162);
    assert!(document["notes"]["unresolved"][0].get("id").is_none());
    assert_eq!(catalogue["documents"][4]["date"], serde_json::Value::Null);
    assert_eq!(catalogue["works"], serde_json::json!([]));
    assert_eq!(catalogue["tags"][2]["name"], "margins");
    assert_eq!(catalogue["tags"][2]["count"], 3);
    let detail: serde_json::Value =
        serde_json::from_slice(&site[document["detail"].as_str().unwrap()]).unwrap();
    assert_eq!(detail["omissions"][0]["reason"], "running-head");
    assert_eq!(detail["omissions"].as_array().unwrap().len(), 32);
    assert_eq!(detail["repairs"][0]["kind"], "page-order");
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(site(), site());
}

#[test]
fn what_is_loaded_before_the_text_is_small() {
    let site = site();
    assert!(site["static/postil.css"].len() < MOST_CSS);
    assert!(site["static/postil.js"].len() + site["static/reading.js"].len() < MOST_SCRIPT);
}
