//! What was concluded of passages, laid over the text while it is written.
//!
//! The tree stays what the source says. The writer counts the bytes of [`block_text`](crate::model::block_text) that it
//! has written of a stretch, and where that count enters a passage it opens the link that was concluded of it.
//! A link never encloses another one, nor a marker: it is cut there, and each piece is a link of its own.
//!
//! What readers marked lies over all of that as a layer of its own. Marks may overlap: the text is cut wherever one
//! begins or ends, and each piece is one `<mark>` for all that lie over it, inside the links. The way from a mark to its note
//! stands behind its last word, and behind a link that goes on there.

use std::cmp::Reverse;

use serde::Serialize;

use super::Page;
use super::ids::Ids;
use crate::model::{Passage, Stretch};

/// Something that was concluded of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlay {
    /// Where.
    pub passage: Passage,
    /// What.
    pub kind: OverlayKind,
}

/// What an overlay puts on the page. Addresses are as seen from the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum OverlayKind {
    /// The passage refers to a work.
    Work {
        /// The work's id.
        id: String,
        /// Where the work is described.
        href: String,
    },
    /// The passage leads somewhere.
    Link {
        /// Where.
        href: String,
        /// What is shown when the pointer rests on it.
        title: Option<String>,
    },
    /// A place that can be linked to, in front of the passage.
    Place {
        /// Its id, as wished: where the page has it already, it gets a number.
        id: String,
        /// What is shown there (a printed page's number).
        shown: Option<String>,
    },
    /// A reader marked the passage.
    Mark {
        /// What its places are called: `_mark-KEY` the first of its words, `_note-KEY` its note on the page.
        key: String,
        /// Its classes.
        class: String,
        /// What is said of it.
        title: String,
        /// True if there is a note to it.
        noted: bool,
    },
    /// Words of the program behind the passage.
    Gloss {
        /// The words.
        text: String,
        /// Where they lead.
        href: Option<String>,
    },
}

/// Marks over one word whose number can be seen.
const DEEPEST_SHOWN: usize = 3;

/// The overlays of a page, and how far the text has been written.
pub(super) struct Layer<'a> {
    stretch: Stretch,
    /// Bytes of the stretch's text that are written.
    at: usize,
    /// Links of all stretches, in the order of the text, none inside another.
    links: Vec<&'a Overlay>,
    /// Places by where they begin, with the id that each got.
    places: Vec<(&'a Passage, String, Option<&'a str>)>,
    /// Glosses by where their passage ends.
    glosses: Vec<(&'a Passage, &'a str, Option<&'a str>)>,
    next_place: usize,
    next_gloss: usize,
    /// What was marked, by where it begins.
    marks: Vec<Mark<'a>>,
    next_mark: usize,
    /// Places in `marks` of those that have begun and not ended.
    open: Vec<usize>,
    /// Places in `marks` of those that have ended, and whose way to the note is not written.
    ended: Vec<usize>,
}

/// A mark while it is written.
struct Mark<'a> {
    passage: &'a Passage,
    key: &'a str,
    class: &'a str,
    title: &'a str,
    noted: bool,
    /// True when the first of its words is written.
    begun: bool,
}

