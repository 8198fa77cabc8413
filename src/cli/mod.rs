//! The command line: arguments → a command → what is printed, and the exit status.
//!
//! One file a command, and [`report`] for everything that is printed.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::build::Format;

mod build;
mod check;
mod explain;
mod folders;
mod import;
mod new;
mod progress;
mod report;
mod restore;
mod serve;
mod verify;

/// The exit status of a command that was done.
const DONE: u8 = 0;
/// Done, but with errors among the diagnostics (or any doubt under `--strict`).
const WITH_ERRORS: u8 = 1;
/// Could not be done.
const NOT_DONE: u8 = 2;

const AFTER_HELP: &str = "\
An archive is a folder that holds `seeds/`, the source documents, and, if you want them, `archive.yaml`, \
`templates/`, `static/` and `annotations/`.

Exit status:
  0  done
  1  done, but with errors among the diagnostics (or any doubt under --strict)
  2  could not be done (arguments, disk, configuration, templates); an earlier site is as it was

Examples:
  postil new my-archive       start an archive with one sample document
  postil build my-archive     build my-archive/seeds into my-archive/site
  postil serve my-archive     build it, serve it on this machine, rebuild on every change
  postil check my-archive     build nothing, print every diagnostic
  postil restore essay.txt    print one document as clean CommonMark
  postil explain essay.txt    say why it was read as it was, and how to overrule it
  postil verify my-archive/site   is the site what was built?";

/// Builds an annotated reading archive: collected texts with their footnotes, restored and linked.
#[derive(Debug, Parser)]
#[command(name = "postil", version, after_help = AFTER_HELP, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Check(check::Check),
    Explain(explain::Explain),
    Import(import::Import),
    New(new::New),
    Restore(restore::Restore),
    Serve(serve::Serve),
    Verify(verify::Verify),
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormatName {
    /// For people: `path:line:col: severity[code]: message`, with the line and a hint
    Human,
    /// One JSON object a line
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human => Format::Human,
            FormatName::Json => Format::Json,
        }
    }
}

/// Runs the command that the arguments ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let status = match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command }) => match command {
            Command::Build(build) => build.run(),
            Command::Check(check) => check.run(),
            Command::Explain(explain) => explain.run(),
            Command::Import(import) => import.run(),
            Command::New(new) => new.run(),
            Command::Restore(restore) => restore.run(),
            Command::Serve(serve) => serve.run(),
            Command::Verify(verify) => verify.run(),
        },
        Err(error) => {
            // Nobody reads any more: that is no reason to fail on `--help | head`.
            let _ = error.print();
            if error.use_stderr() { NOT_DONE } else { DONE }
        }
    };
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_archive_comes_last_and_may_be_left_out() {
        let parse = |line: &str| match Arguments::try_parse_from(line.split(' ')).unwrap().command {
            Command::Build(build) => build.options(),
            other => panic!("{other:?}"),
        };
        let options =
            parse("postil build --seeds a --out b --templates c --static d --strict --format json e");
        assert_eq!(options.archive.to_str(), Some("e"));
        assert_eq!(options.seeds().to_str(), Some("a"));
        assert_eq!(options.out().to_str(), Some("b"));
        assert_eq!(options.templates().to_str(), Some("c"));
        assert_eq!(options.static_dir().to_str(), Some("d"));
        assert_eq!((options.strict, options.format), (true, Format::Json));
        let options = parse("postil build");
        assert_eq!(options.archive.to_str(), Some("."));
        assert!(options.seeds().ends_with("seeds") && options.out().ends_with("site"));
        assert!(!options.strict);
    }
}
