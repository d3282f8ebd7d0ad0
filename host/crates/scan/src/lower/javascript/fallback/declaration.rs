//! Declarations of tree-sitter's JavaScript and TypeScript: variables, functions and their parameters, type aliases,
//! namespaces.

use tree_sitter::Node;

use super::text::string_value;
use super::{annotation, class};
use crate::lower::agenda::{Agenda, Slot, span_between, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

/// How many variables `node` declares; 0 for an expression.
pub(super) fn declarators<'t>(a: &mut Work<'t>, node: Node<'t>) -> usize {
    a.items(node)
        .iter()
        .filter(|item| item.kind() == "variable_declarator")
        .count()
}

/// Each declarator is an assignment of its own; one that stands alone takes the whole statement.
pub(super) fn variables<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let fixed = children.has("const") || node.kind() == "using_declaration";
    let flags = slot.flags | Flags::DECLARE | Flags::when(fixed, Flags::CONST);
    let list: Vec<Node<'t>> = children
        .named()
        .filter(|child| child.kind() == "variable_declarator")
        .collect();
    let whole = slot.span.unwrap_or(span_of(node));
    for one in &list {
        let parts = a.children(*one);
        let span = if list.len() == 1 {
            whole
        } else {
            span_of(*one)
        };
        a.then_open_with(Kind::Assign, slot.role, span, flags, Atom::EMPTY);
        let target = parts.field("name");
        let name = target.filter(|target| target.kind() == "identifier");
        let name = name.map_or(Atom::EMPTY, |name| a.atom(name));
        a.then_maybe(target, Role::Target);
        a.then_maybe(parts.field("type"), Role::Type);
        if let Some(value) = parts.field("value") {
            a.then_in(value, Slot::new(Role::Value).named(name));
        }
        a.close();
    }
}

pub(super) fn function<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    whole_function(a, node, slot, &[]);
}

pub(super) fn function_expression<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    whole_function(a, node, slot.flagged(Flags::LAMBDA), &[]);
}

pub(super) fn arrow<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    whole_function(a, node, slot.flagged(Flags::LAMBDA), &[]);
}

/// Steps for a function of any form. The name it is bound to wins over its own.
pub(super) fn whole_function<'t>(
    a: &mut Work<'t>,
    node: Node<'t>,
    slot: Slot<'t>,
    decorators: &[Node<'t>],
) {
    let children = a.children(node);
    let name = match children.field("name") {
        Some(own) if slot.name == Atom::EMPTY => class::member_name(a, own),
        _ => slot.name,
    };
    let body = children.field("body");
    let flags = slot.flags
        | Flags::when(children.has("async"), Flags::ASYNC)
        | Flags::when(children.has("*"), Flags::GENERATOR)
        | Flags::when(body.is_none(), Flags::ABSTRACT);
    let span = slot.span.unwrap_or(span_of(node));
    a.then_open_with(Kind::Function, slot.role, span, flags, name);
    for decorator in decorators {
        a.then_with(decoration, *decorator, Slot::new(Role::Decorator));
    }
    if let Some(lone) = children.field("parameter") {
        let name = a.atom(lone);
        a.then_open_with(Kind::Param, Role::Param, span_of(lone), Flags::NONE, name);
        a.close();
    }
    if let Some(list) = children.field("parameters") {
        parameters(a, list);
    }
    a.then_maybe(children.field("return_type"), Role::Returns);
    match body {
        Some(body) if body.kind() != "statement_block" => {
            let value = super::statement::unwrapped(a, body);
            a.then_open(Kind::Block, Role::Body, span_of(value));
            a.then_open(Kind::Return, Role::Body, span_of(value));
            a.then(value, Role::Value);
            a.close();
            a.close();
        }
        body => a.then_maybe(body, Role::Body),
    }
    a.close();
}

/// `@Get()`: what stands behind the sign.
pub(super) fn decoration<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    for value in a.items(node) {
        a.then_in(value, slot);
    }
}

