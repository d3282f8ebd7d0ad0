//! What two runs say about a metric, in words that claim no more than the samples do.

use perfctl_core::finding::Finding;
use perfctl_core::metric::Unit;
use perfctl_core::run::{Comparison, Difference, MetricChange, RunRecord};
use serde::Serialize;

use crate::select;

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// Smaller is better.
    Less,
    /// Larger is better.
    More,
    /// Nobody said.
    Unknown,
}

/// Which direction a metric should go: what its budget limits, else less for times and sizes and more for rates.
pub(crate) fn goal(record: &RunRecord, change: &MetricChange) -> Goal {
    let name = change.series.split('{').next().unwrap_or_default();
    for outcome in &record.budgets {
        if outcome.budget.metric.as_str() == name {
            match (outcome.budget.max, outcome.budget.min) {
                (Some(_), None) => return Goal::Less,
                (None, Some(_)) => return Goal::More,
                _ => {}
            }
        }
    }
    match change.unit {
        Unit::Seconds | Unit::Bytes => Goal::Less,
        Unit::PerSecond => Goal::More,
        _ => Goal::Unknown,
    }
}

/// A metric before and after, in words and numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Change {
    /// Name and labels.
    pub series: String,
    /// The unit's word.
    pub unit: &'static str,
    /// Median before, in the unit.
    pub before: f64,
    /// Median after, in the unit.
    pub after: f64,
    /// The same for people.
    pub before_shown: String,
    /// The same for people.
    pub after_shown: String,
    /// After divided by before, less 1; `None` when before is 0.
    pub relative: Option<f64>,
    /// `+12.3 %`, or the difference itself for things that are counted and where a share means nothing.
    pub relative_shown: String,
    /// `2.5x faster`, `1.2x larger`; empty where nothing can be said.
    pub ratio_shown: String,
    /// What it is a figure of, for people: the family of its name.
    pub family: &'static str,
    /// Samples before.
    pub n_before: usize,
    /// Samples after.
    pub n_after: usize,
    /// The word of the difference.
    pub difference: &'static str,
    /// `better`, `worse`, `changed`, `unchanged`, `no difference seen`, `too few samples`.
    pub verdict: &'static str,
    /// The 95 % interval of the shift for people; empty when there is none.
    pub interval_shown: String,
    /// Before divided by the larger of the two, for bars.
    pub before_share: f64,
    /// After divided by the larger of the two, for bars.
    pub after_share: f64,
}

/// The least share of the earlier median by which a measured shift is called better or worse. Runs of one unchanged program
/// differ by a few thousandths of it, and enough samples show that, too.
const RELEVANT: f64 = 0.02;

impl Change {
    /// Puts a change into words.
    pub(crate) fn of(change: &MetricChange, goal: Goal) -> Self {
        let shift = change.after - change.before;
        let relative = (change.before != 0.0).then(|| shift / change.before.abs());
        let signed = |value: f64| {
            let sign = if value < 0.0 { "-" } else { "+" };
            format!("{sign}{}", change.unit.show(value.abs()))
        };
        let verdict = match (change.difference, goal) {
            // No interval was needed to see that two counts are the same.
            (Difference::NotSeen, _) if change.unit == Unit::Count && change.interval.is_none() => {
                "unchanged"
            }
            (Difference::NotSeen, _) => "no difference seen",
            (Difference::TooFewSamples, _) => "too few samples",
            _ if change.unit != Unit::Count
                && relative.is_some_and(|part| part.abs() < RELEVANT) =>
            {
                "unchanged"
            }
            (Difference::Smaller, Goal::Less) | (Difference::Larger, Goal::More) => "better",
            (Difference::Larger, Goal::Less) | (Difference::Smaller, Goal::More) => "worse",
            (Difference::Smaller | Difference::Larger, Goal::Unknown) => "changed",
        };
        let most = change.before.abs().max(change.after.abs());
        let share = |value: f64| if most > 0.0 { value.abs() / most } else { 0.0 };
        Self {
            series: change.series.clone(),
            unit: change.unit.word(),
            before: change.before,
            after: change.after,
            before_shown: change.unit.show(change.before),
            after_shown: change.unit.show(change.after),
            relative,
            relative_shown: match relative.filter(|_| change.unit != Unit::Count) {
                Some(part) => format!("{:+.1} %", part * 100.0),
                None if shift == 0.0 => change.unit.show(0.0),
                None => signed(shift),
            },
            ratio_shown: ratio(change),
            family: family(&change.series),
            n_before: change.samples.0,
            n_after: change.samples.1,
            difference: change.difference.word(),
            verdict,
            interval_shown: change.interval.map_or_else(String::new, |(low, high)| {
                format!("{} to {}", signed(low), signed(high))
            }),
            before_share: share(change.before),
            after_share: share(change.after),
        }
    }
}

/// The larger of the two medians by the smaller one, in words; empty where they are the same or one is zero.
fn ratio(change: &MetricChange) -> String {
    let (before, after) = (change.before, change.after);
    let ratio = (before / after).max(after / before);
    if !ratio.is_finite() || ratio < 1.005 {
        return String::new();
    }
    let words = match change.unit {
        Unit::Seconds => ("faster", "slower"),
        Unit::Bytes => ("smaller", "larger"),
        _ => ("less", "more"),
    };
    let word = if after < before { words.0 } else { words.1 };
    // 1.24 and 124 are both told in three digits.
    let digits = if ratio < 10.0 { 2 } else { 0 };
    format!("{ratio:.digits$}x {word}")
}

