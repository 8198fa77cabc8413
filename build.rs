//! Tells the program what it was made from (`POSTIL_BUILD`): what one build remembers for the next holds only between
//! programs that do the same, and a version number does not say so while the program is being written.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// What the program's doings depend on.
const PARTS: [&str; 5] = ["src", "templates", "static", "strings", "Cargo.lock"];

fn main() -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        let mut files = Vec::new();
        gather(Path::new(part), &mut files)?;
        files.sort();
        for file in files {
            file.hash(&mut hasher);
            fs::read(&file)?.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=POSTIL_BUILD={:016x}", hasher.finish());
    Ok(())
}

fn gather(path: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    // A package taken from a registry has no lock file of its own.
    if !path.exists() {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), out)?;
        }
    } else {
        out.push(path.to_owned());
    }
    Ok(())
}
