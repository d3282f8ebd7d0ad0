//! Expressions of tree-sitter's JavaScript and TypeScript.

use smallvec::SmallVec;
use tree_sitter::Node;

use super::statement::unwrapped;
use super::text::{string_value, template_value};
use perfctl_core::place::ByteSpan;

use crate::lower::agenda::{Agenda, Slot};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

/// The slot of an expression that takes nothing from around it but its role and span.
fn bare(slot: Slot<'_>) -> Slot<'_> {
    Slot {
        span: slot.span,
        ..Slot::new(slot.role)
    }
}

/// A name; the flags of its slot stay, for bases.
pub(super) fn name<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let atom = a.atom(node);
    a.leaf(Kind::Name, node, slot, atom);
}

pub(super) fn null<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    // `undefined` may be bound like any name.
    if slot.role == Role::Target {
        name(a, node, slot);
    } else {
        a.leaf(Kind::Null, node, slot, Atom::EMPTY);
    }
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

pub(super) fn string<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let text = string_value(a.text(node));
    let atom = a.builder.atom(&text);
    a.leaf(Kind::Str, node, slot, atom);
}

pub(super) fn regex<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let atom = a.atom(node);
    a.leaf(Kind::Other, node, slot, atom);
}

/// A template; one without holes is a string.
pub(super) fn template<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let holes: SmallVec<[Node<'t>; 4]> = a
        .children(node)
        .named()
        .filter(|part| part.kind() == "template_substitution")
        .collect();
    if holes.is_empty() {
        string(a, node, slot);
        return;
    }
    let atom = template_text(a, node, &holes);
    a.open(Kind::Template, node, bare(slot).named(atom));
    for hole in holes {
        for value in a.items(hole) {
            a.then(value, Role::Item);
        }
    }
    a.close();
}

/// The literal parts with `{}` for each hole.
pub(super) fn template_text<'t>(a: &mut Work<'t>, node: Node<'t>, holes: &[Node<'t>]) -> Atom {
    let mut text = String::new();
    let mut from = node.start_byte() as u32 + 1;
    for hole in holes {
        text.push_str(&template_value(
            a.source_text(ByteSpan::new(from, hole.start_byte() as u32)),
        ));
        text.push_str("{}");
        from = hole.end_byte() as u32;
    }
    let rest = a.source_text(ByteSpan::new(from, node.end_byte() as u32));
    text.push_str(&template_value(rest.strip_suffix('`').unwrap_or(rest)));
    a.builder.atom(&text)
}

pub(super) fn parenthesized<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    first(a, node, slot);
}

/// What a transparent expression holds stands first in it.
pub(super) fn first<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    if let Some(value) = a.items(node).first() {
        a.then_in(*value, slot);
    }
}

/// What a transparent expression holds stands last in it: `<T>value`.
pub(super) fn last<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    if let Some(value) = a.items(node).last() {
        a.then_in(*value, slot);
    }
}

pub(super) fn sequence<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Other, node, bare(slot));
    for part in a.items(node) {
        a.then(part, Role::Value);
    }
    a.close();
}

/// `a = v`, `a = b = v`.
pub(super) fn assignment<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Assign, node, bare(slot));
    let mut at = node;
    let mut name = None;
    let value = loop {
        let children = a.children(at);
        let left = children.field("left").map(|left| unwrapped(a, left));
        if let Some(left) = left {
            if name.is_none() {
                name = Some(target_name(a, left));
            }
            a.then(left, Role::Target);
        }
        match children.field("right").map(|right| unwrapped(a, right)) {
            Some(right) if right.kind() == "assignment_expression" => at = right,
            right => break right,
        }
    };
    if let Some(value) = value {
        a.then_in(
            value,
            Slot::new(Role::Value).named(name.unwrap_or(Atom::EMPTY)),
        );
    }
    a.close();
}

/// The name that a function gets by being assigned.
pub(super) fn target_name<'t>(a: &mut Work<'t>, target: Node<'t>) -> Atom {
    match target.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => a.atom(target),
        "member_expression" => {
            let property = a.children(target).field("property");
            property.map_or(Atom::EMPTY, |property| a.atom(property))
        }
        _ => Atom::EMPTY,
    }
}

pub(super) fn augmented<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let operator = children
        .any_field("operator")
        .map_or("", |operator| a.text(operator));
    let atom = a.builder.atom(operator.trim_end_matches('='));
    a.open(Kind::AugAssign, node, bare(slot).named(atom));
    a.then_maybe(children.field("left"), Role::Target);
    a.then_maybe(children.field("right"), Role::Value);
    a.close();
}

