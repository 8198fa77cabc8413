//! The best way to cut a text into the pages of an imposition.
//!
//! A state has read the text up to a gap and knows where its streams stand: where the upward one ended,
//! where the downward one will go on. From each state every page that could come next is tried, with up to
//! [`DROPS`] blank ones left out before it. Of the states at one gap the best are kept, so the
//! work is bounded by gaps × beam × pages to try.

use std::collections::HashMap;

use super::evidence::Evidence;
use super::imposition::{Imposition, Stream};
use super::looks::{Looks, UNLIKELY};
use super::pages::{Printed, Side};

/// States kept at each gap to find the size of the pages, and with that size known.
pub const BEAMS: (usize, usize) = (8, 64);
/// Blank pages in a row that can have been left out.
const DROPS: u16 = 2;
/// Most pages of a booklet: thicker ones cannot be folded. Stacks are held to it as well.
pub const LARGEST: u16 = 160;
// Weights of labels and page numbers, by eye like those of `evidence`.

/// The label counts on.
const COUNTS_ON: f32 = 2.5;
/// It leaves out one or two, or stands still.
const NEARLY: f32 = 0.0;
/// It begins again.
const RESTARTS: f32 = -0.5;
/// It does anything else.
const JUMPS: f32 = -3.0;
/// The number of a section or item is the next, rises by less than [`RISES`], and does neither nor begins again.
const ORDINAL: (f32, f32, f32) = (1.5, 0.8, -1.2);
const RISES: u32 = 4;
/// A page number that is right, and one that is wrong.
const NUMBER: (f32, f32) = (3.0, -3.0);
/// A page without a number in a stream that has them.
const UNNUMBERED: f32 = -1.0;
/// Two different page numbers on one page.
const TWO_NUMBERS: f32 = -4.0;
/// A heading that stands on the page that the contents give for it, and one that does not.
const ENTRY: (f32, f32) = (2.5, -2.5);
/// One whose page has that number if the book's first page is page 1, as in most booklets.
const COUNTED: (f32, f32) = (0.8, -0.4);
/// A table of contents among the first pages, and one anywhere else.
const CONTENTS: (f32, f32) = (1.0, -2.0);
/// A title where the book begins, and one within a page.
const TITLE: (f32, f32) = (4.0, -4.0);
/// How many pages are the first.
const FRONT: u16 = 10;
/// The most that the printed order can lose where it looks wrong. A search that may choose its places finds
/// enough of those in any text; what counts is that another order is right there.
const AMISS: f32 = -0.6;
/// A page left out: within the book, or among the outermost sheets, where blank pages are.
const DROPPED: (f32, f32) = (-2.5, -1.0);
/// One that the file shows to be empty, and one that it shows and that is not left out.
const EMPTY: (f32, f32) = (0.0, -1.0);
/// Slots of the outermost two sheets.
const OUTER: u16 = 8;

/// No page gains more than this: it saves much of the work, and changed no outcome of the evaluation.
const MOST_GAIN: f32 = 20.0;

/// A page of the file, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The gap it begins at.
    pub from: usize,
    /// The gap it ends at.
    pub to: usize,
    /// Its stream.
    pub stream: Stream,
    /// Its place in the printing order.
    pub slot: u16,
}

/// A way to cut the text.
#[derive(Clone, Debug)]
pub struct Cutting {
    /// The imposition.
    pub imposition: Imposition,
    /// The pages in file order.
    pub leaves: Vec<Leaf>,
    /// Pages of the whole, blank ones included.
    pub pages: u16,
    /// How much better than the printed order it explains the text.
    pub gain: f32,
    /// The same with how well its pages fall on what looks like edges of pages.
    pub total: f32,
    /// How much better than the next best order.
    pub margin: f32,
    /// How much better than the same order with one page's edge elsewhere.
    pub sharp: f32,
    /// Where page numbers stand in it.
    pub side: Side,
}

