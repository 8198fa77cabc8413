//! One document's words → the names that may be in it.
//!
//! 1. every word is counted: written small, written with a capital where nothing but its being a name asks for one
//! 2. what says nothing is set aside: code, headings set with capitals, lines in capitals, a publisher with its place
//! 3. titles: what is emphasised or in quotation marks, of several words, most with a capital, and no clause; where
//!    people talk, what is in quotation marks is what they say
//! 4. runs of capitalised words, with particles, initials and many owners inside them; function words, honours and what
//!    the document also writes small are taken off their ends
//! 5. a run is kept if there is evidence for it, the more the shorter it is

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::token::{Token, Tokens, behind_article, tokens};
use super::{Candidate, Found, Kind, Mention, Record, Sentence, vocabulary};
use crate::hash::Fast;
use crate::model::{Marked, Passage, Stretch};

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

/// How a word is used in the document.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    small: u32,
    /// With a capital in the middle of a sentence.
    capital: u32,
    /// With a capital at the beginning of one.
    opening: u32,
    /// In capitals.
    capitals: u32,
    /// With a capital before another word with one.
    compound: u32,
    /// After a determiner.
    determined: u32,
    /// With a capital, and right before a word written small that is no function word.
    attributive: u32,
    /// With a capital after a word that places stand behind.
    placed: u32,
    /// With a capital before a number that is no year: `Article 90`, `Fig. 3`.
    numbered: u32,
    /// It stands behind a given name or an initial somewhere in the document, set aside or not.
    bearer: bool,
}

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
    let uses = uses(stretches, &read, &aside, &cited);
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
    uses: HashMap<&'a str, Use, Fast>,
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
        let mut sentence_ids: HashMap<(usize, usize), u32, Fast> = HashMap::default();
        for run in &runs {
            let Some((form, kind, honoured)) = self.judge(run) else { continue };
            let words = self.words(run);
            let (first, last) = (&words[0], &words[words.len() - 1]);
            if kind != Kind::Person && self.is_cited(self.stretches[run.stretch()].0, first.start()) {
                continue;
            }
            let sentence = *sentence_ids.entry((run.stretch(), first.sentence())).or_insert_with(|| {
                sentences.push(self.sentence(run.stretch(), first.sentence(), first.start()));
                sentences.len() as u32 - 1
            });
            let range = first.start()..last.end();
            let stretch = self.stretches[run.stretch()].0;
            let full = found.len() == CONSIDERED;
            let candidate = match found.get_mut(&form) {
                Some(known) => known,
                None if full => continue,
                None => found.entry(form.clone()).or_insert(Candidate {
                    form,
                    kind,
                    person: false,
                    mentions: Vec::new(),
                    expansion: None,
                }),
            };
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
        let mut names: Vec<Candidate> = found.into_values().collect();
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
        self.uses.get(token.folded.as_str()).copied().unwrap_or_default()
    }

    /// What is emphasised or quoted and written like a title; where people talk, what is quoted is what they say.
    fn titles(&self, i: usize, taken: &mut [bool], runs: &mut Vec<Run>) {
        let (_, marked) = &self.stretches[i];
        let words = &self.read[i].words;
        let mut spans: Vec<(Range<usize>, bool)> =
            marked.emphasis.iter().map(|r| (r.clone(), true)).collect();
        if !self.speech {
            spans.extend(quoted(&marked.text).into_iter().map(|r| (r, false)));
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
    fn runs(&self, i: usize, taken: &mut [bool], runs: &mut Vec<Run>) {
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

    /// True for a word that has a capital in the middle of sentences, too.
    fn stands(&self, word: &Token) -> bool {
        self.word_use(word).capital > 1
    }

    fn is_institution(&self, words: &[Token]) -> bool {
        words[1..].iter().any(|w| vocabulary::organisation(&w.folded) || vocabulary::event_kind(&w.folded))
    }

    /// Two words that no list knows are a person's name if the second stands alone elsewhere, or if what follows is what
    /// people do; not if they stand behind `in`, or if either is written small, says of what kind something is, or
    /// where or like what.
    fn infer_persons(&self, runs: &mut [Run]) {
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
    fn judge(&self, run: &Run) -> Option<(String, Kind, bool)> {
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
        let contracted =
            folded.split(['’', '\'']).next().is_some_and(|w| w != folded && vocabulary::function(w));
        let text_of = &text[word.range()];
        let half = text_of.split('-').skip(1).any(|p| p.chars().next().is_some_and(char::is_lowercase));
        if contracted || half {
            return None;
        }
        // The singular and the plural are one word.
        let stem = folded.strip_suffix('s').unwrap_or(folded);
        let stems = [stem, folded.strip_suffix("es").unwrap_or(folded)];
        if stems.iter().any(|s| self.uses.get(s).is_some_and(|u| u.small > used.capital)) {
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
        let is_small =
            |ending: &&str| self.uses.get([folded, ending].concat().as_str()).is_some_and(|u| u.small > 0);
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

    /// The words of a name as they are to be shown: no possessive at its end, one space, no line end.
    fn form(&self, text: &str, words: &[Token]) -> String {
        let mut out = String::new();
        for (i, word) in words.iter().enumerate() {
            let gap = if i > 0 { &text[words[i - 1].end()..word.start()] } else { "" };
            if gap.contains(char::is_whitespace) {
                if gap.starts_with(['’', '\'']) {
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
        let range = self.read[stretch].sentences.get(index).cloned().unwrap_or(at..at);
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

/// True where a number that is no year counts what a word stands for: `Article 90`, `Fig. 3`.
fn is_numbered(text: &str, word: &Token, next: Option<&Token>) -> bool {
    let Some(next) = next else { return false };
    let stop = vocabulary::abbreviation(&word.folded);
    let joined = match &text[word.end()..next.start()] {
        " " | "\u{a0}" => true,
        ". " | ".\u{a0}" => stop,
        _ => false,
    };
    joined && next.folded.len() <= 3 && next.folded.bytes().all(|b| b.is_ascii_digit())
}

/// How every word is used, outside of what is set aside but for who bears a name.
fn uses<'a>(
    stretches: &[(Stretch, Marked)],
    read: &'a [Tokens],
    aside: &[Vec<bool>],
    cited: &[&Passage],
) -> HashMap<&'a str, Use, Fast> {
    // A text of so many words has some fifth of that in distinct ones.
    let words: usize = read.iter().map(|t| t.words.len()).sum();
    let mut out: HashMap<&str, Use, Fast> = HashMap::with_capacity_and_hasher(words / 5, Fast::default());
    for ((stretch, marked), (tokens, aside)) in stretches.iter().zip(read.iter().zip(aside)) {
        for (i, word) in tokens.words.iter().enumerate() {
            let before = i.checked_sub(1).map(|b| &tokens.words[b]).filter(|_| word.joined);
            let bearer = word.capital && before.is_some_and(|b| b.initial || vocabulary::given(&b.folded));
            if aside[i] && !bearer {
                continue;
            }
            let used = out.entry(word.folded.as_str()).or_default();
            used.bearer |= bearer;
            if aside[i] {
                continue;
            }
            if word.capitals {
                used.capitals += 1;
                continue;
            }
            if !word.capital {
                used.small += 1;
                continue;
            }
            let next = tokens.words.get(i + 1).filter(|n| n.joined);
            if word.opens {
                used.opening += 1
            } else {
                used.capital += 1
            }
            used.compound += u32::from(next.is_some_and(|n| n.capital));
            used.determined += u32::from(before.is_some_and(|b| vocabulary::determiner(&b.folded)));
            used.placed +=
                u32::from(!word.possessive && before.is_some_and(|b| vocabulary::before_place(&b.folded)));
            let numbered = is_numbered(&marked.text, word, tokens.words.get(i + 1));
            used.numbered += u32::from(numbered && reference(cited, *stretch, word.start()).is_none());
            let attributive = next.is_some_and(|n| {
                !n.capital && !vocabulary::function(&n.folded) && !vocabulary::deed(&n.folded)
            });
            used.attributive += u32::from(attributive && !word.possessive);
        }
    }
    out
}

/// Which words say nothing: code, capitalised headings, lines in capitals, publishers with their places.
fn set_aside(marked: &Marked, tokens: &Tokens) -> Vec<bool> {
    let mut out = vec![false; tokens.words.len()];
    let words = &tokens.words;
    let index = |at: usize| words.partition_point(|w| w.start() < at);
    for range in marked.code.iter().chain(&marked.headings) {
        out[index(range.start)..index(range.end)].iter_mut().for_each(|a| *a = true);
    }
    let mut at = 0;
    for line in marked.text.split_inclusive('\n') {
        let (from, to) = (index(at), index(at + line.len()));
        at += line.len();
        let sentence = line.trim_end().ends_with(['.', '!', '?', ':', ';', ',', '”', '"', ')']);
        // A line of its own with capitals throughout is a heading, a byline, an entry of a table of contents.
        let may_be_heading = !sentence && to - from < 16;
        let may_be_shouted = words[from..to].iter().filter(|w| w.capitals).count() > 2;
        let (mut weighty, mut capital, mut shouted) = (0, 0, 0);
        if may_be_heading || may_be_shouted {
            for word in words[from..to].iter().filter(|w| !vocabulary::function(&w.folded)) {
                weighty += 1;
                capital += usize::from(word.capital);
                shouted += usize::from(word.capitals);
            }
        }
        let heading = may_be_heading && capital * 4 >= weighty * 3 && capital > 0;
        // `Wells . . . . 12`
        let leaders = || line.contains(". . .") || line.contains("....");
        if heading || (shouted * 2 > weighty && shouted > 2) || leaders() {
            out[from..to].iter_mut().for_each(|a| *a = true);
        }
    }
    publishers(&marked.text, tokens, &mut out);
    out
}

/// Sets aside `City: Publisher, 1999` and `(Publisher, 1999)`.
fn publishers(text: &str, tokens: &Tokens, aside: &mut [bool]) {
    /// Words between the place and the year.
    const REACH: usize = 9;
    let words = &tokens.words;
    let gap = |i: usize| &text[words[i - 1].end()..words[i].start()];
    for year in 1..words.len() {
        let word = &words[year].folded;
        let is_year = word.len() == 4
            && word.bytes().all(|b| b.is_ascii_digit())
            && matches!(&word[..2], "15" | "16" | "17" | "18" | "19" | "20");
        if !is_year || !gap(year).contains(',') {
            continue;
        }
        let mut from = year;
        let mut opened = false;
        while from > 0 && year - from < REACH {
            from -= 1;
            if from == 0 || words[from].sentence() != words[year].sentence() {
                break;
            }
            let before = gap(from);
            if before.contains(':') {
                // The place, back to the parenthesis, the comma or the stop before it.
                opened = true;
                let mut place = from;
                while place > 0 && from - place < 4 && words[place - 1].capital {
                    place -= 1;
                    if place == 0 || !words[place].joined && !gap(place).trim().eq("/") {
                        break;
                    }
                }
                from = place;
                break;
            }
            if before.contains('(') {
                opened = true;
                break;
            }
            if before.contains(['“', '”', '"'])
                || !(words[from].capital || vocabulary::function(&words[from].folded))
            {
                break;
            }
        }
        let publisher = words[from..year].iter().any(|w| w.capital);
        let dated = words[from..year].iter().all(|w| {
            w.capital || vocabulary::function(&w.folded) || w.folded.bytes().all(|b| b.is_ascii_digit())
        });
        if opened && publisher && dated {
            aside[from..=year].iter_mut().for_each(|a| *a = true);
        }
    }
}

/// True for words that are written as a title's are: one sentence that begins with a capital, as most of its words do.
fn is_title_case(words: &[Token]) -> bool {
    let weighty =
        || words.iter().filter(|w| !vocabulary::function(&w.folded) && !vocabulary::particle(&w.folded));
    let capitals = weighty().filter(|w| w.capital).count();
    let small = weighty().count() - capitals;
    let is_one = words.iter().all(|w| w.sentence() == words[0].sentence());
    words[0].capital && capitals > 1 && small * 4 <= capitals && is_one
}

/// True for words that say something, `No the Wells were dug by Varn`: a title that has a verb has a capital on it, or
/// is a question’s.
fn is_clause(words: &[Token]) -> bool {
    !vocabulary::interrogative(&words[0].folded)
        && words.iter().any(|w| vocabulary::predicate(&w.folded) && !w.capital)
}

/// True for a text in which people talk: of many quotations that begin with a capital nearly all end with a stop, and
/// hardly any is written like a title.
fn is_speech(stretches: &[(Stretch, Marked)], read: &[Tokens]) -> bool {
    /// Quotations that tell; of how many one may end without a stop, of how many one may look like a title.
    const LEAST: usize = 40;
    const UNSTOPPED: usize = 20;
    const TITLES: usize = 10;
    let (mut said, mut unstopped, mut titles) = (0, 0, 0);
    for ((_, marked), tokens) in stretches.iter().zip(read) {
        for span in quoted(&marked.text) {
            let from = tokens.words.partition_point(|w| w.start() < span.start);
            let to = tokens.words.partition_point(|w| w.end() <= span.end).max(from);
            let inside = &tokens.words[from..to];
            if inside.len() > 2 && inside[0].capital {
                said += 1;
                unstopped += usize::from(marked.text[span].ends_with(char::is_alphanumeric));
                titles += usize::from(is_title_case(inside));
            }
        }
    }
    said >= LEAST && unstopped * UNSTOPPED <= said && titles * TITLES <= said
}

/// What stands in quotation marks, without them.
fn quoted(text: &str) -> Vec<Range<usize>> {
    /// Bytes of a quotation that may be a title.
    const LONGEST_TITLE: usize = 160;
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (i, c) in text.char_indices() {
        if c == '\n' {
            open = None;
            continue;
        }
        if let Some((start, close)) = open
            && c == close
        {
            if i - start <= LONGEST_TITLE && i > start {
                out.push(start..i);
            }
            open = None;
            continue;
        }
        let close = match c {
            '“' => '”',
            '"' => '"',
            '«' => '»',
            '„' => '“',
            '《' => '》',
            '『' => '』',
            _ => continue,
        };
        open = Some((i + c.len_utf8(), close));
    }
    out
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
fn is_follower(folded: &str) -> bool {
    ["ists", "ians", "ites"].iter().any(|e| folded.ends_with(e))
}

/// An ending of teachings and movements.
fn is_doctrine(folded: &str) -> bool {
    ["ism", "isms", "ismus", "isme", "ismo", "изм", "ισμός"].iter().any(|e| folded.ends_with(e))
}
