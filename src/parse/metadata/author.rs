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
use super::head::{self, Head, Key, Kind, Line};
use super::patterns::{EMAIL, compile};

/// Lower-case particles inside names.
const PARTICLES: [&str; 33] = [
    "von", "vom", "zu", "zum", "zur", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "des", "d",
    "la", "le", "van", "der", "den", "ter", "ten", "af", "av", "ibn", "bin", "bint", "al", "el", "y", "e",
    "ben",
];

/// Words that no personal name has: institutions, parts of books, kinds of text, places and what goes with
/// them, and the function words of title lines.
const NOT_NAMES: &[&str] = &[
    // institutions and roles
    "university",
    "press",
    "institute",
    "committee",
    "party",
    "workgroup",
    "foundation",
    "team",
    "society",
    "journal",
    "review",
    "magazine",
    "library",
    "archive",
    "archives",
    "union",
    "league",
    "federation",
    "association",
    "group",
    "collective",
    "club",
    "school",
    "college",
    "academy",
    "museum",
    "church",
    "council",
    "government",
    "ministry",
    "department",
    "office",
    "agency",
    "court",
    "company",
    "ltd",
    "inc",
    "gmbh",
    "verlag",
    "editions",
    "books",
    "publishers",
    "publishing",
    "news",
    "times",
    "post",
    "staff",
    "editors",
    "editor",
    "anonymous",
    "admin",
    "universität",
    "institut",
    "gesellschaft",
    "verein",
    "partei",
    "zeitung",
    "université",
    "société",
    "association",
    "comité",
    "parti",
    "universidad",
    "sociedad",
    "partido",
    "университет",
    "институт",
    "общество",
    "партия",
    "издательство",
    "комитет",
    "wikipedia",
    "encyclopedia",
    "project",
    "software",
    "systems",
    "network",
    "center",
    "centre",
    "international",
    "national",
    "central",
    "general",
    "public",
    "free",
    "open",
    "european",
    "american",
    "british",
    "german",
    "french",
    "russian",
    "soviet",
    "english",
    "spanish",
    "chinese",
    // parts of books and kinds of text
    "chapter",
    "part",
    "book",
    "volume",
    "section",
    "introduction",
    "preface",
    "contents",
    "notes",
    "appendix",
    "index",
    "letters",
    "letter",
    "essay",
    "essays",
    "history",
    "story",
    "stories",
    "lecture",
    "lectures",
    "speech",
    "report",
    "manifesto",
    "poems",
    "diary",
    "memoirs",
    "critique",
    "theory",
    "study",
    "studies",
    "guide",
    "manual",
    "handbook",
    "edition",
    "revised",
    "draft",
    "version",
    "selected",
    "collected",
    "works",
    "complete",
    "abstract",
    "summary",
    "syllabus",
    "reader",
    "anthology",
    "interview",
    "kapitel",
    "teil",
    "buch",
    "band",
    "briefe",
    "geschichte",
    "chapitre",
    "partie",
    "livre",
    "tome",
    "lettres",
    "histoire",
    "capítulo",
    "parte",
    "libro",
    "cartas",
    "historia",
    "глава",
    "часть",
    "книга",
    "том",
    "письма",
    "история",
    "очерк",
    "роман",
    "novel",
    "tale",
    "tales",
    "drama",
    "comedy",
    "tragedy",
    "acts",
    "act",
    "scene",
    "minutes",
    "agenda",
    // places and what goes with them
    "new",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "san",
    "santa",
    "saint",
    "st",
    "los",
    "las",
    "united",
    "great",
    "city",
    "street",
    "road",
    "avenue",
    "square",
    "county",
    "state",
    "states",
    "republic",
    "kingdom",
    "island",
    "islands",
    "river",
    "lake",
    "mount",
    "mountain",
    "valley",
    "bay",
    "cape",
    "port",
    "fort",
    "castle",
    "bridge",
    "park",
    "hall",
    "house",
    "hong",
    "kong",
    "buenos",
    "aires",
    "costa",
    "rica",
    "sri",
    "lanka",
    "kuala",
    "tel",
    "aviv",
    "saudi",
    "sierra",
    "burkina",
    "rio",
    "washington",
    "london",
    "paris",
    "berlin",
    "rome",
    "moscow",
    "vienna",
    "europe",
    "asia",
    "africa",
    "america",
    "england",
    "france",
    "germany",
    "russia",
    "spain",
    "italy",
    "china",
    "india",
    "japan",
    "ukraine",
    "нижний",
    "великий",
    "санкт",
    // ordinary words of titles
    "the",
    "and",
    "of",
    "on",
    "in",
    "to",
    "for",
    "with",
    "from",
    "by",
    "at",
    "is",
    "are",
    "was",
    "how",
    "why",
    "what",
    "who",
    "when",
    "where",
    "not",
    "no",
    "all",
    "my",
    "our",
    "your",
    "their",
    "his",
    "her",
    "its",
    "this",
    "that",
    "these",
    "against",
    "towards",
    "toward",
    "about",
    "between",
    "under",
    "over",
    "after",
    "before",
    "war",
    "peace",
    "world",
    "life",
    "death",
    "love",
    "men",
    "women",
    "man",
    "woman",
    "people",
    "nation",
    "political",
    "social",
    "economic",
    "moral",
    "modern",
    "ancient",
    "early",
    "late",
    "first",
    "second",
    "third",
    "last",
    "old",
    "young",
    "big",
    "little",
    "some",
    "more",
    "question",
    "problem",
    "class",
    "power",
    "labor",
    "labour",
    "revolution",
    "law",
    "art",
    "science",
    "philosophy",
    "religion",
    "god",
    "lord",
    "und",
    "oder",
    "über",
    "für",
    "gegen",
    "mit",
    "im",
    "ein",
    "eine",
    "die",
    "dem",
    "zur",
    "et",
    "les",
    "une",
    "un",
    "sur",
    "pour",
    "dans",
    "los",
    "las",
    "una",
    "sobre",
    "para",
    "и",
    "в",
    "на",
    "о",
    "об",
    "из",
    "для",
    "по",
    "к",
    "с",
    "или",
    "как",
    "что",
    "mr",
    "mrs",
    // months and days
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "januar",
    "februar",
    "märz",
    "juni",
    "juli",
    "oktober",
    "dezember",
];

