//! What the owner says of works: `works.bib`, `works.yaml` and `works.json` (CSL-JSON) in the archive's folder.
//!
//! They correct and enrich what the documents say of the works that they cite; what nobody cites gets no page.
//! What cannot be read earns a diagnostic with its line, and the rest is used.
//!
//! 1. `bib`: BibTeX and BibLaTeX, an entry at a time
//! 2. `fields`: CSL-JSON, and YAML with the keys of hayagriva or of CSL

mod bib;
mod fields;

use std::path::Path;

use crate::cite::Description;
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::discover;
use crate::facts::yaml::{self, Parsed};
use crate::said::{Foreign, Said, said};
use crate::source::{Source, Span};

/// The largest such file: a bibliography of a hundred thousand works has some forty megabytes.
const MAX_BYTES: u64 = 256 << 20;

/// The files, in the order in which they are asked; what the first says of a work goes before what the others say.
pub const FILES: [&str; 4] = ["works.yaml", "works.yml", "works.bib", "works.json"];

/// Reads the files that are there.
pub fn read(archive: &Path) -> Warned<Vec<Description>> {
    let mut out = Warned { value: Vec::new(), diagnostics: Vec::new() };
    for file in FILES {
        let bytes = match discover::read_optional(&archive.join(file), file, MAX_BYTES) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => continue,
            Err(diagnostic) => {
                out.diagnostics.push(diagnostic);
                continue;
            }
        };
        let decoded = crate::decode::decode(file, bytes);
        out.diagnostics.extend(decoded.diagnostics);
        if let Some(source) = decoded.value {
            let read = parse(&source);
            out.value.extend(read.value);
            out.diagnostics.extend(read.diagnostics);
        }
    }
    out
}

/// Reads one file, by the ending of its name.
pub fn parse(source: &Source) -> Warned<Vec<Description>> {
    match source.path.rsplit('.').next() {
        Some("bib") => bib::parse(source),
        Some("json") => json(source),
        _ => keyed(source),
    }
}

/// Something that cannot be used.
fn fault(source: &Source, span: Span, message: impl Into<Said>) -> Diagnostic {
    Diagnostic::at(Severity::Error, Code::BadWork, source, span, message)
}

fn json(source: &Source) -> Warned<Vec<Description>> {
    let mut out = Warned { value: Vec::new(), diagnostics: Vec::new() };
    let items: Vec<serde_json::Value> = match serde_json::from_str(&source.text) {
        Ok(items) => items,
        Err(error) => {
            let start = line_start(&source.text, error.line()) + error.column().saturating_sub(1);
            let start = start.min(source.text.len());
            let found = fault(
                source,
                Span::new(start, start),
                said!("no list of works in CSL-JSON: {}", Foreign(error)),
            );
            out.diagnostics.push(found);
            return out;
        }
    };
    for (n, item) in items.iter().enumerate() {
        match fields::description(item) {
            Some(work) => out.value.push(work),
            None => {
                let message = said!("work {} has no title", (n + 1).to_string());
                out.diagnostics
                    .push(fault(source, Span::default(), message).hint(said!("every work needs a `title`")));
            }
        }
    }
    out
}

fn keyed(source: &Source) -> Warned<Vec<Description>> {
    let mut out = Warned { value: Vec::new(), diagnostics: Vec::new() };
    match yaml::entries(source, source.text.len()) {
        Ok(Parsed::Mapping(entries)) => {
            for entry in entries {
                match fields::description(&entry.value) {
                    Some(work) => out.value.push(work),
                    None => {
                        let message = said!("`{}` has no title", entry.key);
                        let hint = said!(
                            "write `key:` and below it, indented, `title:`, `author:`, `date:` and so on"
                        );
                        out.diagnostics.push(fault(source, entry.place, message).hint(hint));
                    }
                }
            }
        }
        Ok(Parsed::Nothing) => {}
        Ok(Parsed::Other) => {
            out.diagnostics.push(fault(source, Span::default(), said!("no works by their keys")))
        }
        Err(problem) => out.diagnostics.push(fault(source, problem.place, problem.message)),
    }
    out
}

/// The byte that a line (from 1) begins at.
fn line_start(text: &str, line: usize) -> usize {
    let ends = text.match_indices('\n').map(|m| m.0 + 1);
    std::iter::once(0).chain(ends).nth(line.saturating_sub(1)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Warned<Vec<Description>> {
        let source = crate::decode::decode(name, text.as_bytes().to_vec()).value.unwrap();
        parse(&source)
    }

    #[test]
    fn a_broken_entry_costs_only_itself() {
        let text = "@book{a, author = {Grafton, Anthony}, title = {The Footnote}, date = {1997}}\n\n\
                    @book{b,\n  title = {Broken,\n  author = \n\n\
                    @string{cup = \"Cambridge University Press\"}\n\
                    @article{c, author = \"Luhmann, Niklas and Baier, Horst\", title = \"Kommunikation mit {Z}ettelk{\\\"a}sten\", journal = {Example}, year = 1981, publisher = cup}\n";
        let read = read("works.bib", text);
        let titles: Vec<&str> = read.value.iter().map(|d| d.title.as_str()).collect();
        assert_eq!(titles, ["The Footnote", "Kommunikation mit Zettelkästen"]);
        assert_eq!(read.value[1].publisher.as_deref(), Some("Cambridge University Press"));
        assert_eq!(read.value[1].authors.len(), 2);
        assert_eq!(read.value[0].year.as_deref(), Some("1997"));
        assert_eq!(read.diagnostics.len(), 1, "{:?}", read.diagnostics);
        assert!((3..=6).contains(&read.diagnostics[0].line), "{:?}", read.diagnostics[0]);
    }

    #[test]
    fn the_same_work_in_every_format() {
        let bib = "@incollection{x, author={Benjamin, Walter}, title={The Task}, booktitle={Illuminations}, editor={Arendt, Hannah}, year={1968}, address={New York}, publisher={Schocken}}";
        let yaml = "x:\n  type: chapter\n  title: The Task\n  author: Benjamin, Walter\n  date: 1968\n  publisher: Schocken\n  location: New York\n  parent:\n    title: Illuminations\n    editor: Arendt, Hannah\n";
        let csl = r#"[{"id": "x", "type": "chapter", "title": "The Task", "author": [{"family": "Benjamin", "given": "Walter"}], "editor": [{"family": "Arendt", "given": "Hannah"}], "container-title": "Illuminations", "issued": {"date-parts": [[1968]]}, "publisher": "Schocken", "publisher-place": "New York"}]"#;
        let all = [read("works.bib", bib), read("works.yaml", yaml), read("works.json", csl)];
        for one in &all {
            assert_eq!(one.diagnostics, []);
            assert_eq!(one.value, all[0].value);
        }
        assert_eq!(all[0].value[0].container.as_deref(), Some("Illuminations"));
    }

    #[test]
    fn what_is_no_list_of_works_is_told_with_its_line() {
        assert_eq!(read("works.json", "[\n {\"title\": }\n]").diagnostics[0].line, 2);
        assert_eq!(read("works.yaml", "a:\n  title: Good\nb: 5\n").diagnostics[0].line, 3);
        assert_eq!(read("works.yaml", "a:\n  title: Good\nb: 5\n").value.len(), 1);
    }
}
