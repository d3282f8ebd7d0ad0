//! Findings with everything that a renderer needs.

use perfctl_core::finding::{
    Finding as CoreFinding, Related as CoreRelated, Silenced as CoreSilenced,
};
use perfctl_core::fix::{Edit as CoreEdit, Fix as CoreFix, Safety};
use perfctl_core::ids::RuleId;
use perfctl_core::place::ByteSpan;
use perfctl_core::rank::Rank as CoreRank;
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};
use serde::{Deserialize, Serialize};

use super::number::Number;
use super::place::{Excerpt, Place};
use super::word::Word;

/// A place with evidence that a rule found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// The rule that found it.
    pub rule: String,
    /// One sentence for this place.
    pub message: String,
    /// What it costs if true.
    pub severity: Word<Severity>,
    /// How sure the rule is.
    pub confidence: Word<Confidence>,
    /// How the code there comes to run.
    pub reach: Word<Reach>,
    /// Where.
    pub place: Place,
    /// The code, with a line of context on both sides.
    pub excerpt: Excerpt,
    /// Qualified name of the function or class around it, empty at module level.
    pub symbol: String,
    /// Further places, in the order in which they explain.
    #[serde(default)]
    pub related: Vec<Related>,
    /// Facts that the rule adds.
    #[serde(default)]
    pub notes: Vec<NamedValue>,
    /// The change, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Stable across line moves and rewording.
    pub fingerprint: String,
    /// Set when it is known but does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silenced: Option<Silenced>,
    /// Its place in "what to do first".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Related {
    /// What this place contributes, as a short label.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// Its line or lines.
    pub excerpt: Excerpt,
}

/// A fact that a rule adds to a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NamedValue {
    /// What the fact is about.
    pub name: String,
    /// The fact.
    pub value: String,
}

/// A ready change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fix {
    /// What the change does, in the imperative.
    pub title: String,
    /// What may be done with it.
    pub safety: Word<Safety>,
    /// The edits; all are applied or none.
    pub edits: Vec<Edit>,
    /// The change as a unified diff.
    pub diff: String,
}

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Edit {
    /// Path from the repository's root.
    pub path: String,
    /// First byte to replace.
    pub start_byte: u32,
    /// One past the last byte to replace; equal to `start_byte` for an insertion.
    pub end_byte: u32,
    /// What stands there afterwards.
    pub text: String,
}

/// Why a finding is kept but not counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Silenced {
    /// A comment in the code allows it.
    Comment {
        /// The comment's reason.
        reason: String,
    },
    /// A waiver in the settings allows it.
    Waiver {
        /// Reason and owner.
        reason: String,
    },
    /// The baseline holds it already.
    Baseline,
}

/// The inputs and the result of the ranking formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rank {
    /// 1 is first.
    pub position: usize,
    /// The formula's result; larger is sooner.
    pub score: Number,
    /// Findings of the same rule in the repository.
    pub sites: usize,
    /// Share of the measured budget that it breaks (1 is at the limit).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Number>,
    /// Work.
    pub effort: Word<Effort>,
}

impl From<&CoreFinding> for Finding {
    fn from(finding: &CoreFinding) -> Self {
        let CoreFinding {
            rule,
            message,
            severity,
            confidence,
            reach,
            place,
            excerpt,
            symbol,
            related,
            notes,
            fix,
            fingerprint,
            silenced,
            rank,
        } = finding;
        let note = |(name, value): &(String, String)| NamedValue {
            name: name.clone(),
            value: value.clone(),
        };
        Self {
            rule: rule.to_string(),
            message: message.clone(),
            severity: Word(*severity),
            confidence: Word(*confidence),
            reach: Word(*reach),
            place: place.into(),
            excerpt: excerpt.into(),
            symbol: symbol.clone(),
            related: related.iter().map(Into::into).collect(),
            notes: notes.iter().map(note).collect(),
            fix: fix.as_ref().map(Into::into),
            fingerprint: fingerprint.clone(),
            silenced: silenced.as_ref().map(Into::into),
            rank: rank.as_ref().map(Into::into),
        }
    }
}

