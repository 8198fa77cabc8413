//! What the ends of lines tell.

use crate::quotes;

/// True if a line could end a sentence.
pub fn closes_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let tail = text
        .trim_end_matches(|c: char| quotes::closes(c) || ")]*_ ⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c) || c.is_ascii_digit());
    let tail = if tail.is_empty() { text } else { tail };
    let tail = tail.trim_end_matches(|c: char| "<>/supsd".contains(c) && text.ends_with('>'));
    tail.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', ';']) || text.ends_with(['.', '!', '?'])
}

/// True if a line goes on with a sentence.
pub fn resumes(text: &str) -> bool {
    text.trim_start_matches(|c: char| quotes::opens(c) || "([_* ".contains(c))
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// True if a line is set apart by its form: a heading, an item, a table row, a quotation.
pub fn is_set_apart(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.starts_with(['#', '|', '>', '•', '·', '–', '+', '='])
        || text.starts_with("- ")
        || text.starts_with("* ")
        || text.starts_with("— ") && text.len() < 60
        || text.starts_with("```")
        || text.starts_with("    ")
        || (digits > 0 && text[digits..].starts_with(['.', ')']) && digits <= 3)
        || text.ends_with('|')
}

/// True if a line begins with the sign of an item: a bullet, or a hyphen or asterisk with a space behind.
pub fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let first = text.chars().next();
    first.is_some_and(|c| "•◦▪‣-*".contains(c)) && text.chars().nth(1) == Some(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_and_go_on_in_the_marks_of_every_language() {
        for text in
            ["Sie mahlt.“", "„Sie mahlt.“", "»Sie mahlt.«", "Elle tourne. »", "Hon mal.”", "It turns.’”"]
        {
            assert!(closes_sentence(text), "{text}");
        }
        for text in ["sie mahlt“", "sie mahlt«", "elle tourne »"] {
            assert!(!closes_sentence(text), "{text}");
        }
        for text in ["„und dann", "»und dann", "« et puis", "”och sedan", "‚und dann"] {
            assert!(resumes(text), "{text}");
        }
    }
}
