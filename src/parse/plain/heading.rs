//! Which short lines are headings.
//!
//! A heading that is missed is a paragraph and costs a line in the table of contents; a paragraph taken for a heading
//! shouts. So a line has to look like one *and* stand like one: alone, short, without the end of a sentence, before
//! running text.

use std::collections::{BTreeMap, BTreeSet};

use super::contents;
use super::lines::{self, Group, Shape};
use super::series::{self, Ordinal, Sign};
use crate::layout::prose::closes_sentence;
use crate::model::MARK;
use crate::parse::{aside, metadata};
use crate::quotes;
use crate::roman;

/// The longest line that may be a heading, in characters.
const LONGEST: usize = 90;
/// Running text: a paragraph at least this long. Speeches, remarks and addresses are shorter.
const PROSE: usize = 160;
/// A sentence that running text may open with, in a paragraph of its own.
const SENTENCE: usize = 50;
/// Where more than this share of the blocks are short lines, short lines say nothing (a thread, a play)…
const MOST_SHORT: f64 = 0.4;
/// …unless there are too few blocks to speak of a share.
const FEW: usize = 12;

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Its level. The first is left to the document's title.
    pub level: u8,
    /// What the next group is to it.
    pub second: Second,
}

/// What the group behind a heading's first is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Second {
    /// Nothing.
    Text,
    /// Its title: the number stands on a line of its own.
    Title,
    /// The line drawn under it.
    Underline,
}

impl Heading {
    fn of(level: u8) -> Heading {
        Heading { level, second: Second::Text }
    }
}

/// For each group, whether a heading begins with it.
pub(super) fn headings(text: &str, groups: &[Group], shapes: &[Shape]) -> Vec<Option<Heading>> {
    let lines: Vec<Option<&str>> = groups
        .iter()
        .zip(shapes)
        .map(|(g, s)| match s {
            Shape::Prose | Shape::Items if g.lines.len() == 1 => Some(text[g.lines[0].clone()].trim()),
            _ => None,
        })
        .collect();
    let length = |i: usize| text[groups[i].range()].chars().take(PROSE).count();
    let short = lines.iter().flatten().filter(|l| l.chars().take(LONGEST + 1).count() <= LONGEST).count();
    let rare = groups.len() < FEW || (short as f64) <= MOST_SHORT * groups.len() as f64;
    let contents = contents::entries(text, groups);
    let sections = contents::sections(text, groups);
    let sentences = if rare { in_sentence_case(&lines, &length) } else { Vec::new() };
    // From the end, so that a heading over a heading over a paragraph is seen as one.
    let mut out: Vec<Option<Heading>> = vec![None; groups.len()];
    let ordinals: Vec<Option<Ordinal>> = lines.iter().map(|l| l.and_then(series::ordinal)).collect();
    let underlines = underlines(text, groups);
    let doubled = underlines.iter().flatten().any(|&sign| sign == '=');
    for i in (0..groups.len()).rev() {
        let named = |next: usize| out[next].is_some() && ordinals[next].is_none();
        let is_titled = ordinals[i].is_some() && i + 1 < groups.len() && named(i + 1);
        if let Some(sign) = underlines[i].filter(|_| lines[i].is_some() && i + 2 < groups.len()) {
            let level = if doubled && sign != '=' { 3 } else { 2 };
            out[i] = Some(Heading { level, second: Second::Underline });
            continue;
        }
        let Some(line) = lines[i].filter(|line| contents::dots(line).is_none() && !aside::is_caption(line))
        else {
            continue;
        };
        let next = i + 1;
        let first_level = || (contents::is_lone_number(line) && sections.contains(&next)).then_some(2);
        if let Some(level) = section_number(line).or_else(first_level)
            && next < groups.len()
            && lines[next].is_some_and(names_section)
            && (out[next].is_some() || next + 1 < groups.len())
        {
            out[i] = Some(Heading { level, second: Second::Title });
            out[next] = None;
            continue;
        }
        let listed = || {
            let section = || sections.contains(&i).then_some(2);
            let level = contents.get(&contents::folded(line)).copied().or_else(section);
            let level = level.filter(|_| next < groups.len())?;
            Some(numbered(line).map_or(level, |(level, _)| level))
        };
        let otherwise =
            || listed().or_else(|| sentences.binary_search(&i).is_ok().then_some(3)).map(Heading::of);
        let Some(look) = look(line) else {
            out[i] = otherwise();
            continue;
        };
        let before_text = next < groups.len()
            && (out[next].is_some() || !matches!(shapes[next], Shape::Rule | Shape::Preformatted));
        // A text may open with a short paragraph.
        let opens = |i: usize| {
            let sentence = text[groups[i].range()].trim_end();
            let sentence = sentence.ends_with(['.', '!', '?']) || quotes::ends_quotation(sentence);
            sentence && length(i) >= SENTENCE && i + 1 < groups.len() && length(i + 1) >= PROSE
        };
        let before_prose =
            next < groups.len() && (out[next].is_some() || length(next) >= PROSE || opens(next));
        // The next line would go on with the list.
        let counts = matches!(look, Look::Numbered(_)) && next < groups.len() && shapes[next] == Shape::Items;
        let level = match look {
            Look::Named => (before_text || next == groups.len()).then_some(2),
            Look::Part if is_bare_numeral(line) && !series::has_neighbour(&ordinals, i) && !is_titled => None,
            Look::Part if series::is_said_again(&ordinals, i) => None,
            Look::Part => before_text.then_some(2),
            Look::Numbered(level) => (before_prose && !counts).then_some(level),
            Look::Capitals | Look::Title if is_listed(&lines, i) => None,
            Look::Capitals => before_prose.then_some(3),
            Look::Title => (before_prose && (rare || behind_a_piece(&lines, i, &length))).then_some(3),
            Look::Question => (before_prose && rare && length(next) >= PROSE).then_some(3),
        };
        out[i] = level.map(Heading::of).or_else(otherwise);
    }
    let all = All { text, groups, shapes, lines: &lines, ordinals: &ordinals };
    all.decide_series(&mut out);
    all.drop_repeated(&mut out);
    all.join_titles(&mut out);
    out
}

