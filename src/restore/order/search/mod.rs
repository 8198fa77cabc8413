//! The best way to cut a text into the pages of an imposition.
//!
//! A state has read the text up to a gap and knows where its streams stand: where the upward one ended,
//! where the downward one will go on. From each state every page that could come next is tried, with up to
//! [`DROPS`] blank ones left out before it. Of the states at one gap the best are kept, so the
//! work is bounded by gaps × beam × pages to try.

mod cutting;
mod page;
mod state;
#[cfg(test)]
mod tests;
mod worth;

use std::collections::HashMap;

use super::evidence::Evidence;
use super::imposition::{Imposition, Stream};
use super::looks::{Looks, UNLIKELY};
use super::pages::{Printed, Side};
pub use cutting::{Cutting, Leaf};
pub use page::Page;
use state::{Beam, State, add, drop_page, overlook, with_blanks};
use worth::{finish, gain};

/// States kept at each gap to find the size of the pages, and with that size known.
pub const BEAMS: (usize, usize) = (8, 64);
/// Blank pages in a row that can have been left out.
const DROPS: u16 = 2;
/// Most pages of a booklet: thicker ones cannot be folded. Stacks are held to it as well.
pub const LARGEST: u16 = 160;
/// No page gains more than this: it saves much of the work, and changed no outcome of the evaluation.
const MOST_GAIN: f32 = 20.0;

/// For each gap the pages that may begin there, and how much they look like pages: the same for all impositions.
pub fn pages(printed: &Printed, evidence: &mut Evidence, looks: &Looks) -> Vec<Vec<(Page, f32)>> {
    let mut page = |from, (to, look)| (Page::new(printed, evidence, from, to), look);
    (0..printed.gaps.len() - 1)
        .map(|from| looks.ends(from).into_iter().map(|end| page(from, end)).collect())
        .collect()
}

/// Searches for the best cutting into those [`pages`], keeping `beam` states at each gap.
pub fn search(
    printed: &Printed,
    evidence: &mut Evidence,
    imposition: Imposition,
    looks: &Looks,
    pages: &[Vec<(Page, f32)>],
    beam: usize,
) -> Option<Cutting> {
    let end = printed.gaps.len() - 1;
    let mut nodes: Vec<Node> = Vec::new();
    let mut waiting: Vec<Beam> = vec![Beam { width: beam, states: Vec::new() }; end + 1];
    waiting[0].keep(State::start(evidence, imposition, end));
    let mut blanks: Vec<State> = Vec::new();
    for from in 0..end {
        blanks.clear();
        for state in std::mem::take(&mut waiting[from].states) {
            with_blanks(evidence, imposition, &state, looks.empty[from], &mut blanks);
        }
        if blanks.is_empty() {
            continue;
        }
        for (page, look) in &pages[from] {
            let (to, look) = (page.to, *look);
            for state in &blanks {
                if state.total + look + MOST_GAIN <= waiting[to].floor() {
                    continue;
                }
                let trails = imposition.trail() > state.trail
                    && imposition.may_end(state.slot)
                    && state.slot > imposition.trail();
                let own = (state.trail == 0).then(|| imposition.stream(state.slot));
                for stream in own.into_iter().chain(trails.then_some(Stream::End)) {
                    let gain = gain(evidence, imposition, state, page, stream);
                    // Most states are worse than the worst of a full beam and need not be made; where streams meet
                    // behind the page there is more to say.
                    let is_all = !imposition.gathers(state.slot + 1);
                    if is_all && state.total + gain + look <= waiting[to].floor() {
                        continue;
                    }
                    let mut next = add(evidence, imposition, state, page, stream, gain);
                    next.total += look;
                    next.node = nodes.len();
                    if waiting[to].keep(next) {
                        let leaf = Leaf { from, to, stream, slot: state.slot };
                        nodes.push(Node { leaf, parent: state.node });
                    }
                }
            }
        }
    }
    let mut ends: Vec<State> = Vec::new();
    for state in &waiting[end].states {
        with_blanks(evidence, imposition, state, 0, &mut ends);
    }
    ends.retain(|state| imposition.may_end(state.slot));
    for state in &mut ends {
        let gain = finish(evidence, imposition, state);
        state.gain += gain;
        state.total += gain;
    }
    ends.sort_by(|a, b| b.total.total_cmp(&a.total).then(a.node.cmp(&b.node)));
    let mut cuttings = ends.iter().map(|state| {
        let leaves = leaves(&nodes, state.node);
        let pages = state.slot + state.trail;
        Cutting {
            imposition,
            leaves,
            pages,
            gain: state.gain,
            total: state.total,
            margin: f32::INFINITY,
            sharp: f32::INFINITY,
            side: Side::Above,
        }
    });
    let mut best = cuttings.next()?;
    let reading = best.text(printed);
    let other = cuttings.take(beam).find(|other| other.text(printed) != reading);
    best.margin = other.map_or(f32::INFINITY, |other| best.total - other.total);
    Some(best)
}

