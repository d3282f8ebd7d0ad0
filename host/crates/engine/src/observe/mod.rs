//! Runs what the plan decided and keeps what came of it: step records, rule results, metrics. Judges nothing.
//!
//! Steps that wait for nothing run at the same time. `after` means "after it ended, in whatever way": a failed step is a
//! record, and the others go on. When the user asks to stop, running children are ended, their steps are `interrupted`,
//! the rest is skipped, and what there is goes to the judge.
//!
//! A step that uses what another makes (`{cache}`, `{python}`) is another matter: when that one did not end well, the step has
//! nothing to work on and needs evidence.
//!
//! Steps that measure time disturb each other when they run together: a recipe puts them in a row with `after`.

mod command;
mod outputs;
mod probe;
mod schedule;

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use perfctl_core::event::Event;
use perfctl_core::metric::Metric;
use perfctl_core::recipe::StepKind;
use perfctl_core::repository::Checkout;
use perfctl_core::run::{Problem, StepRecord, StepStatus};
use perfctl_core::seams::{Collector, Probe, Sink, Stop};

use self::schedule::Ended;
use crate::interpreter;
use crate::plan::{self, Decision, Plan, PlannedStep};
use crate::prepare::Session;
use crate::redact::{RedactingSink, RedactingStore, Redactor};
use crate::rules::{RuleResults, RuleRunner};
use crate::seams::{ArtifactStore, Commands};
use crate::values::{Making, Value};

/// The reason of steps that did not start because the user asked to stop.
pub const INTERRUPTED: &str = "not run: the run was interrupted";

/// The reason of rules that did not see all because the user asked to stop.
pub(crate) const CUT_SHORT: &str = "not run to its end: the run was interrupted";

/// What the machine does for a run.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Runs rules.
    pub rules: &'a dyn RuleRunner,
    /// Runs commands.
    pub commands: &'a dyn Commands,
    /// Keeps raw outputs.
    pub artifacts: &'a dyn ArtifactStore,
    /// Collectors by name.
    pub collectors: &'a BTreeMap<String, &'a dyn Collector>,
    /// Probes by name.
    pub probes: &'a BTreeMap<String, &'a dyn Probe>,
    /// Hears what happens.
    pub sink: &'a dyn Sink,
    /// Asked whether to stop.
    pub stop: &'a dyn Stop,
    /// Keeps secrets out of events and artifacts. The record is redacted when it is complete.
    pub redactor: &'a Redactor,
    /// Most steps at once; 0 counts as 1.
    pub jobs: usize,
    /// Pause before the first repetition of a failed command; each further one doubles it, up to 30 s.
    pub pause: Duration,
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// Every step but `report` steps, in the order of the recipe.
    pub steps: Vec<StepRecord>,
    /// All `rules` steps together.
    pub rules: RuleResults,
    /// Samples, also partial ones: those of a step that did not end well decide no budget.
    pub metrics: Vec<Metric>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// Whether the user ended it.
    pub interrupted: bool,
}

/// What one step left.
struct Seen {
    record: StepRecord,
    metrics: Vec<Metric>,
    rules: Option<RuleResults>,
    problems: Vec<Problem>,
}

/// What every step of one run shares.
struct Bench<'a> {
    plan: &'a Plan,
    checkout: &'a Checkout,
    means: Means<'a>,
    /// Opened by the first `prepare` step that has to build, closed when all is built or all steps have ended.
    session: Mutex<Option<Session<'a>>>,
}

