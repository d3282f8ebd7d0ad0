//! What scripts see: one file per kind of thing. The names are those of `sdk/lua/perfctl.d.luau`.

pub(crate) mod capture;
mod docker;
mod document;
mod file;
mod links;
mod lists;
mod node;
mod report;
mod repository;
mod shell;
mod sql;
mod surroundings;
mod words;

pub use file::{File, Span};
pub use node::Node;
pub use report::{Draft, Report};
pub(crate) use report::{LONGEST, locate};
pub use repository::Repository;

use mlua::{MetaMethod, UserDataMethods, Value};

/// Makes a name that a `kind` of thing does not have an error: a slip in a rule would otherwise read as nothing found.
pub(crate) fn refuse_other_names<T, M: UserDataMethods<T>>(methods: &mut M, kind: &'static str) {
    methods.add_meta_method(
        MetaMethod::Index,
        move |_, _, key: Value| -> mlua::Result<Value> {
            let shown = key.to_string().unwrap_or_default();
            let shown: String = shown.chars().take(80).collect();
            Err(mlua::Error::runtime(format!(
                "{kind} has no field or method `{shown}`"
            )))
        },
    );
}

#[cfg(test)]
mod stubs;
