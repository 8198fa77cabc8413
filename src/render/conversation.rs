//! What the pages say of how the texts of the archive talk of the same things and with each other: the contexts of the
//! pages of names, and of the parts of a document's page that name other documents.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::context::{DocumentCard, Head, Site};
use super::order::title_key;
use super::page::{filled_from, root_of, site};
use super::templates::{Context, Html, TemplateError, Templates};
use super::{Page, RenderError, SiteModel};
use crate::stored;

/// A word of the program's own. (What serde derives would borrow a plain `&'static str` from what it reads.)
type Word = &'static str;

/// Documents that the page of a name shows with their sentences; of more it gives the number of mentions.
const DOCUMENTS_QUOTED: usize = 200;

/// Names that the index shows whole. Of more it shows those that come at least twice: a reader looks up what is
/// talked of, and a page has an end.
const NAMES_SHOWN: usize = 5_000;

/// A sentence of a document, around what is spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words before it.
    pub before: String,
    /// The words themselves.
    pub words: String,
    /// The words behind them.
    pub after: String,
    /// Where it is read.
    pub url: String,
}

impl Quote {
    /// A sentence around the first place where it holds these words; the whole of it if it does not.
    pub fn around(sentence: &str, words: &str, url: String) -> Quote {
        match sentence.find(words) {
            Some(at) if !words.is_empty() => Quote {
                before: sentence[..at].to_owned(),
                words: words.to_owned(),
                after: sentence[at + words.len()..].to_owned(),
                url,
            },
            _ => Quote { before: sentence.to_owned(), url, ..Quote::default() },
        }
    }
}

/// A name of the archive's index.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NameEntry {
    /// As shown.
    pub form: String,
    /// As listed: `Shelley, Mary`.
    pub listed: String,
    /// `person`, `place`, …
    #[serde(with = "stored::word")]
    pub kind: Word,
    /// Where it is described: its page, or the one place where it is mentioned.
    pub url: String,
    /// Its page's file name; `None` for a name that is mentioned once and has no page.
    pub slug: Option<String>,
    /// Its other forms.
    pub variants: Vec<String>,
    /// Where it is mentioned.
    pub documents: NameDocuments,
    /// What tells all that it follows from, but the places where it is read, from what it was.
    pub follows_from: u64,
}

impl NameEntry {
    /// The address of its page, if it has one.
    pub fn page(&self) -> Option<&str> {
        self.slug.is_some().then_some(self.url.as_str())
    }

    /// How often it is mentioned.
    pub fn mentions(&self) -> usize {
        self.documents.iter().map(NameDocument::mentions).sum()
    }
}

/// A name in one document. There are hundreds of thousands, so they are small.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct NameDocument {
    document: u32,
    mentions: u32,
    /// Where the id of the paragraph that mentions it first is among those of the name.
    place: (u32, u32),
}

impl NameDocument {
    /// The document's place in [`SiteModel::records`].
    pub fn document(&self) -> usize {
        self.document as usize
    }

    /// How often it mentions the name.
    pub fn mentions(&self) -> usize {
        self.mentions as usize
    }
}

/// The documents that mention a name, each with the place where it does first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NameDocuments {
    all: Vec<NameDocument>,
    /// The ids of the places, one behind the other.
    places: String,
}

impl NameDocuments {
    /// Adds a document; `place` is the id of the paragraph that mentions the name first.
    pub fn push(&mut self, document: usize, mentions: usize, place: Option<&str>) {
        let start = self.places.len() as u32;
        self.places.push_str(place.unwrap_or_default());
        let place = (start, self.places.len() as u32);
        self.all.push(NameDocument { document: document as u32, mentions: mentions as u32, place });
    }

    /// The id of the paragraph in one of these documents that mentions the name first.
    pub fn place(&self, of: &NameDocument) -> Option<&str> {
        let (start, end) = of.place;
        self.places.get(start as usize..end as usize).filter(|place| !place.is_empty())
    }

    /// The address of the first mention in one of these documents, whose page is this.
    pub fn address(&self, of: &NameDocument, page: &str) -> String {
        match self.place(of) {
            Some(place) => [page, "#", place].concat(),
            None => page.to_owned(),
        }
    }
}

impl std::ops::Deref for NameDocuments {
    type Target = [NameDocument];

    fn deref(&self) -> &[NameDocument] {
        &self.all
    }
}

/// A name as a document's page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameHere<'a> {
    /// As shown.
    pub form: &'a str,
    /// `person`, `place`, …
    pub kind: &'static str,
    /// Where it is described.
    pub url: &'a str,
    /// How often the document mentions it.
    pub mentions: usize,
    /// How many documents speak of it.
    pub documents: usize,
}