struct Node {
    leaf: Leaf,
    parent: usize,
}

/// Moves single edges of pages while that explains the text better, and tells how sure each is.
pub fn polish(printed: &Printed, evidence: &mut Evidence, looks: &Looks, cutting: &Cutting) -> Cutting {
    /// Most times that all edges are tried.
    const ROUNDS: usize = 4;
    let mut known = HashMap::new();
    let mut best = cutting.clone();
    (best.gain, best.total) = replay(printed, evidence, looks, &best, &mut known);
    for _ in 0..ROUNDS {
        let before = best.total;
        best.sharp = f32::INFINITY;
        let mut reading = best.text(printed);
        for i in 1..best.leaves.len() {
            for gap in best.leaves[i - 1].from + 1..best.leaves[i].to {
                let (left, right) = (best.leaves[i - 1], best.leaves[i]);
                let look = |at: usize| looks.worth(left.from, at) + looks.worth(at, right.to);
                if gap == right.from || look(gap) < look(right.from) - UNLIKELY {
                    continue;
                }
                let mut other = best.clone();
                (other.leaves[i - 1].to, other.leaves[i].from) = (gap, gap);
                (other.gain, other.total) = replay(printed, evidence, looks, &other, &mut known);
                let lead = (other.total - best.total).abs();
                // Between two pages that are read one after the other an edge may stand anywhere.
                let sharp =
                    if lead < best.sharp && other.text(printed) != reading { lead } else { best.sharp };
                if other.total > best.total {
                    reading = other.text(printed);
                    best = other;
                }
                best.sharp = sharp;
            }
        }
        if best.total <= before {
            break;
        }
    }
    best
}

/// What a cutting is worth.
fn replay(
    printed: &Printed,
    evidence: &mut Evidence,
    looks: &Looks,
    cutting: &Cutting,
    known: &mut HashMap<(usize, usize), Page>,
) -> (f32, f32) {
    let imposition = cutting.imposition;
    let mut state = State::start(evidence, imposition, printed.gaps.len() - 1);
    for leaf in &cutting.leaves {
        let mut empty = looks.empty[leaf.from];
        while state.slot < leaf.slot {
            drop_page(evidence, imposition, &mut state, &mut empty);
        }
        overlook(&mut state, empty);
        let page = *known
            .entry((leaf.from, leaf.to))
            .or_insert_with(|| Page::new(printed, evidence, leaf.from, leaf.to));
        let gain = gain(evidence, imposition, &state, &page, leaf.stream);
        state = add(evidence, imposition, &state, &page, leaf.stream, gain);
        state.total += looks.worth(leaf.from, leaf.to);
    }
    while state.slot + state.trail < cutting.pages {
        drop_page(evidence, imposition, &mut state, &mut 0);
    }
    let gain = finish(evidence, imposition, &state);
    (state.gain + gain, state.total + gain)
}

/// The pages up to a node.
fn leaves(nodes: &[Node], mut node: usize) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    while let Some(Node { leaf, parent }) = nodes.get(node) {
        leaves.push(*leaf);
        node = *parent;
    }
    leaves.reverse();
    leaves
}
