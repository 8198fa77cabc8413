//! The whole of a build: the stages in their order.
//!
//! [`build`] publishes, [`check`] only says what is to be said. Both read the archive in the same way.

mod conversation;
mod links;
mod memory;
mod names;
pub mod progress;
pub mod readers;
pub mod search;
mod site;
pub mod state;
mod works;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cache::Lost;
use crate::cache::documents::{Documents, Key};
use crate::cite::{self, Citations};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Failure, Severity, Warned};
use crate::discover::{self, Found};
use crate::facts::{self, Facts, Publish};
use crate::fixes::Fixes;
use crate::index::{self, Record, Terms};
use crate::layout::{self, Layout};
use crate::links::inside::{self, Place};
use crate::links::shared;
use crate::model::{Document, Form, Marked, Passage, Repair, RepairKind, Stretch, block_text, marked};
use crate::publish::{Output, Publication, Published};
use crate::recognise::{self, Recognised};
use crate::render::RenderError;
use crate::render::assets::Assets;
use crate::render::slug::Slugs;
use crate::render::templates::{TemplateError, Templates};
use crate::restore::Restored;
use crate::source::{Source, Span};
use crate::stored;
use crate::strings::Strings;
use crate::{bibliography, decode, digest, names as nomenclature, notes, parse, restore};
use memory::Memory;
use progress::{Clock, Listener, Stage};
use readers::Annotated;
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

/// A document with all that was concluded from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Processed {
    /// Where it lies.
    #[serde(skip)]
    pub found: Found,
    /// The digest of its file.
    #[serde(skip)]
    pub digest: String,
    /// Its text.
    pub source: Source,
    /// What its owner says of it.
    pub facts: Facts,
    /// The document itself.
    pub document: Document,
    /// Why its form was taken for what it is, and how its notes are written.
    pub evidence: Vec<String>,
    /// True if it is no text, and is shown as it stands.
    pub is_data: bool,
    /// Its words by weight, for the archive's tags.
    pub terms: Terms,
    /// What it cites.
    pub citations: Citations,
    /// Its stretches as text, for what is concluded of them.
    #[serde(skip)]
    pub text: Vec<(Stretch, Marked)>,
    /// The names in it.
    pub names: nomenclature::Record,
    /// Its links to its own places.
    pub inside: Vec<(Passage, Place)>,
    /// The words of its body, for those of whose passages something is to be said.
    #[serde(skip)]
    words: OnceLock<Vec<shared::Word>>,
    /// The fingerprints of their runs.
    pub prints: shared::Prints,
    /// What there was to say about it.
    #[serde(with = "stored::diagnostics")]
    pub diagnostics: Vec<Diagnostic>,
}

impl Processed {
    /// The words of its body.
    pub fn words(&self) -> &[shared::Word] {
        self.words.get_or_init(|| self.text.first().map_or_else(Vec::new, |body| shared::words(&body.1.text)))
    }

    /// The files it was read from, each with its digest.
    fn digests(&self) -> impl Iterator<Item = (String, String)> {
        let sidecar = self.found.sidecar.as_ref().map(|s| s.shown.clone()).zip(self.facts.sidecar.clone());
        [(self.found.shown.clone(), self.digest.clone())].into_iter().chain(sidecar)
    }
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
    build_heard(options, &())
}

/// As [`build`]; a listener is told how far it is.
pub fn build_heard(options: &Options, listener: &dyn Listener) -> Result<Report, Failure> {
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
    let publication = Publication::begin(&options.out())?;
    let pages = memory.pages();
    let known = Arc::clone(&pages);
    let is_standing = move |path: &str, inputs: &str| known.is_made_from(path, inputs);
    archive.templates = archive.templates.sparing(Box::new(is_standing));
    let made_from = Mutex::<HashMap<String, String>>::default();
    let sink = |mut file: Output| {
        if let (Some(inputs), Ok(mut all)) = (file.inputs.take(), made_from.lock()) {
            all.insert(file.path.clone(), inputs);
        }
        let known = pages.standing(&file.path).map(|left| left.digest.as_str());
        Ok(publication.put(file, known)?)
    };
    let mut report = archive.render(clock, &sink)?;
    let made_from = made_from.into_inner().unwrap_or_default();
    clock.begins(Stage::Publish, 0);
    let remember = |files: &BTreeMap<String, String>| memory.keep_pages(files, made_from);
    report.published = Some(publication.finish(archive.sources(), remember)?);
    memory.keep_standing(&report);
    report.cache = memory.lost;
    Ok(report)
}

