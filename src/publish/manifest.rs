//! What a site is made of: which version built it, from which sources, and the digest of every file.
//!
//! It is read from disk like anything else: nothing outside the site is touched on its word.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize, Serializer};

use super::error::at;
use super::path::is_sound;
use super::{Made, PublishError};
use crate::cache::Mark;
use crate::digest;

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

/// The bytes of the manifest of a site with these files, by path.
pub(super) fn written(sources: &BTreeMap<String, String>, files: &[Made]) -> Vec<u8> {
    /// As [`Manifest`], of files as they are known.
    #[derive(Serialize)]
    struct Written<'a> {
        version: u32,
        postil: &'a str,
        sources: &'a BTreeMap<String, String>,
        files: Files<'a>,
    }
    struct Files<'a>(&'a [Made]);
    impl Serialize for Files<'_> {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.collect_map(self.0.iter().map(|file| (&file.path, digest::digits(&file.digest))))
        }
    }
    let manifest =
        Written { version: VERSION, postil: env!("CARGO_PKG_VERSION"), sources, files: Files(files) };
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    bytes
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

/// What an earlier build left.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// Path and digest of each file.
    pub files: BTreeMap<String, String>,
    /// True if, for want of a manifest, every file may be the program's.
    pub all: bool,
    /// The manifest that says so, as the disk sees it.
    manifest: Option<Mark>,
}

impl Earlier {
    pub(super) fn owns(&self, path: &str) -> bool {
        self.all || self.files.contains_key(path)
    }

    /// True if there was a site.
    pub(super) fn is_site(&self) -> bool {
        self.all || !self.files.is_empty()
    }

    /// True if the manifest that was read is still the same.
    pub(super) fn stands(&self, out: &Path) -> bool {
        self.manifest.is_some() && Mark::of(&out.join(MANIFEST)) == self.manifest
    }

    /// Refuses a folder with files that no build wrote.
    pub(super) fn read(out: &Path) -> Result<Earlier, PublishError> {
        let mut entries = match fs::read_dir(out) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Earlier::default()),
            Err(error) => return Err(PublishError::Disk(out.to_owned(), error)),
        };
        // Before it is read: what is put in its place later is another.
        let mark = Mark::of(&out.join(MANIFEST));
        if let Some(manifest) = Manifest::read(out)? {
            return Ok(Earlier { files: manifest.files, all: false, manifest: mark });
        }
        let first = out.join(FIRST);
        if let Some(bytes) = regular(&first)? {
            let files = parse(&bytes).map(|m| m.files);
            let all = files.is_none();
            let mut files = files.unwrap_or_default();
            // It goes with the pages that it lists and that are no longer wanted.
            files.insert(FIRST.to_owned(), crate::hash::hex(&bytes));
            return Ok(Earlier { files, all, manifest: None });
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
        Ok(Earlier { files: BTreeMap::new(), all, manifest: None })
    }
}
