//! What stands in the site's folder.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::at;
use super::{Content, MANIFEST, PublishError};
use crate::hash::Fast;
use crate::{digest, hash};

/// What stands at a path of the site.
#[derive(Debug)]
pub(super) enum Standing {
    Nothing,
    File(PathBuf),
    /// A folder, a link or a device, there or on the way.
    Other(PathBuf),
}

pub(super) fn standing(out: &Path, relative: &str) -> Result<Standing, PublishError> {
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

/// True if the file has this digest, which the first version took with its own hash.
pub(super) fn is(path: &Path, expected: &str) -> Result<bool, PublishError> {
    /// Digits of a digest.
    const DIGITS: usize = 64;
    if expected.len() < DIGITS {
        return Ok(hash::hex(&fs::read(path).map_err(at(path))?) == expected);
    }
    let file = File::open(path).map_err(at(path))?;
    Ok(digest::of_reader(file).map_err(at(path))? == expected)
}

/// True if the file holds exactly this.
pub(super) fn same(content: &Content, path: &Path) -> Result<bool, PublishError> {
    let length = fs::metadata(path).map_err(at(path))?.len();
    match content {
        Content::Bytes(bytes) => {
            Ok(length == bytes.len() as u64 && fs::read(path).map_err(at(path))? == *bytes)
        }
        Content::AsItStands => Ok(false),
        Content::Copy(from, _) => {
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

/// Visible files of the site that postil did not write.
pub(super) fn strangers<'o>(out: &Path, ours: impl Iterator<Item = &'o str>) -> Vec<String> {
    let ours: HashSet<&str, Fast> = ours.collect();
    let mut strangers = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(out.join(&folder)) else { continue };
        let mut path = folder;
        let above = path.len();
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            path.truncate(above);
            path.push_str(&name);
            if ours.contains(path.as_str()) || name.starts_with('.') || path == MANIFEST {
                continue;
            }
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                folders.push([&path, "/"].concat());
            } else {
                strangers.push(path.clone());
            }
        }
    }
    strangers.sort();
    strangers
}

/// Makes the folders above a path.
pub(super) fn make_folders(out: &Path, relative: &str) -> Result<(), PublishError> {
    match relative.rsplit_once('/') {
        Some((above, _)) => {
            let folder = out.join(above);
            fs::create_dir_all(&folder).map_err(at(&folder))
        }
        None => Ok(()),
    }
}

/// Deletes the folders above a path that nothing is left in.
pub(super) fn remove_empty_folders(out: &Path, path: &str) {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        // Fails where something is left: that is the test.
        if fs::remove_dir(out.join(above)).is_err() {
            return;
        }
        folder = above;
    }
}
