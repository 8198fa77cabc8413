//! Topics for documents whose owner gave none: a few words that a librarian would write on the card.
//!
//! Of each document, by itself (in parallel, in linear time): [`terms`].
//!
//! 1. words and two-word phrases that can name a subject are counted, variants together (Snowball stems)
//! 2. stop-words and the vocabulary that texts on anything share are left out
//! 3. they are weighed by frequency, spread over the text and the title, and the strong ones are kept: a dozen
//!
//! Of the archive: [`derive()`].
//!
//! 4. a term that is strong in several documents, or that an owner gave to another document, is preferred
//! 5. the best few that do not say the same thing twice become tags
//!
//! Steadiness: what is weighed in step 3 depends on the document alone, and step 4 asks only *is there
//! another document*, not *how many of how many*. So a new document can change the tags of those that share a
//! term with it, and of no others.

mod archive;
mod choose;
mod count;
mod known;
mod language;
#[cfg(test)]
mod tests;
mod weight;
mod word;

use serde::{Deserialize, Serialize};

pub use archive::derive;

use choose::choose;
use count::{Seen, count};
use known::{Stems, with_stems};
use language::Language;
use weight::{stems, strong, weigh, weight};
use word::{Word, words};

use crate::model::Marked;

/// Terms of a document that are looked at more closely.
const KEPT: usize = 200;

/// Pieces of equal length in which a term's spread is seen.
const PARTS: usize = 8;

/// A word or phrase that a document speaks of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Stems, separated by spaces: what is compared.
    pub key: String,
    /// As it is shown.
    pub form: String,
    /// Times it occurs.
    pub count: u32,
    /// In which eighths of the text it occurs, as bits.
    pub parts: u8,
    /// True if it also stands in a heading.
    pub heading: bool,
    /// True if it is always written with a capital where others are not.
    pub proper: bool,
    /// True if the title names it.
    pub titled: bool,
}

/// The strong terms of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// The weightiest first.
    pub list: Vec<Term>,
    /// Content words of the text.
    pub total: u32,
    /// Language whose stems the keys are; empty if the language has no tags.
    pub lang: String,
}

/// Counts what a document speaks of. `text` is its own text without notes; `lang` its language. Languages without stems and stop-words give no terms.
pub fn terms(title: &str, text: &Marked, lang: Option<&str>) -> Terms {
    let Some((lang, language)) = lang.and_then(|l| Some((l, Language::of(l)?))) else {
        return Terms::default();
    };
    let (list, total) = with_stems(lang, |stems| counted(text, stems, language));
    let mut list: Vec<(f64, Term)> = list.into_iter().map(|t| (weight(&t, total), t)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    list.truncate(KEPT);
    let title = stems(title, language);
    let is_titled = |term: &Term| term.key.split(' ').all(|stem| title.contains(stem));
    let list = list.into_iter().map(|(_, term)| Term { titled: is_titled(&term), ..term }).collect();
    let all = Terms { list, total, lang: lang.to_owned() };
    // The weak ones say nothing to the archive, and are ten times as many.
    let list = strong(&weigh(&all)).map(|(_, term)| term.clone()).collect();
    Terms { list, ..all }
}

/// The terms of a text in any order, and how many content words it has.
fn counted(text: &Marked, stems: &mut Stems, language: &Language) -> (Vec<Term>, u32) {
    /// Bytes of a word and what parts it from the next; of most languages it is more.
    const A_WORD: usize = 6;
    let length = text.text.len();
    let mut seen: Vec<Seen> = Vec::with_capacity(length / A_WORD);
    words(text, |word| {
        let known = stems.look(word.text, language);
        let part = (word.at * PARTS / length.max(1)).min(PARTS - 1) as u8;
        let Word { text, first, apart, heading, shouted, .. } = word;
        let text = &text[usize::from(known.elided)..][..usize::from(known.length)];
        if seen.len() == seen.capacity() {
            // No more than there are: of a large text the words take several times its size.
            seen.reserve_exact(seen.len() / 8 + 1);
        }
        seen.push(Seen { text, known, first, apart, heading, shouted, part });
    });
    let total = seen.iter().filter(|word| word.known.stem.is_some()).count() as u32;
    let counts = count(&seen, language);
    (choose(&counts, language), total)
}
