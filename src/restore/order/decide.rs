//! Whether any order is better than the printed one beyond doubt.

use std::ops::Range;

use super::edges::Edge;
use super::evidence::{AsPrinted, Evidence, Form};
use super::imposition::Imposition;
use super::looks::Looks;
use super::pages::{Gap, Printed, Signs};
use super::search::{self, Cutting};
use crate::layout::prose::{closes_sentence, is_set_apart, resumes};
use crate::layout::{Kind, Layout};
use crate::model::{Marker, OmissionReason};
use crate::notes::Apparatus;
use crate::restore::body::Rest;
use crate::said::{Said, said};
use crate::source::Source;

/// What was decided.
#[derive(Debug)]
pub enum Decision {
    /// Nothing speaks for another order.
    AsPrinted,
    /// Something does, but not enough.
    Doubt(Said),
    /// The pages were printed in another order.
    Moved(Moved),
}

/// Pages in reading order.
#[derive(Debug)]
pub struct Moved {
    /// Ranges of lines.
    pub pages: Vec<Range<usize>>,
    /// Page numbers and running heads.
    pub furniture: Vec<(usize, OmissionReason)>,
    /// What was done, in words.
    pub detail: Said,
}

/// Most gaps that are searched. A booklet of 160 pages has about 1,000.
const MOST_GAPS: usize = 1_600;
/// Fewest pages that can be out of order.
const FEWEST: usize = 4;
/// Ways for pages to look, those by which the text is cut best, that every imposition is tried with: by one measure of
/// their lengths, and by two.
const SIZES: [usize; 2] = [2, 3];
/// Gaps of a text that is short: so little of it tells how its pages look that so many more ways are tried.
const SHORT: usize = 120;
const MORE: usize = 3;
/// How many of the orders found first are searched for once more with more states, and how much less than the best
/// they may be worth.
const WIDER: usize = 3;
const NEAR: f32 = 20.0;
/// Fewest breaks that must fall into a sentence.
const TORN: usize = 2;
/// Labels or page numbers that must count on before the printed order needs no other evidence.
const IN_ORDER: usize = 6;

/// What an order must gain over the printed one. Of 3,247 texts in order that `examples/evaluate` tried one gave 2, three
/// gave 1, seven any gain at all, once they had met what else is asked here: three times as many a unit less.
const CERTAIN: f32 = 5.0;
/// … to be worth mentioning.
const DOUBTFUL: f32 = 4.0;
/// Characters that pages must hold on average: pieces of lists can stand in any order.
const PAGE: f32 = 500.0;
/// How much each of its pages must look like one, on average: in texts that are in order and give other orders a gain
/// it is 0.5 at most, in most booklets 3 and more.
const SHOWS: f32 = 1.5;
/// How much better it must be than the next best order, and than the same with one page's edge elsewhere.
const MARGIN: (f32, f32) = (0.5, 0.5);

/// Times more that it must gain where the text was written for screens.
const ON_SCREENS: f32 = 2.0;

/// Decides.
pub fn decide(source: &Source, layout: &Layout, apparatus: &Apparatus, rests: &[Rest]) -> Decision {
    if !tears(source, rests) {
        return Decision::AsPrinted;
    }
    let Some(mut printed) = look(source, layout, apparatus, rests) else {
        return Decision::AsPrinted;
    };
    let labels = count(printed.marks.iter().filter(|m| m.note).map(|m| m.rank));
    let numbers = count(printed.edges.iter().filter_map(|e| e.number));
    if [labels, numbers].contains(&Count::Upward) && ![labels, numbers].contains(&Count::Leaps) {
        return Decision::AsPrinted;
    }
    let best = best(source, layout, &apparatus.markers, rests, &mut printed);
    let Some((best, as_printed)) = best else {
        return Decision::AsPrinted;
    };
    if moves(&best) == 0 || best.leaves.len() < FEWEST {
        return Decision::AsPrinted;
    }
    let certain = CERTAIN * if is_for_screens(source, layout) { ON_SCREENS } else { 1.0 };
    let shows = best.total - best.gain >= SHOWS * best.leaves.len() as f32;
    if printed.gaps.last().is_none_or(|end| end.at[0] < PAGE * best.leaves.len() as f32) {
        return Decision::AsPrinted;
    }
    if !shows || best.gain < certain || best.margin < MARGIN.0 || best.sharp < MARGIN.1 {
        if best.gain >= DOUBTFUL {
            return Decision::Doubt(said!(
                "the pages may be out of order ({}), but the evidence is not enough to move them",
                describe(&best)
            ));
        }
        if shows && as_printed.breaks_off() {
            return Decision::Doubt(said!(
                "{} of {} sentences that break off do not seem to go on: the pages may be out of order",
                as_printed.broken,
                as_printed.torn
            ));
        }
        return Decision::AsPrinted;
    }
    let reading = best.reading();
    let pages = reading.iter().map(|l| printed.gaps[l.from].line..printed.gaps[l.to].line).collect();
    let furniture = furniture(layout, &printed, &best);
    Decision::Moved(Moved { pages, furniture, detail: describe(&best) })
}

