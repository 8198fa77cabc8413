//! What the tests of blocks share: a text read as it stands, without markers that `notes` would have found.

use postil::diagnostic::Diagnostic;
use postil::facts::Facts;
use postil::model::{Document, Flow, Form};
use postil::render::html::{Article, LinkTarget, Surroundings, article};
use postil::restore::Restored;
use postil::source::Source;

/// A text read and written.
#[allow(dead_code)] // not every test asks for all of it
pub struct Built {
    pub document: Document,
    pub article: Article,
    pub diagnostics: Vec<Diagnostic>,
}

#[allow(dead_code)] // as above
pub fn build(path: &str, text: &str, form: Form) -> Built {
    let source = Source::new(path, text.to_owned());
    let mut body = Flow::default();
    body.copy(text, 0..text.len());
    build_restored(&source, form, Restored { body, ..Restored::default() })
}

pub fn build_restored(source: &Source, form: Form, restored: Restored) -> Built {
    let parsed = postil::parse::parse(source, form, restored, &Facts::default());
    let around = Surroundings { slug, resolve: &resolve, reserved: &[] };
    let written = article(&parsed.value, source, &around);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(written.diagnostics);
    Built { document: parsed.value, article: written.value, diagnostics }
}

/// A stand-in for the site: `other.md` has a page, `picture.svg` is a file.
fn resolve(address: &str) -> LinkTarget {
    match address.split('#').next().unwrap_or_default() {
        "other.md" => LinkTarget::Page(address.replace("other.md", "other.html")),
        "picture.svg" => LinkTarget::File("../files/picture.svg".to_owned()),
        outside if outside.starts_with("..") || outside.starts_with('/') => LinkTarget::Outside,
        _ => LinkTarget::Missing,
    }
}

fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("-")
}
