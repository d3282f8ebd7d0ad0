//! The judge as a whole: the parts in their order.

use super::*;
use crate::fakes;
use crate::rules::RuleResults;
use perfctl_core::finding::Silenced;
use perfctl_core::place::Excerpt;
use perfctl_core::suppress::Allow;
use perfctl_core::verdict::Verdict;

fn observations(findings: Vec<Finding>) -> Observations {
    let rules: Vec<Rule> = ["NET-2", "NET-1"]
        .iter()
        .map(|id| fakes::rule(id))
        .collect();
    Observations {
        rules: RuleResults {
            outcomes: rules
                .iter()
                .map(|rule| (rule.id.clone(), RuleOutcome::Examined))
                .collect(),
            rules,
            findings,
            ..RuleResults::default()
        },
        ..Observations::default()
    }
}

#[test]
fn a_suspicion_asks_for_the_measurement_that_would_confirm_it_and_others_do_not() {
    let mut low = fakes::finding("NET-1", "a.py", 3);
    low.confidence = Confidence::Low;
    low.notes = vec![("verb".to_owned(), "get".to_owned())];
    let sure = fakes::finding("NET-1", "b.py", 3);
    let mut other = fakes::finding("NET-2", "c.py", 3);
    other.confidence = Confidence::Low;
    let how = "step `load` of `perfctl recipe run load` measures http.p95";
    let policy = Policy {
        confirmations: BTreeMap::from([(RuleId::new("NET-1"), how.to_owned())]),
        ..Policy::default()
    };
    let recipe = fakes::recipe(Vec::new());
    let judged = judge(&recipe, &observations(vec![low, sure, other]), &policy);
    let notes = |path: &str| {
        let mut found = judged.findings.iter();
        let found = found.find(|finding| *finding.place.path == *path);
        found.expect("kept").notes.clone()
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        notes("a.py"),
        [pair("to confirm", how), pair("verb", "get")]
    );
    assert!(notes("b.py").is_empty() && notes("c.py").is_empty());
}

#[test]
fn a_rule_that_broke_after_it_found_something_fails_and_is_a_problem() {
    let recipe = fakes::recipe(Vec::new());
    let judged = |findings: Vec<Finding>| {
        let mut observations = observations(findings);
        let why = RuleOutcome::Error("rule.lua:3: no".to_owned());
        observations
            .rules
            .outcomes
            .insert(RuleId::new("NET-1"), why);
        let judged = judge(&recipe, &observations, &Policy::default());
        let item = judged
            .items
            .into_iter()
            .find(|item| item.id.as_str() == "NET-1");
        let problems: Vec<String> = judged.problems.into_iter().map(|one| one.message).collect();
        (item.map(|item| item.verdict), problems)
    };
    let found = vec![fakes::finding("NET-1", "a.py", 3)];
    let said = "it broke, so there may be more than it found: rule.lua:3: no".to_owned();
    assert_eq!(judged(found), (Some(Verdict::Fail), vec![said]));
    // Where it found nothing the verdict says it.
    let error = Verdict::Error("rule.lua:3: no".to_owned());
    assert_eq!(judged(Vec::new()), (Some(error), Vec::new()));
}

fn allow(line: u32) -> Allow {
    let place = fakes::finding("NET-1", "a.py", line).place;
    Allow {
        place,
        excerpt: Excerpt::default(),
        line,
        last_line: line,
        around: None,
        rules: vec![RuleId::new("NET-1")],
        reason: "fine".to_owned(),
        until: None,
        ids: Vec::new(),
        whole: None,
        malformed: None,
    }
}

fn verdict_of<'a>(judgement: &'a Judgement, id: &str) -> &'a Verdict {
    let item = judgement.items.iter().find(|item| item.id.as_str() == id);
    &item.expect("an item").verdict
}

#[test]
fn findings_come_out_named_ranked_and_sorted_with_a_verdict_per_rule() {
    let mut low = fakes::finding("NET-1", "a.py", 1);
    low.severity = perfctl_core::scale::Severity::Low;
    let observed = observations(vec![low, fakes::finding("NET-1", "a.py", 5)]);
    let judgement = judge(&fakes::recipe(Vec::new()), &observed, &Policy::default());
    let lines: Vec<u32> = judgement
        .findings
        .iter()
        .map(|finding| finding.place.start.line)
        .collect();
    assert_eq!(lines, [5, 1]);
    assert!(
        judgement
            .findings
            .iter()
            .all(|finding| !finding.fingerprint.is_empty())
    );
    assert_eq!(
        judgement.findings[0]
            .rank
            .map(|rank| (rank.position, rank.sites)),
        Some((1, 2))
    );
    assert_eq!(verdict_of(&judgement, "NET-1"), &Verdict::Fail);
    assert_eq!(verdict_of(&judgement, "NET-2"), &Verdict::Pass);
    assert_eq!(judgement.items.len(), 2);
}

#[test]
fn suppressions_of_a_rule_that_did_not_look_are_not_all_judged() {
    let known = Policy {
        known: [RuleId::new("NET-1"), RuleId::new("NET-9")].into(),
        ..Policy::default()
    };
    let unheard = |named: &str, policy: &Policy| {
        let mut observed = observations(vec![fakes::finding("NET-1", "a.py", 5)]);
        let mut one = allow(5);
        one.rules = vec![RuleId::new(named)];
        observed.rules.allows = vec![one];
        judge(&fakes::recipe(Vec::new()), &observed, policy).unheard
    };
    let own = [RuleId::new(silence::SUPPRESS)];
    assert_eq!(unheard("NET-1", &known), []);
    assert_eq!(unheard("NET-9", &known), own);
    // One that does not exist can be judged by everyone.
    assert_eq!(unheard("NET-7", &known), []);
    let silent = Policy {
        suppressions: false,
        ..known
    };
    assert_eq!(unheard("NET-1", &silent), own);
}

