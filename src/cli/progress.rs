//! How far a build is, as a bar on a terminal; nothing where standard error is none.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::build::progress::{Listener, Stage};

/// What a build takes before it is worth a bar.
const SOON: Duration = Duration::from_millis(700);

/// A bar that is gone when it is dropped.
pub(super) struct Bar {
    bar: ProgressBar,
    begun: Instant,
}

impl Default for Bar {
    fn default() -> Bar {
        Bar { bar: ProgressBar::no_length(), begun: Instant::now() }
    }
}

impl Listener for Bar {
    fn begins(&self, stage: Stage, steps: usize) {
        let template =
            if steps == 0 { "{msg} {elapsed}" } else { "{msg} {wide_bar} {human_pos}/{human_len}" };
        // A template of our own is well formed; if not, the bar looks as the crate has it.
        self.bar.set_style(ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar()));
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.bar.set_message(stage.name());
        if self.begun.elapsed() > SOON {
            self.bar.tick();
        }
    }

    fn step(&self) {
        if self.begun.elapsed() > SOON {
            self.bar.inc(1);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
