//! Comparisons of small records; what a run could see at all is beside this file.

mod seen;

use super::*;
use crate::fakes;
use crate::judge::{LEAST, fingerprint};
use perfctl_core::finding::Silenced;
use perfctl_core::ids::{MetricName, StepId};
use perfctl_core::run::StepRecord;
use proptest::prelude::*;

fn record(id: &str, findings: Vec<Finding>) -> RunRecord {
    let mut record = fakes::record(id);
    record.rules = vec![fakes::rule("NET-1")];
    record.findings = findings;
    fingerprint::assign(&mut record.findings);
    record
}

/// Of runs between which no file moved.
fn compare(before: &RunRecord, after: &RunRecord) -> Comparison {
    super::compare(before, after, &Moves::default())
}

fn metric(samples: &[f64]) -> Metric {
    Metric {
        name: MetricName::new("import.total"),
        unit: Unit::Seconds,
        samples: samples.to_vec(),
        labels: BTreeMap::from([("module".to_owned(), "app".to_owned())]),
        step: StepId::new("s"),
    }
}

fn change(before: &[f64], after: &[f64]) -> MetricChange {
    let (mut one, mut other) = (record("a", Vec::new()), record("b", Vec::new()));
    one.metrics = vec![metric(before)];
    other.metrics = vec![metric(after)];
    compare(&one, &other).metrics.remove(0)
}

#[test]
fn findings_are_new_fixed_or_unchanged() {
    let one = |line| {
        let mut finding = fakes::finding("NET-1", "a.py", line);
        finding.symbol = format!("f{line}");
        finding
    };
    let before = record("a", vec![one(1), one(2)]);
    let mut other = one(3);
    other.excerpt.text = other.excerpt.text.replace("call(x)", "send(y)");
    let after = record("b", vec![one(2), other]);
    let compared = compare(&before, &after);
    assert_eq!(compared.new, [after.findings[1].fingerprint.clone()]);
    let fixed = Fixed {
        rule: "NET-1".to_owned(),
        path: "a.py".to_owned(),
        line: Some(1),
        message: before.findings[0].message.clone(),
    };
    assert_eq!(
        (compared.fixed, compared.unchanged, compared.unseen),
        (vec![fixed], 1, 0)
    );
}

#[test]
fn of_equal_findings_one_can_be_fixed() {
    let equal = |count| {
        let mut findings = vec![fakes::finding("NET-1", "a.py", 1); count];
        for finding in &mut findings {
            finding.fingerprint = "v1-same".to_owned();
        }
        record("r", findings)
    };
    let compared = compare(&equal(3), &equal(2));
    assert_eq!(
        (compared.fixed.len(), compared.unchanged, compared.new.len()),
        (1, 2, 0)
    );
}

#[test]
fn a_finding_that_only_moved_is_unchanged() {
    let before = record("a", vec![fakes::finding("NET-1", "a.py", 1)]);
    let mut after = record("b", vec![fakes::finding("NET-1", "app/b.py", 9)]);
    let moves = Moves::new([("a.py".to_owned(), "app/b.py".to_owned())]);
    let sums = |after: &RunRecord, moves: &Moves| {
        let said = super::compare(&before, after, moves);
        [
            said.new.len(),
            said.fixed.len(),
            said.unchanged,
            said.unseen,
        ]
    };
    assert_eq!(sums(&after, &moves), [0, 0, 1, 0]);
    assert_eq!(sums(&after, &Moves::default()), [1, 1, 0, 0]);
    // What is mended in the file where it lies now is fixed, unless nobody looks there.
    after.findings.clear();
    assert_eq!(sums(&after, &moves), [0, 1, 0, 0]);
    after.parts = vec!["a.py".to_owned()];
    assert_eq!(sums(&after, &moves), [0, 0, 0, 1]);
    after.parts = vec!["app".to_owned()];
    assert_eq!(sums(&after, &moves), [0, 1, 0, 0]);
}