impl<'a> Layer<'a> {
    pub fn of(overlays: &'a [Overlay], ids: &mut Ids) -> Layer<'a> {
        let mut links: Vec<&Overlay> = Vec::new();
        let mut places = Vec::new();
        let mut glosses = Vec::new();
        let mut marks = Vec::new();
        let mut sorted: Vec<&Overlay> = overlays.iter().collect();
        sorted.sort_by_key(|o| o.passage.order());
        for overlay in sorted {
            let passage = &overlay.passage;
            match &overlay.kind {
                OverlayKind::Work { .. } | OverlayKind::Link { .. } => {
                    let last = links.last().map(|l| &l.passage);
                    let free = last
                        .is_none_or(|l| l.stretch != passage.stretch || l.range.end <= passage.range.start);
                    if free && !passage.range.is_empty() {
                        links.push(overlay);
                    }
                }
                OverlayKind::Place { id, shown } => places.push((passage, ids.claim(id), shown.as_deref())),
                OverlayKind::Mark { key, class, title, noted } if !passage.range.is_empty() => {
                    marks.push(Mark { passage, key, class, title, noted: *noted, begun: false });
                }
                OverlayKind::Mark { .. } => {}
                OverlayKind::Gloss { text, href } => glosses.push((passage, text.as_str(), href.as_deref())),
            }
        }
        glosses.sort_by_key(|g| (g.0.stretch, g.0.range.end, Reverse(g.0.range.start)));
        let stretch = Stretch::Body;
        Layer {
            stretch,
            at: 0,
            links,
            places,
            glosses,
            next_place: 0,
            next_gloss: 0,
            marks,
            next_mark: 0,
            open: Vec::new(),
            ended: Vec::new(),
        }
    }

    /// Begins a stretch. They come in the order of [`Stretch`].
    pub fn enter(&mut self, stretch: Stretch) {
        self.stretch = stretch;
        self.at = 0;
        self.next_place = self.places.partition_point(|p| p.0.stretch < stretch);
        self.next_gloss = self.glosses.partition_point(|g| g.0.stretch < stretch);
        self.next_mark = self.marks.partition_point(|m| m.passage.stretch < stretch);
        self.open.clear();
        self.ended.clear();
    }

    /// The stretch that is being written.
    pub fn stretch(&self) -> Stretch {
        self.stretch
    }

    /// Bytes written of the stretch.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Passes over bytes of the text that are not written as words: line ends, code, the text of an image.
    pub fn pass(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// True if a mark lies over some of the text up to this byte.
    pub fn is_marked_before(&self, end: usize) -> bool {
        let next = self.marks.get(self.next_mark).filter(|m| m.passage.stretch == self.stretch);
        !self.open.is_empty() || next.is_some_and(|m| m.passage.range.start < end)
    }

    /// From `from` on: up to where (`end` at most) the same marks lie over the text. They are then `open`.
    fn marked(&mut self, from: usize, end: usize) -> usize {
        while let Some(mark) = self.marks.get(self.next_mark)
            && mark.passage.stretch == self.stretch
            && mark.passage.range.start <= from
        {
            self.open.push(self.next_mark);
            self.next_mark += 1;
        }
        self.end_marks(from);
        let next = self.marks.get(self.next_mark).filter(|m| m.passage.stretch == self.stretch);
        let begins = next.map_or(end, |m| m.passage.range.start);
        let ends = self.open.iter().map(|&m| self.marks[m].passage.range.end).min().unwrap_or(end);
        begins.min(ends).min(end)
    }

    /// Closes the marks that end at this byte or before.
    fn end_marks(&mut self, at: usize) {
        let Layer { marks, open, ended, .. } = self;
        open.retain(|&m| {
            let goes_on = marks[m].passage.range.end > at;
            if !goes_on && marks[m].begun && marks[m].noted {
                ended.push(m);
            }
            goes_on
        });
    }

    /// From `from` on: up to where (`end` at most) there is one link or none, and which.
    fn piece(&self, from: usize, end: usize) -> (usize, Option<&'a Overlay>) {
        let first =
            self.links.partition_point(|l| (l.passage.stretch, l.passage.range.end) <= (self.stretch, from));
        let link = self.links.get(first).copied().filter(|l| l.passage.stretch == self.stretch);
        let (mut to, link) = match link {
            Some(l) if l.passage.range.start <= from => (l.passage.range.end, Some(l)),
            Some(l) => (l.passage.range.start, None),
            None => (end, None),
        };
        if let Some(place) = self.places.get(self.next_place).filter(|p| p.0.stretch == self.stretch)
            && place.0.range.start > from
        {
            to = to.min(place.0.range.start);
        }
        if let Some(gloss) = self.glosses.get(self.next_gloss).filter(|g| g.0.stretch == self.stretch)
            && gloss.0.range.end > from
        {
            to = to.min(gloss.0.range.end);
        }
        (to.min(end), link)
    }
}

impl Page<'_> {
    /// Writes words of the source, with what lies over them.
    pub(super) fn words(&mut self, text: &str) {
        let start = self.layer.at;
        let end = start + text.len();
        let mut from = start;
        while from < end {
            self.places_up_to(from);
            let (to, link) = self.layer.piece(from, end);
            let Some(piece) = text.get(from - start..to - start) else {
                // An overlay that was made for another text: the words go before it.
                self.out.text(text.get(from - start..).unwrap_or_default());
                break;
            };
            match link.filter(|_| !self.in_link) {
                Some(link) => self.concluded(&link.kind, piece, from),
                None => self.marked(piece, from),
            }
            self.layer.end_marks(to);
            self.ways_to_notes();
            self.glosses_up_to(to);
            from = to;
        }
        self.layer.at = end;
    }

    /// Writes words that begin at this byte, with what readers marked of them.
    pub(super) fn marked(&mut self, words: &str, start: usize) {
        let end = start + words.len();
        let mut from = start;
        while from < end {
            let to = self.layer.marked(from, end);
            let Some(piece) = words.get(from - start..to - start) else {
                self.out.text(words.get(from - start..).unwrap_or_default());
                return;
            };
            // A space alone may stand where no mark may: between the rows of a table.
            if self.layer.open.is_empty() || piece.trim().is_empty() {
                self.out.text(piece);
            } else {
                self.mark(piece);
            }
            self.layer.end_marks(to);
            self.ways_to_notes();
            from = to;
        }
    }

    /// Writes words over which the open marks lie.
    fn mark(&mut self, words: &str) {
        let Layer { marks, open, .. } = &mut self.layer;
        // The one that began last is the one that is meant here; its colour is shown, and how many lie below.
        let Some(&top) = open.last() else { return };
        let depth = open.len().min(DEEPEST_SHOWN).to_string();
        let class = [marks[top].class, " deep-", &depth].concat();
        let keys: Vec<&str> = open.iter().map(|&m| marks[m].key).collect();
        let first = open.iter().copied().find(|&m| !marks[m].begun);
        let id = first.map(|m| ["_mark-", marks[m].key].concat());
        let element = self.out.open("mark").maybe("id", id.as_deref()).attr("class", &class);
        drop(element.attr("data-marks", &keys.join(" ")).attr("title", marks[top].title));
        if let Some(first) = first {
            marks[first].begun = true;
        }
        // Two that begin with one word: the others' places are in front of it.
        for &m in open.iter() {
            if !marks[m].begun {
                marks[m].begun = true;
                self.out.open("span").attr("id", &["_mark-", marks[m].key].concat()).generated();
                self.out.close("span");
            }
        }
        self.out.text(words).close("mark");
    }

    /// Writes the ways from marks that have ended to their notes, where a link may stand.
    pub(super) fn ways_to_notes(&mut self) {
        if self.in_link {
            return;
        }
        for m in std::mem::take(&mut self.layer.ended) {
            let mark = &self.layer.marks[m];
            let href = ["#_note-", mark.key].concat();
            let link =
                self.out.open("a").attr("class", &["reader-sign ", mark.class].concat()).attr("href", &href);
            drop(link.generated().attr("data-note", mark.key).attr("aria-label", mark.title));
            self.out.text("✎").close("a");
        }
    }

    fn concluded(&mut self, kind: &OverlayKind, piece: &str, from: usize) {
        match kind {
            OverlayKind::Work { id, href } => {
                self.out.open("a").attr("class", "work").attr("data-work", id).attr("href", href);
            }
            OverlayKind::Link { href, title } => {
                let link = self.out.open("a").attr("class", "concluded").attr("href", href);
                drop(link.maybe("title", title.as_deref()));
            }
            OverlayKind::Place { .. } | OverlayKind::Gloss { .. } | OverlayKind::Mark { .. } => return,
        }
        // The way to a note is a link, too: it waits for the end of this one.
        let outer = std::mem::replace(&mut self.in_link, true);
        self.marked(piece, from);
        self.in_link = outer;
        self.out.close("a");
    }

    /// Writes the places that begin before the next word; at the end of a stretch (`usize::MAX`) what is left.
    pub(super) fn places_up_to(&mut self, at: usize) {
        while let Some((passage, id, shown)) = self.layer.places.get(self.layer.next_place)
            && passage.stretch == self.layer.stretch
            && passage.range.start <= at
        {
            self.out.open("span").attr("class", "place").attr("id", id).generated();
            self.out.text(shown.unwrap_or_default()).close("span");
            self.layer.next_place += 1;
        }
    }

    fn glosses_up_to(&mut self, at: usize) {
        while let Some(&(passage, text, href)) = self.layer.glosses.get(self.layer.next_gloss)
            && passage.stretch == self.layer.stretch
            && passage.range.end <= at
        {
            self.out.open("span").attr("class", "gloss").generated();
            self.out.text(" ");
            match href.filter(|_| !self.in_link) {
                Some(href) => {
                    self.out.open("a").attr("href", href);
                    self.out.text(text).close("a");
                }
                None => {
                    self.out.text(text);
                }
            }
            self.out.close("span");
            self.layer.next_gloss += 1;
        }
    }
}
