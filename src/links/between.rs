//! Links from one document to another: `[[title]]`, a web address that is another document's, a title named in the text.
//!
//! Every document is looked through once; what it may mean is looked up in sorted maps.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::fold::{bare, folded};
use crate::hash::Fast;
use crate::model::{Marked, Passage, Stretch};
use crate::quotes;

/// A document as others may mean it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Its title.
    pub title: String,
    /// Its slug, and its old ones.
    pub slugs: Vec<String>,
    /// The address it was found at.
    pub address: Option<String>,
}

/// Why a link is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// `[[…]]`
    Wiki,
    /// A link of the source's own, to the other document's file.
    Relative,
    /// A link of the source's own, to the address that the other document was found at.
    Address,
    /// The other document's title.
    Title,
}

/// A link to another document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The words that make it.
    pub passage: Passage,
    /// The document it leads to.
    pub to: usize,
    /// The place there that it names (`#place`).
    pub place: Option<String>,
    /// Why.
    pub why: Why,
}

/// `[[…]]` that leads nowhere or to several documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// Where.
    pub passage: Passage,
    /// What stands in the brackets.
    pub target: String,
    /// The documents that it may mean; none if there is none.
    pub candidates: Vec<usize>,
}

/// What may be meant, looked up by name.
#[derive(Debug, Default)]
pub struct Targets {
    /// Titles and slugs, as they are compared.
    names: BTreeMap<String, Vec<usize>>,
    /// Addresses, without what does not tell two apart.
    addresses: BTreeMap<String, Vec<usize>>,
    /// First two words of a title → the titles that begin with them, as their words with the document.
    titles: BTreeMap<[String; 2], Vec<(Vec<String>, usize)>>,
    /// The second words of titles, without accents: at nearly every place of a text there is none.
    seconds: HashSet<String, Fast>,
}

impl Targets {
    /// All documents of the archive.
    pub fn new(documents: &[Target]) -> Targets {
        /// Words of a title that is looked for in running text.
        const LEAST: usize = 3;
        let mut out = Targets::default();
        for (i, document) in documents.iter().enumerate() {
            let names = std::iter::once(&document.title).chain(&document.slugs);
            for name in names.map(|n| key(n)).filter(|k| !k.is_empty()) {
                let known = out.names.entry(name).or_default();
                if known.last() != Some(&i) {
                    known.push(i);
                }
            }
            if let Some(address) = document.address.as_deref().and_then(address) {
                out.addresses.entry(address).or_default().push(i);
            }
            let words: Vec<String> = words(&document.title).map(|r| document.title[r].to_owned()).collect();
            // Only what is written with capitals behind its first word is known for a title.
            let capital = |w: &String| w.starts_with(char::is_uppercase);
            if words.len() >= LEAST && words[1..].iter().any(capital) {
                let first = [bare(&folded(&words[0])), bare(&folded(&words[1]))];
                out.seconds.insert(bare(&words[1]));
                out.titles.entry(first).or_default().push((words, i));
            }
        }
        out
    }

    /// The documents that a name in double brackets may mean, by title or slug, and the place there that it names.
    pub fn named<'n>(&self, written: &'n str) -> (&[usize], Option<&'n str>) {
        let (name, place) = written.split_once('#').map_or((written, None), |(n, p)| (n, Some(p.trim())));
        (self.names.get(&key(name)).map_or(&[], Vec::as_slice), place)
    }

    /// What a document refers to. `relative` knows the document of a relative address.
    pub fn of(
        &self,
        document: usize,
        stretches: &[(Stretch, Marked)],
        relative: impl Fn(&str) -> Option<(usize, Option<String>)>,
    ) -> (Vec<Reference>, Vec<Astray>) {
        let mut found = Vec::new();
        let mut astray = Vec::new();
        for (stretch, marked) in stretches {
            let at = |range: Range<usize>| Passage { stretch: *stretch, range };
            let first = found.len();
            for range in brackets(marked) {
                let written = &marked.text[range.start + 2..range.end - 2];
                let target = written.split('|').next().unwrap_or_default();
                let (candidates, place) = self.named(target);
                match *candidates {
                    [to] => {
                        let place = place.map(str::to_owned);
                        found.push(Reference { passage: at(range), to, place, why: Why::Wiki });
                    }
                    _ => astray.push(Astray {
                        passage: at(range),
                        target: target.trim().to_owned(),
                        candidates: candidates.to_vec(),
                    }),
                }
            }
            for (range, href) in &marked.links {
                let passage = at(range.clone());
                if let Some((to, place)) = relative(href) {
                    found.push(Reference { passage, to, place, why: Why::Relative });
                } else if let Some([to]) =
                    address(href).and_then(|a| self.addresses.get(&a)).map(Vec::as_slice)
                {
                    found.push(Reference { passage, to: *to, place: None, why: Why::Address });
                }
            }
            let mut taken: Vec<Range<usize>> =
                found[first..].iter().map(|f: &Reference| f.passage.range.clone()).collect();
            taken.sort_by_key(|r| r.start);
            self.titles(marked, |range, to| {
                let next = taken.partition_point(|t| t.end <= range.start);
                if taken.get(next).is_none_or(|t| t.start >= range.end) {
                    found.push(Reference { passage: at(range), to, place: None, why: Why::Title });
                }
            });
        }
        found.retain(|f| f.to != document);
        (found, astray)
    }

    /// Titles in running text, written as titles are: the letters as they are in the title, but for a first article.
    fn titles(&self, marked: &Marked, mut found: impl FnMut(Range<usize>, usize)) {
        let text = &marked.text;
        let places: Vec<Range<usize>> = words(text).collect();
        let mut at = 0;
        while at + 1 < places.len() {
            let second = &text[places[at + 1].clone()];
            let is_second = match second.is_ascii() {
                true => self.seconds.contains(second),
                false => self.seconds.contains(&bare(second)),
            };
            if !is_second {
                at += 1;
                continue;
            }
            let first = [&places[at], &places[at + 1]].map(|r| bare(&folded(&text[r.clone()])));
            let mut longest: Option<(usize, Vec<usize>)> = None;
            for (title, document) in self.titles.get(&first).into_iter().flatten() {
                let Some(end) = places.get(at + title.len() - 1) else { continue };
                let written = text[places[at].start..end.end].contains('\n');
                let here = || places[at..at + title.len()].iter().map(|r| &text[r.clone()]);
                let agree = here().zip(title).skip(1).all(|(a, b)| a == b || bare(a) == bare(b));
                let capitals = here().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
                if written || !agree || capitals < 2 {
                    continue;
                }
                match &mut longest {
                    Some((length, documents)) if *length == title.len() => documents.push(*document),
                    Some((length, _)) if *length > title.len() => {}
                    _ => longest = Some((title.len(), vec![*document])),
                }
            }
            if let Some((length, documents)) = longest {
                if let [one] = documents[..] {
                    found(places[at].start..places[at + length - 1].end, one);
                }
                at += length;
            } else {
                at += 1;
            }
        }
    }
}

