//! What HTML calls its elements, and what follows from that for who reads a text.

/// Every element that means something here; of any other only the content counts. Places in this list are numbers of a
/// [`Tag`].
const NAMES: &[&str] = &[
    "",
    "a",
    "abbr",
    "acronym",
    "address",
    "annotation",
    "annotation-xml",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "map",
    "mark",
    "math",
    "menu",
    "meta",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "plaintext",
    "pre",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
];

/// An element's name, as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tag(u8);

impl Tag {
    /// The tag of a name in small letters.
    pub fn of(name: &str) -> Tag {
        Tag(NAMES.binary_search(&name).map_or(0, |i| i as u8))
    }

    /// The name; empty for one that is not known.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// As a place in a table of all tags.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// As many as there can be tags.
pub const TAGS: usize = 256;

/// True for an element that has no content.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// True for an element that stands by itself and parts the text around it.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// True for a heading.
pub fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// True for what no reader of a page sees: programs, styles, what a browser shows only if it cannot do better.
pub fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "annotation"
            | "annotation-xml"
            | "audio"
            | "canvas"
            | "datalist"
            | "head"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "rp"
            | "script"
            | "style"
            | "template"
            | "title"
            | "video"
    )
}

/// True for what end tags do not reach over.
pub fn is_scope(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption" | "button" | "svg" | "math")
}

/// Which open elements a start tag ends, and the ones beyond which it does not look for them.
pub fn ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const IN_CELL: &[&str] = &["table", "td", "th", "caption", "button"];
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
        "td" | "th" => (&["td", "th", "caption"], &["tr", "table"]),
        "tr" => (&["tr", "caption"], &["tbody", "thead", "tfoot", "table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption"], &["table"]),
        "option" => (&["option"], &["select", "datalist", "optgroup"]),
        "optgroup" => (&["optgroup", "option"], &["select"]),
        "rt" | "rp" | "rb" | "rtc" => (&["rt", "rp", "rb"], &["ruby", "rtc"]),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], IN_CELL),
        "a" => (&["a"], &["p", "div", "li", "td", "th", "table", "blockquote", "button"]),
        name if is_block(name)
            && !matches!(name, "html" | "head" | "body" | "caption" | "legend" | "summary") =>
        {
            (&["p"], IN_CELL)
        }
        _ => (&[], &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_fits() {
        assert!(NAMES.is_sorted() && NAMES.len() < TAGS);
        assert_eq!(Tag::of("figcaption").name(), "figcaption");
        assert_eq!(Tag::of("o:p").name(), "");
    }
}
