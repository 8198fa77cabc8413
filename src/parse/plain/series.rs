//! Headings that count: `I. Of Mills`, `2. Of Weirs`, `三、磨坊`, `B`.
//!
//! One such line is as well an item, a signature, a page's edge. Lines of one shape that count up, each before text of
//! its own, are a series, and what one of them is they all are, however short the text below it.

use std::collections::HashMap;

use crate::roman;

/// How a line counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sign {
    /// `1. Of Mills`
    Figure,
    /// `1 Of mills`
    BareFigure,
    /// `I. Of Mills`
    Roman,
    /// `II`, `II.`
    BareRoman,
    /// `B`
    Letter,
    /// `二、磨坊`
    Han,
    /// `（二）磨坊`
    HanBracketed,
    /// `第二章　磨坊`, with the word for what is counted
    HanChapter(char),
    /// `Chapter 2`, with the word in lower case
    Word(String),
}

/// A place in a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// The series' shape.
    pub sign: Sign,
    /// From 1.
    pub value: u32,
    /// True if nothing but the number stands on the line.
    pub bare: bool,
}

/// What a line that may be a heading counts.
pub(super) fn ordinal(line: &str) -> Option<Ordinal> {
    let line = line.trim();
    if let Some(found) = han(line) {
        return Some(found);
    }
    let bare = line.strip_suffix('.').unwrap_or(line);
    if let Some(value) = roman(bare) {
        return Some(Ordinal { sign: Sign::BareRoman, value, bare: true });
    }
    if let [letter @ b'A'..=b'Z'] = line.as_bytes() {
        return Some(Ordinal { sign: Sign::Letter, value: u32::from(letter - b'A') + 1, bare: true });
    }
    let (first, rest) = line.split_once(' ')?;
    if let Some(number) = first.strip_suffix('.') {
        let sign = if number.starts_with(|c: char| c.is_ascii_digit()) { Sign::Figure } else { Sign::Roman };
        let value = figure(number).or_else(|| roman(number))?;
        return Some(Ordinal { sign, value, bare: false });
    }
    if let Some(value) = figure(first).filter(|_| rest.starts_with(char::is_uppercase)) {
        return Some(Ordinal { sign: Sign::BareFigure, value, bare: false });
    }
    let number = rest.split(' ').next().unwrap_or_default().trim_end_matches(['.', ':', ',', '—', '–']);
    let value = figure(number).or_else(|| roman(number))?;
    let bare = !rest.contains(' ');
    let word = first.chars().all(char::is_alphabetic) && first.starts_with(char::is_uppercase);
    word.then(|| Ordinal { sign: Sign::Word(first.to_lowercase()), value, bare })
}

fn figure(number: &str) -> Option<u32> {
    number.parse().ok().filter(|n| (1..100).contains(n) && !number.starts_with('0'))
}

/// A numeral as it is written over parts: `IV`, not `iv`, `IIII` or `CLM`.
fn roman(word: &str) -> Option<u32> {
    /// The largest that counts parts.
    const MOST: u32 = 300;
    let four = ["CCCC", "XXXX", "IIII"].iter().any(|four| word.contains(four));
    let stands = !four && word.starts_with(|c: char| c.is_ascii_uppercase());
    roman::value(word).filter(|value| stands && (1..=MOST).contains(value))
}

/// What is counted in Han signs: chapters, sections, parts, volumes.
const HAN_CHAPTERS: [char; 11] = ['章', '节', '節', '回', '篇', '部', '卷', '編', '编', '話', '话'];

/// `二、磨坊`, `（二）磨坊`, `第二章 磨坊`: what ends like a sentence is an item.
fn han(line: &str) -> Option<Ordinal> {
    /// Characters of the longest.
    const LONGEST: usize = 40;
    let stopped = line.ends_with(['。', '，', '；', '：', '！', '、']);
    if stopped || line.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let (sign, number) = if let Some(rest) = line.strip_prefix('第') {
        let end = rest.find(HAN_CHAPTERS)?;
        (Sign::HanChapter(rest[end..].chars().next()?), &rest[..end])
    } else if let Some(rest) = line.strip_prefix('（') {
        (Sign::HanBracketed, rest.split_once('）').filter(|(_, title)| !title.is_empty())?.0)
    } else {
        (Sign::Han, line.split_once(['、', '．', '　']).filter(|(_, title)| !title.trim().is_empty())?.0)
    };
    let bare = line.ends_with(HAN_CHAPTERS);
    Some(Ordinal { bare: bare && matches!(sign, Sign::HanChapter(_)), sign, value: han_number(number)? })
}

