//! What other files may ask of a file once its tree is gone: functions, classes, names, imports and calls, as rows.

use rustc_hash::FxHashMap;

use super::eval::Evaluator;
use super::loops;
use super::path::{Alternatives, Link, PathId};
use super::scope::{Means, ScopeId, Scopes, receiver};
use crate::lower::Language;
use crate::tree::{Atom, Flags, Kind, NodeId, Role, Tree};

/// Index of a text in its file's [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// Texts of one file, each once.
#[derive(Debug, Default)]
pub struct Texts {
    buffer: String,
    ends: Vec<u32>,
}

impl Texts {
    /// The text.
    pub fn get(&self, id: TextId) -> &str {
        let at = id.0 as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.buffer[start..self.ends[at] as usize]
    }

    fn push(&mut self, text: &str) -> TextId {
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len() as u32);
        TextId(self.ends.len() as u32 - 1)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The values something may have, as path texts; empty when nothing is known.
pub type Values = Box<[TextId]>;

/// An imported module.
#[derive(Debug)]
pub struct ImportRow {
    /// Its `Import` node, or the call of `require`.
    pub node: NodeId,
    /// The module as written.
    pub module: TextId,
    /// The function that holds it; `None` at the top level.
    pub function: Option<u32>,
    /// Whether it exists for type checkers only.
    pub type_only: bool,
    /// Whether a failing import is caught.
    pub guarded: bool,
    /// Whether everything is imported (`*`).
    pub star: bool,
    /// Names taken from the module; empty for the module itself.
    pub names: Box<[TextId]>,
}

/// A function or method.
#[derive(Debug)]
pub struct FunctionRow {
    /// Its `Function` node.
    pub node: NodeId,
    /// Its name; empty for a lambda.
    pub name: TextId,
    /// Name with classes and functions around it, joined by dots.
    pub symbol: TextId,
    /// The class that it is a method of.
    pub class: Option<u32>,
    /// The function that it is defined in.
    pub outer: Option<u32>,
    /// Its modifiers.
    pub flags: Flags,
    /// Its parameters: node, name, what is known of the value.
    pub params: Box<[(NodeId, TextId, Values)]>,
    /// Whether the first parameter is the instance or class that it is called on.
    pub is_bound: bool,
    /// What it returns, or yields where it is a generator.
    pub returns: Values,
    /// Its decorators.
    pub decorators: Box<[TextId]>,
}

/// A class or struct.
#[derive(Debug)]
pub struct ClassRow {
    /// Its `Class` node.
    pub node: NodeId,
    /// Its name.
    pub name: TextId,
    /// Base classes.
    pub bases: Values,
    /// Attributes of the class and of its instances.
    pub attributes: FxHashMap<Box<str>, Values>,
    /// Methods, by their index in [`FileIndex::functions`].
    pub methods: FxHashMap<Box<str>, u32>,
    /// Its decorators.
    pub decorators: Box<[TextId]>,
}

/// Modifiers of a [`CallRow`].
pub mod call_flag {
    /// The result is awaited on the spot.
    pub const AWAITED: u8 = 1;
    /// The call stands in a loop or comprehension of its function.
    pub const IN_LOOP: u8 = 2;
    /// The call is a decorator.
    pub const DECORATOR: u8 = 4;
}

/// A call.
#[derive(Clone, Copy, Debug)]
pub struct CallRow {
    /// Its `Call` node.
    pub node: NodeId,
    /// The last name of what is called.
    pub name: TextId,
    /// The function that holds it; `u32::MAX` at the top level.
    pub function: u32,
    /// What may be called: a run in [`FileIndex::targets`].
    pub targets: (u32, u8),
    /// See [`call_flag`].
    pub flags: u8,
}

/// A function handed to a call: a route's handler, a thread's body.
#[derive(Clone, Copy, Debug)]
pub struct HandedRow {
    /// Index of the call in [`FileIndex::calls`].
    pub call: u32,
    /// Position among the arguments.
    pub position: u16,
    /// The function.
    pub value: TextId,
}

/// Which parameter an argument is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKey {
    /// By position, from 0.
    Position(u16),
    /// By name.
    Name(TextId),
}

