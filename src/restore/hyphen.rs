//! Words cut by a hyphen at the end of a line.
//!
//! A hyphen there is either the printer's, and goes, or the word's own, and stays. The document itself knows best: it
//! uses most of its words more than once, and nearly always uncut.

use std::collections::HashMap;
use std::ops::Range;

use crate::layout::Layout;
use crate::source::Source;

/// The words of a document, as far as no line end cuts them.
#[derive(Clone, Debug, Default)]
pub struct Hyphens {
    /// In lower case, with the number of times each is used. Compounds (`well-known`) are words too.
    words: HashMap<String, u32>,
    /// True if the document's lines end in words' own hyphens only: the program that wrapped it cuts no words.
    only_own: bool,
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
        /// Characters of the longest marker that may stand behind a hyphen, and of the hyphen.
        const SIGN: usize = 8;
        // They are only asked about words that a line end cuts; most texts on a screen have none.
        // (A marker may stand between the hyphen and the line's end.)
        let near_end = |text: &str| text.chars().rev().take(SIGN).any(is_hyphen);
        if !layout.lines.iter().any(|l| l.is_text() && near_end(l.text(source))) {
            return Hyphens::default();
        }
        let mut words: HashMap<String, u32> = HashMap::new();
        let mut cut = false;
        for line in layout.lines.iter().filter(|l| l.is_text()) {
            let text = line.text(source);
            // Halves of words are no words.
            let rest =
                if cut { text.trim_start_matches('*').trim_start_matches(char::is_alphabetic) } else { text };
            cut = ends_in_hyphen(text);
            let half = place(rest).filter(|_| cut);
            let rest = half.map_or(rest, |hyphen| rest[..hyphen.start].trim_end_matches(char::is_alphabetic));
            for piece in rest.split(|c: char| !c.is_alphabetic() && c != '-') {
                let piece = piece.trim_matches('-').to_lowercase();
                for part in piece.split('-').filter(|p| !p.is_empty()) {
                    *words.entry(part.to_owned()).or_default() += 1;
                }
                if piece.contains('-') {
                    *words.entry(piece).or_default() += 1;
                }
            }
        }
        let mut hyphens = Hyphens { words, only_own: false };
        hyphens.only_own = hyphens.are_own(source, layout);
        hyphens
    }

    /// True if of the hyphens at line ends that the document's words speak for, clearly most are the words' own.
    fn are_own(&self, source: &Source, layout: &Layout) -> bool {
        /// Hyphens that tell.
        const FEWEST: u32 = 4;
        let lines: Vec<&str> = layout.lines.iter().filter(|l| l.is_text()).map(|l| l.text(source)).collect();
        let (mut own, mut cut) = (0, 0);
        for pair in lines.windows(2).filter(|p| ends_in_hyphen(p[0])) {
            let Some((_, left, right)) = halves(pair[0], pair[1]) else { continue };
            let (left, right) = (left.to_lowercase(), right.to_lowercase());
            own += u32::from(self.count(&format!("{left}-{right}")) > 0);
            cut += u32::from(self.count(&format!("{left}{right}")) > 0);
        }
        own >= FEWEST && own > 2 * cut
    }

    /// What becomes of the hyphen at the end of `above`; `None` if there is none that joins it to `below`.
    pub fn close(&self, above: &str, below: &str) -> Option<Closing> {
        let (above, below) = (above.trim_end(), below.trim_start());
        let (sign, left, right) = halves(above, below)?;
        if left.is_empty() || right.is_empty() {
            let figure = |c: char| c.is_ascii_digit();
            let stem = above.strip_suffix('-')?;
            let span = stem.ends_with(figure) && below.starts_with(char::is_alphanumeric);
            return span.then_some(Closing::Kept);
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
        let (bare, rest) = (above.trim_end_matches('*'), below.trim_start_matches('*'));
        let stem = &bare[..bare.len() - sign.len_utf8() - left.len()];
        let several = rest[right.len()..].starts_with('-') || stem.ends_with('-');
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
        // `end-` `of-life`: one of several hyphens of one word.
        let several = several && words.1;
        let loose = several || self.only_own || LOOSE.contains(&left.as_str()) && words.1;
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

/// The hyphen at the end of `above`, and the letters on either side of it. An asterisk may stand between, where emphasis
/// ends with the page or begins with the next.
fn halves<'a>(above: &'a str, below: &'a str) -> Option<(char, &'a str, &'a str)> {
    let (bare, below_bare) = (above.trim_end_matches('*'), below.trim_start_matches('*'));
    if bare.len() < above.len() && below_bare.len() < below.len() {
        return None;
    }
    let sign = bare.chars().next_back().filter(|c| is_hyphen(*c))?;
    let stem = &bare[..bare.len() - sign.len_utf8()];
    let left = &stem[stem.trim_end_matches(char::is_alphabetic).len()..];
    let right = &below_bare[..below_bare.len() - below_bare.trim_start_matches(char::is_alphabetic).len()];
    Some((sign, left, right))
}

/// Where in a line the hyphen at its end stands.
pub fn place(line: &str) -> Option<Range<usize>> {
    let end = line.trim_end().trim_end_matches('*').len();
    let sign = line[..end].chars().next_back().filter(|c| is_hyphen(*c))?;
    Some(end - sign.len_utf8()..end)
}

/// A hyphen, a soft hyphen, or what OCR makes of one.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{ad}' | '¬')
}

fn ends_in_hyphen(text: &str) -> bool {
    place(text).is_some_and(|hyphen| text[..hyphen.start].ends_with(char::is_alphabetic))
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
    fn a_program_that_cuts_no_words_leaves_their_own_hyphens() {
        let text = "a water-wheel, a wind-wheel, a mill-stone and a corn-bin\nof the water-\nwheel and the wind-\nwheel and \
                    the mill-\nstone and the corn-\nbin";
        assert_eq!(hyphens(text).close("a saw-", "pit"), Some(Closing::Kept));
        assert_eq!(hyphens("a saw").close("a saw-", "pit"), Some(Closing::Dropped));
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
            ("the *mil-*", "ler spoke", Some(Closing::Dropped)),
            ("the mil-", "*ler spoke*", Some(Closing::Dropped)),
            ("the *mil-*", "*ler* spoke", None),
        ] {
            assert_eq!(known.close(above, below), expected, "{above} {below}");
        }
    }
}
