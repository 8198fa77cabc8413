//! Inlines → text, escaped.

use crate::model::{Inline, InlineKind, MarkerId};

/// Prints the inlines of one document.
pub struct Printer<'a> {
    /// The names of markers.
    pub labels: &'a [String],
}

/// Where text is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a paragraph, where a line end is a space.
    Lines,
    /// On one line.
    OneLine,
    /// In a cell of a table.
    Cell,
}

impl Printer<'_> {
    /// A marker.
    pub fn marker(&self, id: MarkerId) -> String {
        let label = self.labels.get(id.0 as usize).map_or("note", String::as_str);
        format!("[^{label}]")
    }

    /// A paragraph's lines.
    pub fn paragraph(&self, content: &[Inline]) -> Vec<String> {
        let text = self.text(content, Place::Lines);
        text.split('\n')
            .map(|line| opening(line.trim_matches([' ', '\t'])))
            .filter(|l| !l.is_empty())
            .collect()
    }

    /// Content on one line (a heading, a verse).
    pub fn one_line(&self, content: &[Inline]) -> String {
        let text = self.text(content, Place::OneLine);
        let text = opening(text.trim());
        // Signs at the end of a heading would close it.
        match text.strip_suffix('#') {
            Some(before) if !before.ends_with('\\') => format!("{before}\\#"),
            _ => text,
        }
    }

    /// Content on one line, with the spaces around it.
    pub fn raw_line(&self, content: &[Inline]) -> String {
        let text = self.text(content, Place::OneLine);
        let inner = text.trim_start_matches(' ');
        [&text[..text.len() - inner.len()], &opening(inner)].concat()
    }

    /// A cell of a table.
    pub fn cell(&self, content: &[Inline]) -> String {
        self.text(content, Place::Cell).trim().to_owned()
    }

    fn text(&self, content: &[Inline], place: Place) -> String {
        let mut out = String::new();
        self.write(content, place, false, &mut out);
        out
    }

    fn write(&self, content: &[Inline], place: Place, in_link: bool, out: &mut String) {
        for (i, inline) in content.iter().enumerate() {
            let next = content.get(i + 1);
            match &inline.kind {
                InlineKind::Text(text) => {
                    let marked = i > 0 && matches!(content[i - 1].kind, InlineKind::Marker(_));
                    let linked = next.is_some_and(|n| !matches!(n.kind, InlineKind::Text(_)));
                    escape(text, place, marked, linked, out);
                }
                InlineKind::Emphasis(inner) => self.wrapped(inner, next, "*", "em", place, in_link, out),
                InlineKind::Strong(inner) => self.wrapped(inner, next, "**", "strong", place, in_link, out),
                InlineKind::Strike(inner) => self.wrapped(inner, next, "~~", "del", place, in_link, out),
                InlineKind::Superscript(inner) => self.element("sup", inner, place, in_link, out),
                InlineKind::Subscript(inner) => self.element("sub", inner, place, in_link, out),
                InlineKind::Element("wbr", _) => out.push_str("<wbr>"),
                InlineKind::Element(name, inner) => self.element(name, inner, place, in_link, out),
                InlineKind::Code(text) => code(text, place, out),
                InlineKind::Link { href, title, content } => {
                    self.link(href, title, content, place, out);
                }
                InlineKind::Image { src, title, alt } => {
                    out.push_str("![");
                    escape(alt, place, false, true, out);
                    out.push_str("](");
                    target(src, title, place, out);
                    out.push(')');
                }
                InlineKind::Anchor(name) => {
                    let name = name.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
                    out.push_str(&format!("<a id=\"{name}\"></a>"));
                }
                InlineKind::Marker(id) => out.push_str(&self.marker(*id)),
                InlineKind::SoftBreak if place == Place::Lines => out.push('\n'),
                InlineKind::SoftBreak => out.push(' '),
                InlineKind::HardBreak if place == Place::Lines => out.push_str("\\\n"),
                InlineKind::HardBreak => out.push_str("<br>"),
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // one call a kind; a struct would only name them twice
    fn wrapped(
        &self,
        inner: &[Inline],
        next: Option<&Inline>,
        sign: &str,
        name: &str,
        place: Place,
        in_link: bool,
        out: &mut String,
    ) {
        let mut content = String::new();
        self.write(inner, place, in_link, &mut content);
        let before = out.chars().next_back();
        let after = next.and_then(first_char);
        let edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_sign(c) && !"*_~".contains(c));
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (first, last) = (content.chars().next(), content.chars().next_back());
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !"*_~".contains(c));
        let opens =
            solid(first) && (word(first) && !before.is_some_and(|c| "*_~".contains(c)) || edge(before));
        let closes = solid(last) && (word(last) || edge(after));
        let nested = next.is_some_and(|n| {
            matches!(n.kind, InlineKind::Emphasis(_) | InlineKind::Strong(_) | InlineKind::Strike(_))
        });
        if opens && closes && !nested {
            out.extend([sign, &content, sign]);
        } else {
            out.extend(["<", name, ">", &content, "</", name, ">"]);
        }
    }

    fn element(&self, name: &str, inner: &[Inline], place: Place, in_link: bool, out: &mut String) {
        out.extend(["<", name, ">"]);
        self.write(inner, place, in_link, out);
        out.extend(["</", name, ">"]);
    }

    fn link(&self, href: &str, title: &str, content: &[Inline], place: Place, out: &mut String) {
        let web = href.starts_with("https://") || href.starts_with("http://");
        let plain = href.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>\\|".contains(c));
        let bare = matches!(content, [Inline { kind: InlineKind::Text(t), .. }] if t == href);
        if web && plain && bare && title.is_empty() {
            out.extend(["<", href, ">"]);
            return;
        }
        out.push('[');
        self.write(content, place, true, out);
        out.push_str("](");
        target(href, title, place, out);
        out.push(')');
    }
}

