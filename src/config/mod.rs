//! `archive.yaml`: what the owner says of the archive as a whole.
//!
//! A document's unknown key is kept for the templates; an unknown key here is a mistake that would go
//! unnoticed (`serach: false`), so it ends the build.

mod look;

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::facts::yaml::{self, Parsed};
use crate::facts::{Entry, MAX_SIDECAR, Written};
use crate::misspelt;
use crate::render::nav::{self, Wanted};
use crate::said::Said;
use crate::source::{Source, Span};

pub use look::Look;

/// The file's name.
pub const FILE: &str = "archive.yaml";

/// The keys it may have.
const KEYS: [&str; 9] =
    ["title", "description", "base_url", "lang", "search", "follow", "navigation", "colours", "fonts"];

/// The archive's own facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `base_url`: where the site will stand, without a final `/`
    pub base_url: Option<String>,
    /// `lang`: the language of the archive's own words
    pub lang: Option<String>,
    /// `search`: `false` builds no search
    pub search: bool,
    /// `follow`: symbolic links among the sources that may lead out of them, as paths in their folder
    pub follow: Vec<String>,
    /// `navigation`: what the navigation leads to, in order, if not every part of the site
    pub navigation: Option<Vec<Wanted>>,
    /// `colours` and `fonts`
    pub look: Option<Look>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: None,
            description: None,
            base_url: None,
            lang: None,
            search: true,
            follow: Vec::new(),
            navigation: None,
            look: None,
        }
    }
}

impl Config {
    /// Reads `archive.yaml` in the archive's folder; without one, everything is as by default.
    pub fn read(archive: &Path) -> Result<Config, Failure> {
        match crate::discover::read_optional(&archive.join(FILE), FILE, MAX_SIDECAR)? {
            Some(bytes) => Config::parse(bytes),
            None => Ok(Config::default()),
        }
    }

    /// Reads the bytes of an `archive.yaml`.
    pub fn parse(bytes: Vec<u8>) -> Result<Config, Failure> {
        let decoded = crate::decode::decode(FILE, bytes);
        if let Some(doubt) = decoded.diagnostics.into_iter().find(|d| d.severity >= Severity::Warning) {
            return Err(doubt.into());
        }
        let Some(source) = decoded.value else { return Ok(Config::default()) };
        let entries = match yaml::entries(&source, source.text.len()) {
            Ok(Parsed::Mapping(entries)) => entries,
            Ok(Parsed::Nothing) => return Ok(Config::default()),
            Ok(Parsed::Other) => {
                let wrong = wrong(&source, Span::default(), "no list of keys with values".into());
                return Err(wrong.hint("write one `key: value` a line"));
            }
            Err(problem) => return Err(wrong(&source, problem.place, problem.message.to_string())),
        };
        let mut config = Config::default();
        for (i, entry) in entries.iter().enumerate() {
            if entries[..i].iter().any(|earlier| earlier.key == entry.key) {
                return Err(wrong(&source, entry.place, format!("`{}` is given twice", entry.key)));
            }
            config.take(entry, &source)?;
        }
        Ok(config)
    }

    fn take(&mut self, entry: &Entry, source: &Source) -> Result<(), Failure> {
        if !KEYS.contains(&entry.key.as_str()) {
            let hint = match misspelt::meant(&entry.key, &KEYS) {
                Some(key) => format!("did you mean `{key}`?"),
                None => format!("the keys are {}", KEYS.join(", ")),
            };
            return Err(wrong(source, entry.place, format!("unknown key `{}`", entry.key)).hint(hint));
        }
        if entry.value.is_null() {
            return Ok(());
        }
        let told = |message: String| wrong(source, entry.place, message);
        match entry.key.as_str() {
            "follow" => {
                self.follow = links(&entry.written).map_err(told)?;
                return Ok(());
            }
            "navigation" => {
                self.navigation = Some(navigation(&entry.value).map_err(told)?);
                return Ok(());
            }
            "colours" => return self.look.get_or_insert_default().colours(&entry.value).map_err(told),
            "fonts" => return self.look.get_or_insert_default().fonts(&entry.value).map_err(told),
            _ => {}
        }
        let Written::One(text) = &entry.written else {
            return Err(wrong(source, entry.place, format!("`{}` is not a single text", entry.key)));
        };
        let text = text.trim().to_owned();
        match entry.key.as_str() {
            "title" => self.title = Some(text),
            "description" => self.description = Some(text),
            "lang" if text.is_empty() || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => {
                return Err(wrong(source, entry.place, "`lang` is no language".into())
                    .hint("write a language tag such as `en` or `pt-BR`"));
            }
            "lang" => self.lang = Some(text),
            "base_url" => {
                let host = text.strip_prefix("https://").or(text.strip_prefix("http://")).unwrap_or("");
                if host.trim_matches('/').is_empty() || text.contains(|c: char| c.is_whitespace() || c == '"')
                {
                    return Err(wrong(source, entry.place, "`base_url` is no address".into())
                        .hint("write it in full, such as `https://example.org/archive`"));
                }
                self.base_url = Some(text.trim_end_matches('/').to_owned());
            }
            _ => {
                self.search = entry.value.as_bool().ok_or_else(|| {
                    wrong(source, entry.place, "`search` is neither `true` nor `false`".into())
                })?;
            }
        }
        Ok(())
    }
}

