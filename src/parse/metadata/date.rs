//! When a text was written or published.
//!
//! 1. A line that says so (`Date: …`, `Published on …`) in the head.
//! 2. The first date that stands alone on a line of the head, or with no more than a place or a site.
//! 3. The first such date further down that ends a piece: the last line before the next heading, before an
//!    address, or of the file. Of a file that holds several dated pieces that is the first piece's.
//! 4. A year alone under the title.
//!
//! Dates in running text, in citations and of retrieval are never taken.
//!
//! `3/4/2015` is read day first, unless another date of the same document with the same sign cannot be
//! (`12/31/2014`), or the document spells its dates `March 4, 2015` more often than `4 March 2015`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::head::{self, Head};
use super::kind::{self, Key, Kind};
use super::patterns::{EMAIL, RETRIEVED, URL, compile, is_host};
use super::{person, words};
use crate::months;
use crate::quotes;

/// A date with the precision it was given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// The date, if it exists.
    fn new(year: &str, month: Option<i8>, day: Option<i8>) -> Option<Date> {
        let year: i16 = year.parse().ok()?;
        let exists = (1000..=2199).contains(&year)
            && jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        exists.then_some(Date { year, month, day })
    }

    /// ISO 8601: `2018`, `2018-11`, `2018-11-03`.
    pub(super) fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(m), Some(d)) => format!("{:04}-{m:02}-{d:02}", self.year),
            (Some(m), None) => format!("{:04}-{m:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// Which part of `3/4/2015` is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// 3 April.
    #[default]
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// All spellings of a month as one alternative, longest first.
static MONTH: LazyLock<String> = LazyLock::new(|| {
    let mut all: Vec<String> = months::names().collect();
    all.sort_by_key(|m| (usize::MAX - m.len(), m.clone()));
    all.dedup();
    all.join("|")
});

/// Number of a month from its name.
fn month(name: &str) -> Option<i8> {
    months::number(&name.trim_end_matches('.').to_lowercase())
}

/// The shapes of a date, in the order in which they are tried.
struct Shapes {
    iso: Regex,
    numeric: Regex,
    day_month: Regex,
    month_day: Regex,
    east: Regex,
    month_year: Regex,
    season: Regex,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let m = MONTH.as_str();
    Shapes {
        iso: compile(r"\b(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})(?:T\d{2}:\d{2}\S*)?\b"),
        numeric: compile(r"\b(\d{1,2})(\.\s?|/|-)(\d{1,2})(?:\.\s?|/|-)(\d{4})\b"),
        day_month: compile(&format!(
            r"(?i)\b(\d{{1,2}})(?:st|nd|rd|th|er|º|°|ª|-?го|-?е|\.)?(?:\s+day)?,?[\s-]+(?:(?:of|de|del|d[’'])\s*)?\b({m})\b\.?,?[\s-]+(?:(?:de|del|of)\s+)?(\d{{4}})\b"
        )),
        month_day: compile(&format!(
            r"(?i)\b({m})\b\.?\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?:of\s+)?(\d{{4}})\b"
        )),
        east: compile(r"(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?)?"),
        month_year: compile(&format!(r"(?i)\b({m})\b\.?,?[\s-]+(?:(?:de|del|of)\s+)?(\d{{4}})\b")),
        season: compile(
            r"(?i)\b(?:spring|summer|autumn|fall|winter|frühling|frühjahr|sommer|herbst|printemps|été|automne|hiver|primavera|verano|otoño|invierno|весна|лето|осень|зима),?\s+(?:de\s+)?(\d{4})\b",
        ),
    }
});

