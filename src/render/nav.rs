//! The navigation of every page: which parts the site has, in what order.
//!
//! A new part of the site is one line in [`PARTS`]; its `part` is the key of its name among the strings and the
//! `section` of its pages.

use serde::Serialize;

use super::SiteFacts;

/// An entry of the navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavEntry {
    /// The part of the site, as `page.section` has it; also the key of its name.
    pub part: String,
    /// Its address from the root of the site.
    pub url: String,
    /// What the owner calls it; `none` for the name that the strings give.
    pub title: Option<String>,
    /// True if it leads out of the site.
    pub outside: bool,
}

impl NavEntry {
    fn of(part: &Part) -> Self {
        NavEntry { part: part.name.to_owned(), url: part.url.to_owned(), title: None, outside: false }
    }
}

/// A part of the site.
struct Part {
    name: &'static str,
    url: &'static str,
    /// Whether the site has it.
    there: fn(&SiteFacts) -> bool,
}

/// The parts that the navigation leads to.
const PARTS: &[Part] = &[
    Part { name: "index", url: "index.html", there: |_| true },
    Part { name: "tags", url: "tags/index.html", there: |_| true },
    Part { name: "works", url: "works/index.html", there: |_| true },
    Part { name: "names", url: "names/index.html", there: |_| true },
    Part { name: "annotations", url: "annotations.html", there: |_| true },
    Part { name: "status", url: "status.html", there: |_| true },
];

/// The views of the index, which lead to one another.
const VIEWS: &[Part] = &[
    Part { name: "by-title", url: "index.html", there: |_| true },
    Part { name: "authors", url: "authors.html", there: |_| true },
    Part { name: "timeline", url: "timeline.html", there: |_| true },
    Part { name: "map", url: "map.html", there: |_| true },
];

/// An entry as the owner writes it under `navigation`: a part's name, or a title with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A part of the site by its name.
    Part(String),
    /// A page of the owner's, or an address elsewhere.
    Link {
        /// What it is called.
        title: String,
        /// Where it leads: from the root of the site, or in full.
        url: String,
    },
}

/// The navigation: what the owner wants of it, else every part.
pub fn navigation(facts: &SiteFacts, wanted: Option<&[Wanted]>) -> Vec<NavEntry> {
    let parts = || PARTS.iter().filter(|p| (p.there)(facts));
    let Some(wanted) = wanted else { return parts().map(NavEntry::of).collect() };
    let entry = |wanted: &Wanted| match wanted {
        Wanted::Part(name) => {
            let all = parts().chain(VIEWS.iter().filter(|p| (p.there)(facts)));
            all.into_iter().find(|p| p.name == name).map(NavEntry::of)
        }
        Wanted::Link { title, url } => Some(NavEntry {
            part: String::new(),
            url: url.clone(),
            title: Some(title.clone()),
            outside: url.contains("://") || url.starts_with("mailto:"),
        }),
    };
    wanted.iter().filter_map(entry).collect()
}

/// The views of the index that there are.
pub fn views(facts: &SiteFacts) -> Vec<NavEntry> {
    VIEWS.iter().filter(|p| (p.there)(facts)).map(NavEntry::of).collect()
}

/// The names that `navigation` may hold.
pub fn names() -> impl Iterator<Item = &'static str> {
    PARTS.iter().chain(VIEWS).map(|p| p.name)
}
