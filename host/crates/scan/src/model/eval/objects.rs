//! Object literals of JavaScript: what holds functions and other values by name, a service or a controller as often as a record.

use super::Evaluator;
use crate::tree::{Flags, Kind, NodeId, Role, Tree};

impl Evaluator<'_> {
    /// Whether properties of an object literal may be followed: one of them is a function or something that was named before. An empty
    /// one that a name is given may get them later.
    pub(in crate::model) fn is_object(&self, id: NodeId) -> bool {
        let tree = self.tree;
        if !self.language.is_javascript() {
            return false;
        }
        let mut properties = tree.children(id).peekable();
        if properties.peek().is_none() {
            let parent = tree.node(tree.node(id).parent);
            let is_kept =
                |target: NodeId| tree.node(target).kind == Kind::Attr && !is_exports(tree, target);
            return parent.kind == Kind::Assign
                && (parent.flags.has(Flags::DECLARE)
                    || tree
                        .child(tree.node(id).parent, Role::Target)
                        .is_some_and(is_kept));
        }
        properties.any(|child| match tree.node(child).kind {
            Kind::Function | Kind::Spread => true,
            Kind::Pair => tree.child(child, Role::Value).is_some_and(|value| {
                let kind = tree.node(value).kind;
                is_followed(kind) && (kind != Kind::Dict || self.is_object(value))
            }),
            _ => false,
        })
    }

    /// The object literal that a function at `at` is a property of: what `this` is there.
    pub(super) fn object_around(&self, at: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        let function = tree
            .ancestors(at)
            .find(|up| tree.node(*up).kind == Kind::Function)?;
        let parent = tree.node(function).parent;
        let object = match tree.node(parent).kind {
            Kind::Pair => tree.node(parent).parent,
            _ => parent,
        };
        (tree.node(object).kind == Kind::Dict && self.is_object(object)).then_some(object)
    }
}

/// `module.exports`, which is the file itself.
fn is_exports(tree: &Tree, node: NodeId) -> bool {
    tree.text(node) == "exports"
}

/// Whether a value of that kind can be followed further than to its shape.
pub(in crate::model) fn is_followed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Function
            | Kind::Class
            | Kind::Name
            | Kind::Attr
            | Kind::Call
            | Kind::Await
            | Kind::Conditional
            | Kind::Logic
            | Kind::Dict
    )
}
