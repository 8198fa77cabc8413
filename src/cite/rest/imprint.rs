//! Where, by whom and when a work was published.

use std::ops::Range;

use super::Rest;
use super::access::is_month;
use super::dated::year;

use crate::cite::locator;
use crate::cite::name;
use crate::cite::reading::joined;
use crate::cite::token::{Kind, Tokens};
use crate::cite::vocabulary::{AND, EDITION, EDITORS, ISSUES, ORDINALS, WITHIN_NAMES, begins_no_name, has};
use crate::months;

/// True for a month or a season and no more than the days of it: `March 3`, `July/August`, `Spring`.
pub(super) fn is_date(tokens: &Tokens, part: Range<usize>) -> bool {
    let named = |word: &str| is_month(word) || months::SEASONS.contains(&word);
    let fits = |k: usize| {
        tokens.get(k).is_some_and(|t| match t.kind {
            Kind::Word => {
                named(&tokens.lower(k)) || has(AND, &tokens.lower(k)) || has(ORDINALS, t.text) && !t.gap
            }
            Kind::Number => t.text.len() <= 2,
            Kind::Sign(_) => true,
            Kind::Address => false,
        })
    };
    part.clone().all(fits) && part.into_iter().any(|k| named(&tokens.lower(k)))
}

impl Rest<'_, '_> {
    /// `(Boston: Houghton Mifflin, 2004)`, `(1961)`, `(Hg.)`, `(July 1945)`, a remark.
    pub(super) fn parenthesis(&mut self, i: usize) -> bool {
        let tokens = self.tokens;
        let Some(shut) = tokens.parenthesis(i).filter(|&s| s < self.limit) else { return false };
        // `129 (1990), 30–78 (p. 40)`: the pages of the whole, and the one that is meant.
        if let Some(found) = locator::read(tokens, i + 1, shut).filter(|f| f.said && f.next == shut) {
            self.locator = Some(found.locator);
            self.done(shut + 1);
            return true;
        }
        let year_at = (i + 1..shut).rev().find(|&k| tokens.year(k).is_some());
        let undated = (i + 1..shut).any(|k| {
            let word = tokens.lower(k);
            matches!(word.as_ref(), "forthcoming" | "nd" | "undated")
                || word == "n" && tokens.lower(k + 2) == "d"
        });
        let published = year_at.is_some() || undated || (i + 1..shut).any(|k| tokens.sign(k, ':'));
        // Where a colon and a year frame it, it may be called as it likes (`Society of Germans from Russia`).
        let framed = year_at == Some(shut - 1) && (i + 1..shut).any(|k| tokens.sign(k, ':')) && shut - i < 24;
        let prose = !framed
            && (i + 1..shut).any(|k| {
                tokens.get(k).is_some_and(|t| t.kind == Kind::Word && !t.capital) && {
                    let word = tokens.lower(k);
                    !has(WITHIN_NAMES, &word)
                        && !has(EDITION, &word)
                        && !has(EDITORS, &word)
                        && !has(ISSUES, &word)
                        && !matches!(
                            word.as_ref(),
                            "forthcoming"
                                | "n"
                                | "d"
                                | "orig"
                                | "originally"
                                | "published"
                                | "repr"
                                | "reprint"
                                | "s"
                                | "l"
                                | "rev"
                        )
                }
            });
        if !published
            || prose
            || self.work.year.is_some() && year_at.is_some() && self.work.publisher.is_some()
        {
            // `(Calif.)`, `(1)`: short and no prose, it may be part of what is said; a remark is not.
            if self.list && !prose {
                self.at = shut + 1;
                return true;
            }
            let issue = shut == i + 2
                && tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number)
                && self.work.volume.is_some();
            if issue {
                self.work.issue = tokens.get(i + 1).map(|t| t.text.to_owned());
                self.done(shut + 1);
                return true;
            }
            return false;
        }
        if let Some(k) = year_at {
            self.work.year = year(tokens, k, shut).map(|y| y.0);
        } else if undated {
            let forthcoming = (i + 1..shut).any(|k| tokens.lower(k) == "forthcoming");
            self.work.year = Some(if forthcoming { "forthcoming" } else { "n.d." }.to_owned());
        }
        let end = year_at.unwrap_or(shut);
        self.imprint(i + 1, end);
        self.done(shut + 1);
        true
    }

    /// `Boston: Houghton Mifflin,` between two tokens.
    pub(super) fn imprint(&mut self, from: usize, to: usize) {
        let tokens = self.tokens;
        let colon = (from..to).find(|&k| tokens.sign(k, ':'));
        let comma = (from..to).find(|&k| tokens.sign(k, ',') && k + 1 < to);
        let alone = colon.is_none() && comma.is_none();
        let (place, publisher) = match colon.or(comma) {
            Some(k) => (from..k, k + 1..to),
            None => (from..from, from..to),
        };
        let usable = |part: Range<usize>| {
            let text = joined(tokens, part.start, part.end);
            (text.chars().any(char::is_alphabetic) && !is_date(tokens, part)).then_some(text)
        };
        if self.work.place.is_none() {
            self.work.place = usable(place);
        }
        if self.work.publisher.is_none() {
            self.work.publisher = usable(publisher).filter(|p| {
                let long = alone && p.split_whitespace().count() > 5;
                !long && !p.eq_ignore_ascii_case("forthcoming")
            });
        }
    }

    /// Words of a place or a publisher, up to the next comma or colon.
    pub(super) fn words(&mut self, i: usize) -> bool {
        let tokens = self.tokens;
        let Some(first) = tokens.get(i) else { return false };
        let opens = first.capital && !(i > 0 && tokens.get(i - 1).is_some_and(|t| t.kind == Kind::Word));
        if !opens
            || first.emphasis > 0
            || self.locator.as_ref().is_some_and(|l| !l.shown.starts_with('“')) && !self.list
        {
            return false;
        }
        // Behind a title a sentence may begin; a publisher is not `See`.
        if begins_no_name(&first.text.to_lowercase()) && !first.is_initial() {
            return false;
        }
        let cyrillic = name::is_cyrillic(first.text);
        let mut at = i;
        while at < self.limit && at - i < 12 {
            let Some(token) = tokens.get(at) else { break };
            let fits = match token.kind {
                Kind::Word if cyrillic => token.emphasis == 0,
                Kind::Word => {
                    token.emphasis == 0 && (token.capital || has(WITHIN_NAMES, &token.text.to_lowercase()))
                }
                Kind::Sign('&' | '-' | '’' | '\'') => true,
                // `J. Cape`, `D.F.`, `Univ. Press`
                Kind::Sign('.') => {
                    tokens.get(at - 1).is_some_and(|t| t.text.chars().count() <= 4) && at + 1 < self.limit
                }
                Kind::Sign('/') => true,
                _ => false,
            };
            if !fits {
                break;
            }
            at += 1;
        }
        // Prose goes on behind it.
        let prose = tokens
            .get(at)
            .filter(|_| at < self.limit)
            .is_some_and(|t| t.kind == Kind::Word && t.emphasis == 0 && !t.capital);
        let text = joined(tokens, i, at);
        if prose || text.is_empty() || self.loose.len() >= 4 {
            return false;
        }
        self.loose.push(text);
        // Only a year behind them shows that they belong to the work.
        self.at = at;
        true
    }

    /// The loose words are a place and a publisher if a year or a colon shows it.
    pub(super) fn publish(&mut self) {
        let known = self.work.year.is_some() || self.list;
        if !known || self.work.publisher.is_some() {
            return;
        }
        match self.loose.as_slice() {
            [one] if self.work.container.is_none() => self.work.publisher = Some(one.clone()),
            [place, publisher, ..] => {
                self.work.place.get_or_insert_with(|| place.clone());
                self.work.publisher = Some(publisher.clone());
            }
            _ => {}
        }
    }
}
