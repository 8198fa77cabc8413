//! Texts put aside while a build lasts: too many to be held in memory, and asked for one by one.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

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

impl Aside {
    /// A place in the cache's folder; `None` if there can be none.
    pub fn of(cache: &Folder) -> Option<Arc<Aside>> {
        let file = tempfile::tempfile_in(cache.ready()?).ok()?;
        Some(Arc::new(Aside { file, end: Mutex::new(0) }))
    }

    /// Puts texts aside; `None` if there is no room.
    pub fn put<'t>(self: &Arc<Self>, texts: impl Iterator<Item = &'t str>) -> Option<Texts> {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for text in texts {
            all.push_str(text);
            ends.push(u32::try_from(all.len()).ok()?);
        }
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(*end)).and_then(|_| file.write_all(all.as_bytes())).ok()?;
        let from = *end;
        *end += all.len() as u64;
        Some(Texts { aside: Arc::clone(self), from, ends })
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
        let aside = Aside::of(&Folder::of(dir.path())).unwrap();
        let first = aside.put(["one", "", "three"].into_iter()).unwrap();
        let second = aside.put(["vier"].into_iter()).unwrap();
        assert_eq!(
            [0, 1, 2, 3].map(|i| first.get(i)),
            [Some("one".into()), Some(String::new()), Some("three".into()), None]
        );
        assert_eq!(second.get(0).as_deref(), Some("vier"));
    }
}