/// All that is known of the groups when each has been looked at by itself.
struct All<'a> {
    text: &'a str,
    groups: &'a [Group],
    shapes: &'a [Shape],
    /// The groups of one line.
    lines: &'a [Option<&'a str>],
    ordinals: &'a [Option<Ordinal>],
}

impl All<'_> {
    /// What one of a series is, its like are too, whatever the length of the text below.
    fn decide_series(&self, out: &mut [Option<Heading>]) {
        /// Members of a series that no other sign shows to be one.
        const FEWEST: usize = 3;
        for members in series::series(self.ordinals) {
            let Some(Ordinal { sign, .. }) = &self.ordinals[members[0]] else { continue };
            let (level, fewest) = match sign {
                Sign::Figure | Sign::BareFigure | Sign::Roman => (2, FEWEST),
                Sign::Han | Sign::HanChapter(_) => (2, 2),
                Sign::HanBracketed => (3, 2),
                Sign::Letter => (3, 2),
                Sign::BareRoman | Sign::Word(_) => continue,
            };
            let stands: Vec<usize> = members.iter().copied().filter(|&i| self.stands(i, sign)).collect();
            let known = stands.len() > 1 && stands.iter().any(|&i| out[i].is_some());
            if known || stands.len() == members.len() && stands.len() >= fewest {
                for i in stands {
                    let heading = out[i].get_or_insert(Heading::of(level));
                    if *sign == Sign::BareFigure {
                        heading.level = level; // some of them look like titles that do not count, too
                    }
                }
            }
        }
    }

    /// True for a member of a series that has text of its own below it, and could be a heading by its looks.
    fn stands(&self, i: usize, sign: &Sign) -> bool {
        let (Some(line), Some(shape)) = (self.lines[i], self.shapes.get(i + 1)) else { return false };
        let is_next = |o: &Ordinal| o.sign == *sign;
        let text_follows = !matches!(shape, Shape::Rule | Shape::Items)
            && !self.ordinals[i + 1].as_ref().is_some_and(is_next);
        let looks = match sign {
            Sign::Figure => matches!(look(line), Some(Look::Numbered(_))),
            Sign::BareFigure | Sign::Roman => {
                (i == 0 || self.ends_sentence(i - 1) || self.lines[i - 1].is_some()) && is_counted_title(line)
            }
            // A letter may have lost its word.
            Sign::Letter => i > 0 && (self.ends_sentence(i - 1) || self.ordinals[i - 1].is_some()),
            _ => true,
        };
        text_follows && looks
    }

    fn ends_sentence(&self, i: usize) -> bool {
        closes_sentence(&self.text[self.groups[i].range()])
    }

    /// A title that recurs is the head of the pages, if sentences are torn by it; above verse, it is who speaks.
    fn drop_repeated(&self, out: &mut [Option<Heading>]) {
        /// Times that a title of pages is said, and that a speaker is named.
        const PAGES: usize = 3;
        const SPEECHES: usize = 2;
        let mut said: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, line) in self.lines.iter().enumerate() {
            let Some(line) = line.filter(|_| out[i].is_some_and(|h| h.second == Second::Text)) else {
                continue;
            };
            if matches!(look(line), Some(Look::Title | Look::Capitals)) {
                said.entry(contents::folded(line)).or_default().push(i);
            }
        }
        // Where a page has two heads, one below the other, both stand amid the same sentence.
        let recur: BTreeSet<usize> =
            said.values().filter(|places| places.len() >= PAGES).flatten().copied().collect();
        let mut above: Vec<Option<usize>> = Vec::with_capacity(out.len());
        for i in 0..out.len() {
            let last = i.checked_sub(1);
            above.push(last.and_then(|last| if recur.contains(&last) { above[last] } else { Some(last) }));
        }
        let tears = |&&i: &&usize| above[i].is_some_and(|i| out[i].is_none() && !self.ends_sentence(i));
        let speaks = |&i: &usize| self.shapes.get(i + 1) == Some(&Shape::Verse);
        let is_none = |places: &&Vec<usize>| {
            let of_pages = places.len() >= PAGES && places.iter().filter(tears).count() * 3 >= places.len();
            of_pages || places.len() >= SPEECHES && places.iter().all(speaks)
        };
        // What is dropped would tell otherwise of the titles beside it: all are weighed first.
        let dropped: Vec<usize> = said.values().filter(is_none).flatten().copied().collect();
        dropped.into_iter().for_each(|i| out[i] = None);
    }

    /// A number on a line of its own and the title below it are one heading.
    fn join_titles(&self, out: &mut [Option<Heading>]) {
        let titled: Vec<usize> = (0..out.len()).filter(|&i| self.has_title_below(i, out)).collect();
        let is_title =
            |i: usize| self.lines[i].is_some_and(|l| matches!(look(l), Some(Look::Title | Look::Capitals)));
        let others = (1..out.len())
            .filter(|&i| out[i].is_some() && is_title(i) && titled.binary_search(&(i - 1)).is_err())
            .count();
        for &i in &titled {
            let sign = self.ordinals[i].as_ref().map(|o| &o.sign);
            // What stands below the number of a part may be the title of its first chapter.
            let holds_chapters = matches!(sign, Some(Sign::Word(word)) if WHOLES.contains(&word.as_str()));
            if holds_chapters && others > titled.len() {
                continue;
            }
            if let Some(heading) = &mut out[i] {
                heading.second = Second::Title;
                out[i + 1] = None;
            }
        }
    }

    fn has_title_below(&self, i: usize, out: &[Option<Heading>]) -> bool {
        let bare = self.ordinals[i].as_ref().is_some_and(|o| o.bare && o.sign != Sign::Letter);
        let alone = out[i].is_some_and(|h| h.second == Second::Text);
        let Some(title) = self.lines.get(i + 1).copied().flatten().filter(|_| bare && alone) else {
            return false;
        };
        // `Of Mills (Continued)`
        let bare = title.strip_suffix(')').and_then(|t| t.split_once(" (")).map_or(title, |(bare, _)| bare);
        let looks = matches!(look(bare), Some(Look::Title | Look::Capitals | Look::Question | Look::Named))
            || matches!(self.ordinals[i].as_ref().map(|o| &o.sign), Some(Sign::HanChapter(_)))
                && out[i + 1].is_some();
        let text_follows =
            self.shapes.get(i + 2).is_some_and(|s| *s != Shape::Rule) && self.ordinals[i + 2].is_none();
        looks && self.ordinals[i + 1].is_none() && (out[i + 1].is_some() || text_follows)
    }
}

