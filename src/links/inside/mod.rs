//! Links of a document to its own places, where they are certain.
//!
//! * “part II”, “chapter 3”, “section 4.2”: the only heading that begins so, unless another book's is meant (“chapter 3
//!   of”); a heading that has nothing but a figure only where the text says “see” or “above”
//! * “the next chapter”: the heading one further than that of the chapter which says so
//! * “the section on …”: the only heading of these words
//! * “see note 12”, “note 12 above”: the only note with that label, in the part that says so where labels begin anew
//! * “p. 45 above”, “(see p. 45)”: the printed page, unless a work or a quotation stands beside it
//! * a quotation of the text's own words: the only place further up where they stand (posts of a thread quote each other)
//! * lines of a table of contents: the only heading further down with the words of each
//!
//! “As mentioned above” alone names no place, and is none.

mod contents;
mod heading;
mod number;
mod reference;
mod said;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::links::shared::Word;
use crate::model::{Marked, NoteId, Passage, Stretch};
use heading::Headings;
use reference::{Labels, Reading};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The heading that begins at this byte of the body.
    Heading(usize),
    /// A note.
    Note(NoteId),
    /// The printed page of this number, if there is one.
    Page(String),
    /// The paragraph that holds this byte of the body, which says what is quoted.
    Said(usize),
}

/// What the document knows of itself besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The part and the label of each note.
    pub notes: &'a [(u32, &'a str)],
    /// Where it refers to works, in order.
    pub cited: &'a [Passage],
    /// The words of the body.
    pub words: &'a [Word],
    /// True if its parts are posts.
    pub is_thread: bool,
}

