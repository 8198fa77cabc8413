//! Text as it is compared: without what only looks different.

use unicode_normalization::UnicodeNormalization;

/// A text in lower case and in Unicode's compatible composed form: `Ⅷ`, `ﬁ`, `１` and `¹` are `viii`, `fi`, `1`, `1`.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// Letters and digits alone, in lower case and without accents: `D’Israeli` and `Disraeli`, `Íd.` and `id` are one.
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        return text
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect();
    }
    // What decomposes to nothing (ł, ø, ß) is told by its look.
    let plain = |c: char| match c {
        'ł' => 'l',
        'ø' => 'o',
        'ı' => 'i',
        'ё' => 'е',
        c => c,
    };
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(plain).collect()
}

/// A text without the accents of its letters, and otherwise as it is: `Žižek` is `Zizek`.
pub fn bare(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // `й` is a letter of its own.
        match c {
            '\u{400}'..='\u{52f}' => out.push(c),
            _ => out.extend(std::iter::once(c).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c))),
        }
    }
    out
}
