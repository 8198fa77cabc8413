//! The records of all documents → one index, in which the variants of a name are one entry.
//!
//! 1. forms that differ in accents, case, hyphens, plural or a case's ending are one
//! 2. full names of persons are one where family names are equal and given names and initials agree; a form that
//!    agrees with two bearers stays by itself
//! 3. an acronym is the name that stands beside it, or the only one of its document that has its initials
//! 4. a family name alone is, document by document, the bearer that the document names; else the only bearer that the
//!    archive knows; else an entry of its own
//! 5. the owner's word goes before all of it
//! 6. what is left without evidence is dropped
//!
//! All by sorted maps over keys; a form is compared only with the bearers of its own family name and initial, and of
//! those with [`MOST_BEARERS`] at most.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::owner::Owner;
use super::person::{Person, without_particles};
use super::spellings::Spellings;
use super::variant::{key, stems};
use super::{Kind, Record, vocabulary};
use crate::hash::Fast;

/// Bearers of one family name and initial that a form is compared with. More are told apart by nobody.
const MOST_BEARERS: usize = 64;

/// How many times as often as all others one bearer must be named for a bare family name to be his.
const DOMINANT: usize = 4;

/// All names of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// In the order in which an index lists them ([`Name::listed`]).
    pub names: Vec<Name>,
}

/// A name with everything that it was found to stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// As shown.
    pub form: String,
    /// As it is sorted and listed: `Shelley, Mary`.
    pub listed: String,
    /// What it is a name of.
    pub kind: Kind,
    /// The other forms that the archive writes.
    pub variants: Vec<String>,
    /// Documents, each with where in its record the name is mentioned, in the order of the text.
    pub documents: Vec<Occurrences>,
}

impl Name {
    /// How often it is mentioned.
    pub fn mentions(&self) -> usize {
        self.documents.iter().map(|d| d.mentions.len()).sum()
    }
}

/// A name in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrences {
    /// The document's index.
    pub document: usize,
    /// Candidates and mentions of its record, in the order of the text.
    pub mentions: Vec<(u32, u32)>,
}

impl Occurrences {
    /// The candidates by which the document mentions the name; one may come again.
    pub fn candidates(&self) -> impl Iterator<Item = usize> {
        self.mentions.chunk_by(|a, b| a.0 == b.0).map(|mentions| mentions[0].0 as usize)
    }
}

/// Forms by their keys. No order of such a map is ever seen.
type Forms = HashMap<String, Form, Fast>;

/// The entry of a form, or the form that is one step nearer to it.
type Entries = HashMap<String, String, Fast>;

/// What is known of a form.
#[derive(Clone, Debug, Default)]
struct Form {
    /// Spellings with how often each comes.
    spellings: Spellings,
    count: usize,
    kind: Kind,
    person: bool,
}

/// Merges the records, in the order of the documents.
pub fn merge(records: &[&Record], owner: &Owner) -> Index {
    let keys: Vec<Vec<String>> =
        records.iter().map(|r| r.names.iter().map(|c| key(&c.form)).collect()).collect();
    let forms = forms(records, &keys);
    let mut entry_of = Entries::default();
    spellings(&forms, owner, &mut entry_of);
    acronyms(records, &forms, owner, &mut entry_of);
    let people = People::of(&forms, owner, &mut entry_of);
    let mut entries: HashMap<String, Gathered, Fast> = HashMap::default();
    for (document, (record, keys)) in records.iter().zip(&keys).enumerate() {
        let here = people.named_in(record, keys, &entry_of);
        for (c, (candidate, form)) in record.names.iter().zip(keys).enumerate() {
            let mut entry = resolved(&entry_of, form).to_owned();
            if candidate.kind != Kind::Title && !owner.has(&entry) && !owner.splits(form) {
                entry = people.bearer(&entry, &here).unwrap_or(entry);
            }
            let entry = owner.merged(form).or_else(|| owner.merged(&entry)).map_or(entry, str::to_owned);
            if owner.drops(form) || owner.drops(&entry) {
                continue;
            }
            let gathered = entries.entry(entry).or_default();
            gathered.spellings.add(&candidate.form, candidate.mentions.len());
            gathered.kind = gathered.kind.max(candidate.kind);
            gathered.person |= candidate.person;
            if gathered.documents.last().is_none_or(|last| last.0 != document) {
                gathered.documents.push((document, Vec::new()));
            }
            let Some((_, mentions)) = gathered.documents.last_mut() else { continue };
            mentions.extend((0..candidate.mentions.len()).map(|m| (c as u32, m as u32)));
        }
    }
    let mut entries: Vec<(String, Gathered)> = entries.into_iter().collect();
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut names: Vec<Name> = entries
        .into_iter()
        .filter_map(|(entry, gathered)| gathered.name(&entry, &people, owner, records))
        .collect();
    names.sort_by_cached_key(|n| (key(&n.listed), n.form.clone()));
    Index { names }
}

