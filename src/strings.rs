//! The words of the pages, in the language of the archive.
//!
//! 1. English is complete, and what another language lacks is said in it.
//! 2. Over it the shipped file of the archive's language (`strings/de.yaml` of the program), if there is one.
//! 3. Over that the owner's own `strings/LANG.yaml`, key by key; it may add keys for the owner's templates.
//!
//! What the stages say of a text ([`Said`]) is listed by its English, each gap as `{}`. Other keys are names.
//!
//! A text may hold `{name}`, which is filled when it is said. Where a count decides, a key has one text for each of the
//! language's plurals, by the names that Unicode gives them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::facts::MAX_SIDECAR;
use crate::facts::yaml::{self, Parsed};
use crate::said::{self, Gap, Said};
use crate::source::{Source, Span};

/// The languages that ship with the program.
const SHIPPED: [(&str, &str); 2] =
    [("en", include_str!("../strings/en.yaml")), ("de", include_str!("../strings/de.yaml"))];

/// What is said under one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Saying {
    One(String),
    /// By the name of the plural.
    Plurals(BTreeMap<String, String>),
}

/// The words of the pages in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strings {
    lang: String,
    sayings: BTreeMap<String, Saying>,
}

impl Default for Strings {
    fn default() -> Self {
        Strings::shipped("en")
    }
}

impl Strings {
    /// The shipped words of a language; English where it has none.
    pub fn shipped(lang: &str) -> Self {
        /// Read once: the stages and the pages both speak it.
        static ENGLISH: LazyLock<Strings> =
            LazyLock::new(|| Strings { lang: String::new(), sayings: BTreeMap::new() }.with_shipped("en"));
        let english = Strings { lang: lang.to_owned(), ..ENGLISH.clone() };
        if primary(lang) == "en" { english } else { english.with_shipped(primary(lang)) }
    }

    /// The same with the shipped file of a language over it, if there is one.
    fn with_shipped(mut self, lang: &str) -> Self {
        for (_, text) in SHIPPED.iter().filter(|(code, _)| *code == lang) {
            // The shipped files are read by a test; a slip in one cannot reach a reader.
            let _ = self.take(&Source::new(lang, (*text).to_owned()));
        }
        self
    }

    /// The archive's own words of a language, by their file's name in the archive.
    pub fn file(lang: &str) -> String {
        ["strings/", lang, ".yaml"].concat()
    }

    /// The words of a language, with those of the archive's own `strings/LANG.yaml` in their place.
    pub fn read(archive: &Path, lang: &str) -> Result<Self, Failure> {
        let mut strings = Self::shipped(lang);
        let shown = Self::file(lang);
        let path = archive.join(&shown);
        if let Some(bytes) = crate::discover::read_optional(&path, &shown, MAX_SIDECAR)? {
            let decoded = crate::decode::decode(&shown, bytes);
            if let Some(doubt) = decoded.diagnostics.into_iter().find(|d| d.severity >= Severity::Warning) {
                return Err(doubt.into());
            }
            if let Some(source) = decoded.value {
                strings.take(&source)?;
            }
        }
        Ok(strings)
    }

