//! What is done to raw HTML before the sanitiser sees it, so that no word of it is lost and no input is slow.

use std::collections::{BTreeSet, HashMap};

use super::{VOID, WITHIN_LINE, element, tokens};
use crate::model::HtmlPart;

/// The non-characters that stand around a marker's number while HTML is sanitised. No source holds them (`decode`).
pub(super) const OPEN: char = '\u{FDD0}';
pub(super) const CLOSE: char = '\u{FDD1}';

/// Elements nested deeper than this are shown without their tags. A browser's tree builder, and so the sanitiser,
/// takes time that grows with the square of the depth.
const DEEPEST: usize = 100;

/// No tag goes on past a blank line: what seems to is a tag cut short, and would take a paragraph for its attributes.
const BLANK_LINE: &str = "\n\n";

/// Raw HTML made safe to sanitise.
pub(super) struct Guarded {
    /// The markup, without scripts, style sheets and comments.
    pub html: String,
    /// What stood in scripts and style sheets.
    pub programs: Vec<String>,
    /// Names of elements that are not allowed.
    pub unknown: BTreeSet<String>,
    /// End tags with more in them than a name: a browser drops what is behind it.
    pub malformed: BTreeSet<String>,
    /// True if it is nested deeper than [`DEEPEST`].
    pub too_deep: bool,
}

/// Cuts out what is no text, and escapes what would swallow text: a comment, a script or a tag without an end.
pub(super) fn guard(raw: &str) -> Guarded {
    let mut out = Guarded {
        html: String::new(),
        programs: Vec::new(),
        unknown: BTreeSet::new(),
        malformed: BTreeSet::new(),
        too_deep: false,
    };
    let lower = raw.to_ascii_lowercase();
    // Where the last end of each kind stands: past it none needs to be searched for.
    let ends = |&(at, end): &(usize, &str)| is_whole(&lower, at, end);
    let last: HashMap<&str, usize> = ["-->", "</script", "</style", ">"]
        .into_iter()
        .filter_map(|end| Some((end, lower.rmatch_indices(end).find(ends)?.0)))
        .collect();
    let end_of = |end: &str, from: usize| -> Option<usize> {
        let ahead = (*last.get(end)? >= from).then(|| lower[from..].match_indices(end))?;
        ahead.map(|(i, end)| (from + i, end)).find(ends).map(|found| found.0)
    };
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = lower[at..].find('<') {
        let here = at + found;
        out.html.push_str(&raw[at..here]);
        let after = &lower[here + 1..];
        if after.starts_with("!--") {
            match end_of("-->", here + 2) {
                Some(end) => at = end + 3,
                None => {
                    out.html.push_str("&lt;");
                    at = here + 1;
                }
            }
            continue;
        }
        let closing = after.starts_with('/');
        let name_at = here + 1 + usize::from(closing);
        let name_end = lower[name_at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let name = &lower[name_at..name_end.map_or(lower.len(), |i| name_at + i)];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // `<!DOCTYPE …>`, `<?…>`: a browser shows nothing of them. Any other `<` is a character.
            match end_of(">", here).filter(|_| after.starts_with(['!', '?'])) {
                Some(end) => at = end + 1,
                None => {
                    out.html.push_str("&lt;");
                    at = here + 1;
                }
            }
            continue;
        }
        // What goes on with letters of another script (`</scriptê`) is a word and no element of HTML.
        let goes_on = name_end.is_some_and(|i| !lower.as_bytes()[name_at + i].is_ascii());
        let is_word = goes_on || !closing && is_address(name, &lower[name_at + name.len()..]);
        let tag_end = end_of(">", here).filter(|&end| !is_word && !raw[here..end].contains(BLANK_LINE));
        let Some(tag_end) = tag_end else {
            out.html.push_str("&lt;");
            at = here + 1;
            continue;
        };
        if let Some(end_tag) = [("script", "</script"), ("style", "</style")].iter().find(|p| p.0 == name) {
            if closing {
                at = tag_end + 1;
                continue;
            }
            match end_of(end_tag.1, tag_end) {
                Some(end) => {
                    out.programs.push(raw[tag_end + 1..end].to_owned());
                    let behind = raw[end + end_tag.1.len()..].trim_start();
                    if behind.starts_with('>') {
                        at = raw.len() - behind.len() + 1;
                    } else {
                        // `</script and more`: a browser would take all up to some `>` for the tag.
                        out.html.push_str("&lt;");
                        at = end + 1;
                    }
                }
                None => {
                    out.html.push_str("&lt;");
                    at = here + 1;
                }
            }
            continue;
        }
        if closing && is_malformed_end(&raw[here..=tag_end]) {
            out.malformed.insert(name.to_owned());
        }
        if element(name).is_none() {
            out.unknown.insert(name.to_owned());
            if !WITHIN_LINE.contains(&name) {
                out.html.push(' ');
            }
        }
        // These end by themselves where the next begins, so they are often left open; they nest only inside others.
        let ends_itself =
            matches!(name, "p" | "li" | "tr" | "td" | "th" | "dt" | "dd" | "tbody" | "thead" | "tfoot");
        if closing {
            depth = depth.saturating_sub(usize::from(!ends_itself));
        } else if !ends_itself && !VOID.contains(&name) {
            depth += 1;
            out.too_deep |= depth > DEEPEST;
        }
        // An element whose text the sanitiser would read as no text, or not at all, goes without its tags.
        if element(name).is_some() {
            out.html.push_str(&raw[here..=tag_end]);
        }
        at = tag_end + 1;
    }
    out.html.push_str(&raw[at..]);
    // Rows that lost their table to a blank line are still rows.
    let first = tokens_first(&out.html);
    if ["tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup"].contains(&first.as_str()) {
        out.html.insert_str(0, "<table>");
    }
    out
}

