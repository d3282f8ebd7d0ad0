//! Runs the cases of rules: tiny repositories whose comments mark what must be found and what must not.
//!
//! A case is scanned and judged exactly as a real repository is; then each marked line is held against the findings, in both
//! directions, every `ok:` that names a mutation is tried with its guarding fact removed, and every fix is written into a copy that
//! is scanned again. Folder in, results out: nothing is printed and nothing is written but temporary copies.

mod case;
mod clue;
mod comment;
mod expect;
mod folder;
mod judge;
mod lexical;
mod marker;
mod mutation;
mod outcome;
mod remedy;
mod saying;
mod slip;
mod trial;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;
use perfctl_core::seams::Stop;
use perfctl_scan::repo::facts::Facts;
use perfctl_scan::scanner::{self, Ruleset};

use crate::lua::vm::ScriptError;
use crate::pack::{Judge, LoadedRule, Packs, Unreadable};
use crate::runner;

pub use outcome::{CaseResult, LineResult, Outcome};

/// Files larger than this are refused in cases as they are elsewhere, in bytes.
const MAX_FILE_SIZE: u64 = 1 << 20;

/// Which rules run on a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The rule that the case belongs to. Marks of other rules are passed over.
    #[default]
    Rule,
    /// Every rule of its pack; what any of them finds has to be marked.
    Pack,
}

/// Loaded packs, ready to be tried on cases. Rules and facts are read once, for all cases.
pub struct Harness {
    rules: BTreeMap<RuleId, LoadedRule>,
    broken: BTreeMap<RuleId, Unreadable>,
    facts: Arc<Facts>,
    threads: usize,
    /// Where copies of cases are made.
    copies: PathBuf,
}

impl Harness {
    /// Takes the packs over. `threads` is how many cases run at once; 0 for as many as there are processors. Changed copies of
    /// cases are made in the directory `copies`, and taken away again.
    pub fn new(packs: Packs, threads: usize, copies: PathBuf) -> Self {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            some => some,
        };
        Self {
            rules: packs.rules,
            broken: packs.broken,
            facts: Arc::new(packs.facts),
            threads,
            copies,
        }
    }

    /// The rule of that id, if it could be read.
    pub fn rule(&self, id: &RuleId) -> Option<&LoadedRule> {
        self.rules.get(id)
    }

    /// Why those of the shared scripts of the pack under test that cannot be loaded cannot.
    pub fn modules_that_fail(&self) -> Vec<ScriptError> {
        let foreign = self
            .rules
            .values()
            .filter(|rule| rule.rule.layer != Layer::BuiltIn);
        let mut shared = foreign.filter_map(|rule| match &rule.judge {
            Judge::Script { modules, .. } => Some(modules),
            Judge::Plugin(..) => None,
        });
        shared
            .next()
            .map(runner::modules_that_fail)
            .unwrap_or_default()
    }

    /// Why the rule of that id could not be read, if it could not.
    pub fn fault(&self, id: &RuleId) -> Option<&str> {
        self.broken.get(id).map(|why| why.full.as_str())
    }

    /// Runs cases of one rule, several at once. The results are in the order of `cases`. A rule that is not known or could not
    /// be read fails every case with the reason; so does `stop`, where a case had not begun.
    pub fn run(
        &self,
        id: &RuleId,
        cases: &[PathBuf],
        scope: Scope,
        stop: &dyn Stop,
    ) -> Vec<CaseResult> {
        let Some(rule) = self.rules.get(id) else {
            let why = self.fault(id).map_or_else(
                || format!("there is no rule `{id}` in the packs"),
                str::to_owned,
            );
            return cases
                .iter()
                .map(|case| CaseResult::failed(case, why.clone()))
                .collect();
        };
        let rules: Vec<&LoadedRule> = match scope {
            Scope::Rule => vec![rule],
            Scope::Pack => self
                .rules
                .values()
                .filter(|other| other.rule.pack == rule.rule.pack)
                .collect(),
        };
        let ruleset = Ruleset {
            rules: rules.iter().map(|rule| rule.matchers.clone()).collect(),
            facts: self.facts.clone(),
            max_file_size: MAX_FILE_SIZE,
        };
        let known = |id: &RuleId| self.rules.contains_key(id) || self.broken.contains_key(id);
        let trial = trial::Trial {
            under_test: id,
            rules: &rules,
            ruleset: &ruleset,
            known: &known,
            copies: &self.copies,
            stop,
        };
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(cases.len()));
        std::thread::scope(|scope| {
            for _ in 0..self.threads.clamp(1, cases.len().max(1)) {
                let work = || {
                    while let Some((at, case)) = take(&next, cases)
                        && !stop.requested()
                    {
                        let result = trial.run(case);
                        done.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push((at, result));
                    }
                };
                // Comments are read by the parsers, which recurse as deep as sources nest.
                if std::thread::Builder::new()
                    .stack_size(scanner::STACK)
                    .spawn_scoped(scope, work)
                    .is_err()
                {
                    tracing::warn!("no thread with a deep stack could be started");
                }
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        // A case that no thread took would otherwise pass unseen.
        let why = match stop.requested() {
            true => "it was interrupted",
            false => "no thread could be started to run it",
        };
        let mut results: Vec<CaseResult> = cases
            .iter()
            .map(|case| CaseResult::failed(case, why.to_owned()))
            .collect();
        for (at, result) in done {
            results[at] = result;
        }
        results
    }
}

fn take<'c>(next: &AtomicUsize, cases: &'c [PathBuf]) -> Option<(usize, &'c Path)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    cases.get(at).map(|case| (at, case.as_path()))
}

/// The cases of the rule in the folder `rule`: the folders in its `cases`, sorted; none when it has no such folder.
///
/// # Errors
/// When the folder is there and cannot be read, or holds a file that somebody may take for a case: nothing would look at it.
pub fn find(rule: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(rule.join("cases")) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let (mut cases, mut loose) = (Vec::new(), Vec::new());
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            cases.push(path);
        } else if !is_beside(&path) {
            loose.push(path);
        }
    }
    if let Some(file) = loose.into_iter().min() {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        return Err(io::Error::other(format!(
            "{} is a file, and cases are folders: put it into one, `cases/NAME/{name}`",
            file.display()
        )));
    }
    cases.sort();
    Ok(cases)
}

/// Whether a file among cases is plainly none: hidden, as what systems leave behind is, or prose about them.
fn is_beside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prose = ["", "md", "txt", "rst", "adoc"];
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let is_readme = path.file_stem().is_some_and(|stem| stem == "README");
    name.starts_with('.') || is_readme && prose.contains(&ending.to_lowercase().as_str())
}

#[cfg(test)]
mod tests;
