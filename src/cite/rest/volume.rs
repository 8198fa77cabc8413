//! Volumes, numbers of a journal and editions.

use super::Rest;
use super::access::is_month;
use super::dated::year;
use super::imprint::is_date;
use crate::cite::locator;
use crate::cite::model::Kind as WorkKind;
use crate::cite::reading::joined;
use crate::cite::token::Kind;
use crate::cite::vocabulary::{EDITION, ISSUES, VOLUMES, has};

impl Rest<'_, '_> {
    /// `vol. 2`, `no. 1`, `nos. 2–4`, `3rd ed.`, `1934 edition`
    pub(super) fn volume(&mut self, i: usize, word: &str) -> bool {
        let tokens = self.tokens;
        let mut at = i + 1;
        at += usize::from(tokens.sign(at, '.'));
        let figure = |at: usize| {
            let token = tokens.get(at).filter(|_| at < self.limit)?;
            let roman = token.kind == Kind::Word && locator::is_roman(&token.text.to_lowercase());
            if token.kind != Kind::Number && !roman {
                return None;
            }
            let ranged =
                tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–')) && !t.gap)
                    && tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Number && at + 2 < self.limit);
            Some((joined(tokens, at, at + if ranged { 3 } else { 1 }), at + if ranged { 3 } else { 1 }))
        };
        if has(VOLUMES, word)
            && let Some((text, next)) = figure(at)
        {
            self.work.volume.get_or_insert(text);
            self.done(next);
            return true;
        }
        if has(ISSUES, word)
            && (self.work.container.is_some() || self.work.volume.is_some())
            && let Some((text, next)) = figure(at)
        {
            self.work.issue.get_or_insert(text);
            self.done(next);
            return true;
        }
        // `3rd ed.`, `2. Aufl.`
        if tokens.get(i).is_some_and(|t| t.kind == Kind::Number) {
            let mut behind = i + 1;
            if tokens.get(behind).is_some_and(|t| t.kind == Kind::Word && !t.gap && t.text.len() <= 2) {
                behind += 1;
            }
            behind += usize::from(tokens.sign(behind, '.'));
            if has(EDITION, &tokens.lower(behind)) && behind < self.limit {
                if tokens.year(i).is_some() {
                    self.work.year = tokens.get(i).map(|t| t.text.to_owned());
                } else {
                    self.work.edition = Some(joined(tokens, i, i + 1));
                }
                self.done(behind + 1);
                return true;
            }
        }
        false
    }

    /// A number: a year, the volume of a journal, or the place.
    pub(super) fn number(&mut self, i: usize) -> bool {
        let tokens = self.tokens;
        if let Some((text, next)) = year(tokens, i, self.limit) {
            let ranged = tokens.get(next).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–')) && !t.gap);
            let free = self.work.year.is_none() && self.locator.is_none();
            if free && !ranged {
                self.work.year = Some(text);
                self.done(next);
                return true;
            }
        }
        if self.reporter(i) {
            return true;
        }
        // “…”, Critical Inquiry 3 (1977)
        let article = self.work.kind == WorkKind::Article && self.work.container.is_none();
        if article && self.is_volume(i) && self.locator.is_none() {
            self.work.container = self.loose.pop();
        }
        // *Critical Inquiry* 31 (1): 85–107; *The Classical Quarterly* 47.1 (1997)
        let journal = self.work.kind == WorkKind::Article
            && self.work.container.is_some()
            && self.work.volume.is_none();
        if journal {
            let mut next = i + 1;
            self.work.volume = tokens.get(i).map(|t| t.text.to_owned());
            let dotted = tokens.sign(next, '.')
                && tokens.get(next + 1).is_some_and(|t| t.kind == Kind::Number && !t.gap);
            if dotted && next + 1 < self.limit {
                self.work.issue = tokens.get(next + 1).map(|t| t.text.to_owned());
                next += 2;
            }
            self.done(next);
            return true;
        }
        self.place(i)
    }

    /// `9 U.S. 101`, `88 Yale L.J. 412`, `14 F. Supp. 2d 33`: a volume, abbreviations, and the page it begins on.
    fn reporter(&mut self, i: usize) -> bool {
        /// Tokens of the longest.
        const LONGEST: usize = 12;
        let tokens = self.tokens;
        if self.work.container.is_some() || self.work.volume.is_some() || self.locator.is_some() {
            return false;
        }
        let series = |k: usize| {
            tokens.get(k + 1).is_some_and(|t| t.kind == Kind::Word && !t.gap && matches!(t.text, "d" | "th"))
        };
        let (mut at, mut stops) = (i + 1, 0);
        while at < self.limit.min(i + LONGEST) {
            match tokens.get(at).map(|t| t.kind) {
                Some(Kind::Word) if tokens.get(at).is_some_and(|t| t.capital && t.emphasis == 0) => at += 1,
                Some(Kind::Sign('.')) => {
                    stops += 1;
                    at += 1;
                }
                Some(Kind::Sign('&')) => at += 1,
                Some(Kind::Number) if series(at) => at += 2,
                _ => break,
            }
        }
        let page = tokens.get(at).is_some_and(|t| t.kind == Kind::Number && t.gap) && at < self.limit;
        if !page || stops == 0 || tokens.year(at).is_some() {
            return false;
        }
        self.work.volume = tokens.get(i).map(|t| t.text.to_owned());
        let name = joined(tokens, i + 1, at);
        self.work.container = Some(if tokens.sign(at - 1, '.') { name + "." } else { name });
        self.done(at + 1);
        true
    }

    /// True for a number between the name of a journal and its year.
    pub(super) fn is_volume(&self, i: usize) -> bool {
        let tokens = self.tokens;
        let word = |k: Option<usize>| k.and_then(|k| tokens.get(k)).is_some_and(|t| t.kind == Kind::Word);
        let right_behind = word(i.checked_sub(1));
        let named = right_behind || tokens.sign(i.saturating_sub(1), ',') && word(i.checked_sub(2));
        // `Mill Studies 3, 1977`, `RFC 5321, October 2008`
        let year = |k: usize| tokens.year(k).is_some() && k < self.limit;
        let month = is_month(&tokens.lower(i + 2)) && year(i + 3);
        if right_behind && tokens.sign(i + 1, ',') && (year(i + 2) || month) {
            return true;
        }
        let shut = tokens.parenthesis(i + 1).filter(|&s| s < self.limit && tokens.sign(i + 1, '('));
        let Some(shut) = shut else { return false };
        named && year(shut - 1) && (shut == i + 3 || is_date(tokens, i + 2..shut - 1))
    }
}
