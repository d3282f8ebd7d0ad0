//! What a loop runs over: data, pages, chunks, attempts, time or a short constant.

mod carried;
mod iterable;
mod turns;

pub use carried::{carried, mentions};

use iterable::{number, of_iterable, strides};
use turns::{pages, retries, sleeps};

use super::scope::Scopes;
use crate::tree::{Flags, Kind, NodeId, Role, Tree};

/// The kind of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoopKind {
    /// Over a literal or a range of at most eight.
    Constant,
    /// Over the rows of one query, a cursor, a channel, a file.
    Stream,
    /// Over slices of the data.
    Chunk,
    /// Over pages: an argument of a call comes from the result of the call before.
    Paging,
    /// Over attempts.
    Retry,
    /// Over time: sleeps or waits for messages.
    Poll,
    /// Over the items of some data.
    PerItem,
    /// On a condition that says nothing.
    Unknown,
}

impl LoopKind {
    /// Every kind.
    pub const ALL: &'static [LoopKind] = &[
        LoopKind::Constant,
        LoopKind::Stream,
        LoopKind::Chunk,
        LoopKind::Paging,
        LoopKind::Retry,
        LoopKind::Poll,
        LoopKind::PerItem,
        LoopKind::Unknown,
    ];

    /// The word rules use.
    pub fn word(self) -> &'static str {
        match self {
            LoopKind::Constant => "constant",
            LoopKind::Stream => "stream",
            LoopKind::Chunk => "chunk",
            LoopKind::Paging => "paging",
            LoopKind::Retry => "retry",
            LoopKind::Poll => "poll",
            LoopKind::PerItem => "per-item",
            LoopKind::Unknown => "unknown",
        }
    }
}

/// The most elements of a loop that counts as constant.
const FEW: usize = 8;

/// Methods that run a function once per element of their receiver.
pub const ITERATING_METHODS: &[&str] = &[
    "map",
    "forEach",
    "flatMap",
    "filter",
    "reduce",
    "some",
    "every",
    "find",
    "each",
    "eachSeries",
];

/// A loop around a node, as the node sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoopAt {
    /// The loop: a statement, a `Clause` of a comprehension, or the call of an iterating method.
    pub node: NodeId,
    /// Its kind.
    pub kind: LoopKind,
    /// What it runs over, if it runs over something.
    pub iter: Option<NodeId>,
}

/// Loops around `node` within its function, innermost first. A function handed to an iterating method is looked through.
pub fn around(tree: &Tree, scopes: &Scopes, node: NodeId) -> Vec<LoopAt> {
    let mut loops = Vec::new();
    let mut inner = node;
    for up in tree.ancestors(node) {
        let role = tree.node(inner).role;
        match tree.node(up).kind {
            Kind::For | Kind::While | Kind::CFor
                if matches!(role, Role::Body | Role::Step)
                    || role == Role::Test && tree.node(up).kind == Kind::While =>
            {
                loops.push(LoopAt {
                    node: up,
                    kind: kind(tree, scopes, up),
                    iter: tree.child(up, Role::Iter),
                });
            }
            Kind::Comprehension => {
                let own = tree
                    .children(up)
                    .filter(|child| tree.node(*child).kind == Kind::Clause);
                for clause in own {
                    // The first clause's iterable runs once, before the loop.
                    let in_iter = tree
                        .child(clause, Role::Iter)
                        .is_some_and(|iter| tree.is_within(node, iter));
                    if clause <= node && in_iter {
                        break;
                    }
                    loops.push(LoopAt {
                        node: clause,
                        kind: of_iterable(tree, scopes, clause, tree.child(clause, Role::Iter)),
                        iter: tree.child(clause, Role::Iter),
                    });
                }
            }
            Kind::Function => match iterating_call(tree, up) {
                Some((call, receiver)) => loops.push(LoopAt {
                    node: call,
                    kind: of_iterable(tree, scopes, call, Some(receiver)),
                    iter: Some(receiver),
                }),
                None => break,
            },
            _ => {}
        }
        inner = up;
    }
    loops
}

/// The call `receiver.map(function)` that `function` is handed to, with its receiver.
pub fn iterating_call(tree: &Tree, function: NodeId) -> Option<(NodeId, NodeId)> {
    let node = tree.node(function);
    if node.role != Role::Arg || tree.node(node.parent).kind != Kind::Call {
        return None;
    }
    let callee = tree.child(node.parent, Role::Callee)?;
    if tree.node(callee).kind == Kind::Attr && ITERATING_METHODS.contains(&tree.text(callee)) {
        return Some((node.parent, tree.child(callee, Role::Value)?));
    }
    None
}

/// The kind of the loop statement `id`.
pub fn kind(tree: &Tree, scopes: &Scopes, id: NodeId) -> LoopKind {
    let body = tree.child(id, Role::Body);
    match tree.node(id).kind {
        Kind::For => {
            if tree.node(id).flags.has(Flags::ASYNC) {
                return LoopKind::Stream;
            }
            let iter = tree.child(id, Role::Iter);
            if retries(tree, iter, body) {
                return LoopKind::Retry;
            }
            of_iterable(tree, scopes, id, iter)
        }
        // `for (;;)`.
        Kind::CFor if tree.child(id, Role::Step).is_none() => of_while(tree, id, body),
        Kind::CFor => {
            if retries(tree, None, body) {
                return LoopKind::Retry;
            }
            match tree.child(id, Role::Step) {
                Some(step) if strides(tree, step) => LoopKind::Chunk,
                _ => match tree
                    .child(id, Role::Test)
                    .and_then(|test| tree.children(test).nth(1))
                {
                    Some(limit) if number(tree, limit).is_some_and(|n| n <= FEW as f64) => {
                        LoopKind::Constant
                    }
                    _ => LoopKind::PerItem,
                },
            }
        }
        Kind::While => of_while(tree, id, body),
        _ => LoopKind::Unknown,
    }
}

fn of_while(tree: &Tree, id: NodeId, body: Option<NodeId>) -> LoopKind {
    let Some(body) = body else {
        return LoopKind::Unknown;
    };
    if pages(tree, body) {
        return LoopKind::Paging;
    }
    if sleeps(tree, body) {
        return LoopKind::Poll;
    }
    if retries(tree, None, Some(body)) {
        return LoopKind::Retry;
    }
    let test = tree.child(id, Role::Test);
    // Go's `for rows.Next() { }`.
    if test.is_some_and(|test| {
        tree.node(test).kind == Kind::Call
            && tree
                .child(test, Role::Callee)
                .is_some_and(|c| matches!(tree.text(c), "Next" | "Scan" | "next"))
    }) {
        return LoopKind::Stream;
    }
    // A work list: `while queue:` with a pop in the body runs once per item.
    let pops = tree.descendants(body).any(|inner| {
        tree.node(inner).kind == Kind::Call
            && tree.child(inner, Role::Callee).is_some_and(|callee| {
                matches!(tree.text(callee), "pop" | "popleft" | "shift") && {
                    let base = tree.child(callee, Role::Value);
                    base.zip(test)
                        .is_some_and(|(base, test)| tree.node(base).atom == tree.node(test).atom)
                }
            })
    });
    if pops {
        LoopKind::PerItem
    } else {
        LoopKind::Unknown
    }
}

#[cfg(test)]
mod tests;
