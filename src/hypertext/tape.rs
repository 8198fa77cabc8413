//! HTML → its elements and texts in one line, each with where it ends and whose it is.
//!
//! `html5ever` reads the signs (tags, attributes, references) as browsers do. What belongs into what is settled here,
//! in one pass and never deeper than [`DEEPEST`]: a browser's own rules for broken pages take quadratic time on
//! pages made to be slow, and need a tree that can be rebuilt while it grows.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::element::{self, TAGS, Tag};

/// Elements within elements: what is deeper counts as content of the last one. Browsers stop at 512.
const DEEPEST: usize = 150;

/// Attributes that are looked at.
const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-hidden",
    "class",
    "colspan",
    "content",
    "data-src",
    "datetime",
    "epub:type",
    "for",
    "height",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "open",
    "property",
    "rel",
    "role",
    "rowspan",
    "src",
    "start",
    "style",
    "type",
    "value",
    "width",
    "xml:lang",
];

/// A place in the line of all elements and texts.
pub type Index = usize;

/// An element or a text.
#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    /// The first that is not within it.
    end: u32,
    /// Where it stands in the file.
    at: u32,
    /// Of a text where its words are, of an element where its attributes are.
    first: u32,
    length: u32,
    kind: Kind,
    /// True if a block is within it.
    has_block: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Element(Tag),
}

/// A page, taken apart. The first element is the page itself.
#[derive(Debug)]
pub struct Page {
    nodes: Vec<Node>,
    /// All texts and values of attributes.
    text: String,
    attributes: Vec<(u8, Range<u32>)>,
    /// The comments that stand before everything else, where browsers write what they saved.
    pub comments: Vec<String>,
}

impl Page {
    /// Reads a page. `is_xml` says that `<a/>` is an element without content, as in chapters of e-books.
    pub fn read(html: &str, is_xml: bool) -> Page {
        let tokens = Tokenizer::new(Builder::new(html, is_xml), TokenizerOpts::default());
        let input = BufferQueue::default();
        // In pieces, so that it is known where each tag and each text stands.
        for (at, piece) in pieces(html) {
            tokens.sink.0.borrow_mut().at = at as u32;
            input.push_back(StrTendril::from_slice(piece));
            // It stops for programs only if the sink asks it to.
            let _: TokenizerResult<()> = tokens.feed(&input);
        }
        tokens.end();
        tokens.sink.0.into_inner().finish()
    }

    /// How many elements and texts there are.
    pub fn len(&self) -> Index {
        self.nodes.len()
    }

    /// The name of an element; `#text` for a text.
    pub fn name(&self, i: Index) -> &'static str {
        match self.nodes[i].kind {
            Kind::Text => "#text",
            Kind::Element(tag) => tag.name(),
        }
    }

    /// The words of a text; of an element none.
    pub fn text(&self, i: Index) -> Option<&str> {
        let node = &self.nodes[i];
        (node.kind == Kind::Text)
            .then(|| &self.text[node.first as usize..(node.first + node.length) as usize])
    }

    /// The first that is not within an element.
    pub fn end(&self, i: Index) -> Index {
        self.nodes[i].end as usize
    }

    /// The element that holds it.
    pub fn parent(&self, i: Index) -> Option<Index> {
        (i > 0).then(|| self.nodes[i].parent as usize)
    }

    /// The elements that hold it, the nearest first.
    pub fn ancestors(&self, i: Index) -> impl Iterator<Item = Index> {
        std::iter::successors(self.parent(i), |&p| self.parent(p))
    }

    /// Where it stands in the file.
    pub fn at(&self, i: Index) -> u32 {
        self.nodes[i].at
    }

    /// True for an element that stands by itself, or holds one that does.
    pub fn is_block(&self, i: Index) -> bool {
        self.nodes[i].has_block || element::is_block(self.name(i))
    }

    /// What it directly holds.
    pub fn children(&self, i: Index) -> impl Iterator<Item = Index> {
        self.siblings(i + 1..if self.text(i).is_some() { i + 1 } else { self.end(i) })
    }

    /// What a stretch of neighbours is made of.
    pub fn siblings(&self, range: Range<Index>) -> impl Iterator<Item = Index> {
        let within = move |i: &Index| *i < range.end;
        std::iter::successors(Some(range.start).filter(&within), move |&i| Some(self.end(i)).filter(&within))
    }

    /// The value of an attribute.
    pub fn attribute(&self, i: Index, name: &str) -> Option<&str> {
        let node = &self.nodes[i];
        if node.kind == Kind::Text {
            return None;
        }
        let all = &self.attributes[node.first as usize..(node.first + node.length) as usize];
        let key = ATTRIBUTES.binary_search(&name).ok()? as u8;
        let value = &all.iter().find(|a| a.0 == key)?.1;
        Some(&self.text[value.start as usize..value.end as usize])
    }

    /// True if one of these attributes, which list words, has one of these words.
    pub fn lists(&self, i: Index, attributes: &[&str], words: &[&str]) -> bool {
        attributes
            .iter()
            .filter_map(|a| self.attribute(i, a))
            .flat_map(str::split_whitespace)
            .any(|own| words.iter().any(|w| own.eq_ignore_ascii_case(w)))
    }

    /// All the words of a stretch, with spaces where blocks and breaks part them.
    pub fn words(&self, range: Range<Index>) -> String {
        let mut out = String::new();
        for i in range {
            match self.text(i) {
                Some(text) => out.push_str(text),
                None if self.is_block(i) || self.name(i) == "br" => out.push(' '),
                None => {}
            }
        }
        out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// True if a stretch has a sign that is no white space.
    pub fn has_text(&self, range: Range<Index>) -> bool {
        let mut texts = range.filter_map(|i| self.text(i));
        texts.any(|text| text.contains(|c: char| !c.is_ascii_whitespace()))
    }
}

