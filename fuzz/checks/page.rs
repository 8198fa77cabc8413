//! What must hold of HTML as the program writes it: strictly written, valid, and understood by a real parser as the
//! very elements, attributes and words that were meant.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{self, Step};

/// Elements without an end.
const VOID: [&str; 9] = ["br", "col", "hr", "img", "input", "wbr", "link", "meta", "source"];

/// Elements that no text can put on a page.
const LIVE: [&str; 18] = [
    "script",
    "style",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "form",
    "base",
    "meta",
    "link",
    "svg",
    "math",
    "template",
    "portal",
    "video",
    "audio",
    "foreignobject",
];

/// Elements within a line: the words on their two sides are one word.
const WITHIN: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "u",
];

/// A tag taken apart.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    attributes: Vec<(&'a str, String)>,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.0 == name).map(|a| a.1.as_str())
    }
}

/// Calls `text` with each stretch of text and `tag` with each tag. Everything else than plain tags with quoted
/// values is a fault.
fn walk<'a>(html: &'a str, mut each: impl FnMut(Result<Tag<'a>, &'a str>)) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        each(Err(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!doctype html>") {
            rest = after;
            continue;
        }
        let closes = rest.starts_with('/');
        rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').expect("a tag ends");
        assert!(end > 0, "a bare `<` before {:?}", &rest.chars().take(20).collect::<String>());
        let mut tag = Tag { name: &rest[..end], closes, attributes: Vec::new() };
        rest = &rest[end..];
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(['=', '>', ' ', '\n']).expect("an attribute ends");
            assert!(end > 0, "an attribute without a name in <{}>", tag.name);
            let name = &rest[..end];
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix("=\"") {
                let close = after.find('"').expect("a value ends");
                value = decoded(&after[..close]);
                rest = &after[close + 1..];
            }
            tag.attributes.push((name, value));
        }
        each(Ok(tag));
    }
    each(Err(rest));
}

/// What must hold of an article.
pub fn check(html: &str) {
    assert!(!html.contains(['\u{FDD0}', '\u{FDD1}']), "a placeholder is left");
    assert_eq!(tree::of_article(html), written(html), "a browser makes something else of it\n{html}");
    let (ids, targets) = inspect(html, &LIVE);
    let broken: Vec<_> = targets.iter().filter(|t| !ids.contains(*t)).collect();
    assert!(broken.is_empty(), "links to nothing: {broken:?}\n{html}");
}

/// What must hold of a whole page, whose own head is live.
pub fn whole(html: &str) {
    // White space outside of the body is no text of the page.
    let elements = |steps: Vec<Step>| steps.into_iter().filter(|s| !matches!(s, Step::Text(_))).collect();
    let (made, meant): (Vec<Step>, Vec<Step>) = (elements(tree::of_page(html)), elements(written(html)));
    assert_eq!(made, meant, "a browser makes something else of it\n{html}");
    let live: Vec<&str> =
        LIVE.into_iter().filter(|l| !["script", "meta", "link", "form"].contains(l)).collect();
    let (ids, targets) = inspect(html, &live);
    let broken: Vec<_> = targets.iter().filter(|t| !ids.contains(*t)).collect();
    assert!(broken.is_empty(), "links to nothing: {broken:?}\n{html}");
}

/// The way through the elements as they are written.
fn written(html: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    walk(html, |piece| match piece {
        Err(text) => tree::push_text(&mut steps, &decoded(text)),
        Ok(tag) if tag.closes => steps.push(Step::End),
        Ok(tag) => {
            let attributes = tag.attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            steps.push(Step::Begin(tag.name.to_owned(), attributes.collect()));
            if VOID.contains(&tag.name) {
                steps.push(Step::End);
            }
        }
    });
    steps
}

fn inspect(html: &str, live: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut open: Vec<&str> = Vec::new();
    let (mut ids, mut targets) = (BTreeSet::new(), BTreeSet::new());
    walk(html, |piece| {
        let Ok(tag) = piece else { return };
        if tag.closes {
            assert_eq!(open.pop(), Some(tag.name), "an end without its beginning\n{html}");
            return;
        }
        assert!(!live.contains(&tag.name.to_ascii_lowercase().as_str()), "<{}> is live\n{html}", tag.name);
        assert!(tag.name != "a" || !open.contains(&"a"), "a link in a link\n{html}");
        if !VOID.contains(&tag.name) {
            open.push(tag.name);
        }
        let mut seen = BTreeMap::new();
        for (name, value) in &tag.attributes {
            assert!(!name.to_ascii_lowercase().starts_with("on"), "`{name}` is live\n{html}");
            assert!(*name != "style" && *name != "srcdoc", "`{name}` is live\n{html}");
            assert!(seen.insert(*name, ()).is_none(), "`{name}` twice\n{html}");
            if ["href", "src", "action", "formaction", "poster", "cite"].contains(name) {
                address(value);
            }
        }
        if let Some(id) = tag.get("id") {
            assert!(!id.is_empty() && !id.contains(char::is_whitespace), "the id {id:?}\n{html}");
            assert!(ids.insert(id.to_owned()), "the id {id:?} twice\n{html}");
        }
        if let Some(target) = tag.get("href").and_then(|h| h.strip_prefix('#')).filter(|t| !t.is_empty()) {
            targets.insert(target.to_owned());
        }
    });
    assert!(open.is_empty(), "left open: {open:?}\n{html}");
    (ids, targets)
}

/// Fails for an address that a browser would run, however it is disguised.
fn address(value: &str) {
    let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    for scheme in
        ["javascript:", "data:", "vbscript:", "file:", "blob:", "filesystem:", "about:", "view-source:"]
    {
        assert!(!plain.starts_with(scheme), "the address {value:?} is live");
    }
}

/// The source's own words of an article: without generated elements, with the texts of images.
pub fn words(html: &str) -> String {
    let mut out = String::new();
    let mut open: Vec<bool> = Vec::new();
    walk(html, |piece| match piece {
        Err(text) => {
            if open.last() != Some(&true) {
                out.push_str(&decoded(text));
            }
        }
        Ok(tag) => {
            if !WITHIN.contains(&tag.name) {
                out.push(' ');
            }
            if tag.closes {
                open.pop();
                return;
            }
            let generated = open.last() == Some(&true) || tag.get("data-generated").is_some();
            if !generated && tag.name == "img" {
                out.extend([" ", tag.get("alt").unwrap_or_default(), " "]);
            }
            if !VOID.contains(&tag.name) {
                open.push(generated);
            }
        }
    });
    out
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&#x27;", "'").replace("&#x2F;", "/").replace("&amp;", "&")
}
