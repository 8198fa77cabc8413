//! Lines that could open a note.
//!
//! [`read`] says what a line's first signs are, [`place`] what its surroundings make of them, [`series`] what the
//! lines make of one another; [`apart`] finds heads that no line begins with, [`row`] those that run on in a paragraph,
//! [`arrow`] those that only an arrow tells, [`foot`] those within Markdown's own notes.

mod apart;
mod arrow;
mod foot;
mod place;
mod read;
mod row;
mod series;
mod titles;

pub use foot::Feet;
pub use titles::titles_notes;

use std::collections::HashSet;

use super::{Sign, candidate, listing, marker};
use crate::layout::{Kind, Layout};
use crate::model::Form;
use crate::quotes;
use crate::source::{Source, Span};

/// A line that could open a note.
pub type Candidate = candidate::Candidate<Traits>;

/// What only such a line has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// True if the note is closed by a bracket (`[Footnote 1: …]`).
    pub bracketed: bool,
    /// True if the label stands alone on its line and the text on the next.
    pub own_line: bool,
    /// True if it stands amid a line that begins with the end of another note.
    pub runs_on: bool,
    /// True in a list that stands under a heading for notes.
    pub titled: bool,
    /// True in a quotation whose lines begin with `>`, as in a letter that answers another.
    pub quoted: bool,
}

/// Every candidate, in source order; notes may be `defined` in Markdown's own way.
pub fn candidates(
    source: &Source,
    layout: &Layout,
    form: Form,
    defined: bool,
    markers: &[marker::Candidate],
    feet: &Feet,
) -> Vec<Candidate> {
    let document = Document {
        source,
        layout,
        form,
        defined,
        hung: marker::hung_labels(source, layout),
        titles: listing::titles(source, layout),
    };
    let mut out = Vec::new();
    for (index, line) in layout.lines.iter().enumerate() {
        if line.kind != Kind::Text {
            continue;
        }
        if !form.is_markdown() {
            out.extend(apart::tail(source, layout, index));
            out.extend(apart::inside(source, layout, index));
        }
        row::heads(source, layout, index, &mut out);
        out.extend(document.opening(index));
    }
    apart::ways_back(source, layout, &mut out);
    arrow::numberless(source, layout, &mut out);
    out.extend(layout.parted.iter().map(|note| apart::parted(source, layout, note)));
    out.extend(feet.heads().cloned());
    out.sort_by_key(|h| h.span.start);
    series::bullets(layout, markers, &mut out);
    series::runs(source, layout, &mut out);
    series::sections(layout, markers, &mut out);
    series::feet(layout, &mut out);
    out
}

/// What a line is read against.
struct Document<'a> {
    source: &'a Source,
    layout: &'a Layout,
    form: Form,
    /// True if notes are written in Markdown's own way.
    defined: bool,
    /// Letters or numerals that notes are labelled with, as those of an edition are.
    hung: Option<marker::Hung>,
    /// Numbered titles, which say the same again where they stand.
    titles: HashSet<String>,
}

impl Document<'_> {
    /// The head that a line begins with.
    fn opening(&self, index: usize) -> Option<Candidate> {
        let (source, layout, form) = (self.source, self.layout, self.form);
        let line = &layout.lines[index];
        let at = line.text_start(source);
        let text = &source.text[at..line.end];
        let quoted = quotation(text).filter(|_| !form.is_markdown()).unwrap_or(0);
        let (at, text) = (at + quoted, &text[quoted..]);
        // In Markdown an extractor's quotation of one line is what stood set in.
        let set_in = if form.is_markdown() { place::set_in(layout, index, text) } else { 0 };
        let text = &text[set_in..];
        let read = read::label(text, form, self.defined);
        let mut read = read.or_else(|| read::hung(text, self.hung?))?;
        if set_in > 0 && read.sign == Sign::Bracket {
            return None; // it is quoted
        }
        if read.sign == Sign::Bracket && listing::answers(source, layout, index) {
            return None;
        }
        let mut end = at + set_in + read.len;
        let own_line = source.text[end..line.end].trim().is_empty();
        // A quotation's signs stand before every line of it, so that few labels in it can be told from its words.
        if quoted > 0 && (own_line || read.sign != Sign::Bracket) {
            return None;
        }
        if own_line && place::numbers_lines(source, layout, index) {
            return None;
        }
        if own_line {
            // the text is on the next line that has any
            let next = (index + 1..layout.lines.len().min(index + 4)).find(|&i| !layout.lines[i].is_blank());
            let next = next.filter(|&i| layout.lines[i].kind == Kind::Text)?;
            end = layout.lines[next].text_start(source);
            read.weight *= if next == index + 1 { 0.7 } else { 0.5 };
        }
        let counted = matches!(read.sign, Sign::Bare | Sign::Dotted);
        let said = &source.text[end..layout.lines[layout.line_at(end)].end];
        let empty = own_line && read.sign == Sign::Dotted; // `202.`, and the next note
        if counted && !empty && listing::is_listing(said) {
            return None;
        }
        let title = || listing::title(&read.label, said).is_some_and(|t| self.titles.contains(&t));
        if place::listed_in_contents(source, layout, index) || counted && title() {
            read.weight *= 0.2;
        }
        if read.sign == Sign::Bare && !own_line && place::goes_on(source, layout, index, said) {
            read.weight *= 0.3;
        }
        if own_line && place::numbers_heading(source, layout, end) {
            read.weight *= 0.3;
        }
        read.weight *= opens(&source.text[end..], read.sign);
        let span = Span::new(at, end);
        let (bracketed, quoted) = (read.bracketed, quoted > 0);
        let traits = Traits { bracketed, own_line, quoted, ..Traits::default() };
        let head = Candidate::new(span, &read.label, read.shown, read.sign, read.weight, index);
        Some(Candidate { traits, ..head })
    }
}

/// How much the text behind a label begins as a note does, as a factor.
fn opens(text: &str, sign: Sign) -> f32 {
    match text.chars().find(|c| !c.is_whitespace()) {
        Some(c) if c.is_uppercase() || quotes::opens(c) || "(_*¿¡[§…—".contains(c) => 1.0,
        Some(c) if c.is_lowercase() && sign == Sign::Symbol => 0.85,
        Some(c) if c.is_lowercase() => 0.6,
        Some(c) if c.is_alphabetic() => 1.0, // scripts without case
        Some(c) if c.is_numeric() => 0.5,
        Some(_) => 0.8,
        None => 0.2,
    }
}

/// Bytes of the signs that a quoted line begins with: `> `, `> > `.
pub fn quotation(line: &str) -> Option<usize> {
    let behind = line.trim_start_matches(['>', ' ']);
    line.starts_with('>').then(|| line.len() - behind.len())
}
