//! Two columns of a page, extracted side by side on the same lines: unfolded, the left one first.

use std::collections::HashSet;
use std::ops::Range;

use super::line;
use crate::source::Source;

/// Lines of text that a page must have before its columns are looked for.
const FEWEST: usize = 10;
/// Spaces between the columns where a line fills both.
const GUTTER: usize = 2;

/// Says that a page begins.
const FEED: &str = "\n\u{c}";

/// A piece of the text and the line end that follows it in the new order.
type Piece = (Range<usize>, &'static str);

/// The source with its columns unfolded, if most of its pages have two side by side.
pub fn unfold(source: Source) -> Source {
    let text = &source.text[source.body_start..];
    if !text.contains("   ") && !text.contains('\t') {
        return source;
    }
    let mut pages: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let mut at = source.body_start;
    let fed = text.contains('\u{c}');
    let ends = if fed { HashSet::new() } else { numbered(text) };
    for raw in text.split_inclusive('\n').flat_map(line::by_page) {
        if line::begins_page(raw) {
            pages.push(Vec::new());
        }
        let line = at..at + raw.trim_end_matches('\n').len();
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
        if ends.contains(&(at - source.body_start)) {
            pages.push(Vec::new());
        }
        at += raw.len();
    }
    let gutters: Vec<Option<usize>> = pages.iter().map(|page| gutter(&source.text, page)).collect();
    let full = |page: &&Vec<Range<usize>>| {
        page.iter().filter(|l| !source.text[(*l).clone()].trim().is_empty()).count() >= FEWEST
    };
    let split = gutters.iter().flatten().count();
    // One page with a table is no reason to cut a book in two.
    if split < 2 || split * 2 < pages.iter().filter(full).count() {
        return source;
    }
    let mut pieces: Vec<Piece> = vec![(0..source.body_start, "")];
    for (page, gutter) in pages.iter().zip(gutters) {
        if let Some(last) = pieces.last_mut().filter(|p| !fed && p.1 == "\n") {
            last.1 = FEED;
        }
        match gutter {
            Some(gutter) => columns(&source.text, page, gutter, &mut pieces),
            None => pieces.extend(page.iter().map(|line| (line.clone(), "\n"))),
        }
    }
    source.rearranged(&pieces)
}

/// Where the last lines of pages begin that lost their form feeds: their numbers, which count on.
fn numbered(text: &str) -> HashSet<usize> {
    /// Fewer may be anything.
    const FEWEST: usize = 3;
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        numbers.extend(number_amid(line).map(|number| (at, number)));
        at += line.len();
    }
    let counts_on = |a: &(usize, u32), b: &(usize, u32)| a.1.checked_add(1) == Some(b.1);
    let series = numbers.chunk_by(counts_on).filter(|s| s.len() >= FEWEST);
    series.flatten().map(|&(at, _)| at).collect()
}

/// The number that stands alone amid a line, as a page's does.
fn number_amid(line: &str) -> Option<u32> {
    /// Columns before it, at least.
    const AMID: usize = 20;
    let number = line.trim();
    let digits = number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    let amid = || spread(line).take_while(|(_, c)| c.is_whitespace()).count() >= AMID;
    if digits && amid() { number.parse().ok() } else { None }
}

/// A line's characters with the place of each, tabs as the spaces that they stand for: only the first has a place.
fn spread(line: &str) -> impl Iterator<Item = (Option<usize>, char)> {
    const TAB: usize = 8;
    let mut column = 0;
    line.char_indices().flat_map(move |(i, c)| {
        let width = if c == '\t' { TAB - column % TAB } else { 1 };
        column += width;
        let shown = if c == '\t' { ' ' } else { c };
        (0..width).map(move |k| (Some(i).filter(|_| k == 0), shown))
    })
}

