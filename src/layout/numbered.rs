//! Pages of text that shows no form feeds, told by their numbers.
//!
//! Some extractors print a page's lines and then the next page's, its number among them. That number stands at one
//! edge of every page, alone or in a running head, and pages hold about as much text each: so it counts on at even
//! distances, and sentences run on behind it, as behind nothing in the text itself.

use std::collections::{HashMap, HashSet};

use super::Line;
use super::furniture::{LONGEST, RECURS, head_with_number, longest_count};
use crate::source::Source;

/// Fewest pages that show how much text a page has.
const PAGES: usize = 5;
/// Fewest lines of a page …
const SHORTEST: usize = 12;
/// … and its fewest bytes.
const LEAST: usize = 300;
/// Pages are shorter or longer than most by this factor at most, in tenths.
const UNEVEN: (usize, usize) = (6, 16);
/// One blank line among so many is no gap that parts paragraphs.
const GAPS: usize = 20;
/// Where there are gaps, numbers may count sections: behind one page's number in so many a sentence runs on.
const RUNS_ON: usize = 4;
/// One page among so many may bear no number. Of a booklet's sheets, every fourth page may count on and stand elsewhere.
const MISSING: usize = 8;
/// Chains of numbers that are looked at: labels of notes may make longer ones.
const TRIES: usize = 3;

/// Lets a page begin behind each number of a page.
pub fn pages(source: &Source, lines: &mut [Line]) {
    if lines.len() < PAGES * SHORTEST || lines.iter().any(|l| l.feed) {
        return;
    }
    let blank = lines.iter().filter(|l| l.is_blank()).count();
    let gaps = blank * GAPS > lines.len();
    let all = numbers(source, lines);
    let mut left = all.clone();
    for _ in 0..TRIES {
        let found = longest_count(&left, SHORTEST);
        let chain: Vec<(usize, u32)> = found.iter().map(|&k| left[k]).collect();
        let Some(length) = page_length(lines, &chain) else { return };
        let even = even_count(lines, &all, length);
        if covers(lines, &even) && (!gaps || runs_on(source, lines, &all, &even)) {
            for (line, _) in filled(&all, &even) {
                if let Some(next) = (line + 1..lines.len()).find(|&i| lines[i].is_text()) {
                    lines[next].feed = true;
                }
            }
            return;
        }
        let passed: HashSet<usize> = chain.into_iter().map(|(line, _)| line).collect();
        left.retain(|(line, _)| !passed.contains(line));
    }
}

/// The numbers that may be those of pages, with their lines: alone on a line, or in a head that comes back.
fn numbers(source: &Source, lines: &[Line]) -> Vec<(usize, u32)> {
    let mut heads: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<(usize, u32, Option<String>)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if !(line.is_text() || line.is_furniture()) || line.end - line.start > LONGEST {
            continue;
        }
        let text = line.text(source);
        let figures = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if let Some(number) = figures.then(|| text.parse().ok()).flatten() {
            found.push((i, number, None));
        } else if let Some((head, number)) = head_with_number(text) {
            *heads.entry(head.clone()).or_default() += 1;
            found.push((i, number, Some(head)));
        }
    }
    found.retain(|(_, _, head)| head.as_ref().is_none_or(|head| heads[head] >= RECURS));
    found.into_iter().map(|(line, number, _)| (line, number)).collect()
}

/// Bytes from each number of a chain to the next that counts on by one.
fn lengths(lines: &[Line], chain: &[(usize, u32)]) -> Vec<usize> {
    let next = chain.windows(2).filter(|w| w[0].1 + 1 == w[1].1);
    next.map(|w| lines[w[1].0].start - lines[w[0].0].end).collect()
}

/// Bytes of most pages, if the numbers of a chain are those of pages.
fn page_length(lines: &[Line], chain: &[(usize, u32)]) -> Option<usize> {
    let mut lengths = lengths(lines, chain);
    lengths.sort_unstable();
    let middle = lengths.get(lengths.len() / 2).copied()?;
    (chain.len() >= PAGES && middle >= LEAST).then_some(middle)
}

/// True for as many bytes as so many pages have.
fn is_pages(bytes: usize, pages: usize, length: usize) -> bool {
    bytes * 10 >= pages * length * UNEVEN.0 && bytes * 10 <= pages * length * UNEVEN.1
}

/// The longest chain of numbers that count on and are as far from each other as pages of this length are; labels of
/// notes among them are not.
fn even_count(lines: &[Line], numbers: &[(usize, u32)], length: usize) -> Vec<(usize, u32)> {
    /// Numbers alike that are looked back at.
    const BACK: usize = 8;
    let mut at: HashMap<u32, Vec<usize>> = HashMap::new();
    // For each number how long the best chain is that ends with it, and the number before it there.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (i, &(line, number)) in numbers.iter().enumerate() {
        let fits = |step: u32, k: usize| {
            let between = lines[line].start.saturating_sub(lines[numbers[k].0].end);
            is_pages(between, step as usize, length)
        };
        let before = (1..=3).filter_map(|step| Some((step, at.get(&number.checked_sub(step)?)?)));
        let before = before.flat_map(|(step, at)| at.iter().rev().take(BACK).map(move |&k| (step, k)));
        let last = before.filter(|&(step, k)| fits(step, k)).map(|(_, k)| k).max_by_key(|&k| (best[k].0, k));
        best.push((last.map_or(1, |k| best[k].0 + 1), last));
        at.entry(number).or_default().push(i);
    }
    let mut end = (0..numbers.len()).max_by_key(|&i| best[i].0);
    let mut chain = Vec::new();
    while let Some(i) = end {
        chain.push(numbers[i]);
        end = best[i].1;
    }
    chain.reverse();
    chain
}

