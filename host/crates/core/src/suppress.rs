//! Comments that allow a finding, as the scanner read them.

use crate::ids::RuleId;
use crate::place::{Excerpt, Place};

/// `perfctl: allow ID[, ID] -- reason [until YYYY-MM-DD]` in a real comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The comment.
    pub place: Place,
    /// The comment's line or lines, for the finding that an unused or broken allowance becomes.
    pub excerpt: Excerpt,
    /// Line of the statement it speaks of: its own line, or the first code line below.
    pub line: u32,
    /// Last line of that statement.
    pub last_line: u32,
    /// Rules allowed.
    pub rules: Vec<RuleId>,
    /// Why; empty when the author gave none.
    pub reason: String,
    /// Last day on which it holds: year, month, day.
    pub until: Option<(i32, u32, u32)>,
    /// What is wrong with its form, if anything.
    pub malformed: Option<String>,
}