#[test]
fn suppressions_are_an_item_of_their_own_as_soon_as_there_are_any() {
    let mut observed = observations(vec![fakes::finding("NET-1", "a.py", 5)]);
    let policy = Policy {
        known: [RuleId::new("NET-1")].into(),
        ..Policy::default()
    };
    observed.rules.allows = vec![allow(5)];
    let used = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    assert_eq!(verdict_of(&used, "NET-1").word(), "waived");
    assert_eq!(verdict_of(&used, silence::SUPPRESS), &Verdict::Pass);
    observed.rules.allows = vec![allow(6)];
    let unused = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    assert_eq!(verdict_of(&unused, "NET-1"), &Verdict::Fail);
    assert_eq!(verdict_of(&unused, silence::SUPPRESS), &Verdict::Fail);
    assert!(
        unused
            .rules
            .iter()
            .any(|rule| rule.id.as_str() == silence::SUPPRESS)
    );
}

#[test]
fn who_ignores_findings_about_suppressions_has_neither_them_nor_their_item() {
    let mut observed = observations(vec![fakes::finding("NET-1", "a.py", 5)]);
    observed.rules.allows = vec![allow(6)];
    let policy = Policy {
        known: [RuleId::new("NET-1")].into(),
        suppressions: false,
        ..Policy::default()
    };
    let judgement = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    let ids: Vec<&str> = judgement
        .items
        .iter()
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!((ids, judgement.findings.len()), (vec!["NET-1", "NET-2"], 1));
}

#[test]
fn only_changed_lines_are_judged_when_a_change_is_given() {
    let mut changed = ChangedLines::new();
    changed.add("a.py", 5, 5);
    let policy = Policy {
        changed: Some(changed),
        ..Policy::default()
    };
    let observed = observations(vec![
        fakes::finding("NET-1", "a.py", 5),
        fakes::finding("NET-2", "a.py", 6),
    ]);
    let judgement = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    assert_eq!(judgement.findings.len(), 1);
    assert_eq!(verdict_of(&judgement, "NET-2"), &Verdict::Pass);
}

#[test]
fn a_run_is_its_own_baseline() {
    let observed = observations(vec![
        fakes::finding("NET-1", "a.py", 5),
        fakes::finding("NET-1", "a.py", 6),
        fakes::finding("NET-2", "b.py", 6),
    ]);
    let first = judge(&fakes::recipe(Vec::new()), &observed, &Policy::default());
    let known = first.findings.into_iter();
    let known = known.map(|finding| (finding.fingerprint, 1));
    let policy = Policy {
        baseline: Baseline::new(known),
        ..Policy::default()
    };
    let second = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    assert!(
        second
            .findings
            .iter()
            .all(|finding| finding.silenced == Some(Silenced::Baseline))
    );
    assert_eq!(verdict_of(&second, "NET-1").word(), "waived");
}

#[test]
fn an_attestation_that_ran_out_is_said() {
    let policy = Policy {
        attestations: vec![verdict::Attestation {
            item: RuleId::new("NET-9"),
            reason: "tested".to_owned(),
            who: "@owner".to_owned(),
            until: Some((2026, 1, 1)),
            written: String::new(),
            lost: None,
        }],
        today: (2026, 11, 21),
        ..Policy::default()
    };
    let judgement = judge(
        &fakes::recipe(Vec::new()),
        &observations(Vec::new()),
        &policy,
    );
    assert_eq!(
        judgement.notes,
        ["the attestation of NET-9 held until 2026-01-01"]
    );
}

#[test]
fn an_attestation_of_what_does_not_apply_names_the_item_and_why() {
    let policy = Policy {
        attestations: vec![verdict::Attestation {
            item: RuleId::new("NET-1"),
            reason: "tested".to_owned(),
            who: "@owner".to_owned(),
            until: None,
            written: "attestations.toml:3".to_owned(),
            lost: None,
        }],
        ..Policy::default()
    };
    let mut observed = observations(Vec::new());
    let outcome = RuleOutcome::NotApplicable("no network".to_owned());
    observed
        .rules
        .outcomes
        .insert(RuleId::new("NET-1"), outcome);
    let judgement = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    assert_eq!(
        judgement.notes,
        [
            "attestations.toml:3: the attestation of NET-1 is not needed, NET-1 does not apply here: no network"
        ]
    );
}

#[test]
fn only_findings_in_the_paths_asked_for_are_kept_and_keep_their_names() {
    let observed = observations(vec![
        fakes::finding("NET-1", "shop/a.py", 5),
        fakes::finding("NET-1", "shopping/a.py", 5),
        fakes::finding("NET-2", "b.py", 6),
    ]);
    let whole = judge(&fakes::recipe(Vec::new()), &observed, &Policy::default());
    let policy = Policy {
        limited_to: vec!["./shop".to_owned()],
        ..Policy::default()
    };
    let part = judge(&fakes::recipe(Vec::new()), &observed, &policy);
    assert_eq!(part.findings.len(), 1);
    let same = |finding: &&Finding| finding.place.path.as_ref() == "shop/a.py";
    let named = whole.findings.iter().find(same).expect("it is there too");
    assert_eq!(part.findings[0].fingerprint, named.fingerprint);
}