impl Cutting {
    /// The running text in reading order, as stretches of lines that go on.
    pub fn text(&self, printed: &Printed) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for leaf in self.reading() {
            let (from, to) = (printed.gaps[leaf.from].before, printed.gaps[leaf.to].before);
            match out.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => out.push((from, to)),
            }
        }
        out
    }

    /// The pages in reading order.
    pub fn reading(&self) -> Vec<Leaf> {
        if let Imposition::Gathered(size) = self.imposition {
            let gatherings = self.leaves.chunk_by(|a, b| a.slot / size == b.slot / size);
            return gatherings.flat_map(Cutting::folded).collect();
        }
        Cutting::folded(&self.leaves)
    }

    /// What is read upward, then what is read downward, then a cover's end.
    fn folded(leaves: &[Leaf]) -> Vec<Leaf> {
        let of = |stream| leaves.iter().copied().filter(move |l| l.stream == stream);
        let down: Vec<Leaf> = of(Stream::Down).collect();
        of(Stream::Up).chain(down.into_iter().rev()).chain(of(Stream::End)).collect()
    }

    /// The number of a page in the book, from 1.
    pub fn number(&self, leaf: &Leaf) -> u16 {
        let trail = self.leaves.iter().filter(|l| l.stream == Stream::End).count() as u16;
        match leaf.stream {
            Stream::Up => self.imposition.place(leaf.slot) + 1,
            Stream::Down => {
                let end = match self.imposition {
                    Imposition::Gathered(size) => (leaf.slot / size + 1) * size,
                    _ => self.pages.saturating_sub(trail),
                };
                end.saturating_sub(self.imposition.place(leaf.slot))
            }
            Stream::End => {
                let place =
                    self.leaves.iter().filter(|l| l.stream == Stream::End && l.from <= leaf.from).count()
                        as u16;
                self.pages + place - trail
            }
        }
    }
}

/// What is known of a stream at its open end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Open {
    /// The gap there.
    gap: Option<usize>,
    /// A blank page lies between.
    blank: bool,
    /// The outermost label.
    label: Option<u32>,
    /// The outermost number of a section or item.
    ordinal: Option<u32>,
    /// The outermost page number, and its place in the stream.
    number: Option<(u32, u16)>,
    /// True if its number stands below the text.
    below: bool,
    /// The same for the page number that the contents give.
    entry: Option<(u32, u16)>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    gain: f32,
    total: f32,
    slot: u16,
    up: Open,
    down: Open,
    /// The first page of the downward stream, which is read last of all but a cover; as an end that goes on upward.
    top: Open,
    trail: u16,
    node: usize,
}

impl State {
    /// Before the first page.
    fn start(evidence: &Evidence, imposition: Imposition, end: usize) -> State {
        let gain =
            imposition.prior() - evidence.begins(0).max(2.0 * AMISS) - evidence.ends(end).max(2.0 * AMISS);
        State {
            gain,
            total: gain,
            slot: 0,
            up: Open::default(),
            down: Open::default(),
            top: Open::default(),
            trail: 0,
            node: usize::MAX,
        }
    }

    /// True if nothing that is to come tells them apart.
    fn is_like(&self, other: &State) -> bool {
        self.slot == other.slot
            && self.trail == other.trail
            && self.up == other.up
            && self.down == other.down
            && self.top == other.top
    }
}

struct Node {
    leaf: Leaf,
    parent: usize,
}

/// A page from one gap to another, whatever its stream.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    from: usize,
    to: usize,
    labels: Option<(u32, u32)>,
    ordinals: Option<(u32, u32)>,
    number: Option<u32>,
    below: bool,
    entry: Option<u32>,
    is_contents: bool,
    /// What the printed order has where it begins, and what is against it in any order.
    printed: f32,
}

