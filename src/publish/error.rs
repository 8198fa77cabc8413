//! Why nothing was published.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Failure};

/// Why nothing was published. The earlier site is as it was.
#[derive(Debug)]
pub enum PublishError {
    /// A path that may not be in a site.
    BadPath(String),
    /// Two files, or a file and a folder, that some file system could not keep apart.
    Twice(String),
    /// A folder with files that postil did not write.
    NotASite(PathBuf),
    /// A file or link of a person's own where a page should go.
    InTheWay(PathBuf),
    /// Another process builds this site; what it says of itself.
    Busy(PathBuf, String),
    /// A manifest or a journal that this version cannot read, and why.
    Unreadable(PathBuf, String),
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
            PublishError::Busy(_, owner) if owner.is_empty() => f.write_str("another build is at work here"),
            PublishError::Busy(_, owner) => write!(f, "another build is at work here: {owner}"),
            PublishError::Unreadable(_, why) => f.write_str(why),
            PublishError::Disk(_, error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        let message = error.to_string();
        let shown = |path: &Path| path.to_string_lossy().into_owned();
        let (code, path, hint) = match &error {
            PublishError::BadPath(path) | PublishError::Twice(path) => (Code::Disk, path.clone(), None),
            PublishError::NotASite(path) => (
                Code::Configuration,
                shown(path),
                Some("name an empty folder with `--out`, or a site that postil built"),
            ),
            PublishError::InTheWay(path) => {
                (Code::Disk, shown(path), Some("move it out of the site's folder"))
            }
            PublishError::Busy(path, _) => (Code::Disk, shown(path), Some("wait until it is done")),
            PublishError::Unreadable(path, _) => {
                (Code::Disk, shown(path), Some("use the version that wrote it, or build into another folder"))
            }
            PublishError::Disk(path, _) => (Code::Disk, shown(path), None),
        };
        let failure = Failure::new(code, path, message);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// Names a path in an error of the disk.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    move |error| PublishError::Disk(path.to_owned(), error)
}
