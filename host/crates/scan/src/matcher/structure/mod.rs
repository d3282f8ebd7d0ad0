//! Structural matchers: ast-grep's patterns and relational conditions over syntax that the neutral model does not hold.
//!
//! A [`Structure`] is compiled once per grammar of its languages. [`search()`] parses a file with tree-sitter and passes its
//! nodes once for all structures; whether that is worth it, the literals of [`Structure::need`] say before. Knows neither
//! rules nor the format in which conditions are written.

mod condition;
mod error;
mod flat;
mod grammar;
mod required;
mod search;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use ast_grep_config::{DeserializeEnv, RuleCore, SerializableRuleCore, parse_selector};
use ast_grep_core::matcher::PatternNode;
use ast_grep_core::{Language as _, Matcher as _, Pattern};

pub use condition::{Condition, NthChild, PatternText, Relation, Stop, Strictness};
pub use error::StructureError;
pub use search::{Capture, Captured, Ended, Wanted, search};

use super::literal::Need;
use crate::lower::Language;
use grammar::Grammar;

/// Longest pattern, in bytes.
const LONGEST_PATTERN: usize = 4096;
/// Deepest pattern, in levels of the grammar's tree.
const DEEPEST_PATTERN: usize = 200;
/// Longest part of a pattern that is quoted, in characters.
const LONGEST_PART: usize = 60;
/// Longest kind, field or position, in bytes.
const LONGEST_WORD: usize = 256;

/// A compiled structural matcher.
pub struct Structure {
    compiled: Vec<Compiled>,
    variables: Vec<String>,
}

struct Compiled {
    grammar: Grammar,
    rule: RuleCore,
    kinds: Vec<u16>,
    need: Need,
}

impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Structure")
            .field("variables", &self.variables)
            .finish_non_exhaustive()
    }
}

impl Structure {
    /// Compiles `condition`, with further conditions on its variables, for every grammar of `languages`.
    ///
    /// # Errors
    /// The first thing that one of the grammars refuses.
    pub fn new(
        condition: &Condition,
        constraints: &BTreeMap<String, Condition>,
        languages: &[Language],
    ) -> Result<Self, StructureError> {
        let grammars = languages
            .iter()
            .flat_map(|language| Grammar::all_of(*language));
        let compiled = grammars
            .map(|grammar| compile(condition, constraints, *grammar))
            .collect::<Result<Vec<Compiled>, _>>()?;
        let mut variables: Vec<String> = compiled
            .iter()
            .flat_map(|compiled| compiled.rule.defined_vars())
            .map(str::to_owned)
            .collect();
        variables.sort_unstable();
        variables.dedup();
        Ok(Self {
            compiled,
            variables,
        })
    }

    /// The names of all variables that a match may have captured, in order.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// What a file must hold for the structure to be found in it, whichever of its languages the file is in.
    pub fn need(&self) -> Need {
        Need::or(self.compiled.iter().map(|compiled| compiled.need.clone()))
    }

    fn for_grammar(&self, grammar: Grammar) -> Option<&Compiled> {
        self.compiled
            .iter()
            .find(|compiled| compiled.grammar == grammar)
    }
}

fn compile(
    condition: &Condition,
    constraints: &BTreeMap<String, Condition>,
    grammar: Grammar,
) -> Result<Compiled, StructureError> {
    let need = required::of(condition, grammar)?;
    let mut table = toml::Table::new();
    table.insert("rule".to_owned(), condition.to_value());
    if !constraints.is_empty() {
        let constraints = constraints
            .iter()
            .map(|(name, condition)| (name.clone(), condition.to_value()));
        let constraints = toml::Value::Table(constraints.collect());
        table.insert("constraints".to_owned(), constraints);
    }
    let rule: SerializableRuleCore = toml::Value::Table(table)
        .try_into()
        .map_err(|error: toml::de::Error| StructureError::Other(error.message().to_owned()))?;
    let rule = rule
        .get_matcher(DeserializeEnv::new(grammar))
        .map_err(StructureError::of_rule)?;
    let kinds = rule.potential_kinds().ok_or(StructureError::EveryNode)?;
    let kinds = kinds
        .iter()
        .filter_map(|kind| u16::try_from(kind).ok())
        .collect();
    Ok(Compiled {
        grammar,
        rule,
        kinds,
        need,
    })
}

/// Whether `text` is a pattern in `language`.
///
/// # Errors
/// Says what it is not.
pub fn check_pattern(text: &PatternText, language: Language) -> Result<(), StructureError> {
    Grammar::all_of(language)
        .iter()
        .try_for_each(|grammar| compile_pattern(text, *grammar).map(|_| ()))
}

/// Whether `kind` names a kind of node of `language`'s, or is a selector of such.
///
/// # Errors
/// Says what it is not.
pub fn check_kind(kind: &str, language: Language) -> Result<(), StructureError> {
    use ast_grep_config::SelectorError;
    use ast_grep_core::matcher::KindMatcherError;
    check_length(kind, LONGEST_WORD)?;
    for grammar in Grammar::all_of(language) {
        parse_selector(kind, *grammar).map_err(|error| match error {
            SelectorError::InvalidKind(KindMatcherError::InvalidKindName(kind)) => {
                StructureError::Kind {
                    kind,
                    grammar: grammar.name(),
                }
            }
            other => StructureError::Selection(error::chain(&other)),
        })?;
    }
    Ok(())
}

