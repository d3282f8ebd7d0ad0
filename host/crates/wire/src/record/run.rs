//! The whole record.

use std::collections::BTreeMap;

use perfctl_core::ids::{RuleId, RunId};
use perfctl_core::run::{Environment as CoreEnvironment, Problem as CoreProblem, RunRecord};
use perfctl_core::scale::Confidence;
use perfctl_core::verdict::{Item as CoreItem, Verdict};
use serde::{Deserialize, Serialize};

use super::checklist::{Checklist, Item};
use super::comparison::Comparison;
use super::finding::Finding;
use super::history::History;
use super::measure::{BudgetOutcome, Metric};
use super::number;
use super::repository::{Portrait, Source};
use super::rule::Rule;
use super::step::Step;
use super::word::Word;

/// The record of one recipe on one repository.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Run {
    /// Name and version of this schema.
    #[cfg_attr(test, schemars(extend("const" = super::SCHEMA)))]
    pub schema: String,
    /// Its id: time and a short hash.
    pub id: String,
    /// Recipe name, or `check`.
    pub recipe: String,
    /// Title of the recipe.
    pub title: String,
    /// Start, in milliseconds since 1970 in UTC.
    pub started_ms: u64,
    /// Wall time, in milliseconds.
    pub duration_ms: f64,
    /// Version of perfctl.
    pub version: String,
    /// What was audited.
    pub source: Source,
    /// What it is.
    pub portrait: Portrait,
    /// Parameters in force, secrets redacted.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// Steps.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Rules that ran.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// The items, by id.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Items that need evidence, as a share of those that apply; worked out from `items`, and ignored by readers.
    #[serde(default)]
    pub needs_evidence_share: f64,
    /// The checklists that the recipe names; what came of their lines is in `items`.
    #[serde(default)]
    pub checklists: Vec<Checklist>,
    /// The lowest confidence that counts; findings below it are suspicions.
    #[serde(default = "least")]
    pub least: Word<Confidence>,
    /// Files and directories, from the repository's root, that findings are limited to; empty for all.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Those of `rules` that were switched off or broke, by id.
    #[serde(default)]
    pub unheard: Vec<String>,
    /// Rules that there were and that settings, flags or the recipe left out, by id or alias.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// Whether only findings on changed lines are kept.
    #[serde(default)]
    pub changed_lines: bool,
    /// Globs that the settings leave out, as written; those of a repository around the audited directory start at its root.
    #[serde(default)]
    pub excluded: Vec<String>,
    /// Files and directories from the repository's root that git's ignore rules left out and that are there, and generated files that are
    /// too large to be looked at. Where they are many, the directories around them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<String>,
    /// Findings, by rank, then place; silenced ones last.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Metrics.
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// Budgets.
    #[serde(default)]
    pub budgets: Vec<BudgetOutcome>,
    /// What could not be looked at.
    #[serde(default)]
    pub problems: Vec<Problem>,
    /// What was ignored for lack of trust, and other remarks; each a sentence.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The machine.
    pub environment: Environment,
    /// Against the baseline, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// What earlier runs know of findings, where a history is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// Whether the run was ended early.
    #[serde(default)]
    pub interrupted: bool,
}

/// Items that need evidence, as a share of those that apply; 0 where none does.
fn needs_evidence_share(items: &[CoreItem]) -> f64 {
    let applying = items.iter().map(|item| &item.verdict);
    let applying: Vec<&Verdict> = applying
        .filter(|verdict| !matches!(verdict, Verdict::NotApplicable(_)))
        .collect();
    let is_open = |verdict: &&&Verdict| matches!(verdict, Verdict::NeedsEvidence(_));
    let open = applying.iter().filter(is_open).count();
    open as f64 / applying.len().max(1) as f64
}

/// What counted before records said so.
fn least() -> Word<Confidence> {
    Word(Confidence::Medium)
}

/// Something that could not be looked at or did not work, outside of steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem {
    /// What it concerns: a path, a rule id, a settings file.
    pub subject: String,
    /// What is wrong and what to do, as a sentence.
    pub message: String,
}

