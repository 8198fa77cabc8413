//! Inlines.

use super::{LinkTarget, Page};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Inline, InlineKind, MarkerId, plain_text};
use crate::parse::address;
use crate::said::{Said, said};
use crate::source::Span;

/// An address without what a text may leave out of it.
fn bare(address: &str) -> &str {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// What becomes of a link.
pub(super) enum Link {
    /// A place of this page or of the site.
    Inside(String),
    /// An address elsewhere.
    External(String),
    /// It leads nowhere: its text stays.
    Dropped,
}

impl Page<'_> {
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        let mut after_marker = false;
        for inline in content {
            let is_marker = matches!(inline.kind, InlineKind::Marker(_));
            if is_marker && after_marker {
                // Two markers side by side would read as one number.
                self.out.open("sup").generated();
                self.out.text(",").close("sup");
            }
            after_marker = is_marker;
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.words(text),
            InlineKind::Emphasis(c) => self.element("em", c),
            InlineKind::Strong(c) => self.element("strong", c),
            InlineKind::Strike(c) => self.element("s", c),
            InlineKind::Superscript(c) => self.element("sup", c),
            InlineKind::Subscript(c) => self.element("sub", c),
            InlineKind::Element("wbr", _) => {
                self.out.open("wbr");
            }
            InlineKind::Element(name, c) => self.element(name, c),
            InlineKind::Code(text) => {
                self.out.open("code");
                self.words(text);
                self.out.close("code");
            }
            InlineKind::Link { href, title, content } => self.link(href, title, content, inline.span),
            InlineKind::Image { src, title, alt } => {
                self.image(src, title, alt, inline.span);
                self.layer.pass(alt.len());
            }
            InlineKind::Anchor(_) => {
                if let Some(id) = self.ids.places.pop_front() {
                    self.out.open("span").attr("id", &id);
                    self.out.close("span");
                }
            }
            InlineKind::Marker(id) => self.marker(*id),
            InlineKind::SoftBreak => {
                self.out.line();
                self.layer.pass("\n".len());
            }
            InlineKind::HardBreak => {
                self.out.open("br");
                self.out.line();
                self.layer.pass("\n".len());
            }
        }
    }

    fn element(&mut self, name: &'static str, content: &[Inline]) {
        self.out.open(name);
        self.inlines(content);
        self.out.close(name);
    }

    fn link(&mut self, href: &str, title: &str, content: &[Inline], span: Span) {
        let title = Some(title).filter(|t| !t.is_empty());
        match self.target(href, span) {
            Link::Inside(href) => {
                self.out.open("a").attr("href", &href).maybe("title", title);
            }
            Link::External(href) => {
                // Paper shows the address of a link, but not twice.
                let says_it = bare(&plain_text(content)) == bare(&href);
                self.out
                    .open("a")
                    .maybe("class", says_it.then_some("url"))
                    .attr("href", &href)
                    .attr("rel", "noopener noreferrer")
                    .maybe("title", title);
            }
            Link::Dropped => return self.inlines(content),
        }
        let outer = std::mem::replace(&mut self.in_link, true);
        self.inlines(content);
        self.in_link = outer;
        self.out.close("a");
        self.ways_to_notes();
    }

    /// Where a link leads; what leads nowhere is reported.
    pub(super) fn target(&mut self, href: &str, span: Span) -> Link {
        if let Some(fragment) = href.strip_prefix('#') {
            return match self.ids.fragment(fragment) {
                Some(id) => Link::Inside(["#", id].concat()),
                None => self.dropped(href, span, said!("nothing in this document has that name")),
            };
        }
        if address::is_external(href) {
            return Link::External(href.to_owned());
        }
        match (self.around.resolve)(href) {
            LinkTarget::Page(href) => Link::Inside(href),
            LinkTarget::File(href) => {
                self.files.insert(href.clone());
                Link::Inside(href)
            }
            LinkTarget::Missing => self.dropped(href, span, said!("there is no such file beside the source")),
            LinkTarget::Outside => self.dropped(href, span, said!("it leads out of the archive's folder")),
        }
    }

    fn dropped(&mut self, href: &str, span: Span, why: Said) -> Link {
        let source = self.source;
        self.diagnostics.add(Code::BadLink, || {
            let href = href.chars().take(80).collect::<String>();
            let message = said!("the link to `{}` is left out", href);
            Diagnostic::at(Severity::Warning, Code::BadLink, source, span, message).hint(why)
        });
        Link::Dropped
    }

    /// An image that lies beside the source is shown; nothing is loaded from elsewhere, so another is a link.
    pub(super) fn image(&mut self, src: &str, title: &str, alt: &str, span: Span) {
        let title = Some(title).filter(|t| !t.is_empty());
        if address::is_external(src) {
            if self.in_link {
                self.out.text(alt);
                return;
            }
            self.out.open("a").attr("href", src).attr("rel", "noopener noreferrer").maybe("title", title);
            if alt.is_empty() {
                self.out.open("span").generated();
                self.out.text(self.around.strings.say("image")).close("span");
            } else {
                self.out.text(alt);
            }
            self.out.close("a");
            return;
        }
        match (self.around.resolve)(src) {
            LinkTarget::File(src) => {
                self.files.insert(src.clone());
                self.out
                    .open("img")
                    .attr("src", &src)
                    .attr("alt", alt)
                    .attr("loading", "lazy")
                    .maybe("title", title);
            }
            LinkTarget::Page(_) | LinkTarget::Missing | LinkTarget::Outside => {
                self.out.text(alt);
                let source = self.source;
                self.diagnostics.add(Code::MissingFile, || {
                    let src = src.chars().take(80).collect::<String>();
                    let message = said!("the image `{}` is not there", src);
                    Diagnostic::at(Severity::Warning, Code::MissingFile, source, span, message)
                        .hint(said!("its description is shown in its place"))
                });
            }
        }
    }

    pub(super) fn marker(&mut self, id: MarkerId) {
        let document = self.document;
        let Some(marker) = document.markers.get(id.0 as usize) else { return };
        let own = self.ids.marker(id);
        let note = marker.note.and_then(|n| Some((n, self.ids.note(n)?)));
        let sup = self.out.open("sup");
        // Written a second time, it is no word of the source's.
        drop(if own.is_none() { sup.generated() } else { sup });
        match note {
            Some((note, href)) => {
                let href = ["#", href].concat();
                self.out
                    .open("a")
                    .attr("role", "doc-noteref")
                    .maybe("id", own.as_deref())
                    .attr("href", &href);
                if marker.shown.is_empty() {
                    self.out.open("span").generated();
                    self.out.text(&self.ids.numbers[note.0 as usize]).close("span");
                } else {
                    self.out.text(&marker.shown);
                }
                self.out.close("a");
            }
            None => {
                let title = self.around.strings.say("no-note");
                self.out
                    .open("span")
                    .attr("class", "noteref-missing")
                    .maybe("id", own.as_deref())
                    .attr("title", title);
                if marker.shown.is_empty() {
                    self.out.open("span").generated();
                    self.out.text("[^").text(&marker.label).text("]").close("span");
                } else {
                    self.out.text(&marker.shown);
                }
                self.out.close("span");
            }
        }
        self.out.close("sup");
    }
}