/// Whether `field` is a field of `language`'s nodes.
///
/// # Errors
/// When it is none.
pub fn check_field(field: &str, language: Language) -> Result<(), StructureError> {
    for grammar in Grammar::all_of(language) {
        grammar
            .field_to_id(field)
            .ok_or_else(|| StructureError::Field {
                field: field.to_owned(),
                grammar: grammar.name(),
            })?;
    }
    Ok(())
}

/// Whether `regex` is a regular expression.
///
/// # Errors
/// Says what it is not.
pub fn check_regex(regex: &str) -> Result<(), StructureError> {
    check_length(regex, LONGEST_PATTERN)?;
    match regex::Regex::new(regex) {
        Ok(_) => Ok(()),
        Err(error) => Err(StructureError::Regex(error::chain(&error))),
    }
}

/// Whether `position` says which siblings are meant: a number from 1, or a formula such as `2n+1`.
///
/// # Errors
/// When it says nothing of the kind.
pub fn check_position(position: &str) -> Result<(), StructureError> {
    let refuse = || Err(StructureError::Position(position.to_owned()));
    let text: String = position.chars().filter(|c| *c != ' ').collect();
    let (step, offset) = match text.split_once(['n', 'N']) {
        Some((step, offset)) => (Some(step), offset),
        None => (None, text.as_str()),
    };
    // Four digits: more siblings nobody counts, and sums cannot overflow.
    let is_number = |text: &str| {
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let unsigned = |text: &str| text.strip_prefix(['+', '-']).map(str::to_owned);
    match step {
        None if is_number(offset) && offset.bytes().any(|byte| byte != b'0') => Ok(()),
        Some(step) => {
            let step = unsigned(step).unwrap_or_else(|| step.to_owned());
            let offset = match offset {
                "" => Some("0".to_owned()),
                offset => unsigned(offset),
            };
            match (step.is_empty() || is_number(&step))
                && offset.is_some_and(|text| is_number(&text))
            {
                true => Ok(()),
                false => refuse(),
            }
        }
        None => refuse(),
    }
}

/// The names of `language`'s kinds of nodes, for advice.
pub fn kinds(language: Language) -> Vec<&'static str> {
    let grammars = Grammar::all_of(language).iter();
    grammars.flat_map(|grammar| grammar.kinds()).collect()
}

/// The names of the fields of `language`'s nodes, for advice.
pub fn fields(language: Language) -> Vec<&'static str> {
    let grammars = Grammar::all_of(language).iter();
    grammars.flat_map(|grammar| grammar.fields()).collect()
}

/// How many texts this thread has parsed.
#[cfg(test)]
pub(super) fn parsed() -> usize {
    flat::PARSED.get()
}

fn check_length(text: &str, limit: usize) -> Result<(), StructureError> {
    match text.len() {
        length if length > limit => Err(StructureError::TooLong { length, limit }),
        _ => Ok(()),
    }
}

fn compile_pattern(text: &PatternText, grammar: Grammar) -> Result<Pattern, StructureError> {
    check_length(&text.code, LONGEST_PATTERN)?;
    // Looked at before it is compiled, which recurses.
    let code = grammar.pre_process_pattern(&text.code);
    let flat = grammar
        .parse_pattern(&code)
        .ok_or_else(|| StructureError::Other("the parser gave up".to_owned()))?;
    if flat.depth() > DEEPEST_PATTERN {
        return Err(StructureError::TooDeep {
            limit: DEEPEST_PATTERN,
        });
    }
    if let Some(part) = flat.first_error() {
        let shown = part.trim().replace(grammar.expando_char(), "$");
        let end = shown.char_indices().nth(LONGEST_PART).map(|(at, _)| at);
        return Err(StructureError::Syntax {
            grammar: grammar.name(),
            part: match end {
                Some(end) => format!("`{}...`", &shown[..end]),
                None => format!("`{shown}`"),
            },
        });
    }
    let pattern = match &text.selector {
        Some(selector) => Pattern::contextual(&text.code, selector, grammar),
        None => Pattern::try_new(&text.code, grammar),
    };
    let pattern =
        pattern.map_err(|error| StructureError::of_pattern(error, &text.code, grammar.name()))?;
    if let Some(mixed) = mixed(&pattern.node, grammar) {
        return Err(StructureError::Mixed(mixed));
    }
    Ok(pattern.with_strictness(text.strictness.to_ast_grep()))
}

/// A text of the pattern with a variable's sign that was not read as one.
fn mixed(node: &PatternNode, grammar: Grammar) -> Option<String> {
    let sign = grammar.expando_char();
    match node {
        // Where `$` is a letter, it may be meant as one.
        PatternNode::Terminal { text, .. } if sign != '$' && text.contains(sign) => {
            Some(text.replace(sign, "$"))
        }
        PatternNode::Internal { children, .. } => {
            children.iter().find_map(|child| mixed(child, grammar))
        }
        _ => None,
    }
}
