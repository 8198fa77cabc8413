//! What reading and resolving citations costs against parsing, on a synthetic archive in memory:
//! `cargo run --release --example works_cost -- [DOCUMENTS] [NOTES A DOCUMENT]`

use std::fmt::Write;
use std::time::{Duration, Instant};

use postil::cite::{self, Found};
use postil::index::works::{Citing, collect};
use postil::{build, decode, facts, layout};

const FAMILIES: [&str; 12] = [
    "Arendt",
    "Bloch",
    "Chartier",
    "Darnton",
    "Eisenstein",
    "Febvre",
    "Grafton",
    "Huizinga",
    "Illich",
    "Johns",
    "Kantorowicz",
    "Ong",
];

/// A document of some 25 KB with notes in the usual forms.
fn document(d: usize, notes: usize) -> String {
    let mut out = format!("# Text number {d}\n\n");
    for n in 1..=notes {
        for s in 0..8 {
            let _ = write!(
                out,
                "The sentence {s} of paragraph {n} says a little of margins, of pages (all {s} of them) and of those who read. "
            );
        }
        let _ = writeln!(out, "It ends here.[^{n}]\n");
    }
    for n in 1..=notes {
        let family = FAMILIES[(d + n) % FAMILIES.len()];
        let volume = (d + n) % 40;
        let _ = match n % 5 {
            1 => writeln!(
                out,
                "[^{n}]: Ann {family}, *The Book of {family} and Thing {volume}* (London: Example Press, 19{:02}), {n}.",
                10 + volume
            ),
            2 => writeln!(out, "[^{n}]: Ibid., {n}–{}.", n + 3),
            3 => writeln!(
                out,
                "[^{n}]: See {}, 12n4; and compare {} {n}.",
                FAMILIES[(d + n - 2) % FAMILIES.len()],
                FAMILIES[(d + n + 1) % FAMILIES.len()]
            ),
            4 => writeln!(out, "[^{n}]: On this there is much to say, and it has been said elsewhere."),
            _ => writeln!(
                out,
                "[^{n}]: Carl {family}, “A Piece of {volume},” *Journal of Examples* {volume}, no. 2 (19{:02}): {n}–{}.",
                20 + volume,
                n + 9
            ),
        };
    }
    out
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse().ok());
    let documents = numbers.next().unwrap_or(2000);
    let notes = numbers.next().unwrap_or(40);
    let (mut reading, mut citing, mut words) = (Duration::ZERO, Duration::ZERO, 0);
    let mut records = Vec::with_capacity(documents);
    let mut found = 0;
    for d in 0..documents {
        let text = document(d, notes);
        let start = Instant::now();
        let Some(mut source) = decode::decode("text.md", text.into_bytes()).value else { continue };
        let facts = facts::read(&mut source, None).value;
        let source = layout::unfold(source);
        let document = build::read(&source, &facts).value.document;
        reading += start.elapsed();
        let start = Instant::now();
        let record = cite::read(&document);
        citing += start.elapsed();
        words += document.words;
        found += record.citations.len();
        records.push(record);
    }
    let meant: Vec<Vec<Found<usize>>> =
        records.iter().map(|r| r.citations.iter().map(|c| c.work.clone()).collect()).collect();
    let all: Vec<Citing> = records
        .iter()
        .zip(&meant)
        .map(|(record, meant)| Citing { title: "", authors: &[], works: &record.works, meant })
        .collect();
    let start = Instant::now();
    let works = collect(&all, &[]);
    let merging = start.elapsed();
    println!(
        "{documents} documents, {words} words, {} notes, {found} citations, {} works",
        documents * notes,
        works.works.len()
    );
    println!(
        "reading the documents {reading:.2?}, their citations {citing:.2?}, bringing the works together {merging:.2?}"
    );
}
