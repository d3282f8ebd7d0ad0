//! Where a value comes from, within one file: from an expression to symbolic paths.
//!
//! Names are followed to the bindings that can reach them in the order of the text; what lies in other files stays a
//! path through an import and is followed by the repository's index.

mod calls;
mod chains;
mod elements;
mod folders;
mod go;
mod objects;
mod params;
pub mod results;
mod tables;
mod tuples;

use rustc_hash::FxHashMap;
use smallvec::smallvec;

pub(super) use objects::is_followed;
use results::Results;

use super::path::{Alternatives, Link, PathId, Paths, Shape, unite};
use super::place::Place;
use super::scope::{Binding, Means, ScopeId, Scopes, receiver};
use crate::lower::Language;
use crate::tree::{Atom, Flags, Kind, NodeId, Role, Tree};

/// How deep one value is followed through assignments before nothing is said about it.
const DEEPEST: u8 = 24;

/// How deep a value is followed before the chain of calls that it may be is read from its other end.
const CHAINED: u8 = 8;

/// How many bindings of one name are looked at, backwards from where it is read, before nothing is said about it.
const MOST_BINDINGS: usize = 64;

/// The same with those that only add to what the name has, which are passed over.
const MOST_PASSED: usize = 1024;

/// Evaluates expressions of one file. Answers are remembered, so asking for every call of a file is linear.
pub struct Evaluator<'t> {
    /// The file's syntax.
    pub tree: &'t Tree,
    /// Its names.
    pub scopes: &'t Scopes,
    /// The paths made so far.
    pub paths: Paths,
    language: Language,
    results: &'t Results,
    values: FxHashMap<NodeId, Alternatives>,
    bound: FxHashMap<(NodeId, Means2), Alternatives>,
    /// The tables that were come across.
    pub(super) tables: Vec<NodeId>,
    depth: u8,
}

/// What tells apart the values of one binding node.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Means2 {
    Whole,
    Part(Place),
    Property(Atom),
}

fn unknown() -> Alternatives {
    smallvec![PathId::UNKNOWN]
}

impl<'t> Evaluator<'t> {
    /// An evaluator for a file; `results` says which calls give what they are handed.
    pub fn new(
        tree: &'t Tree,
        scopes: &'t Scopes,
        language: Language,
        results: &'t Results,
    ) -> Self {
        Self {
            tree,
            scopes,
            paths: Paths::default(),
            language,
            results,
            values: FxHashMap::default(),
            bound: FxHashMap::default(),
            tables: Vec::new(),
            depth: 0,
        }
    }

    /// The values that the expression `node` may have.
    pub fn value(&mut self, node: NodeId) -> Alternatives {
        if let Some(known) = self.values.get(&node) {
            return known.clone();
        }
        if self.depth >= DEEPEST {
            return unknown();
        }
        if self.depth == CHAINED {
            self.chain(node);
        }
        self.depth += 1;
        let value = self.compute(node);
        self.depth -= 1;
        self.values.insert(node, value.clone());
        value
    }

