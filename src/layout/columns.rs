//! Two columns of a page, extracted side by side on the same lines: unfolded, the left one first.

use std::ops::Range;

use crate::source::Source;

/// Lines of text that a page must have before its columns are looked for.
const FEWEST: usize = 10;
/// Spaces between the columns where a line fills both.
const GUTTER: usize = 2;

/// A piece of the text and the line end that follows it in the new order.
type Piece = (Range<usize>, &'static str);

/// The source with its columns unfolded, if most of its pages have two side by side.
pub fn unfold(source: Source) -> Source {
    let text = &source.text[source.body_start..];
    if !text.contains("   ") {
        return source;
    }
    let mut pages: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let mut at = source.body_start;
    for raw in text.split_inclusive('\n') {
        if raw.starts_with('\x0c') {
            pages.push(Vec::new());
        }
        let line = at..at + raw.trim_end_matches('\n').len();
        at += raw.len();
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
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
        match gutter {
            Some(gutter) => columns(&source.text, page, gutter, &mut pieces),
            None => pieces.extend(page.iter().map(|line| (line.clone(), "\n"))),
        }
    }
    source.rearranged(&pieces)
}

/// The column (in characters) at which most lines of a page can be cut without cutting a word.
fn gutter(text: &str, page: &[Range<usize>]) -> Option<usize> {
    let lines: Vec<Vec<char>> = page
        .iter()
        .map(|l| text[l.clone()].trim_end().chars().take(400).collect::<Vec<char>>())
        .filter(|l| !l.is_empty())
        .collect();
    let width = lines.iter().map(Vec::len).max()?;
    if lines.len() < FEWEST || width < 60 {
        return None;
    }
    let space = |line: &[char], at: usize| line.get(at).is_none_or(|c| c.is_whitespace());
    let judge = |at: usize| {
        let crossed = lines.iter().filter(|l| l.len() > at && !(space(l, at) && space(l, at - 1))).count();
        let both = lines
            .iter()
            .filter(|l| {
                let right = l.len() > at && l[at..].iter().take(30).any(|c| !c.is_whitespace());
                right && l[..at.min(l.len())].iter().any(|c| !c.is_whitespace())
            })
            .count();
        (crossed, both)
    };
    let best = (width * 3 / 10..=width * 7 / 10)
        .map(|at| (judge(at), at))
        .filter(|((crossed, both), _)| crossed * 6 <= lines.len() && both * 5 >= lines.len() * 2)
        .min_by_key(|((crossed, both), at)| (*crossed, usize::MAX - both, usize::MAX - at))?;
    Some(best.1)
}

/// The lines of a page, cut at the gutter: the left column, then the right; a line that crosses the gutter
/// stands by itself between what is above and below it.
fn columns(text: &str, page: &[Range<usize>], gutter: usize, pieces: &mut Vec<Piece>) {
    let mut right: Vec<Piece> = Vec::new();
    for line in page {
        let content = &text[line.clone()];
        let cut = content.char_indices().nth(gutter).map(|(i, _)| line.start + i);
        let Some(cut) = cut else {
            pieces.push((line.clone(), "\n"));
            continue;
        };
        let (left_text, right_text) = (&text[line.start..cut], &text[cut..line.end]);
        let clear = left_text.ends_with(&" ".repeat(GUTTER))
            || left_text.trim().is_empty()
            || right_text.starts_with(' ');
        if !clear
            && left_text.ends_with(|c: char| !c.is_whitespace())
            && !right_text.starts_with(char::is_whitespace)
        {
            pieces.append(&mut right);
            pieces.push((line.clone(), "\n"));
            continue;
        }
        let left_end = line.start + left_text.trim_end().len();
        pieces.push((line.start..left_end, "\n"));
        right.push((cut..line.end, "\n"));
    }
    pieces.append(&mut right);
}