/// Words for what holds chapters with titles of their own.
const WHOLES: [&str; 7] = ["part", "book", "volume", "section", "teil", "partie", "часть"];

/// For each group, the sign of the line that is drawn under it, if the next group is one.
fn underlines(text: &str, groups: &[Group]) -> Vec<Option<char>> {
    let line = |g: &Group| text[g.range()].to_owned();
    let mut out: Vec<Option<char>> = groups
        .windows(2)
        .map(|w| {
            if w.iter().all(|g| g.lines.len() == 1) {
                lines::underline(&line(&w[0]), &line(&w[1]))
            } else {
                None
            }
        })
        .collect();
    out.resize(groups.len(), None);
    out
}

/// True for a line of nothing but a Roman numeral.
fn is_bare_numeral(line: &str) -> bool {
    is_numeral(line.trim_end_matches(['.', ':', ',', '—', '–']))
}

/// True for a line behind the date that ends a piece of running text: the next piece begins with its title, which may stand
/// below the title of a series.
fn behind_a_piece(lines: &[Option<&str>], i: usize, length: &dyn Fn(usize) -> usize) -> bool {
    let is_date = |k: usize| lines[k].is_some_and(|l| metadata::lone_date(l).is_some());
    let prose = |k: usize| length(k) >= PROSE || lines[k].is_some_and(aside::is_caption);
    let behind = |k: usize| k >= 2 && is_date(k - 1) && prose(k - 2);
    behind(i) || i >= 1 && behind(i - 1) && lines[i - 1].is_some_and(|l| matches!(look(l), Some(Look::Title)))
}

