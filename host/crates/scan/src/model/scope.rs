//! Scopes and bindings of one file: which names are bound where, in the order of the text.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::place::{Place, places};
use super::uses::ADDS;
use crate::tree::{Atom, Flags, Kind, NodeId, Role, Tree};

/// Index of a scope; 0 is the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub u32);

/// A module, class, function or comprehension.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The node that opens it.
    pub node: NodeId,
    /// The scope around it; the module is its own.
    pub parent: ScopeId,
}

/// How a name got its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// `import`; the node is the `ImportName`.
    Import,
    /// A function or class; the node is it.
    Definition,
    /// A parameter; the node is the `Param`.
    Param,
    /// `name = value`; the node is the `Assign`.
    Assign,
    /// One of several targets of an assignment; the node is the `Assign`.
    Unpack(Place),
    /// `x += value`; keeps what the name held before.
    Augment,
    /// A property picked out of an object: `const {a} = value`; the node is the `Assign` or `Param`, the atom the property.
    Pick(Atom),
    /// The variable of a loop or comprehension clause; the node is the `For` or `Clause`.
    Element,
    /// `with value as name`; the node is the `WithItem`.
    Managed,
    /// Something that says nothing about the value: an exception's name, a match capture.
    Opaque,
}

/// A name bound at a node.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The scope it is bound in.
    pub scope: ScopeId,
    /// The name.
    pub name: Atom,
    /// Where.
    pub node: NodeId,
    /// How.
    pub means: Means,
}

/// Every scope and binding of a file.
#[derive(Debug, Default)]
pub struct Scopes {
    scopes: Vec<Scope>,
    /// Innermost scope of each node. A function's own node, decorators and defaults belong to the scope around it.
    of_node: Vec<ScopeId>,
    bindings: Vec<Binding>,
    runs: FxHashMap<(ScopeId, Atom), (u32, u32)>,
    /// What is added to names after they were bound: assignments to their items and attributes, calls that put something in.
    additions: FxHashMap<(ScopeId, Atom), SmallVec<[NodeId; 1]>>,
}

impl Scopes {
    /// Reads the scopes of `tree`.
    pub fn new(tree: &Tree) -> Self {
        let mut build = Build {
            tree,
            scopes: vec![Scope {
                node: NodeId(0),
                parent: ScopeId(0),
            }],
            of_node: vec![ScopeId(0); tree.len()],
            bindings: Vec::new(),
            globals: Vec::new(),
            grows: Vec::new(),
        };
        build.read();
        let Build {
            scopes,
            of_node,
            mut bindings,
            globals,
            grows,
            ..
        } = build;
        move_declared_outside(tree, &scopes, &globals, &mut bindings);
        bind_where_declared(tree, &scopes, &mut bindings);
        bindings.sort_by_key(|binding| (binding.scope, binding.name, binding.node));
        let mut runs = FxHashMap::default();
        let mut from = 0;
        for at in 0..bindings.len() {
            let key = (bindings[at].scope, bindings[at].name);
            if at + 1 == bindings.len() || (bindings[at + 1].scope, bindings[at + 1].name) != key {
                runs.insert(key, (from as u32, at as u32 + 1));
                from = at + 1;
            }
        }
        let mut all = Self {
            scopes,
            of_node,
            bindings,
            runs,
            additions: FxHashMap::default(),
        };
        for (scope, name, node) in grows {
            if let Some(scope) = all.binder(tree, scope, name) {
                let of_name = all.additions.entry((scope, name)).or_default();
                of_name.push(node);
            }
        }
        all
    }

    /// The scope that binds `name` as it is read in `scope`. A class's fields are no names of the functions in it.
    pub fn binder(&self, tree: &Tree, scope: ScopeId, name: Atom) -> Option<ScopeId> {
        let mut at = scope;
        loop {
            let this = self.scope(at);
            let is_seen = at == scope || tree.node(this.node).kind != Kind::Class;
            if is_seen && self.runs.contains_key(&(at, name)) {
                return Some(at);
            }
            if this.parent == at {
                return None;
            }
            at = this.parent;
        }
    }

    /// Where something is added to what `name` holds in the scope that binds it, in order: the `Assign` of
    /// `options["timeout"] = 5` or `options.timeout = 5`, the `Call` of `ids.extend(rows)`.
    pub fn additions(&self, scope: ScopeId, name: Atom) -> &[NodeId] {
        self.additions
            .get(&(scope, name))
            .map_or(&[], SmallVec::as_slice)
    }

