//! The clauses of a statement, from its tokens: projection, WHERE, LIMIT, ORDER BY, RETURNING.

use perfctl_core::place::ByteSpan;

use super::mask::is_clause;
use super::outline::{Mention, Outline};
use super::token::TokenKind;
use super::{Comparison, Kind, Operator, Presence, Star, Table, TableKind};

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
        for (at, select) in selects.iter().enumerate() {
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
pub(super) fn open_clauses(outline: &Outline<'_>, outermost: &[usize], clauses: &mut Clauses) {
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

fn is_limit(outline: &Outline<'_>, at: usize) -> bool {
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

/// The SELECTs of the outermost query: one, or one for each side of UNION and the like.
fn branches(outline: &Outline<'_>, outermost: &[usize]) -> Vec<usize> {
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
fn star(outline: &Outline<'_>, select: usize, depth: u32, sources: &[&Table]) -> Option<Star> {
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
fn aggregates_only(outline: &Outline<'_>, select: usize, depth: u32) -> bool {
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
