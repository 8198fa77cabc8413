//! Writes the sample site of the tests into a folder, to be looked at:
//! `cargo run --example sample_site -- FOLDER`.

use std::path::Path;

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    for page in sample::site()? {
        let path = Path::new(&folder).join(&page.path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(&folder)))?;
        std::fs::write(path, page.bytes.unwrap_or_default())?;
    }
    Ok(())
}