/// Does all that a build does but publish.
pub fn check(options: &Options) -> Result<Report, Failure> {
    let mut clock = Clock::new(&());
    let mut report = Archive::read(options, None, &mut clock)?.render(&mut clock, &|_| Ok(()))?;
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
    names: nomenclature::Index,
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
        let processed: Vec<Warned<Option<Processed>>> = discovered
            .documents
            .into_par_iter()
            .map(|found| process(found, known))
            .inspect(|_| listener.step())
            .collect();
        clock.begins(Stage::Gather, 0);

        let mut slugs = Slugs::default();
        let mut entries = Vec::new();
        for warned in processed {
            diagnostics.extend(warned.diagnostics);
            let Some(document) = warned.value else { continue };
            let slug = slugs.of_document(&document.found, document.facts.slug.as_deref());
            diagnostics.extend(slug.diagnostics);
            entries.push(Entry { document, slug: slug.value });
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
        let shown: BTreeSet<&str> = entries.iter().map(|e| e.document.found.shown.as_str()).collect();
        let hidden: Vec<String> = found.into_iter().filter(|f| !shown.contains(f.as_str())).collect();
        let annotated = Annotated::of(files, &entries, &hidden, &mut diagnostics);
        let works = bibliography::read(&options.archive);
        diagnostics.extend(works.diagnostics);
        let owner = names_owner(options)?;
        diagnostics.extend(owner.diagnostics);
        let records: Vec<&nomenclature::Record> = entries.iter().map(|e| &e.document.names).collect();
        let names = nomenclature::merge(&records, &owner.value);
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
            names,
            shaped_by,
            diagnostics,
        })
    }

    /// Gives the sink all files of the site and says what there is to tell.
    fn render(&self, clock: &mut Clock, sink: &Sink) -> Result<Report, Failure> {
        let site = Site::new(
            &self.config,
            &self.strings,
            &self.beside,
            &self.entries,
            &self.works,
            &self.annotated,
            &self.names,
        );
        let (diagnostics, mut slugs) = (self.diagnostics.clone(), self.slugs.clone());
        site.render(&self.assets, &self.templates, diagnostics, &mut slugs, clock, sink)
    }

    /// The digest of every file that the site is made from.
    fn sources(&self) -> BTreeMap<String, String> {
        let documents = self.entries.iter().flat_map(|e| e.document.digests());
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
            let meta = &entry.document.document.meta;
            Record {
                slug: entry.slug.clone(),
                title: meta.title.clone(),
                authors: meta.authors.clone(),
                date: meta.date.clone(),
                lang: meta.lang.clone(),
                words: entry.document.document.words,
                given: meta.tags.iter().map(|t| t.name.clone()).collect(),
                terms: std::mem::take(&mut entry.document.terms),
            }
        })
        .collect();
    for (entry, tags) in entries.iter_mut().zip(index::tags::derive(&records)) {
        entry.document.document.meta.tags = tags;
    }
}

