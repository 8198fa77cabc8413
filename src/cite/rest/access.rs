//! Days: when a page was looked at, when a journal appeared.

use super::Rest;
use crate::cite::token::Kind;
use crate::cite::vocabulary::{ACCESSED, has};
use crate::months;

/// True for the name of a month.
pub fn is_month(word: &str) -> bool {
    months::number(word).is_some()
}

impl Rest<'_, '_> {
    /// `accessed 4 May 2019`, `March 1989`
    pub(super) fn access(&mut self, i: usize, word: &str) -> bool {
        let tokens = self.tokens;
        let accessed = has(ACCESSED, word);
        let month = is_month(word);
        if !accessed && !month {
            return false;
        }
        let mut at = i + 1;
        while at < self.limit && at < i + 7 {
            let w = tokens.lower(at);
            let token = match tokens.get(at) {
                Some(t) => *t,
                None => break,
            };
            let dated = token.kind == Kind::Number
                || is_month(&w)
                || matches!(w.as_ref(), "on" | "am" | "le" | "el" | "de");
            let sign = matches!(token.kind, Kind::Sign(',' | '.' | '-' | '/'));
            if !(dated || sign) {
                break;
            }
            if let (Some(_), false) = (tokens.year(at), accessed) {
                self.work.year.get_or_insert(token.text.to_owned());
            }
            at += 1;
            if tokens.year(at - 1).is_some() {
                break;
            }
        }
        if at == i + 1 {
            return false;
        }
        while tokens.get(at - 1).is_some_and(|t| matches!(t.kind, Kind::Sign(_))) {
            at -= 1;
        }
        self.done(at);
        true
    }
}
