//! Signs in running text that could be a note's marker.
//!
//! Each candidate has a weight: about 3 for a sign that is hardly anything else where it stands, about 1
//! for one that is as likely something else, near 0 for one that only a whole series could make a marker.
//! Nothing is decided here.

use std::cell::OnceCell;

use super::head::behind_word;
use super::label::is_symbol;
use super::{Label, Sign, link, listing, several};
use crate::layout::{Kind, Layout, Line};
use crate::model::Form;
use crate::source::{Source, Span};

/// A sign that could be a marker.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The whole sign in the source.
    pub span: Span,
    /// Its label.
    pub label: Label,
    /// What readers see of it.
    pub shown: String,
    /// How it is written.
    pub sign: Sign,
    /// How much it looks like a marker, 0 to 3.
    pub weight: f32,
    /// Its line in the layout.
    pub line: usize,
}

/// The weight of a sign that is hardly anything else.
const SURE: f32 = 3.0;
/// Longest text between the signs of a marker, in bytes.
const LONGEST: usize = 24;

/// Every candidate, in source order.
pub fn candidates(source: &Source, layout: &Layout, form: Form) -> Vec<Candidate> {
    let mut out = Vec::new();
    let defined = defines_notes(source, layout);
    let lettered = letters_notes(source, layout);
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
        if lettered {
            scan.letters();
        }
    }
    if lettered {
        out.sort_by_key(|c| c.span.start);
    }
    out
}

