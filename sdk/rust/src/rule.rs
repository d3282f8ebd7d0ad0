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
    ///
    /// # Panics
    ///
    /// Unless the rule has it: it is called because of the rule's matchers, and to do nothing would find nothing in silence.
    fn check(&self, file: File, matches: Matches<'_>, report: &mut Report<'_>, repo: Repository) {
        let _ = (file, matches, report, repo);
        missing(Self::ID, "matchers of files", "check")
    }

    /// Judges the repository: called once.
    ///
    /// # Panics
    ///
    /// Unless the rule has it: it is called because of the rule's matcher of kind `repository`.
    fn check_repository(&self, repo: Repository, report: &mut Report<'_>) -> Option<Verdict> {
        let _ = (repo, report);
        missing(
            Self::ID,
            "a matcher of kind `repository`",
            "check_repository",
        )
    }
}

/// Ends a call that the rule has no code for.
fn missing(id: &str, matchers: &str, method: &str) -> ! {
    panic!("rule.toml of `{id}` has {matchers}, but the rule has no `{method}`")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declared::Declared;

    struct Neither;

    impl Rule for Neither {
        const ID: &'static str = "ACME-001";
    }

    static NOTHING: Declared = Declared {
        matchers: Vec::new(),
        messages: Vec::new(),
    };

    #[test]
    #[should_panic(
        expected = "rule.toml of `ACME-001` has matchers of files, but the rule has no `check`"
    )]
    fn files_need_a_check() {
        let matches = Matches::new(File(0), &[], &NOTHING);
        Neither.check(File(0), matches, &mut Report::new(&NOTHING), Repository(()));
    }

    #[test]
    #[should_panic(
        expected = "has a matcher of kind `repository`, but the rule has no `check_repository`"
    )]
    fn the_repository_needs_one_of_its_own() {
        Neither.check_repository(Repository(()), &mut Report::new(&NOTHING));
    }
}
