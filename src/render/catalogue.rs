//! The catalogue, for programs: `archive.json`, and `data/SLUG.json` with a document's omissions and repairs.
//!
//! The only module that writes JSON files. Order is that of the records (by source path) and of the source.

use serde::Serialize;

use super::{Page, Record, RenderError, SiteModel, Unmarked, Unresolved};
use crate::json;
use crate::model::{Omission, OmissionReason, Repair, RepairKind};

/// The version of `archive.json`: another one may lack what this one has.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Catalogue<'a> {
    version: u32,
    documents: Vec<Entry<'a>>,
    works: Vec<Work<'a>>,
    tags: Vec<Tag<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    source: &'a str,
    url: &'a str,
    slug: &'a str,
    title: &'a str,
    authors: &'a [String],
    date: Option<&'a str>,
    lang: Option<&'a str>,
    tags: Vec<&'a str>,
    form: &'a str,
    words: usize,
    collection: Option<&'a str>,
    notes: Notes<'a>,
    detail: String,
    annotations: usize,
    works: &'a [String],
}

#[derive(Serialize)]
struct Notes<'a> {
    markers: usize,
    notes: usize,
    paired: usize,
    unmarked: Vec<UnmarkedNote<'a>>,
    unresolved: Vec<UnresolvedMarker<'a>>,
}

#[derive(Serialize)]
struct UnmarkedNote<'a> {
    label: &'a str,
    part: u32,
    text: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct UnresolvedMarker<'a> {
    label: &'a str,
    before: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Tag<'a> {
    name: &'a str,
    slug: &'a str,
    url: String,
    count: usize,
    derived: bool,
}

#[derive(Serialize)]
struct Work<'a> {
    id: &'a str,
    url: &'a str,
    author: &'a str,
    title: &'a str,
    year: Option<&'a str>,
    citations: usize,
    documents: usize,
}

#[derive(Serialize)]
struct Detail<'a> {
    omissions: Vec<Omitted<'a>>,
    repairs: Vec<Repaired<'a>>,
}

#[derive(Serialize)]
struct Omitted<'a> {
    text: &'a str,
    reason: OmissionReason,
    line: u32,
}

#[derive(Serialize)]
struct Repaired<'a> {
    kind: RepairKind,
    line: u32,
    detail: String,
    before: &'a str,
    after: &'a str,
}

/// Where a document's detail is.
pub fn detail_path(slug: &str) -> String {
    ["data/", slug, ".json"].concat()
}

/// `data/SLUG.json`.
pub fn detail(slug: &str, omissions: &[Omission], repairs: &[Repair]) -> Result<Page, RenderError> {
    let omissions = omissions.iter().map(|o| Omitted { text: &o.text, reason: o.reason, line: o.line });
    let repairs = repairs.iter().map(|r| Repaired {
        kind: r.kind,
        line: r.line,
        detail: r.detail.to_string(),
        before: &r.before,
        after: &r.after,
    });
    let (omissions, repairs) = (omissions.collect(), repairs.collect());
    json(detail_path(slug), &Detail { omissions, repairs })
}

/// `archive.json`.
pub fn archive(site: &SiteModel) -> Result<Page, RenderError> {
    let documents = site.records.iter().map(entry).collect();
    let tags = site
        .tags
        .iter()
        .map(|tag| Tag {
            name: &tag.name,
            slug: &tag.slug,
            url: tag.url(),
            count: tag.documents.len(),
            derived: tag.derived,
        })
        .collect();
    let works = site
        .works
        .iter()
        .map(|work| Work {
            id: &work.id,
            url: &work.url,
            author: &work.author,
            title: &work.title,
            year: work.year.as_deref(),
            citations: work.citations,
            documents: work.documents,
        })
        .collect();
    let mut page = json("archive.json".to_owned(), &Catalogue { version: VERSION, documents, works, tags })?;
    if let Some(bytes) = &mut page.bytes {
        // Within the braces of the rest.
        bytes.truncate(bytes.trim_ascii_end().len() - 1);
        bytes.truncate(bytes.trim_ascii_end().len());
        write_names(site, bytes);
        bytes.extend_from_slice(b"\n}\n");
    }
    Ok(page)
}

