//! Page numbers and running heads.
//!
//! A line is furniture because of where it recurs, never because of what it says: at the edges of pages
//! where form feeds show them; elsewhere as a line that comes back with a number that counts on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Line, labels};
use crate::model::OmissionReason;
use crate::quotes;
use crate::roman;
use crate::source::Source;

/// A head must come back this often to be one. Two would take a repeated heading for it.
pub const RECURS: usize = 3;
/// Characters of the longest line that can be a running head.
pub const LONGEST: usize = 100;

/// A line with its digits (and a lone roman number) replaced by `#`, and the numbers taken out.
struct Shape {
    key: String,
    numbers: Vec<u32>,
}

/// The shape of a line. At the edges of pages a Roman numeral between a word and a page number counts too:
/// `BOOK II   21`.
fn shape(text: &str, at_edge: bool) -> Shape {
    let capitals = |w: &str| roman(&w.to_lowercase()).is_some() && !w.contains(char::is_lowercase);
    let counts = at_edge
        && text.contains(|c: char| c.is_ascii_digit())
        && text
            .split_whitespace()
            .any(|w| w.len() >= 3 && w.chars().all(char::is_alphabetic) && !capitals(w));
    let mut key = String::with_capacity(text.len());
    let mut numbers = Vec::new();
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        if counts && capitals(word) {
            key.push('#');
            continue;
        }
        if let Some(n) = roman(word) {
            numbers.push(n);
            key.push('#');
            continue;
        }
        let mut number: Option<u32> = None;
        for c in word.chars() {
            if let Some(d) = c.to_digit(10) {
                number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(d));
            } else {
                if let Some(n) = number.take() {
                    numbers.push(n);
                    key.push('#');
                }
                key.extend(c.to_lowercase());
            }
        }
        if let Some(n) = number {
            numbers.push(n);
            key.push('#');
        }
    }
    Shape { key, numbers }
}

/// The value of a lower-case roman number of the size that front matter has.
fn roman(word: &str) -> Option<u32> {
    roman::value(word).filter(|v| *v < 90 && word.starts_with(|c: char| c.is_lowercase()))
}

/// True for what a note may look like as often as a running head does: `5) Ibid., p. 12.`, `¹ Ibid.`
fn looks_like_note(key: &str) -> bool {
    let label = key.trim_start_matches(|c| "[({$^<*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰".contains(c)).trim_start_matches("sup>");
    let raised = label.len() < key.len();
    let behind = label.strip_prefix('#');
    let closed = behind.is_some_and(|b| b.starts_with([')', ']', '.']));
    let sentence = behind.is_some_and(|b| b.starts_with(' ')) && key.ends_with('.');
    raised || closed || sentence
}

/// True for words before or behind one number, as in a running head with the number of its page.
fn is_head(shape: &Shape) -> bool {
    shape.numbers.len() == 1
        && !looks_like_note(&shape.key)
        && (shape.key.starts_with("# ") || shape.key.ends_with(" #"))
        && shape.key.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// What a line says that may be a running head with the number of its page, and this number.
pub fn head_with_number(text: &str) -> Option<(String, u32)> {
    let shape = shape(text, false);
    is_head(&shape).then(|| (shape.key, shape.numbers[0]))
}

/// True for what a page number alone on its line looks like: `12`, `– 12 –`, `[12]`, `Page 12`, `1 / 57`.
fn is_number_only(key: &str) -> bool {
    let letters: String = key.chars().filter(|c| c.is_alphabetic()).collect();
    let numbers = key.matches('#').count();
    (numbers == 1 || numbers == 2 && (key.contains('/') || key.contains(" of ")))
        && (letters.is_empty()
            || matches!(letters.as_str(), "page" | "p" | "seite" | "of" | "pageof" | "с" | "стр"))
        && key.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "#-–—[]()./|".contains(c))
}

