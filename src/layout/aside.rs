//! Lines that a page in HTML says are no part of its text.

use super::line::{Kind, Line};
use crate::source::Source;

/// Marks the lines that are set aside as a whole.
pub(super) fn mark(source: &Source, lines: &mut [Line]) {
    let mut next = 0;
    for aside in &source.set_aside {
        let (start, end) = (aside.span.start as usize, aside.span.end as usize);
        next += lines[next..].partition_point(|l| l.end <= start);
        let Some(line) = lines.get_mut(next).filter(|l| l.start <= start && end <= l.end) else { continue };
        let around = [&source.text[line.start..start], &source.text[end..line.end]].concat();
        if around.chars().all(|c| c.is_whitespace() || ">-*+\\".contains(c)) {
            line.kind = Kind::Furniture(aside.reason);
        }
    }
}
