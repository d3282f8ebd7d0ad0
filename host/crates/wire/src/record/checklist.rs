//! Checklist items with their verdicts.

use perfctl_core::ids::RuleId;
use perfctl_core::verdict::{Item as CoreItem, Verdict};
use serde::{Deserialize, Serialize};

/// The outcome of a checklist item, without its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VerdictWord {
    /// Looked at, nothing found.
    Pass,
    /// At least one finding counts, or a budget broke.
    Fail,
    /// The repository has nothing the rule is about.
    NotApplicable,
    /// Only a measurement or a signature could decide it.
    NeedsEvidence,
    /// A person signed for it.
    Attested,
    /// Findings exist and all of them are waived.
    Waived,
    /// The rule itself broke, or could not see all it had to see.
    Error,
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Item {
    /// The rule, or a measured item of the recipe.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What came of it.
    pub verdict: VerdictWord,
    /// Why; absent for `pass` and `fail`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Findings that count.
    pub findings: usize,
    /// Findings that were silenced by a comment, a waiver or the baseline.
    pub silenced: usize,
    /// Findings of low confidence.
    pub suspicions: usize,
}

/// A verdict in two parts.
pub(super) fn split(verdict: &Verdict) -> (VerdictWord, String) {
    let word = match verdict {
        Verdict::Pass => VerdictWord::Pass,
        Verdict::Fail => VerdictWord::Fail,
        Verdict::NotApplicable(_) => VerdictWord::NotApplicable,
        Verdict::NeedsEvidence(_) => VerdictWord::NeedsEvidence,
        Verdict::Attested(_) => VerdictWord::Attested,
        Verdict::Waived(_) => VerdictWord::Waived,
        Verdict::Error(_) => VerdictWord::Error,
    };
    (word, verdict.reason().to_owned())
}

/// The verdict again.
pub(super) fn join(word: VerdictWord, reason: String) -> Verdict {
    match word {
        VerdictWord::Pass => Verdict::Pass,
        VerdictWord::Fail => Verdict::Fail,
        VerdictWord::NotApplicable => Verdict::NotApplicable(reason),
        VerdictWord::NeedsEvidence => Verdict::NeedsEvidence(reason),
        VerdictWord::Attested => Verdict::Attested(reason),
        VerdictWord::Waived => Verdict::Waived(reason),
        VerdictWord::Error => Verdict::Error(reason),
    }
}

impl From<&CoreItem> for Item {
    fn from(item: &CoreItem) -> Self {
        let CoreItem {
            id,
            title,
            verdict,
            findings,
            silenced,
            suspicions,
        } = item;
        let (verdict, reason) = split(verdict);
        Self {
            id: id.to_string(),
            title: title.clone(),
            verdict,
            reason,
            findings: *findings,
            silenced: *silenced,
            suspicions: *suspicions,
        }
    }
}

impl From<Item> for CoreItem {
    fn from(item: Item) -> Self {
        Self {
            id: RuleId::new(item.id),
            title: item.title,
            verdict: join(item.verdict, item.reason),
            findings: item.findings,
            silenced: item.silenced,
            suspicions: item.suspicions,
        }
    }
}
