//! Array and object literals of tree-sitter's JavaScript and TypeScript, and the patterns that look like them.

use tree_sitter::Node;

use super::class::plain_key;
use super::declaration::whole_function;
use perfctl_core::place::ByteSpan;

use crate::lower::agenda::{Agenda, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

pub(super) fn array<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    elements(a, node, slot, false);
}

pub(super) fn array_pattern<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    elements(a, node, slot, true);
}

/// A hole between two commas keeps the places of those after it.
fn elements<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>, pattern: bool) {
    let children = a.children(node);
    a.open(
        Kind::List,
        node,
        Slot {
            span: slot.span,
            ..Slot::new(slot.role)
        },
    );
    let mut empty = true;
    for child in children.iter() {
        if child.is_named() && !child.is_error() {
            a.then(child, Role::Item);
            empty = false;
        } else if child.kind() == "," {
            if empty {
                let at = if pattern {
                    node.start_byte()
                } else {
                    child.start_byte()
                } as u32;
                a.then_leaf(Kind::Null, Role::Item, ByteSpan::new(at, at), Atom::EMPTY);
            }
            empty = true;
        }
    }
    a.close();
}

pub(super) fn object<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(
        Kind::Dict,
        node,
        Slot {
            span: slot.span,
            ..Slot::new(slot.role)
        },
    );
    for child in a.items(node) {
        match child.kind() {
            "shorthand_property_identifier" => shorthand(a, child),
            "method_definition" => method(a, child),
            _ => a.then(child, Role::Item),
        }
    }
    a.close();
}

pub(super) fn object_pattern<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(
        Kind::Dict,
        node,
        Slot {
            span: slot.span,
            ..Slot::new(slot.role)
        },
    );
    for child in a.items(node) {
        match child.kind() {
            "shorthand_property_identifier_pattern" => shorthand(a, child),
            "object_assignment_pattern" => {
                let left = a.children(child).field("left");
                let name = left.map_or(Atom::EMPTY, |left| a.atom(left));
                a.then_open_with(
                    Kind::Pair,
                    Role::Item,
                    span_of(child),
                    Flags::SHORTHAND,
                    name,
                );
                a.then(child, Role::Value);
                a.close();
            }
            _ => a.then(child, Role::Item),
        }
    }
    a.close();
}

fn shorthand<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let name = a.atom(node);
    a.then_open_with(
        Kind::Pair,
        Role::Item,
        span_of(node),
        Flags::SHORTHAND,
        name,
    );
    let kind = match a.text(node) {
        "undefined" if node.kind() == "shorthand_property_identifier" => Kind::Null,
        _ => Kind::Name,
    };
    let atom = if kind == Kind::Null {
        Atom::EMPTY
    } else {
        name
    };
    a.then_leaf(kind, Role::Value, span_of(node), atom);
    a.close();
}

/// A method in an object; one with a computed name is the value of a pair.
fn method<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let flags = Flags::METHOD | Flags::LAMBDA;
    let name = a.children(node).field("name");
    a.read_broken();
    let key = name.map_or(Atom::EMPTY, |name| plain_key(a, name));
    if key != Atom::EMPTY {
        whole_function(
            a,
            node,
            Slot::new(Role::Item).flagged(flags).named(key),
            &[],
        );
        return;
    }
    a.then_open_with(
        Kind::Pair,
        Role::Item,
        span_of(node),
        Flags::COMPUTED,
        Atom::EMPTY,
    );
    let mut slot = Slot::new(Role::Value).flagged(flags);
    if let Some(name) = name {
        a.then(name, Role::Key);
        slot = slot.over(ByteSpan::new(
            name.end_byte() as u32,
            node.end_byte() as u32,
        ));
    }
    a.then_with(unnamed_method, node, slot);
    a.close();
}

fn unnamed_method<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    whole_function(a, node, slot, &[]);
}

pub(super) fn pair<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let Some(key) = children.field("key") else {
        return;
    };
    let text = plain_key(a, key);
    let computed = key.kind() == "computed_property_name";
    let flags = Flags::when(computed, Flags::COMPUTED);
    a.open(
        Kind::Pair,
        node,
        Slot::new(slot.role).flagged(flags).named(text),
    );
    if computed || text == Atom::EMPTY {
        a.then(key, Role::Key);
    }
    if let Some(value) = children.field("value") {
        a.then_in(value, Slot::new(Role::Value).named(text));
    }
    a.close();
}

/// A default in a pattern: `{a = 1}`, `[a = 1]`.
pub(super) fn default<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Assign, node, Slot::new(slot.role));
    let target = children.field("left");
    let name = target.map_or(Atom::EMPTY, |target| {
        super::expression::target_name(a, target)
    });
    a.then_maybe(target, Role::Target);
    if let Some(value) = children.field("right") {
        a.then_in(value, Slot::new(Role::Value).named(name));
    }
    a.close();
}
