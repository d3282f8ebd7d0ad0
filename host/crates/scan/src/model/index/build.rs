//! Makes a file's index from its tree.

mod imports;

use rustc_hash::FxHashMap;

use super::super::eval::Evaluator;
use super::super::loops;
use super::super::path::{Alternatives, Link, PathId};
use super::super::scope::{Binding, Means, ScopeId, Scopes, receiver};
use super::*;
use crate::lower::Language;
use crate::tree::{Atom, Flags, Kind, NodeId, Role, Tree};

/// Makes the index of one file.
pub fn index(evaluator: &mut Evaluator<'_>, interest: &dyn Interest) -> FileIndex {
    let mut build = Build {
        tree: evaluator.tree,
        scopes: evaluator.scopes,
        texts: FxHashMap::default(),
        words: FxHashMap::default(),
        index: FileIndex {
            texts: Texts::of_file(evaluator.tree.node(NodeId(0)).span.end as usize),
            ..FileIndex::default()
        },
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
    build.tables();
    build.index
}

pub(super) struct Build<'t, 'e, 'i> {
    pub(super) tree: &'t Tree,
    pub(super) scopes: &'t Scopes,
    pub(super) evaluator: &'e mut Evaluator<'t>,
    pub(super) interest: &'i dyn Interest,
    pub(super) index: FileIndex,
    pub(super) texts: FxHashMap<PathId, TextId>,
    pub(super) words: FxHashMap<Atom, TextId>,
    pub(super) function_of: FxHashMap<NodeId, u32>,
    pub(super) class_of: FxHashMap<NodeId, u32>,
    pub(super) scratch: String,
}

