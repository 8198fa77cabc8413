//! The place in the work.

use super::Rest;
use crate::cite::locator;
use crate::cite::token::Kind;
use crate::cite::vocabulary::{PAGES, PARTS, SIGNALS, has};

impl Rest<'_, '_> {
    /// The place in the work.
    pub(super) fn place(&mut self, i: usize) -> bool {
        if self.locator.as_ref().is_some_and(|l| !l.shown.starts_with('“')) {
            return false;
        }
        let tokens = self.tokens;
        let word = tokens.lower(i);
        let worded = has(PAGES, &word)
            || PARTS.iter().any(|p| p.0 == word)
            || matches!(word.as_ref(), "esp" | "especially");
        let roman =
            locator::is_roman(tokens.get(i).map_or("", |t| t.text)) && tokens.sign(i.saturating_sub(1), ',');
        let number = tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
        if !(worded || roman || number) {
            return false;
        }
        let Some(found) = locator::read(tokens, i, self.limit) else { return false };
        if number && !found.said {
            // `1750 letters`: a number that counts something.
            let next = tokens.get(found.next).filter(|_| found.next < self.limit);
            if next.is_some_and(|t| t.kind == Kind::Word && t.gap && !has(SIGNALS, &t.text.to_lowercase()))
                && !next.is_some_and(|t| t.capital)
            {
                return false;
            }
        }
        self.locator = Some(found.locator);
        self.at = found.next;
        self.end = found.end;
        true
    }
}