/// True if lines open with `a`, `b` and a capital, as the notes of an edition do.
pub fn letters_notes(source: &Source, layout: &Layout) -> bool {
    let opens = |letter: &str| {
        layout.lines.iter().filter(|l| l.kind == Kind::Text).any(|line| {
            let behind = line.text(source).strip_prefix(letter);
            behind.is_some_and(|b| b.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        })
    };
    opens("a ") && opens("b ")
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
        let (label, shown) = (Label::new(label), shown.trim().to_string());
        self.out.push(Candidate {
            span: Span::new(at, at + len),
            label,
            shown,
            sign,
            weight,
            line: self.line,
        });
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

    /// `［１］`, `〔一〕` is none: figures only.
    fn wide_bracket(&mut self, at: usize, rest: &str) -> usize {
        let Some((label, len)) = wide_bracket(rest) else { return 0 };
        let weight = if self.before(at).is_some_and(|c| !c.is_whitespace()) { 2.4 } else { 1.2 };
        self.push(at, len, Sign::Bracket, label, &rest[..len], weight)
    }

    /// `①` behind a word; at the head of a phrase it counts what is listed.
    fn circled(&mut self, at: usize, rest: &str, c: char) -> usize {
        let len = c.len_utf8();
        let ends = self.after(at + len).is_none_or(|n| !n.is_alphanumeric());
        let glued = self.before(at).is_some_and(|b| !b.is_whitespace());
        let weight = match (glued, ends) {
            (true, true) => 2.4,
            (true, false) => 1.4,
            _ => 0.4,
        };
        self.push(at, len, Sign::Raised, &rest[..len], &rest[..len], weight)
    }

    /// `{1}`, `<1>`, `/1/`.
    fn enclosed(&mut self, at: usize, rest: &str, close: char) -> usize {
        let Some(label) = enclosed(rest, close) else { return 0 };
        let len = label.len() + 2;
        if close == '/' && self.around(at, len) {
            return 0; // a date, an address
        }
        let glued = self.before(at).is_some_and(|c| !c.is_whitespace() && !"$%{<".contains(c));
        let page = Label::new(label).is_page();
        let mut weight = match (glued, close) {
            (true, _) => 2.2,
            _ if page => 2.0,
            (false, '}') => 1.4,
            _ => 1.0,
        };
        if close == '}' && self.is_argument(at, &rest[len..]) {
            weight *= 0.05;
        }
        self.push(at, len, Sign::Bracket, label, &rest[..len], weight)
    }

    /// True if figures, or signs of an address, touch a sign on either side.
    fn around(&self, at: usize, len: usize) -> bool {
        let joins = |c: char| c.is_ascii_digit() || "/:_-".contains(c);
        self.before(at).is_some_and(joins)
            || self.after(at + len).is_some_and(|c| joins(c) || c.is_alphabetic())
    }

    /// `<sup>1</sup>`, also with a link or brackets inside. Letters are ordinals (`10<sup>th</sup>`) unless
    /// there is but one.
    fn raised_tag(&mut self, at: usize, rest: &str) -> usize {
        let open = rest.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("<sup>"));
        if !open {
            return 0;
        }
        let window = floor(rest, LONGEST * 6);
        let Some(close) = window.find("</sup>").or_else(|| window.find("</SUP>")) else { return 0 };
        if opens_in_tag(&window[5..close]) {
            return 0;
        }
        let inner = strip_markup(&window[5..close]);
        let label = inner.trim().trim_matches(|c: char| "[]().,".contains(c));
        let len = close + 6;
        if inner == window[5..close]
            && let Some(labels) = several::labels(&inner)
        {
            return self.several(at, (5, len), &labels, Sign::Raised, 3.0);
        }
        if label.len() > LONGEST || !is_label(label) {
            return len;
        }
        let weight = if self.is_exponent(at) && label.len() == 1 { 0.6 } else { 3.0 };
        self.push(at, len, Sign::Raised, label, &inner, weight)
    }

    /// `${ }^{1}$`, `$^{1}$`, `$^1$`: LaTeX with nothing that is raised upon.
    fn raised_math(&mut self, at: usize, rest: &str) -> usize {
        let window = floor(rest, LONGEST * 2);
        let Some(close) = window[1..].find('$').map(|i| i + 1) else { return 0 };
        let inner: String = window[1..close].chars().filter(|c| !c.is_whitespace()).collect();
        let Some(raised) = inner.trim_start_matches("{}").strip_prefix('^') else { return 0 };
        let label = raised.trim_matches(|c: char| c == '{' || c == '}');
        let label = match label {
            "\\dagger" | "\\dag" => "†",
            "\\ddagger" | "\\ddag" => "‡",
            "\\ast" | "*" => "*",
            "\\S" => "§",
            other => other,
        };
        let label = label.trim_matches(|c: char| "[]().,".contains(c));
        if let Some(labels) = several::labels(label)
            && let Some(start) = window[..close].find(label)
        {
            return self.several(at, (start, close + 1), &labels, Sign::Raised, 3.0);
        }
        if !is_label(label) {
            return 0;
        }
        self.push(at, close + 1, Sign::Raised, label, label, 3.0)
    }

    /// `¹`, `¹²`, and `1⁴` from fonts that raise only some figures.
    fn raised_digits(&mut self, at: usize, rest: &str) -> usize {
        let (len, label) = raised_run(rest);
        let weight = if self.is_exponent(at) { 0.3 } else { 3.0 };
        self.push(at, len, Sign::Raised, &label, &rest[..len], weight)
    }

    /// True if what stands before is a unit or a number, so that a raised digit counts or squares it.
    fn is_exponent(&self, at: usize) -> bool {
        /// Units that are squared or cubed in running text.
        const UNITS: [&str; 12] = ["m", "km", "cm", "mm", "dm", "ft", "in", "yd", "mi", "s", "nm", "µm"];
        let text = &self.source.text[..at];
        let word_start = text
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let word = &text[word_start..];
        if word.is_empty() {
            return false;
        }
        let starts_numeric = word.chars().all(|c| c.is_ascii_digit());
        let led_by_number = text[..word_start].trim_end().ends_with(|c: char| c.is_ascii_digit());
        (starts_numeric && word.len() != 4)
            || (UNITS.contains(&word) && (led_by_number || word != "in"))
            || (word.chars().count() == 1
                && !matches!(word, "a" | "I" | "O" | "y" | "à")
                && word.is_ascii()
                && !led_by_number
                && text[..word_start].ends_with(['=', '+', '(', '−']))
    }

    /// `[1]`, `^[1]`, `\[1\]`, `[a]`, `[*]`, `[1](#place)`; in plain text `[^1]`.
    fn bracket(&mut self, at: usize, rest: &str) -> usize {
        let caret = usize::from(rest.starts_with('^'));
        let open = if rest[caret..].starts_with("\\[") { 2 } else { 1 };
        if !rest[caret..].starts_with('[') && open == 1 {
            return if caret == 1 { self.caret_digits(at, rest) } else { 0 };
        }
        if self.form.is_markdown() && caret == 0 && open == 1 && self.before(at) != Some('!') {
            let taken = self.linked(at, rest);
            if taken > 0 {
                return taken;
            }
        }
        let window = floor(rest, LONGEST * 2);
        // [[1]]
        let doubled = usize::from(rest[caret + open..].starts_with('['));
        let inner_at = caret + open + doubled;
        if inner_at >= window.len() {
            return 0;
        }
        let Some(close) = window[inner_at..].find(']').map(|i| i + inner_at) else { return 0 };
        let mut inner = window[inner_at..close].trim_end_matches('\\');
        if let Some(named) = inner.strip_prefix('^') {
            if self.form.is_markdown() && self.defined {
                return 0; // Markdown's own notes belong to parse::markdown
            }
            inner = named;
        }
        if doubled == 1 && !window[close + 1..].starts_with(']') {
            return 0;
        }
        let label = if is_label(inner.trim()) {
            inner.trim()
        } else if let Some(label) = behind_word(inner.trim()) {
            label // [note 1], [註1]
        } else if caret + doubled == 0 && open == 1 {
            return self.in_brackets(at, rest, inner);
        } else {
            return 0;
        };
        let len = close + 1 + doubled;
        let follows = &rest[len.min(rest.len())..];
        if follows.starts_with('(') && self.form.is_markdown() {
            // a link that leads elsewhere
            return floor(follows, 200).find(')').map_or(0, |end| len + end);
        }
        if follows.starts_with(':') && at == self.first {
            return 0; // a definition
        }
        if self.form.is_markdown() && self.is_within_label(at) {
            return 0; // `[^1[4] …`
        }
        let number = Label::new(label).number().is_some();
        let glued = self.before(at).is_some_and(|c| !c.is_whitespace());
        let mut weight = match (number, caret == 1) {
            (_, true) => 3.0,
            (true, false) => {
                if glued {
                    2.6
                } else {
                    2.0
                }
            }
            (false, false) => {
                if glued {
                    1.5
                } else {
                    0.6
                }
            }
        };
        if follows.starts_with(|c: char| c.is_alphabetic()) {
            weight *= 0.3; // [s]ocieties
        }
        if self.is_argument(at, follows) || self.is_of_range(at, follows) {
            weight *= 0.05;
        }
        let shown = &rest[..len];
        let shown = shown.replace('\\', "");
        self.push(at, len, Sign::Bracket, label, &shown, weight)
    }

    /// `[1, 2]`, `[3, p. 14]`: references to works.
    fn in_brackets(&mut self, at: usize, rest: &str, inner: &str) -> usize {
        /// Intervals are written so too, but seldom between the numbers of two works.
        const WEIGHT: f32 = 2.0;
        let len = inner.len() + 2;
        let index = self.before(at).is_some_and(char::is_alphanumeric);
        if index || rest[len..].starts_with(['(', ':', '[']) || self.is_argument(at, &rest[len..]) {
            return 0;
        }
        if let Some(labels) = several::labels(inner) {
            return self.several(at, (1, len), &labels, Sign::Bracket, WEIGHT);
        }
        let Some(label) = several::with_place(inner) else { return 0 };
        let label = label.to_owned();
        self.push(at, 1 + label.len(), Sign::Bracket, &label, &rest[..1 + label.len()], WEIGHT)
    }

    /// True for one of two labels that a text says of its notes: `represented as [1] through [15]`.
    fn is_of_range(&self, at: usize, follows: &str) -> bool {
        const WORDS: [&str; 5] = ["through", "thru", "to", "bis", "à"];
        let opens = WORDS.iter().any(|w| {
            let behind = follows.strip_prefix(' ').and_then(|f| f.strip_prefix(w));
            behind.is_some_and(|b| b.starts_with(" [") && !b.starts_with(" [^"))
        });
        let before = &self.source.text[self.first..at];
        let closes = WORDS.iter().any(|w| {
            let said = before.strip_suffix(' ').and_then(|b| b.strip_suffix(w));
            said.is_some_and(|s| s.ends_with("] "))
        });
        opens || closes
    }

    /// True for a number in brackets that belongs to code: `\\name[2]`, `{name}[2]`, `name[2][]`, `name[2] = 0`.
    fn is_argument(&self, at: usize, follows: &str) -> bool {
        let before = &self.source.text[self.first..at];
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        word.ends_with('}')
            || word.contains('\\') && !word.ends_with(']')
            || follows.starts_with("[]")
            || follows.starts_with(['{', '%', '='])
            || follows.starts_with(" =")
    }

    /// True within the label of a note, whose line begins with it. As a marker, it would be gone from there.
    fn is_within_label(&self, at: usize) -> bool {
        let led = self.source.text.get(self.first..at.min(self.first + LONGEST)).unwrap_or_default();
        led.starts_with("[^") && !led.contains(']')
    }

    /// `^1`, `^12^` behind a word.
    fn caret_digits(&mut self, at: usize, rest: &str) -> usize {
        let digits: String = rest[1..].chars().take_while(char::is_ascii_digit).collect();
        if digits.is_empty() || digits.len() > 3 || self.is_exponent(at) || self.before(at) == Some('[') {
            return 0;
        }
        let len = 1 + digits.len() + usize::from(rest[1 + digits.len()..].starts_with('^'));
        if self.after(at + len).is_some_and(char::is_alphanumeric) || self.is_power(at, len) {
            return 0;
        }
        self.push(at, len, Sign::Raised, &digits, &digits, 2.0)
    }

    /// True for `x^2` and `(x-5)^2-1`.
    fn is_power(&self, at: usize, len: usize) -> bool {
        let mut before = self.source.text[..at].chars().rev();
        let variable = before.next().is_some_and(|c| c.is_ascii_lowercase() && c != 'a')
            && before.next().is_none_or(|c| !c.is_alphanumeric() && c != '\'');
        let mut behind = self.source.text[at + len..].chars();
        let operator = behind.next().is_some_and(|c| "+-*/=".contains(c));
        variable || operator && behind.next().is_some_and(|c| c.is_alphanumeric() || "(\\".contains(c))
    }

    /// `(1)`, `（註１）`.
    fn paren(&mut self, at: usize, rest: &str) -> usize {
        let window = floor(rest, LONGEST);
        let open = window.chars().next().map_or(1, char::len_utf8);
        let Some(close) = window.find([')', '）']) else { return 0 };
        let close_len = window[close..].chars().next().map_or(1, char::len_utf8);
        let inner = window[open..close].trim();
        let noted = inner.trim_start_matches(['註', '注', '※']);
        if !is_label(noted) {
            return 0;
        }
        let label = noted;
        let len = close + close_len;
        let before = self.before(at).filter(|c| !c.is_whitespace());
        let number = Label::new(label).number();
        let letters = label.chars().all(char::is_alphabetic);
        let next = self.after(at + len);
        // `§ 2(a)`, `(a) the mill, (b) the weir`
        if letters && (before.is_none_or(char::is_numeric) || next.is_some_and(char::is_alphanumeric)) {
            return 0;
        }
        let weight = match number {
            _ if noted.len() < inner.len() => 3.0,
            _ if letters && before.is_some_and(char::is_alphabetic) => 1.2, // `word(a)`, but also `word(s)`
            Some(n) if n >= 1_000 => 0.1,                                   // a year
            _ if before.is_some_and(char::is_alphanumeric) => 2.0,          // word(1), but also ls(1)
            _ if before.is_some() => 2.4,
            _ => 0.8,
        };
        self.push(at, len, Sign::Paren, label, &window[..len], weight)
    }

    /// `\*` behind a word, in Markdown.
    fn escaped_star(&mut self, at: usize, rest: &str) -> usize {
        let stars = escaped_stars(rest);
        let len = 2 * stars;
        let glued = self.before(at).is_some_and(|b| !b.is_whitespace() && !is_symbol(b));
        let ends = self.after(at + len).is_none_or(|n| n.is_whitespace() || ".,;:!?)]”’\"'»".contains(n));
        if !(self.form.is_markdown() && glued && ends && (1..=4).contains(&stars)) {
            return len.max(1);
        }
        let label = "*".repeat(stars);
        self.push(at, len, Sign::Symbol, &label, &label, 2.4)
    }

    /// `*`, `**`, `†` … behind a word.
    fn symbol(&mut self, at: usize, rest: &str, c: char) -> usize {
        let run: String = rest.chars().take_while(|&d| d == c).collect();
        let len = run.len();
        let count = run.chars().count();
        let star = c == '*' || c == '∗';
        if count > 4 || (star && self.form.is_markdown()) {
            return len;
        }
        let next = self.after(at + len);
        let glued = self.before(at).is_some_and(|b| !b.is_whitespace() && !is_symbol(b));
        let ends = next.is_none_or(|n| n.is_whitespace() || ".,;:!?)]”’\"'»—–-…".contains(n));
        // a section's sign, unless it hangs at a word
        if c == '§' && (!glued || !ends) && next.is_some_and(|n| n.is_ascii_digit() || n == ' ' || n == '§')
        {
            return len;
        }
        let alone = at == self.first && at + len >= self.end;
        let weight = match (glued, ends) {
            (true, true) if star && self.closes_emphasis(at, c) => 0.1,
            (true, true) => 2.4,
            (false, true) if self.ends_title(at, at + len) => 2.4,
            _ if alone => 0.8,
            (false, true) if star && at > self.first => 0.7,
            (false, true) if star => 0.3,
            (false, true) => 1.2,
            _ => return len,
        };
        self.push(at, len, Sign::Symbol, &run, &run, weight)
    }

    /// True for what is set apart at the end of one of the text's first lines, its title or an author's name.
    fn ends_title(&self, at: usize, end: usize) -> bool {
        /// Lines of the longest title.
        const LINES: usize = 4;
        let first = self.layout.text_from(0).unwrap_or(self.line);
        let worded = self.source.text[self.first..at].trim_end().ends_with(char::is_alphanumeric);
        worded
            && self.source.text[end..self.end].trim().is_empty()
            && self.line < first + LINES
            && self.layout.lines[first..=self.line].iter().all(|l| l.is_text())
    }

    /// True if a star opened an emphasis shortly before: `*so*`.
    fn closes_emphasis(&self, at: usize, star: char) -> bool {
        /// Bytes of the longest emphasis that this looks back over.
        const REACH: usize = 240;
        let mut from = at.saturating_sub(REACH);
        while !self.source.text.is_char_boundary(from) {
            from += 1;
        }
        let window = &self.source.text[from..at];
        let window = &window[window.rfind("\n\n").map_or(0, |i| i + 2)..];
        let mut open = false;
        let mut previous = ' ';
        for (i, c) in window.char_indices() {
            if c == star {
                let next = window[i + c.len_utf8()..].chars().next();
                let opens = !previous.is_alphanumeric() && next.is_some_and(|n| !n.is_whitespace());
                open = opens || (open && previous.is_whitespace());
            }
            previous = c;
        }
        open
    }

    /// A letter that hangs at a sentence's or a clause's end: `the weir.a`
    fn letters(&mut self) {
        /// What a raised letter weighs that print has put behind a stop.
        const WEIGHT: f32 = 2.4;
        let text = &self.source.text[self.first..self.end];
        let places: Vec<usize> =
            text.match_indices(|c: char| c.is_ascii_lowercase()).map(|(i, _)| i).collect();
        for i in places {
            let mut before = text[..i].chars().rev();
            let stop = before.next().is_some_and(|c| ".,;:!?”\"’)".contains(c));
            let word = before
                .find(|c| !"”\"’)".contains(*c))
                .is_some_and(|c| c.is_alphanumeric() || ".,!?".contains(c));
            let ends = text[i + 1..].chars().next().is_none_or(char::is_whitespace);
            let abbreviated = text[..i].ends_with('.')
                && text[..i].trim_end_matches('.').chars().rev().nth(1).is_none_or(|c| !c.is_alphabetic());
            if stop && word && ends && !abbreviated {
                self.push(self.first + i, 1, Sign::Bare, &text[i..=i], &text[i..=i], WEIGHT);
            }
        }
    }

    /// Digits with nothing around them.
    fn digits(&mut self, at: usize, rest: &str) -> usize {
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        // … but the figure of "F2¹" belongs to its word
        let of_word = self.source.text[..at].chars().rev().take(2).filter(|c| c.is_alphabetic()).count() == 1;
        if run <= 2 && !of_word && rest[run..].chars().next().is_some_and(|c| superscript(c).is_some()) {
            let (len, label) = raised_run(rest);
            let power = self.before(at).is_some_and(char::is_whitespace) && run > 1;
            return self.push(at, len, Sign::Raised, &label, &rest[..len], if power { 0.3 } else { 2.0 });
        }
        if rest[run..].starts_with(')') && is_label(&rest[..run]) && !self.in_parentheses(at) {
            let glued = self.before(at).is_some_and(|c| !c.is_whitespace());
            let weight = match (at == self.first, glued) {
                (true, _) => 0.2,
                (_, true) => 2.2,
                _ => 1.2,
            };
            return self.push(at, run + 1, Sign::Bare, &rest[..run], &rest[..run + 1], weight);
        }
        // a number goes on: 1,000  3.5  10:30  12/3
        let mut whole = run;
        while let Some(sep) = rest[whole..].chars().next() {
            let more = rest[whole + sep.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
            if more == 0 || !",.:/-–\u{a0}’'".contains(sep) {
                break;
            }
            whole += sep.len_utf8() + more;
        }
        // "1909–1913.5" may be a year, a full stop and a marker
        let year = rest[..whole].rsplit(['-', '–', ' ']).next().and_then(|last| last.split_once('.'));
        if let Some((_, label)) = year.filter(|(y, l)| {
            y.len() == 4 && (y.starts_with('1') || y.starts_with("20")) && is_label(l) && !l.starts_with('0')
        }) {
            let ends = rest[whole..].chars().next().is_none_or(char::is_whitespace);
            if ends {
                self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, 1.4);
            }
            return whole;
        }
        if let Some(label) = misread(&self.source.text[self.first..at], &rest[..run]).filter(|_| whole == run)
        {
            let shown = &self.source.text[at - 1..at + run];
            self.push(at - 1, run + 1, Sign::Bare, &label, shown, 1.4);
            return run;
        }
        if let Some(label) = behind_thousands(&rest[..whole]) {
            self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, 1.4);
            return whole;
        }
        if let Some(label) = behind_year(&rest[..whole]) {
            self.push(at + whole - label.len(), label.len(), Sign::Bare, label, label, 1.2);
            return whole;
        }
        let label = &rest[..run];
        if whole > run || run > 3 || label.starts_with('0') {
            return whole.max(run);
        }
        let mut weight = self.bare_weight(at, run);
        // what hangs at a sentence's end is no figure of code that the line quotes
        if weight < SURE && self.is_listed() || self.layout.leads_to_page(self.source, self.line) {
            weight *= 0.1;
        }
        if weight > 0.0 {
            self.push(at, run, Sign::Bare, label, label, weight);
        }
        run
    }

    /// True if a parenthesis is open before a place in its paragraph.
    fn in_parentheses(&self, at: usize) -> bool {
        /// Bytes that are looked back over.
        const REACH: usize = 300;
        let mut from = at.saturating_sub(REACH);
        while !self.source.text.is_char_boundary(from) {
            from += 1;
        }
        let window = &self.source.text[from..at];
        let window = &window[window.rfind("\n\n").map_or(0, |i| i + 2)..];
        window.rfind('(') > window.rfind(')')
    }

    /// How much bare digits look like a marker where they stand.
    fn bare_weight(&self, at: usize, len: usize) -> f32 {
        let next = self.after(at + len);
        let rest = &self.source.text[at + len..self.end];
        let alone = at == self.first
            && at + len >= self.end - (self.end - at - len - rest.trim_end().len()).min(self.end - at - len)
            && rest.trim().is_empty();
        if alone {
            return self.own_line_weight();
        }
        if next.is_some_and(|n| n.is_alphabetic() || "%°$€£/′″²³½¼¾+=_".contains(n)) {
            return 0.0;
        }
        let Some(previous) = self.before(at).filter(|_| at > self.first) else {
            return if rest.starts_with(' ') { 0.3 } else { 0.0 }; // afloat at the beginning of a line
        };
        if "$€£#№+=<>/_@&*×~".contains(previous) || previous.is_numeric() {
            return 0.0;
        }
        let ends = next.is_none_or(|n| n.is_whitespace() || ".,;:!?)]”’\"'»—–…".contains(n));
        // `step1 = 15`
        if rest.trim_start().starts_with(['=', '←']) {
            return 0.1;
        }
        if !previous.is_whitespace() {
            let closes = next.is_some_and(|n| "\"”“»'’".contains(n));
            return if ends { self.glued_weight(at, closes) } else { 0.2 };
        }
        // afloat: a space before, nothing or a space behind
        if next.is_some_and(|n| !n.is_whitespace() && !".,;:!?)”’—–".contains(n)) {
            return 0.0;
        }
        let before = self.source.text[..at].trim_end();
        if self.is_enumerated(before, rest) || before.ends_with(['=', '×', '+', '·', '≤', '≥', '∈', '←'])
        {
            return 0.1;
        }
        let gap = at - before.len();
        let sentence = before.ends_with(['.', '!', '?', ':', ';', ',', '”', '"', '’', ')', '»', '—', '…']);
        let at_end = rest.trim().is_empty();
        // Extraction moves a raised figure to the end of its line, leaves a gap where it stood, and takes
        // the displaced figure for a line of its own, with a blank line behind.
        let displaced = at_end && (self.line_has_gap(at) || self.tears_sentence());
        if counts_what_precedes(before) {
            return if displaced { 0.9 } else { 0.05 };
        }
        let base = match (sentence, at_end) {
            (true, true) => 1.8,
            (true, false) => 1.5,
            (false, true) => 0.9,
            (false, false) => 0.6,
        };
        if displaced {
            return base + 0.4;
        }
        // "— 1", "word   2": a gap where the raised figure stood
        if gap > 1 && !at_end { base * 0.6 } else { base }
    }

    /// True for a figure among others: `1, 2, 3`.
    fn is_enumerated(&self, before: &str, rest: &str) -> bool {
        /// Figures of a year, behind which a comma and a marker may stand.
        const YEAR: usize = 4;
        let figures = |t: &str| t.bytes().rev().take_while(u8::is_ascii_digit).count();
        let led = before.strip_suffix(',').map(|b| figures(b.trim_end()));
        let follows = rest.trim_start().strip_prefix(',').map(str::trim_start);
        led.is_some_and(|n| (1..YEAR).contains(&n))
            && follows.is_none_or(|f| f.starts_with(|c: char| c.is_ascii_digit()))
            || follows.is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// True if a space stands before a comma or the like, or two spaces between words, earlier on the line.
    fn line_has_gap(&self, at: usize) -> bool {
        let first = || {
            let text = &self.source.text[self.first..self.end];
            let gaps = [" ,", " .", " ;", " :", " )", " ”"].into_iter();
            let ends = gaps.filter_map(|gap| Some(text.find(gap)? + gap.len()));
            let wide = text.match_indices("  ").find(|&(i, _)| i > 0).map(|(i, gap)| i + gap.len());
            ends.chain(wide).min().map(|end| self.first + end)
        };
        let words = self.source.text[self.first..at].trim_end().len();
        self.gap.get_or_init(first).is_some_and(|end| end <= self.first + words)
    }

    fn is_listed(&self) -> bool {
        let line = || listing::is_listed(self.layout.text(self.source, self.line));
        *self.listing.get_or_init(line)
    }

    /// True if a blank line follows, and then the sentence goes on.
    fn tears_sentence(&self) -> bool {
        let lines = &self.layout.lines;
        let blank = lines.get(self.line + 1).is_some_and(|l| l.is_blank());
        let next = lines.get(self.line + 2).filter(|l| l.is_text());
        blank && next.is_some_and(|l| l.text(self.source).chars().next().is_some_and(char::is_lowercase))
    }

    fn glued_weight(&self, at: usize, closes: bool) -> f32 {
        /// Characters of a name of a file, a version or the like that are looked at.
        const LONGEST_NAME: usize = 60;
        let before = &self.source.text[..at];
        let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).collect();
        let letters = word.chars().count();
        if letters == 0 {
            let mut tail = before.chars().rev();
            let (last, second) = (tail.next(), tail.next());
            return match last {
                // 3.5 and 1904.1 were read as numbers before; here stands "word.1" or "(2004).1"
                Some('.' | ',' | ';' | ':' | '!' | '?') if second.is_some_and(|c| c.is_ascii_digit()) => 1.6,
                Some('.') if second.is_some_and(|c| c.is_uppercase()) => 1.0, // p.1, No.1, initials
                // "1 ,2": no sentence is set so
                Some(',') if second.is_some_and(char::is_whitespace) => 0.2,
                // it opens: a figure is quoted
                Some('"' | '\'' | '’' | '”')
                    if second.is_none_or(|c| c.is_whitespace() || "([".contains(c)) =>
                {
                    0.2
                }
                Some('.' | ',' | ';' | ':' | '!' | '?' | '”' | '"' | '’' | ')' | ']' | '»' | '…' | '\'') => {
                    3.0
                }
                Some('—' | '–') => 0.8,
                _ => 0.2,
            };
        }
        // "amd64", "1.5+nmu1": the figure is of what is quoted
        let mut token = before.chars().rev().take(LONGEST_NAME).take_while(|c| !c.is_whitespace());
        if token.next().is_some() && closes && token.last().is_some_and(|c| "\"“„«'‘".contains(c)) {
            return 0.2;
        }
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        match letters {
            1 => 0.2,                     // F2, p1
            2 if upper > 0 => 0.4,        // CO2, T5
            2 => 1.6,                     // it2
            _ if upper == letters => 1.2, // UTF8, but also THE ENCHIRIDION1
            _ => 3.0,
        }
    }

    /// A line of digits only: a raised figure that stands in the middle of a sentence looks so in text from a PDF.
    fn own_line_weight(&self) -> f32 {
        let lines = &self.layout.lines;
        let above = self.line.checked_sub(1).map(|i| lines[i]);
        let below = lines.get(self.line + 1);
        let above_text = above.is_some_and(|l| l.is_text());
        let below_text = below.is_some_and(|l| l.is_text());
        match (above_text, below_text) {
            (true, true) => {
                // numbers on lines running number a listing
                let number = |l: &Line| l.text(self.source).bytes().all(|b| b.is_ascii_digit());
                if above.as_ref().is_some_and(number) || below.is_some_and(number) { 0.1 } else { 1.6 }
            }
            (true, false) => 0.6,
            (false, true) => 0.3,
            (false, false) => 0.1,
        }
    }
}

