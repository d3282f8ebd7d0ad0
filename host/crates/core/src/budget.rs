//! A limit on a metric, and what came of holding a metric against it.

use std::collections::BTreeMap;

use crate::ids::{MetricName, RuleId};
use crate::metric::Unit;

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
    /// Why this number, with its source.
    pub why: String,
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
}