/// Marks the lines that say where pages meet, and lets a page begin behind each that does not end one.
pub fn page_marks(source: &Source, lines: &mut [Line]) {
    let said =
        |line: &Line| (line.end - line.start <= LONGEST).then(|| page_mark(line.text(source))).flatten();
    let mut marks: Vec<(usize, PageMark)> = (0..lines.len())
        .filter(|&i| lines[i].kind == Kind::Text)
        .filter_map(|i| Some((i, said(&lines[i])?)))
        .collect();
    marks.extend(titled_pages(source, lines).into_iter().map(|line| (line, PageMark::Begins)));
    if marks.len() < 2 {
        return;
    }
    for (i, mark) in marks {
        lines[i].kind = Kind::Furniture(OmissionReason::PageNumber);
        if let Some(next) = lines.get_mut(i + 1).filter(|_| mark == PageMark::Begins) {
            next.feed = true;
        }
    }
}

/// The lines `Page 3: The Title` that viewers of documents print before each page: the numbers count on from 1, and the
/// title is always the same.
fn titled_pages(source: &Source, lines: &[Line]) -> Vec<usize> {
    let titled = |line: &Line| -> Option<(u32, &str)> {
        let (number, title) = line.text(source).strip_prefix("Page ")?.split_once(": ")?;
        Some((number.parse().ok()?, title))
    };
    let found: Vec<(usize, u32, &str)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.kind == Kind::Text)
        .filter_map(|(i, line)| titled(line).map(|(number, title)| (i, number, title)))
        .collect();
    let same = found.windows(2).all(|w| w[0].2 == w[1].2);
    let counts = found.iter().zip(1..).all(|(f, n)| f.1 == n);
    if found.len() < RECURS || !same || !counts {
        return Vec::new();
    }
    found.into_iter().map(|f| f.0).collect()
}

/// What a line says that a program put where pages meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMark {
    /// `--- Page 12 ---`, `=== PAGE 3 of 9 ===`, `<<PAGE_BREAK>>`
    Begins,
    /// `--- END PAGE 12 ---`
    Ends,
}

/// Reads a line as such a mark.
pub fn page_mark(text: &str) -> Option<PageMark> {
    const SIGNS: [(&str, &str); 8] = [
        ("--", "--"),
        ("==", "=="),
        ("**", "**"),
        ("##", "##"),
        ("__", "__"),
        ("~~", "~~"),
        ("<<", ">>"),
        ("[", "]"),
    ];
    if !SIGNS.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close)) {
        return None;
    }
    let inner = text.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace()).to_lowercase();
    let words: Vec<&str> = inner.split([' ', '\t', '_', '-']).filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let bracket = text.starts_with('[');
    match words[..] {
        ["page", "break"] | ["pagebreak"] => Some(PageMark::Begins),
        _ if bracket => None,
        ["page" | "seite", n] | ["page" | "seite", n, "of" | "von" | "/", _] if number(n) => {
            Some(PageMark::Begins)
        }
        ["end", "page", n] | ["end", "of", "page", n] if number(n) => Some(PageMark::Ends),
        _ => None,
    }
}

