//! What follows a title: who edited it, where it stands, when and where it was published, and the place in it.
//!
//! The parts are taken as they come, each told by its own look; the first word that is none of them ends the citation.
//!
//! `dated`: its year; `people`: editors and translators; `container`: what it stands in; `volume`: volumes, numbers and
//! editions; `imprint`: where and by whom it was published; `access`: the day on which it was looked at; `place`: the
//! place in it.

mod access;
mod container;
mod dated;
mod imprint;
mod people;
mod place;
mod volume;

pub use access::is_month;
pub use dated::dated;

use crate::cite::model::{Description, Kind as WorkKind, Manner};
use crate::cite::name::Names;
use crate::cite::reading::{Place, Reading, Strength, Title};
use crate::cite::token::{Kind, Tokens};
use crate::cite::vocabulary::{EDITORS, TRANSLATORS, WITHIN, has};
use crate::quotes;
use dated::last_year;

/// The parts read so far.
struct Rest<'t, 'a> {
    tokens: &'t Tokens<'a>,
    limit: usize,
    list: bool,
    at: usize,
    /// The byte behind the last part.
    end: usize,
    work: Description,
    locator: Option<crate::cite::model::Locator>,
    /// Words between commas that may be a place and a publisher.
    loose: Vec<String>,
}

/// A citation with a title: what follows the title, from `at` on.
pub fn full(
    tokens: &Tokens,
    place: Place,
    names: Names,
    title: Title,
    at: usize,
) -> Option<(Reading, usize)> {
    let start = tokens.get(place.start)?.start;
    let mut rest = Rest {
        tokens,
        limit: place.limit,
        list: place.list,
        at,
        end: tokens.get(at.checked_sub(1)?)?.end,
        work: Description::default(),
        locator: None,
        loose: Vec::new(),
    };
    if title.quoted {
        rest.work.kind = WorkKind::Article;
    }
    rest.read();
    if place.list && rest.work.year.is_none() {
        rest.work.year = last_year(tokens, rest.at, place.limit);
    }
    rest.publish();
    let Rest { at: next, end, mut work, locator, .. } = rest;
    work.title = title.text;
    if title.quoted && work.container.is_none() && work.url.is_some() {
        work.kind = WorkKind::WebPage;
    } else if title.quoted && work.container.is_none() && locator.is_none() {
        work.kind = if work.editors.is_empty() { WorkKind::Article } else { WorkKind::Book };
    } else if title.quoted && work.container.is_none() && !work.editors.is_empty() {
        work.kind = WorkKind::Book;
    }
    work.et_al = names.et_al;
    if names.editors {
        work.editors = names.names;
    } else {
        work.authors = names.names;
    }
    for name in &mut work.authors {
        if let Some(bare) = quotes::possessor(&name.family) {
            name.family = bare.to_owned();
        }
    }
    let strength = if title.marked { Strength::Defines } else { Strength::IfKnown };
    let reading = Reading {
        range: start..end,
        manner: Manner::Full,
        work,
        locator,
        year_or_page: None,
        note: None,
        same_author: false,
        strength,
    };
    Some((reading, next))
}

impl Rest<'_, '_> {
    fn done(&mut self, next: usize) {
        self.at = next;
        if let Some(last) = next.checked_sub(1).and_then(|l| self.tokens.get(l)) {
            self.end = last.end;
        }
    }

    fn read(&mut self) {
        while self.at < self.limit {
            let at = self.at;
            if !self.part() {
                break;
            }
            if self.at <= at {
                break;
            }
        }
    }

