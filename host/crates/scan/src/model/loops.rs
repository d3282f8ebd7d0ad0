//! What a loop runs over: data, pages, chunks, attempts, time or a short constant.

mod carried;

pub use carried::{carried, mentions};

use rustc_hash::FxHashSet;

use super::scope::{Means, Scopes};
use crate::tree::{Atom, Flags, Kind, NodeId, Role, Tree};

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

fn of_iterable(tree: &Tree, scopes: &Scopes, id: NodeId, iter: Option<NodeId>) -> LoopKind {
    let Some(iter) = iter else {
        return LoopKind::Unknown;
    };
    let iter = unwrap(tree, iter);
    let node = tree.node(iter);
    match node.kind {
        Kind::List | Kind::Set | Kind::Dict if tree.children(iter).count() <= FEW => {
            return LoopKind::Constant;
        }
        Kind::Name => {
            if let Some(value) = assigned_literal(tree, scopes, iter)
                && tree.children(value).count() <= FEW
                && tree.children(value).count() > 0
            {
                return LoopKind::Constant;
            }
        }
        Kind::Call => {
            if let Some(callee) = tree.child(iter, Role::Callee) {
                let args: Vec<NodeId> = tree
                    .children(iter)
                    .filter(|arg| tree.node(*arg).role == Role::Arg)
                    .collect();
                match tree.text(callee) {
                    "range" | "xrange" if args.len() == 3 => return LoopKind::Chunk,
                    "range" | "xrange" => {
                        let limit = args.last().and_then(|arg| number(tree, *arg));
                        if limit.is_some_and(|n| n <= FEW as f64) {
                            return LoopKind::Constant;
                        }
                    }
                    "batched" | "chunked" | "chunks" | "chunk" | "islice" | "grouper" | "batch"
                    | "array_split" | "in_batches" => {
                        return LoopKind::Chunk;
                    }
                    name if name.contains("chunk")
                        || name.contains("batch")
                        || name.contains("paginat") =>
                    {
                        return LoopKind::Chunk;
                    }
                    _ => {}
                }
            }
        }
        Kind::Template | Kind::Str => return LoopKind::Constant,
        _ => {}
    }
    if let Some(body) = tree.child(id, Role::Body)
        && slices_by_target(tree, id, body)
    {
        return LoopKind::Chunk;
    }
    // A name that says so: `for batch in batches`.
    let says_chunk = tree
        .children(id)
        .filter(|child| tree.node(*child).role == Role::Target)
        .last()
        .is_some_and(|target| {
            let name = tree.text(target).to_ascii_lowercase();
            (name.contains("chunk") || name.contains("batch") || name == "page")
                && !is_record(tree, id, target)
        });
    if says_chunk {
        LoopKind::Chunk
    } else {
        LoopKind::PerItem
    }
}

/// Whether the loop's body reads fields of what it runs over, as of a row that happens to be called a chunk or batch.
fn is_record(tree: &Tree, id: NodeId, target: NodeId) -> bool {
    const OF_LISTS: &[&str] = &[
        "length", "size", "map", "filter", "forEach", "reduce", "slice", "push", "keys", "values",
        "items", "entries", "append", "extend", "pop", "get", "count", "join", "index", "tolist",
        "toArray", "some", "every", "find", "flatMap", "Len",
    ];
    let Some(body) = tree.child(id, Role::Body) else {
        return false;
    };
    tree.descendants(body).any(|inner| {
        tree.node(inner).kind == Kind::Attr
            && !OF_LISTS.contains(&tree.text(inner))
            && tree.child(inner, Role::Value).is_some_and(|base| {
                tree.node(base).kind == Kind::Name && tree.node(base).atom == tree.node(target).atom
            })
    })
}

/// `i += 100`, but not `i += 1`.
fn strides(tree: &Tree, step: NodeId) -> bool {
    tree.node(step).kind == Kind::AugAssign
        && tree
            .child(step, Role::Value)
            .is_none_or(|by| number(tree, by).is_none_or(|by| by > 1.0))
}

/// `enumerate(x)`, `list(x)`, `sorted(x)`, `x.items()`, `tqdm(x)`: what they run over.
fn unwrap(tree: &Tree, iter: NodeId) -> NodeId {
    let mut at = iter;
    for _ in 0..4 {
        if tree.node(at).kind == Kind::Await {
            match tree.child(at, Role::Value) {
                Some(inner) => at = inner,
                None => break,
            }
            continue;
        }
        if tree.node(at).kind != Kind::Call {
            break;
        }
        let Some(callee) = tree.child(at, Role::Callee) else {
            break;
        };
        let next = match (tree.node(callee).kind, tree.text(callee)) {
            (
                Kind::Name,
                "enumerate" | "list" | "tuple" | "sorted" | "reversed" | "set" | "tqdm" | "iter",
            ) => tree.child(at, Role::Arg),
            (Kind::Attr, "items" | "values" | "keys" | "entries") => {
                let receiver = tree.child(callee, Role::Value);
                match receiver {
                    // `Object.entries(x)`.
                    Some(object) if tree.text(object) == "Object" => tree.child(at, Role::Arg),
                    other => other,
                }
            }
            _ => None,
        };
        match next {
            Some(inner) => at = inner,
            None => break,
        }
    }
    at
}

