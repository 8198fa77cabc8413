//! What reading a document's flows brings to light beside their blocks.

use std::collections::{BTreeSet, VecDeque};

use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::model::{Block, Flow, Marker, MarkerId, Omission, OmissionReason};
use crate::said::{Said, said};
use crate::source::{Source, Span};

/// Containers (quotes, lists, emphasis, …) deeper than this are not opened; what they hold stays. It bounds every
/// recursion over a tree, here and in `render`. Deeper nesting than a dozen is not met in texts people wrote.
pub const MAX_DEPTH: usize = 64;

/// Collects markers, notes, omissions and findings while flows are parsed.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// The document's text, for the places of findings.
    pub source: &'a Source,
    /// All markers; those of `restore` first.
    pub markers: Vec<Marker>,
    /// References `[^label]`, to be tied when all definitions are known.
    pub references: Vec<(MarkerId, String)>,
    /// Notes found by the grammar (`[^label]: …` and `^[…]`).
    pub found: Vec<Found>,
    /// Inline notes whose text is still to be parsed: index in `found`, the text, how deep they are nested.
    pub queue: VecDeque<(usize, Flow, usize)>,
    /// Words left out.
    pub omissions: Vec<Omission>,
    /// True for a text that `print` wrote.
    pub is_print: bool,
    /// Findings.
    pub diagnostics: Findings,
    reported: BTreeSet<(Code, String)>,
}

/// A note that the grammar found.
#[derive(Debug)]
pub(super) struct Found {
    /// The label it is referred to by; `None` for an inline note, which stands at its marker.
    pub label: Option<String>,
    /// The marker of an inline note.
    pub marker: Option<MarkerId>,
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl<'a> Reading<'a> {
    pub fn new(source: &'a Source, markers: Vec<Marker>, omissions: Vec<Omission>) -> Self {
        Reading {
            source,
            markers,
            references: Vec::new(),
            found: Vec::new(),
            queue: VecDeque::new(),
            omissions,
            is_print: false,
            diagnostics: Findings::default(),
            reported: BTreeSet::new(),
        }
    }

    /// A new marker whose label readers do not see.
    pub fn hidden_marker(&mut self, label: &str, span: Span, evidence: &str) -> MarkerId {
        let id = MarkerId(self.markers.len() as u32);
        let (label, evidence) = (label.to_owned(), evidence.to_owned());
        self.markers.push(Marker { label, shown: String::new(), span, note: None, evidence });
        id
    }

    /// A new marker for `[^label]`.
    pub fn reference(&mut self, label: &str, span: Span) -> MarkerId {
        let id = self.hidden_marker(label, span, "written as `[^label]`");
        self.references.push((id, label.to_owned()));
        id
    }

    /// Reports a finding; of one code and `kind` only the first in the document.
    pub fn report_once(&mut self, severity: Severity, code: Code, span: Span, kind: &str, message: Said) {
        if self.reported.insert((code, kind.to_owned())) {
            self.diagnostics.add(code, || Diagnostic::at(severity, code, self.source, span, message));
        }
    }

    /// Reports a link that was not made.
    pub fn bad_link(&mut self, span: Span, address: &str) {
        let address = address.strip_prefix(super::html::REFUSED).unwrap_or(address);
        let shown: String = address.chars().take(80).filter(|c| !c.is_control()).collect();
        let message = said!("the address `{}` is not of a kind that a page may link to", shown);
        let hint = said!("only http, https, mailto, ftp, tel, doi, urn and relative addresses become links");
        self.diagnostics.add(Code::BadLink, || {
            Diagnostic::at(Severity::Warning, Code::BadLink, self.source, span, message).hint(hint)
        });
    }

    /// Declares that words are left out because they are no text but a program.
    pub fn omit_markup(&mut self, text: &str, span: Span) {
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        let line = self.source.line_of(span.start as usize);
        self.omissions.push(Omission {
            text: text.to_owned(),
            reason: OmissionReason::UnsafeMarkup,
            span,
            line,
        });
        let message = said!("a script or style sheet in the text was left out");
        self.diagnostics.add(Code::UnsafeMarkup, || {
            Diagnostic::at(Severity::Warning, Code::UnsafeMarkup, self.source, span, message)
        });
    }

    /// Reports, once, that nesting was flattened.
    pub fn too_deep(&mut self, span: Span) {
        let message = said!(
            "nested deeper than {} levels; what is deeper is shown on that level",
            MAX_DEPTH.to_string()
        );
        self.report_once(Severity::Note, Code::TooDeep, span, "", message);
    }
}
