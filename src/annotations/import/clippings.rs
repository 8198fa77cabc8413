//! `My Clippings.txt`, to which a Kindle adds whatever is marked on it.
//!
//! A clipping is a line with the title (and the author in parentheses), a line that says what it is and where and when
//! it was made, in the language of the device, an empty line, the words, and a rule of `=`. The second line is not
//! taken apart by language: a note is told by the word for one, a place by its figures, a date by a year, a month's
//! name and a time, whichever language they are in.

use super::unusable;
use crate::annotations::{Annotation, Quote, Target, jsonld};
use crate::diagnostic::Warned;

/// What stands between two clippings.
const RULE: &str = "==========";

/// Words for a note, a bookmark and an article saved whole, as they begin the second line in the device's languages.
const NOTE: [&str; 12] = [
    "note",
    "notiz",
    "nota",
    "notitie",
    "заметка",
    "メモ",
    "笔记",
    "筆記",
    "메모",
    "notatka",
    "anteckning",
    "not ",
];
const BOOKMARK: [&str; 10] = [
    "bookmark",
    "lesezeichen",
    "signet",
    "marcador",
    "segnalibro",
    "bladwijzer",
    "закладка",
    "ブックマーク",
    "书签",
    "書籤",
];

/// Months as the languages of the device write them: what they begin with is enough.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "maa", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "mag", "mei", "мая", "май"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "aoû", "ago", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "out", "ott", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "déc", "dic", "дек"],
];
/// Days of the week that begin as a month does.
const DAYS: [&str; 5] = ["martes", "mardi", "martedì", "marted", "mar."];

/// True if this is such a file.
pub fn are(text: &str) -> bool {
    text.lines().any(|line| line.trim() == RULE)
}

/// One clipping, taken apart.
struct Clipping<'a> {
    title: &'a str,
    author: Option<&'a str>,
    kind: Kind,
    /// First and last location, or page.
    place: Option<(u32, u32)>,
    date: Option<String>,
    words: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Highlight,
    Note,
    Bookmark,
}

/// Reads the clippings. A note becomes the note of the passage that was marked where it stands.
pub fn read(shown: &str, text: &str) -> Warned<Vec<Annotation>> {
    let pieces: Vec<&str> = text.split(RULE).map(str::trim).filter(|p| !p.is_empty()).collect();
    let clippings: Vec<Clipping> = pieces.iter().filter_map(|p| clipping(p)).collect();
    let mut bad = pieces.len() - clippings.len();
    let mut out: Vec<(Annotation, Option<(u32, u32)>)> = Vec::new();
    for c in clippings.iter().filter(|c| c.kind == Kind::Highlight && !c.words.is_empty()) {
        out.push((annotation(c, Some(c.words), String::new()), c.place));
    }
    for c in clippings.iter().filter(|c| c.kind == Kind::Note) {
        if c.words.is_empty() {
            bad += 1;
            continue;
        }
        // A device writes a note at the last location of what was marked.
        let marked = out.iter_mut().find(|(a, place)| {
            let within = place.zip(c.place).is_some_and(|(p, n)| p.0 <= n.0 && n.0 <= p.1);
            within && a.note.is_empty() && a.target.title.as_deref() == Some(c.title)
        });
        match marked {
            Some((marked, _)) => {
                marked.note = c.words.to_owned();
                if c.date.is_some() && c.date != marked.created {
                    marked.modified = c.date.clone();
                }
            }
            None => out.push((annotation(c, None, c.words.to_owned()), None)),
        }
    }
    let fault =
        (bad > 0).then(|| unusable(shown, format!("{bad} clippings could not be read, and are left out")));
    let mut seen = std::collections::HashSet::new();
    let annotations = out.into_iter().map(|a| jsonld::completed(a.0)).filter(|a| seen.insert(a.id.clone()));
    Warned { value: annotations.collect(), diagnostics: fault.into_iter().collect() }
}

fn annotation(c: &Clipping, quote: Option<&str>, note: String) -> Annotation {
    let place = c.place.map_or(String::new(), |p| [p.0.to_string(), p.1.to_string()].join("-"));
    let said = quote.unwrap_or(&note);
    Annotation {
        id: jsonld::made_id(&["kindle", c.title, c.author.unwrap_or_default(), &place, said]),
        target: Target { source: String::new(), fingerprint: None, title: Some(c.title.to_owned()) },
        quote: quote.map(|q| Quote { exact: q.to_owned(), ..Quote::default() }),
        note,
        created: c.date.clone(),
        ..Annotation::default()
    }
}

