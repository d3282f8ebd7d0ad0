//! A node of code.

use mlua::{
    FromLua, Lua, Result, UserData, UserDataFields, UserDataMethods, UserDataRegistry, Value,
};
use perfctl_scan::view::arguments::Literal;

use super::links::{hops, stops, uses};
use super::lists::{patterns_of, words};
use crate::api::Node;
use crate::api::words::{flag_of, mask_of, role_of};

impl FromLua for Node {
    fn from_lua(value: Value, _: &Lua) -> Result<Self> {
        match value {
            Value::UserData(data) => Ok(data.borrow::<Node>()?.clone()),
            other => Err(mlua::Error::runtime(format!(
                "a node is needed, not {}",
                other.type_name()
            ))),
        }
    }
}

impl UserData for Node {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| Ok(this.kind()?));
        fields.add_field_method_get("text", |lua, this| lua.create_string(this.text()?));
        fields.add_field_method_get("source", |lua, this| lua.create_string(this.source()?));
        fields.add_field_method_get("line", |_, this| Ok(this.line()?));
        fields.add_field_method_get("last_line", |_, this| Ok(this.last_line()?));
        fields.add_field_method_get("file", |_, this| Ok(this.file()));
        fields.add_field_method_get("name", |lua, this| lua.create_string(this.name()?));
        fields.add_field_method_get("id", |_, this| Ok(this.id.0));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Node");
        add_structure(methods);
        add_meaning(methods);
        add_arguments(methods);
        add_surroundings(methods);
        add_links(methods);
    }
}

fn add_structure<M: UserDataMethods<Node>>(methods: &mut M) {
    methods.add_method(
        "has",
        |_, this, flag: String| Ok(this.has(flag_of(&flag)?)?),
    );
    methods.add_method("parent", |_, this, ()| Ok(this.parent()?));
    methods.add_method("child", |_, this, role: String| {
        Ok(this.child(role_of(&role)?)?)
    });
    methods.add_method("children", |_, this, role: Option<String>| {
        let role = role.map(|role| role_of(&role)).transpose()?;
        Ok(this.children(role)?)
    });
    methods.add_method("descendants", |_, this, (kinds, names): (Value, Value)| {
        let kinds = words(kinds)?;
        let names = match names {
            Value::Nil => None,
            names => Some(words(names)?),
        };
        Ok(this.descendants(&kinds, names.as_deref())?)
    });
    methods.add_method("enclosing", |_, this, kinds: Value| {
        Ok(this.enclosing(&words(kinds)?)?)
    });
    methods.add_method("is_within", |_, this, other: Node| {
        Ok(this.is_within(&other)?)
    });
    methods.add_method("same", |_, this, other: Node| Ok(this.same(&other)));
    methods.add_method("role", |_, this, ()| Ok(this.role()?));
    methods.add_method("statement", |_, this, ()| Ok(this.statement()?));
    methods.add_method("next_statement", |_, this, ()| Ok(this.next_statement()?));
    methods.add_method("reads_from", |_, this, other: Node| {
        Ok(this.reads_from(&other)?)
    });
}

fn add_meaning<M: UserDataMethods<Node>>(methods: &mut M) {
    methods.add_method("target", |_, this, ()| Ok(this.target()?));
    methods.add_method("origin", |_, this, ()| Ok(this.origin()?));
    methods.add_method("sort", |_, this, ()| Ok(this.sort()?));
    methods.add_method("is", |lua, this, patterns: Value| {
        Ok(this.is(&patterns_of(lua, patterns)?)?)
    });
    methods.add_method("comes_from", |lua, this, patterns: Value| {
        Ok(this.comes_from(&patterns_of(lua, patterns)?)?)
    });
    methods.add_method("fact", |_, this, key: String| Ok(this.fact(&key)?));
    methods.add_method("receiver", |_, this, ()| Ok(this.receiver()?));
    methods.add_method("effects", |_, this, ()| Ok(this.effects()?));
    methods.add_method(
        "chain",
        |lua, this, (effects, blocking): (Value, Option<bool>)| {
            let mask = mask_of(&words(effects)?)?;
            hops(lua, this.chain(mask, blocking.unwrap_or(false))?)
        },
    );
    methods.add_method("from_loop", |lua, this, ()| {
        let found = this.from_loop()?;
        found.map(|found| hops(lua, found)).transpose()
    });
    // The value and whether it is known; null is nil and known.
    methods.add_method("literal", |lua, this, ()| {
        Ok(match this.literal()? {
            None => (Value::Nil, false),
            Some(Literal::Null) => (Value::Nil, true),
            Some(Literal::Bool(value)) => (Value::Boolean(value), true),
            Some(Literal::Number(value)) => (Value::Number(value), true),
            Some(Literal::Text(value)) => (Value::String(lua.create_string(value)?), true),
        })
    });
}

fn add_arguments<M: UserDataMethods<Node>>(methods: &mut M) {
    methods.add_method("arg", |_, this, key: Value| {
        Ok(match key {
            Value::Integer(position) => this.arg_at((position.max(1) - 1) as usize)?,
            Value::Number(position) => this.arg_at((position.max(1.0) - 1.0) as usize)?,
            other => this.arg_named(&words(other)?.join(""))?,
        })
    });
    methods.add_method("args", |_, this, ()| Ok(this.args()?));
    methods.add_method("entry", |_, this, key: String| Ok(this.entry(&key)?));
    methods.add_method("value", |_, this, ()| Ok(this.value()?));
    methods.add_method("definition", |_, this, ()| Ok(this.definition()?));
    methods.add_method("param_position", |_, this, ()| {
        Ok(this.param_position()?.map(|at| at + 1))
    });
}

fn add_surroundings<M: UserDataMethods<Node>>(methods: &mut M) {
    methods.add_method("loops", |_, this, ()| Ok(this.loops()?));
    methods.add_method("func", |_, this, ()| Ok(this.func()?));
    methods.add_method("reach", |_, this, ()| Ok(this.reach()?));
    methods.add_method("symbol", |_, this, ()| Ok(this.symbol()?));
    methods.add_method("route", |lua, this, ()| stops(lua, this.route()?));
    methods.add_method("is_awaited", |_, this, ()| Ok(this.is_awaited()?));
    methods.add_method("argument_of", |_, this, ()| Ok(this.argument_of()?));
    methods.add_method("chained", |_, this, ()| Ok(this.chained()?));
}

fn add_links<M: UserDataMethods<Node>>(methods: &mut M) {
    // First and last byte.
    methods.add_method("bytes", |_, this, ()| {
        let span = this.span()?;
        Ok((span.start + 1, span.end))
    });
    methods.add_method("joined", |_, this, ()| Ok(this.joined()?));
    methods.add_method("callees", |_, this, ()| Ok(this.callees()?));
    methods.add_method("aliases", |_, this, within: Option<Node>| {
        Ok(this.aliases(within.as_ref())?)
    });
    methods.add_method("uses", |lua, this, within: Option<Node>| {
        uses(lua, this.uses(within.as_ref())?)
    });
}
