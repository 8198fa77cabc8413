//! Every word of a source is on its page once or declared as left out, whatever was done to the text; ids are
//! unique, links within the page lead somewhere, and reading twice gives the same page.
//!
//! The texts are made by `damage` from clean paragraphs. The same cases in every run; `CASES=n SEED=n` look further.
//! `POSTIL_CORPUS=folder` looks at every text in a folder too.

mod common;
mod damage;

use std::path::{Path, PathBuf};

use common::page::Page;
use common::read::{self, Case};
use postil::conserve;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// What is wrong with a page, if anything is.
fn wrong(case: &Case) -> Option<String> {
    /// Words named in a message.
    const NAMED: usize = 25;
    let page = Page::read(&case.article.html);
    let document = &case.read.document;
    let shown = conserve::compare(&case.source, document, &page.words);
    let mut out = Vec::new();
    for (what, words) in [("lost", &shown.lost), ("made up", &shown.made)] {
        if !words.is_empty() {
            let some = words.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" ");
            out.push(format!("{} words {what}: {some}", words.len()));
        }
    }
    let counted = conserve::lost_and_made(&case.source, document);
    if shown.is_none() != counted.is_none() {
        out.push(format!("the document and its page differ: {counted:?}"));
    }
    let twice: Vec<&String> = page.ids.iter().filter(|&(_, &n)| n > 1).map(|(id, _)| id).collect();
    if !twice.is_empty() {
        out.push(format!("ids twice: {twice:?}"));
    }
    let broken: Vec<&String> = page.links.iter().filter(|l| !page.ids.contains_key(*l)).collect();
    if !broken.is_empty() {
        out.push(format!("links to nothing: {broken:?}"));
    }
    (!out.is_empty()).then(|| out.join("; "))
}

fn config() -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    ProptestConfig {
        cases: number("CASES").unwrap_or(400) as u32,
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn damaged_texts_keep_their_words(damaged in damage::damaged()) {
        let (name, text) = (damaged.name(), damaged.text());
        let case = read::text(name, &text);
        let fault = wrong(&case);
        prop_assert!(fault.is_none(), "{}\n{name}, as {:?}:\n{text}", fault.unwrap_or_default(), case.read.document.form);
        let again = read::text(name, &text);
        prop_assert_eq!(case.article, again.article);
        prop_assert_eq!(case.read.evidence, again.read.evidence);
    }
}

/// Lines and paragraphs that stand beside a text, among its own.
const BESIDE: [&str; 18] = [
    "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit, said nobody.",
    "Of the Weir",
    "Fig. 1. The weir in August",
    "![The weir](weir.png)",
    "*The weir in August, seen from the bridge.*",
    "![The wheel](wheel.png)\n*The wheel, mended.*",
    "Photo: Ada Weaver",
    "u/millwright • 3y ago",
    "ada 2 points 3 days ago",
    "[deleted]",
    "3 May 2015",
    "The Almanac, 4 July 2017",
    "© 2015 Ada Weaver\nAll rights reserved\nA third line",
    "Ada Weaver\nOf the Weir\nMay 2015",
    "Retrieved on 3 May 2015 from wells.example.org",
    "This manual may be copied under the terms of the Weir License.",
    "> nobody said so",
    "-",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..config() })]

    /// What is set apart as a caption, a head, a date, an imprint or a piece has the source's words, each once.
    #[test]
    fn what_stands_beside_a_text_keeps_its_words(
        parts in prop::collection::vec(prop::sample::select(&BESIDE[..]), 1..14),
        is_markdown in any::<bool>(),
    ) {
        let text = parts.join("\n\n") + "\n";
        let case = read::text(if is_markdown { "a.md" } else { "a.txt" }, &text);
        let fault = wrong(&case);
        prop_assert!(fault.is_none(), "{}\nas {:?}:\n{text}", fault.unwrap_or_default(), case.read.document.form);
    }
}

/// A tag that ends nothing is left out as markup; the words on either side of it stay.
#[test]
fn a_lone_end_tag_keeps_the_words_around_it() {
    for text in ["The mill</div> stood.\n", "</em>\n\nThe mill.\n", "# The </b>mill\n\n- a wheel</li>\n"] {
        let case = read::text("case.md", text);
        assert_eq!(wrong(&case), None, "{text}");
    }
}

/// The texts in a folder and below it, without known defects.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            out.extend(if path.ends_with("golden/known") { Vec::new() } else { texts(&path) });
        } else if path
            .extension()
            .is_some_and(|e| ["md", "txt", "htm", "xhtml"].iter().any(|ending| e == *ending))
        {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn all_keep_their_words(folder: &Path) {
    let mut faults = Vec::new();
    for path in texts(folder) {
        let fault = read::file(&path).and_then(|case| wrong(&case));
        faults.extend(fault.map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_golden_cases_keep_their_words() {
    all_keep_their_words(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden"));
}

#[test]
fn the_archive_that_ships_with_the_project_keeps_its_words() {
    all_keep_their_words(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
}

#[test]
fn a_corpus_keeps_its_words() {
    let Some(folder) = std::env::var_os("POSTIL_CORPUS") else { return };
    let folder = PathBuf::from(folder);
    assert!(folder.is_dir(), "POSTIL_CORPUS names no folder");
    all_keep_their_words(&folder);
}

/// What a longer run of `DAMAGES` (see `corpus`) found: signs that a slip of the hand left in the middle of others.
#[test]
fn stray_signs_of_markup_keep_their_words() {
    for text in [
        "<img src=\"a.svg\" alt=\"A <kbd>key</kbd> and <mark>a mark</mark>, <u>below>a link</a> and < a wheel\" onerror=\"x()\"> end\n",
        "a <svg onlo[x](y)ad=alert(1)>words</svg> end\n",
        "A clerk,<sup>1</sup> and a second.<sup>2</sup>\n\n---\n\n<sup>2<the clerk of the weirs,<sup>1</sup> and floods.\n\n\
         <sup>1</sup> He could not swim.\n",
    ] {
        let case = read::text("case.md", text);
        let found = conserve::lost_and_made(&case.source, &case.read.document);
        assert!(found.is_none(), "{text}\n{found:?}");
    }
}
