//! Topics for documents whose owner gave none: a few words that a librarian would write on the card.
//!
//! Of each document, by itself (in parallel, in linear time): [`terms`].
//!
//! 1. words and two-word phrases that can name a subject are counted, variants together (Snowball stems)
//! 2. stop-words and the vocabulary that texts on anything share are left out
//! 3. they are weighed by frequency, spread over the text and the title, and the strong ones are kept: a dozen
//!
//! Of the archive: [`derive()`].
//!
//! 4. a term that is strong in several documents, or that an owner gave to another document, is preferred
//! 5. the best few that do not say the same thing twice become tags
//!
//! Steadiness: what is weighed in step 3 depends on the document alone, and step 4 asks only *is there
//! another document*, not *how many of how many*. So a new document can change the tags of those that share a
//! term with it, and of no others.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::stem::{self, Stemmer};
use super::{Record, general};
use crate::hash::Fast;
use crate::model::Tag;

/// Terms of a document that are looked at more closely.
const KEPT: usize = 200;
/// Pieces of equal length in which a term's spread is seen.
const PARTS: usize = 8;
/// Words of the program's own.
type Words = HashSet<&'static str, Fast>;

/// Words of a document below which it gets no tags.
const TINY: usize = 150;

/// A word or phrase that a document speaks of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Stems, separated by spaces: what is compared.
    pub key: String,
    /// As it is shown.
    pub form: String,
    /// Times it occurs.
    pub count: u32,
    /// In which eighths of the text it occurs, as bits.
    pub parts: u8,
    /// True if it also stands in a heading.
    pub heading: bool,
    /// True if it is always written with a capital where others are not.
    pub proper: bool,
}

/// The strong terms of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// The weightiest first.
    pub list: Vec<Term>,
    /// Content words of the text.
    pub total: u32,
    /// Language whose stems the keys are; empty if the language has no tags.
    pub lang: String,
}

/// What the program knows of a language.
struct Language {
    stemmer: Stemmer,
    stop: Words,
    general: HashSet<String, Fast>,
    /// Words that may stand before a noun.
    opening: Words,
    names: Words,
    nouns: Nouns,
}

/// How nouns are told from other words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nouns {
    /// They follow an article or preposition, and no other content word follows (the adjective stands first).
    AfterArticle,
    /// They follow an article or preposition; adjectives come behind them.
    BeforeAdjective,
    /// They are written with capitals.
    Capital,
    /// By their endings.
    Russian,
    /// They are not.
    Unknown,
}

impl Language {
    /// The language of a code.
    fn of(lang: &str) -> Option<&'static Language> {
        LANGUAGES.get(lang)
    }

    /// Puts a language together; `None` for one there are no stems or stop-words for.
    fn new(lang: &str) -> Option<Language> {
        let nouns = match lang {
            "en" => Nouns::AfterArticle,
            "de" => Nouns::Capital,
            "fr" => Nouns::BeforeAdjective,
            "es" => Nouns::BeforeAdjective,
            "ru" => Nouns::Russian,
            "it" => Nouns::BeforeAdjective,
            "pt" => Nouns::BeforeAdjective,
            "nl" => Nouns::AfterArticle,
            "sv" => Nouns::Unknown,
            "da" => Nouns::Unknown,
            "nb" => Nouns::Unknown,
            "fi" => Nouns::Unknown,
            "hu" => Nouns::Unknown,
            "ro" => Nouns::Unknown,
            "tr" => Nouns::Unknown,
            "el" => Nouns::Unknown,
            _ => return None,
        };
        let stop = stop_words::lookup(if lang == "nb" { "no" } else { lang })?;
        let stemmer = stem::stemmer(lang)?;
        let general = general::words(lang)
            .split_whitespace()
            .chain(general::APPARATUS.split_whitespace())
            .map(|w| stemmer.stem(&w.to_lowercase()).into_owned())
            .collect();
        let opening = opening(lang).split(' ').collect();
        let names = general::FIRST_NAMES.split_whitespace().collect();
        Some(Language { stemmer, stop: stop.iter().copied().collect(), general, opening, names, nouns })
    }
}

/// The languages there are stems and stop-words for.
static LANGUAGES: LazyLock<BTreeMap<&'static str, Language>> = LazyLock::new(|| {
    const CODES: [&str; 16] =
        ["en", "de", "fr", "es", "ru", "it", "pt", "nl", "sv", "da", "nb", "fi", "hu", "ro", "tr", "el"];
    CODES.iter().filter_map(|c| Some((*c, Language::new(c)?))).collect()
});

/// Words that stand before a noun. Prepositions that an infinitive may follow (`de`, `para`, `to`) are none.
fn opening(lang: &str) -> &'static str {
    match lang {
        "en" => {
            "the a an this that these those his her its their our your my of in on for with by from as no any every each some into against between about under over through without toward towards upon within among whose another"
        }
        "fr" => {
            "le la les l un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos chaque"
        }
        "es" => {
            "el la los las un una unos unas del al su sus este esta estos estas ese esa cada nuestro nuestra"
        }
        "it" => {
            "il lo la i gli le l un uno una del della dei delle dello degli al alla ai alle nel nella nei nelle sul sulla suo sua questo questa"
        }
        "pt" => "o a os as um uma do da dos das no na nos nas pelo pela ao à seu sua este esta",
        "nl" => "de het een van in op met voor door deze dit die zijn haar hun over tegen uit",
        _ => "",
    }
}

