//! The page → Markdown, in the conventions that every later stage reads.
//!
//! 1. `write`: blocks, and what is set aside; notes wait until the block they stand in has ended
//! 2. [`inline`]: what stands in a line; [`table`]: rows, and tables that only arrange a page
//!
//! All that a reader of the page sees is written; what is no part of the text is written too, in lines or stretches of its
//! own, which are then [set aside](crate::source::SetAside).

use std::collections::BTreeMap;
use std::ops::Range;

use super::chrome::{Chrome, Fate};
use super::element::is_heading;
use super::escape;
use super::notes::Notes;
use super::tape::{Index, Page};
use crate::model::OmissionReason;
use crate::source::{SetAside, Span};
use inline::{Line, Place};

mod inline;
mod table;

/// Quotations and lists within each other: deeper ones are no longer set in.
const DEEPEST: usize = 8;

/// Characters of a line of what is set aside.
const LINE: usize = 400;

/// What became of a page.
#[derive(Debug, Default)]
pub struct Written {
    /// The Markdown.
    pub text: String,
    /// Where in it stands what stood where in the file, in the order of the Markdown.
    pub pieces: Vec<(u32, u32)>,
    /// What is no part of the text.
    pub aside: Vec<SetAside>,
    /// Pictures that are written within the page itself.
    pub embedded: usize,
}

/// What a page is written with.
pub struct Writer<'p> {
    page: &'p Page,
    notes: &'p Notes,
    chrome: &'p Chrome,
    links: &'p super::address::Links<'p>,
    /// What links within the page lead to, and by which names.
    anchors: &'p BTreeMap<Index, Vec<String>>,
    written: Written,
    /// What every line begins with, by the quotations and lists that are open.
    prefix: String,
    depth: usize,
    /// True where a block may begin without a line end: at the beginning, and behind the sign of an item.
    fresh: bool,
    /// True where blocks follow one another without a blank line.
    tight: bool,
    /// If the last block was a list: whether it was numbered, and had the other sign of the two that it may have. A
    /// list behind it with the same sign would be one with it.
    after_list: Option<(bool, bool)>,
    /// Notes that were met and are not written yet.
    waiting: Vec<usize>,
    line: Line,
}

/// Writes a page.
pub fn write(
    page: &Page,
    notes: &Notes,
    chrome: &Chrome,
    links: &super::address::Links,
    anchors: &BTreeMap<Index, Vec<String>>,
    front: String,
) -> Written {
    let mut writer = Writer {
        page,
        notes,
        chrome,
        links,
        anchors,
        written: Written { text: front, ..Written::default() },
        prefix: String::new(),
        depth: 0,
        fresh: true,
        tight: false,
        after_list: None,
        waiting: Vec::new(),
        line: Line::default(),
    };
    writer.blocks(0..page.len());
    writer.write_notes();
    if !writer.written.text.is_empty() {
        writer.written.text.push('\n');
    }
    writer.written
}

