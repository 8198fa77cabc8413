//! The patterns that more than one part of `metadata` needs.
//!
//! Only single lines of bounded length are ever matched, and `regex` runs in linear time, so no source can
//! make this slow.

use std::sync::{LazyLock, OnceLock};

use regex::{Match, Regex};

/// Compiles a pattern of the program's own; a bad one is a defect that every test run would show.
pub(super) fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| panic!("a pattern of the program is wrong: {e}"))
}

/// A pattern in which gaps have bounds (`.{0,60}`). Each of them is compiled as if it were written out, which takes longer
/// than to read a whole text; the same without bounds holds wherever the pattern does, and tells nearly all lines that
/// are none.
pub(super) struct Gapped {
    pattern: &'static str,
    without_bounds: OnceLock<Regex>,
    whole: OnceLock<Regex>,
}

impl Gapped {
    /// A pattern of the program's own, which is compiled when it is asked for.
    pub(super) const fn new(pattern: &'static str) -> Gapped {
        Gapped { pattern, without_bounds: OnceLock::new(), whole: OnceLock::new() }
    }

    /// The first place where a text holds it.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        let without_bounds = self.without_bounds.get_or_init(|| compile(&without_bounds(self.pattern)));
        if !without_bounds.is_match(text) {
            return None;
        }
        self.whole.get_or_init(|| compile(self.pattern)).find(text)
    }

    /// True if a text holds it.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// A pattern with `.*` for each `.{0,60}`.
fn without_bounds(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, bounds)) = rest.split_once(".{") {
        out.push_str(before);
        out.push_str(".*");
        rest = bounds.split_once('}').map_or("", |bounds| bounds.1);
    }
    out.push_str(rest);
    out
}

/// A web address with its scheme (or the `www.` that stands for one).
pub(super) static URL: LazyLock<Regex> = LazyLock::new(|| {
    compile(r#"(?i)\b(?:https?://|www\.)[^\s<>\[\]()"'“”«»|]+(?:\([^\s<>()]*\)[^\s<>\[\]()"'“”«»|]*)*"#)
});

/// True for a word that may be a host name, with or without a path, or the name of a file.
pub(super) fn is_dotted(word: &str) -> bool {
    static DOTTED: LazyLock<Regex> =
        LazyLock::new(|| compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}(?:/\S*)?$"));
    DOTTED.is_match(word)
}

/// True for a word that is a host name: `example.org/essays`, but not `essay.txt`.
pub(super) fn is_host(word: &str) -> bool {
    /// Endings of names of files, none of which is a domain.
    const FILES: [&str; 12] =
        ["txt", "pdf", "doc", "odt", "rtf", "html", "htm", "xml", "csv", "tex", "sty", "cls"];
    let name = word.split('/').next().unwrap_or_default();
    let ending = name.rsplit('.').next().unwrap_or_default();
    is_dotted(word) && !(name.len() == word.len() && FILES.contains(&ending))
}

/// An e-mail address.
pub(super) static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*"));

/// Words that say that a date or address tells of the finding of a text, not of the text.
pub(super) static RETRIEVED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:retrieved|accessed|last (?:accessed|visited|checked|viewed)|archived|scanned|downloaded|abgerufen|zuletzt (?:besucht|geprüft)|aufgerufen|consulté|récupéré|recuperado|consultado|дата обращения|проверено|получено)\b",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_without_bounds_hold_wherever_they_do() {
        assert_eq!(without_bounds(r"^a.{0,60}?b.{1,2}c{2}$"), r"^a.*?b.*c{2}$");
        let gapped = Gapped::new(r"^a.{1,3}b$");
        let found = ["ab", "axb", "axxxb", "axxxxb", "ax"].map(|text| gapped.is_match(text));
        assert_eq!(found, [false, true, true, false, false]);
    }
}