/// Reads one document, from its bytes to its blocks, unless it was read before. `None` if there is nothing to show: it
/// could not be read, is no text, or its owner keeps it out of the site.
fn process(found: Found, known: Option<&Documents>) -> Warned<Option<Processed>> {
    let read = || discover::read(&found.path, &found.shown, discover::MAX_SOURCE);
    let mut bytes = None;
    let key = match known.map(|known| key(known, &found, &mut bytes, read)).transpose() {
        Ok(key) => key.flatten(),
        Err(diagnostic) => return Warned { value: None, diagnostics: vec![diagnostic] },
    };
    if let (Some(known), Some(key)) = (known, &key)
        && let Some(stored) = known.get::<Processed>(key)
    {
        let text = marked(&stored.document);
        let processed = Processed { found, digest: key.digests.0.clone(), text, ..stored };
        return Warned { value: Some(processed), diagnostics: Vec::new() };
    }
    let bytes = match bytes.map_or_else(read, Ok) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Warned { value: None, diagnostics: vec![diagnostic] },
    };
    let processed = process_bytes(found, bytes, Publish::Nothing);
    if let (Some(known), Some(key), Some(read)) = (known, &key, &processed.value)
        // A file that was changed while it was read is another by now.
        && (&read.digest, &read.facts.sidecar) == (&key.digests.0, &key.digests.1)
    {
        known.put(key, read);
    }
    processed
}

/// What a document is to be read from; `None` if the facts beside it cannot be read.
fn key(
    known: &Documents,
    found: &Found,
    bytes: &mut Option<Vec<u8>>,
    read: impl Fn() -> Result<Vec<u8>, Diagnostic>,
) -> Result<Option<Key>, Diagnostic> {
    let source = known.digest(&found.path, bytes, read)?;
    let sidecar = found.sidecar.as_ref().map(|sidecar| {
        let read = || discover::read(&sidecar.path, &sidecar.shown, facts::MAX_SIDECAR);
        known.digest(&sidecar.path, &mut None, read)
    });
    let Ok(sidecar) = sidecar.transpose() else { return Ok(None) };
    let beside = found.sidecar.as_ref().map_or("", |s| s.shown.as_str());
    Ok(Some(known.key(&[&found.shown, &found.relative, beside], source, sidecar)))
}

/// Reads a document from its bytes. It is passed over if it is to be published no further than `passed_over`.
fn process_bytes(found: Found, bytes: Vec<u8>, passed_over: Publish) -> Warned<Option<Processed>> {
    let digest = digest::of(&bytes);
    let Warned { value, mut diagnostics } = decode::decode(&found.shown, bytes);
    let Some(mut source) = value else { return Warned { value: None, diagnostics } };
    let facts = facts::read(&mut source, found.sidecar.as_ref());
    diagnostics.extend(facts.diagnostics);
    let facts = facts.value;
    if facts.publish == Publish::Nothing && passed_over == Publish::Nothing {
        return Warned { value: None, diagnostics };
    }
    diagnostics.extend(decode::wordless(&source));
    let source = if facts.columns == Some(false) { source } else { layout::unfold(source) };
    let Warned { value: Read { mut document, evidence, is_data }, diagnostics: reading } =
        read(&source, &facts);
    diagnostics.extend(reading);
    if document.meta.collection.is_none() {
        document.meta.collection = found.collection.clone();
    }
    let text = marked(&document);
    let Concluded { terms, citations, names, inside, prints } = match is_data {
        true => Concluded::default(),
        false => Concluded::of(&document, &text),
    };
    let processed = Processed {
        found,
        digest,
        source,
        facts,
        document,
        evidence,
        is_data,
        terms,
        citations,
        text,
        names,
        inside,
        words: OnceLock::new(),
        prints,
        diagnostics,
    };
    Warned { value: Some(processed), diagnostics: Vec::new() }
}

/// What is concluded from a document by itself.
#[derive(Default)]
struct Concluded {
    terms: Terms,
    citations: Citations,
    names: nomenclature::Record,
    inside: Vec<(Passage, Place)>,
    prints: shared::Prints,
}

