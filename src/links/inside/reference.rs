//! References of running text and notes to parts, notes and pages of the same text.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::heading::{Headings, key, part_words, sense};
use super::{Known, Place, number, words};
use crate::fold::folded;
use crate::hash::Fast;
use crate::model::{Marked, NoteId, Passage, Stretch};
use crate::quotes;

const NOTES: [&str; 14] = [
    "note",
    "footnote",
    "endnote",
    "n",
    "fn",
    "anm",
    "anmerkung",
    "fußnote",
    "nota",
    "noot",
    "примечание",
    "примеч",
    "прим",
    "сноска",
];

const PAGES: [&str; 12] =
    ["p", "pp", "page", "pages", "s", "seite", "seiten", "página", "pagina", "с", "стр", "blz"];

const SEE: [&str; 12] =
    ["see", "cf", "compare", "siehe", "vgl", "s", "voir", "véase", "ver", "vedi", "zie", "см"];

const ABOVE: [&str; 12] = [
    "above", "below", "supra", "infra", "oben", "unten", "dessus", "dessous", "arriba", "sopra", "sotto",
    "boven",
];

const OF: [&str; 10] = ["of", "in", "from", "von", "aus", "des", "de", "du", "del", "van"];

/// What the text itself is called by: “of this book”.
const THIS: [&str; 11] =
    ["this", "present", "our", "dieser", "dieses", "diesem", "ce", "cette", "este", "esta", "dit"];

const NEXT: [&str; 8] =
    ["next", "following", "nächsten", "nächste", "folgenden", "suivant", "suivante", "siguiente"];

const PREVIOUS: [&str; 8] = [
    "previous",
    "preceding",
    "vorigen",
    "vorhergehenden",
    "vorangehenden",
    "précédent",
    "précédente",
    "anterior",
];

const ARTICLES: [&str; 9] = ["the", "der", "die", "das", "dem", "den", "le", "la", "el"];

/// The last words of what speaks of the part beside this one, as they are written.
static BESIDE: LazyLock<HashSet<String, Fast>> = LazyLock::new(|| {
    let words = NEXT.iter().chain(&PREVIOUS).copied().chain(part_words());
    let capital = |w: &str| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect();
    words.flat_map(|w| [w.to_owned(), capital(w)]).collect()
});

/// The notes of a text by what they may be called.
pub(super) struct Labels<'a> {
    all: BTreeMap<&'a str, Vec<u32>>,
    of_part: BTreeMap<(u32, &'a str), Vec<u32>>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(notes: &[(u32, &'a str)]) -> Labels<'a> {
        let mut out = Labels { all: BTreeMap::new(), of_part: BTreeMap::new() };
        for (i, &(part, label)) in notes.iter().enumerate() {
            out.all.entry(label).or_default().push(i as u32);
            out.of_part.entry((part, label)).or_default().push(i as u32);
        }
        out
    }

    /// The note that a label means: the only one that has it; within the part that speaks, if that is known.
    fn meant(&self, label: &str, part: Option<u32>) -> Option<NoteId> {
        let found = match part {
            Some(part) => self.of_part.get(&(part, label)),
            None => self.all.get(label),
        };
        match found.map(Vec::as_slice) {
            Some([one]) => Some(NoteId(*one)),
            _ => None,
        }
    }
}

