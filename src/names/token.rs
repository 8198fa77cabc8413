//! Text → words with what a reader sees of each, and where sentences end.

use std::ops::Range;

use ecow::EcoString;

use super::vocabulary;
use crate::quotes::{self, Part};

/// A word.
///
/// A text of millions of words has as many of these at a time, so they are small.
#[derive(Clone, Debug)]
pub struct Token {
    range: Range<u32>,
    /// In small letters.
    pub folded: EcoString,
    /// It begins with a capital.
    pub capital: bool,
    /// It has at least two letters and no small one.
    pub capitals: bool,
    /// A single capital with a full stop: `J.`
    pub initial: bool,
    /// It is the first of its sentence, or of what stands in quotation marks or behind a colon or a dash.
    pub opens: bool,
    /// `’s` was stripped from it.
    pub possessive: bool,
    /// What stands between it and the word before is a space (or a full stop and a space, after an initial or an
    /// abbreviation).
    pub joined: bool,
    /// It is the first of its sentence.
    pub first: bool,
}

impl Token {
    /// One in small letters, within a sentence.
    fn small(range: Range<u32>, folded: EcoString) -> Token {
        Token {
            range,
            folded,
            capital: false,
            capitals: false,
            initial: false,
            opens: false,
            possessive: false,
            joined: false,
            first: false,
        }
    }

    /// Its bytes, a possessive's ending not among them.
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Its first byte.
    pub fn start(&self) -> usize {
        self.range.start as usize
    }

    /// The byte behind its last.
    pub fn end(&self) -> usize {
        self.range.end as usize
    }
}

/// The words of a stretch and its sentences.
#[derive(Debug, Default)]
pub struct Tokens {
    /// In order.
    pub words: Vec<Token>,
    /// Bytes of each sentence.
    sentences: Vec<Range<u32>>,
}

impl Tokens {
    /// How many sentences there are.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Index of the sentence that holds a byte; that behind the last if none does.
    pub fn sentence_at(&self, at: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.end as usize <= at)
    }

    /// The bytes of a sentence.
    pub fn sentence(&self, index: usize) -> Option<Range<usize>> {
        self.sentences.get(index).map(|sentence| sentence.start as usize..sentence.end as usize)
    }
}

/// Reads a stretch; of one that has more words than any language would make of so many bytes, only the first.
pub fn tokens(text: &str) -> Tokens {
    /// Bytes of a word and what parts it from the next, where words are shortest; a short text may be of initials.
    const SHORTEST: usize = 4;
    const ALWAYS: usize = 50_000;
    let most = text.len() / SHORTEST + ALWAYS;
    /// The same as most languages have it.
    const USUAL: usize = 6;
    let mut out = Tokens { words: Vec::with_capacity(text.len() / USUAL), sentences: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if out.words.len() > most {
            break;
        }
        line_tokens(text, at..at + line.trim_end().len(), &mut out);
        at += line.len();
    }
    out
}

fn in_small_letters(word: &str) -> EcoString {
    let is_small = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_small { word.into() } else { EcoString::from(word).to_lowercase() }
}

