//! Pages of text that shows neither form feeds nor blank lines.
//!
//! Some extractors print a page's lines and then the next page's, its number among them. That number stands at one
//! edge of every page, and pages hold about as many lines each: so it counts on at even distances, as nothing in the
//! text itself does.

use super::furniture::longest_count;
use super::{Kind, Line};
use crate::source::Source;

/// Fewest pages that show how many lines a page has.
const PAGES: usize = 5;
/// Fewest lines of a page.
const SHORTEST: usize = 12;
/// Pages are shorter or longer than most by this factor at most …
const UNEVEN: (usize, usize) = (6, 16);
/// … but for one in so many: the last of a chapter, one with a picture.
const EXCEPT: usize = 4;
/// One blank line among so many is no gap that parts paragraphs.
const GAPS: usize = 20;

/// Lets a page begin behind each number of a page.
pub fn pages(source: &Source, lines: &mut [Line]) {
    let blank = lines.iter().filter(|l| l.is_blank()).count();
    if lines.len() < PAGES * SHORTEST || blank * GAPS > lines.len() || lines.iter().any(|l| l.feed) {
        return;
    }
    let number = |line: &Line| {
        let text = line.text(source);
        let figures = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        figures.then(|| text.parse::<u32>().ok()).flatten()
    };
    let numbers: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(i, line)| Some((i, number(line)?))).collect();
    let chain: Vec<(usize, u32)> =
        longest_count(&numbers, SHORTEST).into_iter().map(|k| numbers[k]).collect();
    if !is_even(&chain) {
        return;
    }
    for (line, _) in chain {
        if let Some(next) = lines.get_mut(line + 1).filter(|l| l.kind == Kind::Text) {
            next.feed = true;
        }
    }
}

/// True for numbers that count on at even distances.
fn is_even(chain: &[(usize, u32)]) -> bool {
    let mut lengths: Vec<usize> =
        chain.windows(2).filter(|w| w[0].1 + 1 == w[1].1).map(|w| w[1].0 - w[0].0).collect();
    lengths.sort_unstable();
    let Some(&middle) = lengths.get(lengths.len() / 2) else { return false };
    let even =
        lengths.iter().filter(|&&n| n * 10 >= middle * UNEVEN.0 && n * 10 <= middle * UNEVEN.1).count();
    lengths.len() + 1 >= PAGES && (lengths.len() - even) * EXCEPT <= lengths.len()
}

#[cfg(test)]
mod tests {
    use crate::layout::Layout;
    use crate::model::Form;
    use crate::source::Source;

    /// How many pages begin in a text of numbers with so many lines before each.
    fn begun(numbers: &[(usize, u32)]) -> usize {
        let page = |&(lines, n): &(usize, u32)| format!("{}{n}\n", "and so on with words\n".repeat(lines));
        let text: String = numbers.iter().map(page).collect();
        let source = Source::new("a.txt", format!("{text}The end.\n"));
        Layout::read(&source, Form::PdfText).lines.iter().filter(|l| l.feed).count()
    }

    #[test]
    fn numbers_at_even_distances_end_pages() {
        assert_eq!(begun(&[(33, 4), (36, 5), (34, 6), (30, 7), (14, 8), (35, 9)]), 6);
        // few, close together, unevenly apart, out of order: labels, lists, sections
        assert_eq!(begun(&[(33, 4), (36, 5), (34, 6)]), 0);
        assert_eq!(begun(&[(3, 1), (4, 2), (3, 3), (3, 4), (4, 5), (3, 6)]), 0);
        assert_eq!(begun(&[(13, 1), (90, 2), (14, 3), (40, 4), (200, 5), (17, 6)]), 0);
        assert_eq!(begun(&[(33, 7), (36, 3), (34, 12), (30, 4), (33, 9), (35, 1)]), 0);
    }
}
