//! The clauses of a statement, from its tokens: projection, WHERE, LIMIT, ORDER BY, RETURNING.

use perfctl_core::place::ByteSpan;

use super::mask::is_clause;
use super::mention::Mention;
use super::outline::Outline;
use super::projection::{aggregates_only, branches, star};
use super::token::TokenKind;
use super::{Comparison, Kind, Operator, Presence, Star, Table};

/// Sides of a UNION that are looked at.
const MAX_BRANCHES: usize = 200;

/// What the tokens tell about the outermost query.
#[derive(Default)]
pub(super) struct Clauses {
    pub(super) sources: Vec<Table>,
    pub(super) star: Option<Star>,
    pub(super) returning_star: Option<ByteSpan>,
    pub(super) limit: Presence,
    pub(super) filter: Presence,
    pub(super) compares: Vec<Comparison>,
    pub(super) order_by: Vec<String>,
    pub(super) aggregates_only: bool,
}

/// Reads them.
pub(super) fn read(outline: &Outline<'_>, mentions: &[Mention]) -> Clauses {
    let mut clauses = Clauses::default();
    let depth = outline.depth(outline.main);
    let outermost: Vec<usize> = (outline.main..outline.tokens.len())
        .filter(|at| outline.depth(*at) == depth)
        .collect();
    if outline.kind == Kind::Select {
        let selects = branches(outline, &outermost);
        for (at, select) in selects.iter().enumerate().take(MAX_BRANCHES) {
            let end = selects.get(at + 1).copied().unwrap_or(outline.tokens.len());
            let sources: Vec<&Table> = mentions
                .iter()
                .filter(|mention| {
                    (*select..end).contains(&mention.introduced)
                        && outline.depth(mention.introduced) == depth
                        && !mention.is_written
                })
                .map(|mention| &mention.table)
                .collect();
            if clauses.star.is_none() {
                clauses.star = star(outline, *select, depth, &sources);
            }
            clauses.sources.extend(sources.into_iter().cloned());
        }
        clauses.aggregates_only = selects.len() == 1 && aggregates_only(outline, selects[0], depth);
    }
    let find = |word: &str| outermost.iter().copied().find(|at| outline.is(*at, word));
    if let Some(at) = find("WHERE") {
        clauses.filter = Presence::Yes;
        clauses.compares = compares(outline, at + 1, depth);
    }
    let grouped = outermost
        .iter()
        .any(|at| outline.is(*at, "GROUP") && outline.is(at + 1, "BY"));
    clauses.aggregates_only &= !grouped;
    // The clause may stand behind the brackets of a set operation.
    let has_limit =
        (0..outline.tokens.len()).any(|at| outline.depth(at) <= depth && is_limit(outline, at));
    let counts_rows = clauses
        .compares
        .iter()
        .any(|compare| compare.column.eq_ignore_ascii_case("rownum"));
    if has_limit || counts_rows {
        clauses.limit = Presence::Yes;
    }
    if let Some(at) = outermost
        .iter()
        .copied()
        .find(|at| outline.is(*at, "ORDER") && outline.is(at + 1, "BY"))
    {
        clauses.order_by = names(outline, at + 2, depth);
    }
    if let Some(at) = find("RETURNING")
        && outline.is_symbol(at + 1, '*')
    {
        clauses.returning_star = Some(outline.span(at + 1, at + 2));
    }
    open_clauses(outline, &outermost, &mut clauses);
    clauses
}

/// A hole where a clause may stand leaves open what was not found.
fn open_clauses(outline: &Outline<'_>, outermost: &[usize], clauses: &mut Clauses) {
    let is_open = |at: &usize| {
        outline.tokens[*at].is_hole()
            && *at > outline.main
            && is_clause(outline.text, outline.tokens, *at)
    };
    if outermost.iter().any(is_open) {
        for presence in [&mut clauses.limit, &mut clauses.filter] {
            if *presence == Presence::No {
                *presence = Presence::Unknown;
            }
        }
    }
}

