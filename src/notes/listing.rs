//! Numbered lines that are no notes: code, data, sections.
//!
//! A listing numbers its lines as a page numbers its notes, an interpreter prints figures at the heads of lines, and a
//! section's number stands before its title. What stands behind the number tells them apart: a note is said in words.

use std::collections::{HashMap, HashSet};

use crate::layout::Layout;
use crate::layout::prose::closes_sentence;
use crate::source::Source;

/// Characters for each backslash in text that only mentions commands; in code they stand closer.
const BETWEEN_COMMANDS: usize = 16;
/// Fewest decimals or dates of a line that is a row of data.
const ROW: usize = 2;

/// True if the text behind a number is a line of a listing or a row of data.
pub fn is_listing(text: &str) -> bool {
    let text = text.trim();
    // the text may stand on the next page
    if text.is_empty() {
        return false;
    }
    text.starts_with(['}', '{', '%']) || opens_command(text) || is_code(text) || is_data(text) || !says(text)
}

/// True for a line of a page, rather than a paragraph, that is code or data.
pub fn is_listed(line: &str) -> bool {
    /// Bytes of the longest line of a page.
    const LONGEST: usize = 400;
    line.len() <= LONGEST && (is_code(line) || is_data(line) || is_figures(line))
}

/// True for what a program answered: it stands right below a prompt, set in as that is.
pub fn answers(source: &Source, layout: &Layout, index: usize) -> bool {
    /// Columns that listings are set in by, at least.
    const SET_IN: u16 = 2;
    const PROMPTS: [&str; 3] = ["> ", ">>> ", "$ "];
    let Some(above) = index.checked_sub(1).filter(|&i| layout.lines[i].is_text()) else { return false };
    let indent = layout.lines[index].indent;
    let prompt = || PROMPTS.iter().any(|p| layout.text(source, above).starts_with(p));
    indent >= SET_IN && layout.lines[above].indent == indent && prompt()
}

/// True for a line of nothing but figures: a row of a table, an axis.
fn is_figures(line: &str) -> bool {
    !line.contains(char::is_alphabetic) && line.split_whitespace().nth(ROW).is_some()
}

/// True for a line of code, or of what an interpreter prints.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    let commands = text.matches('\\').count();
    let dense = commands >= 2 && text.chars().count() < commands * BETWEEN_COMMANDS;
    dense && !is_phrase(text)
        || text.ends_with("\\\\")
        || text.contains(" <- ")
        || text.ends_with('{')
        || assigns(text)
}

/// True for signs of assignment or for braces among anything but words: `step = 15,`, `c ← Enc(k, m)`. A concordance
/// (`Fr. 5 = 7 Oakes.`) ends in a stop.
fn assigns(text: &str) -> bool {
    // Nearly every line ends here.
    if !text.contains(['=', '{', '}', '←']) {
        return false;
    }
    let has = |signs: &[char]| {
        text.split_whitespace()
            .any(|word| word.contains(signs) && !word.contains("://") && !word.contains('?'))
    };
    let cased = text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_lowercase() || c.is_uppercase());
    (has(&['←', '{', '}']) || has(&['=']) && !text.starts_with('=') && !text.ends_with('.'))
        && cased
        && !is_phrase(text)
}

/// True if two plain words follow one another.
fn is_phrase(text: &str) -> bool {
    let plain = |word: &str| {
        let word = word.trim_end_matches([',', '.', ';', ':']);
        word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic)
    };
    let mut before = false;
    text.split_whitespace().any(|word| {
        let follows = before;
        before = plain(word);
        follows && before
    })
}

/// True if at least two words are decimals or dates in figures.
pub fn is_data(text: &str) -> bool {
    // Figures of the shortest datum.
    const FIGURES: usize = 3;
    text.bytes().filter(u8::is_ascii_digit).count() >= ROW * FIGURES
        && text.split_whitespace().filter(|word| is_datum(word)).take(ROW).count() == ROW
}

/// `-1.4945`, `2004-02-16`, `10:34:02`: figures parted by signs within a word.
fn is_datum(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "-−+(),;".contains(c));
    let decimal = word.split_once('.').is_some_and(|(whole, part)| {
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        digits(whole) && digits(part) && part.len() > 2
    });
    let parts = |sign: char| word.split(sign).filter(|p| p.parse::<u32>().is_ok()).count();
    decimal || word.len() >= 8 && (parts('-') == 3 || parts(':') == 3)
}

/// `\begin{…`, `\ begin`.
fn opens_command(text: &str) -> bool {
    text.strip_prefix('\\')
        .is_some_and(|t| t.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || c == '@'))
}

/// True if there is a word, a section's sign or a work's number: the least that a note says.
fn says(text: &str) -> bool {
    let mut letters = 0;
    text.contains(['[', '§'])
        || text.chars().any(|c| {
            letters = if c.is_alphabetic() { letters + 1 } else { 0 };
            letters > 1 || letters == 1 && !c.is_lowercase() && !c.is_uppercase()
        })
}

/// The numbered lines that stand twice: a section's title, above its section and in the contents. A number may stand
/// on a line of its own above its title.
pub fn titles(source: &Source, layout: &Layout) -> HashSet<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut number = None;
    for index in (0..layout.lines.len()).filter(|&i| layout.lines[i].is_text()) {
        let line = layout.text(source, index);
        let (figures, text) = line.split_at(line.bytes().take_while(u8::is_ascii_digit).count());
        let above = number.take();
        let titled = match (figures, text) {
            ("", _) => above.and_then(|number| title(number, line)),
            (_, "") => None,
            _ => title(figures, text.trim_start_matches(['.', ')'])),
        };
        number = Some(figures).filter(|f| !f.is_empty() && text.is_empty());
        if let Some(title) = titled {
            *seen.entry(title).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, count)| *count > 1).map(|(title, _)| title).collect()
}

/// A number and what follows it, without the page that the contents lead to; `None` for what is no section's title.
pub fn title(number: &str, text: &str) -> Option<String> {
    /// Bytes of the longest title.
    const LONGEST: usize = 120;
    let text = text.trim();
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let title = if bare.ends_with([' ', '.']) { bare } else { text };
    let title = title.trim_end_matches(['.', ' ']);
    let sentence = closes_sentence(text) && !text.contains(". .");
    let fits = text.len() <= LONGEST && title.starts_with(char::is_alphabetic);
    (fits && !sentence).then(|| format!("{number} {title}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_number() {
        for text in [
            "\\begin{verse}",
            "}",
            "b \\ sample \\ b i n \\\\",
            "2004-02-16 -2.0760 3.1415",
            "-5 -10 -15",
            "N R",
            "step = 15,",
            "x lag(x, k = 1)",
            "(a, b) ←$ Gen(1 n )",
        ] {
            assert!(is_listing(text), "{text}");
        }
        for text in [
            "By default, the line is straight.",
            "Ibid.",
            "The \\poly command of old, see below.",
            "[143]",
            "同書",
            "§ 4.",
            "12 U. S. C. § 1813.",
            "= Fr. 7 Oakes.",
            "Fr. 5 = 7 Oakes.",
            "Here the weir = the dam",
            "https://example.org/weir?row=5",
        ] {
            assert!(!is_listing(text), "{text}");
        }
    }

    #[test]
    fn titles_lose_their_pages() {
        for (text, found) in [
            ("Changes", Some("2 Changes")),
            ("Marking text 31", Some("2 Marking text")),
            ("Marking text . . . . 31", Some("2 Marking text")),
            ("Ibid.", None),
            ("(a, b)", None),
        ] {
            assert_eq!(title("2", text).as_deref(), found, "{text}");
        }
    }
}