/// The first date of a line, with the range of the line that spells it. `None` too where something is
/// spelled like a date but there is no such day.
fn parse(line: &str, order: Order) -> Option<(Date, std::ops::Range<usize>)> {
    let shapes = &*SHAPES;
    let number = |c: &Captures, i: usize| c.get(i).and_then(|m| m.as_str().parse::<i8>().ok());
    let name = |c: &Captures, i: usize| c.get(i).and_then(|m| month(m.as_str()));
    let text = |c: &Captures, i: usize| c.get(i).map_or(String::new(), |m| m.as_str().to_owned());
    let at = |c: &Captures| c.get(0).map_or(0..0, |m| m.range());
    if let Some(c) = shapes.iso.captures(line) {
        return Some((Date::new(&text(&c, 1), number(&c, 3), number(&c, 4))?, at(&c)));
    }
    if let Some(c) = shapes.numeric.captures(line) {
        let (a, b) = (number(&c, 1)?, number(&c, 3)?);
        // A full stop is only used where the day comes first.
        let month_first = b > 12 || (order == Order::MonthFirst && a <= 12 && !text(&c, 2).starts_with('.'));
        let (day, month) = if month_first { (b, a) } else { (a, b) };
        return Some((Date::new(&text(&c, 4), Some(month), Some(day))?, at(&c)));
    }
    if let Some(c) = shapes.day_month.captures(line) {
        return Some((Date::new(&text(&c, 3), name(&c, 2), number(&c, 1))?, at(&c)));
    }
    if let Some(c) = shapes.month_day.captures(line) {
        return Some((Date::new(&text(&c, 3), name(&c, 1), number(&c, 2))?, at(&c)));
    }
    if let Some(c) = shapes.east.captures(line) {
        return Some((Date::new(&text(&c, 1), number(&c, 2), number(&c, 3))?, at(&c)));
    }
    if let Some(c) = shapes.month_year.captures(line) {
        return Some((Date::new(&text(&c, 2), name(&c, 1), None)?, at(&c)));
    }
    let c = shapes.season.captures(line)?;
    Some((Date::new(&text(&c, 1), None, None)?, at(&c)))
}

/// The first date of a line, wherever it stands in it.
pub(super) fn first(line: &str) -> Option<Date> {
    parse(line, Order::DayFirst).map(|d| d.0)
}

/// The line without its first date, for what else it says.
pub(super) fn without(line: &str) -> Option<String> {
    let (_, range) = parse(line, Order::DayFirst)?;
    Some(format!("{} {}", &line[..range.start], &line[range.end..]))
}

/// A date as its owner wrote it, as ISO 8601; `None` if it is no date alone.
pub(super) fn given(text: &str) -> Option<String> {
    let text = text.trim();
    // Most are written so, and need none of the patterns. A year alone may be another number.
    if is_iso(text) {
        return if text.contains('-') { Some(text.to_owned()) } else { year(text).map(Date::iso) };
    }
    if let Some((date, range)) = parse(text, Order::DayFirst) {
        return (range == (0..text.len())).then(|| date.iso());
    }
    year_month(text).or_else(|| year(text)).map(Date::iso)
}

/// True for a date of ISO 8601 that exists, of any precision: `2018`, `2018-11`, `2018-11-03`.
pub fn is_iso(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if !digits(year, 4) || ![month, day].into_iter().flatten().all(|p| digits(p, 2)) {
        return false;
    }
    let number = |part: Option<&str>| part.map(str::parse).transpose();
    match (number(month), number(day)) {
        (Ok(month), Ok(day)) => Date::new(year, month, day).is_some(),
        _ => false,
    }
}

/// `2018-11`.
fn year_month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let digits = year.len() == 4
        && month.len() == 2
        && (year.bytes().chain(month.bytes())).all(|b| b.is_ascii_digit());
    Date::new(year, Some(month.parse().ok().filter(|_| digits)?), None)
}

/// A year that stands alone.
fn year(text: &str) -> Option<Date> {
    let text = text.trim_matches(|c: char| "()[].,".contains(c));
    let text = text.strip_suffix('г').map_or(text, str::trim_end);
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    // Earlier ones are far more often page numbers.
    Date::new(text, None, None).filter(|d| digits && (1450..=2100).contains(&d.year))
}

/// What may stand on a line with its date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Company {
    /// A place, a site, a periodical: up to five capitalised words.
    Loose,
    /// A place of one or two words, or a site.
    Strict,
}