/// A word of a text.
struct Word<'a> {
    text: &'a str,
    /// True if it begins a sentence (its capital means nothing).
    first: bool,
    /// True if something other than a space stands between it and the word before.
    apart: bool,
    /// True on a line that looks like a heading.
    heading: bool,
    /// True on a line without small letters (capitals mean nothing there).
    shouted: bool,
    /// Offset in the text.
    at: usize,
}

/// Gives each word of a text, without addresses and markup.
fn words<'a>(text: &'a str, mut found: impl FnMut(Word<'a>)) {
    let mut blank = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank = true;
            continue;
        }
        let heading = trimmed.len() <= 90 && blank && !trimmed.ends_with(['.', ',', ';', ':', '!', '"', '”'])
            || trimmed.starts_with("# ")
            || trimmed.starts_with("## ");
        let shouted = !trimmed.chars().any(char::is_lowercase);
        let mut first = blank || heading;
        blank = false;
        let mut apart = true;
        for token in line.split_whitespace() {
            if token.len() > 200 || is_address(token) {
                apart = true;
                continue;
            }
            // The borrowed token's place in the text.
            let place = start + (token.as_ptr() as usize - line.as_ptr() as usize);
            words_of(token, place, &mut first, &mut apart, |text, at, first, apart| {
                found(Word { text, first, apart, heading, shouted, at });
            });
        }
    }
}

/// True for a web or mail address.
fn is_address(token: &str) -> bool {
    let bytes = token.as_bytes();
    bytes.contains(&b'@') || token.starts_with("www.") || bytes.windows(3).any(|sign| sign == b"://")
}

/// Splits a token at everything that is no letter; hyphens and apostrophes inside a word are part of it.
fn words_of<'a>(
    token: &'a str,
    place: usize,
    first: &mut bool,
    apart: &mut bool,
    mut found: impl FnMut(&'a str, usize, bool, bool),
) {
    let inside = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || "-‐‑’'".contains(c);
    let mut rest = 0;
    let mut markup = false;
    for part in token.split_inclusive(|c: char| !inside(c)) {
        let end = part.char_indices().next_back().filter(|(_, c)| !inside(*c));
        let body = end.map_or(part, |(i, _)| &part[..i]);
        let sign = end.map(|(i, _)| &part[i..]);
        let word = body.trim_matches(['-', '‐', '‑', '’', '\'']);
        if !word.is_empty() && !markup {
            let at = place + rest + (word.as_ptr() as usize - part.as_ptr() as usize);
            found(word, at, *first, *apart);
            *first = false;
            *apart = false;
        }
        match sign {
            Some("<") => markup = true,
            Some(">") => markup = false,
            Some("." | "!" | "?" | "…" | ":") => {
                // An initial's full stop ends no sentence.
                *first = word.chars().count() != 1;
                *apart = true;
            }
            Some("“" | "„" | "«" | "\"" | "¿" | "¡" | "*" | "_" | "[" | "(") => *apart = true,
            Some(_) => *apart = true,
            None => {}
        }
        rest += part.len();
    }
}

thread_local! {
    /// What is known of words: the texts of an archive have most of them in common.
    static STEMS: RefCell<Stems> = RefCell::default();
}

/// The words of a language as they are written, by their hashes: with the words themselves, the table would be too large
/// to be near at hand.
#[derive(Default)]
struct Stems {
    /// The code of the language.
    lang: String,
    known: HashMap<u64, Known, Fast>,
}

/// What a written word is, wherever it stands.
#[derive(Clone, Copy)]
struct Known {
    /// Bytes before the word itself, of an elided article (`l’`).
    elided: u8,
    /// Bytes of the word itself, without a possessive.
    length: u8,
    /// The hash of its stem, if it is a content word.
    stem: Option<u64>,
    /// True if it may be a tag by itself or end one.
    own: bool,
    /// True if it is written with a capital (whether or not that tells anything).
    capital: bool,
    /// True if a noun may follow it.
    opening: bool,
    /// True if it is an article before a noun, and a pronoun before a verb.
    article: bool,
    /// True if it ends as verbs of its language do, and no noun.
    verbal: bool,
}

impl Stems {
    /// Makes ready for a text of a language.
    fn begin(&mut self, lang: &str) {
        /// Words that are kept from text to text: a megabyte.
        const MOST: usize = 24_000;
        if self.lang != lang || self.known.len() > MOST {
            *self = Stems { lang: lang.to_owned(), ..Stems::default() };
        }
    }

    /// Looks a word up.
    fn look(&mut self, written: &str, language: &Language) -> Known {
        let hash = self.known.hasher().hash_one(written);
        if let Some(&known) = self.known.get(&hash) {
            return known;
        }
        let known = self.word(written, language);
        self.known.insert(hash, known);
        known
    }

