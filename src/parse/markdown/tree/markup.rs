//! Raw HTML between the events: blocks of it, and tags in running text.

use std::ops::Range;

use super::{Kind, RawHtml, Tree, flush_tight, open};
use crate::model::{Block, BlockKind, Inline, InlineKind, MARK, MarkerId, plain_text};
use crate::parse::reading::MAX_DEPTH;
use crate::parse::text::Run;
use crate::parse::{address, html, inline};

impl Tree<'_, '_, '_> {
    pub(super) fn html(&mut self, text: &str, range: Range<usize>) {
        let flow = self.flow;
        let mut run = Run::default();
        run.push(text, range);
        let found = run.markers(flow);
        if let Kind::Html(raw) = &mut self.top().kind {
            let mut at = 0;
            for (here, id) in found {
                raw.text.push_str(&text[at..here]);
                raw.text.push_str(&html::placeholder(id));
                raw.markers.push(id);
                at = here + MARK.len_utf8();
            }
            raw.text.push_str(&text[at..]);
        }
    }

    /// An HTML block has ended; if a table is still open in it, the next one goes on with it.
    pub(super) fn html_block(&mut self, mut raw: RawHtml) {
        let lower = raw.text.to_ascii_lowercase();
        raw.tables = lower.matches("<table").count() as i64 - lower.matches("</table").count() as i64;
        let top = self.top();
        flush_tight(top);
        match &mut top.html {
            Some(before) => {
                before.text.push('\n');
                before.text.push_str(&raw.text);
                before.range.end = raw.range.end;
                before.markers.append(&mut raw.markers);
                before.tables += raw.tables;
            }
            None => top.html = Some(raw),
        }
        if self.top().html.as_ref().is_some_and(|h| h.tables <= 0) {
            self.settle();
        }
    }

    /// Sanitises the HTML that waits in the container on top.
    pub(super) fn settle(&mut self) {
        let Some(raw) = self.top().html.take() else { return };
        let span = self.flow.source_span(raw.range);
        let parts = html::block(&raw.text, &raw.markers, span, self.reading);
        if !parts.is_empty() {
            self.top().blocks.push(Block { span, kind: BlockKind::Html(parts) });
        }
    }

    pub(super) fn inline_html(&mut self, raw: &str, range: Range<usize>) {
        let mut run = Run::default();
        run.push(raw, range.clone());
        let markers: Vec<MarkerId> = run.markers(self.flow).into_iter().map(|m| m.1).collect();
        match html::tag(raw) {
            html::Tag::Nothing => {}
            html::Tag::Break => self.inline(InlineKind::HardBreak, range.clone()),
            html::Tag::WordBreak => self.inline(InlineKind::Element("wbr", Vec::new()), range.clone()),
            html::Tag::Image { src, alt, title } => {
                let content =
                    [Inline { span: self.flow.source_span(range.clone()), kind: InlineKind::Text(alt) }];
                // Its description, which is shown where it is not there, is no part of the words it touches.
                let (before, after) = self.touched(&range);
                if before {
                    self.space(range.clone());
                }
                self.image(&src.unwrap_or_default(), title, &content, range.clone());
                if after {
                    self.space(range.clone());
                }
            }
            html::Tag::Unknown { name, parts } => {
                html::report_unknown(&name, self.flow.source_span(range.clone()), self.reading);
                if parts {
                    self.part_words(range.clone());
                }
            }
            html::Tag::Open(wrap) => self.open_tag(wrap, range.clone()),
            html::Tag::Close(name) => {
                if html::is_malformed_end(raw) {
                    html::report_malformed(name, self.flow.source_span(range.clone()), self.reading);
                }
                self.end_tag(name);
            }
        }
        for id in markers {
            self.inline(InlineKind::Marker(id), range.clone());
        }
    }

    /// A space where a tag vanished that stood between two words.
    fn part_words(&mut self, range: Range<usize>) {
        let parted =
            matches!(self.top().inlines.last(), Some(i) if i.kind == InlineKind::Text(" ".to_owned()));
        if self.touched(&range) == (true, true) && !parted {
            self.space(range);
        }
    }

    /// Whether a word, or a tag, ends right before a tag and begins right behind it.
    fn touched(&self, tag: &Range<usize>) -> (bool, bool) {
        let text = self.flow.text.as_str();
        let before = text[..tag.start].chars().next_back();
        let after = text[tag.end..].chars().next();
        (
            before.is_some_and(|c| c.is_alphanumeric() || c == '>'),
            after.is_some_and(|c| c.is_alphanumeric() || c == '<'),
        )
    }

    fn space(&mut self, range: Range<usize>) {
        self.inline(InlineKind::Text(" ".to_owned()), range);
    }

    fn open_tag(&mut self, mut wrap: html::Wrap, range: Range<usize>) {
        if let Some(anchor) = wrap.anchor.take() {
            self.inline(InlineKind::Anchor(anchor), range.clone());
        }
        if self.stack.len() + 1 >= MAX_DEPTH {
            return self.reading.too_deep(self.flow.source_span(range));
        }
        if wrap.name == "a" {
            let checked = wrap.href.take().map(|h| address::allowed(&h).ok_or(h));
            wrap.href = match checked {
                Some(Err(bad)) => {
                    self.reading.bad_link(self.flow.source_span(range.clone()), &bad);
                    None
                }
                Some(Ok(href)) if self.links == 0 && !href.is_empty() => Some(href),
                _ => None,
            };
            self.links += usize::from(wrap.href.is_some());
        }
        self.stack.push(open(Kind::Tag(wrap), range));
    }

    /// Closes the nearest open tag of that name, with all opened inside it; but never what Markdown opened.
    fn end_tag(&mut self, name: &str) {
        let tags = self.stack.iter().rev().take_while(|o| matches!(o.kind, Kind::Tag(_)));
        let depth = tags.into_iter().position(|o| matches!(&o.kind, Kind::Tag(w) if w.name == name));
        for _ in 0..depth.map_or(0, |d| d + 1) {
            self.close();
        }
    }

    pub(super) fn close_tag(&mut self, wrap: html::Wrap, inlines: Vec<Inline>, range: Range<usize>) {
        if wrap.program {
            // What the author of the page meant for the browser, not for a reader.
            let span = inlines.iter().fold(self.flow.source_span(range), |s, i| s.to(i.span));
            self.reading.omit_markup(&plain_text(&inlines), span);
            let markers = inline::markers(&inlines);
            return self.top().inlines.extend(markers);
        }
        if wrap.href.is_some() {
            self.links -= 1;
        }
        let kind = match (wrap.name, wrap.href) {
            ("a", Some(href)) => {
                let span = inlines.iter().fold(self.flow.source_span(range), |s, i| s.to(i.span));
                let link = inline::link(span, &href, &wrap.title, inlines);
                return self.top().inlines.extend(link);
            }
            ("a" | "span", _) => return self.top().inlines.extend(inlines),
            ("b" | "strong", _) => InlineKind::Strong(inlines),
            ("i" | "em", _) => InlineKind::Emphasis(inlines),
            ("s" | "del" | "strike", _) => InlineKind::Strike(inlines),
            ("sup", _) => InlineKind::Superscript(inlines),
            ("sub", _) => InlineKind::Subscript(inlines),
            (name, _) => InlineKind::Element(name, inlines),
        };
        self.wrap(kind, range);
    }
}