/// Form feeds show the pages: a head is what several pages have at the same edge; a page number is one
/// that keeps step with the count of pages.
pub fn at_page_edges(source: &Source, lines: &mut [Line]) {
    /// Lines looked at from each edge.
    const DEPTH: usize = 3;
    let mut starts: Vec<usize> = (0..lines.len()).filter(|&i| i == 0 || lines[i].feed).collect();
    starts.push(lines.len());
    let copied = copied(source, lines, &starts, DEPTH);
    // (edge, key) → pages; (edge, text) → pages; number − page → pages
    let mut heads: BTreeMap<(bool, String), usize> = BTreeMap::new();
    let mut texts_seen: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    // (alone on the line, step) → pages; a line with two numbers is no two witnesses
    let mut steps: BTreeMap<(bool, i64), BTreeSet<usize>> = BTreeMap::new();
    let mut edges: Vec<(usize, bool, usize, Shape)> = Vec::new();
    for (page, bounds) in starts.windows(2).enumerate() {
        let texts: Vec<usize> = (bounds[0]..bounds[1]).filter(|&i| lines[i].kind == Kind::Text).collect();
        let top = texts.iter().take(DEPTH).map(|&i| (i, false));
        let bottom = texts.iter().rev().take(DEPTH).map(|&i| (i, true));
        for (line, is_bottom) in top.chain(bottom) {
            let text = lines[line].text(source);
            let shape = match is_long(text) {
                true if !copied.contains(text) => continue,
                true => Shape { key: text.to_owned(), numbers: Vec::new() },
                false => shape(text, true),
            };
            for &n in &shape.numbers {
                let step = i64::from(n) - page as i64;
                steps.entry((is_number_only(&shape.key), step)).or_default().insert(page);
            }
            if !is_number_only(&shape.key) {
                *texts_seen.entry((is_bottom, text)).or_default() += 1;
                *heads.entry((is_bottom, shape.key.clone())).or_default() += 1;
            }
            edges.push((page, is_bottom, line, shape));
        }
    }
    let titles = titles_in_capitals(source, lines, &edges);
    // Blank leaves and missing pages shift the step: near neighbours count with it.
    let keeps_step = |alone: bool, number: u32, page: usize| {
        let step = i64::from(number) - page as i64;
        let near = (step - 2..=step + 2).filter_map(|s| steps.get(&(alone, s)));
        // Of many pages the first few say enough.
        near.flat_map(|pages| pages.iter().take(RECURS)).collect::<BTreeSet<_>>().len() >= RECURS
    };
    // The lines below a number that is no page's, or below a sign: a note whose label stands above it.
    let labelled_by: BTreeMap<usize, Option<u32>> = edges
        .iter()
        .filter_map(|&(_, _, line, _)| {
            let above = (line.saturating_sub(2)..line).rev().find(|&i| !lines[i].is_blank())?;
            let text = lines[above].text(source);
            let number = labels::number(text);
            (number.is_some() || labels::symbol(text).is_some()).then_some((line, number))
        })
        .collect();
    let labelled = |line: usize, page: usize| {
        labelled_by.get(&line).is_some_and(|n| n.is_none_or(|number| !keeps_step(true, number, page)))
    };
    // From the edge inwards: a line is furniture only if every line between it and the edge is.
    let mut open: BTreeMap<(usize, bool), bool> = BTreeMap::new();
    // What the head of the page said last: nothing says it twice but the title of the section that begins there.
    let mut said: (usize, String) = (0, String::new());
    let letters = |line: usize, lines: &[Line]| -> String {
        lines[line].text(source).chars().filter(|c| c.is_alphabetic()).collect()
    };
    for (page, is_bottom, line, shape) in edges {
        let open = open.entry((page, is_bottom)).or_insert(true);
        if !*open {
            continue;
        }
        // A numeral says too little: it may be a column's own head.
        let titled = !is_bottom && said.1.len() > 3 && said == (page, letters(line, lines));
        let alone = is_number_only(&shape.key);
        let in_step = shape.numbers.iter().any(|&n| keeps_step(alone, n, page));
        let reason = if alone {
            in_step.then_some(OmissionReason::PageNumber)
        } else {
            let times = heads.get(&(is_bottom, shape.key.clone())).copied().unwrap_or(0);
            // Two are enough at the top where the numbers of other heads say that theirs is the page's.
            let numbered = !is_bottom && in_step && (shape.key.starts_with('#') || shape.key.ends_with('#'));
            let recurs = times >= RECURS || times + 1 == RECURS && numbered;
            // "Vol. 1, p. 237" may recur at the foot of pages too, but its numbers keep no step with them.
            let text = lines[line].text(source);
            let steady = shape.numbers.is_empty()
                || in_step
                || texts_seen.get(&(is_bottom, text)).copied().unwrap_or(0) >= RECURS;
            let noted = is_bottom && (looks_like_note(&shape.key) || labelled(line, page));
            let lettered = shape.key.contains(char::is_alphabetic);
            (!titled && (recurs && steady && !noted && lettered || titles.contains(&line)))
                .then_some(OmissionReason::RunningHead)
        };
        if reason == Some(OmissionReason::RunningHead) && !is_bottom {
            said = (page, letters(line, lines));
        }
        match reason {
            Some(reason) => lines[line].kind = Kind::Furniture(reason),
            None => *open = false,
        }
    }
    for line in titles {
        lines[line].kind = Kind::Furniture(OmissionReason::RunningHead);
    }
}

