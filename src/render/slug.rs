//! Addresses: a document's slug from its file's path, a tag's from its name.
//!
//! A slug is a file name on every system and needs no escaping in an address: small ASCII letters, digits
//! and hyphens, at most [`LONGEST`] bytes. It comes from the path, not from the title, which a better
//! heuristic may change tomorrow.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::discover::Found;
use crate::said::{Said, said};

/// The longest slug, in bytes. With folder and ending it stays far below the 255 of file systems, and an
/// address stays readable.
pub const LONGEST: usize = 80;

/// Digits of the hash that tells apart what is cut or has no letters.
const HASH_DIGITS: usize = 8;

/// Words that letters, digits and hyphens leave of a text. Empty if nothing is left.
pub fn of_text(text: &str) -> String {
    shorten(slug::slugify(text), text)
}

/// The slug of a document: what its facts ask for, otherwise from its path.
pub fn of_document(found: &Found, asked: Option<&str>) -> Warned<String> {
    let mut diagnostics = Vec::new();
    let mut say = |severity, message: Said, hint: Said| {
        diagnostics.push(Diagnostic::file(severity, Code::BadSlug, found.shown.clone(), message).hint(hint));
    };
    if let Some(asked) = asked {
        let slug = usable(of_text(asked));
        if slug.is_empty() {
            let message =
                said!("`slug: {}` has no letter or digit; the address comes from the path", cut(asked));
            say(Severity::Warning, message, said!("write small letters, digits and hyphens"));
        } else {
            if slug != asked {
                let message =
                    said!("`slug: {}` cannot be a file's name everywhere; it is `{}`", cut(asked), slug);
                say(Severity::Warning, message, said!("write small letters, digits and hyphens"));
            }
            return Warned { value: slug, diagnostics };
        }
    }
    let plain = of_text(&found.stem);
    let slug = if plain.is_empty() {
        format!("document-{}", short_hash(&found.stem))
    } else {
        usable(plain.clone())
    };
    if !plain.is_empty() && slug != plain {
        let message = said!("`{}` cannot be a file's name on Windows; the address is `{}`", plain, slug);
        say(Severity::Note, message, said!("say `slug:` in the document's facts to choose another"));
    }
    Warned { value: slug, diagnostics }
}

