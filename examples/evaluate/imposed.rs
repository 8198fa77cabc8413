//! The order in which sheets bring the pages of a book.

/// How a book is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// All sheets folded into one another.
    Booklet,
    /// Gatherings of so many pages, one behind the other.
    Signatures(usize),
    /// A booklet whose cover's four pages stand in their order before and behind the sheets.
    Covered,
    /// The last page first.
    Reversed,
}

impl Scheme {
    /// The schemes that a book of so many pages can be printed in.
    pub fn of(pages: usize) -> Vec<Scheme> {
        let mut all = vec![Scheme::Booklet, Scheme::Reversed];
        all.extend(
            [4, 8, 16].into_iter().filter(|s| pages.is_multiple_of(*s) && pages > *s).map(Scheme::Signatures),
        );
        if pages >= 12 {
            all.push(Scheme::Covered);
        }
        all
    }

    /// The pages from 0 in printing order.
    pub fn order(self, pages: usize) -> Vec<usize> {
        match self {
            Scheme::Booklet => sheets(0, pages),
            Scheme::Signatures(size) => (0..pages / size).flat_map(|i| sheets(i * size, size)).collect(),
            Scheme::Covered => [vec![0, 1], sheets(2, pages - 4), vec![pages - 2, pages - 1]].concat(),
            Scheme::Reversed => (0..pages).rev().collect(),
        }
    }

    pub fn name(self) -> String {
        match self {
            Scheme::Booklet => "one booklet".into(),
            Scheme::Signatures(size) => format!("signatures of {size}"),
            Scheme::Covered => "covers in order".into(),
            Scheme::Reversed => "reversed".into(),
        }
    }
}

/// The sheets of one gathering: the front's two pages, then the back's.
fn sheets(first: usize, pages: usize) -> Vec<usize> {
    let sheet = |i: usize| [pages - 1 - 2 * i, 2 * i, 2 * i + 1, pages - 2 - 2 * i];
    (0..pages / 4).flat_map(sheet).map(|page| first + page).collect()
}
