//! Furniture where form feeds show the pages: what comes back at their edges.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{Shape, is_number_only, looks_like_note, shape};
use super::{LONGEST, RECURS};
use crate::layout::{Kind, Line, labels};
use crate::model::OmissionReason;
use crate::quotes;
use crate::source::Source;

/// Form feeds show the pages: a head is what several pages have at the same edge; a page number is one
/// that keeps step with the count of pages.
pub fn at_page_edges(source: &Source, lines: &mut [Line]) {
    /// Lines looked at from each edge.
    const DEPTH: usize = 3;
    let mut starts: Vec<usize> = (0..lines.len()).filter(|&i| i == 0 || lines[i].feed).collect();
    starts.push(lines.len());
    let copied = copied(source, lines, &starts, DEPTH);
    // (edge, key) → pages; (edge, text) → pages; number − page → pages
    let mut heads: BTreeMap<(bool, String), usize> = BTreeMap::new();
    let mut texts_seen: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    // (alone on the line, step) → pages; a line with two numbers is no two witnesses
    let mut steps: BTreeMap<(bool, i64), BTreeSet<usize>> = BTreeMap::new();
    let mut edges: Vec<(usize, bool, usize, Shape)> = Vec::new();
    for (page, bounds) in starts.windows(2).enumerate() {
        let texts: Vec<usize> = (bounds[0]..bounds[1]).filter(|&i| lines[i].kind == Kind::Text).collect();
        let top = texts.iter().take(DEPTH).map(|&i| (i, false));
        let bottom = texts.iter().rev().take(DEPTH).map(|&i| (i, true));
        for (line, is_bottom) in top.chain(bottom) {
            let text = lines[line].text(source);
            let shape = match is_long(text) {
                true if !copied.contains(text) => continue,
                true => Shape { key: text.to_owned(), numbers: Vec::new() },
                false => shape(text, true),
            };
            for &n in &shape.numbers {
                let step = i64::from(n) - page as i64;
                steps.entry((is_number_only(&shape.key), step)).or_default().insert(page);
            }
            if !is_number_only(&shape.key) {
                *texts_seen.entry((is_bottom, text)).or_default() += 1;
                *heads.entry((is_bottom, shape.key.clone())).or_default() += 1;
            }
            edges.push((page, is_bottom, line, shape));
        }
    }
    let titles = titles_in_capitals(source, lines, &edges);
    // Blank leaves and missing pages shift the step: near neighbours count with it.
    let keeps_step = |alone: bool, number: u32, page: usize| {
        let step = i64::from(number) - page as i64;
        let near = (step - 2..=step + 2).filter_map(|s| steps.get(&(alone, s)));
        // Of many pages the first few say enough.
        near.flat_map(|pages| pages.iter().take(RECURS)).collect::<BTreeSet<_>>().len() >= RECURS
    };
    // The lines below a number that is no page's, or below a sign: a note whose label stands above it.
    let labelled_by: BTreeMap<usize, Option<u32>> = edges
        .iter()
        .filter_map(|&(_, _, line, _)| {
            let above = (line.saturating_sub(2)..line).rev().find(|&i| !lines[i].is_blank())?;
            let text = lines[above].text(source);
            let number = labels::number(text);
            (number.is_some() || labels::symbol(text).is_some()).then_some((line, number))
        })
        .collect();
    let labelled = |line: usize, page: usize| {
        labelled_by.get(&line).is_some_and(|n| n.is_none_or(|number| !keeps_step(true, number, page)))
    };
    // From the edge inwards: a line is furniture only if every line between it and the edge is.
    let mut open: BTreeMap<(usize, bool), bool> = BTreeMap::new();
    // What the head of the page said last: nothing says it twice but the title of the section that begins there.
    let mut said: (usize, String) = (0, String::new());
    let letters = |line: usize, lines: &[Line]| -> String {
        lines[line].text(source).chars().filter(|c| c.is_alphabetic()).collect()
    };
    for (page, is_bottom, line, shape) in edges {
        let open = open.entry((page, is_bottom)).or_insert(true);
        if !*open {
            continue;
        }
        // A numeral says too little: it may be a column's own head.
        let titled = !is_bottom && said.1.len() > 3 && said == (page, letters(line, lines));
        let alone = is_number_only(&shape.key);
        let in_step = shape.numbers.iter().any(|&n| keeps_step(alone, n, page));
        let reason = if alone {
            in_step.then_some(OmissionReason::PageNumber)
        } else {
            let times = heads.get(&(is_bottom, shape.key.clone())).copied().unwrap_or(0);
            // Two are enough at the top where the numbers of other heads say that theirs is the page's.
            let numbered = !is_bottom && in_step && (shape.key.starts_with('#') || shape.key.ends_with('#'));
            let recurs = times >= RECURS || times + 1 == RECURS && numbered;
            // "Vol. 1, p. 237" may recur at the foot of pages too, but its numbers keep no step with them.
            let text = lines[line].text(source);
            let steady = shape.numbers.is_empty()
                || in_step
                || texts_seen.get(&(is_bottom, text)).copied().unwrap_or(0) >= RECURS;
            let noted = is_bottom && (looks_like_note(&shape.key) || labelled(line, page));
            let lettered = shape.key.contains(char::is_alphabetic);
            (!titled && (recurs && steady && !noted && lettered || titles.contains(&line)))
                .then_some(OmissionReason::RunningHead)
        };
        if reason == Some(OmissionReason::RunningHead) && !is_bottom {
            said = (page, letters(line, lines));
        }
        match reason {
            Some(reason) => lines[line].kind = Kind::Furniture(reason),
            None => *open = false,
        }
    }
    for line in titles {
        lines[line].kind = Kind::Furniture(OmissionReason::RunningHead);
    }
}

