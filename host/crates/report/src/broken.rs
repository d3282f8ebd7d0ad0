//! Broken budgets in words: what was measured, what is allowed, and what most of it is. Must not know any format.

use perfctl_core::budget::{BudgetOutcome, BudgetVerdict, Part};
use perfctl_core::ids::RuleId;
use perfctl_core::run::RunRecord;

use crate::{neutral, overview, select};

/// Longest label of a part, in characters: the command of a layer may fill a page.
const LONGEST: usize = 60;

/// The broken budgets that decide item `id`.
pub(crate) fn of_item<'a>(record: &'a RunRecord, id: &RuleId) -> Vec<&'a BudgetOutcome> {
    let rule = select::rule_of(record, id);
    let is_named = |item: &RuleId| item == id || rule.is_some_and(|it| it.aliases.contains(item));
    record
        .budgets
        .iter()
        .filter(|outcome| matches!(outcome.verdict, BudgetVerdict::Fail(_)))
        .filter(|outcome| outcome.budget.item.as_ref().is_some_and(is_named))
        .collect()
}

/// Why item `id` fails where measurements say so: its broken budgets, each as a phrase; empty where none is broken.
pub(crate) fn reason(record: &RunRecord, id: &RuleId) -> String {
    let told: Vec<String> = of_item(record, id).into_iter().map(told).collect();
    told.join("; ")
}

/// `import.total` is 2.51 s, allowed is at most 2.00 s: most of it in module `app.heavy` (2.31 s).
pub(crate) fn told(outcome: &BudgetOutcome) -> String {
    let most = most(outcome).map_or(String::new(), |most| format!(": {most}"));
    let series = overview::series_name(outcome.budget.metric.as_str(), &outcome.series);
    let limit = overview::limit(outcome).0;
    format!("`{series}` is {}, allowed is {limit}{most}", value(outcome))
}

/// What is to be reached: bring `import.total` from 2.51 s to at most 2.00 s.
pub(crate) fn goal(outcome: &BudgetOutcome) -> String {
    let metric = neutral::line(outcome.budget.metric.as_str());
    let limit = overview::limit(outcome).0;
    format!("bring `{metric}` from {} to {limit}", value(outcome))
}

/// The largest series that it is made of: most of it in module `app.heavy` (2.31 s), package `app` (2.40 s).
pub(crate) fn most(outcome: &BudgetOutcome) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    for part in &outcome.most {
        let name = part.labels.values().next().map_or("", String::as_str);
        // A package of one module is told once.
        if names.contains(&name) {
            continue;
        }
        names.push(name);
        let value = outcome.budget.unit.show(part.value);
        parts.push(format!("{} ({value})", labels(part)));
    }
    (!parts.is_empty()).then(|| format!("most of it in {}", parts.join(" and ")))
}

fn labels(part: &Part) -> String {
    let label = |(name, value): (&String, &String)| {
        let mut short: String = value.chars().take(LONGEST).collect();
        if short.len() < value.len() {
            short.push_str("...");
        }
        let name = neutral::line(name).replace('_', " ");
        format!("{name} `{}`", neutral::sentence(&short))
    };
    let labels: Vec<String> = part.labels.iter().map(label).collect();
    match labels.is_empty() {
        true => format!("`{}`", neutral::line(part.metric.as_str())),
        false => labels.join(", "),
    }
}

fn value(outcome: &BudgetOutcome) -> String {
    match outcome.verdict {
        BudgetVerdict::Pass(value) | BudgetVerdict::Fail(value) => outcome.budget.unit.show(value),
        BudgetVerdict::NoData(_) => "no data".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_broken_budget_says_how_far_and_where_and_names_no_place_twice() {
        let record = fixture::slow();
        let reason = reason(&record, &"START-901".into());
        assert_eq!(
            reason,
            "`import.total{module=app.main}` is 2.51 s, allowed is at most 2.00 s: most of it in module `app.heavy` (2.31 s) and package `app` (2.40 s)"
        );
        let mut one = record.budgets[0].clone();
        one.most[1].labels = one.most[0].labels.clone();
        assert_eq!(
            most(&one).as_deref(),
            Some("most of it in module `app.heavy` (2.31 s)")
        );
        one.most.clear();
        assert_eq!(most(&one), None);
    }
}
