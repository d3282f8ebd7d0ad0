//! Scripts that the rules of a pack share, and the `require` that brings them.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use mlua::{Function, Lua, Table, Value};
use perfctl_wire::table::nearest;

use super::bytecode;

/// Scripts that the rules of a pack share: the name that `require` is given, the name for errors, the source.
pub type Modules = BTreeMap<String, (String, String)>;

/// As many modules are named all in an error; of more the nearest are.
const FEW: usize = 12;

/// Modules that may have been meant which an error names.
const NEAREST: usize = 3;

/// Bytes of source that one may have.
const LONGEST: usize = 256 << 10;

/// A `require` that knows the modules of one pack and nothing else. What it returns is an empty table until something is read of it: most
/// scripts that a run loads find after a few lines that they have nothing to do, and compiling what they would need costs more than they
/// do. Then the module is run once, in the sandbox of the scripts that ask. Scripts can change no table that a module returned.
pub(super) fn require(lua: &Lua, modules: Arc<Modules>) -> mlua::Result<Function> {
    let handed = lua.create_table()?;
    lua.create_function(move |lua, name: String| {
        if let Value::Table(known) = handed.raw_get::<Value>(name.as_str())? {
            return Ok(known);
        }
        if !modules.contains_key(&name) {
            let known: Vec<&str> = modules.keys().map(String::as_str).collect();
            return Err(mlua::Error::runtime(absent(&name, known)));
        }
        let module = unread(lua, modules.clone(), &name)?;
        handed.raw_set(name.as_str(), &module)?;
        Ok(module)
    })
}

/// That there is no module `name`, with what there is: all of a few, of many the nearest and how many they are.
fn absent(name: &str, known: Vec<&str>) -> String {
    let there_are = match known.len() {
        few if few <= FEW => format!("there are {}", known.join(", ")),
        many => format!("it has {many}, in its `lib/`"),
    };
    let mut left = known;
    let near: Vec<String> = std::iter::from_fn(|| {
        let near = nearest(name, left.iter().copied())?;
        left.retain(|other| *other != near);
        Some(format!("`{near}`"))
    })
    .take(NEAREST)
    .collect();
    match near.is_empty() {
        true => format!("the pack has no module `{name}`; {there_are}"),
        false => format!(
            "the pack has no module `{name}`; did you mean {}? {there_are}",
            near.join(" or ")
        ),
    }
}

/// The table of a module that is run when something is read of it.
fn unread(lua: &Lua, modules: Arc<Modules>, name: &str) -> mlua::Result<Table> {
    let module = lua.create_table()?;
    let (name, is_running) = (name.to_owned(), Cell::new(false));
    let fill = lua.create_function(move |lua, module: Table| {
        let circular = || mlua::Error::runtime(format!("module `{name}` requires itself"));
        if is_running.replace(true) {
            return Err(circular());
        }
        let filled = modules
            .get(&name)
            .ok_or_else(|| mlua::Error::runtime(format!("the pack has no module `{name}`")))
            .and_then(|(chunk, source)| run(lua, &name, chunk, source))
            .and_then(|from| match from == module {
                true => Err(circular()),
                false => take(&from, &module),
            });
        // A module that failed fails the same way for who asks next.
        is_running.set(false);
        filled
    })?;
    let (whole, first) = (fill.clone(), fill);
    let meta = lua.create_table()?;
    meta.raw_set(
        "__index",
        lua.create_function(move |_, (module, key): (Table, Value)| {
            first.call::<()>(&module)?;
            module.raw_get::<Value>(key)
        })?,
    )?;
    meta.raw_set(
        "__iter",
        lua.create_function(move |lua, module: Table| {
            whole.call::<()>(&module)?;
            let next: Function = lua.globals().get("next")?;
            Ok((next, module))
        })?,
    )?;
    meta.raw_set("__metatable", false)?;
    module.set_metatable(Some(meta))?;
    module.set_readonly(true);
    Ok(module)
}

/// What a module returns.
fn run(lua: &Lua, name: &str, chunk: &str, source: &str) -> mlua::Result<Table> {
    if source.len() > LONGEST {
        return Err(mlua::Error::runtime(format!(
            "module `{name}` has more than {LONGEST} bytes"
        )));
    }
    match bytecode::load(lua, chunk, source)?.call(())? {
        Value::Table(table) => Ok(table),
        other => Err(mlua::Error::runtime(format!(
            "module `{name}` returned {}, not a table",
            other.type_name()
        ))),
    }
}

