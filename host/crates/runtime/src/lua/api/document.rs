//! A node of a document: YAML, TOML, JSON, HCL.

use std::sync::Arc;

use mlua::{Result, UserData, UserDataFields, UserDataMethods, Value};
use perfctl_core::place::ByteSpan;
use perfctl_scan::doc::{DocId, DocKind, Lookup, NodeRef, ScalarKind, shell};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::file::Span;
use super::report::SpanLike;
use super::shell::ShellCommand;

/// A document's node, as a script holds it.
#[derive(Clone)]
pub(super) struct Doc {
    file: Arc<FileView>,
    id: DocId,
}

impl Doc {
    pub(super) fn new(file: &Arc<FileView>, id: DocId) -> Self {
        Self {
            file: file.clone(),
            id,
        }
    }

    fn node(&self) -> Result<NodeRef<'_>> {
        let document = self
            .file
            .document()
            .ok_or_else(|| mlua::Error::runtime("this file is no document"))?;
        Ok(document.node(self.id))
    }

    fn at(&self, node: NodeRef<'_>) -> Self {
        Self::new(&self.file, node.id())
    }
}

impl UserData for Doc {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| {
            Ok(match this.node()?.kind() {
                DocKind::Map => "map",
                DocKind::List => "list",
                DocKind::Scalar(_) => "scalar",
                DocKind::Null => "null",
                DocKind::Unknown => "unknown",
            })
        });
        fields.add_field_method_get("key", |lua, this| {
            this.node()?
                .key()
                .map(|key| lua.create_string(key))
                .transpose()
        });
        fields.add_field_method_get("text", |lua, this| lua.create_string(this.node()?.text()));
        fields.add_field_method_get("tag", |_, this| Ok(this.node()?.tag().map(str::to_owned)));
        fields.add_field_method_get("labels", |_, this| {
            Ok(this.node()?.labels().map(str::to_owned).collect::<Vec<_>>())
        });
        fields.add_field_method_get("line", |_, this| {
            Ok(this.file.lines().line_of(this.node()?.full_span().start))
        });
        fields.add_field_method_get("span", |_, this| {
            Ok(Span::new(&this.file, this.node()?.span()))
        });
        // A scalar as Lua has it; nil for everything else.
        fields.add_field_method_get("value", |lua, this| {
            let node = this.node()?;
            Ok(match node.kind() {
                DocKind::Scalar(ScalarKind::Integer | ScalarKind::Float) => {
                    node.as_f64().map_or(Value::Nil, Value::Number)
                }
                DocKind::Scalar(ScalarKind::Bool) => {
                    node.as_bool().map_or(Value::Nil, Value::Boolean)
                }
                DocKind::Scalar(_) => Value::String(lua.create_string(node.text())?),
                _ => Value::Nil,
            })
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Doc");
        // The node at a path such as `spec.template.0.name`; and whether it is known to be absent.
        methods.add_method("get", |_, this, path: String| {
            Ok(match this.node()?.lookup(&path) {
                Lookup::Found(node) => (Some(this.at(node)), "given"),
                Lookup::Absent(..) => (None, "absent"),
                _ => (None, "hidden"),
            })
        });
        methods.add_method("select", |_, this, path: String| {
            Ok(this
                .node()?
                .select(&path)
                .into_iter()
                .map(|node| this.at(node))
                .collect::<Vec<_>>())
        });
        methods.add_method("find_all", |_, this, key: String| {
            Ok(this
                .node()?
                .find_all(&key)
                .map(|node| this.at(node))
                .collect::<Vec<_>>())
        });
        methods.add_method("entries", |_, this, ()| {
            Ok(this
                .node()?
                .entries()
                .map(|node| this.at(node))
                .collect::<Vec<_>>())
        });
        methods.add_method(
            "blocks",
            |_, this, (keyword, labels): (String, Option<Vec<String>>)| {
                let labels = labels.unwrap_or_default();
                let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                Ok(this
                    .node()?
                    .blocks(&keyword, &labels)
                    .map(|node| this.at(node))
                    .collect::<Vec<_>>())
            },
        );
        // The commands that a shell is given in a string, or the one whose words a list holds; `program` is what is given them.
        methods.add_method("commands", |_, this, program: Option<String>| {
            let text = this.file.text();
            let commands = shell::of_node(this.node()?, text, program.as_deref());
            Ok(ShellCommand::all(&this.file, commands))
        });
        methods.add_method("parent", |_, this, ()| {
            Ok(this.node()?.parent().map(|node| this.at(node)))
        });
    }
}

impl SpanLike for Doc {
    fn locate(&self) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)> {
        let node = self.node()?;
        let span = match node.kind() {
            // A whole map would underline pages: its key stands for it.
            DocKind::Map | DocKind::List => node.key_span().unwrap_or(node.span()),
            _ => node.full_span(),
        };
        Ok((self.file.clone(), span, None))
    }
}
