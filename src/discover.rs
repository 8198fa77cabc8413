//! The folder of sources → a sorted list of documents with their sidecars, and what else lies there.
//!
//! 1. [`discover`] walks the folder and sorts what it finds by the bytes of its path, so that the order is
//!    the same on every machine.
//! 2. [`read`] gives the bytes of one file; nothing else in the program reads a source from the disk.
//!
//! Nothing is opened while walking: a named pipe among the sources would hang the build for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::digest;
use crate::hypertext;
use crate::said::{Foreign, Said, said};

mod active;

/// The largest source, in bytes: places in it are 32-bit numbers.
pub const MAX_SOURCE: u64 = u32::MAX as u64;

/// Files of unknown kind that are named one by one in a folder; the rest of them is counted.
const NAMED_PER_FOLDER: usize = 20;

/// What lies in the folder of sources.
#[derive(Clone, Debug, Default)]
pub struct Discovered {
    /// The documents, by the bytes of their path.
    pub documents: Vec<Found>,
    /// Everything else that is a file and no sidecar, by the bytes of its path.
    pub assets: Vec<Asset>,
    /// What was found fault with, in the order of the paths.
    pub diagnostics: Vec<Diagnostic>,
}

/// A document that is there to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Where to read it.
    pub path: PathBuf,
    /// As it is shown: the name of the folder of sources, then the path in it (`seeds/sub/essay.txt`).
    pub shown: String,
    /// The path in the folder of sources, with `/` (`sub/essay.txt`).
    pub relative: String,
    /// `relative` without its ending, from which the slug is made (`sub/essay`).
    pub stem: String,
    /// The file beside it that holds its facts.
    pub sidecar: Option<Sidecar>,
    /// The folder it lies in (`essays`, `essays / early`); `None` directly among the sources.
    pub collection: Option<String>,
}

/// A file of facts beside a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidecar {
    /// Where to read it.
    pub path: PathBuf,
    /// As it is shown (`seeds/sub/essay.yaml`).
    pub shown: String,
}

/// A file that is no document, but which a document may refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where to read it.
    pub path: PathBuf,
    /// As it is shown (`seeds/sub/plate.png`).
    pub shown: String,
    /// The path in the folder of sources, with `/` (`sub/plate.png`).
    pub relative: String,
    /// True if a browser that opened it would run programs of it.
    pub active: bool,
}

/// What a file's name says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Document,
    Sidecar,
    Other,
}

/// Splits a path into what stands before its ending, and what the ending says.
fn kind_of(relative: &str) -> (&str, Kind) {
    let name_start = relative.rfind('/').map_or(0, |i| i + 1);
    let Some(dot) = relative[name_start..].rfind('.').filter(|&dot| dot > 0) else {
        return (relative, Kind::Other);
    };
    let (stem, ending) = relative.split_at(name_start + dot);
    let kind = match ending.to_ascii_lowercase().as_str() {
        ".md" | ".markdown" | ".txt" | ".text" | ".html" | ".htm" | ".xhtml" => Kind::Document,
        ".yaml" | ".yml" => Kind::Sidecar,
        _ => Kind::Other,
    };
    (stem, kind)
}

