//! The headings of a text by what they may be called.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{number, words};
use crate::fold::folded;
use crate::model::Marked;

/// Words for a part of a text, each list in one sense.
const PARTS: [&[&str]; 3] = [
    &["part", "parts", "teil", "partie", "parte", "deel", "часть"],
    &[
        "chapter",
        "chapters",
        "kapitel",
        "chapitre",
        "capítulo",
        "capitolo",
        "hoofdstuk",
        "глава",
        "ch",
        "chap",
        "kap",
    ],
    &["section", "sections", "abschnitt", "sección", "sezione", "paragraaf", "раздел", "sec"],
];

/// Which part of a text a word means.
pub(super) fn sense(word: &str) -> Option<usize> {
    PARTS.iter().position(|list| list.contains(&word))
}

/// All words for a part of a text.
pub(super) fn part_words() -> impl Iterator<Item = &'static str> {
    PARTS.into_iter().flatten().copied()
}

/// The headings of a text.
#[derive(Default)]
pub(super) struct Headings {
    ranges: Vec<Range<usize>>,
    /// Sense and number.
    numbered: BTreeMap<(usize, u32), Vec<usize>>,
    /// Of each sense the headings in order, with their numbers.
    in_order: BTreeMap<usize, Vec<(usize, u32)>>,
    /// Those that begin with figures: `4.2`, `4`, `IV.`
    figured: BTreeMap<Vec<u32>, Vec<usize>>,
    /// Their words, and their words without the figures before them.
    titled: BTreeMap<String, Vec<usize>>,
}

impl Headings {
    pub(super) fn of(body: &Marked) -> Headings {
        let mut out = Headings { ranges: body.headings.clone(), ..Headings::default() };
        for range in &body.headings {
            let text = &body.text[range.clone()];
            let at = range.start;
            let (whole, bare) = (key(text), key(without_figures(text)));
            if bare != whole && !bare.is_empty() {
                out.titled.entry(bare).or_default().push(at);
            }
            out.titled.entry(whole).or_default().push(at);
            let first: Vec<Range<usize>> = words(text).take(2).collect();
            if let [kind, number] = &first[..]
                && let Some(sense) = sense(&folded(&text[kind.clone()]))
                && let Some(number) = number::of(&text[number.clone()])
            {
                out.numbered.entry((sense, number)).or_default().push(at);
                out.in_order.entry(sense).or_default().push((at, number));
            } else if let Some((figures, _)) = figures(text) {
                out.figured.entry(figures).or_default().push(at);
            }
        }
        out
    }

    /// True if this byte lies in a heading.
    pub(super) fn holds(&self, at: usize) -> bool {
        let after = self.ranges.partition_point(|r| r.start <= at);
        self.ranges[..after].last().is_some_and(|r| at < r.end)
    }

    /// The only heading of this sense and number.
    pub(super) fn numbered(&self, sense: usize, number: u32) -> Option<usize> {
        only(self.numbered.get(&(sense, number)))
    }

    /// The only heading that begins with these figures.
    pub(super) fn figured(&self, figures: &[u32]) -> Option<usize> {
        only(self.figured.get(figures))
    }

    /// The only heading of these words.
    pub(super) fn titled(&self, words: &str) -> Option<usize> {
        only(self.titled.get(words))
    }

    /// The heading of this sense one behind, or before, that of the part which holds this byte.
    pub(super) fn beside(&self, sense: usize, at: usize, behind: bool) -> Option<usize> {
        let all = self.in_order.get(&sense)?;
        let here = all.partition_point(|h| h.0 <= at).checked_sub(1)?;
        let there = if behind { here + 1 } else { here.checked_sub(1)? };
        let &(place, number) = all.get(there)?;
        let wanted = if behind { all[here].1 + 1 } else { all[here].1.checked_sub(1)? };
        (number == wanted).then_some(place)
    }
}

fn only(found: Option<&Vec<usize>>) -> Option<usize> {
    match found.map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    }
}

/// Letters and digits, in small letters, a space for what stands between.
pub(super) fn key(text: &str) -> String {
    let lower = folded(text);
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// The figures that a text begins with (`4.2`, `4.`, `IV.`), and the bytes that they take.
fn figures(text: &str) -> Option<(Vec<u32>, usize)> {
    let mut out = Vec::new();
    let mut end = 0;
    for range in words(text) {
        let between = &text[end..range.start];
        let joined = if out.is_empty() { between.trim().is_empty() } else { between == "." };
        let Some(figure) = number::of_figures(&text[range.clone()]).filter(|_| joined) else { break };
        out.push(figure);
        end = range.end;
    }
    if out.is_empty() {
        // A letter may be a word: only with its full stop, or alone, is it a numeral.
        let first = words(text).next()?;
        let written = &text[first.clone()];
        let rest = text[first.end..].trim();
        let is_numeral =
            written.chars().all(char::is_uppercase) && (rest.is_empty() || rest.starts_with('.'));
        out.push(number::of(written).filter(|_| is_numeral)?);
        end = first.end;
    }
    Some((out, end))
}

/// A title without the figures before it.
pub(super) fn without_figures(text: &str) -> &str {
    figures(text).map_or(text, |(_, end)| &text[end..])
}
