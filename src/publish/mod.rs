//! Pages → the site's folder: all or nothing, and only what changed.
//!
//! 1. [`lock`]: one build at a time; the lock says whose it is and dies with its process.
//! 2. [`journal::recover`]: what an earlier build began and could not end is finished or undone.
//! 3. [`Publication::put`], from any thread: the path is looked at ([`path`], [`standing`]); what is new or different
//!    is staged in the site's own [`work`] folder. A full disk shows here, and nothing has changed yet.
//! 4. [`Publication::finish`]: what will be replaced gets a second name in the work folder, then the [`journal`] is
//!    put in place by one rename. Before it, a kill leaves the earlier site; behind it, the next command finishes.
//! 5. Files are moved into place, each by one rename; what is gone is deleted. If a step fails, all are taken back.
//! 6. Where an earlier site stood, the new files are on the disk before their forerunners are let go of.
//!
//! The [`manifest`] is one of those files: what was built, by which version, from what, each with its digest;
//! [`verify`] holds a site against it. Only files that an earlier build wrote are ever overwritten or deleted; a
//! person's own stay.

mod create;
mod error;
mod journal;
mod lock;
mod manifest;
pub mod path;
mod publication;
mod replace;
mod standing;
mod verify;
mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::digest::{self, Bytes};

pub use create::create;
pub use error::PublishError;
pub use journal::Recovered;
pub use manifest::{MANIFEST, Remembered};
pub use publication::{Made, Publication};
pub use replace::replace;
pub use verify::{Verified, changed_sources, verify};
pub use work::WORK;

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its place in the site, with `/` (`texts/essay.html`).
    pub path: String,
    /// What it holds.
    pub content: Content,
    /// The digest of what it was made from, where that is known: for whoever remembers it.
    pub inputs: Option<Bytes>,
}

/// What a file of the site holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file; with its digest, if that is known.
    Copy(PathBuf, Option<Bytes>),
    /// What an earlier build put there, and what stands there unchanged, as whoever gives it knows.
    AsItStands,
}

impl Output {
    /// A file of these bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Output { path: path.into(), content: Content::Bytes(bytes.into()), inputs: None }
    }

    /// A copy of a file.
    pub fn copy(path: impl Into<String>, from: impl Into<PathBuf>, digest: Option<&str>) -> Self {
        let content = Content::Copy(from.into(), digest.and_then(digest::bytes));
        Output { path: path.into(), content, inputs: None }
    }
}

/// What publishing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Files written, new or different.
    pub written: Vec<String>,
    /// Files that were as they are.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: Vec<String>,
    /// Files in the site that postil did not write, or that were changed since: left alone.
    pub kept: Vec<String>,
    /// What became of an earlier build that had been cut short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovered: Option<Recovered>,
}

/// True if a build is at work in a site, or was cut short there.
pub fn is_at_work(out: &Path) -> bool {
    out.join(WORK).exists()
}

/// Publishes the files into `out`, which need not exist. `sources` are the digests of what they were made from.
pub fn publish(
    out: &Path,
    files: Vec<Output>,
    sources: BTreeMap<String, String>,
) -> Result<Published, PublishError> {
    let publication = Publication::begin(out, None)?;
    for file in files {
        publication.put(file, None)?;
    }
    publication.finish(sources, |_, _| false)
}

#[cfg(test)]
mod tests;