impl Writer<'_> {
    /// Writes neighbours: runs of what stands in a line become paragraphs.
    fn blocks(&mut self, range: Range<Index>) {
        let mut run: Option<Range<Index>> = None;
        let mut i = range.start;
        while i < range.end {
            let mut end = self.page.end(i);
            let note = self.notes.at.get(&i).copied();
            if let Some(note) = note {
                end = self.notes.notes[note].range.end.max(end);
            }
            let stands_alone = self.page.is_block(i) && self.chrome.fate(self.page, i) != Fate::Unseen;
            if stands_alone {
                if let Some(run) = run.take() {
                    self.paragraph(run, Place::Text);
                }
                match note {
                    Some(note) => self.waiting.push(note),
                    None => self.block(i),
                }
                if self.depth == 0 {
                    self.write_notes();
                }
            } else {
                run = Some(run.map_or(i, |r| r.start)..end);
            }
            i = end;
        }
        if let Some(run) = run {
            self.paragraph(run, Place::Text);
        }
        if self.depth == 0 {
            self.write_notes();
        }
    }

    fn block(&mut self, i: Index) {
        if !self.enters(i) {
            return;
        }
        let inside = i + 1..self.page.end(i);
        match self.page.name(i) {
            name if is_heading(name) => {
                let level = name[1..].parse().unwrap_or(2);
                self.paragraph(inside, Place::Heading(level));
            }
            "blockquote" => self.set_in("> ", |w| w.blocks(inside)),
            "ul" | "ol" | "menu" | "dir" => self.list(i),
            "dt" => self.paragraph(inside, Place::Term),
            "pre" | "listing" | "xmp" | "plaintext" | "textarea" => self.preformatted(i),
            "table" => self.table(i),
            "figure" => self.figure(i),
            "figcaption" => self.paragraph(inside, Place::Caption),
            "hr" => self.rule(i),
            _ => self.blocks(inside),
        }
    }

    /// Lets links lead to a block that is shown; writes one that is not as what it is.
    fn enters(&mut self, i: Index) -> bool {
        if let Fate::Aside(reason) = self.chrome.fate(self.page, i) {
            self.aside(i..self.page.end(i), reason);
            return false;
        }
        self.name_place(i);
        true
    }

    /// Begins a block: behind a blank line, unless it is the first of its kind.
    fn open(&mut self) {
        if std::mem::take(&mut self.fresh) {
            return;
        }
        self.written.text.push('\n');
        if !self.tight {
            self.written.text.push_str(self.prefix.trim_end());
            self.written.text.push('\n');
        }
        self.written.text.push_str(&self.prefix);
    }

    /// Writes what a sign sets in. Where many lines would have many signs, none are written: the text must not grow
    /// without bounds.
    fn set_in(&mut self, sign: &str, inside: impl FnOnce(&mut Self)) {
        if self.depth >= DEEPEST {
            return inside(self);
        }
        let tight = std::mem::take(&mut self.tight);
        let indent = if sign.starts_with('>') { sign } else { &"        "[..sign.len().min(8)] };
        self.held(sign, indent, inside);
        self.tight = tight;
        self.after_list = None;
    }

    /// Writes a sign and what stands behind it, every further line of that behind an indent; nothing where nothing does.
    fn held(&mut self, sign: &str, indent: &str, inside: impl FnOnce(&mut Self)) {
        let (length, fresh) = (self.prefix.len(), self.fresh);
        let before = self.written.text.len();
        self.open();
        self.written.text.push_str(sign);
        let begun = self.written.text.len();
        self.prefix.push_str(indent);
        self.depth += 1;
        (self.fresh, self.after_list) = (true, None);
        inside(self);
        self.depth -= 1;
        self.prefix.truncate(length);
        let is_empty = self.written.text.len() == begun;
        if is_empty {
            self.written.text.truncate(before);
        }
        self.fresh = is_empty && fresh;
    }

    fn list(&mut self, list: Index) {
        let is_ordered = self.page.name(list) == "ol";
        /// The highest that an item may say of itself: every line of it is set in as far as its number is wide.
        const HIGHEST: u32 = 99_999;
        let number = |i: Index, name: &str| {
            let said = self.page.attribute(i, name).and_then(|v| v.trim().parse::<u32>().ok());
            said.filter(|&n| n <= HIGHEST)
        };
        let mut next = number(list, "start").unwrap_or(1);
        let other = self.after_list.take() == Some((is_ordered, false));
        let is_tight = !self.page.siblings(list + 1..self.page.end(list)).any(|item| {
            self.page
                .children(item)
                .any(|c| matches!(self.page.name(c), "p" | "pre" | "blockquote" | "table" | "figure" | "div"))
        });
        let outer = self.tight;
        let mut stray: Option<Range<Index>> = None;
        let mut items = 0;
        let mut i = list + 1;
        while i < self.page.end(list) {
            let note = self.notes.at.get(&i).copied();
            let end = note.map_or(self.page.end(i), |n| self.notes.notes[n].range.end.max(self.page.end(i)));
            let is_item = self.page.name(i) == "li";
            if !is_item && note.is_none() {
                stray = Some(stray.map_or(i, |s| s.start)..end);
                i = end;
                continue;
            }
            if let Some(stray) = stray.take() {
                self.blocks(stray);
            }
            if let Some(note) = note {
                self.waiting.push(note);
                next = next.saturating_add(1);
            } else if let Fate::Aside(reason) = self.chrome.fate(self.page, i) {
                self.aside(i..end, reason);
            } else {
                next = number(i, "value").unwrap_or(next);
                let sign = match (is_ordered, other) {
                    (true, false) => format!("{next}. "),
                    (true, true) => format!("{next}) "),
                    (false, false) => "- ".to_owned(),
                    (false, true) => "* ".to_owned(),
                };
                next = next.saturating_add(1);
                self.tight = if items > 0 { is_tight } else { outer };
                let before = self.written.text.len();
                self.item(&sign, i + 1..end, is_tight);
                items += usize::from(self.written.text.len() > before);
            }
            i = end;
        }
        if let Some(stray) = stray {
            self.tight = false;
            self.blocks(stray);
        }
        self.tight = outer;
        self.after_list = (items > 0).then_some((is_ordered, other));
    }

    fn item(&mut self, sign: &str, inside: Range<Index>, is_tight: bool) {
        let tight = self.tight;
        if self.depth >= DEEPEST {
            // Without a sign, only a blank line parts it from the item before it.
            self.tight = false;
            self.blocks(inside);
            self.tight = tight;
            return;
        }
        self.held(sign, &" ".repeat(sign.len()), |writer| {
            writer.tight = is_tight;
            writer.name_place(inside.start.saturating_sub(1));
            writer.blocks(inside);
        });
        self.tight = tight;
    }

    /// A rule, unless it only stands above the notes or at the end.
    fn rule(&mut self, i: Index) {
        let (from, to) = (self.page.end(i), self.page.len());
        let near = to.min(from + super::extent::NEAR);
        let next = (from..near).find(|&n| self.page.text(n).is_some_and(|t| !t.trim().is_empty()));
        let is_above_notes = next.map_or(near == to, |n| {
            let before = self.notes.notes.partition_point(|note| note.range.start <= n);
            before.checked_sub(1).is_some_and(|b| self.notes.notes[b].range.contains(&n))
        });
        if !is_above_notes && !self.fresh {
            self.open();
            self.written.text.push_str("***");
        }
    }

    /// Programs, tables of signs, what stands line by line.
    fn preformatted(&mut self, i: Index) {
        let range = i..self.page.end(i);
        let begins_note = |n: Index| n > i && self.notes.at.contains_key(&n);
        if range.clone().any(|n| self.notes.markers.contains_key(&n) || begins_note(n)) {
            // Markers and notes are found in text only.
            self.line.keeps_lines = true;
            self.blocks(i + 1..range.end);
            self.line.keeps_lines = false;
            return;
        }
        let mut code = String::new();
        let mut places = Vec::new();
        // Signs by which a listing is copied, and what is hidden in it, are no part of it.
        let mut aside = Vec::new();
        let mut n = i + 1;
        while n < range.end {
            let end = self.page.end(n);
            match (self.page.text(n), self.chrome.fate(self.page, n)) {
                (_, Fate::Unseen) => n = end,
                (_, Fate::Aside(reason)) => {
                    aside.push((n..end, reason));
                    n = end;
                }
                (Some(text), _) => {
                    places.push((code.len(), self.page.at(n)));
                    code.push_str(text);
                    n = end;
                }
                (None, _) => {
                    if self.page.name(n) == "br" {
                        code.push('\n');
                    }
                    n += 1;
                }
            }
        }
        if !code.trim().is_empty() {
            self.listing(range, &code, places);
        }
        for (range, reason) in aside {
            self.aside(range, reason);
        }
    }

    /// A program, of which it is known where in the file its texts stand.
    fn listing(&mut self, range: Range<Index>, code: &str, places: Vec<(usize, u32)>) {
        let language =
            range.filter_map(|n| self.page.attribute(n, "class")).find_map(language).unwrap_or_default();
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        // Nothing in a listing can be led to: the place stands before it.
        if self.line.has_names() {
            self.begin_line(Place::Text);
            self.flush(None);
            self.end_block();
        }
        self.open();
        self.written.text.push_str(&fence);
        self.written.text.push_str(language);
        let shown = code.trim_end();
        let mut at = 0;
        let mut places = places.into_iter().peekable();
        for (n, line) in shown.split('\n').enumerate() {
            let whole = at..at + line.len() + 1;
            if !(n == 0 && line.trim().is_empty()) {
                self.written.text.push('\n');
                // No space at the end of an empty line: a page could make thousands of each line end.
                let set_in = if line.is_empty() { self.prefix.trim_end() } else { &self.prefix };
                self.written.text.push_str(set_in);
                let mut from = 0;
                while let Some((start, place)) = places.next_if(|p| p.0 < whole.end) {
                    let start = start.saturating_sub(at);
                    self.written.text.extend(line.get(from..start).unwrap_or_default().chars().map(plain));
                    self.place(place);
                    from = start.min(line.len());
                }
                self.written.text.extend(line.get(from..).unwrap_or_default().chars().map(plain));
            }
            at = whole.end;
        }
        self.written.text.push('\n');
        self.written.text.push_str(&self.prefix);
        self.written.text.push_str(&fence);
        self.after_list = None;
    }

    /// A picture with its caption below it, in one paragraph; anything else with the caption behind it.
    fn figure(&mut self, i: Index) {
        let inside = i + 1..self.page.end(i);
        let caption = self.page.siblings(inside.clone()).find(|&c| self.page.name(c) == "figcaption");
        let has = |name: &[&str]| inside.clone().any(|n| name.contains(&self.page.name(n)));
        let is_picture = has(&["img"]) && !has(&["table", "pre", "blockquote", "ul", "ol", "figure"]);
        let Some(caption) = caption.filter(|_| is_picture) else { return self.blocks(inside) };
        let (from, to) = (caption, self.page.end(caption));
        self.begin_line(Place::Text);
        self.inlines(inside.start..from);
        self.inlines(to..inside.end);
        match self.chrome.fate(self.page, caption) {
            Fate::Aside(reason) => self.aside_within(caption, reason),
            _ => {
                self.name_place(caption);
                self.caption(from + 1..to);
            }
        }
        self.end_block();
    }

    /// Words that are no part of the text, in lines of their own.
    fn aside(&mut self, range: Range<Index>, reason: OmissionReason) {
        let mut i = range.start;
        let mut open = false;
        let mut start = 0;
        let mut parted = false;
        let mut length = 0;
        while i < range.end {
            if let Some(&note) = self.notes.at.get(&i) {
                self.waiting.push(note);
                i = self.notes.notes[note].range.end.max(self.page.end(i));
                continue;
            }
            if self.page.text(i).is_none() {
                if self.chrome.fate(self.page, i) == Fate::Unseen {
                    i = self.page.end(i);
                    continue;
                }
                parted |= self.page.is_block(i) || self.page.name(i) == "br";
                i += 1;
                continue;
            }
            let has_words = self.page.has_text(i..i + 1);
            if open && parted && has_words && length > LINE {
                self.end_block();
                self.set_aside(start, reason);
                (open, length) = (false, 0);
            }
            if has_words && !open {
                let tight = std::mem::take(&mut self.tight);
                self.begin_line(Place::Text);
                self.flush(None);
                self.tight = tight;
                start = self.written.text.len();
                open = true;
            } else if has_words && parted {
                self.written.text.push_str(" · ");
                self.line.space = false;
            }
            if has_words {
                parted = false;
            }
            if open {
                let before = self.written.text.len();
                self.words(i);
                length += self.written.text.len() - before;
            }
            i += 1;
            parted |= i < range.end && self.page.parent(i).is_none_or(|p| p < range.start);
        }
        if open {
            self.end_block();
            self.set_aside(start, reason);
        }
        self.after_list = None;
    }

    fn set_aside(&mut self, start: usize, reason: OmissionReason) {
        // A backslash at the line's beginning came in front.
        let end = self.written.text.len();
        if start < end {
            self.written.aside.push(SetAside { span: Span::new(start, end), reason });
        }
    }

    /// Writes the notes that wait, each as `[^name]: …`.
    fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.waiting) {
            let (name, range) = (&self.notes.notes[note].name, self.notes.notes[note].range.clone());
            let (before, fresh) = (self.written.text.len(), self.fresh);
            self.open();
            let sign = format!("[^{name}]: ");
            self.written.text.push_str(&sign);
            let begun = self.written.text.len();
            self.prefix.push_str("    ");
            self.depth += 1;
            (self.fresh, self.after_list) = (true, None);
            let tight = std::mem::take(&mut self.tight);
            self.name_place(range.start);
            match (self.page.siblings(range.clone()).count(), self.page.name(range.start)) {
                // An item of a list is what it holds.
                (1, "li" | "p" | "dd" | "div" | "aside" | "td" | "section") => {
                    self.blocks(range.start + 1..range.end);
                }
                (1, "tr") => {
                    for cell in self.page.children(range.start) {
                        self.inline_cell(cell);
                    }
                    self.end_block();
                }
                _ => self.note_blocks(range),
            }
            self.tight = tight;
            self.depth -= 1;
            self.prefix.clear();
            if self.written.text.len() == begun {
                self.written.text.truncate(before);
                self.fresh = fresh;
            } else {
                self.fresh = false;
            }
            self.after_list = None;
        }
    }

    /// What a note is made of, without asking again whether a note begins there.
    fn note_blocks(&mut self, range: Range<Index>) {
        let mut run: Option<Range<Index>> = None;
        for i in self.page.siblings(range) {
            let end = self.page.end(i);
            if !self.page.is_block(i) {
                run = Some(run.map_or(i, |r| r.start)..end);
                continue;
            }
            if let Some(run) = run.take() {
                self.run_of_note(run);
            }
            self.block(i);
        }
        if let Some(run) = run {
            self.run_of_note(run);
        }
    }

    fn run_of_note(&mut self, run: Range<Index>) {
        self.begin_line(Place::Text);
        for i in self.page.siblings(run) {
            self.inline(i);
        }
        self.end_block();
    }

    /// Remembers where in the file stands what comes next.
    fn place(&mut self, at: u32) {
        self.written.pieces.push((self.written.text.len() as u32, at));
    }

    /// Puts a backslash in; what is known of later places moves with them.
    fn insert(&mut self, at: usize, sign: char) {
        self.written.text.insert(at, sign);
        for piece in self.written.pieces.iter_mut().rev().take_while(|p| p.0 as usize > at) {
            piece.0 += 1;
        }
        for aside in self.written.aside.iter_mut().rev().take_while(|a| a.span.end as usize > at) {
            aside.span.end += 1;
            aside.span.start += u32::from(aside.span.start as usize >= at);
        }
    }
}

/// A character of a program as it may stand in a text: no page's end, no sign that is none.
fn plain(c: char) -> char {
    if c.is_control() && c != '\t' || crate::invisible::is_no_character(c) { ' ' } else { c }
}

/// The language that a class says a program is in.
fn language(class: &str) -> Option<&str> {
    let mut words = class.split_ascii_whitespace();
    let named = words.clone().find_map(|w| w.strip_prefix("language-").or_else(|| w.strip_prefix("lang-")));
    let behind = || (words.next() == Some("sourceCode")).then(|| words.next()).flatten();
    let plain =
        |l: &&str| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || "+-#_".contains(c));
    named.or_else(behind).filter(plain)
}

/// Where in a finished line a backslash is needed, if anywhere.
fn opening(line: &str, begins: bool) -> Option<usize> {
    let is_task = ["[ ] ", "[x] ", "[X] "].iter().any(|sign| line.starts_with(sign));
    if is_task { Some(0) } else { escape::opening(line, begins) }
}
