//! Readings → citations: what each stands for, in reading order.
//!
//! 1. Works that are cited in full are known from the beginning, with the place where they first are.
//! 2. Then the readings in their order, each by what it says: a surname with a title, a year or a page; *op. cit.* by its
//!    name or by the number of the note; *ibid.* by what was cited last.
//! 3. *Ibid.* goes through another *ibid.*, but never through a note that cites several works, or none, or one that
//!    nobody knows: what was meant then is a doubt, with its candidates.

use std::collections::BTreeMap;

use super::known::Known;
use super::model::{Citation, Citations, Description, Found, Locator, Manner, Name};
use super::reading::{Reading, Strength};
use super::scan::Scanned;
use super::title::TitleKey;
use super::why::{Before, Why};
use crate::model::{Passage, Stretch};

/// A note, or the running text between two notes, with what was read in it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The stretch it lies in.
    pub stretch: Stretch,
    /// Of a note: its part and label.
    pub label: Option<(u32, String)>,
    /// Its readings, in order.
    pub readings: Vec<Scanned>,
    /// Where sources stand in it that are no works here.
    pub unread: Vec<usize>,
}

impl Unit {
    /// Running text with these readings.
    pub fn body(readings: Vec<Scanned>) -> Self {
        Unit { stretch: Stretch::Body, label: None, readings, unread: Vec::new() }
    }

    /// True if a source that is no work here stands between two bytes.
    fn hides(&self, from: usize, to: usize) -> bool {
        let first = self.unread.partition_point(|&at| at < from);
        self.unread.get(first).is_some_and(|&at| at < to)
    }
}

/// What *ibid.* looks back to.
#[derive(Clone, Debug, Default)]
struct Last {
    /// What was cited.
    work: Found<usize>,
    /// Where in it.
    locator: Option<Locator>,
    /// Where that was.
    place: Before,
    /// A source that is no work here stands there, too.
    besides: bool,
    /// The line and the group, in the running text.
    line: u32,
}

/// Resolves what was read, in reading order.
pub fn resolve(units: &[Unit]) -> Citations {
    let mut resolver = Resolver::default();
    resolver.define(units);
    for unit in units {
        match unit.stretch {
            Stretch::Body => resolver.body(unit),
            Stretch::Note(_) => resolver.note(unit),
        }
    }
    let Resolver { known, mut citations, .. } = resolver;
    citations.sort_by_key(|c| c.passage.order());
    tidy(known.works, citations)
}

/// Keeps the works that are cited, in the order in which they are.
fn tidy(works: Vec<Description>, citations: Vec<Citation>) -> Citations {
    let mut place: Vec<Option<usize>> = vec![None; works.len()];
    let mut order = Vec::new();
    for &w in citations.iter().flat_map(|c| c.work.all()) {
        if place[w].is_none() {
            place[w] = Some(order.len());
            order.push(w);
        }
    }
    let renumber =
        |citation: Citation| Citation { work: citation.work.map(|&w| place[w].unwrap_or(0)), ..citation };
    let mut citations: Vec<Citation> = citations.into_iter().map(renumber).collect();
    // It is kept for as long as the archive is built.
    citations.shrink_to_fit();
    let mut works: Vec<Option<Description>> = works.into_iter().map(Some).collect();
    let mut cited = Vec::with_capacity(order.len());
    cited.extend(order.into_iter().filter_map(|w| works[w].take()));
    Citations { works: cited, citations }
}

#[derive(Default)]
struct Resolver {
    known: Known,
    citations: Vec<Citation>,
    /// Counts readings.
    now: usize,
    /// The work that each full citation defines, by its number.
    defined: BTreeMap<usize, usize>,
    last_note: Last,
    last_group: Last,
    /// What each note cites, by part and label.
    notes: BTreeMap<(u32, String), Vec<usize>>,
}

