//! What a way of writing explains of a document, and whether that is enough to be believed.

use std::collections::HashSet;

use super::{Pair, Problem, SOLID, Way};
use crate::notes::{Label, Sign, doubt, head, marker};

/// What a pair weighs that no other sign in the text could explain.
const BEYOND_DOUBT: f32 = 2.5;
/// What markers weigh on average, at least, that could be numbers of an enumeration as well.
const MIDDLING: f32 = 1.0;
/// Notes that count on, at least, in a series of them that is no enumeration.
const LONG_SERIES: f32 = 8.0;

/// What a way of writing is worth for this document: `None` if it explains too little to be believed.
pub(super) fn worth(problem: &Problem, way: Way, before: &[Way], chain: &[Pair]) -> Option<f32> {
    let Problem { markers, heads, .. } = *problem;
    if chain.is_empty() {
        return None;
    }
    let rank = |p: &Pair| problem.rank(p);
    let total: f32 = chain.iter().map(|p| p.gain.max(0.0)).sum();
    let counted = chain.windows(2).filter(|w| rank(&w[0]) + 1 == rank(&w[1])).count() as f32;
    let firsts = chain.iter().filter(|p| rank(p) == 1).count() as f32;
    let ordered = doubt::ordered(problem, chain);
    let weight = chain.iter().map(|p| markers[p.marker].weight).sum::<f32>() / chain.len() as f32;
    let strongest = chain.iter().map(|p| markers[p.marker].weight).fold(0.0, f32::max);
    let whole = explains_all(problem, way, chain);
    let needs = if whole { way.needs / 2.0 } else { way.needs };
    // Works are referred to in any order, but the list of them is whole.
    let works = way.markers == [Sign::Bracket] && way.heads == [Sign::Bracket] && refers_to_list(problem);
    // Names have no order; nor has a single note, which must be beyond doubt.
    let names = whole && chain.iter().all(|p| heads[p.head].label.is_name());
    let single = chain.len() == 1 && chain[0].gain >= BEYOND_DOUBT;
    let disordered = total + counted < needs || ordered < 0.4 && !names && !single;
    if disordered && !works || strongest < 1.5 && counted < 2.0 {
        return None;
    }
    let (marker, head) = (way.markers[0], way.heads[0]);
    // Bullets, numbered lists and cross references look like notes too, but few of them have a marker.
    let heads_like =
        heads.iter().filter(|c| c.sign == head && (c.weight >= 0.8 || head == Sign::Symbol)).count();
    let glued = head == Sign::Paren && weight >= 2.2;
    // An enumeration seldom counts on for long.
    let believed = weight >= 1.3 || whole || weight >= MIDDLING && counted >= LONG_SERIES;
    let weak = chain.len() * 2 < heads_like && !glued || !believed;
    if matches!(head, Sign::Symbol | Sign::Paren) && weak {
        return None;
    }
    // A list that the text refers to in its own brackets is no list for bare figures; one such label is an accident.
    let bare = head == Sign::Bracket && way.markers.contains(&Sign::Bare);
    if bare && said_in_brackets(markers, heads).len() > 1 {
        return None;
    }
    // Nor are notes in parentheses to which most labels point in parentheses a series for brackets.
    if (marker, head) == (Sign::Bracket, Sign::Paren)
        && said_in_parentheses(markers, heads, chain) * 2 > chain.len()
    {
        return None;
    }
    let long_runs = counted >= 2.0 * firsts.max(1.0);
    let lists = match (marker, head) {
        (Sign::Paren | Sign::Bracket, Sign::Dotted | Sign::Bare) => {
            !(long_runs || whole && (weight >= 1.5 || titled(heads, chain)))
        }
        (_, Sign::Dotted) if way.markers.contains(&Sign::Bare) => !long_runs && weight < 1.6,
        _ => false,
    };
    if lists {
        return None;
    }
    // Numbers that have their notes already need no second explanation, unless it is as good as the first.
    let other_series = marker == Sign::Symbol || before.iter().all(|w| w.markers[0] == Sign::Symbol);
    let as_good = ordered >= 0.8
        && weight >= 1.8
        && total + counted >= 12.0
        && !way.markers.contains(&Sign::Bare)
        && head != Sign::Dotted;
    // Notes at the feet of pages besides a list of works at the end are two series.
    let beside_works = before.iter().all(|w| w.markers == [Sign::Bracket] || w.markers[0] == Sign::Symbol)
        && way.markers == [Sign::Bare]
        && way.heads == [Sign::Bare]
        && ordered >= 0.6
        && weight >= 2.5
        && at_feet(problem, chain);
    (other_series || as_good || works || beside_works).then_some((total + counted) * way.trust)
}

