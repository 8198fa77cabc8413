//! Which sign points to which note: decided once, for the whole document.
//!
//! For every way of writing markers ([`Sign`]) and every way of writing notes, the best set of pairs is
//! searched for that never cross: labels equal, the marker before its note, and both in one order. That
//! order is what tells a marker from a year or a list number: a pair gains when its label counts on from
//! the one before, less when it restarts, and loses when it jumps. One search covers notes at page
//! bottoms, behind paragraphs, at chapter ends and at the end of the text, restarting or not, with or
//! without headings: they differ only in how markers and notes alternate.
//!
//! The search is the heaviest increasing subsequence, by a tree of prefix maxima (Fenwick 1994):
//! n log n for n possible pairs, and n is bounded by [`NEAREST`] for every note.

use std::collections::{HashMap, HashSet};

use super::{Convention, Sign, doubt, head, marker, same_bracket};
use crate::layout::Layout;

/// For each note, this many of the nearest signs before it with its label are looked at, and as many of
/// those that look most like markers.
const NEAREST: usize = 24;

/// Series of notes that one document has at most, each in its own way of writing. Where thousands of labels are alike
/// every search finds some few pairs more, and there would be as many searches as notes.
const MOST_WAYS: usize = 8;

// The weights below were picked on practice documents of every convention, watching precision first.

/// What a pair must weigh before it gains anything: the marker's weight and the note's together.
const PRICE: f32 = 2.2;
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
/// Gain where form feeds show that marker and note share a page.
const SAME_PAGE: f32 = 0.8;
/// … and for a symbol in the paragraph right above its note.
const NEXT_BLOCK: f32 = 0.9;
/// … and for figures that marker and note close alike, `1)`.
const CLOSED_ALIKE: f32 = 0.6;
/// … and for bare figures that both stand on lines of their own, on one page or the next.
const ALONE_ALIKE: f32 = 0.4;
/// What such a figure weighs at least that stands between the words of a text.
const BETWEEN_WORDS: f32 = 1.2;
/// Lines of a page.
const PAGE: usize = 60;
/// … and for bare figures on another page than the note.
const OTHER_PAGE: f32 = -0.6;
/// … and for signs that stand among the notes.
const AMONG_NOTES: f32 = -1.5;
/// A head of this weight is no accident.
const SOLID: f32 = 0.8;
/// A head that weighs less is rather something else: a section's number, an entry of the contents.
const FAINT: f32 = 0.4;
/// What a pair weighs that no other sign in the text could explain.
const BEYOND_DOUBT: f32 = 2.5;
/// What markers weigh on average, at least, that could be numbers of an enumeration as well.
const MIDDLING: f32 = 1.0;
/// Notes that count on, at least, in a series of them that is no enumeration.
const LONG_SERIES: f32 = 8.0;
/// What a pair must hold together with its neighbours to be kept.
const KEEP: f32 = 0.6;

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

/// A way of writing: the signs of markers and the signs of notes' heads that go with them.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Signs of the markers.
    pub markers: &'static [Sign],
    /// Signs of the notes' heads.
    pub heads: &'static [Sign],
    /// How far it can be trusted against others that explain as much: explanations by signs that are
    /// seldom anything else count for more.
    trust: f32,
    /// What its pairs must weigh together.
    needs: f32,
}

/// A mixture of signs is preferred by this factor where it explains a quarter more than any single sign.
const MIXED: f32 = 1.8;

