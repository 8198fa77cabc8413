//! Quotation marks, and what each does where it stands.
//!
//! Languages share the marks and not their use: `“` opens in English (“…”) and closes in German („…“), `»` closes in
//! French («…») and opens in German books (»…«), and in Swedish ”…” one mark does both. So a mark says what it *may* do
//! ([`opens`], [`closes`]); what it does, the signs on both sides of it say ([`marks`], [`ends_quotation`]).

use std::ops::Range;

/// The look of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `“ ” „ ‟`
    Curly,
    /// `‘ ’ ‚ ‛`, of which `’` is an apostrophe, too.
    Single,
    /// `« » ‹ ›`
    Angled,
    /// `「 」 『 』 《 》`
    Corner,
    /// `"`
    Straight,
    /// `'`, which is an apostrophe, too.
    StraightSingle,
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A quotation begins behind it.
    Opens,
    /// A quotation ends before it.
    Closes,
}

/// A mark in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The byte that it begins at.
    pub at: usize,
    /// The character.
    pub sign: char,
    /// How it looks.
    pub shape: Shape,
    /// What it does there.
    pub part: Part,
}

/// The shape of a character that is a quotation mark.
pub const fn shape(c: char) -> Option<Shape> {
    Some(match c {
        '“' | '”' | '„' | '‟' => Shape::Curly,
        '‘' | '’' | '‚' | '‛' => Shape::Single,
        '«' | '»' | '‹' | '›' => Shape::Angled,
        '「' | '」' | '『' | '』' | '《' | '》' => Shape::Corner,
        '"' => Shape::Straight,
        '\'' => Shape::StraightSingle,
        _ => return None,
    })
}

/// True for a mark that opens a quotation in some language.
pub const fn opens(c: char) -> bool {
    shape(c).is_some() && !matches!(c, '」' | '』' | '》')
}

/// True for a mark that closes a quotation in some language.
pub const fn closes(c: char) -> bool {
    shape(c).is_some() && !matches!(c, '„' | '‚' | '‟' | '‛' | '「' | '『' | '《')
}

/// True for a mark that is nothing else: no apostrophe.
pub const fn is_mark(c: char) -> bool {
    shape(c).is_some() && !is_apostrophe(c)
}

/// True for what is set as an apostrophe.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '\'' | 'ʼ')
}

/// Whose something is: `Orme` of `Orme’s`.
pub fn possessor(word: &str) -> Option<&str> {
    word.strip_suffix(['s', 'S'])?.strip_suffix(is_apostrophe).filter(|bare| !bare.is_empty())
}

/// The marks that may close what a mark opens; none for one that never opens. A straight mark serves for a curly one
/// where a typist mixed them.
pub const fn closing(open: char) -> &'static [char] {
    match open {
        '“' | '‟' => &['”', '"'],
        '”' => &['”'],
        '„' => &['“', '”', '"'],
        '"' => &['"', '”'],
        '«' => &['»'],
        '»' => &['«', '»'],
        '‹' => &['›'],
        '›' => &['‹', '›'],
        '‘' | '‛' | '’' => &['’'],
        '‚' => &['‘', '’'],
        '\'' => &['\''],
        '「' => &['」'],
        '『' => &['』'],
        '《' => &['》'],
        _ => &[],
    }
}

/// The marks of a text, but for the single ones: those cannot be told from apostrophes.
pub fn marks(text: &str) -> impl Iterator<Item = Mark> {
    marks_between(None, text, None)
}

/// The marks of a text with these characters before and behind it.
pub fn marks_between(before: Option<char>, text: &str, after: Option<char>) -> impl Iterator<Item = Mark> {
    // Nearly all bytes are none that such a mark begins with.
    let may_be = |byte: u8| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3);
    text.bytes().enumerate().filter(move |&(_, byte)| may_be(byte)).filter_map(move |(at, _)| {
        let sign = text[at..].chars().next()?;
        let shape = shape(sign).filter(|s| !matches!(s, Shape::Single | Shape::StraightSingle))?;
        let before = text[..at].chars().next_back().or(before);
        let after = text[at + sign.len_utf8()..].chars().next().or(after);
        Some(Mark { at, sign, shape, part: part(before, sign, after) })
    })
}

/// What a mark does between two characters: it hugs what it quotes. Where both sides are alike, as in `« mot »`, it
/// does what it does in English or French.
fn part(before: Option<char>, mark: char, after: Option<char>) -> Part {
    match (opens(mark), closes(mark)) {
        (true, false) => return Part::Opens,
        (false, true) => return Part::Closes,
        _ => {}
    }
    let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_dash = |c: Option<char>| matches!(c, Some('—' | '–'));
    let leads = apart(before) || is_dash(before) || before.is_some_and(|c| "([{".contains(c));
    let follows = apart(after) || is_dash(after) || after.is_some_and(|c| ".,;:!?)]}".contains(c));
    match (leads, follows) {
        (true, false) => Part::Opens,
        (false, true) => Part::Closes,
        // Somebody is interrupted: `–“ said`.
        (true, true) if is_dash(before) && apart(after) => Part::Closes,
        (true, true) if apart(before) && is_dash(after) => Part::Opens,
        _ if matches!(mark, '“' | '«' | '‹' | '‘' | '"' | '\'') => Part::Opens,
        _ => Part::Closes,
    }
}

