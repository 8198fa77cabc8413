//! What the owner says of a document: front matter in the file, and a sidecar beside it.
//!
//! 1. [`front`] decides whether a file begins with front matter at all. A rule at the top of a scanned page
//!    looks the same, and what is taken for front matter is not shown: in doubt it is text.
//! 2. [`yaml`] and [`toml`] turn a block into [`Entry`]s: keys with their values, their places, and the
//!    values' text as written (`2018.10` is a date to its owner, and a number to YAML).
//! 3. [`keys`] knows the keys and what each may hold.
//!
//! [`read`] does it all for one document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::annotations::Annotation;
use crate::diagnostic::{Diagnostic, Warned};
use crate::discover::Sidecar;
use crate::model::Form;
use crate::said::{Said, said};
use crate::source::{Source, Span};

mod front;
mod keys;
mod language;
pub mod toml;
pub mod yaml;

pub use language::is_language_tag;

/// The most that front matter may hold, in bytes.
pub const MAX_FRONT_MATTER: usize = 64 << 10;

/// The most that a sidecar may hold, in bytes.
pub const MAX_SIDECAR: u64 = 1 << 20;

/// Reads a document's facts: its front matter, then its sidecar, which wins key by key. Sets
/// [`Source::body_start`] behind the front matter.
pub fn read(source: &mut Source, sidecar: Option<&Sidecar>) -> Warned<Facts> {
    let mut facts = Facts::default();
    let mut diagnostics = Vec::new();
    if let Some(front) = front::find(source, &mut diagnostics) {
        source.body_start = front.body_start;
        keys::apply(&mut facts, front.entries, source, &source.path, &mut diagnostics);
    }
    if let Some(sidecar) = sidecar {
        match crate::discover::read(&sidecar.path, &sidecar.shown, MAX_SIDECAR) {
            Ok(bytes) => {
                facts.sidecar = Some(crate::digest::of(&bytes));
                beside(&mut facts, source, &sidecar.shown, bytes, &mut diagnostics);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    Warned { value: facts, diagnostics }
}

/// Takes in the facts of a sidecar.
fn beside(facts: &mut Facts, of: &Source, shown: &str, bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) {
    let decoded = crate::decode::decode(shown, bytes);
    diagnostics.extend(decoded.diagnostics);
    let Some(sidecar) = decoded.value else { return };
    match yaml::entries(&sidecar, front::sidecar_end(&sidecar.text)) {
        Ok(yaml::Parsed::Mapping(entries)) => keys::apply(facts, entries, &sidecar, &of.path, diagnostics),
        Ok(yaml::Parsed::Nothing) => {}
        Ok(yaml::Parsed::Other) => {
            let problem = Problem { place: Span::default(), message: said!("no list of keys with values") };
            diagnostics.push(problem.diagnostic(&sidecar).hint(said!("write one `key: value` a line")));
        }
        Err(problem) => diagnostics.push(problem.diagnostic(&sidecar)),
    }
}

/// One key with what is given for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where it stands.
    pub place: Span,
    /// The value, as its language reads it.
    pub value: serde_json::Value,
    /// The value as its owner wrote it, where it is one piece of text or a list of such.
    pub written: Written,
}

/// A value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A single text, number, date or truth.
    One(String),
    /// A list; `None` for an item that is no single text.
    Many(Vec<Option<String>>),
    /// A table, or nothing.
    Other,
}

/// Why a block could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Span,
    /// What is the matter.
    pub message: Said,
}

impl Problem {
    fn diagnostic(&self, source: &Source) -> Diagnostic {
        use crate::diagnostic::{Code, Severity};
        Diagnostic::at(Severity::Error, Code::BadFacts, source, self.place, self.message.clone())
    }
}