/// `follow`: paths in the folder of sources.
fn links(written: &Written) -> Result<Vec<String>, String> {
    let paths: Vec<Option<&String>> = match written {
        Written::One(path) => vec![Some(path)],
        Written::Many(paths) => paths.iter().map(Option::as_ref).collect(),
        Written::Other => vec![None],
    };
    let within =
        |path: &&String| !path.starts_with('/') && path.split('/').all(|p| !p.is_empty() && p != "..");
    let path = |path: Option<&String>| {
        path.filter(within)
            .cloned()
            .ok_or("`follow` lists paths in the folder of sources: `[letters, papers/a.txt]`")
    };
    paths.into_iter().map(path).collect::<Result<_, _>>().map_err(str::to_owned)
}

/// `navigation`: a list of names of parts (`tags`) and of titles with addresses (`About: about.html`).
fn navigation(value: &serde_json::Value) -> Result<Vec<Wanted>, String> {
    let items = value.as_array().ok_or("`navigation` is no list")?;
    let item = |item: &serde_json::Value| match item {
        serde_json::Value::String(name) if nav::names().any(|n| n == name) => Ok(Wanted::Part(name.clone())),
        serde_json::Value::Object(link) if link.len() == 1 => match link.iter().next() {
            Some((title, serde_json::Value::String(url))) if is_safe(url) => {
                Ok(Wanted::Link { title: title.clone(), url: url.clone() })
            }
            _ => Err("an entry of `navigation` is a title with an address".to_owned()),
        },
        other => {
            let names: Vec<&str> = nav::names().collect();
            Err(format!(
                "{other} in `navigation` is neither `Title: address` nor one of {}",
                names.join(", ")
            ))
        }
    };
    items.iter().map(item).collect()
}

/// An address that may be a link: within the site, or on the web.
fn is_safe(url: &str) -> bool {
    let scheme = url.split_once(':').map(|s| s.0);
    let known = scheme.is_none_or(|s| ["http", "https", "mailto"].contains(&s));
    known && !url.starts_with('/') && !url.contains(char::is_whitespace)
}

fn wrong(source: &Source, place: Span, message: String) -> Failure {
    Diagnostic::at(Severity::Error, Code::Configuration, source, place, Said::told(message)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Diagnostic {
        *Config::parse(text.as_bytes().to_vec()).expect_err("a mistake").diagnostic
    }

    #[test]
    fn every_key_is_read() {
        let text = "# mine\ntitle: 1984\ndescription: A few texts\nbase_url: https://example.org/a/\nlang: pt-BR\nsearch: false\n";
        let config = Config::parse(text.into()).unwrap();
        assert_eq!(config.title.as_deref(), Some("1984"));
        assert_eq!(config.description.as_deref(), Some("A few texts"));
        assert_eq!(config.base_url.as_deref(), Some("https://example.org/a"));
        assert_eq!(config.lang.as_deref(), Some("pt-BR"));
        assert!(!config.search);
    }

    #[test]
    fn the_owner_shapes_the_navigation_and_the_look() {
        let text = "navigation:\n  - tags\n  - About: about.html\ncolours:\n  pencil: '#036'\n";
        let config = Config::parse(text.into()).unwrap();
        let link = Wanted::Link { title: "About".into(), url: "about.html".into() };
        assert_eq!(config.navigation, Some(vec![Wanted::Part("tags".into()), link]));
        assert!(config.look.unwrap().css().contains("--pencil: #036;"));
        for text in
            ["\nnavigation: [nowhere]", "\nnavigation:\n - A: 'javascript:x'", "\ncolours: {sky: blue}"]
        {
            assert_eq!(refused(text).line, 2, "{text}");
        }
    }

    #[test]
    fn links_are_named_by_their_paths_among_the_sources() {
        let config = Config::parse(b"follow: [letters, papers/a.txt]\n".to_vec()).unwrap();
        assert_eq!(config.follow, ["letters", "papers/a.txt"]);
        for text in ["\nfollow: [../a]", "\nfollow: /etc", "\nfollow: {a: b}", "\nfollow: [a//b]"] {
            assert_eq!(refused(text).line, 2, "{text}");
        }
    }

    #[test]
    fn nothing_said_is_nothing_changed() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Config::read(dir.path()), Ok(Config::default()));
        assert_eq!(Config::parse(b"# only a comment\n".to_vec()), Ok(Config::default()));
        assert!(Config::default().search);
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line_and_the_nearest_key() {
        let d = refused("title: A\n\nserach: false\n");
        assert_eq!((d.code, d.line, d.column), (Code::Configuration, 3, 1));
        assert_eq!(d.hint.map(|h| h.to_string()).as_deref(), Some("did you mean `search`?"));
        assert!(refused("zzzzzzzzzz: 1").hint.unwrap().to_string().contains("base_url"));
    }

    #[test]
    fn wrong_values_are_errors_with_their_line() {
        for text in [
            "a: b\ntitle: [a]",
            "\nsearch: maybe",
            "\nlang: a b",
            "\nbase_url: example.org",
            "\ntitle: [",
            "\n- a\n",
        ] {
            let d = refused(text);
            assert_eq!(d.code, Code::Configuration, "{text}");
            assert!(d.line >= 1, "{text}");
        }
        assert_eq!(refused("\nlang: a b").line, 2);
        assert_eq!(refused("title: a\ntitle: b").line, 2);
    }
}
