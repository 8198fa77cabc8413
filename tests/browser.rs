//! What a reader's browser makes of the site: `tests/browser/run.mjs` in Chromium, from disk and from a server, and
//! `firefox.mjs` in Firefox, from disk. The archive of `hard` holds what is hard to set, in a site that runs from right
//! to left; `hard.mjs` looks at it through other eyes: larger letters, a zoomed window, forced colours, paper. `eyes.mjs`
//! does so with a page of every kind, with all opened that can be opened, and as a screen reader hears it.
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

/// Builds an archive; what its documents earn in diagnostics is no matter here.
fn build(archive: &Path, site: &Path) {
    let mut postil = Command::new(env!("CARGO_BIN_EXE_postil"));
    let output = postil.args(["build", "--out"]).arg(site).arg(archive).output().expect("postil runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
}

/// What is hard to set: a note of 5,000 words, words without end, a title of three lines and a missing image; a thousand
/// notes; a text from right to left and one without spaces, in a site whose own language is Arabic.
fn hard(archive: &Path) {
    let long = format!(
        "---\nlang: en\ntags: [قراءة, margins]\n---\n# A title that goes on for so long, with one clause after another and \
         none of them willing to be the last, that on any screen it stands in three lines at the least\n\nA word.[^1] \
         Another.[^2]\n\n![a picture that is gone](gone.png)\n\n{}\n\n`{}`\n\n## {}\n\nhttps://example.org/{} and [a mill](https://example.org/mill)\n\n\
         [^1]: {}\n[^2]: Short.\n",
        "x".repeat(500),
        "y".repeat(500),
        "z".repeat(500),
        "q".repeat(500),
        "word ".repeat(5000).trim_end(),
    );
    let sentences = |from: usize| -> String {
        (from..from + 20)
            .map(|i| format!("A sentence of its own, with words before its sign.[^{i}] "))
            .collect::<String>()
            + "\n\n"
    };
    let many = (0..1000).step_by(20).map(sentences).collect::<String>()
        + &(0..1000)
            .map(|i| {
                format!(
                    "[^{i}]: A note of some words, enough that it stands taller than the line it is for.\n"
                )
            })
            .collect::<String>();
    let files = [
        ("archive.yaml", "title: أوراق على الهامش\nlang: ar\n".to_owned()),
        ("strings/ar.yaml", include_str!("browser/ar.yaml").to_owned()),
        ("seeds/long.md", long),
        ("seeds/many.md", format!("# Notes, a thousand of them\n\n{many}")),
        (
            "seeds/margin.md",
            "---\nlang: ar\nauthors: [ليلى المثال]\n---\n# في الهامش\n\nكان القارئ يكتب في حاشية الكتاب ما يخطر له.[^1]\n\n\
             ## المتن\n\nثم جاءت المطبعة (*Marginalia*, 1844).[^2]\n\n[^1]: في الصفحة ١٢.\n[^2]: Poe, 1844.\n"
                .to_owned(),
        ),
        (
            "seeds/blank.md",
            "---\nlang: ja\n---\n# 余白\n\n昔の読者は本の余白に思いついたことを書き込んだ。[^1]\n\n[^1]: 十二頁を見よ。\n"
                .to_owned(),
        ),
    ];
    for (name, text) in files {
        let path = archive.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

#[test]
fn what_is_hard_to_set_breaks_no_page() {
    if skipped(missing()) {
        return;
    }
    let archive = tempfile::tempdir().unwrap();
    hard(archive.path());
    let site = archive.path().join("site");
    build(archive.path(), &site);
    run("run.mjs", &site);
    run("hard.mjs", &site);
    // The same in an English site: among its tags is one from right to left.
    std::fs::write(archive.path().join("archive.yaml"), "title: Papers in the margin\nlang: en\n").unwrap();
    let english = archive.path().join("english");
    build(archive.path(), &english);
    run("eyes.mjs", &english);
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
    build(Path::new(REPOSITORY), &site);
    run("run.mjs", &site);
    run("eyes.mjs", &site);
    run("firefox.mjs", &site);
}
