//! Metrics, budgets, steps and the comparison, as templates see them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use perfctl_core::budget::BudgetVerdict;
use perfctl_core::metric::Metric as Series;
use perfctl_core::run::{self, RunRecord};
use serde::Serialize;

use super::{Pair, pairs};
use crate::change::{self, Change};
use crate::said_once::SaidOnce;
use crate::{gate, metric_title, moment, overview, short};

#[derive(Serialize)]
pub(super) struct Budget<'a> {
    metric: &'a str,
    series: String,
    labels: Vec<Pair<'a>>,
    unit: &'static str,
    verdict: &'static str,
    value: Option<f64>,
    value_shown: String,
    spread: String,
    limit: String,
    max: Option<f64>,
    min: Option<f64>,
    /// The value divided by the limit; above 1 is over a maximum.
    share: Option<f64>,
    reason: &'a str,
    reason_shown: Cow<'a, str>,
    title: String,
    why: &'a str,
    item: Option<&'a str>,
}

pub(super) fn budgets<'a>(record: &'a RunRecord, said: &SaidOnce<'_>) -> Vec<Budget<'a>> {
    record
        .budgets
        .iter()
        .map(|outcome| {
            let budget = &outcome.budget;
            let (verdict, value, reason) = match &outcome.verdict {
                BudgetVerdict::Pass(value) => ("pass", Some(*value), ""),
                BudgetVerdict::Fail(value) => ("fail", Some(*value), ""),
                BudgetVerdict::NoData(why) => ("no-data", None, why.as_str()),
            };
            let (limit, number) = overview::limit(outcome);
            Budget {
                metric: budget.metric.as_str(),
                series: overview::series_name(budget.metric.as_str(), &outcome.series),
                labels: pairs(&outcome.series),
                unit: budget.unit.word(),
                verdict,
                value,
                value_shown: value
                    .map_or_else(|| "no data".to_owned(), |value| budget.unit.show(value)),
                spread: overview::spread(record, outcome),
                limit,
                max: budget.max,
                min: budget.min,
                share: value
                    .zip(number)
                    .filter(|(_, limit)| *limit > 0.0)
                    .map(|(value, limit)| value / limit),
                reason,
                reason_shown: said.budget(reason),
                title: metric_title::of(budget.metric.as_str()),
                why: &budget.why,
                item: budget.item.as_ref().map(|item| item.as_str()),
            }
        })
        .collect()
}

/// All series of one name and unit, the largest median first.
#[derive(Serialize)]
pub(super) struct Metric<'a> {
    name: &'a str,
    /// What it counts; empty for a metric that the host does not know.
    title: String,
    unit: &'static str,
    steps: Vec<&'a str>,
    /// Whether it has one series only, which is a row and no table.
    single: bool,
    /// Whether bars say anything: the series are parts of what one step measured, and not all are zero.
    bars: bool,
    /// Labels that tell the series apart.
    columns: Vec<&'a str>,
    /// Labels that all series share.
    common: Vec<Pair<'a>>,
    series: Vec<OneSeries<'a>>,
}

#[derive(Serialize)]
struct OneSeries<'a> {
    /// Values of the metric's columns.
    cells: Vec<&'a str>,
    labels: Vec<Pair<'a>>,
    step: &'a str,
    median: f64,
    shown: String,
    min_shown: String,
    max_shown: String,
    n: usize,
    /// The median divided by the largest median of the metric.
    share: f64,
}

pub(super) fn metrics(record: &RunRecord) -> Vec<Metric<'_>> {
    let mut by_name: BTreeMap<(&str, &str), Vec<&Series>> = BTreeMap::new();
    for metric in &record.metrics {
        by_name
            .entry((metric.name.as_str(), metric.unit.word()))
            .or_default()
            .push(metric);
    }
    by_name
        .into_iter()
        .map(|((name, unit), mut all)| {
            all.sort_by(|a, b| {
                b.median()
                    .unwrap_or(0.0)
                    .total_cmp(&a.median().unwrap_or(0.0))
            });
            let most = all
                .iter()
                .filter_map(|metric| metric.median())
                .fold(0.0, f64::max);
            let mut steps: Vec<&str> = all.iter().map(|metric| metric.step.as_str()).collect();
            steps.sort_unstable();
            steps.dedup();
            let (columns, common) = split_labels(&all);
            Metric {
                name,
                title: metric_title::of(name),
                unit,
                single: all.len() == 1,
                bars: steps.len() == 1 && most > 0.0,
                steps,
                series: all
                    .into_iter()
                    .map(|metric| one_series(metric, &columns, most))
                    .collect(),
                columns,
                common,
            }
        })
        .collect()
}

