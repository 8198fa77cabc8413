//! Is every word of a source on its page once, or declared as left out? And none that is not the source's?
//!
//! [`lost_and_made`] counts the words of the source ([`source`]) and those of the document ([`page`]) and takes one
//! count from the other. It knows nothing of how the document came about, so it can judge whatever comes about.
//!
//! A *word* is a run of letters and digits that the source shows a reader, whatever its case and its Unicode form.
//! Labels of `[^name]` notes, link targets, tags, the information of fences and front matter are none. Where markup
//! leaves open whether something is shown, the word may be on the page or not: neither counts as an error.

mod page;
mod source;

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use crate::fold;
use crate::model::Document;
use crate::source::Source;

/// Words that do not add up, each as often as it is lost or made up, in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Words of the source that are neither on the page nor declared as left out.
    pub lost: Vec<String>,
    /// Words of the page that are not the source's.
    pub made: Vec<String>,
}

impl Difference {
    /// True if every word is accounted for.
    pub fn is_none(&self) -> bool {
        self.lost.is_empty() && self.made.is_empty()
    }
}

/// Compares a document with its source.
pub fn lost_and_made(source: &Source, document: &Document) -> Difference {
    compare(source, document, &page::text(document))
}

/// Compares with its source what a page shows of it (`shown`: without anything generated).
pub fn compare(source: &Source, document: &Document, shown: &str) -> Difference {
    let mut have = Count::of(&source::decoded(shown, document));
    document.omissions.iter().for_each(|o| have.add(&source::decoded(&o.text, document)));
    let certain = Count::of(&source::certain(source, document));
    let (mut lost, mut more) = (certain.without(&have), have.without(&certain));
    let possible = Count::of(&source::possible(source, document));
    let (mut made, mut spare) = (have.without(&possible), possible.without(&have));
    for (first, second) in source::cut_words(source) {
        lost.join(&mut made, &first, &second);
    }
    cancel(&mut lost, &mut made);
    // What may be shown or not may be shown as one word, of which a part may be shown for certain (`weir*stone` with a
    // sign behind it that may or may not close the emphasis); and what is one word for certain as several.
    let before = spare.clone();
    put_together(&mut made, &mut spare);
    before.without(&spare).words().iter().for_each(|part| lost.take(part));
    put_together(&mut lost, &mut more);
    // A list shows numerals that are no text of the page.
    for number in page::numerals(document) {
        lost.take(&number.to_string());
    }
    Difference { lost: lost.words(), made: made.words() }
}

/// How often each word comes.
#[derive(Clone, Debug, Default)]
struct Count(BTreeMap<String, usize>);

impl Count {
    fn of(text: &str) -> Count {
        let folded = fold::folded(text);
        let mut words: Vec<&str> = words(&folded).collect();
        words.sort_unstable();
        Count(words.chunk_by(|a, b| a == b).map(|run| (run[0].to_owned(), run.len())).collect())
    }

    fn add(&mut self, text: &str) {
        for word in words(&fold::folded(text)) {
            *self.0.entry(word.to_owned()).or_default() += 1;
        }
    }

    fn get(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or(0)
    }

    /// Takes one away, if there is one.
    fn take(&mut self, word: &str) {
        if let Some(n) = self.0.get_mut(word) {
            *n = n.saturating_sub(1);
        }
    }

    /// What is left when another count is taken away.
    fn without(&self, other: &Count) -> Count {
        // Both are in alphabetical order.
        let mut others = other.0.iter().peekable();
        let more = self.0.iter().filter_map(|(word, &n)| {
            while others.next_if(|other| other.0 < word).is_some() {}
            let less = others.next_if(|other| other.0 == word).map_or(0, |other| *other.1);
            let left = n.saturating_sub(less);
            (left > 0).then(|| (word.clone(), left))
        });
        Count(more.collect())
    }

