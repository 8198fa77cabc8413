//! How signs are written, alike at a marker and at the head of a note.

use serde::{Deserialize, Serialize};

use super::label::{han_number, is_symbol};
use super::{Label, link};

/// How a sign is written. A document writes all its markers one way, and all its notes one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sign {
    /// Raised: `<sup>1</sup>`, `¹`, `${ }^{1}$`, a link `[1](#…)`.
    Raised,
    /// `[1]`, `^[1]`, `[^1]` in plain text.
    Bracket,
    /// `(1)`, `（註１）`.
    Paren,
    /// `*` `†` `‡` …
    Symbol,
    /// Digits alone, glued to a word or afloat; at the head of a note with a space behind.
    Bare,
    /// `1.` or `1)` at the head of a note.
    Dotted,
    /// `[Footnote 1: …]`, `Note 1.` at the head of a note; `n1` in the text.
    Worded,
}

impl Sign {
    /// In words, for `explain`.
    pub fn describe(self) -> &'static str {
        match self {
            Sign::Raised => "raised",
            Sign::Bracket => "in square brackets",
            Sign::Paren => "in parentheses",
            Sign::Symbol => "by symbols",
            Sign::Bare => "as bare figures",
            Sign::Dotted => "numbered with a stop",
            Sign::Worded => "introduced by a word",
        }
    }
}

/// Longest text between the signs of a marker, in bytes.
pub const LONGEST: usize = 24;

/// The bracket that a sign opens with, in its plain form: `^[1]`, `[[1]]` and `［１］` are `[`.
pub fn bracket(shown: &str) -> char {
    shown.chars().find(|c| "{</".contains(*c)).unwrap_or('[')
}

/// What can be a label: a number of at most three digits, one letter, a Roman numeral, or one kind of symbol.
pub fn is_label(text: &str) -> bool {
    /// `xxxviii`
    const LONGEST_NUMERAL: usize = 7;
    let count = text.chars().count();
    let figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let bare = text.strip_prefix('*').unwrap_or(text); // [*1]
    let digits = !bare.is_empty() && bare.chars().count() <= 3 && bare.chars().all(figure);
    let symbol =
        count <= 4 && text.chars().next().is_some_and(|f| is_symbol(f) && text.chars().all(|c| c == f));
    let letters = || {
        let label = Label::new(text);
        label.is_letter() || label.is_roman()
    };
    let plus = matches!(text, "+" | "++"); // a typewriter's daggers
    digits || symbol || plus || (1..=LONGEST_NUMERAL).contains(&count) && letters()
}

/// What can be a label between brackets: a Chinese numeral as well, which without them is a word.
pub fn is_label_in_brackets(text: &str) -> bool {
    is_label(text) || han_number(text).is_some()
}

/// The label that a text begins with, between signs of one character: `{1}`, `/1/`, and `{17a}` for the first note of a
/// page.
pub fn enclosed(rest: &str, close: char) -> Option<&str> {
    /// `{999a}`
    const LONGEST: usize = 6;
    let window = floor(rest, LONGEST);
    let label = window.get(1..)?.split(close).next()?;
    let page = close == '}' && Label::new(label).is_page() && label.is_ascii();
    let digits = label.bytes().all(|b| b.is_ascii_digit()) && is_label(label);
    ((page || digits) && window.len() > label.len() + 1).then_some(label)
}

/// The figures in the full-width brackets that a text begins with, and the length of the whole.
pub fn wide_bracket(rest: &str) -> Option<(&str, usize)> {
    let open = rest.chars().next()?.len_utf8();
    let window = floor(rest, LONGEST);
    let close = window.find(['］', '〕', '】'])?;
    let inner = window.get(open..close)?.trim();
    let label = if is_label_in_brackets(inner) { inner } else { behind_word(inner)? };
    Label::new(label).number()?;
    Some((label, close + window[close..].chars().next()?.len_utf8()))
}

/// True for a word that introduces the number of a note.
pub fn is_word_for_note(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "note",
        "notes",
        "footnote",
        "endnote",
        "fn",
        "n",
        "anm",
        "anmerkung",
        "fußnote",
        "fussnote",
        "nota",
        "прим",
        "примечание",
        "сноска",
        "註",
        "注",
        "注釈",
        "脚注",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

/// The label behind a word for notes: `1` of `note 1`, `註1`, `Anm. 1`, `fn:1`.
pub fn behind_word(text: &str) -> Option<&str> {
    let (word, behind) = text.split_at(text.find(|c: char| !c.is_alphabetic())?);
    let label = behind.trim_start_matches(['.', ' ', '№', '#', ':']).trim();
    (is_word_for_note(word) && is_label(label)).then_some(label)
}

/// What is raised in LaTeX with nothing that it is raised upon: `${ }^{1}$`, without white space and the dollars.
pub fn raised_math(inner: &str) -> Option<&str> {
    let raised = inner.trim_start_matches("{}").strip_prefix('^')?;
    let label = match raised.trim_matches(['{', '}']) {
        "\\dagger" | "\\dag" => "†",
        "\\ddagger" | "\\ddag" => "‡",
        "\\ast" | "*" => "*",
        "\\S" => "§",
        other => other,
    };
    Some(label.trim_matches(|c: char| "[]().,".contains(c)))
}

/// The label that is raised in a text without markup, and the length of the whole: `^(1)`, `^([1])`.
pub fn raised_parenthesis(rest: &str) -> Option<(&str, usize)> {
    let window = floor(rest.strip_prefix("^(")?, LONGEST);
    let close = window.find(')')?;
    let label = window[..close].trim_matches(|c: char| "[].,: ".contains(c));
    is_label(label).then_some((label, "^(".len() + close + 1))
}

/// How many escaped stars a text begins with.
pub fn escaped_stars(text: &str) -> usize {
    text.as_bytes().chunks_exact(2).take_while(|pair| *pair == b"\\*").count()
}

/// True for a figure in a circle, as Chinese and Japanese texts label notes.
pub fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

/// The digit that a superscript character raises.
pub fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁴' as u32 + 4, 10)?,
        _ => return None,
    })
}

/// A run of figures of which some are raised: its length in bytes and its digits.
pub fn raised_run(text: &str) -> (usize, String) {
    let digit = |c: char| superscript(c).or_else(|| c.is_ascii_digit().then_some(c));
    let run: Vec<char> = text.chars().take_while(|&c| digit(c).is_some()).collect();
    (run.iter().map(|c| c.len_utf8()).sum(), run.into_iter().filter_map(digit).collect())
}

/// True if a tag opens before another has closed: `2<words,<sup>1` is no label in tags but text with a stray sign.
pub fn opens_in_tag(text: &str) -> bool {
    text.rsplit_once('<').is_some_and(|(before, _)| before.split('<').skip(1).any(|tag| !tag.contains('>')))
}

/// The text without tags and Markdown link syntax.
pub fn strip_markup(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    match out.strip_prefix('[').and_then(linked) {
        Some(label) => label.to_owned(),
        None => out,
    }
}

/// The words of a link whose bracket has opened, if nothing but signs stands behind its address.
fn linked(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once("](")?;
    let (_, close) = link::address(rest)?;
    (!rest[close..].contains(char::is_alphanumeric)).then_some(label)
}

/// At most `len` bytes of a text, cut at a character.
pub fn floor(text: &str, len: usize) -> &str {
    &text[..text.floor_char_boundary(len)]
}