/// True for a line that is longer than a head.
fn is_long(text: &str) -> bool {
    text.chars().count() > LONGEST
}

/// The long lines that come back word for word at the edges of pages, `depth` lines from each: they say who made the copy.
fn copied<'s>(source: &'s Source, lines: &[Line], starts: &[usize], depth: usize) -> BTreeSet<&'s str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for bounds in starts.windows(2) {
        let mut texts: Vec<&str> = Vec::new();
        let page =
            lines[bounds[0]..bounds[1]].iter().filter(|l| l.kind == Kind::Text).map(|l| l.text(source));
        texts.extend(page.clone().take(depth));
        texts.extend(page.rev().take(depth));
        texts.retain(|text| is_long(text));
        texts.sort_unstable();
        texts.dedup();
        texts.into_iter().for_each(|text| *seen.entry(text).or_default() += 1);
    }
    seen.into_iter().filter(|s| s.1 >= RECURS).map(|s| s.0).collect()
}

/// Lines at the edges of pages that say in capitals what another line says in small letters: section heads change too
/// often to recur, but the text has the section's own heading besides.
fn titles_in_capitals(
    source: &Source,
    lines: &[Line],
    edges: &[(usize, bool, usize, Shape)],
) -> BTreeSet<usize> {
    /// Letters of the shortest title.
    const SHORTEST: usize = 6;
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    let in_capitals = |text: &str| text.contains(char::is_uppercase) && !text.contains(char::is_lowercase);
    let candidates: BTreeMap<usize, String> = edges
        .iter()
        .map(|&(_, _, line, _)| (line, lines[line].text(source)))
        .filter(|(_, text)| in_capitals(text))
        .map(|(line, text)| (line, letters(text)))
        .filter(|(_, title)| title.chars().take(SHORTEST).count() == SHORTEST)
        .collect();
    if candidates.len() < RECURS {
        return BTreeSet::new();
    }
    let wanted: BTreeSet<&str> = candidates.values().map(String::as_str).collect();
    let mut said: BTreeSet<String> = BTreeSet::new();
    for line in lines.iter().filter(|l| l.kind == Kind::Text && l.end - l.start <= LONGEST * 4) {
        let text = line.text(source);
        let title = letters(text);
        // An entry of the table of contents, which ends in a page number, is no heading.
        let ends = text.ends_with(|c: char| c.is_alphabetic() || "?!)".contains(c) || quotes::closes(c))
            && !text.contains(". .");
        if !in_capitals(text) && ends && wanted.contains(title.as_str()) {
            said.insert(title);
        }
    }
    let at_edges = candidates.values().filter(|title| said.contains(*title)).count();
    if at_edges < RECURS {
        return BTreeSet::new();
    }
    // Extraction may have moved some into the page.
    let alone = |i: usize| (i == 0 || lines[i - 1].is_blank()) && lines.get(i + 1).is_none_or(Line::is_blank);
    let is_title = |&i: &usize| {
        let line = &lines[i];
        let text = line.text(source);
        line.kind == Kind::Text
            && line.end - line.start <= LONGEST * 4
            && (candidates.contains_key(&i) || alone(i))
            && in_capitals(text)
            && said.contains(&letters(text))
    };
    (0..lines.len()).filter(is_title).collect()
}

