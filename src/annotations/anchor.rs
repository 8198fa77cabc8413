//! The passage of an annotation in a document's text as it is now.
//!
//! 1. *The words.* They are looked for as they stand; then by their letters and digits alone, so that line ends, closed
//!    hyphens, quotation marks and the signs of notes do not matter. Of several places the one is taken around which
//!    the text agrees with what the annotation says stood there.
//! 2. *The place.* Where that leaves several, the one at which the annotation says it stood, to the letter.
//! 3. *Nearly the words*: the places with the least edit distance ([`approximate`]). One
//!    is taken if the text around it agrees, and if it is better than any other by a margin.
//!
//! Words that stand where the text around them is another are a lookalike: an orphan is better. So a place whose
//! surroundings disagree is only taken where the words are many, or whole paragraphs that may have been moved.

use std::ops::Range;

use super::{Annotation, Quote, approximate};
use crate::fold;
use crate::model::{Document, Passage, Stretch};
use crate::said::{Said, said};

/// Letters of what stands around a quotation that are compared.
const AROUND: usize = 40;
/// Letters around a quotation from which on they tell something.
const TELLING: usize = 10;
/// How much of what stood before or behind must be there still: two texts of English have a third in common.
const AGREES: f64 = 0.55;
/// By how much what stands around one place must agree better than around another.
const CLEARLY: f64 = 0.25;
/// Letters of a quotation that may be another: one in this many; without words around it, one in twice as many.
const ONE_IN: usize = 4;
/// By how much of its letters one near place must be better than another.
const MARGIN: f64 = 0.1;
/// Letters of a quotation that is looked for by nearness.
const FEWEST: usize = 16;
/// Letters of a whole paragraph that is known again wherever it stands.
const PARAGRAPH: usize = 48;
/// Letters of words that are known again wherever they stand.
const LONG: usize = 240;
/// Places of a quotation that are looked at.
const PLACES: usize = 400;
/// Places named to the reader of an orphan.
const CANDIDATES: usize = 3;
/// Steps (see [`approximate::steps`]) that one document's annotations may take together.
const BUDGET: usize = 1 << 29;

/// What became of an annotation.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchored {
    /// It is about the document as a whole.
    Whole,
    /// It is about this passage.
    At(Passage, How),
    /// Its passage is not found beyond doubt.
    Orphan {
        /// Why not.
        reason: Reason,
        /// What comes nearest.
        candidates: Vec<Passage>,
    },
}

/// What a passage was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Its words.
    Exact,
    /// Its place, among several with its words.
    Position,
    /// Words that are nearly its own.
    Nearly {
        /// Letters that are another.
        changed: u32,
        /// Letters in all.
        of: u32,
    },
}

/// Why a passage is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its words are nowhere, nor anything near.
    Nowhere,
    /// Its words are in several places, and nothing tells which is meant.
    Ambiguous,
    /// Its words stand where the text around them is another.
    Elsewhere,
    /// Only a place is given, and the text is no longer the one that was read.
    NoWords,
    /// The document has more annotations to look for than there is time for.
    TooMany,
}

impl Reason {
    /// In words.
    pub fn shown(self) -> Said {
        match self {
            Reason::Nowhere => said!("its words are not in the text"),
            Reason::Ambiguous => {
                said!("its words are in several places, and nothing tells which one is meant")
            }
            Reason::Elsewhere => said!("its words stand where the text around them is another"),
            Reason::NoWords => {
                said!("it gives a place without words, and the text is not the one that was read")
            }
            Reason::TooMany => said!("the text has more annotations to look for than are looked for"),
        }
    }
}

/// A document's text, to find passages in.
pub struct Haystack {
    /// The body's text, and that of each note behind it.
    text: String,
    /// Where each stretch begins.
    stretches: Vec<(Stretch, usize)>,
    /// Made when it is first needed.
    letters: Option<Letters>,
    fingerprint: String,
    budget: usize,
}

/// The letters and digits of a text.
struct Letters {
    folded: Vec<char>,
    /// Where each stands.
    at: Vec<u32>,
}

/// What stands between two stretches: no letter, so that no quotation holds it.
const BETWEEN: char = '\u{0}';

