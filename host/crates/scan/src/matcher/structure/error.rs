//! Why a condition cannot be compiled, in words for the author of a rule.

use ast_grep_config::{RuleCoreError, RuleSerializeError};
use ast_grep_core::PatternError;
use thiserror::Error;

/// Why a structural matcher cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StructureError {
    /// More text than anybody writes.
    #[error("{length} bytes are more than the {limit} that are read")]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// More levels than anybody writes.
    #[error("the pattern nests deeper than {limit} levels")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The code has syntax errors.
    #[error("the pattern is no valid {grammar}: {part}")]
    Syntax {
        /// The grammar.
        grammar: &'static str,
        /// What was not understood.
        part: String,
    },
    /// The code has no node.
    #[error("the pattern holds no code")]
    Empty,
    /// The code is several nodes side by side.
    #[error("the pattern is several pieces of code in {grammar}, and one is needed")]
    Several {
        /// The grammar.
        grammar: &'static str,
    },
    /// `$$$NAME` alone.
    #[error(
        "`{0}` stands for a list, which alone is no pattern; use `$NAME`, or put it between brackets"
    )]
    BareList(String),
    /// A variable within a longer name or text.
    #[error("a variable must be a name of its own; in `{0}` it is part of a text")]
    Mixed(String),
    /// The selector names no node of the code.
    #[error("the pattern's code holds no `{selector}` in {grammar}")]
    Selector {
        /// The selector.
        selector: String,
        /// The grammar.
        grammar: &'static str,
    },
    /// The grammar has no such kind.
    #[error("{grammar} has no kind of node called `{kind}`")]
    Kind {
        /// The kind.
        kind: String,
        /// The grammar.
        grammar: &'static str,
    },
    /// The selector of kinds is no selector.
    #[error("no kind or selector: {0}")]
    Selection(String),
    /// The grammar has no such field.
    #[error("{grammar} has no field called `{field}`")]
    Field {
        /// The field.
        field: String,
        /// The grammar.
        grammar: &'static str,
    },
    /// The regular expression is none.
    #[error("no regular expression: {0}")]
    Regex(String),
    /// The position is none.
    #[error("`{0}` is no position; write a number from 1 or a formula such as `2n+1`")]
    Position(String),
    /// Nothing says which nodes are meant.
    #[error("nothing says which code is meant: give `pattern`, `kind`, or `any` or `all` of such")]
    Nothing,
    /// Every node of every file would be tried.
    #[error("every node would be tried: add a `kind`, or a `pattern` that is more than a variable")]
    EveryNode,
    /// A constraint on a variable that no pattern holds.
    #[error("no pattern holds the variable `${0}`")]
    Variable(String),
    /// Whatever else ast-grep refuses.
    #[error("{0}")]
    Other(String),
}

impl StructureError {
    pub(super) fn of_pattern(error: PatternError, code: &str, grammar: &'static str) -> Self {
        match error {
            PatternError::NoContent(_) => Self::Empty,
            PatternError::MultipleNode(_) => Self::Several { grammar },
            PatternError::RootMultiMetaVar(_) => Self::BareList(code.trim().to_owned()),
            PatternError::NoSelectorInContext { selector, .. } => {
                Self::Selector { selector, grammar }
            }
            PatternError::InvalidKind(error) => {
                let ast_grep_core::matcher::KindMatcherError::InvalidKindName(kind) = error;
                Self::Kind { kind, grammar }
            }
            PatternError::Parse(message) => Self::Other(message),
        }
    }

    pub(super) fn of_rule(error: RuleCoreError) -> Self {
        match error {
            RuleCoreError::UndefinedMetaVar(name, _) => Self::Variable(name),
            RuleCoreError::Rule(RuleSerializeError::MissPositiveMatcher)
            | RuleCoreError::Constraints(RuleSerializeError::MissPositiveMatcher) => Self::Nothing,
            other => Self::Other(chain(&other)),
        }
    }
}

/// An error and its causes as one fragment.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        if !text.is_empty() {
            text.push_str(": ");
        }
        let part = error.to_string();
        let part = part.trim_end_matches('.');
        // Regular expressions explain themselves on several lines, the reason on the last.
        text.push_str(part.lines().last().unwrap_or_default().trim());
        next = error.source();
    }
    text
}