/// Walks the folder of sources. Fails only if there is no such folder. `follow` names the links that may lead out of it.
pub fn discover(seeds: &Path, follow: &[String]) -> Result<Discovered, Failure> {
    let root = fs::canonicalize(seeds).map_err(|e| {
        Failure::new(
            Code::Disk,
            seeds.to_string_lossy(),
            format!("the folder of sources cannot be read: {e}"),
        )
    })?;
    if !root.is_dir() {
        return Err(Failure::new(Code::Disk, seeds.to_string_lossy(), "the sources are no folder"));
    }
    // The name as given, so that a folder reached through a link keeps the name its owner uses.
    let name = seeds.file_name().or(root.file_name()).map_or("seeds".into(), |n| n.to_string_lossy());
    let mut walk = Walk {
        root: &root,
        name: &name,
        follow: follow.iter().map(|path| (path.as_str(), false)).collect(),
        files: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    walk.folder(&root);
    Ok(walk.finish())
}

/// One file by itself, with the facts beside it, whatever its name ends in.
pub fn single(path: &Path) -> Result<Found, Failure> {
    let shown = path.to_string_lossy().into_owned();
    if !path.is_file() {
        return Err(Failure::new(Code::Disk, shown, "there is no such file"));
    }
    let name = path.file_name().map_or_else(|| shown.clone(), |n| n.to_string_lossy().into_owned());
    let beside = ["yaml", "yml"].map(|ending| path.with_extension(ending));
    let sidecar = beside.into_iter().find(|p| p != path && p.is_file());
    let sidecar = sidecar.map(|path| Sidecar { shown: path.to_string_lossy().into_owned(), path });
    let stem = kind_of(&name).0.to_owned();
    Ok(Found { path: path.to_owned(), shown, relative: name, stem, sidecar, collection: None })
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

/// The walk's state.
struct Walk<'a> {
    root: &'a Path,
    name: &'a str,
    /// Links that may lead out of the sources, and whether there was such a link.
    follow: BTreeMap<&'a str, bool>,
    files: BTreeMap<String, PathBuf>,
    diagnostics: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    fn shown(&self, relative: &str) -> String {
        if relative.is_empty() { self.name.to_owned() } else { format!("{}/{relative}", self.name) }
    }

    fn say(&mut self, severity: Severity, code: Code, relative: &str, message: impl Into<Said>) {
        self.diagnostics.push(Diagnostic::file(severity, code, self.shown(relative), message));
    }

    /// Adds a hint to what was said last.
    fn hint(&mut self, hint: Said) {
        if let Some(said) = self.diagnostics.pop() {
            self.diagnostics.push(said.hint(hint));
        }
    }

    fn fault(&mut self, error: &walkdir::Error) {
        let relative = error.path().map_or(String::new(), |p| self.relative(p));
        let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.say(Severity::Error, Code::Unreadable, &relative, said!("cannot be read: {}", Foreign(why)));
    }

    /// What is in a folder, or in the one that a link leads to.
    fn folder(&mut self, path: &Path) {
        for entry in WalkDir::new(path).min_depth(1).into_iter().filter_entry(|e| !is_hidden(e)) {
            match entry {
                Ok(entry) => self.entry(&entry),
                Err(error) => self.fault(&error),
            }
        }
    }

    fn entry(&mut self, entry: &walkdir::DirEntry) {
        let relative = self.relative(entry.path());
        let kind = kind_of(&relative).1;
        // What a document's absence takes from the site is an error; anything else is only missed if used.
        let severity = if kind == Kind::Document { Severity::Error } else { Severity::Warning };
        let file_type = entry.file_type();
        if file_type.is_dir() {
            if kind == Kind::Document {
                let message =
                    said!("a folder whose name ends like a document's; it is searched like any folder");
                self.say(Severity::Warning, Code::FolderNamedLikeDocument, &relative, message);
            }
            return;
        }
        let mut is_file = file_type.is_file();
        if file_type.is_symlink() {
            let target = match fs::canonicalize(entry.path()) {
                Ok(target) => target,
                Err(e) => {
                    let message = said!("a symbolic link that leads nowhere: {}", Foreign(e));
                    return self.say(severity, Code::Unreadable, &relative, message);
                }
            };
            let named = self.follow.get_mut(relative.as_str()).map(|found| *found = true).is_some();
            if !named && !target.starts_with(self.root) {
                let message = said!("a symbolic link that leads out of the sources is not followed");
                self.say(severity, Code::LinkNotFollowed, &relative, message);
                let hint = said!("to allow it, write `follow: [{}]` in archive.yaml", relative);
                return self.hint(hint);
            }
            if target.is_dir() && named {
                // Links inside are links like any others: only those that are named are followed, so it comes to an end.
                return self.folder(entry.path());
            }
            if target.is_dir() {
                // Its content is there already, and following it could go round in circles.
                let message = said!("a symbolic link to a folder is not followed");
                return self.say(Severity::Warning, Code::LinkNotFollowed, &relative, message);
            }
            is_file = target.is_file();
        }
        if !is_file {
            let message = said!("a pipe, socket or device is not read");
            return self.say(severity, Code::Unreadable, &relative, message);
        }
        if kind == Kind::Document && entry.path().metadata().is_ok_and(|m| m.len() > MAX_SOURCE) {
            let message = said!("larger than 4 GiB, which is more than a document can have");
            return self.say(Severity::Error, Code::TooLarge, &relative, message);
        }
        self.files.insert(relative, entry.path().to_owned());
    }

    fn finish(mut self) -> Discovered {
        let missing: Vec<&str> = self.follow.iter().filter(|f| !f.1).map(|f| *f.0).collect();
        for path in missing {
            let message = said!("`follow` in archive.yaml names this, but there is no such symbolic link");
            self.say(Severity::Warning, Code::LinkNotFollowed, path, message);
        }
        let files = std::mem::take(&mut self.files);
        let parts = parts_of_pages(&files);
        // What a browser puts beside a page is the page's, whatever it is.
        fn kind<'r>(parts: &BTreeSet<String>, relative: &'r str) -> (&'r str, Kind) {
            let (stem, kind) = kind_of(relative);
            (stem, if parts.contains(relative) { Kind::Other } else { kind })
        }
        let kind_of = |relative| kind(&parts, relative);
        let stems: BTreeSet<&str> =
            files.keys().map(|r| kind_of(r)).filter(|k| k.1 == Kind::Document).map(|k| k.0).collect();
        let mut sidecars: BTreeMap<&str, &str> = BTreeMap::new();
        for relative in files.keys() {
            let (stem, Kind::Sidecar) = kind_of(relative) else { continue };
            // `essay.yaml` sorts before `essay.yml`: the first one is the one that counts.
            if !stems.contains(stem) {
                let message = said!("facts without a document of that name beside them");
                self.say(Severity::Warning, Code::StraySidecar, relative, message);
            } else if let Some(first) = sidecars.get(stem) {
                let message = said!("not read, since `{}` holds the document's facts", self.shown(first));
                self.say(Severity::Warning, Code::StraySidecar, relative, message);
            } else {
                sidecars.insert(stem, relative);
            }
        }

        let mut found = Discovered::default();
        let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for (relative, path) in &files {
            let folder = relative.rfind('/').map_or("", |i| &relative[..i]);
            match kind_of(relative) {
                (_, Kind::Sidecar) => {}
                (stem, Kind::Document) => found.documents.push(Found {
                    path: path.clone(),
                    shown: self.shown(relative),
                    relative: relative.clone(),
                    stem: stem.to_owned(),
                    sidecar: sidecars
                        .get(stem)
                        .map(|&s| Sidecar { path: files[s].clone(), shown: self.shown(s) }),
                    collection: (!folder.is_empty()).then(|| folder.replace('/', " / ")),
                }),
                (_, Kind::Other) => {
                    found.assets.push(Asset {
                        active: active::is_active(path),
                        path: path.clone(),
                        shown: self.shown(relative),
                        relative: relative.clone(),
                    });
                    let count = unknown.entry(folder).or_default();
                    *count += 1;
                    let lower = relative.to_ascii_lowercase();
                    if lower.ends_with(".mhtml") || lower.ends_with(".mht") {
                        let message =
                            said!("a web archive, whose parts are packed into one another, is not read");
                        self.say(Severity::Warning, Code::UnknownKind, relative, message);
                        self.hint(said!("open it in a browser and save the page as HTML"));
                    } else if *count <= NAMED_PER_FOLDER {
                        let message = if parts.contains(relative) {
                            said!("belongs to a saved page; it is kept for documents that refer to it")
                        } else {
                            said!("no text that postil reads; it is kept for documents that refer to it")
                        };
                        self.say(Severity::Note, Code::UnknownKind, relative, message);
                    }
                }
            }
        }
        for (folder, count) in unknown {
            if count > NAMED_PER_FOLDER {
                let message = said!("{} more files are no text that postil reads", count - NAMED_PER_FOLDER);
                self.say(Severity::Note, Code::UnknownKind, folder, message);
            }
        }
        found.diagnostics = self.diagnostics;
        found.diagnostics.sort();
        found
    }
}

