//! `postil check`: everything that is to be said, what is tied and what is not, and nothing written.

use clap::Args;

use super::folders::{Looks, Sources};
use super::{FormatName, report};
use crate::build::{self, Options};

const AFTER_HELP: &str = "\
Examples:
  postil check                                  every diagnostic about ./seeds
  postil check --strict && git commit           any doubt makes the exit status 1
  postil check --seeds texts --format json 2>&1 | head";

/// Build nothing; print every diagnostic, and what is tied to what
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    looks: Looks,
    /// Make any doubt an error
    #[arg(long)]
    strict: bool,
    /// How diagnostics and the summary are printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
}

impl Check {
    pub(super) fn run(self) -> u8 {
        let options =
            Options { strict: self.strict, format: self.format.into(), ..self.sources.options(self.looks) };
        report::state(build::check(&options), &options)
    }
}
