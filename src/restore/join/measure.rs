//! How full a line is.

use super::Seen;
use super::kept::has_columns;
use super::looks::{begins_with_capital, is_leader};
use crate::layout::prose::closes_sentence;

/// Characters of the widest line that a wrap makes: a longer one is a paragraph.
const WIDEST: usize = 140;

/// How wide the lines of a wrapped document are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// The column that full lines reach.
    pub(super) edge: f64,
}

impl Measure {
    /// Fewest lines that tell.
    const FEWEST: usize = 4;
    /// Share of the lines that go on that must be nearly as wide as each other. Manuals full of listings have hardly
    /// more; what is not wrapped has far less.
    const ALIKE: f64 = 0.3;
    /// Larger share of lines that begin with a capital than in any prose: verse, a list.
    const CAPITALS: f64 = 0.65;
    /// Narrower is a list, wider a text with a line for each paragraph.
    const COLUMNS: std::ops::RangeInclusive<usize> = 28..=WIDEST;

    /// `None` for lines that are not wrapped.
    pub(super) fn of(lines: &[Seen]) -> Option<Measure> {
        let goes_on = |w: &&[Seen]| w[1].blanks == 0 && !w[1].cut && !w[0].code && !is_leader(&w[0].text);
        let pairs = || lines.windows(2).filter(goes_on);
        let capitals = pairs().filter(|w| begins_with_capital(&w[1].text)).count() as f64;
        let mut edges: Vec<usize> = pairs().map(|w| w[0].indent + w[0].width).collect();
        let all = edges.len() as f64;
        if edges.len() < Self::FEWEST || capitals > all * Self::CAPITALS {
            return None;
        }
        edges.sort_unstable();
        // The width that most lines come near to. Where hyphens were closed, two lines may have become one of twice that.
        let (mut best, mut low) = ((0, 0, 0), 0);
        for (high, &edge) in edges.iter().enumerate() {
            while (edges[low] as f64) < edge as f64 * Self::NEARLY {
                low += 1;
            }
            if Self::COLUMNS.contains(&edge) {
                best = best.max((high + 1 - low, low, high));
            }
        }
        let (alike, low, high) = best;
        // Not the longest of them: letters are narrow and wide.
        let edge = *edges.get(low + (high - low) * 9 / 10)? as f64;
        (alike as f64 >= all * Self::ALIKE).then_some(Measure { edge })
    }

    /// Letters differ in width, so what is full on paper may have fewer of them.
    const NEARLY: f64 = 0.85;

    /// True if the first word of the next line would not have fitted.
    pub(super) fn is_filled(&self, line: &Seen, next: &Seen) -> bool {
        let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
        (line.indent + line.width + 1 + word) as f64 >= self.edge * Self::NEARLY
    }

    /// True if a line is long enough for one of a paragraph, whatever follows.
    pub(super) fn is_long(&self, line: &Seen) -> bool {
        const LONG: f64 = 0.75;
        (line.indent + line.width) as f64 >= self.edge * LONG
    }
}

/// True for a text that has a line for each paragraph and no blank lines between them, as a word processor saves it.
pub(super) fn is_unwrapped(lines: &[Seen]) -> bool {
    /// Paragraphs that stand right below another line: fewer may be one that somebody broke by hand.
    const FEWEST: usize = 2;
    let long = |line: &Seen| line.width > WIDEST && !line.code && !has_columns(&line.text);
    let below = lines.windows(2).filter(|w| w[1].blanks == 0 && !w[1].cut && long(&w[1])).count();
    let ended = lines.iter().filter(|line| long(line) && closes_sentence(&line.text)).count();
    let all = lines.iter().filter(|line| long(line)).count();
    below >= FEWEST && ended * 10 >= all * 9
}