/// True for a text with code or links to the web in Markdown: few such were ever on paper, and their paragraphs, which
/// break off before code and lists, seem to go on anywhere.
fn is_for_screens(source: &Source, layout: &Layout) -> bool {
    /// Fewest links: a page that was read by a machine may have one or two.
    const LINKS: usize = 3;
    let body = &source.text[source.body_start..];
    layout.lines.iter().any(|l| l.kind == Kind::Code)
        || body.match_indices("](http").take(LINKS).count() == LINKS
}

/// True if enough breaks between blocks fall into a sentence: the pages of a booklet seldom end where a
/// sentence does, and without that nothing could be decided anyway.
fn tears(source: &Source, rests: &[Rest]) -> bool {
    /// Characters of the shortest line that is cut rather than a heading or a line of verse.
    const LINE: usize = 30;
    let text = |rest: &Rest| -> String { rest.ranges.iter().map(|&(s, e)| &source.text[s..e]).collect() };
    let torn = |pair: &[Rest]| {
        if pair[1].blanks == 0 && !pair[1].cut {
            return false;
        }
        let (above, below) = (text(&pair[0]), text(&pair[1]));
        let cut = above.trim().chars().count() >= LINE && !closes_sentence(&above) && !is_set_apart(&above);
        cut || resumes(&below)
    };
    rests.windows(2).filter(|pair| torn(pair)).take(TORN).count() >= TORN
}

/// The gaps of a document, unless there are too few or too many for it to be a booklet.
pub fn look(source: &Source, layout: &Layout, apparatus: &Apparatus, rests: &[Rest]) -> Option<Printed> {
    if rests.len() < FEWEST {
        return None;
    }
    let mut printed = Printed::read(source, layout, apparatus, rests);
    if layout.feeds {
        keep_outer(&mut printed.gaps, |g| g.signs.feeds > 0);
        // No booklet has more pages, and form feeds leave no doubt where they are.
        if printed.gaps.len() > usize::from(search::LARGEST) + 1 {
            return None;
        }
    }
    if printed.gaps.len() > MOST_GAPS {
        let usual = Signs { blanks: 1, ..Signs::default() };
        keep_outer(&mut printed.gaps, |g| g.signs != usual);
    }
    (FEWEST + 1..=MOST_GAPS).contains(&printed.gaps.len()).then_some(printed)
}

/// Drops gaps, but neither the first nor the last.
fn keep_outer(gaps: &mut Vec<Gap>, keep: impl Fn(&Gap) -> bool) {
    let end = gaps.len() - 1;
    let mut i = 0;
    gaps.retain(|g| {
        i += 1;
        i == 1 || i == end + 1 || keep(g)
    });
}

/// How numbers run through the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    /// Upward by one nearly everywhere.
    Upward,
    /// To and fro, as in the order of sheets.
    Leaps,
    /// Neither can be said.
    Unclear,
}

fn count(numbers: impl Iterator<Item = u32>) -> Count {
    let numbers: Vec<u32> = numbers.collect();
    let good = numbers.windows(2).filter(|w| w[1].checked_sub(w[0]).is_some_and(|step| step <= 1)).count();
    // What begins again at 1 is a new part's.
    let bad =
        numbers.windows(2).filter(|w| w[1] < w[0] && w[1] != 1 || w[1].saturating_sub(w[0]) > 3).count();
    if good >= IN_ORDER && bad <= 2 && bad * 10 <= good {
        Count::Upward
    } else if bad > 2 && bad * 4 >= numbers.len() {
        Count::Leaps
    } else {
        Count::Unclear
    }
}

