//! `names.yaml`: what the archive's owner says of its names.
//!
//! ```yaml
//! merge:                       # one entry, under the first
//!   Mary Shelley: [Mary Godwin, M. W. Shelley]
//! split: [M. Shelley]          # a form that is not to be taken for another's
//! drop: [Chapter House]        # no name at all
//! rename: { Geneva Lake: Lake Geneva }
//! kind: { Frankenstein: title }
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Kind;
use super::variant::key;
use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::facts::yaml::{self, Parsed};
use crate::said::{Said, said};
use crate::source::{Source, Span};

/// The file's name.
pub const FILE: &str = "names.yaml";

/// The owner's corrections. Forms are compared without accents, case and hyphens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    merge: BTreeMap<String, String>,
    split: BTreeSet<String>,
    drop: BTreeSet<String>,
    shown: BTreeMap<String, String>,
    kinds: BTreeMap<String, Kind>,
}

impl Owner {
    /// Reads the file. What cannot be understood is told and left out; the rest counts.
    pub fn parse(source: &Source) -> Warned<Owner> {
        let mut out = Warned { value: Owner::default(), diagnostics: Vec::new() };
        let entries = match yaml::entries(source, source.text.len()) {
            Ok(Parsed::Mapping(entries)) => entries,
            Ok(Parsed::Nothing) => return out,
            Ok(Parsed::Other) => {
                out.diagnostics.push(wrong(source, Span::default(), said!("no list of keys with values")));
                return out;
            }
            Err(problem) => {
                out.diagnostics.push(wrong(source, problem.place, problem.message));
                return out;
            }
        };
        for entry in &entries {
            if let Err(message) = out.value.take(&entry.key, &entry.value) {
                out.diagnostics.push(wrong(source, entry.place, message));
            }
        }
        out
    }

    fn take(&mut self, name: &str, value: &Value) -> Result<(), Said> {
        match name {
            "merge" => {
                for (into, forms) in map(name, value)? {
                    self.shown.entry(key(into)).or_insert_with(|| into.clone());
                    for form in texts(forms).ok_or(said!("`merge` wants a list of names behind each name"))? {
                        self.merge.insert(key(&form), key(into));
                    }
                }
            }
            "split" | "drop" => {
                let forms = texts(value).ok_or_else(|| said!("`{}` wants a list of names", name))?;
                let set = if name == "split" { &mut self.split } else { &mut self.drop };
                set.extend(forms.iter().map(|f| key(f)));
            }
            "rename" => {
                for (from, to) in map(name, value)? {
                    let to = to.as_str().ok_or(said!("`rename` wants one name behind each name"))?;
                    self.shown.insert(key(from), to.to_owned());
                }
            }
            "kind" => {
                for (form, kind) in map(name, value)? {
                    let found = Kind::ALL.into_iter().find(|k| Some(k.name()) == kind.as_str());
                    let kinds = Kind::ALL.map(Kind::name).join(", ");
                    let kind = found.ok_or_else(|| said!("the kind of `{}` is none of {}", form, kinds))?;
                    self.kinds.insert(key(form), kind);
                }
            }
            _ => return Err(said!("unknown key `{}`; the keys are merge, split, drop, rename, kind", name)),
        }
        Ok(())
    }

    /// The entry that the owner puts a form into.
    pub fn merged(&self, form: &str) -> Option<&str> {
        self.merge.get(form).map(String::as_str)
    }

    /// True if a form is not to be taken for another's.
    pub fn splits(&self, form: &str) -> bool {
        self.split.contains(form)
    }

    /// True if a form is no name.
    pub fn drops(&self, form: &str) -> bool {
        self.drop.contains(form)
    }

    /// How an entry is to be shown.
    pub fn shown(&self, entry: &str) -> Option<&str> {
        self.shown.get(entry).map(String::as_str)
    }

    /// What an entry is a name of.
    pub fn kind(&self, entry: &str) -> Option<Kind> {
        self.kinds.get(entry).copied()
    }

    /// True if the owner speaks of an entry, so that it is one whatever the evidence.
    pub fn has(&self, entry: &str) -> bool {
        self.shown.contains_key(entry) || self.kinds.contains_key(entry)
    }
}

fn map<'a>(name: &str, value: &'a Value) -> Result<&'a serde_json::Map<String, Value>, Said> {
    value.as_object().ok_or_else(|| said!("`{}` wants names with a value behind each", name))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(many) => many.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

fn wrong(source: &Source, place: Span, message: impl Into<Said>) -> Diagnostic {
    Diagnostic::at(Severity::Error, Code::BadFacts, source, place, message)
}
