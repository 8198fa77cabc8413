//! Pages → the site's folder: all or nothing, and only what changed.
//!
//! 1. Everything is looked at: paths, what stands in the folder, whose it is. Nothing has changed yet.
//! 2. What is new or different is written to a staging folder on the same file system, and what it will
//!    replace is kept there too. A full disk shows here.
//! 3. A manifest of the old and the new files together is put in place, so that a build killed in the next
//!    step leaves no file whose origin is unknown.
//! 4. Files are moved into place, each by one atomic rename; pages before the lists that lead to them. If a
//!    move fails, those before it are taken back.
//! 5. Pages of an earlier build that are gone are deleted, and the final manifest is put in place.
//!
//! Only files that an earlier build wrote are ever overwritten or deleted. A person's own files stay.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Failure};
use crate::hash::{self, Fnv};

/// The list of what postil wrote, inside the site.
pub const MANIFEST: &str = ".postil-manifest.json";

/// The catalogue's name: a folder that has one was built by postil.
const CATALOGUE: &str = "archive.json";

/// The version of the manifest.
const VERSION: u32 = 1;

/// What a staging folder's name begins with.
const STAGING: &str = ".postil-staging-";

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its place in the site, with `/` (`texts/essay.html`).
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file of the site holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file.
    Copy(PathBuf),
}

impl Output {
    /// A file of these bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Output { path: path.into(), content: Content::Bytes(bytes.into()) }
    }

    /// A copy of a file.
    pub fn copy(path: impl Into<String>, from: impl Into<PathBuf>) -> Self {
        Output { path: path.into(), content: Content::Copy(from.into()) }
    }
}

/// What publishing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Files written, new or different.
    pub written: Vec<String>,
    /// Files that were as they are.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: Vec<String>,
    /// Files in the site that postil did not write, or that were changed since: left alone.
    pub kept: Vec<String>,
}

/// Why nothing was published. The earlier site is as it was.
#[derive(Debug)]
pub enum PublishError {
    /// A path that may not be in a site.
    BadPath(String),
    /// Two files, or a file and a folder, with one path.
    Twice(String),
    /// A folder with files that postil did not write.
    NotASite(PathBuf),
    /// A file or link of a person's own where a page should go.
    InTheWay(PathBuf),
    /// The disk.
    Disk(PathBuf, io::Error),
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishError::BadPath(path) => write!(f, "`{path}` cannot be a path in a site"),
            PublishError::Twice(path) => write!(f, "two files of the site would be `{path}`"),
            PublishError::NotASite(_) => f.write_str("the folder holds files that postil did not write"),
            PublishError::InTheWay(_) => {
                f.write_str("a page should go here, but postil did not write this file")
            }
            PublishError::Disk(_, error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        let message = error.to_string();
        let (path, hint) = match &error {
            PublishError::BadPath(path) | PublishError::Twice(path) => (path.clone(), None),
            PublishError::NotASite(path) => (
                path.to_string_lossy().into(),
                Some("name an empty folder with `--out`, or a site that postil built"),
            ),
            PublishError::InTheWay(path) => {
                (path.to_string_lossy().into(), Some("move it out of the site's folder"))
            }
            PublishError::Disk(path, _) => (path.to_string_lossy().into(), None),
        };
        let code = if matches!(error, PublishError::NotASite(_)) { Code::Configuration } else { Code::Disk };
        let failure = Failure::new(code, path, message);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// Names a path in an error of the disk.
fn at(path: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    move |error| PublishError::Disk(path.to_owned(), error)
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    version: u32,
    files: BTreeMap<String, String>,
}

/// Publishes the files into `out`, which need not exist.
pub fn publish(out: &Path, files: Vec<Output>) -> Result<Published, PublishError> {
    let files = checked(files)?;
    let earlier = earlier(out)?;

    let mut published = Published::default();
    let mut manifest = BTreeMap::new();
    let mut changed: Vec<&Output> = Vec::new();
    for file in &files {
        let hash = hash_of(&file.content)?;
        match standing(out, &file.path)? {
            Standing::Nothing => changed.push(file),
            Standing::File(path) if same(&file.content, &path)? => published.unchanged += 1,
            Standing::File(path) => {
                if !earlier.owns(&file.path) {
                    return Err(PublishError::InTheWay(path));
                }
                changed.push(file);
            }
            Standing::Other(path) => return Err(PublishError::InTheWay(path)),
        }
        manifest.insert(file.path.clone(), hash);
    }
    // Lists lead to pages, and the start page to lists: what is nearer the root comes later.
    changed.sort_by_key(|file| (std::cmp::Reverse(file.path.matches('/').count()), &file.path));
    let gone = gone(out, &earlier, &manifest, &mut published)?;

    let mut complete = earlier.files.clone().unwrap_or_default();
    complete.extend(manifest.clone());
    let final_manifest = manifest_bytes(&manifest);
    let kept_manifest = fs::read(out.join(MANIFEST)).ok();
    if changed.is_empty() && gone.is_empty() && kept_manifest.as_deref() == Some(&final_manifest) {
        published.kept.extend(strangers(out, &complete));
        published.kept.sort();
        return Ok(published);
    }

    let staging = Staging::beside(out)?;
    for (i, file) in changed.iter().enumerate() {
        staging.write(&staging.new_file(i), &file.content)?;
    }
    let mut moves = Moves { out, staging: &staging, done: Vec::new() };
    let result = moves.all(&changed, &gone, &manifest_bytes(&complete), &final_manifest);
    if let Err(error) = result {
        moves.take_back();
        return Err(error);
    }
    for path in &gone {
        remove_empty_folders(out, path);
    }
    published.written = changed.iter().map(|file| file.path.clone()).collect();
    published.written.sort();
    published.removed = gone;
    published.kept.extend(strangers(out, &complete));
    published.kept.sort();
    Ok(published)
}

/// Writes the files of a new archive into `folder`, which must be empty or not be there. A `.git` is no
/// content.
pub fn create(folder: &Path, files: &[(&str, &str)]) -> Result<(), PublishError> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                if entry.map_err(at(folder))?.file_name() != ".git" {
                    return Err(PublishError::NotASite(folder.to_owned()));
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(PublishError::Disk(folder.to_owned(), error)),
    }
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(at(parent))?;
        let mut file = File::create_new(&path).map_err(at(&path))?;
        file.write_all(text.as_bytes()).map_err(at(&path))?;
    }
    Ok(())
}

