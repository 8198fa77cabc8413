//! Furniture where nothing shows the pages: what comes back with a number that counts on.

use std::collections::BTreeMap;

use super::shape::{is_head, is_number_only, shape};
use super::{LONGEST, RECURS, longest_count};
use crate::layout::{Kind, Line, labels};
use crate::model::OmissionReason;
use crate::quotes;
use crate::source::Source;

/// No form feeds: a head comes back with a page number that grows; a bare page number belongs to a long
/// chain that counts on, each standing alone.
pub fn by_recurrence(source: &Source, lines: &mut [Line]) {
    /// Bare numbers that must count on before they are page numbers.
    const CHAIN: usize = 5;
    /// Fewest lines between two running heads.
    const APART: usize = 6;
    /// Fewest lines between two page numbers.
    const CLOSEST: usize = 2;
    let alone = |lines: &[Line], i: usize| {
        (i == 0 || !lines[i - 1].is_text()) && lines.get(i + 1).is_none_or(|l| !l.is_text())
    };
    let mut groups: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    let mut bare: Vec<(usize, u32)> = Vec::new();
    let mut plain: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        if line.kind != Kind::Text || line.end - line.start > LONGEST * 4 {
            continue;
        }
        let text = line.text(source);
        let beside_blank = i == 0 || lines[i - 1].is_blank() || lines.get(i + 1).is_none_or(Line::is_blank);
        if !beside_blank || text.chars().count() > LONGEST {
            continue;
        }
        let shape = shape(text, false);
        if is_number_only(&shape.key) {
            let apart = alone(lines, i)
                || (i > 0 && lines[i - 1].is_blank())
                || lines.get(i + 1).is_none_or(Line::is_blank);
            if let Some(&n) = shape.numbers.first().filter(|_| apart) {
                bare.push((i, n));
            }
        } else if is_head(&shape) {
            groups.entry(shape.key).or_default().push((i, shape.numbers[0]));
        } else if shape.numbers.is_empty() && alone(lines, i) {
            plain.entry(shape.key).or_default().push(i);
        }
    }
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    for group in groups.values() {
        let grows = group.windows(2).all(|w| w[1].1 > w[0].1 && w[1].0 >= w[0].0 + APART);
        if group.len() >= RECURS && grows {
            for &(line, n) in group {
                lines[line].kind = Kind::Furniture(OmissionReason::RunningHead);
                numbers.push((line, n));
            }
        }
    }
    bare.retain(|&(line, _)| lines[line].kind == Kind::Text);
    set_apart_markers(source, lines, &mut bare, CHAIN);
    if leaps(source, lines, &bare) {
        for (line, _) in bare.drain(..) {
            lines[line].kind = Kind::Furniture(OmissionReason::PageNumber);
        }
    }
    // What may be a note's label is a page number only if nothing else is.
    let (labels, plainer): (Vec<_>, Vec<_>) =
        bare.into_iter().partition(|&(line, _)| heads_a_note(source, lines, line));
    let heads = numbers.len();
    for more in [plainer, labels] {
        // The heads' numbers help the bare ones to count on (odd pages bare, even pages with a head).
        let own = more.len();
        numbers.extend(more);
        numbers.sort_unstable();
        // a number at one page's foot and the next at the next page's head stand close
        let chain = longest_count(&numbers, CLOSEST);
        let labels = chain.iter().filter(|&&k| heads_a_note(source, lines, numbers[k].0)).count();
        let pages = labels * 10 < chain.len() * 9 && !label_a_list(source, lines, &numbers, &chain);
        if own > 0 && chain.len() >= CHAIN.max(heads) && pages {
            for &k in &chain {
                let line = numbers[k].0;
                if lines[line].kind == Kind::Text {
                    lines[line].kind = Kind::Furniture(OmissionReason::PageNumber);
                }
            }
            break;
        }
    }
    // A title that stands alone beside a page number, again and again, is a running head.
    for group in plain.values().filter(|g| g.len() >= RECURS) {
        let beside = |&i: &usize| {
            let near = |mut range: Box<dyn Iterator<Item = usize>>| {
                range.find(|&k| !lines[k].is_blank()).is_some_and(|k| lines[k].is_furniture())
            };
            near(Box::new((0..i).rev().take(4))) || near(Box::new((i + 1..lines.len()).take(4)))
        };
        let hits: Vec<usize> = group.iter().copied().filter(beside).collect();
        if hits.len() >= RECURS && hits.len() * 3 >= group.len() * 2 {
            for i in hits {
                lines[i].kind = Kind::Furniture(OmissionReason::RunningHead);
            }
        }
    }
}

