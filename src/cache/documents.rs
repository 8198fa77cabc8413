//! What was read of each document.
//!
//! A document is what its bytes, the bytes of the facts beside it, and its names make of it; under the digest of these
//! lies what was read. Of a file that looks as it did, the digest is known without opening it.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::look::Mark;
use super::{Folder, Lost};
use crate::digest;

/// The name in the cache of what is known of the files, and the folder of what was read.
const NAME: &str = "sources";
const READ: &str = "read";

/// What a document is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The digest of its file, and of the facts beside it.
    pub digests: (String, Option<String>),
    key: String,
}

/// The files of an archive as they were looked at, by path: their digests.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Files(HashMap<String, (Mark, String)>);

/// What was read of the documents of an archive.
pub struct Documents {
    folder: Folder,
    look: SystemTime,
    files: Files,
    /// What this build saw and used.
    seen: Mutex<(Files, HashSet<String>)>,
    lost: Mutex<Option<Lost>>,
}

impl Documents {
    /// What was read of an archive's documents, as of now.
    pub fn of(folder: &Folder) -> Documents {
        let look = SystemTime::now();
        let (files, lost) = match folder.get(NAME) {
            Ok(files) => (files.unwrap_or_default(), None),
            Err(lost) => (Files::default(), Some(lost)),
        };
        Documents { folder: folder.clone(), look, files, seen: Mutex::default(), lost: Mutex::new(lost) }
    }

    /// The digest of a file. `read` gives its bytes, which are kept for whoever needs them next.
    pub fn digest<E>(
        &self,
        path: &Path,
        bytes: &mut Option<Vec<u8>>,
        read: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<String, E> {
        let name = path.to_string_lossy().into_owned();
        let mark = Mark::of(path).filter(|mark| mark.is_settled(self.look));
        let known = mark.and_then(|mark| self.files.0.get(&name).filter(|known| known.0 == mark));
        let digest = match known {
            Some((_, digest)) => digest.clone(),
            None => digest::of(bytes.insert(read()?)),
        };
        if let Some(mark) = mark {
            self.seen().0.0.insert(name, (mark, digest.clone()));
        }
        Ok(digest)
    }

    /// The key of a document that has these names and is read from files of these digests.
    pub fn key(&self, names: &[&str], source: String, sidecar: Option<String>) -> Key {
        let all = (names, &source, &sidecar);
        // Texts can always be written.
        let key = digest::of_data("document", &all).unwrap_or_default();
        Key { digests: (source, sidecar), key }
    }

    /// What was read of a document.
    pub fn get<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        let read = self.heard(self.folder.get(&place(&key.key))).flatten()?;
        self.seen().1.insert(key.key.clone());
        Some(read)
    }

    /// Remembers what was read of a document.
    pub fn put<T: Serialize>(&self, key: &Key, read: &T) {
        if self.heard(self.folder.put(&place(&key.key), read)).is_some() {
            self.seen().1.insert(key.key.clone());
        }
    }

    /// Forgets what was not used, and remembers the files; why the cache was of no use, if so.
    pub fn finish(self) -> Option<Lost> {
        let (files, used) = std::mem::take(&mut *self.seen());
        self.folder.keep_only(READ, |key| used.contains(key));
        self.heard(self.folder.put(NAME, &files));
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn heard<T>(&self, answer: Result<T, Lost>) -> Option<T> {
        let lost = |lost| *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = Some(lost);
        answer.map_err(lost).ok()
    }

    /// It is only ever added to, so it is whole even where a thread died with it.
    fn seen(&self) -> std::sync::MutexGuard<'_, (Files, HashSet<String>)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(key: &str) -> String {
    [READ, "/", key].concat()
}
