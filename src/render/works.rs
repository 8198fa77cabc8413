//! The pages of works: `works/index.html` by author, and a page a work.

use serde::Serialize;

use super::context::{DocumentCard, Head, Site};
use super::order::title_key;
use super::page::{filled, site};
use super::templates::{Context, Templates};
use super::{Page, RenderError, SiteFacts};
use crate::cite::{Description, Name};
use crate::strings::Strings;

/// A work as listings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkCard {
    /// Its id: the slug.
    pub id: String,
    /// Its page.
    pub url: String,
    /// `Arendt, Hannah`; empty if nobody is named.
    pub author: String,
    /// Its title.
    pub title: String,
    /// True if it is a piece of something.
    pub quoted: bool,
    /// The book or journal it stands in.
    pub container: Option<String>,
    /// When it was published.
    pub year: Option<String>,
    /// How often it is cited.
    pub citations: usize,
    /// By how many documents.
    pub documents: usize,
}

/// A work in the list of a document's works.
#[derive(Clone, Debug, Serialize)]
pub struct WorkLine<'a> {
    /// The work.
    pub work: &'a WorkCard,
    /// How often the document cites it.
    pub count: usize,
}

/// A place that cites a work.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// The note: `note 4`, `part 2, note 4`; `None` in the running text.
    pub label: Option<String>,
    /// The id of the note or paragraph on the document's page.
    pub id: Option<String>,
    /// The sentence that speaks of it.
    pub sentence: String,
    /// The citation's own words.
    pub words: String,
    /// The place in the work.
    pub locator: Option<String>,
    /// Why it is taken for a citation of this work.
    pub why: String,
}

/// The places of one document.
#[derive(Clone, Debug, Serialize)]
pub struct Places<'a> {
    /// The document.
    pub document: &'a DocumentCard,
    /// The places, in the order of the text.
    pub places: Vec<Place>,
}

/// What the page of a work shows.
#[derive(Clone, Debug)]
pub struct WorkPage<'a> {
    /// The work.
    pub work: &'a WorkCard,
    /// All that is said of it.
    pub description: &'a Description,
    /// Where it is cited.
    pub cited: Vec<Places<'a>>,
    /// Where it may be meant.
    pub perhaps: Vec<Places<'a>>,
    /// Other editions.
    pub editions: Vec<&'a WorkCard>,
    /// Other pieces of the book that holds it.
    pub siblings: Vec<&'a WorkCard>,
    /// Pieces of it.
    pub pieces: Vec<&'a WorkCard>,
    /// The book that holds it.
    pub container: Option<&'a WorkCard>,
    /// The document of the archive that it is.
    pub document: Option<&'a DocumentCard>,
}

/// A fact of a work.
#[derive(Clone, Debug, Serialize)]
struct Fact {
    /// What it says.
    label: String,
    /// In the words of the page.
    value: String,
}

/// `works/SLUG.html`.
#[derive(Clone, Debug, Serialize)]
struct OneWork<'a> {
    /// The site.
    site: Site<'a>,
    /// Head and navigation.
    page: Head<'a>,
    /// The work.
    work: &'a WorkCard,
    /// What is known of it.
    facts: Vec<Fact>,
    /// Where it is found.
    address: Option<&'a str>,
    /// True if a browser can go there.
    address_is_link: bool,
    /// The document of the archive that it is.
    document: Option<&'a DocumentCard>,
    /// The book that holds it.
    container: Option<&'a WorkCard>,
    /// Other editions.
    editions: &'a [&'a WorkCard],
    /// Other pieces of the book that holds it.
    siblings: &'a [&'a WorkCard],
    /// Pieces of it.
    pieces: &'a [&'a WorkCard],
    /// Where it is cited.
    cited: &'a [Places<'a>],
    /// Where it may be meant.
    perhaps: &'a [Places<'a>],
    /// `cited 3 times in 2 texts`
    totals: String,
}

/// The works of one author.
#[derive(Clone, Debug, Serialize)]
struct Author<'a> {
    /// As a list of works says it.
    name: &'a str,
    /// The works, by title.
    works: Vec<&'a WorkCard>,
}

/// The authors under one letter.
#[derive(Clone, Debug, Serialize)]
struct Letter<'a> {
    /// The letter.
    letter: String,
    /// The authors.
    authors: Vec<Author<'a>>,
}

/// `works/index.html`.
#[derive(Clone, Debug, Serialize)]
struct AllWorks<'a> {
    /// The site.
    site: Site<'a>,
    /// Head and navigation.
    page: Head<'a>,
    /// The works by the initial letter of their authors.
    letters: Vec<Letter<'a>>,
    /// Number of works.
    count: usize,
    /// The files that list them for other programs.
    exports: [Export; 3],
}

