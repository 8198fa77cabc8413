//! Two columns of a page, extracted side by side.

use super::{Kind, Line};
use crate::source::Source;

/// True if most long lines have a gutter in their middle: a run of spaces with text on both sides.
pub fn side_by_side(source: &Source, lines: &[Line]) -> bool {
    /// Spaces of the narrowest gutter.
    const GUTTER: &str = "   ";
    /// Bytes of a line that could hold two columns.
    const WIDE: usize = 60;
    let (mut wide, mut split) = (0usize, 0usize);
    for line in lines.iter().filter(|l| l.kind == Kind::Text) {
        let text = line.text(source);
        if !(WIDE..=WIDE * 4).contains(&text.len()) {
            continue;
        }
        wide += 1;
        let middle = text.len() / 3..text.len() * 2 / 3;
        let gutter = text.match_indices(GUTTER).any(|(i, _)| middle.contains(&i) && !text[..i].trim().is_empty());
        split += usize::from(gutter);
    }
    wide >= 40 && split * 2 > wide
}