impl Build<'_, '_, '_> {
    pub(super) fn word(&mut self, atom: Atom) -> TextId {
        if let Some(id) = self.words.get(&atom) {
            return *id;
        }
        let id = self.index.texts.push(self.tree.str(atom));
        self.words.insert(atom, id);
        id
    }

    pub(super) fn text(&mut self, path: PathId) -> TextId {
        if let Some(id) = self.texts.get(&path) {
            return *id;
        }
        if self.evaluator.paths.longest(self.tree, path) > LONGEST {
            let id = self.text(PathId::UNKNOWN);
            self.texts.insert(path, id);
            return id;
        }
        self.scratch.clear();
        self.evaluator
            .paths
            .write(self.tree, path, &mut self.scratch);
        let id = self.index.texts.push(&self.scratch);
        self.texts.insert(path, id);
        id
    }

    pub(super) fn values(&mut self, paths: &Alternatives) -> Values {
        paths
            .iter()
            .filter(|path| **path != PathId::UNKNOWN)
            .map(|path| self.text(*path))
            .collect()
    }

    pub(super) fn around(&self, node: NodeId, kind: Kind) -> Option<NodeId> {
        self.tree
            .ancestors(node)
            .find(|up| self.tree.node(*up).kind == kind)
    }

    /// What binds `name` at `node`; one name may be bound any number of times.
    pub(super) fn binding_at(&self, scope: ScopeId, name: Atom, node: NodeId) -> Option<Binding> {
        let bindings = self.scopes.bindings(scope, name);
        let at = bindings.partition_point(|binding| binding.node < node);
        bindings.get(at).filter(|it| it.node == node).copied()
    }

    /// The row of the function that holds a node.
    fn function_around(&self, node: NodeId) -> Option<u32> {
        let up = self.around(node, Kind::Function)?;
        self.function_of.get(&up).copied()
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
        match words.iter().map(|word| word.len() + 1).sum::<usize>() {
            0..=LONGEST => words.join("."),
            _ => String::new(),
        }
    }

    /// Strings that stand as statements before anything else does.
    fn directives(&mut self) {
        let tree = self.tree;
        if !self.evaluator.language().is_javascript() {
            return;
        }
        for statement in tree.children(NodeId(0)) {
            let value = tree
                .child(statement, Role::Value)
                .filter(|_| tree.node(statement).kind == Kind::ExprStmt);
            let Some(text) = value.filter(|value| tree.node(*value).kind == Kind::Str) else {
                break;
            };
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
                        delegates: Values::default(),
                    });
                }
                Kind::Function => self.function(id),
                Kind::While => {
                    let test = tree.child(id, Role::Test);
                    if test.is_none_or(|test| matches!(tree.text(test), "true" | "1")) {
                        let within = self.around(id, Kind::Function);
                        let within = within.and_then(|node| self.function_of.get(&node).copied());
                        self.index.endless.push(within);
                    }
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
                self.index.classes[*class as usize]
                    .methods
                    .insert(name.into(), at as u32);
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
        for child in tree
            .children(id)
            .take_while(|child| tree.node(*child).role == Role::Decorator)
        {
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
        let outer = self.function_around(id);
        let symbol = self.symbol(id);
        let symbol = self.index.texts.push(&symbol);
        let named = node.atom != Atom::EMPTY && !node.flags.has(Flags::LAMBDA);
        if named && let Some(class) = class {
            self.index.classes[class as usize]
                .methods
                .insert(tree.text(id).into(), at);
        } else if named && self.scopes.of(id) == ScopeId(0) && receiver(tree, id).is_none() {
            self.index
                .functions_by_name
                .insert(tree.text(id).into(), at);
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
            let binding = self.binding_at(scope, tree.node(child).atom, child);
            let value = match binding {
                Some(binding) if binding.means == Means::Param => self.evaluator.binding(binding),
                _ => Alternatives::new(),
            };
            params.push((child, name, self.values(&value)));
        }
        let returns = self.returns(id);
        let gives_instance_of = self.gives_instance_of(id, &returns);
        let decorators = self.decorators(id);
        let is_bound = match self.evaluator.language() {
            Language::Python => class.is_some() && !self.is_static(id),
            Language::Go => receiver(tree, id).is_some(),
            Language::JavaScript | Language::TypeScript => false,
        };
        let flags = if self.is_stub(id) {
            node.flags | Flags::ABSTRACT
        } else {
            node.flags
        };
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
            gives_instance_of,
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
            Kind::ExprStmt => tree
                .child(statement, Role::Value)
                .is_none_or(|value| matches!(tree.node(value).kind, Kind::Str | Kind::Other)),
            Kind::Raise => tree
                .children(statement)
                .chain(tree.descendants(statement))
                .any(|inner| tree.text(inner) == "NotImplementedError"),
            Kind::Other => tree.children(statement).next().is_none(),
            _ => false,
        };
        tree.child(id, Role::Body)
            .is_some_and(|body| tree.children(body).all(says_nothing))
    }

    fn is_static(&self, id: NodeId) -> bool {
        let tree = self.tree;
        tree.children(id)
            .take_while(|child| tree.node(*child).role == Role::Decorator)
            .any(|child| tree.text(child) == "staticmethod")
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

    fn call(&mut self, id: NodeId) {
        let tree = self.tree;
        let Some(callee) = tree.child(id, Role::Callee) else {
            return;
        };
        let name = tree.text(callee);
        let targets: Alternatives = self
            .evaluator
            .value(callee)
            .into_iter()
            .filter(|path| {
                !matches!(
                    self.evaluator.paths.first(*path),
                    Link::Unknown | Link::Literal(_)
                )
            })
            .collect();
        let hands =
            |arg: NodeId| tree.node(arg).role == Role::Arg && tree.node(arg).kind == Kind::Function;
        if targets.is_empty() && !self.interest.keeps_unknown(name) && !tree.children(id).any(hands)
        {
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
            if !loops::entered(tree, id, inner, up).is_empty() {
                flags |= call_flag::IN_LOOP;
            }
            // Python makes default values once, where it makes the function.
            let is_outside = match tree.node(inner).role {
                Role::Decorator => true,
                Role::Param => self.evaluator.language() == Language::Python,
                _ => false,
            };
            if tree.node(up).kind == Kind::Function && !is_outside {
                if function == u32::MAX {
                    function = self.function_of.get(&up).copied().unwrap_or(u32::MAX);
                }
                // A function handed to a call, as in `rows.map(row => ...)`, or called on the spot, runs where that call
                // stands.
                if !matches!(tree.node(up).role, Role::Arg | Role::Callee) {
                    break;
                }
            }
            inner = up;
        }
        if tree.node(id).role == Role::Decorator {
            flags |= call_flag::DECORATOR;
        }
        let row = self.index.calls.len() as u32;
        let last = self.word(tree.node(callee).atom);
        self.index.calls.push(CallRow {
            node: id,
            name: last,
            function,
            targets: (from, targets.len() as u8),
            flags,
        });
        if targets.iter().any(|path| self.may_be_own(*path)) {
            self.arguments(id, row);
        }
        self.read_handed(id, row);
        self.read_wrapped(id);
        self.read_param_called(callee, function, row);
        self.read_called_within(id, callee, function);
    }

    /// Whether a path may lead to a function of the repository: not through a library that facts speak of.
    pub(super) fn may_be_own(&self, path: PathId) -> bool {
        match self.evaluator.paths.first(path) {
            Link::Module(name) => {
                let name = self.tree.str(name);
                let root = name.split(['.', '/']).next().unwrap_or(name);
                root.is_empty() || !self.interest.is_library(root)
            }
            Link::Here | Link::Folder(_) | Link::Node(_) | Link::Param(_) | Link::Object(_) => true,
            Link::Builtin(_) => !self.leads_nowhere(path),
            _ => false,
        }
    }

    fn arguments(&mut self, id: NodeId, call: u32) {
        let tree = self.tree;
        let mut position = 0;
        for arg in tree
            .children(id)
            .filter(|child| tree.node(*child).role == Role::Arg)
        {
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
            if !matches!(
                tree.node(value).kind,
                Kind::Name | Kind::Attr | Kind::Call | Kind::Await | Kind::Dict
            ) {
                continue;
            }
            for path in self.evaluator.value(value) {
                if self.leads_nowhere(path) {
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
    use super::*;
    use crate::repo::scratch::Scratch;

    const NO_FACTS: &str = "schema = \"perfctl.facts/1\"\n";

    fn texts(scratch: &Scratch) -> usize {
        let files = &scratch.survey.view.repo.files;
        files.iter().map(|file| file.index.texts.buffer.len()).sum()
    }

    #[test]
    fn a_long_name_does_not_stand_in_every_path_and_symbol() {
        let long = "N".repeat(LONGEST);
        let mut text = format!("import {long}\nclass {long}:\n    x = 1\n");
        for at in 0..200 {
            text.push_str(&format!("    def m{at}(self): {long}.a{at}.b{at}()\n"));
        }
        let scratch = Scratch::new(NO_FACTS, &[("a.py", &text)]);
        assert!(texts(&scratch) < 20 * LONGEST, "{}", texts(&scratch));
    }

    #[test]
    fn a_file_whose_texts_take_too_much_is_refused_and_said_to_be() {
        let name = "n".repeat(900);
        let mut text = format!("import {name} as m\n");
        for at in 0..20_000 {
            text.push_str(&format!("m.a{at}()\n"));
        }
        let scratch = Scratch::new(NO_FACTS, &[("a.py", &text), ("b.py", "import x\nx.y()\n")]);
        let view = &scratch.survey.view;
        assert!(view.repo.find("a.py").is_none() && view.repo.find("b.py").is_some());
        let problems = &scratch.survey.problems;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].subject, "a.py");
    }

    #[test]
    fn what_common_js_requires_is_imported_with_the_names_taken_on_the_spot() {
        let files = [(
            "a.js",
            "const { Pool } = require('pg')\nconst app = require('express')()\nconst get = require('x').get\n",
        )];
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", &files);
        let repo = &scratch.survey.view.repo;
        let file = repo.file(repo.find("a.js").expect("scanned"));
        let told: Vec<(&str, Vec<&str>)> = file
            .index
            .imports
            .iter()
            .map(|import| {
                (
                    file.text(import.module),
                    import.names.iter().map(|name| file.text(*name)).collect(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("pg", vec!["Pool"]),
                ("express", vec![]),
                ("x", vec!["get"])
            ]
        );
    }
}
