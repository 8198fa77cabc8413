//! What a reader's browser makes of the site: `tests/browser/run.mjs` in Chromium, from disk and from a server, and
//! `firefox.mjs` in Firefox, from disk.
//!
//! They need node, Chromium (`CHROMIUM`, or `/usr/bin/chromium`), Firefox (`FIREFOX`, or `/usr/bin/firefox-esr`) and
//! `npm ci` in `tests/browser`. Where one of
//! them is missing, the test says so and passes; under `CI=true` it fails.

use std::path::Path;
use std::process::Command;

mod sample;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// What is missing to run a browser, if anything is.
fn missing() -> Option<String> {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let firefox = std::env::var("FIREFOX").unwrap_or_else(|_| "/usr/bin/firefox-esr".to_owned());
    if let Some(gone) = [browser, firefox].into_iter().find(|b| !Path::new(b).exists()) {
        return Some(format!("there is no browser at {gone}"));
    }
    if Command::new("node").arg("--version").output().is_err() {
        return Some("node is not installed".to_owned());
    }
    if !Path::new(REPOSITORY).join("tests/browser/node_modules/playwright-core").exists() {
        return Some("`npm ci` was not run in tests/browser".to_owned());
    }
    None
}

/// True if the test is to be left out, which it says.
fn skipped(why: Option<String>) -> bool {
    let Some(why) = why else { return false };
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the browser part cannot run: {why}");
    eprintln!("SKIPPED, the browser part: {why}");
    true
}

fn run(script: &str, site: &Path) {
    let output = Command::new("node")
        .arg(Path::new(REPOSITORY).join("tests/browser").join(script))
        .arg(site)
        .output()
        .expect("node runs");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn the_sample_site_works_in_a_browser() {
    if skipped(missing()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for page in sample::site().unwrap() {
        let path = folder.path().join(&page.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, page.bytes.unwrap_or_default()).unwrap();
    }
    run("run.mjs", folder.path());
}

#[test]
fn the_archive_that_ships_with_the_project_works_in_a_browser() {
    let seeds = Path::new(REPOSITORY).join("seeds");
    let none = (!seeds.is_dir()).then(|| "the repository holds no seeds".to_owned());
    if skipped(missing().or(none)) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(["build", "--out"])
        .arg(&site)
        .arg(REPOSITORY)
        .output()
        .expect("postil runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    run("run.mjs", &site);
    run("firefox.mjs", &site);
}