pub(super) fn is_limit(outline: &Outline<'_>, at: usize) -> bool {
    let is_count = |at: usize| {
        let token = outline.tokens.get(at);
        token.is_some_and(|token| matches!(token.kind, TokenKind::Number) || token.is_hole())
            || outline.is_symbol(at, '(')
    };
    (outline.is(at, "LIMIT")
        && at + 1 < outline.tokens.len()
        && !outline.is_any(at + 1, &["ALL", "NULL"]))
        || (outline.is(at, "FETCH") && outline.is_any(at + 1, &["FIRST", "NEXT"]))
        || (outline.is(at, "TOP") && is_count(at + 1))
}

/// The columns that the condition at `from` compares.
fn compares(outline: &Outline<'_>, from: usize, depth: u32) -> Vec<Comparison> {
    let mut compares = Vec::new();
    let mut at = from;
    while at < outline.tokens.len() && outline.depth(at) >= depth {
        if outline.depth(at) == depth
            && outline.is_any(
                at,
                &[
                    "GROUP",
                    "ORDER",
                    "LIMIT",
                    "HAVING",
                    "UNION",
                    "RETURNING",
                    "WINDOW",
                    "FETCH",
                    "OFFSET",
                ],
            )
        {
            break;
        }
        if outline.is_symbol(at, '(') && outline.is_any(at + 1, &["SELECT", "WITH"]) {
            at = outline.behind(at);
            continue;
        }
        if matches!(outline.tokens[at].kind, TokenKind::Word | TokenKind::Quoted)
            && let Some(operator) = operator(outline, at + 1)
        {
            let column = outline.text[outline.tokens[at].range()]
                .trim_matches(['"', '`', '[', ']'])
                .to_owned();
            compares.push(Comparison { column, operator });
        }
        at += 1;
    }
    compares
}

fn operator(outline: &Outline<'_>, at: usize) -> Option<Operator> {
    let behind_not = at + usize::from(outline.is(at, "NOT"));
    let is_negated = behind_not > at;
    if outline.is_symbol(at, '=') {
        Some(Operator::Equal)
    } else if outline.is_symbol(at, '!')
        || (outline.is_symbol(at, '<') && outline.is_symbol(at + 1, '>'))
    {
        Some(Operator::Other)
    } else if outline.is_symbol(at, '<') || outline.is_symbol(at, '>') {
        Some(Operator::Range)
    } else if outline.is(behind_not, "IN") {
        Some(if is_negated {
            Operator::Other
        } else {
            Operator::In
        })
    } else if outline.is(behind_not, "BETWEEN") {
        Some(if is_negated {
            Operator::Other
        } else {
            Operator::Range
        })
    } else if outline.is_any(
        behind_not,
        &["LIKE", "ILIKE", "SIMILAR", "RLIKE", "REGEXP", "GLOB"],
    ) {
        Some(if is_negated {
            Operator::Other
        } else {
            Operator::Like
        })
    } else if outline.is(at, "IS") {
        Some(Operator::Null)
    } else {
        None
    }
}

/// The plain columns of a list parted by commas, without table names.
fn names(outline: &Outline<'_>, from: usize, depth: u32) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = from;
    while at < outline.tokens.len() {
        let mut name = None;
        while outline
            .tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted))
        {
            name = Some(at);
            at += 1;
            if !outline.is_symbol(at, '.') {
                break;
            }
            at += 1;
        }
        if let Some(name) = name.filter(|_| !outline.is_symbol(at, '(')) {
            names.push(
                outline.text[outline.tokens[name].range()]
                    .trim_matches(['"', '`', '[', ']'])
                    .to_owned(),
            );
        }
        let is_end = |at: usize| {
            outline.depth(at) < depth
                || outline.is_any(
                    at,
                    &["LIMIT", "OFFSET", "FETCH", "FOR", "UNION", "RETURNING"],
                )
        };
        while at < outline.tokens.len()
            && !(outline.depth(at) == depth && outline.is_symbol(at, ','))
        {
            if is_end(at) {
                return names;
            }
            at += 1;
        }
        at += 1;
    }
    names
}
