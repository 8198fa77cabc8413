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

/// A token that is a host name, with or without a path: `example.org/essays`.
pub(super) static DOMAIN: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}(?:/\S*)?$"));

/// An e-mail address.
pub(super) static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*"));

/// Words that say that a date or address tells of the finding of a text, not of the text.
pub(super) static RETRIEVED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:retrieved|accessed|last (?:accessed|visited|checked|viewed)|archived|scanned|downloaded|abgerufen|zuletzt (?:besucht|geprüft)|aufgerufen|consulté|récupéré|recuperado|consultado|дата обращения|проверено|получено)\b",
    )
});
