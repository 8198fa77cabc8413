//! A build beside the floor of its work: all documents read, parsed with `pulldown-cmark` to HTML with notes, and as many
//! bytes written as the site has, on two threads.
//!
//!     cargo build --release && cargo bench --bench generate -- FOLDER 2000
//!     cargo bench --bench floor -- FOLDER [target/release/postil]
//!
//! Both are run in turn, each into a folder that was not there before, with search off; the middle of their ratios is
//! printed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser, html};

/// Pairs of runs.
const PAIRS: usize = 3;
const THREADS: usize = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let Some(folder) = arguments.first().map(Path::new) else {
        println!("usage: cargo bench --bench floor -- FOLDER [POSTIL]");
        return;
    };
    let program = arguments.get(1).map_or("target/release/postil", String::as_str);
    let work = folder.join("floor");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).expect("the folder can be made");
    fs::write(work.join("archive.yaml"), "search: false\n").expect("a file can be written");
    let documents = files(&folder.join("seeds"));
    let mut runs: Vec<(Duration, Duration)> = Vec::new();
    for turn in 0..PAIRS {
        let site = work.join(format!("site-{turn}"));
        let built = timed(|| build(program, folder, &work, &site));
        let bytes = files(&site).iter().filter_map(|file| file.metadata().ok()).map(|m| m.len()).sum::<u64>();
        let out = work.join(format!("floor-{turn}"));
        fs::create_dir(&out).expect("the folder can be made");
        runs.push((built, timed(|| floor(&documents, &out, bytes as usize / documents.len().max(1)))));
    }
    runs.sort_by(|a, b| {
        (a.0.as_secs_f64() / a.1.as_secs_f64()).total_cmp(&(b.0.as_secs_f64() / b.1.as_secs_f64()))
    });
    let (built, floor) = runs[PAIRS / 2];
    let ratio = built.as_secs_f64() / floor.as_secs_f64();
    println!("{} documents: postil {built:.2?}, the floor {floor:.2?}, {ratio:.1} times", documents.len());
    let _ = fs::remove_dir_all(&work);
}

fn timed(run: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    run();
    begun.elapsed()
}

fn build(program: &str, folder: &Path, archive: &Path, site: &Path) {
    let _ = fs::remove_dir_all(archive.join(".postil"));
    let run = Command::new(program)
        .arg("build")
        .arg(archive)
        .arg("--seeds")
        .arg(folder.join("seeds"))
        .arg("--out")
        .arg(site)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(run.is_ok_and(|status| status.code().is_some_and(|code| code < 2)), "{program} builds");
}

/// All files in a folder, and in those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|e| if e.path().is_dir() { files(&e.path()) } else { vec![e.path()] }).collect()
}

/// Reads, parses and writes, a file of `bytes` for each document.
fn floor(documents: &[PathBuf], out: &Path, bytes: usize) {
    thread::scope(|scope| {
        for share in documents.chunks(documents.len().div_ceil(THREADS).max(1)) {
            scope.spawn(move || {
                for path in share {
                    let text = fs::read_to_string(path).expect("a document can be read");
                    let mut page = String::with_capacity(bytes.max(text.len() * 2));
                    html::push_html(&mut page, Parser::new_ext(&text, Options::ENABLE_FOOTNOTES));
                    let mut page = page.into_bytes();
                    page.resize(bytes, b' ');
                    let name = path.file_stem().unwrap_or_default();
                    fs::write(out.join(name).with_extension("html"), page).expect("a page can be written");
                }
            });
        }
    });
}