/// The lines that are headings although they are written as a sentence is: each alone between a paragraph that has
/// ended and another, in a text that has several of them and few short lines besides.
fn in_sentence_case(lines: &[Option<&str>], length: &dyn Fn(usize) -> usize) -> Vec<usize> {
    /// One such line is as well a caption, or a sentence whose stop was lost.
    const FEWEST: usize = 2;
    let stands = |&i: &usize| {
        let Some(line) = lines[i] else { return false };
        let prose = |k: Option<usize>| k.is_some_and(|k| k < lines.len() && length(k) >= PROSE);
        let above = i.checked_sub(1);
        prose(above) && prose(Some(i + 1)) && is_sentence_title(line)
    };
    let found: Vec<usize> = (0..lines.len()).filter(stands).collect();
    if found.len() < FEWEST { Vec::new() } else { found }
}

/// `Mr Hume is plagued`: a few words that begin with a capital and have no stop, and are no caption.
fn is_sentence_title(line: &str) -> bool {
    /// Words that captions begin with.
    const CAPTIONS: [&str; 16] = [
        "photo",
        "photograph",
        "image",
        "picture",
        "illustration",
        "figure",
        "fig",
        "credit",
        "source",
        "courtesy",
        "by",
        "via",
        "foto",
        "bild",
        "abb",
        "from",
    ];
    let words: Vec<&str> = line.split_whitespace().collect();
    let first = words.first().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    (2..=9).contains(&words.len())
        && line.chars().count() <= 60
        && line.starts_with(char::is_uppercase)
        && line.ends_with(char::is_alphabetic)
        && !line.contains([',', ';', ':', '.', '(', '[', '/', '|', '@', '•', '·', '>', '='])
        && !line.contains(|c: char| c.is_ascii_digit())
        && first.is_some_and(|w| !CAPTIONS.contains(&w.as_str()))
}

/// `1.3` alone on its line: the level of the section that it numbers.
fn section_number(line: &str) -> Option<u8> {
    let parts: Vec<&str> = line.trim_end_matches('.').split('.').collect();
    let small = |p: &&str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    ((2..=5).contains(&parts.len()) && parts.iter().all(small)).then(|| (parts.len() as u8 + 1).min(6))
}

