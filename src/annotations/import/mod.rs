//! Annotations made elsewhere → files of the archive.
//!
//! [`read`] tells what a file is by what it holds: [`hypothesis`] exports, Kindle [`clippings`], or the
//! annotations of another archive. [`merge`] says what of it is new, so that importing twice changes nothing.

use std::collections::HashMap;

use super::{Annotation, jsonld};
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::said::Said;

pub mod clippings;
pub mod hypothesis;

/// What a file was made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An export of Hypothesis.
    Hypothesis,
    /// A Kindle's `My Clippings.txt`.
    Kindle,
    /// This program, or another that writes the W3C's form.
    WebAnnotation,
}

impl Origin {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Hypothesis => "a Hypothesis export",
            Origin::Kindle => "a Kindle's clippings",
            Origin::WebAnnotation => "Web Annotations",
        }
    }
}

/// Reads a file of any of the forms. `None` if it is none of them.
pub fn read(shown: &str, bytes: &[u8]) -> Option<Warned<(Origin, Vec<Annotation>)>> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let start = text.trim_start();
    let with = |origin, read: Warned<Vec<Annotation>>| {
        Some(Warned { value: (origin, read.value), diagnostics: read.diagnostics })
    };
    if start.starts_with(['{', '[']) {
        return match hypothesis::rows(start) {
            Some(rows) => with(Origin::Hypothesis, hypothesis::read(shown, rows)),
            None => with(Origin::WebAnnotation, jsonld::read(shown, start.as_bytes())),
        };
    }
    clippings::are(&text).then(|| with(Origin::Kindle, clippings::read(shown, &text))).flatten()
}

/// What an import changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// All annotations that the file of this import is to hold.
    pub file: Vec<Annotation>,
    /// How many are new.
    pub new: usize,
    /// How many are there already and newer in what is imported.
    pub changed: usize,
    /// How many are there already.
    pub known: usize,
    /// How many are there already and say something else: both are kept.
    pub conflicts: usize,
}

/// Adds what is imported to what the file of this import holds (`file`), unless the archive has it already (`others`).
pub fn merge(imported: Vec<Annotation>, file: Vec<Annotation>, others: &[Annotation]) -> Merged {
    let mut out = Merged { file, ..Merged::default() };
    let mut own: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, annotation) in out.file.iter().enumerate() {
        own.entry(annotation.id.clone()).or_default().push(i);
    }
    let mut elsewhere: HashMap<&str, Vec<&Annotation>> = HashMap::new();
    for annotation in others {
        elsewhere.entry(&annotation.id).or_default().push(annotation);
    }
    for annotation in imported {
        let here = own.get(&annotation.id).cloned().unwrap_or_default();
        let there = elsewhere.get(annotation.id.as_str());
        let versions = || here.iter().map(|&i| &out.file[i]).chain(there.into_iter().flatten().copied());
        if versions().any(|v| v.says_the_same(&annotation)) {
            out.known += 1;
            continue;
        }
        let older = here.iter().copied().find(|&i| {
            let known = &out.file[i];
            let same_hand = known.creator == annotation.creator || annotation.deleted || known.deleted;
            same_hand && known.date().is_some() && known.date() < annotation.date()
        });
        match older {
            // The place it was imported to before, and its own author's later word.
            Some(i) => {
                out.file[i] = annotation;
                out.changed += 1;
                continue;
            }
            None if versions().next().is_some() => out.conflicts += 1,
            None => out.new += 1,
        }
        own.entry(annotation.id.clone()).or_default().push(out.file.len());
        out.file.push(annotation);
    }
    out
}

/// What is said of an entry that could not be used.
fn unusable(shown: &str, what: String) -> Diagnostic {
    Diagnostic::file(Severity::Warning, Code::BadAnnotation, shown, Said::told(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(id: &str, note: &str, modified: &str) -> Annotation {
        let target = super::super::Target { source: "seeds/a.txt".into(), ..Default::default() };
        let (id, note, modified) = (id.into(), note.into(), Some(modified.to_owned()));
        jsonld::completed(Annotation { id, note, modified, target, ..Annotation::default() })
    }

    #[test]
    fn importing_twice_changes_nothing() {
        let some = vec![made("urn:a", "one", "1"), made("urn:b", "two", "1")];
        let first = merge(some.clone(), Vec::new(), &[]);
        assert_eq!((first.new, first.known), (2, 0));
        let second = merge(some.clone(), first.file.clone(), &[]);
        assert_eq!((second.new, second.known, &second.file), (0, 2, &first.file));
        let elsewhere = merge(some.clone(), Vec::new(), &some);
        assert_eq!((elsewhere.new, elsewhere.known, elsewhere.file.len()), (0, 2, 0));
    }

    #[test]
    fn a_later_word_takes_the_place_and_another_stands_beside() {
        let first = vec![made("urn:a", "one", "1")];
        let later = merge(vec![made("urn:a", "two", "2")], first.clone(), &[]);
        assert_eq!((later.changed, later.file.len(), later.file[0].note.as_str()), (1, 1, "two"));
        let conflict = merge(vec![made("urn:a", "three", "1")], first, &[]);
        assert_eq!((conflict.conflicts, conflict.file.len()), (1, 2));
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        assert!(read("x.txt", b"Just a text.\n").is_none());
        assert!(read("x.bin", &[0, 1, 2, 255]).is_none());
    }
}