/// Numbers below a hundred.
fn han_number(number: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1);
    let signs: Vec<char> = number.chars().collect();
    match signs[..] {
        ['十'] => Some(10),
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(digit(ten)? * 10),
        [ten, '十', one] => Some(digit(ten)? * 10 + digit(one)?),
        _ => None,
    }
}

/// The series among lines that count, each as the places of its members: from 1 upward by one.
pub(super) fn series(ordinals: &[Option<Ordinal>]) -> Vec<Vec<usize>> {
    let mut open: HashMap<&Sign, (u32, Vec<usize>)> = HashMap::new();
    let mut out = Vec::new();
    for (i, ordinal) in ordinals.iter().enumerate() {
        let Some(Ordinal { sign, value, .. }) = ordinal else { continue };
        let (last, members) = open.entry(sign).or_default();
        if *value == *last + 1 && *last > 0 {
            *last = *value;
            members.push(i);
        } else if *value == 1 {
            *last = 1;
            out.push(std::mem::replace(members, vec![i]));
        }
    }
    out.extend(open.into_values().map(|(_, members)| members));
    out.retain(|members| members.len() > 1);
    out.sort();
    out
}

/// True if a numeral alone on its line has a neighbour that is counted in the same way: what stands between others of its
/// kind without counting on is an initial, a torn word, an entry.
pub(super) fn has_neighbour(ordinals: &[Option<Ordinal>], i: usize) -> bool {
    /// A number may be lost in between.
    const FARTHEST: u32 = 2;
    let Some(Ordinal { sign, value, .. }) = &ordinals[i] else { return false };
    let of_kind = |o: &&Ordinal| o.sign == *sign;
    let before = ordinals[..i].iter().rev().flatten().find(of_kind);
    let after = ordinals[i + 1..].iter().flatten().find(of_kind);
    before.is_some_and(|o| o.value < *value && o.value + FARTHEST >= *value)
        || after.is_some_and(|o| *value < o.value && *value + FARTHEST >= o.value)
}

/// True if a chapter's number was said by the last line that counts chapters in the same way: it is the head of a page.
pub(super) fn is_said_again(ordinals: &[Option<Ordinal>], i: usize) -> bool {
    let Some(Ordinal { sign: sign @ Sign::Word(_), value, .. }) = &ordinals[i] else { return false };
    let before = ordinals[..i].iter().rev().flatten().find(|o| o.sign == *sign);
    before.is_some_and(|o| o.value == *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(line: &str) -> Option<(Sign, u32)> {
        ordinal(line).map(|o| (o.sign, o.value))
    }

    #[test]
    fn lines_that_count() {
        for (line, expected) in [
            ("4. Of Mills", Some((Sign::Figure, 4))),
            ("XIV. Of Mills", Some((Sign::Roman, 14))),
            ("XIV", Some((Sign::BareRoman, 14))),
            ("II.", Some((Sign::BareRoman, 2))),
            ("B", Some((Sign::Letter, 2))),
            ("CHAPTER IX", Some((Sign::Word("chapter".into()), 9))),
            ("二、磨坊", Some((Sign::Han, 2))),
            ("第十二章", Some((Sign::HanChapter('章'), 12))),
            ("（三）水车", Some((Sign::HanBracketed, 3))),
            ("二、磨坊已废。", None),
            ("CLM", None),
            ("IIII", None),
            ("IXI. Of Mills", None),
            ("VIV", None),
            ("XCX", None),
            ("xiv. Of Mills", None),
            ("XLIX. Of Mills", Some((Sign::Roman, 49))),
            ("CCC", Some((Sign::BareRoman, 300))),
            ("CD", None),
            ("1904. Of Mills", None),
            ("Of Mills", None),
        ] {
            assert_eq!(counted(line), expected, "{line}");
        }
    }

    #[test]
    fn series_count_up() {
        let lines = ["I. A", "1. X", "text", "2. Y", "II. B", "1. Z", "III. C", "5. N"];
        let ordinals: Vec<Option<Ordinal>> = lines.iter().map(|l| ordinal(l)).collect();
        assert_eq!(series(&ordinals), [vec![0, 4, 6], vec![1, 3]]);
        let lone: Vec<Option<Ordinal>> = ["X", "I", "II", "V"].iter().map(|l| ordinal(l)).collect();
        assert_eq!((0..4).map(|i| has_neighbour(&lone, i)).collect::<Vec<_>>(), [false, true, true, false]);
    }
}
