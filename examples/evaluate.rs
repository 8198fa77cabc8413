//! How much of a damaged text comes back: `cargo run --release --example evaluate -- DIR [DIR…]`.
//!
//! The paragraphs of the texts under the folders are given headings and notes, wrapped, hyphenated, cut into pages,
//! printed in the order of a booklet's sheets (or backwards) and restored. What comes back is counted: the order of the
//! pages, the pairs of markers and notes, paragraphs in one piece, headings, words. And every text, excerpts of it and
//! the pages in their right order are restored as they are, which must change no order.
//!
//! Everything is drawn from fixed seeds, so two runs print the same. `--verbose` names what goes wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use postil::facts::Facts;
use postil::layout::Layout;
use postil::model::{Block, BlockKind, Document, RepairKind, block_text};
use postil::restore::Restored;
use postil::source::Source;
use postil::{build, decode, notes, recognise, restore};

/// Fewest and most bytes of a text that is taken.
const SIZES: std::ops::Range<u64> = 8_000..3_000_000;
/// Impositions of each text.
const EACH: u64 = 4;
/// Excerpts of each text that are left in order.
const EXCERPTS: u64 = 4;

fn main() {
    let verbose = std::env::args().any(|a| a == "--verbose");
    let mut files = Vec::new();
    for dir in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        gather(Path::new(&dir), &mut files);
    }
    files.sort();
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut add = |key: String, good: usize, all: usize| {
        let entry = tally.entry(key).or_default();
        entry.0 += good;
        entry.1 += all;
    };
    let (mut texts, mut lost) = (0, 0);
    for (index, path) in files.iter().enumerate() {
        let Some(text) = read(path) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        case("order", &name);
        let whole = restored(&text);
        lost += whole.lost(&text);
        if verbose && (whole.moved() || whole.doubted()) {
            println!("{} in order: {name}", if whole.moved() { "DISTURBED" } else { "doubted" });
        }
        add("in order, whole: left".into(), usize::from(!whole.moved()), 1);
        add("in order, whole: not doubted".into(), usize::from(!whole.doubted()), 1);
        for k in 0..EXCERPTS {
            let mut dice = Dice::new(index as u64 * 1_000 + k);
            let excerpt = excerpt(&text, &mut dice);
            case("order", &name);
            let result = restored(&excerpt);
            if result.moved() {
                keep(&format!("{name}-excerpt-{k}"), &excerpt);
            }
            lost += result.lost(&excerpt);
            if verbose && (result.moved() || result.doubted()) {
                println!("{} excerpt {k}: {name}", if result.moved() { "DISTURBED" } else { "doubted" });
            }
            add("in order, excerpt: left".into(), usize::from(!result.moved()), 1);
            add("in order, excerpt: not doubted".into(), usize::from(!result.doubted()), 1);
        }
        let paragraphs = prose(&text);
        let mut used = false;
        for k in 0..EACH {
            let mut dice = Dice::new(index as u64 * 1_000 + 500 + k);
            let Some(book) = Book::draw(&paragraphs, &mut dice) else { continue };
            used = true;
            let file = book.printed(false);
            case("order", &name);
            let in_order = restored(&file.text);
            if in_order.moved() {
                keep(&format!("{name}-order-{k}"), &file.text);
            }
            lost += in_order.lost(&file.text);
            if verbose && in_order.moved() {
                println!("DISTURBED pages {k} {}: {name}", book.describe());
            }
            add("in order, pages: left".into(), usize::from(!in_order.moved()), 1);
            add("in order, pages: not doubted".into(), usize::from(!in_order.doubted()), 1);
            let file = book.printed(true);
            case(if book.style.reversed { "reversed" } else { "imposed" }, &name);
            let result = restored(&file.text);
            lost += result.lost(&file.text);
            let good = result.reads(&file.pages, &book.reading());
            if verbose && !good {
                let what = if result.moved() {
                    "WRONG"
                } else if result.doubted() {
                    "doubted"
                } else {
                    "missed"
                };
                println!("{what} {k} {}: {name}", book.describe());
            }
            if !good {
                keep(&format!("{name}-{k}"), &file.text);
            }
            if verbose && !good {
                let starts = |r: &std::ops::Range<usize>| file.text[..r.start].matches('\n').count() + 1;
                let pages: Vec<String> =
                    file.pages.iter().map(|p| format!("{}@{}", book.places[p.0] + 1, starts(&p.1))).collect();
                let seen = result.seen(&file.pages);
                let at = seen
                    .iter()
                    .zip(book.reading())
                    .position(|(s, r)| s.0 != r)
                    .unwrap_or(seen.len().min(book.pages.len()));
                let (page, from) = seen.get(at).copied().unwrap_or_default();
                let shown: String =
                    file.text[from..].chars().take(40).map(|c| if c == '\n' { '/' } else { c }).collect();
                println!("   read {:?} and then page {page} line {}: {shown}", at, starts(&(from..from)));
                println!("   file: {}", pages.join(" "));
            }
            add("imposed: restored exactly".into(), usize::from(good), 1);
            add("imposed: restored or left".into(), usize::from(good || !result.moved()), 1);
            let found = Found::of(
                &book,
                &build::read(&Source::new("text.txt", file.text), &Facts::default()).value.document,
            );
            for (key, (good, all)) in found.counts() {
                add(key.into(), good, all);
            }
            for key in book.kinds() {
                add(format!("imposed, {key}"), usize::from(good), 1);
            }
        }
        texts += usize::from(used);
    }
    println!("{texts} texts printed as booklets, {} read", files.len());
    for (key, (good, all)) in tally.iter().filter(|(_, (_, all))| *all > 0) {
        println!("{key:<48} {good:>6} of {all:>6}  {:>5.1} %", 100.0 * *good as f64 / *all as f64);
    }
    println!("words lost: {lost}");
}

