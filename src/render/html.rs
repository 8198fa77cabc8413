//! A document's blocks → the HTML of its `<article>`, as the contract (`README`, "Pages") has it.
//!
//! 1. `ids`: every note, marker, heading and anchor gets an address of its own
//! 2. `front`: what stands before the text and says what the page says already is folded away
//! 3. `block` and `inline`: the text
//! 4. `overlay`: what was concluded of its passages, over it
//! 5. `notes`: the list of notes, each with its ways back
//!
//! All markup is written by one [`Writer`], which escapes whatever is not a name of the program's own. What stands in
//! the article and is not the source's carries `data-generated`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Findings, Warned};
use crate::model::{Block, BlockKind, Document, Passage, block_text, pieces};
use crate::source::Source;
use crate::strings::Strings;

mod block;
mod front;
mod ids;
mod inline;
mod notes;
mod overlay;
mod writer;

use front::{Front, FrontKind};
pub use overlay::{Overlay, OverlayKind};
pub use writer::{Writer, escaped};

/// A document's text as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// What stands in `<article>`.
    pub html: String,
    /// Bytes of `html` that are the heading of the first level that the text begins with, its own title; 0 if
    /// it does not begin with one.
    pub title_len: usize,
    /// Where its parts are.
    pub anchors: Anchors,
    /// The files that the article shows or links to, as `around.resolve` gave them.
    pub files: BTreeSet<String>,
}

/// Where the parts of a document's text are on its page. They are what the text makes them, whatever is laid over it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchors {
    /// The headings of the text (not of its notes), in order.
    pub toc: Vec<TocEntry>,
    /// The ids of the notes, by [`NoteId`](crate::model::NoteId).
    pub note_ids: Vec<String>,
    /// The ids of the markers, by [`MarkerId`](crate::model::MarkerId).
    pub marker_ids: Vec<String>,
    /// The blocks of the text and of the notes, in the order in which they are written.
    pub blocks: Vec<BlockPlace>,
}

/// Where a block stands: in the text and on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPlace {
    /// Its words.
    pub passage: Passage,
    /// Its id on the page; `None` for one that has none (a table, a code block).
    pub id: Option<String>,
    /// 1 to 6 for a heading.
    pub heading: Option<u8>,
}

/// A heading for the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TocEntry {
    /// 1 to 6.
    pub level: u8,
    /// The heading's id.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Where a relative address of a source leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum LinkTarget {
    /// A page of the site: its address as seen from this page, with its fragment.
    Page(String),
    /// A file that is copied to the site: its address as seen from this page.
    File(String),
    /// Nothing that is there.
    Missing,
    /// Out of the archive's folder.
    Outside,
}

/// What an article needs to know of the site around it.
pub struct Surroundings<'a> {
    /// Text → what may be an id.
    pub slug: fn(&str) -> String,
    /// A relative address as written in the source (`other.md#place`, `images/x.svg`) → where it leads.
    pub resolve: &'a dyn Fn(&str) -> LinkTarget,
    /// Ids that the page around the article has.
    pub reserved: &'a [&'a str],
    /// What was concluded of the document's passages, in any order. Of two links over the same words the one that
    /// begins first is written, then the longer one.
    pub overlays: &'a [Overlay],
    /// The words of what the program puts there.
    pub strings: &'a Strings,
}

/// Writes a document. `source` is there for the places of findings.
pub fn article(document: &Document, source: &Source, around: &Surroundings) -> Warned<Article> {
    written(document, source, around, Writer::default())
}

/// Where the parts of a document would come to be.
pub fn plan(document: &Document, source: &Source, around: &Surroundings) -> Anchors {
    written(document, source, around, Writer::blind()).value.anchors
}

fn written(document: &Document, source: &Source, around: &Surroundings, out: Writer) -> Warned<Article> {
    let mut ids = ids::Ids::of(document, around);
    let layer = overlay::Layer::of(around.overlays, &mut ids);
    let mut page = Page {
        document,
        source,
        around,
        ids,
        layer,
        out,
        toc: Vec::new(),
        blocks: Vec::new(),
        files: BTreeSet::new(),
        diagnostics: Findings::default(),
        is_listed: true,
        in_link: false,
    };
    let titled = document.body.first().is_some_and(|b| matches!(b.kind, BlockKind::Heading { level: 1, .. }));
    let (title, text) = document.body.split_at(usize::from(titled));
    page.blocks(title);
    let title_len = page.out.len();
    page.text(text, title.len());
    page.leave(&document.body);
    page.notes();
    let Page { out, toc, blocks, files, ids, diagnostics, .. } = page;
    let anchors = Anchors { toc, note_ids: ids.notes, marker_ids: ids.markers, blocks };
    let article = Article { html: out.finish(), title_len, anchors, files };
    Warned { value: article, diagnostics: diagnostics.finish(&source.path) }
}

/// The first words of blocks as plain text, at most `most` characters, cut after a word.
pub fn excerpt(blocks: &[Block], most: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    let text = block_text(blocks);
    for word in text.split_whitespace() {
        length += word.chars().count() + 1;
        if length > most + 1 {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// One article while it is written.
struct Page<'a> {
    document: &'a Document,
    source: &'a Source,
    around: &'a Surroundings<'a>,
    ids: ids::Ids,
    layer: overlay::Layer<'a>,
    out: Writer,
    toc: Vec<TocEntry>,
    blocks: Vec<BlockPlace>,
    files: BTreeSet<String>,
    diagnostics: Findings,
    /// True where headings are the text's own: not in its notes, nor in what is folded away before it.
    is_listed: bool,
    in_link: bool,
}

impl Page<'_> {
    /// The text behind its title, of as many blocks.
    fn text(&mut self, blocks: &[Block], title: usize) {
        let mut done = 0;
        for Front { blocks: front, kind } in front::fronts(blocks, &self.document.meta) {
            self.blocks(&blocks[done..front.start]);
            done = front.end;
            let folded = match kind {
                FrontKind::Said => None,
                FrontKind::TitlePage => Some("front-title"),
                FrontKind::Contents => Some("front-contents"),
            };
            let name = if folded.is_some() { "details" } else { "div" };
            self.out.open(name).attr("class", "front");
            if let Some(what) = folded {
                self.out.open("summary").generated();
                self.out.text(self.around.strings.say(what)).close("summary");
            }
            self.out.line();
            self.is_listed = false;
            self.blocks(&blocks[front]);
            self.is_listed = true;
            self.out.close(name).line();
        }
        for piece in pieces(&self.document.body) {
            let (start, end) = (piece.start.max(title + done) - title, piece.end.saturating_sub(title));
            if start < end {
                self.blocks(&blocks[done..start]);
                self.out.open("section").attr("class", "piece");
                self.out.line();
                self.blocks(&blocks[start..end]);
                self.out.close("section").line();
                done = end;
            }
        }
        self.blocks(&blocks[done..]);
    }

    /// The end of a stretch whose blocks these were.
    fn leave(&mut self, blocks: &[Block]) {
        self.places_up_to(usize::MAX);
        debug_assert_eq!(self.layer.at(), block_text(blocks).len(), "the writer counts as `block_text` does");
    }

    /// The end of a block that began at this byte of its stretch.
    fn end_block(&mut self, from: usize, id: Option<String>, heading: Option<u8>) {
        let passage = Passage { stretch: self.layer.stretch(), range: from..self.layer.at() };
        self.blocks.push(BlockPlace { passage, id, heading });
        self.layer.pass("\n".len());
    }
}
