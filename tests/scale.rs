//! Texts that are large in one respect: a million markers, one endless line, hundreds of thousands of items, what
//! opens and never closes. Each is read and written, and loses no word.
//!
//! Always small; at full size, for which a debug build takes too long:
//! `cargo test --release --test scale -- --ignored`. Nothing is asserted of the time, which belongs to the machine;
//! `TIMES=1` prints it. A text of twice the size should take twice as long: `SIZE=bytes` sets it, `ONLY=case` picks one.

mod common;

use std::fs;
use std::time::Instant;

use common::large::{CASES, PAGES};
use common::read;
use postil::build::{self, Options};
use postil::links::shared;
use postil::model::{Document, marked};
use postil::{cite, conserve, index, names, publish};

/// What a build concludes from a document by itself: what it cites, names, is about, and shares with others.
fn concluded(document: &Document) {
    let citations = cite::read(document);
    let cited: Vec<_> = citations.citations.iter().map(|c| c.passage.clone()).collect();
    let text = marked(document);
    names::scan(&text, document.meta.lang.as_deref(), &cited);
    shared::prints(&shared::words(&text[0].1.text));
    index::tags::terms(&document.meta.title, &text[0].1, document.meta.lang.as_deref());
}

/// Forms are recognised by the name too: the same text as Markdown and as plain text.
const TEXTS: &[&str] = &["case.md", "case.txt"];

fn read_all(size: usize) {
    let only = std::env::var("ONLY").ok();
    let texts = CASES.iter().map(|case| (case, TEXTS));
    let all = texts.chain(PAGES.iter().map(|case| (case, &["case.html"][..])));
    for ((what, text), names) in all.filter(|(case, _)| only.as_deref().is_none_or(|only| only == case.0)) {
        let text = text(size);
        for name in names {
            let start = Instant::now();
            let case = read::text(name, &text);
            let read = start.elapsed();
            concluded(&case.read.document);
            let took = start.elapsed();
            if std::env::var_os("TIMES").is_some() {
                println!("{what:26} {name:9} {:10} bytes {took:?}, {read:?} of it until written", text.len());
            }
            let found = conserve::lost_and_made(&case.source, &case.read.document);
            let (lost, made) = (found.lost.len(), found.made.len());
            let words = found.lost.iter().chain(&found.made).take(3).collect::<Vec<_>>();
            assert!(found.is_none(), "{what} as {name}: {lost} words lost, {made} made up: {words:?} …");
        }
    }
}

#[test]
fn a_text_may_be_large_in_any_respect() {
    read_all(20_000);
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn a_text_may_be_very_large_in_any_respect() {
    let size = std::env::var("SIZE").ok().and_then(|size| size.parse().ok());
    read_all(size.unwrap_or(4_000_000));
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn twenty_megabytes_are_one_line() {
    let case = read::text("case.txt", &"a word of many words, ".repeat(20_000_000 / 22));
    assert_eq!(case.read.document.markers.len(), 0);
}

/// An archive whose documents all lie in one folder is built, and its site is whole.
fn folder_of(count: usize) {
    let archive = tempfile::tempdir().unwrap();
    let seeds = archive.path().join("seeds");
    fs::create_dir(&seeds).unwrap();
    for n in 0..count {
        fs::write(seeds.join(format!("text-{n}.txt")), format!("Text {n}\n\nThe mill of the year {n}.\n"))
            .unwrap();
    }
    let options = Options { archive: archive.path().to_owned(), ..Options::default() };
    assert_eq!(build::build(&options).unwrap().documents, count);
    let verified = publish::verify(&options.out()).unwrap();
    assert!(verified.is_whole() && verified.foreign.is_empty());
}

#[test]
fn a_folder_may_hold_many_files() {
    folder_of(300);
}

#[test]
#[ignore = "takes minutes, and four gigabytes of disk"]
fn a_folder_may_hold_a_hundred_thousand_files() {
    folder_of(100_000);
}
