//! Text as it is compared: without what only looks different.

use unicode_normalization::UnicodeNormalization;

/// A text in lower case and in Unicode's compatible composed form: `Ⅷ`, `ﬁ`, `１` and `¹` are `viii`, `fi`, `1`, `1`.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc().flat_map(char::to_lowercase).collect()
}