    /// The language.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// What is said under a key; the key itself where nothing is.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        match self.sayings.get(key) {
            Some(Saying::One(text)) => text,
            Some(Saying::Plurals(texts)) => texts.get("other").map_or(key, String::as_str),
            None => key,
        }
    }

    /// What a stage says, in this language; in English where nobody put it into this language.
    pub fn said(&self, said: &Said) -> String {
        let count = said.gaps().iter().find_map(|gap| if let Gap::Number(n) = gap { Some(*n) } else { None });
        let mut rest = count.map_or_else(|| self.say(said.key()), |n| self.pattern(said.key(), n));
        let mut out = String::with_capacity(rest.len());
        let mut next = 0;
        while let Some((before, behind)) = rest.split_once('{') {
            out.push_str(before);
            // `{}` is the next gap of the English, `{2}` the second.
            let named = behind.split_once('}').filter(|(name, _)| name.bytes().all(|b| b.is_ascii_digit()));
            let Some((name, after)) = named else {
                out.push('{');
                rest = behind;
                continue;
            };
            let index = name.parse::<usize>().map_or(next, |nth| nth.saturating_sub(1));
            match said.gaps().get(index) {
                Some(gap) => out.push_str(&self.gap(gap)),
                None => out.extend(["{", name, "}"]),
            }
            next = index + 1;
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn gap<'a>(&'a self, gap: &'a Gap) -> Cow<'a, str> {
        match gap {
            Gap::Words(words) => words.into(),
            Gap::Number(n) => self.number(*n).into(),
            Gap::Said(said) => self.said(said).into(),
            Gap::Foreign(words) if primary(&self.lang) == "en" || self.sayings.contains_key(words) => {
                self.say(words).into()
            }
            Gap::Foreign(_) => self.say(said::ELSEWHERE).into(),
        }
    }

    /// What is said under a key of so many.
    pub fn pattern<'a>(&'a self, key: &'a str, n: usize) -> &'a str {
        match self.sayings.get(key) {
            Some(Saying::Plurals(texts)) => {
                let plural = plural(primary(&self.lang), n);
                texts.get(plural).or_else(|| texts.get("other")).map_or(key, String::as_str)
            }
            _ => self.say(key),
        }
    }

    /// What is said under the keys that begin so, for a script: JSON, by the rest of the key.
    pub fn json(&self, beginning: &str) -> String {
        let said =
            self.sayings.iter().filter_map(|(key, saying)| Some((key.strip_prefix(beginning)?, saying)));
        // Writing texts to a string does not fail.
        serde_json::to_string(&said.collect::<BTreeMap<_, _>>()).unwrap_or_default()
    }

    /// A count with its noun: `1 note`, `143 notes`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.pattern(key, n).replace("{n}", &self.number(n))
    }

    /// A number with its digits in groups: `17,000`.
    pub fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(self.say("digits"));
            }
            out.push(digit);
        }
        out
    }

    /// Minutes as a reader is told of them: `42 min`, `1 h 6 min`.
    pub fn time(&self, minutes: usize) -> String {
        match (minutes / 60, minutes % 60) {
            (0, m) => self.count("minutes", m),
            (h, 0) => self.count("hours", h),
            (h, m) => [self.count("hours", h), self.count("minutes", m)].join(" "),
        }
    }

    /// An ISO 8601 date as a reader says it: `2018-11` → `November 2018`. What is no such date stands as it is.
    pub fn date(&self, iso: &str) -> String {
        let mut parts = iso.splitn(3, '-');
        let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let month = month.and_then(|m| m.parse::<u8>().ok()).filter(|m| (1..=12).contains(m));
        let Some(month) = month else { return iso.to_owned() };
        let name = self.say(&format!("month-{month}")).to_owned();
        match day.map(str::parse::<u8>) {
            None => self.say("date-month").replace("{month}", &name).replace("{year}", year),
            Some(Ok(day)) => {
                let pattern = self.say("date-day").replace("{day}", &day.to_string());
                pattern.replace("{month}", &name).replace("{year}", year)
            }
            Some(Err(_)) => iso.to_owned(),
        }
    }

    fn take(&mut self, source: &Source) -> Result<(), Failure> {
        let entries = match yaml::entries(source, source.text.len()) {
            Ok(Parsed::Mapping(entries)) => entries,
            Ok(Parsed::Nothing) => return Ok(()),
            Ok(Parsed::Other) => return Err(wrong(source, Span::default(), "no list of keys with texts")),
            Err(problem) => return Err(wrong(source, problem.place, &problem.message.to_string())),
        };
        for entry in entries {
            let saying = match &entry.value {
                serde_json::Value::String(text) => Saying::One(text.clone()),
                serde_json::Value::Object(texts) => {
                    let texts = texts.iter().map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned())));
                    let texts: Option<BTreeMap<String, String>> = texts.collect();
                    match texts.filter(|t| t.contains_key("other")) {
                        Some(texts) => Saying::Plurals(texts),
                        None => {
                            let message =
                                format!("`{}` needs a text for each plural, `other` among them", entry.key);
                            return Err(wrong(source, entry.place, &message));
                        }
                    }
                }
                _ => {
                    let message = format!("`{}` is neither a text nor texts by plural", entry.key);
                    return Err(wrong(source, entry.place, &message));
                }
            };
            self.sayings.insert(entry.key, saying);
        }
        Ok(())
    }
}

