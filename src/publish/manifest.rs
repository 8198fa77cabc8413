//! What a site is made of: which version built it, from which sources, and the digest of every file.
//!
//! It is read from disk like anything else: nothing outside the site is touched on its word.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::error::at;
use super::path::is_sound;
use super::{Made, PublishError};
use crate::cache::Mark;
use crate::{digest, json};

/// The manifest's name inside the site.
pub const MANIFEST: &str = "postil.json";

/// What the manifest was called in version 1, which held weaker hashes and no sources.
const FIRST: &str = ".postil-manifest.json";

/// The catalogue's name: a folder that has one was built by postil.
const CATALOGUE: &str = "archive.json";

/// The version of the manifest.
const VERSION: u32 = 2;

/// A manifest.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Manifest {
    /// The manifest's own version.
    version: u32,
    /// The version of the program that built the site.
    #[serde(default)]
    pub postil: String,
    /// The digest of every file that the site was built from, by its name in the archive.
    #[serde(default)]
    pub sources: BTreeMap<String, String>,
    /// The digest of every file of the site.
    pub files: BTreeMap<String, String>,
}

/// The bytes of the manifest of a site with these files, by path, set for people. Written by hand: a site has a dozen files
/// for each document.
pub(super) fn written(sources: &BTreeMap<String, String>, files: &[Made]) -> Vec<u8> {
    /// Bytes of a line without its path.
    const LINE: usize = 80;
    let paths: usize = files.iter().map(|file| file.path.len()).sum();
    let mut out = Vec::with_capacity(paths + (files.len() + 2 * sources.len() + 4) * LINE);
    let version = VERSION.to_string();
    for piece in ["{\n  \"version\": ", &version, ",\n  \"postil\": \"", env!("CARGO_PKG_VERSION"), "\""] {
        out.extend_from_slice(piece.as_bytes());
    }
    write_map("sources", sources.iter().map(|(path, digest)| (path, digest.as_str())), &mut out);
    write_map("files", files.iter().map(|file| (&file.path, digest::digits(&file.digest))), &mut out);
    out.extend_from_slice(b"\n}\n");
    out
}

/// Writes a map of digests.
fn write_map<'p>(name: &str, all: impl Iterator<Item = (&'p String, impl AsRef<str>)>, out: &mut Vec<u8>) {
    out.extend_from_slice([",\n  \"", name, "\": {"].concat().as_bytes());
    let start = out.len();
    for (path, digits) in all {
        out.extend_from_slice(if out.len() > start { b",\n    " } else { b"\n    " });
        json::text(path, out);
        out.extend_from_slice(b": \"");
        out.extend_from_slice(digits.as_ref().as_bytes());
        out.push(b'"');
    }
    out.extend_from_slice(if out.len() > start { b"\n  }" } else { b"}" });
}

impl Manifest {
    /// The manifest of a site; `None` where there is none that is a manifest at all.
    pub(super) fn read(out: &Path) -> Result<Option<Manifest>, PublishError> {
        let path = out.join(MANIFEST);
        let Some(bytes) = regular(&path)? else { return Ok(None) };
        /// What a manifest of any version has.
        #[derive(Deserialize)]
        struct Any {
            version: u64,
        }
        let manifest = parse(&bytes);
        let version = match &manifest {
            Some(manifest) => Some(u64::from(manifest.version)),
            None => serde_json::from_slice::<Any>(&bytes).ok().map(|any| any.version),
        };
        match version.filter(|&version| version > u64::from(VERSION)) {
            Some(newer) => {
                let message = format!("a manifest of version {newer}; this program reads {VERSION}");
                Err(PublishError::Unreadable(path, message))
            }
            None => Ok(manifest),
        }
    }
}

fn parse(bytes: &[u8]) -> Option<Manifest> {
    let mut manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    manifest.files.retain(|path, _| is_sound(path));
    Some(manifest)
}

/// The bytes of a regular file, or nothing where there is none.
fn regular(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Some).map_err(at(path)),
        Ok(_) => Err(PublishError::InTheWay(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::Disk(path.to_owned(), error)),
    }
}

