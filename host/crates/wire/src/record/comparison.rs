//! What changed against an earlier run.

use perfctl_core::ids::{RuleId, RunId};
use perfctl_core::metric::Unit;
use perfctl_core::run::{
    Comparison as CoreComparison, Difference, Fixed as CoreFixed, MetricChange as CoreChange,
    VerdictChange as CoreVerdictChange,
};
use perfctl_core::scale::Severity;
use perfctl_core::verdict::Verdict;
use serde::{Deserialize, Serialize};

use super::checklist::{self, VerdictWord};
use super::number::Number;
use super::word::Word;

/// What changed against an earlier run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The earlier run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// The earlier run's commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The branch, tag or commit that the user named, whose parting from what was audited that commit is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Files that differ from that commit; empty where nobody looked.
    #[serde(default)]
    pub files: Vec<String>,
    /// Files whose contents no commit has; they were looked at as they lay there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncommitted: Vec<String>,
    /// Lowest severity of findings that let the change fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Word<Severity>>,
    /// Fingerprints of findings that are new.
    #[serde(default)]
    pub new: Vec<String>,
    /// Findings of the earlier run that are gone.
    #[serde(default)]
    pub fixed: Vec<FixedFinding>,
    /// Findings of the earlier run that the settings of this one leave out: nobody looked whether they are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<FixedFinding>,
    /// Findings that count in both.
    pub unchanged: usize,
    /// Findings in both that counted before and are silenced by a comment or a waiver now.
    #[serde(default)]
    pub silenced: usize,
    /// Findings in both that counted before and are below the confidence that counts now.
    #[serde(default)]
    pub suspected: usize,
    /// Findings in both that did not count before and do now.
    #[serde(default)]
    pub again: usize,
    /// Findings that the baseline covers and that did not count before.
    #[serde(default, skip_serializing_if = "is_none")]
    pub covered: usize,
    /// Findings of one run that the other cannot speak of.
    #[serde(default)]
    pub unseen: usize,
    /// Metrics before and after.
    #[serde(default)]
    pub metrics: Vec<MetricChange>,
    /// Items whose verdict is another one.
    #[serde(default)]
    pub verdicts: Vec<VerdictChange>,
}

fn is_none(number: &usize) -> bool {
    *number == 0
}

/// A finding that is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FixedFinding {
    /// Its rule.
    pub rule: String,
    /// The file it was in.
    pub path: String,
    /// The line it was at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Its message.
    pub message: String,
}

/// One metric before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricChange {
    /// Name and labels, as shown.
    pub series: String,
    /// Unit of all values.
    pub unit: Word<Unit>,
    /// Median before.
    pub before: Number,
    /// Median after.
    pub after: Number,
    /// Samples before.
    pub samples_before: usize,
    /// Samples after.
    pub samples_after: usize,
    /// What the samples say.
    pub difference: Word<Difference>,
    /// 95 % interval of the shift (after minus before); absent with too few samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
}

/// An interval, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Interval {
    /// Its lower end.
    pub low: Number,
    /// Its upper end.
    pub high: Number,
}

/// One checklist item before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerdictChange {
    /// The item.
    pub item: String,
    /// Before; absent when the earlier run did not have the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<VerdictSide>,
    /// After; absent when this run does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<VerdictSide>,
}

/// A verdict with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerdictSide {
    /// The verdict.
    pub verdict: VerdictWord,
    /// Why; absent for `pass` and `fail`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl From<&Verdict> for VerdictSide {
    fn from(verdict: &Verdict) -> Self {
        let (verdict, reason) = checklist::split(verdict);
        Self { verdict, reason }
    }
}

impl From<VerdictSide> for Verdict {
    fn from(side: VerdictSide) -> Self {
        checklist::join(side.verdict, side.reason)
    }
}

impl From<&CoreComparison> for Comparison {
    fn from(comparison: &CoreComparison) -> Self {
        let CoreComparison {
            baseline,
            commit,
            reference,
            files,
            uncommitted,
            fail_on,
            new,
            fixed,
            left_out,
            unchanged,
            silenced,
            suspected,
            again,
            covered,
            unseen,
            metrics,
            verdicts,
        } = comparison;
        let gone = |fixed: &CoreFixed| {
            let CoreFixed {
                rule,
                path,
                line,
                message,
            } = fixed.clone();
            FixedFinding {
                rule,
                path,
                line,
                message,
            }
        };
        Self {
            baseline: baseline.as_ref().map(ToString::to_string),
            commit: commit.clone(),
            reference: reference.clone(),
            files: files.clone(),
            uncommitted: uncommitted.clone(),
            fail_on: fail_on.map(Word),
            new: new.clone(),
            fixed: fixed.iter().map(gone).collect(),
            left_out: left_out.iter().map(gone).collect(),
            unchanged: *unchanged,
            silenced: *silenced,
            suspected: *suspected,
            again: *again,
            covered: *covered,
            unseen: *unseen,
            metrics: metrics.iter().map(Into::into).collect(),
            verdicts: verdicts.iter().map(Into::into).collect(),
        }
    }
}

impl From<Comparison> for CoreComparison {
    fn from(comparison: Comparison) -> Self {
        let gone = |fixed: FixedFinding| CoreFixed {
            rule: fixed.rule,
            path: fixed.path,
            line: fixed.line,
            message: fixed.message,
        };
        Self {
            baseline: comparison.baseline.map(RunId::new),
            commit: comparison.commit,
            reference: comparison.reference,
            files: comparison.files,
            uncommitted: comparison.uncommitted,
            fail_on: comparison.fail_on.map(|word| word.0),
            new: comparison.new,
            fixed: comparison.fixed.into_iter().map(gone).collect(),
            left_out: comparison.left_out.into_iter().map(gone).collect(),
            unchanged: comparison.unchanged,
            silenced: comparison.silenced,
            suspected: comparison.suspected,
            again: comparison.again,
            covered: comparison.covered,
            unseen: comparison.unseen,
            metrics: comparison.metrics.into_iter().map(Into::into).collect(),
            verdicts: comparison.verdicts.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<&CoreChange> for MetricChange {
    fn from(change: &CoreChange) -> Self {
        let CoreChange {
            series,
            unit,
            before,
            after,
            samples,
            difference,
            interval,
        } = change;
        Self {
            series: series.clone(),
            unit: Word(*unit),
            before: Number(*before),
            after: Number(*after),
            samples_before: samples.0,
            samples_after: samples.1,
            difference: Word(*difference),
            interval: interval.map(|(low, high)| Interval {
                low: Number(low),
                high: Number(high),
            }),
        }
    }
}

impl From<MetricChange> for CoreChange {
    fn from(change: MetricChange) -> Self {
        Self {
            series: change.series,
            unit: change.unit.0,
            before: change.before.0,
            after: change.after.0,
            samples: (change.samples_before, change.samples_after),
            difference: change.difference.0,
            interval: change
                .interval
                .map(|interval| (interval.low.0, interval.high.0)),
        }
    }
}

impl From<&CoreVerdictChange> for VerdictChange {
    fn from(change: &CoreVerdictChange) -> Self {
        let CoreVerdictChange {
            item,
            before,
            after,
        } = change;
        Self {
            item: item.to_string(),
            before: before.as_ref().map(Into::into),
            after: after.as_ref().map(Into::into),
        }
    }
}

impl From<VerdictChange> for CoreVerdictChange {
    fn from(change: VerdictChange) -> Self {
        Self {
            item: RuleId::new(change.item),
            before: change.before.map(Into::into),
            after: change.after.map(Into::into),
        }
    }
}
