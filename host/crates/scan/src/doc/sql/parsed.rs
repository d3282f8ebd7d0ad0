//! The clauses of a statement as `sqlparser` reads them, where it does.
//!
//! The parser stops at 50 levels of nesting but builds chains (`a + b + c`, UNION, `x::int::int`) as deep as they are long, and
//! their destructor recurses. So statements with long chains are left to the tokens.

use std::panic::{AssertUnwindSafe, catch_unwind};

use perfctl_core::place::{ByteSpan, LineIndex};
use sqlparser::ast::{
    BinaryOperator, Delete, Expr, FromTable, Function, FunctionArg, FunctionArgExpr,
    FunctionArguments, GroupByExpr, Ident, LimitClause, ObjectName, OrderBy, OrderByKind, Query,
    Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, Statement, TableAlias,
    TableFactor, TableWithJoins, Update,
};
use sqlparser::dialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Location;

use super::clause::{Clauses, is_aggregate, takes_table};
use super::mask::mask;
use super::outline::Outline;
use super::token::TokenKind;
use super::{Comparison, Dialect, Kind, Operator, Presence, Star, Table, TableKind};

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
            let reader = Reader {
                outline,
                lines: LineIndex::new(masked.as_bytes()),
            };
            Some(reader.statement(&statement, from_tokens))
        }));
        if let Ok(Some(clauses)) = clauses {
            return Some(clauses);
        }
    }
    None
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

struct Reader<'o, 't> {
    outline: &'o Outline<'t>,
    lines: LineIndex,
}

impl Reader<'_, '_> {
    fn statement(&self, statement: &Statement, from_tokens: &Clauses) -> Clauses {
        let mut clauses = Clauses::default();
        match statement {
            Statement::Query(query) => self.query(query, &mut clauses),
            Statement::Update(update) => self.update(update, &mut clauses),
            Statement::Delete(delete) => self.delete(delete, &mut clauses),
            Statement::Insert(insert) => self.returning(insert.returning.as_deref(), &mut clauses),
            _ => {}
        }
        // A hole that was read as an alias, or blanked, may be any clause.
        for (own, seen) in [
            (&mut clauses.limit, from_tokens.limit),
            (&mut clauses.filter, from_tokens.filter),
        ] {
            if *own == Presence::No && seen == Presence::Unknown {
                *own = Presence::Unknown;
            }
        }
        clauses
    }

    fn update(&self, update: &Update, clauses: &mut Clauses) {
        self.filter(update.selection.as_ref(), clauses);
        self.returning(update.returning.as_deref(), clauses);
        if update.limit.is_some() {
            clauses.limit = Presence::Yes;
        }
    }

