//! The annotations of an archive, with their documents and passages.
//!
//! 1. the files of `annotations/` and what is written in the documents' facts, side by side
//! 2. [`Annotated::of`]: the document of each, and in each document the passages

use rayon::prelude::*;

use super::Entry;
use crate::annotations::anchor::{Anchored, Haystack};
use crate::annotations::assign::{Belongs, Known, assign};
use crate::annotations::collect::NAMED;
use crate::annotations::page::{self, Placed, Shown};
use crate::annotations::{Collection, collect, export, hand, jsonld};
use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::discover::AnnotationFile;
use crate::render::context::Fitting;
use crate::render::html::Overlay;
use crate::said::said;

/// All annotations, each with its document and its passage.
#[derive(Debug, Default)]
pub struct Annotated {
    collection: Collection,
    /// By document: its annotations, in the order in which they are read.
    documents: Vec<Vec<Placed>>,
    /// Those of no document.
    strays: Vec<usize>,
    /// Those who made them.
    authors: Vec<String>,
}

impl Annotated {
    /// Reads what there is and finds where it belongs. `hidden` are the sources without a page.
    pub fn of(
        files: Vec<AnnotationFile>,
        entries: &[Entry],
        hidden: &[String],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Annotated, Failure> {
        let read: Vec<_> = files.par_iter().map(|f| jsonld::read(&f.shown, &f.bytes)).collect();
        let mut sides = Vec::with_capacity(files.len());
        for (file, read) in files.iter().zip(read) {
            diagnostics.extend(read.diagnostics);
            sides.push((file.shown.clone(), read.value));
        }
        for entry in entries.iter().filter(|e| !e.gist.facts.annotations.is_empty()) {
            let found = &entry.gist.found;
            let file = found.sidecar.as_ref().map_or(&found.shown, |s| &s.shown);
            sides.push((file.clone(), hand::named(&entry.gist.facts.annotations, &found.shown)));
        }
        let collected = collect(sides);
        diagnostics.extend(collected.diagnostics);
        let collection = collected.value;
        if collection.entries.is_empty() {
            let documents = vec![Vec::new(); entries.len()];
            return Ok(Annotated { documents, ..Annotated::default() });
        }
        let known: Vec<Known> = entries.iter().map(known).collect();
        let assigned = assign(&collection, &known, hidden);
        diagnostics.extend(assigned.diagnostics);
        let mut by_document = vec![Vec::new(); entries.len()];
        let mut strays = Vec::new();
        for (i, belongs) in assigned.value.into_iter().enumerate() {
            match belongs {
                Belongs::To(document) => by_document[document].push(i),
                Belongs::Nowhere => strays.push(i),
                Belongs::Hidden => {}
            }
        }
        let placed = |i: usize| -> Result<Vec<Placed>, Failure> {
            let of_document: &[usize] = &by_document[i];
            if of_document.is_empty() {
                return Ok(Vec::new());
            }
            let reading = entries[i].reading()?;
            let mut hay = Haystack::new(&reading.document, entries[i].gist.fingerprint.clone());
            Ok(page::place(&mut hay, &collection.entries, of_document))
        };
        let documents: Vec<Vec<Placed>> =
            (0..entries.len()).into_par_iter().map(placed).collect::<Result<_, Failure>>()?;
        let authors = page::authors(&collection.entries);
        let out = Annotated { collection, documents, strays, authors };
        out.report_orphans(diagnostics);
        Ok(out)
    }

    fn report_orphans(&self, diagnostics: &mut Vec<Diagnostic>) {
        let lost = self.documents.iter().flatten().filter_map(|p| match &p.anchored {
            Anchored::Orphan { reason, .. } => Some((p.entry, reason.shown())),
            _ => None,
        });
        let strays = self.strays.iter().map(|&i| (i, said!("its document is not in the archive")));
        let mut count = 0;
        for (i, why) in lost.chain(strays) {
            count += 1;
            if count > NAMED {
                continue;
            }
            let entry = &self.collection.entries[i];
            let quote = entry.annotation.quote.as_ref().map_or(entry.annotation.note.as_str(), |q| &q.exact);
            let quote: String =
                quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
            let message = said!("the annotation of “{}” has no place: {}", quote, why);
            let told =
                Diagnostic::file(Severity::Warning, Code::OrphanAnnotation, entry.file.clone(), message);
            diagnostics.push(told.hint(said!("it is kept, and listed on the page of annotations")));
        }
        if count > NAMED {
            let message = said!("{} more annotations have no place", count - NAMED);
            diagnostics.push(Diagnostic::file(
                Severity::Warning,
                Code::OrphanAnnotation,
                "annotations",
                message,
            ));
        }
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.collection.entries.is_empty()
    }

    /// How many annotations a document has, and how many of them have lost their passage.
    pub fn fitting(&self, document: usize) -> Fitting {
        let placed = self.documents.get(document).map_or(&[][..], Vec::as_slice);
        let is_orphan = |p: &&Placed| matches!(p.anchored, Anchored::Orphan { .. });
        Fitting { all: placed.len(), lost: placed.iter().filter(is_orphan).count() }
    }

    /// How many annotations are of no document.
    pub fn stray_count(&self) -> usize {
        self.strays.len()
    }

    /// The marks over a document's text.
    pub fn overlays(&self, document: usize) -> Vec<Overlay> {
        let placed = self.documents.get(document).map_or(&[][..], Vec::as_slice);
        page::overlays(placed, &self.collection.entries, &self.authors)
    }

    /// A document's annotations as its page shows them.
    pub fn shown(&self, document: usize, entry: &Entry, page: &page::Page) -> Result<Vec<Shown>, Failure> {
        let placed = self.documents.get(document).map_or(&[][..], Vec::as_slice);
        if placed.is_empty() {
            return Ok(Vec::new());
        }
        let reading = entry.reading()?;
        let words = |passage: &crate::model::Passage| {
            reading.stretch(passage.stretch).get(passage.range.clone()).unwrap_or_default().to_owned()
        };
        Ok(page::shown_all(placed, &self.collection.entries, &self.authors, page, words))
    }

    /// The annotations of no document, as the page of annotations shows them.
    pub fn strays(&self, page: &page::Page) -> Vec<Shown> {
        let placed = |&entry: &usize| Placed { entry, anchored: Anchored::Whole, near: Vec::new() };
        let placed: Vec<Placed> = self.strays.iter().map(placed).collect();
        let mut out =
            page::shown_all(&placed, &self.collection.entries, &self.authors, page, |_| String::new());
        for (shown, placed) in out.iter_mut().zip(&placed) {
            let quote = self.collection.entries[placed.entry].annotation.quote.as_ref();
            shown.quote = quote.map(|q| crate::render::wording::shortened(&q.exact, 240));
            shown.orphan = Some(page.strings.said(&said!("its document is not in the archive")));
        }
        out
    }

    /// What the notes of a document say, for a search: the text of each, and its address. `page` is the document's.
    pub fn texts<'a>(&'a self, index: usize, page: &'a str) -> impl Iterator<Item = (String, String)> + 'a {
        page::texts(&self.documents[index], &self.collection.entries, page)
    }

    /// All that are shown, as one JSON-LD file and as Markdown.
    pub fn exports(&self, title: &str, entries: &[Entry]) -> [(&'static str, Vec<u8>); 2] {
        let all = &self.collection.entries;
        let mut sections = Vec::new();
        for (entry, placed) in entries.iter().zip(&self.documents) {
            let meta = &entry.gist.meta;
            sections.push(export::Section {
                title: &meta.title,
                authors: &meta.authors,
                source: &entry.gist.found.shown,
                entries: placed.iter().map(|p| &all[p.entry]).collect(),
            });
        }
        let strays = self.strays.iter().map(|&i| &all[i]).collect();
        sections.push(export::Section { title: "Without a text", authors: &[], source: "", entries: strays });
        let versions = sections
            .iter()
            .flat_map(|s| &s.entries)
            .flat_map(|e| std::iter::once(&e.annotation).chain(e.others.iter().map(|o| &o.0)));
        [
            ("data/annotations.jsonld", jsonld::write(versions)),
            ("data/annotations.md", export::markdown(title, &sections).into_bytes()),
        ]
    }
}

fn known(entry: &Entry) -> Known<'_> {
    let found = &entry.gist.found;
    let meta = &entry.gist.meta;
    Known {
        shown: &found.shown,
        relative: &found.relative,
        slug: &entry.slug,
        title: &meta.title,
        address: meta.source.as_deref(),
        fingerprint: &entry.gist.fingerprint,
    }
}
