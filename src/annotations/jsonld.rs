//! JSON-LD ↔ annotations, by the W3C's Web Annotation Data Model (Recommendation of 23 February 2017).
//!
//! A file is one annotation, a list of them, a page of them (`items`) or a collection (`first`). Reading is tolerant: of
//! each member that has several forms all are read, what means nothing here is kept, and one that cannot be used
//! costs itself alone.
//!
//! An annotation that was taken back is a `Tombstone` (W3C, Activity Streams 2.0): its `id`, and the date as `deleted`.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::{Annotation, Colour, Quote, Target};
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::hash;
use crate::said::{Foreign, Said, said};

/// The context of every file written.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What the members with `postil:` in front of their names belong to.
const OWN: &str = "urn:x-postil:";
/// Entries of one file that are found fault with one by one; the rest of them is counted.
const NAMED_PER_FILE: usize = 20;
/// Bytes of a quotation or a note that are read. A passage of a hundred pages is a document.
const LONGEST: usize = 1 << 20;

/// Reads a file. What is no JSON costs that file, what is no annotation costs that entry.
pub fn read(shown: &str, bytes: &[u8]) -> Warned<Vec<Annotation>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => {
            let message = said!("not valid JSON: {}", Foreign(&error));
            let mut fault = Diagnostic::file(Severity::Error, Code::BadAnnotations, shown, message)
                .hint(said!("the annotations of this file are left out, those of others are not"));
            fault.line = u32::try_from(error.line()).unwrap_or(u32::MAX);
            fault.column = u32::try_from(error.column()).unwrap_or(u32::MAX);
            return Warned { value: Vec::new(), diagnostics: vec![fault] };
        }
    };
    let mut out = Vec::new();
    let mut diagnostics = Vec::new();
    let mut faults = 0;
    for (i, entry) in entries(value).into_iter().enumerate() {
        match annotation(entry) {
            Ok(annotation) => out.push(annotation),
            Err(why) => {
                faults += 1;
                if faults <= NAMED_PER_FILE {
                    let message = said!("entry {} is left out: {}", (i + 1).to_string(), why);
                    diagnostics.push(Diagnostic::file(
                        Severity::Warning,
                        Code::BadAnnotation,
                        shown,
                        message,
                    ));
                }
            }
        }
    }
    if faults > NAMED_PER_FILE {
        let message = said!("{} more entries are no annotations", faults - NAMED_PER_FILE);
        diagnostics.push(Diagnostic::file(Severity::Warning, Code::BadAnnotation, shown, message));
    }
    Warned { value: out, diagnostics }
}

/// The annotations of any form of container.
fn entries(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Object(mut map) => {
            let inner = ["items", "first", "@graph"].into_iter().find(|k| {
                map.get(*k).is_some_and(|v| v.is_array() || (v.is_object() && v.get("items").is_some()))
            });
            match inner.and_then(|k| map.remove(k)) {
                Some(inner) => entries(inner),
                None => vec![Value::Object(map)],
            }
        }
        other => vec![other],
    }
}

/// One annotation, or why it is none.
pub fn annotation(value: Value) -> Result<Annotation, Said> {
    let Value::Object(raw) = value else { return Err(said!("it is no JSON object")) };
    let deleted = list(raw.get("type")).any(|kind| kind.as_str() == Some("Tombstone"));
    let mut out = Annotation { deleted, ..Annotation::default() };
    let nothing = Value::Object(Map::new());
    let target =
        first(raw.get("target")).or(deleted.then_some(&nothing)).ok_or(said!("it has no `target`"))?;
    match target {
        Value::String(source) => out.target.source = source.clone(),
        Value::Object(target) => {
            let source = text(target, &["source", "id", "@id"]);
            out.target = Target {
                source: source.unwrap_or_default(),
                fingerprint: text(target, &["postil:fingerprint"]),
                title: text(target, &["postil:title"]),
            };
            if let Some(name) = text(target, &["styleClass"]) {
                out.colour = Colour::named(&name).unwrap_or_default();
            }
            for selector in list(target.get("selector")) {
                take_selector(selector, &mut out);
            }
        }
        _ => return Err(said!("its `target` is neither an address nor an object")),
    }
    let is_about_nothing =
        out.target.source.is_empty() && out.target.title.is_none() && out.target.fingerprint.is_none();
    if is_about_nothing && !deleted {
        return Err(said!("its `target` does not say what it is about"));
    }
    let mut texts: Vec<String> = list(raw.get("body")).filter_map(|b| body(b, &mut out.tags)).collect();
    texts.extend(text(&raw, &["bodyValue"]));
    out.note = texts.join("\n\n");
    out.creator = first(raw.get("creator")).and_then(agent);
    out.created = text(&raw, &["created"]);
    out.modified = text(&raw, if deleted { &["deleted", "modified"] } else { &["modified"] });
    out.id = match text(&raw, &["id", "@id"]).filter(|id| !id.is_empty()) {
        Some(id) => id,
        None if deleted => return Err(said!("it does not say which annotation was deleted")),
        // Without a name of its own it is known by what it says.
        None => made_id(&[&out.target.source, out.quote.as_ref().map_or("", |q| &q.exact), &out.note]),
    };
    let longest = out.quote.as_ref().map_or(0, |q| q.exact.len()).max(out.note.len());
    if longest > LONGEST {
        return Err(said!("it is longer than an annotation can be"));
    }
    out.raw = raw;
    Ok(out)
}

