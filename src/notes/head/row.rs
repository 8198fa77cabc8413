//! Notes that follow one another in one paragraph, as a list does whose breaks were lost: `1. Text. 2. Text. 3. Text.`
//!
//! Only a row says that such a number is a label: it stands behind the end of a sentence, and counts on from the one
//! before it.

use std::ops::Range;

use super::{Candidate, Traits, titles_notes};
use crate::layout::prose::closes_sentence;
use crate::layout::{Kind, Layout};
use crate::notes::Sign;
use crate::notes::sign::{floor, superscript};
use crate::source::{Source, Span};

/// What such a label weighs.
const WEIGHT: f32 = 1.6;

/// How the labels of a row are written.
struct Style {
    open: &'static str,
    close: &'static str,
    raised: bool,
    sign: Sign,
    /// Labels of the shortest row: what is written so may count something else.
    fewest: usize,
}

const STYLES: [Style; 5] = [
    Style { open: "[", close: "]", raised: false, sign: Sign::Bracket, fewest: 2 },
    Style { open: "", close: "", raised: true, sign: Sign::Raised, fewest: 2 },
    Style { open: "(", close: ")", raised: false, sign: Sign::Paren, fewest: 3 },
    Style { open: "", close: ".", raised: false, sign: Sign::Dotted, fewest: 3 },
    Style { open: "", close: ")", raised: false, sign: Sign::Dotted, fewest: 3 },
];

impl Style {
    /// The number of the label that a text begins with.
    fn first(&self, text: &str) -> Option<u32> {
        let digit = |c: char| if self.raised { superscript(c) } else { Some(c).filter(char::is_ascii_digit) };
        let behind = text.strip_prefix(self.open)?;
        let digits: String = behind.chars().map_while(digit).collect();
        let number = digits.parse().ok().filter(|n| (1..1000).contains(n))?;
        text.strip_prefix(self.label(number).as_str())?.starts_with(char::is_whitespace).then_some(number)
    }

    fn label(&self, number: u32) -> String {
        let digits = number.to_string();
        let digits = if self.raised { digits.chars().map(raise).collect() } else { digits };
        [self.open, &digits, self.close].concat()
    }
}

fn raise(digit: char) -> char {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().find(|&c| superscript(c) == Some(digit)).unwrap_or(digit)
}

/// The notes of the paragraph that a line begins, but for those that stand at the head of a line.
pub fn heads(source: &Source, layout: &Layout, index: usize, out: &mut Vec<Candidate>) {
    let lines = &layout.lines;
    let above = index.checked_sub(1).filter(|&above| lines[above].is_text() && !lines[index].feed);
    if above.is_some_and(|above| !titles_notes(layout.text(source, above))) {
        return;
    }
    let start = lines[index].text_start(source);
    let last = (index..lines.len())
        .take_while(|&i| lines[i].kind == Kind::Text && (i == index || !lines[i].feed && !lines[i].column))
        .last();
    let Some(last) = last else { return };
    let text = &source.text[start..lines[last].end];
    let titled = title(text);
    let found = STYLES.iter().find_map(|style| {
        let number = style.first(&text[titled..])?;
        let labels = row(style, text, titled, number);
        (labels.len() >= style.fewest).then_some((style, number, labels))
    });
    let Some((style, first, labels)) = found else { return };
    for (number, label) in (first..).zip(labels) {
        let at = start + label.start;
        let line = layout.line_at(at);
        if at == lines[line].text_start(source) {
            continue;
        }
        let end = start + label.end;
        let end = end + (source.text[end..].len() - source.text[end..].trim_start().len());
        let span = Span::new(at, end.min(start + text.len()));
        let shown = text[label].to_owned();
        let head = Candidate::new(span, &number.to_string(), shown, style.sign, WEIGHT, line);
        out.push(Candidate { traits: Traits { runs_on: number > first, ..head.traits }, ..head });
    }
}

/// Bytes of the title that a paragraph of notes begins with: `Notes: 1. …`
fn title(text: &str) -> usize {
    /// `Notes and References: `
    const LONGEST: usize = 48;
    let Some(colon) = floor(text, LONGEST).find(':').filter(|&c| titles_notes(&text[..c])) else { return 0 };
    let behind = &text[colon + 1..];
    colon + 1 + (behind.len() - behind.trim_start().len())
}

/// Where the labels of a row stand that counts on from its first.
fn row(style: &Style, text: &str, first: usize, number: u32) -> Vec<Range<usize>> {
    /// Bytes of a sentence's end.
    const END: usize = 64;
    let mut at = first + style.label(number).len();
    let own: Range<usize> = first..at;
    let mut labels = vec![own];
    for number in number + 1.. {
        let label = style.label(number);
        let opens = |i: &usize| {
            let behind = &text[i + label.len()..];
            let before = text.floor_char_boundary(i.saturating_sub(END)).max(at);
            text[..*i].ends_with(char::is_whitespace)
                && behind.starts_with(char::is_whitespace)
                && !behind.trim_start().starts_with(char::is_lowercase)
                && closes_sentence(&text[before..*i])
        };
        let Some(next) = text[at..].match_indices(&label).map(|(i, _)| at + i).find(opens) else { break };
        labels.push(next..next + label.len());
        at = next + label.len();
    }
    labels
}
