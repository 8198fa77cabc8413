//! Does a file begin with front matter, and where does it end?
//!
//! A scanned page's Markdown may begin with a rule, and have `Note: …` under it and another rule further on.
//! What is taken for front matter is not shown, so the benefit of the doubt goes to the text:
//!
//! * The first line is exactly `---` (or `+++`), and a later one closes the block.
//! * The block is a mapping, and one of its keys is one that postil knows, or all of them look like keys
//!   that people give (`layout`, `cover_image`), not like the beginning of a sentence.
//! * Where the block was plainly meant as front matter but cannot be read, that is said, and it is text.

use super::yaml::{self, Parsed, key_of};
use super::{Entry, MAX_FRONT_MATTER, Problem, keys, toml};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::said::said;
use crate::source::{Source, Span};

/// Front matter that was found and read.
pub(super) struct Front {
    pub entries: Vec<Entry>,
    /// Where the document's own text begins.
    pub body_start: usize,
}

/// Looks for front matter at the beginning of a text.
pub(super) fn find(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Front> {
    let text = source.text.as_str();
    let (first, rest) = text.split_once('\n')?;
    let is_yaml = match first.trim_end() {
        "---" => true,
        "+++" => false,
        _ => return None,
    };
    let start = first.len() + 1;
    let opening = rest.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#')).unwrap_or("");
    let Some((end, body_start)) = closing(text, start, is_yaml) else {
        let key = if is_yaml { key_of(opening) } else { opening.split_once('=').map(|p| p.0.trim()) };
        // Without an end, only a key that postil knows tells front matter from a rule and a sentence.
        if key.is_some_and(keys::is_known) {
            let message = said!(
                "front matter that does not end within {} KiB is taken for text",
                (MAX_FRONT_MATTER >> 10).to_string()
            );
            let hint = said!("put a line `{}` behind its last key", first.trim_end());
            diagnostics.push(
                Diagnostic::at(Severity::Error, Code::BadFacts, source, Span::new(0, 3), message).hint(hint),
            );
        }
        return None;
    };
    let parsed = if is_yaml {
        yaml::entries(source, end)
    } else {
        toml::entries(source, start, end).map(Parsed::Mapping)
    };
    let meant = if is_yaml { key_of(opening).is_some_and(looks_like_a_key) } else { opening.contains('=') };
    match parsed {
        Ok(Parsed::Mapping(entries)) if !is_yaml || are_facts(&entries) => {
            Some(Front { entries, body_start })
        }
        Ok(Parsed::Mapping(entries)) => {
            // `Title:` with a capital is a key to its author, and a sentence's beginning to a scanner.
            if let Some(entry) = entries.iter().find(|e| keys::is_known(&e.key.to_lowercase())) {
                let message =
                    said!("`{}` is no key that postil knows; the block is taken for text", entry.key);
                diagnostics.push(
                    Diagnostic::at(Severity::Warning, Code::BadFacts, source, entry.place, message)
                        .hint(said!("for front matter write `{}`", entry.key.to_lowercase())),
                );
            }
            None
        }
        Err(Problem { place, message }) if meant => {
            let message = said!("{}; the block is taken for text", message);
            diagnostics.push(Diagnostic::at(Severity::Error, Code::BadFacts, source, place, message));
            None
        }
        Ok(Parsed::Nothing | Parsed::Other) | Err(_) => None,
    }
}

/// Where the block ends and where the text behind its closing line begins.
fn closing(text: &str, start: usize, is_yaml: bool) -> Option<(usize, usize)> {
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        if offset - start > MAX_FRONT_MATTER {
            return None;
        }
        let closes = match line.trim_end() {
            "---" | "..." => is_yaml,
            "+++" => !is_yaml,
            _ => false,
        };
        if closes {
            return Some((offset, offset + line.len()));
        }
        offset += line.len();
    }
    None
}

/// Where the YAML of a sidecar ends: some people close a file of facts as they would front matter.
pub(super) fn sidecar_end(text: &str) -> usize {
    let Some(start) = text.strip_prefix("---\n").map(|_| 4) else { return text.len() };
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" && text[offset + line.len()..].trim().is_empty() {
            return offset;
        }
        offset += line.len();
    }
    text.len()
}

fn are_facts(entries: &[Entry]) -> bool {
    !entries.is_empty()
        && (entries.iter().any(|e| keys::is_known(&e.key))
            || entries.iter().all(|e| looks_like_a_key(&e.key)))
}

/// True for a key such as people give: one word, in small letters at its beginning.
fn looks_like_a_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