/// The facts given for one document. The sidecar wins over the front matter, key by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// `title`
    pub title: Option<String>,
    /// `authors` (a list, or one name)
    pub authors: Option<Vec<String>>,
    /// `date`, as written by the owner
    pub date: Option<String>,
    /// `source`: the address it was found at
    pub source: Option<String>,
    /// `tags`
    pub tags: Option<Vec<String>>,
    /// `lang`
    pub lang: Option<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `collection`
    pub collection: Option<String>,
    /// `rights`
    pub rights: Option<String>,
    /// `slug`
    pub slug: Option<String>,
    /// `aliases`: old slugs that lead here
    pub aliases: Vec<String>,
    /// `publish`
    pub publish: Publish,
    /// `form`
    pub form: Option<Form>,
    /// `pages`
    pub pages: Option<String>,
    /// `columns`: false if columns that seem to stand side by side are to be left so
    pub columns: Option<bool>,
    /// `fixes`
    pub fixes: Vec<crate::fixes::Fix>,
    /// The digest of the sidecar they were read from, if there is one.
    pub sidecar: Option<String>,
    /// `annotations`: what is said of passages; which document they are about is not written in them yet
    pub annotations: Vec<Annotation>,
    /// Keys the program does not know; they reach the templates.
    #[serde(with = "crate::stored::json")]
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// What of a document is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Publish {
    /// The page, and the untouched source beside it (`true`, the default).
    #[default]
    All,
    /// The page alone (`text`).
    Text,
    /// Nothing (`false`).
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Severity};
    use serde_json::json;

    fn of(text: &str) -> (Facts, Source, Vec<Diagnostic>) {
        let mut source = Source::new("seeds/a.md", text.to_owned());
        let warned = read(&mut source, None);
        (warned.value, source, warned.diagnostics)
    }

    fn body(source: &Source) -> &str {
        &source.text[source.body_start..]
    }

    #[test]
    fn what_other_programs_call_facts() {
        let (clipped, ..) =
            of("---\nauthor: [\"[[Nora Feld]]\", \"[[people/ann|Ann Other]]\"]\npublished: 2021-02-03\n\
             url: https://example.org/b\ndescription: Of mills.\n---\n\nText.\n");
        assert_eq!(clipped.authors, Some(vec!["Nora Feld".to_owned(), "Ann Other".to_owned()]));
        let facts = [clipped.date, clipped.source, clipped.summary].map(Option::unwrap_or_default);
        assert_eq!(facts, ["2021-02-03", "https://example.org/b", "Of mills."]);
        let (kept, ..) = of("---\ndate: 1999\npublished: false\nurl: /a/\n---\n\nText.\n");
        assert_eq!((kept.publish, kept.date.as_deref(), kept.source), (Publish::Nothing, Some("1999"), None));
    }

    fn with_sidecar(text: &str, sidecar: &[u8]) -> (Facts, Vec<Diagnostic>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.yaml");
        std::fs::write(&path, sidecar).unwrap();
        let mut source = Source::new("seeds/a.md", text.to_owned());
        let warned = read(&mut source, Some(&Sidecar { path, shown: "seeds/a.yaml".into() }));
        (warned.value, warned.diagnostics)
    }

    #[test]
    fn every_key_is_read_from_yaml() {
        let text = "---\ntitle: 'A: B'\nauthors: [A One, B Two]\ndate: 2018-11\nsource: https://example.org/\ntags: one\n\
                    lang: de\nsummary: >\n  Two\n  lines\ncollection: C\nrights: none\nslug: s\naliases: old\n\
                    publish: text\nform: ocr-markdown\npages: 5-18, 20\ncover:\n  image: a.png\n---\nThe text.\n";
        let (facts, source, diagnostics) = of(text);
        assert_eq!(diagnostics, []);
        assert_eq!(body(&source), "The text.\n");
        let some = |s: &str| Some(s.to_owned());
        let expected = Facts {
            title: some("A: B"),
            authors: Some(vec!["A One".into(), "B Two".into()]),
            date: some("2018-11"),
            source: some("https://example.org/"),
            tags: Some(vec!["one".into()]),
            lang: some("de"),
            summary: some("Two lines"),
            collection: some("C"),
            rights: some("none"),
            slug: some("s"),
            aliases: vec!["old".into()],
            publish: Publish::Text,
            form: Some(Form::OcrMarkdown),
            pages: some("5-18, 20"),
            columns: None,
            fixes: Vec::new(),
            sidecar: None,
            annotations: Vec::new(),
            extra: BTreeMap::from([("cover".into(), json!({"image": "a.png"}))]),
        };
        assert_eq!(facts, expected);
    }

    #[test]
    fn values_stay_as_they_were_written() {
        let (facts, ..) =
            of("---\ntitle: 1984\ndate: 2018.10\ntags: [007, 1e3, no, true]\npages: 12\nlang: ~\n---\n");
        assert_eq!(facts.title.as_deref(), Some("1984"));
        assert_eq!(facts.date.as_deref(), Some("2018.10"));
        assert_eq!(facts.tags.unwrap(), ["007", "1e3", "no", "true"]);
        assert_eq!(facts.pages.as_deref(), Some("12"));
        assert_eq!(facts.lang, None);
        let (facts, ..) = of("---\ndate: 2018-11-03T10:00:00Z\n...\n");
        assert_eq!(facts.date.as_deref(), Some("2018-11-03T10:00:00Z"));
    }

    #[test]
    fn toml_is_read_with_zolas_tables() {
        let text = "+++\ntitle = \"A\"\ndate = 2018-11-03\nauthors = [\"One\"]\nweight = 3\n[taxonomies]\ntags = [\"x\", \"y\"]\nseries = [\"s\"]\n[extra]\nfoo = true\n+++\n\nText\n";
        let (facts, source, diagnostics) = of(text);
        assert_eq!(diagnostics, []);
        assert_eq!(body(&source), "\nText\n");
        assert_eq!(facts.date.as_deref(), Some("2018-11-03"));
        assert_eq!(facts.authors.unwrap(), ["One"]);
        assert_eq!(facts.tags.unwrap(), ["x", "y"]);
        assert_eq!(facts.extra["foo"], json!(true));
        assert_eq!(facts.extra["weight"], json!(3));
        assert_eq!(facts.extra["taxonomies"], json!({"series": ["s"]}));
    }

    #[test]
    fn a_rule_is_not_front_matter() {
        for text in [
            "---\n# A heading\n---\nText\n",
            "---\n\nWords of a page.\n\n---\nText\n",
            "---\nChapter 1: The beginning\n---\nText\n",
            "---\nNote: the page is torn\n---\nText\n",
            "---\n- one\n- two\n---\n",
            "---\n---\nText\n",
            "---\nWords: of a page that\ngoes on: and on [\n---\n",
            "----\ntitle: a\n---\n",
            " ---\ntitle: a\n---\n",
            "Text\n---\ntitle: a\n---\n",
            "---",
            "",
            "+++\nnot toml\n+++\n",
        ] {
            let (facts, source, diagnostics) = of(text);
            assert_eq!((source.body_start, facts), (0, Facts::default()), "{text}");
            assert_eq!(diagnostics, [], "{text}");
        }
    }

    #[test]
    fn broken_front_matter_is_text_and_said_with_its_line() {
        let (facts, source, diagnostics) = of("---\ntitle: A\ntags: [one,\nlang: de\n---\nText\n");
        assert_eq!((facts, source.body_start), (Facts::default(), 0));
        assert_eq!(diagnostics.len(), 1);
        let error = &diagnostics[0];
        assert_eq!((error.severity, error.code), (Severity::Error, Code::BadFacts));
        assert!((3..=5).contains(&error.line), "{error}");
        let (_, source, diagnostics) = of("---\ntitle: A\nlang: de\nsummary: a: b\n---\nText\n");
        assert_eq!((source.body_start, diagnostics[0].line), (0, 4), "{}", diagnostics[0]);
        let (_, source, diagnostics) = of("+++\ntitle = \"A\"\nlang = de\n+++\nText\n");
        assert_eq!((source.body_start, diagnostics[0].line), (0, 3), "{}", diagnostics[0]);
        let (_, source, diagnostics) = of("---\ntitle: A\nand no end\n");
        assert_eq!((source.body_start, diagnostics[0].line, diagnostics[0].code), (0, 1, Code::BadFacts));
    }

    #[test]
    fn a_capital_key_is_text_but_not_in_silence() {
        let (facts, source, diagnostics) = of("---\nTitle: A\nAuthor: B\n---\nText\n");
        assert_eq!((facts, source.body_start), (Facts::default(), 0));
        assert_eq!((diagnostics[0].severity, diagnostics[0].line), (Severity::Warning, 2));
        assert_eq!(
            diagnostics[0].hint.as_ref().map(ToString::to_string).as_deref(),
            Some("for front matter write `title`")
        );
    }

    #[test]
    fn only_pages_are_of_the_form_html() {
        let read_as = |path: &str| {
            let mut source = Source::new(path, "---\nform: html\n---\nText.\n".to_owned());
            let warned = read(&mut source, None);
            (warned.value.form, warned.diagnostics.len())
        };
        assert_eq!(read_as("seeds/a.html"), (Some(Form::Html), 0));
        assert_eq!(read_as("seeds/a.txt"), (None, 1));
    }

    #[test]
    fn one_wrong_value_leaves_the_others() {
        let text = "---\ntitle: [a, b]\nauthors:\n  - One\n  - {name: Two}\nlang: de\nform: scroll\npublish: 3\ntags: {a: b}\nlang: en\n---\n";
        let (facts, source, diagnostics) = of(text);
        assert_eq!(body(&source), "");
        assert_eq!(facts.title, None);
        assert_eq!(facts.authors.unwrap(), ["One"]);
        assert_eq!(facts.lang.as_deref(), Some("en"));
        assert_eq!((facts.form, facts.publish), (None, Publish::All));
        let lines: Vec<_> = diagnostics.iter().map(|d| (d.line, d.code, d.severity)).collect();
        let warning = |line| (line, Code::BadFact, Severity::Warning);
        assert_eq!(lines, [2, 3, 7, 8, 9, 10].map(warning));
    }

    #[test]
    fn the_sidecar_wins_key_by_key() {
        let front = "---\ntitle: Front\nlang: de\nfoo: 1\npublish: false\n---\nText";
        let (facts, diagnostics) =
            with_sidecar(front, b"\xEF\xBB\xBF---\r\ntitle: Side\r\nfoo: 2\r\ntags: [x]\r\n---\r\n");
        assert_eq!(diagnostics, []);
        assert_eq!(facts.title.as_deref(), Some("Side"));
        assert_eq!(facts.lang.as_deref(), Some("de"));
        assert_eq!(facts.tags.unwrap(), ["x"]);
        assert_eq!(facts.extra["foo"], json!(2));
        assert_eq!(facts.publish, Publish::Nothing);
    }

    #[test]
    fn a_broken_sidecar_leaves_the_front_matter() {
        for sidecar in ["title: [", "- a\n", "\n\ttitle: a", "just words"] {
            let (facts, diagnostics) = with_sidecar("---\ntitle: Front\n---\n", sidecar.as_bytes());
            assert_eq!(facts.title.as_deref(), Some("Front"));
            assert_eq!(diagnostics.len(), 1, "{sidecar}");
            assert_eq!((diagnostics[0].code, diagnostics[0].path.as_str()), (Code::BadFacts, "seeds/a.yaml"));
        }
        assert_eq!(with_sidecar("", b"").1, []);
        let large = vec![b'#'; MAX_SIDECAR as usize + 1];
        assert_eq!(with_sidecar("", &large).1[0].code, Code::TooLarge);
    }

    #[test]
    fn a_block_that_asks_for_too_much_is_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 10].join(", ");
            bomb.push_str(&format!("a{i}: &a{i} [{refs}]\n"));
        }
        let (_, diagnostics) = with_sidecar("", bomb.as_bytes());
        assert_eq!(diagnostics[0].code, Code::BadFacts, "{}", diagnostics[0]);
        // A list that is long already, asked for as often as the parser lets one.
        let list = |item: &str| vec![item; 1000].join(",");
        let wide = format!("a: &a [{}]\nb: [{}]\n", list("~"), list("*a"));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(9000), list("*a"));
        for block in [wide, long] {
            let (_, diagnostics) = with_sidecar("", block.as_bytes());
            assert!(diagnostics[0].message.to_string().contains("more values than"), "{}", diagnostics[0]);
        }
        // Few enough that a parser left to itself comes to an end, many enough to be stopped before.
        let message =
            &with_sidecar("", format!("a: {}", "[".repeat(1000)).as_bytes()).1[0].message.to_string();
        assert!(message.starts_with("more brackets"), "{message}");
        for deep in [
            "a: ".to_owned() + &"[".repeat(500_000),
            "a: ".to_owned() + &"{".repeat(500_000),
            "- ".repeat(500_000),
            "? ".repeat(500_000),
        ] {
            assert_eq!(with_sidecar("", deep.as_bytes()).1[0].code, Code::BadFacts);
        }
        let (_, source, diagnostics) = of(&format!("+++\na = {}\n+++\nText", "[".repeat(60_000)));
        assert_eq!((source.body_start, diagnostics[0].code), (0, Code::BadFacts));
        let (_, source, diagnostics) =
            of(&format!("---\ntitle: a\nx: '{}'\n---\nText", "y".repeat(MAX_FRONT_MATTER)));
        assert_eq!((source.body_start, diagnostics[0].code), (0, Code::BadFacts));
    }

    #[test]
    fn keys_are_found_where_they_stand() {
        let source = Source::new("a", "'title': a\ninner:\n  lang: x\n\"lang\": [a]\nlang : {}\n".into());
        let Ok(yaml::Parsed::Mapping(entries)) = yaml::entries(&source, source.text.len()) else { panic!() };
        let lines: Vec<_> =
            entries.iter().map(|e| (e.key.as_str(), source.line_of(e.place.start as usize))).collect();
        assert_eq!(lines, [("title", 1), ("inner", 2), ("lang", 4), ("lang", 5)]);
    }
}