    fn compute(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let node = *tree.node(id);
        match node.kind {
            Kind::Name => self.name(id, node.atom),
            Kind::Attr if self.is_module_exports(id) => smallvec![self.paths.root(Link::Here)],
            Kind::Attr => self.attribute(id),
            Kind::Index => match self.alias(id) {
                Some(alias) => alias,
                None => self.then(id, Role::Value, Link::Element),
            },
            Kind::Call => self.call(id),
            Kind::Await | Kind::Spread | Kind::Yield | Kind::KwArg => {
                self.of_child(id, Role::Value)
            }
            Kind::Conditional => {
                let mut all = self.of_child(id, Role::Body);
                let other = self.of_child(id, Role::Else);
                unite(&mut all, &other);
                self.without_null(all)
            }
            Kind::Logic => {
                let mut all = Alternatives::new();
                for child in tree.children(id) {
                    let value = self.value(child);
                    unite(&mut all, &value);
                }
                self.without_null(all)
            }
            Kind::Assign => self.of_child(id, Role::Value),
            Kind::Function => smallvec![self.definition(id)],
            Kind::Class => smallvec![self.definition(id)],
            Kind::Str if node.flags.has(Flags::BYTES) => self.literal(Shape::Bytes),
            Kind::Str | Kind::Template => self.literal(Shape::Text),
            Kind::Num => self.literal(Shape::Number),
            Kind::Bool | Kind::Compare => self.literal(Shape::Bool),
            Kind::Null => self.literal(Shape::Null),
            Kind::List | Kind::Dict if self.is_table(id) => {
                self.tables.push(id);
                smallvec![self.paths.root(Link::Object(id))]
            }
            Kind::List if node.flags.has(Flags::TUPLE) => self.literal(Shape::Tuple),
            Kind::List => self.collection(id, Shape::List),
            Kind::Set => self.literal(Shape::Set),
            Kind::Dict if self.is_object(id) => smallvec![self.paths.root(Link::Object(id))],
            Kind::Dict => self.collection(id, Shape::Dict),
            Kind::Comprehension if node.flags.has(Flags::GENERATOR) => {
                self.literal(Shape::Generator)
            }
            Kind::Comprehension => self.comprehension(id),
            Kind::Binary => self.operator(id),
            Kind::Unary if matches!(tree.text(id), "not" | "delete") => self.literal(Shape::Bool),
            Kind::Unary if tree.text(id) == "typeof" => self.literal(Shape::Text),
            Kind::Unary if tree.text(id) == "<-" => self.then(id, Role::Value, Link::Element),
            Kind::Unary => self.literal(Shape::Number),
            _ => unknown(),
        }
    }

    fn literal(&mut self, shape: Shape) -> Alternatives {
        smallvec![self.paths.root(Link::Literal(shape))]
    }

    fn of_child(&mut self, id: NodeId, role: Role) -> Alternatives {
        match self.tree.child(id, role) {
            Some(child) => self.value(child),
            None => unknown(),
        }
    }

    fn then(&mut self, id: NodeId, role: Role, link: Link) -> Alternatives {
        let base = self.of_child(id, role);
        self.join_all(&base, link)
    }

    fn join_all(&mut self, bases: &[PathId], link: Link) -> Alternatives {
        let mut all = Alternatives::new();
        for base in bases {
            let joined = self.paths.join(*base, link);
            unite(&mut all, &[joined]);
        }
        all
    }

    fn without_null(&self, mut all: Alternatives) -> Alternatives {
        if all.len() > 1 {
            all.retain(|path| self.paths.last(*path) != Link::Literal(Shape::Null));
        }
        if all.is_empty() { unknown() } else { all }
    }

    /// `+` and `%` keep the shape of text and lists; other operators make numbers or say nothing.
    fn operator(&mut self, id: NodeId) -> Alternatives {
        let tree = self.tree;
        let left = tree.children(id).next().map(|child| self.value(child));
        match left.as_deref() {
            Some([one]) if matches!(self.paths.last(*one), Link::Literal(_)) => smallvec![*one],
            // `pathlib`'s `/` and SQLAlchemy's `|` give what they start from.
            Some([one]) if matches!(tree.text(id), "/" | "|" | "&") => smallvec![*one],
            _ => unknown(),
        }
    }

    /// The path of a function or class: by name through the file where the file's top level or a class holds it.
    pub fn definition(&mut self, id: NodeId) -> PathId {
        let tree = self.tree;
        let node = *tree.node(id);
        if let Some(receiver) = receiver(tree, id)
            && let Some(kind) = tree.child(receiver, Role::Type)
        {
            let here = self.paths.root(Link::Here);
            let class = self.paths.join(here, Link::Attr(tree.node(kind).atom));
            return self.paths.join(class, Link::Attr(node.atom));
        }
        if node.atom != Atom::EMPTY && !node.flags.has(Flags::LAMBDA) {
            let scope = self.scopes.of(id);
            if scope == ScopeId(0) {
                let here = self.paths.root(Link::Here);
                return self.paths.join(here, Link::Attr(node.atom));
            }
            let owner = self.scopes.scope(scope).node;
            if tree.node(owner).kind == Kind::Class {
                let class = self.definition(owner);
                return self.paths.join(class, Link::Attr(node.atom));
            }
        }
        self.paths.root(Link::Node(id))
    }

