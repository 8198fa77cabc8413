//! One build at a time in one site.
//!
//! The lock is the operating system's, so it dies with its process and none is ever stale. What stands in the file
//! only says whose it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::thread;
use std::time::Duration;

use super::PublishError;
use super::error::at;
use super::work::Work;

/// How often another build is asked for, and how long is waited in between: two seconds in all.
const TRIES: usize = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// The lock, held until dropped. The work folder goes with it if it is empty by then.
#[derive(Debug)]
pub(super) struct Lock {
    work: Work,
    /// Never read: the lock is given back when the file is closed.
    _file: File,
}

impl Lock {
    /// Takes the lock, waiting for a moment if another process has it.
    pub(super) fn take(work: &Work) -> Result<Lock, PublishError> {
        let path = work.lock();
        if work.folder.is_symlink() {
            return Err(PublishError::InTheWay(work.folder.clone()));
        }
        for _ in 0..TRIES {
            fs::create_dir_all(&work.folder).map_err(at(&work.folder))?;
            let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
            let mut file = match opened {
                Ok(file) => file,
                // The other build has just taken the folder away with it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    // No room for a name: the folder, if it is empty, was made for nothing.
                    let _ = fs::remove_dir(&work.folder);
                    return Err(PublishError::Disk(path, error));
                }
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    thread::sleep(PAUSE);
                    continue;
                }
                // A file system that knows no locks: better a build without one than none.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(PublishError::Disk(path, error)),
            }
            if !is_still_there(&file, work) {
                continue;
            }
            let owner = format!("process {}\n", std::process::id());
            // Only for whoever asks: a full disk is to be met where it costs nothing, not here.
            let _ = file.set_len(0).and_then(|()| file.write_all(owner.as_bytes()));
            return Ok(Lock { work: work.clone(), _file: file });
        }
        Err(PublishError::Busy(work.folder.clone(), owner(work)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere an open file keeps its name until it is closed, and whoever waits for it would wait for nothing.
        if cfg!(unix) {
            let _ = fs::remove_file(self.work.lock());
            // Fails where something is left, or where the next build has begun: that is the test.
            let _ = fs::remove_dir(&self.work.folder);
        }
    }
}

/// False if the file was deleted between its opening and its locking.
#[cfg(unix)]
fn is_still_there(file: &File, work: &Work) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(work.lock())) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_: &File, _: &Work) -> bool {
    true
}

/// What the owner of the lock says of itself.
fn owner(work: &Work) -> String {
    /// Longer than any process number.
    const MOST: u64 = 64;
    let mut said = Vec::new();
    if let Ok(file) = File::open(work.lock()) {
        let _ = file.take(MOST).read_to_end(&mut said);
    }
    String::from_utf8_lossy(&said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_is_first() {
        let dir = tempfile::tempdir().unwrap();
        let work = Work::of(dir.path());
        let lock = Lock::take(&work).unwrap();
        let error = Lock::take(&work).unwrap_err();
        assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
        drop(lock);
        Lock::take(&work).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_lock_whose_owner_is_dead_is_no_lock() {
        let dir = tempfile::tempdir().unwrap();
        let work = Work::of(dir.path());
        fs::create_dir(&work.folder).unwrap();
        fs::write(work.lock(), "process 1\n").unwrap();
        Lock::take(&work).unwrap();
    }
}
