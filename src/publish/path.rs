//! Paths in a site: which may be, and which some file system could not keep apart.
//!
//! A site is built on one machine and read on another, whose file system may take `Essay.txt` and `essay.txt`, or an
//! `é` of one sign and one of two, for one name, and knows names that no file may have. So every path of a site is
//! of one kind: what is made from a name passes through [`portable`], and two paths of one [`key`] are never given out.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path};

use super::PublishError;
use super::manifest::MANIFEST;
use super::work::WORK;
use crate::hash::Fast;
use crate::invisible;

/// The longest name, in bytes, that file systems have room for.
const LONGEST: usize = 255;

/// What a path is compared as: file systems without regard to case or to Unicode's forms see no more than this.
pub fn key(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // In capitals first: `straße` and `STRASSE` are one name where case is folded in full.
    crate::fold::folded(&path.to_uppercase())
}

/// True for a relative path that stays inside the site. The manifest's own name and the work folder are the program's.
pub(super) fn is_sound(path: &str) -> bool {
    let sound = |part: &str| !matches!(part, "" | "." | "..") && part != WORK;
    if path.bytes().any(|byte| matches!(byte, b'\\' | b'\0')) {
        return false;
    }
    // The system's own view as well: `C:` is a name here and a drive there.
    let inside = Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
    inside && path != MANIFEST && path.split('/').all(sound)
}

/// A path of a source as every file system can have it: no reserved sign or name, none that is too long, none that
/// ends in a dot or a space. Most paths are so already.
pub fn portable(path: &str) -> Cow<'_, str> {
    if path.split('/').all(is_portable) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.split('/').map(part).collect::<Vec<_>>().join("/"))
}

fn is_portable(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= LONGEST
        && !is_device(part)
        && !part.contains(reserved)
        && !ends_badly(part)
}

/// Signs that Windows keeps for itself, and those that nobody can see.
fn reserved(c: char) -> bool {
    c.is_control()
        || invisible::is_control(c)
        || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '/' | '\u{FFFD}')
}

fn ends_badly(part: &str) -> bool {
    part.ends_with(['.', ' ']) || part.starts_with(' ')
}

/// Windows keeps these names for devices, whatever ending follows.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name).is_some_and(|n| {
            let mut signs = n.chars();
            signs.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && signs.next().is_none()
        })
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

fn part(name: &str) -> String {
    if is_portable(name) {
        return name.to_owned();
    }
    let mut out: String = name.chars().map(|c| if reserved(c) { '_' } else { c }).collect();
    if ends_badly(&out) {
        out = format!("_{}_", out.trim());
    }
    if is_device(&out) {
        out.insert(0, '_');
    }
    shortened(&out, "")
}

/// A name with something put before its ending, cut so that there is room for all.
fn shortened(name: &str, mark: &str) -> String {
    let (stem, ending) = match name.rfind('.').filter(|&dot| dot > 0 && name.len() - dot <= LONGEST / 4) {
        Some(dot) => name.split_at(dot),
        None => (name, ""),
    };
    let mut room = (LONGEST - mark.len() - ending.len()).min(stem.len());
    while !stem.is_char_boundary(room) {
        room -= 1;
    }
    [&stem[..room], mark, ending].concat()
}

/// Paths given out so that no file system takes two of them, or a file and a folder, for one.
#[derive(Debug, Default)]
pub struct Apart {
    /// The key of each file and folder → whether it is a folder.
    taken: HashMap<String, bool, Fast>,
    /// The next number for a name that is taken.
    numbers: BTreeMap<String, usize>,
}

