//! `postil build`: the sources → the site.

use std::path::PathBuf;

use clap::Args;

use super::folders::{Looks, Sources};
use super::progress::Bar;
use super::{FormatName, report};
use crate::build::{self, Options};

const AFTER_HELP: &str = "\
Only files that changed are written, pages of an earlier build that are gone are deleted, and files of your \
own in the site's folder are left alone. If anything is in the way, the earlier site stays as it was.

Diagnostics go to standard error, the summary to standard output.

Examples:
  postil build                                  build ./seeds into ./site
  postil build my-archive --strict              any doubt makes the exit status 1
  postil build --seeds texts --out public       no archive folder needed
  postil build --format json 2>diagnostics.jsonl";

/// Build the site from the sources
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Build {
    #[command(flatten)]
    sources: Sources,
    /// Where the site goes [default: ARCHIVE/site]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    looks: Looks,
    /// Make any doubt an error
    #[arg(long)]
    strict: bool,
    /// How diagnostics and the summary are printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
    /// Take nothing from an earlier build and leave nothing to the next (`.postil/` in the archive's folder)
    #[arg(long)]
    no_cache: bool,
    /// Say what each stage of the build took
    #[arg(long)]
    timings: bool,
}

impl Build {
    pub(super) fn options(self) -> Options {
        Options {
            out: self.out,
            strict: self.strict,
            format: self.format.into(),
            no_cache: self.no_cache,
            ..self.sources.options(self.looks)
        }
    }

    pub(super) fn run(self) -> u8 {
        let timings = self.timings;
        let options = self.options();
        let built = build::build_heard(&options, &Bar::default());
        if timings && let Ok(report) = &built {
            let status = report::outcome_of(report, &options);
            report::timings(report, options.format);
            return status;
        }
        report::outcome(built, &options)
    }
}