#[test]
fn what_a_run_cannot_see_is_neither_fixed_nor_new() {
    let before = record("a", vec![fakes::finding("NET-1", "a.py", 1)]);
    let mut not_run = record("b", Vec::new());
    not_run.rules.clear();
    let mut broke = record("b", Vec::new());
    broke.items = vec![fakes::item("NET-1", Verdict::Error("broke".to_owned()))];
    let mut cut_short = record("b", Vec::new());
    cut_short.steps = vec![StepRecord {
        kind: "rules".to_owned(),
        status: StepStatus::Interrupted,
        ..fakes::step_record("rules")
    }];
    for after in [not_run, broke, cut_short] {
        let compared = compare(&before, &after);
        assert_eq!((compared.fixed.len(), compared.unseen), (0, 1));
    }
}

/// New, fixed, unchanged, silenced, suspected, again, unseen.
fn sums(before: &RunRecord, after: &RunRecord) -> [usize; 7] {
    let said = compare(before, after);
    [
        said.new.len(),
        said.fixed.len(),
        said.unchanged,
        said.silenced,
        said.suspected,
        said.again,
        said.unseen,
    ]
}

#[test]
fn what_no_longer_counts_and_what_counts_again_is_counted() {
    let open = record("a", vec![fakes::finding("NET-1", "a.py", 1)]);
    let with = |silenced| {
        let mut record = open.clone();
        record.findings[0].silenced = Some(silenced);
        record
    };
    for quiet in [
        Silenced::Comment("why".to_owned()),
        Silenced::Waiver("why".to_owned()),
    ] {
        let quiet = with(quiet);
        assert_eq!(sums(&open, &quiet), [0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(sums(&quiet, &open), [0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(sums(&quiet, &quiet), [0; 7]);
    }
    let mut picky = open.clone();
    picky.findings[0].confidence = Confidence::Medium;
    let plain = picky.clone();
    picky.least = Confidence::High;
    assert_eq!(sums(&plain, &picky), [0, 0, 0, 0, 1, 0, 0]);
    assert_eq!(sums(&picky, &plain), [0, 0, 0, 0, 0, 1, 0]);
}

#[test]
fn a_baseline_decides_nothing_between_two_runs() {
    let open = {
        let mut record = record("a", vec![fakes::finding("NET-1", "a.py", 1)]);
        record.items = vec![fakes::item("NET-1", Verdict::Fail)];
        record
    };
    let mut known = open.clone();
    known.findings[0].silenced = Some(Silenced::Baseline);
    known.items[0].verdict = Verdict::Waived("1 finding: in the baseline".to_owned());
    assert_eq!(sums(&open, &known), [0, 0, 1, 0, 0, 0, 0]);
    assert_eq!(sums(&known, &open), [0, 0, 1, 0, 0, 0, 0]);
    assert!(compare(&open, &known).verdicts.is_empty());
    assert!(compare(&known, &open).verdicts.is_empty());
    // Without its finding the item asks for the measurement that it lacks.
    let mut lacking = known.clone();
    lacking.items[0].verdict = Verdict::NeedsEvidence("no interpreter".to_owned());
    assert!(compare(&open, &lacking).verdicts.is_empty());
    let mut none = record("b", Vec::new());
    assert_eq!(sums(&known, &none), [0, 1, 0, 0, 0, 0, 0]);
    // What the baseline took up in between is accepted, and counted as that.
    assert_eq!(sums(&none, &known), [0; 7]);
    assert_eq!(compare(&none, &known).covered, 1);
    let mut allowed = open.clone();
    allowed.findings[0].silenced = Some(Silenced::Comment("why".to_owned()));
    assert_eq!(compare(&allowed, &known).covered, 1);
    assert_eq!(compare(&open, &known).covered, 0);
    none.items = vec![fakes::item("NET-1", Verdict::Pass)];
    assert_eq!(compare(&known, &none).verdicts.len(), 1);
}

#[test]
fn a_difference_is_claimed_only_when_the_samples_show_it() {
    let slow = [1.0, 1.1, 0.9, 1.05, 1.2];
    let fast = [0.5, 0.55, 0.45, 0.6, 0.5];
    let smaller = change(&slow, &fast);
    assert_eq!(smaller.difference, Difference::Smaller);
    assert_eq!(
        (smaller.before, smaller.after, smaller.samples),
        (1.05, 0.5, (5, 5))
    );
    let (low, high) = smaller.interval.expect("enough samples");
    assert!(low < -0.3 && high > -0.8 && high < 0.0, "{low} {high}");
    assert_eq!(change(&fast, &slow).difference, Difference::Larger);
    assert_eq!(
        change(&slow, &[0.95, 1.15, 1.0, 1.1, 0.9]).difference,
        Difference::NotSeen
    );
    assert_eq!(smaller.series, "import.total{module=app}");
}

#[test]
fn the_interval_is_cut_at_the_critical_value_of_the_rank_sum() {
    // 16 differences from 7 to 13; with four and four samples, one is cut on each side.
    let interval = shift(&[1.0, 2.0, 3.0, 4.0], &[11.0, 12.0, 13.0, 14.0]);
    assert_eq!(interval, Some((8.0, 12.0)));
}

#[test]
fn single_samples_tell_nothing_but_equality() {
    assert_eq!(change(&[1.0], &[0.5]).difference, Difference::TooFewSamples);
    assert_eq!(change(&[1.0], &[0.5]).interval, None);
    assert_eq!(change(&[1.0], &[1.0]).difference, Difference::NotSeen);
}

#[test]
fn things_that_were_counted_need_no_further_samples() {
    let counted = |before: &[f64], after: &[f64], status: StepStatus| {
        let side = |id: &str, samples: &[f64]| {
            let mut record = record(id, Vec::new());
            record.metrics = vec![Metric {
                unit: Unit::Count,
                ..metric(samples)
            }];
            record.steps = vec![StepRecord {
                status: status.clone(),
                ..fakes::step_record("s")
            }];
            record
        };
        let change = compare(&side("a", before), &side("b", after))
            .metrics
            .remove(0);
        (change.difference, change.interval)
    };
    let ok = StepStatus::Ok;
    assert_eq!(
        counted(&[7.0], &[8.0], ok.clone()),
        (Difference::Larger, None)
    );
    assert_eq!(
        counted(&[8.0; 5], &[7.0; 5], ok.clone()),
        (Difference::Smaller, None)
    );
    assert_eq!(
        counted(&[7.0], &[7.0], ok.clone()),
        (Difference::NotSeen, None)
    );
    // What is another number each time is a sample of something that varies, and half a count is no count.
    assert_eq!(
        counted(&[7.0, 8.0], &[9.0, 9.0], ok),
        (Difference::TooFewSamples, None)
    );
    assert_eq!(
        counted(&[7.0], &[8.0], StepStatus::TimedOut),
        (Difference::TooFewSamples, None)
    );
}

#[test]
fn a_budget_that_breaks_now_makes_it_worse_from_the_severity_of_its_item_on() {
    let of = |verdict: Verdict, budget: BudgetVerdict| {
        let mut record = record("a", Vec::new());
        record.rules = vec![fakes::rule("NET-1")];
        record.items = vec![fakes::item("NET-1", verdict)];
        record.budgets = vec![fakes::budget(Some("NET-1"), budget)];
        record
    };
    let before = of(Verdict::Pass, BudgetVerdict::Pass(0.5));
    let after = of(Verdict::Fail, BudgetVerdict::Fail(2.0));
    let severity = after.rules[0].severity;
    let worse = |before: &RunRecord, after: &RunRecord, lowest| {
        is_worse(after, &compare(before, after), lowest, LEAST)
    };
    assert!(worse(&before, &after, severity));
    assert_eq!(
        worse(&before, &after, Severity::Critical),
        severity == Severity::Critical
    );
    assert!(!worse(&after, &after, Severity::Low));
    assert!(!worse(&after, &before, Severity::Low));
}

#[test]
fn new_findings_make_it_worse_from_a_severity_on() {
    let before = record("a", vec![fakes::finding("NET-1", "a.py", 1)]);
    let mut added = fakes::finding("NET-1", "b.py", 2);
    added.severity = Severity::Medium;
    let mut after = record("b", vec![fakes::finding("NET-1", "a.py", 1), added]);
    let compared = compare(&before, &after);
    let worse = |lowest| is_worse(&after, &compared, lowest, LEAST);
    assert!(worse(Severity::Low) && worse(Severity::Medium) && !worse(Severity::High));
    let same = compare(&after, &after);
    assert!(!is_worse(&after, &same, Severity::Low, LEAST));
    after.findings[1].silenced = Some(Silenced::Baseline);
    assert!(!is_worse(&after, &compared, Severity::Low, LEAST));
}

#[test]
fn verdicts_are_compared_by_word_and_items_may_come_and_go() {
    let mut before = record("a", Vec::new());
    before.items = vec![
        fakes::item("NET-1", Verdict::Pass),
        fakes::item("NET-2", Verdict::NeedsEvidence("a".to_owned())),
        fakes::item("NET-3", Verdict::Pass),
    ];
    let mut after = record("b", Vec::new());
    after.items = vec![
        fakes::item("NET-1", Verdict::Fail),
        fakes::item("NET-2", Verdict::NeedsEvidence("b".to_owned())),
        fakes::item("NET-4", Verdict::Fail),
    ];
    let changes: Vec<_> = compare(&before, &after)
        .verdicts
        .into_iter()
        .map(|change| {
            let word = |verdict: Option<Verdict>| verdict.map(|verdict| verdict.word());
            (
                change.item.as_str().to_owned(),
                word(change.before),
                word(change.after),
            )
        })
        .collect();
    let expected = [
        ("NET-1", Some("pass"), Some("fail")),
        ("NET-3", Some("pass"), None),
        ("NET-4", None, Some("fail")),
    ];
    assert_eq!(
        changes,
        expected.map(|(id, before, after)| (id.to_owned(), before, after))
    );
}

proptest! {
    #[test]
    fn a_record_compared_with_itself_shows_nothing(
        lines in prop::collection::vec(1_u32..9, 0..8),
        samples in prop::collection::vec(0.0_f64..9.0, 1..30),
    ) {
        let findings = lines.iter().map(|line| fakes::finding("NET-1", "a.py", *line)).collect();
        let mut record = record("a", findings);
        record.metrics = vec![metric(&samples)];
        record.items = vec![fakes::item("NET-1", Verdict::Fail)];
        let compared = compare(&record, &record);
        prop_assert!(compared.new.is_empty() && compared.fixed.is_empty());
        prop_assert!(compared.verdicts.is_empty());
        prop_assert_eq!((compared.unchanged, compared.unseen), (lines.len(), 0));
        prop_assert_eq!((compared.silenced, compared.suspected, compared.again), (0, 0, 0));
        prop_assert_eq!(compared.metrics[0].difference, Difference::NotSeen);
    }

    #[test]
    fn the_sums_add_up_whatever_is_silenced(
        before in prop::collection::vec((0_u32..3, 0_usize..4), 0..8),
        after in prop::collection::vec((0_u32..3, 0_usize..4), 0..8),
        limited in any::<bool>(),
        least in prop::sample::select(Confidence::ALL),
    ) {
        let run = |id: &str, shapes: &[(u32, usize)]| {
            let mut record = record(id, Vec::new());
            record.findings = shapes.iter().map(|(name, shape)| {
                let mut finding = fakes::finding("NET-1", "a.py", 1);
                finding.fingerprint = format!("v1-{name}");
                match shape {
                    0 => finding.silenced = Some(Silenced::Comment("why".to_owned())),
                    1 => finding.confidence = Confidence::Low,
                    _ => {}
                }
                finding
            }).collect();
            record
        };
        let (before, mut after) = (run("a", &before), run("b", &after));
        after.least = least;
        if limited {
            after.rules.clear();
        }
        let count = |record: &RunRecord| {
            record.findings.iter().filter(|finding| counts(finding, record.least)).count()
        };
        let [new, fixed, unchanged, silenced, suspected, again, unseen] = sums(&before, &after);
        prop_assert_eq!(count(&before), unchanged + silenced + suspected + fixed + unseen);
        prop_assert_eq!(count(&after), unchanged + again + new);
        prop_assert!(fixed == 0 || unseen == 0);
    }

    #[test]
    fn the_interval_moves_with_the_shift_and_turns_with_the_sides(
        samples in prop::collection::vec(1.0_f64..2.0, 4..20),
        by in -5.0_f64..5.0,
    ) {
        let moved: Vec<f64> = samples.iter().map(|sample| sample + by).collect();
        let (low, high) = shift(&samples, &moved).expect("enough samples");
        prop_assert!(low <= by + 1e-9 && by <= high + 1e-9, "{} {} {}", low, by, high);
        let (back_low, back_high) = shift(&moved, &samples).expect("enough samples");
        prop_assert!((back_low + high).abs() < 1e-9 && (back_high + low).abs() < 1e-9);
    }
}
