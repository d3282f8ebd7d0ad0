//! What earlier runs know of findings.

use perfctl_core::history::{History as CoreHistory, Known as CoreKnown, Sighting as CoreSighting};
use perfctl_core::ids::{RuleId, RunId};
use perfctl_core::path_class::PathClass;
use serde::{Deserialize, Serialize};

/// What earlier runs know of findings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct History {
    /// Findings of this run, by fingerprint.
    #[serde(default)]
    pub open: Vec<KnownFinding>,
    /// Findings that are gone, the latest first; the oldest of very many are left out.
    #[serde(default)]
    pub fixed: Vec<KnownFinding>,
    /// How many are gone in all.
    #[serde(default)]
    pub fixed_in_all: usize,
}

/// A finding over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KnownFinding {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its rule.
    pub rule: String,
    /// The file, as the last run that found it had it.
    pub path: String,
    /// The line.
    pub line: u32,
    /// Its message.
    pub message: String,
    /// What the last run that found it took the file for: `source`, `test`, ...
    #[serde(default)]
    pub class: String,
    /// The first run that found it.
    pub first: Sighting,
    /// The last run that found it.
    pub last: Sighting,
    /// The first run that looked and did not find it any more; absent while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Sighting>,
    /// The run that found it again after one did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_back: Option<Sighting>,
}

/// A run, as a finding's history names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sighting {
    /// The run.
    pub run: String,
    /// Its start, in milliseconds since 1970 in UTC.
    pub at_ms: u64,
    /// What it looked at; absent outside of git and with uncommitted changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// When the commit that was checked out was made, in milliseconds since 1970 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed_ms: Option<u64>,
}

impl From<&CoreSighting> for Sighting {
    fn from(sighting: &CoreSighting) -> Self {
        let CoreSighting {
            run,
            at_ms,
            commit,
            committed_ms,
        } = sighting;
        Self {
            run: run.to_string(),
            at_ms: *at_ms,
            commit: commit.clone(),
            committed_ms: *committed_ms,
        }
    }
}

impl From<Sighting> for CoreSighting {
    fn from(sighting: Sighting) -> Self {
        Self {
            run: RunId::new(sighting.run),
            at_ms: sighting.at_ms,
            commit: sighting.commit,
            committed_ms: sighting.committed_ms,
        }
    }
}

impl From<&CoreKnown> for KnownFinding {
    fn from(known: &CoreKnown) -> Self {
        let CoreKnown {
            fingerprint,
            rule,
            path,
            line,
            message,
            class,
            first,
            last,
            fixed,
            came_back,
        } = known;
        Self {
            fingerprint: fingerprint.clone(),
            rule: rule.to_string(),
            path: path.clone(),
            line: *line,
            message: message.clone(),
            class: class.word().to_owned(),
            first: first.into(),
            last: last.into(),
            fixed: fixed.as_ref().map(Into::into),
            came_back: came_back.as_ref().map(Into::into),
        }
    }
}

impl From<KnownFinding> for CoreKnown {
    fn from(known: KnownFinding) -> Self {
        Self {
            fingerprint: known.fingerprint,
            rule: RuleId::new(known.rule),
            path: known.path,
            line: known.line,
            message: known.message,
            class: PathClass::from_word(&known.class).unwrap_or_default(),
            first: known.first.into(),
            last: known.last.into(),
            fixed: known.fixed.map(Into::into),
            came_back: known.came_back.map(Into::into),
        }
    }
}

impl From<&CoreHistory> for History {
    fn from(history: &CoreHistory) -> Self {
        let CoreHistory {
            open,
            fixed,
            fixed_in_all,
        } = history;
        Self {
            open: open.iter().map(Into::into).collect(),
            fixed: fixed.iter().map(Into::into).collect(),
            fixed_in_all: *fixed_in_all,
        }
    }
}

impl From<History> for CoreHistory {
    fn from(history: History) -> Self {
        Self {
            open: history.open.into_iter().map(Into::into).collect(),
            fixed: history.fixed.into_iter().map(Into::into).collect(),
            fixed_in_all: history.fixed_in_all,
        }
    }
}