    fn word(&self, written: &str, language: &Language) -> Known {
        let mut text = written;
        for possessive in ["’s", "'s", "’", "'"] {
            text = text.strip_suffix(possessive).unwrap_or(text);
        }
        // `l’homme`, `d’État`: what was elided is a word of its own, and a noun follows it.
        let mut elided = 0;
        if language.nouns == Nouns::BeforeAdjective
            && let Some((short, rest)) = text.split_once(['’', '\''])
            && short.chars().count() <= 2
        {
            elided = text.len() - rest.len();
            text = rest;
        }
        let lower = text.to_lowercase();
        let content = lower.chars().count() >= 3
            && !language.stop.contains(&*lower)
            && !is_imprint(&lower)
            && !lower.contains(['’', '\''])
            && lower.chars().all(|c| !('\u{3040}'..='\u{9fff}').contains(&c));
        let stem = content.then(|| language.stemmer.stem(&lower));
        Known {
            // A token has no more than two hundred bytes.
            elided: elided as u8,
            length: text.len() as u8,
            own: stem.as_ref().is_some_and(|stem| !language.general.contains(&**stem)),
            stem: stem.map(|stem| self.known.hasher().hash_one(&*stem)),
            capital: text.chars().next().is_some_and(char::is_uppercase),
            opening: language.opening.contains(&*lower),
            article: ["le", "la", "les", "lo", "los", "las", "li"].contains(&&*lower),
            verbal: match language.nouns {
                Nouns::BeforeAdjective => lower.ends_with('r'),
                Nouns::Russian => russian_adjective_or_verb(&lower),
                _ => false,
            },
        }
    }
}

/// A word or a phrase of two, as written, and whether the line is in capitals; a phrase's words are apart by a space.
type Written<'a> = ([&'a str; 2], bool);

/// What is counted of the terms of a text that are often enough, in the order of their hashes.
struct Counts<'a> {
    words: Vec<(u64, Count<'a>)>,
    phrases: Vec<([u64; 2], Count<'a>)>,
}

impl Counts<'_> {
    /// How often a word is there, if often enough.
    fn word(&self, stem: u64) -> u32 {
        self.words.binary_search_by_key(&stem, |word| word.0).map_or(0, |at| self.words[at].1.count)
    }
}

/// What is counted of a term.
#[derive(Default)]
struct Count<'a> {
    forms: Forms<'a>,
    count: u32,
    parts: u8,
    heading: bool,
    /// Times where a capital would tell, and times there was one.
    told: u32,
    capital: u32,
    /// Times it stands as a noun does.
    noun: u32,
    /// For a single word: times the word before or after it is capitalised as well.
    in_name: u32,
}

/// The forms of a term with their weights. Most have one, for which no table is made.
#[derive(Default)]
struct Forms<'a> {
    first: Option<(Written<'a>, u32)>,
    others: HashMap<Written<'a>, u32, Fast>,
}

impl<'a> Forms<'a> {
    fn add(&mut self, form: Written<'a>, weight: u32) {
        match &mut self.first {
            None => self.first = Some((form, weight)),
            Some((first, sum)) if *first == form => *sum += weight,
            Some(_) => *self.others.entry(form).or_default() += weight,
        }
    }

    /// What the term is compared by: the stems of its words.
    fn key(&self, language: &Language) -> String {
        let words = self.first.iter().flat_map(|((words, _), _)| words).filter(|word| !word.is_empty());
        let stems: Vec<String> =
            words.map(|word| language.stemmer.stem(&word.to_lowercase()).into_owned()).collect();
        stems.join(" ")
    }

    fn iter(&self) -> impl Iterator<Item = (String, u32)> {
        let others = self.others.iter().map(|(form, n)| (form, *n));
        let all = self.first.iter().map(|(form, n)| (form, *n)).chain(others);
        all.map(|(([first, second], shouted), n)| {
            let form = if second.is_empty() { (*first).to_owned() } else { [first, " ", second].concat() };
            (if *shouted { form.to_lowercase() } else { form }, n)
        })
    }
}

/// Counts what a document speaks of. `text` is its own text without notes, paragraphs and headings on lines of
/// their own; `lang` its language. Languages without stems and stop-words give no terms.
pub fn terms(title: &str, text: &str, lang: Option<&str>) -> Terms {
    let Some((lang, language)) = lang.and_then(|l| Some((l, Language::of(l)?))) else {
        return Terms::default();
    };
    let (list, total) = STEMS.with_borrow_mut(|stems| {
        stems.begin(lang);
        counted(text, stems, language)
    });
    let mut list: Vec<(f64, Term)> = list.into_iter().map(|t| (weight(&t, total), t)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    list.truncate(KEPT);
    let list = list.into_iter().map(|t| t.1).collect();
    let all = Terms { list, total, lang: lang.to_owned() };
    // The weak ones say nothing to the archive, and are ten times as many.
    let list = strong(&weigh(title, &all)).map(|(_, term)| term.clone()).collect();
    Terms { list, ..all }
}

/// The terms of a text in any order, and how many content words it has.
fn counted(text: &str, stems: &mut Stems, language: &Language) -> (Vec<Term>, u32) {
    /// Bytes of a word and what parts it from the next; of most languages it is more.
    const A_WORD: usize = 6;
    let mut seen: Vec<Seen> = Vec::with_capacity(text.len() / A_WORD);
    words(text, |word| {
        let known = stems.look(word.text, language);
        let part = (word.at * PARTS / text.len().max(1)).min(PARTS - 1) as u8;
        let Word { text, first, apart, heading, shouted, .. } = word;
        let text = &text[usize::from(known.elided)..][..usize::from(known.length)];
        seen.push(Seen { text, known, first, apart, heading, shouted, part });
    });
    let total = seen.iter().filter(|word| word.known.stem.is_some()).count() as u32;
    let counts = count(&seen, language);
    (choose(&counts, language), total)
}

/// A word as it is counted.
struct Seen<'a> {
    /// As written, without a possessive or an elided article.
    text: &'a str,
    known: Known,
    first: bool,
    apart: bool,
    heading: bool,
    shouted: bool,
    part: u8,
}