impl Page {
    fn new(printed: &Printed, evidence: &mut Evidence, from: usize, to: usize) -> Page {
        let labels = printed.labels(from, to);
        let ordinals = printed.ordinals(from, to);
        let number = printed.number(from, to);
        let (entry, one_entry) = printed.entry(from, to);
        let mut cost = 0.0;
        if from > 0 {
            cost -= evidence.seam(from, from).max(AMISS);
            if let Some((first, _)) = labels {
                cost -= step(printed.label_before(from), Some(first)).max(AMISS);
            }
            if let Some((first, _)) = ordinals {
                cost -= ordinal_step(printed.ordinal_before(from), Some(first)).max(AMISS);
            }
            if let (Some(n), Some(before)) = (number, printed.number_before(from)) {
                cost -= number_step(Some((before, 0)), Some((n, 1)), NUMBER).max(AMISS);
            }
            if let (Some(n), Some(before)) = (entry, printed.entry_before(from)) {
                cost -= if before <= n { ENTRY.0 } else { AMISS };
            }
        }
        if printed.has_several_numbers(from, to) {
            cost += TWO_NUMBERS;
        }
        if !one_entry {
            cost += ENTRY.1;
        }
        // A title begins a page.
        if (from + 1..to).any(|gap| evidence.is_title(gap)) {
            cost += TITLE.1;
        }
        let is_contents = printed.has_contents(from, to);
        let below = printed.number_is_below(from, to);
        Page { from, to, labels, ordinals, number, below, entry, is_contents, printed: cost }
    }
}

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
                if other.total > best.total {
                    other.sharp = best.sharp.min(other.total - best.total);
                    best = other;
                } else {
                    best.sharp = best.sharp.min(best.total - other.total);
                }
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

/// Adds the state, and what it is with up to [`DROPS`] blank pages left out, of which the file shows so many.
fn with_blanks(
    evidence: &mut Evidence,
    imposition: Imposition,
    state: &State,
    mut empty: u8,
    out: &mut Vec<State>,
) {
    let mut blank = *state;
    let mut push = |mut state: State, empty| {
        overlook(&mut state, empty);
        out.push(state);
    };
    push(blank, empty);
    let drops = if imposition.drops(state.slot) && state.trail == 0 { DROPS } else { 0 };
    for _ in 0..drops {
        if blank.slot + 1 >= LARGEST {
            break;
        }
        drop_page(evidence, imposition, &mut blank, &mut empty);
        push(blank, empty);
    }
}

/// The best states at a gap, the best first, and of those that differ in nothing to come only one.
#[derive(Clone)]
struct Beam {
    width: usize,
    states: Vec<State>,
}

impl Beam {
    /// What a state must be worth more than to be kept.
    fn floor(&self) -> f32 {
        self.states.get(self.width - 1).map_or(f32::MIN, |worst| worst.total)
    }

    /// Takes a state in if it is good enough; of two as good the one that came first is the better.
    fn keep(&mut self, state: State) -> bool {
        if state.total <= self.floor() {
            return false;
        }
        let at = self.states.partition_point(|better| better.total >= state.total);
        match self.states.iter().position(|known| known.is_like(&state)) {
            Some(same) if same < at => return false,
            Some(same) => drop(self.states.remove(same)),
            None => self.states.truncate(self.width - 1),
        }
        self.states.insert(at, state);
        true
    }
}

/// Counts empty pages against a state in which no page is left out for them.
fn overlook(state: &mut State, empty: u8) {
    state.gain += EMPTY.1 * f32::from(empty);
    state.total += EMPTY.1 * f32::from(empty);
}

fn drop_page(evidence: &mut Evidence, imposition: Imposition, state: &mut State, empty: &mut u8) {
    let cost = if *empty > 0 {
        EMPTY.0
    } else if state.slot < OUTER {
        DROPPED.1
    } else {
        DROPPED.0
    };
    *empty = empty.saturating_sub(1);
    match imposition.stream(state.slot) {
        Stream::Up => state.up.blank = true,
        Stream::Down | Stream::End => state.down.blank = true,
    }
    state.gain += cost;
    state.total += cost;
    state.slot += 1;
    gather_in(evidence, imposition, state);
}

