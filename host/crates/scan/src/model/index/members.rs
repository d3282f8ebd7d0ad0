//! What a file exports and what its classes hold, for its index.

use super::super::path::{Alternatives, Link, Shape};
use super::super::place::{Place, places};
use super::super::scope::ScopeId;
use super::build::Build;
use crate::tree::{Flags, Kind, NodeId, Role};

impl Build<'_, '_, '_> {
    pub(super) fn exports(&mut self) {
        let tree = self.tree;
        let mut last = None;
        for binding in self.scopes.all(ScopeId(0)) {
            if last == Some(binding.name) {
                continue;
            }
            last = Some(binding.name);
            let values = self.evaluator.exported(binding.name);
            let values = self.values(&values);
            if !values.is_empty() {
                self.index
                    .names
                    .insert(tree.str(binding.name).into(), values);
            }
        }
        if !self.evaluator.language().is_javascript() {
            return;
        }
        for id in tree.ids() {
            let node = tree.node(id);
            match node.kind {
                Kind::Export => {
                    if let Some(value) = tree.child(id, Role::Value) {
                        self.export("default", value);
                    }
                    for name in tree
                        .children(id)
                        .filter(|child| tree.node(*child).kind == Kind::ImportName)
                    {
                        if let Some(shown) = tree.child(name, Role::Target) {
                            let inner = self.evaluator.exported(tree.node(name).atom);
                            let values = self.values(&inner);
                            self.index.names.insert(tree.text(shown).into(), values);
                        }
                    }
                }
                Kind::Function | Kind::Class if node.flags.has(Flags::EXPORT | Flags::DEFAULT) => {
                    self.export("default", id);
                }
                Kind::Assign => self.common_js(id),
                _ => {}
            }
        }
    }

    fn export(&mut self, name: &str, value: NodeId) {
        let values = self.evaluator.value(value);
        let values = self.values(&values);
        if !values.is_empty() {
            self.index.names.insert(name.into(), values);
        }
    }

    /// `module.exports = ...`, `module.exports.name = ...` and `exports.name = ...`.
    fn common_js(&mut self, assign: NodeId) {
        let tree = self.tree;
        let (Some(target), Some(value)) = (
            tree.child(assign, Role::Target),
            tree.child(assign, Role::Value),
        ) else {
            return;
        };
        if tree.node(target).kind != Kind::Attr {
            return;
        }
        let Some(base) = tree.child(target, Role::Value) else {
            return;
        };
        let is_module = tree.node(base).kind == Kind::Name && tree.text(base) == "module";
        if is_module && tree.text(target) == "exports" {
            if tree.node(value).kind != Kind::Dict {
                return self.export("default", value);
            }
            for pair in tree.children(value) {
                let name = tree.text(pair);
                match (tree.node(pair).kind, tree.child(pair, Role::Value)) {
                    (Kind::Pair, Some(value)) if !name.is_empty() => self.export(name, value),
                    (Kind::Function, _) => self.export(name, pair),
                    _ => {}
                }
            }
        } else if tree.text(base) == "exports" {
            self.export(tree.text(target), value);
        }
    }

    /// Attributes that class bodies, constructors and methods set.
    pub(super) fn attributes(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            let node = *tree.node(id);
            match node.kind {
                Kind::Assign => {
                    let owner = self.scopes.scope(self.scopes.of(id)).node;
                    if let Some(class) = self.class_of.get(&owner).copied() {
                        let Some(target) = tree.child(id, Role::Target) else {
                            continue;
                        };
                        let (scope, name) = (self.scopes.of(id), tree.node(target).atom);
                        let Some(binding) = self.binding_at(scope, name, id) else {
                            continue;
                        };
                        let values = self.evaluator.binding(binding);
                        self.attribute(class, target, values);
                        continue;
                    }
                    for target in tree
                        .children(id)
                        .filter(|child| tree.node(*child).role == Role::Target)
                    {
                        self.set_on_instance(id, target, None);
                    }
                }
                Kind::Dict => self.object(id),
                Kind::List => self.tuple(id),
                Kind::Return => self.delegate(id),
                Kind::Param if node.flags.has(Flags::PROPERTY) => {
                    let Some(class) = self
                        .around(id, Kind::Class)
                        .and_then(|up| self.class_of.get(&up).copied())
                    else {
                        continue;
                    };
                    if let Some(kind) = tree.child(id, Role::Type) {
                        let values = self.evaluator.instance_of(kind);
                        self.attribute(class, id, values);
                    }
                }
                _ => {}
            }
        }
    }

    /// `return getattr(self.client, name)` in the method that is asked for what an instance does not have.
    fn delegate(&mut self, statement: NodeId) {
        let tree = self.tree;
        let Some(call) = tree
            .child(statement, Role::Value)
            .filter(|value| tree.node(*value).kind == Kind::Call)
        else {
            return;
        };
        let is_getattr = tree.child(call, Role::Callee).is_some_and(|callee| {
            tree.node(callee).kind == Kind::Name && tree.text(callee) == "getattr"
        });
        let method = is_getattr
            .then(|| self.around(statement, Kind::Function))
            .flatten()
            .filter(|method| tree.text(*method) == "__getattr__");
        let Some(method) = method else {
            return;
        };
        let owner = self.scopes.scope(self.scopes.of(method)).node;
        let Some(class) = self.class_of.get(&owner).copied() else {
            return;
        };
        let children = |id: NodeId, role: Role| {
            tree.children(id)
                .filter(move |child| tree.node(*child).role == role)
        };
        let mut arguments = children(call, Role::Arg);
        let (Some(asked), Some(name)) = (arguments.next(), arguments.next()) else {
            return;
        };
        let is_handed = tree.node(name).kind == Kind::Name
            && children(method, Role::Param)
                .nth(1)
                .is_some_and(|param| tree.node(param).atom == tree.node(name).atom);
        if is_handed {
            let values = self.evaluator.value(asked);
            self.index.classes[class as usize].delegates = self.values(&values);
        }
    }

    /// `self.connection, self.cursor = connect()`
    fn set_each(&mut self, assign: NodeId, targets: NodeId) {
        let tree = self.tree;
        for (target, place) in places(tree, targets) {
            if tree.node(target).kind == Kind::Attr {
                self.set_on_instance(assign, target, Some(place));
            }
        }
    }

    /// What `assign` puts on an instance, or on an object, as `target`: its value, or what stands in that at `place`.
    fn set_on_instance(&mut self, assign: NodeId, target: NodeId, place: Option<Place>) {
        let tree = self.tree;
        match tree.node(target).kind {
            Kind::Index => return self.fill(target),
            Kind::List => return self.set_each(assign, target),
            _ => {}
        }
        if tree.node(target).kind != Kind::Attr {
            return;
        }
        let Some(base) = tree.child(target, Role::Value) else {
            return;
        };
        let class_node = self.around(assign, Kind::Class);
        let class = class_node.and_then(|node| Some((node, *self.class_of.get(&node)?)));
        let is_name = tree.node(base).kind == Kind::Name;
        if is_name && class_node.is_none() && place.is_none() {
            self.set_on_object(assign, target, base);
        }
        let class = class.filter(|(node, _)| {
            let instance = self.evaluator.definition(*node);
            let instance = self.evaluator.paths.join(instance, Link::Call);
            is_name && self.evaluator.value(base).as_slice() == [instance]
        });
        let Some((_, class)) = class else {
            return self.put(assign, target, base, place);
        };
        if let Some(place) = place {
            let values = self.evaluator.unpacked(assign, place);
            return self.attribute(class, target, values);
        }
        let values = match (
            tree.child(assign, Role::Value),
            tree.child(assign, Role::Type),
        ) {
            (Some(value), kind) => {
                let values = self.evaluator.value(value);
                match kind {
                    Some(kind) => self.evaluator.declared(values, kind),
                    None => values,
                }
            }
            (None, Some(kind)) => self.evaluator.instance_of(kind),
            (None, None) => return,
        };
        self.attribute(class, target, values);
    }

    fn attribute(&mut self, class: u32, target: NodeId, values: Alternatives) {
        let null = Link::Literal(Shape::Null);
        let values: Alternatives = values
            .into_iter()
            .filter(|path| self.evaluator.paths.last(*path) != null)
            .collect();
        let values = self.values(&values);
        let name = self.tree.text(target);
        let slot = self.index.classes[class as usize]
            .attributes
            .entry(name.into())
            .or_default();
        let mut all = slot.to_vec();
        all.extend(values.iter().filter(|value| !slot.contains(value)));
        all.truncate(super::super::path::MOST_ALTERNATIVES);
        *slot = all.into();
    }
}
