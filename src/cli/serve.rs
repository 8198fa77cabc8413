//! `postil serve`: builds, serves the site on loopback, and builds again on every change.

use std::path::PathBuf;

use clap::Args;

use super::folders::{Looks, Sources};
use super::{NOT_DONE, report};
use crate::build::Options;
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
    #[command(flatten)]
    sources: Sources,
    /// Where the site goes [default: ARCHIVE/site]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    looks: Looks,
    /// The port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 4747)]
    port: u16,
}

impl Serve {
    pub(super) fn run(self) -> u8 {
        let options = Options { out: self.out, ..self.sources.options(self.looks) };
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
