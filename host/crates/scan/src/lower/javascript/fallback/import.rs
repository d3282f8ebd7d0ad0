//! Imports and exports of tree-sitter's JavaScript and TypeScript.

use tree_sitter::Node;

use super::class::whole_class;
use super::text::string_value;
use crate::lower::agenda::{Agenda, Slot, span_between, span_of};
use crate::tree::{Atom, Flags, Kind, Role};

type Work<'t> = Agenda<'t>;

fn module<'t>(a: &mut Work<'t>, source: Node<'t>) -> Atom {
    let text = string_value(a.text(source));
    a.builder.atom(&text)
}

pub(super) fn import<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let type_only = children.has("type") || children.has("typeof");
    let slot = slot.flagged(Flags::when(type_only, Flags::TYPE_ONLY));
    if let Some(clause) = children.find("import_require_clause") {
        let parts = a.children(clause);
        let (Some(source), Some(local)) = (parts.field("source"), parts.find("identifier")) else {
            return;
        };
        let module = module(a, source);
        a.open(Kind::Import, node, slot.named(module));
        import_name(a, local, local, Flags::NONE, Atom::EMPTY);
        a.close();
        return;
    }
    let Some(source) = children.field("source") else {
        return;
    };
    let module = module(a, source);
    let parts = children
        .find("import_clause")
        .map(|clause| a.items(clause))
        .unwrap_or_default();
    let mut names = Vec::new();
    for part in parts {
        match part.kind() {
            "named_imports" => names.extend(a.items(part)),
            _ => names.push(part),
        }
    }
    a.open(
        Kind::Import,
        node,
        slot.named(module)
            .flagged(Flags::when(names.is_empty(), Flags::SIDE_EFFECT)),
    );
    for name in names {
        match name.kind() {
            "namespace_import" => {
                if let Some(local) = a.items(name).first() {
                    import_name(a, name, *local, Flags::NONE, Atom::EMPTY);
                }
            }
            "import_specifier" => specifier(a, name),
            _ => {
                let default = a.builder.atom("default");
                import_name(a, name, name, Flags::NONE, default);
            }
        }
    }
    a.close();
}

fn import_name<'t>(a: &mut Work<'t>, whole: Node<'t>, local: Node<'t>, flags: Flags, name: Atom) {
    let local_name = exported_name(a, local);
    a.then_open_with(Kind::ImportName, Role::Item, span_of(whole), flags, name);
    a.then_leaf(Kind::Name, Role::Target, span_of(local), local_name);
    a.close();
}

fn exported_name<'t>(a: &mut Work<'t>, name: Node<'t>) -> Atom {
    match name.kind() {
        "string" => module(a, name),
        _ => a.atom(name),
    }
}

/// `a as b` of an import or export.
fn specifier<'t>(a: &mut Work<'t>, node: Node<'t>) {
    let children = a.children(node);
    let Some(name) = children.any_field("name") else {
        return;
    };
    let alias = children.any_field("alias").unwrap_or(name);
    let type_only = children.has("type") && name.kind() != "type";
    let atom = exported_name(a, name);
    import_name(
        a,
        node,
        alias,
        Flags::when(type_only, Flags::TYPE_ONLY),
        atom,
    );
}

/// `import A = B.C`.
pub(super) fn alias<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let parts = a.items(node);
    let [name, value] = parts.as_slice() else {
        return;
    };
    a.open(
        Kind::Assign,
        node,
        slot.flagged(Flags::DECLARE | Flags::CONST),
    );
    a.then(*name, Role::Target);
    a.then(*value, Role::Value);
    a.close();
}

pub(super) fn export<'t>(a: &mut Work<'t>, node: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    let slot = slot.flagged(Flags::when(children.has("type"), Flags::TYPE_ONLY));
    if let Some(declaration) = children.field("declaration") {
        let default = Flags::when(children.has("default"), Flags::DEFAULT);
        let slot = Slot::new(slot.role)
            .flagged(Flags::EXPORT | default)
            .over(span_of(node));
        if declaration.kind().contains("class_declaration") {
            let outside: Vec<Node<'t>> = children.fields("decorator").collect();
            whole_class(a, declaration, slot, &outside);
        } else {
            a.then_in(declaration, slot);
        }
        return;
    }
    if let Some(source) = children.field("source") {
        re_export(a, node, source, slot);
        return;
    }
    if let Some(list) = children.find("export_clause") {
        a.open(Kind::Export, node, slot);
        for name in a.items(list) {
            specifier(a, name);
        }
        a.close();
        return;
    }
    let value = children
        .field("value")
        .or_else(|| children.has("=").then(|| children.named().next()).flatten());
    if let Some(value) = value {
        default(a, node, value, slot);
    }
}

fn default<'t>(a: &mut Work<'t>, node: Node<'t>, value: Node<'t>, slot: Slot<'t>) {
    let value = super::statement::unwrapped(a, value);
    let outer = Slot::new(slot.role)
        .flagged(Flags::EXPORT | Flags::DEFAULT)
        .over(span_of(node));
    match value.kind() {
        // Without a name these are expressions in the grammar but declarations in the language.
        "function_expression" | "generator_function" => {
            super::declaration::whole_function(a, value, outer, &[]);
        }
        "class" => whole_class(a, value, outer, &[]),
        _ => {
            let name = a.builder.atom("default");
            a.open(Kind::Export, node, slot.named(name));
            a.then(value, Role::Value);
            a.close();
        }
    }
}

/// `export {a} from "m"`, `export * from "m"`, `export * as n from "m"`.
fn re_export<'t>(a: &mut Work<'t>, node: Node<'t>, source: Node<'t>, slot: Slot<'t>) {
    let children = a.children(node);
    a.read_broken();
    let module = module(a, source);
    let space = children.find("namespace_export");
    let list = children.find("export_clause");
    let star = space.is_none() && list.is_none();
    let flags = Flags::EXPORT | Flags::when(star, Flags::STAR);
    a.open(Kind::Import, node, slot.named(module).flagged(flags));
    if let Some(space) = space {
        let name = a.children(space).iter().last();
        if let Some(name) = name {
            let whole = span_between(name, name);
            let local = exported_name(a, name);
            a.then_open_with(
                Kind::ImportName,
                Role::Item,
                whole,
                Flags::NONE,
                Atom::EMPTY,
            );
            a.then_leaf(Kind::Name, Role::Target, whole, local);
            a.close();
        }
    }
    if let Some(list) = list {
        for name in a.items(list) {
            specifier(a, name);
        }
    }
    a.close();
}
