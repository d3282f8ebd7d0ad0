//! Which findings a reader sees and in which order: groups by rule, and the ten things to do first.
//!
//! All formats ask here, so that they agree. Must not know any format.

use perfctl_core::budget::BudgetOutcome;
use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::rank;
use perfctl_core::rule::Rule;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Effort, Severity};
use perfctl_core::seams::View;

use crate::broken;

/// How many rows "what to do first" has.
pub(crate) const FIRST: usize = 10;

/// Whether a finding counts against its item: not silenced and more than a suspicion.
pub(crate) fn counts(finding: &Finding, least: Confidence) -> bool {
    finding.silenced.is_none() && finding.confidence >= least
}

/// Whether a reader with this view sees the finding.
pub(crate) fn is_shown(finding: &Finding, least: Confidence, view: &View) -> bool {
    (finding.silenced.is_none() || view.silenced)
        && (finding.confidence >= least || view.suspicions)
}

/// The rule of a finding; `None` if the record was made without its head.
pub(crate) fn rule_of<'a>(record: &'a RunRecord, id: &RuleId) -> Option<&'a Rule> {
    record.rules.iter().find(|rule| rule.id == *id)
}

/// The ranking score of a finding: the judge's where there is one, else the formula with one site.
pub(crate) fn score(finding: &Finding, rule: Option<&Rule>) -> f64 {
    finding.rank.map_or_else(
        || {
            rank::score(&rank::Inputs {
                severity: finding.severity,
                confidence: finding.confidence,
                reach: finding.reach,
                sites: 1,
                measured: None,
                effort: rule.map_or(Effort::M, |rule| rule.effort),
            })
        },
        |rank| rank.score,
    )
}

/// The findings of one rule, in the record's order.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// The rule's id.
    pub id: &'a RuleId,
    /// Its head.
    pub rule: Option<&'a Rule>,
    /// Its findings that the view shows; never empty.
    pub findings: Vec<&'a Finding>,
    /// The lowest confidence that counts.
    least: Confidence,
}

impl Group<'_> {
    /// The worst severity among the findings.
    pub(crate) fn severity(&self) -> Severity {
        self.findings
            .iter()
            .map(|finding| finding.severity)
            .max()
            .unwrap_or(Severity::Low)
    }

    /// Findings that count.
    pub(crate) fn counted(&self) -> usize {
        self.findings
            .iter()
            .filter(|finding| counts(finding, self.least))
            .count()
    }
}

/// Sort key: ranked before unranked, counted before silenced.
fn place_in_order(finding: &Finding) -> (bool, usize) {
    (
        finding.silenced.is_some(),
        finding.rank.map_or(usize::MAX, |rank| rank.position),
    )
}

/// The shown findings by rule, the rule with the best rank first.
pub(crate) fn groups<'a>(record: &'a RunRecord, view: &View) -> Vec<Group<'a>> {
    let mut index = std::collections::HashMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for finding in record
        .findings
        .iter()
        .filter(|finding| is_shown(finding, record.least, view))
    {
        let at = *index.entry(&finding.rule).or_insert_with(|| {
            let rule = rule_of(record, &finding.rule);
            groups.push(Group {
                id: &finding.rule,
                rule,
                least: record.least,
                findings: Vec::new(),
            });
            groups.len() - 1
        });
        groups[at].findings.push(finding);
    }
    groups.sort_by_cached_key(|group| {
        let best = group
            .findings
            .iter()
            .map(|finding| place_in_order(finding))
            .min();
        (best, std::cmp::Reverse(group.severity()), group.id.clone())
    });
    groups
}

/// One row of "what to do first": a rule, because one habit is mended in one go, or a broken budget.
#[derive(Clone, Debug)]
pub(crate) struct Thing<'a> {
    /// The rule's or item's id, or the metric of a budget that decides no item.
    pub id: &'a str,
    /// What the rule or item is called; empty where nobody says it.
    pub title: &'a str,
    /// What is to be mended.
    pub cause: Cause<'a>,
    /// What goes into the score.
    pub inputs: rank::Inputs,
    /// The ranking score.
    pub score: f64,
}

/// What is to be mended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cause<'a> {
    /// A habit in the code: the finding that ranks best.
    Finding(&'a Finding),
    /// A broken budget that no finding explains.
    Budget(&'a BudgetOutcome),
}

impl<'a> Thing<'a> {
    /// What each input of the score comes to.
    pub(crate) fn factors(&self) -> rank::Factors {
        rank::factors(&self.inputs)
    }

    /// The finding that ranks best, if it is about code.
    pub(crate) fn finding(&self) -> Option<&'a Finding> {
        match self.cause {
            Cause::Finding(finding) => Some(finding),
            Cause::Budget(_) => None,
        }
    }

    /// The broken budgets that it is about, as a phrase; empty where none is.
    pub(crate) fn over(&self, record: &RunRecord) -> String {
        match self.cause {
            Cause::Finding(finding) => broken::reason(record, &finding.rule),
            Cause::Budget(outcome) => broken::told(outcome),
        }
    }
}

