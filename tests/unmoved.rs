//! What programs change in a text without meaning anything by it moves no note: line ends, spaces behind lines, doubled
//! blank lines, where exactly a form feed stands.
//!
//! Each text of `tests/golden` that its owner does not overrule is read as it is and varied, and the same markers must
//! lead to the same notes.

mod common;

use std::fs;
use std::path::Path;

use postil::model::Document;

/// A change that means nothing, with its name.
type Change = (&'static str, fn(&str) -> String);

const CHANGES: [Change; 7] = [
    ("line ends of another system", |text| text.replace('\n', "\r\n")),
    ("a byte-order mark", |text| ["\u{feff}", text].concat()),
    ("a space behind each line", |text| text.replace('\n', " \n")),
    ("doubled blank lines", doubled),
    ("form feeds within lines", |text| text.replace("\n\u{c}", "\u{c}")),
    ("form feeds on lines of their own", |text| text.replace('\u{c}', "\u{c}\n")),
    ("spaces before form feeds", |text| text.replace('\u{c}', "  \u{c}")),
];

/// Every blank line twice, but in code, where it says something.
fn doubled(text: &str) -> String {
    if text.contains("```") { text.to_owned() } else { text.replace("\n\n", "\n\n\n") }
}

/// For each marker its label and the first letters of its note.
fn pairs(document: &Document) -> Vec<(String, String)> {
    let note = |note: &postil::model::NoteId| -> String {
        let text = postil::model::block_text(&document.notes[note.0 as usize].blocks);
        text.chars().filter(|c| c.is_alphabetic()).take(24).collect()
    };
    document
        .markers
        .iter()
        .map(|m| (m.label.clone(), m.note.as_ref().map(note).unwrap_or_default()))
        .collect()
}

#[test]
fn what_means_nothing_moves_no_note() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut read, mut wrong) = (0, Vec::new());
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md")) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let name = path.file_name().unwrap().to_string_lossy();
        if path.with_extension("yaml").exists() || text.contains("fixes:") || text.contains('\r') {
            continue;
        }
        let expected = pairs(&common::read::text(&name, &text).read.document);
        for (change, make) in CHANGES {
            let varied = make(&text);
            // A single form feed shows no pages.
            let is_of_pages = change.contains("form feed");
            if varied == text || is_of_pages && text.matches('\u{c}').count() < 2 {
                continue;
            }
            read += 1;
            if pairs(&common::read::text(&name, &varied).read.document) != expected {
                wrong.push(format!("{name}: {change}"));
            }
        }
    }
    assert!(read > 500, "{read} variations");
    assert!(wrong.is_empty(), "{} of {read}\n{}", wrong.len(), wrong.join("\n"));
}