/// Writes one file of the archive's, whole or not at all. Its folder is made if it is not there.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(at(folder))?;
    // Not `tempfile`'s own folder: a file is only moved whole within one disk.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(at(folder))?;
    file.write_all(bytes).map_err(at(path))?;
    file.as_file().sync_all().map_err(at(path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // It is the owner's file like any other, not a secret of this program's.
        let mode = fs::metadata(path).map_or(0o644, |m| m.permissions().mode());
        file.as_file().set_permissions(fs::Permissions::from_mode(mode)).map_err(at(path))?;
    }
    file.persist(path).map(|_| ()).map_err(|error| PublishError::Disk(path.to_owned(), error.error))
}

/// The files by their path, each of which may be in a site, and none twice.
fn checked(mut files: Vec<Output>) -> Result<Vec<Output>, PublishError> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut folded: BTreeSet<String> = BTreeSet::new();
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    for file in &files {
        if !is_sound(&file.path) {
            return Err(PublishError::BadPath(file.path.clone()));
        }
        if !paths.insert(&file.path) {
            return Err(PublishError::Twice(file.path.clone()));
        }
        let fresh = folded.insert(file.path.to_lowercase());
        debug_assert!(fresh, "two files of the site differ in case only: {}", file.path);
    }
    for file in &files {
        let folders = file.path.match_indices('/').map(|(i, _)| &file.path[..i]);
        if let Some(folder) = folders.into_iter().find(|folder| paths.contains(folder)) {
            return Err(PublishError::Twice(folder.to_owned()));
        }
    }
    Ok(files)
}

/// True for a relative path that stays inside the site. The manifest's own name and staging folders are the
/// program's. Names that only some systems cannot have are no reason to fail here: they come from files that
/// somebody has.
fn is_sound(path: &str) -> bool {
    let sound_part = |part: &str| {
        !matches!(part, "" | "." | "..") && !part.starts_with(STAGING) && !part.contains(['\\', '\0'])
    };
    // The system's own view as well: `C:` is a name here and a drive there.
    let inside = Path::new(path).components().all(|c| matches!(c, std::path::Component::Normal(_)));
    path != MANIFEST && inside && path.split('/').all(sound_part)
}

/// What an earlier build left.
struct Earlier {
    /// Path and hash of each file, if there is a manifest that can be read.
    files: Option<BTreeMap<String, String>>,
    /// True if, for want of a manifest, every file may be the program's.
    all: bool,
}