/// The label that is glued to a number with groups of thousands, which have three figures: `12,0004` is 12,000 and note 4.
fn behind_thousands(number: &str) -> Option<&str> {
    let (groups, last) = number.rsplit_once(',')?;
    let mut groups = groups.split(',');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && digits(g));
    let label = last.get(3..).filter(|l| (1..=2).contains(&l.len()) && is_label(l) && !l.starts_with('0'))?;
    (first && digits(last) && groups.all(|g| g.len() == 3 && digits(g))).then_some(label)
}

/// A label whose first figure was read as the letter that looks like it: `.l2` behind a sentence is note 12.
fn misread(before: &str, digits: &str) -> Option<String> {
    let sentence = before.strip_suffix(['l', 'I'])?;
    let closes = sentence.ends_with(['.', ',', ';', '!', '?', '”', '"', ')']);
    (closes && digits.len() <= 2).then(|| format!("1{digits}"))
}

/// The label that is glued to a year, which has four figures: `131917` is 1319 and note 17.
fn behind_year(number: &str) -> Option<&str> {
    let (year, label) = number.split_at_checked(4)?;
    let is_year = year.starts_with('1') || year.starts_with("20");
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    (digits && is_year && (1..=2).contains(&label.len()) && !label.starts_with('0')).then_some(label)
}