/// True if the line is a date alone, or with a place, site or time.
pub(super) fn is_lone(line: &str) -> bool {
    lone(line, Order::DayFirst, Company::Loose).is_some()
}

/// The date of a line that is a date alone, or with a place, site or time. `03/04/2015` may be two days: it is none.
pub(super) fn of_lone(line: &str) -> Option<String> {
    let date = |order| lone(line, order, Company::Loose).map(Date::iso);
    date(Order::DayFirst).filter(|day_first| date(Order::MonthFirst).as_ref() == Some(day_first))
}

/// The date of a line that holds little else.
fn lone(line: &str, order: Order, company: Company) -> Option<Date> {
    /// Longest line of this kind.
    const LONGEST: usize = 110;
    let line = line.trim();
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) || RETRIEVED.is_match(line) {
        return None;
    }
    if let Some(date) = year_month(line) {
        return Some(date);
    }
    // `Published 3 May 2015 | Updated 4 June 2016 | 5 min read`
    if line.contains(['|', '·', '•']) {
        return line.split(['|', '·', '•']).find_map(|part| lone(part, order, company));
    }
    let (date, range) = parse(line, order)?;
    let before = &line[..range.start];
    let after = &line[range.end..];
    (company_is_fine(before, company)
        && company_is_fine(after, company)
        && capitalised(before) + capitalised(after) <= if company == Company::Loose { 5 } else { 2 })
    .then_some(date)
}

/// Words in lower case that go with a date. The last ones are what the day is of.
const COMPANIONS: [&str; 61] = [
    "on",
    "at",
    "in",
    "the",
    "of",
    "le",
    "la",
    "el",
    "den",
    "der",
    "am",
    "im",
    "um",
    "à",
    "a",
    "en",
    "de",
    "du",
    "del",
    "date",
    "г",
    "года",
    "году",
    "год",
    "в",
    "от",
    "posted",
    "published",
    "written",
    "geschrieben",
    "veröffentlicht",
    "publié",
    "publicado",
    "écrit",
    "написано",
    "uhr",
    "h",
    "pm",
    "utc",
    "gmt",
    "cet",
    "est",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
];

/// Words beside a date that say it is not the text's.
const FOREIGN: [&str; 34] = [
    "updated",
    "edited",
    "modified",
    "revised",
    "build",
    "version",
    "reprint",
    "isbn",
    "vol",
    "no",
    "nr",
    "pp",
    "born",
    "died",
    "killed",
    "copyright",
    "edition",
    "revision",
    "printed",
    "release",
    "ebook",
    "until",
    "since",
    "before",
    "after",
    "bis",
    "seit",
    "geboren",
    "gestorben",
    "né",
    "mort",
    "aktualisiert",
    "обновлено",
    "argued",
];

/// True if what stands beside a date is a place, a site, a time of day, or a word such as *published*.
fn company_is_fine(text: &str, company: Company) -> bool {
    text.split(|c: char| c.is_whitespace() || "|·•—–,;".contains(c)).filter(|w| !w.is_empty()).all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let lower = bare.to_lowercase();
        if bare.is_empty() {
            return word.chars().all(|c| "()[]./-".contains(c));
        }
        if kind::is_address(word) || COMPANIONS.contains(&lower.as_str()) {
            return true;
        }
        if FOREIGN.contains(&lower.as_str()) {
            return false;
        }
        // `10:32`, `10h32`
        let time =
            bare.chars().all(|c| c.is_ascii_digit() || ":.h+".contains(c)) && bare.contains([':', 'h']);
        let quoted = word.contains(|c| quotes::is_mark(c) || "()[]?!".contains(c));
        time || (!quoted
            && bare.chars().next().is_some_and(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || quotes::is_apostrophe(c) || ".-".contains(c))
            && !(company == Company::Strict
                && word.ends_with('.')
                && bare.chars().count() > 3
                && !text.trim().ends_with(word)))
    })
}