/// Runs `plan` on `checkout`.
pub fn observe(plan: &Plan, checkout: &Checkout, means: Means<'_>) -> Observations {
    let sink = RedactingSink {
        sink: means.sink,
        redactor: means.redactor,
    };
    let artifacts = RedactingStore {
        store: means.artifacts,
        redactor: means.redactor,
    };
    let means = Means {
        sink: &sink,
        artifacts: &artifacts,
        ..means
    };
    let bench = Bench {
        plan,
        checkout,
        means,
        session: Mutex::new(None),
    };
    let after: Vec<&[usize]> = plan
        .steps
        .iter()
        .map(|step| step.after.as_slice())
        .collect();
    let seen = schedule::run(&after, means.jobs, |at, ended| bench.step(at, ended));
    drop(bench);

    let mut observations = Observations {
        interrupted: means.stop.requested(),
        ..Observations::default()
    };
    for (seen, planned) in seen.into_iter().zip(&plan.steps) {
        if matches!(planned.step.kind, StepKind::Report { .. }) {
            continue;
        }
        observations.steps.push(seen.record);
        observations.metrics.extend(seen.metrics);
        observations.problems.extend(seen.problems);
        if let Some(mut rules) = seen.rules {
            observations.problems.append(&mut rules.problems);
            observations.rules.merge(rules);
        }
    }
    observations.problems.sort();
    observations.problems.dedup();
    observations
}

impl<'a> Bench<'a> {
    /// Does one step. Never panics: a panic below is a failed step.
    fn step(&self, at: usize, ended: &Ended<Seen>) -> Seen {
        let planned = &self.plan.steps[at];
        let step = &planned.step;
        let mut seen = Seen::of(planned);
        if matches!(step.kind, StepKind::Report { .. }) {
            return seen;
        }
        let span = tracing::info_span!("step", id = %step.id, kind = step.kind.word());
        let _entered = span.enter();
        seen.record.status = match &planned.decision {
            Decision::Skip(why) => StepStatus::Skipped(why.clone()),
            Decision::NeedsEvidence(why) => StepStatus::NeedsEvidence(why.clone()),
            Decision::Run if self.means.stop.requested() => {
                seen.rules = self.unrun(planned);
                StepStatus::Skipped(INTERRUPTED.to_owned())
            }
            Decision::Run => {
                let sink = self.means.sink;
                sink.event(Event::StepStarted {
                    step: step.id.clone(),
                    title: step.title.clone(),
                });
                let begun = Instant::now();
                let status = catch_unwind(AssertUnwindSafe(|| self.run(planned, ended, &mut seen)))
                    .unwrap_or_else(|panic| StepStatus::Failed(told(panic.as_ref())));
                seen.record.duration = begun.elapsed();
                status
            }
        };
        if !seen.record.status.is_failure() {
            seen.record.last_lines.clear();
        }
        self.means.sink.event(Event::StepEnded {
            step: step.id.clone(),
            status: seen.record.status.clone(),
            took: seen.record.duration,
            last_lines: seen.record.last_lines.clone(),
        });
        seen
    }

    fn run(&self, planned: &PlannedStep, ended: &Ended<Seen>, seen: &mut Seen) -> StepStatus {
        let step = &planned.step;
        let value = |name: &str| self.value(name, planned, ended);
        match &step.kind {
            StepKind::Rules { .. } => self.rules(planned, seen),
            StepKind::Command(order) => command::run(self, step, order, &value, seen),
            StepKind::Probe { collector, options } => {
                probe::run(self, step, collector, options, &value, seen)
            }
            // The plan refuses every other kind, and reports are rendered from the finished record.
            other => StepStatus::Failed(format!("steps of kind `{}` cannot be run", other.word())),
        }
    }

    fn rules(&self, planned: &PlannedStep, seen: &mut Seen) -> StepStatus {
        let Some(selection) = plan::selection(&planned.step.kind, &self.plan.limits) else {
            return StepStatus::Failed("the step selects no rules".to_owned());
        };
        let Means {
            rules, sink, stop, ..
        } = self.means;
        seen.record.attempts = 1;
        let mut results = rules.run(self.checkout, &selection, sink, stop);
        let interrupted = stop.requested();
        if interrupted {
            results.distrust(CUT_SHORT);
        }
        seen.rules = Some(results);
        if interrupted {
            StepStatus::Interrupted
        } else {
            StepStatus::Ok
        }
    }

    /// The rules of a step that does not start any more: a checklist without them would read as if they did not exist.
    fn unrun(&self, planned: &PlannedStep) -> Option<RuleResults> {
        let selection = plan::selection(&planned.step.kind, &self.plan.limits)?;
        let heads = self.means.rules.heads(&selection);
        Some(RuleResults::unrun(heads, &selection, INTERRUPTED))
    }

