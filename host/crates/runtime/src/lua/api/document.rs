//! A node of a document: YAML, TOML, JSON, HCL.

use mlua::{UserData, UserDataFields, UserDataMethods, UserDataRegistry, Value};

use super::text_if_any;
use crate::api::{Doc, Scalar};

impl UserData for Doc {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| Ok(this.kind()?));
        fields.add_field_method_get("key", |lua, this| text_if_any(lua, this.key()?));
        fields.add_field_method_get("text", |lua, this| lua.create_string(this.text()?));
        fields.add_field_method_get("tag", |lua, this| text_if_any(lua, this.tag()?));
        fields.add_field_method_get("labels", |lua, this| {
            lua.create_sequence_from(this.labels()?)
        });
        fields.add_field_method_get("line", |_, this| Ok(this.line()?));
        fields.add_field_method_get("span", |_, this| Ok(this.span()?));
        // A scalar as Lua has it; nil for everything else.
        fields.add_field_method_get("value", |lua, this| {
            Ok(match this.value()? {
                Some(Scalar::Number(number)) => Value::Number(number),
                Some(Scalar::Bool(truth)) => Value::Boolean(truth),
                Some(Scalar::Text(text)) => Value::String(lua.create_string(text)?),
                None => Value::Nil,
            })
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Doc");
        methods.add_method("get", |_, this, path: String| Ok(this.get(&path)?));
        methods.add_method("select", |_, this, path: String| Ok(this.select(&path)?));
        methods.add_method("find_all", |_, this, key: String| Ok(this.find_all(&key)?));
        methods.add_method("entries", |_, this, ()| Ok(this.entries()?));
        methods.add_method(
            "blocks",
            |_, this, (keyword, labels): (String, Option<Vec<String>>)| {
                let labels = labels.unwrap_or_default();
                let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                Ok(this.blocks(&keyword, &labels)?)
            },
        );
        methods.add_method("commands", |_, this, program: Option<String>| {
            Ok(this.commands(program.as_deref())?)
        });
        methods.add_method("parent", |_, this, ()| Ok(this.parent()?));
    }
}
