//! The journal: what a build is about to do, so that whoever comes after a kill can end it or undo it.
//!
//! 1. Everything waits in the work folder: new files, and second names for what they replace.
//! 2. The journal is put in place, whole, by one rename: from here on the build is finished, come what may.
//! 3. Each step looks at what is there, so it can be done twice: a new file that still waits is moved, a file that
//!    goes is deleted. Undoing puts the second names back, and takes away what stood nowhere before.
//! 4. The journal goes, and what it kept.
//!
//! After a power cut a file may be there without its bytes. So each new file is held against its digest first; if one
//! is not whole, everything is undone: what was replaced has long been on the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::at;
use super::path::is_sound;
use super::standing::{self, Standing, standing};
use super::work::{self, Work};
use super::{MANIFEST, PublishError};

/// The version of the journal.
const VERSION: u32 = 1;

/// One file that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    /// Its path in the site.
    pub path: String,
    /// The number under which the new and the old file lie in the work folder.
    pub number: u64,
    /// The digest of the new file; none if the file goes.
    pub new: Option<String>,
    /// True if something stood there.
    pub old: bool,
}

/// All that a build is about to do, in this order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    version: u32,
    pub changes: Vec<Change>,
}

/// What became of a build that had been cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Recovered {
    /// It had changed nothing yet; what it had made ready is thrown away.
    Discarded,
    /// All that it was about to do is done.
    Finished,
    /// All that it had done is undone.
    Undone,
}

impl Journal {
    pub(super) fn new(changes: Vec<Change>) -> Journal {
        Journal { version: VERSION, changes }
    }

    /// Puts the journal in place.
    pub(super) fn begin(&self, work: &Work) -> Result<(), PublishError> {
        let (ready, path) = (work.folder.join("journal-ready"), work.journal());
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        let mut file = File::create(&ready).map_err(at(&ready))?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(at(&ready))?;
        drop(file);
        fs::rename(&ready, &path).map_err(at(&path))
    }

    fn read(work: &Work) -> Result<Option<Journal>, PublishError> {
        let path = work.journal();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::Disk(path, error)),
        };
        let journal: Option<Journal> = serde_json::from_slice(&bytes).ok();
        let sound = |j: &Journal| {
            j.version == VERSION && j.changes.iter().all(|c| c.path == MANIFEST || is_sound(&c.path))
        };
        match journal.filter(sound) {
            Some(journal) => Ok(Some(journal)),
            None => {
                let message = "the journal of a build that was cut short cannot be read by this version; \
                               delete this folder and build again";
                Err(PublishError::Unreadable(work.folder.clone(), message.into()))
            }
        }
    }

    /// Does all that is not done yet.
    pub(super) fn apply(&self, work: &Work) -> Result<(), PublishError> {
        for change in &self.changes {
            let path = match standing(&work.out, &change.path)? {
                Standing::Nothing => work.out.join(&change.path),
                Standing::File(path) => path,
                Standing::Other(path) => return Err(PublishError::InTheWay(path)),
            };
            if change.new.is_none() {
                work::remove(&path)?;
                continue;
            }
            standing::make_folders(&work.out, &change.path)?;
            match fs::rename(work.new_file(change.number), &path) {
                // It was moved before the kill.
                Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_file() => {}
                moved => moved.map_err(at(&path))?,
            }
        }
        for change in self.changes.iter().filter(|c| c.new.is_none()) {
            standing::remove_empty_folders(&work.out, &change.path);
        }
        Ok(())
    }

    /// Takes back all that is done, last first. Needs no room on the disk.
    pub(super) fn undo(&self, work: &Work) -> Result<(), PublishError> {
        for change in self.changes.iter().rev() {
            let path = work.out.join(&change.path);
            let old = work.old_file(change.number);
            if change.old {
                standing::make_folders(&work.out, &change.path)?;
                match fs::rename(&old, &path) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_file() => {}
                    moved => moved.map_err(at(&path))?,
                }
            } else if !work.new_file(change.number).exists() {
                work::remove(&path)?;
            }
            if !change.old {
                standing::remove_empty_folders(&work.out, &change.path);
            }
        }
        Ok(())
    }

    /// True if every new file, waiting or moved, holds what it should.
    fn is_whole(&self, work: &Work) -> bool {
        self.changes.iter().all(|change| {
            let Some(digest) = &change.new else { return true };
            let waiting = work.new_file(change.number);
            let path = if waiting.exists() { waiting } else { work.out.join(&change.path) };
            standing::is(&path, digest).unwrap_or(false)
        })
    }

    /// Puts the new files onto the disk, several at a time: the disk writes one list of them for all that wait.
    pub(super) fn settle(&self, out: &Path) -> Result<(), PublishError> {
        /// Picked by measuring: a file takes a tenth of the time that it takes one after another.
        const AT_ONCE: usize = 8;
        let new: Vec<&Change> = self.changes.iter().filter(|c| c.new.is_some()).collect();
        std::thread::scope(|scope| {
            let share = new.len().div_ceil(AT_ONCE).max(1);
            let parts: Vec<_> = new
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || {
                        part.iter().try_for_each(|change| {
                            let path = out.join(&change.path);
                            File::open(&path).and_then(|file| file.sync_all()).map_err(at(&path))
                        })
                    })
                })
                .collect();
            parts.into_iter().try_for_each(|part| part.join().unwrap_or(Ok(())))
        })
    }
}

/// Ends or undoes what an earlier build left. The caller holds the lock.
pub(super) fn recover(work: &Work) -> Result<Option<Recovered>, PublishError> {
    let Some(journal) = Journal::read(work)? else {
        let is_left = |e: &fs::DirEntry| e.path() != work.lock();
        let mut left = fs::read_dir(&work.folder).map_err(at(&work.folder))?.flatten().filter(is_left);
        let any = left.next().is_some();
        work.clear()?;
        return Ok(any.then_some(Recovered::Discarded));
    };
    let finished = journal.is_whole(work) && journal.apply(work).is_ok();
    if !finished {
        journal.undo(work)?;
    }
    work.clear()?;
    Ok(Some(if finished { Recovered::Finished } else { Recovered::Undone }))
}
