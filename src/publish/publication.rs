//! A site being written.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::error::at;
use super::journal::{self, Change, Journal, Recovered};
use super::lock::Lock;
use super::manifest::{Earlier, MANIFEST, Manifest};
use super::path::{Apart, Sound};
use super::standing::{self, Standing, standing};
use super::work::Work;
use super::{Content, Output, PublishError, Published};
use crate::digest;

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

/// What was put so far.
#[derive(Debug, Default)]
struct Put {
    apart: Apart,
    /// Path and digest of every file.
    files: Vec<(String, String)>,
    changes: Vec<Change>,
    unchanged: usize,
}

impl Publication {
    /// Takes the lock of a site, which need not be there, and ends or undoes what an earlier build left.
    pub fn begin(out: &Path) -> Result<Publication, PublishError> {
        let work = Work::of(out);
        let new_folder = match fs::symlink_metadata(out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(PublishError::Disk(out.to_owned(), error)),
            Ok(_) => false,
        };
        // A folder that is no site is refused before anything is put into it.
        let before = if work.folder.exists() { None } else { Some(Earlier::read(out)?) };
        let lock = Lock::take(&work)?;
        let recovered = journal::recover(&work)?;
        let earlier = match before {
            Some(earlier) if recovered.is_none() && earlier.stands(out) => earlier,
            _ => Earlier::read(out)?,
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

    /// Makes a file ready. Nothing in the site changes. `known` is the digest of what stands in its place, if an earlier
    /// build put it there and it has not been touched since: then it need not be read.
    pub fn put(&self, file: Output, known: Option<String>) -> Result<(), PublishError> {
        let sound = Sound::of(&file.path)?;
        self.locked().apart.admit(&sound)?;
        if let Some(known) = known
            && self.earlier.owns(&file.path)
            && match &file.content {
                Content::Bytes(bytes) => digest::of(bytes) == known,
                Content::Copy(_, digest) => *digest == Some(known.clone()),
                Content::AsItStands => true,
            }
        {
            let mut put = self.locked();
            put.unchanged += 1;
            put.files.push((file.path, known));
            return Ok(());
        }
        if matches!(file.content, Content::AsItStands) {
            let changed = io::Error::other("it was changed while the site was built; build again");
            return Err(PublishError::Disk(self.work.out.join(&file.path), changed));
        }
        let old = match standing(&self.work.out, &file.path)? {
            Standing::Nothing => false,
            Standing::File(path) => {
                if standing::same(&file.content, &path)? {
                    let digest = digest_of(&path)?;
                    let mut put = self.locked();
                    put.unchanged += 1;
                    put.files.push((file.path, digest));
                    return Ok(());
                }
                if !self.earlier.owns(&file.path) {
                    return Err(PublishError::InTheWay(path));
                }
                true
            }
            Standing::Other(path) => return Err(PublishError::InTheWay(path)),
        };
        let number = self.number();
        let digest = self.work.write(&self.work.new_file(number), &file.content)?;
        let mut put = self.locked();
        put.files.push((file.path.clone(), digest.clone()));
        put.changes.push(Change { path: file.path, number, new: Some(digest), old });
        Ok(())
    }

    /// Publishes what was put. `sources` are the digests of what the site was made from. `done` is told the digest of each
    /// file of the site, and which were changed, while no other build can change one.
    pub fn finish(
        mut self,
        sources: BTreeMap<String, String>,
        done: impl FnOnce(&BTreeMap<String, String>, &Published),
    ) -> Result<Published, PublishError> {
        let Put { files, mut changes, unchanged, .. } = std::mem::take(&mut *self.locked());
        let files: BTreeMap<String, String> = files.into_iter().collect();
        let mut published = Published { unchanged, recovered: self.recovered, ..Published::default() };
        published.written = changes.iter().map(|c| c.path.clone()).collect();
        published.written.sort();
        // Lists lead to pages, and the start page to lists: what is nearer the root comes later.
        changes.sort_by(|a, b| {
            let depth = |c: &Change| Reverse(c.path.matches('/').count());
            depth(a).cmp(&depth(b)).then_with(|| a.path.cmp(&b.path))
        });
        changes.extend(self.gone(&files, &mut published)?);
        let manifest = Manifest::new(sources, files);
        changes.extend(self.manifest(&manifest)?);
        if !changes.is_empty() {
            self.commit(&Journal::new(changes))?;
        }
        let known: BTreeMap<String, String> = manifest.files;
        let strangers = thread::scope(|scope| {
            let strangers = scope.spawn(|| standing::strangers(&self.work.out, &known));
            done(&known, &published);
            strangers.join().unwrap_or_default()
        });
        published.kept.extend(strangers);
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
    fn gone(
        &self,
        wanted: &BTreeMap<String, String>,
        published: &mut Published,
    ) -> Result<Vec<Change>, PublishError> {
        let mut gone = Vec::new();
        for (path, digest) in self.earlier.files.iter().filter(|(path, _)| !wanted.contains_key(*path)) {
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
    fn manifest(&self, manifest: &Manifest) -> Result<Option<Change>, PublishError> {
        let content = Content::Bytes(manifest.bytes());
        let old = match standing(&self.work.out, MANIFEST)? {
            Standing::Nothing => false,
            Standing::File(path) if standing::same(&content, &path)? => return Ok(None),
            Standing::File(_) => true,
            Standing::Other(path) => return Err(PublishError::InTheWay(path)),
        };
        let number = self.number();
        let digest = self.work.write(&self.work.new_file(number), &content)?;
        Ok(Some(Change { path: MANIFEST.to_owned(), number, new: Some(digest), old }))
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

fn digest_of(standing: &Path) -> Result<String, PublishError> {
    let file = fs::File::open(standing).map_err(at(standing))?;
    digest::of_reader(file).map_err(at(standing))
}
