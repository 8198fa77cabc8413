//! A work as keys with values: CSL-JSON (`container-title`, `issued`), or the keys of hayagriva (`parent`, `date`).

use serde_json::Value;

use crate::cite::{Description, Kind, Name};

/// Reads one work; `None` without a title.
pub fn description(value: &Value) -> Option<Description> {
    let parent = value.get("parent").map(|p| p.as_array().and_then(|a| a.first()).unwrap_or(p));
    let of = |value: &Value, keys: &[&str]| keys.iter().find_map(|k| text(value.get(k)?));
    let own = |keys: &[&str]| of(value, keys).or_else(|| parent.and_then(|p| of(p, keys)));
    let title = of(value, &["title"])?;
    let people =
        |key: &str| value.get(key).or_else(|| parent.and_then(|p| p.get(key))).map(names).unwrap_or_default();
    let container = of(value, &["container-title"]).or_else(|| parent.and_then(|p| of(p, &["title"])));
    let kind = match of(value, &["type"]).unwrap_or_default().to_lowercase().as_str() {
        "chapter" | "anthos" | "entry" | "paper-conference" => Kind::Chapter,
        kind if kind.starts_with("article") => Kind::Article,
        "webpage" | "web" | "post" | "post-weblog" => Kind::WebPage,
        _ => Kind::Book,
    };
    Some(Description {
        kind,
        authors: value.get("author").map(names).unwrap_or_default(),
        et_al: false,
        editors: people("editor"),
        translators: people("translator"),
        title,
        container,
        place: own(&["publisher-place", "location"]),
        publisher: own(&["publisher"]).or_else(|| value.get("publisher").and_then(|p| of(p, &["name"]))),
        year: year(value).or_else(|| parent.and_then(year)),
        volume: own(&["volume"]),
        issue: own(&["issue", "number"]),
        edition: own(&["edition"]),
        url: of(value, &["URL", "url"]).or_else(|| value.get("url").and_then(|u| of(u, &["value"]))),
    })
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(map) => return map.get("value").and_then(text),
        _ => return None,
    };
    Some(text).filter(|t| !t.is_empty())
}

/// `issued: {"date-parts": [[1968]]}`, `date: 1968`, `date: 1968-05`
fn year(value: &Value) -> Option<String> {
    let issued = value.get("issued").and_then(|issued| {
        let parts = issued.get("date-parts")?.get(0)?.get(0)?;
        text(parts)
    });
    let date = issued.or_else(|| ["date", "year", "issued"].iter().find_map(|k| text(value.get(k)?)))?;
    let year: String = date.chars().take_while(char::is_ascii_digit).collect();
    (year.len() == 4).then_some(year)
}

fn names(value: &Value) -> Vec<Name> {
    match value {
        Value::Array(all) => all.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    }
}

/// `Benjamin, Walter`, `Walter Benjamin`, `{"family": …, "given": …}`, `{"literal": …}`
fn name(value: &Value) -> Option<Name> {
    if let Value::String(text) = value {
        let (family, given) = match text.split_once(',') {
            Some((family, given)) => (family, given),
            None => text.rsplit_once(' ').map_or((text.as_str(), ""), |(given, family)| (family, given)),
        };
        return Some(Name { given: given.trim().to_owned(), family: family.trim().to_owned() })
            .filter(|n| !n.family.is_empty());
    }
    let part = |key: &str| value.get(key).and_then(text);
    let family = part("family").or_else(|| part("literal")).or_else(|| part("name"))?;
    let particle = part("non-dropping-particle").or_else(|| part("prefix"));
    let family = particle.map_or(family.clone(), |p| [&p, " ", &family].concat());
    let given = part("given").or_else(|| part("given-name")).unwrap_or_default();
    Some(Name { given, family })
}
