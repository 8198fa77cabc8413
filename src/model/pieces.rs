//! Several dated pieces in one file: entries of a diary, posts of a blog, articles of a series.

use std::ops::Range;

use super::{Block, BlockKind, Role};

/// The blocks of each dated piece of a text, from its heading on; none where the text is one.
///
/// Pieces are divided by headings of one rank or a higher one, and each has one date. A piece or two may have lost theirs.
pub fn pieces(body: &[Block]) -> Vec<Range<usize>> {
    (1..=6).map(|level| divided(body, level)).find(|pieces| !pieces.is_empty()).unwrap_or_default()
}

/// The pieces between headings of this rank or a higher one.
fn divided(body: &[Block], level: u8) -> Vec<Range<usize>> {
    /// One date is the text's own.
    const FEWEST: usize = 2;
    let begins = |block: &Block| matches!(block.kind, BlockKind::Heading { level: l, .. } if l <= level);
    let starts = (0..body.len()).filter(|&i| i == 0 || begins(&body[i]));
    let starts: Vec<usize> = starts.chain([body.len()]).collect();
    let mut all: Vec<Range<usize>> = starts.windows(2).map(|w| w[0]..w[1]).collect();
    let dates = |piece: &Range<usize>| {
        let date = |b: &&Block| matches!(b.kind, BlockKind::Aside(Role::Date(_), _));
        body[piece.clone()].iter().filter(date).count()
    };
    // A heading with nothing below it is the title of a series, or what a menu left.
    all.retain(|piece| piece.len() > 1);
    let texts = all.len();
    if all.iter().any(|piece| dates(piece) > 1) {
        return Vec::new();
    }
    all.retain(|piece| dates(piece) == 1);
    if all.len() < FEWEST || all.len() * 2 < texts { Vec::new() } else { all }
}