    fn delete(&self, delete: &Delete, clauses: &mut Clauses) {
        self.filter(delete.selection.as_ref(), clauses);
        self.returning(delete.returning.as_deref(), clauses);
        if delete.limit.is_some() {
            clauses.limit = Presence::Yes;
        }
        let (FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables)) = &delete.from;
        clauses.sources = self.sources(tables);
    }

    fn returning(&self, items: Option<&[SelectItem]>, clauses: &mut Clauses) {
        clauses.returning_star = items
            .unwrap_or_default()
            .iter()
            .find_map(|item| match item {
                SelectItem::Wildcard(options) => Some(self.span(
                    options.wildcard_token.0.span.start,
                    options.wildcard_token.0.span.end,
                )),
                _ => None,
            });
    }

    fn query(&self, query: &Query, clauses: &mut Clauses) {
        if query.fetch.is_some() || query.limit_clause.as_ref().is_some_and(is_bound) {
            clauses.limit = Presence::Yes;
        }
        if let Some(OrderBy {
            kind: OrderByKind::Expressions(expressions),
            ..
        }) = &query.order_by
        {
            clauses.order_by = expressions
                .iter()
                .filter_map(|order| self.column(&order.expr))
                .collect();
        }
        let mut open = vec![query.body.as_ref()];
        let mut selects = 0;
        while let Some(body) = open.pop() {
            match body {
                SetExpr::Select(select) => {
                    self.select(select, selects == 0, clauses);
                    selects += 1;
                }
                SetExpr::Query(inner) => {
                    if inner.fetch.is_some() || inner.limit_clause.as_ref().is_some_and(is_bound) {
                        clauses.limit = Presence::Yes;
                    }
                    open.push(&inner.body);
                }
                SetExpr::SetOperation { left, right, .. } => {
                    open.extend([right.as_ref(), left.as_ref()])
                }
                SetExpr::Update(Statement::Update(update)) => self.update(update, clauses),
                SetExpr::Delete(Statement::Delete(delete)) => self.delete(delete, clauses),
                SetExpr::Insert(Statement::Insert(insert)) => {
                    self.returning(insert.returning.as_deref(), clauses)
                }
                _ => {}
            }
        }
        clauses.aggregates_only &= selects == 1;
    }

    fn select(&self, select: &Select, is_first: bool, clauses: &mut Clauses) {
        if select.top.is_some() {
            clauses.limit = Presence::Yes;
        }
        if is_first {
            self.filter(select.selection.as_ref(), clauses);
            let is_grouped = match &select.group_by {
                GroupByExpr::All(_) => true,
                GroupByExpr::Expressions(expressions, _) => !expressions.is_empty(),
            };
            let is_aggregated = |item: &SelectItem| match item {
                SelectItem::UnnamedExpr(expression)
                | SelectItem::ExprWithAlias {
                    expr: expression, ..
                } => aggregates(expression) == Aggregation::Made,
                _ => false,
            };
            clauses.aggregates_only = !is_grouped
                && !select.projection.is_empty()
                && select.projection.iter().all(is_aggregated);
        }
        let sources = self.sources(&select.from);
        let references: Vec<&Table> = sources.iter().collect();
        if clauses.star.is_none() {
            clauses.star = select
                .projection
                .iter()
                .filter_map(|item| self.star(item))
                .find(|star| takes_table(star, &references));
        }
        clauses.sources.extend(sources);
    }

    fn star(&self, item: &SelectItem) -> Option<Star> {
        match item {
            SelectItem::Wildcard(options) => {
                let token = options.wildcard_token.0.span;
                Some(Star {
                    span: self.span(token.start, token.end),
                    qualifier: None,
                })
            }
            SelectItem::QualifiedWildcard(
                SelectItemQualifiedWildcardKind::ObjectName(name),
                options,
            ) => {
                let first = name.0.first()?.as_ident()?;
                let last = name.0.last()?.as_ident()?;
                let span = self.span(first.span.start, options.wildcard_token.0.span.end);
                Some(Star {
                    span,
                    qualifier: Some(self.written(last)),
                })
            }
            _ => None,
        }
    }

    fn filter(&self, selection: Option<&Expr>, clauses: &mut Clauses) {
        let Some(selection) = selection else { return };
        clauses.filter = Presence::Yes;
        let mut open = vec![selection];
        while let Some(expression) = open.pop() {
            let mut add = |expression: &Expr, operator: Operator| {
                if let Some(column) = self.column(expression) {
                    clauses.compares.push(Comparison { column, operator });
                }
            };
            let unless = |negated: bool, operator: Operator| {
                if negated { Operator::Other } else { operator }
            };
            match expression {
                Expr::Nested(inner) => open.push(inner),
                Expr::UnaryOp { expr, .. } => open.push(expr),
                Expr::BinaryOp {
                    left,
                    op: BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Xor,
                    right,
                } => {
                    open.extend([right.as_ref(), left.as_ref()]);
                }
                Expr::BinaryOp { left, op, right } => {
                    let operator = match op {
                        BinaryOperator::Eq | BinaryOperator::Spaceship => Operator::Equal,
                        BinaryOperator::Lt
                        | BinaryOperator::Gt
                        | BinaryOperator::LtEq
                        | BinaryOperator::GtEq => Operator::Range,
                        BinaryOperator::PGRegexMatch
                        | BinaryOperator::PGRegexIMatch
                        | BinaryOperator::PGLikeMatch
                        | BinaryOperator::PGILikeMatch => Operator::Like,
                        _ => Operator::Other,
                    };
                    add(left, operator);
                    add(right, operator);
                    if let (Expr::Tuple(left), Operator::Equal | Operator::Range) =
                        (left.as_ref(), operator)
                    {
                        left.iter().for_each(|expression| add(expression, operator));
                    }
                }
                Expr::InList { expr, negated, .. }
                | Expr::InSubquery { expr, negated, .. }
                | Expr::InUnnest { expr, negated, .. } => {
                    add(expr, unless(*negated, Operator::In));
                }
                Expr::AnyOp { left, .. } => add(left, Operator::In),
                Expr::Between { expr, negated, .. } => add(expr, unless(*negated, Operator::Range)),
                Expr::Like { expr, negated, .. }
                | Expr::ILike { expr, negated, .. }
                | Expr::SimilarTo { expr, negated, .. }
                | Expr::RLike { expr, negated, .. } => {
                    add(expr, unless(*negated, Operator::Like));
                }
                Expr::IsNull(inner)
                | Expr::IsNotNull(inner)
                | Expr::IsTrue(inner)
                | Expr::IsFalse(inner)
                | Expr::IsNotTrue(inner)
                | Expr::IsNotFalse(inner) => {
                    add(inner, Operator::Null);
                }
                _ => {}
            }
        }
        if clauses
            .compares
            .iter()
            .any(|compare| compare.column.eq_ignore_ascii_case("rownum"))
        {
            clauses.limit = Presence::Yes;
        }
    }

    /// The column that `expression` is, if it is one and no hole.
    fn column(&self, expression: &Expr) -> Option<String> {
        let name = match expression {
            Expr::Identifier(name) => name,
            Expr::CompoundIdentifier(names) => names.last()?,
            Expr::Nested(inner) => return self.column(inner),
            _ => return None,
        };
        let start = self.offset(name.span.start);
        let at = self
            .outline
            .tokens
            .binary_search_by_key(&start, |token| token.start)
            .ok()?;
        let token = self.outline.tokens[at];
        (matches!(token.kind, TokenKind::Word | TokenKind::Quoted) && !token.has_hole)
            .then(|| self.written(name))
    }

    fn sources(&self, from: &[TableWithJoins]) -> Vec<Table> {
        let mut sources = Vec::new();
        let factors = |tables: &TableWithJoins| {
            std::iter::once(tables.relation.clone())
                .chain(tables.joins.iter().map(|join| join.relation.clone()))
                .collect::<Vec<_>>()
        };
        let mut open: Vec<TableFactor> = from.iter().flat_map(factors).rev().collect();
        while let Some(factor) = open.pop() {
            match factor {
                TableFactor::Table {
                    name, alias, args, ..
                } => sources.push(self.table(&name, alias.as_ref(), args.is_some())),
                TableFactor::Derived { alias, .. } => {
                    sources.push(unnamed(TableKind::Derived, alias.as_ref()))
                }
                TableFactor::NestedJoin {
                    table_with_joins, ..
                } => open.extend(factors(&table_with_joins).into_iter().rev()),
                TableFactor::Pivot { table, .. }
                | TableFactor::Unpivot { table, .. }
                | TableFactor::MatchRecognize { table, .. } => open.push(*table),
                TableFactor::TableFunction { alias, .. }
                | TableFactor::Function { alias, .. }
                | TableFactor::UNNEST { alias, .. }
                | TableFactor::JsonTable { alias, .. }
                | TableFactor::OpenJsonTable { alias, .. } => {
                    sources.push(unnamed(TableKind::Function, alias.as_ref()))
                }
                _ => sources.push(unnamed(TableKind::Function, None)),
            }
        }
        sources
    }

    fn table(&self, name: &ObjectName, alias: Option<&TableAlias>, is_call: bool) -> Table {
        let names: Vec<&Ident> = name.0.iter().filter_map(|part| part.as_ident()).collect();
        let written: Vec<String> = names.iter().map(|name| self.written(name)).collect();
        let span = match (names.first(), names.last()) {
            (Some(first), Some(last)) => self.span(first.span.start, last.span.end),
            _ => ByteSpan::default(),
        };
        let inside =
            |token: &&super::token::Token| span.start <= token.start && token.end <= span.end;
        let is_hole = self
            .outline
            .tokens
            .iter()
            .filter(inside)
            .any(|token| token.is_hole() || token.has_hole);
        let name = written.join(".");
        let kind = if is_call {
            TableKind::Function
        } else {
            self.outline.kind_of_name(&name, is_hole)
        };
        Table {
            name,
            kind,
            alias: alias.map(|alias| self.written(&alias.name)),
            span,
        }
    }

    /// An identifier as the text has it, without quotes.
    fn written(&self, name: &Ident) -> String {
        let span = self.span(name.span.start, name.span.end);
        let text = self.outline.text.get(span.range()).unwrap_or_default();
        if text.is_empty() {
            name.value.clone()
        } else {
            text.trim_matches(['"', '`', '[', ']', '\'']).to_owned()
        }
    }

    /// The byte at which a place in the masked text stands in the text; the masked text is ASCII.
    fn offset(&self, place: Location) -> u32 {
        let start = self.outline.tokens.first().map_or(0, |first| first.start);
        start + self.lines.line_start(place.line as u32) + (place.column as u32).saturating_sub(1)
    }

    fn span(&self, start: Location, end: Location) -> ByteSpan {
        let length = self.outline.text.len() as u32;
        ByteSpan::new(self.offset(start).min(length), self.offset(end).min(length))
    }
}