    /// The instance that a method is called on; with `base` the instance as its base class sees it.
    fn this(&mut self, at: NodeId, base: bool) -> Alternatives {
        let tree = self.tree;
        let Some(class) = tree
            .ancestors(at)
            .find(|up| tree.node(*up).kind == Kind::Class)
        else {
            return self.object_around(at).map_or_else(unknown, |object| {
                smallvec![self.paths.root(Link::Object(object))]
            });
        };
        let mut path = self.definition(class);
        if base {
            let Some(parent) = tree.child(class, Role::Base) else {
                return unknown();
            };
            let bases = self.value(parent);
            return self.join_all(&bases, Link::Call);
        }
        path = self.paths.join(path, Link::Call);
        smallvec![path]
    }

    fn name(&mut self, id: NodeId, name: Atom) -> Alternatives {
        let tree = self.tree;
        if self.language.is_javascript() {
            match tree.str(name) {
                "this" => return self.this(id, false),
                "super" => return self.this(id, true),
                _ => {}
            }
        }
        let mut scope = self.scopes.of(id);
        let home = scope;
        loop {
            let owner = self.scopes.scope(scope);
            let is_class = tree.node(owner.node).kind == Kind::Class;
            // A class's names are not seen from its methods.
            if !is_class || scope == home {
                let bindings = self.scopes.bindings(scope, name);
                if !bindings.is_empty() {
                    return self.reaching(bindings, id, scope == home);
                }
            }
            if scope == ScopeId(0) {
                break;
            }
            scope = owner.parent;
        }
        smallvec![self.builtin(name)]
    }

    /// `module.exports`, which is what other files see of the file itself.
    fn is_module_exports(&mut self, id: NodeId) -> bool {
        let tree = self.tree;
        if !self.language.is_javascript() || tree.text(id) != "exports" {
            return false;
        }
        let base = tree
            .child(id, Role::Value)
            .filter(|base| tree.node(*base).kind == Kind::Name && tree.text(*base) == "module");
        base.is_some_and(|base| {
            matches!(self.value(base)[..], [path] if matches!(self.paths.last(path), Link::Builtin(_)))
        })
    }

    fn builtin(&mut self, name: Atom) -> PathId {
        if self.language.is_javascript() && self.tree.str(name) == "exports" {
            return self.paths.root(Link::Here);
        }
        self.paths.root(Link::Builtin(name))
    }

    /// The union of the bindings that may reach `at`: backwards in the text until one that cannot have been skipped.
    fn reaching(&mut self, bindings: &[Binding], at: NodeId, same_scope: bool) -> Alternatives {
        let before = if same_scope {
            bindings.partition_point(|b| b.node < at && !self.holds(b, at))
        } else {
            0
        };
        let candidates = if before == 0 {
            bindings
        } else {
            &bindings[..before]
        };
        let first = first_looked_at(candidates);
        let (is_cut, candidates) = (first > 0, &candidates[first..]);
        let refined: Vec<Binding> = candidates
            .iter()
            .filter(|binding| self.refines(binding))
            .copied()
            .collect();
        // In the order of the text each asks for the one before only, instead of the last for all of them at once.
        for binding in &refined {
            self.binding(*binding);
        }
        let all = self.union(candidates, at, before > 0, is_cut, false);
        if all.contains(&PathId::UNKNOWN) && !refined.is_empty() {
            // A builder that is refined under many conditions is still the builder.
            return self.union(candidates, at, before > 0, is_cut, true);
        }
        all
    }

    fn union(
        &mut self,
        candidates: &[Binding],
        at: NodeId,
        same_scope: bool,
        is_cut: bool,
        without_refined: bool,
    ) -> Alternatives {
        let mut all = Alternatives::new();
        for binding in candidates.iter().rev() {
            if binding.means == Means::Augment || without_refined && self.refines(binding) {
                continue;
            }
            let value = self.binding(*binding);
            unite(&mut all, &value);
            let closed = same_scope && !self.may_be_skipped(binding.node, at);
            if closed || all.first() == Some(&PathId::UNKNOWN) && all.len() == 1 && same_scope {
                return self.without_null(all);
            }
        }
        // Those before may reach as well, and nobody looked.
        if is_cut {
            return unknown();
        }
        self.without_null(all)
    }

