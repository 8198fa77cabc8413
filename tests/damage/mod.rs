//! Clean paragraphs, and what befalls texts before somebody keeps them: notes in one of many conventions, wrapped
//! lines, pages with their numbers and running heads, words cut at line ends.

use proptest::prelude::*;

/// A text and its damage.
#[derive(Clone)]
pub struct Damaged {
    paragraphs: Vec<Vec<Word>>,
    notes: Vec<Vec<u16>>,
    sign: Sign,
    place: Place,
    /// Width of the lines, if they are wrapped.
    width: Option<usize>,
    /// Lines of a page, if there are pages.
    page: Option<usize>,
    feeds: bool,
    page_numbers: bool,
    running_heads: bool,
    hyphens: bool,
    title: bool,
    markdown: bool,
}

/// A word by its number, and whether a marker stands behind it.
#[derive(Clone, Copy, Debug)]
struct Word {
    word: u16,
    marked: bool,
}

/// How markers and the heads of notes are written.
#[derive(Clone, Copy, Debug)]
enum Sign {
    Bracket,
    BracketAfloat,
    CaretBracket,
    Paren,
    Bare,
    BareAfloat,
    Raised,
    Tag,
    Math,
    Symbol,
    Named,
    Worded,
    Padded,
    FullWidth,
}

const SIGNS: [Sign; 14] = [
    Sign::Bracket,
    Sign::BracketAfloat,
    Sign::CaretBracket,
    Sign::Paren,
    Sign::Bare,
    Sign::BareAfloat,
    Sign::Raised,
    Sign::Tag,
    Sign::Math,
    Sign::Symbol,
    Sign::Named,
    Sign::Worded,
    Sign::Padded,
    Sign::FullWidth,
];

/// Where notes stand.
#[derive(Clone, Copy, Debug)]
enum Place {
    AtTheEnd,
    UnderAHeading,
    BehindEachParagraph,
    UnderRules,
}

const PLACES: [Place; 4] =
    [Place::AtTheEnd, Place::UnderAHeading, Place::BehindEachParagraph, Place::UnderRules];

const WORDS: [&str; 64] = [
    "the",
    "of",
    "and",
    "a",
    "in",
    "to",
    "was",
    "that",
    "river",
    "mill",
    "garden",
    "letters",
    "winter",
    "nobody",
    "remembered",
    "afterwards",
    "carriers",
    "parish",
    "bridge",
    "history",
    "against",
    "century",
    "Holm",
    "Anna",
    "Bishop",
    "St",
    "p.",
    "ibid.",
    "chap.",
    "1871",
    "1904",
    "17",
    "3rd",
    "12,000",
    "2.5",
    "40%",
    "§",
    "(1788)",
    "[sic]",
    "[s]ocieties",
    "m²",
    "£3",
    "it’s",
    "well-known",
    "“nobody",
    "said”",
    "(the",
    "last)",
    "a.m.",
    "No.",
    "I",
    "II",
    "is",
    "1",
    "7",
    "x",
    "naïve",
    "Straße",
    "ﬁne",
    "слово",
    "註",
    "&",
    "*so*",
    "_so_",
];

/// A damaged text.
pub fn damaged() -> impl Strategy<Value = Damaged> {
    let word =
        (0..WORDS.len() as u16, prop::bool::weighted(0.04)).prop_map(|(word, marked)| Word { word, marked });
    let paragraphs = prop::collection::vec(prop::collection::vec(word, 1..70), 1..9);
    let notes = prop::collection::vec(prop::collection::vec(0..WORDS.len() as u16, 1..25), 12);
    let width = prop::option::of(30..90_usize);
    let page = prop::option::of(6..30_usize);
    let flags = prop::array::uniform6(any::<bool>());
    let (sign, place) = (prop::sample::select(&SIGNS[..]), prop::sample::select(&PLACES[..]));
    (paragraphs, notes, sign, place, width, page, flags).prop_map(
        |(paragraphs, notes, sign, place, width, page, flags)| Damaged {
            paragraphs,
            notes,
            sign,
            place,
            width,
            page,
            feeds: flags[0],
            page_numbers: flags[1],
            running_heads: flags[2],
            hyphens: flags[3],
            title: flags[4],
            markdown: flags[5],
        },
    )
}

/// The text says more than the numbers it was made from.
impl std::fmt::Debug for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} notes, {:?}: {:?}", self.sign, self.place, self.text())
    }
}

