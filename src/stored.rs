//! How data are stored whose types a reader of stored data cannot make by itself: for `#[serde(with = "…")]`.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Excerpt, Severity};
use crate::said::Said;

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

/// Bytes as they are, in one piece.
pub mod bytes {
    use std::fmt;

    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    /// Writes them.
    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        from.deserialize_bytes(Whole)
    }
}

/// Numbers of which none is likelier than another, such as hashes: each in eight bytes.
pub mod numbers {
    use serde::{Deserializer, Serializer};

    /// Writes them.
    pub fn serialize<S: Serializer>(numbers: &[u64], to: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        to.serialize_bytes(&bytes)
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u64>, D::Error> {
        let bytes = super::bytes::deserialize(from)?;
        Ok(bytes.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number)).collect())
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

/// Diagnostics.
pub mod diagnostics {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Whole;
    use crate::diagnostic::Diagnostic;

    /// Writes them.
    pub fn serialize<S: Serializer>(diagnostics: &[Diagnostic], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(diagnostics.iter().map(Whole::from))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Diagnostic>, D::Error> {
        Ok(Vec::<Whole>::deserialize(from)?.into_iter().map(Diagnostic::from).collect())
    }
}

/// One diagnostic.
pub mod diagnostic {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Whole;
    use crate::diagnostic::Diagnostic;

    /// Writes it.
    pub fn serialize<S: Serializer>(diagnostic: &Diagnostic, to: S) -> Result<S::Ok, S::Error> {
        Whole::from(diagnostic).serialize(to)
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<Diagnostic>, D::Error> {
        Whole::deserialize(from).map(|whole| Box::new(whole.into()))
    }
}

/// A diagnostic with every field of it. (Its own form leaves out what is not there, for people who read JSON.)
#[derive(Serialize, Deserialize)]
struct Whole {
    path: String,
    place: (u32, u32),
    kind: (Severity, Code),
    message: Said,
    excerpt: Option<(String, u32)>,
    hint: Option<Box<Said>>,
}

impl From<&Diagnostic> for Whole {
    fn from(d: &Diagnostic) -> Whole {
        Whole {
            path: d.path.clone(),
            place: (d.line, d.column),
            kind: (d.severity, d.code),
            message: d.message.clone(),
            excerpt: d.excerpt.as_ref().map(|e| (e.text.clone(), e.offset)),
            hint: d.hint.clone(),
        }
    }
}

impl From<Whole> for Diagnostic {
    fn from(whole: Whole) -> Diagnostic {
        Diagnostic {
            path: whole.path,
            line: whole.place.0,
            column: whole.place.1,
            severity: whole.kind.0,
            code: whole.kind.1,
            message: whole.message,
            excerpt: whole.excerpt.map(|(text, offset)| Excerpt { text, offset }),
            hint: whole.hint,
        }
    }
}
