//! What a page says of itself in its head, as front matter: title, authors, date, language, address.
//!
//! Pages of journals say it for catalogues (`citation_title`), others for search engines (JSON-LD), for what shows a link
//! to them (Open Graph), or in Dublin Core. Below the title in the text and what the owner says, all of this is what a
//! text by itself could only be guessed to say.

use serde_json::Value;

use super::chrome::Chrome;
use super::tape::{Index, Page};
use crate::facts::is_language_tag;

/// Characters of the longest fact.
const LONGEST: usize = 300;
/// Authors that are named.
const MOST: usize = 30;

/// What is said.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The date, as ISO 8601.
    pub date: Option<String>,
    /// The language.
    pub lang: Option<String>,
    /// Addresses it was found at, the most certain first.
    pub addresses: Vec<String>,
    /// The rights.
    pub rights: Option<String>,
}

/// What the head holds, by names.
struct Said<'p> {
    page: &'p Page,
    meta: Vec<(String, &'p str)>,
    /// The article of JSON-LD.
    article: Option<Value>,
}

impl Said<'_> {
    /// All values of the first of these names that is there.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let of = |name: &&str| -> Vec<String> {
            self.meta.iter().filter(|m| m.0 == **name).map(|m| tidy(m.1)).filter(|v| !v.is_empty()).collect()
        };
        names.iter().map(of).find(|v| !v.is_empty()).unwrap_or_default()
    }

    fn one(&self, names: &[&str]) -> Option<String> {
        self.all(names).into_iter().next()
    }

    fn article(&self, key: &str) -> Option<&Value> {
        self.article.as_ref()?.get(key)
    }

    fn link(&self, rel: &str) -> Option<String> {
        let page = self.page;
        let links = |i: &Index| page.name(*i) == "link" && page.lists(*i, &["rel"], &[rel]);
        (0..page.len()).find(links).and_then(|i| page.attribute(i, "href")).map(tidy)
    }
}

impl Head {
    /// Reads a page's head.
    pub fn of(page: &Page) -> Head {
        let meta = (0..page.len()).filter(|&i| page.name(i) == "meta").filter_map(|i| {
            let name = page.attribute(i, "property").or_else(|| page.attribute(i, "name"));
            let name =
                name.or_else(|| page.attribute(i, "itemprop")).or_else(|| page.attribute(i, "http-equiv"))?;
            Some((name.trim().to_ascii_lowercase(), page.attribute(i, "content")?))
        });
        let said = Said { page, meta: meta.collect(), article: article(page) };
        let site = said.one(&["og:site_name", "application-name"]);
        let is_site = |name: &str| site.as_deref().is_some_and(|s| s.eq_ignore_ascii_case(name));

        let mut addresses: Vec<String> = [said.link("canonical"), said.one(&["og:url"]), saved_from(page)]
            .into_iter()
            .flatten()
            .chain(said.all(&["citation_public_url", "citation_fulltext_html_url", "dc.identifier.uri"]))
            .filter(|a| a.starts_with("http://") || a.starts_with("https://"))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        addresses.retain(|a| seen.insert(a.clone()));

        let named = || said.article("headline").and_then(Value::as_str).map(tidy);
        let title = said
            .one(&["citation_title"])
            .or_else(named)
            .or_else(|| said.one(&["dc.title", "dcterms.title", "og:title", "twitter:title"]))
            .filter(|t| !t.is_empty() && !is_site(t));
        let own = (0..page.len())
            .find(|&i| page.name(i) == "title" && !page.ancestors(i).any(|a| page.name(a) == "svg"));
        let own = own.map(|i| tidy(&page.words(i + 1..page.end(i)))).filter(|t| !t.is_empty());
        let title = title.or_else(|| {
            own.map(|t| without_site(&t, site.as_deref(), addresses.first().map(String::as_str)))
        });

        let authors =
            said.all(&["citation_author", "dc.creator", "dcterms.creator", "dc.contributor.author"]);
        let authors =
            if authors.is_empty() { said.article("author").map(people).unwrap_or_default() } else { authors };
        let authors = if authors.is_empty() { said.all(&["author", "article:author"]) } else { authors };
        let mut authors: Vec<String> =
            authors.iter().map(|a| person(a)).filter(|a| is_person(a) && !is_site(a)).take(MOST).collect();
        authors.dedup();

        let dated = said.article("datePublished").and_then(Value::as_str).map(tidy);
        let date = said
            .one(&["citation_publication_date", "citation_date", "citation_online_date"])
            .or(dated)
            .or_else(|| {
                said.one(&[
                    "article:published_time",
                    "dcterms.issued",
                    "dc.date.issued",
                    "dcterms.created",
                    "dc.date",
                    "dcterms.date",
                    "datepublished",
                    "date",
                    "pubdate",
                ])
            })
            .or_else(|| lone_time(page));
        let lang =
            ["lang", "xml:lang"].into_iter().find_map(|name| page.attribute(0, name)).map(str::to_owned);
        let lang = lang
            .or_else(|| said.one(&["citation_language", "dc.language", "content-language"]))
            .or_else(|| said.one(&["og:locale"]).map(|l| l.replace('_', "-")))
            .filter(|l| is_language_tag(l));
        Head {
            title,
            authors,
            date: date.and_then(|d| iso(&d)),
            lang,
            addresses,
            rights: said.one(&["dc.rights", "dcterms.rights", "copyright"]),
        }
    }

