//! Page numbers and running heads.
//!
//! A line is furniture because of where it recurs, never because of what it says: at the edges of pages
//! where form feeds show them; elsewhere as a line that comes back with a number that counts on.

mod edges;
mod marks;
mod recurrence;
mod shape;

pub use edges::at_page_edges;
pub use marks::{page_mark, page_marks};
pub use recurrence::by_recurrence;
pub use shape::head_with_number;

use std::collections::BTreeMap;

/// A head must come back this often to be one. Two would take a repeated heading for it.
pub const RECURS: usize = 3;
/// Characters of the longest line that can be a running head.
pub const LONGEST: usize = 100;

/// Indices of the longest subsequence of numbers that count on by one (or leave out at most two pages).
pub fn longest_count(numbers: &[(usize, u32)], apart: usize) -> Vec<usize> {
    // best[n] = (length, index) of the best chain that ends with number n
    let mut best: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut back: Vec<Option<usize>> = vec![None; numbers.len()];
    let mut length = vec![1usize; numbers.len()];
    for (i, &(line, n)) in numbers.iter().enumerate() {
        let before = (1..=3u32)
            .filter_map(|step| best.get(&n.checked_sub(step)?))
            .filter(|&&(_, k)| line >= numbers[k].0 + apart)
            .max_by_key(|&&(len, k)| (len, k));
        if let Some(&(len, k)) = before {
            length[i] = len + 1;
            back[i] = Some(k);
        }
        let entry = best.entry(n).or_insert((0, i));
        if length[i] >= entry.0 {
            *entry = (length[i], i);
        }
    }
    let mut at = (0..numbers.len()).max_by_key(|&i| length[i]);
    let mut chain = Vec::new();
    while let Some(i) = at {
        chain.push(i);
        at = back[i];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use crate::layout::{Layout, Line};
    use crate::model::Form;
    use crate::source::Source;

    /// The lines set aside of pages that bear these numbers.
    fn aside(numbers: &[u32], words: usize) -> usize {
        let page = |n: &u32| format!("{}\n\n{n}\n\n", "and so on ".repeat(words / 3));
        let text: String = numbers.iter().map(page).collect();
        let source = Source::new("a.txt", text);
        Layout::read(&source, Form::PdfText).lines.iter().filter(|l| l.is_furniture()).count()
    }

    #[test]
    fn page_numbers_in_the_order_of_sheets_are_page_numbers() {
        assert_eq!(aside(&[8, 1, 2, 7, 6, 3, 4, 5], 120), 8);
        assert_eq!(aside(&[9, 8, 7, 6, 5, 4, 3, 2, 1], 120), 9);
        // What stands over a few words may label notes, and what jumps about may be anything.
        assert_eq!(aside(&[8, 1, 2, 7, 6, 3, 4, 5], 12), 0);
        assert_eq!(aside(&[80, 1, 20, 7, 63, 3, 48, 5], 120), 0);
    }

    /// True if something is set aside of pages with these feet.
    fn sets_aside(feet: [&str; 4]) -> bool {
        let line = |page: usize, line: char| format!("{line}{} and so on,\n", "abcd".repeat(page + 1));
        let text = |page: usize| ('a'..'q').map(|l| line(page, l)).collect::<String>();
        let page = |(i, foot): (usize, &str)| format!("{}\n{foot}\n\u{c}", text(i));
        let source = Source::new("a.txt", feet.into_iter().enumerate().map(page).collect());
        Layout::read(&source, Form::PdfText).lines.iter().any(Line::is_furniture)
    }

    #[test]
    fn notes_that_come_back_at_the_feet_of_pages_are_no_running_feet() {
        assert!(!sets_aside([
            "Survey, pp. 27, 28.",
            "Survey, pp. 40, 41.",
            "Survey, pp. 29, 30.",
            "Survey, p. 99."
        ]));
        assert!(sets_aside(["Survey, 27", "Survey, 28", "Survey, 29", "Survey, 30"]));
        assert!(!sets_aside(["1\n\nIbid.", "7\n\nIbid.", "∗\n\nIbid.", "30\n\nIbid."]));
        assert!(sets_aside(["1\n\nA survey", "2\n\nA survey", "3\n\nA survey", "4\n\nA survey"]));
    }
}