/// True for a line that may name the section whose number stands above it.
fn names_section(line: &str) -> bool {
    let closed = line.ends_with(['.', ',', ';', ':']) || contents::dots(line).is_some();
    line.chars().take(LONGEST + 1).count() <= LONGEST && line.starts_with(char::is_uppercase) && !closed
}

/// True for a line that ends in a page number, as one beside it does: both are lines of a table of contents.
fn is_listed(lines: &[Option<&str>], i: usize) -> bool {
    let numbered = |i: Option<usize>| {
        let line = i.and_then(|i| lines.get(i)).copied().flatten();
        let last = line.and_then(|l| l.split_whitespace().next_back()).unwrap_or_default();
        let roman = last.starts_with(char::is_lowercase) && roman::value(last).is_some();
        !last.is_empty() && (roman || last.chars().all(|c| c.is_ascii_digit()))
    };
    numbered(Some(i)) && (numbered(i.checked_sub(1)) || numbered(Some(i + 1)))
}

/// What makes a line look like a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// `Notes`, `Bibliography`: headings that need no prose after them.
    Named,
    /// `Part II`, `Chapter 3: …`, `IV.`
    Part,
    /// `2.1 Title`, with its level.
    Numbered(u8),
    /// `ALL CAPITALS`
    Capitals,
    /// `Most Words Begin with a Capital`
    Title,
    /// A short question in sentence case.
    Question,
}

const NAMED: [&str; 22] = [
    "abstract",
    "acknowledgements",
    "acknowledgments",
    "afterword",
    "appendix",
    "bibliography",
    "conclusion",
    "endnotes",
    "epilogue",
    "footnotes",
    "foreword",
    "further reading",
    "introduction",
    "note",
    "notes",
    "postscript",
    "preface",
    "prologue",
    "references",
    "sources",
    "works cited",
    "selected bibliography",
];

/// Words that a question within a text begins with, and no heading.
const CONNECTING: [&str; 12] =
    ["And", "But", "Nor", "Or", "So", "Then", "Yet", "Aber", "Und", "Oder", "Mais", "Et"];

const PARTS: [&str; 16] = [
    "act",
    "book",
    "canto",
    "chapter",
    "lecture",
    "letter",
    "part",
    "section",
    "volume",
    "kapitel",
    "teil",
    "chapitre",
    "partie",
    "capítulo",
    "глава",
    "часть",
];