impl Seen<'_> {
    /// True where a capital tells something.
    fn tells(&self) -> bool {
        !self.first && !self.shouted && !self.heading
    }
}

/// True for a word of publishers' imprints.
fn is_imprint(word: &str) -> bool {
    static IMPRINTS: LazyLock<Words> = LazyLock::new(|| general::IMPRINTS.split(' ').collect());
    IMPRINTS.contains(word)
}

/// Occurrences a term has at least; a phrase needs no more than a word, since chance rarely repeats it.
const LEAST: usize = 3;

/// Counts words, and the phrases that end with them. Most are there once: of these nothing is counted.
fn count<'a>(seen: &[Seen<'a>], language: &Language) -> Counts<'a> {
    let mut words: Vec<(u64, usize)> = Vec::new();
    let mut phrases: Vec<([u64; 2], usize)> = Vec::new();
    for (i, word) in seen.iter().enumerate() {
        let Some(stem) = word.known.stem else { continue };
        words.extend(word.known.own.then_some((stem, i)));
        // One of the two must say something by itself: not `last year`.
        if let Some(before) = around(seen, i).0
            && let Some(first) = before.known.stem
            && (word.known.own || before.known.own)
            && first != stem
        {
            phrases.push(([first, stem], i));
        }
    }
    let add_word = |entry: &mut Count<'a>, i: usize| {
        let (before, after) = around(seen, i);
        count_word(entry, before, &seen[i], after, language);
    };
    let add_phrase = |entry: &mut Count<'a>, i: usize| {
        count_phrase(entry, &seen[i - 1], &seen[i], around(seen, i).1, language);
    };
    Counts { words: frequent(words, add_word), phrases: frequent(phrases, add_phrase) }
}

/// Counts what is often enough; the places of each come in order.
fn frequent<'a, K: Copy + Ord>(
    mut places: Vec<(K, usize)>,
    add: impl Fn(&mut Count<'a>, usize),
) -> Vec<(K, Count<'a>)> {
    places.sort_unstable();
    let often = places.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() >= LEAST);
    let counted = |same: &[(K, usize)]| {
        let mut entry = Count::default();
        same.iter().for_each(|&(_, i)| add(&mut entry, i));
        (same[0].0, entry)
    };
    often.map(counted).collect()
}

/// The words before and after a word, apart from it by a space alone.
fn around<'s, 'a>(seen: &'s [Seen<'a>], i: usize) -> (Option<&'s Seen<'a>>, Option<&'s Seen<'a>>) {
    let before = i.checked_sub(1).map(|before| &seen[before]).filter(|_| !seen[i].apart);
    (before, seen.get(i + 1).filter(|after| !after.apart))
}

fn count_word<'a>(
    entry: &mut Count<'a>,
    before: Option<&Seen<'a>>,
    word: &Seen<'a>,
    after: Option<&Seen>,
    language: &Language,
) {
    let elided = word.known.elided > 0;
    // `les utiliser`: before an infinitive the article is a pronoun.
    let infinitive = language.nouns == Nouns::BeforeAdjective
        && word.known.verbal
        && (elided || before.is_some_and(|b| b.known.article));
    let opened = (elided || before.is_some_and(|b| b.known.opening)) && !infinitive;
    let capital = word.known.capital;
    let tells = word.tells();
    let noun = match language.nouns {
        // A name has no article, but is no noun either where it stands before one (`Roman press`).
        Nouns::AfterArticle => is_last(after) && (opened || tells && capital),
        Nouns::BeforeAdjective => opened || tells && capital,
        Nouns::Capital => tells && capital,
        Nouns::Russian => !word.known.verbal,
        Nouns::Unknown => true,
    };
    let neighbour = |n: Option<&Seen>| {
        n.is_some_and(|n| n.known.capital && !n.first && !n.shouted && n.known.stem.is_some())
    };
    add(entry, word, [word.text, ""], tells, capital, noun);
    entry.in_name += u32::from(tells && capital && (neighbour(before) || neighbour(after)));
}

fn count_phrase<'a>(
    entry: &mut Count<'a>,
    before: &Seen<'a>,
    word: &Seen<'a>,
    after: Option<&Seen>,
    language: &Language,
) {
    let capital = before.known.capital && word.known.capital;
    let noun = match language.nouns {
        Nouns::AfterArticle => is_last(after),
        Nouns::Capital => capital,
        _ => true,
    };
    // The first word's capital tells nothing where it begins a sentence; the second one's always does.
    add(entry, word, [before.text, word.text], !word.shouted && !word.heading, capital, noun);
}

/// True if no other content word follows.
fn is_last(after: Option<&Seen>) -> bool {
    after.is_none_or(|after| after.known.stem.is_none())
}

/// Adds one occurrence.
fn add<'a>(entry: &mut Count<'a>, word: &Seen, form: [&'a str; 2], tells: bool, capital: bool, noun: bool) {
    // The form it has as a noun is the one to show (`industry`, not `industrial`).
    entry.forms.add((form, word.shouted), if noun { 4 } else { 1 });
    entry.count += 1;
    entry.parts |= 1 << word.part;
    entry.heading |= word.heading;
    entry.told += u32::from(tells);
    entry.capital += u32::from(tells && capital);
    entry.noun += u32::from(noun);
}

