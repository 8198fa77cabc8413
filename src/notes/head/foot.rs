//! Feet of pages that a program wrote as Markdown's notes, with the labels left as they were printed.
//!
//! Programs that read pictures of pages write `[^0]` where the foot of a page stood, and the foot as a definition, right
//! there or at the end. The markers and the labels of the print stay where they were, raised:
//!
//! ```text
//! The wheel is of oak. ${ }^{3}$ It was
//!
//! [^0]
//! [^0]:    ${ }^{3}$ The mill has another.
//! ```
//!
//! The signs in brackets point to nothing then. They are told by standing all at the beginnings of lines, where the
//! definitions begin with raised labels.

use super::Candidate;
use super::read;
use crate::layout::{Kind, Layout};
use crate::model::Form;
use crate::notes::{FoundNote, Sign};
use crate::quotes;
use crate::source::{Source, Span};

/// Spaces that the lines of a definition are set in by.
const SET_IN: u16 = 4;

/// The feet of a document's pages, if they are written so.
#[derive(Debug, Default)]
pub struct Feet {
    /// The signs in brackets, which are no part of the text.
    pub signs: Vec<Span>,
    definitions: Vec<Definition>,
}

/// A foot, or the rest of a note that the foot before it broke off.
#[derive(Debug)]
struct Definition {
    /// Its first line, and the line behind its last.
    lines: (usize, usize),
    /// Where its sign stands.
    sign: Span,
    /// What its label is; none where a note goes on.
    head: Option<Candidate>,
}

impl Feet {
    /// The feet of a text whose notes are `defined` in Markdown's way.
    pub fn read(source: &Source, layout: &Layout, form: Form, defined: bool) -> Feet {
        let mut feet = Feet::default();
        for (index, line) in layout.lines.iter().enumerate().filter(|(_, l)| defined && l.kind == Kind::Text)
        {
            let start = line.text_start(source);
            let text = &source.text[start..line.end];
            let own = sign(text).unwrap_or(0);
            // In a sentence it is a marker, and this is another text.
            if text[own..].match_indices("[^").any(|(at, _)| sign(&text[own + at..]).is_some()) {
                return Feet::default();
            }
            match text[own..].strip_prefix(':') {
                // What is set in goes on with the definition above.
                _ if own == 0 || line.indent >= SET_IN => {}
                None => feet.signs.push(Span::new(start, start + own)),
                Some(behind) => {
                    let words = line.end - behind.trim_start().len();
                    let head = head(source, (start, words), (index, line.end), form);
                    let end = index + 1 + set_in(layout, index + 1);
                    let sign = Span::new(start, words);
                    feet.definitions.push(Definition { lines: (index, end), sign, head });
                }
            }
        }
        let labelled = feet.definitions.first().is_some_and(|d| d.head.is_some());
        if labelled && !feet.signs.is_empty() { feet } else { Feet::default() }
    }

    /// True for a sign that is part of a foot's label.
    pub fn labels(&self, sign: Span) -> bool {
        let next = self.definitions.partition_point(|d| d.sign.start <= sign.start);
        let head = next.checked_sub(1).and_then(|i| self.definitions[i].head.as_ref());
        head.is_some_and(|h| sign.start < h.span.end)
    }

    /// The labels of the feet.
    pub fn heads(&self) -> impl Iterator<Item = &Candidate> {
        self.definitions.iter().filter_map(|d| d.head.as_ref())
    }

    /// Ends each note with its foot; what no label begins goes on with the note before it.
    pub fn settle(&mut self, source: &Source, layout: &Layout, notes: &mut [FoundNote]) {
        for definition in &self.definitions {
            let end = layout.lines[definition.lines.1 - 1].end as u32;
            let within = |n: &FoundNote| definition.sign.start <= n.head.start && n.head.start < end;
            let first = notes.partition_point(|n| n.head.start < definition.sign.start);
            let count = notes[first..].iter().take_while(|n| within(n)).count();
            if definition.head.is_some() && count == 0 {
                self.signs.push(definition.sign); // its owner says that it is no note
                continue;
            }
            let last = if definition.head.is_some() { first + count } else { first };
            let Some(note) = last.checked_sub(1).and_then(|i| notes.get_mut(i)) else { continue };
            let from = if definition.head.is_some() { note.head.end } else { definition.sign.end };
            let said = from as usize..(end as usize).max(from as usize);
            let said = Span::new(said.start, said.start + foot(&source.text[said]));
            if definition.head.is_some() {
                note.pieces = vec![said];
            } else {
                self.signs.push(definition.sign);
                note.pieces.push(said);
            }
        }
    }
}

/// Bytes of the sign `[^name]` that a text begins with.
fn sign(text: &str) -> Option<usize> {
    let name = text.strip_prefix("[^")?;
    let len = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
    (len > 0 && name[len..].starts_with(']')).then_some(len + "[^]".len())
}

/// The raised label behind a sign.
fn head(source: &Source, words: (usize, usize), line: (usize, usize), form: Form) -> Option<Candidate> {
    let read = read::label(&source.text[words.1..line.1], form, true).filter(|r| r.sign == Sign::Raised)?;
    let span = Span::new(words.0, words.1 + read.len);
    Some(Candidate::new(span, &read.label, read.shown, Sign::Raised, read.weight, line.0))
}

/// How many lines from one on are set in, as those of a definition are.
fn set_in(layout: &Layout, from: usize) -> usize {
    layout.lines[from..].iter().take_while(|l| l.kind == Kind::Text && l.indent >= SET_IN).count()
}

/// Bytes of a foot's last note: where pages were written one behind the other without a break, the next begins behind a
/// stop, with a capital, a heading or an item, and no space between.
fn foot(text: &str) -> usize {
    /// Letters of a word that is no abbreviation.
    const WORD: usize = 5;
    let begins = |behind: &str| {
        let item = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let capital = behind.starts_with(char::is_uppercase)
            && behind.chars().nth(1).is_some_and(|c| c.is_lowercase() || c.is_whitespace());
        capital
            || behind.starts_with("# ")
            || behind.starts_with("##")
            || item.len() < behind.len() && item.starts_with(". ")
    };
    let ends = |said: &str| {
        let word = said.trim_end_matches(|c| quotes::closes(c) || ".!?".contains(c));
        let letters = word.chars().rev().take_while(|c| c.is_lowercase()).count();
        let stop = word.len() < said.len();
        word.ends_with(')') || stop && letters >= WORD
    };
    let breaks = |at: usize| begins(&text[at..]) && (text[at..].starts_with('#') || ends(&text[..at]));
    let stops =
        text.match_indices(|c| quotes::closes(c) || ".!?)".contains(c)).map(|(at, stop)| at + stop.len());
    stops.rev().find(|&at| breaks(at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foot_ends_where_the_next_page_is_glued_to_it() {
        for (foot_text, page) in [
            ("The mill has a cat.", "# Of the weir"),
            ("See the map of the valley.", "1. The wheel"),
            ("Compare Ilves (1901)", "Table 2. Wheels"),
            ("As Ilves (1902) says, it was (1903).", "Millers: those who grind"),
            ("It is so in print.", ""),
            ("So in U.S.Reports, J.Ilves and e.g.Others.", ""),
        ] {
            assert_eq!(foot(&[foot_text, page].concat()), foot_text.len(), "{foot_text}");
        }
    }
}