/// Steps for the parameters in brackets.
pub(super) fn parameters<'t>(a: &mut Work<'t>, list: Node<'t>) {
    for it in a.items(list) {
        match it.kind() {
            "required_parameter" | "optional_parameter" => {
                let parts = a.children(it);
                let pattern = parts.field("pattern");
                if pattern.is_some_and(|pattern| pattern.kind() == "this") {
                    continue;
                }
                let property = parts.has("accessibility_modifier")
                    || parts.has("override_modifier")
                    || parts.has("readonly");
                let decorators: Vec<Node<'t>> = parts.fields("decorator").collect();
                parameter(
                    a,
                    Parameter {
                        whole: it,
                        pattern,
                        property,
                        decorators,
                        kind: parts.field("type"),
                        default: parts.field("value"),
                    },
                );
            }
            "assignment_pattern" => {
                let parts = a.children(it);
                let (pattern, default) = (parts.field("left"), parts.field("right"));
                parameter(
                    a,
                    Parameter {
                        pattern,
                        default,
                        ..Parameter::plain(it)
                    },
                );
            }
            _ => parameter(
                a,
                Parameter {
                    pattern: Some(it),
                    ..Parameter::plain(it)
                },
            ),
        }
    }
}

struct Parameter<'t> {
    whole: Node<'t>,
    pattern: Option<Node<'t>>,
    property: bool,
    decorators: Vec<Node<'t>>,
    kind: Option<Node<'t>>,
    default: Option<Node<'t>>,
}

impl<'t> Parameter<'t> {
    fn plain(whole: Node<'t>) -> Self {
        Self {
            whole,
            pattern: None,
            property: false,
            decorators: Vec::new(),
            kind: None,
            default: None,
        }
    }
}

fn parameter<'t>(a: &mut Work<'t>, it: Parameter<'t>) {
    let rest = it
        .pattern
        .filter(|pattern| pattern.kind() == "rest_pattern");
    let pattern = match rest {
        Some(rest) => a.items(rest).first().copied(),
        None => it.pattern,
    };
    let name = pattern.filter(|pattern| matches!(pattern.kind(), "identifier" | "undefined"));
    let flags =
        Flags::when(rest.is_some(), Flags::REST) | Flags::when(it.property, Flags::PROPERTY);
    let atom = name.map_or(Atom::EMPTY, |name| a.atom(name));
    a.then_open_with(Kind::Param, Role::Param, span_of(it.whole), flags, atom);
    for decorator in it.decorators {
        a.then_with(decoration, decorator, Slot::new(Role::Decorator));
    }
    a.then_maybe(it.kind, Role::Type);
    a.then_maybe(it.default, Role::Default);
    if name.is_none() {
        a.then_maybe(pattern, Role::Target);
    }
    a.close();
}

/// `type A = B`; an alias of an object type is an interface.
pub(super) fn type_alias<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let (Some(name), Some(value)) = (children.field("name"), children.field("value")) else {
        return;
    };
    let atom = a.atom(name);
    if value.kind() == "object_type" && !annotation::is_mapped(a, value) {
        a.open(
            Kind::Class,
            node,
            slot.named(atom).flagged(Flags::TYPE_ONLY),
        );
        a.then_open(Kind::Block, Role::Body, span_of(value));
        class::signatures(a, value);
        a.close();
        a.close();
        return;
    }
    a.open(
        Kind::Assign,
        node,
        slot.flagged(Flags::TYPE_ONLY | Flags::DECLARE),
    );
    a.then_leaf(Kind::Name, Role::Target, span_of(name), atom);
    annotation::then_type(a, value, Slot::new(Role::Value));
    a.close();
}

pub(super) fn namespace<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let atom = match children.field("name") {
        Some(name) if name.kind() == "string" => {
            let text = string_value(a.text(name));
            a.builder.atom(&text)
        }
        // `a.b.c` goes by its first part.
        Some(name) => {
            let text = a.text(name);
            a.builder.atom(text.split('.').next().unwrap_or(text))
        }
        None => Atom::EMPTY,
    };
    a.open(Kind::Block, node, slot.named(atom));
    if let Some(body) = children.field("body") {
        super::statement::statements(a, body);
    }
    a.close();
}

/// `declare ...`: the declaration, over the whole statement.
pub(super) fn ambient<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let slot = if slot.span.is_none() {
        slot.over(span_of(node))
    } else {
        slot
    };
    for child in a.items(node) {
        if child.kind() != "property_identifier" {
            a.then_in(child, slot);
        }
    }
}

/// The span of `node` from the first of its decorators on.
pub(super) fn decorated_span<'t>(
    node: Node<'t>,
    decorators: &[Node<'t>],
) -> perfctl_core::place::ByteSpan {
    match decorators.first() {
        Some(first) if first.start_byte() < node.start_byte() => span_between(*first, node),
        _ => span_of(node),
    }
}
