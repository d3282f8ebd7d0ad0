//! Statements of Go.

use super::declaration::{Binding, bind};
use crate::lower::agenda::{Agenda, Slot, span_between, span_of};
use crate::tree::{Atom, Flags, Kind, Role};
use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;
use tree_sitter::Node;

type Work<'t> = Agenda<'t>;

/// The file: its root is there already.
pub(super) fn file<'t>(a: &mut Work<'t>, node: Node<'t>, _: Slot<'t>) {
    list(a, node, Slot::new(Role::Body));
}

pub(super) fn list<'t>(a: &mut Work<'t>, node: Node<'t>, _: Slot<'t>) {
    let children = a.children(node);
    a.read_broken();
    for statement in children.all_named() {
        a.then(statement, Role::Body);
    }
}

pub(super) fn block<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Block, node, slot);
    let children = a.children(node);
    a.read_broken();
    for child in children.all_named() {
        a.then(child, Role::Body);
    }
    a.close();
}

/// A call, receive or the like as a statement; as part of a `for` or `select` only the expression.
pub(super) fn expression<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let value = a.items(node).first().copied();
    if slot.role == Role::Body {
        a.open(Kind::ExprStmt, node, slot);
        a.then_maybe(value, Role::Value);
        a.close();
    } else if let Some(value) = value {
        a.then_in(value, slot);
    }
}

fn as_statement<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) -> Role {
    if slot.role == Role::Body {
        a.open(Kind::ExprStmt, node, slot);
        Role::Value
    } else {
        slot.role
    }
}

fn close_statement<'t>(a: &mut Work<'t>, slot: Slot<'t>) {
    a.close();
    if slot.role == Role::Body {
        a.close();
    }
}

pub(super) fn send<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let role = as_statement(a, node, slot);
    let arrow = a.builder.atom("<-");
    a.open(Kind::Binary, node, Slot::new(role).named(arrow));
    for operand in a.items(node) {
        a.then(operand, Role::Value);
    }
    close_statement(a, slot);
}

pub(super) fn increment<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let role = as_statement(a, node, slot);
    let operator = a.builder.atom(if node.kind() == "inc_statement" {
        "++"
    } else {
        "--"
    });
    a.open(Kind::Unary, node, Slot::new(role).named(operator));
    for operand in a.items(node) {
        a.then(operand, Role::Value);
    }
    close_statement(a, slot);
}

/// The `case` of a `select`: a receive that may bind.
pub(super) fn receive<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let Some(value) = children.field("right") else {
        return;
    };
    let Some(left) = children.field("left") else {
        a.then_in(value, slot);
        return;
    };
    let flags = Flags::when(children.has(":="), Flags::DECLARE);
    let targets = a.items(left);
    bind(
        a,
        Binding {
            targets: &targets,
            kind: None,
            values: &[value],
            whole: span_of(node),
        },
        slot.flagged(flags),
    );
}

pub(super) fn assignment<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let (Some(left), Some(right)) = (children.field("left"), children.field("right")) else {
        return;
    };
    let operator = children
        .any_field("operator")
        .map_or("=", |operator| a.text(operator));
    let targets = a.items(left);
    let values = a.items(right);
    match operator.strip_suffix('=') {
        Some("") | None => {
            bind(
                a,
                Binding {
                    targets: &targets,
                    kind: None,
                    values: &values,
                    whole: span_of(node),
                },
                slot,
            );
        }
        Some(operator) => {
            let operator = a.builder.atom(operator);
            a.open(Kind::AugAssign, node, slot.named(operator));
            a.then_maybe(targets.first().copied(), Role::Target);
            a.then_maybe(values.first().copied(), Role::Value);
            a.close();
        }
    }
}

pub(super) fn short_declaration<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let (Some(left), Some(right)) = (children.field("left"), children.field("right")) else {
        return;
    };
    let targets = a.items(left);
    let values = a.items(right);
    let slot = slot.flagged(Flags::DECLARE);
    bind(
        a,
        Binding {
            targets: &targets,
            kind: None,
            values: &values,
            whole: span_of(node),
        },
        slot,
    );
}

/// A label is not kept; the statement it names is.
pub(super) fn labelled<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    for statement in a.items(node) {
        a.then_in(statement, slot);
    }
}

