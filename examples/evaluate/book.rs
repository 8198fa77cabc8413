//! A text cut into the pages of a book.

use std::ops::Range;

use crate::dice::Dice;
use crate::imposed::Scheme;

/// A text cut into pages, and how they are printed.
pub struct Book {
    /// What stands on each page that the file has, in reading order; a blank page holds nothing.
    pages: Vec<Page>,
    /// Pages of the whole book.
    size: usize,
    /// The text of every note, by number from 1.
    pub notes: Vec<String>,
    /// The paragraphs that are wholly in it.
    pub whole: Vec<String>,
    /// Its headings.
    pub headings: Vec<String>,
    style: Style,
}

/// A page.
#[derive(Default)]
struct Page {
    /// Its place in the book, from 0.
    place: usize,
    /// Its paragraphs, of which the first and last may be cut.
    paragraphs: Vec<String>,
    notes: Vec<String>,
    /// True if it bears its number, where pages do.
    numbered: bool,
    /// True if it begins within a paragraph, and if it ends within one.
    torn: (bool, bool),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    None,
    Above,
    Below,
}

#[derive(Clone, Copy)]
struct Style {
    scheme: Scheme,
    capacity: usize,
    numbers: Numbers,
    wrapped: bool,
    heads: bool,
    notes: bool,
    feeds: bool,
    /// Lines between pages that have no form feed.
    apart: usize,
    hyphens: bool,
    headings: bool,
    blanks: usize,
    /// True if blank pages leave a trace in the file.
    kept: bool,
    missing: usize,
    unnumbered: usize,
}

/// A book as a file.
pub struct Printed {
    pub text: String,
    /// Where each page stands in it: its number in reading order among those there are, its bytes.
    pub pages: Vec<(usize, Range<usize>)>,
}

/// The paragraphs of running text, without notes and their markers: those of the book are its own. None where the
/// text is damaged itself, which is no text whose order is known.
pub fn prose(text: &str) -> Vec<String> {
    /// One of so many paragraphs may begin within a sentence: more do in no text that was not torn by pages or columns.
    const TORN: usize = 5;
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|p| !is_note(p))
        .map(|p| unmarked(&p))
        .filter(|p| {
            let letters = p.chars().filter(|c| c.is_alphabetic() || *c == ' ').count();
            let plain =
                !p.contains("](") && !p.contains(['<', '`', '|']) && !p.starts_with(['#', '>', '-', '*']);
            plain && p.chars().count() >= 60 && letters * 10 >= p.chars().count() * 8 && p.contains(' ')
        })
        .collect();
    let torn = paragraphs.iter().filter(|p| p.starts_with(char::is_lowercase)).count();
    if torn * TORN > paragraphs.len() { Vec::new() } else { paragraphs }
}

