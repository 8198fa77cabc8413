//! Copying stretches of the source into a flow, with its markers.

use super::float::Float;
use super::hyphen;
use crate::model::{Flow, Marker, MarkerId};
use crate::source::Source;

/// A place where the flow does not hold what the source does: a marker's sign, or a gap that one left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    start: usize,
    end: usize,
    /// The marker that stands here.
    mark: Option<MarkerId>,
    /// True if it belongs to the word before, whatever white space is glued between them.
    tight: bool,
}

/// Copies stretches of the source, with marks for the markers in them.
pub struct Copier<'a> {
    source: &'a Source,
    /// By place, without overlaps.
    edits: Vec<Edit>,
}

impl<'a> Copier<'a> {
    /// A copier that puts the markers where they are printed, but for those in `floats`.
    pub fn new(source: &'a Source, markers: &[Marker], floats: &[Float]) -> Copier<'a> {
        let text = &source.text;
        let mut moved = vec![false; markers.len()];
        let mut edits: Vec<Edit> = Vec::with_capacity(markers.len() + floats.len());
        for float in floats {
            if let Some(flag) = moved.get_mut(float.marker.0 as usize) {
                *flag = true;
                let (start, end) = float.place;
                edits.push(Edit { start, end, mark: Some(float.marker), tight: true });
            }
        }
        for (i, marker) in markers.iter().enumerate() {
            let (printed, end) = (marker.span.start as usize, marker.span.end as usize);
            // A figure afloat belongs to the word before it.
            let tight = marker.shown.chars().all(|c| c.is_ascii_digit());
            let start = if tight { text[..printed].trim_end_matches(' ').len() } else { printed };
            edits.push(Edit { start, end, mark: (!moved[i]).then_some(MarkerId(i as u32)), tight });
        }
        edits.sort_by_key(|e| (e.start, e.end));
        let mut at = 0;
        for edit in &mut edits {
            edit.start = edit.start.max(at);
            at = at.max(edit.end);
            edit.end = at.max(edit.start);
        }
        Copier { source, edits }
    }

    /// Copies `start..end`. A marker that is not wholly inside is not copied.
    pub fn copy(&self, flow: &mut Flow, start: usize, end: usize) {
        let text = &self.source.text;
        let mut at = start;
        for edit in self.within(start, end) {
            let stop = edit.start.max(at);
            flow.copy(text, at..stop);
            if let Some(id) = edit.mark {
                if edit.tight && stop == start {
                    flow.trim_glue();
                }
                flow.mark(id);
            }
            at = edit.end.max(at);
        }
        flow.copy(text, at..end.max(at));
    }

    /// Copies a line but for the hyphen at its end.
    pub fn copy_without_hyphen(&self, flow: &mut Flow, start: usize, end: usize) {
        let line = self.source.text[start..end].trim_end();
        let hyphen = hyphen::place(line).unwrap_or(line.len()..line.len());
        self.copy(flow, start, start + hyphen.start);
        self.copy(flow, start + hyphen.end, start + line.len());
    }

    /// What `start..end` says without its markers.
    pub fn words(&self, start: usize, end: usize) -> String {
        let mut out = String::with_capacity(end - start);
        let mut at = start;
        for edit in self.within(start, end) {
            out.push_str(&self.source.text[at..edit.start.max(at)]);
            at = edit.end.max(at);
        }
        out.push_str(&self.source.text[at..end.max(at)]);
        out
    }

    fn within(&self, start: usize, end: usize) -> impl Iterator<Item = &Edit> {
        let first = self.edits.partition_point(|e| e.end <= start);
        self.edits[first..].iter().take_while(move |e| e.end <= end)
    }
}