/// `goto` and `fallthrough`, which have no form.
pub(super) fn other_jump<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.leaf(Kind::Other, node, slot, Atom::EMPTY);
}

pub(super) fn break_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let labelled = !a.items(node).is_empty();
    a.leaf(
        Kind::Break,
        node,
        slot.flagged(Flags::when(labelled, Flags::LABELLED)),
        Atom::EMPTY,
    );
}

pub(super) fn continue_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.leaf(Kind::Continue, node, slot, Atom::EMPTY);
}

pub(super) fn return_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Return, node, slot);
    let values = a.items(node).first().copied();
    a.then_maybe(values, Role::Value);
    a.close();
}

pub(super) fn go<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    one(a, Kind::Go, node, slot);
}

pub(super) fn defer<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    one(a, Kind::Defer, node, slot);
}

fn one<'t>(a: &mut Work<'t>, kind: Kind, node: Node<'t>, slot: Slot<'t>) {
    a.open(kind, node, slot);
    for value in a.items(node) {
        a.then(value, Role::Value);
    }
    a.close();
}

pub(super) fn branch<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::If, node, slot);
    a.then_maybe(children.field("initializer"), Role::Init);
    a.then_maybe(children.field("condition"), Role::Test);
    a.then_maybe(children.field("consequence"), Role::Body);
    a.then_maybe(children.field("alternative"), Role::Else);
    a.close();
}

pub(super) fn loop_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let body = children.field("body");
    let head = children.loose().next();
    match head.map(|head| (head.kind(), head)) {
        Some(("for_clause", head)) => {
            let parts = a.children(head);
            a.open(Kind::CFor, node, slot);
            a.then_maybe(parts.field("initializer"), Role::Init);
            a.then_maybe(parts.field("condition"), Role::Test);
            a.then_maybe(parts.field("update"), Role::Step);
        }
        Some(("range_clause", head)) => {
            let parts = a.children(head);
            a.open(Kind::For, node, slot);
            if let Some(left) = parts.field("left") {
                for target in a.items(left) {
                    a.then(target, Role::Target);
                }
            }
            a.then_maybe(parts.field("right"), Role::Iter);
        }
        _ => {
            a.open(Kind::While, node, slot);
            a.then_maybe(head, Role::Test);
        }
    }
    a.then_maybe(body, Role::Body);
    a.close();
}

pub(super) fn switch<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Switch, node, slot);
    a.then_maybe(children.field("initializer"), Role::Init);
    a.then_maybe(children.field("value"), Role::Value);
    for case in children.loose() {
        a.then(case, Role::Case);
    }
    a.close();
}

/// `switch v := x.(type)`: what is switched over is the binding of `v` to `x`.
pub(super) fn type_switch<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Switch, node, slot);
    a.then_maybe(children.field("initializer"), Role::Init);
    match (children.field("alias"), children.field("value")) {
        (Some(alias), Some(value)) => {
            let targets = a.items(alias);
            let whole = span_between(alias, value);
            let slot = Slot::new(Role::Value).flagged(Flags::DECLARE);
            let binding = Binding {
                targets: &targets,
                kind: None,
                values: &[value],
                whole,
            };
            super::declaration::bind_later(a, binding, slot);
        }
        (_, value) => a.then_maybe(value, Role::Value),
    }
    for case in children.loose() {
        a.then(case, Role::Case);
    }
    a.close();
}

pub(super) fn select<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Switch, node, slot.flagged(Flags::SELECT));
    for case in a.items(node) {
        a.then(case, Role::Case);
    }
    a.close();
}

pub(super) fn case<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Case, node, slot);
    if let Some(values) = children.field("value") {
        for test in a.items(values) {
            a.then(test, Role::Test);
        }
    }
    for kind in children.fields("type") {
        a.then(kind, Role::Test);
    }
    a.then_maybe(children.field("communication"), Role::Test);
    let body: SmallVec<[Node<'t>; 1]> = children.loose().collect();
    let span = match (body.first(), body.last()) {
        (Some(first), Some(last)) => span_between(*first, *last),
        _ => ByteSpan::new(node.end_byte() as u32, node.end_byte() as u32),
    };
    a.then_open(Kind::Block, Role::Body, span);
    for list in body {
        a.then(list, Role::Body);
    }
    a.close();
    a.close();
}
