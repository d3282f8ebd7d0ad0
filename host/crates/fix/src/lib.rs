//! Writes the fixes of findings: which of them go together, what the files are then, and whether that is what was promised.
//!
//! The way through: [`plan`] takes the fixes that do not meet each other, [`rounds`] makes them in memory, has the repository scanned
//! with them and takes back what [`verify`] does not accept, until nothing is left to do; [`patch`] shows what came of it. This crate
//! opens no file and knows no rule: a [`Repository`] does that for it.

pub mod patch;
pub mod plan;
pub mod rounds;
mod state;
pub mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_core::ids::RuleId;
use perfctl_core::place::ByteSpan;
use perfctl_core::scale::Confidence;

pub use rounds::fix;

/// Texts of files, by path from the root.
pub type Texts = BTreeMap<Arc<str>, Arc<str>>;

/// What all rules say of a repository.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// All findings, those that do not count as well: what hides a finding has not mended it.
    pub findings: Vec<Finding>,
    /// Rules that broke.
    pub broken: BTreeSet<RuleId>,
}

/// What a text is like in its own notation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Soundness {
    /// Places that its parser could not make sense of.
    pub faults: usize,
    /// Parts of which one fix at a time may change something, such as a run of imports: what two fixes do there may fit together and
    /// still be wrong.
    pub whole: Vec<ByteSpan>,
    /// No parser reads its notation, so nobody would see what a change breaks.
    pub is_unread: bool,
}

/// The user asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// The repository whose files are changed.
pub trait Repository {
    /// The text of a file that may be written.
    ///
    /// # Errors
    /// Why it may not.
    fn read(&self, path: &str) -> Result<Arc<str>, String>;

    /// Looks at a text as the file `path`.
    fn soundness(&self, path: &str, text: &str) -> Soundness;

    /// What all rules say if these files had these texts.
    ///
    /// # Errors
    /// When the user does not want to wait for the answer.
    fn scan(&self, changed: &Texts) -> Result<Scan, Stopped>;

    /// The latest scan proved right: what it saw is what is there from now on. Scans after it that are not followed by this were
    /// of trials that failed.
    fn proved(&self);

    /// Hears what is going on.
    fn heard(&self, progress: Progress);
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many fixes are on trial in a round, counted from 1.
    Trying {
        /// The round.
        round: usize,
        /// How many.
        fixes: usize,
    },
    /// What may be made is settled; what less safe fixes would come to is looked at, so that it can be told.
    Foreseeing,
}

/// Why a finding was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its rule offers no change for this place.
    NoFix,
    /// Its change is for somebody to think about.
    ShownOnly,
    /// Its change may alter behaviour, and only safe ones were asked for.
    Unsafe,
    /// It goes, or gets a change that does it, once unsafe changes of others are made, and only safe ones were asked for.
    WithUnsafe,
    /// Its change is safe as such, but nobody could tell whether the file is still sound, and only safe ones were asked for; carries
    /// the path.
    Unchecked(Arc<str>),
    /// A file of its change may not be written; carries path and reason.
    Unwritable(Arc<str>, String),
    /// Its rule broke in some file, so nobody would see whether its change helps.
    Unproven(RuleId),
    /// It would be found all the same.
    NotGone,
    /// Another finding would come; carries its rule and message.
    Brings(RuleId, String),
    /// A file could be parsed less well; carries its path.
    Breaks(Arc<str>),
    /// A rule broke over it.
    BreaksRule(RuleId),
    /// A file would come to what it was before; carries its path.
    Returns(Arc<str>),
    /// The rounds were over before its turn.
    Crowded,
}

impl Why {
    /// What somebody is told, as the end of a sentence about the finding.
    pub fn sentence(&self) -> String {
        match self {
            Why::NoFix => "no change is known for this place".to_owned(),
            Why::ShownOnly => "its change is shown only, somebody has to think about it".to_owned(),
            Why::Unsafe => "its change may alter behaviour; `--unsafe` makes it".to_owned(),
            Why::WithUnsafe => {
                "it goes with changes that may alter behaviour; `--unsafe` makes them".to_owned()
            }
            Why::Unchecked(path) => {
                format!("no parser here would see what it breaks in {path}; `--unsafe` makes it")
            }
            Why::Unwritable(path, why) => format!("{path} is not written: {why}"),
            Why::Unproven(rule) => {
                format!("{rule} breaks, so nobody could tell whether its change helps")
            }
            Why::NotGone => "its change does not make it go".to_owned(),
            Why::Brings(rule, message) => {
                format!("its change would bring a finding of {rule}: {message}")
            }
            Why::Breaks(path) => format!("{path} could not be parsed any more with its change"),
            Why::BreaksRule(rule) => format!("{rule} breaks over its change"),
            Why::Returns(path) => {
                format!("its change would bring {path} back to what it was before")
            }
            Why::Crowded => {
                "the rounds were over before its turn; run `perfctl fix` again".to_owned()
            }
        }
    }

