//! What stands in a line: text, emphasis, links, markers, pictures.
//!
//! White space is written when something follows it, and the sign that opens an element when something stands in it: so
//! no sign stands beside a space that belongs outside of it, and none stands around nothing.

use std::ops::Range;

use super::Writer;
use crate::hypertext::chrome::Fate;
use crate::hypertext::escape;
use crate::hypertext::notes::bare;
use crate::hypertext::tape::Index;
use crate::model::OmissionReason;

/// Where text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    #[default]
    Text,
    Heading(u8),
    Cell,
    /// What a list of definitions explains.
    Term,
    /// The words below a picture.
    Caption,
}

/// The line that is being written.
#[derive(Debug, Default)]
pub(super) struct Line {
    place: Place,
    /// True if its block was opened.
    opened: bool,
    /// True if something stands in it.
    wrote: bool,
    /// A space is due.
    pub(super) space: bool,
    /// A line end is due.
    ended: bool,
    /// Where it begins.
    start: usize,
    /// True for the first line of its block.
    begins: bool,
    /// Elements that are open and have nothing in them yet.
    opening: Vec<Sign>,
    /// What closes each of the others.
    closing: Vec<String>,
    /// Links that are open.
    links: usize,
    /// Places that links lead to, to be written before the next word.
    names: Vec<String>,
    /// Where a marker ended: what follows must not make a definition of it.
    marker: usize,
    /// A bracket around a marker, whose closing one is left out.
    bracket: Option<char>,
    /// True where line ends are the text's own.
    pub(super) keeps_lines: bool,
}

/// What an element is written as.
#[derive(Clone, Debug)]
enum Sign {
    /// `*` or `**`, or the element itself where signs would not be read as such.
    Emphasis(&'static str, &'static str, Index),
    /// Anything else, with what closes it.
    Plain(String, String),
}

/// Elements and texts that are looked through for the next sign.
const NEAR: usize = 16;

impl Line {
    /// True if places are to be named before the next word.
    pub(super) fn has_names(&self) -> bool {
        !self.names.is_empty()
    }
}

