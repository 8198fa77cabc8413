//! YAML → entries.
//!
//! The parser below holds the whole of what it reads, and an alias costs it nothing: ten lines can ask for a
//! billion values. So values are counted as they are built, and brackets before anything is parsed.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer as _, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};
use serde_json::{Map, Value};
use serde_yaml::Deserializer;

use super::{Entry, Problem, Written};
use crate::said::{Foreign, said};
use crate::source::{Source, Span};

/// Values that one block may come to, aliases followed.
const MAX_VALUES: usize = 100_000;

/// Bytes of text that one block may come to, aliases followed.
const MAX_TEXT: usize = 8 << 20;

/// Brackets that may be open at once. The parser follows 128; its scanner is quadratic in them.
const MAX_BRACKETS: usize = 256;

/// What a block of YAML holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed {
    /// Keys with values, in their order.
    Mapping(Vec<Entry>),
    /// Nothing, or only comments.
    Nothing,
    /// Text, a number, a list.
    Other,
}

/// Reads the text from its beginning to `end`, so that the parser counts lines as the file does. A first
/// line of `---` is YAML's own mark for where a document begins.
pub fn entries(source: &Source, end: usize) -> Result<Parsed, Problem> {
    let text = &source.text[..end];
    if let Some(at) = too_deep(text) {
        let message = said!("more brackets open within each other than are followed");
        return Err(Problem { place: Span::new(at, at + 1), message });
    }
    let budget = Budget { values: Cell::new(MAX_VALUES), text: Cell::new(MAX_TEXT) };
    let failed = |e: serde_yaml::Error| problem(source, end, &e);
    let map = match Deserializer::from_str(text).deserialize_any(Top(&budget)).map_err(failed)? {
        Shape::Mapping(map) => map,
        Shape::Nothing => return Ok(Parsed::Nothing),
        Shape::Other => return Ok(Parsed::Other),
    };
    // A second reading, now that it is known which values are single: only who asks for text gets it as it
    // was written.
    let written = Deserializer::from_str(text).deserialize_map(WrittenTop(&map)).map_err(failed)?;
    let places = Places::of(text);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut entries = Vec::with_capacity(map.len());
    for ((key, value), written) in map.iter().zip(written) {
        let nth = seen.entry(key).or_default();
        let place = places.find(key, *nth);
        *nth += 1;
        entries.push(Entry { key: key.clone(), place, value: value.clone(), written });
    }
    Ok(Parsed::Mapping(entries))
}

fn problem(source: &Source, end: usize, error: &serde_yaml::Error) -> Problem {
    let start = error.location().map_or(0, |place| {
        // The parser counts columns in characters, from 1 here.
        let line = u32::try_from(place.line()).unwrap_or(u32::MAX).clamp(1, source.line_of(end));
        let text = source.line(line);
        let column = text.char_indices().nth(place.column().saturating_sub(1)).map_or(text.len(), |c| c.0);
        text.as_ptr() as usize - source.text.as_ptr() as usize + column
    });
    Problem { place: Span::new(start, start), message: said!("not valid YAML: {}", Foreign(what(error))) }
}

/// What the parser says of an error, without the places: those are the diagnostic's.
fn what(error: &serde_yaml::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The place where more brackets are open than would be followed. Brackets in quotes count too: no honest
/// block has hundreds of them open.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MAX_BRACKETS
    })
}

/// Where the keys of the outermost mapping stand. The parser does not say.
struct Places<'a> {
    block: Span,
    keys: BTreeMap<&'a str, Vec<Span>>,
}

impl<'a> Places<'a> {
    fn of(text: &'a str) -> Self {
        let mut least = usize::MAX;
        let mut keys: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        let mut first = None;
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let inner = line.trim_start_matches(' ');
            let indent = line.len() - inner.len();
            if line.trim_end() != "---" && !line.trim().is_empty() {
                first.get_or_insert(Span::new(start, start));
            }
            let Some(key) = key_of(inner) else { continue };
            // Keys of inner tables stand further in; what stands least far in is the outermost.
            if indent < least {
                least = indent;
                keys.clear();
            }
            if indent == least {
                let at = key.as_ptr() as usize - text.as_ptr() as usize;
                keys.entry(key).or_default().push(Span::new(at, at + key.len()));
            }
        }
        Places { block: first.unwrap_or_default(), keys }
    }

    /// The `nth` place of a key; the block's beginning where it does not stand at a line's beginning.
    fn find(&self, key: &str, nth: usize) -> Span {
        self.keys.get(key).and_then(|all| all.get(nth).or(all.last())).copied().unwrap_or(self.block)
    }
}

/// The key that a line begins with.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = match line.as_bytes().first()? {
        quote @ (b'"' | b'\'') => line[1..].split_once(char::from(*quote))?,
        b'#' | b'-' | b'{' | b'[' => return None,
        _ => {
            let colon = line
                .match_indices(':')
                .map(|m| m.0)
                .find(|&i| line[i + 1..].chars().next().is_none_or(char::is_whitespace))?;
            line.split_at(colon)
        }
    };
    rest.trim_start().starts_with(':').then(|| key.trim_end())
}

