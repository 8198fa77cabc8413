//! What the program has to say about an input: where, what, and what to do.
//!
//! Content never fails a build; it earns a [`Diagnostic`]. Functions that may find fault return
//! [`Warned<T>`] or push into a `&mut Vec<Diagnostic>`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::said::{self, Said, said};
use crate::source::{Source, Span};

/// How bad it is. `Error` sets exit status 1; under `--strict` a `Warning` does too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something the program did that a reader may want to know.
    Note,
    /// A doubt: something is shown as it stands because the program could not be sure.
    Warning,
    /// Something is missing from the site, or is not as its owner asked.
    Error,
}

/// What kind of thing was found. The name on the page and in JSON is the variant in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    // -- discover and decode
    /// A file whose name says that it is no text this version reads (`essay.pdf`).
    UnknownKind,
    /// A file that cannot be read (permissions, broken link, a device).
    Unreadable,
    /// A folder whose name ends like a document's (`essay.txt/`).
    FolderNamedLikeDocument,
    /// Binary data in a file named like a text.
    Binary,
    /// A document without a single word.
    Empty,
    /// Decoded as something else than UTF-8, or with characters that could not be decoded.
    Encoding,
    /// Signs that nobody sees: they turn the direction of the text, or have no width.
    Invisible,
    /// A file too large to be addressed (4 GiB).
    TooLarge,
    /// A symbolic link that leads out of the sources, or to a folder; neither is followed.
    LinkNotFollowed,
    /// A sidecar (`essay.yaml`) without its document.
    StraySidecar,
    // -- facts
    /// Front matter or a sidecar that is not valid YAML or TOML.
    BadFacts,
    /// One key with a value of the wrong kind (`title: [a, b]`).
    BadFact,
    /// A fix whose quotation stands nowhere in the source, or at several places.
    FixMisfit,
    /// A fix that changes nothing: the text is read that way already, or the note it names is not there.
    FixUnused,
    /// `slug:` or a file name that cannot be a file's name everywhere.
    BadSlug,
    /// An entry of `works.bib`, `works.yaml` or `works.json` that cannot be used.
    BadWork,
    /// Two documents that would have one address.
    SlugTaken,
    /// A shown file (image) that is not there.
    MissingFile,
    // -- recognise and restore
    /// A text with more lines and signs than a text can have; it is shown as it stands.
    NotProse,
    /// Pages that may have been printed in another order (a booklet's sheets: 8, 1, 2, 7, …), but not beyond
    /// doubt; they stay as printed.
    UncertainOrder,
    // -- notes
    /// A marker whose note is missing.
    MarkerWithoutNote,
    /// A note whose marker the source lost.
    NoteWithoutMarker,
    // -- parse
    /// Raw markup that is not allowed on a page was left out.
    UnsafeMarkup,
    /// A link whose address scheme is not allowed, or which leads nowhere.
    BadLink,
    /// `[[…]]` that names no document, or several.
    LinkAstray,
    /// Two documents that are nearly the same.
    NearDuplicate,
    /// Brackets, quotes or lists nested deeper than the program follows.
    TooDeep,
    /// An invariant of the program did not hold (a defect of postil, not of the source).
    Internal,
    // -- annotations
    /// A file of annotations that is not valid JSON.
    BadAnnotations,
    /// An entry of such a file, or of `annotations:`, that is no annotation.
    BadAnnotation,
    /// An annotation whose passage, or whose document, is not found beyond doubt; it is listed and kept.
    OrphanAnnotation,
    /// An annotation whose document was found under another name, by its fingerprint.
    AnnotationMoved,
    /// Several annotations with one id that say different things; all are shown.
    AnnotationConflict,
    // -- what ends a build (see `Failure`)
    /// `archive.yaml` or the arguments ask for something that cannot be.
    Configuration,
    /// The disk would not give or take a file.
    Disk,
}

impl Code {
    /// The code as it is printed: `marker-without-note`.
    pub fn name(self) -> String {
        let mut out = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !out.is_empty() {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        }
        out
    }
}

