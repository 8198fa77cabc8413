//! Forms as they are compared: without accents, case, hyphens and articles, and by their stems.

use crate::fold::folded;

/// A form as it is compared with others: small letters without accents, `the` and hyphens; the plural like the
/// singular.
pub fn key(form: &str) -> String {
    if form.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return form.to_ascii_lowercase();
    }
    let mut words: Vec<String> = folded(form)
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '\u{2011}'))
        .map(|w| plain(w.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|w| !w.is_empty())
        .collect();
    if words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an") {
        words.remove(0);
    }
    words.join(" ")
}

/// Letters without accents, as far as one letter stands for each.
pub fn plain(word: &str) -> String {
    crate::fold::bare(word)
}

/// What may be the word without its ending, the likeliest first: plural and genitive in `-s`, the cases of Russian
/// and Greek.
pub fn stems(key: &str) -> Vec<String> {
    /// Letters that must be left.
    const LEAST: usize = 4;
    const CYRILLIC: [(&str, &[&str]); 16] = [
        ("ами", &["", "а"]),
        ("ому", &["ий", "ой"]),
        ("ого", &["ий", "ой"]),
        ("ыми", &[""]),
        ("ым", &["", "ий"]),
        ("им", &["ий"]),
        ("ом", &[""]),
        ("ем", &["ь", ""]),
        ("ой", &["а"]),
        ("ов", &[""]),
        ("ы", &["а", ""]),
        ("и", &["я", "ь", ""]),
        ("е", &["", "а"]),
        ("у", &["", "а"]),
        ("ю", &["я", "ь"]),
        ("а", &[""]),
    ];
    const GREEK: [(&str, &[&str]); 4] = [("ου", &["ος"]), ("ον", &["ος"]), ("ο", &["ος"]), ("η", &["ης"])];
    let mut out = Vec::new();
    if let Some(short) = key.strip_suffix('s').filter(|s| s.chars().count() == LEAST - 1) {
        return vec![short.to_owned()];
    }
    let mut try_ending = |ending: &str, puts: &[&str]| {
        if let Some(stem) = key.strip_suffix(ending).filter(|s| s.chars().count() >= LEAST) {
            out.extend(puts.iter().map(|put| [stem, put].concat()));
        }
    };
    match key.chars().last() {
        Some('s') => try_ending("s", &[""]),
        Some('а'..='я' | 'ё') => CYRILLIC.iter().for_each(|(ending, puts)| try_ending(ending, puts)),
        Some('α'..='ω') => GREEK.iter().for_each(|(ending, puts)| try_ending(ending, puts)),
        _ => {}
    }
    out
}