/// Something that two documents share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared<'a> {
    /// `name`, `work` or `tag`.
    pub kind: &'static str,
    /// What it is called.
    pub name: Cow<'a, str>,
    /// Where it is described.
    pub url: Cow<'a, str>,
}

/// A document that shares something with another.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedDocument<'a> {
    /// The other document.
    pub document: &'a DocumentCard,
    /// What they share, the rarest first.
    pub shared: Vec<Shared<'a>>,
}

/// What ties a document to the others.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Conversation<'a> {
    /// The names that it mentions most, by name.
    pub names: Vec<NameHere<'a>>,
    /// How many more it mentions.
    pub more_names: usize,
    /// Documents that speak of the same things.
    pub related: Vec<RelatedDocument<'a>>,
    /// Documents that link to this one or name it.
    pub linked_from: Vec<LinkedFrom<'a>>,
    /// Passages that other documents have, too.
    pub passages: Vec<SharedPassage<'a>>,
    /// How many more there are.
    pub more_passages: usize,
    /// Documents that are nearly the same as this one.
    pub twins: Vec<&'a DocumentCard>,
}

/// A document that links to another.
#[derive(Clone, Debug, Serialize)]
pub struct LinkedFrom<'a> {
    /// The document.
    pub document: &'a DocumentCard,
    /// The sentences that do.
    pub quotes: Vec<Quote>,
    /// Sentences that are not shown.
    pub more: usize,
}

/// A passage of this document that another has, too.
#[derive(Clone, Debug, Serialize)]
pub struct SharedPassage<'a> {
    /// The other document.
    pub document: &'a DocumentCard,
    /// Where it is read there.
    pub url: String,
    /// Where it is read here: `#id`.
    pub here_url: String,
    /// Its words here.
    pub here: Vec<Piece>,
    /// Its words there; empty where they are the same.
    pub there: Vec<Piece>,
    /// True if it is cut.
    pub cut: bool,
}

/// Words of a shared passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// True if the other document has others here.
    pub differs: bool,
}

/// A document under a name in the index.
#[derive(Clone, Debug, Serialize)]
pub struct Subentry<'a> {
    /// The document.
    pub title: &'a str,
    /// Its language, where it is not the archive's.
    pub lang: Option<&'a str>,
    /// The first place where it mentions the name.
    pub url: String,
    /// How often it does.
    pub mentions: usize,
}

/// A name in the index.
#[derive(Clone, Debug, Serialize)]
pub struct NameLine<'a> {
    /// As listed: `Shelley, Mary`.
    pub listed: &'a str,
    /// `person`, `place`, …
    pub kind: &'static str,
    /// Where it is described.
    pub url: &'a str,
    /// How often it is mentioned.
    pub mentions: usize,
    /// The documents that mention it most.
    pub documents: Vec<Subentry<'a>>,
    /// How many more do.
    pub more: usize,
}

/// Names with one initial letter.
#[derive(Clone, Debug, Serialize)]
pub struct NameLetter<'a> {
    /// The letter; `#` for what begins with none.
    pub letter: String,
    /// Its id on the page.
    pub id: String,
    /// Its names, alphabetically, as HTML, to be printed with `safe` and by no other filter: lines of
    /// `parts/name-lines.html`.
    pub lines: Html<'a>,
    /// The same one by one; empty but for a template of the owner's.
    pub names: NameLines<'a>,
}

/// Names in the index, each a [`NameLine`], which is made as it is written: an archive has tens of thousands.
#[derive(Clone, Debug)]
pub struct NameLines<'a> {
    model: &'a SiteModel,
    names: &'a [&'a NameEntry],
}

/// `parts/name-lines.html`: some names of the index.
#[derive(Clone, Debug, Serialize)]
pub struct NamesPart<'a> {
    /// The site.
    pub site: Site<'a>,
    /// The names.
    pub names: NameLines<'a>,
}

impl Serialize for NameLines<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names.iter().map(|name| line(self.model, name)))
    }
}

/// `names/index.html`: the index of names and subjects.
#[derive(Clone, Debug, Serialize)]
pub struct NamesPage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// The names by initial letter.
    pub letters: Vec<NameLetter<'a>>,
    /// Number of names.
    pub count: usize,
    /// Names that are mentioned once and left out of a very long index.
    pub left_out: usize,
}

