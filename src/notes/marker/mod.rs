//! Signs in running text that could be a note's marker.
//!
//! Each candidate has a weight: about 3 for a sign that is hardly anything else where it stands, about 1
//! for one that is as likely something else, near 0 for one that only a whole series could make a marker.
//! Nothing is decided here. A file reads each way of writing: [`raised`], [`bracket`], [`symbol`], [`letter`],
//! [`figures`] with nothing around them.

mod bare;
mod bracket;
mod counted;
mod figures;
mod glued;
mod letter;
mod raised;
mod symbol;

use std::cell::OnceCell;

use super::label::is_symbol;
use super::sign::{is_circled, superscript};
use super::{Sign, candidate, link, listing};
use crate::layout::{Kind, Layout};
use crate::model::Form;
use crate::source::{Source, Span};

/// A sign that could be a marker.
pub type Candidate = candidate::Candidate<Traits>;

/// What only such a sign has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// True if it stands on a line of its own.
    pub alone: bool,
}

/// Every candidate, in source order.
pub fn candidates(source: &Source, layout: &Layout, form: Form) -> Vec<Candidate> {
    let mut out = Vec::new();
    let defined = defines_notes(source, layout);
    let hung = hung_labels(source, layout);
    for (index, line) in layout.lines.iter().enumerate() {
        if line.kind != Kind::Text {
            continue;
        }
        let mut scan = Scan {
            source,
            layout,
            form,
            defined,
            line: index,
            end: line.end,
            first: line.text_start(source),
            gap: OnceCell::new(),
            listing: OnceCell::new(),
            out: &mut out,
        };
        scan.run(line.start);
        match hung {
            Some(Hung::Letters) => scan.letters(),
            Some(Hung::Numerals) => scan.numerals(),
            None => {}
        }
    }
    if hung.is_some() {
        out.sort_by_key(|c| c.span.start);
    }
    out
}

/// Labels without figures that hang at words with nothing around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hung {
    /// As the notes of an edition have: `a`, `b`.
    Letters,
    /// As the endnotes of word processors have: `i`, `ii`.
    Numerals,
}

/// Such labels, if lines open with the first of them and a capital.
pub fn hung_labels(source: &Source, layout: &Layout) -> Option<Hung> {
    let begins = |text: &str| text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let opens = |label: &str| {
        let texts = (0..layout.lines.len()).filter(|&i| layout.lines[i].kind == Kind::Text);
        texts.map(|i| (i, layout.lines[i].text(source))).any(|(i, text)| {
            let Some(behind) = text.strip_prefix(label) else { return false };
            let alone = || layout.text_from(i + 1).is_some_and(|n| begins(layout.text(source, n)));
            behind.strip_prefix(' ').is_some_and(begins) || behind.is_empty() && label != "a" && alone()
        })
    };
    let stands_alone = |label: &str| {
        let mut lines = (0..layout.lines.len()).filter(|&i| layout.lines[i].kind == Kind::Text);
        lines.any(|i| {
            layout.text(source, i) == label
                && layout.text_from(i + 1).is_some_and(|n| begins(layout.text(source, n)))
        })
    };
    if opens("a") && opens("b") || ["a", "b", "c"].into_iter().all(stands_alone) {
        return Some(Hung::Letters);
    }
    (opens("ii") && opens("iii")).then_some(Hung::Numerals)
}

/// True if a line defines a note as Markdown does: `[^name]: text`.
pub fn defines_notes(source: &Source, layout: &Layout) -> bool {
    layout.lines.iter().filter(|l| l.kind == Kind::Text).any(|line| {
        let text = line.text(source).trim_start_matches(['>', ' ']);
        text.strip_prefix("[^")
            .and_then(|t| t.split_once(']'))
            .is_some_and(|(_, behind)| behind.starts_with(':'))
    })
}

struct Scan<'a> {
    source: &'a Source,
    layout: &'a Layout,
    form: Form,
    /// True if notes are written in Markdown's own way.
    defined: bool,
    line: usize,
    end: usize,
    /// First byte of the line that is not white space.
    first: usize,
    /// Where the first gap of the line ends, once somebody asked.
    gap: OnceCell<Option<usize>>,
    /// Whether it is a line of code or data, once somebody asked.
    listing: OnceCell<bool>,
    out: &'a mut Vec<Candidate>,
}

