//! The order of "what to do first": the formula of [`perfctl_core::rank`] over every finding that is not silenced.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use perfctl_core::budget::{BudgetOutcome, BudgetVerdict};
use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::rank::{Inputs, Rank, score};
use perfctl_core::rule::Rule;
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};

use super::silence::resolve;
use super::{budget, counts};
use crate::rules::RuleOutcome;

/// Ranks and sorts: findings that count by score, then suspicions by score, then silenced ones by place. Equal scores go
/// by severity, place, rule and fingerprint, so the order is the same on every machine.
pub(super) fn rank(
    findings: &mut [Finding],
    rules: &[Rule],
    budgets: &[BudgetOutcome],
    least: Confidence,
) {
    let mut sites: BTreeMap<RuleId, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.silenced.is_none()) {
        // A suspicion does not make a habit.
        *sites.entry(finding.rule.clone()).or_default() += usize::from(counts(finding, least));
    }
    let heads: BTreeMap<&RuleId, &Rule> = rules.iter().map(|rule| (&rule.id, rule)).collect();
    for finding in findings.iter_mut() {
        finding.rank = None;
        if finding.silenced.is_some() {
            continue;
        }
        let head = heads.get(&finding.rule).copied();
        let inputs = Inputs {
            severity: finding.severity,
            confidence: finding.confidence,
            reach: finding.reach,
            sites: sites.get(&finding.rule).copied().unwrap_or(0).max(1),
            measured: head.and_then(|head| measured(head, budgets)),
            effort: head.map_or(Effort::M, |head| head.effort),
        };
        finding.rank = Some(Rank {
            position: 0,
            score: score(&inputs),
            sites: inputs.sites,
            measured: inputs.measured,
            effort: inputs.effort,
        });
    }
    findings.sort_by(|one, other| order(one, other, least));
    for (at, finding) in findings.iter_mut().enumerate() {
        if let Some(rank) = &mut finding.rank {
            rank.position = at + 1;
        }
    }
}

/// Says of every broken budget what it ranks by, unless its item is switched off, or a finding of its item that counts does:
/// that one carries the measurement already. What was measured is as sure as a finding can be.
pub(super) fn rank_budgets(
    budgets: &mut [BudgetOutcome],
    findings: &[Finding],
    rules: &[Rule],
    outcomes: &BTreeMap<RuleId, RuleOutcome>,
    least: Confidence,
) {
    for outcome in budgets {
        let item = outcome
            .budget
            .item
            .as_ref()
            .map(|item| resolve(item, rules));
        let says_so = |finding: &Finding| counts(finding, least) && Some(&finding.rule) == item;
        let is_off =
            item.is_some_and(|item| matches!(outcomes.get(item), Some(RuleOutcome::Off(_))));
        let is_broken = matches!(outcome.verdict, BudgetVerdict::Fail(_)) && !is_off;
        let head = rules.iter().find(|rule| Some(&rule.id) == item);
        let weight = outcome.budget.weight;
        outcome.rank = (is_broken && !findings.iter().any(says_so)).then(|| Inputs {
            severity: weight
                .severity
                .or(head.map(|head| head.severity))
                .unwrap_or(Severity::Medium),
            confidence: Confidence::High,
            reach: weight.reach.unwrap_or(Reach::Unknown),
            sites: 1,
            measured: budget::ratio(outcome),
            effort: weight
                .effort
                .or(head.map(|head| head.effort))
                .unwrap_or(Effort::M),
        });
    }
}

/// The worst ratio to its budget of anything that confirms the rule: a budget that decides its item, or one on its metric.
fn measured(rule: &Rule, budgets: &[BudgetOutcome]) -> Option<f64> {
    budgets
        .iter()
        .filter(|outcome| {
            let budget = &outcome.budget;
            budget
                .item
                .as_ref()
                .is_some_and(|item| *item == rule.id || rule.aliases.contains(item))
                || rule.metric.as_ref() == Some(&budget.metric)
        })
        .filter_map(budget::ratio)
        .reduce(f64::max)
}

