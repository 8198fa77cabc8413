//! A hash against malice: of two contents with one digest nobody knows.
//!
//! BLAKE3, as `b3sum` prints it, so that a site can be checked without this program too. (`hash` is the smaller and
//! weaker one, for what only has to be told apart within one archive.)

use std::io::{self, Read, Write};

use serde::Serialize;

/// The digest of these bytes, as 64 hexadecimal digits.
pub fn of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A digest as a number, for sums of many.
pub fn number(bytes: &[u8]) -> u128 {
    let mut number = [0; 16];
    number.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    u128::from_le_bytes(number)
}

/// The digest of a text and of data: the data as JSON, in which no two are written alike.
pub fn of_data(text: &str, data: &impl Serialize) -> serde_json::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
    let mut pieces = Pieces { hasher, held: [0; 2_048], length: 0 };
    serde_json::to_writer(&mut pieces, data)?;
    pieces.hasher.update(&pieces.held[..pieces.length]);
    Ok(pieces.hasher.finalize().to_hex().to_string())
}

/// Brings together what is hashed: JSON is written in pieces of a few bytes. Most of it is short, and not worth memory of
/// its own.
struct Pieces {
    hasher: blake3::Hasher,
    held: [u8; 2_048],
    length: usize,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.length + bytes.len() > self.held.len() {
            self.hasher.update(&self.held[..self.length]);
            self.length = 0;
        }
        match self.held.get_mut(self.length..self.length + bytes.len()) {
            Some(free) => {
                free.copy_from_slice(bytes);
                self.length += bytes.len();
            }
            None => {
                self.hasher.update(bytes);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The digest of a text and of data as a small number, for what only has to be told from what stood there before.
pub fn number_of_data(text: &str, data: &impl Serialize) -> u64 {
    let digest = of_data(text, data).unwrap_or_default();
    digest.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// The digest of all that a reader gives.
pub fn of_reader(mut reader: impl Read) -> io::Result<String> {
    /// Large enough for the widest registers to be kept busy.
    const PIECE: usize = 1 << 16;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; PIECE];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().to_hex().to_string()),
            Ok(n) => {
                hasher.update(&buffer[..n]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_values() {
        // The first test vector of the BLAKE3 authors.
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(of(b""), empty);
        let long = vec![7; 200_000];
        assert_eq!(of_reader(&long[..]).unwrap(), of(&long));
    }
}
