//! What the disk says of files, without opening one.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, DirEntry, Metadata};
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::hash::{Fast, Folded};

/// What the disk says of a file. Two looks that agree have seen the same content, unless it was changed within a tick
/// of the disk's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    length: u64,
    /// Since 1970, in nanoseconds.
    modified: i64,
    /// The same of its entry, which no program can set: a clock that is put back, or a file put in place of
    /// another with an old date, shows here. 0 where the system has no such thing.
    changed: i64,
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
        const SECOND: i64 = 1_000_000_000;
        let tick = if self.modified % SECOND == 0 { COARSE } else { FINE };
        let look = since_1970(look);
        self.modified.max(self.changed).saturating_add(tick.as_nanos() as i64) < look
    }
}

impl Mark {
    /// Bytes of a mark that is stored.
    pub(super) const STORED: usize = 4 * size_of::<u64>();

    /// As it is stored.
    pub(super) fn stored(&self) -> [u8; Mark::STORED] {
        let numbers = [self.length, self.modified as u64, self.changed as u64, self.number];
        let mut out = [0; Mark::STORED];
        let places = out.as_chunks_mut::<{ size_of::<u64>() }>().0;
        places.iter_mut().zip(numbers).for_each(|(place, number)| *place = number.to_le_bytes());
        out
    }

    /// What was stored.
    pub(super) fn restored(bytes: &[u8; Mark::STORED]) -> Mark {
        let number = |i: usize| {
            let number = bytes.as_chunks::<{ size_of::<u64>() }>().0.get(i);
            number.map_or(0, |number| u64::from_le_bytes(*number))
        };
        let [length, modified, changed, entry] = [0, 1, 2, 3].map(number);
        Mark { length, modified: modified as i64, changed: changed as i64, number: entry }
    }
}

impl From<&Metadata> for Mark {
    fn from(metadata: &Metadata) -> Mark {
        let (changed, number) = entry(metadata);
        let modified = metadata.modified().map_or(0, since_1970);
        Mark { length: metadata.len(), modified, changed, number }
    }
}

/// Of times before 1677 and behind 2262 as much as a number holds.
fn since_1970(time: SystemTime) -> i64 {
    let whole = |nanoseconds: u128| i64::try_from(nanoseconds).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => whole(since.as_nanos()),
        Err(before) => -whole(before.duration().as_nanos()),
    }
}

#[cfg(unix)]
fn entry(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn entry(_: &Metadata) -> (i64, u64) {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// A sum of hashes, whatever the order.
    sum: u64,
    /// True if nothing can have changed since without being seen.
    settled: bool,
}

impl Seen {
    /// Looks through folders.
    pub fn of(roots: &[Root]) -> Seen {
        looked_at(roots, |_, _| ()).0
    }

    /// True if nothing can have changed since the other look, which was the earlier one.
    pub fn is_still(&self, earlier: &Seen) -> bool {
        earlier.settled && self.sum == earlier.sum
    }

    /// True if the two looks saw the same.
    pub fn is_same(&self, other: &Seen) -> bool {
        self.sum == other.sum
    }
}

/// A folder with the mark of each file in it.
#[derive(Clone, Debug)]
pub struct Sight {
    folder: PathBuf,
    seen: Seen,
    marks: HashMap<String, Mark, Fast>,
    /// True if there is also what has no mark, or a name that is no text.
    has_others: bool,
}

impl Sight {
    /// Looks through a folder, but for what is hidden.
    pub fn of(folder: &Path) -> Sight {
        let root = Root { path: folder.to_owned(), reach: Reach::Visible };
        let told = |path: &[u8], mark: Option<Mark>| Some((str::from_utf8(path).ok()?.to_owned(), mark?));
        let (seen, all) = looked_at(&[root], told);
        let has_others = all.iter().any(Option::is_none);
        Sight { folder: folder.to_owned(), seen, marks: all.into_iter().flatten().collect(), has_others }
    }

    /// True if nothing lies there but these files, each of which is named once.
    pub fn is_of<'p>(&self, paths: impl Iterator<Item = &'p str>) -> bool {
        !self.has_others && paths.filter(|path| self.marks.contains_key(*path)).count() == self.marks.len()
    }

    /// What was seen.
    pub fn seen(&self) -> Seen {
        self.seen
    }

    /// The mark of a file, by its path in the folder.
    pub fn mark(&self, path: &str) -> Option<Mark> {
        self.marks.get(path).copied()
    }

    /// Looks once more at some paths.
    pub fn again<'p>(&mut self, paths: impl Iterator<Item = &'p str>) {
        let sum = &mut self.seen.sum;
        let mut bytes = Vec::new();
        for path in paths {
            let mut number = |mark| {
                bytes.clear();
                begin(0, path.as_bytes(), &mut bytes);
                number(mark, &bytes)
            };
            let now = Mark::of(&self.folder.join(path));
            let then = match now {
                Some(mark) => self.marks.insert(path.to_owned(), mark),
                None => self.marks.remove(path),
            };
            *sum = sum.wrapping_sub(then.map_or(0, &mut number)).wrapping_add(now.map_or(0, number));
        }
    }
}

/// Entries of one folder: the number of its root, and the way from there.
struct Batch {
    place: Arc<(usize, Vec<u8>)>,
    entries: Vec<DirEntry>,
}

/// Entries that are looked at together: reading a folder goes on meanwhile.
const TOGETHER: usize = 1_024;

