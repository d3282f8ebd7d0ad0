//! A ready change: byte-range edits with a safety class.

use std::sync::Arc;

use crate::place::ByteSpan;

/// What may be done with a fix without asking. The applier decides by this, never the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Shown in reports, never written.
    DisplayOnly,
    /// Written on request; may change behaviour.
    Unsafe,
    /// Written by default; keeps behaviour.
    Safe,
}

impl Safety {
    /// The word used in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Safety::DisplayOnly => "shown-only",
            Safety::Unsafe => "unsafe",
            Safety::Safe => "safe",
        }
    }
}

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// Path from the repository's root.
    pub path: Arc<str>,
    /// Bytes to replace; empty to insert.
    pub span: ByteSpan,
    /// What stands there afterwards.
    pub text: String,
}

/// Edits that belong together: all are applied or none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What the change does, in the imperative.
    pub title: String,
    /// What may be done with it.
    pub safety: Safety,
    /// Sorted by path and start, not overlapping.
    pub edits: Vec<Edit>,
    /// The change as a unified diff, rendered when the finding was made.
    pub diff: String,
}
