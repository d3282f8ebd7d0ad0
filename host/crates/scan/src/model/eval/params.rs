//! What parameters hold: by annotation, by default, by what hands a function on, by the instance a method is called on.

use smallvec::smallvec;

use super::super::loops::ITERATING_METHODS;
use super::super::path::{Alternatives, Link, PathId, Shape, unite};
use super::Evaluator;
use crate::lower::Language;
use crate::tree::{Flags, Kind, NodeId, Role};

impl Evaluator<'_> {
    pub(super) fn param(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let function = tree.node(id).parent;
        let node = *tree.node(id);
        if node.flags.has(Flags::REST) {
            return self.literal(Shape::Tuple);
        }
        if node.flags.has(Flags::REST_KEYWORDS) {
            return self.literal(Shape::Dict);
        }
        let by_default = tree.child(id, Role::Default);
        if let Some(kind) = tree.child(id, Role::Type) {
            let typed = self.instance_of(kind);
            if typed.as_slice() != [PathId::UNKNOWN] {
                return typed;
            }
        }
        if let Some(value) = by_default
            && tree.node(value).kind == Kind::Call
        {
            return match self.injected(value) {
                Some(found) => found,
                None => self.value(value),
            };
        }
        if self.language == Language::Python && self.is_first_of_method(id, function) {
            let class = self.scopes.scope(self.scopes.of(function)).node;
            let path = self.definition(class);
            let class_method = self.is_decorated(function, "classmethod");
            return smallvec![if class_method {
                path
            } else {
                self.paths.join(path, Link::Call)
            }];
        }
        let itself = self.paths.root(Link::Param(id));
        let mut all = self.handed(id, function);
        let typed = self.typed_by_name(id, function);
        unite(&mut all, &typed);
        unite(&mut all, &[itself]);
        all
    }

    /// What a parameter is by the type of the name that its function is given: `const list: RequestHandler = (req, res) => ...`. The facts of
    /// the type say it as they say what a callee hands its first argument.
    fn typed_by_name(&mut self, param: NodeId, function: NodeId) -> Alternatives {
        let tree = self.tree;
        let node = tree.node(function);
        let is_named = node.role == Role::Value && tree.node(node.parent).kind == Kind::Assign;
        let kind = tree
            .child(node.parent, Role::Type)
            .filter(|_| is_named && self.language.is_javascript());
        let head = kind.and_then(|kind| match tree.node(kind).kind {
            Kind::Index => tree.child(kind, Role::Value),
            _ => Some(kind),
        });
        let at = self.place_of(param, function);
        match (head, at.map(u8::try_from)) {
            (Some(head), Some(Ok(at)))
                if matches!(tree.node(head).kind, Kind::Name | Kind::Attr) =>
            {
                let types = self.value(head);
                let all = self.join_all(&types, Link::Handed(0, at));
                self.known(all)
            }
            _ => Alternatives::new(),
        }
    }

    /// Which of the parameters of a function this is, from 0.
    fn place_of(&self, param: NodeId, function: NodeId) -> Option<usize> {
        let tree = self.tree;
        tree.children(function)
            .filter(|child| tree.node(*child).role == Role::Param)
            .position(|child| child == param)
    }

    /// Those alternatives that say anything.
    fn known(&self, mut all: Alternatives) -> Alternatives {
        all.retain(|path| {
            *path != PathId::UNKNOWN && !matches!(self.paths.first(*path), Link::Literal(_))
        });
        all
    }

    /// What a parameter of a function handed to a call is, as far as the call tells: the element that an iterating
    /// method passes, what a promise becomes, or a path that the facts of the callee may name.
    fn handed(&mut self, param: NodeId, function: NodeId) -> Alternatives {
        let tree = self.tree;
        let (node, call) = (tree.node(function), tree.node(function).parent);
        if node.role != Role::Arg
            || tree.node(call).kind != Kind::Call
            || !node.flags.has(Flags::LAMBDA)
        {
            return Alternatives::new();
        }
        let Some(callee) = tree.child(call, Role::Callee) else {
            return Alternatives::new();
        };
        let at = self.place_of(param, function);
        let among = tree
            .children(call)
            .filter(|child| tree.node(*child).role == Role::Arg)
            .position(|child| child == function);
        let (Some(at), Some(among)) = (at, among) else {
            return Alternatives::new();
        };
        let name = tree.text(callee);
        let all = match (tree.node(callee).kind, name) {
            (Kind::Attr, _)
                if self.language.is_javascript()
                    && among == 0
                    && at == usize::from(name == "reduce")
                    && ITERATING_METHODS.contains(&name) =>
            {
                self.then(callee, Role::Value, Link::Element)
            }
            (Kind::Attr, "then") if among == 0 && at == 0 => self.of_child(callee, Role::Value),
            // Python's `map(lambda row: ..., rows)`.
            (Kind::Name, "map" | "filter") if self.language == Language::Python && among == 0 => {
                match tree
                    .children(call)
                    .filter(|child| tree.node(*child).role == Role::Arg)
                    .nth(at + 1)
                {
                    Some(rows) => {
                        let rows = self.value(rows);
                        self.join_all(&rows, Link::Element)
                    }
                    None => return Alternatives::new(),
                }
            }
            _ => match (u8::try_from(among), u8::try_from(at)) {
                (Ok(among), Ok(at)) => {
                    let callees = self.value(callee);
                    self.join_all(&callees, Link::Handed(among, at))
                }
                _ => return Alternatives::new(),
            },
        };
        self.known(all)
    }

    fn is_first_of_method(&self, param: NodeId, function: NodeId) -> bool {
        let tree = self.tree;
        let owner = self.scopes.scope(self.scopes.of(function)).node;
        tree.node(owner).kind == Kind::Class
            && tree.child(function, Role::Param) == Some(param)
            && !self.is_decorated(function, "staticmethod")
    }

    fn is_decorated(&self, function: NodeId, name: &str) -> bool {
        let tree = self.tree;
        tree.children(function)
            .take_while(|child| tree.node(*child).role == Role::Decorator)
            .any(|child| tree.text(child) == name)
    }

    /// `Depends(f)`: what `f` returns. The word is the framework's, so it is looked at by name only here.
    pub(in crate::model) fn injected(&mut self, call: NodeId) -> Option<Alternatives> {
        let provider = self.provider(call)?;
        let all = self.value(provider);
        Some(self.join_all(&all, Link::Call))
    }

    /// The function that `Depends(f)` asks.
    pub(in crate::model) fn provider(&self, call: NodeId) -> Option<NodeId> {
        let tree = self.tree;
        let callee = tree.child(call, Role::Callee)?;
        if !matches!(
            tree.text(callee),
            "Depends" | "Security" | "Inject" | "Provide"
        ) {
            return None;
        }
        let provider = tree.child(call, Role::Arg)?;
        match tree.node(provider).kind {
            Kind::KwArg => tree.child(provider, Role::Value),
            _ => Some(provider),
        }
    }
}