/// An argument whose value comes from somewhere that can be followed.
#[derive(Clone, Copy, Debug)]
pub struct ArgRow {
    /// Index of the call in [`FileIndex::calls`].
    pub call: u32,
    /// Which parameter it is for.
    pub key: ArgKey,
    /// The value.
    pub value: TextId,
}

/// A file as others see it.
#[derive(Debug, Default)]
pub struct FileIndex {
    /// Path texts and names.
    pub texts: Texts,
    /// Whether the file begins with the line that names its interpreter.
    pub has_interpreter: bool,
    /// Whether some loop does not end by its own condition.
    pub is_endless: bool,
    /// Directives at the top of the file: `use client`.
    pub directives: Vec<TextId>,
    /// Imports, in order.
    pub imports: Vec<ImportRow>,
    /// Functions, in order.
    pub functions: Vec<FunctionRow>,
    /// Classes, in order.
    pub classes: Vec<ClassRow>,
    /// Calls, in order; those of which nothing is known are left out.
    pub calls: Vec<CallRow>,
    /// Targets of calls.
    pub targets: Vec<TextId>,
    /// Functions handed to calls.
    pub handed: Vec<HandedRow>,
    /// Arguments of calls that may be of the repository's own functions, in the order of the calls.
    pub arguments: Vec<ArgRow>,
    /// What each name of the top level is.
    pub names: FxHashMap<Box<str>, Values>,
    /// Functions by name, at the top level.
    pub functions_by_name: FxHashMap<Box<str>, u32>,
    /// Classes by name, at the top level.
    pub classes_by_name: FxHashMap<Box<str>, u32>,
    /// Functions that no name leads to, by node.
    pub functions_by_node: FxHashMap<NodeId, u32>,
}

/// What the index asks about names, so that it keeps few rows.
pub trait Interest {
    /// Whether calls of something by this last name take functions worth following.
    fn takes_function(&self, name: &str) -> bool;
    /// Whether calls by this last name are kept although nothing is known of the receiver.
    fn keeps_unknown(&self, name: &str) -> bool;
    /// Whether a module that begins with this word is a library that facts speak of.
    fn is_library(&self, root: &str) -> bool;
}

/// Makes the index of one file.
pub fn index(evaluator: &mut Evaluator<'_>, interest: &dyn Interest) -> FileIndex {
    let mut build = Build {
        tree: evaluator.tree,
        scopes: evaluator.scopes,
        texts: FxHashMap::default(),
        words: FxHashMap::default(),
        index: FileIndex::default(),
        evaluator,
        interest,
        function_of: FxHashMap::default(),
        class_of: FxHashMap::default(),
        scratch: String::new(),
    };
    build.directives();
    build.definitions();
    build.exports();
    build.attributes();
    build.rows();
    build.index
}

struct Build<'t, 'e, 'i> {
    tree: &'t Tree,
    scopes: &'t Scopes,
    evaluator: &'e mut Evaluator<'t>,
    interest: &'i dyn Interest,
    index: FileIndex,
    texts: FxHashMap<PathId, TextId>,
    words: FxHashMap<Atom, TextId>,
    function_of: FxHashMap<NodeId, u32>,
    class_of: FxHashMap<NodeId, u32>,
    scratch: String,
}

