//! What the solution leaves single.
//!
//! * A second marker of a note (`[3]` again), or one out of order, where signs are plain enough to be
//!   told without the order.
//! * A pair that crosses others: where columns were read across, a marker may stand before that of an earlier note.
//! * A note whose marker the source lost: it stands among notes and counts with them.
//! * A marker whose note is missing: it counts with the markers around it.

use std::collections::{HashMap, HashSet};

use super::pair::{Chosen, ChosenNote, Solution};
use super::sign::bracket;
use super::{Sign, head, marker, same_bracket};
use crate::layout::Layout;

/// Completes the solution.
pub fn complete(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    solution: &mut Solution,
) {
    crossed(markers, heads, solution);
    orphan_notes(layout, heads, solution);
    more_markers(markers, heads, solution);
    solution.markers.sort_by_key(|m| m.candidate);
}

/// A head that stands directly between or beside notes and counts with them is a note too.
fn orphan_notes(layout: &Layout, heads: &[head::Candidate], solution: &mut Solution) {
    /// Notes running that may have lost their markers.
    const LOST: usize = 4;
    let chosen: HashMap<usize, usize> =
        solution.notes.iter().enumerate().map(|(i, n)| (n.candidate, i)).collect();
    let signs: HashSet<Sign> = solution.ways.iter().flat_map(|w| w.heads.iter().copied()).collect();
    let mut found: Vec<ChosenNote> = Vec::new();
    for sign in signs {
        let of_sign: Vec<usize> = (0..heads.len()).filter(|&h| heads[h].sign == sign).collect();
        let mut last: Option<(u32, u32, usize)> = None; // rank, part, line of the note before
        for (k, &h) in of_sign.iter().enumerate() {
            let rank = heads[h].label.rank().unwrap_or(0);
            if let Some(&note) = chosen.get(&h) {
                last = Some((rank, solution.notes[note].part, heads[h].line));
                continue;
            }
            if rank == 0 || heads[h].weight < 1.0 {
                continue;
            }
            let counts_on = last.filter(|&(r, ..)| r + 1 == rank);
            let follows = counts_on.filter(|&(_, _, line)| block_goes_on(layout, line, heads[h].line));
            // heads that count on, to the next that is known for a note
            let counting = of_sign[k..].windows(2).take(LOST).take_while(|w| {
                heads[w[1]].label.rank() == heads[w[0]].label.rank().map(|r| r + 1)
                    && block_goes_on(layout, heads[w[0]].line, heads[w[1]].line)
            });
            let next = counting.filter_map(|w| chosen.get(&w[1])).map(|&n| solution.notes[n].part).next();
            // Strong signs need one neighbour, weak ones both.
            let strong = matches!(sign, Sign::Raised | Sign::Bracket | Sign::Worded);
            let part = match (follows, next) {
                (Some((_, part, _)), Some(_)) => Some(part),
                (Some((_, part, _)), None) if strong => Some(part),
                (None, Some(part)) if strong => Some(part),
                // The first of a page's notes, between the last of the page before and the next.
                (None, Some(part)) if counts_on.is_some_and(|(_, p, _)| p == part) => Some(part),
                _ => None,
            };
            if let Some(part) = part {
                found.push(ChosenNote { candidate: h, part });
                last = Some((rank, part, heads[h].line));
            }
        }
    }
    insert(solution, found);
}

/// Puts notes among the others in source order, and keeps the markers' links.
pub fn insert(solution: &mut Solution, found: Vec<ChosenNote>) {
    if found.is_empty() {
        return;
    }
    let mut order: Vec<(ChosenNote, Option<usize>)> =
        solution.notes.drain(..).enumerate().map(|(i, n)| (n, Some(i))).collect();
    order.extend(found.into_iter().map(|n| (n, None)));
    order.sort_by_key(|(n, _)| n.candidate);
    let moved: HashMap<usize, usize> =
        order.iter().enumerate().filter_map(|(new, (_, old))| old.map(|old| (old, new))).collect();
    for marker in &mut solution.markers {
        marker.note = marker.note.map(|n| moved[&n]);
    }
    solution.notes = order.into_iter().map(|(n, _)| n).collect();
}

