//! How far the text is read, and where its streams stand: what a page adds to it, and what a blank one does.

use super::super::evidence::Evidence;
use super::super::imposition::{Imposition, Stream};
use super::page::Page;
use super::worth::{AMISS, behind_top, fold, number_behind_top};
use super::{DROPS, LARGEST};

/// A page left out: within the book, or among the outermost sheets, where blank pages are.
pub(super) const DROPPED: (f32, f32) = (-2.5, -1.0);
/// One that the file shows to be empty, and one that it shows and that is not left out.
const EMPTY: (f32, f32) = (0.0, -1.0);
/// Slots of the outermost two sheets.
const OUTER: u16 = 8;

/// What is known of a stream at its open end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Open {
    /// The gap there.
    pub(super) gap: Option<usize>,
    /// A blank page lies between.
    pub(super) blank: bool,
    /// The outermost label.
    pub(super) label: Option<u32>,
    /// The outermost number of a section or item.
    pub(super) ordinal: Option<u32>,
    /// The outermost page number, and its place in the stream.
    pub(super) number: Option<(u32, u16)>,
    /// True if its number stands below the text.
    pub(super) below: bool,
    /// The same for the page number that the contents give.
    pub(super) entry: Option<(u32, u16)>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) gain: f32,
    pub(super) total: f32,
    pub(super) slot: u16,
    pub(super) up: Open,
    pub(super) down: Open,
    /// The first page of the downward stream, which is read last of all but a cover; as an end that goes on upward.
    pub(super) top: Open,
    pub(super) trail: u16,
    pub(super) node: usize,
}

impl State {
    /// Before the first page.
    pub(super) fn start(evidence: &Evidence, imposition: Imposition, end: usize) -> State {
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

/// The best states at a gap, the best first, and of those that differ in nothing to come only one.
#[derive(Clone)]
pub(super) struct Beam {
    pub(super) width: usize,
    pub(super) states: Vec<State>,
}

impl Beam {
    /// What a state must be worth more than to be kept.
    pub(super) fn floor(&self) -> f32 {
        self.states.get(self.width - 1).map_or(f32::MIN, |worst| worst.total)
    }

    /// Takes a state in if it is good enough; of two as good the one that came first is the better.
    pub(super) fn keep(&mut self, state: State) -> bool {
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

/// Adds the state, and what it is with up to [`DROPS`] blank pages left out, of which the file shows so many.
pub(super) fn with_blanks(
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

/// Counts empty pages against a state in which no page is left out for them.
pub(super) fn overlook(state: &mut State, empty: u8) {
    state.gain += EMPTY.1 * f32::from(empty);
    state.total += EMPTY.1 * f32::from(empty);
}

pub(super) fn drop_page(evidence: &mut Evidence, imposition: Imposition, state: &mut State, empty: &mut u8) {
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

/// The state behind a page in a stream in which it has that gain.
pub(super) fn add(
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
            let blank = behind_top(evidence, state, page).1;
            open.gap = Some(to);
            open.blank = false;
            // A page without a number still is one further.
            let risen =
                state.top.number.map(|(n, place)| (n + 1 + u32::from(blank), place + 1 + u16::from(blank)));
            open.number = number_behind_top(state, page, blank).or(risen);
            next.trail += 1 + u16::from(blank);
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
