//! Why a document was read as it was: everything that was weighed, with its place.
//!
//! 1. the form: what spoke for and against each, as [`crate::recognise`] weighs it
//! 2. markers and notes: why each was tied, why signs that look like markers were not
//! 3. citations: what each stands for, link by link
//! 4. repairs and omissions: how it is printed, what was made of it, and the fix that undoes it
//!
//! It is made from the document that a build makes, so that it speaks of the page that readers see.

use serde::Serialize;

use crate::build::cites::Cited;
use crate::build::{Gist, Reading};
use crate::cite::Found;
use crate::fixes::offer::Offers;
use crate::model::{Block, Passage, Stretch, block_text};
use crate::recognise::{self, Weighed};
use crate::source::Source;
use crate::strings::Strings;

/// Repairs of a document that a fix is offered for: each has to be found unambiguous in the whole text.
const OFFERED: usize = 1_000;

/// Everything there is to say of one document.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The file.
    pub path: String,
    /// Its title, to see what is spoken of.
    pub title: String,
    /// The form it was taken for.
    pub form: &'static str,
    /// What spoke for which form, the form that was taken first.
    pub forms: Vec<Weighed>,
    /// How its notes are written, a line a convention.
    pub conventions: Vec<String>,
    /// Markers in reading order.
    pub markers: Vec<MarkerLine>,
    /// Notes that no marker points to.
    pub unmarked: Vec<NoteLine>,
    /// Signs that look like markers and were not taken for any.
    pub refused: Vec<crate::notes::Refused>,
    /// References to works, in the order of the text.
    pub citations: Vec<CitationLine>,
    /// What was changed.
    pub repairs: Vec<Change>,
    /// What was left out.
    pub omissions: Vec<Change>,
}

/// A reference to a work, and what it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct CitationLine {
    /// Line of the file where its paragraph or note begins.
    pub line: u32,
    /// Its words.
    pub words: String,
    /// How it says what it means: `full`, `short`, `ibid`, `op-cit`.
    pub manner: String,
    /// The work; where it is a doubt, those that may be meant.
    pub works: Vec<String>,
    /// False for a doubt.
    pub certain: bool,
    /// The place in the work.
    pub locator: Option<String>,
    /// Why, link by link.
    pub why: Vec<String>,
}

/// A marker and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct MarkerLine {
    /// Line of the file.
    pub line: u32,
    /// Its label.
    pub label: String,
    /// The line of its note; `None` where the note is missing.
    pub note_line: Option<u32>,
    /// How its note begins.
    pub note: Option<String>,
    /// The words before it.
    pub behind: String,
    /// Why.
    pub why: String,
}

/// A note without a marker.
#[derive(Clone, Debug, Serialize)]
pub struct NoteLine {
    /// Line of the file.
    pub line: u32,
    /// Its label.
    pub label: String,
    /// The part its label counts in.
    pub part: u32,
    /// How it begins.
    pub text: String,
}

/// A change of the text.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Line of the file.
    pub line: u32,
    /// The kind of repair or the reason of an omission, as in `archive.json`.
    pub kind: String,
    /// What was done.
    pub what: String,
    /// How it is printed.
    pub before: String,
    /// What was made of it; empty for what is left out.
    pub after: String,
    /// The line for `fixes:` (or the key) that undoes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