/// Endings of Russian adjectives, participles and verbs; nouns that share one are lost as tags.
fn russian_adjective_or_verb(word: &str) -> bool {
    const ENDINGS: [&str; 44] = [
        "ый", "ого", "ому", "ыми", "ых", "ую", "ое", "ые", "ыми", "ими", "его", "ему", "юю", "ее", "ая",
        "яя", "ский", "ской", "ском", "ским", "ских", "ный", "ной", "ном", "ным", "ать", "ять", "еть", "ить",
        "ться", "тся", "ает", "яет", "ует", "ют", "ут", "ал", "ала", "али", "ил", "ила", "или", "лся",
        "лись",
    ];
    ENDINGS.iter().any(|e| word.ends_with(e))
}

/// Turns counts into terms; leaves out what is too rare or no noun, and words that are only pieces of a phrase.
fn choose(counts: &Counts, language: &Language) -> Vec<Term> {
    /// Occurrences of a word that no heading holds.
    const LEAST_WORD: u32 = 4;
    /// Share of its occurrences in which a word must stand as a noun.
    const NOUN: f64 = 0.2;
    /// The same of a name: an adjective such as *Roman* has it less often.
    const NAME_NOUN: f64 = 0.4;
    /// Share of capitals from which a word counts as a name.
    const PROPER: f64 = 0.8;
    let share = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    let proper =
        |c: &Count| language.nouns != Nouns::Capital && c.told >= 2 && share(c.capital, c.told) >= PROPER;
    // Of each word: the weightiest phrase it is a piece of.
    let mut pieces: HashMap<u64, u32, Fast> = HashMap::default();
    let is_phrase = |c: &Count| share(c.noun, c.count) >= 0.4 || proper(c);
    for (words, c) in counts.phrases.iter().filter(|(_, c)| is_phrase(c)) {
        for &word in words {
            let most = pieces.entry(word).or_default();
            *most = (*most).max(c.count);
        }
    }
    let words = counts.words.iter().map(|&(word, ref c)| ((word, None), c));
    let phrases = counts.phrases.iter().map(|&([a, b], ref c)| ((a, Some(b)), c));
    let mut out = Vec::new();
    for (key, c) in words.chain(phrases) {
        let name = proper(c);
        match key {
            (word, None) => {
                let noun = match language.nouns {
                    Nouns::Capital => share(c.capital, c.told) >= PROPER,
                    _ => share(c.noun, c.count) >= if name { NAME_NOUN } else { NOUN },
                };
                // `Karl` of `Karl Somebody`, `commonplace` of `commonplace book`.
                let piece = share(pieces.get(&word).copied().unwrap_or(0), c.count) >= 0.6;
                // A first name never stands alone.
                let fragment = name && share(c.in_name, c.told) >= 0.6;
                let fragment = fragment || name && lone_first_name(c, language);
                if !noun || piece || fragment || (c.count < LEAST_WORD && !c.heading) {
                    continue;
                }
            }
            (a, Some(b)) => {
                if !is_phrase(c) {
                    continue;
                }
                // A phrase is a term of its own only if it is a good share of what its words do.
                let whole = counts.word(a).max(counts.word(b));
                if whole > 0 && share(c.count, whole) < if name { 0.15 } else { 0.08 } {
                    continue;
                }
            }
        }
        let form = shown(&c.forms, name, language);
        out.push(Term {
            key: c.forms.key(language),
            form,
            count: c.count,
            parts: c.parts,
            heading: c.heading,
            proper: name,
        });
    }
    out
}

/// True for a first name that stands alone, and for a scrap of two or three letters that is no acronym.
fn lone_first_name(c: &Count, language: &Language) -> bool {
    c.forms.iter().all(|(f, _)| {
        language.names.contains(f.to_lowercase().as_str())
            || (f.chars().count() < 4 && f.chars().any(char::is_lowercase))
    })
}

/// The form to show: the commonest, in small letters unless it is a name.
fn shown(forms: &Forms, name: bool, language: &Language) -> String {
    let keep = name || language.nouns == Nouns::Capital;
    let mut merged: BTreeMap<String, u32> = BTreeMap::new();
    for (form, n) in forms.iter() {
        // An acronym keeps its capitals.
        let acronym = form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let form = if keep || acronym && name { form } else { form.to_lowercase() };
        *merged.entry(form).or_default() += n;
    }
    let most = merged.values().copied().max().unwrap_or(0);
    let rank = |form: &str, n: u32| -> (u32, usize) {
        match language.nouns {
            // Inflected languages: a common enough form in the nominative, or the shortest.
            Nouns::Russian if n * 5 >= most => (russian_nominative(form), usize::MAX - form.len()),
            Nouns::Capital if n * 3 >= most => (1, usize::MAX - form.len()),
            _ => (0, n as usize),
        }
    };
    let best = merged.iter().max_by(|a, b| {
        let (x, y) = (rank(a.0, *a.1), rank(b.0, *b.1));
        x.cmp(&y).then(a.1.cmp(b.1)).then_with(|| b.0.cmp(a.0))
    });
    best.map_or(String::new(), |b| b.0.clone())
}

/// How much a Russian form looks like a nominative.
fn russian_nominative(form: &str) -> u32 {
    match form.chars().next_back() {
        Some('ь' | 'а' | 'я' | 'о') => 3,
        Some('е') if form.ends_with("ие") || form.ends_with("ье") => 3,
        Some(c) if !"аеёиоуыэюяй".contains(c) => 3,
        Some('й') => 2,
        _ => 1,
    }
}