/// The files in folders that browsers and word processors put beside a page they save (`essay_files/`).
fn parts_of_pages(files: &BTreeMap<String, PathBuf>) -> BTreeSet<String> {
    const ENDINGS: [&str; 5] = ["_files", ".files", "-Dateien", "_fichiers", "_archivos"];
    let pages: BTreeSet<&str> =
        files.keys().filter(|f| hypertext::is_named(f)).map(|f| kind_of(f).0).collect();
    let of_page = |folder: &str| {
        ENDINGS.iter().filter_map(|ending| folder.strip_suffix(ending)).any(|page| pages.contains(page))
    };
    let within = |file: &&String| file.match_indices('/').any(|(at, _)| of_page(&file[..at]));
    files.keys().filter(within).cloned().collect()
}

/// A file of annotations, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationFile {
    /// As it is shown (`annotations/mine.jsonld`).
    pub shown: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The largest file of annotations, in bytes: some 200,000 of them.
pub const MAX_ANNOTATIONS: u64 = 256 << 20;

/// Reads the files of annotations in a folder, which need not be there, by the bytes of their names.
pub fn annotations(folder: &Path) -> (Vec<AnnotationFile>, Vec<Diagnostic>) {
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    let mut diagnostics = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(|e| !is_hidden(e)).flatten() {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if entry.file_type().is_file() && (name.ends_with(".jsonld") || name.ends_with(".json")) {
            let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            paths.push((["annotations/", &parts.join("/")].concat(), entry.path().to_owned()));
        }
    }
    paths.sort();
    let mut files = Vec::new();
    for (shown, path) in paths {
        match read(&path, &shown, MAX_ANNOTATIONS) {
            Ok(bytes) => files.push(AnnotationFile { shown, bytes }),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (files, diagnostics)
}

/// Reads a file of at most `limit` bytes. `shown` is its name in the diagnostic.
pub fn read(path: &Path, shown: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |e: std::io::Error| {
        Diagnostic::file(Severity::Error, Code::Unreadable, shown, said!("cannot be read: {}", Foreign(e)))
    };
    // Asked before opening: to open a pipe is to wait for somebody at its other end.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Diagnostic::file(Severity::Error, Code::Unreadable, shown, said!("no regular file")));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let message = said!("larger than the {} bytes that such a file may have", limit.to_string());
        return Err(Diagnostic::file(Severity::Error, Code::TooLarge, shown, message));
    }
    Ok(bytes)
}

/// Reads a file of at most `limit` bytes, or nothing where there is no such file.
pub fn read_optional(path: &Path, shown: &str, limit: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
    match fs::symlink_metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        _ => read(path, shown, limit).map(Some),
    }
}

