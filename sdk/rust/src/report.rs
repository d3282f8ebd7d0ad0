//! What a rule reports.

use std::panic::Location;

use crate::bindings::rule_pack::exports::perfctl::plugin::rules as raw;
use crate::declared::{Declared, Message};
use crate::failure::{listed, mistake, mistake_at};
use crate::fix::Fix;
use crate::place::Place;
use crate::words::{Confidence, Reach, Severity};

/// Numbers of a finding's row, and where in it they stand.
const WIDTH: usize = 6;
const SEVERITY: usize = 2;
const CONFIDENCE: usize = 3;
const REACH: usize = 4;

/// Findings for which there is room from the first on.
const ROOM: usize = 32;

/// Collects the findings of a call. More than 1 000 end it with an error, and none of them counts.
pub struct Report<'a> {
    declared: &'a Declared,
    found: raw::Findings,
}

impl<'a> Report<'a> {
    pub(crate) fn new(declared: &'a Declared) -> Self {
        let found = raw::Findings {
            rows: Vec::new(),
            texts: Vec::new(),
            related: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
        };
        Self { declared, found }
    }

    pub(crate) fn into_findings(self) -> raw::Findings {
        self.found
    }

    /// Reports a finding: where, and the id of a message under `[messages]` of `rule.toml`. What the message's names stand for is given with
    /// [`Finding::arg`]. The place's first line is where the finding is shown, marked in cases, and allowed by comments.
    ///
    /// # Panics
    ///
    /// When `rule.toml` has no such message.
    #[inline]
    #[track_caller]
    pub fn finding(&mut self, at: impl Into<Place>, message: &str) -> Finding<'_> {
        let number = self.declared.message(message);
        let message = &self.declared.messages[number];
        let found = &mut self.found;
        let first_text = found.texts.len();
        let names = message.parameters.len();
        if names > 0 {
            found.texts.resize(first_text + names, String::new());
        }
        if found.rows.is_empty() {
            found.rows.reserve(ROOM * WIDTH);
        }
        let row = [at.into().0, number as u32, 0, 0, 0, names as u32];
        found.rows.extend_from_slice(&row);
        Finding {
            found,
            message,
            first_text,
            given: 0,
            reported_at: Location::caller(),
        }
    }
}

/// A finding, to say more about. It counts from the moment on that it is reported; nothing has to be done to send it.
pub struct Finding<'r> {
    found: &'r mut raw::Findings,
    message: &'r Message,
    first_text: usize,
    /// One bit for each of the message's names.
    given: u64,
    reported_at: &'static Location<'static>,
}

impl Finding<'_> {
    /// What a name between braces in the message stands for. Every name has to be given.
    ///
    /// # Panics
    ///
    /// When the message has no such name, or it was given before.
    #[track_caller]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        let names = &self.message.parameters;
        let Some(at) = names.iter().position(|known| known == name) else {
            self.drop_unchecked();
            mistake(&format!(
                "the message `{}` has no name `{name}`; it has {}",
                self.message.id,
                listed(names.iter().map(String::as_str))
            ))
        };
        if self.given & bit(at) != 0 {
            self.drop_unchecked();
            mistake(&format!("`{name}` was given before"))
        }
        self.given |= bit(at);
        self.found.texts[self.first_text + at] = value.to_string();
        self
    }

    /// Severity, where this place is to be judged otherwise than the rule says.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.row()[SEVERITY] = severity as u32;
        self
    }

    /// Confidence; high unless said.
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.row()[CONFIDENCE] = confidence as u32;
        self
    }

    /// How the code runs; worked out from the place unless said: `build` in a Dockerfile, `unknown` in other files that are no code.
    pub fn reach(mut self, reach: Reach) -> Self {
        self.row()[REACH] = reach as u32;
        self
    }

    /// A place that explains it: the loop's head, where the client is made, the hops of a chain; at most 16.
    pub fn related(mut self, at: impl Into<Place>, message: impl Into<String>) -> Self {
        let related = raw::Related {
            finding: self.number(),
            at: at.into().0,
            message: message.into(),
        };
        self.found.related.push(related);
        self
    }

    /// A fact for the reader; at most 16.
    pub fn note(mut self, key: impl Into<String>, value: impl ToString) -> Self {
        let note = raw::Note {
            finding: self.number(),
            key: key.into(),
            value: value.to_string(),
        };
        self.found.notes.push(note);
        self
    }

    /// A ready change.
    pub fn fix(mut self, fix: Fix) -> Self {
        let fix = fix.of(self.number());
        self.found.fixes.push(fix);
        self
    }

    fn row(&mut self) -> &mut [u32] {
        let start = self.found.rows.len() - WIDTH;
        &mut self.found.rows[start..]
    }

    fn number(&mut self) -> u32 {
        (self.found.rows.len() / WIDTH - 1) as u32
    }

    /// One mistake is enough: what else is missing is not told when the finding goes.
    fn drop_unchecked(&mut self) {
        self.given = u64::MAX;
    }
}

/// Names beyond the 64th of a message are not checked; no sentence has that many.
fn bit(at: usize) -> u64 {
    u32::try_from(at).map_or(0, |at| 1_u64.checked_shl(at).unwrap_or(0))
}

impl Drop for Finding<'_> {
    /// A finding is complete when nobody can say more about it.
    fn drop(&mut self) {
        if self.message.parameters.is_empty() {
            return;
        }
        let names = self.message.parameters.iter().enumerate();
        let mut missing = names
            .filter(|(at, _)| bit(*at) & !self.given != 0)
            .peekable();
        if missing.peek().is_none() || std::thread::panicking() {
            return;
        }
        let missing = listed(missing.map(|(_, name)| name.as_str()));
        let id = &self.message.id;
        mistake_at(
            self.reported_at,
            &format!("the message `{id}` needs {missing}, too: give it with `arg`"),
        )
    }
}

#[cfg(test)]
mod cost;
#[cfg(test)]
mod tests;
