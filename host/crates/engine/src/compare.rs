//! Two records side by side: findings by fingerprint, metrics by series, items by verdict. Pure, and careful with
//! claims: what a run could not see is neither new nor fixed, and a difference that the samples do not show is not seen.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use globset::GlobSet;
use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::metric::{Metric, Unit};
use perfctl_core::recipe::StepKind;
use perfctl_core::repository::Source;
use perfctl_core::run::{
    Comparison, Difference, MetricChange, RunRecord, StepRecord, StepStatus, VerdictChange,
};
use perfctl_core::scale::{Confidence, Severity};
use perfctl_core::verdict::Verdict;

use crate::excluded;
use crate::judge::counts;
use crate::judge::silence::within;

/// Fewest samples on both sides for an interval: with four and four, the interval of [`shift`] holds the true shift in 94
/// of 100 cases (exact, from the distribution of the rank sum); with three it could not reach 95 at all.
const FEWEST: usize = 4;

/// Most samples of a side that enter the pairwise differences, so that a long soak does not take a gigabyte.
const MOST: usize = 1000;

/// What changed from `before` to `after`, of findings that count from confidence `least`.
///
/// A finding is new when it counts in `after` and its fingerprint was not in `before`, silenced or not; fixed when it
/// counted in `before` and is not in `after` at all. What the other run could not see is neither: its rule did not run or
/// broke, the file was refused or left out, or the run was limited to other parts. Fingerprints are counted: of two equal ones, one can
/// be fixed.
pub fn compare(before: &RunRecord, after: &RunRecord, least: Confidence) -> Comparison {
    let seen = (Sight::of(before), Sight::of(after));
    let mut left = counted(&before.findings);
    let mut new = Vec::new();
    let (mut unchanged, mut unseen) = (0, 0);
    for finding in after
        .findings
        .iter()
        .filter(|finding| counts(finding, least))
    {
        if take(&mut left, &finding.fingerprint) {
            unchanged += 1;
        } else if !seen.0.covers(finding) {
            unseen += 1;
        } else {
            new.push(finding.fingerprint.clone());
        }
    }
    let mut left = counted(&after.findings);
    let mut fixed = Vec::new();
    for finding in before
        .findings
        .iter()
        .filter(|finding| counts(finding, least))
    {
        if take(&mut left, &finding.fingerprint) {
            continue;
        }
        if seen.1.covers(finding) {
            let path = finding.place.path.to_string();
            fixed.push((
                finding.rule.as_str().to_owned(),
                path,
                finding.message.clone(),
            ));
        } else {
            unseen += 1;
        }
    }
    Comparison {
        baseline: Some(before.id.clone()),
        commit: before.source.commit.clone(),
        new,
        fixed,
        unchanged,
        unseen,
        metrics: metrics(before, after),
        verdicts: verdicts(before, after),
    }
}

/// Whether anything is new in `after` that is at least as severe as `lowest`, by its comparison with an earlier run.
pub fn is_worse(
    after: &RunRecord,
    comparison: &Comparison,
    lowest: Severity,
    least: Confidence,
) -> bool {
    let new: BTreeSet<&str> = comparison.new.iter().map(String::as_str).collect();
    after.findings.iter().any(|finding| {
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

/// How often each fingerprint appears.
fn counted(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.fingerprint.as_str()).or_default() += 1;
    }
    counts
}

fn take(left: &mut BTreeMap<&str, usize>, fingerprint: &str) -> bool {
    match left.get_mut(fingerprint) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// What a run would have found.
struct Sight<'r> {
    rules: BTreeSet<RuleId>,
    record: &'r RunRecord,
    refused: BTreeSet<&'r str>,
    excluded: GlobSet,
}

impl<'r> Sight<'r> {
    fn of(record: &'r RunRecord) -> Self {
        let refused = record.problems.iter();
        Self {
            rules: sure_rules(record),
            record,
            refused: refused.map(|problem| problem.subject.as_str()).collect(),
            excluded: excluded::set(&record.excluded),
        }
    }

    /// Whether the run would have found this: its silence means that it is not there.
    fn covers(&self, finding: &Finding) -> bool {
        let path = finding.place.path.as_ref();
        self.rules.contains(&finding.rule)
            && !self.record.changed_lines
            && within(&self.record.parts, path)
            && !self.leaves_out(path)
            && !path_and_above(path).any(|path| self.refused.contains(path))
    }

    /// Whether the settings left `path` out, seen from the audited directory or from the repository around it.
    fn leaves_out(&self, path: &str) -> bool {
        let around = self.record.source.subdirectory.as_deref();
        self.excluded.is_match(path)
            || around.is_some_and(|around| self.excluded.is_match(format!("{around}/{path}")))
    }
}

/// A path and the directories that it lies in: one that could not be listed hides all that is in it.
fn path_and_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(above, _)| above)
    })
}

/// Rules whose silence means that there is nothing: they did not break, and no rules step was cut short.
fn sure_rules(record: &RunRecord) -> BTreeSet<RuleId> {
    let rules = StepKind::Rules {
        select: Vec::new(),
        ignore: Vec::new(),
    };
    let cut_short = |step: &StepRecord| step.kind == rules.word() && step.status != StepStatus::Ok;
    if record.steps.iter().any(cut_short) {
        return BTreeSet::new();
    }
    let broke = |id: &RuleId| {
        record
            .items
            .iter()
            .any(|item| item.id == *id && matches!(item.verdict, Verdict::Error(_)))
    };
    record
        .rules
        .iter()
        .map(|rule| &rule.id)
        .filter(|id| !broke(id))
        .cloned()
        .collect()
}

fn verdicts(before: &RunRecord, after: &RunRecord) -> Vec<VerdictChange> {
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
        // Another reason for the same verdict is no change.
        .filter(|change| {
            change.before.as_ref().map(Verdict::word) != change.after.as_ref().map(Verdict::word)
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
