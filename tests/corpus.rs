//! The saved corpus of the fuzz targets, and the golden cases, through all of their checks: see `fuzz/checks`.
//!
//! Each finding of a fuzzer that was mended lies in `fuzz/corpus/TARGET` and is looked at here, with the stable
//! compiler. Beside them, each golden case is damaged in a few ways that are the same in every run: `DAMAGES=n` looks
//! further.

#[path = "../fuzz/checks/mod.rs"]
mod checks;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.is_file()).collect();
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a check says of these bytes, if it fails.
fn fault(check: checks::Check, bytes: &[u8]) -> Option<String> {
    let caught = catch_unwind(AssertUnwindSafe(|| check(bytes))).err()?;
    let said = caught.downcast_ref::<String>().cloned();
    let said = said.or(caught.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default();
    Some(said.chars().take(400).collect())
}

#[test]
fn what_was_found_once_holds() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, check) in checks::TARGETS {
        for file in files(&root().join("fuzz/corpus").join(name)) {
            count += 1;
            faults
                .extend(fault(check, &fs::read(&file).unwrap()).map(|f| format!("{}: {f}", file.display())));
        }
    }
    assert!(count > 0, "the corpus is gone");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }
}

/// Signs that mean something to one stage or another.
const SIGNS: [&str; 24] = [
    "[1]",
    "[^1]",
    "[^1]: ",
    "<sup>1</sup>",
    "\u{b9}",
    "\u{2020}",
    "\n\n---\n\n",
    "\u{c}",
    "```\n",
    "> ",
    "- ",
    "1. ",
    "<div>",
    "</div>",
    "<table><tr><td>",
    "<!--",
    "&amp;",
    "[x](y)",
    "**",
    "`",
    "\u{202e}",
    "Ibid.",
    "[Footnote 1: ",
    "Notes\n",
];

/// Cuts, doubles, moves or adds something.
fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let (a, b) = (chance.below(bytes.len()), chance.below(bytes.len()));
    let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 400));
    match chance.below(5) {
        0 => drop(bytes.drain(from..to)),
        1 => {
            let piece = bytes[from..to].to_vec();
            bytes.splice(from..from, piece);
        }
        2 => bytes[from..to].rotate_left((to - from) / 2),
        3 => bytes.truncate(to),
        _ => {
            let sign = SIGNS[chance.below(SIGNS.len())];
            bytes.splice(from..from, sign.bytes());
        }
    }
}

/// Each once; `DAMAGES` says how often, and finds what is not mended yet.
#[test]
fn damaged_golden_cases_hold() {
    let rounds = std::env::var("DAMAGES").ok().and_then(|v| v.parse().ok()).unwrap_or(1);
    let mut chance = Chance(7);
    let mut faults = Vec::new();
    for file in files(&root().join("tests/golden")) {
        let kind = match file.extension().and_then(|e| e.to_str()) {
            Some("md") => b'0',
            Some("txt") => b'1',
            _ => continue,
        };
        let whole = fs::read(&file).unwrap();
        for round in 0..rounds {
            let mut bytes = whole.clone();
            (0..=chance.below(4)).for_each(|_| damage(&mut bytes, &mut chance));
            bytes.insert(0, kind);
            if let Some(said) = fault(checks::document, &bytes) {
                if let Some(folder) = std::env::var_os("FINDINGS") {
                    let name = file.file_name().unwrap().to_string_lossy();
                    fs::write(Path::new(&folder).join(format!("{round}-{name}")), &bytes).unwrap();
                }
                faults.push(format!("{} damaged, round {round}: {said}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
