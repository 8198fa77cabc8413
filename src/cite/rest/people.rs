//! Who edited or translated a work.

use super::Rest;
use crate::cite::name::{self, Order};
use crate::cite::reading::joined;
use crate::cite::token::Kind;
use crate::cite::vocabulary::{EDITORS, OF, TRANSLATORS, has};

impl Rest<'_, '_> {
    /// `ed. Hannah Arendt`, `trans. John and Anne Tedeschi`, `hrsg. von Martin Warnke`
    pub(super) fn people(&mut self, i: usize, translators: bool) -> bool {
        let tokens = self.tokens;
        let mut at = i + 1;
        let mut both = false;
        for _ in 0..5 {
            let word = tokens.lower(at);
            let of = has(OF, &word) && !tokens.get(at).is_some_and(|t| t.capital);
            if tokens.sign(at, '.') || of {
                at += 1;
            } else if has(TRANSLATORS, &word) || has(EDITORS, &word) {
                both = true;
                at += 1;
            } else {
                break;
            }
        }
        let Some(names) = name::several(tokens, at, self.limit, Order::Natural) else { return false };
        if translators || both {
            self.work.translators.clone_from(&names.names);
        }
        if !translators || both {
            self.work.editors = names.names;
        }
        self.done(names.next);
        self.group();
        true
    }

    /// `Friends of Aron Baron`: a group whose name goes on.
    pub(super) fn group(&mut self) {
        let tokens = self.tokens;
        let (from, mut at) = (self.at, self.at);
        if !matches!(tokens.lower(at).as_ref(), "of" | "for" | "de" | "der" | "des" | "du")
            || at >= self.limit
        {
            return;
        }
        while at < self.limit
            && at - from < 10
            && tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.emphasis == 0)
        {
            at += 1;
        }
        let rest = joined(tokens, from, at);
        for names in [&mut self.work.editors, &mut self.work.translators] {
            if let [one] = names.as_mut_slice() {
                let whole = [&one.shown(), " ", &rest].concat();
                *one = crate::cite::model::Name { given: String::new(), family: whole };
            }
        }
        self.done(at);
    }
}