fn clipping(piece: &str) -> Option<Clipping<'_>> {
    let (head, rest) = piece.split_once('\n')?;
    let rest = rest.trim_start();
    let (facts, words) = rest.split_once('\n').unwrap_or((rest, ""));
    let facts = facts.trim();
    if !facts.starts_with(['-', '–']) {
        return None;
    }
    let head = head.trim().trim_start_matches('\u{FEFF}');
    // The last parentheses hold the author; a title may have its own.
    let author = head.ends_with(')').then(|| head.rfind('(')).flatten().filter(|at| *at > 0);
    let (title, author) = match author {
        Some(at) => (head[..at].trim(), Some(&head[at + 1..head.len() - 1])),
        None => (head, None),
    };
    let lower = facts.to_lowercase();
    let first = lower.split('|').next().unwrap_or_default();
    let is = |words: &[&str]| words.iter().any(|w| lower_has(first, w));
    let kind = match () {
        () if is(&BOOKMARK) => Kind::Bookmark,
        () if is(&NOTE) => Kind::Note,
        () => Kind::Highlight,
    };
    // The date is behind the last bar; the location is the last range of figures before it.
    let (places, date) = lower.rsplit_once('|').unwrap_or((&lower, ""));
    Some(Clipping { title, author, kind, place: place(places), date: self::date(date), words: words.trim() })
}

/// True if a word stands there, or begins one: `notiz` in `ihre notiz bei position 3`, but not `note` in `footnotes`.
fn lower_has(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !word.is_ascii() || !before.is_some_and(char::is_alphabetic)
    })
}

fn numbers(text: &str) -> Vec<(usize, u32)> {
    let mut out = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(|c: char| c.is_ascii_digit()) {
        let start = rest + at;
        let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        if let Ok(number) = text[start..start + length].parse() {
            out.push((start, number));
        }
        rest = start + length;
    }
    out
}

fn place(text: &str) -> Option<(u32, u32)> {
    let numbers = numbers(text);
    let &(at, last) = numbers.last()?;
    let first = numbers.len().checked_sub(2).map(|i| numbers[i]).filter(|(start, number)| {
        text[*start..at].trim_start_matches(|c: char| c.is_ascii_digit()).trim() == "-" && *number <= last
    });
    Some((first.map_or(last, |f| f.1), last))
}