/// The things to do first, at most [`FIRST`].
pub(crate) fn first_things(record: &RunRecord) -> Vec<Thing<'_>> {
    let mut things = things(record);
    things.truncate(FIRST);
    things
}

/// Everything that there is to do: only what counts, best score first.
pub(crate) fn things(record: &RunRecord) -> Vec<Thing<'_>> {
    let mut things = habits(record);
    for thing in exceeded(record) {
        // The judge's order of findings stays; a budget goes before the first that scores less.
        let at = things.iter().position(|other| other.score < thing.score);
        things.insert(at.unwrap_or(things.len()), thing);
    }
    things
}

/// The rules with findings that count, in the judge's order.
fn habits(record: &RunRecord) -> Vec<Thing<'_>> {
    let view = View::default();
    let mut things: Vec<(usize, Thing<'_>)> = Vec::new();
    for group in groups(record, &view) {
        let Some(finding) = group
            .findings
            .iter()
            .copied()
            .min_by_key(|finding| place_in_order(finding))
        else {
            continue;
        };
        let rank = finding.rank;
        let inputs = rank::Inputs {
            severity: finding.severity,
            confidence: finding.confidence,
            reach: finding.reach,
            sites: rank.map_or(group.counted(), |rank| rank.sites),
            measured: rank.and_then(|rank| rank.measured),
            effort: rank
                .map(|rank| rank.effort)
                .or(group.rule.map(|rule| rule.effort))
                .unwrap_or(Effort::M),
        };
        let thing = Thing {
            id: group.id.as_str(),
            title: group.rule.map_or("", |rule| &rule.title),
            cause: Cause::Finding(finding),
            inputs,
            score: score(finding, group.rule),
        };
        things.push((rank.map_or(usize::MAX, |rank| rank.position), thing));
    }
    // The judge's positions are followed; scores decide only where it gave none.
    things.sort_by(|(at, a), (other_at, b)| at.cmp(other_at).then(b.score.total_cmp(&a.score)));
    things.into_iter().map(|(_, thing)| thing).collect()
}

/// The broken budgets that rank by themselves, of one item the worst.
pub(crate) fn exceeded(record: &RunRecord) -> Vec<Thing<'_>> {
    let mut things: Vec<Thing<'_>> = Vec::new();
    for outcome in &record.budgets {
        let Some(inputs) = outcome.rank else { continue };
        let item = outcome.budget.item.as_ref();
        let known = item.and_then(|id| {
            let rule = record
                .rules
                .iter()
                .find(|rule| rule.id == *id || rule.aliases.contains(id));
            let id = rule.map_or(id, |rule| &rule.id);
            record.items.iter().find(|item| item.id == *id)
        });
        let thing = Thing {
            id: match (known, item) {
                (Some(known), _) => known.id.as_str(),
                (None, Some(item)) => item.as_str(),
                (None, None) => outcome.budget.metric.as_str(),
            },
            title: known.map_or("", |item| &item.title),
            cause: Cause::Budget(outcome),
            inputs,
            score: rank::score(&inputs),
        };
        match things.iter_mut().find(|other| other.id == thing.id) {
            Some(other) if other.score < thing.score => *other = thing,
            Some(_) => {}
            None => things.push(thing),
        }
    }
    things
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_broken_budget_stands_among_the_things_by_its_score_and_once_per_item() {
        let mut record = fixture::slow();
        let worse = BudgetOutcome {
            rank: record.budgets[0].rank.map(|inputs| rank::Inputs {
                measured: Some(3.0),
                ..inputs
            }),
            ..record.budgets[0].clone()
        };
        record.budgets.push(worse);
        let things = first_things(&record);
        assert_eq!((things.len(), things[0].inputs.measured), (1, Some(3.0)));
        assert_eq!(
            (things[0].id, things[0].title),
            ("START-901", "Start-up time")
        );

        let mut found = fixture::small().findings.remove(0);
        let rank = found.rank.as_mut().expect("ranked");
        rank.score = things[0].score + 1.0;
        record.findings = vec![found.clone()];
        let ids = |record: &RunRecord| -> Vec<String> {
            let things = first_things(record);
            things.iter().map(|thing| thing.id.to_owned()).collect()
        };
        assert_eq!(ids(&record), ["NET-901", "START-901"]);
        found.rank.as_mut().expect("ranked").score = 0.0;
        record.findings = vec![found];
        assert_eq!(ids(&record), ["START-901", "NET-901"]);
    }
}