/// The literal that a name was given, if every binding of it in its scope is that one.
fn assigned_literal(tree: &Tree, scopes: &Scopes, name: NodeId) -> Option<NodeId> {
    let atom = tree.node(name).atom;
    let mut scope = scopes.of(name);
    loop {
        let bindings = scopes.bindings(scope, atom);
        if let [one] = bindings
            && one.means == Means::Assign
        {
            let value = tree.child(one.node, Role::Value)?;
            return matches!(tree.node(value).kind, Kind::List | Kind::Set | Kind::Dict)
                .then_some(value);
        }
        if !bindings.is_empty() {
            return None;
        }
        let parent = scopes.scope(scope).parent;
        if parent == scope {
            return None;
        }
        scope = parent;
    }
}

fn number(tree: &Tree, node: NodeId) -> Option<f64> {
    (tree.node(node).kind == Kind::Num)
        .then(|| tree.text(node).parse().ok())
        .flatten()
}

/// `x[i:i + n]`, `x.slice(i, i + n)` with the loop's own counter.
fn slices_by_target(tree: &Tree, id: NodeId, body: NodeId) -> bool {
    let Some(target) = tree.child(id, Role::Target) else {
        return false;
    };
    let atom = tree.node(target).atom;
    tree.descendants(body).any(|inner| {
        tree.node(inner).kind == Kind::Slice
            && tree
                .child(inner, Role::Lower)
                .is_some_and(|lower| tree.node(lower).atom == atom)
            && tree.child(inner, Role::Upper).is_some()
    })
}

/// A `try` in the body whose success ends the loop, over a counter called after attempts, or with a sleep in its handler.
fn retries(tree: &Tree, iter: Option<NodeId>, body: Option<NodeId>) -> bool {
    let Some(body) = body else { return false };
    let named = iter.is_some_and(|iter| {
        let says = |id: NodeId| {
            let name = tree.text(id).to_ascii_lowercase();
            // Not `entries`.
            name.contains("retr")
                || name.contains("attempt")
                || name == "tries"
                || name.ends_with("_tries")
                || name == "maxtries"
        };
        says(iter) || tree.descendants(iter).any(says)
    });
    let mut tries = false;
    for child in tree.children(body) {
        if tree.node(child).kind != Kind::Try {
            continue;
        }
        let Some(inside) = tree.child(child, Role::Body) else {
            continue;
        };
        let ends =
            own(tree, inside).any(|id| matches!(tree.node(id).kind, Kind::Return | Kind::Break));
        let handled = tree
            .children(child)
            .filter(|id| tree.node(*id).kind == Kind::Handler)
            .any(|id| sleeps(tree, id));
        tries |= handled || (ends && iter.is_none_or(|iter| counts(tree, iter)));
    }
    named || tries
}

fn counts(tree: &Tree, iter: NodeId) -> bool {
    tree.child(iter, Role::Callee)
        .is_some_and(|callee| tree.text(callee) == "range")
}

/// Nodes of a body without those of functions defined in it.
fn own(tree: &Tree, body: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    let end = tree.node(body).end;
    let mut at = NodeId(body.0 + 1);
    std::iter::from_fn(move || {
        while at < end {
            let id = at;
            if tree.node(id).kind == Kind::Function {
                at = tree.node(id).end;
                continue;
            }
            at = NodeId(id.0 + 1);
            return Some(id);
        }
        None
    })
}

fn sleeps(tree: &Tree, body: NodeId) -> bool {
    own(tree, body).any(|id| {
        tree.node(id).kind == Kind::Call
            && tree.child(id, Role::Callee).is_some_and(|callee| {
                matches!(
                    tree.text(callee),
                    "sleep"
                        | "Sleep"
                        | "delay"
                        | "setTimeout"
                        | "After"
                        | "wait_for_message"
                        | "blpop"
                        | "brpop"
                        | "receive_message"
                        | "recv"
                        | "accept"
                )
            })
    })
}

/// Whether a call's argument is set from that call's own result further down: a page token, an offset.
fn pages(tree: &Tree, body: NodeId) -> bool {
    let mut assigned: FxHashSet<Atom> = FxHashSet::default();
    for id in own(tree, body) {
        let node = tree.node(id);
        if !matches!(node.kind, Kind::Assign | Kind::AugAssign) {
            continue;
        }
        for target in tree
            .children(id)
            .filter(|child| tree.node(*child).role == Role::Target)
        {
            match tree.node(target).kind {
                Kind::Name => {
                    assigned.insert(tree.node(target).atom);
                }
                // `kwargs["ExclusiveStartKey"] = ...`, `params.cursor = ...`.
                Kind::Index | Kind::Attr => {
                    if let Some(base) = tree.child(target, Role::Value) {
                        assigned.insert(tree.node(base).atom);
                    }
                }
                _ => {}
            }
        }
    }
    let paged_word = |atom: Atom| {
        let name = tree.str(atom).to_ascii_lowercase();
        [
            "page",
            "offset",
            "cursor",
            "token",
            "last",
            "next",
            "skip",
            "after",
            "start",
            "marker",
            "kwargs",
            "params",
            "continuation",
            "has_more",
            "query",
            "from_",
            "resp",
        ]
        .iter()
        .any(|word| name.contains(word))
    };
    assigned.iter().any(|atom| {
        paged_word(*atom)
            && own(tree, body).any(|id| {
                let node = tree.node(id);
                node.kind == Kind::Name && node.atom == *atom && in_argument(tree, id, body)
            })
    })
}

fn in_argument(tree: &Tree, id: NodeId, body: NodeId) -> bool {
    let mut inner = id;
    for up in tree.ancestors(id) {
        if up == body {
            return false;
        }
        if tree.node(up).kind == Kind::Call && tree.node(inner).role == Role::Arg {
            return true;
        }
        inner = up;
    }
    false
}

#[cfg(test)]
mod tests;
