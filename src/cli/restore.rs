//! `postil restore`: one document as clean CommonMark.

use std::path::PathBuf;

use clap::Args;

use super::{DONE, NOT_DONE, WITH_ERRORS, report};
use crate::build::{self, Format};
use crate::diagnostic::Severity;
use crate::print;

const AFTER_HELP: &str = "\
The print is what postil believes the source says: pages in order, lines joined, notes as [^n]. Building it gives the \
same page. Adopt it in place of the source to correct it by hand; to overrule only a few things, write `fixes:` instead \
(`postil explain FILE` has them ready).

Examples:
  postil restore seeds/essay.txt              the text on standard output
  postil restore seeds/essay.txt > essay.md   … into a file";

/// Print a document as clean CommonMark with [^n] notes
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Restore {
    /// The source document; facts beside it (essay.yaml) are read too
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self) -> u8 {
        let read = match build::read_file(&self.file) {
            Ok(read) => read,
            Err(failure) => {
                report::failure(&failure, Format::Human);
                return NOT_DONE;
            }
        };
        let mut diagnostics = read.diagnostics;
        if let Some((gist, reading)) = &read.value {
            diagnostics.extend(gist.diagnostics.iter().cloned());
            report::text(&print::commonmark(&reading.document, &gist.facts));
        }
        report::diagnostics(&diagnostics, Format::Human);
        let bad = diagnostics.iter().any(|d| d.severity == Severity::Error);
        if bad { WITH_ERRORS } else { DONE }
    }
}
