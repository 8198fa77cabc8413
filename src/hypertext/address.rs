//! Where the links of a page lead: within it, or where they led when it was saved.

use std::collections::{BTreeMap, BTreeSet};

use super::notes::decoded;
use super::tape::Page;
use crate::parse::address::{allowed, scheme};

/// What is known of a page's addresses.
#[derive(Debug, Default)]
pub struct Links<'p> {
    /// Addresses of the page itself, without the place in it.
    own: BTreeSet<&'p str>,
    /// Where it was found, as far as the server goes (`https://example.org`).
    origin: Option<String>,
    /// The places in it.
    places: BTreeSet<&'p str>,
}

impl<'p> Links<'p> {
    /// Reads what a page says of itself. `known` are addresses that its head names, `file` is the name of its file.
    pub fn of(page: &'p Page, known: &'p [String], file: &'p str) -> Links<'p> {
        let mut links = Links { origin: known.first().and_then(|a| origin(a)), ..Links::default() };
        for i in 0..page.len() {
            let named = page.attribute(i, "name").filter(|_| page.name(i) == "a");
            links.places.extend(page.attribute(i, "id").into_iter().chain(named).filter(|n| is_written(n)));
        }
        links.own.extend(known.iter().map(|a| a.split('#').next().unwrap_or(a)));
        links.own.insert(file);
        // An address whose every place is here is the page's own, as browsers write it out when they save a page.
        let mut tried: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for i in (0..page.len()).filter(|&i| page.name(i) == "a") {
            let Some((before, place)) = page.attribute(i, "href").and_then(|h| h.split_once('#')) else {
                continue;
            };
            let seen = tried.entry(before).or_insert((0, true));
            seen.0 += 1;
            seen.1 &= links.has(place);
        }
        let own = tried.into_iter().filter(|(before, (n, all))| !before.is_empty() && *n > 1 && *all);
        links.own.extend(own.map(|o| o.0));
        links
    }

    fn has(&self, place: &str) -> bool {
        self.places.contains(place) || place.contains('%') && self.places.contains(decoded(place).as_str())
    }

    /// The place in the page that an address leads to.
    pub fn within(&self, address: &'p str) -> Option<&'p str> {
        let (before, place) = address.trim().split_once('#')?;
        let is_own = before.is_empty()
            || self.own.contains(before)
            || before.contains('%') && self.own.contains(decoded(before).as_str());
        (is_own && !place.is_empty()).then_some(place)
    }

    /// An address as a link of the text has it; `None` if it leads nowhere.
    pub fn written(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if let Some((before, place)) = address.split_once('#')
            && (before.is_empty() || self.own.contains(before))
        {
            return self.has(place).then(|| ["#", &decoded(place)].concat());
        }
        let is_rooted = address.starts_with('/') && !address.starts_with("//");
        match &self.origin {
            Some(origin) if is_rooted => Some([origin, address].concat()),
            _ => allowed(address).filter(|a| !a.is_empty()),
        }
    }
}

/// True for a name of a place that can stand in a text, as it is and as links have it.
fn is_written(name: &str) -> bool {
    is_plain(name) && (!name.contains('%') || is_plain(&decoded(name)))
}

/// True for a name that means nothing but itself in Markdown and in HTML.
fn is_plain(name: &str) -> bool {
    /// Bytes of the longest.
    const LONGEST: usize = 200;
    (1..=LONGEST).contains(&name.len())
        && !name.contains(|c: char| "\"<>&`\\()[]|".contains(c) || c.is_whitespace() || c.is_control())
}

/// The server of an address.
fn origin(address: &str) -> Option<String> {
    let scheme = scheme(address).filter(|s| s.starts_with("http"))?;
    let host = address[scheme.len()..].strip_prefix("://")?.split(['/', '?', '#']).next()?;
    Some([scheme, "://", host].concat())
}