fn look(line: &str) -> Option<Look> {
    let line = line.trim().trim_matches(MARK);
    let length = line.chars().take(LONGEST + 1).count();
    if length > LONGEST || !line.contains(char::is_alphabetic) || line.contains("://") {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let lower = line.trim_end_matches([':', '.']).to_lowercase();
    if NAMED.contains(&lower.as_str()) {
        return Some(Look::Named);
    }
    let ends = line.chars().next_back()?;
    if is_part(&words) && !matches!(ends, ',' | ';' | '—') && length <= 70 {
        return Some(Look::Part);
    }
    if let Some((numeral, title)) = line.split_once(". ")
        && is_numeral(numeral)
        && !matches!(ends, ',' | ';' | ':' | '—')
        && is_title_case(&title.split_whitespace().collect::<Vec<_>>())
    {
        return Some(Look::Numbered(2));
    }
    if ends_in_year(&words) || is_byline(&words) {
        return None;
    }
    if ends == '.' && is_short_title(&words) {
        return Some(Look::Title);
    }
    if matches!(ends, '.' | ',' | ';' | ':' | '—' | '–' | '-' | '…' | '"' | ')' | '(' | '=')
        && !ends_in_quoted_title(line)
    {
        return None;
    }
    if line.starts_with(|c| quotes::is_mark(c) && quotes::opens(c) || "([\\-—–*•=<…".contains(c)) {
        return None;
    }
    if let Some((level, title)) = numbered(line) {
        return title.starts_with(char::is_uppercase).then_some(Look::Numbered(level));
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    // A capital amid signs that have no case shouts nothing.
    if letters >= 4 && !line.contains(char::is_lowercase) && capitals * 2 > letters {
        return Some(Look::Capitals);
    }
    if is_title_case(&words) {
        return Some(Look::Title);
    }
    let question = ends == '?' || line.trim_end_matches(quotes::closes).ends_with('?');
    let starts = line.starts_with(|c: char| c.is_uppercase());
    let one_sentence = line.matches(['.', '?', '!']).count() == 1;
    // `But who was he?` goes on with a thought.
    let goes_on = words.first().is_some_and(|w| CONNECTING.contains(w)) || line.contains([',', ';']);
    (question && starts && one_sentence && !goes_on && words.len() >= 3 && words.len() <= 12)
        .then_some(Look::Question)
}

/// `2 Of mills and weirs`, `II. OF MILLS.`: a number and a few words that end as no sentence does.
fn is_counted_title(line: &str) -> bool {
    /// Characters and words of the longest.
    const LONGEST: (usize, usize) = (70, 12);
    let shouted = line.strip_suffix('.').filter(|_| !line.contains(char::is_lowercase));
    let title = shouted.unwrap_or(line);
    !title.ends_with(['.', ',', ';', ':', '—', '–', '-', '!'])
        && contents::dots(title).is_none()
        && title.chars().take(LONGEST.0 + 1).count() <= LONGEST.0
        && title.split_whitespace().count() <= LONGEST.1
        && title.split_once(' ').is_some_and(|(_, words)| words.starts_with(char::is_uppercase))
}

/// `On “Necessity”` ends in a quotation mark, and only the last word or two stand in it.
fn ends_in_quoted_title(line: &str) -> bool {
    line.ends_with('"') && line.matches('"').count() == 2 && !line.starts_with('"')
}

/// `Part II`, `Chapter 3: Of the Sea`, `IV.`
fn is_part(words: &[&str]) -> bool {
    let Some(first) = words.first() else { return false };
    let bare = |w: &str| w.trim_end_matches(['.', ':', ',', '—', '–']).to_owned();
    if words.len() == 1 {
        return is_numeral(&bare(first));
    }
    let counted = |w: &str| {
        let w = bare(w);
        let lower = w.to_lowercase();
        let spelled = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second",
            "third",
        ];
        is_roman(&w) || w.chars().all(|c| c.is_ascii_digit()) || spelled.contains(&lower.as_str())
    };
    let named = PARTS.contains(&bare(first).to_lowercase().as_str()) && first.starts_with(char::is_uppercase);
    let title_follows = || words[1].ends_with(['.', ':']) || words.len() == 2 || is_title_case(&words[2..]);
    named && counted(words[1]) && title_follows()
}

/// A Roman numeral that counts parts. A single `C`, `D`, `L` or `M` is rather somebody's initial.
fn is_numeral(word: &str) -> bool {
    is_roman(word) && (word.len() > 1 || matches!(word, "I" | "V" | "X"))
}

/// A Roman numeral in capitals.
fn is_roman(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && roman::value(word).is_some() && !matches!(word, "CD" | "DC")
}

/// `2.1 Title`: its level and the title.
fn numbered(line: &str) -> Option<(u8, &str)> {
    let end = line.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|e| *e > 0)?;
    let number = line[..end].trim_end_matches('.');
    let title = line[end..].trim_start();
    let parts: Vec<&str> = number.split('.').collect();
    // A year or a quantity begins a sentence, not a section.
    let small = parts.iter().all(|p| !p.is_empty() && p.len() <= 2);
    let apart =
        line[end..].starts_with(char::is_whitespace) && (parts.len() > 1 || line[..end].ends_with('.'));
    (small && apart).then(|| ((parts.len() as u8 + 1).min(6), title))
}

/// `December 31, 2019`, `London, July 1901`: a date, not a heading.
fn ends_in_year(words: &[&str]) -> bool {
    let year = words.last().map(|w| w.trim_end_matches('.')).unwrap_or_default();
    (2..=5).contains(&words.len())
        && year.len() == 4
        && year.parse::<u16>().is_ok_and(|y| (1000..2200).contains(&y))
}

