//! What the program is made of, besides itself: allowed licences, one source, no crate twice without a reason, none that
//! is banned. From `cargo metadata`, so that it takes no tool and no network.
//!
//! Known defects of crates are another matter: their list is on the network (`cargo audit`).

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences whose terms a user of the program need not think about.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The only place where crates come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// No C libraries that every system has in another version, no network, and nobody's abandoned YAML.
const BANNED: [&str; 9] = [
    "openssl-sys",
    "openssl",
    "native-tls",
    "onig",
    "libgit2-sys",
    "reqwest",
    "serde_yaml",
    "serde_yml",
    "yaml-rust",
];

/// Crates that are there in several versions, because those that need them do not agree.
const TWICE: &[&str] = &["bit-set", "bit-vec", "embedded-io", "hashbrown", "syn"];

/// Does a licence expression leave a way that is allowed?
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<String> = Vec::new();
    for word in expression.split_whitespace() {
        match words.last_mut() {
            Some(last) if word == "WITH" || last.ends_with(" WITH") => *last = format!("{last} {word}"),
            _ => words.push(word.to_owned()),
        }
    }
    let mut words = words.iter().map(String::as_str).peekable();
    any(&mut words)
}

fn any<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> bool {
    let mut is = all(words);
    while words.next_if_eq(&"OR").is_some() {
        is |= all(words);
    }
    is
}

fn all<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> bool {
    let mut is = one(words);
    while words.next_if_eq(&"AND").is_some() {
        is &= one(words);
    }
    is
}

fn one<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        // One level is all that is ever written; it is read without going round in types.
        let inside: Vec<&str> = std::iter::from_fn(|| words.next_if(|w| *w != ")")).collect();
        words.next();
        return any(&mut (Box::new(inside.into_iter()) as Box<dyn Iterator<Item = &str>>).peekable());
    }
    words.next().is_some_and(|licence| ALLOWED.contains(&licence))
}

fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    // What another system's build would take in need not be on this machine.
    let about = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8_lossy(&about.stdout).into_owned();
    let host = about.lines().find_map(|l| l.strip_prefix("host: ")).expect("rustc says what it compiles for");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    match metadata["packages"].take() {
        Value::Array(packages) => packages.into_iter().filter(|p| !p["source"].is_null()).collect(),
        other => panic!("{other}"),
    }
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

#[test]
fn expressions_are_read() {
    for yes in [
        "MIT",
        "MIT OR GPL-3.0",
        "MIT/Apache-2.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_allowed(yes), "{yes}");
    }
    for no in
        ["", "GPL-3.0-only", "MIT AND GPL-3.0", "(GPL-3.0 OR LGPL-3.0) AND MIT", "Apache-2.0 WITH other"]
    {
        assert!(!is_allowed(no), "{no}");
    }
}

#[test]
fn what_the_program_is_made_of_may_be_used_by_anybody() {
    let packages = packages();
    assert!(packages.len() > 50, "{} crates", packages.len());
    let mut wrong = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &packages {
        let (name, version) = (text(package, "name"), text(package, "version"));
        versions.entry(name).or_default().insert(version);
        if !is_allowed(text(package, "license")) {
            wrong
                .push(format!("{name} {version}: the licence {:?} is not allowed", text(package, "license")));
        }
        if text(package, "source") != SOURCE {
            wrong.push(format!("{name} {version} comes from {}", text(package, "source")));
        }
        if BANNED.contains(&name) {
            wrong.push(format!("{name} is banned"));
        }
    }
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        if !TWICE.contains(name) {
            wrong.push(format!("{name} is there {} times: {versions:?}", versions.len()));
        }
    }
    for name in TWICE.iter().filter(|name| versions.get(**name).is_none_or(|v| v.len() < 2)) {
        wrong.push(format!("{name} is no longer there twice: take it off the list"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