/// True if `text` has the shape of a personal name of `least` to four words, particles not counted.
fn is_name(text: &str, least: usize) -> bool {
    /// Longest name believed.
    const LONGEST: usize = 60;
    if text.len() > LONGEST || text.is_empty() {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut own = 0;
    let mut full = 0;
    for (i, &word) in words.iter().enumerate() {
        let bare = word.trim_end_matches([',', '.']);
        let lower = bare.to_lowercase();
        if i > 0 && ["jr", "sr", "ii", "iii", "iv"].contains(&lower.as_str()) {
            continue;
        }
        if word.ends_with(',') {
            return false;
        }
        let first = word.chars().next().unwrap_or(' ');
        if first.is_lowercase()
            || (first.is_uppercase() && i > 0 && i + 1 < words.len() && PARTICLES.contains(&lower.as_str()))
        {
            let inside = i + 1 < words.len()
                && (PARTICLES.contains(&lower.as_str())
                    || lower.starts_with("d’")
                    || lower.starts_with("d'")
                    || lower.starts_with("al-"));
            if !inside {
                return false;
            }
            continue;
        }
        let shaped = first.is_uppercase()
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "'’.-‐‑".contains(c) || ('\u{300}'..='\u{36f}').contains(&c));
        if !shaped || NOT_NAMES.contains(&lower.as_str()) {
            return false;
        }
        // An article of a title line, not an initial.
        if ["a", "i", "o", "y", "à"].contains(&lower.as_str()) && !word.ends_with('.') {
            return false;
        }
        // `J.`, `J.R.`, `M.-A.`; a longer word before a full stop ends a sentence.
        let initial = word.ends_with('.') && word.split(['.', '-']).all(|p| p.chars().count() <= 2);
        let title = ["dr.", "prof.", "rev.", "fr.", "ph.", "st."].contains(&word.to_lowercase().as_str());
        if word.ends_with('.') && !initial && !title {
            return false;
        }
        own += 1;
        full += usize::from(!initial && bare.chars().count() >= 2);
    }
    (least..=4).contains(&own) && full >= 1
}