impl Damaged {
    /// The file's name.
    pub fn name(&self) -> &'static str {
        if self.markdown { "case.md" } else { "case.txt" }
    }

    /// The text as it is found.
    pub fn text(&self) -> String {
        let mut out = Vec::new();
        if self.title {
            out.push("The Book of the River and the Mill".to_owned());
        }
        let mut pending: Vec<String> = Vec::new();
        let mut number = 0;
        for paragraph in &self.paragraphs {
            let mut words = Vec::new();
            for word in paragraph {
                let mut text = WORDS[word.word as usize].to_owned();
                if word.marked {
                    text.push_str(&self.marker(number));
                    pending.push(self.note(number));
                    number += 1;
                }
                words.push(text);
            }
            out.push(words.join(" ") + ".");
            match self.place {
                Place::BehindEachParagraph => out.append(&mut pending),
                Place::UnderRules if !pending.is_empty() => {
                    out.push("---".to_owned());
                    out.append(&mut pending);
                }
                _ => {}
            }
        }
        if !pending.is_empty() {
            if matches!(self.place, Place::UnderAHeading) {
                out.push(if self.markdown { "## Notes" } else { "NOTES" }.to_owned());
            }
            out.append(&mut pending);
        }
        self.set(&out)
    }

    fn marker(&self, index: usize) -> String {
        let n = index + 1;
        match self.sign {
            Sign::Bracket | Sign::Worded => format!("[{n}]"),
            Sign::BracketAfloat => format!(" [{n}]"),
            Sign::CaretBracket => format!("^[{n}]"),
            Sign::Paren => format!("({n})"),
            Sign::Bare => format!("{n}"),
            Sign::BareAfloat => format!(" {n}"),
            Sign::Raised => n.to_string().chars().filter_map(raised).collect(),
            Sign::Tag => format!("<sup>{n}</sup>"),
            Sign::Math => format!(" ${{ }}^{{{n}}}$"),
            Sign::Symbol => symbol(index),
            Sign::Named => format!("[^{n}]"),
            Sign::Padded => format!("[{n:02}]"),
            Sign::FullWidth => format!("（註{n}）"),
        }
    }

    fn note(&self, index: usize) -> String {
        let words: Vec<&str> =
            self.notes[index % self.notes.len()].iter().map(|&w| WORDS[w as usize]).collect();
        let text = words.join(" ") + ".";
        let n = index + 1;
        match self.sign {
            Sign::Worded => format!("[Footnote {n}: {text}]"),
            Sign::Bare | Sign::BareAfloat => format!("{n} {text}"),
            Sign::Raised => format!("{n}. {text}"),
            Sign::Named => format!("[^{n}]: {text}"),
            _ => format!("{} {text}", self.marker(index).trim()),
        }
    }

    /// Sets blocks as lines, and lines on pages.
    fn set(&self, blocks: &[String]) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks {
            match self.width {
                Some(width) => lines.extend(self.wrapped(block, width)),
                None => lines.push(block.clone()),
            }
            lines.push(String::new());
        }
        let Some(length) = self.page else { return lines.join("\n") };
        let mut out = String::new();
        for (i, page) in lines.chunks(length).enumerate() {
            if i > 0 {
                out.push_str(if self.feeds { "\u{c}" } else { "\n" });
            }
            if self.running_heads {
                out.push_str("THE RIVER AND THE MILL\n\n");
            }
            out.push_str(&page.join("\n"));
            out.push('\n');
            if self.page_numbers {
                out.push_str(&format!("\n{}\n", i + 21));
            }
        }
        out
    }

    fn wrapped(&self, block: &str, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in block.split(' ') {
            let room = width.saturating_sub(line.chars().count() + 1);
            if word.chars().count() <= room || line.is_empty() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
                continue;
            }
            let cut = if self.hyphens { cut(word, room) } else { None };
            if let Some(at) = cut {
                line.extend([" ", &word[..at], "-"]);
                lines.push(std::mem::replace(&mut line, word[at..].to_owned()));
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
        lines
    }
}

/// Where a word of letters is cut so that its first part and a hyphen fit.
fn cut(word: &str, room: usize) -> Option<usize> {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let at = room.checked_sub(1)?.min(letters.checked_sub(3)?);
    (at >= 3).then_some(at)
}

fn symbol(index: usize) -> String {
    ["*", "†", "‡", "§"][index % 4].repeat(index / 4 % 3 + 1)
}

fn raised(digit: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize)
}
