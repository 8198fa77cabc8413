//! What is taken out of the running text.

use crate::fixes::{Action, Fixes};
use crate::layout::{Kind, Layout};
use crate::model::{Form, OmissionReason};
use crate::notes::{Apparatus, titles_notes};
use crate::source::{Source, Span};

/// A stretch of the source that the running text does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where.
    pub span: Span,
    /// Why, if its words are on the page nowhere else.
    pub omission: Option<OmissionReason>,
}

/// All cuts in source order, without overlaps.
pub fn cuts(source: &Source, layout: &Layout, form: Form, apparatus: &Apparatus, fixes: &Fixes) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for note in &apparatus.notes {
        let first = note.pieces.first().map_or(note.head.end, |p| p.end);
        let mut end = first as usize;
        // the bracket that closes `[Footnote 1: …]`, `[* …]`
        if note.shown.starts_with('[') && !note.shown.ends_with(']') && source.text[end..].starts_with(']') {
            end += 1;
        }
        cuts.push(Cut { span: Span::new(note.head.start as usize, end), omission: None });
        cuts.extend(note.pieces.iter().skip(1).map(|&span| Cut { span, omission: None }));
    }
    let label = |&span: &Span| Cut { span, omission: Some(OmissionReason::NoteLabel) };
    cuts.extend(apparatus.signs.iter().map(label));
    for line in &layout.lines {
        if let Kind::Furniture(reason) = line.kind {
            cuts.push(Cut { span: Span::new(line.start, line.end), omission: Some(reason) });
        }
    }
    cuts.extend(source.set_aside.iter().map(|a| Cut { span: a.span, omission: Some(a.reason) }));
    above_blocks(source, layout, apparatus, &mut cuts);
    if form == Form::Clipped {
        cuts.extend(chrome(source, layout, apparatus));
    }
    cuts.retain(|c| c.omission.is_none() || !fixes.keep_within(c.span));
    for fix in fixes.iter() {
        if let Action::Omit(reason) = fix.action {
            fix.mark_used();
            cuts.push(Cut { span: fix.span, omission: Some(reason) });
        }
    }
    cuts.sort_unstable_by_key(|c| (c.span.start, c.span.end));
    let mut end = 0;
    cuts.retain_mut(|cut| {
        cut.span.start = cut.span.start.max(end);
        end = end.max(cut.span.end);
        cut.span.start < cut.span.end
    });
    cuts
}

/// The rule and the heading that stand above a block of notes go with it. The heading of the last list
/// stays: the notes stand there.
fn above_blocks(source: &Source, layout: &Layout, apparatus: &Apparatus, cuts: &mut Vec<Cut>) {
    let whole = |line: usize| Span::new(layout.lines[line].start, layout.lines[line].end);
    let mut titles: Vec<usize> = Vec::new();
    for note in &apparatus.notes {
        let head = layout.line_at(note.head.start as usize);
        let mut above = (0..head).rev().filter(|&i| !layout.lines[i].is_blank());
        let Some(mut line) = above.next() else { continue };
        if layout.lines[line].kind == Kind::Rule {
            cuts.push(Cut { span: whole(line), omission: None });
            let Some(next) = above.next() else { continue };
            line = next;
        }
        let text = layout.text(source, line);
        if layout.lines[line].kind == Kind::Text && titles_notes(text.trim_start_matches('#')) {
            titles.push(line);
        }
    }
    titles.sort_unstable();
    titles.pop();
    cuts.extend(
        titles
            .into_iter()
            .map(|line| Cut { span: whole(line), omission: Some(OmissionReason::NotesHeading) }),
    );
}

/// Of a clipped page whose notes stand at the end, what follows them is not the text: lists of other
/// articles, subscriptions, share buttons.
fn chrome(source: &Source, layout: &Layout, apparatus: &Apparatus) -> Option<Cut> {
    /// Largest share of the document's words that can be chrome.
    const SHARE: usize = 4;
    let end = apparatus.notes.iter().flat_map(|n| n.pieces.iter().map(|p| p.end as usize)).max()?;
    let rest = &source.text[end..];
    let before = &source.text[source.body_start..end];
    let words = |t: &str| t.split_whitespace().count();
    let gap = rest.starts_with('\n') && rest.trim_start_matches(['\n', ' ']).len() < rest.len();
    let markers_after = apparatus.markers.iter().any(|m| m.span.start as usize >= end);
    let last_line = layout.lines.last()?.end;
    (gap && !markers_after && !rest.trim().is_empty() && words(rest) * SHARE <= words(before))
        .then(|| Cut { span: Span::new(end, last_line.max(end)), omission: Some(OmissionReason::SiteChrome) })
}
