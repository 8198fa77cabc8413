//! Descriptions of works → works.
//!
//! Descriptions with one surname and one main title are a group. In it, a description joins the one work that it agrees
//! with; where several come into question it stays by itself. Those that say the most come first.

use std::collections::BTreeMap;

use crate::cite::{Description, TitleKey, arabic, same_person};
use crate::fold;

/// What descriptions became.
pub struct Merged {
    /// The works.
    pub works: Vec<Description>,
    /// The work of each description.
    pub of: Vec<usize>,
    /// Works that are editions of one.
    pub editions: Vec<Vec<usize>>,
}

/// Works of one group that a description is compared with. A group of more is one of headings, not of works.
const COMPARED: usize = 48;

/// A work of a group while it grows.
struct Grown {
    title: TitleKey,
    description: Description,
    members: Vec<usize>,
    /// From the owner: what it says goes before what documents say.
    given: bool,
}

/// All that tells works of one group apart: subtitle, year, volume, given name.
type Signature = (Vec<String>, Option<String>, Option<String>, String);

/// Brings descriptions together. Of `given`, only what agrees with a work that is cited matters.
pub fn merge(said: &[&Description], given: &[Description]) -> Merged {
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    let all = |i: usize| if i < said.len() { said[i] } else { &given[i - said.len()] };
    let titles: Vec<TitleKey> = (0..said.len() + given.len()).map(|i| TitleKey::of(&all(i).title)).collect();
    for (i, title) in titles.iter().enumerate() {
        let who = all(i).makers().first().map_or(String::new(), |n| fold::key(&n.family));
        groups.entry((who, title.key())).or_default().push(i);
    }
    let mut out = Merged { works: Vec::new(), of: vec![usize::MAX; said.len()], editions: Vec::new() };
    for ((who, _), mut members) in groups {
        if members.iter().all(|&i| i >= said.len()) {
            continue;
        }
        members.sort_by_key(|&i| (i < said.len(), std::cmp::Reverse(weight(all(i))), i));
        let mut grown: Vec<Grown> = Vec::new();
        let mut exact: BTreeMap<Signature, usize> = BTreeMap::new();
        for i in members {
            let d = all(i);
            // What says the same in all that tells works apart needs no comparing.
            let first = d.makers().first().map_or(String::new(), |n| fold::key(&n.given));
            let signature = (titles[i].sub.clone(), d.year.clone(), volume(d, &titles[i]), first);
            let nameless = who.is_empty() && titles[i].main.len() < 2;
            let place = match exact.get(&signature).filter(|_| !nameless) {
                Some(&g) => Some(g),
                None if nameless => None,
                None => {
                    let mut fits =
                        (0..grown.len().min(COMPARED)).filter(|&g| agrees(&grown[g], d, &titles[i]));
                    match (fits.next(), fits.next()) {
                        (Some(one), None) => Some(one),
                        _ => None,
                    }
                }
            };
            let g = place.unwrap_or(grown.len());
            match place {
                Some(g) => {
                    let own = &mut grown[g];
                    own.description.enrich(d);
                    if own.given {
                        restore(&mut own.description, own.members[0], all);
                    }
                    own.title = TitleKey::of(&own.description.title);
                    own.members.push(i);
                }
                None => grown.push(Grown {
                    title: titles[i].clone(),
                    description: d.clone(),
                    members: vec![i],
                    given: i >= said.len(),
                }),
            }
            exact.entry(signature).or_insert(g);
        }
        let first = out.works.len();
        for own in grown {
            let mut cited = own.members.iter().filter(|&&i| i < said.len()).peekable();
            if cited.peek().is_none() {
                continue;
            }
            cited.for_each(|&i| out.of[i] = out.works.len());
            out.works.push(own.description);
        }
        editions(&mut out, first, who.is_empty());
    }
    out
}

/// The works of one group that may be editions of one: nobody with another given name made them.
fn editions(out: &mut Merged, first: usize, nameless: bool) {
    let group: Vec<usize> = (first..out.works.len()).collect();
    if nameless || group.len() < 2 || group.len() > COMPARED {
        return;
    }
    let person = |w: usize| out.works[w].makers().first();
    let title = |w: usize| TitleKey::of(&out.works[w].title);
    let lead = person(first).cloned();
    let same: Vec<usize> = group
        .into_iter()
        .filter(|&w| match (&lead, person(w)) {
            (Some(a), Some(b)) => same_person(a, b) && title(first).agrees(&title(w)),
            _ => false,
        })
        .collect();
    if same.len() > 1 {
        out.editions.push(same);
    }
}

/// What the owner says stands against all that documents say.
fn restore<'a>(merged: &mut Description, owner: usize, all: impl Fn(usize) -> &'a Description) {
    let own = all(owner);
    let said = std::mem::replace(merged, own.clone());
    let title = own.title.clone();
    merged.enrich(&said);
    merged.title = title;
    if !own.authors.is_empty() {
        merged.authors.clone_from(&own.authors);
        merged.et_al = own.et_al;
    }
    if !own.editors.is_empty() {
        merged.editors.clone_from(&own.editors);
    }
    merged.kind = own.kind;
}

/// How much a description says.
fn weight(d: &Description) -> usize {
    let fields = [&d.year, &d.publisher, &d.place, &d.volume, &d.container];
    let given =
        d.makers().first().map_or(0, |n| usize::from(!n.given.is_empty()) + usize::from(n.given.len() > 3));
    2 * usize::from(d.year.is_some())
        + fields.iter().filter(|f| f.is_some()).count()
        + given
        + usize::from(d.title.contains(':'))
}

fn volume(d: &Description, title: &TitleKey) -> Option<String> {
    if d.container.is_some() {
        return None;
    }
    d.volume.as_deref().map(|v| arabic(v).unwrap_or_else(|| v.to_owned())).or_else(|| title.volume.clone())
}

fn agrees(grown: &Grown, d: &Description, title: &TitleKey) -> bool {
    let own = &grown.description;
    let conflict = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let persons = match (own.makers().first(), d.makers().first()) {
        (Some(a), Some(b)) => same_person(a, b),
        (None, None) => true,
        _ => false,
    };
    let seconds = match (own.makers().get(1), d.makers().get(1)) {
        (Some(a), Some(b)) => fold::key(&a.family) == fold::key(&b.family),
        _ => true,
    };
    persons
        && seconds
        && grown.title.agrees(title)
        && !conflict(own.year.as_deref(), d.year.as_deref())
        && !conflict(volume(own, &grown.title).as_deref(), volume(d, title).as_deref())
}