impl Letters {
    fn of(text: &str, starts: &[usize]) -> Letters {
        let mut out = Letters { folded: Vec::new(), at: Vec::new() };
        let mut starts = starts.iter().copied().filter(|s| *s > 0).peekable();
        for (at, c) in text.char_indices() {
            if starts.next_if(|s| *s <= at).is_some() {
                out.push(BETWEEN, at);
            }
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    out.push(c.to_ascii_lowercase(), at);
                }
            } else if c.is_alphanumeric() {
                let mut buffer = [0; 4];
                for f in fold::folded(c.encode_utf8(&mut buffer)).chars().filter(|f| f.is_alphanumeric()) {
                    out.push(f, at);
                }
            }
        }
        out
    }

    fn push(&mut self, c: char, at: usize) {
        self.folded.push(c);
        self.at.push(at as u32);
    }

    /// The bytes of the letters of a range. It is not empty.
    fn bytes(&self, range: &Range<usize>, text: &str) -> Range<usize> {
        let start = self.at[range.start] as usize;
        let last = self.at[range.end - 1] as usize;
        start..last + text[last..].chars().next().map_or(0, char::len_utf8)
    }

    /// The letters of a range of bytes.
    fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.at.partition_point(|&a| (a as usize) < byte);
        // A boundary stands at the first byte of a stretch, in front of its first letter.
        let mut start = at(bytes.start);
        while self.folded.get(start) == Some(&BETWEEN) {
            start += 1;
        }
        start..at(bytes.end).max(start)
    }
}

/// A place where the words are, or nearly.
struct Place {
    bytes: Range<usize>,
    /// Letters that are another.
    changed: u32,
    /// How much of what stood before and behind is there; `None` if too little is known.
    before: Option<f64>,
    behind: Option<f64>,
}

impl Place {
    /// The better of both sides: text was cut off, or moved, on one side only.
    fn best_side(&self) -> Option<f64> {
        match (self.before, self.behind) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        }
    }

    fn agreement(&self) -> f64 {
        let sides = [self.before, self.behind];
        let known = sides.iter().flatten().count().max(1);
        sides.iter().flatten().sum::<f64>() / known as f64
    }
}