/// `By Ada Weaver and Bruno Sand`
fn is_byline(words: &[&str]) -> bool {
    const BY: [&str; 6] = ["By", "Von", "Par", "Por", "Di", "От"];
    const BETWEEN: [&str; 10] = ["and", "und", "et", "y", "e", "&", "de", "von", "van", "и"];
    let Some((first, names)) = words.split_first() else { return false };
    let name = |w: &&str| BETWEEN.contains(w) || w.starts_with(char::is_uppercase);
    BY.contains(first) && (2..=8).contains(&names.len()) && names.iter().all(name)
}

/// A few words that all begin with a capital or a digit, behind which somebody put a full stop all the same.
fn is_short_title(words: &[&str]) -> bool {
    let whole = words.iter().all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    let stops = words.iter().filter(|w| w.ends_with('.')).count();
    let long = words.iter().filter(|w| w.chars().count() > 4).count();
    whole && stops == 1 && long >= 2 && (3..=8).contains(&words.len())
}

/// Most words that carry meaning begin with a capital.
fn is_title_case(words: &[&str]) -> bool {
    let letters = |w: &&str| w.chars().find(|c| c.is_alphabetic());
    let Some(first) = words.first().and_then(letters) else { return false };
    if !first.is_uppercase() || words.len() > 14 {
        return false;
    }
    let little = ["the", "and", "but", "for", "nor", "with", "from", "into", "over", "upon", "that", "than"];
    let carries = |w: &&&str| {
        // `the 1890s` is a name.
        let bare: String = w.chars().filter(|c| c.is_alphabetic()).collect();
        w.starts_with(|c: char| c.is_ascii_digit()) && !bare.is_empty()
            || bare.chars().count() > 3 && !little.contains(&bare.to_lowercase().as_str())
    };
    let (mut all, mut capital) = (0, 0);
    for word in words.iter().filter(carries) {
        all += 1;
        let figure = word.starts_with(|c: char| c.is_ascii_digit());
        capital += usize::from(figure || letters(word).is_some_and(char::is_uppercase));
    }
    // One capital proves nothing: every sentence begins with one.
    all == capital && (all >= 2 || words.len() <= 3) || all > 4 && capital * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_count_without_a_stop() {
        let text = "Of Bread\n\n1 The oven and the peel\n\nIt was hot, and nobody would have said otherwise.\n\n2 The loaf\n\n\
                    It was cold when it was sold.\n\n2.1 Its crust\n\nIt was hard.\n\n3 Four bakers\n\nNone of them slept.\n";
        let groups = lines::groups(text);
        let shapes: Vec<Shape> = groups.iter().map(|g| lines::shape(text, g)).collect();
        let found: Vec<bool> = headings(text, &groups, &shapes).iter().map(Option::is_some).collect();
        assert_eq!(found, [false, true, false, true, false, false, false, true, false]);
    }

    #[test]
    fn looks() {
        for (line, expected) in [
            ("Notes", Some(Look::Named)),
            ("IV.", Some(Look::Part)),
            ("Chapter 3", Some(Look::Part)),
            ("Chapter 3: Of the Sea", Some(Look::Part)),
            ("2.1 Of Mills", Some(Look::Numbered(3))),
            ("1. Of Mills", Some(Look::Numbered(2))),
            ("OF MILLS", Some(Look::Capitals)),
            ("The Miller and His Wheel", Some(Look::Title)),
            ("What is a mill for?", Some(Look::Question)),
            ("But what is a mill for?", None),
            ("He went home", None),
            ("He went home.", None),
            ("1905 was a good year", None),
            ("Dear Sir,", None),
            ("By Ada Weaver", None),
            ("By the Old Stone Bridge", Some(Look::Title)),
            ("December 31, 2019", None),
            ("I", Some(Look::Part)),
            ("L. VAN BEETHOVEN.", None),
            ("II. Of the Sea", Some(Look::Numbered(2))),
            ("Mills, Wheels, The 1890s.", Some(Look::Title)),
            ("“The Miller.”", None),
            ("I think so", None),
            ("Milling and the 1890s", Some(Look::Title)),
        ] {
            assert_eq!(look(line), expected, "{line}");
        }
    }
}
