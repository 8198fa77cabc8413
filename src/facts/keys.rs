//! The keys, and what each may hold.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Entry, Facts, Publish, Written, is_language_tag};
use crate::annotations::hand;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fixes;
use crate::misspelt;
use crate::model::Form;
use crate::said::{Said, said};
use crate::source::Source;

/// The keys that say something to postil.
const KNOWN: [&str; 23] = [
    "title",
    "authors",
    "author",
    "date",
    "published",
    "source",
    "url",
    "tags",
    "lang",
    "summary",
    "description",
    "collection",
    "rights",
    "slug",
    "aliases",
    "publish",
    "form",
    "pages",
    "columns",
    "fixes",
    "annotations",
    "taxonomies",
    "extra",
];

/// Keys of the contract, each with what other programs call it: clippers of web pages and other generators. The
/// contract's word wins, wherever either stands.
const CALLED: [(&str, &str); 4] =
    [("authors", "author"), ("date", "published"), ("source", "url"), ("summary", "description")];

/// Every form, for reading `form:`.
const FORMS: [Form; 9] = [
    Form::Markdown,
    Form::Plain,
    Form::PdfText,
    Form::OcrMarkdown,
    Form::Clipped,
    Form::Superscript,
    Form::Thread,
    Form::Html,
    Form::Restored,
];

/// True if a document's facts may have this key with a meaning of its own.
pub(super) fn is_known(key: &str) -> bool {
    KNOWN.contains(&key)
}

/// The key of the contract that an entry means. A `published` that is true or false says whether it is, and a `url`
/// that is a path where its page shall stand.
fn meant(entry: &Entry) -> &str {
    match entry.key.as_str() {
        "published" if entry.value.is_boolean() => "publish",
        "url" if !entry.value.as_str().is_some_and(|url| url.starts_with("http")) => "url",
        key => CALLED.iter().find(|called| called.1 == key).map_or(key, |called| called.0),
    }
}

/// Takes entries over into `facts`, each that is given replacing what stood there. What is not of the right
/// kind is said and passed over. `document` is the path of what they are facts of.
pub(super) fn apply(
    facts: &mut Facts,
    entries: Vec<Entry>,
    source: &Source,
    document: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen = BTreeSet::new();
    let mut of_fixes = Vec::new();
    let mut fault = |entry: &Entry, message: Said, hint: Said| {
        let fault = Diagnostic::at(Severity::Warning, Code::BadFact, source, entry.place, message);
        diagnostics.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    };
    let given: BTreeSet<String> = entries.iter().map(|e| e.key.clone()).collect();
    for entry in entries {
        if !seen.insert(entry.key.clone()) {
            fault(&entry, said!("`{}` is given twice; the last one counts", entry.key), Said::default());
        }
        if entry.value.is_null() {
            continue;
        }
        let key = meant(&entry);
        if key != entry.key && given.contains(key) {
            continue;
        }
        match key {
            "title" => text(&entry, &mut facts.title, &mut fault),
            "date" => text(&entry, &mut facts.date, &mut fault),
            "source" => text(&entry, &mut facts.source, &mut fault),
            "lang" => {
                let mut lang = None;
                text(&entry, &mut lang, &mut fault);
                match lang {
                    Some(tag) if !is_language_tag(&tag) => fault(
                        &entry,
                        said!("`{}` is no language tag; the language is looked for in the text", tag),
                        said!("write a BCP 47 tag: `de`, `pt-BR`, `grc`"),
                    ),
                    Some(tag) => facts.lang = Some(tag),
                    None => {}
                }
            }
            "summary" => text(&entry, &mut facts.summary, &mut fault),
            "collection" => text(&entry, &mut facts.collection, &mut fault),
            "rights" => text(&entry, &mut facts.rights, &mut fault),
            "slug" => text(&entry, &mut facts.slug, &mut fault),
            "authors" => list(&entry, &mut facts.authors, &mut fault),
            "tags" => list(&entry, &mut facts.tags, &mut fault),
            "aliases" => {
                let mut aliases = None;
                list(&entry, &mut aliases, &mut fault);
                if let Some(aliases) = aliases {
                    facts.aliases = aliases;
                }
            }
            "pages" => {
                let mut pages = None;
                list(&entry, &mut pages, &mut fault);
                if let Some(pages) = pages {
                    facts.pages = Some(pages.join(", "));
                }
            }
            "columns" => match one(&entry).map(|t| t.trim().to_lowercase()).as_deref() {
                Some("false" | "no" | "off") => facts.columns = Some(false),
                Some("true" | "yes" | "on") => facts.columns = None,
                _ => fault(
                    &entry,
                    said!("`columns` is neither true nor false"),
                    said!("write `columns: false`"),
                ),
            },
            "fixes" => {
                facts.fixes = fixes::given::read(&entry.value, source, entry.place, &mut of_fixes);
            }
            "publish" => match one(&entry).map(|t| t.trim().to_lowercase()).as_deref() {
                // YAML 1.1 read `no` as false, and people still write it.
                Some("false" | "no" | "off") => facts.publish = Publish::Nothing,
                Some("true" | "yes" | "on") => facts.publish = Publish::All,
                Some("text") => facts.publish = Publish::Text,
                _ => fault(
                    &entry,
                    said!("`publish` does not say what to publish; the document is published"),
                    said!("write `true`, `false` or `text`"),
                ),
            },
            "form" => {
                let given = one(&entry).map(|t| t.trim().to_lowercase());
                match FORMS.into_iter().find(|form| given.as_deref() == Some(form.name())) {
                    // Only what is named as a page was read as one.
                    Some(Form::Html) if !crate::hypertext::is_named(document) => fault(
                        &entry,
                        said!("`form: html` is for files that are named as pages in HTML"),
                        said!("name the file `.html`, or write the form that its text has"),
                    ),
                    Some(form) => facts.form = Some(form),
                    None => fault(
                        &entry,
                        said!("`form` is no form that postil knows"),
                        said!("it knows {}", FORMS.map(Form::name).join(", ")),
                    ),
                }
            }
            "annotations" => {
                let (annotations, faults) = hand::read(&entry.value);
                facts.annotations = annotations;
                faults
                    .into_iter()
                    .for_each(|what| fault(&entry, what, said!("write `[{ quote: \"…\", note: \"…\" }]`")));
            }
            "taxonomies" => taxonomies(facts, &entry, &mut fault),
            "extra" => match entry.value {
                // Zola's place for keys of one's own; a template finds them where it finds all others.
                Value::Object(map) => facts.extra.extend(map),
                value => {
                    facts.extra.insert(entry.key, value);
                }
            },
            _ => {
                // Keys of one's own are welcome; one that is nearly ours was meant for it.
                if let Some(known) = misspelt::meant(&entry.key, &KNOWN) {
                    let hint = said!("did you mean `{}`?", known);
                    fault(
                        &entry,
                        said!("`{}` says nothing to postil; it is kept for templates", entry.key),
                        hint,
                    );
                }
                facts.extra.insert(entry.key, entry.value);
            }
        }
    }
    diagnostics.extend(of_fixes);
}