impl Haystack {
    /// The text of a document. `fingerprint` is that of its source.
    pub fn new(document: &Document, fingerprint: String) -> Haystack {
        let mut text = String::new();
        let mut stretches = Vec::new();
        for stretch in document.stretches() {
            stretches.push((stretch, text.len()));
            text.push_str(&document.text(stretch));
        }
        Haystack { text, stretches, letters: None, fingerprint, budget: BUDGET }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a passage.
    pub fn words(&self, passage: &Passage) -> &str {
        let start = self.stretches.iter().find(|s| s.0 == passage.stretch).map_or(0, |s| s.1);
        self.text.get(start + passage.range.start..start + passage.range.end).unwrap_or_default()
    }

    /// Finds the passage of an annotation.
    pub fn find(&mut self, annotation: &Annotation) -> Anchored {
        let same_text = annotation.target.fingerprint.as_deref() == Some(self.fingerprint.as_str());
        let place = annotation.position.as_ref().and_then(|p| self.at_characters(p));
        let Some(quote) = &annotation.quote else {
            return match (annotation.position.is_some(), place) {
                (false, _) => Anchored::Whole,
                (true, Some(bytes)) if same_text => self.found(bytes, How::Position).unwrap_or_else(nowhere),
                (true, _) => Anchored::Orphan { reason: Reason::NoWords, candidates: Vec::new() },
            };
        };
        // The text that was read, or one that was not changed before the place: nothing has to be searched.
        if let Some(bytes) = &place
            && self.text.get(bytes.clone()) == Some(quote.exact.as_str())
            && (same_text || self.stands_between(bytes, quote))
            && let Some(found) = self.found(bytes.clone(), How::Exact)
        {
            return found;
        }
        if self.letters.is_none() {
            let starts: Vec<usize> = self.stretches.iter().map(|s| s.1).collect();
            self.letters = Some(Letters::of(&self.text, &starts));
        }
        let wanted = Letters::of(&quote.exact, &[]).folded;
        let exact = self.exact(quote, &wanted);
        match self.choose(exact, wanted.len(), place) {
            Ok(anchored) => anchored,
            Err(orphan) => self.nearly(quote, &wanted).unwrap_or(orphan),
        }
    }

    /// True if the text before and behind these bytes is what the annotation says, to the letter.
    fn stands_between(&self, bytes: &Range<usize>, quote: &Quote) -> bool {
        let known = !quote.prefix.is_empty() || !quote.suffix.is_empty();
        known
            && self.text[..bytes.start].ends_with(&quote.prefix)
            && self.text[bytes.end..].starts_with(&quote.suffix)
    }

    /// The bytes of a range of characters.
    fn at_characters(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if range.end > self.text.len() {
            return None;
        }
        let start = byte_of(&self.text, range.start)?;
        let end = start + byte_of(&self.text[start..], range.end - range.start)?;
        Some(start..end)
    }

    /// The places of the words, first to the letter, then by letters and digits.
    fn exact(&self, quote: &Quote, wanted: &[char]) -> Vec<Place> {
        let Some(letters) = &self.letters else { return Vec::new() };
        let around = Surroundings::of(quote);
        let verbatim: Vec<Range<usize>> = self
            .text
            .match_indices(&quote.exact)
            .take(PLACES)
            .map(|(at, words)| at..at + words.len())
            .collect();
        if !verbatim.is_empty() {
            let place = |bytes: Range<usize>| around.place(letters, letters.range(&bytes), bytes, 0);
            return verbatim.into_iter().map(place).collect();
        }
        let places = occurrences(&letters.folded, wanted);
        let place = |at: usize| {
            let range = at..at + wanted.len();
            around.place(
                letters,
                range.clone(),
                self.punctuated(letters.bytes(&range, &self.text), &quote.exact),
                0,
            )
        };
        places.into_iter().take(PLACES).map(place).collect()
    }

    /// One of several places of the words, or why none.
    fn choose(
        &self,
        mut places: Vec<Place>,
        length: usize,
        at: Option<Range<usize>>,
    ) -> Result<Anchored, Anchored> {
        places
            .sort_by(|a, b| b.agreement().total_cmp(&a.agreement()).then(a.bytes.start.cmp(&b.bytes.start)));
        let orphan = |reason| Err(self.orphan(reason, &places));
        let Some(best) = places.first() else { return orphan(Reason::Nowhere) };
        let clear = places.get(1).is_none_or(|next| best.agreement() - next.agreement() >= CLEARLY);
        if clear {
            let known = places.len() == 1 && best.best_side().is_none() || self.is_known_again(best, length);
            if known && let Some(found) = self.found(best.bytes.clone(), How::Exact) {
                return Ok(found);
            }
            return orphan(Reason::Elsewhere);
        }
        let here = at.and_then(|at| places.iter().find(|p| p.bytes == at));
        let agrees = here.filter(|p| p.best_side().is_none_or(|side| side >= AGREES));
        match agrees.and_then(|p| self.found(p.bytes.clone(), How::Position)) {
            Some(found) => Ok(found),
            None => orphan(Reason::Ambiguous),
        }
    }

    /// True if the words there are those that were marked, and no lookalike.
    fn is_known_again(&self, place: &Place, length: usize) -> bool {
        place.best_side().is_some_and(|side| side >= AGREES)
            || (place.changed == 0 && length >= LONG)
            || (place.changed == 0 && length >= PARAGRAPH && self.is_paragraphs(&place.bytes))
    }

    /// True if these are whole lines.
    fn is_paragraphs(&self, bytes: &Range<usize>) -> bool {
        let quiet = |c: char| !c.is_alphanumeric() && c != '\n';
        let before = self.text[..bytes.start].trim_end_matches(quiet);
        let behind = self.text[bytes.end..].trim_start_matches(quiet);
        (before.is_empty() || before.ends_with('\n')) && (behind.is_empty() || behind.starts_with('\n'))
    }

    /// The place with nearly the words.
    fn nearly(&mut self, quote: &Quote, wanted: &[char]) -> Option<Anchored> {
        if wanted.len() < FEWEST {
            return None;
        }
        let letters = self.letters.as_ref()?;
        let steps = approximate::steps(wanted.len(), letters.folded.len());
        let Some(left) = self.budget.checked_sub(steps) else {
            return Some(Anchored::Orphan { reason: Reason::TooMany, candidates: Vec::new() });
        };
        self.budget = left;
        let around = Surroundings::of(quote);
        let most = (wanted.len() / ONE_IN) as u32;
        let costs = approximate::distances(wanted, &letters.folded);
        let mut places: Vec<Place> = valleys(&costs, most, wanted.len())
            .into_iter()
            .map(|end| {
                let start = approximate::start(wanted, &letters.folded, end);
                let range = self.whole_words(letters, start..end);
                let bytes = self.punctuated(letters.bytes(&range, &self.text), &quote.exact);
                around.place(letters, range, bytes, costs[end - 1])
            })
            .collect();
        let cost = |p: &Place| f64::from(p.changed) / wanted.len() as f64;
        let known = places.iter().any(|p| p.best_side().is_some());
        if known {
            // What stands among other words is another passage, however like it is.
            let (agreeing, others): (Vec<Place>, Vec<Place>) =
                places.into_iter().partition(|p| p.best_side().is_some_and(|side| side >= AGREES));
            if agreeing.is_empty() {
                return Some(
                    self.orphan(if others.is_empty() { Reason::Nowhere } else { Reason::Elsewhere }, &others),
                );
            }
            places = agreeing;
        }
        let rank = |p: &Place| cost(p) + if known { 1.0 - p.agreement() } else { 0.0 };
        places.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then(a.bytes.start.cmp(&b.bytes.start)));
        let best = places.first()?;
        if places.get(1).is_some_and(|next| rank(next) - rank(best) < MARGIN) {
            return Some(self.orphan(Reason::Ambiguous, &places));
        }
        if !known && cost(best) > 0.5 / ONE_IN as f64 {
            return Some(self.orphan(Reason::Nowhere, &places));
        }
        let how = How::Nearly { changed: best.changed, of: wanted.len() as u32 };
        self.found(best.bytes.clone(), how).or_else(|| Some(self.orphan(Reason::Nowhere, &places)))
    }

