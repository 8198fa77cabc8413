//! Who wrote a text. No author rather than a wrong one.
//!
//! 1. `Author: …`
//! 2. `By …` in the head, in several languages.
//! 3. A line under the title that is only a personal name (or names). Since a subtitle or a place may look
//!    the same, the words must not be ordinary words of this text, the name must not be the place that the text
//!    says things happened *in*, and the text must not begin by speaking of its bearer.
//! 4. The same above the title, or before it on its line: `JANE ROE — On Rivers`.

use std::sync::LazyLock;

use regex::Regex;

use super::date;
use super::head::{Head, Line};
use super::kind::{self, Key, Kind};
use super::patterns::{EMAIL, compile};
use super::person::{self, names};
use crate::quotes;

/// The authors that a `By …` line names.
pub(super) fn byline(text: &str) -> Vec<String> {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"^(?:(?:[Ww]ritten|[Ww]ords|[Tt]ext|[Ss]tory|[Aa]n? essay|[Aa] lecture|[Ee]ssay|[Pp]osted|[Pp]ublished)\s+)?(?P<by>[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR)\s*:?\s+(?P<rest>\S.*)$",
        )
    });
    // `By Jane Roe | 3 May 2011 | 5 min read`
    let line = text.split(['|', '·', '•']).next().unwrap_or(text).trim();
    let Some(found) = BY.captures(line) else { return Vec::new() };
    let rest = found.name("rest").map_or("", |m| m.as_str());
    let by = found.name("by").map_or("", |m| m.as_str());
    let without_date = date::without(rest);
    let rest = without_date.as_deref().unwrap_or(rest).trim();
    let rest =
        rest.strip_suffix(" on").unwrap_or(rest).trim_end_matches([',', '.', '-', '–', '—', '(', ' ', ')']);
    // One word alone is a name only after a `by` that begins no title.
    let least = if by.chars().all(char::is_lowercase) { 1 } else { 2 };
    // An initial's full stop was cut off above.
    let full = if text.contains(&format!("{rest}.")) && rest.chars().rev().nth(1) == Some(' ') {
        format!("{rest}.")
    } else {
        rest.to_owned()
    };
    names(&full, least)
}

/// The authors of a document. `title` is the line of the head that holds the title.
pub(super) fn find(text: &str, head: &Head, title: Option<usize>) -> Vec<String> {
    let lines = &head.lines;
    for line in lines {
        if line.kind == Kind::Stated(Key::Author)
            && let Some((_, value)) = kind::stated(&line.text)
        {
            let value = EMAIL.replace_all(value, "");
            let value = value.trim().trim_end_matches(['<', '>', '(', ')', ' ']);
            // Of a stated list what is no name (`Anonymous`) is passed over.
            let list = names(value, 1);
            let each = || value.split(';').flat_map(|n| names(n, 1)).collect();
            let mut found: Vec<String> = if list.is_empty() { each() } else { list };
            if found.is_empty() && person::is_handle(value) {
                found.push(value.to_owned());
            }
            if !found.is_empty() {
                return found;
            }
        }
    }
    if let Some(found) =
        lines.iter().filter(|l| l.kind == Kind::Byline).map(|l| byline(&l.text)).find(|b| !b.is_empty())
    {
        return found;
    }
    let Some(title) = title else { return Vec::new() };
    let under = under_title(text, head, title);
    if under.is_empty() { above_title(text, head, title) } else { under }
}

