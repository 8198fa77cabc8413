//! A way to cut the text into pages, and how its pages are read.

use super::super::imposition::{Imposition, Stream};
use super::super::pages::{Printed, Side};

/// A page of the file, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The gap it begins at.
    pub from: usize,
    /// The gap it ends at.
    pub to: usize,
    /// Its stream.
    pub stream: Stream,
    /// Its place in the printing order.
    pub slot: u16,
}

/// A way to cut the text.
#[derive(Clone, Debug)]
pub struct Cutting {
    /// The imposition.
    pub imposition: Imposition,
    /// The pages in file order.
    pub leaves: Vec<Leaf>,
    /// Pages of the whole, blank ones included.
    pub pages: u16,
    /// How much better than the printed order it explains the text.
    pub gain: f32,
    /// The same with how well its pages fall on what looks like edges of pages.
    pub total: f32,
    /// How much better than the next best order.
    pub margin: f32,
    /// How much better than the same order with one page's edge elsewhere.
    pub sharp: f32,
    /// Where page numbers stand in it.
    pub side: Side,
}

impl Cutting {
    /// The running text in reading order, as stretches of lines that go on.
    pub fn text(&self, printed: &Printed) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for leaf in self.reading() {
            let (from, to) = (printed.gaps[leaf.from].before, printed.gaps[leaf.to].before);
            match out.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => out.push((from, to)),
            }
        }
        out
    }

    /// The pages in reading order.
    pub fn reading(&self) -> Vec<Leaf> {
        if let Imposition::Gathered(size) = self.imposition {
            let gatherings = self.leaves.chunk_by(|a, b| a.slot / size == b.slot / size);
            return gatherings.flat_map(Cutting::folded).collect();
        }
        Cutting::folded(&self.leaves)
    }

    /// What is read upward, then what is read downward, then a cover's end.
    fn folded(leaves: &[Leaf]) -> Vec<Leaf> {
        let of = |stream| leaves.iter().copied().filter(move |l| l.stream == stream);
        let down: Vec<Leaf> = of(Stream::Down).collect();
        of(Stream::Up).chain(down.into_iter().rev()).chain(of(Stream::End)).collect()
    }

    /// The number of a page in the book, from 1.
    pub fn number(&self, leaf: &Leaf) -> u16 {
        let trail = self.leaves.iter().filter(|l| l.stream == Stream::End).count() as u16;
        match leaf.stream {
            Stream::Up => self.imposition.place(leaf.slot) + 1,
            Stream::Down => {
                let end = match self.imposition {
                    Imposition::Gathered(size) => (leaf.slot / size + 1) * size,
                    _ => self.pages.saturating_sub(trail),
                };
                end.saturating_sub(self.imposition.place(leaf.slot))
            }
            Stream::End => {
                let place =
                    self.leaves.iter().filter(|l| l.stream == Stream::End && l.from <= leaf.from).count()
                        as u16;
                self.pages + place - trail
            }
        }
    }
}
