//! One thing that follows from another: kept under the digest of all that it follows from.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Folder, Lost};

#[derive(Deserialize)]
struct Kept<T> {
    condition: String,
    what: T,
}

#[derive(Serialize)]
struct Keeping<'a, T> {
    condition: &'a str,
    what: &'a T,
}

/// What was kept under a name, if it was kept under this condition; or else what `make` makes, which is kept now. With
/// it, why the cache was of no use, if so.
pub fn kept<T: Serialize + DeserializeOwned>(
    cache: Option<&Folder>,
    name: &str,
    condition: &str,
    make: impl FnOnce() -> T,
) -> (T, Option<Lost>) {
    let Some(folder) = cache else { return (make(), None) };
    let lost = match folder.get::<Kept<T>>(name) {
        Ok(Some(kept)) if kept.condition == condition => return (kept.what, None),
        Ok(_) => None,
        Err(lost) => Some(lost),
    };
    let what = make();
    let failed = folder.put(name, &Keeping { condition, what: &what }).err();
    (what, failed.or(lost))
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
}
