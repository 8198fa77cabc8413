//! The document of each annotation.
//!
//! What is written of it is taken in this order: the source's path, the page, the address the document was found at;
//! the fingerprint of the source, which finds a document that was renamed; the title. Two documents of one address,
//! fingerprint or title are none: a wrong document is worse than none.

use std::collections::HashMap;

use super::collect::{Collection, NAMED};
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::fold;
use crate::said::said;

/// What is known of a document that annotations may be about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known<'a> {
    /// Its source as it is shown (`seeds/essay.txt`).
    pub shown: &'a str,
    /// The path in the folder of sources (`essay.txt`).
    pub relative: &'a str,
    /// Its slug.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The address it was found at.
    pub address: Option<&'a str>,
    /// The fingerprint of its source.
    pub fingerprint: &'a str,
}

/// Where an annotation belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// To the document with this number.
    To(usize),
    /// To a document that its owner keeps out of the site: nothing of it is shown.
    Hidden,
    /// To none that is there.
    Nowhere,
}

/// Finds the document of each annotation. `hidden` are the paths, as shown, of sources without a page.
pub fn assign(collection: &Collection, documents: &[Known], hidden: &[String]) -> Warned<Vec<Belongs>> {
    let index = Index::of(documents, hidden);
    let mut diagnostics = Vec::new();
    let mut more = 0usize;
    let mut out: Vec<Belongs> = Vec::with_capacity(collection.entries.len());
    for entry in &collection.entries {
        let target = &entry.annotation.target;
        let by_name = index.named(&target.source);
        let found = by_name.or_else(|| {
            let again = index.fingerprints.get(target.fingerprint.as_deref()?).copied().flatten()?;
            if diagnostics.len() < NAMED {
                let message = said!(
                    "`{}` is found again as `{}`, by its fingerprint",
                    shortened(&target.source),
                    documents[again].shown
                );
                diagnostics.push(Diagnostic::file(
                    Severity::Note,
                    Code::AnnotationMoved,
                    entry.file.clone(),
                    message,
                ));
            } else {
                more += 1;
            }
            Some(Belongs::To(again))
        });
        let titled =
            || index.titles.get(&plain(target.title.as_deref()?)).copied().flatten().map(Belongs::To);
        out.push(found.or_else(titled).unwrap_or(Belongs::Nowhere));
    }
    if more > 0 {
        let message =
            said!("{} more annotations are of documents that were found again by their fingerprint", more);
        diagnostics.push(Diagnostic::file(Severity::Note, Code::AnnotationMoved, "annotations", message));
    }
    // An answer belongs where what it answers does, however long the chain.
    for i in 0..out.len() {
        let mut root = i;
        while let Some(answered) = collection.entries[root].answers {
            root = answered;
        }
        out[i] = out[root];
    }
    diagnostics.dedup();
    Warned { value: out, diagnostics }
}

struct Index<'a> {
    names: HashMap<&'a str, Belongs>,
    pages: HashMap<&'a str, usize>,
    addresses: HashMap<String, Option<usize>>,
    fingerprints: HashMap<&'a str, Option<usize>>,
    titles: HashMap<String, Option<usize>>,
}

impl<'a> Index<'a> {
    fn of(documents: &[Known<'a>], hidden: &'a [String]) -> Index<'a> {
        let mut out = Index {
            names: HashMap::new(),
            pages: HashMap::new(),
            addresses: HashMap::new(),
            fingerprints: HashMap::new(),
            titles: HashMap::new(),
        };
        for path in hidden {
            out.names.insert(path, Belongs::Hidden);
        }
        for (i, document) in documents.iter().enumerate() {
            out.names.insert(document.shown, Belongs::To(i));
            out.names.insert(document.relative, Belongs::To(i));
            out.pages.insert(document.slug, i);
            // What two have tells neither.
            let only = |place: &mut Option<usize>| *place = None;
            out.fingerprints.entry(document.fingerprint).and_modify(only).or_insert(Some(i));
            out.titles.entry(plain(document.title)).and_modify(only).or_insert(Some(i));
            if let Some(address) = document.address {
                out.addresses.entry(bare(address)).and_modify(only).or_insert(Some(i));
            }
        }
        out
    }

    fn named(&self, source: &str) -> Option<Belongs> {
        if let Some(found) = self.names.get(source) {
            return Some(*found);
        }
        let path = source.split(['#', '?']).next().unwrap_or_default();
        let page = path.rsplit_once("texts/").filter(|p| p.0.is_empty() || p.0.ends_with('/'));
        if let Some(i) = page.and_then(|p| self.pages.get(p.1.strip_suffix(".html")?)) {
            return Some(Belongs::To(*i));
        }
        self.addresses.get(&bare(source)).copied().flatten().map(Belongs::To)
    }
}

/// An address without what does not tell two documents apart.
fn bare(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |a| a.1);
    let address = address.strip_prefix("www.").unwrap_or(address);
    address.trim_end_matches('/').to_lowercase()
}

/// A title as letters and digits.
fn plain(title: &str) -> String {
    fold::folded(title).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::super::collect::Entry;
    use super::super::{Annotation, Target};
    use super::*;

    fn about(source: &str, fingerprint: Option<&str>, title: Option<&str>) -> Entry {
        let text = |t: &str| t.to_owned();
        let target =
            Target { source: source.into(), fingerprint: fingerprint.map(text), title: title.map(text) };
        Entry { annotation: Annotation { target, ..Annotation::default() }, ..Entry::default() }
    }

    #[test]
    fn a_document_is_found_by_every_name_it_has() {
        let known = |shown, slug, title, fingerprint| Known {
            shown,
            relative: &shown["seeds/".len()..],
            slug,
            title,
            address: Some("https://www.example.org/a/"),
            fingerprint,
        };
        let mut documents =
            vec![known("seeds/a.txt", "a", "On the Margin", "01"), known("seeds/b.txt", "b", "B", "02")];
        documents[1].address = None;
        let entries = vec![
            about("seeds/a.txt", None, None),
            about("file:///home/x/site/texts/b.html#p", None, None),
            about("http://example.org/a#x", None, None),
            about("seeds/old.txt", Some("02"), None),
            about("", None, Some("on the margin!")),
            about("seeds/kept.txt", None, None),
            about("seeds/gone.txt", Some("03"), None),
        ];
        let collection = Collection { entries };
        let found = assign(&collection, &documents, &["seeds/kept.txt".to_owned()]);
        let (a, b) = (Belongs::To(0), Belongs::To(1));
        assert_eq!(found.value, [a, b, a, b, a, Belongs::Hidden, Belongs::Nowhere]);
        assert_eq!(found.diagnostics.len(), 1);
        assert_eq!(found.diagnostics[0].code, Code::AnnotationMoved);
        let twins = [documents[1].clone(), documents[1].clone()];
        assert_eq!(assign(&collection, &twins, &[]).value[3], Belongs::Nowhere);
    }
}
