//! A site being written.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::error::at;
use super::journal::{self, Change, Journal, Recovered};
use super::lock::Lock;
use super::manifest::{self, Earlier, MANIFEST, Remembered};
use super::path::{Apart, is_sound};
use super::standing::{self, Standing, standing};
use super::work::Work;
use super::{Content, Output, PublishError, Published};
use crate::digest::{self, Bytes};

/// A site being written: files are put from any thread, and all of them are published at the end, or none.
/// Dropped before that, it leaves the earlier site and nothing else.
#[derive(Debug)]
pub struct Publication {
    work: Work,
    earlier: Earlier,
    recovered: Option<Recovered>,
    /// Numbers of files in the work folder.
    next: AtomicU64,
    put: Mutex<Put>,
    /// True once the journal may lie in the work folder: it is not to be thrown away then.
    begun: bool,
    /// True if the site's folder was not there before.
    new_folder: bool,
    /// Given back last.
    _lock: Lock,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its path.
    pub path: String,
    /// The digest of what it holds.
    pub digest: Bytes,
    /// The digest of what it was made from, where that is known.
    pub inputs: Option<Bytes>,
}

/// What was put so far.
#[derive(Debug, Default)]
struct Put {
    files: Vec<Made>,
    changes: Vec<Change>,
    unchanged: usize,
    /// How many files an earlier build put there.
    known: usize,
}

impl Put {
    fn stands(&mut self, file: Made, is_known: bool) {
        self.unchanged += 1;
        self.known += usize::from(is_known);
        self.files.push(file);
    }
}

impl Publication {
    /// Takes the lock of a site, which need not be there, and ends or undoes what an earlier build left. A manifest that is
    /// still as it is remembered is not read.
    pub fn begin(out: &Path, remembered: Option<Remembered>) -> Result<Publication, PublishError> {
        let work = Work::of(out);
        let new_folder = match fs::symlink_metadata(out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(PublishError::Disk(out.to_owned(), error)),
            Ok(_) => false,
        };
        // A folder that is no site is refused before anything is put into it.
        let before = if work.folder.exists() { None } else { Some(Earlier::read(out, remembered)?) };
        let lock = Lock::take(&work)?;
        let recovered = journal::recover(&work)?;
        let earlier = match before {
            Some(earlier) if recovered.is_none() && earlier.stands(out) => earlier,
            _ => Earlier::read(out, remembered)?,
        };
        Ok(Publication {
            work,
            earlier,
            recovered,
            next: AtomicU64::new(0),
            put: Mutex::default(),
            begun: false,
            new_folder,
            _lock: lock,
        })
    }

    /// Makes a file ready. Nothing in the site changes. `known` is the digest of what stands in its place, if the earlier
    /// build put it there and it has not been touched since: then it need not be read.
    pub fn put(&self, file: Output, known: Option<Bytes>) -> Result<(), PublishError> {
        let is_known = known.is_some();
        if !is_known && !is_sound(&file.path) {
            return Err(PublishError::BadPath(file.path));
        }
        let digest = match &file.content {
            Content::Bytes(bytes) => Some(digest::bytes_of(bytes)),
            Content::Copy(_, digest) => *digest,
            Content::AsItStands => known,
        };
        let Output { path, content, inputs } = file;
        if let Some(digest) = digest.filter(|digest| known == Some(*digest)) {
            self.locked().stands(Made { path, digest, inputs }, true);
            return Ok(());
        }
        if matches!(content, Content::AsItStands) {
            let changed = io::Error::other("it was changed while the site was built; build again");
            return Err(PublishError::Disk(self.work.out.join(&path), changed));
        }
        let old = match standing(&self.work.out, &path)? {
            Standing::Nothing => false,
            Standing::File(place) => {
                // What is known to be another is not read.
                let is_another = is_known && digest.is_some();
                if !is_another && standing::same(&content, &place)? {
                    let digest = digest_of(&place)?;
                    self.locked().stands(Made { path, digest, inputs }, is_known);
                    return Ok(());
                }
                if !is_known && !self.earlier.owns(&path, &self.work.out)? {
                    return Err(PublishError::InTheWay(place));
                }
                true
            }
            Standing::Other(place) => return Err(PublishError::InTheWay(place)),
        };
        let number = self.number();
        let digest = self.work.write(&self.work.new_file(number), &content, digest)?;
        let mut put = self.locked();
        put.changes.push(Change { path: path.clone(), number, new: Some(digest::digits(&digest)), old });
        put.known += usize::from(is_known);
        put.files.push(Made { path, digest, inputs });
        Ok(())
    }