impl Earlier {
    fn owns(&self, path: &str) -> bool {
        self.all || self.files.as_ref().is_some_and(|files| files.contains_key(path))
    }
}

fn earlier(out: &Path) -> Result<Earlier, PublishError> {
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Earlier { files: None, all: false });
        }
        Err(error) => return Err(PublishError::Disk(out.to_owned(), error)),
    };
    let manifest = out.join(MANIFEST);
    if fs::symlink_metadata(&manifest).is_ok_and(|m| m.is_file()) {
        let bytes = fs::read(&manifest).map_err(at(&manifest))?;
        // A manifest is read from disk like anything else: a path that leads out of the site must not be
        // deleted on its word.
        let files = serde_json::from_slice::<Manifest>(&bytes)
            .ok()
            .filter(|m| m.version == VERSION)
            .map(|m| m.files.into_iter().filter(|(path, _)| is_sound(path)).collect::<BTreeMap<_, _>>());
        let all = files.is_none();
        return Ok(Earlier { files, all });
    }
    let all = out.join(CATALOGUE).is_file();
    // `.git`, `.nojekyll` and the like stand in a folder that is about to become a site.
    let visible = |entry: &io::Result<fs::DirEntry>| {
        entry.as_ref().is_ok_and(|e| !e.file_name().to_string_lossy().starts_with('.'))
    };
    if !all && entries.any(|entry| visible(&entry)) {
        return Err(PublishError::NotASite(out.to_owned()));
    }
    Ok(Earlier { files: None, all })
}

/// What stands at a path of the site.
enum Standing {
    Nothing,
    File(PathBuf),
    /// A folder, a link or a device, there or on the way.
    Other(PathBuf),
}

fn standing(out: &Path, relative: &str) -> Result<Standing, PublishError> {
    let mut path = out.to_owned();
    let mut parts = relative.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        // Not following: a link would lead the page out of the site.
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::Nothing),
            Err(error) => return Err(PublishError::Disk(path, error)),
        };
        if parts.peek().is_none() && metadata.is_file() {
            return Ok(Standing::File(path));
        }
        if !metadata.is_dir() || parts.peek().is_none() {
            break;
        }
    }
    Ok(Standing::Other(path))
}

/// The files of the earlier build that are no longer wanted. Those that were changed since are a person's.
fn gone(
    out: &Path,
    earlier: &Earlier,
    wanted: &BTreeMap<String, String>,
    published: &mut Published,
) -> Result<Vec<String>, PublishError> {
    let mut gone = Vec::new();
    for (path, hash) in earlier.files.iter().flatten() {
        if wanted.contains_key(path) {
            continue;
        }
        let Standing::File(file) = standing(out, path)? else { continue };
        if hash_of(&Content::Copy(file))? == *hash {
            gone.push(path.clone());
        } else {
            published.kept.push(path.clone());
        }
    }
    Ok(gone)
}

fn hash_of(content: &Content) -> Result<String, PublishError> {
    match content {
        Content::Bytes(bytes) => Ok(hash::hex(bytes)),
        Content::Copy(path) => {
            let mut hash = Fnv::default();
            let mut file = File::open(path).map_err(at(path))?;
            let mut buffer = vec![0; 1 << 16];
            loop {
                match file.read(&mut buffer).map_err(at(path))? {
                    0 => return Ok(hash.hex()),
                    n => hash.update(&buffer[..n]),
                }
            }
        }
    }
}

/// True if the file holds exactly this. Hashes are not asked: they are not made against malice.
fn same(content: &Content, path: &Path) -> Result<bool, PublishError> {
    let length = fs::metadata(path).map_err(at(path))?.len();
    match content {
        Content::Bytes(bytes) => {
            Ok(length == bytes.len() as u64 && fs::read(path).map_err(at(path))? == *bytes)
        }
        Content::Copy(from) => {
            if fs::metadata(from).map_err(at(from))?.len() != length {
                return Ok(false);
            }
            let mut one = io::BufReader::new(File::open(from).map_err(at(from))?);
            let mut two = io::BufReader::new(File::open(path).map_err(at(path))?);
            let (mut a, mut b) = (vec![0; 1 << 16], vec![0; 1 << 16]);
            loop {
                let n = one.read(&mut a).map_err(at(from))?;
                if n == 0 {
                    return Ok(two.read(&mut b).map_err(at(path))? == 0);
                }
                // Shorter than it was a moment ago: different, whatever the reason.
                if two.read_exact(&mut b[..n]).is_err() || a[..n] != b[..n] {
                    return Ok(false);
                }
            }
        }
    }
}

