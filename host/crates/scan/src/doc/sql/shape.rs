//! Whether a text is SQL at all: a cheap test before anything is parsed, for strings and documentation are full of "select" and "from".

use super::Dialect;
use super::outline::Outline;
use super::token::{Lexer, Token, TokenKind};

/// Tokens looked at: what is SQL shows it early.
const MAX_TOKENS: usize = 400;

/// Whether `text` is a statement of SQL and not a sentence that begins like one.
///
/// It must begin with a keyword, go on in that statement's shape, and name nothing by an article or a pronoun: "select all the things
/// from the list" is none. A keyword written like the first word of a sentence needs more proof than `SELECT` or `select`.
pub fn looks_like_sql(text: &str) -> bool {
    if !begins_with_keyword(text) {
        return false;
    }
    let mut lexer = Lexer::new(text, Dialect::Generic);
    let tokens: Vec<Token> = std::iter::from_fn(|| lexer.next_token())
        .take(MAX_TOKENS)
        .collect();
    let outline = Outline::new(text, &tokens);
    let Some(first) = tokens.first() else {
        return false;
    };
    let is_shaped =
        has_shape(&outline, 0) || (outline.main > 0 && has_shape(&outline, outline.main));
    is_shaped
        && !has_prose(&outline)
        && (!is_title_case(&text[first.range()]) || has_proof(&outline))
}

