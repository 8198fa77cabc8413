//! What must hold of any bytes whatever, stage by stage. Each function is a fuzz target of its own, and
//! `tests/corpus.rs` runs all of them over the saved corpus with the stable compiler.
//!
//! Common to all: no panic, the same result twice. Then, by stage: places lie within the text and on the borders
//! of its characters; no placeholder is left; every word is on the page once or declared as left out; ids are
//! unique and links within the page lead somewhere; a real parser finds the HTML valid and makes of it what was meant,
//! and no element, attribute or address is live; a site is what its manifest says.

#![allow(dead_code)] // each target is a crate of its own and asks for one function

mod page;
mod tree;

use std::fs;
use std::path::Path;

use postil::annotations::anchor::{Anchored, Haystack};
use postil::annotations::{import, jsonld};
use postil::build::{self, Options};
use postil::cite::{self, TitleKey};
use postil::diagnostic::Diagnostic;
use postil::discover::Sidecar;
use postil::facts::{self, Facts, Publish, toml, yaml};
use postil::model::Form;
use postil::render::html::{Article, LinkTarget, Surroundings, article};
use postil::render::slug;
use postil::source::Source;
use postil::strings::Strings;
use postil::{conserve, decode as decoding, hypertext, publish};

/// What a target does with bytes.
pub type Check = fn(&[u8]);

/// The names of the targets with what they do, for the replay of the corpus.
pub const TARGETS: [(&str, Check); 8] = [
    ("decode", decode),
    ("facts", facts),
    ("notes", notes),
    ("document", document),
    ("sidecar", sidecar),
    ("citations", citations),
    ("annotations", annotations),
    ("archive", archive),
];

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
    let name = match first {
        u8::MAX => "case.htm",
        even if even.is_multiple_of(2) => "case.md",
        _ => "case.txt",
    };
    read(name, text, None);
}

fn read(name: &str, text: &[u8], form: Option<Form>) {
    let Some(source) = decoding::decode(name, text.to_vec()).value else { return };
    let mut source = hypertext::read(source).value;
    let facts = facts::read(&mut source, None).value;
    if facts.publish == Publish::Nothing {
        return;
    }
    let facts = Facts { form: form.or(facts.form), ..facts };
    let source = if source.is_read_out() { source } else { postil::layout::unfold(source) };
    conserved(&source, &facts);
}

/// The page of a text is the same twice, whole, not live, and has every word.
fn conserved(source: &Source, facts: &Facts) {
    let (words, page) = once(source, facts);
    assert_eq!(page, once(source, facts).1, "two readings differ");
    places(&words.diagnostics, source);
    page::check(&page.html);
    let shown = page::words(&page.html);
    let difference = conserve::compare(source, &words.document, &shown);
    assert!(difference.is_none(), "{difference:?}\n{}", page.html);
}

/// A document and the facts beside it, parted by `\u{1}`: fixes, columns, form, pages and what else an owner says.
pub fn sidecar(data: &[u8]) {
    let Some(cut) = data.iter().position(|&b| b == 1) else { return };
    let (text, beside) = (&data[..cut], &data[cut + 1..]);
    let Some(mut source) = decoding::decode("case.txt", text.to_vec()).value else { return };
    let folder = tempfile::tempdir_in(memory()).expect("there is room for a folder");
    let path = folder.path().join("case.yaml");
    fs::write(&path, beside).expect("there is room for a file");
    let facts = facts::read(&mut source, Some(&Sidecar { path, shown: "case.yaml".into() })).value;
    if facts.publish == Publish::Nothing {
        return;
    }
    let source = postil::layout::unfold(source);
    conserved(&source, &facts);
}

/// The notes of a text, a line each: what they cite, and what each citation stands for.
pub fn citations(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut markdown = String::new();
    for (i, line) in text.lines().take(200).enumerate() {
        markdown.push_str(&format!("Words[^{i}].\n\n[^{i}]: {line}\n\n"));
    }
    let Some(source) = decoding::decode("case.md", markdown.into_bytes()).value else { return };
    let document =
        build::read(&source, &Facts { form: Some(Form::Markdown), ..Facts::default() }).value.document;
    let found = cite::read(&document);
    assert_eq!(found, cite::read(&document), "two readings differ");
    for citation in &found.citations {
        let text = document.text(citation.passage.stretch);
        assert!(text.get(citation.passage.range.clone()).is_some(), "{citation:?} lies in no text");
        assert!(citation.work.all().iter().all(|&w| w < found.works.len()), "{citation:?} means no work");
    }
    for work in &found.works {
        let _ = (work.reminder(), TitleKey::of(&work.title));
    }
}

/// Annotations of any origin, read, written and read again; and looked for in a text. What is parted by `\u{1}` from
/// them is that text.
pub fn annotations(data: &[u8]) {
    let cut = data.iter().position(|&b| b == 1).unwrap_or(data.len());
    let Some(read) = import::read("case.json", &data[..cut]) else { return };
    let (_, all) = read.value;
    let written = jsonld::write(&all);
    let again = jsonld::read("case.jsonld", &written);
    assert!(again.diagnostics.is_empty(), "what was written cannot be read: {:?}", again.diagnostics);
    assert_eq!(written, jsonld::write(&again.value), "writing what was read changes it");
    let text = data.get(cut + 1..).unwrap_or_default();
    let Some(source) = decoding::decode("case.md", text.to_vec()).value else { return };
    let document = build::read(&source, &Facts::default()).value.document;
    let mut haystack = Haystack::new(&document, String::new());
    for annotation in &all {
        if let Anchored::At(passage, _) = haystack.find(annotation) {
            assert!(!haystack.words(&passage).is_empty(), "{annotation:?} was found in no words");
        }
    }
}

struct Reading {
    document: postil::model::Document,
    diagnostics: Vec<Diagnostic>,
}

fn once(source: &Source, facts: &Facts) -> (Reading, Article) {
    let read = build::read(source, facts);
    let strings = Strings::default();
    let around = Surroundings {
        slug: slug::of_text,
        resolve: &|_| LinkTarget::Missing,
        reserved: &[],
        overlays: &[],
        strings: &strings,
    };
    let page = article(&read.value.document, source, &around);
    let diagnostics = [read.diagnostics, page.diagnostics].concat();
    (Reading { document: read.value.document, diagnostics }, page.value)
}

/// Every place that is spoken of is in the text.
fn places(diagnostics: &[Diagnostic], source: &Source) {
    let lines = source.line_of(source.text.len()).max(source.lines_of_file() + 1);
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
