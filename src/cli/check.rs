//! `postil check`: everything that is to be said, what is tied and what is not, and nothing written.

use std::path::PathBuf;

use clap::Args;

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
    /// The archive's folder
    #[arg(value_name = "ARCHIVE", default_value = ".", hide_default_value = true)]
    archive: PathBuf,
    /// The source documents [default: ARCHIVE/seeds]
    #[arg(long, value_name = "DIR")]
    seeds: Option<PathBuf>,
    /// Your own templates, which are checked too [default: ARCHIVE/templates]
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Your own static files [default: ARCHIVE/static]
    #[arg(long = "static", value_name = "DIR")]
    static_dir: Option<PathBuf>,
    /// Make any doubt an error
    #[arg(long)]
    strict: bool,
    /// How diagnostics and the summary are printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
}

impl Check {
    pub(super) fn run(self) -> u8 {
        let options = Options {
            archive: self.archive,
            seeds: self.seeds,
            out: None,
            templates: self.templates,
            static_dir: self.static_dir,
            strict: self.strict,
            format: self.format.into(),
            no_cache: false,
        };
        report::state(build::check(&options), &options)
    }
}