impl Scan<'_> {
    fn run(&mut self, start: usize) {
        let text = &self.source.text;
        // Most of a text is nothing that could be a marker.
        let plain = |b: &u8| matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b' ' | b',' | b'.');
        let mut at = start;
        while at < self.end {
            at += text.as_bytes()[at..self.end].iter().take_while(|b| plain(b)).count();
            let rest = &text[at..self.end];
            let Some(c) = rest.chars().next() else { break };
            let taken = match c {
                '`' if self.form.is_markdown() => code_span(rest),
                '<' => self.tag(at, rest),
                '{' => self.enclosed(at, rest, '}'),
                '/' => self.enclosed(at, rest, '/'),
                '$' => self.raised_math(at, rest),
                '\\' if rest[1..].starts_with('*') => self.escaped_star(at, rest),
                '[' | '\\' | '^' => self.bracket(at, rest),
                '［' | '〔' | '【' => self.wide_bracket(at, rest),
                '(' | '（' => self.paren(at, rest),
                '0'..='9' => self.digits(at, rest),
                _ if is_circled(c) => self.circled(at, rest, c),
                _ if superscript(c).is_some() => self.raised_digits(at, rest),
                _ if is_symbol(c) => self.symbol(at, rest, c),
                _ => 0,
            };
            at += if taken > 0 { taken } else { c.len_utf8() };
        }
    }

    fn push(&mut self, at: usize, len: usize, sign: Sign, label: &str, shown: &str, weight: f32) -> usize {
        let alone = at == self.first && self.source.text[at + len..self.end].trim().is_empty();
        let span = Span::new(at, at + len);
        let found = Candidate::new(span, label, shown.trim().to_owned(), sign, weight, self.line);
        self.out.push(Candidate { traits: Traits { alone }, ..found });
        len
    }

    /// Several labels between the signs of one marker: the first takes the opening sign, each later one the comma
    /// before it, the last the closing sign. `within` is where the labels begin and where the whole ends.
    fn several(
        &mut self,
        at: usize,
        within: (usize, usize),
        labels: &[(usize, usize)],
        sign: Sign,
        weight: f32,
    ) -> usize {
        let (inner, len) = within;
        let mut from = 0;
        for (i, &(start, end)) in labels.iter().enumerate() {
            let to = if i + 1 == labels.len() { len } else { inner + end };
            let text = &self.source.text[at + from..at + to];
            let label = self.source.text[at + inner + start..at + inner + end].to_owned();
            let shown = if sign == Sign::Bracket { text.to_owned() } else { label.clone() };
            self.push(at + from, to - from, sign, &label, &shown, weight);
            from = to;
        }
        len
    }

    fn before(&self, at: usize) -> Option<char> {
        self.source.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.source.text[at..].chars().next()
    }

    /// `<sup>1</sup>`, `<a href="#fn1">1</a>`, `<1>`.
    fn tag(&mut self, at: usize, rest: &str) -> usize {
        match self.raised_tag(at, rest) {
            0 => match self.linked(at, rest) {
                0 => self.enclosed(at, rest, '>'),
                taken => taken,
            },
            taken => taken,
        }
    }

    /// A label that is a link into a document: `[1](#fn1)`, `<a href="#fn1">1</a>`.
    fn linked(&mut self, at: usize, rest: &str) -> usize {
        let Some(link) = link::read(rest) else { return 0 };
        let weight = if link.named { 2.4 } else { 1.2 };
        self.push(at, link.len, Sign::Raised, &link.label, &link.shown, weight)
    }

    fn is_listed(&self) -> bool {
        let line = || listing::is_listed(self.layout.text(self.source, self.line));
        *self.listing.get_or_init(line)
    }
}

/// Bytes of a Markdown code span that opens here, or of its backticks where none does.
fn code_span(rest: &str) -> usize {
    let width = rest.bytes().take_while(|&b| b == b'`').count();
    let ticks = &rest[..width];
    rest[width..].find(ticks).map_or(width, |i| width + i + width)
}