/// A document on the page of a name.
#[derive(Clone, Debug, Serialize)]
pub struct NameText<'a> {
    /// The document.
    pub document: Headed<'a>,
    /// How often it mentions the name.
    pub mentions: usize,
    /// The first sentences, each once.
    pub quotes: Vec<Quote>,
    /// Sentences that are not shown.
    pub more: usize,
}

/// `names/SLUG.html`: a name with its sentences.
#[derive(Clone, Debug, Serialize)]
pub struct NamePage<'a> {
    /// The site.
    pub site: Site<'a>,
    /// Head and navigation.
    pub page: Head<'a>,
    /// As shown.
    pub form: &'a str,
    /// `person`, `place`, …
    pub kind: &'static str,
    /// Its other forms.
    pub variants: &'a [String],
    /// How often it is mentioned.
    pub mentions: usize,
    /// The documents, those that mention it most first.
    pub texts: Vec<NameText<'a>>,
    /// Documents that are not shown.
    pub more: usize,
}

impl Context for NamesPage<'_> {
    const TEMPLATE: &'static str = "names.html";

    fn html(&self) -> Vec<&Html<'_>> {
        self.letters.iter().map(|letter| &letter.lines).collect()
    }
}
impl Context for NamesPart<'_> {
    const TEMPLATE: &'static str = "parts/name-lines.html";
}
impl Context for NamePage<'_> {
    const TEMPLATE: &'static str = "name.html";
}

/// The documents of a name, those first that mention it most, then by title.
fn by_weight<'a>(model: &SiteModel, name: &'a NameEntry) -> Vec<&'a NameDocument> {
    let mut documents: Vec<&NameDocument> = name.documents.iter().collect();
    documents.sort_by_key(|d| (std::cmp::Reverse(d.mentions), model.title_places[d.document()]));
    documents
}

/// The index of names.
pub(super) fn index(model: &SiteModel, templates: &Templates) -> Result<Page, RenderError> {
    let url = "names/index.html";
    let site = site(&model.facts, "../");
    let titles: Vec<_> = model.records.iter().map(|r| (&r.card.title, &r.card.lang)).collect();
    let follows_from = (&site, &model.names_follow_from, &model.names_at, &titles);
    filled_from::<NamesPage>(url, &follows_from, templates, || {
        let (letters, left_out) = letters(model);
        let lines = letters.iter().map(|(_, names)| lines(model, names, &site, templates));
        let lines: Vec<String> = lines.collect::<Result<_, TemplateError>>()?;
        let is_owners = templates.is_owners(NamesPage::TEMPLATE);
        let letters = letters.iter().zip(&lines).map(|((letter, names), lines)| NameLetter {
            letter: letter.clone(),
            id: ["letter-", if letter == "#" { "other" } else { letter }].concat(),
            lines: Html::new(lines),
            names: NameLines { model, names: if is_owners { names } else { &[] } },
        });
        let letters = letters.collect();
        let title = model.facts.strings.say("names-title");
        let page = Head { title, description: None, section: "names", url };
        let count = model.names.len();
        templates.render(&NamesPage { site: site.clone(), page, letters, count, left_out })
    })
}

/// Names as HTML: some at a time, for what a template is filled with takes ten times the room.
fn lines(
    model: &SiteModel,
    names: &[&NameEntry],
    site: &Site,
    templates: &Templates,
) -> Result<String, TemplateError> {
    const TOGETHER: usize = 1_000;
    let mut out = String::new();
    for names in names.chunks(TOGETHER) {
        let part = NamesPart { site: site.clone(), names: NameLines { model, names } };
        out.push_str(&String::from_utf8_lossy(&templates.render(&part)?));
    }
    Ok(out)
}

/// The names by letter, `#` for what begins with none, and how many are left out.
fn letters(model: &SiteModel) -> (Vec<(String, Vec<&NameEntry>)>, usize) {
    let all = model.names.len();
    let shown = |name: &&NameEntry| all <= NAMES_SHOWN || name.slug.is_some();
    let mut listed: Vec<(String, &NameEntry)> =
        model.names.iter().filter(shown).map(|name| (title_key(&name.listed), name)).collect();
    listed.sort_by(|a, b| (&a.0, &a.1.listed).cmp(&(&b.0, &b.1.listed)));
    let left_out = all - listed.len();
    let mut letters: BTreeMap<(bool, String), Vec<&NameEntry>> = BTreeMap::new();
    for (key, name) in listed {
        let initial = key.chars().next().filter(|c| c.is_alphabetic());
        let letter: String = initial.map_or("#".to_owned(), |c| c.to_uppercase().collect());
        letters.entry((initial.is_none(), letter)).or_default().push(name);
    }
    (letters.into_iter().map(|((_, letter), names)| (letter, names)).collect(), left_out)
}

