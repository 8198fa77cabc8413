//! What is put aside while a build lasts: too much to be held in memory, and asked for piece by piece.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Folder;

/// A file without a name, which is gone with the build.
#[derive(Debug)]
pub struct Aside {
    file: File,
    /// Writes at the end, one after the other.
    end: Mutex<u64>,
}

/// Texts that were put aside together.
#[derive(Clone, Debug)]
pub struct Texts {
    aside: Arc<Aside>,
    from: u64,
    /// Where each ends, from there.
    ends: Vec<u32>,
}

/// Data that were put aside.
#[derive(Clone, Debug)]
pub struct Piece {
    aside: Arc<Aside>,
    from: u64,
    length: usize,
}

impl Aside {
    /// A place in the cache's folder, or where the system keeps such files; `None` if there can be none.
    pub fn of(cache: Option<&Folder>) -> Option<Arc<Aside>> {
        let file = match cache {
            Some(cache) => tempfile::tempfile_in(cache.ready()?),
            None => tempfile::tempfile(),
        };
        Some(Arc::new(Aside { file: file.ok()?, end: Mutex::new(0) }))
    }

    /// Puts data aside; `None` if there is no room.
    pub fn put_data(self: &Arc<Self>, data: &impl Serialize) -> Option<Piece> {
        let bytes = postcard::to_stdvec(data).ok()?;
        let from = self.append(&bytes)?;
        Some(Piece { aside: Arc::clone(self), from, length: bytes.len() })
    }

    /// Writes at the end; where that was.
    fn append(&self, bytes: &[u8]) -> Option<u64> {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let from = *end;
        let mut file = &self.file;
        file.seek(SeekFrom::Start(from)).and_then(|_| file.write_all(bytes)).ok()?;
        *end += bytes.len() as u64;
        Some(from)
    }

    /// Puts texts aside; `None` if there is no room.
    pub fn put<'t>(self: &Arc<Self>, texts: impl Iterator<Item = &'t str>) -> Option<Texts> {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for text in texts {
            all.push_str(text);
            ends.push(u32::try_from(all.len()).ok()?);
        }
        let from = self.append(all.as_bytes())?;
        Some(Texts { aside: Arc::clone(self), from, ends })
    }
}

impl Piece {
    /// The data; `None` if they cannot be read.
    pub fn get<T: DeserializeOwned>(&self) -> Option<T> {
        let mut bytes = vec![0; self.length];
        read_at(&self.aside.file, &mut bytes, self.from).ok()?;
        postcard::from_bytes(&bytes).ok()
    }
}

impl Texts {
    /// One of them; `None` if there is no such text, or it cannot be read.
    pub fn get(&self, index: usize) -> Option<String> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut bytes = vec![0; (end - start) as usize];
        read_at(&self.aside.file, &mut bytes, self.from + u64::from(start)).ok()?;
        String::from_utf8(bytes).ok()
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    let mut done = 0;
    while done < bytes.len() {
        match std::os::windows::fs::FileExt::seek_read(file, &mut bytes[done..], at + done as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => done += n,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_is_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let aside = Aside::of(Some(&Folder::of(dir.path()))).unwrap();
        let data = aside.put_data(&[7, 8, 9]).unwrap();
        let first = aside.put(["one", "", "three"].into_iter()).unwrap();
        let second = aside.put(["vier"].into_iter()).unwrap();
        assert_eq!(
            [0, 1, 2, 3].map(|i| first.get(i)),
            [Some("one".into()), Some(String::new()), Some("three".into()), None]
        );
        assert_eq!(second.get(0).as_deref(), Some("vier"));
        assert_eq!(data.get(), Some([7, 8, 9]));
        assert!(Aside::of(None).is_some());
    }
}
