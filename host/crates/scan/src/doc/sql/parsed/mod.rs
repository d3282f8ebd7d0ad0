//! The clauses of a statement as `sqlparser` reads them, where it does.
//!
//! The parser stops at 50 levels of nesting but builds chains (`a + b + c`, UNION, `x::int::int`) as deep as they are long, and
//! their destructor recurses. So statements with long chains are left to the tokens.

mod aggregate;
mod reader;

use std::panic::{AssertUnwindSafe, catch_unwind};

use sqlparser::ast::Statement;
use sqlparser::dialect;
use sqlparser::parser::Parser;

use super::clause::Clauses;
use super::mask::mask;
use super::outline::Outline;
use super::token::TokenKind;
use super::{Dialect, Kind};
use reader::Reader;

/// Longer statements are left to the tokens.
const MAX_BYTES: usize = 64 << 10;
/// Tokens that may each deepen the syntax tree by one.
const MAX_CHAIN: usize = 400;
/// Joins: the parser recurses for each one that has no condition.
const MAX_JOINS: usize = 60;
/// Brackets within brackets.
const MAX_DEPTH: u32 = 100;

/// Reads the statement; `None` when the parser cannot, or when it says nothing that the tokens do not.
pub(super) fn read(
    outline: &Outline<'_>,
    dialect: Dialect,
    from_tokens: &Clauses,
) -> Option<Clauses> {
    let is_query = matches!(
        outline.kind,
        Kind::Select | Kind::Insert | Kind::Update | Kind::Delete
    );
    if !is_query || !is_harmless(outline) {
        return None;
    }
    let has_holes = outline
        .tokens
        .iter()
        .any(|token| token.is_hole() || token.has_hole);
    let attempts = [
        (dialect, false),
        (Dialect::Generic, false),
        (Dialect::Generic, true),
    ];
    for (at, (dialect, blank)) in attempts.into_iter().enumerate() {
        if (at == 1 && attempts[0].0 == Dialect::Generic) || (blank && !has_holes) {
            continue;
        }
        let masked = mask(outline.text, outline.tokens, blank);
        // A panic of the parser is as good as an error: the tokens answer.
        let clauses = catch_unwind(AssertUnwindSafe(|| {
            let statement = parse(&masked, dialect)?;
            let reader = Reader::new(outline, &masked);
            Some(reader.statement(&statement, from_tokens))
        }));
        if let Ok(Some(clauses)) = clauses {
            return Some(clauses);
        }
    }
    None
}

/// Whether some dialect's parser can read the statement, of whatever kind; one that cannot be tried counts as read.
pub(super) fn is_sound(outline: &Outline<'_>) -> bool {
    if !is_harmless(outline) {
        return true;
    }
    let dialects = [
        Dialect::Generic,
        Dialect::Postgres,
        Dialect::MySql,
        Dialect::Sqlite,
        Dialect::SqlServer,
        Dialect::BigQuery,
        Dialect::Snowflake,
    ];
    [false, true].into_iter().any(|blank| {
        let masked = mask(outline.text, outline.tokens, blank);
        let reads = |dialect: &Dialect| {
            let parsed = catch_unwind(AssertUnwindSafe(|| parse(&masked, *dialect).is_some()));
            parsed.unwrap_or(false)
        };
        dialects.iter().any(reads)
    })
}

/// Whether parsing the statement and dropping its tree stay within any stack.
fn is_harmless(outline: &Outline<'_>) -> bool {
    let tokens = outline.tokens;
    let bytes = tokens.last().map_or(0, |last| last.end - tokens[0].start);
    let deepens = |at: usize| match tokens[at].kind {
        TokenKind::Symbol => {
            !outline.is_symbol(at, ',')
                && !outline.is_symbol(at, '(')
                && !outline.is_symbol(at, ')')
        }
        TokenKind::Word => outline.is_any(
            at,
            &[
                "AND",
                "OR",
                "XOR",
                "NOT",
                "UNION",
                "EXCEPT",
                "INTERSECT",
                "MINUS",
                "IS",
                "COLLATE",
                "AT",
                "JOIN",
                "CASE",
                "SELECT",
                "LIKE",
                "IN",
                "BETWEEN",
                "DIV",
                "MOD",
            ],
        ),
        _ => false,
    };
    // A dot between two parts of a name and the signs of a list of numbers deepen nothing.
    let is_plain_dot = |at: usize| outline.is_symbol(at, '.');
    let chain = (0..tokens.len())
        .filter(|at| deepens(*at) && !is_plain_dot(*at))
        .count();
    let joins = (0..tokens.len())
        .filter(|at| outline.is(*at, "JOIN"))
        .count();
    bytes as usize <= MAX_BYTES
        && joins <= MAX_JOINS
        && chain <= MAX_CHAIN
        && tokens.iter().all(|token| token.depth <= MAX_DEPTH)
}

fn parse(masked: &str, dialect: Dialect) -> Option<Statement> {
    let dialect: &dyn dialect::Dialect = match dialect {
        Dialect::Generic => &dialect::GenericDialect {},
        Dialect::BigQuery => &dialect::BigQueryDialect {},
        Dialect::ClickHouse => &dialect::ClickHouseDialect {},
        Dialect::DuckDb => &dialect::DuckDbDialect {},
        Dialect::MySql => &dialect::MySqlDialect {},
        Dialect::Oracle => &dialect::OracleDialect {},
        Dialect::Postgres => &dialect::PostgreSqlDialect {},
        Dialect::Redshift => &dialect::RedshiftSqlDialect {},
        Dialect::Snowflake => &dialect::SnowflakeDialect {},
        Dialect::SqlServer => &dialect::MsSqlDialect {},
        Dialect::Sqlite => &dialect::SQLiteDialect {},
    };
    let mut parser = Parser::new(dialect)
        .with_recursion_limit(50)
        .try_with_sql(masked)
        .ok()?;
    let mut statements = parser.parse_statements().ok()?;
    if statements.len() == 1 {
        statements.pop()
    } else {
        None
    }
}
