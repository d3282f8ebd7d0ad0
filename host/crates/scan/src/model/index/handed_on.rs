//! Functions that a function is handed and hands on: `func (r *router) Get(pattern string, fn apiHandler) { r.chi.Get(pattern, handler(fn)) }`, also
//! from one that it writes itself: `mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { fn(w, r) })`.

use super::HandedOnRow;
use super::build::Build;
use crate::model::scope::Means;
use crate::tree::{Flags, Kind, NodeId, Role};

/// Methods that call the function that they are called on.
const CALLING: &[&str] = &["ServeHTTP", "apply", "call"];

impl Build<'_, '_, '_> {
    /// Notes that the call with the row `call` is handed `value`, where that is a parameter of a function around.
    pub(super) fn read_handed_on(&mut self, call: u32, value: NodeId) {
        if let Some((function, param, is_rest)) = self.param_named(value) {
            let row = HandedOnRow {
                call,
                function,
                param,
                is_rest,
            };
            if self.index.handed_on.last() != Some(&row) {
                self.index.handed_on.push(row);
            }
        }
    }

    /// Notes that what a function around is handed is called as `callee` in a function that is written as an argument of another call.
    pub(super) fn read_called_within(&mut self, call: NodeId, callee: NodeId, holder: u32) {
        let tree = self.tree;
        let inner = self.index.functions.get(holder as usize);
        if inner.is_none_or(|inner| inner.outer.is_none()) {
            return;
        }
        let name = match tree.node(callee).kind {
            Kind::Attr if CALLING.contains(&tree.text(callee)) => tree.child(callee, Role::Value),
            _ => Some(callee),
        };
        let Some((function, ..)) = name.and_then(|name| self.param_named(name)) else {
            return;
        };
        let outer = self.index.functions[function as usize].node;
        let mut around = tree
            .ancestors(call)
            .take_while(|up| *up != outer)
            .filter(|up| {
                let node = tree.node(*up);
                node.kind == Kind::Function && node.role == Role::Arg
            });
        let taking = around.find_map(|written| {
            let taking = tree.node(written).parent;
            let rows = &self.index.calls;
            let at = rows.binary_search_by_key(&taking, |row| row.node).ok()?;
            let callee = tree.child(taking, Role::Callee)?;
            self.takes_named(callee).then_some(at as u32)
        });
        if let (Some(taking), Some(name)) = (taking, name) {
            self.read_handed_on(taking, name);
        }
    }

    /// The function around whose parameter a name is, and which.
    fn param_named(&self, name: NodeId) -> Option<(u32, u16, bool)> {
        let tree = self.tree;
        if tree.node(name).kind != Kind::Name {
            return None;
        }
        let atom = tree.node(name).atom;
        let scope = self.scopes.binder(tree, self.scopes.of(name), atom)?;
        let function = *self.function_of.get(&self.scopes.scope(scope).node)?;
        let [binding] = self.scopes.bindings(scope, atom) else {
            return None;
        };
        let params = &self.index.functions[function as usize].params;
        let at = params.iter().position(|(node, ..)| *node == binding.node)?;
        let is_rest = tree.node(binding.node).flags.has(Flags::REST);
        (binding.means == Means::Param).then_some((function, at as u16, is_rest))
    }
}
