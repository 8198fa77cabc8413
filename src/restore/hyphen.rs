//! Words cut by a hyphen at the end of a line.
//!
//! A hyphen there is either the printer's, and goes, or the word's own, and stays. The document itself knows best: it
//! uses most of its words more than once, and nearly always uncut.

use std::collections::HashMap;

use crate::layout::Layout;
use crate::source::Source;

/// The words of a document, as far as no line end cuts them.
#[derive(Clone, Debug, Default)]
pub struct Hyphens {
    /// In lower case, with the number of times each is used. Compounds (`well-known`) are words too.
    words: HashMap<String, u32>,
}

/// What becomes of a hyphen at a line end, and of the line end behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Both go: `phil-` `osophy`.
    Dropped,
    /// The hyphen stays, the line end goes: `well-` `known`.
    Kept,
}

/// First halves that are rather joined by a hyphen than written as one word with what follows them.
const LOOSE: [&str; 20] = [
    "all", "anti", "counter", "cross", "ex", "far", "half", "ill", "long", "mid", "neo", "non", "now",
    "pseudo", "quasi", "self", "semi", "then", "vice", "well",
];

/// Second halves that are words by themselves, but mostly stand as the end of a longer one.
const ENDS: [&str; 24] = [
    "able", "body", "ever", "fore", "ful", "hood", "ible", "ing", "land", "less", "like", "man", "ment",
    "men", "ness", "one", "out", "self", "ship", "some", "thing", "time", "ward", "wise",
];

/// What follows a hyphen that stands for a word's missing end: `nineteenth- and twentieth-century`.
const LISTING: [&str; 12] = ["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en"];

/// Endings that may be on one use of a word and off another.
const INFLECTED: [&str; 8] = ["s", "es", "d", "ed", "ing", "ly", "n", "en"];

impl Hyphens {
    /// Gathers the words of a document.
    pub fn of(source: &Source, layout: &Layout) -> Hyphens {
        let mut words: HashMap<String, u32> = HashMap::new();
        let mut cut = false;
        for line in layout.lines.iter().filter(|l| l.is_text()) {
            let text = line.text(source);
            let mut pieces = text.split(|c: char| !c.is_alphabetic() && c != '-').peekable();
            if cut {
                pieces.next(); // the second half of a word
            }
            cut = ends_in_hyphen(text);
            while let Some(piece) = pieces.next() {
                if pieces.peek().is_none() && cut {
                    break; // its first half
                }
                let piece = piece.trim_matches('-').to_lowercase();
                for part in piece.split('-').filter(|p| !p.is_empty()) {
                    *words.entry(part.to_owned()).or_default() += 1;
                }
                if piece.contains('-') {
                    *words.entry(piece).or_default() += 1;
                }
            }
        }
        Hyphens { words }
    }

    /// What becomes of the hyphen at the end of `above`; `None` if there is none that joins it to `below`.
    pub fn close(&self, above: &str, below: &str) -> Option<Closing> {
        let (above, below) = (above.trim_end(), below.trim_start());
        let sign = above.chars().next_back().filter(|c| is_hyphen(*c))?;
        let stem = &above[..above.len() - sign.len_utf8()];
        let left = &stem[stem.trim_end_matches(char::is_alphabetic).len()..];
        let right = &below[..below.len() - below.trim_start_matches(char::is_alphabetic).len()];
        if left.is_empty() || right.is_empty() {
            let figures = stem.ends_with(|c: char| c.is_ascii_digit())
                && below.starts_with(|c: char| c.is_alphanumeric());
            return (figures && sign == '-').then_some(Closing::Kept);
        }
        if sign != '-' && sign != '‐' {
            return Some(Closing::Dropped); // a soft hyphen is nothing but the printer's
        }
        let capitals = |t: &str| t.chars().all(char::is_uppercase);
        if right.starts_with(char::is_uppercase)
            && !(capitals(left) && capitals(right) && left.chars().count() > 1)
        {
            return Some(Closing::Kept);
        }
        let (left, right) = (left.to_lowercase(), right.to_lowercase());
        let (whole, compound) =
            (self.count(&format!("{left}{right}")), self.count(&format!("{left}-{right}")));
        if whole > 0 || compound > 0 {
            return Some(if whole >= compound { Closing::Dropped } else { Closing::Kept });
        }
        if LISTING.contains(&right.as_str()) {
            return None;
        }
        if self.inflected(&format!("{left}{right}")) {
            return Some(Closing::Dropped);
        }
        let words = (self.count(&left) > 0, self.count(&right) > 0);
        let loose = LOOSE.contains(&left.as_str()) && words.1;
        let compound = words == (true, true)
            && left.chars().count() > 2
            && right.chars().count() > 2
            && !ENDS.contains(&right.as_str());
        Some(if loose || compound { Closing::Kept } else { Closing::Dropped })
    }

    fn count(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// True if the document uses the word with another ending.
    fn inflected(&self, word: &str) -> bool {
        INFLECTED.iter().any(|end| {
            let bare = word.strip_suffix(end).filter(|b| b.chars().count() > 3);
            bare.is_some_and(|b| self.count(b) > 0) || self.count(&format!("{word}{end}")) > 0
        })
    }
}

/// A hyphen, a soft hyphen, or what OCR makes of one.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{ad}' | '¬')
}

fn ends_in_hyphen(text: &str) -> bool {
    let Some(sign) = text.chars().next_back().filter(|c| is_hyphen(*c)) else { return false };
    text[..text.len() - sign.len_utf8()].ends_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Form;

    fn hyphens(text: &str) -> Hyphens {
        let source = Source::new("case.txt", text.to_owned());
        Hyphens::of(&source, &Layout::read(&source, Form::PdfText))
    }

    #[test]
    fn the_document_knows_its_words() {
        let known = hyphens(
            "the miller and his water-wheel\nunderstood the mill, a well-to-do trade of mill-\nstones",
        );
        for (above, below, expected) in [
            ("and the mil-", "ler spoke", Some(Closing::Dropped)),
            ("a water-", "wheel", Some(Closing::Kept)),
            ("he under-", "stands", Some(Closing::Dropped)),
            ("the mill-", "trade", Some(Closing::Kept)),
            ("the Anglo-", "Dutch mill", Some(Closing::Kept)),
            ("of the MIL-", "LER", Some(Closing::Dropped)),
            ("a self-", "trade", Some(Closing::Kept)),
            ("the flour\u{ad}", "bag", Some(Closing::Dropped)),
            ("the years 1801-", "1805", Some(Closing::Kept)),
            ("the wind- or", "water", None),
            ("the wind-", "and water-mills", None),
            ("the mill --", "that is", None),
            ("no hyphen", "here", None),
        ] {
            assert_eq!(known.close(above, below), expected, "{above} {below}");
        }
    }
}