fn forms(records: &[&Record], keys: &[Vec<String>]) -> Forms {
    let mut out = Forms::default();
    for (candidate, key) in records.iter().flat_map(|r| &r.names).zip(keys.iter().flatten()) {
        let form = match out.get_mut(key) {
            Some(known) => known,
            None => out.entry(key.clone()).or_default(),
        };
        form.spellings.add(&candidate.form, candidate.mentions.len());
        form.count += candidate.mentions.len();
        form.kind = form.kind.max(candidate.kind);
        form.person |= candidate.person;
    }
    out
}

/// The entry that a form belongs to, as far as it is known.
fn resolved<'a>(entry_of: &'a Entries, form: &'a str) -> &'a str {
    /// Steps from a form to its entry: inflected, short, one person's.
    const STEPS: usize = 4;
    let mut at = form;
    for _ in 0..STEPS {
        match entry_of.get(at) {
            Some(next) if next != at => at = next,
            _ => break,
        }
    }
    at
}

/// Plurals and cases: a form whose stem is a form, too.
fn spellings(forms: &Forms, owner: &Owner, entry_of: &mut Entries) {
    for (form, known) in forms {
        if owner.splits(form) || known.kind == Kind::Title {
            continue;
        }
        let stem = stems(form).into_iter().find(|s| forms.get(s).is_some_and(|f| f.kind != Kind::Title));
        if let Some(stem) = stem.filter(|s| !owner.splits(s)) {
            entry_of.insert(form.clone(), stem);
        }
    }
}

/// Acronyms that all documents that say so say the same of.
fn acronyms(records: &[&Record], forms: &Forms, owner: &Owner, entry_of: &mut Entries) {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in records {
        let mut initials: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for candidate in record.names.iter().filter(|c| c.kind != Kind::Title && !c.person) {
            if let Some(letters) = initials_of(&candidate.form) {
                initials.entry(letters).or_default().insert(key(&candidate.form));
            }
        }
        for candidate in record.names.iter().filter(|c| is_capitals(&c.form) && !c.form.contains(' ')) {
            let short = key(&candidate.form);
            if let Some(long) = &candidate.expansion {
                said.entry(short).or_default().insert(key(long));
            } else if let Some(longs) = initials.get(&short) {
                said.entry(short).or_default().extend(longs.iter().cloned());
            }
        }
    }
    for (short, long) in said {
        let mut long = long.into_iter();
        if let (Some(long), None) = (long.next(), long.next())
            && forms.contains_key(&long)
            && !owner.splits(&short)
        {
            entry_of.insert(short, long);
        }
    }
}

/// One person.
struct Bearer {
    entry: String,
    forms: Vec<Person>,
    count: usize,
}

/// All persons with full names, by family name.
struct People {
    bearers: BTreeMap<String, Vec<Bearer>>,
    /// Entry → family name.
    family_of: HashMap<String, String, Fast>,
}

/// The bearers of each family name that a document names in full, with how often.
type Here = BTreeMap<String, BTreeMap<String, usize>>;

impl People {
    fn of(forms: &Forms, owner: &Owner, entry_of: &mut Entries) -> People {
        let mut full: Vec<(&String, &Form, Person)> = forms
            .iter()
            .filter(|(form, f)| f.kind == Kind::Person && !owner.splits(form))
            .filter_map(|(key, f)| Some((key, f, Person::of(f.spelling())?)))
            .collect();
        // Whole given names before initials, the commonest first: whoever comes later joins those who are there.
        full.sort_by_key(|(form, f, person)| {
            let whole = person.given.first().is_some_and(|g| g.chars().count() > 1);
            (!whole, std::cmp::Reverse(f.count), (*form).clone())
        });
        let mut by_initial: BTreeMap<(String, char), Vec<usize>> = BTreeMap::new();
        let mut bearers: Vec<Bearer> = Vec::new();
        for (form, known, person) in full {
            let bucket = by_initial.entry((person.family.clone(), person.initial())).or_default();
            let mut agreeing = bucket
                .iter()
                .take(MOST_BEARERS)
                .copied()
                .filter(|&b| bearers[b].forms.iter().take(MOST_BEARERS).all(|f| f.agrees(&person)));
            if let (Some(one), None) = (agreeing.next(), agreeing.next()) {
                entry_of.insert(form.clone(), bearers[one].entry.clone());
                bearers[one].count += known.count;
                bearers[one].forms.push(person);
            } else {
                bucket.push(bearers.len());
                bearers.push(Bearer { entry: form.clone(), count: known.count, forms: vec![person] });
            }
        }
        let mut by_family: BTreeMap<String, Vec<Bearer>> = BTreeMap::new();
        for bearer in bearers {
            let Some(family) = bearer.forms.first().map(|p| p.family.clone()) else { continue };
            by_family.entry(family).or_default().push(bearer);
        }
        let mut out = People { bearers: BTreeMap::new(), family_of: HashMap::default() };
        for (family, bearers) in by_family {
            let bearers = joined(bearers, entry_of);
            for bearer in &bearers {
                out.family_of.insert(bearer.entry.clone(), family.clone());
            }
            out.bearers.insert(family, bearers);
        }
        out
    }

