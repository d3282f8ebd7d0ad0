//! Types of Go, in the shapes of expressions where one fits: `[]T` is `slice[T]`, `map[K]V` is `map[K, V]`.
//!
//! Members of a struct written in place are `Pair`s and the parameters of a function type are types with the role `Arg`,
//! because neither binds a name.

use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;
use tree_sitter::Node;

use super::declaration::parameters;
use super::text::string_value;
use crate::lower::agenda::{Agenda, Slot, span_between, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

/// A type by its name; `case nil` of a type switch is no type.
pub(super) fn name<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    match a.text(node) {
        "nil" => a.leaf(Kind::Null, node, slot, Atom::EMPTY),
        text => {
            let atom = a.builder.atom(text);
            a.leaf(Kind::Name, node, slot, atom);
        }
    }
}

/// `List[T]` without its arguments.
pub(super) fn without_arguments<'t>(a: &mut Work<'t>, kind: Node<'t>) -> Node<'t> {
    match kind.kind() {
        "generic_type" => a.children(kind).field("type").unwrap_or(kind),
        _ => kind,
    }
}

pub(super) fn qualified<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("name")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    a.open(Kind::Attr, node, slot.named(name));
    a.then_maybe(children.field("package"), Role::Value);
    a.close();
}

/// `List[T]`; several arguments make a tuple.
pub(super) fn generic<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Index, node, slot.named(Atom::EMPTY));
    a.then_maybe(children.field("type"), Role::Value);
    if let Some(list) = children.field("type_arguments") {
        let arguments = a.items(list);
        if let [one] = arguments.as_slice() {
            a.then(*one, Role::Index);
        } else {
            tuple(a, Role::Index, span_of(list), &arguments);
        }
    }
    a.close();
}

fn tuple<'t>(a: &mut Work<'t>, role: Role, span: ByteSpan, items: &[Node<'t>]) {
    a.then_open_with(Kind::List, role, span, Flags::TUPLE, Atom::EMPTY);
    for item in items {
        a.then(*item, Role::Item);
    }
    a.close();
}

/// The word a type stands under has no text of its own.
fn word<'t>(a: &mut Work<'t>, node: Node<'t>, word: &str) {
    let atom = a.builder.atom(word);
    let start = node.start_byte() as u32;
    a.then_leaf(Kind::Name, Role::Value, ByteSpan::new(start, start), atom);
}

/// `[]T` and `[n]T`, whose length is left out.
pub(super) fn slice<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Index, node, slot.named(Atom::EMPTY));
    word(a, node, "slice");
    a.then_maybe(children.field("element"), Role::Index);
    a.close();
}

pub(super) fn map<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Index, node, slot.named(Atom::EMPTY));
    word(a, node, "map");
    if let (Some(key), Some(value)) = (children.field("key"), children.field("value")) {
        tuple(a, Role::Index, span_between(key, value), &[key, value]);
    }
    a.close();
}

pub(super) fn channel<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    a.then_maybe(children.field("value"), Role::Type);
    a.close();
}

pub(super) fn function<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    signature(a, node);
    a.close();
}

/// Steps for the types of a signature that is a type: the parameters', then the result.
fn signature<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let children = a.children(node);
    if let Some(list) = children.field("parameters") {
        for kind in types(a, list) {
            a.then(kind, Role::Arg);
        }
    }
    if let Some(result) = children.field("result") {
        results(a, result);
    }
}

/// How many of the names that share a type get it.
const MOST_SHARED: usize = 16;

/// The type of the name at `at` among those that share it: `a, b T`. Types that may hold lists of names themselves belong to
/// the first alone, since each of those below would double what the ones above cost.
pub(super) fn shared<'t>(a: &Work<'t>, kind: Option<Node<'t>>, at: usize) -> Option<Node<'t>> {
    let is_plain = |text: &str| text.len() <= 64 && !text.contains(['(', '{']);
    kind.filter(|kind| at == 0 || at < MOST_SHARED && is_plain(a.text(*kind)))
}

/// The types in a parameter list, one for each name that gets one.
fn types<'t>(a: &mut Work<'t>, list: Node<'t>) -> SmallVec<[Node<'t>; 4]> {
    let mut all = SmallVec::new();
    for declaration in a.items(list) {
        let children = a.children(declaration);
        if let Some(kind) = children.field("type") {
            let times = children.fields("name").count().max(1);
            all.extend((0..times).map_while(|at| shared(a, Some(kind), at)));
        }
    }
    all
}

/// Steps for what a function gives back. Several are a tuple; their names are left out.
pub(super) fn results<'t>(a: &mut Work<'t>, result: Node<'t>) {
    if result.kind() != "parameter_list" {
        a.then(result, Role::Returns);
        return;
    }
    match types(a, result).as_slice() {
        [] => {}
        [one] => a.then(*one, Role::Returns),
        several => tuple(a, Role::Returns, span_of(result), several),
    }
}