/// The labels that tell the series apart, and those that all share.
fn split_labels<'a>(all: &[&'a Series]) -> (Vec<&'a str>, Vec<Pair<'a>>) {
    let names: std::collections::BTreeSet<&'a str> = all
        .iter()
        .flat_map(|metric| metric.labels.keys().map(String::as_str))
        .collect();
    let (mut columns, mut common) = (Vec::new(), Vec::new());
    for name in names {
        let mut values = all.iter().map(|metric| metric.labels.get(name));
        let first = values.next().flatten();
        match first {
            Some(value) if all.len() > 1 && values.all(|other| other == first) => {
                common.push(Pair { name, value })
            }
            _ => columns.push(name),
        }
    }
    (columns, common)
}

fn one_series<'a>(metric: &'a Series, columns: &[&str], most: f64) -> OneSeries<'a> {
    let median = metric.median().unwrap_or(0.0);
    let extreme = |pick: fn(f64, f64) -> f64| {
        metric.unit.show(
            metric
                .samples
                .iter()
                .copied()
                .reduce(pick)
                .unwrap_or(median),
        )
    };
    OneSeries {
        cells: columns
            .iter()
            .map(|name| metric.labels.get(*name).map_or("", String::as_str))
            .collect(),
        labels: pairs(&metric.labels),
        step: metric.step.as_str(),
        median,
        shown: metric.unit.show(median),
        min_shown: extreme(f64::min),
        max_shown: extreme(f64::max),
        n: metric.samples.len(),
        share: if most > 0.0 { median / most } else { 0.0 },
    }
}

#[derive(Serialize)]
pub(super) struct Step<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'a str,
    status: &'static str,
    reason: &'a str,
    reason_shown: Cow<'a, str>,
    duration: String,
    duration_s: f64,
    attempts: u32,
    command: String,
    exit_code: Option<i32>,
    sandbox: &'a str,
    artifacts: Vec<Artifact<'a>>,
    notes: &'a [String],
    /// Of a failed command, where they are more than its reason holds.
    last_lines: String,
}

#[derive(Serialize)]
struct Artifact<'a> {
    path: &'a str,
    /// The path as a relative URI, for links.
    href: String,
    size: u64,
    sha256: &'a str,
    what: &'a str,
}

pub(super) fn steps<'a>(record: &'a RunRecord, said: &SaidOnce<'_>) -> Vec<Step<'a>> {
    record
        .steps
        .iter()
        .map(|step| Step {
            id: step.id.as_str(),
            title: &step.title,
            kind: &step.kind,
            status: step.status.word(),
            reason: step.status.reason(),
            reason_shown: said.step(step.id.as_str(), step.status.reason()),
            duration: if step.duration.is_zero() {
                String::new()
            } else {
                moment::duration(step.duration)
            },
            duration_s: step.duration.as_secs_f64(),
            attempts: step.attempts,
            command: shell_words(&step.argv),
            exit_code: step.exit_code,
            sandbox: &step.sandbox,
            artifacts: step
                .artifacts
                .iter()
                .map(|artifact| Artifact {
                    path: &artifact.path,
                    href: format!("./{}", crate::escape::uri_path(&artifact.path)),
                    size: artifact.size,
                    sha256: &artifact.sha256,
                    what: &artifact.what,
                })
                .collect(),
            notes: &step.notes,
            last_lines: match step.last_lines.as_slice() {
                [_] => String::new(),
                lines => lines.join("\n"),
            },
        })
        .collect()
}

