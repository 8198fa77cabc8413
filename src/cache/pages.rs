//! What each file of the site was made from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::look::{Mark, Sight};
use super::{Folder, Lost};
use crate::digest::Bytes;
use crate::hash::Fast;
use crate::publish::{MANIFEST, Made, Remembered};
use crate::stored;

/// The name in the cache.
const NAME: &str = "pages";

/// A file of the site as a build left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    digest: Bytes,
    /// The digest of what it was made from, if that is known.
    inputs: Option<Bytes>,
    mark: Mark,
}

/// The files of a site that are still as a build left them, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// The site.
    site: PathBuf,
    /// Its manifest, which says that they are the program's own, and how many files it lists.
    manifest: Option<Remembered>,
    files: HashMap<String, Left, Fast>,
}

/// As [`Pages`] are stored.
#[derive(Serialize, Deserialize)]
struct Stored<P> {
    site: PathBuf,
    manifest: Option<Remembered>,
    paths: Vec<P>,
    /// Of each path what it was left as.
    #[serde(with = "stored::bytes")]
    left: Vec<u8>,
}

impl Left {
    const DIGEST: usize = size_of::<Bytes>();
    const STORED: usize = 2 * Left::DIGEST + Mark::STORED;

    /// As it is stored: unknown inputs as zeros, which are no digest of anything.
    fn stored(&self) -> impl Iterator<Item = u8> {
        let inputs = self.inputs.unwrap_or_default();
        self.digest.into_iter().chain(inputs).chain(self.mark.stored())
    }

    /// What was stored.
    fn restored(bytes: &[u8; Left::STORED]) -> Option<Left> {
        let (digest, rest) = bytes.split_first_chunk()?;
        let (inputs, rest) = rest.split_first_chunk()?;
        let inputs = (*inputs != Bytes::default()).then_some(*inputs);
        Some(Left { digest: *digest, inputs, mark: Mark::restored(rest.first_chunk()?) })
    }
}

impl Pages {
    /// The files of a site as the last build left them; of another site none.
    pub fn recall(cache: &Folder, site: &Path) -> Result<Pages, Lost> {
        let none = Pages::none(site);
        let Some(stored) = cache.get::<Stored<String>>(NAME)?.filter(|stored| stored.site == none.site)
        else {
            return Ok(none);
        };
        let left = stored.left.as_chunks().0.iter().map(Left::restored);
        let files = stored.paths.into_iter().zip(left).filter_map(|(path, left)| Some((path, left?)));
        Ok(Pages { manifest: stored.manifest, files: files.collect(), ..none })
    }

    /// None of a site.
    pub fn none(site: &Path) -> Pages {
        let site = std::path::absolute(site).unwrap_or_else(|_| site.to_owned());
        Pages { site, ..Pages::default() }
    }

    /// What is known of the site's manifest.
    pub fn manifest(&self) -> Option<Remembered> {
        self.manifest
    }

    /// Forgets what does not stand as it was left.
    pub fn keep_standing(&mut self, sight: &Sight) {
        if self.manifest.is_none_or(|then| sight.mark(MANIFEST) != Some(then.mark)) {
            self.files.clear();
        }
        self.files.retain(|path, left| sight.mark(path) == Some(left.mark));
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
        let seen = files.iter().filter_map(|Made { path, digest, inputs }| {
            Some((path, Left { digest: *digest, inputs: *inputs, mark: sight.mark(path)? }))
        });
        let (mut paths, mut left) = (Vec::with_capacity(files.len()), Vec::new());
        left.reserve(files.len() * Left::STORED);
        for (path, file) in seen {
            paths.push(path);
            left.extend(file.stored());
        }
        let manifest = sight.mark(MANIFEST).map(|mark| Remembered { mark, files: files.len() });
        cache.put(NAME, &Stored { site: Pages::none(site).site, manifest, paths, left })
    }
}
