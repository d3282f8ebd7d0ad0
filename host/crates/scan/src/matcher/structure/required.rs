//! What a file must hold for a condition to be met in it: the names and texts that its patterns spell out.

use ast_grep_core::matcher::PatternNode;
use ast_grep_core::meta_var::MetaVariable;
use ast_grep_core::{MatchStrictness, Pattern};

use super::condition::Condition;
use super::grammar::Grammar;
use super::{StructureError, compile_pattern};
use crate::matcher::literal::{Literal, Need, of_regex};

/// What a file in `grammar` must hold for `condition` to be met. What stands behind `not`, and where a search stops, need
/// not be there.
pub(super) fn of(condition: &Condition, grammar: Grammar) -> Result<Need, StructureError> {
    let mut need = Need::nothing();
    if let Some(text) = &condition.pattern {
        need = need.and(of_pattern(&compile_pattern(text, grammar)?, grammar));
    }
    if let Some(regex) = &condition.regex {
        need = need.and(of_regex(regex));
    }
    if let Some(counted) = condition.nth_child.as_ref().and_then(|nth| nth.of.as_ref()) {
        need = need.and(of(counted, grammar)?);
    }
    let relations = [
        &condition.inside,
        &condition.has,
        &condition.precedes,
        &condition.follows,
    ];
    for relation in relations.into_iter().flatten() {
        need = need.and(of(&relation.condition, grammar)?);
    }
    for part in &condition.all {
        need = need.and(of(part, grammar)?);
    }
    if !condition.any.is_empty() {
        let needs: Result<Vec<Need>, _> =
            condition.any.iter().map(|part| of(part, grammar)).collect();
        need = need.and(Need::or(needs?));
    }
    Ok(need)
}

fn of_pattern(pattern: &Pattern, grammar: Grammar) -> Need {
    let keywords = matches!(
        pattern.strictness,
        MatchStrictness::Cst | MatchStrictness::Smart
    );
    let mut need = Need::nothing();
    if !matches!(
        pattern.strictness,
        MatchStrictness::Signature | MatchStrictness::Template
    ) {
        collect(&pattern.node, grammar, keywords, &mut need);
    }
    need
}

// As deep as the pattern, whose nesting is limited.
fn collect(node: &PatternNode, grammar: Grammar, keywords: bool, need: &mut Need) {
    let literal = match node {
        PatternNode::MetaVar { .. } => return,
        PatternNode::Internal { children, .. } => {
            let mut after_list = false;
            for child in children {
                // Tokens right behind `$$$` are skipped where the pattern is compared.
                if !(after_list && child.is_trivial()) {
                    collect(child, grammar, keywords, need);
                    after_list = is_list(child);
                }
            }
            return;
        }
        PatternNode::Terminal {
            text,
            is_named: true,
            kind_id,
        } => {
            let kind = grammar.parser().node_kind_for_id(*kind_id);
            // Only a name is a token of its own: what a string holds may follow right behind an escape.
            match kind.is_some_and(|kind| kind.ends_with("identifier")) && is_word(text) {
                true => Literal::word(text),
                false => Literal::exact(text),
            }
        }
        PatternNode::Terminal { text, kind_id, .. } => {
            // A token is compared by its kind, which is its text where it is a plain word.
            if !keywords
                || !text.bytes().all(|byte| byte.is_ascii_lowercase())
                || grammar.parser().node_kind_for_id(*kind_id) != Some(text.as_str())
            {
                return;
            }
            Literal::exact(text)
        }
    };
    *need = std::mem::take(need).and(Need::one(literal));
}

fn is_list(node: &PatternNode) -> bool {
    matches!(
        node,
        PatternNode::MetaVar {
            meta_var: MetaVariable::Multiple | MetaVariable::MultiCapture(_)
        }
    )
}

fn is_word(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