pub(super) fn await_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    wrapped(a, Kind::Await, node, bare(slot));
}

pub(super) fn yield_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let from = a.children(node).has("*");
    a.read_broken();
    wrapped(
        a,
        Kind::Yield,
        node,
        bare(slot).flagged(Flags::when(from, Flags::FROM)),
    );
}

pub(super) fn spread<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    wrapped(a, Kind::Spread, node, bare(slot));
}

fn wrapped<'t>(a: &mut Work<'t>, kind: Kind, node: Node<'t>, slot: Slot<'t>) {
    a.open(kind, node, slot);
    for value in a.items(node) {
        a.then(value, Role::Value);
    }
    a.close();
}

pub(super) fn unary<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let operator = children
        .any_field("operator")
        .map_or("", |operator| a.text(operator));
    let atom = a
        .builder
        .atom(if operator == "!" { "not" } else { operator });
    a.open(Kind::Unary, node, bare(slot).named(atom));
    a.then_maybe(children.field("argument"), Role::Value);
    a.close();
}

pub(super) fn binary<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let Some((left, operator, right)) = operands(a, node) else {
        return;
    };
    let (kind, text) = operator_kind(operator);
    let atom = a.builder.atom(text);
    a.open(kind, node, bare(slot).named(atom));
    for value in same_operator(a, left, operator).into_iter().rev() {
        a.then(value, Role::Value);
    }
    a.then(right, Role::Value);
    a.close();
}

/// The node and its text for an operator with two operands.
pub(super) fn operator_kind(operator: &str) -> (Kind, &str) {
    match operator {
        "&&" => (Kind::Logic, "and"),
        "||" => (Kind::Logic, "or"),
        "??" => (Kind::Logic, "??"),
        "==" | "!=" | "===" | "!==" | "<" | "<=" | ">" | ">=" | "in" | "instanceof" => {
            (Kind::Compare, operator)
        }
        _ => (Kind::Binary, operator),
    }
}

/// Left operand, operator, right operand.
pub(super) fn operands<'t>(
    a: &mut Work<'t>,
    node: Node<'t>,
) -> Option<(Node<'t>, &'t str, Node<'t>)> {
    let children = a.children(node);
    let operator = a.text(children.any_field("operator")?);
    Some((children.field("left")?, operator, children.field("right")?))
}

/// The operands that `left` adds to a node of `operator`, last first: `a && b && c` is one node, also through brackets and
/// type assertions on the left. Any other operator has one.
pub(super) fn same_operator<'t>(
    a: &mut Work<'t>,
    left: Node<'t>,
    operator: &str,
) -> SmallVec<[Node<'t>; 4]> {
    let mut values = SmallVec::new();
    let mut at = left;
    while operator_kind(operator).0 == Kind::Logic {
        let mut inner = at;
        while matches!(
            inner.kind(),
            "parenthesized_expression"
                | "as_expression"
                | "satisfies_expression"
                | "non_null_expression"
        ) && let Some(inside) = a.items(inner).first()
        {
            inner = *inside;
        }
        let parts = if inner.kind() == "binary_expression" {
            operands(a, inner)
        } else {
            None
        };
        match parts {
            Some((left, word, right)) if word == operator => {
                values.push(right);
                at = left;
            }
            _ => break,
        }
    }
    values.push(at);
    values
}

pub(super) fn ternary<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Conditional, node, bare(slot));
    a.then_maybe(children.field("condition"), Role::Test);
    a.then_maybe(children.field("consequence"), Role::Body);
    a.then_maybe(children.field("alternative"), Role::Else);
    a.close();
}

/// `a.b` in JSX, in a decorator or where an import is named.
pub(super) fn nested<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("property")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    a.open(Kind::Attr, node, bare(slot).named(name));
    a.then_maybe(children.field("object"), Role::Value);
    a.close();
}

/// `import.meta`, `new.target`.
pub(super) fn meta<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let (base, name) = a.text(node).split_once('.').unwrap_or(("import", "meta"));
    let (base, name) = (base.trim(), name.trim());
    let name = a.builder.atom(name);
    let start = node.start_byte() as u32;
    let span = ByteSpan::new(start, start + base.len() as u32);
    let base = a.builder.atom(base);
    a.open(Kind::Attr, node, bare(slot).named(name));
    a.then_leaf(Kind::Name, Role::Value, span, base);
    a.close();
}

pub(super) fn new_<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Call, node, bare(slot).flagged(Flags::NEW));
    a.then_maybe(children.field("constructor"), Role::Callee);
    if let Some(list) = children.field("arguments") {
        for argument in a.items(list) {
            a.then(argument, Role::Arg);
        }
    }
    a.close();
}
