//! What the body of a loop says of its turns: attempts, pages, waits.

use rustc_hash::FxHashSet;

use crate::tree::{Atom, Kind, NodeId, Role, Tree};

/// A `try` in the body whose success ends the loop, over a counter called after attempts, or with a sleep in its handler.
pub(super) fn retries(tree: &Tree, iter: Option<NodeId>, body: Option<NodeId>) -> bool {
    let Some(body) = body else { return false };
    let named = iter.is_some_and(|iter| {
        let says = |id: NodeId| says_attempts(tree.text(id));
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

/// Whether a name speaks of attempts: `max_retries`, `retryCount`; `retrieved` and `entries` do not.
fn says_attempts(name: &str) -> bool {
    let is_word = |word: &str| {
        [
            "retry",
            "retries",
            "retrying",
            "retried",
            "attempt",
            "attempts",
            "tries",
            "maxretries",
            "maxattempts",
            "maxtries",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
    };
    words(name).any(is_word)
}

/// The words of a name in any of the ways of writing one: `max_tries`, `maxTries`, `MAX_TRIES`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|c: char| !c.is_alphabetic());
    parts.flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let mut chars = rest.char_indices().skip(1).zip(rest.chars());
            let next = chars.find(|((_, c), before)| c.is_uppercase() && !before.is_uppercase());
            let (word, behind) = rest.split_at(next.map_or(rest.len(), |((at, _), _)| at));
            rest = behind;
            (!word.is_empty()).then_some(word)
        })
    })
}

fn counts(tree: &Tree, iter: NodeId) -> bool {
    tree.child(iter, Role::Callee)
        .is_some_and(|callee| tree.text(callee) == "range")
}

/// Nodes of a body without those of functions defined in it.
pub(super) fn own(tree: &Tree, body: NodeId) -> impl Iterator<Item = NodeId> + '_ {
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

pub(super) fn sleeps(tree: &Tree, body: NodeId) -> bool {
    own(tree, body).any(|id| {
        tree.node(id).kind == Kind::Call
            && tree
                .child(id, Role::Callee)
                .is_some_and(|callee| match tree.text(callee) {
                    "sleep" | "Sleep" | "setTimeout" | "After" | "wait_for_message" | "blpop"
                    | "brpop" | "receive_message" | "recv" | "accept" => true,
                    // `task.delay(row)` hands a job to a queue and goes on.
                    "delay" => is_awaited(tree, id) || takes_number(tree, id),
                    _ => false,
                })
    })
}

fn is_awaited(tree: &Tree, call: NodeId) -> bool {
    tree.node(tree.node(call).parent).kind == Kind::Await
}

fn takes_number(tree: &Tree, call: NodeId) -> bool {
    let mut args = tree
        .children(call)
        .filter(|arg| tree.node(*arg).role == Role::Arg);
    args.any(|arg| match tree.node(arg).kind {
        Kind::Num => true,
        Kind::Binary => tree
            .children(arg)
            .any(|side| tree.node(side).kind == Kind::Num),
        _ => false,
    })
}

/// Whether a call's argument is set from that call's own result further down: a page token, an offset.
pub(super) fn pages(tree: &Tree, body: NodeId) -> bool {
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

/// Whether a condition or step goes on in something that is read bit by bit: Go's `rows.Next()`, `await cursor.next()`,
/// `chunk := file.read(4096)`.
pub(super) fn advances(tree: &Tree, test: NodeId) -> bool {
    let mut inside = std::iter::once(test).chain(own(tree, test));
    inside.any(|id| {
        let callee = (tree.node(id).kind == Kind::Call)
            .then(|| tree.child(id, Role::Callee))
            .flatten();
        callee.is_some_and(|callee| match tree.text(callee) {
            "Next" | "Scan" | "next" => true,
            "Read" | "fetchmany" | "fetchone" | "hasNext" | "read" | "readline" | "tryNext" => {
                tree.node(callee).kind == Kind::Attr
            }
            _ => false,
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