impl Writer<'_> {
    /// Writes a run of what stands in a line as one block, or as several where lines are left empty.
    pub(super) fn paragraph(&mut self, run: Range<Index>, place: Place) {
        self.begin_line(place);
        match place {
            // A term that the page has in bold letters is so already.
            Place::Term if !run.clone().any(|i| matches!(self.page.name(i), "b" | "strong")) => {
                self.wrapped(Sign::Plain("**".to_owned(), "**".to_owned()), |w| w.inlines(run))
            }
            Place::Caption => self.caption(run),
            _ => self.inlines(run),
        }
        self.end_block();
    }

    pub(super) fn begin_line(&mut self, place: Place) {
        let line = std::mem::take(&mut self.line);
        self.line =
            Line { place, begins: true, names: line.names, keeps_lines: line.keeps_lines, ..Line::default() };
    }

    /// The words below a picture, as italics.
    pub(super) fn caption(&mut self, inside: Range<Index>) {
        let marked =
            inside.clone().any(|i| matches!(self.page.name(i), "em" | "i" | "cite" | "a" | "b" | "strong"));
        let sign = if marked { ("<em>", "</em>") } else { ("*", "*") };
        self.line.ended |= self.line.wrote;
        self.wrapped(Sign::Plain(sign.0.to_owned(), sign.1.to_owned()), |w| w.inlines(inside));
    }

    /// Ends the block, if there is one.
    pub(super) fn end_block(&mut self) {
        if self.line.opened {
            self.end_line();
            self.line.opened = false;
            self.after_list = None;
        }
        (self.line.wrote, self.line.space, self.line.ended, self.line.begins) = (false, false, false, true);
    }

    fn end_line(&mut self) {
        let at = self.line.start;
        if matches!(self.line.place, Place::Text | Place::Caption)
            && let Some(here) = super::opening(&self.written.text[at..], self.line.begins)
        {
            self.insert(at + here, '\\');
        }
        if matches!(self.line.place, Place::Heading(_)) && self.written.text.ends_with('#') {
            let end = self.written.text.len() - 1;
            self.insert(end, '\\');
        }
        self.line.begins = false;
    }

    pub(super) fn inlines(&mut self, range: Range<Index>) {
        let mut i = range.start;
        while i < range.end {
            let mut end = self.page.end(i);
            match self.notes.at.get(&i) {
                Some(&note) => {
                    self.waiting.push(note);
                    end = self.notes.notes[note].range.end.max(end);
                }
                None => self.inline(i),
            }
            i = end;
        }
    }

    pub(super) fn inline(&mut self, i: Index) {
        if self.page.text(i).is_some() {
            return self.words(i);
        }
        match self.chrome.fate(self.page, i) {
            Fate::Unseen => return,
            Fate::Aside(reason) => return self.aside_within(i, reason),
            Fate::Shown => {}
        }
        if let Some(&note) = self.notes.markers.get(&i) {
            return self.marker(note, i);
        }
        if self.notes.back.contains(&i) {
            return self.aside_within(i, OmissionReason::WayBack);
        }
        self.name_place(i);
        let inside = i + 1..self.page.end(i);
        let element = |name: &str| Sign::Plain(format!("<{name}>"), format!("</{name}>"));
        match self.page.name(i) {
            "br" => self.line_end(),
            "img" => self.picture(i),
            "em" | "i" | "cite" | "dfn" | "var" => {
                self.wrapped(Sign::Emphasis("*", "em", i), |w| w.inlines(inside))
            }
            "strong" | "b" => self.wrapped(Sign::Emphasis("**", "strong", i), |w| w.inlines(inside)),
            "del" | "s" | "strike" => self.wrapped(element("del"), |w| w.inlines(inside)),
            name @ ("sup" | "sub") if !self.only_marks(inside.clone()) => {
                self.wrapped(element(name), |w| w.inlines(inside));
            }
            name @ ("u" | "ins" | "mark" | "small" | "ruby" | "rt") => {
                self.wrapped(element(name), |w| w.inlines(inside));
            }
            "code" | "kbd" | "samp" | "tt" => self.code(inside),
            "q" => self.wrapped(Sign::Plain("“".to_owned(), "”".to_owned()), |w| w.inlines(inside)),
            "a" => self.link(i),
            name => {
                // Blocks in a line (in a heading, in a cell) are parted by spaces; so are the signs of formulas.
                let parts = self.page.is_block(i) || matches!(name, "svg");
                self.line.space |= parts && self.line.wrote;
                self.inlines(inside);
                self.line.space |= parts && self.line.wrote;
            }
        }
    }

    /// True if nothing but markers and signs between them is raised.
    fn only_marks(&self, inside: Range<Index>) -> bool {
        let in_marker = |i: Index| {
            self.page
                .ancestors(i)
                .take_while(|&a| a + 1 >= inside.start)
                .any(|a| self.notes.markers.contains_key(&a))
        };
        let mut texts = inside.clone().filter(|&i| self.page.text(i).is_some());
        let signs = |i: Index| self.page.text(i).is_none_or(|t| !t.contains(char::is_alphanumeric));
        inside
            .clone()
            .take(super::super::extent::NEAR)
            .any(|i| self.notes.markers.contains_key(&i) || self.notes.back.contains(&i))
            && texts.all(|i| signs(i) || in_marker(i) || self.notes.labels.contains_key(&i))
    }

    /// The words of a text.
    pub(super) fn words(&mut self, i: Index) {
        let page = self.page;
        let Some(text) = page.text(i) else { return };
        let from = self.notes.labels.get(&i).copied().unwrap_or(0);
        let mut placed = false;
        for (at, c) in text.char_indices().skip_while(|c| c.0 < from) {
            if c == '\n' && self.line.keeps_lines {
                self.line_end();
                continue;
            }
            if c.is_ascii_whitespace() || c.is_control() {
                self.line.space = self.line.wrote;
                continue;
            }
            // A sign of an object that is not there, and what is no character at all.
            if c == crate::model::MARK {
                continue;
            }
            let c = if crate::invisible::is_no_character(c) { '\u{FFFD}' } else { c };
            if self.line.bracket.take_if(|b| *b == c).is_some() {
                continue;
            }
            self.flush(Some(c));
            if !std::mem::replace(&mut placed, true) {
                self.place(page.at(i) + at as u32);
            }
            let rest = &text[at + c.len_utf8()..];
            let after = rest.chars().next().or_else(|| self.behind(i));
            self.sign(c, rest, after);
        }
    }

    /// What the Markdown has behind a text, if that is known.
    fn behind(&self, text: Index) -> Option<char> {
        let page = self.page;
        let block = |i: Index| page.ancestors(i).find(|&a| page.is_block(a));
        for n in page.end(text)..page.len().min(page.end(text) + 4) {
            match page.name(n) {
                "#text" if block(n) == block(text) => return page.text(n)?.chars().next(),
                "a" | "img" => return Some('['),
                "span" | "font" | "small" | "" => {}
                name if name == "br" || page.is_block(n) || block(n) != block(text) => return Some(' '),
                _ => return None,
            }
        }
        (page.end(text) == page.len()).then_some(' ')
    }

    /// Writes one character of the text. `rest` is what follows it in its piece, `after` the sign that does.
    fn sign(&mut self, c: char, rest: &str, after: Option<char>) {
        let out = &self.written.text;
        let before = if out.len() == self.line.start { None } else { out.chars().next_back() };
        let escaped = escape::needs(c, before, after, rest)
            || c == '|' && self.line.place == Place::Cell
            || matches!(c, '[' | ']') && self.line.links > 0
            || matches!(c, ':' | '(') && out.len() == self.line.marker;
        if escaped {
            self.written.text.push('\\');
        }
        self.written.text.push(c);
    }

    /// Writes what is due before something that begins with `next`, if that is known.
    pub(super) fn flush(&mut self, next: Option<char>) {
        if !self.line.opened {
            self.line.opened = true;
            if self.line.place != Place::Cell {
                self.open();
            }
            if let Place::Heading(level) = self.line.place {
                self.written.text.extend(["#".repeat(usize::from(level)).as_str(), " "]);
            }
            self.line.start = self.written.text.len();
        } else if self.line.ended && self.line.wrote {
            match self.line.place {
                Place::Cell => self.written.text.push_str("<br>"),
                Place::Heading(_) => self.written.text.push(' '),
                _ => {
                    self.end_line();
                    self.written.text.push_str("  \n");
                    self.written.text.push_str(&self.prefix);
                    self.line.start = self.written.text.len();
                }
            }
        } else if self.line.space {
            self.written.text.push(' ');
        }
        self.line.wrote = true;
        (self.line.space, self.line.ended) = (false, false);
        for name in std::mem::take(&mut self.line.names) {
            self.written.text.push_str(&format!("<a id=\"{name}\"></a>"));
        }
        for sign in std::mem::take(&mut self.line.opening) {
            let (open, close) = match sign {
                Sign::Emphasis(sign, _, i) if self.is_readable(i, next) => (sign.to_owned(), sign.to_owned()),
                Sign::Emphasis(_, name, _) => (format!("<{name}>"), format!("</{name}>")),
                Sign::Plain(open, close) => (open, close),
            };
            if open == "[" {
                self.guard();
            }
            self.written.text.push_str(&open);
            self.line.closing.push(close);
        }
    }

    /// True if `*` around an element would be read as emphasis: words begin and end there.
    fn is_readable(&self, i: Index, next: Option<char>) -> bool {
        let page = self.page;
        let before = self.written.text.chars().next_back();
        let at_start = self.written.text.len() == self.line.start;
        let opens = at_start || before.is_none_or(|c| c.is_whitespace() || "(“‘«—[".contains(c));
        let end = page.end(i);
        let plain = (i + 1..end).take(NEAR).all(|n| {
            page.text(n).is_some() || page.name(n) == "a" || page.name(n).is_empty() || page.name(n) == "span"
        });
        let last = (i + 1..end)
            .rev()
            .take(NEAR)
            .find_map(|n| page.text(n).and_then(|t| t.trim_ascii_end().chars().next_back()));
        let after = self.next_char(i);
        let closes = last.is_some_and(char::is_alphanumeric) && after.is_none_or(|c| !c.is_alphanumeric())
            || after.is_none_or(|c| c.is_whitespace());
        let short = end - i <= NEAR;
        opens && closes && plain && short && next.is_some_and(|c| !"*_~`[<".contains(c))
    }

    /// The sign that follows an element in its line; a space where there is none.
    fn next_char(&self, i: Index) -> Option<char> {
        let page = self.page;
        let end = page.end(i);
        let (inside, last) = ((i + 1..end), page.text(end.saturating_sub(1)));
        if last.is_some_and(|t| t.ends_with(|c: char| c.is_ascii_whitespace())) && !inside.is_empty() {
            return Some(' ');
        }
        for n in end..page.len().min(end + NEAR) {
            if page.is_block(n) || page.name(n) == "br" {
                return None;
            }
            if let Some(c) = page.text(n).and_then(|t| t.chars().next()) {
                // Behind the last element of a block stands nothing.
                let block = |i: Index| page.ancestors(i).find(|&a| page.is_block(a));
                return (block(n) == block(i)).then_some(c);
            }
        }
        if end >= page.len() { None } else { Some('x') }
    }

    /// Keeps a bracket that comes next from what stands before it: `!` and `^` would make something else of it.
    fn guard(&mut self) {
        let out = &self.written.text;
        if out.len() > self.line.start
            && out.ends_with(['!', '^'])
            && !out.ends_with("\\!")
            && !out.ends_with("\\^")
        {
            let at = out.len() - 1;
            self.insert(at, '\\');
        }
    }

    fn wrapped(&mut self, sign: Sign, inside: impl FnOnce(&mut Self)) {
        let (waiting, open) = (self.line.opening.len(), self.line.closing.len());
        self.line.opening.push(sign);
        inside(self);
        if self.line.closing.len() > open {
            if let Some(close) = self.line.closing.pop() {
                self.written.text.push_str(&close);
            }
        } else {
            self.line.opening.truncate(waiting);
        }
    }

    /// A line end; where a line is left empty, a paragraph's.
    fn line_end(&mut self) {
        if self.line.ended
            && self.line.place == Place::Text
            && self.line.closing.is_empty()
            && self.line.opening.is_empty()
        {
            return self.end_block();
        }
        self.line.ended = self.line.wrote;
        self.line.space = false;
    }

    fn marker(&mut self, note: usize, link: Index) {
        let words = self.page.words(link..self.page.end(link));
        if bare(&words) != self.notes.notes[note].label && words.contains(char::is_alphanumeric) {
            // Words that lead to a note are no label.
            self.inlines(link + 1..self.page.end(link));
        }
        self.take_brackets(link);
        let in_series = self.written.text.ends_with([',', ';']);
        self.line.space &= in_series;
        self.flush(None);
        self.guard();
        self.place(self.page.at(link));
        let name = &self.notes.notes[note].name;
        self.written.text.extend(["[^", name, "]"]);
        self.line.marker = self.written.text.len();
    }

    /// Takes the brackets away that stand around a link whose words are not written: `[<a>1</a>]`.
    fn take_brackets(&mut self, link: Index) {
        let out = &self.written.text;
        let open = out.chars().next_back().filter(|_| out.len() > self.line.start && !self.line.space);
        let close = match open {
            Some('[') => Some(']'),
            Some('(') => Some(')'),
            _ => None,
        };
        let Some(close) = close.filter(|&c| self.next_char(link) == Some(c)) else { return };
        self.written.text.pop();
        if self.written.text.ends_with('\\') {
            self.written.text.pop();
        }
        self.line.bracket = Some(close);
        if self.written.text.ends_with(' ') && self.written.text.len() > self.line.start {
            self.written.text.pop();
            self.line.space = true;
        }
    }

    fn link(&mut self, i: Index) {
        let inside = i + 1..self.page.end(i);
        let in_cell = self.line.place == Place::Cell;
        let address = self.page.attribute(i, "href").filter(|_| self.line.links == 0);
        let target = address.and_then(|a| self.links.written(a)).and_then(|a| escape::target(&a, in_cell));
        let holds_marker = || inside.clone().any(|n| self.notes.markers.contains_key(&n));
        let Some(target) = target.filter(|_| !holds_marker()) else { return self.inlines(inside) };
        self.line.links += 1;
        self.wrapped(Sign::Plain("[".to_owned(), format!("]({target})")), |w| w.inlines(inside));
        self.line.links -= 1;
    }

    fn code(&mut self, inside: Range<Index>) {
        let text = self.page.words(inside.clone());
        // What is more than words can stand in no code.
        let is_plain = |i: Index| {
            self.chrome.fate(self.page, i) == Fate::Shown
                && !self.notes.markers.contains_key(&i)
                && !self.notes.back.contains(&i)
                && !self.notes.at.contains_key(&i)
                && self.page.name(i) != "img"
        };
        if text.is_empty() || !inside.clone().all(is_plain) {
            return self.inlines(inside);
        }
        let text: String = text.chars().filter(|&c| c != crate::model::MARK).map(super::plain).collect();
        let text = if self.line.place == Place::Cell { text.replace('|', "\\|") } else { text };
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let ticks = "`".repeat(longest + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let leads = inside.clone().next().and_then(|i| self.page.text(i));
        self.line.space |=
            self.line.wrote && leads.is_some_and(|t| t.starts_with(|c: char| c.is_ascii_whitespace()));
        self.flush(Some('`'));
        self.place(self.page.at(inside.start));
        self.written.text.extend([&ticks, pad, &text, pad, &ticks]);
    }

    fn picture(&mut self, i: Index) {
        let page = self.page;
        let alt = page.attribute(i, "alt").unwrap_or_default();
        let one = |name: &str| page.attribute(i, name).is_some_and(|v| matches!(v.trim(), "0" | "1"));
        let address = [page.attribute(i, "src"), page.attribute(i, "data-src")];
        let is_data = |a: &&str| a.trim_start().get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"));
        let embedded = address.iter().flatten().any(is_data);
        let address = address.into_iter().flatten().find(|a| !is_data(a) && !a.is_empty());
        let target = address.and_then(|a| self.links.written(a));
        let target = target.and_then(|a| escape::target(&a, self.line.place == Place::Cell));
        self.written.embedded += usize::from(embedded && target.is_none());
        let Some(target) = target.filter(|_| !(one("width") && one("height"))) else {
            if !alt.trim().is_empty() {
                self.flush(None);
                self.place(page.at(i));
                self.described(alt);
                self.line.space = self.next_char(i).is_some_and(char::is_alphanumeric);
            }
            return;
        };
        self.flush(None);
        self.guard();
        self.place(page.at(i));
        self.written.text.push_str("![");
        self.line.links += 1;
        self.described(alt);
        self.line.links -= 1;
        self.written.text.extend(["](", &target, ")"]);
    }

    /// The description of a picture.
    fn described(&mut self, alt: &str) {
        let alt = alt.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let alt: String = alt.chars().filter(|&c| c != crate::model::MARK).map(super::plain).collect();
        for (at, c) in alt.char_indices() {
            let rest = &alt[at + c.len_utf8()..];
            self.sign(c, rest, rest.chars().next());
        }
    }

    /// Words within a line that are no part of the text.
    pub(super) fn aside_within(&mut self, i: Index, reason: OmissionReason) {
        // What is the label at the head of a note is no more than that.
        let left =
            |n: Index| self.page.text(n).map(|t| &t[self.notes.labels.get(&n).copied().unwrap_or(0)..]);
        let words = (i..self.page.end(i)).filter_map(left).any(|t| t.contains(char::is_alphanumeric));
        let notes: Vec<usize> =
            (i..self.page.end(i)).filter_map(|n| self.notes.at.get(&n).copied()).collect();
        self.waiting.extend(notes);
        if !words {
            return self.take_brackets(i);
        }
        self.line.space |= self.line.wrote;
        self.flush(None);
        self.place(self.page.at(i));
        let start = self.written.text.len();
        for n in i..self.page.end(i) {
            if self.page.is_block(n) || self.page.name(n) == "br" {
                self.line.space = self.written.text.len() > start;
            }
            if self.page.text(n).is_some() && !self.is_within_note(n, i) && !self.is_unseen(n, i) {
                self.words(n);
            }
        }
        self.set_aside(start, reason);
        self.line.space = true;
    }

    /// True if a text belongs to a note that stands within an element.
    fn is_within_note(&self, i: Index, element: Index) -> bool {
        let before = self.notes.notes.partition_point(|n| n.range.start <= i);
        let note = before.checked_sub(1).map(|n| &self.notes.notes[n].range);
        note.is_some_and(|range| range.start > element && range.contains(&i))
    }

    fn is_unseen(&self, i: Index, within: Index) -> bool {
        self.page
            .ancestors(i)
            .take_while(|&a| a > within)
            .any(|a| self.chrome.fate(self.page, a) == Fate::Unseen)
    }

    /// Lets links lead to an element.
    pub(super) fn name_place(&mut self, i: Index) {
        self.line.names.extend(self.anchors.get(&i).into_iter().flatten().cloned());
    }

    /// A cell as part of a line.
    pub(super) fn inline_cell(&mut self, cell: Index) {
        if !self.line.opened {
            self.begin_line(Place::Text);
        }
        self.line.space |= self.line.wrote;
        self.inline(cell);
    }
}
