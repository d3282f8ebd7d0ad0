//! Matchers that a single file decides, run while its tree is there.
//!
//! Most files are of few kinds: Python that ships, Python of tests, YAML. Which matchers look at a file of a kind, and the texts that
//! it must hold for them, are worked out once for the kind, see [`FileMatchers`].

mod in_file;
mod in_tests;
mod kinds;
mod told;

use std::sync::{Arc, OnceLock};

use perfctl_core::path_class::PathClass;
use perfctl_core::place::ByteSpan;

use super::literal::{Need, of_regex};
use super::structure::Captured;
use super::{Matcher, RuleIndex, RuleMatchers, What};
use crate::lower::Language;
use crate::tree::NodeId;
pub use in_file::FileMatchers;
use in_tests::InTests;
use kinds::Kinds;

/// Where a matcher of a rule matched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The rule.
    pub rule: RuleIndex,
    /// The matcher, by position in the rule.
    pub matcher: u16,
    /// What matched.
    pub at: MatchAt,
}

/// The place of a match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchAt {
    /// A node of the tree.
    Node(NodeId),
    /// Bytes of the text.
    Span(ByteSpan),
    /// Bytes of the text, and of what the variables of a structure stand for.
    Captured(Arc<Captured>),
    /// The file as a whole.
    File,
}

/// A matcher that was given up in a file: what it found there is not all there is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenUp {
    /// The rule.
    pub rule: RuleIndex,
    /// The matcher, by position in the rule.
    pub matcher: u16,
    /// The file.
    pub path: Arc<str>,
    /// Why.
    pub reason: String,
}

/// A matcher of a rule, and its position there.
#[derive(Debug)]
struct Listed {
    rule: RuleIndex,
    at: u16,
    matcher: Matcher,
    need: OnceLock<Need>,
}

impl Listed {
    /// What a text must hold for the matcher to match in it.
    fn need(&self) -> &Need {
        self.need.get_or_init(|| match &self.matcher.what {
            What::Regex(regex) => of_regex(regex.as_str()),
            What::Structure(structure) => structure.need(),
            What::Text { patterns, .. } => {
                Need::or(patterns.iter().map(|regex| of_regex(regex.as_str())))
            }
            _ => Need::nothing(),
        })
    }

    fn matched(&self, at: MatchAt) -> Match {
        Match {
            rule: self.rule,
            matcher: self.at,
            at,
        }
    }

    fn given_up(&self, path: &Arc<str>, reason: String) -> GivenUp {
        GivenUp {
            rule: self.rule,
            matcher: self.at,
            path: path.clone(),
            reason,
        }
    }
}

/// The matchers of all rules that a file alone decides.
#[derive(Debug)]
pub struct LocalMatchers {
    kinds: Kinds,
    /// What a test must hold for one of the imports that are looked for in tests.
    in_tests: InTests,
}

impl LocalMatchers {
    /// Takes what is local from the matchers of all rules.
    pub fn new(rules: &[RuleMatchers]) -> Self {
        let mut all = Vec::new();
        for (rule, matchers) in rules.iter().enumerate() {
            for (at, matcher) in matchers.matchers.iter().enumerate() {
                if is_local(&matcher.what) {
                    all.push(Arc::new(Listed {
                        rule: RuleIndex(rule as u16),
                        at: at as u16,
                        matcher: matcher.clone(),
                        need: OnceLock::new(),
                    }));
                }
            }
        }
        Self {
            in_tests: InTests::of(&all),
            kinds: Kinds::new(all),
        }
    }

    /// Those that look at the file at `path`.
    pub fn of_file(
        &self,
        path: &str,
        language: Option<Language>,
        class: PathClass,
    ) -> Arc<FileMatchers> {
        self.kinds.of(path, language, class)
    }

    /// Whether the text of a test may hold an import that is looked for in tests.
    pub fn may_import(&self, text: &str) -> bool {
        self.in_tests.may_stand_in(text)
    }
}

/// Whether a single file decides what the matcher matches.
fn is_local(what: &What) -> bool {
    match what {
        What::Import(_)
        | What::Loop(_)
        | What::Text { .. }
        | What::Assign { .. }
        | What::File
        | What::Dockerfile
        | What::Document
        | What::Regex(_)
        | What::Structure(_) => true,
        What::Call { .. }
        | What::Loaded(_)
        | What::Function { .. }
        | What::Class(_)
        | What::Repository => false,
    }
}

#[cfg(test)]
mod tests;
