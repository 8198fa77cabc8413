//! When a work appeared: the year behind its author, at the end of its entry, or that there is none.

use super::Rest;
use super::access::is_month;
use super::full;
use crate::cite::locator;
use crate::cite::model::{Description, Manner};
use crate::cite::name::Names;
use crate::cite::reading::{Place, Reading, Strength, Title, joined, marked_title};
use crate::cite::token::{Kind, Token, Tokens};

/// A year behind the names: `Grafton 1997, 72`, `Grafton (1997, p. 3)`, `Luhmann, Niklas (1981): Kommunikation`.
pub fn dated(tokens: &Tokens, place: Place, names: &Names) -> Option<(Reading, usize)> {
    let Place { start, limit, list } = place;
    let mut at = names.next;
    if at < limit && (tokens.sign(at, ',') || list && tokens.sign(at, '.')) {
        at += 1;
    }
    let open = tokens.sign(at, '(') || tokens.sign(at, '[');
    let year_at = at + usize::from(open);
    if year_at >= limit || tokens.year(year_at).is_none() {
        return None;
    }
    let (year, mut next) = year(tokens, year_at, limit)?;
    let shut = if open { Some(tokens.parenthesis(at).filter(|&s| s < limit)?) } else { None };
    let from = tokens.get(start)?.start;
    if list {
        // A list of authors and dates: the title follows.
        let mut behind = shut.map_or(next, |s| s + 1);
        while behind < limit && matches!(tokens.get(behind)?.kind, Kind::Sign('.' | ':' | ',')) {
            behind += 1;
        }
        let (title, after) = marked_title(tokens, behind, limit).or_else(|| {
            let end = (behind..limit)
                .find(|&k| tokens.sign(k, '.') && !tokens.get(k - 1).is_some_and(|t| t.is_initial()))?;
            let text = joined(tokens, behind, end);
            let worthy = tokens.get(behind).is_some_and(|t| t.capital) && text.len() > 2;
            worthy.then_some((Title { text, quoted: false, marked: true }, end))
        })?;
        let (mut reading, next) = full(tokens, place, names.clone(), title, after)?;
        reading.work.year = Some(year);
        return Some((reading, next));
    }
    let mut end = tokens.get(next - 1)?.end;
    let inside = shut.unwrap_or(limit);
    let place_in = locator::read(tokens, next, inside);
    let bare = tokens.sign(next, ',') || tokens.sign(next, ':');
    let mut reading = Reading {
        range: from..end,
        manner: Manner::Short,
        work: Description {
            authors: names.names.clone(),
            et_al: names.et_al,
            year: Some(year.clone()),
            ..Description::default()
        },
        locator: None,
        year_or_page: None,
        note: None,
        same_author: names.names.is_empty(),
        strength: Strength::IfKnown,
    };
    match place_in {
        Some(found) if bare => {
            next = found.next;
            end = found.end;
            reading.locator = Some(found.locator);
        }
        _ => {
            // A number of four figures with nothing behind it may be a page after all.
            if !open && year.bytes().all(|b| b.is_ascii_digit()) {
                reading.year_or_page = Some(year);
                reading.work.year = None;
            }
        }
    }
    if let Some(shut) = shut {
        if next != shut {
            return None;
        }
        next = shut + 1;
        end = tokens.get(shut)?.end;
        // `Marshall (1993): 67`
        let behind = tokens.sign(next, ':') || tokens.sign(next, ',');
        if let Some(found) =
            locator::read(tokens, next, limit).filter(|_| behind && reading.locator.is_none())
        {
            next = found.next;
            end = found.end;
            reading.locator = Some(found.locator);
        }
    }
    if names.editors {
        reading.work.editors = std::mem::take(&mut reading.work.authors);
    }
    // `May 1968 was`: the sentence goes on.
    let goes_on = tokens.get(next).filter(|_| next < limit).is_some_and(|t| t.kind == Kind::Word && !open);
    if goes_on {
        return None;
    }
    reading.range.end = end;
    Some((reading, next))
}

/// A year with the letter that tells two apart, or the years of an edition; and the token behind.
pub(super) fn year(tokens: &Tokens, i: usize, limit: usize) -> Option<(String, usize)> {
    tokens.year(i)?;
    let mut text = tokens.get(i)?.text.to_owned();
    let mut next = i + 1;
    let letter =
        tokens.get(next).filter(|t| next < limit && t.kind == Kind::Word && !t.gap && t.text.len() == 1);
    if let Some(letter) = letter {
        text.push_str(letter.text);
        next += 1;
    }
    Some((text, next))
}

/// The year that an entry of a list ends with, whatever stands between (`arXiv preprint arXiv:1512.03385, 2015.`): behind
/// a comma or in parentheses, and no page.
pub(super) fn last_year(tokens: &Tokens, from: usize, limit: usize) -> Option<String> {
    (from.max(1)..limit).rev().find_map(|i| {
        let (text, next) = year(tokens, i, limit)?;
        let parted =
            tokens.sign(i - 1, ',') || tokens.sign(i - 1, '(') || tokens.get(i - 1).is_some_and(is_of_date);
        let ends = next >= limit || ['.', ',', ')', ';'].iter().any(|s| tokens.sign(next, *s));
        (parted && ends && tokens.get(i)?.gap || tokens.sign(i - 1, '(')).then_some(text)
    })
}

/// A month, or the day of one.
pub(super) fn is_of_date(token: &Token) -> bool {
    is_month(&token.text.to_lowercase())
}

impl Rest<'_, '_> {
    /// `n. d.`, `o. J.`
    pub(super) fn undated(&mut self, i: usize, word: &str) -> bool {
        let tokens = self.tokens;
        let said = matches!((word, tokens.lower(i + 2).as_ref()), ("n", "d") | ("o", "j"));
        if !said || !tokens.sign(i + 1, '.') || i + 2 >= self.limit {
            return false;
        }
        self.work.year.get_or_insert_with(|| "n.d.".into());
        let next = i + 3;
        self.done(next + usize::from(next < self.limit && tokens.sign(next, '.')));
        true
    }
}
