//! Heads that no line begins with: glued to a word, without a label of their own.

use super::{Candidate, Traits};
use crate::layout::{Kind, Layout, Parted};
use crate::notes::Sign;
use crate::notes::label::is_symbol;
use crate::notes::sign::is_label;
use crate::quotes;
use crate::source::{Source, Span};

/// How a label is written that has nothing around it.
fn unadorned(label: &str) -> Sign {
    if label.starts_with(is_symbol) { Sign::Symbol } else { Sign::Bare }
}

/// A label that stands alone, and how it is written: `2`, `2)`, `[2]`.
fn alone(label: &str) -> (Sign, &str) {
    if let Some(half) = label.strip_suffix(')') {
        return (Sign::Dotted, half);
    }
    match label.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
        Some(inner) => (Sign::Bracket, inner),
        None => (unadorned(label), label),
    }
}

/// A note whose label stands elsewhere.
pub fn parted(source: &Source, layout: &Layout, note: &Parted) -> Candidate {
    let at = layout.lines[note.line].text_start(source);
    let (sign, label) = alone(&note.label);
    let head = Candidate::new(Span::new(at, at), label, String::new(), sign, 1.6, note.line);
    Candidate { traits: Traits { own_line: true, ..head.traits }, ..head }
}

/// A way back without the number, which its page counts by itself: `^ Text`, `↑ Text`, or the sign on a line of its own.
/// The lines of one list are labelled in their order.
pub fn ways_back(source: &Source, layout: &Layout, out: &mut Vec<Candidate>) {
    /// Fewer may be anything.
    const FEWEST: usize = 3;
    /// Lines of the longest note that the list goes on behind.
    const APART: usize = 6;
    let leads_back = |&i: &usize| {
        let text = layout.text(source, i);
        let behind = ["^ ", "↑ "].iter().find_map(|back| text.strip_prefix(back));
        layout.lines[i].kind == Kind::Text
            && (matches!(text, "^" | "↑") && layout.text_from(i + 1).is_some()
                || behind.is_some_and(|b| !b.starts_with(|c: char| c.is_ascii_digit())))
    };
    let found: Vec<usize> = (0..layout.lines.len()).filter(leads_back).collect();
    for list in found.chunk_by(|a, b| b - a <= APART).filter(|list| list.len() >= FEWEST) {
        for (count, &index) in list.iter().enumerate() {
            let at = layout.lines[index].text_start(source);
            let own_line = !layout.text(source, index).contains(' ');
            let next = layout.text_from(index + 1).filter(|_| own_line);
            let sign = source.text[at..].find(' ').map_or(1, |i| i + 1);
            let end = next.map_or(at + sign, |n| layout.lines[n].text_start(source));
            let label = (count + 1).to_string();
            let head = Candidate::new(Span::new(at, end), &label, String::new(), Sign::Dotted, 2.0, index);
            out.push(Candidate { traits: Traits { own_line, ..head.traits }, ..head });
        }
    }
}

/// A head glued to the end of the line above it, as text extraction leaves it where a word was cut at
/// the foot of the page: `philoso3` and then the note.
pub fn tail(source: &Source, layout: &Layout, index: usize) -> Option<Candidate> {
    /// Bytes of the shortest line that is cut by a column's edge rather than ended.
    const FULL_LINE: usize = 28;
    /// Blank lines between a label and its note: one, or what a program made of it that doubles them.
    const BLANK: usize = 3;
    let line = &layout.lines[index];
    let text = source.text[..line.end].trim_end();
    if text.len() <= line.start {
        return None;
    }
    let line_text = &text[line.start..];
    let label_at = line_text.rfind(|c: char| !(c.is_ascii_digit() || is_symbol(c)))?;
    let label_at = label_at + line_text[label_at..].chars().next()?.len_utf8();
    let label = &line_text[label_at..];
    let word = line_text[..label_at].chars().rev().take_while(|c| c.is_alphabetic()).count();
    if !is_label(label) || word < 2 || label.starts_with('0') || line_text.len() < FULL_LINE {
        return None;
    }
    let next =
        (index + 1..layout.lines.len().min(index + 2 + BLANK)).find(|&i| !layout.lines[i].is_blank())?;
    let opens =
        layout.text(source, next).chars().next().is_some_and(|c| c.is_uppercase() || quotes::opens(c));
    if layout.lines[next].kind != Kind::Text || !opens || layout.lines[next].feed {
        return None;
    }
    let span = Span::new(line.start + label_at, layout.lines[next].text_start(source));
    let weight = if next > index + 1 { 0.9 } else { 0.4 };
    let head = Candidate::new(span, label, label.to_owned(), unadorned(label), weight, index);
    Some(Candidate { traits: Traits { own_line: true, ..head.traits }, ..head })
}

/// A head glued to a word cut at a column's foot, the note following on the same line: `com8 I also omit`.
pub fn inside(source: &Source, layout: &Layout, index: usize) -> Option<Candidate> {
    /// Bytes of the longest line of a page.
    const LINE: usize = 400;
    let line = &layout.lines[index];
    let text = &source.text[line.start..line.end];
    if text.len() > LINE {
        return None;
    }
    let mut at = 0;
    for (word, behind) in text.split(' ').zip(text.split(' ').skip(1)) {
        let end = at + word.len();
        let cut = word.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let (stem, label) = word.split_at(cut);
        let is_cut = stem.chars().count() >= 2 && stem.chars().all(char::is_lowercase);
        if is_cut && behind.starts_with(char::is_uppercase) && is_label(label) && !label.starts_with('0') {
            let span = Span::new(line.start + at + cut, line.start + end + 1);
            return Some(Candidate::new(span, label, label.to_owned(), Sign::Bare, 0.4, index));
        }
        at = end + 1;
    }
    None
}
