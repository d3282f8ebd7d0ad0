//! What surrounds a node: loops and functions.

use mlua::{UserData, UserDataFields, UserDataMethods, UserDataRegistry, Value};

use super::links::stops;
use super::lists::patterns_of;
use crate::api::{Func, Loop, Node};

impl UserData for Loop {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| Ok(this.kind()));
        fields.add_field_method_get("node", |_, this| Ok(this.node()));
        fields.add_field_method_get("iter", |_, this| Ok(this.iter()));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Loop");
        methods.add_method("carries", |_, this, node: Node| Ok(this.carries(&node)?));
    }
}

impl UserData for Func {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("node", |_, this| Ok(this.node.clone()));
        fields.add_field_method_get("name", |lua, this| lua.create_string(this.name()?));
        fields.add_field_method_get("is_async", |_, this| Ok(this.is_async()?));
        fields.add_field_method_get("is_generator", |_, this| Ok(this.is_generator()?));
        fields.add_field_method_get("is_lambda", |_, this| Ok(this.is_lambda()?));
        fields.add_field_method_get("reach", |_, this| Ok(this.reach()?));
        fields.add_field_method_get("params", |_, this| Ok(this.params()?));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Func");
        methods.add_method("callers", |_, this, ()| Ok(this.callers()?));
        methods.add_method("registrations", |_, this, ()| Ok(this.registrations()?));
        methods.add_method("route", |lua, this, ()| stops(lua, this.route()?));
        methods.add_method("decorators", |_, this, ()| Ok(this.decorators()?));
        methods.add_method("effects", |_, this, ()| Ok(this.effects()?));
        methods.add_method("calls", |lua, this, patterns: Value| {
            Ok(this.calls(&patterns_of(lua, patterns)?)?)
        });
    }
}
