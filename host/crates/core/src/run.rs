//! The immutable record of one recipe on one repository.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::budget::BudgetOutcome;
use crate::checklist::Checklist;
use crate::finding::Finding;
use crate::history::History;
use crate::ids::{RuleId, RunId, StepId};
use crate::metric::Metric;
use crate::repository::{Portrait, Source};
use crate::rule::Rule;
use crate::scale::{Confidence, Severity};
use crate::verdict::{Item, Verdict};

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepStatus {
    /// Did what it should.
    Ok,
    /// Not for this repository or not asked for; carries why.
    Skipped(String),
    /// Something that it needs is missing; carries what, and how to get it.
    NeedsEvidence(String),
    /// Tried and failed; carries why.
    Failed(String),
    /// Killed after its timeout.
    TimedOut,
    /// Ended by Ctrl-C.
    Interrupted,
}

impl StepStatus {
    /// The word used in files and reports.
    pub fn word(&self) -> &'static str {
        match self {
            StepStatus::Ok => "ok",
            StepStatus::Skipped(_) => "skipped",
            StepStatus::NeedsEvidence(_) => "needs-evidence",
            StepStatus::Failed(_) => "failed",
            StepStatus::TimedOut => "timed-out",
            StepStatus::Interrupted => "interrupted",
        }
    }

    /// The reason, empty where the word says all.
    pub fn reason(&self) -> &str {
        match self {
            StepStatus::Skipped(why) | StepStatus::NeedsEvidence(why) | StepStatus::Failed(why) => {
                why
            }
            StepStatus::Ok | StepStatus::TimedOut | StepStatus::Interrupted => "",
        }
    }

    /// Whether the exit code must say that something did not work.
    pub fn is_failure(&self) -> bool {
        matches!(self, StepStatus::Failed(_) | StepStatus::TimedOut)
    }
}

/// A raw output kept beside the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Path from the output directory, with forward slashes.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What it is, in a few words.
    pub what: String,
}

/// One step as it ran.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRecord {
    /// Which step.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// The word of its kind.
    pub kind: String,
    /// How it ended.
    pub status: StepStatus,
    /// Wall time of all attempts.
    pub duration: Duration,
    /// Attempts made.
    pub attempts: u32,
    /// Program and arguments as run, secrets redacted; empty for other kinds.
    pub argv: Vec<String>,
    /// Exit code of the last attempt.
    pub exit_code: Option<i32>,
    /// Which sandbox held it, or that there was none and why.
    pub sandbox: String,
    /// What it left.
    pub artifacts: Vec<Artifact>,
    /// What it wants to say: absent dependencies, odd lines; each a sentence.
    pub notes: Vec<String>,
    /// The last lines of a command that failed: of its standard error, else of its standard output.
    pub last_lines: Vec<String>,
}

/// Something that could not be looked at or did not work, outside of steps: a refused file, a broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// What it concerns: a path, a rule id, a settings file.
    pub subject: String,
    /// What is wrong and what to do, as a sentence.
    pub message: String,
}

/// The machine, as far as it explains the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Operating system and its version.
    pub os: String,
    /// Processor architecture.
    pub arch: String,
    /// Logical processors.
    pub cpus: usize,
    /// External tools with their versions.
    pub tools: BTreeMap<String, String>,
}

/// What changed against an earlier run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The earlier run.
    pub baseline: Option<RunId>,
    /// The earlier run's commit.
    pub commit: Option<String>,
    /// What that commit was looked up by: the branch, tag or commit that the user named; `None` where an earlier run was.
    pub reference: Option<String>,
    /// Files that differ from that commit, from the audited directory; empty where nobody looked.
    pub files: Vec<String>,
    /// Files of the audited directory whose contents no commit has. They were looked at as they lie there.
    pub uncommitted: Vec<String>,
    /// Lowest severity of findings that let the change fail; `None` where none does, or nobody said.
    pub fail_on: Option<Severity>,
    /// Fingerprints of findings that are new.
    pub new: Vec<String>,
    /// Findings of the earlier run that are gone.
    pub fixed: Vec<Fixed>,
    /// Findings of the earlier run that the settings of this one leave out: their path is excluded, or their rule is ignored, not selected
    /// or switched off. Whether they are gone nobody looked.
    pub left_out: Vec<Fixed>,
    /// Findings that count in both; one that the later run's baseline covers is such a one.
    pub unchanged: usize,
    /// Findings in both that counted in the earlier run and are silenced by a comment or a waiver now.
    pub silenced: usize,
    /// Findings in both that counted in the earlier run and are below the confidence that counts now.
    pub suspected: usize,
    /// Findings in both that count again: the earlier run had them silenced, or below the confidence that counted then.
    pub again: usize,
    /// Findings of the later run that its baseline covers and that none in the earlier run is the same as, or none that counted: accepted, and
    /// nobody's news.
    pub covered: usize,
    /// Findings of one run that the other cannot speak of, and which `left_out` does not hold: its rule broke or was not there, the file was
    /// refused, the run was limited to other parts; of a new finding also that the earlier run's settings left it out.
    pub unseen: usize,
    /// Medians before and after, by metric (with labels).
    pub metrics: Vec<MetricChange>,
    /// Items whose verdict is another one, in the order of their ids.
    pub verdicts: Vec<VerdictChange>,
}

