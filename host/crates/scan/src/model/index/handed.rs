//! Functions among the arguments of calls: handlers of routes, bodies of threads, callbacks.

use super::build::Build;
use super::{HandedRow, HandedWay};
use crate::model::loops;
use crate::model::path::Link;
use crate::tree::{Kind, NodeId, Role};

/// How deep functions are looked for within an argument: `get("/", first(second(third(handler))))`.
const MOST_WRAPPED: u8 = 3;

impl Build<'_, '_, '_> {
    /// Reads the arguments of the call `id`, which has the row `row`.
    pub(super) fn read_handed(&mut self, id: NodeId, row: u32) {
        let tree = self.tree;
        let takes = self.takes_functions(id);
        for arg in tree
            .children(id)
            .filter(|child| tree.node(*child).role == Role::Arg)
        {
            let value = match tree.node(arg).kind {
                Kind::KwArg => tree.child(arg, Role::Value).unwrap_or(arg),
                _ => arg,
            };
            match tree.node(value).kind {
                Kind::Function => self.handed(row, value, HandedWay::Written),
                Kind::Name | Kind::Attr if takes => self.handed(row, value, HandedWay::Named),
                Kind::Call if takes => {
                    self.handed(row, value, HandedWay::Named);
                    self.handed_within(row, value, MOST_WRAPPED);
                }
                Kind::Dict | Kind::List if takes => self.handed_within(row, value, MOST_WRAPPED),
                _ => {}
            }
        }
    }

    /// Whether facts speak of a call of that name that runs the functions that it is given.
    fn takes_functions(&self, call: NodeId) -> bool {
        self.tree.child(call, Role::Callee).is_some_and(|callee| {
            let name = self.tree.text(callee);
            self.interest.takes_function(name)
                || self.tree.node(callee).kind == Kind::Attr
                    && loops::ITERATING_METHODS.contains(&name)
        })
    }

    fn handed(&mut self, call: u32, value: NodeId, way: HandedWay) {
        for path in self.evaluator.value(value) {
            if !matches!(
                self.evaluator.paths.first(path),
                Link::Unknown | Link::Literal(_) | Link::Builtin(_)
            ) {
                let value = self.text(path);
                self.index.handed.push(HandedRow { call, way, value });
            }
        }
    }

    /// Functions in an argument that is itself a call, a dictionary or a list. What a call within runs by itself is left to it.
    fn handed_within(&mut self, call: u32, value: NodeId, levels: u8) {
        let tree = self.tree;
        if levels == 0 || tree.node(value).kind == Kind::Call && self.takes_functions(value) {
            return;
        }
        for child in tree.children(value) {
            let inner = match (tree.node(child).kind, tree.node(child).role) {
                (_, Role::Callee) => continue,
                (Kind::Pair | Kind::KwArg, _) => match tree.child(child, Role::Value) {
                    Some(inner) => inner,
                    None => continue,
                },
                _ => child,
            };
            match tree.node(inner).kind {
                Kind::Function | Kind::Name | Kind::Attr => {
                    self.handed(call, inner, HandedWay::Within);
                }
                Kind::Call => {
                    self.handed(call, inner, HandedWay::Within);
                    self.handed_within(call, inner, levels - 1);
                }
                Kind::List => self.handed_within(call, inner, levels - 1),
                _ => {}
            }
        }
    }
}
