//! Data that are many and asked for one by one: as bytes until somebody does.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::stored;

/// One piece of data. It takes a fifth of the room, and is stored and read back as it is.
#[derive(Clone)]
pub struct Packed<T> {
    bytes: Box<[u8]>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    /// Packs it.
    pub fn of(data: &T) -> Packed<T> {
        // Data of the program's own can always be written, and read again.
        let bytes = postcard::to_stdvec(data).unwrap_or_default();
        Packed { bytes: bytes.into(), of: PhantomData }
    }

    /// Unpacks it.
    pub fn open(&self) -> T
    where
        T: Default,
    {
        postcard::from_bytes(&self.bytes).unwrap_or_default()
    }
}

impl<T> Default for Packed<T> {
    fn default() -> Packed<T> {
        Packed { bytes: Box::default(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.bytes)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = stored::bytes::deserialize(from)?.into();
        Ok(Packed { bytes, of: PhantomData })
    }
}

/// A sequence of which each piece is unpacked by itself.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Series<T> {
    all: Packed<T>,
    /// Where each piece ends.
    ends: Box<[u32]>,
}

impl<T: Serialize + DeserializeOwned> Series<T> {
    /// Packs a sequence.
    pub fn of(pieces: impl Iterator<Item = T>) -> Series<T> {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for piece in pieces {
            bytes.extend_from_slice(&Packed::of(&piece).bytes);
            ends.push(bytes.len() as u32);
        }
        Series { all: Packed { bytes: bytes.into(), of: PhantomData }, ends: ends.into() }
    }

    /// Unpacks one piece, if there is such a one.
    pub fn open(&self, index: usize) -> Option<T> {
        let start = index.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        let bytes = self.all.bytes.get(*start as usize..*self.ends.get(index)? as usize)?;
        postcard::from_bytes(bytes).ok()
    }
}

impl<T> Default for Series<T> {
    fn default() -> Series<T> {
        Series { all: Packed::default(), ends: Box::default() }
    }
}

impl<T> fmt::Debug for Series<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} pieces of {:?}", self.ends.len(), self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_again() {
        let all = ["one".to_owned(), String::new(), "three".to_owned()];
        let series = Series::of(all.iter().cloned());
        assert_eq!([0, 1, 2].map(|i| series.open(i)), all.clone().map(Some));
        assert_eq!(series.open(3), None);
        let packed = Packed::of(&all.to_vec());
        assert_eq!(packed.open(), all);
        let stored = postcard::to_stdvec(&(&packed, &series)).unwrap();
        let (packed, series) =
            postcard::from_bytes::<(Packed<Vec<String>>, Series<String>)>(&stored).unwrap();
        assert_eq!((packed.open(), series.open(2)), (all.to_vec(), Some("three".to_owned())));
    }
}
