//! What the disk says of files, without opening one.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::digest;

/// What the disk says of a file. Two looks that agree have seen the same content, unless it was changed within a tick
/// of the disk's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    length: u64,
    /// Since 1970, in nanoseconds.
    modified: i128,
    /// The same of its entry, which no program can set: a clock that is put back, or a file put in place of
    /// another with an old date, shows here. 0 where the system has no such thing.
    changed: i128,
    /// Which file it is. 0 where the system does not say.
    number: u64,
}

impl Mark {
    /// The mark of a file; none if it cannot be looked at or is no file.
    pub fn of(path: &Path) -> Option<Mark> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|m| Mark::from(&m))
    }

    /// True if the file cannot have changed since without showing it: its last change is older than the `look` by more
    /// than the disk's clock can tell.
    pub(super) fn is_settled(&self, look: SystemTime) -> bool {
        /// The clocks of disks that count fractions of seconds.
        const FINE: Duration = Duration::from_millis(20);
        /// Those that do not.
        const COARSE: Duration = Duration::from_secs(2);
        const SECOND: i128 = 1_000_000_000;
        let tick = if self.modified % SECOND == 0 { COARSE } else { FINE };
        let look = since_1970(look);
        self.modified.max(self.changed) + (tick.as_nanos() as i128) < look
    }
}

impl From<&Metadata> for Mark {
    fn from(metadata: &Metadata) -> Mark {
        let (changed, number) = entry(metadata);
        let modified = metadata.modified().map_or(0, since_1970);
        Mark { length: metadata.len(), modified, changed, number }
    }
}

fn since_1970(time: SystemTime) -> i128 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

#[cfg(unix)]
fn entry(metadata: &Metadata) -> (i128, u64) {
    use std::os::unix::fs::MetadataExt;
    (i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn entry(_: &Metadata) -> (i128, u64) {
    (0, 0)
}

/// A folder to be looked through.
#[derive(Clone, Debug)]
pub struct Root {
    /// Where it is; it need not be there.
    pub path: PathBuf,
    /// How much of it counts.
    pub reach: Reach,
}

/// How much of a folder counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its own files.
    Files,
    /// Everything in it but what is hidden, and behind links to folders (which of them the owner names, `archive.yaml`
    /// says, and that is not read yet).
    Visible,
    /// Everything in it, and behind links to folders.
    Everything,
}

/// What was seen in some folders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    digest: String,
    /// True if nothing can have changed since without being seen.
    settled: bool,
}

impl Seen {
    /// Looks through folders.
    pub fn of(roots: &[Root]) -> Seen {
        let look = SystemTime::now();
        let mut paths = Vec::new();
        for (number, root) in roots.iter().enumerate() {
            gather(&root.path, number, root.reach, &mut BTreeSet::new(), &mut paths);
        }
        let (sum, settled) = looked_at(&paths, look);
        Seen { digest: digest::of(&sum.to_le_bytes()), settled }
    }

    /// True if nothing can have changed since the other look, which was the earlier one.
    pub fn is_still(&self, earlier: &Seen) -> bool {
        earlier.settled && self.digest == earlier.digest
    }

    /// True if the two looks saw the same.
    pub fn is_same(&self, other: &Seen) -> bool {
        self.digest == other.digest
    }
}

/// The paths in a folder, each with the number of its root: a file that moves from one to another is another file. What
/// links lead to is looked through once, so that none leads round for ever.
fn gather(
    folder: &Path,
    root: usize,
    reach: Reach,
    linked: &mut BTreeSet<PathBuf>,
    out: &mut Vec<(usize, PathBuf)>,
) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if reach != Reach::Everything && entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        let is_folder = match reach {
            Reach::Files if kind.is_dir() => continue,
            Reach::Files => false,
            Reach::Visible | Reach::Everything => {
                let is_linked = kind.is_symlink() && path.is_dir();
                kind.is_dir()
                    || is_linked && fs::canonicalize(&path).is_ok_and(|target| linked.insert(target))
            }
        };
        if is_folder {
            gather(&path, root, reach, linked, out);
        }
        out.push((root, path));
    }
}

