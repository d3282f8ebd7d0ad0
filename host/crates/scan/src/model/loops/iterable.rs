//! What the thing that a loop runs over says of the loop.

use super::{FEW, LoopKind};
use crate::model::scope::{Means, Scopes};
use crate::tree::{Kind, NodeId, Role, Tree};

pub(super) fn of_iterable(
    tree: &Tree,
    scopes: &Scopes,
    id: NodeId,
    iter: Option<NodeId>,
) -> LoopKind {
    let Some(iter) = iter else {
        return LoopKind::Unknown;
    };
    let iter = unwrap(tree, iter);
    let node = tree.node(iter);
    match node.kind {
        Kind::List | Kind::Set | Kind::Dict if has_few(tree, iter) => {
            return LoopKind::Constant;
        }
        Kind::Name => {
            if let Some(value) = assigned_literal(tree, scopes, iter)
                && has_few(tree, value)
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
                    // boto3's gives pages, a `get_paginated` of one's own may give what stands on them.
                    "paginate" => return LoopKind::Chunk,
                    name if name.contains("paginat")
                        && !element(tree, id)
                            .is_some_and(|(element, body)| is_on_page(tree, element, body)) =>
                    {
                        return LoopKind::Chunk;
                    }
                    // `fetch_batch(limit=50)` may give one batch of rows.
                    name if (name.contains("chunk") || name.contains("batch"))
                        && !element(tree, id)
                            .is_some_and(|(element, body)| is_record(tree, element, body)) =>
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
    let says_chunk = target(tree, id).is_some_and(|target| {
        let name = tree.text(target).to_ascii_lowercase();
        (name.contains("chunk") || name.contains("batch") || name == "page")
            && !element(tree, id).is_some_and(|(element, body)| is_record(tree, element, body))
    });
    if says_chunk {
        LoopKind::Chunk
    } else {
        LoopKind::PerItem
    }
}

/// Whether a literal has few elements, each of them written there.
fn has_few(tree: &Tree, literal: NodeId) -> bool {
    let mut items = tree.children(literal);
    items.all(|item| tree.node(item).kind != Kind::Spread) && tree.children(literal).count() <= FEW
}

/// The last of the names that a loop gives its elements to.
fn target(tree: &Tree, id: NodeId) -> Option<NodeId> {
    tree.children(id)
        .filter(|child| tree.node(*child).role == Role::Target)
        .last()
}

/// What stands for the element of a loop, a comprehension's clause or an iterating method, and what is done with it.
fn element(tree: &Tree, id: NodeId) -> Option<(NodeId, NodeId)> {
    match tree.node(id).kind {
        Kind::Clause => Some((
            target(tree, id)?,
            tree.child(tree.node(id).parent, Role::Value)?,
        )),
        Kind::Call => {
            let function = tree
                .children(id)
                .find(|child| tree.node(*child).kind == Kind::Function)?;
            Some((
                tree.child(function, Role::Param)?,
                tree.child(function, Role::Body)?,
            ))
        }
        _ => Some((target(tree, id)?, tree.child(id, Role::Body)?)),
    }
}

/// Whether a loop's body reads fields of what it runs over, as of a row that happens to be called a chunk or batch.
fn is_record(tree: &Tree, element: NodeId, body: NodeId) -> bool {
    const OF_LISTS: &[&str] = &[
        "length", "size", "map", "filter", "forEach", "reduce", "slice", "push", "keys", "values",
        "items", "entries", "append", "extend", "pop", "get", "count", "join", "index", "tolist",
        "toArray", "some", "every", "find", "flatMap", "Len",
    ];
    let atom = tree.node(element).atom;
    std::iter::once(body)
        .chain(tree.descendants(body))
        .any(|inner| {
            tree.node(inner).kind == Kind::Attr
                && !OF_LISTS.contains(&tree.text(inner))
                && tree.child(inner, Role::Value).is_some_and(|base| {
                    tree.node(base).kind == Kind::Name && tree.node(base).atom == atom
                })
        })
}

/// Whether what a loop turns over is no page but one of the things on it: the body reads its fields by name, and turns over none of them.
fn is_on_page(tree: &Tree, element: NodeId, body: NodeId) -> bool {
    const PAGES: &[&str] = &[
        "page", "pages", "response", "resp", "res", "result", "results",
    ];
    if PAGES.contains(&tree.text(element)) {
        return false;
    }
    let atom = tree.node(element).atom;
    let is_element = |id: NodeId| tree.node(id).kind == Kind::Name && tree.node(id).atom == atom;
    let mut reads = false;
    for inner in std::iter::once(body).chain(tree.descendants(body)) {
        match tree.node(inner).kind {
            Kind::For | Kind::Clause | Kind::Comprehension => {
                let over = tree.child(inner, Role::Iter);
                if over.is_some_and(|over| {
                    std::iter::once(over)
                        .chain(tree.descendants(over))
                        .any(is_element)
                }) {
                    return false;
                }
            }
            Kind::Index => {
                let key = tree.child(inner, Role::Index);
                reads |= tree.child(inner, Role::Value).is_some_and(is_element)
                    && key.is_some_and(|key| tree.node(key).kind == Kind::Str);
            }
            _ => {}
        }
    }
    reads || is_record(tree, element, body)
}

/// `i += 100`, but not `i += 1`.
pub(super) fn strides(tree: &Tree, step: NodeId) -> bool {
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

/// The literal that a name was given, if every binding of it in its scope is that one and nothing is added to it.
fn assigned_literal(tree: &Tree, scopes: &Scopes, name: NodeId) -> Option<NodeId> {
    let atom = tree.node(name).atom;
    let mut scope = scopes.of(name);
    loop {
        let bindings = scopes.bindings(scope, atom);
        if let [one] = bindings
            && one.means == Means::Assign
            && scopes.additions(scope, atom).is_empty()
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

pub(super) fn number(tree: &Tree, node: NodeId) -> Option<f64> {
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