    /// Bytes held, the table of runs guessed at its entries.
    pub fn heap_size(&self) -> usize {
        self.scopes.capacity() * size_of::<Scope>()
            + self.of_node.capacity() * size_of::<ScopeId>()
            + self.bindings.capacity() * size_of::<Binding>()
            + self.runs.capacity() * size_of::<((ScopeId, Atom), (u32, u32))>()
            + self.additions.capacity() * size_of::<((ScopeId, Atom), SmallVec<[NodeId; 1]>)>()
    }

    /// The scope.
    pub fn scope(&self, id: ScopeId) -> Scope {
        self.scopes[id.0 as usize]
    }

    /// The innermost scope around `node`.
    pub fn of(&self, node: NodeId) -> ScopeId {
        self.of_node[node.0 as usize]
    }

    /// Bindings of `name` in `scope`, in the order of the text.
    pub fn bindings(&self, scope: ScopeId, name: Atom) -> &[Binding] {
        match self.runs.get(&(scope, name)) {
            Some((from, to)) => &self.bindings[*from as usize..*to as usize],
            None => &[],
        }
    }

    /// Every binding of `scope`, sorted by name, then place.
    pub fn all(&self, scope: ScopeId) -> &[Binding] {
        let from = self
            .bindings
            .partition_point(|binding| binding.scope < scope);
        let to = self
            .bindings
            .partition_point(|binding| binding.scope <= scope);
        &self.bindings[from..to]
    }
}

/// A name declared outside by one of a function's own statements, and whether that says `nonlocal`.
struct Outside {
    scope: ScopeId,
    name: Atom,
    is_nonlocal: bool,
}

/// What Python's `global` names is bound in the module, what `nonlocal` names in the nearest function around that binds it.
fn move_declared_outside(
    tree: &Tree,
    scopes: &[Scope],
    declared: &[Outside],
    bindings: &mut [Binding],
) {
    if declared.is_empty() {
        return;
    }
    let bound: FxHashSet<(ScopeId, Atom)> = bindings
        .iter()
        .map(|binding| (binding.scope, binding.name))
        .collect();
    // Outer functions come first, so what they declare is settled when an inner one asks.
    let mut homes: FxHashMap<(ScopeId, Atom), ScopeId> = FxHashMap::default();
    for Outside {
        scope,
        name,
        is_nonlocal,
    } in declared
    {
        let mut home = if *is_nonlocal { *scope } else { ScopeId(0) };
        let mut at = *scope;
        while *is_nonlocal && at != ScopeId(0) {
            at = scopes[at.0 as usize].parent;
            let is_function = tree.node(scopes[at.0 as usize].node).kind == Kind::Function;
            if is_function && bound.contains(&(at, *name)) {
                home = homes.get(&(at, *name)).copied().unwrap_or(at);
                break;
            }
        }
        homes.insert((*scope, *name), home);
    }
    for binding in bindings {
        if let Some(home) = homes.get(&(binding.scope, binding.name)) {
            binding.scope = *home;
        }
    }
}

/// In languages with declarations a plain assignment sets the name that the nearest scope around declares: `let db` at the
/// top level and `db = connect()` in a function are one name.
fn bind_where_declared(tree: &Tree, scopes: &[Scope], bindings: &mut [Binding]) {
    let is_declared = |binding: &Binding| {
        let node = tree.node(binding.node);
        node.kind == Kind::Assign && node.flags.has(Flags::DECLARE)
    };
    let declared: FxHashSet<(ScopeId, Atom)> = bindings
        .iter()
        .filter(|binding| is_declared(binding))
        .map(|binding| (binding.scope, binding.name))
        .collect();
    if declared.is_empty() {
        return;
    }
    let params: FxHashSet<(ScopeId, Atom)> = bindings
        .iter()
        .filter(|binding| binding.means == Means::Param)
        .map(|binding| (binding.scope, binding.name))
        .collect();
    for binding in bindings {
        if !matches!(tree.node(binding.node).kind, Kind::Assign | Kind::AugAssign)
            || is_declared(binding)
        {
            continue;
        }
        let mut scope = binding.scope;
        loop {
            if declared.contains(&(scope, binding.name)) {
                binding.scope = scope;
                break;
            }
            let parent = scopes[scope.0 as usize].parent;
            // A class's fields are no names of the functions in it.
            let is_field = tree.node(scopes[scope.0 as usize].node).kind == Kind::Class;
            if parent == scope || is_field || params.contains(&(scope, binding.name)) {
                break;
            }
            scope = parent;
        }
    }
}

