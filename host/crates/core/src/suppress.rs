//! Comments that allow a finding, as the scanner read them.

use std::ops::RangeInclusive;

use crate::ids::RuleId;
use crate::place::{ByteSpan, Excerpt, Place};

/// The id under which the tool itself reports comments and waivers that do no good. The contracts name it; no pack owns it.
pub const SUPPRESS: &str = "PERFCTL-SUPPRESS";

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
    /// First and last line of the statement in whose midst it stands, where it does not count.
    pub around: Option<(u32, u32)>,
    /// Rules allowed.
    pub rules: Vec<RuleId>,
    /// Where each of `rules` is named, in their order.
    pub ids: Vec<ByteSpan>,
    /// What to take out of the file so that nothing of the comment is left; `None` where others' words would go with it.
    pub whole: Option<ByteSpan>,
    /// Why; empty when the author gave none.
    pub reason: String,
    /// Last day on which it holds: year, month, day.
    pub until: Option<(i32, u32, u32)>,
    /// What is wrong with its form, if anything.
    pub malformed: Option<String>,
}

impl Allow {
    /// Whether its statement is where something at `place` begins or ends. Says nothing of rule, path, form or day.
    pub fn covers(&self, place: &Place) -> bool {
        Self::meets(place, self.line..=self.last_line.max(self.line))
    }

    /// The lines on which it would count, if something at `place` is in the statement around it.
    pub fn would_cover(&self, place: &Place) -> Option<(u32, u32)> {
        self.around
            .filter(|(first, last)| Self::meets(place, *first..=*last))
    }

    fn meets(place: &Place, lines: RangeInclusive<u32>) -> bool {
        // A place that ends before the first column ends with the line above.
        let last = match place.end.column <= 1 && place.end.line > place.start.line {
            true => place.end.line - 1,
            false => place.end.line,
        };
        lines.contains(&place.start.line) || lines.contains(&last)
    }
}