/// Looks at paths, on all processors: most of the time is spent in asking. A sum of digests, whatever the order; and
/// true if all are settled.
fn looked_at(paths: &[(usize, PathBuf)], look: SystemTime) -> (u128, bool) {
    /// Below so many a thread costs more than it saves.
    const FEW: usize = 512;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = paths.len().div_ceil(threads).max(FEW);
    let part = |part: &[(usize, PathBuf)]| {
        let mut bytes = Vec::new();
        part.iter().fold((0_u128, true), |(sum, settled), (root, path)| {
            bytes.clear();
            bytes.extend_from_slice(&root.to_le_bytes());
            let one = written(path, look, &mut bytes);
            (sum.wrapping_add(digest::number(&bytes)), settled && one)
        })
    };
    thread::scope(|scope| {
        let parts: Vec<_> = paths.chunks(share).map(|some| scope.spawn(move || part(some))).collect();
        // A thread that died has seen nothing for certain.
        let parts = parts.into_iter().map(|part| part.join().unwrap_or((0, false)));
        parts.fold((0_u128, true), |all, one| (all.0.wrapping_add(one.0), all.1 && one.1))
    })
}

/// Writes what a look at a path says; true if it is settled. A folder's own times say nothing that its entries do not.
fn written(path: &Path, look: SystemTime, out: &mut Vec<u8>) -> bool {
    out.extend_from_slice(path.as_os_str().as_encoded_bytes());
    out.push(0);
    let Ok(mut metadata) = fs::symlink_metadata(path) else { return true };
    if metadata.is_symlink() {
        let (Ok(there), Ok(link)) = (fs::metadata(path), fs::read_link(path)) else { return true };
        out.extend_from_slice(link.as_os_str().as_encoded_bytes());
        out.push(0);
        metadata = there;
    }
    if metadata.is_dir() {
        return true;
    }
    let mark = Mark::from(&metadata);
    for number in [mark.modified, mark.changed] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    for number in [mark.length, mark.number] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    mark.is_settled(look)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(folder: &Path, reach: Reach) -> Seen {
        Seen::of(&[Root { path: folder.to_owned(), reach }])
    }

    #[test]
    fn whatever_changes_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("one.md"), dir.path().join("sub/two.md"));
        fs::create_dir(dir.path().join("sub")).unwrap();
        fs::write(&one, "one").unwrap();
        fs::write(&two, "two").unwrap();
        let look = |reach| seen(dir.path(), reach);
        let first = look(Reach::Visible);
        assert!(look(Reach::Visible).is_same(&first));
        // The same length, and the same time: but another entry.
        let time = fs::metadata(&two).unwrap().modified().unwrap();
        fs::write(dir.path().join("ready"), "owt").unwrap();
        fs::rename(dir.path().join("ready"), &two).unwrap();
        fs::File::options().write(true).open(&two).unwrap().set_modified(time).unwrap();
        if cfg!(unix) {
            assert!(!look(Reach::Visible).is_same(&first));
        }
        let second = look(Reach::Visible);
        fs::rename(&one, dir.path().join("three.md")).unwrap();
        assert!(!look(Reach::Visible).is_same(&second));
        let files = look(Reach::Files);
        fs::write(&two, "longer").unwrap();
        assert!(look(Reach::Files).is_same(&files), "a folder's own files do not lie in folders of it");
        let third = look(Reach::Visible);
        fs::write(dir.path().join(".hidden"), "").unwrap();
        assert!(look(Reach::Visible).is_same(&third));
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_behind_a_link_is_seen_once() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        for folder in ["seeds", "letters"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        let letter = dir.path().join("letters/one.md");
        fs::write(&letter, "one").unwrap();
        for (target, link) in
            [("../letters", "seeds/letters"), (".", "seeds/a"), ("..", "seeds/b"), (".", "letters/c")]
        {
            symlink(target, dir.path().join(link)).unwrap();
        }
        let look = || seen(&dir.path().join("seeds"), Reach::Visible);
        let first = look();
        fs::write(&letter, "longer").unwrap();
        assert!(!look().is_same(&first));
    }

    #[test]
    fn what_has_just_been_written_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.md");
        fs::write(&path, "one").unwrap();
        let first = seen(dir.path(), Reach::Visible);
        assert!(first.is_same(&seen(dir.path(), Reach::Visible)));
        assert!(!seen(dir.path(), Reach::Visible).is_still(&first));
        // Nor what will be written.
        let later = SystemTime::now() + Duration::from_secs(3_600);
        fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        let mark = Mark::of(&path).unwrap();
        assert!(!mark.is_settled(SystemTime::now()));
        assert!(mark.is_settled(later + Duration::from_secs(3)));
    }
}
