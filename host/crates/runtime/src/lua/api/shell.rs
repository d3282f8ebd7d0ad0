//! Commands of a shell, wherever they are written.

use mlua::{UserData, UserDataFields, UserDataMethods, UserDataRegistry};

use super::index;
use crate::api::ShellCommand;

impl UserData for ShellCommand {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("name", |lua, this| lua.create_string(this.name()?));
        fields.add_field_method_get("program", |lua, this| lua.create_string(this.program()?));
        fields.add_field_method_get("args", |lua, this| lua.create_sequence_from(this.args()?));
        fields.add_field_method_get("env", |lua, this| {
            let env = this.env()?.iter();
            lua.create_table_from(env.map(|(name, value)| (name.as_str(), value.as_str())))
        });
        fields.add_field_method_get("is_conditional", |_, this| Ok(this.is_conditional()?));
        fields.add_field_method_get("span", |_, this| Ok(this.span()?));
        fields.add_field_method_get("instruction", |_, this| Ok(this.instruction()));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "ShellCommand");
        methods.add_method("has", |_, this, argument: String| Ok(this.has(&argument)?));
        methods.add_method("arg_at", |_, this, at: usize| Ok(this.arg_at(index(at))?));
        methods.add_method("is_known", |_, this, at: usize| {
            Ok(this.is_known(index(at))?)
        });
    }
}
