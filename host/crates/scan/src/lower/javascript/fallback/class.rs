//! Classes, interfaces and enumerations of tree-sitter's JavaScript and TypeScript, and the names of their members.

use tree_sitter::Node;

use super::annotation;
use super::declaration::{decorated_span, decoration, parameters, whole_function};
use super::text::string_value;
use crate::lower::agenda::{Agenda, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

pub(super) fn class<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    whole_class(a, node, slot, &[]);
}

/// Steps for a class; `outside` are the decorators that stand before its `export`.
pub(super) fn whole_class<'t>(
    a: &mut Work<'t>,
    node: Node<'t>,
    slot: Slot<'t>,
    outside: &[Node<'t>],
) {
    let children = a.children(node);
    let name = match children.field("name") {
        Some(own) if slot.name == Atom::EMPTY => a.atom(own),
        _ => slot.name,
    };
    let span = slot.span.unwrap_or(span_of(node));
    a.then_open_with(Kind::Class, slot.role, span, slot.flags, name);
    for decorator in outside.iter().copied().chain(children.fields("decorator")) {
        a.then_with(decoration, decorator, Slot::new(Role::Decorator));
    }
    if let Some(heritage) = children.find("class_heritage") {
        bases(a, heritage);
    }
    if let Some(body) = children.field("body") {
        a.then_open(Kind::Block, Role::Body, span_of(body));
        members(a, body);
        a.close();
    }
    a.close();
}

fn bases<'t>(a: &mut Work<'t>, heritage: Node<'t>) {
    for clause in a.items(heritage) {
        match clause.kind() {
            "extends_clause" => {
                for base in a.children(clause).fields("value") {
                    a.then(base, Role::Base);
                }
            }
            "implements_clause" => {
                for base in a.items(clause) {
                    let base = annotation::without_arguments(a, base);
                    a.then_in(base, Slot::new(Role::Base).flagged(Flags::TYPE_ONLY));
                }
            }
            _ => a.then(clause, Role::Base),
        }
    }
}

/// Steps for what a class holds. In TypeScript's grammar the decorators of a method stand before it.
fn members<'t>(a: &mut Work<'t>, body: Node<'t>) {
    let children = a.children(body);
    a.read_broken();
    let mut decorators = Vec::new();
    for member in children.all_named() {
        match member.kind() {
            "decorator" => {
                decorators.push(member);
                continue;
            }
            "method_definition" => one_method(a, member, Slot::new(Role::Body), &decorators),
            _ => a.then(member, Role::Body),
        }
        decorators.clear();
    }
}

pub(super) fn method<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    one_method(a, node, slot, &[]);
}

fn one_method<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>, outside: &[Node<'t>]) {
    let children = a.children(node);
    a.read_broken();
    let fixed = children.has("static") || children.has("static get");
    let flags = Flags::when(fixed && slot.role == Role::Body, Flags::STATIC);
    let all: Vec<Node<'t>> = outside
        .iter()
        .copied()
        .chain(children.fields("decorator"))
        .collect();
    whole_function(
        a,
        node,
        slot.flagged(flags).over(decorated_span(node, &all)),
        &all,
    );
}

pub(super) fn field<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let Some(key) = children.field("name").or(children.field("property")) else {
        return;
    };
    let modifier = children
        .find("accessibility_modifier")
        .map(|modifier| a.text(modifier));
    let private = modifier == Some("private") || key.kind() == "private_property_identifier";
    let flags = Flags::when(children.has("static"), Flags::STATIC)
        | Flags::when(children.has("readonly"), Flags::CONST)
        | Flags::when(private, Flags::PRIVATE);
    let decorators: Vec<Node<'t>> = children.fields("decorator").collect();
    a.open(Kind::Assign, node, slot.flagged(flags));
    for decorator in &decorators {
        a.then_with(decoration, *decorator, Slot::new(Role::Decorator));
    }
    let name = member_name(a, key);
    let at = key_span(a, key);
    a.then_leaf(Kind::Name, Role::Target, at, name);
    a.then_maybe(children.field("type"), Role::Type);
    if let Some(value) = children.field("value") {
        a.then_in(value, Slot::new(Role::Value).named(name));
    }
    a.close();
}

fn key_span<'t>(a: &mut Work<'t>, key: Node<'t>) -> perfctl_core::place::ByteSpan {
    match key.kind() {
        "computed_property_name" => a
            .items(key)
            .first()
            .map_or(span_of(key), |inside| span_of(*inside)),
        _ => span_of(key),
    }
}