/// Says what is restored next, between the lines of a trace.
fn case(kind: &str, name: &str) {
    if std::env::var_os("POSTIL_ORDER_TRACE").is_some() {
        eprintln!("CASE {kind} {name}");
    }
}

/// Keeps a text that went wrong, if somebody wants to look at it.
fn keep(name: &str, text: &str) {
    if let Some(dir) = std::env::var_os("EVALUATE_KEEP") {
        let _ = std::fs::write(Path::new(&dir).join(format!("{name}.txt")), text);
    }
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let Ok(entries) = std::fs::read_dir(path) else { return };
        entries.flatten().for_each(|e| gather(&e.path(), files));
    } else if path.symlink_metadata().is_ok_and(|m| m.is_file() && SIZES.contains(&m.len())) {
        let name = path.to_string_lossy();
        if [".txt", ".md", ".text", "README", "FAQ", "NEWS"].iter().any(|end| name.ends_with(end)) {
            files.push(path.to_owned());
        }
    }
}

fn read(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    decode::decode(&path.to_string_lossy(), bytes).value.map(|s| s.text)
}

/// Numbers from a seed (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| {
            dice.below(2);
        });
        dice
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A stretch of whole lines.
fn excerpt(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let from = dice.below(lines.len() * 2 / 3);
    let length = 60 + dice.below(lines.len() / 2 + 1);
    lines[from..lines.len().min(from + length)].concat()
}

/// Paragraphs of running text.
fn prose(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|p| {
            let letters = p.chars().filter(|c| c.is_alphabetic() || *c == ' ').count();
            let plain =
                !p.contains("](") && !p.contains(['<', '`', '|']) && !p.starts_with(['#', '>', '-', '*']);
            plain && p.chars().count() >= 60 && letters * 10 >= p.chars().count() * 8 && p.contains(' ')
        })
        .collect()
}

/// A text cut into pages, and how it is printed.
struct Book {
    /// The text of each page in reading order: paragraphs, the first and last of them perhaps cut.
    pages: Vec<Vec<String>>,
    /// Place of each page among `sheets` places.
    places: Vec<usize>,
    sheets: usize,
    notes: Vec<Vec<String>>,
    /// The paragraphs that are wholly in it, and its headings.
    whole: Vec<String>,
    headings: Vec<String>,
    style: Style,
}

