//! What surrounds a node: loops and functions.

use std::sync::Arc;

use mlua::{UserData, UserDataFields, UserDataMethods, Value};
use perfctl_scan::model::loops::{self, LoopAt};
use perfctl_scan::repo::resolve::Value as Meaning;
use perfctl_scan::tree::{Flags, Kind, NodeId, Role};
use perfctl_scan::view::FileView;

use super::node::{Node, names_of, patterns_of};

/// A loop around a node, as a script holds it.
#[derive(Clone)]
pub(super) struct Loop {
    pub(super) file: Arc<FileView>,
    pub(super) at: LoopAt,
}

/// A function, as a script holds it.
#[derive(Clone)]
pub(super) struct Func {
    pub(super) node: Node,
}

impl UserData for Loop {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| Ok(this.at.kind.word()));
        fields.add_field_method_get("node", |_, this| Ok(Node::new(&this.file, this.at.node)));
        fields.add_field_method_get("iter", |_, this| {
            Ok(this.at.iter.map(|id| Node::new(&this.file, id)))
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Loop");
        // Whether an expression reads the loop's element, or something made from it in the body.
        methods.add_method("carries", |_, this, node: Node| {
            // What stands in another file reads no name of this one's.
            if node.file.at() != this.file.at() {
                return Ok(false);
            }
            let tree = &node.code()?.syntax.tree;
            let names = loops::carried(tree, this.at);
            Ok(loops::mentions(tree, node.id, &names))
        });
    }
}

impl UserData for Func {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("node", |_, this| Ok(this.node.clone()));
        fields.add_field_method_get("name", |lua, this| {
            lua.create_string(this.node.code()?.syntax.tree.text(this.node.id))
        });
        let flags = [
            ("is_async", Flags::ASYNC),
            ("is_generator", Flags::GENERATOR),
            ("is_lambda", Flags::LAMBDA),
        ];
        for (name, flag) in flags {
            fields.add_field_method_get(name, move |_, this| {
                let tree = &this.node.code()?.syntax.tree;
                Ok(tree.node(this.node.id).flags.has(flag))
            });
        }
        fields.add_field_method_get("reach", |_, this| {
            let code = this.node.code()?;
            let repo = this.node.repo()?;
            Ok(code
                .function_id(&repo, Some(this.node.id))
                .map_or("unknown", |id| repo.graph.reach(id).word()))
        });
        fields.add_field_method_get("params", |_, this| {
            let tree = &this.node.code()?.syntax.tree;
            let all: Vec<Node> = tree
                .children(this.node.id)
                .filter(|id| tree.node(*id).role == Role::Param)
                .map(|id| this.node.at(id))
                .collect();
            Ok(all)
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Func");
        super::links::add_to_function(methods);
        // Canonical paths of the decorators, calls without their arguments.
        methods.add_method("decorators", |_, this, ()| {
            let code = this.node.code()?;
            let repo = this.node.repo()?;
            let tree = &code.syntax.tree;
            let mut all = Vec::new();
            for id in tree
                .children(this.node.id)
                .filter(|id| tree.node(*id).role == Role::Decorator)
            {
                all.extend(
                    code.target(&repo, id)
                        .iter()
                        .map(|meaning| repo.repo.describe(meaning)),
                );
            }
            Ok(all)
        });
        methods.add_method("effects", |_, this, ()| {
            let code = this.node.code()?;
            let repo = this.node.repo()?;
            let effects = code
                .function_id(&repo, Some(this.node.id))
                .map(|id| repo.graph.effects(id))
                .unwrap_or_default();
            Ok((names_of(effects.all), names_of(effects.blocking)))
        });
        // Whether anything in the function calls one of these paths.
        methods.add_method("calls", |_, this, patterns: Value| {
            let code = this.node.code()?;
            let repo = this.node.repo()?;
            let tree = &code.syntax.tree;
            let patterns = patterns_of(patterns)?;
            let fits = |id: &NodeId| {
                tree.node(*id).kind == Kind::Call
                    && code.target(&repo, *id).iter().any(|meaning| match meaning {
                        Meaning::Library(path) => patterns.iter().any(|pattern| pattern.fits(path)),
                        _ => false,
                    })
            };
            Ok(tree
                .descendants(this.node.id)
                .find(fits)
                .map(|id| this.node.at(id)))
        });
    }
}