    /// `q = q.filter(x).limit(1)`: what the name holds goes on as a link of a chain.
    fn refines(&self, binding: &Binding) -> bool {
        let tree = self.tree;
        let mut at = match binding.means {
            Means::Assign => tree.child(binding.node, Role::Value),
            _ => return false,
        };
        while let Some(node) = at {
            at = match tree.node(node).kind {
                Kind::Call => tree.child(node, Role::Callee),
                Kind::Attr | Kind::Await => tree.child(node, Role::Value),
                Kind::Name => return tree.node(node).atom == binding.name,
                _ => return false,
            };
        }
        false
    }

    /// `q = q.filter()`: the `q` on the right is read before the `q` on the left is bound.
    fn holds(&self, binding: &Binding, at: NodeId) -> bool {
        matches!(
            binding.means,
            Means::Assign | Means::Unpack(_) | Means::Augment | Means::Pick(_)
        ) && self.tree.is_within(at, binding.node)
    }

    /// Whether control may reach `at` without passing `binding`: a branch or loop body around the binding does not hold `at`.
    fn may_be_skipped(&self, binding: NodeId, at: NodeId) -> bool {
        let tree = self.tree;
        if at.0 == u32::MAX {
            return tree
                .ancestors(binding)
                .any(|up| matches!(tree.node(up).kind, Kind::If | Kind::Try));
        }
        tree.ancestors(binding)
            .take_while(|up| {
                !matches!(
                    tree.node(*up).kind,
                    Kind::Function | Kind::Class | Kind::Module
                )
            })
            .filter(|up| {
                let parent = tree.node(tree.node(*up).parent).kind;
                matches!(
                    parent,
                    Kind::If
                        | Kind::For
                        | Kind::While
                        | Kind::CFor
                        | Kind::Try
                        | Kind::Handler
                        | Kind::Case
                ) && !matches!(
                    tree.node(*up).role,
                    Role::Test | Role::Iter | Role::Target | Role::Init
                )
            })
            .any(|up| !tree.is_within(at, up))
    }

    /// What a name of the file's top level is once the file has run.
    pub fn exported(&mut self, name: Atom) -> Alternatives {
        let scopes = self.scopes;
        self.reaching(scopes.bindings(ScopeId(0), name), NodeId(u32::MAX), true)
    }

    /// The value that a binding gives its name.
    pub fn binding(&mut self, binding: Binding) -> Alternatives {
        let part = match binding.means {
            Means::Unpack(at) => Means2::Part(at),
            Means::Pick(property) => Means2::Property(property),
            Means::Element if self.is_key(&binding) => Means2::Part(Place::FromStart(0)),
            Means::Element => match self.element_place(&binding) {
                Some(at) => Means2::Part(Place::FromStart(at)),
                None => Means2::Whole,
            },
            _ => Means2::Whole,
        };
        if let Some(known) = self.bound.get(&(binding.node, part)) {
            return known.clone();
        }
        if self.depth >= DEEPEST {
            return unknown();
        }
        // A binding that is asked for while it is being followed is a cycle: unknown.
        self.bound.insert((binding.node, part), unknown());
        self.depth += 1;
        let value = self.bind(binding);
        self.depth -= 1;
        self.bound.insert((binding.node, part), value.clone());
        value
    }

    fn bind(&mut self, binding: Binding) -> Alternatives {
        let node = binding.node;
        match binding.means {
            Means::Import => smallvec![self.import(node)],
            Means::Definition => smallvec![self.definition(node)],
            Means::Param => self.param(node),
            Means::Assign => self.assigned(node),
            Means::Unpack(at) => self.unpacked(node, at),
            Means::Pick(property) => {
                let whole = if self.tree.node(node).kind == Kind::Param {
                    self.param(node)
                } else {
                    self.assigned(node)
                };
                self.join_all(&whole, Link::Attr(property))
            }
            Means::Element if self.is_key(&binding) => unknown(),
            Means::Element => match self.element_place(&binding) {
                Some(at) => self.element_at(node, at),
                None => self.element(node),
            },
            Means::Managed => {
                let statement = self.tree.node(self.tree.node(node).parent);
                let link = match statement.flags.has(Flags::ASYNC) {
                    true => Link::EnteredAsync,
                    false => Link::Entered,
                };
                self.then(node, Role::Value, link)
            }
            Means::Augment | Means::Opaque => unknown(),
        }
    }

