//! Names whose values differ from one turn of a loop to the next.

use rustc_hash::FxHashSet;

use super::LoopAt;
use super::turns::own;
use crate::model::uses::{FILLS, root};
use crate::tree::{Atom, Kind, NodeId, Role, Tree};

/// Names that carry the loop's element or something made from it, within the loop's body.
pub fn carried(tree: &Tree, at: LoopAt) -> FxHashSet<Atom> {
    let mut names: FxHashSet<Atom> = FxHashSet::default();
    let add_target = |names: &mut FxHashSet<Atom>, target: NodeId| {
        for id in std::iter::once(target).chain(tree.descendants(target)) {
            if tree.node(id).kind == Kind::Name {
                names.insert(tree.node(id).atom);
            }
        }
    };
    let body = match tree.node(at.node).kind {
        Kind::Call => {
            // An iterating method: the parameters of the function handed to it.
            let function = tree.children(at.node).find(|child| {
                tree.node(*child).role == Role::Arg && tree.node(*child).kind == Kind::Function
            });
            let Some(function) = function else {
                return names;
            };
            for param in tree
                .children(function)
                .filter(|child| tree.node(*child).role == Role::Param)
            {
                names.insert(tree.node(param).atom);
                if let Some(target) = tree.child(param, Role::Target) {
                    add_target(&mut names, target);
                }
            }
            tree.child(function, Role::Body)
        }
        Kind::Clause => {
            if let Some(target) = tree.child(at.node, Role::Target) {
                add_target(&mut names, target);
            }
            None
        }
        Kind::While => {
            // A work list: what is popped. Go's `for rows.Next()`: what the row is read into.
            let body = tree.child(at.node, Role::Body);
            if let Some(body) = body {
                for id in own(tree, body) {
                    filled(tree, id, &mut names);
                    if tree.node(id).kind == Kind::Assign
                        && let (Some(target), Some(value)) =
                            (tree.child(id, Role::Target), tree.child(id, Role::Value))
                        && tree.node(value).kind == Kind::Call
                        && tree.child(value, Role::Callee).is_some_and(|callee| {
                            matches!(tree.text(callee), "pop" | "popleft" | "shift")
                        })
                    {
                        add_target(&mut names, target);
                    }
                }
            }
            body
        }
        _ => {
            for target in tree
                .children(at.node)
                .filter(|child| matches!(tree.node(*child).role, Role::Target | Role::Init))
            {
                add_target(&mut names, target);
            }
            tree.child(at.node, Role::Body)
        }
    };
    names.remove(&Atom::EMPTY);
    let Some(body) = body else { return names };
    // Twice is enough for chains written in order and one backward step.
    for _ in 0..2 {
        for id in tree.descendants(body) {
            match tree.node(id).kind {
                Kind::Assign | Kind::AugAssign => {
                    let Some(value) = tree.child(id, Role::Value) else {
                        continue;
                    };
                    if mentions(tree, value, &names) {
                        for target in tree
                            .children(id)
                            .filter(|child| tree.node(*child).role == Role::Target)
                        {
                            if matches!(
                                tree.node(target).kind,
                                Kind::Name | Kind::List | Kind::Dict
                            ) {
                                add_target(&mut names, target);
                            }
                        }
                    }
                }
                Kind::For => {
                    let Some(iter) = tree.child(id, Role::Iter) else {
                        continue;
                    };
                    if mentions(tree, iter, &names) {
                        for target in tree
                            .children(id)
                            .filter(|child| tree.node(*child).role == Role::Target)
                        {
                            add_target(&mut names, target);
                        }
                    }
                }
                Kind::Call if mentions(tree, id, &names) => filled(tree, id, &mut names),
                _ => {}
            }
        }
    }
    names
}

/// Adds the names that a call reads something into: `rows.Scan(&id, &name)`.
fn filled(tree: &Tree, call: NodeId, names: &mut FxHashSet<Atom>) {
    let fills = tree.node(call).kind == Kind::Call
        && tree
            .child(call, Role::Callee)
            .is_some_and(|callee| FILLS.contains(&tree.text(callee)));
    if !fills {
        return;
    }
    for arg in tree
        .children(call)
        .filter(|child| tree.node(*child).role == Role::Arg)
    {
        if let Some(base) = root(tree, arg) {
            names.insert(tree.node(base).atom);
        }
    }
}

/// Whether an expression reads one of `names`.
pub fn mentions(tree: &Tree, node: NodeId, names: &FxHashSet<Atom>) -> bool {
    std::iter::once(node)
        .chain(tree.descendants(node))
        .any(|id| tree.node(id).kind == Kind::Name && names.contains(&tree.node(id).atom))
}
