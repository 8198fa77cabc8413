//! Bytes → files that a page opened from disk can load.
//!
//! From disk a browser loads nothing but scripts, so a file is a script: one call of one function, with the name, the
//! number of bytes and the data. Most data are deflated (every browser can inflate).
//!
//! A script is text, so the bytes must be written as characters. The file is UTF-16 with a byte order mark, which
//! every browser heeds before all else that is said of the encoding, by the page or by a host; so a character of two
//! bytes bears 15 bits, and the data grow by a fifteenth. In base 64 they would grow by a third, in the safe
//! characters of ASCII by a seventh at least.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The function that the files call; `static/search-core.js` has it.
const CALL: &str = "postilSearchData";

/// How hard to deflate. Of generated and real text, 4 takes two fifths of the time of the usual 6, for 3 % more bytes.
const LEVEL: u32 = 4;

/// Bits in a character of a script.
const BITS: u32 = 15;

/// The first of the 32,768 characters that bear them: no quotation mark, no line break, no surrogate is among these.
const FIRST: u16 = 0x3000;

/// The folder of the index, in the site.
pub const FOLDER: &str = "search";

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Where it goes, from the root of the site.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What is to be written; the costly part of a file, to be done in parallel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// `0/t12`
    pub name: String,
    /// The data.
    pub bytes: Vec<u8>,
    /// Whether deflating makes them smaller.
    pub deflate: bool,
}

impl Packed {
    /// The file.
    pub fn file(self) -> Script {
        let bytes = if self.deflate { deflated(&self.bytes) } else { self.bytes };
        let path = [FOLDER, "/", &self.name, ".js"].concat();
        Script { path, bytes: wide(&self.name, &bytes) }
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(LEVEL));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// A script of UTF-16 with the bytes in its characters, [`BITS`] in each.
fn wide(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("{CALL}(\"{name}\",{},\"", bytes.len());
    let mut out = Vec::with_capacity(2 * head.len() + bytes.len() / 15 * 16 + 32);
    let mut push = |unit: u16| out.extend_from_slice(&unit.to_le_bytes());
    push(0xfeff);
    head.encode_utf16().for_each(&mut push);
    let (mut held, mut bits) = (0_u32, 0);
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        if bits >= BITS {
            bits -= BITS;
            push(FIRST + (held >> bits) as u16);
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        push(FIRST + (held << (BITS - bits)) as u16);
    }
    "\")\n".encode_utf16().for_each(&mut push);
    out
}

/// A number in seven bits a byte, the lowest first; all bytes but the last have their highest bit set.
pub fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A number in base 36.
pub fn number36(mut number: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(DIGITS[number % 36]));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_bytes_are_written_as_browsers_read_them() {
        let mut out = Vec::new();
        [0, 127, 128, 300, u32::MAX].into_iter().for_each(|n| varint(&mut out, n));
        assert_eq!(out, [0, 0x7f, 0x80, 1, 0xac, 2, 0xff, 0xff, 0xff, 0xff, 0xf]);
        assert_eq!([0, 35, 36, 46_656].map(number36), ["0", "z", "10", "1000"]);
        let file = Packed { name: "0/p0".into(), bytes: vec![0xff, 1, 2], deflate: false }.file();
        let units: Vec<u16> =
            file.bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&units).unwrap();
        assert_eq!(text, "\u{feff}postilSearchData(\"0/p0\",3,\"\u{af80}\u{7080}\")\n");
    }
}