    fn assigned(&mut self, node: NodeId) -> Alternatives {
        let tree = self.tree;
        let typed = tree.child(node, Role::Type);
        match (tree.child(node, Role::Value), typed) {
            (Some(value), Some(kind)) => {
                let all = self.value(value);
                self.declared(all, kind)
            }
            (Some(value), None) => self.value(value),
            (None, Some(kind)) => self.instance_of(kind),
            (None, None) => unknown(),
        }
    }

    /// Values of something that is also declared as `kind`: what is written tells more, and the type is there for what a
    /// library returns of which nothing is known.
    pub fn declared(&mut self, mut all: Alternatives, kind: NodeId) -> Alternatives {
        let says_nothing = |paths: &Paths, path: PathId| {
            path == PathId::UNKNOWN || paths.last(path) == Link::Literal(Shape::Null)
        };
        let typed = self.instance_of(kind);
        if all.iter().all(|path| says_nothing(&self.paths, *path)) {
            return typed;
        }
        if !typed.iter().any(|path| {
            says_nothing(&self.paths, *path) || matches!(self.paths.first(*path), Link::Literal(_))
        }) {
            unite(&mut all, &typed);
        }
        all
    }

    fn import(&mut self, name: NodeId) -> PathId {
        let tree = self.tree;
        let module = tree.node(tree.node(name).parent).atom;
        let node = tree.node(name);
        if node.flags.has(Flags::TOP)
            && let Some(local) = tree.child(name, Role::Target)
        {
            // `import a.b` binds `a`; what follows is read through attributes.
            return self.paths.root(Link::Module(tree.node(local).atom));
        }
        let root = self.paths.root(Link::Module(module));
        match node.atom {
            Atom::EMPTY => root,
            // Of a library the default import is the module itself; which files are libraries the repository knows.
            atom => self.paths.join(root, Link::Attr(atom)),
        }
    }

    /// The language of the file.
    pub fn language(&self) -> Language {
        self.language
    }
}

/// Where the bindings begin that are looked at when the last ones come first.
fn first_looked_at(bindings: &[Binding]) -> usize {
    let mut left = MOST_BINDINGS;
    for (at, binding) in bindings.iter().enumerate().rev().take(MOST_PASSED) {
        if binding.means != Means::Augment {
            if left == 0 {
                return at + 1;
            }
            left -= 1;
        }
    }
    bindings.len().saturating_sub(MOST_PASSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `c` is where it is read after all of `bindings`.
    fn known(bindings: &str) -> bool {
        let text = format!("def f(a):\n    c = C()\n{bindings}    c.d()\n");
        let tree = crate::lower::python::lower(&text, false);
        let scopes = Scopes::new(&tree);
        let results = Results::default();
        let mut evaluator = Evaluator::new(&tree, &scopes, Language::Python, &results);
        let read = tree
            .ids()
            .filter(|id| tree.node(*id).kind == Kind::Attr)
            .last();
        let values = evaluator.value(read.expect("a read"));
        values.as_slice() != [PathId::UNKNOWN]
    }

    #[test]
    fn of_very_many_bindings_of_one_name_nothing_is_said() {
        let conditional = "    if a: c = C()\n";
        assert!(known(&conditional.repeat(MOST_BINDINGS - 1)));
        assert!(!known(&conditional.repeat(MOST_BINDINGS)));
        assert!(known(&format!("{}    c = C()\n", conditional.repeat(2000))));
        let adding = "    c += 1\n";
        assert!(known(&adding.repeat(500)));
        assert!(!known(&adding.repeat(MOST_PASSED)));
    }
}
