//! A small hash whose values may be written to disk: the same on every machine and in every version.
//!
//! FNV-1a with 64 bits. It tells contents and paths of one archive apart; it is no protection against
//! somebody who looks for collisions.

/// A hash being taken.
#[derive(Clone, Copy, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Takes more bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The hash as a number.
    pub fn value(self) -> u64 {
        self.0
    }

    /// The hash as 16 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// What makes maps of the program's own quick: their keys are short, nobody outside chooses them to collide, and the
/// order of a map never shows.
pub type Fast = std::hash::BuildHasherDefault<Folded>;

/// A hash for maps, taken eight bytes at a time: each is mixed in by a multiplication to twice its width.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folded(u64);

impl std::hash::Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        whole.iter().for_each(|chunk| self.write_u64(u64::from_le_bytes(*chunk)));
        self.write_u64(last(rest) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        let wide = u128::from(self.0 ^ number ^ 0x9e37_79b9_7f4a_7c15) * 0xd1b5_4a32_d192_ed03;
        self.0 = wide as u64 ^ (wide >> 64) as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Fewer than eight bytes as a number, the first the lowest: in two halves that may overlap.
fn last(bytes: &[u8]) -> u64 {
    let count = bytes.len();
    match (bytes.first_chunk(), bytes.last_chunk(), bytes) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (count - 4))
        }
        (_, _, &[first, .., last]) => {
            let middle = u64::from(bytes[count / 2]) << (8 * (count / 2));
            u64::from(first) | middle | u64::from(last) << (8 * (count - 1))
        }
        (_, _, &[one]) => one.into(),
        _ => 0,
    }
}

/// The hash of `bytes` as 16 hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut hash = Fnv::default();
    hash.update(bytes);
    hash.hex()
}

/// Another hash of `bytes` as 16 hexadecimal digits, taken eight bytes at a time, for what this very program reads again.
pub fn quick_hex(bytes: &[u8]) -> String {
    let mut hash = Folded::default();
    std::hash::Hasher::write(&mut hash, bytes);
    format!("{:016x}", hash.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_bytes_are_the_number_that_they_are() {
        let bytes = [1, 2, 3, 4, 5, 6, 7];
        for count in 0..8 {
            let mut whole = [0; 8];
            whole[..count].copy_from_slice(&bytes[..count]);
            assert_eq!(last(&bytes[..count]), u64::from_le_bytes(whole), "{count}");
        }
    }

    #[test]
    fn agrees_with_the_published_values() {
        // Test vectors of the FNV authors' reference implementation.
        assert_eq!(hex(b""), "cbf29ce484222325");
        assert_eq!(hex(b"a"), "af63dc4c8601ec8c");
        assert_eq!(hex(b"foobar"), "85944171f73967e8");
    }
}
