//! `postil serve`: builds, serves the site on loopback, and builds again on every change.

use std::path::PathBuf;

use clap::Args;

use super::{NOT_DONE, report};
use crate::build::{Format, Options};
use crate::serve::{self, Event};

const AFTER_HELP: &str = "\
The page that is open in a browser is loaded again when a build changed it, at the place where you read, and shows \
what the build had to tell. Ctrl-C ends it.

Examples:
  postil serve                       serve ./site at http://127.0.0.1:4747/
  postil serve my-archive --port 0   at any port that is free";

/// Build, serve the site on this machine, rebuild and reload on every change
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Serve {
    /// The archive's folder
    #[arg(value_name = "ARCHIVE", default_value = ".", hide_default_value = true)]
    archive: PathBuf,
    /// The source documents [default: ARCHIVE/seeds]
    #[arg(long, value_name = "DIR")]
    seeds: Option<PathBuf>,
    /// Where the site goes [default: ARCHIVE/site]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Your own templates, each instead of the built-in one of its name [default: ARCHIVE/templates]
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Your own static files, copied into the site [default: ARCHIVE/static]
    #[arg(long = "static", value_name = "DIR")]
    static_dir: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 4747)]
    port: u16,
}

impl Serve {
    pub(super) fn run(self) -> u8 {
        let options = Options {
            archive: self.archive,
            seeds: self.seeds,
            out: self.out,
            templates: self.templates,
            static_dir: self.static_dir,
            strict: false,
            format: Format::Human,
            no_cache: false,
        };
        let told = serve::serve(&options, self.port, |event| match event {
            Event::Built(Ok(built)) => report::report(built, &options),
            Event::Built(Err(failure)) | Event::Blind(failure) => report::failure(failure, options.format),
            Event::Serving(address) => report::line(&format!("http://{address}/ (Ctrl-C ends)")),
            Event::Changed => report::line("\nsomething changed:"),
        });
        match told {
            Ok(()) => super::DONE,
            Err(failure) => {
                report::failure(&failure, options.format);
                NOT_DONE
            }
        }
    }
}
