//! What scripts see: the things of [`crate::api`] as userdata, one file per kind. Here positions count from 1, as Lua counts, and what the
//! API tells in rows becomes tables. The names are those of `sdk/lua/perfctl.d.luau`.

mod docker;
mod document;
mod file;
mod links;
mod lists;
mod matched;
pub(super) mod names;
mod node;
mod report;
mod repository;
mod shell;
mod sql;
mod surroundings;

pub use report::Report;
pub(crate) use report::locate;

use mlua::{Lua, LuaString, MetaMethod, UserData, UserDataMethods, UserDataRegistry, Value};

use crate::api::Refusal;

impl From<Refusal> for mlua::Error {
    fn from(refusal: Refusal) -> Self {
        Self::runtime(refusal)
    }
}

/// Registers a kind of thing whose methods are called without being looked up first: the binding's look-up is a function in Lua, and dearer
/// than most of what is called.
fn register<T: UserData>(registry: &mut UserDataRegistry<T>) {
    registry.enable_namecall();
    T::add_fields(registry);
    T::add_methods(registry);
}

/// Makes a name that a `kind` of thing does not have an error: a slip in a rule would otherwise read as nothing found.
pub(crate) fn refuse_other_names<T, M: UserDataMethods<T>>(methods: &mut M, kind: &'static str) {
    methods.add_meta_method(
        MetaMethod::Index,
        move |_, _, key: Value| -> mlua::Result<Value> {
            let shown = key.to_string().unwrap_or_default();
            let shown: String = shown.chars().take(80).collect();
            let near = names::near(kind, &shown);
            Err(mlua::Error::runtime(format!(
                "{kind} has no field or method `{shown}`{near}"
            )))
        },
    );
}

/// An index of the API, from 0, for one of Lua, from 1. What lies before the first is the first.
fn index(position: usize) -> usize {
    position.max(1) - 1
}

/// A text, or nil where there is none.
fn text_if_any(lua: &Lua, text: Option<&str>) -> mlua::Result<Option<LuaString>> {
    text.map(|text| lua.create_string(text)).transpose()
}

#[cfg(test)]
mod stubs;
