//! What rules declare to look at, compiled for all rules into one pass.
//!
//! Matchers that a file alone decides (strings, assignments, imports, loops, regexes) run while its tree is there;
//! matchers over calls and functions run once the repository is linked. Scripts see nothing but the matches.

pub mod evidence;
pub mod files;
pub mod linked;
pub mod literal;
pub mod local;
pub mod path;
pub mod regular;
pub mod structure;
mod wildcard;

use std::sync::Arc;

use rustc_hash::FxHashSet;

pub use files::Files;
pub use path::{PathPattern, PatternError, braces};

use regular::Regular;

use crate::lower::Language;
use crate::repo::facts::Fact;
use perfctl_core::path_class::PathClass;

/// Index of a rule among those that run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u16);

/// A condition on the words of a fact: each key must hold one of the values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactTest(pub Vec<(String, Vec<String>)>);

impl FactTest {
    /// Whether `fact` fits.
    pub fn fits(&self, fact: &Fact) -> bool {
        self.0.iter().all(|(key, values)| {
            fact.get(key)
                .is_some_and(|word| values.iter().any(|value| value == word || value == "*"))
        })
    }
}

/// The path under which facts speak of the import of a module itself, not of what it holds: `import pandas` for Python,
/// `require googleapis` for JavaScript, however it is written. `None` for languages that link everything.
pub fn import_path(language: Language, module: &str) -> Option<String> {
    match language {
        Language::Python => Some(format!("import {module}")),
        Language::Go => None,
        _ => Some(format!("require {module}")),
    }
}

/// What a matcher looks for.
#[derive(Clone, Debug)]
pub enum What {
    /// Calls: any of the given ways is enough.
    Call {
        /// Canonical paths of what is called.
        targets: Vec<PathPattern>,
        /// Last names, whatever the receiver is.
        names: FxHashSet<String>,
        /// Facts of what is called.
        fact: Option<FactTest>,
        /// Effects that a called function of the repository has, itself or through others.
        reaches: u32,
        /// Effects that a function has that the call is handed: `map(read, rows)`.
        hands: u32,
        /// Whether those effects must hold up the caller.
        blocking: bool,
        /// Whether the call must stand in a loop or be an argument's function of one.
        in_loop: bool,
        /// Whether the function around must be asynchronous.
        in_async: bool,
    },
    /// Imports of modules.
    Import(Vec<PathPattern>),
    /// Imports that run while the file is loaded, by what facts say of them, see [`import_path`].
    Loaded(FactTest),
    /// Functions.
    Function {
        /// Whether something outside the repository must call it itself: a handler, not what a handler calls.
        is_entry: bool,
        /// Whether it must be asynchronous.
        is_async: Option<bool>,
        /// How it must be reached.
        reach: Vec<perfctl_core::scale::Reach>,
        /// Decorators.
        decorators: Vec<PathPattern>,
        /// Names.
        names: Vec<Regular>,
    },
    /// Classes by base class.
    Class(Vec<PathPattern>),
    /// Loops and comprehensions, by word of their kind; empty for all.
    Loop(Vec<String>),
    /// Strings and templates.
    Text {
        /// Any of these must match; empty for all.
        patterns: Vec<Regular>,
        /// Whether it must look like SQL.
        sql: bool,
    },
    /// Assignments to names or attributes.
    Assign {
        /// Names; empty for all.
        names: Vec<Regular>,
        /// Whether it must stand outside functions: what it binds lives as long as the process or the class.
        outside_functions: bool,
        /// Whether the value must be a container with nothing in it: `{}`, `new Map()`, `make(map[K]V)`.
        empty: bool,
    },
    /// Dockerfiles, one match each.
    Dockerfile,
    /// Documents, one match each.
    Document,
    /// Files, one match each.
    File,
    /// Code by its structure.
    Structure(Arc<structure::Structure>),
    /// Text by regex, in any file.
    Regex(Regular),
    /// The repository, one match.
    Repository,
}

/// A matcher of one rule.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// The name by which the script tells matches apart.
    pub name: String,
    /// Languages; empty for all.
    pub languages: Vec<Language>,
    /// Globs over paths; `None` for all.
    pub files: Option<Arc<Files>>,
    /// Kinds of file that are left out.
    pub skip: Vec<PathClass>,
    /// Whether its matches only tell which files hold something: no file is judged for them.
    pub evidence: bool,
    /// What it looks for.
    pub what: What,
}

impl Matcher {
    /// Whether the matcher looks at a file at all.
    pub fn looks_at(&self, path: &str, language: Option<Language>, class: PathClass) -> bool {
        (self.languages.is_empty()
            || language.is_some_and(|language| self.languages.contains(&language)))
            && !self.skip.contains(&class)
            && self.files.as_ref().is_none_or(|files| files.is_match(path))
    }
}

/// A rule as the scanner knows it: an index and matchers.
#[derive(Clone, Debug)]
pub struct RuleMatchers {
    /// Its matchers, in the order of its file.
    pub matchers: Vec<Matcher>,
    /// Whether the rule asks for code even where no matcher looks at it: whether it applies may hang on imports.
    pub asks_for_code: bool,
}
