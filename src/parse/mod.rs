//! Restored flows + form → [`Document`]: blocks, inlines, notes and metadata.
//!
//! 1. `markdown` or `plain` reads the body and each note into blocks; what they find on the way gathers in a
//!    `reading`
//! 2. `looks`, `quotation`, `aside`: what of the blocks is only how the page looked, which are quotations without a
//!    sign, and which stand beside the running text
//! 3. `tie`: the notes that the grammar itself found (`[^name]`, `^[…]`) get their markers
//! 4. `way_back`: what of the notes leads back to their markers, which the page does by itself
//! 5. `order`: markers and notes are numbered in reading order, over everything
//! 6. [`metadata`]: title, authors, date
//! 7. [`heading`]: the title's own line becomes the first heading, the heading of the notes goes to the notes
//! 8. `imprint`: a title page that is printed again behind the text is none of its sections
//!
//! Shared by both grammars: `text` (what stands in a run of text), [`address`] (which links are allowed), [`html`]
//! (raw markup by allow-list), `inline`.
//!
//! Trees are at most `reading::MAX_DEPTH` containers deep, so whoever walks one may recurse.

pub mod address;
pub mod aside;
mod heading;
pub mod html;
mod imprint;
mod inline;
mod looks;
mod markdown;
pub mod metadata;
mod order;
mod plain;
mod quotation;
mod reading;
mod text;
mod tie;
pub use tie::UNLABELLED;
mod way_back;

use crate::diagnostic::{Code, Diagnostic, Findings, Severity, Warned};
use crate::facts::Facts;
use crate::fixes::{Fixes, blocks as fixed};
use crate::model::{
    Block, BlockKind, Document, Flow, Form, Inline, InlineKind, Marker, MarkerId, Note, block_text,
};
use crate::restore::Restored;
use crate::said::said;
use crate::source::{Source, Span};
use reading::Reading;

/// Reads a restored document.
pub fn parse(
    source: &Source,
    form: Form,
    restored: Restored,
    facts: &Facts,
    fixes: &Fixes,
) -> Warned<Document> {
    let mut reading = Reading::new(source, restored.markers, restored.omissions);
    reading.is_print = form == Form::Restored;
    let mut body = blocks(form, &restored.body, 0, &mut reading);
    if form == Form::OcrMarkdown {
        looks::settle(&mut body);
    }
    let mut recognised = Vec::new();
    if !form.is_marked_up() {
        quotation::set_apart(&mut body);
        aside::mark(&mut body, form);
        aside::keep(source, &mut body, fixes);
        recognised = aside::recognised(source, &body);
    } else {
        aside::mark_captions(&mut body);
    }
    fixed::apply(&mut body, fixes);
    let mut notes: Vec<Note> = Vec::with_capacity(restored.notes.len());
    for note in restored.notes {
        let blocks = blocks(form, &note.text, 0, &mut reading);
        notes.push(Note { label: note.label, shown: note.shown, part: note.part, span: note.span, blocks });
    }
    while let Some((index, flow, nested)) = reading.queue.pop_front() {
        reading.found[index].blocks = blocks(form, &flow, nested, &mut reading);
    }
    let Reading { mut markers, references, found, mut omissions, diagnostics, .. } = reading;
    let mut diagnostics = diagnostics.finish(&source.path);
    let mut labelled = notes.len();
    tie::tie(&mut markers, &references, found, &mut notes);
    if form == Form::Restored || source.is_read_out() {
        // A print lists its notes in their order, as a page does, and names those of later parts `2-3`.
        labelled = notes.len();
        tie::name_parts(&mut markers, &mut notes);
        if source.is_read_out() {
            tie::show_labels(&mut markers, &mut notes);
        }
    }
    omissions.extend(way_back::set_aside(source, &mut notes, fixes));
    diagnostics.extend(restored.diagnostics);
    let ordered = order::order(body, markers, notes, labelled);
    omissions.sort_by_key(|o| o.span);
    let mut document = Document {
        form,
        meta: metadata::find(source, form, &ordered.body, &omissions, facts),
        body: ordered.body,
        markers: ordered.markers,
        notes: ordered.notes,
        notes_heading: None,
        repairs: restored.repairs,
        omissions,
        words: 0,
    };
    heading::settle(&mut document);
    if !form.is_marked_up() {
        let end = imprint::settle(&mut document, fixes);
        let (text, end) = document.body.split_at(end);
        recognised.retain(|repair| text.iter().any(|b| b.span == repair.span && aside::repaired(b)));
        recognised.extend(aside::recognised(source, end));
    }
    document.repairs.extend(recognised);
    if !form.is_markdown() {
        document.repairs.extend(heading::recognised(source, &document.body));
    }
    document.repairs.sort_by_key(|r| (r.line, r.span));
    document.words = words(&document.body) + document.notes.iter().map(|n| words(&n.blocks)).sum::<usize>();
    diagnostics.extend(report_unpaired(source, &document));
    Warned { value: document, diagnostics }
}

