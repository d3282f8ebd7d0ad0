//! Where a setting was written.

use std::fmt;
use std::sync::Arc;

/// The layers, in the order in which later ones win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Shipped in the binary.
    BuiltIn,
    /// The user's own settings.
    User,
    /// A directory or pack that the user's settings or `--config` name.
    Organisation,
    /// The audited repository.
    Repository,
    /// Flags.
    CommandLine,
}

impl Level {
    /// The word used in messages.
    pub fn word(self) -> &'static str {
        match self {
            Level::BuiltIn => "built in",
            Level::User => "user",
            Level::Organisation => "organisation",
            Level::Repository => "repository",
            Level::CommandLine => "command line",
        }
    }
}

/// The place of a setting: a line of a file, or a flag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Its layer.
    pub level: Level,
    /// The file, as the caller named it; for the command line, the flag.
    pub file: Arc<str>,
    /// Line, from 1; 0 for the command line.
    pub line: u32,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            Level::BuiltIn => f.write_str("built in"),
            Level::CommandLine => write!(f, "{} (command line)", self.file),
            level => write!(f, "{}:{} ({})", self.file, self.line, level.word()),
        }
    }
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value that the flag `name` gave.
    pub fn flag(name: &str, value: T) -> Self {
        let origin = Origin {
            level: Level::CommandLine,
            file: name.into(),
            line: 0,
        };
        Self { value, origin }
    }
}