/// The digests of those of an archive's files that are there, by their names in it.
pub fn digests<'f>(archive: &Path, files: impl Iterator<Item = &'f str>) -> BTreeMap<String, String> {
    files
        .filter_map(|file| {
            let path = archive.join(file);
            let is_file = fs::metadata(&path).is_ok_and(|m| m.is_file());
            let digest = digest::of_reader(fs::File::open(path).ok().filter(|_| is_file)?).ok()?;
            Some((file.to_owned(), digest))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join("seeds").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        dir
    }

    fn codes(found: &Discovered) -> Vec<(Code, &str)> {
        found.diagnostics.iter().map(|d| (d.code, d.path.as_str())).collect()
    }

    #[test]
    fn documents_come_in_the_order_of_their_bytes() {
        let dir = folder(&["b.md", "a/z.txt", "a-1.txt", "Ä.text", "a.TXT", "B.markdown"]);
        let found = discover(&dir.path().join("seeds"), &[]).unwrap();
        let paths: Vec<_> = found.documents.iter().map(|d| d.shown.as_str()).collect();
        assert_eq!(
            paths,
            [
                "seeds/B.markdown",
                "seeds/a-1.txt",
                "seeds/a.TXT",
                "seeds/a/z.txt",
                "seeds/b.md",
                "seeds/Ä.text"
            ]
        );
        assert_eq!(found.diagnostics, []);
    }

    #[test]
    fn hidden_files_and_folders_are_passed_over() {
        let dir = folder(&[".git/a.txt", ".a.txt", "b.txt", "c/.d.txt"]);
        let found = discover(&dir.path().join("seeds"), &[]).unwrap();
        assert_eq!(found.documents.len(), 1);
        assert!(found.assets.is_empty() && found.diagnostics.is_empty());
    }

    #[test]
    fn folders_are_collections() {
        let dir = folder(&["essays/early/a.txt", "essays/b.txt", "c.txt"]);
        let found = discover(&dir.path().join("seeds"), &[]).unwrap();
        let collections: Vec<_> = found.documents.iter().map(|d| d.collection.as_deref()).collect();
        assert_eq!(collections, [None, Some("essays"), Some("essays / early")]);
        assert_eq!(found.documents[2].stem, "essays/early/a");
    }

    #[test]
    fn a_sidecar_belongs_to_the_document_of_its_name() {
        let dir = folder(&["a.txt", "a.yaml", "a.yml", "b.md", "b.yml", "c.yaml", "d/a.txt"]);
        let found = discover(&dir.path().join("seeds"), &[]).unwrap();
        let sidecars: Vec<_> =
            found.documents.iter().map(|d| d.sidecar.as_ref().map(|s| s.shown.as_str())).collect();
        assert_eq!(sidecars, [Some("seeds/a.yaml"), Some("seeds/b.yml"), None]);
        assert_eq!(
            codes(&found),
            [(Code::StraySidecar, "seeds/a.yml"), (Code::StraySidecar, "seeds/c.yaml")]
        );
        assert!(found.assets.is_empty());
    }

    #[test]
    fn other_kinds_are_assets_and_named_up_to_a_limit() {
        let names: Vec<String> = (0..25).map(|i| format!("img/{i:02}.png")).collect();
        let mut files: Vec<&str> = names.iter().map(String::as_str).collect();
        files.push("a.pdf");
        files.push("noending");
        let dir = folder(&files);
        let found = discover(&dir.path().join("seeds"), &[]).unwrap();
        assert_eq!(found.assets.len(), 27);
        assert_eq!(found.assets[0].relative, "a.pdf");
        assert_eq!(found.diagnostics.len(), 2 + 20 + 1);
        let count = found.diagnostics.iter().find(|d| d.path == "seeds/img").unwrap();
        assert!(count.message.to_string().starts_with("5 more files"), "{}", count.message);
    }

    #[test]
    fn pages_are_documents_and_what_lies_in_their_folders_is_theirs() {
        let dir = folder(&[
            "a.html",
            "a_files/frame.html",
            "a_files/b/c.txt",
            "b_files/d.HTM",
            "e.xhtml",
            "f.mhtml",
        ]);
        let found = discover(&dir.path().join("seeds"), &[]).unwrap();
        let paths: Vec<_> = found.documents.iter().map(|d| d.relative.as_str()).collect();
        assert_eq!(paths, ["a.html", "b_files/d.HTM", "e.xhtml"]);
        let said =
            |path: &str| found.diagnostics.iter().find(|d| d.path == path).unwrap().message.to_string();
        assert!(said("seeds/a_files/b/c.txt").starts_with("belongs to a saved page"));
        let packed = found.diagnostics.iter().find(|d| d.path == "seeds/f.mhtml").unwrap();
        assert!(packed.severity == Severity::Warning && packed.hint.is_some());
    }

    #[test]
    fn no_folder_is_a_failure() {
        let dir = folder(&["a.txt"]);
        assert!(discover(&dir.path().join("nothing"), &[]).is_err());
        assert!(discover(&dir.path().join("seeds/a.txt"), &[]).is_err());
    }

    #[test]
    fn a_limit_is_kept() {
        let dir = folder(&["a.txt"]);
        let path = dir.path().join("seeds/a.txt");
        assert_eq!(read(&path, "a", 5).unwrap(), b"words");
        assert_eq!(read(&path, "a", 4).unwrap_err().code, Code::TooLarge);
        assert_eq!(read_optional(&dir.path().join("b"), "b", 4), Ok(None));
    }
}
