//! Why a citation stands for the work that it stands for. Pages and `explain` say it in words of `strings/`.

use serde::{Deserialize, Serialize};

use crate::strings::Strings;

/// What an *ibid.* looks back to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Before {
    /// The note with this label; a note without one.
    Note(Option<String>),
    /// What the same note cites before.
    SameNote,
    /// What the same parenthesis cites before.
    SameParenthesis,
    /// The parenthesis before it.
    #[default]
    Citation,
}

/// One link of a conclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is the work that was cited there.
    As(Before),
    /// Several works were cited there.
    Several(Before),
    /// What was cited there is itself a doubt.
    Doubtful(Before),
    /// A source that is no work here stands there, too.
    Besides(Before),
    /// Nothing was cited before it that is known.
    NothingBefore,
    /// The work is described in full.
    InFull,
    /// It is the first description of the work.
    FirstHere,
    /// Author and title are those of a work that is cited.
    NameAndTitle,
    /// The title alone is that of one work.
    Title,
    /// Several works have this title.
    Titles,
    /// Several works of the author have such a title.
    TitlesOfAuthor,
    /// It is by the author of a work that is not known.
    UnknownAuthor,
    /// A surname that nobody has is nearly this one.
    Nearly {
        /// As the text has it.
        written: String,
        /// As it should be.
        known: String,
    },
    /// One work of the author is cited.
    OneOfAuthor,
    /// Several works of the author are.
    SeveralOfAuthor,
    /// None is.
    NoneOfAuthor,
    /// Surname and year are those of a work.
    SurnameAndYear,
    /// The surname is.
    Surname,
    /// Several works fit.
    SeveralFit,
    /// No work that fits is cited in full.
    NoneInFull,
}

impl Before {
    fn said(&self, words: &Strings) -> String {
        match self {
            Before::Note(Some(label)) => words.say("note-of-label").replace("{label}", label),
            Before::Note(None) => words.say("note-without-label").to_owned(),
            Before::SameNote => words.say("note-itself").to_owned(),
            Before::SameParenthesis => words.say("parenthesis-itself").to_owned(),
            Before::Citation => words.say("citation-before").to_owned(),
        }
    }
}

impl Why {
    /// In words of a language.
    pub fn said(&self, words: &Strings) -> String {
        let looking_back = |key: &str, place: &Before| words.say(key).replace("{place}", &place.said(words));
        let key = match self {
            Why::As(place) => return looking_back("why-as", place),
            Why::Several(place) => return looking_back("why-several", place),
            Why::Doubtful(place) => return looking_back("why-doubtful", place),
            Why::Besides(place) => return looking_back("why-besides", place),
            Why::Nearly { written, known } => {
                let pattern = words.say("why-nearly").replace("{known}", known);
                return pattern.replace("{written}", written);
            }
            Why::NothingBefore => "why-nothing-before",
            Why::InFull => "why-in-full",
            Why::FirstHere => "why-first-here",
            Why::NameAndTitle => "why-name-and-title",
            Why::Title => "why-title",
            Why::Titles => "why-titles",
            Why::TitlesOfAuthor => "why-titles-of-author",
            Why::UnknownAuthor => "why-unknown-author",
            Why::OneOfAuthor => "why-one-of-author",
            Why::SeveralOfAuthor => "why-several-of-author",
            Why::NoneOfAuthor => "why-none-of-author",
            Why::SurnameAndYear => "why-surname-and-year",
            Why::Surname => "why-surname",
            Why::SeveralFit => "why-several-fit",
            Why::NoneInFull => "why-none-in-full",
        };
        words.say(key).to_owned()
    }

    /// All links of a conclusion, one behind the other.
    pub fn all_said(links: &[Why], words: &Strings) -> String {
        links.iter().map(|why| why.said(words)).collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conclusion_is_said_in_the_languages_words() {
        let links = [
            Why::Nearly { written: "Grafftton".into(), known: "Grafton".into() },
            Why::As(Before::Note(Some("4".into()))),
            Why::NoneInFull,
        ];
        assert_eq!(
            Why::all_said(&links, &Strings::default()),
            "“Grafftton” is nearly “Grafton”, and no other name is; the work that note 4 cites; no such work is cited in full"
        );
        let german = Why::all_said(&links, &Strings::shipped("de"));
        assert!(german.contains("das Werk, das Anmerkung 4 anführt"), "{german}");
        assert!(!german.contains("why-") && !german.contains('{'), "{german}");
    }
}
