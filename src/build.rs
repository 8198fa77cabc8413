//! The whole of a build: the stages in their order.
//!
//! [`build`] publishes, [`check`] only says what is to be said. Both read the archive in the same way.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::Config;
use crate::decode;
use crate::diagnostic::{Code, Diagnostic, Failure, Severity, Warned};
use crate::discover::{self, Found};
use crate::facts::{self, Facts, Publish};
use crate::publish::{self, Output, Published};
use crate::render::slug::Slugs;
use crate::source::Source;

/// How diagnostics and the summary are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// What to build, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The archive's folder.
    pub archive: PathBuf,
    /// The sources, if not `seeds` in the archive.
    pub seeds: Option<PathBuf>,
    /// The site, if not `site` in the archive.
    pub out: Option<PathBuf>,
    /// The owner's templates, if not `templates` in the archive.
    pub templates: Option<PathBuf>,
    /// The owner's static files, if not `static` in the archive.
    pub static_dir: Option<PathBuf>,
    /// Any doubt is an error.
    pub strict: bool,
    /// How to print.
    pub format: Format,
}

impl Options {
    /// The folder of sources.
    pub fn seeds(&self) -> PathBuf {
        self.seeds.clone().unwrap_or_else(|| self.archive.join("seeds"))
    }

    /// The site's folder.
    pub fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.archive.join("site"))
    }

    /// The folder of the owner's templates, which need not be there.
    pub fn templates(&self) -> PathBuf {
        self.templates.clone().unwrap_or_else(|| self.archive.join("templates"))
    }

    /// The folder of the owner's static files, which need not be there.
    pub fn static_dir(&self) -> PathBuf {
        self.static_dir.clone().unwrap_or_else(|| self.archive.join("static"))
    }
}

/// What a build or a check has to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Documents that have a page.
    pub documents: usize,
    /// Words in them.
    pub words: usize,
    /// Notes in them.
    pub notes: usize,
    /// Everything found, by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written; `None` where nothing was to be.
    pub published: Option<Published>,
}

impl Report {
    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// True if the exit status is to say that something is wrong.
    pub fn is_bad(&self, strict: bool) -> bool {
        let bar = if strict { Severity::Warning } else { Severity::Error };
        self.diagnostics.iter().any(|d| d.severity >= bar)
    }
}

/// A document that was read, before anything is concluded from it.
#[derive(Clone, Debug)]
pub struct Processed {
    /// Where it lies.
    pub found: Found,
    /// Its text.
    pub source: Source,
    /// What its owner says of it.
    pub facts: Facts,
}

/// A document with its place in the site.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The document.
    pub document: Processed,
    /// Its slug, which no other document has.
    pub slug: String,
}

/// Builds the archive and publishes the site.
pub fn build(options: &Options) -> Result<Report, Failure> {
    let out = options.out();
    keep_apart(&options.seeds(), &out)?;
    let (mut report, files) = prepare(options)?;
    report.published = Some(publish::publish(&out, files)?);
    Ok(report)
}

/// Does all that a build does but publish.
pub fn check(options: &Options) -> Result<Report, Failure> {
    prepare(options).map(|prepared| prepared.0)
}

fn prepare(options: &Options) -> Result<(Report, Vec<Output>), Failure> {
    let seeds = options.seeds();
    if !seeds.is_dir() {
        let message = "there is no such folder of sources";
        return Err(Failure::new(Code::Configuration, seeds.to_string_lossy(), message)
            .hint("start an archive with `postil new DIR`, or name the sources with `--seeds DIR`"));
    }
    let config = Config::read(&options.archive)?;
    let discovered = discover::discover(&seeds)?;
    let mut diagnostics = discovered.diagnostics;

    // In parallel, and collected in the order of the paths, whichever is done first.
    let processed: Vec<Warned<Option<Processed>>> =
        discovered.documents.into_par_iter().map(process).collect();

    let mut slugs = Slugs::default();
    let mut entries = Vec::new();
    for warned in processed {
        diagnostics.extend(warned.diagnostics);
        let Some(document) = warned.value else { continue };
        let slug = slugs.of_document(&document.found, document.facts.slug.as_deref());
        diagnostics.extend(slug.diagnostics);
        entries.push(Entry { document, slug: slug.value });
    }

    let files = pages(&config, &entries)?;
    diagnostics.sort();
    let words = entries.iter().map(|e| count_words(&e.document.source)).sum();
    let report = Report { documents: entries.len(), words, notes: 0, diagnostics, published: None };
    Ok((report, files))
}

/// Reads one document: its bytes, its text, its facts. `None` if there is nothing to show: it could not be
/// read, is no text, or its owner keeps it out of the site.
fn process(found: Found) -> Warned<Option<Processed>> {
    let bytes = match discover::read(&found.path, &found.shown, discover::MAX_SOURCE) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Warned { value: None, diagnostics: vec![diagnostic] },
    };
    let Warned { value, mut diagnostics } = decode::decode(&found.shown, bytes);
    let Some(mut source) = value else { return Warned { value: None, diagnostics } };
    let facts = facts::read(&mut source, found.sidecar.as_ref());
    diagnostics.extend(facts.diagnostics);
    let facts = facts.value;
    if facts.publish == Publish::Nothing {
        return Warned { value: None, diagnostics };
    }
    diagnostics.extend(decode::wordless(&source));
    Warned { value: Some(Processed { found, source, facts }), diagnostics }
}

/// The files of the site.
fn pages(_config: &Config, _entries: &[Entry]) -> Result<Vec<Output>, Failure> {
    Ok(Vec::new())
}

/// Runs of letters and digits behind the front matter.
fn count_words(source: &Source) -> usize {
    source.text[source.body_start..].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count()
}

/// Refuses a site among the sources (the next build would read it) and sources within the site.
fn keep_apart(seeds: &Path, out: &Path) -> Result<(), Failure> {
    let (seeds, real_out) = (real(seeds), real(out));
    if real_out.starts_with(&seeds) || seeds.starts_with(&real_out) {
        let message = "the site and the sources cannot lie one within the other";
        return Err(Failure::new(Code::Configuration, out.to_string_lossy(), message)
            .hint("name another folder with `--out`"));
    }
    Ok(())
}

/// A path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(found) = ancestor.canonicalize() {
            return absolute.strip_prefix(ancestor).map_or(found.clone(), |rest| found.join(rest));
        }
    }
    absolute
}
