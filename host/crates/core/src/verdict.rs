//! A rule's outcome for one repository.

use crate::ids::RuleId;

/// The outcome of a checklist item. The last four carry a reason, `NotApplicable` too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Looked at, nothing found.
    Pass,
    /// At least one finding counts, or a budget broke.
    Fail,
    /// The repository has nothing the rule is about.
    NotApplicable(String),
    /// Only a measurement or a signature could decide it.
    NeedsEvidence(String),
    /// A person signed for it.
    Attested(String),
    /// Findings exist and all of them are waived.
    Waived(String),
    /// The rule itself broke, or could not see all it had to see. Never hides as a pass.
    Error(String),
}

impl Verdict {
    /// The word used in files and reports.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NotApplicable(_) => "not-applicable",
            Verdict::NeedsEvidence(_) => "needs-evidence",
            Verdict::Attested(_) => "attested",
            Verdict::Waived(_) => "waived",
            Verdict::Error(_) => "error",
        }
    }

    /// The reason, empty for pass and fail.
    pub fn reason(&self) -> &str {
        match self {
            Verdict::Pass | Verdict::Fail => "",
            Verdict::NotApplicable(why)
            | Verdict::NeedsEvidence(why)
            | Verdict::Attested(why)
            | Verdict::Waived(why)
            | Verdict::Error(why) => why,
        }
    }

    /// Every word of [`Self::word`], in the order in which a report groups them.
    pub const WORDS: &'static [&'static str] = &[
        "fail",
        "error",
        "needs-evidence",
        "waived",
        "attested",
        "pass",
        "not-applicable",
    ];
}

/// How much a rule was handed to judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookedAt {
    /// Places in code or files that its matchers found.
    pub places: u64,
    /// Files that hold them.
    pub files: u64,
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The rule, or a measured item of the recipe.
    pub id: RuleId,
    /// Its title.
    pub title: String,
    /// What came of it.
    pub verdict: Verdict,
    /// Findings that count.
    pub findings: usize,
    /// Findings that were silenced by a comment, a waiver or the baseline.
    pub silenced: usize,
    /// Findings of low confidence, shown on request only.
    pub suspicions: usize,
    /// What its rule was handed; `None` where no rule judged it.
    pub looked_at: Option<LookedAt>,
}
