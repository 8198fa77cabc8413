//! The whole of a build: the stages in their order.
//!
//! [`build`] publishes, [`check`] only says what is to be said. Both read the archive in the same way.
//!
//! # How a rebuild knows what to do
//!
//! Each step asks by a digest of exactly what its result follows from, and takes the earlier result if that stands.
//!
//! 1. the archive and the site look as they were left: there is nothing to do ([`memory`])
//! 2. a document's bytes and facts are the same: what was read of it is taken as it is ([`reading`])
//! 3. no document's names say anything else to the index ([`Gist::names_say`]): the index stays, and so does what relates
//!    texts by it; only the places are looked up that moved ([`Gist::names_at`])
//! 4. which passages come twice in the archive is kept with the documents that have them; only those of new documents are
//!    looked for in the others ([`Again`](crate::links::again::Again))
//! 5. what a page follows from is the same, and the page stands: it is not made, and its documents are not read. The page
//!    of a name follows from the sentences that it quotes ([`Gist::quotes`]), not from the whole of their documents.

pub mod cites;
mod conversation;
mod detail;
mod links;
mod memory;
mod names;
pub mod progress;
pub mod readers;
mod reading;
pub mod rows;
pub mod search;
mod shared;
mod site;
pub mod state;
mod works;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use crate::cache::documents::Documents;
use crate::cache::{Folder, Lost};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Failure, Severity, Warned};
use crate::digest::{self, Bytes};
use crate::index::{self, Record};
use crate::links::shared::Prints;
use crate::publish::{Made, Output, Publication, Published};
use crate::render::RenderError;
use crate::render::assets::Assets;
use crate::render::slug::Slugs;
use crate::render::templates::{TemplateError, Templates};
use crate::strings::Strings;
use crate::{bibliography, cite, decode, discover, facts, names as nomenclature};
use detail::Detail;
use memory::Memory;
use progress::{Clock, Listener, Stage};
use readers::Annotated;
pub use reading::{Gist, Read, Reading, read, read_file, refused};
use reading::{Held, Room};
use site::{Sink, Site};

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
    /// True if nothing is to be remembered from one build to the next.
    pub no_cache: bool,
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

    /// The folder of annotations, which need not be there.
    pub fn annotations(&self) -> PathBuf {
        self.archive.join("annotations")
    }

    /// The folder of the pages' words in the owner's wording, which need not be there.
    pub fn strings(&self) -> PathBuf {
        self.archive.join("strings")
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
    /// Citations tied to their work, and links from document to document or within one.
    pub links: usize,
    /// Everything found, by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is tied and what is not.
    pub state: state::State,
    /// What was written; `None` where nothing was to be.
    pub published: Option<Published>,
    /// Why what an earlier build remembered was of no use, if so.
    pub cache: Option<Lost>,
    /// What each stage took, in their order.
    pub stages: Vec<(Stage, Duration)>,
    /// What all of it took.
    pub took: Duration,
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

/// A document with its place in the site.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the archive keeps in mind of it.
    pub gist: Gist,
    /// All that was read of it.
    reading: Held,
    /// Its slug, which no other document has.
    pub slug: String,
}

impl Entry {
    /// All that was read of it, from wherever it is kept.
    pub fn reading(&self) -> Result<Arc<Reading>, Failure> {
        self.reading.get(&self.gist)
    }

    /// What else is known of it, which is then kept in mind.
    fn detail(&self) -> Result<Arc<Detail>, Failure> {
        let detail = self.reading.detail(&self.gist)?;
        Ok(Arc::clone(self.gist.detail.get_or_init(|| detail)))
    }

    /// The names in it.
    fn names(&self) -> Result<nomenclature::Record, Failure> {
        Ok(self.reading.detail(&self.gist)?.names.open())
    }

    /// The fingerprints of its words.
    fn prints(&self) -> Result<Arc<Prints>, Failure> {
        self.reading.prints(&self.gist)
    }

    /// Some of the sentences that hold its names.
    fn sentences(&self, wanted: &[u32]) -> Result<Vec<String>, Failure> {
        self.reading.sentences(&self.gist, wanted)
    }
}

/// Builds the archive and publishes the site.
pub fn build(options: &Options) -> Result<Report, Failure> {
    build_heard(options, &())
}

/// As [`build`]; a listener is told how far it is.
pub fn build_heard(options: &Options, listener: &dyn Listener) -> Result<Report, Failure> {
    // By one of the threads that do the rest: what a thread has freed it keeps, and one more would keep as much again.
    rayon::scope(|_| build_by_thread(options, listener))
}

