//! The words of a line of a document's head.

use std::sync::LazyLock;

use regex::Regex;

use super::head::atx;
use super::patterns::compile;

/// The words of a line without markup and without a trailing note sign.
pub(super) fn clean(line: &str) -> String {
    static NOTE_TAG: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"(?i)<sup[^>]*>\s*(?:<a[^>]*>)?[\[(]?[\d*†‡§,\s]+[\])]?(?:</a>)?\s*</sup>|\[\^[^\]\s]*\]")
    });
    static BREAK: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)<br\s*/?>"));
    static TAG: LazyLock<Regex> = LazyLock::new(|| compile(r"</?[A-Za-z][^<>@]*>"));
    static IMAGE: LazyLock<Regex> = LazyLock::new(|| compile(r"!\[[^\]]*\]\([^)]*\)"));
    static LINK: LazyLock<Regex> = LazyLock::new(|| compile(r"\[([^\]]*)\]\([^)\s]*(?:\s+[^)]*)?\)"));
    static TRAILING_NOTE: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?:[¹²³⁰⁴-⁹]+|[*∗†‡§]+|\s?\[\d{1,3}\]|(?:\p{L}|[.?!”’»])\(\d{1,2}\))$"));
    let mut unmarked = line.trim().to_owned();
    if unmarked.contains('<') || unmarked.contains('[') {
        unmarked = NOTE_TAG.replace_all(&unmarked, "").into_owned();
    }
    if unmarked.contains('<') {
        unmarked = BREAK.replace_all(&unmarked, " ").into_owned();
        unmarked = TAG.replace_all(&unmarked, "").into_owned();
    }
    if unmarked.contains('[') {
        unmarked = IMAGE.replace_all(&unmarked, "").into_owned();
        unmarked = LINK.replace_all(&unmarked, "$1").into_owned();
    }
    let mut text = unmarked.as_str();
    // `/Title/`, as some set what is slanted.
    let slanted = text.strip_prefix('/').and_then(|t| t.strip_suffix('/')).filter(|t| !t.contains('/'));
    text = slanted.unwrap_or(text);
    if let Some(level) = atx(text) {
        text = text[level as usize..].trim().trim_end_matches('#').trim_end();
    }
    let mut text = text.trim_start_matches(['>', '•', '·', '▪']).trim_start();
    for bullet in ["* ", "- "] {
        text = text.strip_prefix(bullet).unwrap_or(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let edge = !before.is_alphanumeric() || !next.is_alphanumeric();
        match c {
            '\\' if next.is_ascii_punctuation() => continue,
            '*' | '`' => {}
            '_' if edge => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
        before = c;
    }
    if out.contains('&') {
        for (entity, sign) in
            [("&amp;", "&"), ("&quot;", "\""), ("&#39;", "’"), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">")]
        {
            out = out.replace(entity, sign);
        }
    }
    let mut out = out.trim().to_owned();
    if let Some(found) = TRAILING_NOTE.find(&out) {
        // The letter before `(1)` belongs to the word.
        let keep =
            out[found.start()..].char_indices().next().filter(|(_, c)| !"[(¹²³⁰⁴⁵⁶⁷⁸⁹*∗†‡§ ".contains(*c));
        let cut = found.start() + keep.map_or(0, |(_, c)| c.len_utf8());
        if cut > 0 {
            out.truncate(cut);
        }
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_note_signs_are_not_words_of_a_line() {
        for (raw, expected) in [
            ("## The *Quiet* River", "The Quiet River"),
            ("THE LIGHTHOUSE¹", "THE LIGHTHOUSE"),
            ("THE LIGHTHOUSE(1)", "THE LIGHTHOUSE"),
            ("On Bread [2]", "On Bread"),
            ("On Bread<sup>2</sup>", "On Bread"),
            ("the 10<sup>th</sup> hour", "the 10th hour"),
            ("**[A Walk](https://walks.example)**", "A Walk"),
            ("snake_case stays", "snake_case stays"),
            ("What is *this*?", "What is this?"),
            ("/Nora Feld/", "Nora Feld"),
            ("/home/nora/", "/home/nora/"),
        ] {
            assert_eq!(clean(raw), expected, "{raw}");
        }
    }
}
