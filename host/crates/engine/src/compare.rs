//! Two records side by side: findings by what they are, metrics by series, items by verdict. Pure, and careful with
//! claims: what a run could not see is neither new nor fixed, and a difference that the samples do not show is not seen.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::budget::BudgetVerdict;
use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::ids::RuleId;
use perfctl_core::metric::{Metric, Unit};
use perfctl_core::moves::Moves;
use perfctl_core::repository::Source;
use perfctl_core::run::{
    Comparison, Difference, Fixed, MetricChange, RunRecord, StepStatus, VerdictChange,
};
use perfctl_core::scale::{Confidence, Severity};
use perfctl_core::verdict::Verdict;

mod sight;

use crate::judge::counts;
use crate::pairing::pair;

pub use sight::Sight;

/// Fewest samples on both sides for an interval: with four and four, the interval of [`shift`] holds the true shift in 94
/// of 100 cases (exact, from the distribution of the rank sum); with three it could not reach 95 at all.
const FEWEST: usize = 4;

/// Most samples of a side that enter the pairwise differences, so that a long soak does not take a gigabyte.
const MOST: usize = 1000;

/// What changed from `before` to `after`, each read with the confidence that counted in it; `moves` are the files that lie
/// elsewhere since.
///
/// A finding is new when it counts in `after` and was not in `before`, silenced or not; fixed when it counted in `before` and is
/// not in `after` at all. Which is which `pair` says. What is in both and counts in one of them only is counted by why. What the
/// other run could not see is neither new nor fixed: its rule did not run or broke, the file was refused, or the run was limited to
/// other parts. What its settings keep it from seeing is *left out*, since somebody decided so.
///
/// A baseline decides nothing here: what it covers is there, and would count without it.
pub fn compare(before: &RunRecord, after: &RunRecord, moves: &Moves) -> Comparison {
    let seen = (Sight::of(before), Sight::of(after));
    let mut said = Comparison {
        baseline: Some(before.id.clone()),
        commit: before.source.commit.clone(),
        metrics: metrics(before, after),
        verdicts: verdicts(before, after),
        ..Comparison::default()
    };
    let former = pair(&before.findings, &after.findings, moves);
    let mut later = vec![None; before.findings.len()];
    for (finding, former) in after.findings.iter().zip(&former) {
        if let Some(at) = former {
            later[*at] = Some(finding);
        }
    }
    for (finding, later) in before.findings.iter().zip(later) {
        if quiet(finding, before.least).is_some() {
            continue;
        }
        match later.map(|later| quiet(later, after.least)) {
            Some(None) => said.unchanged += 1,
            Some(Some(Quiet::Silenced)) => said.silenced += 1,
            Some(Some(Quiet::Suspected)) => said.suspected += 1,
            None if covers(&seen.1, finding, &seen.0, |path| moves.now(path)) => {
                said.fixed.push(gone(finding));
            }
            None => {
                let path = &*finding.place.path;
                let now = moves.now(path).unwrap_or(path);
                match seen.1.is_left_out(&finding.rule, now) {
                    true => said.left_out.push(gone(finding)),
                    false => said.unseen += 1,
                }
            }
        }
    }
    for (finding, former) in after.findings.iter().zip(former) {
        if quiet(finding, after.least).is_some() {
            continue;
        }
        match former.map(|at| quiet(&before.findings[at], before.least)) {
            Some(None) => {}
            // The baseline covers it: it is accepted, and nobody's news.
            _ if finding.silenced.is_some() => said.covered += 1,
            Some(Some(_)) => said.again += 1,
            None if covers(&seen.0, finding, &seen.1, |path| moves.before(path)) => {
                said.new.push(finding.fingerprint.clone());
            }
            None => said.unseen += 1,
        }
    }
    said
}

/// A finding of the earlier run, as that run had it.
fn gone(finding: &Finding) -> Fixed {
    Fixed {
        rule: finding.rule.as_str().to_owned(),
        path: finding.place.path.to_string(),
        line: Some(finding.place.start.line),
        message: finding.message.clone(),
    }
}

/// Whether a run would have found what another did, whose files lie for it where `there` says.
fn covers<'f>(
    run: &Sight<'_>,
    finding: &'f Finding,
    other: &Sight<'_>,
    there: impl Fn(&'f str) -> Option<&'f str>,
) -> bool {
    let path = &finding.place.path;
    run.covers(
        &finding.rule,
        there(path).unwrap_or(path),
        Some(other.class_of(path)),
    )
}

