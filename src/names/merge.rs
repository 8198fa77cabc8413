//! The names of all documents → one index, in which the variants of a name are one entry.
//!
//! 1. forms that differ in accents, case, hyphens, plural or a case's ending are one
//! 2. full names of persons are one where family names are equal and given names and initials agree; a form that
//!    agrees with two bearers stays by itself ([`people`](super::people))
//! 3. an acronym is the name that stands beside it, or the only one of its document that has its initials
//! 4. a family name alone is, document by document, the bearer that the document names; else the only bearer that the
//!    archive knows; else an entry of its own
//! 5. the owner's word goes before all of it
//! 6. what is left without evidence is dropped
//!
//! All by the numbers of keys; a form is compared only with the bearers of its own family name and initial, and of
//! those with a few at most.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::corpus::{Corpus, Pool, Written};
use super::owner::Owner;
use super::people::People;
use super::person::Person;
use super::spellings::Spellings;
use super::variant::{key, stems};
use super::{Kind, vocabulary};

/// All names of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// In the order in which an index lists them ([`Name::listed`]).
    pub names: Vec<Name>,
}

/// A name with everything that it was found to stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As shown.
    pub form: String,
    /// As it is sorted and listed: `Shelley, Mary`.
    pub listed: String,
    /// What it is a name of.
    pub kind: Kind,
    /// The other forms that the archive writes.
    pub variants: Vec<String>,
    /// Where it is mentioned.
    pub mentions: Mentions,
}

/// Where a name is mentioned: in the order of the documents, and in each of them in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions(Box<[At]>);

/// One mention: the document, the candidate of its record, and which of the candidate's mentions it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct At {
    document: u32,
    candidate: u32,
    mention: u32,
}

impl Mentions {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Those of each document by themselves.
    pub fn by_document(&self) -> impl Iterator<Item = Occurrences<'_>> {
        self.0.chunk_by(|a, b| a.document == b.document).map(Occurrences)
    }

    /// Those of one document, if it has any.
    pub fn in_document(&self, document: usize) -> Occurrences<'_> {
        let start = self.0.partition_point(|at| (at.document as usize) < document);
        let length = self.0[start..].partition_point(|at| at.document as usize == document);
        Occurrences(&self.0[start..start + length])
    }
}

/// The mentions of a name in one document.
#[derive(Clone, Copy, Debug)]
pub struct Occurrences<'m>(&'m [At]);

impl<'m> Occurrences<'m> {
    /// The document's index.
    pub fn document(self) -> usize {
        self.0.first().map_or(0, |at| at.document as usize)
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.0.len()
    }

    /// Candidates of the document's record, each with one of its mentions, in the order of the text.
    pub fn iter(self) -> impl Iterator<Item = (u32, u32)> + 'm {
        self.0.iter().map(|at| (at.candidate, at.mention))
    }

    /// The candidates by which the document mentions the name, each once: a text may call somebody by two names in turn
    /// all the way through.
    pub fn candidates(self) -> BTreeSet<usize> {
        self.0.iter().map(|at| at.candidate as usize).collect()
    }
}

/// What is known of the forms with one key.
pub(super) struct Form {
    /// How often they are mentioned.
    pub(super) count: usize,
    pub(super) kind: Kind,
    /// The one that is written most, and how often.
    commonest: (usize, u32),
}

/// What is known of forms, by their keys.
pub(super) struct Forms(Vec<Option<Form>>);

impl Forms {
    fn of(corpus: &Corpus) -> Forms {
        let mut by_form = vec![(0, Kind::default()); corpus.forms.len()];
        for (i, written) in corpus.written.iter().enumerate() {
            let (count, kind) = &mut by_form[written.form as usize];
            *count += corpus.mentions(i).len();
            *kind = (*kind).max(written.kind);
        }
        let mut out = Forms((0..corpus.keys.len()).map(|_| None).collect());
        for ((number, (count, kind)), &key) in (0..).zip(by_form).zip(&corpus.key_of) {
            let form = out.0[key as usize].get_or_insert(Form { count: 0, kind, commonest: (count, number) });
            form.count += count;
            form.kind = form.kind.max(kind);
            // Of two that are as common, the first in order of the alphabet.
            let text = |number: u32| corpus.forms.text(number);
            let before = (form.commonest.0, std::cmp::Reverse(text(form.commonest.1)));
            if (count, std::cmp::Reverse(text(number))) > before {
                form.commonest = (count, number);
            }
        }
        out
    }

    /// What is known of the forms with a key; nothing of a key that no document writes.
    pub(super) fn of_key(&self, key: u32) -> Option<&Form> {
        self.0[key as usize].as_ref()
    }