/// True for an end tag with more in it than a name: `</b class="x">`, `</b </i>`.
pub(in crate::parse) fn is_malformed_end(tag: &str) -> bool {
    let Some(inner) = tag.strip_prefix("</").and_then(|t| t.strip_suffix('>')) else { return false };
    let name = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    !inner[name..].trim().is_empty()
}

/// True for the beginning of `<https://mills.example>`, `<mailto:…>` and `<ada@mills.example>`: an address, which a
/// browser would take for a tag.
fn is_address(name: &str, behind: &str) -> bool {
    behind.starts_with("://") || behind.starts_with(['@', '.']) || name == "mailto" && behind.starts_with(':')
}

/// True unless it is the beginning of another end tag: `</scripts>` ends no script.
fn is_whole(lower: &str, at: usize, end: &str) -> bool {
    let behind = lower.as_bytes().get(at + end.len());
    !end.starts_with('<') || behind.is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}

/// The name of the first start tag, lowercased, if the text begins with one.
fn tokens_first(html: &str) -> String {
    let inner = html.trim_start().strip_prefix('<').unwrap_or_default();
    inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// True if every word of the raw markup is still there. Tokens with an entity are not compared.
pub(super) fn keeps_words(raw: &str, parts: &[HtmlPart]) -> bool {
    let mut have: HashMap<String, i64> = HashMap::new();
    let mut text = String::new();
    for part in parts {
        match part {
            HtmlPart::Text(t) => text.push_str(t),
            _ => text.push(' '),
        }
    }
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *have.entry(word.to_owned()).or_default() += 1;
    }
    let stripped = tokens::strip(&raw.replace("&amp;", "&").replace("&lt;", " ").replace("&gt;", " "));
    let tokens = stripped.split_whitespace().filter(|t| !t.contains('&'));
    for word in tokens.flat_map(|t| t.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()) {
        let left = have.entry(word.to_owned()).or_default();
        *left -= 1;
        if *left < 0 {
            return false;
        }
    }
    true
}
