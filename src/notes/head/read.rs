//! What the first signs of a line are, if they can be a note's label.

use crate::model::Form;
use crate::notes::label::is_symbol;
use crate::notes::marker::Hung;
use crate::notes::sign::{
    self, behind_word, floor, is_circled, is_label, is_label_in_brackets, is_word_for_note, opens_in_tag,
    raised_run, strip_markup, superscript, wide_bracket,
};
use crate::notes::{Label, Sign, link};
use crate::quotes;

/// A label as it stands at the head of a line.
pub struct Read {
    /// How it is written.
    pub sign: Sign,
    /// What it says.
    pub label: String,
    /// What readers see of it.
    pub shown: String,
    /// Bytes to where the text begins.
    pub len: usize,
    /// How much it looks like a note's, 0 to 3.
    pub weight: f32,
    /// True if the bracket before it closes behind the note.
    pub bracketed: bool,
}

impl Read {
    fn new(sign: Sign, label: &str, shown: &str, len: usize, weight: f32) -> Self {
        Read { sign, label: label.to_owned(), shown: shown.to_owned(), len, weight, bracketed: false }
    }
}

/// The label that a line begins with.
pub fn label(text: &str, form: Form, defined: bool) -> Option<Read> {
    let mut anchor = anchors(text);
    let anchored = anchor > 0;
    // Wikipedia's way back, as some print it: "↑ 1 Text"
    for back in ["↑ ", "^ "] {
        let behind = text[anchor..].strip_prefix(back).map(str::trim_start);
        if let Some(behind) = behind.filter(|b| b.starts_with(|c: char| c.is_ascii_digit())) {
            anchor = text.len() - behind.len();
        }
    }
    // reStructuredText: ".. [1] text"
    if text[anchor..].starts_with(".. [") {
        anchor += ".. ".len();
    }
    let rest = &text[anchor..];
    let first = rest.chars().next()?;
    let mut read = match first {
        '<' => {
            raised_tag(rest).or_else(|| linked(rest)).or_else(|| small(rest)).or_else(|| enclosed(rest, '>'))
        }
        '{' => enclosed(rest, '}'),
        '/' => enclosed(rest, '/'),
        '$' => raised_math(rest),
        '[' if form.is_markdown() => linked(rest).or_else(|| bracket(rest, form, defined)),
        '\\' if form.is_markdown() && rest[1..].starts_with('*') => escaped_star(rest),
        '^' | '[' | '\\' => bracket(rest, form, defined).or_else(|| caret(rest)),
        '［' | '〔' | '【' => wide(rest),
        '(' | '（' => paren(rest),
        '0'..='9' => number(rest),
        _ if is_circled(first) => Some(circled(rest, first)),
        _ if superscript(first).is_some() => Some(raised_digits(rest)),
        _ if is_symbol(first) => symbol(rest, first, form),
        _ if first.is_alphabetic() => worded(rest).or_else(|| lettered(rest)),
        _ => None,
    }?;
    read.len += anchor;
    read.weight += if anchored { 0.8 } else { 0.0 };
    read.len += text[read.len..].len() - text[read.len..].trim_start().len();
    // Wikipedia's way back, printed by text browsers: "1. ^ Text", "1. ↑ Text"
    for back in ["^ ", "↑ "] {
        if let Some(behind) = text[read.len..].strip_prefix(back) {
            read.len += back.len() + (behind.len() - behind.trim_start().len());
            read.weight += 1.0;
        }
    }
    read.weight += if link::leads_back(&text[read.len..]) { 1.0 } else { 0.0 };
    Some(read)
}

/// Bytes of empty anchors (`<span id="x"></span>`) that an extractor put before the text.
fn anchors(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text[at..].strip_prefix("<span ").or_else(|| text[at..].strip_prefix("<a ")) {
        let Some(close) = floor(rest, 200).find('>') else { break };
        let behind = &rest[close + 1..];
        let Some(end) = ["</span>", "</a>"].iter().find(|t| behind.starts_with(**t)) else { break };
        at = text.len() - behind.len() + end.len();
    }
    at
}

/// `<sup>1</sup> text`
fn raised_tag(rest: &str) -> Option<Read> {
    if !rest.get(..5)?.eq_ignore_ascii_case("<sup>") {
        return None;
    }
    let window = floor(rest, 120);
    let close = window.find("</sup>").or_else(|| window.find("</SUP>"))?;
    if opens_in_tag(&window[5..close]) {
        return None;
    }
    let inner = strip_markup(&window[5..close]);
    let inner = inner.trim();
    let label = inner.trim_matches(|c: char| "[]().,:".contains(c));
    let len = close + 6;
    let stop = usize::from(rest[len..].starts_with('.'));
    is_label(label).then(|| Read::new(Sign::Raised, label, inner, len + stop, 2.5))
}

