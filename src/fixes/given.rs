//! `fixes:` as it is written → [`Fix`]es.

use serde::Deserialize;
use serde_json::Value;

use super::{Action, Fix, Shape};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::OmissionReason;
use crate::said::{Foreign, Said, said};
use crate::source::{Source, Span};

/// A fix as written: a quotation and one thing to do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    quote: String,
    occurrence: Option<usize>,
    marker: Option<Label>,
    note: Option<Label>,
    heading: Option<Level>,
    omit: Option<OmissionReason>,
    keep: Option<bool>,
    join: Option<bool>,
    split: Option<bool>,
    #[serde(rename = "as")]
    shape: Option<Shape>,
}

/// `"3"`, `3` or `false`.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a label (\"3\") or `false`")]
enum Label {
    No(bool),
    Number(u64),
    Text(String),
}

/// `2` or `false`.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a level from 1 to 6 or `false`")]
enum Level {
    No(bool),
    Number(u8),
}

/// Reads the value of `fixes:`; `key` is where it stands in `source`.
pub fn read(value: &Value, source: &Source, key: Span, diagnostics: &mut Vec<Diagnostic>) -> Vec<Fix> {
    let Value::Array(items) = value else {
        let message = said!("`fixes` is no list");
        let fault = Diagnostic::at(Severity::Warning, Code::BadFact, source, key, message);
        diagnostics
            .push(fault.hint(said!("write each fix on a line of its own: `- { quote: \"…\", keep: true }`")));
        return Vec::new();
    };
    let places = places(source, key);
    let mut out = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let place = places.get(i).copied().filter(|_| places.len() == items.len()).unwrap_or(key);
        let origin = Diagnostic::at(Severity::Warning, Code::BadFact, source, place, Said::default());
        let read = Given::deserialize(item).map_err(|e| said!("{}", Foreign(e))).and_then(fix);
        match read {
            Ok((quote, occurrence, action)) => {
                out.push(Fix { quote, occurrence, action, origin: Box::new(origin) });
            }
            Err(message) => {
                let message = said!("this fix cannot be read: {}", message);
                diagnostics.push(Diagnostic { message, ..origin }.hint(said!("write `{ quote: \"…\", X }` with one X of: marker: \"3\" or false, note: \"3\" or false, heading: 2 or \
                    false, omit: running-head, keep: true, join: true, split: true, as: paragraph, quotation or verse")));
            }
        }
    }
    out
}

fn fix(given: Given) -> Result<(String, Option<usize>, Action), Said> {
    let label = |label: Label| -> Result<_, Said> {
        match label {
            Label::No(false) => Ok(None),
            Label::No(true) => Err(said!("`true` is no label")),
            Label::Number(n) => Ok(Some(n.to_string())),
            Label::Text(text) if text.trim().is_empty() => Err(said!("the label is empty")),
            Label::Text(text) => Ok(Some(text.trim().to_owned())),
        }
    };
    let level = |level: Level| -> Result<_, Said> {
        match level {
            Level::No(false) => Ok(None),
            Level::Number(n) if (1..=6).contains(&n) => Ok(Some(n)),
            _ => Err(said!("a heading's level is a number from 1 to 6, or `false`")),
        }
    };
    let yes = |given: Option<bool>, name: &str, action: Action| match given {
        Some(false) => Err(said!("`{}` can only be `true`", name)),
        given => Ok(given.map(|_| action)),
    };
    let actions = [
        given.marker.map(label).transpose()?.map(Action::Marker),
        given.note.map(label).transpose()?.map(Action::Note),
        given.heading.map(level).transpose()?.map(Action::Heading),
        given.omit.map(Action::Omit),
        yes(given.keep, "keep", Action::Keep)?,
        yes(given.join, "join", Action::Join)?,
        yes(given.split, "split", Action::Split)?,
        given.shape.map(Action::As),
    ];
    let mut actions = actions.into_iter().flatten();
    let action = actions.next().ok_or(said!("it does not say what to do"))?;
    if actions.next().is_some() {
        return Err(said!("it says two things to do; write two fixes"));
    }
    if !given.quote.contains(char::is_alphanumeric) {
        return Err(said!("its quotation has no word"));
    }
    Ok((given.quote, given.occurrence, action))
}

/// Where each `quote` key behind `key` stands: the parsers of YAML and TOML do not say.
fn places(source: &Source, key: Span) -> Vec<Span> {
    let from = key.start as usize;
    let rest = &source.text[from..];
    let is_key = |at: usize| {
        let before = rest[..at].trim_end_matches(['"', '\'']).trim_end_matches(' ');
        let opens = before.ends_with(['{', '\n', ',', '-']);
        let behind = rest[at + "quote".len()..].trim_start_matches(['"', '\'', ' ']);
        opens && behind.starts_with([':', '='])
    };
    let found = rest.match_indices("quote").filter(|(at, _)| is_key(*at));
    found.map(|(at, text)| Span::new(from + at, from + at + text.len())).collect()
}
