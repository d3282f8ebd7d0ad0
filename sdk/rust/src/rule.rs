//! What an author of a rule writes.

use crate::matches::Matches;
use crate::model::{File, Repository};
use crate::report::Report;

/// A rule of a pack. A rule that judges files has [`check`](Rule::check), a rule with a matcher of kind `repository` has
/// [`check_repository`](Rule::check_repository); it may have both.
pub trait Rule: 'static {
    /// Its id, as in `rule.toml`.
    const ID: &'static str;

    /// Judges a file: called once per file that has matches, with all of them.
    fn check(&self, file: File, matches: Matches<'_>, report: &mut Report<'_>, repo: Repository) {
        let _ = (file, matches, report, repo);
    }

    /// Judges the repository: called once.
    fn check_repository(&self, repo: Repository, report: &mut Report<'_>) -> Option<Verdict> {
        let _ = (repo, report);
        None
    }
}

/// What a rule says of the repository as a whole, with a reason that a reader can act on. Findings that count make it fail all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing here that the rule is about.
    NotApplicable(String),
    /// Only a measurement or a signature can decide it.
    NeedsEvidence(String),
}

impl Verdict {
    /// There is nothing here that the rule is about.
    pub fn not_applicable(why: impl Into<String>) -> Option<Self> {
        Some(Self::NotApplicable(why.into()))
    }

    /// Only a measurement or a signature can decide it.
    pub fn needs_evidence(why: impl Into<String>) -> Option<Self> {
        Some(Self::NeedsEvidence(why.into()))
    }
}