/// Writes the names as the rest is set: there are tens of thousands, and most of the bytes are theirs.
fn write_names(site: &SiteModel, out: &mut Vec<u8>) {
    let slug = |record: &Record| {
        let mut slug = Vec::new();
        json::text(&record.card.slug, &mut slug);
        slug
    };
    let slugs: Vec<Vec<u8>> = site.records.iter().map(slug).collect();
    write_all("\n  ", "names", site.names.iter(), out, |name, out| {
        out.push(b'{');
        for (key, value) in [("name", name.form.as_str()), ("kind", name.kind), ("url", &name.url)] {
            ["\n      \"", key, "\": "].iter().for_each(|piece| out.extend_from_slice(piece.as_bytes()));
            json::text(value, out);
            out.push(b',');
        }
        write_all("\n      ", "variants", name.variants.iter(), out, |variant, out| json::text(variant, out));
        out.extend_from_slice([",\n      \"mentions\": ", &name.mentions().to_string()].concat().as_bytes());
        write_all("\n      ", "documents", name.documents.iter(), out, |document, out| {
            out.extend_from_slice(&slugs[document.document()]);
        });
        out.extend_from_slice(b"\n    }");
    });
}

/// Writes a list behind what stands before it: its key on a line of its own, and each of its values.
fn write_all<T>(
    line: &str,
    key: &str,
    all: impl Iterator<Item = T>,
    out: &mut Vec<u8>,
    write: impl Fn(T, &mut Vec<u8>),
) {
    if !out.ends_with(b",") {
        out.push(b',');
    }
    [line, "\"", key, "\": ["].iter().for_each(|piece| out.extend_from_slice(piece.as_bytes()));
    let start = out.len();
    let (first, other) = ([line, "  "].concat(), [",", line, "  "].concat());
    for value in all {
        out.extend_from_slice(if out.len() > start { &other } else { &first }.as_bytes());
        write(value, out);
    }
    if out.len() > start {
        out.extend_from_slice(line.as_bytes());
    }
    out.push(b']');
}

fn entry(record: &Record) -> Entry<'_> {
    let card = &record.card;
    Entry {
        source: &record.source,
        url: &card.url,
        slug: &card.slug,
        title: &card.title,
        authors: &card.authors,
        date: card.date.as_deref(),
        lang: card.lang.as_deref(),
        tags: card.tags.iter().map(|t| t.name.as_str()).collect(),
        form: card.form,
        words: card.words,
        collection: card.collection.as_deref(),
        notes: Notes {
            markers: record.notes.markers,
            notes: record.notes.notes,
            paired: record.notes.paired,
            unmarked: record.notes.unmarked.iter().map(unmarked).collect(),
            unresolved: record.notes.unresolved.iter().map(unresolved).collect(),
        },
        detail: detail_path(&card.slug),
        annotations: record.annotations.all,
        works: &record.works,
    }
}

fn unmarked(note: &Unmarked) -> UnmarkedNote<'_> {
    UnmarkedNote { label: &note.label, part: note.part, text: &note.text, line: note.line }
}

fn unresolved(marker: &Unresolved) -> UnresolvedMarker<'_> {
    UnresolvedMarker { label: &marker.label, before: &marker.before, line: marker.line }
}

/// One value as a JSON file, set for people to read and for `git diff`.
pub(super) fn json(path: String, value: &impl Serialize) -> Result<Page, RenderError> {
    match serde_json::to_vec_pretty(value) {
        Ok(mut bytes) => {
            bytes.push(b'\n');
            Ok(Page::new(path, bytes))
        }
        Err(error) => Err(RenderError::Json { path, message: error.to_string() }),
    }
}
