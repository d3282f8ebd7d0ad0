//! What happens during a run, as it happens. The terminal, `--format jsonl` and logs are equal consumers.

use std::time::Duration;

use crate::finding::Finding;
use crate::ids::StepId;
use crate::run::{Problem, StepStatus};

/// One thing that happened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A repository on another machine is asked for.
    CloneStarted {
        /// Its address, without secrets.
        from: String,
    },
    /// Objects arrived while cloning.
    CloneProgress {
        /// Objects received.
        received: usize,
        /// Objects expected; 0 while unknown.
        total: usize,
    },
    /// The repository is there.
    RepositoryReady {
        /// Its name.
        name: String,
        /// Its commit.
        commit: Option<String>,
    },
    /// A step began.
    StepStarted {
        /// Which.
        step: StepId,
        /// Its title.
        title: String,
    },
    /// A step has something to say while it runs.
    StepProgress {
        /// Which.
        step: StepId,
        /// Done so far.
        done: usize,
        /// Of how many; 0 while unknown.
        total: usize,
    },
    /// A step ended.
    StepEnded {
        /// Which.
        step: StepId,
        /// How.
        status: StepStatus,
        /// Wall time.
        took: Duration,
        /// The last lines of a command that failed.
        last_lines: Vec<String>,
    },
    /// A rule found something.
    Found(Box<Finding>),
    /// Something could not be looked at.
    Trouble(Problem),
    /// A remark for the user, said once.
    Note(String),
}
