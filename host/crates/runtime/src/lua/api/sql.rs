//! Statements of SQL as tables.

use mlua::{Lua, Result, Table};
use perfctl_scan::doc::sql::{self, Statement};

use crate::api::sql::{kind_word, operator_word, presence_word, table_word};

/// A list of
/// `{kind, first, last, star?, returning_star, limit, filter, compares, order_by, aggregates_only, reads, writes, sources}`.
pub(super) fn statements(lua: &Lua, statements: &[Statement]) -> Result<Table> {
    let list = lua.create_table()?;
    for statement in statements {
        list.push(row(lua, statement)?)?;
    }
    Ok(list)
}

fn row(lua: &Lua, statement: &Statement) -> Result<Table> {
    let row = lua.create_table()?;
    row.set("kind", kind_word(statement.kind))?;
    row.set("first", statement.span.start + 1)?;
    row.set("last", statement.span.end)?;
    if let Some(star) = &statement.star {
        let place = lua.create_table()?;
        place.set("first", star.span.start + 1)?;
        place.set("last", star.span.end)?;
        place.set("qualifier", star.qualifier.as_deref())?;
        row.set("star", place)?;
    }
    row.set("returning_star", statement.returning_star.is_some())?;
    row.set("limit", presence_word(statement.limit))?;
    row.set("filter", presence_word(statement.filter))?;
    let compares = lua.create_table()?;
    for comparison in &statement.compares {
        let one = lua.create_table()?;
        one.set("column", &*comparison.column)?;
        one.set("operator", operator_word(comparison.operator))?;
        compares.push(one)?;
    }
    row.set("compares", compares)?;
    row.set("order_by", statement.order_by.clone())?;
    row.set("aggregates_only", statement.aggregates_only)?;
    row.set("reads", tables(lua, &statement.reads)?)?;
    row.set("writes", tables(lua, &statement.writes)?)?;
    row.set("sources", tables(lua, &statement.sources)?)?;
    Ok(row)
}

/// Tables as `{name, kind, alias?}`.
fn tables(lua: &Lua, tables: &[sql::Table]) -> Result<Table> {
    let list = lua.create_table()?;
    for table in tables {
        let one = lua.create_table()?;
        one.set("name", &*table.name)?;
        one.set("kind", table_word(table.kind))?;
        one.set("alias", table.alias.as_deref())?;
        list.push(one)?;
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_scan::doc::sql::Dialect;

    #[test]
    fn a_statement_tells_its_star_its_sources_and_its_bounds() {
        let lua = Lua::new();
        let read = sql::read("SELECT u.* FROM users u WHERE u.id = $1", Dialect::Generic);
        let list = statements(&lua, &read.statements).expect("a table");
        lua.globals().set("list", list).expect("set");
        let told: bool = lua
            .load(
                r#"
                local one = list[1]
                return #list == 1 and one.kind == "select" and one.star.first == 8 and one.star.last == 10
                  and one.star.qualifier == "u" and one.limit == "no" and one.filter == "yes"
                  and one.compares[1].column == "id" and one.compares[1].operator == "equal"
                  and one.sources[1].name == "users" and one.sources[1].kind == "base"
                "#,
            )
            .eval()
            .expect("runs");
        assert!(told);
    }
}
