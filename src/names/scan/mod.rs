//! One document's words → the names that may be in it.
//!
//! 1. [`uses`]: every word is counted: written small, written with a capital where nothing but its being a name asks for one
//! 2. [`aside`]: what says nothing is set aside: code, headings set with capitals, lines in capitals, a publisher with its place
//! 3. [`runs`]: titles: what is emphasised or in quotation marks, of several words, most with a capital, and no clause; where
//!    people talk, what is in quotation marks is what they say ([`speech`])
//! 4. runs of capitalised words, with particles, initials and many owners inside them; function words, honours and what
//!    the document also writes small are taken off their ends
//! 5. [`judge`]: a run is kept if there is evidence for it, the more the shorter it is

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use self::aside::set_aside;
use self::speech::is_speech;
use self::uses::{Use, Uses};
use super::token::{Token, Tokens, tokens};
use super::{Candidate, Found, Kind, Mention, Record, Sentence};
use crate::model::{Marked, Passage, Stretch};
use crate::quotes;

mod aside;
mod judge;
mod runs;
mod speech;
mod uses;

/// What stands between two names of one thing.
const CALLED: [&str; 9] = [
    "also known as",
    "known as",
    "also called",
    "abbreviated",
    "abbreviated as",
    "hereafter",
    "hereinafter",
    "short for",
    "auch genannt",
];

/// Bytes of the longest of them, with what stands around it.
const LONGEST_CALLED: usize = 32;

/// Characters of a sentence that are kept; longer ones are cut around the name.
const LONGEST_SENTENCE: usize = 420;

/// Words of a name at most.
const LONGEST: usize = 8;

/// Names that one document may bring into the index; of more, those that it mentions most.
const MOST: usize = 10_000;

/// Names that are considered for it, the first ones; dictionaries have as many.
const CONSIDERED: usize = 4 * MOST;

/// A run of words that was read as a name; a document may have as many as words, so it is small.
struct Run {
    stretch: u32,
    /// Index of its first word.
    first: u32,
    /// Number of its words, of which there are few.
    count: u8,
    kind: Option<Kind>,
}

impl Run {
    /// `None` beyond what the numbers hold: no document that is read has so many stretches or words.
    fn new(stretch: usize, words: Range<usize>, kind: Option<Kind>) -> Option<Run> {
        let count = words.len().try_into().ok()?;
        Some(Run { stretch: stretch.try_into().ok()?, first: words.start.try_into().ok()?, count, kind })
    }

    fn stretch(&self) -> usize {
        self.stretch as usize
    }

    /// Indices of its words.
    fn words(&self) -> Range<usize> {
        let first = self.first as usize;
        first..first + usize::from(self.count)
    }
}

/// Reads a document. `lang` is its language, where it is known; `cited` are its references to works, of which only
/// persons and who stands first are names that the text speaks of: the rest is found among the works.
pub fn scan(stretches: &[(Stretch, Marked)], lang: Option<&str>, cited: &[Passage]) -> Found {
    let read: Vec<Tokens> = stretches.iter().map(|(_, m)| tokens(&m.text)).collect();
    let aside: Vec<Vec<bool>> = stretches.iter().zip(&read).map(|((_, m), t)| set_aside(m, t)).collect();
    let mut cited: Vec<&Passage> = cited.iter().collect();
    cited.sort_by_key(|c| c.order());
    let uses = Uses::of(stretches, &read, &aside, &cited);
    let nouns = lang == Some("de");
    let speech = is_speech(stretches, &read);
    let scan = Scan { stretches, read: &read, aside: &aside, cited, uses, nouns, speech };
    scan.record()
}

struct Scan<'a> {
    stretches: &'a [(Stretch, Marked)],
    read: &'a [Tokens],
    aside: &'a [Vec<bool>],
    /// The references to works, in the order of the text.
    cited: Vec<&'a Passage>,
    uses: Uses<'a>,
    /// In the document's language every noun has a capital.
    nouns: bool,
    /// What stands in quotation marks is mostly what somebody says.
    speech: bool,
}

