//! What a library of electronic texts puts around one: all above `*** START OF THE … ***` and all below
//! `*** END OF THE … ***`, these lines with it.

use super::{Kind, Line};
use crate::model::OmissionReason;
use crate::source::Source;

/// Lines of the longest head; a text has begun behind so many.
const HEAD: usize = 150;
/// Lines of the longest licence.
const FOOT: usize = 600;

/// Marks the lines around the text, where both ends name the same library: `*** END OF THE TALE ***` ends no more than a
/// tale.
pub fn mark(source: &Source, lines: &mut [Line]) {
    let said = |i: usize, word: &str| library(lines[i].text(source), word).map(|library| (i, library));
    let Some((start, library)) = (0..lines.len().min(HEAD)).find_map(|i| said(i, "START")) else { return };
    let below = lines.len().saturating_sub(FOOT).max(start + 1)..lines.len();
    let Some((foot, _)) = below.filter_map(|i| said(i, "END")).find(|end| end.1 == library) else { return };
    let head = behind(source, lines, start);
    for i in (0..head).chain(foot..lines.len()) {
        if matches!(lines[i].kind, Kind::Text | Kind::Rule) {
            lines[i].kind = Kind::Furniture(OmissionReason::SiteChrome);
        }
    }
}

/// Whose text a line says to start or to end: the two words behind `*** START OF THE` or `*** START OF THIS`, in capitals.
fn library(text: &str, word: &str) -> Option<String> {
    /// Bytes that tell.
    const NEAR: usize = 80;
    let words = text.strip_prefix("***")?.trim_start_matches(['*', ' ']);
    let words = words[..words.floor_char_boundary(NEAR)].to_uppercase();
    let mut words = words.split_whitespace();
    let said = words.next()? == word && words.next()? == "OF" && matches!(words.next()?, "THE" | "THIS");
    let (first, second) = (words.next()?, words.next()?);
    said.then(|| [first, " ", second].concat())
}

/// The line behind the one that ends such words: a long title is broken.
fn behind(source: &Source, lines: &[Line], start: usize) -> usize {
    /// Lines of the longest.
    const LONGEST: usize = 4;
    let near = start..lines.len().min(start + LONGEST);
    near.clone().find(|&i| lines[i].text(source).ends_with("***")).unwrap_or(start) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_whose_text_begins() {
        let found = |text: &str| library(text, "START");
        assert_eq!(found("*** START OF THIS OPEN SHELF EBOOK OF WEIRS ***").as_deref(), Some("OPEN SHELF"));
        assert_eq!(found("***START OF THE OPEN SHELF EBOOK***").as_deref(), Some("OPEN SHELF"));
        for none in
            ["*** END OF THE OPEN SHELF EBOOK ***", "*** START OF THE TALE", "START OF THE OPEN SHELF", "***"]
        {
            assert_eq!(found(none), None, "{none}");
        }
    }
}