/// The names of a list: `A B`, `A B and C D`, `A B, C D & E F`; empty if one of them is no name.
fn names(text: &str, least: usize) -> Vec<String> {
    static AND: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\s*(?:[,;]\s+(?:and|und|et|y|e|и)\s+|[;&]\s*|\s(?:and|und|et|y|e|и|with|mit|avec|con)\s)\s*|,\s+",
        )
    });
    // The figures of their notes: `A B1 and C D2`.
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| compile(r"(\p{Ll})\d{1,2}(?:,\d)?([\s,;]|$)"));
    let text = FIGURE.replace_all(text, "$1$2");
    let text = after_preposition(text.trim().trim_end_matches([',', ';', ':']).trim());
    let list: Vec<&str> = AND.split(text).map(str::trim).filter(|n| !n.is_empty()).collect();
    // `y` and `e` are particles of names too, but a list of two is the commoner case.
    let listed = list.len() > 1;
    if !listed && is_name(text, least) {
        return vec![tidy(text)];
    }
    if list.len() > 12 {
        return Vec::new();
    }
    if list.iter().all(|n| is_name(n, least)) { list.into_iter().map(tidy).collect() } else { Vec::new() }
}

/// What stands behind a preposition that begins a line below a title: `de Nora Feld`, but not `de Feld`.
fn after_preposition(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return text };
    let capitals = rest.split(' ').take(2).filter(|w| w.starts_with(char::is_uppercase)).count();
    if ["de", "di", "von", "par", "por", "by"].contains(&first) && capitals == 2 { rest } else { text }
}

/// A name in capitals as names are written; others as they stand.
fn tidy(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    let name = words.join(" ");
    if name.chars().any(char::is_lowercase) || name.chars().filter(|c| c.is_alphabetic()).count() < 5 {
        return name;
    }
    let mut out = String::new();
    let mut start = true;
    for word in name.split_inclusive(' ') {
        let particle = !out.is_empty() && PARTICLES.contains(&word.trim().to_lowercase().as_str());
        for c in word.chars() {
            if start && !particle {
                out.extend(c.to_uppercase());
            } else {
                out.extend(c.to_lowercase());
            }
            start = !c.is_alphabetic();
        }
        start = true;
    }
    out
}

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
            && let Some((_, value)) = head::stated(&line.text)
        {
            let value = EMAIL.replace_all(value, "");
            let value = value.trim().trim_end_matches(['<', '>', '(', ')', ' ']);
            // Of a stated list what is no name (`Anonymous`) is passed over.
            let list = names(value, 1);
            let each = || value.split(';').flat_map(|n| names(n, 1)).collect();
            let found: Vec<String> = if list.is_empty() { each() } else { list };
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
    for &(i, line) in &block {
        if line.kind != Kind::Other || credits_another(&lines[i - 1]) {
            continue;
        }
        let next = lines.get(i + 1);
        let mail = next.is_some_and(|n| EMAIL.is_match(&n.text) && n.chunk <= line.chunk + 1);
        let list = if han_name(line, at, i, lines) { vec![line.text.clone()] } else { names(&line.text, 2) };
        // Under a first name, further ones count only if they are marked as the first one is.
        if list.is_empty() || (!found.is_empty() && !mail) {
            continue;
        }
        // A heading with a name is a part about its bearer, unless an address shows that it is a by-line.
        if line.heading.is_some() && !mail {
            break;
        }
        if mail || list.iter().all(|n| is_nobodys_subject(text, head.text_at(text), n)) {
            found.extend(list);
        }
    }
    found.dedup();
    if found.is_empty() { under_standfirst(text, head, title) } else { found }
}

