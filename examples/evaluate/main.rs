//! How much of a damaged text comes back: `cargo run --profile quick --example evaluate -- DIR [DIR…]`.
//!
//! The paragraphs of the texts under the folders are cut into the pages of books, with headings, notes, running heads,
//! page numbers and form feeds or without, and printed in the order of their sheets; some pages are blank or lost. What
//! restoring makes of their order is counted. And every text, excerpts of it and the books as they are bound are
//! restored too, which must change no order. A text that is put wrong is far worse than one that is left as printed.
//!
//! Books are counted apart in which some pages meet that nothing parts: no mark of any kind, and each ends and begins
//! with a paragraph. Only what is said tells where such a page ends; they should be left with a diagnostic if it does not.
//!
//! Everything is drawn from fixed seeds, so two runs print the same. `--verbose` names what goes wrong and `--keep DIR`
//! writes it down; `--text` reads the books whole and counts pairs, paragraphs, headings and words as well; `--seed N`
//! draws others.

mod book;
mod dice;
mod found;
mod imposed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use book::{Book, prose};
use dice::Dice;
use found::{Found, Order, Outcome};
use postil::decode;

/// Fewest and most bytes of a text that is taken.
const SIZES: std::ops::Range<u64> = 8_000..3_000_000;
/// Books made of each text.
const EACH: u64 = 10;
/// Excerpts of each text that are left in order.
const EXCERPTS: u64 = 4;
/// The one text of the project's own that is a booklet in printing order: it is not among those in order.
const PRINTED: &str = "imposition-and-booklets.txt";

fn main() {
    let mut run = Run::default();
    let mut dirs = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--verbose" => run.verbose = true,
            "--text" => run.text = true,
            "--keep" => run.keep = arguments.next().map(PathBuf::from),
            "--seed" => run.seed = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(0),
            _ => dirs.push(PathBuf::from(argument)),
        }
    }
    let mut files = Vec::new();
    dirs.iter().for_each(|dir| gather(dir, &mut files));
    files.sort();
    let mut known = BTreeSet::new();
    for (index, path) in files.iter().enumerate() {
        // Packages share their licences.
        if let Some(text) = read(path).filter(|text| known.insert(text.clone())) {
            run.text(index as u64, &path.file_name().unwrap_or_default().to_string_lossy(), &text);
        }
    }
    run.report();
}

/// What is asked for and what was counted.
#[derive(Default)]
struct Run {
    verbose: bool,
    text: bool,
    keep: Option<PathBuf>,
    seed: u64,
    texts: usize,
    wrong_words: usize,
    tally: BTreeMap<String, (usize, usize)>,
}

impl Run {
    fn text(&mut self, index: u64, name: &str, text: &str) {
        let dice = |k: u64| Dice::new(self.seed * 1_000_000 + index * 1_000 + k);
        let (excerpts, books): (Vec<Dice>, Vec<Dice>) =
            ((0..EXCERPTS).map(dice).collect(), (0..EACH).map(|k| dice(500 + k)).collect());
        if name != PRINTED {
            self.in_order("whole", name, text);
            for mut dice in excerpts {
                self.in_order("excerpt", name, &excerpt(text, &mut dice));
            }
        }
        let paragraphs = prose(text);
        let mut used = false;
        for (k, mut dice) in books.into_iter().enumerate() {
            if let Some(book) = Book::draw(&paragraphs, &mut dice) {
                used = true;
                self.in_order("pages", &format!("{name}-{k}"), &book.bound().text);
                self.imposed(&format!("{name}-{k}"), &book);
            }
        }
        self.texts += usize::from(used);
    }

    fn in_order(&mut self, kind: &str, name: &str, text: &str) {
        let outcome = Outcome::of(text);
        let order = outcome.order();
        self.add(format!("in order, {kind}: left"), order != Order::Moved);
        self.add(format!("in order, {kind}: not even doubted"), order == Order::Left);
        self.add("in order: left".into(), order != Order::Moved);
        if order != Order::Left {
            self.say(&format!("{order:?}, though in order, {kind}: {name}"));
        }
        if order == Order::Moved {
            self.say(&outcome.detail().unwrap_or_default());
            self.keep(&format!("{name}-{kind}"), text);
        }
    }

    fn imposed(&mut self, name: &str, book: &Book) {
        let file = book.imposed();
        let outcome = Outcome::of(&file.text);
        let (order, good) = (outcome.order(), outcome.reads(&file.pages, &book.reading()));
        let traced = if book.traceless() == 0 { "each edge shows" } else { "some edges show nowhere" };
        let outcomes = [
            ("restored", good),
            ("left, doubt said", !good && order == Order::Doubted),
            ("left, nothing said", !good && order == Order::Left),
            ("WRONG", !good && order == Order::Moved),
        ];
        for (what, is) in outcomes {
            self.add(format!("imposed, {traced}: {what}"), is);
            self.add(format!("imposed: {what}"), is);
        }
        for kind in book.kinds() {
            self.add(format!("restored, {kind}"), good);
        }
        if !good {
            let what = if order == Order::Moved { "WRONG".into() } else { format!("{order:?}") };
            self.say(&format!("{what} {}: {name}", book.kinds().join(", ")));
            self.say(&format!(
                "   {}\n   file: {}\n   read: {}",
                outcome.detail().unwrap_or_default(),
                book.places(&file),
                book.numbers(&outcome.pages(&file.pages))
            ));
            self.keep(name, &file.text);
        }
        if self.text {
            let found = Found::of(book, &file.text);
            self.wrong_words += found.words;
            for (key, (good, all)) in found.counts() {
                let entry = self.tally.entry(key.into()).or_default();
                *entry = (entry.0 + good, entry.1 + all);
            }
        }
    }

    fn add(&mut self, key: String, good: bool) {
        let entry = self.tally.entry(key).or_default();
        *entry = (entry.0 + usize::from(good), entry.1 + 1);
    }

    fn say(&self, what: &str) {
        if self.verbose {
            println!("{what}");
        }
    }

    fn keep(&self, name: &str, text: &str) {
        if let Some(dir) = &self.keep
            && let Err(error) = std::fs::write(dir.join(format!("{name}.txt")), text)
        {
            eprintln!("{}: {error}", dir.display());
        }
    }

    fn report(&self) {
        println!("{} texts made into books", self.texts);
        for (key, (good, all)) in self.tally.iter().filter(|(_, (_, all))| *all > 0) {
            println!("{key:<48} {good:>6} of {all:>6}  {:>5.1} %", 100.0 * *good as f64 / *all as f64);
        }
        if self.text {
            println!("words lost or made up: {}", self.wrong_words);
        }
    }
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let Ok(entries) = std::fs::read_dir(path) else { return };
        entries.flatten().for_each(|e| gather(&e.path(), files));
    } else if path.symlink_metadata().is_ok_and(|m| m.is_file() && SIZES.contains(&m.len())) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ends = [".txt", ".md", ".text", "README", "FAQ", "NEWS"];
        if ends.iter().any(|end| name.ends_with(end)) || path.extension().is_none() && name != "copyright" {
            files.push(path.to_owned());
        }
    }
}

fn read(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    decode::decode(&path.to_string_lossy(), bytes).value.map(|s| s.text)
}

/// A stretch of whole lines.
fn excerpt(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let from = dice.below(lines.len() * 2 / 3);
    let length = 60 + dice.below(lines.len() / 2 + 1);
    lines[from..lines.len().min(from + length)].concat()
}
