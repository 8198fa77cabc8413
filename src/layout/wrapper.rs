//! What a library of electronic texts puts around one: all above `*** START OF THE … ***` and all below
//! `*** END OF THE … ***`, these lines with it.

use super::{Kind, Line};
use crate::model::OmissionReason;
use crate::source::Source;

/// Lines of the longest head; a text has begun behind so many.
const HEAD: usize = 150;
/// Lines of the longest licence.
const FOOT: usize = 600;

/// Marks the lines around the text.
pub fn mark(source: &Source, lines: &mut [Line]) {
    let says = |i: usize, word: &str| parting(lines[i].text(source)).is_some_and(|t| t.starts_with(word));
    let start = (0..lines.len().min(HEAD)).find(|&i| says(i, "START OF TH"));
    let end = (lines.len().saturating_sub(FOOT)..lines.len()).find(|&i| says(i, "END OF TH"));
    let head = start.map_or(0, |i| behind(source, lines, i));
    let foot = end.filter(|&i| i >= head).unwrap_or(lines.len());
    let around = (0..head).chain(foot..lines.len());
    for i in around {
        if lines[i].kind == Kind::Text || lines[i].kind == Kind::Rule {
            lines[i].kind = Kind::Furniture(OmissionReason::SiteChrome);
        }
    }
}

/// The words of a line that three asterisks begin, in capitals.
fn parting(text: &str) -> Option<String> {
    /// Bytes that tell.
    const NEAR: usize = 32;
    let words = text.strip_prefix("***")?.trim_start_matches(['*', ' ']);
    Some(words[..words.floor_char_boundary(NEAR)].to_uppercase())
}

/// The line behind the one that ends such words: a long title is broken.
fn behind(source: &Source, lines: &[Line], start: usize) -> usize {
    /// Lines of the longest.
    const LONGEST: usize = 4;
    let near = start..lines.len().min(start + LONGEST);
    near.clone().find(|&i| lines[i].text(source).ends_with("***")).unwrap_or(start) + 1
}
