//! The site at work: built, served on loopback, and built again whenever something of the archive changes.
//!
//! 1. `watch`: the archive's folders → a signal when what is in them has come to rest
//! 2. `live`: what came of the last build, for every page that is open
//! 3. `http`: the site over HTTP, with a script in each page that listens to `live`
//!
//! A build that fails leaves the site as it was and is shown in the page; nothing but the end of the program
//! ends the serving.

mod http;
mod live;
mod watch;

use std::net::SocketAddr;

use crate::build::{self, Options, Report};
use crate::diagnostic::{Code, Failure};
use live::Live;
use watch::Watch;

/// What happens while a site is served.
#[derive(Debug)]
pub enum Event<'a> {
    /// The archive was built, or could not be.
    Built(Result<&'a Report, &'a Failure>),
    /// The site can be read at this address.
    Serving(SocketAddr),
    /// Something of the archive changed; it is built again.
    Changed,
    /// A folder cannot be watched: what changes in it is only seen with the next change elsewhere.
    Blind(&'a Failure),
}

/// Builds the archive, serves the site on loopback and goes on for as long as the program runs.
///
/// `port` 0 takes any that is free. Fails only where no site can be served at all: the first build could not be
/// done and there is no earlier site, or the port is taken.
pub fn serve(options: &Options, port: u16, mut tell: impl FnMut(Event)) -> Result<(), Failure> {
    // Watching begins before the first build, so that a change during it is not missed.
    let (mut watch, blind) = Watch::of(options);
    blind.iter().for_each(|failure| tell(Event::Blind(failure)));
    let live = Live::default();
    let first = build::build(options);
    live.tell(&first);
    tell(Event::Built(first.as_ref()));
    if let Err(failure) = first
        && !options.out().join("index.html").exists()
    {
        return Err(failure);
    }
    let address = http::start(&options.out(), port, live.clone()).map_err(|error| {
        let message = ["port ", &port.to_string(), " cannot be used: ", &error.to_string()].concat();
        Failure::new(Code::Configuration, "serve", message)
            .hint("name another with `--port N`; 0 takes any that is free")
    })?;
    tell(Event::Serving(address));
    loop {
        let blind = watch.next();
        blind.iter().for_each(|failure| tell(Event::Blind(failure)));
        tell(Event::Changed);
        let built = build::build(options);
        live.tell(&built);
        tell(Event::Built(built.as_ref()));
    }
}
