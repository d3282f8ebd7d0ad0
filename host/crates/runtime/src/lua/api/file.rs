//! An open file.

use mlua::{
    FromLua, Lua, Result, UserData, UserDataFields, UserDataMethods, UserDataRegistry, Value,
};
use perfctl_core::place::ByteSpan;

use super::lists::patterns_of;
use super::sql::statements;
use crate::api::{File, Span};

impl FromLua for File {
    fn from_lua(value: Value, _: &Lua) -> Result<Self> {
        match value {
            Value::UserData(data) => Ok(data.borrow::<File>()?.clone()),
            other => Err(mlua::Error::runtime(format!(
                "a file is needed, not {}",
                other.type_name()
            ))),
        }
    }
}

impl UserData for Span {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("source", |lua, this| lua.create_string(this.source()));
        fields.add_field_method_get("line", |_, this| Ok(this.line()));
        // The end is the last byte's position.
        fields.add_field_method_get("first", |_, this| Ok(this.bytes().start + 1));
        fields.add_field_method_get("last", |_, this| Ok(this.bytes().end));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Span");
        methods.add_method("commands", |_, this, ()| Ok(this.commands()));
    }
}

impl UserData for File {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("path", |lua, this| lua.create_string(&**this.path()));
        fields.add_field_method_get("path_below_named", |lua, this| {
            lua.create_string(this.path_below_named())
        });
        fields.add_field_method_get("language", |_, this| Ok(this.language()));
        fields.add_field_method_get("class", |_, this| Ok(this.class()));
        fields.add_field_method_get("side", |_, this| Ok(this.side()));
        fields.add_field_method_get("text", |lua, this| lua.create_string(this.text()));
        fields.add_field_method_get("root", |_, this| Ok(this.root()));
        fields.add_field_method_get("docker", |_, this| Ok(this.docker()));
        fields.add_field_method_get("documents", |_, this| Ok(this.documents()));
        fields.add_field_method_get("is_partial", |_, this| Ok(this.is_partial()));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "File");
        methods.add_method("imports", |lua, this, patterns: Value| {
            // What is no code imports nothing, whatever is asked: the patterns are not even read.
            Ok(this.language().is_some() && this.imports(&patterns_of(lua, patterns)?))
        });
        methods.add_method("sql", |lua, this, text: String| {
            statements(lua, &this.sql(&text))
        });
        methods.add_method("commands", |_, this, ()| Ok(this.commands()));
        methods.add_method("span", |_, this, (first, last): (u32, u32)| {
            // The bytes are said as the script wrote them.
            let refusal = |_| {
                let path = this.path();
                mlua::Error::runtime(format!("bytes {first} to {last} are not inside {path}"))
            };
            let span = ByteSpan::new(first.max(1) - 1, last);
            this.span(span).map_err(refusal)
        });
        methods.add_method("line_span", |_, this, line: u32| Ok(this.line_span(line)?));
    }
}
