//! One `[[budget]]`: limits written with units, turned into base units.

use perfctl_core::budget::{Budget, Weight};
use perfctl_core::metric::Unit;
use perfctl_core::scale::{Effort, Reach, Severity};

use super::vocabulary::Vocabulary;
use crate::names;
use crate::quantity::Quantity;
use crate::record::Worded;
use crate::table::{Refusal, Table, Value};

/// A limit: a number (a plain count) or text with a unit.
pub fn limit(value: &Value<'_>) -> Option<Quantity> {
    if value.as_text().is_some() {
        return value.parsed(Quantity::parse);
    }
    Some(Quantity {
        value: value.number()?,
        unit: Unit::Count,
    })
}

/// Reads one budget, with where its metric was written.
pub(super) fn read<'d>(
    table: &Table<'d>,
    vocabulary: &Vocabulary,
) -> Option<(Budget, Vec<Value<'d>>)> {
    let metric_at = table.need("metric", "\"import.total\"");
    let metric = metric_at
        .as_ref()
        .and_then(|value| value.parsed(names::metric_name));
    if let Some(metric) = &metric {
        table.call(format!("budget of `{metric}`"));
    }
    let labels = table.scalars("labels");
    let (max_at, min_at) = (table.value("max"), table.value("min"));
    let item = table
        .value("item")
        .and_then(|value| value.parsed(names::rule_id));
    let facts = table.texts("when");
    for fact in &facts {
        let name = fact.text().unwrap_or("");
        fact.accept(vocabulary.check_fact(name.strip_prefix('!').unwrap_or(name)));
    }
    let parts = table.texts("parts").into_iter();
    let parts = parts.filter_map(|part| Some((part.parsed(names::metric_name)?, part)));
    let (parts, parts_at): (Vec<_>, Vec<_>) = parts.unzip();
    let weight = Weight {
        severity: table
            .value("severity")
            .and_then(|value| value.word(&Severity::words())),
        reach: table
            .value("reach")
            .and_then(|value| value.word(&Reach::words())),
        effort: table
            .value("effort")
            .and_then(|value| value.word(&Effort::words())),
    };
    let why = table.filled("why", "\"why this number, with its source\"");
    let plain = table.value("unit").and_then(|value| value.word(&words()));
    if max_at.is_none() && min_at.is_none() {
        let fault = table.fault("a budget needs a limit");
        table.report(fault.with_hint("add `max = \"2 s\"` or `min = 3`, or both"));
        return None;
    }
    let read = |at: &Option<Value<'_>>| match at {
        Some(value) => limit(value).map(Some),
        None => Some(None),
    };
    let (max, min) = (read(&max_at), read(&min_at));
    let (max, min) = (max?, min?);
    let written = max.or(min)?.unit;
    if let (Some(max), Some(min), Some(at)) = (max, min, &min_at) {
        if max.unit != min.unit {
            at.refuse(
                Refusal::new(format!(
                    "`min` is in {}, but `max` in {}",
                    min.unit, max.unit
                ))
                .hint("write both in the same unit"),
            );
        } else if min.value > max.value {
            at.refuse(Refusal::new(
                "`min` is larger than `max`, so nothing can pass",
            ));
        }
    }
    let unit = match (plain, table.value("unit")) {
        // `unit` says what a plain number counts; it never contradicts a written unit.
        (Some(unit), Some(at)) if written != Unit::Count && unit != written => {
            at.refuse(
                Refusal::new(format!("the limits are in {written} already")).hint("remove `unit`"),
            );
            unit
        }
        (Some(unit), _) => unit,
        (None, _) => written,
    };
    let budget = Budget {
        metric: metric?,
        labels: labels
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.scalar()?)))
            .collect(),
        max: max.map(|max| max.value),
        min: min.map(|min| min.value),
        unit,
        when: facts
            .iter()
            .filter_map(|fact| fact.text())
            .map(str::to_owned)
            .collect(),
        item,
        parts,
        weight,
        why: why?.to_owned(),
    };
    let metrics = std::iter::once(metric_at?).chain(parts_at);
    Some((budget, metrics.collect()))
}

fn words() -> Vec<(&'static str, Unit)> {
    Unit::ALL.iter().map(|unit| (unit.word(), *unit)).collect()
}