/// One finding, complete in itself: the source need not be kept to print it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// The file, relative to the archive.
    pub path: String,
    /// Line and column from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of thing.
    pub code: Code,
    /// What is the matter, in one sentence without a full stop.
    #[serde(serialize_with = "said::in_english")]
    pub message: Said,
    /// The line of the source it speaks of (at most 200 characters around the place).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "said::in_english_if_any")]
    pub hint: Option<Box<Said>>,
}

/// A piece of the line a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Excerpt {
    /// The text shown.
    pub text: String,
    /// Characters of `text` before the place.
    pub offset: u32,
}

/// A value together with what was found on the way to it.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Diagnostic {
    /// A finding about a whole file.
    pub fn file(severity: Severity, code: Code, path: impl Into<String>, message: impl Into<Said>) -> Self {
        let (path, message) = (path.into(), message.into());
        Diagnostic { path, line: 0, column: 0, severity, code, message, excerpt: None, hint: None }
    }

    /// A finding at a place of a source.
    pub fn at(severity: Severity, code: Code, source: &Source, span: Span, message: impl Into<Said>) -> Self {
        /// Characters of the line shown before and after the place.
        const CONTEXT: usize = 60;
        let start = (span.start as usize).min(source.text.len());
        let place = source.position(start);
        let line = source.line_of_file(place.line);
        let before: usize = line.chars().take(place.column as usize - 1).map(char::len_utf8).sum();
        let (before, after) = line.split_at(before);
        let before: Vec<char> = before.chars().rev().take(CONTEXT).collect();
        let text: String = before.iter().rev().copied().chain(after.chars().take(CONTEXT)).collect();
        let excerpt = Some(Excerpt { text, offset: before.len() as u32 });
        Diagnostic {
            line: place.line,
            column: place.column,
            excerpt,
            ..Diagnostic::file(severity, code, source.path.clone(), message)
        }
    }

    /// Adds what to do about it.
    pub fn hint(mut self, hint: impl Into<Said>) -> Self {
        self.hint = Some(Box::new(hint.into()));
        self
    }
}

/// Findings of which a text may hold any number. Of each kind the first are listed; how many more there are is said
/// once, so that a bad text cannot make more of its faults than of itself.
#[derive(Debug, Default)]
pub struct Findings {
    listed: Vec<Diagnostic>,
    /// How many there are of each kind.
    counts: BTreeMap<Code, usize>,
}

impl Findings {
    /// Findings of one kind that are listed.
    pub const LISTED: usize = 1_000;

    /// Adds a finding of this kind, made only if it is to be listed.
    pub fn add(&mut self, code: Code, finding: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= Self::LISTED {
            self.listed.push(finding());
        }
    }

    /// The findings about this file.
    pub fn finish(self, path: &str) -> Vec<Diagnostic> {
        let Findings { mut listed, counts } = self;
        for (code, count) in counts.into_iter().filter(|&(_, count)| count > Self::LISTED) {
            let message = said!("{} more of the kind `{}` are not listed", count - Self::LISTED, code.name());
            listed.push(Diagnostic::file(Severity::Note, code, path, message));
        }
        listed
    }
}

/// Why a command could not be done (exit status 2): the disk, the configuration or a template, never a
/// document. It carries its finding in full, so that it is printed like every other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was in the way.
    pub diagnostic: Box<Diagnostic>,
}

impl Failure {
    /// A failure about a whole file or folder.
    pub fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Diagnostic::file(Severity::Error, code, path, Said::told(message)).into()
    }

    /// Adds what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.diagnostic.hint = Some(Box::new(Said::told(hint)));
        self
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Failure { diagnostic: Box::new(diagnostic) }
    }
}

impl std::error::Error for Failure {}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl std::fmt::Display for Diagnostic {
    /// `path:line:col: severity[code]: message`, the line with a caret under the place, the hint.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{}", self.path)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {severity}[{}]: {}", self.code.name(), self.message)?;
        if let Some(excerpt) = &self.excerpt {
            let shown: String = excerpt.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            write!(f, "\n  | {shown}\n  | {:>1$}", "^", excerpt.offset as usize + 1)?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  = hint: {hint}")?;
        }
        Ok(())
    }
}
