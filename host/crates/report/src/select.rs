//! Which findings a reader sees and in which order: groups by rule, and the ten things to do first.
//!
//! All formats ask here, so that they agree. Must not know any format.

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::rank;
use perfctl_core::rule::Rule;
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Effort, Severity};
use perfctl_core::seams::View;

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

/// One row of "what to do first": a rule, because one habit is mended in one go.
#[derive(Clone, Debug)]
pub(crate) struct Thing<'a> {
    /// The rule's id.
    pub id: &'a RuleId,
    /// Its head.
    pub rule: Option<&'a Rule>,
    /// The finding that ranks best.
    pub finding: &'a Finding,
    /// Findings of the rule that count.
    pub sites: usize,
    /// Work of mending one.
    pub effort: Effort,
    /// The ranking score of `finding`.
    pub score: f64,
    /// What each input of the score comes to.
    pub factors: rank::Factors,
    /// Worst ratio of a confirming metric to its budget.
    pub measured: Option<f64>,
}

/// The things to do first, at most [`FIRST`]: only what counts, best score first.
pub(crate) fn first_things(record: &RunRecord) -> Vec<Thing<'_>> {
    let view = View::default();
    let mut things: Vec<Thing<'_>> = Vec::new();
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
        things.push(Thing {
            id: group.id,
            rule: group.rule,
            finding,
            sites: inputs.sites,
            effort: inputs.effort,
            score: score(finding, group.rule),
            factors: rank::factors(&inputs),
            measured: inputs.measured,
        });
    }
    // The judge's positions are followed; scores decide only where it gave none.
    things.sort_by(|a, b| {
        let position =
            |thing: &Thing<'_>| thing.finding.rank.map_or(usize::MAX, |rank| rank.position);
        position(a)
            .cmp(&position(b))
            .then(b.score.total_cmp(&a.score))
    });
    things.truncate(FIRST);
    things
}
