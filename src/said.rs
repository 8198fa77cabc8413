//! What the program says of a text: a sentence with gaps, put into words where somebody reads it.
//!
//! A stage knows no language. It names its sentence by the English of it, which is the key in `strings/`, and gives what
//! belongs into the gaps; nothing is written out before it is shown. Pages word it in the archive's language
//! ([`Strings::said`]), the terminal and the data for programs in English (`Display`).

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize, Serializer};

use crate::strings::Strings;

/// One of the program's own texts. (By this name serde does not take it for borrowed from what is read.)
type Key = &'static str;

/// A sentence, not yet in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Said {
    /// The sentence in English, each gap as `{}`: what it is called in `strings/`.
    #[serde(with = "crate::stored::word")]
    key: Key,
    gaps: Box<[Gap]>,
}

/// What belongs into a gap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Gap {
    /// Words that are nobody's language: of the source, a name, a line's number.
    Words(String),
    /// So many: it decides the plural.
    Number(usize),
    /// A sentence within the sentence.
    Said(Said),
    /// What a library or the system said, in English. It is a key like a sentence; a language that does not list it
    /// says where to read it instead.
    Foreign(String),
}

/// The key of what is said where a library's own words are not known in the language.
pub const ELSEWHERE: &str = "see `postil check`";

/// A sentence with what belongs into its gaps: `said!("`{}` is given twice", key)`.
macro_rules! said {
    ($key:literal $(, $gap:expr)* $(,)?) => {
        $crate::said::Said::new($key, vec![$($crate::said::ToGap::to_gap(&$gap)),*])
    };
}
pub(crate) use said;

impl Said {
    /// A sentence by its key; [`said!`] reads better.
    pub fn new(key: &'static str, gaps: Vec<Gap>) -> Self {
        Said { key, gaps: gaps.into() }
    }

    /// Words for the terminal alone, where a command could not be done at all and makes no page.
    pub fn told(words: impl Into<String>) -> Self {
        Said::new("{}", vec![Gap::Words(words.into())])
    }

    /// The sentence in English, each gap as `{}`.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// What belongs into the gaps, in the order of the English.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// True if nothing is said.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }
}

impl fmt::Display for Said {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        static ENGLISH: LazyLock<Strings> = LazyLock::new(Strings::default);
        f.write_str(&ENGLISH.said(self))
    }
}

/// Writes it in English, for programs.
pub fn in_english<S: Serializer>(said: &Said, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(said)
}

/// As [`in_english`], of what need not be there.
pub fn in_english_if_any<S: Serializer>(said: &Option<Box<Said>>, to: S) -> Result<S::Ok, S::Error> {
    said.as_ref().map(ToString::to_string).serialize(to)
}

/// What a library or the system said, to be put into a gap.
pub struct Foreign<T>(pub T);

/// What can be put into a gap.
pub trait ToGap {
    /// As a gap's.
    fn to_gap(&self) -> Gap;
}

impl<T: fmt::Display> ToGap for Foreign<T> {
    fn to_gap(&self) -> Gap {
        Gap::Foreign(self.0.to_string())
    }
}

impl ToGap for Said {
    fn to_gap(&self) -> Gap {
        Gap::Said(self.clone())
    }
}

impl ToGap for usize {
    fn to_gap(&self) -> Gap {
        Gap::Number(*self)
    }
}

impl ToGap for u32 {
    /// A line or a page: no count.
    fn to_gap(&self) -> Gap {
        Gap::Words(self.to_string())
    }
}

impl ToGap for str {
    fn to_gap(&self) -> Gap {
        Gap::Words(self.to_owned())
    }
}

impl ToGap for String {
    fn to_gap(&self) -> Gap {
        Gap::Words(self.clone())
    }
}

impl<T: ToGap + ?Sized> ToGap for &T {
    fn to_gap(&self) -> Gap {
        (**self).to_gap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_worded_in_the_language_that_is_read() {
        let more = |n: usize| said!("{} more files are no text that postil reads", n);
        assert_eq!(more(1).to_string(), "1 more file is no text that postil reads");
        assert_eq!(more(1200).to_string(), "1,200 more files are no text that postil reads");
        let german = Strings::shipped("de");
        assert!(german.said(&more(1)).starts_with("1 weitere Datei ist"), "{}", german.said(&more(1)));
        assert_eq!(
            german.said(&Said::new("no sentence {} of any stage", Vec::new())),
            "no sentence {} of any stage"
        );
    }

    #[test]
    fn gaps_may_hold_braces_sentences_and_words_of_libraries() {
        let inner = said!("the link to `{}` is left out", "x{} {2}");
        let outer = said!("{}; the block is taken for text", inner);
        assert_eq!(outer.to_string(), "the link to `x{} {2}` is left out; the block is taken for text");
        let german = Strings::shipped("de");
        assert!(german.said(&outer).starts_with("der Verweis auf `x{} {2}` ist weggelassen; "));
        let unknown = said!("not valid YAML: {}", Foreign("a thing nobody has put into German"));
        assert_eq!(unknown.to_string(), "not valid YAML: a thing nobody has put into German");
        assert_eq!(german.said(&unknown), "kein gültiges YAML: siehe `postil check`");
    }

    #[test]
    fn what_is_stored_is_said_as_before() {
        let sentence = said!("note {} of {}", 3usize, "x");
        let stored = serde_json::to_string(&sentence).unwrap();
        assert_eq!(serde_json::from_str::<Said>(&stored).unwrap(), sentence);
    }
}
