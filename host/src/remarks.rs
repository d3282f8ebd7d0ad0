//! What is said while a repository is opened: it belongs in the record, not on the screen alone.

use std::sync::{Mutex, PoisonError};

use perfctl_core::event::Event;
use perfctl_core::seams::Sink;

/// Keeps remarks and passes on everything else.
pub(crate) struct Remarks<'s> {
    behind: &'s dyn Sink,
    kept: Mutex<Vec<String>>,
}

impl<'s> Remarks<'s> {
    /// In front of `behind`.
    pub(crate) fn before(behind: &'s dyn Sink) -> Self {
        Self {
            behind,
            kept: Mutex::default(),
        }
    }

    /// What was said, each a sentence.
    pub(crate) fn into_kept(self) -> Vec<String> {
        self.kept
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Remarks<'_> {
    fn event(&self, event: Event) {
        match event {
            Event::Note(remark) => self
                .kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(remark),
            other => self.behind.event(other),
        }
    }
}
