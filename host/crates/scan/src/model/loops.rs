//! What a loop runs over: data, pages, chunks, attempts, time or a short constant.

mod carried;
mod iterable;
mod turns;

pub use carried::{carried, mentions};

use iterable::{number, of_iterable, strides};
use smallvec::{SmallVec, smallvec};
use turns::{advances, pages, retries, sleeps};

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
        let entered = entered(tree, node, inner, up);
        let is_decorator = tree.node(inner).role == Role::Decorator;
        if entered.is_empty() && tree.node(up).kind == Kind::Function && !is_decorator {
            break;
        }
        loops.extend(entered.into_iter().map(|(id, iter)| LoopAt {
            node: id,
            kind: match tree.node(id).kind {
                Kind::Clause | Kind::Call => of_iterable(tree, scopes, id, iter),
                _ => kind(tree, scopes, id),
            },
            iter,
        }));
        inner = up;
    }
    loops
}

/// A loop, see [`LoopAt::node`], and what it runs over.
pub type Entered = (NodeId, Option<NodeId>);

/// The loops that `up` is and that run its child `inner` with `node` in it once per turn, innermost first: bodies,
/// conditions that are asked each turn, later clauses of a comprehension, functions handed to an iterating method.
pub fn entered(tree: &Tree, node: NodeId, inner: NodeId, up: NodeId) -> SmallVec<[Entered; 1]> {
    let role = tree.node(inner).role;
    match tree.node(up).kind {
        Kind::For if role == Role::Body => smallvec![(up, tree.child(up, Role::Iter))],
        Kind::While | Kind::CFor if matches!(role, Role::Body | Role::Step | Role::Test) => {
            smallvec![(up, None)]
        }
        Kind::Comprehension => {
            let mut loops = SmallVec::new();
            for clause in tree
                .children(up)
                .filter(|child| tree.node(*child).kind == Kind::Clause)
            {
                let iter = tree.child(clause, Role::Iter);
                // A clause's iterable is read anew for each turn of those before it; the first one's runs once.
                if iter.is_some_and(|iter| tree.is_within(node, iter)) {
                    break;
                }
                loops.insert(0, (clause, iter));
                if clause == inner {
                    break;
                }
            }
            loops
        }
        Kind::Function if role != Role::Decorator => iterating_call(tree, up)
            .map(|(call, over)| (call, Some(over)))
            .into_iter()
            .collect(),
        _ => SmallVec::new(),
    }
}

/// What iterating methods are called on that take the data as their first argument and the function as the second.
const NAMESPACES: &[&str] = &["$", "Bluebird", "Promise", "_", "async", "jQuery", "lodash"];

/// The call `receiver.map(function)` that `function` is handed to, and what that runs over: the receiver, or the first
/// argument of `_.map(rows, function)`. In any other place an argument is called back once: `User.find(query, function)`.
pub fn iterating_call(tree: &Tree, function: NodeId) -> Option<(NodeId, NodeId)> {
    let node = tree.node(function);
    if node.role != Role::Arg || tree.node(node.parent).kind != Kind::Call {
        return None;
    }
    let callee = tree.child(node.parent, Role::Callee)?;
    if tree.node(callee).kind != Kind::Attr || !ITERATING_METHODS.contains(&tree.text(callee)) {
        return None;
    }
    let receiver = tree.child(callee, Role::Value)?;
    let mut args = tree
        .children(node.parent)
        .filter(|child| tree.node(*child).role == Role::Arg);
    let first = args.next()?;
    if first == function {
        return Some((node.parent, receiver));
    }
    let is_namespace =
        tree.node(receiver).kind == Kind::Name && NAMESPACES.contains(&tree.text(receiver));
    (is_namespace && args.next() == Some(function)).then_some((node.parent, first))
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
                Some(step) if advances(tree, step) => LoopKind::Stream,
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
    if test.is_some_and(|test| advances(tree, test)) {
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
