//! Which sign points to which note: decided once, for the whole document.
//!
//! For every way of writing markers ([`Sign`]) and every way of writing notes, the best set of pairs is
//! searched for that never cross: labels equal, the marker before its note, and both in one order. That
//! order is what tells a marker from a year or a list number: a pair gains when its label counts on from
//! the one before, less when it restarts, and loses when it jumps. One search covers notes at page
//! bottoms, behind paragraphs, at chapter ends and at the end of the text, restarting or not, with or
//! without headings: they differ only in how markers and notes alternate.
//!
//! [`way`] has the ways that are tried, [`possible`] the pairs that are worth looking at, a bounded number for every
//! note; [`search`] finds the best of them, and [`worth`] says what these explain.

mod possible;
mod search;
mod way;
mod worth;

pub use way::Way;

use std::collections::{HashMap, HashSet};

use self::search::heaviest;
use self::way::{MIXED, WAYS};
use self::worth::worth;
use super::{Convention, Sign, doubt, head, marker};
use crate::layout::Layout;

/// Series of notes that one document has at most, each in its own way of writing. Where thousands of labels are alike
/// every search finds some few pairs more, and there would be as many searches as notes.
const MOST_WAYS: usize = 8;
/// A head of this weight is no accident.
const SOLID: f32 = 0.8;
/// A head that weighs less is rather something else: a section's number, an entry of the contents.
const FAINT: f32 = 0.4;
/// What a pair must hold together with its neighbours to be kept.
const KEEP: f32 = 0.6;

/// A document's candidates, which are to be tied.
#[derive(Clone, Copy, Debug)]
pub struct Problem<'a> {
    /// Its lines and pages.
    pub layout: &'a Layout,
    /// What could be markers, in source order.
    pub markers: &'a [marker::Candidate],
    /// What could open notes, in source order.
    pub heads: &'a [head::Candidate],
}

impl Problem<'_> {
    /// The place of a pair's label in its series, from 1; 0 for one that does not count.
    pub fn rank(&self, pair: &Pair) -> u32 {
        self.heads[pair.head].label.rank().unwrap_or(0)
    }

    /// True for a pair whose marker and note stand on one of the `pages` that [`Layout::pages`] tells.
    pub fn share(&self, pages: &[u32], pair: &Pair) -> bool {
        pages[self.markers[pair.marker].line] == pages[self.heads[pair.head].line]
    }
}

/// A sign taken for a marker.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Index of the marker candidate.
    pub candidate: usize,
    /// Index into [`Solution::notes`].
    pub note: Option<usize>,
    /// Why.
    pub evidence: String,
}

/// A line taken for a note's head.
#[derive(Clone, Debug)]
pub struct ChosenNote {
    /// Index of the head candidate.
    pub candidate: usize,
    /// The part its label counts in, from 1.
    pub part: u32,
}

/// What was decided.
#[derive(Clone, Debug, Default)]
pub struct Solution {
    /// Markers in source order.
    pub markers: Vec<Chosen>,
    /// Notes in source order.
    pub notes: Vec<ChosenNote>,
    /// The ways of writing that were found in use.
    pub ways: Vec<Way>,
    /// The conventions that were found in use.
    pub conventions: Vec<Convention>,
}

/// A marker and a note that may belong together.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Index of the marker candidate.
    pub marker: usize,
    /// Index of the head candidate.
    pub head: usize,
    /// What it weighs, beyond its price.
    pub gain: f32,
}

/// Candidates that no series has taken yet, by index, of one way of writing.
struct Free {
    markers: Vec<usize>,
    heads: Vec<usize>,
}

impl Free {
    /// Labels are padded with zeros throughout a series or not at all: where `[01]` heads a note, `[1]` is something
    /// else.
    fn of_one_series(mut self, problem: &Problem) -> Free {
        let Problem { markers, heads, .. } = *problem;
        let padded = self.heads.iter().filter(|&&h| heads[h].label.is_padded()).count();
        if padded >= 3 {
            self.markers.retain(|&m| !markers[m].label.is_single_digit());
            self.heads.retain(|&h| !heads[h].label.is_single_digit());
        }
        self
    }
}

/// Decides.
pub fn solve(problem: &Problem) -> Solution {
    let Problem { markers, heads, .. } = *problem;
    let mut solution = Solution::default();
    let mut taken_marker = vec![false; markers.len()];
    let mut taken_head = vec![false; heads.len()];
    let mut pairs: Vec<Pair> = Vec::new();
    while solution.ways.len() < MOST_WAYS {
        let mut best: Option<(f32, Way, Vec<Pair>)> = None;
        let mut purest = 0;
        for &way in WAYS {
            let free = Free {
                markers: (0..markers.len()).filter(|&i| way.marks(&markers[i]) && !taken_marker[i]).collect(),
                heads: (0..heads.len()).filter(|&i| way.heads(&heads[i]) && !taken_head[i]).collect(),
            };
            if free.markers.is_empty() || free.heads.is_empty() {
                continue;
            }
            let chain = doubt::believed(problem, way, chain(problem, free.of_one_series(problem)));
            let Some(mut worth) = worth(problem, way, &solution.ways, &chain) else { continue };
            if way.markers.len() == 1 {
                purest = purest.max(chain.len());
            } else if chain.len() * 4 >= purest * 5 {
                worth *= MIXED;
            }
            if best.as_ref().is_none_or(|b| worth > b.0) {
                best = Some((worth, way, chain));
            }
        }
        let Some((_, way, mut chain)) = best else { break };
        join_list(problem, way, &mut chain);
        solution.ways.push(way);
        let found = Convention { count: chain.len(), markers: way.markers[0], notes: way.heads[0] };
        solution.conventions.push(found);
        let opening: HashSet<u32> = chain.iter().map(|p| heads[p.head].span.start).collect();
        for pair in &chain {
            taken_marker[pair.marker] = true;
            taken_head[pair.head] = true;
        }
        // What opens a note is no marker.
        for (i, candidate) in markers.iter().enumerate() {
            taken_marker[i] |= opening.contains(&candidate.span.start);
        }
        pairs.extend(chain);
    }
    settle(problem, pairs, &mut solution);
    solution
}

