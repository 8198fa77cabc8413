//! Whether there is anything to do.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::look::{Reach, Root, Seen};
use super::{Folder, Lost};

/// The name in the cache.
const NAME: &str = "standing";

/// The folders that a build reads, with how much of each.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The archive's own folder: `archive.yaml`, `names.yaml`, works.
    pub archive: PathBuf,
    /// The sources.
    pub seeds: PathBuf,
    /// What the owner gives beside them: templates, static files, strings, annotations.
    pub beside: Vec<PathBuf>,
    /// The site.
    pub site: PathBuf,
}

impl Folders {
    fn look(&self) -> Seen {
        let root = |path: &Path, reach| Root { path: path.to_owned(), reach };
        let mut roots = vec![root(&self.archive, Reach::Files), root(&self.seeds, Reach::Visible)];
        roots.extend(self.beside.iter().map(|path| root(path, Reach::Everything)));
        Seen::of(&roots)
    }

    fn site(&self) -> Seen {
        Seen::of(&[Root { path: self.site.clone(), reach: Reach::Visible }])
    }

    /// Where they are, whatever the current folder is.
    fn places(&self) -> Vec<PathBuf> {
        let all = [&self.archive, &self.seeds, &self.site].into_iter().chain(&self.beside);
        all.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect()
    }
}

/// An archive and its site as a build left them.
#[derive(Serialize, Deserialize)]
struct Standing<T> {
    places: Vec<PathBuf>,
    archive: Seen,
    site: Seen,
    told: T,
}

/// A look at an archive before it is read.
pub struct Look {
    folders: Folders,
    seen: Seen,
    site: Option<Seen>,
}

impl Look {
    /// Looks at an archive, and says what an earlier build told if nothing of it and of its site has changed.
    pub fn at<T: DeserializeOwned>(folders: Folders, cache: &Folder) -> (Look, Result<Option<T>, Lost>) {
        let seen = folders.look();
        let told = cache.get(NAME).map(|standing: Option<Standing<T>>| {
            let is_so = |s: &Standing<T>| {
                s.places == folders.places() && seen.is_still(&s.archive) && folders.site().is_same(&s.site)
            };
            standing.filter(is_so).map(|standing| standing.told)
        });
        (Look { folders, seen, site: None }, told)
    }

    /// What the site looks like that was built from what was seen.
    pub fn at_site(&mut self, site: Seen) {
        self.site = Some(site);
    }

    /// Remembers both, with what was told.
    pub fn remember<T: Serialize>(self, told: T, cache: &Folder) -> Result<(), Lost> {
        let Some(site) = self.site else { return Ok(()) };
        cache.put(NAME, &Standing { places: self.folders.places(), archive: self.seen, site, told })
    }
}