/// Names on lines of their own under the title.
fn under_title(text: &str, head: &Head, title: usize) -> Vec<String> {
    /// Paragraphs under the title that still belong to it.
    const NEAR: usize = 4;
    let lines = &head.lines;
    let Some(at) = lines.get(title) else { return Vec::new() };
    // A title page names the author above the title once more: nothing is surer.
    let above = lines.windows(2).skip(title + 1).find(|w| w[1].text == at.text).map(|w| names(&w[0].text, 2));
    if let Some(list) = above.filter(|l| !l.is_empty()) {
        return list;
    }
    let block: Vec<(usize, &Line)> = lines[..head.prose.max(title + 1).min(lines.len())]
        .iter()
        .enumerate()
        .skip(title + 1)
        .take_while(|(_, l)| {
            l.chunk <= at.chunk + NEAR && !matches!(l.kind, Kind::Contents | Kind::Section | Kind::Prose)
        })
        .take(10)
        .collect();
    let mut found: Vec<String> = Vec::new();
    let mut last = None;
    for &(i, line) in &block {
        if line.kind != Kind::Other || credits_another(&lines[i - 1]) || line.text == at.text {
            continue;
        }
        let next = lines.get(i + 1);
        let mail = next.is_some_and(|n| kind::is_mail(&n.text) && n.chunk <= line.chunk + 1);
        let signed = mail || line.heading.is_none() && (is_signed(&lines[i..]) || is_row(&lines[i..]));
        let han = han_name(line, at, i, lines);
        let list = if han { vec![line.text.clone()] } else { line.names.clone() };
        // Under a first name, further ones count only if they are marked as the first one is, or stand right below it
        // where the page's names end.
        let row = last == Some(i - 1) && is_closed(&lines[i..]);
        if list.is_empty() || !(found.is_empty() || signed || row) {
            continue;
        }
        // A heading with a name is a part about its bearer, unless an address shows that it is a by-line.
        if line.heading.is_some() && !mail {
            break;
        }
        if signed || han || list.iter().all(|n| is_nobodys_subject(text, head.text_at(text), n)) {
            found.extend(list);
            last = Some(i);
        }
    }
    found.dedup();
    if found.is_empty() { under_standfirst(text, head, title) } else { found }
}

/// Lines of a title page that are looked at below a name.
const BELOW: usize = 8;

/// True if where they work, or their address, stands below one or several names: nobody is written about so.
fn is_signed(lines: &[Line]) -> bool {
    let below = lines.iter().take(BELOW).find(|l| l.names.is_empty());
    below.is_some_and(|l| l.kind == Kind::Other && person::is_affiliation(&l.text) || kind::is_mail(&l.text))
}

/// True for names on several lines running, of which the last closes the title page: nobody is written about so either.
fn is_row(lines: &[Line]) -> bool {
    lines.get(1).is_some_and(|l| !l.names.is_empty()) && is_closed(lines)
}

/// True if the names are followed by the date, an address or the first section, as on a title page.
fn is_closed(lines: &[Line]) -> bool {
    let below = lines.iter().take(BELOW);
    let mut rest = below.filter(|l| l.names.is_empty());
    let ends = |l: &Line| matches!(l.kind, Kind::Date | Kind::Address | Kind::Section | Kind::Contents);
    rest.find(|l| !person::is_affiliation(&l.text)).is_some_and(ends)
}

/// True for a `Translated by` above the name of who did it, and for another label above what is no author's name.
fn credits_another(above: &Line) -> bool {
    const BY: [&str; 8] = ["by", "von", "durch", "par", "por", "da", "door", "av"];
    const AUTHOR: [&str; 3] = ["aut", "verf", "авт"];
    let label = above.text.to_lowercase();
    if above.kind == Kind::Other && label.ends_with(':') {
        return !AUTHOR.iter().any(|author| label.starts_with(author));
    }
    let last =
        above.text.split_whitespace().next_back().unwrap_or_default().trim_end_matches(':').to_lowercase();
    above.kind == Kind::Boilerplate && BY.contains(&last.as_str())
}

/// A name between a standfirst and a date.
fn under_standfirst(text: &str, head: &Head, title: usize) -> Vec<String> {
    let lines = &head.lines;
    let Some(standfirst) = lines.get(head.prose).filter(|_| head.prose == title + 1) else {
        return Vec::new();
    };
    let pair = lines.windows(2).skip(head.prose + 1).find(|w| w[1].kind == Kind::Date);
    let from = pair.and_then(|w| lines.iter().find(|l| l.at > w[1].at)).map_or(text.len(), |l| l.at);
    let near = pair.filter(|w| w[0].kind == Kind::Other && w[1].chunk <= standfirst.chunk + 2);
    let list = near.map_or(Vec::new(), |w| names(&w[0].text, 2));
    if list.iter().all(|n| is_nobodys_subject(text, from, n)) { list } else { Vec::new() }
}

