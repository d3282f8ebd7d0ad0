//! A sandboxed interpreter in which the scripts of one pack run.
//!
//! Luau, interpreted only: of the Lua kinds it alone stopped every attack that was tried. The order matters: libraries,
//! removals, bounds, then the sandbox that makes all of it read-only, then memory limit and interrupt.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use mlua::state::{GcIncParams, GcMode};
use mlua::{Function, IntoLuaMulti, Lua, LuaOptions, MultiValue, StdLib, Table, Value, VmState};

use super::absent::{self, Absent};
use super::bytecode;
use super::failure::{self, Trace};
use super::modules::{Modules, require};
use super::print::Printed;
use super::watchdog::{self, Alarm};
use perfctl_wire::table::nearest;

pub use super::failure::ScriptError;

/// What a script may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory that loading, and each call, may take.
    pub memory: usize,
    /// Processor time of loading, and of each call; on the clock at most twenty times as much.
    pub time: Duration,
    /// Processor time of all calls in one run. The rules that come with perfctl are not held to it.
    pub run: Duration,
    /// Processor time of all calls of all rules of its pack in one run; the rules that come with perfctl are not held to it.
    pub pack: Duration,
    /// Bytes of source.
    pub source: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 64 << 20,
            time: Duration::from_millis(500),
            run: Duration::from_secs(60),
            pack: Duration::from_secs(180),
            source: 256 << 10,
        }
    }
}

/// How an interpreter is kept within the memory that a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Every allocation beyond it fails, whatever a script does. The interpreter guards each value that the host makes for that, which is a
    /// tenth of the time of a run.
    Capped,
    /// What is used is looked at while scripts run. One that means harm could take more within a single expression: for the rules that come
    /// with perfctl.
    Watched,
}

/// An interpreter of one thread, for the scripts of one pack: they share its modules, and no other value.
pub struct Vm {
    lua: Lua,
    memory: Memory,
    /// Bytes at which a call is ended where memory is watched.
    most: Rc<Cell<usize>>,
    alarm: Alarm,
    guard: Guard,
    printed: Printed,
    texts: Texts,
}

/// A rule's script, loaded into an interpreter.
pub struct Script {
    exports: Table,
    chunk: String,
    limits: Limits,
}

/// The texts that run in an interpreter, for messages about their lines.
struct Texts {
    scripts: Vec<(String, String)>,
    modules: Arc<Modules>,
}

impl Texts {
    fn of(&self, chunk: &str) -> Option<&str> {
        let modules = self.modules.values();
        self.scripts
            .iter()
            .chain(modules)
            .find(|(name, _)| name == chunk)
            .map(|(_, text)| text.as_str())
    }
}

/// Calls functions so that a failure leaves its place.
struct Guard {
    /// Luau's own, from before any script ran.
    xpcall: Function,
    /// Luau's own, too: chance is the same in every call.
    seed: Function,
    handler: Function,
    trace: Trace,
    absent: Absent,
}

impl Guard {
    fn new(lua: &Lua, trace: Trace, absent: Absent) -> mlua::Result<Self> {
        let math: Table = lua.globals().get("math")?;
        let mine = trace.clone();
        // The handler runs while the failed frames are still there.
        let handler = lua.create_function(move |lua, error: Value| {
            mine.record(lua);
            Ok(error)
        })?;
        Ok(Self {
            xpcall: lua.globals().get("xpcall")?,
            seed: math.get("randomseed")?,
            handler,
            trace,
            absent,
        })
    }

    fn call(
        &self,
        lua: &Lua,
        function: &Function,
        args: impl IntoLuaMulti,
    ) -> mlua::Result<MultiValue> {
        self.trace.clear();
        self.absent.clear();
        self.seed.call::<()>(0)?;
        let mut all = args.into_lua_multi(lua)?;
        all.push_front(Value::Function(self.handler.clone()));
        all.push_front(Value::Function(function.clone()));
        let mut answer: MultiValue = self.xpcall.call(all)?;
        if matches!(answer.pop_front(), Some(Value::Boolean(true))) {
            return Ok(answer);
        }
        Err(match answer.pop_front() {
            Some(Value::Error(error)) => *error,
            Some(Value::String(text)) => mlua::Error::runtime(text.to_string_lossy()),
            // Its `__tostring` could do anything: it is not asked.
            other => mlua::Error::runtime(format!(
                "the script threw {}",
                other.map_or("nothing", |value| value.type_name())
            )),
        })
    }
}