/// Families of metrics by how their names begin, in the order in which a report groups them.
const FAMILIES: &[(&str, &str)] = &[
    ("db.", "Queries"),
    ("process.memory", "Memory"),
    ("run.rss", "Memory"),
    ("http.", "API responses"),
    ("import.", "Start-up"),
    ("image.", "Image"),
];

/// What a series is a figure of.
fn family(series: &str) -> &'static str {
    let found = FAMILIES.iter().find(|(begin, _)| series.starts_with(begin));
    found.map_or("Other figures", |(_, family)| family)
}

/// What is in both runs and counts in one of them only, and what only one of them looked for; each a phrase, none for nothing.
pub(crate) fn others(comparison: &Comparison) -> Vec<String> {
    let s = |number: usize| if number == 1 { "s" } else { "" };
    [
        (
            comparison.left_out.len(),
            "left out now by the settings or git's ignore rules".to_owned(),
        ),
        (
            comparison.silenced,
            "silenced now by a comment or a waiver".to_owned(),
        ),
        (
            comparison.suspected,
            "below the confidence that counts now".to_owned(),
        ),
        (
            comparison.again,
            format!("that count{} again", s(comparison.again)),
        ),
        (
            comparison.covered,
            format!("that the baseline cover{}", s(comparison.covered)),
        ),
        (comparison.unseen, "that only one run looked for".to_owned()),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, phrase)| format!("{number} {phrase}"))
    .collect()
}

/// The findings of `record` that the comparison calls new and that count.
pub(crate) fn new_findings<'a>(
    record: &'a RunRecord,
    comparison: &'a Comparison,
) -> impl Iterator<Item = &'a Finding> {
    let new: std::collections::HashSet<&str> = comparison.new.iter().map(String::as_str).collect();
    record.findings.iter().filter(move |finding| {
        new.contains(finding.fingerprint.as_str()) && select::counts(finding, record.least)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_shift_that_nobody_feels_is_no_change() {
        let shifted = |after: f64| {
            let change = MetricChange {
                series: "import.total".to_owned(),
                unit: Unit::Seconds,
                before: 2.6,
                after,
                samples: (5, 5),
                difference: Difference::Larger,
                interval: Some((0.000_026, 0.2)),
            };
            Change::of(&change, Goal::Less).verdict
        };
        assert_eq!((shifted(2.604), shifted(2.7)), ("unchanged", "worse"));
    }

    #[test]
    fn a_change_is_called_better_or_worse_only_where_samples_and_goal_say_so() {
        let seen = fixture::change("import.total", (1.0, 1.5), Difference::Larger, (0.4, 0.6));
        let said = Change::of(&seen, Goal::Less);
        assert_eq!(
            (said.verdict, said.relative_shown.as_str()),
            ("worse", "+50.0 %")
        );
        assert_eq!(said.interval_shown, "+400.0 ms to +600.0 ms");
        assert_eq!(Change::of(&seen, Goal::Unknown).verdict, "changed");
        let noise = fixture::change(
            "import.total",
            (1.0, 1.01),
            Difference::NotSeen,
            (-0.1, 0.1),
        );
        assert_eq!(Change::of(&noise, Goal::Less).verdict, "no difference seen");
    }

    #[test]
    fn the_goal_comes_from_the_budget_before_the_unit() {
        let record = fixture::rich();
        let hits = MetricChange {
            unit: Unit::Ratio,
            ..fixture::change("cache.hits", (0.9, 0.8), Difference::Smaller, (-0.2, 0.0))
        };
        assert_eq!(goal(&record, &hits), Goal::More);
        let other = MetricChange {
            series: "queue.depth".to_owned(),
            unit: Unit::Count,
            ..hits
        };
        assert_eq!(goal(&record, &other), Goal::Unknown);
    }

    #[test]
    fn what_is_counted_changes_by_so_many() {
        let counted = |before: f64, after: f64, difference| {
            let change = MetricChange {
                unit: Unit::Count,
                interval: None,
                ..fixture::change("matches", (before, after), difference, (0.0, 0.0))
            };
            let said = Change::of(&change, Goal::Unknown);
            (said.relative_shown, said.verdict)
        };
        assert_eq!(
            counted(7.0, 8.0, Difference::Larger),
            ("+1".to_owned(), "changed")
        );
        assert_eq!(
            counted(7.0, 7.0, Difference::NotSeen),
            ("0".to_owned(), "unchanged")
        );
    }

    #[test]
    fn nothing_before_gives_no_share() {
        let change = fixture::change("x", (0.0, 0.5), Difference::Larger, (0.4, 0.6));
        let said = Change::of(&change, Goal::Less);
        assert_eq!(
            (said.relative, said.relative_shown.as_str()),
            (None, "+500.0 ms")
        );
    }

    #[test]
    fn a_ratio_is_told_in_the_words_of_its_unit() {
        let told = |unit, before, after| {
            ratio(&MetricChange {
                series: "db.query.time".to_owned(),
                unit,
                before,
                after,
                samples: (5, 5),
                difference: Difference::Smaller,
                interval: None,
            })
        };
        assert_eq!(told(Unit::Seconds, 0.5, 0.005), "100x faster");
        assert_eq!(told(Unit::Seconds, 1.0, 1.25), "1.25x slower");
        assert_eq!(told(Unit::Bytes, 3e8, 2e8), "1.50x smaller");
        assert_eq!(told(Unit::PerSecond, 10.0, 30.0), "3.00x more");
        assert_eq!(told(Unit::Seconds, 1.0, 1.0), "");
        assert_eq!(told(Unit::Seconds, 0.0, 1.0), "");
        assert_eq!(family("db.query.time{query=1}"), "Queries");
        assert_eq!(family("mine"), "Other figures");
    }
}