    /// Takes two parts away, and from `wholes` what they are together, if all are there.
    fn join(&mut self, wholes: &mut Count, first: &str, second: &str) {
        let (first, second) = (fold::folded(first), fold::folded(second));
        let whole = [first.as_str(), second.as_str()].concat();
        if wholes.get(&whole) > 0 && self.get(&first) > 0 && self.get(&second) > usize::from(first == second)
        {
            wholes.take(&whole);
            self.take(&first);
            self.take(&second);
        }
    }

    fn words(self) -> Vec<String> {
        self.0.into_iter().flat_map(|(word, n)| std::iter::repeat_n(word, n)).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Lets a word that was joined (a hyphen at a line end) or split (a marker glued to it) count as itself: one word on
/// one side is several on the other.
fn cancel(lost: &mut Count, made: &mut Count) {
    put_together(lost, made);
    put_together(made, lost);
}

fn put_together(wholes: &mut Count, parts: &mut Count) {
    let words: Vec<String> = wholes.0.keys().cloned().collect();
    for word in words {
        while wholes.get(&word) > 0 && consists_of(&word, parts, MOST_PARTS) {
            wholes.take(&word);
        }
    }
}

/// A word is cut at the end of one line, seldom of two, and may have a marker glued to it.
const MOST_PARTS: usize = 4;

/// Takes parts away that together are the word, at least two and at most `most`; `false`, with nothing taken, if
/// there are no such.
fn consists_of(word: &str, parts: &mut Count, most: usize) -> bool {
    for at in beginnings(word, &parts.0) {
        let (first, rest) = word.split_at(at);
        if parts.get(first) == 0 {
            continue;
        }
        parts.take(first);
        if parts.get(rest) > 0 {
            parts.take(rest);
            return true;
        }
        if most > 2 && consists_of(rest, parts, most - 1) {
            return true;
        }
        *parts.0.entry(first.to_owned()).or_default() += 1;
    }
    false
}

/// Where the parts end that a word begins with, the longest first. They are looked up in the order of the alphabet, not
/// tried at every place: a word may have a megabyte.
fn beginnings(word: &str, parts: &BTreeMap<String, usize>) -> Vec<usize> {
    /// As many as are tried: a word of letters that are all the same may begin with any shorter one.
    const MOST: usize = 64;
    let mut out = Vec::new();
    let mut head = word;
    while out.len() < MOST {
        let Some((part, _)) = parts.range::<str, _>((Unbounded, Excluded(head))).next_back() else { break };
        let same = head.bytes().zip(part.bytes()).take_while(|(a, b)| a == b).count();
        if same == part.len() {
            out.push(same);
            head = &head[..same];
        } else {
            // All that lie between differ from the word where this one does, or before.
            let end = head.floor_char_boundary(same);
            if parts.contains_key(&head[..end]) {
                out.push(end);
            }
            head = &head[..end];
        }
        if head.is_empty() {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_and_split_words_count_as_themselves() {
        let (mut lost, mut made) =
            (Count::of("car riers word2 tut tut a b c x"), Count::of("carriers word 2 tuttut abc y"));
        cancel(&mut lost, &mut made);
        assert_eq!((lost.words(), made.words()), (vec!["x".to_owned()], vec!["y".to_owned()]));
    }

    #[test]
    fn a_word_of_any_length_is_found_in_its_parts() {
        let long = "mill".repeat(1000);
        let (mut lost, mut made) =
            (Count::of(&format!("a{long} wheel")), Count::of(&format!("a{long}wheel")));
        cancel(&mut lost, &mut made);
        assert!(lost.words().is_empty() && made.words().is_empty());
        let parts = Count::of("a mi mil mills millet miller millers milk éa é");
        assert_eq!(beginnings("millersx", &parts.0), [7, 6, 3, 2]);
        assert_eq!(beginnings("éab", &parts.0), ["éa".len(), "é".len()]);
        assert!(beginnings("xa", &parts.0).is_empty());
    }
}