/// Cheap and first: most strings end here.
fn begins_with_keyword(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(' || c == ';');
    while let Some(behind) = rest
        .strip_prefix("--")
        .and_then(|comment| comment.split_once('\n'))
        .map(|(_, behind)| behind)
        .or_else(|| {
            rest.strip_prefix("/*")
                .and_then(|comment| comment.split_once("*/"))
                .map(|(_, behind)| behind)
        })
    {
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    KEYWORDS
        .iter()
        .any(|keyword| rest[..end].eq_ignore_ascii_case(keyword))
}

const KEYWORDS: &[&str] = &[
    "ALTER", "CREATE", "DELETE", "DROP", "EXPLAIN", "INSERT", "MERGE", "REPLACE", "SELECT",
    "TRUNCATE", "UPDATE", "UPSERT", "WITH",
];

/// Whether what begins at `at` goes on as its first word promises.
fn has_shape(outline: &Outline<'_>, at: usize) -> bool {
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

/// Words that name no column and no table; sorted.
const PROSE: &[&str] = &[
    "a",
    "about",
    "an",
    "another",
    "any",
    "are",
    "because",
    "been",
    "but",
    "can",
    "does",
    "each",
    "every",
    "existing",
    "following",
    "has",
    "have",
    "her",
    "his",
    "how",
    "it",
    "its",
    "list",
    "many",
    "may",
    "more",
    "most",
    "multiple",
    "must",
    "my",
    "new",
    "of",
    "one",
    "or",
    "other",
    "our",
    "should",
    "some",
    "such",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "we",
    "what",
    "which",
    "will",
    "would",
    "you",
    "your",
];

/// Whether a word of prose stands where only a name may, or a sentence ends before the text does.
fn has_prose(outline: &Outline<'_>) -> bool {
    let count = outline.tokens.len();
    let is_prose = |at: usize| {
        PROSE
            .binary_search(&outline.word(at).to_ascii_lowercase().as_str())
            .is_ok()
    };
    let is_qualified =
        |at: usize| outline.is_symbol(at + 1, '.') || (at > 0 && outline.is_symbol(at - 1, '.'));
    let is_followed_by_word = |at: usize| {
        outline
            .tokens
            .get(at + 1)
            .is_some_and(|token| token.kind == TokenKind::Word)
    };
    let names = |at: usize| {
        outline.is_any(
            at,
            &[
                "SELECT", "FROM", "INTO", "UPDATE", "JOIN", "ALL", "TABLE", "DISTINCT", "SET",
                "WHERE", "BY", "VIEW", "INDEX", "USER", "DATABASE",
            ],
        )
    };
    let behind_keyword = (0..count).any(|at| {
        names(at)
            && is_prose(at + 1)
            && !is_qualified(at + 1)
            && (is_followed_by_word(at + 1) || at + 2 >= count)
            && !outline.is_any(
                at + 2,
                &[
                    "AS", "FROM", "WHERE", "JOIN", "SET", "ORDER", "LIMIT", "ON", "AND", "IN", "IS",
                ],
            )
    });
    let is_sentence_end = |at: usize| {
        outline.is_symbol(at, '.')
            && at > 0
            && outline.tokens[at - 1].kind == TokenKind::Word
            && !is_glued(outline, at)
    };
    let last = outline.text.trim_end();
    behind_keyword
        || (0..count).any(is_sentence_end)
        || last.ends_with(['.', '!', ':'])
        || last.ends_with("?\"")
}

/// Whether a name goes on right behind the dot at `at`.
fn is_glued(outline: &Outline<'_>, at: usize) -> bool {
    outline
        .tokens
        .get(at + 1)
        .is_some_and(|next| next.start == outline.tokens[at].end)
}

fn is_title_case(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..].starts_with(|c: char| c.is_ascii_lowercase())
}

/// Something that SQL has and a sentence has not.
fn has_proof(outline: &Outline<'_>) -> bool {
    (1..outline.tokens.len()).any(|at| {
        let is_symbol = ['*', '=', '<', '>', ';']
            .into_iter()
            .any(|symbol| outline.is_symbol(at, symbol));
        let is_dotted = outline.is_symbol(at, '.') && is_glued(outline, at);
        is_symbol
            || is_dotted
            || outline.tokens[at].is_hole()
            || outline.is_any(at, &["WHERE", "JOIN", "VALUES", "LIMIT", "HAVING"])
            || outline.word(at).contains('_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_known_by_their_shape() {
        for sql in [
            "SELECT * FROM users",
            "select id, name from users where id = %s",
            "  -- top\n(select 1)",
            "SELECT 1",
            "select count(*) from \"t\"",
            "SELECT now()",
            "WITH x AS (SELECT 1) SELECT * FROM x",
            "INSERT INTO t (a, b) VALUES (%s, %s)",
            "insert into {table} {cols} values {vals}",
            "UPDATE t SET a = 1",
            "update users u set name = :name where id = :id",
            "DELETE FROM sessions WHERE expires < now()",
            "delete from sessions",
            "CREATE TABLE IF NOT EXISTS t (id int)",
            "CREATE UNIQUE INDEX i ON t (a)",
            "ALTER TABLE t ADD COLUMN b int",
            "DROP TABLE t",
            "EXPLAIN ANALYZE SELECT * FROM t",
            "Select * From t Where a = 1",
            "SELECT a FROM t JOIN u ON t.id = u.id LIMIT 5",
            "SELECT name FROM pg_class c, pg_namespace n",
            "SELECT ${cols} FROM ${t}",
            "select u.id uid, u.name from users u order by 1",
        ] {
            assert!(looks_like_sql(sql), "{sql}");
        }
    }

    #[test]
    fn sentences_are_not_sql() {
        for prose in [
            "select all the things from the list",
            "Select an item from the menu",
            "Select item from list",
            "select one or more users from the table",
            "Update the settings and set everything",
            "update your profile",
            "Delete from cart",
            "Delete from the cart",
            "delete this message",
            "Insert into the slot",
            "insert a coin",
            "Create table for your users",
            "create a new index",
            "Create index page",
            "With love from us",
            "with open file as (x)",
            "drop table of contents.",
            "Drop files here",
            "Select",
            "SELECT",
            "selected from users",
            "explain why",
            "Replace me",
            "Choose one",
            "select your country from dropdown below",
            "",
        ] {
            assert!(!looks_like_sql(prose), "{prose}");
        }
        assert!(PROSE.is_sorted());
    }
}
