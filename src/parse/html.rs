//! Raw HTML inside a text: what is allowed by name becomes part of the model, the rest loses its tags.
//!
//! Nothing here is passed on as a string of markup. A tag in running text becomes an inline (`tag`); an HTML block
//! goes through `ammonia`, and what that returns is taken apart again into [`HtmlPart`]s (`block`), whose names are
//! those of the lists below. So `render` writes HTML of its own from them, through the same escaping writer as
//! everything else, and a marker inside a block stays a marker.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::address;
use super::reading::Reading;
use crate::diagnostic::{Code, Severity};
use crate::facts::is_language_tag;
use crate::model::{HtmlPart, MarkerId};
use crate::said::said;
use crate::source::Span;

mod guard;
mod tokens;

pub(super) use guard::is_malformed_end;

/// Elements allowed in an HTML block, each with its own attributes (`id`, `lang`, `dir` and `title` are allowed on all).
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "name"]),
    ("abbr", &[]),
    ("aside", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "alt"]),
    ("ins", &[]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "type", "reversed"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strike", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Attributes allowed on every element.
const EVERYWHERE: [&str; 4] = ["id", "lang", "dir", "title"];

/// Elements that stand within a line of text.
pub const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "u",
    "var",
];

/// Elements without an end.
pub const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// Elements not allowed, or without a meaning here, that stand within a line: their tags vanish without trace.
/// The tag of any other unknown element parts the words around it.
const WITHIN_LINE: [&str; 9] = ["font", "tt", "big", "acronym", "nobr", "label", "time", "data", "blink"];

/// Stands before the tag whose address `ammonia` refused; no such scheme is allowed.
pub(super) const REFUSED: &str = "refused:";

/// Names in HTML, so that `<Smith 1987>` in a text can be told from markup.
fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.binary_search_by(|e| e.0.cmp(name)).ok().map(|i| ELEMENTS[i].0)
}

fn attribute(element: &str, name: &str) -> Option<&'static str> {
    let own = ELEMENTS.iter().find(|e| e.0 == element).map_or(&[][..], |e| e.1);
    own.iter().chain(&EVERYWHERE).copied().find(|a| *a == name)
}

/// A tag in running text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tag {
    /// Opens an element that wraps what follows.
    Open(Wrap),
    /// Closes the nearest open element of that name.
    Close(&'static str),
    /// `<br>`
    Break,
    /// `<wbr>`
    WordBreak,
    /// `<img>`
    Image { src: Option<String>, alt: String, title: String },
    /// A comment, a processing instruction, a declaration: nothing a reader sees.
    Nothing,
    /// A start or end tag of an element that is not allowed. `parts` if it stands between words.
    Unknown { name: String, parts: bool },
}

/// An element that an inline tag opens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wrap {
    /// The element's name as written.
    pub name: &'static str,
    /// A place that links may lead to.
    pub anchor: Option<String>,
    /// Where it leads, as written (`a` only).
    pub href: Option<String>,
    /// Its title (`a` only).
    pub title: String,
    /// True for `script` and `style`: what is inside is left out.
    pub program: bool,
}

/// Reads one tag as a Markdown parser delivers it (`<b>`, `</sup>`, `<!-- … -->`).
pub(super) fn tag(raw: &str) -> Tag {
    let inner = raw.trim_start_matches('<');
    if inner.starts_with(['!', '?']) {
        return Tag::Nothing;
    }
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let written = inner[..end].to_ascii_lowercase();
    let program = ["script", "style"].into_iter().find(|p| *p == written);
    let inline = |n: &&str| INLINE.contains(n) || *n == "wbr";
    let Some(name) = program.or_else(|| element(&written).filter(inline)) else {
        let parts = !WITHIN_LINE.contains(&written.as_str());
        return Tag::Unknown { name: written, parts };
    };
    if closing {
        return Tag::Close(name);
    }
    let attributes =
        if inner[end..].contains('=') && program.is_none() { attributes(raw, name) } else { Vec::new() };
    let value = |name: &str| attributes.iter().find(|a| a.0 == name).map(|a| a.1.clone());
    match name {
        "br" => Tag::Break,
        "wbr" => Tag::WordBreak,
        "img" => {
            let (alt, title) = (value("alt").unwrap_or_default(), value("title").unwrap_or_default());
            Tag::Image { src: value("src"), alt, title }
        }
        _ => Tag::Open(Wrap {
            name,
            anchor: value("id").or_else(|| value("name")).filter(|a| !a.is_empty()),
            href: value("href"),
            title: value("title").filter(|_| name == "a").unwrap_or_default(),
            program: program.is_some(),
        }),
    }
}

