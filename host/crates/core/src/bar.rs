//! What of a record, beside its findings, keeps it from passing: budgets that are broken, and what failed. One place, so that the exit code
//! and what reports say of it agree.

use crate::budget::{BudgetOutcome, BudgetVerdict};
use crate::run::RunRecord;
use crate::scale::Severity;
use crate::verdict::{Item, Verdict};

/// How many broken budgets of `record` are over the bar `lowest`: those of items that are at least as severe, and those of no item. An item
/// that fails without a finding does so by what it measured, and is one, too.
pub fn broken_budgets(record: &RunRecord, lowest: Severity) -> usize {
    let fails = |outcome: &&BudgetOutcome| matches!(outcome.verdict, BudgetVerdict::Fail(_));
    let of = |item: &Item| {
        let is_its = |outcome: &&BudgetOutcome| outcome.budget.item.as_ref() == Some(&item.id);
        record.budgets.iter().filter(is_its).filter(fails).count()
    };
    let items = record.items.iter().filter(|item| {
        item.verdict == Verdict::Fail
            && severity(record, item).is_none_or(|severity| severity >= lowest)
    });
    let of_items: usize = items
        .map(|item| of(item).max(usize::from(item.findings == 0)))
        .sum();
    let loose = record.budgets.iter().filter(fails);
    of_items
        + loose
            .filter(|outcome| outcome.budget.item.is_none())
            .count()
}

/// How many steps of `record` failed.
pub fn failed_steps(record: &RunRecord) -> usize {
    let steps = record.steps.iter();
    steps.filter(|step| step.status.is_failure()).count()
}

/// How many items of `record` could not be judged, or not to their end.
pub fn broken_items(record: &RunRecord) -> usize {
    let items = record.items.iter();
    items.filter(|item| broke(record, item)).count()
}

/// Whether an item's rule broke, be it after it had found something.
fn broke(record: &RunRecord, item: &Item) -> bool {
    match item.verdict {
        Verdict::Error(_) => true,
        // The tool's own items are also unheard where not every suppression was judged.
        Verdict::Fail => {
            !item.id.as_str().starts_with("PERFCTL-") && record.unheard.contains(&item.id)
        }
        _ => false,
    }
}

/// The severity of an item's rule; a measured item has none, so its broken budget is over every bar.
fn severity(record: &RunRecord, item: &Item) -> Option<Severity> {
    let rules = record.rules.iter();
    let mut own = rules.filter(|rule| rule.id == item.id);
    own.next().map(|rule| rule.severity)
}