/// `[[…]]` in a stretch, with the brackets; not in code.
fn brackets(marked: &Marked) -> Vec<Range<usize>> {
    /// Bytes between brackets that may be a link.
    const LONGEST: usize = 300;
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = marked.text[from..].find("[[").map(|i| i + from) {
        let inside = &marked.text[open + 2..];
        let end = inside.find(['\n', '[', ']']).filter(|&e| e <= LONGEST && inside[e..].starts_with("]]"));
        match end {
            Some(end) if !inside[..end].trim().is_empty() => {
                let range = open..open + 2 + end + 2;
                if !marked.code.iter().any(|c| c.contains(&range.start)) {
                    out.push(range.clone());
                }
                from = range.end;
            }
            _ => from = open + 2,
        }
    }
    out
}

/// A title or slug as it is compared: letters and digits, a hyphen for what stands between.
fn key(name: &str) -> String {
    let plain = bare(&folded(name));
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-")
}

/// A web address without what does not tell two apart; `None` if it is none.
fn address(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let rest = match rest.split_once('?') {
        Some((path, query)) if query.split('&').all(|q| q.starts_with("utm_")) => path,
        _ => rest,
    };
    let rest = rest.trim_end_matches('/');
    // A site's front page is nobody's text.
    rest.contains('/').then(|| rest.to_owned())
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    crate::words::words(text, quotes::is_apostrophe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets() -> Targets {
        let target = |title: &str, slug: &str, address: Option<&str>| Target {
            title: title.into(),
            slugs: vec![slug.into()],
            address: address.map(str::to_owned),
        };
        Targets::new(&[
            target("The Lamp in the Window", "lamp", Some("https://www.example.org/lamp/")),
            target("Two of a Kind", "two", None),
            target("Two of a Kind", "two-b", None),
        ])
    }

    fn read(text: &str, links: &[(Range<usize>, &str)]) -> (Vec<Reference>, Vec<Astray>) {
        let links = links.iter().map(|(r, h)| (r.clone(), (*h).to_owned())).collect();
        let marked = Marked { text: text.into(), links, ..Marked::default() };
        targets().of(9, &[(Stretch::Body, marked)], |_| None)
    }

    #[test]
    fn brackets_lead_to_one_document_or_are_told() {
        let (found, astray) = read(
            "See [[The lamp in the window|here]], [[lamp#oil]], [[Nothing]], [[Two of a kind]] [[]] [[x",
            &[],
        );
        assert_eq!(found.iter().map(|f| f.to).collect::<Vec<_>>(), [0, 0]);
        assert_eq!(found[1].place.as_deref(), Some("oil"));
        assert_eq!(astray.iter().map(|a| a.candidates.len()).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn a_title_is_a_link_where_it_is_written_as_one() {
        let (found, _) = read(
            "In “The Lamp in the Window” she is kinder; the lamp in the window was out. Two of a Kind.",
            &[],
        );
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].to, found[0].why), (0, Why::Title));
    }

    #[test]
    fn an_address_is_compared_without_its_dress() {
        let (found, _) = read("here", &[(0..4, "http://example.org/lamp?utm_source=x#top")]);
        assert_eq!(found[0].why, Why::Address);
        assert!(read("here", &[(0..4, "http://example.org/lamp?page=2")]).0.is_empty());
        assert!(read("here", &[(0..4, "https://example.org/")]).0.is_empty());
    }
}