    /// How a key is written most.
    pub(super) fn spelling<'c>(&self, corpus: &'c Corpus, key: u32) -> &'c str {
        self.of_key(key).map_or("", |form| corpus.forms.text(form.commonest.1))
    }
}

/// For each key the entry that it belongs to, or the key that is one step nearer to it.
pub(super) struct Entries(Vec<u32>);

impl Entries {
    /// Says where a key belongs.
    pub(super) fn put(&mut self, key: u32, entry: u32) {
        self.0[key as usize] = entry;
    }

    /// The entry that a key belongs to, as far as it is known.
    pub(super) fn resolved(&self, key: u32) -> u32 {
        /// Steps from a form to its entry: inflected, short, one person's.
        const STEPS: usize = 4;
        (0..STEPS).fold(key, |at, _| self.0[at as usize])
    }
}

/// What the owner says of a key.
pub(super) struct Owned {
    /// The entry that it is put into.
    merged: Option<u32>,
    /// It is not to be taken for another's.
    pub(super) splits: bool,
    /// It is no name.
    drops: bool,
    /// It is an entry whatever the evidence.
    has: bool,
}

/// What the owner says of every key, of those, too, that only the owner writes.
fn owned(keys: &mut Pool, owner: &Owner) -> Vec<Owned> {
    let mut out = Vec::with_capacity(keys.len());
    while out.len() < keys.len() {
        let key = keys.text(out.len() as u32);
        let (splits, drops, has) = (owner.splits(key), owner.drops(key), owner.has(key));
        let merged = owner.merged(key).map(|entry| keys.number(entry));
        out.push(Owned { merged, splits, drops, has });
    }
    out
}

/// Merges the names of all documents.
pub fn merge(mut corpus: Corpus, owner: &Owner) -> Index {
    let owned = owned(&mut corpus.keys, owner);
    let corpus = &corpus;
    let forms = Forms::of(corpus);
    let mut entries = Entries((0..corpus.keys.len() as u32).collect());
    spellings(corpus, &forms, &owned, &mut entries);
    acronyms(corpus, &forms, &owned, &mut entries);
    let people = People::of(corpus, &forms, &owned, &mut entries);
    let entry_of = entry_of_each(corpus, &owned, &people, &entries);
    let mut written: Vec<u32> = (0..corpus.written.len() as u32).collect();
    written.retain(|&w| entry_of[w as usize].is_some());
    // What is written first comes first within its entry.
    written.sort_by_key(|&w| entry_of[w as usize]);
    let mut gathered: Vec<Gathered> = written
        .chunk_by(|&a, &b| entry_of[a as usize] == entry_of[b as usize])
        .filter_map(|written| Some(Gathered::of(entry_of[written[0] as usize]?, written, corpus)))
        .collect();
    gathered.sort_by_key(|g| g.entry);
    let mut names: Vec<Name> = gathered.into_iter().filter_map(|g| g.name(&people, owner)).collect();
    names.sort_by_cached_key(|n| (key(&n.listed), n.form.clone()));
    Index { names }
}

/// The entry of each form as each document means it; none of what the owner says is no name.
fn entry_of_each(corpus: &Corpus, owned: &[Owned], people: &People, entries: &Entries) -> Vec<Option<u32>> {
    let own = |key: u32| &owned[key as usize];
    let mut out = Vec::with_capacity(corpus.written.len());
    for document in corpus.documents() {
        let here = people.named_in(document.clone(), corpus, entries);
        out.extend(document.map(|written| {
            let key = corpus.key(written);
            let mut entry = entries.resolved(key);
            if corpus.written[written].kind != Kind::Title && !own(entry).has && !own(key).splits {
                entry = people.bearer(entry, &here).unwrap_or(entry);
            }
            let entry = own(key).merged.or(own(entry).merged).unwrap_or(entry);
            (!own(key).drops && !own(entry).drops).then_some(entry)
        }));
    }
    out
}

/// Plurals and cases: a form whose stem is a form, too.
fn spellings(corpus: &Corpus, forms: &Forms, owned: &[Owned], entries: &mut Entries) {
    let is_word = |key: u32| forms.of_key(key).is_some_and(|form| form.kind != Kind::Title);
    for (number, key) in corpus.keys.iter() {
        if owned[number as usize].splits || !is_word(number) {
            continue;
        }
        let known = |stem: &String| corpus.keys.known(stem).filter(|&stem| is_word(stem));
        let stem = stems(key).iter().find_map(known);
        if let Some(stem) = stem.filter(|&stem| !owned[stem as usize].splits) {
            entries.put(number, stem);
        }
    }
}

