//! The orders that are thought of.
//!
//! All of them read one stream of pages from the file's beginning to its end, and then another from its end
//! back to its beginning. A booklet of `n` pages is printed two pages a side, sheet by sheet, front then
//! back: `n, 1, 2, n − 1, n − 2, 3, 4, …`. So its pages come in turns from the lower half, which runs
//! upward, and the upper half, which runs down. A reversed stack has only the second stream.

/// Which way a page's stream runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Read in file order.
    Up,
    /// Read against it, behind all that is read upward.
    Down,
    /// Read in file order, behind everything else: a cover's end.
    End,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imposition {
    /// A booklet in the order of its sheets.
    Booklet,
    /// The same between the first two and the last two pages, which stand in their order: its cover.
    Covered,
    /// The last page first.
    Reversed,
    /// Gatherings of so many pages, each printed like a booklet of its own, one behind the other.
    Gathered(u16),
}

/// Pages of a cover that can stand before and behind the sheets.
const COVER: u16 = 2;

impl Imposition {
    /// All of them.
    pub const ALL: [Imposition; 6] = [
        Imposition::Booklet,
        Imposition::Covered,
        Imposition::Reversed,
        Imposition::Gathered(4),
        Imposition::Gathered(8),
        Imposition::Gathered(16),
    ];

    /// What speaks against an order before the text is looked at: most booklets have their covers on the
    /// first sheet, and few files run backwards.
    pub fn prior(self) -> f32 {
        match self {
            Imposition::Booklet => 0.0,
            Imposition::Covered => -4.0,
            Imposition::Reversed => -2.0,
            // Half of what gatherings of one sheet say of the order is what the file has.
            Imposition::Gathered(4) => -3.0,
            Imposition::Gathered(_) => -2.0,
        }
    }

    /// Pages before the first sheet.
    fn lead(self) -> u16 {
        if self == Imposition::Covered { COVER } else { 0 }
    }

    /// The stream of the page at a place of the printing order, from 0.
    pub fn stream(self, slot: u16) -> Stream {
        match self {
            Imposition::Reversed => Stream::Down,
            _ if slot < self.lead() => Stream::Up,
            // All sizes of gatherings are whole sheets.
            _ => match (slot - self.lead()) % 4 {
                0 | 3 => Stream::Down,
                _ => Stream::Up,
            },
        }
    }

    /// The place of a page within its stream, from 0, counted from the book's beginning or, where the stream runs
    /// down, from the end of the book or of the gathering.
    pub fn place(self, slot: u16) -> u16 {
        if let Imposition::Gathered(size) = self {
            let before = slot / size * size;
            let place = Imposition::Booklet.place(slot % size);
            return if self.stream(slot) == Stream::Up { before + place } else { place };
        }
        if self == Imposition::Reversed || slot < self.lead() {
            return slot;
        }
        let s = slot - self.lead();
        match s % 4 {
            0 | 3 => s.div_ceil(4) * 2 - if s % 4 == 3 { 1 } else { 0 },
            r => self.lead() + s / 4 * 2 + r - 1,
        }
    }

    /// True if a gathering ends before this slot and another may follow.
    pub fn gathers(self, slot: u16) -> bool {
        matches!(self, Imposition::Gathered(size) if slot > 0 && slot.is_multiple_of(size))
    }

    /// True if the sheets may end before this slot.
    pub fn may_end(self, slot: u16) -> bool {
        match self {
            Imposition::Reversed => true,
            // One gathering is a booklet.
            Imposition::Gathered(size) => slot > size && slot.is_multiple_of(size),
            _ => slot > self.lead() && (slot - self.lead()).is_multiple_of(4),
        }
    }

    /// Pages that may follow behind the last sheet.
    pub fn trail(self) -> u16 {
        self.lead()
    }

    /// True if something can follow the first page of the downward stream.
    pub fn goes_on(self) -> bool {
        self.trail() > 0 || matches!(self, Imposition::Gathered(_))
    }

    /// True if the page of a slot may be missing. Without its front a cover is none.
    pub fn drops(self, slot: u16) -> bool {
        slot > 0 || self.lead() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page numbers of a booklet of `n` pages in printing order.
    fn numbers(n: u16) -> Vec<u16> {
        (0..n)
            .map(|slot| match Imposition::Booklet.stream(slot) {
                Stream::Down => n - Imposition::Booklet.place(slot),
                _ => Imposition::Booklet.place(slot) + 1,
            })
            .collect()
    }

    #[test]
    fn the_sheets_of_booklets() {
        assert_eq!(numbers(4), [4, 1, 2, 3]);
        assert_eq!(numbers(8), [8, 1, 2, 7, 6, 3, 4, 5]);
        assert_eq!(numbers(12), [12, 1, 2, 11, 10, 3, 4, 9, 8, 5, 6, 7]);
    }
}