/// What is known of an earlier build's manifest without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The manifest, as the disk saw it.
    pub mark: Mark,
    /// How many files it lists.
    pub files: usize,
}

/// What an earlier build left.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// Path and digest of each file; of a manifest that is known they are read when somebody asks.
    files: OnceLock<BTreeMap<String, String>>,
    /// What is known of them without that.
    remembered: Option<Remembered>,
    /// True if, for want of a manifest, every file may be the program's.
    pub all: bool,
    /// The manifest that says so, as the disk sees it.
    manifest: Option<Mark>,
}

impl Earlier {
    /// Path and digest of each file.
    pub(super) fn files(&self, out: &Path) -> Result<&BTreeMap<String, String>, PublishError> {
        if let Some(files) = self.files.get() {
            return Ok(files);
        }
        // One that went meanwhile lists nothing.
        let read = Manifest::read(out)?.map_or_else(BTreeMap::new, |manifest| manifest.files);
        Ok(self.files.get_or_init(|| read))
    }

    pub(super) fn owns(&self, path: &str, out: &Path) -> Result<bool, PublishError> {
        Ok(self.all || self.files(out)?.contains_key(path))
    }

    /// True if there were so many files and no others, as far as that is known without reading.
    pub(super) fn has_only(&self, files: usize) -> bool {
        self.remembered.is_some_and(|remembered| remembered.files == files)
    }

    /// True if there was a site.
    pub(super) fn is_site(&self) -> bool {
        let has_read = || self.files.get().is_some_and(|files| !files.is_empty());
        self.all || self.remembered.is_some_and(|remembered| remembered.files > 0) || has_read()
    }

    fn of(files: BTreeMap<String, String>, all: bool, manifest: Option<Mark>) -> Earlier {
        Earlier { files: OnceLock::from(files), remembered: None, all, manifest }
    }

    /// True if the manifest that was read is still the same.
    pub(super) fn stands(&self, out: &Path) -> bool {
        self.manifest.is_some() && Mark::of(&out.join(MANIFEST)) == self.manifest
    }

    /// Refuses a folder with files that no build wrote.
    pub(super) fn read(out: &Path, remembered: Option<Remembered>) -> Result<Earlier, PublishError> {
        let mut entries = match fs::read_dir(out) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Earlier::of(BTreeMap::new(), false, None));
            }
            Err(error) => return Err(PublishError::Disk(out.to_owned(), error)),
        };
        // Before it is read: what is put in its place later is another.
        let mark = Mark::of(&out.join(MANIFEST));
        let remembered = remembered.filter(|remembered| mark == Some(remembered.mark));
        if remembered.is_some() {
            return Ok(Earlier { remembered, manifest: mark, ..Earlier::default() });
        }
        if let Some(manifest) = Manifest::read(out)? {
            return Ok(Earlier::of(manifest.files, false, mark));
        }
        let first = out.join(FIRST);
        if let Some(bytes) = regular(&first)? {
            let files = parse(&bytes).map(|m| m.files);
            let all = files.is_none();
            let mut files = files.unwrap_or_default();
            // It goes with the pages that it lists and that are no longer wanted.
            files.insert(FIRST.to_owned(), crate::hash::hex(&bytes));
            return Ok(Earlier::of(files, all, None));
        }
        // A site whose manifest is lost or damaged is still one.
        let all = out.join(CATALOGUE).is_file() || out.join(MANIFEST).is_file();
        // `.git`, `.nojekyll` and the like stand in a folder that is about to become a site.
        let visible = |entry: &io::Result<fs::DirEntry>| {
            entry.as_ref().is_ok_and(|e| !e.file_name().to_string_lossy().starts_with('.'))
        };
        if !all && entries.any(|entry| visible(&entry)) {
            return Err(PublishError::NotASite(out.to_owned()));
        }
        Ok(Earlier::of(BTreeMap::new(), all, None))
    }
}
