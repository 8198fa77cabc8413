//! One thing that follows from another: kept under the digest of all that it follows from.

use std::convert::Infallible;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Folder, Lost};

/// What was asked for.
pub struct Kept<T> {
    name: &'static str,
    /// The digest of all that it follows from.
    pub condition: String,
    what: Option<T>,
    lost: Option<Lost>,
}

#[derive(Deserialize)]
struct Found<T> {
    condition: String,
    what: T,
}

#[derive(Serialize)]
struct Keeping<'a, T> {
    condition: &'a str,
    what: &'a T,
}

impl<T: Serialize + DeserializeOwned> Kept<T> {
    /// What was kept under a name, if it was kept under this condition.
    pub fn of(cache: Option<&Folder>, name: &'static str, condition: String) -> Kept<T> {
        let found = cache.map_or(Ok(None), |folder| folder.get::<Found<T>>(name));
        let (what, lost) = match found {
            Ok(found) => (found.filter(|f| f.condition == condition).map(|f| f.what), None),
            Err(lost) => (None, Some(lost)),
        };
        Kept { name, condition, what, lost }
    }

    /// It, or else what `make` makes, which is kept now. With it, why the cache was of no use, if so.
    pub fn or_make(self, cache: Option<&Folder>, make: impl FnOnce() -> T) -> (T, Option<Lost>) {
        let Ok(made) = self.or_try_make(cache, || Ok::<T, Infallible>(make()));
        made
    }

    /// As [`Kept::or_make`], where `make` may fail.
    pub fn or_try_make<E>(
        self,
        cache: Option<&Folder>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<(T, Option<Lost>), E> {
        if let Some(what) = self.what {
            return Ok((what, None));
        }
        let what = make()?;
        let keeping = Keeping { condition: &self.condition, what: &what };
        let failed = cache.and_then(|folder| folder.put(self.name, &keeping).err());
        Ok((what, failed.or(self.lost)))
    }
}

/// What was kept under a name and this condition, or else what `make` makes. With it, why the cache was of no use, if so.
pub fn kept<T: Serialize + DeserializeOwned>(
    cache: Option<&Folder>,
    name: &'static str,
    condition: &str,
    make: impl FnOnce() -> T,
) -> (T, Option<Lost>) {
    Kept::of(cache, name, condition.to_owned()).or_make(cache, make)
}

/// What was kept under a name, whatever it followed from, as `renew` makes it what follows now; that is kept in its place. If
/// what was kept holds still, `renew` makes nothing. With it, why the cache was of no use, if so.
pub fn renewed<T: Serialize + DeserializeOwned, E>(
    cache: Option<&Folder>,
    name: &'static str,
    renew: impl FnOnce(Option<&T>) -> Result<Option<T>, E>,
) -> Result<(Option<T>, Option<Lost>), E> {
    let (before, lost) = match cache.map_or(Ok(None), |folder| folder.get::<T>(name)) {
        Ok(before) => (before, None),
        Err(lost) => (None, Some(lost)),
    };
    let Some(now) = renew(before.as_ref())? else { return Ok((before, lost)) };
    let failed = cache.and_then(|folder| folder.put(name, &now).err());
    Ok((Some(now), failed.or(lost)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_holds_under_its_condition() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::of(dir.path());
        let ask = |condition: &str, value: u32| kept(Some(&folder), "x", condition, || value).0;
        assert_eq!([ask("one", 1), ask("one", 2), ask("two", 3), ask("one", 4)], [1, 1, 3, 4]);
        assert_eq!(kept(None, "x", "one", || 5), (5, None));
    }

    #[test]
    fn what_is_renewed_follows_from_what_was() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::of(dir.path());
        let ask = |more: u32| {
            let renew = |before: Option<&u32>| Ok::<_, ()>((more > 0).then(|| before.unwrap_or(&0) + more));
            renewed(Some(&folder), "y", renew).unwrap().0
        };
        assert_eq!([ask(0), ask(2), ask(3), ask(0), ask(1)], [None, Some(2), Some(5), Some(5), Some(6)]);
    }
}
