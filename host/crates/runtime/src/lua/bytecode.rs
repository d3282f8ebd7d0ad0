//! Bytecode of scripts: every thread of a run loads the same few, and compiling one costs more than running it on a small file.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use mlua::chunk::{ChunkMode, Compiler};
use mlua::{Function, Lua};
use rustc_hash::FxHashMap;

/// Bytes of sources and bytecode that are remembered. A run has a few hundred kilobytes of scripts; a process that loads ever new ones
/// begins anew.
const ROOM: usize = 16 << 20;

#[derive(Default)]
struct Compiled {
    by_source: FxHashMap<Box<str>, Arc<[u8]>>,
    held: usize,
}

fn compiled() -> &'static Mutex<Compiled> {
    static COMPILED: OnceLock<Mutex<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(Mutex::default)
}

/// Loads `source` as a function; `name` stands in its errors.
///
/// # Errors
/// When it is no Luau, with the line.
pub(super) fn load(lua: &Lua, name: &str, source: &str) -> mlua::Result<Function> {
    let name = format!("={name}");
    match of(source) {
        Ok(code) => lua
            .load(&*code)
            .set_name(name)
            .set_mode(ChunkMode::Binary)
            .into_function(),
        // Bytecode knows no name: the interpreter itself says which line of which file is wrong.
        Err(_) => lua
            .load(source)
            .set_name(name)
            .set_mode(ChunkMode::Text)
            .into_function(),
    }
}

fn of(source: &str) -> mlua::Result<Arc<[u8]>> {
    let lock = || compiled().lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().by_source.get(source) {
        return Ok(known.clone());
    }
    // Two threads that come at once both compile; one of the equal results stays.
    let code: Arc<[u8]> = Compiler::new().compile(source)?.into();
    let mut compiled = lock();
    let size = source.len() + code.len();
    if compiled.held + size > ROOM {
        *compiled = Compiled::default();
    }
    if compiled
        .by_source
        .insert(source.into(), code.clone())
        .is_none()
    {
        compiled.held += size;
    }
    Ok(code)
}
