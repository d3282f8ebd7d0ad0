//! Arguments of calls and the literal values behind them.

use super::code::Code;
use crate::model::scope::{Means, ScopeId};
use crate::tree::{Atom, Flags, Kind, NodeId, Role};

/// A literal, as far as it can be known without running anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Text; the holes of a template are `{}`.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// `None`, `null`, `undefined`, `nil`.
    Null,
}

/// An argument, looked up by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// It is given: its value.
    Given(NodeId),
    /// It is not given.
    Absent,
    /// It may be given by something that cannot be looked into: `**options`, a variable from elsewhere.
    Hidden(NodeId),
}

/// How far a name is followed to the literal behind it.
const DEEPEST: u8 = 6;

impl Code {
    /// Arguments in order, names and spreads included.
    pub fn arguments(&self, call: NodeId) -> Vec<NodeId> {
        let tree = &self.syntax.tree;
        tree.children(call)
            .filter(|child| tree.node(*child).role == Role::Arg)
            .collect()
    }

    /// The positional argument at `position`, from 0; `None` behind a spread.
    pub fn positional(&self, call: NodeId, position: usize) -> Option<NodeId> {
        let tree = &self.syntax.tree;
        let mut seen = 0;
        for arg in self.arguments(call) {
            match tree.node(arg).kind {
                Kind::KwArg => {}
                Kind::Spread => return None,
                _ if seen == position => return Some(arg),
                _ => seen += 1,
            }
        }
        None
    }

    /// Whether one of the arguments stands for several that are not seen: `*args`, `...args`.
    pub fn has_spread(&self, call: NodeId) -> bool {
        let tree = &self.syntax.tree;
        let mut arguments = self.arguments(call).into_iter();
        arguments.any(|arg| tree.node(arg).kind == Kind::Spread)
    }

    /// The argument called `name`: a keyword, or an entry of an object given as an argument, in place or through a
    /// variable. Spreads and objects from elsewhere hide it.
    pub fn named(&self, call: NodeId, name: &str) -> Argument {
        self.named_beside(call, name, &[])
    }

    /// As [`Code::named`], where what hides at one of the nodes `known` is known to hold nothing of that name.
    pub fn named_beside(&self, call: NodeId, name: &str, known: &[NodeId]) -> Argument {
        let tree = &self.syntax.tree;
        let mut hidden = None;
        for arg in self.arguments(call) {
            let found = match tree.node(arg).kind {
                Kind::KwArg if tree.text(arg) == name => match tree.child(arg, Role::Value) {
                    Some(value) => Argument::Given(value),
                    None => Argument::Absent,
                },
                Kind::Spread => match tree.child(arg, Role::Value) {
                    Some(inner) => self.entry_beside(inner, name, 0, known),
                    None => Argument::Absent,
                },
                Kind::Dict => self.entry_beside(arg, name, 0, known),
                Kind::Name if self.language.is_javascript() => {
                    match self.entry_beside(arg, name, 0, known) {
                        Argument::Hidden(_) if !is_options_name(tree.text(arg)) => Argument::Absent,
                        found => found,
                    }
                }
                _ => Argument::Absent,
            };
            match found {
                Argument::Given(_) => return found,
                Argument::Hidden(at) => hidden = Some(at),
                Argument::Absent => {}
            }
        }
        hidden.map_or(Argument::Absent, Argument::Hidden)
    }

    /// The entry `name` of a dictionary, in place or through the variable that holds it, additions included.
    pub fn entry(&self, node: NodeId, name: &str, depth: u8) -> Argument {
        self.entry_beside(node, name, depth, &[])
    }

    /// As [`Code::entry`], where what hides at one of the nodes `known` is known to hold nothing of that name.
    pub fn entry_beside(&self, node: NodeId, name: &str, depth: u8, known: &[NodeId]) -> Argument {
        let tree = &self.syntax.tree;
        let hidden = if known.contains(&node) {
            Argument::Absent
        } else {
            Argument::Hidden(node)
        };
        if depth > DEEPEST {
            return hidden;
        }
        match tree.node(node).kind {
            Kind::Dict => {
                let mut hidden = None;
                for item in tree.children(node) {
                    match tree.node(item).kind {
                        Kind::Pair if tree.text(item) == name => {
                            if let Some(value) = tree.child(item, Role::Value) {
                                return Argument::Given(value);
                            }
                        }
                        Kind::Function if tree.text(item) == name => return Argument::Given(item),
                        Kind::Pair if tree.node(item).flags.has(Flags::COMPUTED) => {
                            hidden = Some(item)
                        }
                        Kind::Spread => {
                            if let Some(inner) = tree.child(item, Role::Value) {
                                match self.entry_beside(inner, name, depth + 1, known) {
                                    Argument::Given(value) => return Argument::Given(value),
                                    Argument::Hidden(at) => hidden = Some(at),
                                    Argument::Absent => {}
                                }
                            }
                        }
                        _ => {}
                    }
                }
                hidden.map_or(Argument::Absent, Argument::Hidden)
            }
            // `dict(timeout=5)`, `Object.assign({}, x)`.
            Kind::Call => match self.named_beside(node, name, known) {
                Argument::Given(value) => Argument::Given(value),
                found
                    if tree
                        .child(node, Role::Callee)
                        .is_some_and(|callee| tree.text(callee) == "dict") =>
                {
                    found
                }
                _ => hidden,
            },
            Kind::Name => {
                let atom = tree.node(node).atom;
                if let Some(value) = self.set_later(node, atom, name) {
                    return Argument::Given(value);
                }
                match self.bound_value(node, depth) {
                    Some(value) => self.entry_beside(value, name, depth + 1, known),
                    None => hidden,
                }
            }
            Kind::Await => match tree.child(node, Role::Value) {
                Some(inner) => self.entry_beside(inner, name, depth + 1, known),
                None => hidden,
            },
            _ => hidden,
        }
    }

