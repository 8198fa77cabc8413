//! The works that a document cites, by the surnames and titles under which they are cited again.

use std::collections::BTreeMap;

use super::model::{Description, Name};
use super::near::Near;
use super::title::{TitleKey, arabic};
use crate::fold;

/// Works with one surname and title that are compared: more are not editions but a mistake.
const COMPARED: usize = 48;

/// Works of one document.
#[derive(Debug, Default)]
pub struct Known {
    /// What is known of each.
    pub works: Vec<Description>,
    titles: Vec<TitleKey>,
    /// When each was first cited; a work of a list at the end is known from the beginning on, but gives way.
    since: Vec<usize>,
    /// By surname and main title: what may be one work.
    same: BTreeMap<(String, String), Vec<usize>>,
    by_family: BTreeMap<String, Vec<usize>>,
    by_title: BTreeMap<String, Vec<usize>>,
    near: Near,
}

impl Known {
    /// The work that this describes; a new one if none is known that agrees. `now` counts readings.
    pub fn define(&mut self, work: &Description, now: usize) -> usize {
        let title = TitleKey::of(&work.title);
        let first = work.makers().first();
        let group = (first.map_or(String::new(), |name| fold::key(&name.family)), title.key());
        let alike = self.same.get(&group).into_iter().flatten().take(COMPARED);
        let same = alike.copied().find(|&w| self.agrees(w, work, &title));
        if let Some(w) = same {
            self.works[w].enrich(work);
            self.titles[w] = TitleKey::of(&self.works[w].title);
            self.since[w] = self.since[w].min(now);
            return w;
        }
        let w = self.works.len();
        if let Some(name) = first {
            for key in family_keys(name) {
                let known = self.by_family.entry(key.clone()).or_default();
                if known.is_empty() {
                    self.near.add(&key);
                }
                known.push(w);
            }
        }
        self.same.entry(group).or_default().push(w);
        self.by_title.entry(head(&title)).or_default().push(w);
        self.works.push(work.clone());
        self.titles.push(title);
        self.since.push(now);
        w
    }

    fn agrees(&self, w: usize, work: &Description, title: &TitleKey) -> bool {
        let known = &self.works[w];
        let firsts = match (known.makers().first(), work.makers().first()) {
            (Some(a), Some(b)) => same_person(a, b),
            (None, None) => true,
            _ => false,
        };
        let volume =
            |d: &Description, t: &TitleKey| d.volume.as_deref().and_then(arabic).or_else(|| t.volume.clone());
        let conflict =
            |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
        firsts
            && self.titles[w].agrees(title)
            && !conflict(&known.year, &work.year)
            && !(known.container.is_none() && conflict(&volume(known, &self.titles[w]), &volume(work, title)))
    }

    /// The works under this name. Those cited before `now` come before all others.
    pub fn by_name(&self, names: &[Name], et_al: bool, now: usize) -> Vec<usize> {
        let Some(first) = names.first() else { return Vec::new() };
        let Some(all) = self.by_family.get(&fold::key(&first.family)) else {
            // `Le Weir Orme`, of whom the full name does not show where the surname begins.
            let Some((given, family)) = first.family.rsplit_once(' ') else { return Vec::new() };
            let last = Name { given: given.to_owned(), family: family.to_owned() };
            return self.by_name(&[&[last], &names[1..]].concat(), et_al, now);
        };
        let fits = |&w: &usize| {
            let makers = self.works[w].makers();
            let second = match (names.get(1), makers.get(1)) {
                (Some(a), Some(b)) => fold::key(&a.family) == fold::key(&b.family),
                (Some(_), None) => self.works[w].et_al,
                (None, _) => !et_al || self.works[w].et_al || makers.len() > 1,
            };
            second && makers.first().is_some_and(|maker| same_given(maker, first))
        };
        self.prefer_earlier(all.iter().copied().filter(fits).collect(), now)
    }

