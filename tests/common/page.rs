//! What a reader gets of an article: its words, its ids, its links.

use std::collections::BTreeMap;

/// Elements that part words wherever they stand: blocks, and what is raised.
const PARTING: [&str; 28] = [
    "p",
    "div",
    "section",
    "article",
    "aside",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "pre",
    "br",
    "hr",
    "figure",
    "dt",
    "dd",
    "dl",
    "sup",
    "sub",
];
/// Elements without an end.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

/// An article taken apart.
#[derive(Debug, Default)]
pub struct Page {
    /// The source's own words: the text without generated elements, with the texts of images.
    pub words: String,
    /// How often each id is there.
    pub ids: BTreeMap<String, usize>,
    /// Targets of links within the page.
    pub links: Vec<String>,
}

impl Page {
    /// Reads HTML as the program writes it.
    pub fn read(html: &str) -> Page {
        let mut page = Page::default();
        let mut open: Vec<bool> = Vec::new(); // is it generated?
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            page.text(&rest[..at], &open);
            let end = at + rest[at..].find('>').expect("a tag ends");
            let inside = &rest[at + 1..end];
            rest = &rest[end + 1..];
            let name = inside.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
            if PARTING.contains(&name) {
                page.words.push(' ');
            }
            if inside.starts_with('/') {
                open.pop();
                continue;
            }
            let generated = open.last() == Some(&true) || inside.split(' ').any(|a| a == "data-generated");
            if !generated && name == "img" {
                page.words.extend([" ", &attribute(inside, "alt").unwrap_or_default(), " "]);
            }
            if !VOID.contains(&name) {
                open.push(generated);
            }
            if let Some(id) = attribute(inside, "id") {
                *page.ids.entry(id).or_default() += 1;
            }
            page.links.extend(attribute(inside, "href").and_then(|h| h.strip_prefix('#').map(str::to_owned)));
        }
        page.text(rest, &open);
        page
    }

    fn text(&mut self, text: &str, open: &[bool]) {
        if open.last() != Some(&true) {
            self.words.push_str(&decoded(text));
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&[" ", name, "=\""].concat())?.1;
    Some(decoded(rest.split('"').next()?))
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}