/// No form feeds: a head comes back with a page number that grows; a bare page number belongs to a long
/// chain that counts on, each standing alone.
pub fn by_recurrence(source: &Source, lines: &mut [Line]) {
    /// Bare numbers that must count on before they are page numbers.
    const CHAIN: usize = 5;
    /// Fewest lines between two running heads.
    const APART: usize = 6;
    /// Fewest lines between two page numbers.
    const CLOSEST: usize = 2;
    let alone = |lines: &[Line], i: usize| {
        (i == 0 || !lines[i - 1].is_text()) && lines.get(i + 1).is_none_or(|l| !l.is_text())
    };
    let mut groups: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    let mut bare: Vec<(usize, u32)> = Vec::new();
    let mut plain: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        if line.kind != Kind::Text || line.end - line.start > LONGEST * 4 {
            continue;
        }
        let text = line.text(source);
        let beside_blank = i == 0 || lines[i - 1].is_blank() || lines.get(i + 1).is_none_or(Line::is_blank);
        if !beside_blank || text.chars().count() > LONGEST {
            continue;
        }
        let shape = shape(text, false);
        if is_number_only(&shape.key) {
            let apart = alone(lines, i)
                || (i > 0 && lines[i - 1].is_blank())
                || lines.get(i + 1).is_none_or(Line::is_blank);
            if let Some(&n) = shape.numbers.first().filter(|_| apart) {
                bare.push((i, n));
            }
        } else if is_head(&shape) {
            groups.entry(shape.key).or_default().push((i, shape.numbers[0]));
        } else if shape.numbers.is_empty() && alone(lines, i) {
            plain.entry(shape.key).or_default().push(i);
        }
    }
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    for group in groups.values() {
        let grows = group.windows(2).all(|w| w[1].1 > w[0].1 && w[1].0 >= w[0].0 + APART);
        if group.len() >= RECURS && grows {
            for &(line, n) in group {
                lines[line].kind = Kind::Furniture(OmissionReason::RunningHead);
                numbers.push((line, n));
            }
        }
    }
    bare.retain(|&(line, _)| lines[line].kind == Kind::Text);
    set_apart_markers(source, lines, &mut bare, CHAIN);
    if leaps(source, lines, &bare) {
        for (line, _) in bare.drain(..) {
            lines[line].kind = Kind::Furniture(OmissionReason::PageNumber);
        }
    }
    // What may be a note's label is a page number only if nothing else is.
    let (labels, plainer): (Vec<_>, Vec<_>) =
        bare.into_iter().partition(|&(line, _)| heads_a_note(source, lines, line));
    let heads = numbers.len();
    for more in [plainer, labels] {
        // The heads' numbers help the bare ones to count on (odd pages bare, even pages with a head).
        let own = more.len();
        numbers.extend(more);
        numbers.sort_unstable();
        // a number at one page's foot and the next at the next page's head stand close
        let chain = longest_count(&numbers, CLOSEST);
        let labels = chain.iter().filter(|&&k| heads_a_note(source, lines, numbers[k].0)).count();
        let pages = labels * 10 < chain.len() * 9 && !label_a_list(source, lines, &numbers, &chain);
        if own > 0 && chain.len() >= CHAIN.max(heads) && pages {
            for &k in &chain {
                let line = numbers[k].0;
                if lines[line].kind == Kind::Text {
                    lines[line].kind = Kind::Furniture(OmissionReason::PageNumber);
                }
            }
            break;
        }
    }
    // A title that stands alone beside a page number, again and again, is a running head.
    for group in plain.values().filter(|g| g.len() >= RECURS) {
        let beside = |&i: &usize| {
            let near = |mut range: Box<dyn Iterator<Item = usize>>| {
                range.find(|&k| !lines[k].is_blank()).is_some_and(|k| lines[k].is_furniture())
            };
            near(Box::new((0..i).rev().take(4))) || near(Box::new((i + 1..lines.len()).take(4)))
        };
        let hits: Vec<usize> = group.iter().copied().filter(beside).collect();
        if hits.len() >= RECURS && hits.len() * 3 >= group.len() * 2 {
            for i in hits {
                lines[i].kind = Kind::Furniture(OmissionReason::RunningHead);
            }
        }
    }
}

