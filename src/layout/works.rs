//! Lists of works, as they look before anybody reads them: what heads one, and where an entry begins and ends.

use crate::quotes;

/// A list under such a heading is one of works.
const HEADINGS: &[&str] = &[
    "works cited",
    "bibliography",
    "select bibliography",
    "selected bibliography",
    "references",
    "further reading",
    "suggested reading",
    "suggestions for further reading",
    "recommended reading",
    "reading list",
    "sources",
    "works consulted",
    "literature cited",
    "primary sources",
    "secondary sources",
    "literatur",
    "literaturverzeichnis",
    "quellen",
    "bibliographie",
    "bibliografie",
    "références",
    "ouvrages cités",
    "bibliografía",
    "referencias",
    "obras citadas",
    "литература",
    "список литературы",
    "библиография",
    "источники",
];

/// True for the heading of a list of works.
pub fn heads(heading: &str) -> bool {
    let heading = heading.trim().trim_end_matches([':', '.']);
    let heading = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace());
    heading.len() < 60 && HEADINGS.contains(&heading.to_lowercase().as_str())
}

/// True for a line that may begin an entry: `Orme, Judith`, `Orme (1997)`, `Orme 1997`, `———.`
pub fn begins(line: &str) -> bool {
    /// Words of the longest surname (`van der Example`).
    const LONGEST: usize = 4;
    let line = line.trim_start().trim_start_matches(['*', '_', '[']);
    let bare = line.trim_start_matches(['-', '–', '—', '―', '_']);
    if bare.len() < line.len() {
        let drawn = line.starts_with(['—', '―'])
            || line.len() - bare.len() >= 2 * '-'.len_utf8() && !line.starts_with('–');
        return bare.starts_with(['.', ',']) || drawn && bare.starts_with(' ');
    }
    let mut surname = false;
    for (n, word) in line.split_whitespace().enumerate().take(LONGEST + 1) {
        let inner = word.trim_end_matches(',');
        if surname && is_year(word) {
            return true;
        }
        if inner.is_empty()
            || !inner.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '‐') || quotes::is_apostrophe(c))
        {
            return false;
        }
        surname |= inner.starts_with(char::is_uppercase);
        if inner.len() < word.len() {
            let given = line.split_whitespace().nth(n + 1);
            return surname && given.is_some_and(|g| g.starts_with(char::is_uppercase));
        }
    }
    false
}

/// Behind the name of a firm.
pub const FIRMS: &[&str] = &["inc", "ltd", "llc", "corp", "co", "bros", "gmbh", "cie", "plc"];

/// True for a line that an entry may end with: with a stop that is no abbreviation’s, a figure or an address.
pub fn ends(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(|c| quotes::closes(c) || "*_>".contains(c));
    let last = line.split_whitespace().next_back().unwrap_or_default();
    let Some(word) = last.strip_suffix('.') else {
        return line.ends_with(|c: char| c.is_ascii_digit() || c == ')' || c == ']') || last.contains("://");
    };
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters > 1 && word.chars().all(|c| c.is_uppercase());
    letters == 0 || letters > 3 || capitals || FIRMS.contains(&word.to_lowercase().as_str())
}

/// True for a line that is an entry by itself: it begins and ends like one and says when the work appeared.
pub fn is_entry(line: &str) -> bool {
    begins(line) && ends(line) && line.split_whitespace().any(is_year)
}

/// True for `1997`, `(1997)`, `1997a,`, `1906–10.`
fn is_year(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[']).trim_end_matches(|c: char| !c.is_alphanumeric());
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &word[digits..];
    let fits = behind.len() < 2 || behind.starts_with(['-', '–', '/']);
    digits == 4 && fits && matches!(word.as_bytes()[0], b'1' | b'2')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_begin_with_a_surname() {
        for line in [
            "Orme, Judith. The Weir.",
            "van der Weir, J. A Mill.",
            "Orme (1997) The Weir",
            "Orme, J. (1997). The weir.",
            "Orme 1997. The Weir",
            "———. The Mill.",
            "---, The Mill.",
        ] {
            assert!(begins(line), "{line}");
        }
        for line in [
            "The mill stood still, and nobody",
            "however, Judith",
            "- a list",
            "1997, Leeds",
            "Orme",
            "Leeds, by the river",
        ] {
            assert!(!begins(line), "{line}");
        }
    }

    #[test]
    fn entries_end_with_a_stop() {
        for line in [
            "Leeds: Weir, 1997.",
            "Leeds UP.",
            "Weir and Sons, Inc.",
            "pp. 3–9",
            "at https://weir.example",
            "(1997)",
        ] {
            assert!(ends(line), "{line}");
        }
        for line in ["The Weir. Ed.", "The Weir and its", "Of Mills, by J."] {
            assert!(!ends(line), "{line}");
        }
    }

    #[test]
    fn an_entry_says_when() {
        assert!(is_entry("Orme, Judith. The Weir. Leeds: Weir, 1906–10."));
        assert!(!is_entry("Orme, Judith. The Weir and the mill."));
    }
}
