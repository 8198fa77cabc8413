//! `postil verify`: is a built site what it was built to be?

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{DONE, FormatName, NOT_DONE, WITH_ERRORS, report};
use crate::build::Format;
use crate::publish::{self, Recovered, Verified};

const AFTER_HELP: &str = "\
Every file of the site is held against the digest (BLAKE3) that was written into its `postil.json` when it was \
built. A build that was cut short is finished or undone first. Keep the seal elsewhere: it changes if any file or \
the list itself does. With `--archive` the sources are held against the digests that they had, and those that were \
changed or are gone since are named; that is no fault of the site.

Exit status: 0 as built; 1 something is altered or missing; 2 no site, or not to be read.";

/// Check a built site against the hashes it was built with
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Verify {
    /// The site's folder
    #[arg(value_name = "SITE", default_value = "site", hide_default_value = true)]
    site: PathBuf,

    /// The archive's folder: says which sources were changed since
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,

    /// How the outcome is printed
    #[arg(long, value_enum, default_value = "human")]
    format: FormatName,
}

impl Verify {
    pub(super) fn run(self) -> u8 {
        let format = self.format.into();
        let looked = publish::verify(&self.site).and_then(|verified| {
            let archive = self.archive.as_deref();
            let changed = archive.map(|archive| publish::changed_sources(&self.site, archive)).transpose()?;
            Ok(Outcome { verified, changed_sources: changed.unwrap_or_default() })
        });
        match looked {
            Ok(outcome) => {
                report::line(&shown(&outcome, format));
                if outcome.verified.is_whole() { DONE } else { WITH_ERRORS }
            }
            Err(error) => {
                report::failure(&error.into(), format);
                NOT_DONE
            }
        }
    }
}

/// What there is to tell of a site.
#[derive(Serialize)]
struct Outcome {
    #[serde(flatten)]
    verified: Verified,
    changed_sources: Vec<String>,
}

fn shown(outcome: &Outcome, format: Format) -> String {
    if format == Format::Json {
        return serde_json::to_string(outcome).unwrap_or_default();
    }
    let Outcome { verified, changed_sources } = outcome;
    let mut lines = Vec::new();
    lines.extend(verified.recovered.map(recovered));
    let named = [
        ("altered", &verified.altered),
        ("missing", &verified.missing),
        ("not built", &verified.foreign),
        ("changed since", changed_sources),
    ];
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
