//! Ways through the code as tables: hops, stops of a route, uses of a value.

use mlua::{Lua, Result, Table};

use crate::api::{Hop, Stop, Use};

/// A list of `{path, symbol, callee, node?}`.
pub(super) fn hops(lua: &Lua, hops: Vec<Hop>) -> Result<Table> {
    let list = lua.create_table()?;
    for hop in hops {
        let row = lua.create_table()?;
        row.set("path", &*hop.path)?;
        row.set("symbol", hop.symbol)?;
        row.set("callee", hop.callee)?;
        if let Some(node) = hop.node {
            row.set("node", node)?;
        }
        list.push(row)?;
    }
    Ok(list)
}

/// A list of `{path, symbol}`.
pub(super) fn stops(lua: &Lua, stops: Vec<Stop>) -> Result<Table> {
    let list = lua.create_table()?;
    for stop in stops {
        let row = lua.create_table()?;
        row.set("path", &*stop.path)?;
        row.set("symbol", stop.symbol)?;
        list.push(row)?;
    }
    Ok(list)
}

/// A list of `{node, top, calls}`.
pub(super) fn uses(lua: &Lua, uses: Vec<Use>) -> Result<Table> {
    let list = lua.create_table()?;
    for one in uses {
        let row = lua.create_table()?;
        row.set("node", one.node)?;
        row.set("top", one.top)?;
        row.set("calls", one.calls)?;
        list.push(row)?;
    }
    Ok(list)
}
