//! How much a series of notes leaves unexplained.
//!
//! Listings, steps, rules and sections number their lines as notes are numbered, and figures hang at words of code as
//! markers do. Among many such accidents the search always finds some that follow one another. What gives them away is
//! what they leave over: other lines numbered alike between the first and the last of them, to which nothing in the text
//! points; labels that do not count; pages that hold the one and not the other. True notes show one of these now and
//! then: a manual with notes at its feet numbers its listings too, and a page of notes loses a marker to its scanner. But
//! those among other numbered lines count on, page by page; and those that come in no order are all there is.

use std::collections::HashSet;

use super::Sign;
use super::pair::{Pair, Problem, Way};

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
pub fn believed(problem: &Problem, way: Way, mut chain: Vec<Pair>) -> Vec<Pair> {
    if is_doubtful(problem, way, &chain, MOST) {
        let pages = problem.layout.pages();
        let shared = |p: &Pair| problem.layout.feeds && problem.share(&pages, p);
        chain.retain(|p| p.gain >= SURE && shared(p));
        if is_doubtful(problem, way, &chain, MOST * TRUST) {
            chain.clear();
        }
    }
    chain
}

/// True for a series of signs that anything could be, which explains so little of the lines numbered like its notes, and
/// in so little order, that it is rather the search's than the author's.
fn is_doubtful(problem: &Problem, way: Way, chain: &[Pair], most: f32) -> bool {
    let Problem { layout, heads, .. } = *problem;
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
    let alike = |h: &usize| way.heads(&heads[*h]) && heads[*h].weight >= POSSIBLE && !taken.contains(h);
    let between = (first.head..=last.head).filter(alike).count() as f32;
    let left_over = between / (between + all);
    let disorder = 1.0 - ordered(problem, chain) * sharing_pages(problem, chain);
    let runs = layout.runs();
    let blocks: HashSet<u32> = chain.iter().map(|p| runs[heads[p.head].line]).collect();
    let in_blocks = (0..heads.len()).filter(alike).filter(|h| blocks.contains(&runs[heads[*h].line])).count();
    left_over * disorder > most * gain.max(0.0) || in_blocks as f32 > BLOCK * all && gain < SURE
}

/// The share of pairs whose label counts on from the one before, or begins.
pub fn ordered(problem: &Problem, chain: &[Pair]) -> f32 {
    let rank = |p: &Pair| problem.rank(p);
    let counted = chain.windows(2).filter(|w| rank(&w[0]) + 1 == rank(&w[1])).count();
    let firsts = chain.iter().filter(|p| rank(p) == 1).count();
    (counted + firsts) as f32 / chain.len().max(1) as f32
}

/// The share of pairs whose marker and note stand on one page; all of them where nothing tells pages apart.
fn sharing_pages(problem: &Problem, chain: &[Pair]) -> f32 {
    if !problem.layout.feeds {
        return 1.0;
    }
    let pages = problem.layout.pages();
    chain.iter().filter(|p| problem.share(&pages, p)).count() as f32 / chain.len().max(1) as f32
}