fn unnamed(kind: TableKind, alias: Option<&TableAlias>) -> Table {
    Table {
        name: String::new(),
        kind,
        alias: alias.map(|alias| alias.name.value.clone()),
        span: ByteSpan::default(),
    }
}

/// `LIMIT ALL` and `LIMIT NULL` bound nothing.
fn is_bound(limit: &LimitClause) -> bool {
    match limit {
        LimitClause::LimitOffset {
            limit: Some(Expr::Value(value)),
            ..
        } => !value.to_string().eq_ignore_ascii_case("null"),
        LimitClause::LimitOffset { limit, .. } => limit.is_some(),
        LimitClause::OffsetCommaLimit { .. } => true,
    }
}

/// What an expression does with rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aggregation {
    /// It makes one value of many rows.
    Made,
    /// It is the same for every row.
    Constant,
    /// It has a value per row.
    PerRow,
}

fn aggregates(expression: &Expr) -> Aggregation {
    match expression {
        Expr::Value(_) | Expr::TypedString(_) => Aggregation::Constant,
        Expr::Nested(inner)
        | Expr::Cast { expr: inner, .. }
        | Expr::UnaryOp { expr: inner, .. } => aggregates(inner),
        Expr::BinaryOp { left, right, .. } => {
            combine([aggregates(left), aggregates(right)].into_iter())
        }
        Expr::Function(function) => call(function),
        _ => Aggregation::PerRow,
    }
}

fn call(function: &Function) -> Aggregation {
    let name = function
        .name
        .0
        .last()
        .and_then(|part| part.as_ident())
        .map_or("", |name| name.value.as_str());
    if is_aggregate(name) {
        return if function.over.is_none() {
            Aggregation::Made
        } else {
            Aggregation::PerRow
        };
    }
    let FunctionArguments::List(list) = &function.args else {
        return Aggregation::PerRow;
    };
    combine(list.args.iter().map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => aggregates(expression),
        _ => Aggregation::PerRow,
    }))
}

fn combine(parts: impl Iterator<Item = Aggregation>) -> Aggregation {
    parts.fold(Aggregation::Constant, |all, part| match (all, part) {
        (Aggregation::PerRow, _) | (_, Aggregation::PerRow) => Aggregation::PerRow,
        (Aggregation::Made, _) | (_, Aggregation::Made) => Aggregation::Made,
        _ => Aggregation::Constant,
    })
}
