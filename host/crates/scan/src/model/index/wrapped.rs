//! What is handed to the calls whose results have names: `export const list = wrap(async (event) => ...)`, `controller.list = wrap(find)`.

use super::super::path::Link;
use super::super::scope::{Means, ScopeId};
use super::build::Build;
use super::handed::MOST_WRAPPED;
use super::{TextId, Values};
use crate::tree::{Kind, NodeId, Role};

/// How many calls of one chain are looked at.
const MOST_CHAINED: usize = 16;

impl<'t> Build<'t, '_, '_> {
    /// Notes the functions that a call is handed, where its result has a name that other files may ask for: `export const list = wrap(find)`,
    /// and those before it in a chain: `middy(find).use(cors())`.
    pub(super) fn read_wrapped(&mut self, call: NodeId) {
        let tree = self.tree;
        if !self.evaluator.language().is_javascript()
            || tree.node(call).role != Role::Value
            || tree.child(call, Role::Arg).is_none()
        {
            return;
        }
        let Some((owner, name)) = self.name_of_result(call) else {
            return;
        };
        let mut all = Vec::new();
        for link in self.chained(call).take(MOST_CHAINED) {
            self.within(link, MOST_WRAPPED, &mut all);
        }
        let named: Vec<NodeId> = (all.iter())
            .filter_map(|inner| self.made_here(*inner))
            .collect();
        for made in named {
            self.within(made, MOST_WRAPPED, &mut all);
        }
        let mut texts: Vec<TextId> = Vec::new();
        for inner in all {
            for path in self.evaluator.value(inner) {
                let is_followed = !matches!(
                    self.evaluator.paths.first(path),
                    Link::Unknown | Link::Literal(_) | Link::Builtin(_) | Link::Param(_)
                );
                if is_followed {
                    texts.push(self.text(path));
                }
            }
        }
        if !texts.is_empty() {
            let texts: Values = texts.into();
            self.index.wrapped.insert((owner, name.into()), texts);
        }
    }

    /// A call, and those whose result each is called on.
    fn chained(&self, call: NodeId) -> impl Iterator<Item = NodeId> + use<'t> {
        let tree = self.tree;
        std::iter::successors(Some(call), move |call| {
            let callee = tree.child(*call, Role::Callee)?;
            let before = tree.child(callee, Role::Value)?;
            (tree.node(before).kind == Kind::Call).then_some(before)
        })
    }

    /// What the result of a call is kept in, and by which name.
    fn name_of_result(&mut self, call: NodeId) -> Option<(NodeId, &'t str)> {
        let tree = self.tree;
        let parent = tree.node(call).parent;
        match tree.node(parent).kind {
            Kind::Export => Some((NodeId(0), "default")),
            Kind::Pair => {
                let object = tree.node(parent).parent;
                let kept = tree.node(object).parent;
                let is_exported = tree.node(kept).kind == Kind::Assign
                    && tree
                        .child(kept, Role::Target)
                        .is_some_and(|target| self.is_module_exports(target));
                let owner = if is_exported { NodeId(0) } else { object };
                Some((owner, tree.text(parent)))
            }
            Kind::Assign => self.name_assigned(parent),
            _ => None,
        }
    }

    fn name_assigned(&mut self, assign: NodeId) -> Option<(NodeId, &'t str)> {
        let tree = self.tree;
        let target = tree.child(assign, Role::Target)?;
        let name = tree.text(target);
        if tree.node(target).kind == Kind::Name {
            let scope = self.scopes.of(assign);
            let owner = self.scopes.scope(scope).node;
            let is_kept = scope == ScopeId(0) || self.class_of.contains_key(&owner);
            return is_kept.then_some((owner, name));
        }
        if tree.node(target).kind != Kind::Attr {
            return None;
        }
        if self.is_module_exports(target) {
            return Some((NodeId(0), "default"));
        }
        let base = tree.child(target, Role::Value)?;
        match (tree.node(base).kind, tree.text(base)) {
            (Kind::Name, "exports") => Some((NodeId(0), name)),
            (Kind::Name, "this") => Some((self.around(assign, Kind::Class)?, name)),
            _ if self.is_module_exports(base) => Some((NodeId(0), name)),
            (Kind::Name, _) => match self.evaluator.value(base)[..] {
                [path] => match self.evaluator.paths.last(path) {
                    Link::Object(object) => Some((object, name)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// `module.exports`
    fn is_module_exports(&self, node: NodeId) -> bool {
        let tree = self.tree;
        tree.node(node).kind == Kind::Attr
            && tree.text(node) == "exports"
            && tree.child(node, Role::Value).is_some_and(|base| {
                tree.node(base).kind == Kind::Name && tree.text(base) == "module"
            })
    }

    /// Notes a call of what a function around the one that holds it is handed, where the parameter's type hides that: `handler: Handler`.
    pub(super) fn read_param_called(&mut self, callee: NodeId, function: u32, row: u32) {
        let tree = self.tree;
        let around = self.index.functions.get(function as usize);
        let has_outer = around.is_some_and(|function| function.outer.is_some());
        if !has_outer || !self.evaluator.language().is_javascript() {
            return;
        }
        let name = match tree.node(callee).kind {
            Kind::Attr if matches!(tree.text(callee), "apply" | "call") => {
                tree.child(callee, Role::Value)
            }
            _ => Some(callee),
        };
        let Some(name) = name.filter(|name| tree.node(*name).kind == Kind::Name) else {
            return;
        };
        let atom = tree.node(name).atom;
        let Some(scope) = self.scopes.binder(tree, self.scopes.of(name), atom) else {
            return;
        };
        if let [binding] = self.scopes.bindings(scope, atom)
            && binding.means == Means::Param
            && tree.child(binding.node, Role::Type).is_some()
        {
            self.index.params_called.push((row, binding.node));
        }
    }
}