/// A name as the index shows it.
fn line<'m>(model: &'m SiteModel, name: &'m NameEntry) -> NameLine<'m> {
    /// Documents listed under a name.
    const SUBENTRIES: usize = 8;
    let documents = by_weight(model, name);
    let subentry = |d: &'m NameDocument| {
        let card = &model.records[d.document()].card;
        let lang = card.lang.as_deref().filter(|l| *l != model.facts.lang);
        Subentry {
            title: &card.title,
            lang,
            url: name.documents.address(d, &card.url),
            mentions: d.mentions(),
        }
    };
    NameLine {
        listed: &name.listed,
        kind: name.kind,
        url: &name.url,
        mentions: name.mentions(),
        documents: documents.iter().copied().take(SUBENTRIES).map(subentry).collect(),
        more: documents.len().saturating_sub(SUBENTRIES),
    }
}

/// What the page of a name shows of a document besides its sentences: it need not be made again where a text has become
/// longer. The owner's templates may show all that a card says.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Headed<'a> {
    /// Title, address and language.
    Head {
        /// Its title.
        title: &'a str,
        /// Its page.
        url: &'a str,
        /// Its language.
        lang: Option<&'a str>,
    },
    /// All of the card.
    Card(&'a DocumentCard),
}

impl<'a> Headed<'a> {
    /// What these templates show.
    pub fn of(card: &'a DocumentCard, templates: &Templates) -> Headed<'a> {
        match templates.are_built_in() {
            true => Headed::Head { title: &card.title, url: &card.url, lang: card.lang.as_deref() },
            false => Headed::Card(card),
        }
    }
}

/// What the page of a name quotes of a document: sentences, and how many more there are.
pub type Quoted = (Vec<Quote>, usize);

/// The page of a name; none for a name that has none. It follows from what the name does, and from what is said of the
/// site and the documents; `quoted` reads the sentences of a document.
pub fn name_page<'a, E: From<RenderError>>(
    model: &'a SiteModel,
    name: &'a NameEntry,
    follows_from: impl Serialize,
    quoted: impl Fn(&NameDocument) -> Result<Quoted, E>,
    templates: &Templates,
) -> Result<Option<Page>, E> {
    let Some(url) = name.page() else { return Ok(None) };
    let inputs = templates.inputs::<NamePage>(&(&name.form, name.follows_from, follows_from));
    if let Some(inputs) = &inputs
        && templates.stands(url, inputs)
    {
        return Ok(Some(Page { path: url.to_owned(), bytes: None, inputs: Some(*inputs) }));
    }
    let root = root_of(url);
    let documents = by_weight(model, name);
    let more = documents.len().saturating_sub(DOCUMENTS_QUOTED);
    let shown = &documents[..documents.len() - more];
    let head = |d: &NameDocument| Headed::of(&model.records[d.document()].card, templates);
    let text = |d: &&'a NameDocument| {
        let (quotes, more) = quoted(d)?;
        Ok(NameText { document: head(d), mentions: d.mentions(), quotes, more })
    };
    let context = NamePage {
        site: site(&model.facts, &root),
        page: Head { title: &name.form, description: None, section: "names", url },
        form: &name.form,
        kind: name.kind,
        variants: &name.variants,
        mentions: name.mentions(),
        texts: shown.iter().map(text).collect::<Result<Vec<_>, E>>()?,
        more,
    };
    let page = templates.render(&context).map_err(RenderError::from)?;
    Ok(Some(Page { path: url.to_owned(), bytes: Some(page), inputs }))
}

#[cfg(test)]
mod tests {
    use crate::render::assets::Assets;

    #[test]
    fn the_page_of_a_name_shows_no_more_of_a_document_than_it_is_made_from() {
        let templates = Assets::embedded().templates;
        let text = |name: &str| String::from_utf8_lossy(&templates[name].bytes).into_owned();
        let page = text("name.html");
        let shown: Vec<&str> = page.split("document").skip(1).collect();
        assert!(!shown.is_empty());
        for rest in shown {
            let field = rest.strip_prefix('.').map(|f| f.split(|c: char| !c.is_alphanumeric()).next());
            assert!(matches!(field, Some(Some("title" | "url" | "lang"))), "document{rest:.20}");
        }
        // It takes in no other template but the one that knows no documents.
        assert!(
            !page.contains("include") && !page.contains("import") && !text("base.html").contains("texts")
        );
    }
}
