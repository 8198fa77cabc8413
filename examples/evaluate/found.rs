//! What came back.

use std::ops::Range;

use postil::conserve;
use postil::facts::Facts;
use postil::fixes::Fixes;
use postil::layout::Layout;
use postil::model::{Block, BlockKind, Document, RepairKind, block_text};
use postil::restore::{self, Restored};
use postil::source::Source;
use postil::{build, notes, recognise};

use crate::book::Book;

/// What restoring made of a text.
pub struct Outcome(Restored);

/// What became of the order of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// As printed, and nothing is said.
    Left,
    /// As printed, with a diagnostic.
    Doubted,
    /// Changed.
    Moved,
}

impl Outcome {
    /// Restores a text.
    pub fn of(text: &str) -> Outcome {
        let source = Source::new("text.txt", text.to_owned());
        let form = recognise::recognise(&source, &Facts::default()).form;
        let layout = Layout::read(&source, form);
        let fixes = Fixes::none();
        let apparatus = notes::find(&source, &layout, form, &fixes);
        Outcome(restore::restore(&source, &layout, form, apparatus, None, &fixes))
    }

    pub fn order(&self) -> Order {
        if self.0.repairs.iter().any(|r| r.kind == RepairKind::PageOrder) {
            Order::Moved
        } else if self.0.diagnostics.is_empty() {
            Order::Left
        } else {
            Order::Doubted
        }
    }

    /// The repair, in words.
    pub fn detail(&self) -> Option<String> {
        self.0.repairs.iter().find(|r| r.kind == RepairKind::PageOrder).map(|r| r.detail.to_string())
    }

    /// True if the body has the pages in this order, each in one piece. What was taken for a note is not in the body,
    /// and may be all that a page has.
    pub fn reads(&self, pages: &[(usize, Range<usize>)], order: &[usize]) -> bool {
        let seen = self.pages(pages);
        let expected: Vec<usize> = order.iter().copied().filter(|page| seen.contains(page)).collect();
        seen == expected && seen.len() * 10 >= order.len() * 9
    }

    /// The pages that the body goes through, each as often as it is come to.
    pub fn pages(&self, pages: &[(usize, Range<usize>)]) -> Vec<usize> {
        let page = |from: u32| pages.iter().find(|p| p.1.contains(&(from as usize))).map(|p| p.0);
        let mut seen: Vec<usize> = self.0.body.pieces.iter().filter_map(|p| page(p.from?)).collect();
        seen.dedup();
        seen
    }
}

/// How much of a book is in the document that was read: found and all.
pub struct Found {
    pairs: (usize, usize),
    right: (usize, usize),
    paragraphs: (usize, usize),
    headings: (usize, usize),
    true_headings: (usize, usize),
    /// Words that are nowhere, or that the text does not have.
    pub words: usize,
}

impl Found {
    /// Reads a printed book.
    pub fn of(book: &Book, text: &str) -> Found {
        let source = Source::new("text.txt", text.to_owned());
        let document = build::read(&source, &Facts::default()).value.document;
        let difference = conserve::lost_and_made(&source, &document);
        let note_text = |n: &String| letters(n.split("</sup>").last().unwrap_or_default());
        let right = document.markers.iter().filter(|m| {
            let note = m.note.map(|n| letters(&block_text(&document.notes[n.0 as usize].blocks)));
            let expected = m.label.parse::<usize>().ok().and_then(|n| book.notes.get(n.checked_sub(1)?));
            note.is_some() && note == expected.map(note_text)
        });
        let right = right.count();
        let (blocks, titles) = blocks(&document);
        let has = |all: &[String], one: &String| all.contains(&letters(one));
        let expected: Vec<String> = book.headings.iter().map(|h| letters(h)).collect();
        let paired = document.markers.iter().filter(|m| m.note.is_some()).count();
        let own: Vec<&String> = titles.iter().filter(|t| !t.contains("bookofsheets")).collect();
        Found {
            pairs: (right, book.notes.len()),
            right: (right, paired),
            paragraphs: (book.whole.iter().filter(|p| has(&blocks, p)).count(), book.whole.len()),
            headings: (book.headings.iter().filter(|h| has(&titles, h)).count(), book.headings.len()),
            true_headings: (own.iter().filter(|t| expected.contains(t)).count(), own.len()),
            words: difference.lost.len() + difference.made.len(),
        }
    }

    pub fn counts(&self) -> [(&'static str, (usize, usize)); 5] {
        [
            ("came back, pairs (recall)", self.pairs),
            ("came back, pairs (precision)", self.right),
            ("came back, paragraphs whole", self.paragraphs),
            ("came back, headings (recall)", self.headings),
            ("came back, headings (precision)", self.true_headings),
        ]
    }
}

/// The letters of every block, and those of the headings.
fn blocks(document: &Document) -> (Vec<String>, Vec<String>) {
    fn gather(blocks: &[Block], all: &mut Vec<String>, headings: &mut Vec<String>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { .. } => headings.push(letters(&block_text(std::slice::from_ref(block)))),
                BlockKind::Quote(inner) => gather(inner, all, headings),
                BlockKind::List { items, .. } => {
                    items.iter().for_each(|item| gather(&item.blocks, all, headings));
                }
                _ => {}
            }
            all.push(letters(&block_text(std::slice::from_ref(block))));
        }
    }
    let (mut all, mut headings) = (Vec::new(), Vec::new());
    gather(&document.body, &mut all, &mut headings);
    (all, headings)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