/// Arguments as a line that a shell would read back the same, for showing only. A script of many lines is only counted: the
/// record and the recipe hold it.
fn shell_words(argv: &[String]) -> String {
    let words: Vec<String> = argv
        .iter()
        .map(|word| {
            let lines = word.trim().lines().count();
            if lines > 3 {
                format!("'... {lines} lines, see run.json ...'")
            } else {
                crate::shell::word(word)
            }
        })
        .collect();
    words.join(" ")
}

#[derive(Serialize)]
pub(super) struct Comparison<'a> {
    baseline: Option<&'a str>,
    /// When that run began, for people.
    baseline_started: Option<String>,
    commit: Option<&'a str>,
    short_commit: Option<&'a str>,
    reference: Option<&'a str>,
    files: &'a [String],
    uncommitted: &'a [String],
    uncommitted_shown: String,
    gate: Gate,
    new: Vec<NewFinding<'a>>,
    fixed: Vec<Fixed<'a>>,
    left_out: Vec<Fixed<'a>>,
    unchanged: usize,
    silenced: usize,
    suspected: usize,
    again: usize,
    covered: usize,
    unseen: usize,
    /// What the last of them count, as phrases; none for nothing.
    others: Vec<String>,
    metrics: Vec<Change>,
    families: Vec<Family>,
    /// Of all items, also of those that only one run asked for.
    verdicts: Vec<VerdictChange<'a>>,
    /// Those of items that both asked for.
    changed: Vec<VerdictChange<'a>>,
    /// Items that only this run asked for, and those that only the earlier one did: of another recipe, or another version's.
    added: Vec<&'a str>,
    gone: Vec<&'a str>,
}

/// What of a change blocks it; empty texts where nobody said what does.
#[derive(Serialize)]
struct Gate {
    blocking: usize,
    word: String,
    says: String,
    next: String,
}

impl Gate {
    fn of(record: &RunRecord, comparison: &run::Comparison) -> Self {
        let gate::Gate {
            blocking,
            word,
            says,
            next,
        } = gate::gate(record, comparison);
        Self {
            blocking,
            word,
            says,
            next,
        }
    }
}

/// Figures of one kind.
#[derive(Serialize)]
struct Family {
    title: &'static str,
    metrics: Vec<Change>,
}

/// The figures by kind, in the order in which kinds first appear.
fn families(metrics: &[Change]) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for change in metrics {
        match families.iter_mut().find(|one| one.title == change.family) {
            Some(family) => family.metrics.push(change.clone()),
            None => families.push(Family {
                title: change.family,
                metrics: vec![change.clone()],
            }),
        }
    }
    families
}

#[derive(Serialize)]
struct NewFinding<'a> {
    rule: &'a str,
    path: &'a str,
    line: u32,
    message: &'a str,
    severity: &'static str,
}

#[derive(Serialize)]
struct Fixed<'a> {
    rule: &'a str,
    path: &'a str,
    line: Option<u32>,
    message: &'a str,
}

#[derive(Serialize)]
struct VerdictChange<'a> {
    item: &'a str,
    before: Option<&'static str>,
    after: Option<&'static str>,
}

impl<'a> VerdictChange<'a> {
    fn of(changed: &'a run::VerdictChange) -> Self {
        Self {
            item: changed.item.as_str(),
            before: changed.before.as_ref().map(|verdict| verdict.word()),
            after: changed.after.as_ref().map(|verdict| verdict.word()),
        }
    }
}

/// Items of which one run says nothing.
fn one_sided(
    comparison: &run::Comparison,
    lacks: impl Fn(&run::VerdictChange) -> bool,
) -> Vec<&str> {
    let changed = comparison.verdicts.iter().filter(|changed| lacks(changed));
    changed.map(|changed| changed.item.as_str()).collect()
}