/// What a label is worth that follows another.
fn step(before: Option<u32>, behind: Option<u32>) -> f32 {
    match (before, behind) {
        (Some(a), Some(b)) if b == a + 1 => COUNTS_ON,
        (Some(a), Some(b)) if b >= a && b <= a + 3 => NEARLY,
        (Some(_), Some(1)) => RESTARTS,
        (Some(_), Some(_)) => JUMPS,
        _ => 0.0,
    }
}

/// What the number of a section or item is worth that follows another.
fn ordinal_step(before: Option<u32>, behind: Option<u32>) -> f32 {
    match (before, behind) {
        (Some(a), Some(b)) if b == a + 1 => ORDINAL.0,
        (Some(a), Some(b)) if b > a && b < a + RISES => ORDINAL.1,
        (Some(_), Some(1)) | (None, _) | (_, None) => 0.0,
        _ => ORDINAL.2,
    }
}

/// What a page number is worth at a distance from another.
fn number_step(one: Option<(u32, u16)>, other: Option<(u32, u16)>, worth: (f32, f32)) -> f32 {
    match (one, other) {
        (Some((a, p)), Some((b, q))) => {
            let fits = i64::from(b) - i64::from(a) == i64::from(q) - i64::from(p);
            if fits { worth.0 } else { worth.1 }
        }
        _ => 0.0,
    }
}

/// Where two pages meet in reading order; what lies blank between them makes the one an end and the other
/// a beginning.
fn meet(evidence: &mut Evidence, end: usize, start: usize, blank: bool) -> f32 {
    /// The most that a beginning or an end is worth here: with a blank page anything can be explained.
    const MOST: f32 = 0.3;
    /// And the least: the page may be lost rather than blank, and the sentences with it.
    const LEAST: f32 = -1.5;
    if blank {
        (evidence.ends(end).min(MOST) + evidence.begins(start).min(MOST)).max(LEAST)
    } else {
        evidence.seam(end, start)
    }
}

/// What is against a page that is not numbered as the last one was: all numbers stand above the text or all
/// below it, and few pages have none.
fn numbered(open: &Open, page: &Page) -> f32 {
    match (open.number, page.number) {
        (Some(_), None) => UNNUMBERED,
        (Some(_), Some(_)) if open.below != page.below => NUMBER.1,
        _ => 0.0,
    }
}

/// What a page is worth in a stream.
fn gain(evidence: &mut Evidence, imposition: Imposition, state: &State, page: &Page, stream: Stream) -> f32 {
    let Page { from, to, labels, ordinals, .. } = *page;
    let place = imposition.place(state.slot);
    let number = page.number.map(|n| (n, place));
    let entry = page.entry.map(|n| (n, place));
    // What the printed order has here falls away, …
    let mut gain = page.printed;
    if page.is_contents {
        gain += if stream == Stream::Up && place < FRONT { CONTENTS.0 } else { CONTENTS.1 };
    }
    // … and this order's own takes its place.
    match stream {
        Stream::Up => {
            gain += match state.up.gap {
                Some(end) => meet(evidence, end, from, state.up.blank),
                None if evidence.is_title(from) => TITLE.0,
                None => evidence.begins(from),
            };
            gain += labels.map_or(0.0, |(first, _)| step(state.up.label, Some(first)));
            gain += ordinals.map_or(0.0, |(first, _)| ordinal_step(state.up.ordinal, Some(first)));
            gain += number_step(state.up.number, number, NUMBER) + numbered(&state.up, page);
            gain += number_step(state.up.entry, entry, ENTRY);
            if let Some(n) = page.entry {
                gain += if n == u32::from(place) + 1 { COUNTED.0 } else { COUNTED.1 };
            }
        }
        Stream::Down => {
            gain += match state.down.gap {
                Some(start) => meet(evidence, to, start, state.down.blank),
                None if imposition.goes_on() => 0.0,
                // A book does not end with its title page.
                None if evidence.is_title(from) && imposition != Imposition::Reversed => {
                    evidence.ends(to) + TITLE.1
                }
                None => evidence.ends(to),
            };
            gain += labels.map_or(0.0, |(_, last)| step(Some(last), state.down.label));
            gain += ordinals.map_or(0.0, |(_, last)| ordinal_step(Some(last), state.down.ordinal));
            gain += number_step(number.map(swap), state.down.number.map(swap), NUMBER);
            gain += numbered(&state.down, page);
            gain += number_step(entry.map(swap), state.down.entry.map(swap), ENTRY);
        }
        Stream::End => gain += behind_top(evidence, state, from).0,
    }
    gain
}

