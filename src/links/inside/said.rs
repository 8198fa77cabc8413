//! What a text quotes of itself, as the posts of a thread quote each other: a block quotation that stands once further up
//! and outside of quotations; in a thread also words between quotation marks (elsewhere these name things).

use std::collections::HashMap;
use std::ops::Range;

use crate::hash::Fast;
use crate::links::shared::Word;
use crate::model::Marked;
use crate::quotes;

/// Words of a quotation that is a whole line further up; shorter ones come about by chance.
const LINE: usize = 3;
/// Words of one that is part of a line.
const PART: usize = 5;
/// Words by which places are found.
const SEED: usize = 3;
/// Places that begin with the words of a quotation: what is said so often is nobody's in particular.
const OFTEN: usize = 32;

/// The quotations of a body, each with the place where its words stand.
pub(super) fn quotations(body: &Marked, words: &[Word], is_thread: bool) -> Vec<(Range<usize>, usize)> {
    let blocks: Vec<Range<usize>> = body.quotes.iter().map(|q| within(words, q)).collect();
    let spoken = if is_thread { spoken(body, words) } else { Vec::new() };
    if blocks.is_empty() && spoken.is_empty() {
        return Vec::new();
    }
    let mut text = Text { text: &body.text, words, quoted: vec![false; words.len()] };
    blocks.iter().for_each(|block| text.quoted[block.clone()].fill(true));
    let mut wanted: Vec<Wanted> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        // A quotation within one comes before it and says what somebody else wrote.
        let inner: Vec<_> = blocks[..i].iter().rev().take_while(|b| b.start >= block.start).collect();
        let own = |piece: &Range<usize>| !inner.iter().any(|b| b.contains(&piece.start));
        let pieces = text.pieces(block).into_iter().filter(own);
        let longest = pieces.max_by_key(|p| (p.len(), usize::MAX - p.start));
        wanted.extend(longest.map(|piece| Wanted { whole: block.clone(), piece, is_block: true }));
    }
    let between = spoken.iter().filter(|run| run.len() >= PART && !text.quoted[run.start]);
    wanted.extend(between.map(|run| Wanted { whole: run.clone(), piece: run.clone(), is_block: false }));
    // Between marks, words that are quoted further up are as well the words of somebody outside.
    let mut in_marks = text.quoted.clone();
    spoken.iter().for_each(|run| in_marks[run.clone()].fill(true));
    let places = text.places(&wanted);
    let found = |w: &Wanted| {
        let places = places.get(&text.seed(w.piece.start)?).filter(|p| p.len() <= OFTEN)?;
        let aside = if w.is_block { &text.quoted } else { &in_marks };
        Some((text.to_its_end(&w.whole), text.only(w, places, aside)?))
    };
    wanted.iter().filter_map(found).collect()
}

/// A quotation whose words are looked for.
struct Wanted {
    /// All of its words.
    whole: Range<usize>,
    /// The longest of its lines and of what stands between its gaps.
    piece: Range<usize>,
    is_block: bool,
}

/// The words within bytes of the text.
fn within(words: &[Word], bytes: &Range<usize>) -> Range<usize> {
    let first = words.partition_point(|w| w.start() < bytes.start);
    first..first + words[first..].partition_point(|w| w.end() <= bytes.end)
}

/// The words between quotation marks that open and close on one line.
fn spoken(body: &Marked, words: &[Word]) -> Vec<Range<usize>> {
    let mut out: Vec<_> = quotes::quoted(&body.text).iter().map(|bytes| within(words, bytes)).collect();
    out.retain(|run| !run.is_empty());
    out
}

/// A text while its quotations are looked for.
struct Text<'a> {
    text: &'a str,
    words: &'a [Word],
    /// The words of block quotations.
    quoted: Vec<bool>,
}