/// How much a term says of its document: its share of the text, and its spread over it.
fn weight(term: &Term, total: u32) -> f64 {
    let frequency = f64::from(term.count) * 1_000.0 / f64::from(total.max(200));
    let parts = term.parts.count_ones();
    let spread = f64::from(parts) / f64::from((PARTS as u32).min(term.count));
    // Only at the very end, where lists of works and a site's other pages stand.
    let tail = if term.parts & 0b0011_1111 == 0 { 0.3 } else { 1.0 };
    // A phrase says more than a word that occurs as often, a name is more surely a subject.
    let phrase = if term.key.contains(' ') { 1.5 } else { 1.0 };
    let heading = if term.heading { 1.2 } else { 1.0 };
    frequency.sqrt() * (0.3 + 0.7 * spread.min(1.0)) * tail * phrase * heading
}

/// Tags of each record, in the same order: the given ones as they are, or derived ones.
pub fn derive(records: &[Record]) -> Vec<Vec<Tag>> {
    let weighed: Vec<Vec<(f64, &Term)>> = records.iter().map(|r| weigh(&r.title, &r.terms)).collect();
    let shared = shared(records, &weighed);
    let given = given(records);
    let forms = forms(records, &weighed);
    records
        .iter()
        .zip(&weighed)
        .map(|(record, terms)| {
            if record.given.is_empty() {
                select(record, terms, &shared, &given, &forms)
            } else {
                record.given.iter().map(|t| Tag { name: t.clone(), derived: false }).collect()
            }
        })
        .collect()
}

/// A term together with its language.
type Key<'a> = (&'a str, &'a str);

/// Terms by weight, the title's words counted.
fn weigh<'t>(title: &str, terms: &'t Terms) -> Vec<(f64, &'t Term)> {
    /// What it is worth to be named in the title.
    const TITLE: f64 = 1.6;
    let Some(language) = Language::of(&terms.lang) else { return Vec::new() };
    let title = stems(title, language);
    let mut list: Vec<(f64, &Term)> = terms
        .list
        .iter()
        .map(|t| {
            let named = t.key.split(' ').all(|k| title.contains(k));
            (weight(t, terms.total) * if named { TITLE } else { 1.0 }, t)
        })
        .collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    list
}

/// The stems of a line.
fn stems(line: &str, language: &Language) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    words(line, |w| {
        let lower = w.text.to_lowercase().replace("’s", "").replace("'s", "");
        out.insert(language.stemmer.stem(&lower).into_owned());
    });
    out
}

/// Share of the third weightiest term's weight from which a term is strong. Not of the first one's: a text
/// on one person names that person ten times as often as anything else it is about.
const STRONG: f64 = 0.7;
/// Weight below which nothing is strong: about four times in two thousand content words, in half of the text.
const WEAK: f64 = 1.0;

/// The strong terms of a document.
fn strong<'a>(terms: &'a [(f64, &'a Term)]) -> impl Iterator<Item = (f64, &'a Term)> {
    let third = terms.get(2).or(terms.last()).map_or(0.0, |t| t.0);
    terms.iter().copied().take_while(move |t| t.0 >= WEAK && t.0 >= STRONG * third)
}

/// Terms that are strong in two documents or more.
fn shared<'a>(records: &'a [Record], weighed: &'a [Vec<(f64, &'a Term)>]) -> HashSet<Key<'a>> {
    let mut once = HashSet::new();
    let mut twice = HashSet::new();
    for (record, terms) in records.iter().zip(weighed) {
        for (_, term) in strong(terms) {
            let key = (record.terms.lang.as_str(), term.key.as_str());
            if !once.insert(key) {
                twice.insert(key);
            }
        }
    }
    twice
}

/// Given tags by language and stems. Of two spellings the first in order of the alphabet.
fn given(records: &[Record]) -> BTreeMap<(String, Vec<String>), String> {
    let mut out: BTreeMap<(String, Vec<String>), String> = BTreeMap::new();
    let langs: BTreeSet<&str> = records.iter().map(|r| r.terms.lang.as_str()).collect();
    for lang in langs {
        let Some(language) = Language::of(lang) else { continue };
        for tag in records.iter().filter(|r| r.terms.lang == lang).flat_map(|r| &r.given) {
            let mut key: Vec<String> = Vec::new();
            words(tag, |w| key.push(language.stemmer.stem(&w.text.to_lowercase()).into_owned()));
            let name = out.entry((lang.to_owned(), key)).or_insert_with(|| tag.clone());
            if tag < name {
                name.clone_from(tag);
            }
        }
    }
    out
}

/// One spelling for each term of the archive: the one that most documents use.
fn forms<'a>(records: &'a [Record], weighed: &'a [Vec<(f64, &'a Term)>]) -> HashMap<Key<'a>, &'a str> {
    let mut votes: HashMap<Key<'a>, BTreeMap<&str, u32>> = HashMap::new();
    for (record, terms) in records.iter().zip(weighed) {
        for (_, term) in strong(terms) {
            *votes.entry((&record.terms.lang, &term.key)).or_default().entry(&term.form).or_default() += 1;
        }
    }
    // Of two that are as common, the one in capitals (it comes first): some write every name in small letters.
    votes.into_iter().filter_map(|(k, v)| v.into_iter().rev().max_by_key(|f| f.1).map(|f| (k, f.0))).collect()
}