/// A name for what has none, made of what it says.
pub fn made_id(parts: &[&str]) -> String {
    ["urn:x-postil:annotation:", &hash::hex(parts.join("\u{0}").as_bytes())].concat()
}

fn take_selector(selector: &Value, out: &mut Annotation) {
    let Value::Object(map) = selector else { return };
    let exact = text(map, &["exact"]).filter(|e| !e.trim().is_empty());
    if let (Some(exact), None) = (exact, &out.quote) {
        let around = |name: &str| text(map, &[name]).unwrap_or_default();
        out.quote = Some(Quote { exact, prefix: around("prefix"), suffix: around("suffix") });
    }
    if map.get("type").and_then(Value::as_str) == Some("TextPositionSelector") {
        let number = |name: &str| map.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        if let (Some(start), Some(end)) = (number("start"), number("end")) {
            out.position = (start < end).then_some(start..end);
        }
    }
    for inner in list(map.get("refinedBy")) {
        // One level: a file cannot make this recurse further than a parser let it be read.
        take_selector(inner, out);
    }
}

/// The text of a body that is a remark; one that is a tag goes to the tags.
fn body(body: &Value, tags: &mut Vec<String>) -> Option<String> {
    let Value::Object(map) = body else { return body.as_str().map(str::to_owned) };
    let value = text(map, &["value"])?;
    let purposes: Vec<&str> = list(map.get("purpose")).filter_map(Value::as_str).collect();
    if !purposes.contains(&"tagging") {
        return Some(value).filter(|v| !v.trim().is_empty());
    }
    let tag = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if !tag.is_empty() && !tags.contains(&tag) {
        tags.push(tag);
    }
    None
}

fn agent(value: &Value) -> Option<String> {
    let name = match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(map) => text(map, &["name", "nickname", "id", "@id"]),
        _ => None,
    };
    name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty())
}

fn text(map: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| first(map.get(*name))?.as_str().map(str::to_owned))
}

/// What stands there, or the first of a list.
fn first(value: Option<&Value>) -> Option<&Value> {
    match value? {
        Value::Array(items) => items.first(),
        other => Some(other),
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items: &[Value] = match value {
        Some(Value::Array(items)) => items,
        Some(other) => std::slice::from_ref(other),
        None => &[],
    };
    items.iter()
}

/// Gives an annotation that was not read from JSON the members it is written with.
pub fn completed(mut annotation: Annotation) -> Annotation {
    let mut selectors = Vec::new();
    if let Some(quote) = &annotation.quote {
        let mut selector = json!({ "type": "TextQuoteSelector", "exact": quote.exact });
        for (name, value) in [("prefix", &quote.prefix), ("suffix", &quote.suffix)] {
            if !value.is_empty() {
                selector[name] = json!(value);
            }
        }
        selectors.push(selector);
    }
    if let Some(Range { start, end }) = annotation.position {
        selectors.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
    }
    let mut target = Map::new();
    target.insert("source".into(), json!(annotation.target.source));
    let own =
        [("postil:fingerprint", &annotation.target.fingerprint), ("postil:title", &annotation.target.title)];
    target
        .extend(own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?)))));
    if annotation.quote.is_some() {
        target.insert("styleClass".into(), json!(annotation.colour.name()));
    }
    if !selectors.is_empty() {
        target.insert("selector".into(), Value::Array(selectors));
    }
    let mut bodies = Vec::new();
    if !annotation.note.is_empty() {
        let purpose = "commenting";
        bodies.push(json!({ "type": "TextualBody", "purpose": purpose, "format": "text/markdown", "value": annotation.note }));
    }
    let tags = annotation.tags.iter();
    bodies.extend(tags.map(|tag| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag })));
    let mut raw = Map::new();
    raw.insert("id".into(), json!(annotation.id));
    raw.insert("type".into(), json!("Annotation"));
    let motivation = if annotation.note.is_empty() { "highlighting" } else { "commenting" };
    raw.insert("motivation".into(), json!(motivation));
    if let Some(name) = &annotation.creator {
        raw.insert("creator".into(), json!({ "type": "Person", "name": name }));
    }
    for (name, date) in [("created", &annotation.created), ("modified", &annotation.modified)] {
        raw.extend(date.as_ref().map(|d| (name.to_owned(), json!(d))));
    }
    if !bodies.is_empty() {
        raw.insert("body".into(), Value::Array(bodies));
    }
    raw.insert("target".into(), Value::Object(target));
    annotation.raw = raw;
    annotation
}