/// The date and time of a line's last part, as ISO 8601; the device does not say in which zone.
fn date(text: &str) -> Option<String> {
    let numbers = numbers(text);
    let year_at = numbers.iter().position(|n| (1990..2200).contains(&n.1))?;
    let year = numbers[year_at].1;
    let cjk = text.contains('年') || text.contains('년');
    let (month, day) = if cjk {
        (numbers.get(year_at + 1)?.1, numbers.get(year_at + 2)?.1)
    } else {
        let month =
            text.split(|c: char| !c.is_alphabetic()).filter(|w| !DAYS.contains(w)).find_map(|word| {
                let starts = |m: &&[&str]| m.iter().any(|s| word.starts_with(s));
                MONTHS.iter().position(starts).filter(|_| word.chars().count() >= 3)
            })?;
        // Before the year in most languages, and in English also before a comma.
        let day = numbers[..year_at].iter().rev().map(|n| n.1).find(|n| (1..=31).contains(n))?;
        (month as u32 + 1, day)
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let behind = &numbers[year_at + if cjk { 3 } else { 1 }..];
    let time = match behind {
        [(at, hour), (_, minute), rest @ ..] if *hour < 24 && *minute < 60 => {
            let second = rest.first().map_or(0, |s| s.1.min(59));
            let words = &text[numbers[year_at].0..];
            let late = ["pm", "p.m.", "p. m.", "下午", "午後", "오후"].iter().any(|w| words.contains(w));
            let early = ["am", "a.m.", "a. m.", "上午", "午前", "오전"]
                .iter()
                .any(|w| text[*at..].contains(w) || (cjk && words.contains(w)));
            let hour = match (late, early) {
                (true, _) if *hour < 12 => hour + 12,
                (false, true) if *hour == 12 => 0,
                _ => *hour,
            };
            format!("T{hour:02}:{minute:02}:{second:02}")
        }
        _ => String::new(),
    };
    Some(format!("{year:04}-{month:02}-{day:02}{time}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(facts: &[(&str, &str)]) -> String {
        let one = |(facts, words): &(&str, &str)| {
            ["On Margins (Second Edition) (Ada Example)\r\n", facts, "\r\n\r\n", words, "\r\n==========\r\n"]
                .concat()
        };
        ["\u{FEFF}", &facts.iter().map(one).collect::<String>()].concat()
    }

    #[test]
    fn dates_and_places_are_read_in_many_languages() {
        for (facts, place, date) in [
            (
                "- Your Highlight on page 5 | location 100-102 | Added on Tuesday, March 6, 2018 10:11:12 PM",
                (100, 102),
                "2018-03-06T22:11:12",
            ),
            (
                "- Your Highlight at location 7 | Added on Saturday, 3 November 2018 12:01:02 AM",
                (7, 7),
                "2018-11-03T00:01:02",
            ),
            (
                "- Ihre Markierung auf Seite 5 | bei Position 100-102 | Hinzugefügt am Dienstag, 6. März 2018 22:11:12",
                (100, 102),
                "2018-03-06T22:11:12",
            ),
            (
                "- Votre surlignement sur la page 5 | emplacement 100-102 | Ajouté le mardi 14 août 2018 10:11:12",
                (100, 102),
                "2018-08-14T10:11:12",
            ),
            (
                "- Tu subrayado en la página 5 | posición 100-102 | Añadido el martes, 6 de enero de 2018 9:11:12",
                (100, 102),
                "2018-01-06T09:11:12",
            ),
            (
                "- La tua evidenziazione a pagina 5 | posizione 100-102 | Aggiunto in data martedì 6 giugno 2018 10:11:12",
                (100, 102),
                "2018-06-06T10:11:12",
            ),
            (
                "- Seu destaque na página 5 | posição 100-102 | Adicionado: terça-feira, 6 de outubro de 2018 10:11:12",
                (100, 102),
                "2018-10-06T10:11:12",
            ),
            (
                "- Ваш выделенный отрывок в месте 100–102 | Добавлено: суббота, 3 ноября 2018 г. в 10:11:12",
                (102, 102),
                "2018-11-03T10:11:12",
            ),
            (
                "- 5ページ|位置No. 100-102のハイライト |作成日: 2018年11月3日土曜日 22:11:12",
                (100, 102),
                "2018-11-03T22:11:12",
            ),
            (
                "- 您在第 5 页（位置 #100-102）的标注 | 添加于 2018年11月3日星期六 下午10:11:12",
                (100, 102),
                "2018-11-03T22:11:12",
            ),
        ] {
            let text = file(&[(facts, "the words")]);
            assert!(are(&text));
            let piece = text.split(RULE).next().unwrap();
            let read = clipping(piece.trim()).unwrap();
            assert_eq!((read.place, read.date.as_deref()), (Some(place), Some(date)), "{facts}");
            assert!(read.kind == Kind::Highlight, "{facts}");
        }
    }

    #[test]
    fn a_note_goes_to_the_passage_it_was_written_at() {
        let text = file(&[
            ("- Ihre Notiz bei Position 102 | Hinzugefügt am Samstag, 3. November 2018 10:12:00", "Really?"),
            (
                "- Ihre Markierung bei Position 100-102 | Hinzugefügt am Samstag, 3. November 2018 10:11:12",
                "the words",
            ),
            ("- Ihr Lesezeichen bei Position 110 | Hinzugefügt am Samstag, 3. November 2018 10:13:00", ""),
            ("- Ihre Notiz bei Position 300 | Hinzugefügt am Samstag, 3. November 2018 10:14:00", "Alone."),
        ]);
        let read = read("My Clippings.txt", &text);
        assert_eq!((read.value.len(), read.diagnostics.len()), (2, 0));
        assert_eq!(
            (read.value[0].note.as_str(), read.value[0].modified.as_deref()),
            ("Really?", Some("2018-11-03T10:12:00"))
        );
        assert_eq!(read.value[0].target.title.as_deref(), Some("On Margins (Second Edition)"));
        assert_eq!((read.value[1].note.as_str(), read.value[1].quote.is_none()), ("Alone.", true));
        assert_eq!(super::read("x", &text).value, read.value);
    }

    #[test]
    fn a_clipping_without_facts_is_told() {
        let read = read(
            "x",
            &["Title (A)\nno facts\n\nwords\n==========\n", &file(&[("- Your Highlight | Added on x", "w")])]
                .concat(),
        );
        assert_eq!((read.value.len(), read.diagnostics.len()), (1, 1));
    }
}
