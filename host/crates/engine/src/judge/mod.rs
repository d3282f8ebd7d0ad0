//! Judges what was observed. Pure: the same observations and the same policy give the same judgement, on every machine.
//!
//! Order: fingerprints, silencing, paths asked for, changed lines, budgets, ranking, verdicts. Each part has its own file and its own rules
//! at its head.

mod budget;
pub mod changed;
pub mod day;
pub mod fingerprint;
pub mod gate;
mod rank;
pub mod silence;
pub mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::budget::BudgetOutcome;
use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::recipe::Recipe;
use perfctl_core::rule::Rule;
use perfctl_core::run::Problem;
use perfctl_core::scale::Confidence;
use perfctl_core::verdict::{Item, Verdict};

use self::changed::ChangedLines;
use self::day::Day;
use self::silence::{Baseline, Waiver};
use self::verdict::Attestation;
use crate::observe::Observations;
use crate::rules::RuleOutcome;

/// What people decided about findings and limits, beside the recipe.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Waivers of the settings.
    pub waivers: Vec<Waiver>,
    /// Signatures.
    pub attestations: Vec<Attestation>,
    /// Findings that were there before.
    pub baseline: Baseline,
    /// Only findings on these lines are kept.
    pub changed: Option<ChangedLines>,
    /// Lowest confidence that counts.
    pub least: Confidence,
    /// By rule, the measurement that would confirm a suspicion of it.
    pub confirmations: BTreeMap<RuleId, String>,
    /// Today, for expiries.
    pub today: Day,
    /// Every rule id and alias that exists.
    pub known: BTreeSet<RuleId>,
    /// Files and directories that findings were limited to; empty means none.
    pub limited_to: Vec<String>,
    /// Globs that the settings leave out, as written.
    pub excluded: Vec<String>,
    /// Whether suppressions that do no good are findings.
    pub suppressions: bool,
}

/// A judgement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// The checklist, by id.
    pub items: Vec<Item>,
    /// Findings, by rank, then place; silenced ones last.
    pub findings: Vec<Finding>,
    /// Rules that ran or were switched off, by id.
    pub rules: Vec<Rule>,
    /// Those of them that were switched off or broke, and the tool's own where it did not judge every suppression.
    pub unheard: Vec<RuleId>,
    /// Rules that there are and that settings, flags or the recipe left out.
    pub ignored: Vec<RuleId>,
    /// Budgets with their outcomes.
    pub budgets: Vec<BudgetOutcome>,
    /// What has run out; each a sentence.
    pub notes: Vec<String>,
    /// Rules that broke after they had found something: a verdict says one thing only, and that they fail is known.
    pub problems: Vec<Problem>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            waivers: Vec::new(),
            attestations: Vec::new(),
            baseline: Baseline::default(),
            changed: None,
            least: LEAST,
            confirmations: BTreeMap::new(),
            today: (0, 1, 1),
            known: BTreeSet::new(),
            limited_to: Vec::new(),
            excluded: Vec::new(),
            suppressions: true,
        }
    }
}

/// The lowest confidence that counts unless settings say otherwise; below it, a finding is a suspicion.
pub const LEAST: Confidence = Confidence::Medium;

/// Whether a finding counts: it is not silenced, and at least of confidence `least`.
pub fn counts(finding: &Finding, least: Confidence) -> bool {
    finding.silenced.is_none() && finding.confidence >= least
}