fn manifest_bytes(files: &BTreeMap<String, String>) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(&serde_json::json!({ "version": VERSION, "files": files }))
        .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Visible files of the site that are in no manifest.
fn strangers(out: &Path, ours: &BTreeMap<String, String>) -> Vec<String> {
    let mut strangers = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(out.join(&folder)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                folders.push(path);
            } else if !ours.contains_key(&path) {
                strangers.push(path);
            }
        }
    }
    strangers
}

/// Deletes the folders above a path that nothing is left in.
fn remove_empty_folders(out: &Path, path: &str) {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        // Fails where something is left: that is the test.
        if fs::remove_dir(out.join(above)).is_err() {
            return;
        }
        folder = above;
    }
}

/// The folder in which everything is made ready. It goes when dropped.
struct Staging {
    folder: tempfile::TempDir,
}

impl Staging {
    /// A folder beside `out`, or in it where beside is another file system or may not be written.
    fn beside(out: &Path) -> Result<Staging, PublishError> {
        let absolute = std::path::absolute(out).map_err(at(out))?;
        fs::create_dir_all(&absolute).map_err(at(out))?;
        let real = fs::canonicalize(&absolute).map_err(at(out))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGING);
        for folder in real.parent().into_iter().chain([real.as_path()]) {
            remove_abandoned(folder);
        }
        let beside = real.parent().and_then(|parent| builder.tempdir_in(parent).ok());
        let folder = match beside.filter(|folder| renames_into(folder.path(), &real)) {
            Some(folder) => folder,
            None => builder.tempdir_in(&real).map_err(at(out))?,
        };
        Ok(Staging { folder })
    }

    fn new_file(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("new-{number}"))
    }

    fn old_file(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("old-{number}"))
    }

    fn write(&self, path: &Path, content: &Content) -> Result<(), PublishError> {
        let mut file = File::create_new(path).map_err(at(path))?;
        match content {
            Content::Bytes(bytes) => file.write_all(bytes).map_err(at(path))?,
            // Not `fs::copy`: a source that may not be written must not make a page that may not.
            Content::Copy(from) => {
                let mut from_file = File::open(from).map_err(at(from))?;
                io::copy(&mut from_file, &mut file).map_err(at(path))?;
            }
        }
        Ok(())
    }
}

/// Deletes what killed builds left. A build that runs now is younger.
fn remove_abandoned(folder: &Path) {
    const ABANDONED: std::time::Duration = std::time::Duration::from_secs(60 * 60);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok());
        if entry.file_name().to_string_lossy().starts_with(STAGING) && age.is_some_and(|age| age > ABANDONED)
        {
            // In vain is no harm: the next build tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// True if a file can be renamed from one folder into the other: a mount point between them says no.
fn renames_into(from: &Path, to: &Path) -> bool {
    let (probe, there) = (from.join("probe"), to.join(format!("{STAGING}probe")));
    let moved = File::create(&probe).is_ok() && fs::rename(&probe, &there).is_ok();
    moved && fs::remove_file(&there).is_ok()
}

/// A step that was done and can be undone.
enum Done {
    /// A folder was made.
    Folder(PathBuf),
    /// Nothing stood here before.
    Added(PathBuf),
    /// What stood here is kept in the staging folder.
    Replaced(PathBuf, PathBuf),
}

struct Moves<'a> {
    out: &'a Path,
    staging: &'a Staging,
    done: Vec<Done>,
}

