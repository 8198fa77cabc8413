//! Titles, and runs of capitalised words with what belongs into them; what is no part of a name is taken off.

use std::ops::Range;

use super::super::token::Token;
use super::super::{Kind, vocabulary};
use super::judge::is_follower;
use super::{LONGEST, Run, Scan};
use crate::quotes;

impl Scan<'_> {
    /// What is emphasised or quoted and written like a title; where people talk, what is quoted is what they say.
    pub(super) fn titles(&self, i: usize, taken: &mut [bool], runs: &mut Vec<Run>) {
        let (_, marked) = &self.stretches[i];
        let words = &self.read[i].words;
        let mut spans: Vec<(Range<usize>, bool)> =
            marked.emphasis.iter().map(|r| (r.clone(), true)).collect();
        if !self.speech {
            spans.extend(quotes::quoted(&marked.text).into_iter().map(|r| (r, false)));
        }
        spans.sort_by_key(|s| (s.0.start, std::cmp::Reverse(s.0.end)));
        for (span, emphasised) in spans {
            let from = words.partition_point(|w| w.start() < span.start);
            let to = words.partition_point(|w| w.end() <= span.end).max(from);
            let inside = &words[from..to];
            let least = if emphasised { 2 } else { 3 };
            if inside.len() < least || inside.len() > 14 || (from..to).any(|w| self.aside[i][w] || taken[w]) {
                continue;
            }
            let letters = |w: &Token| w.folded.chars().filter(|c| c.is_alphabetic()).count();
            let shouted = inside.iter().all(|w| w.capitals || letters(w) < 2);
            if !is_title_case(inside) || shouted || is_clause(inside) {
                continue;
            }
            // `G. Varn.`: who speaks, or whose work it is.
            if inside[0].initial && inside.len() < 4 && marked.text[..span.end].ends_with('.') {
                taken[from..to].iter_mut().for_each(|t| *t = true);
                continue;
            }
            // A person's name that is merely emphasised is a person's.
            let is_joint = |w: &Token| vocabulary::function(&w.folded) || vocabulary::particle(&w.folded);
            let plain = inside.iter().all(|w| w.capital && !is_joint(w));
            if inside.len() <= 3 && vocabulary::given(&inside[0].folded) && plain {
                continue;
            }
            taken[from..to].iter_mut().for_each(|t| *t = true);
            runs.extend(Run::new(i, from..to, Some(Kind::Title)));
        }
    }

    /// Runs of capitalised words.
    pub(super) fn runs(&self, i: usize, taken: &mut [bool], runs: &mut Vec<Run>) {
        let words = &self.read[i].words;
        let free = |w: usize| !taken[w] && !self.aside[i][w];
        let mut at = 0;
        while at < words.len() {
            if !words[at].capital || !free(at) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < words.len() && end - at < LONGEST && free(end) {
                if self.is_owned_by_many(i, at..end) {
                    end += 1;
                    continue;
                }
                // `Under the Treaty Finland pays`: two names.
                let parts =
                    vocabulary::event_kind(&words[end - 1].folded) && vocabulary::place(&words[end].folded);
                if !words[end].joined || parts {
                    break;
                }
                if words[end].capital {
                    end += 1;
                    continue;
                }
                let Some(over) = self.bridge(&words[at..], end - at) else { break };
                if (end..=at + over).all(free) {
                    end = at + over + 1;
                } else {
                    break;
                }
            }
            // A long run is a line in capitals, a list without commas, a heading that was not recognised.
            if end - at < LONGEST {
                self.trimmed(i, at..end, runs);
            }
            at = end;
        }
    }

    /// True where several own what is named: `Wellmen’s Union`, `Diggers’ Party`. One who owns something is another name.
    fn is_owned_by_many(&self, i: usize, run: Range<usize>) -> bool {
        let words = &self.read[i].words;
        let (owner, owned) = (&words[run.end - 1], &words[run.end]);
        let gap = &self.stretches[i].1.text[owner.end()..owned.start()];
        let many = match gap {
            "’s " | "'s " => ["men", "people", "children"].iter().any(|e| owner.folded.ends_with(e)),
            "’ " | "' " => owner.folded.ends_with('s') && self.word_use(owner).small > 0,
            _ => false,
        };
        let behind =
            words[run.end..].iter().enumerate().take_while(|(n, w)| w.capital && (*n == 0 || w.joined));
        let is_body = |w: &Token| {
            let stem = w.folded.strip_suffix('s').unwrap_or(&w.folded);
            vocabulary::organisation(&w.folded) || vocabulary::organisation(stem)
        };
        many && owned.capital && (words[run].iter().any(is_body) || behind.map(|b| b.1).any(is_body))
    }

    /// The index of the capitalised word that small words from `at` on join to those before them.
    fn bridge(&self, words: &[Token], at: usize) -> Option<usize> {
        let first = words[at].folded.as_str();
        let second = words.get(at + 1).filter(|w| w.joined)?;
        let head = words[..at].iter().any(|w| {
            vocabulary::organisation(&w.folded)
                || vocabulary::place_kind(&w.folded)
                || vocabulary::event_kind(&w.folded)
        });
        // A society may be for something and against it; what a state or a war is against is no part of its name.
        let kind = words[at - 1].folded.as_str();
        let bridges = match first {
            "of" => head,
            "on" => vocabulary::organisation(kind) || vocabulary::event_kind(kind),
            "for" | "against" => vocabulary::organisation(kind),
            _ => false,
        };
        if bridges {
            if second.capital {
                return Some(at + 1);
            }
            let third = words.get(at + 2).filter(|w| w.joined && w.capital);
            return (second.folded == "the" && third.is_some()).then_some(at + 2);
        }
        if vocabulary::particle(first) && !matches!(first, "y" | "do" | "die") {
            let before = &words[at - 1];
            let personal = vocabulary::given(&before.folded) || before.initial;
            if !(personal || head) {
                return None;
            }
            if second.capital {
                return Some(at + 1);
            }
            if vocabulary::particle(&second.folded)
                && words.get(at + 2).is_some_and(|w| w.joined && w.capital)
            {
                return Some(at + 2);
            }
        }
        None
    }

    /// Takes off the ends of a run what is no part of the name, and keeps the rest.
    fn trimmed(&self, i: usize, mut run: Range<usize>, runs: &mut Vec<Run>) {
        let words = &self.read[i].words;
        let mut honour = false;
        while let Some(word) = run.clone().next().map(|w| &words[w]) {
            let used = self.word_use(word);
            let new = word.folded == "new"
                && words.get(run.start + 1).is_some_and(|w| vocabulary::new_place(&w.folded));
            let role = vocabulary::honorific(&word.folded) || vocabulary::role(&word.folded);
            // `M. B. Orlen` is no Monsieur Orlen.
            let role = role && !(word.initial && words.get(run.start + 1).is_some_and(|next| next.initial));
            let common = vocabulary::function(&word.folded)
                || (vocabulary::no_name(&word.folded) && !vocabulary::given(&word.folded))
                || (word.opens && run.len() > 1 && used.small > 0 && used.small >= used.capital && !new)
                || (word.opens
                    && run.len() > 1
                    && used.capital == 0
                    && !word.initial
                    && self.stands(&words[run.start + 1]));
            let common = common && !(vocabulary::given(&word.folded) && run.len() > 1);
            // `IV Annex II`: two parts of a document.
            let counted = run.len() > 1
                && vocabulary::is_roman(&word.folded)
                && vocabulary::no_name(&words[run.start + 1].folded);
            // `A.` before a line's first word is the letter of a list.
            let lettered = word.initial
                && run.len() == 2
                && (self.begins_line(i, word) || is_follower(&words[run.end - 1].folded));
            if role && run.len() == 1 {
                return;
            }
            // `General Public License`
            let rest = &words[run.start + 1..run.end];
            let is_thing = rest.len() > 1 && rest.iter().all(|w| self.word_use(w).small > 0);
            if role && !is_thing && !self.is_institution(&words[run.clone()]) {
                honour = true;
            } else if !lettered && !counted && (!common || word.initial) {
                break;
            }
            run.start += 1;
        }
        while !run.is_empty() {
            let word = &words[run.end - 1];
            let listed = vocabulary::function(&word.folded) || vocabulary::no_name(&word.folded);
            let numeral = word.capitals && vocabulary::is_roman(&word.folded) && run.len() == 1;
            let stray = word.initial && run.len() > 1 && !words[run.end - 2].initial;
            if !((listed && !word.capitals) || numeral || (stray && vocabulary::function(&word.folded))) {
                break;
            }
            run.end -= 1;
        }
        if run.is_empty() || words[run.clone()].iter().all(|w| w.initial) {
            return;
        }
        if self.speaks(i, &run) {
            return;
        }
        let kind = honour.then_some(Kind::Person);
        runs.extend(Run::new(i, run, kind));
    }

    /// True for a speaker's name in front of what is said: it says nothing of what is talked of.
    fn speaks(&self, i: usize, run: &Range<usize>) -> bool {
        let words = &self.read[i].words;
        let text = &self.stretches[i].1.text;
        let behind = text[words[run.end - 1].end()..].trim_start_matches(|c: char| c.is_ascii_digit());
        self.begins_line(i, &words[run.start]) && run.len() <= 3 && behind.starts_with(':')
    }

    fn begins_line(&self, i: usize, word: &Token) -> bool {
        let before = self.stretches[i].1.text[..word.start()].trim_end_matches(' ');
        before.is_empty() || before.ends_with('\n')
    }
}

/// True for words that are written as a title's are: one sentence that begins with a capital, as most of its words do.
pub fn is_title_case(words: &[Token]) -> bool {
    let weighty =
        || words.iter().filter(|w| !vocabulary::function(&w.folded) && !vocabulary::particle(&w.folded));
    let capitals = weighty().filter(|w| w.capital).count();
    let small = weighty().count() - capitals;
    let is_one = words[1..].iter().all(|w| !w.first);
    words[0].capital && capitals > 1 && small * 4 <= capitals && is_one
}

/// True for words that say something, `No the Wells were dug by Varn`: a title that has a verb has a capital on it, or
/// is a question’s.
fn is_clause(words: &[Token]) -> bool {
    !vocabulary::interrogative(&words[0].folded)
        && words.iter().any(|w| vocabulary::predicate(&w.folded) && !w.capital)
}