/// A member's name: the key's text, a computed one's as written in brackets.
pub(super) fn member_name<'t>(a: &mut Work<'t>, key: Node<'t>) -> Atom {
    match plain_key(a, key) {
        Atom::EMPTY => {
            let span = key_span(a, key);
            let text = format!("[{}]", a.source_text(span));
            a.builder.atom(&text)
        }
        name => name,
    }
}

/// The text of a key that is a name or a literal, else nothing.
pub(super) fn plain_key<'t>(a: &mut Work<'t>, key: Node<'t>) -> Atom {
    let key = match key.kind() {
        "computed_property_name" => match a.items(key).first() {
            Some(inside) => *inside,
            None => return Atom::EMPTY,
        },
        "identifier"
        | "property_identifier"
        | "private_property_identifier"
        | "type_identifier"
        | "shorthand_property_identifier" => return a.atom(key),
        _ => key,
    };
    match key.kind() {
        "string" => {
            let text = string_value(a.text(key));
            a.builder.atom(&text)
        }
        "template_string"
            if a.items(key)
                .iter()
                .all(|part| part.kind() != "template_substitution") =>
        {
            let text = string_value(a.text(key));
            a.builder.atom(&text)
        }
        "number" => {
            let text = a.text(key).replace('_', "");
            a.builder.atom(&text)
        }
        _ => Atom::EMPTY,
    }
}

pub(super) fn static_block<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Block, node, slot.flagged(Flags::STATIC));
    if let Some(body) = a.children(node).field("body") {
        super::statement::statements(a, body);
    }
    a.close();
}

/// `[key: string]: T`: every further member has this type.
pub(super) fn index_signature<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Other, node, slot);
    let kind = a.children(node).field("type");
    a.then_maybe(kind, Role::Type);
    a.close();
}

pub(super) fn interface<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("name")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    a.open(
        Kind::Class,
        node,
        slot.named(name).flagged(Flags::TYPE_ONLY),
    );
    if let Some(clause) = children.find("extends_type_clause") {
        for base in a.children(clause).fields("type") {
            let base = annotation::without_arguments(a, base);
            a.then(base, Role::Base);
        }
    }
    if let Some(body) = children.field("body") {
        a.then_open(Kind::Block, Role::Body, span_of(body));
        signatures(a, body);
        a.close();
    }
    a.close();
}

/// Steps for the members of an interface.
pub(super) fn signatures<'t>(a: &mut Work<'t>, body: Node<'t>) {
    for member in a.items(body) {
        a.then(member, Role::Body);
    }
}

pub(super) fn property_signature<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let Some(key) = children.field("name") else {
        return;
    };
    let flags = Flags::when(children.has("readonly"), Flags::CONST);
    a.open(Kind::Assign, node, slot.flagged(flags));
    let name = member_name(a, key);
    let at = key_span(a, key);
    a.then_leaf(Kind::Name, Role::Target, at, name);
    a.then_maybe(children.field("type"), Role::Type);
    a.close();
}

pub(super) fn call_signature<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    signature(a, node, slot);
}

pub(super) fn construct_signature<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let name = a.builder.atom("new");
    signature(a, node, slot.named(name));
}

fn signature<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Function, node, slot.flagged(Flags::ABSTRACT));
    if let Some(list) = children.field("parameters") {
        parameters(a, list);
    }
    a.then_maybe(
        children.field("return_type").or(children.field("type")),
        Role::Returns,
    );
    a.close();
}

/// An enumeration is a class whose members are constants.
pub(super) fn enumeration<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("name")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    a.open(Kind::Class, node, slot.named(name));
    if let Some(body) = children.field("body") {
        a.then_open(Kind::Block, Role::Body, span_of(body));
        for member in a.items(body) {
            let parts = match member.kind() {
                "enum_assignment" => Some(a.children(member)),
                _ => None,
            };
            let key = parts
                .as_ref()
                .and_then(|parts| parts.field("name"))
                .unwrap_or(member);
            let flags = Flags::CONST | Flags::STATIC;
            a.then_open_with(
                Kind::Assign,
                Role::Body,
                span_of(member),
                flags,
                Atom::EMPTY,
            );
            let name = plain_key(a, key);
            let at = key_span(a, key);
            a.then_leaf(Kind::Name, Role::Target, at, name);
            a.then_maybe(parts.and_then(|parts| parts.field("value")), Role::Value);
            a.close();
        }
        a.close();
    }
    a.close();
}
