//! One verdict per checklist item, from all that is known of it.
//!
//! An item is a rule that ran, an item that the recipe measures, or one that a checklist, a budget or a step names. First match:
//!
//! 1. a finding counts, or a budget broke: **fail** (whatever else is missing, this is known);
//! 2. the rule broke: **error**;
//! 3. something is missing (the rule or a step needs evidence, a step failed or was interrupted, a budget has no data):
//!    **attested** if a person signed for the item with evidence that can be there, else **needs-evidence**;
//! 4. findings exist and all are silenced: **waived**, and so is a rule that the settings switch off;
//! 5. a budget held, or the rule saw all there is: **pass**;
//! 6. neither the rule nor any step had something to look at: **not-applicable**;
//! 7. nothing was looked at at all: **attested**, else **needs-evidence**.
//!
//! An item of a checklist that no rule owns may not be for the repository: **not-applicable**, unless something was measured that
//! decides it. One that nobody knows is an **error**.
//!
//! A budget without data is excused when every step of the item was skipped because it is not for this repository.
//! Findings below the confidence that counts decide nothing: they are suspicions.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::budget::{BudgetOutcome, BudgetVerdict};
use perfctl_core::checklist::{Evidence, EvidenceItem};
use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::ids::RuleId;
use perfctl_core::recipe::Recipe;
use perfctl_core::rule::Rule;
use perfctl_core::run::{StepRecord, StepStatus};
use perfctl_core::scale::Confidence;
use perfctl_core::verdict::{Item, LookedAt, Verdict};

use super::budget::reason;
use super::counts;
use super::day::{self, Day};
use super::silence::resolve;
use crate::observe::INTERRUPTED;
use crate::rules::RuleOutcome;

/// A signature of `.perfctl/attestations.toml`: a person answers for an item that no tool can decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// The item, by id or alias.
    pub item: RuleId,
    /// What is attested.
    pub reason: String,
    /// Who signs.
    pub who: String,
    /// Last day on which it holds.
    pub until: Option<Day>,
    /// Where it is written, `file:line`; may be empty.
    pub written: String,
    /// The file of the repository that it gives as evidence and that is not there: nobody could look, so it holds nothing up.
    pub lost: Option<String>,
}

/// What verdicts depend on.
pub(super) struct Ground<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) rules: &'a [Rule],
    pub(super) outcomes: &'a BTreeMap<RuleId, RuleOutcome>,
    pub(super) looked_at: &'a BTreeMap<RuleId, LookedAt>,
    pub(super) findings: &'a [Finding],
    pub(super) budgets: &'a [BudgetOutcome],
    pub(super) steps: &'a [StepRecord],
    pub(super) attestations: &'a [Attestation],
    pub(super) known: &'a BTreeSet<RuleId>,
    pub(super) least: Confidence,
    pub(super) today: Day,
}

/// Every item with its verdict, in the order of ids.
pub(super) fn items(ground: &Ground<'_>) -> Vec<Item> {
    let mut titles: BTreeMap<&RuleId, &str> = BTreeMap::new();
    let sections = ground
        .recipe
        .checklists
        .iter()
        .flat_map(|list| &list.sections);
    for line in sections.flat_map(|section| &section.lines) {
        // Of an item that nothing else names, the line says what it is about.
        for id in line.answer.items() {
            titles.entry(ground.own_id(id)).or_insert(&line.title);
        }
    }
    let steps = ground.recipe.steps.iter().flat_map(|step| &step.items);
    let budgets = ground
        .budgets
        .iter()
        .filter_map(|outcome| outcome.budget.item.as_ref());
    for id in steps.chain(budgets) {
        let id = ground.own_id(id);
        titles.entry(id).or_insert(id.as_str());
    }
    for item in &ground.recipe.evidence {
        titles.insert(ground.own_id(&item.id), &item.title);
    }
    for item in &ground.recipe.items {
        titles.insert(&item.id, &item.title);
    }
    for rule in ground.rules {
        titles.insert(&rule.id, &rule.title);
    }
    titles
        .into_iter()
        .map(|(id, title)| ground.item(id, title))
        .collect()
}

