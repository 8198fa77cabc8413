//! One document by itself: all that is read of it, and what the archive keeps in mind of it.
//!
//! A [`Reading`] is as large as its text and needed for one page at a time; it stays in memory only while there is room
//! ([`Room`]), and lies in the cache otherwise. A [`Gist`] is small, and those of all documents are there at once: it
//! is what lists, indexes and links are made from. A document that has not changed need not be read for them.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

use super::cites::Cites;
use super::conversation;
use super::detail::{self, Detail};
use super::names::place_id;
use crate::cache::documents::{Documents, Key, Shelf};
use crate::cache::{Aside, Packed, Piece, Texts};
use crate::cite;
use crate::diagnostic::{Code, Diagnostic, Failure, Severity, Warned};
use crate::discover::{self, Found};
use crate::facts::{self, Facts, Publish};
use crate::fixes::Fixes;
use crate::hash::Fast;
use crate::index::{self, Terms};
use crate::layout::{self, Layout};
use crate::links::inside::{self, Place};
use crate::links::shared::{self, Prints, Sketch};
use crate::model::{Document, Form, Marked, Meta, Passage, Repair, RepairKind, Stretch, marked};
use crate::names::{self, Sentence};
use crate::notes::Convention;
use crate::printed::{self, PrintedPage};
use crate::recognise::{self, Recognised};
use crate::render::html::{self, Anchors, LinkTarget, Surroundings};
use crate::render::{NoteCounts, slug};
use crate::restore::Restored;
use crate::said::{Said, said};
use crate::source::{Source, Span};
use crate::strings::Strings;
use crate::{decode, digest, hash, hypertext, notes, parse, restore, stored};

/// All that was read of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// Its text.
    pub source: Source,
    /// The document itself.
    pub document: Document,
    /// Why its form was taken for what it is, each reason in English.
    pub evidence: Vec<Said>,
    /// How its notes are written.
    pub conventions: Vec<Convention>,
    /// Its links to its own places.
    pub inside: Vec<(Passage, Place)>,
    /// The sentences that hold its names. They lie by themselves in the cache: a page of names asks for a few of many
    /// documents.
    #[serde(skip)]
    pub sentences: Vec<Sentence>,
    /// The fingerprints of runs of its words. They lie by themselves, too: those of all documents are compared.
    #[serde(skip)]
    pub prints: Arc<Prints>,
    #[serde(skip)]
    text: OnceLock<Vec<(Stretch, Marked)>>,
    #[serde(skip)]
    words: OnceLock<Vec<shared::Word>>,
}

impl Reading {
    /// Its stretches as text, the body first and the notes in their order.
    pub fn text(&self) -> &[(Stretch, Marked)] {
        self.text.get_or_init(|| marked(&self.document))
    }

    /// The text of one of its stretches; empty for a note that is not there.
    pub fn stretch(&self, stretch: Stretch) -> &str {
        let place = match stretch {
            Stretch::Body => 0,
            Stretch::Note(note) => note.0 as usize + 1,
        };
        self.text().get(place).map_or("", |(_, marked)| &marked.text)
    }

    /// The words of its body.
    pub fn words(&self) -> &[shared::Word] {
        let body = || self.text().first().map_or_else(Vec::new, |body| shared::words(&body.1.text));
        self.words.get_or_init(body)
    }

    /// The pages that it was printed on.
    pub fn printed(&self) -> Vec<PrintedPage> {
        printed::pages(&self.source, &self.document)
    }
}

impl AsRef<[shared::Word]> for Reading {
    fn as_ref(&self) -> &[shared::Word] {
        self.words()
    }
}

