//! What pages show of annotations: the marks over a document's text, the notes behind it, and the page of them all.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::anchor::{Anchored, Haystack, How};
use super::collect::Entry;
use super::{Annotation, note};
use crate::model::{Passage, Stretch};
use crate::parse::metadata::is_iso;
use crate::render::html::{Overlay, OverlayKind};
use crate::said::{Said, said};
use crate::strings::Strings;

/// Characters of a quotation that are shown.
const QUOTE_SHOWN: usize = 240;

/// An annotation and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its place in the [`Collection`](super::Collection).
    pub entry: usize,
    /// What became of it.
    pub anchored: Anchored,
    /// The words of the passages that come nearest, if it is an orphan.
    pub near: Vec<String>,
}

/// Finds the passages of a document's annotations; in the order in which they are read.
pub fn place(hay: &mut Haystack, entries: &[Entry], of_document: &[usize]) -> Vec<Placed> {
    let mut out: Vec<Placed> = of_document
        .iter()
        .map(|&entry| {
            let answer = entries[entry].answers.is_some();
            let anchored = if answer { Anchored::Whole } else { hay.find(&entries[entry].annotation) };
            let near = match &anchored {
                Anchored::Orphan { candidates, .. } => {
                    candidates.iter().map(|c| shown(hay.words(c))).collect()
                }
                _ => Vec::new(),
            };
            Placed { entry, anchored, near }
        })
        .collect();
    let order = |placed: &Placed| match &placed.anchored {
        Anchored::Whole => (0, None),
        Anchored::At(passage, _) => (1, Some(passage.order())),
        Anchored::Orphan { .. } => (2, None),
    };
    out.sort_by(|a, b| order(a).cmp(&order(b)).then(a.entry.cmp(&b.entry)));
    out
}

/// The marks of a document's annotations. `authors` are the archive's, so that one has one hand on every page.
pub fn overlays(placed: &[Placed], entries: &[Entry], authors: &[String]) -> Vec<Overlay> {
    let mark = |placed: &Placed| {
        let Anchored::At(passage, _) = &placed.anchored else { return None };
        let annotation = &entries[placed.entry].annotation;
        let who = annotation.creator.as_deref().unwrap_or("A reader");
        let title = if annotation.note.is_empty() {
            ["Marked by ", who].concat()
        } else {
            ["Note by ", who].concat()
        };
        Some(Overlay {
            passage: passage.clone(),
            kind: OverlayKind::Mark {
                key: annotation.key(),
                class: ["mark-", annotation.colour.name(), " hand-", &hand(annotation, authors).to_string()]
                    .concat(),
                title,
                noted: !annotation.note.is_empty() || !annotation.tags.is_empty(),
            },
        })
    };
    placed.iter().filter_map(mark).collect()
}

/// Which of the four hands an author's marks are drawn in.
fn hand(annotation: &Annotation, authors: &[String]) -> usize {
    let name = annotation.creator.as_deref().unwrap_or_default();
    authors.iter().position(|a| a == name).unwrap_or(0) % 4 + 1
}

/// Those who made annotations, most first.
pub fn authors(entries: &[Entry]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.annotation.creator.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    names.into_iter().map(|n| n.0.to_owned()).collect()
}

/// An annotation as pages show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// Its place on the document's page, without `#`.
    pub id: String,
    /// Its id among all annotations.
    pub urn: String,
    /// All of it, as JSON: what a reader's own version of it begins with.
    pub said: String,
    /// The place of its mark on that page; `None` where there is no mark.
    pub mark: Option<String>,
    /// The words that are marked, shortened; those that were looked for, if it is an orphan.
    pub quote: Option<String>,
    /// The note, as HTML.
    pub note: String,
    /// Its subjects.
    pub tags: Vec<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// The day on which it was made or changed last, as ISO 8601.
    pub date: Option<String>,
    /// The same as readers say it.
    pub date_shown: Option<String>,
    /// The colour's name.
    pub colour: &'static str,
    /// Which of the four hands its mark is drawn in.
    pub hand: usize,
    /// True if it was taken back, and stands there for its answers.
    pub deleted: bool,
    /// What is to be said of how its passage was found.
    pub found: Option<String>,
    /// Why its passage was not found.
    pub orphan: Option<String>,
    /// What comes nearest.
    pub near: Vec<String>,
    /// How deep it answers others: 0 for none.
    pub depth: usize,
    /// Other versions of it.
    pub others: Vec<Other>,
    /// True if it is a note of the document's, not of its body.
    pub in_note: bool,
    /// The file it is kept in.
    pub file: String,
}

/// Another version of an annotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Other {
    /// Its note, as HTML.
    pub note: String,
    /// Its subjects.
    pub tags: Vec<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// The same as readers say it.
    pub date_shown: Option<String>,
    /// The file it is kept in.
    pub file: String,
}