    fn named_in(&self, record: &Record, keys: &[String], entry_of: &Entries) -> Here {
        let mut out: Here = BTreeMap::new();
        for (candidate, form) in record.names.iter().zip(keys) {
            let entry = resolved(entry_of, form);
            if let Some(family) = self.family_of.get(entry) {
                *out.entry(family.clone()).or_default().entry(entry.to_owned()).or_default() +=
                    candidate.mentions.len();
            }
        }
        out
    }

    /// Whose a bare family name is in a document that names these in full.
    fn bearer(&self, family: &str, here: &Here) -> Option<String> {
        let family = without_particles(family);
        let known = self.bearers.get(family)?;
        if !known.iter().flat_map(|b| b.forms.first()).all(Person::stands_alone) {
            return None;
        }
        if let Some(named) = here.get(family) {
            // Where the document's own naming does not decide it, the archive's may.
            let inside = dominant(named.iter().map(|(entry, count)| (entry.as_str(), *count)));
            let known = known.iter().filter(|b| named.contains_key(&b.entry));
            return inside.or_else(|| dominant(known.map(|b| (b.entry.as_str(), b.count))));
        }
        if vocabulary::common_family(family) {
            return None;
        }
        dominant(known.iter().map(|b| (b.entry.as_str(), b.count)))
    }
}

/// The bearers of one family name, in which who is called by a further given name is the only one who has it.
fn joined(bearers: Vec<Bearer>, entry_of: &mut Entries) -> Vec<Bearer> {
    if bearers.len() < 2 || bearers.len() > MOST_BEARERS {
        return bearers;
    }
    let joins = |b: &Bearer| {
        let [form] = b.forms.as_slice() else { return None };
        let is_called = |other: &&Bearer| other.forms.iter().any(|f| form.is_called_by_a_further_name(f));
        let mut others = bearers.iter().filter(|o| o.entry != b.entry).filter(is_called);
        let one = others.next().map(|o| o.entry.clone());
        one.filter(|_| others.next().is_none())
    };
    let joined: Vec<(String, String, usize)> =
        bearers.iter().filter_map(|b| Some((b.entry.clone(), joins(b)?, b.count))).collect();
    let mut left = bearers;
    for (from, to, count) in joined {
        left.retain(|b| b.entry != from);
        if let Some(to) = left.iter_mut().find(|b| b.entry == to) {
            to.count += count;
        }
        entry_of.insert(from, to);
    }
    left
}

/// The one that is named far more often than all others together.
fn dominant<'a>(named: impl Iterator<Item = (&'a str, usize)>) -> Option<String> {
    let mut all = 0;
    let mut best = ("", 0);
    for (entry, count) in named {
        all += count;
        if count > best.1 {
            best = (entry, count);
        }
    }
    (best.1 > 0 && best.1 >= (all - best.1) * DOMINANT).then(|| best.0.to_owned())
}

impl Form {
    fn spelling(&self) -> &str {
        self.spellings.commonest()
    }
}

/// An entry while it is put together.
#[derive(Default)]
struct Gathered {
    spellings: Spellings,
    kind: Kind,
    person: bool,
    /// In order.
    documents: Vec<(usize, Vec<(u32, u32)>)>,
}

