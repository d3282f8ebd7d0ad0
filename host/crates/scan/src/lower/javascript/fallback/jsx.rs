//! JSX of tree-sitter's JavaScript and TypeScript.

use tree_sitter::Node;

use super::super::entity::attribute_value;
use crate::lower::agenda::{Agenda, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

/// An element, closed or not; one without a name is a fragment.
pub(super) fn element<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let opening = children.field("open_tag");
    let head = match opening {
        Some(opening) => a.children(opening),
        None => a.children(node),
    };
    if opening.is_none() {
        // The same children a second time.
        a.read_broken();
    }
    let tag = match head.field("name") {
        Some(name) => {
            let text: String = a.text(name).split_whitespace().collect();
            a.builder.atom(&text)
        }
        None => Atom::EMPTY,
    };
    a.open(
        Kind::Jsx,
        node,
        Slot {
            flags: Flags::NONE,
            ..slot.named(tag)
        },
    );
    for attribute in head.fields("attribute") {
        match attribute.kind() {
            "jsx_attribute" => one_attribute(a, attribute),
            _ => a.then(attribute, Role::Arg),
        }
    }
    if opening.is_some() {
        for child in children.loose() {
            a.then(child, Role::Item);
        }
    }
    a.close();
}

fn one_attribute<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let parts = a.items(node);
    let Some(name) = parts.first() else { return };
    let atom = a.atom(*name);
    a.then_open_with(Kind::KwArg, Role::Arg, span_of(node), Flags::NONE, atom);
    if let Some(value) = parts.get(1) {
        match value.kind() {
            "string" => {
                let text = a.text(*value);
                let inside = text
                    .get(1..text.len().saturating_sub(1))
                    .unwrap_or_default();
                let text = attribute_value(inside);
                let text = a.builder.atom(&text);
                a.then_leaf(Kind::Str, Role::Value, span_of(*value), text);
            }
            _ => a.then_in(*value, Slot::new(Role::Value).named(atom)),
        }
    }
    a.close();
}

/// `{value}`: what it holds.
pub(super) fn expression<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    for value in a.items(node) {
        a.then_in(value, slot);
    }
}