    /// Takes one part; false if none is here.
    fn part(&mut self) -> bool {
        let tokens = self.tokens;
        let i = self.at;
        let Some(token) = tokens.get(i) else { return false };
        if let Kind::Sign(sign) = token.kind {
            return match sign {
                ',' | ':' | '.' | '/' | '-' | '–' | '—' | '&' | ';' => {
                    self.at = i + 1;
                    true
                }
                '(' | '[' => self.parenthesis(i),
                _ => self.piece(i),
            };
        }
        if token.emphasis > 0 && tokens.emphasis(i).is_some() {
            return self.piece(i);
        }
        if token.kind == Kind::Address {
            self.work.url = Some(token.text.to_owned());
            self.done(i + 1);
            return true;
        }
        let word = tokens.lower(i);
        if (has(TRANSLATORS, &word) || has(EDITORS, &word)) && self.people(i, has(TRANSLATORS, &word)) {
            return true;
        }
        if has(WITHIN, &word) && self.container(i + 1) {
            return true;
        }
        if self.volume(i, &word) {
            return true;
        }
        if self.access(i, &word) {
            return true;
        }
        if token.kind == Kind::Number {
            return self.number(i);
        }
        if self.undated(i, &word) {
            return true;
        }
        if self.place(i) {
            return true;
        }
        self.words(i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::reading::read;

    /// What is read of a citation whose title stands in quotation marks or nothing marks.
    fn work(text: &str) -> (Description, String) {
        let tokens = Tokens::of(text, 0..text.len(), &[]);
        let place = Place { start: 0, limit: tokens.all.len(), list: false };
        let (reading, _) = read(&tokens, place).unwrap_or_else(|| panic!("{text}"));
        (reading.work, text[reading.range].to_owned())
    }

    #[test]
    fn a_publisher_is_no_month() {
        for (imprint, place, publisher) in [
            ("Berlin: Springer, 2004", Some("Berlin"), Some("Springer")),
            ("Marburg: Weir, 2004", Some("Marburg"), Some("Weir")),
            ("Boston: Mariner Books, 2004", Some("Boston"), Some("Mariner Books")),
            ("Fall River: Junius, 2004", Some("Fall River"), Some("Junius")),
            ("London, March 1904", Some("London"), None),
            ("March 3rd, 1904", None, None),
            ("Spring 1904", None, None),
            ("July/August 1904", None, None),
            ("Mai 1904", None, None),
        ] {
            let (work, _) = work(&["Ann Orme, Of Weirs (", imprint, "), 7"].concat());
            assert_eq!((work.place.as_deref(), work.publisher.as_deref()), (place, publisher), "{imprint}");
        }
    }

    #[test]
    fn a_page_was_looked_at_on_a_day() {
        let text = "Ann Orme, “Of Weirs”, https://weirs.example/1, abgerufen am 3. März 2019";
        let (work, words) = work(text);
        assert_eq!((words.as_str(), work.year), (text, None));
        let text = "Anne Orme, « Des moulins », https://weirs.example/1, consulté le 3 août 2019";
        assert_eq!(self::work(text).1, text);
    }

    #[test]
    fn a_journal_has_its_volume_before_the_year() {
        for text in [
            "Ann Orme, “Of Weirs,” Mill Studies 3 (1977): 609–55",
            "Ann Orme, “Of Weirs”, Mill Studies, 3 (1977), 609–55",
            "Ann Orme, “Of Weirs,” Mill Studies 3 (Spring 1977): 609–55",
            "Ann Orme, “Of Weirs,” Mill Studies 3, 1977, 609–55",
            "Ann Orme, “Of Weirs,” Mill Studies 3, March 1977, 609–55",
            "Orme, A., “Of Weirs,” Mill Studies 3, March 1977, 609–55",
        ] {
            let (work, words) = work(text);
            let said = (work.container.as_deref(), work.volume.as_deref(), work.year.as_deref());
            assert_eq!(said, (Some("Mill Studies"), Some("3"), Some("1977")), "{text}");
            assert_eq!(words, text);
        }
    }

    #[test]
    fn a_book_that_holds_a_piece_needs_no_mark() {
        for text in [
            "Ann Orme, “Of Weirs”, in The New Mill, ed. Eva Varn (Leeds: Weir, 1989), pp. 15–17, at 16",
            "Ann Orme, “Of Weirs”, in The New Mill (Leeds: Weir, 1989), p. 16",
            "Ann Orme, “Of Weirs”, in Eva Varn (ed.), The New Mill (Leeds: Weir, 1989), p. 16",
        ] {
            let (work, words) = work(text);
            assert_eq!(
                (work.container.as_deref(), work.year.as_deref()),
                (Some("The New Mill"), Some("1989")),
                "{text}"
            );
            assert_eq!(words, text);
        }
        assert_eq!(work("Ann Orme, “Of Weirs”, in Leeds").0.container, None);
    }

    #[test]
    fn what_has_a_year_is_not_undated() {
        assert_eq!(work("Ann Orme, Of Weirs (Leeds: Weir, 1904), n. d.").0.year.as_deref(), Some("1904"));
        assert_eq!(work("Ann Orme, “Of Weirs”, Leeds, n. d.").0.year.as_deref(), Some("n.d."));
    }
}
