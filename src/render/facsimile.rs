//! The source as it lies in its file, beside the text that was restored from it.
//!
//! Every line of the source is tied to the paragraph that its words went to, and every paragraph to its lines. Both are
//! plain links; a script lights up what belongs together.

use std::collections::BTreeMap;

use super::html::{Anchors, Writer};
use super::wording;
use crate::model::{Document, block_text};
use crate::printed::{self, PrintedPage};
use crate::source::Source;
use crate::strings::Strings;

/// A source larger than this, in bytes, has no facsimile: no browser scrolls through it with pleasure.
pub const LARGEST: usize = 4 << 20;

/// Lines of the source, paragraphs and notes, of which a facsimile has no more, for the same reason.
pub const MOST_ROWS: usize = 100_000;

/// The two halves of the page, as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facsimile {
    /// The lines of the source.
    pub source: String,
    /// The paragraphs of the text.
    pub text: String,
}

/// Lays source and text side by side. `page` is the document's page, as seen from the facsimile.
pub fn facsimile(
    source: &Source,
    document: &Document,
    anchors: &Anchors,
    pages: &[PrintedPage],
    page: &str,
    strings: &Strings,
) -> Facsimile {
    let tied = Tied::of(source, document);
    Facsimile {
        source: lines(source, document, &tied, pages, strings),
        text: paragraphs(document, anchors, &tied, page, strings),
    }
}

/// Which lines and which paragraphs belong together.
struct Tied {
    /// For each line (from 1), the paragraph: a block of the body, or behind them a note.
    of_line: BTreeMap<u32, usize>,
    /// For each paragraph its runs of lines.
    runs: Vec<Vec<(u32, u32)>>,
}

impl Tied {
    fn of(source: &Source, document: &Document) -> Tied {
        let body = document.body.len();
        let mut tied = Tied { of_line: BTreeMap::new(), runs: vec![Vec::new(); body + document.notes.len()] };
        for leaf in printed::leaves(&document.body) {
            tied.add(source, leaf.block, leaf.span.start, leaf.span.end);
        }
        for (i, note) in document.notes.iter().enumerate() {
            tied.add(source, body + i, note.span.start, note.span.start + 1);
            for leaf in printed::leaves(&note.blocks) {
                tied.add(source, body + i, leaf.span.start, leaf.span.end);
            }
        }
        tied
    }

    fn add(&mut self, source: &Source, paragraph: usize, start: u32, end: u32) {
        if start >= end {
            return;
        }
        let (first, last) = (source.line_of(start as usize), source.line_of(end as usize - 1));
        for line in first..=last.max(first) {
            self.of_line.entry(line).or_insert(paragraph);
        }
        let runs = &mut self.runs[paragraph];
        match runs.last_mut() {
            Some(run) if run.0 <= first && first <= run.1 + 1 => run.1 = run.1.max(last),
            _ => runs.push((first, last.max(first))),
        }
    }
}

fn lines(
    source: &Source,
    document: &Document,
    tied: &Tied,
    pages: &[PrintedPage],
    strings: &Strings,
) -> String {
    let mut reasons: BTreeMap<u32, &str> = BTreeMap::new();
    for omission in &document.omissions {
        let last =
            source.line_of((omission.span.end as usize).saturating_sub(1).max(omission.span.start as usize));
        // Of a page, a few words within a line may be left out, and the line is still there.
        let is_whole =
            |line: u32| !source.is_read_out() || 2 * omission.text.len() >= source.line(line).len();
        for line in (omission.line..=last.max(omission.line)).filter(|&line| is_whole(line)) {
            reasons.insert(line, strings.say(wording::omission(omission.reason)));
        }
    }
    let numbers: BTreeMap<u32, &str> =
        pages.iter().map(|p| (source.line_of(p.from as usize), p.number.as_str())).collect();
    let mut out = Writer::default();
    out.open("ol").attr("class", "raw-lines");
    out.line();
    for line in source.line_of(source.body_start)..=source.line_count() {
        let raw = source.line(line);
        let number = line.to_string();
        let feed = raw.contains('\u{c}');
        if feed || numbers.contains_key(&line) {
            out.open("li").attr("class", "page-break");
            match numbers.get(&line) {
                Some(n) => out.text(&strings.say("printed-page").replace("{n}", n)),
                None => out.text(strings.say("page-break")),
            };
            out.close("li").line();
        }
        let reason = reasons.get(&line).copied();
        let paragraph = tied.of_line.get(&line).map(|p| (p + 1).to_string());
        let class = if reason.is_some() { Some("left-out") } else { None };
        out.open("li")
            .attr("id", &["L", &number].concat())
            .maybe("class", class)
            .maybe("data-paragraph", paragraph.as_deref());
        match &paragraph {
            Some(p) => drop(out.open("a").attr("class", "number").attr("href", &["#P", p].concat())),
            None => drop(out.open("span").attr("class", "number")),
        }
        out.text(&number).close(if paragraph.is_some() { "a" } else { "span" });
        out.open("code");
        out.text(raw.trim_start_matches('\u{c}')).close("code");
        if let Some(reason) = reason {
            out.open("em").attr("class", "reason");
            out.text(reason).close("em");
        }
        out.close("li").line();
    }
    out.close("ol").line();
    out.finish()
}

