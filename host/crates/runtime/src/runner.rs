//! Runs the rules on a scanned repository, each on its candidates only: a pack's scripts in an interpreter per thread, a plugin's in an
//! instance per thread.

mod budget;
mod interpreters;
mod ready;
mod said;
mod workers;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;
use perfctl_core::run::Problem;
use perfctl_core::seams::Stop;
use perfctl_core::suppress::Allow;
use perfctl_scan::matcher::RuleIndex;
use perfctl_scan::scanner::{Candidates, Survey};
use perfctl_scan::suppress;

use crate::api::{Cut, Draft, Matches, Matching, Repository, clean, taken};
use crate::clock::processor_time;
use crate::lua::vm::ScriptError;
use crate::pack::LoadedRule;
use budget::Budget;
pub use ready::{UNTRIED, modules_that_fail, try_to_load};
use workers::Workers;

/// How one rule ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It saw every candidate.
    Examined,
    /// The repository has nothing that it is about.
    NotApplicable(String),
    /// Its script says what only a measurement or a signature can decide.
    NeedsEvidence(String),
    /// Its script broke; carries file, line and what happened.
    Error(String),
}

/// What a rule's script cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Processor time in the script.
    pub time: Duration,
    /// Files that it was called for.
    pub files: u64,
    /// Matches that it was handed.
    pub candidates: u64,
}

impl std::ops::AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.time += other.time;
        self.files += other.files;
        self.candidates += other.candidates;
    }
}

/// What running rules gave.
#[derive(Debug, Default)]
pub struct RunOutput {
    /// Findings, in the order of rule, path and place; fingerprints are empty.
    pub findings: Vec<Finding>,
    /// Comments that allow findings, wherever something was found.
    pub allows: Vec<Allow>,
    /// How each rule ended.
    pub outcomes: BTreeMap<RuleId, Outcome>,
    /// Files that could not be read any more, and rules that were given a part of an answer.
    pub problems: Vec<Problem>,
    /// What each rule's script cost.
    pub costs: BTreeMap<RuleId, Cost>,
    /// What the scripts printed, a line each with its rule, in the order of rules.
    pub printed: Vec<(RuleId, String)>,
}

/// The target under which the log holds what scripts and plugins print: their authors want to see it without the rest of the log.
pub const PRINTED: &str = "perfctl_printed";

/// Lines kept of what one rule prints in a run.
const MOST_PRINTED: usize = 200;

/// Bytes of all that one rule finds in a run. The rules that come with perfctl are not held to it.
const MOST_FOUND: usize = 64 << 20;

/// What a rule found so far.
#[derive(Default)]
struct Found {
    drafts: Vec<Draft>,
    bytes: usize,
}

/// One rule while it runs, shared by all threads.
struct Running<'r> {
    rule: &'r LoadedRule,
    /// Its position among the rules of the survey.
    at: usize,
    /// The repository, as it sees it.
    repository: Repository,
    /// What the rules of its pack may take together.
    budget: Arc<Budget>,
    /// Its matchers.
    matchers: Vec<Matching>,
    broken: Mutex<Option<Broken>>,
    cost: Mutex<Cost>,
    found: Mutex<Found>,
    printed: Mutex<Vec<String>>,
    /// Questions that were answered with a part of what there is, each with the place of the first.
    cut: Mutex<BTreeMap<&'static str, (usize, String)>>,
    /// The verdict that its script says of the repository as a whole.
    said: Mutex<Option<Outcome>>,
}

/// How a rule broke.
struct Broken {
    at: At,
    error: ScriptError,
}

/// Where a rule broke. Of several places the first is told: which thread was first must not show.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum At {
    /// It could not be loaded, for any file.
    Program,
    /// In the file of this path.
    File(Arc<str>),
    /// In the repository as a whole.
    Repository,
    /// It took too much in all.
    Run,
}

impl At {
    fn of(task: Task<'_>) -> Self {
        match task {
            Task::File(matches) => Self::File(matches.file.path().clone()),
            Task::Repository => Self::Repository,
        }
    }

    /// Whether a task could fail before: only then has it to be judged.
    fn is_behind(&self, task: Task<'_>) -> bool {
        match (self, task) {
            (Self::File(path), Task::File(matches)) => matches.file.path() < path,
            (Self::Repository, Task::File(_)) => true,
            _ => false,
        }
    }
}

/// What a rule is to judge.
#[derive(Clone, Copy)]
enum Task<'t> {
    /// Its matches in a file.
    File(Matches<'t>),
    /// The repository as a whole.
    Repository,
}