/// Makes `module` what `from` is, for good.
fn take(from: &Table, module: &Table) -> mlua::Result<()> {
    seal(from)?;
    module.set_readonly(false);
    let taken = from
        .pairs::<Value, Value>()
        .try_for_each(|pair| pair.and_then(|(key, value)| module.raw_set(key, value)))
        .and_then(|()| module.set_metatable(from.metatable()));
    module.set_readonly(true);
    taken
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
    use super::super::vm::{Limits, Memory, Vm};
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
            (
                "self".to_owned(),
                module("return { x = require('self').x }"),
            ),
            (
                "rounds".to_owned(),
                module("return { x = require('back').x }"),
            ),
            (
                "back".to_owned(),
                module("return { x = require('rounds').x }"),
            ),
            ("five".to_owned(), module("return 5")),
        ]);
        let modules = Arc::new(modules);
        let run = |body: &str| {
            let source = format!("return {{ check = function() {body} end }}");
            let mut vm = Vm::new(&modules, Memory::Capped)?;
            let script = vm.load("rule.lua", &source, Limits::default())?;
            let check = script.function("check")?.expect("there is one");
            vm.call(&script, &check, ())
        };
        let answer = run("require('list').next() return require('list').next()").expect("runs");
        assert_eq!(answer.front(), Some(&Value::Number(2.0)));
        let error = |body: &str| run(body).expect_err("must fail").to_string();
        assert!(
            error("require('os')")
                .contains("no module `os`; there are back, five, list, loop, rounds, self")
        );
        for read in ["loop", "rounds", "self"] {
            let failed = error(&format!("return require('{read}').x"));
            assert!(failed.contains("requires itself"), "{read}: {failed}");
        }
        let twice =
            "local five = require('five') pcall(function() return five.x end) return five.x";
        assert!(error(twice).contains("not a table"));
        for change in ["next", "more"] {
            assert!(error(&format!("require('list').{change} = 1")).contains("readonly"));
            let read = "local m = require('list') m.next()";
            assert!(error(&format!("{read} m.{change} = 1")).contains("readonly"));
        }
    }

    #[test]
    fn of_many_modules_the_nearest_are_named_and_how_many_there_are() {
        let many: Vec<String> = (0..141)
            .map(|at| format!("module_{at}_of_the_pack"))
            .collect();
        let known = || -> Vec<&str> {
            let many = many.iter().map(String::as_str);
            many.chain(["queries", "query"]).collect()
        };
        assert_eq!(
            absent("querys", known()),
            "the pack has no module `querys`; did you mean `query` or `queries`? it has 143, in its `lib/`"
        );
        assert_eq!(
            absent("pools", known()),
            "the pack has no module `pools`; it has 143, in its `lib/`"
        );
        assert_eq!(
            absent("quary", vec!["query", "pool"]),
            "the pack has no module `quary`; did you mean `query`? there are query, pool"
        );
    }

    #[test]
    fn a_module_is_run_when_something_is_read_of_it() {
        let module = |source: &str| ("lib/x.lua".to_owned(), source.to_owned());
        let modules = Arc::new(Modules::from([
            ("broken".to_owned(), module("local x =\n\n= 1")),
            ("two".to_owned(), module("return { a = 1, b = 2 }")),
        ]));
        let run = |body: &str| {
            let source = format!(
                "local broken, two = require('broken'), require('two') return {{ check = function() {body} end }}"
            );
            let mut vm = Vm::new(&modules, Memory::Capped)?;
            let script = vm.load("rule.lua", &source, Limits::default())?;
            let check = script.function("check")?.expect("there is one");
            vm.call(&script, &check, ())
        };
        let total = "local sum = 0 for _, n in two do sum += n end return sum + two.a";
        let answer = run(total).expect("nobody reads what is broken");
        assert_eq!(answer.front(), Some(&Value::Number(4.0)));
        assert!(run("return two.c").expect("runs").front() == Some(&Value::Nil));
        let error = run("return broken.x").expect_err("it is read").to_string();
        assert!(error.contains("lib/x.lua:3"), "{error}");
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
            let mut vm = Vm::new(&modules, Memory::Capped).expect("an interpreter");
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
        let mut vm = Vm::new(&modules, Memory::Capped).expect("an interpreter");
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
