//! Exports of Hypothesis: what its search interface answers (`rows`), what its client saves (`annotations`), a bare list,
//! or one annotation a line.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::unusable;
use crate::annotations::{Annotation, Quote, Target, jsonld};
use crate::diagnostic::Warned;

/// Where an annotation is named.
const NAMES: &str = "https://hypothes.is/a/";

/// The annotations of an export; `None` if the text is none.
pub fn rows(text: &str) -> Option<Vec<Value>> {
    let rows = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(rows)) => rows,
        Ok(Value::Object(mut map)) => match map.remove("rows").or_else(|| map.remove("annotations")) {
            Some(Value::Array(rows)) => rows,
            _ => vec![Value::Object(map)],
        },
        Ok(_) => return None,
        Err(_) => text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
    };
    // An address and no target in the W3C's sense: `uri` is Hypothesis's own word.
    let own = |row: &Value| row.get("uri").is_some_and(Value::is_string) && row.get("@context").is_none();
    rows.iter().any(own).then_some(rows)
}

/// Reads the annotations of an export.
pub fn read(shown: &str, rows: Vec<Value>) -> Warned<Vec<Annotation>> {
    let mut out = Vec::new();
    let mut bad = 0;
    let ids: HashSet<String> = rows.iter().filter_map(|r| Some(r.get("id")?.as_str()?.to_owned())).collect();
    for row in &rows {
        match row.as_object().and_then(|row| annotation(row, &ids)) {
            Some(annotation) => out.push(annotation),
            None => bad += 1,
        }
    }
    let fault = (bad > 0)
        .then(|| unusable(shown, format!("{bad} entries have no id or no address, and are left out")));
    Warned { value: out, diagnostics: fault.into_iter().collect() }
}

fn annotation(row: &Map<String, Value>, ids: &HashSet<String>) -> Option<Annotation> {
    let text =
        |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned).filter(|t| !t.is_empty());
    let id = text("id")?;
    let uri = text("uri")?;
    let list = |name: &str| row.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut quote = None;
    for selector in list("target").iter().filter_map(|t| t.get("selector")?.as_array()).flatten() {
        if selector.get("type").and_then(Value::as_str) == Some("TextQuoteSelector") {
            let part = |name: &str| selector.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            quote = Some(Quote { exact: part("exact"), prefix: part("prefix"), suffix: part("suffix") });
        }
    }
    // The nearest answered annotation comes last.
    let answered = list("references").iter().rev().filter_map(Value::as_str).find(|id| ids.contains(*id));
    let title = row.get("document").and_then(|d| match d.get("title")? {
        Value::Array(titles) => titles.first()?.as_str(),
        title => title.as_str(),
    });
    let named = row.get("user_info").and_then(|u| u.get("display_name")?.as_str()).filter(|n| !n.is_empty());
    let account = text("user").map(|user| {
        let user = user.strip_prefix("acct:").unwrap_or(&user);
        user.split('@').next().unwrap_or(user).to_owned()
    });
    let source = answered.map_or(uri, |id| [NAMES, id].concat());
    let (created, modified) = (text("created"), text("updated"));
    Some(jsonld::completed(Annotation {
        id: [NAMES, &id].concat(),
        target: Target {
            source,
            fingerprint: None,
            title: title.map(str::to_owned).filter(|_| answered.is_none()),
        },
        quote: quote.filter(|q| !q.exact.trim().is_empty() && answered.is_none()),
        note: text("text").unwrap_or_default(),
        tags: list("tags").iter().filter_map(|t| Some(t.as_str()?.trim().to_owned())).collect(),
        creator: named.map(str::to_owned).or(account),
        modified: modified.filter(|m| created.as_ref() != Some(m)),
        created,
        ..Annotation::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"id":"AbC","created":"2021-03-04T05:06:07.8+00:00","updated":"2021-03-05T05:06:07.8+00:00",
        "user":"acct:ada@hypothes.is","uri":"https://example.org/essay","text":"Is *that* so?","tags":["doubt"],
        "document":{"title":["An Essay"]},"target":[{"source":"https://example.org/essay","selector":[
        {"type":"RangeSelector","startContainer":"/p[1]"},{"type":"TextPositionSelector","start":10,"end":20},
        {"type":"TextQuoteSelector","exact":"the margin","prefix":"in ","suffix":" of"}]}]}"#;
    const REPLY: &str = r#"{"id":"DeF","uri":"https://example.org/essay","text":"It is.","user":"acct:bea@x.org",
        "references":["gone","AbC"],"user_info":{"display_name":"Bea B."}}"#;

    #[test]
    fn every_form_of_export_is_read() {
        let lines = [ROW.replace('\n', " "), REPLY.replace('\n', " ")].join("\n");
        let both = [ROW, ",", REPLY].concat();
        let forms = [
            ["{\"total\":2,\"rows\":[", &both, "]}"].concat(),
            ["{\"export_date\":\"2024\",\"annotations\":[", &both, "]}"].concat(),
            ["[", &both, "]"].concat(),
            lines,
        ];
        for form in forms {
            let read = read("x.json", rows(&form).unwrap());
            assert_eq!((read.value.len(), read.diagnostics.len()), (2, 0));
            let (first, reply) = (&read.value[0], &read.value[1]);
            assert_eq!(first.id, "https://hypothes.is/a/AbC");
            assert_eq!(first.target.source, "https://example.org/essay");
            assert_eq!(first.target.title.as_deref(), Some("An Essay"));
            assert_eq!(first.quote.as_ref().unwrap().prefix, "in ");
            assert_eq!((first.creator.as_deref(), reply.creator.as_deref()), (Some("ada"), Some("Bea B.")));
            assert_eq!(reply.target.source, first.id);
        }
    }

    #[test]
    fn what_is_not_hypothesis_is_left_to_others() {
        assert!(rows(r#"{"@context":"x","items":[]}"#).is_none());
        assert!(rows(r#"[{"id":"urn:a","target":"seeds/a.txt"}]"#).is_none());
        let bad = read(
            "x.json",
            rows(r#"[{"uri":"https://example.org/"},{"id":"a","uri":"https://example.org/"}]"#).unwrap(),
        );
        assert_eq!((bad.value.len(), bad.diagnostics.len()), (1, 1));
    }
}