/// A head whose number is missing between the notes on either side of it, and the one sign near it that has that number.
/// Where a single number is missing, and a sign stands between the markers of these notes, it may be as faint as
/// `figure 3`: both lists lack it.
fn crossed(markers: &[marker::Candidate], heads: &[head::Candidate], solution: &mut Solution) {
    /// Numbers between the notes on either side at most.
    const GAP: u32 = 6;
    /// Lines between a marker and its note at most.
    const LINES: usize = 150;
    /// What a sign must weigh.
    const PLAIN: f32 = 1.4;
    let mut used: HashSet<usize> = solution.markers.iter().map(|m| m.candidate).collect();
    let opens: HashSet<u32> = solution.notes.iter().map(|n| heads[n.candidate].span.start).collect();
    let mut found: Vec<ChosenNote> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    // The first marker of each note; none where it has none.
    let mut first: HashMap<usize, usize> = HashMap::new();
    for m in &solution.markers {
        if let Some(note) = m.note {
            let known = first.entry(solution.notes[note].candidate).or_insert(m.candidate);
            *known = m.candidate.min(*known);
        }
    }
    let called = |note: &ChosenNote| first.get(&note.candidate).copied().unwrap_or(0);
    for way in solution.ways.clone() {
        let chosen: Vec<&ChosenNote> =
            solution.notes.iter().filter(|n| way.heads.contains(&heads[n.candidate].sign)).collect();
        let mut by_label: HashMap<&super::Label, Vec<usize>> = HashMap::new();
        for (i, m) in markers.iter().enumerate() {
            let counts = way.markers.contains(&m.sign) && m.label.number().is_some();
            if counts && !used.contains(&i) && !opens.contains(&m.span.start) {
                by_label.entry(&m.label).or_default().push(i);
            }
        }
        for pair in chosen.windows(2) {
            let (above, below) = (pair[0], pair[1]);
            let rank = |h: usize| heads[h].label.number().unwrap_or(0);
            let (low, high) = (rank(above.candidate), rank(below.candidate));
            if above.part != below.part || high <= low + 1 || high - low > GAP {
                continue;
            }
            let between = above.candidate + 1..below.candidate;
            let fits = |h: &usize| {
                way.heads.contains(&heads[*h].sign)
                    && (low + 1..high).contains(&rank(*h))
                    && heads[*h].weight >= 0.8
            };
            let mut last = low;
            for h in between.clone().filter(fits) {
                let alike = between.clone().filter(fits).filter(|&o| rank(o) == rank(h)).count();
                let near = |m: &usize| {
                    let alone = high == low + 2 && (called(above)..called(below)).contains(m);
                    (alone || markers[*m].weight >= PLAIN)
                        && markers[*m].span.end <= heads[h].span.start
                        && heads[h].line - markers[*m].line <= LINES
                };
                let signs: Vec<usize> =
                    by_label.get(&heads[h].label).into_iter().flatten().copied().filter(near).collect();
                let [sign] = signs[..] else { continue };
                if alike == 1 && rank(h) > last && used.insert(sign) {
                    last = rank(h);
                    found.push(ChosenNote { candidate: h, part: above.part });
                    pairs.push((sign, h));
                }
            }
        }
    }
    insert(solution, found);
    let place: HashMap<usize, usize> =
        solution.notes.iter().enumerate().map(|(i, n)| (n.candidate, i)).collect();
    for (sign, h) in pairs {
        let evidence = format!(
            "{} “{}”, the only one near the note that has the number missing between its neighbours",
            markers[sign].sign.describe(),
            markers[sign].shown
        );
        solution.markers.push(Chosen { candidate: sign, note: place.get(&h).copied(), evidence });
    }
}

/// True if two heads can stand in one block of notes: nothing but text of modest length between them.
fn block_goes_on(layout: &Layout, from: usize, to: usize) -> bool {
    /// Lines of the longest note that this trusts.
    const LINES: usize = 30;
    to > from
        && to - from <= LINES
        && !layout.lines[from..to].iter().any(|l| l.feed && l.start > layout.lines[from].start)
}