/// The page that annotations are shown on.
pub struct Page<'a> {
    /// Back to the root of the site.
    pub root: &'a str,
    /// What addresses in notes lead to.
    pub resolve: &'a note::Resolve<'a>,
    /// Its words.
    pub strings: &'a Strings,
}

/// How a document's annotations are shown: each with its answers behind it.
pub fn shown_all(
    placed: &[Placed],
    entries: &[Entry],
    authors: &[String],
    page: &Page,
    words: impl Fn(&Passage) -> String,
) -> Vec<Shown> {
    let mut answers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, one) in placed.iter().enumerate() {
        if let Some(to) = entries[one.entry].answers {
            answers.entry(to).or_default().push(i);
        }
    }
    let mut out = Vec::with_capacity(placed.len());
    let first = |p: &&Placed| entries[p.entry].answers.is_none();
    for one in placed.iter().filter(first) {
        let mut open = vec![(one, 0)];
        while let Some((one, depth)) = open.pop() {
            out.push(show(one, depth, entries, authors, page, &words));
            let replies = answers.get(&one.entry).into_iter().flatten();
            open.extend(replies.rev().map(|&i| (&placed[i], depth + 1)));
        }
    }
    out
}

fn show(
    placed: &Placed,
    depth: usize,
    entries: &[Entry],
    authors: &[String],
    page: &Page,
    words: &impl Fn(&Passage) -> String,
) -> Shown {
    let entry = &entries[placed.entry];
    let annotation = &entry.annotation;
    let key = annotation.key();
    let wanted = || annotation.quote.as_ref().map(|q| shown(&q.exact));
    let (mark, quote, found, orphan) = match &placed.anchored {
        Anchored::Whole => (None, None, None, None),
        Anchored::At(passage, how) => {
            let found = match how {
                How::Exact => None,
                How::Position => Some(said!("found by its place among several like it")),
                How::Nearly { changed, .. } => {
                    Some(said!("the text has changed in {} letters since", changed))
                }
            };
            let found = found.map(|found: Said| page.strings.said(&found));
            (Some(mark_id(&key)), Some(shown(&words(passage))), found, None)
        }
        Anchored::Orphan { reason, .. } => (None, wanted(), None, Some(page.strings.said(&reason.shown()))),
    };
    let html = |a: &Annotation| {
        if a.note.is_empty() { String::new() } else { note::html(&a.note, page.root, page.resolve) }
    };
    let said_day = |a: &Annotation| day(a).map(|day| page.strings.date(&day));
    let other = |o: &(Annotation, String)| Other {
        note: html(&o.0),
        tags: o.0.tags.clone(),
        creator: o.0.creator.clone(),
        date: day(&o.0),
        date_shown: said_day(&o.0),
        file: o.1.clone(),
    };
    Shown {
        id: note_id(&key),
        urn: annotation.id.clone(),
        said: annotation.members(),
        mark,
        quote,
        note: html(annotation),
        tags: annotation.tags.clone(),
        creator: annotation.creator.clone(),
        date: day(annotation),
        date_shown: said_day(annotation),
        colour: annotation.colour.name(),
        hand: hand(annotation, authors),
        deleted: annotation.deleted,
        found,
        orphan,
        near: placed.near.clone(),
        depth: depth.min(4),
        others: entry.others.iter().map(other).collect(),
        in_note: matches!(&placed.anchored, Anchored::At(p, _) if p.stretch != Stretch::Body),
        file: entry.file.clone(),
    }
}

/// The place of a mark on its page.
fn mark_id(key: &str) -> String {
    ["_mark-", key].concat()
}

/// The place of a note on its page.
fn note_id(key: &str) -> String {
    ["_note-", key].concat()
}

/// The day of a date: what stands before its time, if it is one.
fn day(annotation: &Annotation) -> Option<String> {
    let date = annotation.date()?;
    let day = date.split(['T', ' ']).next().unwrap_or_default();
    is_iso(day).then(|| day.to_owned())
}

/// Words as they are quoted on a page.
fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    crate::render::wording::shortened(&words.join(" "), QUOTE_SHOWN)
}

/// What the notes of a document say, for a search: the text of each with its address from the root of the site.
pub fn texts<'a>(
    placed: &'a [Placed],
    entries: &'a [Entry],
    page: &'a str,
) -> impl Iterator<Item = (String, String)> + 'a {
    placed.iter().filter_map(move |placed| {
        let annotation = &entries[placed.entry].annotation;
        let mut text = note::text(&annotation.note);
        for tag in &annotation.tags {
            text.push(' ');
            text.push_str(tag);
        }
        (!text.is_empty()).then(|| (text, [page, "#", &note_id(&annotation.key())].concat()))
    })
}

/// The tags of annotations.
pub fn tags(shown: &[Shown]) -> BTreeSet<&str> {
    shown.iter().flat_map(|s| &s.tags).map(String::as_str).collect()
}
