//! From the syntax tree of `sqlparser` to the answers.

use perfctl_core::place::{ByteSpan, LineIndex};
use sqlparser::ast::{
    BinaryOperator, Delete, Expr, FromTable, GroupByExpr, Ident, LimitClause, ObjectName, OrderBy,
    OrderByKind, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, Statement,
    TableAlias, TableFactor, TableWithJoins, Update,
};
use sqlparser::tokenizer::Location;

use super::aggregate::{Aggregation, aggregates};
use crate::doc::sql::clause::Clauses;
use crate::doc::sql::outline::Outline;
use crate::doc::sql::projection::takes_table;
use crate::doc::sql::token::TokenKind;
use crate::doc::sql::{Comparison, Operator, Presence, Star, Table, TableKind};

/// Reads the tree of one statement; places in it are places in the masked text.
pub(super) struct Reader<'o, 't> {
    outline: &'o Outline<'t>,
    lines: LineIndex,
}

impl<'o, 't> Reader<'o, 't> {
    /// For the tree that was parsed from `masked`.
    pub(super) fn new(outline: &'o Outline<'t>, masked: &str) -> Self {
        Self {
            outline,
            lines: LineIndex::new(masked.as_bytes()),
        }
    }

    /// The clauses of `statement`; what the tokens leave open stays open.
    pub(super) fn statement(&self, statement: &Statement, from_tokens: &Clauses) -> Clauses {
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
        let name = written.join(".");
        let tokens = self.outline.tokens;
        let from = tokens.partition_point(|token| token.start < span.start);
        let to = tokens.partition_point(|token| token.end <= span.end);
        let kind = if is_call {
            TableKind::Function
        } else {
            self.outline.kind_of_tokens(&name, from, to)
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
