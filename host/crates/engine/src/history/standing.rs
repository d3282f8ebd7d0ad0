//! How earlier runs stand to this one: by git's history where it knows their commits, else by when these were made.

use std::cell::RefCell;
use std::collections::BTreeMap;

use perfctl_core::history::Sighting;
use perfctl_core::seams::{Kinship, Lineage};

/// How earlier runs stand to the one of now.
pub(super) struct Standing<'l> {
    now: &'l Sighting,
    lineage: &'l dyn Lineage,
    /// Many findings were seen in one commit, and git walks its history for each answer.
    told: RefCell<BTreeMap<String, Option<Kinship>>>,
}

impl<'l> Standing<'l> {
    /// Of runs before `now`.
    pub(super) fn new(now: &'l Sighting, lineage: &'l dyn Lineage) -> Self {
        Self {
            now,
            lineage,
            told: RefCell::default(),
        }
    }

    /// Whether what a run looked at came before, after or beside what is looked at now. Of two states that git cannot relate the one
    /// with the older commit is the earlier one; where that is not known either, the one that was looked at first.
    pub(super) fn of(&self, then: &Sighting) -> Kinship {
        let kinship = then.commit.as_ref().and_then(|commit| {
            let mut told = self.told.borrow_mut();
            let answer = told.entry(commit.clone());
            *answer.or_insert_with(|| self.lineage.kinship(commit))
        });
        kinship.unwrap_or(match (then.committed_ms, self.now.committed_ms) {
            (Some(then), Some(now)) if then > now => Kinship::Later,
            _ => Kinship::Earlier,
        })
    }
}
