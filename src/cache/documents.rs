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

/// The name in the cache of what is known of the files.
const NAME: &str = "sources";
/// The folders of what was read: of the gists, which every build asks for, of the readings, which it asks for when a page
/// is to be made, of the sentences that hold names, which it asks for when the page of such a name is, and of the
/// fingerprints, which it asks for when something has changed.
const GISTS: &str = "gists";
const READINGS: &str = "readings";
const SENTENCES: &str = "sentences";
const PRINTS: &str = "prints";

/// What a document is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The digest of its file, and of the facts beside it.
    pub digests: (String, Option<String>),
    /// The digest of these and of its names.
    pub key: String,
}

/// Where readings lie when a build has looked for what it knows.
#[derive(Clone, Debug)]
pub struct Shelf(Folder);

impl Shelf {
    /// A reading that was put there; `None` if it is not there any more, or not whole.
    pub fn reading<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        self.0.get(&place(READINGS, &key.key)).ok().flatten()
    }

    /// The sentences of a document that were put there; `None` as for a reading.
    pub fn sentences<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        self.0.get(&place(SENTENCES, &key.key)).ok().flatten()
    }

    /// The fingerprints of a document that were put there; `None` as for a reading.
    pub fn prints<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        self.0.get(&place(PRINTS, &key.key)).ok().flatten()
    }
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

    /// The gist of a document that was read before.
    pub fn gist<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        let gist = self.heard(self.folder.get(&place(GISTS, &key.key))).flatten()?;
        self.seen().1.insert(key.key.clone());
        Some(gist)
    }

    /// The cache.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Where the readings are.
    pub fn shelf(&self) -> Shelf {
        Shelf(self.folder.clone())
    }

    /// Remembers what was read of a document; true if it can be asked for from now on.
    pub fn put(
        &self,
        key: &Key,
        gist: &impl Serialize,
        reading: &impl Serialize,
        sentences: &impl Serialize,
        prints: &impl Serialize,
    ) -> bool {
        // The gist comes last: where there is one, there is the rest.
        let kept = self
            .heard(self.folder.put(&place(READINGS, &key.key), reading))
            .and_then(|()| self.heard(self.folder.put(&place(SENTENCES, &key.key), sentences)))
            .and_then(|()| self.heard(self.folder.put(&place(PRINTS, &key.key), prints)))
            .and_then(|()| self.heard(self.folder.put(&place(GISTS, &key.key), gist)));
        if kept.is_some() {
            self.seen().1.insert(key.key.clone());
        }
        kept.is_some()
    }

    /// Forgets what was not used, and remembers the files; why the cache was of no use, if so.
    pub fn finish(self) -> Option<Lost> {
        let (files, used) = std::mem::take(&mut *self.seen());
        for folder in [GISTS, READINGS, SENTENCES, PRINTS] {
            self.folder.keep_only(folder, |key| used.contains(key));
        }
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

fn place(folder: &str, key: &str) -> String {
    [folder, "/", key].concat()
}
