//! Whether a statement goes on as its first word promises.

use crate::doc::sql::outline::Outline;
use crate::doc::sql::token::TokenKind;

/// Whether what begins at `at` goes on as its first word promises.
pub(super) fn has_shape(outline: &Outline<'_>, at: usize) -> bool {
    let mut at = at;
    while outline.is_symbol(at, '(') || outline.is_symbol(at, ';') {
        at += 1;
    }
    let count = outline.tokens.len();
    let any = |words: &[&str]| (at + 1..count).find(|at| outline.is_any(*at, words));
    let is_name = |at: usize| {
        outline.tokens.get(at).is_some_and(|token| {
            matches!(token.kind, TokenKind::Word | TokenKind::Quoted) || token.is_hole()
        })
    };
    match outline.word(at).to_ascii_uppercase().as_str() {
        "SELECT" => is_selection(outline, at),
        "INSERT" | "REPLACE" | "UPSERT" => any(&["INTO"]).is_some_and(|into| {
            into <= at + 3 && is_name(into + 1) && is_target(outline, into + 1)
        }),
        "UPDATE" => any(&["SET"]).is_some_and(|set| {
            set <= at + 8
                && (set + 1..count)
                    .take(8)
                    .any(|at| outline.is_symbol(at, '=') || outline.tokens[at].is_hole())
        }),
        "DELETE" => {
            let target = at + 2;
            let behind = behind_name(outline, target);
            outline.is(at + 1, "FROM")
                && is_name(target)
                && (behind >= count
                    || outline.is_symbol(behind, ';')
                    || outline.tokens[behind].is_hole()
                    || outline.is_any(
                        behind,
                        &["WHERE", "USING", "AS", "LIMIT", "ORDER", "RETURNING"],
                    )
                    || outline.is_any(behind + 1, &["WHERE", "USING"]))
        }
        "MERGE" => any(&["USING"]).is_some() && any(&["MATCHED"]).is_some(),
        "TRUNCATE" => {
            is_name(at + 1) && count <= at + 8 && (outline.is(at + 1, "TABLE") || count <= at + 3)
        }
        "CREATE" | "ALTER" | "DROP" => is_definition(outline, at),
        "EXPLAIN" => any(&["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"])
            .is_some_and(|inner| inner <= at + 12 && has_shape(outline, inner)),
        "WITH" => {
            outline.main > at
                && outline.is_any(
                    outline.main,
                    &["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"],
                )
        }
        _ => false,
    }
}

/// `SELECT` needs a FROM with a name behind it, or a projection that no sentence has: a number, a call, a hole.
fn is_selection(outline: &Outline<'_>, select: usize) -> bool {
    let depth = outline.depth(select);
    let count = outline.tokens.len();
    let from =
        (select + 1..count).find(|at| outline.depth(*at) == depth && outline.is(*at, "FROM"));
    let end = from.unwrap_or(count);
    let mut words = 0;
    for at in select + 1..end {
        let token = outline.tokens[at];
        if token.depth > depth {
            continue;
        }
        // Between two commas or operators stand an expression and its alias: more bare words in a row are a sentence.
        let is_keyword = outline.is_any(
            at,
            &[
                "DISTINCT", "ALL", "TOP", "AS", "CASE", "WHEN", "THEN", "ELSE", "END", "AND", "OR",
                "NOT", "IS", "NULL", "OVER", "IN", "LIKE", "INTO", "ON", "BETWEEN",
            ],
        );
        let is_bare = matches!(token.kind, TokenKind::Word) && !is_keyword;
        words = if is_bare { words + 1 } else { 0 };
        if words > 2 {
            return false;
        }
    }
    match from {
        Some(from) => {
            let behind = outline.tokens.get(from + 1);
            let is_source = behind.is_some_and(|token| {
                token.kind != TokenKind::Symbol && token.kind != TokenKind::Number
            }) || outline.is_symbol(from + 1, '(');
            let next = behind_name(outline, from + 1);
            // Behind a table and its alias comes a clause, a comma, a bracket or the end.
            let bare = (next..count)
                .take(3)
                .take_while(|at| {
                    outline.tokens[*at].kind == TokenKind::Word && !is_clause_start(outline, *at)
                })
                .count();
            from > select + 1 && is_source && bare <= 1
        }
        None => {
            let first = outline.tokens.get(select + 1);
            first.is_some_and(|token| {
                token.kind == TokenKind::Number || token.is_hole() || token.kind == TokenKind::Text
            }) && count <= select + 12
                || (outline.is_symbol(select + 2, '(') && outline.is_symbol(count - 1, ')'))
        }
    }
}