    /// Takes the heading of the text for the title, where both say the same, or nothing else does.
    pub fn settle_title(&mut self, page: &Page, chrome: &Chrome) {
        let mut titles = (0..page.len()).filter(|&i| page.name(i) == "h1" && chrome.shows(page, i));
        let (Some(first), None) = (titles.next(), titles.next()) else { return };
        let heading = cut(&page.words(first + 1..page.end(first)));
        let key = |t: &str| {
            t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        };
        let (own, said) = (key(&heading), key(self.title.as_deref().unwrap_or_default()));
        if !own.is_empty() && (said.is_empty() || said.contains(&own) || own.contains(&said)) {
            self.title = Some(heading);
        }
    }

    /// As front matter; nothing if nothing is said.
    pub fn front_matter(&self) -> String {
        // What JSON calls a text is one in YAML too.
        let text = |key: &str, value: &Option<String>| {
            value.as_ref().map(|v| format!("{key}: {}\n", Value::from(v.as_str())))
        };
        let authors =
            (!self.authors.is_empty()).then(|| format!("authors: {}\n", Value::from(self.authors.clone())));
        let source = self.addresses.first().cloned();
        let lines: String = [
            text("title", &self.title),
            authors,
            text("date", &self.date),
            text("lang", &self.lang),
            text("source", &source),
            text("rights", &self.rights),
        ]
        .into_iter()
        .flatten()
        .collect();
        if lines.is_empty() { lines } else { ["---\n", &lines, "---\n\n"].concat() }
    }
}

