//! The folder in which a build makes everything ready, inside the site: there, a rename never crosses file systems,
//! and whoever comes next finds what was left.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::at;
use super::{Content, PublishError};
use crate::digest::{self, Bytes};

/// The work folder's name. It is there only while a build is at work, or after one was cut short.
pub const WORK: &str = ".postil-work";

/// The paths in the work folder of a site.
#[derive(Clone, Debug)]
pub(super) struct Work {
    /// The site.
    pub out: PathBuf,
    /// The work folder.
    pub folder: PathBuf,
}

impl Work {
    pub(super) fn of(out: &Path) -> Work {
        Work { out: out.to_owned(), folder: out.join(WORK) }
    }

    /// Where the lock lies.
    pub(super) fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// Where the journal lies once all is ready.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal.json")
    }

    /// Where a new file waits.
    pub(super) fn new_file(&self, number: u64) -> PathBuf {
        self.folder.join(format!("new-{number}"))
    }

    /// The second name of what a file replaces.
    pub(super) fn old_file(&self, number: u64) -> PathBuf {
        self.folder.join(format!("old-{number}"))
    }

    /// Writes a file into the folder and says its digest, which may be known of bytes.
    pub(super) fn write(
        &self,
        path: &Path,
        content: &Content,
        known: Option<Bytes>,
    ) -> Result<Bytes, PublishError> {
        let mut file = File::create(path).map_err(at(path))?;
        match content {
            Content::Bytes(bytes) => {
                file.write_all(bytes).map_err(at(path))?;
                Ok(known.unwrap_or_else(|| digest::bytes_of(bytes)))
            }
            Content::AsItStands => Err(at(path)(io::ErrorKind::NotFound.into())),
            // Not `fs::copy`: a source that may not be written must not make a page that may not.
            Content::Copy(from, _) => {
                let mut original = File::open(from).map_err(at(from))?;
                io::copy(&mut original, &mut file).map_err(at(path))?;
                // What was copied, not what the original is by now.
                drop(file);
                let copy = File::open(path).map_err(at(path))?;
                digest::bytes_of_reader(copy).map_err(at(path))
            }
        }
    }

    /// Gives a file that will be replaced a second name: no byte is written, and its place is never empty.
    pub(super) fn keep(&self, path: &Path, number: u64) -> Result<(), PublishError> {
        let old = self.old_file(number);
        match fs::hard_link(path, &old) {
            Ok(()) => Ok(()),
            // A file system without such names: a copy.
            Err(_) => fs::copy(path, &old).map(drop).map_err(at(path)),
        }
    }

    /// Deletes everything but the lock. The journal goes first: what it speaks of must not go before it.
    pub(super) fn clear(&self) -> Result<(), PublishError> {
        let journal = self.journal();
        remove(&journal)?;
        let lock = self.lock();
        for entry in fs::read_dir(&self.folder).map_err(at(&self.folder))? {
            let path = entry.map_err(at(&self.folder))?.path();
            if path == lock {
                continue;
            }
            if path.is_dir() && !path.is_symlink() {
                fs::remove_dir_all(&path).map_err(at(&path))?;
            } else {
                remove(&path)?;
            }
        }
        Ok(())
    }
}

/// Deletes a file; one that is not there is no failure.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(PublishError::Disk(path.to_owned(), error))
        }
        _ => Ok(()),
    }
}
