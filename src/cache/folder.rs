//! The cache's files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::hash;

/// The cache's name in the archive's folder.
pub const FOLDER: &str = ".postil";

/// What the cache's files begin with: what they are, and which program can read them. A program made from other
/// sources may do everything otherwise.
const HEAD: &str =
    concat!("postil cache, safe to delete\n", env!("CARGO_PKG_VERSION"), " ", env!("POSTIL_BUILD"), "\n");

/// Digits of what a file is checked by. Whoever can write there could write the archive: nothing but damage is looked
/// for.
const DIGITS: usize = 16;

/// Why a file of the cache is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Another version of the program wrote it.
    OfAnother,
    /// It is not what was written.
    Damaged,
    /// It cannot be read, or not be written.
    Closed,
}

impl Lost {
    /// The reason in words.
    pub fn shown(self) -> &'static str {
        match self {
            Lost::OfAnother => "of another version of postil",
            Lost::Damaged => "damaged",
            Lost::Closed => "closed to reading or writing",
        }
    }
}

/// The folder of a cache.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The cache of an archive.
    pub fn of(archive: &Path) -> Folder {
        Folder { path: archive.join(FOLDER) }
    }

    /// The folder, made if it is not there yet; `None` if it cannot be.
    pub(super) fn ready(&self) -> Option<&Path> {
        if !self.path.is_dir() {
            self.make(&self.path).ok()?;
        }
        Some(&self.path)
    }

    fn make(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        // Whoever keeps the archive in Git does not want it there.
        fs::write(self.path.join(".gitignore"), "*\n")
    }

    /// What was put under a name; `None` if nothing was.
    pub(super) fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Lost> {
        let bytes = match fs::read(self.path.join(name)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(Lost::Closed),
        };
        let Some(rest) = bytes.strip_prefix(HEAD.as_bytes()) else {
            let ours = bytes.starts_with(b"postil cache, ");
            return Err(if ours { Lost::OfAnother } else { Lost::Damaged });
        };
        let (said, content) = rest.split_at_checked(DIGITS).ok_or(Lost::Damaged)?;
        if said != hash::quick_hex(content).as_bytes() {
            return Err(Lost::Damaged);
        }
        postcard::from_bytes(content).map(Some).map_err(|_| Lost::Damaged)
    }

    /// Puts something under a name, whole or not at all: a reader never sees the half of it.
    pub(super) fn put<T: Serialize>(&self, name: &str, content: &T) -> Result<(), Lost> {
        let Ok(content) = postcard::to_stdvec(content) else { return Err(Lost::Damaged) };
        self.write(name, &content).map_err(|_| Lost::Closed)
    }

    fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let path = self.path.join(name);
        let ready = self.path.join(format!("{name}-{}", std::process::id()));
        let made = match fs::File::create(&ready) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make(path.parent().unwrap_or(&self.path))?;
                fs::File::create(&ready)
            }
            made => made,
        };
        let written = made.and_then(|mut file| {
            file.write_all(HEAD.as_bytes())?;
            file.write_all(hash::quick_hex(content).as_bytes())?;
            file.write_all(content)
        });
        let moved = written.and_then(|()| fs::rename(&ready, path));
        if moved.is_err() {
            let _ = fs::remove_file(&ready);
        }
        moved
    }

    /// True if something was put under a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.path.join(name).is_file()
    }

    /// Deletes what was put under a name.
    pub(super) fn forget(&self, name: &str) {
        // What cannot be deleted is not used either.
        let _ = fs::remove_file(self.path.join(name));
    }

    /// Deletes what lies in a folder of the cache and is not wanted.
    pub(super) fn keep_only(&self, folder: &str, wanted: impl Fn(&str) -> bool) {
        let Ok(entries) = fs::read_dir(self.path.join(folder)) else { return };
        for entry in entries.flatten() {
            if !entry.file_name().to_str().is_some_and(&wanted) {
                // What cannot be deleted is not used either.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_whole_or_not_ours_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::of(dir.path());
        let content = vec!["one".to_owned(), "two".to_owned()];
        assert_eq!(folder.get::<Vec<String>>("x"), Ok(None));
        folder.put("x", &content).unwrap();
        assert_eq!(folder.get("x"), Ok(Some(content)));
        let path = dir.path().join(FOLDER).join("x");
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(folder.get::<Vec<String>>("x").is_err(), "cut at {length}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&path, changed).unwrap();
            assert!(folder.get::<Vec<String>>("x").is_err(), "changed at {at}");
        }
        let older = String::from_utf8_lossy(&whole).replacen(env!("POSTIL_BUILD"), "0000000000000000", 1);
        fs::write(&path, older).unwrap();
        assert_eq!(folder.get::<Vec<String>>("x"), Err(Lost::OfAnother));
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_no_failure_of_the_build() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FOLDER), "a file where the folder should be").unwrap();
        let folder = Folder::of(dir.path());
        assert_eq!(folder.put("x", &1), Err(Lost::Closed));
        assert!(!matches!(folder.get::<u32>("x"), Ok(Some(_))));
    }
}