    /// A range of letters without half words at its ends, which a changed word leaves.
    fn whole_words(&self, letters: &Letters, range: Range<usize>) -> Range<usize> {
        /// Letters of a word that are added.
        const LONGEST: usize = 24;
        let joined = |a: usize, b: usize| {
            let (a, b) = (letters.at[a] as usize, letters.at[b] as usize);
            letters.folded[..].len() > 1 && self.text[a..b].chars().all(char::is_alphanumeric)
        };
        let Range { mut start, mut end } = range;
        while start > 0 && end - start > 0 && range.start - start < LONGEST && joined(start - 1, start) {
            if letters.folded[start - 1] == BETWEEN {
                break;
            }
            start -= 1;
        }
        while end < letters.folded.len() && end - range.end < LONGEST && joined(end - 1, end) {
            if letters.folded[end] == BETWEEN {
                break;
            }
            end += 1;
        }
        start..end
    }

    /// The bytes with the punctuation around them that the quotation has, too.
    fn punctuated(&self, bytes: Range<usize>, exact: &str) -> Range<usize> {
        let quiet = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let exact = exact.trim();
        let head = exact.chars().take_while(|c| quiet(*c)).count();
        let tail = exact.chars().rev().take_while(|c| quiet(*c)).count();
        let before = self.text[..bytes.start].chars().rev().take(head).take_while(|c| quiet(*c));
        let behind = self.text[bytes.end..].chars().take(tail).take_while(|c| quiet(*c));
        let before: usize = before.map(char::len_utf8).sum();
        let behind: usize = behind.map(char::len_utf8).sum();
        bytes.start - before..bytes.end + behind
    }