/// East Asian title pages: exactly two lines, the second a name of three to five signs.
fn han_name(line: &Line, title: &Line, index: usize, lines: &[Line]) -> bool {
    let below = line.chunk == title.chunk || title.alone && line.alone && line.chunk == title.chunk + 1;
    let two = below && lines.get(index + 1).is_none_or(|n| n.chunk != line.chunk);
    let chars = line.text.chars().filter(|c| !c.is_whitespace());
    two && (3..=5).contains(&chars.clone().count())
        && chars.clone().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A name on the line above the title, or before a dash on the title's line.
fn above_title(text: &str, head: &Head, title: usize) -> Vec<String> {
    let Some(line) = head.lines.get(title) else { return Vec::new() };
    let dashed = line.text.split_once(" — ").or_else(|| line.text.split_once(" – "));
    if let Some((name, rest)) = dashed {
        let list = names(name, 2);
        let only = list.iter().all(|n| is_nobodys_subject(text, head.text_at(text), n));
        return if !list.is_empty() && only && !rest.is_empty() && names(rest, 2).is_empty() {
            list
        } else {
            Vec::new()
        };
    }
    let above = title
        .checked_sub(1)
        .and_then(|i| head.lines.get(i))
        .filter(|l| l.kind == Kind::Other && l.heading.is_none());
    let list = above.map_or(Vec::new(), |l| l.names.clone());
    if list.iter().all(|n| is_nobodys_subject(text, head.text_at(text), n)) { list } else { Vec::new() }
}

/// True if a year follows a surname, or those of others and a year, as where a work is cited: ` and Korn (2004)`.
fn is_cited(behind: &str) -> bool {
    /// Bytes that are looked at.
    const NEAR: usize = 60;
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"^(?:,?\s+(?:and|und|et|y|e|&)\s+\S+|\s+et al\.?|,\s+\p{Lu}[\p{L}-]+){0,3},?\s+\(?(?:1[5-9]|20)\d\d",
        )
    });
    YEAR.is_match(&behind[..behind.floor_char_boundary(NEAR)])
}

