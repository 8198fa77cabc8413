//! Links of a document to its own places, where they are certain.
//!
//! * “part II”, “chapter 3”: the only heading that begins so, unless another book's is meant (“chapter 3 of”)
//! * “the section on …”: the only heading of these words
//! * “see note 12”, “note 12 above”: the only note with that label
//! * a line of a table of contents: the only heading further down with its words

use std::collections::BTreeMap;
use std::ops::Range;

use crate::fold::folded;
use crate::model::{Marked, NoteId, Passage, Stretch};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The heading that begins at this byte of the body.
    Heading(usize),
    /// A note.
    Note(NoteId),
}

/// Words for a part of a text, each list in one sense.
const PARTS: [&[&str]; 3] = [
    &["part", "parts", "teil", "partie", "parte", "deel", "часть"],
    &["chapter", "chapters", "kapitel", "chapitre", "capítulo", "capitolo", "hoofdstuk", "глава", "ch"],
    &["section", "sections", "abschnitt", "section", "sección", "sezione", "paragraaf", "раздел"],
];

const NOTES: [&str; 9] =
    ["note", "footnote", "endnote", "anm", "anmerkung", "fußnote", "nota", "noot", "примечание"];

const SEE: [&str; 12] =
    ["see", "cf", "compare", "siehe", "vgl", "s", "voir", "véase", "ver", "vedi", "zie", "см"];

const ABOVE: [&str; 12] = [
    "above", "below", "supra", "infra", "oben", "unten", "dessus", "dessous", "arriba", "sopra", "sotto",
    "boven",
];

const OF: [&str; 10] = ["of", "in", "from", "von", "aus", "des", "de", "du", "del", "van"];

/// A document's links to its own places. `labels` are the labels of its notes.
pub fn find(stretches: &[(Stretch, Marked)], labels: &[&str]) -> Vec<(Passage, Place)> {
    let Some((_, body)) = stretches.iter().find(|s| s.0 == Stretch::Body) else { return Vec::new() };
    let headings = Headings::of(body);
    let mut by_label: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (i, label) in labels.iter().enumerate() {
        by_label.entry(label).or_default().push(i as u32);
    }
    let mut out = Vec::new();
    for (stretch, marked) in stretches {
        for (range, place) in references(marked, *stretch, &headings, &by_label) {
            out.push((Passage { stretch: *stretch, range }, place));
        }
    }
    out.extend(contents(body, &headings).into_iter().map(|(r, place)| (Passage::in_body(r), place)));
    out
}

/// The headings of a text by what they may be called.
#[derive(Default)]
struct Headings {
    ranges: Vec<Range<usize>>,
    /// Sense and number.
    numbered: BTreeMap<(usize, u32), Vec<usize>>,
    /// Their words.
    titled: BTreeMap<String, Vec<usize>>,
}

impl Headings {
    fn of(body: &Marked) -> Headings {
        let mut out = Headings { ranges: body.headings.clone(), ..Headings::default() };
        for range in &body.headings {
            let text = &body.text[range.clone()];
            out.titled.entry(key(text)).or_default().push(range.start);
            let words: Vec<String> = words(text).take(2).map(|r| folded(&text[r])).collect();
            if let [kind, number] = &words[..]
                && let (Some(sense), Some(number)) = (sense(kind), number_of(number))
            {
                out.numbered.entry((sense, number)).or_default().push(range.start);
            }
        }
        out
    }

    fn holds(&self, at: usize) -> bool {
        let after = self.ranges.partition_point(|r| r.start <= at);
        self.ranges[..after].last().is_some_and(|r| at < r.end)
    }
}

fn references(
    marked: &Marked,
    stretch: Stretch,
    headings: &Headings,
    notes: &BTreeMap<&str, Vec<u32>>,
) -> Vec<(Range<usize>, Place)> {
    let text = &marked.text;
    let places: Vec<Range<usize>> = words(text).collect();
    let word = |i: usize| places.get(i).map(|r| folded(&text[r.clone()]));
    let joined = |i: usize| {
        places
            .get(i)
            .is_some_and(|r| matches!(&text[places[i - 1].end..r.start], " " | ". " | "." | "\u{a0}"))
    };
    let mut out = Vec::new();
    for i in 1..places.len() {
        // Numbers are rarer than the words before them.
        let written = &text[places[i].clone()];
        let Some(number) = number_of(written).filter(|_| joined(i)) else {
            if written == "on" && stretch == Stretch::Body && word(i - 1).as_deref() == Some("section") {
                out.extend(section_on(text, &places, i, headings));
            }
            continue;
        };
        let Some(kind) = word(i - 1) else { continue };
        let before = i.checked_sub(2).and_then(word).unwrap_or_default();
        let after = word(i + 1).filter(|_| joined(i + 1)).unwrap_or_default();
        let range = places[i - 1].start..places[i].end;
        // `the chapter I read`
        let capital = |at: usize| text[at..].chars().next().is_some_and(char::is_uppercase);
        if written.chars().all(char::is_alphabetic)
            && written.len() == 1
            && !(capital(range.start) && capital(places[i].start))
        {
            continue;
        }
        if NOTES.contains(&kind.as_str()) {
            let meant = SEE.contains(&before.as_str()) || ABOVE.contains(&after.as_str());
            if let (true, Some([one])) = (meant, notes.get(written).map(Vec::as_slice)) {
                out.push((range, Place::Note(NoteId(*one))));
            }
        } else if let Some(sense) = sense(&kind)
            && stretch == Stretch::Body
            && !headings.holds(range.start)
            && !OF.contains(&after.as_str())
            && !after_comma_italic(marked, range.start)
            && let Some([one]) = headings.numbered.get(&(sense, number)).map(Vec::as_slice)
        {
            out.push((range, Place::Heading(*one)));
        }
    }
    out
}

