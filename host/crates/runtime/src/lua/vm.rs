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

/// Bytes that an interpreter may hold between calls. Collecting begins at a multiple of what is held (see [`gc_goal`]): were it more, a call
/// could meet its limit with what it let go of already.
const MOST_KEPT: usize = 32 << 20;

/// The heap that collecting aims at, in percent of what lives; Luau's own is 200. Where each allocation is capped, what a call has let go of
/// counts against its limit until it is collected, so that it is collected as often as Luau would.
fn gc_goal(memory: Memory) -> i32 {
    match memory {
        Memory::Capped => 200,
        Memory::Watched => 400,
    }
}

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
            lua.gc_set_mode(GcMode::Incremental(
                GcIncParams::default().goal(gc_goal(memory)),
            ));
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
mod tests;