/// The allowed attributes of one start tag; parsed by `ammonia`, so that quotes and entities are read as a browser would.
/// Addresses are returned as they stand: who uses one checks it.
fn attributes(raw: &str, name: &'static str) -> Vec<(&'static str, String)> {
    let parts = tokens::read(&cleaner().clean(raw).to_string());
    let mut attributes = match parts.into_iter().next() {
        Some(HtmlPart::Open { name: n, attributes }) if n == name => attributes,
        _ => Vec::new(),
    };
    // An address that `ammonia` refused is remembered as such, so that the refusal is reported.
    if raw.to_ascii_lowercase().contains("href") && !attributes.iter().any(|a| a.0 == "href") && name == "a" {
        attributes.push(("href", format!("{REFUSED}{raw}")));
    }
    attributes
}

/// An HTML block → its allowed parts. `raw` holds markers as [`guard::placeholder`]s, `markers` are those in it.
pub(super) fn block(raw: &str, markers: &[MarkerId], span: Span, reading: &mut Reading) -> Vec<HtmlPart> {
    let guarded = guard::guard(raw);
    for program in &guarded.programs {
        reading.omit_markup(&without_placeholders(program), span);
    }
    for name in &guarded.unknown {
        report_unknown(name, span, reading);
    }
    for name in &guarded.malformed {
        report_malformed(name, span, reading);
    }
    let mut parts = if guarded.too_deep {
        reading.too_deep(span);
        vec![HtmlPart::Text(tokens::strip(&guarded.html))]
    } else {
        let parts = tokens::read(&cleaner().clean(&guarded.html).to_string());
        if guard::keeps_words(&guarded.html, &parts) {
            parts
        } else {
            vec![HtmlPart::Text(tokens::strip(&guarded.html))]
        }
    };
    check_addresses(&mut parts, &guarded.html, span, reading);
    let parts = place_markers(parts, markers);
    let blank = parts.iter().all(|p| matches!(p, HtmlPart::Text(t) if t.trim().is_empty()));
    if blank { Vec::new() } else { parts }
}

/// Says, once for each kind, that a tag was left out.
pub(super) fn report_unknown(name: &str, span: Span, reading: &mut Reading) {
    let message = said!("the tag <{}> is not allowed on a page and was left out; its text stays", name);
    reading.report_once(Severity::Note, Code::UnsafeMarkup, span, name, message);
}

/// Says, once for each kind, that an end tag has more in it than a name.
pub(super) fn report_malformed(name: &str, span: Span, reading: &mut Reading) {
    let message = said!("the end tag </{}> has more in it than its name; the rest of it was left out", name);
    reading.report_once(Severity::Warning, Code::UnsafeMarkup, span, &format!("/{name}"), message);
}

/// How a marker stands in raw HTML while that is being sanitised.
pub(super) fn placeholder(id: MarkerId) -> String {
    format!("{}{}{}", guard::OPEN, id.0, guard::CLOSE)
}

fn without_placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            guard::OPEN => inside = true,
            guard::CLOSE => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Drops what an address of a refused kind would link to; the text stays.
fn check_addresses(parts: &mut [HtmlPart], raw: &str, span: Span, reading: &mut Reading) {
    let mut refused = 0_usize;
    let mut links = 0_usize;
    for part in parts {
        let HtmlPart::Open { attributes, name } = part else { continue };
        attributes.retain_mut(|(attribute, value)| {
            match *attribute {
                "lang" => return is_language_tag(value),
                "dir" => return ["ltr", "rtl", "auto"].contains(&value.to_ascii_lowercase().as_str()),
                "href" | "src" => {}
                _ => return true,
            }
            links += usize::from(*name == "a");
            match address::allowed(&without_placeholders(value)) {
                Some(clean) => {
                    *value = clean;
                    true
                }
                None => {
                    refused += 1;
                    reading.bad_link(span, value);
                    false
                }
            }
        });
    }
    let written = raw.to_ascii_lowercase().matches("href").count();
    if refused == 0 && written > links {
        reading.bad_link(span, refused_address(raw).unwrap_or("…"));
    }
}

