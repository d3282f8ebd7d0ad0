//! Object literals, and tuples that functions return, for the index of their file: what each property is.

use super::super::eval::is_followed;
use super::super::path::Link;
use super::build::Build;
use super::{ObjectKind, ObjectRow};
use crate::tree::{Flags, Kind, NodeId, Role};

/// The most properties of one object that are kept: tables of many hold data.
const MOST_PROPERTIES: usize = 300;

impl Build<'_, '_, '_> {
    /// Reads the properties of an object literal.
    pub(super) fn object(&mut self, id: NodeId) {
        let tree = self.tree;
        if !self.evaluator.is_object(id) {
            return;
        }
        let mut row = ObjectRow::default();
        for child in tree.children(id).take(MOST_PROPERTIES) {
            let node = tree.node(child);
            let value = match node.kind {
                Kind::Function => Some(child),
                Kind::Pair | Kind::Spread => tree.child(child, Role::Value),
                _ => None,
            };
            let Some(value) = value.filter(|value| is_followed(tree.node(*value).kind)) else {
                continue;
            };
            let values = self.evaluator.value(value);
            let values = self.values(&values);
            let is_computed = node.kind == Kind::Pair && node.flags.has(Flags::COMPUTED);
            if node.kind == Kind::Spread {
                row.spread.extend(values);
            } else if !values.is_empty() {
                // By a computed name nobody asks, but it is one of those that `table[key]` may be.
                let name = match is_computed {
                    true => format!("[{}]", child.0).into(),
                    false => tree.text(child).into(),
                };
                row.properties.insert(name, values);
            }
        }
        self.index.objects.insert(id, row);
    }

    /// Reads the tables that anything led to, once all else is read.
    pub(super) fn tables(&mut self) {
        let mut at = 0;
        while let Some(id) = self.evaluator.tables.get(at).copied() {
            at += 1;
            if !self.index.objects.contains_key(&id) {
                self.table(id);
            }
        }
    }

    /// Reads the entries of a dictionary, map, list or tuple that holds things which can be followed: `{"mail": send_mail}`.
    fn table(&mut self, id: NodeId) {
        let tree = self.tree;
        let node = tree.node(id);
        let is_map = self.evaluator.is_map(id);
        let kind = match node.kind {
            Kind::List if !is_map && node.flags.has(Flags::TUPLE) => ObjectKind::Tuple,
            Kind::List if !is_map => ObjectKind::List,
            _ => ObjectKind::Dict,
        };
        let mut row = ObjectRow {
            kind,
            ..ObjectRow::default()
        };
        for (at, child) in tree.children(id).take(MOST_PROPERTIES).enumerate() {
            let value = match tree.node(child).kind {
                Kind::Pair | Kind::Spread => tree.child(child, Role::Value),
                Kind::List if is_map => tree.children(child).nth(1),
                _ => Some(child),
            };
            let Some(value) = value else {
                continue;
            };
            let values = self.evaluator.value(value);
            let values = self.values(&values);
            if tree.node(child).kind == Kind::Spread {
                row.spread.extend(values);
            } else if !values.is_empty() {
                let name = match kind {
                    ObjectKind::Tuple => format!("<{at}>"),
                    _ => format!("[{at}]"),
                };
                row.properties.insert(name.into(), values);
            }
        }
        self.index.objects.insert(id, row);
    }

    /// Reads the items of a tuple that a function returns.
    pub(super) fn tuple(&mut self, id: NodeId) {
        let tree = self.tree;
        if !self.evaluator.is_returned_tuple(id) {
            return;
        }
        let mut row = ObjectRow {
            kind: ObjectKind::Tuple,
            ..ObjectRow::default()
        };
        // How many an item with a star stands for is not known: what is behind it is among the items, at no position that can be asked for.
        let mut sign = "";
        for (at, item) in tree.children(id).enumerate() {
            if tree.node(item).kind == Kind::Spread {
                sign = "*";
            } else if is_followed(tree.node(item).kind) {
                let values = self.evaluator.value(item);
                let values = self.values(&values);
                row.properties
                    .insert(format!("<{sign}{at}>").into(), values);
            }
        }
        self.index.objects.insert(id, row);
    }

    /// `service.find = async () => ...`: a property that an object gets after it is made.
    pub(super) fn set_on_object(&mut self, assign: NodeId, target: NodeId, base: NodeId) {
        let tree = self.tree;
        let [path] = self.evaluator.value(base)[..] else {
            return;
        };
        let Link::Object(object) = self.evaluator.paths.last(path) else {
            return;
        };
        let Some(value) = tree
            .child(assign, Role::Value)
            .filter(|value| is_followed(tree.node(*value).kind))
        else {
            return;
        };
        let values = self.evaluator.value(value);
        let values = self.values(&values);
        if let Some(row) = self.index.objects.get_mut(&object)
            && row.properties.len() < MOST_PROPERTIES
            && !values.is_empty()
        {
            row.properties
                .entry(tree.text(target).into())
                .or_insert(values);
        }
    }

    /// `db[model.name] = model`, in a file that reads its own directory.
    pub(super) fn fill(&mut self, target: NodeId) {
        let tree = self.tree;
        let Some(base) = tree
            .child(target, Role::Value)
            .filter(|base| tree.node(*base).kind == Kind::Name)
        else {
            return;
        };
        if self.evaluator.language().is_javascript()
            && let [path] = self.evaluator.value(base)[..]
            && let Link::Object(object) = self.evaluator.paths.last(path)
            && self.reads_own_directory()
            && let Some(row) = self.index.objects.get_mut(&object)
        {
            row.is_loaded = true;
        }
    }

    /// Whether the file asks for the names of the files beside it.
    fn reads_own_directory(&self) -> bool {
        let tree = self.tree;
        tree.ids().any(|id| {
            tree.node(id).kind == Kind::Call
                && tree
                    .child(id, Role::Callee)
                    .is_some_and(|callee| matches!(tree.text(callee), "readdirSync" | "readdir"))
                && tree
                    .child(id, Role::Arg)
                    .is_some_and(|argument| tree.text(argument) == "__dirname")
        })
    }
}
