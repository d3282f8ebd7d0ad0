//! Statements of SQL, and the words for their parts.

use perfctl_scan::doc::sql::{self, Dialect, Kind, Operator, Presence, Statement, TableKind};

/// The statements of a text that is SQL.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    sql::read(text, Dialect::Generic).statements
}

/// The statements of a text; none when it does not look like SQL.
pub(super) fn statements_if_sql(text: &str) -> Vec<Statement> {
    match sql::looks_like_sql(text) {
        true => statements(text),
        false => Vec::new(),
    }
}

/// The word for what a statement does.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Select => "select",
        Kind::Insert => "insert",
        Kind::Update => "update",
        Kind::Delete => "delete",
        Kind::Ddl => "ddl",
        Kind::Other => "other",
    }
}

/// The word for what a table is.
pub fn table_word(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Base => "base",
        TableKind::Cte => "cte",
        TableKind::Derived => "derived",
        TableKind::Function => "function",
        TableKind::Catalog => "catalog",
        TableKind::Hole => "hole",
    }
}

/// The word for whether a statement has something.
pub fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Yes => "yes",
        Presence::No => "no",
        Presence::Unknown => "unknown",
    }
}

/// The word for how a filter compares.
pub fn operator_word(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "equal",
        Operator::Range => "range",
        Operator::In => "in",
        Operator::Like => "like",
        Operator::Null => "null",
        Operator::Other => "other",
    }
}
