//! Data as bytes to be hashed: quickly written, and no two alike.
//!
//! Each value begins with a sign of what it is, and what has no fixed length says it or ends with a sign. So a reader
//! could tell from the bytes what was written, and other data are other bytes. Names of fields are left out: of one type
//! they are always the same.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize};

/// What a value begins with, or a sequence ends with.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Sign {
    None,
    Some,
    False,
    True,
    /// A number, of any width: its eight or sixteen bytes follow.
    Number,
    Long,
    Real,
    Text,
    Bytes,
    Unit,
    Begin,
    End,
    /// A variant of an enumeration: its number follows.
    Variant,
    /// A field that is left out.
    Skipped,
}

/// Takes bytes.
pub(super) trait Take {
    fn take(&mut self, bytes: &[u8]);
}

/// Writes data.
pub(super) struct Written<'t, T>(pub &'t mut T);

/// What data say that do not want to be written.
#[derive(Debug)]
pub(super) struct Unwritten(String);

impl Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritten {}

impl ser::Error for Unwritten {
    fn custom<T: Display>(message: T) -> Self {
        Unwritten(message.to_string())
    }
}

type Done = Result<(), Unwritten>;

impl<T: Take> Written<'_, T> {
    fn sign(&mut self, sign: Sign) -> Done {
        self.0.take(&[sign as u8]);
        Ok(())
    }

    fn fixed<const N: usize>(&mut self, sign: Sign, number: [u8; N]) -> Done {
        self.0.take(&[sign as u8]);
        self.0.take(&number);
        Ok(())
    }

    fn long(&mut self, sign: Sign, bytes: &[u8]) -> Done {
        self.fixed(sign, (bytes.len() as u64).to_le_bytes())?;
        self.0.take(bytes);
        Ok(())
    }

    fn again(&mut self) -> Written<'_, T> {
        Written(self.0)
    }
}

impl<T: Take> ser::Serializer for Written<'_, T> {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    /// No human reads it: what is written in few bytes for a program is written so here.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(mut self, v: bool) -> Done {
        self.sign(if v { Sign::True } else { Sign::False })
    }

    fn serialize_i8(self, v: i8) -> Done {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Done {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Done {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(mut self, v: i64) -> Done {
        self.fixed(Sign::Number, v.to_le_bytes())
    }

    fn serialize_i128(mut self, v: i128) -> Done {
        self.fixed(Sign::Long, v.to_le_bytes())
    }

    fn serialize_u8(self, v: u8) -> Done {
        self.serialize_u64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Done {
        self.serialize_u64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Done {
        self.serialize_u64(v.into())
    }

    fn serialize_u64(mut self, v: u64) -> Done {
        self.fixed(Sign::Number, v.to_le_bytes())
    }

    fn serialize_u128(mut self, v: u128) -> Done {
        self.fixed(Sign::Long, v.to_le_bytes())
    }

    fn serialize_f32(self, v: f32) -> Done {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(mut self, v: f64) -> Done {
        self.fixed(Sign::Real, v.to_le_bytes())
    }

    fn serialize_char(self, v: char) -> Done {
        self.serialize_u64(u32::from(v).into())
    }

    fn serialize_str(mut self, v: &str) -> Done {
        self.long(Sign::Text, v.as_bytes())
    }

    fn serialize_bytes(mut self, v: &[u8]) -> Done {
        self.long(Sign::Bytes, v)
    }

    fn serialize_none(mut self) -> Done {
        self.sign(Sign::None)
    }

    fn serialize_some<V: Serialize + ?Sized>(mut self, value: &V) -> Done {
        self.sign(Sign::Some)?;
        value.serialize(self)
    }

    fn serialize_unit(mut self) -> Done {
        self.sign(Sign::Unit)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(mut self, _: &'static str, index: u32, _: &'static str) -> Done {
        self.fixed(Sign::Variant, index.to_le_bytes())?;
        self.serialize_unit()
    }

    fn serialize_newtype_struct<V: Serialize + ?Sized>(self, _: &'static str, value: &V) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<V: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &V,
    ) -> Done {
        self.fixed(Sign::Variant, index.to_le_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(mut self, _: Option<usize>) -> Result<Self, Unwritten> {
        self.sign(Sign::Begin).map(|()| self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Unwritten> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Unwritten> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        mut self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Unwritten> {
        self.fixed(Sign::Variant, index.to_le_bytes())?;
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Unwritten> {
        self.serialize_seq(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unwritten> {
        self.serialize_seq(None)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        fields: usize,
    ) -> Result<Self, Unwritten> {
        self.serialize_tuple_variant(name, index, variant, fields)
    }
}

/// What serde has four traits for: values one after another, to a sign of their end.
macro_rules! one_after_another {
    ($($sort:ident::$each:ident),*) => {$(
        impl<T: Take> ser::$sort for Written<'_, T> {
            type Ok = ();
            type Error = Unwritten;

            fn $each<V: Serialize + ?Sized>(&mut self, value: &V) -> Done {
                value.serialize(self.again())
            }

            fn end(mut self) -> Done {
                self.sign(Sign::End)
            }
        }
    )*};
}

one_after_another!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

impl<T: Take> ser::SerializeMap for Written<'_, T> {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_key<V: Serialize + ?Sized>(&mut self, key: &V) -> Done {
        key.serialize(self.again())
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Done {
        value.serialize(self.again())
    }

    fn end(mut self) -> Done {
        self.sign(Sign::End)
    }
}

/// The same of fields, which may be left out.
macro_rules! field_after_field {
    ($($sort:ident),*) => {$(
        impl<T: Take> ser::$sort for Written<'_, T> {
            type Ok = ();
            type Error = Unwritten;

            fn serialize_field<V: Serialize + ?Sized>(&mut self, _: &'static str, value: &V) -> Done {
                value.serialize(self.again())
            }

            fn skip_field(&mut self, _: &'static str) -> Done {
                self.sign(Sign::Skipped)
            }

            fn end(mut self) -> Done {
                self.sign(Sign::End)
            }
        }
    )*};
}

field_after_field!(SerializeStruct, SerializeStructVariant);
