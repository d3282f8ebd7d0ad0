//! What came of a case, line by line, in words that readers of ast-grep know.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use perfctl_core::place::Excerpt;
use perfctl_core::run::Problem;

/// What came of one line, or of the case as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Marked as a finding, and found.
    Reported,
    /// Marked as none, and not found.
    Validated,
    /// Found, and allowed by a comment.
    Allowed,
    /// Marked as none, and found once the fact that guards it was removed.
    Fired,
    /// Found, and gone once its fix was written.
    Fixed,
    /// Found, and offers no fix, as expected.
    Withheld,
    /// Found, and says what is expected of it.
    Worded,
    /// Marked as a known gap, and not found.
    Gap,
    /// The case as a whole ended with the verdict that it expects.
    Verdict,
    /// Marked as a finding, not found.
    Missing,
    /// Found, not marked; or marked as none.
    Noisy,
    /// Found as marked, but not as sure as marked or in other words than expected; or the case ended with another verdict than
    /// it expects.
    Wrong,
    /// Marked as a known gap, but found: the mark has to become a finding.
    GapClosed,
    /// Marked as none, and still not found when the fact that guards it was removed.
    Silent,
    /// Found, and its fix breaks the file, leaves the finding, makes another, or is not the one that is expected.
    Unfixed,
    /// The case or the rule is broken.
    Broken,
}

impl Outcome {
    /// Every outcome, passes first.
    pub const ALL: &'static [Outcome] = &[
        Outcome::Reported,
        Outcome::Validated,
        Outcome::Allowed,
        Outcome::Fired,
        Outcome::Fixed,
        Outcome::Withheld,
        Outcome::Worded,
        Outcome::Gap,
        Outcome::Verdict,
        Outcome::Missing,
        Outcome::Noisy,
        Outcome::Wrong,
        Outcome::GapClosed,
        Outcome::Silent,
        Outcome::Unfixed,
        Outcome::Broken,
    ];

    /// The word used in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Reported => "reported",
            Outcome::Validated => "validated",
            Outcome::Allowed => "allowed",
            Outcome::Fired => "fired",
            Outcome::Fixed => "fixed",
            Outcome::Withheld => "withheld",
            Outcome::Worded => "worded",
            Outcome::Gap => "gap",
            Outcome::Verdict => "verdict",
            Outcome::Missing => "missing",
            Outcome::Noisy => "noisy",
            Outcome::Wrong => "wrong",
            Outcome::GapClosed => "gap-closed",
            Outcome::Silent => "silent",
            Outcome::Unfixed => "unfixed",
            Outcome::Broken => "broken",
        }
    }

    /// Whether the case may pass with it.
    pub fn is_pass(self) -> bool {
        self < Outcome::Missing
    }
}

/// One line of a case with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineResult {
    /// What came of it.
    pub outcome: Outcome,
    /// The file, from the case's folder; empty for the case as a whole.
    pub path: String,
    /// The line, from 1; 0 for a file or the case as a whole.
    pub line: u32,
    /// The line's code; empty without a line.
    pub excerpt: Excerpt,
    /// What was found, expected or wrong; for passes what the rule or the mark says.
    pub message: String,
}

/// What came of one case.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// The name of its folder.
    pub name: String,
    /// Its folder.
    pub dir: PathBuf,
    /// Every line that was judged, by path and line.
    pub lines: Vec<LineResult>,
    /// What the scan could not look at. No failure: a broken file may be what the case is about.
    pub problems: Vec<Problem>,
    /// What the scripts printed on the case as it is.
    pub printed: Vec<String>,
    /// What findings of the rule said, those of its mutations included.
    pub said: BTreeSet<String>,
    /// Wall time, mutations included.
    pub took: Duration,
}

impl CaseResult {
    /// A case that could not be run.
    pub(super) fn failed(dir: &Path, why: String) -> Self {
        let whole = LineResult {
            outcome: Outcome::Broken,
            path: String::new(),
            line: 0,
            excerpt: Excerpt::default(),
            message: why,
        };
        Self {
            name: name_of(dir),
            dir: dir.to_owned(),
            lines: vec![whole],
            problems: Vec::new(),
            printed: Vec::new(),
            said: BTreeSet::new(),
            took: Duration::ZERO,
        }
    }

    /// Whether nothing failed.
    pub fn is_pass(&self) -> bool {
        self.lines.iter().all(|line| line.outcome.is_pass())
    }

    /// How many lines ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines
            .iter()
            .filter(|line| line.outcome == outcome)
            .count()
    }
}

/// The name of a case's folder.
pub(super) fn name_of(dir: &Path) -> String {
    dir.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