/// Words before a number that make it a number: what is counted or numbered. Languages of the
/// archive's usual texts; a short list is enough, since only a whole series makes floating digits markers.
fn counts_what_precedes(before: &str) -> bool {
    const NUMBERED: &[&str] = &[
        "chapter",
        "chap",
        "ch",
        "section",
        "sec",
        "sect",
        "page",
        "pages",
        "p",
        "pp",
        "vol",
        "volume",
        "no",
        "nos",
        "nr",
        "number",
        "article",
        "art",
        "paragraph",
        "para",
        "figure",
        "fig",
        "table",
        "tab",
        "line",
        "lines",
        "note",
        "notes",
        "n",
        "part",
        "book",
        "bk",
        "act",
        "scene",
        "verse",
        "verses",
        "step",
        "version",
        "item",
        "level",
        "type",
        "class",
        "about",
        "of",
        "the",
        "in",
        "than",
        "to",
        "and",
        "or",
        "by",
        "at",
        "for",
        "with",
        "from",
        "on",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "only",
        "some",
        "over",
        "under",
        "nearly",
        "least",
        "most",
        "every",
        "all",
        "these",
        "those",
        "between",
        "after",
        "before",
        "until",
        "since",
        "per",
        "plus",
        "minus",
        "equals",
        "ca",
        "circa",
        "c",
        "aged",
        "age",
        "round",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "kapitel",
        "kap",
        "abschnitt",
        "seite",
        "s",
        "bd",
        "band",
        "abb",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "und",
        "oder",
        "von",
        "vom",
        "im",
        "am",
        "bis",
        "mit",
        "auf",
        "etwa",
        "nach",
        "vor",
        "seit",
        "über",
        "chapitre",
        "tome",
        "numéro",
        "le",
        "la",
        "les",
        "de",
        "du",
        "des",
        "et",
        "ou",
        "à",
        "en",
        "par",
        "pour",
        "sur",
        "capítulo",
        "página",
        "tomo",
        "el",
        "los",
        "las",
        "y",
        "o",
        "por",
        "con",
        "глава",
        "стр",
        "том",
        "в",
        "на",
        "и",
        "с",
        "до",
        "от",
    ];
    let tail = before.trim_end_matches(['.', ' ']);
    let abbreviated = before.ends_with('.');
    let word_start = tail
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |i| i + tail[i..].chars().next().map_or(1, char::len_utf8));
    let word = tail[word_start..].to_lowercase();
    if word.is_empty() {
        return false;
    }
    // behind a full stop only an abbreviation counts: "chap. 3", not "it was. 3"
    if abbreviated {
        word.chars().count() <= 4 && NUMBERED.contains(&word.as_str())
    } else {
        NUMBERED.contains(&word.as_str())
    }
}

