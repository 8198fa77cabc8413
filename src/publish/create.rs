//! The folder of a new archive.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::PublishError;
use super::error::at;

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
