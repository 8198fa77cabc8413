//! Times the search index by itself, and says how large it is.
//!
//!     cargo bench --bench search -- FOLDER DOCUMENTS [BYTES-A-DOCUMENT]
//!
//! Texts are made and dropped one at a time, so that what the process takes is what the index takes; how long that
//! lasts is taken from a run before that only makes them.

use std::convert::Infallible;
use std::path::Path;
use std::time::Instant;

use postil::build::search::build;
use postil::index::search::item::{Block, Card, Item, Part};

mod archive;

/// A generated document as the program would read it; plain enough to be read without it.
fn item(language: &archive::Language, number: usize, size: usize) -> Item {
    let text = archive::document(language, number, size);
    let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
    let mut title = String::new();
    let mut tags = Vec::new();
    for line in text.lines().skip(1).take(5) {
        title = line.strip_prefix("title: ").map_or(title, str::to_owned);
        if let Some(list) = line.strip_prefix("tags: [") {
            tags = list.trim_end_matches(']').split(", ").map(str::to_owned).collect();
        }
    }
    let block = |(i, text): (usize, &str)| {
        let (part, text) = match text.strip_prefix("## ") {
            Some(heading) => (Part::Heading, heading),
            None if text.starts_with("[^") => (Part::Note, text.split_once(": ").map_or(text, |t| t.1)),
            None => (Part::Body, text),
        };
        Block { part, text: text.to_owned(), id: format!("p-{i:08}") }
    };
    let blocks = body.split("\n\n").map(str::trim).filter(|b| !b.is_empty()).enumerate().map(block).collect();
    let url = format!("texts/text-{number:05}.html");
    Item { card: Card { url, title, tags, lang: Some("en".into()), ..Card::default() }, blocks }
}

/// The most memory the process has taken, in MB.
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kb| kb / 1024)
}

/// Seconds of processor time that the process has taken, all threads together.
fn processor() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11).map(str::parse::<f64>);
    Some((fields.next()?.ok()? + fields.next()?.ok()?) / 100.0)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let number = |i: usize, default: usize| arguments.get(i).and_then(|a| a.parse().ok()).unwrap_or(default);
    let Some(folder) = arguments.first().map(Path::new) else {
        println!("usage: cargo bench --bench search -- FOLDER DOCUMENTS [BYTES-A-DOCUMENT]");
        return;
    };
    let (documents, size) = (number(1, 200), number(2, 25_000));
    let language = archive::Language::new(1);
    let start = Instant::now();
    let bytes: usize = (0..documents)
        .map(|i| item(&language, i, size).blocks.iter().map(|b| b.text.len()).sum::<usize>())
        .sum();
    let making = processor().unwrap_or_else(|| start.elapsed().as_secs_f64());
    let urls: Vec<String> = (0..documents).map(|i| format!("texts/text-{i:05}.html")).collect();
    let (mut files, mut written) = (0, 0);
    let start = Instant::now();
    let Ok(()) = build(
        &urls,
        documents,
        |i, counter| Ok::<_, Infallible>(counter.count(item(&language, i, size))),
        |script| {
            let path = folder.join(&script.path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).expect("a folder can be made");
            }
            files += 1;
            written += script.bytes.len();
            std::fs::write(path, script.bytes).expect("a file can be written");
        },
    );
    let whole = start.elapsed();
    println!(
        "{documents} documents, {bytes} bytes of text: {files} files, {written} bytes, {:.2} of the text",
        written as f64 / bytes as f64
    );
    println!(
        "{:.2} s; {:.2} s of processors without the making of the texts; {} MB",
        whole.as_secs_f64(),
        processor().unwrap_or(0.0) - 2.0 * making,
        memory().unwrap_or(0)
    );
}
