//! `postil explain`: why one document was read as it was.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{DONE, FormatName, NOT_DONE, WITH_ERRORS, report};
use crate::build::{self, Format};
use crate::diagnostic::Severity;
use crate::explain::{Change, Explanation, explain};

const AFTER_HELP: &str = "\
Examples:
  postil explain seeds/essay.txt | less       the form, each marker, note and citation, each repair
  postil explain --format json seeds/essay.txt

The line behind `undo:` goes into `fixes:` in seeds/essay.yaml or the file's front matter:

  fixes:
    - { quote: \"words of the text\", keep: true }";

/// Say why a document was read as it was
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Explain {
    /// The source document; facts beside it (essay.yaml) are read too
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How it is printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
}

impl Explain {
    pub(super) fn run(self) -> u8 {
        let format: Format = self.format.into();
        let read = match build::read_file(&self.file) {
            Ok(read) => read,
            Err(failure) => {
                report::failure(&failure, format);
                return NOT_DONE;
            }
        };
        let mut diagnostics = read.diagnostics;
        if let Some((gist, reading)) = &read.value {
            diagnostics.extend(gist.diagnostics.iter().cloned());
            let explanation = explain(gist, reading);
            match format {
                Format::Human => report::text(&shown(&explanation)),
                Format::Json => {
                    report::line(&serde_json::to_string_pretty(&explanation).unwrap_or_default());
                }
            }
        }
        report::diagnostics(&diagnostics, format);
        let bad = diagnostics.iter().any(|d| d.severity == Severity::Error);
        if bad { WITH_ERRORS } else { DONE }
    }
}

/// The explanation for a terminal: a place a line, `path:line` first, so that an editor can follow it.
fn shown(e: &Explanation) -> String {
    let mut out = String::new();
    let width = e.path.chars().count() + 6;
    let place = |line: u32| format!("{:width$}", format!("{}:{line}", e.path));
    let indent = " ".repeat(width + 2);
    let mut say = |line: &str| {
        // A source may hold what moves a terminal's cursor.
        out.extend(line.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }));
        out.push('\n');
    };
    say(&e.title);
    say(&format!("{}: read as {}", e.path, e.form));
    for (i, form) in e.forms.iter().enumerate() {
        say("");
        say(&format!(
            "{} {:+.1}",
            if i == 0 { form.form.to_uppercase() } else { form.form.to_owned() },
            form.weight
        ));
        for seen in &form.seen {
            say(&format!("  {:+5.1}  {}", seen.weight, seen.what));
        }
    }
    heading(&mut say, "MARKERS AND NOTES", e.markers.len());
    for line in &e.conventions {
        say(&format!("  {line}"));
    }
    let mut last = "";
    for m in &e.markers {
        let note = match (m.note_line, &m.note) {
            (Some(line), Some(note)) => format!("→ {line}: {note}"),
            _ => "→ no note".to_owned(),
        };
        say(&format!("{}  [{}]  … {}", place(m.line), m.label, m.behind));
        say(&format!("{indent}{note}"));
        if m.why != last {
            say(&format!("{indent}why: {}", m.why));
        }
        last = &m.why;
    }
    if !e.unmarked.is_empty() {
        heading(&mut say, "NOTES WITHOUT A MARKER", e.unmarked.len());
        for n in &e.unmarked {
            say(&format!("{}  [{}] of part {}: {}", place(n.line), n.label, n.part, n.text));
        }
    }
    if !e.refused.is_empty() {
        heading(&mut say, "TAKEN FOR NO MARKER", e.refused.len());
        for r in &e.refused {
            say(&format!("{}  {}  … {}", place(r.line), r.shown, r.behind));
            say(&format!("{indent}weighs {:.1}; {}", r.weight, r.why));
        }
    }
    if !e.citations.is_empty() {
        heading(&mut say, "CITATIONS", e.citations.len());
        for c in &e.citations {
            let works = match (c.works.is_empty(), c.certain) {
                (true, _) => "nothing".to_owned(),
                (false, true) => c.works.join(", "),
                (false, false) => ["perhaps ", &c.works.join(" or ")].concat(),
            };
            let place_in_it = c.locator.as_ref().map_or(String::new(), |l| [", ", l].concat());
            say(&format!("{}  {}", place(c.line), c.words));
            say(&format!("{indent}= {works}{place_in_it} ({})", c.manner));
            for why in &c.why {
                say(&format!("{indent}why: {why}"));
            }
        }
    }
    changes(&mut say, &place, &indent, "REPAIRED", &e.repairs);
    changes(&mut say, &place, &indent, "LEFT OUT", &e.omissions);
    out
}

fn heading(say: &mut impl FnMut(&str), title: &str, count: usize) {
    say("");
    say(&format!("{title} ({count})"));
}

fn changes(
    say: &mut impl FnMut(&str),
    place: &impl Fn(u32) -> String,
    indent: &str,
    title: &str,
    changes: &[Change],
) {
    if changes.is_empty() {
        return;
    }
    heading(say, title, changes.len());
    let mut kinds: Vec<&str> = changes.iter().map(|c| c.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of_kind: Vec<&Change> = changes.iter().filter(|c| c.kind == kind).collect();
        say(&format!("  {kind} ({})", of_kind.len()));
        for change in of_kind {
            let mut line = String::new();
            let what = if change.before.is_empty() { &change.what } else { &change.before };
            let _ = write!(line, "{}  {what}", place(change.line));
            say(&line);
            if !change.after.is_empty() {
                say(&format!("{indent}→ {}", change.after));
            }
            if let Some(fix) = &change.fix {
                say(&format!("{indent}undo: {fix}"));
            }
        }
    }
}
