//! Places in a work: `45`, `pp. 45–47`, `45f.`, `110n4`, `xii`, `ch. 3`, `vol. 2, 45`, `2:520`, `S. 12`, `С. 25`.

use super::model::Locator;
use super::token::{Kind, Token, Tokens};
use super::vocabulary::{FOLLOWING, PAGES, PARTS, VOLUMES, has};
use crate::roman;

/// A locator that was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The token behind it.
    pub next: usize,
    /// The byte behind it.
    pub end: usize,
    /// What it says.
    pub locator: Locator,
    /// True if a word says that these are pages or a chapter (`p.`, `S.`, `ch.`).
    pub said: bool,
}

/// Reads the locator that begins at `i`, a comma or a colon before it aside. `limit` is the token behind the citation.
pub fn read(tokens: &Tokens, i: usize, limit: usize) -> Option<Read> {
    let mut at = i;
    let mut out = Parts::default();
    let mut read: Option<(usize, usize)> = None;
    let mut said = false;
    loop {
        while at < limit && matches!(tokens.get(at)?.kind, Kind::Sign(',' | ':')) {
            at += 1;
        }
        let Some((next, end, worded)) = part(tokens, at, limit, &mut out) else {
            break;
        };
        said |= worded;
        read = Some((next, end));
        at = next;
        if at >= limit
            || !tokens
                .get(at)
                .is_some_and(|t| matches!(t.kind, Kind::Sign(',' | ':')) || t.kind == Kind::Word)
        {
            break;
        }
    }
    let (next, end) = read?;
    Some(Read { next, end, locator: out.locator(), said })
}

/// What a locator is put together from.
#[derive(Default)]
struct Parts {
    before: Vec<String>,
    pages: Vec<String>,
    first: Option<u32>,
}

impl Parts {
    fn locator(self) -> Locator {
        let mut shown = self.before;
        if !self.pages.is_empty() {
            // Several notes on one page (`309 n. 12–13`) are one page.
            let first = self.pages[0].split(" n. ").next().unwrap_or_default();
            let several = self.pages.len() > 1 || first.contains(['–', 'f']);
            shown.push([if several { "pp. " } else { "p. " }, &self.pages.join(", ")].concat());
        }
        Locator { shown: shown.join(", "), page: self.first }
    }
}

/// One part. Yields the token and the byte behind it, and whether a word introduced it.
fn part(tokens: &Tokens, i: usize, limit: usize, out: &mut Parts) -> Option<(usize, usize, bool)> {
    let first = tokens.get(i).filter(|_| i < limit)?;
    if first.kind == Kind::Word && (first.emphasis == 0 || tokens.lower(i) == "p") {
        let word = tokens.lower(i);
        let mut at = i + 1;
        if tokens.sign(at, '.') {
            at += 1;
        }
        if word == "esp" || word == "especially" {
            return part(tokens, at, limit, out);
        }
        let named = PARTS.iter().find(|p| p.0 == word).map(|p| p.1);
        let volume = has(VOLUMES, &word);
        if named.is_some() || volume {
            let (text, next) = figures(tokens, at, limit)?;
            out.before.push([named.unwrap_or("vol."), " ", &text].concat());
            return Some((next, tokens.get(next - 1)?.end, true));
        }
        if has(PAGES, &word) {
            // `pp. 154–175, at 160`: the pages of the whole, and the one that is meant.
            if word == "at" {
                out.pages.clear();
            }
            let (next, end) = pages(tokens, at, limit, out)?;
            return Some((next, end, true));
        }
        if is_roman(first.text) || first.text.strip_suffix('n').is_some_and(is_roman) {
            let (next, end) = pages(tokens, i, limit, out)?;
            return Some((next, end, false));
        }
        return None;
    }
    if first.is('§') {
        let (text, next) = figures(tokens, i + 1, limit)?;
        out.before.push(["§ ", &text].concat());
        return Some((next, tokens.get(next - 1)?.end, true));
    }
    if first.kind != Kind::Number {
        return None;
    }
    // `2:520`: a volume and a page.
    let volume = first.text.len() <= 2
        && tokens.sign(i + 1, ':')
        && tokens.get(i + 2).is_some_and(|t| t.kind == Kind::Number && !t.gap)
        && i + 2 < limit;
    if volume {
        out.before.push(["vol. ", first.text].concat());
        let (next, end) = pages(tokens, i + 2, limit, out)?;
        return Some((next, end, false));
    }
    let (next, end) = pages(tokens, i, limit, out)?;
    Some((next, end, false))
}

/// A number, a range or a Roman numeral behind a word.
fn figures(tokens: &Tokens, i: usize, limit: usize) -> Option<(String, usize)> {
    let token = tokens.get(i).filter(|_| i < limit)?;
    if token.kind != Kind::Number && !is_roman(token.text) {
        return None;
    }
    let mut text = token.text.to_owned();
    let mut next = i + 1;
    // `14.34`: a section within a section.
    while tokens.get(next).is_some_and(|t| t.is('.') && !t.gap)
        && next + 1 < limit
        && let Some(inner) = tokens.get(next + 1).filter(|t| t.kind == Kind::Number && !t.gap)
    {
        text = [&text, ".", inner.text].concat();
        next += 2;
    }
    if let Some(last) = range(tokens, next, limit) {
        text = [&text, "–", last.text].concat();
        next += 2;
    }
    Some((text, next))
}