    /// Those known before `now`, if there are any.
    fn prefer_earlier(&self, all: Vec<usize>, now: usize) -> Vec<usize> {
        let earlier: Vec<usize> = all.iter().copied().filter(|&w| self.since[w] <= now).collect();
        if earlier.is_empty() { all } else { earlier }
    }

    /// True if works are known under this surname.
    pub fn has_family(&self, family: &str) -> bool {
        self.by_family.contains_key(&fold::key(family))
    }

    /// The surname that this is a misspelling of.
    pub fn nearly(&self, family: &str) -> Option<&str> {
        self.near.find(&fold::key(family))
    }

    /// Of these works, those that a short title means: the ones with exactly this title, if there are any.
    pub fn titled(&self, works: &[usize], title: &str) -> Vec<usize> {
        let short = TitleKey::of(title);
        let fits: Vec<usize> =
            works.iter().copied().filter(|&w| self.titles[w].is_meant_by(&short)).collect();
        let exact: Vec<usize> = fits.iter().copied().filter(|&w| self.titles[w].main == short.main).collect();
        if exact.is_empty() { fits } else { exact }
    }

    /// The works that a title alone means: with at least two words of its own.
    pub fn by_title(&self, title: &str, now: usize) -> Vec<usize> {
        let short = TitleKey::of(title);
        if short.main.len() + short.sub.len() < 2 {
            return Vec::new();
        }
        let all = self.by_title.get(&head(&short)).cloned().unwrap_or_default();
        let fits = |&w: &usize| {
            let whole = &self.titles[w];
            let begins =
                whole.main.len() >= short.main.len() && whole.main[..short.main.len()] == short.main[..];
            whole.main == short.main || begins && short.main.len() >= 3
        };
        self.prefer_earlier(all.into_iter().filter(fits).collect(), now)
    }

    /// Of these works, those of a year. A letter behind the year tells two works apart.
    pub fn of_year(&self, works: &[usize], year: &str) -> Vec<usize> {
        let fits = |&w: &usize| {
            self.works[w].year.as_deref().is_some_and(|own| {
                own == year || own.strip_prefix(year).is_some_and(|rest| rest.len() == 1 && year.len() == 4)
            })
        };
        works.iter().copied().filter(fits).collect()
    }
}

/// The first two words of a title.
fn head(title: &TitleKey) -> String {
    title.main.iter().take(2).map(String::as_str).collect()
}

/// What a surname is looked up by: whole, without its particle, and the first of two.
fn family_keys(name: &Name) -> Vec<String> {
    let mut out = vec![fold::key(&name.family)];
    let parts: Vec<&str> = name.family.split_whitespace().collect();
    if parts.len() > 1 {
        out.extend(parts.last().map(|p| fold::key(p)));
        if parts.contains(&"y") {
            out.extend(parts.first().map(|p| fold::key(p)));
        }
    }
    out.retain(|k| !k.is_empty());
    out.sort();
    out.dedup();
    out
}

/// True if two names may be of one person: the surname is the same, and the given names do not disagree.
pub fn same_person(a: &Name, b: &Name) -> bool {
    fold::key(&a.family) == fold::key(&b.family) && same_given(a, b)
}

fn same_given(a: &Name, b: &Name) -> bool {
    // `Weir Orme` are the last words of `Nora Weir Orme`: both are her surname.
    let words =
        |name: &Name| name.given.split(' ').map(fold::key).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let (long, short) = (words(a), words(b));
    if long.ends_with(&short) || short.ends_with(&long) {
        return true;
    }
    let first = |name: &Name| -> Option<String> {
        name.given.split(['.', ' ']).next().map(fold::key).filter(|g| !g.is_empty())
    };
    match (first(a), first(b)) {
        (Some(a), Some(b)) => {
            let initial = a.chars().count() == 1 || b.chars().count() == 1;
            a == b || initial && a.chars().next() == b.chars().next()
        }
        _ => true,
    }
}