/// What can be a label: a number of at most three digits, one letter, a Roman numeral, or one kind of symbol.
pub fn is_label(text: &str) -> bool {
    /// `xxxviii`
    const LONGEST_NUMERAL: usize = 7;
    let count = text.chars().count();
    let figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let bare = text.strip_prefix('*').unwrap_or(text); // [*1]
    let digits = !bare.is_empty() && bare.chars().count() <= 3 && bare.chars().all(figure);
    let symbol =
        count <= 4 && text.chars().next().is_some_and(|f| is_symbol(f) && text.chars().all(|c| c == f));
    let letters = || {
        let label = Label::new(text);
        label.is_letter() || label.is_roman()
    };
    digits || symbol || (1..=LONGEST_NUMERAL).contains(&count) && letters()
}

/// How many escaped stars a text begins with.
pub fn escaped_stars(text: &str) -> usize {
    text.as_bytes().chunks_exact(2).take_while(|pair| *pair == b"\\*").count()
}

/// True for a figure in a circle, as Chinese and Japanese texts label notes.
pub fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

/// The label that a text begins with, between signs of one character: `{1}`, `/1/`, and `{17a}` for the first note of a
/// page.
pub fn enclosed(rest: &str, close: char) -> Option<&str> {
    /// `{999a}`
    const LONGEST: usize = 6;
    let window = floor(rest, LONGEST);
    let label = window.get(1..)?.split(close).next()?;
    let page = close == '}' && Label::new(label).is_page() && label.is_ascii();
    let digits = label.bytes().all(|b| b.is_ascii_digit()) && is_label(label);
    ((page || digits) && window.len() > label.len() + 1).then_some(label)
}