impl Resolver {
    /// The works that are cited in full, wherever that is.
    fn define(&mut self, units: &[Unit]) {
        let mut now = 0;
        let mut listed: Vec<Name> = Vec::new();
        for scanned in units.iter().flat_map(|u| &u.readings) {
            now += 1;
            let reading = &scanned.reading;
            if reading.manner != Manner::Full || reading.strength != Strength::Defines {
                continue;
            }
            let mut work = reading.work.clone();
            if reading.same_author {
                if !scanned.listed || listed.is_empty() {
                    continue;
                }
                work.authors.clone_from(&listed);
            }
            if work.is_published() || scanned.listed || work.makers().is_empty() || work.url.is_some() {
                if scanned.listed {
                    listed.clone_from(&work.authors);
                }
                let w = self.known.define(&work, now);
                self.defined.insert(now, w);
            }
        }
    }

    fn note(&mut self, unit: &Unit) {
        let first = self.citations.len();
        let place = Before::Note(unit.label.as_ref().map(|l| l.1.clone()));
        for scanned in &unit.readings {
            self.now += 1;
            let inside = self.citations.len() > first;
            let mut last =
                if inside { self.last_of(first, Before::SameNote) } else { self.last_note.clone() };
            let behind = self.citations[first..].last().map_or(0, |c| c.passage.range.end);
            last.besides |= unit.hides(behind, scanned.reading.range.start);
            self.reading(unit, scanned, &last);
        }
        self.last_note = self.summary(first, place);
        self.last_note.besides = unit.hides(0, usize::MAX);
        if let Some(label) = &unit.label {
            let works = self.citations[first..].iter().filter_map(|c| c.work.one().copied()).collect();
            self.notes.insert(label.clone(), works);
        }
    }

    fn body(&mut self, unit: &Unit) {
        let mut first = self.citations.len();
        let mut group = None;
        for scanned in &unit.readings {
            self.now += 1;
            if group.is_some_and(|g| g != scanned.group) {
                self.last_group =
                    Last { line: self.last_group.line, ..self.summary(first, Before::Citation) };
                first = self.citations.len();
            }
            group = Some(scanned.group);
            // What another paragraph cited is too far away.
            let near = self.last_group.line == scanned.line + 1;
            let inside = self.citations.len() > first;
            let last = match (inside, near) {
                (true, _) => self.last_of(first, Before::SameParenthesis),
                (false, true) => self.last_group.clone(),
                (false, false) => Last::default(),
            };
            self.reading(unit, scanned, &last);
            self.last_group.line = scanned.line + 1;
        }
        let line = self.last_group.line;
        self.last_group = Last { line, ..self.summary(first, Before::Citation) };
    }

    /// The last citation of this note or parenthesis.
    fn last_of(&self, first: usize, place: Before) -> Last {
        match self.citations[first..].last() {
            Some(c) => Last { work: c.work.clone(), locator: c.locator.clone(), place, ..Last::default() },
            None => Last::default(),
        }
    }

    /// What a whole note or parenthesis cites: one work, or a doubt.
    fn summary(&self, first: usize, place: Before) -> Last {
        let citations = &self.citations[first..];
        let mut works: Vec<usize> = citations.iter().flat_map(|c| c.work.all().iter().copied()).collect();
        works.sort_unstable();
        works.dedup();
        let certain = !citations.is_empty() && citations.iter().all(|c| c.work.one().is_some());
        let work = match (works.as_slice(), certain) {
            (&[one], true) => Found::One(one),
            ([], _) => Found::Nothing,
            _ => Found::Several(works),
        };
        let locator = citations.last().and_then(|c| c.locator.clone());
        Last { work, locator, place, ..Last::default() }
    }

