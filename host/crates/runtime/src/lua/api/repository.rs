//! The repository as a whole.

use mlua::{
    Lua, Result, Table, UserData, UserDataFields, UserDataMethods, UserDataRegistry, Value,
};
use perfctl_scan::deploy::Deployment;

use super::lists::{byte_strings, patterns_of};
use super::text_if_any;
use crate::api::{LoadHop, Repository};

impl UserData for LoadHop {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("path", |lua, this| lua.create_string(this.path()));
        fields.add_field_method_get("import", |_, this| Ok(this.import()));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "LoadHop");
    }
}

impl UserData for Repository {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Repository");
        methods.add_method("paths", |lua, this, pattern: String| {
            lua.create_sequence_from(this.paths(&pattern)?)
        });
        methods.add_method("at", |_, this, path: String| Ok(this.at(&path)));
        methods.add_method("size", |_, this, path: String| Ok(this.size(&path)));
        methods.add_method("below", |lua, this, directory: String| {
            lua.create_sequence_from(this.below(&directory))
        });
        methods.add_method("fact", |lua, this, path: String| {
            let fact = this.fact(&path);
            fact.map(|fact| lua.create_table_from(fact.words()))
                .transpose()
        });
        methods.add_method("matched", |lua, this, name: String| {
            lua.create_sequence_from(this.matched(&name)?)
        });
        methods.add_method("holding", |lua, this, (pattern, texts): (String, Value)| {
            lua.create_sequence_from(this.holding(&pattern, &byte_strings(texts)?)?)
        });
        methods.add_method("loaded_by", |_, this, path: String| {
            Ok(this.loaded_by(&path))
        });
        methods.add_method("deploy_targets", |lua, this, path: String| {
            targets(lua, this.deploy_targets(&path))
        });
        methods.add_method("text", |lua, this, path: String| {
            this.with_text(&path, |text| lua.create_string(text))
                .transpose()
        });
        methods.add_method("open", |_, this, path: String| Ok(this.open(&path)));
        // Whether one does; and the first that does.
        methods.add_method("imports", |lua, this, patterns: Value| {
            let patterns = patterns_of(lua, patterns)?;
            let first = this.imports(&patterns);
            Ok((first.is_some(), text_if_any(lua, first)?))
        });
        methods.add_method("importers", |lua, this, patterns: Value| {
            let patterns = patterns_of(lua, patterns)?;
            lua.create_sequence_from(this.importers(&patterns))
        });
        methods.add_method("calls", |lua, this, patterns: Value| {
            Ok(this.calls(&patterns_of(lua, patterns)?))
        });
    }
}

/// A list of `{name, path, scales_to_zero}`.
fn targets(lua: &Lua, targets: Vec<&Deployment>) -> Result<Table> {
    let list = lua.create_table()?;
    for one in targets {
        let row = lua.create_table()?;
        row.set("name", one.target.as_str())?;
        row.set("path", &*one.path)?;
        row.set("scales_to_zero", one.scales_to_zero)?;
        list.push(row)?;
    }
    Ok(list)
}
