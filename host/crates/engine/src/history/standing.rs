//! How earlier runs stand to this one: by git's history where it knows their commits, else by when these were made.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use perfctl_core::history::Sighting;
use perfctl_core::moves::Moves;
use perfctl_core::seams::{Kinship, Lineage};

/// How earlier runs stand to the one of now.
pub(super) struct Standing<'l> {
    now: &'l Sighting,
    lineage: &'l dyn Lineage,
}

impl<'l> Standing<'l> {
    /// Of runs before `now`.
    pub(super) fn new(now: &'l Sighting, lineage: &'l dyn Lineage) -> Self {
        Self { now, lineage }
    }

    /// Whether what a run looked at came before, after or beside what is looked at now. Of two states that git cannot relate the one
    /// with the older commit is the earlier one; where that is not known either, the one that was looked at first.
    pub(super) fn of(&self, then: &Sighting) -> Kinship {
        let commit = then.commit.as_ref();
        let kinship = commit.and_then(|commit| self.lineage.kinship(commit));
        kinship.unwrap_or(match (then.committed_ms, self.now.committed_ms) {
            (Some(then), Some(now)) if then > now => Kinship::Later,
            _ => Kinship::Earlier,
        })
    }
}

/// What git told of each commit: many findings were seen in one, git walks its history for each answer, and a history that another run
/// wrote meanwhile is gone through again.
pub(super) struct Told<'l> {
    lineage: &'l dyn Lineage,
    kinship: Mutex<BTreeMap<String, Option<Kinship>>>,
    moves: Mutex<BTreeMap<String, Moves>>,
}

impl<'l> Told<'l> {
    pub(super) fn by(lineage: &'l dyn Lineage) -> Self {
        Self {
            lineage,
            kinship: Mutex::default(),
            moves: Mutex::default(),
        }
    }
}

impl Lineage for Told<'_> {
    fn kinship(&self, commit: &str) -> Option<Kinship> {
        let mut told = held(&self.kinship);
        let answer = told.entry(commit.to_owned());
        *answer.or_insert_with(|| self.lineage.kinship(commit))
    }

    fn moves_since(&self, commit: &str) -> Moves {
        let mut told = held(&self.moves);
        let answer = told.entry(commit.to_owned());
        answer
            .or_insert_with(|| self.lineage.moves_since(commit))
            .clone()
    }
}

fn held<T>(told: &Mutex<T>) -> MutexGuard<'_, T> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}
