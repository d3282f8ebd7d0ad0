//! Metrics held against limits. Missing data is never a pass, and neither is a partial measurement. Limits that settings
//! lower are lowered in the recipe, before it gets here.

use std::collections::BTreeMap;

use perfctl_core::budget::{Budget, BudgetOutcome, BudgetVerdict, Part};
use perfctl_core::ids::{MetricName, StepId};
use perfctl_core::metric::Metric;
use perfctl_core::recipe::{Recipe, StepKind};
use perfctl_core::run::{StepRecord, StepStatus};

/// Holds every budget of `recipe` against the metrics of steps that ended well.
pub(super) fn judge(
    recipe: &Recipe,
    metrics: &[Metric],
    steps: &[StepRecord],
) -> Vec<BudgetOutcome> {
    recipe
        .budgets
        .iter()
        .map(|budget| {
            let verdict = judge_one(budget, metrics, steps);
            verdict.unwrap_or_else(|| {
                // Only why there is no data is a matter of the steps that measure the item.
                let silent = |step: &StepRecord| made_nothing(step, recipe, metrics);
                let why = nothing_measured(budget, &concerned(budget, recipe, steps), silent);
                no_data(budget, why)
            })
        })
        .collect()
}

/// The steps that explain a budget without data: those that measure its item, if the recipe names any, else all.
fn concerned<'s>(budget: &Budget, recipe: &Recipe, steps: &'s [StepRecord]) -> Vec<&'s StepRecord> {
    let measuring: Vec<&StepId> = recipe
        .steps
        .iter()
        .filter(|step| {
            let item = budget.item.as_ref();
            item.is_some_and(|item| step.items.contains(item))
        })
        .map(|step| &step.id)
        .collect();
    steps
        .iter()
        .filter(|step| measuring.is_empty() || measuring.contains(&&step.id))
        .collect()
}

/// Whether a step ended well and its collector made no metric at all.
fn made_nothing(step: &StepRecord, recipe: &Recipe, metrics: &[Metric]) -> bool {
    let planned = recipe.steps.iter().find(|planned| planned.id == step.id);
    let collects = planned.is_some_and(|planned| match &planned.kind {
        StepKind::Command(command) => command.collector.is_some(),
        StepKind::Probe { .. } => true,
        _ => false,
    });
    collects && step.status == StepStatus::Ok && metrics.iter().all(|metric| metric.step != step.id)
}

/// How far the worst series is from the limit: 1 is at it, 2 is twice as bad. `None` without a measurement or where the
/// limit is zero.
pub(super) fn ratio(outcome: &BudgetOutcome) -> Option<f64> {
    let (BudgetVerdict::Pass(value) | BudgetVerdict::Fail(value)) = outcome.verdict else {
        return None;
    };
    let over = outcome.budget.max.map(|max| value / max);
    let under = outcome.budget.min.map(|min| min / value);
    [over, under]
        .into_iter()
        .flatten()
        .filter(|ratio| ratio.is_finite())
        .reduce(f64::max)
}

fn no_data(budget: &Budget, why: String) -> BudgetOutcome {
    BudgetOutcome {
        budget: budget.clone(),
        verdict: BudgetVerdict::NoData(why),
        series: BTreeMap::new(),
        most: Vec::new(),
        rank: None,
    }
}