/// A text in pieces: tags, and what stands between them.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let length = if first == '<' {
            // A sign that opens nothing must not make one piece of all that follows.
            rest[1..]
                .find(['>', '<'])
                .map_or(rest.len(), |i| i + 1 + usize::from(rest[i + 1..].starts_with('>')))
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let piece = (at, &rest[..length]);
        at += length;
        Some(piece)
    })
}

/// What takes the signs in. `html5ever` gives out only a shared reference to it.
struct Sink(RefCell<Builder>);

struct Builder {
    page: Page,
    /// The elements that are open.
    open: Vec<Index>,
    /// Of each kind the start tags that were too deep, whose end tags end nothing.
    swallowed: Box<[u32; TAGS]>,
    /// Of the start tags that were too deep one whose content nobody sees, and how many of its kind hold it.
    unseen: Option<(Tag, u32)>,
    /// Where the piece stands that is being read.
    at: u32,
    is_xml: bool,
    /// Elements of another vocabulary that are open (`svg`, `math`).
    foreign: usize,
}

impl Builder {
    #[allow(clippy::new_ret_no_self)] // it is of no use outside its cell
    fn new(html: &str, is_xml: bool) -> Sink {
        let tags = html.bytes().filter(|&b| b == b'<').count();
        // A text behind each tag; memory that is not written to costs nothing.
        let mut nodes = Vec::with_capacity(2 * tags + 16);
        let root = Node {
            parent: 0,
            end: 0,
            at: 0,
            first: 0,
            length: 0,
            kind: Kind::Element(Tag::of("html")),
            has_block: true,
        };
        nodes.push(root);
        let page = Page { nodes, text: String::new(), attributes: Vec::new(), comments: Vec::new() };
        Sink(RefCell::new(Builder {
            page,
            open: vec![0],
            swallowed: Box::new([0; TAGS]),
            unseen: None,
            at: 0,
            is_xml,
            foreign: 0,
        }))
    }

    fn finish(mut self) -> Page {
        self.close(0);
        let nodes = &mut self.page.nodes;
        for i in (1..nodes.len()).rev() {
            let block = nodes[i].has_block
                || matches!(nodes[i].kind, Kind::Element(tag) if element::is_block(tag.name()));
            let parent = nodes[i].parent as usize;
            nodes[parent].has_block |= block;
        }
        self.page
    }

    /// Ends all that is open from this depth on.
    fn close(&mut self, depth: usize) {
        let end = self.page.nodes.len() as u32;
        self.unseen = None;
        for i in self.open.drain(depth..) {
            self.page.nodes[i].end = end;
            self.foreign -= usize::from(matches!(self.page.name(i), "svg" | "math"));
        }
    }

    /// The depth of the last element that is open and has one of these names, if none of `beyond` is within it.
    fn depth_of(&self, names: &[&str], beyond: impl Fn(&str) -> bool) -> Option<usize> {
        for depth in (1..self.open.len()).rev() {
            let name = self.page.name(self.open[depth]);
            if names.contains(&name) {
                return Some(depth);
            }
            if beyond(name) {
                return None;
            }
        }
        None
    }

    fn push(&mut self, kind: Kind, first: usize, length: usize) -> Index {
        let parent = self.open.last().copied().unwrap_or(0) as u32;
        let i = self.page.nodes.len();
        let (first, length) = (first as u32, length as u32);
        let end = i as u32 + 1;
        self.page.nodes.push(Node { parent, end, at: self.at, first, length, kind, has_block: false });
        i
    }