impl Concluded {
    fn of(document: &Document, text: &[(Stretch, Marked)]) -> Concluded {
        let lang = document.meta.lang.as_deref();
        let terms = index::tags::terms(&block_text(&document.body), lang);
        let citations = cite::read(document);
        let mut cited: Vec<Passage> = citations.citations.iter().map(|c| c.passage.clone()).collect();
        let names = nomenclature::scan(text, lang, &cited);
        cited.sort_by_key(Passage::order);
        let notes: Vec<(u32, &str)> = document.notes.iter().map(|n| (n.part, n.label.as_str())).collect();
        let inside = inside::find(text, inside::Known { notes: &notes, cited: &cited });
        let prints =
            text.first().map_or_else(Default::default, |body| shared::prints(&shared::words(&body.1.text)));
        Concluded { terms, citations, names, inside, prints }
    }
}

/// Reads one file by itself, with the facts beside it, as a build would. What its owner keeps out of the site is
/// read all the same.
pub fn read_file(path: &Path) -> Result<Warned<Option<Processed>>, Failure> {
    let found = discover::single(path)?;
    Ok(match discover::read(&found.path, &found.shown, discover::MAX_SOURCE) {
        Ok(bytes) => process_bytes(found, bytes, Publish::Text),
        Err(diagnostic) => Warned { value: None, diagnostics: vec![diagnostic] },
    })
}

/// What a text is read as.
#[derive(Clone, Debug)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// Why its form was taken for what it is, and how its notes are written.
    pub evidence: Vec<String>,
    /// True if it is no text, and is shown as it stands: nothing is concluded from it.
    pub is_data: bool,
}

/// Reads a decoded text: stages 4 to 7, for one document by itself. Touches no disk.
pub fn read(source: &Source, facts: &Facts) -> Warned<Read> {
    if recognise::is_data(&source.text[source.body_start..]) {
        let evidence = vec!["more lines and signs than a text of this size can have".into()];
        let Warned { value: document, diagnostics } = parse::verbatim(source, facts);
        return Warned { value: Read { document, evidence, is_data: true }, diagnostics };
    }
    let Recognised { form, mut evidence, .. } = recognise::recognise(source, facts);
    let mut diagnostics = Vec::new();
    let fixes = Fixes::place(source, &facts.fixes, &mut diagnostics);
    let mut layout = Layout::read(source, form);
    layout.overrule(source, &fixes);
    let mut restored = if form == Form::Restored {
        Restored::as_it_stands(source)
    } else {
        let apparatus = notes::find(source, &layout, form, &fixes);
        evidence.extend(apparatus.evidence.iter().cloned());
        restore::restore(source, &layout, form, apparatus, facts.pages.as_deref(), &fixes)
    };
    if source.is_rearranged() {
        let detail = "two columns stood side by side on most pages".into();
        let span = Span::new(source.body_start, source.body_start);
        restored.repairs.insert(
            0,
            Repair {
                kind: RepairKind::Columns,
                span,
                line: source.line_of(source.body_start),
                detail,
                before: String::new(),
                after: String::new(),
                at: span.start,
            },
        );
    }
    let parsed = parse::parse(source, form, restored, facts, &fixes);
    if let Some(words) = &parsed.value.meta.date_words {
        let message =
            format!("the date `{words}` is none of a calendar; it is shown, and the text counts as undated");
        let finding = Diagnostic::file(Severity::Warning, Code::BadFact, &source.path, message);
        diagnostics.push(finding.hint("write `2018`, `2018-11` or `2018-11-03`"));
    }
    let mut document = parsed.value;
    diagnostics.extend(parsed.diagnostics);
    fixes.report_unused(&mut diagnostics);
    if document.meta.summary.is_none() {
        document.meta.summary = parse::metadata::summary(&document.body, &document.meta.title);
    }
    Warned { value: Read { document, evidence, is_data: false }, diagnostics }
}

/// The signs of a document that look like markers and were not taken for any, for `explain`.
pub fn refused(source: &Source, facts: &Facts, document: &Document) -> Vec<notes::Refused> {
    if document.form == Form::Restored {
        return Vec::new();
    }
    let fixes = Fixes::place(source, &facts.fixes, &mut Vec::new());
    let mut layout = Layout::read(source, document.form);
    layout.overrule(source, &fixes);
    notes::refused(source, &layout, document.form, &fixes, document)
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