/// Acronyms that all documents that say so say the same of.
fn acronyms(corpus: &Corpus, forms: &Forms, owned: &[Owned], entries: &mut Entries) {
    let is_short = |form: &str| is_capitals(form) && !form.contains(' ');
    let short: Vec<bool> = corpus.forms.iter().map(|(_, form)| is_short(form)).collect();
    // Initials that are no key are nobody's acronym.
    let initials = |(_, form): (u32, &str)| corpus.keys.known(&initials_of(form)?);
    let initials: Vec<Option<u32>> = corpus.forms.iter().map(initials).collect();
    let mut said: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for document in corpus.documents() {
        let here = &corpus.written[document];
        let key = |written: &Written| corpus.key_of[written.form as usize];
        let mut acronyms = here.iter().filter(|w| short[w.form as usize]).peekable();
        if acronyms.peek().is_none() {
            continue;
        }
        let long = here.iter().filter(|w| w.kind != Kind::Title && !w.person);
        let mut long: Vec<(u32, u32)> =
            long.filter_map(|w| Some((initials[w.form as usize]?, key(w)))).collect();
        long.sort_unstable();
        for acronym in acronyms {
            let number = key(acronym);
            if let Some(long) = acronym.expansion {
                said.entry(number).or_default().insert(long);
                continue;
            }
            let these = &long[long.partition_point(|l| l.0 < number)..];
            let these = &these[..these.partition_point(|l| l.0 == number)];
            if !these.is_empty() {
                said.entry(number).or_default().extend(these.iter().map(|l| l.1));
            }
        }
    }
    for (short, long) in said {
        let mut long = long.into_iter();
        if let (Some(long), None) = (long.next(), long.next())
            && forms.of_key(long).is_some()
            && !owned[short as usize].splits
        {
            entries.put(short, long);
        }
    }
}

/// An entry while it is put together.
struct Gathered<'c> {
    /// Its key.
    entry: &'c str,
    number: u32,
    spellings: Spellings<'c>,
    kind: Kind,
    documents: usize,
    mentions: Mentions,
}

impl<'c> Gathered<'c> {
    /// The entry of what is written in documents, in their order.
    fn of(number: u32, written: &[u32], corpus: &'c Corpus) -> Gathered<'c> {
        let mut kind = Kind::default();
        let mut documents = 0;
        let mut mentions: Vec<At> = Vec::new();
        let mut ranked: Vec<(u32, At)> = Vec::new();
        for here in written
            .chunk_by(|&a, &b| corpus.written[a as usize].document == corpus.written[b as usize].document)
        {
            let document = corpus.written[here[0] as usize].document;
            let start = corpus.start(document);
            for &written in here {
                kind = kind.max(corpus.written[written as usize].kind);
                let at = |mention| At { document, candidate: written - start, mention };
                let ranks = corpus.mentions(written as usize).iter();
                ranked.extend((0..).zip(ranks).map(|(mention, &rank)| (rank, at(mention))));
            }
            ranked.sort_by_key(|(rank, _)| *rank);
            mentions.extend(ranked.drain(..).map(|(_, at)| at));
            documents += 1;
        }
        let spelling = |&w: &u32| {
            let form = corpus.written[w as usize].form;
            (corpus.forms.text(form), corpus.mentions(w as usize).len())
        };
        Gathered {
            entry: corpus.keys.text(number),
            number,
            spellings: Spellings::of(written.iter().map(spelling)),
            kind,
            documents,
            mentions: Mentions(mentions.into()),
        }
    }

    fn name(self, people: &People, owner: &Owner) -> Option<Name> {
        let entry = self.entry;
        let person = people.has(self.number);
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
        let form = owner.shown(entry).map_or_else(|| self.shown(person), str::to_owned);
        if !owner.has(entry) && !self.borne_out(&form, kind) {
            return None;
        }
        let listed = if kind == Kind::Person { inverted(&form) } else { without_article(&form) };
        let variants = self.spellings.others(&form);
        Some(Name { form, listed, kind, variants, mentions: self.mentions })
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
    fn shown(&self, person: bool) -> String {
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
        let long = self.spellings.iter().map(|s| s.0).find(|s| key(s) == self.entry && s.contains(' '));
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
    fn borne_out(&self, form: &str, kind: Kind) -> bool {
        /// Mentions of a given name alone, all in one document, from which it is somebody in particular, as in a tale.
        const FAMILIAR: usize = 8;
        let (words, count) = (form.split_whitespace().count(), self.mentions.count());
        match kind {
            Kind::Person if words == 1 && vocabulary::given(&key(form)) => {
                self.documents == 1 && count >= FAMILIAR
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
