//! Everything that is printed: diagnostics to standard error, the summary to standard output.
//!
//! Nothing here fails: who closes the pipe (`postil check 2>&1 | head`) has read enough.

use std::io::{self, BufWriter, Write};
use std::time::Duration;

use serde_json::{Map, Value};

use super::{DONE, NOT_DONE, WITH_ERRORS, verify};
use crate::build::state::State;
use crate::build::{Format, Options, Report};
use crate::cache::Lost;
use crate::diagnostic::{Diagnostic, Excerpt, Failure, Severity};
use crate::invisible;
use crate::said::Said;

/// Prints what came of a command and says its exit status.
pub(super) fn outcome(outcome: Result<Report, Failure>, options: &Options) -> u8 {
    match outcome {
        Ok(built) => outcome_of(&built, options),
        Err(failed) => {
            failure(&failed, options.format);
            NOT_DONE
        }
    }
}

/// Prints what came of a check, with the archive's state, and says its exit status.
pub(super) fn state(checked: Result<Report, Failure>, options: &Options) -> u8 {
    if let (Ok(checked), Format::Human) = (&checked, options.format) {
        text(&archive_state(&checked.state));
    }
    outcome(checked, options)
}

/// What is tied in each document, where something is not; and what is to be read next.
fn archive_state(state: &State) -> String {
    let mut out = String::new();
    for document in &state.documents {
        let untied = document.counts().into_iter().filter(|(fitting, ..)| fitting.lost > 0);
        let mut told: Vec<String> = untied
            .map(|(fitting, noun, without)| {
                format!("{} of {} {without}", fitting.lost, counted(fitting.all, noun))
            })
            .collect();
        if document.links_astray > 0 {
            told.push([&counted(document.links_astray, "link"), " astray"].concat());
        }
        if !told.is_empty() {
            out += &format!("{}: {}\n", printable(&document.source), told.join(", "));
        }
    }
    for (i, work) in state.reading_list.iter().enumerate() {
        if i == 0 {
            out += "\nCited, and not in the archive:\n";
        }
        let parts = [work.author.as_str(), &work.title, work.year.as_deref().unwrap_or_default()];
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).map(printable).collect();
        out += &format!("  {} ({})\n", parts.join(", "), counted(work.documents, "text"));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Prints what came of a build or a check and says its exit status.
pub(super) fn outcome_of(built: &Report, options: &Options) -> u8 {
    report(built, options);
    if built.is_bad(options.strict) { WITH_ERRORS } else { DONE }
}

/// Prints what a build or a check has to tell.
pub(super) fn report(report: &Report, options: &Options) {
    diagnostics(&report.diagnostics, options.format);
    line(&summary(report, options));
}

/// Prints what each stage took.
pub(super) fn timings(report: &Report, format: Format) {
    let seconds = |time: &Duration| (time.as_secs_f64() * 1000.0).round() / 1000.0;
    if format == Format::Json {
        let stages: Map<String, Value> = report
            .stages
            .iter()
            .map(|(stage, time)| (stage.name().to_owned(), seconds(time).into()))
            .collect();
        return line(&serde_json::json!({ "seconds": stages }).to_string());
    }
    for (stage, time) in &report.stages {
        line(&format!("{:8}{:9.3} s", stage.name(), seconds(time)));
    }
}

/// Prints why a command could not be done.
pub(super) fn failure(failure: &Failure, format: Format) {
    diagnostics(std::slice::from_ref(&failure.diagnostic), format);
}

/// Prints a text to standard output as it is.
pub(super) fn text(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Prints a line to standard output.
pub(super) fn line(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Prints findings to standard error.
pub(super) fn diagnostics(diagnostics: &[Diagnostic], format: Format) {
    let mut to = BufWriter::new(io::stderr().lock());
    let _ = diagnostics.iter().try_for_each(|diagnostic| match format {
        Format::Human => writeln!(to, "{}", visible(diagnostic)),
        Format::Json => writeln!(to, "{}", serde_json::to_string(diagnostic)?),
    });
    let _ = to.flush();
}

/// A diagnostic without control characters: a file's name may hold what moves a terminal's cursor.
fn visible(diagnostic: &Diagnostic) -> Diagnostic {
    Diagnostic {
        path: printable(&diagnostic.path),
        message: Said::told(printable(&diagnostic.message.to_string())),
        hint: diagnostic.hint.as_ref().map(|hint| Box::new(Said::told(printable(&hint.to_string())))),
        excerpt: diagnostic
            .excerpt
            .as_ref()
            .map(|excerpt| Excerpt { text: printable(&excerpt.text), offset: excerpt.offset }),
        ..diagnostic.clone()
    }
}

/// A text without what moves a terminal's cursor or turns the direction of what follows.
pub(super) fn printable(text: &str) -> String {
    let shown = |c: char| if c.is_control() || invisible::turns(c) { invisible::INSTEAD } else { c };
    text.chars().map(shown).collect()
}

fn summary(report: &Report, options: &Options) -> String {
    let errors = report.count(Severity::Error);
    let warnings = report.count(Severity::Warning);
    let remarks = report.count(Severity::Note);
    match options.format {
        Format::Json => serde_json::json!({
            "documents": report.documents,
            "words": report.words,
            "notes": report.notes,
            "links": report.links,
            "seconds": report.took.as_secs_f64(),
            "cache": report.cache.map(Lost::shown),
            "errors": errors,
            "warnings": warnings,
            "remarks": remarks,
            "state": report.state,
            "published": report.published,
        })
        .to_string(),
        Format::Human => {
            let mut text = format!(
                "{}, {}, {}, {} in {:.1} s",
                counted(report.documents, "document"),
                counted(report.words, "word"),
                counted(report.notes, "note"),
                counted(report.links, "link"),
                report.took.as_secs_f64(),
            );
            if let Some(published) = &report.published {
                text += &format!(
                    "\n{}: {} written, {} unchanged, {} removed",
                    options.out().display(),
                    published.written.len(),
                    published.unchanged,
                    published.removed.len(),
                );
                if let Some(recovered) = published.recovered {
                    text = format!("{}\n{text}", verify::recovered(recovered));
                }
                if !published.kept.is_empty() {
                    text += &format!(
                        "; left alone, since postil did not write them: {}",
                        printable(&published.kept.join(", "))
                    );
                }
            }
            if let Some(lost) = report.cache {
                text += &format!("\nthe cache is {}: nothing was taken from it", lost.shown());
            }
            text += &format!(
                "\n{}, {}, {}",
                counted(errors, "error"),
                counted(warnings, "warning"),
                counted(remarks, "remark"),
            );
            text
        }
    }
}

/// A number with its noun, in groups of three digits.
pub(super) fn counted(number: usize, noun: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let plural = match noun {
        _ if number == 1 => "",
        _ if noun.ends_with('x') => "es",
        _ => "s",
    };
    format!("{out} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(counted(1, "word"), "1 word");
        assert_eq!(counted(999, "word"), "999 words");
        assert_eq!(counted(1_234_567, "word"), "1,234,567 words");
    }

    #[test]
    fn a_name_cannot_write_to_the_terminal() {
        let diagnostic = Diagnostic::file(Severity::Note, Code::UnknownKind, "a\x1b[2J\nb", Said::told("m"));
        assert_eq!(visible(&diagnostic).to_string(), "a\u{FFFD}[2J\u{FFFD}b: note[unknown-kind]: m");
    }
}