    /// `options["timeout"] = 5` or `options.timeout = 5`, anywhere in the file's scope of that name.
    fn set_later(&self, near: NodeId, base: Atom, name: &str) -> Option<NodeId> {
        let tree = &self.syntax.tree;
        let function = self.function_around(near).unwrap_or(NodeId(0));
        for id in tree.descendants(function) {
            if tree.node(id).kind != Kind::Assign {
                continue;
            }
            let Some(target) = tree.child(id, Role::Target) else {
                continue;
            };
            let on = tree
                .child(target, Role::Value)
                .is_some_and(|on| tree.node(on).kind == Kind::Name && tree.node(on).atom == base);
            let key = match tree.node(target).kind {
                Kind::Attr => tree.text(target),
                Kind::Index => tree
                    .child(target, Role::Index)
                    .map_or("", |index| tree.text(index)),
                _ => continue,
            };
            if on && key == name {
                return tree.child(id, Role::Value);
            }
        }
        None
    }

    /// The one value that a name was given in this file; `None` when there are several, or none here.
    pub fn bound_value(&self, name: NodeId, _depth: u8) -> Option<NodeId> {
        let Bound { scope, atom } = self.lookup(name)?;
        let tree = &self.syntax.tree;
        let mut found = None;
        for binding in self.syntax.scopes.bindings(scope, atom) {
            match binding.means {
                // `let client;` declares the name that another statement sets.
                Means::Assign if tree.child(binding.node, Role::Value).is_none() => {}
                Means::Assign => {
                    let value = tree.child(binding.node, Role::Value)?;
                    if found.is_some() {
                        return None;
                    }
                    found = Some(value);
                }
                // `opts = opts or {}`: a parameter's default is not the value.
                _ => return None,
            }
        }
        found
    }

    /// The scope that binds a name, with the name.
    pub(super) fn bound_scope(&self, name: NodeId) -> Option<(ScopeId, Atom)> {
        self.lookup(name).map(|bound| (bound.scope, bound.atom))
    }

    fn lookup(&self, name: NodeId) -> Option<Bound> {
        let tree = &self.syntax.tree;
        if tree.node(name).kind != Kind::Name {
            return None;
        }
        let atom = tree.node(name).atom;
        let scopes = &self.syntax.scopes;
        let mut scope = scopes.of(name);
        let home = scope;
        loop {
            let is_class = tree.node(scopes.scope(scope).node).kind == Kind::Class;
            if (!is_class || scope == home) && !scopes.bindings(scope, atom).is_empty() {
                return Some(Bound { scope, atom });
            }
            let parent = scopes.scope(scope).parent;
            if parent == scope {
                return None;
            }
            scope = parent;
        }
    }

    /// The literal that an expression is, through names bound once in this file and defaults of environment reads.
    pub fn literal(&self, node: NodeId) -> Option<Literal> {
        self.literal_at(node, 0)
    }

    fn literal_at(&self, node: NodeId, depth: u8) -> Option<Literal> {
        if depth > DEEPEST {
            return None;
        }
        let tree = &self.syntax.tree;
        let text = tree.text(node);
        match tree.node(node).kind {
            Kind::Str | Kind::Template => Some(Literal::Text(text.to_owned())),
            Kind::Num => text
                .trim_end_matches(['n', 'j'])
                .parse()
                .ok()
                .map(Literal::Number),
            Kind::Bool => Some(Literal::Bool(text == "true")),
            Kind::Null => Some(Literal::Null),
            Kind::Unary if text == "-" => {
                match self.literal_at(tree.child(node, Role::Value)?, depth + 1)? {
                    Literal::Number(number) => Some(Literal::Number(-number)),
                    _ => None,
                }
            }
            Kind::Binary => {
                let mut sides = tree.children(node);
                let left = self.literal_at(sides.next()?, depth + 1)?;
                let right = self.literal_at(sides.next()?, depth + 1)?;
                match (left, right, text) {
                    (Literal::Number(a), Literal::Number(b), "*") => Some(Literal::Number(a * b)),
                    (Literal::Number(a), Literal::Number(b), "+") => Some(Literal::Number(a + b)),
                    (Literal::Text(a), Literal::Text(b), "+") => Some(Literal::Text(a + &b)),
                    (Literal::Text(a), _, "%") => Some(Literal::Text(a)),
                    _ => None,
                }
            }
            Kind::Name => self.literal_at(self.bound_value(node, depth)?, depth + 1),
            _ => None,
        }
    }

    /// The parameter of its function that a name is, by position; `None` for other names.
    pub fn parameter(&self, name: NodeId) -> Option<(NodeId, usize)> {
        let Bound { scope, atom } = self.lookup(name)?;
        if scope == ScopeId(0) {
            return None;
        }
        let tree = &self.syntax.tree;
        let owner = self.syntax.scopes.scope(scope).node;
        let params = tree
            .children(owner)
            .filter(|child| tree.node(*child).role == Role::Param);
        params
            .enumerate()
            .find(|(_, param)| tree.node(*param).atom == atom)
            .map(|(at, param)| (param, at))
    }
}

struct Bound {
    scope: ScopeId,
    atom: Atom,
}

/// Names that options are passed under; an unknown variable of another name is data.
fn is_options_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "option", "opts", "config", "init", "settings", "params", "args", "kwargs",
    ]
    .iter()
    .any(|word| name.contains(word))
}