/// Number of words in capitals, days of the week and the like apart.
fn capitalised(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && !"'’-".contains(c))
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .filter(|w| !COMPANIONS.contains(&w.to_lowercase().as_str()))
        .count()
}

/// Finds the order of day and month in `3/4/2015` from the other dates of the document.
fn order(text: &str) -> Order {
    /// Enough text to learn a habit from.
    const SAMPLE: usize = 400_000;
    static PAIR: LazyLock<Regex> = LazyLock::new(|| compile(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b"));
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut pairs = 0;
    let (mut days, mut months) = (0, 0);
    for c in PAIR.captures_iter(text) {
        pairs += 1;
        let part = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u8>().ok()).unwrap_or(0);
        match (part(1), part(2)) {
            (13..=31, 1..=12) => days += 1,
            (1..=12, 13..=31) => months += 1,
            _ => {}
        }
    }
    if pairs == 0 || days != months {
        return if months > days { Order::MonthFirst } else { Order::DayFirst };
    }
    let day_first = SHAPES.day_month.find_iter(text).count();
    let month_first = SHAPES.month_day.find_iter(text).count();
    if month_first > day_first { Order::MonthFirst } else { Order::DayFirst }
}

/// The date of a document. `title` is the line of the head that holds the title.
pub(super) fn find(text: &str, head: &Head, title: Option<usize>) -> Option<Date> {
    let order = order(text);
    // 1. and 2.: the head, a statement before a lone date, a whole date before a year alone.
    for wanted in [Kind::Stated(Key::Date), Kind::Date, Kind::Byline] {
        let line = near_title(head).filter(|l| l.kind == wanted).find_map(|l| {
            let value = kind::stated(&l.text).map_or(l.text.as_str(), |s| s.1);
            if wanted == Kind::Byline {
                parse(value, order).map(|d| d.0)
            } else {
                lone(value, order, Company::Loose)
            }
        });
        if line.is_some() {
            return line;
        }
    }
    // `Version 3, 29 June 2007`: the date of just this text.
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^(?:(?:version|edition|release|draft|fassung|versión|версия)\s+v?\d[\d.]*\s*[,:–—-]?|v\d[\d.]*\s*[,:–—-]?|arxiv:\S+(?:\s+\[\S+\])?)\s+(.*)$",
        )
    });
    let version = head.lines[..head.prose].iter().find_map(|l| {
        VERSION
            .captures(&l.text)
            .and_then(|c| c.get(1))
            .and_then(|m| lone(m.as_str(), order, Company::Strict))
    });
    if version.is_some() {
        return version;
    }
    let end = head.lines.get(head.prose).or(head.lines.last()).map_or(0, |l| l.at);
    ending(text, end, order).or_else(|| {
        // 4.: with nothing but title-page lines between the title and the year.
        let title = title?;
        let until = head.prose.min(title + 10).min(head.lines.len());
        head.lines
            .get(title + 1..until)?
            .iter()
            .filter(|l| l.kind != Kind::Boilerplate)
            .find_map(|l| year(&l.text))
    })
}

/// The lines before the text, and those under a standfirst.
fn near_title(head: &Head) -> impl Iterator<Item = &head::Line> {
    let standfirst = head.lines.get(head.prose).map_or(usize::MAX, |l| l.chunk);
    let below = move |l: &head::Line| l.chunk > standfirst && l.chunk <= standfirst.saturating_add(2);
    let byline = head.lines.iter().filter(|l| l.kind == Kind::Byline).map(|l| l.chunk).collect::<Vec<_>>();
    head.lines
        .iter()
        .enumerate()
        .filter(move |(i, l)| *i < head.prose || below(l) && (l.alone || byline.contains(&l.chunk)))
        .map(|(_, l)| l)
}

