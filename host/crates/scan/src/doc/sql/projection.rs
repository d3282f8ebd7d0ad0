//! What a SELECT projects, from its tokens: its stars and its aggregates, for each side of a UNION.

use super::clause::is_limit;
use super::outline::Outline;
use super::token::TokenKind;
use super::{Star, Table, TableKind};

/// The SELECTs of the outermost query: one, or one for each side of UNION and the like.
pub(super) fn branches(outline: &Outline<'_>, outermost: &[usize]) -> Vec<usize> {
    let is_set_operator = |at: usize| {
        outline.is_any(
            at,
            &["UNION", "ALL", "EXCEPT", "INTERSECT", "MINUS", "DISTINCT"],
        )
    };
    let is_branch = |at: &usize| {
        let mut before = at.wrapping_sub(1);
        while outline.is_symbol(before, '(') {
            before = before.wrapping_sub(1);
        }
        *at == outline.main || is_set_operator(before)
    };
    outermost
        .iter()
        .copied()
        .filter(|at| outline.is(*at, "SELECT"))
        .filter(is_branch)
        .collect()
}

/// The index behind SELECT and what may stand before the first item.
fn first_item(outline: &Outline<'_>, select: usize) -> usize {
    let mut at = select + 1;
    loop {
        if outline.is(at, "DISTINCT") && outline.is(at + 1, "ON") && outline.is_symbol(at + 2, '(')
        {
            at = outline.behind(at + 2);
        } else if outline.is_any(
            at,
            &[
                "ALL",
                "DISTINCT",
                "STRAIGHT_JOIN",
                "SQL_CALC_FOUND_ROWS",
                "SQL_NO_CACHE",
                "HIGH_PRIORITY",
            ],
        ) {
            at += 1;
        } else if outline.is(at, "TOP") && is_limit(outline, at) {
            at = if outline.is_symbol(at + 1, '(') {
                outline.behind(at + 1)
            } else {
                at + 2
            };
            while outline.is_any(at, &["PERCENT", "WITH", "TIES"]) {
                at += 1;
            }
        } else {
            return at;
        }
    }
}

/// The star of a projection that takes all columns of a table.
pub(super) fn star(
    outline: &Outline<'_>,
    select: usize,
    depth: u32,
    sources: &[&Table],
) -> Option<Star> {
    let mut at = first_item(outline, select);
    let mut is_start = true;
    while at < outline.tokens.len() && outline.depth(at) >= depth {
        if outline.depth(at) == depth {
            if outline.is_any(at, &["FROM", "INTO", "UNION", "EXCEPT", "INTERSECT"]) {
                return None;
            }
            if is_start && let Some((qualifier, end)) = star_item(outline, at) {
                let star = Star {
                    span: outline.span(at, end),
                    qualifier,
                };
                if takes_table(&star, sources) {
                    return Some(star);
                }
            }
            is_start = outline.is_symbol(at, ',');
        }
        at += 1;
    }
    None
}

/// `*` or `a.b.*` at `at`: its qualifier and the index behind it.
fn star_item(outline: &Outline<'_>, at: usize) -> Option<(Option<String>, usize)> {
    if outline.is_symbol(at, '*') {
        return Some((None, at + 1));
    }
    let mut end = at;
    let mut qualifier = "";
    loop {
        let token = outline.tokens.get(end)?;
        if !matches!(
            token.kind,
            TokenKind::Word | TokenKind::Quoted | TokenKind::Template
        ) {
            return None;
        }
        qualifier = if outline.is_symbol(end + 1, '.') {
            &outline.text[token.range()]
        } else {
            qualifier
        };
        if !outline.is_symbol(end + 1, '.') {
            return None;
        }
        if outline.is_symbol(end + 2, '*') {
            let qualifier = qualifier.trim_matches(['"', '`', '[', ']']).to_owned();
            return Some((Some(qualifier), end + 3));
        }
        end += 2;
    }
}

/// Whether the star stands for the columns of a table of the database.
pub(super) fn takes_table(star: &Star, sources: &[&Table]) -> bool {
    let is_table = |table: &&Table| matches!(table.kind, TableKind::Base | TableKind::Hole);
    let Some(qualifier) = &star.qualifier else {
        return sources.iter().any(is_table);
    };
    let is_named = |table: &&&Table| {
        let own = table
            .alias
            .as_deref()
            .unwrap_or_else(|| table.name.rsplit('.').next().unwrap_or_default());
        own.eq_ignore_ascii_case(qualifier)
    };
    match sources.iter().find(is_named) {
        Some(table) => is_table(table),
        None => sources.iter().any(is_table),
    }
}

/// Whether every item of the projection is a call of an aggregate.
pub(super) fn aggregates_only(outline: &Outline<'_>, select: usize, depth: u32) -> bool {
    let mut at = first_item(outline, select);
    loop {
        if !is_aggregate(outline.word(at)) || !outline.is_symbol(at + 1, '(') {
            return false;
        }
        at = outline.behind(at + 1);
        while at < outline.tokens.len() && outline.depth(at) >= depth && !outline.is_symbol(at, ',')
        {
            if outline.is_any(at, &["FROM", "WHERE", "INTO"]) {
                return true;
            }
            let is_window = outline.is(at, "OVER");
            let is_alias = matches!(outline.tokens[at].kind, TokenKind::Word | TokenKind::Quoted);
            if is_window || !is_alias {
                return false;
            }
            at += 1;
        }
        if !outline.is_symbol(at, ',') {
            return true;
        }
        at += 1;
    }
}

/// Whether a function makes one value of many rows.
pub(super) fn is_aggregate(name: &str) -> bool {
    const AGGREGATES: &[&str] = &[
        "ANY_VALUE",
        "APPROX_COUNT_DISTINCT",
        "ARRAY_AGG",
        "AVG",
        "BIT_AND",
        "BIT_OR",
        "BOOL_AND",
        "BOOL_OR",
        "COUNT",
        "COUNTIF",
        "COUNT_BIG",
        "EVERY",
        "GROUP_CONCAT",
        "JSONB_AGG",
        "JSON_AGG",
        "JSON_ARRAYAGG",
        "JSON_OBJECT_AGG",
        "LISTAGG",
        "MAX",
        "MEDIAN",
        "MIN",
        "STDDEV",
        "STRING_AGG",
        "SUM",
        "TOTAL",
        "VARIANCE",
    ];
    AGGREGATES
        .iter()
        .any(|aggregate| name.eq_ignore_ascii_case(aggregate))
}