#[derive(Clone, Copy)]
struct Style {
    wrapped: bool,
    numbers: usize,
    heads: bool,
    notes: bool,
    feeds: bool,
    blanks: usize,
    hyphens: bool,
    missing: usize,
    reversed: bool,
    headings: bool,
}

/// A book as a file.
struct Printed {
    text: String,
    /// Where each page stands in it: its number in reading order, its bytes.
    pages: Vec<(usize, std::ops::Range<usize>)>,
}

impl Book {
    fn draw(paragraphs: &[String], dice: &mut Dice) -> Option<Book> {
        let all: usize = paragraphs.iter().map(String::len).sum();
        let capacity = 1_300 + dice.below(1_300);
        let sizes: Vec<usize> = (2..=16).map(|k| k * 4).filter(|n| n * capacity < all).collect();
        if sizes.is_empty() {
            return None;
        }
        let sheets = sizes[dice.below(sizes.len())];
        let style = Style {
            wrapped: dice.chance(50),
            numbers: dice.below(3),
            heads: dice.chance(30),
            notes: dice.chance(40),
            feeds: dice.chance(20),
            blanks: 1 + dice.below(2),
            hyphens: dice.chance(50),
            missing: dice.below(4).min(sheets / 4),
            reversed: dice.chance(10),
            headings: dice.chance(50),
        };
        // The first page is a title.
        let filled = sheets - style.missing - 1;
        // A stretch of text that fills the pages.
        let mut from = dice.below(paragraphs.len());
        let behind = |from: usize| paragraphs[from..].iter().map(String::len).sum::<usize>();
        while from > 0 && behind(from) < filled * capacity {
            from /= 2;
        }
        let mut pages: Vec<Vec<String>> = Vec::new();
        let mut page: Vec<String> = Vec::new();
        let mut room = capacity;
        let (mut whole, mut headings) = (Vec::new(), Vec::new());
        'all: for (index, paragraph) in paragraphs[from..].iter().enumerate() {
            if style.headings && index % 7 == 6 && room > 300 && paragraph.len() > 200 {
                let heading = heading(paragraph, headings.len() + 1);
                page.push(heading.clone());
                headings.push(heading);
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
                if !rest.is_empty() {
                    let (left, right) = cut(rest, room, style.hyphens && dice.chance(40));
                    if !left.is_empty() {
                        page.push(left);
                    }
                    rest = &rest[rest.len() - right.len()..];
                }
                pages.push(std::mem::take(&mut page));
                room = capacity;
                if pages.len() == filled {
                    break 'all;
                }
                if rest.is_empty() {
                    break;
                }
            }
            whole.push(paragraph.clone());
        }
        if pages.len() < filled || pages.iter().any(Vec::is_empty) {
            return None;
        }
        pages.insert(0, vec!["# A Book of Sheets".into(), "printed for the evaluation".into()]);
        let mut places: Vec<usize> = (0..sheets).collect();
        for _ in 0..style.missing {
            // Blank pages are the second, the last ones, or anywhere.
            let blank = match dice.below(4) {
                0 => 1,
                1 => places.len() - 1,
                2 => places.len() - 2,
                _ => 1 + dice.below(places.len() - 2),
            };
            if !style.reversed {
                places.remove(blank);
            }
        }
        places.truncate(pages.len());
        let mut number = 0;
        let mut notes = vec![Vec::new(); pages.len()];
        if style.notes {
            for (page, notes) in pages.iter_mut().zip(&mut notes).skip(1) {
                for paragraph in page.iter_mut() {
                    let Some(at) = paragraph.match_indices(". ").map(|m| m.0 + 1).nth(dice.below(3)) else {
                        continue;
                    };
                    if dice.chance(50) {
                        number += 1;
                        paragraph.insert_str(at, &format!("<sup>{number}</sup>"));
                        notes.push(note(number, dice));
                    }
                }
            }
        }
        Some(Book { pages, places, sheets, notes, whole, headings, style })
    }

    /// The numbers of the pages that there are, in reading order.
    fn reading(&self) -> Vec<usize> {
        (0..self.pages.len()).collect()
    }

    fn printed(&self, imposed: bool) -> Printed {
        let order: Vec<usize> = if !imposed {
            self.reading()
        } else if self.style.reversed {
            (0..self.pages.len()).rev().collect()
        } else {
            let n = self.sheets;
            let sheet = |i: usize| [n - 1 - 2 * i, 2 * i, 2 * i + 1, n - 2 - 2 * i];
            let places = (0..n / 4).flat_map(sheet);
            places.filter_map(|place| self.places.iter().position(|&p| p == place)).collect()
        };
        let mut text = String::new();
        let mut pages = Vec::new();
        for index in order {
            if !text.is_empty() {
                text.push_str(if self.style.feeds { "\n\u{c}" } else { &"\n\n\n"[..self.style.blanks] });
            }
            let start = text.len();
            self.page(index, &mut text);
            pages.push((index, start..text.len()));
        }
        Printed { text, pages }
    }

    fn page(&self, index: usize, text: &mut String) {
        let style = self.style;
        let number = self.places[index] + 1;
        if style.heads && index > 0 {
            text.push_str("A Book of Sheets, newly imposed\n\n");
        }
        if style.numbers == 1 && index > 0 {
            text.push_str(&format!("{number}\n\n"));
        }
        let body: Vec<String> =
            self.pages[index].iter().map(|p| if style.wrapped { wrap(p, 72) } else { p.clone() }).collect();
        text.push_str(&body.join("\n\n"));
        text.push('\n');
        if !self.notes[index].is_empty() {
            text.push_str(&format!("\n---\n\n{}\n", self.notes[index].join("\n\n")));
        }
        if style.numbers == 2 && index > 0 {
            text.push_str(&format!("\n{number}\n"));
        }
    }

    fn kinds(&self) -> Vec<String> {
        let s = &self.style;
        let evidence = match (s.numbers > 0, s.notes) {
            (true, true) => "page numbers and notes",
            (true, false) => "page numbers alone",
            (false, true) => "notes alone",
            (false, false) => "neither page numbers nor notes",
        };
        vec![
            format!("pages {:>2}", self.sheets),
            format!("missing {}", s.missing),
            evidence.into(),
            if s.reversed { "reversed".into() } else { "booklet".into() },
            if s.wrapped { "lines wrapped".into() } else { "a line a paragraph".into() },
            if s.feeds { "form feeds".into() } else { format!("{} blank lines", s.blanks) },
        ]
    }

    fn describe(&self) -> String {
        let s = &self.style;
        format!("{} heads {} hyphens {}", self.kinds().join(", "), s.heads, s.hyphens)
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
    let names = ["Aldus", "Bodoni", "Caslon", "Didot", "Elzevir", "Froben", "Granjon"];
    let titles = ["On Sheets", "The Folded Leaf", "Presses and Pressmen", "A Manual of Type"];
    let (name, title) = (names[dice.below(names.len())], titles[dice.below(titles.len())]);
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

/// How much of a book is in the document that was read: found and all.
struct Found {
    pairs: (usize, usize),
    right: (usize, usize),
    paragraphs: (usize, usize),
    headings: (usize, usize),
    true_headings: (usize, usize),
}

impl Found {
    fn of(book: &Book, document: &Document) -> Found {
        let all_notes: Vec<&String> = book.notes.iter().flatten().collect();
        let note_text = |n: &String| letters(n.split("</sup>").last().unwrap_or_default());
        let right = document.markers.iter().filter(|m| {
            let note = m.note.map(|n| letters(&block_text(&document.notes[n.0 as usize].blocks)));
            let expected = m.label.parse::<usize>().ok().and_then(|n| all_notes.get(n.checked_sub(1)?));
            note.is_some() && note == expected.map(|n| note_text(n))
        });
        let right = right.count();
        let (mut blocks, mut titles) = (Vec::new(), Vec::new());
        gather_blocks(&document.body, &mut blocks, &mut titles);
        let (blocks, titles): (Vec<String>, Vec<String>) = (blocks, titles);
        let has = |all: &[String], one: &String| all.contains(&letters(one));
        let expected: Vec<String> = book.headings.iter().map(|h| letters(h)).collect();
        let paired = document.markers.iter().filter(|m| m.note.is_some()).count();
        let own: Vec<&String> =
            titles.iter().filter(|t| !t.contains("booksheets") && !t.contains("bookofsheets")).collect();
        Found {
            pairs: (right, all_notes.len()),
            right: (right, paired),
            paragraphs: (book.whole.iter().filter(|p| has(&blocks, p)).count(), book.whole.len()),
            headings: (book.headings.iter().filter(|h| has(&titles, h)).count(), book.headings.len()),
            true_headings: (own.iter().filter(|t| expected.contains(t)).count(), own.len()),
        }
    }

    fn counts(&self) -> [(&'static str, (usize, usize)); 5] {
        [
            ("came back, pairs (recall)", self.pairs),
            ("came back, pairs (precision)", self.right),
            ("came back, paragraphs whole", self.paragraphs),
            ("came back, headings (recall)", self.headings),
            ("came back, headings (precision)", self.true_headings),
        ]
    }
}

/// The letters of every block, and those of the headings.
fn gather_blocks(blocks: &[Block], all: &mut Vec<String>, headings: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { .. } => headings.push(letters(&block_text(std::slice::from_ref(block)))),
            BlockKind::Quote(inner) => gather_blocks(inner, all, headings),
            BlockKind::List { items, .. } => {
                items.iter().for_each(|item| gather_blocks(&item.blocks, all, headings));
            }
            _ => {}
        }
        all.push(letters(&block_text(std::slice::from_ref(block))));
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// What became of a text.
struct Outcome(Restored);

fn restored(text: &str) -> Outcome {
    let source = Source::new("text.txt", text.to_owned());
    let form = recognise::recognise(&source, &Facts::default()).form;
    let layout = Layout::read(&source, form);
    let fixes = postil::fixes::Fixes::none();
    let apparatus = notes::find(&source, &layout, form, &fixes);
    Outcome(restore::restore(&source, &layout, form, apparatus, None, &fixes))
}

impl Outcome {
    fn moved(&self) -> bool {
        self.0.repairs.iter().any(|r| r.kind == RepairKind::PageOrder)
    }

    fn doubted(&self) -> bool {
        !self.0.diagnostics.is_empty()
    }

    /// True if the body has the pages in this order, each in one piece.
    fn reads(&self, pages: &[(usize, std::ops::Range<usize>)], order: &[usize]) -> bool {
        let seen: Vec<usize> = self.seen(pages).iter().map(|s| s.0).collect();
        seen == order
    }

    /// The pages in the order in which the body has them, with where each stretch begins.
    fn seen(&self, pages: &[(usize, std::ops::Range<usize>)]) -> Vec<(usize, usize)> {
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for from in self.0.body.pieces.iter().filter_map(|p| p.from) {
            let page = pages.iter().find(|p| p.1.contains(&(from as usize))).map(|p| p.0);
            if let Some(page) = page.filter(|&p| seen.last().is_none_or(|s| s.0 != p)) {
                seen.push((page, from as usize));
            }
        }
        seen
    }

    /// Words of the source that are neither shown nor declared as left out.
    fn lost(&self, text: &str) -> usize {
        let mut have: BTreeMap<String, i64> = BTreeMap::new();
        let mut add = |text: &str, n: i64| {
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                *have.entry(word.to_owned()).or_default() += n;
            }
        };
        add(text, 1);
        add(&self.0.body.text, -1);
        for note in &self.0.notes {
            add(&note.text.text, -1);
        }
        self.0.omissions.iter().for_each(|o| add(&o.text, -1));
        // Markers and labels are shown as links, and their tags not at all; words may be joined by now.
        have.retain(|w, _| w.chars().all(char::is_alphabetic) && w != "sup" && w.chars().count() > 2);
        have.values().filter(|&&n| n > 0).map(|&n| n as usize).sum()
    }
}
