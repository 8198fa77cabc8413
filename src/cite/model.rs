//! What is concluded of citations: a record of one document, complete in itself.

use serde::{Deserialize, Serialize};

use super::why::Why;
use crate::model::Passage;

/// An answer that may be missing or doubtful.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found<T> {
    /// One, and no other comes near.
    One(T),
    /// Each of these may be meant, or the only one that comes to mind is not certain.
    Several(Vec<T>),
    /// None.
    #[default]
    Nothing,
}

impl<T> Found<T> {
    /// The answer, if it is certain.
    pub fn one(&self) -> Option<&T> {
        match self {
            Found::One(answer) => Some(answer),
            Found::Several(_) | Found::Nothing => None,
        }
    }

    /// All that may be meant.
    pub fn all(&self) -> &[T] {
        match self {
            Found::One(answer) => std::slice::from_ref(answer),
            Found::Several(answers) => answers,
            Found::Nothing => &[],
        }
    }

    /// The same doubt about something else.
    pub fn map<U>(&self, f: impl Fn(&T) -> U) -> Found<U> {
        match self {
            Found::One(answer) => Found::One(f(answer)),
            Found::Several(answers) => Found::Several(answers.iter().map(f).collect()),
            Found::Nothing => Found::Nothing,
        }
    }
}

/// A person, or a group that wrote something.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// Given names or initials, as written; empty where only a surname (or a pen name) stands.
    pub given: String,
    /// The surname with its particle.
    pub family: String,
}

impl Name {
    /// `Hannah Arendt`.
    pub fn shown(&self) -> String {
        if self.given.is_empty() { self.family.clone() } else { [&self.given, " ", &self.family].concat() }
    }

    /// `Arendt, Hannah`.
    pub fn sorted(&self) -> String {
        if self.given.is_empty() { self.family.clone() } else { [&self.family, ", ", &self.given].concat() }
    }
}

/// The kinds of work that a citation tells apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A book, or nothing that says otherwise.
    #[default]
    Book,
    /// A piece of a book.
    Chapter,
    /// A piece of a journal or newspaper.
    Article,
    /// A page of the web.
    WebPage,
}

/// A work as one citation (or several together) describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Description {
    /// What it is.
    pub kind: Kind,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// True if more wrote it than are named.
    pub et_al: bool,
    /// Who edited it (or, of a chapter, the book).
    pub editors: Vec<Name>,
    /// Who translated it.
    pub translators: Vec<Name>,
    /// Its title, with its subtitle.
    pub title: String,
    /// The book or journal it stands in.
    pub container: Option<String>,
    /// Where it was published.
    pub place: Option<String>,
    /// By whom.
    pub publisher: Option<String>,
    /// When, as written: `1997`, `2004a`.
    pub year: Option<String>,
    /// Its volume.
    pub volume: Option<String>,
    /// The number of a journal.
    pub issue: Option<String>,
    /// Which edition.
    pub edition: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Description {
    /// True if it says when or where the work was published.
    pub fn is_published(&self) -> bool {
        self.year.is_some() || self.publisher.is_some() || self.place.is_some()
    }

    /// Those under whose name it is listed: its authors, or its editors.
    pub fn makers(&self) -> &[Name] {
        if self.authors.is_empty() { &self.editors } else { &self.authors }
    }

    /// Those who made it, in short: `Grafton`, `Shannon and Weaver`, `Evtuhov et al.`
    pub fn reminder_of_makers(&self) -> String {
        let makers: Vec<&str> = self.makers().iter().map(|n| n.family.as_str()).collect();
        match makers.as_slice() {
            [] => String::new(),
            [one] if self.et_al => [one, " et al."].concat(),
            [one] => (*one).to_owned(),
            [one, two] => [one, " and ", two].concat(),
            [one, ..] => [one, " et al."].concat(),
        }
    }

    /// How a reader is reminded of it: `Grafton 1997`, `Grafton, The Footnote`, `The Footnote 1997`.
    pub fn reminder(&self) -> String {
        let who = self.reminder_of_makers();
        let title = self.title.split([':', '?', '.']).next().unwrap_or(&self.title).trim();
        match (&self.year, who.is_empty()) {
            (Some(year), false) => [&who, " ", year].concat(),
            (Some(year), true) => [title, " ", year].concat(),
            (None, false) => [&who, ", ", title].concat(),
            (None, true) => title.to_owned(),
        }
    }

    /// Takes over what `other` says and this one does not.
    pub fn enrich(&mut self, other: &Description) {
        fn fill(own: &mut Option<String>, other: &Option<String>) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
        fn names(own: &mut Vec<Name>, other: &[Name]) {
            let given = |names: &[Name]| names.iter().map(|n| n.given.chars().count()).sum::<usize>();
            let more = other.len() > own.len() || (other.len() == own.len() && given(other) > given(own));
            if more {
                *own = other.to_vec();
            }
        }
        if !other.et_al || self.authors.is_empty() {
            self.et_al &= other.authors.len() <= self.authors.len() || other.et_al;
        }
        names(&mut self.authors, &other.authors);
        names(&mut self.editors, &other.editors);
        names(&mut self.translators, &other.translators);
        if other.title.chars().count() > self.title.chars().count() {
            self.title.clone_from(&other.title);
        }
        if self.kind == Kind::Book && self.container.is_none() {
            self.kind = other.kind;
        }
        for (own, other) in [
            (&mut self.container, &other.container),
            (&mut self.publisher, &other.publisher),
            (&mut self.place, &other.place),
            (&mut self.year, &other.year),
            (&mut self.volume, &other.volume),
            (&mut self.issue, &other.issue),
            (&mut self.edition, &other.edition),
            (&mut self.url, &other.url),
        ] {
            fill(own, other);
        }
    }
}

/// A place in a work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// As a reader is told of it: `p. 45`, `pp. 45–47, 52`, `ch. 3`, `vol. 2, p. 45`, `p. 110 n. 4`.
    pub shown: String,
    /// The first page, where it is one of Arabic figures.
    pub page: Option<u32>,
}

/// How a citation says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// In full: by itself it says which work.
    Full,
    /// By a surname, with a short title, a year or a page.
    Short,
    /// *Ibid.*, *id.*, *ebd.*: the work before.
    Ibid,
    /// *Op. cit.*, *supra note 4*: the work of this author that was cited.
    OpCit,
}

/// A citation, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Where it stands.
    pub passage: Passage,
    /// Its words.
    pub words: String,
    /// The sentence that it belongs to: of a note, the one before its marker.
    pub sentence: String,
    /// How it says what it means.
    pub manner: Manner,
    /// The work, as an index of [`Citations::works`].
    pub work: Found<usize>,
    /// The place in it.
    pub locator: Option<Locator>,
    /// Why, link by link.
    pub evidence: Vec<Why>,
}

/// All that one document says of works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citations {
    /// The works it cites, in the order in which it first does.
    pub works: Vec<Description>,
    /// Its citations, in the order of the text: the body, then the notes.
    pub citations: Vec<Citation>,
}
