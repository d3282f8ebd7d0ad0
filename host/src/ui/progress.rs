//! Bars and spinners for what is under way. They appear after a quarter of a second, so that quick work does not flicker.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::hidden;

/// Nothing is drawn before this.
const PATIENCE: Duration = Duration::from_millis(250);

/// What is under way, by id.
pub(super) struct Progress {
    draws: bool,
    begun: Instant,
    bars: MultiProgress,
    running: BTreeMap<String, ProgressBar>,
}

impl Progress {
    /// Progress that is drawn, or none at all.
    pub(super) fn new(draws: bool) -> Self {
        let target = if draws {
            ProgressDrawTarget::stderr_with_hz(20)
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            draws,
            begun: Instant::now(),
            bars: MultiProgress::with_draw_target(target),
            running: BTreeMap::new(),
        }
    }

    /// Something begins.
    pub(super) fn start(&mut self, id: &str, title: &str) {
        if !self.draws {
            return;
        }
        let bar = self.bars.add(ProgressBar::new_spinner());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(title.to_owned());
        bar.enable_steady_tick(PATIENCE / 2);
        self.running.insert(id.to_owned(), bar);
    }

    /// Something has come so far.
    pub(super) fn count(&mut self, id: &str, title: &str, done: usize, total: usize) {
        if !self.draws || self.begun.elapsed() < PATIENCE {
            return;
        }
        if !self.running.contains_key(id) {
            self.start(id, title);
        }
        if let Some(bar) = self.running.get(id)
            && total > 0
        {
            if bar.length() != Some(total as u64) {
                bar.set_length(total as u64);
                if let Ok(style) =
                    ProgressStyle::with_template("{spinner} {msg} {bar:30} {pos}/{len}")
                {
                    bar.set_style(style);
                }
            }
            bar.set_position(done as u64);
        }
    }

    /// Something has ended.
    pub(super) fn done(&mut self, id: &str) {
        if let Some(bar) = self.running.remove(id) {
            bar.finish_and_clear();
        }
    }

    /// A line above what is drawn.
    pub(super) fn above(&self, text: &str) {
        let text = hidden::clean(text);
        if self.draws {
            // A terminal that cannot be written to has nobody to tell.
            let _ = self.bars.println(&text);
        } else {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }

    /// Takes everything off the screen.
    pub(super) fn clear(&self) {
        let _ = self.bars.clear();
    }
}