/// One stretch while it is read.
pub(super) struct Reading<'a> {
    stretch: Stretch,
    marked: &'a Marked,
    places: Vec<Range<usize>>,
    headings: &'a Headings,
    labels: &'a Labels<'a>,
    /// References to works in this stretch.
    cited: Vec<&'a Range<usize>>,
    /// The part that a note counts in.
    part: Option<u32>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        stretch: Stretch,
        marked: &'a Marked,
        headings: &'a Headings,
        labels: &'a Labels<'a>,
        known: Known<'a>,
    ) -> Reading<'a> {
        let first = known.cited.partition_point(|c: &Passage| c.stretch < stretch);
        let cited = known.cited[first..].iter().take_while(|c| c.stretch == stretch).map(|c| &c.range);
        let part = match stretch {
            Stretch::Note(note) => known.notes.get(note.0 as usize).map(|n| n.0),
            Stretch::Body => None,
        };
        let places = words(&marked.text).collect();
        Reading { stretch, marked, places, headings, labels, cited: cited.collect(), part }
    }

    pub(super) fn references(&self) -> Vec<(Range<usize>, Place)> {
        let mut out = Vec::new();
        for i in 1..self.places.len() {
            let written = self.written(i);
            // Numbers are rarer than the words before them.
            if number::of(written).is_some() && self.joined(i) {
                out.extend(self.numbered(i));
            } else if written == "on" && self.word(i - 1).as_deref() == Some("section") {
                out.extend(self.section_on(i));
            } else if i > 1 {
                out.extend(self.beside(i));
            }
        }
        out
    }

    fn written(&self, i: usize) -> &str {
        &self.marked.text[self.places[i].clone()]
    }

    fn word(&self, i: usize) -> Option<String> {
        self.places.get(i).map(|r| folded(&self.marked.text[r.clone()]))
    }

    /// What stands between a word and the one before it.
    fn between(&self, i: usize) -> &str {
        self.places.get(i).map_or("", |r| &self.marked.text[self.places[i - 1].end..r.start])
    }

    fn joined(&self, i: usize) -> bool {
        matches!(self.between(i), " " | ". " | "." | "\u{a0}" | ".\u{a0}")
    }

    /// “Chapter 3”, “note 12”, “p. 45”: what the number at `i` is that of.
    fn numbered(&self, i: usize) -> Option<(Range<usize>, Place)> {
        let written = self.written(i);
        let kind = self.word(i - 1)?;
        let before = i.checked_sub(2).and_then(|b| self.word(b)).unwrap_or_default();
        let start = self.places[i - 1].start;
        let range = start..self.places[i].end;
        // `the chapter I read`
        let capital = |at: usize| self.marked.text[at..].chars().next().is_some_and(char::is_uppercase);
        if written.len() == 1
            && written.chars().all(char::is_alphabetic)
            && !(capital(start) && capital(self.places[i].start))
        {
            return None;
        }
        if NOTES.contains(&kind.as_str()) {
            let said = SEE.contains(&before.as_str()) || self.is_above(i + 1) || self.is_text_of(i - 1);
            // `supra, note 7`, where it does not follow somebody's name.
            let meant = said || ABOVE.contains(&before.as_str()) && self.is_uncited(&range);
            let note = self.labels.meant(written, self.part).filter(|_| meant)?;
            return Some((range, Place::Note(note)));
        }
        if PAGES.contains(&kind.as_str()) {
            let above = ABOVE.contains(&before.as_str()) || self.is_above(i + 1);
            let see = SEE.contains(&before.as_str());
            let is_own = self.is_uncited(&range) && (above || see && self.is_of_its_own(start));
            return is_own.then(|| (range, Place::Page(written.to_owned())));
        }
        let sense = sense(&kind).filter(|_| self.may_be_part(start))?;
        let (figures, last) = self.figures(i);
        if self.is_of_another(last + 1) {
            return None;
        }
        let range = start..self.places[last].end;
        let heading = match figures.as_slice() {
            [] | [_] => self.headings.numbered(sense, number::of(written)?).or_else(|| {
                let sent = SEE.contains(&before.as_str())
                    || ABOVE.contains(&before.as_str())
                    || self.is_above(i + 1);
                self.headings.figured(&[number::of(written)?]).filter(|_| sent)
            }),
            several => self.headings.figured(several),
        };
        Some((range, Place::Heading(heading?)))
    }

    /// Figures with full stops between them, as far as they go on, and the last of them.
    fn figures(&self, first: usize) -> (Vec<u32>, usize) {
        let mut out = Vec::new();
        let mut last = first;
        for i in first..self.places.len() {
            let goes_on = i == first || self.between(i) == ".";
            let Some(figure) = number::of_figures(self.written(i)).filter(|_| goes_on) else { break };
            out.push(figure);
            last = i;
        }
        (out, last)
    }

    /// True if the word there is “above” or the like.
    fn is_above(&self, i: usize) -> bool {
        let near = self.places.get(i).is_some() && matches!(self.between(i), " " | ", " | " (" | "\u{a0}");
        near && self.word(i).is_some_and(|w| ABOVE.contains(&w.as_str()))
    }

    /// True for a note whose text is meant: “text to n. 6”, “text accompanying note 6”.
    fn is_text_of(&self, note: usize) -> bool {
        let word = |back: usize| note.checked_sub(back).and_then(|i| self.word(i)).unwrap_or_default();
        matches!(word(1).as_str(), "to" | "at" | "accompanying")
            && matches!(word(2).as_str(), "text" | "texts")
    }

    /// True if what follows says that a part is another text's.
    fn is_of_another(&self, i: usize) -> bool {
        let of = self.places.get(i).is_some()
            && self.joined(i)
            && self.word(i).is_some_and(|w| OF.contains(&w.as_str()));
        let this = |i: usize| self.word(i).is_some_and(|w| THIS.contains(&w.as_str()));
        of && !this(i + 1) && !this(i + 2)
    }

    /// True if a part may be meant that is called by its name here: not in a heading, nor behind a title.
    fn may_be_part(&self, at: usize) -> bool {
        let before = self.marked.text[..at].trim_end_matches([' ', ',', '(']);
        self.stretch == Stretch::Body
            && !self.headings.holds(at)
            && !self.marked.emphasis.iter().any(|e| e.end == before.len())
    }

    /// True if no reference to a work holds these words.
    fn is_uncited(&self, range: &Range<usize>) -> bool {
        !self.cited.iter().any(|c| c.start < range.end && range.start < c.end)
    }

    /// True if nothing before it in its sentence, and no work in its paragraph, could have the page.
    fn is_of_its_own(&self, at: usize) -> bool {
        let text = &self.marked.text;
        let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        let sentence = line + text[line..at].rfind(". ").map_or(0, |i| i + 2);
        self.stretch == Stretch::Body
            && !self.cited.iter().any(|c| c.start < end && line < c.end)
            && !text[sentence..at].contains(quotes::is_mark)
            && !self.marked.emphasis.iter().any(|e| e.start < at && sentence < e.end)
    }

    /// “The section on …”: the longest run of the following words that is one heading's.
    fn section_on(&self, on: usize) -> Option<(Range<usize>, Place)> {
        /// Words of a heading.
        const LONGEST: usize = 12;
        if self.stretch != Stretch::Body {
            return None;
        }
        let last = (on + LONGEST).min(self.places.len() - 1);
        (on + 1..=last).rev().find_map(|end| {
            let range = self.places[on + 1].start..self.places[end].end;
            let written = self.marked.text.get(range.clone()).filter(|t| !t.contains('\n'))?;
            Some((range, Place::Heading(self.headings.titled(&key(written))?)))
        })
    }

    /// “The next chapter”, “le chapitre suivant”: with the word that ends it at `i`.
    fn beside(&self, i: usize) -> Option<(Range<usize>, Place)> {
        // Nearly every word is none of these.
        let written = self.written(i);
        if written.is_ascii() && !BESIDE.contains(written) {
            return None;
        }
        let last = folded(written);
        let kind = sense(&last);
        let which = if kind.is_some() { self.word(i - 1)? } else { last };
        let behind = match which.as_str() {
            next if NEXT.contains(&next) => true,
            previous if PREVIOUS.contains(&previous) => false,
            _ => return None,
        };
        let kind = kind.or_else(|| sense(&self.word(i - 1)?))?;
        let article = self.word(i - 2).is_some_and(|w| ARTICLES.contains(&w.as_str()));
        let start = self.places[i - 2].start;
        let together = self.between(i) == " " && self.between(i - 1) == " ";
        let is_meant = article && together && self.may_be_part(start) && !self.is_of_another(i + 1);
        let heading = self.headings.beside(kind, start, behind).filter(|_| is_meant)?;
        Some((start..self.places[i].end, Place::Heading(heading)))
    }
}
