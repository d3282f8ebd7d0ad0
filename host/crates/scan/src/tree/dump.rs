//! A tree as text, for the tests of every lowering and for people who ask what a rule sees.

use std::fmt::Write;

use super::{Flags, Kind, NodeId, Role, Tree};

/// The tree as one s-expression a top-level node, a line each: `role:Kind+FLAG "text" (child) (child)`. The role is left out
/// where it is `body`, the root is left out altogether, and so are spans.
///
/// ```text
/// (ExprStmt value:(Call callee:(Name "f") arg:(Num "1")))
/// ```
pub fn dump(tree: &Tree) -> String {
    let mut out = String::new();
    if tree.is_empty() {
        return out;
    }
    // Open brackets, outermost first: a hostile tree is too deep for recursion.
    let mut ends: Vec<NodeId> = Vec::new();
    for id in tree.ids().skip(1) {
        while ends.last().is_some_and(|end| *end <= id) {
            ends.pop();
            out.push(')');
        }
        if !out.is_empty() {
            out.push(if ends.is_empty() { '\n' } else { ' ' });
        }
        write_node(tree, id, &mut out);
        ends.push(tree.node(id).end);
    }
    out.extend(ends.iter().map(|_| ')'));
    out
}

/// Writes `role:(Kind+FLAG "text"`, without the closing bracket.
fn write_node(tree: &Tree, id: NodeId, out: &mut String) {
    let node = tree.node(id);
    if node.role != Role::Body {
        let role = format!("{:?}", node.role).to_lowercase();
        out.push_str(&role);
        out.push(':');
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "({:?}", node.kind);
    for bit in 0..16 {
        let flag = Flags(1 << bit);
        if node.flags.has(flag) {
            out.push('+');
            out.push_str(flag_name(node.kind, flag));
        }
    }
    let text = tree.text(id);
    if !text.is_empty() {
        let _ = write!(out, " {text:?}");
    }
}

/// The name of one flag. Several share a bit, so the kind decides.
fn flag_name(kind: Kind, flag: Flags) -> &'static str {
    match (flag, kind) {
        (Flags::NEW, Kind::Call) => "NEW",
        (Flags::COMPOSITE, Kind::Call) => "COMPOSITE",
        (Flags::TAGGED, Kind::Call) => "TAGGED",
        (Flags::ABSTRACT, Kind::Function) => "ABSTRACT",
        (Flags::STAR, Kind::Import) => "STAR",
        (Flags::SIDE_EFFECT, Kind::Import) => "SIDE_EFFECT",
        (Flags::NONLOCAL, Kind::Global) => "NONLOCAL",
        (Flags::TOP, Kind::ImportName) => "TOP",
        (Flags::KEYS, Kind::For | Kind::Comprehension) => "KEYS",
        (Flags::DO, Kind::While) => "DO",
        (Flags::SELECT, Kind::Switch) => "SELECT",
        (Flags::LABELLED, Kind::Break) => "LABELLED",
        (Flags::BYTES, Kind::Str) => "BYTES",
        (Flags::TUPLE, Kind::List) => "TUPLE",
        (Flags::SHORTHAND, Kind::Pair) => "SHORTHAND",
        (Flags::COMPUTED, Kind::Pair) => "COMPUTED",
        (Flags::FROM, Kind::Yield) => "FROM",
        (Flags::PRIVATE, Kind::Assign) => "PRIVATE",
        (Flags::ASYNC, _) => "ASYNC",
        (Flags::GENERATOR, _) => "GENERATOR",
        (Flags::STATIC, _) => "STATIC",
        (Flags::LAMBDA, _) => "LAMBDA",
        (Flags::METHOD, _) => "METHOD",
        (Flags::TYPE_ONLY, _) => "TYPE_ONLY",
        (Flags::EXPORT, _) => "EXPORT",
        (Flags::DEFAULT, _) => "DEFAULT",
        (Flags::CONST, _) => "CONST",
        (Flags::DECLARE, _) => "DECLARE",
        (Flags::REST, _) => "REST",
        (Flags::REST_KEYWORDS, _) => "REST_KEYWORDS",
        (Flags::KEYWORD_ONLY, _) => "KEYWORD_ONLY",
        (Flags::PROPERTY, _) => "PROPERTY",
        (Flags::RECEIVER, _) => "RECEIVER",
        (Flags::OPTIONAL, _) => "OPTIONAL",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use perfctl_core::place::ByteSpan;

    use super::*;
    use crate::tree::{Atom, Builder};

    #[test]
    fn a_dump_shows_roles_flags_texts_and_nesting() {
        let mut b = Builder::new(9);
        let (span, text) = (ByteSpan::default(), b.atom("a\n"));
        b.open(Kind::ExprStmt, Role::Body, span);
        b.open_with(
            Kind::Call,
            Role::Value,
            span,
            Flags::NEW | Flags::OPTIONAL,
            Atom::EMPTY,
        );
        b.leaf(Kind::Name, Role::Callee, span, Flags::NONE, text);
        b.leaf(Kind::Null, Role::Arg, span, Flags::NONE, Atom::EMPTY);
        b.close();
        b.close();
        b.leaf(Kind::Continue, Role::Body, span, Flags::NONE, Atom::EMPTY);
        assert_eq!(
            dump(&b.finish()),
            "(ExprStmt value:(Call+NEW+OPTIONAL callee:(Name \"a\\n\") arg:(Null)))\n(Continue)"
        );
    }

    #[test]
    fn a_bare_root_and_no_tree_at_all_dump_to_nothing() {
        assert_eq!(dump(&Builder::new(0).finish()), "");
        assert_eq!(dump(&Tree::default()), "");
    }
}