impl Apart {
    /// `wanted`, made [`portable`], or, where some file system could not keep it apart from one given out before, with
    /// a number before its ending. Ask in the order of the paths: the later one gives way.
    pub fn take(&mut self, wanted: &str) -> String {
        let mut wanted = portable(wanted).into_owned();
        if self.folder_in_the_way(&key(&wanted)) {
            wanted = shortened(&wanted.replace('/', "~"), "");
        }
        let first = key(&wanted);
        let mut path = wanted.clone();
        // Goes on where it stopped: a folder may hold any number of names that are one.
        let mut number = self.numbers.get(&first).copied().unwrap_or(2);
        while !self.claim(key(&path)) {
            let (folder, name) = wanted.rsplit_once('/').map_or(("", wanted.as_str()), |p| p);
            let name = shortened(name, &format!("~{number}"));
            path = if folder.is_empty() { name } else { [folder, "/", &name].concat() };
            number += 1;
        }
        self.numbers.insert(first, number);
        path
    }

    /// True if a folder of this key is a file.
    fn folder_in_the_way(&self, key: &str) -> bool {
        key.match_indices('/').any(|(i, _)| self.taken.get(&key[..i]) == Some(&false))
    }

    /// Takes a path, if nothing of its key is taken.
    fn claim(&mut self, key: String) -> bool {
        if self.taken.contains_key(&key) || self.folder_in_the_way(&key) {
            return false;
        }
        // Where a folder is known, those above it are.
        for (i, _) in key.rmatch_indices('/') {
            if self.taken.contains_key(&key[..i]) {
                break;
            }
            self.taken.insert(key[..i].to_owned(), true);
        }
        self.taken.insert(key, false);
        true
    }

    /// Takes a path as it is, or says that it cannot be in the site.
    pub(super) fn admit(&mut self, path: &str) -> Result<(), PublishError> {
        if self.claim(key(path)) { Ok(()) } else { Err(PublishError::Twice(path.to_owned())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_every_system_can_have() {
        for same in ["essay.txt", "Ä/ö.md", "context.txt", "com10.txt", ".x", "a b/c"] {
            assert_eq!(portable(same), same);
        }
        for (name, portable_name) in [
            ("a:b?.txt", "a_b_.txt"),
            ("a\\b.txt", "a_b.txt"),
            ("con.txt", "_con.txt"),
            ("sub/NUL", "sub/_NUL"),
            ("COM¹.md", "_COM¹.md"),
            ("trailing. ", "_trailing._"),
            ("line\nend.md", "line_end.md"),
            ("exe\u{202E}gpj.md", "exe_gpj.md"),
        ] {
            assert_eq!(portable(name), portable_name);
        }
        let long = format!("{}.txt", "ä".repeat(200));
        let cut = portable(&long).into_owned();
        assert!(cut.len() <= LONGEST && cut.ends_with("ä.txt"), "{cut}");
    }

    #[test]
    fn no_two_paths_are_one_to_any_file_system() {
        let mut apart = Apart::default();
        let wanted = [
            "A.txt",
            "a.txt",
            "é.md",
            "e\u{301}.md",
            "x/b",
            "X/B",
            "x",
            "y",
            "Y/z",
            "y/Z",
            "CON.txt",
            "ß",
            "SS",
        ];
        let given: Vec<String> = wanted.iter().map(|w| apart.take(w)).collect();
        assert_eq!(given[..5], ["A.txt", "a~2.txt", "é.md", "e\u{301}~2.md", "x/b"].map(String::from));
        let keys: std::collections::BTreeSet<String> = given.iter().map(|g| key(g)).collect();
        assert_eq!(keys.len(), wanted.len(), "{given:?}");
        for one in &keys {
            assert!(!keys.iter().any(|other| other.starts_with(&[one, "/"].concat())), "{one}: {given:?}");
        }
    }

    #[test]
    fn paths_lead_nowhere_else() {
        for path in
            ["../x", "a/../../x", "/x", "a//b", "a/", "", ".", "a\\b", "a\0b", MANIFEST, ".postil-work/new-1"]
        {
            assert!(!is_sound(path), "{path}");
        }
        for path in ["a", "a/b.html", ".nojekyll", "a/postil.json"] {
            assert!(is_sound(path), "{path}");
        }
    }
}
