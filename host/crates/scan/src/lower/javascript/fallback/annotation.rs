//! Types of tree-sitter's TypeScript, in the shapes of expressions where one fits.

use perfctl_core::place::ByteSpan;
use tree_sitter::Node;

use super::class::plain_key;
use super::expression::template_text;
use super::text::string_value;
use crate::lower::agenda::{Agenda, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

/// Then: lower the type `node`. The grammar writes `import("m").T` as an expression.
pub(super) fn then_type<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    match node.kind() {
        "member_expression" | "call_expression" => a.then_with(import_type, node, slot),
        _ => a.then_in(node, slot),
    }
}

fn then_role<'t>(a: &mut Work<'t>, node: Option<Node<'t>>, role: Role) {
    if let Some(node) = node {
        then_type(a, node, Slot::new(role));
    }
}

/// A type whose text is the module it is imported from.
fn import_type<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let text = a.text(node);
    let quoted = text.find(['"', '\'']).and_then(|from| {
        let quote = text[from..].chars().next()?;
        let to = text[from + 1..].find(quote)?;
        text.get(from..from + to + 2)
    });
    let module = quoted.map(string_value).unwrap_or_default();
    let atom = a.builder.atom(&module);
    a.leaf(Kind::Type, node, slot, atom);
}

/// What stands behind a colon, in brackets or behind `readonly`.
pub(super) fn inner<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    if let Some(kind) = a.items(node).first() {
        then_type(a, *kind, slot);
    }
}

pub(super) fn word<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let text = a.text(node);
    // `unique symbol` is a symbol.
    let atom = a
        .builder
        .atom(text.rsplit(char::is_whitespace).next().unwrap_or(text));
    a.leaf(Kind::Name, node, slot, atom);
}

/// `a.b.T`.
pub(super) fn nested<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("name")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    a.open(Kind::Attr, node, slot.named(name));
    a.then_maybe(children.field("module"), Role::Value);
    a.close();
}

/// One argument stands as it is, several make a tuple.
pub(super) fn generic<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Index, node, Slot::new(slot.role));
    a.then_maybe(children.field("name"), Role::Value);
    if let Some(list) = children.field("type_arguments") {
        let arguments = a.items(list);
        if let [one] = arguments.as_slice() {
            then_role(a, Some(*one), Role::Index);
        } else {
            let span = span_of(list);
            a.then_open_with(Kind::List, Role::Index, span, Flags::TUPLE, Atom::EMPTY);
            for argument in arguments {
                then_role(a, Some(argument), Role::Item);
            }
            a.close();
        }
    }
    a.close();
}

/// `Base<T>` as a base class is `Base`.
pub(super) fn without_arguments<'t>(a: &mut Work<'t>, node: Node<'t>) -> Node<'t> {
    match node.kind() {
        "generic_type" => a.children(node).field("name").unwrap_or(node),
        _ => node,
    }
}

pub(super) fn array<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Index, node, Slot::new(slot.role));
    let name = a.builder.atom("Array");
    let start = node.start_byte() as u32;
    a.then_leaf(Kind::Name, Role::Value, ByteSpan::new(start, start), name);
    let element = a.items(node).first().copied();
    then_role(a, element, Role::Index);
    a.close();
}

pub(super) fn lookup<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let parts = a.items(node);
    // Told from the arguments of a generic type by the flag.
    a.open(
        Kind::Index,
        node,
        Slot::new(slot.role).flagged(Flags::PROPERTY),
    );
    then_role(a, parts.first().copied(), Role::Value);
    then_role(a, parts.get(1).copied(), Role::Index);
    a.close();
}

pub(super) fn tuple<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::List, node, Slot::new(slot.role).flagged(Flags::TUPLE));
    for element in a.items(node) {
        match element.kind() {
            "required_parameter" | "optional_parameter" => {
                let parts = a.children(element);
                let name = parts.field("name");
                let rest = name.is_some_and(|name| name.kind() == "rest_pattern");
                if rest {
                    a.then_open(Kind::Spread, Role::Item, span_of(element));
                }
                a.then_maybe(
                    parts.field("type"),
                    if rest { Role::Value } else { Role::Item },
                );
                if rest {
                    a.close();
                }
            }
            _ => then_role(a, Some(element), Role::Item),
        }
    }
    a.close();
}

pub(super) fn rest<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Spread, node, Slot::new(slot.role));
    let kind = a.items(node).first().copied();
    then_role(a, kind, Role::Value);
    a.close();
}

