use perfctl_core::label::Judged::{Debatable, False, True};
use perfctl_core::label::Twins;

use super::*;

const COMMIT: &str = "46c0e730e8ae9256e697f0374bfdcc7da5e02d73";

fn ids(names: &[&str]) -> BTreeSet<RuleId> {
    names.iter().map(|name| RuleId::from(*name)).collect()
}

fn label(rule: &str, path: &str, line: u32, judged: Judged) -> Label {
    Label {
        repository: "shop/api".to_owned(),
        commit: COMMIT.to_owned(),
        rule: rule.into(),
        path: path.to_owned(),
        line,
        judged,
        why: format!("{rule} at {line}"),
        alt_line: None,
        also: Vec::new(),
        symbol_span: None,
        written: ("l.jsonl".into(), 1),
    }
}

fn found(rule: &str, path: &str, start: u32, end: u32) -> Found {
    Found {
        ids: ids(&[rule]),
        path: path.to_owned(),
        start,
        end,
    }
}

fn repository(rules: &[&str], roots: &[&str]) -> (LabelledRepository, Scope) {
    let repository = LabelledRepository {
        name: "shop/api".to_owned(),
        commit: COMMIT.to_owned(),
        url: None,
        scope_roots: roots.iter().map(|root| (*root).to_owned()).collect(),
        exhaustive_rules: ids(rules),
    };
    let scope = Scope::of(&repository.scope_roots).expect("globs");
    (repository, scope)
}

/// right, wrong, new, left, true labels, met.
fn figures(counts: &Counts) -> [usize; 6] {
    let Counts {
        right,
        wrong,
        new,
        left,
        true_labels,
        met,
    } = *counts;
    [right, wrong, new, left, true_labels, met]
}

/// The figures of one finding against one label, all rules exhaustive.
fn one(label: Label, found: Found, matching: &Matching) -> [usize; 6] {
    let (repository, scope) = repository(&["A-1", "B-1"], &["app"]);
    let score = score(
        &[&label],
        Some((&repository, &scope)),
        &[found],
        matching,
        None,
    );
    figures(&score.total())
}

const RIGHT: [usize; 6] = [1, 0, 0, 0, 1, 1];
const NEW_AND_MISSED: [usize; 6] = [0, 1, 1, 0, 1, 0];

#[test]
fn a_finding_meets_a_label_within_three_lines_of_its_own() {
    let none = Matching::default();
    let at = |start, end| {
        let label = label("A-1", "app/a.py", 10, True);
        one(label, found("A-1", "app/a.py", start, end), &none)
    };
    for (start, end) in [(10, 10), (13, 13), (7, 7), (4, 7), (13, 20), (1, 30)] {
        assert_eq!(at(start, end), RIGHT, "{start}-{end}");
    }
    for (start, end) in [(14, 14), (6, 6), (1, 6), (14, 30)] {
        assert_eq!(at(start, end), NEW_AND_MISSED, "{start}-{end}");
    }
    let other = label("A-1", "app/b.py", 10, True);
    assert_eq!(
        one(other, found("A-1", "app/a.py", 10, 10), &none),
        NEW_AND_MISSED
    );
}

#[test]
fn a_label_may_name_more_places() {
    let none = Matching::default();
    let mut more = label("A-1", "app/a.py", 10, True);
    more.alt_line = Some(40);
    more.also = vec![("app/b.py".to_owned(), 5)];
    more.symbol_span = Some((60, 90));
    for (path, line, met) in [
        ("app/a.py", 43, RIGHT),
        ("app/b.py", 2, RIGHT),
        ("app/a.py", 60, RIGHT),
        ("app/a.py", 90, RIGHT),
        ("app/a.py", 91, NEW_AND_MISSED),
        ("app/b.py", 60, NEW_AND_MISSED),
        ("app/b.py", 40, NEW_AND_MISSED),
    ] {
        let got = one(more.clone(), found("A-1", path, line, line), &none);
        assert_eq!(got, met, "{path}:{line}");
    }
    // Of a span only the finding's first line counts.
    let wide = found("A-1", "app/a.py", 50, 70);
    assert_eq!(one(more, wide, &none), NEW_AND_MISSED);
}

#[test]
fn a_rule_about_a_whole_file_needs_the_file_alone() {
    let matching = Matching {
        whole_file: ids(&["A-1"]),
        twins: Vec::new(),
    };
    let far = found("A-1", "app/a.py", 90, 90);
    let own = label("A-1", "app/a.py", 1, True);
    assert_eq!(one(own.clone(), far.clone(), &matching), RIGHT);
    assert_eq!(one(own, far, &Matching::default()), NEW_AND_MISSED);
}

