//! Annotations of several files, side by side.
//!
//! 1. One that says the same as another of its id is that one.
//! 2. Of several that bear one id and differ, the one changed last is shown first, and the others with it: neither side
//!    is lost. Where one person changed it and the dates tell which is newer that is told in passing, else it is a
//!    conflict and a warning.
//! 3. One that is about another annotation answers it.

use std::collections::HashMap;

use super::Annotation;
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};

/// Findings of one kind that are told one by one; the rest of them is counted.
pub const NAMED: usize = 50;

/// All annotations of an archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection {
    /// Each once, in the order of the files.
    pub entries: Vec<Entry>,
}

/// An annotation with what came with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The annotation.
    pub annotation: Annotation,
    /// The file it is from.
    pub file: String,
    /// Others of the same id that say something else, each with its file.
    pub others: Vec<(Annotation, String)>,
    /// The place in [`Collection::entries`] of the annotation it answers.
    pub answers: Option<usize>,
}

/// Puts the annotations of files side by side, each file under its name.
pub fn collect(files: Vec<(String, Vec<Annotation>)>) -> Warned<Collection> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (file, annotations) in files {
        for annotation in annotations {
            let Some(&place) = places.get(&annotation.id) else {
                places.insert(annotation.id.clone(), entries.len());
                entries.push(Entry { annotation, file: file.clone(), ..Entry::default() });
                continue;
            };
            let entry = &mut entries[place];
            let known = entry.annotation.says_the_same(&annotation)
                || entry.others.iter().any(|o| o.0.says_the_same(&annotation));
            if !known {
                entry.others.push((annotation, file.clone()));
            }
        }
    }
    let mut told = Told::default();
    for entry in entries.iter_mut().filter(|e| !e.others.is_empty()) {
        newest_first(entry);
        told.tell(entry);
    }
    for i in 0..entries.len() {
        let answered = places.get(&entries[i].annotation.target.source).copied();
        entries[i].answers = answered.filter(|&a| a != i && !in_circle(&entries, a, i));
    }
    Warned { value: Collection { entries }, diagnostics: told.finish() }
}

/// True if following the answers from `from` leads to `to`.
fn in_circle(entries: &[Entry], from: usize, to: usize) -> bool {
    /// Answers to answers that are followed.
    const DEEPEST: usize = 64;
    let mut at = Some(from);
    for _ in 0..DEEPEST {
        match at {
            Some(place) if place == to => return true,
            Some(place) => at = entries[place].answers,
            None => return false,
        }
    }
    true
}

fn newest_first(entry: &mut Entry) {
    let newest = (0..entry.others.len()).max_by_key(|&i| (entry.others[i].0.date(), std::cmp::Reverse(i)));
    if let Some(newest) = newest.filter(|&i| entry.others[i].0.date() > entry.annotation.date()) {
        let other = &mut entry.others[newest];
        std::mem::swap(&mut entry.annotation, &mut other.0);
        std::mem::swap(&mut entry.file, &mut other.1);
    }
}

#[derive(Default)]
struct Told {
    diagnostics: Vec<Diagnostic>,
    left: usize,
}

impl Told {
    fn tell(&mut self, entry: &Entry) {
        let first = &entry.annotation;
        let same_hand = |o: &Annotation| o.creator == first.creator && o.date() < first.date();
        let plain = entry.others.iter().all(|o| same_hand(&o.0));
        if self.diagnostics.len() >= NAMED {
            self.left += 1;
            return;
        }
        let files: Vec<&str> = entry.others.iter().map(|o| o.1.as_str()).collect();
        let id: String = first.id.chars().take(80).collect();
        let (severity, message) = if plain {
            (
                Severity::Note,
                format!("the annotation `{id}` was changed; what it was before is in {}", files.join(", ")),
            )
        } else {
            let message = format!("the annotation `{id}` says something else in {}", files.join(", "));
            (Severity::Warning, message)
        };
        let told = Diagnostic::file(severity, Code::AnnotationConflict, entry.file.clone(), message);
        self.diagnostics.push(told.hint("all versions are shown; delete the ones that are not to be"));
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        if self.left > 0 {
            let message = format!("{} more annotations have several versions", self.left);
            let rest = Diagnostic::file(Severity::Warning, Code::AnnotationConflict, "annotations", message);
            self.diagnostics.push(rest);
        }
        self.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::super::jsonld::completed;
    use super::*;

    fn said(id: &str, note: &str, by: &str, modified: &str) -> Annotation {
        completed(Annotation {
            id: id.into(),
            note: note.into(),
            creator: Some(by.into()),
            modified: Some(modified.into()),
            target: super::super::Target { source: "seeds/a.txt".into(), ..Default::default() },
            ..Annotation::default()
        })
    }

    #[test]
    fn the_same_twice_is_one_and_a_conflict_keeps_both_sides() {
        let a = said("urn:a", "one", "Ada", "2026-01-01");
        let changed = said("urn:a", "two", "Ada", "2026-01-02");
        let other = said("urn:a", "three", "Bea", "2026-01-01");
        let file = |name: &str, a: &Annotation| (name.to_owned(), vec![a.clone()]);
        let twice = collect(vec![file("x", &a), file("y", &a)]);
        assert_eq!((twice.value.entries.len(), twice.diagnostics.len()), (1, 0));
        let update = collect(vec![file("x", &a), file("y", &changed)]);
        assert_eq!(update.value.entries[0].annotation.note, "two");
        assert_eq!(update.value.entries[0].others[0].0.note, "one");
        assert_eq!(update.diagnostics[0].severity, Severity::Note);
        let conflict = collect(vec![file("x", &a), file("y", &other)]);
        assert_eq!(conflict.value.entries[0].others.len(), 1);
        assert_eq!(conflict.diagnostics[0].severity, Severity::Warning);
    }

    #[test]
    fn answers_find_what_they_answer_and_never_go_round() {
        let mut a = said("urn:a", "one", "Ada", "1");
        let mut b = said("urn:b", "two", "Bea", "1");
        b.target.source = "urn:a".into();
        let found = collect(vec![("x".into(), vec![b.clone(), a.clone()])]);
        assert_eq!(found.value.entries[0].answers, Some(1));
        a.target.source = "urn:b".into();
        let round = collect(vec![("x".into(), vec![a, b])]).value;
        assert_eq!(round.entries.iter().filter(|e| e.answers.is_some()).count(), 1);
    }
}