/// `None` when no step measured the budget's metric.
fn judge_one(budget: &Budget, metrics: &[Metric], steps: &[StepRecord]) -> Option<BudgetOutcome> {
    let nothing = |why: String| Some(no_data(budget, why));
    if budget.max.is_none() && budget.min.is_none() {
        return nothing("the budget sets no limit".to_owned());
    }
    let ours: Vec<&Metric> = metrics
        .iter()
        .filter(|metric| {
            metric.name == budget.metric
                && budget
                    .labels
                    .iter()
                    .all(|(name, label)| metric.labels.get(name) == Some(label))
        })
        .collect();
    if ours.is_empty() {
        return None;
    }
    if let Some(other) = ours.iter().find(|metric| metric.unit != budget.unit) {
        return nothing(format!(
            "`{}` is measured in {}, the budget is in {}",
            budget.metric, other.unit, budget.unit
        ));
    }
    let whole = |metric: &&&Metric| {
        steps
            .iter()
            .any(|step| step.id == metric.step && step.status == StepStatus::Ok)
    };
    if let Some(partial) = ours.iter().find(|metric| !whole(metric)) {
        return nothing(partial_only(partial, steps));
    }
    let worst = ours
        .iter()
        .filter_map(|metric| {
            let median = metric.median()?;
            Some((excess(budget, median), median, *metric))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let Some((excess, median, metric)) = worst else {
        return nothing(format!("`{}` has no samples", budget.metric));
    };
    if !median.is_finite() {
        return nothing(format!("a sample of `{}` is no number", budget.metric));
    }
    let is_broken = excess > 0.0;
    Some(BudgetOutcome {
        budget: budget.clone(),
        verdict: if is_broken {
            BudgetVerdict::Fail(median)
        } else {
            BudgetVerdict::Pass(median)
        },
        series: metric.labels.clone(),
        most: match is_broken {
            true => most(budget, metric, metrics),
            false => Vec::new(),
        },
        rank: None,
    })
}

/// The largest series of each metric that a broken one is made of, as the same step measured them.
fn most(budget: &Budget, broken: &Metric, metrics: &[Metric]) -> Vec<Part> {
    let largest = |name: &MetricName| {
        let of_it = |metric: &&Metric| {
            metric.name == *name && metric.step == broken.step && metric.unit == broken.unit
        };
        metrics
            .iter()
            .filter(of_it)
            .filter_map(|metric| Some((metric, metric.median()?)))
            .filter(|(_, value)| value.is_finite())
            // Of equals the first, as the collector put them.
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    };
    let parts = budget.parts.iter().filter_map(largest);
    parts
        .map(|(metric, value)| Part {
            metric: metric.name.clone(),
            labels: metric.labels.clone(),
            value,
        })
        .collect()
}

/// How far a value is beyond the limits, in the metric's unit; zero or less is within. What is no number is infinitely
/// far out, so that it is the one that is looked at.
fn excess(budget: &Budget, value: f64) -> f64 {
    if !value.is_finite() {
        return f64::INFINITY;
    }
    let over = budget.max.map(|max| value - max);
    let under = budget.min.map(|min| min - value);
    [over, under]
        .into_iter()
        .flatten()
        .fold(f64::NEG_INFINITY, f64::max)
}

/// Why a budget has no data, as far as `steps` say; `made_nothing` tells those whose collector had an output and made no metric of it.
fn nothing_measured(
    budget: &Budget,
    steps: &[&StepRecord],
    made_nothing: impl Fn(&StepRecord) -> bool,
) -> String {
    let skipped = |step: &&&StepRecord| matches!(step.status, StepStatus::Skipped(_));
    let missed: Vec<String> = steps
        .iter()
        .filter(|step| step.status != StepStatus::Ok && !skipped(step))
        .map(|step| format!("step `{}`: {}", step.id, reason(&step.status)))
        .collect();
    let what = format!("nothing measured `{}`", budget.metric);
    // Where nothing was to be measured, that is all there is to say.
    if let ([only, ..], true) = (steps, steps.iter().all(|step| skipped(&step))) {
        return reason(&only.status).to_owned();
    }
    if missed.is_empty() {
        let ran: Vec<String> = steps
            .iter()
            .filter(|step| made_nothing(step))
            .map(|step| {
                format!(
                    "step `{}` ended well, and its output held no metric",
                    step.id
                )
            })
            .collect();
        match ran.is_empty() {
            true => what,
            false => format!("{what} ({})", ran.join("; ")),
        }
    } else {
        format!("{what} ({})", missed.join("; "))
    }
}

fn partial_only(metric: &Metric, steps: &[StepRecord]) -> String {
    let status = steps
        .iter()
        .find(|step| step.id == metric.step)
        .map(|step| &step.status);
    let why = status.map_or("it has no record", reason);
    format!(
        "`{}` was measured only in part: step `{}`: {why}",
        metric.name, metric.step
    )
}

/// The reason of a status, or its word where that says all.
pub(super) fn reason(status: &StepStatus) -> &str {
    if status.reason().is_empty() {
        status.word()
    } else {
        status.reason()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;
    use perfctl_core::ids::RuleId;
    use perfctl_core::metric::Unit;
    use perfctl_core::recipe::{Step, StepKind};

    fn budget(max: Option<f64>, min: Option<f64>) -> Budget {
        Budget {
            metric: MetricName::new("import.total"),
            labels: BTreeMap::new(),
            max,
            min,
            unit: Unit::Seconds,
            when: Vec::new(),
            parts: Vec::new(),
            weight: Default::default(),
            item: None,
            why: String::new(),
        }
    }

    fn metric(samples: &[f64], module: &str) -> Metric {
        Metric {
            name: MetricName::new("import.total"),
            unit: Unit::Seconds,
            samples: samples.to_vec(),
            labels: BTreeMap::from([("module".to_owned(), module.to_owned())]),
            step: StepId::new("imports"),
        }
    }

    fn step(status: StepStatus) -> StepRecord {
        StepRecord {
            status,
            ..fakes::step_record("imports")
        }
    }

    fn judged(budget: &Budget, metrics: &[Metric], status: StepStatus) -> BudgetOutcome {
        let mut recipe = fakes::recipe(Vec::new());
        recipe.budgets = vec![budget.clone()];
        judge(&recipe, metrics, &[step(status)]).remove(0)
    }

    fn verdict(budget: &Budget, metrics: &[Metric], status: StepStatus) -> BudgetVerdict {
        judged(budget, metrics, status).verdict
    }

    #[test]
    fn a_metric_counts_whichever_step_measured_it() {
        let item = RuleId::new("PERF-1");
        let mut recipe = fakes::recipe(vec![Step {
            items: vec![item.clone()],
            ..fakes::command_step("other", &["tool"])
        }]);
        recipe.budgets = vec![Budget {
            item: Some(item),
            ..budget(Some(1.0), None)
        }];
        let steps = [fakes::step_record("other"), step(StepStatus::Ok)];
        let outcome = judge(&recipe, &[metric(&[0.5], "a")], &steps).remove(0);
        assert_eq!(outcome.verdict, BudgetVerdict::Pass(0.5));
    }

    #[test]
    fn the_limit_itself_is_within_and_the_worst_series_decides() {
        let metrics = [metric(&[0.5, 9.0, 0.6], "a"), metric(&[1.0], "b")];
        let max = |max| judged(&budget(Some(max), None), &metrics, StepStatus::Ok);
        assert_eq!(max(1.0).verdict, BudgetVerdict::Pass(1.0));
        assert_eq!(max(0.9).verdict, BudgetVerdict::Fail(1.0));
        assert_eq!(max(0.9).series["module"], "b");
        let min = judged(&budget(None, Some(0.7)), &metrics, StepStatus::Ok);
        assert_eq!(
            (min.verdict.clone(), min.series["module"].as_str()),
            (BudgetVerdict::Fail(0.6), "a")
        );
        assert!((ratio(&min).expect("measured") - 0.7 / 0.6).abs() < 1e-9);
        assert_eq!(ratio(&max(0.5)), Some(2.0));
    }

    #[test]
    fn a_broken_limit_names_the_largest_parts_that_the_same_step_measured() {
        let part = |name: &str, module: &str, seconds: f64| Metric {
            name: MetricName::new(name),
            ..metric(&[seconds], module)
        };
        let mut elsewhere = part("import.self", "elsewhere", 9.0);
        elsewhere.step = StepId::new("other");
        let metrics = [
            metric(&[2.5], "app"),
            part("import.self", "app.small", 0.5),
            part("import.self", "app.heavy", 2.0),
            part("import.package", "app", 2.5),
            elsewhere,
        ];
        let mut limit = budget(Some(2.0), None);
        limit.parts = ["import.self", "import.gone", "import.package"]
            .map(MetricName::new)
            .into();
        let most = |limit: &Budget| -> Vec<(String, f64)> {
            let outcome = judged(limit, &metrics, StepStatus::Ok);
            let name = |part: &Part| (part.labels["module"].clone(), part.value);
            outcome.most.iter().map(name).collect()
        };
        assert_eq!(
            most(&limit),
            [("app.heavy".to_owned(), 2.0), ("app".to_owned(), 2.5)]
        );
        limit.max = Some(3.0);
        assert_eq!(most(&limit), []);
    }

    #[test]
    fn labels_choose_the_series() {
        let metrics = [metric(&[0.5], "a"), metric(&[5.0], "b")];
        let mut only_a = budget(Some(1.0), None);
        only_a.labels.insert("module".to_owned(), "a".to_owned());
        assert_eq!(
            verdict(&only_a, &metrics, StepStatus::Ok),
            BudgetVerdict::Pass(0.5)
        );
    }

    #[test]
    fn missing_partial_and_mismatched_data_is_never_a_pass() {
        let fine = [metric(&[0.1], "a")];
        let mut bytes = fine.clone();
        bytes[0].unit = Unit::Bytes;
        let nan = [metric(&[0.1], "a"), metric(&[f64::NAN], "b")];
        let limit = budget(Some(1.0), None);
        let lacking = || StepStatus::NeedsEvidence("redis is not installed".to_owned());
        let cases = [
            (
                verdict(&limit, &[], StepStatus::Ok),
                "nothing measured `import.total`",
            ),
            (verdict(&limit, &[], lacking()), "redis is not installed"),
            (verdict(&limit, &fine, lacking()), "only in part"),
            (verdict(&limit, &fine, StepStatus::TimedOut), "timed-out"),
            (verdict(&limit, &bytes, StepStatus::Ok), "measured in bytes"),
            (verdict(&limit, &nan, StepStatus::Ok), "no number"),
            (
                verdict(&budget(None, None), &fine, StepStatus::Ok),
                "no limit",
            ),
        ];
        for (verdict, expected) in cases {
            match verdict {
                BudgetVerdict::NoData(why) => assert!(why.contains(expected), "{why}"),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_collector_that_made_no_metric_names_its_step() {
        let mut collecting = fakes::command_step("imports", &["python"]);
        if let StepKind::Command(command) = &mut collecting.kind {
            command.collector = Some("importtime".to_owned());
        }
        let why = |planned: &Step, metrics: &[Metric]| {
            let mut recipe = fakes::recipe(vec![planned.clone()]);
            let mut limit = budget(Some(1.0), None);
            limit.metric = MetricName::new("import.other");
            recipe.budgets = vec![limit];
            let outcomes = judge(&recipe, metrics, &[step(StepStatus::Ok)]);
            match &outcomes[0].verdict {
                BudgetVerdict::NoData(why) => why.clone(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            why(&collecting, &[]),
            "nothing measured `import.other` (step `imports` ended well, and its output held no metric)"
        );
        // One that measured something else, or that collects nothing, says nothing of this metric.
        let plain = "nothing measured `import.other`";
        assert_eq!(why(&collecting, &[metric(&[0.1], "a")]), plain);
        assert_eq!(
            why(&fakes::command_step("imports", &["python"]), &[]),
            plain
        );
    }

    #[test]
    fn only_the_steps_that_measure_the_item_explain_a_budget_without_data() {
        let mut imports = fakes::command_step("imports", &["python"]);
        imports.items = vec![RuleId::new("PERF-1")];
        let other = fakes::command_step("image", &["docker"]);
        let mut recipe = fakes::recipe(vec![imports, other]);
        let mut limit = budget(Some(1.0), None);
        limit.item = Some(RuleId::new("PERF-1"));
        recipe.budgets = vec![limit, budget(Some(1.0), None)];
        let why = |imports: StepStatus| -> Vec<String> {
            let image = StepRecord {
                status: StepStatus::NeedsEvidence("no image".to_owned()),
                ..fakes::step_record("image")
            };
            let outcomes = judge(&recipe, &[], &[step(imports), image]);
            outcomes
                .into_iter()
                .map(|outcome| match outcome.verdict {
                    BudgetVerdict::NoData(why) => why,
                    other => panic!("{other:?}"),
                })
                .collect()
        };
        assert_eq!(
            why(StepStatus::Skipped("not for this repository".to_owned())),
            [
                "not for this repository",
                "nothing measured `import.total` (step `image`: no image)"
            ]
        );
        let missed = why(StepStatus::NeedsEvidence("no environment".to_owned()));
        assert_eq!(
            missed[0],
            "nothing measured `import.total` (step `imports`: no environment)"
        );
        assert!(missed[1].contains("no image"), "{}", missed[1]);
    }
}
