//! What `lib.rs` and `Cargo.toml` promise of the sources: who uses which dependency, who touches the disk, and what
//! no module may do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where each dependency may be used: modules, as folders and files of `src` without `.rs`. A crate that all data
/// derive from (`serde`) and its value type (`serde_json`) are used where data are.
const USERS: &[(&str, &[&str])] = &[
    ("ammonia", &["parse/html"]),
    ("axum", &["serve/http"]),
    ("biblatex", &["bibliography/bib"]),
    ("blake3", &["digest"]),
    ("chardetng", &["decode"]),
    ("clap", &["cli"]),
    ("ecow", &["names/token"]),
    ("encoding_rs", &["decode"]),
    ("flate2", &["index/search/file"]),
    ("hashbrown", &["index/search/terms"]),
    ("html5ever", &["hypertext/tape"]),
    ("include_dir", &["render/assets"]),
    ("indicatif", &["cli/progress"]),
    ("jiff", &["parse/metadata/date"]),
    ("notify_debouncer_full", &["serve/watch"]),
    ("postcard", &["cache"]),
    ("pulldown_cmark", &["parse/markdown"]),
    ("rayon", &["build"]),
    ("regex", &["parse/metadata"]),
    ("rust_stemmers", &["index/stem"]),
    ("serde", &[""]),
    ("serde_json", &[""]),
    ("serde_yaml", &["facts/yaml"]),
    ("slug", &["render/slug"]),
    ("stop_words", &["index/tags"]),
    ("strsim", &["cite/near", "misspelt"]),
    ("syntect", &["render/highlight"]),
    ("tempfile", &["cache/aside"]),
    ("tera", &["render/templates"]),
    ("tokio", &["serve"]),
    ("tokio_stream", &["serve/http"]),
    ("toml", &["facts/toml"]),
    ("tower_http", &["serve/http"]),
    ("unicode_normalization", &["fold", "index/search/words", "notes/label"]),
    ("walkdir", &["discover"]),
    ("whatlang", &["parse/metadata/language"]),
];

/// The modules that touch the disk.
const DISK: &[&str] = &["cache", "discover", "publish", "render/assets"];

/// A source file of the library: its module's path and its code, without comments, strings and tests.
struct Module {
    name: String,
    code: String,
}

impl Module {
    fn is_in(&self, modules: &[&str]) -> bool {
        modules.iter().any(|m| m.is_empty() || self.name == *m || self.name.starts_with(&[m, "/"].concat()))
    }
}

fn modules() -> Vec<Module> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files.sort();
    // Tests that fill a file of their own.
    files.retain(|path| path.file_stem().is_none_or(|stem| stem != "tests"));
    let module = |path: PathBuf| {
        let name = path.strip_prefix(&src).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
        let name = name.strip_suffix("/mod").unwrap_or(&name).to_owned();
        Module { name, code: code(&fs::read_to_string(&path).unwrap()) }
    };
    files.into_iter().map(module).collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Rust without comments, the contents of strings, and everything from `#[cfg(test)]` on (tests stand last in a file).
fn code(text: &str) -> String {
    let (text, tests) = text.split_once("\n#[cfg(test)]\n").unwrap_or((text, "mod"));
    assert!(tests.starts_with("mod"), "tests stand last in a file, and before them: {tests:.80}");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = raw_string(rest);
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if raw > 0 {
            raw
        } else if c == '"' {
            string(rest)
        } else if c == '\'' {
            character(rest)
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = &rest[skipped..];
    }
    out
}

/// Bytes of the raw string that begins here, 0 if none does.
fn raw_string(rest: &str) -> usize {
    let Some(hashes) = rest.strip_prefix('r').map(|r| r.len() - r.trim_start_matches('#').len()) else {
        return 0;
    };
    let end = ["\"", &"#".repeat(hashes)].concat();
    match rest[1 + hashes..].strip_prefix('"').and_then(|inside| inside.find(&end)) {
        Some(at) => 1 + hashes + 1 + at + end.len(),
        None => 0,
    }
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return i + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// Bytes of a character, or of the quote of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    let escaped = chars.next().is_some_and(|c| c.1 == '\\');
    let end =
        if escaped { chars.skip(1).find(|c| c.1 == '\'') } else { chars.next().filter(|c| c.1 == '\'') };
    end.map_or(1, |(i, _)| i + 1)
}