impl<'a> Ground<'a> {
    /// The id of the rule that `id` is an alias of, else `id`.
    fn own_id(&self, id: &'a RuleId) -> &'a RuleId {
        resolve(id, self.rules)
    }

    fn item(&self, id: &RuleId, title: &str) -> Item {
        let ours = || self.findings.iter().filter(|finding| finding.rule == *id);
        Item {
            id: id.clone(),
            title: title.to_owned(),
            verdict: self.verdict(id),
            findings: ours().filter(|finding| counts(finding, self.least)).count(),
            silenced: ours().filter(|finding| finding.silenced.is_some()).count(),
            suspicions: ours()
                .filter(|finding| finding.silenced.is_none() && !counts(finding, self.least))
                .count(),
            looked_at: match self.outcomes.get(id) {
                Some(RuleOutcome::Examined) => self.looked_at.get(id).copied(),
                _ => None,
            },
        }
    }

    fn verdict(&self, id: &RuleId) -> Verdict {
        match (self.decided(id), self.lost(id)) {
            (Verdict::NeedsEvidence(why), Some(lost)) => {
                Verdict::NeedsEvidence(format!("{lost}; {why}"))
            }
            (verdict, _) => verdict,
        }
    }

    /// The verdict, whatever evidence is lost.
    fn decided(&self, id: &RuleId) -> Verdict {
        let budgets: Vec<&BudgetOutcome> = self
            .budgets
            .iter()
            .filter(|outcome| {
                outcome.budget.item.as_ref().map(|item| self.own_id(item)) == Some(id)
            })
            .collect();
        let outcome = self.outcomes.get(id);
        let off = match outcome {
            Some(RuleOutcome::Off(why)) => Some(why),
            _ => None,
        };
        let broke = |outcome: &&BudgetOutcome| matches!(outcome.verdict, BudgetVerdict::Fail(_));
        let ours: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|finding| finding.rule == *id)
            .collect();
        if let Some(why) = off {
            return Verdict::Waived(format!("switched off in the settings: {why}"));
        }
        if ours.iter().any(|finding| counts(finding, self.least)) || budgets.iter().any(broke) {
            return Verdict::Fail;
        }
        let is_rule = self.rules.iter().any(|rule| rule.id == *id);
        match outcome {
            Some(RuleOutcome::Error(why)) => return Verdict::Error(why.clone()),
            None if is_rule => {
                return Verdict::Error("the rule ran without saying how it ended".to_owned());
            }
            _ => {}
        }
        let steps = self.steps_of(id);
        let worked = steps.iter().any(|step| step.status == StepStatus::Ok);
        let evidence = self.evidence(id).filter(|_| !is_rule);
        let elsewhere = evidence.and_then(|item| item.elsewhere.as_ref());
        if let Some(why) = elsewhere.filter(|_| !worked) {
            return Verdict::NotApplicable(why.clone());
        }
        let missing = missing(outcome, &steps, &budgets);
        if !missing.is_empty() {
            return self
                .attested(id)
                .unwrap_or(Verdict::NeedsEvidence(missing.join("; ")));
        }
        if let Some(why) = waived(&ours, self.least) {
            return Verdict::Waived(why);
        }
        let looked = matches!(outcome, Some(RuleOutcome::Examined));
        if looked || budgets.iter().any(|outcome| held(outcome)) {
            return Verdict::Pass;
        }
        if let Some(RuleOutcome::NotApplicable(why)) = outcome {
            return Verdict::NotApplicable(why.clone());
        }
        if let (false, Some(step)) = (worked, steps.first()) {
            return Verdict::NotApplicable(reason(&step.status).to_owned());
        }
        if let Some(attested) = self.attested(id) {
            return attested;
        }
        if worked {
            let why = "it was measured, but no budget says what would be good enough";
            return Verdict::NeedsEvidence(why.to_owned());
        }
        let is_measured = || self.recipe.items.iter().any(|item| item.id == *id);
        match evidence {
            Some(item) => Verdict::NeedsEvidence(wanted(item)),
            None if budgets.is_empty() && self.known.contains(id) => {
                Verdict::NeedsEvidence("no step of this recipe runs its rule".to_owned())
            }
            None if !budgets.is_empty() || is_measured() => {
                Verdict::NeedsEvidence("nothing in this recipe measures it".to_owned())
            }
            // Somebody signed for what only a checklist names: it is known, but for its evidence.
            None if self.lost(id).is_some() => {
                Verdict::NeedsEvidence("no rule and no step looks at it".to_owned())
            }
            None => Verdict::Error("a checklist names it, but no rule and no item does".to_owned()),
        }
    }

