//! `works.bib`: BibTeX and BibLaTeX.
//!
//! The library that reads an entry stops at the first fault of a file. So the file is cut where a line begins with `@`,
//! and each piece is read by itself, with the abbreviations (`@string`) of the whole file before it.

use biblatex::{Bibliography, ChunksExt, Entry, Person};

use super::fault;
use crate::cite::{Description, Kind, Name};
use crate::diagnostic::Warned;
use crate::said::{Foreign, said};
use crate::source::{Source, Span};

/// Reads a file.
pub fn parse(source: &Source) -> Warned<Vec<Description>> {
    let text = &source.text;
    let mut out = Warned { value: Vec::new(), diagnostics: Vec::new() };
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('@') {
            starts.push(at);
        }
        at += line.len();
    }
    let piece = |i: usize| &text[starts[i]..starts.get(i + 1).copied().unwrap_or(text.len())];
    let is = |piece: &str, kind: &str| {
        piece.trim_start().get(1..=kind.len()).is_some_and(|k| k.eq_ignore_ascii_case(kind))
    };
    let abbreviations: String = (0..starts.len())
        .map(piece)
        .filter(|p| is(p, "string"))
        .filter(|p| Bibliography::parse(p).is_ok())
        .collect();
    for (i, &start) in starts.iter().enumerate() {
        let piece = piece(i);
        if ["string", "comment", "preamble"].iter().any(|k| is(piece, k)) {
            continue;
        }
        match Bibliography::parse(&[&abbreviations, piece].concat()) {
            Ok(read) => {
                for entry in read.iter() {
                    match description(entry) {
                        Some(work) => out.value.push(work),
                        None => {
                            let message = said!("`{}` has no title", entry.key);
                            out.diagnostics.push(fault(source, Span::new(start, start), message));
                        }
                    }
                }
            }
            Err(error) => {
                let place = error.span.start.saturating_sub(abbreviations.len()).min(piece.trim_end().len());
                let place = piece.floor_char_boundary(place);
                let message = said!("this entry cannot be read: {}", Foreign(&error.kind));
                let hint = said!("it is left out; the other entries are used");
                out.diagnostics
                    .push(fault(source, Span::new(start + place, start + place), message).hint(hint));
            }
        }
    }
    out
}

fn description(entry: &Entry) -> Option<Description> {
    let field = |names: &[&str]| {
        names
            .iter()
            .find_map(|n| entry.get(n))
            .map(|c| c.format_verbatim().trim().to_owned())
            .filter(|t| !t.is_empty())
    };
    let people = |name: &str| -> Vec<Name> {
        let people: Vec<Person> = entry.get_as(name).unwrap_or_default();
        people.into_iter().filter(|p| p.name != "others").map(person).collect()
    };
    let mut title = field(&["title"])?;
    if let Some(subtitle) = field(&["subtitle"]) {
        title = [&title, ": ", &subtitle].concat();
    }
    let year =
        field(&["date", "year"]).map(|d| d.chars().take(4).collect::<String>()).filter(|y| y.len() == 4);
    let kind = match entry.entry_type.to_string().as_str() {
        "article" | "suppperiodical" => Kind::Article,
        "incollection" | "inbook" | "inproceedings" | "conference" | "bookinbook" | "suppbook" => {
            Kind::Chapter
        }
        "online" | "www" | "electronic" => Kind::WebPage,
        _ => Kind::Book,
    };
    let et_al = field(&["author"]).is_some_and(|a| a.to_lowercase().ends_with(" others"));
    Some(Description {
        kind,
        authors: people("author"),
        et_al,
        editors: people("editor"),
        translators: people("translator"),
        title,
        container: field(&["booktitle", "journaltitle", "journal"]),
        place: field(&["location", "address"]),
        publisher: field(&["publisher"]),
        year,
        volume: field(&["volume"]),
        issue: field(&["number", "issue"]),
        edition: field(&["edition"]),
        url: field(&["url"]).or_else(|| field(&["doi"]).map(|d| ["https://doi.org/", &d].concat())),
    })
}

fn person(p: Person) -> Name {
    let family = if p.prefix.is_empty() { p.name } else { [&p.prefix, " ", &p.name].concat() };
    Name { given: p.given_name, family }
}
