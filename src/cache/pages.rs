//! What each file of the site was made from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::look::{Mark, Sight};
use super::{Folder, Lost};
use crate::digest::Bytes;
use crate::hash::Fast;
use crate::publish::{MANIFEST, Made};

/// The name in the cache.
const NAME: &str = "pages";

/// A file of the site as a build left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    digest: Bytes,
    /// The digest of what it was made from, if that is known.
    inputs: Option<Bytes>,
    mark: Mark,
}

/// The files of a site that are still as a build left them, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Pages {
    /// The site.
    site: PathBuf,
    /// Its manifest, which says that they are the program's own.
    manifest: Option<Mark>,
    files: HashMap<String, Left, Fast>,
}

/// As [`Pages`] is stored: a table is as its entries are, one behind the other.
#[derive(Serialize)]
struct Keeping<'a> {
    site: PathBuf,
    manifest: Option<Mark>,
    files: Vec<(&'a String, Left)>,
}

impl Pages {
    /// The files of a site that are as the last build left them; of another site none.
    pub fn read(cache: &Folder, site: &Path, sight: &Sight) -> Result<Pages, Lost> {
        let none = Pages::none(site, sight);
        let pages: Option<Pages> = cache.get(NAME)?;
        let is_its = |p: &Pages| p.site == none.site && p.manifest.is_some() && p.manifest == none.manifest;
        let mut pages = pages.filter(is_its).unwrap_or(none);
        pages.files.retain(|path, left| sight.mark(path) == Some(left.mark));
        Ok(pages)
    }

    /// None of a site.
    pub fn none(site: &Path, sight: &Sight) -> Pages {
        let site = std::path::absolute(site).unwrap_or_else(|_| site.to_owned());
        Pages { site, manifest: sight.mark(MANIFEST), files: HashMap::default() }
    }

    /// True if a file is still as it was left, and was made from what has this digest.
    pub fn is_made_from(&self, path: &str, inputs: &Bytes) -> bool {
        self.files.get(path).and_then(|left| left.inputs.as_ref()) == Some(inputs)
    }

    /// The digest of what a file holds that is still as it was left.
    pub fn standing(&self, path: &str) -> Option<Bytes> {
        self.files.get(path).map(|left| left.digest)
    }

    /// Remembers the files of the site as they are seen, each with the digests of what it holds and of what it was made
    /// from. A file that somebody changed since it was looked at does not stand in the eyes of the next build.
    pub fn remember(files: &[Made], site: &Path, sight: &Sight, cache: &Folder) -> Result<(), Lost> {
        let left = files.iter().filter_map(|Made { path, digest, inputs }| {
            Some((path, Left { digest: *digest, inputs: *inputs, mark: sight.mark(path)? }))
        });
        let Pages { site, manifest, .. } = Pages::none(site, sight);
        cache.put(NAME, &Keeping { site, manifest, files: left.collect() })
    }
}
