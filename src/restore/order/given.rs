//! What `pages:` says.

use std::ops::Range;

use super::decide;
use crate::layout::Layout;
use crate::notes::Apparatus;
use crate::restore::body::Rest;
use crate::said::{Said, said};
use crate::source::Source;

/// Most pages that a list can name.
const MOST: usize = 10_000;

/// Ranges of lines in the order that the owner gives; pages not named follow in file order, so that no word
/// is lost.
pub fn pages(
    source: &Source,
    layout: &Layout,
    apparatus: &Apparatus,
    rests: &[Rest],
    given: &str,
) -> Result<Vec<Range<usize>>, Said> {
    let order = parse(given)?;
    let most = order.iter().copied().max().unwrap_or(0);
    let starts = starts(source, layout, apparatus, rests, most);
    if starts.len() < most {
        return Err(said!(
            "`pages:` names page {}, but {} pages were found in the file",
            most.to_string(),
            starts.len()
        ));
    }
    let mut ranges: Vec<Range<usize>> = starts
        .iter()
        .enumerate()
        .map(|(i, &s)| s..starts.get(i + 1).copied().unwrap_or(layout.lines.len()))
        .collect();
    let mut out: Vec<Range<usize>> =
        order.iter().map(|&page| std::mem::take(&mut ranges[page - 1])).collect();
    out.extend(ranges.into_iter().filter(|r| !r.is_empty()));
    Ok(out)
}

/// The first lines of the file's pages: at form feeds where there are any, else at what looks most like the
/// edge of a page.
fn starts(
    source: &Source,
    layout: &Layout,
    apparatus: &Apparatus,
    rests: &[Rest],
    most: usize,
) -> Vec<usize> {
    let feeds: Vec<usize> = (0..layout.lines.len()).filter(|&i| i == 0 || layout.lines[i].feed).collect();
    if feeds.len() > 1 {
        return feeds;
    }
    decide::cut(source, layout, apparatus, rests, most)
}

/// Reads `5-18, 20, 19`.
fn parse(given: &str) -> Result<Vec<usize>, Said> {
    let mut order: Vec<usize> = Vec::new();
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|n| (1..=MOST).contains(n));
    for item in given.split([',', ';']).map(str::trim).filter(|i| !i.is_empty()) {
        let bad = || said!("`pages:` has `{}`, which is no page number and no range", item);
        let mut ends = item.splitn(2, ['-', '–', '—']);
        let from = ends.next().and_then(number).ok_or_else(bad)?;
        let to = ends.next().map_or(Some(from), number).ok_or_else(bad)?;
        if from <= to {
            order.extend(from..=to)
        } else {
            order.extend((to..=from).rev())
        }
        if order.len() > MOST {
            return Err(said!("`pages:` names more than {} pages", MOST));
        }
    }
    let mut sorted = order.clone();
    sorted.sort_unstable();
    match sorted.windows(2).find(|w| w[0] == w[1]) {
        Some(twice) => Err(said!("`pages:` names page {} twice", twice[0].to_string())),
        None => Ok(order),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges() {
        assert_eq!(parse("5-7, 20, 19"), Ok(vec![5, 6, 7, 20, 19]));
        assert_eq!(parse("3–1"), Ok(vec![3, 2, 1]));
        assert_eq!(parse(""), Ok(vec![]));
        for bad in ["0", "a", "1-", "1,1", "1-3, 2", "-4", "1-99999999999999999999"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