/// Markers beyond the solved pairs, for signs that are plain by themselves.
fn more_markers(markers: &[marker::Candidate], heads: &[head::Candidate], solution: &mut Solution) {
    /// What a sign must weigh to be taken without the order.
    const PLAIN: f32 = 2.0;
    let mut heads_at: HashSet<u32> = solution.notes.iter().map(|n| heads[n.candidate].span.start).collect();
    let used: HashSet<usize> = solution.markers.iter().map(|m| m.candidate).collect();
    let mut added: Vec<Chosen> = Vec::new();
    let explicit = |sign: &&Sign| !matches!(sign, Sign::Bare | Sign::Symbol);
    let ways = solution.ways.clone();
    for (sign, head_signs) in
        ways.iter().flat_map(|w| w.markers.iter().filter(explicit).map(|&s| (s, w.heads)))
    {
        // The pairs of this convention, in marker order.
        let solved: Vec<(usize, usize)> = solution
            .markers
            .iter()
            .filter(|m| markers[m.candidate].sign == sign)
            .filter_map(|m| Some((m.candidate, m.note?)))
            .collect();
        let mut notes_of: HashMap<&super::Label, Vec<usize>> = HashMap::new();
        for (i, note) in solution.notes.iter().enumerate() {
            if head_signs.contains(&heads[note.candidate].sign) {
                notes_of.entry(&heads[note.candidate].label).or_default().push(i);
            }
        }
        for (index, candidate) in markers.iter().enumerate() {
            if candidate.sign != sign
                || used.contains(&index)
                || candidate.weight < PLAIN
                || heads_at.contains(&candidate.span.start)
            {
                continue;
            }
            let at = solved.partition_point(|s| s.0 < index);
            let part_before = at.checked_sub(1).map(|k| solution.notes[solved[k].1].part);
            let part_after = solved.get(at).map(|s| solution.notes[s.1].part);
            let in_part = |n: &usize| {
                let part = Some(solution.notes[*n].part);
                part == part_before || part == part_after
            };
            let fits = |n: &usize| same_bracket(candidate, &heads[solution.notes[*n].candidate]);
            let notes = notes_of.get(&candidate.label).into_iter().flatten().copied();
            let same: Vec<usize> = notes.filter(in_part).filter(fits).collect();
            match same[..] {
                [note] => {
                    let evidence = format!(
                        "{} “{}”, the only note with this label in its part",
                        sign.describe(),
                        candidate.shown
                    );
                    added.push(Chosen { candidate: index, note: Some(note), evidence });
                }
                [] if missing_between(markers, &solved, at, index) => {
                    let evidence = format!(
                        "{} “{}” counts with its neighbours; its note is missing",
                        sign.describe(),
                        candidate.shown
                    );
                    added.push(Chosen { candidate: index, note: None, evidence });
                }
                _ => {}
            }
        }
        heads_at.extend(added.iter().map(|a| markers[a.candidate].span.start));
    }
    added.sort_by_key(|a| a.candidate);
    added.dedup_by_key(|a| a.candidate);
    solution.markers.extend(added);
}

/// True if a label counts with the solved markers around it, so that its note must be missing.
fn missing_between(
    markers: &[marker::Candidate],
    solved: &[(usize, usize)],
    at: usize,
    index: usize,
) -> bool {
    let alike = |i: usize| bracket(&markers[i].shown) == bracket(&markers[index].shown);
    let rank = |i: usize| markers[i].label.rank().filter(|_| alike(i));
    let Some(own) = rank(index) else { return false };
    let before = at.checked_sub(1).and_then(|k| rank(solved[k].0));
    let after = solved.get(at).and_then(|s| rank(s.0));
    match (before, after) {
        (Some(b), Some(a)) => b < own && own < a && a - b <= 4,
        (Some(b), None) => own == b + 1,
        (None, Some(a)) => own + 1 == a,
        (None, None) => false,
    }
}