/// What the archive keeps in mind of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Gist {
    /// Where it lies.
    #[serde(skip)]
    pub found: Found,
    /// The digest of its file.
    #[serde(skip)]
    pub digest: String,
    /// The digest of all that it was read from: two readings of one key are the same.
    #[serde(skip)]
    pub key: String,
    /// What its owner says of it.
    pub facts: Facts,
    /// What it says of itself; its tags are also what the archive makes of it.
    pub meta: Meta,
    /// Its form.
    pub form: Form,
    /// True if it is no text, and is shown as it stands.
    pub is_data: bool,
    /// Words that it shows.
    pub words: usize,
    /// Bytes of its file.
    pub size: u64,
    /// Bytes of its text.
    pub length: usize,
    /// Lines of its text, paragraphs and notes.
    pub rows: usize,
    /// What tells its text from all others, whatever it is called.
    pub fingerprint: String,
    /// What became of its markers and notes.
    pub counts: NoteCounts,
    /// Changes made by restoring.
    pub repairs: usize,
    /// Pieces of the source that the page leaves out.
    pub omissions: usize,
    /// What its headings are called in addresses.
    pub headings: Packed<BTreeSet<String>>,
    /// The numbers of the pages that it was printed on.
    pub printed: BTreeSet<String>,
    /// The relative addresses that it shows or links to.
    pub addresses: BTreeSet<String>,
    /// Links to its own places.
    pub inside: usize,
    /// Its words by weight, for the archive's tags.
    pub terms: Terms,
    /// What it cites.
    pub cites: Cites,
    /// The digest of all that the archive's index says of them.
    pub names_say: String,
    /// The digest of the places where they are read first.
    pub names_at: String,
    /// For each of them what tells the sentences that hold it, and their places, from others.
    #[serde(with = "stored::numbers")]
    pub quotes: Vec<u64>,
    /// What is kept in mind of its fingerprints.
    pub sketch: Sketch,
    /// What there was to say about it.
    #[serde(with = "stored::diagnostics")]
    pub diagnostics: Vec<Diagnostic>,
    /// What else is known of it, if it was read now or asked for before.
    #[serde(skip)]
    pub(super) detail: OnceLock<Arc<Detail>>,
}

impl Gist {
    /// The files it was read from, each with its digest.
    pub fn digests(&self) -> impl Iterator<Item = (String, String)> {
        let sidecar = self.found.sidecar.as_ref().map(|s| s.shown.clone()).zip(self.facts.sidecar.clone());
        [(self.found.shown.clone(), self.digest.clone())].into_iter().chain(sidecar)
    }
}

/// How many bytes of text may still be held in memory with all that was read of them, and where the rest is put.
#[derive(Debug)]
pub struct Room {
    left: AtomicUsize,
    aside: OnceLock<Option<Arc<Aside>>>,
}

impl Room {
    /// Room for small archives, which are then never read back. What is held of a text is about ten times its length.
    const BYTES: usize = 1 << 20;

    /// True if there was room for so many.
    fn takes(&self, bytes: usize) -> bool {
        let less = |left: usize| left.checked_sub(bytes);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// Where things may be put aside while the build lasts.
    fn aside(&self, known: Option<&Documents>) -> Option<&Arc<Aside>> {
        self.aside.get_or_init(|| Aside::of(known.map(Documents::folder))).as_ref()
    }

    fn of(bytes: usize) -> Room {
        Room { left: AtomicUsize::new(bytes), aside: OnceLock::new() }
    }
}

impl Default for Room {
    fn default() -> Self {
        Room::of(Room::BYTES)
    }
}

/// Where a reading is.
#[derive(Clone, Debug)]
pub enum Held {
    /// In memory.
    Here(Arc<Reading>),
    /// In the cache; the sentences that hold names may still be at hand.
    Away(Shelf, Key, Option<Texts>),
    /// Put aside.
    Aside(PutAside),
}

/// A reading that was put aside, in its parts.
#[derive(Clone, Debug)]
pub struct PutAside {
    reading: Piece,
    sentences: Texts,
    prints: Piece,
}

impl Held {
    /// Sentences that hold names, by their indices; what is not there is left out.
    pub fn sentences(&self, gist: &Gist, wanted: &[u32]) -> Result<Vec<String>, Failure> {
        if let Held::Away(_, _, Some(texts)) | Held::Aside(PutAside { sentences: texts, .. }) = self
            && let Some(all) = wanted.iter().map(|&i| texts.get(i as usize)).collect()
        {
            return Ok(all);
        }
        let some = |all: &[Sentence]| {
            wanted.iter().filter_map(|&i| all.get(i as usize).map(|s| s.text.clone())).collect()
        };
        match self {
            Held::Here(reading) => Ok(some(&reading.sentences)),
            Held::Away(shelf, key, _) => match shelf.sentences::<Vec<Sentence>>(key) {
                Some(sentences) => Ok(some(&sentences)),
                None => Ok(some(&read_again(gist)?.sentences)),
            },
            Held::Aside(_) => Ok(some(&read_again(gist)?.sentences)),
        }
    }

