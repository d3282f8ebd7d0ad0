//! Whether an expression makes one value of many rows.

use sqlparser::ast::{Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments};

use crate::doc::sql::projection::is_aggregate;

/// What an expression does with rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Aggregation {
    /// It makes one value of many rows.
    Made,
    /// It is the same for every row.
    Constant,
    /// It has a value per row.
    PerRow,
}

pub(super) fn aggregates(expression: &Expr) -> Aggregation {
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
