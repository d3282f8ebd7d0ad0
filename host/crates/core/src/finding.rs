//! A place with evidence that a rule found.

use crate::fix::Fix;
use crate::ids::RuleId;
use crate::place::{Excerpt, Place};
use crate::rank::Rank;
use crate::scale::{Confidence, Reach, Severity};

/// A second place that explains the first: the loop around the call, a hop of the call chain, the client's construction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related {
    /// What this place contributes, as a short label.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// Its line or lines.
    pub excerpt: Excerpt,
}

/// Why a finding is kept but not counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Silenced {
    /// A comment in the code allows it; carries the comment's reason.
    Comment(String),
    /// A waiver in the settings allows it; carries reason and owner.
    Waiver(String),
    /// The baseline holds it already.
    Baseline,
}

/// One finding, complete: a renderer needs nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: RuleId,
    /// One sentence for this place.
    pub message: String,
    /// What it costs if true; the rule's severity unless the rule judged this place otherwise.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// How the code there comes to run.
    pub reach: Reach,
    /// Where.
    pub place: Place,
    /// The code, with a line of context on both sides.
    pub excerpt: Excerpt,
    /// Qualified name of the function or class around it, empty at module level.
    pub symbol: String,
    /// Further places, in the order in which they explain.
    pub related: Vec<Related>,
    /// Facts that the rule adds, such as the library or the loop's kind; sorted by key.
    pub notes: Vec<(String, String)>,
    /// The change, if there is one.
    pub fix: Option<Fix>,
    /// Stable across line moves and rewording: hash of rule, path, symbol, normalised code and ordinal.
    pub fingerprint: String,
    /// Set when it is known but does not count.
    pub silenced: Option<Silenced>,
    /// Its place in "what to do first"; set by the judge.
    pub rank: Option<Rank>,
}
