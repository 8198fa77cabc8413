//! Lists of works for other programs: BibTeX, CSL-JSON and RIS.

use serde::Serialize;

use super::catalogue::json;
use super::{Page, RenderError};
use crate::cite::{Description, Kind, Name};

/// Where the lists of a document are, without their endings.
pub fn stem(slug: &str) -> String {
    ["data/", slug, ".works"].concat()
}

/// The three files of a list of works, each with its id.
pub fn files(stem: &str, works: &[(&str, &Description)]) -> Result<[Page; 3], RenderError> {
    let csl: Vec<Item> = works.iter().map(|(id, d)| item(id, d)).collect();
    let path = |ending: &str| [stem, ending].concat();
    Ok([
        Page::new(path(".bib"), works.iter().map(|(id, d)| bibtex(id, d)).collect::<String>()),
        json(path(".json"), &csl)?,
        Page::new(path(".ris"), works.iter().map(|(id, d)| ris(id, d)).collect::<String>()),
    ])
}

/// The four figures of a year, without the letter that tells two works apart.
fn figures(year: &str) -> Option<&str> {
    year.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))
}

/// One entry of a `.bib` file.
fn bibtex(id: &str, d: &Description) -> String {
    let kind = match (d.kind, d.url.is_some()) {
        (Kind::Article, _) if d.container.is_some() => "article",
        (Kind::Chapter, _) => "incollection",
        (Kind::WebPage, _) | (Kind::Article, true) => "online",
        (Kind::Article, false) => "misc",
        (Kind::Book, _) if d.authors.is_empty() && !d.editors.is_empty() => "collection",
        (Kind::Book, _) => "book",
    };
    let people = |names: &[Name], et_al: bool| {
        let mut all: Vec<String> = names.iter().map(bib_name).collect();
        if et_al && !all.is_empty() {
            all.push("others".into());
        }
        all.join(" and ")
    };
    let holder = if d.kind == Kind::Article { "journaltitle" } else { "booktitle" };
    let fields = [
        ("author", people(&d.authors, d.et_al)),
        ("title", tex(&d.title)),
        (holder, d.container.as_deref().map_or(String::new(), tex)),
        ("editor", people(&d.editors, d.et_al && d.authors.is_empty())),
        ("translator", people(&d.translators, false)),
        ("edition", d.edition.as_deref().map_or(String::new(), tex)),
        ("volume", d.volume.as_deref().map_or(String::new(), tex)),
        ("number", d.issue.as_deref().map_or(String::new(), tex)),
        ("location", d.place.as_deref().map_or(String::new(), tex)),
        ("publisher", d.publisher.as_deref().map_or(String::new(), tex)),
        ("date", d.year.as_deref().and_then(figures).unwrap_or_default().to_owned()),
        ("pubstate", d.year.as_deref().filter(|y| figures(y).is_none()).map_or(String::new(), tex)),
        ("url", d.url.as_deref().map_or(String::new(), |u| u.replace(['{', '}', '\\'], ""))),
    ];
    let mut out = ["@", kind, "{", id, ",\n"].concat();
    for (name, value) in fields.iter().filter(|f| !f.1.is_empty()) {
        out.push_str(&["  ", name, " = {", value, "},\n"].concat());
    }
    out.push_str("}\n\n");
    out
}

/// `{Friends of Aron Baron}` is not to be taken apart.
fn bib_name(name: &Name) -> String {
    if !name.given.is_empty() {
        return [&tex(&name.family), ", ", &tex(&name.given)].concat();
    }
    let family = tex(&name.family);
    if family.contains(' ') { ["{", &family, "}"].concat() } else { family }
}

/// Text with what TeX would take for a command written out; braces that are not in pairs would end the field.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' | '}' | '\\' => {}
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editor: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translator: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher_place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: [[u32; 1]; 1],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Person<'a> {
    Named { family: &'a str, given: &'a str },
    Literal { literal: &'a str },
}

