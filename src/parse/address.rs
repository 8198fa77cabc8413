//! Which addresses a page may link to.

use crate::quotes;

/// Schemes a reader may be sent to. Everything else (`javascript:`, `data:`, `vbscript:`, `file:`, …) is refused.
pub const SCHEMES: [&str; 7] = ["http", "https", "mailto", "ftp", "tel", "doi", "urn"];

/// The address as it may stand in a page, or `None` if its scheme is not allowed. An address without a scheme is
/// relative, and it is for `render` to say where it leads.
///
/// Browsers drop tabs and line ends from an address and spaces around it *before* they look at its scheme, so the
/// same is done here first: `java\nscript:` is `javascript:`.
pub fn allowed(raw: &str) -> Option<String> {
    let clean: String = raw.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim_matches(|c: char| c.is_whitespace() || c == '\u{FFFC}');
    if let Some(host) = clean.strip_prefix("//") {
        return Some(escaped(&format!("https://{host}")));
    }
    if clean.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("www.")) {
        return Some(escaped(&format!("http://{clean}")));
    }
    match scheme(clean) {
        None => Some(clean.to_owned()),
        Some(scheme) if SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme)) => Some(escaped(clean)),
        Some(_) => None,
    }
}

/// An address that leads out, with what may stand in none (RFC 3986, appendix A, and the URL standard's code points)
/// written as a browser would send it.
fn escaped(address: &str) -> String {
    const NEVER: &str = " \"<>\\^`{|}";
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            c if NEVER.contains(c) => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// What stands before the first colon, if that colon comes before any `/`, `?` or `#`. It need not be a valid
/// scheme: one that is not is not allowed either.
pub fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then(|| &address[..end])
}

/// True if an allowed address leads out of the archive.
pub fn is_external(address: &str) -> bool {
    scheme(address).is_some()
}

/// The length of the bare web address at the start of `text`, without the punctuation that only follows it.
pub fn bare(text: &str) -> Option<usize> {
    let starts = |prefix: &str| text.get(..prefix.len()).is_some_and(|t| t.eq_ignore_ascii_case(prefix));
    let prefix = ["https://", "http://", "www."].into_iter().find(|p| starts(p))?;
    // Looked at first, so that what is no address costs nothing however long it is.
    text.get(prefix.len()..).filter(|host| host.starts_with(char::is_alphanumeric))?;
    let stop =
        |c: char| c.is_whitespace() || c.is_control() || quotes::is_mark(c) || "<>`|\u{FFFC}".contains(c);
    let mut end = text.find(stop).unwrap_or(text.len());
    // Brackets that were opened inside belong to the address: `https://example.org/a_(b)`.
    let mut round = balance(&text[..end], '(', ')');
    let mut square = balance(&text[..end], '[', ']');
    while let Some(last) = text[..end].chars().next_back() {
        match last {
            ')' if round < 0 => round += 1,
            ']' if square < 0 => square += 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | '~' | '…' | '}' | '—' | '–' => {}
            c if quotes::closes(c) => {}
            '(' => round -= 1,
            '[' => square -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    let host = text.get(prefix.len()..end)?;
    (prefix != "www." || host.contains('.')).then_some(end)
}

fn balance(text: &str, open: char, close: char) -> i32 {
    text.chars().map(|c| i32::from(c == open) - i32::from(c == close)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_allowed_by_name() {
        for good in ["https://example.org", "HTTP://x", "mailto:a@b", "a/b.md#c", "#top", "?q=1", "a/b:c"] {
            assert_eq!(allowed(good).as_deref(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:x",
            " \u{1}javascript:x",
            "JaVaScRiPt:x",
            "data:text/html,x",
        ] {
            assert_eq!(allowed(bad), None, "{bad:?}");
        }
        assert_eq!(allowed("https://x.org/a\"b|c").as_deref(), Some("https://x.org/a%22b%7Cc"));
        assert_eq!(allowed("my file.md").as_deref(), Some("my file.md"), "a file of the archive");
        assert_eq!(allowed("//example.org/x").as_deref(), Some("https://example.org/x"));
        assert_eq!(allowed("www.example.org").as_deref(), Some("http://www.example.org"));
    }

    #[test]
    fn punctuation_after_an_address_is_not_part_of_it() {
        for (text, address) in [
            ("https://example.org/a. Then", "https://example.org/a"),
            ("https://example.org/a_(b))", "https://example.org/a_(b)"),
            ("http://example.org/?q=1&r=2,", "http://example.org/?q=1&r=2"),
            ("www.example.org;", "www.example.org"),
        ] {
            assert_eq!(bare(text).map(|n| &text[..n]), Some(address));
        }
        for text in ["https://", "www.", "www.x", "http:///x", "httpx"] {
            assert_eq!(bare(text), None, "{text}");
        }
    }
}