/// `[\[1\]](#_ftnref1) text`, `<a id="fn1">1</a>. text`.
fn linked(rest: &str) -> Option<Read> {
    let found = link::read(rest)?;
    let stop = usize::from(rest[found.len..].starts_with(['.', ':', ')']));
    let weight = if found.named { 2.2 } else { 1.6 };
    Some(Read::new(Sign::Raised, &found.label, &found.shown, found.len + stop, weight))
}

/// `<sup id="fn1">1. text</sup>`: a note that is set small as a whole and bears its number as its place.
fn small(rest: &str) -> Option<Read> {
    let open = floor(rest, 120).find('>')? + 1;
    let tag = &rest[..open];
    let set = ["<sup ", "<sub ", "<small ", "<p ", "<li ", "<div "].into_iter().any(|t| tag.starts_with(t));
    let label: String = rest[open..].chars().take_while(char::is_ascii_digit).collect();
    let behind = &rest[open + label.len()..];
    let stop = usize::from(behind.starts_with(['.', ':', ')']));
    let ok = set && is_label(&label) && spaced(&behind[stop..]) && link::bears(tag, &label);
    let len = open + label.len() + stop;
    ok.then(|| Read::new(Sign::Raised, &label, &rest[open..len], len, 2.2))
}

/// `$^{1}$ text`
fn raised_math(rest: &str) -> Option<Read> {
    let window = floor(rest, 48);
    let close = window[1..].find('$')? + 1;
    let inner: String = window[1..close].chars().filter(|c| !c.is_whitespace()).collect();
    let label = sign::raised_math(&inner)?;
    is_label(label).then(|| Read::new(Sign::Raised, label, label, close + 1, 2.5))
}

/// `¹ text`
fn raised_digits(rest: &str) -> Read {
    let (len, label) = raised_run(rest);
    Read::new(Sign::Raised, &label, &rest[..len], len, 2.5)
}

/// `^1 text`, `^1^ text`, `^1: text`, `^(1) text`.
fn caret(rest: &str) -> Option<Read> {
    if let Some((label, len)) = sign::raised_parenthesis(rest) {
        return spaced(&rest[len..]).then(|| Read::new(Sign::Raised, label, label, len, 2.5));
    }
    let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
    let label = rest.get(1..1 + digits)?;
    let mut len = 1 + digits;
    len += usize::from(rest[len..].starts_with('^'));
    len += usize::from(rest[len..].starts_with([':', '.', ')']));
    let ok = rest.starts_with('^') && is_label(label) && spaced(&rest[len..]);
    ok.then(|| Read::new(Sign::Raised, label, label, len, 2.2))
}

/// `[1] text`, `^[1] text`, `[^1]: text`, `[1]: text`, `[Footnote 1: text]`.
fn bracket(rest: &str, form: Form, defined: bool) -> Option<Read> {
    let caret = usize::from(rest.starts_with('^'));
    let open = if rest[caret..].starts_with("\\[") { 2 } else { 1 };
    if !rest[caret..].starts_with('[') && open == 1 {
        return None;
    }
    let window = floor(rest, 64);
    let doubled = usize::from(rest[caret + open..].starts_with('['));
    let inner_at = caret + open + doubled;
    let inner = window.get(inner_at..)?;
    if defined && inner.starts_with('^') {
        return None; // `parse::markdown` reads it
    }
    let hat = usize::from(inner.starts_with('^'));
    let inner = &inner[hat..];
    if hat + doubled + caret == 0
        && open == 1
        && let Some(read) = holds_note(rest, inner)
    {
        return Some(read);
    }
    let closed = inner.find(']').filter(|&close| behind_word(&inner[..close]).is_some()); // [fn:1]
    let stop = closed.or_else(|| inner.find([']', ':']))?;
    let content = inner[..stop].trim_end_matches('\\').trim();
    let behind = inner_at + hat + stop;
    if inner[stop..].starts_with(':') {
        // [Footnote 1: text]
        let word: String = content.chars().take_while(|c| c.is_alphabetic()).collect();
        let label = content[word.len()..].trim().trim_start_matches(['.', '№']).trim();
        let is_word = (2..=14).contains(&word.chars().count());
        let numbered = (1..=4).contains(&label.len()) && label.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_word || !(is_label(label) || numbered) {
            return None;
        }
        let shown = format!("[{content}:");
        return Some(Read { bracketed: true, ..Read::new(Sign::Worded, label, &shown, behind + 1, 3.0) });
    }
    let mut len = behind + 1 + doubled;
    if doubled == 1 && !rest[behind + 1..].starts_with(']') {
        return None;
    }
    let colon = rest[len..].starts_with(':');
    if colon && form.is_markdown() && defines_link(&rest[len + 1..]) {
        return None;
    }
    len += usize::from(colon);
    if rest[len..].starts_with('(') {
        return None; // a Markdown link
    }
    let label = if is_label_in_brackets(content) { content } else { behind_word(content)? };
    let weight = match (Label::new(label).number().is_some(), spaced(&rest[len..])) {
        (true, true) => 2.0,
        (true, false) => 1.2,
        (false, true) => 1.0,
        (false, false) => return None, // [s]ocieties
    };
    let shown = rest[..behind + 1 + doubled].replace(['\\', '^'], "");
    Some(Read::new(Sign::Bracket, label, &shown, len, weight + caret as f32))
}

