//! What of a page is no part of its text: menus, banners, forms, what the page itself hides.
//!
//! The elements say it (`nav`, `footer`, `role="search"`, `hidden`), and where there is one element that holds the text
//! (`main`, a single `article`), what stands outside of it. In doubt it is text. Notes are notes wherever they stand.

use std::collections::HashMap;
use std::ops::Range;

use super::element::{is_heading, is_unseen};
use super::notes::Notes;
use super::tape::{Index, Page};
use crate::model::OmissionReason;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is part of the text.
    Shown,
    /// No reader of the page sees it.
    Unseen,
    /// Its words are set aside.
    Aside(OmissionReason),
}

/// What of a page is set aside.
#[derive(Debug, Default)]
pub struct Chrome {
    aside: HashMap<Index, OmissionReason>,
}

/// Words of a paragraph that is prose.
const PROSE: usize = 20;

/// Roles of what stands around a text.
const ROLES: [&str; 12] = [
    "navigation",
    "search",
    "banner",
    "contentinfo",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "complementary",
    "doc-pagelist",
];

/// What authors of pages call such things, as whole words of a class or an id.
const CALLED: [&str; 20] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "sharing",
    "social",
    "newsletter",
    "subscribe",
    "paywall",
    "advert",
    "advertisement",
    "sponsored",
    "navbar",
    "pagination",
    "skip",
    "sidebar",
    "popup",
];

impl Chrome {
    /// Looks for it.
    pub fn of(page: &Page, notes: &Notes) -> Chrome {
        let mut chrome = Chrome::default();
        let root = root(page);
        let total = words(page, 0..page.len(), usize::MAX);
        let has_title = root.as_ref().is_some_and(|r| r.clone().any(|i| page.name(i) == "h1"));
        let titles = (0..page.len()).filter(|&i| page.name(i) == "h1").count();
        let mut i = 1;
        while i < page.len() {
            let end = page.end(i);
            if page.text(i).is_some() {
                i = end;
                continue;
            }
            if is_unseen(page.name(i)) {
                i = end;
                continue;
            }
            let outside = root.as_ref().filter(|r| end <= r.start || i >= r.end).is_some_and(|r| {
                let titled = || (i..end).any(|n| page.name(n) == "h1");
                !(i < r.start && !has_title && titled())
            });
            let found = if is_hidden(page, i) {
                Some(OmissionReason::Hidden)
            } else if outside && !is_note(notes, i) || is_chrome(page, i, titles) {
                Some(OmissionReason::SiteChrome)
            } else {
                edit_link(page, i)
            };
            // What holds half of all words is the text, whatever it says of itself.
            let is_most = || words(page, i..end, usize::MAX) * 2 > total.max(1);
            let marks = || {
                end - i < 40 && (i..end).any(|n| notes.markers.contains_key(&n) || notes.back.contains(&n))
            };
            match found.filter(|_| !matches!(page.name(i), "html" | "body") && !marks() && !is_most()) {
                Some(reason) => {
                    chrome.aside.insert(i, reason);
                    i = end;
                }
                None => i += 1,
            }
        }
        chrome
    }

    /// What becomes of an element.
    pub fn fate(&self, page: &Page, i: Index) -> Fate {
        match self.aside.get(&i) {
            Some(&reason) => Fate::Aside(reason),
            None if page.text(i).is_none() && is_unseen(page.name(i)) => Fate::Unseen,
            None => Fate::Shown,
        }
    }

    /// True if nothing around an element was set aside, and it is seen.
    pub fn shows(&self, page: &Page, i: Index) -> bool {
        std::iter::once(i).chain(page.ancestors(i)).all(|a| self.fate(page, a) == Fate::Shown)
    }
}

/// Words outside of links, counted no further than `most`.
fn words(page: &Page, range: Range<Index>, most: usize) -> usize {
    let mut count = 0;
    let mut i = range.start;
    while i < range.end && count < most {
        match page.text(i) {
            Some(text) => count += text.split_ascii_whitespace().take(most).count(),
            None if page.name(i) == "a" && page.attribute(i, "href").is_some() || is_unseen(page.name(i)) => {
                i = page.end(i);
                continue;
            }
            None => {}
        }
        i += 1;
    }
    count
}

/// True if somewhere within an element a paragraph has the words of one.
fn has_prose(page: &Page, i: Index) -> bool {
    let mut count = 0;
    let mut at = i + 1;
    while at < page.end(i) {
        match page.text(at) {
            Some(text) => count += text.split_ascii_whitespace().take(PROSE).count(),
            None if is_unseen(page.name(at)) => {
                at = page.end(at);
                continue;
            }
            None if page.name(at) == "a" && page.attribute(at, "href").is_some() => {
                at = page.end(at);
                continue;
            }
            None if page.is_block(at) => count = 0,
            None => {}
        }
        if count >= PROSE {
            return true;
        }
        at += 1;
    }
    false
}