struct Build<'t> {
    tree: &'t Tree,
    scopes: Vec<Scope>,
    of_node: Vec<ScopeId>,
    bindings: Vec<Binding>,
    globals: Vec<Outside>,
    /// Where something is added to a name.
    grows: Vec<(ScopeId, Atom, NodeId)>,
}

impl Build<'_> {
    /// One pass in preorder. A scope opens at the first child of a function that runs inside it, so that decorators and
    /// default values are read in the scope around.
    fn read(&mut self) {
        let tree = self.tree;
        for id in tree.ids().skip(1) {
            let node = tree.node(id);
            let outer = self.of_node[node.parent.0 as usize];
            let parent = tree.node(node.parent);
            let inside = match parent.kind {
                Kind::Function => matches!(node.role, Role::Param | Role::Body),
                Kind::Class => node.role == Role::Body,
                Kind::Comprehension => true,
                _ => false,
            };
            let scope = if inside {
                self.inner(node.parent, outer)
            } else {
                outer
            };
            // A function's node carries the outer scope; its inner one is found through its body.
            self.of_node[id.0 as usize] = match (parent.kind, node.role) {
                (Kind::Param, Role::Default | Role::Type | Role::Decorator) => {
                    self.scopes[scope.0 as usize].parent
                }
                // The fields of a struct are no names: in `core *core.Core` the type is the package's.
                (Kind::Assign, Role::Type) if parent.flags.has(Flags::PROPERTY) => {
                    self.scopes[scope.0 as usize].parent
                }
                _ => scope,
            };
            self.bind(id, scope);
        }
    }

    fn inner(&mut self, owner: NodeId, outer: ScopeId) -> ScopeId {
        match self.scopes.last() {
            Some(last) if last.node == owner => ScopeId(self.scopes.len() as u32 - 1),
            _ => {
                if let Some(at) = self.scopes.iter().rposition(|scope| scope.node == owner) {
                    return ScopeId(at as u32);
                }
                self.scopes.push(Scope {
                    node: owner,
                    parent: outer,
                });
                ScopeId(self.scopes.len() as u32 - 1)
            }
        }
    }

    fn push(&mut self, scope: ScopeId, name: Atom, node: NodeId, means: Means) {
        if name != Atom::EMPTY {
            self.bindings.push(Binding {
                scope,
                name,
                node,
                means,
            });
        }
    }

    fn bind(&mut self, id: NodeId, scope: ScopeId) {
        let tree = self.tree;
        let node = *tree.node(id);
        match node.kind {
            Kind::Function if !node.flags.has(Flags::LAMBDA) && receiver(tree, id).is_none() => {
                self.push(scope, node.atom, id, Means::Definition);
            }
            Kind::Class => self.push(scope, node.atom, id, Means::Definition),
            Kind::Param => {
                self.push(scope, node.atom, id, Means::Param);
                if let Some(target) = tree.child(id, Role::Target) {
                    self.target(target, scope, id, Means::Param);
                }
            }
            // `export { a }` names what is bound elsewhere, and binds nothing.
            Kind::ImportName if tree.node(node.parent).kind == Kind::Export => {}
            Kind::ImportName => {
                if let Some(local) = tree.child(id, Role::Target) {
                    self.push(scope, tree.node(local).atom, id, Means::Import);
                }
            }
            Kind::Assign | Kind::AugAssign => {
                let means = if node.kind == Kind::Assign {
                    Means::Assign
                } else {
                    Means::Augment
                };
                for child in tree.children(id) {
                    if tree.node(child).role == Role::Target {
                        if matches!(tree.node(child).kind, Kind::Index | Kind::Attr) {
                            self.grow(child, scope, id);
                        }
                        self.target(child, self.hoisted(scope, node.kind, node.flags), id, means);
                    }
                }
            }
            Kind::Call => {
                let adds = tree.child(id, Role::Callee).filter(|callee| {
                    tree.node(*callee).kind == Kind::Attr && ADDS.contains(&tree.text(*callee))
                });
                if let Some(callee) = adds {
                    self.grow(callee, scope, id);
                }
            }
            Kind::For => {
                for child in tree.children(id) {
                    if tree.node(child).role == Role::Target {
                        self.target(child, scope, id, Means::Element);
                    }
                }
            }
            Kind::Clause => {
                if let Some(target) = tree.child(id, Role::Target) {
                    self.target(target, scope, id, Means::Element);
                }
            }
            Kind::WithItem => {
                if let Some(target) = tree.child(id, Role::Target) {
                    self.target(target, scope, id, Means::Managed);
                }
            }
            Kind::Handler => self.push(scope, node.atom, id, Means::Opaque),
            Kind::Global => {
                let is_nonlocal = node.flags.has(Flags::NONLOCAL);
                self.globals.extend(tree.children(id).map(|child| Outside {
                    scope,
                    name: tree.node(child).atom,
                    is_nonlocal,
                }));
            }
            _ => {}
        }
    }

    /// Notes that `by` adds something to the name that `on` is an attribute or item of.
    fn grow(&mut self, on: NodeId, scope: ScopeId, by: NodeId) {
        let base = self
            .tree
            .child(on, Role::Value)
            .map(|base| *self.tree.node(base));
        if let Some(base) = base.filter(|base| base.kind == Kind::Name) {
            self.grows.push((scope, base.atom, by));
        }
    }

    /// A walrus inside a comprehension binds in the scope around it.
    fn hoisted(&self, scope: ScopeId, kind: Kind, flags: Flags) -> ScopeId {
        let mut scope = scope;
        if kind == Kind::Assign && !flags.has(Flags::DECLARE) {
            while self.tree.node(self.scopes[scope.0 as usize].node).kind == Kind::Comprehension {
                scope = self.scopes[scope.0 as usize].parent;
            }
        }
        scope
    }

    /// Binds the names of a target, which may be a pattern. Attributes and subscripts bind no name.
    fn target(&mut self, target: NodeId, scope: ScopeId, node: NodeId, means: Means) {
        let tree = self.tree;
        let this = *tree.node(target);
        match this.kind {
            Kind::Name => self.push(scope, this.atom, node, means),
            Kind::Spread => {
                for child in tree.children(target) {
                    self.target(child, scope, node, Means::Opaque);
                }
            }
            Kind::List => {
                let placed = match means {
                    Means::Assign => places(tree, target),
                    _ => Vec::new(),
                };
                let mut placed = placed.into_iter().peekable();
                for child in tree.children(target) {
                    let place = placed.next_if(|(target, _)| *target == child);
                    let inner = match (means, place) {
                        (Means::Assign, Some((_, place))) => Means::Unpack(place),
                        // `for i, x in ...`: which of the element's parts is which is not known.
                        (Means::Element, _) => Means::Element,
                        _ => Means::Opaque,
                    };
                    self.target(child, scope, node, inner);
                }
            }
            Kind::Dict => {
                for pair in tree.children(target) {
                    let pair_node = tree.node(pair);
                    let Some(value) = tree.child(pair, Role::Value) else {
                        continue;
                    };
                    let picks = matches!(means, Means::Assign | Means::Param)
                        && pair_node.kind == Kind::Pair;
                    let inner = if picks {
                        Means::Pick(pair_node.atom)
                    } else {
                        Means::Opaque
                    };
                    self.target(value, scope, node, inner);
                }
            }
            // A default inside a pattern: `const {a = 1} = x`.
            Kind::Assign => {
                if let Some(inner) = tree.child(target, Role::Target) {
                    self.target(inner, scope, node, means);
                }
            }
            _ => {}
        }
    }
}

