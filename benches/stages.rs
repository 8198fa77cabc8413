//! What each stage of a document takes, by itself and on one thread, over a set of documents in each form.
//!
//!     cargo bench --bench stages [-- DOCUMENTS]
//!
//! Every document goes through all stages, and the whole set does so a few times; the middle of each stage's times is
//! printed, in megabytes of source a second. What only the archive knows (merging names, pages of lists) is not here:
//! `postil build --timings` tells of that.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use postil::fixes::Fixes;
use postil::layout::Layout;
use postil::links::shared;
use postil::model::{Passage, marked};
use postil::render::html::{self, LinkTarget, Surroundings};
use postil::render::slug;
use postil::strings::Strings;
use postil::{cite, decode, facts, index, names, notes, parse, recognise, restore};

mod archive;

/// Runs of the whole set.
const RUNS: usize = 7;

fn main() {
    let documents = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(40);
    let language = archive::Language::new(1);
    let markdown: Vec<String> = (0..documents).map(|i| archive::document(&language, i, 25_000)).collect();
    for (form, of) in [
        ("Markdown", str::to_owned as fn(&str) -> String),
        ("OCR", archive::as_ocr),
        ("PDF", archive::as_pdf),
    ] {
        let ending = if form == "PDF" { "txt" } else { "md" };
        let texts: Vec<String> = markdown.iter().map(|text| of(text)).collect();
        let bytes: usize = texts.iter().map(String::len).sum();
        let runs: Vec<Stages> = (0..RUNS).map(|_| run(&texts, ending)).collect();
        println!("{form}: {documents} documents, {:.1} MB", bytes as f64 / 1e6);
        let mut all = 0.0;
        for stage in runs[0].0.keys() {
            let mut times: Vec<f64> = runs.iter().map(|run| run.0[stage].as_secs_f64()).collect();
            times.sort_by(f64::total_cmp);
            let middle = times[times.len() / 2];
            all += middle;
            println!(
                "  {:<12} {:>8.1} MB/s {:>7.2} ms/MB",
                &stage[3..],
                bytes as f64 / 1e6 / middle,
                middle * 1e9 / bytes as f64
            );
        }
        println!(
            "  {:<12} {:>8.1} MB/s {:>7.2} ms/MB",
            "all",
            bytes as f64 / 1e6 / all,
            all * 1e9 / bytes as f64
        );
    }
}

/// What each stage took; the names begin with their places.
#[derive(Default)]
struct Stages(BTreeMap<&'static str, Duration>);

impl Stages {
    fn time<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let out = black_box(run());
        *self.0.entry(stage).or_default() += begun.elapsed();
        out
    }
}

fn run(texts: &[String], ending: &str) -> Stages {
    let mut stages = Stages::default();
    let strings = Strings::default();
    for (i, text) in texts.iter().enumerate() {
        let name = format!("text-{i}.{ending}");
        let bytes = text.clone().into_bytes();
        let Some(mut source) = stages.time("01 decode", || decode::decode(&name, bytes)).value else {
            continue;
        };
        let facts = stages.time("02 facts", || facts::read(&mut source, None)).value;
        let form = stages.time("03 recognise", || recognise::recognise(&source, &facts)).form;
        let fixes = Fixes::none();
        let layout = stages.time("04 layout", || Layout::read(&source, form));
        let apparatus = stages.time("05 notes", || notes::find(&source, &layout, form, &fixes));
        let restored =
            stages.time("06 restore", || restore::restore(&source, &layout, form, apparatus, None, &fixes));
        let document =
            stages.time("07 parse", || parse::parse(&source, form, restored, &facts, &fixes)).value;
        let citations = stages.time("08 cite", || cite::read(&document));
        let stretches = stages.time("09 text", || marked(&document));
        let cited: Vec<Passage> = citations.citations.iter().map(|c| c.passage.clone()).collect();
        let lang = document.meta.lang.as_deref();
        stages.time("10 names", || names::scan(&stretches, lang, &cited));
        // The body is the first.
        let body = &stretches[0].1;
        stages.time("11 terms", || index::tags::terms(&document.meta.title, body, lang));
        stages.time("12 passages", || shared::prints(&shared::words(&body.text)));
        let around = Surroundings {
            slug: slug::of_text,
            resolve: &|_| LinkTarget::Outside,
            reserved: &[],
            overlays: &[],
            strings: &strings,
        };
        stages.time("13 render", || html::article(&document, &source, &around));
    }
    stages
}
