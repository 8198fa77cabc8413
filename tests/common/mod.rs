//! What the tests of blocks share: a text read as it stands, without markers that `notes` would have found.

#![allow(dead_code)] // no test asks for all of it

pub mod diff;
pub mod large;
pub mod page;
pub mod read;
pub mod site;

use postil::diagnostic::Diagnostic;
use postil::facts::Facts;
use postil::model::{Document, Flow, Form};
use postil::render::html::{Article, article};
use postil::restore::Restored;
use postil::source::Source;

/// A text read and written.
pub struct Built {
    pub document: Document,
    pub article: Article,
    pub diagnostics: Vec<Diagnostic>,
}

pub fn build(path: &str, text: &str, form: Form) -> Built {
    let source = Source::new(path, text.to_owned());
    let mut body = Flow::default();
    body.copy(text, 0..text.len());
    build_restored(&source, form, Restored { body, ..Restored::default() })
}

pub fn build_restored(source: &Source, form: Form, restored: Restored) -> Built {
    let parsed =
        postil::parse::parse(source, form, restored, &Facts::default(), &postil::fixes::Fixes::none());
    let written = article(&parsed.value, source, &site::surroundings());
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(written.diagnostics);
    Built { document: parsed.value, article: written.value, diagnostics }
}
