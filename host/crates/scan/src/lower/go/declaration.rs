//! Declarations of Go: imports, constants and variables, types, functions.

use perfctl_core::place::ByteSpan;
use tree_sitter::Node;

use super::annotation;
use super::text::{local_name, string_value};
use crate::lower::agenda::{Agenda, Children, Slot, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

pub(super) fn imports<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    for child in a.items(node) {
        let whole = child.kind() == "import_spec";
        let slot = if whole {
            slot.over(span_of(node))
        } else {
            slot
        };
        a.then_in(child, slot);
    }
}

pub(super) fn import_list<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    for child in a.items(node) {
        a.then_in(child, slot);
    }
}

pub(super) fn import<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let Some(path) = children.field("path") else {
        return;
    };
    let module = string_value(a.text(path));
    let atom = a.builder.atom(&module);
    let name = children.field("name");
    let flags = match name.map(|name| name.kind()) {
        Some("blank_identifier") => Flags::SIDE_EFFECT,
        Some("dot") => Flags::STAR,
        _ => Flags::NONE,
    };
    a.open(Kind::Import, node, slot.named(atom).flagged(flags));
    if flags == Flags::NONE {
        let local = match name {
            Some(name) => a.atom(name),
            None => a.builder.atom(local_name(&module)),
        };
        a.then_open(Kind::ImportName, Role::Item, span_of(node));
        a.then_leaf(
            Kind::Name,
            Role::Target,
            span_of(name.unwrap_or(path)),
            local,
        );
        a.close();
    }
    a.close();
}

/// Names, their type and their values, as they stand side by side.
pub(super) struct Binding<'x, 't> {
    pub targets: &'x [Node<'t>],
    pub kind: Option<Node<'t>>,
    pub values: &'x [Node<'t>],
    /// What a single assignment spans.
    pub whole: ByteSpan,
}

/// As many values as names are an assignment each; one value for several names unpacks into a list. Steps only.
pub(super) fn bind_later<'t>(a: &mut Work<'t>, it: Binding<'_, 't>, slot: Slot<'t>) {
    match (it.targets, it.values) {
        ([], _) => {}
        ([target], values) => {
            let name = name_of(a, *target);
            a.then_open_with(Kind::Assign, slot.role, it.whole, slot.flags, Atom::EMPTY);
            a.then(*target, Role::Target);
            a.then_maybe(it.kind, Role::Type);
            for value in values {
                a.then_in(*value, Slot::new(Role::Value).named(name));
            }
            a.close();
        }
        (targets, [value]) => {
            a.then_open_with(Kind::Assign, slot.role, it.whole, slot.flags, Atom::EMPTY);
            let first = targets.first().map_or(it.whole, |first| span_of(*first));
            let last = targets.last().map_or(it.whole, |last| span_of(*last));
            let span = ByteSpan::new(first.start, last.end);
            a.then_open_with(Kind::List, Role::Target, span, Flags::TUPLE, Atom::EMPTY);
            for target in targets {
                a.then(*target, Role::Item);
            }
            a.close();
            a.then_maybe(it.kind, Role::Type);
            a.then(*value, Role::Value);
            a.close();
        }
        (targets, values) => {
            // Several in a place for one stand in a block.
            let lone = slot.role != Role::Body;
            let role = if lone { Role::Body } else { slot.role };
            if lone {
                a.then_open(Kind::Block, slot.role, it.whole);
            }
            for (at, target) in targets.iter().enumerate() {
                let value = values.get(at);
                let end = value.map_or(it.whole.end, |value| value.end_byte() as u32);
                let span = ByteSpan::new(target.start_byte() as u32, end);
                let name = name_of(a, *target);
                a.then_open_with(Kind::Assign, role, span, slot.flags, Atom::EMPTY);
                a.then(*target, Role::Target);
                a.then_maybe(annotation::shared(a, it.kind, at), Role::Type);
                if let Some(value) = value {
                    a.then_in(*value, Slot::new(Role::Value).named(name));
                }
                a.close();
            }
            if lone {
                a.close();
            }
        }
    }
}

/// [`bind_later`] for a statement that has no node of its own open.
pub(super) fn bind<'t>(a: &mut Work<'t>, it: Binding<'_, 't>, slot: Slot<'t>) {
    let whole = slot.span.unwrap_or(it.whole);
    bind_later(a, Binding { whole, ..it }, slot);
}

/// The name a function literal gets from what it is assigned to.
fn name_of<'t>(a: &mut Work<'t>, target: Node<'t>) -> Atom {
    match target.kind() {
        "identifier" => a.atom(target),
        "selector_expression" => {
            let field = a.children(target).field("field");
            field.map_or(Atom::EMPTY, |field| a.atom(field))
        }
        _ => Atom::EMPTY,
    }
}

