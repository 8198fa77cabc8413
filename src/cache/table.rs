//! What follows from each document and from one thing that they all have in common.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Folder, Lost};
use crate::digest;

/// Results by the keys of documents, all found under one condition. Under another condition there are none.
pub struct Table<'f, T> {
    /// Where it is kept, and under which name; `None` where nothing is to be remembered.
    place: Option<(&'f Folder, &'static str)>,
    condition: String,
    of: HashMap<String, T>,
    lost: Option<Lost>,
}

#[derive(Deserialize)]
struct Kept<T> {
    condition: String,
    of: HashMap<String, T>,
}

#[derive(Serialize)]
struct Keeping<'a, T> {
    condition: &'a str,
    of: HashMap<&'a String, &'a T>,
}

impl<'f, T: Serialize + DeserializeOwned> Table<'f, T> {
    /// The table of this name, as far as it was found under the same condition.
    pub fn of(cache: Option<&'f Folder>, name: &'static str, condition: &impl Serialize) -> Table<'f, T> {
        let Some(condition) = digest::of_data(name, condition) else { return Table::none() };
        let Some(folder) = cache else { return Table { condition, ..Table::none() } };
        let (kept, lost) = match folder.get::<Kept<T>>(name) {
            Ok(kept) => (kept.filter(|kept| kept.condition == condition), None),
            Err(lost) => (None, Some(lost)),
        };
        let of = kept.map(|kept| kept.of).unwrap_or_default();
        Table { place: Some((folder, name)), condition, of, lost }
    }

    fn none() -> Table<'f, T> {
        Table { place: None, condition: String::new(), of: HashMap::new(), lost: None }
    }

    /// What was found of a document.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.of.get(key)
    }

    /// Remembers what was found now, unless it is the same; why the cache was of no use, if so. A document without a
    /// key is not remembered.
    pub fn keep<'a>(self, now: impl Iterator<Item = (&'a String, &'a T)>) -> Option<Lost>
    where
        T: 'a,
    {
        let (folder, name) = self.place?;
        let of: HashMap<&String, &T> = now.filter(|(key, _)| !key.is_empty()).collect();
        if of.len() == self.of.len() && of.keys().all(|key| self.of.contains_key(*key)) {
            return self.lost;
        }
        let kept = folder.put(name, &Keeping { condition: &self.condition, of });
        kept.err().or(self.lost)
    }
}
