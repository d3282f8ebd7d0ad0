//! What functions return.

use super::super::path::{Alternatives, Link, Shape, unite};
use super::Values;
use super::build::Build;
use crate::lower::Language;
use crate::tree::{Flags, Kind, NodeId, Role};

/// What a method returns that returns what it was called on.
const SELF: &str = "typing|Self()";

impl Build<'_, '_, '_> {
    /// The function that another returns in the end, which says more than that it is declared to: `(handler: Handler): Handler => async (event) => ...`.
    fn function_given(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let mut all = Alternatives::new();
        if !self.evaluator.language().is_javascript() {
            return all;
        }
        let statements = tree.child(id, Role::Body).map(|body| tree.children(body));
        for statement in statements.into_iter().flatten() {
            let value = tree.child(statement, Role::Value);
            if let (Kind::Return, Some(value)) = (tree.node(statement).kind, value)
                && matches!(tree.node(value).kind, Kind::Function | Kind::Name)
            {
                all = self.evaluator.value(value);
            }
        }
        let paths = &self.evaluator.paths;
        all.retain(|path| match paths.last(*path) {
            Link::Node(node) => tree.node(node).kind == Kind::Function,
            _ => false,
        });
        all
    }

    /// The declared type, else what the function returns, or yields.
    pub(super) fn returns(&mut self, id: NodeId) -> Values {
        let tree = self.tree;
        if let Some(kind) = tree.child(id, Role::Returns) {
            let first = match tree.node(kind).kind {
                Kind::List => tree.children(kind).next().unwrap_or(kind),
                _ => kind,
            };
            let mut all = self.function_given(id);
            let declared = self.evaluator.instance_of(first);
            unite(&mut all, &declared);
            let all = self.values(&all);
            if !all.is_empty() {
                return all;
            }
        }
        let Some(body) = tree.child(id, Role::Body) else {
            return Values::default();
        };
        let mut all = Alternatives::new();
        let mut gives_self = false;
        let mut at = body.0 + 1;
        let end = tree.node(body).end.0;
        while at < end {
            let inner = NodeId(at);
            let node = tree.node(inner);
            match node.kind {
                Kind::Function | Kind::Class => {
                    at = node.end.0;
                    continue;
                }
                Kind::Return | Kind::Yield => {
                    let value = tree.child(inner, Role::Value);
                    let is_self = value.is_some_and(|value| self.is_receiver(id, value));
                    gives_self |= is_self;
                    if let Some(value) = value.filter(|_| !is_self) {
                        let some = self.evaluator.returned(value);
                        unite(&mut all, &some);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if all.len() > 1 {
            let paths = &self.evaluator.paths;
            all.retain(|path| {
                !matches!(
                    paths.last(*path),
                    Link::Unknown | Link::Literal(Shape::Null)
                )
            });
        }
        if !gives_self {
            return self.values(&all);
        }
        let mut all = self.values(&all).into_vec();
        all.push(self.index.texts.push(SELF));
        all.into()
    }

    /// Whether `value` is what the method `function` was called on, or made from the class that it was: `return self`, `cls(row)`,
    /// `new this(row)`. That may be of a class below the one that has the method.
    fn is_receiver(&self, function: NodeId, value: NodeId) -> bool {
        let tree = self.tree;
        let (head, is_made) = match (tree.node(value).kind, tree.child(value, Role::Callee)) {
            (Kind::Call, Some(callee)) => (callee, true),
            _ => (value, false),
        };
        let owner = self.scopes.scope(self.scopes.of(function)).node;
        if tree.node(head).kind != Kind::Name || tree.node(owner).kind != Kind::Class {
            return false;
        }
        let is_decorated = |name: &str| {
            let mut decorators = tree
                .children(function)
                .take_while(|child| tree.node(*child).role == Role::Decorator);
            decorators.any(|child| tree.text(child) == name)
        };
        match self.evaluator.language() {
            Language::Python => {
                let first = tree.child(function, Role::Param);
                first.is_some_and(|first| tree.node(first).atom == tree.node(head).atom)
                    && is_made == is_decorated("classmethod")
                    && !is_decorated("staticmethod")
            }
            Language::Go => false,
            _ => {
                let is_static = tree.node(function).flags.has(Flags::STATIC);
                tree.text(head) == "this" && is_made == is_static
            }
        }
    }
}