/// `A | B` nests to the left.
pub(super) fn union<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let operands = a.items(node);
    let [first, rest @ ..] = operands.as_slice() else {
        return;
    };
    if rest.is_empty() {
        a.then_in(*first, slot);
        return;
    }
    let operator = a.builder.atom("|");
    let mut role = slot.role;
    for last in rest.iter().rev() {
        let span = span_between(*first, *last);
        a.then_open_with(Kind::Binary, role, span, slot.flags, operator);
        role = Role::Value;
    }
    a.then(*first, Role::Value);
    for operand in rest {
        a.then(*operand, Role::Value);
        a.close();
    }
}

/// A struct without a name.
pub(super) fn structure<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    for field in fields(a, node) {
        let children = a.children(field);
        let kind = children.field("type");
        let names: Vec<Node<'t>> = children.fields("name").collect();
        if names.is_empty() {
            a.then_maybe(kind, Role::Base);
        }
        for (at, name) in names.into_iter().enumerate() {
            let atom = a.atom(name);
            let span = ByteSpan::new(name.start_byte() as u32, field.end_byte() as u32);
            a.then_open_with(Kind::Pair, Role::Item, span, Flags::NONE, atom);
            a.then_maybe(shared(a, kind, at), Role::Value);
            a.close();
        }
    }
    a.close();
}

/// An interface without a name; `interface{}` has nothing below it.
pub(super) fn interface<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    a.open(Kind::Type, node, slot.named(Atom::EMPTY));
    for member in a.items(node) {
        if member.kind() != "method_elem" {
            a.then(member, Role::Base);
            continue;
        }
        let name = a.children(member).field("name");
        let atom = name.map_or(Atom::EMPTY, |name| a.atom(name));
        a.then_open_with(Kind::Pair, Role::Item, span_of(member), Flags::NONE, atom);
        a.then_with(function, member, Slot::new(Role::Value));
        a.close();
    }
    a.close();
}

fn fields<'t>(a: &mut Work<'t>, node: Node<'t>) -> SmallVec<[Node<'t>; 4]> {
    match a.items(node).first() {
        Some(list) => a.items(*list),
        None => SmallVec::new(),
    }
}

/// Steps for the bases and the body of a struct that is a class. A field's tag is its decorator.
pub(super) fn struct_members<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let fields = fields(a, node);
    let embedded = |a: &mut Work<'t>, field: Node<'t>| {
        let children = a.children(field);
        children
            .field("name")
            .is_none()
            .then(|| children.field("type"))
            .flatten()
    };
    for field in &fields {
        if let Some(kind) = embedded(a, *field) {
            let kind = without_arguments(a, kind);
            a.then(kind, Role::Base);
        }
    }
    let body = a
        .items(node)
        .first()
        .map_or(span_of(node), |list| span_of(*list));
    a.then_open(Kind::Block, Role::Body, body);
    for field in &fields {
        let children = a.children(*field);
        let kind = children.field("type");
        let tag = children.field("tag");
        for (at, name) in children.fields("name").enumerate() {
            let atom = a.atom(name);
            let span = ByteSpan::new(name.start_byte() as u32, field.end_byte() as u32);
            a.then_open_with(Kind::Assign, Role::Body, span, Flags::PROPERTY, Atom::EMPTY);
            if let Some(tag) = tag {
                let text = string_value(a.text(tag));
                let text = a.builder.atom(&text);
                a.then_leaf(Kind::Str, Role::Decorator, span_of(tag), text);
            }
            a.then_leaf(Kind::Name, Role::Target, span_of(name), atom);
            a.then_maybe(shared(a, kind, at), Role::Type);
            a.close();
        }
    }
    a.close();
}

/// Steps for the bases and the body of an interface that is a class.
pub(super) fn interface_members<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let members = a.items(node);
    for member in members
        .iter()
        .filter(|member| member.kind() != "method_elem")
    {
        a.then(*member, Role::Base);
    }
    a.then_open(Kind::Block, Role::Body, span_of(node));
    for member in members
        .iter()
        .filter(|member| member.kind() == "method_elem")
    {
        let children = a.children(*member);
        let name = children
            .field("name")
            .map_or(Atom::EMPTY, |name| a.atom(name));
        let span = span_of(*member);
        a.then_open_with(Kind::Function, Role::Body, span, Flags::ABSTRACT, name);
        if let Some(list) = children.field("parameters") {
            parameters(a, list, Flags::NONE);
        }
        if let Some(result) = children.field("result") {
            results(a, result);
        }
        a.close();
    }
    a.close();
}