/// All ways of writing that are tried; the mixtures last.
const WAYS: &[Way] = {
    use Sign::*;
    const fn way(markers: &'static [Sign], heads: &'static [Sign], trust: f32, needs: f32) -> Way {
        Way { markers, heads, trust, needs }
    }
    &[
        way(&[Raised], &[Raised], 2.0, 1.5),
        way(&[Raised], &[Worded], 2.0, 1.5),
        way(&[Raised], &[Bracket], 1.6, 1.5),
        way(&[Raised], &[Dotted], 1.6, 3.0),
        way(&[Raised], &[Bare], 1.6, 3.0),
        way(&[Raised], &[Paren], 1.4, 3.0),
        way(&[Raised], &[Symbol], 1.4, 3.0),
        way(&[Bracket], &[Bracket], 2.0, 1.5),
        way(&[Bracket], &[Worded], 2.0, 1.5),
        way(&[Bracket], &[Dotted], 1.4, 3.0),
        way(&[Bracket], &[Raised], 1.4, 3.0),
        way(&[Bracket], &[Bare], 1.2, 3.0),
        way(&[Bracket], &[Paren], 1.0, 4.5),
        way(&[Paren], &[Paren], 1.4, 6.0),
        way(&[Paren], &[Worded], 1.6, 2.5),
        way(&[Paren], &[Bracket], 1.4, 4.5),
        way(&[Paren], &[Raised], 1.2, 4.5),
        way(&[Paren], &[Dotted], 1.0, 6.0),
        way(&[Worded], &[Worded], 1.6, 2.5),
        way(&[Symbol], &[Symbol], 1.4, 2.5),
        way(&[Bare], &[Bare], 1.0, 3.6),
        way(&[Bare], &[Raised], 1.0, 3.6),
        way(&[Bare], &[Worded], 1.0, 3.6),
        way(&[Bare], &[Bracket], 0.9, 3.6),
        way(&[Bare], &[Dotted], 0.8, 6.0),
        // Extraction may keep only some of the raised figures raised.
        way(&[Raised, Bare], &[Raised], 1.2, 4.5),
        way(&[Raised, Bare], &[Raised, Bare], 0.9, 4.5),
        way(&[Raised, Bare], &[Dotted], 0.8, 6.0),
    ]
};