    /// The fingerprints.
    pub fn prints(&self, gist: &Gist) -> Result<Arc<Prints>, Failure> {
        let kept = match self {
            Held::Here(reading) => return Ok(Arc::clone(&reading.prints)),
            Held::Away(shelf, key, _) => shelf.prints(key),
            Held::Aside(aside) => aside.prints.get(),
        };
        match kept {
            Some(prints) => Ok(Arc::new(prints)),
            None => Ok(read_again(gist)?.prints),
        }
    }

    /// What else is known of it.
    pub fn detail(&self, gist: &Gist) -> Result<Arc<Detail>, Failure> {
        if let Some(detail) = gist.detail.get() {
            return Ok(Arc::clone(detail));
        }
        let kept = match self {
            Held::Away(shelf, key, _) => shelf.detail(key).map(Arc::new),
            // Whoever has read it now has it in mind.
            Held::Here(_) | Held::Aside(_) => None,
        };
        match kept {
            Some(detail) => Ok(detail),
            None => read_anew(gist)?.0.detail.into_inner().ok_or_else(|| changed(gist)),
        }
    }

    /// The reading. What the cache has lost meanwhile is read again from the document.
    pub fn get(&self, gist: &Gist) -> Result<Arc<Reading>, Failure> {
        let kept = match self {
            Held::Here(reading) => return Ok(Arc::clone(reading)),
            Held::Away(shelf, key, _) => shelf.reading(key),
            Held::Aside(aside) => aside.reading.get(),
        };
        match kept {
            Some(reading) => Ok(Arc::new(reading)),
            None => read_again(gist).map(Arc::new),
        }
    }
}

/// Reads a document once more that the cache has lost meanwhile.
fn read_again(gist: &Gist) -> Result<Reading, Failure> {
    read_anew(gist).map(|read| read.1)
}

fn read_anew(gist: &Gist) -> Result<(Gist, Reading), Failure> {
    let bytes = discover::read(&gist.found.path, &gist.found.shown, discover::MAX_SOURCE);
    let read = process_for_site(gist.found.clone(), bytes.map_err(|_| changed(gist))?);
    let same = |(read, _): &(Gist, Reading)| {
        (&read.digest, &read.facts.sidecar) == (&gist.digest, &gist.facts.sidecar)
    };
    read.value.filter(same).ok_or_else(|| changed(gist))
}

fn changed(gist: &Gist) -> Failure {
    let message = "it was changed while the site was built";
    Failure::new(Code::Unreadable, &gist.found.shown, message).hint("build again")
}

/// Reads one document, from its bytes to its blocks, unless it was read before. `None` if there is nothing to show: it
/// could not be read, is no text, or its owner keeps it out of the site.
pub fn process(found: Found, known: Option<&Documents>, room: &Room) -> Warned<Option<(Gist, Held)>> {
    let load = || discover::read(&found.path, &found.shown, discover::MAX_SOURCE);
    let mut bytes = None;
    let key = match known.map(|known| key(known, &found, &mut bytes, load)).transpose() {
        Ok(key) => key.flatten(),
        Err(diagnostic) => return Warned { value: None, diagnostics: vec![diagnostic] },
    };
    if let (Some(known), Some(key)) = (known, &key)
        && let Some(stored) = known.gist::<Gist>(key)
    {
        let gist = Gist { found, digest: key.digests.0.clone(), key: key.key.clone(), ..stored };
        let held = Held::Away(known.shelf(), key.clone(), None);
        return Warned { value: Some((gist, held)), diagnostics: Vec::new() };
    }
    let bytes = match bytes.map_or_else(load, Ok) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Warned { value: None, diagnostics: vec![diagnostic] },
    };
    let Warned { value, diagnostics } = process_for_site(found, bytes);
    let Some((mut gist, reading)) = value else { return Warned { value: None, diagnostics } };
    let mut shelf = None;
    if let (Some(known), Some(key)) = (known, key)
        // A file that was changed while it was read is another by now.
        && (&gist.digest, &gist.facts.sidecar) == (&key.digests.0, &key.digests.1)
    {
        gist.key.clone_from(&key.key);
        let is_kept = gist.detail.get().is_some_and(|detail| {
            known.put(&key, &gist, &reading, &**detail, &reading.sentences, &*reading.prints)
        });
        shelf = is_kept.then(|| (known.shelf(), key));
    }
    let held = match room.takes(gist.length) {
        true => Held::Here(Arc::new(reading)),
        false => away(reading, shelf, room.aside(known)),
    };
    Warned { value: Some((gist, held)), diagnostics }
}