/// True if a line that looks like a name may be the author's: its surname is no ordinary word of this text, it is no
/// place in it, and not whom it speaks of. The text proper begins at `from`.
pub(super) fn is_nobodys_subject(text: &str, from: usize, name: &str) -> bool {
    /// Mentions of a surname that self-citation and a title page explain.
    const MENTIONS: usize = 6;
    /// Words at the beginning of the text in which whom it is about would be named.
    const OPENING: usize = 120;
    let parts: Vec<&str> =
        name.split_whitespace().filter(|w| w.chars().count() > 2 && !w.ends_with('.')).collect();
    let Some(surname) = parts.last() else { return false };
    let lower = surname.to_lowercase();
    let (mut mentions, mut opening, mut as_word) = (0, 0, false);
    let mut before = "";
    let text = &text[from.min(text.len())..];
    for (n, word) in text
        .split(|c: char| !c.is_alphanumeric() && c != '-' && !quotes::is_apostrophe(c))
        .filter(|w| !w.is_empty())
        .enumerate()
    {
        let bare = quotes::possessor(word).unwrap_or(word);
        let behind = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        if bare.eq_ignore_ascii_case(surname)
            && bare.chars().next().is_some_and(char::is_uppercase)
            && !is_cited(&text[behind..])
        {
            mentions += 1;
            opening += usize::from(n < OPENING);
        }
        as_word |= bare == lower;
        // `in Puerto Madryn`: a place.
        if bare == parts[0]
            && ["in", "at", "near", "à", "en", "nach", "aus", "bei", "в", "из"].contains(&before)
        {
            return false;
        }
        before = word;
    }
    opening == 0 && mentions <= MENTIONS && !as_word
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;

    #[test]
    fn bylines() {
        for (line, expected) in [
            ("By Nora Feld", "Nora Feld"),
            ("by Nora Feld and Jonas Weir", "Nora Feld|Jonas Weir"),
            ("By NORA FELD, JONAS WEIR & Ada Mill", "Nora Feld|Jonas Weir|Ada Mill"),
            ("BY NORA FELD", "Nora Feld"),
            ("By Nora Feld | May 3, 2019 | 5 min read", "Nora Feld"),
            ("By Nora Feld on May 3, 2019", "Nora Feld"),
            ("By Nora Feld, 3 May 2019", "Nora Feld"),
            ("written by Nora Feld", "Nora Feld"),
            ("Von Nora Feld und Jonas Weir", "Nora Feld|Jonas Weir"),
            ("par Nora Feld", "Nora Feld"),
            ("Por Nora Feld y Jonás Soto", "Nora Feld|Jonás Soto"),
            ("by Aldoro", "Aldoro"),
            ("By Night", ""),
            ("By the Sea", ""),
            ("By train to the mill", ""),
            ("Von der Mühle", ""),
            ("By New York", ""),
            ("Bystanders All", ""),
        ] {
            assert_eq!(byline(line).join("|"), expected, "{line}");
        }
    }

    const PROSE: &str = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit. \
        Nobody spoke of it afterwards, though everybody remembered it well enough, and in Puerto Largo they still tell it.\n\n\
        It rained at last, and the wheel turned again, and the moral of the story is that bread is never only bread to a miller.\n";

    fn found(top: &str) -> String {
        let text = format!("{top}\n\n{PROSE}");
        find(&text, &head::read(&text), Some(0)).join("|")
    }

    #[test]
    fn who_is_cited_is_not_spoken_of() {
        for (behind, cited) in [
            (" (2004) says so", true),
            (" and Korn (2004)", true),
            (", Korn, and Ardent (2004) say so", true),
            (" et al. 2004", true),
            (" was born in 1504", false),
            ("", false),
        ] {
            assert_eq!(is_cited(behind), cited, "{behind}");
        }
    }

    #[test]
    fn lines_of_their_own() {
        assert_eq!(found("On Bread\n\nNora Feld"), "Nora Feld");
        assert_eq!(found("On Bread\nNora Feld\nMay 2011"), "Nora Feld");
        assert_eq!(found("On Bread\n\nA Weekday History\n\nNora Feld"), "Nora Feld");
        assert_eq!(found("On Bread\n\nNora Feld and Jonas Weir"), "", "the text speaks of a weir");
        assert_eq!(found("On Bread\n\nNora Feld and Jonas Ardent"), "Nora Feld|Jonas Ardent");
        assert_eq!(
            found("On Bread\n\nA Plea\n\nNora Feld\n\nNora Feld\nOn Bread\nA Plea\n1911"),
            "Nora Feld"
        );
        assert_eq!(
            found(
                "On Bread\n\nWhy the mills stopped, and what came after it in the valley of the lower river and in the towns.\n\nNora Feld\n\n3 May 2011"
            ),
            "Nora Feld"
        );
        assert_eq!(found("On Bread\n\nPuerto Largo"), "");
        assert_eq!(found("On Bread\n\nIdle Millers"), "");
        assert_eq!(found("On Bread\n\nThe Weir Society"), "");
        assert_eq!(found("# On Bread\n\n## Nora Feld"), "");
        assert_eq!(
            found(
                "# On Bread\n\n### Nora Feld\n\nnora@mills.example\n\n### Jonas Weir\n\njonas@mills.example"
            ),
            "Nora Feld|Jonas Weir"
        );
        assert_eq!(found("On Bread\n\nAuthor: Nora Feld"), "Nora Feld");
        assert_eq!(found("Хлеб\n\nАвтор: Иван Мельник"), "Иван Мельник");
        assert_eq!(found("NORA FELD — On Bread"), "Nora Feld");
        assert_eq!(found("On Bread\nNora Feld∗\n\nJonas Ardent†\n\nMay 2011"), "Nora Feld|Jonas Ardent");
        assert_eq!(found("On Bread\n\nIdle Millers\n\nLamps Noon\n\nMay 2011"), "", "words of the text");
        assert_eq!(
            found("On Bread\nJonas Weir\nUniversity of Largo"),
            "Jonas Weir",
            "where he works is said"
        );
        assert_eq!(found("On Bread\n\nMühlenhochschule Largo"), "");
        assert_eq!(found("Bread and Salt\n\nBread and Salt"), "");
        assert_eq!(found("On Bread\nby miller_7\n3 May 2011"), "miller_7");
        assert_eq!(found("On Bread\n\n   Nora Feld        Jonas Ardent\n"), "Nora Feld|Jonas Ardent");
        assert_eq!(found("From: nf(at)mills.example (Nora Feld)\nSubject: On bread"), "Nora Feld");
        assert_eq!(found("面包\n\n作者：李四　　来源：《河》2019年"), "李四");
        assert_eq!(found("面包\n\n河野　一郎"), "河野 一郎");
        assert_eq!(found("On Bread\n\nSubmitted to the board of:\nLargo Riverside"), "");
        assert_eq!(found("The Mill\n\nPersonae Dramatis:\nNora, a baker\nJonas, her son"), "");
        assert_eq!(found("On Bread\n\nAutore:\nNora Feld"), "Nora Feld");
        assert_eq!(found("On Bread\nby miller_7"), "");
        assert_eq!(found("On Bread\n\nAuthor: unknown"), "");
        assert_eq!(found("On Bread"), "");
        assert_eq!(found(""), "");
    }
}
