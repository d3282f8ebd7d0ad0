//! Scripts that the rules of a pack share, and the `require` that brings them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use mlua::{Function, Lua, Table, Value};

use super::bytecode;

/// Scripts that the rules of a pack share: the name that `require` is given, the name for errors, the source.
pub type Modules = BTreeMap<String, (String, String)>;

/// Bytes of source that one may have.
const LONGEST: usize = 256 << 10;

/// A `require` that knows the modules of one pack and nothing else. Each is run once, in the sandbox of the scripts that ask, and no
/// table that one returns can be changed by them.
pub(super) fn require(lua: &Lua, modules: Arc<Modules>) -> mlua::Result<Function> {
    let loaded = lua.create_table()?;
    lua.create_function(move |lua, name: String| {
        match loaded.raw_get::<Value>(name.as_str())? {
            Value::Nil => {}
            Value::Boolean(_) => {
                return Err(mlua::Error::runtime(format!(
                    "module `{name}` requires itself"
                )));
            }
            value => return Ok(value),
        }
        let Some((chunk, source)) = modules.get(&name) else {
            let known: Vec<&str> = modules.keys().map(String::as_str).collect();
            return Err(mlua::Error::runtime(format!(
                "the pack has no module `{name}`; there are {}",
                known.join(", ")
            )));
        };
        if source.len() > LONGEST {
            return Err(mlua::Error::runtime(format!(
                "module `{name}` has more than {LONGEST} bytes"
            )));
        }
        loaded.raw_set(name.as_str(), true)?;
        let run = || {
            let value: Value = bytecode::load(lua, chunk, source)?.call(())?;
            match &value {
                Value::Table(table) => seal(table)?,
                other => {
                    return Err(mlua::Error::runtime(format!(
                        "module `{name}` returned {}, not a table",
                        other.type_name()
                    )));
                }
            }
            Ok(value)
        };
        let value = run();
        // A module that failed fails the same way for who asks next.
        let kept = value.as_ref().ok().cloned().unwrap_or(Value::Nil);
        loaded.raw_set(name.as_str(), kept)?;
        value
    })
}

/// Makes a table and all that it holds read-only: what one rule changed in it, the next ones of the pack would see.
fn seal(table: &Table) -> mlua::Result<()> {
    let mut open = vec![table.clone()];
    let mut seen = HashSet::new();
    while let Some(table) = open.pop() {
        if !seen.insert(table.to_pointer()) {
            continue;
        }
        table.set_readonly(true);
        open.extend(table.metatable());
        for pair in table.pairs::<Value, Value>() {
            let (key, value) = pair?;
            for part in [key, value] {
                if let Value::Table(inner) = part {
                    open.push(inner);
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::vm::{Limits, Vm};
    use super::*;

    #[test]
    fn a_pack_s_modules_are_run_once_and_nothing_else_can_be_required() {
        let module = |source: &str| ("lib/x.lua".to_owned(), source.to_owned());
        let modules: Modules = BTreeMap::from([
            (
                "list".to_owned(),
                module("local n = 0 return { next = function() n += 1 return n end }"),
            ),
            ("loop".to_owned(), module("return require('loop')")),
            ("five".to_owned(), module("return 5")),
        ]);
        let modules = Arc::new(modules);
        let run = |body: &str| {
            let source = format!("return {{ check = function() {body} end }}");
            let mut vm = Vm::new(&modules)?;
            let script = vm.load("rule.lua", &source, Limits::default())?;
            let check = script.function("check")?.expect("there is one");
            vm.call(&script, &check, ())
        };
        let answer = run("require('list').next() return require('list').next()").expect("runs");
        assert_eq!(answer.front(), Some(&Value::Number(2.0)));
        let error = |body: &str| run(body).expect_err("must fail").to_string();
        assert!(error("require('os')").contains("no module `os`; there are five, list, loop"));
        assert!(error("require('loop')").contains("requires itself"));
        assert!(error("require('five')").contains("not a table"));
        assert!(error("pcall(require, 'five') require('five')").contains("not a table"));
        assert!(error("require('list').next = nil").contains("readonly"));
    }

    #[test]
    fn nothing_that_a_module_holds_can_be_changed_by_rules() {
        let source = "local list = { frozen = table.freeze({ {} }), names = { deep = { 'a' } }, own = setmetatable({}, { __index = { 'b' } }) } \
                      list.names.around = list return list";
        let module = ("lib/list.lua".to_owned(), source.to_owned());
        let modules = Arc::new(Modules::from([("list".to_owned(), module)]));
        let error = |change: &str| {
            let source = format!(
                "return {{ check = function() local list = require('list') {change} end }}"
            );
            let mut vm = Vm::new(&modules).expect("an interpreter");
            let script = vm.load("rule.lua", &source, Limits::default());
            let script = script.expect("it loads");
            let check = script.function("check").expect("a table");
            let ran = vm.call(&script, &check.expect("there is one"), ());
            ran.expect_err(change).to_string()
        };
        for change in [
            "list.new = 1",
            "list.names.new = 1",
            "table.insert(list.names.deep, 'c')",
            "list.names.around.names.deep[1] = 'c'",
            "list.own.new = 1",
            "list.frozen[1][1] = 'c'",
            "getmetatable(list.own).__index[1] = 'c'",
        ] {
            let error = error(change);
            assert!(error.contains("readonly"), "{change}: {error}");
        }
    }

    #[test]
    fn rules_share_modules_and_nothing_else() {
        let module = (
            "lib/count.lua".to_owned(),
            "local n = 0 return { next = function() n += 1 return n end }".to_owned(),
        );
        let modules = Arc::new(Modules::from([("count".to_owned(), module)]));
        let mut vm = Vm::new(&modules).expect("an interpreter");
        let mut answer = |name: &str, source: &str| {
            let script = vm.load(name, source, Limits::default())?;
            let check = script.function("check")?.expect("there is one");
            vm.call(&script, &check, ())
        };
        let counting = "local own = 0 return { check = function() own += 1 return own * 10 + require('count').next() end }";
        for (name, expected) in [("a.lua", 11.0), ("b.lua", 12.0)] {
            let answer = answer(name, counting).expect("it runs");
            assert_eq!(answer.front(), Some(&Value::Number(expected)), "{name}");
        }
        let global = "return { check = function()\n left = 1\nend }";
        let error = answer("c.lua", global).expect_err("a global");
        assert_eq!(
            error.to_string(),
            "c.lua:2: `left` would be a global, and scripts make none: write `local left`"
        );
    }
}