/// Bytes that an interpreter may hold between calls. Collecting begins at a multiple of what is held (see [`GC_GOAL`]): were it more, a call
/// could meet its limit with what it let go of already.
const MOST_KEPT: usize = 32 << 20;

/// The heap that collecting aims at, in percent of what lives; Luau's own is 200.
const GC_GOAL: i32 = 400;

/// Globals of the libraries that scripts must not have: they load code, look into others, or stop the collector.
const REMOVED: &[&str] = &[
    "collectgarbage",
    "dofile",
    "gcinfo",
    "getfenv",
    "load",
    "loadfile",
    "loadstring",
    "newproxy",
    "require",
    "setfenv",
];

/// Bounds for built-ins that the interrupt does not reach.
const BOUNDED: &str = include_str!("bounded.luau");

impl Vm {
    /// An interpreter that knows the modules of a pack: its scripts get them by `require("name")`. Without any there is no `require`.
    ///
    /// # Errors
    /// When it cannot be set up.
    pub fn new(modules: &Arc<Modules>, memory: Memory) -> Result<Self, ScriptError> {
        let plain = |error: mlua::Error| ScriptError::of_script("Luau", error.to_string());
        let libraries = StdLib::TABLE
            | StdLib::STRING
            | StdLib::MATH
            | StdLib::COROUTINE
            | StdLib::UTF8
            | StdLib::BIT
            | StdLib::BUFFER;
        let lua = Lua::new_with(libraries, LuaOptions::default()).map_err(plain)?;
        let alarm = Alarm::default();
        let trace = Trace::default();
        let printed = Printed::default();
        let most = Rc::new(Cell::new(usize::MAX));
        let set_up = || -> mlua::Result<Guard> {
            for name in REMOVED {
                lua.globals().set(*name, Value::Nil)?;
            }
            if !modules.is_empty() {
                let require = require(&lua, modules.clone())?;
                lua.globals().set("require", require)?;
            }
            let absent = Absent::default();
            let guard = Guard::new(&lua, trace.clone(), absent.clone())?;
            printed.offer(&lua)?;
            bytecode::load(&lua, failure::BOUNDS, BOUNDED)?.call::<()>(())?;
            absent.listen(&lua)?;
            lua.sandbox(true)?;
            // What one script would leave there another would find.
            lua.globals().set_readonly(true);
            // What a script makes is short-lived and little: collecting half as often costs a few megabytes.
            lua.gc_set_mode(GcMode::Incremental(GcIncParams::default().goal(GC_GOAL)));
            let (flag, trace, most) = (alarm.clone(), trace.clone(), most.clone());
            // Where it fails it stays set: a script that catches the failure meets the next one at its next step.
            alarm.interrupt().offer(&lua, move |lua| {
                if flag.rings() {
                    trace.record(lua);
                    return Err(mlua::Error::runtime("took longer than its time limit"));
                }
                if memory == Memory::Watched && lua.used_memory() > most.get() {
                    trace.record(lua);
                    return Err(mlua::Error::MemoryError("took too much".to_owned()));
                }
                flag.interrupt().clear();
                Ok(VmState::Continue)
            })?;
            Ok(guard)
        };
        let guard = set_up().map_err(plain)?;
        let texts = Texts {
            scripts: Vec::new(),
            modules: modules.clone(),
        };
        Ok(Self {
            lua,
            memory,
            most,
            alarm,
            guard,
            printed,
            texts,
        })
    }

    /// Loads `source`, which must return a table of functions. `chunk` names it in errors.
    ///
    /// # Errors
    /// When it does not parse, fails, takes too long or too much, or returns something else. The interpreter must be dropped then.
    pub fn load(
        &mut self,
        chunk: &str,
        source: &str,
        limits: Limits,
    ) -> Result<Script, ScriptError> {
        let plain = |message: String| ScriptError::of_script(chunk, message);
        if source.len() > limits.source {
            return Err(plain(format!(
                "the script has {} bytes, more than the limit of {}",
                source.len(),
                limits.source
            )));
        }
        self.texts
            .scripts
            .push((chunk.to_owned(), source.to_owned()));
        let loaded = self.within(limits, || {
            let script = bytecode::load(&self.lua, chunk, source)?;
            self.guard.call(&self.lua, &script, ())
        });
        match loaded.map(|mut values| values.pop_front().unwrap_or(Value::Nil)) {
            Ok(Value::Table(exports)) => Ok(Script {
                exports,
                chunk: chunk.to_owned(),
                limits,
            }),
            Ok(other) => Err(plain(format!(
                "the script returned {}, not a table of functions",
                other.type_name()
            ))),
            Err(error) => Err(self.failed(chunk, limits, &error)),
        }
    }