/// Decides.
pub fn solve(layout: &Layout, markers: &[marker::Candidate], heads: &[head::Candidate]) -> Solution {
    let mut solution = Solution::default();
    let mut taken_marker = vec![false; markers.len()];
    let mut taken_head = vec![false; heads.len()];
    let mut pairs: Vec<Pair> = Vec::new();
    while solution.ways.len() < MOST_WAYS {
        let mut best: Option<(f32, Way, Vec<Pair>)> = None;
        let mut purest = 0;
        for &way in WAYS {
            let ms: Vec<usize> = (0..markers.len())
                .filter(|&i| way.markers.contains(&markers[i].sign) && !taken_marker[i])
                .collect();
            let hs: Vec<usize> =
                (0..heads.len()).filter(|&i| way.heads.contains(&heads[i].sign) && !taken_head[i]).collect();
            if ms.is_empty() || hs.is_empty() {
                continue;
            }
            let (ms, hs) = one_series(markers, heads, ms, hs);
            let chain = doubt::believed(layout, markers, heads, way, chain(layout, markers, heads, ms, &hs));
            let Some(mut worth) = worth(layout, markers, heads, way, &solution.ways, &chain) else {
                continue;
            };
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
        join_list(markers, heads, way, &mut chain);
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
    settle(markers, heads, pairs, &mut solution);
    solution
}

/// Labels are padded with zeros throughout a series or not at all: where `[01]` heads a note, `[1]` is
/// something else.
fn one_series(
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    ms: Vec<usize>,
    hs: Vec<usize>,
) -> (Vec<usize>, Vec<usize>) {
    let padded = hs.iter().filter(|&&h| heads[h].label.is_padded()).count();
    if padded < 3 {
        return (ms, hs);
    }
    (
        ms.into_iter().filter(|&m| !markers[m].label.is_single_digit()).collect(),
        hs.into_iter().filter(|&h| !heads[h].label.is_single_digit()).collect(),
    )
}

/// The heaviest set of pairs in one order of which none has the label of another's note for its marker.
fn chain(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    mut ms: Vec<usize>,
    hs: &[usize],
) -> Vec<Pair> {
    /// Times that the labels among the markers are taken out; what is left of them then is no pair.
    const ROUNDS: usize = 3;
    for round in 1.. {
        let mut chain = keep(markers, heads, heaviest(layout, markers, heads, &ms, hs));
        let opening: HashSet<u32> = chain.iter().map(|p| heads[p.head].span.start).collect();
        let is_label = |marker: usize| opening.contains(&markers[marker].span.start);
        if !chain.iter().any(|p| is_label(p.marker)) {
            return chain;
        }
        if round == ROUNDS {
            chain.retain(|p| !is_label(p.marker));
            return chain;
        }
        ms.retain(|&m| !is_label(m));
    }
    Vec::new()
}

/// A list stands together: where the first few labels were read off a shorter list farther up (of things in the text),
/// and right above the other notes stand heads with the same labels, the notes begin with these.
fn join_list(markers: &[marker::Candidate], heads: &[head::Candidate], way: Way, chain: &mut [Pair]) {
    /// Items of the longest list that is passed over so: a longer one may be the notes, and what stands below it not.
    const MOST: usize = 5;
    let hs: Vec<usize> = (0..heads.len()).filter(|&h| way.heads.contains(&heads[h].sign)).collect();
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
fn settle(
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    mut pairs: Vec<Pair>,
    solution: &mut Solution,
) {
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

/// A pair worth looking at; a text of many alike has fifty times as many as notes, so it is small.
struct Possible {
    marker: u32,
    head: u32,
    gain: f32,
}

impl Possible {
    /// `None` beyond what the numbers hold: no document that is read has so many candidates.
    fn new(marker: usize, head: usize, gain: f32) -> Option<Possible> {
        Some(Possible { marker: marker.try_into().ok()?, head: head.try_into().ok()?, gain })
    }

    fn pair(&self) -> Pair {
        Pair { marker: self.marker as usize, head: self.head as usize, gain: self.gain }
    }
}

/// The heaviest set of pairs in one order.
fn heaviest(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    ms: &[usize],
    hs: &[usize],
) -> Vec<Pair> {
    let mut pairs = possible(layout, markers, heads, ms, hs);
    // by marker, and for one marker the later note first, so that a marker never follows itself
    pairs.sort_unstable_by(|a, b| (a.marker, b.head).cmp(&(b.marker, a.head)));
    let Places { of: place, sizes } = Places::new(heads, hs);
    let mut all = PrefixMax::new(hs.len());
    let mut by_rank: Vec<PrefixMax> = sizes.into_iter().map(PrefixMax::new).collect();
    // Of each the one before it in its chain; the first of a chain is before itself.
    let mut back: Vec<u32> = Vec::with_capacity(pairs.len());
    let mut best: Option<(f32, usize)> = None;
    for (index, pair) in pairs.iter().map(Possible::pair).enumerate() {
        let Place { at, rank, own, lower } = place[pair.head];
        let named = heads[pair.head].label.is_name();
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
    fn new(heads: &[head::Candidate], hs: &[usize]) -> Places {
        let rank = |h: usize| heads[h].label.rank().unwrap_or(0);
        let mut ranks: HashMap<u32, usize> = HashMap::new();
        for &h in hs {
            let next = ranks.len();
            ranks.entry(rank(h)).or_insert(next);
        }
        let mut sizes = vec![0; ranks.len()];
        let mut of = vec![Place::default(); heads.len()];
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

/// All pairs worth looking at: at most 2 × [`NEAREST`] a note.
fn possible(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    ms: &[usize],
    hs: &[usize],
) -> Vec<Possible> {
    let mut by_label: HashMap<&super::Label, Vec<usize>> = HashMap::new();
    for &m in ms {
        by_label.entry(&markers[m].label).or_default().push(m);
    }
    let mut strong: HashMap<&super::Label, Vec<usize>> = HashMap::new();
    for (&label, list) in &by_label {
        if list.len() > NEAREST {
            let mut list = list.clone();
            list.sort_by(|&a, &b| markers[b].weight.total_cmp(&markers[a].weight).then(a.cmp(&b)));
            list.truncate(NEAREST);
            strong.insert(label, list);
        }
    }
    let mut heads_of: HashMap<&super::Label, Vec<u32>> = HashMap::new();
    for &h in hs {
        heads_of.entry(&heads[h].label).or_default().push(heads[h].span.start);
    }
    // Runs of lines without a blank between them, and the first head in each.
    let run = layout.runs();
    let mut first_head: HashMap<u32, u32> = HashMap::new();
    for &h in hs.iter().filter(|&&h| heads[h].weight >= SOLID) {
        first_head.entry(run[heads[h].line]).or_insert(heads[h].span.start);
    }
    let page = layout.pages();
    let mut pairs = Vec::new();
    for &h in hs {
        let head = &heads[h];
        let Some(list) = by_label.get(&head.label) else { continue };
        // Heads with the same label, which may be passed over.
        let alike = &heads_of[&head.label];
        let above = &alike[..alike.partition_point(|&at| at < head.span.start)];
        let before = list.partition_point(|&m| markers[m].span.end <= head.span.start);
        let nearest = &list[before.saturating_sub(NEAREST)..before];
        // … and none behind the head
        let first = nearest.first().copied().unwrap_or(0);
        let far = strong.get(&head.label).into_iter().flatten().copied().filter(|&m| m < first);
        for m in nearest.iter().copied().chain(far).filter(|&m| same_bracket(&markers[m], head)) {
            let marker = &markers[m];
            let lines = head.line.saturating_sub(marker.line) as f32;
            // The nearest is the likeliest.
            let passed = above.iter().rev().take(2).filter(|&&at| at >= marker.span.end).count();
            let mut gain =
                marker.weight + head.weight - PRICE - 0.12 * (1.0 + lines / 30.0).ln() - 0.25 * passed as f32;
            if layout.feeds && page[marker.line] == page[head.line] {
                gain += SAME_PAGE;
            } else if layout.feeds && marker.sign == Sign::Bare {
                gain += OTHER_PAGE;
            }
            let closed = |shown: &str| shown.ends_with(')');
            if marker.sign == Sign::Bare && closed(&marker.shown) && closed(&head.shown) {
                gain += CLOSED_ALIKE;
            }
            let near = head.line - marker.line.min(head.line) <= PAGE;
            if marker.alone && marker.weight >= BETWEEN_WORDS && head.own_line && near {
                gain += ALONE_ALIKE;
            }
            if marker.sign == Sign::Symbol && run[marker.line] + 1 == run[head.line] {
                gain += NEXT_BLOCK;
            }
            // A sign within the block of notes that the note itself stands in is a word of another note.
            let among_notes = run[marker.line] == run[head.line]
                && first_head.get(&run[head.line]).is_some_and(|&first| first < marker.span.start);
            if among_notes {
                gain += AMONG_NOTES;
            }
            pairs.extend(Possible::new(m, h, gain));
        }
    }
    pairs
}

/// Drops the pairs that neither stand by themselves nor count on with their neighbours.
fn keep(markers: &[marker::Candidate], heads: &[head::Candidate], chain: Vec<Pair>) -> Vec<Pair> {
    let rank = |p: &Pair| heads[p.head].label.rank().unwrap_or(0);
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

/// What a way of writing is worth for this document: `None` if it explains too little to be believed.
fn worth(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    way: Way,
    before: &[Way],
    chain: &[Pair],
) -> Option<f32> {
    if chain.is_empty() {
        return None;
    }
    let rank = |p: &Pair| heads[p.head].label.rank().unwrap_or(0);
    let total: f32 = chain.iter().map(|p| p.gain.max(0.0)).sum();
    let counted = chain.windows(2).filter(|w| rank(&w[0]) + 1 == rank(&w[1])).count() as f32;
    let firsts = chain.iter().filter(|p| rank(p) == 1).count() as f32;
    let ordered = doubt::ordered(heads, chain);
    let weight = chain.iter().map(|p| markers[p.marker].weight).sum::<f32>() / chain.len() as f32;
    let strongest = chain.iter().map(|p| markers[p.marker].weight).fold(0.0, f32::max);
    let whole = explains_all(markers, heads, way, chain);
    let needs = if whole { way.needs / 2.0 } else { way.needs };
    // Works are referred to in any order, but the list of them is whole.
    let works =
        way.markers == [Sign::Bracket] && way.heads == [Sign::Bracket] && refers_to_list(markers, heads);
    // Names have no order; nor has a single note, which must be beyond doubt.
    let names = whole && chain.iter().all(|p| heads[p.head].label.is_name());
    let single = chain.len() == 1 && chain[0].gain >= BEYOND_DOUBT;
    let disordered = total + counted < needs || ordered < 0.4 && !names && !single;
    if disordered && !works || strongest < 1.5 && counted < 2.0 {
        return None;
    }
    let (marker, head) = (way.markers[0], way.heads[0]);
    let whole = explains_all(markers, heads, way, chain);
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
        && at_feet(layout, markers, heads, chain);
    (other_series || as_good || works || beside_works).then_some((total + counted) * way.trust)
}

/// True if form feeds show that all these markers share their note's page.
fn at_feet(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    chain: &[Pair],
) -> bool {
    let pages = layout.pages();
    layout.feeds && chain.iter().all(|p| pages[markers[p.marker].line] == pages[heads[p.head].line])
}

/// The labels of lists in brackets that stand in brackets in the text as well, as references to a list of works do.
fn said_in_brackets<'a>(
    markers: &'a [marker::Candidate],
    heads: &[head::Candidate],
) -> HashSet<&'a super::Label> {
    let bracketed = |h: &&head::Candidate| h.sign == Sign::Bracket && h.weight >= SOLID;
    let opens: HashSet<u32> = heads.iter().filter(bracketed).map(|h| h.span.start).collect();
    let listed: HashSet<&super::Label> = heads.iter().filter(bracketed).map(|h| &h.label).collect();
    let said =
        |m: &&marker::Candidate| m.sign == Sign::Bracket && m.weight >= 1.5 && !opens.contains(&m.span.start);
    markers.iter().filter(said).map(|m| &m.label).filter(|l| listed.contains(l)).collect()
}

/// True if there is one list in brackets, counted from 1 without a gap, and the text before refers to most of it.
fn refers_to_list(markers: &[marker::Candidate], heads: &[head::Candidate]) -> bool {
    /// Entries of the shortest list.
    const FEWEST: usize = 3;
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
    chain.iter().all(|p| heads[p.head].titled)
}

/// True if nearly every sign of the one kind has its note, and nearly every head of the other its sign: lists and cross
/// references never come out so even.
fn explains_all(markers: &[marker::Candidate], heads: &[head::Candidate], way: Way, chain: &[Pair]) -> bool {
    /// Fewest pairs that are no accident: in any list, and in one under a heading for notes.
    const FEWEST: (usize, usize) = (4, 2);
    let fewest = if titled(heads, chain) { FEWEST.1 } else { FEWEST.0 };
    let opens: HashSet<u32> = heads.iter().map(|h| h.span.start).collect();
    let in_series = |label: &super::Label| label.rank().is_some() || label.is_name();
    let signs = markers
        .iter()
        .filter(|m| way.markers.contains(&m.sign) && in_series(&m.label) && m.weight >= 0.25)
        .filter(|m| !opens.contains(&m.span.start))
        .count();
    let notes = heads
        .iter()
        .filter(|h| way.heads.contains(&h.sign) && in_series(&h.label) && h.weight >= 0.5)
        .count();
    chain.len() >= fewest && chain.len() * 10 >= signs.max(notes) * 9
}

impl Sign {
    /// In words, for `explain`.
    pub fn describe(self) -> &'static str {
        match self {
            Sign::Raised => "raised",
            Sign::Bracket => "in square brackets",
            Sign::Paren => "in parentheses",
            Sign::Symbol => "by symbols",
            Sign::Bare => "as bare figures",
            Sign::Dotted => "numbered with a stop",
            Sign::Worded => "introduced by a word",
        }
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
