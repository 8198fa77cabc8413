//! The heaviest increasing subsequence of the possible pairs, by a tree of prefix maxima (Fenwick 1994): n log n.

use std::collections::HashMap;

use super::possible::{Possible, possible};
use super::{Free, Pair, Problem};

/// Gain where the label counts on by one.
const COUNTS_ON: f32 = 1.0;
/// Gain where it leaves out one or two labels.
const GAPS: [f32; 2] = [0.2, -0.2];
/// Gain where it begins again at the first label.
const RESTARTS: f32 = 0.3;
/// Gain where it does anything else.
const JUMPS: f32 = -1.2;
/// Gain where labels do not count.
const NAMED: f32 = 0.0;
/// Gain for a first pair that has the first label, and for one that has not.
const BEGINS: (f32, f32) = (0.4, -0.6);

/// The heaviest set of pairs in one order.
pub(super) fn heaviest(problem: &Problem, free: &Free) -> Vec<Pair> {
    let mut pairs = possible(problem, free);
    // by marker, and for one marker the later note first, so that a marker never follows itself
    pairs.sort_unstable_by(|a, b| (a.marker, b.head).cmp(&(b.marker, a.head)));
    let Places { of: place, sizes } = Places::new(problem, &free.heads);
    let mut all = PrefixMax::new(free.heads.len());
    let mut by_rank: Vec<PrefixMax> = sizes.into_iter().map(PrefixMax::new).collect();
    // Of each the one before it in its chain; the first of a chain is before itself.
    let mut back: Vec<u32> = Vec::with_capacity(pairs.len());
    let mut best: Option<(f32, usize)> = None;
    for (index, pair) in pairs.iter().map(Possible::pair).enumerate() {
        let Place { at, rank, own, lower } = place[pair.head];
        let named = problem.heads[pair.head].label.is_name();
        let begins = match rank {
            _ if named => NAMED,
            1 => BEGINS.0,
            _ => BEGINS.1,
        };
        let mut total = begins;
        let mut from = None;
        let mut offer = |found: Option<(f32, usize)>, gain: f32| {
            if let Some((score, k)) = found.filter(|f| f.0 + gain > total) {
                (total, from) = (score + gain, Some(k));
            }
        };
        let other = match rank {
            _ if named => NAMED,
            1 => RESTARTS,
            _ => JUMPS,
        };
        offer(all.before(at), other);
        for (lower, gain) in lower.into_iter().zip([COUNTS_ON, GAPS[0], GAPS[1]]) {
            offer(lower.and_then(|(rank, before)| by_rank[rank].before(before)), gain);
        }
        let score = total + pair.gain;
        back.push(from.unwrap_or(index) as u32);
        all.raise(at, score, index);
        by_rank[own.0].raise(own.1, score, index);
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, index));
        }
    }
    let mut chain = Vec::new();
    let mut at = best.map(|b| b.1);
    while let Some(index) = at {
        chain.push(pairs[index].pair());
        at = Some(back[index] as usize).filter(|&before| before != index);
    }
    chain.reverse();
    chain
}

/// Where a note stands among all that are looked at, and among those of its rank and of the ranks below.
#[derive(Clone, Copy, Default)]
struct Place {
    at: usize,
    rank: u32,
    /// Which of the ranks that occur, and the place among its notes.
    own: (usize, usize),
    /// Of the rank one, two and three below, if there are such notes: which it is, and how many of its notes stand before.
    lower: [Option<(usize, usize)>; 3],
}

/// The places of the notes, by candidate, and how many there are of each rank: looked up once for a note rather than for
/// each of its pairs.
struct Places {
    of: Vec<Place>,
    sizes: Vec<usize>,
}

impl Places {
    fn new(problem: &Problem, hs: &[usize]) -> Places {
        let rank = |h: usize| problem.heads[h].label.rank().unwrap_or(0);
        let mut ranks: HashMap<u32, usize> = HashMap::new();
        for &h in hs {
            let next = ranks.len();
            ranks.entry(rank(h)).or_insert(next);
        }
        let mut sizes = vec![0; ranks.len()];
        let mut of = vec![Place::default(); problem.heads.len()];
        for (at, &h) in hs.iter().enumerate() {
            let rank = rank(h);
            let lower = [1, 2, 3].map(|step| {
                let lower = *ranks.get(&rank.checked_sub(step).filter(|&r| r > 0)?)?;
                Some((lower, sizes[lower]))
            });
            let own = ranks[&rank];
            of[h] = Place { at, rank, own: (own, sizes[own]), lower };
            sizes[own] += 1;
        }
        Places { of, sizes }
    }
}

/// Best score before a place, updated in any order: a binary indexed tree of maxima.
#[derive(Clone, Debug, Default)]
struct PrefixMax {
    tree: Vec<(f32, u32)>,
}

impl PrefixMax {
    /// What no score is below.
    const NONE: (f32, u32) = (f32::NEG_INFINITY, 0);

    fn new(len: usize) -> Self {
        PrefixMax { tree: vec![Self::NONE; len + 1] }
    }

    /// The best of the places below `place`.
    fn before(&self, place: usize) -> Option<(f32, usize)> {
        let mut best = Self::NONE;
        let mut i = place;
        while i > 0 {
            if self.tree[i].0 > best.0 {
                best = self.tree[i];
            }
            i &= i - 1;
        }
        (best.0 > Self::NONE.0).then_some((best.0, best.1 as usize))
    }

    fn raise(&mut self, place: usize, score: f32, index: usize) {
        let mut i = place + 1;
        while i < self.tree.len() {
            if score > self.tree[i].0 {
                self.tree[i] = (score, index as u32);
            }
            i += i & i.wrapping_neg();
        }
    }
}
