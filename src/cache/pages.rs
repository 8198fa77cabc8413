//! What each file of the site was made from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::look::Mark;
use super::{Folder, Lost};
use crate::publish::MANIFEST;

/// The name in the cache.
const NAME: &str = "pages";

/// A file of the site as a build left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The digest of what it holds.
    pub digest: String,
    /// The digest of what it was made from, if that is known.
    pub inputs: Option<String>,
    mark: Mark,
    /// True if it is still as it was left; a build looks once.
    #[serde(skip)]
    stands: OnceLock<bool>,
}

/// The files of a site as a build left them, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// The site.
    site: PathBuf,
    /// Its manifest, which says that they are the program's own.
    manifest: Option<Mark>,
    files: HashMap<String, Left>,
}

impl Pages {
    /// The files of a site as the last build left them; of another site none.
    pub fn read(cache: &Folder, site: &Path) -> Result<Pages, Lost> {
        let none = Pages::none(site);
        let pages: Option<Pages> = cache.get(NAME)?;
        let is_its = |p: &Pages| p.site == none.site && p.manifest.is_some() && p.manifest == none.manifest;
        Ok(pages.filter(is_its).unwrap_or(none))
    }

    /// None of a site.
    pub fn none(site: &Path) -> Pages {
        let site = std::path::absolute(site).unwrap_or_else(|_| site.to_owned());
        let manifest = Mark::of(&site.join(MANIFEST));
        Pages { site, manifest, files: HashMap::new() }
    }

    /// True if a file is still as it was left, and was made from what has this digest.
    pub fn is_made_from(&self, path: &str, inputs: &str) -> bool {
        let of = self.files.get(path).and_then(|left| left.inputs.as_deref());
        of == Some(inputs) && self.standing(path).is_some()
    }

    /// A file that is still as it was left.
    pub fn standing(&self, path: &str) -> Option<&Left> {
        let left = self.files.get(path)?;
        left.stands.get_or_init(|| Mark::of(&self.site.join(path)) == Some(left.mark)).then_some(left)
    }

    /// Remembers the files of the site, each with the digests of what it holds and of what it was made from.
    pub fn remember(
        &self,
        files: impl Iterator<Item = (String, String, Option<String>)>,
        cache: &Folder,
    ) -> Result<(), Lost> {
        let left = |(path, digest, inputs): (String, String, Option<String>)| {
            // Of a file that was changed after it was looked at, the next build must see that.
            let standing = self.files.get(&path).filter(|left| left.stands.get() == Some(&true));
            let mark = match standing.filter(|left| left.digest == digest) {
                Some(left) => left.mark,
                None => Mark::of(&self.site.join(&path))?,
            };
            Some((path, Left { digest, inputs, mark, stands: OnceLock::new() }))
        };
        let files = files.filter_map(left).collect();
        cache.put(NAME, &Pages { files, ..Pages::none(&self.site) })
    }
}