/// True if what stands right before is emphasised: another book's chapter.
fn after_comma_italic(marked: &Marked, at: usize) -> bool {
    let before = marked.text[..at].trim_end_matches([' ', ',', '(']);
    marked.emphasis.iter().any(|e| e.end == before.len())
}

/// “The section on …”: the longest run of the following words that is one heading's.
fn section_on(
    text: &str,
    places: &[Range<usize>],
    on: usize,
    headings: &Headings,
) -> Option<(Range<usize>, Place)> {
    /// Words of a heading.
    const LONGEST: usize = 12;
    let last = (on + LONGEST).min(places.len() - 1);
    (on + 1..=last).rev().find_map(|end| {
        let range = places[on + 1].start..places[end].end;
        let written = text.get(range.clone()).filter(|t| !t.contains('\n'))?;
        match headings.titled.get(&key(written)).map(Vec::as_slice) {
            Some([one]) => Some((range, Place::Heading(*one))),
            _ => None,
        }
    })
}

/// Lines that have the words of one heading further down. Two at least, or it is no table of contents.
fn contents(body: &Marked, headings: &Headings) -> Vec<(Range<usize>, Place)> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in body.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if headings.holds(start) || line.len() > 300 {
            continue;
        }
        let titled = line
            .trim_end()
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace() || c == '…');
        if let Some([one]) = headings.titled.get(&key(titled)).map(Vec::as_slice)
            && *one > start
            && !titled.trim().is_empty()
        {
            out.push((start..start + titled.len(), Place::Heading(*one)));
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

fn sense(word: &str) -> Option<usize> {
    PARTS.iter().position(|list| list.contains(&word))
}

/// The value of `12`, `XII`, `three`.
fn number_of(written: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if written.len() <= 4 && written.bytes().all(|b| b.is_ascii_digit()) {
        return written.parse().ok();
    }
    let lower = folded(written);
    if let Some(i) = WORDS.iter().position(|w| *w == lower) {
        return Some(i as u32 + 1);
    }
    let values: Option<Vec<i32>> = lower
        .chars()
        .map(|c| match c {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            'l' => Some(50),
            _ => None,
        })
        .collect();
    let values = values.filter(|v| !v.is_empty() && v.len() <= 7)?;
    let sum = values.iter().enumerate().fold(0i32, |sum, (i, &value)| {
        // A smaller figure before a larger one is taken from it.
        let taken = values.get(i + 1).is_some_and(|&next| next > value);
        if taken { sum - value } else { sum + value }
    });
    u32::try_from(sum).ok()
}

fn key(text: &str) -> String {
    let lower = folded(text);
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, c) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + c.len_utf8();
        while let Some(&(i, c)) = chars.peek()
            && c.is_alphanumeric()
        {
            end = i + c.len_utf8();
            chars.next();
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, labels: &[&str]) -> Vec<(String, Place)> {
        let mut marked = Marked { text: text.replace("# ", ""), ..Marked::default() };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let plain = line.replace("# ", "");
            if line.starts_with("# ") {
                marked.headings.push(at..at + plain.trim_end().len());
            }
            at += plain.len();
        }
        let text = marked.text.clone();
        let found = find(&[(Stretch::Body, marked)], labels);
        found.into_iter().map(|(p, place)| (text[p.range].to_owned(), place)).collect()
    }

    #[test]
    fn parts_and_chapters_lead_to_their_heading() {
        let text =
            "As part II shows, and Chapter 3 of her book, and chapter 9.\n# Part II. Wells\n# Chapter 3\nx\n";
        let found = found(text, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "part II");
    }

    #[test]
    fn notes_are_meant_where_the_text_says_so() {
        let text = "See note 2, and note 1 above; but note 3 men. See note 9.\n";
        let found = found(text, &["1", "2", "3"]);
        assert_eq!(found.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["note 2", "note 1"]);
    }

    #[test]
    fn sections_by_their_words_and_lines_of_contents() {
        let text = "Old wells . . . 3\nNew wells 17\nSee the section on new wells below.\n# Old wells\n# New wells\n";
        let found = found(text, &[]);
        assert_eq!(
            found.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(),
            ["new wells", "Old wells", "New wells"]
        );
    }

    #[test]
    fn numerals_are_read() {
        let values: Vec<_> = ["IV", "ix", "XIV", "12", "three", "mix"].map(number_of).into_iter().collect();
        assert_eq!(values, [Some(4), Some(9), Some(14), Some(12), Some(3), None]);
    }
}
