//! Labels that are links: to the note, or from it back to the text.
//!
//! Programs that turn word processors' files and web pages into Markdown keep the link around the figure:
//! `[\[1\]](#_ftn1)`, `[1](https://example.org/essay#footnote-1)`, `<a href="#fn1">1</a>`, `<a id="fn1">1</a>`,
//! `<span id="fn1">1.</span>`.

use super::sign::{behind_word, floor, is_label, strip_markup, superscript};

/// A label that is a link or the place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Bytes of the whole.
    pub len: usize,
    /// The label.
    pub label: String,
    /// What readers see.
    pub shown: String,
    /// True if the link's address says so: by the label, `#fn1`, `#footnote-1-8812`, or by a word for notes, `#fn289bs9hi`.
    pub named: bool,
}

/// Bytes of the longest link that is looked at.
const LONGEST: usize = 400;

/// Reads a link at the beginning of a text. Links that lead nowhere within a document are none.
pub fn read(text: &str) -> Option<Linked> {
    let window = floor(text, LONGEST);
    match window.as_bytes().first()? {
        b'[' => markdown(window),
        b'<' => anchor(window).or_else(|| place(window)),
        _ => None,
    }
}

/// `[label](address#place)`.
fn markdown(window: &str) -> Option<Linked> {
    let middle = window.as_bytes().windows(2).position(|sign| sign == b"](")?;
    let inner = &window[1..middle];
    let (address, end) = address(&window[middle + 2..])?;
    let close = middle + 2 + end;
    let (_, place) = address.split_once('#')?;
    // An escaped bracket closes nothing.
    if inner.len() > 40 || inner.ends_with('\\') {
        return None;
    }
    let (label, shown) = label(inner)?;
    Some(Linked { len: close + 1, named: names(place, &label) || says_note(place), label, shown })
}

/// True for a place that programs give to notes, with a name of its own behind the word.
fn says_note(place: &str) -> bool {
    const WORDS: [&str; 5] = ["fn", "ftn", "footnote", "endnote", "cite_note"];
    let behind = WORDS.iter().find_map(|word| place.trim_start_matches('_').strip_prefix(word));
    behind.is_some_and(|b| b.contains(|c: char| c.is_ascii_digit()) && !b.starts_with("ref"))
}

/// The address that a link's parenthesis opens with, and where that closes. Nothing stands behind an address but a title:
/// other words are the text's, and this is no link.
pub fn address(text: &str) -> Option<(&str, usize)> {
    let close = closing(text)?;
    let inside = text[..close].trim();
    let (address, title) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let titled = title.is_empty()
        || title.len() > 1 && title.trim_start().starts_with(['"', '\'']) && title.ends_with(['"', '\'']);
    titled.then_some((address, close))
}