    /// The passage of bytes of the whole text, without spaces at its ends; `None` if it lies in no one stretch.
    fn passage(&self, bytes: Range<usize>) -> Option<Passage> {
        let words = self.text.get(bytes.clone())?;
        let start = bytes.start + words.len() - words.trim_start().len();
        let end = start + words.trim().len();
        let i = self.stretches.partition_point(|s| s.1 <= start).checked_sub(1)?;
        let (stretch, from) = self.stretches[i];
        let to = self.stretches.get(i + 1).map_or(self.text.len(), |s| s.1);
        (start < end && end <= to).then(|| Passage { stretch, range: start - from..end - from })
    }

    fn found(&self, bytes: Range<usize>, how: How) -> Option<Anchored> {
        Some(Anchored::At(self.passage(bytes)?, how))
    }

    fn orphan(&self, reason: Reason, places: &[Place]) -> Anchored {
        let candidates =
            places.iter().filter_map(|p| self.passage(p.bytes.clone())).take(CANDIDATES).collect();
        Anchored::Orphan { reason, candidates }
    }
}

fn nowhere() -> Anchored {
    Anchored::Orphan { reason: Reason::Nowhere, candidates: Vec::new() }
}

/// What stands around a quotation, each side in the order that leads away from it.
struct Surroundings {
    before: Vec<char>,
    behind: Vec<char>,
}

impl Surroundings {
    fn of(quote: &Quote) -> Surroundings {
        let before = Letters::of(&quote.prefix, &[]).folded;
        let behind = Letters::of(&quote.suffix, &[]).folded;
        Surroundings {
            before: before.into_iter().rev().take(AROUND).collect(),
            behind: behind.into_iter().take(AROUND).collect(),
        }
    }

    fn place(&self, letters: &Letters, range: Range<usize>, bytes: Range<usize>, changed: u32) -> Place {
        let telling = self.before.len() + self.behind.len() >= TELLING;
        let side = |known: &[char], text: &[char]| {
            let far = text.iter().take_while(|c| **c != BETWEEN).count();
            let cost = approximate::from_edge(known, &text[..far]);
            (telling && !known.is_empty()).then(|| 1.0 - f64::from(cost) / known.len() as f64)
        };
        let most = 2 * AROUND;
        let before: Vec<char> = letters.folded[..range.start].iter().rev().take(most).copied().collect();
        let behind: Vec<char> = letters.folded[range.end..].iter().take(most).copied().collect();
        let (before, behind) = (side(&self.before, &before), side(&self.behind, &behind));
        Place { bytes, changed, before, behind }
    }
}

/// Where the letters stand.
fn occurrences(text: &[char], wanted: &[char]) -> Vec<usize> {
    /// Letters below which words are looked for to the letter only.
    const FEWEST: usize = 4;
    let Some((&first, _)) = wanted.split_first().filter(|_| wanted.len() >= FEWEST) else {
        return Vec::new();
    };
    // A long run of one letter would be compared again and again: the steps are counted.
    let mut steps = BUDGET;
    let mut out = Vec::new();
    for at in 0..(text.len() + 1).saturating_sub(wanted.len()) {
        if text[at] != first {
            continue;
        }
        let same = text[at..].iter().zip(wanted).take_while(|(a, b)| a == b).count();
        steps = steps.saturating_sub(same);
        if same == wanted.len() {
            out.push(at);
        }
        if out.len() >= PLACES || steps == 0 {
            break;
        }
    }
    out
}

/// The ends of the places that are at most so far from a pattern, the best of each neighbourhood.
fn valleys(costs: &[u32], most: u32, length: usize) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for (i, &cost) in costs.iter().enumerate().filter(|c| *c.1 <= most) {
        let room = out.len() < PLACES;
        match out.last_mut() {
            Some(last) if i + 1 - *last < length.div_ceil(2) => {
                if cost < costs[*last - 1] {
                    *last = i + 1;
                }
            }
            _ if room => out.push(i + 1),
            _ => break,
        }
    }
    out
}

/// Where a character begins; the end of the text is where the one behind its last would.
fn byte_of(text: &str, character: usize) -> Option<usize> {
    if text.is_ascii() {
        return (character <= text.len()).then_some(character);
    }
    text.char_indices().map(|c| c.0).chain([text.len()]).nth(character)
}
