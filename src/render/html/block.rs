//! Blocks.

use super::ids::{anchor_of, heading_level, text_until_close};
use super::inline::Link;
use super::{Page, TocEntry};
use crate::model::{Align, Block, BlockKind, HtmlPart, Inline, Item, Role, plain_text};
use crate::parse::aside::is_image;
use crate::parse::html::{INLINE, VOID};
use crate::render::{highlight, wording};
use crate::source::Span;

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

impl Page<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some((block, following)) = rest.split_first() {
            rest = following;
            match (&block.kind, following) {
                (
                    BlockKind::Paragraph(image),
                    [Block { kind: BlockKind::Aside(Role::Caption, caption), .. }, after @ ..],
                ) if is_image(image) => {
                    self.figure(Some(block), caption);
                    rest = after;
                }
                _ => self.block(block),
            }
            self.out.line();
        }
    }

    fn block(&mut self, block: &Block) {
        let from = self.layer.at();
        match &block.kind {
            BlockKind::Heading { level, content } => self.heading(*level, content),
            BlockKind::Paragraph(content) => {
                let id = self.open_paragraph(content);
                self.inlines(content);
                self.out.close("p");
                self.end_block(from, id, None);
            }
            BlockKind::Aside(role, content) => self.aside(role, content),
            BlockKind::Quote(blocks) => {
                self.out.open("blockquote");
                self.out.line();
                self.blocks(blocks);
                self.out.close("blockquote");
            }
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items),
            BlockKind::Code { language, text } => self.code(language.as_deref(), text),
            BlockKind::Preformatted(content) => {
                let id = self.ids.paragraph(content);
                self.out.open("pre").attr("class", "plain").maybe("id", id.as_deref()).attr("tabindex", "0");
                self.inlines(content);
                self.out.close("pre");
                self.end_block(from, id, None);
            }
            BlockKind::Verse(lines) => self.verse(lines),
            BlockKind::Table { align, head, rows } => self.table(align, head, rows),
            BlockKind::Rule => {
                self.out.open("hr");
            }
            BlockKind::Html(parts) => self.html(parts, block.span),
        }
    }

    /// A paragraph beside the running text.
    fn aside(&mut self, role: &Role, content: &[Inline]) {
        if *role == Role::Caption {
            return self.figure(None, content);
        }
        let from = self.layer.at();
        let id = self.ids.paragraph(content);
        self.out.open("p").maybe("id", id.as_deref()).attr("class", role.name());
        if let Role::Date(date) = role {
            self.out.open("time").attr("datetime", date);
            self.inlines(content);
            self.out.close("time");
        } else {
            self.inlines(content);
        }
        self.out.close("p");
        self.end_block(from, id, None);
    }

    /// A caption, with the image that it stands below.
    fn figure(&mut self, image: Option<&Block>, caption: &[Inline]) {
        self.out.open("figure").attr("class", Role::Caption.name());
        if let Some(image) = image {
            self.block(image);
            self.out.line();
        }
        self.out.open("figcaption");
        let from = self.layer.at();
        let id = self.open_paragraph(caption);
        self.inlines(caption);
        self.out.close("p");
        self.end_block(from, id, None);
        self.out.close("figcaption").close("figure");
    }

    /// Opens a paragraph of these words; its id.
    pub(super) fn open_paragraph(&mut self, content: &[Inline]) -> Option<String> {
        let id = self.ids.paragraph(content);
        self.out.open("p").maybe("id", id.as_deref());
        id
    }

    fn heading(&mut self, level: u8, content: &[Inline]) {
        let name = HEADINGS[usize::from(level.clamp(1, 6)) - 1];
        let from = self.layer.at();
        let id = self.ids.places.pop_front();
        let text = plain_text(content);
        let class = wording::is_shouted(&text).then_some("caps");
        self.out.open(name).maybe("id", id.as_deref()).maybe("class", class);
        self.inlines(content);
        self.out.close(name);
        self.end_block(from, id.clone(), Some(level));
        self.enter_toc(level, id, text);
    }

    fn enter_toc(&mut self, level: u8, id: Option<String>, text: String) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(id) = id.filter(|_| self.is_listed && !text.is_empty()) {
            self.toc.push(TocEntry { level, id, text });
        }
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        let first = start.filter(|s| *s != 1).map(|s| s.to_string());
        self.out.open(name).maybe("start", first.as_deref());
        self.out.line();
        for item in items {
            let number = item.number.map(|n| n.to_string());
            // A tight item has no paragraph to carry an address, so it carries it itself.
            let id = match item.blocks.first().map(|b| &b.kind) {
                Some(BlockKind::Paragraph(content)) if tight => self.ids.paragraph(content),
                _ => None,
            };
            let class = item.task.map(|_| "task");
            self.out
                .open("li")
                .maybe("class", class)
                .maybe("id", id.as_deref())
                .maybe("value", number.as_deref());
            if let Some(done) = item.task {
                let mut input = self.out.open("input").attr("type", "checkbox").flag("disabled");
                if done {
                    input = input.flag("checked");
                }
                drop(input);
                self.out.text(" ");
            }
            self.item(tight, id, &item.blocks);
            self.out.close("li").line();
        }
        self.out.close(name);
    }

    fn item(&mut self, tight: bool, mut id: Option<String>, blocks: &[Block]) {
        for (i, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(content) if tight => {
                    let from = self.layer.at();
                    self.inlines(content);
                    self.end_block(from, id.take(), None);
                }
                _ => {
                    if i == 0 {
                        self.out.line();
                    }
                    self.block(block);
                }
            }
            if i + 1 < blocks.len() || !tight {
                self.out.line();
            }
        }
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        self.out.open("pre").attr("class", "code").attr("tabindex", "0");
        let from = self.layer.at();
        // Where readers marked some of it their marks are shown, and not the colours of its language.
        let is_marked = self.layer.is_marked_before(from + text.len());
        let highlighted = language
            .filter(|_| !is_marked && !self.out.is_blind())
            .and_then(|l| highlight::highlight(l, text));
        let class = language.map(|l| ["language-", l].concat());
        self.out.open("code").maybe("class", class.as_deref());
        match highlighted {
            Some(code) => drop(self.out.highlighted(code)),
            None => self.marked(text, from),
        }
        self.out.close("code").close("pre");
        self.layer.pass(text.len());
        self.end_block(from, None, None);
    }

    fn verse(&mut self, lines: &[Vec<Inline>]) {
        self.out.open("div").attr("class", "verse");
        // All lines together are what an address is made of.
        let all: Vec<Inline> = lines.concat();
        let from = self.layer.at();
        let id = self.open_paragraph(&all);
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                self.out.open("br");
                self.out.line();
                self.layer.pass("\n".len());
            }
            self.inlines(line);
        }
        self.out.close("p").close("div");
        if !lines.is_empty() {
            self.end_block(from, id, None);
        }
    }

    fn table(&mut self, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.open_table_region();
        self.out.open("table");
        self.out.line();
        if head.iter().any(|cell| !cell.is_empty()) {
            self.out.open("thead");
            self.row("th", align, head);
            self.out.close("thead").line();
        } else {
            self.layer.pass(head.len());
        }
        self.out.open("tbody");
        self.out.line();
        for row in rows {
            self.row("td", align, row);
            self.out.line();
        }
        self.out.close("tbody").close("table").close("div");
    }

    /// A wide table scrolls in its own box, and the box can be reached by keyboard.
    fn open_table_region(&mut self) {
        let label = self.around.strings.say("table");
        let region = self.out.open("div").attr("class", "table").attr("role", "region");
        drop(region.attr("aria-label", label).attr("tabindex", "0"));
    }

    fn row(&mut self, name: &'static str, align: &[Align], cells: &[Vec<Inline>]) {
        self.out.open("tr");
        for (i, cell) in cells.iter().enumerate() {
            let class = match align.get(i) {
                Some(Align::Left) => Some("align-left"),
                Some(Align::Center) => Some("align-center"),
                Some(Align::Right) => Some("align-right"),
                Some(Align::None) | None => None,
            };
            self.out.open(name).maybe("class", class);
            let from = self.layer.at();
            self.inlines(cell);
            self.end_block(from, None, None);
            self.out.close(name);
        }
        self.out.close("tr");
    }

    fn html(&mut self, parts: &[HtmlPart], span: Span) {
        // What each open element was written as; `None` where its tag was left out.
        let mut open: Vec<Option<&'static str>> = Vec::new();
        let from = self.layer.at();
        let mut tables = 0_usize;
        // Text that stands in no block is a paragraph.
        let loose = !parts.iter().any(|p| match p {
            HtmlPart::Open { name, .. } => !INLINE.contains(name) && *name != "wbr",
            _ => false,
        });
        if loose {
            self.out.open("p");
        }
        for (i, part) in parts.iter().enumerate() {
            if matches!(part, HtmlPart::Open { .. } | HtmlPart::Close(_)) {
                self.layer.pass(" ".len());
            }
            match part {
                HtmlPart::Text(text) => self.words(text),
                HtmlPart::Marker(id) => self.marker(*id),
                HtmlPart::Open { name: "img", attributes } => {
                    let value = |n: &str| attributes.iter().find(|a| a.0 == n).map_or("", |a| a.1.as_str());
                    self.place(attributes);
                    if !value("src").is_empty() {
                        self.image(value("src"), value("title"), value("alt"), span);
                    }
                }
                HtmlPart::Open { name, attributes } => {
                    tables += usize::from(*name == "table");
                    if *name == "table" && tables == 1 {
                        self.open_table_region();
                    }
                    let written = self.html_start(name, attributes, &parts[i..], span);
                    if !VOID.contains(name) {
                        open.push(written);
                    }
                }
                HtmlPart::Close(name) => {
                    if let Some(Some(written)) = open.pop() {
                        self.out.close(written);
                        self.in_link &= written != "a";
                        self.ways_to_notes();
                    }
                    if *name == "table" {
                        tables = tables.saturating_sub(1);
                        if tables == 0 {
                            self.out.close("div");
                        }
                    }
                }
            }
        }
        if loose {
            self.out.close("p");
        }
        self.end_block(from, None, None);
    }

    /// The address of an element that links may lead to, where the element itself is not written.
    fn place(&mut self, attributes: &[(&'static str, String)]) {
        if anchor_of(attributes).is_some()
            && let Some(id) = self.ids.places.pop_front()
        {
            self.out.open("span").attr("id", &id);
            self.out.close("span");
        }
    }

    fn html_start(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, String)],
        rest: &[HtmlPart],
        span: Span,
    ) -> Option<&'static str> {
        let level = heading_level(name);
        let placed = anchor_of(attributes).is_some() || level.is_some();
        let id = if placed { self.ids.places.pop_front() } else { None };
        if let Some(level) = level {
            self.enter_toc(level, id.clone(), text_until_close(rest, name));
        }
        let href = attributes.iter().find(|a| a.0 == "href").map(|a| a.1.clone());
        let link = href.filter(|h| !h.is_empty() && !self.in_link).map(|h| self.target(&h, span));
        let (written, href, rel) = match (name, link) {
            ("a", Some(Link::Inside(href))) => ("a", Some(href), None),
            ("a", Some(Link::External(href))) => ("a", Some(href), Some("noopener noreferrer")),
            ("a", _) if id.is_some() => ("span", None, None),
            ("a", _) => return None,
            ("strike", _) => ("s", None, None),
            (name, _) => (name, None, None),
        };
        self.in_link |= written == "a";
        let mut start = self.out.open(written).maybe("id", id.as_deref());
        start = start.maybe("href", href.as_deref()).maybe("rel", rel);
        for (attribute, value) in attributes {
            if !matches!(*attribute, "id" | "name" | "href" | "src") {
                start = start.attr(attribute, value);
            }
        }
        drop(start);
        Some(written)
    }
}