impl Moves<'_> {
    fn all(
        &mut self,
        changed: &[&Output],
        gone: &[String],
        complete: &[u8],
        last: &[u8],
    ) -> Result<(), PublishError> {
        self.manifest(0, complete)?;
        for (i, file) in changed.iter().enumerate() {
            self.folders(&file.path)?;
            self.settle(&self.staging.new_file(i), &self.out.join(&file.path), i)?;
        }
        for (i, path) in gone.iter().enumerate() {
            let path = self.out.join(path);
            let old = self.staging.old_file(changed.len() + i);
            fs::rename(&path, &old).map_err(at(&path))?;
            self.done.push(Done::Replaced(path, old));
        }
        self.manifest(1, last)
    }

    fn manifest(&mut self, number: usize, bytes: &[u8]) -> Result<(), PublishError> {
        let staged = self.staging.folder.path().join(format!("manifest-{number}"));
        self.staging.write(&staged, &Content::Bytes(bytes.to_owned()))?;
        // Numbers no file of the site has.
        self.settle(&staged, &self.out.join(MANIFEST), usize::MAX - number)
    }

    fn folders(&mut self, relative: &str) -> Result<(), PublishError> {
        for (i, _) in relative.match_indices('/') {
            let folder = self.out.join(&relative[..i]);
            match fs::create_dir(&folder) {
                Ok(()) => self.done.push(Done::Folder(folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(PublishError::Disk(folder, error)),
            }
        }
        Ok(())
    }

    fn settle(&mut self, staged: &Path, path: &Path, number: usize) -> Result<(), PublishError> {
        let old = self.staging.old_file(number);
        // A second name for the old file, so that its place is never empty; a copy where links are unknown.
        let kept = match fs::hard_link(path, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(_) => fs::copy(path, &old).map(|_| true).map_err(at(path))?,
        };
        fs::rename(staged, path).map_err(at(path))?;
        self.done.push(if kept {
            Done::Replaced(path.to_owned(), old)
        } else {
            Done::Added(path.to_owned())
        });
        Ok(())
    }

    /// Undoes what was done, last first. What cannot be undone is left: there is nobody left to tell.
    fn take_back(&mut self) {
        while let Some(done) = self.done.pop() {
            let _ = match done {
                Done::Folder(folder) => fs::remove_dir(folder),
                Done::Added(path) => fs::remove_file(path),
                Done::Replaced(path, old) => fs::rename(old, path),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(pages: &[(&str, &str)]) -> Vec<Output> {
        pages.iter().map(|(path, text)| Output::new(*path, *text)).collect()
    }

    /// Every file under a folder with what it holds, the manifest apart.
    fn tree(folder: &Path) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(here) = folders.pop() {
            for entry in fs::read_dir(here).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().unwrap() != MANIFEST {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                    out.insert(name, fs::read_to_string(path).unwrap());
                }
            }
        }
        out
    }

    fn owned(pages: &[(&str, &str)]) -> BTreeMap<String, String> {
        pages.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
    }

    #[test]
    fn a_site_is_made_changed_and_shrunk() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("deep/site");
        let first = [("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b"), ("tags/t.html", "t")];
        let published = publish(&out, pages(&first)).unwrap();
        assert_eq!(tree(&out), owned(&first));
        assert_eq!((published.written.len(), published.unchanged), (4, 0));

        let before = fs::metadata(out.join("texts/a.html")).unwrap().modified().unwrap();
        let second = [("index.html", "2"), ("texts/a.html", "a"), ("texts/c.html", "c")];
        let published = publish(&out, pages(&second)).unwrap();
        assert_eq!(tree(&out), owned(&second));
        assert_eq!(published.written, ["index.html", "texts/c.html"]);
        assert_eq!(published.removed, ["tags/t.html", "texts/b.html"]);
        assert_eq!((published.unchanged, published.kept.len()), (1, 0));
        assert!(!out.join("tags").exists(), "an empty folder is left");
        assert_eq!(fs::metadata(out.join("texts/a.html")).unwrap().modified().unwrap(), before);

        let published = publish(&out, pages(&second)).unwrap();
        assert_eq!((published.written.len(), published.removed.len(), published.unchanged), (0, 0, 3));
        let beside: Vec<_> = fs::read_dir(dir.path().join("deep")).unwrap().collect();
        assert_eq!(beside.len(), 1, "staging is left behind");
    }

    #[test]
    fn the_manifest_is_the_same_for_the_same_site() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("one"), dir.path().join("two"));
        publish(&one, pages(&[("b", "1"), ("a", "2")])).unwrap();
        publish(&two, pages(&[("c", "x")])).unwrap();
        publish(&two, pages(&[("a", "2"), ("b", "1")])).unwrap();
        assert_eq!(fs::read(one.join(MANIFEST)).unwrap(), fs::read(two.join(MANIFEST)).unwrap());
    }

    #[test]
    fn a_persons_files_stay() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        publish(&out, pages(&[("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b")])).unwrap();
        fs::write(out.join("CNAME"), "example.org").unwrap();
        fs::write(out.join("texts/mine.html"), "mine").unwrap();
        // A page changed by hand is the person's once no page is wanted there.
        fs::write(out.join("texts/b.html"), "changed").unwrap();
        let published = publish(&out, pages(&[("index.html", "1")])).unwrap();
        assert_eq!(published.kept, ["CNAME", "texts/b.html", "texts/mine.html"]);
        assert_eq!(published.removed, ["texts/a.html"]);
        assert_eq!(fs::read_to_string(out.join("texts/b.html")).unwrap(), "changed");

        let error = publish(&out, pages(&[("index.html", "2"), ("CNAME", "x")])).unwrap_err();
        assert!(matches!(error, PublishError::InTheWay(_)), "{error}");
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
        assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), "example.org");
    }

    #[test]
    fn a_folder_that_is_no_site_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("home");
        fs::create_dir(&out).unwrap();
        fs::write(out.join(".nojekyll"), "").unwrap();
        publish(&out, pages(&[("index.html", "1")])).unwrap();
        fs::remove_file(out.join(MANIFEST)).unwrap();
        let error = publish(&out, pages(&[("index.html", "2")])).unwrap_err();
        assert!(matches!(error, PublishError::NotASite(_)), "{error}");
        assert!(Failure::from(error).diagnostic.hint.is_some());
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
        // With a catalogue it is a site whose manifest was lost.
        fs::write(out.join(CATALOGUE), "{}").unwrap();
        publish(&out, pages(&[("index.html", "2")])).unwrap();
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "2");
        assert!(matches!(publish(&out.join("index.html"), vec![]), Err(PublishError::Disk(..))));
    }

    #[test]
    fn a_failure_leaves_the_earlier_site() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        let first = [("index.html", "1"), ("texts/a.html", "a"), ("texts/b.html", "b")];
        publish(&out, pages(&first)).unwrap();
        let manifest = fs::read(out.join(MANIFEST)).unwrap();

        let mut files = pages(&[("index.html", "2"), ("texts/c.html", "c")]);
        files.push(Output::copy("files/x.pdf", dir.path().join("not there")));
        assert!(publish(&out, files).is_err());
        assert_eq!(tree(&out), owned(&first));

        // A name that no file system takes shows only when the file is moved into its folder, which is not
        // there before: by then another page and the manifest have been moved.
        let too_long = format!("texts/new/{}", "x".repeat(300));
        let files = pages(&[("new/deep/d.html", "d"), (&too_long, ""), ("index.html", "2")]);
        let error = publish(&out, files).unwrap_err();
        assert!(matches!(&error, PublishError::Disk(path, _) if path.ends_with(&too_long)), "{error:?}");
        assert_eq!(tree(&out), owned(&first));
        assert!(!out.join("new").exists());
        assert_eq!(fs::read(out.join(MANIFEST)).unwrap(), manifest);
    }

    #[test]
    fn paths_stay_inside() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        for path in ["../x", "a/../../x", "/x", "a//b", "a/", "", ".", "a\\b", "a\0b", MANIFEST] {
            let error = publish(&out, pages(&[(path, "")])).unwrap_err();
            assert!(matches!(error, PublishError::BadPath(_)), "{path}: {error}");
        }
        for twice in [[("a", "1"), ("a", "2")], [("a/b", "1"), ("a", "2")]] {
            assert!(matches!(publish(&out, pages(&twice)), Err(PublishError::Twice(_))));
        }
        // A manifest that names files elsewhere deletes none of them.
        publish(&out, pages(&[("a", "1")])).unwrap();
        fs::write(dir.path().join("precious"), "1").unwrap();
        let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap().replace("\"a\"", "\"../precious\"");
        fs::write(out.join(MANIFEST), manifest).unwrap();
        publish(&out, vec![]).unwrap();
        assert!(dir.path().join("precious").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_pages_out_of_the_site() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        publish(&out, pages(&[("index.html", "1")])).unwrap();
        let elsewhere = dir.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, out.join("texts")).unwrap();
        let error = publish(&out, pages(&[("index.html", "2"), ("texts/a.html", "a")])).unwrap_err();
        assert!(matches!(error, PublishError::InTheWay(_)), "{error}");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "differ in case only")]
    fn paths_that_differ_in_case_only_are_a_defect() {
        let _ = publish(Path::new("never made"), pages(&[("A", ""), ("a", "")]));
    }

    #[test]
    fn an_archive_is_started_in_an_empty_folder_only() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(".git")).unwrap();
        create(dir.path(), &[("seeds/a.md", "words")]).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("seeds/a.md")).unwrap(), "words");
        assert!(matches!(create(dir.path(), &[("b", "")]), Err(PublishError::NotASite(_))));
        assert!(!dir.path().join("b").exists());
    }
}