/// The chain with those numbers, too, that count on between two of it or beyond its ends however far they are: the last
/// page of a chapter is short.
fn filled(numbers: &[(usize, u32)], chain: &[(usize, u32)]) -> Vec<(usize, u32)> {
    let fits = |&&(line, number): &&(usize, u32)| {
        let next = chain.partition_point(|c| c.0 < line);
        let after = chain.get(next).is_none_or(|c| *c == (line, number) || number < c.1);
        let before = next.checked_sub(1).is_none_or(|k| chain[k].1 < number);
        before && after
    };
    let fitting: Vec<(usize, u32)> = numbers.iter().filter(fits).copied().collect();
    longest_count(&fitting, SHORTEST).into_iter().map(|k| fitting[k]).collect()
}

/// True for the numbers of pages that make up the better part of the text.
fn covers(lines: &[Line], chain: &[(usize, u32)]) -> bool {
    let (Some(first), Some(last), Some(end)) = (chain.first(), chain.last(), lines.last()) else {
        return false;
    };
    let between = lines[last.0].end - lines[first.0].start;
    let missing = (last.1 - first.1 + 1) as usize - chain.len();
    chain.len() >= PAGES && between * 2 >= end.end - lines[0].start && missing * MISSING <= chain.len()
}

/// True if sentences run on behind the numbers again and again.
fn runs_on(source: &Source, lines: &[Line], numbers: &[(usize, u32)], chain: &[(usize, u32)]) -> bool {
    let is_number = |i: usize| numbers.binary_search_by_key(&i, |n| n.0).is_ok();
    let behind = |line: usize| (line + 1..lines.len()).find(|&i| lines[i].is_text() && !is_number(i));
    let small = |i: usize| lines[i].text(source).starts_with(char::is_lowercase);
    let running = chain.iter().filter(|&&(line, _)| behind(line).is_some_and(small)).count();
    running * RUNS_ON >= chain.len()
}

#[cfg(test)]
mod tests {
    use crate::layout::Layout;
    use crate::model::Form;
    use crate::source::Source;

    /// How many pages begin in a text.
    fn begun(text: String) -> usize {
        let source = Source::new("a.txt", text);
        Layout::read(&source, Form::PdfText).lines.iter().filter(|l| l.feed).count()
    }

    /// A text of numbers, each behind so many lines of words.
    fn close(numbers: &[(usize, u32)]) -> String {
        let page = |&(lines, n): &(usize, u32)| format!("{}{n}\n", "and so on with words\n".repeat(lines));
        numbers.iter().map(page).collect::<String>() + "The end.\n"
    }

    #[test]
    fn numbers_at_even_distances_end_pages() {
        assert_eq!(begun(close(&[(33, 4), (36, 5), (34, 6), (30, 7), (24, 8), (35, 9)])), 6);
        // few, close together, unevenly apart, out of order: labels, lists, sections
        assert_eq!(begun(close(&[(33, 4), (36, 5), (34, 6)])), 0);
        assert_eq!(begun(close(&[(3, 1), (4, 2), (3, 3), (3, 4), (4, 5), (3, 6)])), 0);
        assert_eq!(begun(close(&[(13, 1), (90, 2), (14, 3), (40, 4), (200, 5), (17, 6)])), 0);
        assert_eq!(begun(close(&[(33, 7), (36, 3), (34, 12), (30, 4), (33, 9), (35, 1)])), 0);
    }

    /// A text of paragraphs of so many lines, with a number behind every third; each paragraph begins and ends in this
    /// way.
    fn parted(lines: usize, opening: &str, closing: &str) -> String {
        let paragraph = format!("{opening}\n{}{closing}\n\n", "and so on with words\n".repeat(lines));
        (41..49).map(|n| format!("{}{n}\n\n", paragraph.repeat(3))).collect()
    }

    #[test]
    fn numbers_between_paragraphs_end_pages_where_sentences_run_on() {
        assert_eq!(begun(parted(11, "and one that goes", "on behind the number")), 8 - 1);
        // what begins anew behind each number may be a section
        assert_eq!(begun(parted(11, "Here is another.", "There it ends.")), 0);
    }

    #[test]
    fn labels_of_notes_between_the_numbers_of_pages_are_passed_over() {
        let notes = |page: u32| (1..4).map(move |k| (page - 41) * 3 + k);
        let label = |n: u32| format!("{n}\nA note that says what it is to say\n{}", "and more\n".repeat(4));
        let page = |n: u32| {
            let text = "and so on with words\n".repeat(30);
            format!("{text}\n{}\n{n}\n\n", notes(n).map(label).collect::<String>())
        };
        assert_eq!(begun((41..53).map(page).collect()), 12 - 1);
    }
}
