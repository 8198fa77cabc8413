//! A text through all stages of reading and writing, as a build does it.

use std::path::Path;

use postil::build::{self, Read};
use postil::diagnostic::{Diagnostic, Warned};
use postil::discover::Sidecar;
use postil::facts::Facts;
use postil::render::html::{Article, article};
use postil::source::Source;
use postil::{decode, facts, hypertext, layout};

use super::site;

/// A text with what became of it.
pub struct Case {
    pub source: Source,
    pub facts: Facts,
    pub read: Read,
    pub article: Article,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file with the `.yaml` beside it. `None` for what is no text.
pub fn file(path: &Path) -> Option<Case> {
    let beside = path.with_extension("yaml");
    let shown = beside.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sidecar = beside.exists().then_some(Sidecar { shown, path: beside });
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    bytes(&name, std::fs::read(path).expect("the case can be read"), sidecar.as_ref())
}

/// Reads a text named so.
pub fn text(name: &str, text: &str) -> Case {
    bytes(name, text.as_bytes().to_vec(), None).expect("it is text")
}

fn bytes(name: &str, bytes: Vec<u8>, sidecar: Option<&Sidecar>) -> Option<Case> {
    let decoded = decode::decode(name, bytes);
    let Warned { value: mut source, diagnostics: of_page } = hypertext::read(decoded.value?);
    let facts = facts::read(&mut source, sidecar);
    let source = if facts.value.columns == Some(false) || source.is_read_out() {
        source
    } else {
        layout::unfold(source)
    };
    let read = build::read(&source, &facts.value);
    let written = article(&read.value.document, &source, &site::surroundings());
    let diagnostics =
        [decoded.diagnostics, of_page, facts.diagnostics, read.diagnostics, written.diagnostics].concat();
    Some(Case { source, facts: facts.value, read: read.value, article: written.value, diagnostics })
}