/// True for a line that is longer than a head.
fn is_long(text: &str) -> bool {
    text.chars().count() > LONGEST
}

/// The long lines that come back word for word at the edges of pages, `depth` lines from each: they say who made the copy.
fn copied<'s>(source: &'s Source, lines: &[Line], starts: &[usize], depth: usize) -> BTreeSet<&'s str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for bounds in starts.windows(2) {
        let mut texts: Vec<&str> = Vec::new();
        let page =
            lines[bounds[0]..bounds[1]].iter().filter(|l| l.kind == Kind::Text).map(|l| l.text(source));
        texts.extend(page.clone().take(depth));
        texts.extend(page.rev().take(depth));
        texts.retain(|text| is_long(text));
        texts.sort_unstable();
        texts.dedup();
        texts.into_iter().for_each(|text| *seen.entry(text).or_default() += 1);
    }
    seen.into_iter().filter(|s| s.1 >= RECURS).map(|s| s.0).collect()
}

/// Lines at the edges of pages that say in capitals what another line says in small letters: section heads change too
/// often to recur, but the text has the section's own heading besides.
fn titles_in_capitals(
    source: &Source,
    lines: &[Line],
    edges: &[(usize, bool, usize, Shape)],
) -> BTreeSet<usize> {
    /// Letters of the shortest title.
    const SHORTEST: usize = 6;
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    let in_capitals = |text: &str| text.contains(char::is_uppercase) && !text.contains(char::is_lowercase);
    let candidates: BTreeMap<usize, String> = edges
        .iter()
        .map(|&(_, _, line, _)| (line, lines[line].text(source)))
        .filter(|(_, text)| in_capitals(text))
        .map(|(line, text)| (line, letters(text)))
        .filter(|(_, title)| title.chars().take(SHORTEST).count() == SHORTEST)
        .collect();
    if candidates.len() < RECURS {
        return BTreeSet::new();
    }
    let wanted: BTreeSet<&str> = candidates.values().map(String::as_str).collect();
    let mut said: BTreeSet<String> = BTreeSet::new();
    for line in lines.iter().filter(|l| l.kind == Kind::Text && l.end - l.start <= LONGEST * 4) {
        let text = line.text(source);
        let title = letters(text);
        // An entry of the table of contents, which ends in a page number, is no heading.
        let ends = text.ends_with(|c: char| c.is_alphabetic() || "?!)".contains(c) || quotes::closes(c))
            && !text.contains(". .");
        if !in_capitals(text) && ends && wanted.contains(title.as_str()) {
            said.insert(title);
        }
    }
    let at_edges = candidates.values().filter(|title| said.contains(*title)).count();
    if at_edges < RECURS {
        return BTreeSet::new();
    }
    // Extraction may have moved some into the page.
    let alone = |i: usize| (i == 0 || lines[i - 1].is_blank()) && lines.get(i + 1).is_none_or(Line::is_blank);
    let is_title = |&i: &usize| {
        let line = &lines[i];
        let text = line.text(source);
        line.kind == Kind::Text
            && line.end - line.start <= LONGEST * 4
            && (candidates.contains_key(&i) || alone(i))
            && in_capitals(text)
            && said.contains(&letters(text))
    };
    (0..lines.len()).filter(is_title).collect()
}
