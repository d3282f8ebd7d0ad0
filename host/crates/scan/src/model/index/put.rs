//! What code puts on objects that it did not define: `app.state.pool = create_pool()`, `global.models = load()`.

use super::super::eval::is_followed;
use super::super::path::Link;
use super::super::place::Place;
use super::PutRow;
use super::build::Build;
use crate::tree::{NodeId, Role};

/// Names of the object that holds what every file of JavaScript sees.
const GLOBAL: &[&str] = &["global", "globalThis", "window"];

impl Build<'_, '_, '_> {
    /// Notes what `assign` puts on `base` as `target`, its value or what stands in that at `place`, where both come from somewhere
    /// that can be followed.
    pub(super) fn put(
        &mut self,
        assign: NodeId,
        target: NodeId,
        base: NodeId,
        place: Option<Place>,
    ) {
        let tree = self.tree;
        let Some(value) = tree
            .child(assign, Role::Value)
            .filter(|value| place.is_some() || is_followed(tree.node(*value).kind))
        else {
            return;
        };
        let paths = |build: &Self, link: Link, is_owner: bool| match link {
            Link::Unknown | Link::Literal(_) => false,
            Link::Builtin(name) => is_owner && GLOBAL.contains(&build.tree.str(name)),
            _ => true,
        };
        let values = match place {
            Some(place) => self.evaluator.unpacked(assign, place),
            None => self.evaluator.value(value),
        };
        for owner in self.evaluator.value(base) {
            // What a file exports by name is known as that: `exports.list = ...`.
            let is_export = self.evaluator.paths.last(owner) == Link::Here;
            if is_export || !paths(self, self.evaluator.paths.first(owner), true) {
                continue;
            }
            for value in &values {
                if !paths(self, self.evaluator.paths.first(*value), false) {
                    continue;
                }
                let row = PutRow {
                    owner: self.text(owner),
                    name: self.word(tree.node(target).atom),
                    value: self.text(*value),
                };
                self.index.put.push(row);
            }
        }
    }
}
