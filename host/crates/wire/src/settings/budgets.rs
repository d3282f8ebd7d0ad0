//! Lowering a recipe's budgets as settings ask. Settings never raise one: what a recipe promises, its audit keeps.

use std::collections::BTreeMap;

use perfctl_core::ids::MetricName;
use perfctl_core::recipe::Recipe;

use super::origin::Sourced;
use crate::quantity::Quantity;
use crate::table::nearest;

/// A sentence for each limit on a metric that is none of `known`: it lowers nothing. No fault, since an organisation's settings may
/// be meant for other versions too.
pub fn unknown_metrics<'k>(
    limits: &BTreeMap<MetricName, Sourced<Quantity>>,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Vec<String> {
    let unknown = |metric: &&MetricName| !known.clone().any(|name| name == metric.as_str());
    let said = limits.keys().filter(unknown).map(|metric| {
        let near = nearest(metric.as_str(), known.clone());
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        format!(
            "{} limits `{metric}`, but nothing measures a metric of that name{near}",
            limits[metric].origin
        )
    });
    said.collect()
}

/// Lowers the `max` of every budget of the recipe that `limits` name; yields a sentence for each limit that could not
/// be applied. Metrics without a budget in this recipe are passed over: settings serve many recipes.
pub fn lower(recipe: &mut Recipe, limits: &BTreeMap<MetricName, Sourced<Quantity>>) -> Vec<String> {
    let mut notes = Vec::new();
    for budget in &mut recipe.budgets {
        let Some(Sourced {
            value: limit,
            origin,
        }) = limits.get(&budget.metric)
        else {
            continue;
        };
        let asked = limit.unit.show(limit.value);
        let place = format!("{origin} limits `{}` to {asked}", budget.metric);
        if limit.unit != budget.unit {
            notes.push(format!(
                "{place}, which is ignored: the recipe counts it in {}",
                budget.unit
            ));
        } else if budget.max.is_some_and(|max| limit.value > max) {
            let max = budget.unit.show(budget.max.unwrap_or_default());
            notes.push(format!("{place}, which is ignored: the recipe allows {max} only, and settings never raise it"));
        } else if budget.min.is_some_and(|min| limit.value < min) {
            let min = budget.unit.show(budget.min.unwrap_or_default());
            notes.push(format!(
                "{place}, which is ignored: the recipe asks for at least {min}"
            ));
        } else if budget.max != Some(limit.value) {
            budget.max = Some(limit.value);
            budget.why = format!("{} (lowered to {asked} by {origin})", budget.why);
        }
    }
    notes
}
