//! Tables of functions, classes and instances, from which one is chosen by a key or one after the other: `{"mail": send_mail}[kind](order)`,
//! `for store in [Orders(), People()]`, `new Map([["mail", new Mailer()]])`. What holds data only is its shape.

use smallvec::smallvec;

use super::super::path::{Alternatives, Link, PathId, Shape, unite};
use super::{Evaluator, unknown};
use crate::lower::Language;
use crate::tree::{Atom, Flags, Kind, NodeId, Role};

/// Methods of a collection that give one of what it holds, or all of it.
const ASKS_MANY: &[&str] = &[
    "at",
    "entries",
    "find",
    "get",
    "items",
    "pop",
    "setdefault",
    "shift",
    "values",
];

/// How many parts of a tuple are looked at.
const MOST_PARTS: usize = 4;

/// How many properties of an object in a list are looked at.
const MOST_PROPERTIES: usize = 8;

impl Evaluator<'_> {
    /// Whether a list, dictionary or tuple holds functions, classes or instances, as its first entry shows.
    pub(in crate::model) fn is_table(&mut self, id: NodeId) -> bool {
        let tree = self.tree;
        let node = *tree.node(id);
        // Of Go the type of what is held is known, unless these are functions; objects of JavaScript are followed by their properties.
        let is_other = match node.kind {
            Kind::Dict => self.language.is_javascript(),
            Kind::List => false,
            _ => true,
        };
        if is_other || node.atom != Atom::EMPTY || self.is_multiple(id) {
            return false;
        }
        if node.flags.has(Flags::TUPLE) {
            // The parts of a tuple are different things.
            let items: Vec<NodeId> = tree.children(id).take(MOST_PARTS).collect();
            return items.into_iter().any(|item| self.is_thing(item, false));
        }
        let first = tree
            .children(id)
            .find(|child| tree.node(*child).kind != Kind::Spread);
        let Some(first) = first else {
            return false;
        };
        if self.is_map(id) {
            return (tree.children(first).nth(1)).is_some_and(|value| self.is_thing(value, true));
        }
        let value = match tree.node(first).kind {
            Kind::Pair => tree.child(first, Role::Value),
            _ => Some(first),
        };
        value.is_some_and(|value| self.is_thing(value, true))
    }

    /// Several values at once rather than a tuple: what is returned, or assigned to several targets.
    fn is_multiple(&self, id: NodeId) -> bool {
        let tree = self.tree;
        let node = tree.node(id);
        let parent = tree.node(node.parent);
        match parent.kind {
            _ if node.role == Role::Target => true,
            Kind::Return | Kind::Yield => {
                node.flags.has(Flags::TUPLE) || self.language == Language::Go
            }
            Kind::Assign => {
                self.language == Language::Go && node.kind == Kind::List && {
                    let targets = tree.children(node.parent);
                    targets
                        .filter(|child| tree.node(*child).role == Role::Target)
                        .count()
                        > 1
                }
            }
            // Types: `list[Order, Other]`.
            Kind::Index => node.role == Role::Index,
            _ => false,
        }
    }

    /// The pairs that a `Map` is made of.
    pub(in crate::model) fn is_map(&self, id: NodeId) -> bool {
        let tree = self.tree;
        let node = tree.node(id);
        let call = node.parent;
        self.language.is_javascript()
            && node.kind == Kind::List
            && node.role == Role::Arg
            && tree.node(call).kind == Kind::Call
            && tree
                .child(call, Role::Callee)
                .is_some_and(|callee| tree.text(callee) == "Map")
            && tree
                .children(id)
                .next()
                .is_some_and(|pair| tree.node(pair).kind == Kind::List)
    }

    /// Whether an entry is a function, a class or an instance; data has mostly been read from something.
    fn is_thing(&mut self, value: NodeId, may_nest: bool) -> bool {
        let tree = self.tree;
        match tree.node(value).kind {
            Kind::Function => true,
            Kind::Name | Kind::Attr => match self.value(value)[..] {
                [path] => self.is_definition(path, value),
                _ => false,
            },
            Kind::Call => {
                let callee = tree.child(value, Role::Callee);
                callee.is_some_and(|callee| {
                    matches!(tree.node(callee).kind, Kind::Name | Kind::Attr)
                        && is_class_name(tree.text(callee))
                        && !matches!(tree.node(callee).kind, Kind::Name if is_plain(tree.text(callee)))
                })
            }
            // `[("mail", send_mail)]`
            Kind::List if may_nest && tree.node(value).flags.has(Flags::TUPLE) => {
                self.is_table(value)
            }
            // `[{ path: "/orders", handler: orders.list }]`
            Kind::Dict if may_nest && self.is_object(value) => {
                let entries: Vec<NodeId> = tree.children(value).take(MOST_PROPERTIES).collect();
                entries.into_iter().any(|entry| {
                    let held = match tree.node(entry).kind {
                        Kind::Pair => tree.child(entry, Role::Value),
                        _ => Some(entry),
                    };
                    held.is_some_and(|held| self.is_thing(held, false))
                })
            }
            _ => false,
        }
    }

    /// Whether a path leads to something that a file defines, as far as this file tells.
    fn is_definition(&mut self, path: PathId, at: NodeId) -> bool {
        let tree = self.tree;
        let (last, base) = (self.paths.last(path), self.paths.base(path));
        let Link::Attr(name) = last else {
            return matches!(last, Link::Node(_));
        };
        match self.paths.last(base) {
            // Only definitions are read through their own file.
            Link::Here => true,
            // Constants are written in capitals.
            Link::Module(_) => {
                let name = tree.str(name);
                !name.starts_with('_') && name.chars().any(char::is_lowercase)
            }
            // `from . import orders`, and `orders.list`.
            Link::Attr(_) if matches!(self.paths.first(path), Link::Module(_)) => {
                let module = self.paths.base(base);
                let name = tree.str(name);
                matches!(self.paths.last(module), Link::Module(_))
                    && !name.starts_with('_')
                    && name.chars().any(char::is_lowercase)
            }
            // A method of the class around.
            Link::Call | Link::Attr(_) if self.paths.first(path) == Link::Here => {
                let class = tree
                    .ancestors(at)
                    .find(|up| tree.node(*up).kind == Kind::Class);
                let body = class.and_then(|class| tree.child(class, Role::Body));
                let mut members = body.into_iter().flat_map(|body| tree.children(body));
                members.any(|member| {
                    tree.node(member).kind == Kind::Function && tree.node(member).atom == name
                })
            }
            _ => false,
        }
    }

    /// Lists that are made of instances of one class, entry by entry: `[Worker(queue) for _ in range(4)]`.
    pub(super) fn comprehension(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let is_dict = tree.node(id).flags.has(Flags::KEYS);
        let mut value = tree.child(id, Role::Value);
        if let Some(pair) = value.filter(|pair| tree.node(*pair).kind == Kind::Pair) {
            value = tree.child(pair, Role::Value);
        }
        let is_made = value.is_some_and(|value| {
            tree.node(value).kind == Kind::Call && self.is_thing(value, false)
        });
        if let Some(value) = value.filter(|_| is_made) {
            let mut all = self.value(value);
            all.retain(|path| *path != PathId::UNKNOWN);
            if !all.is_empty() {
                return self.join_all(&all, Link::Many);
            }
        }
        self.literal(if is_dict { Shape::Dict } else { Shape::List })
    }

    /// An attribute; of a collection the methods that give what it holds are told from its others.
    pub(super) fn attribute(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let bases = self.of_child(id, Role::Value);
        let link = Link::Attr(tree.node(id).atom);
        let mut all = Alternatives::new();
        for base in bases {
            let asks = self.paths.last(base) == Link::Many
                && tree.node(id).role == Role::Callee
                && ASKS_MANY.contains(&tree.text(id));
            let joined = match asks {
                true => self.paths.join_method(base, link),
                false => self.paths.join(base, link),
            };
            unite(&mut all, &[joined]);
        }
        all
    }

    /// What JavaScript makes of a table: `new Map([["mail", new Mailer()]])`, `Object.values(services)`, `Object.entries(services)`.
    pub(super) fn table_made(&mut self, callee: NodeId, first: NodeId) -> Option<Alternatives> {
        let tree = self.tree;
        if !self.language.is_javascript() {
            return None;
        }
        let word = tree.text(callee);
        let head = match tree.node(callee).kind {
            Kind::Name => callee,
            Kind::Attr => tree.child(callee, Role::Value)?,
            _ => return None,
        };
        let is_own = || {
            let scope = self.scopes.of(head);
            self.scopes.binder(tree, scope, tree.node(head).atom)
        };
        if tree.node(head).kind != Kind::Name || is_own().is_some() {
            return None;
        }
        let is_name = head == callee;
        match (tree.text(head), word) {
            ("Map" | "Set", _) if is_name && tree.node(first).kind == Kind::List => {
                let is_table = self.is_table(first);
                is_table.then(|| {
                    self.tables.push(first);
                    smallvec![self.paths.root(Link::Object(first))]
                })
            }
            ("Object", "values") if !is_name => self.table(first),
            ("Object", "entries") if !is_name => {
                let all = self.table(first)?;
                let methods: Alternatives = all
                    .iter()
                    .map(|path| {
                        self.paths
                            .join_method(*path, Link::Attr(tree.node(callee).atom))
                    })
                    .collect();
                Some(self.join_all(&methods, Link::Call))
            }
            _ => None,
        }
    }

    /// What an expression is, where it is a table or a collection or may be one of another file.
    fn table(&mut self, value: NodeId) -> Option<Alternatives> {
        let mut all = self.value(value);
        all.retain(|path| {
            matches!(self.paths.last(*path), Link::Object(_) | Link::Many)
                || matches!(self.paths.last(self.paths.base(*path)), Link::Module(_))
        });
        (!all.is_empty() && all != unknown()).then_some(all)
    }
}

/// Whether a name is written as those of classes are.
pub(super) fn is_class_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
        && (name.len() == 1 || name.chars().any(char::is_lowercase))
}

/// Classes of languages whose instances are data.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "Date"
            | "Decimal"
            | "Error"
            | "Fraction"
            | "Path"
            | "RegExp"
            | "String"
            | "Number"
            | "URL"
            | "Array"
            | "Boolean"
    )
}