/// What it is worth that a cover's end stands behind the sheets, and whether its inner side is blank.
fn behind_top(evidence: &mut Evidence, state: &State, from: usize) -> (f32, bool) {
    let Some(end) = state.top.gap else { return (0.0, false) };
    let blank = DROPPED.1 + meet(evidence, end, from, true);
    let seam = evidence.seam(end, from);
    if state.trail == 0 && blank > seam { (blank, true) } else { (seam, false) }
}

/// The state behind a page in a stream in which it has that gain.
fn add(
    evidence: &mut Evidence,
    imposition: Imposition,
    state: &State,
    page: &Page,
    stream: Stream,
    gain: f32,
) -> State {
    let mut next = *state;
    let Page { from, to, labels, ordinals, .. } = *page;
    let place = imposition.place(state.slot);
    let number = page.number.map(|n| (n, place));
    let entry = page.entry.map(|n| (n, place));
    let open = match stream {
        Stream::Up => &mut next.up,
        Stream::Down => &mut next.down,
        Stream::End => &mut next.top,
    };
    match stream {
        Stream::Up | Stream::Down => {
            let outer = |ends: (u32, u32)| if stream == Stream::Up { ends.1 } else { ends.0 };
            *open = Open {
                gap: Some(if stream == Stream::Up { to } else { from }),
                blank: false,
                label: labels.map(outer).or(open.label),
                ordinal: ordinals.map(outer).or(open.ordinal),
                number: number.or(open.number),
                below: if number.is_some() { page.below } else { open.below },
                entry: entry.or(open.entry),
            };
            if stream == Stream::Down && state.down.gap.is_none() {
                next.top = Open {
                    gap: Some(to),
                    blank: state.down.blank,
                    below: page.below,
                    number,
                    entry,
                    label: labels.map(|l| l.1),
                    ordinal: ordinals.map(|o| o.1),
                };
            }
            next.slot += 1;
        }
        Stream::End => {
            open.gap = Some(to);
            next.trail += 1 + u16::from(behind_top(evidence, state, from).1);
        }
    }
    next.gain += gain;
    next.total += gain;
    gather_in(evidence, imposition, &mut next);
    next
}

/// Where a gathering is full, its streams meet, and the next one goes on where it ends.
fn gather_in(evidence: &mut Evidence, imposition: Imposition, state: &mut State) {
    if !imposition.gathers(state.slot) {
        return;
    }
    let gain = fold(evidence, state);
    state.gain += gain;
    state.total += gain;
    let end = state.slot;
    let up = |(n, q): (u32, u16)| (n, end.saturating_sub(q + 1));
    let top = state.top;
    state.up = match top.gap {
        Some(_) => Open {
            label: top.label.or(state.down.label).or(state.up.label),
            ordinal: top.ordinal.or(state.down.ordinal).or(state.up.ordinal),
            number: top.number.or(state.down.number).map(up).or(state.up.number),
            entry: top.entry.or(state.down.entry).map(up).or(state.up.entry),
            ..top
        },
        None => Open { blank: true, ..state.up },
    };
    state.down = Open::default();
    state.top = Open::default();
}

/// A downward stream's places count from the book's end.
fn swap((number, place): (u32, u16)) -> (u32, u16) {
    (number, u16::MAX - place)
}

