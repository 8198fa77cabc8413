//! Hostile documents, each opened in a real browser without the site's policy: nothing of them runs, nothing is
//! loaded, nothing asks.
//!
//! `table` lists what each document tries. All are built as one archive; then the policy is taken out of every page,
//! so that what is seen is the work of the program alone, and `tests/browser/hostile.mjs` opens them in Chromium. Where
//! there is no browser the test says so; what can be seen without one is looked at in any case.

mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postil::build::{self, Options, Report};
use postil::publish;

use table::Hostile;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

struct Archive {
    folder: tempfile::TempDir,
    hostile: Vec<Hostile>,
    report: Report,
}

impl Archive {
    fn build() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        let hostile = table::all();
        for one in &hostile {
            for (name, text) in &one.files {
                let path = folder.path().join("seeds").join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap_or_else(|e| panic!("{name:?}: {e}"));
            }
        }
        for (name, text) in table::beside() {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let options = Options { archive: folder.path().to_owned(), ..Options::default() };
        let report = build::build(&options).unwrap_or_else(|failure| panic!("{failure}"));
        Archive { folder, hostile, report }
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }
}

/// Every page of a site.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|n| n != "files") {
            out.extend(pages(&path));
        } else if path.extension().is_some_and(|e| e == "html") {
            out.push(path);
        }
    }
    out
}

/// Takes the policy out of every page; a page without one is a fault.
fn without_policy(site: &Path) {
    for page in pages(site) {
        let html = fs::read_to_string(&page).unwrap();
        let start = html.find("<meta http-equiv=\"Content-Security-Policy\"");
        let start = start.unwrap_or_else(|| panic!("{} has no policy", page.display()));
        let policy = &html[start..start + html[start..].find('>').unwrap()];
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        fs::write(page, html.replacen(&format!("{policy}>"), "", 1)).unwrap();
    }
}

/// Each file of the search index is a script of one call, whose texts no words of a document can end: all of them are
/// in characters that bear bits.
fn the_index_is_one_call_a_file(site: &Path) {
    let mut folders = vec![site.join("search")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(site.join("search")).unwrap().with_extension("");
            let bytes = fs::read(&path).unwrap();
            let units: Vec<u16> =
                bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let script = String::from_utf16(&units).expect("no half of a character");
            let call =
                script.strip_prefix("\u{feff}postilSearchData(\"").and_then(|s| s.strip_suffix("\")\n"));
            let fields: Vec<&str> = call.expect("one call").splitn(3, ['"', ',']).collect();
            let [named, _, rest] = fields[..] else { panic!("{script}") };
            let (length, data) = rest.split_once(",\"").expect("a length and a text");
            assert_eq!(named, name.to_str().unwrap());
            assert!(
                named.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'/'),
                "{named}"
            );
            assert!(length.bytes().all(|b| b.is_ascii_digit()), "{length}");
            assert!(data.chars().all(|c| ('\u{3000}'..'\u{b000}').contains(&c)), "{named}");
            files += 1;
        }
    }
    assert!(files > 5, "{files} files of the index");
}

#[test]
fn each_says_what_it_tries_and_there_are_enough() {
    let hostile = table::all();
    let tries: BTreeSet<&str> = hostile.iter().map(|h| h.tries.as_str()).collect();
    assert_eq!(tries.len(), hostile.len(), "two documents try the same");
    assert!(hostile.len() >= 150, "{} documents", hostile.len());
}

#[test]
fn nothing_of_them_is_live() {
    let archive = Archive::build();
    assert!(archive.report.documents >= 150, "{} pages", archive.report.documents);
    assert!(publish::verify(&archive.site()).unwrap().is_whole());
    // Nothing came to lie outside.
    let mut beside: Vec<_> =
        fs::read_dir(archive.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, [".postil", "annotations", "names.yaml", "seeds", "site", "works.json"]);
    the_index_is_one_call_a_file(&archive.site());
    // To a file system without regard to case and to Unicode's forms, all paths are different.
    let mut keys = BTreeSet::new();
    let mut folders = vec![archive.site()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let relative = path.strip_prefix(archive.site()).unwrap().to_str().unwrap().to_owned();
            assert_eq!(publish::path::portable(&relative), relative);
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            assert!(keys.insert(publish::path::key(&relative)), "{relative} is there twice");
        }
    }
    without_policy(&archive.site());
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let there = Path::new(&browser).exists()
        && Command::new("node").arg("--version").output().is_ok()
        && Path::new(REPOSITORY).join("tests/browser/node_modules/playwright-core").exists();
    if !there {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the browser part cannot run");
        eprintln!("SKIPPED, the browser part of {} hostile documents", archive.hostile.len());
        return;
    }
    let output = Command::new("node")
        .arg(Path::new(REPOSITORY).join("tests/browser/hostile.mjs"))
        .arg(archive.site())
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    eprintln!("{said}");
}
