//! How far a build is, and where its time went.

use std::time::{Duration, Instant};

/// What a build is at, as a person is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What lies in the archive's folders.
    Look,
    /// Each document by itself: from its bytes to its blocks, citations and names.
    Read,
    /// What only all documents together know: tags, names, works, annotations, links.
    Gather,
    /// The documents as HTML, and all pages.
    Pages,
    /// The search index.
    Search,
    /// The site's folder.
    Publish,
}

impl Stage {
    /// The word for it, in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Look => "look",
            Stage::Read => "read",
            Stage::Gather => "gather",
            Stage::Pages => "pages",
            Stage::Search => "search",
            Stage::Publish => "publish",
        }
    }
}

/// Is told how far a build is.
pub trait Listener: Sync {
    /// A stage of so many steps begins; 0 if nobody can say how many.
    fn begins(&self, _stage: Stage, _steps: usize) {}
    /// A step is done. Told from any thread.
    fn step(&self) {}
}

/// Nobody is told.
impl Listener for () {}

/// Tells a listener of each stage and keeps the time.
pub(super) struct Clock<'l> {
    listener: &'l dyn Listener,
    begun: Instant,
    current: Option<(Stage, Instant)>,
    times: Vec<(Stage, Duration)>,
}

impl<'l> Clock<'l> {
    pub(super) fn new(listener: &'l dyn Listener) -> Clock<'l> {
        Clock { listener, begun: Instant::now(), current: None, times: Vec::new() }
    }

    /// A stage begins; the one before it is at its end.
    pub(super) fn begins(&mut self, stage: Stage, steps: usize) {
        self.ends();
        self.listener.begins(stage, steps);
        self.current = Some((stage, Instant::now()));
    }

    /// Whom each step is told.
    pub(super) fn listener(&self) -> &'l dyn Listener {
        self.listener
    }

    fn ends(&mut self) {
        let Some((stage, begun)) = self.current.take() else { return };
        self.times.push((stage, begun.elapsed()));
    }

    /// The time of each stage in order, and of all.
    pub(super) fn times(mut self) -> (Vec<(Stage, Duration)>, Duration) {
        self.ends();
        (self.times, self.begun.elapsed())
    }
}
