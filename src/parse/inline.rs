//! Inlines whose shape does not depend on the grammar: links without markers inside.

use crate::model::{Inline, InlineKind};
use crate::source::Span;

/// A link over `content`. A marker inside is a link of its own, and HTML knows no link in a link: the outer one is cut
/// in two around it.
pub(super) fn link(span: Span, href: &str, title: &str, content: Vec<Inline>) -> Vec<Inline> {
    let wrap = |content: Vec<Inline>| {
        let shown = content.iter().any(|i| !matches!(&i.kind, InlineKind::Text(t) if t.is_empty()));
        let (href, title) = (href.to_owned(), title.to_owned());
        shown.then_some(Inline { span, kind: InlineKind::Link { href, title, content } })
    };
    if !has_marker(&content) {
        return wrap(content).into_iter().collect();
    }
    let mut out = Vec::new();
    let mut held = Vec::new();
    for piece in around_markers(content) {
        if matches!(piece.kind, InlineKind::Marker(_)) {
            out.extend(wrap(std::mem::take(&mut held)));
            out.push(piece);
        } else {
            held.push(piece);
        }
    }
    out.extend(wrap(held));
    out
}

/// Cuts whatever holds a marker in pieces before and after it. Its depth is bounded by `MAX_DEPTH`.
fn around_markers(content: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for mut inline in content {
        let Some(inner) = inline.kind.content_mut().filter(|c| has_marker(c)) else {
            out.push(inline);
            continue;
        };
        let pieces = around_markers(std::mem::take(inner));
        let mut held: Vec<Inline> = Vec::new();
        for piece in pieces {
            if matches!(piece.kind, InlineKind::Marker(_)) {
                out.extend(like(&inline, std::mem::take(&mut held)));
                out.push(piece);
            } else {
                held.push(piece);
            }
        }
        out.extend(like(&inline, held));
    }
    out
}

/// An inline of the same kind over other content.
fn like(model: &Inline, content: Vec<Inline>) -> Option<Inline> {
    if content.is_empty() {
        return None;
    }
    let mut inline = model.clone();
    *inline.kind.content_mut()? = content;
    Some(inline)
}

fn has_marker(content: &[Inline]) -> bool {
    content
        .iter()
        .any(|i| matches!(i.kind, InlineKind::Marker(_)) || i.kind.content().is_some_and(has_marker))
}

/// The markers inside, without what is around them.
pub(super) fn markers(content: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in content {
        match &inline.kind {
            InlineKind::Marker(_) => out.push(inline.clone()),
            kind => out.extend(markers(kind.content().unwrap_or_default())),
        }
    }
    out
}