impl Build<'_, '_, '_> {
    fn word(&mut self, atom: Atom) -> TextId {
        if let Some(id) = self.words.get(&atom) {
            return *id;
        }
        let id = self.index.texts.push(self.tree.str(atom));
        self.words.insert(atom, id);
        id
    }

    fn text(&mut self, path: PathId) -> TextId {
        if let Some(id) = self.texts.get(&path) {
            return *id;
        }
        self.scratch.clear();
        self.evaluator.paths.write(self.tree, path, &mut self.scratch);
        let id = self.index.texts.push(&self.scratch);
        self.texts.insert(path, id);
        id
    }

    fn values(&mut self, paths: &Alternatives) -> Values {
        paths
            .iter()
            .filter(|path| **path != PathId::UNKNOWN)
            .map(|path| self.text(*path))
            .collect()
    }

    fn around(&self, node: NodeId, kind: Kind) -> Option<NodeId> {
        self.tree.ancestors(node).find(|up| self.tree.node(*up).kind == kind)
    }

    fn symbol(&mut self, node: NodeId) -> String {
        let tree = self.tree;
        let mut words: Vec<&str> = std::iter::once(node)
            .chain(tree.ancestors(node))
            .filter(|up| matches!(tree.node(*up).kind, Kind::Function | Kind::Class))
            .map(|up| tree.text(up))
            .filter(|word| !word.is_empty())
            .collect();
        words.reverse();
        if let Some(kind) = receiver(tree, node).and_then(|param| tree.child(param, Role::Type)) {
            words.insert(0, tree.text(kind));
        }
        words.join(".")
    }

    /// Strings that stand as statements before anything else does.
    fn directives(&mut self) {
        let tree = self.tree;
        if !self.evaluator.language().is_javascript() {
            return;
        }
        for statement in tree.children(NodeId(0)) {
            let value = tree.child(statement, Role::Value).filter(|_| tree.node(statement).kind == Kind::ExprStmt);
            let Some(text) = value.filter(|value| tree.node(*value).kind == Kind::Str) else { break };
            let text = self.word(tree.node(text).atom);
            self.index.directives.push(text);
        }
    }

    fn definitions(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            let node = tree.node(id);
            match node.kind {
                Kind::Class => {
                    let name = self.word(node.atom);
                    let at = self.index.classes.len() as u32;
                    self.class_of.insert(id, at);
                    if self.scopes.of(id) == ScopeId(0) && node.atom != Atom::EMPTY {
                        self.index.classes_by_name.insert(tree.text(id).into(), at);
                    }
                    let decorators = self.decorators(id);
                    let mut bases = Alternatives::new();
                    for child in tree.children(id) {
                        if tree.node(child).role == Role::Base {
                            bases.extend(self.base(child));
                        }
                    }
                    let bases = self.values(&bases);
                    self.index.classes.push(ClassRow {
                        node: id,
                        name,
                        bases,
                        attributes: FxHashMap::default(),
                        methods: FxHashMap::default(),
                        decorators,
                    });
                }
                Kind::Function => self.function(id),
                Kind::While => {
                    let test = tree.child(id, Role::Test);
                    self.index.is_endless |= test.is_none_or(|test| matches!(tree.text(test), "true" | "1"));
                }
                _ => {}
            }
        }
        for at in 0..self.index.functions.len() {
            let function = &self.index.functions[at];
            if let Some(param) = receiver(tree, function.node)
                && let Some(kind) = tree.child(param, Role::Type)
                && let Some(class) = self.index.classes_by_name.get(tree.text(kind))
            {
                let name = tree.text(function.node);
                self.index.classes[*class as usize].methods.insert(name.into(), at as u32);
                self.index.functions[at].class = Some(*class);
            }
        }
    }

    /// `Generic[T]` and `Base[T]` inherit from what stands before the bracket.
    fn base(&mut self, node: NodeId) -> Alternatives {
        match self.tree.node(node).kind {
            Kind::Index => match self.tree.child(node, Role::Value) {
                Some(head) => self.evaluator.value(head),
                None => Alternatives::new(),
            },
            _ => self.evaluator.value(node),
        }
    }

    fn decorators(&mut self, id: NodeId) -> Box<[TextId]> {
        let tree = self.tree;
        let mut all = Vec::new();
        for child in tree.children(id).take_while(|child| tree.node(*child).role == Role::Decorator) {
            let callee = match tree.node(child).kind {
                Kind::Call => tree.child(child, Role::Callee).unwrap_or(child),
                _ => child,
            };
            for path in self.evaluator.value(callee) {
                all.push(self.text(path));
            }
        }
        all.into()
    }

    fn function(&mut self, id: NodeId) {
        let tree = self.tree;
        let node = *tree.node(id);
        let at = self.index.functions.len() as u32;
        self.function_of.insert(id, at);
        let name = self.word(node.atom);
        let owner = self.scopes.scope(self.scopes.of(id)).node;
        let class = self.class_of.get(&owner).copied();
        let outer = self.around(id, Kind::Function).and_then(|up| self.function_of.get(&up).copied());
        let symbol = self.symbol(id);
        let symbol = self.index.texts.push(&symbol);
        let named = node.atom != Atom::EMPTY && !node.flags.has(Flags::LAMBDA);
        if named && let Some(class) = class {
            self.index.classes[class as usize].methods.insert(tree.text(id).into(), at);
        } else if named && self.scopes.of(id) == ScopeId(0) && receiver(tree, id).is_none() {
            self.index.functions_by_name.insert(tree.text(id).into(), at);
        } else {
            self.index.functions_by_node.insert(id, at);
        }
        let mut params = Vec::new();
        for child in tree.children(id) {
            if tree.node(child).role != Role::Param {
                continue;
            }
            let name = self.word(tree.node(child).atom);
            let scope = self.scopes.of(child);
            let binding = self.scopes.bindings(scope, tree.node(child).atom).iter().find(|b| b.node == child).copied();
            let value = match binding {
                Some(binding) if binding.means == Means::Param => self.evaluator.binding(binding),
                _ => Alternatives::new(),
            };
            params.push((child, name, self.values(&value)));
        }
        let returns = self.returns(id);
        let decorators = self.decorators(id);
        let is_bound = match self.evaluator.language() {
            Language::Python => class.is_some() && !self.is_static(id),
            Language::Go => receiver(tree, id).is_some(),
            Language::JavaScript | Language::TypeScript => false,
        };
        let flags = if self.is_stub(id) { node.flags | Flags::ABSTRACT } else { node.flags };
        self.index.functions.push(FunctionRow {
            node: id,
            name,
            symbol,
            class,
            outer,
            flags,
            params: params.into(),
            is_bound,
            returns,
            decorators,
        });
    }

    /// A Python method that only says what it would be: a docstring, `...`, `pass`, `raise NotImplementedError`.
    fn is_stub(&self, id: NodeId) -> bool {
        let tree = self.tree;
        if self.evaluator.language() != Language::Python {
            return false;
        }
        let says_nothing = |statement: NodeId| match tree.node(statement).kind {
            Kind::ExprStmt => tree.child(statement, Role::Value).is_none_or(|value| matches!(tree.node(value).kind, Kind::Str | Kind::Other)),
            Kind::Raise => tree.children(statement).chain(tree.descendants(statement)).any(|inner| tree.text(inner) == "NotImplementedError"),
            Kind::Other => tree.children(statement).next().is_none(),
            _ => false,
        };
        tree.child(id, Role::Body).is_some_and(|body| tree.children(body).all(says_nothing))
    }

    fn is_static(&self, id: NodeId) -> bool {
        let tree = self.tree;
        tree.children(id)
            .take_while(|child| tree.node(*child).role == Role::Decorator)
            .any(|child| tree.text(child) == "staticmethod")
    }

    /// The declared type, else what the function returns, or yields.
    fn returns(&mut self, id: NodeId) -> Values {
        let tree = self.tree;
        if let Some(kind) = tree.child(id, Role::Returns) {
            let first = match tree.node(kind).kind {
                Kind::List => tree.children(kind).next().unwrap_or(kind),
                _ => kind,
            };
            let all = self.evaluator.instance_of(first);
            let all = self.values(&all);
            if !all.is_empty() {
                return all;
            }
        }
        let Some(body) = tree.child(id, Role::Body) else { return Values::default() };
        let mut all = Alternatives::new();
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
                    if let Some(value) = tree.child(inner, Role::Value) {
                        let value = match tree.node(value).kind {
                            Kind::List if self.evaluator.language() == Language::Go => {
                                tree.children(value).next().unwrap_or(value)
                            }
                            _ => value,
                        };
                        let some = self.evaluator.value(value);
                        super::path::unite(&mut all, &some);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if all.len() > 1 {
            let paths = &self.evaluator.paths;
            all.retain(|path| !matches!(paths.last(*path), Link::Unknown | Link::Literal(super::path::Shape::Null)));
        }
        self.values(&all)
    }

    fn exports(&mut self) {
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
                self.index.names.insert(tree.str(binding.name).into(), values);
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
                    for name in tree.children(id).filter(|child| tree.node(*child).kind == Kind::ImportName) {
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
        let (Some(target), Some(value)) = (tree.child(assign, Role::Target), tree.child(assign, Role::Value)) else {
            return;
        };
        if tree.node(target).kind != Kind::Attr {
            return;
        }
        let Some(base) = tree.child(target, Role::Value) else { return };
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
    fn attributes(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            let node = *tree.node(id);
            match node.kind {
                Kind::Assign => {
                    let owner = self.scopes.scope(self.scopes.of(id)).node;
                    if let Some(class) = self.class_of.get(&owner).copied() {
                        let Some(target) = tree.child(id, Role::Target) else { continue };
                        let Some(binding) = self
                            .scopes
                            .bindings(self.scopes.of(id), tree.node(target).atom)
                            .iter()
                            .find(|b| b.node == id)
                            .copied()
                        else {
                            continue;
                        };
                        let values = self.evaluator.binding(binding);
                        self.attribute(class, target, values);
                        continue;
                    }
                    for target in tree.children(id).filter(|child| tree.node(*child).role == Role::Target) {
                        self.set_on_instance(id, target);
                    }
                }
                Kind::Param if node.flags.has(Flags::PROPERTY) => {
                    let Some(class) = self.around(id, Kind::Class).and_then(|up| self.class_of.get(&up).copied())
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

    fn set_on_instance(&mut self, assign: NodeId, target: NodeId) {
        let tree = self.tree;
        if tree.node(target).kind != Kind::Attr {
            return;
        }
        let Some(base) = tree.child(target, Role::Value) else { return };
        if tree.node(base).kind != Kind::Name {
            return;
        }
        let Some(class_node) = self.around(assign, Kind::Class) else { return };
        let Some(class) = self.class_of.get(&class_node).copied() else { return };
        let instance = self.evaluator.definition(class_node);
        let instance = self.evaluator.paths.join(instance, Link::Call);
        if self.evaluator.value(base).as_slice() != [instance] {
            return;
        }
        let values = match (tree.child(assign, Role::Value), tree.child(assign, Role::Type)) {
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
        let null = Link::Literal(super::path::Shape::Null);
        let values: Alternatives =
            values.into_iter().filter(|path| self.evaluator.paths.last(*path) != null).collect();
        let values = self.values(&values);
        let name = self.tree.text(target);
        let slot = self.index.classes[class as usize].attributes.entry(name.into()).or_default();
        let mut all = slot.to_vec();
        all.extend(values.iter().filter(|value| !slot.contains(value)));
        all.truncate(super::path::MOST_ALTERNATIVES);
        *slot = all.into();
    }

    fn rows(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            match tree.node(id).kind {
                Kind::Import => self.import(id),
                Kind::Call => {
                    self.require(id);
                    self.call(id);
                }
                _ => {}
            }
        }
    }

    fn import(&mut self, id: NodeId) {
        let tree = self.tree;
        let node = *tree.node(id);
        let module = self.word(node.atom);
        let function = self.around(id, Kind::Function).and_then(|up| self.function_of.get(&up).copied());
        let mut type_only = node.flags.has(Flags::TYPE_ONLY);
        let mut guarded = false;
        for up in tree.ancestors(id) {
            match tree.node(up).kind {
                Kind::If => {
                    let test = tree.child(up, Role::Test);
                    type_only |= test.is_some_and(|test| tree.text(test) == "TYPE_CHECKING");
                }
                Kind::Try => guarded = true,
                _ => {}
            }
        }
        let names: Box<[TextId]> = tree
            .children(id)
            .filter(|child| tree.node(*child).atom != Atom::EMPTY && !tree.node(*child).flags.has(Flags::TOP))
            .map(|child| tree.node(child).atom)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|atom| self.word(atom))
            .collect();
        let star = node.flags.has(Flags::STAR);
        self.index.imports.push(ImportRow { node: id, module, function, type_only, guarded, star, names });
    }

    /// `require("m")` and `import("m")`, with what is taken from the module on the spot: `const {a} = require("m")`.
    fn require(&mut self, id: NodeId) {
        let tree = self.tree;
        if !self.evaluator.language().is_javascript() {
            return;
        }
        let (Some(callee), Some(arg)) = (tree.child(id, Role::Callee), tree.child(id, Role::Arg)) else { return };
        let is_import = tree.node(callee).kind == Kind::Name
            && matches!(tree.text(callee), "require" | "import")
            && tree.node(arg).kind == Kind::Str;
        if !is_import {
            return;
        }
        let mut at = tree.node(id).parent;
        if tree.node(at).kind == Kind::Await {
            at = tree.node(at).parent;
        }
        let names: Vec<Atom> = match tree.node(at).kind {
            Kind::Attr => vec![tree.node(at).atom],
            Kind::Assign => match tree.child(at, Role::Target) {
                Some(target) if tree.node(target).kind == Kind::Dict => {
                    tree.children(target).map(|pair| tree.node(pair).atom).filter(|atom| *atom != Atom::EMPTY).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let names = names.into_iter().map(|atom| self.word(atom)).collect();
        let module = self.word(tree.node(arg).atom);
        let function = self.around(id, Kind::Function).and_then(|up| self.function_of.get(&up).copied());
        let guarded = tree.ancestors(id).any(|up| tree.node(up).kind == Kind::Try);
        self.index.imports.push(ImportRow { node: id, module, function, type_only: false, guarded, star: false, names });
    }

    fn call(&mut self, id: NodeId) {
        let tree = self.tree;
        let Some(callee) = tree.child(id, Role::Callee) else { return };
        let name = tree.text(callee);
        let targets: Alternatives = self
            .evaluator
            .value(callee)
            .into_iter()
            .filter(|path| !matches!(self.evaluator.paths.first(*path), Link::Unknown | Link::Literal(_)))
            .collect();
        let hands = |arg: NodeId| tree.node(arg).role == Role::Arg && tree.node(arg).kind == Kind::Function;
        if targets.is_empty() && !self.interest.keeps_unknown(name) && !tree.children(id).any(hands) {
            return;
        }
        let from = self.index.targets.len() as u32;
        for path in &targets {
            let text = self.text(*path);
            self.index.targets.push(text);
        }
        let mut flags = 0;
        let mut function = u32::MAX;
        if tree.node(tree.node(id).parent).kind == Kind::Await {
            flags |= call_flag::AWAITED;
        }
        let mut inner = id;
        for up in tree.ancestors(id) {
            let role = tree.node(inner).role;
            match tree.node(up).kind {
                Kind::Function if !matches!(role, Role::Decorator | Role::Param) => {
                    if function == u32::MAX {
                        function = self.function_of.get(&up).copied().unwrap_or(u32::MAX);
                    }
                    // The function that `rows.map(row => ...)` is handed is the body of a loop.
                    match loops::iterating_call(tree, up) {
                        Some(_) => flags |= call_flag::IN_LOOP,
                        None => break,
                    }
                }
                Kind::For | Kind::While | Kind::CFor if role == Role::Body => flags |= call_flag::IN_LOOP,
                Kind::Comprehension if role == Role::Value => flags |= call_flag::IN_LOOP,
                _ => {}
            }
            inner = up;
        }
        if tree.node(id).role == Role::Decorator {
            flags |= call_flag::DECORATOR;
        }
        let row = self.index.calls.len() as u32;
        let last = self.word(tree.node(callee).atom);
        self.index.calls.push(CallRow { node: id, name: last, function, targets: (from, targets.len() as u8), flags });
        if targets.iter().any(|path| self.may_be_own(*path)) {
            self.arguments(id, row);
        }
        let takes = self.interest.takes_function(name)
            || tree.node(callee).kind == Kind::Attr && loops::ITERATING_METHODS.contains(&name);
        for (position, arg) in tree.children(id).filter(|child| tree.node(*child).role == Role::Arg).enumerate() {
            let value = match tree.node(arg).kind {
                Kind::KwArg => tree.child(arg, Role::Value).unwrap_or(arg),
                _ => arg,
            };
            let wanted = match tree.node(value).kind {
                Kind::Function => true,
                Kind::Name | Kind::Attr | Kind::Call => takes,
                _ => false,
            };
            if !wanted {
                continue;
            }
            for path in self.evaluator.value(value) {
                if !matches!(self.evaluator.paths.first(path), Link::Unknown | Link::Literal(_) | Link::Builtin(_)) {
                    let value = self.text(path);
                    self.index.handed.push(HandedRow { call: row, position: position as u16, value });
                }
            }
        }
    }

    /// Whether a path may lead to a function of the repository: not through a library that facts speak of.
    fn may_be_own(&self, path: PathId) -> bool {
        match self.evaluator.paths.first(path) {
            Link::Module(name) => {
                let name = self.tree.str(name);
                let root = name.split(['.', '/']).next().unwrap_or(name);
                root.is_empty() || !self.interest.is_library(root)
            }
            Link::Here | Link::Node(_) | Link::Param(_) => true,
            _ => false,
        }
    }

    fn arguments(&mut self, id: NodeId, call: u32) {
        let tree = self.tree;
        let mut position = 0;
        for arg in tree.children(id).filter(|child| tree.node(*child).role == Role::Arg) {
            let (key, value) = match tree.node(arg).kind {
                Kind::Spread => return,
                Kind::KwArg => match tree.child(arg, Role::Value) {
                    Some(value) => (None, value),
                    None => continue,
                },
                _ => {
                    position += 1;
                    (Some(position - 1), arg)
                }
            };
            if !matches!(tree.node(value).kind, Kind::Name | Kind::Attr | Kind::Call | Kind::Await) {
                continue;
            }
            for path in self.evaluator.value(value) {
                if matches!(self.evaluator.paths.first(path), Link::Unknown | Link::Literal(_) | Link::Builtin(_)) {
                    continue;
                }
                let key = match key {
                    Some(at) => ArgKey::Position(at),
                    None => ArgKey::Name(self.word(tree.node(arg).atom)),
                };
                let value = self.text(path);
                self.index.arguments.push(ArgRow { call, key, value });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    #[test]
    fn what_common_js_requires_is_imported_with_the_names_taken_on_the_spot() {
        let files = [("a.js", "const { Pool } = require('pg')\nconst app = require('express')()\nconst get = require('x').get\n")];
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", &files);
        let repo = &scratch.survey.view.repo;
        let file = repo.file(repo.find("a.js").expect("scanned"));
        let told: Vec<(&str, Vec<&str>)> = file
            .index
            .imports
            .iter()
            .map(|import| (file.text(import.module), import.names.iter().map(|name| file.text(*name)).collect()))
            .collect();
        assert_eq!(told, [("pg", vec!["Pool"]), ("express", vec![]), ("x", vec!["get"])]);
    }
}
