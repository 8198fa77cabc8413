//! Prints the citations of documents: `cargo run --example works -- FILE …`
use std::path::Path;

use postil::model::{Stretch, block_text};
use postil::{build, cite, decode, facts, layout};

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(Path::new(&path)) else { continue };
        let Some(mut source) = decode::decode(&path, bytes).value else { continue };
        let facts = facts::read(&mut source, None).value;
        let source = layout::unfold(source);
        let document = build::read(&source, &facts).value.document;
        let found = cite::read(&document);
        println!("== {path}: {} works, {} citations", found.works.len(), found.citations.len());
        for (i, w) in found.works.iter().enumerate() {
            println!("  [{i}] {w:?}");
        }
        let body = block_text(&document.body);
        for c in &found.citations {
            let (label, text) = match c.passage.stretch {
                Stretch::Body => ("body".to_owned(), body.clone()),
                Stretch::Note(n) => {
                    let note = &document.notes[n.0 as usize];
                    (format!("{}.{}", note.part, note.label), block_text(&note.blocks))
                }
            };
            let loc = c.locator.as_ref().map_or("", |l| l.shown.as_str());
            println!(
                "  {label}: «{}» {:?} {:?} [{loc}] {:?}",
                &text[c.passage.range.clone()],
                c.manner,
                c.work,
                c.evidence
            );
        }
    }
}