/// True for bare numbers that are those of pages in another order than they are read in: all different and nearly all
/// there, each a page from the next, and falling again and again as no labels of notes do.
fn leaps(source: &Source, lines: &[Line], bare: &[(usize, u32)]) -> bool {
    /// Fewest numbers.
    const NUMBERS: usize = 5;
    /// Words of the shortest page between two of them.
    const WORDS: usize = 90;
    let words = |from: usize, to: usize| -> usize {
        let text = lines[from + 1..to].iter().filter(|l| l.is_text());
        text.map(|l| l.text(source).split_whitespace().count()).sum()
    };
    let mut sorted: Vec<u32> = bare.iter().map(|b| b.1).collect();
    sorted.sort_unstable();
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else { return false };
    sorted.dedup();
    let steps = bare.len() - 1;
    let falls = bare.windows(2).filter(|w| w[1].1 < w[0].1).count();
    let long = bare.windows(2).filter(|w| words(w[0].0, w[1].0) >= WORDS).count();
    bare.len() >= NUMBERS
        && sorted.len() == bare.len()
        && bare.len() * 10 >= ((most - least) as usize + 1) * 7
        && falls * 5 >= steps
        && long * 5 >= steps * 4
}

/// True for a number right over a line that opens a sentence: a note's label may stand so on a line of its own, while a
/// page begins anywhere in a sentence, and its number stands apart.
fn heads_a_note(source: &Source, lines: &[Line], line: usize) -> bool {
    let opening = |t: &str| {
        t.trim_start_matches(|c| quotes::opens(c) || "(_*".contains(c)).starts_with(char::is_uppercase)
    };
    lines.get(line + 1).is_some_and(|l| l.is_text() && opening(l.text(source)))
}

/// Takes out numbers that are the markers of notes, raised figures on lines of their own, if the others still count on:
/// each stands right below text, and a note below has it for its label.
fn set_apart_markers(source: &Source, lines: &[Line], bare: &mut Vec<(usize, u32)>, fewest: usize) {
    /// Lines from a marker to its note, at most: a page.
    const PAGE: usize = 80;
    let mut notes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for line in (0..lines.len()).filter(|&i| lines[i].is_text() && heads_a_note(source, lines, i)) {
        if let Some(number) = labels::number(lines[line].text(source)) {
            notes.entry(number).or_default().push(line);
        }
    }
    let calls = |&(line, number): &(usize, u32)| {
        let below = line > 0 && lines[line - 1].is_text() && !heads_a_note(source, lines, line);
        below
            && notes.get(&number).is_some_and(|at| {
                at.get(at.partition_point(|&l| l <= line)).is_some_and(|&l| l <= line + PAGE)
            })
    };
    let (markers, others): (Vec<_>, Vec<_>) = bare.iter().copied().partition(calls);
    let pages: Vec<_> =
        others.iter().copied().filter(|&(line, _)| !heads_a_note(source, lines, line)).collect();
    if markers.len() >= fewest && longest_count(&pages, 1).len() >= fewest {
        *bare = others;
    }
}

/// True for numbers from 1 on that each stand over a few words: they label notes, for no page holds so little.
fn label_a_list(source: &Source, lines: &[Line], numbers: &[(usize, u32)], chain: &[usize]) -> bool {
    /// Words of the longest text that half of the labels may stand over.
    const WORDS: usize = 90;
    let words = |from: usize, to: usize| -> usize {
        let text = lines[from + 1..to].iter().filter(|l| l.is_text());
        text.map(|l| l.text(source).split_whitespace().count()).sum()
    };
    let mut between: Vec<usize> = chain.windows(2).map(|w| words(numbers[w[0]].0, numbers[w[1]].0)).collect();
    between.sort_unstable();
    let first = chain.first().is_some_and(|&k| numbers[k].1 == 1);
    first && between.get(between.len() / 2).is_some_and(|&half| (1..=WORDS).contains(&half))
}

