//! A page in HTML → Markdown, as somebody would have typed it; everything behind reads that and knows no HTML.
//!
//! 1. [`tape`]: the page, taken apart; [`element`] knows what HTML calls its elements
//! 2. [`head`]: what the page says of itself, which becomes front matter; [`address`]: where its links lead
//! 3. [`notes`]: which links are markers and which parts are notes ([`extent`])
//! 4. [`chrome`]: what is no part of the text
//! 5. [`write`](mod@write): the Markdown, with [`escape`]: what of the text would be read as a sign
//!
//! Unlike any other form, HTML says what is a heading, a list and a note. So nothing is guessed that it says; where it
//! says nothing (a raised figure and a list of notes without links), the Markdown has what stands there, and `notes`
//! decides as for any text.
//!
//! Every word that a reader of the page would see is in the Markdown, what is no part of the text in stretches that are
//! [set aside](Source::set_aside). Nothing takes more than n log n, and no stack grows with the page.

mod address;
mod chrome;
mod element;
mod escape;
mod extent;
mod head;
mod notes;
mod tape;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::said::said;
use crate::source::Source;
use tape::{Index, Page};

/// True for a file whose name says that it is a page in HTML.
pub fn is_named(path: &str) -> bool {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|name| name.1);
    ending.is_some_and(|e| ["html", "htm", "xhtml"].iter().any(|h| e.eq_ignore_ascii_case(h)))
}

/// Reads a source that is a page as Markdown; any other stays as it is.
pub fn read(source: Source) -> Warned<Source> {
    if !is_named(&source.path) {
        return Warned { value: source, diagnostics: Vec::new() };
    }
    let html = source.text.as_str();
    let is_xml =
        html.trim_start().starts_with("<?xml") || source.path.to_ascii_lowercase().ends_with(".xhtml");
    let page = Page::read(html, is_xml);
    let mut head = head::Head::of(&page);
    let file = source.path.rsplit('/').next().unwrap_or_default();
    let known = head.addresses.clone();
    let links = address::Links::of(&page, &known, file);
    let notes = notes::Notes::find(&page, &|address| links.within(address));
    let chrome = chrome::Chrome::of(&page, &notes);
    head.settle_title(&page, &chrome);
    let anchors = anchors(&page, &links, &notes);
    let written = write::write(&page, &notes, &chrome, &links, &anchors, head.front_matter());
    let mut diagnostics = Vec::new();
    if written.embedded > 0 {
        let message = said!("{} pictures lie within the page itself and are not shown", written.embedded);
        let finding = Diagnostic::file(Severity::Note, Code::MissingFile, &source.path, message);
        diagnostics.push(finding.hint(said!("save the page with its files beside it")));
    }
    Warned { value: source.read_out(written.text, written.pieces, written.aside), diagnostics }
}

/// The elements that links within the page lead to, but for those between markers and notes, each with the names that it
/// is led to by.
fn anchors(page: &Page, links: &address::Links, notes: &notes::Notes) -> BTreeMap<Index, Vec<String>> {
    let is_link =
        |&i: &Index| page.name(i) == "a" && !notes.markers.contains_key(&i) && !notes.back.contains(&i);
    let mut wanted: BTreeSet<String> = (0..page.len())
        .filter(is_link)
        .filter_map(|i| page.attribute(i, "href").and_then(|a| links.written(a)))
        .filter_map(|a| a.strip_prefix('#').map(str::to_owned))
        .collect();
    let mut out: BTreeMap<Index, Vec<String>> = BTreeMap::new();
    for i in 0..page.len() {
        let named = if page.name(i) == "a" { page.attribute(i, "name") } else { None };
        for name in page.attribute(i, "id").into_iter().chain(named) {
            if let Some(name) = wanted.take(name).or_else(|| wanted.take(&notes::decoded(name))) {
                out.entry(i).or_default().push(name);
            }
        }
    }
    out
}
