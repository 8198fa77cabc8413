//! A hash against malice: of two contents with one digest nobody knows.
//!
//! BLAKE3, as `b3sum` prints it, so that a site can be checked without this program too. (`hash` is the smaller and
//! weaker one, for what only has to be told apart within one archive.)

mod written;

use std::io::{self, Read};

use serde::Serialize;
use written::{Take, Written};

/// The digest of these bytes, as 64 hexadecimal digits.
pub fn of(bytes: &[u8]) -> String {
    digits(&bytes_of(bytes))
}

/// The same in as few bytes as it has.
pub fn bytes_of(bytes: &[u8]) -> Bytes {
    Bytes::from(blake3::hash(bytes))
}

/// A digest in as few bytes as it has.
pub type Bytes = [u8; 32];

/// The bytes of a digest; `None` if the digits are none.
pub fn bytes(digits: &str) -> Option<Bytes> {
    blake3::Hash::from_hex(digits).ok().map(Bytes::from)
}

/// A digest's digits.
pub fn digits(bytes: &Bytes) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// The digest of a text and of data, of which no two are written alike; `None` of data that cannot be written.
pub fn of_data(text: &str, data: &impl Serialize) -> Option<String> {
    bytes_of_data(text, data).map(|bytes| digits(&bytes))
}

/// The same in as few bytes as it has.
pub fn bytes_of_data(text: &str, data: &impl Serialize) -> Option<Bytes> {
    hash_of_data(text, data).map(Bytes::from)
}

fn hash_of_data(text: &str, data: &impl Serialize) -> Option<blake3::Hash> {
    let mut pieces = Pieces { hasher: None, held: [0; 1_024], length: 0, more: Vec::new() };
    (text, data).serialize(Written(&mut pieces)).ok()?;
    Some(pieces.hash())
}

/// Brings together what is hashed: data are written in pieces of a few bytes. Most of it is short, and not worth memory
/// of its own.
struct Pieces {
    /// What has been hashed of much.
    hasher: Option<blake3::Hasher>,
    held: [u8; 1_024],
    length: usize,
    /// What does not fit there.
    more: Vec<u8>,
}

impl Pieces {
    /// Bytes that are hashed together: enough for the widest registers to be kept busy.
    const TOGETHER: usize = 1 << 15;

    fn hash(self) -> blake3::Hash {
        match (self.hasher, self.more.capacity() == 0) {
            (None, true) => blake3::hash(&self.held[..self.length]),
            (None, false) => blake3::hash(&self.more),
            (Some(mut hasher), _) => hasher.update(&self.more).finalize(),
        }
    }
}

impl Take for Pieces {
    fn take(&mut self, bytes: &[u8]) {
        if self.more.capacity() == 0 {
            if let Some(free) = self.held.get_mut(self.length..self.length + bytes.len()) {
                free.copy_from_slice(bytes);
                self.length += bytes.len();
                return;
            }
            self.more.reserve(Pieces::TOGETHER);
            self.more.extend_from_slice(&self.held[..self.length]);
        }
        if self.more.len() + bytes.len() > Pieces::TOGETHER {
            self.hasher.get_or_insert_default().update(&self.more);
            self.more.clear();
        }
        self.more.extend_from_slice(bytes);
    }
}

/// The digest of a text and of data as a small number, for what only has to be told from what stood there before.
pub fn number_of_data(text: &str, data: &impl Serialize) -> u64 {
    let digest = bytes_of_data(text, data).unwrap_or_default();
    digest.first_chunk().map_or(0, |number| u64::from_le_bytes(*number))
}

/// The digest of all that a reader gives.
pub fn of_reader(reader: impl Read) -> io::Result<String> {
    bytes_of_reader(reader).map(|bytes| digits(&bytes))
}

/// The same in as few bytes as it has.
pub fn bytes_of_reader(mut reader: impl Read) -> io::Result<Bytes> {
    /// Large enough for the widest registers to be kept busy.
    const PIECE: usize = 1 << 16;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; PIECE];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().into()),
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
        assert_eq!(bytes(empty).map(|bytes| digits(&bytes)).as_deref(), Some(empty));
        assert_eq!(bytes("af13"), None);
        let long = vec![7; 200_000];
        assert_eq!(of_reader(&long[..]).unwrap(), of(&long));
    }

    #[test]
    fn no_two_data_are_written_alike() {
        #[derive(Serialize)]
        struct Pair {
            #[serde(skip_serializing_if = "Option::is_none")]
            one: Option<u8>,
            #[serde(skip_serializing_if = "Option::is_none")]
            other: Option<u8>,
        }
        let pair = |one, other| of_data("", &Pair { one, other });
        let all = [
            of_data("ab", &"c"),
            of_data("a", &"bc"),
            of_data("", &["abc"]),
            of_data("", &["ab", "c"]),
            of_data("", &[["ab"], ["c"]]),
            of_data("", &(["ab", "c"], [""; 0])),
            of_data("", &("abc", None::<u8>)),
            of_data("", &("abc", Some(0))),
            of_data("", &("abc", 0)),
            pair(Some(1), None),
            pair(None, Some(1)),
            pair(None, None),
            // Longer than what is held, and than what is hashed together.
            of_data("", &"x".repeat(2_000)),
            of_data("", &vec!["x"; 2_000]),
            of_data("", &vec!["x"; 20_000]),
            of_data("", &vec!["x"; 20_001]),
            of_data("", &["x".repeat(100_000), "y".into()]),
            of_data("", &["x".repeat(100_000), "z".into()]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert!(one.is_some() && all[..i].iter().all(|other| other != one), "{i}");
        }
    }
}