/// The first lone date behind `from` that ends a piece.
fn ending<'t>(text: &'t str, from: usize, order: Order) -> Option<Date> {
    /// Longest line that may be the heading of the next piece.
    const HEADING: usize = 80;
    let text = text.get(from..)?;
    let mut at = 0;
    for line in text.split('\n') {
        let (above, below) = (&text[..at], &text[at + line.len()..]);
        at += line.len() + 1;
        if line.len() > 160 || !line.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let Some(date) = lone(&words::clean(line), order, Company::Strict) else { continue };
        let first = |lines: &mut dyn Iterator<Item = &'t str>| {
            lines.skip(1).map(str::trim).enumerate().find(|(_, l)| !l.is_empty())
        };
        let before = first(&mut above.rsplit('\n').take(5));
        let after = first(&mut below.split('\n').take(7));
        // A date after a line that runs on is a piece of it; a list of dates is a table.
        let closed = before.is_none_or(|(blank, l)| {
            blank > 0
                || person::is_only_names(l)
                || l.ends_with(['.', '!', '?', '…', ')'])
                || quotes::ends_quotation(l)
                || kind::is_address(l)
        });
        let table = before.is_some_and(|(_, l)| lone(l, order, Company::Strict).is_some());
        let last = after.is_none_or(|(blank, l)| {
            let address = l.split_whitespace().all(kind::is_address);
            let heading = l.chars().count() <= HEADING
                && !l.ends_with([',', ';'])
                && lone(l, order, Company::Strict).is_none();
            address || (blank > 0 && (heading || l.starts_with('#')))
        });
        if closed && last && !table {
            return Some(date);
        }
    }
    None
}

