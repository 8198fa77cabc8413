//! An item → passages: the units that are found.
//!
//! A passage is a few whole blocks, or a piece of a long one: about [`WISHED`] bytes. So a hit is a place, a result
//! can be shown without the rest of its document, and words that stand together count for more than words that only
//! share a book. Passages come in the order of [`Part`](super::item::Part), after two that every item has: its title and its authors.
//! No passage has more than [`PLACES`] places, so that a place is a byte.

use std::borrow::Cow;

use super::item::{Block, Card, Item, Kind};
use super::words::{each_raw, in_word};
use crate::quotes;

/// Bytes that a passage has when it is closed: two or three paragraphs of an essay.
const WISHED: usize = 1200;

/// Places in a passage: of its words, and of the gaps between its blocks.
pub const PLACES: usize = 250;

/// Places between the last word of a block and the first of the next: no phrase runs over the gap.
pub const GAP: usize = 2;

/// A passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its pieces, each with the id of the block it comes from.
    pub pieces: Vec<Piece>,
}

/// A piece of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The id of its block on the page.
    pub id: String,
    /// Its words.
    pub text: String,
    /// True if it goes on where the piece before it was cut: a phrase may run from one into the other.
    pub goes_on: bool,
}

/// All passages of an item, and how many are headings, text and notes. Its blocks go as the passages come: a book is not
/// held twice.
pub fn of_item(item: Item) -> (Card, Vec<Passage>, [u32; 3]) {
    let alone = |text: String| Passage { pieces: vec![Piece { text, ..Piece::default() }] };
    let Item { card, blocks } = item;
    let Card { kind, title, authors, .. } = &card;
    let mut out = match kind {
        Kind::Annotation => vec![alone(String::new()), alone(String::new())],
        _ => vec![alone(title.clone()), alone(authors.join(", "))],
    };
    let mut parts: [Vec<Block>; 3] = Default::default();
    blocks.into_iter().for_each(|block| parts[block.part as usize].push(block));
    let counts = parts.map(|blocks| {
        let before = out.len();
        gather(blocks, &mut out);
        (out.len() - before) as u32
    });
    (card, out, counts)
}

fn gather(blocks: Vec<Block>, out: &mut Vec<Passage>) {
    let mut open = Passage::default();
    let (mut size, mut places) = (0, 0);
    for block in blocks {
        let text = one_line(&block.text);
        let mut rest = text.as_ref();
        let mut goes_on = false;
        while !rest.is_empty() {
            let room = WISHED.saturating_sub(size);
            // What is left of a block goes with it, if that is little more than there is room for.
            let whole = rest.len() <= room + WISHED / 4;
            let end = if whole { rest.len() } else { cut(rest, room.max(WISHED / 4)) };
            let (mut words, most) = fitting(&rest[..end], PLACES - GAP - places);
            let end = if most < end { cut(rest, most) } else { end };
            if end < most {
                words = fitting(&rest[..end], words).0;
            }
            let (piece, after) = rest.split_at(end);
            size += piece.len();
            places += words + GAP;
            open.pieces.push(Piece { id: block.id.clone(), text: piece.to_owned(), goes_on });
            rest = after;
            goes_on = true;
            if size >= WISHED * 3 / 4 || places >= PLACES * 3 / 4 {
                out.push(std::mem::take(&mut open));
                (size, places) = (0, 0);
            }
        }
    }
    if !open.pieces.is_empty() {
        out.push(open);
    }
}

/// How many words of a text, up to `most`, and where the next one begins.
fn fitting(text: &str, most: usize) -> (usize, usize) {
    let (mut words, mut end) = (0, text.len());
    each_raw(text, |_, own| {
        if words < most {
            words += 1;
        } else {
            end = end.min(own.start);
        }
    });
    (words, end)
}

/// A block's words with single spaces.
fn one_line(text: &str) -> Cow<'_, str> {
    let single = |pair: &[u8]| !matches!(pair[0], 9..=13) && pair != b"  ";
    if text.is_ascii() && text.trim().len() == text.len() && text.as_bytes().windows(2).all(single) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}

/// Where to cut a text that is longer than `most`: behind a sentence if one ends in the second half, else behind a
/// word, else (a text without spaces) behind a sign.
fn cut(text: &str, most: usize) -> usize {
    let end = text.floor_char_boundary(most);
    let half = text.floor_char_boundary(most / 2);
    let sentence = |(i, c): (usize, char)| {
        let next = text[half + i + c.len_utf8()..].starts_with(' ');
        let ends = matches!(c, '。' | '！' | '？')
            || next
                && (matches!(c, '.' | '!' | '?' | '…')
                    || quotes::ends_quotation(&text[..half + i + c.len_utf8()]));
        ends.then_some(half + i + c.len_utf8() + usize::from(next))
    };
    let mut sentences = text[half..end].char_indices().filter_map(sentence).filter(|&at| at <= end);
    let space = || {
        let between = text[half..end].char_indices().rfind(|&(_, c)| !in_word(c))?;
        Some(half + between.0 + between.1.len_utf8())
    };
    sentences.next_back().or_else(space).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::search::item::Part;

    fn item(blocks: &[(Part, &str)]) -> Item {
        let block = |&(part, text): &(Part, &str)| Block { part, text: text.into(), id: "p".into() };
        Item { blocks: blocks.iter().map(block).collect(), ..Item::default() }
    }

    #[test]
    fn short_blocks_share_a_passage_and_long_ones_are_cut_at_sentences() {
        let long = "One sentence of a few words. ".repeat(150);
        let (_, passages, counts) = of_item(item(&[
            (Part::Body, "first"),
            (Part::Note, "a note"),
            (Part::Body, "second"),
            (Part::Heading, "h"),
            (Part::Body, &long),
        ]));
        assert_eq!(passages.len() as u32, 2 + counts.iter().sum::<u32>());
        assert_eq!((counts[0], counts[2]), (1, 1));
        assert_eq!(passages[2].pieces[0].text, "h");
        let text: String =
            passages[3..passages.len() - 1].iter().flat_map(|p| &p.pieces).map(|p| p.text.as_str()).collect();
        assert_eq!(text, ["firstsecond", long.trim_end()].concat());
        for passage in &passages[3..passages.len() - 1] {
            let last = &passage.pieces.last().unwrap().text;
            assert!(last.trim_end().ends_with('.'), "{last}");
            assert!(passage.pieces.iter().map(|p| p.text.len()).sum::<usize>() < 2 * WISHED);
        }
    }

    #[test]
    fn a_text_without_spaces_is_cut_between_signs() {
        let (_, passages, _) = of_item(item(&[(Part::Body, &"水".repeat(3000))]));
        assert!(passages.len() > 5);
    }

    #[test]
    fn no_passage_has_more_places_than_a_byte_holds() {
        let verses = [(Part::Body, "a b"); 300];
        for blocks in [&[(Part::Body, "a b c d ".repeat(500).as_str())][..], &verses[..]] {
            let (_, passages, _) = of_item(item(blocks));
            let places =
                |p: &Passage| p.pieces.iter().map(|p| fitting(&p.text, usize::MAX).0 + GAP).sum::<usize>();
            assert!(passages.iter().map(places).all(|places| places <= PLACES));
            let words = passages[2..].iter().flat_map(|p| &p.pieces).map(|p| fitting(&p.text, usize::MAX).0);
            assert_eq!(
                words.sum::<usize>(),
                blocks.iter().map(|b| fitting(b.1, usize::MAX).0).sum::<usize>()
            );
        }
    }
}