/// Explains a document.
pub fn explain(gist: &Gist, reading: &Reading) -> Explanation {
    let (source, document) = (&reading.source, &reading.document);
    let offers = Offers::new(source);
    let note_of = |id: crate::model::NoteId| document.notes.get(id.0 as usize);
    let markers = document.markers.iter().map(|m| {
        let note = m.note.and_then(note_of);
        MarkerLine {
            line: source.line_of(m.span.start as usize),
            label: m.label.clone(),
            note_line: note.map(|n| source.line_of(n.span.start as usize)),
            note: note.map(|n| shortened(&block_text(&n.blocks), 60)),
            behind: words_before(source, m.span.start as usize),
            why: m.evidence.clone(),
        }
    });
    let mut marked = vec![false; document.notes.len()];
    for note in document.markers.iter().filter_map(|m| m.note) {
        if let Some(marked) = marked.get_mut(note.0 as usize) {
            *marked = true;
        }
    }
    let unmarked = document.notes.iter().zip(marked).filter(|(_, marked)| !marked).map(|(n, _)| NoteLine {
        line: source.line_of(n.span.start as usize),
        label: n.label.clone(),
        part: n.part,
        text: shortened(&block_text(&n.blocks), 60),
    });
    let starts: Vec<(usize, u32)> = starts(&document.body);
    let line_of = |passage: &Passage| match passage.stretch {
        Stretch::Note(id) => note_of(id).map_or(0, |n| source.line_of(n.span.start as usize)),
        Stretch::Body => {
            let behind = starts.partition_point(|s| s.0 <= passage.range.start);
            behind.checked_sub(1).map_or(0, |i| source.line_of(starts[i].1 as usize))
        }
    };
    let cited = gist.cites.works();
    let english = Strings::default();
    let citations = gist.cites.iter().map(|Cited { citation: c, .. }| {
        let (works, certain) = match &c.work {
            Found::One(work) => (std::slice::from_ref(work), true),
            Found::Several(works) => (works.as_slice(), false),
            Found::Nothing => (&[][..], false),
        };
        CitationLine {
            line: line_of(&c.passage),
            words: shortened(&c.words, 80),
            manner: name(&c.manner),
            works: works.iter().filter_map(|&w| cited.get(w)).map(|w| w.reminder()).collect(),
            certain,
            locator: c.locator.as_ref().map(|l| l.shown.clone()),
            why: c.evidence.iter().map(|why| why.said(&english)).collect(),
        }
    });
    let repairs = document.repairs.iter().enumerate().map(|(i, r)| Change {
        line: r.line,
        kind: name(&r.kind),
        what: r.detail.to_string(),
        before: r.before.clone(),
        after: r.after.clone(),
        fix: if i < OFFERED { offers.repair(r) } else { None },
    });
    let omissions = document.omissions.iter().enumerate().map(|(i, o)| Change {
        line: o.line,
        kind: name(&o.reason),
        what: String::new(),
        before: shortened(&o.text, 160),
        after: String::new(),
        fix: if i < OFFERED { offers.omission(o) } else { None },
    });
    let forms = recognise::weigh(source, &gist.facts, document.form);
    let conventions = reading.conventions.iter().map(|c| c.said(&english)).collect();
    Explanation {
        path: source.path.clone(),
        title: document.meta.title.clone(),
        form: document.form.name(),
        conventions,
        markers: markers.collect(),
        unmarked: unmarked.collect(),
        refused: crate::build::refused(source, &gist.facts, document),
        citations: citations.collect(),
        repairs: repairs.collect(),
        omissions: omissions.collect(),
        forms,
    }
}

/// Where each block of the body begins: in the body's text, and in the source.
fn starts(body: &[Block]) -> Vec<(usize, u32)> {
    let mut at = 0;
    let mut out = Vec::with_capacity(body.len());
    for block in body {
        out.push((at, block.span.start));
        at += block_text(std::slice::from_ref(block)).len();
    }
    out
}

/// A variant's name as in `archive.json`.
fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The last words before a place.
fn words_before(source: &Source, at: usize) -> String {
    /// Characters shown.
    const LONGEST: usize = 40;
    let start = source.text[..at].char_indices().rev().take(LONGEST).last().map_or(0, |(i, _)| i);
    let text = source.text[start..at].split_whitespace().collect::<Vec<_>>();
    let whole = source.text[..start].ends_with(char::is_whitespace) || start == 0;
    text[usize::from(!whole && text.len() > 1)..].join(" ")
}

fn shortened(text: &str, limit: usize) -> String {
    crate::render::wording::shortened(text, limit)
}