/// Gives a reading out of memory, if there is a place for it.
fn away(reading: Reading, shelf: Option<(Shelf, Key)>, aside: Option<&Arc<Aside>>) -> Held {
    let sentences = || aside?.put(reading.sentences.iter().map(|s| s.text.as_str()));
    if let Some((shelf, key)) = shelf {
        return Held::Away(shelf, key, sentences());
    }
    let put = || {
        let (whole, prints) = (aside?.put_data(&reading)?, aside?.put_data(&*reading.prints)?);
        Some(PutAside { reading: whole, sentences: sentences()?, prints })
    };
    match put() {
        Some(put) => Held::Aside(put),
        None => Held::Here(Arc::new(reading)),
    }
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

/// Reads a document that is to stand in the site.
fn process_for_site(found: Found, bytes: Vec<u8>) -> Warned<Option<(Gist, Reading)>> {
    // While the program is worked on, its faults are to be seen.
    match cfg!(debug_assertions) {
        true => process_bytes(found, bytes, Publish::Nothing, read),
        false => process_guarded(found, bytes, read),
    }
}

/// What makes a document of a decoded text.
type Reader = fn(&Source, &Facts) -> Warned<Read>;

/// As [`process_bytes`]; but a text at which the program fails is shown as it stands, and said to be. No text is known
/// at which it does; but one among thousands must not keep the others from being read.
fn process_guarded(found: Found, bytes: Vec<u8>, reader: Reader) -> Warned<Option<(Gist, Reading)>> {
    let attempt = |bytes, reader| {
        let found = found.clone();
        catch_unwind(AssertUnwindSafe(|| process_bytes(found, bytes, Publish::Nothing, reader)))
    };
    if let Ok(read) = attempt(bytes, reader) {
        return read;
    }
    let message = said!("the program failed at this text, which is shown as it stands");
    let finding = Diagnostic::file(Severity::Error, Code::Internal, &found.shown, message)
        .hint(said!("this is a fault of postil; please report it, if you can with the text"));
    let again = discover::read(&found.path, &found.shown, discover::MAX_SOURCE);
    let mut read =
        match again.map(|bytes| attempt(bytes, |source, facts| as_it_stands(source, facts, Vec::new()))) {
            Ok(Ok(read)) => read,
            Ok(Err(_)) => Warned { value: None, diagnostics: Vec::new() },
            Err(diagnostic) => return Warned { value: None, diagnostics: vec![diagnostic] },
        };
    match &mut read.value {
        Some((gist, _)) => gist.diagnostics.push(finding),
        None => read.diagnostics.push(finding),
    }
    read
}

/// Reads a document from its bytes. It is passed over if it is to be published no further than `passed_over`.
fn process_bytes(
    found: Found,
    bytes: Vec<u8>,
    passed_over: Publish,
    reader: Reader,
) -> Warned<Option<(Gist, Reading)>> {
    let (digest, size) = (digest::of(&bytes), bytes.len() as u64);
    let Warned { value, mut diagnostics } = decode::decode(&found.shown, bytes);
    let Some(source) = value else { return Warned { value: None, diagnostics } };
    let Warned { value: mut source, diagnostics: of_page } = hypertext::read(source);
    diagnostics.extend(of_page);
    let facts = facts::read(&mut source, found.sidecar.as_ref());
    diagnostics.extend(facts.diagnostics);
    let facts = facts.value;
    if facts.publish == Publish::Nothing && passed_over == Publish::Nothing {
        return Warned { value: None, diagnostics };
    }
    diagnostics.extend(decode::wordless(&source));
    let source =
        if facts.columns == Some(false) || source.is_read_out() { source } else { layout::unfold(source) };
    let Warned { value: Read { mut document, evidence, conventions, is_data }, diagnostics: reading } =
        reader(&source, &facts);
    diagnostics.extend(reading);
    if document.meta.collection.is_none() {
        document.meta.collection = found.collection.clone();
    }
    let mut reading = Reading {
        inside: Vec::new(),
        sentences: Vec::new(),
        prints: Arc::default(),
        text: OnceLock::new(),
        words: OnceLock::new(),
        source,
        document,
        evidence,
        conventions,
    };
    let printed = reading.printed();
    let (anchors, addresses) = plan(&reading, &printed);
    let Concluded { terms, cites, names, inside, prints } = match is_data {
        true => Concluded::default(),
        false => Concluded::of(&reading, &anchors),
    };
    reading.inside = inside;
    reading.sentences = names.sentences;
    let sketch = prints.sketch();
    reading.prints = Arc::new(prints);
    let (source, document) = (&reading.source, &reading.document);
    let headings =
        |marked: &Marked| marked.headings.iter().map(|h| slug::of_text(&marked.text[h.clone()])).collect();
    let headings = reading.text().first().map_or_else(BTreeSet::new, |body| headings(&body.1));
    let gist = Gist {
        found,
        digest,
        key: String::new(),
        facts,
        meta: document.meta.clone(),
        form: document.form,
        is_data,
        words: document.words,
        size,
        length: source.text.len(),
        rows: source.line_count() as usize + document.body.len() + document.notes.len(),
        fingerprint: hash::hex(source.text.as_bytes()),
        counts: NoteCounts::of(document, source, &anchors),
        repairs: document.repairs.len(),
        omissions: document.omissions.len(),
        printed: printed.into_iter().map(|p| p.number).collect(),
        addresses,
        inside: reading.inside.len(),
        terms,
        cites,
        names_say: names.record.digest(),
        names_at: names_at(&names.record, &anchors),
        quotes: quotes(&names.record, &reading.sentences, &anchors),
        headings: Packed::of(&headings),
        detail: OnceLock::from(Arc::new(Detail {
            spoken: detail::spoken(&names.record, &anchors),
            names: Packed::of(&names.record),
            anchors: Packed::of(&anchors),
        })),
        sketch,
        diagnostics,
    };
    Warned { value: Some((gist, reading)), diagnostics: Vec::new() }
}

/// The digest of the places where each name is read first.
fn names_at(names: &names::Record, anchors: &Anchors) -> String {
    let first = |c: &names::Candidate| {
        let first = c.mentions.iter().min_by_key(|m| m.passage.order());
        first.map(|m| place_id(anchors, &m.passage))
    };
    let all: Vec<_> = names.names.iter().map(first).collect();
    // Texts can always be written.
    digest::of_data("places", &all).unwrap_or_default()
}

/// For each name a number for all that its page quotes of the document: the sentences that hold it, and their places.
fn quotes(found: &names::Record, sentences: &[Sentence], anchors: &Anchors) -> Vec<u64> {
    // A sentence that is written twice is quoted twice.
    let mut written: HashMap<&str, usize, Fast> = HashMap::default();
    let mut said = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let times = written.entry(&sentence.text).or_default();
        *times += 1;
        said.push((&sentence.text, *times));
    }
    let number = |name: &names::Candidate| {
        let quote = |m: &names::Mention| (said.get(m.sentence as usize), place_id(anchors, &m.passage));
        let all: Vec<_> = name.mentions.iter().map(quote).collect();
        digest::number_of_data(&name.form, &all)
    };
    found.names.iter().map(number).collect()
}

