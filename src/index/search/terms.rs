//! Words → numbers, in the order in which they were met.
//!
//! An archive has hundreds of thousands of different words, most of them once. They stand in one string, one behind
//! the other, and a table finds them by number: some twenty bytes a word beside its letters, where a map of owned
//! strings takes ninety.
//!
//! The only module that uses `hashbrown`: the standard library's own table, which also takes keys that live elsewhere.

use std::hash::BuildHasher;

use hashbrown::HashTable;

use crate::hash::Fast;

/// Words by number.
#[derive(Default)]
pub struct Terms {
    text: String,
    /// Where each ends in `text`.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
}

impl Terms {
    /// The number of a word, if it was met.
    pub fn find(&self, word: &str) -> Option<usize> {
        let number = self.numbers.find(hash(word), |&n| self.get(n as usize) == word)?;
        Some(*number as usize)
    }

    /// Adds a word that was not met; its number is that of the words before it.
    pub fn push(&mut self, word: &str) -> usize {
        let Terms { text, ends, numbers } = self;
        let number = ends.len();
        text.push_str(word);
        ends.push(text.len());
        // More words than that do not fit into the memory of any machine that reads them.
        if let Ok(n) = u32::try_from(number) {
            numbers.insert_unique(hash(word), n, |&n| hash(between(text, ends, n as usize)));
        }
        number
    }

    /// The word of a number that was given out.
    pub fn get(&self, number: usize) -> &str {
        between(&self.text, &self.ends, number)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if no word was met.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn between<'a>(text: &'a str, ends: &[usize], number: usize) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start..ends[number]]
}

fn hash(word: &str) -> u64 {
    Fast::default().hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_the_number_it_was_given() {
        let mut terms = Terms::default();
        let words: Vec<String> = (0..5_000).map(|n| format!("w{}", n * 7)).collect();
        for (number, word) in words.iter().enumerate() {
            assert_eq!(terms.find(word), None);
            assert_eq!(terms.push(word), number);
        }
        for (number, word) in words.iter().enumerate() {
            assert_eq!((terms.find(word), terms.get(number)), (Some(number), word.as_str()));
        }
        assert_eq!((terms.find(""), terms.find("w"), terms.len()), (None, None, 5_000));
    }
}