/// The column (in characters) at which most lines of a page can be cut without cutting a word.
fn gutter(text: &str, page: &[Range<usize>]) -> Option<usize> {
    let lines: Vec<Vec<char>> = page
        .iter()
        .map(|l| spread(text[l.clone()].trim_end()).take(400).map(|(_, c)| c).collect::<Vec<char>>())
        .filter(|l| !l.is_empty())
        .collect();
    let width = lines.iter().map(Vec::len).max()?;
    if lines.len() < FEWEST || width < 60 {
        return None;
    }
    let space = |line: &[char], at: usize| line.get(at).is_none_or(|c| c.is_whitespace());
    let judge = |at: usize| {
        let crossed = lines.iter().filter(|l| l.len() > at && !(space(l, at) && space(l, at - 1))).count();
        let (mut left, mut right, mut both) = (0, 0, 0);
        for line in &lines {
            let before = line[..at.min(line.len())].iter().any(|c| !c.is_whitespace());
            let behind = line.len() > at && line[at..].iter().take(30).any(|c| !c.is_whitespace());
            left += usize::from(before);
            right += usize::from(behind);
            both += usize::from(before && behind);
        }
        (crossed, left.min(right), both)
    };
    // Columns whose lines stand at different heights share few lines, but each of them has many.
    let best = (width * 3 / 10..=width * 7 / 10)
        .map(|at| (judge(at), at))
        .filter(|((crossed, least, both), _)| {
            crossed * 6 <= lines.len() && least * 5 >= lines.len() * 2 && both * 6 >= lines.len()
        })
        .min_by_key(|((crossed, least, both), at)| {
            (*crossed, usize::MAX - least, usize::MAX - both, usize::MAX - at)
        })?;
    Some(best.1)
}

/// The lines of a page, cut at the gutter: the left column, then the right; a line that crosses the gutter
/// stands by itself between what is above and below it.
fn columns(text: &str, page: &[Range<usize>], gutter: usize, pieces: &mut Vec<Piece>) {
    /// Says that a column begins.
    const BREAK: &str = "\n\u{b}";
    let unfold = |pieces: &mut Vec<Piece>, right: &mut Vec<Piece>| {
        if let Some(last) = pieces.last_mut().filter(|p| p.1 == "\n" && !right.is_empty()) {
            last.1 = BREAK;
        }
        // The gutter's width is no indentation.
        let lead = |p: &Piece| text[p.0.clone()].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let shared = right.iter().filter(|p| lead(p) < p.0.len()).map(lead).min().unwrap_or(0);
        for piece in right.iter_mut() {
            piece.0.start = (piece.0.start + shared).min(piece.0.end);
        }
        pieces.append(right);
    };
    let mut right: Vec<Piece> = Vec::new();
    // A page's number stands below both columns.
    let last = page.iter().rposition(|l| !text[l.clone()].trim().is_empty());
    for (index, line) in page.iter().enumerate() {
        let content = &text[line.clone()];
        if Some(index) == last && number_amid(content).is_some() {
            unfold(pieces, &mut right);
            pieces.push((line.clone(), "\n"));
            continue;
        }
        // A tab that reaches over the gutter stands before it.
        let cut = spread(content).skip(gutter).find_map(|(i, _)| i).map(|i| line.start + i);
        let Some(cut) = cut else {
            pieces.push((line.clone(), "\n"));
            continue;
        };
        let (left_text, right_text) = (&text[line.start..cut], &text[cut..line.end]);
        let clear = left_text.ends_with(&" ".repeat(GUTTER))
            || left_text.ends_with('\t')
            || left_text.trim().is_empty()
            || right_text.starts_with(' ');
        if !clear
            && left_text.ends_with(|c: char| !c.is_whitespace())
            && !right_text.starts_with(char::is_whitespace)
        {
            unfold(pieces, &mut right);
            pieces.push((line.clone(), "\n"));
            continue;
        }
        let left_end = line.start + left_text.trim_end().len();
        pieces.push((line.start..left_end, "\n"));
        right.push((cut..line.end, "\n"));
    }
    unfold(pieces, &mut right);
}
