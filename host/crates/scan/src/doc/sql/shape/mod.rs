//! Whether a text is SQL at all: a cheap test before anything is parsed, for strings and documentation are full of "select" and "from".

mod grammar;
mod prose;

use super::Dialect;
use super::outline::Outline;
use super::token::{Lexer, Token};
use grammar::has_shape;
use prose::{has_proof, has_prose, is_title_case};

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
    let mut tokens: Vec<Token> = std::iter::from_fn(|| lexer.next_token())
        .take(MAX_TOKENS)
        .collect();
    while tokens.last().is_some_and(|last| &text[last.range()] == ";") {
        tokens.pop();
    }
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
            "SELECT EXISTS (SELECT 1 FROM t WHERE a IS NULL);",
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
    }
}