/// What is concluded of a document by itself.
#[derive(Default)]
struct Concluded {
    terms: Terms,
    cites: Cites,
    names: names::Found,
    inside: Vec<(Passage, Place)>,
    prints: Prints,
}

impl Concluded {
    fn of(reading: &Reading, anchors: &Anchors) -> Concluded {
        let (document, text) = (&reading.document, reading.text());
        let lang = document.meta.lang.as_deref();
        let none = Marked::default();
        let body = text.first().map_or(&none, |body| &body.1);
        let terms = index::tags::terms(&document.meta.title, body, lang);
        let citations = cite::read(document);
        let mut cited: Vec<Passage> = citations.citations.iter().map(|c| c.passage.clone()).collect();
        // Names need the room.
        let cites = Cites::of(citations, document, anchors);
        let names = names::scan(text, lang, &cited);
        cited.sort_by_key(Passage::order);
        let notes: Vec<(u32, &str)> = document.notes.iter().map(|n| (n.part, n.label.as_str())).collect();
        // The words are not kept: hardly any document is asked for them again.
        let words = shared::words(&body.text);
        let is_thread = document.form == Form::Thread;
        let known = inside::Known { notes: &notes, cited: &cited, words: &words, is_thread };
        let inside = inside::find(text, known);
        let prints = shared::prints(&words);
        Concluded { terms, cites, names, inside, prints }
    }
}

