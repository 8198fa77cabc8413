//! Text → words, as the index and the script in the browser (`static/search-core.js`, `words`) both see them.
//!
//! A word is a run of letters, digits and marks. It is folded: compatible forms are one (`ﬁ`, `１`), case, accents,
//! points and harakat go, `ß`, `æ`, `ø`, `ς`, `ё` become what a reader would type for them. Scripts that set no
//! spaces (Han, kana, Thai, Khmer …) are cut into overlapping pairs of signs, and the last sign of a run stands by
//! itself, so that each sign has one place, whatever is asked for begins at one, and no dictionary is needed.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Signs of a word that are kept: what is longer is told apart by its beginning well enough.
pub const LONGEST: usize = 48;

/// Calls `each` with every word of `text`, folded, and the bytes it stands at.
pub fn each_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut folded = String::new();
    each_raw(text, |raw, own| {
        fold(raw, &mut folded);
        if !folded.is_empty() {
            each(&folded, own);
        }
    });
}

/// Calls `each` with what every word of `text` is made of, as it stands there, and the bytes that are its own: the
/// second sign of a pair is the next word's.
pub fn each_raw<'t>(text: &'t str, mut each: impl FnMut(&'t str, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most of most texts.
        if bytes[at].is_ascii() {
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            if at == start {
                at += 1;
                continue;
            }
            if at == bytes.len() || bytes[at].is_ascii() {
                each(&text[start..at], start..at);
                continue;
            }
            at = start;
        }
        at = run(text, at, &mut each);
    }
}

/// The word, or the pairs, that begin at `start`; where to go on.
fn run<'t>(text: &'t str, start: usize, each: &mut impl FnMut(&'t str, Range<usize>)) -> usize {
    let mut chars = text[start..].char_indices();
    let Some((_, first)) = chars.next() else { return text.len() };
    if !in_word(first) {
        return start + first.len_utf8();
    }
    let spaceless = is_spaceless(first);
    let goes_on = |&(_, c): &(usize, char)| {
        in_word(c) && (is_spaceless(c) == spaceless || is_combining_mark(c) || is_ignored(c))
    };
    let end = chars.find(|next| !goes_on(next)).map_or(text.len(), |(at, _)| start + at);
    if spaceless {
        pairs(text, start..end, each)
    } else {
        each(&text[start..end], start..end)
    }
    end
}

/// The overlapping pairs of a run of a script without spaces.
fn pairs<'t>(text: &'t str, run: Range<usize>, each: &mut impl FnMut(&'t str, Range<usize>)) {
    // The half-width sound marks are combining ones in all but name.
    let begins = |&(_, c): &(usize, char)| {
        !is_combining_mark(c) && !is_ignored(c) && !matches!(c, '\u{ff9e}' | '\u{ff9f}')
    };
    let signs = text[run.clone()].char_indices().skip(1).filter(begins).map(|(at, _)| run.start + at);
    let mut before: Option<usize> = None;
    let mut start = run.start;
    for next in signs {
        if let Some(before) = before.replace(start) {
            each(&text[before..next], before..start);
        }
        start = next;
    }
    if let Some(before) = before {
        each(&text[before..run.end], before..start);
    }
    each(&text[start..run.end], start..run.end);
}

/// True if a run of a script without spaces goes on from one text to the next.
pub fn is_one_run(text: &str, next: &str) -> bool {
    text.trim_end_matches(is_combining_mark).ends_with(is_spaceless) && next.starts_with(is_spaceless)
}

/// A word as it is compared, into `out`.
pub fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.extend(word.bytes().take(LONGEST).map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    let kept = word.nfkd().filter(|&c| !is_stripped(c) && !is_ignored(c));
    let mut spelled = String::with_capacity(word.len());
    for c in kept.flat_map(char::to_lowercase) {
        match spelling(c) {
            Some(letters) => spelled.push_str(letters),
            None => spelled.push(c),
        }
    }
    out.extend(spelled.nfkc().filter(|&c| in_word(c)).take(LONGEST));
}

/// What a reader would type for a letter that no decomposition takes apart.
fn spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        'ى' => "ي",
        'ة' => "ه",
        _ => return None,
    })
}

/// What words are made of.
pub fn in_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        match c {
            // General punctuation: dashes and quotation marks are most of what is no word in most texts.
            '\u{2000}'..='\u{206f}' => is_ignored(c),
            _ => c.is_alphanumeric() || is_combining_mark(c) || is_ignored(c),
        }
    }
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew, harakat and tatweel of Arabic. Marks of other scripts
/// are vowels, and stay.
fn is_stripped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}')
}

/// What stands in a word and is not seen: the soft hyphen, joiners.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Scripts that set no spaces between words.
pub fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        each_word(text, |word, _| out.push(word.to_owned()));
        out
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(words("L'État, naïve ﬁn—Straße"), ["l", "etat", "naive", "fin", "strasse"]);
        assert_eq!(words("Ёлка ещё; ΛΌΓΟΣ λόγος"), ["елка", "еще", "λογοσ", "λογοσ"]);
        assert_eq!(words("co\u{ad}operate e\u{301}tude １８"), ["cooperate", "etude", "18"]);
        assert_eq!(words("… – _"), [""; 0]);
        assert_eq!(words(&"x".repeat(999)), ["x".repeat(LONGEST)]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(words("東京都 a"), ["東京", "京都", "都", "a"]);
        assert_eq!(words("Rust言語"), ["rust", "言語", "語"]);
        assert_eq!(words("ｶﾞ"), ["ガ"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Ça va";
        let mut places = Vec::new();
        each_word(text, |_, range| places.push(&text[range]));
        assert_eq!(places, ["Ça", "va"]);
    }
}
