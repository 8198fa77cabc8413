//! What came of the last build, as the pages that are open are told it.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch::{Receiver, Sender};

use crate::build::Report;
use crate::diagnostic::{Diagnostic, Failure};

/// Diagnostics that are sent to a page; the terminal has them all.
const SHOWN: usize = 50;

/// Changed files that are named; where there are more, every page is loaded again.
const NAMED: usize = 500;

/// What a page is told of a build.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// Counts builds.
    build: u64,
    /// The `State`, as JSON.
    pub json: String,
}

#[derive(Serialize)]
struct State<'a> {
    /// By its number a page knows whether it missed a build.
    build: u64,
    /// The files that this build wrote or removed; `None` if there are too many to name.
    changed: Option<Vec<&'a str>>,
    /// Why there is no new site.
    failure: Option<String>,
    diagnostics: Vec<&'a Diagnostic>,
    /// Diagnostics beyond those.
    more: usize,
}

/// The last build, and who waits for the next.
#[derive(Clone, Debug)]
pub(super) struct Live(Arc<Sender<Told>>);

impl Default for Live {
    fn default() -> Self {
        Live(Arc::new(Sender::new(Told::default())))
    }
}

impl Live {
    /// Tells all pages what came of a build.
    pub fn tell(&self, built: &Result<Report, Failure>) {
        let build = self.0.borrow().build + 1;
        let state = match built {
            Ok(report) => State {
                build,
                changed: changed(report),
                failure: None,
                diagnostics: report.diagnostics.iter().take(SHOWN).collect(),
                more: report.diagnostics.len().saturating_sub(SHOWN),
            },
            Err(failure) => State {
                build,
                changed: Some(Vec::new()),
                failure: Some(failure.to_string()),
                diagnostics: Vec::new(),
                more: 0,
            },
        };
        // Strings and numbers can always be written; if not, the terminal still tells.
        let json = serde_json::to_string(&state).unwrap_or_default();
        self.0.send_replace(Told { build, json });
    }

    /// What is told from now on, the last build first.
    pub fn listen(&self) -> Receiver<Told> {
        self.0.subscribe()
    }
}

fn changed(report: &Report) -> Option<Vec<&str>> {
    let published = report.published.as_ref()?;
    let named: Vec<&str> = published.written.iter().chain(&published.removed).map(String::as_str).collect();
    (named.len() <= NAMED).then_some(named)
}