/// The first address in raw HTML that is not allowed, for a finding.
fn refused_address(raw: &str) -> Option<&str> {
    raw.split("href").skip(1).find_map(|after| {
        let value = after.trim_start().strip_prefix('=')?.trim_start();
        let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
        let end = value.find(['"', '\'', '>', ' ']).unwrap_or(value.len());
        address::allowed(&value[..end]).is_none().then_some(&value[..end])
    })
}

/// Puts markers where their placeholders are, outside of links (a link inside a link is no HTML). One whose
/// placeholder did not survive (it stood in a comment or an attribute) comes at the end.
fn place_markers(parts: Vec<HtmlPart>, markers: &[MarkerId]) -> Vec<HtmlPart> {
    if markers.is_empty() {
        return parts;
    }
    let mut out = Vec::new();
    let mut placed: HashSet<MarkerId> = HashSet::new();
    let mut in_link = false;
    let mut waiting = Vec::new();
    for part in parts {
        match part {
            HtmlPart::Text(text) => {
                for (i, piece) in text.split(guard::OPEN).enumerate() {
                    let (id, rest) = match piece.split_once(guard::CLOSE) {
                        Some((id, rest)) if i > 0 => (id.parse().ok().map(MarkerId), rest),
                        _ => (None, piece),
                    };
                    if let Some(id) = id.filter(|id| markers.contains(id) && placed.insert(*id)) {
                        if in_link {
                            waiting.push(id);
                        } else {
                            out.push(HtmlPart::Marker(id));
                        }
                    }
                    if !rest.is_empty() {
                        out.push(HtmlPart::Text(rest.to_owned()));
                    }
                }
            }
            HtmlPart::Open { name, attributes } => {
                in_link |= name == "a";
                let clean = attributes.into_iter().map(|(n, v)| (n, without_placeholders(&v))).collect();
                out.push(HtmlPart::Open { name, attributes: clean });
            }
            HtmlPart::Close(name) => {
                out.push(HtmlPart::Close(name));
                if name == "a" {
                    in_link = false;
                    out.extend(waiting.drain(..).map(HtmlPart::Marker));
                }
            }
            HtmlPart::Marker(id) => out.push(HtmlPart::Marker(id)),
        }
    }
    let lost = markers.iter().filter(|id| !placed.contains(id));
    out.extend(lost.map(|id| HtmlPart::Marker(*id)));
    out
}

/// The allow-list as `ammonia` takes it; built once, never changed.
fn cleaner() -> &'static ammonia::Builder<'static> {
    static CLEANER: OnceLock<ammonia::Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut builder = ammonia::Builder::default();
        let own = ELEMENTS.iter().filter(|e| !e.1.is_empty());
        let own: HashMap<&str, HashSet<&str>> = own.map(|e| (e.0, e.1.iter().copied().collect())).collect();
        builder
            .tags(ELEMENTS.iter().map(|e| e.0).collect())
            .tag_attributes(own)
            .generic_attributes(EVERYWHERE.into_iter().collect())
            .url_schemes(address::SCHEMES.into_iter().collect())
            .url_relative(ammonia::UrlRelative::PassThrough)
            .link_rel(None)
            .strip_comments(true);
        builder
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(ELEMENTS.is_sorted_by_key(|e| e.0));
    }

    #[test]
    fn tags_are_read_as_a_browser_reads_them() {
        assert_eq!(tag("</SUP>"), Tag::Close("sup"));
        assert!(
            is_malformed_end("</sup class=x>")
                && !is_malformed_end("</sup >")
                && !is_malformed_end("<sup a>")
        );
        assert_eq!(tag("<br />"), Tag::Break);
        assert_eq!(tag("<!-- x -->"), Tag::Nothing);
        assert_eq!(tag("<blink>"), Tag::Unknown { name: "blink".into(), parts: false });
        let Tag::Open(wrap) = tag("<a href='x&amp;y' id=\"z\" onclick=evil()>") else { panic!() };
        assert_eq!((wrap.href.as_deref(), wrap.anchor.as_deref()), (Some("x&y"), Some("z")));
        let Tag::Open(wrap) = tag("<a href=\"java&#10;script:x\">") else { panic!() };
        assert!(address::allowed(&wrap.href.unwrap()).is_none());
    }
}
