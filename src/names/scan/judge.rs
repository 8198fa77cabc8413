//! What speaks for a run's being a name, and for what kind of thing it names: the more is asked the shorter it is.

use std::collections::{HashMap, HashSet};

use super::super::token::{Token, behind_article};
use super::super::{Kind, vocabulary};
use super::{Run, Scan, spaced};
use crate::hash::Fast;
use crate::quotes;

impl Scan<'_> {
    /// True for a word that has a capital in the middle of sentences, too.
    pub(super) fn stands(&self, word: &Token) -> bool {
        self.word_use(word).capital > 1
    }

    pub(super) fn is_institution(&self, words: &[Token]) -> bool {
        words[1..].iter().any(|w| vocabulary::organisation(&w.folded) || vocabulary::event_kind(&w.folded))
    }

    /// Two words that no list knows are a person's name if the second stands alone elsewhere, or if what follows is what
    /// people do; not if they stand behind `in`, or if either is written small, says of what kind something is, or
    /// where or like what.
    pub(super) fn infer_persons(&self, runs: &mut [Run]) {
        // `Séaghdha`, `Ó Séaghdha`
        let family = |run: &Run| {
            let (last, before) = self.words(run).split_last()?;
            before.iter().all(|w| vocabulary::particle(&w.folded)).then_some(last.folded.as_str())
        };
        let alone: HashSet<&str, Fast> = runs.iter().filter_map(family).collect();
        let pair = |run: &Run| -> Option<(&str, &str)> {
            let words = self.words(run);
            let (first, last) = (words.first()?, words.last()?);
            let between = |w: &Token| w.initial || vocabulary::particle(&w.folded);
            let shape = words.len() == 2 || (words.len() == 3 && between(&words[1]));
            let fits = |w: &Token| {
                let folded = w.folded.as_str();
                let used = self.word_use(w);
                let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
                letters > 2
                    && used.small == 0
                    && !w.capitals
                    && !vocabulary::organisation(folded)
                    && !folded.strip_suffix('s').is_some_and(vocabulary::organisation)
                    && !vocabulary::place_kind(folded)
                    && !vocabulary::event_kind(folded)
                    && !vocabulary::place(folded)
                    && !vocabulary::function(folded)
                    && !is_doctrine(folded)
            };
            let like =
                || is_adjective(&first.folded) || first.folded.ends_with('s') && last.folded.ends_with('s');
            let follower = || ["ists", "ians", "ites", "ers", "ans"].iter().any(|e| last.folded.ends_with(e));
            let particle = || vocabulary::particle(&first.folded) || vocabulary::direction(&first.folded);
            let is_pair = || shape && fits(first) && fits(last) && !like() && !follower() && !particle();
            (run.kind.is_none() && !self.nouns && is_pair())
                .then_some((first.folded.as_str(), behind_article(&last.folded)))
        };
        let mut evidence: HashMap<(&str, &str), (bool, bool), Fast> = HashMap::default();
        for run in runs.iter() {
            let Some(pair) = pair(run) else { continue };
            let words = &self.read[run.stretch()].words;
            let before = run
                .words()
                .start
                .checked_sub(1)
                .map(|w| &words[w])
                .filter(|_| words[run.words().start].joined);
            let after = words.get(run.words().end).filter(|w| w.joined);
            let place = before.is_some_and(|b| matches!(b.folded.as_str(), "in" | "the" | "near"));
            let person = after.is_some_and(|a| vocabulary::deed(&a.folded))
                || (alone.contains(pair.1) && !alone.contains(pair.0));
            // Of most pairs nothing says anything: a list of names has hundreds of thousands of them.
            if place || person {
                let known = evidence.entry(pair).or_default();
                known.0 |= place;
                known.1 |= person;
            }
        }
        let inferred: Vec<bool> = runs
            .iter()
            .map(|run| {
                pair(run).and_then(|p| evidence.get(&p)).is_some_and(|&(place, person)| person && !place)
            })
            .collect();
        for (run, inferred) in runs.iter_mut().zip(inferred) {
            if inferred {
                run.kind = Some(Kind::Person);
            }
        }
    }

    /// A run's form and kind, and whether it is surely a person; `None` if there is not enough to say that it is a name.
    pub(super) fn judge(&self, run: &Run) -> Option<(String, Kind, bool)> {
        let words = self.words(run);
        let text = &self.stretches[run.stretch()].1.text;
        if run.kind == Some(Kind::Title) {
            let form = spaced(&text[words[0].start()..words[words.len() - 1].end()]);
            return Some((form, Kind::Title, false));
        }
        let form = || self.form(text, words);
        let honoured = run.kind == Some(Kind::Person);
        if words.len() > 1 {
            let (kind, personal) = self.judge_long(words, honoured)?;
            return Some((form(), kind, personal));
        }
        let word = &words[0];
        let used = self.word_use(word);
        let folded = word.folded.as_str();
        if vocabulary::function(folded) && !word.capitals || vocabulary::no_name(folded) {
            return None;
        }
        // `I’ve`, `Red-hot`
        let contracted = folded
            .split(quotes::is_apostrophe)
            .next()
            .is_some_and(|w| w != folded && vocabulary::function(w));
        let text_of = &text[word.range()];
        let half = text_of.split('-').skip(1).any(|p| p.chars().next().is_some_and(char::is_lowercase));
        if contracted || half {
            return None;
        }
        // The singular and the plural are one word.
        let stem = folded.strip_suffix('s').unwrap_or(folded);
        let stems = [stem, folded.strip_suffix("es").unwrap_or(folded)];
        if stems.iter().any(|s| self.uses.small(s) > used.capital) {
            return None;
        }
        // What is counted is a thing's kind.
        if used.numbered * 2 > used.capital + used.opening && !used.bearer {
            return None;
        }
        let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
        if word.capitals {
            let named =
                (2..=7).contains(&letters) && used.small == 0 && !folded.chars().any(|c| c.is_ascii_digit());
            let kind = if vocabulary::place(folded) { Kind::Place } else { Kind::Subject };
            return named.then(|| (form(), kind, false));
        }
        if letters < 3 || folded.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        if vocabulary::place(folded) {
            return (used.small == 0).then(|| (form(), Kind::Place, false));
        }
        if honoured && used.small == 0 {
            return Some((form(), Kind::Person, true));
        }
        // The kinds of things are no names by themselves: “the Party”, “the Revolution”.
        let kind_word = vocabulary::organisation(folded)
            || vocabulary::organisation(stem)
            || vocabulary::place_kind(folded)
            || vocabulary::event_kind(folded)
            || vocabulary::honorific(folded)
            || vocabulary::role(folded);
        let attested = used.capital > 0 || (used.opening > 1 && used.small == 0);
        // `Deeply, …`, `Digging …`, `Dig …`: what only opens sentences may be an adverb or a verb.
        let is_small = |ending: &&str| self.uses.small(&[folded, ending].concat()) > 0;
        let opener = used.capital == 0
            && !vocabulary::given(folded)
            && (["ly", "ing"].iter().any(|e| folded.ends_with(e)) || ["d", "ed", "ing"].iter().any(is_small));
        if kind_word
            || !attested
            || opener
            || used.small * 4 > used.capital
            || (self.nouns && !self.german(word))
        {
            return None;
        }
        // Peoples' and languages' adjectives, which nobody looks up.
        if ["ish", "ese", "nch", "tch"].iter().any(|e| folded.ends_with(e)) && used.attributive > 0 {
            return None;
        }
        // `Darwinist views`: a word that says what something is like.
        if is_adjective(folded)
            && used.attributive * 5 >= (used.capital + used.opening).saturating_sub(used.compound) * 2
        {
            return None;
        }
        let kind = if vocabulary::given(folded) {
            Kind::Person
        } else if is_doctrine(folded) {
            Kind::Doctrine
        } else if used.placed * 2 > used.capital && used.placed > 1 {
            Kind::Place
        } else {
            Kind::Subject
        };
        Some((form(), kind, false))
    }

    fn judge_long(&self, words: &[Token], honoured: bool) -> Option<(Kind, bool)> {
        let weighty = || words.iter().filter(|w| w.capital && !w.initial);
        let last = &words[words.len() - 1].folded;
        let personal = (vocabulary::given(&words[0].folded) || words[0].initial || honoured)
            && !is_follower(last)
            && !vocabulary::place_kind(last)
            && !vocabulary::event_kind(last)
            && !vocabulary::organisation(last)
            // `Christian Europe`, but `Jack London`
            && !(is_adjective(&words[0].folded) && vocabulary::place(last));
        // Written small more often than not, word for word: capitals for emphasis or in a heading.
        let is_common = |w: &Token| {
            let used = self.word_use(w);
            used.small > used.capital
        };
        if !personal && weighty().all(is_common) {
            return None;
        }
        // `GOOD FOR ANY WELL`, `DIG WELLS`: what is shouted.
        let is_joint = |w: &Token| vocabulary::function(&w.folded) && !vocabulary::particle(&w.folded);
        let begins_small = weighty().next().is_some_and(is_common);
        if weighty().all(|w| w.capitals) && (begins_small || weighty().any(is_joint)) {
            return None;
        }
        if self.nouns && !personal && !words.iter().all(|w| self.german(w) || vocabulary::particle(&w.folded))
        {
            return None;
        }
        let any = |test: fn(&str) -> bool| words.iter().any(|w| test(&w.folded));
        let kind = if personal {
            Kind::Person
        } else if any(vocabulary::event_kind) && !any(vocabulary::organisation) {
            Kind::Event
        } else if is_doctrine(last) && words.iter().all(|w| w.capital) {
            Kind::Doctrine
        } else if any(vocabulary::organisation) {
            if last == "union" && words.len() == 2 { Kind::Place } else { Kind::Organisation }
        } else if any(vocabulary::place_kind) || any(vocabulary::place) {
            Kind::Place
        } else {
            Kind::Subject
        };
        Some((kind, personal))
    }

    /// Evidence that a capitalised German word is no common noun.
    fn german(&self, word: &Token) -> bool {
        let folded = word.folded.as_str();
        let used = self.word_use(word);
        vocabulary::given(folded)
            || vocabulary::place(folded)
            || word.initial
            || word.capitals
            || (used.determined == 0 && used.small == 0 && used.bearer)
    }
}

/// An ending of words that say what something is like.
fn is_adjective(folded: &str) -> bool {
    [
        "ian", "ean", "ish", "ese", "ist", "ic", "can", "man", "iet", "ern", "ench", "utch", "eek", "ite",
        "al", "ivist", "ary",
    ]
    .iter()
    .any(|e| folded.ends_with(e))
}

/// An ending of those who follow a teaching, or live somewhere: of several, whom no initial tells apart.
pub fn is_follower(folded: &str) -> bool {
    ["ists", "ians", "ites"].iter().any(|e| folded.ends_with(e))
}

/// An ending of teachings and movements.
fn is_doctrine(folded: &str) -> bool {
    ["ism", "isms", "ismus", "isme", "ismo", "изм", "ισμός"].iter().any(|e| folded.ends_with(e))
}