/// The figures in the full-width brackets that a text begins with, and the length of the whole.
pub fn wide_bracket(rest: &str) -> Option<(&str, usize)> {
    let open = rest.chars().next()?.len_utf8();
    let window = floor(rest, LONGEST);
    let close = window.find(['］', '〕', '】'])?;
    let inner = window.get(open..close)?.trim();
    let label = if is_label(inner) { inner } else { behind_word(inner)? };
    Label::new(label).number()?;
    Some((label, close + window[close..].chars().next()?.len_utf8()))
}

/// The digit that a superscript character raises.
pub fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁴' as u32 + 4, 10)?,
        _ => return None,
    })
}

/// A run of figures of which some are raised: its length in bytes and its digits.
pub fn raised_run(text: &str) -> (usize, String) {
    let digit = |c: char| superscript(c).or_else(|| c.is_ascii_digit().then_some(c));
    let run: Vec<char> = text.chars().take_while(|&c| digit(c).is_some()).collect();
    (run.iter().map(|c| c.len_utf8()).sum(), run.into_iter().filter_map(digit).collect())
}

/// Bytes of a Markdown code span that opens here, or of its backticks where none does.
fn code_span(rest: &str) -> usize {
    let width = rest.bytes().take_while(|&b| b == b'`').count();
    let ticks = &rest[..width];
    rest[width..].find(ticks).map_or(width, |i| width + i + width)
}

/// True if a tag opens before another has closed: `2<words,<sup>1` is no label in tags but text with a stray sign.
pub fn opens_in_tag(text: &str) -> bool {
    text.rsplit_once('<').is_some_and(|(before, _)| before.split('<').skip(1).any(|tag| !tag.contains('>')))
}

/// The text without tags and Markdown link syntax.
pub fn strip_markup(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    match (out.strip_prefix('['), out.find("](")) {
        (Some(_), Some(end)) => out[1..end].to_string(),
        _ => out,
    }
}

/// At most `len` bytes of a text, cut at a character.
pub fn floor(text: &str, len: usize) -> &str {
    &text[..text.floor_char_boundary(len)]
}
