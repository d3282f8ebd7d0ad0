//! Checklist items with their verdicts, and the checklists that name them.

use perfctl_core::checklist::{
    Answer, Checklist as CoreChecklist, Line as CoreLine, Section as CoreSection,
};
use perfctl_core::ids::RuleId;
use perfctl_core::verdict::{Item as CoreItem, LookedAt as CoreLookedAt, Verdict};
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
    /// What its rule was handed to judge; absent where no rule judged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<LookedAt>,
}

/// How much a rule was handed to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LookedAt {
    /// Places in code or files that its matchers found.
    pub places: u64,
    /// Files that hold them.
    pub files: u64,
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
            looked_at,
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
            looked_at: looked_at.map(|looked| LookedAt {
                places: looked.places,
                files: looked.files,
            }),
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
            looked_at: item.looked_at.map(|looked| CoreLookedAt {
                places: looked.places,
                files: looked.files,
            }),
        }
    }
}

/// A document of which every line is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Checklist {
    /// What recipes call it.
    pub name: String,
    /// One line.
    pub title: String,
    /// Which document it stands for.
    #[serde(default)]
    pub origin: String,
    /// Its sections, in the order of the document.
    pub sections: Vec<Section>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Section {
    /// What recipes call it by; absent where none may.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// One line.
    pub title: String,
    /// Why it is not for the repository; absent where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    /// Its lines, in the order of the document.
    pub lines: Vec<Line>,
}

/// A line of a document. Its items decide it, or it is out of scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Line {
    /// Its number in the document.
    pub at: u32,
    /// What it asks for.
    pub title: String,
    /// Why it is not for the repository; absent where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    /// The items that decide it, by id or alias.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// Why none does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub out_of_scope: String,
}

impl From<&CoreChecklist> for Checklist {
    fn from(checklist: &CoreChecklist) -> Self {
        let CoreChecklist {
            name,
            title,
            origin,
            sections,
        } = checklist;
        let line = |line: &CoreLine| Line {
            at: line.at,
            title: line.title.clone(),
            elsewhere: line.elsewhere.clone(),
            items: line
                .answer
                .items()
                .iter()
                .map(ToString::to_string)
                .collect(),
            out_of_scope: match &line.answer {
                Answer::Items(_) => String::new(),
                Answer::OutOfScope(why) => why.clone(),
            },
        };
        let section = |section: &CoreSection| Section {
            id: section.id.clone(),
            title: section.title.clone(),
            elsewhere: section.elsewhere.clone(),
            lines: section.lines.iter().map(line).collect(),
        };
        Self {
            name: name.clone(),
            title: title.clone(),
            origin: origin.clone(),
            sections: sections.iter().map(section).collect(),
        }
    }
}

impl From<Checklist> for CoreChecklist {
    fn from(checklist: Checklist) -> Self {
        let line = |line: Line| CoreLine {
            at: line.at,
            title: line.title,
            when: Vec::new(),
            elsewhere: line.elsewhere,
            answer: match line.items.is_empty() {
                true => Answer::OutOfScope(line.out_of_scope),
                false => Answer::Items(line.items.into_iter().map(RuleId::new).collect()),
            },
        };
        let section = |section: Section| CoreSection {
            id: section.id,
            title: section.title,
            when: Vec::new(),
            elsewhere: section.elsewhere,
            lines: section.lines.into_iter().map(line).collect(),
        };
        Self {
            name: checklist.name,
            title: checklist.title,
            origin: checklist.origin,
            sections: checklist.sections.into_iter().map(section).collect(),
        }
    }
}