/// `[* text]`, `[++ text]`: the bracket closes behind the note.
fn holds_note(rest: &str, inner: &str) -> Option<Read> {
    let label = inner.split(' ').next()?;
    let signs = label.chars().all(|c| is_symbol(c) || c == '+');
    let shown = &rest[..=label.len()];
    (signs && is_label(label) && label.len() < inner.len())
        .then(|| Read { bracketed: true, ..Read::new(Sign::Bracket, label, shown, shown.len(), 1.6) })
}

/// True if what stands behind `[1]:` is an address, with a title perhaps.
fn defines_link(rest: &str) -> bool {
    let rest = rest.trim_start();
    let address = rest.split_whitespace().next().unwrap_or("");
    let title = rest[address.len()..].trim_start();
    let alone = title.is_empty() || title.starts_with(['"', '\'', '(']);
    alone && (address.starts_with('<') || address.contains(['/', '#', '.', ':']))
}

/// `［１］text`
fn wide(rest: &str) -> Option<Read> {
    let (label, len) = wide_bracket(rest)?;
    Some(Read::new(Sign::Bracket, label, &rest[..len], len, 2.0))
}

/// `{1} text`, `<1> text`.
fn enclosed(rest: &str, close: char) -> Option<Read> {
    let label = sign::enclosed(rest, close)?;
    let len = label.len() + 2;
    spaced(&rest[len..]).then(|| Read::new(Sign::Bracket, label, &rest[..len], len, 1.6))
}

/// `① text`
fn circled(rest: &str, first: char) -> Read {
    let label = &rest[..first.len_utf8()];
    Read::new(Sign::Raised, label, label, label.len(), 1.4)
}

/// `(1) text`, `（註１）text`
fn paren(rest: &str) -> Option<Read> {
    let window = floor(rest, 32);
    let open = window.chars().next()?.len_utf8();
    let close = window.find([')', '）'])?;
    let inner = window[open..close].trim();
    let label = inner.trim_start_matches(['註', '注', '※']);
    let len = close + window[close..].chars().next()?.len_utf8();
    let noted = label.len() < inner.len();
    let ok = is_label(label)
        && (noted
            || Label::new(label).number().is_some()
            || label.chars().all(is_symbol)
            || label.chars().all(char::is_alphabetic));
    // "(2). The next": a marker at the end of a sentence, which a line's end parted from it
    let weight = match (noted, rest[len..].starts_with(['.', ',', ';'])) {
        (true, _) => 3.0,
        (_, true) => 0.4,
        _ => 1.5,
    };
    ok.then(|| Read::new(Sign::Paren, label, &window[..len], len, weight))
}