/// True if form feeds show that all these markers share their note's page.
fn at_feet(problem: &Problem, chain: &[Pair]) -> bool {
    let pages = problem.layout.pages();
    problem.layout.feeds && chain.iter().all(|p| problem.share(&pages, p))
}

/// The labels of lists in brackets that stand in brackets in the text as well, as references to a list of works do.
fn said_in_brackets<'a>(markers: &'a [marker::Candidate], heads: &[head::Candidate]) -> HashSet<&'a Label> {
    let bracketed = |h: &&head::Candidate| h.sign == Sign::Bracket && h.weight >= SOLID;
    let opens: HashSet<u32> = heads.iter().filter(bracketed).map(|h| h.span.start).collect();
    let listed: HashSet<&Label> = heads.iter().filter(bracketed).map(|h| &h.label).collect();
    let said =
        |m: &&marker::Candidate| m.sign == Sign::Bracket && m.weight >= 1.5 && !opens.contains(&m.span.start);
    markers.iter().filter(said).map(|m| &m.label).filter(|l| listed.contains(l)).collect()
}

/// How many of these notes have a label that stands in parentheses in the text as well.
fn said_in_parentheses(markers: &[marker::Candidate], heads: &[head::Candidate], chain: &[Pair]) -> usize {
    let opens: HashSet<u32> = heads.iter().map(|h| h.span.start).collect();
    let said =
        |m: &&marker::Candidate| m.sign == Sign::Paren && m.weight >= 1.5 && !opens.contains(&m.span.start);
    let said: HashSet<&Label> = markers.iter().filter(said).map(|m| &m.label).collect();
    chain.iter().filter(|p| said.contains(&heads[p.head].label)).count()
}

/// True if there is one list in brackets, counted from 1 without a gap, and the text before refers to most of it.
fn refers_to_list(problem: &Problem) -> bool {
    /// Entries of the shortest list.
    const FEWEST: usize = 3;
    let Problem { markers, heads, .. } = *problem;
    let list: Vec<&head::Candidate> =
        heads.iter().filter(|h| h.sign == Sign::Bracket && h.weight >= SOLID).collect();
    let counts = list.iter().zip(1..).all(|(h, n)| h.label.number() == Some(n));
    let first = list.first().map_or(0, |h| h.span.start);
    let before = markers.partition_point(|m| m.span.start < first);
    let said = said_in_brackets(&markers[..before], heads).len();
    list.len() >= FEWEST && counts && said * 3 >= list.len() * 2
}

/// True if all these notes stand under headings for notes.
fn titled(heads: &[head::Candidate], chain: &[Pair]) -> bool {
    chain.iter().all(|p| heads[p.head].traits.titled)
}

/// True if nearly every sign of the one kind has its note, and nearly every head of the other its sign: lists and cross
/// references never come out so even.
fn explains_all(problem: &Problem, way: Way, chain: &[Pair]) -> bool {
    /// Fewest pairs that are no accident: in any list, and in one under a heading for notes.
    const FEWEST: (usize, usize) = (4, 2);
    let Problem { markers, heads, .. } = *problem;
    let fewest = if titled(heads, chain) { FEWEST.1 } else { FEWEST.0 };
    let opens: HashSet<u32> = heads.iter().map(|h| h.span.start).collect();
    let in_series = |label: &Label| label.rank().is_some() || label.is_name();
    let signs = markers
        .iter()
        .filter(|m| way.marks(m) && in_series(&m.label) && m.weight >= 0.25)
        .filter(|m| !opens.contains(&m.span.start))
        .count();
    let notes = heads.iter().filter(|h| way.heads(h) && in_series(&h.label) && h.weight >= 0.5).count();
    chain.len() >= fewest && chain.len() * 10 >= signs.max(notes) * 9
}