    fn reading(&mut self, unit: &Unit, scanned: &Scanned, last: &Last) {
        let reading = &scanned.reading;
        let known_only = unit.stretch == Stretch::Body && !scanned.listed;
        let answer = match reading.manner {
            Manner::Ibid => Some(Self::ibid(last)),
            Manner::Full => self.full(reading, last),
            Manner::OpCit => Some(self.said_before(unit, reading, last)),
            Manner::Short => self.short(reading),
        };
        let Some((work, manner, evidence)) = answer else { return };
        if known_only && work == Found::Nothing {
            return;
        }
        // Of more candidates than this a reader learns nothing.
        const CANDIDATES: usize = 12;
        let work = match work {
            Found::Several(mut works) => {
                works.truncate(CANDIDATES);
                Found::Several(works)
            }
            certain => certain,
        };
        let inherits = reading.manner == Manner::Ibid && reading.locator.is_none() && work.one().is_some();
        let locator = if inherits { last.locator.clone() } else { self.place(reading, &work) };
        let passage = Passage { stretch: unit.stretch, range: reading.range.clone() };
        let (words, sentence) = (scanned.words.clone(), scanned.sentence.clone());
        self.citations.push(Citation { passage, words, sentence, manner, work, locator, evidence });
    }

    /// The place in the work, once it is known whether a number is the year.
    fn place(&self, reading: &Reading, work: &Found<usize>) -> Option<Locator> {
        let Some(year) = reading.year_or_page.as_deref() else { return reading.locator.clone() };
        let own = work.one().and_then(|&w| self.known.works[w].year.as_deref());
        if own == Some(year) { None } else { reading.locator.clone() }
    }
}

/// What a reading stands for, how it says so, and why.
type Answer = (Found<usize>, Manner, Vec<Why>);

impl Resolver {
    fn ibid(last: &Last) -> Answer {
        if last.besides
            && let Found::One(work) = last.work
        {
            return (Found::Several(vec![work]), Manner::Ibid, vec![Why::Besides(last.place.clone())]);
        }
        let why = match &last.work {
            Found::One(_) => Why::As(last.place.clone()),
            Found::Several(works) if works.len() > 1 => Why::Several(last.place.clone()),
            Found::Several(_) => Why::Doubtful(last.place.clone()),
            Found::Nothing => Why::NothingBefore,
        };
        (last.work.clone(), Manner::Ibid, vec![why])
    }

    fn full(&mut self, reading: &Reading, last: &Last) -> Option<Answer> {
        if let Some(&w) = self.defined.get(&self.now) {
            return Some((Found::One(w), Manner::Full, vec![Why::InFull]));
        }
        let mut work = reading.work.clone();
        if reading.same_author && work.authors.is_empty() {
            let authors =
                last.work.one().map(|&w| self.known.works[w].authors.clone()).filter(|a| !a.is_empty());
            let Some(authors) = authors else {
                return Some((Found::Nothing, Manner::Full, vec![Why::UnknownAuthor]));
            };
            work.authors = authors;
        }
        let names = work.makers().to_vec();
        if names.is_empty() {
            let works = self.known.by_title(&work.title, self.now);
            return match works.as_slice() {
                [] => None,
                &[w] => Some((Found::One(w), Manner::Short, vec![Why::Title])),
                _ => Some((Found::Several(works), Manner::Short, vec![Why::Titles])),
            };
        }
        let (candidates, how) =
            self.candidates(&names, reading.work.et_al, reading.strength >= Strength::IfKnown);
        let mut works = self.known.titled(&candidates, &work.title);
        if let Some(year) = &work.year {
            let dated = self.known.of_year(&works, year);
            let undated = works.iter().copied().filter(|&w| self.known.works[w].year.is_none()).collect();
            works = if dated.is_empty() { undated } else { dated };
        }
        match works.as_slice() {
            &[w] => {
                let named = names.iter().any(|n| !n.given.is_empty());
                let whole =
                    named && TitleKey::of(&work.title).main == TitleKey::of(&self.known.works[w].title).main;
                if whole {
                    self.known.works[w].enrich(&work);
                }
                let manner = if whole { Manner::Full } else { Manner::Short };
                Some((Found::One(w), manner, [how, vec![Why::NameAndTitle]].concat()))
            }
            [] if reading.strength == Strength::Defines => {
                let w = self.known.define(&work, self.now);
                Some((Found::One(w), Manner::Full, vec![Why::FirstHere]))
            }
            // A work of somebody who is cited for others.
            [] if reading.strength == Strength::Refers && !candidates.is_empty() && how.is_empty() => {
                Some((Found::Nothing, Manner::Short, vec![Why::NoneInFull]))
            }
            [] => None,
            _ => Some((Found::Several(works), Manner::Short, vec![Why::TitlesOfAuthor])),
        }
    }

