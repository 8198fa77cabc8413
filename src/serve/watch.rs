//! The archive's folders → a signal when what is in them has come to rest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf, absolute};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};

use crate::build::Options;
use crate::diagnostic::{Code, Failure};

/// How long nothing may change before it counts as at rest. Editors write a file in two or three steps within a few
/// milliseconds; a reader notices a tenth of a second.
const REST: Duration = Duration::from_millis(50);

/// Kinds of file that an archive's own folder holds: `archive.yaml`, `names.yaml`, `works.bib`, `works.json`.
const OWN: [&str; 4] = ["yaml", "yml", "bib", "json"];

/// Watches an archive.
pub(super) struct Watch {
    changes: Receiver<DebounceEventResult>,
    /// `None` where this system cannot watch.
    debouncer: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    archive: PathBuf,
    /// Folders of which every file counts. They need not be there, and may come and go.
    folders: Vec<PathBuf>,
    out: PathBuf,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins to watch; what cannot be watched is told.
    pub fn of(options: &Options) -> (Watch, Vec<Failure>) {
        let (send, changes) = channel();
        let made = new_debouncer(REST, None, send);
        let whole = |path: PathBuf| absolute(&path).unwrap_or(path);
        let folders = [
            options.seeds(),
            options.templates(),
            options.static_dir(),
            options.annotations(),
            options.strings(),
        ]
        .map(whole);
        let mut failures = Vec::new();
        let debouncer = made.map_err(|error| failures.push(blind(&options.archive, &error.to_string()))).ok();
        let mut watch = Watch {
            changes,
            debouncer,
            archive: whole(options.archive.clone()),
            folders: folders.to_vec(),
            out: whole(options.out()),
            watched: BTreeSet::new(),
        };
        failures.extend(watch.renew(&BTreeSet::new()));
        (watch, failures)
    }

    /// Waits until something changed and has come to rest; the folders that can no longer be watched.
    pub fn next(&mut self) -> Vec<Failure> {
        loop {
            let Ok(result) = self.changes.recv() else {
                // There is nothing that could tell of a change, ever.
                loop {
                    std::thread::park();
                }
            };
            match result {
                Ok(events) => {
                    let changed: BTreeSet<PathBuf> =
                        events.into_iter().flat_map(|e| self.relevant(e)).collect();
                    if !changed.is_empty() {
                        return self.renew(&changed);
                    }
                }
                // Something was overlooked (too much at once): build, since nobody knows what changed.
                Err(_) => return self.renew(&self.folders.iter().cloned().collect()),
            }
        }
    }

    /// The paths of an event that are of the archive and not of its site.
    fn relevant(&self, event: DebouncedEvent) -> Vec<PathBuf> {
        if event.kind.is_access() {
            return Vec::new();
        }
        let own = |path: &Path| path.extension().is_some_and(|e| OWN.iter().any(|own| e == *own));
        let counts = |path: &PathBuf| {
            !path.starts_with(&self.out)
                && (self.folders.iter().any(|f| path.starts_with(f))
                    || path.parent() == Some(&self.archive) && own(path))
        };
        event.event.paths.into_iter().filter(counts).collect()
    }

    /// Watches the folders that are there, those that are among the `changed` anew: another folder may have taken
    /// their place.
    fn renew(&mut self, changed: &BTreeSet<PathBuf>) -> Vec<Failure> {
        let Some(debouncer) = &mut self.debouncer else { return Vec::new() };
        let mut failures = Vec::new();
        let modes = std::iter::once((&self.archive, RecursiveMode::NonRecursive))
            .chain(self.folders.iter().map(|f| (f, RecursiveMode::Recursive)));
        for (folder, mode) in modes {
            let there = folder.is_dir();
            if (!there || changed.contains(folder)) && self.watched.remove(folder) {
                // It may be gone already, and the watch with it.
                let _ = debouncer.unwatch(folder);
            }
            if there && !self.watched.contains(folder) {
                match debouncer.watch(folder, mode) {
                    Ok(()) => drop(self.watched.insert(folder.clone())),
                    Err(error) => failures.push(blind(folder, &error.to_string())),
                }
            }
        }
        failures
    }
}

fn blind(folder: &Path, why: &str) -> Failure {
    let message = ["this folder cannot be watched: ", why].concat();
    Failure::new(Code::Disk, folder.to_string_lossy(), message).hint(
        "changes in it are seen with the next change elsewhere; `postil serve` started anew sees them too",
    )
}