    /// Whether `--unsafe` mends it, as far as anybody tried.
    pub fn is_for_unsafe(&self) -> bool {
        matches!(self, Why::Unsafe | Why::WithUnsafe | Why::Unchecked(_))
    }

    /// The word of it for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Why::NoFix => "no-fix",
            Why::ShownOnly => "shown-only",
            Why::Unsafe => "unsafe",
            Why::WithUnsafe => "with-unsafe",
            Why::Unchecked(_) => "unchecked",
            Why::Unwritable(..) => "unwritable",
            Why::Unproven(_) => "unproven",
            Why::NotGone => "not-gone",
            Why::Brings(..) => "brings-finding",
            Why::Breaks(_) => "breaks-file",
            Why::BreaksRule(_) => "breaks-rule",
            Why::Returns(_) => "returns",
            Why::Crowded => "overlap",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The finding, by its position among those of the first scan.
    pub finding: usize,
    /// What the change does.
    pub title: String,
    /// How safe it is.
    pub safety: Safety,
    /// The files that it changed.
    pub paths: BTreeSet<Arc<str>>,
    /// The round in which it was made, counted from 1.
    pub round: usize,
}

/// What may be done, and to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The least safe fixes that are made.
    pub permitted: Safety,
    /// The lowest confidence of findings that count.
    pub least: Confidence,
    /// Tries what unsafe fixes would mend of what is left where only safe ones are permitted, so that it can be told. Costs their rounds, in
    /// memory.
    pub foresee: bool,
}

/// A wanted finding that went with the fixes of others, or of which they left no more than a suspicion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Along {
    /// The finding, by its position among those of the first scan.
    pub finding: usize,
    /// The files whose changes it went with: its own where one changed in that round, else all that did.
    pub paths: BTreeSet<Arc<str>>,
}

/// A file with another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its path from the root.
    pub path: Arc<str>,
    /// What it holds.
    pub before: Arc<str>,
    /// What it is to hold.
    pub after: Arc<str>,
}

/// What came of the fixes.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Files that change, by path.
    pub files: Vec<Changed>,
    /// Fixes that were made, in the order in which they were.
    pub applied: Vec<Applied>,
    /// Wanted findings that went with the fixes of others.
    pub went_along: Vec<Along>,
    /// Wanted findings that are too unsure to count since the fixes of others: nobody asked about such ones.
    pub doubted: Vec<Along>,
    /// Wanted findings that are left, by position, each with the reason.
    pub left: Vec<(usize, Why)>,
    /// What the rules say in the end.
    pub last: Scan,
    /// Rounds that changed something.
    pub rounds: usize,
    /// What unsafe fixes would mend of what is left.
    pub foresight: Foresight,
}

/// What is known of what unsafe fixes would mend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foresight {
    /// Nothing was tried: nobody asked, or nothing that is left has an unsafe fix.
    #[default]
    Untried,
    /// The user asked to stop while it was tried. What safe fixes come to was proven by then.
    Cut,
    /// So many of the findings that are left.
    Mends(usize),
}

impl Outcome {
    /// Takes out what did not come about because files were not written, each of them with the reason: those files, their fixes, and
    /// what went along with these. The findings are left then.
    pub fn lose(&mut self, unwritten: &[(Arc<str>, String)]) {
        let lost = |paths: &BTreeSet<Arc<str>>| {
            let first = unwritten.iter().find(|(path, _)| paths.contains(path));
            first.map(|(path, why)| Why::Unwritable(path.clone(), why.clone()))
        };
        let left = &mut self.left;
        self.applied.retain(|applied| match lost(&applied.paths) {
            Some(why) => {
                left.push((applied.finding, why));
                false
            }
            None => true,
        });
        for along in [&mut self.went_along, &mut self.doubted] {
            along.retain(|along| match lost(&along.paths) {
                Some(why) => {
                    left.push((along.finding, why));
                    false
                }
                None => true,
            });
        }
        self.left.sort();
        let is_lost = |path: &Arc<str>| unwritten.iter().any(|(lost, _)| lost == path);
        self.files.retain(|file| !is_lost(&file.path));
    }
}