/// A text short enough for a message.
fn cut(text: &str) -> String {
    text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn short_hash(text: &str) -> String {
    crate::hash::hex(text.as_bytes())[..HASH_DIGITS].to_owned()
}

/// Cuts a slug at a hyphen, if there is one late enough, and marks it as cut.
fn shorten(slug: String, from: &str) -> String {
    if slug.len() <= LONGEST {
        return slug;
    }
    let room = LONGEST - HASH_DIGITS - 1;
    let head = &slug[..room];
    let head = match head.rfind('-').filter(|&i| i > room / 2) {
        Some(hyphen) if slug.as_bytes()[room] != b'-' => &head[..hyphen],
        _ => head.trim_end_matches('-'),
    };
    format!("{head}-{}", short_hash(from))
}

/// Windows keeps these names for devices, whatever ending follows.
fn usable(slug: String) -> String {
    let numbered = |name: &str| {
        slug.strip_prefix(name).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    if matches!(slug.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt") {
        return slug + "-doc";
    }
    slug
}

/// The addresses given out in one folder of the site. Compared without regard to case, as some file systems
/// do.
#[derive(Clone, Debug, Default)]
pub struct Slugs {
    owners: BTreeMap<String, String>,
    /// The next number for an address that is taken: any number of documents may ask for the same one.
    numbers: BTreeMap<String, usize>,
}

impl Slugs {
    /// No address given out but those in `reserve`, which belong to the program (`index`).
    pub fn new(reserve: &[&str]) -> Self {
        let owners = reserve.iter().map(|name| (name.to_lowercase(), String::new())).collect();
        Slugs { owners, ..Slugs::default() }
    }

    /// Gives out `wanted` or, where it is taken, `wanted-2` and so on. The second value says whose it is
    /// already (empty: the program's own).
    pub fn take(&mut self, wanted: &str, owner: &str) -> (String, Option<String>) {
        let key = wanted.to_lowercase();
        let first = self.owners.get(&key).cloned();
        let mut slug = wanted.to_owned();
        let mut number = self.numbers.get(&key).copied().unwrap_or(2);
        while self.owners.contains_key(&slug.to_lowercase()) {
            slug = format!("{wanted}-{number}");
            number += 1;
        }
        if first.is_some() {
            self.numbers.insert(key, number);
        }
        self.owners.insert(slug.to_lowercase(), owner.to_owned());
        (slug, first)
    }

    /// The slug of a document that no other has. Ask in the order of the paths: the later one gives way.
    pub fn of_document(&mut self, found: &Found, asked: Option<&str>) -> Warned<String> {
        let mut wanted = of_document(found, asked);
        let (slug, owner) = self.take(&wanted.value, &found.shown);
        if let Some(owner) = owner {
            let message = if owner.is_empty() {
                said!(
                    "the address `{}` is that of the site's own page; this document's is `{}`",
                    wanted.value,
                    slug
                )
            } else {
                said!("the address `{}` is that of `{}`; this document's is `{}`", wanted.value, owner, slug)
            };
            wanted.diagnostics.push(
                Diagnostic::file(Severity::Warning, Code::SlugTaken, found.shown.clone(), message)
                    .hint(said!("say `slug:` in one document's facts, or rename its file")),
            );
        }
        wanted.value = slug;
        wanted
    }

    /// The slug of a tag, a work or a name.
    pub fn of_name(&mut self, name: &str, kind: &str) -> String {
        let plain = usable(of_text(name));
        let plain = if plain.is_empty() { format!("{kind}-{}", short_hash(name)) } else { plain };
        self.take(&plain, name).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(relative: &str) -> Found {
        let stem = relative.rsplit_once('.').map_or(relative, |p| p.0);
        Found {
            path: relative.into(),
            shown: format!("seeds/{relative}"),
            relative: relative.into(),
            stem: stem.into(),
            sidecar: None,
            collection: None,
        }
    }

    fn slug(relative: &str) -> String {
        of_document(&found(relative), None).value
    }

    #[test]
    fn a_slug_comes_from_the_path() {
        assert_eq!(slug("sub/Essay One.txt"), "sub-essay-one");
        assert_eq!(slug("essay.v2.md"), "essay-v2");
        assert_eq!(slug("Größe und Maß.txt"), "grosse-und-mass");
        assert_eq!(slug("Война и мир.txt"), "voina-i-mir");
        assert_eq!(slug("---.txt"), format!("document-{}", short_hash("---")));
        assert_ne!(slug("---.txt"), slug("----.txt"));
    }

    #[test]
    fn names_of_devices_are_avoided() {
        for (path, expected) in [
            ("con.txt", "con-doc"),
            ("NUL.md", "nul-doc"),
            ("COM1.txt", "com1-doc"),
            ("lpt9.txt", "lpt9-doc"),
        ] {
            let warned = of_document(&found(path), None);
            assert_eq!(warned.value, expected);
            assert_eq!(warned.diagnostics.len(), 1);
            assert_eq!(warned.diagnostics[0].code, Code::BadSlug);
        }
        assert_eq!(slug("context.txt"), "context");
        assert_eq!(slug("com10.txt"), "com10");
        assert_eq!(slug("sub/con.txt"), "sub-con");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = "a very long name that goes on and on ".repeat(10);
        let one = slug(&format!("{long}one.txt"));
        let two = slug(&format!("{long}two.txt"));
        assert!(one.len() <= LONGEST && two.len() <= LONGEST, "{one}");
        assert_ne!(one, two);
        assert!(one.starts_with("a-very-long-name-that-goes-on"));
        assert_eq!(slug(&format!("{}.txt", "x".repeat(500))).len(), LONGEST);
    }

    #[test]
    fn what_the_owner_asks_for_is_cleaned() {
        let ask = |asked| of_document(&found("a.txt"), Some(asked));
        assert_eq!(ask("my-essay").value, "my-essay");
        assert_eq!(ask("my-essay").diagnostics, []);
        for (asked, expected) in [
            ("../../etc/passwd", "etc-passwd"),
            ("My Essay", "my-essay"),
            ("con", "con-doc"),
            ("..", "a"),
            ("a\0b\\c", "a-b-c"),
        ] {
            let warned = ask(asked);
            assert_eq!(warned.value, expected);
            assert_eq!(warned.diagnostics.len(), 1, "{asked}");
            assert_eq!(warned.diagnostics[0].severity, Severity::Warning);
        }
    }

    #[test]
    fn the_later_document_gives_way() {
        let mut slugs = Slugs::new(&["index"]);
        assert_eq!(slugs.of_document(&found("a-b.txt"), None).value, "a-b");
        let second = slugs.of_document(&found("a/b.txt"), None);
        assert_eq!(second.value, "a-b-2");
        assert_eq!(second.diagnostics[0].code, Code::SlugTaken);
        assert!(
            second.diagnostics[0].message.to_string().contains("seeds/a-b.txt"),
            "{}",
            second.diagnostics[0].message
        );
        assert_eq!(second.diagnostics[0].path, "seeds/a/b.txt");
        assert_eq!(slugs.of_document(&found("c.txt"), Some("a-b")).value, "a-b-3");
        let index = slugs.of_document(&found("Index.txt"), None);
        assert_eq!(index.value, "index-2");
        assert_eq!(slugs.of_name("Größe", "tag"), "grosse");
        assert_eq!(slugs.of_name("grosse", "tag"), "grosse-2");
        assert!(slugs.of_name("---", "tag").starts_with("tag-"));
    }
}