pub(super) fn comparison<'a>(
    record: &'a RunRecord,
    comparison: &'a run::Comparison,
) -> Comparison<'a> {
    let metrics: Vec<Change> = comparison
        .metrics
        .iter()
        .map(|metric| Change::of(metric, change::goal(record, metric)))
        .collect();
    let gone = |fixed: &'a run::Fixed| Fixed {
        rule: &fixed.rule,
        path: &fixed.path,
        line: fixed.line,
        message: &fixed.message,
    };
    Comparison {
        families: families(&metrics),
        files: &comparison.files,
        short_commit: comparison.commit.as_deref().map(short::commit),
        reference: comparison.reference.as_deref(),
        uncommitted: &comparison.uncommitted,
        uncommitted_shown: gate::uncommitted(comparison),
        gate: Gate::of(record, comparison),
        baseline: comparison.baseline.as_ref().map(|id| id.as_str()),
        baseline_started: (comparison.baseline.as_ref()).and_then(|id| moment::of_run(id.as_str())),
        commit: comparison.commit.as_deref(),
        new: change::new_findings(record, comparison)
            .map(|finding| NewFinding {
                rule: finding.rule.as_str(),
                path: &finding.place.path,
                line: finding.place.start.line,
                message: &finding.message,
                severity: finding.severity.word(),
            })
            .collect(),
        fixed: comparison.fixed.iter().map(gone).collect(),
        left_out: comparison.left_out.iter().map(gone).collect(),
        unchanged: comparison.unchanged,
        silenced: comparison.silenced,
        suspected: comparison.suspected,
        again: comparison.again,
        others: change::others(comparison),
        covered: comparison.covered,
        unseen: comparison.unseen,
        metrics,
        added: one_sided(comparison, |changed| changed.before.is_none()),
        gone: one_sided(comparison, |changed| changed.after.is_none()),
        verdicts: comparison.verdicts.iter().map(VerdictChange::of).collect(),
        changed: (comparison.verdicts.iter())
            .filter(|changed| changed.before.is_some() && changed.after.is_some())
            .map(VerdictChange::of)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_of_all_items_and_what_changed_of_those_that_both_runs_asked_for() {
        use perfctl_core::ids::RuleId;
        use perfctl_core::verdict::Verdict;

        let change = |item: &str, before, after| run::VerdictChange {
            item: RuleId::new(item),
            before,
            after,
        };
        let compared = run::Comparison {
            verdicts: vec![
                change("A-1", Some(Verdict::Pass), Some(Verdict::Fail)),
                change("A-2", None, Some(Verdict::Fail)),
                change("A-3", Some(Verdict::Pass), None),
            ],
            ..run::Comparison::default()
        };
        let record = crate::fixture::clean();
        let shown = serde_json::to_value(comparison(&record, &compared)).expect("is JSON");
        let items = |list: &str| -> Vec<String> {
            let list = shown[list].as_array().expect("a list").iter();
            list.map(|one| one["item"].as_str().unwrap_or_default().to_owned())
                .collect()
        };
        assert_eq!(items("verdicts"), ["A-1", "A-2", "A-3"]);
        assert_eq!(items("changed"), ["A-1"]);
        assert_eq!(shown["verdicts"][1]["before"], serde_json::Value::Null);
    }

    #[test]
    fn bars_compare_parts_of_one_measurement_and_never_nothing() {
        let bars = |steps: [&str; 2], value: f64| {
            let mut record = crate::fixture::clean();
            record.metrics = steps
                .iter()
                .enumerate()
                .map(|(at, step)| Series {
                    name: "matches".into(),
                    unit: perfctl_core::metric::Unit::Count,
                    samples: vec![value],
                    labels: BTreeMap::from([("pattern".to_owned(), at.to_string())]),
                    step: (*step).into(),
                })
                .collect();
            metrics(&record)[0].bars
        };
        assert!(bars(["imports", "imports"], 3.0));
        assert!(!bars(["reads", "clients"], 3.0));
        assert!(!bars(["imports", "imports"], 0.0));
    }

    #[test]
    fn commands_are_quoted_where_a_shell_would_split_them() {
        let argv = ["rg", "it's | odd", "", "a=b"].map(str::to_owned);
        assert_eq!(shell_words(&argv), r"rg 'it'\''s | odd' '' a=b");
        let script = ["python", "-c", "a\nb\nc\nd\n"].map(str::to_owned);
        assert_eq!(
            shell_words(&script),
            "python -c '... 4 lines, see run.json ...'"
        );
    }
}
