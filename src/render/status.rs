//! The page of the archive's state: what is tied to what, and what is not.

use super::context::{
    DiagnosticLine, Fitting, Head, ReferenceTally, StatusPage, StatusRow, TotalTally, Twins,
};
use super::model::{Record, SiteModel};
use super::page::{filled, site};
use super::templates::{Face, Templates};
use super::{Page, RenderError};
use crate::diagnostic::{Code, Diagnostic};
use crate::strings::Strings;

/// Diagnostics shown of one document, and references without a work.
const SHOWN: usize = 25;

/// Works that the reading list names.
const WANTED: usize = 25;

/// Makes the page; `by_title` is the order of the documents.
pub(super) fn page(
    model: &SiteModel,
    by_title: &[usize],
    templates: &Templates,
) -> Result<Page, RenderError> {
    let words = &model.facts.strings;
    let rows = by_title.iter().map(|&i| row(&model.records[i], words)).collect();
    let card = |document: usize| &model.records[document].card;
    let context = StatusPage {
        site: site(&model.facts, ""),
        page: Head {
            title: model.facts.strings.say("status-title"),
            description: None,
            section: "status",
            url: "status.html",
        },
        rows,
        total: total(model),
        documents: model.records.len(),
        wanted: model.wanted.iter().take(WANTED).map(|&work| &model.works[work]).collect(),
        more_wanted: model.wanted.len().saturating_sub(WANTED),
        twins: model.twins.iter().map(|&[a, b]| Twins { first: card(a), other: card(b) }).collect(),
        diagnostics: model.diagnostics.iter().map(|d| line(d, words)).collect(),
    };
    filled("status.html", &context, templates)
}

/// What is tied in the whole archive.
pub fn total(model: &SiteModel) -> TotalTally {
    let mut total = TotalTally::default();
    let add = |sum: &mut Fitting, one: Fitting| {
        sum.all += one.all;
        sum.lost += one.lost;
    };
    for record in &model.records {
        let notes = record.notes.tally();
        total.notes.markers += notes.markers;
        total.notes.notes += notes.notes;
        total.notes.paired += notes.paired;
        total.notes.unmarked += notes.unmarked;
        total.notes.unresolved += notes.unresolved;
        let references = tied(record);
        total.references.all += references.all;
        total.references.tied += references.tied;
        add(&mut total.annotations, record.annotations);
        add(&mut total.fixes, record.fixes);
        total.astray += record.diagnostics.iter().filter(|d| leads_nowhere(d)).count();
    }
    let strays = model.stray_annotations;
    add(&mut total.annotations, Fitting { all: strays, lost: strays });
    total
}

/// References to works of a document.
pub fn tied(record: &Record) -> ReferenceTally {
    let all = record.references.all;
    ReferenceTally { all, tied: all - record.references.untied.len() }
}

/// True if it speaks of a link, or of a file to be shown, that is not there.
pub fn leads_nowhere(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, Code::BadLink | Code::LinkAstray | Code::MissingFile)
}

/// Where the page speaks of a document. The underscore keeps it apart from ids made of words.
pub(super) fn row_id(slug: &str) -> String {
    ["_", slug].concat()
}

fn row<'a>(record: &'a Record, words: &Strings) -> StatusRow<'a> {
    let (astray, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        record.diagnostics.iter().partition(|d| leads_nowhere(d));
    let untied = &record.references.untied;
    StatusRow {
        document: Face(&record.card),
        source: &record.source,
        notes: record.notes.tally(),
        references: tied(record),
        annotations: record.annotations,
        fixes: record.fixes,
        unresolved: record.notes.unresolved_shown(),
        unmarked: record.notes.unmarked_shown(),
        no_work: &untied[..untied.len().min(SHOWN)],
        more_no_work: untied.len().saturating_sub(SHOWN),
        astray: astray.into_iter().map(|d| line(d, words)).collect(),
        omissions: record.omissions,
        repairs: record.repairs,
        diagnostics: others.iter().take(SHOWN).map(|d| line(d, words)).collect(),
        more_diagnostics: others.len().saturating_sub(SHOWN),
        status_id: row_id(&record.card.slug),
    }
}

fn line<'a>(diagnostic: &'a Diagnostic, words: &Strings) -> DiagnosticLine<'a> {
    DiagnosticLine {
        severity: diagnostic.severity,
        path: &diagnostic.path,
        line: diagnostic.line,
        message: words.said(&diagnostic.message),
        hint: diagnostic.hint.as_ref().map(|hint| words.said(hint)),
    }
}
