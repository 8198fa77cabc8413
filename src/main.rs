//! The `postil` command: arguments in, exit status out. Everything else is in the library.

fn main() {}