/// The derived tags of one document.
fn select(
    record: &Record,
    terms: &[(f64, &Term)],
    shared: &HashSet<Key<'_>>,
    given: &BTreeMap<(String, Vec<String>), String>,
    forms: &HashMap<Key<'_>, &str>,
) -> Vec<Tag> {
    /// What it is worth that another document has the subject too, or that an owner named it.
    const SHARED: f64 = 1.3;
    const GIVEN: f64 = 1.5;
    let most = match record.words.max(record.terms.total as usize) {
        0..TINY => 0,
        TINY..600 => 3,
        600..3_000 => 4,
        3_000..10_000 => 5,
        _ => 6,
    };
    let lang = record.terms.lang.as_str();
    let mut list: Vec<(f64, Vec<&str>, &str)> = strong(terms)
        .map(|(w, t)| {
            let key: Vec<&str> = t.key.split(' ').collect();
            let owner = given.get(&(lang.to_owned(), key.iter().map(|k| (*k).to_owned()).collect()));
            let worth = if owner.is_some() {
                GIVEN
            } else if shared.contains(&(lang, &t.key)) {
                SHARED
            } else {
                1.0
            };
            let form = forms.get(&(lang, t.key.as_str())).copied().unwrap_or(&t.form);
            (w * worth, key, owner.map_or(form, String::as_str))
        })
        .collect();
    // An owner's tag of several words fits too if each of them is strong by itself.
    let weights: HashMap<&str, f64> = strong(terms).map(|(w, t)| (t.key.as_str(), w)).collect();
    for ((_, key), name) in given.iter().filter(|((l, key), _)| l == lang && key.len() > 1) {
        let each: Option<Vec<f64>> = key.iter().map(|k| weights.get(k.as_str()).copied()).collect();
        if let Some(least) = each.and_then(|e| e.into_iter().min_by(f64::total_cmp)) {
            list.push((least * GIVEN, key.iter().map(String::as_str).collect(), name));
        }
    }
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(b.2)));
    let mut taken: Vec<&str> = Vec::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for (_, key, name) in list {
        if out.len() == most {
            break;
        }
        let again = key.iter().any(|k| taken.iter().any(|t| is_family(k, t)));
        if again || name.is_empty() || !names.insert(name.to_lowercase()) {
            continue;
        }
        taken.extend(key);
        out.push(Tag { name: name.to_owned(), derived: true });
    }
    out
}

