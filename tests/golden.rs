//! Blocks as they are read and written: each case in `tests/golden` is a text (`name.md`, `name.txt`) and what it
//! becomes (`name.html`: findings as comments, then the article).
//!
//! `UPDATE=1 cargo test --test golden` writes the expectations anew; look at the difference before you commit it.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use postil::model::Form;

#[test]
fn golden() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("UPDATE").is_some();
    let mut cases: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut expectations: BTreeMap<String, PathBuf> = BTreeMap::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        match path.extension().and_then(|e| e.to_str()) {
            Some("md" | "txt") => {
                assert!(cases.insert(name.clone(), path).is_none(), "two cases named {name}")
            }
            Some("html") => drop(expectations.insert(name, path)),
            _ => panic!("{} is neither a case nor an expectation", path.display()),
        }
    }
    let mut wrong = Vec::new();
    for (name, path) in &cases {
        let expected = folder.join(name).with_extension("html");
        let got = rendered(path);
        if update {
            fs::write(&expected, &got).unwrap();
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&got) {
            wrong.push(format!("{name}: not as expected; this is what it becomes:\n{got}"));
        }
    }
    for name in expectations.keys().filter(|n| !cases.contains_key(*n)) {
        wrong.push(format!("{name}.html has no case"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rendered(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let form = if path.extension().is_some_and(|e| e == "md") { Form::Markdown } else { Form::Plain };
    let name = path.file_name().unwrap().to_string_lossy();
    let built = common::build(&name, &text, form);
    let mut out = String::new();
    for d in &built.diagnostics {
        writeln!(
            out,
            "<!-- {}:{} {} {} -->",
            d.line,
            d.column,
            d.code.name(),
            d.message.replace("--", "- -")
        )
        .unwrap();
    }
    for omission in &built.document.omissions {
        writeln!(out, "<!-- left out: {:?} -->", omission.text.replace("--", "- -")).unwrap();
    }
    for entry in &built.article.toc {
        writeln!(out, "<!-- {} #{} {} -->", entry.level, entry.id, entry.text).unwrap();
    }
    out + &built.article.html
}
