//! The strong terms of all documents → the tags of each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::Record;
use super::Term;
use super::language::Language;
use super::weight::{strong, weigh};
use super::word::words_of_line;
use crate::model::Tag;

/// Words of a document below which it gets no tags.
const TINY: usize = 150;

/// Tags of each record, in the same order: the given ones as they are, or derived ones.
pub fn derive(records: &[Record]) -> Vec<Vec<Tag>> {
    let named = |r: &Record| r.given.iter().map(|t| Tag { name: t.clone(), derived: false }).collect();
    if records.iter().all(|record| !record.given.is_empty()) {
        return records.iter().map(named).collect();
    }
    let weighed: Vec<Vec<(f64, &Term)>> = records.iter().map(|r| weigh(&r.terms)).collect();
    let shared = shared(records, &weighed);
    let given = given(records);
    let forms = forms(records, &weighed);
    records
        .iter()
        .zip(&weighed)
        .map(|(record, terms)| {
            if record.given.is_empty() {
                select(record, terms, &shared, &given, &forms)
            } else {
                named(record)
            }
        })
        .collect()
}

/// A term together with its language.
type Key<'a> = (&'a str, &'a str);

/// Terms that are strong in two documents or more.
fn shared<'a>(records: &'a [Record], weighed: &'a [Vec<(f64, &'a Term)>]) -> HashSet<Key<'a>> {
    let mut once = HashSet::new();
    let mut twice = HashSet::new();
    for (record, terms) in records.iter().zip(weighed) {
        for (_, term) in strong(terms) {
            let key = (record.terms.lang.as_str(), term.key.as_str());
            if !once.insert(key) {
                twice.insert(key);
            }
        }
    }
    twice
}

/// Given tags by language and stems. Of two spellings the first in order of the alphabet.
pub(super) fn given(records: &[Record]) -> BTreeMap<(String, Vec<String>), String> {
    let mut out: BTreeMap<(String, Vec<String>), String> = BTreeMap::new();
    let langs: BTreeSet<&str> = records.iter().map(|r| r.terms.lang.as_str()).collect();
    for lang in langs {
        let Some(language) = Language::of(lang) else { continue };
        let tags: BTreeSet<&String> =
            records.iter().filter(|r| r.terms.lang == lang).flat_map(|r| &r.given).collect();
        for tag in tags {
            let mut key: Vec<String> = Vec::new();
            words_of_line(tag, |w| key.push(language.stemmer.stem(&w.text.to_lowercase()).into_owned()));
            let name = out.entry((lang.to_owned(), key)).or_insert_with(|| tag.clone());
            if tag < name {
                name.clone_from(tag);
            }
        }
    }
    out
}

/// One spelling for each term of the archive: the one that most documents use.
pub(super) fn forms<'a>(
    records: &'a [Record],
    weighed: &'a [Vec<(f64, &'a Term)>],
) -> HashMap<Key<'a>, &'a str> {
    let mut votes: HashMap<Key<'a>, BTreeMap<&str, u32>> = HashMap::new();
    for (record, terms) in records.iter().zip(weighed) {
        for (_, term) in strong(terms) {
            *votes.entry((&record.terms.lang, &term.key)).or_default().entry(&term.form).or_default() += 1;
        }
    }
    // Of two that are as common, the one in capitals (it comes first): some write every name in small letters.
    votes.into_iter().filter_map(|(k, v)| v.into_iter().rev().max_by_key(|f| f.1).map(|f| (k, f.0))).collect()
}

/// The derived tags of one document.
fn select(
    record: &Record,
    terms: &[(f64, &Term)],
    shared: &HashSet<Key<'_>>,
    given: &BTreeMap<(String, Vec<String>), String>,
    forms: &HashMap<Key<'_>, &str>,
) -> Vec<Tag> {
    /// What it is worth that another document has the subject too, or that an owner named it.
    const SHARED: f64 = 1.3;
    const GIVEN: f64 = 1.5;
    let most = match record.words.max(record.terms.total as usize) {
        0..TINY => 0,
        TINY..600 => 3,
        600..3_000 => 4,
        3_000..10_000 => 5,
        _ => 6,
    };
    let lang = record.terms.lang.as_str();
    let mut list: Vec<(f64, Vec<&str>, &str)> = strong(terms)
        .map(|(w, t)| {
            let key: Vec<&str> = t.key.split(' ').collect();
            let owner = given.get(&(lang.to_owned(), key.iter().map(|k| (*k).to_owned()).collect()));
            let worth = if owner.is_some() {
                GIVEN
            } else if shared.contains(&(lang, &t.key)) {
                SHARED
            } else {
                1.0
            };
            let form = forms.get(&(lang, t.key.as_str())).copied().unwrap_or(&t.form);
            (w * worth, key, owner.map_or(form, String::as_str))
        })
        .collect();
    // An owner's tag of several words fits too if each of them is strong by itself.
    let weights: HashMap<&str, f64> = strong(terms).map(|(w, t)| (t.key.as_str(), w)).collect();
    for ((_, key), name) in given.iter().filter(|((l, key), _)| l == lang && key.len() > 1) {
        let each: Option<Vec<f64>> = key.iter().map(|k| weights.get(k.as_str()).copied()).collect();
        if let Some(least) = each.and_then(|e| e.into_iter().min_by(f64::total_cmp)) {
            list.push((least * GIVEN, key.iter().map(String::as_str).collect(), name));
        }
    }
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(b.2)));
    let mut taken: Vec<&str> = Vec::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for (_, key, name) in list {
        if out.len() == most {
            break;
        }
        let again = key.iter().any(|k| taken.iter().any(|t| is_family(k, t)));
        if again || name.is_empty() || !names.insert(name.to_lowercase()) {
            continue;
        }
        taken.extend(key);
        out.push(Tag { name: name.to_owned(), derived: true });
    }
    out
}

/// True if two stems are forms of one word for a reader: `printer` and `print`.
fn is_family(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long
        || (short.chars().count() >= 4
            && long.starts_with(short)
            && long.chars().count() - short.chars().count() <= 4)
}