/// True for a `Translated by` above the name of who did it.
fn credits_another(above: &Line) -> bool {
    const BY: [&str; 8] = ["by", "von", "durch", "par", "por", "da", "door", "av"];
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
    let two = line.chunk == title.chunk && lines.get(index + 1).is_none_or(|n| n.chunk != line.chunk);
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
    let list = above.map_or(Vec::new(), |l| names(&l.text, 2));
    if list.iter().all(|n| is_nobodys_subject(text, head.text_at(text), n)) { list } else { Vec::new() }
}

/// True if a line that looks like a name may be the author's: not made of ordinary words of this text, not a
/// place in it, and not whom it speaks of. The text proper begins at `from`.
pub(super) fn is_nobodys_subject(text: &str, from: usize, name: &str) -> bool {
    /// Mentions of a surname that self-citation and a title page explain.
    const MENTIONS: usize = 6;
    /// Words at the beginning of the text in which whom it is about would be named.
    const OPENING: usize = 120;
    let parts: Vec<&str> =
        name.split_whitespace().filter(|w| w.chars().count() > 2 && !w.ends_with('.')).collect();
    let Some(surname) = parts.last() else { return false };
    let lower: Vec<String> = parts.iter().map(|p| p.to_lowercase()).collect();
    let (mut as_words, mut mentions, mut opening) = (vec![false; parts.len()], 0, 0);
    let mut before = "";
    for (n, word) in text[from.min(text.len())..]
        .split(|c: char| !c.is_alphanumeric() && !"-'’".contains(c))
        .filter(|w| !w.is_empty())
        .enumerate()
    {
        let bare = word.trim_end_matches("’s").trim_end_matches("'s");
        if bare.eq_ignore_ascii_case(surname) && bare.chars().next().is_some_and(char::is_uppercase) {
            mentions += 1;
            opening += usize::from(n < OPENING);
        }
        for (seen, part) in as_words.iter_mut().zip(&lower) {
            *seen |= bare == part;
        }
        // `in Puerto Madryn`: a place.
        if bare == parts[0]
            && ["in", "at", "near", "à", "en", "nach", "aus", "bei", "в", "из"].contains(&before)
        {
            return false;
        }
        before = word;
    }
    opening == 0
        && mentions <= MENTIONS
        && !as_words.iter().all(|s| *s)
        && !as_words.last().copied().unwrap_or(true)
}

/// True if the line is only a personal name or names.
pub(super) fn is_only_names(text: &str) -> bool {
    !names(text, 2).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_is_none() {
        for name in [
            "Nora Feld",
            "Jean-Luc Ardent",
            "J. R. Weir",
            "J.R. Weir",
            "Ludwig van der Mühle",
            "Ibn Rahman",
            "María del Carmen Soto",
            "ANNA WEIR",
            "Иван Петрович Мельник",
            "Séamus O’Weir",
            "Nora Feld-Weir",
            "Dr. Nora Feld",
        ] {
            assert!(is_only_names(name), "{name}");
        }
        for line in [
            "New York",
            "Buenos Aires",
            "The Mill",
            "Moral Philosophy",
            "Chapter One",
            "Weir University",
            "Nora",
            "nora feld",
            "Nora Feld.",
            "Nora Feld 2011",
            "Letters to Nora",
            "On Bread",
            "United Millers",
            "Weir Press",
            "War and Peace",
            "A",
            "",
            "Nora, Queen",
            "One Two Three Four Five Six",
            "Über Wasser",
            "The Mill and the Weir",
        ] {
            assert!(!is_only_names(line), "{line}");
        }
    }

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
        assert_eq!(found("On Bread"), "");
        assert_eq!(found(""), "");
    }
}
