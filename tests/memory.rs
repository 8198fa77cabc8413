//! A build takes at most twenty times the memory of its largest document, beyond a fixed floor.
//!
//! Each text is built as an archive by a process of its own, which tells the most memory that it ever had (`VmHWM`,
//! so on Linux only): text, page, search index, facsimile and all. Some are looked at in every run; all of them:
//! `cargo test --release --test memory -- --ignored --nocapture`, with `SIZE=bytes` and `ONLY=case`.

#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::large::{CASES, PAGES};
use postil::build::{self, Options};

/// Bytes of memory for a byte of the largest document.
const TIMES: usize = 20;

/// Bytes that a build may take whatever its documents, beyond what one of a single word takes: that is 21 MB, and 36 of
/// a program that is not optimised.
const FLOOR: usize = 43 << 20;

/// What a text is read as …
const NAMES: [&str; 2] = ["case.md", "case.txt"];

/// … and a page.
const PAGE: [&str; 1] = ["case.html"];

/// The most memory that this process had so far, in bytes.
fn most() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).expect("Linux says it");
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// Builds the archive that `ARCHIVE` names: what the others start as a process.
#[test]
#[ignore = "a part of the others"]
fn one() {
    let Some(archive) = std::env::var_os("ARCHIVE") else { return };
    build::build(&Options { archive: archive.into(), ..Options::default() }).unwrap();
    println!("most {}", most());
}

/// What a build of this text takes.
fn taken(name: &str, text: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds").join(name), text).unwrap();
    taken_by(folder.path())
}

fn taken_by(archive: &Path) -> usize {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one", "--ignored", "--nocapture"])
        .env("ARCHIVE", archive)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().find_map(|l| l.split("most ").nth(1));
    line.and_then(|l| l.trim().parse().ok()).unwrap_or_else(|| panic!("{output:?}"))
}

/// Those of these cases, by name, that take more than they may.
fn over(size: usize, chosen: impl Fn(&str) -> bool) -> Vec<String> {
    let mut over = Vec::new();
    let floor = FLOOR + taken(NAMES[0], "word");
    let texts = CASES.iter().map(|case| (case, &NAMES[..]));
    let all = texts.chain(PAGES.iter().map(|case| (case, &PAGE[..])));
    for ((what, make), names) in all.filter(|(case, _)| chosen(case.0)) {
        let text = make(size);
        for name in names {
            let taken = taken(name, &text);
            let times = taken.saturating_sub(floor) as f64 / text.len() as f64;
            println!("{times:6.1} times and {:4} MB in all: {what} as {name}", taken >> 20);
            if taken > floor + TIMES * text.len() {
                over.push(format!("{what} as {name}: {taken} bytes for {}", text.len()));
            }
        }
    }
    over
}

#[test]
fn texts_that_become_much_take_no_more_than_their_share() {
    /// Each took three to ten times as much as it may before there was a limit; the name grew with the square of its
    /// mentions.
    const CHOSEN: [&str; 7] = [
        "star notes",
        "headings",
        "links",
        "uses of definitions",
        "names that count",
        "a name in two forms",
        "ibidem in one note",
    ];
    let over = over(400_000, |case| CHOSEN.contains(&case));
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn no_text_takes_more_than_its_share() {
    let size = std::env::var("SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(1_600_000);
    let only = std::env::var("ONLY").ok();
    let over = over(size, |case| only.as_deref().is_none_or(|only| only == case));
    assert!(over.is_empty(), "{}", over.join("\n"));
}