/// The heaviest set of pairs in one order of which none has the label of another's note for its marker.
fn chain(problem: &Problem, mut free: Free) -> Vec<Pair> {
    /// Times that the labels among the markers are taken out; what is left of them then is no pair.
    const ROUNDS: usize = 3;
    for round in 1.. {
        let mut chain = keep(problem, heaviest(problem, &free));
        let opening: HashSet<u32> = chain.iter().map(|p| problem.heads[p.head].span.start).collect();
        let is_label = |marker: usize| opening.contains(&problem.markers[marker].span.start);
        if !chain.iter().any(|p| is_label(p.marker)) {
            return chain;
        }
        if round == ROUNDS {
            chain.retain(|p| !is_label(p.marker));
            return chain;
        }
        free.markers.retain(|&m| !is_label(m));
    }
    Vec::new()
}

/// Drops the pairs that neither stand by themselves nor count on with their neighbours.
fn keep(problem: &Problem, chain: Vec<Pair>) -> Vec<Pair> {
    let Problem { markers, heads, .. } = *problem;
    let rank = |p: &Pair| problem.rank(p);
    let kept: Vec<Pair> = chain
        .iter()
        .enumerate()
        .filter(|&(i, pair)| {
            let before = i.checked_sub(1).map(|k| rank(&chain[k]));
            let after = chain.get(i + 1).map(rank);
            let mut hold = pair.gain;
            if before.is_some_and(|r| r + 1 == rank(pair)) {
                hold += 0.8;
            }
            if after.is_some_and(|r| rank(pair) + 1 == r) {
                hold += 0.8;
            }
            let doubtful = markers[pair.marker].weight < 0.25;
            // One that neither counts on nor begins again is out of order, and both must stand by themselves.
            let head = &heads[pair.head];
            let strays = hold == pair.gain && rank(pair) != 1 && chain.len() > 3 && !head.label.is_name();
            let stands = hold >= if strays { KEEP + 0.8 } else { KEEP };
            stands && !doubtful && !(strays && head.weight < FAINT)
        })
        .map(|(_, &pair)| pair)
        .collect();
    kept
}

/// A list stands together: where the first few labels were read off a shorter list farther up (of things in the text),
/// and right above the other notes stand heads with the same labels, the notes begin with these.
fn join_list(problem: &Problem, way: Way, chain: &mut [Pair]) {
    /// Items of the longest list that is passed over so: a longer one may be the notes, and what stands below it not.
    const MOST: usize = 5;
    let Problem { markers, heads, .. } = *problem;
    let hs: Vec<usize> = (0..heads.len()).filter(|&h| way.heads(&heads[h])).collect();
    let place = |head: usize| hs.binary_search(&head).unwrap_or(0);
    let Some(begins) = (0..chain.len()).rev().find(|&i| heads[chain[i].head].label.rank() == Some(1)) else {
        return;
    };
    let follows = |i: usize| place(chain[i].head) + 1 == place(chain[i + 1].head);
    let Some(torn) = (begins..chain.len().saturating_sub(1)).find(|&i| !follows(i)) else { return };
    let first = torn + 1 - begins;
    let below = (torn + 1..chain.len() - 1).take_while(|&i| follows(i)).count() + 1;
    let Some(start) = place(chain[torn + 1].head).checked_sub(first) else { return };
    let whole = (0..first).all(|k| {
        let (pair, head) = (chain[begins + k], hs[start + k]);
        heads[head].label == heads[pair.head].label && heads[head].weight >= SOLID && head > pair.head
    });
    let ahead = markers[chain[torn + 1].marker].span.end <= heads[hs[start]].span.start;
    if whole && ahead && first <= MOST && below > first {
        for k in 0..first {
            chain[begins + k].head = hs[start + k];
        }
    }
}

/// Writes the pairs down as markers and notes in source order.
fn settle(problem: &Problem, mut pairs: Vec<Pair>, solution: &mut Solution) {
    let Problem { markers, heads, .. } = *problem;
    pairs.sort_unstable_by_key(|p| p.head);
    let mut parts: HashMap<Sign, (u32, u32)> = HashMap::new();
    let mut note_of: HashMap<usize, usize> = HashMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        let head = &heads[pair.head];
        let rank = head.label.rank().unwrap_or(0);
        let (part, last) = parts.entry(head.sign).or_insert((1, 0));
        if rank <= *last && rank > 0 {
            *part += 1;
        }
        *last = rank;
        solution.notes.push(ChosenNote { candidate: pair.head, part: *part });
        note_of.insert(pair.marker, index);
    }
    pairs.sort_unstable_by_key(|p| p.marker);
    for pair in &pairs {
        let (m, h) = (&markers[pair.marker], &heads[pair.head]);
        let evidence = format!(
            "{} “{}” and a note {} with the same label; together they weigh {:.1}",
            m.sign.describe(),
            m.shown,
            h.sign.describe(),
            m.weight + h.weight
        );
        solution.markers.push(Chosen {
            candidate: pair.marker,
            note: note_of.get(&pair.marker).copied(),
            evidence,
        });
    }
}
