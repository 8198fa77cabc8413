//! The `postil` command: arguments in, exit status out. Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    postil::cli::run(std::env::args_os())
}