fn one(entry: &Entry) -> Option<&str> {
    match &entry.written {
        Written::One(text) => Some(text),
        _ => None,
    }
}

fn text(entry: &Entry, slot: &mut Option<String>, fault: &mut impl FnMut(&Entry, Said, Said)) {
    match one(entry).map(str::trim) {
        Some("") => {}
        Some(text) => *slot = Some(text.to_owned()),
        None => fault(
            entry,
            said!("`{}` is not a single text", entry.key),
            said!("write one text, in quotes if need be"),
        ),
    }
}

fn list(entry: &Entry, slot: &mut Option<Vec<String>>, fault: &mut impl FnMut(&Entry, Said, Said)) {
    let items = match &entry.written {
        Written::One(text) => vec![Some(text.clone())],
        Written::Many(items) => items.clone(),
        Written::Other => {
            return fault(
                entry,
                said!("`{}` is neither a text nor a list of texts", entry.key),
                said!("write `[one, two]`"),
            );
        }
    };
    if items.contains(&None) {
        fault(
            entry,
            said!("`{}` holds something that is no text; it is passed over", entry.key),
            Said::default(),
        );
    }
    let texts = items.iter().flatten().map(|t| without_link(t.trim()).to_owned()).filter(|t| !t.is_empty());
    *slot = Some(texts.collect());
}

/// What a link of a wiki shows: clippers write persons as `[[Nora Feld]]`, for notes of their own.
fn without_link(text: &str) -> &str {
    let inner = text.strip_prefix("[[").and_then(|t| t.strip_suffix("]]"));
    inner.map_or(text, |inner| inner.rsplit('|').next().unwrap_or(inner).trim())
}

/// `[taxonomies]` of a Zola page: `tags` and `authors` as if they stood outside, the rest for templates.
fn taxonomies(facts: &mut Facts, entry: &Entry, fault: &mut impl FnMut(&Entry, Said, Said)) {
    let Value::Object(map) = &entry.value else {
        return fault(entry, said!("`taxonomies` is no table"), said!("write `tags` outside of it"));
    };
    let mut rest = map.clone();
    for (key, slot) in [("tags", &mut facts.tags), ("authors", &mut facts.authors)] {
        let Some(value) = rest.remove(key) else { continue };
        let items = match value {
            Value::Array(items) => items,
            value => vec![value],
        };
        let texts: Vec<String> = items
            .into_iter()
            .filter_map(|item| match item {
                Value::String(text) => Some(text.trim().to_owned()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        // What stands outside is the document's own word.
        if slot.is_none() {
            *slot = Some(texts);
        }
    }
    if !rest.is_empty() {
        facts.extra.insert(entry.key.clone(), Value::Object(rest));
    }
}