/// The receiver of a Go method: such a function binds no name in its file, it belongs to its type.
pub fn receiver(tree: &Tree, function: NodeId) -> Option<NodeId> {
    tree.child(function, Role::Param)
        .filter(|param| tree.node(*param).flags.has(Flags::RECEIVER))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of what holds each binding of `x`, in the order of the text.
    fn homes(text: &str) -> Vec<String> {
        let tree = crate::lower::python::lower(text, false);
        let scopes = Scopes::new(&tree);
        let x = tree.find_atom("x").expect("bound");
        let all = 0..scopes.scopes.len() as u32;
        let mut found: Vec<(NodeId, String)> = all
            .flat_map(|at| scopes.bindings(ScopeId(at), x).to_vec())
            .map(|binding| {
                let owner = scopes.scope(binding.scope).node;
                (binding.node, tree.text(owner).to_owned())
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn what_is_declared_nonlocal_is_bound_in_the_nearest_function_that_binds_it() {
        let text = "x = 0\ndef outer():\n    x = 1\n    def middle():\n        def inner():\n            nonlocal x\n            x = 2\n        def other():\n            global x\n            x = 3\n";
        assert_eq!(homes(text), ["", "outer", "outer", ""]);
        let chain = "def outer():\n    x = 1\n    def middle():\n        nonlocal x\n        x = 2\n        def inner():\n            nonlocal x\n            x = 3\n";
        assert_eq!(homes(chain), ["outer", "outer", "outer"]);
        let nowhere = "x = 0\ndef f():\n    nonlocal x\n    x = 1\n";
        assert_eq!(homes(nowhere), ["", "f"]);
    }
}
