//! What was read of each document.
//!
//! A document is what its bytes, the bytes of the facts beside it, and its names make of it; under the digest of these
//! lies what was read. Of a file that looks as it did, the digest is known without opening it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::look::Mark;
use super::{Folder, Lost};
use crate::hash::Fast;
use crate::{digest, stored};

/// The name in the cache of what is known of the files.
const NAME: &str = "sources";
/// The name of the gists, which every build asks for.
const GISTS: &str = "documents";
/// The name of a file that is there while documents are read.
const UNFINISHED: &str = "unfinished";
/// The folders of what was read: of the readings, which a build asks for when a page is to be made, of the details, which
/// it asks for then and when the index of names changes, of the sentences that hold names, which it asks for when the
/// page of such a name is made, and of the fingerprints, which it asks for when something has changed.
const READINGS: &str = "readings";
const SENTENCES: &str = "sentences";
const PRINTS: &str = "prints";
const DETAILS: &str = "details";

/// All of them.
const FOLDERS: [&str; 4] = [READINGS, DETAILS, SENTENCES, PRINTS];

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

    /// The detail of a document that was put there; `None` as for a reading.
    pub fn detail<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        self.0.get(&place(DETAILS, &key.key)).ok().flatten()
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

/// The gists of all documents, one behind the other: they are many and small, and asked for together.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Gists {
    /// By key where each ends, in this order.
    ends: Vec<(String, usize)>,
    #[serde(with = "stored::bytes")]
    bytes: Vec<u8>,
}

impl Gists {
    /// Where each is, by key.
    fn places(&self) -> HashMap<String, Range<usize>, Fast> {
        let mut start = 0;
        let place = |(key, end): &(String, usize)| (key.clone(), std::mem::replace(&mut start, *end)..*end);
        self.ends.iter().map(place).collect()
    }

    fn push(&mut self, key: &str, gist: &[u8]) {
        self.bytes.extend_from_slice(gist);
        self.ends.push((key.to_owned(), self.bytes.len()));
    }
}

/// What a build saw and used.
#[derive(Default)]
struct Seen {
    files: Files,
    /// The gists by key, those that are new with their bytes.
    gists: BTreeMap<String, Option<Vec<u8>>>,
}

/// What was read of the documents of an archive.
pub struct Documents {
    folder: Folder,
    look: SystemTime,
    files: Files,
    gists: Gists,
    places: HashMap<String, Range<usize>, Fast>,
    seen: Mutex<Seen>,
    /// Says, once something is read, that what was read is not yet brought together.
    begun: Once,
    /// True if the last build did not come so far.
    was_cut_short: bool,
    lost: Mutex<Option<Lost>>,
}

impl Documents {
    /// What was read of an archive's documents, as of now.
    pub fn of(folder: &Folder) -> Documents {
        let look = SystemTime::now();
        let mut lost = None;
        let files = folder.get(NAME).unwrap_or_else(|why| keep_why(&mut lost, why)).unwrap_or_default();
        let gists: Gists =
            folder.get(GISTS).unwrap_or_else(|why| keep_why(&mut lost, why)).unwrap_or_default();
        Documents {
            folder: folder.clone(),
            look,
            files,
            places: gists.places(),
            gists,
            seen: Mutex::default(),
            begun: Once::new(),
            was_cut_short: folder.has(UNFINISHED),
            lost: Mutex::new(lost),
        }
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
            self.seen().files.0.insert(name, (mark, digest.clone()));
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
        let bytes = self.gists.bytes.get(self.places.get(&key.key)?.clone())?;
        let gist = postcard::from_bytes(bytes).ok()?;
        self.seen().gists.insert(key.key.clone(), None);
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
        detail: &impl Serialize,
        sentences: &impl Serialize,
        prints: &impl Serialize,
    ) -> bool {
        self.begun.call_once(|| {
            self.heard(self.folder.put(UNFINISHED, &()));
        });
        let kept = self
            .heard(self.folder.put(&place(READINGS, &key.key), reading))
            .and_then(|()| self.heard(self.folder.put(&place(DETAILS, &key.key), detail)))
            .and_then(|()| self.heard(self.folder.put(&place(SENTENCES, &key.key), sentences)))
            .and_then(|()| self.heard(self.folder.put(&place(PRINTS, &key.key), prints)));
        // Where there is a gist, there is the rest.
        if let (Some(()), Ok(gist)) = (kept, postcard::to_stdvec(gist)) {
            self.seen().gists.insert(key.key.clone(), Some(gist));
        }
        kept.is_some()
    }

