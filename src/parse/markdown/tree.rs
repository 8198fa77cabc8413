//! Events → blocks and inlines, gathered on an explicit stack.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag};

use super::table::Rows;
use crate::model::{Align, Block, BlockKind, Flow, Inline, InlineKind, Item, MarkerId, Role, plain_text};
use crate::parse::reading::{Found, MAX_DEPTH, Reading};
use crate::parse::text::{LineEnd, Looking, Run};
use crate::parse::{address, html, inline, metadata};

mod leaves;
mod markup;

/// A container that is open: what it is, where it began, and what it holds so far.
struct Open {
    kind: Kind,
    range: Range<usize>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// HTML that may go on in the next block (a table with blank lines in it).
    html: Option<RawHtml>,
}

enum Kind {
    Root,
    Quote,
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<Item>,
        numbers: Vec<Option<u64>>,
    },
    Item {
        task: Option<bool>,
        number: Option<u64>,
    },
    Note {
        label: String,
    },
    Paragraph,
    Heading(u8),
    Code {
        language: Option<String>,
        text: String,
        markers: Vec<Inline>,
    },
    Html(RawHtml),
    Table(Rows),
    Head,
    Row,
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link {
        href: String,
        title: String,
    },
    Image {
        src: String,
        title: String,
    },
    /// An HTML tag in running text.
    Tag(html::Wrap),
}

#[derive(Default)]
struct RawHtml {
    text: String,
    range: Range<usize>,
    markers: Vec<MarkerId>,
    /// Tables opened and not closed.
    tables: i64,
}

/// The blocks that events have built so far.
pub(super) struct Tree<'f, 'r, 'a> {
    flow: &'f Flow,
    reading: &'r mut Reading<'a>,
    root: Open,
    /// The containers that are open inside the root.
    stack: Vec<Open>,
    /// For each start event still open: was a container opened for it?
    entered: Vec<bool>,
    /// Open links; inside one no address becomes another.
    links: usize,
    run: Run,
    /// What a print says of the next paragraph.
    announced: Option<Announced>,
}

/// A comment of `print`, which says what Markdown has no sign for.
#[derive(Clone, PartialEq, Eq)]
enum Announced {
    Verse,
    Preformatted,
    Aside(Role),
}

/// The role that a comment of `print` names.
fn announced_role(comment: &str) -> Option<Role> {
    let name = comment.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    Some(match name {
        "caption" => Role::Caption,
        "post-head" => Role::PostHead,
        "deleted" => Role::Deleted,
        "imprint" => Role::Imprint,
        _ => Role::Date(name.strip_prefix("date ").filter(|d| metadata::is_iso(d))?.to_owned()),
    })
}

impl<'f, 'r, 'a> Tree<'f, 'r, 'a> {
    pub fn new(flow: &'f Flow, reading: &'r mut Reading<'a>) -> Self {
        let root = open(Kind::Root, 0..flow.text.len());
        Tree {
            flow,
            reading,
            root,
            stack: Vec::new(),
            entered: Vec::new(),
            links: 0,
            run: Run::default(),
            announced: None,
        }
    }

    pub fn finish(mut self) -> Vec<Block> {
        self.flush();
        while !self.stack.is_empty() {
            self.close();
        }
        self.settle();
        flush_tight(&mut self.root);
        self.root.blocks
    }

