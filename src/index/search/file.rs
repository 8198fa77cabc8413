//! Bytes → files that a page opened from disk can load.
//!
//! From disk a browser loads nothing but scripts, so a file is a script: one call of one function, with the name and
//! the data. The data are deflated (every browser can inflate) and written in base 64.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The function that the files call; `static/search-core.js` has it.
const CALL: &str = "postilSearchData";

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

impl Script {
    /// A file of JSON as it is.
    pub fn plain(name: &str, json: &str) -> Script {
        // JSON is a part of JavaScript.
        let script = [CALL, "(\"", name, "\",", json, ")\n"].concat();
        Script { path: [FOLDER, "/", name, ".js"].concat(), bytes: script.into_bytes() }
    }
}

/// What is to be deflated and written; the costly part of a file, to be done in parallel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// `0/t12`
    pub name: String,
    /// The data.
    pub bytes: Vec<u8>,
}

impl Packed {
    /// The file.
    pub fn file(self) -> Script {
        let mut encoder =
            DeflateEncoder::new(Vec::with_capacity(self.bytes.len() / 2), Compression::default());
        // Writing to memory does not fail.
        let _ = encoder.write_all(&self.bytes);
        let deflated = encoder.finish().unwrap_or_default();
        Script::plain(&self.name, &["\"", &base64(&deflated), "\""].concat())
    }
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

/// Bytes in base 64, with its padding.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i > group.len() { '=' } else { char::from(digit) });
        }
    }
    out
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
        assert_eq!(["", "f", "fo", "foo"].map(|t| base64(t.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v"]);
    }
}
