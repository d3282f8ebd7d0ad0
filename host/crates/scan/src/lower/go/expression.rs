//! Expressions of Go.

use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;
use tree_sitter::Node;

use super::annotation::without_arguments;
use super::text::string_value;
use crate::lower::agenda::{Agenda, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

pub(super) fn name<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let atom = a.atom(node);
    a.leaf(Kind::Name, node, slot, atom);
}

pub(super) fn nil<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.leaf(Kind::Null, node, slot, Atom::EMPTY);
}

pub(super) fn boolean<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let atom = a.atom(node);
    a.leaf(Kind::Bool, node, slot, atom);
}

pub(super) fn number<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let text = a.text(node).replace('_', "");
    let atom = a.builder.atom(&text);
    a.leaf(Kind::Num, node, slot, atom);
}

/// Strings of all kinds; a rune is a string of one character.
pub(super) fn string<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let text = string_value(a.text(node));
    let atom = a.builder.atom(&text);
    a.leaf(Kind::Str, node, slot, atom);
}

/// What stands in brackets, behind a pointer's star, in an element: only what it holds.
pub(super) fn inner<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    for child in a.items(node) {
        a.then_in(child, slot);
    }
}

/// Several expressions where one may stand.
pub(super) fn list<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let items = a.items(node);
    if let [one] = items.as_slice() {
        a.then_in(*one, slot);
        return;
    }
    a.open(Kind::List, node, Slot::new(slot.role).flagged(Flags::TUPLE));
    for item in items {
        a.then(item, Role::Item);
    }
    a.close();
}

/// `&x` and `*x` are transparent.
pub(super) fn unary<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let Some(operand) = children.field("operand") else {
        return;
    };
    let operator = children
        .any_field("operator")
        .map_or("", |operator| a.text(operator));
    let operator = match operator {
        "&" | "*" => {
            a.then_in(operand, slot);
            return;
        }
        "!" => "not",
        "^" => "~",
        operator => operator,
    };
    let atom = a.builder.atom(operator);
    a.open(Kind::Unary, node, Slot::new(slot.role).named(atom));
    a.then(operand, Role::Value);
    a.close();
}

pub(super) fn binary<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let Some((left, operator, right)) = operands(a, node) else {
        return;
    };
    let slot = Slot {
        span: slot.span,
        ..Slot::new(slot.role)
    };
    let kind = match operator {
        "&&" | "||" => {
            logic(a, node, slot);
            return;
        }
        "==" | "!=" | "<" | "<=" | ">" | ">=" => Kind::Compare,
        _ => Kind::Binary,
    };
    let atom = a.builder.atom(operator);
    a.open(kind, node, slot.named(atom));
    a.then(left, Role::Value);
    a.then(right, Role::Value);
    a.close();
}

fn operands<'t>(a: &mut Work<'t>, node: Node<'t>) -> Option<(Node<'t>, &'t str, Node<'t>)> {
    let children = a.children(node);
    let operator = a.text(children.any_field("operator")?);
    Some((children.field("left")?, operator, children.field("right")?))
}

/// `a && b && c` is one node.
fn logic<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let mut values = SmallVec::<[Node<'t>; 4]>::new();
    let mut operator = "";
    let mut at = node;
    loop {
        while at.kind() == "parenthesized_expression"
            && let Some(inside) = a.items(at).first()
        {
            at = *inside;
        }
        match operands(a, at).filter(|_| at.kind() == "binary_expression") {
            Some((left, word, right)) if operator.is_empty() || word == operator => {
                operator = word;
                values.push(right);
                at = left;
            }
            _ => break,
        }
    }
    values.push(at);
    let atom = a.builder.atom(if operator == "&&" { "and" } else { "or" });
    a.open(Kind::Logic, node, slot.named(atom));
    for value in values.into_iter().rev() {
        a.then(value, Role::Value);
    }
    a.close();
}

pub(super) fn selector<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("field")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    a.open(Kind::Attr, node, Slot::new(slot.role).named(name));
    a.then_maybe(children.field("operand"), Role::Value);
    a.close();
}

pub(super) fn index<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Index, node, Slot::new(slot.role));
    a.then_maybe(children.field("operand"), Role::Value);
    a.then_maybe(children.field("index"), Role::Index);
    a.close();
}

pub(super) fn slice<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Index, node, Slot::new(slot.role));
    a.then_maybe(children.field("operand"), Role::Value);
    let from = children
        .find("[")
        .map_or(node.start_byte(), |bracket| bracket.end_byte()) as u32;
    // In broken code the bracket may be missing.
    let to = children
        .find("]")
        .map_or(node.end_byte(), |bracket| bracket.start_byte()) as u32;
    a.then_open(Kind::Slice, Role::Index, ByteSpan::new(from, to.max(from)));
    a.then_maybe(children.field("start"), Role::Lower);
    a.then_maybe(children.field("end"), Role::Upper);
    a.then_maybe(children.field("capacity"), Role::Step);
    a.close();
    a.close();
}

pub(super) fn call<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Call, node, Slot::new(slot.role));
    a.then_maybe(children.field("function"), Role::Callee);
    if let Some(list) = children.field("arguments") {
        for argument in a.items(list) {
            a.then(argument, Role::Arg);
        }
    }
    a.close();
}

/// `f(xs...)`.
pub(super) fn variadic<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Spread, node, Slot::new(slot.role));
    for value in a.items(node) {
        a.then(value, Role::Value);
    }
    a.close();
}

/// `[]byte(x)` and `x.(T)`: the type is called with the value.
pub(super) fn conversion<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let kind = children.field("type");
    // Looks the same as a call of a generic function, which is commoner.
    let call = node.kind() == "type_conversion_expression"
        && kind.is_some_and(|kind| kind.kind() == "generic_type");
    let kind = kind.map(|kind| {
        if call {
            without_arguments(a, kind)
        } else {
            kind
        }
    });
    let flags = Flags::when(!call, Flags::COMPOSITE);
    a.open(Kind::Call, node, Slot::new(slot.role).flagged(flags));
    a.then_maybe(kind, Role::Callee);
    a.then_maybe(children.field("operand"), Role::Arg);
    a.close();
}

/// `f[int]`: what is instantiated, without its type arguments.
pub(super) fn instantiation<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    match children.field("type") {
        Some(kind) => a.then_in(kind, slot),
        None => a.leaf(
            Kind::Other,
            node,
            Slot {
                span: Some(span_of(node)),
                ..Slot::new(slot.role)
            },
            Atom::EMPTY,
        ),
    }
}