impl Running<'_> {
    fn is_broken(&self) -> bool {
        self.broken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Keeps that the rule broke, if it broke nowhere before that.
    fn fail(&self, at: At, error: ScriptError) {
        let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        if broken.as_ref().is_none_or(|known| at < known.at) {
            *broken = Some(Broken { at, error });
        }
    }

    /// Whether what comes of a task is nothing any more: the rule broke before it.
    fn is_over(&self, task: Task<'_>) -> bool {
        let broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        broken
            .as_ref()
            .is_some_and(|known| !known.at.is_behind(task))
    }

    /// Has the rule judge; one that failed is asked only about what comes before that.
    fn judge(&self, workers: &mut Workers, task: Task<'_>) {
        if self.is_over(task) {
            return;
        }
        if let Err(error) = self.budget.check(self.rule) {
            return self.fail(At::Run, error);
        }
        let candidates = match task {
            Task::File(matches) => matches.all.len() as u64,
            Task::Repository => 0,
        };
        let before = processor_time();
        let said = workers.judge(self, task);
        let took = processor_time().saturating_sub(before);
        self.budget.spend(took);
        for cut in taken() {
            self.note(cut, task);
        }
        let spent = {
            let mut cost = self.cost.lock().unwrap_or_else(PoisonError::into_inner);
            *cost += Cost {
                time: took,
                files: u64::from(candidates > 0),
                candidates,
            };
            cost.time
        };
        self.print(said.printed);
        match said.answer {
            Ok((drafts, verdict)) => {
                if let Some(verdict) = verdict {
                    *self.said.lock().unwrap_or_else(PoisonError::into_inner) = Some(verdict);
                }
                self.keep(drafts);
            }
            Err(error) => {
                let (at, error) = match workers.is_loaded(self) {
                    true => (At::of(task), judging(error, task)),
                    false => (At::Program, error),
                };
                workers.drop_of(self.rule);
                self.fail(at, error);
            }
        }
        // Each call may be well within its limit, and there may be ten thousand of them.
        let most = self.rule.limits.run;
        if spent > most && self.is_limited() {
            let most = most.as_millis();
            self.refuse(format!("took longer than its limit of {most} ms in all"));
        }
    }

    /// Whether it had anything to judge.
    fn was_asked(&self) -> bool {
        let cost = self.cost.lock().unwrap_or_else(PoisonError::into_inner);
        !cost.time.is_zero() || self.is_broken()
    }

    /// Whether the rule is held to the limits of a run.
    fn is_limited(&self) -> bool {
        self.rule.rule.layer != Layer::BuiltIn
    }

    fn refuse(&self, message: String) {
        let error = ScriptError {
            place: format!("{}: ", self.rule.judge_path()),
            message,
        };
        self.fail(At::Run, error);
    }

    /// Keeps what a call found, if there is room for it: a thousand findings in each of ten thousand files would fill the machine.
    fn keep(&self, mut drafts: Vec<Draft>) {
        let bytes: usize = drafts.iter().map(Draft::bytes).sum();
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_limited() && found.bytes.saturating_add(bytes) > MOST_FOUND {
            drop(found);
            let most = MOST_FOUND >> 20;
            return self.refuse(format!("reported more than {most} MiB of findings in all"));
        }
        found.bytes = found.bytes.saturating_add(bytes);
        found.drafts.append(&mut drafts);
    }

    /// Keeps that the rule was given a part of an answer. The rules that come with perfctl reckon with answers of which more would help nobody.
    fn note(&self, cut: Cut, task: Task<'_>) {
        let Cut { question, most } = cut;
        let place = match task {
            Task::File(matches) => matches.file.path(),
            Task::Repository => "the repository as a whole",
        };
        tracing::info!(rule = %self.rule.rule.id, "the answer to `{question}` was cut after {most}, for {place}");
        if self.is_limited() || cut.is_rare() {
            let mut known = self.cut.lock().unwrap_or_else(PoisonError::into_inner);
            let first = (most, place.to_owned());
            let kept = known.entry(question).or_insert_with(|| first.clone());
            // Which thread was first must not show.
            if first.1 < kept.1 {
                *kept = first;
            }
        }
    }

    /// What readers of its verdict have to know of its answers: nothing where it broke, and there is none.
    fn cuts(&mut self) -> Vec<Problem> {
        if self.is_broken() {
            return Vec::new();
        }
        let cut = self.cut.get_mut().unwrap_or_else(PoisonError::into_inner);
        let problem = |(question, (most, place)): (&&str, &(usize, String))| Problem {
            subject: self.rule.rule.id.to_string(),
            message: format!(
                "`{question}` had more than {most} answers, and the rule judged by the first {most} (in {place})"
            ),
        };
        cut.iter().map(problem).collect()
    }

    fn print(&self, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        for line in &lines {
            tracing::info!(target: PRINTED, rule = %self.rule.rule.id, "print: {line}");
        }
        let mut printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST_PRINTED.saturating_sub(printed.len());
        printed.extend(lines.into_iter().take(room));
    }
}