    /// Runs `work` in at most so much time, and so much memory beside what is held already.
    fn within<T>(&self, limits: Limits, work: impl FnOnce() -> mlua::Result<T>) -> mlua::Result<T> {
        self.allow(limits)?;
        let _watch = watchdog::watch(&self.alarm, limits.time);
        work()
    }

    /// Allows so much memory beside what is held already.
    fn allow(&self, limits: Limits) -> mlua::Result<()> {
        let most = self.lua.used_memory() + limits.memory;
        match self.memory {
            Memory::Capped => self.lua.set_memory_limit(most).map(|_| ()),
            Memory::Watched => {
                self.most.set(most);
                Ok(())
            }
        }
    }

    /// Whether what scripts keep from call to call is so much that a fresh interpreter is better.
    pub fn is_full(&self) -> bool {
        self.lua.used_memory() > MOST_KEPT
            && (self.lua.gc_collect().is_err() || self.lua.used_memory() > MOST_KEPT)
    }

    /// What the script printed since this was asked last.
    pub fn printed(&self) -> Vec<String> {
        self.printed.take()
    }

    /// The interpreter, for making arguments.
    pub fn lua(&self) -> &Lua {
        &self.lua
    }

    /// Makes room for what a script may take: before its arguments are made.
    ///
    /// # Errors
    /// When limits cannot be set.
    pub fn make_room(&self, script: &Script) -> Result<(), ScriptError> {
        self.allow(script.limits)
            .map_err(|error| self.failed(&script.chunk, script.limits, &error))
    }

    /// Calls `function` of a script within its limits.
    ///
    /// # Errors
    /// When it fails, takes too long or too much. The interpreter must be dropped then.
    pub fn call(
        &self,
        script: &Script,
        function: &Function,
        args: impl IntoLuaMulti,
    ) -> Result<MultiValue, ScriptError> {
        let answer = self.within(script.limits, || self.guard.call(&self.lua, function, args));
        let answer = match answer {
            // It caught the interruption and returned something all the same.
            Ok(_) if self.alarm.rings() => Err(mlua::Error::runtime("")),
            other => other,
        };
        answer.map_err(|error| self.failed(&script.chunk, script.limits, &error))
    }

    fn failed(&self, chunk: &str, limits: Limits, error: &mlua::Error) -> ScriptError {
        let is_late = self.alarm.is_raised();
        let mut failed = failure::describe(chunk, error, &self.guard.trace, is_late, limits);
        let explained = failed.line().and_then(|(chunk, line)| {
            let source = self.texts.of(chunk)?;
            match () {
                () if failed.is_about_nil() => {
                    self.guard.absent.explain(source, line, &self.globals())
                }
                () if failed.is_about_readonly() => absent::made(source, line),
                () => None,
            }
        });
        if let Some(message) = explained {
            failed.message = message;
        }
        failed
    }

    /// The names of the globals that there are.
    fn globals(&self) -> Vec<String> {
        let there: mlua::Result<Table> = self.lua.globals().get("_G");
        let globals = there.unwrap_or_else(|_| self.lua.globals());
        let pairs = globals.pairs::<mlua::LuaString, Value>();
        pairs
            .filter_map(|pair| Some(pair.ok()?.0.to_string_lossy()))
            .collect()
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        self.alarm.interrupt().forget();
    }
}

impl Script {
    /// The exported function `name`, if there is one. Read raw: a metatable of the script's making is not asked.
    ///
    /// # Errors
    /// When the export is there but is no function.
    pub fn function(&self, name: &str) -> Result<Option<Function>, ScriptError> {
        match self.exports.raw_get::<Value>(name) {
            Ok(Value::Function(function)) => Ok(Some(function)),
            Ok(Value::Nil) => Ok(None),
            Ok(other) => {
                Err(self.wrong(format!("`{name}` is {}, not a function", other.type_name())))
            }
            Err(error) => Err(self.wrong(error.to_string())),
        }
    }