impl Text<'_> {
    fn seed(&self, at: usize) -> Option<[u64; SEED]> {
        let seed = self.words.get(at..at + SEED)?;
        Some(std::array::from_fn(|i| seed[i].hash))
    }

    /// Where what is wanted may stand, by its first words.
    fn places(&self, wanted: &[Wanted]) -> HashMap<[u64; SEED], Vec<usize>, Fast> {
        let seeds = wanted.iter().filter_map(|w| self.seed(w.piece.start));
        let mut out: HashMap<_, _, _> = seeds.map(|seed| (seed, Vec::new())).collect();
        for at in 0..self.words.len() {
            if let Some(places) = self.seed(at).and_then(|seed| out.get_mut(&seed))
                && places.len() <= OFTEN
                && !self.quoted[at]
            {
                places.push(at);
            }
        }
        out
    }

    /// The lines of a quotation, cut where it leaves something out.
    fn pieces(&self, block: &Range<usize>) -> Vec<Range<usize>> {
        let parts = |i: usize| {
            let between = &self.text[self.words[i - 1].end()..self.words[i].start()];
            between.contains(['\n', '…']) || between.contains("...")
        };
        let cuts = (block.start + 1..block.end).filter(|&i| parts(i));
        let starts: Vec<usize> = std::iter::once(block.start).chain(cuts).collect();
        let ends = starts.iter().skip(1).copied().chain([block.end]);
        starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect()
    }

    /// The only one of the places before a quotation where it stands.
    fn only(&self, wanted: &Wanted, places: &[usize], aside: &[bool]) -> Option<usize> {
        let before = wanted.whole.start;
        let wanted = &self.words[wanted.piece.clone()];
        let said = |&&at: &&usize| {
            let end = at + wanted.len();
            end <= before
                && !aside[at..end].contains(&true)
                && self.words[at..end].iter().zip(wanted).all(|(one, other)| one.hash == other.hash)
        };
        let mut found = places.iter().filter(said);
        let (&at, None) = (found.next()?, found.next()) else { return None };
        let last = at + wanted.len() - 1;
        let begins = at == 0 || self.text[self.words[at - 1].end()..self.words[at].start()].contains('\n');
        let behind = self.words.get(last + 1).map_or(self.text.len(), |w| w.start());
        let ends = self.text[self.words[last].end()..behind].contains('\n');
        let least = if begins && ends { LINE } else { PART };
        (wanted.len() >= least).then(|| self.words[at].start())
    }

    /// The bytes of words, with the signs behind the last one.
    fn to_its_end(&self, words: &Range<usize>) -> Range<usize> {
        let (first, last) = (&self.words[words.start], &self.words[words.end - 1]);
        let behind = self.text[last.end()..].find(|c: char| c.is_whitespace() || c.is_alphanumeric());
        first.start()..last.end() + behind.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::shared;

    /// `> ` before a line makes it a quotation.
    fn found(text: &str) -> Vec<(String, usize)> {
        let mut marked = Marked::default();
        for line in text.split_inclusive('\n') {
            let from = marked.text.len();
            marked.text.push_str(line.trim_start_matches("> "));
            if line.starts_with("> ") {
                marked.quotes.push(from..marked.text.len());
            }
        }
        let words = shared::words(&marked.text);
        let line = |at: usize| marked.text[..at].matches('\n').count();
        let found = quotations(&marked, &words, true);
        found.into_iter().map(|(range, at)| (marked.text[range].to_owned(), line(at))).collect()
    }

    #[test]
    fn a_quotation_leads_to_the_post_that_holds_its_words() {
        let text = "Mills are loud. They never stop at night.\nMove, then.\n> They never stop at night.\nMine does.\n> Move, then.\nNo.\n";
        assert_eq!(found(text), [("They never stop at night.".to_owned(), 0)]);
        let text = "Ducks sleep on ponds.\nWhat?\n> Ducks sleep on ponds\n“They sleep on ponds and under the mill” you said.\n";
        assert_eq!(found(text), [("Ducks sleep on ponds".to_owned(), 0)]);
    }

    #[test]
    fn words_between_marks_are_meant_where_somebody_said_them() {
        let text =
            "I have seen nobody at the mill since May.\nYou wrote “nobody at the mill since May” and then?\n";
        assert_eq!(found(text), [("nobody at the mill since May”".to_owned(), 0)]);
        assert!(
            found("“Nobody at the mill since May”, she said.\n“Nobody at the mill since May” again.\n")
                .is_empty()
        );
    }

    #[test]
    fn what_is_said_twice_or_later_is_not_known() {
        assert!(
            found("The mill is gone now.\nThe mill is gone now.\nOh.\n> The mill is gone now.\n").is_empty()
        );
        assert!(found("> The mill is gone now.\nThe mill is gone now.\n").is_empty());
    }
}
