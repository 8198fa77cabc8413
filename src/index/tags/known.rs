//! What a written word is, wherever it stands; looked up once for the texts that have it in common.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::num::NonZeroU64;

use super::language::{Language, Nouns, is_imprint, russian_adjective_or_verb};
use crate::hash::Fast;
use crate::quotes;

thread_local! {
    /// What is known of words: the texts of an archive have most of them in common.
    static STEMS: RefCell<Stems> = RefCell::default();
}

/// Does something with what is known of the words of a language, ready for a text of it.
pub(super) fn with_stems<T>(lang: &str, look: impl FnOnce(&mut Stems) -> T) -> T {
    STEMS.with_borrow_mut(|stems| {
        stems.begin(lang);
        look(stems)
    })
}

/// The words of a language as they are written, by their hashes: with the words themselves, the table would be too large
/// to be near at hand.
#[derive(Default)]
pub(super) struct Stems {
    /// The code of the language.
    lang: String,
    known: HashMap<u64, Known, Fast>,
}

/// Letters of the shortest word that says anything by itself.
pub(super) const SHORTEST: usize = 3;

/// What a written word is, wherever it stands.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// Bytes before the word itself, of an elided article (`l’`).
    pub(super) elided: u8,
    /// Bytes of the word itself, without a possessive.
    pub(super) length: u8,
    /// The hash of its stem, if it is a content word. It is never zero, so that it takes no more room than a
    /// number: each word of a text has one.
    pub(super) stem: Option<NonZeroU64>,
    /// True if it may be a tag by itself or end one.
    pub(super) own: bool,
    /// True if it is written with a capital (whether or not that tells anything).
    pub(super) capital: bool,
    /// True if a noun may follow it.
    pub(super) opening: bool,
    /// True if it is an article before a noun, and a pronoun before a verb.
    pub(super) article: bool,
    /// True if it ends as verbs of its language do, and no noun.
    pub(super) verbal: bool,
}

impl Stems {
    /// Makes ready for a text of a language.
    fn begin(&mut self, lang: &str) {
        /// Words that are kept from text to text, in some five megabytes: as many as a large archive has, since to look
        /// one up anew takes a hundred times as long.
        const MOST: usize = 100_000;
        if self.lang != lang || self.known.len() > MOST {
            *self = Stems { lang: lang.to_owned(), ..Stems::default() };
        }
    }

    /// Looks a word up.
    pub(super) fn look(&mut self, written: &str, language: &Language) -> Known {
        let hash = self.known.hasher().hash_one(written);
        if let Some(&known) = self.known.get(&hash) {
            return known;
        }
        let known = self.word(written, language);
        self.known.insert(hash, known);
        known
    }

    fn word(&self, written: &str, language: &Language) -> Known {
        let mut text = written;
        for possessive in ["’s", "'s", "’", "'"] {
            text = text.strip_suffix(possessive).unwrap_or(text);
        }
        // `l’homme`, `d’État`: what was elided is a word of its own, and a noun follows it.
        let mut elided = 0;
        if language.nouns == Nouns::BeforeAdjective
            && let Some((short, rest)) = text.split_once(quotes::is_apostrophe)
            && short.chars().count() <= 2
        {
            elided = text.len() - rest.len();
            text = rest;
        }
        let lower = text.to_lowercase();
        let content = lower.chars().count() >= SHORTEST
            && !language.stop.contains(&*lower)
            && !is_imprint(&lower)
            && !lower.contains(quotes::is_apostrophe)
            && lower.chars().all(|c| !('\u{3040}'..='\u{9fff}').contains(&c));
        let stem = content.then(|| language.stemmer.stem(&lower));
        Known {
            // A token has no more than two hundred bytes.
            elided: elided as u8,
            length: text.len() as u8,
            own: stem.as_ref().is_some_and(|stem| !language.general.contains(&**stem)),
            stem: stem.map(|stem| {
                let hash = self.known.hasher().hash_one(&*stem);
                NonZeroU64::new(hash).unwrap_or(NonZeroU64::MIN)
            }),
            capital: text.chars().next().is_some_and(char::is_uppercase),
            opening: language.opening.contains(&*lower),
            article: ["le", "la", "les", "lo", "los", "las", "li"].contains(&&*lower),
            verbal: match language.nouns {
                Nouns::BeforeAdjective => lower.ends_with('r'),
                Nouns::Russian => russian_adjective_or_verb(&lower),
                _ => false,
            },
        }
    }
}
