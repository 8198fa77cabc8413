//! What a page is worth where it would stand: what goes on there, counts on, and is where the contents say.
//!
//! The weights of labels and page numbers are by eye, like those of [`evidence`](super::super::evidence).

use super::super::evidence::Evidence;
use super::super::imposition::{Imposition, Stream};
use super::page::Page;
use super::state::{DROPPED, Open, State};

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
pub(super) const NUMBER: (f32, f32) = (3.0, -3.0);
/// A page without a number in a stream that has them.
const UNNUMBERED: f32 = -1.0;
/// Two different page numbers on one page.
pub(super) const TWO_NUMBERS: f32 = -4.0;
/// A heading that stands on the page that the contents give for it, and one that does not.
pub(super) const ENTRY: (f32, f32) = (2.5, -2.5);
/// One whose page has that number if the book's first page is page 1, as in most booklets.
const COUNTED: (f32, f32) = (0.8, -0.4);
/// A table of contents among the first pages, and one anywhere else.
const CONTENTS: (f32, f32) = (1.0, -2.0);
/// A title where the book begins, and one within a page.
pub(super) const TITLE: (f32, f32) = (4.0, -4.0);
/// How many pages are the first.
const FRONT: u16 = 10;
/// The most that the printed order can lose where it looks wrong. A search that may choose its places finds
/// enough of those in any text; what counts is that another order is right there.
pub(super) const AMISS: f32 = -0.6;

/// What a page is worth in a stream.
pub(super) fn gain(
    evidence: &mut Evidence,
    imposition: Imposition,
    state: &State,
    page: &Page,
    stream: Stream,
) -> f32 {
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
        Stream::End => {
            gain += behind_top(evidence, state, page).0;
        }
    }
    gain
}

/// The number of a page of the cover's end, with its place behind the top page's. What is blank on the outermost sheet
/// lies between them as well, and the top page's place counts it.
pub(super) fn number_behind_top(state: &State, page: &Page, blank: bool) -> Option<(u32, u16)> {
    let top = state.top.number.map_or(0, |(_, place)| place);
    let outer = if state.trail == 0 { top } else { 0 };
    page.number.map(|n| (n, top + outer + 1 + u16::from(blank)))
}

/// What a label is worth that follows another.
pub(super) fn step(before: Option<u32>, behind: Option<u32>) -> f32 {
    match (before, behind) {
        (Some(a), Some(b)) if b == a + 1 => COUNTS_ON,
        (Some(a), Some(b)) if b >= a && b <= a + 3 => NEARLY,
        (Some(_), Some(1)) => RESTARTS,
        (Some(_), Some(_)) => JUMPS,
        _ => 0.0,
    }
}

/// What the number of a section or item is worth that follows another.
pub(super) fn ordinal_step(before: Option<u32>, behind: Option<u32>) -> f32 {
    match (before, behind) {
        (Some(a), Some(b)) if b == a + 1 => ORDINAL.0,
        (Some(a), Some(b)) if b > a && b < a + RISES => ORDINAL.1,
        (Some(_), Some(1)) | (None, _) | (_, None) => 0.0,
        _ => ORDINAL.2,
    }
}

/// What a page number is worth at a distance from another.
pub(super) fn number_step(one: Option<(u32, u16)>, other: Option<(u32, u16)>, worth: (f32, f32)) -> f32 {
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
pub(super) fn meet(evidence: &mut Evidence, end: usize, start: usize, blank: bool) -> f32 {
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

/// What it is worth that a page of a cover's end stands behind the sheets, and whether its inner side is blank. Where
/// both pages have numbers, they tell as well.
pub(super) fn behind_top(evidence: &mut Evidence, state: &State, page: &Page) -> (f32, bool) {
    let Some(end) = state.top.gap else { return (0.0, false) };
    let numbers = |blank| number_step(state.top.number, number_behind_top(state, page, blank), NUMBER);
    let seam = meet(evidence, end, page.from, state.top.blank) + numbers(false);
    let blank = DROPPED.1 + meet(evidence, end, page.from, true) + numbers(true);
    if state.trail == 0 && blank > seam { (blank, true) } else { (seam, false) }
}

/// A downward stream's places count from the book's end.
fn swap((number, place): (u32, u16)) -> (u32, u16) {
    (number, u16::MAX - place)
}

/// What is left to say at the end of the book.
pub(super) fn finish(evidence: &mut Evidence, imposition: Imposition, state: &State) -> f32 {
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
pub(super) fn fold(evidence: &mut Evidence, state: &State) -> f32 {
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