/// `1 text`, `1. text`, `1) text`, a number alone on its line.
fn number(rest: &str) -> Option<Read> {
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    if rest[run..].chars().next().is_some_and(|c| superscript(c).is_some()) {
        return Some(raised_digits(rest));
    }
    if run > 3 || rest.starts_with('0') {
        return None;
    }
    let (label, behind) = rest.split_at(run);
    let next = behind.chars().next();
    let (sign, len, weight) = match next {
        None => (Sign::Bare, run, 1.3),
        Some(c) if c.is_whitespace() => (Sign::Bare, run, 1.2),
        Some('\\') if behind[1..].starts_with(['.', ')']) && spaced(&behind[2..]) => {
            (Sign::Dotted, run + 2, 1.2)
        } // 1\. in Markdown
        Some('.' | ')' | ':') => {
            let spaced = behind[1..].chars().next().is_none_or(char::is_whitespace);
            if !spaced {
                return None; // 3.5, 10:30
            }
            (Sign::Dotted, run + 1, 1.2)
        }
        Some(c) if c.is_uppercase() || quotes::opens(c) => (Sign::Raised, run, 1.2), // 1Text: it was raised in print
        _ => return None,
    };
    let shown = rest[..len].replace('\\', "");
    Some(Read::new(sign, label, &shown, len, weight))
}

/// `a. text`, `iv) text`
fn lettered(rest: &str) -> Option<Read> {
    let letters = rest.find(|c: char| !c.is_lowercase())?;
    let (label, behind) = rest.split_at(letters);
    let len = letters + usize::from(behind.starts_with(['.', ')']));
    let ok = len > letters && is_label(label) && spaced(&rest[len..]);
    ok.then(|| Read::new(Sign::Dotted, label, &rest[..len], len, 1.0))
}

/// `a Text`, `iv Text`, in an edition that labels its notes so; either on a line of its own.
pub fn hung(rest: &str, hung: Hung) -> Option<Read> {
    let letters = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
    let (label, behind) = rest.split_at(letters);
    let fits = match hung {
        Hung::Letters => letters == 1,
        Hung::Numerals => matches!(label, "i" | "v" | "x") || Label::new(label).is_roman(),
    };
    let begins = |c: char| c.is_uppercase() || c.is_ascii_digit() || quotes::opens(c);
    let opens = behind.strip_prefix(' ').is_some_and(|b| b.starts_with(begins)) || behind.trim().is_empty();
    (fits && opens).then(|| Read::new(Sign::Bare, label, label, letters, 0.8))
}

/// `\* text` in Markdown.
fn escaped_star(rest: &str) -> Option<Read> {
    let stars = sign::escaped_stars(rest);
    let label = "*".repeat(stars);
    (stars <= 4).then(|| Read::new(Sign::Symbol, &label, &label, 2 * stars, 1.6))
}

/// `* text`, `† text`
fn symbol(rest: &str, first: char, form: Form) -> Option<Read> {
    let shown: String = rest.chars().take_while(|&c| c == first).collect();
    let len = shown.len();
    let star = first == '*' || first == '∗';
    if shown.chars().count() > 4 || (star && form.is_markdown()) {
        return None;
    }
    let next = rest[len..].chars().next();
    if next.is_some_and(is_symbol) || (first == '§' && next.is_some_and(char::is_numeric)) {
        return None;
    }
    let spaced = next.is_none_or(char::is_whitespace);
    let weight = match (star, spaced) {
        (true, true) if first == '∗' => 1.6, // what typesetting makes of a star that is no bullet
        (true, true) => 1.0,
        (true, false) => 0.8,
        (false, _) => 2.0,
    };
    Some(Read::new(Sign::Symbol, &shown, &shown, len, weight))
}

/// `Note 1. text`, `Footnote 1: text`, `Anm. 3: text`, `n3 Text`: a word, a number, a stop or a capital.
fn worded(rest: &str) -> Option<Read> {
    let window = floor(rest, 48);
    let (word, behind) = window.split_at(window.find(|c: char| !c.is_alphabetic())?);
    if !is_word_for_note(word) {
        return None;
    }
    let glued = behind.starts_with(|c: char| c.is_ascii_digit()); // n3
    let behind = behind.trim_start_matches(['.', ' ']);
    let label: String =
        behind.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).collect();
    let stop = behind[label.len()..].chars().next()?;
    // "Nota 1 The text": without a stop, but for the capital
    let opens = |c: char| glued || c.is_uppercase() || quotes::opens(c);
    let parted = stop == ' ' && behind[label.len()..].trim_start().starts_with(opens);
    if !is_label(&label) || !(".:)—–".contains(stop) || parted) {
        return None;
    }
    let len = window.len() - behind.len() + label.len() + stop.len_utf8();
    Some(Read::new(Sign::Worded, &label, window[..len].trim_end(), len, if parted { 1.4 } else { 2.0 }))
}

/// True if nothing stands glued to a label.
fn spaced(behind: &str) -> bool {
    behind.chars().next().is_none_or(char::is_whitespace)
}