/// Judges `observations` of `recipe`.
pub fn judge(recipe: &Recipe, observations: &Observations, policy: &Policy) -> Judgement {
    let mut outcomes = observations.rules.outcomes.clone();
    let mut rules = observations.rules.rules.clone();
    let examined: BTreeSet<RuleId> = outcomes
        .iter()
        .filter(|(_, outcome)| **outcome == RuleOutcome::Examined)
        .map(|(id, _)| id.clone())
        .collect();

    let idle: BTreeMap<RuleId, String> = outcomes
        .iter()
        .filter_map(|(id, outcome)| match outcome {
            RuleOutcome::NotApplicable(why) => Some((id.clone(), why.clone())),
            _ => None,
        })
        .collect();

    let mut findings = observations.rules.findings.clone();
    fingerprint::assign(&mut findings);
    let ground = silence::Ground {
        allows: &observations.rules.allows,
        waivers: &policy.waivers,
        baseline: &policy.baseline,
        today: policy.today,
        known: &policy.known,
        rules: &rules,
        idle: &idle,
        examined: &examined,
        limited_to: &policy.limited_to,
    };
    let all_judged = policy.suppressions && silence::judges_all(&ground);
    let mut findings = silence::silence(findings, &ground);
    // Only now: the ordinal in a fingerprint counts every finding of the file, whatever this run is limited to.
    findings.retain(|finding| silence::within(&policy.limited_to, &finding.place.path));
    if let Some(changed) = &policy.changed {
        findings.retain(|finding| changed.touches(finding));
    }

    if !policy.suppressions {
        findings.retain(|finding| finding.rule.as_str() != silence::SUPPRESS);
    } else if !(observations.rules.allows.is_empty() && policy.waivers.is_empty()) {
        let head = silence::head();
        outcomes.insert(head.id.clone(), RuleOutcome::Examined);
        rules.push(head);
    }
    rules.sort_by(|one, other| one.id.cmp(&other.id));
    let mut ignored = policy.known.clone();
    for rule in &rules {
        ignored.remove(&rule.id);
        rule.aliases.iter().for_each(|alias| {
            ignored.remove(alias);
        });
    }
    if observations.rules.rules.is_empty() {
        ignored.clear();
    }
    let mut unheard: Vec<RuleId> = outcomes
        .iter()
        .filter(|(_, outcome)| matches!(outcome, RuleOutcome::Off(_) | RuleOutcome::Error(_)))
        .map(|(id, _)| id.clone())
        .collect();
    if !all_judged {
        unheard.push(RuleId::new(silence::SUPPRESS));
    }

    ask_for_measurements(&mut findings, &policy.confirmations);
    let mut budgets = budget::judge(recipe, &observations.metrics, &observations.steps);
    rank::rank(&mut findings, &rules, &budgets, policy.least);
    rank::rank_budgets(&mut budgets, &findings, &rules, &outcomes, policy.least);
    let items = verdict::items(&verdict::Ground {
        recipe,
        rules: &rules,
        outcomes: &outcomes,
        looked_at: &observations.rules.looked_at,
        findings: &findings,
        budgets: &budgets,
        steps: &observations.steps,
        attestations: &policy.attestations,
        known: &policy.known,
        least: policy.least,
        today: policy.today,
    });
    let problems = broken(&items, &outcomes);
    let mut notes = Vec::new();
    for signed in &policy.attestations {
        let written = match signed.written.as_str() {
            "" => String::new(),
            written => format!("{written}: "),
        };
        let rule = silence::resolve(&signed.item, &rules);
        if day::is_over(signed.until, policy.today) {
            let until = signed.until.map(day::show).unwrap_or_default();
            notes.push(format!(
                "{written}the attestation of {} held until {until}",
                signed.item
            ));
        } else if let Some(why) = idle.get(rule).filter(|_| policy.limited_to.is_empty()) {
            notes.push(format!(
                "{written}the attestation of {item} is not needed, {item} does not apply here: {why}",
                item = signed.item
            ));
        }
    }
    Judgement {
        items,
        findings,
        rules,
        unheard,
        ignored: ignored.into_iter().collect(),
        budgets,
        notes,
        problems,
    }
}

/// What is missing of rules that fail by what they found and broke all the same.
fn broken(items: &[Item], outcomes: &BTreeMap<RuleId, RuleOutcome>) -> Vec<Problem> {
    let failing = items.iter().filter(|item| item.verdict == Verdict::Fail);
    failing
        .filter_map(|item| match outcomes.get(&item.id) {
            Some(RuleOutcome::Error(why)) => Some(Problem {
                subject: item.id.as_str().to_owned(),
                message: format!("it broke, so there may be more than it found: {why}"),
            }),
            _ => None,
        })
        .collect()
}

/// Says beside every suspicion what would settle it: a reader can measure, and the rule could not.
fn ask_for_measurements(findings: &mut [Finding], confirmations: &BTreeMap<RuleId, String>) {
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.confidence == Confidence::Low)
    {
        if let Some(how) = confirmations.get(&finding.rule) {
            finding.notes.push(("to confirm".to_owned(), how.clone()));
            finding.notes.sort();
        }
    }
}

#[cfg(test)]
mod tests;
