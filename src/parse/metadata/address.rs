//! The address a text says it was found at. An address in the running text, or in a note, is not meant.

use super::patterns::{Gapped, URL, is_host};
use super::words;

/// Lines at the beginning and at the end of a file that are looked at (blank ones not counted).
const EDGE: usize = 80;

/// The first line of the head or the end that names the source and gives an address.
pub(super) fn find(text: &str) -> Option<String> {
    let lines = || text.split('\n').filter(|l| !l.trim().is_empty());
    let end: Vec<&str> = text.rsplit('\n').filter(|l| !l.trim().is_empty()).take(EDGE / 2).collect();
    lines().take(EDGE).chain(end).find_map(of_line)
}

/// The address of a line that names the source.
fn of_line(line: &str) -> Option<String> {
    /// No statement of this kind is longer.
    const LONGEST: usize = 600;
    static NAMED: Gapped = Gapped::new(
        r"(?i)^\W*(?:(?:retrieved|downloaded|accessed|archived|copied|taken)\b.{0,60}?\bfrom\b|(?:text |original )?(?:source|url|link|permalink|original|web(?:site| address)?)\s*:|(?:originally |first )(?:published|posted|appeared|printed)\b.{0,60}?\b(?:at|on|in|by|as)\b|(?:available|published|posted) (?:online )?at\b|quelle\s*:|abgerufen\b.{0,60}?\bvon\b|(?:zuerst )?(?:erschienen|veröffentlicht) (?:auf|bei|unter)\b|source\s*:|récupéré\b.{0,60}?\b(?:de|sur)\b|publié (?:originellement |initialement )?sur\b|fuente\s*:|recuperado\b.{0,60}?\bde\b|publicado (?:originalmente )?en\b|источник\s*:|опубликовано на\b|получено\b.{0,60}?\b(?:из|с)\b|адрес\s*:)",
    );
    // Every address has a dot inside; most lines have none, and need no closer look.
    let dotted = line.as_bytes().windows(2).any(|w| w[0] == b'.' && w[1] != b' ' && w[1] != b'.');
    if line.len() > LONGEST || !dotted {
        return None;
    }
    let plain = words::clean(line);
    let named = NAMED.find(&plain)?;
    let rest = &plain[named.end()..];
    // The target of a Markdown link says more than the words it stands behind.
    let raw = URL.find(line).filter(|m| line[..m.start()].ends_with(['(', '<', '"']));
    if let Some(found) = raw.or_else(|| URL.find(line)) {
        return Some(with_scheme(trim(found.as_str())));
    }
    let host = rest.split_whitespace().map(|w| w.trim_matches(|c: char| "<>()[],;.".contains(c)));
    host.take(8).find(|w| is_host(w)).map(with_scheme)
}

/// Without the punctuation of the sentence it ends.
fn trim(url: &str) -> &str {
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']);
    if url.contains('(') { url } else { url.trim_end_matches(')') }
}

/// A bare host name is given the scheme that browsers try first.
fn with_scheme(address: &str) -> String {
    let schemed = address.to_ascii_lowercase().starts_with("http");
    if schemed { address.to_owned() } else { format!("https://{address}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements() {
        for (line, expected) in [
            (
                "Retrieved on 10<sup>th</sup> May 2021 from [mills.example](http://mills.example/weir)",
                "http://mills.example/weir",
            ),
            ("Retrieved on May 4, 2019 from www.mills.example/essays", "https://www.mills.example/essays"),
            ("Source: https://mills.example/essays/weir.", "https://mills.example/essays/weir"),
            ("URL: <https://mills.example/a_(b)>", "https://mills.example/a_(b)"),
            ("Originally published at mills.example.", "https://mills.example"),
            ("Quelle: mills.example/texte", "https://mills.example/texte"),
        ] {
            assert_eq!(of_line(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn not_statements() {
        for line in [
            "See https://mills.example for more.",
            "Originally posted at The Left Bank.",
            "3. Nora Feld, On Bread, retrieved from https://mills.example",
            "The source of the river is at mills.example, some say",
            "",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn the_middle_of_a_text_is_not_looked_at() {
        let text =
            format!("{}Source: https://mills.example\n{}", "A line.\n".repeat(200), "A line.\n".repeat(200));
        assert_eq!(find(&text), None);
        assert_eq!(
            find(&format!("{text}Source: https://weirs.example\n")).as_deref(),
            Some("https://weirs.example")
        );
    }
}
