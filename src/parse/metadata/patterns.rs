//! The patterns that more than one part of `metadata` needs.
//!
//! Only single lines of bounded length are ever matched, and `regex` runs in linear time, so no source can
//! make this slow.

use std::sync::LazyLock;

use regex::Regex;

/// Compiles a pattern of the program's own; a bad one is a defect that every test run would show.
pub(super) fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| panic!("a pattern of the program is wrong: {e}"))
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