/// Indices of the longest subsequence of numbers that count on by one (or leave out at most two pages).
pub fn longest_count(numbers: &[(usize, u32)], apart: usize) -> Vec<usize> {
    // best[n] = (length, index) of the best chain that ends with number n
    let mut best: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut back: Vec<Option<usize>> = vec![None; numbers.len()];
    let mut length = vec![1usize; numbers.len()];
    for (i, &(line, n)) in numbers.iter().enumerate() {
        let before = (1..=3u32)
            .filter_map(|step| best.get(&n.checked_sub(step)?))
            .filter(|&&(_, k)| line >= numbers[k].0 + apart)
            .max_by_key(|&&(len, k)| (len, k));
        if let Some(&(len, k)) = before {
            length[i] = len + 1;
            back[i] = Some(k);
        }
        let entry = best.entry(n).or_insert((0, i));
        if length[i] >= entry.0 {
            *entry = (length[i], i);
        }
    }
    let mut at = (0..numbers.len()).max_by_key(|&i| length[i]);
    let mut chain = Vec::new();
    while let Some(i) = at {
        chain.push(i);
        at = back[i];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use crate::model::Form;

    /// The lines set aside of pages that bear these numbers.
    fn aside(numbers: &[u32], words: usize) -> usize {
        let page = |n: &u32| format!("{}\n\n{n}\n\n", "and so on ".repeat(words / 3));
        let text: String = numbers.iter().map(page).collect();
        let source = Source::new("a.txt", text);
        Layout::read(&source, Form::PdfText).lines.iter().filter(|l| l.is_furniture()).count()
    }

    #[test]
    fn page_numbers_in_the_order_of_sheets_are_page_numbers() {
        assert_eq!(aside(&[8, 1, 2, 7, 6, 3, 4, 5], 120), 8);
        assert_eq!(aside(&[9, 8, 7, 6, 5, 4, 3, 2, 1], 120), 9);
        // What stands over a few words may label notes, and what jumps about may be anything.
        assert_eq!(aside(&[8, 1, 2, 7, 6, 3, 4, 5], 12), 0);
        assert_eq!(aside(&[80, 1, 20, 7, 63, 3, 48, 5], 120), 0);
    }

    /// True if something is set aside of pages with these feet.
    fn sets_aside(feet: [&str; 4]) -> bool {
        let line = |page: usize, line: char| format!("{line}{} and so on,\n", "abcd".repeat(page + 1));
        let text = |page: usize| ('a'..'q').map(|l| line(page, l)).collect::<String>();
        let page = |(i, foot): (usize, &str)| format!("{}\n{foot}\n\u{c}", text(i));
        let source = Source::new("a.txt", feet.into_iter().enumerate().map(page).collect());
        Layout::read(&source, Form::PdfText).lines.iter().any(Line::is_furniture)
    }

    #[test]
    fn notes_that_come_back_at_the_feet_of_pages_are_no_running_feet() {
        assert!(!sets_aside([
            "Survey, pp. 27, 28.",
            "Survey, pp. 40, 41.",
            "Survey, pp. 29, 30.",
            "Survey, p. 99."
        ]));
        assert!(sets_aside(["Survey, 27", "Survey, 28", "Survey, 29", "Survey, 30"]));
        assert!(!sets_aside(["1\n\nIbid.", "7\n\nIbid.", "∗\n\nIbid.", "30\n\nIbid."]));
        assert!(sets_aside(["1\n\nA survey", "2\n\nA survey", "3\n\nA survey", "4\n\nA survey"]));
    }
}
