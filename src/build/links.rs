//! Where a relative address of a source leads in the site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Serialize;

use crate::discover::Asset;
use crate::hypertext;
use crate::publish::path::Apart;
use crate::render::html::LinkTarget;

/// What the sources can point to: each other, and the files that lie beside them.
#[derive(Debug, Default, Serialize)]
pub struct Places {
    /// Path in the folder of sources → slug.
    documents: BTreeMap<String, String>,
    /// Path in the folder of sources → the copy's path in the site, below `files/`.
    copies: BTreeMap<String, String>,
    /// The copy's path → where to read it; files beside the documents only.
    files: BTreeMap<String, PathBuf>,
}

impl Places {
    /// Documents by path and slug, and the files beside them.
    pub fn new<'a>(documents: impl Iterator<Item = (&'a str, &'a str)>, assets: &[Asset]) -> Self {
        let documents: BTreeMap<String, String> =
            documents.map(|(path, slug)| (path.to_owned(), slug.to_owned())).collect();
        let mut relative: Vec<&str> =
            documents.keys().map(String::as_str).chain(assets.iter().map(|a| a.relative.as_str())).collect();
        relative.sort_unstable();
        let mut apart = Apart::default();
        // A page that somebody else wrote would run its programs as the archive's own: it is published to be read.
        let active: BTreeSet<&str> =
            assets.iter().filter(|a| a.active).map(|a| a.relative.as_str()).collect();
        let as_text = |path: &str| {
            let runs = hypertext::is_named(path) || active.contains(path);
            if runs { [path, ".txt"].concat() } else { path.to_owned() }
        };
        let copies: BTreeMap<String, String> =
            relative.into_iter().map(|path| (path.to_owned(), apart.take(&as_text(path)))).collect();
        let of = |a: &Asset| Some((copies.get(&a.relative)?.clone(), a.path.clone()));
        let files = assets.iter().filter_map(of).collect();
        Places { documents, copies, files }
    }

    /// Where in the site the copy of a source or of a file beside it lies: a name that every file system can have and
    /// keep apart from the others.
    pub fn copy(&self, relative: &str) -> String {
        ["files/", self.copies.get(relative).map_or(relative, String::as_str)].concat()
    }

    /// Where `address`, written in the document at `from`, leads, as seen from a page in `texts/`.
    pub fn resolve(&self, from: &str, address: &str) -> LinkTarget {
        let (path, fragment) = address.split_at(address.find(['#', '?']).unwrap_or(address.len()));
        let Some(path) = beside(from, &unescaped(path)) else { return LinkTarget::Outside };
        if let Some(slug) = self.documents.get(&path) {
            let fragment = fragment.strip_prefix('#').map_or(String::new(), |f| ["#", f].concat());
            return LinkTarget::Page([slug, ".html", &fragment].concat());
        }
        if let Some(copy) = self.copies.get(&path).filter(|copy| self.files.contains_key(*copy)) {
            return LinkTarget::File(["../files/", &escaped(copy)].concat());
        }
        LinkTarget::Missing
    }

    /// Where the file that [`Places::resolve`] gave an address to is to be read, and its path in the site.
    pub fn file(&self, address: &str) -> Option<(String, &PathBuf)> {
        let path = unescaped(address.strip_prefix("../files/")?);
        let from = self.files.get(&path)?;
        Some((["files/", &path].concat(), from))
    }
}

/// A path relative to the folder of the document at `from`, as a path in the folder of sources; `None` if it
/// leads out of it.
fn beside(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// `%20` and the like decoded; what is no UTF-8 then stays as it is.
fn unescaped(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes
            .get(i + 1..i + 3)
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match (bytes[i], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                i += 3;
            }
            (byte, _) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

/// A path as an address: everything but letters, digits and `-._~/` as `%XX`.
pub fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_from_the_documents_folder() {
        assert_eq!(beside("a/b.md", "c.md").as_deref(), Some("a/c.md"));
        assert_eq!(beside("a/b.md", "../c.md").as_deref(), Some("c.md"));
        assert_eq!(beside("a/b.md", "../../c.md"), None);
        assert_eq!(beside("b.md", "/etc/passwd"), None);
    }

    #[test]
    fn what_would_run_is_published_to_be_read() {
        let asset = |name: &str, active| Asset {
            path: PathBuf::from(name),
            shown: name.to_owned(),
            relative: name.to_owned(),
            active,
        };
        let assets = [asset("a.svg", true), asset("b.svg", false)];
        let places = Places::new([("c.html", "c")].into_iter(), &assets);
        let copies = ["a.svg", "b.svg", "c.html"].map(|path| places.copy(path));
        assert_eq!(copies, ["files/a.svg.txt", "files/b.svg", "files/c.html.txt"]);
    }

    #[test]
    fn escapes_are_undone_and_made() {
        assert_eq!(unescaped("a%20b%"), "a b%");
        assert_eq!(escaped("a b/ä.png"), "a%20b/%C3%A4.png");
    }
}