/// Whether anything is new in `after` that is at least as severe as `lowest`, by its comparison with an earlier run: a finding, or
/// an item that fails now by a budget. An item of no rule is as severe as its budget says, and counts where that says nothing.
pub fn is_worse(
    after: &RunRecord,
    comparison: &Comparison,
    lowest: Severity,
    least: Confidence,
) -> bool {
    let new: BTreeSet<&str> = comparison.new.iter().map(String::as_str).collect();
    let fails_by_budget = |item: &RuleId| {
        let rule = after.rules.iter().find(|rule| rule.id == *item);
        after.budgets.iter().any(|outcome| {
            let severity = (outcome.budget.weight.severity).or(rule.map(|rule| rule.severity));
            outcome.budget.item.as_ref() == Some(item)
                && matches!(outcome.verdict, BudgetVerdict::Fail(_))
                && severity.is_none_or(|severity| severity >= lowest)
        })
    };
    let broken = comparison.verdicts.iter().any(|change| {
        change.after == Some(Verdict::Fail)
            && change.before != Some(Verdict::Fail)
            && fails_by_budget(&change.item)
    });
    broken
        || after.findings.iter().any(|finding| {
            new.contains(finding.fingerprint.as_str())
                && counts(finding, least)
                && finding.severity >= lowest
        })
}

/// Why two runs may not belong together, as a sentence: they are of different repositories, or of different parts of one.
pub fn mismatch(before: &Source, after: &Source) -> Option<String> {
    // The same repository may be cloned, or lie elsewhere on each machine.
    let names = |source: &Source| -> BTreeSet<String> {
        let all = [Some(&source.origin), source.remote.as_ref()];
        let bare = |url: &String| {
            url.trim_end_matches('/')
                .trim_end_matches(".git")
                .to_owned()
        };
        all.into_iter().flatten().map(bare).collect()
    };
    let meet = !names(before).is_disjoint(&names(after));
    if !meet && before.name != after.name {
        return Some(format!(
            "the runs are of different repositories, {} and {}: what is new or fixed says little",
            before.origin, after.origin
        ));
    }
    (before.subdirectory != after.subdirectory).then(|| {
        let part = |source: &Source| {
            let part = source.subdirectory.as_deref();
            part.map_or_else(|| "the whole of it".to_owned(), |part| format!("`{part}`"))
        };
        format!(
            "the runs are of different parts of the repository, {} and {}",
            part(before),
            part(after)
        )
    })
}

/// The findings of a run that count, or would without its baseline.
fn there(record: &RunRecord) -> impl Iterator<Item = &Finding> {
    let findings = record.findings.iter();
    findings.filter(|finding| quiet(finding, record.least).is_none())
}

/// Why a finding does not count, whatever a baseline says of it.
#[derive(Clone, Copy)]
enum Quiet {
    Silenced,
    Suspected,
}

fn quiet(finding: &Finding, least: Confidence) -> Option<Quiet> {
    match finding.silenced {
        Some(Silenced::Comment(_) | Silenced::Waiver(_)) => Some(Quiet::Silenced),
        _ if finding.confidence < least => Some(Quiet::Suspected),
        _ => None,
    }
}

/// Whether a baseline covers findings of an item that would count without it.
fn covered(record: &RunRecord, item: &RuleId) -> bool {
    there(record).any(|finding| finding.rule == *item && finding.silenced.is_some())
}

fn verdicts(before: &RunRecord, after: &RunRecord) -> Vec<VerdictChange> {
    let runs = (before, after);
    let map = |record: &RunRecord| -> BTreeMap<RuleId, Verdict> {
        record
            .items
            .iter()
            .map(|item| (item.id.clone(), item.verdict.clone()))
            .collect()
    };
    let (before, after) = (map(before), map(after));
    let ids: BTreeSet<&RuleId> = before.keys().chain(after.keys()).collect();
    ids.into_iter()
        .map(|id| VerdictChange {
            item: id.clone(),
            before: before.get(id).cloned(),
            after: after.get(id).cloned(),
        })
        // Another reason for the same verdict is no change, and what a baseline covers fails without it.
        .filter(|change| {
            let word = |record: &RunRecord, verdict: Option<&Verdict>| {
                if covered(record, &change.item) {
                    Some(Verdict::Fail.word())
                } else {
                    verdict.map(Verdict::word)
                }
            };
            word(runs.0, change.before.as_ref()) != word(runs.1, change.after.as_ref())
        })
        .collect()
}