fn is_clause_start(outline: &Outline<'_>, at: usize) -> bool {
    outline.is_any(
        at,
        &[
            "WHERE",
            "JOIN",
            "LEFT",
            "RIGHT",
            "INNER",
            "OUTER",
            "FULL",
            "CROSS",
            "NATURAL",
            "GROUP",
            "ORDER",
            "LIMIT",
            "HAVING",
            "UNION",
            "AS",
            "ON",
            "FOR",
            "WINDOW",
            "OFFSET",
            "FETCH",
            "EXCEPT",
            "INTERSECT",
            "USING",
            "TABLESAMPLE",
            "WITH",
            "LATERAL",
            "FINAL",
            "SAMPLE",
            "PREWHERE",
            "QUALIFY",
        ],
    )
}

/// The index behind a dotted name at `at`, brackets included.
fn behind_name(outline: &Outline<'_>, at: usize) -> usize {
    let mut at = at;
    if outline.is_symbol(at, '(') {
        return outline.behind(at);
    }
    at += 1;
    while outline.is_symbol(at, '.') {
        at += 2;
    }
    if outline.is_symbol(at, '(') {
        outline.behind(at)
    } else {
        at
    }
}

/// What INSERT INTO writes must follow: columns, VALUES, a query, a hole.
fn is_target(outline: &Outline<'_>, at: usize) -> bool {
    let behind = behind_name(outline, at);
    let is_rows = |at: usize| {
        outline.is_any(
            at,
            &[
                "VALUES",
                "VALUE",
                "SELECT",
                "DEFAULT",
                "SET",
                "WITH",
                "OVERRIDING",
                "TABLE",
            ],
        )
    };
    let is_hole = outline
        .tokens
        .get(behind)
        .is_some_and(|token| token.is_hole());
    let has_columns = outline.is_symbol(behind.wrapping_sub(1), ')');
    is_rows(behind)
        || is_hole
        || outline.is_symbol(behind, '(')
        || is_rows(behind + 2)
        || (has_columns && (behind >= outline.tokens.len() || is_rows(behind)))
}

fn is_definition(outline: &Outline<'_>, at: usize) -> bool {
    const OBJECTS: &[&str] = &[
        "TABLE",
        "INDEX",
        "VIEW",
        "SEQUENCE",
        "TRIGGER",
        "FUNCTION",
        "PROCEDURE",
        "SCHEMA",
        "DATABASE",
        "EXTENSION",
        "TYPE",
        "ROLE",
        "USER",
        "POLICY",
        "DOMAIN",
    ];
    let Some(object) = (at + 1..outline.tokens.len())
        .take(5)
        .find(|at| outline.is_any(*at, OBJECTS))
    else {
        return false;
    };
    let is_between = |at: usize| {
        outline.is_any(
            at,
            &[
                "OR",
                "REPLACE",
                "TEMP",
                "TEMPORARY",
                "UNIQUE",
                "MATERIALIZED",
                "GLOBAL",
                "LOCAL",
                "UNLOGGED",
                "EXTERNAL",
                "RECURSIVE",
                "CLUSTERED",
                "VIRTUAL",
                "FOREIGN",
            ],
        )
    };
    let mut name = object + 1;
    while outline.is_any(name, &["IF", "NOT", "EXISTS", "CONCURRENTLY", "ONLY"]) {
        name += 1;
    }
    let behind = behind_name(outline, name);
    let is_bodied = (name..outline.tokens.len()).take(16).any(|at| {
        outline.is_symbol(at, '(')
            || outline.is_any(
                at,
                &[
                    "AS",
                    "ON",
                    "ADD",
                    "DROP",
                    "RENAME",
                    "ALTER",
                    "OWNER",
                    "SET",
                    "CASCADE",
                    "ENABLE",
                    "LIKE",
                    "INCREMENT",
                    "START",
                    "WITH",
                    "RETURNS",
                    "MODIFY",
                    "CHANGE",
                ],
            )
    });
    (at + 1..object).all(is_between)
        && name < outline.tokens.len()
        && (is_bodied || behind >= outline.tokens.len() || outline.is_symbol(behind, ';'))
}