/// The best of all impositions and page sizes.
fn best(
    source: &Source,
    layout: &Layout,
    markers: &[Marker],
    rests: &[Rest],
    printed: &mut Printed,
) -> Option<(Cutting, AsPrinted)> {
    let mut evidence = Evidence::gather(source, layout, markers, rests, printed);
    let as_printed = evidence.as_printed();
    if as_printed.goes_on() {
        return None;
    }
    let mut looks = looks(layout, &printed.gaps, &evidence);
    let measures = measures(&printed.gaps).len();
    let more = if printed.gaps.len() <= SHORT { MORE } else { 0 };
    looks.truncate(SIZES[measures - 1] + more);
    let mut all: Vec<(Cutting, &Looks)> = Vec::new();
    for side in printed.sides() {
        printed.turn(side);
        let pages: Vec<_> = looks.iter().map(|l| search::pages(printed, &mut evidence, l)).collect();
        for imposition in Imposition::ALL {
            for (looks, pages) in looks.iter().zip(&pages) {
                let beam = search::BEAMS.0;
                if let Some(mut found) =
                    search::search(printed, &mut evidence, imposition, looks, pages, beam)
                {
                    found.side = side;
                    all.push((found, looks));
                }
            }
        }
    }
    all.sort_by(|a, b| b.0.total.total_cmp(&a.0.total));
    let least = all.first()?.0.total - NEAR;
    for (found, looks) in all.iter_mut().take(WIDER).filter(|(found, _)| found.total >= least) {
        printed.turn(found.side);
        let pages = search::pages(printed, &mut evidence, looks);
        let beam = search::BEAMS.1;
        let wider = search::search(printed, &mut evidence, found.imposition, looks, &pages, beam);
        if let Some(wider) = wider.filter(|wider| wider.total >= found.total) {
            *found = Cutting { side: found.side, ..wider };
        }
    }
    let at = (0..all.len()).max_by(|&a, &b| all[a].0.total.total_cmp(&all[b].0.total))?;
    let (found, looks) = all.swap_remove(at);
    printed.turn(found.side);
    let mut best = search::polish(printed, &mut evidence, looks, &found);
    // The pages in another order altogether.
    let rivals =
        all.iter().filter(|(other, _)| other.imposition != best.imposition && other.side == best.side);
    let rivals = rivals.filter(|(other, _)| other.text(printed) != best.text(printed));
    let rival = rivals.map(|(other, _)| other.total).max_by(f32::total_cmp);
    best.margin = best.margin.min(rival.map_or(f32::INFINITY, |rival| best.total - rival));
    Some((best, as_printed))
}

/// How pages may look, the likeliest first.
fn looks(layout: &Layout, gaps: &[Gap], evidence: &Evidence) -> Vec<Looks> {
    /// From one number of pages to the next, and the fewest pages.
    const STEP: f32 = 1.25;
    const PAGES: f32 = 4.0;
    if layout.feeds {
        return vec![Looks::of_feeds(gaps)];
    }
    let forms: Vec<Form> = (0..gaps.len()).map(|gap| evidence.form(gap)).collect();
    let counts = std::iter::successors(Some(PAGES), |pages| Some(pages * STEP));
    let counts = counts.take_while(|&pages| pages < f32::from(search::LARGEST));
    let learn = |pages| measures(gaps).map(move |measure| (pages, measure));
    let all = counts.flat_map(learn).map(|(pages, measure)| Looks::learn(gaps, &forms, pages, measure));
    let mut all: Vec<Looks> = all.collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut different: Vec<Looks> = Vec::new();
    for looks in all {
        if !different.iter().any(|other| other.is_like(&looks)) {
            different.push(looks);
        }
    }
    different
}

/// The measures of [`Gap::at`] that differ: without notes both are the same.
fn measures(gaps: &[Gap]) -> Range<usize> {
    0..if gaps.iter().all(|gap| gap.at[0] == gap.at[1]) { 1 } else { 2 }
}