/// Writes a document with nothing laid over it but its printed pages, to see where its parts come to be, and what it refers to.
fn plan(reading: &Reading, printed: &[PrintedPage]) -> (Anchors, BTreeSet<String>) {
    /// What the program puts there is not looked at.
    static STRINGS: LazyLock<Strings> = LazyLock::new(Strings::default);
    let addresses = RefCell::new(BTreeSet::new());
    let around = Surroundings {
        slug: slug::of_text,
        resolve: &|address| {
            addresses.borrow_mut().insert(address.to_owned());
            LinkTarget::Outside
        },
        reserved: &[],
        overlays: &conversation::printed(printed),
        strings: &STRINGS,
    };
    let anchors = html::plan(&reading.document, &reading.source, &around);
    (anchors, addresses.into_inner())
}

/// Reads one file by itself, with the facts beside it, as a build would. What its owner keeps out of the site is
/// read all the same.
pub fn read_file(path: &Path) -> Result<Warned<Option<(Gist, Reading)>>, Failure> {
    let found = discover::single(path)?;
    Ok(match discover::read(&found.path, &found.shown, discover::MAX_SOURCE) {
        Ok(bytes) => process_bytes(found, bytes, Publish::Text, read),
        Err(diagnostic) => Warned { value: None, diagnostics: vec![diagnostic] },
    })
}

/// What a text is read as.
#[derive(Clone, Debug)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// Why its form was taken for what it is, each reason in English.
    pub evidence: Vec<Said>,
    /// How its notes are written.
    pub conventions: Vec<Convention>,
    /// True if it is no text, and is shown as it stands: nothing is concluded from it.
    pub is_data: bool,
}

/// Reads a decoded text, from its form to its blocks, for one document by itself. Touches no disk.
pub fn read(source: &Source, facts: &Facts) -> Warned<Read> {
    if recognise::is_data(&source.text[source.body_start..]) {
        let evidence = vec![said!("more lines and signs than a text of this size can have")];
        return as_it_stands(source, facts, evidence);
    }
    let Recognised { form, evidence, .. } = recognise::recognise(source, facts);
    let mut diagnostics = Vec::new();
    let fixes = Fixes::place(source, &facts.fixes, &mut diagnostics);
    let mut layout = Layout::read(source, form);
    layout.overrule(source, &fixes);
    let mut conventions = Vec::new();
    let mut restored = if form == Form::Restored {
        Restored::as_it_stands(source)
    } else {
        let apparatus = notes::find(source, &layout, form, &fixes);
        conventions.clone_from(&apparatus.conventions);
        restore::restore(source, &layout, form, apparatus, facts.pages.as_deref(), &fixes)
    };
    if source.is_rearranged() {
        let detail = said!("two columns stood side by side on most pages");
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
            said!("the date `{}` is none of a calendar; it is shown, and the text counts as undated", words);
        let finding = Diagnostic::file(Severity::Warning, Code::BadFact, &source.path, message);
        diagnostics.push(finding.hint(said!("write `2018`, `2018-11` or `2018-11-03`")));
    }
    let mut document = parsed.value;
    diagnostics.extend(parsed.diagnostics);
    fixes.report_unused(&mut diagnostics);
    if document.meta.summary.is_none() {
        document.meta.summary = parse::metadata::summary(&document.body, &document.meta.title);
    }
    Warned { value: Read { document, evidence, conventions, is_data: false }, diagnostics }
}

