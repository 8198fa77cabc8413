//! Is a site what it was built to be?

use std::fs::{self, File};
use std::path::Path;

use serde::Serialize;

use super::error::at;
use super::journal::{self, Recovered};
use super::lock::Lock;
use super::manifest::Manifest;
use super::path::is_sound;
use super::standing::{self, Standing, standing};
use super::work::Work;
use super::{MANIFEST, PublishError};
use crate::{digest, discover};

/// What a look at a site found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The version of the program that built it.
    pub postil: String,
    /// Files that were built.
    pub files: usize,
    /// Sources that it was built from.
    pub sources: usize,
    /// Files that hold something else than was built.
    pub altered: Vec<String>,
    /// Files that are not there, or are no files.
    pub missing: Vec<String>,
    /// Files that postil did not write.
    pub foreign: Vec<String>,
    /// The digest of the manifest, and so of the whole site: who keeps it elsewhere can tell if somebody changed
    /// pages and manifest together.
    pub seal: String,
    /// What became of a build that had been cut short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovered: Option<Recovered>,
}

impl Verified {
    /// True if every file is as it was built.
    pub fn is_whole(&self) -> bool {
        self.altered.is_empty() && self.missing.is_empty()
    }
}

/// The sources in an archive's folder that are no longer what a site was built from: changed, or gone.
pub fn changed_sources(out: &Path, archive: &Path) -> Result<Vec<String>, PublishError> {
    let sources = Manifest::read(out)?.map(|manifest| manifest.sources).unwrap_or_default();
    // A manifest is read like anything else: it cannot make the program look outside of the archive.
    let now = discover::digests(archive, sources.keys().map(String::as_str).filter(|s| is_sound(s)));
    Ok(sources.into_iter().filter(|(name, was)| now.get(name) != Some(was)).map(|s| s.0).collect())
}

/// Holds every file of a site against the digest it was built with. Ends or undoes an unfinished build first.
pub fn verify(out: &Path) -> Result<Verified, PublishError> {
    let work = Work::of(out);
    // Without anything to end, nothing is written: the site may be on a disk that only reads.
    let recovered = match fs::symlink_metadata(&work.folder) {
        Ok(_) => {
            let _lock = Lock::take(&work)?;
            journal::recover(&work)?
        }
        Err(_) => None,
    };
    let path = out.join(MANIFEST);
    let Some(manifest) = Manifest::read(out)? else {
        let message =
            if path.exists() { "this manifest cannot be read" } else { "there is no manifest here" };
        return Err(PublishError::Unreadable(path, message.into()));
    };
    let seal = digest::of_reader(File::open(&path).map_err(at(&path))?).map_err(at(&path))?;
    let (mut altered, mut missing) = (Vec::new(), Vec::new());
    for (file, expected) in &manifest.files {
        match standing(out, file)? {
            Standing::File(path) if standing::is(&path, expected)? => {}
            Standing::File(_) => altered.push(file.clone()),
            Standing::Nothing | Standing::Other(_) => missing.push(file.clone()),
        }
    }
    Ok(Verified {
        postil: manifest.postil,
        files: manifest.files.len(),
        sources: manifest.sources.len(),
        altered,
        missing,
        foreign: standing::strangers(out, manifest.files.keys().map(String::as_str)),
        seal,
        recovered,
    })
}
