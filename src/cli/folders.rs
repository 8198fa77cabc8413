//! The folders of an archive, as every command that builds is told them.

use std::path::PathBuf;

use clap::Args;

use crate::build::{Format, Options};

// No doc comments on these: clap would show them as what the command does.

// What is read.
#[derive(Debug, Args)]
pub(super) struct Sources {
    /// The archive's folder
    #[arg(value_name = "ARCHIVE", default_value = ".", hide_default_value = true)]
    archive: PathBuf,
    /// The source documents [default: ARCHIVE/seeds]
    #[arg(long, value_name = "DIR")]
    seeds: Option<PathBuf>,
}

// What the owner gives the site of their own.
#[derive(Debug, Args)]
pub(super) struct Looks {
    /// Your own templates, each instead of the built-in one of its name [default: ARCHIVE/templates]
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Your own static files, copied into the site [default: ARCHIVE/static]
    #[arg(long = "static", value_name = "DIR")]
    static_dir: Option<PathBuf>,
}

impl Sources {
    /// What a build is told where nothing else is said.
    pub(super) fn options(self, looks: Looks) -> Options {
        Options {
            archive: self.archive,
            seeds: self.seeds,
            out: None,
            templates: looks.templates,
            static_dir: looks.static_dir,
            strict: false,
            format: Format::Human,
            no_cache: false,
        }
    }
}
