//! What restoring a text costs against parsing the same text with `pulldown-cmark`, and how that grows.
//!
//!     cargo bench --bench restore [-- BYTES]
//!
//! Restoring is all that is done before the parser: recognising the form, the layout, the notes, the text in order.
//! Both are run in turn on the same text, so that what else the machine does falls on both; the middle of their ratios
//! is printed, for texts of each form and, of the first, for sizes up to 10 MB (or `BYTES`).

use std::hint::black_box;
use std::time::{Duration, Instant};

use postil::facts::Facts;
use postil::fixes::Fixes;
use postil::layout::Layout;
use postil::source::Source;
use postil::{notes, recognise, restore};
use pulldown_cmark::{Options, Parser};

mod archive;

/// Pairs of runs of one text; large ones take fewer.
const PAIRS: usize = 15;
/// Bytes that are restored of a text in all its runs, at most.
const WORK: usize = 30_000_000;

type Form = (&'static str, fn(&str) -> String);

/// The same text as it comes from different places.
const FORMS: &[Form] = &[
    ("text of a PDF", archive::as_pdf),
    ("text of OCR", archive::as_ocr),
    ("Markdown", str::to_owned),
    ("paragraphs without notes", |text| without_notes(text).replace("[^", "")),
    ("a booklet in the order of its sheets", booklet),
];

fn main() {
    let most = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(10_000_000);
    let language = archive::Language::new(1);
    println!("{:<40} {:>12} {:>12} {:>12} {:>8}", "", "bytes", "restored", "parsed", "ratio");
    for (name, form) in FORMS {
        compare(name, &form(&markdown(&language, 300_000)));
    }
    let sizes = std::iter::successors(Some(100_000), |size| Some(size * 10)).take_while(|&size| size <= most);
    for size in sizes {
        compare(FORMS[0].0, &FORMS[0].1(&markdown(&language, size)));
    }
}

/// A document of the archive's, without its front matter.
fn markdown(language: &archive::Language, size: usize) -> String {
    let text = archive::document(language, 1, size);
    text.splitn(3, "---\n").nth(2).unwrap_or(&text).to_owned()
}

/// Runs both in turn and prints what a megabyte took.
fn compare(name: &str, text: &str) {
    let mut runs: Vec<(Duration, Duration)> = Vec::new();
    for _ in 0..(WORK / text.len().max(1)).clamp(3, PAIRS) {
        runs.push((timed(|| restored(text)), timed(|| parsed(text))));
    }
    let middle = |mut of: Vec<f64>| {
        of.sort_by(f64::total_cmp);
        of[of.len() / 2]
    };
    let a_megabyte = |of: fn(&(Duration, Duration)) -> Duration| {
        middle(runs.iter().map(|r| of(r).as_secs_f64() * 1e9 / text.len() as f64).collect())
    };
    let ratio = middle(runs.iter().map(|r| r.0.as_secs_f64() / r.1.as_secs_f64()).collect());
    let (restored, parsed) = (a_megabyte(|r| r.0), a_megabyte(|r| r.1));
    println!("{name:<40} {:>12} {restored:>7.1} ms/MB {parsed:>7.2} ms/MB {ratio:>7.1}", text.len());
}

fn timed<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn restored(text: &str) -> usize {
    let source = Source::new("text.txt", text.to_owned());
    let form = recognise::recognise(&source, &Facts::default()).form;
    let layout = Layout::read(&source, form);
    let fixes = Fixes::none();
    let apparatus = notes::find(&source, &layout, form, &fixes);
    restore::restore(&source, &layout, form, apparatus, None, &fixes).body.pieces.len()
}

fn parsed(text: &str) -> usize {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).count()
}

fn without_notes(text: &str) -> String {
    text.split("\n\n").filter(|p| !p.starts_with("[^")).collect::<Vec<_>>().join("\n\n")
}

/// The pages without form feeds, the first 64 of them at most as sheets bring them.
fn booklet(text: &str) -> String {
    let pages = archive::as_pdf(text);
    let pages: Vec<&str> = pages.split('\u{c}').collect();
    let count = pages.len().min(64) / 4 * 4;
    let sheet = |i: usize| [count - 1 - 2 * i, 2 * i, 2 * i + 1, count - 2 - 2 * i];
    (0..count / 4).flat_map(sheet).map(|page| pages[page]).collect::<Vec<_>>().join("\n\n")
}