/// A file for other programs.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    /// What the format is called.
    pub label: &'static str,
    /// The file.
    pub url: String,
}

impl Context for OneWork<'_> {
    const TEMPLATE: &'static str = "work.html";
}
impl Context for AllWorks<'_> {
    const TEMPLATE: &'static str = "works.html";
}

/// The page of one work.
pub fn one(facts: &SiteFacts, shown: &WorkPage, templates: &Templates) -> Result<Page, RenderError> {
    let d = shown.description;
    let title = if shown.work.author.is_empty() {
        d.title.clone()
    } else {
        [&d.title, " (", &d.reminder_of_makers(), ")"].concat()
    };
    let places: usize = shown.cited.iter().map(|p| p.places.len()).sum();
    let totals = if places == 0 {
        facts.strings.say("cited-nowhere").to_owned()
    } else {
        let texts = facts.strings.count("texts", shown.cited.len());
        facts.strings.count("cited-in", places).replace("{texts}", &texts)
    };
    let context = OneWork {
        site: site(facts, "../"),
        page: Head { title: &title, description: None, section: "works", url: &shown.work.url },
        work: shown.work,
        facts: facts_of(d, shown.container.is_some(), &facts.strings),
        address: d.url.as_deref(),
        address_is_link: d.url.as_deref().is_some_and(super::page::is_web_address),
        document: shown.document,
        container: shown.container,
        editions: &shown.editions,
        siblings: &shown.siblings,
        pieces: &shown.pieces,
        cited: &shown.cited,
        perhaps: &shown.perhaps,
        totals,
    };
    filled(&shown.work.url, &context, templates)
}

fn facts_of(d: &Description, contained: bool, words: &Strings) -> Vec<Fact> {
    let people = |names: &[Name]| {
        let shown: Vec<String> = names.iter().map(Name::shown).collect();
        Some(shown.join(", ")).filter(|s| !s.is_empty())
    };
    let mut by = people(&d.authors);
    if let Some(by) = by.as_mut().filter(|_| d.et_al) {
        by.push_str(" et al.");
    }
    let imprint = match (&d.place, &d.publisher) {
        (Some(place), Some(publisher)) => Some([place, ": ", publisher].concat()),
        (place, publisher) => place.as_ref().or(publisher.as_ref()).cloned(),
    };
    let container = d.container.clone().filter(|_| !contained);
    [
        ("author", by),
        ("in-work", container),
        ("edited-by", people(&d.editors)),
        ("translated-by", people(&d.translators)),
        ("volume", d.volume.clone()),
        ("number", d.issue.clone()),
        ("edition", d.edition.clone()),
        ("published", imprint),
        ("year", d.year.clone()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some(Fact { label: words.say(key).to_owned(), value: value? }))
    .collect()
}

/// The index of works. `cards` are by author and title.
pub fn index(facts: &SiteFacts, cards: &[WorkCard], templates: &Templates) -> Result<Page, RenderError> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut order: Vec<&WorkCard> = cards.iter().collect();
    let head = |card: &WorkCard| {
        if card.author.is_empty() { title_key(&card.title) } else { title_key(&card.author) }
    };
    order.sort_by_cached_key(|card| {
        (head(card), card.author.is_empty(), title_key(&card.title), card.id.clone())
    });
    for card in order {
        let initial = head(card).chars().next().filter(|c| c.is_alphabetic());
        let letter = initial.map_or("#".to_owned(), |c| c.to_uppercase().collect());
        if letters.last().is_none_or(|l| l.letter != letter) {
            letters.push(Letter { letter, authors: Vec::new() });
        }
        let Some(last) = letters.last_mut() else { continue };
        match last.authors.last_mut().filter(|a| a.name == card.author && !card.author.is_empty()) {
            Some(author) => author.works.push(card),
            None => last.authors.push(Author { name: &card.author, works: vec![card] }),
        }
    }
    let url = "works/index.html";
    let context = AllWorks {
        site: site(facts, "../"),
        page: Head { title: facts.strings.say("works-here"), description: None, section: "works", url },
        letters,
        count: cards.len(),
        exports: exports("works/works"),
    };
    filled(url, &context, templates)
}

/// The three files of a list of works.
pub fn exports(stem: &str) -> [Export; 3] {
    [("BibTeX", ".bib"), ("CSL-JSON", ".json"), ("RIS", ".ris")]
        .map(|(label, ending)| Export { label, url: [stem, ending].concat() })
}