/// Metrics that both runs have, by series.
fn metrics(before_run: &RunRecord, after_run: &RunRecord) -> Vec<MetricChange> {
    let map = |record: &RunRecord| -> BTreeMap<String, Metric> {
        record
            .metrics
            .iter()
            .map(|metric| (series(metric), metric.clone()))
            .collect()
    };
    let (before, after) = (map(before_run), map(after_run));
    let both = before
        .iter()
        .filter_map(|(series, one)| Some((series, one, after.get(series)?)));
    both.filter(|(_, one, other)| one.unit == other.unit)
        .filter_map(|(series, one, other)| {
            let exact = is_exact(one, before_run) && is_exact(other, after_run);
            let interval = (!exact)
                .then(|| shift(&one.samples, &other.samples))
                .flatten();
            Some(MetricChange {
                series: series.clone(),
                unit: one.unit,
                before: one.median()?,
                after: other.median()?,
                samples: (one.samples.len(), other.samples.len()),
                difference: if exact {
                    counted_difference(one.median()?, other.median()?)
                } else {
                    difference(one, other, interval)
                },
                interval,
            })
        })
        .collect()
}

/// A metric's name with its labels: `import.total{module=app.main}`.
pub fn series(metric: &Metric) -> String {
    if metric.labels.is_empty() {
        return metric.name.as_str().to_owned();
    }
    let labels: Vec<String> = metric
        .labels
        .iter()
        .map(|(name, label)| format!("{name}={label}"))
        .collect();
    format!("{}{{{}}}", metric.name, labels.join(","))
}

/// Whether a number is no sample of something that varies but what there is: things that were counted, the same number
/// each time, by a step that came to its end.
fn is_exact(metric: &Metric, record: &RunRecord) -> bool {
    let ended = record
        .steps
        .iter()
        .any(|step| step.id == metric.step && step.status == StepStatus::Ok);
    let same = metric.samples.windows(2).all(|pair| pair[0] == pair[1]);
    metric.unit == Unit::Count && ended && same
}

fn counted_difference(before: f64, after: f64) -> Difference {
    match after.total_cmp(&before) {
        Ordering::Less => Difference::Smaller,
        Ordering::Equal => Difference::NotSeen,
        Ordering::Greater => Difference::Larger,
    }
}

fn difference(before: &Metric, after: &Metric, interval: Option<(f64, f64)>) -> Difference {
    match interval {
        Some((_, high)) if high < 0.0 => Difference::Smaller,
        Some((low, _)) if low > 0.0 => Difference::Larger,
        Some(_) => Difference::NotSeen,
        None if before.samples == after.samples => Difference::NotSeen,
        None => Difference::TooFewSamples,
    }
}

/// The 95 % interval of the shift from `before` to `after`: the pairwise differences cut at the critical value of the
/// rank-sum test (Hodges and Lehmann's interval, normal approximation: Hollander, Wolfe and Chicken, Nonparametric
/// Statistical Methods, 3rd edition, section 4.3). It assumes neither a normal distribution nor equal variances of noise
/// and real change, and one outlier moves it little. `None` with fewer than four samples on a side.
fn shift(before: &[f64], after: &[f64]) -> Option<(f64, f64)> {
    if before.len() < FEWEST || after.len() < FEWEST {
        return None;
    }
    let (before, after) = (thin(before), thin(after));
    let mut differences: Vec<f64> = after
        .iter()
        .flat_map(|after| before.iter().map(move |before| after - before))
        .collect();
    differences.sort_by(f64::total_cmp);
    let (n, m) = (before.len() as f64, after.len() as f64);
    let cut = n * m / 2.0 - 1.96 * (n * m * (n + m + 1.0) / 12.0).sqrt();
    let cut = cut.floor().max(0.0) as usize;
    Some((differences[cut], differences[differences.len() - 1 - cut]))
}

/// At most [`MOST`] samples, evenly taken over the series.
fn thin(samples: &[f64]) -> Vec<f64> {
    let step = samples.len().div_ceil(MOST).max(1);
    samples.iter().copied().step_by(step).collect()
}

#[cfg(test)]
mod tests;
