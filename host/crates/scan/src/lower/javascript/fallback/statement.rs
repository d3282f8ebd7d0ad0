//! Statements of tree-sitter's JavaScript and TypeScript.

use perfctl_core::place::ByteSpan;
use tree_sitter::Node;

use super::declaration::declarators;
use crate::lower::agenda::{Agenda, Slot, span_between, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

/// The file: its root is there already.
pub(super) fn program<'t>(a: &mut Work<'t>, node: Node<'t>, _: Slot<'t>) {
    statements(a, node);
}

/// Steps for the statements that `node` holds, broken ones in their place.
pub(super) fn statements<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let children = a.children(node);
    a.read_broken();
    for statement in children.all_named() {
        a.then(statement, Role::Body);
    }
}

pub(super) fn block<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Block, node, slot);
    statements(a, node);
    a.close();
}

/// Steps for what a loop or branch owns, as a block also where there are no braces.
fn body<'t>(a: &mut Work<'t>, node: Option<Node<'t>>, role: Role) {
    let Some(node) = node else { return };
    if node.kind() == "statement_block" {
        a.then(node, role);
        return;
    }
    a.then_open(Kind::Block, role, span_of(node));
    a.then(node, Role::Body);
    a.close();
}

/// What stands in the brackets of an expression.
pub(super) fn unwrapped<'t>(a: &mut Work<'t>, mut node: Node<'t>) -> Node<'t> {
    while node.kind() == "parenthesized_expression"
        && let Some(inside) = a.items(node).first()
    {
        node = *inside;
    }
    node
}

pub(super) fn expression<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let Some(first) = a.items(node).first().copied() else {
        return;
    };
    let value = unwrapped(a, first);
    match value.kind() {
        // No statement starts so: a declaration that was not finished.
        "function_expression" | "generator_function" if first == value => {
            super::declaration::whole_function(a, value, slot, &[]);
        }
        "assignment_expression" | "augmented_assignment_expression" => {
            a.then_in(value, slot.over(span_of(node)));
        }
        // The grammar takes `namespace x {}` for an expression.
        "internal_module" => a.then_in(value, slot),
        _ => {
            a.open(Kind::ExprStmt, node, slot);
            a.then(value, Role::Value);
            a.close();
        }
    }
}

pub(super) fn debugger<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.leaf(Kind::Other, node, slot, Atom::EMPTY);
}

pub(super) fn branch<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::If, node, slot);
    a.then_maybe(children.field("condition"), Role::Test);
    body(a, children.field("consequence"), Role::Body);
    if let Some(clause) = children.field("alternative") {
        match a.items(clause).first() {
            Some(next) if next.kind() == "if_statement" => a.then(*next, Role::Else),
            other => body(a, other.copied(), Role::Else),
        }
    }
    a.close();
}

pub(super) fn counted<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::CFor, node, slot);
    if let Some(init) = children.field("initializer") {
        let several = declarators(a, init) > 1;
        if several {
            a.then_open(Kind::Block, Role::Init, span_of(init));
        }
        a.then(init, if several { Role::Body } else { Role::Init });
        if several {
            a.close();
        }
    }
    a.then_maybe(children.field("condition"), Role::Test);
    a.then_maybe(children.field("increment"), Role::Step);
    body(a, children.field("body"), Role::Body);
    a.close();
}

pub(super) fn loop_over<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let flags = Flags::when(children.has("await"), Flags::ASYNC)
        | Flags::when(children.has("in"), Flags::KEYS);
    a.open(Kind::For, node, slot.flagged(flags));
    a.then_maybe(children.field("left"), Role::Target);
    a.then_maybe(children.field("right"), Role::Iter);
    body(a, children.field("body"), Role::Body);
    a.close();
}

pub(super) fn while_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::While, node, slot);
    a.then_maybe(children.field("condition"), Role::Test);
    body(a, children.field("body"), Role::Body);
    a.close();
}

pub(super) fn do_while<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    while_(a, node, slot.flagged(Flags::DO));
}

pub(super) fn with<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::With, node, slot);
    if let Some(object) = children.field("object").map(|object| unwrapped(a, object)) {
        a.then_open(Kind::WithItem, Role::Item, span_of(object));
        a.then(object, Role::Value);
        a.close();
    }
    body(a, children.field("body"), Role::Body);
    a.close();
}

pub(super) fn attempt<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Try, node, slot);
    a.then_maybe(children.field("body"), Role::Body);
    if let Some(handler) = children.field("handler") {
        let parts = a.children(handler);
        let bound = parts.field("parameter");
        let name = bound.filter(|bound| bound.kind() == "identifier");
        let atom = name.map_or(Atom::EMPTY, |name| a.atom(name));
        let span = span_of(handler);
        a.then_open_with(Kind::Handler, Role::Handler, span, Flags::NONE, atom);
        if name.is_none() {
            a.then_maybe(bound, Role::Target);
        }
        a.then_maybe(parts.field("body"), Role::Body);
        a.close();
    }
    if let Some(clause) = children.field("finalizer") {
        let last = a.children(clause).field("body");
        a.then_maybe(last, Role::Finally);
    }
    a.close();
}

/// Cases that fall through with nothing of their own are one case with several tests, as in the other lowering.
pub(super) fn switch<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Switch, node, slot);
    a.then_maybe(children.field("value"), Role::Value);
    let cases = children
        .field("body")
        .map(|list| a.items(list))
        .unwrap_or_default();
    let mut cases = cases.into_iter().peekable();
    while let Some(first) = cases.next() {
        let mut parts = a.children(first);
        let mut last = first;
        let mut tests = Vec::from_iter(parts.field("value"));
        while parts.field("body").is_none()
            && last.kind() == "switch_case"
            && let Some(next) = cases.next_if(|next| next.kind() == "switch_case")
        {
            parts = a.children(next);
            tests.extend(parts.field("value"));
            last = next;
        }
        a.then_open(Kind::Case, Role::Case, span_between(first, last));
        for test in tests {
            a.then(test, Role::Test);
        }
        let statements: Vec<Node<'t>> = parts.fields("body").collect();
        let end = last.end_byte() as u32;
        let span = match (statements.first(), statements.last()) {
            (Some(first), Some(last)) => span_between(*first, *last),
            _ => ByteSpan::new(end, end),
        };
        a.then_open(Kind::Block, Role::Body, span);
        for statement in statements {
            a.then(statement, Role::Body);
        }
        a.close();
        a.close();
    }
    a.close();
}

pub(super) fn break_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let labelled = a.children(node).field("label").is_some();
    let flags = Flags::when(labelled, Flags::LABELLED);
    a.leaf(Kind::Break, node, slot.flagged(flags), Atom::EMPTY);
}

pub(super) fn continue_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.leaf(Kind::Continue, node, slot, Atom::EMPTY);
}

pub(super) fn return_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    one(a, Kind::Return, node, slot);
}

pub(super) fn throw<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    one(a, Kind::Raise, node, slot);
}

fn one<'t>(a: &mut Work<'t>, kind: Kind, node: Node<'t>, slot: Slot<'t>) {
    a.open(kind, node, slot);
    for value in a.items(node) {
        a.then(value, Role::Value);
    }
    a.close();
}

/// A label is not kept; the statement it names is.
pub(super) fn labelled<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    if let Some(statement) = a.children(node).field("body") {
        a.then_in(statement, slot);
    }
}