fn line_tokens(text: &str, line: Range<usize>, out: &mut Tokens) {
    let mut sentence_start = None::<usize>;
    let mut last_end = line.start;
    let mut first = true;
    let mut at = line.start;
    while at < line.end {
        let Some(c) = text[at..line.end].chars().next() else { break };
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let mut end = word_end(text, start, line.end);
        // An address on the web holds no names.
        let rest = &text[start..line.end];
        if matches!(c, 'h' | 'w') && (rest.starts_with("http") || rest.starts_with("www.")) {
            let skip = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if text[start..start + skip].contains("://") || rest.starts_with("www.") {
                at = start + skip;
                continue;
            }
        }
        let gap = &text[last_end..start];
        let before = if first { None } else { out.words.last() };
        // Nearly every word: one in small letters, a space behind another.
        if let Some(before) = before
            && gap == " "
            && c.is_ascii_lowercase()
            && text.as_bytes()[start..end].iter().all(u8::is_ascii_alphanumeric)
        {
            let joined = !before.possessive;
            let range = start as u32..end as u32;
            out.words.push(Token { joined, ..Token::small(range, in_small_letters(&text[start..end])) });
            (last_end, at) = (end, end);
            continue;
        }
        // `U.S.`, `U.S.S.R.`: one word.
        let dotted = dotted_capitals(&text[start..line.end]);
        let is_dotted = dotted > 0;
        if is_dotted {
            end = start + dotted;
        }
        let ends = before.is_none_or(|b| ends_sentence(b, gap, text, start));
        if ends && let Some(from) = sentence_start.replace(start) {
            let to = from + text[from..start].trim_end().len();
            out.sentences.push(from as u32..to as u32);
        }
        let word = &text[start..end];
        let possessor = quotes::possessor(word);
        let (kept, possessive) = (possessor.unwrap_or(word), possessor.is_some());
        let kept_end = start + kept.len();
        let letters = || kept.chars().filter(|c| c.is_alphabetic());
        let small = c.is_lowercase();
        let capital =
            if small { behind_article(kept).starts_with(char::is_uppercase) } else { c.is_uppercase() };
        let capitals = is_dotted || (!small && letters().count() >= 2 && letters().all(char::is_uppercase));
        let initial =
            !is_dotted && capital && kept.chars().count() == 1 && text[kept_end..line.end].starts_with('.');
        // `z. B.`
        let abbreviated = before.is_some_and(|b| {
            b.end() - b.start() == 1
                && !b.capital
                && b.folded.chars().all(char::is_alphabetic)
                && gap.starts_with('.')
        });
        let initial = initial && !abbreviated;
        let folded = if is_dotted {
            kept.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect()
        } else {
            in_small_letters(kept)
        };
        let opens = ends
            || gap != " "
                && (gap.contains(" - ")
                    || gap.contains([':', '—', '–', '(', '[', '•', '!', '?', '…'])
                    || quotes::marks_between(Some('a'), gap, Some('a')).any(|m| m.part == Part::Opens)
                    || gap.ends_with('‘'));
        let spaced = matches!(gap, " " | "  " | "\u{a0}" | "-");
        let stop = matches!(gap, ". " | "." | ".  " | ".\u{a0}");
        let after_stop = stop && before.is_some_and(|b| b.initial || vocabulary::honorific(&b.folded));
        let joined = !first && !ends && (spaced || after_stop) && before.is_some_and(|b| !b.possessive);
        if out.words.len() == out.words.capacity() {
            // No more than there are: of a large text the words take several times its size.
            out.words.reserve_exact(out.words.len() / 8 + 1);
        }
        out.words.push(Token {
            // A source has less than 4 GiB.
            range: start as u32..kept_end as u32,
            folded,
            capital,
            capitals,
            initial,
            opens,
            possessive,
            joined,
            first: ends,
        });
        first = false;
        last_end = if possessive { end } else { kept_end };
        at = end;
    }
    if let Some(from) = sentence_start {
        out.sentences.push(from as u32..line.end as u32);
    }
}

/// The end of the word that begins here: letters and digits, with hyphens and apostrophes between them.
fn word_end(text: &str, start: usize, limit: usize) -> usize {
    let rest = &text.as_bytes()[start..limit];
    let plain = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let ends = rest.get(plain).is_none_or(|b| b.is_ascii() && !matches!(b, b'-' | b'\''));
    if plain > 0 && ends {
        return start + plain;
    }
    let mut end = start;
    let mut chars = text[start..limit].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inner = (matches!(c, '-' | '‐' | '\u{2011}' | '·' | '・') || quotes::is_apostrophe(c))
            && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric());
        let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}');
        if !(c.is_alphanumeric() || inner || mark) {
            break;
        }
        end = start + i + c.len_utf8();
    }
    end.max(start + text[start..].chars().next().map_or(0, char::len_utf8))
}

/// Bytes of `U.S.` or `U.S.S.R.` at the beginning of the text; 0 if there are fewer than two letters with stops and
/// no space.
fn dotted_capitals(text: &str) -> usize {
    let mut end = 0;
    let mut count = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if !c.is_uppercase() {
            break;
        }
        let Some(&(_, '.')) = chars.peek() else { break };
        chars.next();
        end = i + c.len_utf8() + 1;
        count += 1;
    }
    if count < 2 {
        return 0;
    }
    // `J.V. Orlen` has two, too: what follows tells them apart.
    let follows_name = text[end..].trim_start().chars().next().is_some_and(char::is_uppercase)
        && text[end..].starts_with(' ')
        && count == 2
        && !text.starts_with("U.S.");
    if follows_name { 0 } else { end }
}

/// A word without the Arabic article that is written to it: `al-Assad`.
pub fn behind_article(word: &str) -> &str {
    const ARTICLES: [&str; 8] = ["al", "el", "as", "ad", "ar", "at", "an", "ash"];
    if !word.starts_with(['a', 'e']) {
        return word;
    }
    let parts = word.split_once('-').filter(|(article, rest)| ARTICLES.contains(article) && !rest.is_empty());
    parts.map_or(word, |p| p.1)
}

/// True if between the word before and the one that begins at `start` a sentence ends.
fn ends_sentence(before: &Token, gap: &str, text: &str, start: usize) -> bool {
    if gap == " " {
        return false;
    }
    if gap.contains(['。', '！', '？']) {
        return true;
    }
    let Some(stop) = gap.find(['.', '!', '?', '…', ';']) else { return false };
    let sign = gap[stop..].chars().next();
    if sign == Some(';') {
        return false;
    }
    let space = gap.contains(char::is_whitespace);
    let upper = text[start..].chars().next().is_some_and(|c| !c.is_lowercase());
    if !space || !upper {
        return false;
    }
    if sign == Some('.') && gap[..stop].is_empty() {
        return !before.initial && !vocabulary::abbreviation(&before.folded);
    }
    true
}
