//! The whole way from a recipe and a checkout to the record of a run.

mod record;
mod report;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use perfctl_core::ids::StepId;
use perfctl_core::moves::Moves;
use perfctl_core::recipe::{Needs, Recipe, Step, StepKind};
use perfctl_core::repository::Checkout;
use perfctl_core::rule::Layer;
use perfctl_core::run::{Comparison, Environment, RunRecord};
use perfctl_core::scale::Severity;
use perfctl_core::seams::{Chronicle, Collector, Lineage, Probe, Sink, Stop};

use crate::compare::compare;
use crate::given;
use crate::history;
use crate::judge::{self, Policy, silence};
use crate::observe::{self, Means};
use crate::plan::{self, Offer, PlanError, Wishes};
use crate::redact::{RedactingSink, Redactor};
use crate::rules::{Choice, RuleRunner, Selection};
use crate::seams::{ArtifactStore, Commands, Reports, Tools};

/// What is to be done.
pub struct Request<'a> {
    /// The recipe.
    pub recipe: &'a Recipe,
    /// The repository.
    pub checkout: &'a Checkout,
    /// What the user asks for beside the recipe.
    pub wishes: Wishes,
    /// What people decided about findings. Which rules exist, what they are limited to and whether suppressions are
    /// looked at is filled in from `wishes` and the rule runner.
    pub policy: Policy,
    /// An earlier run to compare with.
    pub previous: Option<&'a RunRecord>,
    /// The change since that run, where it is one that a branch makes.
    pub change: Change,
    /// Files that lie elsewhere since that run.
    pub moves: Moves,
    /// Now, milliseconds since 1970 in UTC.
    pub started_ms: u64,
    /// Version of perfctl.
    pub version: String,
    /// The machine; tools that steps use are added.
    pub environment: Environment,
    /// What was ignored for lack of trust, and other remarks made before the run.
    pub notes: Vec<String>,
    /// Values that nobody may see, beside those among the parameters.
    pub secrets: Vec<String>,
}

/// A change that is held to what it brings.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// What the user named to find the commit where it began.
    pub reference: Option<String>,
    /// Files that differ from that commit.
    pub files: Vec<String>,
    /// Files whose contents no commit has.
    pub uncommitted: Vec<String>,
    /// Lowest severity of findings that let it fail.
    pub fail_on: Option<Severity>,
}

/// The parts of the machine that a run uses.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Runs rules.
    pub rules: &'a dyn RuleRunner,
    /// Runs commands.
    pub commands: &'a dyn Commands,
    /// Knows installed programs.
    pub tools: &'a dyn Tools,
    /// Keeps raw outputs.
    pub artifacts: &'a dyn ArtifactStore,
    /// Renders `report` steps.
    pub reports: &'a dyn Reports,
    /// Collectors by name.
    pub collectors: &'a BTreeMap<String, &'a dyn Collector>,
    /// Probes by name.
    pub probes: &'a BTreeMap<String, &'a dyn Probe>,
    /// Hears what happens.
    pub sink: &'a dyn Sink,
    /// Asked whether to stop.
    pub stop: &'a dyn Stop,
    /// Where prepared environments are kept; `None` prepares nothing.
    pub caches: Option<&'a Path>,
    /// Where poetry keeps environments.
    pub poetry: Option<&'a Path>,
    /// Remembers findings from run to run; `None` keeps no history.
    pub chronicle: Option<&'a dyn Chronicle>,
    /// Knows the commits that the history speaks of.
    pub lineage: &'a dyn Lineage,
    /// Most steps at once; 0 counts as 1.
    pub jobs: usize,
    /// Pause before the first repetition of a failed command; each further one doubles it.
    pub pause: Duration,
}

