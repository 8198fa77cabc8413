//! Writes an archive to the disk, for measurements of the whole program and of others.
//!
//!     cargo bench --bench generate -- FOLDER DOCUMENTS [BYTES-A-DOCUMENT [SEED [FORM]]]
//!
//! FORM is `markdown`, `pdf` (pages of hard lines with running heads and notes at their bottoms) or `ocr` (Markdown of
//! scanned pages). Other generators are measured on the Markdown by `benches/peers.py`.

use std::path::Path;

mod archive;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let number = |i: usize, default: usize| arguments.get(i).and_then(|a| a.parse().ok()).unwrap_or(default);
    let Some(folder) = arguments.first() else {
        println!("usage: cargo bench --bench generate -- FOLDER DOCUMENTS [BYTES-A-DOCUMENT [SEED [FORM]]]");
        return;
    };
    let seeds = Path::new(folder).join("seeds");
    std::fs::create_dir_all(&seeds).expect("the folder can be made");
    let form = arguments.get(4).map_or("markdown", String::as_str);
    let language = archive::Language::new(number(3, 1) as u64);
    for i in 0..number(1, 200) {
        let text = archive::document(&language, i, number(2, 25_000));
        let (text, ending) = match form {
            "pdf" => (archive::as_pdf(&text), "txt"),
            "ocr" => (archive::as_ocr(&text), "md"),
            _ => (text, "md"),
        };
        std::fs::write(seeds.join(format!("text-{i:05}.{ending}")), text).expect("a text can be written");
    }
}
