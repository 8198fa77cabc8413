//! Writes an archive to the disk, for measurements of the whole program and of others.
//!
//!     cargo bench --bench generate -- FOLDER DOCUMENTS [BYTES-A-DOCUMENT [SEED]]

use std::path::Path;

mod archive;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let number = |i: usize, default: usize| arguments.get(i).and_then(|a| a.parse().ok()).unwrap_or(default);
    let Some(folder) = arguments.first() else {
        println!("usage: cargo bench --bench generate -- FOLDER DOCUMENTS [BYTES-A-DOCUMENT [SEED]]");
        return;
    };
    let seeds = Path::new(folder).join("seeds");
    std::fs::create_dir_all(&seeds).expect("the folder can be made");
    let language = archive::Language::new(number(3, 1) as u64);
    for i in 0..number(1, 200) {
        let text = archive::document(&language, i, number(2, 25_000));
        std::fs::write(seeds.join(format!("text-{i:05}.md")), text).expect("a text can be written");
    }
}