/// How many pages do not follow the page before them in the file.
fn moves(cutting: &Cutting) -> usize {
    cutting.reading().windows(2).filter(|w| w[0].to != w[1].from).count()
}

fn describe(cutting: &Cutting) -> Said {
    let printed: Vec<String> = cutting.leaves.iter().map(|l| cutting.number(l).to_string()).collect();
    let kind = match cutting.imposition {
        Imposition::Booklet => {
            said!("a booklet of {} pages in the order of its sheets", usize::from(cutting.pages))
        }
        Imposition::Covered => {
            said!(
                "a booklet of {} pages in the order of its sheets, the cover apart",
                usize::from(cutting.pages)
            )
        }
        Imposition::Reversed => said!("{} pages, the last one first", usize::from(cutting.pages)),
        Imposition::Gathered(size) => {
            said!(
                "{} pages in gatherings of {}, each in the order of its sheets",
                usize::from(cutting.pages),
                usize::from(size)
            )
        }
    };
    said!("{}: {}", kind, printed.join(", "))
}

/// The lines that are page numbers and running heads in this order.
fn furniture(layout: &Layout, printed: &Printed, cutting: &Cutting) -> Vec<(usize, OmissionReason)> {
    let mut at_edges: Vec<(Edge, i64)> = Vec::new();
    for leaf in &cutting.leaves {
        let (from, to) = (printed.gaps[leaf.from].line, printed.gaps[leaf.to].line);
        let own = |e: &&Edge| (from..to).contains(&e.line);
        let edge_lines: Vec<usize> = printed.edges.iter().filter(own).map(|e| e.line).collect();
        let quiet = |i: usize| !layout.lines[i].is_text() || edge_lines.contains(&i);
        for edge in printed.edges.iter().filter(own) {
            if (from..edge.line).all(quiet) || (edge.line..to).all(quiet) {
                at_edges.push((*edge, i64::from(cutting.number(leaf))));
            }
        }
    }
    // The difference between printed and counted page numbers that most pages share.
    let mut steps: Vec<i64> = at_edges.iter().filter_map(|(e, n)| Some(i64::from(e.number?) - n)).collect();
    steps.sort_unstable();
    let usual = steps.chunk_by(|a, b| a == b).max_by_key(|c| c.len()).filter(|c| c.len() >= 3).map(|c| c[0]);
    // A line without a number is a head only if pages enough have it.
    let recurs = at_edges.iter().filter(|(e, _)| e.number.is_none()).count() * 3 >= cutting.leaves.len();
    at_edges
        .iter()
        .filter(|(e, n)| {
            e.number.is_none() && recurs || usual.is_some_and(|u| e.number.map(i64::from) == Some(n + u))
        })
        .map(|(e, _)| (e.line, if e.bare { OmissionReason::PageNumber } else { OmissionReason::RunningHead }))
        .collect()
}

/// The first lines of `count` pages in file order: those of the imposition that was found if it has as many,
/// else at the gaps that look most like edges of pages.
pub fn cut(
    source: &Source,
    layout: &Layout,
    apparatus: &Apparatus,
    rests: &[Rest],
    count: usize,
) -> Vec<usize> {
    let Some(mut printed) = look(source, layout, apparatus, rests) else { return vec![0] };
    if let Some(best) = best(source, layout, &apparatus.markers, rests, &mut printed)
        .map(|b| b.0)
        .filter(|b| b.leaves.len() == count)
    {
        return best.leaves.iter().map(|l| printed.gaps[l.from].line).collect();
    }
    let evidence = Evidence::gather(source, layout, &apparatus.markers, rests, &printed);
    let Some(looks) = looks(layout, &printed.gaps, &evidence).into_iter().next() else { return vec![0] };
    let mut inner: Vec<usize> = (1..printed.gaps.len() - 1).collect();
    inner.sort_by(|&a, &b| looks.odds[b].total_cmp(&looks.odds[a]).then(a.cmp(&b)));
    let mut starts: Vec<usize> =
        inner.iter().take(count.saturating_sub(1)).map(|&g| printed.gaps[g].line).collect();
    starts.push(0);
    starts.sort_unstable();
    starts
}
