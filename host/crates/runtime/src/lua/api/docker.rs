//! A Dockerfile: stages and instructions.

use mlua::{Lua, Result, Table, UserData, UserDataFields, UserDataMethods, UserDataRegistry};

use super::{index, text_if_any};
use crate::api::{Docker, Feed, FeedSource, Image, Instruction, Stage};

impl UserData for Docker {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("stages", |_, this| Ok(this.stages()?));
        fields.add_field_method_get("shipped", |_, this| Ok(this.shipped()?));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Dockerfile");
    }
}

impl UserData for Stage {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("index", |_, this| Ok(this.index() + 1));
        fields.add_field_method_get("name", |lua, this| text_if_any(lua, this.name()?));
        fields.add_field_method_get("image", |_, this| Ok(this.image()?));
        fields.add_field_method_get("base", |_, this| Ok(this.base()?));
        fields.add_field_method_get("parent", |_, this| Ok(this.parent()?));
        fields.add_field_method_get("ships", |_, this| Ok(this.ships()?));
        fields.add_field_method_get("flows_into_shipped", |_, this| {
            Ok(this.flows_into_shipped()?)
        });
        fields.add_field_method_get("from", |_, this| Ok(this.from()));
        fields.add_field_method_get("instructions", |_, this| Ok(this.instructions()?));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "DockerStage");
        methods.add_method("feeds", |lua, this, ()| feeds(lua, this.feeds()?));
        methods.add_method(
            "variable",
            |_, this, name: String| Ok(this.variable(&name)?),
        );
    }
}

/// A list of `{stage?, image?, kind, instruction, at}`.
fn feeds(lua: &Lua, feeds: Vec<Feed>) -> Result<Table> {
    let list = lua.create_table()?;
    for feed in feeds {
        let row = lua.create_table()?;
        match feed.source {
            FeedSource::Stage(stage) => row.set("stage", stage)?,
            FeedSource::Image(image) => row.set("image", image)?,
        }
        row.set("kind", feed.kind)?;
        row.set("instruction", feed.instruction)?;
        row.set("at", feed.at)?;
        list.push(row)?;
    }
    Ok(list)
}

impl UserData for Instruction {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("keyword", |lua, this| lua.create_string(this.keyword()?));
        fields.add_field_method_get("text", |lua, this| lua.create_string(this.text()?));
        fields.add_field_method_get("args", |lua, this| lua.create_sequence_from(this.args()?));
        fields.add_field_method_get("sources", |lua, this| {
            lua.create_sequence_from(this.sources()?)
        });
        fields.add_field_method_get("destination", |lua, this| {
            text_if_any(lua, this.destination()?)
        });
        fields.add_field_method_get("is_onbuild", |_, this| Ok(this.is_onbuild()?));
        fields.add_field_method_get("position", |_, this| Ok(this.position()));
        fields.add_field_method_get("span", |_, this| Ok(this.span()?));
        fields.add_field_method_get("stage", |_, this| Ok(this.stage()));
        fields.add_field_method_get("line", |_, this| Ok(this.line()?));
        fields.add_field_method_get("commands", |_, this| Ok(this.commands()?));
        fields.add_field_method_get("mounts", |lua, this| {
            let list = lua.create_table()?;
            for mount in this.mounts()? {
                list.push(lua.create_table_from(mount)?)?;
            }
            Ok(list)
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Instruction");
        methods.add_method("flag", |lua, this, name: String| {
            text_if_any(lua, this.flag(&name)?)
        });
        methods.add_method("expand", |_, this, text: String| Ok(this.expand(&text)?));
        methods.add_method("arg_at", |_, this, at: usize| Ok(this.arg_at(index(at))?));
    }
}

impl UserData for Image {
    fn register(registry: &mut UserDataRegistry<Self>) {
        super::register(registry);
    }

    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("written", |lua, this| lua.create_string(this.written()));
        fields.add_field_method_get("resolved", |lua, this| lua.create_string(this.resolved()));
        fields.add_field_method_get("name", |lua, this| text_if_any(lua, this.name()));
        fields.add_field_method_get("short_name", |lua, this| {
            text_if_any(lua, this.short_name())
        });
        fields.add_field_method_get("registry", |lua, this| text_if_any(lua, this.registry()));
        fields.add_field_method_get("tag", |lua, this| text_if_any(lua, this.tag()));
        fields.add_field_method_get("digest", |lua, this| text_if_any(lua, this.digest()));
        fields.add_field_method_get("is_scratch", |_, this| Ok(this.is_scratch()));
        fields.add_field_method_get("is_unknown", |_, this| Ok(this.is_unknown()));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Image");
    }
}
