//! Texts as they really come, and the articles they become.
//!
//! Each case in `tests/golden` is a text (`name.md`, `name.txt`, or a page, `name.htm`; its owner's facts in front matter or in
//! `name.yaml`) and what it becomes (`name.html`): first, as comments, the form it was taken for, how many
//! markers and notes there are and how many of them are tied, what was left out, repaired and reported, and the
//! table of contents; then the article. The texts were written for these tests.
//!
//! `UPDATE=1 cargo test --test golden` writes the expectations anew; look at the difference before you commit it.
//!
//! A case in `tests/golden/known` is one that comes out wrong. Its `.html` holds lines that *should* be in the
//! result, in this order (or pieces of lines). As soon as they are, the test fails and asks for the case to be moved up.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::diff;
use common::read::{self, Case};

/// Cases and expectations of a folder, by name.
struct Folder {
    path: PathBuf,
    cases: BTreeMap<String, PathBuf>,
    expectations: BTreeMap<String, PathBuf>,
}

impl Folder {
    /// A folder that is not there holds nothing.
    fn read(path: PathBuf) -> Folder {
        let (mut cases, mut expectations) = (BTreeMap::new(), BTreeMap::new());
        for entry in fs::read_dir(&path).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            match path.extension().and_then(|e| e.to_str()) {
                Some("md" | "txt" | "htm" | "xhtml") => {
                    assert!(cases.insert(name.clone(), path).is_none(), "two cases named {name}")
                }
                Some("html") => drop(expectations.insert(name, path)),
                Some("yaml") => {}
                _ if path.is_dir() => {}
                _ => panic!("{} is neither a case nor an expectation", path.display()),
            }
        }
        Folder { path, cases, expectations }
    }

    fn without_case(&self) -> impl Iterator<Item = String> + '_ {
        let lonely = self.expectations.keys().filter(|name| !self.cases.contains_key(*name));
        lonely.map(|name| format!("{name}.html has no case"))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn texts_become_the_articles_expected() {
    let folder = Folder::read(folder());
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong: Vec<String> = folder.without_case().collect();
    for (name, path) in &folder.cases {
        let got = rendered(path);
        let expected = folder.expectations.get(name).map(|path| fs::read_to_string(path).unwrap());
        if update {
            fs::write(folder.path.join(name).with_extension("html"), &got).unwrap();
        } else if expected.as_ref() != Some(&got) {
            let difference = diff::lines(&expected.unwrap_or_default(), &got);
            wrong.push(format!("{name}: not as expected (-), but so (+):\n{difference}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), folder.cases.len(), wrong.join("\n"));
}

#[test]
fn known_defects_are_still_there() {
    let folder = Folder::read(folder().join("known"));
    let mut wrong: Vec<String> = folder.without_case().collect();
    for (name, path) in &folder.cases {
        let Some(expectation) = folder.expectations.get(name) else {
            wrong.push(format!("known/{name}: what should come out? Write it into {name}.html"));
            continue;
        };
        let (wanted, got) = (fs::read_to_string(expectation).unwrap(), rendered(path));
        let mut lines = got.lines();
        let missing = wanted.lines().find(|&line| !lines.any(|l| l.contains(line)));
        match missing {
            None => wrong.push(format!(
                "known/{name} comes out as it should now: move its text (and .yaml) from tests/golden/known to \
                 tests/golden, remove known/{name}.html and run with UPDATE=1"
            )),
            Some(line) if std::env::var_os("SHOW").is_some() => {
                println!("known/{name} lacks\n  {line}\nand is\n{got}");
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reads a case as a build would and writes down what it becomes.
fn rendered(path: &Path) -> String {
    let case = read::file(path).unwrap_or_else(|| panic!("{} is no text", path.display()));
    header(&case) + &case.article.html
}

/// What was concluded, a comment a line.
fn header(case: &Case) -> String {
    let document = &case.read.document;
    let paired = document.markers.iter().filter(|m| m.note.is_some()).count();
    let (markers, notes) = (document.markers.len(), document.notes.len());
    let mut out = String::new();
    let mut say = |line: String| writeln!(out, "<!-- {} -->", line.replace("--", "- -")).unwrap();
    say(format!("form: {}", document.form.name()));
    say(format!("notes: {markers} markers, {notes} notes, {paired} paired"));
    for omission in &document.omissions {
        say(format!("left out: line {}, {:?}: {:?}", omission.line, omission.reason, omission.text));
    }
    for repair in &document.repairs {
        say(format!("repaired: line {}, {:?}: {}", repair.line, repair.kind, repair.detail));
    }
    for d in &case.diagnostics {
        say(format!("{}:{} {} {}", d.line, d.column, d.code.name(), d.message));
    }
    for entry in &case.article.anchors.toc {
        say(format!("toc: {} #{} {}", entry.level, entry.id, entry.text));
    }
    out
}