    /// Refuses a script that exports what nobody calls, most often a name with a slip in it, or nothing at all.
    ///
    /// # Errors
    /// The first such name.
    pub fn exports_only(&self, known: &[&str]) -> Result<(), ScriptError> {
        let mut exported = 0;
        for pair in self.exports.pairs::<Value, Value>() {
            let (key, _) = pair.map_err(|error| self.wrong(error.to_string()))?;
            let name = match key {
                Value::String(name) => name.to_string_lossy(),
                other => format!("[{}]", other.type_name()),
            };
            if !known.contains(&name.as_str()) {
                let near = nearest(&name, known.iter().copied());
                let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                let message = format!("the script exports `{name}`, which nothing calls{near}");
                return Err(self.wrong(message));
            }
            exported += 1;
        }
        if exported == 0 {
            let known = known.join(", ");
            return Err(self.wrong(format!("the script exports nothing; known are {known}")));
        }
        Ok(())
    }

    fn wrong(&self, message: String) -> ScriptError {
        ScriptError::of_script(&self.chunk, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(source: &str) -> Result<mlua::MultiValue, ScriptError> {
        run_within(source, Duration::from_millis(100))
    }

    fn run_within(source: &str, time: Duration) -> Result<mlua::MultiValue, ScriptError> {
        run_kept(source, time, Memory::Capped)
    }

    fn run_kept(
        source: &str,
        time: Duration,
        memory: Memory,
    ) -> Result<mlua::MultiValue, ScriptError> {
        let limits = Limits {
            time,
            memory: 16 << 20,
            ..Limits::default()
        };
        let mut vm = Vm::new(&Arc::default(), memory)?;
        let script = vm.load("rule.lua", source, limits)?;
        let check = script.function("check")?.ok_or_else(|| ScriptError {
            place: String::new(),
            message: "no check".to_owned(),
        })?;
        vm.call(&script, &check, ())
    }

    fn error(source: &str) -> String {
        run(source).expect_err("must fail").to_string()
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(
            error("local x = = 1"),
            "rule.lua:1: Expected identifier when parsing expression, got '='"
        );
        assert_eq!(
            error("return { check = function()\n local x = nil\n return x.y\nend }"),
            "rule.lua:3: attempt to index nil with 'y'"
        );
        assert_eq!(
            error("return 5"),
            "rule.lua: the script returned integer, not a table of functions"
        );
        assert!(error("return { check = 5 }").contains("not a function"));
    }

    #[test]
    fn memory_is_bounded_whichever_way_it_is_kept() {
        let grows = "return { check = function()\n local all = {}\n for i = 1, 1e9 do\n  all[i] = string.rep('x', 1000) .. i\n end\nend }";
        let small = "return { check = function() local all = {} for i = 1, 1000 do all[i] = {} end return #all end }";
        for memory in [Memory::Capped, Memory::Watched] {
            let time = Duration::from_secs(20);
            let error = run_kept(grows, time, memory).expect_err("too much");
            let said = error.to_string();
            assert!(
                said.ends_with("took more than its limit of 16 MiB of memory"),
                "{memory:?}: {said}"
            );
            let answer = run_kept(small, time, memory).expect("it is little");
            assert_eq!(answer.front(), Some(&Value::Number(1000.0)));
        }
    }

    #[test]
    fn endless_loops_end_even_when_they_catch_errors() {
        for source in [
            "return { check = function() while true do end end }",
            "return { check = function() while true do pcall(function() while true do end end) end end }",
            "return { check = function() return string.find(string.rep('a', 30000), string.rep('a*', 30) .. 'b') end }",
            "return { check = function() local c = coroutine.wrap(function() while true do end end) c() end }",
            "while true do end",
        ] {
            assert_eq!(
                error(source),
                "rule.lua:1: took longer than its limit of 100 ms",
                "{source}"
            );
        }
    }

    #[test]
    fn what_runs_out_of_memory_names_its_line() {
        for bomb in [
            "local t = {}\nfor i = 1, 1e9 do t[i] = string.rep('x', 100000) .. i end",
            "local x\nx = string.rep('x', 5e8)",
            "local t\nt = table.create(5e6, 'x')",
            "local b = {}\nwhile true do table.insert(b, buffer.create(1e6)) end",
        ] {
            let in_call = format!("return {{ check = function()\n{bomb}\nend }}");
            for (source, line) in [(bomb, 2), (in_call.as_str(), 3)] {
                // Time enough: it is the memory that ends.
                let ended = run_within(source, Duration::from_secs(20));
                assert_eq!(
                    ended.expect_err("it is too much").to_string(),
                    format!("rule.lua:{line}: took more than its limit of 16 MiB of memory"),
                    "{source}"
                );
            }
        }
    }

    #[test]
    fn errors_are_told_apart_from_where_they_are_thrown() {
        let deep =
            "local function f()\n error('no', 2)\nend\nreturn { check = function()\n f()\nend }";
        assert_eq!(error(deep), "rule.lua:5: no");
        assert_eq!(
            error("return { check = function()\n error({ code = 1 })\nend }"),
            "rule.lua:2: the script threw table"
        );
        let rethrown = "return { check = function()\n local ok, why = pcall(error, 'x')\n error(why .. 'y', 0)\nend }";
        assert_eq!(error(rethrown), "rule.lua:3: xy");
        let bad = "return { check = function()\n return string.rep({}, 1)\nend }";
        assert!(error(bad).starts_with("rule.lua:2: "), "{}", error(bad));
    }

    #[test]
    fn nothing_of_the_machine_can_be_reached() {
        for name in [
            "os",
            "io",
            "debug",
            "package",
            "require",
            "load",
            "loadstring",
            "getfenv",
            "collectgarbage",
            "newproxy",
        ] {
            let source = format!("return {{ check = function() return {name} == nil end }}");
            let answer = run(&source).expect("runs");
            assert_eq!(answer.front(), Some(&Value::Boolean(true)), "{name}");
        }
        assert!(error("return { check = function() string.rep = nil end }").contains("readonly"));
    }

    #[test]
    fn a_global_that_is_not_there_is_named() {
        let in_check = |body: &str| {
            error(&format!(
                "local function check_url() end\nreturn {{ check = function()\n{body}\nend }}"
            ))
        };
        for (body, told) in [
            (
                "os.time()",
                "rule.lua:3: there is no `os` here: scripts reach",
            ),
            (
                "local x = require('list')",
                "rule.lua:3: there is no `require` here: the pack has no modules",
            ),
            (
                "chekc_url(1)",
                "rule.lua:3: there is no `chekc_url` here; did you mean `check_url`?",
            ),
            (
                "asert(true)",
                "rule.lua:3: there is no `asert` here; did you mean `assert`?",
            ),
            (
                "if nope then return end\nlocal t = {} t.nope()",
                "rule.lua:4: attempt to call a nil value",
            ),
            (
                "local f = nope\nf()",
                "rule.lua:4: attempt to call a nil value",
            ),
            (
                "for i = 1, 100 do local x = _G['a' .. i] end zzzz()",
                "rule.lua:3: there is no `zzzz` here",
            ),
        ] {
            assert!(
                in_check(body).starts_with(told),
                "{body}: {}",
                in_check(body)
            );
        }
        assert!(error("local x = load('1')").starts_with("rule.lua:1: there is no `load` here"));
        let asked = "return { check = function() return nope == nil and getmetatable(_G) == 'globals' end }";
        let answer = run(asked).expect("an absent global may be asked for");
        assert_eq!(answer.front(), Some(&Value::Boolean(true)));
    }

    #[test]
    fn what_is_printed_is_kept_in_bounds() {
        let printed = |body: &str| {
            let source = format!("return {{ check = function() {body} end }}");
            let mut vm = Vm::new(&Arc::default(), Memory::Capped).expect("an interpreter");
            let script = vm.load("rule.lua", &source, Limits::default());
            let script = script.expect("it loads");
            let check = script.function("check").expect("a function");
            let check = check.expect("there is one");
            vm.call(&script, &check, ()).expect("it runs");
            assert!(vm.printed().len() <= 101);
            vm.call(&script, &check, ()).expect("it runs");
            vm.printed()
        };
        assert_eq!(
            printed("print('a', 1, 2.5, nil, true, {1, 'x', k = {}}) print('b\\nc\\27[1m')"),
            [
                "a 1 2.5 nil true {1, \"x\", k = <table>}",
                "b",
                "c\u{fffd}[1m"
            ]
        );
        let many = printed("for i = 1, 3000 do print(i) end");
        assert_eq!(many.len(), 101);
        assert!(many[100].contains("not shown"));
        let long = printed("for i = 1, 100 do print(string.rep('x', 1e5)) end");
        assert!(long.iter().map(String::len).sum::<usize>() < 10_000);
        let evil = "print(setmetatable({}, { __tostring = function() while true do end end }))";
        assert_eq!(printed(evil), ["{}"]);
    }

    #[test]
    fn chance_is_the_same_in_every_run() {
        let source = "return { check = function() return math.random(1000000) end }";
        assert_eq!(
            run(source).expect("runs").front(),
            run(source).expect("runs").front()
        );
    }
}
