//! How much a series of notes leaves unexplained.
//!
//! Listings, steps, rules and sections number their lines as notes are numbered, and figures hang at words of code as
//! markers do. Among many such accidents the search always finds some that follow one another. What gives them away is
//! what they leave over: other lines numbered alike between the first and the last of them, to which nothing in the text
//! points; labels that do not count; pages that hold the one and not the other. True notes show one of these now and
//! then: a manual with notes at its feet numbers its listings too, and a page of notes loses a marker to its scanner. But
//! those among other numbered lines count on, page by page; and those that come in no order are all there is.

use std::collections::HashSet;

use super::pair::{Pair, Way};
use super::{Sign, head, marker};
use crate::layout::Layout;

/// What a series leaves over, times its disorder, for each unit that its pairs weigh, at most. Of the practice documents'
/// series none is beyond 0.04; of listings and lists that passed for notes in manuals none is below 0.07.
const MOST: f32 = 0.05;
/// Lines for each note that are numbered like it and stand in one block with it, but have no marker, at most. Feet of pages
/// that no gap parts from listings have more.
const BLOCK: f32 = 1.0;
/// What a line weighs that could be a note at all.
const POSSIBLE: f32 = 0.5;
/// What a pair weighs that stands by itself, on a page that holds both.
const SURE: f32 = 2.0;
/// Of pairs that stand by themselves so much more is believed.
const TRUST: f32 = 2.5;

/// The series, or of a doubtful one those pairs that stand by themselves.
pub fn believed(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    way: Way,
    mut chain: Vec<Pair>,
) -> Vec<Pair> {
    if is_doubtful(layout, markers, heads, way, &chain, MOST) {
        let pages = layout.pages();
        let shared = |p: &Pair| layout.feeds && pages[markers[p.marker].line] == pages[heads[p.head].line];
        chain.retain(|p| p.gain >= SURE && shared(p));
        if is_doubtful(layout, markers, heads, way, &chain, MOST * TRUST) {
            chain.clear();
        }
    }
    chain
}

/// True for a series of signs that anything could be, which explains so little of the lines numbered like its notes, and
/// in so little order, that it is rather the search's than the author's.
fn is_doubtful(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    way: Way,
    chain: &[Pair],
    most: f32,
) -> bool {
    let listed = way.heads.iter().any(|sign| matches!(sign, Sign::Bare | Sign::Dotted));
    let plain = way.markers.iter().any(|sign| match sign {
        Sign::Bare | Sign::Paren => true,
        Sign::Bracket => listed,
        _ => false,
    });
    let (true, Some(first), Some(last)) = (plain, chain.first(), chain.last()) else { return false };
    let all = chain.len() as f32;
    let gain = chain.iter().map(|p| p.gain).sum::<f32>() / all;
    let taken: HashSet<usize> = chain.iter().map(|p| p.head).collect();
    let alike =
        |h: &usize| way.heads.contains(&heads[*h].sign) && heads[*h].weight >= POSSIBLE && !taken.contains(h);
    let between = (first.head..=last.head).filter(alike).count() as f32;
    let left_over = between / (between + all);
    let disorder = 1.0 - ordered(heads, chain) * sharing_pages(layout, markers, heads, chain);
    let runs = layout.runs();
    let blocks: HashSet<u32> = chain.iter().map(|p| runs[heads[p.head].line]).collect();
    let in_blocks = (0..heads.len()).filter(alike).filter(|h| blocks.contains(&runs[heads[*h].line])).count();
    left_over * disorder > most * gain.max(0.0) || in_blocks as f32 > BLOCK * all && gain < SURE
}

/// The share of pairs whose label counts on from the one before, or begins.
pub fn ordered(heads: &[head::Candidate], chain: &[Pair]) -> f32 {
    let rank = |p: &Pair| heads[p.head].label.rank().unwrap_or(0);
    let counted = chain.windows(2).filter(|w| rank(&w[0]) + 1 == rank(&w[1])).count();
    let firsts = chain.iter().filter(|p| rank(p) == 1).count();
    (counted + firsts) as f32 / chain.len().max(1) as f32
}

/// The share of pairs whose marker and note stand on one page; all of them where nothing tells pages apart.
fn sharing_pages(
    layout: &Layout,
    markers: &[marker::Candidate],
    heads: &[head::Candidate],
    chain: &[Pair],
) -> f32 {
    if !layout.feeds {
        return 1.0;
    }
    let pages = layout.pages();
    let share = |p: &&Pair| pages[markers[p.marker].line] == pages[heads[p.head].line];
    chain.iter().filter(share).count() as f32 / chain.len().max(1) as f32
}
