//! A text → its words, without addresses and markup.

use std::ops::Range;

use crate::model::Marked;
use crate::quotes;

/// A word of a text.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// True if it begins a sentence (its capital means nothing).
    pub(super) first: bool,
    /// True if something other than a space stands between it and the word before.
    pub(super) apart: bool,
    /// True in a heading.
    pub(super) heading: bool,
    /// True on a line without small letters (capitals mean nothing there).
    pub(super) shouted: bool,
    /// Offset in the text.
    pub(super) at: usize,
}

/// Gives each word of a text whose every line is a paragraph, a heading or a verse, without addresses and markup, and
/// without code. The ranges of headings and of code are in order.
pub(super) fn words<'a>(text: &'a Marked, mut found: impl FnMut(Word<'a>)) {
    let mut headings = Ranges(&text.headings);
    let mut code = Ranges(&text.code);
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if code.hold(start) {
            continue;
        }
        let heading = headings.hold(start);
        words_of_line(line, |word| found(Word { at: start + word.at, heading, ..word }));
    }
}

/// Ranges in order, asked for places in order.
struct Ranges<'a>(&'a [Range<usize>]);

impl Ranges<'_> {
    fn hold(&mut self, at: usize) -> bool {
        while let [first, rest @ ..] = self.0
            && first.end <= at
        {
            self.0 = rest;
        }
        self.0.first().is_some_and(|range| range.contains(&at))
    }
}

/// Gives each word of a line.
pub(super) fn words_of_line<'a>(line: &'a str, mut found: impl FnMut(Word<'a>)) {
    let shouted = !line.chars().any(char::is_lowercase);
    let mut first = true;
    let mut apart = true;
    for token in line.split_whitespace() {
        if token.len() > 200 || is_address(token) {
            apart = true;
            continue;
        }
        // The borrowed token's place in the line.
        let place = token.as_ptr() as usize - line.as_ptr() as usize;
        words_of(token, place, &mut first, &mut apart, |text, at, first, apart| {
            found(Word { text, first, apart, heading: false, shouted, at });
        });
    }
}

/// True for a web or mail address.
fn is_address(token: &str) -> bool {
    let bytes = token.as_bytes();
    bytes.contains(&b'@') || token.starts_with("www.") || bytes.contains(&b':') && token.contains("://")
}

/// Splits a token at everything that is no letter; hyphens and apostrophes inside a word are part of it.
fn words_of<'a>(
    token: &'a str,
    place: usize,
    first: &mut bool,
    apart: &mut bool,
    mut found: impl FnMut(&'a str, usize, bool, bool),
) {
    // Nearly every word.
    if token.bytes().all(|b| b.is_ascii_alphabetic()) {
        found(token, place, *first, *apart);
        (*first, *apart) = (false, false);
        return;
    }
    let inside = |c: char| {
        c.is_alphabetic()
            || ('\u{300}'..='\u{36f}').contains(&c)
            || quotes::is_apostrophe(c)
            || "-‐‑".contains(c)
    };
    let mut rest = 0;
    let mut markup = false;
    for part in token.split_inclusive(|c: char| !inside(c)) {
        let end = part.char_indices().next_back().filter(|(_, c)| !inside(*c));
        let body = end.map_or(part, |(i, _)| &part[..i]);
        let sign = end.map(|(i, _)| &part[i..]);
        let word = body.trim_matches(|c| quotes::is_apostrophe(c) || "-‐‑".contains(c));
        if !word.is_empty() && !markup {
            let at = place + rest + (word.as_ptr() as usize - part.as_ptr() as usize);
            found(word, at, *first, *apart);
            *first = false;
            *apart = false;
        }
        match sign {
            Some("<") => markup = true,
            Some(">") => markup = false,
            Some("." | "!" | "?" | "…" | ":") => {
                // An initial's full stop ends no sentence.
                *first = word.chars().count() != 1;
                *apart = true;
            }
            Some(_) => *apart = true,
            None => {}
        }
        rest += part.len();
    }
}