/// The element that holds the text, if there is one that holds most of the words.
fn root(page: &Page) -> Option<Range<Index>> {
    let named = |name: &str, role: &str| -> Vec<Index> {
        let is = |i: &Index| page.name(*i) == name || page.attribute(*i, "role") == Some(role);
        let outer = |i: &Index| !page.ancestors(*i).any(|a| is(&a));
        (1..page.len()).filter(is).filter(outer).take(2).collect()
    };
    let one = |all: Vec<Index>| if let [i] = all[..] { Some(i) } else { None };
    let root = match named("main", "main") {
        none if none.is_empty() => one(named("article", "article")),
        some => one(some),
    }?;
    let range = root..page.end(root);
    (words(page, range.clone(), usize::MAX) * 2 >= words(page, 0..page.len(), usize::MAX)).then_some(range)
}

/// True if the page hides it.
fn is_hidden(page: &Page, i: Index) -> bool {
    let style = page.attribute(i, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    page.attribute(i, "hidden").is_some()
        || page.attribute(i, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || page.name(i) == "dialog" && page.attribute(i, "open").is_none()
}

/// True for what stands around the text, or amid it, and is no part of it.
fn is_chrome(page: &Page, i: Index, titles: usize) -> bool {
    let within = |names: &[&str]| page.ancestors(i).any(|a| names.contains(&page.name(a)));
    let holds = |name: &str| (i..page.end(i)).any(|n| page.name(n) == name);
    let is_role = page.attribute(i, "role").is_some_and(|r| ROLES.contains(&r));
    match page.name(i) {
        "nav" => !is_contents(page, i),
        "header" => {
            !has_prose(page, i)
                && if holds("h1") {
                    titles > 1 && !within(&["article", "main"])
                } else {
                    !has_heading(page, i)
                }
        }
        "footer" => {
            !within(&["blockquote", "figure", "li"]) && (!within(&["article", "main"]) || !has_prose(page, i))
        }
        "aside" => {
            let is_note = page.lists(
                i,
                &["role", "epub:type"],
                &["note", "doc-footnote", "footnote", "doc-tip", "doc-pullquote"],
            );
            !is_note && !has_prose(page, i)
        }
        "form" | "fieldset" | "search" => !has_prose(page, i) && !has_heading(page, i),
        "button" => !has_prose(page, i) && !page.ancestors(i).any(|a| is_heading(page.name(a))),
        "select" | "textarea" => true,
        "menu" => is_role,
        _ if is_role => !has_prose(page, i) && !holds("h1"),
        _ => {
            page.is_block(i) && is_called(page, i) && !has_prose(page, i) && !holds("h1") && !holds("article")
        }
    }
}

fn has_heading(page: &Page, i: Index) -> bool {
    (i..page.end(i)).any(|n| is_heading(page.name(n)))
}

/// True for a table of contents: its links stay within the page.
fn is_contents(page: &Page, nav: Index) -> bool {
    if page.lists(nav, &["role", "epub:type"], &["doc-toc", "toc"]) {
        return true;
    }
    let mut links = (nav..page.end(nav))
        .filter(|&i| page.name(i) == "a")
        .filter_map(|i| page.attribute(i, "href"))
        .peekable();
    links.peek().is_some() && links.all(|href| href.starts_with('#') && href.len() > 1)
}

/// True if its class or its id is a word for what stands around a text.
fn is_called(page: &Page, i: Index) -> bool {
    let names = [page.attribute(i, "class"), page.attribute(i, "id")];
    names.into_iter().flatten().any(|name| {
        name.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| CALLED.iter().any(|called| word.eq_ignore_ascii_case(called)))
    })
}

/// A bracketed link in a heading by which a page is edited.
fn edit_link(page: &Page, i: Index) -> Option<OmissionReason> {
    let in_heading = page.parent(i).is_some_and(|p| {
        is_heading(page.name(p)) || page.attribute(p, "class").is_some_and(|c| c.contains("heading"))
    });
    let is_edit = |h: &str| h.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "edit");
    let edits = |n: Index| page.attribute(n, "href").is_some_and(|h| !h.starts_with('#') && is_edit(h));
    let is_link = in_heading && page.end(i) - i < 20 && (i..page.end(i)).any(edits);
    (is_link && page.words(i..page.end(i)).starts_with('[')).then_some(OmissionReason::SiteChrome)
}

/// True if a note begins with an element.
fn is_note(notes: &Notes, i: Index) -> bool {
    notes.at.contains_key(&i)
}