fn order(one: &Finding, other: &Finding, least: Confidence) -> Ordering {
    let group = |finding: &Finding| match finding.silenced {
        Some(_) => 2,
        None if counts(finding, least) => 0,
        None => 1,
    };
    let score = |finding: &Finding| finding.rank.map_or(0.0, |rank| rank.score);
    group(one)
        .cmp(&group(other))
        .then_with(|| score(other).total_cmp(&score(one)))
        .then_with(|| other.severity.cmp(&one.severity))
        .then_with(|| one.place.cmp(&other.place))
        .then_with(|| one.rule.cmp(&other.rule))
        .then_with(|| one.fingerprint.cmp(&other.fingerprint))
        .then_with(|| one.message.cmp(&other.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;
    use crate::judge::LEAST;
    use perfctl_core::budget::Weight;
    use perfctl_core::finding::Silenced;
    use perfctl_core::ids::MetricName;
    use proptest::prelude::*;

    fn outcome(item: Option<&str>, value: f64) -> BudgetOutcome {
        fakes::budget(item, BudgetVerdict::Fail(value))
    }

    #[test]
    fn what_counts_comes_before_suspicions_and_silenced_findings_have_no_rank() {
        let mut silenced = fakes::finding("NET-1", "a.py", 1);
        silenced.silenced = Some(Silenced::Baseline);
        silenced.severity = Severity::Critical;
        let mut suspicion = fakes::finding("NET-1", "a.py", 2);
        suspicion.confidence = Confidence::Low;
        suspicion.severity = Severity::Critical;
        let mut small = fakes::finding("NET-1", "a.py", 3);
        small.severity = Severity::Low;
        let mut findings = vec![silenced, suspicion, small];
        rank(&mut findings, &[fakes::rule("NET-1")], &[], LEAST);
        let lines: Vec<_> = findings
            .iter()
            .map(|finding| finding.place.start.line)
            .collect();
        assert_eq!(lines, [3, 2, 1]);
        let positions: Vec<_> = findings
            .iter()
            .map(|finding| finding.rank.map(|rank| rank.position))
            .collect();
        assert_eq!(positions, [Some(1), Some(2), None]);
        assert_eq!(findings[0].rank.expect("ranked").sites, 1);
    }

    #[test]
    fn a_broken_budget_of_the_item_or_on_the_metric_of_the_rule_raises_it() {
        let mut by_metric = fakes::rule("NET-2");
        by_metric.metric = Some(MetricName::new("import.total"));
        let rules = [fakes::rule("NET-1"), by_metric, fakes::rule("NET-3")];
        let mut findings: Vec<Finding> = ["NET-1", "NET-2", "NET-3"]
            .iter()
            .map(|id| fakes::finding(id, "a.py", 1))
            .collect();
        rank(&mut findings, &rules, &[outcome(Some("NET-1"), 3.0)], LEAST);
        let of = |id: &str| {
            findings
                .iter()
                .find(|finding| finding.rule.as_str() == id)
                .and_then(|f| f.rank)
        };
        let measured = |id| of(id).expect("ranked").measured;
        assert_eq!(
            (measured("NET-1"), measured("NET-2"), measured("NET-3")),
            (Some(3.0), Some(3.0), None)
        );
        assert!(of("NET-1").expect("ranked").score > of("NET-3").expect("ranked").score);
    }

    #[test]
    fn a_broken_budget_ranks_by_itself_unless_a_finding_of_its_item_counts() {
        let rules = [fakes::rule("NET-1")];
        let off = BTreeMap::from([(rules[0].id.clone(), RuleOutcome::Off("not us".to_owned()))]);
        let mut budgets = [outcome(Some("NET-1"), 1.25)];
        rank_budgets(&mut budgets, &[], &rules, &off, LEAST);
        assert_eq!(budgets[0].rank, None, "nobody asks for it");
        let outcomes = BTreeMap::new();
        let ranked = |budget: BudgetOutcome, findings: &[Finding]| {
            let mut budgets = [budget];
            rank_budgets(&mut budgets, findings, &rules, &outcomes, LEAST);
            budgets[0].rank
        };
        let mut broken = outcome(Some("NET-1"), 1.25);
        broken.budget.weight.reach = Some(Reach::Startup);
        let alone = ranked(broken.clone(), &[]).expect("ranked");
        let expected = Inputs {
            severity: rules[0].severity,
            confidence: Confidence::High,
            reach: Reach::Startup,
            sites: 1,
            measured: Some(1.25),
            effort: rules[0].effort,
        };
        assert_eq!(alone, expected);
        let mut finding = fakes::finding("NET-1", "a.py", 1);
        assert_eq!(ranked(broken.clone(), std::slice::from_ref(&finding)), None);
        finding.confidence = Confidence::Low;
        assert!(ranked(broken.clone(), &[finding]).is_some());
        broken.verdict = BudgetVerdict::Pass(0.5);
        assert_eq!(ranked(broken, &[]), None);
        // Where neither rule nor recipe says anything, it stands in the middle.
        let bare = ranked(outcome(None, 2.0), &[]).expect("ranked");
        assert_eq!((bare.severity, bare.effort), (Severity::Medium, Effort::M));
        let mut heavy = outcome(None, 2.0);
        heavy.budget.weight = Weight {
            severity: Some(Severity::High),
            reach: None,
            effort: Some(Effort::S),
        };
        let heavy = ranked(heavy, &[]).expect("ranked");
        assert_eq!((heavy.severity, heavy.effort), (Severity::High, Effort::S));
    }

    #[test]
    fn equal_scores_go_by_place() {
        let mut findings: Vec<Finding> = [("b.py", 1), ("a.py", 9), ("a.py", 2)]
            .map(|(path, line)| fakes::finding("NET-1", path, line))
            .into();
        crate::judge::fingerprint::assign(&mut findings);
        rank(&mut findings, &[fakes::rule("NET-1")], &[], LEAST);
        let places: Vec<_> = findings
            .iter()
            .map(|it| (it.place.path.to_string(), it.place.start.line))
            .collect();
        let expected = [("a.py", 2), ("a.py", 9), ("b.py", 1)];
        assert_eq!(places, expected.map(|(path, line)| (path.to_owned(), line)));
    }

    fn finding() -> impl Strategy<Value = Finding> {
        (
            0_usize..3,
            1_u32..4,
            0_usize..4,
            0_usize..3,
            0_usize..7,
            any::<bool>(),
        )
            .prop_map(|(rule, line, severity, confidence, reach, silenced)| {
                let mut finding = fakes::finding(&format!("NET-{rule}"), "a.py", line);
                finding.severity = Severity::ALL[severity];
                finding.confidence = Confidence::ALL[confidence];
                finding.reach = Reach::ALL[reach];
                finding.silenced = silenced.then_some(Silenced::Baseline);
                finding
            })
    }

    proptest! {
        #[test]
        fn the_order_is_the_same_whatever_order_findings_came_in(
            mut findings in prop::collection::vec(finding(), 0..12),
            shift in 0_usize..12,
        ) {
            crate::judge::fingerprint::assign(&mut findings);
            let rules: Vec<Rule> = (0..3).map(|id| fakes::rule(&format!("NET-{id}"))).collect();
            let mut other = findings.clone();
            if !other.is_empty() {
                let shift = shift % other.len();
                other.rotate_left(shift);
            }
            rank(&mut findings, &rules, &[], LEAST);
            rank(&mut other, &rules, &[], LEAST);
            prop_assert_eq!(&findings, &other);
            for pair in findings.windows(2) {
                prop_assert_ne!(order(&pair[0], &pair[1], LEAST), Ordering::Greater);
            }
        }
    }
}