/// True if a text ends with a mark that closes a quotation.
pub fn ends_quotation(text: &str) -> bool {
    let mut chars = text.chars().rev();
    let last = chars.next().filter(|&c| closes(c));
    last.is_some_and(|mark| part(chars.next(), mark, None) == Part::Closes)
}

/// What stands in quotation marks and within one line, without its marks; a quotation stands behind those in it.
pub fn quoted(text: &str) -> Vec<Range<usize>> {
    /// Quotations within each other; of more that are open, the outer ones were never closed.
    const DEEPEST: usize = 4;
    let mut out = Vec::new();
    let mut line = 0;
    for content in text.split_inclusive('\n') {
        let mut open: Vec<(usize, char)> = Vec::new();
        for mark in marks(content) {
            // Spaces tell little of straight marks: the second closes what the first opened.
            let closed = open.iter().rposition(|&(_, o)| {
                closing(o).contains(&mark.sign) && (mark.part == Part::Closes || (o, mark.sign) == ('"', '"'))
            });
            match closed {
                Some(i) => {
                    out.push(line + open[i].0..line + mark.at);
                    open.truncate(i);
                }
                None if mark.part == Part::Opens => {
                    if open.len() == DEEPEST {
                        open.remove(0);
                    }
                    open.push((mark.at + mark.sign.len_utf8(), mark.sign));
                }
                None => {}
            }
        }
        line += content.len();
    }
    out
}

/// How many more quotations a text opens than it closes, by the marks that differ for both in some language.
pub fn balance(text: &str) -> i32 {
    let told = marks(text).filter(|m| m.shape != Shape::Straight);
    told.map(|m| if m.part == Part::Opens { 1 } else { -1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `<` and `>` for the marks that open and close.
    fn read(text: &str) -> String {
        let mut out = text.to_owned();
        for mark in marks(text).collect::<Vec<_>>().into_iter().rev() {
            let len = text[mark.at..].chars().next().map_or(0, char::len_utf8);
            let sign = if mark.part == Part::Opens { "<" } else { ">" };
            out.replace_range(mark.at..mark.at + len, sign);
        }
        out
    }

    #[test]
    fn what_a_mark_does_is_told_by_its_neighbours() {
        for (text, expected) in [
            ("He said, “The mill (“weir”) stands.” Then", "He said, <The mill (<weir>) stands.> Then"),
            ("Er sagte: „Die Mühle steht.“ Dann", "Er sagte: <Die Mühle steht.> Dann"),
            ("– „Aber –“ sagte er", "– <Aber –> sagte er"),
            ("Er las »Die Mühle«, dann", "Er las <Die Mühle>, dann"),
            (
                "Il dit : « Le moulin », puis (« le barrage »)",
                "Il dit : < Le moulin >, puis (< le barrage >)",
            ),
            ("He said, “...and (“)", "He said, <...and (<)"),
            ("Han sade: ”Kvarnen står.” Sedan", "Han sade: <Kvarnen står.> Sedan"),
            ("She said \"no\"; he’d “gone”.", "She said <no>; he’d <gone>."),
            ("彼は「水車」と言った", "彼は<水車>と言った"),
            ("Wort“, sagte er", "Wort>, sagte er"),
            ("le moulin » dit-il", "le moulin > dit-il"),
        ] {
            assert_eq!(read(text), expected);
        }
    }

    #[test]
    fn quotations_left_open_are_counted() {
        for (text, expected) in [
            ("Er sagte: „Die Mühle", 1),
            ("steht still.“ Dann", -1),
            ("las »Die Mühle", 1),
            ("am Wehr« und ging", -1),
            ("„Die Mühle“ und »das Wehr«", 0),
            ("5\" of water", 0),
        ] {
            assert_eq!(balance(text), expected, "{text}");
        }
    }

    #[test]
    fn quotations_end_on_their_line_and_hold_others() {
        let found = |text: &'static str| quoted(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(found("“The »Old« Mill” and \"weirs\""), ["Old", "The »Old« Mill", "weirs"]);
        assert_eq!(
            found("„Die Mühle“ und »das Wehr«, « le moulin », ”kvarnen”"),
            ["Die Mühle", "das Wehr", " le moulin ", "kvarnen"]
        );
        assert_eq!(found("“The mill\nand the weir” of “Leeds”"), ["Leeds"]);
    }

    #[test]
    fn what_ends_a_quotation_stands_behind_a_word() {
        for text in ["steht.“", "steht.«", "stands.”", "stands.\"", "debout. »", "står”", "立つ」", "‚so‘"]
        {
            assert!(ends_quotation(text), "{text}");
        }
        for text in ["he said “", "il dit «", "she said \"", "stands", ""] {
            assert!(!ends_quotation(text), "{text}");
        }
    }

    #[test]
    fn an_apostrophe_shows_whose_something_is() {
        assert_eq!(["Orme’s", "Orme's", "ORME’S"].map(possessor), [Some("Orme"), Some("Orme"), Some("ORME")]);
        assert_eq!(["Ormes", "Ormes’", "’s"].map(possessor), [None; 3]);
    }

    #[test]
    fn what_opens_may_be_closed() {
        let marks = "“”„‟‘’‚‛«»‹›「」『』《》\"'".chars();
        for mark in marks {
            assert_eq!(opens(mark), !closing(mark).is_empty(), "{mark}");
            assert!(closing(mark).iter().all(|&c| closes(c)), "{mark}");
        }
    }
}
