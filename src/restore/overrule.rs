//! What the owner says of lines and paragraphs, above what the lines look like.

use super::body::Rest;
use super::join::Join;
use crate::fixes::{Action, Fixes, Shape};
use crate::source::Source;

/// Cuts what is left of a line where its owner says that something else begins or ends.
pub fn parted(source: &Source, rests: Vec<Rest>, fixes: &Fixes) -> Vec<Rest> {
    let mut places: Vec<usize> = Vec::new();
    for fix in fixes.iter() {
        match fix.action {
            Action::Split => places.push(fix.span.start as usize),
            Action::Heading(Some(_)) | Action::As(_) => {
                places.extend([fix.span.start as usize, fix.span.end as usize]);
            }
            _ => {}
        }
    }
    if places.is_empty() {
        return rests;
    }
    places.sort_unstable();
    let mut out = Vec::with_capacity(rests.len() + places.len());
    for mut rest in rests {
        let (Some(first), Some(last)) = (rest.ranges.first().copied(), rest.ranges.last().copied()) else {
            continue;
        };
        let from = places.partition_point(|&p| p <= first.0);
        for &place in places[from..].iter().take_while(|&&p| p < last.1) {
            let Some(i) = rest.ranges.iter().position(|r| r.0 < place && place < r.1) else { continue };
            let (start, end) = rest.ranges[i];
            let blank_before = source.text[rest.ranges[0].0..place].trim().is_empty();
            // A full stop or a marker behind the words stays with them.
            if blank_before || !source.text[place..last.1].contains(char::is_alphabetic) {
                continue;
            }
            let mut behind = rest.ranges.split_off(i + 1);
            rest.ranges[i] = (start, place);
            behind.insert(0, (place, end));
            let next = Rest { line: rest.line, ranges: behind, blanks: 0, cut: false };
            out.push(std::mem::replace(&mut rest, next));
        }
        out.push(rest);
    }
    out
}

/// Sets how lines stand to each other where the owner says so.
pub fn joins(source: &Source, fixes: &Fixes, rests: &[Rest], joins: &mut [Join]) {
    if fixes.is_empty() {
        return;
    }
    for (join, pair) in joins.iter_mut().zip(rests.windows(2)) {
        let (Some(&(start, from)), Some(&(to, _))) = (pair[0].ranges.last(), pair[1].ranges.first()) else {
            continue;
        };
        let from = start + source.text[start..from].trim_end().len();
        let to = to + (source.text[to..].len() - source.text[to..].trim_start().len());
        let was = *join;
        if matches!(was, Join::Torn | Join::Whole { .. }) && (fixes.keep(from) || fixes.keep(to)) {
            *join = if was == Join::Torn { Join::Break } else { Join::Wrapped };
        }
        for fix in fixes.iter() {
            let (first, end) = (fix.span.start as usize, fix.span.end as usize);
            let outside = first == to || first < from && end <= from && !worded(source, end, from);
            let inside = first < from && to < end;
            let set = match fix.action {
                Action::Join if inside || end == from => Some(Join::Torn),
                Action::Split if first == to => Some(Join::Break),
                Action::Heading(Some(_)) | Action::As(_) if outside => Some(Join::Break),
                Action::Heading(Some(_)) | Action::As(Shape::Paragraph) if inside => Some(Join::Wrapped),
                Action::As(Shape::Verse) if inside => Some(Join::Line),
                _ => None,
            };
            let Some(set) = set else { continue };
            *join = set;
            if matches!(fix.action, Action::Join | Action::Split) && set != was {
                fix.mark_used();
            }
        }
    }
}

/// True if words stand between two places.
fn worded(source: &Source, from: usize, to: usize) -> bool {
    source.text[from..to].contains(char::is_alphabetic)
}
