//! `postil verify`: is a built site what it was built to be?

use std::path::PathBuf;

use clap::Args;

use super::{DONE, FormatName, NOT_DONE, WITH_ERRORS, report};
use crate::build::Format;
use crate::publish::{self, Recovered, Verified};

const AFTER_HELP: &str = "\
Every file of the site is held against the digest (BLAKE3) that was written into its `postil.json` when it was \
built. A build that was cut short is finished or undone first. Keep the seal elsewhere: it changes if any file or \
the list itself does.

Exit status: 0 as built; 1 something is altered or missing; 2 no site, or not to be read.";

/// Check a built site against the hashes it was built with
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Verify {
    /// The site's folder
    #[arg(value_name = "SITE", default_value = "site", hide_default_value = true)]
    site: PathBuf,
    /// How the outcome is printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
}

impl Verify {
    pub(super) fn run(self) -> u8 {
        let format = self.format.into();
        match publish::verify(&self.site) {
            Ok(verified) => {
                report::line(&shown(&verified, format));
                if verified.is_whole() { DONE } else { WITH_ERRORS }
            }
            Err(error) => {
                report::failure(&error.into(), format);
                NOT_DONE
            }
        }
    }
}

fn shown(verified: &Verified, format: Format) -> String {
    if format == Format::Json {
        return serde_json::to_string(verified).unwrap_or_default();
    }
    let mut lines = Vec::new();
    lines.extend(verified.recovered.map(recovered));
    let named =
        [("altered", &verified.altered), ("missing", &verified.missing), ("not built", &verified.foreign)];
    for (what, paths) in named {
        lines.extend(paths.iter().map(|path| format!("{what}: {}", report::printable(path))));
    }
    let state = if verified.is_whole() { "as built" } else { "not as built" };
    lines.push(format!(
        "{state}: {}, from {}, by postil {}",
        report::counted(verified.files, "file"),
        report::counted(verified.sources, "source"),
        report::printable(&verified.postil),
    ));
    lines.push(format!("seal: {}", verified.seal));
    lines.join("\n")
}

/// What became of a build that had been cut short, in words.
pub(super) fn recovered(recovered: Recovered) -> String {
    match recovered {
        Recovered::Discarded => {
            "a build that was cut short had changed nothing; what it left is cleared away"
        }
        Recovered::Finished => "a build that was cut short has been finished",
        Recovered::Undone => "a build that was cut short has been undone",
    }
    .to_owned()
}