fn build_by_thread(options: &Options, listener: &dyn Listener) -> Result<Report, Failure> {
    keep_apart(&options.seeds(), &options.out())?;
    let mut clock = Clock::new(listener);
    clock.begins(Stage::Look, 0);
    let memory = Memory::of(options);
    let mut report = match memory.standing() {
        Some(report) => report,
        None => build_anew(options, memory, &mut clock)?,
    };
    (report.stages, report.took) = clock.times();
    Ok(report)
}

/// Builds what has changed.
fn build_anew(options: &Options, mut memory: Memory, clock: &mut Clock) -> Result<Report, Failure> {
    let documents = memory.documents();
    let mut archive = Archive::read(options, documents.as_ref(), clock)?;
    memory.keep_documents(documents);
    let pages = memory.pages();
    let publication = Publication::begin(&options.out(), pages.manifest())?;
    let pages = memory.standing_pages(pages);
    let known = Arc::clone(&pages);
    let is_standing = move |path: &str, inputs: &Bytes| known.is_made_from(path, inputs);
    archive.templates = archive.templates.sparing(Box::new(is_standing));
    let sink = |file: Output| {
        let known = pages.standing(&file.path);
        Ok(publication.put(file, known)?)
    };
    let mut report = archive.render(memory.folder(), clock, &sink)?;
    clock.begins(Stage::Publish, 0);
    let remember = |files: &[Made], published: &Published| memory.keep_pages(files, published);
    report.published = Some(publication.finish(archive.sources(), remember)?);
    memory.keep_standing(&report);
    report.cache = memory.lost.or(report.cache);
    let_go(archive);
    Ok(report)
}

/// Drops what is large, and waits for nothing: the end of the program may come before.
fn let_go<T: Send + 'static>(large: T) {
    rayon::spawn(move || drop(large));
}

/// Does all that a build does but publish.
pub fn check(options: &Options) -> Result<Report, Failure> {
    let mut clock = Clock::new(&());
    let mut report = Archive::read(options, None, &mut clock)?.render(None, &mut clock, &|_| Ok(()))?;
    (report.stages, report.took) = clock.times();
    Ok(report)
}

/// An archive with all that was read.
struct Archive {
    config: Config,
    strings: Strings,
    assets: Assets,
    templates: Templates,
    /// What a document may refer to.
    beside: Vec<discover::Asset>,
    entries: Vec<Entry>,
    slugs: Slugs,
    annotated: Annotated,
    works: Vec<cite::Description>,
    /// What the owner says of names.
    names_owner: nomenclature::Owner,
    /// The digests of the files that shape the site and are no documents: the owner's configuration, templates and
    /// static files, what is said of works and names, annotations.
    shaped_by: BTreeMap<String, String>,
    /// Those of no published document.
    diagnostics: Vec<Diagnostic>,
}

impl Archive {
    fn read(options: &Options, known: Option<&Documents>, clock: &mut Clock) -> Result<Archive, Failure> {
        let seeds = options.seeds();
        if !seeds.is_dir() {
            let message = "there is no such folder of sources";
            return Err(Failure::new(Code::Configuration, seeds.to_string_lossy(), message)
                .hint("start an archive with `postil new DIR`, or name the sources with `--seeds DIR`"));
        }
        let config = Config::read(&options.archive)?;
        let lang = config.lang.as_deref().unwrap_or("en");
        let mut shaped_by = shaped_by(&options.archive, lang);
        let discovered = discover::discover(&seeds, &config.follow)?;
        let mut diagnostics = discovered.diagnostics;

        // In parallel, and collected in the order of the paths, whichever is done first.
        let found: Vec<String> = discovered.documents.iter().map(|d| d.shown.clone()).collect();
        clock.begins(Stage::Read, found.len());
        let listener = clock.listener();
        let room = Room::default();
        let read: Vec<Warned<Option<(Gist, Held)>>> = discovered
            .documents
            .into_par_iter()
            .map(|found| reading::process(found, known, &room))
            .inspect(|_| listener.step())
            .collect();
        clock.begins(Stage::Gather, 0);

        let mut slugs = Slugs::default();
        let mut entries = Vec::new();
        for warned in read {
            diagnostics.extend(warned.diagnostics);
            let Some((gist, reading)) = warned.value else { continue };
            let slug = slugs.of_document(&gist.found, gist.facts.slug.as_deref());
            diagnostics.extend(slug.diagnostics);
            entries.push(Entry { gist, reading, slug: slug.value });
        }

        let assets =
            Assets::load(folder(&options.templates()).as_deref(), folder(&options.static_dir()).as_deref())
                .map_err(|e| Failure::new(Code::Configuration, e.path.to_string_lossy(), e.message))?;
        let strings = Strings::read(&options.archive, lang)?;
        let templates = Templates::compile(&assets.templates, &strings).map_err(template_failure)?;
        derive_tags(&mut entries);
        let (files, unread) = discover::annotations(&options.annotations());
        diagnostics.extend(unread);
        shaped_by.extend(assets.owners().map(|(name, bytes)| (name, digest::of(bytes))));
        shaped_by.extend(files.iter().map(|file| (file.shown.clone(), digest::of(&file.bytes))));
        let shown: BTreeSet<&str> = entries.iter().map(|e| e.gist.found.shown.as_str()).collect();
        let hidden: Vec<String> = found.into_iter().filter(|f| !shown.contains(f.as_str())).collect();
        let annotated = Annotated::of(files, &entries, &hidden, &mut diagnostics)?;
        let works = bibliography::read(&options.archive);
        diagnostics.extend(works.diagnostics);
        let owner = names_owner(options)?;
        diagnostics.extend(owner.diagnostics);
        Ok(Archive {
            config,
            strings,
            assets,
            templates,
            beside: discovered.assets,
            entries,
            slugs,
            annotated,
            works: works.value,
            names_owner: owner.value,
            shaped_by,
            diagnostics,
        })
    }

