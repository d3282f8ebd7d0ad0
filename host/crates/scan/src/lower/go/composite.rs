//! Composite literals of Go: slices are lists, maps dictionaries, both with the name of what they hold, structs calls of their type with
//! named arguments.
//!
//! An element may leave its type out (`[]T{{A: 1}}`); it then comes down from the literal around it.

use perfctl_core::place::ByteSpan;
use tree_sitter::Node;

use super::annotation::without_arguments;
use crate::lower::agenda::{Agenda, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

pub(super) fn literal<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let (Some(kind), Some(body)) = (children.field("type"), children.field("body")) else {
        return;
    };
    let slot = Slot {
        span: Some(slot.span.unwrap_or(span_of(node))),
        ..Slot::new(slot.role)
    };
    value(a, Some(kind), true, body, slot);
}

/// A literal without a type, which is the hint of its slot.
pub(super) fn untyped<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    value(
        a,
        slot.hint,
        false,
        node,
        Slot {
            hint: None,
            ..Slot::new(slot.role)
        },
    );
}

fn value<'t>(
    a: &mut Work<'t>,
    kind: Option<Node<'t>>,
    written: bool,
    body: Node<'t>,
    slot: Slot<'t>,
) {
    let kind = kind.map(|kind| pointee(a, kind));
    match kind.map(|kind| (kind.kind(), kind)) {
        Some(("slice_type" | "array_type" | "implicit_length_array_type", kind)) => {
            let element = a.children(kind).field("element");
            let of = element.map_or(Atom::EMPTY, |element| held(a, element));
            list(a, element, body, slot.named(of));
        }
        Some(("map_type", kind)) => map(a, kind, body, slot),
        _ => structure(a, kind, written, body, slot),
    }
}

fn pointee<'t>(a: &mut Work<'t>, mut kind: Node<'t>) -> Node<'t> {
    while matches!(kind.kind(), "pointer_type" | "parenthesized_type")
        && let Some(inside) = a.items(kind).first()
    {
        kind = *inside;
    }
    kind
}

/// The name of the type that a slice or map holds, which without items nothing else tells; empty for one that is written in place and
/// for those of the language.
fn held<'t>(a: &mut Work<'t>, kind: Node<'t>) -> Atom {
    let kind = pointee(a, kind);
    let kind = without_arguments(a, kind);
    match kind.kind() {
        "type_identifier" if is_predeclared(a.text(kind)) => Atom::EMPTY,
        "type_identifier" => a.atom(kind),
        "qualified_type" => {
            let parts = a.children(kind);
            let (Some(package), Some(name)) = (parts.field("package"), parts.field("name")) else {
                return Atom::EMPTY;
            };
            // Whoever reads the type asks for its parts.
            let (package, name) = (a.text(package), a.text(name));
            a.builder.atom(package);
            a.builder.atom(name);
            a.builder.atom(&format!("{package}.{name}"))
        }
        _ => Atom::EMPTY,
    }
}

/// Types that every file of Go has.
fn is_predeclared(name: &str) -> bool {
    matches!(
        name,
        "any"
            | "bool"
            | "byte"
            | "comparable"
            | "complex64"
            | "complex128"
            | "error"
            | "float32"
            | "float64"
            | "rune"
            | "string"
            | "uintptr"
    ) || name
        .trim_start_matches('u')
        .strip_prefix("int")
        .is_some_and(|bits| matches!(bits, "" | "8" | "16" | "32" | "64"))
}

/// The one thing that an element wraps.
fn inside<'t>(a: &mut Work<'t>, element: Node<'t>) -> Option<Node<'t>> {
    match element.kind() {
        "literal_element" => a.items(element).first().copied(),
        _ => Some(element),
    }
}

fn list<'t>(a: &mut Work<'t>, element: Option<Node<'t>>, body: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::List, body, slot);
    for item in a.items(body) {
        let item = match item.kind() {
            // `{2: x}` says the place; the places are not kept.
            "keyed_element" => a
                .children(item)
                .field("value")
                .and_then(|value| inside(a, value)),
            _ => inside(a, item),
        };
        if let Some(item) = item {
            a.then_in(
                item,
                Slot {
                    hint: element,
                    ..Slot::new(Role::Item)
                },
            );
        }
    }
    a.close();
}