    /// The item of a checklist that no rule owns.
    fn evidence(&self, id: &RuleId) -> Option<&'a EvidenceItem> {
        self.recipe.evidence.iter().find(|item| item.id == *id)
    }

    /// Records of the steps that measure an item.
    fn steps_of(&self, id: &RuleId) -> Vec<&'a StepRecord> {
        let ids: BTreeSet<_> = self
            .recipe
            .steps
            .iter()
            .filter(|step| step.items.iter().any(|item| self.own_id(item) == id))
            .map(|step| &step.id)
            .collect();
        self.steps
            .iter()
            .filter(|record| ids.contains(&record.id))
            .collect()
    }

    /// The signatures for an item that are not over.
    fn signed(&self, id: &RuleId) -> impl Iterator<Item = &'a Attestation> {
        self.attestations.iter().filter(move |signed| {
            self.own_id(&signed.item) == id
                && !signed.reason.trim().is_empty()
                && !day::is_over(signed.until, self.today)
        })
    }

    /// That somebody signed for an item, and that nobody can look at the evidence.
    fn lost(&self, id: &RuleId) -> Option<String> {
        let mut signed = self.signed(id);
        signed.find_map(|signed| {
            let lost = signed.lost.as_ref()?;
            Some(format!(
                "the evidence of its signature is neither a file of the repository nor a link with https://: {lost} ({})",
                signed.who
            ))
        })
    }

    fn attested(&self, id: &RuleId) -> Option<Verdict> {
        let signed = self.signed(id).find(|signed| signed.lost.is_none())?;
        let until = signed
            .until
            .map(|until| format!(", until {}", day::show(until)));
        let until = until.unwrap_or_default();
        Some(Verdict::Attested(format!(
            "{} ({}{until})",
            signed.reason, signed.who
        )))
    }
}

/// What would decide an item about which nothing is known.
fn wanted(item: &EvidenceItem) -> String {
    let why = match item.kind {
        Evidence::Measured => "nothing in this recipe measures it",
        Evidence::Attested => "nobody has signed for it",
    };
    format!("{why}: {}", item.evidence)
}

/// Whether a budget was measured and kept.
fn held(outcome: &BudgetOutcome) -> bool {
    matches!(outcome.verdict, BudgetVerdict::Pass(_))
}

/// Everything that is missing, each as a reason, none twice.
fn missing(
    outcome: Option<&RuleOutcome>,
    steps: &[&StepRecord],
    budgets: &[&BudgetOutcome],
) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    // What a rule could not see in the code, a budget that held has shown.
    if let Some(RuleOutcome::NeedsEvidence(why)) = outcome
        && !budgets.iter().any(|outcome| held(outcome))
    {
        reasons.push(why.clone());
    }
    for step in steps {
        match &step.status {
            StepStatus::Ok => {}
            _ if is_elsewhere(step) => {}
            StepStatus::NeedsEvidence(why) | StepStatus::Skipped(why) => reasons.push(why.clone()),
            status => reasons.push(format!("step `{}`: {}", step.id, reason(status))),
        }
    }
    // A step that missed says more than the budget that waits for it.
    let excused = !steps.is_empty() && steps.iter().all(|step| is_elsewhere(step));
    if reasons.is_empty() && !excused {
        reasons.extend(budgets.iter().filter_map(|outcome| match &outcome.verdict {
            BudgetVerdict::NoData(why) => Some(why.clone()),
            _ => None,
        }));
    }
    let mut told = BTreeSet::new();
    reasons.retain(|why| told.insert(why.clone()));
    reasons
}

/// Whether a step was skipped because it is not for this repository.
fn is_elsewhere(step: &StepRecord) -> bool {
    matches!(&step.status, StepStatus::Skipped(why) if why != INTERRUPTED)
}

/// Why all findings are silenced, if there are any and all are.
fn waived(findings: &[&Finding], least: Confidence) -> Option<String> {
    let mut reasons: BTreeSet<&str> = BTreeSet::new();
    let mut silenced = 0;
    for finding in findings {
        match &finding.silenced {
            Some(Silenced::Comment(why) | Silenced::Waiver(why)) => reasons.insert(why),
            // It would not have counted, and nobody waived it.
            Some(Silenced::Baseline) if finding.confidence < least => continue,
            Some(Silenced::Baseline) => reasons.insert("in the baseline"),
            None => continue,
        };
        silenced += 1;
    }
    let shown: Vec<&str> = reasons.iter().copied().take(3).collect();
    let more = if reasons.len() > 3 { ", ..." } else { "" };
    let noun = if silenced == 1 { "finding" } else { "findings" };
    (silenced > 0).then(|| format!("{silenced} {noun}: {}{more}", shown.join("; ")))
}

#[cfg(test)]
mod tests;
