//! A text as other programs cite it: schema.org as JSON-LD, and the OpenURL context object that Zotero reads (COinS).

use serde_json::{Map, Value, json};

use super::SiteFacts;
use super::context::DocumentCard;
use crate::invisible::without_controls;

/// The text in the words of schema.org. It stands in a page inside `<script>`, so nothing in it may end that.
pub fn linked_data(
    facts: &SiteFacts,
    card: &DocumentCard,
    address: Option<&str>,
    rights: Option<&str>,
) -> String {
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            data.insert(key.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!("Article"));
    put("headline", json!(card.title));
    let authors: Vec<Value> = card.authors.iter().map(|a| json!({ "@type": "Person", "name": a })).collect();
    put("author", if authors.is_empty() { Value::Null } else { json!(authors) });
    put("datePublished", json!(card.date));
    put("inLanguage", json!(card.lang));
    put("abstract", json!(card.summary));
    put("wordCount", json!(card.words));
    let tags: Vec<&str> = card.tags.iter().map(|t| t.name.as_str()).collect();
    put("keywords", if tags.is_empty() { Value::Null } else { json!(tags) });
    put("isBasedOn", json!(address));
    put("copyrightNotice", json!(rights));
    put("url", json!(facts.base_url.as_ref().map(|base| [base, "/", &card.url].concat())));
    put("isPartOf", json!({ "@type": "Collection", "name": facts.title }));
    let text = Value::Object(data).to_string();
    let text = without_controls(&text);
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The text as a context object in the manner of OpenURL 1.0, with Dublin Core.
pub fn coins(card: &DocumentCard, address: Option<&str>) -> String {
    let mut out =
        String::from("ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type=text");
    let mut put = |key: &str, value: &str| {
        out.extend(["&rft.", key, "="]);
        percent(value, &mut out);
    };
    put("title", &card.title);
    card.authors.iter().for_each(|a| put("creator", a));
    card.date.iter().for_each(|d| put("date", d));
    card.lang.iter().for_each(|l| put("language", l));
    card.tags.iter().for_each(|t| put("subject", &t.name));
    address.iter().for_each(|a| put("identifier", a));
    out
}

fn percent(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}
