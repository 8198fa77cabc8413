//! What must hold of any bytes whatever, stage by stage. Each function is a fuzz target of its own, and
//! `tests/corpus.rs` runs all of them over the saved corpus with the stable compiler.
//!
//! Common to all: no panic, the same result twice. Then, by stage: places lie within the text and on the borders
//! of its characters; no placeholder is left; every word is on the page once or declared as left out; ids are
//! unique and links within the page lead somewhere; every element is closed by its own end, and no element,
//! attribute or address is live; a site is what its manifest says.

#![allow(dead_code)] // each target is a crate of its own and asks for one function

mod page;

use std::fs;
use std::path::Path;

use postil::build::{self, Options};
use postil::diagnostic::Diagnostic;
use postil::facts::{self, Facts, Publish, toml, yaml};
use postil::model::Form;
use postil::render::html::{Article, LinkTarget, Surroundings, article};
use postil::render::slug;
use postil::source::Source;
use postil::strings::Strings;
use postil::{conserve, decode as decoding, publish};

/// What a target does with bytes.
pub type Check = fn(&[u8]);

/// The names of the targets with what they do, for the replay of the corpus.
pub const TARGETS: [(&str, Check); 5] =
    [("decode", decode), ("facts", facts), ("notes", notes), ("document", document), ("archive", archive)];

/// Bytes → text.
pub fn decode(data: &[u8]) {
    let decoded = decoding::decode("case.txt", data.to_vec());
    let again = decoding::decode("case.txt", data.to_vec());
    assert_eq!(decoded.diagnostics, again.diagnostics);
    let (Some(source), Some(twice)) = (&decoded.value, &again.value) else {
        return assert!(decoded.value.is_none() && again.value.is_none());
    };
    assert_eq!(source.text, twice.text);
    assert!(!source.text.contains(['\0', '\r', '\u{FDD0}', '\u{FDD1}']), "an unusable character is left");
    places(&decoded.diagnostics, source);
}

/// Front matter and sidecars, as YAML and as TOML.
pub fn facts(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(block) = decoding::decode("case.yaml", data.to_vec()).value else { return };
    let end = block.text.len();
    for problem in
        [yaml::entries(&block, end).err(), toml::entries(&block, 0, end).err()].into_iter().flatten()
    {
        assert!(block.text.get(problem.place.range()).is_some(), "{problem:?}");
    }
    for fence in ["---", "+++"] {
        let document = format!("{fence}\n{text}\n{fence}\n\nWords.\n");
        let Some(mut source) = decoding::decode("case.md", document.into_bytes()).value else { continue };
        let read = facts::read(&mut source, None);
        assert!(source.text.is_char_boundary(source.body_start));
        places(&read.diagnostics, &source);
    }
}

/// A text read in each form, so that the recogniser cannot keep a stage from what it would never give to it. The
/// first byte says which.
pub fn notes(data: &[u8]) {
    const FORMS: [Form; 7] = [
        Form::Plain,
        Form::PdfText,
        Form::OcrMarkdown,
        Form::Clipped,
        Form::Superscript,
        Form::Thread,
        Form::Markdown,
    ];
    let Some((&first, text)) = data.split_first() else { return };
    let form = FORMS[usize::from(first) % FORMS.len()];
    read("case.txt", text, Some(form));
}

/// A document as a build reads it: recognised, restored, parsed and written. The first byte says which kind of file
/// it is.
pub fn document(data: &[u8]) {
    let Some((&first, text)) = data.split_first() else { return };
    read(if first.is_multiple_of(2) { "case.md" } else { "case.txt" }, text, None);
}

fn read(name: &str, text: &[u8], form: Option<Form>) {
    let Some((source, words, page)) = once(name, text, form) else { return };
    let again = once(name, text, form);
    assert_eq!(page, again.expect("the same text is text again").2, "two readings differ");
    places(&words.diagnostics, &source);
    page::check(&page.html);
    let shown = page::words(&page.html);
    let difference = conserve::compare(&source, &words.document, &shown);
    assert!(difference.is_none(), "{difference:?}\n{}", page.html);
}

struct Reading {
    document: postil::model::Document,
    diagnostics: Vec<Diagnostic>,
}

fn once(name: &str, text: &[u8], form: Option<Form>) -> Option<(Source, Reading, Article)> {
    let mut source = decoding::decode(name, text.to_vec()).value?;
    let facts = facts::read(&mut source, None);
    if facts.value.publish == Publish::Nothing {
        return None;
    }
    let facts = Facts { form: form.or(facts.value.form), ..facts.value };
    let source = postil::layout::unfold(source);
    let read = build::read(&source, &facts);
    let strings = Strings::default();
    let around = Surroundings {
        slug: slug::of_text,
        resolve: &|_| LinkTarget::Missing,
        reserved: &[],
        overlays: &[],
        strings: &strings,
    };
    let page = article(&read.value.document, &source, &around);
    let diagnostics = [read.diagnostics, page.diagnostics].concat();
    Some((source, Reading { document: read.value.document, diagnostics }, page.value))
}

/// Every place that is spoken of is in the text.
fn places(diagnostics: &[Diagnostic], source: &Source) {
    let lines = source.line_of(source.text.len());
    for diagnostic in diagnostics {
        assert!(diagnostic.line <= lines, "{diagnostic} of {lines} lines");
        if let Some(excerpt) = &diagnostic.excerpt {
            assert!(excerpt.offset as usize <= excerpt.text.chars().count(), "{diagnostic:?}");
        }
    }
}

/// A small archive: files parted by `\u{1}`, the first line of each its name. Built twice: the second build changes
/// nothing, and the site is what its manifest says.
pub fn archive(data: &[u8]) {
    let folder = tempfile::tempdir_in(memory()).expect("there is room for a folder");
    let seeds = folder.path().join("seeds");
    fs::create_dir(&seeds).expect("the folder is new");
    for (i, file) in data.split(|&b| b == 1).take(6).enumerate() {
        let (name, text) = match file.iter().position(|&b| b == b'\n') {
            Some(end) => (&file[..end], &file[end + 1..]),
            None => (&b"case.md"[..], file),
        };
        let name = String::from_utf8_lossy(name);
        let safe: String = name.chars().filter(|c| !matches!(c, '/' | '\0')).take(60).collect();
        let safe = if matches!(safe.as_str(), "" | "." | "..") { format!("{i}.md") } else { safe };
        let _ = fs::write(seeds.join(safe), text);
    }
    let options = Options { archive: folder.path().to_owned(), ..Options::default() };
    let first = build::build(&options).unwrap_or_else(|failure| panic!("{failure}"));
    let second = build::build(&options).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(first.diagnostics, second.diagnostics);
    let published = second.published.expect("it was published");
    assert!(published.written.is_empty() && published.removed.is_empty(), "{published:?}");
    let verified = publish::verify(&options.out()).unwrap_or_else(|error| panic!("{error}"));
    assert!(verified.is_whole() && verified.foreign.is_empty(), "{verified:?}");
    for name in ["index.html", "status.html", "archive.json"] {
        assert!(options.out().join(name).is_file(), "no {name}");
    }
    for entry in fs::read_dir(options.out().join("texts")).into_iter().flatten().flatten() {
        let html = fs::read_to_string(entry.path()).expect("a page is text");
        page::whole(&html);
    }
}

/// A folder that is no disk, where there is one.
fn memory() -> &'static Path {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory } else { Path::new("/tmp") }
}