/// Annotations as one file.
pub fn write<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<u8> {
    let items: Vec<Value> = annotations
        .into_iter()
        .map(|annotation| {
            let mut raw = annotation.raw.clone();
            raw.remove("@context");
            raw.entry("id").or_insert_with(|| json!(annotation.id));
            Value::Object(raw)
        })
        .collect();
    let page = json!({ "@context": [CONTEXT, { "postil": OWN }], "type": "AnnotationPage", "items": items });
    // Numbers, texts, lists and maps with text for keys: nothing that JSON could not hold.
    let mut bytes = serde_json::to_vec_pretty(&page).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Annotation {
        let read = read("a.jsonld", text.as_bytes());
        assert_eq!(read.diagnostics, []);
        read.value.into_iter().next().unwrap()
    }

    #[test]
    fn every_form_of_every_member_is_read() {
        let a = one(
            r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":{"items":[{
            "id":"urn:a","motivation":"commenting","creator":[{"name":"Ada"}],"created":"2026-01-02T03:04:05Z",
            "body":[{"type":"TextualBody","value":"Why?"},{"purpose":["tagging"],"value":" two  words "},"And this."],
            "target":{"source":"seeds/a.txt","styleClass":"green","selector":[
              {"type":"TextPositionSelector","start":3,"end":9},
              {"type":"TextQuoteSelector","exact":"margin","prefix":"the ","suffix":" is"}]}}]}}"#,
        );
        assert_eq!((a.id.as_str(), a.creator.as_deref()), ("urn:a", Some("Ada")));
        assert_eq!(a.note, "Why?\n\nAnd this.");
        assert_eq!(a.tags, ["two words"]);
        assert_eq!((a.position, a.colour), (Some(3..9), Colour::Green));
        assert_eq!(
            a.quote.unwrap(),
            Quote { exact: "margin".into(), prefix: "the ".into(), suffix: " is".into() }
        );
        let plain = one(r#"{"id":"urn:b","bodyValue":"Yes.","target":"urn:a"}"#);
        assert_eq!((plain.note.as_str(), plain.target.source.as_str()), ("Yes.", "urn:a"));
    }

    #[test]
    fn one_bad_entry_costs_itself_and_broken_json_its_file() {
        let text = r#"[1, {"id":"x"}, {"target":{}}, {"id":"urn:a","target":"a.txt"}]"#;
        let some = read("a.jsonld", text.as_bytes());
        assert_eq!((some.value.len(), some.diagnostics.len()), (1, 3));
        assert_eq!(some.diagnostics[0].code, Code::BadAnnotation);
        let none = read("a.jsonld", b"[\n{\"target\": }]");
        assert_eq!((none.value.len(), none.diagnostics[0].line), (0, 2));
        assert_eq!(none.diagnostics[0].code, Code::BadAnnotations);
        let deep = "[".repeat(100_000);
        assert_eq!(read("a.jsonld", deep.as_bytes()).diagnostics.len(), 1);
    }

    #[test]
    fn what_was_taken_back_is_known_by_its_id() {
        let gone =
            one(r#"{"type":"Tombstone","formerType":"Annotation","id":"urn:a","deleted":"2026-02-01"}"#);
        assert!(gone.deleted);
        assert_eq!((gone.id.as_str(), gone.date()), ("urn:a", Some("2026-02-01")));
        assert_eq!(read("a.jsonld", br#"{"type":"Tombstone"}"#).diagnostics.len(), 1);
    }

    #[test]
    fn what_means_nothing_here_is_written_again() {
        let text = r#"{"id":"urn:a","target":{"source":"a.txt","state":{"type":"HttpRequestState"}},"audience":"me"}"#;
        let a = one(text);
        let again = read("b.jsonld", &write([&a]));
        assert_eq!(again.value.len(), 1);
        assert!(again.value[0].says_the_same(&a));
        assert_eq!(again.value[0].raw["audience"], "me");
    }

    #[test]
    fn what_is_made_here_is_read_as_it_was_made() {
        let quote = Quote { exact: "a".into(), prefix: "b".into(), suffix: String::new() };
        let made = completed(Annotation {
            id: "urn:a".into(),
            target: Target { source: "seeds/a.txt".into(), fingerprint: Some("0f".into()), title: None },
            quote: Some(quote),
            position: Some(1..2),
            colour: Colour::Blue,
            note: "A *note*.".into(),
            tags: vec!["x".into()],
            creator: Some("Ada".into()),
            created: Some("2026-01-02".into()),
            ..Annotation::default()
        });
        assert_eq!(read("a", &write([&made])).value, [made]);
    }
}
