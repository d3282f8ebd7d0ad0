//! What a node says to matchers over imports, loops and assignments.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::matcher::What;
use crate::model::loops;
use crate::model::scope::Scopes;
use crate::tree::{Flags, Kind, NodeId, Role, Tree};

/// What a node says to matchers, worked out once for all of them.
pub(super) struct Told<'t> {
    /// The module of an import, then each name of it behind its module; the targets of an assignment.
    names: SmallVec<[Cow<'t, str>; 4]>,
    /// The kind of a loop.
    word: &'static str,
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> Told<'t> {
    pub(super) fn of(tree: &'t Tree, scopes: &Scopes, id: NodeId) -> Self {
        let mut told = Self {
            names: SmallVec::new(),
            word: "",
            tree,
            id,
        };
        match tree.node(id).kind {
            Kind::Import => {
                let module = tree.text(id);
                told.names.push(Cow::Borrowed(module));
                let names = tree
                    .children(id)
                    .map(|name| tree.text(name))
                    .filter(|name| !name.is_empty());
                told.names
                    .extend(names.map(|name| Cow::Owned(format!("{module}.{name}"))));
            }
            Kind::Assign => {
                let targets = tree
                    .children(id)
                    .filter(|child| tree.node(*child).role == Role::Target);
                told.names
                    .extend(targets.map(|target| Cow::Borrowed(tree.text(target))));
            }
            _ => told.word = loops::kind(tree, scopes, id).word(),
        }
        told
    }

    pub(super) fn fits(&self, what: &What) -> bool {
        match what {
            What::Import(patterns) => {
                patterns.is_empty()
                    || patterns
                        .iter()
                        .any(|pattern| self.names.iter().any(|name| pattern.fits(name)))
            }
            What::Loop(kinds) => kinds.is_empty() || kinds.iter().any(|kind| kind == self.word),
            What::Assign {
                names,
                outside_functions,
                empty,
            } => {
                let is_named = || {
                    let fits = |name: &Cow<'_, str>| names.iter().any(|regex| regex.is_match(name));
                    names.is_empty() || self.names.iter().any(fits)
                };
                // What is quickly told comes first.
                (!empty || gives_empty_container(self.tree, self.id))
                    && is_named()
                    && (!outside_functions || is_outside_functions(self.tree, self.id))
            }
            _ => false,
        }
    }
}

fn is_outside_functions(tree: &Tree, id: NodeId) -> bool {
    let mut around = tree.ancestors(id);
    !around.any(|up| tree.node(up).kind == Kind::Function)
}

/// Whether an assignment gives a container with nothing in it: `{}`, `dict()`, `defaultdict(list)`, `new Map()`,
/// `make(map[K]V)`.
fn gives_empty_container(tree: &Tree, assign: NodeId) -> bool {
    let Some(value) = tree.child(assign, Role::Value) else {
        return false;
    };
    let args = || {
        tree.children(value)
            .filter(|child| tree.node(*child).role == Role::Arg)
    };
    match tree.node(value).kind {
        Kind::Dict | Kind::Set => tree.children(value).next().is_none(),
        Kind::List => {
            tree.children(value).next().is_none() && !tree.node(value).flags.has(Flags::TUPLE)
        }
        Kind::Call => match tree
            .child(value, Role::Callee)
            .map(|callee| tree.text(callee))
        {
            Some(
                "dict" | "set" | "list" | "OrderedDict" | "Counter" | "Map" | "Set" | "WeakMap"
                | "WeakSet",
            ) => args().next().is_none(),
            // What they are given is a type or makes the entries; a size is no entry.
            Some("defaultdict") => args().count() <= 1,
            Some("make") => args().next().is_some_and(|kind| {
                tree.child(kind, Role::Value)
                    .is_some_and(|head| tree.text(head) == "map")
            }),
            _ => false,
        },
        _ => false,
    }
}
