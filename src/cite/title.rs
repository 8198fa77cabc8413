//! Titles as they are compared.

use crate::fold;
use crate::quotes;

/// A title taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleKey {
    /// The words of the main title, folded, without articles.
    pub main: Vec<String>,
    /// The words of the subtitle.
    pub sub: Vec<String>,
    /// A volume that the title names (`Capital, vol. 1`).
    pub volume: Option<String>,
}

const ARTICLES: &[&str] = &[
    "the", "a", "an", "der", "die", "das", "dem", "den", "des", "ein", "eine", "le", "la", "les", "l", "un",
    "une", "el", "los", "las", "lo", "una",
];

/// Words of a text, folded, articles left out.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || quotes::is_apostrophe(c)))
        .map(fold::key)
        .filter(|w| !w.is_empty() && !ARTICLES.contains(&w.as_str()))
        .collect()
}

impl TitleKey {
    /// Takes a title apart.
    pub fn of(title: &str) -> Self {
        let (main, sub) = match main_end(title) {
            Some(at) => title.split_at(at),
            None => (title, ""),
        };
        let mut main = words(main);
        let volume = volume(&mut main);
        if main.is_empty() {
            main = words(title);
        }
        TitleKey { main, sub: words(sub), volume }
    }

    /// The main title as one key.
    pub fn key(&self) -> String {
        self.main.concat()
    }

    /// True if a short title means this one: its words stand in it in their order, one behind the other.
    pub fn is_meant_by(&self, short: &TitleKey) -> bool {
        let all: Vec<&String> = self.main.iter().chain(&self.sub).collect();
        let wanted: Vec<&String> = short.main.iter().chain(&short.sub).collect();
        !wanted.is_empty() && wanted.len() <= all.len() && all.windows(wanted.len()).any(|w| w == wanted)
            || short.main == self.main
                && (short.sub.is_empty() || self.sub.is_empty() || is_head(&short.sub, &self.sub))
    }

    /// True if both may be titles of one work: the same main title, and no two subtitles.
    pub fn agrees(&self, other: &TitleKey) -> bool {
        self.main == other.main
            && (self.sub.is_empty() || other.sub.is_empty() || is_head(&self.sub, &other.sub))
    }
}

/// The main title as people say it: without its subtitle, its volume and an article at its head.
pub fn spoken(title: &str) -> String {
    let end = main_end(title).unwrap_or(title.len());
    let main = title[..end].trim();
    let mut words: Vec<&str> = main.split_whitespace().collect();
    if words.len() > 1 && ARTICLES.contains(&fold::key(words[0]).as_str()) {
        words.remove(0);
    }
    if let [.., word, number] = words.as_slice()
        && words.len() > 2
        && volume(&mut vec![String::new(), fold::key(word), fold::key(number)]).is_some()
    {
        words.truncate(words.len() - 2);
    }
    words.join(" ")
}

fn main_end(title: &str) -> Option<usize> {
    title
        .find([':', '?', '!'])
        .or_else(|| title.find(". "))
        .or_else(|| title.find(" – "))
        .or_else(|| title.find(" — "))
}

/// True if one list is the head of the other.
fn is_head(a: &[String], b: &[String]) -> bool {
    let n = a.len().min(b.len());
    a[..n] == b[..n]
}

/// Takes `vol 1`, `volume i`, `band 2` from the end of a title.
fn volume(words: &mut Vec<String>) -> Option<String> {
    let [.., word, number] = words.as_slice() else { return None };
    let named =
        matches!(word.as_str(), "vol" | "volume" | "band" | "bd" | "tome" | "t" | "tomo" | "том" | "т");
    let number = arabic(number).filter(|_| named && words.len() > 2)?;
    words.truncate(words.len() - 2);
    Some(number)
}

/// A number as figures: `1`, `i`, `II`.
pub fn arabic(number: &str) -> Option<String> {
    if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
        return Some(number.to_owned());
    }
    const NUMERALS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let at = NUMERALS.iter().position(|n| n.eq_ignore_ascii_case(number))?;
    Some((at + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_title_is_a_piece_of_the_whole() {
        let whole = TitleKey::of("The Printing Press as an Agent of Change");
        assert!(whole.is_meant_by(&TitleKey::of("Printing Press")));
        assert!(!whole.is_meant_by(&TitleKey::of("Press and Printing")));
        assert!(TitleKey::of("Das Passagen-Werk").is_meant_by(&TitleKey::of("Passagen-Werk")));
    }

    #[test]
    fn volumes_are_no_part_of_a_title() {
        let one = TitleKey::of("Capital Volume I");
        assert_eq!((one.key().as_str(), one.volume.as_deref()), ("capital", Some("1")));
        assert!(one.agrees(&TitleKey::of("Capital")));
        assert!(!TitleKey::of("Footnotes: New Directions").agrees(&TitleKey::of("Footnotes: A Reader")));
        assert!(TitleKey::of("The Footnote").agrees(&TitleKey::of("The Footnote: A Curious History")));
    }
}