/// True if the code names a crate: `name::`, `use name;` or `use name as`.
fn names(code: &str, krate: &str) -> bool {
    let path = [krate, "::"].concat();
    let named = |(at, _): (usize, &str)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    };
    // A module of our own may have a crate's name: `crate::x::slug::of_text` and `use …::slug::{self}`.
    code.match_indices(&path).any(named) && !brings_in(code, krate)
}

/// True if one of our own modules of this name is brought in by a `use`.
fn brings_in(code: &str, name: &str) -> bool {
    code.split(';').map(str::trim_start).filter_map(|s| s.split_once("use ")).any(|(_, path)| {
        let own = ["crate", "super", "self"].iter().any(|root| path.trim_start().starts_with(root));
        own && path.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name)
    })
}

/// The dependencies in the manifest, as code names them.
fn dependencies() -> Vec<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let section = rest.split("\n[").next().unwrap();
    let lines = section.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_"))).collect()
}

#[test]
fn each_dependency_is_used_in_its_place_only() {
    let modules = modules();
    let users: BTreeMap<&str, &[&str]> = USERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for krate in dependencies() {
        let Some(places) = users.get(krate.as_str()) else {
            wrong.push(format!("{krate} is not in the list of this test: which module is it for?"));
            continue;
        };
        let using: Vec<&Module> = modules.iter().filter(|m| names(&m.code, &krate)).collect();
        if using.is_empty() {
            wrong.push(format!("{krate} is used nowhere"));
        }
        let strays = using.iter().filter(|m| !m.is_in(places));
        wrong.extend(strays.map(|m| format!("{krate} is used in src/{}.rs", m.name)));
    }
    let listed = dependencies();
    let gone = users.keys().filter(|u| !listed.iter().any(|d| d == *u));
    wrong.extend(gone.map(|u| format!("{u} is in the list of this test and no dependency")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn few_modules_touch_the_disk() {
    const SIGNS: [&str; 7] =
        ["std::fs", "fs::", "File::", "OpenOptions", ".canonicalize()", ".is_dir()", ".metadata()"];
    /// Looks without reading: a folder that is not there, a file's size.
    const LOOKS: &[(&str, &[&str])] = &[
        ("build", &[".is_dir()", ".canonicalize()"]),
        ("build/site", &[".metadata()"]),
        ("serve/watch", &[".is_dir()"]),
    ];
    let mut wrong = Vec::new();
    for module in modules().iter().filter(|m| !m.is_in(DISK)) {
        let allowed = LOOKS.iter().find(|l| l.0 == module.name).map_or(&[][..], |l| l.1);
        let signs = SIGNS.iter().filter(|s| module.code.contains(**s) && !allowed.contains(*s));
        wrong.extend(signs.map(|s| format!("src/{}.rs has `{s}`", module.name)));
    }
    assert!(wrong.is_empty(), "only {DISK:?} touch the disk, but\n{}", wrong.join("\n"));
}

#[test]
fn nothing_panics_on_purpose() {
    const SIGNS: [&str; 6] = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "dbg!("];
    /// A pattern that does not compile is a defect that every test run shows.
    const OWN_PATTERNS: &str = "parse/metadata/patterns";
    let mut wrong = Vec::new();
    for module in modules().iter().filter(|m| m.name != OWN_PATTERNS) {
        let signs = SIGNS.iter().filter(|s| module.code.contains(**s));
        wrong.extend(signs.map(|s| format!("src/{}.rs has `{s}`", module.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.strip_prefix(&src).unwrap().display();
        assert!(text.starts_with("//! "), "src/{shown} does not begin with what it is");
        let name = path.file_stem().unwrap().to_string_lossy();
        let vague = ["util", "utils", "helpers", "misc", "common"].contains(&name.as_ref());
        assert!(!vague, "src/{shown} is named after nothing");
    }
}

#[test]
fn a_missing_word_of_documentation_is_a_finding() {
    let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    assert!(fs::read_to_string(lib).unwrap().contains("#![warn(missing_docs)]"));
}