    /// Gives the sink all files of the site and says what there is to tell.
    fn render(&self, cache: Option<&Folder>, clock: &mut Clock, sink: &Sink) -> Result<Report, Failure> {
        let (site, named) = Site::new(self, cache)?;
        let (diagnostics, mut slugs) = (self.diagnostics.clone(), self.slugs.clone());
        site.render(named, &self.templates, diagnostics, &mut slugs, clock, sink)
    }

    /// The digest of every file that the site is made from.
    fn sources(&self) -> BTreeMap<String, String> {
        let documents = self.entries.iter().flat_map(|e| e.gist.digests());
        documents.chain(self.shaped_by.clone()).collect()
    }
}

/// The digests of an archive's single files that are no documents.
fn shaped_by(archive: &Path, lang: &str) -> BTreeMap<String, String> {
    let strings = Strings::file(lang);
    let files = [config::FILE, nomenclature::owner::FILE, &strings].into_iter();
    discover::digests(archive, files.chain(bibliography::FILES))
}

/// What the owner says of names.
fn names_owner(options: &Options) -> Result<Warned<nomenclature::Owner>, Failure> {
    let file = nomenclature::owner::FILE;
    let path = options.archive.join(file);
    let none = || Warned { value: nomenclature::Owner::default(), diagnostics: Vec::new() };
    let Some(bytes) = discover::read_optional(&path, file, facts::MAX_SIDECAR)? else { return Ok(none()) };
    let decoded = decode::decode(file, bytes);
    let mut read = decoded.value.map_or_else(none, |source| nomenclature::Owner::parse(&source));
    read.diagnostics.extend(decoded.diagnostics);
    Ok(read)
}

/// Gives the documents without tags of their own those that the archive yields.
fn derive_tags(entries: &mut [Entry]) {
    let records: Vec<Record> = entries
        .iter_mut()
        .map(|entry| {
            let meta = &entry.gist.meta;
            Record {
                slug: entry.slug.clone(),
                title: meta.title.clone(),
                authors: meta.authors.clone(),
                date: meta.date.clone(),
                lang: meta.lang.clone(),
                words: entry.gist.words,
                given: meta.tags.iter().map(|t| t.name.clone()).collect(),
                terms: std::mem::take(&mut entry.gist.terms),
            }
        })
        .collect();
    for (entry, tags) in entries.iter_mut().zip(index::tags::derive(&records)) {
        entry.gist.meta.tags = tags;
    }
}

/// A folder of the owner's that need not be there.
fn folder(path: &Path) -> Option<PathBuf> {
    path.is_dir().then(|| path.to_owned())
}

fn template_failure(error: TemplateError) -> Failure {
    let mut failure = Failure::new(Code::Configuration, error.path, error.message);
    failure.diagnostic.line = error.line as u32;
    failure.diagnostic.column = error.column as u32;
    failure
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Failure {
        match error {
            RenderError::Template(error) => template_failure(error),
            RenderError::Json { path, message } => Failure::new(Code::Internal, path, message),
        }
    }
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