/// A document's links to its own places.
pub fn find(stretches: &[(Stretch, Marked)], known: Known) -> Vec<(Passage, Place)> {
    let Some((_, body)) = stretches.iter().find(|s| s.0 == Stretch::Body) else { return Vec::new() };
    let headings = Headings::of(body);
    let labels = Labels::of(known.notes);
    let mut out = Vec::new();
    for (stretch, marked) in stretches {
        let reading = Reading::new(*stretch, marked, &headings, &labels, known);
        let found = reading.references();
        out.extend(found.into_iter().map(|(range, place)| (Passage { stretch: *stretch, range }, place)));
    }
    out.extend(
        contents::lines(body, &headings).into_iter().map(|(r, at)| (Passage::in_body(r), Place::Heading(at))),
    );
    let quoted = said::quotations(body, known.words, known.is_thread);
    out.extend(quoted.into_iter().map(|(range, at)| (Passage::in_body(range), Place::Said(at))));
    out
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    crate::words::words(text, |_| false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `# ` before a line makes it a heading, `*…*` emphasis.
    fn found_with(text: &str, notes: &[(u32, &str)], cited: &[&str]) -> Vec<(String, Place)> {
        let mut marked = Marked::default();
        for line in text.split_inclusive('\n') {
            let at = marked.text.len();
            if let Some(heading) = line.strip_prefix("# ") {
                marked.headings.push(at..at + heading.trim_end().len());
                marked.text.push_str(heading);
                continue;
            }
            for (i, piece) in line.split('*').enumerate() {
                let at = marked.text.len();
                marked.text.push_str(piece);
                if i % 2 == 1 {
                    marked.emphasis.push(at..marked.text.len());
                }
            }
        }
        let text = marked.text.clone();
        let passage = |words: &&str| {
            let at = text.find(words).unwrap();
            Passage::in_body(at..at + words.len())
        };
        let cited: Vec<Passage> = cited.iter().map(passage).collect();
        let found = find(&[(Stretch::Body, marked)], Known { notes, cited: &cited, ..Known::default() });
        found.into_iter().map(|(p, place)| (text[p.range].to_owned(), place)).collect()
    }

    fn words_found(text: &str) -> Vec<String> {
        found_with(text, &[], &[]).into_iter().map(|f| f.0).collect()
    }

    #[test]
    fn parts_and_chapters_lead_to_their_heading() {
        let text =
            "As part II shows, and Chapter 3 of her book, and chapter 9.\n# Part II. Wells\n# Chapter 3\nx\n";
        assert_eq!(words_found(text), ["part II"]);
        assert_eq!(words_found("See chapter 3 of this book.\n# Chapter 3\nx\n"), ["chapter 3"]);
    }

    #[test]
    fn figures_of_several_parts_are_certain_and_one_alone_where_the_text_sends_there() {
        let headings = "# 2. Wells\n# 2.1 Deep\n# 2.1.3 Deeper\n";
        let found = |text: &str| words_found(&[text, headings].concat());
        assert_eq!(
            found("Section 2.1.3 says so, and section 2.1. It ends.\n"),
            ["Section 2.1.3", "section 2.1"]
        );
        assert!(found("Pages of section 2 are manuals.\n").is_empty());
        assert_eq!(found("It is dry (see section 2).\n"), ["section 2"]);
        assert!(found("Section 2.1 of the Act says so, section 2.9 too.\n").is_empty());
    }

    #[test]
    fn the_next_chapter_is_the_one_behind_this() {
        let text = "# Chapter I\nIn the next chapter, and the preceding chapter.\n# Chapter II\nAs the previous \
                    chapter said; the next chapter of her life.\n";
        let found: Vec<_> = found_with(text, &[], &[]);
        let second = text.find("# Chapter II").unwrap() - 2;
        assert_eq!(
            found,
            [
                ("the next chapter".to_owned(), Place::Heading(second)),
                ("the previous chapter".to_owned(), Place::Heading(0)),
            ]
        );
    }

    #[test]
    fn notes_are_meant_where_the_text_says_so() {
        let text = "See note 2, and note 1 above; but note 3 men. See note 9.\n";
        let found = found_with(text, &[(1, "1"), (1, "2"), (1, "3")], &[]);
        assert_eq!(found.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["note 2", "note 1"]);
        assert!(found_with(text, &[(1, "2"), (2, "2")], &[]).is_empty(), "which of two is not known");
        let text = "Supra, note 1. The text to n. 2; n. 3 above. Orme, supra note 1. He read n. 2.\n";
        let found = found_with(text, &[(1, "1"), (1, "2"), (1, "3")], &["Orme, supra note 1"]);
        assert_eq!(found.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["note 1", "n. 2", "n. 3"]);
    }

    #[test]
    fn a_note_speaks_of_the_notes_of_its_own_part() {
        let note = |text: &str| Marked { text: text.to_owned(), ..Marked::default() };
        let stretches = [(Stretch::Body, note("x\n")), (Stretch::Note(NoteId(2)), note("See note 1.\n"))];
        let notes = [(1, "1"), (2, "1"), (2, "2")];
        let found = find(&stretches, Known { notes: &notes, cited: &[], ..Known::default() });
        assert_eq!(found[0].1, Place::Note(NoteId(1)));
    }

    #[test]
    fn printed_pages_are_meant_where_no_work_is_near() {
        let page = |text: &str, cited: &[&str]| {
            found_with(text, &[], cited).into_iter().map(|f| f.0).collect::<Vec<_>>()
        };
        assert_eq!(
            page("The bills (see p. 45) are kept; cf. above, p. 12, and page 7 below.\n", &[]),
            ["p. 45", "p. 12", "page 7"]
        );
        assert!(page("Orme 1931, see p. 45.\n", &["Orme 1931"]).is_empty());
        assert!(page("In *The Weir* (see p. 45) it is dry. She turned p. 46.\n", &[]).is_empty());
        assert!(page("“It is dry” (see p. 45).\n", &[]).is_empty());
    }

    #[test]
    fn above_alone_is_no_place() {
        assert!(words_found("As mentioned above, and as will be seen below.\n# Above\n").is_empty());
    }

    #[test]
    fn sections_by_their_words_and_lines_of_contents() {
        let text = "Old wells . . . 3\n2. New wells – 17\nSee the section on new wells below.\n# Old wells\n# New wells\n";
        assert_eq!(words_found(text), ["new wells", "Old wells", "2. New wells"]);
        let numbered = "1 Old wells 3\n2 New wells 17\n# 1. Old wells\n# 2. New wells\n";
        assert_eq!(words_found(numbered), ["1 Old wells", "2 New wells"]);
        let cut =
            "Old wells 3\nThe other neigh- bours’ wells 17\n# Old wells\n# The other neighbours’ wells\n";
        assert_eq!(words_found(cut), ["Old wells", "The other neigh- bours’ wells"]);
    }

    #[test]
    fn a_signature_is_no_line_of_contents() {
        let text = "Yours, in haste,\nOrme\nYours ever,\nOrme\n# Orme\n# Wells\n";
        assert!(words_found(text).is_empty());
        assert!(words_found("Wells\nOrme\n# Orme\n# Wells\n").is_empty(), "in another order");
    }
}
