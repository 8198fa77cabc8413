//! TOML → entries.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::{Entry, Problem, Written};
use crate::said::{Foreign, said};
use crate::source::{Source, Span};

/// Reads the text from `start` to `end`.
pub fn entries(source: &Source, start: usize, end: usize) -> Result<Vec<Entry>, Problem> {
    let text = &source.text[start..end];
    let table = DeTable::parse(text).map_err(|error| {
        let place = error.span().map_or(start..start, |s| start + s.start..start + s.end);
        let place = Span::new(place.start.min(end), place.end.min(end));
        Problem { place, message: said!("not valid TOML: {}", Foreign(error.message())) }
    })?;
    let mut entries: Vec<Entry> = table
        .get_ref()
        .iter()
        .map(|(key, value)| {
            let place = key.span();
            Entry {
                key: key.get_ref().to_string(),
                place: Span::new(start + place.start, start + place.end),
                value: plain(value.get_ref()),
                written: match value.get_ref() {
                    DeValue::Array(items) => {
                        Written::Many(items.iter().map(|i| single(i.get_ref())).collect())
                    }
                    value => single(value).map_or(Written::Other, Written::One),
                },
            }
        })
        .collect();
    // The table sorts by name; what is said of the keys comes in the order of the file.
    entries.sort_by_key(|e| e.place);
    Ok(entries)
}

/// A single value as text.
fn single(value: &DeValue) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn plain(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(value) => value.into(),
            Err(_) => Value::String(number.as_str().to_owned()),
        },
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => items.iter().map(|i| plain(i.get_ref())).collect(),
        DeValue::Table(table) => {
            let pairs = table.iter().map(|(k, v)| (k.get_ref().to_string(), plain(v.get_ref())));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
    }
}