/// A finding of the earlier run that is gone, as that run had it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed {
    /// Its rule.
    pub rule: String,
    /// The file it was in.
    pub path: String,
    /// The line it was at; `None` in records that do not say it.
    pub line: Option<u32>,
    /// Its message.
    pub message: String,
}

/// One checklist item before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictChange {
    /// The item.
    pub item: RuleId,
    /// Its verdict before; `None` when the earlier run did not have the item.
    pub before: Option<Verdict>,
    /// Its verdict after; `None` when this run does not have it.
    pub after: Option<Verdict>,
}

/// What the samples of two runs say about a metric. Never more than they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Difference {
    /// The interval of the shift holds zero: no difference seen, which is not "no difference".
    NotSeen,
    /// Smaller than before.
    Smaller,
    /// Larger than before.
    Larger,
    /// Too few samples to tell a difference from noise.
    TooFewSamples,
}

impl Difference {
    /// Every outcome.
    pub const ALL: &'static [Difference] = &[
        Difference::NotSeen,
        Difference::Smaller,
        Difference::Larger,
        Difference::TooFewSamples,
    ];

    /// The word used in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Difference::NotSeen => "not-seen",
            Difference::Smaller => "smaller",
            Difference::Larger => "larger",
            Difference::TooFewSamples => "too-few-samples",
        }
    }
}

/// One metric before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricChange {
    /// Name and labels, as shown.
    pub series: String,
    /// Unit.
    pub unit: crate::metric::Unit,
    /// Median before.
    pub before: f64,
    /// Median after.
    pub after: f64,
    /// Samples before and after.
    pub samples: (usize, usize),
    /// What the samples say.
    pub difference: Difference,
    /// 95 % interval of the shift (after minus before), in the metric's unit; `None` with too few samples.
    pub interval: Option<(f64, f64)>,
}

/// The record.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// Its id: time and a short hash.
    pub id: RunId,
    /// Recipe name, or `check`.
    pub recipe: String,
    /// Title of the recipe.
    pub title: String,
    /// Start, milliseconds since 1970 in UTC.
    pub started_ms: u64,
    /// Wall time.
    pub duration: Duration,
    /// Version of perfctl.
    pub version: String,
    /// What was audited.
    pub source: Source,
    /// What it is.
    pub portrait: Portrait,
    /// Parameters in force, secrets redacted.
    pub params: BTreeMap<String, String>,
    /// Steps.
    pub steps: Vec<StepRecord>,
    /// Rules that ran or were switched off, for titles and help.
    pub rules: Vec<Rule>,
    /// Rules that did not look, or not at all there is: those of `rules` that were switched off or broke, and the tool's own about
    /// suppressions where some of these could not be judged. That they found nothing says nothing.
    pub unheard: Vec<RuleId>,
    /// Rules that there were and that settings, flags or the recipe left out, by id or alias; empty where no rules were to run.
    pub ignored: Vec<RuleId>,
    /// The items, by id.
    pub items: Vec<Item>,
    /// The checklists that the recipe names; what came of their lines is in `items`.
    pub checklists: Vec<Checklist>,
    /// The lowest confidence that counts; findings below it are suspicions.
    pub least: Confidence,
    /// Files and directories, from the repository's root, that findings are limited to; empty for all.
    pub parts: Vec<String>,
    /// Whether only findings on changed lines are kept.
    pub changed_lines: bool,
    /// Globs that the settings leave out, as written; those of a repository around the audited directory start at its root.
    pub excluded: Vec<String>,
    /// Files and directories from the repository's root that git's ignore rules left out and that are there, and generated files that are
    /// too large to be looked at. Where they are many, the directories around them.
    pub hidden: Vec<String>,
    /// Findings, by rank, then place; silenced ones last.
    pub findings: Vec<Finding>,
    /// Metrics.
    pub metrics: Vec<Metric>,
    /// Budgets.
    pub budgets: Vec<BudgetOutcome>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// What was ignored for lack of trust, and other remarks; each a sentence.
    pub notes: Vec<String>,
    /// The machine.
    pub environment: Environment,
    /// Against the baseline, if one was given.
    pub comparison: Option<Comparison>,
    /// What earlier runs know of findings, where a history is kept.
    pub history: Option<History>,
    /// Whether Ctrl-C ended it early.
    pub interrupted: bool,
}