#[test]
fn a_true_label_wins_over_a_debatable_one_and_that_over_a_false_one() {
    let (repository, scope) = repository(&["A-1"], &["*"]);
    let (right, maybe, wrong) = (
        label("A-1", "a.py", 10, True),
        label("A-1", "a.py", 11, Debatable),
        label("A-1", "a.py", 12, False),
    );
    let got = |labels: &[&Label]| {
        let found = [found("A-1", "a.py", 11, 11)];
        let described = Some((&repository, &scope));
        score(labels, described, &found, &Matching::default(), None)
    };
    assert_eq!(figures(&got(&[&wrong, &maybe, &right]).total()), RIGHT);
    assert_eq!(figures(&got(&[&wrong, &maybe]).total()), [0, 0, 0, 1, 0, 0]);
    let alone = got(&[&wrong]);
    assert_eq!(figures(&alone.total()), [0, 1, 0, 0, 0, 0]);
    assert_eq!(alone.differences[0].why, "A-1 at 12");
}

#[test]
fn what_no_label_speaks_of_is_wrong_only_where_everything_was_read() {
    let none = Matching::default();
    let other = || label("B-1", "app/x.py", 1, False);
    let left = [0, 0, 0, 1, 0, 0];
    for (found, figures) in [
        (found("A-1", "app/a.py", 1, 1), [0, 1, 1, 0, 0, 0]),
        (found("A-1", "web/a.py", 1, 1), left),
        (found("A-1", "app/tests/a.py", 1, 1), left),
        (found("C-1", "app/a.py", 1, 1), left),
    ] {
        assert_eq!(one(other(), found.clone(), &none), figures, "{found:?}");
    }
}

#[test]
fn where_nobody_says_what_was_read_recall_counts_what_is_labelled() {
    let (met, missed) = (
        label("A-1", "a.py", 10, True),
        label("A-1", "b.py", 10, True),
    );
    let findings = [found("A-1", "a.py", 10, 10), found("A-1", "c.py", 1, 1)];
    let matching = Matching::default();
    let alone = score(&[&met, &missed], None, &findings, &matching, None);
    assert_eq!(figures(&alone.total()), [1, 0, 0, 1, 2, 1]);
    // Of a repository that is described, a rule that is not labelled exhaustively has no recall.
    let (described, scope) = repository(&[], &["*"]);
    let known = Some((&described, &scope));
    let described = score(&[&met, &missed], known, &findings, &matching, None);
    assert_eq!(figures(&described.total()), [1, 0, 0, 1, 0, 0]);
}

#[test]
fn a_twin_at_a_labelled_place_is_neither_right_nor_wrong() {
    let twins = Matching {
        whole_file: BTreeSet::new(),
        twins: vec![Twins {
            rules: ids(&["A-1", "B-1"]),
            own: ids(&["A-1", "B-1"]),
        }],
    };
    let there = found("A-1", "app/a.py", 10, 10);
    let twin = |judged| label("B-1", "app/a.py", 10, judged);
    assert_eq!(one(twin(True), there.clone(), &twins), [0, 0, 0, 1, 1, 0]);
    assert_eq!(
        one(twin(Debatable), there.clone(), &twins),
        [0, 0, 0, 1, 0, 0]
    );
    assert_eq!(one(twin(False), there.clone(), &twins), [0, 1, 1, 0, 0, 0]);
    assert_eq!(
        one(twin(True), there.clone(), &Matching::default()),
        NEW_AND_MISSED
    );
    // What another pack says of its own rules excuses nothing of this one's.
    let anothers = twins.narrowed(&ids(&["B-1"]));
    assert_eq!(one(twin(True), there.clone(), &anothers), NEW_AND_MISSED);
    let own = twins.narrowed(&ids(&["A-1"]));
    assert_eq!(one(twin(True), there, &own), [0, 0, 0, 1, 1, 0]);
    assert_eq!(twins.narrowed(&ids(&["C-1"])), Matching::default());
}

#[test]
fn a_finding_counts_for_the_name_of_its_rule_that_is_labelled() {
    let label = label("Z-1", "app/a.py", 10, True);
    let alias = Found {
        ids: ids(&["A-1", "Z-1"]),
        ..found("A-1", "app/a.py", 10, 10)
    };
    let elsewhere = Found {
        path: "app/b.py".to_owned(),
        ..alias.clone()
    };
    let (repository, scope) = repository(&["Z-1"], &["*"]);
    let described = Some((&repository, &scope));
    let none = Matching::default();
    let findings = [alias, elsewhere];
    let both = score(&[&label], described, &findings, &none, None);
    assert_eq!(
        both.rules.keys().map(RuleId::as_str).collect::<Vec<_>>(),
        ["Z-1"]
    );
    assert_eq!(figures(&both.total()), [1, 1, 1, 0, 1, 1]);
    let only = ids(&["B-1"]);
    let none_wanted = score(&[&label], described, &findings, &none, Some(&only));
    assert_eq!(none_wanted, Score::default());
}

#[test]
fn figures_have_three_digits_and_means_are_of_them() {
    let counts = Counts {
        right: 2,
        wrong: 1,
        ..Counts::default()
    };
    assert_eq!((counts.precision(), counts.recall()), (Some(0.667), None));
    assert_eq!(macro_mean([0.667, 1.0]), Some(0.834));
    assert_eq!(macro_mean([]), None);
}