fn map<'t>(a: &mut Work<'t>, kind: Node<'t>, body: Node<'t>, slot: Slot<'t>) {
    let parts = a.children(kind);
    let of = parts
        .field("value")
        .map_or(Atom::EMPTY, |value| held(a, value));
    a.open(Kind::Dict, body, slot.named(of));
    for item in a.items(body) {
        pair(
            a,
            item,
            Role::Item,
            parts.field("key"),
            parts.field("value"),
        );
    }
    a.close();
}

fn pair<'t>(
    a: &mut Work<'t>,
    item: Node<'t>,
    role: Role,
    key_hint: Option<Node<'t>>,
    value_hint: Option<Node<'t>>,
) {
    let children = a.children(item);
    let key = children.field("key").and_then(|key| inside(a, key));
    let value = children.field("value").and_then(|value| inside(a, value));
    let (Some(key), Some(value)) = (key, value) else {
        return;
    };
    let text = match key.kind() {
        "interpreted_string_literal" | "raw_string_literal" | "rune_literal" => {
            let text = super::text::string_value(a.text(key));
            a.builder.atom(&text)
        }
        "int_literal" | "float_literal" => a.atom(key),
        _ => Atom::EMPTY,
    };
    let computed = text == Atom::EMPTY;
    let flags = Flags::when(computed, Flags::COMPUTED);
    a.then_open_with(Kind::Pair, role, span_of(item), flags, text);
    if computed {
        a.then_in(
            key,
            Slot {
                hint: key_hint,
                ..Slot::new(Role::Key)
            },
        );
    }
    a.then_in(
        value,
        Slot {
            hint: value_hint,
            ..Slot::new(Role::Value).named(text)
        },
    );
    a.close();
}

fn structure<'t>(
    a: &mut Work<'t>,
    kind: Option<Node<'t>>,
    written: bool,
    body: Node<'t>,
    slot: Slot<'t>,
) {
    a.open(Kind::Call, body, slot.flagged(Flags::COMPOSITE));
    match kind {
        Some(kind) if written => {
            let kind = without_arguments(a, kind);
            a.then(kind, Role::Callee);
        }
        Some(kind) => callee(a, kind, body),
        None => {}
    }
    for item in a.items(body) {
        if item.kind() != "keyed_element" {
            if let Some(item) = inside(a, item) {
                a.then(item, Role::Arg);
            }
            continue;
        }
        let children = a.children(item);
        let key = children.field("key").and_then(|key| inside(a, key));
        match (
            key,
            children.field("value").and_then(|value| inside(a, value)),
        ) {
            (Some(key), Some(value)) if key.kind() == "identifier" => {
                let name = a.atom(key);
                a.then_open_with(Kind::KwArg, Role::Arg, span_of(item), Flags::NONE, name);
                a.then_in(value, Slot::new(Role::Value).named(name));
                a.close();
            }
            // A type that is named but a map after all.
            _ => pair(a, item, Role::Arg, None, None),
        }
    }
    a.close();
}

/// The callee of a literal that leaves its type out has no text.
fn callee<'t>(a: &mut Work<'t>, kind: Node<'t>, body: Node<'t>) {
    let kind = without_arguments(a, kind);
    let start = body.start_byte() as u32;
    let nowhere = ByteSpan::new(start, start);
    let children = a.children(kind);
    match kind.kind() {
        "type_identifier" => {
            let name = a.atom(kind);
            a.then_leaf(Kind::Name, Role::Callee, nowhere, name);
        }
        "qualified_type" => {
            let name = children
                .field("name")
                .map_or(Atom::EMPTY, |name| a.atom(name));
            a.then_open_with(Kind::Attr, Role::Callee, nowhere, Flags::NONE, name);
            if let Some(package) = children.field("package") {
                let package = a.atom(package);
                a.then_leaf(Kind::Name, Role::Value, nowhere, package);
            }
            a.close();
        }
        _ => {}
    }
}