/// True if two stems are forms of one word for a reader: `printer` and `print`.
fn is_family(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long
        || (short.chars().count() >= 4
            && long.starts_with(short)
            && long.chars().count() - short.chars().count() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of paragraphs on two subjects, in which much else is said as well. The subjects are put in by
    /// the caller.
    fn essay(a: &str, b: &str, seed: usize) -> String {
        let others = [
            "ladder", "kettle", "harbour", "violin", "glacier", "pepper", "lantern", "saddle", "compass",
            "orchard", "pulley",
        ];
        (0..24)
            .map(|i| {
                let other = others[(i * 7 + seed * 3) % others.len()];
                format!(
                    "Nobody had seen the {a} in that light before, and those who looked after a {b} were the first to notice. \
                     It was said that every {a} needs its {other}, although the old people laughed when they were told about it. \
                     What the {b} had been, they would have added, is now forgotten; and so it goes with the {a}.\n\n"
                )
            })
            .collect()
    }

    fn record(slug: &str, title: &str, text: &str, lang: &str, given: &[&str]) -> Record {
        Record {
            slug: slug.to_owned(),
            title: title.to_owned(),
            lang: Some(lang.to_owned()),
            words: text.split_whitespace().count(),
            given: given.iter().map(|t| (*t).to_owned()).collect(),
            terms: terms(title, text, Some(lang)),
            ..Record::default()
        }
    }

    fn names(tags: &[Tag]) -> Vec<&str> {
        tags.iter().map(|t| t.name.as_str()).collect()
    }

    fn archive() -> Vec<Record> {
        let subjects = [
            ("windmill", "miller"),
            ("miller", "bread"),
            ("bread", "oven"),
            ("oven", "windmill"),
            ("bridge", "ferry"),
            ("ferry", "windmill"),
            ("clock", "bell"),
            ("bell", "bridge"),
            ("bees", "honey"),
            ("honey", "bread"),
            ("canal", "ferry"),
            ("clock", "canal"),
        ];
        let record = |(i, (a, b)): (usize, &(&str, &str))| {
            record(&format!("e{i}"), &format!("On the {a}"), &essay(a, b, i), "en", &[])
        };
        subjects.iter().enumerate().map(record).collect()
    }

    #[test]
    fn subjects_are_found() {
        let records = archive();
        for (tags, record) in derive(&records).iter().zip(&records) {
            let subject = record.title.trim_start_matches("On the ");
            assert!(names(tags).contains(&subject), "{}: {tags:?}", record.title);
            assert!((2..=6).contains(&tags.len()) && tags.iter().all(|t| t.derived), "{tags:?}");
            assert!(
                !names(tags).iter().any(|n| ["people", "light", "nobody", "first"].contains(n)),
                "{tags:?}"
            );
        }
    }

    #[test]
    fn one_document_more_or_less_changes_little() {
        let records = archive();
        let all = derive(&records);
        for drop in 0..records.len() {
            let (mut rest, mut before) = (records.clone(), all.clone());
            rest.remove(drop);
            before.remove(drop);
            let after = derive(&rest);
            let changed: usize =
                before.iter().zip(&after).map(|(b, a)| b.iter().filter(|t| !a.contains(t)).count()).sum();
            let count: usize = before.iter().map(Vec::len).sum();
            assert!(changed * 10 <= count, "without {drop}: {changed} of {count}");
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter() {
        let records = archive();
        let mut turned = records.clone();
        turned.reverse();
        let mut again = derive(&turned);
        again.reverse();
        assert_eq!(derive(&records), again);
    }

    #[test]
    fn given_tags_stay_and_are_adopted() {
        let records = [
            record("a", "Mills", &essay("windmill", "miller", 1), "en", &["Windmills", "Old crafts"]),
            record("b", "Wind", &essay("windmill", "ferry", 2), "en", &[]),
        ];
        let tags = derive(&records);
        assert_eq!(names(&tags[0]), ["Windmills", "Old crafts"]);
        assert!(tags[0].iter().all(|t| !t.derived));
        assert!(tags[1].contains(&Tag { name: "Windmills".into(), derived: true }), "{:?}", tags[1]);
        assert!(!names(&tags[1]).contains(&"Old crafts"));
    }

    #[test]
    fn names_phrases_and_variants() {
        let text = "Nobody understood Ada Lindqvist as well as her brother. The water clock of Lindqvist was famous, and a water clock was rare. \
            In that year the printers met; every printer brought a press. Then Ada Lindqvist spoke of the water clock to the printer, and of the USPN. \
            What Lindqvist said of a printer was copied by the USPN. A clock is no water clock, as Ada Lindqvist knew.\n\n"
            .repeat(12);
        let tags = derive(&[record("a", "A Visit", &text, "en", &[])]);
        let tags = names(&tags[0]);
        assert!(tags.contains(&"water clock") && tags.iter().any(|t| t.contains("Lindqvist")), "{tags:?}");
        assert!(tags.contains(&"USPN"), "{tags:?}");
        assert!(!tags.contains(&"Ada") && !tags.contains(&"water"), "{tags:?}");
        assert!(!(tags.contains(&"printer") && tags.contains(&"printers")), "{tags:?}");
    }

    #[test]
    fn other_languages() {
        let texts = [
            (
                "de",
                "Am Fluss",
                "Am Fluss steht eine Windmühle, und der Müller kennt den Wind. Wer die Windmühle sucht, fragt den Müller nach dem Mehl. Die alte Windmühle mahlt, solange der Müller lebt, und das Mehl reicht für alle. ",
                "Windmühle",
            ),
            (
                "fr",
                "Le moulin",
                "Le moulin tourne près de la rivière, et le meunier écoute le vent. Sans le moulin, le meunier ne vend pas la farine. On disait que le moulin dormait quand la farine manquait et que la rivière baissait. ",
                "moulin",
            ),
            (
                "es",
                "El molino",
                "El molino gira junto al río, y el molinero escucha el viento. Sin el molino no se vende la harina. Decían que el molino dormía cuando faltaba la harina y bajaba el río. ",
                "molino",
            ),
            (
                "ru",
                "Мельница",
                "Мельница стоит у реки, и мельник слушает ветер. Без мельницы мельник не продаёт муку. Говорили, что мельница спит, когда нет муки и ветра, а мельник ждёт. ",
                "мельница",
            ),
        ];
        for (lang, title, text, expected) in texts {
            let tags = derive(&[record("a", title, &text.repeat(10), lang, &[])]);
            assert!(names(&tags[0]).contains(&expected), "{lang}: {:?}", tags[0]);
        }
    }

    #[test]
    fn nothing_to_say() {
        for (text, lang) in [
            (String::new(), Some("en")),
            ("The windmill turns.".to_owned(), Some("en")),
            (essay("windmill", "miller", 1), None),
            (essay("windmill", "miller", 1), Some("xx")),
            ("川の水は春から少なく、".repeat(100), Some("ja")),
            ("12 34 56 https://mills.example/a <br/> ".repeat(200), Some("en")),
            (
                "In January and February of the third chapter, see page five of the edition. ".repeat(60),
                Some("en"),
            ),
        ] {
            let record = Record { words: 2_000, terms: terms("", &text, lang), ..Record::default() };
            assert_eq!(derive(&[record]), [vec![]], "{text:.60}");
        }
        assert!(derive(&[]).is_empty());
    }

    #[test]
    fn any_input_ends_well() {
        let bits = [
            "The ",
            "windmill ",
            "l’",
            "'",
            "-",
            "’s ",
            "<",
            ">",
            ".",
            "É",
            "\u{301}",
            "水",
            "ا",
            "\n",
            "\n\n",
            "# ",
            "://",
            "A B C ",
            "…",
            "\u{feff}",
        ];
        // A small generator of its own: the same texts on every machine.
        let mut state = 3u32;
        for lang in ["en", "de", "fr", "ru", "tr"] {
            let mut text = String::new();
            for _ in 0..3_000 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(bits[(state >> 16) as usize % bits.len()]);
            }
            assert!(terms("", &text, Some(lang)).list.len() <= KEPT);
        }
    }

    #[test]
    fn records_stay_small() {
        let letters: Vec<char> = ('a'..='z').collect();
        let text: String = (0..40_000usize)
            .map(|i| format!("the {}{}{}ing ", letters[i % 26], letters[i / 5 % 26], letters[i / 31 % 26]))
            .collect();
        assert!(terms("", &text, Some("en")).list.len() <= KEPT);
    }
}