/// What a link or an image leads to.
fn target(href: &str, title: &str, place: Place, out: &mut String) {
    let mut inside = String::new();
    for c in href.chars() {
        match c {
            '<' | '>' | '\\' => inside.extend(['\\', c]),
            '|' if place == Place::Cell => inside.push_str("%7C"),
            '\n' | '\r' => inside.push(' '),
            '&' => inside.push_str("&amp;"),
            c => inside.push(c),
        }
    }
    out.extend(["<", &inside, ">"]);
    if !title.is_empty() {
        out.push_str(" \"");
        for c in title.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '|' if place == Place::Cell => out.push_str("\\|"),
                '\n' => out.push(' '),
                '&' => out.push_str("&amp;"),
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

fn code(text: &str, place: Place, out: &mut String) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let blank = text.trim_matches(' ').is_empty();
    let spaced = !blank && (text.starts_with([' ', '`']) || text.ends_with([' ', '`']));
    let pad = if spaced { " " } else { "" };
    let text = text.replace('\n', " ");
    let text = if place == Place::Cell { text.replace('|', "\\|") } else { text };
    out.extend([&ticks, pad, &text, pad, &ticks]);
}

/// Text with a backslash before everything that would be read as a sign.
fn escape(text: &str, place: Place, marked: bool, linked: bool, out: &mut String) {
    let mut before = out.chars().next_back();
    let last = text.chars().count().saturating_sub(1);
    let mut rest = text.chars().peekable();
    let mut i = 0;
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let sign = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(word(before) && word(after)),
            '&' => after.is_some_and(|a| a == '#' || a.is_alphanumeric()),
            '|' => place == Place::Cell,
            '!' | '^' => i == last && linked,
            ':' | '(' => i == 0 && marked,
            _ => false,
        };
        if sign {
            out.push('\\');
        }
        match c {
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
        before = Some(c);
        i += 1;
    }
}

/// A line whose beginning would open a block, escaped.
fn opening(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    if (1..=9).contains(&digits)
        && rest.starts_with(['.', ')'])
        && rest[1..].chars().next().is_none_or(char::is_whitespace)
    {
        return format!("{}\\{rest}", &line[..digits]);
    }
    let second = line.chars().nth(1);
    let spaced = second.is_none_or(char::is_whitespace);
    let opens = match line.chars().next() {
        Some('#') => line.trim_start_matches('#').chars().next().is_none_or(char::is_whitespace),
        Some('>' | '=' | '|') => true,
        Some('-') => spaced || line.chars().all(|c| "-: |\t".contains(c)),
        Some('+') => spaced || line.starts_with("+++"),
        Some(':') => second == Some('-'),
        _ => false,
    };
    if opens { format!("\\{line}") } else { line.to_owned() }
}

/// ASCII punctuation and what else is no letter, as CommonMark sees flanks.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The first character that an inline is printed with, as far as it matters to what stands before it.
fn first_char(inline: &Inline) -> Option<char> {
    match &inline.kind {
        InlineKind::Text(text) => text.chars().next(),
        InlineKind::SoftBreak | InlineKind::HardBreak => Some(' '),
        InlineKind::Marker(_) | InlineKind::Link { .. } => Some('['),
        InlineKind::Code(_) => Some('`'),
        _ => Some('<'),
    }
}