/// `A | B` and `A & B`; with a leading operator there may be one operand only.
pub(super) fn operands<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let operands = a.items(node);
    if let [one] = operands.as_slice() {
        then_type(a, *one, slot);
        return;
    }
    let operator = a.builder.atom(if node.kind() == "union_type" {
        "|"
    } else {
        "&"
    });
    a.open(Kind::Binary, node, Slot::new(slot.role).named(operator));
    for operand in operands {
        then_role(a, Some(operand), Role::Value);
    }
    a.close();
}

/// `typeof x`, `keyof T`.
pub(super) fn query<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let of_value = node.kind() == "type_query";
    let operator = a.builder.atom(if of_value { "typeof" } else { "keyof" });
    a.open(Kind::Unary, node, Slot::new(slot.role).named(operator));
    match a.items(node).first().copied() {
        Some(value) if of_value && !a.text(value).starts_with("import") => {
            a.then(value, Role::Value);
        }
        value => then_role(a, value, Role::Value),
    }
    a.close();
}

pub(super) fn literal<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let inside = a.items(node).first().copied();
    match inside.map(|inside| inside.kind()) {
        Some("null" | "undefined") => a.leaf(Kind::Null, node, slot, Atom::EMPTY),
        Some("string") => {
            let text = string_value(a.text(node));
            let atom = a.builder.atom(&text);
            a.leaf(Kind::Type, node, slot, atom);
        }
        _ => {
            let atom = a.atom(node);
            a.leaf(Kind::Type, node, slot, atom);
        }
    }
}

/// Whether an object type is `{[K in T]: V}`.
pub(super) fn is_mapped<'t>(a: &mut Work<'t>, node: Node<'t>) -> bool {
    mapped_clause(a, node).is_some()
}

fn mapped_clause<'t>(a: &mut Work<'t>, node: Node<'t>) -> Option<(Node<'t>, Node<'t>)> {
    let member = a
        .items(node)
        .first()
        .copied()
        .filter(|it| it.kind() == "index_signature")?;
    let clause = a.children(member).find("mapped_type_clause");
    a.read_broken();
    Some((member, clause?))
}

pub(super) fn object<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    if let Some((member, clause)) = mapped_clause(a, node) {
        let constraint = a.children(clause).field("type");
        then_role(a, constraint, Role::Type);
        let value = a.children(member).field("type");
        a.then_maybe(value, Role::Type);
        a.close();
        return;
    }
    for member in a.items(node) {
        let children = a.children(member);
        match member.kind() {
            "property_signature" | "method_signature" => {
                let Some(key) = children.field("name") else {
                    continue;
                };
                let computed = key.kind() == "computed_property_name";
                let text = plain_key(a, key);
                let flags = Flags::when(computed, Flags::COMPUTED);
                a.then_open_with(Kind::Pair, Role::Item, span_of(member), flags, text);
                if computed || text == Atom::EMPTY {
                    a.then(key, Role::Key);
                }
                if member.kind() == "method_signature" {
                    a.then_with(function, member, Slot::new(Role::Value));
                } else {
                    a.then_maybe(children.field("type"), Role::Value);
                }
                a.close();
            }
            "call_signature" | "construct_signature" => {
                a.then_with(function, member, Slot::new(Role::Item));
            }
            _ => a.then(member, Role::Item),
        }
    }
    a.close();
}

/// Parameters' types, then the result.
pub(super) fn function<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    if let Some(list) = children.field("parameters") {
        for parameter in a.items(list) {
            let parts = a.children(parameter);
            let this = parts
                .field("pattern")
                .is_some_and(|pattern| pattern.kind() == "this");
            if !this {
                a.then_maybe(parts.field("type"), Role::Arg);
            }
        }
    }
    then_role(
        a,
        children.field("return_type").or(children.field("type")),
        Role::Returns,
    );
    a.close();
}

pub(super) fn conditional<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    for part in a.items(node) {
        then_role(a, Some(part), Role::Type);
    }
    a.close();
}

/// `x is T`, `asserts x is T`, `asserts x`.
pub(super) fn predicate<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let mut at = node;
    if node.kind() == "asserts"
        && let Some(inside) = a.items(node).first()
    {
        at = *inside;
    }
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    if at.kind() == "type_predicate" {
        let kind = a.children(at).field("type");
        then_role(a, kind, Role::Type);
    }
    a.close();
}

pub(super) fn opaque<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.leaf(Kind::Type, node, slot, Atom::EMPTY);
}

pub(super) fn template<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let holes: Vec<Node<'t>> = a
        .children(node)
        .named()
        .filter(|part| part.kind() == "template_type")
        .collect();
    let atom = template_text(a, node, &holes);
    a.open(Kind::Type, node, Slot::new(slot.role).named(atom));
    for hole in holes {
        a.then(hole, Role::Type);
    }
    a.close();
}