impl<'a> Parts<'a> {
    /// What a plan may count on, for `--dry-run` and `doctor`, which plan without running.
    pub fn offer(&self) -> Offer<'a> {
        Offer {
            tools: self.tools,
            collectors: self.collectors.keys().map(String::as_str).collect(),
            probes: self.probes.keys().map(String::as_str).collect(),
            caches: self.caches,
            poetry: self.poetry,
        }
    }
}

/// Runs a recipe: survey, plan, observe, judge, record, report.
///
/// # Errors
/// What is wrong with the recipe or with what was asked for. Everything that goes wrong later is in the record.
pub fn run(request: Request<'_>, parts: Parts<'_>) -> Result<RunRecord, Vec<PlanError>> {
    let begun = Instant::now();
    let Request {
        recipe, checkout, ..
    } = request;
    let given = given::secrets(&request.wishes.set);
    let secrets = request.secrets.iter().chain(&given);
    let redactor =
        Redactor::new(secrets.map(String::as_str)).masking(given::masks(&request.wishes.set));
    let sink = RedactingSink {
        sink: parts.sink,
        redactor: &redactor,
    };

    let selections = plan::selections(recipe, &request.wishes.limits);
    let survey = parts.rules.survey(checkout, &selections, &sink, parts.stop);

    // What was not looked at to its end says nothing of what the repository does not have.
    let is_cut = parts.stop.requested();
    let mut plan = plan::plan(
        recipe,
        checkout,
        &survey.portrait,
        &request.wishes,
        &parts.offer(),
    )?;
    if is_cut {
        plan.decide_nothing();
    }

    let observations = observe::observe(
        &plan,
        checkout,
        Means {
            rules: parts.rules,
            commands: parts.commands,
            artifacts: parts.artifacts,
            collectors: parts.collectors,
            probes: parts.probes,
            sink: parts.sink,
            stop: parts.stop,
            redactor: &redactor,
            jobs: parts.jobs,
            pause: parts.pause,
        },
    );

    let policy = Policy {
        known: parts.rules.known(),
        limited_to: request.wishes.limits.paths.clone(),
        suppressions: judges_suppressions(&request.wishes.limits),
        ..request.policy.clone()
    };
    let judgement = judge::judge(&plan.recipe, &observations, &policy);

    let mut record = record::write(&request, &plan, survey, observations, judgement);
    record.duration = begun.elapsed();
    record.comparison = request.previous.map(|previous| Comparison {
        reference: request.change.reference.clone(),
        files: request.change.files.clone(),
        uncommitted: request.change.uncommitted.clone(),
        fail_on: request.change.fail_on,
        ..compare(previous, &record, &request.moves)
    });
    let mut record = redactor.record(record);
    if let Some(chronicle) = parts.chronicle {
        history::keep(&mut record, chronicle, parts.lineage);
    }
    Ok(report::render(record, &plan, &parts, &redactor))
}

/// The recipe behind `perfctl check`: one step that runs rules.
pub fn check_recipe(select: Vec<String>, ignore: Vec<String>) -> Recipe {
    Recipe {
        name: "check".to_owned(),
        title: "Rules only".to_owned(),
        about: String::new(),
        extends: None,
        params: Vec::new(),
        steps: vec![Step {
            id: StepId::new("rules"),
            title: "Run rules".to_owned(),
            kind: StepKind::Rules { select, ignore },
            after: Vec::new(),
            when: Vec::new(),
            needs: Needs::default(),
            timeout: Duration::MAX,
            retries: 0,
            items: Vec::new(),
        }],
        budgets: Vec::new(),
        items: Vec::new(),
        checklists: Vec::new(),
        evidence: Vec::new(),
        baseline: None,
        layer: Layer::BuiltIn,
    }
}

/// Whether suppressions that do no good are findings: they are unless they are ignored, also where only some rules are wanted.
fn judges_suppressions(limits: &Selection) -> bool {
    let limits = Selection {
        within: Vec::new(),
        ..limits.clone()
    };
    limits.choice(&silence::head()) != Choice::Leave
}

#[cfg(test)]
mod tests;