/// A text of which nothing is made but a page.
fn as_it_stands(source: &Source, facts: &Facts, evidence: Vec<Said>) -> Warned<Read> {
    let Warned { value: document, diagnostics } = parse::verbatim(source, facts);
    Warned { value: Read { document, evidence, conventions: Vec::new(), is_data: true }, diagnostics }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Folder;

    const ESSAY: &str =
        "# On wells\n\nMara Ilves wrote of wells.[^1] So did Mara Ilves’s pupils.\n\n[^1]: Much later.\n";

    #[test]
    fn a_text_at_which_the_program_fails_is_shown_as_it_stands() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("essay.md");
        std::fs::write(&path, ESSAY).unwrap();
        let found = discover::single(&path).unwrap();
        let failing = |_: &Source, _: &Facts| -> Warned<Read> { panic!("as is meant to be in this test") };
        let (gist, reading) = process_guarded(found.clone(), ESSAY.into(), failing).value.unwrap();
        let text = reading.stretch(Stretch::Body);
        assert!(gist.is_data && text.contains("wrote of wells.[^1]"), "{text}");
        assert_eq!(gist.diagnostics.last().map(|d| d.code), Some(Code::Internal));
        let (gist, reading) = process_guarded(found, ESSAY.into(), read).value.unwrap();
        assert_eq!((gist.is_data, gist.diagnostics.len(), reading.document.notes.len()), (false, 0, 1));
    }

    #[test]
    fn what_is_out_of_memory_is_the_same_and_found_again_while_its_source_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("essay.md");
        std::fs::write(&path, ESSAY).unwrap();
        let cache = Folder::of(dir.path());
        let of = |room: usize| {
            let known = Documents::of(&cache);
            let room = Room::of(room);
            let read = process(discover::single(&path).unwrap(), Some(&known), &room);
            assert_eq!(known.finish(), None);
            read.value.unwrap()
        };
        let (gist, away) = of(0);
        assert!(matches!(away, Held::Away(_, _, Some(_))));
        let reading = away.get(&gist).unwrap();
        assert_eq!(reading.document.notes.len(), 1);
        assert_eq!(away.sentences(&gist, &[0]).unwrap(), ["Mara Ilves wrote of wells."]);
        let (again, stored) = of(usize::MAX);
        assert!(matches!(stored, Held::Away(_, _, None)), "it is not read a second time");
        let anchors = |held: &Held, gist: &Gist| held.detail(gist).unwrap().anchors.open();
        assert!(again.detail.get().is_none() && !anchors(&stored, &again).blocks.is_empty());
        assert_eq!((&again.key, anchors(&stored, &again)), (&gist.key, anchors(&away, &gist)));
        assert_eq!(stored.sentences(&again, &[0]).unwrap(), away.sentences(&gist, &[0]).unwrap());

        let read = process(discover::single(&path).unwrap(), None, &Room::of(0)).value.unwrap();
        assert!(matches!(read.1, Held::Aside(..)), "what is not remembered is out of memory, too");
        assert_eq!(read.1.get(&read.0).unwrap().source.text, reading.source.text);
        assert_eq!(read.1.sentences(&read.0, &[0]).unwrap(), ["Mara Ilves wrote of wells."]);

        std::fs::remove_dir_all(dir.path().join(crate::cache::FOLDER)).unwrap();
        assert_eq!(away.get(&gist).unwrap().source.text, reading.source.text);
        assert_eq!(anchors(&stored, &again), anchors(&away, &gist));
        assert_eq!(stored.sentences(&again, &[0]).unwrap(), ["Mara Ilves wrote of wells."]);
        std::fs::write(&path, "something else").unwrap();
        assert!(away.get(&gist).is_err());
    }
}
