//! Which full names are one person's, and whose a family name alone is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::corpus::Corpus;
use super::merge::{Entries, Forms, Owned};
use super::person::{Person, without_particles};
use super::{Kind, vocabulary};
use crate::hash::Fast;

/// Bearers of one family name and initial that a form is compared with. More are told apart by nobody.
const MOST_BEARERS: usize = 64;

/// How many times as often as all others one bearer must be named for a bare family name to be his.
const DOMINANT: usize = 4;

/// One person.
struct Bearer {
    entry: u32,
    forms: Vec<Person>,
    count: usize,
}

/// All who have one family name.
struct Family {
    bearers: Vec<Bearer>,
    /// True if the name alone may be meant for a person.
    stands_alone: bool,
    /// Whose it is where no bearer is named in full.
    default: Option<u32>,
}

/// All persons with full names, by family name.
pub(super) struct People {
    families: Vec<Family>,
    /// For each entry the family that it is a full name of.
    family_of: Vec<Option<u32>>,
    /// For each key the family that it is the name of.
    family_called: Vec<Option<u32>>,
}

/// The bearers of each family name that a document names in full, with how often.
pub(super) type Here = BTreeMap<u32, BTreeMap<u32, usize>>;

impl People {
    pub(super) fn of(corpus: &Corpus, forms: &Forms, owned: &[Owned], entries: &mut Entries) -> People {
        let is_person = |key: &u32| {
            forms.of_key(*key).is_some_and(|f| f.kind == Kind::Person) && !owned[*key as usize].splits
        };
        let taken_apart = |key: u32| Some((key, Person::of(forms.spelling(corpus, key))?));
        let keys = (0..corpus.keys.len() as u32).filter(is_person);
        let mut full: Vec<(u32, Person)> = keys.filter_map(taken_apart).collect();
        let count = |key: u32| forms.of_key(key).map_or(0, |f| f.count);
        // Whole given names before initials, the commonest first: whoever comes later joins those who are there.
        full.sort_by_cached_key(|(key, person)| {
            let whole = person.given.first().is_some_and(|g| g.chars().count() > 1);
            (!whole, Reverse(count(*key)), corpus.keys.text(*key).to_owned())
        });
        let mut by_initial: BTreeMap<(String, char), Vec<usize>> = BTreeMap::new();
        let mut bearers: Vec<Bearer> = Vec::new();
        for (key, person) in full {
            let bucket = by_initial.entry((person.family.clone(), person.initial())).or_default();
            let mut agreeing = bucket
                .iter()
                .take(MOST_BEARERS)
                .copied()
                .filter(|&b| bearers[b].forms.iter().take(MOST_BEARERS).all(|f| f.agrees(&person)));
            if let (Some(one), None) = (agreeing.next(), agreeing.next()) {
                entries.put(key, bearers[one].entry);
                bearers[one].count += count(key);
                bearers[one].forms.push(person);
            } else {
                bucket.push(bearers.len());
                bearers.push(Bearer { entry: key, count: count(key), forms: vec![person] });
            }
        }
        People::by_family(bearers, corpus, entries)
    }

    fn by_family(bearers: Vec<Bearer>, corpus: &Corpus, entries: &mut Entries) -> People {
        let mut names: HashMap<String, u32, Fast> = HashMap::default();
        let mut by_family: Vec<Vec<Bearer>> = Vec::new();
        for bearer in bearers {
            let Some(name) = bearer.forms.first().map(|p| p.family.clone()) else { continue };
            let family = *names.entry(name).or_insert(by_family.len() as u32) as usize;
            if family == by_family.len() {
                by_family.push(Vec::new());
            }
            by_family[family].push(bearer);
        }
        let mut family_of = vec![None; corpus.keys.len()];
        let mut families = Vec::with_capacity(by_family.len());
        for (number, bearers) in (0..).zip(by_family) {
            let bearers = joined(bearers, entries);
            bearers.iter().for_each(|b| family_of[b.entry as usize] = Some(number));
            families.push(Family::of(bearers));
        }
        let called = |(_, key): (u32, &str)| names.get(without_particles(key)).copied();
        People { families, family_of, family_called: corpus.keys.iter().map(called).collect() }
    }

    /// True if an entry is a person's full name.
    pub(super) fn has(&self, entry: u32) -> bool {
        self.family_of[entry as usize].is_some()
    }

    /// Whom a document names in full.
    pub(super) fn named_in(&self, document: Range<usize>, corpus: &Corpus, entries: &Entries) -> Here {
        let mut out: Here = BTreeMap::new();
        for written in document {
            let entry = entries.resolved(corpus.key(written));
            if let Some(family) = self.family_of[entry as usize] {
                *out.entry(family).or_default().entry(entry).or_default() += corpus.mentions(written).len();
            }
        }
        out
    }

    /// Whose a bare family name is in a document that names these in full.
    pub(super) fn bearer(&self, name: u32, here: &Here) -> Option<u32> {
        let number = self.family_called[name as usize]?;
        let family = &self.families[number as usize];
        if !family.stands_alone {
            return None;
        }
        let Some(named) = here.get(&number) else { return family.default };
        // Where the document's own naming does not decide it, the archive's may.
        let inside = dominant(named.iter().map(|(entry, count)| (*entry, *count)));
        let known = family.bearers.iter().filter(|b| named.contains_key(&b.entry));
        inside.or_else(|| dominant(known.map(|b| (b.entry, b.count))))
    }
}

impl Family {
    fn of(bearers: Vec<Bearer>) -> Family {
        let mut first = bearers.iter().filter_map(|b| b.forms.first());
        let is_common = first.clone().any(|p| vocabulary::common_family(&p.family));
        let default = dominant(bearers.iter().map(|b| (b.entry, b.count))).filter(|_| !is_common);
        Family { stands_alone: first.all(Person::stands_alone), default, bearers }
    }
}

/// The bearers of one family name, in which who is called by a further given name is the only one who has it.
fn joined(bearers: Vec<Bearer>, entries: &mut Entries) -> Vec<Bearer> {
    if bearers.len() < 2 || bearers.len() > MOST_BEARERS {
        return bearers;
    }
    let joins = |b: &Bearer| {
        let [form] = b.forms.as_slice() else { return None };
        let is_called = |other: &&Bearer| other.forms.iter().any(|f| form.is_called_by_a_further_name(f));
        let mut others = bearers.iter().filter(|o| o.entry != b.entry).filter(is_called);
        let one = others.next().map(|o| o.entry);
        one.filter(|_| others.next().is_none())
    };
    let joined: Vec<(u32, u32, usize)> =
        bearers.iter().filter_map(|b| Some((b.entry, joins(b)?, b.count))).collect();
    let mut left = bearers;
    for (from, to, count) in joined {
        left.retain(|b| b.entry != from);
        if let Some(to) = left.iter_mut().find(|b| b.entry == to) {
            to.count += count;
        }
        entries.put(from, to);
    }
    left
}

/// The one that is named far more often than all others together.
fn dominant(named: impl Iterator<Item = (u32, usize)>) -> Option<u32> {
    let mut all = 0;
    let mut best = (None, 0);
    for (entry, count) in named {
        all += count;
        if count > best.1 {
            best = (Some(entry), count);
        }
    }
    best.0.filter(|_| best.1 >= (all - best.1) * DOMINANT)
}