/// The machine, as far as it explains the numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Environment {
    /// Operating system and its version.
    pub os: String,
    /// Processor architecture.
    pub arch: String,
    /// Logical processors.
    pub cpus: usize,
    /// External tools with their versions.
    #[serde(default)]
    pub tools: BTreeMap<String, String>,
}

impl From<&RunRecord> for Run {
    fn from(record: &RunRecord) -> Self {
        let RunRecord {
            id,
            recipe,
            title,
            started_ms,
            duration,
            version,
            source,
            portrait,
            params,
            steps,
            rules,
            unheard,
            ignored,
            items,
            checklists,
            least,
            parts,
            changed_lines,
            excluded,
            hidden,
            findings,
            metrics,
            budgets,
            problems,
            notes,
            environment,
            comparison,
            history,
            interrupted,
        } = record;
        let CoreEnvironment {
            os,
            arch,
            cpus,
            tools,
        } = environment.clone();
        let problem = |problem: &CoreProblem| Problem {
            subject: problem.subject.clone(),
            message: problem.message.clone(),
        };
        Self {
            schema: super::SCHEMA.to_owned(),
            id: id.to_string(),
            recipe: recipe.clone(),
            title: title.clone(),
            started_ms: *started_ms,
            duration_ms: number::millis(*duration),
            version: version.clone(),
            source: source.into(),
            portrait: portrait.into(),
            params: params.clone(),
            steps: steps.iter().map(Into::into).collect(),
            rules: rules.iter().map(Into::into).collect(),
            items: items.iter().map(Into::into).collect(),
            needs_evidence_share: needs_evidence_share(items),
            checklists: checklists.iter().map(Into::into).collect(),
            least: Word(*least),
            parts: parts.clone(),
            unheard: unheard.iter().map(ToString::to_string).collect(),
            ignored: ignored.iter().map(ToString::to_string).collect(),
            changed_lines: *changed_lines,
            excluded: excluded.clone(),
            hidden: hidden.clone(),
            findings: findings.iter().map(Into::into).collect(),
            metrics: metrics.iter().map(Into::into).collect(),
            budgets: budgets.iter().map(Into::into).collect(),
            problems: problems.iter().map(problem).collect(),
            notes: notes.clone(),
            environment: Environment {
                os,
                arch,
                cpus,
                tools,
            },
            comparison: comparison.as_ref().map(Into::into),
            history: history.as_ref().map(Into::into),
            interrupted: *interrupted,
        }
    }
}

impl From<Run> for RunRecord {
    fn from(run: Run) -> Self {
        let Environment {
            os,
            arch,
            cpus,
            tools,
        } = run.environment;
        let problem = |problem: Problem| CoreProblem {
            subject: problem.subject,
            message: problem.message,
        };
        Self {
            id: RunId::new(run.id),
            recipe: run.recipe,
            title: run.title,
            started_ms: run.started_ms,
            duration: number::duration(run.duration_ms),
            version: run.version,
            source: run.source.into(),
            portrait: run.portrait.into(),
            params: run.params,
            steps: run.steps.into_iter().map(Into::into).collect(),
            rules: run.rules.into_iter().map(Into::into).collect(),
            items: run.items.into_iter().map(Into::into).collect(),
            checklists: run.checklists.into_iter().map(Into::into).collect(),
            least: run.least.0,
            parts: run.parts,
            unheard: run.unheard.into_iter().map(RuleId::new).collect(),
            ignored: run.ignored.into_iter().map(RuleId::new).collect(),
            changed_lines: run.changed_lines,
            excluded: run.excluded,
            hidden: run.hidden,
            findings: run.findings.into_iter().map(Into::into).collect(),
            metrics: run.metrics.into_iter().map(Into::into).collect(),
            budgets: run.budgets.into_iter().map(Into::into).collect(),
            problems: run.problems.into_iter().map(problem).collect(),
            notes: run.notes,
            environment: CoreEnvironment {
                os,
                arch,
                cpus,
                tools,
            },
            comparison: run.comparison.map(Into::into),
            history: run.history.map(Into::into),
            interrupted: run.interrupted,
        }
    }
}
