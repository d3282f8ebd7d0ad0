//! A match of one of the rule's matchers.

use mlua::{
    IntoLua, Lua, Result, UserData, UserDataFields, UserDataMethods, UserDataRegistry, Value,
};

use crate::api::{Capture, Match, Part};

impl UserData for Match {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("matcher", |lua, this| lua.create_string(this.matcher()));
        fields.add_field_method_get("file", |_, this| Ok(this.file()));
        fields.add_field_method_get("node", |_, this| Ok(this.node()));
        fields.add_field_method_get("span", |_, this| Ok(this.span()));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Match");
        methods.add_method("capture", |lua, this, name: String| {
            match this.capture(&name)? {
                None => Ok(Value::Nil),
                Some(Capture::One(part)) => part.into_lua(lua),
                Some(Capture::Many(parts)) => parts.into_lua(lua),
            }
        });
    }
}

impl IntoLua for Part {
    fn into_lua(self, lua: &Lua) -> Result<Value> {
        match self {
            Self::Node(node) => node.into_lua(lua),
            Self::Span(span) => span.into_lua(lua),
        }
    }
}
