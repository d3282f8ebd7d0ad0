//! A limit on a metric, and what came of holding a metric against it.

use std::collections::BTreeMap;

use crate::ids::{MetricName, RuleId};
use crate::metric::Unit;
use crate::rank::Inputs;
use crate::scale::{Effort, Reach, Severity};

/// A limit that a recipe sets on a metric. The limit itself is within the budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// The metric it limits.
    pub metric: MetricName,
    /// Only series that carry all of these labels.
    pub labels: BTreeMap<String, String>,
    /// Largest value allowed.
    pub max: Option<f64>,
    /// Smallest value allowed.
    pub min: Option<f64>,
    /// Unit of the limits; a metric in another unit is a [`BudgetVerdict::NoData`].
    pub unit: Unit,
    /// Facts that must all hold, as in a step's `when`; where one does not, nothing is held against it.
    pub when: Vec<String>,
    /// The checklist item that it decides, if it decides one.
    pub item: Option<RuleId>,
    /// Metrics of the same step that this one is made of; the largest series of each is named where the limit is broken.
    pub parts: Vec<MetricName>,
    /// What it weighs where it is broken, as far as its item's rule does not say it.
    pub weight: Weight,
    /// Why this number, with its source.
    pub why: String,
}

/// What a broken budget weighs among the things to do first; what is absent is the rule's, else in the middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// What breaking it costs.
    pub severity: Option<Severity>,
    /// How often what it limits runs.
    pub reach: Option<Reach>,
    /// Work of coming back within it.
    pub effort: Option<Effort>,
}

/// Outcome of one budget. Missing data is never a pass.
#[derive(Clone, Debug, PartialEq)]
pub enum BudgetVerdict {
    /// Every series stayed within the limit; the worst median.
    Pass(f64),
    /// At least one series broke it; the worst median.
    Fail(f64),
    /// Nothing to judge, and why.
    NoData(String),
}

/// A budget with its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetOutcome {
    /// The limit.
    pub budget: Budget,
    /// What came of it.
    pub verdict: BudgetVerdict,
    /// Labels of the series that decided it.
    pub series: BTreeMap<String, String>,
    /// Where it is broken: the largest series of each of its parts.
    pub most: Vec<Part>,
    /// What it ranks by among the things to do first; `None` unless it is broken and no finding of its item says so.
    pub rank: Option<Inputs>,
}

/// A series that a broken budget's metric is largely made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it measures.
    pub metric: MetricName,
    /// What tells it from other series of the metric.
    pub labels: BTreeMap<String, String>,
    /// Its median, in the budget's unit.
    pub value: f64,
}
