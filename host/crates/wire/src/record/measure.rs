//! Metrics and budgets.

use std::collections::BTreeMap;

use perfctl_core::budget::{
    Budget as CoreBudget, BudgetOutcome as CoreOutcome, BudgetVerdict, Part as CorePart, Weight,
};
use perfctl_core::ids::{MetricName, RuleId, StepId};
use perfctl_core::metric::{Metric as CoreMetric, Unit};
use perfctl_core::rank::Inputs as CoreInputs;
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::word::Word;

/// A series of samples of one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Metric {
    /// What is measured.
    pub name: String,
    /// What a sample counts.
    pub unit: Word<Unit>,
    /// Raw samples in the order taken.
    pub samples: Vec<Number>,
    /// What tells series of one name apart.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// The step that produced it.
    pub step: String,
}

/// A limit on a metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Budget {
    /// The metric it limits.
    pub metric: String,
    /// Only series that carry all of these labels.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Largest value allowed, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Number>,
    /// Smallest value allowed, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Number>,
    /// Unit of the limits.
    pub unit: Word<Unit>,
    /// The checklist item that it decides, if it decides one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Why this number, with its source.
    pub why: String,
}

/// What came of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BudgetWord {
    /// Every series stayed within the limit.
    Pass,
    /// At least one series broke it.
    Fail,
    /// Nothing to judge.
    NoData,
}

/// A budget with its outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BudgetOutcome {
    /// The limit.
    pub budget: Budget,
    /// What came of it.
    pub verdict: BudgetWord,
    /// The worst median, in the budget's unit; absent for `no-data`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<Number>,
    /// Why there is nothing to judge; absent otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Labels of the series that decided it.
    #[serde(default)]
    pub series: BTreeMap<String, String>,
    /// Where it is broken: the largest series of each metric that it is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub most: Vec<Part>,
    /// What it ranks by among the things to do first; absent where a finding of its item ranks for it, or nothing is broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<Inputs>,
}

/// A series that a broken budget's metric is largely made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Part {
    /// What it measures.
    pub metric: String,
    /// What tells it from other series of the metric.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Its median, in the budget's unit.
    pub value: Number,
}

/// The inputs of the ranking formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Inputs {
    /// What it costs.
    pub severity: Word<Severity>,
    /// How probable it is.
    pub confidence: Word<Confidence>,
    /// How often it runs.
    pub reach: Word<Reach>,
    /// Places.
    pub sites: usize,
    /// Ratio to the budget (1 is at the limit).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Number>,
    /// Work.
    pub effort: Word<Effort>,
}

impl From<&CoreInputs> for Inputs {
    fn from(inputs: &CoreInputs) -> Self {
        let CoreInputs {
            severity,
            confidence,
            reach,
            sites,
            measured,
            effort,
        } = *inputs;
        Self {
            severity: Word(severity),
            confidence: Word(confidence),
            reach: Word(reach),
            sites,
            measured: measured.map(Number),
            effort: Word(effort),
        }
    }
}

impl From<Inputs> for CoreInputs {
    fn from(inputs: Inputs) -> Self {
        Self {
            severity: inputs.severity.0,
            confidence: inputs.confidence.0,
            reach: inputs.reach.0,
            sites: inputs.sites,
            measured: inputs.measured.map(|ratio| ratio.0),
            effort: inputs.effort.0,
        }
    }
}

impl From<&CorePart> for Part {
    fn from(part: &CorePart) -> Self {
        let CorePart {
            metric,
            labels,
            value,
        } = part;
        Self {
            metric: metric.to_string(),
            labels: labels.clone(),
            value: Number(*value),
        }
    }
}

impl From<Part> for CorePart {
    fn from(part: Part) -> Self {
        Self {
            metric: MetricName::new(part.metric),
            labels: part.labels,
            value: part.value.0,
        }
    }
}

impl From<&CoreMetric> for Metric {
    fn from(metric: &CoreMetric) -> Self {
        let CoreMetric {
            name,
            unit,
            samples,
            labels,
            step,
        } = metric;
        Self {
            name: name.to_string(),
            unit: Word(*unit),
            samples: samples.iter().copied().map(Number).collect(),
            labels: labels.clone(),
            step: step.to_string(),
        }
    }
}

impl From<Metric> for CoreMetric {
    fn from(metric: Metric) -> Self {
        Self {
            name: MetricName::new(metric.name),
            unit: metric.unit.0,
            samples: metric.samples.into_iter().map(|sample| sample.0).collect(),
            labels: metric.labels,
            step: StepId::new(metric.step),
        }
    }
}

impl From<&CoreBudget> for Budget {
    fn from(budget: &CoreBudget) -> Self {
        let CoreBudget {
            metric,
            labels,
            max,
            min,
            unit,
            // What was held against it is held, and what it weighs is in its rank: the record names neither.
            when: _,
            parts: _,
            weight: _,
            item,
            why,
        } = budget;
        Self {
            metric: metric.to_string(),
            labels: labels.clone(),
            max: max.map(Number),
            min: min.map(Number),
            unit: Word(*unit),
            item: item.as_ref().map(ToString::to_string),
            why: why.clone(),
        }
    }
}

impl From<Budget> for CoreBudget {
    fn from(budget: Budget) -> Self {
        Self {
            metric: MetricName::new(budget.metric),
            labels: budget.labels,
            max: budget.max.map(|max| max.0),
            min: budget.min.map(|min| min.0),
            unit: budget.unit.0,
            when: Vec::new(),
            parts: Vec::new(),
            weight: Weight::default(),
            item: budget.item.map(RuleId::new),
            why: budget.why,
        }
    }
}

impl From<&CoreOutcome> for BudgetOutcome {
    fn from(outcome: &CoreOutcome) -> Self {
        let CoreOutcome {
            budget,
            verdict,
            series,
            most,
            rank,
        } = outcome;
        let (word, worst, reason) = match verdict {
            BudgetVerdict::Pass(worst) => (BudgetWord::Pass, Some(Number(*worst)), String::new()),
            BudgetVerdict::Fail(worst) => (BudgetWord::Fail, Some(Number(*worst)), String::new()),
            BudgetVerdict::NoData(why) => (BudgetWord::NoData, None, why.clone()),
        };
        Self {
            budget: budget.into(),
            verdict: word,
            worst,
            reason,
            series: series.clone(),
            most: most.iter().map(Part::from).collect(),
            rank: rank.as_ref().map(Inputs::from),
        }
    }
}

impl From<BudgetOutcome> for CoreOutcome {
    fn from(outcome: BudgetOutcome) -> Self {
        let verdict = match (outcome.verdict, outcome.worst) {
            (BudgetWord::Pass, Some(worst)) => BudgetVerdict::Pass(worst.0),
            (BudgetWord::Fail, Some(worst)) => BudgetVerdict::Fail(worst.0),
            (BudgetWord::NoData, _) => BudgetVerdict::NoData(outcome.reason),
            // Missing data is never a pass, in a damaged record neither.
            (_, None) => BudgetVerdict::NoData("the record does not hold the value".to_owned()),
        };
        Self {
            budget: outcome.budget.into(),
            verdict,
            series: outcome.series,
            most: outcome.most.into_iter().map(CorePart::from).collect(),
            rank: outcome.rank.map(CoreInputs::from),
        }
    }
}