/// A value on one line, and no longer than facts are.
fn tidy(value: &str) -> String {
    cut(&value.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn cut(value: &str) -> String {
    let plain = value.chars().filter(|c| !c.is_control() && !crate::invisible::is_no_character(*c));
    plain.take(LONGEST).collect::<String>().trim().to_owned()
}

/// A title without the name of the site behind it.
fn without_site(title: &str, site: Option<&str>, address: Option<&str>) -> String {
    let host = address.and_then(|a| a.split('/').nth(2)).unwrap_or_default();
    let key =
        |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    for sign in [" | ", " – ", " — ", " - ", " · ", " :: ", " « ", " » "] {
        let Some((before, behind)) = title.rsplit_once(sign) else { continue };
        let named = key(behind);
        let is_site = site.is_some_and(|s| key(s) == named) || named.len() > 3 && key(host).contains(&named);
        if is_site && !before.trim().is_empty() {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The address that a browser wrote at the top of what it saved.
fn saved_from(page: &Page) -> Option<String> {
    page.comments.iter().find_map(|comment| {
        // `saved from url=(0042)https://…`, with the length of the address before it; or a line `url: https://…`.
        let behind = comment
            .split_once("saved from url=")
            .map(|c| c.1.trim_start_matches(|c: char| "()".contains(c) || c.is_ascii_digit()));
        let line = || comment.lines().find_map(|line| line.trim().strip_prefix("url:")).map(str::trim);
        behind.or_else(line)?.split_whitespace().next().map(str::to_owned)
    })
}

/// The article that JSON-LD describes.
fn article(page: &Page) -> Option<Value> {
    let scripts = (0..page.len()).filter(|&i| page.name(i) == "script");
    let data = scripts.filter(|&i| page.attribute(i, "type").is_some_and(|t| t.contains("ld+json")));
    data.filter_map(|i| {
        let json: String = (i + 1..page.end(i)).filter_map(|t| page.text(t)).collect();
        find_article(&serde_json::from_str(&json).ok()?, 0)
    })
    .next()
}

fn find_article(value: &Value, depth: usize) -> Option<Value> {
    /// Lists and graphs within each other.
    const DEEPEST: usize = 4;
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(all) => all.iter().find_map(|v| find_article(v, depth + 1)),
        Value::Object(object) => {
            let is = |t: &Value| {
                t.as_str().is_some_and(|t| {
                    t.ends_with("Article") || matches!(t, "BlogPosting" | "Report" | "Chapter" | "Book")
                })
            };
            let typed = object
                .get("@type")
                .is_some_and(|t| is(t) || t.as_array().is_some_and(|all| all.iter().any(is)));
            if typed { Some(value.clone()) } else { find_article(object.get("@graph")?, depth + 1) }
        }
        _ => None,
    }
}

/// The names of people in JSON-LD.
fn people(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![tidy(name)],
        Value::Array(all) => all.iter().take(MOST).flat_map(people).collect(),
        Value::Object(person) => person.get("name").map(people).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// A name in its usual order.
fn person(name: &str) -> String {
    let name = ["By ", "by ", "Von ", "Par ", "Por "]
        .into_iter()
        .find_map(|by| name.strip_prefix(by))
        .unwrap_or(name);
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') && last.split(' ').count() <= 3 && !first.is_empty() => {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    }
}

/// False for addresses, handles, and what machines write.
fn is_person(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    name.contains(char::is_alphabetic)
        && !name.contains("://")
        && !name.contains('@')
        && !matches!(
            low.as_str(),
            "admin"
                | "administrator"
                | "unknown"
                | "editor"
                | "webmaster"
                | "root"
        )
        // Whoever wrote something together is nobody by name.
        && !low.ends_with(" contributors")
        && name.split_whitespace().count() <= 8
}

/// A date as ISO 8601, as far as it goes: `2018/11/03` and `2018-11-03T10:00:00Z` are the third of November.
fn iso(date: &str) -> Option<String> {
    let mut parts = date.split(['-', '/', '.', 'T', ' ']);
    fn number(part: Option<&str>, digits: std::ops::RangeInclusive<usize>) -> Option<&str> {
        part.filter(|p| digits.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    }
    let Some(year) = number(parts.next(), 4..=4) else {
        // `3 November 2018` is read like the owner's own.
        return (date.len() <= 30 && date.contains(|c: char| c.is_ascii_digit())).then(|| date.to_owned());
    };
    let Some(month) = number(parts.next(), 1..=2) else { return Some(year.to_owned()) };
    let Some(day) = number(parts.next(), 1..=2) else { return Some(format!("{year}-{month:0>2}")) };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

/// The one moment that a page marks, or the one that it says it was published at.
fn lone_time(page: &Page) -> Option<String> {
    let times: Vec<Index> = (0..page.len())
        .filter(|&i| page.name(i) == "time" && page.attribute(i, "datetime").is_some())
        .take(50)
        .collect();
    let published = times.iter().find(|&&i| {
        page.lists(i, &["itemprop", "class"], &["datePublished", "dt-published", "published", "entry-date"])
    });
    let lone = published.copied().or(if let [only] = times[..] { Some(only) } else { None })?;
    page.attribute(lone, "datetime").map(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Head {
        Head::of(&Page::read(html, false))
    }

    #[test]
    fn heads_are_read_in_every_vocabulary() {
        let journal = of(
            "<html lang=de><meta name=citation_title content='Of Weirs'><meta name=citation_author content='Feld, Nora'>\
            <meta name=citation_author content='Ada Korn'><meta name=citation_date content='2018/11/3'>",
        );
        assert_eq!(journal.title.as_deref(), Some("Of Weirs"));
        assert_eq!(journal.authors, ["Nora Feld", "Ada Korn"]);
        assert_eq!((journal.date.as_deref(), journal.lang.as_deref()), (Some("2018-11-03"), Some("de")));
        let graph = of(
            "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\"}, {\"@type\": [\"NewsArticle\"], \
            \"headline\": \"Of Mills\", \"author\": [{\"name\": \"Nora Feld\"}], \"datePublished\": \"2020-01-02T03:04Z\"}]}</script>",
        );
        assert_eq!((graph.title.as_deref(), graph.date.as_deref()), (Some("Of Mills"), Some("2020-01-02")));
        assert_eq!(graph.authors, ["Nora Feld"]);
        let shared = of(
            "<!-- saved from url=(0026)https://mills.example/a/b -->\n<title>Of Wheels | Mills</title>\
            <meta property='og:site_name' content='Mills'><meta name=author content='https://mills.example/nora'>",
        );
        assert_eq!((shared.title.as_deref(), shared.authors.len()), (Some("Of Wheels"), 0));
        assert_eq!(shared.addresses, ["https://mills.example/a/b"]);
    }

    #[test]
    fn nothing_is_said_for_certain() {
        let head = of("<html lang='not a tag'><meta name=date content='soon'><p>Text.");
        assert_eq!(head, Head::default());
        assert_eq!(head.front_matter(), "");
        assert_eq!(iso("2018"), Some("2018".to_owned()));
    }
}