/// What is left to say at the end of the book.
fn finish(evidence: &mut Evidence, imposition: Imposition, state: &State) -> f32 {
    if matches!(imposition, Imposition::Gathered(_)) {
        return state.up.gap.map_or(0.0, |end| evidence.ends(end));
    }
    let mut gain = fold(evidence, state);
    if let (Some(start), None) = (state.down.gap, state.up.gap) {
        gain += evidence.begins(start);
    }
    if imposition.trail() > 0 {
        gain += state.top.gap.map_or(0.0, |end| evidence.ends(end));
    }
    gain
}

/// The two streams meet in the middle of the book, or of a gathering.
fn fold(evidence: &mut Evidence, state: &State) -> f32 {
    let mut gain = 0.0;
    if let (Some(end), Some(start)) = (state.up.gap, state.down.gap) {
        gain += meet(evidence, end, start, state.up.blank || state.down.blank);
    }
    gain += step(state.up.label, state.down.label);
    gain += ordinal_step(state.up.ordinal, state.down.ordinal);
    // The downward stream's page at place q is number `pages − q`, the upward one's at p is p + 1.
    let risen = |(n, p): (u32, u16)| (n, p + 1);
    let fallen = |(n, q): (u32, u16)| (n, state.slot.saturating_sub(q));
    gain += number_step(state.up.number.map(risen), state.down.number.map(fallen), NUMBER);
    gain + number_step(state.up.entry.map(risen), state.down.entry.map(fallen), ENTRY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use crate::model::Form;
    use crate::notes::Apparatus;
    use crate::restore::body;
    use crate::source::Source;

    /// What is seen of a text, which has a gap at each blank line.
    fn read(text: &str) -> (Printed, Evidence) {
        let source = Source::new("text.txt", text.to_owned());
        let layout = Layout::read(&source, Form::Plain);
        let rests = body::remaining(&source, &layout, &[]);
        let printed = Printed::read(&source, &layout, &Apparatus::default(), &rests);
        let evidence = Evidence::gather(&source, &layout, &[], &rests, &printed);
        assert_eq!(printed.gaps.len(), text.split("\n\n").count() + 1);
        (printed, evidence)
    }

    const ITEMS: &str = "\n3. Fold each sheet once across its longer side.\n\n\
        7. Press the folds with a bone.\n\n\
        1984. That was a bad year for bone.\n12. is how many a press holds.\n\n\
        ## 8) Sew them through the fold.";

    #[test]
    fn sections_and_items_have_numbers() {
        let (printed, _) = read(ITEMS);
        // Neither a year nor what stands within a paragraph is one.
        let ranks: Vec<u32> = printed.ordinals.iter().map(|o| o.1).collect();
        assert_eq!(ranks, [3, 7, 8]);
        assert_eq!(printed.ordinals(1, 4), Some((7, 8)));
        assert_eq!(printed.ordinal_before(1), Some(3));
    }

    #[test]
    fn numbers_of_sections_and_items_count_on_in_either_stream() {
        let (printed, mut evidence) = read(ITEMS);
        let page = Page::new(&printed, &mut evidence, 1, 2);
        let start = State::start(&evidence, Imposition::Booklet, 4);
        let mut gain = |stream, ordinal| {
            let open = Open { gap: Some(1), ordinal, ..Open::default() };
            let state = State { up: open, down: open, ..start };
            super::gain(&mut evidence, Imposition::Booklet, &state, &page, stream)
        };
        for (stream, next, near, far) in [(Stream::Up, 6, 4, 9), (Stream::Down, 8, 10, 5)] {
            let [next, near, none, far] = [Some(next), Some(near), None, Some(far)].map(|n| gain(stream, n));
            assert!(next > near && near > none && none > far, "{stream:?}: {next} {near} {none} {far}");
        }
    }

    #[test]
    fn numbers_that_do_not_count_on_as_printed_speak_for_another_order() {
        let of = |text: &str| {
            let (printed, mut evidence) = read(text);
            Page::new(&printed, &mut evidence, 1, 2).printed
        };
        assert!(of(ITEMS) > of(&ITEMS.replace("7.", "4.")));
    }

    #[test]
    fn streams_of_numbered_items_meet() {
        let (_, mut evidence) = read(ITEMS);
        let start = State::start(&evidence, Imposition::Booklet, 4);
        let open = |ordinal| Open { ordinal: Some(ordinal), ..Open::default() };
        let mut met = |n| fold(&mut evidence, &State { up: open(3), down: open(n), ..start });
        assert!(met(4) > met(9));
    }

    #[test]
    fn an_empty_page_that_the_file_shows_is_left_out() {
        let (_, mut evidence) = read(ITEMS);
        let start = State::start(&evidence, Imposition::Booklet, 4);
        let mut cost = |empty| {
            let mut out = Vec::new();
            with_blanks(&mut evidence, Imposition::Booklet, &start, empty, &mut out);
            out.iter().map(|state| start.total - state.total).collect::<Vec<f32>>()
        };
        let [none, one, two] = [0, 1, 2].map(&mut cost);
        assert!(none[0] == 0.0 && none[0] < none[1] && none[1] < none[2], "{none:?}");
        assert!(one[1] == 0.0 && one[1] < one[0] && one[1] < one[2], "{one:?}");
        assert!(two[2] == 0.0 && two[2] < two[1] && two[1] < two[0], "{two:?}");
    }

    #[test]
    fn the_insides_of_covers_may_be_blank() {
        let (printed, mut evidence) = read(
            "The last of the sheets was sewn in spring, and what was then begun by the binder\n\n\
             went on until the fair.\n\n# Bound at the Mill",
        );
        let covered = Imposition::Covered;
        let start = State::start(&evidence, covered, 3);
        let mut trail = |top, from| {
            let top = Open { gap: Some(top), ..Open::default() };
            let state = State { top, slot: 6, ..start };
            let page = Page::new(&printed, &mut evidence, from, from + 1);
            add(&mut evidence, covered, &state, &page, Stream::End, 0.0).trail
        };
        // What does not go on has a blank page before it; what does has none.
        assert_eq!((trail(2, 2), trail(1, 1)), (2, 1));
        // The front's inner side may be blank, the front may not.
        let mut leads = Vec::new();
        with_blanks(&mut evidence, covered, &start, 0, &mut leads);
        assert_eq!(leads.len(), 1);
        leads.clear();
        with_blanks(&mut evidence, covered, &State { slot: 1, ..start }, 0, &mut leads);
        assert!(leads.len() > 1);
    }

    #[test]
    fn a_book_does_not_end_with_its_title_page() {
        let of = |text: &str| {
            let (printed, mut evidence) = read(text);
            let start = State::start(&evidence, Imposition::Booklet, printed.gaps.len() - 1);
            let page = Page::new(&printed, &mut evidence, 0, 1);
            gain(&mut evidence, Imposition::Booklet, &start, &page, Stream::Down)
        };
        let titled = "# Of Paste and Thread\n\nPaste holds the spine.\n\nThread holds the folds.";
        assert!(of(titled) < of(&titled.replace("# ", "## ")));
    }

    #[test]
    fn a_beam_keeps_the_best_of_each_kind() {
        let (_, evidence) = read(ITEMS);
        let start = State::start(&evidence, Imposition::Booklet, 4);
        let mut beam = Beam { width: 2, states: Vec::new() };
        let mut keep = |node, slot, total| beam.keep(State { node, slot, total, ..start });
        let kept = [(0, 1, 5.0), (1, 1, 7.0), (2, 1, 6.0), (3, 2, 3.0), (4, 3, 3.0), (5, 3, 4.0)];
        assert_eq!(kept.map(|(n, s, t)| keep(n, s, t)), [true, true, false, true, false, true]);
        assert_eq!(beam.states.iter().map(|s| s.node).collect::<Vec<_>>(), [1, 5]);
    }
}
