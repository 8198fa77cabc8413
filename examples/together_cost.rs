//! What names, links and shared passages cost against parsing, on a synthetic archive in memory:
//! `cargo run --release --example together_cost -- [DOCUMENTS] [BYTES A DOCUMENT]`

use std::convert::Infallible;
use std::time::{Duration, Instant};

use postil::links::again::Again;
use postil::links::{between, inside, shared};
use postil::model::{Passage, marked};
use postil::{build, cite, decode, facts, layout, names};

#[path = "../benches/archive/mod.rs"]
mod archive;

/// A step with the time that it took over all documents.
#[derive(Default)]
struct Step(Duration);

impl Step {
    fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let out = work();
        self.0 += start.elapsed();
        out
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|a| a.parse().unwrap_or(0));
    let (documents, bytes) = (arguments.next().unwrap_or(2_000), arguments.next().unwrap_or(25_000));
    let language = archive::Language::new(1);
    let [mut parsing, mut citing, mut naming, mut within, mut printing, mut across, mut merging] =
        std::array::from_fn(|_| Step::default());
    let (mut records, mut prints, mut words, mut texts, mut targets) =
        (vec![], vec![], vec![], vec![], vec![]);
    // Step by step for each document, so that a busy machine disturbs all of them alike.
    for i in 0..documents {
        let path = format!("text-{i:05}.md");
        let text = archive::document(&language, i, bytes);
        let Some((document, text)) = parsing.take(|| {
            let mut source = decode::decode(&path, text.into_bytes()).value?;
            let facts = facts::read(&mut source, None).value;
            let document = build::read(&layout::unfold(source), &facts).value.document;
            let text = marked(&document);
            Some((document, text))
        }) else {
            continue;
        };
        let citations = citing.take(|| cite::read(&document));
        let cited: Vec<Passage> = citations.citations.into_iter().map(|c| c.passage).collect();
        records.push(naming.take(|| names::scan(&text, document.meta.lang.as_deref(), &cited)).record);
        let notes: Vec<(u32, &str)> = document.notes.iter().map(|n| (n.part, n.label.as_str())).collect();
        within.take(|| {
            inside::find(&text, inside::Known { notes: &notes, cited: &cited, ..inside::Known::default() })
        });
        let own = printing.take(|| shared::words(&text[0].1.text));
        prints.push(printing.take(|| shared::prints(&own)));
        words.push(own);
        targets.push(between::Target { title: document.meta.title, ..between::Target::default() });
        texts.push(text);
    }
    merging.take(|| names::merge(records.iter().collect(), &names::Owner::default()));
    across.take(|| {
        let targets = between::Targets::new(&targets);
        for (i, text) in texts.iter().enumerate() {
            targets.of(i, text, |_| None);
        }
        let sketches: Vec<shared::Sketch> = prints.iter().map(shared::Prints::sketch).collect();
        let sketches: Vec<&shared::Sketch> = sketches.iter().collect();
        let twins = shared::near_duplicates(&sketches);
        let some = |some: &[usize]| Ok::<_, Infallible>(some.iter().map(|&i| &prints[i]).collect::<Vec<_>>());
        let Ok(again) = Again::of(Vec::new(), &sketches, some);
        let prints = |i: usize| Ok(&prints[i]);
        let Ok(found) = shared::matches(
            &again,
            &shared::Compared::default(),
            prints,
            |i| Ok::<_, Infallible>(&words[i]),
            &twins,
        );
        found
    });
    let steps = [
        ("citations", &citing),
        ("names of each", &naming),
        ("names merged", &merging),
        ("links inside", &within),
        ("fingerprints", &printing),
        ("links and passages between", &across),
    ];
    println!("parsing {:>27.2?}", parsing.0);
    let mut all = Duration::ZERO;
    for (name, step) in steps {
        let share = step.0.as_secs_f64() / parsing.0.as_secs_f64();
        println!("{name:26} {:>8.2?} {share:.3} of parsing", step.0);
        all += step.0;
    }
    println!("together {:.3} of parsing", all.as_secs_f64() / parsing.0.as_secs_f64());
}
