//! The one way HTML is written.

use crate::invisible;

/// Writes HTML. Names of elements and attributes are the program's own (`'static`); everything else is escaped.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    /// True if nobody reads it.
    is_blind: bool,
}

/// A start tag while its attributes come in; it ends when this is dropped.
#[derive(Debug)]
pub struct Start<'w> {
    out: &'w mut String,
    is_blind: bool,
}

impl Writer {
    /// A writer for what comes of writing beside what is written: it writes no words, which is most of the work.
    pub(super) fn blind() -> Writer {
        Writer { is_blind: true, ..Writer::default() }
    }

    /// True if nobody reads what is written.
    pub(super) fn is_blind(&self) -> bool {
        self.is_blind
    }

    /// The start of an element. Attributes follow; the tag is closed by the end of the statement.
    pub fn open(&mut self, name: &'static str) -> Start<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Start { out: &mut self.out, is_blind: self.is_blind }
    }

    /// The end of an element.
    pub fn close(&mut self, name: &'static str) -> &mut Self {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }

    /// Text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.shown(text, escape)
    }

    /// Writes a text; a control that a reader must know of is shown in its place.
    fn shown(&mut self, text: &str, write: fn(&str, &mut String)) -> &mut Self {
        if self.is_blind {
            return self;
        }
        let mut rest = text;
        while let Some((at, control)) = invisible::control(rest) {
            write(&rest[..at], &mut self.out);
            self.open("span").attr("class", "control").attr("title", &invisible::code(control));
            self.out.push(invisible::INSTEAD);
            self.close("span");
            rest = &rest[at + control.len_utf8()..];
        }
        write(rest, &mut self.out);
        self
    }

    /// A line end between blocks, so that what is written can be read.
    pub fn line(&mut self) -> &mut Self {
        self.out.push('\n');
        self
    }

    /// Markup that the highlighter wrote (and escaped).
    pub(super) fn highlighted(&mut self, code: crate::render::highlight::Highlighted) -> &mut Self {
        self.shown(&code.into_html(), |html, out| out.push_str(html))
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// What was written.
    pub fn finish(mut self) -> String {
        self.out.shrink_to_fit();
        self.out
    }
}

impl Start<'_> {
    /// An attribute.
    pub fn attr(self, name: &'static str, value: &str) -> Self {
        if self.is_blind {
            return self;
        }
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&invisible::without_controls(value), self.out);
        self.out.push('"');
        self
    }

    /// An attribute, if there is a value for it.
    pub fn maybe(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute without a value.
    pub fn flag(self, name: &'static str) -> Self {
        self.out.push(' ');
        self.out.push_str(name);
        self
    }

    /// Marks what is not the source's own.
    pub fn generated(self) -> Self {
        self.flag("data-generated")
    }
}

impl Drop for Start<'_> {
    fn drop(&mut self) {
        self.out.push('>');
    }
}

fn escape(text: &str, out: &mut String) {
    escaped(text).for_each(|piece| out.push_str(piece));
}

/// The pieces of a text as HTML: runs of what stands for itself, and what stands for the other signs.
pub fn escaped(text: &str) -> impl Iterator<Item = &str> {
    let entity = |byte: u8| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = *rest.as_bytes().first()?;
        let (piece, length) = match entity(first) {
            Some(entity) => (entity, 1),
            None => {
                let end = rest.bytes().position(|b| entity(b).is_some()).unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        rest = &rest[length..];
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_shown_for_what_it_is() {
        let mut w = Writer::default();
        w.open("p").attr("title", "a\u{202E}b");
        w.text("1\u{202E}<2");
        let shown = "<span class=\"control\" title=\"U+202E\">\u{FFFD}</span>";
        assert_eq!(w.finish(), ["<p title=\"a\u{FFFD}b\">1", shown, "&lt;2"].concat());
    }

    #[test]
    fn everything_is_escaped() {
        let mut w = Writer::default();
        w.open("a").attr("href", "x\"y&z").generated();
        w.text("<b> & 'c'").close("a");
        assert_eq!(w.finish(), "<a href=\"x&quot;y&amp;z\" data-generated>&lt;b&gt; &amp; &#39;c&#39;</a>");
    }
}
