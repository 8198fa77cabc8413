//! How data are stored whose types a reader of stored data cannot make by itself: for `#[serde(with = "…")]`.

/// Names of the program's own, such as those of elements: a few, so each is kept for good.
pub mod word {
    use std::collections::BTreeSet;
    use std::sync::{Mutex, PoisonError};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

    /// Writes it.
    pub fn serialize<S: Serializer>(word: &&'static str, to: S) -> Result<S::Ok, S::Error> {
        word.serialize(to)
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
        String::deserialize(from).map(known)
    }

    /// The one copy of a word.
    pub(super) fn known(word: String) -> &'static str {
        let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = words.get(word.as_str()) {
            return known;
        }
        let kept: &'static str = word.leak();
        words.insert(kept);
        kept
    }
}

/// Attributes: names of the program's own with values.
pub mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes them.
    pub fn serialize<S: Serializer>(pairs: &[(&'static str, String)], to: S) -> Result<S::Ok, S::Error> {
        pairs.serialize(to)
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(&'static str, String)>, D::Error> {
        let pairs = Vec::<(String, String)>::deserialize(from)?;
        Ok(pairs.into_iter().map(|(name, value)| (super::word::known(name), value)).collect())
    }
}

/// Values of any shape, as JSON.
pub mod json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes it.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        serde_json::to_string(value).map_err(S::Error::custom)?.serialize(to)
    }

    /// Reads it.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// Diagnostics, every field of them. (Their own form leaves out what is not there, for people who read JSON.)
pub mod diagnostics {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::diagnostic::{Code, Diagnostic, Excerpt, Severity};

    #[derive(Serialize, Deserialize)]
    struct Stored {
        path: String,
        place: (u32, u32),
        kind: (Severity, Code),
        message: String,
        excerpt: Option<(String, u32)>,
        hint: Option<String>,
    }

    /// Writes them.
    pub fn serialize<S: Serializer>(diagnostics: &[Diagnostic], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(diagnostics.iter().map(|d| Stored {
            path: d.path.clone(),
            place: (d.line, d.column),
            kind: (d.severity, d.code),
            message: d.message.clone(),
            excerpt: d.excerpt.as_ref().map(|e| (e.text.clone(), e.offset)),
            hint: d.hint.clone(),
        }))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Diagnostic>, D::Error> {
        let diagnostic = |stored: Stored| Diagnostic {
            path: stored.path,
            line: stored.place.0,
            column: stored.place.1,
            severity: stored.kind.0,
            code: stored.kind.1,
            message: stored.message,
            excerpt: stored.excerpt.map(|(text, offset)| Excerpt { text, offset }),
            hint: stored.hint,
        };
        Ok(Vec::<Stored>::deserialize(from)?.into_iter().map(diagnostic).collect())
    }
}
