//! Annotations written by hand, in a document's facts:
//!
//! ```yaml
//! annotations:
//!   - quote: the words of the text
//!     note: what is to be said of them
//!     tags: [reading]
//!     colour: green
//!     author: Ada
//!     date: 2026-01-02
//! ```

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Annotation, Colour, Quote, jsonld};
use crate::said::{Said, said};

/// Reads the value of `annotations`, with what there is to say of entries that cannot be used. What they are about is
/// for the caller to say, who knows the document; their ids then follow from [`named`].
pub fn read(value: &Value) -> (Vec<Annotation>, Vec<Said>) {
    let one = std::slice::from_ref(value);
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Object(_) | Value::String(_) => one,
        _ => return (Vec::new(), vec![said!("`annotations` is no list")]),
    };
    let mut faults = Vec::new();
    let mut out = Vec::new();
    for (i, item) in items.iter().enumerate() {
        match entry(item) {
            Some(annotation) => out.push(annotation),
            None => {
                faults.push(said!("annotation {} has neither a `quote` nor a `note`", (i + 1).to_string()))
            }
        }
    }
    (out, faults)
}

fn entry(item: &Value) -> Option<Annotation> {
    let map = match item {
        Value::Object(map) => map.clone(),
        Value::String(quote) => Map::from_iter([("quote".to_owned(), Value::String(quote.clone()))]),
        _ => return None,
    };
    let exact = text(&map, "quote");
    let note = text(&map, "note").unwrap_or_default();
    if exact.is_none() && note.is_empty() {
        return None;
    }
    let tags = match map.get("tags") {
        Some(Value::Array(items)) => items.iter().filter_map(single).collect(),
        Some(value) => single(value).into_iter().collect(),
        None => Vec::new(),
    };
    let around = |name: &str| text(&map, name).unwrap_or_default();
    Some(Annotation {
        quote: exact.map(|exact| Quote { exact, prefix: around("prefix"), suffix: around("suffix") }),
        colour: text(&map, "colour")
            .or(text(&map, "color"))
            .and_then(|c| Colour::named(&c))
            .unwrap_or_default(),
        note,
        tags,
        creator: text(&map, "author").or(text(&map, "creator")),
        created: text(&map, "date").or(text(&map, "created")),
        id: text(&map, "id").unwrap_or_default(),
        ..Annotation::default()
    })
}

fn text(map: &Map<String, Value>, name: &str) -> Option<String> {
    map.get(name).and_then(single)
}

fn single(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|t| !t.is_empty())
}

/// Gives the annotations of one document what they are about and their ids: of the document and the words that are
/// quoted, so that a note can be reworded. Of several at one quotation the later ones are numbered.
pub fn named(annotations: &[Annotation], source: &str) -> Vec<Annotation> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let name = |annotation: &Annotation| {
        let mut out = annotation.clone();
        out.target.source = source.to_owned();
        if out.id.is_empty() {
            let quote = out.quote.as_ref().map_or("", |q| q.exact.as_str());
            let said = if quote.is_empty() { out.note.as_str() } else { quote };
            let mut id = jsonld::made_id(&[source, said]);
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                id = [&id, "-", &count.to_string()].concat();
            }
            out.id = id;
        }
        jsonld::completed(out)
    };
    annotations.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn entries_of_every_form_are_read_and_others_named() {
        let value = json!([
            { "quote": "some words", "note": "Why?", "tags": ["a", 7], "color": "pink", "author": "Ada" },
            "only a quotation",
            { "note": "On the whole." },
            { "tags": ["x"] },
            3
        ]);
        let (read, faults) = read(&value);
        assert_eq!((read.len(), faults.len()), (3, 2));
        assert_eq!(
            (read[0].tags.as_slice(), read[0].colour),
            (&["a".to_owned(), "7".into()][..], Colour::Red)
        );
        let named_once = named(&read, "seeds/a.md");
        assert_eq!(named_once, named(&read, "seeds/a.md"));
        assert_ne!(named_once[0].id, named(&read, "seeds/b.md")[0].id);
        let twice = named(&[read[0].clone(), read[0].clone()], "seeds/a.md");
        assert_ne!(twice[0].id, twice[1].id);
    }
}