/// A text that is shown as it stands, line by line, because it is none ([`is_data`](crate::recognise::is_data)).
pub fn verbatim(source: &Source, facts: &Facts) -> Warned<Document> {
    /// Lines of a block: as many as a reader who comes from a search looks through.
    const LINES: usize = 100;
    let text = &source.text;
    let mut body = Vec::new();
    let mut at = source.body_start;
    while at < text.len() {
        let end = text[at..].match_indices('\n').nth(LINES - 1).map_or(text.len(), |(i, _)| at + i + 1);
        let span = Span::new(at, end);
        let content = vec![Inline { span, kind: InlineKind::Text(text[at..end].trim_end().to_owned()) }];
        body.push(Block { span, kind: BlockKind::Preformatted(content) });
        at = end;
    }
    let message = said!(
        "more lines and signs than a text of this size can have; it is shown as it stands, and its beginning can be searched"
    );
    let finding = Diagnostic::file(Severity::Warning, Code::NotProse, &source.path, message);
    let document = Document {
        form: Form::Plain,
        meta: metadata::find(source, Form::Plain, &[], &[], facts),
        words: words(&body),
        body,
        markers: Vec::new(),
        notes: Vec::new(),
        notes_heading: None,
        repairs: Vec::new(),
        omissions: Vec::new(),
    };
    let hint = said!("where it is a text after all, divide it into several files");
    Warned { value: document, diagnostics: vec![finding.hint(hint)] }
}

/// Reads one flow by the form's grammar. Every marker of the flow is in the result, whatever the grammar made of the
/// text around it.
fn blocks(form: Form, flow: &Flow, nested: usize, reading: &mut Reading) -> Vec<Block> {
    let mut blocks = match form.is_markdown() {
        true => markdown::blocks(flow, nested, reading),
        false => plain::blocks(form, flow, reading),
    };
    let mut seen: Vec<MarkerId> = Vec::new();
    order::visit(&mut blocks, &mut |id| seen.push(*id));
    seen.sort_unstable();
    let lost = flow.marks.iter().filter(|m| seen.binary_search(&m.1).is_err());
    // Such a mark stood in a link's target, a comment, a fence's information: nothing of that is shown.
    let lost: Vec<Inline> = lost
        .map(|&(at, id)| {
            let span = flow.source_span(at as usize..at as usize + 1);
            Inline { span, kind: InlineKind::Marker(id) }
        })
        .collect();
    if let Some(first) = lost.first() {
        blocks.push(Block { span: first.span, kind: BlockKind::Paragraph(lost) });
    }
    blocks
}

/// Reads a piece of Markdown that belongs to no document, as a reader's note beside one. Its own notes come behind it.
pub fn fragment(markdown: &str) -> Vec<Block> {
    let source = Source::new("", markdown.to_owned());
    let mut flow = Flow::default();
    flow.copy(markdown, 0..markdown.len());
    let mut reading = Reading::new(&source, Vec::new(), Vec::new());
    let mut out = blocks(Form::Markdown, &flow, 0, &mut reading);
    while let Some((index, flow, nested)) = reading.queue.pop_front() {
        reading.found[index].blocks = blocks(Form::Markdown, &flow, nested, &mut reading);
    }
    out.extend(reading.found.into_iter().flat_map(|found| found.blocks));
    out
}

/// The number of words in blocks: runs of letters and digits.
pub fn words(blocks: &[Block]) -> usize {
    crate::words::words(&block_text(blocks), |_| false).count()
}

/// Says which markers have no note and which notes no marker.
fn report_unpaired(source: &Source, document: &Document) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    let without_note = |marker: &Marker| {
        let (sign, hint) = match marker.shown.as_str() {
            "" => {
                let sign = format!("[^{}]", marker.label);
                let hint =
                    said!("add `{}: …` on a line of its own, or write `\\{}` if it is no marker", sign, sign);
                (sign, hint)
            }
            shown => (shown.to_owned(), said!("it is shown where it stands, without a link")),
        };
        let message = said!("the marker `{}` has no note in the source", sign);
        let finding =
            Diagnostic::at(Severity::Warning, Code::MarkerWithoutNote, source, marker.span, message);
        finding.hint(hint)
    };
    for marker in document.markers.iter().filter(|m| m.note.is_none()) {
        findings.add(Code::MarkerWithoutNote, || without_note(marker));
    }
    let mut marked = vec![false; document.notes.len()];
    for note in document.markers.iter().filter_map(|m| m.note) {
        if let Some(marked) = marked.get_mut(note.0 as usize) {
            *marked = true;
        }
    }
    for (note, _) in document.notes.iter().zip(marked).filter(|(_, marked)| !marked) {
        findings.add(Code::NoteWithoutMarker, || {
            let message = said!("nothing in the text refers to note `{}`", note.label);
            let hint = said!("it is listed with the others; put its marker back where it belongs");
            Diagnostic::at(Severity::Warning, Code::NoteWithoutMarker, source, note.span, message).hint(hint)
        });
    }
    findings.finish(&source.path)
}