    pub fn event(&mut self, event: Event, range: Range<usize>) {
        if let Event::Text(text) = &event {
            return self.text(text, range);
        }
        self.flush();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Code(text) => self.code_span(&text, range),
            Event::Html(text) => self.html(&text, range),
            Event::InlineHtml(text) => self.inline_html(&text, range),
            Event::FootnoteReference(label) => {
                let span = self.flow.source_span(range.clone());
                let id = self.reading.reference(&label, span);
                self.inline(InlineKind::Marker(id), range);
            }
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, range),
            Event::HardBreak => self.inline(InlineKind::HardBreak, range),
            Event::Rule => {
                let span = self.flow.source_span(range);
                self.block(Block { span, kind: BlockKind::Rule });
            }
            Event::TaskListMarker(done) => {
                let item = self.stack.iter_mut().rev().find_map(|o| match &mut o.kind {
                    Kind::Item { task, .. } => Some(task),
                    _ => None,
                });
                if let Some(task) = item {
                    *task = Some(done);
                }
            }
            // Never asked for; shown as text should a later version send it.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
            Event::Text(_) => {}
        }
    }

    fn top(&mut self) -> &mut Open {
        self.stack.last_mut().unwrap_or(&mut self.root)
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        match &mut self.top().kind {
            Kind::Code { .. } => self.code_text(text, range),
            Kind::Html(_) => self.html(text, range),
            _ => self.run.push(text, range),
        }
    }

    /// Turns the gathered text into inlines.
    fn flush(&mut self) {
        if self.run.text.is_empty() {
            return;
        }
        let alone = self.links == 0 && !self.in_image();
        let looking = Looking { addresses: alone, carets: true, emphasis: false, line_end: LineEnd::Space };
        let inlines = self.run.take(self.flow, looking, self.reading);
        self.top().inlines.extend(inlines);
    }

    fn inline(&mut self, kind: InlineKind, range: Range<usize>) {
        let span = self.flow.source_span(range);
        self.top().inlines.push(Inline { span, kind });
    }

    /// Adds a finished block to the container on top.
    fn block(&mut self, block: Block) {
        self.settle();
        let top = self.top();
        flush_tight(top);
        top.blocks.push(block);
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        // An item goes with its list.
        let in_list = matches!(self.top().kind, Kind::List { .. });
        let deep = self.stack.len() + 1 >= MAX_DEPTH && !in_list;
        let kind = match tag {
            Tag::Paragraph => {
                self.loosen();
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(str::to_owned),
                    CodeBlockKind::Indented => None,
                };
                Kind::Code { language, text: String::new(), markers: Vec::new() }
            }
            Tag::HtmlBlock => Kind::Html(RawHtml { range: range.clone(), ..RawHtml::default() }),
            Tag::FootnoteDefinition(label) => Kind::Note { label: label.to_string() },
            Tag::Table(align) => {
                Kind::Table(Rows { align: align.into_iter().map(alignment).collect(), ..Rows::default() })
            }
            Tag::TableHead => Kind::Head,
            Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            // An image's text is plain text: an image in it is its text.
            Tag::Image { .. } if self.in_image() => {
                self.entered.push(false);
                return;
            }
            Tag::Image { dest_url, title, .. } => {
                Kind::Image { src: dest_url.to_string(), title: title.to_string() }
            }
            _ if deep => {
                if matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) {
                    // Its words begin anew, though on the same level.
                    self.settle();
                    flush_tight(self.top());
                }
                self.reading.too_deep(self.flow.source_span(range));
                self.entered.push(false);
                return;
            }
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::List(start) => Kind::List { start, loose: false, items: Vec::new(), numbers: Vec::new() },
            Tag::Item => Kind::Item { task: None, number: leading_number(&self.flow.text[range.clone()]) },
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link { link_type, dest_url, title, .. } => {
                let opened = self.open_link(link_type, &dest_url, &title, range);
                self.entered.push(opened);
                return;
            }
            // Not asked for: what they hold stays.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {
                self.entered.push(false);
                return;
            }
        };
        self.entered.push(true);
        self.stack.push(open(kind, range));
    }

    fn in_image(&self) -> bool {
        self.stack.iter().any(|o| matches!(o.kind, Kind::Image { .. }))
    }

    /// A paragraph of its own in an item makes the list a loose one.
    fn loosen(&mut self) {
        if let [.., list, item] = self.stack.as_mut_slice()
            && let (Kind::List { loose, .. }, Kind::Item { .. }) = (&mut list.kind, &item.kind)
        {
            *loose = true;
        }
    }

    fn open_link(&mut self, link_type: LinkType, address: &str, title: &str, range: Range<usize>) -> bool {
        let address = match link_type {
            LinkType::Email => format!("mailto:{address}"),
            _ => address.to_owned(),
        };
        let Some(href) = address::allowed(&address) else {
            self.reading.bad_link(self.flow.source_span(range), &address);
            return false;
        };
        if href.is_empty() || self.links > 0 {
            return false;
        }
        self.links += 1;
        self.stack.push(open(Kind::Link { href, title: title.to_owned() }, range));
        true
    }

    fn end(&mut self) {
        if self.entered.pop() != Some(true) {
            return;
        }
        // A tag left open ends with what it stands in.
        while matches!(self.top().kind, Kind::Tag(_)) {
            self.close();
        }
        if !self.stack.is_empty() {
            self.close();
        }
    }

    /// Finishes the container on top and hands it to the one below.
    fn close(&mut self) {
        self.settle();
        let Some(mut done) = self.stack.pop() else { return };
        if matches!(done.kind, Kind::Item { .. } | Kind::Quote | Kind::Note { .. }) {
            flush_tight(&mut done);
        }
        let Open { kind, range, mut blocks, mut inlines, .. } = done;
        // A list begins with room for four, and most hold one.
        blocks.shrink_to_fit();
        inlines.shrink_to_fit();
        let span = self.flow.source_span(range.clone());
        let kind = match kind {
            Kind::Root => return,
            Kind::Quote => BlockKind::Quote(blocks),
            Kind::List { start, loose, items, numbers } => list(start, !loose, items, &numbers),
            Kind::Item { task, number } => {
                if let Kind::List { items, numbers, .. } = &mut self.top().kind {
                    items.push(Item { task, number: None, blocks });
                    numbers.push(number);
                } else {
                    blocks.into_iter().for_each(|b| self.block(b));
                }
                return;
            }
            Kind::Note { label } => {
                self.reading.found.push(Found { label: Some(label), marker: None, span, blocks });
                return;
            }
            Kind::Paragraph if inlines.is_empty() => return,
            Kind::Paragraph => self.paragraph(inlines),
            Kind::Heading(level) => BlockKind::Heading { level, content: inlines },
            Kind::Code { language, text, markers } => {
                self.block(Block { span, kind: BlockKind::Code { language, text } });
                if !markers.is_empty() {
                    self.block(Block { span, kind: BlockKind::Paragraph(markers) });
                }
                return;
            }
            Kind::Html(raw) if self.announces(&raw.text) => return,
            Kind::Html(raw) => return self.html_block(raw),
            Kind::Table(rows) => rows.finish(),
            Kind::Head => return self.row(range, |rows, cells| rows.head = cells),
            Kind::Row => return self.row(range, |rows, cells| rows.rows.push(cells)),
            Kind::Cell => {
                if let Some(rows) = self.rows() {
                    rows.current.push(inlines);
                    rows.last_cell = range.end;
                }
                return;
            }
            Kind::Emphasis => return self.wrap(InlineKind::Emphasis(inlines), range),
            Kind::Strong => return self.wrap(InlineKind::Strong(inlines), range),
            Kind::Strike => return self.wrap(InlineKind::Strike(inlines), range),
            Kind::Link { href, title } => {
                self.links -= 1;
                let link = inline::link(span, &href, &title, inlines);
                return self.top().inlines.extend(link);
            }
            Kind::Image { src, title } => return self.image(&src, title, &inlines, range),
            Kind::Tag(wrap) => return self.close_tag(wrap, inlines, range),
        };
        self.block(Block { span, kind });
    }

    /// True for a comment that says what the next paragraph is.
    fn announces(&mut self, html: &str) -> bool {
        self.announced = match html.trim() {
            "<!-- verse -->" if self.reading.is_print => Some(Announced::Verse),
            "<!-- preformatted -->" if self.reading.is_print => Some(Announced::Preformatted),
            comment if self.reading.is_print => announced_role(comment).map(Announced::Aside),
            _ => None,
        };
        self.announced.is_some()
    }

    fn paragraph(&mut self, inlines: Vec<Inline>) -> BlockKind {
        match self.announced.take() {
            None => BlockKind::Paragraph(inlines),
            Some(Announced::Aside(role)) => BlockKind::Aside(role, inlines),
            Some(Announced::Verse) => {
                let lines = inlines.split(|i| i.kind == InlineKind::HardBreak);
                BlockKind::Verse(lines.map(<[Inline]>::to_vec).collect())
            }
            Some(Announced::Preformatted) => {
                let plain = |mut inline: Inline| {
                    inline.kind = match inline.kind {
                        InlineKind::HardBreak => InlineKind::Text("\n".to_owned()),
                        InlineKind::Text(text) => {
                            InlineKind::Text(text.replace('\u{a0}', " ").replace('\u{200b}', ""))
                        }
                        kind => kind,
                    };
                    inline
                };
                BlockKind::Preformatted(inlines.into_iter().map(plain).collect())
            }
        }
    }

    fn wrap(&mut self, kind: InlineKind, range: Range<usize>) {
        if kind.content().is_some_and(|c| !c.is_empty()) {
            self.inline(kind, range);
        }
    }

    fn image(&mut self, src: &str, title: String, content: &[Inline], range: Range<usize>) {
        let span = self.flow.source_span(range.clone());
        let alt = plain_text(content);
        match address::allowed(src) {
            Some(src) if !src.is_empty() => self.inline(InlineKind::Image { src, title, alt }, range),
            bad => {
                if bad.is_none() {
                    self.reading.bad_link(span, src);
                }
                self.inline(InlineKind::Text(alt), range);
            }
        }
        let markers = inline::markers(content);
        self.top().inlines.extend(markers);
    }
}