/// The end of a range: `–47`.
fn range<'t>(tokens: &'t Tokens, i: usize, limit: usize) -> Option<&'t Token<'t>> {
    let dash = tokens.get(i).filter(|t| matches!(t.kind, Kind::Sign('-' | '–' | '—' | '‑' | '−' | '/')))?;
    let last = tokens.get(i + 1).filter(|_| i + 1 < limit)?;
    let fits = last.kind == Kind::Number || is_roman(last.text);
    (fits && !(dash.gap && dash.is('-')) && !(dash.is('/') && last.gap)).then_some(last)
}

/// A list of pages: `45–47, 52, xii, 110n4`.
fn pages(tokens: &Tokens, i: usize, limit: usize, out: &mut Parts) -> Option<(usize, usize)> {
    let mut at = i;
    let mut read = None;
    while let Some((text, page, next)) = page(tokens, at, limit) {
        if out.pages.is_empty() {
            out.first = page;
        }
        out.pages.push(text);
        read = Some((next, tokens.get(next - 1)?.end));
        at = next;
        // Another page behind a comma; a word before it belongs to the next part.
        if at < limit && (tokens.sign(at, ',') || tokens.sign(at, '&')) {
            at += 1;
        } else {
            break;
        }
    }
    read
}

/// One page or range of pages, with its notes and what follows it.
fn page(tokens: &Tokens, i: usize, limit: usize) -> Option<(String, Option<u32>, usize)> {
    let token = tokens.get(i).filter(|_| i < limit)?;
    let note_at_end = token.kind == Kind::Word && token.text.ends_with('n');
    let roman = token.text.strip_suffix('n').filter(|r| note_at_end && is_roman(r));
    let (mut text, page) = match token.kind {
        Kind::Number => (token.text.to_owned(), token.text.parse().ok()),
        Kind::Word if is_roman(token.text) => (token.text.to_owned(), None),
        Kind::Word => {
            // `xxn4`
            let number = tokens.get(i + 1).filter(|t| t.kind == Kind::Number && !t.gap && i + 1 < limit)?;
            return Some(([roman?, " n. ", number.text].concat(), None, i + 2));
        }
        _ => return None,
    };
    let mut next = i + 1;
    if let Some(last) = range(tokens, next, limit) {
        text = [&text, "–", last.text].concat();
        next += 2;
    }
    // `n4`, `n12-13`, `n. 4`, `f.`, `ff.`
    let word = tokens.lower(next);
    if next < limit && has(FOLLOWING, &word) && word != "et" {
        let mut at = next + 1;
        if tokens.sign(at, '.') && at < limit {
            at += 1;
        }
        if word == "n" {
            if let Some(number) = tokens.get(at).filter(|t| t.kind == Kind::Number && at < limit) {
                text = [&text, " n. ", number.text].concat();
                next = at + 1;
                if let Some(last) = range(tokens, next, limit) {
                    text = [&text, "–", last.text].concat();
                    next += 2;
                }
            }
        } else {
            text.push_str(if word == "f" { "f." } else { "ff." });
            next = if at < limit { at } else { next + 1 };
        }
    }
    Some((text, page, next))
}

/// A Roman numeral in small letters, as pages of a preface have them. A larger one is a word (`mix`, `dix`, `di`), and a
/// lone `c` or `l` an abbreviation.
pub fn is_roman(text: &str) -> bool {
    let small = text.bytes().all(|b| b"ivxlc".contains(&b)) && !matches!(text, "c" | "l");
    small && roman::value(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let tokens = Tokens::of(text, 0..text.len(), &[]);
        read(&tokens, 0, tokens.all.len()).map(|r| r.locator.shown)
    }

    #[test]
    fn places_are_told_in_one_way() {
        for (text, expected) in [
            ("45", "p. 45"),
            (", 45–47", "pp. 45–47"),
            ("46, 68, 73", "pp. 46, 68, 73"),
            ("p. 12f.", "pp. 12f."),
            ("309n12-13", "p. 309 n. 12–13"),
            ("xxn4", "p. xx n. 4"),
            ("xxxix–xl", "pp. xxxix–xl"),
            (", vol. 2, 45", "vol. 2, p. 45"),
            ("1:80", "vol. 1, p. 80"),
            ("ch. 3", "ch. 3"),
            (", section 14.34.", "sec. 14.34"),
            ("§ 4.2.1, 7", "§ 4.2.1, p. 7"),
            (", chap. 15, esp. 517–18", "ch. 15, pp. 517–18"),
            ("S. 580 f", "pp. 580f."),
            ("at 92", "p. 92"),
            ("pp. 154–175, at 160", "p. 160"),
            ("С. 11–12", "pp. 11–12"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(shown("men of 23"), None);
        assert_eq!(shown("I think"), None);
        for word in [", did not say so", ", ill, 7", "mix 7", ", di 7", ", c. 1990"] {
            assert_eq!(shown(word), None, "{word}");
        }
    }
}
