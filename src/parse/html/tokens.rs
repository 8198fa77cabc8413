//! Sanitised HTML taken apart.

use super::{VOID, attribute, element};
use crate::model::HtmlPart;

/// Splits what the sanitiser wrote. It is well-formed (quoted attributes, no stray `<`), and still only names of the
/// allow-list get through; elements are balanced here whatever the input was.
pub(super) fn read(html: &str) -> Vec<HtmlPart> {
    let mut out = Vec::new();
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut out);
        let end = tag_end(&rest[at..]);
        let inner = rest[at..at + end].trim_start_matches('<').trim_end_matches('>');
        rest = &rest[at + end..];
        if let Some(name) = inner.strip_prefix('/').and_then(element) {
            if let Some(depth) = open.iter().rposition(|n| *n == name) {
                out.extend(open.drain(depth..).rev().map(HtmlPart::Close));
            }
        } else if let Some((name, attributes)) = start(inner) {
            out.push(HtmlPart::Open { name, attributes });
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    text(rest, &mut out);
    out.extend(open.into_iter().rev().map(HtmlPart::Close));
    out
}

/// One past the `>` that ends the tag at the start of `html`; a `>` in a quoted value does not.
fn tag_end(html: &str) -> usize {
    let mut quoted = false;
    for (i, b) in html.bytes().enumerate() {
        match b {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return i + 1,
            _ => {}
        }
    }
    html.len()
}

fn start(inner: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = element(&inner[..end])?;
    let mut attributes = Vec::new();
    let mut rest = inner[end..].trim_start();
    while let Some((key, after)) = rest.split_once("=\"") {
        let Some((value, after)) = after.split_once('"') else { break };
        if let Some(key) = attribute(name, key.trim()) {
            attributes.push((key, decode(value)));
        }
        rest = after;
    }
    Some((name, attributes))
}

fn text(raw: &str, out: &mut Vec<HtmlPart>) {
    if !raw.is_empty() {
        out.push(HtmlPart::Text(decode(raw)));
    }
}

/// Undoes the sanitiser's own escapes. They are all it writes: other entities it has decoded.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let plain = text.replace("&nbsp;", "\u{a0}").replace("&quot;", "\"");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The text of raw HTML without any of its tags: for what is too deep or too strange to be kept as markup.
pub(super) fn strip(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let end = rest[at..].find('>').filter(|_| tag);
        match end {
            Some(end) => {
                out.push(' ');
                rest = &rest[at + end + 1..];
            }
            None => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    decode(&out)
}