fn paragraphs(document: &Document, anchors: &Anchors, tied: &Tied, page: &str, strings: &Strings) -> String {
    // The ids of blocks on the document's page, by where they begin in the text.
    let ids: BTreeMap<usize, &str> = anchors
        .blocks
        .iter()
        .filter(|b| b.passage.stretch == crate::model::Stretch::Body)
        .filter_map(|b| Some((b.passage.range.start, b.id.as_deref()?)))
        .collect();
    let mut out = Writer::default();
    let mut at = 0;
    for (i, block) in document.body.iter().enumerate() {
        let text = block_text(std::slice::from_ref(block));
        let id = ids.range(at..at + text.len().max(1)).next().map(|(_, id)| *id);
        at += text.len();
        if !text.trim().is_empty() {
            let heading = matches!(block.kind, crate::model::BlockKind::Heading { .. });
            paragraph(&mut out, i, &text, None, &tied.runs[i], id, heading, page, strings);
        }
    }
    for (i, note) in document.notes.iter().enumerate() {
        let n = document.body.len() + i;
        let id = anchors.note_ids.get(i).map(String::as_str);
        let text = block_text(&note.blocks);
        paragraph(&mut out, n, &text, Some(&note.label), &tied.runs[n], id, false, page, strings);
    }
    out.finish()
}

#[allow(clippy::too_many_arguments)] // all that a paragraph shows, once
fn paragraph(
    out: &mut Writer,
    n: usize,
    text: &str,
    label: Option<&str>,
    runs: &[(u32, u32)],
    id: Option<&str>,
    heading: bool,
    page: &str,
    strings: &Strings,
) {
    let number = (n + 1).to_string();
    let class = match (label, heading) {
        (Some(_), _) => Some("note"),
        (None, true) => Some("heading"),
        _ => None,
    };
    let span =
        |run: &(u32, u32)| if run.0 == run.1 { run.0.to_string() } else { format!("{}–{}", run.0, run.1) };
    let data: Vec<String> = runs.iter().map(|r| format!("{}-{}", r.0, r.1)).collect();
    out.open("section")
        .attr("id", &["P", &number].concat())
        .maybe("class", class)
        .attr("data-lines", &data.join(" "));
    out.open("p").attr("class", "tie");
    for run in runs {
        out.open("a").attr("href", &["#L", &run.0.to_string()].concat());
        out.text(&span(run)).close("a").text(" ");
    }
    if let Some(id) = id {
        let href = [page, "#", id].concat();
        out.open("a")
            .attr("class", "there")
            .attr("href", &href)
            .attr("aria-label", strings.say("on-its-page"));
        out.text("¶").close("a");
    }
    out.close("p").line();
    for (i, line) in text.trim_end().split('\n').enumerate() {
        out.open("p");
        if let Some(label) = label.filter(|_| i == 0) {
            out.open("b");
            out.text(label).close("b").text(" ");
        }
        out.text(line).close("p").line();
    }
    out.close("section").line();
}
