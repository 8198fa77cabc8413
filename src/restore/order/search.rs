//! The best way to cut a text into the pages of an imposition.
//!
//! A state has read the text up to a gap and knows where its streams stand: where the upward one ended,
//! where the downward one will go on. From each state every page that could come next is tried, with up to
//! [`DROPS`] blank ones left out before it. Of the states at one gap the best are kept, so the
//! work is bounded by gaps × beam × pages to try.

use std::collections::HashMap;

use super::evidence::Evidence;
use super::imposition::{Imposition, Stream};
use super::looks::Looks;
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

/// A page is not looked at whose end looks so much less like one than that of another from the same place, and no page
/// gains more than this: it saves nine tenths of the work, and changed no outcome of the evaluation.
const UNLIKELY: f32 = 18.0;
/// Ends of pages from one place, those that look most like ends: of a text in short lines a hundred and more would do.
const MOST_ENDS: usize = 32;
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
}

struct Node {
    leaf: Leaf,
    parent: usize,
}

/// A page from one gap to another, whatever its stream.
#[derive(Clone, Copy, Debug)]
struct Page {
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

/// Searches for the best cutting into pages that look so, keeping `beam` states at each gap.
pub fn search(
    printed: &Printed,
    evidence: &mut Evidence,
    imposition: Imposition,
    looks: &Looks,
    beam: usize,
) -> Option<Cutting> {
    let end = printed.gaps.len() - 1;
    let mut nodes: Vec<Node> = Vec::new();
    let mut waiting: Vec<Vec<State>> = vec![Vec::new(); end + 1];
    let mut floors = vec![f32::MIN; end + 1];
    waiting[0].push(State::start(evidence, imposition, end));
    for from in 0..end {
        let mut states = std::mem::take(&mut waiting[from]);
        thin(&mut states, beam);
        if states.is_empty() {
            continue;
        }
        let empty = looks.empty[from];
        let blanks: Vec<State> =
            states.iter().flat_map(|s| with_blanks(evidence, imposition, s, empty)).collect();
        let mut ends_at: Vec<(usize, f32)> =
            looks.reach(from).map(|to| (to, looks.worth(from, to))).collect();
        ends_at.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let likeliest = ends_at.first().map_or(f32::MIN, |end| end.1);
        ends_at.truncate(MOST_ENDS);
        ends_at.sort_by_key(|end| end.0);
        for (to, look) in ends_at {
            if look < likeliest - UNLIKELY {
                continue;
            }
            let page = Page::new(printed, evidence, from, to);
            for state in &blanks {
                if state.total + look + MOST_GAIN <= floors[to] {
                    continue;
                }
                let trails = imposition.trail() > state.trail
                    && imposition.may_end(state.slot)
                    && state.slot > imposition.trail();
                let own = (state.trail == 0).then(|| imposition.stream(state.slot));
                for stream in own.into_iter().chain(trails.then_some(Stream::End)) {
                    let mut next = add(evidence, imposition, state, &page, stream);
                    next.total += look;
                    // What is worse than the worst of a full beam need not be kept.
                    if next.total <= floors[to] {
                        continue;
                    }
                    next.node = nodes.len();
                    nodes
                        .push(Node { leaf: Leaf { from, to, stream, slot: state.slot }, parent: state.node });
                    waiting[to].push(next);
                    if waiting[to].len() >= beam * 4 {
                        thin(&mut waiting[to], beam);
                        floors[to] = waiting[to].get(beam - 1).map_or(f32::MIN, |s| s.total);
                    }
                }
            }
        }
    }
    let mut ends: Vec<State> = Vec::new();
    thin(&mut waiting[end], beam);
    for state in std::mem::take(&mut waiting[end]) {
        for mut state in with_blanks(evidence, imposition, &state, 0) {
            if imposition.may_end(state.slot) {
                let gain = finish(evidence, imposition, &state);
                state.gain += gain;
                state.total += gain;
                ends.push(state);
            }
        }
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
        state = add(evidence, imposition, &state, &page, leaf.stream);
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

/// The state, and what it is with up to [`DROPS`] blank pages left out, of which the file shows so many.
fn with_blanks(evidence: &mut Evidence, imposition: Imposition, state: &State, mut empty: u8) -> Vec<State> {
    let mut out = vec![*state];
    overlook(&mut out[0], empty);
    let drops = if imposition.drops(state.slot) && state.trail == 0 { DROPS } else { 0 };
    let mut blank = *state;
    for _ in 0..drops {
        if blank.slot + 1 >= LARGEST {
            break;
        }
        drop_page(evidence, imposition, &mut blank, &mut empty);
        out.push(blank);
        overlook(&mut out[usize::from(blank.slot - state.slot)], empty);
    }
    out
}

/// Keeps the best states, and of those that differ in nothing to come only one.
fn thin(states: &mut Vec<State>, beam: usize) {
    states.sort_unstable_by(|a, b| b.total.total_cmp(&a.total).then(a.node.cmp(&b.node)));
    let mut kept: Vec<State> = Vec::with_capacity(beam);
    for state in states.iter() {
        let same = |k: &State| {
            k.slot == state.slot
                && k.trail == state.trail
                && k.up == state.up
                && k.down == state.down
                && k.top == state.top
        };
        if kept.len() < beam && !kept.iter().any(same) {
            kept.push(*state);
        }
        if kept.len() == beam {
            break;
        }
    }
    *states = kept;
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

/// The state behind a page in a stream.
fn add(evidence: &mut Evidence, imposition: Imposition, state: &State, page: &Page, stream: Stream) -> State {
    let mut next = *state;
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
            if let Some((first, last)) = labels {
                gain += step(state.up.label, Some(first));
                next.up.label = Some(last);
            }
            if let Some((first, last)) = ordinals {
                gain += ordinal_step(state.up.ordinal, Some(first));
                next.up.ordinal = Some(last);
            }
            gain += number_step(state.up.number, number, NUMBER) + numbered(&state.up, page);
            next.up.number = number.or(state.up.number);
            next.up.below = if number.is_some() { page.below } else { state.up.below };
            gain += number_step(state.up.entry, entry, ENTRY);
            if let Some(n) = page.entry {
                gain += if n == u32::from(place) + 1 { COUNTED.0 } else { COUNTED.1 };
            }
            next.up.entry = entry.or(state.up.entry);
            next.up.gap = Some(to);
            next.up.blank = false;
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
            if state.down.gap.is_none() {
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
            if let Some((first, last)) = labels {
                gain += step(Some(last), state.down.label);
                next.down.label = Some(first);
            }
            if let Some((first, last)) = ordinals {
                gain += ordinal_step(Some(last), state.down.ordinal);
                next.down.ordinal = Some(first);
            }
            gain += number_step(number.map(swap), state.down.number.map(swap), NUMBER);
            gain += numbered(&state.down, page);
            next.down.number = number.or(state.down.number);
            next.down.below = if number.is_some() { page.below } else { state.down.below };
            gain += number_step(entry.map(swap), state.down.entry.map(swap), ENTRY);
            next.down.entry = entry.or(state.down.entry);
            next.down.gap = Some(from);
            next.down.blank = false;
        }
        Stream::End => {
            gain += match state.top.gap {
                Some(end) => {
                    // Its inner side may be blank.
                    let blank = DROPPED.1 + meet(evidence, end, from, true);
                    let seam = evidence.seam(end, from);
                    next.trail += u16::from(state.trail == 0 && blank > seam);
                    if state.trail == 0 { seam.max(blank) } else { seam }
                }
                None => 0.0,
            };
            next.top.gap = Some(to);
            next.trail += 1;
        }
    }
    if stream != Stream::End {
        next.slot += 1;
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