fn open(kind: Kind, range: Range<usize>) -> Open {
    Open { kind, range, blocks: Vec::new(), inlines: Vec::new(), html: None }
}

/// The text of a tight item stands in it without a paragraph; it gets one.
fn flush_tight(open: &mut Open) {
    if !open.inlines.is_empty() {
        let mut content = std::mem::take(&mut open.inlines);
        content.shrink_to_fit();
        let span = content.iter().fold(content[0].span, |s, i| s.to(i.span));
        open.blocks.push(Block { span, kind: BlockKind::Paragraph(content) });
    }
}

/// A list whose items say which numbers they had, where a browser's own counting would print others. A list that
/// repeats one number (`1. 1. 1.`) asks to be counted.
fn list(start: Option<u64>, tight: bool, mut items: Vec<Item>, numbers: &[Option<u64>]) -> BlockKind {
    let repeats = numbers.len() > 1 && numbers.iter().all(|n| *n == numbers[0]);
    if let Some(start) = start.filter(|_| !repeats) {
        let mut expected = start;
        for (item, number) in items.iter_mut().zip(numbers) {
            if let Some(number) = number.filter(|n| *n != expected) {
                item.number = Some(number);
                expected = number;
            }
            expected += 1;
        }
    }
    BlockKind::List { start, tight, items }
}

fn leading_number(item: &str) -> Option<u64> {
    let item = item.trim_start();
    let digits = item.find(|c: char| !c.is_ascii_digit()).unwrap_or(item.len());
    item[..digits].parse().ok()
}

fn alignment(align: Alignment) -> Align {
    match align {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
