//! What the ends of lines tell.

/// True if a line could end a sentence.
pub fn closes_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let tail = text.trim_end_matches(|c: char| "”\"’')]»*_ ⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c) || c.is_ascii_digit());
    let tail = if tail.is_empty() { text } else { tail };
    let tail = tail.trim_end_matches(|c: char| "<>/supsd".contains(c) && text.ends_with('>'));
    tail.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', ';']) || text.ends_with(['.', '!', '?'])
}

/// True if a line goes on with a sentence.
pub fn resumes(text: &str) -> bool {
    text.trim_start_matches(|c: char| "“\"‘'«([_* ".contains(c)).chars().next().is_some_and(char::is_lowercase)
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

/// True if a break between two lines tears a sentence.
pub fn torn(before: &str, after: &str) -> bool {
    /// Characters of the shortest line that can be torn: shorter ones may be verse or headings.
    const SHORTEST: usize = 40;
    before.trim().chars().count() >= SHORTEST
        && !closes_sentence(before)
        && resumes(after)
        && !is_set_apart(before)
        && !is_set_apart(after)
}
