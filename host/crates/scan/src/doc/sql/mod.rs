//! SQL in strings and scripts: what a statement does, which tables it touches, and whether it is bounded.
//!
//! Placeholders and template holes are expected. A strict parser reads what it can; where it cannot, the answers come from the tokens.
//! It knows no driver and no rule.

mod clause;
mod mask;
mod mention;
mod outline;
mod parsed;
mod projection;
mod shape;
mod split;
mod token;

pub use shape::looks_like_sql;

use clause::Clauses;
use outline::Outline;
use perfctl_core::place::ByteSpan;
use token::Token;

/// Longer texts are cut; [`Sql::is_cut`] says so.
const MAX_TEXT: usize = 1 << 20;

/// Whose SQL it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Unknown.
    #[default]
    Generic,
    /// BigQuery.
    BigQuery,
    /// ClickHouse.
    ClickHouse,
    /// DuckDB.
    DuckDb,
    /// MySQL and MariaDB.
    MySql,
    /// Oracle.
    Oracle,
    /// PostgreSQL and what speaks its language.
    Postgres,
    /// Amazon Redshift.
    Redshift,
    /// Snowflake.
    Snowflake,
    /// Microsoft SQL Server.
    SqlServer,
    /// SQLite.
    Sqlite,
}

/// A text of SQL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sql {
    /// Its statements in order.
    pub statements: Vec<Statement>,
    /// Whether the text was too long to be read to its end.
    pub is_cut: bool,
}

/// A statement. All spans are bytes of the text that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it does.
    pub kind: Kind,
    /// Its bytes, without the semicolon.
    pub span: ByteSpan,
    /// Whether a parser has read it; otherwise the answers come from its words alone.
    pub is_parsed: bool,
    /// What it reads from, at any depth, in order; the same table as often as it is named.
    pub reads: Vec<Table>,
    /// The tables it writes to, creates, alters or drops.
    pub writes: Vec<Table>,
    /// What the outermost SELECT reads from.
    pub sources: Vec<Table>,
    /// The star in the outermost projection that takes every column of a table; not that of a subquery, a CTE, `COUNT(*)`.
    pub star: Option<Star>,
    /// The star of `RETURNING *`.
    pub returning_star: Option<ByteSpan>,
    /// Whether LIMIT, FETCH FIRST or TOP bounds the outermost query. `LIMIT ALL` does not.
    pub limit: Presence,
    /// Whether the outermost query, UPDATE or DELETE has a WHERE.
    pub filter: Presence,
    /// What that WHERE compares, subqueries left out.
    pub compares: Vec<Comparison>,
    /// The columns that the outermost query is ordered by, in order.
    pub order_by: Vec<String>,
    /// Whether the outermost query makes one row of aggregates: `SELECT COUNT(*) FROM t`.
    pub aggregates_only: bool,
}

impl Statement {
    /// Whether the outermost SELECT reads only from CTEs, subqueries, functions or catalogs, or from nothing.
    pub fn reads_no_table(&self) -> bool {
        self.sources
            .iter()
            .all(|table| !matches!(table.kind, TableKind::Base | TableKind::Hole))
    }
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// SELECT or VALUES.
    Select,
    /// INSERT or REPLACE.
    Insert,
    /// UPDATE.
    Update,
    /// DELETE.
    Delete,
    /// CREATE, ALTER, DROP, TRUNCATE, RENAME, COMMENT.
    Ddl,
    /// Anything else: MERGE, SET, BEGIN, EXPLAIN, COPY, ...
    Other,
}

/// A table where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name without quotes, dots between its parts; empty for a subquery.
    pub name: String,
    /// What it is.
    pub kind: TableKind,
    /// What the statement calls it.
    pub alias: Option<String>,
    /// Where it is named.
    pub span: ByteSpan,
}

/// What a [`Table`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// A table or view of the database.
    Base,
    /// A common table expression of the same statement.
    Cte,
    /// A subquery.
    Derived,
    /// A function that returns rows.
    Function,
    /// A table of the database about itself.
    Catalog,
    /// A hole decides; most likely a table.
    Hole,
}

/// A star in a projection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star {
    /// `*` or `alias.*`.
    pub span: ByteSpan,
    /// The alias before it.
    pub qualifier: Option<String>,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is.
    Yes,
    /// It is not.
    #[default]
    No,
    /// A hole stands where it might be.
    Unknown,
}

/// A comparison in a WHERE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The column, without its table.
    pub column: String,
    /// How it is compared.
    pub operator: Operator,
}

/// How a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`
    Equal,
    /// `<`, `>=`, BETWEEN.
    Range,
    /// IN, `= ANY`.
    In,
    /// LIKE and regular expressions.
    Like,
    /// IS NULL and the like.
    Null,
    /// What no index serves: `<>`, NOT IN, NOT LIKE.
    Other,
}

/// Reads `text`, which is SQL with or without placeholders, as `dialect` and, failing that, as whatever fits.
pub fn read(text: &str, dialect: Dialect) -> Sql {
    let cut = &text[..text.floor_char_boundary(MAX_TEXT)];
    let (split, has_more) = split::statements(cut, dialect);
    let is_cut = cut.len() < text.len() || has_more;
    Sql {
        statements: split
            .iter()
            .map(|tokens| statement(cut, tokens, dialect))
            .collect(),
        is_cut,
    }
}

/// How many statements of `text` no dialect's parser can read. What is too long or too deep to be tried counts as read.
pub fn faults(text: &str) -> usize {
    let cut = &text[..text.floor_char_boundary(MAX_TEXT)];
    let (split, _) = split::statements(cut, Dialect::Generic);
    let outlines = split.iter().map(|tokens| Outline::new(cut, tokens));
    outlines
        .filter(|outline| !parsed::is_sound(outline))
        .count()
}

fn statement(text: &str, tokens: &[Token], dialect: Dialect) -> Statement {
    let outline = Outline::new(text, tokens);
    let mentions = outline.mentions();
    let from_tokens = clause::read(&outline, &mentions);
    let from_parser = parsed::read(&outline, dialect, &from_tokens);
    let is_parsed = from_parser.is_some();
    let Clauses {
        sources,
        star,
        returning_star,
        limit,
        filter,
        compares,
        order_by,
        aggregates_only,
    } = from_parser.unwrap_or(from_tokens);
    let (writes, reads): (Vec<_>, Vec<_>) =
        mentions.into_iter().partition(|mention| mention.is_written);
    Statement {
        kind: outline.kind,
        span: outline.span(0, tokens.len()),
        is_parsed,
        reads: reads.into_iter().map(|mention| mention.table).collect(),
        writes: writes.into_iter().map(|mention| mention.table).collect(),
        sources,
        star,
        returning_star,
        limit,
        filter,
        compares,
        order_by,
        aggregates_only,
    }
}

#[cfg(test)]
mod tests;
