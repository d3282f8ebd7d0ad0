//! What the lowering of Go makes of sources, by topic, and what holds for every source.

mod any_text;
mod declaration;
mod expression;
mod statement;

use crate::lower::go::lower;
use crate::tree::{Kind, Tree, dump};

/// A source and its top-level nodes.
type Case = (&'static str, &'static [&'static str]);

#[track_caller]
fn check(cases: &[Case]) {
    for (source, expected) in cases {
        let tree = lower(source, false);
        assert_eq!(tree.errors, [], "{source}");
        assert_eq!(
            dump(&tree).lines().collect::<Vec<_>>(),
            *expected,
            "{source}"
        );
    }
}

/// The source text of every node of `kind`, in order.
fn texts(source: &str, tree: &Tree, kind: Kind) -> Vec<String> {
    let nodes = tree
        .ids()
        .map(|id| tree.node(id))
        .filter(|node| node.kind == kind);
    nodes
        .map(|node| source[node.span.range()].to_owned())
        .collect()
}

#[test]
fn a_lone_declaration_spans_its_statement_and_one_of_several_its_part() {
    let source = "var a = 1\nvar (\n\tb = 2\n\tc = 3\n)\n";
    let tree = lower(source, false);
    assert_eq!(
        texts(source, &tree, Kind::Assign),
        ["var a = 1", "b = 2", "c = 3"]
    );
    let source = "import \"a\"\nimport (\n\tx \"b\"\n)\n";
    let tree = lower(source, false);
    assert_eq!(
        texts(source, &tree, Kind::Import),
        ["import \"a\"", "x \"b\""]
    );
}

#[test]
fn comments_are_kept_on_request_in_order() {
    let source = "// a\npackage p /* b */\n\nfunc f() {\n\tg(1, /* c */ 2) // d\n}\n";
    assert_eq!(lower(source, false).comments, []);
    let tree = lower(source, true);
    let comments: Vec<&str> = tree
        .comments
        .iter()
        .map(|span| &source[span.range()])
        .collect();
    assert_eq!(comments, ["// a", "/* b */", "/* c */", "// d"]);
}

#[test]
fn a_broken_statement_leaves_the_others_whole() {
    let source = "package a\nfunc f() {\n\tx := \n\tg(y)\n}\nfunc h() { for range xs { k(1 } }\nfunc m() {}\n";
    let tree = lower(source, false);
    assert_eq!(texts(source, &tree, Kind::Call), ["g(y)", "k(1"]);
    let functions = tree
        .ids()
        .filter(|id| tree.node(*id).kind == Kind::Function);
    assert_eq!(
        functions.map(|id| tree.text(id)).collect::<Vec<_>>(),
        ["f", "h", "m"]
    );
    assert!(
        tree.errors
            .iter()
            .any(|(_, message)| message == "expected `)`"),
        "{:?}",
        tree.errors
    );
}

#[test]
fn what_is_not_go_at_all_is_an_error_and_no_empty_file() {
    let tree = lower("}}} f()", false);
    assert_eq!(tree.errors.len(), 1);
    assert_eq!(texts("}}} f()", &tree, Kind::Call), ["f()"]);
    assert_eq!(lower("package a", false).errors, []);
    assert_eq!(lower("", false).errors, []);
}
