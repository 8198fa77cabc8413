//! A reader's note → HTML: Markdown without raw markup, notes of its own and ids, and with `[[links]]`.

use crate::model::{Block, BlockKind, HtmlPart, Inline, InlineKind, plain_text};
use crate::parse::{self, address};
use crate::render::html::Writer;

/// Where a `[[name]]` leads, as seen from the root of the site.
pub type Resolve<'a> = dyn Fn(&str) -> Option<String> + Sync + 'a;

/// Writes a note. `root` is the way from its page to the root of the site.
pub fn html(markdown: &str, root: &str, resolve: &Resolve) -> String {
    let blocks = parse::fragment(markdown);
    let mut writing = Writing { out: Writer::default(), root, resolve, in_link: false };
    writing.blocks(&blocks);
    writing.out.finish()
}

/// A note's words alone.
pub fn text(markdown: &str) -> String {
    let text = crate::model::block_text(&parse::fragment(markdown));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Writing<'a> {
    out: Writer,
    root: &'a str,
    resolve: &'a Resolve<'a>,
    in_link: bool,
}

impl Writing<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn within(&mut self, name: &'static str, content: &[Inline]) {
        self.out.open(name);
        self.inlines(content);
        self.out.close(name);
    }

    fn block(&mut self, block: &BlockKind) {
        match block {
            BlockKind::Paragraph(content) | BlockKind::Aside(_, content) => self.within("p", content),
            // A heading of a reader's is none of the page.
            BlockKind::Heading { content, .. } => {
                self.out.open("p");
                self.within("strong", content);
                self.out.close("p");
            }
            BlockKind::Quote(blocks) => {
                self.out.open("blockquote");
                self.blocks(blocks);
                self.out.close("blockquote");
            }
            BlockKind::List { start, items, .. } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                self.out.open(name);
                for item in items {
                    self.out.open("li");
                    self.blocks(&item.blocks);
                    self.out.close("li");
                }
                self.out.close(name);
            }
            BlockKind::Code { text, .. } => {
                self.out.open("pre");
                self.out.text(text).close("pre");
            }
            BlockKind::Preformatted(content) => self.within("pre", content),
            BlockKind::Verse(lines) => lines.iter().for_each(|line| self.within("p", line)),
            BlockKind::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows).filter(|r| !r.is_empty()) {
                    let cells: Vec<String> = row.iter().map(|cell| plain_text(cell)).collect();
                    self.out.open("p");
                    self.out.text(&cells.join(" | ")).close("p");
                }
            }
            BlockKind::Rule => {
                self.out.open("hr");
            }
            BlockKind::Html(parts) => {
                self.out.open("p");
                for part in parts {
                    if let HtmlPart::Text(text) = part {
                        self.out.text(text);
                    }
                }
                self.out.close("p");
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        // A name in brackets may stand in several runs of text.
        let mut run = String::new();
        for inline in content {
            if let InlineKind::Text(text) = &inline.kind {
                run.push_str(text);
                continue;
            }
            self.words(&std::mem::take(&mut run));
            self.inline(&inline.kind);
        }
        self.words(&run);
    }

    fn inline(&mut self, inline: &InlineKind) {
        match inline {
            InlineKind::Text(text) => self.words(text),
            InlineKind::Emphasis(c) => self.within("em", c),
            InlineKind::Strong(c) => self.within("strong", c),
            InlineKind::Strike(c) => self.within("s", c),
            InlineKind::Superscript(c) => self.within("sup", c),
            InlineKind::Subscript(c) => self.within("sub", c),
            InlineKind::Element(_, c) => self.inlines(c),
            InlineKind::Code(text) => {
                self.out.open("code");
                self.out.text(text).close("code");
            }
            InlineKind::Link { href, content, .. } if address::is_external(href) && !self.in_link => {
                self.out.open("a").attr("href", href).attr("rel", "noopener noreferrer");
                self.in_link = true;
                self.inlines(content);
                self.in_link = false;
                self.out.close("a");
            }
            InlineKind::Link { content, .. } => self.inlines(content),
            InlineKind::Image { alt, .. } => {
                self.out.text(alt);
            }
            InlineKind::SoftBreak => {
                self.out.line();
            }
            InlineKind::HardBreak => {
                self.out.open("br");
            }
            InlineKind::Anchor(_) | InlineKind::Marker(_) => {}
        }
    }

    /// Text, with what stands in double brackets as a link where there is something of that name.
    fn words(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("[[") {
            let inside = &rest[at + 2..];
            let Some(end) = inside.find("]]") else { break };
            let (name, shown) = inside[..end].split_once('|').unwrap_or((&inside[..end], &inside[..end]));
            self.out.text(&rest[..at]);
            match (self.resolve)(name.trim()).filter(|_| !self.in_link) {
                Some(href) => {
                    self.out.open("a").attr("href", &[self.root, &href].concat());
                    self.out.text(shown.trim()).close("a");
                }
                None => {
                    self.out.text(shown.trim());
                }
            }
            rest = &inside[end + 2..];
        }
        self.out.text(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(markdown: &str) -> String {
        let resolve = |name: &str| (name == "The Gloss").then(|| "texts/the-gloss.html".to_owned());
        html(markdown, "../", &resolve)
    }

    #[test]
    fn markdown_is_written_and_names_are_links() {
        assert_eq!(
            written("See [[The Gloss]], *not* [[gone|that]]."),
            "<p>See <a href=\"../texts/the-gloss.html\">The Gloss</a>, <em>not</em> that.</p>"
        );
    }

    #[test]
    fn nothing_live_comes_through() {
        let bad = "<script>alert(1)</script> <img src=x onerror=alert(1)> <b onclick=\"x\">b</b>\n\n\
                   [a](javascript:alert(1)) ![i](http://x/y.png) <iframe src=//x></iframe>\n\n<style>*{}</style>";
        let html = written(bad);
        for sign in ["<script", "<img", "onerror", "onclick", "javascript:", "<iframe", "<style", "<b"] {
            assert!(!html.contains(sign), "{sign} in {html}");
        }
    }
}