pub(super) fn constants<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    specs(a, node, slot.flagged(Flags::DECLARE | Flags::CONST));
}

pub(super) fn variables<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    specs(a, node, slot.flagged(Flags::DECLARE));
}

/// A declaration without brackets lends its span to its only part.
fn specs<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let bare = !children.has("(") && node.kind() != "var_spec_list";
    for spec in children.named() {
        let slot = if bare && slot.span.is_none() {
            slot.over(span_of(node))
        } else {
            slot
        };
        let slot = if spec.kind() == "var_spec_list" {
            Slot { span: None, ..slot }
        } else {
            slot
        };
        a.then_in(spec, slot);
    }
}

pub(super) fn constant<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    spec(a, node, slot.flagged(Flags::DECLARE | Flags::CONST));
}

pub(super) fn variable<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    spec(a, node, slot.flagged(Flags::DECLARE));
}

fn spec<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let targets: Vec<Node<'t>> = children.fields("name").collect();
    let kind = children.field("type");
    let values = children
        .field("value")
        .map(|list| a.items(list))
        .unwrap_or_default();
    let binding = Binding {
        targets: &targets,
        kind,
        values: &values,
        whole: span_of(node),
    };
    bind(a, binding, slot);
}

pub(super) fn type_declaration<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let bare = !children.has("(");
    for spec in children.named() {
        a.then_in(spec, if bare { slot.over(span_of(node)) } else { slot });
    }
}

/// A struct or interface is a class; any other type binds like an assignment that is gone at run time.
pub(super) fn type_spec<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let (Some(name), Some(kind)) = (children.field("name"), children.field("type")) else {
        return;
    };
    let atom = a.atom(name);
    match kind.kind() {
        "struct_type" => {
            a.open(Kind::Class, node, slot.named(atom));
            annotation::struct_members(a, kind);
            a.close();
        }
        "interface_type" => {
            a.open(
                Kind::Class,
                node,
                slot.named(atom).flagged(Flags::TYPE_ONLY),
            );
            annotation::interface_members(a, kind);
            a.close();
        }
        _ => {
            let flags = Flags::DECLARE | Flags::TYPE_ONLY;
            a.open(Kind::Assign, node, slot.flagged(flags));
            a.then_leaf(Kind::Name, Role::Target, span_of(name), atom);
            a.then(kind, Role::Value);
            a.close();
        }
    }
}

pub(super) fn function<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let name = children
        .field("name")
        .map_or(Atom::EMPTY, |name| a.atom(name));
    whole_function(a, node, &children, slot.named(name));
}

pub(super) fn function_literal<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    whole_function(a, node, &children, slot.flagged(Flags::LAMBDA));
}

fn whole_function<'t>(a: &mut Work<'t>, node: Node<'t>, children: &Children<'t>, slot: Slot<'t>) {
    let body = children.field("body");
    a.open(
        Kind::Function,
        node,
        slot.flagged(Flags::when(body.is_none(), Flags::ABSTRACT)),
    );
    if let Some(receiver) = children.field("receiver") {
        parameters(a, receiver, Flags::RECEIVER);
    }
    if let Some(list) = children.field("parameters") {
        parameters(a, list, Flags::NONE);
    }
    if let Some(result) = children.field("result") {
        annotation::results(a, result);
    }
    a.then_maybe(body, Role::Body);
    a.close();
}

/// Steps for the parameters of a list. `a, b int` are two, each with the type.
pub(super) fn parameters<'t>(a: &mut Work<'t>, list: Node<'t>, flags: Flags) {
    for declaration in a.items(list) {
        let children = a.children(declaration);
        let kind = children.field("type");
        let rest = declaration.kind() == "variadic_parameter_declaration";
        let flags = flags | Flags::when(rest, Flags::REST);
        let whole = span_of(declaration);
        let names: Vec<Node<'t>> = children.fields("name").collect();
        if names.is_empty() {
            a.then_open_with(Kind::Param, Role::Param, whole, flags, Atom::EMPTY);
            a.then_maybe(kind, Role::Type);
            a.close();
        }
        for (at, name) in names.into_iter().enumerate() {
            let atom = a.atom(name);
            let span = ByteSpan::new(name.start_byte() as u32, whole.end);
            a.then_open_with(Kind::Param, Role::Param, span, flags, atom);
            a.then_maybe(annotation::shared(a, kind, at), Role::Type);
            a.close();
        }
    }
}