    /// Publishes what was put. `sources` are the digests of what the site was made from. `done` is told the files of the
    /// site, and which were changed, while no other build can change one; it says whether it saw that nothing else lies
    /// there.
    pub fn finish(
        mut self,
        sources: BTreeMap<String, String>,
        done: impl FnOnce(&[Made], &Published) -> bool,
    ) -> Result<Published, PublishError> {
        let Put { mut files, mut changes, unchanged, known } = std::mem::take(&mut *self.locked());
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        keep_apart(&files, known)?;
        let mut published = Published { unchanged, recovered: self.recovered, ..Published::default() };
        published.written = changes.iter().map(|c| c.path.clone()).collect();
        published.written.sort();
        // Lists lead to pages, and the start page to lists: what is nearer the root comes later.
        changes.sort_by(|a, b| {
            let depth = |c: &Change| Reverse(c.path.matches('/').count());
            depth(a).cmp(&depth(b)).then_with(|| a.path.cmp(&b.path))
        });
        if !self.earlier.has_only(known) {
            changes.extend(self.gone(&files, &mut published)?);
        }
        changes.extend(self.manifest(manifest::written(&sources, &files))?);
        if !changes.is_empty() {
            self.commit(&Journal::new(changes))?;
        }
        if !done(&files, &published) {
            let ours = files.iter().map(|file| file.path.as_str());
            published.kept.extend(standing::strangers(&self.work.out, ours));
        }
        published.kept.sort();
        published.kept.dedup();
        Ok(published)
    }

    fn commit(&mut self, journal: &Journal) -> Result<(), PublishError> {
        for change in journal.changes.iter().filter(|c| c.old) {
            self.work.keep(&self.work.out.join(&change.path), change.number)?;
        }
        journal.begin(&self.work)?;
        self.begun = true;
        let replaces = self.earlier.is_site();
        // A first build has no earlier site that a power cut could cost.
        let done = journal
            .apply(&self.work)
            .and_then(|()| if replaces { journal.settle(&self.work.out) } else { Ok(()) });
        if done.is_err() {
            // If this fails too, the journal stays for the next command.
            journal.undo(&self.work)?;
        }
        self.work.clear()?;
        self.begun = false;
        done
    }

    /// The files of the earlier build that are no longer wanted. Those that were changed since are a person's.
    fn gone(&self, wanted: &[Made], published: &mut Published) -> Result<Vec<Change>, PublishError> {
        let is_wanted = |path: &String| wanted.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let mut gone = Vec::new();
        for (path, digest) in self.earlier.files(&self.work.out)?.iter().filter(|(path, _)| !is_wanted(path))
        {
            let Standing::File(file) = standing(&self.work.out, path)? else { continue };
            if standing::is(&file, digest)? {
                published.removed.push(path.clone());
                gone.push(Change { path: path.clone(), number: self.number(), new: None, old: true });
            } else {
                published.kept.push(path.clone());
            }
        }
        Ok(gone)
    }

    /// The manifest as the last change, if it is one.
    fn manifest(&self, manifest: Vec<u8>) -> Result<Option<Change>, PublishError> {
        let content = Content::Bytes(manifest);
        let old = match standing(&self.work.out, MANIFEST)? {
            Standing::Nothing => false,
            Standing::File(path) if standing::same(&content, &path)? => return Ok(None),
            Standing::File(_) => true,
            Standing::Other(path) => return Err(PublishError::InTheWay(path)),
        };
        let number = self.number();
        let digest = self.work.write(&self.work.new_file(number), &content, None)?;
        Ok(Some(Change { path: MANIFEST.to_owned(), number, new: Some(digest::digits(&digest)), old }))
    }

    fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// What was put is only ever added to, so it is whole even where a thread died with it.
    fn locked(&self) -> std::sync::MutexGuard<'_, Put> {
        self.put.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if self.begun {
            return;
        }
        // In vain is no harm: the next command tries again.
        let _ = self.work.clear();
        if self.new_folder {
            let _ = fs::remove_file(self.work.lock());
            let _ = fs::remove_dir(&self.work.folder);
            let _ = fs::remove_dir(&self.work.out);
        }
    }
}

/// Refuses files, sorted by path, that some file system could not keep apart. Those of the earlier site can be: where no
/// other came, only what was put twice is looked for.
fn keep_apart(files: &[Made], known: usize) -> Result<(), PublishError> {
    if known == files.len() {
        let twice = files.windows(2).find(|pair| pair[0].path == pair[1].path);
        return twice.map_or(Ok(()), |pair| Err(PublishError::Twice(pair[0].path.clone())));
    }
    let mut apart = Apart::default();
    files.iter().try_for_each(|file| apart.admit(&file.path))
}

fn digest_of(standing: &Path) -> Result<Bytes, PublishError> {
    let file = fs::File::open(standing).map_err(at(standing))?;
    digest::bytes_of_reader(file).map_err(at(standing))
}