fn wrong(source: &Source, place: Span, message: &str) -> Failure {
    Diagnostic::at(Severity::Error, Code::Configuration, source, place, Said::told(message)).into()
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The plural that a language uses for a whole number, by Unicode's rules (CLDR 46).
fn plural(lang: &str, n: usize) -> &'static str {
    let (tens, units) = (n % 100, n % 10);
    match lang {
        "ja" | "ko" | "zh" | "vi" | "id" | "th" => "other",
        "fr" | "pt" | "hy" | "fa" | "hi" if n < 2 => "one",
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" => match (units, tens) {
            (1, t) if t != 11 => "one",
            (2..=4, t) if !(12..=14).contains(&t) => "few",
            _ => "many",
        },
        "pl" => match (units, tens) {
            _ if n == 1 => "one",
            (2..=4, t) if !(12..=14).contains(&t) => "few",
            _ => "many",
        },
        "cs" | "sk" => match n {
            1 => "one",
            2..=4 => "few",
            _ => "other",
        },
        "he" if n == 2 => "two",
        "ar" => match (n, tens) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..) => "many",
            _ => "other",
        },
        _ if n == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(lang: &str) -> BTreeMap<String, Saying> {
        let mut strings = Strings { lang: lang.to_owned(), sayings: BTreeMap::new() };
        let text = SHIPPED.iter().find(|s| s.0 == lang).unwrap().1;
        strings.take(&Source::new(lang, text.to_owned())).unwrap();
        strings.sayings
    }

    #[test]
    fn every_shipped_language_says_the_same_things_with_the_same_gaps() {
        let english = keys("en");
        for (lang, _) in SHIPPED {
            let other = keys(lang);
            assert!(english.keys().eq(other.keys()), "{lang} has other keys than English");
            for (key, saying) in &english {
                assert_eq!(gaps(saying), gaps(&other[key]), "{lang}: {key}");
            }
        }
    }

    /// The sentences that the stages say, by what stands in `said!`.
    fn sentences() -> std::collections::BTreeSet<String> {
        fn read(folder: &Path, out: &mut std::collections::BTreeSet<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    read(&path, out);
                } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("said.rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let own = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
                    out.extend(own.split("said!(").skip(1).filter_map(literal));
                }
            }
        }
        let mut out = std::collections::BTreeSet::new();
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
        out.retain(|key| key.contains(char::is_alphabetic));
        out
    }

    /// The string literal that Rust's text begins with.
    fn literal(text: &str) -> Option<String> {
        let mut rest = text.trim_start().strip_prefix('"')?.chars().peekable();
        let mut out = String::new();
        while let Some(c) = rest.next() {
            match (c, rest.peek()) {
                ('"', _) => return Some(out),
                ('\\', Some('\n')) => while rest.next_if(|c| c.is_whitespace()).is_some() {},
                ('\\', _) => out.extend(rest.next()),
                _ => out.push(c),
            }
        }
        None
    }

    #[test]
    fn every_sentence_of_a_stage_is_in_every_shipped_language() {
        let sentences = sentences();
        assert!(sentences.len() > 200, "{}", sentences.len());
        for (lang, _) in SHIPPED {
            let listed = keys(lang);
            for key in &sentences {
                let saying = listed.get(key).unwrap_or_else(|| panic!("{lang} does not say “{key}”"));
                assert_eq!(gaps(saying), gaps_of(key), "{lang}: {key}");
            }
        }
    }

    #[test]
    fn no_sentence_is_listed_that_nobody_says() {
        let sentences = sentences();
        // Kinds of files, and what the parser of YAML says, are no sentences of a stage's own.
        let kinds = include_str!("decode.rs");
        let parser = include_str!("facts/yaml.rs");
        for key in keys("en").keys().filter(|key| key.contains([' ', '{'])) {
            let quoted = format!("\"{key}\"");
            let known = sentences.contains(key) || kinds.contains(&quoted) || parser.contains(&quoted);
            assert!(known || key == said::ELSEWHERE, "nobody says “{key}”");
        }
    }

    fn gaps(saying: &Saying) -> Vec<&str> {
        match saying {
            Saying::One(text) => gaps_of(text),
            Saying::Plurals(texts) => gaps_of(&texts["other"]),
        }
    }

    fn gaps_of(text: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> =
            text.split('{').skip(1).filter_map(|g| Some(g.split_once('}')?.0)).collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn a_script_gets_texts_and_plurals() {
        let json: serde_json::Value = serde_json::from_str(&Strings::default().json("search-")).unwrap();
        assert_eq!(json["none"], "Nothing found.");
        assert_eq!(json["found"]["one"], "{n} result.");
    }

    #[test]
    fn counts_take_the_languages_plural() {
        let english = Strings::default();
        assert_eq!([0, 1, 1234].map(|n| english.count("notes", n)), ["0 notes", "1 note", "1,234 notes"]);
        assert_eq!(Strings::shipped("de-AT").count("notes", 1234), "1.234 Anmerkungen");
        assert_eq!(
            [1, 2, 5, 11, 21, 112].map(|n| plural("ru", n)),
            ["one", "few", "many", "many", "one", "many"]
        );
        assert_eq!(
            [0, 1, 2, 3, 11, 100].map(|n| plural("ar", n)),
            ["zero", "one", "two", "few", "many", "other"]
        );
        assert_eq!([0, 1, 2].map(|n| plural("fr", n)), ["one", "one", "other"]);
    }

    #[test]
    fn dates_and_times_are_said_as_in_the_language() {
        let dates = ["2018", "2018-11", "2018-11-03", "2018-13", "circa 1900", ""];
        let shown = ["2018", "November 2018", "3 November 2018", "2018-13", "circa 1900", ""];
        let english = Strings::default();
        assert_eq!(dates.map(|d| english.date(d)), shown);
        assert_eq!(Strings::shipped("de").date("2018-03-03"), "3. März 2018");
        assert_eq!([1, 60, 66].map(|m| english.time(m)), ["1 min", "1 h", "1 h 6 min"]);
    }

    #[test]
    fn an_owner_changes_and_adds_words() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("strings")).unwrap();
        let file = folder.path().join("strings/eo.yaml");
        std::fs::write(&file, "index: Indekso\nmine: mia\nnotes: { one: '{n} noto', other: '{n} notoj' }\n")
            .unwrap();
        let strings = Strings::read(folder.path(), "eo").unwrap();
        assert_eq!(
            (strings.say("index"), strings.say("mine"), strings.say("tags")),
            ("Indekso", "mia", "Tags")
        );
        assert_eq!(strings.count("notes", 2), "2 notoj");
        std::fs::write(&file, "\nindex: [a]\n").unwrap();
        let refused = *Strings::read(folder.path(), "eo").unwrap_err().diagnostic;
        assert_eq!((refused.code, refused.line), (Code::Configuration, 2));
    }
}