    /// Forgets what was not used, and remembers the files; why the cache was of no use, if so.
    pub fn finish(self) -> Option<Lost> {
        let Seen { files, gists } = std::mem::take(&mut *self.seen());
        let is_used = |key: &str| gists.contains_key(key);
        // What a build left that was cut short, nobody knows by its key.
        if self.was_cut_short || self.places.is_empty() {
            FOLDERS.iter().for_each(|folder| self.folder.keep_only(folder, is_used));
        } else {
            let unused = self.places.keys().filter(|key| !is_used(key));
            unused.for_each(|key| FOLDERS.iter().for_each(|folder| self.folder.forget(&place(folder, key))));
        }
        if gists.len() != self.places.len() || gists.values().any(Option::is_some) {
            let mut now = Gists::default();
            for (key, gist) in &gists {
                let known = || self.gists.bytes.get(self.places.get(key)?.clone());
                if let Some(gist) = gist.as_deref().or_else(known) {
                    now.push(key, gist);
                }
            }
            self.heard(self.folder.put(GISTS, &now));
        }
        self.heard(self.folder.put(NAME, &files));
        self.folder.forget(UNFINISHED);
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn heard<T>(&self, answer: Result<T, Lost>) -> Option<T> {
        let lost = |lost| *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = Some(lost);
        answer.map_err(lost).ok()
    }

    /// It is only ever added to, so it is whole even where a thread died with it.
    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps in mind why something is of no use.
fn keep_why<T>(lost: &mut Option<Lost>, why: Lost) -> Option<T> {
    *lost = Some(why);
    None
}

fn place(folder: &str, key: &str) -> String {
    [folder, "/", key].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(known: &Documents, name: &str) -> Key {
        let key = known.key(&[name], name.to_owned(), None);
        assert!(known.put(&key, &name, &1, &2, &3, &4));
        key
    }

    #[test]
    fn what_is_not_used_is_forgotten_and_what_a_build_left_that_was_cut_short() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::of(dir.path());
        let first = Documents::of(&folder);
        let keys = ["one", "two", "three"].map(|name| put(&first, name));
        assert_eq!(first.finish(), None);

        // One is used, one is new; the build after it is cut short.
        let second = Documents::of(&folder);
        assert_eq!(second.gist::<String>(&keys[1]).as_deref(), Some("two"));
        let four = put(&second, "four");
        assert_eq!(second.finish(), None);
        let of_detail = |known: &Documents, key: &Key| known.shelf().detail::<i32>(key);
        let third = Documents::of(&folder);
        assert_eq!(keys.each_ref().map(|key| third.gist::<String>(key).is_some()), [false, true, false]);
        assert_eq!(keys.each_ref().map(|key| of_detail(&third, key)), [None, Some(2), None]);
        let left = put(&third, "five");
        drop(third);

        let last = Documents::of(&folder);
        assert_eq!(last.gist::<String>(&four).as_deref(), Some("four"));
        assert_eq!((last.gist::<String>(&left), of_detail(&last, &left)), (None, Some(2)));
        assert_eq!(last.finish(), None);
        let shelf = Documents::of(&folder).shelf();
        assert_eq!((shelf.detail::<i32>(&four), shelf.detail::<i32>(&left)), (Some(2), None));
    }
}
