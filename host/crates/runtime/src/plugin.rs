//! The seam to rules that run elsewhere than in this room's interpreter: components, which `perfctl-wasm` runs.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_core::message::Message;
use perfctl_core::seams::{Collected, Output, View};
use perfctl_wire::rule::{CollectorHead, ReporterHead};

use crate::api::{Draft, Matches, Repository};
use crate::lua::vm::{Limits, ScriptError};
use crate::runner::Outcome;

/// The program of a pack, before its rules are read.
pub trait Component: fmt::Debug + Send + Sync {
    /// The program with what its pack declares.
    fn plugin(self: Arc<Self>, declared: Arc<Declared>) -> Arc<dyn Plugin>;
    /// The program of a pack that brings collectors or formats of reports.
    fn extension(self: Arc<Self>) -> Arc<dyn Extension>;
}

/// The program of a pack that brings collectors or formats of reports. Each call stands for itself: nothing is kept from one to the next.
pub trait Extension: fmt::Debug + Send + Sync {
    /// Has one of its collectors read what a command left.
    fn collect(
        &self,
        asked: &CollectorHead,
        output: Output<'_>,
        options: &BTreeMap<String, String>,
    ) -> Heard<Collected>;

    /// Has one of its formats render the JSON of a run's record.
    fn render(&self, asked: &ReporterHead, record: &[u8], view: &View) -> Heard<Vec<u8>>;
}

/// What came of a call.
#[derive(Debug)]
pub struct Heard<T> {
    /// What it printed, a line each.
    pub printed: Vec<String>,
    /// Its answer, checked.
    pub answer: Result<T, ScriptError>,
}

impl<T> Heard<T> {
    /// An answer without a word beside it.
    pub fn silent(answer: Result<T, ScriptError>) -> Self {
        Self {
            printed: Vec::new(),
            answer,
        }
    }
}

/// The program of a pack, with what the pack declares.
pub trait Plugin: fmt::Debug + Send + Sync {
    /// What judges one repository on one thread, with what it printed while it started. It fails when the program cannot be started: each
    /// rule that has something to judge says so.
    fn worker(&self) -> Heard<Box<dyn Worker>>;
}

/// Judges for one thread. Dropped after a call that failed, whatever else of the same program could be judged: the next call gets another.
pub trait Worker {
    /// Judges the matches of a rule in a file, or a repository. `None` where nothing was found, said or printed, as in most calls.
    fn call(&mut self, call: &Call<'_>) -> Option<Box<Said>>;
}

/// What is to be judged.
pub struct Call<'c> {
    /// The rule's position in [`Declared::rules`].
    pub rule: u32,
    /// The rule's id.
    pub id: &'c RuleId,
    /// The repository, as the rule sees it.
    pub repository: &'c Repository,
    /// The rule's matches in a file; `None` for the repository as a whole.
    pub matches: Option<Matches<'c>>,
    /// What the call may take.
    pub limits: &'c Limits,
}

/// What a call gave.
pub struct Said {
    /// What the rule printed, a line each.
    pub printed: Vec<String>,
    /// Its findings, and what it says of the repository as a whole.
    pub answer: Result<(Vec<Draft>, Option<Outcome>), ScriptError>,
}

/// What a pack declares, by the numbers that its program uses.
#[derive(Debug, Default)]
pub struct Declared {
    /// Its rules, in the order of their ids.
    pub rules: Vec<DeclaredRule>,
}

/// What a rule declares.
#[derive(Debug)]
pub struct DeclaredRule {
    /// Its id.
    pub id: RuleId,
    /// What its findings say.
    pub messages: Vec<Message>,
    /// Its matchers, in the order of its file.
    pub matchers: Vec<DeclaredMatcher>,
    /// What each of its calls may take.
    pub limits: Limits,
}

/// What a matcher declares.
#[derive(Debug)]
pub struct DeclaredMatcher {
    /// Its name.
    pub name: String,
    /// The variables of its patterns.
    pub captures: Vec<String>,
}
