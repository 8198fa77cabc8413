//! How data are stored whose types a reader of stored data cannot make by itself: for `#[serde(with = "…")]`.

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