impl From<Finding> for CoreFinding {
    fn from(finding: Finding) -> Self {
        Self {
            rule: RuleId::new(finding.rule),
            message: finding.message,
            severity: finding.severity.0,
            confidence: finding.confidence.0,
            reach: finding.reach.0,
            place: finding.place.into(),
            excerpt: finding.excerpt.into(),
            symbol: finding.symbol,
            related: finding.related.into_iter().map(Into::into).collect(),
            notes: finding
                .notes
                .into_iter()
                .map(|note| (note.name, note.value))
                .collect(),
            fix: finding.fix.map(Into::into),
            fingerprint: finding.fingerprint,
            silenced: finding.silenced.map(Into::into),
            rank: finding.rank.map(Into::into),
        }
    }
}

impl From<&CoreRelated> for Related {
    fn from(related: &CoreRelated) -> Self {
        let CoreRelated {
            message,
            place,
            excerpt,
        } = related;
        Self {
            message: message.clone(),
            place: place.into(),
            excerpt: excerpt.into(),
        }
    }
}

impl From<Related> for CoreRelated {
    fn from(related: Related) -> Self {
        Self {
            message: related.message,
            place: related.place.into(),
            excerpt: related.excerpt.into(),
        }
    }
}

impl From<&CoreFix> for Fix {
    fn from(fix: &CoreFix) -> Self {
        let CoreFix {
            title,
            safety,
            edits,
            diff,
        } = fix;
        let edit = |edit: &CoreEdit| Edit {
            path: edit.path.to_string(),
            start_byte: edit.span.start,
            end_byte: edit.span.end,
            text: edit.text.clone(),
        };
        Self {
            title: title.clone(),
            safety: Word(*safety),
            edits: edits.iter().map(edit).collect(),
            diff: diff.clone(),
        }
    }
}

impl From<Fix> for CoreFix {
    fn from(fix: Fix) -> Self {
        let edit = |edit: Edit| CoreEdit {
            path: edit.path.into(),
            span: ByteSpan {
                start: edit.start_byte,
                end: edit.end_byte,
            },
            text: edit.text,
        };
        Self {
            title: fix.title,
            safety: fix.safety.0,
            edits: fix.edits.into_iter().map(edit).collect(),
            diff: fix.diff,
        }
    }
}

impl From<&CoreSilenced> for Silenced {
    fn from(silenced: &CoreSilenced) -> Self {
        match silenced {
            CoreSilenced::Comment(reason) => Silenced::Comment {
                reason: reason.clone(),
            },
            CoreSilenced::Waiver(reason) => Silenced::Waiver {
                reason: reason.clone(),
            },
            CoreSilenced::Baseline => Silenced::Baseline,
        }
    }
}

impl From<Silenced> for CoreSilenced {
    fn from(silenced: Silenced) -> Self {
        match silenced {
            Silenced::Comment { reason } => CoreSilenced::Comment(reason),
            Silenced::Waiver { reason } => CoreSilenced::Waiver(reason),
            Silenced::Baseline => CoreSilenced::Baseline,
        }
    }
}

impl From<&CoreRank> for Rank {
    fn from(rank: &CoreRank) -> Self {
        let CoreRank {
            position,
            score,
            sites,
            measured,
            effort,
        } = *rank;
        Self {
            position,
            score: Number(score),
            sites,
            measured: measured.map(Number),
            effort: Word(effort),
        }
    }
}

impl From<Rank> for CoreRank {
    fn from(rank: Rank) -> Self {
        Self {
            position: rank.position,
            score: rank.score.0,
            sites: rank.sites,
            measured: rank.measured.map(|measured| measured.0),
            effort: rank.effort.0,
        }
    }
}