/// True for a paragraph that begins as notes do.
fn is_note(paragraph: &str) -> bool {
    let digits = paragraph.bytes().take_while(u8::is_ascii_digit).count();
    paragraph.starts_with(|c: char| "[{$^*†‡<¹²³⁴⁵⁶⁷⁸⁹".contains(c))
        || digits > 0 && paragraph[digits..].starts_with([' ', ')'])
        || paragraph.starts_with('(') && paragraph[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// A paragraph without the markers in it: `[12]`, `^[3]`, `${ }^{4}$`, `⁵`.
fn unmarked(paragraph: &str) -> String {
    let mut out = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some(at) = rest.find(['[', '$', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
    {
        let sign = rest[at..].chars().next().map_or(1, char::len_utf8);
        let close = match &rest[at..at + sign] {
            "[" => rest[at..].find(']').map(|i| i + 1),
            "$" => rest[at + 1..].find('$').map(|i| i + 2),
            _ => Some(sign),
        };
        let marker = close.filter(|&close| {
            let inner = &rest[at + sign..at + close.max(sign)];
            inner.chars().count() <= 12 && inner.chars().all(|c| c.is_ascii_digit() || " {}^*]$".contains(c))
        });
        let kept = rest[..at].strip_suffix('^').filter(|_| marker.is_some()).unwrap_or(&rest[..at]);
        out.push_str(kept);
        let next = at + marker.unwrap_or(sign);
        if marker.is_none() {
            out.push_str(&rest[at..next]);
        }
        rest = &rest[next..];
    }
    out + rest
}

impl Book {
    /// A book of a stretch of these paragraphs, unless they are too few.
    pub fn draw(paragraphs: &[String], dice: &mut Dice) -> Option<Book> {
        let all: usize = paragraphs.iter().map(String::len).sum();
        let capacity = 1_300 + dice.below(1_300);
        let sizes: Vec<usize> = (2..=16).map(|k| k * 4).filter(|n| n * capacity < all).collect();
        if sizes.is_empty() {
            return None;
        }
        let size = dice.one(&sizes);
        let style = Style::draw(size, capacity, dice);
        let filled = size - style.blanks - 1;
        let mut from = dice.below(paragraphs.len());
        let behind = |from: usize| paragraphs[from..].iter().map(String::len).sum::<usize>();
        while from > 0 && behind(from) < filled * capacity {
            from /= 2;
        }
        let mut book = Book {
            pages: Vec::new(),
            size,
            notes: Vec::new(),
            whole: Vec::new(),
            headings: Vec::new(),
            style,
        };
        let title = vec!["# A Book of Sheets".to_owned(), "printed for the evaluation".to_owned()];
        book.pages.push(Page { paragraphs: title, ..Page::default() });
        let filled = book.fill(&paragraphs[from..], filled, dice);
        filled.then_some(())?;
        book.blank(dice);
        if style.notes {
            book.annotate(dice);
        }
        for _ in 0..style.missing {
            let lost = 1 + dice.below(book.pages.len() - 1);
            book.pages.remove(lost);
        }
        for _ in 0..style.unnumbered {
            let bare = dice.below(book.pages.len());
            book.pages[bare].numbered = false;
        }
        Some(book)
    }

    /// Cuts paragraphs into so many pages; false if they do not suffice.
    fn fill(&mut self, paragraphs: &[String], count: usize, dice: &mut Dice) -> bool {
        let style = self.style;
        let mut page: Vec<String> = Vec::new();
        let mut room = style.capacity;
        let mut begins_torn = false;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            if style.headings && index % 7 == 6 && room > 300 && paragraph.len() > 200 {
                let heading = heading(paragraph, self.headings.len() + 1);
                page.push(heading.clone());
                self.headings.push(heading);
                room -= 60;
            }
            let mut rest = paragraph.as_str();
            loop {
                if rest.len() <= room {
                    page.push(rest.to_owned());
                    room = room.saturating_sub(rest.len() + 60);
                    if room > 120 {
                        break;
                    }
                    rest = "";
                }
                let mut ends_torn = false;
                if !rest.is_empty() {
                    let (left, right) = cut(rest, room, style.hyphens && dice.chance(40));
                    ends_torn = !left.is_empty() || rest.len() < paragraph.len();
                    if !left.is_empty() {
                        page.push(left);
                    }
                    rest = &rest[rest.len() - right.len()..];
                }
                if page.is_empty() {
                    return false;
                }
                let paragraphs = std::mem::take(&mut page);
                let torn = (begins_torn, ends_torn);
                self.pages.push(Page { paragraphs, numbered: true, torn, ..Page::default() });
                begins_torn = ends_torn;
                room = style.capacity;
                if self.pages.len() == count + 1 {
                    return true;
                }
                if rest.is_empty() {
                    break;
                }
            }
            self.whole.push(paragraph.clone());
        }
        false
    }

    /// Gives every page its place, with blank ones behind the title, at the end or anywhere.
    fn blank(&mut self, dice: &mut Dice) {
        for _ in 0..self.style.blanks {
            let end = self.pages.len();
            let at = match dice.below(4) {
                0 => 1,
                1 => end,
                2 => end - 1,
                _ => 1 + dice.below(end - 1),
            };
            self.pages.insert(at, Page::default());
        }
        for (place, page) in self.pages.iter_mut().enumerate() {
            page.place = place;
        }
        if !self.style.kept {
            self.pages.retain(|p| !p.paragraphs.is_empty());
        }
    }

    /// Puts notes at the feet of pages.
    fn annotate(&mut self, dice: &mut Dice) {
        for page in self.pages.iter_mut().skip(1) {
            for paragraph in &mut page.paragraphs {
                let Some(at) = paragraph.match_indices(". ").map(|m| m.0 + 1).nth(dice.below(3)) else {
                    continue;
                };
                if dice.chance(50) {
                    let number = self.notes.len() + 1;
                    paragraph.insert_str(at, &format!("<sup>{number}</sup>"));
                    page.notes.push(note(number, dice));
                    self.notes.push(page.notes[page.notes.len() - 1].clone());
                }
            }
        }
    }

    /// The numbers of the pages with text, in reading order.
    pub fn reading(&self) -> Vec<usize> {
        (0..self.pages.len()).filter(|&i| !self.pages[i].paragraphs.is_empty()).collect()
    }

    /// How many edges of pages that meet in the print nothing shows: no mark of any kind, no sentence that is torn.
    pub fn traceless(&self) -> usize {
        let style = self.style;
        if style.feeds || style.heads || style.apart > 1 {
            return 0;
        }
        let order = self.order_of_sheets();
        let edge = |w: &&[usize]| {
            let (above, below) = (&self.pages[w[0]], &self.pages[w[1]]);
            let blank = above.paragraphs.is_empty() || below.paragraphs.is_empty();
            let number = style.numbers == Numbers::Below && above.numbered
                || style.numbers == Numbers::Above && below.numbered;
            let titled = above.place == 0 || below.place == 0;
            !blank && !number && !titled && above.notes.is_empty() && !above.torn.1 && !below.torn.0
        };
        order.windows(2).filter(edge).count()
    }

    /// The book in reading order.
    pub fn bound(&self) -> Printed {
        self.print((0..self.pages.len()).collect())
    }

    /// The book in the order of its sheets.
    pub fn imposed(&self) -> Printed {
        self.print(self.order_of_sheets())
    }

    fn order_of_sheets(&self) -> Vec<usize> {
        let places = self.style.scheme.order(self.size).into_iter();
        places.filter_map(|place| self.pages.iter().position(|p| p.place == place)).collect()
    }

    fn print(&self, order: Vec<usize>) -> Printed {
        let mut text = String::new();
        let mut pages = Vec::new();
        for index in order {
            if !text.is_empty() {
                text.push_str(if self.style.feeds { "\n\u{c}" } else { &"\n\n\n"[..self.style.apart] });
            }
            let start = text.len();
            self.page(&self.pages[index], &mut text);
            pages.push((index, start..text.len()));
        }
        Printed { text, pages }
    }

    fn page(&self, page: &Page, text: &mut String) {
        let style = self.style;
        if page.paragraphs.is_empty() {
            return;
        }
        let number = |at: Numbers| style.numbers == at && page.numbered;
        if style.heads && page.place > 0 {
            text.push_str("A Book of Sheets, newly imposed\n\n");
        }
        if number(Numbers::Above) {
            text.push_str(&format!("{}\n\n", page.place + 1));
        }
        let body: Vec<String> =
            page.paragraphs.iter().map(|p| if style.wrapped { wrap(p, 72) } else { p.clone() }).collect();
        text.push_str(&body.join("\n\n"));
        text.push('\n');
        if !page.notes.is_empty() {
            text.push_str(&format!("\n---\n\n{}\n", page.notes.join("\n\n")));
        }
        if number(Numbers::Below) {
            text.push_str(&format!("\n{}\n", page.place + 1));
        }
    }

    /// What it is an instance of, for the tally.
    pub fn kinds(&self) -> Vec<String> {
        let s = &self.style;
        let has = |is: bool, what: &str| if is { format!("with {what}") } else { format!("without {what}") };
        let marked = s.feeds || s.heads || s.numbers != Numbers::None || s.notes;
        vec![
            format!("pages {:>2}", self.size),
            s.scheme.name(),
            match (s.blanks, s.kept) {
                (0, _) => "no blank pages".into(),
                (_, true) => "blank pages kept".into(),
                (_, false) => "blank pages dropped".into(),
            },
            match s.missing {
                0 => "no pages missing".into(),
                n => format!("{n} pages missing"),
            },
            match (s.numbers, s.unnumbered) {
                (Numbers::None, _) => "without page numbers".into(),
                (_, 0) => "with page numbers".into(),
                _ => "with page numbers, some missing".into(),
            },
            has(s.notes, "notes"),
            has(s.feeds, "form feeds"),
            has(s.heads, "running heads"),
            if marked { "pages bear some mark".into() } else { "torn sentences are all there is".into() },
            if s.wrapped { "lines wrapped".into() } else { "a line a paragraph".into() },
        ]
    }

    /// The file's pages with the lines that they begin at.
    pub fn places(&self, file: &Printed) -> String {
        let line = |at: usize| file.text[..at].matches('\n').count() + 1;
        let pages =
            file.pages.iter().map(|(i, at)| format!("{}@{}", self.pages[*i].place + 1, line(at.start)));
        pages.collect::<Vec<_>>().join(" ")
    }

    /// Pages by their numbers in the book.
    pub fn numbers(&self, pages: &[usize]) -> String {
        pages.iter().map(|&i| (self.pages[i].place + 1).to_string()).collect::<Vec<_>>().join(" ")
    }
}

impl Style {
    fn draw(size: usize, capacity: usize, dice: &mut Dice) -> Style {
        let scheme = if dice.chance(50) { Scheme::Booklet } else { dice.one(&Scheme::of(size)) };
        let numbers = dice.one(&[Numbers::None, Numbers::Above, Numbers::Below]);
        let blanks = if dice.chance(50) { 0 } else { 1 + dice.below(2) };
        let missing = if dice.chance(75) { 0 } else { 1 + dice.below(2).min(size / 16) };
        Style {
            scheme,
            capacity,
            numbers,
            wrapped: dice.chance(50),
            heads: dice.chance(30),
            notes: dice.chance(40),
            feeds: dice.chance(30),
            apart: 1 + dice.below(2),
            hyphens: dice.chance(50),
            headings: dice.chance(50),
            blanks,
            kept: dice.chance(50),
            missing,
            unnumbered: if dice.chance(70) { 0 } else { 1 + dice.below(2) },
        }
    }
}

/// A numbered heading, or one in title case, from the first words of the paragraph below it.
fn heading(paragraph: &str, number: usize) -> String {
    let words = paragraph.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let words = words.filter(|w| w.chars().all(char::is_alphabetic) && !w.is_empty()).take(4);
    let title = words.map(|w| {
        let mut letters = w.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    let title = title.collect::<Vec<_>>().join(" ");
    if number.is_multiple_of(2) { format!("{number}. {title}") } else { title }
}

fn note(number: usize, dice: &mut Dice) -> String {
    let name = dice.one(&["Aldus", "Bodoni", "Caslon", "Didot", "Elzevir", "Froben", "Granjon"]);
    let title = dice.one(&["On Sheets", "The Folded Leaf", "Presses and Pressmen", "A Manual of Type"]);
    format!(
        "<sup>{number}</sup> {name}, *{title}* (Basle, {}), {}.",
        1500 + dice.below(400),
        1 + dice.below(300)
    )
}

/// Cuts a paragraph at a word, or within one.
fn cut(text: &str, room: usize, hyphen: bool) -> (String, String) {
    let mut at = room.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let space = text[..at].rfind(' ').map_or(0, |i| i + 1);
    let word = text[space..].split(' ').next().unwrap_or_default();
    if hyphen && space > 0 && word.len() >= 8 && word.chars().all(|c| c.is_ascii_lowercase()) {
        let half = word.len() / 2;
        return (format!("{}{}-", &text[..space], &word[..half]), text[space + half..].to_owned());
    }
    (text[..space].trim_end().to_owned(), text[space..].to_owned())
}

fn wrap(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + length >= width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}
