//! What runs before this one know of a repository's findings: when each was first seen, in which commit it was gone, whether it
//! came back. Knows no database and decides nothing.

use crate::ids::{RuleId, RunId};
use crate::path_class::PathClass;

/// A run, as a finding's history names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The run.
    pub run: RunId,
    /// Its start, milliseconds since 1970 in UTC.
    pub at_ms: u64,
    /// What it looked at; `None` outside of git and with uncommitted changes.
    pub commit: Option<String>,
    /// When the commit that was checked out was made, milliseconds since 1970 in UTC.
    pub committed_ms: Option<u64>,
}

/// A finding over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its rule.
    pub rule: RuleId,
    /// The file, as the last run that found it had it.
    pub path: String,
    /// The line.
    pub line: u32,
    /// Its message.
    pub message: String,
    /// What that run took the file for.
    pub class: PathClass,
    /// The first run that found it.
    pub first: Sighting,
    /// The last run that found it.
    pub last: Sighting,
    /// The first run that looked and did not find it any more; `None` while it is there.
    pub fixed: Option<Sighting>,
    /// The run that found it again after one did not.
    pub came_back: Option<Sighting>,
}

/// What a record says of history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Findings of this run, by fingerprint.
    pub open: Vec<Known>,
    /// Findings that are gone, the latest first; the oldest of very many are left out.
    pub fixed: Vec<Known>,
    /// How many are gone in all.
    pub fixed_in_all: usize,
}

impl History {
    /// What is known of a finding of this run.
    pub fn of(&self, fingerprint: &str) -> Option<&Known> {
        let at = self
            .open
            .binary_search_by(|known| known.fingerprint.as_str().cmp(fingerprint));
        at.ok().map(|at| &self.open[at])
    }
}