    /// The works of these names; if nobody is known by the first, of the one whose name it nearly is.
    fn candidates(&self, names: &[Name], et_al: bool, may_be_misspelled: bool) -> (Vec<usize>, Vec<Why>) {
        let exact = self.known.by_name(names, et_al, self.now);
        let Some(first) = names.first() else { return (exact, Vec::new()) };
        if !exact.is_empty() || !may_be_misspelled || self.known.has_family(&first.family) {
            return (exact, Vec::new());
        }
        let Some(near) = self.known.nearly(&first.family) else { return (Vec::new(), Vec::new()) };
        let mut meant = names.to_vec();
        meant[0].family = near.to_owned();
        let works = self.known.by_name(&meant, et_al, self.now);
        let shown = works
            .first()
            .and_then(|&w| self.known.works[w].makers().first())
            .map_or(near, |n| n.family.as_str());
        let why = Why::Nearly { written: first.family.clone(), known: shown.to_owned() };
        (works, vec![why])
    }

    fn said_before(&self, unit: &Unit, reading: &Reading, last: &Last) -> Answer {
        let mut names = reading.work.makers().to_vec();
        if reading.same_author && names.is_empty() {
            names = last.work.one().map(|&w| self.known.works[w].makers().to_vec()).unwrap_or_default();
        }
        let (works, mut why) = self.candidates(&names, reading.work.et_al, true);
        let cited = reading
            .note
            .as_ref()
            .zip(unit.label.as_ref())
            .and_then(|(note, own)| self.notes.get(&(own.0, note.clone())));
        let works = match cited {
            Some(cited) => {
                let there: Vec<usize> = works.iter().copied().filter(|w| cited.contains(w)).collect();
                if there.is_empty() { works } else { there }
            }
            None => works,
        };
        let found = match works.as_slice() {
            [] => Found::Nothing,
            &[w] => Found::One(w),
            _ => Found::Several(works),
        };
        why.push(match &found {
            Found::One(_) => Why::OneOfAuthor,
            Found::Several(_) => Why::SeveralOfAuthor,
            Found::Nothing => Why::NoneOfAuthor,
        });
        (found, Manner::OpCit, why)
    }

    fn short(&self, reading: &Reading) -> Option<Answer> {
        let names = reading.work.makers().to_vec();
        let (works, mut why) =
            self.candidates(&names, reading.work.et_al, reading.strength >= Strength::Refers);
        let year = reading.work.year.as_deref().or(reading.year_or_page.as_deref());
        let works = match year {
            Some(year) => {
                let dated = self.known.of_year(&works, year);
                // A page of four figures would be a rare thing: it is a year of a work that is not known.
                why.push(Why::SurnameAndYear);
                dated
            }
            None => {
                why.push(Why::Surname);
                works
            }
        };
        match works.as_slice() {
            [] if reading.strength >= Strength::Refers => {
                Some((Found::Nothing, Manner::Short, vec![Why::NoneInFull]))
            }
            [] => None,
            &[w] => Some((Found::One(w), Manner::Short, why)),
            _ => {
                why.push(Why::SeveralFit);
                Some((Found::Several(works), Manner::Short, why))
            }
        }
    }
}