/// True if the line holds an address.
pub(super) fn has_address(line: &str) -> bool {
    URL.is_match(line) || EMAIL.is_match(line) || line.split_whitespace().any(is_host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(line: &str) -> Option<String> {
        lone(line, Order::DayFirst, Company::Loose).map(Date::iso)
    }

    #[test]
    fn usual_spellings() {
        for (line, expected) in [
            ("2019-12-31", "2019-12-31"),
            ("2019/12/31", "2019-12-31"),
            ("2022-10-08 03:52:48 UTC", "2022-10-08"),
            ("2021-03-04T09:30:00Z", "2021-03-04"),
            ("December 31, 2019", "2019-12-31"),
            ("Dec. 31, 2019", "2019-12-31"),
            ("DECEMBER 31ST, 2019", "2019-12-31"),
            ("31 December 2019", "2019-12-31"),
            ("22nd April 2012", "2012-04-22"),
            ("21st December, 2012.", "2012-12-21"),
            ("the 3rd of May 1911", "1911-05-03"),
            ("3rd day of May, 1911", "1911-05-03"),
            ("November 2018", "2018-11"),
            ("Sept. 2004", "2004-09"),
            ("2018-11", "2018-11"),
            ("15/01/2015", "2015-01-15"),
            ("3/4/2015", "2015-04-03"),
            ("12/31/2014", "2014-12-31"),
            ("31.12.2019", "2019-12-31"),
            ("3. 4. 1921", "1921-04-03"),
            ("mills.example, 15/01/2015", "2015-01-15"),
            ("15/01/2015 mills.example", "2015-01-15"),
            ("Sunday, May 3, 2015", "2015-05-03"),
            ("(May 2015)", "2015-05"),
            ("Posted on May 3, 2015 at 10:32 pm", "2015-05-03"),
            ("Vienna, 3 May 1810", "1810-05-03"),
            ("The Evening Mill, March 1949", "1949-03"),
            ("3. März 1921", "1921-03-03"),
            ("Wien, den 3. März 1921", "1921-03-03"),
            ("Oktober 1968", "1968-10"),
            ("1er mai 1936", "1936-05-01"),
            ("Paris, le 14 février 1871", "1871-02-14"),
            ("août 1944", "1944-08"),
            ("dimanche 3 mai 2011", "2011-05-03"),
            ("3 de mayo de 2011", "2011-05-03"),
            ("mayo de 1937", "1937-05"),
            ("12 мая 2015 г.", "2015-05-12"),
            ("12 мая 2015 года", "2015-05-12"),
            ("Май 1968", "1968-05"),
            ("Spring 2011", "2011"),
            ("Published 3 May 2015 | Updated 4 June 2016 | 5 min read", "2015-05-03"),
            ("2018年11月3日", "2018-11-03"),
            ("2018年11月", "2018-11"),
        ] {
            assert_eq!(iso(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn not_the_date_of_a_text() {
        for line in [
            "",
            "31 February 2019",
            "2019-13-01",
            "February 30, 2011",
            "32/01/2015",
            "Retrieved on 10th February 2021 from mills.example",
            "Accessed 3 May 2020",
            "abgerufen am 3. Mai 2020",
            "On 3 May 1911 the mill burned down.",
            "In May 1911, forty millers met at the weir",
            "Vol. 3, No. 2, May 1911",
            "Copyright 3 May 2011",
            "Last updated May 3, 2011",
            "born 3 May 1811",
            "“The Mill,” May 1911",
            "1914-1918",
            "May 3, 2015 – June 4, 2015",
            "3/4",
            "version 1.2.2004",
            "p. 2015",
            "9999999999",
            "2019-1-2-3-4 mills",
        ] {
            assert_eq!(iso(line), None, "{line}");
        }
    }

    #[test]
    fn order_of_day_and_month_is_learned() {
        assert_eq!(order("seen 12/31/2014 and 3/4/2015"), Order::MonthFirst);
        assert_eq!(order("seen 31/12/2014 and 3/4/2015"), Order::DayFirst);
        assert_eq!(order("May 4, 2010. June 5, 2011. 3/4/2015"), Order::MonthFirst);
        assert_eq!(order("4 May 2010; 3/4/2015"), Order::DayFirst);
        assert_eq!(order("3/4/2015"), Order::DayFirst);
        assert_eq!(order(""), Order::DayFirst);
    }

    fn found(text: &str) -> Option<String> {
        find(text, &head::read(text), Some(0)).map(Date::iso)
    }

    #[test]
    fn the_first_dated_piece() {
        let piece = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit. \
                     Nobody spoke of it afterwards, though everybody remembered it well enough.\n";
        let text = format!(
            "Three Mills\n\n{piece}{piece}\nmills.example, 15/01/2015\n\nThe Second Mill\n\n{piece}\n22nd April 2012\n"
        );
        assert_eq!(found(&text).as_deref(), Some("2015-01-15"));
        let prose =
            format!("Three Mills\n\n{piece}{piece}It was on\n15 January 2015\nthat it rained.\n\n{piece}");
        assert_eq!(found(&prose), None);
        let table =
            format!("Three Mills\n\n{piece}{piece}\n1 May 1911\nfounding\n2 May 1911\nburning\n\n{piece}");
        assert_eq!(found(&table), None);
        let signed = format!("Three Mills\n\n{piece}{piece}{piece}\nNora Feld\nLeeds, 3 May 1911\n");
        assert_eq!(found(&signed).as_deref(), Some("1911-05-03"));
        let end = format!("Three Mills\n\n{piece}{piece}\nLeeds, 3 May 1911\n");
        assert_eq!(found(&end).as_deref(), Some("1911-05-03"));
        let retrieved =
            format!("Three Mills\n\nMay 1911\n\nRetrieved on 3 May 2020 from mills.example\n\n{piece}");
        assert_eq!(found(&retrieved).as_deref(), Some("1911-05"));
        assert_eq!(found(&format!("Three Mills\n\n1911\n\n{piece}")).as_deref(), Some("1911"));
        assert_eq!(found(&format!("Three Mills\n\n{piece}\n1911\n")), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn the_owner_may_write_it_as_he_likes() {
        assert_eq!(given("3 May 1911").as_deref(), Some("1911-05-03"));
        assert_eq!(given(" 1911 ").as_deref(), Some("1911"));
        assert_eq!(given("1911-05").as_deref(), Some("1911-05"));
        assert_eq!(given("about 1911"), None);
    }
}
