//! Chains of members, calls and indices in tree-sitter's JavaScript and TypeScript.
//!
//! A chain is lowered whole, from its outermost link to what it starts with. That is also where a fault of the grammar for
//! TypeScript can be undone: it binds `await f<T>()` and `a - b!.c` as if brackets stood around what precedes the type
//! arguments or the `!`, and reads the dots of `x as a.B` as members of the value.

use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;
use tree_sitter::Node;

use super::expression::{operands, operator_kind, same_operator};
use crate::lower::agenda::{Agenda, Children, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;
type Links<'t> = SmallVec<[Node<'t>; 4]>;

/// A member, index, call or `x!`.
pub(super) fn chain<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let mut links = Links::new();
    let mut at = node;
    let start = loop {
        let Some(base) = base(a, at) else { break None };
        links.push(at);
        match base.kind() {
            "member_expression"
            | "subscript_expression"
            | "call_expression"
            | "non_null_expression" => at = base,
            _ => break Some(base),
        }
    };
    a.read_broken();
    let end = slot.span.unwrap_or(span_of(node)).end;
    match start.map(|start| (start.kind(), start)) {
        Some(("as_expression" | "satisfies_expression", start)) => a.then_in(start, slot),
        Some(("await_expression" | "unary_expression" | "binary_expression", start)) => {
            misplaced(a, start, &links, slot.role, end);
        }
        start => applied(a, &links, start.map(|(_, start)| start), slot, None),
    }
}

fn base<'t>(a: &mut Work<'t>, node: Node<'t>) -> Option<Node<'t>> {
    let children = a.children(node);
    match node.kind() {
        "call_expression" => children.field("function"),
        "non_null_expression" => children.named().next(),
        _ => children.field("object"),
    }
}

/// Steps for `links` around `base`. With `from` the links start there.
fn applied<'t>(
    a: &mut Work<'t>,
    links: &[Node<'t>],
    base: Option<Node<'t>>,
    slot: Slot<'t>,
    from: Option<u32>,
) {
    let mut role = slot.role;
    for link in links {
        let children = a.children(*link);
        a.read_broken();
        let start = from.unwrap_or(link.start_byte() as u32);
        let span = ByteSpan::new(start, link.end_byte() as u32);
        let optional = optional(&children);
        let (kind, flags, name, next) = match link.kind() {
            "non_null_expression" => continue,
            "call_expression" => {
                let list = children.field("arguments").map(|list| list.kind());
                let tagged = Flags::when(list == Some("template_string"), Flags::TAGGED);
                (Kind::Call, optional | tagged, Atom::EMPTY, Role::Callee)
            }
            "subscript_expression" => (Kind::Index, optional, Atom::EMPTY, Role::Value),
            _ => {
                let name = children
                    .field("property")
                    .map_or(Atom::EMPTY, |name| a.atom(name));
                (Kind::Attr, optional, name, Role::Value)
            }
        };
        a.then_open_with(kind, role, span, flags, name);
        role = next;
    }
    if let Some(base) = base {
        // The name of what is bound goes through `!` but not into a call.
        let slot = if role == slot.role {
            slot
        } else {
            Slot::new(role)
        };
        a.then_in(base, Slot { span: None, ..slot });
    }
    for link in links.iter().rev() {
        let children = a.children(*link);
        match link.kind() {
            "non_null_expression" => continue,
            "call_expression" => match children.field("arguments") {
                Some(list) if list.kind() == "template_string" => a.then(list, Role::Arg),
                Some(list) => {
                    for argument in a.items(list) {
                        a.then(argument, Role::Arg);
                    }
                }
                None => {}
            },
            "subscript_expression" => a.then_maybe(children.field("index"), Role::Index),
            _ => {}
        }
        a.close();
    }
}

fn optional(children: &Children<'_>) -> Flags {
    let optional = children.has("optional_chain") || children.has("?.");
    Flags::when(optional, Flags::OPTIONAL)
}

/// Steps for `links` that belong to the last operand of `outer` alone; `end` is where all of it ends.
fn misplaced<'t>(a: &mut Work<'t>, outer: Node<'t>, links: &[Node<'t>], role: Role, end: u32) {
    let mut at = outer;
    let mut role = role;
    let mut open = 0;
    loop {
        let span = ByteSpan::new(at.start_byte() as u32, end);
        let last = match at.kind() {
            "await_expression" => {
                a.then_open(Kind::Await, role, span);
                a.items(at).first().copied()
            }
            "unary_expression" => {
                let children = a.children(at);
                let operator = children
                    .any_field("operator")
                    .map_or("", |token| a.text(token));
                let atom = a
                    .builder
                    .atom(if operator == "!" { "not" } else { operator });
                a.then_open_with(Kind::Unary, role, span, Flags::NONE, atom);
                children.field("argument")
            }
            "binary_expression" => operands(a, at).map(|(left, operator, right)| {
                let (kind, text) = operator_kind(operator);
                let atom = a.builder.atom(text);
                a.then_open_with(kind, role, span, Flags::NONE, atom);
                let mut values = same_operator(a, left, operator);
                values.reverse();
                for value in values {
                    a.then(value, Role::Value);
                }
                right
            }),
            _ => break,
        };
        open += 1;
        role = Role::Value;
        match last {
            Some(last) => at = last,
            None => break,
        }
    }
    let from = at.start_byte() as u32;
    applied(a, links, Some(at), Slot::new(role), Some(from));
    for _ in 0..open {
        a.close();
    }
}