/// Runs those of `rules` that are `wanted`. Positions are those of the matchers that `survey` was made with.
pub fn run(
    survey: &Survey,
    rules: &[&LoadedRule],
    wanted: impl Fn(&LoadedRule) -> bool,
    stop: &dyn Stop,
) -> RunOutput {
    let _span = tracing::info_span!("rules").entered();
    let mut out = RunOutput::default();
    let budgets = budget::of_each(rules);
    let running: Vec<Option<Running<'_>>> = rules
        .iter()
        .enumerate()
        .map(|(at, rule)| {
            if !wanted(rule) {
                return None;
            }
            if let Some(reason) = rule.applies.refuses(&survey.view) {
                out.outcomes
                    .insert(rule.rule.id.clone(), Outcome::NotApplicable(reason));
                return None;
            }
            let matchers = rule.matchers.matchers.iter().enumerate();
            let names = matchers
                .filter(|(_, matcher)| matcher.evidence)
                .map(|(at, matcher)| (matcher.name.clone(), at));
            let matchers = rule.matchers.matchers.iter();
            Some(Running {
                rule,
                at,
                repository: Repository::new(survey, at, names.collect()),
                budget: budgets[at].clone(),
                matchers: matchers.map(Matching::new).collect(),
                broken: Mutex::new(None),
                cost: Mutex::default(),
                found: Mutex::default(),
                printed: Mutex::new(Vec::new()),
                cut: Mutex::default(),
                said: Mutex::new(None),
            })
        })
        .collect();
    // Rules of a family, DB-IDX-001 and DB-IDX-002, ask the same of a repository.
    let family = |rule: RuleIndex| rules[rule.0 as usize].rule.id.family();
    let alike = |left, right| family(left) == family(right);
    out.problems = survey.judge(stop, Workers::default, alike, |workers, rule, of| {
        if let Some(running) = &running[rule.0 as usize] {
            match of {
                Candidates::In(file, matches) => {
                    let _span =
                        tracing::debug_span!("rule", id = %running.rule.rule.id, file = %file.path())
                            .entered();
                    let matches = Matches {
                        file,
                        all: matches,
                        matchers: &running.matchers,
                    };
                    running.judge(workers, Task::File(matches));
                }
                Candidates::Repository if stop.requested() => {}
                Candidates::Repository => running.judge(workers, Task::Repository),
            }
        }
    });
    // A script that cannot run, or that nothing calls, would pass wherever nothing is a candidate. The rules that come with perfctl are tested.
    if !stop.requested() {
        let mut workers = Workers::default();
        for running in running.iter().flatten() {
            if running.is_limited() && !running.was_asked() {
                workers.load(running);
            }
        }
    }
    for lost in &survey.given_up {
        if let Some(running) = &running[lost.rule.0 as usize] {
            let name = &running.rule.matchers.matchers[lost.matcher as usize].name;
            let error = ScriptError {
                place: format!("{}: ", running.rule.head_path()),
                message: format!(
                    "the matcher `{name}` was given up in {}: {}",
                    lost.path, lost.reason
                ),
            };
            running.fail(At::File(lost.path.clone()), error);
        }
    }
    for mut running in running.into_iter().flatten() {
        out.problems.extend(running.cuts());
        let id = running.rule.rule.id.clone();
        let cost = running.cost.into_inner();
        out.costs
            .insert(id.clone(), cost.unwrap_or_else(PoisonError::into_inner));
        let broken = running
            .broken
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let outcome = match broken {
            Some(broken) => Outcome::Error(broken.error.to_string()),
            None => running
                .said
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
                .unwrap_or(Outcome::Examined),
        };
        out.outcomes.insert(id.clone(), outcome);
        let printed = running
            .printed
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let named = printed.into_iter().map(|line| (id.clone(), line));
        out.printed.extend(named);
        let found = running
            .found
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let drafts = found.drafts.into_iter();
        out.findings
            .extend(drafts.map(|draft| finding(running.rule, draft)));
    }
    // Which of two at one place a thread told first must not show: fingerprints count them.
    out.findings.sort_by(|left, right| {
        let right = (&right.rule, &right.place, &right.message);
        (&left.rule, &left.place, &left.message).cmp(&right)
    });
    out.findings.dedup_by(|left, right| {
        left.rule == right.rule && left.place == right.place && left.message == right.message
    });
    let found = out.findings.iter().map(|finding| &*finding.place.path);
    out.allows = suppress::in_found(survey, found);
    out.allows.extend(survey.allows.iter().cloned());
    out
}

/// An error with the audited file that made the rule break: whoever mends it begins there.
fn judging(error: ScriptError, task: Task<'_>) -> ScriptError {
    let Task::File(matches) = task else {
        return error;
    };
    let path = clean(matches.file.path());
    ScriptError {
        message: format!("{} (while it judged {path})", error.message),
        ..error
    }
}

fn finding(rule: &LoadedRule, draft: Draft) -> Finding {
    let fix = draft.fix.map(|mut fix| {
        // A rule's file says what its fixes may do at most; one place may only be more careful.
        fix.safety = fix.safety.min(
            rule.rule
                .fix
                .unwrap_or(perfctl_core::fix::Safety::DisplayOnly),
        );
        fix
    });
    Finding {
        rule: rule.rule.id.clone(),
        message: draft.message,
        severity: draft.severity.unwrap_or(rule.rule.severity),
        confidence: draft.confidence,
        reach: draft.reach,
        place: draft.place,
        excerpt: draft.excerpt,
        symbol: draft.symbol,
        related: draft.related,
        notes: draft.notes,
        fix,
        fingerprint: String::new(),
        silenced: None,
        rank: None,
    }
}

#[cfg(test)]
mod tests;