/// Where the parenthesis of an address closes; those within it balance: `/wiki/Mill_(grinding)#cite_note-1`.
pub fn closing(text: &str) -> Option<usize> {
    let mut open = 0;
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 0 => return Some(i),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// True if a text begins with a link without words that leads back to a marker: `**[^](https://example.org/essay#ref1)**`.
pub fn leads_back(text: &str) -> bool {
    let behind = text.trim_start_matches('*');
    let arrow = behind.strip_prefix('[').and_then(|t| t.split_once("]("));
    arrow.is_some_and(|(words, address)| {
        let words = words.trim_matches(['*', '\\', ' ']);
        matches!(words, "^" | "↑" | "↩" | "↩︎")
            && closing(address).is_some_and(|end| address[..end].contains('#'))
    })
}

/// `<a href="#place">label</a>`, `<a id="place">label</a>`.
fn anchor(window: &str) -> Option<Linked> {
    let open = window.strip_prefix("<a ")?.find('>')? + 3;
    let end = window[open..].find("</a>")? + open;
    let tag = &window[..open];
    let place = match tag.split_once("href=") {
        Some((_, href)) => href.split(['"', '\'']).nth(1)?.split_once('#')?.1,
        None if tag.contains("id=") || tag.contains("name=") => "",
        None => return None,
    };
    let (label, shown) = label(&window[open + 1..end])?;
    Some(Linked { len: end + "</a>".len(), named: names(place, &label), label, shown })
}

/// `<span id="fn1">1.</span>`, `<b id="f1">1</b>`: a place that bears the label's number. One that does not may be
/// anything.
fn place(window: &str) -> Option<Linked> {
    let tag = ["span", "b", "strong", "i", "em", "sup"]
        .into_iter()
        .find(|t| window[1..].strip_prefix(t).is_some_and(|rest| rest.starts_with(' ')))?;
    let open = window.find('>')?;
    let close = format!("</{tag}>");
    let end = open + window[open..].find(&close)?;
    let (label, shown) = label(&window[open + 1..end])?;
    bears(&window[..open], &label).then(|| Linked { len: end + close.len(), named: true, label, shown })
}

/// True if a tag's identifier says the label.
pub fn bears(tag: &str, label: &str) -> bool {
    let id = tag.split_once("id=").and_then(|(_, id)| id.split(['"', '\'']).nth(1));
    id.is_some_and(|id| names(id, label))
}

/// The label within brackets, tags and escapes, and what of it is shown.
fn label(inner: &str) -> Option<(String, String)> {
    let shown = strip_tags(inner).replace('\\', "");
    let bare = shown.trim().trim_matches(|c: char| "[](){}^.,:".contains(c)).trim();
    let raised: String = bare.chars().map(|c| superscript(c).unwrap_or(c)).collect();
    if is_label(&raised) {
        return Some((raised, shown.trim().trim_matches('^').to_owned()));
    }
    // Without its bracket it is a link of the text's.
    let worded = behind_word(bare).filter(|_| shown.trim().starts_with('['))?;
    Some((worded.to_owned(), shown.trim().to_owned()))
}

fn strip_tags(inner: &str) -> String {
    if inner.contains('<') { strip_markup(inner) } else { inner.to_owned() }
}

/// True if one of the numbers in a link's place is the label.
fn names(place: &str, label: &str) -> bool {
    place.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
        let number = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        number == label || part == label
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_many_programs() {
        let of = |text: &str| read(text).map(|l| (l.len, l.label, l.shown, l.named));
        for (text, label, shown, named) in [
            (r"[\[1\]](#_ftn1)", "1", "[1]", true),
            ("[[12]](#_ftnref12)", "12", "[12]", true),
            ("[3](https://example.org/p/essay#footnote-3-8812)", "3", "3", true),
            ("[3](https://example.org/wiki/Mill_(grinding)#cite_note-3)", "3", "3", true),
            ("[^4](#fn)", "4", "4", false),
            ("[[4]](https://example.org/mills#fn7uq9c1)", "4", "[4]", true),
            ("[5](#fn5 \"To the note\")", "5", "5", true),
            ("[²](#note2)", "2", "²", true),
            ("[<sup>5</sup>](#n5)", "5", "5", true),
            ("[[footnote 5]](https://example.org/mills#fn:5)", "5", "[footnote 5]", true),
            ("<a href=\"#fn6\">6</a>", "6", "6", true),
            ("<a id=\"fn7\">7</a>", "7", "7", false),
            ("<span id=\"fn8\">8.</span>", "8", "8.", true),
            ("<b id=\"f9\">9</b>", "9", "9", true),
        ] {
            assert_eq!(of(text), Some((text.len(), label.into(), shown.into(), named)), "{text}");
        }
        for text in [
            "[1](https://example.org)",
            "[chapter 1](#one)",
            "[note 1](#fn1)",
            "<a href=\"x\">1</a>",
            "[1]",
            "<b>1</b>",
            "<b id=\"top\">1</b>",
            "[1](#one was the first, and this)",
            r"[1\](#one)",
            r"[3](#one\[2\]](#two) The rest",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
