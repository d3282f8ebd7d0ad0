//! Ready changes.

use crate::bindings::rule_pack::exports::perfctl::plugin::rules as raw;
use crate::place::Place;
use crate::words::Safety;

const REPLACE: u8 = 0;
const BEFORE: u8 = 1;
const AFTER: u8 = 2;

/// A ready change. Its class is at most that of `fix` in `rule.toml`.
#[derive(Clone, Debug)]
pub struct Fix {
    title: String,
    safety: Safety,
    edits: Vec<raw::Edit>,
}

impl Fix {
    /// A change that does nothing yet. The title says what it does, in the imperative.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            safety: Safety::ShownOnly,
            edits: Vec::new(),
        }
    }

    /// What may be done with it; shown only unless said.
    pub fn safety(mut self, safety: Safety) -> Self {
        self.safety = safety;
        self
    }

    /// Puts a text in place of something. Replacements may not overlap.
    pub fn replace(self, at: impl Into<Place>, text: impl Into<String>) -> Self {
        self.edit(at.into(), REPLACE, text.into())
    }

    /// Puts a text before something.
    pub fn before(self, at: impl Into<Place>, text: impl Into<String>) -> Self {
        self.edit(at.into(), BEFORE, text.into())
    }

    /// Puts a text behind something.
    pub fn after(self, at: impl Into<Place>, text: impl Into<String>) -> Self {
        self.edit(at.into(), AFTER, text.into())
    }

    fn edit(mut self, at: Place, how: u8, text: String) -> Self {
        self.edits.push(raw::Edit {
            at: at.0,
            how,
            text,
        });
        self
    }

    pub(crate) fn of(self, finding: u32) -> raw::Fix {
        raw::Fix {
            finding,
            title: self.title,
            safety: self.safety as u8,
            edits: self.edits,
        }
    }
}
