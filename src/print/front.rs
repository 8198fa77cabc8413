//! The front matter of a print: JSON's texts are YAML's, so every value is written as JSON.

use serde_json::{Value, json};

use crate::facts::{Facts, Publish};
use crate::model::Document;

/// The facts that make the print's page the document's own.
pub fn matter(document: &Document, facts: &Facts) -> String {
    let meta = &document.meta;
    let mut lines: Vec<String> = Vec::new();
    let mut say = |key: &str, value: Value| lines.push(format!("{key}: {value}"));
    say("form", json!("restored"));
    say("title", json!(meta.title));
    say("authors", json!(meta.authors));
    let given = meta.tags.iter().filter(|t| !t.derived).map(|t| t.name.as_str()).collect::<Vec<_>>();
    let texts = [
        ("date", &meta.date),
        ("source", &meta.source),
        ("lang", &meta.lang),
        ("summary", &facts.summary),
        ("collection", &facts.collection),
        ("rights", &meta.rights),
        ("slug", &facts.slug),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            say(key, json!(value));
        }
    }
    if facts.tags.is_some() {
        say("tags", json!(given));
    }
    if !facts.aliases.is_empty() {
        say("aliases", json!(facts.aliases));
    }
    match facts.publish {
        Publish::All => {}
        Publish::Text => say("publish", json!("text")),
        Publish::Nothing => say("publish", json!(false)),
    }
    for (key, value) in &meta.extra {
        say(&json!(key).to_string(), value.clone());
    }
    format!("---\n{}\n---\n", lines.join("\n"))
}