/// True for bare numbers that are those of pages in another order than they are read in: all different and nearly all
/// there, each a page from the next, and falling again and again as no labels of notes do.
fn leaps(source: &Source, lines: &[Line], bare: &[(usize, u32)]) -> bool {
    /// Fewest numbers.
    const NUMBERS: usize = 5;
    /// Words of the shortest page between two of them.
    const WORDS: usize = 90;
    let mut sorted: Vec<u32> = bare.iter().map(|b| b.1).collect();
    sorted.sort_unstable();
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else { return false };
    sorted.dedup();
    let steps = bare.len() - 1;
    let falls = bare.windows(2).filter(|w| w[1].1 < w[0].1).count();
    let long = bare.windows(2).filter(|w| words_between(source, lines, w[0].0, w[1].0) >= WORDS).count();
    bare.len() >= NUMBERS
        && sorted.len() == bare.len()
        && bare.len() * 10 >= ((most - least) as usize + 1) * 7
        && falls * 5 >= steps
        && long * 5 >= steps * 4
}

/// True for a number right over a line that opens a sentence: a note's label may stand so on a line of its own, while a
/// page begins anywhere in a sentence, and its number stands apart.
fn heads_a_note(source: &Source, lines: &[Line], line: usize) -> bool {
    let opening = |t: &str| {
        t.trim_start_matches(|c| quotes::opens(c) || "(_*".contains(c)).starts_with(char::is_uppercase)
    };
    lines.get(line + 1).is_some_and(|l| l.is_text() && opening(l.text(source)))
}

/// Takes out numbers that are the markers of notes, raised figures on lines of their own, if the others still count on:
/// each stands right below text, and a note below has it for its label.
fn set_apart_markers(source: &Source, lines: &[Line], bare: &mut Vec<(usize, u32)>, fewest: usize) {
    /// Lines from a marker to its note, at most: a page.
    const PAGE: usize = 80;
    let mut notes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for line in (0..lines.len()).filter(|&i| lines[i].is_text() && heads_a_note(source, lines, i)) {
        if let Some(number) = labels::number(lines[line].text(source)) {
            notes.entry(number).or_default().push(line);
        }
    }
    let calls = |&(line, number): &(usize, u32)| {
        let below = line > 0 && lines[line - 1].is_text() && !heads_a_note(source, lines, line);
        below
            && notes.get(&number).is_some_and(|at| {
                at.get(at.partition_point(|&l| l <= line)).is_some_and(|&l| l <= line + PAGE)
            })
    };
    let (markers, others): (Vec<_>, Vec<_>) = bare.iter().copied().partition(calls);
    let pages: Vec<_> =
        others.iter().copied().filter(|&(line, _)| !heads_a_note(source, lines, line)).collect();
    if markers.len() >= fewest && longest_count(&pages, 1).len() >= fewest {
        *bare = others;
    }
}

/// True for numbers from 1 on that each stand over a few words: they label notes, for no page holds so little.
fn label_a_list(source: &Source, lines: &[Line], numbers: &[(usize, u32)], chain: &[usize]) -> bool {
    /// Words of the longest text that half of the labels may stand over.
    const WORDS: usize = 90;
    let mut between: Vec<usize> =
        chain.windows(2).map(|w| words_between(source, lines, numbers[w[0]].0, numbers[w[1]].0)).collect();
    between.sort_unstable();
    let first = chain.first().is_some_and(|&k| numbers[k].1 == 1);
    first && between.get(between.len() / 2).is_some_and(|&half| (1..=WORDS).contains(&half))
}

/// The words of the text between two lines.
fn words_between(source: &Source, lines: &[Line], from: usize, to: usize) -> usize {
    let text = lines[from + 1..to].iter().filter(|l| l.is_text());
    text.map(|l| l.text(source).split_whitespace().count()).sum()
}
