//! Words → how often each is written small, and with a capital in which company.

use std::collections::HashMap;

use super::super::token::{Token, Tokens};
use super::super::vocabulary;
use super::reference;
use crate::hash::Fast;
use crate::model::{Marked, Passage, Stretch};

/// How a word is used in the document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// Written small.
    pub small: u32,
    /// With a capital in the middle of a sentence.
    pub capital: u32,
    /// With a capital at the beginning of one.
    pub opening: u32,
    /// In capitals.
    pub capitals: u32,
    /// With a capital before another word with one.
    pub compound: u32,
    /// After a determiner.
    pub determined: u32,
    /// With a capital, and right before a word written small that is no function word.
    pub attributive: u32,
    /// With a capital after a word that places stand behind.
    pub placed: u32,
    /// With a capital before a number that is no year: `Article 90`, `Fig. 3`.
    pub numbered: u32,
    /// It stands behind a given name or an initial somewhere in the document, set aside or not.
    pub bearer: bool,
}

/// True where a number that is no year counts what a word stands for: `Article 90`, `Fig. 3`.
fn is_numbered(text: &str, word: &Token, next: Option<&Token>) -> bool {
    let Some(next) = next else { return false };
    let stop = vocabulary::abbreviation(&word.folded);
    let joined = match &text[word.end()..next.start()] {
        " " | "\u{a0}" => true,
        ". " | ".\u{a0}" => stop,
        _ => false,
    };
    joined && next.folded.len() <= 3 && next.folded.bytes().all(|b| b.is_ascii_digit())
}

/// How the words of a document are used, outside of what is set aside but for who bears a name.
///
/// Most words are only ever written small: of these there is a number, and nothing else.
pub struct Uses<'a> {
    small: HashMap<&'a str, u32, Fast>,
    named: HashMap<&'a str, Use, Fast>,
}

impl<'a> Uses<'a> {
    /// Counts. `cited` are the references to works, in the order of the text.
    pub fn of(
        stretches: &[(Stretch, Marked)],
        read: &'a [Tokens],
        aside: &[Vec<bool>],
        cited: &[&Passage],
    ) -> Uses<'a> {
        // A text of so many words has some fifth of that in distinct ones.
        let words: usize = read.iter().map(|t| t.words.len()).sum();
        let mut small: HashMap<&str, u32, Fast> =
            HashMap::with_capacity_and_hasher(words / 5, Fast::default());
        let mut named: HashMap<&str, Use, Fast> = HashMap::default();
        for ((stretch, marked), (tokens, aside)) in stretches.iter().zip(read.iter().zip(aside)) {
            for (i, word) in tokens.words.iter().enumerate() {
                let before = i.checked_sub(1).map(|b| &tokens.words[b]).filter(|_| word.joined);
                let bearer =
                    word.capital && before.is_some_and(|b| b.initial || vocabulary::given(&b.folded));
                if aside[i] && !bearer {
                    continue;
                }
                if !word.capital && !word.capitals {
                    *small.entry(word.folded.as_str()).or_default() += 1;
                    continue;
                }
                let used = named.entry(word.folded.as_str()).or_default();
                used.bearer |= bearer;
                if aside[i] {
                    continue;
                }
                if word.capitals {
                    used.capitals += 1;
                    continue;
                }
                let next = tokens.words.get(i + 1).filter(|n| n.joined);
                if word.opens {
                    used.opening += 1
                } else {
                    used.capital += 1
                }
                used.compound += u32::from(next.is_some_and(|n| n.capital));
                used.determined += u32::from(before.is_some_and(|b| vocabulary::determiner(&b.folded)));
                used.placed += u32::from(
                    !word.possessive && before.is_some_and(|b| vocabulary::before_place(&b.folded)),
                );
                let numbered = is_numbered(&marked.text, word, tokens.words.get(i + 1));
                used.numbered += u32::from(numbered && reference(cited, *stretch, word.start()).is_none());
                let attributive = next.is_some_and(|n| {
                    !n.capital && !vocabulary::function(&n.folded) && !vocabulary::deed(&n.folded)
                });
                used.attributive += u32::from(attributive && !word.possessive);
            }
        }
        Uses { small, named }
    }

    /// How a word is used.
    pub fn get(&self, folded: &str) -> Use {
        Use { small: self.small(folded), ..self.named.get(folded).copied().unwrap_or_default() }
    }

    /// How often a word is written small.
    pub fn small(&self, folded: &str) -> u32 {
        self.small.get(folded).copied().unwrap_or_default()
    }
}