    /// What `name` stands for now; the error is why it stands for nothing.
    fn value(
        &self,
        name: &str,
        planned: &PlannedStep,
        ended: &Ended<Seen>,
    ) -> Result<String, String> {
        let builds =
            |preparation: &&crate::prepare::Preparation| preparation.involves(&planned.step.id);
        if name == "cache"
            && let Some(preparation) = self.plan.preparation.as_ref().filter(builds)
        {
            let below = planned.after.iter().map(|at| (*at, &self.plan.steps[*at]));
            for (at, maker) in below.filter(|(_, maker)| preparation.involves(&maker.step.id)) {
                if let Some(why) = unmade(ended, at) {
                    let id = &maker.step.id;
                    return Err(format!("it builds upon step `{id}`, which {why}"));
                }
            }
            return Ok(preparation.content().display().to_string());
        }
        match self.plan.values.look_up(name) {
            None => Err(format!("nothing is called `{{{name}}}`")),
            Some(Value::Known(text)) => Ok(text.clone()),
            Some(Value::Missing(why)) => Err(why.clone()),
            Some(Value::Made { by, what }) => {
                for (at, maker) in self.plan.steps.iter().enumerate() {
                    if by.contains(&maker.step.id)
                        && let Some(why) = unmade(ended, at)
                    {
                        let id = &maker.step.id;
                        return Err(format!("`{name}` is made by step `{id}`, which {why}"));
                    }
                }
                match what {
                    Making::Text(text) => Ok(text.clone()),
                    Making::InterpreterIn(directory) => interpreter::within(directory)
                        .map(|path| path.display().to_string())
                        .ok_or_else(|| "what was prepared holds no Python interpreter".to_owned()),
                }
            }
        }
    }

    /// The right to build in the cache, taken at the first call. `Ok(false)`: an earlier run built it all.
    fn preparing(&self) -> Result<bool, String> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if session.is_none() {
            let preparation = self
                .plan
                .preparation
                .as_ref()
                .ok_or("there is nothing to prepare in")?;
            let begun = Session::begin(preparation, self.means.stop)?;
            // What is complete is only read, and other runs need not wait for that.
            *session = begun.is_building().then_some(begun);
        }
        Ok(session.is_some())
    }

    /// Notes that `step` did its part in building the cache.
    fn prepared(&self, step: &perfctl_core::ids::StepId) -> Result<(), String> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(building) = session.as_ref() {
            building.mark(step)?;
            if building.is_complete() {
                *session = None;
            }
        }
        Ok(())
    }
}

/// Why the step at this position did not do what it should; `None` when it did.
fn unmade(ended: &Ended<Seen>, at: usize) -> Option<String> {
    match ended.of(at).map(|seen| &seen.record.status) {
        Some(StepStatus::Ok) => None,
        None => Some("is still running".to_owned()),
        Some(StepStatus::Failed(why)) => Some(format!("failed: {why}")),
        Some(StepStatus::TimedOut) => Some("took too long".to_owned()),
        Some(StepStatus::Interrupted) => Some("was interrupted".to_owned()),
        Some(status) => Some(format!("did not run: {}", status.reason())),
    }
}

impl Seen {
    fn of(planned: &PlannedStep) -> Self {
        let step = &planned.step;
        Self {
            record: StepRecord {
                id: step.id.clone(),
                title: step.title.clone(),
                kind: step.kind.word().to_owned(),
                status: StepStatus::Ok,
                duration: Duration::ZERO,
                attempts: 0,
                argv: Vec::new(),
                exit_code: None,
                sandbox: String::new(),
                artifacts: Vec::new(),
                notes: Vec::new(),
                last_lines: Vec::new(),
            },
            metrics: Vec::new(),
            rules: None,
            problems: Vec::new(),
        }
    }
}

/// What a panic says. It is a bug of a collector, a probe or a rule runner, and must not take the run with it.
fn told(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a message".to_owned());
    format!("a bug in perfctl or a plugin: panicked: {text}")
}

#[cfg(test)]
mod tests;
