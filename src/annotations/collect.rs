//! Annotations of several files, side by side.
//!
//! 1. One that says the same as another of its id is that one.
//! 2. Of several that bear one id, one that its own writer changed later takes the place of those before it. A
//!    [tombstone](Annotation::deleted) takes the place of all that are older, whoever wrote it.
//! 3. What is left of several (changed by another hand, or of one age) is a conflict: a warning, and all are shown, the
//!    one changed last first. Neither side is lost.
//! 4. One that is about another annotation answers it. Of one that was taken back and answered its place stays.

use std::collections::{HashMap, HashSet};

use super::Annotation;
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::said::said;

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
    // What those say that have several versions.
    let mut said: HashSet<(usize, String)> = HashSet::new();
    for (file, annotations) in files {
        for annotation in annotations {
            let Some(&place) = places.get(&annotation.id) else {
                places.insert(annotation.id.clone(), entries.len());
                entries.push(Entry { annotation, file: file.clone(), ..Entry::default() });
                continue;
            };
            let entry = &mut entries[place];
            said.insert((place, entry.annotation.members()));
            if said.insert((place, annotation.members())) {
                entry.others.push((annotation, file.clone()));
            }
        }
    }
    let mut told = Told::default();
    for entry in entries.iter_mut().filter(|e| !e.others.is_empty()) {
        newest_first(entry);
        supersede(entry);
        if !entry.others.is_empty() {
            told.tell(entry);
            // What was taken back is no version that a page could show.
            entry.others.retain(|o| !o.0.deleted);
        }
    }
    for i in 0..entries.len() {
        let answered = places.get(&entries[i].annotation.target.source).copied();
        entries[i].answers = answered.filter(|&a| a != i && !in_circle(&entries, a, i));
    }
    Warned { value: Collection { entries: without_graves(entries) }, diagnostics: told.finish() }
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

/// Puts the version changed last in front; of one age what was not taken back.
fn newest_first(entry: &mut Entry) {
    let rank = |a: &Annotation| (a.date().map(str::to_owned), !a.deleted);
    let newest = (0..entry.others.len()).max_by_key(|&i| (rank(&entry.others[i].0), std::cmp::Reverse(i)));
    if let Some(newest) = newest.filter(|&i| rank(&entry.others[i].0) > rank(&entry.annotation)) {
        let other = &mut entry.others[newest];
        std::mem::swap(&mut entry.annotation, &mut other.0);
        std::mem::swap(&mut entry.file, &mut other.1);
    }
}

/// Drops the versions whose place a later one takes.
fn supersede(entry: &mut Entry) {
    let mut newest: HashMap<Option<String>, Option<String>> = HashMap::new();
    let (mut grave, mut living) = (None, None);
    let versions = std::iter::once(&entry.annotation).chain(entry.others.iter().map(|o| &o.0));
    for version in versions {
        let date = version.date().map(str::to_owned);
        let of_kind = if version.deleted { &mut grave } else { &mut living };
        *of_kind = std::mem::take(of_kind).max(date.clone());
        let of_hand = newest.entry(version.creator.clone()).or_default();
        *of_hand = std::mem::take(of_hand).max(date);
    }
    let is_replaced = |o: &Annotation| {
        let date = o.date().map(str::to_owned);
        date < newest[&o.creator] || date < grave || (o.deleted && date < living)
    };
    let others = std::mem::take(&mut entry.others);
    let (replaced, left): (Vec<_>, Vec<_>) = others.into_iter().partition(|o| is_replaced(&o.0));
    entry.others = left;
    let was = replaced.into_iter().find(|r| !r.0.deleted).filter(|_| entry.annotation.deleted);
    if let Some((was, _)) = was {
        // Its answers are still about the words that it was about.
        let grave = &mut entry.annotation;
        grave.target = was.target;
        grave.quote = was.quote;
        grave.position = was.position;
    }
}

/// Leaves out what was taken back, unless somebody answered it.
fn without_graves(entries: Vec<Entry>) -> Vec<Entry> {
    let mut is_answered = vec![false; entries.len()];
    entries.iter().filter_map(|e| e.answers).for_each(|a| is_answered[a] = true);
    let is_kept: Vec<bool> =
        entries.iter().zip(&is_answered).map(|(e, answered)| !e.annotation.deleted || *answered).collect();
    let mut place = Vec::with_capacity(entries.len());
    let mut next = 0;
    for kept in &is_kept {
        place.push(next);
        next += usize::from(*kept);
    }
    let kept = entries.into_iter().zip(is_kept).filter(|(_, kept)| *kept);
    kept.map(|(entry, _)| Entry { answers: entry.answers.map(|a| place[a]), ..entry }).collect()
}

#[derive(Default)]
struct Told {
    diagnostics: Vec<Diagnostic>,
    left: usize,
}

impl Told {
    fn tell(&mut self, entry: &Entry) {
        if self.diagnostics.len() >= NAMED {
            self.left += 1;
            return;
        }
        let files: Vec<&str> = entry.others.iter().map(|o| o.1.as_str()).collect();
        let id: String = entry.annotation.id.chars().take(80).collect();
        let is_deleted = entry.others.iter().any(|o| o.0.deleted);
        let message = if is_deleted {
            said!("the annotation `{}` was deleted in {}", id, files.join(", "))
        } else {
            said!("the annotation `{}` says something else in {}", id, files.join(", "))
        };
        let told = Diagnostic::file(Severity::Warning, Code::AnnotationConflict, entry.file.clone(), message);
        self.diagnostics.push(told.hint(said!("all versions are shown; delete the ones that are not to be")));
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        if self.left > 0 {
            let message = said!("{} more annotations have several versions", self.left);
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
        let update = collect(vec![file("x", &changed), file("y", &a)]);
        assert_eq!(update.value.entries[0].annotation.note, "two");
        assert_eq!((update.value.entries[0].others.len(), update.diagnostics.len()), (0, 0));
        let conflict = collect(vec![file("x", &a), file("y", &other)]);
        assert_eq!(conflict.value.entries[0].others.len(), 1);
        assert_eq!(conflict.diagnostics[0].severity, Severity::Warning);
    }

    #[test]
    fn what_was_taken_back_is_gone_unless_it_is_newer_or_answered() {
        let a = said("urn:a", "one", "Ada", "2026-01-01");
        let grave = |date: &str| Annotation { deleted: true, creator: None, ..said("urn:a", "", "", date) };
        let with = |more: Vec<Annotation>| collect(vec![("x".into(), vec![a.clone()]), ("y".into(), more)]);
        assert!(with(vec![grave("2026-01-02")]).value.entries.is_empty());
        // Written again after it was taken back.
        let again = said("urn:a", "two", "Ada", "2026-01-03");
        let back = with(vec![grave("2026-01-02"), again]);
        assert_eq!((back.value.entries[0].annotation.note.as_str(), back.diagnostics.len()), ("two", 0));
        // Of one age: it is shown, and told.
        let same = with(vec![grave("2026-01-01")]);
        assert_eq!((same.value.entries[0].annotation.note.as_str(), same.diagnostics.len()), ("one", 1));
        // Answered: its place stays, its words do not.
        let mut reply = said("urn:b", "why?", "Bea", "2026-01-02");
        reply.target.source = "urn:a".into();
        let answered = with(vec![grave("2026-01-02"), reply]).value.entries;
        assert_eq!((answered.len(), answered[1].answers), (2, Some(0)));
        assert_eq!(answered[0].annotation.note, "");
        assert_eq!(answered[0].annotation.target.source, "seeds/a.txt");
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
