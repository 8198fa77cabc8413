//! What may be the tag of a language.

/// True if `text` has the form of a BCP 47 language tag: a language of two to eight letters, then subtags of one to
/// eight letters and digits (RFC 5646, 2.1). Whether there is such a language is not asked.
pub fn is_language_tag(text: &str) -> bool {
    let mut subtags = text.split('-');
    let language = subtags.next().unwrap_or_default();
    (2..=8).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_a_form() {
        for good in ["de", "pt-BR", "zh-Hant-TW", "grc", "de-1901"] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in ["", "d", "de_DE", "German!", "de-", "überlang", "en\" onload=\"x", "abcdefghi"] {
            assert!(!is_language_tag(bad), "{bad}");
        }
    }
}