fn persons(names: &[Name]) -> Vec<Person<'_>> {
    fn person(n: &Name) -> Person<'_> {
        match n.given.is_empty() {
            true => Person::Literal { literal: &n.family },
            false => Person::Named { family: &n.family, given: &n.given },
        }
    }
    names.iter().map(person).collect()
}

fn item<'a>(id: &'a str, d: &'a Description) -> Item<'a> {
    Item {
        id,
        kind: match d.kind {
            Kind::Book => "book",
            Kind::Chapter => "chapter",
            Kind::Article if d.container.is_some() => "article-journal",
            Kind::Article => "article",
            Kind::WebPage => "webpage",
        },
        title: &d.title,
        author: persons(&d.authors),
        editor: persons(&d.editors),
        translator: persons(&d.translators),
        container_title: d.container.as_deref(),
        publisher: d.publisher.as_deref(),
        publisher_place: d.place.as_deref(),
        edition: d.edition.as_deref(),
        volume: d.volume.as_deref(),
        issue: d.issue.as_deref(),
        issued: d
            .year
            .as_deref()
            .and_then(figures)
            .and_then(|y| y.parse().ok())
            .map(|y| Issued { parts: [[y]] }),
        url: d.url.as_deref(),
    }
}

/// One record of a `.ris` file.
pub fn ris(id: &str, d: &Description) -> String {
    let kind = match d.kind {
        Kind::Book => "BOOK",
        Kind::Chapter => "CHAP",
        Kind::Article if d.container.is_some() => "JOUR",
        Kind::Article => "GEN",
        Kind::WebPage => "ELEC",
    };
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            out.push_str(&[tag, "  - ", &value, "\r\n"].concat());
        }
    };
    line("TY", kind);
    line("ID", id);
    d.authors.iter().for_each(|n| line("AU", &n.sorted()));
    line("TI", &d.title);
    line("T2", d.container.as_deref().unwrap_or_default());
    d.editors.iter().for_each(|n| line(if d.kind == Kind::Chapter { "A2" } else { "ED" }, &n.sorted()));
    d.translators.iter().for_each(|n| line("A4", &n.sorted()));
    line("ET", d.edition.as_deref().unwrap_or_default());
    line("VL", d.volume.as_deref().unwrap_or_default());
    line("IS", d.issue.as_deref().unwrap_or_default());
    line("CY", d.place.as_deref().unwrap_or_default());
    line("PB", d.publisher.as_deref().unwrap_or_default());
    line("PY", d.year.as_deref().and_then(figures).unwrap_or_default());
    line("UR", d.url.as_deref().unwrap_or_default());
    out.push_str("ER  - \r\n\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter() -> Description {
        Description {
            kind: Kind::Chapter,
            authors: vec![Name { given: "Walter".into(), family: "Benjamin".into() }],
            editors: vec![Name { given: String::new(), family: "Friends of {Paper} & Ink".into() }],
            title: "The Task_of #1".into(),
            container: Some("Illuminations".into()),
            year: Some("1968a".into()),
            ..Description::default()
        }
    }

    #[test]
    fn every_format_says_the_same() {
        let d = chapter();
        let expected = "@incollection{task,\n  author = {Benjamin, Walter},\n  title = {The Task\\_of \\#1},\n  \
                        booktitle = {Illuminations},\n  editor = {{Friends of Paper \\& Ink}},\n  date = {1968},\n}\n\n";
        assert_eq!(bibtex("task", &d), expected);
        let expected = "TY  - CHAP\r\nID  - task\r\nAU  - Benjamin, Walter\r\nTI  - The Task_of #1\r\nT2  - Illuminations\r\n\
                        A2  - Friends of {Paper} & Ink\r\nPY  - 1968\r\nER  - \r\n\r\n";
        assert_eq!(ris("task", &d), expected);
        let csl = serde_json::to_value([item("task", &d)]).unwrap();
        assert_eq!(csl[0]["author"][0]["family"], "Benjamin");
        assert_eq!(csl[0]["editor"][0]["literal"], "Friends of {Paper} & Ink");
        assert_eq!(csl[0]["issued"]["date-parts"][0][0], 1968);
        assert_eq!(csl[0]["container-title"], "Illuminations");
    }
}