/// What may still be built.
struct Budget {
    values: Cell<usize>,
    text: Cell<usize>,
}

impl Budget {
    fn spend<E: de::Error>(&self, text: usize) -> Result<(), E> {
        let values = self.values.get().checked_sub(1);
        let text = self.text.get().checked_sub(text);
        match (values, text) {
            (Some(values), Some(text)) => {
                self.values.set(values);
                self.text.set(text);
                Ok(())
            }
            _ => Err(E::custom("more values than a document's facts may hold")),
        }
    }
}

enum Shape {
    Mapping(Vec<(String, Value)>),
    Nothing,
    Other,
}

/// The outermost value.
struct Top<'a>(&'a Budget);

impl<'de> Visitor<'de> for Top<'_> {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut out = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            self.0.spend(key.len())?;
            out.push((key, map.next_value_seed(AnyValue(self.0))?));
        }
        Ok(Shape::Mapping(out))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Shape, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {
            self.0.spend(0)?;
        }
        Ok(Shape::Other)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Shape, A::Error> {
        let (_tag, content) = data.variant::<String>()?;
        content.newtype_variant::<IgnoredAny>()?;
        Ok(Shape::Other)
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Nothing)
    }

    fn visit_none<E>(self) -> Result<Shape, E> {
        Ok(Shape::Nothing)
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Other)
    }
}

/// Any value, counted.
struct AnyValue<'a>(&'a Budget);

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            self.0.spend(key.len())?;
            out.insert(key, map.next_value_seed(AnyValue(self.0))?);
        }
        Ok(Value::Object(out))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut out = Vec::new();
        while let Some(value) = seq.next_element_seed(AnyValue(self.0))? {
            out.push(value);
        }
        Ok(Value::Array(out))
    }

    /// A value with a tag of its own (`!name value`): the tag says nothing here.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, content) = data.variant::<String>()?;
        content.newtype_variant_seed(self)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        self.0.spend(text.len())?;
        Ok(Value::String(text.to_owned()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    /// Numbers too large for a number become text, digits kept.
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }
}

/// The values of the outermost mapping as written, by what the first reading found them to be.
struct WrittenTop<'a>(&'a [(String, Value)]);

impl<'de> Visitor<'de> for WrittenTop<'_> {
    type Value = Vec<Written>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Written>, A::Error> {
        let mut out = Vec::with_capacity(self.0.len());
        for (_, shape) in self.0 {
            if map.next_key::<IgnoredAny>()?.is_none() {
                break;
            }
            out.push(map.next_value_seed(WrittenValue(shape))?);
        }
        Ok(out)
    }
}

struct WrittenValue<'a>(&'a Value);

impl<'de> DeserializeSeed<'de> for WrittenValue<'_> {
    type Value = Written;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Written, D::Error> {
        match self.0 {
            Value::Null | Value::Object(_) => {
                deserializer.deserialize_ignored_any(IgnoredAny)?;
                Ok(Written::Other)
            }
            Value::Array(items) => deserializer.deserialize_seq(WrittenList(items)).map(Written::Many),
            _ => <String as serde::Deserialize>::deserialize(deserializer).map(Written::One),
        }
    }
}

struct WrittenList<'a>(&'a [Value]);

impl<'de> Visitor<'de> for WrittenList<'_> {
    type Value = Vec<Option<String>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::with_capacity(self.0.len());
        for item in self.0 {
            if matches!(item, Value::Null | Value::Object(_) | Value::Array(_)) {
                if seq.next_element::<IgnoredAny>()?.is_none() {
                    break;
                }
                out.push(None);
            } else {
                match seq.next_element::<String>()? {
                    Some(text) => out.push(Some(text)),
                    None => break,
                }
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::Strings;

    /// What the parser says most is listed in `strings/`: owners meet it in pages of their own language.
    #[test]
    fn common_slips_are_told_in_the_language_of_the_pages() {
        let slips = [
            ("a: b: c\n", "mapping values are not allowed in this context"),
            ("a: 1\n b: 2\nc\n  d: 3\n", "mapping values are not allowed in this context"),
            ("a: [1, 2\nb: 3\n", "did not find expected ',' or ']'"),
            ("a: {b: 1\nc: 3\n", "did not find expected ',' or '}'"),
            ("a: 'b\n", "found unexpected end of stream"),
            ("a: @b\n", "found character that cannot start any token"),
            ("a: - b\n", "block sequence entries are not allowed in this context"),
            ("a:\n  - b\n  c: d\n", "did not find expected '-' indicator"),
            ("a: \"b\" c\n", "did not find expected key"),
            ("a: *b\n", "unknown anchor"),
            ("a: 1\nb\n", "could not find expected ':'"),
            ("a: [,]\n", "did not find expected node content"),
        ];
        for (text, said) in slips {
            let source = Source::new("a.yaml", text.to_owned());
            let problem = entries(&source, text.len()).unwrap_err();
            assert_eq!(problem.message.to_string(), format!("not valid YAML: {said}"), "{text}");
            let german = Strings::shipped("de").said(&problem.message);
            assert!(!german.contains("postil check") && !german.contains(said), "{german}");
        }
    }
}
