//! Whether words are a person's name, by their shape alone.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::patterns::compile;
use crate::months;
use crate::quotes;

/// Lower-case particles inside names.
const PARTICLES: [&str; 33] = [
    "von", "vom", "zu", "zum", "zur", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "des", "d",
    "la", "le", "van", "der", "den", "ter", "ten", "af", "av", "ibn", "bin", "bint", "al", "el", "y", "e",
    "ben",
];

/// True for a word, in small letters, that no personal name has.
fn is_no_name(word: &str) -> bool {
    NOT_NAMES.contains(word) || months::is_nobody(word)
}

/// Such words, but for the months: institutions, parts of books, kinds of text, places and what goes with
/// them, and the function words of title lines.
static NOT_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    [
        // institutions and roles
        "university press institute committee party workgroup foundation team society journal review magazine \
         library archive archives union league federation association group collective club school college \
         academy museum church council government ministry department office agency court company ltd inc \
         gmbh verlag editions books publishers publishing news times post staff editors editor anonymous unknown various \
         admin universität institut gesellschaft verein partei zeitung université société association comité \
         parti universidad sociedad partido университет институт общество партия издательство комитет \
         wikipedia encyclopedia project software systems network center centre international national central \
         general public free open european american british german french russian soviet english spanish \
         chinese",
        // parts of books and kinds of text
        "chapter part book volume section introduction preface contents notes appendix index letters letter \
         essay essays history story stories lecture lectures speech report manifesto poems diary memoirs \
         critique theory study studies guide manual handbook edition revised draft version selected collected \
         works complete abstract summary syllabus reader anthology interview kapitel teil buch band briefe \
         geschichte chapitre partie livre tome lettres histoire capítulo parte libro cartas historia глава \
         часть книга том письма история очерк роман novel tale tales drama comedy tragedy acts act scene \
         minutes agenda",
        // places and what goes with them
        "new north south east west northern southern eastern western san santa saint st los las united great \
         city street road avenue square county state states republic kingdom island islands river lake mount \
         mountain valley bay cape port fort castle bridge park hall house hong kong buenos aires costa rica \
         sri lanka kuala tel aviv saudi sierra burkina rio washington london paris berlin rome moscow vienna \
         europe asia africa america england france germany russia spain italy china india japan ukraine \
         нижний великий санкт",
        // ordinary words of titles
        "the and of on in to for with from by at is are was how why what who when where not no all my our \
         your their his her its this that these against towards toward about between under over after before \
         war peace world life death love men women man woman people nation political social economic moral \
         modern ancient early late first second third last old young big little some more question problem \
         class power labor labour revolution law art science philosophy religion god lord und oder über für \
         gegen mit im ein eine die dem zur et les une un sur pour dans los las una sobre para и в на о об из \
         для по к с или как что mr mrs",
        "monday tuesday wednesday thursday friday saturday sunday",
    ]
    .iter()
    .flat_map(|words| words.split_whitespace())
    .collect()
});

/// Parts of the words for places of learning, also in compounds.
const INSTITUTIONS: [&str; 23] = [
    "universi",
    "université",
    "hochschul",
    "högskol",
    "institut",
    "istituto",
    "uniwersytet",
    "университет",
    "институт",
    "department",
    "département",
    "departament",
    "dipartimento",
    "faculty",
    "faculté",
    "facultad",
    "facolt",
    "fakultät",
    "college",
    "akademi",
    "academy",
    "laborator",
    "school of",
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
            && word.chars().all(|c| {
                c.is_alphabetic()
                    || quotes::is_apostrophe(c)
                    || ".-‐‑".contains(c)
                    || ('\u{300}'..='\u{36f}').contains(&c)
            });
        let institution = || INSTITUTIONS.iter().any(|stem| lower.contains(stem));
        if !shaped || is_no_name(&lower) || institution() {
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
pub(super) fn names(text: &str, least: usize) -> Vec<String> {
    static AND: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\s*(?:[,;]\s+(?:and|und|et|y|e|и)\s+|[;&]\s*|\s(?:and|und|et|y|e|и|with|mit|avec|con)\s)\s*|,\s+",
        )
    });
    // The figures of their notes: `A B1 and C D2`.
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| compile(r"(\p{Ll})\d{1,2}(?:,\d)?([\s,;]|$)"));
    // And their symbols: `A B∗ and C D†`.
    static SYMBOL: LazyLock<Regex> = LazyLock::new(|| compile(r"(\p{L}|\.)\s?[∗*†‡§¶]+([\s,;]|$)"));
    let text = FIGURE.replace_all(text, "$1$2");
    let text = SYMBOL.replace_all(&text, "$1$2");
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

/// True for the one word under which somebody writes who gives no name: `miller_7`.
pub(super) fn is_handle(text: &str) -> bool {
    let signs = text.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c));
    let word = text.chars().any(char::is_alphabetic) && text.chars().count() > 1;
    signs && word && !is_no_name(&text.to_lowercase())
}

/// True if all words of what looks like a name are words of a text, in small letters: `Ordered Observations`.
pub(super) fn is_of_words(name: &str, text: &str) -> bool {
    /// Bytes of a text in which its subject's words would come.
    const NEAR: usize = 60_000;
    let parts: Vec<String> =
        name.split_whitespace().filter(|w| w.chars().count() > 2).map(str::to_lowercase).collect();
    let mut seen = vec![false; parts.len()];
    // Addresses have the names of persons in small letters too.
    let words = text[..text.floor_char_boundary(NEAR)].split_whitespace().filter(|w| !w.contains(['@', '/']));
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        for (seen, part) in seen.iter_mut().zip(&parts) {
            *seen |= word == part;
        }
    }
    seen.iter().all(|s| *s)
}

/// True for where somebody works: a university, a department.
pub(super) fn is_affiliation(text: &str) -> bool {
    let lower = text.to_lowercase();
    INSTITUTIONS.iter().any(|stem| lower.contains(stem))
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
}