/// Gives away what is in a folder, but for folders, which are gone into. A folder's own times say nothing that its entries
/// do not. What links lead to is looked through once, so that none leads round for ever.
fn gather(
    folder: &Path,
    place: (usize, Vec<u8>),
    reach: Reach,
    linked: &mut BTreeSet<PathBuf>,
    give: &mut dyn FnMut(Batch),
) {
    let Ok(all) = fs::read_dir(folder) else { return };
    let place = Arc::new(place);
    let mut entries = Vec::new();
    for entry in all.flatten() {
        let name = entry.file_name();
        if reach != Reach::Everything && name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let Ok(kind) = entry.file_type() else { continue };
        let is_linked = kind.is_symlink() && reach != Reach::Files && entry.path().is_dir();
        if kind.is_dir() && reach != Reach::Files
            || is_linked && fs::canonicalize(entry.path()).is_ok_and(|target| linked.insert(target))
        {
            let way = [place.1.as_slice(), name.as_encoded_bytes(), b"/"].concat();
            gather(&entry.path(), (place.0, way), reach, linked, give);
        }
        if !kind.is_dir() {
            entries.push(entry);
        }
        if entries.len() == TOGETHER {
            give(Batch { place: Arc::clone(&place), entries: std::mem::take(&mut entries) });
        }
    }
    give(Batch { place, entries });
}

/// Looks through folders, on all processors: most of the time is spent in asking. A file that moves from one root to
/// another is another file. Of each file `told` makes something of its way and its mark.
fn looked_at<T: Send>(roots: &[Root], told: impl Fn(&[u8], Option<Mark>) -> T + Sync) -> (Seen, Vec<T>) {
    let look = SystemTime::now();
    let (give, take) = mpsc::channel::<Batch>();
    let take = Mutex::new(take);
    let work = || {
        let mut seen = Seen { sum: 0, settled: true };
        let mut all = Vec::new();
        let next = || take.lock().ok()?.recv().ok();
        while let Some(batch) = next() {
            batch.look(look, &told, &mut seen, &mut all);
        }
        (seen, all)
    };
    thread::scope(|scope| {
        let others = 1..thread::available_parallelism().map_or(1, usize::from);
        let others: Vec<_> = others.map(|_| scope.spawn(work)).collect();
        for (number, root) in roots.iter().enumerate() {
            // Whoever takes them is there for as long as somebody gives.
            let mut give = |batch| drop(give.send(batch));
            gather(&root.path, (number, Vec::new()), root.reach, &mut BTreeSet::new(), &mut give);
        }
        drop(give);
        let (mut seen, mut all) = work();
        for other in others {
            // A thread that died has seen nothing for certain.
            let nothing = |_| (Seen { sum: 0, settled: false }, Vec::new());
            let (its, found) = other.join().unwrap_or_else(nothing);
            seen.sum = seen.sum.wrapping_add(its.sum);
            seen.settled &= its.settled;
            all.extend(found);
        }
        (seen, all)
    })
}

impl Batch {
    /// Looks at the entries.
    fn look<T>(
        &self,
        look: SystemTime,
        told: &impl Fn(&[u8], Option<Mark>) -> T,
        seen: &mut Seen,
        all: &mut Vec<T>,
    ) {
        let mut bytes = Vec::new();
        for entry in &self.entries {
            bytes.clear();
            begin(self.place.0, &self.place.1, &mut bytes);
            bytes.extend_from_slice(entry.file_name().as_encoded_bytes());
            let mark = one(entry, &mut bytes);
            all.push(told(&bytes[ROOT..], mark));
            let number = match mark {
                Some(mark) => {
                    seen.settled &= mark.is_settled(look);
                    number(mark, &bytes)
                }
                None => hashed(&bytes),
            };
            seen.sum = seen.sum.wrapping_add(number);
        }
    }
}

/// Bytes of a root's number.
const ROOT: usize = size_of::<u32>();

/// Begins what is said of a path.
fn begin(root: usize, way: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(root as u32).to_le_bytes());
    out.extend_from_slice(way);
}

/// Looks at a path. Of a link, where it leads is said as well; what it leads to is no file if it is a folder.
fn one(entry: &DirEntry, out: &mut Vec<u8>) -> Option<Mark> {
    let mut metadata = entry.metadata().ok()?;
    if metadata.is_symlink() {
        let path = entry.path();
        let (Ok(there), Ok(link)) = (fs::metadata(&path), fs::read_link(&path)) else { return None };
        out.push(0);
        out.extend_from_slice(link.as_os_str().as_encoded_bytes());
        metadata = there;
    }
    (!metadata.is_dir()).then(|| Mark::from(&metadata))
}

/// The number of a path with this mark; `path` is what it is called.
fn number(mark: Mark, path: &[u8]) -> u64 {
    let mut hash = Folded::default();
    hash.write(path);
    [mark.modified, mark.changed].iter().for_each(|&number| hash.write_i64(number));
    [mark.length, mark.number].iter().for_each(|&number| hash.write_u64(number));
    hash.finish()
}

fn hashed(path: &[u8]) -> u64 {
    let mut hash = Folded::default();
    hash.write(path);
    hash.finish()
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

    #[test]
    fn what_is_looked_at_again_is_as_in_a_new_look() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("sub")).unwrap();
        for name in ["one.md", "sub/two.md", "sub/three.md"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        let mut sight = Sight::of(dir.path());
        assert!(sight.mark("sub/two.md").is_some() && sight.mark("four.md").is_none());
        fs::write(dir.path().join("sub/two.md"), "longer than it was").unwrap();
        fs::write(dir.path().join("four.md"), "four").unwrap();
        fs::remove_file(dir.path().join("one.md")).unwrap();
        assert!(!sight.seen().is_same(&Sight::of(dir.path()).seen()));
        sight.again(["sub/two.md", "four.md", "one.md", "never.md"].into_iter());
        let new = Sight::of(dir.path());
        assert!(sight.seen().is_same(&new.seen()) && seen(dir.path(), Reach::Visible).is_same(&new.seen()));
        assert_eq!(sight.marks, new.marks);
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
