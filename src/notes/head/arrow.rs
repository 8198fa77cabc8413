//! Notes that lost their numbers but not their ways back: `Text of the note. ↩`.
//!
//! The page counted them by itself, and what took its text left the numbers behind. The arrow at the end of each says
//! where one note ends and the next begins, and the list that they are the notes.

use super::Candidate;
use crate::layout::Layout;
use crate::notes::Sign;
use crate::source::{Source, Span};

/// Fewer may be anything.
const FEWEST: usize = 2;
/// Lines of the longest note that the list goes on behind.
const APART: usize = 12;
/// A way back is hardly anything else.
const WEIGHT: f32 = 2.0;

/// The signs of a way back.
const ARROWS: [char; 4] = ['↩', '⤴', '⏎', '↵'];

/// The heads of such notes, labelled in their order.
pub fn numberless(source: &Source, layout: &Layout, out: &mut Vec<Candidate>) {
    let texts: Vec<usize> = (0..layout.lines.len()).filter(|&i| layout.lines[i].is_text()).collect();
    let ends: Vec<usize> = (0..texts.len()).filter(|&k| leads_back(layout.text(source, texts[k]))).collect();
    // Where an arrow stands within a line, lines are not what the notes are.
    if texts.iter().filter(|&&i| layout.text(source, i).contains(ARROWS)).count() != ends.len() {
        return;
    }
    for list in ends.chunk_by(|a, b| b - a <= APART).filter(|list| list.len() >= FEWEST) {
        // A note of several paragraphs begins behind the note before it.
        let firsts: Vec<usize> = list.iter().take(1).copied().chain(list.iter().map(|k| k + 1)).collect();
        let firsts = &firsts[..list.len()];
        if firsts.iter().any(|&k| is_labelled(layout.text(source, texts[k]))) {
            continue;
        }
        for (count, &k) in (1..).zip(firsts) {
            let start = layout.lines[texts[k]].text_start(source);
            let bullet = if source.text[start..].starts_with("- ") { "- ".len() } else { 0 };
            let span = Span::new(start, start + bullet);
            let label = count.to_string();
            out.push(Candidate::new(span, &label, String::new(), Sign::Dotted, WEIGHT, texts[k]));
        }
    }
}

/// True for a line that ends in the arrow of a way back.
fn leads_back(line: &str) -> bool {
    let bare = line.trim_end_matches(['\u{fe0e}', '\u{fe0f}', ' ']);
    bare.ends_with(ARROWS) && bare.contains(char::is_alphabetic)
}

/// True for a line with a number or sign of its own.
fn is_labelled(line: &str) -> bool {
    line.starts_with(|c: char| c.is_numeric() || "[({^*†".contains(c))
}