impl Scan<'_> {
    fn record(&self) -> Found {
        let mut runs = Vec::new();
        for i in 0..self.stretches.len() {
            let mut taken = vec![false; self.read[i].words.len()];
            self.titles(i, &mut taken, &mut runs);
            self.runs(i, &mut taken, &mut runs);
        }
        self.infer_persons(&mut runs);
        let expansions = self.expansions(&runs);
        let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
        let mut sentences: Vec<Sentence> = Vec::new();
        // Of each sentence its number among those that are kept.
        let mut numbers: Vec<Vec<Option<u32>>> =
            self.read.iter().map(|tokens| vec![None; tokens.sentences() + 1]).collect();
        for run in &runs {
            let Some((form, kind, honoured)) = self.judge(run) else { continue };
            let words = self.words(run);
            let (first, last) = (&words[0], &words[words.len() - 1]);
            if kind != Kind::Person && self.is_cited(self.stretches[run.stretch()].0, first.start()) {
                continue;
            }
            let range = first.start()..last.end();
            let stretch = self.stretches[run.stretch()].0;
            let full = found.len() == CONSIDERED;
            let candidate = match found.get_mut(&form) {
                Some(known) => known,
                None if full => continue,
                // The form is its key until all are found. Most names come once.
                None => found.entry(form).or_insert(Candidate {
                    form: String::new(),
                    kind,
                    person: false,
                    mentions: Vec::with_capacity(1),
                    expansion: None,
                }),
            };
            let held_by = self.read[run.stretch()].sentence_at(first.start());
            let sentence = *numbers[run.stretch()][held_by].get_or_insert_with(|| {
                sentences.push(self.sentence(run.stretch(), held_by, first.start()));
                sentences.len() as u32 - 1
            });
            candidate.kind = candidate.kind.max(kind);
            candidate.person |= honoured;
            candidate.mentions.push(Mention { passage: Passage { stretch, range }, sentence });
        }
        for (short, long) in expansions {
            if found.contains_key(&long)
                && let Some(candidate) = found.get_mut(&short)
            {
                candidate.expansion = Some(long);
            }
        }
        let named = |(form, candidate)| Candidate { form, ..candidate };
        let mut names: Vec<Candidate> = found.into_iter().map(named).collect();
        if names.len() > MOST {
            names.sort_by_key(|name| Reverse(name.mentions.len()));
            names.truncate(MOST);
            names.sort_by(|a, b| a.form.cmp(&b.form));
        }
        Found { record: Record { names }, sentences }
    }

    /// True if a byte of a stretch lies in a reference to a work, behind its beginning, where its author stands.
    fn is_cited(&self, stretch: Stretch, at: usize) -> bool {
        reference(&self.cited, stretch, at).is_some_and(|c| at > c.range.start)
    }

    fn words(&self, run: &Run) -> &[Token] {
        &self.read[run.stretch()].words[run.words()]
    }

    fn word_use(&self, token: &Token) -> Use {
        self.uses.get(&token.folded)
    }

    /// The words of a name as they are to be shown: no possessive at its end, one space, no line end.
    fn form(&self, text: &str, words: &[Token]) -> String {
        let mut out = String::new();
        for (i, word) in words.iter().enumerate() {
            let gap = if i > 0 { &text[words[i - 1].end()..word.start()] } else { "" };
            if gap.contains(char::is_whitespace) {
                if gap.starts_with(quotes::is_apostrophe) {
                    out.push_str(gap.trim_end());
                }
                out.push(' ');
            }
            let written: String = text[word.range()].chars().filter(|c| *c != '\u{ad}').collect();
            if word.capitals && written.contains('.') {
                out.extend(written.chars().filter(|c| *c != '.'));
            } else {
                out.push_str(&written);
            }
            if word.initial {
                out.push('.');
            }
        }
        out
    }

    /// Acronyms in parentheses behind the name they stand for, or the other way round; and those of which the text says
    /// that they are another name of it: both forms.
    fn expansions(&self, runs: &[Run]) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for pair in runs.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            if a.stretch != b.stretch || a.words().end > b.words().start {
                continue;
            }
            let text = &self.stretches[a.stretch()].1.text;
            let (long, short) = (self.words(a), self.words(b));
            let gap = text.get(long[long.len() - 1].end()..short[0].start()).unwrap_or_default();
            if gap.len() > LONGEST_CALLED {
                continue;
            }
            let is_called =
                CALLED.iter().any(|c| gap.trim_matches([' ', '(', ',']).trim_end_matches(" the") == *c);
            if !is_called && (!gap.ends_with('(') || gap.len() > 3) {
                continue;
            }
            let (long, short) =
                if short.len() == 1 && short[0].capitals { (long, short) } else { (short, long) };
            if short.len() != 1 || !short[0].capitals || long.len() < 2 {
                continue;
            }
            let letters = |joining: bool| -> String {
                let counted = long.iter().filter(|w| joining || w.capital);
                counted.filter_map(|w| w.folded.chars().next()).collect()
            };
            if is_called || letters(false) == short[0].folded || letters(true) == short[0].folded {
                out.push((self.form(text, short), self.form(text, long)));
            }
        }
        out
    }

    fn sentence(&self, stretch: usize, index: usize, at: usize) -> Sentence {
        let (name, marked) = &self.stretches[stretch];
        let range = self.read[stretch].sentence(index).unwrap_or(at..at);
        let text = excerpt(&marked.text, range.clone(), at);
        Sentence { passage: Passage { stretch: *name, range }, text }
    }
}

/// The reference to a work that holds a byte of a stretch.
fn reference<'a>(cited: &[&'a Passage], stretch: Stretch, at: usize) -> Option<&'a Passage> {
    let behind = cited.partition_point(|c| (c.stretch, c.range.start) <= (stretch, at));
    let last = cited[..behind].last()?;
    (last.stretch == stretch && at < last.range.end).then_some(last)
}

/// A sentence as it is shown: one space for any, and not too long.
fn excerpt(text: &str, range: Range<usize>, at: usize) -> String {
    let sentence = spaced(text.get(range.clone()).unwrap_or_default());
    if sentence.len() <= LONGEST_SENTENCE || sentence.chars().count() <= LONGEST_SENTENCE {
        return sentence;
    }
    let half = LONGEST_SENTENCE / 2;
    let before: String = text[range.start..at].chars().rev().take(half).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[at..range.end].chars().take(half).collect();
    let mut out = String::new();
    let cut_before = before.len() < at - range.start;
    let cut_after = after.len() < range.end - at;
    let before =
        if cut_before { before.split_once(char::is_whitespace).map_or("", |c| c.1) } else { &before };
    let after = if cut_after {
        after.rsplit_once(char::is_whitespace).map_or(after.as_str(), |c| c.0)
    } else {
        &after
    };
    if cut_before {
        out.push_str("… ");
    }
    out.push_str(&spaced(&[before, after].concat()));
    if cut_after {
        out.push_str(" …");
    }
    out
}

fn spaced(text: &str) -> String {
    let is_plain = !text.contains("  ") && text.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    if is_plain {
        return text.trim().to_owned();
    }
    let clean = text.replace('\u{ad}', "");
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