impl Gathered {
    fn name(self, entry: &str, people: &People, owner: &Owner, records: &[&Record]) -> Option<Name> {
        let count: usize = self.documents.iter().map(|d| d.1.len()).sum();
        let person = people.family_of.contains_key(entry);
        let shortened =
            self.spellings.iter().any(|(s, _)| is_capitals(s) && !s.contains(' ') && key(s) != entry);
        let found = match self.kind {
            _ if person => Kind::Person,
            Kind::Subject | Kind::Title if shortened => Kind::Organisation,
            kind => kind,
        };
        let found = match found {
            Kind::Person if !person && self.is_of_several() => Kind::Subject,
            kind => kind,
        };
        let kind = owner.kind(entry).unwrap_or(found);
        let form = owner.shown(entry).map_or_else(|| self.shown(entry, person), str::to_owned);
        if !owner.has(entry) && !self.borne_out(&form, kind, count) {
            return None;
        }
        let listed = if kind == Kind::Person { inverted(&form) } else { without_article(&form) };
        let variants = self.spellings.others(&form);
        let documents = self.documents.into_iter().map(|(document, mut mentions)| {
            let record = &records[document];
            mentions.sort_by_key(|&(c, m)| record.names[c as usize].mentions[m as usize].passage.order());
            Occurrences { document, mentions }
        });
        Some(Name { form, listed, kind, variants, documents: documents.collect() })
    }

    /// True if it is what several are called, `Templar` and `Templars`: both are written more than now and then.
    fn is_of_several(&self) -> bool {
        const SHARE: usize = 10;
        let all = self.spellings.all();
        let plural = |(form, one): (&str, usize)| {
            let many = self.spellings.get(&[form, "s"].concat()).unwrap_or_default();
            let least = if vocabulary::given(&key(form)) { all / 2 } else { all / SHARE };
            !form.contains(' ') && many > least && one > all / SHARE
        };
        self.spellings.iter().any(plural)
    }

    /// The form to show: of a person the commonest full one, with the given name written out where it can be.
    fn shown(&self, entry: &str, person: bool) -> String {
        let fits = |whole: bool| {
            let forms = self.spellings.iter().filter(|(form, _)| {
                let parts = Person::of(form);
                parts.is_some_and(|p| !whole || p.given[0].chars().count() > 1)
            });
            let best = forms.max_by_key(|(form, count)| {
                (*count, form.split_whitespace().count(), std::cmp::Reverse(*form))
            });
            best.map(|b| b.0.to_owned())
        };
        let full = if person { fits(true).or_else(|| fits(false)) } else { None };
        if let Some(full) = full {
            return full;
        }
        // What an acronym stands for, with the acronym.
        let long = self.spellings.iter().map(|s| s.0).find(|s| key(s) == entry && s.contains(' '));
        let short = self.spellings.iter().map(|s| s.0).find(|s| !s.contains(' ') && is_capitals(s));
        if let (Some(long), Some(short)) = (long, short) {
            return [long, " (", short, ")"].concat();
        }
        // Of peoples and followers the plural is what an index has.
        let commonest = self.spellings.commonest();
        let plural = [commonest, "s"].concat();
        if self.kind == Kind::Subject && self.spellings.get(&plural).is_some() {
            return plural;
        }
        commonest.to_owned()
    }

    /// True if there is enough to say that it is a name that a reader would look up.
    fn borne_out(&self, form: &str, kind: Kind, count: usize) -> bool {
        /// Mentions of a given name alone, all in one document, from which it is somebody in particular, as in a tale.
        const FAMILIAR: usize = 8;
        let words = form.split_whitespace().count();
        match kind {
            Kind::Person if words == 1 && vocabulary::given(&key(form)) => {
                self.documents.len() == 1 && count >= FAMILIAR
            }
            Kind::Person => words > 1 || count > 1,
            Kind::Title | Kind::Organisation | Kind::Event | Kind::Place => true,
            Kind::Doctrine => count > 1,
            Kind::Subject => count > 1,
        }
    }
}

/// The initials of a name of at least three words, a numeral as it stands.
fn initials_of(form: &str) -> Option<String> {
    let words = || form.split_whitespace().filter(|w| w.chars().next().is_some_and(char::is_uppercase));
    let letters = words().map(|w| if is_capitals(w) { key(w) } else { key(w).chars().take(1).collect() });
    (words().count() > 2).then(|| letters.collect())
}

fn is_capitals(form: &str) -> bool {
    form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// `Mary Shelley` → `Shelley, Mary`; particles stay with the given names, as English indexes have it.
fn inverted(form: &str) -> String {
    let words: Vec<&str> = form.split_whitespace().collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => {
            if matches!(last.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") && before.len() > 1 {
                let (family, given) = (before[before.len() - 1], &before[..before.len() - 1]);
                return [family, ", ", &given.join(" "), ", ", last].concat();
            }
            [last, ", ", &before.join(" ")].concat()
        }
        _ => form.to_owned(),
    }
}

/// `The Time Machine` → `Time Machine, The`
fn without_article(form: &str) -> String {
    match form.split_once(' ') {
        Some((article @ ("The" | "A" | "An"), rest)) => [rest, ", ", article].concat(),
        _ => form.to_owned(),
    }
}