    fn words(&mut self, text: &str) {
        if self.unseen.is_some() {
            return;
        }
        let holder = self.open.last().copied().unwrap_or(0);
        let is_data = |i| self.page.attribute(i, "type").is_some_and(|t| t.contains("json"));
        // Programs and styles may be larger than all that is read.
        if matches!(self.page.name(holder), "script" | "style") && !is_data(holder) {
            return;
        }
        if text.contains(|c: char| !c.is_ascii_whitespace()) {
            self.leave_head();
        }
        let start = self.page.text.len();
        self.page.text.push_str(text);
        let parent = self.open.last().copied().unwrap_or(0) as u32;
        match self.page.nodes.last_mut() {
            Some(last)
                if last.kind == Kind::Text
                    && last.parent == parent
                    && (last.first + last.length) as usize == start =>
            {
                last.length += text.len() as u32;
            }
            _ => drop(self.push(Kind::Text, start, text.len())),
        }
    }

    /// Ends a head in which something stands that is shown; its end tag may be left out.
    fn leave_head(&mut self) {
        if self.open.last().is_some_and(|&i| self.page.name(i) == "head") {
            self.close(self.open.len() - 1);
        }
    }

    fn attributes(&mut self, all: &[html5ever::Attribute]) -> (usize, usize) {
        let first = self.page.attributes.len();
        for attribute in all {
            let Ok(key) = ATTRIBUTES.binary_search(&&*attribute.name.local) else { continue };
            let start = self.page.text.len() as u32;
            self.page.text.push_str(&attribute.value);
            self.page.attributes.push((key as u8, start..self.page.text.len() as u32));
        }
        (first, self.page.attributes.len() - first)
    }

    fn start(&mut self, tag: &html5ever::tokenizer::Tag) -> TokenSinkResult<()> {
        let kind = Tag::of(&tag.name);
        // `<image>` is `<img>` to every browser.
        let kind = if self.foreign == 0 && &*tag.name == "image" { Tag::of("img") } else { kind };
        let name = kind.name();
        if matches!(name, "html" | "body") && self.depth_of(&["body"], |_| false).is_some() || name == "html"
        {
            // The page is there; only what it says of itself is new.
            let (first, length) = self.attributes(&tag.attrs);
            let page = &mut self.page.nodes[0];
            if length > 0 && page.length == 0 {
                (page.first, page.length) = (first as u32, length as u32);
            }
            return TokenSinkResult::Continue;
        }
        if name == "body" {
            self.close(1);
        } else if !matches!(
            name,
            "title" | "meta" | "link" | "base" | "script" | "style" | "noscript" | "template"
        ) {
            self.leave_head();
        }
        let (ended, beyond) = element::ends(name);
        if !ended.is_empty()
            && self.unseen.is_none()
            && let Some(depth) = self.depth_of(ended, |open| beyond.contains(&open))
        {
            self.close(depth);
        }
        let is_empty = element::is_void(name) || tag.self_closing && (self.is_xml || self.foreign > 0);
        if !is_empty && self.open.len() > DEEPEST {
            let holders = &mut self.swallowed[kind.index()];
            if self.unseen.is_none() && element::is_unseen(name) {
                self.unseen = Some((kind, *holders));
            }
            *holders += 1;
        } else if self.unseen.is_none() {
            let (first, length) = self.attributes(&tag.attrs);
            let i = self.push(Kind::Element(kind), first, length);
            if !is_empty {
                self.open.push(i);
                self.foreign += usize::from(matches!(name, "svg" | "math"));
            }
        }
        if is_empty || self.foreign > 0 {
            return TokenSinkResult::Continue;
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, tag: &html5ever::tokenizer::Tag) {
        let kind = Tag::of(&tag.name);
        let name = kind.name();
        if self.swallowed[kind.index()] > 0 {
            self.swallowed[kind.index()] -= 1;
            self.unseen.take_if(|u| *u == (kind, self.swallowed[kind.index()]));
            return;
        }
        match name {
            "html" | "body" => {}
            "br" => drop(self.push(Kind::Element(kind), 0, 0)),
            _ => {
                let own = |open: &str| {
                    element::is_scope(open) && !matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot")
                };
                let beyond = |open: &str| own(open) || open == "table";
                if let Some(depth) = self.depth_of(&[name], beyond) {
                    self.close(depth);
                }
            }
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(&tag),
            Token::TagToken(tag) => builder.end(&tag),
            Token::CharacterTokens(text) => builder.words(&text),
            Token::NullCharacterToken => builder.words("\u{FFFD}"),
            Token::CommentToken(text) => {
                /// More than any browser writes.
                const MOST: usize = 8;
                let is_early = builder.page.nodes.len() < 64;
                if is_early && builder.page.comments.len() < MOST {
                    builder.page.comments.push(text.to_string());
                }
            }
            Token::DoctypeToken(_) | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        let builder = self.0.borrow();
        builder.is_xml || builder.foreign > 0
    }
}
